"""Bones as the simulator needs them: lateral thickness maps in each vertebra's own frame, and true outlines.

A lateral film integrates along the left-right axis. A deformation within the sagittal plane (wedge,
biconcave, crush) therefore commutes with the projection: one thickness map of the intact bone can be warped
in two dimensions into every fracture, which is what makes thousands of films affordable.

The own frame of a vertebra: origin at the centre of its body, x posterior, y caudal, mm, endplates level.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from vcf_desktop.geometry import measure_heights, six_points, vertebral_depth
from vcf_desktop.simulation.meshes import Mesh, load_obj, ray_thickness, rotation
from vcf_desktop.simulation.tomograms import TOMOGRAMS, SoftTissueMap, load_soft_tissue
from vcf_desktop.spine import REGULAR_LEVELS, VertebraLevel

MAP_PIXEL_MM = 0.4
CORTEX_MM = 0.7
"""Cortical shell of a vertebral body; 0.6 to 0.8 mm looked right (morphometry.md)."""
THICK_CORTEX_MM = 1.2
"""Cortical shell of the pelvis."""
RIB_CORTEX_MM = 0.7
"""Cortical shell of ribs, breastbone and shoulder blades (Mohr et al., J Biomech 2007;40:3381)."""
SHAFT_CORTEX_MM = 3.0
"""Cortical shell of the upper arm."""
POSES_DEG = ((0.0, 0.0), (5.0, 3.0), (-6.0, -3.0), (10.0, 5.0), (-9.0, 6.0), (3.0, -8.0), (14.0, 0.0))
"""(yaw, roll) at which each vertebra is rendered: scoliosis and obliquity show as double contours."""
SUPERIOR = np.array([0.0, -1.0])
ANTERIOR = np.array([-1.0, 0.0])
S1_HEIGHT_MM = 27.0
"""Height of the first sacral segment's body (its lower border is a remnant disc)."""
STRIPS = 2
"""Parts of a map that are drawn one by one: more of them cost more than they save."""
C6 = -1
"""Key of the vertebra above C7, which has no level of its own."""
CERVICAL = {C6: "C6", int(VertebraLevel.C7): "C7"}
"""Vertebrae that are seen and never labelled."""
ON_T4 = ("clavicle", "manubrium")
"""Bones beside the ribs that hang on T4."""


