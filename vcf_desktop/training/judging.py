"""What was found on one film, held against its truth: one row a vertebra, one a candidate of the detector."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.film import Film
from vcf_desktop.geometry import box_iou, measure_heights
from vcf_desktop.inference.detection import Detections
from vcf_desktop.inference.frames import vertebra_frames
from vcf_desktop.simulation.projector import outline_mask
from vcf_desktop.spine import VertebraFinding
from vcf_desktop.training.truth import CORNERS, TrueVertebra

MATCHING_IOU = 0.5
COCO_IOUS = np.linspace(0.5, 0.95, 10)
"""Thresholds of mAP50-95; the first alone is that of mAP50 (Lin et al., ECCV 2014)."""
CANDIDATES_PER_FILM = 100
"""Best candidates that count, as in COCO."""
_HALF = 128
"""Of a pixel's 255 parts."""
UNKNOWN = -1
"""Level or grade that nobody gave."""

ROW = np.dtype(
    [
        ("film", "i4"),
        ("state", "U8"),
        ("level", "i4"),
        ("named", "i4"),
        ("iou", "f8"),
        ("score", "f8"),
        ("grade", "i4"),
        ("network_grade", "i4"),
        ("measured_grade", "i4"),
        ("probabilities", "f8", (4,)),
        ("depth_px", "f8"),
        ("offsets_px", "f8", (6, 2)),
        ("true_wedge", "f8"),
        ("wedge", "f8"),
        ("true_biconcave", "f8"),
        ("biconcave", "f8"),
        ("crop_pixels", "i8", (2, 2)),
    ]
)
"""One judged vertebra, ``found`` or ``missed``, or one finding that is ``invented``.

``level`` and ``grade`` are the truth, ``named`` and the two other grades the findings'. ``offsets_px`` are
those of the six points along the true vertebra's own axes, towards belly and head. ``wedge`` is Ha/Hp,
``biconcave`` Hm/Hp. ``crop_pixels`` counts the pixels of the vertebra's crop, rows true background and body,
columns as outlined. What is not known is nan or :data:`UNKNOWN`, and a crop without pixels.
"""

CANDIDATE = np.dtype([("film", "i4"), ("score", "f8"), ("hit", "?", (10,)), ("counts", "?", (10,))])
"""One box of the detector: whether it hits a judged vertebra at each of :data:`COCO_IOUS`, and whether it
counts at all; one on a vertebra that is not judged does not."""


@dataclass(frozen=True, eq=False)
class Judgement:
    """One film.

    Attributes:
        rows: (N,) of :data:`ROW`.
        candidates: (K,) of :data:`CANDIDATE`, best first.
        pixels: (2, 2) pixels of the whole film: rows true background and body, columns as outlined; vertebrae
            that are not judged are left out. All 0 where a judged vertebra has no true outline.
    """

    rows: NDArray[np.void]
    candidates: NDArray[np.void]
    pixels: NDArray[np.int64]


def judge(
    number: int,
    film: Film,
    truth: Sequence[TrueVertebra],
    findings: Sequence[VertebraFinding],
    candidates: Detections,
    judged: Container[int],
) -> Judgement:
    """Hold one film's findings and candidates against its truth.

    Each finding answers for the true vertebra that it overlaps most, if that is half or more of their union.
    It is invented if it answers for none, unless it lies on a vertebra that is not judged: one that it
    overlaps most, or one above all that are labelled where the uppermost of these is not judged either.

    Args:
        number: of the film, for the rows.
        candidates: boxes in film pixels before a spine was made of them.
        judged: levels that count. A vertebra whose level nobody gave counts.
    """
    truth = sorted(truth, key=lambda vertebra: float(vertebra.box_xyxy[1] + vertebra.box_xyxy[3]))
    matters = np.array([vertebra.level is None or vertebra.level in judged for vertebra in truth], dtype=bool)
    true_boxes = np.array([vertebra.box_xyxy for vertebra in truth]).reshape(-1, 4)
    boxes = np.array([finding.box_xyxy for finding in findings]).reshape(-1, 4)
    overlap = box_iou(boxes, true_boxes)
    answers = _answers(overlap)
    elsewhere = _on_unjudged(boxes, true_boxes, matters)
    crops = _crop_pixels(film, truth, findings, answers)
    rows = [
        _row(number, film, truth[place], findings[n], float(overlap[n, place]), crops[place])
        if (n := answers.get(place)) is not None
        else _missed(number, truth[place])
        for place in np.flatnonzero(matters).tolist()
    ]
    invented = [n for n in range(len(findings)) if n not in answers.values() and not elsewhere[n]]
    rows += [_invented(number, findings[n]) for n in invented]
    left_out = [n for place, n in answers.items() if not matters[place]]
    left_out += [n for n in range(len(findings)) if n not in answers.values() and elsewhere[n]]
    return Judgement(
        np.array(rows, ROW) if rows else np.empty(0, ROW),
        _candidates(number, candidates, true_boxes, matters),
        _film_pixels(film, truth, findings, matters, left_out),
    )


