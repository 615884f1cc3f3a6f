"""Boxes, contours, the six points and the heights of a vertebral body. Numpy only.

Coordinates are film pixels, x right, y down, origin at the outer corner of the first pixel, so the centre of
row 0, column 0 is (0.5, 0.5).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

SIX_POINTS = (
    "anterior_superior",
    "middle_superior",
    "posterior_superior",
    "anterior_inferior",
    "middle_inferior",
    "posterior_inferior",
)
"""Order of the six points in every (6, 2) array."""

_SAMPLES = 512
"""Points an outline is resampled to before its corners are sought: 0.4 px apart on a body of 60 by 45 px."""

_CORNER_CAP = 0.04
"""A corner is averaged over the outline that lies within this part of the body's size of the extreme point,
so that a pixel's noise on a rounded corner does not move it along the rounding."""

_FRAME_TURNS_DEG = (-24.0, -12.0, 0.0, 12.0, 24.0)
"""Turns tried around the given directions, which are only roughly right."""

_REFINEMENTS = 4


@dataclass(frozen=True)
class Heights:
    """Anterior, middle and posterior height of a vertebral body, in px or mm."""

    anterior: float
    middle: float
    posterior: float


def box_iou(boxes_a_xyxy: ArrayLike, boxes_b_xyxy: ArrayLike) -> NDArray[np.float64]:
    """Intersection over union of every box of ``a`` (N, 4) with every box of ``b`` (M, 4), (N, M) in 0 to 1.

    Boxes without area overlap nothing.
    """
    a = np.asarray(boxes_a_xyxy, dtype=np.float64).reshape(-1, 1, 4)
    b = np.asarray(boxes_b_xyxy, dtype=np.float64).reshape(1, -1, 4)
    sides = np.minimum(a[..., 2:], b[..., 2:]) - np.maximum(a[..., :2], b[..., :2])
    intersection = np.prod(np.maximum(sides, 0.0), axis=-1)
    area_a = np.prod(np.maximum(a[..., 2:] - a[..., :2], 0.0), axis=-1)
    area_b = np.prod(np.maximum(b[..., 2:] - b[..., :2], 0.0), axis=-1)
    union = area_a + area_b - intersection
    # The floor matters only where both boxes are empty, and gives 0 there.
    return np.asarray(intersection / np.maximum(union, 1e-12))


def polygon_area(contour_xy: ArrayLike) -> float:
    """Area of a closed outline (N, 2) in square px, never negative (shoelace formula)."""
    x, y = np.asarray(contour_xy, dtype=np.float64).T
    # Relative to the first point: far from the origin the products would lose digits.
    x, y = x - x[0], y - y[0]
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2.0)


def resample_contour(contour_xy: ArrayLike, count: int) -> NDArray[np.float64]:
    """A closed outline (N, 2) as ``count`` points at equal distances along it, from its first point on."""
    contour = np.asarray(contour_xy, dtype=np.float64)
    closed = np.vstack([contour, contour[:1]])
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(closed, axis=0), axis=1))])
    wanted = along[-1] * np.arange(count) / count
    return np.column_stack([np.interp(wanted, along, closed[:, axis]) for axis in range(2)])


def six_points(contour_xy: ArrayLike, superior_xy: ArrayLike, anterior_xy: ArrayLike) -> NDArray[np.float64]:
    """Four corners and two mid-endplates of a vertebral body from its outline.

    A corner is the point of the outline farthest out along the bisector of its two sides, which run to the
    two neighbouring corners. So the four depend on each other: they are refined together from several
    starting frames, and the largest quadrilateral wins. On a rounded corner this is the middle of the
    rounding. A mid-endplate is where the line through the middles of the upper and of the lower pair of
    corners meets the endplate (six-point morphometry: Genant et al., J Bone Miner Res 1993;8:1137).

    Args:
        contour_xy: (N, 2) closed outline in square px, first point not repeated, either sense.
        superior_xy: (2,) direction towards the head, right to about 25 degrees.
        anterior_xy: (2,) direction towards the belly, likewise; it decides which side is the front.

    Returns:
        (6, 2) points in the order of :data:`SIX_POINTS`, all on the outline.

    Raises:
        ValueError: the outline has fewer than three points, no area or no two endplates, or the directions
            are parallel.
    """
    contour = np.asarray(contour_xy, dtype=np.float64)
    if contour.ndim != 2 or len(contour) < 3 or not np.all(np.isfinite(contour)):
        raise ValueError("an outline needs at least three finite points")
    area = polygon_area(contour)
    extent = float(np.ptp(contour, axis=0).max())
    if area <= 1e-6 * extent**2:
        raise ValueError("the outline has no area")
    outline = resample_contour(contour, _SAMPLES)
    superior, anterior = _orthonormal(superior_xy, anterior_xy)
    corners = _corners(outline, superior, anterior, cap=_CORNER_CAP * np.sqrt(area))
    front_top, back_top, back_bottom, front_bottom = _at(outline, corners)
    middle = np.array([front_top + back_top, front_bottom + back_bottom]) / 2.0
    middle_top = _crossing(outline, corners[:2], corners[2], middle)
    middle_bottom = _crossing(outline, corners[2:], corners[0], middle[::-1])
    return np.array([front_top, middle_top, back_top, front_bottom, middle_bottom, back_bottom])


