"""The report on paper: PDF/A-2b pages of a :class:`Report`, the same bytes for the same report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from vcf_desktop.film import Film, SpacingSource, StudyInfo
from vcf_desktop.io.report_diagram import anterior_is_left, draw_spine, short_grade
from vcf_desktop.io.report_figures import (
    Picture,
    draw_label,
    draw_outline,
    fracture_regions,
    picture_of,
    place,
    spine_region,
)
from vcf_desktop.io.report_sheet import (
    BODY_PT,
    INK,
    LABEL_PT,
    MARGIN_MM,
    QUIET,
    SHADE,
    SMALL_PT,
    WHITE,
    Marks,
    Paper,
    Sheet,
    line_mm,
    metadata,
)
from vcf_desktop.io.report_table import draw_table
from vcf_desktop.report import Report, ReportedVertebra, Trend, level_ranges
from vcf_desktop.report_texts import ReportTexts
from vcf_desktop.review import ReaderGrade

_TITLE_PT: Final = 12.5
_NAME_PT: Final = 10.5
_IMPRESSION_PT: Final = 10.0
_LOGO_MM: Final = (38.0, 13.0)
_GAP_MM: Final = 3.2

_FILM_MM: Final = 78.0
"""Widest picture of the film."""
_DIAGRAM_MM: Final = 52.0
_FIGURE_MM: Final = (74.0, 150.0)
"""Least and greatest height of film and diagram; between them they fill the page."""
_FILM_PX: Final = 1600
_CELL_MM: Final = (34.0, 28.0)
"""An enlarged fracture."""
_CELL_PX: Final = 420
_CELLS: Final = 5


@dataclass(frozen=True, eq=False)
class _Pictures:
    """What is cut out of the film: the spine, and the fractures in their order."""

    spine: Picture
    fractures: tuple[Picture, ...]


def report_pdf(report: Report, film: Film, texts: ReportTexts, paper: Paper = Paper.A4) -> bytes:
    """The pages of a report as a PDF file (PDF/A-2b, ISO 19005-2).

    Args:
        report: what is told.
        film: that the report is about; its pixels are shown.
        texts: the words, and whose report it is.
        paper: size of the pages.
    """
    pictures = _Pictures(
        picture_of(film, spine_region(film, report.vertebrae), _FILM_PX),
        tuple(
            picture_of(film, region, _CELL_PX)
            for region in fracture_regions(film, report.fractures, _CELL_MM[1] / _CELL_MM[0])
        ),
    )
    # How many pages there are, and how high the figure may be, is known when all is written.
    least, greatest = _FIGURE_MM
    draft = _Writer(report, texts, pictures, paper, page_count=1, figure_mm=least).written()
    figure_mm = min(greatest, least + max(0.0, draft.spare_mm - 0.5))
    sheet = _Writer(report, texts, pictures, paper, draft.pages_count, figure_mm).written()
    metadata(sheet, texts.text("title.report"), _author(report), texts.language, report.made)
    return bytes(sheet.output())


def person(name: str) -> str:
    """A DICOM person name (PS3.5 6.2.1) as one reads it, with the name in its own script in brackets."""
    groups = [_plain(group) for group in name.split("=")]
    first, *others = [group for group in groups if group] or [""]
    return f"{first} ({others[0]})" if others else first


def _plain(group: str) -> str:
    family, *given = group.split("^")
    rest = " ".join(part for part in given[:2] if part)
    return f"{family}, {rest}" if family and rest else family or rest


def _author(report: Report) -> str:
    return report.signature.reader if report.signature else "VCF Desktop"


class _Writer:
    """Writes a report onto a sheet, from the most important to the least."""

    def __init__(
        self,
        report: Report,
        texts: ReportTexts,
        pictures: _Pictures,
        paper: Paper,
        page_count: int,
        figure_mm: float,
    ) -> None:
        self._report, self._texts, self._pictures = report, texts, pictures
        self._figure_mm = figure_mm
        self._sheet = Sheet(paper, self._marks(), page_count)

    def written(self) -> Sheet:
        """All pages."""
        self._head()
        self._identity()
        self._impression()
        self._figure()
        self._strip()
        self._table()
        self._comparison()
        self._provenance()
        self._sheet.note_spare()
        return self._sheet

    def _marks(self) -> Marks:
        report, texts = self._report, self._texts
        study = report.study or StudyInfo()
        who = [person(study.patient_name), study.patient_id, self._status()]
        return Marks(
            title=texts.text("title.report"),
            identity="  ·  ".join(filter(None, who)),
            notices="  ".join(texts.notices(report)),
            page=texts.text("line.page", page="{page}", count="{count}"),
            watermark=texts.word(report.status) if report.is_draft else "",
        )

    def _status(self) -> str:
        report, texts = self._report, self._texts
        status = texts.word(report.status)
        if report.signature is None:
            return status
        return f"{status}, {texts.text('line.version', version=report.signature.version)}"

    def _head(self) -> None:
        """Whose report it is at the left, what it is and what it is worth at the right."""
        sheet, site = self._sheet, self._texts.site
        top, left = sheet.y, MARGIN_MM
        if site.logo:
            width, height = _LOGO_MM
            logo = sheet.image(BytesIO(site.logo), left, top, width, height, keep_aspect_ratio=True)
            left += logo.rendered_width + 3
        half = sheet.epw / 2
        sheet.y = top
        sheet.flow(site.name, BODY_PT, x=left, width=MARGIN_MM + half - left, bold=True)
        for line in site.lines:
            sheet.flow(line, LABEL_PT, x=left, width=MARGIN_MM + half - left, ink=QUIET)
        bottom = max(sheet.y, top + (_LOGO_MM[1] if site.logo else 0.0))
        named = bool(site.logo or site.name or site.lines)
        x, width = (MARGIN_MM + half, half) if named else (MARGIN_MM, sheet.epw - 45)
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
        sheet, status = self._sheet, self._sheet.shown(self._status())
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
        report, texts, sheet = self._report, self._texts, self._sheet
        sheet.rule(sheet.y)
        sheet.y += 1.4
        study = report.study
        if study is None:
            sheet.flow(texts.text("line.no_patient"), BODY_PT, bold=True)
            study = StudyInfo()
        else:
            age = study.age_years
            rows = (
                (
                    ("name", person(study.patient_name), 2),
                    ("id", study.patient_id, 1),
                    ("born", texts.day(study.birth_date) if study.birth_date else "", 1),
                    ("sex", study.patient_sex, 0.5),
                    ("age", "" if age is None else texts.text("line.years", years=age), 0.7),
                ),
                (
                    ("date", texts.day(study.study_date) if study.study_date else "", 1),
                    ("accession", study.accession_number, 1),
                    ("modality", " ".join(filter(None, (study.modality, study.body_part))), 1),
                    ("view", study.view_position, 0.7),
                    ("referring", person(study.referring_physician), 1.2),
                    ("institution", study.institution, 1.4),
                ),
            )
            for fields in rows:
                self._fields([(texts.text(f"title.{key}"), text or "–", part) for key, text, part in fields])
        statement = report.statement
        quality = texts.word(statement.quality) if statement.quality else ""
        quality = ": ".join(filter(None, (quality, statement.quality_note)))
        last = [
            (texts.text("title.indication"), report.indication or "–", 1.0),
            (texts.text("title.quality"), quality or "–", 1.0),
        ]
        self._fields(last)
        sheet.y += 0.8

    def _fields(self, fields: Sequence[tuple[str, str, float]]) -> None:
        """Labels over values side by side, their widths in these proportions."""
        sheet = self._sheet
        room = sheet.epw - 3.0 * (len(fields) - 1)
        unit = room / sum(part for *_, part in fields)
        wrapped = [sheet.lines(value, part * unit, BODY_PT) for _, value, part in fields]
        height = line_mm(LABEL_PT) + line_mm(BODY_PT) * max(map(len, wrapped)) + 0.8
        sheet.require(height)
        x, top = MARGIN_MM, sheet.y
        for (label, _, part), lines in zip(fields, wrapped, strict=True):
            sheet.put(x, top, sheet.shortened(label, part * unit, LABEL_PT), LABEL_PT, ink=QUIET)
            for place_, line in enumerate(lines):
                y = top + line_mm(LABEL_PT) + place_ * line_mm(BODY_PT)
                sheet.put(x, y, line, BODY_PT, bold=label == self._texts.text("title.name"))
            x += part * unit + 3.0
        sheet.y = top + height

    def _impression(self) -> None:
        """What was found and what should follow, on a shaded field as long as it fits on the page."""
        report, texts, sheet = self._report, self._texts, self._sheet
        inner, left = sheet.epw - 7.0, MARGIN_MM + 4.0
        said = [
            *((line, _IMPRESSION_PT, bool(report.fractures)) for line in texts.impression(report)),
            *((line, BODY_PT, False) for line in texts.recommendation(report)),
        ]
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
        report, texts, sheet = self._report, self._texts, self._sheet
        sheet.require(self._figure_mm)
        top, picture = sheet.y, self._pictures.spine
        wide, high = picture.size
        scale = min(_FILM_MM / wide, self._figure_mm / high)
        placed = place(sheet, picture, MARGIN_MM, top, scale)
        to_right = anterior_is_left(report.vertebrae)
        for vertebra in report.vertebrae:
            draw_outline(sheet, placed, vertebra)
        for vertebra in report.vertebrae:
            draw_label(sheet, placed, vertebra, self._label(vertebra), to_right)
        left = placed.right + 5.0
        draw_spine(sheet, report, texts, left, top, _DIAGRAM_MM, self._figure_mm)
        left += _DIAGRAM_MM + 4.0
        sheet.y = top
        for label, text in self._facts():
            width = MARGIN_MM + sheet.epw - left
            sheet.flow(label, LABEL_PT, x=left, width=width, ink=QUIET)
            sheet.flow(text, BODY_PT, x=left, width=width)
            sheet.y += 1.6
        sheet.y = max(sheet.y, top + self._figure_mm) + _GAP_MM

    def _label(self, vertebra: ReportedVertebra) -> str:
        level = vertebra.level.label + "?" * vertebra.level_is_doubtful
        normal = vertebra.grade is ReaderGrade.NON
        return level if normal else f"{level}  {short_grade(vertebra.grade, self._texts)}"

    def _facts(self) -> Iterator[tuple[str, str]]:
        """What one looks for first: labels and texts."""
        report, texts = self._report, self._texts
        index = report.deformity_index
        text = texts.text("line.index", total=index.total, evaluable=index.evaluable)
        yield texts.text("title.index"), text
        if report.unevaluable_levels:
            yield texts.word(ReaderGrade.NOT_EVALUABLE), level_ranges(report.unevaluable_levels)
        trends = {
            trend: level_ranges([change.level for change in report.changes if change.trend is trend])
            for trend in (Trend.NEW, Trend.WORSE, Trend.LOWER, Trend.NOT_COMPARABLE)
        }
        changed = [f"{texts.word(trend)}: {levels}" for trend, levels in trends.items() if levels]
        if changed:
            yield texts.text("title.comparison"), "\n".join(changed)
        doubtful = [v.level for v in report.vertebrae if v.level_is_doubtful]
        if doubtful:
            yield texts.text("title.level"), texts.text("line.doubtful_level", levels=level_ranges(doubtful))
        if report.rejected:
            count = len(report.rejected)
            yield texts.text("title.machine"), texts.text("line.rejected", count=count)

    def _strip(self) -> None:
        """Each fracture enlarged, all at one scale."""
        report, sheet = self._report, self._sheet
        for first in range(0, len(report.fractures), _CELLS):
            row = slice(first, first + _CELLS)
            pairs = list(zip(report.fractures[row], self._pictures.fractures[row], strict=True))
            sheet.require(_CELL_MM[1] + 3 * line_mm(LABEL_PT) + _GAP_MM)
            top, x = sheet.y, MARGIN_MM
            pitch = (sheet.epw - _CELL_MM[0]) / (_CELLS - 1)
            for vertebra, picture in pairs:
                scale = min(side / length for side, length in zip(_CELL_MM, picture.size, strict=True))
                placed = place(sheet, picture, x, top, scale)
                draw_outline(sheet, placed, vertebra, enlarged=True)
                sheet.y = top + _CELL_MM[1] + 0.6
                for place_, line in enumerate(self._captions(vertebra)):
                    sheet.flow(line, LABEL_PT, x=x, width=pitch - 1.5, bold=place_ == 0)
                x += pitch
            sheet.y = top + _CELL_MM[1] + 3 * line_mm(LABEL_PT) + _GAP_MM

    def _captions(self, vertebra: ReportedVertebra) -> Iterator[str]:
        texts = self._texts
        grade = f"{texts.text('title.grade')} {short_grade(vertebra.grade, texts)}"
        yield f"{vertebra.level.label}   {grade}   {texts.word(vertebra.deformity)}"
        if vertebra.loss is not None:
            yield f"{texts.text('title.loss')} {texts.number(100 * vertebra.loss, 0)} %"

    def _table(self) -> None:
        report, texts, sheet = self._report, self._texts, self._sheet
        if not report.vertebrae:
            return
        draw_table(sheet, report, texts)
        sheet.y += 0.8
        spacing = report.film.spacing_source
        if spacing is SpacingSource.NONE:
            heights = texts.text("line.heights_px")
        else:
            heights = texts.text("line.heights", unit="mm", source=texts.word(spacing))
        sheet.flow(f"{heights} {texts.text('line.marks')}", LABEL_PT, ink=QUIET)
        sheet.y += _GAP_MM - 1

    def _comparison(self) -> None:
        report, texts, sheet = self._report, self._texts, self._sheet
        prior = report.statement.prior
        sheet.heading(texts.text("title.comparison"))
        if prior is None:
            sheet.flow(texts.text("line.no_prior"), SMALL_PT)
        else:
            day = texts.day(prior.study_date) if prior.study_date else texts.text("prior.undated")
            accession = prior.accession_number or "–"
            line = texts.text(
                "line.prior", day=day, accession=accession, reader=prior.reader, version=prior.version
            )
            sheet.flow(f"{line} {texts.text('line.rule')}", SMALL_PT)
        sheet.y += _GAP_MM - 1

    def _provenance(self) -> None:
        """Who signed and when, which software ran, and what it had to say."""
        report, texts, sheet = self._report, self._texts, self._sheet
        signature = report.signature
        reader = signature.reader if signature else texts.text("line.not_signed")
        sheet.require(16.0)
        sheet.rule(sheet.y)
        sheet.y += 1.2
        self._fields(
            [
                (texts.text("title.reader"), reader, 2.2),
                (texts.text("title.signed"), texts.moment(signature.at) if signature else "–", 1.4),
                (texts.text("title.status"), self._status(), 1.4),
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
