"""What archives are asked and answer, in data sets; DIMSE and DICOMweb ask for the same."""

from __future__ import annotations

import contextlib
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from pydicom import Dataset
from pydicom.uid import (
    ComputedRadiographyImageStorage,
    DigitalXRayImageStorageForPresentation,
    DigitalXRayImageStorageForProcessing,
    EnhancedXAImageStorage,
    EnhancedXRFImageStorage,
    MultiFrameGrayscaleByteSecondaryCaptureImageStorage,
    MultiFrameGrayscaleWordSecondaryCaptureImageStorage,
    MultiFrameTrueColorSecondaryCaptureImageStorage,
    SecondaryCaptureImageStorage,
    XRayAngiographicImageStorage,
    XRayRadiofluoroscopicImageStorage,
)

from vcf_desktop.errors import PacsError
from vcf_desktop.io.dicom_films import FILM_MODALITIES
from vcf_desktop.io.dicom_header import study_info, text, texts, whole_number
from vcf_desktop.io.pacs import Archive, FoundStudy, Instance, StudyQuery

STUDY_KEYS: Final = (
    *("PatientName", "PatientID", "PatientBirthDate", "StudyDate", "AccessionNumber", "StudyDescription"),
    *("ModalitiesInStudy", "NumberOfStudyRelatedInstances", "StudyInstanceUID"),
)
SERIES_KEYS: Final = ("StudyInstanceUID", "SeriesInstanceUID", "Modality")
INSTANCE_KEYS: Final = ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID", "SOPClassUID")

MAX_ANSWERS: Final = 1000
"""Nobody reads a longer list of studies, and no study has as many films."""

FILM_CLASSES: Final = (
    *(DigitalXRayImageStorageForPresentation, DigitalXRayImageStorageForProcessing),
    *(ComputedRadiographyImageStorage, SecondaryCaptureImageStorage),
    *(XRayRadiofluoroscopicImageStorage, XRayAngiographicImageStorage),
    *(EnhancedXRFImageStorage, EnhancedXAImageStorage),
    *(
        MultiFrameGrayscaleByteSecondaryCaptureImageStorage,
        MultiFrameGrayscaleWordSecondaryCaptureImageStorage,
    ),
    MultiFrameTrueColorSecondaryCaptureImageStorage,
)
"""SOP classes of projection films, digitised film and screenshots of them (PS3.4 B.5)."""

_STATUSES = {
    0x0110: ("failed while it worked on this; try again later", True),
    0x0122: ("does not take objects of this kind; have its administrator allow them", False),
    0x0124: ("does not allow us to do this; have its administrator allow it", False),
    0x0213: ("is out of resources; try again later", True),
    0xA700: ("is full or out of resources; have its administrator make room, or try again later", True),
    0xA701: ("is out of resources; try again later", True),
    0xA702: ("is out of resources; try again later", True),
    0xA900: ("says that the request does not fit its kind; have its administrator look into its log", False),
}
"""Status of an answer -> what it means and whether it passes (PS3.7 C, PS3.4 B.2.3, C.4)."""

_UID = re.compile(r"[0-9]+(\.[0-9]+)*")
_LONGEST_UID = 64
_NO_SUCH_DESTINATION = 0xA801


def searches(query: StudyQuery) -> Iterator[dict[str, str]]:
    """Keyword -> value of each search that the query takes: one for each modality, as a key holds one."""
    values = {
        "PatientID": query.patient_id,
        "PatientName": query.patient_name,
        "AccessionNumber": query.accession_number,
        "StudyDate": _date_range(query.since, query.until),
    }
    # A backslash would make two values of one.
    asked = {keyword: value.replace("\\", "?") for keyword, value in values.items() if value}
    for modality in query.modalities or ("",):
        yield asked | ({"ModalitiesInStudy": modality} if modality else {})


def _date_range(since: date | None, until: date | None) -> str:
    if since is None and until is None:
        return ""
    return "-".join("" if day is None else f"{day:%Y%m%d}" for day in (since, until))


def studies(answers: Iterable[Dataset], query: StudyQuery) -> tuple[FoundStudy, ...]:
    """The studies that were answered, each once, the newest first.

    Archives that cannot search by modality answer with all studies; those that cannot fit are left out.
    """
    with _leniently():
        found = {study.study_uid: study for study in map(_study, answers) if is_uid(study.study_uid)}
    wanted = set(query.modalities)
    fitting = [
        study
        for study in found.values()
        if not wanted or not study.modalities or wanted.intersection(study.modalities)
    ]
    return tuple(sorted(fitting, key=lambda study: study.study_date or date.min, reverse=True))


def _study(ds: Dataset) -> FoundStudy:
    info, _ = study_info(ds)
    return FoundStudy(
        study_uid=info.study_uid,
        patient_name=info.patient_name,
        patient_id=info.patient_id,
        birth_date=info.birth_date,
        study_date=info.study_date,
        accession_number=info.accession_number,
        description=text(ds, "StudyDescription"),
        modalities=tuple(filter(None, texts(ds, "ModalitiesInStudy"))),
        instance_count=whole_number(ds, "NumberOfStudyRelatedInstances"),
    )


def film_series(answers: Iterable[Dataset]) -> list[str]:
    """UIDs of the series that may hold projection films."""
    with _leniently():
        uids = {
            text(ds, "SeriesInstanceUID"): text(ds, "Modality").upper() in FILM_MODALITIES for ds in answers
        }
    return [uid for uid, of_films in uids.items() if of_films and is_uid(uid)]


def films(answers: Iterable[Dataset], study_uid: str, series_uid: str) -> list[Instance]:
    """The films of a series; objects of which the archive does not say what they are may be films as well."""
    with _leniently():
        instances = [
            Instance(text(ds, "SOPClassUID"), text(ds, "SOPInstanceUID"), study_uid, series_uid)
            for ds in answers
        ]
    kinds = {"", *FILM_CLASSES}
    return [each for each in instances if each.sop_class_uid in kinds and is_uid(each.sop_uid)]


def sop_uids(answers: Iterable[Dataset]) -> set[str]:
    """The objects that were found."""
    with _leniently():
        return {text(ds, "SOPInstanceUID") for ds in answers}


def keys(names: Iterable[str], values: Mapping[str, str]) -> Dataset:
    """An identifier that asks for elements, by the values of some, in UTF-8."""
    ds = Dataset()
    ds.SpecificCharacterSet = "ISO_IR 192"
    with _leniently():
        for name in names:
            setattr(ds, name, values.get(name, ""))
    return ds


@contextlib.contextmanager
def _leniently() -> Iterator[None]:
    """Without pydicom's warnings of values that bend a rule; see dicom_films.read_dicom."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def is_uid(uid: str) -> bool:
    """Whether a text can be a UID; some devices write zeros where they should not (PS3.5 9.1)."""
    return len(uid) <= _LONGEST_UID and _UID.fullmatch(uid) is not None


def refused(archive: Archive, code: int) -> PacsError:
    """What the status of an answer, or the reason of a failure, means."""
    if code == _NO_SUCH_DESTINATION:
        us = f"{archive.calling_ae}, this computer and port {archive.receive_port}"
        return PacsError(archive.name, f"does not know where to send to; have its administrator enter {us}")
    unknown = (f"refuses with the status {code:04X}; have its administrator look into its log", False)
    reason, passing = _STATUSES.get(code, unknown)
    return PacsError(archive.name, reason, passing=passing)
