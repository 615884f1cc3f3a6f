"""What degeneration and fractures leave on a film besides a new outline: beaks, dense bands, gas in a disc.

All of it is drawn in the patient's coordinates from the placed vertebrae; nothing is random here, and nothing
changes a label: readers leave osteophytes out and draw the endplate's line across a Schmorl node.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.simulation.spine_model import PlacedVertebra
from vcf_desktop.simulation.view import View, fill, stroke

SCLEROSIS_MM = ((0.0, 1.5, 0.6), (0.0, 4.0, 0.4))
"""Bands below an endplate that turns dense: from, to, and part of the whole density."""
IMPACTION_MM = ((1.5, 5.5, 0.4), (2.5, 4.5, 0.6))
"""The same where, below a broken endplate, trabeculae are driven into one another."""
THINNEST_MM = 1.0
"""Denser bone than this along the ray is drawn."""
SMALLEST_BEAK_MM = 1.2
VACUUM_MM = 6.0
"""Gas of a vacuum disc along the ray."""

_CORNERS = (0, 2, 3, 5)
_NEXT_ON_WALL = (3, 5, 0, 2)


def draw_lesions(bones: NDArray[np.float32], spine: Sequence[PlacedVertebra], view: View) -> None:
    """Add osteophytes, sclerosis, rims of Schmorl nodes and impacted bands to ``bones``.

    Args:
        bones: (2, H, W) mm of bone and of cortical bone.
    """
    for placed in spine:
        if not _is_near(placed, view):
            continue
        _draw_beaks(bones, placed, view)
        for lower in (False, True):
            _draw_bands(bones[1], view, placed, placed.lesions.sclerosis_mm[lower], SCLEROSIS_MM, lower=lower)
        if placed.fracture is not None:
            lower = placed.fracture.upper_share < 0.3
            _draw_bands(bones[1], view, placed, placed.fracture.impaction_mm, IMPACTION_MM, lower=lower)
        for node in placed.lesions.nodes:
            stroke(bones[1], view, _node_rim(placed, *node), 1.2, 4.0)
    # Cortex is part of the bone, at thin edges too.
    np.minimum(bones[0], bones[1], out=bones[1])


def draw_vacuum(soft: NDArray[np.float32], spine: Sequence[PlacedVertebra], view: View) -> None:
    """Take the gas of vacuum discs out of ``soft`` (H, W), mm of soft tissue.

    ``spine`` runs from top to bottom.
    """
    for upper, lower in pairwise(spine):
        if upper.disc is None or not upper.disc.vacuum or not _is_near(upper, view):
            continue
        above, below = upper.points_xy[[3, 4, 5]], lower.points_xy[[0, 1, 2]]
        along = np.linspace(0.12, 0.85, 9)
        ceiling, floor = (
            np.column_stack([np.interp(along, [0, 0.5, 1], edge[:, axis]) for axis in (0, 1)])
            for edge in (above, below)
        )
        middle, half = (ceiling + floor) / 2, (floor - ceiling) * 0.22 * np.sin(np.pi * along)[:, None]
        fill(soft, view, np.concatenate([middle - half, (middle + half)[::-1]]), -VACUUM_MM)
    np.maximum(soft, 0, out=soft)


def _is_near(placed: PlacedVertebra, view: View) -> bool:
    """Whether a vertebra's body may touch the film."""
    corners = view.points(placed.points_xy)
    margin = np.ptp(corners, axis=0)
    on_film = (corners.max(axis=0) > -margin) & (corners.min(axis=0) < margin + view.size_hw[::-1])
    return bool(on_film.all())


def _axes(points_xy: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Unit vectors of a body towards the back and towards the head."""
    back = points_xy[2] + points_xy[5] - points_xy[0] - points_xy[3]
    back = back / np.linalg.norm(back)
    return back, np.array([back[1], -back[0]])


def _draw_beaks(bones: NDArray[np.float32], placed: PlacedVertebra, view: View) -> None:
    points = placed.points_xy
    back, up = _axes(points)
    for place, reach in enumerate(placed.lesions.osteophytes_mm):
        if reach < max(SMALLEST_BEAK_MM, 1.5 * view.pixel_mm):
            continue
        corner, wall = points[_CORNERS[place]], points[_NEXT_ON_WALL[place]]
        outward = -back if place in (0, 2) else back
        to_disc = up if place < 2 else -up
        tip = corner + reach * (outward + placed.lesions.hook * to_disc)
        hollow = corner + reach * (0.35 * outward + 0.1 * placed.lesions.hook * to_disc)
        root = corner + (wall - corner) * min(0.35, 0.1 + 0.04 * reach)
        edge = np.stack([root, corner + 0.55 * reach * outward + 0.12 * (root - corner), tip])
        outline = np.concatenate([edge, [hollow, corner - 1.5 * outward]])
        fill(bones[0], view, outline, 9.0 + 2.0 * reach)
        stroke(bones[1], view, edge, max(0.9, 0.25 * reach), 3.0)


def _endplate(placed: PlacedVertebra, *, lower: bool) -> NDArray[np.float64]:
    """The part (N, 2) of the outline that is an endplate, front to back."""
    outline = placed.outline_xy
    front, middle, back = placed.points_xy[3:] if lower else placed.points_xy[:3]
    first, centre, last = (
        int(np.argmin(((outline - point) ** 2).sum(axis=1))) for point in (front, middle, back)
    )
    count = len(outline)
    step = 1 if (centre - first) % count <= (last - first) % count else -1
    return outline[(first + step * np.arange((step * (last - first)) % count + 1)) % count]


def _draw_bands(
    cortex: NDArray[np.float32],
    view: View,
    placed: PlacedVertebra,
    dense_mm: float,
    bands_mm: Sequence[tuple[float, float, float]],
    *,
    lower: bool,
) -> None:
    """Add bands that follow an endplate and run out towards its edges."""
    if dense_mm < THINNEST_MM:
        return
    edge = _endplate(placed, lower=lower)
    along = np.linspace(0, 1, len(edge))[:, None]
    inward = _axes(placed.points_xy)[1] * (1 if lower else -1) * np.minimum(1, 7 * along * (1 - along)) ** 0.5
    for top, bottom, part in bands_mm:
        band = np.concatenate([edge + top * inward, (edge + bottom * inward)[::-1]])
        fill(cortex, view, band, dense_mm * part)


def _node_rim(
    placed: PlacedVertebra, endplate: int, place: float, depth_mm: float, half_width: float
) -> NDArray[np.float64]:
    """Line (N, 2) along the dense rim of a Schmorl node."""
    points = placed.points_xy[3:] if endplate else placed.points_xy[:3]
    angle = np.linspace(0, np.pi, 9)
    along = place + half_width * np.cos(angle)
    base = np.column_stack([np.interp(along, [0, 0.5, 1], points[:, axis]) for axis in (0, 1)])
    inward = _axes(placed.points_xy)[1] * (1 if endplate else -1)
    return np.asarray(base + np.outer(0.6 + depth_mm * np.sin(angle) ** 0.7, inward))
