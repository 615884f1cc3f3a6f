"""From a placed spine to line integrals on a film's grid: bones are warped maps, soft tissue is drawn around.

A view says where the film lies: film pixels = ``to_film`` applied to patient mm. Layers are mm of material
along the ray; :mod:`.receptor` turns them into grey values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from vcf_desktop.simulation.anatomy import Anatomy, BoneMap, Vertebra
from vcf_desktop.simulation.soft_tissue import SpineColumn, draw_soft_tissue, texture
from vcf_desktop.simulation.spine_model import PlacedVertebra, endplate_lines
from vcf_desktop.spine import VertebraLevel

MASK_FINER = 8
RIM_MM = 3.0
"""The rims of the endplates reach this far beyond a body's outline and are no part of the arch."""


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
        posterior: mm of the spine's bone outside its own vertebral body: the arches.
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

    Squeezed bone keeps its mineral, which shows as more thickness along the ray: by the square root of the
    compression, as part of the bone bulges forwards and the rest is lost.
    """
    bone = vertebra.poses[placed.pose]
    _, height, width = bone.thickness.shape
    x = bone.origin_xy[0] + (np.arange(width, dtype=np.float64) + 0.5) * bone.pixel_mm
    y = bone.origin_xy[1] + (np.arange(height, dtype=np.float64) + 0.5)[:, None] * bone.pixel_mm
    intact_upper, intact_lower = endplate_lines(vertebra, np.zeros((2, 3)), x)
    upper, lower = endplate_lines(vertebra, placed.anchors_mm, x)
    stretch = (intact_lower - intact_upper) / np.maximum(lower - upper, 2.0)
    source = np.where(
        y < upper,
        y - upper + intact_upper,
        np.where(y > lower, y - lower + intact_lower, intact_upper + (y - upper) * stretch),
    )
    rows = ((source - bone.origin_xy[1]) / bone.pixel_mm - 0.5).astype(np.float32)
    columns = np.tile(np.arange(width, dtype=np.float32), (height, 1))
    gain = np.clip(stretch, 1.0, 1.6).astype(np.float32) ** 0.5
    layers = np.stack([cv2.remap(layer, columns, rows, cv2.INTER_LINEAR) * gain for layer in bone.thickness])
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


def outline_mask(outline_xy: NDArray[np.float64], size_hw: tuple[int, int]) -> NDArray[np.uint8]:
    """(H, W) mask of a closed outline (N, 2) in its pixels: the covered part of each pixel, times 255."""
    mask = np.zeros(size_hw, np.uint8)
    low = np.clip(np.floor(outline_xy.min(axis=0)).astype(int), 0, size_hw[::-1])
    high = np.clip(np.ceil(outline_xy.max(axis=0)).astype(int), 0, size_hw[::-1])
    width, height = (int(side) for side in high - low)
    if width <= 0 or height <= 0:
        return mask
    # OpenCV draws the edge as well, half a pixel beyond the outline; of a pixel eight times finer that is
    # little. It counts from pixel centres, with 4 bits of sub-pixel position.
    fine = np.zeros((height * MASK_FINER, width * MASK_FINER), np.uint8)
    points = np.round(((outline_xy - low) * MASK_FINER - 0.5) * 16).astype(np.int32)
    cv2.fillPoly(fine, [points], 255, shift=4)
    covered = cv2.resize(fine, (width, height), interpolation=cv2.INTER_AREA)
    mask[low[1] : high[1], low[0] : high[0]] = covered
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
            body_and_rims = cv2.dilate(
                outline_mask(view.points(placed.outline_xy), view.size_hw), _disc(RIM_MM / view.pixel_mm)
            )
            posterior = np.maximum(posterior, np.where(body_and_rims > 0, 0, alone[0]))
        _draw_attached(rng, bones, anatomy.attached.get(placed.level, ()), placed, view)
        if placed.cement:
            _pour_cement(rng, metal, placed, view)
    if rng.random() < 0.08:
        _insert_screws(rng, metal, spine, view)
    soft, body = _soft_tissue(rng, anatomy, spine, view)
    return Layers(bones[1], bones[0] - bones[1], soft, metal, body, posterior)


def _disc(radius_px: float) -> NDArray[np.uint8]:
    side = 2 * max(1, round(radius_px)) + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), dtype=np.uint8)


def project_frontal(rng: np.random.Generator, frontal: BoneMap, view: View) -> Layers:
    """A film of the wrong view: it shows a spine, but nothing that may be measured."""
    bones = np.zeros((2, *view.size_hw), np.float32)
    _, height, width = frontal.thickness.shape
    share = np.array([0.5, rng.uniform(0.25, 0.75)])
    middle = np.array(frontal.origin_xy) + share * np.array([width, height]) * frontal.pixel_mm
    draw_bone(bones, frontal, _film_matrix(view, np.column_stack([np.eye(2), -middle])))
    x_mm, y_mm = _patient_grid(view)
    half_width = rng.uniform(130, 190)
    depth = np.sqrt(np.clip(1 - (x_mm / half_width) ** 2, 0, None)) * rng.uniform(180, 280)
    lungs = np.sqrt(np.clip(1 - ((np.abs(x_mm) - 75) / 60) ** 2, 0, None)) * 120 / (1 + np.exp(y_mm / 15))
    soft = np.clip(depth - lungs, 0, None) + texture(rng, view.size_hw, 6.0)
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
    """Ribs, pelvis and shoulder girdle, each a little displaced: the two sides never quite overlap."""
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
    inside = outline_mask(view.points(placed.outline_xy), view.size_hw) > 0
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
    candidates = [v for v in spine if v.level >= VertebraLevel.T8]
    first = int(rng.integers(0, max(1, len(candidates) - 2)))
    heads = []
    for placed in candidates[first : first + int(rng.integers(2, 5))]:
        anterior, posterior = placed.points_xy[[0, 3]], placed.points_xy[[2, 5]]
        height = rng.uniform(0.25, 0.5)
        back = posterior[0] * (1 - height) + posterior[1] * height
        front = anterior[0] * (1 - height) + anterior[1] * height
        tip = back + (front - back) * rng.uniform(0.4, 0.85)
        head = back - (front - back) * rng.uniform(0.7, 1.0)
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


def _soft_tissue(
    rng: np.random.Generator, anatomy: Anatomy, spine: Sequence[PlacedVertebra], view: View
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Soft tissue and trunk of a film, drawn at half resolution: only the bones need its full sharpness."""
    half = View(view.to_film / 2, (view.size_hw[0] // 2, view.size_hw[1] // 2), view.pixel_mm * 2)
    soft, body = draw_soft_tissue(rng, anatomy.soft_tissues, SpineColumn(spine), *_patient_grid(half))
    size = (view.size_hw[1], view.size_hw[0])
    full_body = cv2.resize(body.astype(np.float32), size, interpolation=cv2.INTER_LINEAR) > 0.5
    full_soft = np.asarray(cv2.resize(soft, size, interpolation=cv2.INTER_LINEAR), np.float32)
    return full_soft * full_body, full_body
