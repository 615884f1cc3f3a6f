"""Simulated films as DICOM."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest
from numpy.typing import NDArray

from vcf_desktop.film import SpacingSource
from vcf_desktop.io.films import read_film
from vcf_desktop.simulation.dicom import EXAMS, write_dicom

DAY = date(2026, 1, 1)


def grey_values(seed: int = 0) -> NDArray[np.float32]:
    return np.random.default_rng(seed).random((40, 30)).astype(np.float32)


def written(grey: NDArray[np.float32], patient: str = "P1", **what: Any) -> pydicom.Dataset:
    file = BytesIO()
    write_dicom(file, grey, 0.35, True, patient, DAY, **what)
    file.seek(0)
    return pydicom.dcmread(file)


@pytest.mark.parametrize("bone_dark", [False, True])
def test_that_a_film_comes_back_as_it_was_written(tmp_path: Path, bone_dark: bool) -> None:
    grey = grey_values()
    write_dicom(tmp_path / "film.dcm", grey, 0.35, True, "P1", DAY, bone_dark=bone_dark)
    film = read_film(tmp_path / "film.dcm")
    np.testing.assert_allclose(film.pixels, 1 - grey if bone_dark else grey, atol=1 / 2**12)
    assert film.display.inverted == bone_dark
    assert film.notices == ()
    assert film.study is not None
    assert film.study.patient_id == "P1"
    assert film.study.patient_orientation == ("A", "F")
    assert film.study.study_date == DAY


@pytest.mark.parametrize("region", EXAMS)
def test_that_mm_are_those_of_the_spine_and_not_of_the_detector(tmp_path: Path, region: str) -> None:
    write_dicom(tmp_path / "film.dcm", grey_values(), 0.35, True, "P1", DAY, region)
    film = read_film(tmp_path / "film.dcm")
    assert film.spacing_source is SpacingSource.GEOMETRY_ESTIMATE
    assert film.spacing_mm == pytest.approx((0.35, 0.35), rel=1e-5)
    header = pydicom.dcmread(tmp_path / "film.dcm")
    distance, at_detector = header.DistanceSourceToDetector, header.ImagerPixelSpacing[0]
    # Similar triangles: a pixel of the detector, seen from the focus, is smaller 20 cm in front of it.
    assert at_detector * (distance - 200) / distance == pytest.approx(0.35, rel=1e-5)


@pytest.mark.parametrize(
    ("region", "body_part"),
    [("thoracic", "TSPINE"), ("thoracolumbar", "TLSPINE"), ("lumbar", "LSPINE"), ("whole", "SPINE")],
)
def test_that_the_header_says_what_was_examined_and_how(region: str, body_part: str) -> None:
    header = written(grey_values(), region=region, tube_kv=81.26)
    assert (header.BodyPartExamined, header.ViewPosition, header.KVP) == (body_part, "LL", 81.3)
    assert "KVP" not in written(grey_values())


def test_that_the_same_film_gives_the_same_file_and_another_film_other_uids(tmp_path: Path) -> None:
    for name in "ab":
        write_dicom(tmp_path / name, grey_values(), 0.2, False, "P2", DAY)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    films = [written(grey_values()), written(grey_values(1)), written(grey_values(), "P2")]
    assert len({film.SOPInstanceUID for film in films}) == 3
    assert len({film.StudyInstanceUID for film in films}) == 3


@pytest.mark.skipif(shutil.which("dciodvfy") is None, reason="dicom3tools are not installed")
@pytest.mark.parametrize("bone_dark", [False, True])
@pytest.mark.parametrize("region", EXAMS)
def test_that_the_file_is_a_valid_image_for_presentation(
    tmp_path: Path, region: str, bone_dark: bool
) -> None:
    write_dicom(
        tmp_path / "film.dcm", grey_values(), 0.2, False, "P2", DAY, region, bone_dark=bone_dark, tube_kv=80.0
    )
    run = subprocess.run(["dciodvfy", str(tmp_path / "film.dcm")], check=True, capture_output=True, text=True)
    assert (run.stdout + run.stderr).split() == ["DXImageForPresentation"]
