"""A skeleton made of formulas, so that the simulator runs without the surfaces of a real person.

Every bone is one or more closed surfaces through a stack of rings. Coordinates are mm as in
:class:`.meshes.Mesh` (right, posterior, cranial), relative to the centre of the vertebral body that a bone
belongs to, endplates level. Shapes are plain on purpose: what a film needs of them is that the endplates,
the walls and the arch stand where those of a person would.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vcf_desktop.grading import level_norm
from vcf_desktop.simulation.anatomy import (
    MAP_PIXEL_MM,
    POSES_DEG,
    THICK_CORTEX_MM,
    Anatomy,
    body_outline,
    build_shoulder,
    build_vertebra,
    frontal_map,
    own_frame,
    render,
    sacral_outline,
)
from vcf_desktop.simulation.meshes import Mesh, rotation
from vcf_desktop.simulation.person import DISC_TO_HEIGHT, TILT_DEG, mean_posterior_height_mm
from vcf_desktop.spine import REGULAR_LEVELS, VertebraLevel

_DEPTH_WIDTH_MM = {
    -1: (16.5, 26), 0: (17.5, 27), 1: (18.5, 25), 2: (19.8, 25), 3: (22.4, 25), 4: (23.9, 25),
    5: (25.0, 25), 6: (26.5, 26), 7: (28.0, 28), 8: (28.6, 30), 9: (30.2, 31), 10: (31.0, 32),
    11: (31.9, 35), 12: (33.1, 39), 14: (34.7, 41), 15: (34.8, 43), 16: (35.0, 44), 17: (34.7, 47),
    18: (34.0, 49),
}  # fmt: skip
BODY_MM = {level: (mean_posterior_height_mm(level), *sides) for level, sides in _DEPTH_WIDTH_MM.items()}
"""Posterior height, depth and width of a body by level. Depth from T4 on: Panjabi 1991, 1992 (morphometry.md,
table B, mean of both endplates); the rest goes on from there as in ordinary people."""

SPINOUS_DROP_DEG = ((-1, 1, 5, 8, 11, 12, 14, 18), (28, 32, 54, 58, 38, 24, 14, 12))
"""Inclination of the spinous process below the endplates, at some levels."""

RIB_MM = {
    1: (50, 87, 20), 2: (75, 141, 35), 3: (92, 166, 50), 4: (105, 190, 62), 5: (113, 200, 88),
    6: (120, 198, 115), 7: (126, 180, 140), 8: (130, 155, 150), 9: (130, 130, 150), 10: (124, 105, 145),
    11: (112, 80, 118), 12: (80, 55, 78),
}  # fmt: skip
"""Farthest from the midline, run to the front and drop of a rib, by the level of its vertebra."""

_RING = np.arange(24) * 2 * np.pi / 24
_RINGS_A_STRETCH = 6
_UP = (0.0, 0.0, 1.0)
_BACK = (0.0, 1.0, 0.0)


def parametric_anatomy(
    poses_deg: Sequence[tuple[float, float]] = POSES_DEG, pixel_mm: float = MAP_PIXEL_MM
) -> Anatomy:
    """The built-in skeleton: C6 to L5, sacrum, ribs, upper arms and hips; no soft tissue of its own.

    Args:
        poses_deg: (yaw, roll) at which each vertebra is rendered.
        pixel_mm: pixel size of the maps; coarse ones are quick.
    """
    meshes = {level: vertebra_mesh(level) for level in BODY_MM}
    sacrum = sacrum_mesh()
    outlines = {level: body_outline(mesh) for level, mesh in meshes.items()}
    outlines[VertebraLevel.S1] = sacral_outline(sacrum)
    bones = _attached_bones()
    arms = [arm_mesh(), mirrored(arm_mesh())]
    with_arms = bones | {int(VertebraLevel.T4): [*bones[VertebraLevel.T4], *arms]}
    shoulder_frame = own_frame(meshes[VertebraLevel.T4], outlines[VertebraLevel.T4])
    attached = {
        level: tuple(
            render(mesh.moved(*own_frame(parent, outlines[level])), pixel_mm, THICK_CORTEX_MM)
            for mesh in bones[level]
        )
        for level, parent in (meshes | {int(VertebraLevel.S1): sacrum}).items()
        if level in bones
    }
    return Anatomy(
        {level: build_vertebra(mesh, outlines[level], poses_deg, pixel_mm) for level, mesh in meshes.items()},
        attached,
        build_vertebra(sacrum, outlines[VertebraLevel.S1], poses_deg, pixel_mm),
        # A film of the wrong view needs no sharpness.
        frontal_map(standing(meshes, sacrum, with_arms), 2 * pixel_mm),
        (),
        "built-in parametric skeleton, sized after Panjabi et al., Spine 1991;16:888 and 1992;17:299",
        tuple(build_shoulder(arm.moved(*shoulder_frame), None, pixel_mm) for arm in arms),
    )


def loft(rings: NDArray[np.float64]) -> Mesh:
    """Closed surface, faces turned outwards, through ``rings`` (R, N, 3); the ends are closed flat."""
    count, around = rings.shape[:2]
    vertices = np.concatenate([rings.reshape(-1, 3), rings[[0, -1]].mean(axis=1)])
    here = np.arange(around)
    following = (here + 1) % around
    first_end, last_end = count * around, count * around + 1
    last = (count - 1) * around
    faces = [
        np.column_stack([np.full(around, first_end), following, here]),
        np.column_stack([np.full(around, last_end), last + here, last + following]),
    ]
    for ring in np.arange(count - 1) * around:
        above = ring + around
        faces.append(np.column_stack([ring + here, ring + following, above + following]))
        faces.append(np.column_stack([ring + here, above + following, above + here]))
    indices = np.concatenate(faces)
    corners = vertices[indices]
    volume = np.einsum("ij,ij->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2]))
    return Mesh(vertices, indices if volume > 0 else indices[:, ::-1])


def tube(path: ArrayLike, width_mm: ArrayLike, height_mm: ArrayLike, up: ArrayLike = _UP) -> Mesh:
    """Elliptic tube along ``path`` (P, 3) with rounded ends.

    Args:
        width_mm, height_mm: (P,) or one number; the height lies along ``up`` as far as the path lets it.
    """
    knots = np.asarray(path, dtype=np.float64)
    # Several rings a stretch to round off the ends; the path keeps its bends, which other bone hides.
    at = np.linspace(0, len(knots) - 1, _RINGS_A_STRETCH * (len(knots) - 1) + 1)
    centres, sizes = (
        np.column_stack([np.interp(at, np.arange(len(knots)), column) for column in columns])
        for columns in (
            knots.T,
            [
                np.broadcast_to(np.asarray(size, dtype=np.float64), len(knots))
                for size in (width_mm, height_mm)
            ],
        )
    )
    along = np.gradient(centres, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    side = np.cross(along, np.asarray(up, dtype=np.float64))
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    over = np.cross(side, along)
    to_end = np.minimum(np.arange(len(at)), np.arange(len(at))[::-1])
    sizes *= np.sqrt(1 - (1 - np.minimum(0.2 + to_end / 2, 1)) ** 2)[:, None] / 2
    return loft(
        centres[:, None]
        + np.cos(_RING)[:, None] * (sizes[:, :1] * side)[:, None]
        + np.sin(_RING)[:, None] * (sizes[:, 1:] * over)[:, None]
    )


def joined(meshes: Sequence[Mesh]) -> Mesh:
    """Several surfaces as one mesh; where they overlap, a ray counts the bone twice."""
    starts = np.cumsum([0, *(len(mesh.vertices) for mesh in meshes[:-1])])
    return Mesh(
        np.concatenate([mesh.vertices for mesh in meshes]),
        np.concatenate([mesh.faces + start for mesh, start in zip(meshes, starts, strict=True)]),
    )


def mirrored(mesh: Mesh) -> Mesh:
    """The same bone of the other side."""
    return Mesh(mesh.vertices * [-1, 1, 1], mesh.faces[:, ::-1])


def body_mesh(level: int) -> Mesh:
    """Vertebral body: superelliptic sections, a waist, rims around slightly hollow endplates."""
    height, depth, width = BODY_MM[level]
    # From the centre of the lower endplate over its rim, up the wall and in again: radius, height.
    lower = [(0.02, -0.455), (0.4, -0.46), (0.75, -0.475), (0.9, -0.495), (0.96, -0.5), (1.0, -0.47)]
    wall = [(0.97, -0.36), (0.925, -0.18), (0.91, 0.0), (0.925, 0.18), (0.97, 0.36)]
    profile = np.array(lower + wall + [(radius, -share) for radius, share in reversed(lower)])
    right, back = (np.sign(f(_RING)) * np.abs(f(_RING)) ** (2 / 2.5) for f in (np.cos, np.sin))
    # The wall towards the canal is hollow from side to side.
    back = back + 0.22 * np.clip(np.sin(_RING), 0, None) * right**2
    rings = np.empty((len(profile), len(_RING), 3))
    rings[..., 0] = profile[:, :1] * right * width / 2
    rings[..., 1] = profile[:, :1] * back * depth / 2
    # The front is lower or higher than the back, by the level's mean.
    wedge = level_norm(VertebraLevel(max(level, VertebraLevel.C7))).wedge
    slope = 1 + (wedge - 1) * (0.5 - rings[..., 1] / depth)
    rings[..., 2] = profile[:, 1:] * slope * height
    return loft(rings)


def vertebra_mesh(level: int) -> Mesh:
    """A whole vertebra: body, pedicles, articular and transverse processes, laminae, spinous process."""
    height, depth, width = BODY_MM[level]
    lumbar = float(np.clip((level - 10) / 5, 0, 1))
    wall, pedicle = depth / 2, 0.3 * width + 3.5
    drop = np.radians(np.interp(level, *SPINOUS_DROP_DEG))
    reach = 0.75 * height + 14 + 8 * (1 - lumbar)
    root = np.array([0.0, wall + 20, -0.1 * height])
    tip = root + reach * np.array([0.0, np.cos(drop), -np.sin(drop)])
    spinous = tube(
        [root, (root + tip) / 2, tip], 6.0, np.array([0.75, 0.65, 0.5]) * height * (0.7 + 0.5 * lumbar)
    )
    half_arch = [
        tube([(pedicle, 0.42 * depth, 0.2 * height), (pedicle, wall + 11, 0.2 * height)],
             6 + 3 * lumbar, 0.5 * height),
        tube([(pedicle, wall + 8, 0.5 * height + 6), (pedicle, wall + 11, 0.2 * height),
              (0.95 * pedicle, wall + 15, -0.2 * height), (0.85 * pedicle, wall + 17, -0.5 * height - 6)],
             [7, 9, 9, 7], [5, 9, 8, 5], _BACK),
        tube([(0.9 * pedicle, wall + 14, -0.05 * height), (1.5, wall + 23, -0.15 * height)],
             5.0, [0.7 * height, 0.8 * height]),
        tube([(pedicle, wall + 10, 0.12 * height),
              (width / 2 + 12, wall + 18 - 8 * lumbar, (0.4 - 0.3 * lumbar) * height)],
             [8, 4], [11, 6]),
    ]  # fmt: skip
    return joined([body_mesh(level), spinous, *half_arch, *(mirrored(part) for part in half_arch)])


def sacrum_mesh() -> Mesh:
    """The sacrum with the endplate of S1 level, so that it curves backwards and forwards again."""
    posterior = np.array([0.0, 0.3, 4.0, 17.0, 24.0, 23.0, 12.0, -6.0])
    cranial = np.array([13.5, 8.0, -10.0, -28.0, -46.0, -72.0, -95.0, -112.0])
    column = np.column_stack([np.zeros(8), posterior, cranial])
    bodies = tube(column, [48, 48, 42, 38, 33, 28, 22, 12], [32, 30, 24, 20, 17, 13, 10, 7], _BACK)
    crest = tube(column[2:6] + np.array([0.0, 17.0, 6.0]), [12, 11, 10, 8], [10, 12, 11, 8], _BACK)
    wing = tube([(18, 6, 0), (34, 14, -12), (50, 22, -24)], [26, 30, 20], [24, 36, 36])
    return joined([bodies, crest, wing, mirrored(wing)])


def rib_mesh(level: int) -> Mesh:
    """The right rib of a thoracic vertebra."""
    height, depth, _ = BODY_MM[level]
    across, forward, drop = RIB_MM[level]
    along = np.linspace(0, 1, 9)
    floating = level > VertebraLevel.T10
    path = np.column_stack(
        [
            11 + (across - 11) * np.sin(np.pi * (0.5 if floating else 0.85) * along),
            0.4 * depth + 46 * np.sin(np.pi * np.minimum(along / 0.55, 1)) - forward * along**1.4,
            0.4 * height - drop * along**1.3,
        ]
    )
    return tube(path, np.linspace(8, 6, 9), np.linspace(10, 13, 9))


def hip_mesh() -> Mesh:
    """The right hip in the frame of S1: a wing flaring outwards, the socket, pubis and ischium."""
    rim = np.array([(-76, 38), (-40, 52), (15, 56), (52, 42), (56, 8), (40, -26), (5, -16), (-40, -22),
                    (-78, -48), (-88, -10)])  # fmt: skip
    spread = np.arange(40) / 4
    rim = np.column_stack([np.interp(spread, np.arange(11), [*side, side[0]]) for side in rim.T])
    flare = 72 + 0.45 * rim[:, 1] - 0.25 * rim[:, 0]
    wing = loft(np.stack([np.column_stack([flare + offset, rim]) for offset in (-5.0, 5.0)]))
    crest = tube([(110, -76, 38), (106, -40, 52), (94, 15, 56), (78, 52, 42)], 13, 11)
    socket = tube([(68, -86, -44), (84, -86, -46), (100, -86, -48)], [44, 54, 46], [44, 54, 46])
    pubis = tube([(80, -104, -56), (45, -122, -72), (10, -120, -92)], [18, 12, 14], [18, 14, 26])
    ischium = tube([(76, -74, -70), (66, -58, -106), (48, -72, -126), (14, -112, -104)],
                   [24, 28, 18, 12], [26, 30, 16, 12], _BACK)  # fmt: skip
    return joined([wing, crest, socket, pubis, ischium])


def arm_mesh() -> Mesh:
    """The right upper arm in the frame of T4."""
    return tube(
        [
            (165, -12, 34),
            (170, -16, 8),
            (176, -28, -50),
            (182, -56, -180),
            (184, -76, -250),
            (184, -80, -275),
        ],
        [38, 46, 26, 23, 34, 50],
        [38, 46, 26, 23, 22, 24],
        _BACK,
    )


def _attached_bones() -> dict[int, list[Mesh]]:
    """Bones of both sides by the level of the vertebra that carries them."""
    right = {int(level): [rib_mesh(level)] for level in REGULAR_LEVELS[:12]}
    right[VertebraLevel.S1] = [hip_mesh()]
    return {
        level: [side for bone in bones for side in (bone, mirrored(bone))] for level, bones in right.items()
    }


def standing(meshes: dict[int, Mesh], sacrum: Mesh, bones: dict[int, list[Mesh]]) -> list[Mesh]:
    """The whole skeleton upright in one frame, from the sacrum upwards; a frontal film hides the curves."""
    # The sacrum's endplate lies so far above the middle of its first segment.
    top = 13.5
    upright = rotation(0, 0, -TILT_DEG[VertebraLevel.S1])
    skeleton = [part.moved(upright, np.zeros(3)) for part in (sacrum, *bones[VertebraLevel.S1])]
    for level in sorted(meshes, reverse=True):
        height = BODY_MM[level][0]
        top += DISC_TO_HEIGHT[level] * height
        upright = rotation(0, 0, -TILT_DEG[level])
        place = np.array([0.0, 0.0, top + height / 2])
        skeleton += [part.moved(upright, place) for part in (meshes[level], *bones.get(level, ()))]
        top += height
    return skeleton
