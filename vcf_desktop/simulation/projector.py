"""From a placed spine to line integrals on a film's grid: bones are warped maps, soft tissue is drawn around them.

A view says where the film lies: film pixels = ``to_film`` applied to patient mm. Layers are mm of material along
the ray; :mod:`receptor` turns them into grey values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from vcf_desktop.simulation.anatomy import Anatomy, BoneMap, SoftTissueMap, Vertebra
from vcf_desktop.simulation.spine_model import PlacedVertebra, endplate_lines
from vcf_desktop.spine import VertebraLevel


@dataclass(frozen=True, eq=False)
class View:
    """Where a film lies in the patient: (2, 3) affine from patient mm to film pixels, and the film's size."""

    to_film: NDArray[np.float64]
    size_hw: tuple[int, int]
    pixel_mm: float

    def points(self, patient_xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Patient points (..., 2) in film pixels."""
        return patient_xy @ self.to_film[:, :2].T + self.to_film[:, 2]


@dataclass(frozen=True, eq=False)
class Layers:
    """Line integrals of one film, each (H, W) float32 in mm of material.

    Attributes:
        cortex, spongiosa: bone; ``spongiosa`` is scaled by the person's density later.
        soft: water-equivalent soft tissue, lungs and gas already taken off.
        metal: metal and cement, in mm of titanium.
        body: True inside the patient's outline.
        posterior: mm of the spine's bone outside every vertebral body: the arches.
    """

    cortex: NDArray[np.float32]
    spongiosa: NDArray[np.float32]
    soft: NDArray[np.float32]
    metal: NDArray[np.float32]
    body: NDArray[np.bool_]
    posterior: NDArray[np.float32]


def make_view(
    centre_mm: NDArray[np.float64],
    pixel_mm: float,
    size_hw: tuple[int, int],
    turn_deg: float,
    facing_right: bool,
) -> View:
    """A film of ``size_hw`` pixels around a point of the patient, turned and possibly mirrored."""
    c, s = np.cos(np.radians(turn_deg)), np.sin(np.radians(turn_deg))
    linear = np.array([[c, -s], [s, c]]) @ np.diag([-1.0 if facing_right else 1.0, 1.0]) / pixel_mm
    middle = np.array([size_hw[1], size_hw[0]]) / 2
    return View(np.column_stack([linear, middle - linear @ centre_mm]), size_hw, pixel_mm)


def deformed(vertebra: Vertebra, placed: PlacedVertebra) -> BoneMap:
    """The vertebra's map with its endplates moved: each column is stretched between the new endplates.

    Squeezed bone keeps its mineral, so its thickness along the ray grows by the compression.
    """
    bone = vertebra.poses[placed.pose]
    _, height, width = bone.thickness.shape
    x = bone.origin_xy[0] + (np.arange(width) + 0.5) * bone.pixel_mm
    y = bone.origin_xy[1] + (np.arange(height) + 0.5)[:, None] * bone.pixel_mm
    intact_upper, intact_lower = endplate_lines(vertebra, np.zeros((2, 3)), x)
    upper, lower = endplate_lines(vertebra, placed.anchors_mm, x)
    stretch = (intact_lower - intact_upper) / np.maximum(lower - upper, 2.0)
    source = np.where(
        y < upper,
        y - upper + intact_upper,
        np.where(y > lower, y - lower + intact_lower, intact_upper + (y - upper) * stretch),
    )
    rows = ((source - bone.origin_xy[1]) / bone.pixel_mm - 0.5).astype(np.float32)
    columns = np.broadcast_to(np.arange(width, dtype=np.float32), rows.shape)
    gain = np.clip(stretch, 1.0, 1.6).astype(np.float32) ** 0.5
    layers = np.stack(
        [
            cv2.remap(layer, np.ascontiguousarray(columns), rows, cv2.INTER_LINEAR) * gain
            for layer in bone.thickness
        ]
    )
    return BoneMap(layers, bone.origin_xy, bone.pixel_mm)


def draw_bone(canvas: NDArray[np.float32], bone: BoneMap, own_to_film: NDArray[np.float64]) -> None:
    """Add a bone's map to ``canvas`` (2, H, W) through an affine (2, 3) from its frame to film pixels."""
    film_per_map = bone.pixel_mm * float(np.sqrt(abs(np.linalg.det(own_to_film[:, :2]))))
    if film_per_map < 0.6:
        draw_bone(canvas, bone.halved(), own_to_film)
        return
    _, height, width = bone.thickness.shape
    index_to_own = np.array(
        [[bone.pixel_mm, 0, bone.origin_xy[0]], [0, bone.pixel_mm, bone.origin_xy[1]], [0, 0, 1]]
    )
    matrix = own_to_film @ index_to_own
    corners = np.array([[0, 0, 1], [width, 0, 1], [0, height, 1], [width, height, 1]]) @ matrix.T
    low = np.maximum(np.floor(corners.min(axis=0)).astype(int), 0)
    high = np.minimum(np.ceil(corners.max(axis=0)).astype(int), np.array(canvas.shape[:0:-1]))
    if (high <= low).any():
        return
    shifted = matrix.copy()
    shifted[:, 2] += matrix[:, :2] @ np.array([0.5, 0.5]) - 0.5 - low
    size = (int(high[0] - low[0]), int(high[1] - low[1]))
    for layer, target in zip(bone.thickness, canvas, strict=True):
        target[low[1] : high[1], low[0] : high[0]] += cv2.warpAffine(
            layer, shifted, size, flags=cv2.INTER_LINEAR
        )


def _film_matrix(view: View, to_patient: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(view.to_film @ np.vstack([to_patient, [0, 0, 1]]))


def body_mask(view: View, outline_xy: NDArray[np.float64]) -> NDArray[np.uint8]:
    """(H, W) anti-aliased mask, 0 to 255, of a closed outline in patient mm."""
    mask = np.zeros(view.size_hw, np.uint8)
    # fillPoly counts from pixel centres; 4 bits of sub-pixel position
    points = np.round((view.points(outline_xy) - 0.5) * 16).astype(np.int32)
    cv2.fillPoly(mask, [points], 255, lineType=cv2.LINE_AA, shift=4)
    return mask


def project(
    rng: np.random.Generator, anatomy: Anatomy, spine: Sequence[PlacedVertebra], view: View
) -> Layers:
    """All layers of one film of this spine."""
    bones = np.zeros((2, *view.size_hw), np.float32)
    posterior = np.zeros(view.size_hw, np.float32)
    metal = np.zeros(view.size_hw, np.float32)
    for placed in spine:
        matrix = _film_matrix(view, placed.to_patient)
        if placed.level == VertebraLevel.S1:
            draw_bone(bones, anatomy.sacrum.poses[placed.pose], matrix)
        else:
            vertebra = deformed(anatomy.vertebrae[placed.level], placed)
            alone = np.zeros_like(bones)
            draw_bone(alone, vertebra, matrix)
            bones += alone
            posterior = np.maximum(posterior, np.where(body_mask(view, placed.outline_xy) > 0, 0, alone[0]))
        _draw_attached(rng, bones, anatomy.attached.get(placed.level, ()), placed, view)
        if placed.cement:
            _pour_cement(rng, metal, placed, view)
    if rng.random() < 0.08:
        _insert_screws(rng, metal, spine, view)
    soft, body = _soft_tissue(rng, anatomy, spine, view)
    return Layers(bones[1], bones[0] - bones[1], soft, metal, body, posterior)


def project_frontal(rng: np.random.Generator, anatomy: Anatomy, view: View) -> Layers:
    """A film of the wrong view: it shows a spine, but nothing that may be measured."""
    assert anatomy.frontal is not None  # noqa: S101 - callers ask only where the anatomy has one
    bones = np.zeros((2, *view.size_hw), np.float32)
    middle = np.array(anatomy.frontal.origin_xy) + [
        anatomy.frontal.thickness.shape[2] * anatomy.frontal.pixel_mm / 2,
        rng.uniform(0.25, 0.75) * anatomy.frontal.thickness.shape[1] * anatomy.frontal.pixel_mm,
    ]
    draw_bone(bones, anatomy.frontal, _film_matrix(view, np.column_stack([np.eye(2), -middle])))
    x_mm, y_mm = _patient_grid(view)
    width = rng.uniform(130, 190)
    depth = np.sqrt(np.clip(1 - (x_mm / width) ** 2, 0, None)) * rng.uniform(180, 280)
    lungs = np.sqrt(np.clip(1 - ((np.abs(x_mm) - 75) / 60) ** 2, 0, None)) * 120 / (1 + np.exp(y_mm / 15))
    soft = np.clip(depth - lungs, 0, None) + _texture(rng, view.size_hw, 6.0)
    body = depth > 0
    zeros = np.zeros(view.size_hw, np.float32)
    return Layers(bones[1], bones[0] - bones[1], (soft * body).astype(np.float32), zeros, body, zeros)


def _draw_attached(
    rng: np.random.Generator,
    bones: NDArray[np.float32],
    attached: Sequence[BoneMap],
    placed: PlacedVertebra,
    view: View,
) -> None:
    """Ribs, pelvis and shoulder girdle, each a little displaced: the two sides never quite overlap on a film."""
    for bone in attached:
        parallax = rng.normal(1.0, 0.03)
        turn = np.radians(rng.normal(0, 2.5))
        shoulder = placed.level == VertebraLevel.T4 and bone.thickness[0].max() > 15
        if shoulder:  # arms are raised or held forward in many ways
            turn = np.radians(rng.uniform(-50, 50))
        c, s = np.cos(turn) * parallax, np.sin(turn) * parallax
        offset = rng.normal(0, 12 if shoulder else 2.5, 2)
        loose = np.array([[c, -s, offset[0]], [s, c, offset[1]], [0, 0, 1]])
        draw_bone(bones, bone, _film_matrix(view, placed.to_patient @ loose))


def _pour_cement(
    rng: np.random.Generator, metal: NDArray[np.float32], placed: PlacedVertebra, view: View
) -> None:
    """Cement of a vertebroplasty: a few ragged blobs within the body."""
    inside = body_mask(view, placed.outline_xy) > 0
    blobs = np.zeros_like(metal)
    points = view.points(placed.points_xy)
    for _ in range(int(rng.integers(2, 6))):
        weights = rng.dirichlet(np.ones(6))
        radius = max(1, int(rng.uniform(2, 7) / view.pixel_mm))
        cv2.circle(blobs, tuple(int(v) for v in weights @ points), radius, float(rng.uniform(3, 9)), -1)
    metal += cv2.GaussianBlur(blobs, (0, 0), 0.8 + 0.6 / view.pixel_mm) * inside


def _insert_screws(
    rng: np.random.Generator, metal: NDArray[np.float32], spine: Sequence[PlacedVertebra], view: View
) -> None:
    """Pedicle screws in neighbouring vertebrae, joined by a rod."""
    lumbar = [v for v in spine if v.level >= VertebraLevel.T8]
    first = int(rng.integers(0, max(1, len(lumbar) - 2)))
    heads = []
    for placed in lumbar[first : first + int(rng.integers(2, 5))]:
        anterior, posterior = placed.points_xy[[0, 3]], placed.points_xy[[2, 5]]
        height = rng.uniform(0.25, 0.5)
        back = posterior[0] * (1 - height) + posterior[1] * height
        front = anterior[0] * (1 - height) + anterior[1] * height
        tip, head = (
            back + (front - back) * rng.uniform(0.4, 0.85),
            back - (front - back) * rng.uniform(0.7, 1.0),
        )
        _metal_line(metal, view, np.stack([tip, head]), rng.uniform(4, 7), rng.uniform(4, 9))
        heads.append(head)
    if len(heads) > 1:
        _metal_line(metal, view, np.stack(heads), rng.uniform(5, 8), rng.uniform(6, 12))


def _metal_line(
    metal: NDArray[np.float32], view: View, patient_xy: NDArray[np.float64], width_mm: float, depth_mm: float
) -> None:
    line = np.zeros_like(metal)
    points = np.round((view.points(patient_xy) - 0.5) * 16).astype(np.int32)
    width = max(1, round(width_mm / view.pixel_mm))
    cv2.polylines(line, [points], False, float(depth_mm), width, cv2.LINE_8, 4)
    metal += line


def _patient_grid(view: View) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Patient x and y in mm at every pixel centre of the film."""
    inverse = np.linalg.inv(view.to_film[:, :2]).astype(np.float32)
    columns = np.arange(view.size_hw[1], dtype=np.float32)[None] + np.float32(0.5 - view.to_film[0, 2])
    rows = np.arange(view.size_hw[0], dtype=np.float32)[:, None] + np.float32(0.5 - view.to_film[1, 2])
    return inverse[0, 0] * columns + inverse[0, 1] * rows, inverse[1, 0] * columns + inverse[1, 1] * rows


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


def _texture(rng: np.random.Generator, size_hw: tuple[int, int], spread: float) -> NDArray[np.float32]:
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


def _soft_tissue(
    rng: np.random.Generator, anatomy: Anatomy, spine: Sequence[PlacedVertebra], view: View
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Water-equivalent mm (H, W) of the trunk, and where the trunk is.

    Drawn at half resolution: only the bones need the film's full sharpness.
    """
    half = View(view.to_film / 2, (view.size_hw[0] // 2, view.size_hw[1] // 2), view.pixel_mm * 2)
    x_mm, y_mm = _patient_grid(half)
    column = SpineColumn(spine)
    line = column.x_at(y_mm)
    body_depth, body = _trunk(rng, x_mm - line, y_mm, column)
    lung = _lungs(rng, x_mm - line, y_mm, column) * np.minimum(1, body_depth / 120)
    soft = body_depth - lung + _organs(rng, x_mm, y_mm, line, column, half.size_hw)
    soft += _texture(rng, half.size_hw, rng.uniform(1, 5)) * (1 + (lung > 0) * rng.uniform(0, 1.5))
    if anatomy.soft_tissues and rng.random() < 0.55:
        soft, body = _mix_computed_tomography(
            rng, anatomy.soft_tissues, soft, body, x_mm - line, y_mm, column
        )
    soft = np.clip(soft, 0, None) * body
    size = (view.size_hw[1], view.size_hw[0])
    full_body = cv2.resize(body.astype(np.float32), size, interpolation=cv2.INTER_LINEAR) > 0.5
    return cv2.resize(soft.astype(np.float32), size, interpolation=cv2.INTER_LINEAR) * full_body, full_body


class SpineColumn:
    """The course of a spine as functions of height: where it lies, and where each level is."""

    def __init__(self, spine: Sequence[PlacedVertebra]) -> None:
        centres = np.array([v.points_xy[[0, 2, 3, 5]].mean(axis=0) for v in spine])
        order = np.argsort(centres[:, 1])
        self._y, self._x = centres[order, 1], centres[order, 0]
        self._levels = np.array([float(v.level) for v in spine])[order]

    def x_at(self, y_mm: NDArray[np.float32]) -> NDArray[np.float32]:
        """Patient x in mm of the bodies' centres at heights ``y_mm``."""
        return np.interp(y_mm, self._y, self._x).astype(np.float32)

    def y_of(self, level: float) -> float:
        """Patient y in mm of a level (fractions lie between neighbours)."""
        return float(np.interp(level, self._levels, self._y))


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
    rng: np.random.Generator,
    x_mm: NDArray[np.float32],
    y_mm: NDArray[np.float32],
    line: NDArray[np.float32],
    column: SpineColumn,
    size_hw: tuple[int, int],
) -> NDArray[np.float32]:
    """Heart and aorta add to, bowel and stomach gas take from, the trunk (mm)."""
    total = np.zeros(size_hw, np.float32)
    heart_y, heart_x = column.y_of(rng.uniform(6.5, 8.5)), -rng.uniform(70, 110)
    distance = ((x_mm - line - heart_x) / rng.uniform(35, 55)) ** 2 + (
        (y_mm - heart_y) / rng.uniform(45, 70)
    ) ** 2
    total += rng.uniform(25, 80) * np.clip(1 - distance, 0, None)
    if rng.random() < 0.7:
        aorta = (x_mm - line + rng.uniform(8, 30)) / rng.uniform(9, 15)
        # Below the diaphragm the aorta is soft tissue among soft tissue.
        in_chest = 1 / (1 + np.exp(np.clip((y_mm - column.y_of(VertebraLevel.T11)) / 12, -30, 30)))
        in_chest *= y_mm > column.y_of(VertebraLevel.T4)
        total += rng.uniform(8, 25) * np.sqrt(np.clip(1 - aorta**2, 0, None)) * in_chest
        if rng.random() < 0.3:  # a calcified wall
            total += (
                rng.uniform(2, 8) * (np.abs(np.abs(aorta) - 1) < 0.06) * (_texture(rng, size_hw, 1) > 0.3)
            )
    top = column.y_of(rng.uniform(11, 14))
    for _ in range(int(rng.poisson(7))):
        centre = np.array([rng.uniform(-170, 10), rng.uniform(top, 60)])
        radii = rng.uniform(5, 24, 2)
        turn = rng.uniform(0, np.pi)
        u, v = x_mm - line - centre[0], y_mm - centre[1]
        along, across = u * np.cos(turn) + v * np.sin(turn), v * np.cos(turn) - u * np.sin(turn)
        distance = (along / radii[0]) ** 2 + (across / radii[1]) ** 2
        total -= rng.uniform(8, 40) * np.clip(1 - distance, 0, None) ** 0.6
    return total


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
    height, width = source.depth_mm.shape
    spine_column = np.interp(rows, np.arange(height), source.spine_column).astype(np.float32)
    columns = from_spine / np.float32(source.pixel_mm * rng.uniform(0.9, 1.2)) + spine_column
    found = cv2.remap(source.depth_mm, columns, rows, cv2.INTER_LINEAR) * np.float32(rng.uniform(0.85, 1.25))
    ends = np.clip(np.minimum(rows, height - 1 - rows) * source.pixel_mm / rng.uniform(30, 90), 0, 1)
    share = ends * np.float32(rng.uniform(0.5, 1.0))
    mixed = soft * body * (1 - share) + found * share
    return np.asarray(mixed), np.asarray(mixed > 6)
