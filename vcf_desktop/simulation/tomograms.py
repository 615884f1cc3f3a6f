"""Soft tissue from computed tomograms: a volume's lateral projection with its bones made soft."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from vcf_desktop.errors import VcfError

TOMOGRAMS = {
    "lidc_0001_chest.nii.gz": (8.0, 0.5),
    "c3n_00249_chest.nii.gz": (8.0, 0.5),
    "tcga_09_2043_abdomen.nii.gz": (15.0, 0.5),
}
"""CTs by file: a level and the share of the scan's height at which it lies, by eye."""

AIR_HU = -400
"""Below this a voxel is air: halfway between fat and lung."""
SOFT_HU = 80
"""Denser voxels count as this, so that bone and contrast medium become soft tissue."""
BONE_HU = 220
THIN_MM = 25.0
"""Less depth than this is skin, blanket or table, and not the inside of a body."""
CENTRE_BEFORE_BONE_MM = 18.0
"""The centre of a vertebral body lies about this far before the centre of all vertebral bone."""


@dataclass(frozen=True, eq=False)
class SoftTissueMap:
    """Lateral projection of a CT with bone replaced by soft tissue.

    Attributes:
        depth_mm: (H, W) water-equivalent mm, front at the left, head at the top.
        inside_mm: (H, W) how far inside the body's outline a pixel lies.
        pixel_mm: size of its square pixels.
        spine_column: (H,) column of the vertebral bodies' centre in each row.
        level, level_row: a level and the row at which its body lies.
    """

    depth_mm: NDArray[np.float32]
    inside_mm: NDArray[np.float32]
    pixel_mm: float
    spine_column: NDArray[np.float32]
    level: float
    level_row: float


def load_soft_tissue(path: Path, level: float, level_share: float, pixel_mm: float = 2.0) -> SoftTissueMap:
    """Lateral soft-tissue map of a gzipped NIfTI CT in Hounsfield units (axes right-left, back-front, up).

    Args:
        level, level_share: a level and the share of the scan's height, from the top, at which it lies.

    Raises:
        VcfError: the file cannot be read.
    """
    volume, slope, intercept, steps_mm = read_nifti(path)
    width, length, height = volume.shape
    depth: NDArray[np.float32] = np.zeros((height, length), np.float32)
    spine = np.zeros(height, np.float32)
    middle = width // 2
    near = slice(middle - int(40 / steps_mm[0]), middle + int(40 / steps_mm[0]))
    for row in range(height):
        hounsfield = volume[:, :, row] * (slope or 1.0) + intercept
        inside = _largest_region(hounsfield > AIR_HU)
        depth[row] = ((np.clip(hounsfield, -1000, SOFT_HU) / 1000 + 1) * inside).sum(axis=0) * steps_mm[0]
        bone = (hounsfield[near] > BONE_HU).sum(axis=0).astype(np.float32)
        bone[: len(bone) // 2] = 0  # sternum and ribs in front
        spine[row] = (bone * np.arange(len(bone))).sum() / bone.sum() if bone.sum() > 20 else np.nan
    size = (round(length * steps_mm[1] / pixel_mm), round(height * steps_mm[2] / pixel_mm))
    depth = np.asarray(cv2.resize(depth, size, interpolation=cv2.INTER_AREA), np.float32)
    spine_column = (_course(spine, size[1]) * steps_mm[1] - CENTRE_BEFORE_BONE_MM) / pixel_mm
    smooth = np.convolve(np.pad(spine_column, 15, mode="edge"), np.ones(31) / 31, mode="valid")
    body = np.pad((depth > THIN_MM).astype(np.uint8), ((0, 0), (1, 1)))
    steps = np.asarray(cv2.distanceTransform(body, cv2.DIST_L2, cv2.DIST_MASK_PRECISE), np.float32)
    return SoftTissueMap(
        depth,
        steps[:, 1:-1] * np.float32(pixel_mm),
        pixel_mm,
        smooth.astype(np.float32),
        level,
        level_share * size[1],
    )


def read_nifti(
    path: Path,
) -> tuple[NDArray[np.number[Any]], np.float32, np.float32, NDArray[np.float32]]:
    """Stored voxels with front left and head up, slope and intercept to HU, and mm per voxel (3,).

    The offsets are those of the NIfTI-1 header, nifti1.h: dim 40, datatype 70, vox_offset 108, scl_slope
    112, srow_x 280.
    """
    try:
        raw = gzip.decompress(path.read_bytes())
        dims = np.frombuffer(raw, "<i2", 8, 40)
        kind = {2: "<u1", 4: "<i2", 8: "<i4", 16: "<f4"}[int(np.frombuffer(raw, "<i2", 1, 70)[0])]
        offset = int(np.frombuffer(raw, "<f4", 1, 108)[0])
        slope, intercept = np.frombuffer(raw, "<f4", 2, 112)
        affine = np.frombuffer(raw, "<f4", 12, 280).reshape(3, 4)
        count = int(np.prod(dims[1:4], dtype=np.int64))
        volume: NDArray[np.number[Any]] = np.frombuffer(raw, kind, count, offset).reshape(
            dims[1:4], order="F"
        )
    except (OSError, EOFError, zlib.error, ValueError, KeyError) as e:
        raise VcfError(f"{path} is no readable CT; the anatomy's folder must hold it as .nii.gz.") from e
    # NIfTI world axes are right-left, back-front, feet-head: turn to front left, head top.
    volume = volume[:, :: -1 if affine[1, 1] > 0 else 1, :: -1 if affine[2, 2] > 0 else 1]
    return volume, slope, intercept, np.abs(np.diag(affine[:, :3]))


def _course(spine: NDArray[np.float32], count: int) -> NDArray[np.float64]:
    """A spine's position per row, NaN where unknown, at ``count`` rows without gaps."""
    known = np.isfinite(spine)
    filled = np.interp(np.arange(len(spine)), np.flatnonzero(known), spine[known])
    return np.interp(np.linspace(0, len(spine) - 1, count), np.arange(len(spine)), filled)


def _largest_region(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The largest connected region with its holes filled: the body without table and blanket."""
    opened = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
    contours, _ = cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = np.zeros(mask.shape, np.uint8)
    if contours:
        cv2.drawContours(filled, [max(contours, key=cv2.contourArea)], -1, 1, -1)
    return filled > 0
