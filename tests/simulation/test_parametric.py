"""The built-in skeleton."""

from __future__ import annotations

import numpy as np
import pytest

from vcf_desktop.simulation.anatomy import Anatomy
from vcf_desktop.simulation.meshes import Mesh
from vcf_desktop.simulation.parametric import (
    BODY_MM,
    arm_mesh,
    body_mesh,
    hip_mesh,
    joined,
    loft,
    mirrored,
    rib_mesh,
    sacrum_mesh,
    standing,
    tube,
    vertebra_mesh,
)
from vcf_desktop.simulation.person import DISC_TO_HEIGHT
from vcf_desktop.spine import REGULAR_LEVELS, VertebraLevel

BONES = {
    "vertebra": vertebra_mesh(VertebraLevel.T7),
    "lumbar": vertebra_mesh(VertebraLevel.L5),
    "sacrum": sacrum_mesh(),
    "rib": rib_mesh(6),
    "last rib": rib_mesh(12),
    "hip": hip_mesh(),
    "arm": arm_mesh(),
}


def volume(mesh: Mesh) -> float:
    corners = mesh.vertices[mesh.faces]
    return float(np.einsum("ij,ij->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])) / 6)


@pytest.mark.parametrize("name", BONES)
def test_that_every_bone_is_closed_and_turned_outwards(name: str) -> None:
    mesh = BONES[name]
    edges = np.concatenate([mesh.faces[:, pair] for pair in ([0, 1], [1, 2], [2, 0])])
    # On a closed surface whose faces are all turned alike, each edge runs once there and once back.
    there, back = (np.sort(ends @ [len(mesh.vertices), 1]) for ends in (edges, edges[:, ::-1]))
    np.testing.assert_array_equal(there, back)
    assert len(np.unique(there)) == len(there)
    assert volume(mesh) > 0


def test_that_a_loft_through_circles_has_the_volume_of_a_cylinder() -> None:
    ring = np.arange(200) * 2 * np.pi / 200
    circles = [
        np.column_stack([5 * np.cos(ring), 5 * np.sin(ring), np.full(200, z)]) for z in (0.0, 3.0, 12.0)
    ]
    for rings in (circles, circles[::-1]):
        assert volume(loft(np.stack(rings))) == pytest.approx(np.pi * 25 * 12, rel=0.001)


def test_that_a_tube_is_as_wide_and_high_as_asked() -> None:
    mesh = tube([(0, 0, 0), (0, 30, 0), (0, 60, 0)], 8.0, [4.0, 12.0, 4.0])
    middle = np.abs(mesh.vertices[:, 1] - 30) < 0.1
    assert np.ptp(mesh.vertices[middle], axis=0) == pytest.approx([8.0, 0.0, 12.0], abs=0.01)
    assert np.ptp(mesh.vertices[:, 1]) == pytest.approx(60.0)


def test_that_a_mirrored_bone_lies_on_the_other_side_with_the_same_volume() -> None:
    right = rib_mesh(5)
    left = mirrored(right)
    assert right.vertices[:, 0].min() > 0
    assert left.vertices[:, 0].max() < 0
    assert volume(left) == pytest.approx(volume(right))
    assert volume(joined([left, right])) == pytest.approx(2 * volume(right))


@pytest.mark.parametrize("level", REGULAR_LEVELS)
def test_that_nothing_of_the_arch_fills_the_canal(level: VertebraLevel) -> None:
    _, depth, _ = BODY_MM[level]
    section = vertebra_mesh(level).section(0.01)
    canal = section[(section[..., 0].min(axis=1) > depth / 2 + 1) & (np.abs(section[..., 1]).max(axis=1) < 3)]
    assert canal[..., 0].min() > depth / 2 + 10


def test_that_the_skeleton_has_every_bone_of_a_film(anatomy: Anatomy) -> None:
    assert set(anatomy.vertebrae) == {-1, VertebraLevel.C7, *REGULAR_LEVELS}
    assert {level: len(bones) for level, bones in anatomy.attached.items()} == (
        dict.fromkeys(REGULAR_LEVELS[:12], 2) | {VertebraLevel.S1: 2}
    )
    right, left = (shoulder.arm.side_mm for shoulder in anatomy.shoulders)
    assert right == pytest.approx(-left)
    assert right > 150
    np.testing.assert_allclose(*(shoulder.joint_xy for shoulder in anatomy.shoulders), atol=1e-6)
    assert anatomy.frontal is not None
    assert anatomy.frontal.thickness.max() > 0
    assert anatomy.soft_tissues == ()


def test_that_poses_differ(anatomy: Anatomy) -> None:
    straight, turned = anatomy.vertebrae[VertebraLevel.L1].poses
    assert straight.thickness.shape != turned.thickness.shape
    assert straight.thickness[0].sum() == pytest.approx(turned.thickness[0].sum(), rel=0.03)


def test_that_bodies_grow_from_head_to_sacrum() -> None:
    volumes = np.array([volume(body_mesh(level)) for level in REGULAR_LEVELS])
    # L3 and L5 are a little lower than L2 and L4 (Panjabi 1992).
    assert (volumes[1:] > 0.97 * volumes[:-1]).all()
    assert volumes[-1] > 5 * volumes[0]


def test_that_the_standing_skeleton_stands_on_its_sacrum() -> None:
    """From the endplate of S1 to the top of C6: all bodies and the discs below them."""
    bodies = {level: body_mesh(level) for level in BODY_MM}
    sacrum, *upwards = standing(bodies, sacrum_mesh(), {VertebraLevel.S1: []})
    tops = [mesh.vertices[:, 2].max() for mesh in upwards]
    bottoms = [mesh.vertices[:, 2].min() for mesh in upwards]
    assert tops == sorted(tops)
    assert sacrum.vertices[:, 2].mean() < 0 < bottoms[0]
    discs = [DISC_TO_HEIGHT[level] * BODY_MM[level][0] for level in BODY_MM]
    height = sum(BODY_MM[level][0] for level in BODY_MM) + sum(discs) - discs[-1]
    # Inclined bodies reach a little beyond their height.
    assert tops[-1] - bottoms[0] == pytest.approx(height, abs=15)
