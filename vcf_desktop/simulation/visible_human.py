"""An anatomy for judging only: the lumbar spine, sacrum and pelvis of the Visible Human Male.

Networks must never be trained on this person, so that they can be judged on bones that they have not seen.
His surfaces end at L1. The thorax above is the built-in skeleton at his size: it makes the films look like
films, and its levels are not judged (:data:`JUDGED_LEVELS`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from vcf_desktop.geometry import measure_heights
from vcf_desktop.simulation.anatomy import (
    MAP_PIXEL_MM,
    POSES_DEG,
    THICK_CORTEX_MM,
    Anatomy,
    Vertebra,
    body_outline,
    build_vertebra,
    own_frame,
    render,
    sacral_outline,
)
from vcf_desktop.simulation.meshes import Mesh, load_obj, rotation
from vcf_desktop.simulation.parametric import parametric_anatomy
from vcf_desktop.spine import VertebraLevel

JUDGED_LEVELS = range(VertebraLevel.L1, VertebraLevel.L5 + 1)
"""The levels whose bones are the Visible Human's."""

SACRAL_SLOPE_DEG = 36.0
"""Inclination of the sacral endplate of the surfaces, measured on their midline section. The outline of the
first segment is looked for on a sacrum whose endplate is level."""

_METRE_MM = 1000.0
_LUMBAR = tuple(VertebraLevel(level) for level in JUDGED_LEVELS)


def is_lumbar_anatomy(folder: Path) -> bool:
    """Whether ``folder`` holds these surfaces: they lie right in it and not in ``bodyparts3d``."""
    return (folder / "vertebra_L1.obj").is_file() and (folder / "pelvis.obj").is_file()


def load_lumbar_anatomy(
    folder: Path, poses_deg: Sequence[tuple[float, float]] = POSES_DEG, pixel_mm: float = MAP_PIXEL_MM
) -> Anatomy:
    """Anatomy from a folder with ``vertebra_L1.obj`` to ``vertebra_L5.obj``, ``vertebra_S1.obj`` (the whole
    sacrum) and ``pelvis.obj``, in metres, x anterior, y left, z cranial.

    Outlines are cut from the whole vertebrae, as those of every other anatomy are. The bodies that come with
    them as files of their own are plainer and not used: their outlines lie 1 mm off on average.

    Args:
        poses_deg, pixel_mm: as for :func:`.parametric_anatomy`.

    Raises:
        VcfError: a file is missing or cannot be read.
    """
    meshes = {level: _load(folder, f"vertebra_{level.label}") for level in _LUMBAR}
    level_out = rotation(0, 0, -SACRAL_SLOPE_DEG)
    sacrum, pelvis = (_load(folder, name).moved(level_out, np.zeros(3)) for name in ("vertebra_S1", "pelvis"))
    sacrum_outline = sacral_outline(sacrum)
    pelvis = pelvis.moved(*own_frame(sacrum, sacrum_outline))
    hips = tuple(render(_half(pelvis, side), pixel_mm, THICK_CORTEX_MM) for side in (1.0, -1.0))
    lumbar = {
        int(level): build_vertebra(mesh, body_outline(mesh), poses_deg, pixel_mm)
        for level, mesh in meshes.items()
    }
    builtin = parametric_anatomy(poses_deg, pixel_mm)
    size = _size(lumbar[VertebraLevel.L1]) / _size(builtin.vertebrae[VertebraLevel.L1])
    above = {
        level: _scaled(vertebra, size)
        for level, vertebra in builtin.vertebrae.items()
        if level < VertebraLevel.L1
    }
    return replace(
        builtin,
        vertebrae=above | lumbar,
        attached=builtin.attached | {int(VertebraLevel.S1): hips},
        sacrum=build_vertebra(sacrum, sacrum_outline, poses_deg, pixel_mm),
        frontal=None,
        attribution="L1 to S1 and pelvis: Visible Human Male, surfaces from "
        f"RemusR9/artisynth_lumbosacralSpineModel (BSD-3-Clause); above: {builtin.attribution}",
    )


def _load(folder: Path, name: str) -> Mesh:
    mesh = load_obj(folder / f"{name}.obj", _METRE_MM)
    # x anterior, y left, z cranial becomes right, posterior, cranial: a turn, so the faces stay outwards.
    return Mesh(mesh.vertices[:, [1, 0, 2]] * [-1.0, -1.0, 1.0], mesh.faces)


def _half(mesh: Mesh, side: float) -> Mesh:
    """The right (1) or left (-1) half of a mesh: the two hips are seen one beside the other.

    It is open where it was cut. That does no harm to :func:`.ray_thickness`, to which a cap in the plane
    from which depths are counted would add nothing.
    """
    faces = mesh.faces[mesh.vertices[mesh.faces, 0].mean(axis=1) * side > 0]
    used, places = np.unique(faces, return_inverse=True)
    return Mesh(mesh.vertices[used], places.reshape(faces.shape))


def _size(vertebra: Vertebra) -> float:
    """Geometric mean of the depth and the posterior height of a body, mm."""
    depth = np.linalg.norm(vertebra.points_xy[0] - vertebra.points_xy[2])
    return float(np.sqrt(depth * measure_heights(vertebra.points_xy).posterior))


def _scaled(vertebra: Vertebra, factor: float) -> Vertebra:
    """The vertebra of a person ``factor`` times as large."""
    poses = tuple(
        replace(
            bone,
            thickness=bone.thickness * np.float32(factor),
            origin_xy=(bone.origin_xy[0] * factor, bone.origin_xy[1] * factor),
            pixel_mm=bone.pixel_mm * factor,
            side_mm=bone.side_mm * factor,
        )
        for bone in vertebra.poses
    )
    return replace(
        vertebra, poses=poses, outline_xy=vertebra.outline_xy * factor, points_xy=vertebra.points_xy * factor
    )
