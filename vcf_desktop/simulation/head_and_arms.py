"""Head, neck and arms: bones that are never labelled and the soft tissue that hides the upper chest.

The head's own frame: origin at the joint with C1, x posterior, y caudal, mm.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.simulation.physique import Arm, Physique
from vcf_desktop.simulation.view import View, blurred, bulge, ellipse, fill, rounded, stroke

SKULL_CENTRE = np.array([-14.0, -70.0])
SKULL_RADII = (94.0, 74.0)
SKULL_BREADTH = 146.0
JAW = np.array([(-14, -6), (-22, 22), (-26, 46), (-36, 60), (-62, 70), (-90, 76), (-99, 68), (-95, 56)])
FACE = np.array([(-22, -30), (-96, -62), (-106, -32), (-122, 2), (-108, 16), (-112, 30), (-106, 44),
                 (-112, 62), (-100, 84), (-60, 84), (-30, 66), (20, 40), (40, 0)])  # fmt: skip
LOWER_TEETH = np.array([(-46, 50), (-70, 52), (-97, 54)])
UPPER_TEETH = np.array([(-46, 36), (-72, 37), (-99, 39)])
FACIAL_LINES = (
    [(-30, -2), (-60, 10), (-100, 14)],  # hard palate
    [(-40, -24), (-70, -18), (-96, -22)],  # floor of the orbits
    [(-30, -8), (-52, -34), (-94, -40)],  # skull base and roof of the orbits
    [(-44, -20), (-44, 12), (-60, 18)],  # back of the maxilla
    [(-12, -10), (10, -14), (46, -22), (70, -44)],  # occiput
    [(-97, -38), (-104, -24), (-112, -8)],  # nasal bone
)


def head_to_patient(physique: Physique) -> NDArray[np.float64] | None:
    """(2, 3) affine of the head's frame, upright on the highest vertebra; None where there is no neck."""
    if not len(physique.neck):
        return None
    top = physique.neck[-1]
    size = float(np.sqrt(np.linalg.det(top[:, :2]))) * 1.1
    tilt = 0.5 * np.arctan2(top[1, 0], top[0, 0])
    turn = size * np.array([[np.cos(tilt), -np.sin(tilt)], [np.sin(tilt), np.cos(tilt)]])
    return np.column_stack([turn, top[:, 2] + turn @ np.array([-4.0, -16.0])])


def _is_on_film(frame: NDArray[np.float64], view: View) -> bool:
    """Whether any of the head, which fits into a circle around its middle, may lie on the film."""
    middle = view.points(frame[:, :2] @ np.array([-25.0, -25.0]) + frame[:, 2])
    reach = 160 / view.pixel_mm
    return bool(((middle > -reach) & (middle < np.array(view.size_hw[::-1]) + reach)).all())


def draw_skull(
    rng: np.random.Generator, bones: NDArray[np.float32], physique: Physique, view: View
) -> NDArray[np.float32]:
    """Add skull, jaw and teeth to ``bones`` (2, H, W: bone, cortex); fillings come back as mm of metal."""
    metal = np.zeros(view.size_hw, np.float32)
    frame = head_to_patient(physique)
    if frame is None or not _is_on_film(frame, view):
        return metal

    def placed(points: NDArray[np.float64] | list[tuple[int, int]]) -> NDArray[np.float64]:
        return np.asarray(points, np.float64) @ frame[:, :2].T + frame[:, 2]

    _draw_braincase(bones, view, frame, rng.uniform(4.0, 7.5))
    jitter = rng.normal(0, 1.5, 2)
    for side in (-1, 1):  # the halves of the jaw, never quite one over the other
        jaw = placed(rounded(JAW + side * jitter, closed=False))
        stroke(bones[0], view, jaw, 18, 9)
        stroke(bones[1], view, jaw, 18, 4)
        stroke(bones[1], view, jaw + np.array([0, 8]), 2.2, 12)
        stroke(bones[1], view, jaw - np.array([0, 8]), 1.6, 7)
    for line in FACIAL_LINES:
        for _ in range(2):
            course = rounded(placed(line) + rng.normal(0, 3, (len(line), 2)), closed=False)
            stroke(bones[1], view, course, rng.uniform(1.2, 3.0), rng.uniform(8, 22))
    for _ in range(16):  # petrous bones, walls of the sinuses, joints
        centre = placed([(int(rng.uniform(-70, 15)), int(rng.uniform(-32, 6)))])[0]
        outline = ellipse(centre, (rng.uniform(4, 14), rng.uniform(3, 10)), rng.uniform(0, 3))
        stroke(bones[1], view, np.concatenate([outline, outline[:1]]), rng.uniform(1, 2), rng.uniform(3, 9))
        fill(bones[1], view, outline, rng.uniform(0, 4))
    for row, grow in ((UPPER_TEETH, -1), (LOWER_TEETH, 1)):
        _teeth(rng, bones, metal, view, placed(row), grow)
    bones[0] = np.maximum(bones[0], bones[1])
    return metal


