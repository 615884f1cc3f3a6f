"""A report in the forms that it was asked for, in a folder or for the archive."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from vcf_desktop import __version__
from vcf_desktop.film import Film
from vcf_desktop.io.atomic import make_folder, replace_files
from vcf_desktop.io.pacs import Instance
from vcf_desktop.io.sessions import Session
from vcf_desktop.report import Format, Paper, Report
from vcf_desktop.report_building import build_report, draft_report
from vcf_desktop.report_texts import ReportTexts

FOR_THE_ARCHIVE: Final = (Format.SR, Format.SEG, Format.GSPS, Format.EPDF)
"""What an archive is sent unless something else was asked for."""

_ENDINGS: Final = {
    Format.PDF: "report.pdf",
    Format.SR: "sr.dcm",
    Format.SEG: "seg.dcm",
    Format.GSPS: "gsps.dcm",
    Format.EPDF: "pdf.dcm",
    Format.SC: "sc.dcm",
    Format.JSON: "report.json",
    Format.CSV: "report.csv",
    Format.FHIR: "fhir.json",
    "film": "film.dcm",
}
"""By the value of a format, or of :class:`vcf_desktop.io.dicom_instances.ObjectKind`."""
_DICOM: Final = frozenset({Format.SR, Format.SEG, Format.GSPS, Format.EPDF, Format.SC})


@dataclass(frozen=True)
class Rendered:
    """A report in the forms that were asked for.

    Attributes:
        files: ending of a file's name -> its content.
        notices: sentences that the user should know.
    """

    files: Mapping[str, bytes]
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Exported:
    """The files that were written, and sentences that the user should know."""

    paths: tuple[Path, ...]
    notices: tuple[str, ...]


def report_of(film: Film, session: Session, made: datetime) -> Report:
    """The report of a review as it stands: a draft as long as it is not signed; errors as `build_report`."""
    if session.locked:
        return build_report(film, session.review, session.signatures[-1], __version__, made)
    return draft_report(film, session.review, __version__, made)


def rendered(
    report: Report,
    film: Film,
    texts: ReportTexts,
    formats: Collection[Format],
    paper: Paper = Paper.A4,
    earlier: Instance | None = None,
) -> Rendered:
    """A report in every format asked for.

    Where DICOM objects refer to a film that was none, the image that was made of it is among them. An SR
    names ``earlier``, the SR of the version before, as its predecessor (PS3.3 C.17.2).

    Raises:
        FilmReadError: the film's file cannot be read again, which DICOM objects need.
        ReportError: the film has changed, or lacks what a reference to it needs.
    """
    pdf = None
    if not {Format.PDF, Format.EPDF, Format.FHIR}.isdisjoint(formats):
        from vcf_desktop.io.report_pdf import report_pdf

        pdf = report_pdf(report, film, texts, paper)
    files = {}
    if Format.PDF in formats and pdf is not None:
        files[_ENDINGS[Format.PDF]] = pdf
    if Format.JSON in formats:
        from vcf_desktop.io.report_tables import report_json

        files[_ENDINGS[Format.JSON]] = report_json(report, texts)
    if Format.CSV in formats:
        from vcf_desktop.io.report_tables import report_csv

        files[_ENDINGS[Format.CSV]] = report_csv(report, texts)
    if Format.FHIR in formats:
        from vcf_desktop.io.report_fhir import report_fhir

        files[_ENDINGS[Format.FHIR]] = report_fhir(report, texts, pdf)
    objects = _dicom(report, film, texts, formats, pdf, earlier)
    return Rendered(files | dict(objects.files), objects.notices)


def export_report(
    report: Report,
    film: Film,
    texts: ReportTexts,
    formats: Collection[Format],
    folder: Path,
    stem: str,
    paper: Paper = Paper.A4,
) -> Exported:
    """Write a report into a folder, which is made where it is missing; the files ``<stem>.<ending>``.

    Raises:
        OutputError: one of them cannot be written; all are then as they were before.
        FilmReadError, ReportError: as :func:`rendered`.
    """
    made = rendered(report, film, texts, formats, paper)
    files = {folder / f"{stem}.{ending}": content for ending, content in made.files.items()}
    make_folder(folder)
    replace_files(files)
    return Exported(tuple(files), made.notices)


def _dicom(
    report: Report,
    film: Film,
    texts: ReportTexts,
    formats: Collection[Format],
    pdf: bytes | None,
    earlier: Instance | None,
) -> Rendered:
    if _DICOM.isdisjoint(formats):
        return Rendered({})
    from vcf_desktop.io.dicom_instances import ObjectKind, reference_to
    from vcf_desktop.io.dicom_source import read_source
    from vcf_desktop.io.overlay import report_picture
    from vcf_desktop.io.report_dicom import dicom_objects

    kinds = [ObjectKind(wanted.value) for wanted in Format if wanted in _DICOM and wanted in formats]
    picture = report_picture(film, report) if Format.SC in formats else None
    objects = dicom_objects(
        report,
        film,
        read_source(film),
        texts,
        kinds,
        pdf=pdf,
        picture=picture,
        earlier=None if earlier is None else reference_to(earlier),
    )
    return Rendered({_ENDINGS[kind]: content for kind, content in objects.files.items()}, objects.notices)