def measure_heights(points_xy: ArrayLike, row_to_column: float = 1.0, column_mm: float = 1.0) -> Heights:
    """Distances between the upper and the lower point in front, in the middle and at the back.

    Args:
        points_xy: (6, 2) px in the order of :data:`SIX_POINTS`.
        row_to_column: height of a pixel divided by its width.
        column_mm: mm per column for heights in mm; 1.0 for heights in columns.
    """
    points = np.asarray(points_xy, dtype=np.float64) * (1.0, row_to_column)
    anterior, middle, posterior = column_mm * np.linalg.norm(points[:3] - points[3:], axis=1)
    return Heights(float(anterior), float(middle), float(posterior))


def box_beside(
    box_xyxy: ArrayLike, next_xyxy: ArrayLike | None, before_xyxy: ArrayLike | None, down: bool
) -> NDArray[np.float64] | None:
    """Where along the spine a vertebra was missed beside another one.

    Args:
        box_xyxy: (4,) the known vertebra.
        next_xyxy: (4,) the next known one on the side that is asked for, None where it is the last.
        before_xyxy: (4,) the next one on the other side, None without.
        down: whether the side towards the feet is asked for.

    Returns:
        (4,) a box of the same size in the first empty place, or None where two neighbours leave none.
    """
    box = np.asarray(box_xyxy, dtype=np.float64)
    middle, half = (box[:2] + box[2:]) / 2.0, (box[2:] - box[:2]) / 2.0
    pitch = VERTEBRAL_PITCH * 2.0 * half[1]
    step = np.array([0.0, pitch if down else -pitch])
    if next_xyxy is not None:
        following = np.asarray(next_xyxy, dtype=np.float64)
        way = (following[:2] + following[2:]) / 2.0 - middle
        places = round(float(np.linalg.norm(way)) / pitch)
        if places < 2:
            return None
        step = way / places
    elif before_xyxy is not None:
        before = np.asarray(before_xyxy, dtype=np.float64)
        step = middle - (before[:2] + before[2:]) / 2.0
    return np.concatenate([middle + step - half, middle + step + half])


VERTEBRAL_PITCH = 1.25
"""Distance of neighbouring centres by the height of a body with its tilt, as boxes hold it (morphometry of
Panjabi et al. 1991 and 1992: body and disc)."""


def facing(points_xy: ArrayLike) -> float:
    """Which way vertebrae look: from 1, all have their anterior points at the left, over 0 to -1, the right.

    ``points_xy`` is (N, 6, 2) in the order of :data:`SIX_POINTS`; N may be 0.
    """
    points = np.asarray(points_xy, dtype=np.float64).reshape(-1, 6, 2)
    offset = points[:, [2, 5], 0].mean(axis=1) - points[:, [0, 3], 0].mean(axis=1)
    return float(np.sign(offset).mean()) if len(points) else 0.0


def vertebral_depth(points_xy: ArrayLike, row_to_column: float = 1.0) -> float:
    """Mean length of the upper and the lower endplate in columns, from corner to corner.

    ``points_xy`` is (6, 2) px in the order of :data:`SIX_POINTS`. Errors of points are quoted in % of it.
    """
    points = np.asarray(points_xy, dtype=np.float64) * (1.0, row_to_column)
    return float(np.linalg.norm(points[[0, 3]] - points[[2, 5]], axis=1).mean())


