"""What a DICOM film says of its patient and of the size of its pixels."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pydicom
import pytest
from pydicom import Dataset
from pydicom.data.data_manager import DATA_ROOT

from vcf_desktop.film import SpacingSource
from vcf_desktop.io import dicom_films
from vcf_desktop.io.dicom_header import row_to_column, spacing, study_info


def saying(**elements: Any) -> Dataset:
    """A data set of these elements, right or wrong."""
    ds = Dataset()
    with pydicom.config.disable_value_validation():
        for keyword, value in elements.items():
            setattr(ds, keyword, value)
    return ds


# Spacing


@pytest.mark.parametrize(
    ("elements", "expected", "source"),
    [
        ({}, None, SpacingSource.NONE),
        ({"ImagerPixelSpacing": [0.2, 0.1]}, (0.2, 0.1), SpacingSource.DETECTOR_PLANE),
        ({"PixelSpacing": [0.2, 0.1]}, (0.2, 0.1), SpacingSource.DETECTOR_PLANE),
        (
            {"PixelSpacing": ["0.143", "0.143"], "ImagerPixelSpacing": ["0.14300", "0.1430"]},
            (0.143, 0.143),
            SpacingSource.DETECTOR_PLANE,
        ),
        (
            {"PixelSpacing": [0.12] * 2, "ImagerPixelSpacing": [0.15] * 2},
            (0.12, 0.12),
            SpacingSource.CALIBRATED,
        ),
        (
            {
                "PixelSpacing": [0.15] * 2,
                "ImagerPixelSpacing": [0.15] * 2,
                "PixelSpacingCalibrationType": "FIDUCIAL",
            },
            (0.15, 0.15),
            SpacingSource.CALIBRATED,
        ),
        (
            {
                "PixelSpacing": [0.12] * 2,
                "ImagerPixelSpacing": [0.15] * 2,
                "PixelSpacingCalibrationType": "GEOMETRY",
            },
            (0.12, 0.12),
            SpacingSource.GEOMETRY_ESTIMATE,
        ),
        (
            {"ImagerPixelSpacing": [0.15] * 2, "EstimatedRadiographicMagnificationFactor": 1.25},
            (0.12, 0.12),
            SpacingSource.GEOMETRY_ESTIMATE,
        ),
        (
            {
                "PixelSpacing": [0.13] * 2,
                "ImagerPixelSpacing": [0.15] * 2,
                "EstimatedRadiographicMagnificationFactor": 1.25,
            },
            (0.13, 0.13),
            SpacingSource.CALIBRATED,
        ),
        ({"NominalScannedPixelSpacing": [0.1] * 2}, (0.1, 0.1), SpacingSource.SCANNER),
        (
            {"NominalScannedPixelSpacing": [0.1] * 2, "PixelSpacing": [0.1] * 2},
            (0.1, 0.1),
            SpacingSource.SCANNER,
        ),
        (
            {"NominalScannedPixelSpacing": [0.1] * 2, "PixelSpacing": [0.08] * 2},
            (0.08, 0.08),
            SpacingSource.CALIBRATED,
        ),
    ],
)
def test_that_mm_come_with_what_they_are_worth(
    elements: dict[str, Any], expected: tuple[float, float] | None, source: SpacingSource
) -> None:
    ds = saying(**elements)
    spacing_mm, found, notices = spacing(ds)
    assert found is source
    assert spacing_mm == (None if expected is None else pytest.approx(expected))
    assert row_to_column(ds, spacing_mm) == pytest.approx(expected[0] / expected[1] if expected else 1)
    assert notices == []


@pytest.mark.parametrize(
    "elements",
    [
        {"PixelSpacing": [0, 0]},
        {"PixelSpacing": [-0.1, 0.1]},
        {"PixelSpacing": ["0.1"]},
        {"ImagerPixelSpacing": [143, 143]},
    ],
)
def test_that_an_impossible_spacing_is_left_out_with_a_notice(elements: dict[str, Any]) -> None:
    spacing_mm, source, (notice,) = spacing(saying(**elements))
    assert (spacing_mm, source) == (None, SpacingSource.NONE)
    assert "Spacing cannot be used" in notice


def test_that_a_magnification_below_one_is_not_used() -> None:
    elements = {"ImagerPixelSpacing": [0.15, 0.15], "EstimatedRadiographicMagnificationFactor": 0.8}
    spacing_mm, source, (notice,) = spacing(saying(**elements))
    assert (spacing_mm, source) == ((0.15, 0.15), SpacingSource.DETECTOR_PLANE)
    assert "magnification" in notice


def test_that_the_aspect_of_a_pixel_is_its_height_by_its_width() -> None:
    assert row_to_column(saying(PixelAspectRatio=[4, 3]), None) == pytest.approx(4 / 3)
    assert row_to_column(saying(PixelAspectRatio=[4, 3]), (0.2, 0.1)) == 2
    assert row_to_column(saying(PixelAspectRatio=[4, 0]), None) == 1
    assert row_to_column(saying(PixelAspectRatio=[4000, 1]), None) == 1


# Patient and study


def test_that_the_study_says_who_when_and_how() -> None:
    elements = {
        "Modality": "DX",
        "PatientName": "Doe^Jane",
        "PatientID": "42",
        "PatientSex": "F",
        "PatientBirthDate": "19440229",
        "StudyDate": "2024.11.05",
        "StudyInstanceUID": "1.2.3",
        "AccessionNumber": "A1",
        "BodyPartExamined": "LSPINE",
        "ViewPosition": "LL",
        "Laterality": "L",
        "PatientOrientation": ["A", "F"],
    }
    study, notices = study_info(saying(**elements))
    assert notices == []
    assert (study.patient_name, study.patient_id, study.patient_sex) == ("Doe^Jane", "42", "F")
    assert (study.birth_date, study.study_date) == (date(1944, 2, 29), date(2024, 11, 5))
    assert (study.study_uid, study.accession_number, study.series_uid) == ("1.2.3", "A1", "")
    assert (study.body_part, study.view_position, study.laterality) == ("LSPINE", "LL", "L")
    assert study.patient_orientation == ("A", "F")
    assert study.modality == "DX"


def test_that_a_broken_date_costs_the_date_only() -> None:
    study, _ = study_info(saying(PatientBirthDate="13/32/99", PatientID="42"))
    assert (study.birth_date, study.patient_id) == (None, "42")


@pytest.mark.parametrize(
    ("name", "patient"),
    [
        ("chrX1.dcm", "Wang^XiaoDong=王^小東"),
        ("chrX2.dcm", "Wang^XiaoDong=王^小东"),
        ("chrH31.dcm", "Yamada^Tarou=山田^太郎=やまだ^たろう"),
        ("chrH32.dcm", "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう"),
        ("chrI2.dcm", "Hong^Gildong=洪^吉洞=홍^길동"),
        ("chrRuss.dcm", "Люкceмбypг"),  # noqa: RUF001
        ("chrGerm.dcm", "Äneas^Rüdiger"),
        ("chrFrenMulti.dcm", "Buc^Jérôme"),
    ],
)
def test_that_names_are_read_in_their_own_letters(name: str, patient: str) -> None:
    path = Path(DATA_ROOT) / "charset_files" / name
    study, notices = study_info(dicom_films.parse(path, path.read_bytes()))
    assert study.patient_name == patient
    assert notices == []