def _draw_braincase(
    bones: NDArray[np.float32], view: View, frame: NDArray[np.float64], thick_mm: float
) -> None:
    """Two tables of compact bone with marrow between them: ellipsoids, one taken out of the other."""
    centre = SKULL_CENTRE @ frame[:, :2].T + frame[:, 2]
    turn, size = float(np.arctan2(frame[1, 0], frame[0, 0])), float(np.hypot(frame[0, 0], frame[1, 0]))
    for depth, sign, target in ((0.0, 1, bones), (0.35, -1, bones[1]), (0.65, 1, bones[1]), (1.0, -1, bones)):
        less = depth * thick_mm
        radii = (size * (SKULL_RADII[0] - less), size * (SKULL_RADII[1] - less))
        bulge(target, view, centre, radii, turn, sign * size * (SKULL_BREADTH - 2 * less))


def _teeth(
    rng: np.random.Generator,
    bones: NDArray[np.float32],
    metal: NDArray[np.float32],
    view: View,
    row: NDArray[np.float64],
    grow: int,
) -> None:
    """A row of teeth (3, 2) that stand in the jaw; some are missing, some are filled."""
    for share in np.linspace(0, 1, 9):
        if rng.random() < 0.12:
            continue
        crown = row[0] * (1 - share) ** 2 + row[1] * 2 * share * (1 - share) + row[2] * share**2
        root = crown + np.array([rng.normal(0, 1), grow * rng.uniform(12, 18)])
        stroke(bones[1], view, np.stack([crown, root]), rng.uniform(4, 8), rng.uniform(8, 18))
        if rng.random() < 0.15:
            fill(metal, view, ellipse(crown, (rng.uniform(1.5, 4), rng.uniform(1.5, 3.5))), rng.uniform(2, 7))


def draw_head_tissue(physique: Physique, view: View) -> NDArray[np.float32]:
    """Water-equivalent mm (H, W) of brain and face."""
    soft = np.zeros(view.size_hw, np.float32)
    frame = head_to_patient(physique)
    if frame is None or not _is_on_film(frame, view):
        return soft
    face = rounded(FACE) @ frame[:, :2].T + frame[:, 2]
    brain = ellipse(SKULL_CENTRE, (SKULL_RADII[0] + 6, SKULL_RADII[1] + 6)) @ frame[:, :2].T + frame[:, 2]
    for outline, depth in ((face, 95.0), (brain, 125.0)):
        part = np.zeros_like(soft)
        fill(part, view, outline, depth)
        soft = np.maximum(soft, part)
    rim = blurred(soft, 9 / view.pixel_mm)
    return np.asarray(np.where(soft > 0, np.minimum(rim, soft), 0))


def draw_arm_tissue(rng: np.random.Generator, physique: Physique, view: View) -> NDArray[np.float32]:
    """Water-equivalent mm (H, W) of both arms, shoulders included."""
    soft = np.zeros(view.size_hw, np.float32)
    for arm in physique.arms:
        shoulder, elbow, hand = arm.joints_xy
        upper, fore = arm.radius_mm, arm.radius_mm * 0.8
        flatness = rng.uniform(1.5, 2.0)
        one = np.zeros_like(soft)
        _limb(one, view, shoulder, elbow, (1.1 * upper, upper, 0.8 * upper), flatness, hidden=0.35)
        _limb(one, view, elbow, hand, (fore, 0.95 * fore, 0.62 * fore), flatness)
        _limb(one, view, hand, hand + (hand - elbow) * 0.2, (0.6 * fore, 0.75 * fore, 0.5 * fore), 0.8)
        soft += one
    return soft


