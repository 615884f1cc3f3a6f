"""The shape of one vertebra in its own frame: natural by its ratios, then broken; with its true points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.geometry import measure_heights
from vcf_desktop.simulation.anatomy import Vertebra
from vcf_desktop.simulation.deformation import (
    ALONG,
    endplate_weights,
    moved_by,
    tent,
    through_three,
    walls_moved,
)
from vcf_desktop.simulation.degeneration import NO_LESIONS, Lesions
from vcf_desktop.simulation.fractures import Fracture


@dataclass(frozen=True, eq=False)
class Shape:
    """A vertebra in its own frame, natural and as it is now.

    Attributes:
        endplates_mm: (2, K) displacements that are labelled. drawn_mm: those that are drawn.
        walls_mm: (2, K) of the walls, None where they keep their shape.
        outline_xy, points_xy: (N, 2), (6, 2) labelled. natural_xy: (6, 2) points before a fracture.
        loss: greatest relative loss of height.
    """

    endplates_mm: NDArray[np.float64]
    drawn_mm: NDArray[np.float64]
    walls_mm: NDArray[np.float64] | None
    outline_xy: NDArray[np.float64]
    points_xy: NDArray[np.float64]
    natural_xy: NDArray[np.float64]
    loss: float


def shape_vertebra(
    rng: np.random.Generator,
    vertebra: Vertebra,
    wedge: float,
    middle: float,
    fracture: Fracture | None = None,
    lesions: Lesions = NO_LESIONS,
    rounding_mm: float = 0.0,
) -> Shape:
    """Give a vertebra its natural Ha/Hp and Hm/Hp, then break it."""
    own, weights = _own_points(vertebra)
    corners = rounding_mm * (tent(0.0, 0.1) + tent(1.0, 0.1))
    arched = rng.normal(0, 0.25, 2)[:, None] * np.sin(2 * np.pi * ALONG)
    natural = np.stack([corners, -corners]) + arched
    share = rng.uniform(0.35, 0.65)
    for _ in range(2):  # the points do not lie at the knots exactly, so the first gain is a little off
        heights = _heights_mm(moved_by(own[:6], weights[:6], natural))
        missing = np.array([wedge, middle, 1.0]) * heights[2] - heights
        gain = through_three(missing)
        natural = natural + np.stack([-gain * share, gain * (1 - share)])
    natural_xy = moved_by(own[:6], weights[:6], natural)
    heights = _heights_mm(natural_xy)
    endplates, walls = natural, None
    if fracture is not None:
        endplates = natural + fracture.endplates_mm(heights)
        walls = fracture.walls_mm(heights) if fracture.buckle or fracture.bulge else None
    labelled = moved_by(own, weights, endplates)
    if walls is not None:
        labelled = walls_moved(labelled, vertebra, endplates, walls)
    points, outline = labelled[:6], labelled[6:]
    relief = lesions.relief_mm(rng)
    drawn = endplates if relief is None else endplates + relief
    loss = 0.0 if fracture is None else float(np.max(1 - _heights_mm(points) / heights))
    return Shape(endplates, drawn, walls, outline, points, natural_xy, loss)


@lru_cache(maxsize=64)  # every vertebra of two people
def _own_points(vertebra: Vertebra) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The six points and the outline (6 + N, 2) of an intact vertebra, and how they go with its endplates."""
    own = np.concatenate([vertebra.points_xy, vertebra.outline_xy])
    return own, endplate_weights(own, vertebra)


def tipped_deg(shape: Shape, scale: tuple[float, float]) -> tuple[float, float]:
    """By how much a fracture has turned the lower and the upper endplate; negative: front down."""
    now, natural = shape.points_xy * scale, shape.natural_xy * scale
    return lower_deg(now) - lower_deg(natural), upper_deg(now) - upper_deg(natural)


def upper_deg(points_xy: NDArray[np.float64]) -> float:
    """Inclination of the upper endplate of six points (6, 2); negative: front down."""
    along = points_xy[2] - points_xy[0]
    return float(np.degrees(np.arctan2(along[1], along[0])))


def lower_deg(points_xy: NDArray[np.float64]) -> float:
    """Inclination of the lower endplate, as :func:`upper_deg`."""
    along = points_xy[5] - points_xy[3]
    return float(np.degrees(np.arctan2(along[1], along[0])))


def _heights_mm(points_xy: NDArray[np.float64]) -> NDArray[np.float64]:
    heights = measure_heights(points_xy)
    return np.array([heights.anterior, heights.middle, heights.posterior])
