"""The report on paper: PDF/A-2b pages of a :class:`Report`, the same bytes for the same report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Final

from vcf_desktop.film import Film, SpacingSource, StudyInfo
from vcf_desktop.io.report_figures import Pictures, cut_out, draw_figure, tallest_mm
from vcf_desktop.io.report_sheet import (
    BODY_PT,
    INK,
    LABEL_PT,
    MARGIN_MM,
    NOTHING,
    QUIET,
    SHADE,
    WHITE,
    Marks,
    Sheet,
    line_mm,
    metadata,
)
from vcf_desktop.io.report_table import draw_table
from vcf_desktop.report import Paper, Report, Trend, level_ranges
from vcf_desktop.report_texts import ReportTexts
from vcf_desktop.review import ReaderGrade

_TITLE_PT: Final = 12.5
_NAME_PT: Final = 10.5
_IMPRESSION_PT: Final = 10.0
_SITE_PART: Final = 0.42
"""Of the width of the page, for the site; the title has the rest."""
_LOGO_MM: Final = (38.0, 13.0)
_GAP_MM: Final = 3.2
_COLUMNS: Final = 6
_COLUMN_GAP_MM: Final = 3.0
"""The grid that what is told of patient and study stands in."""

_FIGURE_MM: Final = (74.0, 162.0)
"""Least and greatest height of film and diagram; between them they fill the page."""

_EAST_ASIAN: Final = re.compile("[\u3040-\u9fff\uac00-\ud7af]")


def report_pdf(report: Report, film: Film, texts: ReportTexts, paper: Paper = Paper.A4) -> bytes:
    """The pages of a report as a PDF file (PDF/A-2b, ISO 19005-2).

    Args:
        report: what is told.
        film: that the report is about; its pixels are shown.
        texts: the words, and whose report it is.
        paper: size of the pages.
    """
    pictures = cut_out(film, report)
    # How many pages there are, and how high the figure may be, is known when all is written.
    least, greatest = _FIGURE_MM
    marks = _marks(report, texts)
    with _written(report, texts, pictures, Sheet(paper, marks, 1), least) as trial:
        room = trial.figure_mm + max(0.0, trial.sheet.spare_mm - 0.5)
        figure_mm = max(trial.figure_mm, min(greatest, room, tallest_mm(pictures)))
        page_count = trial.sheet.pages_count
    with _written(report, texts, pictures, Sheet(paper, marks, page_count), figure_mm) as writer:
        metadata(writer.sheet, texts.text("title.report"), _author(report), texts.language, report.made)
        return bytes(writer.sheet.output())


@contextmanager
def _written(
    report: Report, texts: ReportTexts, pictures: Pictures, sheet: Sheet, figure_mm: float
) -> Iterator[_Writer]:
    """All of a report on a sheet whose fonts are open as long as they are needed."""
    try:
        writer = _Writer(report, texts, pictures, sheet, figure_mm)
        writer.write()
        yield writer
    finally:
        sheet.close_fonts()


def person(name: str) -> str:
    """A DICOM person name (PS3.5 6.2.1) as one reads it, with the name in its own script in brackets."""
    groups = [_plain(group) for group in name.split("=")]
    first, *others = [group for group in groups if group] or [""]
    return f"{first} ({others[0]})" if others else first


def _plain(group: str) -> str:
    family, *given = group.split("^")
    if _EAST_ASIAN.search(group):
        return "".join([family, *given[:2]])
    rest = " ".join(part for part in given[:2] if part)
    return f"{family}, {rest}" if family and rest else family or rest


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _marks(report: Report, texts: ReportTexts) -> Marks:
    study = report.study or StudyInfo()
    return Marks(
        title=texts.text("title.report"),
        patient=(person(study.patient_name), study.patient_id),
        status=_status(report, texts),
        notices="  ".join(texts.notices(report)),
        page=texts.templates["line.page"],
        watermark=texts.word(report.status) if report.is_draft else "",
    )


def _status(report: Report, texts: ReportTexts) -> str:
    status = _capital(texts.word(report.status))
    if report.signature is None:
        return status
    return f"{status} · {texts.text('line.version', version=report.signature.version)}"


def _author(report: Report) -> str:
    return report.signature.reader if report.signature else "VCF Desktop"


class _Writer:
    """Writes a report onto a sheet, from the most important to the least."""

    def __init__(
        self,
        report: Report,
        texts: ReportTexts,
        pictures: Pictures,
        sheet: Sheet,
        figure_mm: float,
    ) -> None:
        self._report, self._texts, self._pictures = report, texts, pictures
        self.figure_mm = figure_mm
        self.sheet = sheet

    def write(self) -> None:
        """All pages."""
        self._head()
        self._identity()
        self._impression()
        self._figure()
        self._table()
        self._provenance()
        self.sheet.note_spare()

    def _head(self) -> None:
        """Whose report it is at the left, what it is and what it is worth at the right."""
        sheet, site = self.sheet, self._texts.site
        top, left = sheet.y, MARGIN_MM
        if site.logo:
            width, height = _LOGO_MM
            logo = sheet.image(BytesIO(site.logo), left, top, width, height, keep_aspect_ratio=True)
            left += logo.rendered_width + 3
        named = bool(site.logo or site.name or site.lines)
        half = _SITE_PART * sheet.epw
        sheet.y = top
        sheet.flow(site.name, BODY_PT, x=left, width=MARGIN_MM + half - left, bold=True)
        for line in site.lines:
            sheet.flow(line, LABEL_PT, x=left, width=MARGIN_MM + half - left, ink=QUIET)
        bottom = max(sheet.y, top + (_LOGO_MM[1] if site.logo else 0.0))
        x, width = (MARGIN_MM + half, sheet.epw - half) if named else (MARGIN_MM, sheet.epw - 45)
        sheet.y = top
        for line in sheet.lines(self._texts.text("title.report"), width, _TITLE_PT, bold=True):
            y = sheet.y
            sheet.put(x, y, line, _TITLE_PT, bold=True, align="R" if named else "L", width=width)
            sheet.y = y + line_mm(_TITLE_PT)
        title_bottom = sheet.y
        self._badge(top if not named else title_bottom + 0.8)
        sheet.y = max(bottom, title_bottom + (7.0 if named else 0.0)) + 1.5

    def _badge(self, y: float) -> None:
        """The status at the right: a filled field for what may be relied on, a framed one for a draft."""
        sheet, status = self.sheet, self.sheet.shown(_status(self._report, self._texts))
        width = sheet.width(status, BODY_PT, bold=True) + 4
        x = MARGIN_MM + sheet.epw - width
        sheet.set_fill_color(*(WHITE if self._report.is_draft else INK))
        sheet.set_draw_color(*INK)
        sheet.set_line_width(0.4)
        sheet.rect(x, y, width, 5.4, style="DF")
        ink = INK if self._report.is_draft else WHITE
        sheet.put(x + 2, y + (5.4 - line_mm(BODY_PT)) / 2, status, BODY_PT, bold=True, ink=ink)

    def _identity(self) -> None:
        """Who and what was examined, why, and how far the film can be judged."""
        report, texts, sheet = self._report, self._texts, self.sheet
        sheet.rule(sheet.y)
        sheet.y += 1.4
        study = report.study
        if study is None:
            sheet.flow(texts.text("line.no_patient"), BODY_PT, bold=True)
            study = StudyInfo()
        else:
            age = study.age_years
            self._fields(
                [
                    ("name", person(study.patient_name), 2),
                    ("id", study.patient_id, 1),
                    ("born", texts.day(study.birth_date) if study.birth_date else "", 1),
                    ("sex", study.patient_sex, 1),
                    ("age", "" if age is None else texts.text("line.years", years=age), 1),
                ]
            )
            self._fields(
                [
                    ("date", texts.day(study.study_date) if study.study_date else "", 1),
                    ("accession", study.accession_number, 1),
                    ("modality", " ".join(filter(None, (study.modality, study.body_part))), 1),
                    ("view", study.view_position, 1),
                    ("institution", study.institution, 2),
                ]
            )
        statement = report.statement
        quality = _capital(texts.word(statement.quality)) if statement.quality else ""
        quality = ": ".join(filter(None, (quality, statement.quality_note)))
        self._fields(
            [
                ("referring", person(study.referring_physician), 1),
                ("indication", report.indication, 3),
                ("quality", quality, 2),
            ]
        )
        sheet.y += 0.8

    def _fields(self, fields: Sequence[tuple[str, str, int]]) -> None:
        """Fields side by side: name of the label, what stands below it, how many columns of six it takes."""
        texts, sheet = self._texts, self.sheet
        pitch = (sheet.epw + _COLUMN_GAP_MM) / _COLUMNS
        wrapped = [
            sheet.lines(value or NOTHING, columns * pitch - _COLUMN_GAP_MM, BODY_PT, bold=name == "name")
            for name, value, columns in fields
        ]
        height = line_mm(LABEL_PT) + line_mm(BODY_PT) * max(map(len, wrapped)) + 0.8
        sheet.require(height)
        x, top = MARGIN_MM, sheet.y
        for (name, _, columns), lines in zip(fields, wrapped, strict=True):
            label = sheet.shortened(texts.text(f"title.{name}"), columns * pitch - _COLUMN_GAP_MM, LABEL_PT)
            sheet.put(x, top, label, LABEL_PT, ink=QUIET)
            for place_, line in enumerate(lines):
                y = top + line_mm(LABEL_PT) + place_ * line_mm(BODY_PT)
                sheet.put(x, y, line, BODY_PT, bold=name == "name")
            x += columns * pitch
        sheet.y = top + height

    def _impression(self) -> None:
        """What was found and what should follow, on a shaded field as long as it fits on the page."""
        report, texts, sheet = self._report, self._texts, self.sheet
        inner, left = sheet.epw - 7.0, MARGIN_MM + 4.0
        weighty = max(1, len(report.fractures))
        said = [
            (line, _IMPRESSION_PT, place < weighty) for place, line in enumerate(texts.impression(report))
        ]
        said += [(line, BODY_PT, False) for line in texts.recommendation(report)]
        heading = texts.text("title.impression")
        height = line_mm(LABEL_PT) + 3.6 + sum(
            len(sheet.lines(text, inner, size, bold)) * line_mm(size) for text, size, bold in said
        )  # fmt: skip
        if sheet.y + height <= sheet.bottom:
            sheet.set_fill_color(*SHADE)
            sheet.rect(MARGIN_MM, sheet.y, sheet.epw, height, style="F")
            sheet.set_fill_color(*INK)
            sheet.rect(MARGIN_MM, sheet.y, 1.1, height, style="F")
        sheet.y += 1.4
        sheet.flow(heading, LABEL_PT, x=left, width=inner, bold=True, ink=QUIET)
        for text, size, bold in said:
            sheet.flow(text, size, x=left, width=inner, bold=bold)
        sheet.y += 2.2 + _GAP_MM - 1.2
        if report.statement.comment:
            sheet.heading(texts.text("title.comment"))
            sheet.flow(report.statement.comment, BODY_PT)
            sheet.y += _GAP_MM - 1

    def _figure(self) -> None:
        """The film, the drawing of the spine beside it, and what goes with both."""
        self.figure_mm = draw_figure(
            self.sheet, self._report, self._texts, self._pictures, self._facts(), self.figure_mm
        )

    def _facts(self) -> Iterator[tuple[str, str]]:
        """What one looks for first: labels and texts."""
        report, texts = self._report, self._texts
        index = report.deformity_index
        text = texts.text("line.index", total=index.total, evaluable=index.evaluable)
        yield texts.text("title.index"), text
        if report.unevaluable_levels:
            yield _capital(texts.word(ReaderGrade.NOT_EVALUABLE)), level_ranges(report.unevaluable_levels)
        trends = {
            trend: level_ranges([change.level for change in report.changes if change.trend is trend])
            for trend in (Trend.NEW, Trend.WORSE, Trend.LOWER, Trend.NOT_COMPARABLE)
        }
        changed = [f"{_capital(texts.word(trend))}: {levels}" for trend, levels in trends.items() if levels]
        yield texts.text("title.comparison"), "\n".join([*changed, self._prior()])

    def _prior(self) -> str:
        texts, prior = self._texts, self._report.statement.prior
        if prior is None:
            return texts.text("line.no_prior")
        return texts.text(
            "line.prior",
            day=texts.day(prior.study_date) if prior.study_date else texts.text("prior.undated"),
            accession=prior.accession_number or NOTHING,
            reader=prior.reader,
            version=prior.version,
        )

    def _table(self) -> None:
        report, texts, sheet = self._report, self._texts, self.sheet
        if not report.vertebrae:
            return
        draw_table(sheet, report, texts)
        sheet.y += 0.8
        spacing = report.film.spacing_source
        if spacing is SpacingSource.NONE:
            heights = texts.text("line.heights_px")
        else:
            heights = texts.text("line.heights", unit="mm", source=texts.word(spacing))
        said = [heights, texts.text("line.marks")]
        doubtful = [vertebra.level for vertebra in report.vertebrae if vertebra.level_is_doubtful]
        if doubtful:
            said.append(texts.text("line.doubtful_level", levels=level_ranges(doubtful)))
        if report.rejected:
            said.append(texts.text("line.rejected", count=len(report.rejected)))
        if report.statement.prior:
            said.append(texts.text("line.rule"))
        sheet.flow(" ".join(said), LABEL_PT, ink=QUIET)
        sheet.y += _GAP_MM - 1

    def _provenance(self) -> None:
        """Who signed and when, which software ran, and what it had to say."""
        report, texts, sheet = self._report, self._texts, self.sheet
        signature = report.signature
        reader = signature.reader if signature else texts.text("line.not_signed")
        sheet.require(16.0)
        sheet.rule(sheet.y)
        sheet.y += 1.2
        self._fields(
            [
                ("reader", reader, 2),
                ("signed", texts.moment(signature.at) if signature else "", 2),
                ("status", _status(self._report, self._texts), 2),
            ]
        )
        sheet.flow(texts.text("title.software"), LABEL_PT, ink=QUIET)
        ran = [f"VCF Desktop {report.software_version}"]
        ran += [
            texts.text(
                "line.model",
                network=model.name,
                version=model.version,
                hash=model.sha256[:12],
                runtime=model.runtime,
                device=model.device,
            )
            for model in report.models
        ]
        if report.analysed:
            ran.append(texts.moment(report.analysed))
        sheet.flow(";  ".join(ran), LABEL_PT)
        if report.remarks:
            sheet.y += 0.8
            sheet.flow(texts.text("title.remarks"), LABEL_PT, ink=QUIET)
            sheet.flow(" ".join(report.remarks), LABEL_PT)
