"""Hospitals' folders: whose films train, validate and test."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcf_desktop.errors import FilmReadError, VcfError
from vcf_desktop.io.labelme import write_labelme
from vcf_desktop.training import split
from vcf_desktop.training.split import Part, Row, assign_parts, read_split, split_folder, write_split


def add_film(folder: Path, name: str, patient: str | None, picture: int) -> None:
    pixels = np.random.default_rng(picture).integers(0, 255, (40, 30), dtype=np.uint8)
    cv2.imwrite(str(folder / name), pixels)
    write_labelme(folder / f"{Path(name).stem}.json", name, (40, 30), [], patient)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Ten films of five patients."""
    folder = tmp_path / "films"
    folder.mkdir()
    for number in range(10):
        add_film(folder, f"{number}.png", f"patient {number // 2}", number)
    return folder


@pytest.fixture
def run(tmp_path: Path) -> Path:
    (tmp_path / "run").mkdir()
    return tmp_path / "run"


def names(parts: dict[Part, list[split.AnnotatedFilm]]) -> dict[Part, list[str]]:
    return {part: [film.film_path.name for film in films] for part, films in parts.items()}


@given(count=st.integers(3, 300), seed=st.integers(0, 1000))
def test_that_patients_are_split_6_2_2(count: int, seed: int) -> None:
    parts = Counter(assign_parts(map(str, range(count)), seed).values())
    assert sum(parts.values()) == count
    assert parts[Part.TEST] == parts[Part.VALIDATION] == max(1, round(0.2 * count))
    assert parts[Part.TRAIN] >= 1


def test_that_a_split_depends_on_names_and_seed_only() -> None:
    patients = [f"p{i}" for i in range(50)]
    assert assign_parts(patients, 1) == assign_parts(reversed(patients * 3), 1)
    assert assign_parts(patients, 1) != assign_parts(patients, 2)


def test_that_all_films_of_a_patient_are_in_one_part_that_is_written_down(folder: Path, run: Path) -> None:
    parts = split_folder(folder, run)
    assert {part: len(films) for part, films in parts.items()} == {
        Part.TRAIN: 6,
        Part.VALIDATION: 2,
        Part.TEST: 2,
    }
    for films in parts.values():
        assert all(count == 2 for count in Counter(film.patient for film in films).values())
    rows = read_split(run / "split.csv")
    assert len(rows) == 10
    assert rows[3] == Row("3.png", "patient 1", rows[2].part)
    assert (run / "split.csv").read_text(encoding="utf-8").splitlines()[0] == "film,patient,part"


def test_that_a_run_keeps_its_split_and_another_may_share_it(folder: Path, run: Path, tmp_path: Path) -> None:
    kept = [
        row._replace(part=Part.TEST if row.patient == "patient 0" else row.part) for row in rows_of(folder)
    ]
    write_split(tmp_path / "given.csv", kept)
    first = names(split_folder(folder, run, tmp_path / "given.csv"))
    assert {"0.png", "1.png"} <= set(first[Part.TEST])
    assert names(split_folder(folder, run)) == first
    other = tmp_path / "other"
    other.mkdir()
    assert names(split_folder(folder, other, run / "split.csv")) == first


def rows_of(folder: Path) -> list[Row]:
    parts = assign_parts({f"patient {i}" for i in range(5)})
    return [Row(f"{i}.png", f"patient {i // 2}", parts[f"patient {i // 2}"]) for i in range(10)]


