"""Bones as the simulator needs them: lateral thickness maps in each vertebra's own frame, and true outlines.

A lateral film integrates along the left-right axis. A deformation within the sagittal plane (wedge, biconcave,
crush) therefore commutes with the projection: one thickness map of the intact bone can be warped in two
dimensions into every fracture, which is what makes thousands of films affordable.

The own frame of a vertebra: origin at the centre of its body, x posterior, y caudal, mm, endplates level.
"""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from vcf_desktop.geometry import six_points
from vcf_desktop.spine import REGULAR_LEVELS, VertebraLevel

MAP_PIXEL_MM = 0.4
CORTEX_MM = 0.7
"""Cortical shell of a vertebral body; 0.6 to 0.8 mm looked right (morphometry.md)."""
POSES_DEG = ((0.0, 0.0), (5.0, 3.0), (-6.0, -3.0), (10.0, 5.0), (-9.0, 6.0), (3.0, -8.0), (14.0, 0.0))
"""(yaw, roll) at which each vertebra is rendered: scoliosis and obliquity show as double contours."""
SUPERIOR = np.array([0.0, -1.0])
ANTERIOR = np.array([-1.0, 0.0])
S1_HEIGHT_MM = 27.0
"""Height of the first sacral segment's body (its lower border is a remnant disc)."""


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
        outward = np.sign(np.einsum("ij,ij->", corners[:, 0], normals)) or 1.0
        sums = np.zeros_like(self.vertices)
        for corner in range(3):
            np.add.at(sums, self.faces[:, corner], normals)
        sums /= np.maximum(np.linalg.norm(sums, axis=1), 1e-12)[:, None]
        return Mesh(self.vertices - outward * distance_mm * sums, self.faces)


