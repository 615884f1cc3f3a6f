"""Figures of merit over many judged films, and how sure they are.

Everything is computed from tables (:mod:`.judging`), so that a bootstrap over films only repeats rows.
Figures that have nothing to stand on are nan. All are a few lines of numpy each: computed a thousand times by
scikit-learn and pycocotools, against which the tests hold them, they would take minutes, and COCO knows no
candidates that count neither way.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.geometry import SIX_POINTS
from vcf_desktop.spine import REGULAR_LEVELS, Grade, VertebraLevel
from vcf_desktop.training.judging import UNKNOWN, Judgement
from vcf_desktop.training.truth import CORNERS

RESAMPLES = 1000
CONFIDENCE = 0.95
OPINIONS = {"network grade": "network_grade", "measured grade": "measured_grade"}
"""Names of the two grades of a finding, and their columns."""
_RECALLS = np.linspace(0, 1, 101)


@dataclass(frozen=True, eq=False)
class Results:
    """All films.

    Attributes:
        rows, candidates: see :data:`.judging.ROW` and :data:`.judging.CANDIDATE`; candidates best first.
        pixels: (F, 2, 2) for each film, rows true background and body, columns as outlined.
    """

    rows: NDArray[np.void]
    candidates: NDArray[np.void]
    pixels: NDArray[np.int64]

    @classmethod
    def of(cls, judgements: Sequence[Judgement]) -> Results:
        """The results of at least one film; film numbers are places in ``judgements``."""
        candidates = np.concatenate([judgement.candidates for judgement in judgements])
        return cls(
            np.concatenate([judgement.rows for judgement in judgements]),
            candidates[np.argsort(-candidates["score"], kind="stable")],
            np.stack([judgement.pixels for judgement in judgements]),
        )

    def repeated(self, times: NDArray[np.int64]) -> Results:
        """Each film as often as ``times`` (F,) says."""
        rows, candidates = (
            table[np.repeat(np.arange(len(table)), times[table["film"]])]
            for table in (self.rows, self.candidates)
        )
        return Results(rows, candidates, np.repeat(self.pixels, times, axis=0))

    @property
    def found(self) -> NDArray[np.void]:
        """Rows of the judged vertebrae that were found."""
        return np.asarray(self.rows[self.rows["state"] == "found"])


def figures(results: Results) -> dict[str, float]:
    """Every figure by its name, in the order of a table; fractions in [0, 1] unless the name says a unit."""
    found = results.found
    invented = int((results.rows["state"] == "invented").sum())
    judged = len(results.rows) - invented
    return {
        **_with_f1("findings", _ratio(len(found), len(found) + invented), _ratio(len(found), judged)),
        "findings: mean IoU of boxes": _mean(found["iou"]),
        **_detector_figures(results.candidates, judged),
        **_outline_figures("outlines, whole film", results.pixels.sum(axis=0)),
        **_outline_figures("outlines, crops of found", found["crop_pixels"].sum(axis=0)),
        **_geometry_figures(found),
        **_level_figures(found),
        **_grade_figures(found),
    }


def intervals(
    results: Results,
    compute: Callable[[Results], dict[str, float]] = figures,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> dict[str, tuple[float, float]]:
    """95 % percentile intervals by bootstrap over films: vertebrae of one film are not independent.

    Source: Efron, Tibshirani: An Introduction to the Bootstrap, 1993, chapter 13. Resamples in which a figure
    is nan are left out of its interval.
    """
    count = len(results.pixels)
    draws = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), size=resamples)
    samples = [compute(results.repeated(draw)) for draw in draws]
    tails = (50 * (1 - CONFIDENCE), 50 * (1 + CONFIDENCE))
    bounds = {}
    for name in samples[0]:
        values = np.array([sample[name] for sample in samples])
        values = values[~np.isnan(values)]
        low, high = np.percentile(values, tails) if len(values) else (math.nan, math.nan)
        bounds[name] = (float(low), float(high))
    return bounds


def average_precision(hit: NDArray[np.bool_], counts: NDArray[np.bool_], truths: int) -> float:
    """COCO's average precision: mean over 101 recalls of the best precision at that recall or a higher one.

    Args:
        hit: (K,) whether each candidate, best first, hits one of the ``truths``; counts: (K,) whether it
            counts at all.
    """
    if not truths:
        return math.nan
    hits = np.cumsum(hit)
    precision = hits / np.maximum(hits + np.cumsum(counts & ~hit), 1)
    best_from_here = np.maximum.accumulate(precision[::-1])[::-1]
    at = np.searchsorted(hits / truths, _RECALLS)
    return float(np.append(best_from_here, 0.0)[at].mean())


def best_point(hit: NDArray[np.bool_], counts: NDArray[np.bool_], truths: int) -> tuple[float, float]:
    """Precision and recall of the best candidates down to the one where F1 is largest; nan without any.

    Args:
        hit, counts, truths: as for :func:`average_precision`.
    """
    if not len(hit):
        return math.nan, math.nan
    hits, count = np.cumsum(hit), np.cumsum(counts)
    # F1 = 2 P R / (P + R) with P = hits / count and R = hits / truths.
    best = int(np.argmax(hits / np.maximum(count + truths, 1)))
    return float(hits[best] / max(count[best], 1)), float(hits[best] / max(truths, 1))


def confusion(rows: NDArray[np.void], column: str) -> NDArray[np.int64]:
    """(4, 4) counts, rows true grades 0 to 3, columns those of ``column``; ungraded rows are left out."""
    graded = rows[rows["grade"] != UNKNOWN]
    pairs = len(Grade) * graded["grade"] + graded[column]
    return np.bincount(pairs, minlength=len(Grade) ** 2).reshape(len(Grade), -1)


def class_figures(counts: NDArray[np.int64]) -> dict[str, NDArray[np.float64]]:
    """Accuracy, precision, recall, specificity and F1 (4,) of each class against the rest.

    Precision is 0 where a class occurs and is never named, and all are nan where it does not occur.
    """
    total, hit = counts.sum(), np.diag(counts).astype(np.float64)
    true, named = counts.sum(axis=1), counts.sum(axis=0)
    occurs = np.where(true > 0, 1.0, np.nan)
    return {
        "accuracy": occurs * (total - true - named + 2 * hit) / max(1, total),
        "precision": occurs * hit / np.maximum(named, 1),
        "recall": occurs * hit / np.maximum(true, 1),
        "specificity": occurs * (total - true - named + hit) / np.maximum(total - true, 1),
        "F1": occurs * 2 * hit / np.maximum(true + named, 1),
    }


def weighted_kappa(counts: NDArray[np.int64]) -> float:
    """Cohen's kappa with quadratic weights of a confusion matrix (Cohen, Psychol Bull 1968;70:213).

    It is 1 less the mean squared difference over that of independent opinions with the same shares.
    """
    place = np.arange(len(counts))
    apart = (place[:, None] - place) ** 2
    by_chance = counts.sum(axis=1) @ apart @ counts.sum(axis=0)
    return float(1 - counts.sum() * (apart * counts).sum() / by_chance) if by_chance else math.nan


def area_under_curve(scores: NDArray[np.float64], is_positive: NDArray[np.bool_]) -> float:
    """Area under the ROC curve: the chance that a positive scores more than a negative, ties half.

    From the sum of the positives' ranks (Hanley, McNeil, Radiology 1982;143:29).
    """
    _, place, ties = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(ties) - (ties - 1) / 2)[place]
    positives = int(is_positive.sum())
    above = ranks[is_positive].sum() - positives * (positives + 1) / 2
    return _ratio(float(above), positives * (len(scores) - positives))


def point_errors(rows: NDArray[np.void]) -> NDArray[np.float64]:
    """(N,) mean distance of the points that are known, % of the true depth; nan where none is."""
    distance = np.linalg.norm(rows["offsets_px"], axis=2)
    known = ~np.isnan(distance)
    total = np.where(known, distance, 0).sum(axis=1)
    count = np.where(known.any(axis=1), known.sum(axis=1), np.nan)
    return np.asarray(100 * total / count / rows["depth_px"])


def _detector_figures(candidates: NDArray[np.void], truths: int) -> dict[str, float]:
    """Of the detector's own boxes; precision and recall at the score of the best F1, as YOLO reports them."""
    hit, counts = candidates["hit"], candidates["counts"]
    average = [average_precision(hit[:, i], counts[:, i], truths) for i in range(hit.shape[1])]
    return {
        "detector alone: mAP50": average[0],
        "detector alone: mAP50-95": _mean(average),
        **_with_f1("detector alone, best F1", *best_point(hit[:, 0], counts[:, 0], truths)),
    }


