"""The table of a report on paper: one row a vertebra."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vcf_desktop.io.report_diagram import short_grade
from vcf_desktop.io.report_sheet import (
    INK,
    LABEL_PT,
    MARGIN_MM,
    NOTHING,
    QUIET,
    RULE,
    SHADE,
    Colour,
    Sheet,
    line_mm,
)
from vcf_desktop.report import Report, ReportedVertebra, Trend
from vcf_desktop.report_texts import ReportTexts
from vcf_desktop.review import ReaderGrade

_ROW_PT: Final = 7.2
_PAD_MM: Final = 0.55
_GAP_MM: Final = 1.8

DIFFERS: Final = "*"
"""After what the software said where the reader says something else."""


@dataclass(frozen=True)
class _Column:
    """Heading, width in mm, whether numbers stand in it, and what is left free before it."""

    title: str
    width: float
    is_number: bool = False
    before: float = 0.0


@dataclass(frozen=True)
class _Cell:
    """A text, and how it is written."""

    text: str
    bold: bool = False
    ink: Colour = INK


def draw_table(sheet: Sheet, report: Report, texts: ReportTexts) -> None:
    """Write the table at the cursor, all on one page where it fits on one."""
    columns = _columns(sheet, report, texts)
    trends = {change.level: change.trend for change in report.changes}
    rows = [_cells(vertebra, texts, trends.get(vertebra.level)) for vertebra in report.vertebrae]
    wrapped = [
        [
            sheet.lines(cell.text, column.width, _ROW_PT, cell.bold)
            for cell, column in zip(row, columns, strict=True)
        ]
        for row in rows
    ]
    heading = line_mm(LABEL_PT) * 2 + 1.0
    height = sum(_height(max(map(len, lines))) for lines in wrapped)
    sheet.require(min(heading + height, sheet.bottom - 30.0))
    _draw_heading(sheet, columns)
    for vertebra, row, lines in zip(report.vertebrae, rows, wrapped, strict=True):
        _draw_row(sheet, columns, row, lines, vertebra.is_deformed)


def _columns(sheet: Sheet, report: Report, texts: ReportTexts) -> list[_Column]:
    unit = "mm" if report.film.spacing_mm else "px"
    heights = [_Column(f"{texts.text(f'title.{key}')}\n{unit}", 7.0, True) for key in _HEIGHTS]
    ratios = [_Column(_broken(texts.text(f"title.{key}")), width, True) for key, width in _RATIOS.items()]
    columns = [
        _Column(texts.text("title.level"), 9.0),
        _Column(texts.text("title.grade"), 18.0),
        _Column(texts.text("title.machine"), 12.0),
        _Column(texts.text("title.type"), 14.0),
        *heights,
        *ratios,
        _Column(f"{texts.text('title.loss')}\n%", 8.0, True),
    ]
    if report.changes:
        columns.append(_Column(texts.text("title.change"), 15.0, before=_GAP_MM))
    taken = sum(column.width + column.before for column in columns) + _GAP_MM * (len(columns) + 1)
    note = f"{texts.text('title.cause')}, {texts.text('title.note')}"
    return [*columns, _Column(note, sheet.epw - taken, before=_GAP_MM)]


_HEIGHTS: Final = ("anterior", "middle", "posterior")
_RATIOS: Final = {"wedge": 7.5, "biconcave": 7.5, "crush": 13.5}


def _broken(ratio: str) -> str:
    """The name of a ratio with its two heights one above the other."""
    return ratio.replace("/", "/\n", 1)


def _cells(vertebra: ReportedVertebra, texts: ReportTexts, trend: Trend | None) -> list[_Cell]:
    """A row; ``trend`` is None where nothing is compared."""
    bold = vertebra.is_deformed
    level = vertebra.level.label + "?" * vertebra.level_is_doubtful
    grade = texts.word(vertebra.grade) if vertebra.grade else NOTHING
    cells = [
        _Cell(level, True),
        _Cell(grade, bold),
        _machine(vertebra, texts),
        _Cell(texts.word(vertebra.deformity), bold),
        *(_Cell(text) for text in _measures(vertebra, texts)),
    ]
    if trend is not None:
        quiet = trend in (Trend.UNCHANGED, Trend.NOT_COMPARABLE)
        cells.append(_Cell(texts.word(trend), not quiet, QUIET if quiet else INK))
    cause = texts.word(vertebra.cause) if vertebra.cause else ""
    return [*cells, _Cell(". ".join(filter(None, (cause, vertebra.note))))]


def _measures(vertebra: ReportedVertebra, texts: ReportTexts) -> list[str]:
    """Three heights, three ratios and the loss."""
    heights, digits = (vertebra.heights_mm, 1) if vertebra.heights_mm else (vertebra.heights_px, 0)
    ratios = vertebra.ratios
    values = [
        *((heights.anterior, heights.middle, heights.posterior) if heights else (None,) * 3),
        *((ratios.wedge, ratios.biconcave, ratios.crush) if ratios else (None,) * 3),
        None if vertebra.loss is None else 100 * vertebra.loss,
    ]
    digits_of = (digits,) * 3 + (2,) * 3 + (0,)
    pairs = zip(values, digits_of, strict=True)
    return [NOTHING if value is None else texts.number(value, places) for value, places in pairs]


def _machine(vertebra: ReportedVertebra, texts: ReportTexts) -> _Cell:
    """What the software said: in bold with a sign where it differs from the reader."""
    if vertebra.machine is None:
        return _Cell(NOTHING, ink=QUIET)
    grade = short_grade(ReaderGrade.of(vertebra.machine.grade), texts)
    said = grade if vertebra.machine.level is vertebra.level else f"{vertebra.machine.level.label} {grade}"
    if said != grade or vertebra.differs_from_machine:
        return _Cell(f"{said} {DIFFERS}", bold=True)
    return _Cell(said, ink=QUIET)


def _height(lines: int) -> float:
    return lines * line_mm(_ROW_PT) + 2 * _PAD_MM


def _draw_heading(sheet: Sheet, columns: Sequence[_Column]) -> None:
    top, x = sheet.y, MARGIN_MM
    step = line_mm(LABEL_PT)
    for column in columns:
        x += column.before
        lines = sheet.lines(column.title, column.width, LABEL_PT)[:2]
        for place, line in enumerate(lines):
            y = top + (2 - len(lines) + place) * step
            align = "R" if column.is_number else "L"
            sheet.put(x, y, line, LABEL_PT, ink=QUIET, align=align, width=column.width)
        x += column.width + _GAP_MM
    sheet.y = top + 2 * step + 0.6
    _line(sheet, 0.35, INK)


def _draw_row(
    sheet: Sheet,
    columns: Sequence[_Column],
    row: Sequence[_Cell],
    lines: Sequence[Sequence[str]],
    shaded: bool,
) -> None:
    """One row; a note that is longer than the page goes on on the next one."""
    left = max(map(len, lines))
    done = 0
    while done < left:
        if sheet.require(_height(min(left - done, 6))):
            _draw_heading(sheet, columns)
        room = int((sheet.bottom - sheet.y - 2 * _PAD_MM) / line_mm(_ROW_PT))
        count = min(left - done, max(1, room))
        top, x = sheet.y, MARGIN_MM
        if shaded:
            sheet.set_fill_color(*SHADE)
            sheet.rect(MARGIN_MM, top, sheet.epw, _height(count), style="F")
        for column, cell, parts in zip(columns, row, lines, strict=True):
            x += column.before
            for place, line in enumerate(parts[done : done + count]):
                y = top + _PAD_MM + place * line_mm(_ROW_PT)
                align = "R" if column.is_number else "L"
                sheet.put(x, y, line, _ROW_PT, bold=cell.bold, ink=cell.ink, align=align, width=column.width)
            x += column.width + _GAP_MM
        sheet.y = top + _height(count)
        _line(sheet, 0.1, RULE)
        done += count


def _line(sheet: Sheet, width: float, ink: Colour) -> None:
    sheet.set_draw_color(*ink)
    sheet.set_line_width(width)
    sheet.line(MARGIN_MM, sheet.y, MARGIN_MM + sheet.epw, sheet.y)
