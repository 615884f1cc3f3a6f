"""Soft tissue around a placed spine: trunk, lungs, organs and gas drawn as smooth shapes, or taken from a CT.

Lengths are mm in the patient (x from front to back, y down); depths are water-equivalent mm along the ray.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from vcf_desktop.simulation.spine_model import PlacedVertebra
from vcf_desktop.simulation.tomograms import SoftTissueMap
from vcf_desktop.spine import VertebraLevel


class SpineColumn:
    """The course of a spine as functions of height: where it lies, and where each level is."""

    def __init__(self, spine: Sequence[PlacedVertebra]) -> None:
        centres = np.array([v.points_xy[[0, 2, 3, 5]].mean(axis=0) for v in spine])
        order = np.argsort(centres[:, 1])
        self._y, self._x = centres[order, 1], centres[order, 0]
        self._levels = np.array([float(v.level) for v in spine])[order]

    def x_at(self, y_mm: NDArray[np.float32]) -> NDArray[np.float32]:
        """Patient x in mm of the bodies' centres at heights ``y_mm``."""
        return np.asarray(np.interp(y_mm, self._y, self._x), np.float32)

    def y_of(self, level: float) -> float:
        """Patient y in mm of a level (fractions lie between neighbours)."""
        return float(np.interp(level, self._levels, self._y))


