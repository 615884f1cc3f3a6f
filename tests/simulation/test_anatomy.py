"""Maps, outlines and frames of bones."""

from __future__ import annotations

import gzip
from pathlib import Path

import cv2
import numpy as np
import pytest

from vcf_desktop.errors import VcfError
from vcf_desktop.geometry import measure_heights, vertebral_depth
from vcf_desktop.grading import level_norm
from vcf_desktop.simulation import anatomy as anatomy_module
from vcf_desktop.simulation.anatomy import (
    CERVICAL,
    TOMOGRAMS,
    Anatomy,
    BoneMap,
    body_outline,
    build_shoulder,
    build_vertebra,
    frontal_map,
    load_anatomy,
    render,
)
from vcf_desktop.simulation.meshes import Mesh, rotation
from vcf_desktop.simulation.parametric import (
    BODY_MM,
    arm_mesh,
    body_mesh,
    hip_mesh,
    loft,
    rib_mesh,
    sacrum_mesh,
    vertebra_mesh,
)
from vcf_desktop.simulation.skeleton import draw_bone
from vcf_desktop.simulation.tomograms import SoftTissueMap
from vcf_desktop.spine import REGULAR_LEVELS, VertebraLevel


@pytest.mark.parametrize("level", [VertebraLevel.T1, VertebraLevel.T8, VertebraLevel.L4])
def test_that_an_outline_is_the_body_without_its_arch(level: VertebraLevel) -> None:
    height, depth, _ = BODY_MM[level]
    outline = body_outline(vertebra_mesh(level))
    assert np.ptp(outline[:, 0]) == pytest.approx(depth, rel=0.03)
    middle_back = np.abs(outline[:, 1]) < height / 4
    assert outline[middle_back, 0].max() < depth / 2


@pytest.mark.parametrize("pitch_deg", [-25.0, 0.0, 14.0])
def test_that_the_own_frame_does_not_depend_on_how_a_person_stood(pitch_deg: float) -> None:
    mesh = vertebra_mesh(VertebraLevel.T10)
    tilted = mesh.moved(rotation(0, 0, pitch_deg), np.array([5.0, -30.0, 800.0]))
    straight, found = (build_vertebra(m, poses_deg=((0.0, 0.0),), pixel_mm=1.0) for m in (mesh, tilted))
    np.testing.assert_allclose(found.points_xy, straight.points_xy, atol=0.5)
    # Rays of an outline start anywhere on it; its points must lie on the other one.
    other = straight.outline_xy.astype(np.float32)
    distances = [cv2.pointPolygonTest(other, tuple(map(float, p)), True) for p in found.outline_xy]
    assert np.abs(distances).max() < 0.6


@pytest.mark.parametrize("level", REGULAR_LEVELS)
def test_that_a_vertebra_has_the_size_of_its_level(anatomy: Anatomy, level: VertebraLevel) -> None:
    height, depth, _ = BODY_MM[level]
    points = anatomy.vertebrae[level].points_xy
    heights = measure_heights(points)
    assert heights.posterior == pytest.approx(height, rel=0.05)
    assert heights.anterior / heights.posterior == pytest.approx(level_norm(level).wedge, abs=0.02)
    assert 0.88 < heights.middle / heights.posterior < 1.05
    assert vertebral_depth(points) == pytest.approx(depth, rel=0.05)


def test_that_a_coarse_film_gets_the_coarsest_map_that_it_cannot_outresolve() -> None:
    bone = BoneMap(np.ones((2, 64, 64), np.float32), (0.0, 0.0), 0.4, 55.0)
    assert bone.for_pixels(0.0) is bone
    assert [bone.for_pixels(pixel).pixel_mm for pixel in (0.4, 0.8, 1.4, 2.9)] == [0.4, 0.8, 1.6, 3.2]
    assert bone.for_pixels(1.0).side_mm == 55.0
    assert bone.for_pixels(1.0) is bone.for_pixels(1.0)


