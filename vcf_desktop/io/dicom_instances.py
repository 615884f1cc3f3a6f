"""What all DICOM objects of a report have in common: who made them, when, for whose film, and their bytes."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from io import BytesIO
from typing import Any, Final

from pydicom import Dataset
from pydicom.uid import generate_uid

from vcf_desktop.errors import ReportError
from vcf_desktop.io.checks import cause
from vcf_desktop.io.dicom_header import DICOM_DAMAGE
from vcf_desktop.io.dicom_source import MANUFACTURER, UNICODE, DicomSource
from vcf_desktop.io.pacs import Instance
from vcf_desktop.report import Report, ReportedVertebra

# highdicom tells which object it copies from, and quotes names that it takes for odd.
logging.getLogger("highdicom").setLevel(logging.CRITICAL)

NAME_LETTERS: Final = 64
"""A group of a person's name may have no more (PS3.5 6.2)."""


class ObjectKind(StrEnum):
    """The DICOM objects that a report can be made into."""

    SR = "sr"
    """Structured report: Enhanced SR by TID 1500."""
    SEG = "seg"
    """Segmentation: the bodies of the vertebrae."""
    GSPS = "gsps"
    """Presentation state: outlines, points and labels for viewers that know neither of the above."""
    EPDF = "epdf"
    """The printed report."""
    SC = "sc"
    """Secondary Capture: the picture of the film with everything drawn in, for viewers that know nothing."""
    FILM = "film"
    """The image made of a film that was a picture; the others refer to it."""


_SERIES: Final = {
    ObjectKind.SR: (9101, "VCF Desktop report"),
    ObjectKind.SEG: (9102, "VCF Desktop vertebrae"),
    ObjectKind.GSPS: (9103, "VCF Desktop annotations"),
    ObjectKind.EPDF: (9104, "VCF Desktop report (PDF)"),
    ObjectKind.SC: (9105, "VCF Desktop report (picture)"),
}
"""Number, far above those of a modality, and description of each one's series."""


def content_label(report: Report) -> str:
    """What an object is called where there is room for a word (PS3.5 6.2, CS: 16 letters)."""
    return "UNVERIFIED DRAFT" if report.is_draft else "VCF REPORT"


def _series_description(report: Report, kind: ObjectKind) -> str:
    """What viewers list a series by: what it is, and what it is worth."""
    description = _SERIES[kind][1]
    if report.is_draft:
        return f"UNVERIFIED DRAFT {description}"
    version = report.signature.version if report.signature else 1
    return f"{description}, version {version}" if version > 1 else description


def arguments(report: Report, kind: ObjectKind) -> dict[str, Any]:
    """What every class of highdicom wants to know of a new object in a series of its own."""
    made = report.made.astimezone()
    # A presentation state tells by other elements when it was made, which highdicom fills in.
    dated = {} if kind is ObjectKind.GSPS else {"content_date": made.date(), "content_time": made.time()}
    return {
        "series_instance_uid": generate_uid(prefix=None),
        "series_number": _SERIES[kind][0],
        "sop_instance_uid": generate_uid(prefix=None),
        "instance_number": 1,
        "manufacturer": MANUFACTURER,
        "manufacturer_model_name": MANUFACTURER,
        "software_versions": report.software_version,
        # A program has no number of its own for each copy; PS3.3 C.7.5.2 wants one all the same.
        "device_serial_number": report.software_version,
        "content_qualification": "RESEARCH",
        "series_description": _series_description(report, kind),
        "specific_character_set": UNICODE,
        **dated,
    }


def tracking_uid(report: Report, vertebra: ReportedVertebra) -> str:
    """The same in all objects and all versions of a film's report (PS3.16 TID 4108)."""
    film = report.film
    return generate_uid(entropy_srcs=[MANUFACTURER, film.sha256, str(film.frame), str(vertebra.key)])


def person_name(name: str) -> str:
    """A name as it was typed, as a person's name of DICOM (PS3.5 6.2.1): all of it the family name."""
    plain = name.translate(str.maketrans(r"\=^", "   ")).strip()
    return f"{plain[: NAME_LETTERS - 1]}^"


@contextmanager
def quietly() -> Iterator[None]:
    """Without the warnings of highdicom and pydicom about elements that were copied as they are."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def file_bytes(instance: Dataset, source: DicomSource) -> bytes:
    """The file of a new object, of the film's patient and study, its preamble zero.

    Raises:
        ReportError: something that was copied from the film cannot be written.
    """
    for element in source.identity:
        instance[element.tag] = element
    instance.SpecificCharacterSet = UNICODE
    buffer = BytesIO()
    try:
        instance.save_as(buffer, enforce_file_format=True)
    except DICOM_DAMAGE as e:
        raise ReportError(f"The film's patient or study cannot be copied: {cause(e)}.") from e
    return buffer.getvalue()


def reference_to(instance: Instance) -> Dataset:
    """The UIDs of an object as a data set, which is what highdicom makes a reference of."""
    ds = Dataset()
    ds.SOPClassUID, ds.SOPInstanceUID = instance.sop_class_uid, instance.sop_uid
    ds.StudyInstanceUID, ds.SeriesInstanceUID = instance.study_uid, instance.series_uid
    return ds
