"""Figures of merit, each against another way to the same number."""

from __future__ import annotations

import contextlib
import io
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from sklearn.metrics import (
    accuracy_score,
    cohen_kappa_score,
    confusion_matrix,
    precision_recall_fscore_support,
    roc_auc_score,
)

from vcf_desktop.spine import Grade, VertebraLevel
from vcf_desktop.training.judging import CANDIDATE, ROW, UNKNOWN, Judgement
from vcf_desktop.training.metrics import (
    Results,
    average_precision,
    best_point,
    class_figures,
    confusion,
    figures,
    intervals,
)


def rows_of(film: int, count: int, **columns: object) -> NDArray[np.void]:
    """Found, unfractured, without an error, unless columns say otherwise."""
    rows = np.zeros(count, ROW)
    rows["film"], rows["state"], rows["level"], rows["named"] = (
        film,
        "found",
        VertebraLevel.L1,
        VertebraLevel.L1,
    )
    rows["iou"], rows["depth_px"], rows["probabilities"] = 1, 40, np.eye(4)[0]
    for name, values in columns.items():
        rows[name] = values
    return rows


def results_of(rows: NDArray[np.void], films: int = 1, pixels: object = 0) -> Results:
    counts = np.zeros((films, 2, 2), np.int64)
    counts[:] = pixels
    return Results(rows, np.empty(0, CANDIDATE), counts)


def coco_precision(true: list[NDArray], found: list[tuple[NDArray, NDArray]]) -> tuple[float, float]:
    """mAP50 and mAP50-95 of pycocotools; boxes (N, 4) left, top, width, height."""
    boxes = [(film, box) for film, of_film in enumerate(true) for box in of_film.tolist()]
    dataset = {
        "images": [{"id": film} for film in range(len(true))],
        "categories": [{"id": 1}],
        "annotations": [
            {
                "id": n + 1,
                "image_id": film,
                "category_id": 1,
                "bbox": box,
                "area": box[2] * box[3],
                "iscrowd": 0,
            }
            for n, (film, box) in enumerate(boxes)
        ],
    }
    detections = [
        {"image_id": film, "category_id": 1, "bbox": box, "score": score}
        for film, (of_film, scores) in enumerate(found)
        for box, score in zip(of_film.tolist(), scores.tolist(), strict=True)
    ]
    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO()
        truth.dataset = dataset
        truth.createIndex()
        evaluation = COCOeval(truth, truth.loadRes(detections), "bbox")
        evaluation.evaluate()
        evaluation.accumulate()
    precision = evaluation.eval["precision"][:, :, 0, 0, 2]
    return float(precision[0].mean()), float(precision.mean())


@pytest.mark.parametrize("seed", range(4))
def test_that_average_precision_is_that_of_pycocotools(seed: int) -> None:
    from vcf_desktop.inference.detection import Detections
    from vcf_desktop.training.judging import _candidates

    rng = np.random.default_rng(seed)
    true, found, tables = [], [], []
    for film in range(6):
        boxes = np.column_stack([rng.uniform(0, 300, (8, 2)), rng.uniform(30, 60, (8, 2))])
        guesses = np.concatenate([boxes[:6], boxes[:3], boxes[:4] + 200]) + rng.normal(0, 4, (13, 4))
        scores = rng.random(13)
        true.append(boxes)
        found.append((guesses, scores))
        corners = [np.hstack([b[:, :2], b[:, :2] + b[:, 2:]]) for b in (boxes, guesses)]
        detections = Detections(corners[1], scores, np.zeros(13, dtype=np.intp))
        tables.append(_candidates(film, detections, corners[0], np.ones(8, dtype=bool)))
    judgements = [
        Judgement(rows_of(film, 8), table, np.zeros((2, 2), np.int64)) for film, table in enumerate(tables)
    ]
    values = figures(Results.of(judgements))
    expected = coco_precision(true, found)
    assert values["detector alone: mAP50"] == pytest.approx(expected[0], abs=1e-12)
    assert values["detector alone: mAP50-95"] == pytest.approx(expected[1], abs=1e-12)


