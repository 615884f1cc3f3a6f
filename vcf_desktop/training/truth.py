"""Films whose vertebrae are known: simulated, drawn in Labelme, or labelled with corners."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.errors import VcfError
from vcf_desktop.film import DisplayPixels, Film, SpacingSource
from vcf_desktop.geometry import SIX_POINTS
from vcf_desktop.io.films import read_film
from vcf_desktop.io.labelme import AnnotatedVertebra, read_labelme_folder
from vcf_desktop.simulation.generate import LabelledVertebra, simulate
from vcf_desktop.simulation.people import open_people
from vcf_desktop.simulation.seeds import Purpose, film_rng
from vcf_desktop.simulation.visible_human import JUDGED_LEVELS as LUMBAR_LEVELS
from vcf_desktop.simulation.visible_human import is_lumbar_anatomy
from vcf_desktop.spine import Grade, VertebraLevel
from vcf_desktop.training.split import Part, read_split

JUDGED_LEVELS = range(VertebraLevel.T4, VertebraLevel.L5 + 1)
"""Levels that readers judge; what is found at others counts neither for nor against."""

CORNERS = [0, 2, 3, 5]
"""Anterior superior, posterior superior, anterior inferior, posterior inferior among the six points."""

WHOLE_SPINE = ((1100, 560), (0.32, 0.85))
"""Rows and columns, and range of mm a pixel, of films of a whole anatomy: 35 to 94 cm of spine."""
LUMBAR = ((1000, 560), (0.25, 0.50))
"""The same for an anatomy that is a real person's from L1 down only: 25 to 50 cm of spine."""
FEWEST_LUMBAR = 3
"""A film on which fewer lumbar vertebrae lie says little about them, and another is made instead."""


@dataclass(frozen=True, eq=False)
class TrueVertebra:
    """What is known of one vertebra, in film pixels; None stands for what is not.

    Attributes:
        box_xyxy: (4,) box that a detector should find.
        points_xy: (6, 2) in the order of :data:`vcf_desktop.geometry.SIX_POINTS`; the middle ones are nan
            where only the corners are known.
        outline_xy: (N, 2) outline of the body.
    """

    level: VertebraLevel | None
    box_xyxy: NDArray[np.float64]
    points_xy: NDArray[np.float64] | None = None
    outline_xy: NDArray[np.float64] | None = None
    grade: Grade | None = None


KnownFilm = tuple[Film, list[TrueVertebra]]


def corner_labelled(path: Path) -> Iterator[KnownFilm]:
    """Films beside a JSON file ``{film: {"corners_xy": {level: corners}}}``; the corners of a level are its
    top back, top front, bottom front and bottom back. The box is that of the corners.

    What is no vertebra of ours, such as an endplate of the sacrum, is passed over.

    Raises:
        VcfError: the file cannot be used; FilmReadError for a film.
    """
    try:
        labels = json.loads(path.read_text(encoding="utf-8"))
        films = {
            name: [
                _cornered(VertebraLevel[level], corners)
                for level, corners in entry["corners_xy"].items()
                if level in VertebraLevel.__members__
            ]
            for name, entry in labels.items()
        }
    except OSError as e:
        raise VcfError(f"{path}: cannot be read: {e.strerror or e}.") from e
    except (ValueError, KeyError, TypeError, AttributeError) as e:
        raise VcfError(
            f"{path.name}: is not a file of corner labels, "
            f'{{"film.png": {{"corners_xy": {{"L1": [[x, y], three more]}}}}}} ({e}).'
        ) from e
    for name, truth in films.items():
        yield read_film(path.parent / name), truth


def _cornered(level: VertebraLevel, corners: Any) -> TrueVertebra:
    """A vertebra of which only the corners are known; ValueError where they are not four finite points."""
    corners_xy = np.array(corners, dtype=np.float64)
    if corners_xy.shape != (len(CORNERS), 2) or not np.isfinite(corners_xy).all():
        raise ValueError(f"{level.label} needs four corners")
    points = np.full((len(SIX_POINTS), 2), np.nan)
    points[CORNERS] = corners_xy[[1, 0, 2, 3]]
    return TrueVertebra(level, np.concatenate([corners_xy.min(axis=0), corners_xy.max(axis=0)]), points)


def labelme_films(folder: Path, split: Path | None = None, part: Part = Part.TEST) -> Iterator[KnownFilm]:
    """Films of a folder with Labelme JSON, or one part of a training run's split of them.

    Args:
        split: the run's ``split.csv``; None judges every film.

    Raises:
        VcfError: the annotations or the table cannot be used; FilmReadError for a film.
    """
    annotated = read_labelme_folder(folder)
    if split is not None:
        wanted = {row.film for row in read_split(split) if row.part == part}
        annotated = [film for film in annotated if film.film_path.name in wanted]
        if missing := wanted.difference(film.film_path.name for film in annotated):
            raise VcfError(
                f"{split} names {min(missing)}, which {folder} does not hold; name the folder of that run."
            )
    for film in annotated:
        yield read_film(film.film_path), [_annotated(vertebra) for vertebra in film.vertebrae]


def _annotated(vertebra: AnnotatedVertebra) -> TrueVertebra:
    outline = vertebra.outline_xy if vertebra.is_outlined else None
    return TrueVertebra(vertebra.level, vertebra.box_xyxy, vertebra.points_xy, outline, vertebra.grade)


def simulated(anatomy_folder: Path | None, seed: int, count: int) -> Iterator[KnownFilm]:
    """``count`` simulated lateral films. No training run sees them: their seeds are of another purpose.

    Args:
        anatomy_folder: for :func:`.open_people`; the Visible Human's films (:mod:`.visible_human`) show the
            lumbar spine.

    Raises:
        VcfError: the anatomy cannot be read.
    """
    lumbar = anatomy_folder is not None and is_lumbar_anatomy(anatomy_folder)
    people = open_people(anatomy_folder)
    size_hw, pixel_mm = LUMBAR if lumbar else WHOLE_SPINE
    made = attempt = 0
    while made < count:
        rng = film_rng(Purpose.EVALUATION, seed, attempt)
        attempt += 1
        anatomy = people[int(rng.integers(len(people)))]
        film = simulate(rng, anatomy, size_hw, pixel_mm, mean_fractures=2.0, frontal_share=0)
        if lumbar and sum(v.level in LUMBAR_LEVELS for v in film.vertebrae) < FEWEST_LUMBAR:
            continue
        made += 1
        yield _as_read(film.look(rng), attempt - 1), [_simulated(v) for v in film.vertebrae]


def judged_levels(anatomy_folder: Path | None) -> range:
    """The levels to judge: T4 to L5, but L1 to L5 of an anatomy that is real from there down only."""
    lumbar = anatomy_folder is not None and is_lumbar_anatomy(anatomy_folder)
    return LUMBAR_LEVELS if lumbar else JUDGED_LEVELS


def _simulated(vertebra: LabelledVertebra) -> TrueVertebra:
    return TrueVertebra(
        vertebra.level, vertebra.box_xyxy, vertebra.points_xy, vertebra.outline_xy, vertebra.grade
    )


def _as_read(pixels: NDArray[np.float32], number: int) -> Film:
    return Film(
        pixels=pixels,
        padding=None,
        spacing_mm=None,
        spacing_source=SpacingSource.NONE,
        row_to_column=1.0,
        sha256="",
        path=Path(f"simulated-{number}"),
        study=None,
        display=DisplayPixels(pixels),
    )
