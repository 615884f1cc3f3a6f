"""``vcf-desktop simulate``: the same arguments give the same bytes, and nobody's files are lost."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest

from vcf_desktop.__main__ import main
from vcf_desktop.film import SpacingSource
from vcf_desktop.geometry import SIX_POINTS
from vcf_desktop.io.films import read_film
from vcf_desktop.io.labelme import read_labelme_folder
from vcf_desktop.paths import resources_folder
from vcf_desktop.simulation import command, people
from vcf_desktop.simulation.anatomy import Anatomy


@pytest.fixture(autouse=True)
def _coarse_and_quick(anatomy: Anatomy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "parametric_anatomy", lambda: anatomy)
    for name in ("REGIONAL", "WHOLE"):
        film_format = getattr(command, name)
        coarse = command.Format(film_format.height_mm, film_format.width_mm, (1.2, 1.6))
        monkeypatch.setattr(command, name, coarse)


def simulate(folder: Path, *arguments: str) -> int:
    return main(["simulate", "--out", str(folder), *arguments])


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def labels_of(folder: Path, number: int = 1) -> dict[str, Any]:
    labels: dict[str, Any] = json.loads((folder / f"film-{number:04d}.labels.json").read_text("utf-8"))
    return labels


@pytest.mark.parametrize(("film_format", "ending"), [("png", "png"), ("dicom", "dcm")])
def test_that_each_film_comes_with_its_labels_twice(tmp_path: Path, film_format: str, ending: str) -> None:
    assert simulate(tmp_path / "out", "--seed", "3", "--count", "2", "--format", film_format) == 0
    assert sorted(contents(tmp_path / "out")) == [
        f"film-000{n}.{part}" for n in (1, 2) for part in sorted((ending, "json", "labels.json"))
    ]
    schema = json.loads((resources_folder() / "film-labels.schema.json").read_text("utf-8"))
    annotated = read_labelme_folder(tmp_path / "out")
    for number, drawn in enumerate(annotated, 1):
        labels = labels_of(tmp_path / "out", number)
        jsonschema.Draft202012Validator(schema).validate(labels)
        film = read_film(drawn.film_path)
        assert drawn.film_path.name == labels["film"]["name"] == f"film-000{number}.{ending}"
        assert film.sha256 == labels["film"]["sha256"] == sha256(drawn.film_path.read_bytes()).hexdigest()
        assert (film.height_px, film.width_px) == (labels["film"]["height_px"], labels["film"]["width_px"])
        assert drawn.patient == labels["film"]["patient"] == f"SIM-3-000{number}"
        assert labels["parameters"]["look"]["exposure"]["tube_kv"] > 0
        assert labels["parameters"]["pixel_mm"] == pytest.approx(labels["film"]["pixel_mm"])
        assert labels["parameters"]["person"]["age_years"] >= 10
        for one, other in zip(drawn.vertebrae, labels["vertebrae"], strict=True):
            assert one.level is not None
            assert (one.level.label, one.grade) == (other["level"], other["grade"])
            assert (str(one.deformity), one.is_outlined) == (other["deformity"], True)
            np.testing.assert_array_equal(one.outline_xy, other["outline_xy"])
            np.testing.assert_array_equal(one.points_xy, [other["points_xy"][name] for name in SIX_POINTS])
        if film_format == "dicom":
            assert film.study is not None
            assert film.study.patient_id == drawn.patient
            assert film.spacing_source is SpacingSource.GEOMETRY_ESTIMATE
            assert film.spacing_mm == pytest.approx([labels["film"]["pixel_mm"]] * 2, rel=1e-4)


def test_that_a_film_depends_on_seed_and_number_alone(tmp_path: Path) -> None:
    simulate(tmp_path / "one", "--seed", "8", "--count", "1")
    simulate(tmp_path / "two", "--seed", "8", "--count", "2")
    simulate(tmp_path / "other", "--seed", "9", "--count", "1")
    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    assert one.items() < two.items()
    assert two["film-0001.png"] != two["film-0002.png"]
    assert one["film-0001.png"] != (tmp_path / "other" / "film-0001.png").read_bytes()


def test_that_labels_do_not_depend_on_the_format(tmp_path: Path) -> None:
    for film_format in ("png", "dicom"):
        simulate(tmp_path / film_format, "--format", film_format)
    png, dicom = labels_of(tmp_path / "png"), labels_of(tmp_path / "dicom")
    assert png.pop("film").keys() == dicom.pop("film").keys()
    assert png == dicom
    of_png, of_dicom = (
        read_film(tmp_path / name).pixels for name in ("png/film-0001.png", "dicom/film-0001.dcm")
    )
    if png["parameters"]["look"]["processing"]["inverted"]:  # which DICOM says, and a picture cannot
        of_png = 1 - of_png
    np.testing.assert_allclose(of_png, of_dicom, atol=0.5 / 255 + 0.5 / 4095 + 1e-6)


def test_that_a_second_run_goes_on_and_rewrites_nothing(tmp_path: Path) -> None:
    simulate(tmp_path, "--count", "2")
    before = contents(tmp_path)
    (tmp_path / "film-0001.png").unlink()
    for path in tmp_path.iterdir():
        path.chmod(0o444)
    times = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert simulate(tmp_path, "--count", "2") == 0
    assert contents(tmp_path) == before
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}.items() > times.items()


def test_that_a_different_file_stays_unless_it_may_be_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "film-0001.json").write_text("somebody's work")
    assert simulate(tmp_path) == 1
    error = capsys.readouterr().err
    assert "film-0001.json: is there already and is different; choose another folder or --overwrite" in error
    assert contents(tmp_path) == {"film-0001.json": b"somebody's work"}
    assert simulate(tmp_path, "--overwrite") == 0
    assert len(read_labelme_folder(tmp_path)) == 1


def test_that_an_interrupted_run_leaves_whole_films(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    compose = command._compose
    films = 0

    def compose_one(*arguments: Any) -> Any:
        nonlocal films
        films += 1
        if films == 2:
            raise KeyboardInterrupt
        return compose(*arguments)

    monkeypatch.setattr(command, "_compose", compose_one)
    assert simulate(tmp_path, "--count", "3") == 130
    assert capsys.readouterr().err == "vcf-desktop: interrupted\n"
    assert sorted(contents(tmp_path)) == ["film-0001.json", "film-0001.labels.json", "film-0001.png"]


@pytest.mark.parametrize("view", ["thoracic", "thoracolumbar", "lumbar", "whole"])
def test_that_a_view_shows_its_region(tmp_path: Path, view: str) -> None:
    assert simulate(tmp_path, "--view", view, "--count", "2") == 0
    assert [labels_of(tmp_path, number)["film"]["region"] for number in (1, 2)] == [view] * 2


def test_that_fractures_are_as_many_as_wanted(tmp_path: Path) -> None:
    grades = {}
    for mean in (0, 8):
        simulate(tmp_path / str(mean), "--fractures", str(mean), "--count", "3", "--view", "whole")
        films = read_labelme_folder(tmp_path / str(mean))
        grades[mean] = [v.grade for film in films for v in film.vertebrae if v.grade]
    assert grades[0] == []
    assert len(grades[8]) > 6


@pytest.mark.parametrize(
    "wrong",
    [("--count", "0"), ("--seed", "-1"), ("--fractures", "nan"), ("--fractures", "-1"), ("--view", "x")],
)
def test_that_wrong_numbers_are_wrong_usage(tmp_path: Path, wrong: tuple[str, str]) -> None:
    with pytest.raises(SystemExit) as exit_status:
        simulate(tmp_path, *wrong)
    assert exit_status.value.code == 2


def test_that_an_anatomy_that_is_missing_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert simulate(tmp_path / "out", "--anatomy", str(tmp_path / "nowhere")) == 1
    error = capsys.readouterr().err
    assert error.startswith("vcf-desktop: ")
    assert "nowhere holds no folder bodyparts3d" in error
