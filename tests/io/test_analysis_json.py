"""The machine's findings as JSON and back."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import datetime, timedelta, timezone
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcf_desktop.geometry import SIX_POINTS, Heights
from vcf_desktop.io.analysis_json import (
    array_from,
    coordinates,
    finding_document,
    finding_from,
    number_from,
    of_type,
    saved_analysis_document,
    saved_analysis_from,
)
from vcf_desktop.spine import Analysis, Deformity, Grade, ModelRecord, Ratios, VertebraFinding, VertebraLevel

FINDING = VertebraFinding(
    level=VertebraLevel.T12,
    level_confidence=0.75,
    box_xyxy=np.array([10.0, 20.0, 70.0, 60.0]),
    score=0.5,
    contour_xy=np.array([[10.0, 20.0], [70.0, 20.0], [70.0, 60.0], [40.0, 55.0], [10.0, 60.0]]),
    points_xy=np.array([[10.0, 20], [40, 20], [70, 20], [10, 60], [40, 55], [70, 60]]),
    heights_px=Heights(40.0, 35.0, 40.0),
    heights_mm=None,
    ratios=Ratios(1.0, 0.875, None),
    grade=Grade.SEVERE,
    grade_probabilities=np.array([0.0, 0.0, 0.25, 0.75]),
    morphometric_grade=Grade.MILD,
    deformity=Deformity.BICONCAVE,
    warnings=("One.", "Two."),
)
ANALYSIS = Analysis(
    "a" * 64,
    (FINDING, replace(FINDING, level=VertebraLevel.L1, warnings=())),
    (ModelRecord("detector", "1.0", "b" * 64, "onnx", "cpu"),),
    datetime(2026, 3, 4, 5, 6, 7, 89, tzinfo=timezone(timedelta(hours=-8))),
    {"detect": 0.125, "total": 0.5},
    ("The levels are assumed.",),
)
units = st.floats(0, 1)
pixels = st.floats(-1e5, 1e5)


def comparable(finding: VertebraFinding) -> dict[str, Any]:
    return {
        name: value.tolist() if isinstance(value, np.ndarray) else value
        for name, value in asdict(finding).items()
    }


def through_json(document: dict[str, Any]) -> Any:
    return json.loads(json.dumps(document, allow_nan=False))


def test_that_a_finding_comes_back_digit_by_digit_where_it_has_few() -> None:
    assert comparable(finding_from(through_json(finding_document(FINDING)))) == comparable(FINDING)


@given(
    st.builds(
        replace,
        st.just(FINDING),
        level=st.sampled_from(VertebraLevel),
        level_confidence=units,
        score=units,
        points_xy=st.lists(st.tuples(pixels, pixels), min_size=6, max_size=6).map(np.array),
        heights_mm=st.none() | st.builds(Heights, pixels, pixels, pixels),
        ratios=st.builds(Ratios, units, units, st.none() | units),
        grade=st.sampled_from(Grade),
        deformity=st.sampled_from(Deformity),
        warnings=st.lists(st.text(max_size=4), max_size=2).map(tuple),
    )
)
def test_that_any_finding_comes_back_to_the_digits_that_are_kept(found: VertebraFinding) -> None:
    again = finding_from(through_json(finding_document(found)))
    for name in ("level", "grade", "morphometric_grade", "deformity", "warnings"):
        assert getattr(again, name) == getattr(found, name)
    np.testing.assert_allclose(again.points_xy, found.points_xy, rtol=0, atol=0.00051)
    assert again.score == pytest.approx(found.score, rel=0, abs=6e-7)
    assert (again.heights_mm is None) is (found.heights_mm is None)
    assert (again.ratios.crush is None) is (found.ratios.crush is None)
    # Rounded once, rounded for ever.
    assert comparable(finding_from(through_json(finding_document(again)))) == comparable(again)


def test_that_points_are_found_by_their_names_in_any_order() -> None:
    document = finding_document(FINDING)
    assert document["points_xy"]["middle_inferior"] == [40.0, 55.0]
    document["points_xy"] = {name: document["points_xy"][name] for name in reversed(SIX_POINTS)}
    np.testing.assert_array_equal(finding_from(document).points_xy, FINDING.points_xy)


def test_that_an_analysis_comes_back() -> None:
    again = saved_analysis_from(through_json(saved_analysis_document(ANALYSIS)))
    assert [comparable(found) for found in again.findings] == [comparable(f) for f in ANALYSIS.findings]
    for name in ("film_sha256", "models", "started", "seconds", "film_warnings"):
        assert getattr(again, name) == getattr(ANALYSIS, name)
    assert again.started.utcoffset() == timedelta(hours=-8)


@pytest.mark.parametrize("name", sorted(finding_document(FINDING)))
@pytest.mark.parametrize("value", [None, {}, [], [None], "x", 7, -1, float("nan"), 10**400, True])
def test_that_a_field_that_is_none_is_refused(name: str, value: Any) -> None:
    allowed = {
        "heights_mm": [None],
        "warnings": [[]],
        "level_confidence": [7, -1],
        "score": [7, -1],
        "grade": [True],
        "morphometric_grade": [True],
    }
    if value in allowed.get(name, []):
        assert isinstance(finding_from({**finding_document(FINDING), name: value}), VertebraFinding)
        return
    with pytest.raises((KeyError, OverflowError, TypeError, ValueError)):
        finding_from({**finding_document(FINDING), name: value})


@pytest.mark.parametrize("name", sorted(saved_analysis_document(ANALYSIS)))
@pytest.mark.parametrize("value", [None, {}, [5], [{}], "x", 7, True])
def test_that_a_field_of_an_analysis_that_is_none_is_refused(name: str, value: Any) -> None:
    allowed = {"film_sha256": ["x"], "seconds": [{}]}
    if value in allowed.get(name, []):
        assert isinstance(saved_analysis_from({**saved_analysis_document(ANALYSIS), name: value}), Analysis)
        return
    with pytest.raises((KeyError, TypeError, ValueError)):
        saved_analysis_from({**saved_analysis_document(ANALYSIS), name: value})


@pytest.mark.parametrize("name", sorted(finding_document(FINDING)))
def test_that_a_missing_field_is_refused(name: str) -> None:
    document = finding_document(FINDING)
    del document[name]
    with pytest.raises(KeyError, match=name):
        finding_from(document)


def test_that_coordinates_are_kept_to_a_thousandth_of_a_pixel() -> None:
    assert coordinates(np.array([[1.00049, 2.0006], [3, -4.12345]])) == [[1.0, 2.001], [3.0, -4.123]]
    assert coordinates(np.array([1, 2], np.int32)) == [1.0, 2.0]


@pytest.mark.parametrize(
    ("values", "shape"),
    [([1, 2, 3, 4], (4,)), ([[1, 2]], (-1, 2)), ([[1, 2]] * 9, (-1, 2)), ([[1, 2]] * 6, (6, 2))],
)
def test_that_numbers_of_the_right_shape_are_taken(values: Any, shape: tuple[int, ...]) -> None:
    array = array_from(values, shape)
    assert array.tolist() == values
    assert array.dtype == np.float64


@pytest.mark.parametrize(
    ("values", "shape"),
    [
        ([1, 2, 3], (4,)),
        ([[1, 2, 3, 4]], (4,)),
        (5, (4,)),
        ([], (-1, 2)),
        ([[1, 2, 3]], (-1, 2)),
        ([[1, 2], [3]], (-1, 2)),
        ([[1, 2]] * 5, (6, 2)),
        ([1, 2, 3, None], (4,)),
        ([1, 2, 3, float("inf")], (4,)),
        ([1, 2, 3, float("nan")], (4,)),
        ("1234", (4,)),
    ],
)
def test_that_other_shapes_and_numbers_that_are_none_are_refused(values: Any, shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"expected n|inhomogeneous"):
        array_from(values, shape)


def test_that_numbers_and_types_are_taken_by_the_letter() -> None:
    assert (number_from(3), number_from(-0.5)) == (3.0, -0.5)
    assert isinstance(number_from(3), float)
    assert of_type(5, int) == 5
    for value in (True, "1", None, [1]):
        with pytest.raises(TypeError, match="not a number"):
            number_from(value)
        if value != "1":
            with pytest.raises(TypeError, match="not str"):
                of_type(value, str)
    with pytest.raises(TypeError, match="not int"):
        of_type(True, int)
