"""From crops to outlines: which pixels are vertebral body, and where their edge runs, finer than a pixel."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from vcf_desktop.geometry import resample_contour
from vcf_desktop.inference.backends import Backend, run_in_batches
from vcf_desktop.inference.frames import NetworkFrame
from vcf_desktop.inference.preprocess import segmenter_input


class Structure(IntEnum):
    """Channels of the segmenter's output; they are independent and may overlap."""

    BODY = 0
    POSTERIOR_ELEMENTS = 1
    FOREIGN_MATERIAL = 2
    """Metal or cement."""


CONTOUR_POINTS = 192
"""Of a body about 60 by 45 crop pixels: one every 1.1 px, so that its corners are not cut."""

_FINER = 4
"""The edge is first followed on logits interpolated to this many pixels per crop pixel."""
_SURE = 4.0
"""Near the edge a logit tells the distance from it; beyond this (probability 0.98) only how sure it is."""
_SMALLEST_BODY = 0.02
"""Of the crop's area. A body takes about 20 %, a crushed one 8 %."""
_OFF_CENTRE = 0.15
"""Of the crop's side: a body that comes no closer to the middle is a neighbour."""
_NEARBY = 0.03
"""Of the crop's side: metal or cement this close to a body disturbs its edge."""
_MIDDLE = 0.2
"""Of the crop's side: a body reaches about this far from its centre."""
_VISIBLE_ARCH = 0.05
"""Area of posterior elements, as a part of a body's, that is needed to call them seen."""


@dataclass(frozen=True, eq=False)
class Segmentation:
    """What the segmenter saw in N crops of S by S pixels.

    Attributes:
        crops: (N, S, S) in [0, 1].
        logits: (N, 3, S, S) in the order of :class:`Structure`.
    """

    crops: NDArray[np.float32]
    logits: NDArray[np.float32]

    @property
    def probabilities(self) -> NDArray[np.float32]:
        """(N, 3, S, S) in [0, 1]."""
        return (1 / (1 + np.exp(-np.clip(self.logits, -30, 30)))).astype(np.float32)


@dataclass(frozen=True)
class AnteriorSide:
    """Where the belly lies in crops that were cut without mirroring.

    Attributes:
        is_left: whether the anterior side of the bodies is on the left of their crops.
        confidence: 0 where nothing tells, or as much for as against; 1 where all vertebrae agree.
    """

    is_left: bool
    confidence: float


def segment(
    backend: Backend,
    enhanced: NDArray[np.uint16],
    frames: Sequence[NetworkFrame],
    done: Callable[[float], None],
) -> Segmentation:
    """Cut the crops ``frames`` out of a film (H, W) and segment them.

    ``done`` is told the finished part in [0, 1] after each batch and may raise to stop.
    """
    crops = np.stack([frame.sample(enhanced) for frame in frames])
    inputs = np.stack([segmenter_input(crop) for crop in crops])
    return Segmentation(crops, run_in_batches(backend, inputs, done))


def body_outline(logits: NDArray[np.float32]) -> NDArray[np.float64] | None:
    """Outline of the body in the middle of a crop, where its probability is 1/2.

    Args:
        logits: (S, S) of :attr:`Structure.BODY`.

    Returns:
        (192, 2) points at equal distances in crop pixels (origin at the outer corner), or None where no body
        lies in the middle.
    """
    side = logits.shape[0]
    body = _central_body(logits > 0)
    if body is None:
        return None
    # Other structures must not attract the edge.
    logits = np.where(cv2.dilate(body, np.ones((5, 5), np.uint8)) > 0, logits, np.minimum(logits, -1))
    # Linear interpolation moves no straight edge; the cubic one of OpenCV does, by 0.05 px.
    field = cv2.resize(
        logits.clip(-_SURE, _SURE), (side * _FINER, side * _FINER), interpolation=cv2.INTER_LINEAR
    )
    edges, _ = cv2.findContours((field > 0).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    edge = max(edges, key=cv2.contourArea)[:, 0].astype(np.float32)
    return (resample_contour(_onto_zero(field, edge), CONTOUR_POINTS) + 0.5) / _FINER


def _central_body(mask: NDArray[np.bool_]) -> NDArray[np.uint8] | None:
    """The one connected part of ``mask`` (S, S) that lies nearest to its centre, or None."""
    side = mask.shape[0]
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=4)
    large = np.flatnonzero(stats[:, cv2.CC_STAT_AREA] >= _SMALLEST_BODY * side**2)
    distance = _distance_from_centre(side)
    nearest = [(float(distance[labels == label].min()), label) for label in large if label != 0]
    if count < 2 or not nearest or min(nearest)[0] > _OFF_CENTRE * side:
        return None
    return np.equal(labels, min(nearest)[1]).astype(np.uint8)


