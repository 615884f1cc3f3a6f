"""Soft tissue around a placed spine: trunk, breasts, arms, head, lungs and bowel, or a part taken from a CT.

Lengths are mm in the patient (x from front to back, y down); depths are water-equivalent mm along the ray.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from vcf_desktop.simulation.abdomen import draw_bowel
from vcf_desktop.simulation.chest import draw_airway, draw_heart_and_vessels, draw_lungs
from vcf_desktop.simulation.head_and_arms import draw_arm_tissue, draw_head_tissue
from vcf_desktop.simulation.physique import Physique
from vcf_desktop.simulation.tomograms import SoftTissueMap
from vcf_desktop.simulation.view import View, blurred, rounded, stroke, texture
from vcf_desktop.spine import VertebraLevel

Grid = tuple[NDArray[np.float32], NDArray[np.float32]]


def draw_soft_tissue(
    rng: np.random.Generator, tomograms: Sequence[SoftTissueMap], physique: Physique, view: View
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Water-equivalent mm (H, W) of everything soft, air taken off, and where the patient is.

    Args:
        tomograms: CTs that the inside of the trunk may be taken from.
    """
    grid = view.grid()
    back, front, breadth = physique.lines_at(grid[1])
    half = np.maximum((back - front) / 2, 10)
    relative = (np.abs(grid[0] - (back + front) / 2) / half).astype(np.float32)
    section = np.clip(1 - relative ** np.float32(rng.uniform(2.0, 3.2)), 0, None)
    top = np.float32(physique.top_mm)
    trunk = breadth * np.sqrt(section) + _girdle(rng, physique, grid) * np.minimum(section * 4, 1)
    trunk *= grid[1] > top
    air = draw_lungs(rng, physique, view, grid, (back, front))
    heart = draw_heart_and_vessels(rng, physique, view)
    # Heart and vessels show where they push the lung aside; below it they are soft tissue in soft tissue.
    air = air - np.minimum(heart, np.maximum(air, 0) + 4)
    bowel = draw_bowel(rng, physique, view) * np.clip(1 - air / 15, 0, 1)  # it stays below the diaphragm
    air += (draw_airway(rng, physique, view) + bowel) * (relative < 0.93)
    inside = trunk - np.minimum(air, 0.82 * trunk)
    inside += texture(rng, view.size_hw, rng.uniform(0.5, 4.0)) * (trunk > 0)
    if tomograms and rng.random() < 0.3:
        inside = _mix_computed_tomography(rng, tomograms, inside, physique, grid, relative)
    around = draw_arm_tissue(rng, physique, view) + _breasts(rng, physique, front - grid[0], grid[1])
    head = draw_head_tissue(physique, view)
    soft = np.maximum(inside, head) + around
    body = (trunk > 0) | (head > 0) | (around > 0)
    soft += _folds(rng, physique, view)
    return (np.clip(soft, 0, None) * body).astype(np.float32), body


def _girdle(rng: np.random.Generator, physique: Physique, grid: Grid) -> NDArray[np.float32]:
    """mm (H, W) of the muscles around the shoulder blades, over and behind the upper thoracic spine."""
    centre = physique.column.point(rng.uniform(2.0, 4.5)) + np.array([rng.uniform(-40, 30), 0])
    width, height = rng.uniform(45, 90), rng.uniform(35, 75)
    distance = ((grid[0] - np.float32(centre[0])) / np.float32(width)) ** 2
    distance += ((grid[1] - np.float32(centre[1])) / np.float32(height)) ** 2
    return np.asarray(np.float32(rng.uniform(0, 110)) * np.exp(-distance))


