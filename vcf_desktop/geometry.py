"""Boxes, contours, the six points and the heights of a vertebral body. Numpy only.

Coordinates are film pixels, x right, y down, origin at the outer corner of the first pixel, so the centre of
row 0, column 0 is (0.5, 0.5).
"""

from __future__ import annotations

from dataclasses import dataclass

SIX_POINTS = (
    "anterior_superior",
    "middle_superior",
    "posterior_superior",
    "anterior_inferior",
    "middle_inferior",
    "posterior_inferior",
)
"""Order of the six points in every (6, 2) array."""


@dataclass(frozen=True)
class Heights:
    """Anterior, middle and posterior height of a vertebral body, in px or mm."""

    anterior: float
    middle: float
    posterior: float