def test_that_a_resumed_run_reads_no_film_twice(
    folder: Path, run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    split_folder(folder, run)
    monkeypatch.setattr(split, "read_film", pytest.fail)
    split_folder(folder, run)


def test_that_a_table_of_patients_that_was_changed_ends_a_run(folder: Path, run: Path) -> None:
    split_folder(folder, run)
    (folder / "patients.csv").write_text("film,patient\n3.png,patient 0\n", encoding="utf-8")
    with pytest.raises(VcfError, match=r"name different patients for 3\.png; correct the wrong one"):
        split_folder(folder, run)


def test_that_a_patient_who_would_straddle_is_refused(folder: Path, run: Path, tmp_path: Path) -> None:
    rows = rows_of(folder)
    other = Part.TRAIN if rows[0].part is not Part.TRAIN else Part.TEST
    write_split(tmp_path / "given.csv", [rows[0]._replace(part=other), *rows[1:]])
    with pytest.raises(VcfError, match=r"0\.png is in the part .* and 1\.png, of the same patient"):
        split_folder(folder, run, tmp_path / "given.csv")
    assert not (run / "split.csv").exists()


def test_that_the_same_film_under_two_patients_is_refused(folder: Path, run: Path) -> None:
    shutil.copyfile(folder / "0.png", folder / "9.png")
    with pytest.raises(VcfError, match=r"0\.png and 9\.png are the same film under two patients"):
        split_folder(folder, run)


def test_that_unknown_patients_are_asked_for(folder: Path, run: Path) -> None:
    for number in (10, 11):
        add_film(folder, f"x{number}.png", None, number)
    with pytest.raises(
        VcfError, match=r"whose x10\.png and 1 more films are.*patients\.csv.*film and patient"
    ):
        split_folder(folder, run)
    (folder / "patients.csv").write_text("film,patient\nx10.png,a\nx11.png,b\n", encoding="utf-8")
    assert sum(map(len, split_folder(folder, run).values())) == 12


def test_that_the_patient_of_a_dicom_film_is_in_its_header(run: Path, tmp_path: Path) -> None:
    from vcf_desktop.paths import resources_folder

    folder = tmp_path / "dicom"
    folder.mkdir()
    for number in range(3):
        add_film(folder, f"{number}.png", str(number), number)
    shutil.copyfile(resources_folder() / "demo_film.dcm", folder / "demo.dcm")
    write_labelme(folder / "demo.json", "demo.dcm", (40, 30), [])
    split_folder(folder, run)
    from vcf_desktop.io.films import read_film

    study = read_film(folder / "demo.dcm").study
    assert study is not None
    assert study.patient_id in {
        row.patient for row in read_split(run / "split.csv") if row.film == "demo.dcm"
    }


def test_that_a_film_that_cannot_be_read_is_known_before_training(folder: Path, run: Path) -> None:
    (folder / "4.png").write_bytes(b"no picture")
    with pytest.raises(FilmReadError, match=r"4\.png"):
        split_folder(folder, run)


def test_that_two_patients_are_too_few(run: Path, tmp_path: Path) -> None:
    folder = tmp_path / "few"
    folder.mkdir()
    for number in range(2):
        add_film(folder, f"{number}.png", str(number), number)
    with pytest.raises(VcfError, match="of 2 patients"):
        split_folder(folder, run)


def test_that_a_changed_folder_does_not_go_on(folder: Path, run: Path) -> None:
    split_folder(folder, run)
    add_film(folder, "new.png", "somebody", 30)
    with pytest.raises(VcfError, match=r"do not name the same films, new\.png for one"):
        split_folder(folder, run)


def test_that_a_split_with_another_patient_is_refused(folder: Path, run: Path, tmp_path: Path) -> None:
    rows = [row._replace(patient="x" + row.patient) for row in rows_of(folder)]
    write_split(tmp_path / "given.csv", rows)
    with pytest.raises(VcfError, match=r"different patients for 0\.png"):
        split_folder(folder, run, tmp_path / "given.csv")


def test_that_a_run_does_not_change_its_split(folder: Path, run: Path, tmp_path: Path) -> None:
    split_folder(folder, run)
    swap = {Part.TEST: Part.VALIDATION, Part.VALIDATION: Part.TEST, Part.TRAIN: Part.TRAIN}
    write_split(tmp_path / "given.csv", [row._replace(part=swap[row.part]) for row in rows_of(folder)])
    with pytest.raises(VcfError, match="begun with another split"):
        split_folder(folder, run, tmp_path / "given.csv")


@pytest.mark.parametrize("content", ["", "film,patient\n1,2\n", "film,patient,part\na,b,holdout\n"])
def test_that_a_damaged_split_is_named(content: str, tmp_path: Path) -> None:
    (tmp_path / "split.csv").write_text(content, encoding="utf-8")
    with pytest.raises(VcfError, match=r"split\.csv: is no split.*film, patient and part"):
        read_split(tmp_path / "split.csv")


@given(st.lists(st.tuples(st.text(), st.text(), st.sampled_from(Part)), unique_by=lambda row: row[1]))
def test_that_a_split_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, Part]]
) -> None:
    path = tmp_path_factory.mktemp("split") / "split.csv"
    written = [Row(*row) for row in rows if "\r" not in row[0] + row[1] and "\0" not in row[0] + row[1]]
    write_split(path, written)
    assert read_split(path) == written
