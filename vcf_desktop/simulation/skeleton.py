"""Drawing the maps of bones, and the bones around a spine: ribs, girdles, neck and arms."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, sqrt

import cv2
import numpy as np
from numpy.typing import NDArray

from vcf_desktop.simulation.anatomy import C6, Anatomy, BoneMap
from vcf_desktop.simulation.head_and_arms import shaft
from vcf_desktop.simulation.physique import Physique
from vcf_desktop.simulation.spine_model import PlacedVertebra
from vcf_desktop.simulation.view import View
from vcf_desktop.spine import VertebraLevel

ARM_MM = 290.0
"""From the shoulder to the elbow of the anatomy's person."""


def draw_bone(
    canvas: NDArray[np.float32], bone: BoneMap, own_to_film: NDArray[np.float64], gain: float = 1.0
) -> None:
    """Add a bone's map to ``canvas`` (2, H, W) through an affine (2, 3) from its frame to film pixels.

    Args:
        gain: factor on its thickness: bones of one person differ in density.
    """
    bone = bone.for_pixels(1 / magnification(own_to_film))
    window = film_window(bone, own_to_film, canvas.shape[1:])
    if window is None:
        return
    rows, columns = window
    turn = own_to_film[:, :2] * bone.pixel_mm
    # OpenCV counts from pixel centres, here of the map and of the window.
    first = own_to_film[:, :2] @ bone.origin_xy + own_to_film[:, 2] + turn.sum(axis=1) / 2
    matrix = np.column_stack([turn, first - (columns.start + 0.5, rows.start + 0.5)])
    size = (columns.stop - columns.start, rows.stop - rows.start)
    # One layer after the other: OpenCV has fast code for one channel and none for two.
    for layer, target in zip(bone.thickness, canvas, strict=True):
        warped = cv2.warpAffine(layer, matrix, size, flags=cv2.INTER_LINEAR)
        target[rows, columns] += warped if gain == 1.0 else warped * np.float32(gain)


def magnification(own_to_film: NDArray[np.float64]) -> float:
    """Film pixels per mm of a frame: the geometric mean over all directions."""
    (xx, xy, _), (yx, yy, _) = own_to_film.tolist()
    return sqrt(abs(xx * yy - xy * yx))


def film_window(
    bone: BoneMap, own_to_film: NDArray[np.float64], size_hw: tuple[int, ...]
) -> tuple[slice, slice] | None:
    """Rows and columns of a film of ``size_hw`` that a map may touch, None where it lies beyond."""
    height, width = bone.thickness.shape[1:]
    sides = own_to_film[:, :2] * (np.array([width, height]) * bone.pixel_mm)
    corner = own_to_film[:, :2] @ bone.origin_xy + own_to_film[:, 2]
    left, top = (corner + np.minimum(sides, 0).sum(axis=1)).tolist()
    right, bottom = (corner + np.maximum(sides, 0).sum(axis=1)).tolist()
    rows = slice(max(0, floor(top)), min(size_hw[0], ceil(bottom)))
    columns = slice(max(0, floor(left)), min(size_hw[1], ceil(right)))
    return (rows, columns) if rows.start < rows.stop and columns.start < columns.stop else None


class Skeleton:
    """Draws the bones around a spine as a diverging beam does: the near side larger than the far one."""

    def __init__(
        self, rng: np.random.Generator, bones: NDArray[np.float32], view: View, source_mm: float
    ) -> None:
        self._rng, self._bones, self._view = rng, bones, view
        self._source_mm = source_mm * rng.choice([-1, 1])  # either side may be near
        self._centre = np.array(view.size_hw[::-1]) * rng.uniform(0.35, 0.65, 2)

    def draw(self, bone: BoneMap, to_patient: NDArray[np.float64], gain: float) -> None:
        """Add one bone that lies ``bone.side_mm`` beside the plane of the spine."""
        nearer = 1 + bone.side_mm / self._source_mm
        matrix = self._view.matrix(to_patient) * nearer
        matrix[:, 2] += (1 - nearer) * self._centre
        for part in bone.for_pixels(1 / magnification(matrix)).strips:
            draw_bone(self._bones, part, matrix, gain)

    def draw_attached(self, anatomy: Anatomy, spine: Sequence[PlacedVertebra]) -> None:
        """Ribs, breastbone, collar bones and hips, each a little loose."""
        rng = self._rng
        ribs, hips = rng.uniform(0.35, 1.0), rng.uniform(0.3, 0.95)
        for placed in spine:
            for bone in anatomy.attached.get(placed.level, ()):
                loose = _turned(np.radians(rng.normal(0, 1.5)), rng.normal(1, 0.02), rng.normal(0, 2, 2))
                to_patient = placed.to_patient @ np.vstack([loose, [0, 0, 1]])
                self.draw(bone, to_patient, hips if placed.level == VertebraLevel.S1 else ribs)

    def draw_breastbone(self, physique: Physique) -> None:
        """The body of the breastbone, seen from its edge."""
        column = physique.column
        heights = [column.y_of(level) for level in np.linspace(4.5, self._rng.uniform(8, 9.5), 7)]
        inset = self._rng.uniform(13, 20) * (1 + 0.6 * physique.stoutness)
        line = np.array([(physique.skin(y)[1] + inset, y) for y in heights])
        shaft(self._bones, self._view, line, self._rng.uniform(9, 13))

    def draw_neck(self, anatomy: Anatomy, physique: Physique) -> None:
        """C5 to C1: smaller copies of C6, which tell a network what carries no label."""
        for to_patient in physique.neck:
            poses = anatomy.vertebrae[C6].poses
            self.draw(poses[int(self._rng.integers(len(poses)))], to_patient, 1.0)

    def draw_shoulders(self, anatomy: Anatomy, spine: Sequence[PlacedVertebra], physique: Physique) -> None:
        """Upper arms, and shoulder blades that follow them: by a third of the arm's elevation."""
        carrier = next((v for v in spine if v.level == VertebraLevel.T4), None)
        gain = self._rng.uniform(0.5, 1.0)
        for side, arm in enumerate(physique.arms):
            joint, elbow, _ = arm.joints_xy
            if carrier is None or side >= len(anatomy.shoulders):
                shaft(self._bones, self._view, np.stack([joint, elbow]), 24)
                continue
            shoulder = anatomy.shoulders[side]
            along = elbow - joint
            elevation = float(np.arctan2(-along[0], along[1]))
            swing = _turned(elevation, physique.scale, joint)
            swing[:, 1] *= np.linalg.norm(along) / (ARM_MM * physique.scale)
            # Where the arms lie on the film is drawn already, magnification and all.
            draw_bone(self._bones, shoulder.arm, self._view.matrix(swing))
            if shoulder.blade is not None:
                turn = elevation / 3 + self._rng.normal(0, 0.15)
                hold = carrier.to_patient[:, :2] @ _turned(turn, 1.0, np.zeros(2))[:, :2]
                hung = np.column_stack([hold, joint - hold @ shoulder.joint_xy])
                draw_bone(self._bones, shoulder.blade, self._view.matrix(hung), gain)


def _turned(angle: float, scale: float, offset: NDArray[np.float64]) -> NDArray[np.float64]:
    """(2, 3) affine: turned by ``angle`` (radians), scaled and moved."""
    c, s = scale * np.cos(angle), scale * np.sin(angle)
    return np.array([[c, -s, offset[0]], [s, c, offset[1]]])
