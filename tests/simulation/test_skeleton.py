"""Maps of bones on a film, and the bones around a spine."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcf_desktop.simulation.anatomy import Anatomy, BoneMap, Shoulder, render
from vcf_desktop.simulation.parametric import loft
from vcf_desktop.simulation.physique import sample_physique
from vcf_desktop.simulation.skeleton import ARM_MM, Skeleton, draw_bone
from vcf_desktop.simulation.spine_model import sample_spine
from vcf_desktop.simulation.view import make_view


@given(
    scale=st.floats(0.8, 3.0),
    turn_deg=st.floats(-180, 180),
    shift=st.tuples(st.floats(-3, 3), st.floats(-3, 3)),
)
def test_that_drawing_keeps_the_volume_and_the_centre_of_a_bone(
    scale: float, turn_deg: float, shift: tuple[float, float]
) -> None:
    y, x = np.mgrid[-20:21, -15:16]
    blob = np.exp(-(x**2 / 40 + y**2 / 70)).astype(np.float32)
    bone = BoneMap(np.stack([blob, blob / 2]), (-15.5 * 0.4, -20.5 * 0.4), 0.4)
    c, s = scale * np.cos(np.radians(turn_deg)), scale * np.sin(np.radians(turn_deg))
    centre = np.array([50.0, 45.0]) + shift
    canvas = np.zeros((2, 100, 110), np.float32)
    draw_bone(canvas, bone, np.array([[c, -s, centre[0]], [s, c, centre[1]]]))
    assert canvas[0].sum() / scale**2 == pytest.approx(blob.sum() * 0.4**2, rel=0.03)
    rows, columns = np.mgrid[:100, :110] + 0.5
    found = np.array([(canvas[0] * columns).sum(), (canvas[0] * rows).sum()]) / canvas[0].sum()
    np.testing.assert_allclose(found, centre, atol=0.15)
    np.testing.assert_allclose(canvas[1], canvas[0] / 2, atol=1e-5)


@pytest.mark.parametrize("pixel_mm", [0.3, 0.7, 1.1])
def test_that_a_shell_on_a_film_is_as_thick_as_in_closed_form(pixel_mm: float) -> None:
    """From the surface of a sphere to a film: bone and cortex to 1 % where they do not change abruptly."""
    ring, latitude = np.arange(256) * 2 * np.pi / 256, np.linspace(-1.57, 1.57, 201)[:, None]
    unit = (np.cos(latitude) * np.cos(ring), np.cos(latitude) * np.sin(ring), np.sin(latitude) + 0 * ring)
    bone = render(loft(30.0 * np.stack(unit, axis=-1)), pixel_mm=0.4, cortex_mm=2.0)
    view = make_view(np.array([3.0, -2.0]), pixel_mm, (200, 240), 25.0, facing_right=True)
    canvas = np.zeros((2, *view.size_hw), np.float32)
    draw_bone(canvas, bone, view.to_film)
    x, y = view.grid()
    radius = np.hypot(x, y)
    core = radius < 22
    chord, inner = (2 * np.sqrt(r**2 - radius[core] ** 2) for r in (30.0, 28.0))
    np.testing.assert_allclose(canvas[0][core], chord, rtol=0.01)
    np.testing.assert_allclose(canvas[1][core], chord - inner, rtol=0.02)
    assert not canvas[:, radius > 30 + 2 * pixel_mm].any()
    assert canvas[0].sum() * pixel_mm**2 == pytest.approx(4 / 3 * np.pi * 30**3, rel=0.01)


def test_that_bones_beyond_the_film_are_left_out() -> None:
    bone = BoneMap(np.ones((2, 10, 10), np.float32), (0.0, 0.0), 1.0)
    canvas = np.zeros((2, 20, 20), np.float32)
    draw_bone(canvas, bone, np.array([[1.0, 0.0, 40.0], [0.0, 1.0, 5.0]]))
    assert not canvas.any()
    draw_bone(canvas, bone, np.array([[1.0, 0.0, 15.0], [0.0, 1.0, -5.0]]))
    assert canvas[0].sum() == 25
    assert canvas[0, :5, 15:].all()


def test_that_thin_bone_is_drawn_fainter() -> None:
    bone = BoneMap(np.ones((2, 10, 10), np.float32), (0.0, 0.0), 1.0)
    full, faint = np.zeros((2, 2, 20, 20), np.float32)
    placed = np.array([[1.0, 0.0, 5.0], [0.0, 1.0, 5.0]])
    draw_bone(full, bone, placed)
    draw_bone(faint, bone, placed, 0.4)
    np.testing.assert_allclose(faint, 0.4 * full, atol=1e-6)


@pytest.mark.parametrize("seed", range(6))
def test_that_one_side_is_magnified_as_much_as_the_other_is_reduced(seed: int) -> None:
    bone = BoneMap(np.ones((2, 40, 40), np.float32), (-20.0, -20.0), 1.0)
    view = make_view(np.zeros(2), 1.0, (200, 200), 0.0, facing_right=False)
    areas = []
    for side in (-120.0, 0.0, 120.0):
        bones = np.zeros((2, *view.size_hw), np.float32)
        skeleton = Skeleton(np.random.default_rng(seed), bones, view, 1200.0)
        skeleton.draw(replace(bone, side_mm=side), np.eye(2, 3), 1.0)
        areas.append(float(bones[0].sum()) / 1600)
    assert sorted([areas[0], areas[2]]) == pytest.approx([0.81, 1.21], rel=0.01)
    assert areas[1] == pytest.approx(1.0, rel=0.01)


def test_that_the_upper_arm_runs_from_the_shoulder_to_the_elbow(anatomy: Anatomy) -> None:
    stick = np.zeros((2, 300, 20), np.float32)
    stick[0, : int(ARM_MM)] = 5.0
    arm = BoneMap(stick, (-10.0, 0.0), 1.0, 180.0)
    shoulders = (Shoulder(None, arm, np.zeros(2)),) * 2
    for seed in range(5):
        rng = np.random.default_rng(seed)
        spine = sample_spine(rng, anatomy, 0.0).vertebrae
        physique = sample_physique(rng, spine, True)
        view = make_view(physique.arms[0].joints_xy.mean(axis=0), 2.0, (700, 700), 0.0, facing_right=False)
        bones = np.zeros((2, *view.size_hw), np.float32)
        skeleton = Skeleton(rng, bones, view, 1500.0)
        skeleton.draw_shoulders(replace(anatomy, shoulders=shoulders), spine, physique)
        for arm_of in physique.arms:
            joint, elbow, _ = arm_of.joints_xy
            for share in (0.05, 0.5, 0.95):
                x, y = view.points(joint + share * (elbow - joint)).astype(int)
                assert bones[0, y, x] > 2
        drawn = bones[0].sum() * 2.0**2
        lengths = [np.linalg.norm(a.joints_xy[1] - a.joints_xy[0]) for a in physique.arms]
        assert drawn == pytest.approx(5.0 * 20 * physique.scale * sum(lengths), rel=0.05)
