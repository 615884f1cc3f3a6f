"""Lungs, heart, great vessels and airway: what a lateral film shows in front of and over the thoracic spine.

Depths are water-equivalent mm along the ray; lengths mm in the patient.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.simulation.physique import Physique
from vcf_desktop.simulation.view import View, blurred, bulge, ellipse, fill, rounded, stroke, texture

HILUM_LEVEL = 6.3
CARINA_LEVEL = 5.0


def draw_lungs(
    rng: np.random.Generator,
    physique: Physique,
    view: View,
    grid: tuple[NDArray[np.float32], NDArray[np.float32]],
    skin: tuple[NDArray[np.float32], NDArray[np.float32]],
) -> NDArray[np.float32]:
    """mm (H, W) of soft tissue that the lungs replace by air: negative where vessels fill it again.

    Both lungs reach from behind the sternum to behind the spine and end at a diaphragm dome each.

    Args:
        grid: patient x and y of every pixel. skin: the skin behind and before, at every pixel.
    """
    x, y = grid
    column, scale = physique.column, physique.scale
    spine = column.x_at(y[:, :1]).astype(np.float32)
    back = np.minimum(skin[0] - 16, spine + np.float32(rng.uniform(28, 46) * scale))
    front = skin[1] + np.float32((24 + 24 * physique.stoutness + rng.normal(0, 4)) * scale)
    length = np.maximum(back - front, 20)
    share = (x - front) / length  # 0 at the front, 1 at the back
    apex = column.y_of(rng.uniform(0.4, 2.2))
    rise = np.clip((y - apex) / np.float32(rng.uniform(45, 80) * scale), 0, 1)
    across = np.clip(1 - np.abs(2 * share - 1) ** np.float32(rng.uniform(2.0, 3.2)), 0, None)
    profile = np.sqrt(across * rise)
    peak = column.y_of(rng.uniform(9.0, 11.6))
    sulcus = max(column.y_of(rng.uniform(11.6, 14.6)), peak + 35 * scale)
    summit = rng.uniform(0.22, 0.5)
    breadth = rng.uniform(88, 112) * scale * (1 - 0.1 * physique.stoutness)
    aerated = np.float32(breadth * rng.uniform(0.66, 0.84))
    both = np.zeros_like(x)
    for _ in range(2):
        lift, fall = rng.normal(0, 8) * scale, rng.uniform(0, 28) * scale
        before, behind = (summit - share) / summit, (share - summit) / (1 - summit)
        dome = np.where(
            share < summit,
            fall * np.clip(before, 0, None) ** 2,
            (sulcus - peak) * np.clip(behind, 0, None) ** np.float32(rng.uniform(1.8, 3.4)),
        )
        sharp = np.float32(rng.uniform(0.5, 1.6))
        both += 1 / (1 + np.exp(np.clip((y - (peak + lift) - dome) / sharp, -30, 30)))
    air: NDArray[np.float32] = aerated * profile * both
    if not air.any():
        return air
    marks = _markings(rng, physique, view)
    return np.asarray(air * (1 - _mediastinum(rng, physique, x, y)) - marks * profile * (both > 0.5))


def _mediastinum(
    rng: np.random.Generator, physique: Physique, x: NDArray[np.float32], y: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Share in [0, 1] of the lungs that the spine's surroundings and the upper mediastinum take."""
    centre = physique.column.x_at(y[:, 0]).astype(np.float32)[:, None] - np.float32(5)
    spine = rng.uniform(0.1, 0.32) * np.exp(-(((x - centre) / np.float32(26)) ** 2))
    vessels = physique.column.y_of(3.5)
    upper = rng.uniform(0.0, 0.4) / (1 + np.exp(np.clip((y - vessels) / np.float32(12), -30, 30)))
    return np.asarray(spine + upper * (x < centre), np.float32)


def _markings(rng: np.random.Generator, physique: Physique, view: View) -> NDArray[np.float32]:
    """mm of vessels (H, W): trees that leave the hila and thin out, and their haze."""
    drawn = np.zeros(view.size_hw, np.float32)
    hilum = physique.column.point(HILUM_LEVEL + rng.normal(0, 0.4)) - np.array([rng.uniform(30, 48), 0])
    strength = rng.uniform(0.6, 1.5)
    _vessels(rng, drawn, view, hilum, strength)
    for _ in range(int(rng.integers(3, 7))):
        centre = hilum + rng.normal(0, (10, 14))
        radii = (rng.uniform(5, 13), rng.uniform(5, 13))
        bulge(drawn, view, centre, radii, rng.uniform(0, 3), strength * rng.uniform(4, 12))
    if rng.random() < 0.4:  # the oblique fissure
        low, high = physique.column.point(11.0), physique.column.point(4.0)
        line = np.stack([high + np.array([20, 0]), hilum + np.array([0, 25]), low - np.array([95, 0])])
        stroke(drawn, view, line, 0.8, rng.uniform(2, 7))
    drawn = blurred(drawn, max(0.4, 0.6 / view.pixel_mm))
    grain = texture(rng, view.size_hw, rng.uniform(1.5, 6.0))
    return np.asarray(drawn + grain)


