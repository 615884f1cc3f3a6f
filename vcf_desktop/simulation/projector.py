"""From a placed spine to line integrals on a film's grid: bones are warped maps, soft tissue is drawn around.

A view says where the film lies: film pixels = ``to_film`` applied to patient mm. Layers are mm of material
along the ray; :mod:`.looks` turns them into grey values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from vcf_desktop.simulation.anatomy import Anatomy, BoneMap, Vertebra
from vcf_desktop.simulation.deformation import columns_before, endplate_lines, straight_lines
from vcf_desktop.simulation.hardware import draw_hardware
from vcf_desktop.simulation.head_and_arms import draw_forearms, draw_skull
from vcf_desktop.simulation.lesions import draw_lesions
from vcf_desktop.simulation.physique import Physique, sample_physique
from vcf_desktop.simulation.skeleton import Skeleton, draw_bone, film_window, magnification
from vcf_desktop.simulation.soft_tissue import draw_soft_tissue
from vcf_desktop.simulation.spine_model import PlacedVertebra
from vcf_desktop.simulation.view import View, cover, texture
from vcf_desktop.spine import VertebraLevel

MASK_FINER = 8
RIM_MM = 3.0
"""The rims of the endplates reach this far beyond a body's outline and are no part of the arch."""
THINNEST_BODY_MM = 2.0
"""Bone is not squeezed into less than this between the endplates."""
WHOLE_SPINE_MM = 620.0
"""Taller films show a standing person."""
TRABECULAE_PIXEL_MM = 0.6
"""Coarser films do not resolve the texture of spongiosa."""


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


def deformed(vertebra: Vertebra, placed: PlacedVertebra, pixel_mm: float = 0.0) -> BoneMap:
    """The vertebra's map with its endplates moved: each column is stretched between the new endplates.

    ``pixel_mm`` is that of the film it is meant for: a coarse film is served by a coarse map.

    Squeezed bone keeps its mineral, which shows as more thickness along the ray: by the square root of the
    compression, as part of the bone bulges forwards and the rest is lost.
    """
    bone = vertebra.poses[placed.pose].for_pixels(pixel_mm)
    _, height, width = bone.thickness.shape
    left, top = bone.origin_xy
    x = left + (np.arange(width, dtype=np.float64) + 0.5) * bone.pixel_mm
    columns = np.tile(np.arange(width, dtype=np.float32), (height, 1))
    if placed.walls_mm is not None:
        y = top + (np.arange(height, dtype=np.float64)[:, None] + 0.5) * bone.pixel_mm
        x = columns_before(x, y, vertebra, placed.anchors_mm, placed.walls_mm)
        columns = ((x - left) / bone.pixel_mm - 0.5).astype(np.float32)
    # In rows of the map and in single precision from here on: a hundredth of a pixel, at half the time.
    intact_upper, intact_lower, upper, lower = (
        ((line - top) / bone.pixel_mm - 0.5).astype(np.float32)
        for line in (*straight_lines(vertebra, x), *endplate_lines(vertebra, placed.anchors_mm, x))
    )
    height_left = np.maximum(lower - upper, np.float32(THINNEST_BODY_MM / bone.pixel_mm))
    stretch = (intact_lower - intact_upper) / height_left
    below_upper = np.arange(height, dtype=np.float32)[:, None] - upper
    between = np.minimum(np.maximum(below_upper, 0), height_left)
    rows = below_upper - between
    rows += between * stretch
    rows += intact_upper
    gain = np.sqrt(np.clip(stretch, 1.0, 1.6))
    layers = np.stack([cv2.remap(layer, columns, rows, cv2.INTER_LINEAR) for layer in bone.thickness])
    return BoneMap(np.asarray(layers * gain, np.float32), bone.origin_xy, bone.pixel_mm)


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
    rng: np.random.Generator, anatomy: Anatomy, spine: Sequence[PlacedVertebra], view: View, source_mm: float
) -> Layers:
    """All layers of one film of this spine, exposed from a source ``source_mm`` away from it."""
    physique = sample_physique(rng, spine, view.height_mm > WHOLE_SPINE_MM)
    bones, posterior = _draw_spine(rng, anatomy, spine, view)
    draw_lesions(bones, spine, view)
    if view.pixel_mm < TRABECULAE_PIXEL_MM:
        _engrave_trabeculae(rng, bones, view)
    skeleton = Skeleton(rng, bones, view, source_mm)
    skeleton.draw_attached(anatomy, spine)
    skeleton.draw_breastbone(physique)
    skeleton.draw_neck(anatomy, physique)
    skeleton.draw_shoulders(anatomy, spine, physique)
    metal = draw_skull(rng, bones, physique, view)
    draw_forearms(rng, bones, physique.arms, view)
    draw_hardware(rng, metal, spine, physique, view)
    soft, body = _soft_tissue(rng, anatomy, physique, view)
    return Layers(bones[1], bones[0] - bones[1], soft, metal, body, posterior)