def _breasts(
    rng: np.random.Generator, physique: Physique, before: NDArray[np.float32], y: NDArray[np.float32]
) -> NDArray[np.float32]:
    """mm (H, W) of two soft lobes, ``before`` the skin of the chest, of about every second person."""
    soft = np.zeros_like(y)
    if rng.random() < 0.45:
        return soft
    size, depth = rng.uniform(12, 30 + 40 * physique.stoutness), rng.uniform(45, 85)
    fullest = physique.column.y_of(rng.uniform(8.0, 10.0))
    for _ in range(2):
        lower = y - np.float32(fullest + rng.normal(0, 8))
        # They rise slowly from above and fall back quickly below.
        height = np.where(lower < 0, np.float32(55 + 0.6 * size), np.float32(22 + 0.4 * size))
        reach = np.float32(size * rng.uniform(0.85, 1.1)) * np.exp(-((lower / height) ** 2))
        within = np.clip(1 - np.clip(before / np.maximum(reach, 1), 0, 1) ** 2, 0, None)
        root = _eased(np.clip(1 + before / np.float32(70), 0, 1)) * np.clip(reach / 20, 0, 1)
        soft += np.float32(depth) * root * np.sqrt(within)
    soft[soft < 2] = 0
    return soft


def _folds(rng: np.random.Generator, physique: Physique, view: View) -> NDArray[np.float32]:
    """mm (H, W) that creases of the flank take, or folded skin and clothes add."""
    lines = np.zeros(view.size_hw, np.float32)
    if rng.random() > 0.15 + 0.5 * physique.stoutness:
        return lines
    for _ in range(int(rng.integers(1, 4))):
        y = physique.column.y_of(rng.uniform(11, 19))
        back, front = physique.skin(y)
        reach = back - rng.uniform(0.15, 0.7) * (back - front)
        sag = rng.normal(0, 14)
        line = np.array([(back + 5, y), ((back + reach) / 2, y + sag), (reach, y + rng.normal(0, 18))])
        depth = rng.choice([-1.0, -1.0, 0.6]) * rng.uniform(4, 20)
        stroke(lines, view, rounded(line, closed=False), rng.uniform(1.5, 6), depth)
    return np.asarray(blurred(lines, rng.uniform(1, 4) / view.pixel_mm))


def _mix_computed_tomography(
    rng: np.random.Generator,
    sources: Sequence[SoftTissueMap],
    soft: NDArray[np.float32],
    physique: Physique,
    grid: Grid,
    relative: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Replace the inside of the trunk by a projected CT without its bones, aligned along the spine.

    The CT fades in over some centimetres from its own ends and from the drawn skin, so that neither its cut
    planes nor what it lay on can show.
    """
    source = sources[int(rng.integers(len(sources)))]
    stretch = physique.scale * rng.uniform(0.9, 1.15)
    level_y = physique.column.y_of(source.level) + rng.normal(0, 20)
    rows = (grid[1] - np.float32(level_y)) / np.float32(stretch * source.pixel_mm)
    rows += np.float32(source.level_row)
    height = len(source.depth_mm)
    spine_column = np.interp(rows[:, 0], np.arange(height), source.spine_column).astype(np.float32)[:, None]
    centre = physique.column.x_at(grid[1][:, 0]).astype(np.float32)[:, None]
    columns = (grid[0] - centre) / np.float32(source.pixel_mm * stretch) + spine_column
    found = cv2.remap(source.depth_mm, columns, rows, cv2.INTER_LINEAR) * np.float32(rng.uniform(0.85, 1.15))
    fade = rng.uniform(40, 110)
    ends = np.clip(np.minimum(rows, height - 1 - rows) * source.pixel_mm * stretch / fade, 0, 1)
    # Lying people's sacra do not follow the course of a standing one.
    ends *= np.clip((physique.column.y_of(VertebraLevel.L5) - grid[1]) / 80, 0, 1)
    own_skin = cv2.remap(source.inside_mm, columns, rows, cv2.INTER_LINEAR)
    within = np.clip((1 - relative) / np.float32(0.35), 0, 1) * np.clip((own_skin - 10) / 30, 0, 1)
    share = _eased(ends) * _eased(within) * np.float32(rng.uniform(0.5, 1.0))
    return np.asarray(soft * (1 - share) + found * share)


def _eased(share: NDArray[np.float32]) -> NDArray[np.float32]:
    """0 to 1 without a kink at either end."""
    return np.asarray(share * share * (3 - 2 * share))