def _outline_figures(name: str, pixels: NDArray[np.int64]) -> dict[str, float]:
    """From the (2, 2) counts of pooled pixels: mIoU and mPA are means over background and body.

    The paper does not define its figures. Its three (mIoU 0.901, mPA 0.947, accuracy 0.987) fit together only
    where bodies take some 7 % of the pixels, as they do on whole films and not in crops.
    """
    hit, true, named = np.diag(pixels), pixels.sum(axis=1), pixels.sum(axis=0)
    if not true.all():
        hit, true, named = (np.full(2, np.nan) for _ in range(3))
    return {
        f"{name}: mIoU": float((hit / (true + named - hit)).mean()),
        f"{name}: mPA": float((hit / true).mean()),
        f"{name}: pixel accuracy": float(hit.sum() / true.sum()),
        f"{name}: Dice": float(2 * hit[1] / (true[1] + named[1])),
    }


def _geometry_figures(found: NDArray[np.void]) -> dict[str, float]:
    """Errors of the points, of which only four are known where there are only corners, and of the ratios."""
    distance = np.linalg.norm(found["offsets_px"], axis=2)
    relative = point_errors(found)
    offsets = 100 * found["offsets_px"] / found["depth_px"][:, None, None]
    front = offsets[:, CORNERS[::2], 0].mean(axis=1)
    return {
        "points: front taken for back": _mean(np.where(np.isnan(front), np.nan, front < -50)),
        "points: mean error, px": _mean(distance),
        "points: mean error, % of depth": _mean(relative),
        "points: median error, % of depth": _median(relative),
        **{
            f"points: {name.replace('_', ' ')} too far {side}, % of depth": _mean(offsets[:, point, axis])
            for point, name in enumerate(SIX_POINTS)
            for axis, side in enumerate(("forwards", "upwards"))
        },
        "heights: Ha/Hp mean absolute error": _mean(np.abs(found["wedge"] - found["true_wedge"])),
        "heights: Ha/Hp mean error": _mean(found["wedge"] - found["true_wedge"]),
        "heights: Hm/Hp mean absolute error": _mean(np.abs(found["biconcave"] - found["true_biconcave"])),
        "heights: Hm/Hp mean error": _mean(found["biconcave"] - found["true_biconcave"]),
    }


