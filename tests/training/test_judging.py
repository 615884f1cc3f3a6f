"""What is counted as found, missed and invented on one film, and what is measured on what was found."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from vcf_desktop.film import DisplayPixels, Film, SpacingSource
from vcf_desktop.geometry import measure_heights
from vcf_desktop.inference.detection import Detections
from vcf_desktop.spine import Deformity, Grade, Ratios, VertebraFinding, VertebraLevel
from vcf_desktop.training.judging import UNKNOWN, Judgement, judge
from vcf_desktop.training.truth import CORNERS, JUDGED_LEVELS, TrueVertebra

L1, L2, L5, T3, T12 = (VertebraLevel[name] for name in ("L1", "L2", "L5", "T3", "T12"))
NO_CANDIDATES = Detections(np.empty((0, 4)), np.empty(0), np.empty(0, dtype=np.intp))


def film(row_to_column: float = 1.0) -> Film:
    pixels = np.zeros((400, 250), np.float32)
    display = DisplayPixels(pixels)
    return Film(pixels, None, None, SpacingSource.NONE, row_to_column, "", Path("a.png"), None, display)


def corners(top: float, anterior_height: float = 20.0) -> NDArray[np.float64]:
    """A body 30 px deep and 20 px high behind, front at the left."""
    front = top + (20 - anterior_height)
    return np.array([[100, front], [130, top], [100, top + 20], [130, top + 20]], dtype=np.float64)


def points(corners_xy: NDArray[np.float64]) -> NDArray[np.float64]:
    six = np.zeros((6, 2))
    six[CORNERS] = corners_xy
    six[[1, 4]] = (corners_xy[[0, 2]] + corners_xy[[1, 3]]) / 2
    return six


def known(
    level: VertebraLevel | None, corners_xy: NDArray[np.float64], grade: Grade | None = None
) -> TrueVertebra:
    box = np.concatenate([corners_xy.min(axis=0), corners_xy.max(axis=0)])
    return TrueVertebra(level, box, points(corners_xy), corners_xy[[0, 1, 3, 2]], grade)


def finding(
    level: VertebraLevel, corners_xy: NDArray[np.float64], grade: Grade = Grade.NON
) -> VertebraFinding:
    six = points(corners_xy)
    return VertebraFinding(
        level=level,
        level_confidence=1.0,
        box_xyxy=np.concatenate([corners_xy.min(axis=0), corners_xy.max(axis=0)]),
        score=0.9,
        contour_xy=corners_xy[[0, 1, 3, 2]],
        points_xy=six,
        heights_px=measure_heights(six),
        heights_mm=None,
        ratios=Ratios(1.0, 1.0, None),
        grade=grade,
        grade_probabilities=np.eye(4)[grade],
        morphometric_grade=Grade.MILD,
        deformity=Deformity.NONE,
    )


def judged(
    truth: Sequence[TrueVertebra], findings: Sequence[VertebraFinding], candidates: Detections = NO_CANDIDATES
) -> Judgement:
    return judge(7, film(), truth, findings, candidates, JUDGED_LEVELS)


def test_that_each_vertebra_is_found_missed_invented_or_not_judged() -> None:
    truth = [
        known(L2, corners(120), Grade.NON),  # missed; the order of the truth does not matter
        known(T3, corners(0)),  # not judged
        known(T12, corners(40), Grade.MODERATE),
        known(L1, corners(80), Grade.NON),
    ]
    findings = [
        finding(T3, corners(8)),  # neither found nor invented
        finding(T12, corners(40, anterior_height=16), Grade.MODERATE),
        finding(L1, corners(80), Grade.SEVERE),
        finding(L1, corners(81)),  # a second box for the same vertebra
        finding(L5, corners(300)),  # on nothing
    ]
    rows = judged(truth, findings).rows
    assert rows["film"].tolist() == [7] * 5
    assert rows["state"].tolist() == ["found", "found", "missed", "invented", "invented"]
    assert rows["level"].tolist() == [T12, L1, L2, UNKNOWN, UNKNOWN]
    assert rows["named"].tolist() == [T12, L1, UNKNOWN, L1, L5]
    assert rows["grade"].tolist() == [2, 0, 0, UNKNOWN, UNKNOWN]
    assert rows["network_grade"].tolist() == [2, 3, UNKNOWN, 0, 0]
    assert rows["measured_grade"].tolist() == [1, 1, UNKNOWN, 1, 1]
    np.testing.assert_allclose((rows["wedge"] - rows["true_wedge"])[:2], [-0.2, 0])
    np.testing.assert_allclose(rows["depth_px"][:2], [30, 30])
    np.testing.assert_allclose(np.linalg.norm(rows["offsets_px"][0], axis=1), [4, 2, 0, 0, 0, 0])
    assert np.isnan(rows["offsets_px"][2:]).all()


def test_that_a_film_without_vertebrae_or_without_findings_is_judged_too() -> None:
    assert judged([], [finding(L1, corners(0))]).rows["state"].tolist() == ["invented"]
    assert judged([known(L1, corners(0))], []).rows["state"].tolist() == ["missed"]
    nothing = judged([], [])
    assert (len(nothing.rows), len(nothing.candidates), nothing.pixels.sum()) == (0, 0, 0)


def test_that_what_lies_above_the_labels_counts_only_where_the_uppermost_is_judged() -> None:
    neck = finding(T3, corners(0))
    assert judged([known(T3, corners(60)), known(L1, corners(100))], [neck]).rows["state"].tolist() == [
        "missed"
    ]
    assert judged([known(L1, corners(60))], [neck]).rows["state"].tolist() == ["missed", "invented"]


def test_that_a_vertebra_without_a_level_is_judged() -> None:
    rows = judged([known(None, corners(40))], [finding(L1, corners(40))]).rows
    assert (rows["state"].tolist(), rows["level"].tolist()) == (["found"], [UNKNOWN])


@pytest.mark.parametrize("facing_right", [False, True])
@pytest.mark.parametrize("turn_deg", [-50.0, 0.0, 30.0])
def test_that_offsets_lie_along_the_vertebras_own_axes(facing_right: bool, turn_deg: float) -> None:
    c, s = np.cos(np.radians(turn_deg)), np.sin(np.radians(turn_deg))
    place = np.array([[c, s], [-s, c]]) * ([[-1], [1]] if facing_right else [[1], [1]])
    true = (corners(40) - [115, 50]) @ place + 120
    found = (corners(40) - [115, 50] + [-2, -3]) @ place + 120  # 2 px to the belly, 3 px to the head
    (row,) = judged([known(L1, true)], [finding(L1, found)]).rows
    np.testing.assert_allclose(row["offsets_px"], np.tile([2, 3], (6, 1)), atol=1e-9)


def test_that_points_of_pixels_that_are_not_square_are_compared_in_film_columns() -> None:
    tall = np.array([1.0, 0.5])  # pixels twice as high as wide: half as many rows
    truth, found = known(L1, corners(40) * tall), finding(L1, np.add(corners(40), [0, 4]) * tall)
    (row,) = judge(0, film(row_to_column=2.0), [truth], [found], NO_CANDIDATES, JUDGED_LEVELS).rows
    np.testing.assert_allclose(row["offsets_px"], np.tile([0, -4], (6, 1)), atol=1e-9)
    assert row["true_wedge"] == pytest.approx(1)


def test_that_corners_alone_leave_the_middle_heights_unknown() -> None:
    six = points(corners(40))
    six[[1, 4]] = np.nan
    truth = TrueVertebra(L1, np.array([100.0, 40, 130, 60]), six)
    judgement = judged([truth], [finding(L1, corners(40))])
    (row,) = judgement.rows
    assert np.isnan(row["offsets_px"]).all(axis=1).tolist() == [False, True, False, False, True, False]
    assert np.isnan(row["true_biconcave"])
    assert row["true_wedge"] == 1
    assert judgement.pixels.sum() == row["crop_pixels"].sum() == 0


def test_that_pixels_of_the_whole_film_leave_out_what_is_not_judged() -> None:
    truth = [known(T3, corners(0)), known(T12, corners(40)), known(L1, corners(80))]
    findings = [
        finding(T3, corners(2)),  # not judged, and neither are the 2 rows beyond its vertebra
        finding(T12, corners(45)),  # 5 of 20 rows too low
        finding(L5, corners(300)),  # invented
    ]
    void, body = 22 * 30, 20 * 30
    hit = 15 * 30
    expected = [[400 * 250 - void - 2 * body - (5 * 30 + body), 5 * 30 + body], [2 * body - hit, hit]]
    assert judged(truth, findings).pixels.tolist() == expected


def test_that_pixels_of_a_crop_are_those_of_its_own_vertebra() -> None:
    truth = [known(T12, corners(40)), known(L1, corners(80)), known(L2, corners(120))]
    findings = [finding(T12, corners(40)), finding(L1, corners(85)), finding(L2, corners(120))]
    right, low, _ = judged(truth, findings).rows["crop_pixels"]
    assert right[0, 1] == right[1, 0] == 0
    # The crop is 128 px for twice the 40 px between two centres.
    assert right[1, 1] == pytest.approx(20 * 30 * 1.6**2, rel=0.02)
    assert low[0, 1] / low[1].sum() == pytest.approx(0.25, abs=0.02)


def test_that_candidates_are_matched_greedily_at_each_threshold() -> None:
    def box(top: float) -> list[float]:
        return [100, top, 130, top + 20]

    boxes = np.array([box(300), box(41), box(44), box(80), box(2), box(40)])
    scores = np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.95])
    candidates = Detections(boxes, scores, np.zeros(6, dtype=np.intp))
    truth = [known(T3, corners(0)), known(T12, corners(40)), known(L1, corners(83))]
    rows = judged(truth, [], candidates).candidates
    assert rows["score"].tolist() == sorted(scores, reverse=True)
    assert rows["hit"][:, 0].tolist() == [True, False, False, False, True, False]
    # 17 of 23 rows are shared: up to 0.70.
    assert rows["hit"][4].tolist() == [True] * 5 + [False] * 5
    assert rows["counts"][:, 0].tolist() == [True] * 5 + [False]