def draw_soft_tissue(
    rng: np.random.Generator,
    tomograms: Sequence[SoftTissueMap],
    column: SpineColumn,
    x_mm: NDArray[np.float32],
    y_mm: NDArray[np.float32],
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Water-equivalent mm (H, W) of the trunk, and where the trunk is.

    Args:
        tomograms: CTs that soft tissue may be taken from.
        x_mm, y_mm: (H, W) patient coordinates of the film's pixels.
    """
    from_spine = x_mm - column.x_at(y_mm)
    body_depth, body = _trunk(rng, from_spine, y_mm, column)
    lung = _lungs(rng, from_spine, y_mm, column) * np.minimum(1, body_depth / 120)
    soft = body_depth - lung + _organs(rng, from_spine, y_mm, column)
    soft += texture(rng, y_mm.shape, rng.uniform(1, 5)) * (1 + (lung > 0) * rng.uniform(0, 1.5))
    if tomograms and rng.random() < 0.55:
        soft, body = _mix_computed_tomography(rng, tomograms, soft, body, from_spine, y_mm, column)
    return (np.clip(soft, 0, None) * body).astype(np.float32), body


def _trunk(
    rng: np.random.Generator, from_spine: NDArray[np.float32], y_mm: NDArray[np.float32], column: SpineColumn
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Thickness in mm of the whole trunk with shoulders and hips, ``from_spine`` mm behind the spine."""
    fat = rng.uniform(0, 1)
    back = 62 + 30 * fat + _smooth_line(rng, y_mm, 7, 300)
    chest = 150 + 50 * fat + rng.normal(0, 12)
    belly = rng.uniform(110, 170) + 130 * fat
    waist = 1 / (1 + np.exp(-(y_mm - column.y_of(VertebraLevel.T11)) / 35))
    front = -(chest * (1 - waist) + belly * waist + _smooth_line(rng, y_mm, 12, 350))
    neck = 1 / (1 + np.exp((y_mm - column.y_of(VertebraLevel.T1) + rng.uniform(0, 25)) / 14))
    front = front * (1 - neck) - rng.uniform(55, 85) * neck
    middle, half_depth = (back + front) / 2, (back - front) / 2
    shoulders = np.exp(-(((y_mm - column.y_of(VertebraLevel.T1)) / 60) ** 2))
    hips = np.exp(-(((y_mm - 40) / 90) ** 2))
    width = (
        260 + 90 * fat + rng.normal(0, 15) + rng.uniform(60, 190) * shoulders + rng.uniform(20, 110) * hips
    )
    width = width * (1 - neck) + rng.uniform(110, 150) * neck
    relative = np.abs(from_spine - middle) / half_depth
    depth = width * np.clip(1 - relative ** rng.uniform(2, 3.2), 0, None) ** 0.5
    return depth.astype(np.float32), np.asarray(relative < 1)


def _lungs(
    rng: np.random.Generator, from_spine: NDArray[np.float32], y_mm: NDArray[np.float32], column: SpineColumn
) -> NDArray[np.float32]:
    """mm of soft tissue that both lungs replace by air, each over a diaphragm dome of its own."""
    apex = column.y_of(rng.uniform(0.5, 3.0))
    back, front = rng.uniform(28, 55), -rng.uniform(100, 170)
    across = np.clip(1 - ((from_spine - (back + front) / 2) / ((back - front) / 2)) ** 2, 0, None)
    rise = np.clip((y_mm - apex) / rng.uniform(40, 90), 0, 1) ** 0.6
    total = np.zeros_like(y_mm)
    peak, sulcus = column.y_of(rng.uniform(8.0, 10.5)), column.y_of(rng.uniform(11.5, 14.8))
    for _ in range(2):
        summit = rng.uniform(-110, -60)
        dome = peak + rng.normal(0, 9) + (sulcus - peak) * ((from_spine - summit) / (back - summit)) ** 2
        edge = 1 / (1 + np.exp(-np.clip((dome - y_mm) / rng.uniform(0.8, 4), -30, 30)))
        total += rng.uniform(60, 115) * np.sqrt(across) * rise * edge
    behind_spine = 1 - rng.uniform(0.0, 0.5) * np.exp(-((from_spine / 22) ** 2))  # the mediastinum stays
    return (total * rng.uniform(0.6, 0.9) * behind_spine).astype(np.float32)


def _organs(
    rng: np.random.Generator, from_spine: NDArray[np.float32], y_mm: NDArray[np.float32], column: SpineColumn
) -> NDArray[np.float32]:
    """Heart and aorta add to, bowel and stomach gas take from, the trunk (mm)."""
    total = np.zeros(y_mm.shape, np.float32)
    heart_y, heart_x = column.y_of(rng.uniform(6.5, 8.5)), -rng.uniform(70, 110)
    distance = ((from_spine - heart_x) / rng.uniform(35, 55)) ** 2 + (
        (y_mm - heart_y) / rng.uniform(45, 70)
    ) ** 2
    total += rng.uniform(25, 80) * np.clip(1 - distance, 0, None)
    if rng.random() < 0.7:
        aorta = (from_spine + rng.uniform(8, 30)) / rng.uniform(9, 15)
        # Below the diaphragm the aorta is soft tissue among soft tissue.
        in_chest = 1 / (1 + np.exp(np.clip((y_mm - column.y_of(VertebraLevel.T11)) / 12, -30, 30)))
        in_chest *= y_mm > column.y_of(VertebraLevel.T4)
        total += rng.uniform(8, 25) * np.sqrt(np.clip(1 - aorta**2, 0, None)) * in_chest
        if rng.random() < 0.3:  # a calcified wall
            wall = np.abs(np.abs(aorta) - 1) < 0.06
            total += rng.uniform(2, 8) * wall * (texture(rng, y_mm.shape, 1) > 0.3)
    top = column.y_of(rng.uniform(11, 14))
    for _ in range(int(rng.poisson(7))):
        total -= _gas_bubble(rng, from_spine, y_mm, top)
    return total


def _gas_bubble(
    rng: np.random.Generator, from_spine: NDArray[np.float32], y_mm: NDArray[np.float32], top_mm: float
) -> NDArray[np.float64]:
    """mm of soft tissue that one turned ellipse of bowel gas below ``top_mm`` replaces."""
    centre = np.array([rng.uniform(-170, 10), rng.uniform(top_mm, 60)])
    radii = rng.uniform(5, 24, 2)
    turn = rng.uniform(0, np.pi)
    u, v = from_spine - centre[0], y_mm - centre[1]
    along, across = u * np.cos(turn) + v * np.sin(turn), v * np.cos(turn) - u * np.sin(turn)
    distance = (along / radii[0]) ** 2 + (across / radii[1]) ** 2
    return np.asarray(rng.uniform(8, 40) * np.clip(1 - distance, 0, None) ** 0.6)


def _mix_computed_tomography(
    rng: np.random.Generator,
    sources: Sequence[SoftTissueMap],
    soft: NDArray[np.float32],
    body: NDArray[np.bool_],
    from_spine: NDArray[np.float32],
    y_mm: NDArray[np.float32],
    column: SpineColumn,
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Replace part of the drawn soft tissue by a projected CT without its bones, aligned along the spine."""
    source = sources[int(rng.integers(len(sources)))]
    stretch = rng.uniform(0.85, 1.2)
    level_y = column.y_of(source.level) + rng.normal(0, 25)
    row_mm = (y_mm - level_y) / stretch + source.level_row * source.pixel_mm
    rows = (row_mm / source.pixel_mm).astype(np.float32)
    height = len(source.depth_mm)
    spine_column = np.interp(rows, np.arange(height), source.spine_column).astype(np.float32)
    columns = from_spine / np.float32(source.pixel_mm * rng.uniform(0.9, 1.2)) + spine_column
    found = cv2.remap(source.depth_mm, columns, rows, cv2.INTER_LINEAR) * np.float32(rng.uniform(0.85, 1.25))
    ends = np.clip(np.minimum(rows, height - 1 - rows) * source.pixel_mm / rng.uniform(30, 90), 0, 1)
    share = ends * np.float32(rng.uniform(0.5, 1.0))
    mixed = soft * body * (1 - share) + found * share
    return np.asarray(mixed), np.asarray(mixed > 6)


def _smooth_line(
    rng: np.random.Generator, y_mm: NDArray[np.float32], spread: float, wave_mm: float
) -> NDArray[np.float32]:
    """A smooth random function of ``y``: a few sines of about ``wave_mm``."""
    total = np.zeros_like(y_mm)
    for _ in range(3):
        wave = wave_mm * rng.uniform(0.6, 1.8)
        total += np.float32(rng.normal(0, spread / 1.7)) * np.sin(
            y_mm * np.float32(2 * np.pi / wave) + np.float32(rng.uniform(0, 6.3))
        )
    return total


def texture(rng: np.random.Generator, size_hw: tuple[int, int], spread: float) -> NDArray[np.float32]:
    """Cloudy texture with detail at every size: fat, muscle, bowel, vessels."""
    height, width = size_hw
    total = np.zeros(size_hw, np.float32)
    for cells, weight in ((6, 1.0), (14, 0.7), (34, 0.45), (80, 0.25)):
        coarse = rng.normal(
            0, 1, (max(2, cells * height // max(size_hw)), max(2, cells * width // max(size_hw)))
        )
        total += np.float32(weight) * cv2.resize(
            coarse.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC
        )
    return total * np.float32(spread)
