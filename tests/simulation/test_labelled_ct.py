"""Surfaces out of labelled slices."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from vcf_desktop.errors import VcfError
from vcf_desktop.simulation.labelled_ct import load_surfaces, surface_net, surface_of
from vcf_desktop.simulation.meshes import Mesh, ray_thickness


def enclosed_volume(mesh: Mesh) -> float:
    corners = mesh.vertices[mesh.faces]
    return float(np.einsum("ij,ij->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])) / 6)


def ball(radius: float, middle: tuple[float, float, float], steps: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Voxels whose centres lie in a ball."""
    shape = np.ceil(2 * np.array(middle) / steps).astype(int)
    centres = [(np.arange(n) + 0.5) * step - m for n, step, m in zip(shape, steps, middle, strict=True)]
    x, y, z = np.meshgrid(*centres, indexing="ij")
    return np.asarray(x**2 + y**2 + z**2 < radius**2)


def test_that_a_surface_net_lies_on_the_zero_of_its_field() -> None:
    axis = np.arange(24) - 11.3
    x, y, z = np.meshgrid(axis, axis, axis, indexing="ij")
    mesh = surface_net((8.0 - np.sqrt(x**2 + y**2 + z**2)).astype(np.float32))
    radii = np.linalg.norm(mesh.vertices - 11.3, axis=1)
    np.testing.assert_allclose(radii, 8.0, atol=0.15)
    # Closed: every edge belongs to two faces, once in each sense.
    edges = np.concatenate([mesh.faces[:, [0, 1]], mesh.faces[:, [1, 2]], mesh.faces[:, [2, 0]]])
    assert len(np.unique(edges, axis=0)) == len(edges)
    assert {tuple(e) for e in edges.tolist()} == {tuple(e) for e in edges[:, ::-1].tolist()}
    np.testing.assert_allclose(enclosed_volume(mesh), 4 / 3 * np.pi * 8**3, rtol=0.03)


def test_that_slices_of_a_ball_become_a_ball_in_its_place() -> None:
    steps = np.array([0.7, 0.7, 2.5])
    mesh = surface_of(ball(18.0, (24, 22, 25), steps), steps)
    np.testing.assert_allclose(mesh.vertices.mean(axis=0), (24, 22, -25), atol=0.15)
    np.testing.assert_allclose(abs(enclosed_volume(mesh)), 4 / 3 * np.pi * 18**3, rtol=0.04)
    thickness = ray_thickness(mesh, (0.0, 0.0), (50, 44), 1.0)
    y, z = np.mgrid[:50, :44][::-1] + 0.5
    chord = 2 * np.sqrt(np.clip(18.0**2 - (y - 22) ** 2 - (z - 25) ** 2, 0, None))
    inner = chord > 20
    np.testing.assert_allclose(thickness[inner], chord[inner], atol=2.5)


@pytest.mark.parametrize("text", ["", "structure,number\nrib,1\n", "structure,id\nrib,one\n"])
def test_that_a_bad_list_of_labels_is_refused(tmp_path: Path, text: str) -> None:
    names = tmp_path / "labels.csv"
    names.write_text(text, encoding="utf-8")
    with pytest.raises(VcfError, match=r"labels\.csv"):
        load_surfaces(tmp_path / "missing.nii.gz", names, ("rib",))