def test_that_candidates_that_do_not_count_change_nothing() -> None:
    hit, counts = np.array([True, False, False, True]), np.array([True, False, True, True])
    assert average_precision(hit, counts, 3) == average_precision(hit[[0, 2, 3]], counts[[0, 2, 3]], 3)
    # Precision 1 up to recall 1/3 (34 of 101 points), 2/3 up to 2/3 (33 points), then 0.
    assert average_precision(hit, counts, 3) == pytest.approx((34 + 33 * 2 / 3) / 101)


def test_that_precision_and_recall_are_counted_by_hand() -> None:
    rows = rows_of(0, 10, state=["found"] * 6 + ["missed"] * 3 + ["invented"])
    values = figures(results_of(rows))
    assert values["findings: precision"] == pytest.approx(6 / 7)
    assert values["findings: recall"] == pytest.approx(6 / 9)
    assert values["findings: F1"] == pytest.approx(2 * 6 / (7 + 9))


def test_that_where_nothing_is_found_there_is_no_working_point() -> None:
    nothing = np.zeros(0, dtype=bool)
    assert all(math.isnan(value) for value in best_point(nothing, nothing, 3))
    wrong = np.zeros(2, dtype=bool)
    assert best_point(wrong, ~wrong, 3) == (0.0, 0.0)


def test_that_the_detectors_working_point_is_the_best_on_its_curve() -> None:
    candidates = np.zeros(4, CANDIDATE)
    candidates["score"], candidates["counts"] = [0.9, 0.8, 0.7, 0.6], True
    candidates["hit"][:, 0] = [True, True, False, True]
    values = figures(Results(rows_of(0, 3), candidates, np.zeros((1, 2, 2), np.int64)))
    assert values["detector alone, best F1: precision"] == pytest.approx(3 / 4)
    assert values["detector alone, best F1: recall"] == 1


@given(arrays.arrays(np.int64, (4, 4), elements=st.integers(0, 9)))
def test_that_class_figures_are_those_of_scikit_learn(counts: NDArray[np.int64]) -> None:
    true, named = (np.repeat(axis.reshape(-1), counts.reshape(-1)) for axis in np.indices((4, 4)))
    present = counts.sum(axis=1) > 0
    found = class_figures(counts)
    assert np.array_equal(np.isnan(found["recall"]), ~present)
    if not len(true):
        return
    expected = precision_recall_fscore_support(true, named, labels=range(4), zero_division=0)
    for name, values in zip(("precision", "recall", "F1"), expected, strict=False):
        np.testing.assert_allclose(found[name][present], values[present])
    for grade in np.flatnonzero(present):
        assert found["accuracy"][grade] == pytest.approx(accuracy_score(true == grade, named == grade))
        others = true != grade
        if others.any():
            assert found["specificity"][grade] == pytest.approx((named[others] != grade).mean())


@pytest.mark.parametrize("seed", range(3))
def test_that_grades_are_compared_as_scikit_learn_does(seed: int) -> None:
    rng = np.random.default_rng(seed)
    true, named = rng.integers(0, 4, 60), rng.integers(0, 4, 60)
    named[:30] = true[:30]
    probabilities = rng.dirichlet(np.ones(4), 60).round(1)  # with ties
    rows = rows_of(0, 60, grade=true, network_grade=named, probabilities=probabilities)
    assert confusion(rows, "network_grade").tolist() == confusion_matrix(true, named).tolist()
    values = figures(results_of(rows))
    kappa = cohen_kappa_score(true, named, weights="quadratic")
    assert values["network grade: quadratic weighted kappa"] == pytest.approx(kappa)
    areas = [roc_auc_score(true == grade, probabilities[:, grade]) for grade in range(4)]
    assert values["network grade: macro AUC"] == pytest.approx(np.mean(areas))
    assert values["network grade: accuracy"] == (true == named).mean()
    assert values["measured grade: accuracy"] == (true == 0).mean()


def test_that_outlines_are_judged_by_both_classes() -> None:
    values = figures(results_of(rows_of(0, 1, crop_pixels=[[50, 0], [0, 50]]), pixels=[[80, 5], [3, 12]]))
    assert values["outlines, whole film: mIoU"] == pytest.approx((80 / 88 + 12 / 20) / 2)
    assert values["outlines, whole film: mPA"] == pytest.approx((80 / 85 + 12 / 15) / 2)
    assert values["outlines, whole film: pixel accuracy"] == pytest.approx(0.92)
    assert values["outlines, whole film: Dice"] == pytest.approx(24 / 32)
    assert values["outlines, crops of found: mIoU"] == values["outlines, crops of found: Dice"] == 1


