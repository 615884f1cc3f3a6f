"""The published JSON, the picture beside it, and what happens when they cannot be written."""

from __future__ import annotations

import copy
import errno
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cv2
import jsonschema
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from vcf_desktop.errors import OutputError
from vcf_desktop.film import DisplayPixels, Film, SpacingSource
from vcf_desktop.geometry import Heights
from vcf_desktop.io.overlay import is_doubtful, overlay_png
from vcf_desktop.io.results import (
    analysis_document,
    is_overlay,
    prepare_folder,
    result_stems,
    write_results,
)
from vcf_desktop.paths import resources_folder
from vcf_desktop.spine import Analysis, Deformity, Grade, ModelRecord, Ratios, VertebraFinding, VertebraLevel


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((resources_folder() / "analysis.schema.json").read_text("utf-8"))
    return schema


def film(height: int = 400, width: int = 300, **fields: Any) -> Film:
    pixels = np.full((height, width), 0.3, np.float32)
    made = Film(
        pixels=pixels,
        padding=None,
        spacing_mm=(0.15, 0.15),
        spacing_source=SpacingSource.DETECTOR_PLANE,
        row_to_column=1.0,
        sha256="a" * 64,
        path=Path("films/film.dcm"),
        study=None,
        display=DisplayPixels(pixels),
        notices=("The file says nothing about its bits.",),
    )
    return replace(made, **fields)


def finding(x: float = 150, y: float = 100, size: float = 40, **fields: Any) -> VertebraFinding:
    half = np.array([1.2, 0.9]) * size / 2
    turn = np.linspace(0, 2 * np.pi, 96, endpoint=False)
    corners = np.array([[-1, -1], [0, -1], [1, -1], [-1, 1], [0, 1], [1, 1]])
    made = VertebraFinding(
        level=VertebraLevel.L1,
        level_confidence=0.9,
        box_xyxy=np.array([x - half[0], y - half[1], x + half[0], y + half[1]]),
        score=0.87,
        contour_xy=[x, y] + half * np.stack([np.cos(turn), np.sin(turn)], axis=1),
        points_xy=[x, y] + corners * half,
        heights_px=Heights(36.0, 35.0, 36.0),
        heights_mm=Heights(5.4, 5.25, 5.4),
        ratios=Ratios(1.0, 35 / 36, None),
        grade=Grade.NON,
        grade_probabilities=np.array([0.7, 0.1, 0.1, 0.1]),
        morphometric_grade=Grade.NON,
        deformity=Deformity.NONE,
    )
    return replace(made, **fields)


def analysis(*findings: VertebraFinding, **fields: Any) -> Analysis:
    made = Analysis(
        film_sha256="a" * 64,
        findings=findings,
        models=(ModelRecord("compact-detector", "1.0.0", "b" * 64, "onnx", "cpu"),),
        started=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        seconds={"preprocess": 0.01, "detect": 0.02, "segment": 0.03, "grade": 0.04, "total": 0.11},
        film_warnings=("The levels are assumed.",),
    )
    return replace(made, **fields)


def test_that_the_schema_is_itself_valid_and_describes_every_field(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)

    def objects(part: Any) -> Iterator[dict[str, Any]]:
        if isinstance(part, dict):
            if "properties" in part:
                yield part
            for value in part.values():
                yield from objects(value)
        if isinstance(part, list):
            for value in part:
                yield from objects(value)

    assert len(list(objects(schema))) == 9
    for described in objects(schema):
        assert described["additionalProperties"] is False
        assert sorted(described["required"]) == sorted(described["properties"])
        for name, field in described["properties"].items():
            assert "description" in field, name


@pytest.mark.parametrize(
    ("made_film", "made_analysis"),
    [
        (film(), analysis()),
        (film(), analysis(finding(), finding(y=150, level=VertebraLevel.L2))),
        (
            film(spacing_mm=None, spacing_source=SpacingSource.NONE, notices=()),
            analysis(finding(heights_mm=None, ratios=Ratios(0.5, 0.75, 0.875)), film_warnings=()),
        ),
        (film(), analysis(finding(warnings=("Look at it.",), grade=Grade.SEVERE, deformity=Deformity.CRUSH))),
    ],
)
def test_that_documents_follow_the_schema(
    schema: dict[str, Any], made_film: Film, made_analysis: Analysis
) -> None:
    document = analysis_document(made_film, made_analysis, 0.5)
    jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(document)))