def _orthonormal(
    superior_xy: ArrayLike, anterior_xy: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The right-angled pair nearest to both directions, which share their error."""
    superior = np.asarray(superior_xy, dtype=np.float64)
    anterior = np.asarray(anterior_xy, dtype=np.float64)
    turn = np.sign(anterior[0] * superior[1] - anterior[1] * superior[0])
    lengths = np.linalg.norm(superior), np.linalg.norm(anterior)
    if turn == 0.0 or min(lengths) == 0.0:
        raise ValueError("the directions towards head and belly must not be parallel")
    superior, anterior = superior / lengths[0], anterior / lengths[1]
    superior = superior + turn * np.array([-anterior[1], anterior[0]])
    superior /= np.linalg.norm(superior)
    return superior, turn * np.array([superior[1], -superior[0]])


def _at(outline: NDArray[np.float64], indices: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points of a closed outline at fractional indices of any shape, with one more axis for x and y."""
    lower = np.floor(indices).astype(np.intp)
    part = (indices - lower)[..., None]
    count = len(outline)
    return np.asarray(outline[lower % count] * (1.0 - part) + outline[(lower + 1) % count] * part)


def _corners(
    outline: NDArray[np.float64], superior: NDArray[np.float64], anterior: NDArray[np.float64], cap: float
) -> NDArray[np.float64]:
    """Fractional indices (4,) of the corners: front top, back top, back bottom, front bottom."""
    # Axis 0 is the starting frame, axis 1 the corner, so that all frames are refined at once.
    turns = np.radians(_FRAME_TURNS_DEG)[:, None]
    up = np.cos(turns) * superior + np.sin(turns) * anterior
    front = np.cos(turns) * anterior - np.sin(turns) * superior
    outward = np.stack([up + front, up - front, -up - front, front - up], axis=1)
    for _ in range(_REFINEMENTS):
        corners = _extremes(outline, outward, cap)
        points = _at(outline, corners)
        to_next = np.roll(points, -1, axis=1) - points
        to_next /= np.maximum(np.linalg.norm(to_next, axis=2, keepdims=True), 1e-9)
        outward = np.roll(to_next, 1, axis=1) - to_next
    # A frame turned too far finds the same corners under their neighbours' names: its axes point elsewhere.
    up = points[:, 0] + points[:, 1] - points[:, 2] - points[:, 3]
    front = points[:, 0] - points[:, 1] - points[:, 2] + points[:, 3]
    agreement = np.minimum(
        up @ superior / np.maximum(np.linalg.norm(up, axis=1), 1e-9),
        front @ anterior / np.maximum(np.linalg.norm(front, axis=1), 1e-9),
    )
    areas = [polygon_area(quadrilateral) for quadrilateral in points]
    best = int(np.argmax(np.where(agreement > np.cos(np.radians(45)), areas, agreement - 1)))
    return np.asarray(corners[best])


def _extremes(outline: NDArray[np.float64], outward: NDArray[np.float64], cap: float) -> NDArray[np.float64]:
    """Fractional indices of the outline's extreme points along each direction (..., 2)."""
    count = len(outline)
    outward = outward / np.maximum(np.linalg.norm(outward, axis=-1, keepdims=True), 1e-9)
    reach = outward @ outline.T
    peak = np.argmax(reach, axis=-1)[..., None]
    offsets = np.arange(-count // 8, count // 8 + 1)
    around = np.take_along_axis(reach, (peak + offsets) % count, axis=-1)
    weight = np.maximum(around - reach.max(axis=-1, keepdims=True) + cap, 0.0)
    return np.asarray(peak[..., 0] + (weight * offsets).sum(axis=-1) / weight.sum(axis=-1))


def _crossing(
    outline: NDArray[np.float64], ends: NDArray[np.float64], beyond: float, line_xy: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Where a line, given by two points (2, 2), meets the endplate, nearest to the line's first point.

    The endplate is the part of the outline between the fractional indices ``ends`` (2,) that does not pass
    the index ``beyond`` of another corner.
    """
    count = len(outline)
    start, length = ends[0], (ends[1] - ends[0]) % count
    if (beyond - start) % count < length:
        length -= count
    endplate = _at(outline, np.linspace(start, start + length, count // 2))
    along = line_xy[1] - line_xy[0]
    side = (endplate - line_xy[0]) @ np.array([along[1], -along[0]])
    before = np.flatnonzero(np.signbit(side[:-1]) != np.signbit(side[1:]))
    if before.size == 0:
        raise ValueError("the outline has no two endplates")
    part = side[before] / (side[before] - side[before + 1])
    points = endplate[before] + part[:, None] * (endplate[before + 1] - endplate[before])
    return np.asarray(points[np.argmin(np.linalg.norm(points - line_xy[0], axis=1))])