def _answers(overlap: NDArray[np.float64]) -> dict[int, int]:
    """Finding by the place of the true vertebra that it answers for, from their overlap (N, T)."""
    answers: dict[int, int] = {}
    if overlap.size:
        for number, nearest in enumerate(overlap.argmax(axis=1)):
            if overlap[number, nearest] >= MATCHING_IOU:
                answers.setdefault(int(nearest), number)
    return answers


def _on_unjudged(
    boxes: NDArray[np.float64], true_boxes: NDArray[np.float64], matters: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """(N,) whether a box lies on a vertebra that is not judged; the truth runs from top to bottom."""
    if not len(true_boxes):
        return np.zeros(len(boxes), dtype=bool)
    overlap = box_iou(boxes, true_boxes)
    nearest = overlap.argmax(axis=1) if len(boxes) else np.empty(0, dtype=np.intp)
    on_one = (overlap.max(axis=1, initial=0.0) > 0) & ~matters[nearest]
    above_all = (boxes[:, 1] + boxes[:, 3]) / 2 < true_boxes[0, 1]
    return np.asarray(on_one | (above_all & ~matters[0]))


def hits(overlap: NDArray[np.float64], least: float) -> NDArray[np.bool_]:
    """Which boxes, best first, lie on a true one that no better box has taken: (N,) of overlaps (N, T).

    Each box takes the free one that it overlaps most, if that is ``least`` of their union or more, above 0.
    """
    free = overlap.copy()
    hit = np.zeros(len(free), dtype=bool)
    for number in range(len(free) if free.size else 0):
        nearest = int(free[number].argmax())
        hit[number] = free[number, nearest] >= least
        if hit[number]:
            free[:, nearest] = 0.0
    return hit


def _candidates(
    number: int, detections: Detections, true_boxes: NDArray[np.float64], matters: NDArray[np.bool_]
) -> NDArray[np.void]:
    """Rows of the best candidates, each matched greedily to the judged vertebrae."""
    best = detections.take(np.argsort(-detections.scores, kind="stable")[:CANDIDATES_PER_FILM])
    overlap = box_iou(best.boxes_xyxy, true_boxes[matters])
    rows = np.zeros(len(best), CANDIDATE)
    rows["film"], rows["score"] = number, best.scores
    for column, iou in enumerate(COCO_IOUS):
        rows["hit"][:, column] = hits(overlap, float(iou))
    elsewhere = _on_unjudged(best.boxes_xyxy, true_boxes, matters)
    rows["counts"] = rows["hit"] | ~elsewhere[:, None]
    return rows


def _blank(number: int, state: str) -> NDArray[np.void]:
    row = np.zeros((), ROW)
    row["film"], row["state"] = number, state
    for name in ("level", "named", "grade", "network_grade", "measured_grade"):
        row[name] = UNKNOWN
    for name in ROW.names or ():
        if ROW[name].base.kind == "f":
            row[name] = np.nan
    return row


def _missed(number: int, truth: TrueVertebra) -> NDArray[np.void]:
    row = _blank(number, "missed")
    row["level"] = UNKNOWN if truth.level is None else truth.level
    row["grade"] = UNKNOWN if truth.grade is None else truth.grade
    return row


def _invented(number: int, finding: VertebraFinding) -> NDArray[np.void]:
    row = _blank(number, "invented")
    row["named"], row["score"] = finding.level, finding.score
    row["network_grade"], row["measured_grade"] = finding.grade, finding.morphometric_grade
    row["probabilities"] = finding.grade_probabilities
    return row


def _row(
    number: int,
    film: Film,
    truth: TrueVertebra,
    finding: VertebraFinding,
    iou: float,
    crop_pixels: NDArray[np.int64],
) -> NDArray[np.void]:
    """A vertebra that was found."""
    row = _missed(number, truth)
    row["state"], row["iou"], row["crop_pixels"] = "found", iou, crop_pixels
    of_finding = _invented(number, finding)
    for name in ("named", "score", "network_grade", "measured_grade", "probabilities"):
        row[name] = of_finding[name]
    measured = finding.heights_px
    row["wedge"] = measured.anterior / measured.posterior
    row["biconcave"] = measured.middle / measured.posterior
    if truth.points_xy is not None:
        true = measure_heights(truth.points_xy, film.row_to_column)
        row["true_wedge"], row["true_biconcave"] = (
            true.anterior / true.posterior,
            true.middle / true.posterior,
        )
        to_square = np.array([1.0, film.row_to_column])
        row["offsets_px"], row["depth_px"] = _offsets(
            truth.points_xy * to_square, finding.points_xy * to_square
        )
    return row


def _offsets(
    true_xy: NDArray[np.float64], found_xy: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float]:
    """Offsets (6, 2) of points (6, 2) towards belly and head of the true vertebra, and its depth."""
    front_top, back_top, front_bottom, back_bottom = true_xy[CORNERS]
    upper, lower = front_top - back_top, front_bottom - back_bottom
    depth = float(np.linalg.norm(upper) + np.linalg.norm(lower)) / 2
    anterior = (upper + lower) / np.linalg.norm(upper + lower)
    superior = np.array([-anterior[1], anterior[0]])
    superior *= np.sign(superior @ (front_top + back_top - front_bottom - back_bottom))
    return (found_xy - true_xy) @ np.column_stack([anterior, superior]), depth


def _crop_pixels(
    film: Film, truth: Sequence[TrueVertebra], findings: Sequence[VertebraFinding], answers: dict[int, int]
) -> NDArray[np.int64]:
    """(T, 2, 2) pixels of each found vertebra's crop, cut along the true spine as the networks cut theirs."""
    counts = np.zeros((len(truth), 2, 2), np.int64)
    if not truth:
        return counts
    frames = vertebra_frames(np.array([vertebra.box_xyxy for vertebra in truth]), film.row_to_column)
    for place, number in answers.items():
        outline = truth[place].outline_xy
        if outline is not None:
            true, found = (
                outline_mask(frames[place].to_network(contour), frames[place].size_hw) >= _HALF
                for contour in (outline, findings[number].contour_xy)
            )
            counts[place] = _pixel_counts(true, found)
    return counts


def _film_pixels(
    film: Film,
    truth: Sequence[TrueVertebra],
    findings: Sequence[VertebraFinding],
    matters: NDArray[np.bool_],
    left_out: Sequence[int],
) -> NDArray[np.int64]:
    """Counts (2, 2) over the whole film; ``left_out`` are findings on vertebrae that are not judged."""
    if (
        any(matter and vertebra.outline_xy is None for vertebra, matter in zip(truth, matters, strict=True))
        or not matters.any()
    ):
        return np.zeros((2, 2), np.int64)
    size_hw = (film.height_px, film.width_px)
    outlines = [vertebra.outline_xy for vertebra in truth]
    counted = [finding.contour_xy for n, finding in enumerate(findings) if n not in left_out]
    unjudged = [findings[n].contour_xy for n in left_out]
    unjudged += [
        outline
        for outline, matter in zip(outlines, matters, strict=True)
        if not matter and outline is not None
    ]
    true = _filled([outline for outline in outlines if outline is not None], size_hw)
    found = _filled(counted, size_hw)
    void = _filled(unjudged, size_hw)
    return _pixel_counts(true[~void], found[~void])


def _filled(outlines: Sequence[NDArray[np.float64]], size_hw: tuple[int, int]) -> NDArray[np.bool_]:
    """(H, W) pixels of which at least half lies in one of the outlines."""
    mask = np.zeros(size_hw, dtype=bool)
    for outline in outlines:
        mask |= outline_mask(outline, size_hw) >= _HALF
    return mask


def _pixel_counts(true: NDArray[np.bool_], found: NDArray[np.bool_]) -> NDArray[np.int64]:
    """(2, 2): rows true background and body, columns as found."""
    return np.bincount(2 * true.reshape(-1) + found.reshape(-1), minlength=4).reshape(2, 2)