def test_that_a_document_says_what_was_found() -> None:
    found = finding(level=VertebraLevel.T12, grade=Grade.MODERATE, deformity=Deformity.WEDGE)
    document = analysis_document(film(), analysis(found), seconds_read=0.5)
    assert document["film"] == {
        "path": str(Path("films/film.dcm")),
        "sha256": "a" * 64,
        "width_px": 300,
        "height_px": 400,
        "spacing_mm": [0.15, 0.15],
        "spacing_source": "detector plane",
    }
    assert document["seconds"]["read"] == 0.5
    assert document["seconds"]["total"] == pytest.approx(0.61)
    assert document["warnings"] == ["The file says nothing about its bits.", "The levels are assumed."]
    (entry,) = document["findings"]
    assert entry["level"] == "T12"
    assert (entry["grade"], entry["morphometric_grade"], entry["deformity"]) == (2, 0, "wedge")
    assert entry["points_xy"]["anterior_superior"] == [126.0, 82.0]
    assert entry["points_xy"]["posterior_inferior"] == [174.0, 118.0]
    assert entry["heights_mm"] == {"anterior": 5.4, "middle": 5.25, "posterior": 5.4}
    assert entry["ratios"]["crush"] is None
    np.testing.assert_allclose(entry["contour_xy"], found.contour_xy, atol=0.0006)


@pytest.mark.parametrize(
    "path",
    [("schema",), ("film", "sha256"), ("seconds", "read"), ("findings", 0, "ratios", "crush"), ("warnings",)],
)
def test_that_the_schema_refuses_documents_with_a_field_missing_or_too_many(
    schema: dict[str, Any], path: tuple[Any, ...]
) -> None:
    document = json.loads(json.dumps(analysis_document(film(), analysis(finding()), 0.5)))
    validator = jsonschema.Draft202012Validator(schema)
    *way, last = path
    missing, extra = copy.deepcopy(document), copy.deepcopy(document)
    for changed in (missing, extra):
        part = changed
        for key in way:
            part = part[key]
        if changed is missing:
            del part[last]
        else:
            part["opinion"] = 1
        assert not validator.is_valid(changed)


def test_that_json_and_picture_are_written_and_nothing_else(tmp_path: Path) -> None:
    path = write_results(film(), analysis(finding()), 0.5, tmp_path, "film")
    assert path == tmp_path / "film.analysis.json"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["film.analysis.json", "film.overlay.png"]
    document = json.loads(path.read_bytes())
    assert document["findings"][0]["score"] == 0.87
    picture = cv2.imread(str(tmp_path / "film.overlay.png"))
    assert picture is not None
    assert picture.shape == (400, 300, 3)


def test_that_results_of_an_earlier_run_are_replaced(tmp_path: Path) -> None:
    write_results(film(), analysis(finding()), 0.5, tmp_path, "film")
    write_results(film(), analysis(), 0.5, tmp_path, "film")
    assert json.loads((tmp_path / "film.analysis.json").read_bytes())["findings"] == []


def test_that_a_path_that_is_no_unicode_is_written(tmp_path: Path) -> None:
    odd = Path(os.fsdecode(b"films/\xff.dcm"))
    path = write_results(film(path=odd), analysis(), 0.5, tmp_path, "film")
    assert json.loads(path.read_text("utf-8"))["film"]["path"] == str(odd)


def fail_with_full_disk(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("before", [False, True])
def test_that_a_full_disk_leaves_what_was_there_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: bool
) -> None:
    if before:
        write_results(film(), analysis(finding()), 0.5, tmp_path, "film")
    contents = {path: path.read_bytes() for path in tmp_path.iterdir()}
    monkeypatch.setattr(os, "fsync", fail_with_full_disk)
    with pytest.raises(OutputError, match=r"film.analysis.json: cannot be written: No space left on device"):
        write_results(film(), analysis(), 0.5, tmp_path, "film")
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == contents


def test_that_a_disk_that_fills_up_with_the_picture_leaves_no_json_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []

    def second_fails(descriptor: int) -> None:
        synced.append(descriptor)
        if len(synced) == 2:
            fail_with_full_disk()

    monkeypatch.setattr(os, "fsync", second_fails)
    with pytest.raises(OutputError, match=r"film.overlay.png: cannot be written"):
        write_results(film(), analysis(), 0.5, tmp_path, "film")
    assert list(tmp_path.iterdir()) == []


def test_that_an_interruption_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_results(film(), analysis(), 0.5, tmp_path, "film")
    assert list(tmp_path.iterdir()) == []


def test_that_a_result_that_is_not_a_number_is_never_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        write_results(film(), analysis(finding(score=float("nan"))), 0.5, tmp_path, "film")
    assert list(tmp_path.iterdir()) == []