def test_that_points_have_a_size_of_error_and_a_direction() -> None:
    offsets = np.zeros((2, 6, 2))
    offsets[0, 0] = [3, 4]
    offsets[1, [1, 4]] = np.nan
    values = figures(results_of(rows_of(0, 2, offsets_px=offsets, wedge=[0.9, 1.2], true_wedge=1)))
    assert values["points: mean error, px"] == pytest.approx(5 / 10)
    assert values["points: mean error, % of depth"] == pytest.approx((12.5 / 6 + 0) / 2)
    assert values["points: anterior superior too far forwards, % of depth"] == pytest.approx(7.5 / 2)
    assert values["points: anterior superior too far upwards, % of depth"] == pytest.approx(10 / 2)
    assert values["points: middle superior too far upwards, % of depth"] == 0
    assert values["heights: Ha/Hp mean absolute error"] == pytest.approx(0.15)
    assert values["heights: Ha/Hp mean error"] == pytest.approx(0.05)


def test_that_a_mirrored_vertebra_is_one_whose_front_lies_at_its_back() -> None:
    offsets = np.zeros((3, 6, 2))
    offsets[0, :, 0] = [-38, 0, 38, -38, 0, 38]  # of a depth of 40
    offsets[1, :, 0] = -10
    offsets[2] = np.nan
    assert figures(results_of(rows_of(0, 3, offsets_px=offsets)))["points: front taken for back"] == 0.5


def test_that_levels_are_neighbours_across_transitional_ones() -> None:
    level = VertebraLevel
    true = [level.T12, level.T12, level.L1, level.L5, UNKNOWN]
    named = [level.T12, level.L1, level.T11, level.L4, level.L1]
    values = figures(results_of(rows_of(0, 5, level=true, named=named)))
    assert values["level: exact"] == pytest.approx(1 / 4)
    assert values["level: within one"] == pytest.approx(3 / 4)


def test_that_alarms_on_intact_vertebrae_count_ungraded_ones_as_intact() -> None:
    rows = rows_of(0, 4, grade=[0, UNKNOWN, 3, 1], network_grade=[2, 1, 3, 3], measured_grade=[0, 3, 0, 0])
    values = figures(results_of(rows))
    assert values["network grade: unfractured or ungraded called 2-3"] == 0.5
    assert values["measured grade: unfractured or ungraded called 2-3"] == 0.5
    assert values["network grade: accuracy"] == pytest.approx(1 / 3)


def test_that_nothing_gives_no_figure_and_no_error() -> None:
    values = figures(results_of(np.empty(0, ROW)))
    assert all(math.isnan(value) for value in values.values())


def test_that_a_repeated_film_counts_as_often_as_it_was_drawn() -> None:
    films = [
        Judgement(
            rows_of(film, 3, grade=[film % 4, 1, 2], network_grade=Grade.MILD, iou=film / 4),
            np.zeros(2, CANDIDATE),
            np.full((2, 2), film + 1),
        )
        for film in range(4)
    ]
    drawn = Results.of(films).repeated(np.array([2, 0, 1, 0]))
    listed = Results.of([films[0], films[0], films[2]])
    assert figures(drawn) == pytest.approx(figures(listed), nan_ok=True)


def test_that_the_interval_of_a_share_is_that_of_its_films() -> None:
    rng = np.random.default_rng(0)
    shares = rng.random(80)
    rows = np.concatenate([rows_of(film, 1, iou=share) for film, share in enumerate(shares)])
    results = results_of(rows, films=80)

    def mean_overlap(of: Results) -> dict[str, float]:
        return {"overlap": float(of.rows["iou"].mean()), "unknown": math.nan}

    bounds = intervals(results, mean_overlap)
    half = 1.96 * shares.std() / math.sqrt(80)  # by the central limit theorem
    assert bounds["overlap"] == pytest.approx((shares.mean() - half, shares.mean() + half), abs=0.012)
    assert math.isnan(bounds["unknown"][0])
    assert intervals(results, mean_overlap)["overlap"] == bounds["overlap"]
