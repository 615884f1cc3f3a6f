"""``vcf-desktop evaluate``: what is counted as found, missed and invented."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from vcf_desktop.errors import VcfError
from vcf_desktop.geometry import measure_heights
from vcf_desktop.spine import Deformity, Grade, Ratios, VertebraFinding, VertebraLevel
from vcf_desktop.training.evaluate import CORNERS, Tally, TrueVertebra, corner_labelled


def corners(top: float, anterior_height: float = 20.0) -> np.ndarray:
    """A body 30 px deep and 20 px high behind, front at the left."""
    front = top + (20 - anterior_height)
    return np.array([[100, front], [130, top], [100, top + 20], [130, top + 20]], dtype=np.float64)


def finding(level: VertebraLevel, corners_xy: np.ndarray, grade: Grade = Grade.NON) -> VertebraFinding:
    points = np.zeros((6, 2))
    points[CORNERS] = corners_xy
    points[[1, 4]] = (corners_xy[[0, 2]] + corners_xy[[1, 3]]) / 2
    return VertebraFinding(
        level=level,
        level_confidence=1.0,
        box_xyxy=np.concatenate([corners_xy.min(axis=0), corners_xy.max(axis=0)]),
        score=0.9,
        contour_xy=corners_xy[[0, 1, 3, 2]],
        points_xy=points,
        heights_px=measure_heights(points),
        heights_mm=None,
        ratios=Ratios(1.0, 1.0, None),
        grade=grade,
        grade_probabilities=np.eye(4)[grade],
        morphometric_grade=Grade.NON,
        deformity=Deformity.NONE,
    )


def test_that_every_figure_follows_from_what_was_found() -> None:
    truth = [
        TrueVertebra(VertebraLevel.T3, corners(0), None),  # not judged
        TrueVertebra(VertebraLevel.T12, corners(40), Grade.MODERATE),
        TrueVertebra(VertebraLevel.L1, corners(80), Grade.NON),
        TrueVertebra(VertebraLevel.L2, corners(120), Grade.NON),  # missed
    ]
    findings = [
        finding(VertebraLevel.T3, corners(8)),  # neither found nor invented
        finding(VertebraLevel.T12, corners(40, anterior_height=16), Grade.MODERATE),
        finding(VertebraLevel.L1, corners(80), Grade.SEVERE),
        finding(VertebraLevel.L1, corners(81)),  # a second box for the same vertebra
        finding(VertebraLevel.L5, corners(300)),  # on nothing
    ]
    tally = Tally()
    tally.add(findings, truth)
    assert (len(tally.overlaps), tally.missed, tally.invented) == (2, 1, 2)
    assert tally.missed_levels == ["L2"]
    np.testing.assert_allclose(tally.wedge_errors, [0.2, 0.0])
    np.testing.assert_allclose(tally.corner_errors, [(4 / 4) / 30, 0.0])
    assert tally.level_right == [True, True]
    table = tally.table()
    assert "recall at IoU 0.5" in table
    assert "0.667" in table  # 2 of 3 found
    assert "0.500 of 2" in table  # one of two network grades right
    assert "0 0 0 1 / 0 0 0 0 / 0 0 1 0 / 0 0 0 0" in table


def test_that_a_film_without_findings_is_counted_too() -> None:
    tally = Tally()
    tally.add([], [TrueVertebra(VertebraLevel.L1, corners(0), None)])
    tally.add([finding(VertebraLevel.L1, corners(0))], [])
    assert (tally.missed, tally.invented) == (1, 1)
    assert "0.000" in tally.table()


def test_that_corner_labels_are_read_in_their_order(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "a.png"), np.random.default_rng(0).integers(0, 255, (50, 40), dtype=np.uint8))
    labels = {"C7": [[9, 1], [5, 2], [5, 8], [9, 7]], "S1_endplate": [[1, 1], [2, 2]]}
    (tmp_path / "corners.json").write_text(json.dumps({"a.png": {"corners_xy": labels}}), encoding="utf-8")
    ((film, (vertebra,)),) = corner_labelled(tmp_path / "corners.json")
    assert (film.height_px, film.width_px) == (50, 40)
    assert vertebra.level is VertebraLevel.C7
    np.testing.assert_array_equal(vertebra.corners_xy, [[5, 2], [9, 1], [5, 8], [9, 7]])


@pytest.mark.parametrize("content", ["", "[]", '{"a.png": {}}'])
def test_that_a_damaged_label_file_is_named(content: str, tmp_path: Path) -> None:
    (tmp_path / "corners.json").write_text(content, encoding="utf-8")
    with pytest.raises(VcfError, match=r"corners\.json: is not a file of corner labels"):
        list(corner_labelled(tmp_path / "corners.json"))