def _level_figures(found: NDArray[np.void]) -> dict[str, float]:
    known = found[found["level"] != UNKNOWN]
    # A supernumerary vertebra shares the place of the next one, which is right within one.
    places = np.array([sum(other < level for other in REGULAR_LEVELS) for level in VertebraLevel])
    apart = np.abs(places[known["named"]] - places[known["level"]])
    return {
        "level: exact": _mean(known["named"] == known["level"]),
        "level: within one": _mean(apart <= 1),
    }


def _grade_figures(found: NDArray[np.void]) -> dict[str, float]:
    intact = found[found["grade"] <= Grade.NON]
    graded = found[found["grade"] != UNKNOWN]
    values = {
        f"{opinion}: unfractured or ungraded called 2-3": _mean(intact[column] >= Grade.MODERATE)
        for opinion, column in OPINIONS.items()
    }
    for opinion, column in OPINIONS.items():
        counts = confusion(graded, column)
        by_class = class_figures(counts)
        values[f"{opinion}: accuracy"] = _ratio(int(np.trace(counts)), int(counts.sum()))
        values |= {f"{opinion}: macro {name}": _mean(per_class) for name, per_class in by_class.items()}
        values[f"{opinion}: quadratic weighted kappa"] = weighted_kappa(counts)
        if column == "network_grade":
            values[f"{opinion}: macro AUC"] = _mean(
                [
                    area_under_curve(graded["probabilities"][:, grade], graded["grade"] == grade)
                    for grade in Grade
                ]
            )
        values |= {
            f"{opinion}: {grade.name.lower()} {name}": float(per_class[grade])
            for grade in Grade
            for name, per_class in by_class.items()
        }
    return values


def _with_f1(name: str, precision: float, recall: float) -> dict[str, float]:
    both = precision + recall
    return {
        f"{name}: precision": precision,
        f"{name}: recall": recall,
        f"{name}: F1": 2 * precision * recall / both if both else both,
    }


def _ratio(part: float, whole: int) -> float:
    return part / whole if whole else math.nan


def _mean(values: Sequence[float] | NDArray[np.generic]) -> float:
    """Mean of what is known."""
    known = np.asarray(values, dtype=np.float64)
    known = known[~np.isnan(known)]
    return float(known.mean()) if known.size else math.nan


def _median(values: NDArray[np.float64]) -> float:
    known = values[~np.isnan(values)]
    return float(np.median(known)) if known.size else math.nan
