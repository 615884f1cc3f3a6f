"""Closed triangle surfaces: reading, moving, cutting, and the length of a ray inside them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from vcf_desktop.errors import VcfError


@dataclass(frozen=True, eq=False)
class Mesh:
    """Closed triangle surface: vertices (V, 3) in mm as right, posterior, cranial; faces (F, 3)."""

    vertices: NDArray[np.float64]
    faces: NDArray[np.int64]

    def moved(self, matrix: NDArray[np.float64], offset: NDArray[np.float64]) -> Mesh:
        """The mesh with ``vertices @ matrix.T + offset``."""
        return Mesh(self.vertices @ matrix.T + offset, self.faces)

    def shrunk(self, distance_mm: float) -> Mesh:
        """The surface moved inwards along its vertex normals."""
        corners = self.vertices[self.faces]
        normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        # Six times the enclosed volume, negative where the faces are turned inwards.
        outward = np.sign(np.einsum("ij,ij->", corners[:, 0], normals)) or 1.0
        sums = np.zeros_like(self.vertices)
        for corner in range(3):
            np.add.at(sums, self.faces[:, corner], normals)
        sums /= np.maximum(np.linalg.norm(sums, axis=1), 1e-12)[:, None]
        return Mesh(self.vertices - outward * distance_mm * sums, self.faces)

    def section(self, right_mm: float) -> NDArray[np.float64]:
        """(S, 2, 2) segments, x posterior and y caudal, in which a sagittal plane cuts the surface."""
        corners = self.vertices[self.faces]
        side = corners[:, :, 0] > right_mm
        cut = corners[(side.sum(axis=1) == 1) | (side.sum(axis=1) == 2)]
        side = cut[:, :, 0] > right_mm
        # The corner that is alone on its side of the plane: both cut edges start there.
        lone = np.where(side.sum(axis=1) == 1, side.argmax(axis=1), (~side).argmax(axis=1))
        rows = np.arange(len(cut))
        ends = []
        for step in (1, 2):
            first, second = cut[rows, lone], cut[rows, (lone + step) % 3]
            share = (right_mm - first[:, 0]) / (second[:, 0] - first[:, 0])
            point = first + share[:, None] * (second - first)
            ends.append(np.column_stack([point[:, 1], -point[:, 2]]))
        return np.stack(ends, axis=1)


def load_obj(path: Path, unit_mm: float = 1.0) -> Mesh:
    """Triangle surface from a Wavefront OBJ file; polygons become fans, duplicate vertices are merged.

    Args:
        unit_mm: what one unit of the file is in mm; OBJ files do not say it.

    Raises:
        VcfError: the file cannot be read or holds no surface.
    """
    vertices: list[list[float]] = []
    faces: list[list[int]] = []
    try:
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("v "):
                vertices.append([float(value) for value in line.split()[1:4]])
            elif line.startswith("f "):
                corners = [int(part.split("/")[0]) - 1 for part in line.split()[1:]]
                faces += [[corners[0], corners[i], corners[i + 1]] for i in range(1, len(corners) - 1)]
        unique, index = np.unique(np.round(np.array(vertices) * unit_mm, 3), axis=0, return_inverse=True)
        return Mesh(unique, index.reshape(-1)[np.array(faces)])
    except (OSError, ValueError, IndexError) as e:
        raise VcfError(f"{path} is no readable surface; the anatomy's folder must hold it as OBJ.") from e


def ray_thickness(
    mesh: Mesh, origin_xy: tuple[float, float], shape_hw: tuple[int, int], pixel_mm: float
) -> NDArray[np.float32]:
    """Length in mm (H, W) of the rays along the mesh's first axis that lies inside a closed surface.

    Each triangle adds its depth at the centres of the pixels it covers, with the sign of its facing: the sum
    over a closed surface is the length inside, whichever way all its faces are turned. x of the map is the
    mesh's second axis, y its negated third; ``origin_xy`` is the outer corner of the first pixel.
    """
    plane = np.column_stack([mesh.vertices[:, 1] - origin_xy[0], -mesh.vertices[:, 2] - origin_xy[1]])
    # Half a pixel puts integers at pixel centres; the odd fraction keeps centres off the triangles' edges.
    plane = plane / pixel_mm - 0.5 + np.array([1.234e-4, 2.345e-4])
    a, b, c = (plane[mesh.faces[:, i]] for i in range(3))
    area = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    triangle, x, y = _pixels_near(a, b, c, np.abs(area) > 1e-12, shape_hw)
    a, b, c, area = a[triangle], b[triangle], c[triangle], area[triangle]
    weight_b = ((x - a[:, 0]) * (c[:, 1] - a[:, 1]) - (y - a[:, 1]) * (c[:, 0] - a[:, 0])) / area
    weight_c = ((b[:, 0] - a[:, 0]) * (y - a[:, 1]) - (b[:, 1] - a[:, 1]) * (x - a[:, 0])) / area
    inside = (weight_b >= 0) & (weight_c >= 0) & (weight_b + weight_c <= 1)
    triangle, x, y, area, weight_b, weight_c = (
        part[inside] for part in (triangle, x, y, area, weight_b, weight_c)
    )
    depth = mesh.vertices[mesh.faces, 0][triangle]
    value = depth[:, 0] + weight_b * (depth[:, 1] - depth[:, 0]) + weight_c * (depth[:, 2] - depth[:, 0])
    total = np.bincount(
        y * shape_hw[1] + x, weights=value * np.sign(area), minlength=shape_hw[0] * shape_hw[1]
    ).reshape(shape_hw)
    if total.sum() < 0:  # the surface's normals point inwards
        total = -total
    # A crack between two triangles leaves one wild pixel.
    return np.asarray(cv2.medianBlur(np.maximum(total, 0).astype(np.float32), 3), np.float32)


def _pixels_near(
    a: NDArray[np.float64],
    b: NDArray[np.float64],
    c: NDArray[np.float64],
    wanted: NDArray[np.bool_],
    shape_hw: tuple[int, int],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Triangle, column and row (K,) of every pixel in the bounding box of a wanted triangle.

    The triangles' corners ``a``, ``b``, ``c`` (F, 2) count in pixels from the centre of the first one.
    """
    low = np.maximum(np.ceil(np.minimum(np.minimum(a, b), c)), 0).astype(np.int64)
    high = np.floor(np.maximum(np.maximum(a, b), c)).astype(np.int64)
    high = np.minimum(high, np.array(shape_hw)[::-1] - 1)
    span = np.maximum(high - low + 1, 0)
    count = np.where(wanted, span.prod(axis=1), 0)
    triangle = np.repeat(np.arange(len(count)), count)
    within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    columns = np.maximum(span[triangle, 0], 1)
    return triangle, low[triangle, 0] + within % columns, low[triangle, 1] + within // columns


def rotation(yaw_deg: float, roll_deg: float, pitch_deg: float = 0.0) -> NDArray[np.float64]:
    """Matrix (3, 3) that turns about the cranial, posterior and right axes, in that order."""
    matrix = np.eye(3)
    for axis, degrees in ((2, yaw_deg), (1, roll_deg), (0, pitch_deg)):
        c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
        turn = np.eye(3)
        i, j = [k for k in range(3) if k != axis]
        turn[i, i], turn[i, j], turn[j, i], turn[j, j] = c, -s, s, c
        matrix = turn @ matrix
    return matrix