@dataclass(frozen=True, eq=False)
class BoneMap:
    """Lateral projection of one bone.

    Attributes:
        thickness: (2, H, W) float32, mm of bone and mm of cortical shell along the ray.
        origin_xy: position of the outer corner of the first pixel in the own frame, mm.
        pixel_mm: size of a pixel.
        side_mm: how far to the right of the midline the bone lies on the whole.
    """

    thickness: NDArray[np.float32]
    origin_xy: tuple[float, float]
    pixel_mm: float
    side_mm: float = 0.0

    @cached_property
    def halved(self) -> BoneMap:
        """The map at twice the pixel size, for films too coarse to sample this one."""
        size = (self.thickness.shape[2] // 2, self.thickness.shape[1] // 2)
        crop = self.thickness[:, : size[1] * 2, : size[0] * 2]
        small = np.stack([cv2.resize(layer, size, interpolation=cv2.INTER_AREA) for layer in crop])
        return BoneMap(small, self.origin_xy, self.pixel_mm * 2, self.side_mm)

    @cached_property
    def strips(self) -> tuple[BoneMap, ...]:
        """The map cut from top to bottom, each part no taller than what it holds.

        A rib runs aslant and leaves most of its map empty. Each part has an empty pixel all
        around, so that bilinear interpolation of the parts adds up to that of the whole.
        """
        left, top = self.origin_xy
        parts = []
        for columns in np.array_split(np.arange(self.thickness.shape[2]), STRIPS):
            first, last = columns[0], columns[-1] + 1
            rows = np.flatnonzero(self.thickness[0, :, first:last].any(axis=1))
            if len(rows):
                held = np.pad(self.thickness[:, rows[0] : rows[-1] + 1, first:last], ((0, 0), (1, 1), (1, 1)))
                origin = (left + (first - 1) * self.pixel_mm, top + (rows[0] - 1) * self.pixel_mm)
                parts.append(replace(self, thickness=held, origin_xy=origin))
        return tuple(parts)

    def for_pixels(self, pixel_mm: float) -> BoneMap:
        """The map at the coarsest size that still resolves pixels of ``pixel_mm`` in its own frame."""
        return self if self.pixel_mm >= 0.6 * pixel_mm else self.halved.for_pixels(pixel_mm)


@dataclass(frozen=True, eq=False)
class Vertebra:
    """One intact vertebra in its own frame: a map per pose, and the body's outline and six points in mm."""

    poses: tuple[BoneMap, ...]
    outline_xy: NDArray[np.float64]
    points_xy: NDArray[np.float64]

    @cached_property
    def depth_mm(self) -> float:
        """Mean length of the endplates."""
        return vertebral_depth(self.points_xy)

    @cached_property
    def posterior_height_mm(self) -> float:
        """Height of the body at the back."""
        return measure_heights(self.points_xy).posterior


@dataclass(frozen=True, eq=False)
class Shoulder:
    """One shoulder, which moves with the arm.

    Attributes:
        blade: the shoulder blade in the own frame of T4, None where the anatomy has none.
        arm: the bone of the upper arm: origin at the joint, shaft along y.
        joint_xy: the joint in the own frame of T4, mm.
    """

    blade: BoneMap | None
    arm: BoneMap
    joint_xy: NDArray[np.float64]


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
        shoulders: shoulder blades and upper arms; may be empty.
    """

    vertebrae: dict[int, Vertebra]
    attached: dict[int, tuple[BoneMap, ...]]
    sacrum: Vertebra
    frontal: BoneMap | None
    soft_tissues: tuple[SoftTissueMap, ...]
    attribution: str
    shoulders: tuple[Shoulder, ...] = ()


def render(mesh: Mesh, pixel_mm: float = MAP_PIXEL_MM, cortex_mm: float = CORTEX_MM) -> BoneMap:
    """Map of a bone in the frame of its mesh."""
    low = np.array([mesh.vertices[:, 1].min(), -mesh.vertices[:, 2].max()]) - 2.0
    high = np.array([mesh.vertices[:, 1].max(), -mesh.vertices[:, 2].min()]) + 2.0
    width, height = np.ceil((high - low) / pixel_mm).astype(int)
    origin = (float(low[0]), float(low[1]))
    bone = ray_thickness(mesh, origin, (height, width), pixel_mm)
    core = ray_thickness(mesh.shrunk(cortex_mm), origin, (height, width), pixel_mm)
    layers = np.stack([bone, np.clip(bone - core, 0, bone)])
    return BoneMap(layers, origin, pixel_mm, float(mesh.vertices[:, 0].mean()))


def build_shoulder(arm: Mesh, blade: Mesh | None, pixel_mm: float = MAP_PIXEL_MM) -> Shoulder:
    """A shoulder from an upper arm and a shoulder blade that lie in the own frame of T4, the arm hanging."""
    cranial = arm.vertices[:, 2]
    head = arm.vertices[cranial > cranial.max() - 40].mean(axis=0)
    elbow = arm.vertices[cranial < cranial.min() + 30].mean(axis=0)
    upright = rotation(0, 0, float(np.degrees(np.arctan2(head[1] - elbow[1], head[2] - elbow[2]))))
    pivot = np.array([0.0, head[1], head[2]])
    return Shoulder(
        None if blade is None else render(blade, pixel_mm, RIB_CORTEX_MM),
        render(arm.moved(upright, -upright @ pivot), pixel_mm, SHAFT_CORTEX_MM),
        np.array([head[1], -head[2]]),
    )


def frontal_map(meshes: Sequence[Mesh], pixel_mm: float = MAP_PIXEL_MM) -> BoneMap:
    """Frontal projection of several bones that lie in one frame."""
    turned = [Mesh(mesh.vertices[:, [1, 0, 2]], mesh.faces) for mesh in meshes]
    vertices = np.concatenate([mesh.vertices for mesh in turned])
    origin = (float(vertices[:, 1].min()), float(-vertices[:, 2].max()))
    width, height = np.ceil(np.ptp(vertices[:, 1:], axis=0) / pixel_mm).astype(int) + 1
    bone = np.zeros((height, width), np.float32)
    core = np.zeros((height, width), np.float32)
    for mesh in turned:
        bone += ray_thickness(mesh, origin, bone.shape, pixel_mm)
        core += ray_thickness(mesh.shrunk(CORTEX_MM), origin, bone.shape, pixel_mm)
    return BoneMap(np.stack([bone, np.clip(bone - core, 0, bone)]), origin, pixel_mm)


def body_outline(mesh: Mesh, angles: int = 180) -> NDArray[np.float64]:
    """(angles, 2) sagittal outline of the vertebral body at the mesh's own position: x posterior, y caudal.

    The median over slices near the midline: there the canal separates the body from the arch, and readers
    place the endplate between its rim and its lowest point.
    """
    middle = (mesh.vertices[:, 0].min() + mesh.vertices[:, 0].max()) / 2
    sections = [mesh.section(middle + offset) for offset in (-6.0, -4.0, -2.0, 0.0, 2.0, 4.0, 6.0)]
    front = min(float(section[..., 0].min()) for section in sections)
    probe = np.concatenate(sections).reshape(-1, 2)
    near_front = probe[probe[:, 0] < front + 12]
    centre = np.array([front + 13.0, (near_front[:, 1].min() + near_front[:, 1].max()) / 2])
    theta = np.arange(angles) * 2 * np.pi / angles
    rays = np.column_stack([np.cos(theta), np.sin(theta)])
    for _ in range(3):  # the first centre is a guess; the outline's own centre is better
        radii = np.median([_first_crossing(section, centre, rays) for section in sections], axis=0)
        outline = centre + radii[:, None] * rays
        centre = outline.mean(axis=0)
    return np.asarray(outline)


def _first_crossing(
    segments: NDArray[np.float64], centre: NDArray[np.float64], rays: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Distance (A,) from ``centre`` to the nearest of ``segments`` (S, 2, 2) along unit ``rays`` (A, 2)."""
    ray = rays[:, None]  # (A, 1, 2)
    start, step = segments[None, :, 0] - centre, (segments[:, 1] - segments[:, 0])[None]
    cross = ray[..., 0] * step[..., 1] - ray[..., 1] * step[..., 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        distance = (start[..., 0] * step[..., 1] - start[..., 1] * step[..., 0]) / cross
        share = (start[..., 0] * ray[..., 1] - start[..., 1] * ray[..., 0]) / cross
    hit = (share >= -1e-9) & (share <= 1 + 1e-9) & (distance > 2.0)
    return np.asarray(np.where(hit, distance, 60.0).min(axis=1))


def sacral_outline(mesh: Mesh) -> NDArray[np.float64]:
    """Outline of the first sacral segment's body: the part of the midline section under the endplate."""
    section = np.concatenate([mesh.section(offset) for offset in (-3.0, 0.0, 3.0)]).reshape(-1, 2)
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


def own_frame(mesh: Mesh, outline_xy: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Matrix and offset that bring a mesh into the own frame of the vertebra with this outline."""
    points = six_points(outline_xy, SUPERIOR, ANTERIOR)
    backwards = (points[2] + points[5] - points[0] - points[3]) / 2
    angle = np.degrees(np.arctan2(backwards[1], backwards[0]))
    centre_xy = points[[0, 2, 3, 5]].mean(axis=0)
    matrix = rotation(0, 0, angle)
    middle = (mesh.vertices[:, 0].min() + mesh.vertices[:, 0].max()) / 2
    return matrix, -matrix @ np.array([middle, centre_xy[0], -centre_xy[1]])


def build_vertebra(
    mesh: Mesh,
    outline_xy: NDArray[np.float64] | None = None,
    poses_deg: Sequence[tuple[float, float]] = POSES_DEG,
    pixel_mm: float = MAP_PIXEL_MM,
) -> Vertebra:
    """Maps, outline and points of a vertebra given by its surface in any upright position."""
    outline_xy = body_outline(mesh) if outline_xy is None else outline_xy
    matrix, offset = own_frame(mesh, outline_xy)
    own = mesh.moved(matrix, offset)
    as_points = np.column_stack([np.zeros(len(outline_xy)), outline_xy[:, 0], -outline_xy[:, 1]])
    outline = as_points @ matrix.T + offset
    outline = np.column_stack([outline[:, 1], -outline[:, 2]])
    poses = tuple(render(own.moved(rotation(*pose), np.zeros(3)), pixel_mm) for pose in poses_deg)
    return Vertebra(poses, outline, six_points(outline, SUPERIOR, ANTERIOR))


def load_anatomy(folder: Path) -> Anatomy:
    """Anatomy from a folder with ``bodyparts3d/*.obj`` (BodyParts3D surfaces in mm, z cranial, y posterior).

    ``ct`` beside it holds the files of :data:`TOMOGRAMS`.

    Raises:
        VcfError: a file is missing or cannot be read.
    """
    source = folder / "bodyparts3d"
    names = CERVICAL | {int(level): level.label for level in REGULAR_LEVELS}
    meshes = {key: load_obj(source / f"vertebra_{name}.obj") for key, name in names.items()}
    sacrum = load_obj(source / "sacrum.obj")
    sacrum_outline = sacral_outline(sacrum)
    frames = {key: own_frame(mesh, body_outline(mesh)) for key, mesh in meshes.items()}
    frames[VertebraLevel.S1] = own_frame(sacrum, sacrum_outline)
    others = {
        level: [load_obj(path) for pattern in patterns for path in sorted(source.glob(pattern))]
        for level, patterns in _attached_files().items()
    }
    attached = {
        level: tuple(
            render(
                mesh.moved(*frames[level]),
                cortex_mm=THICK_CORTEX_MM if level == VertebraLevel.S1 else RIB_CORTEX_MM,
            )
            for mesh in bones
        )
        for level, bones in others.items()
    }
    blades, arms = (
        [load_obj(path).moved(*frames[VertebraLevel.T4]) for path in sorted(source.glob(f"*_{part}.obj"))]
        for part in ("scapula", "humerus")
    )
    return Anatomy(
        {key: build_vertebra(mesh) for key, mesh in meshes.items()},
        attached,
        build_vertebra(sacrum, sacrum_outline),
        frontal_map([*meshes.values(), sacrum, *(mesh for bones in others.values() for mesh in bones)]),
        tuple(load_soft_tissue(folder / "ct" / name, *place) for name, place in TOMOGRAMS.items()),
        "BodyParts3D, (c) The Database Center for Life Science licensed under "
        "CC Attribution-Share Alike 2.1 Japan; "
        "CT: TCIA collections LIDC-IDRI, TCGA-OV and CPTAC-PDA, CC BY 3.0",
        tuple(build_shoulder(arm, blade) for arm, blade in zip(arms, blades, strict=True)),
    )


def _attached_files() -> dict[int, list[str]]:
    """File patterns of the bones that hang on a vertebra, by its level."""
    files = {int(VertebraLevel.S1): ["*_hip_bone.obj"]}
    files |= {int(level): [f"rib_*_{int(level):02d}.obj"] for level in REGULAR_LEVELS[:12]}
    files[VertebraLevel.T4] += [f"*{part}.obj" for part in ON_T4]
    return files
