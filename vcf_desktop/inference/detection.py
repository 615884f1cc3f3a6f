"""From the detector's raw output to the vertebrae of one spine, top to bottom.

Three steps: ``decode`` keeps what passes a low threshold, ``suppress`` leaves one box for each place, and
``spine_chain`` picks the sequence of boxes that makes the best spine. The threshold can be low because a weak
box is kept only where the spine needs a vertebra, and a strong one far from the spine is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.geometry import box_iou

VERTEBRA = 0
SACRUM = 1

_MAX_DECODED = 1000
_MAX_CANDIDATES = 128
"""Bounds on what later steps compare pairwise: a spine has 18 vertebrae with some twenty boxes each before
suppression and rarely more than two after it."""

# Constants of the chain. Scores, gains and costs are in the same unit, the detector's score.
_NEUTRAL_SCORE = 0.2
"""A box above it makes a chain better wherever it fits; one below is worth keeping only in a gap."""
_SPACING_COST, _SPACING_SPREAD = 0.15, 0.25
"""Cost of a log spacing one spread off the usual; on healthy films its SD is 0.04 to 0.13, crushed bodies and
loose boxes add to it. Half a spacing, a box on a disc, costs 1.15: more than any box can gain."""
_SIZE_COST, _SIZE_SPREAD = 0.1, 0.3
"""Cost of a log ratio of sizes; a severe crush halves the area, which costs 0.13 on either side."""
_TURN_COST, _TURN_SPREAD_DEG = 0.1, 25.0
"""Cost of a turn between successive links; 5 deg are usual, 25 deg at the sacrum, 40 deg at a gibbus."""
_MISSED_COST = 0.4
_MAX_MISSED = 2
"""A chain may step over one or two vertebrae that were not found, for half a good box each."""
_MAX_INCLINATION_DEG = 75.0
"""A link may run this far from the vertical: 65 deg are seen in severe kyphosis."""
_MAX_LINK_COST = 1.2
_SACRUM_REACH = 1.8
"""The first sacral segment lies within this many spacings of the last vertebra; 1.1 is usual."""
_SACRUM_TOLERANCE = 0.5
"""Part of a link's cost that counts when it leads to the sacrum: no other step varies so much in length and
in angle, and the sacrum's own score says enough."""

_PITCH_TO_HEIGHT = 1.25
_DEPTH_TO_HEIGHT = 1.2
"""Proportions of a vertebra with its disc, T4 to L5 (morphometry of Panjabi et al. 1991 and 1992)."""


@dataclass(frozen=True, eq=False)
class Detections:
    """Boxes found on one film.

    Attributes:
        boxes_xyxy: (N, 4) left, top, right, bottom in px.
        scores: (N,) objectness times class probability, in [0, 1].
        classes: (N,) 0 for a vertebral body, 1 for the first sacral segment.
    """

    boxes_xyxy: NDArray[np.float64]
    scores: NDArray[np.float64]
    classes: NDArray[np.intp]

    def __len__(self) -> int:
        """Number of boxes."""
        return len(self.scores)

    def take(self, indices: NDArray[np.intp]) -> Detections:
        """The boxes at ``indices``, in that order."""
        return Detections(self.boxes_xyxy[indices], self.scores[indices], self.classes[indices])


@dataclass(frozen=True, eq=False)
class Chain:
    """The vertebrae of one spine.

    Attributes:
        vertebrae: top to bottom, may be empty; places where a vertebra was missed are not marked.
        sacrum: box (4,) and score of the first sacral segment below them, None where none was found.
    """

    vertebrae: Detections
    sacrum: tuple[NDArray[np.float64], float] | None


def decode(predictions: NDArray[np.floating], score_threshold: float) -> Detections:
    """Boxes of the detector's output whose score reaches a threshold, best first.

    Args:
        predictions: (K, 7) centre x, centre y, width, height in px, objectness, probability of a vertebra,
            probability of a sacrum; all but the sizes in [0, 1].
        score_threshold: lowest score to keep. A box takes its likelier class.
    """
    # Objectness bounds the score, so nearly all candidates go before anything is computed.
    sound = (predictions[:, 4] >= score_threshold) & np.isfinite(predictions).all(axis=1)
    likely = predictions[sound & (predictions[:, 2:4] > 0.0).all(axis=1)].astype(np.float64)
    scores = likely[:, 4] * likely[:, 5:7].max(axis=1)
    kept = np.argsort(-scores, kind="stable")[
        : min(_MAX_DECODED, np.count_nonzero(scores >= score_threshold))
    ]
    centres, halves = likely[kept, 0:2], likely[kept, 2:4] / 2.0
    boxes = np.hstack([centres - halves, centres + halves])
    return Detections(boxes, scores[kept], np.argmax(likely[kept, 5:7], axis=1))


def suppress(detections: Detections, iou_threshold: float) -> Detections:
    """Greedy non-maximum suppression, best first, ties in the order given.

    A box goes when its overlap with a better one is above ``iou_threshold``, whatever their classes: one bone
    cannot be both a vertebra and the sacrum. Neighbouring vertebrae overlap by 0.11 at most on healthy films.
    """
    order = np.argsort(-detections.scores, kind="stable")
    overlap = box_iou(detections.boxes_xyxy[order], detections.boxes_xyxy[order]) > iou_threshold
    alive = np.ones(len(order), dtype=bool)
    for index in range(len(order)):
        if alive[index]:
            alive[index + 1 :] &= ~overlap[index, index + 1 :]
    return detections.take(order[alive])


