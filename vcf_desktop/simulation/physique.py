"""A person around a placed spine: how stout, how the skin runs, where neck, head and arms are.

Lengths are mm in the patient: x from front to back, y down. Tables give mean adults; the sources are the
mean breadths and depths of the trunk of anthropometric surveys, the spread is chosen wide on purpose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from vcf_desktop.simulation.anatomy import C6
from vcf_desktop.simulation.spine_model import PlacedVertebra
from vcf_desktop.spine import VertebraLevel

NECK = 5
"""Vertebrae above C6."""
BELOW_MM = 420.0
"""The trunk is described this far below the sacral endplate: down to the thighs."""
STEP_MM = 5.0

OUTLINE = np.array([
    #  level  back  front  width   fat: back  front  width
    (-8.0,    62,    20,   120,          4,     4,    10),
    (-5.5,    52,    46,   112,         12,    14,    25),
    (-3.0,    50,    48,   112,         16,    18,    28),
    (-1.0,    60,    55,   125,         24,    20,    35),
    ( 0.5,    74,    62,   190,         34,    20,    50),
    ( 2.0,    80,    76,   310,         36,    22,    60),
    ( 4.0,    80,   106,   330,         36,    30,    70),
    ( 7.0,    74,   140,   315,         32,    42,    80),
    (10.0,    66,   152,   295,         32,    62,    90),
    (12.5,    64,   146,   280,         34,    90,   100),
    (15.0,    66,   132,   275,         38,   120,   110),
    (17.0,    72,   124,   290,         42,   130,   120),
    (20.0,    92,   118,   330,         40,   105,   120),
])  # fmt: skip
"""Skin behind and before the bodies' centres and breadth from side to side in mm, and what a stout person
has more, by level."""
HIPS = np.array([
    ( 50.0,  168,    78,   360,         45,    70,   110),
    (105.0,  170,    74,   372,         48,    40,   100),
    (180.0,  122,    80,   345,         45,    28,    90),
    (300.0,   82,    84,   300,         40,    28,    90),
    (420.0,   72,    80,   270,         36,    28,    80),
])  # fmt: skip
"""The same around the hip joints, by mm below the sacral endplate: buttocks and thighs."""
HIP_XY = np.array([-86.0, 46.0])
"""The hip joint in the own frame of the sacrum."""


class SpineColumn:
    """The course of a spine as functions of height: where it lies, and where each level is."""

    def __init__(self, levels: ArrayLike, centres_xy: ArrayLike) -> None:
        places, centres = np.asarray(levels, np.float64), np.asarray(centres_xy, np.float64)
        order = np.argsort(places)
        self._levels = places[order]
        self._x = centres[order, 0]
        # A bent neck may turn back; heights as functions of the level must not.
        self._y = np.maximum.accumulate(centres[order, 1])

    def x_at(self, y_mm: ArrayLike) -> NDArray[np.float64]:
        """Patient x in mm of the bodies' centres at heights ``y_mm``."""
        return np.asarray(np.interp(np.asarray(y_mm), self._y, self._x))

    def y_of(self, level: float) -> float:
        """Patient y in mm of a level (fractions lie between neighbours)."""
        return float(np.interp(level, self._levels, self._y))

    def point(self, level: float) -> NDArray[np.float64]:
        """Centre (2,) of the body of a level."""
        return np.array([np.interp(level, self._levels, self._x), self.y_of(level)])


@dataclass(frozen=True, eq=False)
class Arm:
    """One arm: joints (3, 2) shoulder, elbow, hand in the patient, and how thick the upper arm is."""

    joints_xy: NDArray[np.float64]
    radius_mm: float