@pytest.mark.parametrize("turn_deg", [0.0, 17.0, 90.0])
def test_that_the_strips_of_a_map_add_up_to_it_on_any_film(turn_deg: float) -> None:
    bone = render(rib_mesh(6), pixel_mm=1.0)
    c, s = 1.3 * np.cos(np.radians(turn_deg)), 1.3 * np.sin(np.radians(turn_deg))
    own_to_film = np.array([[c, -s, 250.0], [s, c, 150.0]])
    whole, parts = np.zeros((2, 2, 400, 420), np.float32)
    draw_bone(whole, bone, own_to_film)
    for strip in bone.strips:
        draw_bone(parts, strip, own_to_film)
    np.testing.assert_allclose(parts, whole, atol=2e-3)
    assert whole.max() > 5
    assert sum(strip.thickness.size for strip in bone.strips) < 0.8 * bone.thickness.size


def test_that_an_empty_map_has_no_strips() -> None:
    assert BoneMap(np.zeros((2, 20, 20), np.float32), (0.0, 0.0), 1.0).strips == ()


def test_that_a_map_holds_the_volume_of_its_bone() -> None:
    ring, latitude = np.arange(256) * 2 * np.pi / 256, np.linspace(-1.57, 1.57, 201)[:, None]
    unit = (np.cos(latitude) * np.cos(ring), np.cos(latitude) * np.sin(ring), np.sin(latitude) + 0 * ring)
    bone = render(loft(15.0 * np.stack(unit, axis=-1)), pixel_mm=0.5, cortex_mm=1.0)
    volumes = bone.thickness.sum(axis=(1, 2)) * bone.pixel_mm**2
    assert volumes[0] == pytest.approx(4 / 3 * np.pi * 15**3, rel=0.01)
    assert volumes[1] == pytest.approx(4 / 3 * np.pi * (15**3 - 14**3), rel=0.02)
    halved = bone.halved
    assert halved.pixel_mm == 1.0
    np.testing.assert_allclose(halved.thickness.sum(axis=(1, 2)), volumes, rtol=0.01)


def test_that_a_body_is_bone_inside_its_outline_only() -> None:
    vertebra = build_vertebra(body_mesh(VertebraLevel.L3), poses_deg=((0.0, 0.0),), pixel_mm=0.5)
    (bone,) = vertebra.poses
    pixels = (vertebra.outline_xy - bone.origin_xy) / bone.pixel_mm - 0.5
    inside = np.zeros(bone.thickness.shape[1:], np.uint8)
    cv2.fillPoly(inside, [np.round(pixels).astype(np.int32)], 1)
    deep = cv2.erode(inside, np.ones((5, 5), np.uint8)) > 0
    far = cv2.dilate(inside, np.ones((9, 9), np.uint8)) == 0
    assert bone.thickness[0][deep].min() > 15
    assert bone.thickness[0][far].max() < 2


