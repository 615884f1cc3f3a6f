"""What a reader says of an examination as a whole, beside the grades of its vertebrae."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vcf_desktop.geometry import Heights
from vcf_desktop.spine import VertebraLevel


class Quality(StrEnum):
    """How far a film can be judged (PS3.16 CID 7036)."""

    DIAGNOSTIC = "diagnostic"
    LIMITED = "limited"
    NON_DIAGNOSTIC = "non-diagnostic"


@dataclass(frozen=True)
class PriorVertebra:
    """One vertebra of an earlier film: ``grade`` as the reader gave it, None where it is not evaluable.

    ``heights_mm`` are None where that film's mm do not hold in the patient.
    """

    level: VertebraLevel
    grade: float | None
    is_fracture: bool
    heights_mm: Heights | None


@dataclass(frozen=True)
class PriorReading:
    """The signed reading of an earlier film that this one is compared with.

    Attributes:
        film_sha256, frame, version: which signed review it is.
        sop_class_uid, sop_uid: of that film, empty for pictures.
        study_date: of that film, None where it is not known.
        accession_number: of that film.
        reader: who signed.
        vertebrae: top to bottom.
    """

    film_sha256: str
    frame: int
    version: int
    sop_class_uid: str
    sop_uid: str
    study_date: date | None
    accession_number: str
    reader: str
    vertebrae: tuple[PriorVertebra, ...]


@dataclass(frozen=True)
class Statement:
    """The reader's words for the report.

    Attributes:
        indication: why the film was taken; empty where what the film's file says stands.
        quality: how far the film can be judged, None where nothing was said.
        quality_note: what limits it.
        comment: further findings.
        recommendation: in place of the site's text; None where that stands, empty for none at all.
        prior: the earlier reading that this one is compared with.
    """

    indication: str = ""
    quality: Quality | None = None
    quality_note: str = ""
    comment: str = ""
    recommendation: str | None = None
    prior: PriorReading | None = None