def _limb(
    soft: NDArray[np.float32],
    view: View,
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    radii: tuple[float, float, float],
    flatness: float,
    hidden: float = 0.0,
) -> None:
    """Raise ``soft`` to a limb whose radius runs through ``radii`` from ``start`` to ``end``.

    Args:
        flatness: depth along the ray over the radius, 2 for a round limb.
        hidden: part of the length over which the limb comes out of the trunk, whose breadth holds it already.
    """
    corners = view.points(np.stack([start, end]))
    reach = max(radii) / view.pixel_mm + 1
    low = np.clip(np.floor(corners.min(axis=0) - reach).astype(int), 0, view.size_hw[::-1])
    high = np.clip(np.ceil(corners.max(axis=0) + reach).astype(int), 0, view.size_hw[::-1])
    if (high <= low).any():
        return
    columns = np.arange(low[0], high[0], dtype=np.float32)[None] + np.float32(0.5 - corners[0, 0])
    rows = np.arange(low[1], high[1], dtype=np.float32)[:, None] + np.float32(0.5 - corners[0, 1])
    along = (corners[1] - corners[0]).astype(np.float32)
    free = (columns * along[0] + rows * along[1]) / (along @ along)
    share = np.clip(free, 0, 1)
    radius = np.interp(share.ravel(), (0, 0.4, 1), radii).reshape(share.shape).astype(np.float32)
    square = (columns - share * along[0]) ** 2 + (rows - share * along[1]) ** 2
    within = np.clip(1 - square * np.float32(view.pixel_mm**2) / radius**2, 0, None)
    depth = np.float32(flatness) * radius * np.sqrt(within)
    if hidden:
        depth *= np.clip((free + hidden / 2) / np.float32(1.5 * hidden), 0, 1)
    part = soft[low[1] : high[1], low[0] : high[0]]
    np.maximum(part, depth, out=part)


def draw_forearms(
    rng: np.random.Generator, bones: NDArray[np.float32], arms: tuple[Arm, ...], view: View
) -> None:
    """Add radius, ulna and the bones of the hands to ``bones`` (2, H, W: bone, cortex)."""
    for arm in arms:
        _, elbow, hand = arm.joints_xy
        along = (hand - elbow) / np.linalg.norm(hand - elbow)
        across = np.array([-along[1], along[0]])
        gaps = np.array([-1, 1])[:, None] * rng.uniform(5, 11) * across
        shaft(bones, view, np.stack([elbow + gaps, hand + 0.8 * gaps], axis=1), 13)
        bases = hand + np.arange(-2, 3)[:, None] * 6 * across + rng.normal(0, 2, (5, 2))
        knuckles = bases + 60 * along * rng.uniform(0.8, 1.1, (5, 1)) + rng.normal(0, 8, (5, 2))
        tips = knuckles + 25 * along + rng.normal(0, 12, (5, 2))
        shaft(bones, view, np.stack([bases, knuckles, tips], axis=1), 7)


def shaft(bones: NDArray[np.float32], view: View, line_xy: NDArray[np.float64], width_mm: float) -> None:
    """Add a long bone along a line (N, 2), or several (L, N, 2): two bright walls around a paler marrow."""
    stroke(bones[0], view, line_xy, width_mm, 0.75 * width_mm)
    stroke(bones[1], view, line_xy, width_mm, 0.25 * width_mm)
    along = line_xy[..., -1, :] - line_xy[..., 0, :]
    across = np.stack([-along[..., 1], along[..., 0]], axis=-1)
    across = across / np.maximum(np.linalg.norm(across, axis=-1, keepdims=True), 1e-6)
    for side in (-0.42, 0.42):
        wall = line_xy + side * width_mm * across[..., None, :]
        stroke(bones, view, wall, 0.16 * width_mm, 0.3 * width_mm)
