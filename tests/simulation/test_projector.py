"""From a placed spine to line integrals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from vcf_desktop.geometry import polygon_area
from vcf_desktop.simulation.anatomy import Anatomy, Vertebra, build_vertebra
from vcf_desktop.simulation.deformation import endplate_lines
from vcf_desktop.simulation.meshes import Mesh, ray_thickness
from vcf_desktop.simulation.parametric import vertebra_mesh
from vcf_desktop.simulation.projector import deformed, outline_mask, project, project_frontal
from vcf_desktop.simulation.spine_model import PlacedVertebra, sample_spine, with_supernumerary
from vcf_desktop.simulation.view import make_view
from vcf_desktop.spine import Deformity, Grade, VertebraLevel

LEVEL = VertebraLevel.L1
SOURCE_MM = 1200.0


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


def moved_vertebra(vertebra: Vertebra, anchors_mm: NDArray[np.float64]) -> PlacedVertebra:
    """A vertebra at the patient's origin whose endplates have moved."""
    return PlacedVertebra(
        level=int(LEVEL),
        to_patient=np.eye(2, 3),
        anchors_mm=anchors_mm,
        walls_mm=None,
        pose=0,
        outline_xy=vertebra.outline_xy,
        points_xy=vertebra.points_xy,
        loss=0.0,
        grade=Grade.NON,
        deformity=Deformity.NONE,
        tilt_deg=0.0,
    )


@pytest.mark.parametrize(
    "anchors_mm",
    [
        [(5.0, 3.0, 0.5), (-4.5, -3.0, -0.5)],
        [(1.0, 5.0, 1.0), (-1.0, -4.5, -1.0)],
        [(9.0, 9.5, 8.5), (0.0, 0.0, 0.0)],
        [(-1.0, -1.2, -1.0), (1.0, 1.2, 1.0)],
    ],
)
def test_that_warping_a_map_is_projecting_the_deformed_bone(anchors_mm: list[tuple[float, ...]]) -> None:
    mesh = vertebra_mesh(LEVEL)
    vertebra = build_vertebra(mesh, poses_deg=((0.0, 0.0),), pixel_mm=0.5)
    placed = moved_vertebra(vertebra, np.array(anchors_mm))
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


@pytest.mark.parametrize("seed", [8, 9])
def test_that_layers_of_a_film_are_bone_where_the_bodies_are(anatomy: Anatomy, seed: int) -> None:
    rng = np.random.default_rng(seed)
    spine = sample_spine(rng, anatomy, 0.0).vertebrae
    view = make_view(np.array([0.0, -150.0]), 1.0, (400, 240), 0.0, facing_right=False)
    layers = project(rng, with_supernumerary(anatomy), spine, view, SOURCE_MM)
    for layer in (layers.cortex, layers.spongiosa, layers.soft, layers.metal, layers.posterior):
        assert layer.shape == (400, 240)
        assert layer.dtype == np.float32
        assert np.isfinite(layer).all()
        assert layer.min() > -1e-3
    for placed in spine:
        x, y = view.points(placed.points_xy[[0, 2, 3, 5]].mean(axis=0)).astype(int)
        if placed.level != VertebraLevel.S1 and 0 <= y < 400:
            assert layers.cortex[y, x] + layers.spongiosa[y, x] > 15
            assert layers.body[y, x]
    assert not layers.soft[~layers.body].any()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_that_no_body_is_part_of_an_arch_of_its_own_or_of_a_neighbour(anatomy: Anatomy, seed: int) -> None:
    rng = np.random.default_rng(seed)
    spine = sample_spine(rng, anatomy, 2.0).vertebrae
    view = make_view(np.array([0.0, -250.0]), 1.0, (640, 300), 0.0, facing_right=False)
    layers = project(rng, with_supernumerary(anatomy), spine, view, SOURCE_MM)
    for placed in spine:
        if placed.level != VertebraLevel.S1:
            inside = outline_mask(view.points(placed.outline_xy), view.size_hw) > 0
            assert not layers.posterior[inside].any()
    assert layers.posterior.max() > 10


def test_that_a_film_of_the_wrong_view_has_lungs_beside_the_thoracic_spine_only(anatomy: Anatomy) -> None:
    assert anatomy.frontal is not None
    for seed in range(6):
        view = make_view(np.zeros(2), 1.5, (600, 300), 0.0, facing_right=False)
        layers = project_frontal(np.random.default_rng(seed), anatomy.frontal, view)
        bone = layers.cortex + layers.spongiosa
        rows = np.flatnonzero(bone[:, 140:160].sum(axis=1) > 20)
        beside, middle = layers.soft[:, 90:110].mean(axis=1), layers.soft[:, 145:155].mean(axis=1)
        pale = np.flatnonzero(beside < 0.7 * middle)
        if len(pale):  # air lies beside the upper part of the bones that the film shows
            assert np.median(pale) < np.median(rows)
        assert not layers.metal.any()
        assert layers.soft.min() >= 0
