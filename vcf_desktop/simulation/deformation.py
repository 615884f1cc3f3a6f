"""How a vertebra's shape is changed: its endplates and walls are moved, everything between them follows.

The same closed form moves points forwards and pixels backwards, so outlines of deformed vertebrae are exact.
Displacements are mm in the vertebra's own frame (see :mod:`.anatomy`), sampled at :data:`ALONG`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.simulation.anatomy import Vertebra

KNOTS = 33
ALONG = np.linspace(0.0, 1.0, KNOTS)
"""Where displacements are given: along an endplate from its anterior to its posterior edge, along a wall from
the upper to the lower endplate."""

FADE_MM = 12.0
"""Behind the body displacements fade out over this length: the arch keeps its shape."""

_THREE = np.stack([(1 - ALONG) * (1 - 2 * ALONG), 4 * ALONG * (1 - ALONG), ALONG * (2 * ALONG - 1)])


def through_three(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Parabolas (..., KNOTS) through ``values`` (..., 3) at the anterior edge, the middle, the posterior."""
    return np.asarray(values @ _THREE)


def tent(middle: float, half_width: float) -> NDArray[np.float64]:
    """A peak (KNOTS,) of height 1 that falls linearly to 0 on both sides of ``middle``."""
    return np.asarray(np.maximum(1 - np.abs(ALONG - middle) / half_width, 0.0))


def body_edges(vertebra: Vertebra) -> tuple[float, float]:
    """Own-frame x of the front and of the back of a body: the means of its corners."""
    points = vertebra.points_xy
    return float(points[0, 0] + points[3, 0]) / 2, float(points[2, 0] + points[5, 0]) / 2


def endplate_lines(
    vertebra: Vertebra, endplates_mm: NDArray[np.float64], x: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Height (own frame, mm) of the two lines that carry a deformation, at positions ``x``.

    Straight between the corners, plus the displacements of the endplates.

    Args:
        endplates_mm: (2, K) displacement of the upper and the lower endplate, caudal positive, at even steps
            from the anterior to the posterior edge; linear between.
        x: positions, own frame, any shape.
    """
    upper, lower = straight_lines(vertebra, x)
    at = _knots(vertebra, endplates_mm.shape[1])
    moved_upper, moved_lower = (np.interp(x, at, [*endplate, 0.0]) for endplate in endplates_mm.tolist())
    return upper + moved_upper, lower + moved_lower


def endplates_moved(
    points_xy: NDArray[np.float64], vertebra: Vertebra, endplates_mm: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Own-frame points (N, 2) after the endplates moved: linear between the two, rigid beyond them."""
    return moved_by(points_xy, endplate_weights(points_xy, vertebra, endplates_mm.shape[1]), endplates_mm)


def endplate_weights(
    points_xy: NDArray[np.float64], vertebra: Vertebra, knots: int = KNOTS
) -> NDArray[np.float64]:
    """How far own-frame points (N, 2) go with each knot of the two endplates: (N, 2, knots) in [0, 1].

    They do not depend on how the endplates move: points that move often need them only once.
    """
    x, y = points_xy[:, 0], points_xy[:, 1]
    upper, lower = straight_lines(vertebra, x)
    share = np.clip((y - upper) / (lower - upper), 0.0, 1.0)
    # A fractional index of the knots, of which one more lies where displacements have faded out.
    place = np.interp(x, _knots(vertebra, knots), np.arange(knots + 1))
    hats = np.maximum(1 - np.abs(place[:, None] - np.arange(knots)), 0.0)
    return np.stack([(1 - share)[:, None] * hats, share[:, None] * hats], axis=1)


def moved_by(
    points_xy: NDArray[np.float64], weights: NDArray[np.float64], endplates_mm: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Points (N, 2) with these :func:`endplate_weights` after the endplates moved by (2, K) mm."""
    down = weights.reshape(len(points_xy), -1) @ endplates_mm.ravel()
    return np.column_stack([points_xy[:, 0], points_xy[:, 1] + down])


def straight_lines(
    vertebra: Vertebra, x: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Height of the lines from corner to corner, level before and behind the body."""
    points = vertebra.points_xy
    edges = body_edges(vertebra)
    return np.interp(x, edges, points[[0, 2], 1]), np.interp(x, edges, points[[3, 5], 1])


def _knots(vertebra: Vertebra, count: int) -> NDArray[np.float64]:
    """x (count + 1,) at which displacements are given, and where behind the body they have faded out."""
    front, back = body_edges(vertebra)
    return np.append(np.linspace(front, back, count), back + FADE_MM)


def walls_moved(
    points_xy: NDArray[np.float64],
    vertebra: Vertebra,
    endplates_mm: NDArray[np.float64],
    walls_mm: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Points (N, 2), their endplates already moved, after the walls moved too.

    ``walls_mm`` (2, KNOTS): displacement of the anterior and the posterior wall, outwards positive.
    """
    front, back, new_front, new_back = _walls(points_xy[:, 1], vertebra, endplates_mm, walls_mm)
    return np.column_stack([_piecewise(points_xy[:, 0], front, back, new_front, new_back), points_xy[:, 1]])


def columns_before(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    vertebra: Vertebra,
    endplates_mm: NDArray[np.float64],
    walls_mm: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The inverse of :func:`walls_moved`: where on row ``y`` (H, 1) what is now at ``x`` (W,) came from."""
    front, back, new_front, new_back = _walls(y, vertebra, endplates_mm, walls_mm)
    return _piecewise(x, new_front, new_back, front, back)


def _walls(
    y: NDArray[np.float64],
    vertebra: Vertebra,
    endplates_mm: NDArray[np.float64],
    walls_mm: NDArray[np.float64],
) -> tuple[float, float, NDArray[np.float64], NDArray[np.float64]]:
    """x of front and back before, and at heights ``y`` after, the walls moved."""
    front, back = body_edges(vertebra)
    (top_front, top_back), (low_front, low_back) = endplate_lines(
        vertebra, endplates_mm, np.array([front, back])
    )
    new_front = front - np.interp((y - top_front) / (low_front - top_front), ALONG, walls_mm[0])
    new_back = back + np.interp((y - top_back) / (low_back - top_back), ALONG, walls_mm[1])
    return front, back, new_front, new_back


def _piecewise(
    x: NDArray[np.float64],
    front: float | NDArray[np.float64],
    back: float | NDArray[np.float64],
    new_front: float | NDArray[np.float64],
    new_back: float | NDArray[np.float64],
) -> NDArray[np.float64]:
    """``x`` after front and back moved: rigid before the front, fixed from ``FADE_MM`` behind the body on."""
    # The arch begins at one place, before and after, wherever the wall in front of it went.
    arch = np.minimum(back, new_back) + FADE_MM
    inside = new_front + (x - front) * ((new_back - new_front) / (back - front))
    behind = new_back + (x - back) * ((arch - new_back) / (arch - back))
    within = np.where(x <= back, inside, np.where(x < arch, behind, x))
    return np.asarray(np.where(x < front, x + (new_front - front), within))
