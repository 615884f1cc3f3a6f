"""The projector of surfaces against closed forms."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from vcf_desktop.errors import VcfError
from vcf_desktop.simulation.meshes import Mesh, load_obj, ray_thickness, rotation
from vcf_desktop.simulation.parametric import joined, loft

PIXEL_MM = 0.25
SIDE = 200
"""The map shows 50 x 50 mm around the origin."""
ORIGIN_XY = (-25.0, -25.0)


def box(right: float, posterior: float, cranial: float) -> Mesh:
    """A box around the origin with these sides."""
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) / 2 * (right, posterior)
    return loft(np.stack([np.column_stack([corners, np.full(4, z)]) for z in (-cranial / 2, cranial / 2)]))


def sphere(radius: float) -> Mesh:
    latitude = np.linspace(-np.pi / 2, np.pi / 2, 181)[1:-1, None]
    longitude = np.linspace(0, 2 * np.pi, 360, endpoint=False)
    rings = (
        np.cos(latitude) * np.cos(longitude),
        np.cos(latitude) * np.sin(longitude),
        np.sin(latitude) + 0 * longitude,
    )
    return loft(radius * np.stack(rings, axis=-1))


def thickness(mesh: Mesh) -> NDArray[np.float32]:
    return ray_thickness(mesh, ORIGIN_XY, (SIDE, SIDE), PIXEL_MM)


def pixel_centres() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Posterior and caudal mm of every pixel's centre."""
    mm = ORIGIN_XY[0] + (np.arange(SIDE) + 0.5) * PIXEL_MM
    return mm[None], mm[:, None]


def test_that_a_box_is_as_thick_as_its_side() -> None:
    x, y = pixel_centres()
    found = thickness(box(12.0, 30.0, 20.0))
    inside = (np.abs(x) < 14.5) & (np.abs(y) < 9.5)
    outside = (np.abs(x) > 15.5) | (np.abs(y) > 10.5)
    np.testing.assert_allclose(found[inside], 12.0, rtol=0.01)
    assert not found[outside].any()
    assert found.sum() * PIXEL_MM**2 == pytest.approx(12 * 30 * 20, rel=0.01)


def test_that_a_sphere_is_as_thick_as_its_chords() -> None:
    x, y = pixel_centres()
    found = thickness(sphere(20.0))
    inside = np.hypot(x, y) < 19.0
    chord = 2 * np.sqrt(np.clip(20.0**2 - x**2 - y**2, 0, None))
    np.testing.assert_allclose(found[inside], chord[inside], rtol=0.01)
    assert found.sum() * PIXEL_MM**2 == pytest.approx(4 / 3 * np.pi * 20**3, rel=0.01)


@pytest.mark.parametrize("yaw_deg", [0.0, 20.0, -45.0, 60.0])
def test_that_an_oblique_slab_is_thicker_by_the_cosine(yaw_deg: float) -> None:
    slab = box(4.0, 400.0, 400.0).moved(rotation(yaw_deg, 0.0), np.zeros(3))
    np.testing.assert_allclose(thickness(slab), 4.0 / np.cos(np.radians(yaw_deg)), rtol=0.01)


def test_that_inward_normals_make_no_difference() -> None:
    outwards = sphere(15.0)
    inwards = Mesh(outwards.vertices, outwards.faces[:, ::-1])
    np.testing.assert_allclose(thickness(inwards), thickness(outwards), atol=1e-4)
    np.testing.assert_allclose(inwards.shrunk(1.0).vertices, outwards.shrunk(1.0).vertices, atol=1e-9)


@given(depth_mm=st.floats(-300, 300), sides=st.tuples(*[st.floats(3, 40)] * 3))
def test_that_a_bone_far_along_the_ray_is_as_thick(
    depth_mm: float, sides: tuple[float, float, float]
) -> None:
    near = box(*sides)
    far = near.moved(np.eye(3), np.array([depth_mm, 0.0, 0.0]))
    np.testing.assert_allclose(thickness(far), thickness(near), atol=1e-3)


def test_that_separate_parts_add_up_along_the_ray() -> None:
    parts = [box(5.0, 30.0, 30.0), box(7.0, 30.0, 30.0).moved(np.eye(3), np.array([40.0, 0.0, 0.0]))]
    assert thickness(joined(parts))[SIDE // 2, SIDE // 2] == pytest.approx(12.0, rel=0.01)


def test_that_a_shrunk_sphere_has_lost_its_shell() -> None:
    radii = np.linalg.norm(sphere(20.0).shrunk(0.7).vertices, axis=1)
    np.testing.assert_allclose(radii, 19.3, rtol=1e-3)


@pytest.mark.parametrize("right_mm", [0.0, 7.0, -15.0])
def test_that_a_section_of_a_sphere_is_a_circle(right_mm: float) -> None:
    segments = sphere(20.0).section(right_mm + 1e-6)
    np.testing.assert_allclose(np.hypot(*segments.reshape(-1, 2).T), np.sqrt(400 - right_mm**2), rtol=0.01)
    lengths = np.linalg.norm(segments[:, 1] - segments[:, 0], axis=1)
    assert lengths.sum() == pytest.approx(2 * np.pi * np.sqrt(400 - right_mm**2), rel=0.01)


@given(angles=st.tuples(*[st.floats(-180, 180)] * 3))
def test_that_a_rotation_keeps_lengths_and_handedness(angles: tuple[float, float, float]) -> None:
    matrix = rotation(*angles)
    np.testing.assert_allclose(matrix @ matrix.T, np.eye(3), atol=1e-12)
    assert np.linalg.det(matrix) == pytest.approx(1.0)


def test_that_an_obj_file_gives_back_the_surface_written(tmp_path: Path) -> None:
    mesh = box(12.0, 30.0, 20.0).moved(rotation(25.0, 10.0, -15.0), np.zeros(3))
    path = tmp_path / "box.obj"
    with path.open("w", encoding="utf-8") as file:
        file.write("# a box\no box\n")
        for vertex in mesh.vertices:
            file.write("v {:.6f} {:.6f} {:.6f}\nvn 0 0 1\n".format(*vertex))
        for face in mesh.faces + 1:
            file.write("f {0}//{0} {1}//{1} {2}//{2}\n".format(*face))
    np.testing.assert_allclose(thickness(load_obj(path)), thickness(mesh), atol=0.01)


def test_that_duplicate_vertices_are_merged_and_polygons_split(tmp_path: Path) -> None:
    mesh = box(6.0, 8.0, 10.0)
    quads = [(0, 3, 2, 1), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7)]
    lines = []
    for number, quad in enumerate(quads):  # each side brings corners of its own, as many exporters write them
        lines += ["v {} {} {}".format(*mesh.vertices[corner]) for corner in quad]
        lines.append("f " + " ".join(str(4 * number + corner) for corner in (1, 2, 3, 4)))
    path = tmp_path / "box.obj"
    path.write_text("\n".join(lines), encoding="utf-8")
    found = load_obj(path)
    assert len(found.vertices) == 8
    assert len(found.faces) == 12
    assert thickness(found)[SIDE // 2, SIDE // 2] == pytest.approx(6.0, rel=0.01)


@pytest.mark.parametrize("text", [None, "", "hello", "v 1 2\nf 1 2 3", "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 9"])
def test_that_a_file_without_a_surface_is_named(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "vertebra_T4.obj"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(VcfError, match=r"vertebra_T4\.obj"):
        load_obj(path)