@functools.cache
def _distance_from_centre(side: int) -> NDArray[np.float64]:
    """(S, S) distance in px of each pixel's centre from the centre of a crop."""
    offset = np.arange(side) + 0.5 - side / 2
    return np.asarray(np.hypot(offset[:, None], offset))


def _onto_zero(field: cv2.typing.MatLike, points: NDArray[np.float32]) -> NDArray[np.float32]:
    """Points (N, 2) beside the zero line of ``field``, moved along its slope onto it, at most one pixel."""
    slope_x = cv2.Sobel(field, cv2.CV_32F, 1, 0, scale=1 / 8)
    slope_y = cv2.Sobel(field, cv2.CV_32F, 0, 1, scale=1 / 8)
    start = points
    for _ in range(3):
        x, y = points.T[:, None]
        value, across, along = (
            cv2.remap(surface, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)[0]
            for surface in (field, slope_x, slope_y)
        )
        slope = np.stack([across, along], axis=1)
        step = value[:, None] * slope / np.maximum((slope**2).sum(axis=1), 1e-6)[:, None]
        points = start + np.clip(points - step - start, -1, 1)
    return points


def anterior_side(probabilities: NDArray[np.float32]) -> AnteriorSide:
    """Which side is anterior, by a vote over all vertebrae: the posterior elements lie behind the body.

    A vertebra's vote weighs as much as it shows of its posterior elements, up to the area of its body.

    Args:
        probabilities: (N, 3, S, S) of crops that were cut without mirroring.
    """
    side = probabilities.shape[-1]
    columns = np.arange(side) + 0.5
    profiles = probabilities.sum(axis=2)
    body, arch = profiles[:, Structure.BODY], profiles[:, Structure.POSTERIOR_ELEMENTS]
    body_area, arch_area = body.sum(axis=1), arch.sum(axis=1)
    seen = (arch_area > _VISIBLE_ARCH * body_area) & (body_area > _SMALLEST_BODY * side**2)
    if not seen.any():
        return AnteriorSide(is_left=True, confidence=0.0)
    offset = (arch @ columns)[seen] / arch_area[seen] - (body @ columns)[seen] / body_area[seen]
    weight = np.minimum(arch_area[seen] / body_area[seen], 1)
    balance = float(np.sign(offset) @ weight / weight.sum())
    return AnteriorSide(is_left=balance >= 0, confidence=abs(balance) * float(seen.mean()))


def foreign_fraction(probabilities: NDArray[np.float32]) -> NDArray[np.float64]:
    """(N,) part in [0, 1] of each body and its nearest surroundings that metal or cement covers.

    Where it covers so much that no body can be told, the middle of the crop counts.
    """
    side = probabilities.shape[-1]
    reach = 2 * round(_NEARBY * side) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    middle = _distance_from_centre(side) < _MIDDLE * side
    fractions = np.zeros(len(probabilities))
    for i, probability in enumerate(probabilities):
        body = _central_body(probability[Structure.BODY] > 0.5)
        around = middle if body is None else cv2.dilate(body, kernel) > 0
        fractions[i] = (probability[Structure.FOREIGN_MATERIAL][around] > 0.5).mean()
    return fractions
