"""From a placed spine to line integrals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from vcf_desktop.geometry import polygon_area
from vcf_desktop.simulation.anatomy import Anatomy, BoneMap, Vertebra, build_vertebra
from vcf_desktop.simulation.meshes import Mesh, ray_thickness
from vcf_desktop.simulation.parametric import vertebra_mesh
from vcf_desktop.simulation.projector import deformed, draw_bone, make_view, outline_mask, project
from vcf_desktop.simulation.deformation import endplate_lines
from vcf_desktop.simulation.fractures import Fracture
from vcf_desktop.simulation.shaping import shape_vertebra
from vcf_desktop.simulation.spine_model import place_vertebra, sample_spine
from vcf_desktop.spine import Deformity, VertebraLevel

LEVEL = VertebraLevel.L1


def subdivided(mesh: Mesh) -> Mesh:
    """Each triangle cut into four, so that flat faces can follow a bend."""
    a, b, c = mesh.faces.T
    middles, inverse = np.unique(
        np.sort(np.concatenate([mesh.faces[:, pair] for pair in ([0, 1], [1, 2], [2, 0])]), axis=1),
        axis=0,
        return_inverse=True,
    )
    ab, bc, ca = len(mesh.vertices) + inverse.reshape(3, -1)
    vertices = np.concatenate([mesh.vertices, mesh.vertices[middles].mean(axis=1)])
    faces = np.concatenate(
        [np.column_stack(corners) for corners in ((a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca))]
    )
    return Mesh(vertices, faces)


def bent(mesh: Mesh, vertebra: Vertebra, anchors_mm: NDArray[np.float64]) -> Mesh:
    """The bone itself deformed: rigid above and below the endplates, stretched between them."""
    x, y = mesh.vertices[:, 1], -mesh.vertices[:, 2]
    intact_upper, intact_lower = endplate_lines(vertebra, np.zeros((2, 3)), x)
    upper, lower = endplate_lines(vertebra, anchors_mm, x)
    share = np.clip((y - intact_upper) / (intact_lower - intact_upper), 0, 1)
    moved = y + (upper - intact_upper) * (1 - share) + (lower - intact_lower) * share
    return Mesh(np.column_stack([mesh.vertices[:, 0], x, -moved]), mesh.faces)


@pytest.mark.parametrize(
    "losses", [(0.4, 0.25, 0.05), (0.1, 0.4, 0.1), (0.35, 0.4, 0.35), (-0.1, -0.1, -0.1)]
)
def test_that_warping_a_map_is_projecting_the_deformed_bone(losses: tuple[float, float, float]) -> None:
    mesh = vertebra_mesh(LEVEL)
    vertebra = build_vertebra(mesh, poses_deg=((0.0, 0.0),), pixel_mm=0.5)
    fracture = Fracture(losses, Deformity.WEDGE)
    shape = shape_vertebra(np.random.default_rng(1), vertebra, 0.96, 0.93, fracture)
    placed = place_vertebra(shape, LEVEL, 0.0, (1.0, 1.0), fracture)
    warped = deformed(vertebra, placed)
    # The own frame of this mesh differs from the mesh's by a shift only.
    front_low = mesh.vertices[:, 1:].min(axis=0)
    offset = np.array([0.0, warped.origin_xy[0] + 2.0 - front_low[0], 0.0])
    height = warped.thickness.shape[1] * warped.pixel_mm
    offset[2] = -(warped.origin_xy[1] + 2.0) - mesh.vertices[:, 2].max()
    assert height == pytest.approx(np.ptp(mesh.vertices[:, 2]) + 4.0, abs=0.5)
    own = subdivided(subdivided(mesh.moved(np.eye(3), offset)))
    projected = ray_thickness(
        bent(own, vertebra, placed.anchors_mm), warped.origin_xy, warped.thickness.shape[1:], 0.5
    )
    # What squeezed bone gains in density is no part of the geometry.
    columns = warped.origin_xy[0] + (np.arange(projected.shape[1]) + 0.5) * 0.5
    intact, now = (endplate_lines(vertebra, a, columns) for a in (np.zeros((2, 3)), placed.anchors_mm))
    gain = np.sqrt(np.clip((intact[1] - intact[0]) / (now[1] - now[0]), 1.0, 1.6))
    difference = np.abs(warped.thickness[0] / gain - projected)
    bone = projected > 1
    assert difference[bone].mean() < 0.02 * projected[bone].mean()
    assert np.median(difference[bone]) < 0.1
    unlike = np.abs(vertebra.poses[0].thickness[0] - projected)
    assert difference.sum() < 0.15 * unlike.sum()


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


def test_that_bones_beyond_the_film_are_left_out() -> None:
    bone = BoneMap(np.ones((2, 10, 10), np.float32), (0.0, 0.0), 1.0)
    canvas = np.zeros((2, 20, 20), np.float32)
    draw_bone(canvas, bone, np.array([[1.0, 0.0, 40.0], [0.0, 1.0, 5.0]]))
    assert not canvas.any()
    draw_bone(canvas, bone, np.array([[1.0, 0.0, 15.0], [0.0, 1.0, -5.0]]))
    assert canvas[0].sum() == 25
    assert canvas[0, :5, 15:].all()


@given(angle=st.floats(0, 6.3), radii=st.tuples(st.floats(5, 20), st.floats(5, 20)), x=st.floats(28, 34))
def test_that_a_mask_covers_its_outline_to_a_tenth_of_a_pixel(
    angle: float, radii: tuple[float, float], x: float
) -> None:
    theta = np.arange(60) * 2 * np.pi / 60
    c, s = np.cos(angle), np.sin(angle)
    turn = np.array([[c, s], [-s, c]])
    unit = np.column_stack([np.cos(theta), np.sin(theta)])
    outline, *bounds = ((unit * (np.array(radii) + more)) @ turn + (x, 30.5) for more in (0.0, -0.1, 0.1))
    mask = outline_mask(outline, (60, 64)) / 255
    narrower, wider = (polygon_area(bound) for bound in bounds)
    assert narrower < mask.sum() < wider
    rows, columns = np.mgrid[:60, :64] + 0.5
    centre = np.array([(mask * columns).sum(), (mask * rows).sum()]) / mask.sum()
    np.testing.assert_allclose(centre, (x, 30.5), atol=0.15)


def test_that_a_view_centres_turns_and_scales() -> None:
    centre = np.array([12.0, -40.0])
    view = make_view(centre, 0.5, (200, 100), 90.0, facing_right=False)
    np.testing.assert_allclose(view.points(centre), [50.0, 100.0])
    np.testing.assert_allclose(view.points(centre + np.array([10.0, 0.0])), [50.0, 120.0], atol=1e-9)


@given(points=st.lists(st.tuples(st.floats(-200, 200), st.floats(-200, 200)), min_size=1, max_size=5))
def test_that_facing_right_mirrors_the_film(points: list[tuple[float, float]]) -> None:
    left, right = (
        make_view(np.array([5.0, 7.0]), 0.8, (640, 320), 0.0, facing).points(np.array(points))
        for facing in (False, True)
    )
    np.testing.assert_allclose(right[:, 0], 320 - left[:, 0], atol=1e-9)
    np.testing.assert_allclose(right[:, 1], left[:, 1])


def test_that_layers_of_a_film_are_bone_where_the_bodies_are(anatomy: Anatomy) -> None:
    rng = np.random.default_rng(8)
    spine = sample_spine(rng, anatomy, 0.0).vertebrae
    view = make_view(np.array([0.0, -150.0]), 1.0, (400, 240), 0.0, facing_right=False)
    layers = project(rng, anatomy, spine, view)
    for layer in (layers.cortex, layers.spongiosa, layers.soft, layers.metal, layers.posterior):
        assert layer.shape == (400, 240)
        assert layer.dtype == np.float32
        assert layer.min() > -1e-3
    for placed in spine:
        x, y = view.points(placed.points_xy[[0, 2, 3, 5]].mean(axis=0)).astype(int)
        if placed.level != VertebraLevel.S1 and 0 <= y < 400:
            assert layers.cortex[y, x] + layers.spongiosa[y, x] > 15
            assert layers.posterior[y, x] == 0
            assert layers.body[y, x]
    assert not layers.soft[~layers.body].any()
