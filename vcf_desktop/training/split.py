"""Which films of a hospital train, which validate and which test: by patient, 6:2:2, written down once.

All films of a patient lie in one part, or a network would be judged on people it has learnt by heart (the
paper splits the same way, section 3.1).
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from tqdm import tqdm

from vcf_desktop.errors import VcfError
from vcf_desktop.io.atomic import replace_files
from vcf_desktop.io.films import read_film
from vcf_desktop.io.labelme import PATIENTS, AnnotatedFilm, read_labelme_folder

SPLIT = "split.csv"
SPLIT_SEED = 0
"""The same for every run, so that the three networks of one hospital share their test patients."""
FEWEST_PATIENTS = 3


class Part(StrEnum):
    """What the films of a patient are used for."""

    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"


SHARES: Mapping[Part, float] = {Part.VALIDATION: 0.2, Part.TEST: 0.2}


class Row(NamedTuple):
    """One line of a split file; ``film`` is the film's file name."""

    film: str
    patient: str
    part: Part


def assign_parts(patients: Iterable[str], seed: int = SPLIT_SEED) -> dict[str, Part]:
    """A part for each patient, 6:2:2 and never less than one, in the order of hashes of seed and patient.

    Raises:
        VcfError: there are fewer than three patients.
    """
    ranked = sorted(set(patients), key=lambda patient: hashlib.sha256(f"{seed}/{patient}".encode()).digest())
    if len(ranked) < FEWEST_PATIENTS:
        raise VcfError(
            f"The films are of {len(ranked)} patients, and training, validation and test need at least "
            f"{FEWEST_PATIENTS}; add films of others or correct {PATIENTS}."
        )
    parts = dict.fromkeys(ranked, Part.TRAIN)
    begin = 0
    for part, share in SHARES.items():
        end = begin + max(1, round(share * len(ranked)))
        parts.update(dict.fromkeys(ranked[begin:end], part))
        begin = end
    return parts


def split_folder(folder: Path, run: Path, given: Path | None = None) -> dict[Part, list[AnnotatedFilm]]:
    """The annotated films of a folder by their part.

    The split is that of the file ``given``, or the one that the run was begun with, or a new one. The run
    keeps it as ``split.csv``, which ``given`` and ``vcf-desktop evaluate`` read. Before a run begins, every
    film is read once, so that one that cannot be is known now and not after hours.

    Args:
        folder: films with Labelme files beside them.
        run: an existing folder, where ``split.csv`` goes.
        given: a split file that was written before, as by the run of another network.

    Raises:
        VcfError: a patient is unknown or would stand on both sides of the split, or films and split do not
            fit together. FilmReadError for a film.
    """
    films = {film.film_path.name: film for film in read_labelme_folder(folder)}
    kept = run / SPLIT
    if kept.is_file():
        rows = read_split(kept)
        if given is not None and sorted(read_split(given)) != sorted(rows):
            raise VcfError(
                f"{run} was begun with another split than {given}; name another folder for the run."
            )
        _require_same_films(rows, films, kept)
        # Headers were read when the split was made; what has been written into the folder since is looked at.
        known = {name: film.patient for name, film in films.items() if film.patient}
        _require_same_patients([row for row in rows if row.film in known], known, kept)
    else:
        patients = _patients_of(films)
        if given is None:
            parts = assign_parts(patients.values())
            rows = [Row(name, patient, parts[patient]) for name, patient in patients.items()]
        else:
            rows = read_split(given)
            _require_same_films(rows, films, given)
            _require_same_patients(rows, patients, given)
        write_split(kept, rows)
    return {part: [films[row.film] for row in rows if row.part is part] for part in Part}


def read_split(path: Path) -> list[Row]:
    """The rows of a split file with the columns film, patient and part.

    Raises:
        VcfError: the file cannot be used, or a patient's films lie in more than one part.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            table = csv.DictReader(file)
            if missing := set(Row._fields).difference(table.fieldnames or ()):
                raise ValueError(f"it lacks {', '.join(sorted(missing))}")
            rows = [Row(row["film"], row["patient"], Part(row["part"])) for row in table]
    except (OSError, ValueError, csv.Error) as e:
        raise VcfError(
            f"{path}: is no split; it should be a table with the columns film, patient and part, which is "
            f"{', '.join(Part)} ({e})."
        ) from e
    parts: dict[str, Row] = {}
    for row in rows:
        first = parts.setdefault(row.patient, row)
        if first.part is not row.part:
            raise VcfError(
                f"{path}: {first.film} is in the part {first.part} and {row.film}, of the same patient, in "
                f"{row.part}; all films of a patient belong in one part."
            )
    return rows


def write_split(path: Path, rows: Sequence[Row]) -> None:
    """Write what :func:`read_split` reads, whole or not at all; OutputError where it cannot be written."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([Row._fields, *rows])
    replace_files({path: text.getvalue().encode()})


def _patients_of(films: Mapping[str, AnnotatedFilm]) -> dict[str, str]:
    """The patient of each film, by its name; the annotations' word counts before the film's own header."""
    patients, unknown = {}, []
    owners: dict[str, str] = {}
    for name, annotated in tqdm(films.items(), desc="reading", unit="film", mininterval=5):
        film = read_film(annotated.film_path)
        patient = annotated.patient or (film.study.patient_id if film.study else "")
        if not patient:
            unknown.append(name)
            continue
        patients[name] = patient
        first = owners.setdefault(film.sha256, name)
        if patients[first] != patient:
            raise VcfError(
                f"{first} and {name} are the same film under two patients, who could stand on both sides of "
                f"the split; correct {PATIENTS} or remove one of them."
            )
    if unknown:
        more = f" and {len(unknown) - 1} more films" if len(unknown) > 1 else ""
        raise VcfError(
            f"It is not known whose {unknown[0]}{more} are, so that they cannot be split by patient; add a "
            f"table {PATIENTS} with the columns film and patient to the folder."
        )
    return patients


def _require_same_films(rows: Sequence[Row], films: Mapping[str, AnnotatedFilm], path: Path) -> None:
    names = [row.film for row in rows]
    if sorted(names) != sorted(films):
        strange = sorted(set(names) ^ set(films)) or sorted(names)
        raise VcfError(
            f"{path} and the folder of films do not name the same films, {strange[0]} for one; "
            f"restore the folder or begin another run."
        )


def _require_same_patients(rows: Sequence[Row], patients: Mapping[str, str], path: Path) -> None:
    for row in rows:
        if patients[row.film] != row.patient:
            raise VcfError(
                f"{path} and the folder of films name different patients for {row.film}; correct the wrong "
                "one or begin another run."
            )