def test_that_a_name_too_long_for_the_disk_is_an_output_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written: File name too long"):
        write_results(film(), analysis(), 0.5, tmp_path, "f" * 250)


def test_that_a_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    for _ in range(2):
        prepare_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()


def test_that_a_file_where_the_folder_should_be_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"")
    with pytest.raises(OutputError, match="out: cannot be written"):
        prepare_folder(tmp_path / "out")


def test_that_stems_are_the_names_of_the_films() -> None:
    films = [Path("a/film.png"), Path("a/1.2.840.113"), Path("b/IM00001"), Path("b/x.y.jpeg")]
    assert list(result_stems(films).values()) == ["film", "1.2.840.113", "IM00001", "x.y"]


@given(st.lists(st.sampled_from(["a/f.png", "b/f.png", "a/F.dcm", "a/f.jpg", "g.png", "b/g"]), unique=True))
def test_that_no_two_films_share_a_stem_on_any_disk(names: list[str]) -> None:
    stems = result_stems([Path(name) for name in names])
    assert len({stem.casefold() for stem in stems.values()}) == len(names)
    for name in names:
        assert stems[Path(name)].startswith(Path(name).stem)
    assert stems == result_stems([Path(name) for name in reversed(names)])


def test_that_our_own_pictures_are_told_from_films() -> None:
    assert is_overlay(Path("out/film.overlay.png"))
    assert not is_overlay(Path("out/film.png"))


def drawn(made_film: Film, made_analysis: Analysis) -> NDArray[np.uint8]:
    """Where (H, W) the overlay differs from one without findings."""
    pictures = [
        cv2.imdecode(np.frombuffer(overlay_png(made_film, a), np.uint8), cv2.IMREAD_COLOR)
        for a in (made_analysis, analysis())
    ]
    return np.any(pictures[0] != pictures[1], axis=2)


@pytest.mark.parametrize("size", [1000, 3000])
def test_that_outlines_lie_on_the_contour_and_grow_with_the_film(size: int) -> None:
    unit = size / 1000
    found = finding(x=size / 3, y=size / 2, size=100 * unit)
    marks = drawn(film(size, size), analysis(found))
    for x, y in found.contour_xy[::8]:
        assert marks[int(y), int(x)]
    thickness = marks[:, int(size / 3)][int(size / 2 + 20 * unit) : int(size / 2 + 60 * unit)].sum()
    # The line and the middle point on it, 5 px across on a film of 1000 px.
    assert 4 * unit <= thickness <= 8 * unit


def test_that_severe_fractures_are_drawn_louder_than_normal_vertebrae() -> None:
    amounts = [
        drawn(film(1000, 1000), analysis(finding(300, 500, 100, grade=grade))).sum() for grade in Grade
    ]
    assert amounts == sorted(amounts)
    assert amounts[-1] > 1.5 * amounts[0]


def test_that_what_is_doubtful_is_dotted() -> None:
    sure, doubtful = (
        drawn(film(1000, 1000), analysis(finding(300, 500, 300, level_confidence=c))) for c in (0.9, 0.4)
    )
    contour = finding(300, 500, 300).contour_xy.astype(int)
    line = [marks[contour[:, 1], contour[:, 0]].mean() for marks in (sure, doubtful)]
    assert line[0] == 1.0
    assert 0.4 < line[1] < 0.9


@pytest.mark.parametrize(
    ("fields", "doubtful"),
    [
        ({}, False),
        ({"level_confidence": 0.3}, True),
        ({"grade_probabilities": np.array([0.4, 0.3, 0.2, 0.1])}, True),
        ({"warnings": ("Look at it.",)}, True),
    ],
)
def test_that_doubt_comes_from_level_grade_and_warnings(fields: dict[str, Any], doubtful: bool) -> None:
    assert is_doubtful(finding(**fields)) is doubtful


def test_that_text_stays_on_the_picture_at_the_right_edge() -> None:
    marks = drawn(
        film(1000, 400), analysis(finding(370, 500, 50, grade=Grade.SEVERE, deformity=Deformity.WEDGE))
    )
    rows, columns = np.nonzero(marks)
    assert columns.max() <= 399
    # Moved to the left, the text covers the vertebra's left side too.
    assert columns.min() < 340
    assert rows.min() > 470


def test_that_vertebrae_beyond_the_edge_of_the_film_do_not_hinder_the_drawing() -> None:
    assert overlay_png(film(50, 40), analysis(finding(-100, 500, 90))).startswith(b"\x89PNG")
