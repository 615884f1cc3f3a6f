"""Soft tissue from CTs against a body of known depth."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from vcf_desktop.errors import VcfError
from vcf_desktop.simulation.tomograms import CENTRE_BEFORE_BONE_MM, load_soft_tissue

STEP_MM = np.array([2.0, 2.0, 3.0])
BODY = (slice(10, 70), slice(20, 100))
"""120 mm of water from side to side, 160 mm from back to front."""
SPINE = (slice(32, 48), slice(34, 42))
"""A column of bone whose centre lies 124 mm behind the front edge of the volume of 240 mm."""


def write_nifti(path: Path, hounsfield: NDArray[np.int16], towards_front: int, upwards: int) -> None:
    """A NIfTI-1 file whose second and third axes run forwards and upwards, or the other way."""
    header = np.zeros(352, np.uint8)
    header[40:56] = np.array([3, *hounsfield.shape, 1, 1, 1, 1], "<i2").view(np.uint8)
    header[70:72] = np.array([4], "<i2").view(np.uint8)
    header[108:120] = np.array([352, 1, 0], "<f4").view(np.uint8)
    affine = np.zeros((3, 4), "<f4")
    np.fill_diagonal(affine, STEP_MM * (1, towards_front, upwards))
    header[280:328] = affine.reshape(-1).view(np.uint8)
    stored = hounsfield[:, ::towards_front, ::upwards]
    path.write_bytes(gzip.compress(header.tobytes() + stored.tobytes(order="F"), 1))


def volume() -> NDArray[np.int16]:
    """Axes left to right, back to front, feet to head."""
    hounsfield = np.full((80, 120, 60), -1000, np.int16)
    hounsfield[BODY] = 0
    hounsfield[SPINE] = 700
    hounsfield[75:, :, :] = 0  # the table beside the body
    return hounsfield


@pytest.mark.parametrize("towards_front", [1, -1])
@pytest.mark.parametrize("upwards", [1, -1])
def test_that_a_ct_gives_the_depth_of_its_soft_tissue(
    tmp_path: Path, towards_front: int, upwards: int
) -> None:
    hounsfield = volume()
    hounsfield[30:50, 60:80, 40:] = -1000  # lung near the head
    path = tmp_path / "ct.nii.gz"
    write_nifti(path, hounsfield, towards_front, upwards)
    found = load_soft_tissue(path, level=8.0, level_share=0.25)
    assert found.depth_mm.shape == (90, 120)
    front, back = 120 - 100, 120 - 20
    trunk = found.depth_mm[:, front + 1 : back - 1]
    assert np.median(trunk) == pytest.approx(120.0, rel=0.01)
    assert found.depth_mm[:, : front - 1].max() == found.depth_mm[:, back + 1 :].max() == 0
    lung = found.depth_mm[2:28, 120 - 78 : 120 - 62]
    np.testing.assert_allclose(lung, 80.0, rtol=0.01)
    # Bone counts as the densest soft tissue.
    assert trunk.max() == pytest.approx(120 + 32 * 0.08, rel=0.01)
    bone_column = 120 - (34 + 42) / 2 - 0.5
    np.testing.assert_allclose(found.spine_column, bone_column - CENTRE_BEFORE_BONE_MM / 2, atol=0.6)
    assert (found.level, found.level_row) == (8.0, 22.5)


def test_that_rows_without_bone_take_their_spine_from_their_neighbours(tmp_path: Path) -> None:
    hounsfield = volume()
    hounsfield[SPINE[0], SPINE[1], 20:35] = 0
    write_nifti(tmp_path / "ct.nii.gz", hounsfield, 1, 1)
    found = load_soft_tissue(tmp_path / "ct.nii.gz", 8.0, 0.5)
    assert np.ptp(found.spine_column) < 0.5


@pytest.mark.parametrize(
    "content", [None, b"", b"no gzip", gzip.compress(b"short"), gzip.compress(b"\0" * 400)]
)
def test_that_a_file_without_a_ct_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "chest.nii.gz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(VcfError, match=r"chest\.nii\.gz"):
        load_soft_tissue(path, 8.0, 0.5)