def spine_chain(detections: Detections, row_to_column: float = 1.0) -> Chain:
    """The sequence of boxes that makes the best spine, found by dynamic programming over pairs of boxes.

    A chain's worth is the sum over its boxes of score minus a neutral score, less a cost for every link that
    grows with unusual spacing, change of size and of direction, and with vertebrae stepped over. The sacrum
    can only be the last box.

    Args:
        detections: candidates after suppression, with a score threshold well under the neutral 0.2.
        row_to_column: height of a pixel divided by its width.
    """
    best_first = np.argsort(-detections.scores, kind="stable")[:_MAX_CANDIDATES]
    centre_y = detections.boxes_xyxy[best_first, 1::2].mean(axis=1)
    candidates = detections.take(best_first[np.argsort(centre_y, kind="stable")])
    path = _best_path(candidates, _links(candidates, row_to_column))
    if path.size and candidates.classes[path[-1]] == SACRUM:
        sacrum = (candidates.boxes_xyxy[path[-1]], float(candidates.scores[path[-1]]))
        return Chain(candidates.take(path[:-1]), sacrum)
    return Chain(candidates.take(path), None)


@dataclass(frozen=True, eq=False)
class _Links:
    """Possible steps from a box to a lower one, sorted by the upper box."""

    upper: NDArray[np.intp]
    lower: NDArray[np.intp]
    cost: NDArray[np.float64]
    bearing_deg: NDArray[np.float64]


def _links(candidates: Detections, row_to_column: float) -> _Links:
    boxes = candidates.boxes_xyxy * (1.0, row_to_column, 1.0, row_to_column)
    centres = (boxes[:, :2] + boxes[:, 2:]) / 2.0
    sizes = np.sqrt(np.prod(boxes[:, 2:] - boxes[:, :2], axis=1))
    step = centres[None] - centres[:, None]
    bearing = np.arctan2(step[..., 0], step[..., 1])
    # The upright box of a body D deep and H high that is tilted by t has the area
    # (D cos t + H sin t)(D sin t + H cos t) = H² (d + (1 + d²)/2 · sin 2t) with d = D/H.
    tilt = np.abs(np.sin(2.0 * bearing))
    size_to_height = np.sqrt(_DEPTH_TO_HEIGHT + (1.0 + _DEPTH_TO_HEIGHT**2) / 2.0 * tilt)
    usual = (sizes[None] + sizes[:, None]) / 2.0 * _PITCH_TO_HEIGHT / size_to_height
    spacing = np.linalg.norm(step, axis=2) / usual
    to_sacrum = (candidates.classes == SACRUM)[None]
    downward = np.abs(np.degrees(bearing)) <= _MAX_INCLINATION_DEG
    possible = downward & (candidates.classes == VERTEBRA)[:, None] & (spacing > 0.0)
    possible &= ~to_sacrum | (spacing <= _SACRUM_REACH)
    upper, lower = np.nonzero(possible)

    missed = np.arange(_MAX_MISSED + 1)[:, None]
    misfit = np.log(spacing[upper, lower] / (missed + 1)) / _SPACING_SPREAD
    # The sacrum is the end of the spine, and stepping over L5 to reach it would misname everything.
    skip_cost = np.where((missed > 0) & to_sacrum[0, lower], np.inf, _MISSED_COST * missed)
    cost = (_SPACING_COST * misfit**2 + skip_cost).min(axis=0)
    cost += _SIZE_COST * (np.log(sizes[lower] / sizes[upper]) / _SIZE_SPREAD) ** 2
    cost *= np.where(to_sacrum[0, lower], _SACRUM_TOLERANCE, 1.0)
    cheap = cost <= _MAX_LINK_COST
    upper, lower = upper[cheap], lower[cheap]
    return _Links(upper, lower, cost[cheap], np.degrees(bearing[upper, lower]))


def _best_path(candidates: Detections, links: _Links) -> NDArray[np.intp]:
    """Indices of the best chain's boxes. ``candidates`` lie top to bottom, so links never lead back."""
    gain = candidates.scores - _NEUTRAL_SCORE
    alone = np.where(candidates.classes == VERTEBRA, gain, -np.inf)
    if alone.size == 0:
        return np.empty(0, dtype=np.intp)
    to_sacrum = candidates.classes[links.lower] == SACRUM
    turn_cost = _TURN_COST * np.where(to_sacrum, _SACRUM_TOLERANCE, 1.0)
    worth = np.empty(len(links.upper))
    previous = np.full(len(links.upper), -1)
    for link, (upper, lower) in enumerate(zip(links.upper, links.lower, strict=True)):
        # Links are sorted by their upper box: all that end in it are done.
        before = np.flatnonzero(links.lower[:link] == upper)
        turns = (links.bearing_deg[before] - links.bearing_deg[link]) / _TURN_SPREAD_DEG
        arriving = worth[before] - turn_cost[link] * turns**2
        start = alone[upper]
        if arriving.size and arriving.max() > start:
            previous[link] = before[np.argmax(arriving)]
            start = arriving.max()
        worth[link] = start + gain[lower] - links.cost[link]
    best_alone = int(np.argmax(alone))
    if worth.max(initial=0.0) <= max(alone[best_alone], 0.0):
        return np.array([best_alone] if alone[best_alone] > 0.0 else [], dtype=np.intp)
    link = int(np.argmax(worth))
    path = [links.lower[link]]
    while link >= 0:
        path.append(links.upper[link])
        link = int(previous[link])
    return np.array(path[::-1], dtype=np.intp)