def _draw_spine(
    rng: np.random.Generator, anatomy: Anatomy, spine: Sequence[PlacedVertebra], view: View
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Bone and cortex (2, H, W) of vertebrae and sacrum, and mm (H, W) of the arches: what no body covers."""
    bones = np.zeros((2, *view.size_hw), np.float32)
    posterior = np.zeros(view.size_hw, np.float32)
    bodies = np.zeros(view.size_hw, np.uint8)
    for placed in spine:
        matrix = view.matrix(placed.to_patient)
        if placed.level == VertebraLevel.S1:
            draw_bone(bones, deformed(anatomy.sacrum, placed, view.pixel_mm), matrix, rng.uniform(0.55, 1.0))
            continue
        intact = anatomy.vertebrae[placed.level]
        window = film_window(intact.poses[placed.pose], matrix, view.size_hw)
        if window is None:
            continue
        rows, columns = window
        vertebra = deformed(intact, placed, 1 / magnification(matrix))
        alone = np.zeros((2, rows.stop - rows.start, columns.stop - columns.start), np.float32)
        shifted = matrix - np.array([[0, 0, columns.start], [0, 0, rows.start]])
        # A person's bones are as much thinner along the ray as their bodies are less deep.
        draw_bone(alone, vertebra, shifted, float(np.linalg.norm(placed.to_patient[:, 0])))
        bones[:, rows, columns] += alone
        np.maximum(posterior[rows, columns], alone[0], out=posterior[rows, columns])
        # Every fourth point is within 0.1 mm of the outline.
        cover(bodies, view, placed.outline_xy[::4], RIM_MM)
    posterior[bodies > 0] = 0
    return bones, posterior


def _engrave_trabeculae(rng: np.random.Generator, bones: NDArray[np.float32], view: View) -> None:
    """Vary spongiosa in fine, mostly upright strands; with thin bone these remain last (osteopenia)."""
    height, width = view.size_hw
    fine, long = rng.uniform(0.5, 1.0) / view.pixel_mm, rng.uniform(2.5, 6.0) / view.pixel_mm
    shape = (max(2, round(height / max(long, 1))), max(2, round(width / max(fine, 1))))
    strands = cv2.resize(rng.standard_normal(shape, np.float32), (width, height))
    spongiosa = bones[0] - bones[1]
    bones[0] += spongiosa * np.clip(strands * np.float32(rng.uniform(0.0, 0.22)), -0.6, 0.6)


def project_frontal(rng: np.random.Generator, frontal: BoneMap, view: View) -> Layers:
    """A film of the wrong view: it shows a spine, but nothing that may be measured."""
    bones = np.zeros((2, *view.size_hw), np.float32)
    _, height, width = frontal.thickness.shape
    extent = np.array([width, height]) * frontal.pixel_mm
    share = np.array([0.5, rng.uniform(0.25, 0.75)])
    middle = np.array(frontal.origin_xy) + share * extent
    draw_bone(bones, frontal, view.matrix(np.column_stack([np.eye(2), -middle])))
    x, y = view.grid()
    half_width = rng.uniform(130, 190)
    depth = np.sqrt(np.clip(1 - (x / half_width) ** 2, 0, None)) * rng.uniform(180, 280)
    # The domes stand about at the middle of a skeleton that runs from C6 to the hips.
    dome = (rng.uniform(0.44, 0.54) - share[1]) * extent[1] + (x / 75) ** 2 * 12
    lungs = np.sqrt(np.clip(1 - ((np.abs(x) - 75) / 60) ** 2, 0, None)) * rng.uniform(90, 140)
    lungs *= 1 / (1 + np.exp(np.clip((y - dome) / 3, -30, 30)))
    soft = np.clip(depth - lungs + texture(rng, view.size_hw, 6.0), 0, None)
    body = depth > 0
    zeros = np.zeros(view.size_hw, np.float32)
    return Layers(bones[1], bones[0] - bones[1], (soft * body).astype(np.float32), zeros, body, zeros)


def _soft_tissue(
    rng: np.random.Generator, anatomy: Anatomy, physique: Physique, view: View
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Soft tissue and outline of a film, drawn at half resolution: only the bones need its full sharpness."""
    soft, body = draw_soft_tissue(rng, anatomy.soft_tissues, physique, view.coarser(2))
    size = (view.size_hw[1], view.size_hw[0])
    full_body = cv2.resize(body.astype(np.float32), size, interpolation=cv2.INTER_LINEAR) > 0.5
    full_soft = np.asarray(cv2.resize(soft, size, interpolation=cv2.INTER_LINEAR), np.float32)
    return full_soft * full_body, full_body
