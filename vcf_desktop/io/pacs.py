"""Archives of a hospital: which there are, what is asked of them, and what they answer.

An archive speaks DICOM's own network protocol (PS3.7, PS3.8; :mod:`vcf_desktop.io.pacs_dimse`) or DICOMweb
(PS3.18; :mod:`vcf_desktop.io.pacs_web`). Both do the same for us, behind :class:`ArchiveClient`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol

FILE_NAME: Final = "archives.json"
"""Of the list of archives, in the user's folder."""

Progress = Callable[[int, int], None]
"""Told how many of how many instances are done (0 where unknown); may raise, which cancels the work."""


class ArchiveKind(StrEnum):
    """How an archive is spoken to."""

    DIMSE = "dicom"
    WEB = "dicomweb"


class Retrieval(StrEnum):
    """How an archive that speaks DIMSE hands out films (PS3.4 C.4.2, C.4.3)."""

    GET = "C-GET"
    MOVE = "C-MOVE"


@dataclass(frozen=True)
class Archive:
    """One archive, as the user set it up. Passwords and tokens are never part of it.

    Attributes:
        name: what the user calls it; unique.
        kind: how it is spoken to.
        host, port, called_ae: of a DIMSE archive.
        calling_ae: our own AE title.
        retrieval: how films come; for C-MOVE the archive must know ``calling_ae`` with our ``receive_port``.
        receive_port: where we listen while a C-MOVE runs.
        tls: whether a DIMSE archive is spoken to through TLS (PS3.15 B.1); DICOMweb says it by https.
        ca_file: PEM with the authorities that may vouch for the archive; empty for those of the system.
        client_certificate, client_key: PEM files by which we show who we are; empty where not asked for.
        url: root of a DICOMweb archive, as ``https://pacs.example/dicom-web``.
        user: for a password; empty where the secret is a bearer token, or none is needed.
        takes_results: whether reports are sent here when a review is signed.
    """

    name: str
    kind: ArchiveKind = ArchiveKind.DIMSE
    host: str = ""
    port: int = 104
    called_ae: str = "ANY-SCP"
    calling_ae: str = "VCFDESKTOP"
    retrieval: Retrieval = Retrieval.GET
    receive_port: int = 11112
    tls: bool = False
    ca_file: str = ""
    client_certificate: str = ""
    client_key: str = ""
    url: str = ""
    user: str = ""
    takes_results: bool = False


@dataclass(frozen=True)
class StudyQuery:
    """Which studies are looked for; what is empty is not asked about. ``*`` and ``?`` are wild cards.

    Attributes:
        patient_id, patient_name, accession_number: as the archive has them.
        since, until: study dates, both included.
        modalities: any of these; empty for all.
    """

    patient_id: str = ""
    patient_name: str = ""
    accession_number: str = ""
    since: date | None = None
    until: date | None = None
    modalities: tuple[str, ...] = ()


@dataclass(frozen=True)
class FoundStudy:
    """A study that an archive holds; an empty string or None where it does not say."""

    study_uid: str
    patient_name: str = ""
    patient_id: str = ""
    birth_date: date | None = None
    study_date: date | None = None
    accession_number: str = ""
    description: str = ""
    modalities: tuple[str, ...] = ()
    instance_count: int | None = None


@dataclass(frozen=True)
class Instance:
    """A DICOM object as a network knows it."""

    sop_class_uid: str
    sop_uid: str
    study_uid: str
    series_uid: str


class Commitment(StrEnum):
    """What an archive said when it was asked to answer for objects (PS3.4 J)."""

    COMMITTED = "committed"
    FAILED = "failed"
    NOT_OFFERED = "not offered"


class ArchiveClient(Protocol):
    """What is asked of an archive; each raises PacsError with one sentence where it cannot be done."""

    def echo(self) -> None:
        """Make sure that the archive answers and takes us for whom we say we are."""

    def find(self, query: StudyQuery) -> tuple[FoundStudy, ...]:
        """The studies that fit, the newest first."""

    def retrieve(self, study: FoundStudy, into: Path, report: Progress) -> tuple[Path, ...]:
        """Fetch the projection films of a study into a folder that exists, under names of our own.

        All of them, or none: what came before a failure is removed.
        """

    def store(self, file: Path) -> None:
        """Send one DICOM file."""

    def holds(self, instance: Instance) -> bool:
        """Whether the archive has an object."""

    def commit(self, instances: Iterable[Instance]) -> Commitment:
        """Ask the archive to answer for objects it was sent."""


def open_archive(archive: Archive, secret: str | None) -> ArchiveClient:
    """The client that speaks an archive's protocol; nothing is sent before it is asked something.

    Args:
        secret: password of ``archive.user``, or a bearer token where that is empty; None without either.
    """
    if archive.kind is ArchiveKind.WEB:
        from vcf_desktop.io.pacs_web import WebClient

        return WebClient(archive, secret)
    from vcf_desktop.io.pacs_dimse import DimseClient

    return DimseClient(archive)