def test_that_a_frontal_map_shows_bones_side_by_side() -> None:
    left, right = (
        body_mesh(VertebraLevel.L3).moved(np.eye(3), np.array([offset, 0.0, 0.0])) for offset in (-60.0, 60.0)
    )
    bone = frontal_map([left, right], pixel_mm=1.0)
    profile = bone.thickness[0].sum(axis=0)
    width = BODY_MM[VertebraLevel.L3][2]
    assert len(profile) == pytest.approx(120 + width, abs=2)
    assert profile[len(profile) // 2] == 0
    half = len(profile) // 2
    assert profile[:half].sum() == pytest.approx(profile[half:].sum(), rel=0.01)
    # Seen from the front, the rays run along the depth of the body.
    assert bone.thickness[0].max() == pytest.approx(BODY_MM[VertebraLevel.L3][1], rel=0.06)


@pytest.mark.parametrize("pitch_deg", [0.0, 25.0, -40.0])
def test_that_an_arm_hangs_straight_down_from_its_joint_however_it_was_scanned(pitch_deg: float) -> None:
    straight = arm_mesh()
    joint = np.array([0.0, -14.0, 21.0])
    turned = straight.moved(np.eye(3), -joint).moved(rotation(0, 0, pitch_deg), joint)
    shoulder = build_shoulder(turned, None, pixel_mm=2.0)
    bone = shoulder.arm
    rows, columns = np.nonzero(bone.thickness[0])
    low_rows = rows > rows.max() - 20
    elbow_x = bone.origin_xy[0] + (columns[low_rows].mean() + 0.5) * bone.pixel_mm
    assert elbow_x == pytest.approx(0.0, abs=8.0)
    assert bone.origin_xy[1] + rows.max() * bone.pixel_mm > 230
    assert np.linalg.norm(shoulder.joint_xy - (-14.0, -21.0)) < 20
    assert bone.side_mm == pytest.approx(straight.vertices[:, 0].mean())


def write_obj(path: Path, mesh: Mesh) -> None:
    lines = ["v {} {} {}".format(*vertex) for vertex in mesh.vertices]
    lines += ["f {} {} {}".format(*face) for face in mesh.faces + 1]
    path.write_text("\n".join(lines), encoding="utf-8")


def write_skeleton(folder: Path) -> None:
    source = folder / "bodyparts3d"
    source.mkdir()
    for level, name in (CERVICAL | {int(level): level.label for level in REGULAR_LEVELS}).items():
        write_obj(source / f"vertebra_{name}.obj", vertebra_mesh(level))
    write_obj(source / "sacrum.obj", sacrum_mesh())
    write_obj(source / "right_hip_bone.obj", hip_mesh())
    write_obj(source / "rib_right_04.obj", rib_mesh(4))
    write_obj(source / "right_clavicle.obj", rib_mesh(1))
    write_obj(source / "right_humerus.obj", arm_mesh())
    write_obj(source / "right_scapula.obj", hip_mesh())


def test_that_a_folder_of_surfaces_gives_the_same_vertebrae_as_its_meshes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, anatomy: Anatomy
) -> None:
    write_skeleton(tmp_path)
    soft_tissue = SoftTissueMap(
        np.zeros((4, 4), np.float32), np.zeros((4, 4), np.float32), 2.0, np.zeros(4, np.float32), 8.0, 2.0
    )
    asked = []

    def load_soft_tissue(path: Path, level: float, share: float) -> SoftTissueMap:
        asked.append((path, level, share))
        return soft_tissue

    monkeypatch.setattr(anatomy_module, "load_soft_tissue", load_soft_tissue)
    monkeypatch.setattr(anatomy_module, "render", lambda mesh, *_, **__: render(mesh, 3.0))
    monkeypatch.setattr(anatomy_module, "frontal_map", lambda meshes: frontal_map(meshes, 3.0))
    found = load_anatomy(tmp_path)
    assert list(found.vertebrae) == list(anatomy.vertebrae)
    for level, vertebra in anatomy.vertebrae.items():
        np.testing.assert_allclose(found.vertebrae[level].points_xy, vertebra.points_xy, atol=0.05)
    np.testing.assert_allclose(found.sacrum.points_xy, anatomy.sacrum.points_xy, atol=0.05)
    assert {level: len(bones) for level, bones in found.attached.items() if bones} == {4: 2, 20: 1}
    (shoulder,) = found.shoulders
    assert shoulder.blade is not None
    assert shoulder.arm.side_mm > 100
    assert asked == [(tmp_path / "ct" / name, *place) for name, place in TOMOGRAMS.items()]
    assert "BodyParts3D" in found.attribution


def test_that_a_missing_bone_is_named(tmp_path: Path) -> None:
    (tmp_path / "bodyparts3d").mkdir()
    (tmp_path / "ct").mkdir()
    (tmp_path / "ct" / "unused.nii.gz").write_bytes(gzip.compress(b""))
    with pytest.raises(VcfError, match=r"vertebra_C6\.obj"):
        load_anatomy(tmp_path)
