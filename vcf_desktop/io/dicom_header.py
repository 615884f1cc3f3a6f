"""What a DICOM film says about itself besides its pixels: patient, study and the size of a pixel.

Every element is read on its own, so that one broken date or spacing does not cost the film.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping
from datetime import date
from typing import Any

from pydicom import Dataset
from pydicom.multival import MultiValue
from pydicom.valuerep import DA

from vcf_desktop.film import SpacingSource, StudyInfo
from vcf_desktop.io.limits import DAMAGE

SAME_SPACING = 1e-3
"""Relative difference up to which two spacings are the same: they are decimal texts, often rounded."""

_TEXTS: Mapping[str, tuple[str, ...]] = {
    "patient_name": ("PatientName",),
    "patient_id": ("PatientID",),
    "patient_sex": ("PatientSex",),
    "study_uid": ("StudyInstanceUID",),
    "series_uid": ("SeriesInstanceUID",),
    "sop_class_uid": ("SOPClassUID",),
    "sop_uid": ("SOPInstanceUID",),
    "accession_number": ("AccessionNumber",),
    "modality": ("Modality",),
    "body_part": ("BodyPartExamined",),
    "view_position": ("ViewPosition",),
    "laterality": ("ImageLaterality", "Laterality"),
}
"""Field of :class:`StudyInfo` -> the elements that say it, the first that does wins."""


def value(ds: Dataset, keyword: str) -> Any:
    """The element's value as pydicom gives it, None where it is absent, empty or unreadable."""
    try:
        found = ds.get(keyword)
    except DAMAGE:
        return None
    empty = found is None or (isinstance(found, str | bytes | MultiValue) and len(found) == 0)
    return None if empty else found


def text(ds: Dataset, *keywords: str) -> str:
    """The first of the elements that says something, decoded; several values joined as DICOM writes them."""
    for keyword in keywords:
        found = value(ds, keyword)
        if found is not None:
            parts = found if isinstance(found, MultiValue) else [found]
            return "\\".join(str(part) for part in parts).strip()
    return ""


def numbers(ds: Dataset, keyword: str) -> tuple[float, ...]:
    """All values of a numeric element, empty where one of them is no finite number."""
    found = value(ds, keyword)
    if found is None:
        return ()
    try:
        values = tuple(float(part) for part in (found if isinstance(found, MultiValue) else [found]))
    except DAMAGE:
        return ()
    return values if all(math.isfinite(part) for part in values) else ()


def whole_number(ds: Dataset, keyword: str) -> int | None:
    """The first value of an integer element, None where it has none."""
    found = numbers(ds, keyword)
    return int(found[0]) if found else None


def study_info(ds: Dataset) -> tuple[StudyInfo, list[str]]:
    """Patient and study, and notices about text that its character set does not explain."""
    with warnings.catch_warnings(record=True) as undecodable:
        warnings.simplefilter("always")
        study = StudyInfo(
            **{field: text(ds, *keywords) for field, keywords in _TEXTS.items()},
            birth_date=_date(ds, "PatientBirthDate"),
            study_date=_date(ds, "StudyDate"),
            patient_orientation=tuple(text(ds, "PatientOrientation").split("\\")) if text(ds, "PatientOrientation") else (),
        )
    if undecodable:
        return study, ["Some of the film's text breaks the rules of DICOM and may be shown wrong: check the patient."]
    return study, []


def spacing(ds: Dataset) -> tuple[tuple[float, float] | None, SpacingSource, list[str]]:
    """(row, column) mm between pixel centres, what they are worth, and notices (PS3.3 10.7.1.3).

    PixelSpacing that differs from the detector's spacing, or that names FIDUCIAL as its calibration, holds in
    the patient; GEOMETRY is an estimate. Anything else is a spacing at the detector or of the scanner's bed.
    EstimatedRadiographicMagnificationFactor turns a detector's spacing into an estimate for the patient.
    """
    notices: list[str] = []
    pixel = _pair(ds, "PixelSpacing", notices)
    detector = _pair(ds, "ImagerPixelSpacing", notices)
    scanned = _pair(ds, "NominalScannedPixelSpacing", notices)
    calibration = text(ds, "PixelSpacingCalibrationType").upper()
    if pixel is not None:
        if calibration == "GEOMETRY":
            return pixel, SpacingSource.GEOMETRY_ESTIMATE, notices
        uncalibrated = detector or scanned
        if calibration == "FIDUCIAL" or (uncalibrated is not None and not _same(pixel, uncalibrated)):
            return pixel, SpacingSource.CALIBRATED, notices
        if detector is None and scanned is not None:
            return pixel, SpacingSource.SCANNER, notices
    at_detector = detector or pixel
    if at_detector is None:
        return scanned, SpacingSource.SCANNER if scanned else SpacingSource.NONE, notices
    magnification = numbers(ds, "EstimatedRadiographicMagnificationFactor")
    if not magnification:
        return at_detector, SpacingSource.DETECTOR_PLANE, notices
    if magnification[0] < 1:
        notices.append("The film's magnification factor is below 1, which is impossible; it is not used.")
        return at_detector, SpacingSource.DETECTOR_PLANE, notices
    row, column = at_detector
    return (row / magnification[0], column / magnification[0]), SpacingSource.GEOMETRY_ESTIMATE, notices


def row_to_column(ds: Dataset, spacing_mm: tuple[float, float] | None) -> float:
    """Height of a pixel by its width, from the spacing, else PixelAspectRatio (vertical, horizontal), else 1."""
    height_width = spacing_mm or _pair(ds, "PixelAspectRatio", [])
    return height_width[0] / height_width[1] if height_width else 1.0


def _pair(ds: Dataset, keyword: str, notices: list[str]) -> tuple[float, float] | None:
    """Two positive numbers, None with a notice where the element is there but is something else."""
    found = numbers(ds, keyword)
    if len(found) == 2 and min(found) > 0:
        return found[0], found[1]
    if keyword in ds and value(ds, keyword) is not None:
        notices.append(f"The film's {keyword} cannot be used and is left out.")
    return None


def _same(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return all(math.isclose(a, b, rel_tol=SAME_SPACING) for a, b in zip(one, other, strict=True))


def _date(ds: Dataset, keyword: str) -> date | None:
    """A date, also in the form 1999.12.31 of ACR-NEMA; None where it is none."""
    try:
        day = DA(text(ds, keyword))
    except DAMAGE:
        return None
    return date(day.year, day.month, day.day) if day else None
