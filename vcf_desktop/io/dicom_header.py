"""What a DICOM film says about itself besides its pixels: patient, study and the size of a pixel.

Every element is read on its own, so that one broken date or spacing does not cost the film.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping, Sized
from datetime import date
from typing import Any

from pydicom import Dataset, Sequence
from pydicom.errors import BytesLengthException, InvalidDicomError
from pydicom.multival import MultiValue
from pydicom.valuerep import DA

from vcf_desktop.film import SpacingSource, StudyInfo
from vcf_desktop.io.checks import DAMAGE

DICOM_DAMAGE = (*DAMAGE, BytesLengthException, InvalidDicomError)
"""What pydicom raises on damaged bytes; the last two have no kin among Python's own."""
SAME_SPACING = 1e-3
"""Relative difference up to which two spacings are the same: they are decimal texts, often rounded."""
PLAUSIBLE_SPACING_MM = (0.01, 10.0)
"""Detectors have 0.05 to 0.4 mm; what lies far outside is a slip of the writer, metres or micrometres."""
PLAUSIBLE_RATIO = 10.0

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
    "referring_physician": ("ReferringPhysicianName",),
    "institution": ("InstitutionName",),
    "study_description": ("StudyDescription",),
    "indication": (
        *("ReasonForTheRequestedProcedure", "ReasonForStudy"),
        *("AdmittingDiagnosesDescription", "AdditionalPatientHistory"),
    ),
}
"""Field of :class:`StudyInfo` -> the elements that say it, the first that does wins."""


def value(ds: Dataset, keyword: str) -> Any:
    """The element's value as pydicom gives it, None where it is absent, empty or unreadable."""
    try:
        found = ds.get(keyword)
    except DICOM_DAMAGE:
        return None
    return None if found is None or (isinstance(found, Sized) and len(found) == 0) else found


def _parts(found: Any) -> list[Any]:
    """The values of an element: pydicom gives one as itself, several as a list of its or Python's kind."""
    if found is None:
        return []
    return list(found) if isinstance(found, MultiValue | list) else [found]


def texts(ds: Dataset, keyword: str) -> tuple[str, ...]:
    """The values of a text element, decoded."""
    return tuple(str(part).strip() for part in _parts(value(ds, keyword)))


def text(ds: Dataset, *keywords: str) -> str:
    """The first of the elements that says something; several values joined as DICOM writes them."""
    return next((found for found in ("\\".join(texts(ds, keyword)) for keyword in keywords) if found), "")


def numbers(ds: Dataset, keyword: str) -> tuple[float, ...]:
    """All values of a numeric element, empty where one of them is no finite number."""
    try:
        values = tuple(float(part) for part in _parts(value(ds, keyword)))
    except DICOM_DAMAGE:
        return ()
    return values if all(math.isfinite(part) for part in values) else ()


def whole_number(ds: Dataset, keyword: str) -> int | None:
    """The first value of an integer element, None where it has none."""
    found = numbers(ds, keyword)
    return int(found[0]) if found else None


def items(ds: Dataset, keyword: str) -> list[Dataset]:
    """The items of a sequence, none where the element is anything else."""
    found = value(ds, keyword)
    return list(found) if isinstance(found, Sequence) else []


def study_info(ds: Dataset) -> tuple[StudyInfo, list[str]]:
    """Patient and study, and notices about text that its character set does not explain."""
    with warnings.catch_warnings(record=True) as undecodable:
        warnings.simplefilter("always")
        study = StudyInfo(
            **{field: text(ds, *keywords) for field, keywords in _TEXTS.items()},
            birth_date=_date(ds, "PatientBirthDate"),
            study_date=_date(ds, "StudyDate"),
            patient_orientation=texts(ds, "PatientOrientation"),
        )
    notice = "Some of the film's text breaks the rules of DICOM and may be shown wrong: check the patient."
    return study, [notice] if undecodable else []


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
    uncalibrated = detector or scanned
    if pixel is not None and calibration == "GEOMETRY":
        return pixel, SpacingSource.GEOMETRY_ESTIMATE, notices
    if pixel is not None and (calibration == "FIDUCIAL" or (uncalibrated and not _same(pixel, uncalibrated))):
        return pixel, SpacingSource.CALIBRATED, notices
    if detector is None and scanned is not None:
        return scanned, SpacingSource.SCANNER, notices
    at_detector = detector or pixel
    if at_detector is None:
        return None, SpacingSource.NONE, notices
    magnification = next(iter(numbers(ds, "EstimatedRadiographicMagnificationFactor")), None)
    if magnification is not None and magnification >= 1:
        row, column = at_detector
        return (row / magnification, column / magnification), SpacingSource.GEOMETRY_ESTIMATE, notices
    if magnification is not None:
        notices.append("The film's magnification factor is below 1, which is impossible; it is not used.")
    return at_detector, SpacingSource.DETECTOR_PLANE, notices


def row_to_column(ds: Dataset, spacing_mm: tuple[float, float] | None) -> float:
    """Height of a pixel by its width: from the spacing or else PixelAspectRatio (vertical, horizontal)."""
    height_width = spacing_mm or numbers(ds, "PixelAspectRatio")
    if len(height_width) != 2 or min(height_width) <= 0:
        return 1.0
    ratio = height_width[0] / height_width[1]
    return ratio if 1 / PLAUSIBLE_RATIO <= ratio <= PLAUSIBLE_RATIO else 1.0


def _pair(ds: Dataset, keyword: str, notices: list[str]) -> tuple[float, float] | None:
    """A (row, column) spacing, None with a notice where the element is there but cannot be one."""
    found = numbers(ds, keyword)
    low, high = PLAUSIBLE_SPACING_MM
    if len(found) == 2 and low <= min(found) and max(found) <= high:
        return found[0], found[1]
    if found or text(ds, keyword):
        notices.append(f"The film's {keyword} cannot be used and is left out.")
    return None


def _same(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return all(math.isclose(a, b, rel_tol=SAME_SPACING) for a, b in zip(one, other, strict=True))


def _date(ds: Dataset, keyword: str) -> date | None:
    """A date, also in the form 1999.12.31 of ACR-NEMA; None where it is none."""
    try:
        day = DA(text(ds, keyword))
    except DICOM_DAMAGE:
        return None
    return date(day.year, day.month, day.day) if day else None
