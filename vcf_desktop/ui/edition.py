"""A report as it is shown, saved and sent: one value, and what the workers make of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from vcf_desktop.film import Film
from vcf_desktop.io.report_export import report_of
from vcf_desktop.io.report_files import load_texts
from vcf_desktop.io.results import result_stems
from vcf_desktop.io.sessions import Session
from vcf_desktop.paths import report_folder
from vcf_desktop.report import Format, Paper, Report, ReportStatus
from vcf_desktop.report_texts import ReportTexts
from vcf_desktop.settings import Settings
from vcf_desktop.ui.language import report_language

if TYPE_CHECKING:
    from vcf_desktop.io.report_export import Exported

_HASH_DIGITS = 8


@dataclass(frozen=True, eq=False)
class Edition:
    """A report, with all that decides how its files look.

    Attributes:
        report: what is told.
        film: that it is about.
        language: one of :data:`vcf_desktop.report_texts.LANGUAGES`.
        paper: size of a page.
    """

    report: Report
    film: Film
    language: str
    paper: Paper

    def texts(self) -> ReportTexts:
        """Its words, read from the disk; ReportError where a file of the site cannot be used."""
        return load_texts(self.language, report_folder())

    @property
    def stem(self) -> str:
        """A name for its files that those of no other film, and of no earlier version, have."""
        name = result_stems([self.film.path])[self.film.path]
        parts = [name, self.film.sha256[:_HASH_DIGITS]]
        if self.film.frame_count > 1:
            parts.append(f"frame{self.film.frame}")
        signature = self.report.signature
        parts.append(f"v{signature.version}" if signature else "draft")
        return "-".join(parts)


@dataclass(frozen=True)
class Proof:
    """What is shown of an edition.

    Attributes:
        pdf: the file that is saved, too.
        site_recommendation: what the site recommends for these findings, once they are signed.
    """

    pdf: bytes
    site_recommendation: str


def edition_of(film: Film, session: Session, settings: Settings, made: datetime) -> Edition:
    """The report of a review as it stands: a draft as long as it is not signed."""
    report = report_of(film, session, made)
    return Edition(report, film, report_language(settings.report_language), settings.report_paper)


def proof_of(edition: Edition) -> Proof:
    """What is shown of an edition; runs in the worker."""
    from vcf_desktop.io.report_pdf import report_pdf

    texts, report = edition.texts(), edition.report
    signed = replace(
        report, status=ReportStatus.FINAL, statement=replace(report.statement, recommendation=None)
    )
    return Proof(
        report_pdf(report, edition.film, texts, edition.paper), "\n".join(texts.recommendation(signed))
    )


def export(edition: Edition, formats: Collection[Format], folder: Path) -> Exported:
    """Write an edition in all formats, or in none; runs in the worker.

    Raises:
        FilmReadError, OutputError, ReportError: as :func:`vcf_desktop.io.report_export.export_report`.
    """
    from vcf_desktop.io.report_export import export_report

    return export_report(
        edition.report, edition.film, edition.texts(), formats, folder, edition.stem, edition.paper
    )
