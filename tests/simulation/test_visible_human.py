"""The anatomy that nobody trains on, from surfaces in metres made for the test."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from vcf_desktop.errors import VcfError
from vcf_desktop.geometry import measure_heights
from vcf_desktop.simulation import parametric
from vcf_desktop.simulation.anatomy import Anatomy
from vcf_desktop.simulation.generate import simulate
from vcf_desktop.simulation.meshes import Mesh, load_obj, rotation
from vcf_desktop.simulation.visible_human import (
    JUDGED_LEVELS,
    SACRAL_SLOPE_DEG,
    is_lumbar_anatomy,
    load_lumbar_anatomy,
)
from vcf_desktop.spine import VertebraLevel

LARGER = 1.2


def write_obj(path: Path, mesh: Mesh) -> None:
    """In metres, x anterior, y left, z cranial."""
    metres = mesh.vertices[:, [1, 0, 2]] * [-1, -1, 1] / 1000
    lines = ["v {:.6f} {:.6f} {:.6f}".format(*vertex) for vertex in metres]
    lines += ["f {} {} {}".format(*face) for face in mesh.faces + 1]
    path.write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built-in skeleton's own lumbar bones, a fifth larger, the sacrum inclined as when standing."""
    path = tmp_path_factory.mktemp("lumbar")
    for level in JUDGED_LEVELS:
        mesh = parametric.vertebra_mesh(level)
        write_obj(
            path / f"vertebra_{VertebraLevel(level).label}.obj", Mesh(mesh.vertices * LARGER, mesh.faces)
        )
    upright = rotation(0, 0, SACRAL_SLOPE_DEG)
    write_obj(path / "vertebra_S1.obj", parametric.sacrum_mesh().moved(upright * LARGER, np.zeros(3)))
    hips = parametric.joined([parametric.hip_mesh(), parametric.mirrored(parametric.hip_mesh())])
    write_obj(path / "pelvis.obj", hips.moved(upright * LARGER, np.zeros(3)))
    return path


@pytest.fixture(scope="module")
def lumbar(folder: Path) -> Anatomy:
    return load_lumbar_anatomy(folder, poses_deg=((0.0, 0.0),), pixel_mm=1.0)


@pytest.fixture(scope="module")
def builtin() -> Anatomy:
    return parametric.parametric_anatomy(poses_deg=((0.0, 0.0),), pixel_mm=1.0)


def test_that_the_surfaces_are_told_from_other_folders(folder: Path, tmp_path: Path) -> None:
    assert is_lumbar_anatomy(folder)
    assert not is_lumbar_anatomy(tmp_path)


def test_that_the_whole_spine_has_one_size(lumbar: Anatomy, builtin: Anatomy) -> None:
    assert lumbar.vertebrae.keys() == builtin.vertebrae.keys()
    for level, vertebra in lumbar.vertebrae.items():
        other = builtin.vertebrae[level]
        np.testing.assert_allclose(vertebra.points_xy, other.points_xy * LARGER, atol=0.25)
        mine, his = (v.poses[0].thickness[0].sum() * v.poses[0].pixel_mm ** 2 for v in (vertebra, other))
        assert mine == pytest.approx(his * LARGER**3, rel=0.03)


def test_that_the_sacrum_lies_with_its_endplate_level(lumbar: Anatomy, builtin: Anatomy) -> None:
    mine, other = (anatomy.sacrum.points_xy[2] - anatomy.sacrum.points_xy[0] for anatomy in (lumbar, builtin))
    np.testing.assert_allclose(mine, other * LARGER, atol=1.5)
    assert measure_heights(lumbar.sacrum.points_xy).anterior > 20


def test_that_each_hip_is_a_bone_of_its_own(lumbar: Anatomy, builtin: Anatomy) -> None:
    for mine, other in zip(
        lumbar.attached[VertebraLevel.S1], builtin.attached[VertebraLevel.S1], strict=True
    ):
        volume = mine.thickness[0].sum() * mine.pixel_mm**2
        assert volume == pytest.approx(other.thickness[0].sum() * other.pixel_mm**2 * LARGER**3, rel=0.03)
        assert mine.side_mm == pytest.approx(other.side_mm * LARGER, rel=0.01)


def test_that_films_can_be_made_of_it(lumbar: Anatomy) -> None:
    film = simulate(np.random.default_rng(0), lumbar, (160, 80), (3.0, 5.0), frontal_share=0)
    assert {vertebra.level for vertebra in film.vertebrae}.intersection(JUDGED_LEVELS)
    assert np.isfinite(film.look(np.random.default_rng(1))).all()


def test_that_its_source_is_named(lumbar: Anatomy) -> None:
    assert "Visible Human" in lumbar.attribution
    assert "BSD-3-Clause" in lumbar.attribution


def test_that_a_missing_surface_is_named(tmp_path: Path) -> None:
    with pytest.raises(VcfError, match=r"vertebra_L1\.obj is no readable surface"):
        load_lumbar_anatomy(tmp_path)


def test_that_a_surface_in_metres_keeps_its_detail(folder: Path) -> None:
    metres = load_obj(folder / "vertebra_L1.obj", unit_mm=1000.0)
    vertices = parametric.vertebra_mesh(VertebraLevel.L1).vertices * LARGER
    np.testing.assert_allclose(
        np.ptp(metres.vertices, axis=0), np.ptp(vertices, axis=0)[[1, 0, 2]], atol=2e-3
    )
    assert len(metres.vertices) == len(np.unique(vertices.round(3), axis=0))