@dataclass(frozen=True, eq=False)
class Physique:
    """Everything around the bones of one person.

    Attributes:
        column: course of the spine, neck included.
        neck: (NECK, 2, 3) affines of the vertebrae above C6, from C6's own frame to the patient.
        scale: size against the mean adult. stoutness: 0 lean to 1 obese.
        arms: near and far arm; empty where they are kept off the film.
        lines: (N, 3) skin behind, skin before (x in the patient) and breadth, every ``STEP_MM`` from
            ``top_mm`` down.
    """

    column: SpineColumn
    neck: NDArray[np.float64]
    scale: float
    stoutness: float
    arms: tuple[Arm, ...]
    lines: NDArray[np.float32]
    top_mm: float

    def lines_at(
        self, y_mm: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        """Skin behind, skin before and breadth, each (H, W), at the heights ``y_mm`` (H, W)."""
        rows = (y_mm - np.float32(self.top_mm)) / np.float32(STEP_MM)
        found = np.asarray(
            cv2.remap(
                self.lines[:, None], np.zeros_like(rows), rows, cv2.INTER_LINEAR, None, cv2.BORDER_REPLICATE
            ),
            np.float32,
        )
        return found[..., 0], found[..., 1], found[..., 2]

    def skin(self, y: float) -> tuple[float, float]:
        """Patient x of the skin behind and before at one height."""
        heights = self.top_mm + STEP_MM * np.arange(len(self.lines))
        back, front = (float(np.interp(y, heights, side)) for side in self.lines.T[:2])
        return back, front


def sample_physique(rng: np.random.Generator, spine: Sequence[PlacedVertebra], whole_spine: bool) -> Physique:
    """A person for a spine; ``whole_spine`` films are taken standing, regional ones mostly lying."""
    placed = {v.level: v for v in spine}
    scale = float(np.mean([np.sqrt(np.linalg.det(v.to_patient[:, :2])) for v in spine]))
    neck = _sample_neck(rng, placed[C6].to_patient) if C6 in placed else np.zeros((0, 2, 3))
    centres = {float(v.level): v.points_xy[[0, 2, 3, 5]].mean(axis=0) for v in spine}
    centres |= {C6 - 1.0 - k: matrix[:, 2] for k, matrix in enumerate(neck)}
    top = min(centres)
    # Anatomies that hold no neck still need a trunk that goes on upwards.
    centres |= {top - k: centres[top] - (0, 23 * scale * k) for k in range(1, int(top) - (C6 - NECK) + 1)}
    column = SpineColumn(list(centres), list(centres.values()))
    stoutness = float(rng.beta(1.3, 2.0))
    hip = placed[VertebraLevel.S1].to_patient @ np.append(HIP_XY, 1.0)
    top, lines = _sample_skin(rng, column, float(hip[0]), scale, stoutness)
    arms = _sample_arms(rng, column, scale, stoutness, whole_spine)
    return Physique(column, neck, scale, stoutness, arms, lines, top)


def _sample_neck(rng: np.random.Generator, c6_to_patient: NDArray[np.float64]) -> NDArray[np.float64]:
    """Affines (NECK, 2, 3) of C5 to C1, which are drawn as smaller copies of C6."""
    size = float(np.sqrt(np.linalg.det(c6_to_patient[:, :2])))
    lowest = float(np.degrees(np.arctan2(c6_to_patient[1, 0], c6_to_patient[0, 0])))
    highest = rng.normal(2, 9)
    centre = c6_to_patient[:, 2].copy()
    placed = []
    for step in range(1, NECK + 1):
        tilt = np.radians(lowest + (highest - lowest) * (step - 0.5) / NECK)
        turn = np.array([[np.cos(tilt), -np.sin(tilt)], [np.sin(tilt), np.cos(tilt)]])
        centre = centre + turn @ np.array([0.0, -17.5 * size])
        placed.append(np.column_stack([turn * size * (1 - 0.02 * step), centre]))
    return np.stack(placed)


def _sample_skin(
    rng: np.random.Generator, column: SpineColumn, hip_x: float, scale: float, stoutness: float
) -> tuple[float, NDArray[np.float32]]:
    """First height and (N, 3) lines of the skin and the breadth, from the table with smooth deviations."""
    start = column.y_of(VertebraLevel.S1)
    heights = np.concatenate([[column.y_of(level) for level in OUTLINE[:, 0]], start + HIPS[:, 0] * scale])
    heights[0] = column.y_of(OUTLINE[1, 0]) - 45 * scale  # the nape ends within the head
    heights = np.maximum.accumulate(heights + 1e-3 * np.arange(len(heights)))
    table = np.concatenate([OUTLINE, HIPS])
    habitus = stoutness + rng.normal(0, 0.12, 3)
    sizes = (table[:, 1:4] * rng.normal(1, (0.06, 0.07, 0.06)) + table[:, 4:] * habitus) * scale
    sizes[10:, 1] += rng.normal(0, 14)  # the belly has a size of its own
    y = np.arange(heights[0], start + BELOW_MM * scale, STEP_MM)
    values = np.stack([np.interp(y, heights, side) for side in sizes.T], axis=1)
    values = _smooth(values + _waves(rng, y, np.array([3.0, 5.0, 8.0])), 22)
    # Below the sacrum the legs carry the trunk, wherever the pelvis has tipped.
    carried = np.clip((y - start) / (HIPS[0, 0] * scale), 0, 1)
    spine = (column.x_at(y) * (1 - carried) + hip_x * carried)[:, None]
    back, front = _smooth(spine, 28)[:, 0] + values[:, 0], _smooth(spine, 50)[:, 0] - values[:, 1]
    return float(y[0]), np.stack([back, front, values[:, 2]], axis=1).astype(np.float32)


def _smooth(values: NDArray[np.float64], sigma_mm: float) -> NDArray[np.float64]:
    """Columns of ``values`` (N, C), sampled every ``STEP_MM``, blurred along the first axis."""
    blurred = cv2.GaussianBlur(
        values, (1, 0), 0.01, sigmaY=sigma_mm / STEP_MM, borderType=cv2.BORDER_REPLICATE
    )
    return np.asarray(blurred, np.float64).reshape(values.shape)


def _waves(
    rng: np.random.Generator, y: NDArray[np.float64], spread_mm: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Smooth random functions (N, C) of ``y``: a few sines of about 25 cm."""
    waves = rng.uniform(150, 450, (3, len(spread_mm)))
    phases = rng.uniform(0, 2 * np.pi, waves.shape)
    heights = rng.normal(0, spread_mm / 1.7, waves.shape)
    return np.asarray((heights * np.sin(2 * np.pi * y[:, None, None] / waves + phases)).sum(axis=1))


def _sample_arms(
    rng: np.random.Generator, column: SpineColumn, scale: float, stoutness: float, whole_spine: bool
) -> tuple[Arm, ...]:
    """Both arms in one of the positions that a lateral film needs; angles are below the horizontal, forwards.

    Standing: fists at the collar bones, hands on a support, arms hanging. Lying or for the chest: raised.
    """
    shares = (0.52, 0.3, 0.07, 0.11) if whole_spine else (0.14, 0.33, 0.03, 0.5)
    position = rng.choice(("fists", "support", "hanging", "raised"), p=shares)
    low, high = {"fists": (30, 68), "support": (5, 50), "hanging": (70, 105), "raised": (-110, -25)}[position]
    angle, reach = rng.uniform(low, high), rng.uniform(0.8, 1.0)
    forward = {"fists": 35.0, "support": 40.0, "hanging": 5.0, "raised": 20.0}[position]
    shoulder = column.point(rng.uniform(1.6, 3.2)) - np.array([forward + rng.normal(0, 15), 0]) * scale
    bend = {"fists": rng.uniform(110, 150), "support": rng.uniform(0, 60), "hanging": rng.uniform(0, 80),
            "raised": rng.uniform(20, 130)}[position]  # fmt: skip
    radius = (40 + 18 * stoutness + rng.normal(0, 3)) * scale
    arms = []
    for _ in range(2):
        upper = np.radians(angle + rng.normal(0, 6))
        fore = upper - np.radians(bend + rng.normal(0, 8))
        joint = shoulder + rng.normal(0, 8, 2)
        elbow = joint + 295 * scale * reach * np.array([-np.cos(upper), np.sin(upper)])
        hand = elbow + 265 * scale * rng.uniform(0.75, 1.0) * np.array([-np.cos(fore), np.sin(fore)])
        arms.append(Arm(np.stack([joint, elbow, hand]), radius))
    return tuple(arms)
