"""Simulated films as DICOM."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from vcf_desktop.film import SpacingSource
from vcf_desktop.io.films import read_film
from vcf_desktop.simulation.dicom import write_dicom


def test_that_a_film_comes_back_as_it_was_written(tmp_path: Path) -> None:
    grey = np.random.default_rng(0).random((40, 30)).astype(np.float32)
    write_dicom(tmp_path / "film.dcm", grey, 0.35, True, "P1", date(2026, 1, 1))
    film = read_film(tmp_path / "film.dcm")
    np.testing.assert_allclose(film.pixels, grey, atol=1 / 2**12)
    assert film.spacing_mm == (0.35, 0.35)
    assert film.spacing_source is SpacingSource.DETECTOR_PLANE
    assert film.study is not None
    assert film.study.patient_id == "P1"
    assert film.study.patient_orientation == ("A", "F")
    assert film.study.study_date == date(2026, 1, 1)


def test_that_the_same_film_gives_the_same_file(tmp_path: Path) -> None:
    grey = np.full((8, 8), 0.5, np.float32)
    grey[2:5, 3:6] = 1
    for name in "ab":
        write_dicom(tmp_path / name, grey, 0.2, False, "P2", date(2026, 1, 1))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