def _vessels(
    rng: np.random.Generator,
    target: NDArray[np.float32],
    view: View,
    hilum: NDArray[np.float64],
    strength: float,
) -> None:
    """Trees that leave the hilum in all directions and divide in two until a vessel is a mm wide."""
    count = int(rng.integers(10, 18))
    starts = hilum + rng.normal(0, 7, (count, 2))
    angles = np.arange(count) * 2 * np.pi / count + rng.normal(0, 0.2, count)
    width = rng.uniform(4.5, 7.0)
    while width > 0.7:
        bent = angles + rng.normal(0, 0.25, len(angles))
        length = (rng.uniform(2.0, 4.0, len(angles)) * (width + 1.5))[:, None]
        middles = starts + length * np.column_stack([np.cos(angles), np.sin(angles)])
        ends = middles + length * np.column_stack([np.cos(bent), np.sin(bent)])
        stroke(target, view, np.stack([starts, middles, ends], axis=1), width, strength * 0.8 * width)
        starts, width = np.repeat(ends, 2, axis=0), width * rng.uniform(0.58, 0.68)
        angles = np.repeat(bent, 2) + np.tile([-1, 1], len(bent)) * rng.uniform(0.15, 0.6, 2 * len(bent))


def draw_heart_and_vessels(rng: np.random.Generator, physique: Physique, view: View) -> NDArray[np.float32]:
    """mm (H, W) of heart and aorta where lung would be, and of what is calcified in their walls."""
    column, scale = physique.column, physique.scale
    soft = np.zeros(view.size_hw, np.float32)
    # It rests on the diaphragm, so it is drawn to below any dome; only what stands in the lungs will show.
    base, top = column.point(12.5), column.point(rng.uniform(4.6, 5.6))
    front = [(physique.skin(y)[1], y) for y in (column.y_of(level) for level in (6.8, 8.5, 12.5))]
    gap = rng.uniform(16, 34)
    outline = np.array([
        top - (28, 0), top - (50, -4), front[0] + np.array([gap + 22, 0]), front[1] + np.array([gap + 6, 0]),
        front[2] + np.array([gap, 0]), base - np.array([rng.uniform(12, 34), 0]),
        column.point(9.3) - (rng.uniform(12, 34), 0), column.point(7.6) - (rng.uniform(16, 36), 0),
        column.point(6.4) - (32, 0),
    ])  # fmt: skip
    fill(soft, view, rounded(outline), rng.uniform(45, 95) * scale)
    soft = blurred(soft, rng.uniform(5, 11) / view.pixel_mm)
    aorta = np.zeros_like(soft)
    calibre = rng.uniform(22, 34) * scale
    shift = rng.uniform(-4, 26) if rng.random() < 0.75 else rng.uniform(-15, 0)
    levels = np.linspace(4.6, 18.0, 14)
    course = np.array([column.point(level) - (shift, 0) for level in levels])
    course[:, 0] += 5 * np.sin(levels * rng.uniform(0.4, 1.2) + rng.uniform(0, 6))
    course[levels > 12.5, 0] -= 24 + calibre / 3 - shift * 0.4
    course[:, 0] = np.convolve(np.pad(course[:, 0], 1, mode="edge"), (0.25, 0.5, 0.25), mode="valid")
    arch = course[0] + np.array([[-62, 25], [-58, 2], [-42, -14], [-20, -16], [-5, -6]]) * scale
    course = np.concatenate([arch, course])
    in_chest = course[: len(arch) + int((levels < 12).sum())]
    if rng.random() < 0.85:
        stroke(aorta, view, rounded(in_chest, closed=False), calibre, rng.uniform(6, 20) * scale)
        soft += blurred(aorta, rng.uniform(1.5, 4) / view.pixel_mm)
    if rng.random() < 0.3:
        soft += _calcified_walls(rng, view, rounded(course, closed=False), calibre)
    return soft


def _calcified_walls(
    rng: np.random.Generator, view: View, course: NDArray[np.float64], calibre: float
) -> NDArray[np.float32]:
    """Broken lines along both walls of a vessel (N, 2)."""
    plaques = np.zeros(view.size_hw, np.float32)
    along = np.gradient(course, axis=0)
    normal = np.column_stack([-along[:, 1], along[:, 0]]) / np.linalg.norm(along, axis=1)[:, None]
    for _ in range(int(rng.integers(3, 30))):
        side = rng.choice([-0.5, 0.5]) * calibre * rng.uniform(0.9, 1.0)
        start = int(rng.integers(0, len(course) - 3))
        piece = (course + side * normal)[start : start + int(rng.integers(2, 6))]
        stroke(plaques, view, piece, rng.uniform(0.7, 2.0), rng.uniform(1, 6))
    return plaques


def draw_airway(rng: np.random.Generator, physique: Physique, view: View) -> NDArray[np.float32]:
    """mm (H, W) of air in pharynx, trachea and main bronchi."""
    air = np.zeros(view.size_hw, np.float32)
    column = physique.column
    calibre = rng.uniform(13, 19) * physique.scale
    throat = np.array([column.point(level) - (rng.uniform(17, 22), 0) for level in (-6.0, -4.5, -3.0)])
    windpipe = [column.point(level) - (26 + 2.5 * level, 0) for level in (-1.0, 1.0, 3.0, CARINA_LEVEL)]
    stroke(air, view, rounded(throat, closed=False), calibre * 0.7, rng.uniform(12, 25))
    stroke(
        air, view, rounded(np.array([throat[-1] - (8, 0), *windpipe]), closed=False), calibre, calibre * 0.8
    )
    for _ in range(2):
        bronchus = windpipe[-1] + rng.normal(0, 6, 2) + (0, rng.uniform(8, 28))
        fill(air, view, ellipse(bronchus, (calibre * 0.33, calibre * 0.4)), calibre * 0.6)
    return np.asarray(blurred(air, 1.2 / view.pixel_mm))