@dataclass(frozen=True, eq=False)
class BoneMap:
    """Lateral projection of one bone.

    Attributes:
        thickness: (2, H, W) float32, mm of bone and mm of cortical shell along the ray.
        origin_xy: position of the outer corner of the first pixel in the own frame, mm.
        pixel_mm: size of a pixel.
    """

    thickness: NDArray[np.float32]
    origin_xy: tuple[float, float]
    pixel_mm: float

    def halved(self) -> BoneMap:
        """The map at twice the pixel size, for films too coarse to sample this one."""
        size = (self.thickness.shape[2] // 2, self.thickness.shape[1] // 2)
        crop = self.thickness[:, : size[1] * 2, : size[0] * 2]
        small = np.stack([cv2.resize(layer, size, interpolation=cv2.INTER_AREA) for layer in crop])
        return BoneMap(small, self.origin_xy, self.pixel_mm * 2)


@dataclass(frozen=True, eq=False)
class Vertebra:
    """One intact vertebra in its own frame: a map per pose, and the body's outline and six points in mm."""

    poses: tuple[BoneMap, ...]
    outline_xy: NDArray[np.float64]
    points_xy: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SoftTissueMap:
    """Lateral projection of a CT with bone replaced by soft tissue.

    Attributes:
        depth_mm: (H, W) water-equivalent mm, front at the left, head at the top.
        pixel_mm: size of its square pixels.
        spine_column: (H,) column of the vertebral bodies' centre in each row.
        level, level_row: a level and the row at which its body lies.
    """

    depth_mm: NDArray[np.float32]
    pixel_mm: float
    spine_column: NDArray[np.float32]
    level: float
    level_row: float


@dataclass(frozen=True, eq=False)
class Anatomy:
    """Everything bony that a film may show.

    Attributes:
        vertebrae: C6 under -1 (it is seen, never labelled); C7, T1 to L5 under their level.
        attached: other bones, each drawn in the own frame of the vertebra whose level is the key.
        sacrum: the sacrum; its outline and points are those of the first segment.
        frontal: frontal projection of the whole skeleton: films of the wrong view, which hold no finding.
        soft_tissues: projected CTs that soft tissue may be taken from; may be empty.
        attribution: what must be said wherever a film made from it goes.
    """

    vertebrae: dict[int, Vertebra]
    attached: dict[int, tuple[BoneMap, ...]]
    sacrum: Vertebra
    frontal: BoneMap | None
    soft_tissues: tuple[SoftTissueMap, ...]
    attribution: str


def load_obj(path: Path) -> Mesh:
    """Triangle surface from a Wavefront OBJ file; duplicate vertices are merged."""
    vertices: list[list[float]] = []
    faces: list[list[int]] = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        if line.startswith("v "):
            vertices.append([float(value) for value in line.split()[1:4]])
        elif line.startswith("f "):
            corners = [int(part.split("/")[0]) - 1 for part in line.split()[1:]]
            faces += [[corners[0], corners[i], corners[i + 1]] for i in range(1, len(corners) - 1)]
    unique, index = np.unique(np.round(np.array(vertices), 3), axis=0, return_inverse=True)
    return Mesh(unique, index.reshape(-1)[np.array(faces)])


def ray_thickness(
    mesh: Mesh, origin_xy: tuple[float, float], shape_hw: tuple[int, int], pixel_mm: float
) -> NDArray[np.float32]:
    """Length in mm (H, W) of the rays along the mesh's first axis that lies inside a closed surface.

    Each triangle adds its depth at the centres of the pixels it covers, with the sign of its facing: the sum
    over a closed surface is the length inside. x of the map is the mesh's second axis, y its negated third.
    """
    plane = np.column_stack([mesh.vertices[:, 1] - origin_xy[0], -mesh.vertices[:, 2] - origin_xy[1]])
    # Half a pixel puts integers at pixel centres; the odd fraction keeps centres off the triangles' edges.
    plane = plane / pixel_mm - 0.5 + np.array([1.234e-4, 2.345e-4])
    a, b, c = (plane[mesh.faces[:, i]] for i in range(3))
    area = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    low = np.maximum(np.ceil(np.minimum(np.minimum(a, b), c)), 0).astype(int)
    high = np.floor(np.maximum(np.maximum(a, b), c)).astype(int)
    high = np.minimum(high, np.array(shape_hw)[::-1] - 1)
    span = np.maximum(high - low + 1, 0)
    count = np.where(np.abs(area) > 1e-12, span.prod(axis=1), 0)
    triangle = np.repeat(np.arange(len(count)), count)
    within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    x = low[triangle, 0] + within % np.maximum(span[triangle, 0], 1)
    y = low[triangle, 1] + within // np.maximum(span[triangle, 0], 1)
    a, b, c, area = a[triangle], b[triangle], c[triangle], area[triangle]
    weight_b = ((x - a[:, 0]) * (c[:, 1] - a[:, 1]) - (y - a[:, 1]) * (c[:, 0] - a[:, 0])) / area
    weight_c = ((b[:, 0] - a[:, 0]) * (y - a[:, 1]) - (b[:, 1] - a[:, 1]) * (x - a[:, 0])) / area
    inside = (weight_b >= 0) & (weight_c >= 0) & (weight_b + weight_c <= 1)
    depth = mesh.vertices[mesh.faces, 0][triangle]
    value = depth[:, 0] + weight_b * (depth[:, 1] - depth[:, 0]) + weight_c * (depth[:, 2] - depth[:, 0])
    value *= np.sign(area)
    total = np.bincount(
        (y * shape_hw[1] + x)[inside], weights=value[inside], minlength=shape_hw[0] * shape_hw[1]
    ).reshape(shape_hw)
    if total.sum() < 0:  # the surface's normals point inwards
        total = -total
    # A crack between two triangles leaves one wild pixel.
    return cv2.medianBlur(np.maximum(total, 0).astype(np.float32), 3)


def render(mesh: Mesh, pixel_mm: float = MAP_PIXEL_MM, cortex_mm: float = CORTEX_MM) -> BoneMap:
    """Map of a bone in the frame of its mesh."""
    low = np.array([mesh.vertices[:, 1].min(), -mesh.vertices[:, 2].max()]) - 2.0
    high = np.array([mesh.vertices[:, 1].max(), -mesh.vertices[:, 2].min()]) + 2.0
    width, height = np.ceil((high - low) / pixel_mm).astype(int)
    origin = (float(low[0]), float(low[1]))
    bone = ray_thickness(mesh, origin, (height, width), pixel_mm)
    core = ray_thickness(mesh.shrunk(cortex_mm), origin, (height, width), pixel_mm)
    return BoneMap(np.stack([bone, np.clip(bone - core, 0, bone)]), origin, pixel_mm)


def body_outline(mesh: Mesh, angles: int = 180) -> NDArray[np.float64]:
    """(angles, 2) sagittal outline of the vertebral body at the mesh's own position: x posterior, y caudal.

    The mean over slices near the midline: there the canal separates the body from the arch, and readers place
    the endplate between its rim and its lowest point.
    """
    slices = np.array([-6.0, -4.0, -2.0, 0.0, 2.0, 4.0, 6.0])
    middle = (mesh.vertices[:, 0].min() + mesh.vertices[:, 0].max()) / 2
    segments = [_slice(mesh, middle + offset) for offset in slices]
    front = min(float(part[..., 0].min()) for part in segments)
    probe = np.concatenate(segments).reshape(-1, 2)
    near_front = probe[probe[:, 0] < front + 12]
    centre = np.array([front + 13.0, (near_front[:, 1].min() + near_front[:, 1].max()) / 2])
    for _ in range(3):  # the first centre is a guess; the outline's own centre is better
        radii = np.median([_first_crossing(part, centre, angles) for part in segments], axis=0)
        theta = np.arange(angles) * 2 * np.pi / angles
        outline = centre + radii[:, None] * np.column_stack([np.cos(theta), np.sin(theta)])
        centre = outline.mean(axis=0)
    return np.asarray(outline)


def _slice(mesh: Mesh, position: float) -> NDArray[np.float64]:
    """(S, 2, 2) segments in which the plane ``x = position`` cuts the surface."""
    corners = mesh.vertices[mesh.faces]
    side = corners[:, :, 0] > position
    cut = corners[(side.sum(axis=1) == 1) | (side.sum(axis=1) == 2)]
    side = cut[:, :, 0] > position
    lone = np.where(side.sum(axis=1) == 1, side.argmax(axis=1), (~side).argmax(axis=1))
    rows = np.arange(len(cut))
    ends = []
    for step in (1, 2):
        first, second = cut[rows, lone], cut[rows, (lone + step) % 3]
        share = (position - first[:, 0]) / (second[:, 0] - first[:, 0])
        point = first + share[:, None] * (second - first)
        ends.append(np.column_stack([point[:, 1], -point[:, 2]]))
    return np.stack(ends, axis=1)


def _first_crossing(
    segments: NDArray[np.float64], centre: NDArray[np.float64], angles: int
) -> NDArray[np.float64]:
    """Distance from ``centre`` to the nearest segment along each of ``angles`` rays."""
    theta = np.arange(angles) * 2 * np.pi / angles
    ray = np.column_stack([np.cos(theta), np.sin(theta)])[:, None]  # (A, 1, 2)
    start, step = segments[None, :, 0] - centre, (segments[:, 1] - segments[:, 0])[None]
    cross = ray[..., 0] * step[..., 1] - ray[..., 1] * step[..., 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        distance = (start[..., 0] * step[..., 1] - start[..., 1] * step[..., 0]) / cross
        share = (start[..., 0] * ray[..., 1] - start[..., 1] * ray[..., 0]) / cross
    hit = (share >= -1e-9) & (share <= 1 + 1e-9) & (distance > 2.0)
    return np.asarray(np.where(hit, distance, 60.0).min(axis=1))


def _rotation(yaw_deg: float, roll_deg: float, pitch_deg: float = 0.0) -> NDArray[np.float64]:
    """Rotation about the cranial, posterior and right axes, in that order."""
    matrix = np.eye(3)
    for axis, degrees in ((2, yaw_deg), (1, roll_deg), (0, pitch_deg)):
        c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
        turn = np.eye(3)
        i, j = [k for k in range(3) if k != axis]
        turn[i, i], turn[i, j], turn[j, i], turn[j, j] = c, -s, s, c
        matrix = turn @ matrix
    return matrix


def _own_frame(
    mesh: Mesh, outline_xy: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Matrix and offset that bring a mesh into the own frame of the vertebra with this outline."""
    points = six_points(outline_xy, SUPERIOR, ANTERIOR)
    backwards = (points[2] + points[5] - points[0] - points[3]) / 2
    angle = np.degrees(np.arctan2(backwards[1], backwards[0]))
    centre_xy = points[[0, 2, 3, 5]].mean(axis=0)
    matrix = _rotation(0, 0, angle)
    middle = (mesh.vertices[:, 0].min() + mesh.vertices[:, 0].max()) / 2
    return matrix, -matrix @ np.array([middle, centre_xy[0], -centre_xy[1]])


def build_vertebra(mesh: Mesh, outline_xy: NDArray[np.float64] | None = None) -> Vertebra:
    """Maps, outline and points of a vertebra given by its surface in any upright position."""
    outline_xy = body_outline(mesh) if outline_xy is None else outline_xy
    matrix, offset = _own_frame(mesh, outline_xy)
    own = mesh.moved(matrix, offset)
    as_points = np.column_stack([np.zeros(len(outline_xy)), outline_xy[:, 0], -outline_xy[:, 1]])
    outline = as_points @ matrix.T + offset
    outline = np.column_stack([outline[:, 1], -outline[:, 2]])
    poses = tuple(render(own.moved(_rotation(*pose), np.zeros(3))) for pose in POSES_DEG)
    return Vertebra(poses, outline, six_points(outline, SUPERIOR, ANTERIOR))


def sacral_outline(mesh: Mesh) -> NDArray[np.float64]:
    """Outline of the first sacral segment's body: the part of the midline section under the endplate."""
    section = np.concatenate([_slice(mesh, offset) for offset in (-3.0, 0.0, 3.0)]).reshape(-1, 2)
    top_front = section[np.argmin(section @ np.array([0.8, 1.0]))]
    # The endplate runs from the promontory backwards and, in the mesh's pose, upwards.
    candidates = section[np.linalg.norm(section - top_front, axis=1) < 36]
    top_back = candidates[np.argmax(candidates @ np.array([0.55, -1.0]))]
    along = (top_back - top_front) / np.linalg.norm(top_back - top_front)
    down = np.array([-along[1], along[0]])
    lower_front = top_front + S1_HEIGHT_MM * down + 7.0 * along
    lower_back = top_back + S1_HEIGHT_MM * 0.92 * down - 5.0 * along
    corners = np.array([top_front, top_back, lower_back, lower_front])
    return np.concatenate(
        [np.linspace(corners[i], corners[(i + 1) % 4], 20, endpoint=False) for i in range(4)]
    )


TOMOGRAMS = {
    "lidc_0001_chest.nii.gz": (8.0, 0.5),
    "c3n_00249_chest.nii.gz": (8.0, 0.5),
    "tcga_09_2043_abdomen.nii.gz": (15.0, 0.5),
}
"""CTs by file: a level and the share of the scan's height at which it lies, by eye."""


def load_soft_tissue(path: Path, level: float, level_share: float, pixel_mm: float = 2.0) -> SoftTissueMap:
    """Lateral soft-tissue map of a gzipped NIfTI CT in Hounsfield units (axes right-left, back-front, up)."""
    raw = gzip.decompress(path.read_bytes())
    dims = np.frombuffer(raw, "<i2", 8, 40)
    kind = {2: "<u1", 4: "<i2", 8: "<i4", 16: "<f4"}[int(np.frombuffer(raw, "<i2", 1, 70)[0])]
    offset = int(np.frombuffer(raw, "<f4", 1, 108)[0])
    slope, intercept = np.frombuffer(raw, "<f4", 2, 112)
    affine = np.frombuffer(raw, "<f4", 12, 280).reshape(3, 4)
    count = int(np.prod(dims[1:4], dtype=np.int64))
    volume = np.frombuffer(raw, kind, count, offset).reshape(dims[1:4], order="F")
    steps_mm = np.abs(np.diag(affine[:, :3]))
    # NIfTI world axes are right-left, back-front, feet-head: turn to front left, head top.
    volume = volume[:, :: -1 if affine[1, 1] > 0 else 1, :: -1 if affine[2, 2] > 0 else 1]
    depth = np.zeros(volume.shape[2:0:-1], np.float32)
    spine = np.zeros(volume.shape[2], np.float32)
    middle = volume.shape[0] // 2
    near = slice(middle - int(40 / steps_mm[0]), middle + int(40 / steps_mm[0]))
    for row in range(volume.shape[2]):
        hounsfield = volume[:, :, row] * (slope or 1.0) + intercept
        inside = _largest_region(hounsfield > -400)
        depth[row] = ((np.clip(hounsfield, -1000, 80) / 1000 + 1) * inside).sum(axis=0) * steps_mm[0]
        bone = (hounsfield[near] > 220).sum(axis=0).astype(np.float32)
        bone[: len(bone) // 2] = 0  # sternum and ribs in front
        spine[row] = (bone * np.arange(len(bone))).sum() / bone.sum() if bone.sum() > 20 else np.nan
    known = np.isfinite(spine)
    spine = np.interp(np.arange(len(spine)), np.flatnonzero(known), spine[known])
    size = (round(depth.shape[1] * steps_mm[1] / pixel_mm), round(depth.shape[0] * steps_mm[2] / pixel_mm))
    depth = cv2.resize(depth, size, interpolation=cv2.INTER_AREA)
    spine = np.interp(np.linspace(0, len(spine) - 1, size[1]), np.arange(len(spine)), spine)
    # The body's centre lies about 18 mm before the centre of all vertebral bone.
    spine_column = (spine * steps_mm[1] - 18) / pixel_mm
    smooth = np.convolve(np.pad(spine_column, 15, mode="edge"), np.ones(31) / 31, mode="valid")
    return SoftTissueMap(depth, pixel_mm, smooth.astype(np.float32), level, level_share * size[1])


def _largest_region(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The largest connected region with its holes filled: the body without table and blanket."""
    opened = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
    contours, _ = cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = np.zeros(mask.shape, np.uint8)
    if contours:
        cv2.drawContours(filled, [max(contours, key=cv2.contourArea)], -1, 1, -1)
    return filled > 0


NAMED_CERVICAL = {-1: "C6", 0: "C7"}
ATTACHED_TO = {VertebraLevel.T4: ("scapula", "humerus", "clavicle", "manubrium")}


def load_anatomy(folder: Path) -> Anatomy:
    """Anatomy from a folder with ``bodyparts3d/*.obj`` (BodyParts3D surfaces in mm, z cranial, y posterior)."""
    source = folder / "bodyparts3d"
    names = NAMED_CERVICAL | {int(level): level.label for level in REGULAR_LEVELS}
    meshes = {key: load_obj(source / f"vertebra_{name}.obj") for key, name in names.items()}
    frames = {key: _own_frame(mesh, body_outline(mesh)) for key, mesh in meshes.items()}
    vertebrae = {key: build_vertebra(mesh) for key, mesh in meshes.items()}
    sacrum_mesh = load_obj(source / "sacrum.obj")
    sacrum_outline = sacral_outline(sacrum_mesh)
    frames[VertebraLevel.S1] = _own_frame(sacrum_mesh, sacrum_outline)

    others: dict[int, list[Path]] = {int(VertebraLevel.S1): sorted(source.glob("*_hip_bone.obj"))}
    for level in REGULAR_LEVELS[:12]:
        others[level] = sorted(source.glob(f"rib_*_{int(level):02d}.obj"))
    for part in ATTACHED_TO[VertebraLevel.T4]:
        others[VertebraLevel.T4] += sorted(source.glob(f"*{part}.obj"))
    attached = {
        level: tuple(render(load_obj(path).moved(*frames[level]), cortex_mm=1.2) for path in paths)
        for level, paths in others.items()
    }
    skeleton = [
        *meshes.values(),
        sacrum_mesh,
        *(load_obj(path) for paths in others.values() for path in paths),
    ]
    return Anatomy(
        vertebrae,
        attached,
        build_vertebra(sacrum_mesh, sacrum_outline),
        _frontal(skeleton),
        tuple(load_soft_tissue(folder / "ct" / name, *place) for name, place in TOMOGRAMS.items()),
        "BodyParts3D, (c) The Database Center for Life Science licensed under "
        "CC Attribution-Share Alike 2.1 Japan; CT: TCIA collections LIDC-IDRI, TCGA-OV and CPTAC-PDA, CC BY 3.0",
    )


def _frontal(meshes: Sequence[Mesh]) -> BoneMap:
    """Frontal projection of several bones, around the middle of the first."""
    turned = [Mesh(mesh.vertices[:, [1, 0, 2]], mesh.faces) for mesh in meshes]
    vertices = np.concatenate([mesh.vertices for mesh in turned])
    origin = (float(vertices[:, 1].min()), float(-vertices[:, 2].max()))
    size = np.array([np.ptp(vertices[:, 2]), np.ptp(vertices[:, 1])])
    shape = tuple(np.ceil(size / MAP_PIXEL_MM).astype(int) + 1)
    bone = np.zeros(shape, np.float32)
    core = np.zeros(shape, np.float32)
    for mesh in turned:
        bone += ray_thickness(mesh, origin, shape, MAP_PIXEL_MM)
        core += ray_thickness(mesh.shrunk(CORTEX_MM), origin, shape, MAP_PIXEL_MM)
    return BoneMap(np.stack([bone, np.clip(bone - core, 0, bone)]), origin, MAP_PIXEL_MM)
