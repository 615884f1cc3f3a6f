"""The spine of a report as a drawing: one body a level, shaped and lettered by type and grade."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.grading import level_norm
from vcf_desktop.io.report_sheet import INK, LABEL_PT, NOTHING, QUIET, WHITE, Colour, Sheet, line_mm
from vcf_desktop.report import READ_LEVELS, Report, ReportedVertebra, Trend
from vcf_desktop.report_texts import ReportTexts
from vcf_desktop.review import ReaderGrade
from vcf_desktop.spine import Deformity, VertebraLevel

FILLS: Final[dict[ReaderGrade | None, Colour]] = {
    ReaderGrade.NON: WHITE,
    ReaderGrade.EQUIVOCAL: (238, 234, 214),
    ReaderGrade.MILD: (240, 218, 120),
    ReaderGrade.MODERATE: (232, 150, 45),
    ReaderGrade.SEVERE: (178, 54, 12),
    ReaderGrade.NOT_EVALUABLE: WHITE,
    None: WHITE,
}
"""The window's colours for white paper; each is darker than the one before, so that they differ in grey."""

_LOSSES: Final = {ReaderGrade.MILD: 0.24, ReaderGrade.MODERATE: 0.38, ReaderGrade.SEVERE: 0.55}
"""Height that a body of this grade loses in the drawing: a little more than in the patient, to be seen."""

_DISC: Final = 0.30
"""Height of a disc by that of the body above it."""
_DEPTH: Final = 1.35
"""Depth of a body by its height."""
_WAIST: Final = 0.06
"""How far its front and back are hollow, by its depth."""
_CURVE: Final = 0.033
"""How far the chest curves backwards and the loins forwards, by the height of the drawing."""
_APEX, _HALF_WAVE = 0.25, 0.57
"""Where along T4 to L5 the chest is farthest back, about T7, and how far below it L3 is farthest in front."""
_LEVEL_MM: Final = 7.0
_GRADE_PT: Final = 7.0
_OUTLINE_MM: Final = 0.25


def draw_spine(
    sheet: Sheet, report: Report, texts: ReportTexts, left: float, top: float, width: float, height: float
) -> None:
    """Draw all levels of a report, T4 to L5 at least, into a box, the belly where it lies on the film."""
    graded = _worst(report.vertebrae)
    levels = sorted({*READ_LEVELS, *graded})
    trends = {change.level: change.trend for change in report.changes}
    facing = -1.0 if anterior_is_left(report.vertebrae) else 1.0
    norms = [level_norm(level).posterior_height_mm for level in levels]
    scale = height / (sum(norms) * (1 + _DISC))
    sway = _CURVE * height
    middle = left + _LEVEL_MM + sway + _DEPTH * max(norms) * scale / 2
    words_left = middle + sway + _DEPTH * max(norms) * scale / 2 + 1.0
    y = top
    for level, norm in zip(levels, norms, strict=True):
        body = norm * scale
        y += _DISC * body / 2
        centre = y + body / 2
        back, slope = _curve((centre - top) / height)
        turn = math.atan(sway * slope / height)
        frame = _Frame(middle - facing * back * sway, centre, -facing * turn, body, facing)
        vertebra = graded.get(level)
        _draw_body(sheet, vertebra, frame, texts)
        text_top = centre - line_mm(LABEL_PT) / 2
        bold = vertebra is not None and vertebra.is_deformed
        sheet.put(left, text_top, level.label, LABEL_PT, bold=bold, ink=INK if vertebra else QUIET)
        words = _words(vertebra, trends.get(level), texts)
        room = left + width - words_left
        lines = sheet.lines(words, room, LABEL_PT, bold)
        for place, line in enumerate(lines):
            at = text_top + (place - (len(lines) - 1) / 2) * line_mm(LABEL_PT)
            sheet.put(words_left, at, line, LABEL_PT, bold=bold, ink=INK if vertebra else QUIET)
        y += body * (1 + _DISC / 2)


def anterior_is_left(vertebrae: Sequence[ReportedVertebra]) -> bool:
    """Whether the belly lies at the left on the film, by most of the vertebrae."""
    return bool(sum(np.sign(v.points_xy[2, 0] - v.points_xy[0, 0]) for v in vertebrae) >= 0)


def short_grade(grade: ReaderGrade | None, texts: ReportTexts) -> str:
    """A grade in the fewest letters: its number, or the sign of what was not evaluable."""
    if grade is None:
        return NOTHING
    if grade is ReaderGrade.NOT_EVALUABLE:
        return texts.text("line.not_evaluable")
    return texts.number(0.5, 1) if grade is ReaderGrade.EQUIVOCAL else grade.value


class _Frame:
    """Where a body lies; its own coordinates are 1 at the belly and at the head, -1 at the back and below."""

    def __init__(self, x: float, y: float, turn: float, height: float, facing: float) -> None:
        self.x, self.y = x, y
        self.height = height
        self._half = np.array([facing * _DEPTH * height / 2, -height / 2])
        self._turn = np.array(
            [[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]], dtype=np.float64
        )

    def on_paper(self, points: NDArray[np.float64]) -> list[tuple[float, float]]:
        """Points (N, 2) of the body in mm on the page."""
        placed = (points * self._half) @ self._turn.T + (self.x, self.y)
        return [(float(x), float(y)) for x, y in placed]


def _worst(vertebrae: Sequence[ReportedVertebra]) -> dict[VertebraLevel, ReportedVertebra]:
    """The vertebra of each level, the worse one where two bear one name."""
    rising = sorted(vertebrae, key=lambda v: -1.0 if v.number is None else v.number)
    return {vertebra.level: vertebra for vertebra in rising}


def _curve(along: float) -> tuple[float, float]:
    """How far back the spine lies at a place along it, -1 to 1, and how fast that changes."""
    phase = math.pi * (along - _APEX) / _HALF_WAVE
    return math.cos(phase), -math.sin(phase) * math.pi / _HALF_WAVE


def _words(vertebra: ReportedVertebra | None, trend: Trend | None, texts: ReportTexts) -> str:
    if vertebra is None:
        return texts.text("line.not_seen")
    words = [short_grade(vertebra.grade, texts)] if vertebra.grade is ReaderGrade.NOT_EVALUABLE else []
    if vertebra.deformity is not Deformity.NONE:
        words.append(texts.word(vertebra.deformity))
    if trend in (Trend.NEW, Trend.WORSE, Trend.LOWER):
        words.append(texts.word(trend))
    return ", ".join(words)


def _draw_body(sheet: Sheet, vertebra: ReportedVertebra | None, frame: _Frame, texts: ReportTexts) -> None:
    sheet.set_line_width(_OUTLINE_MM)
    sheet.set_draw_color(*(INK if vertebra else QUIET))
    if vertebra is None:
        sheet.set_dash_pattern(0.7, 0.7)
        sheet.polygon(frame.on_paper(_shape(None)), style="D")
        sheet.set_dash_pattern()
        return
    sheet.set_fill_color(*FILLS[vertebra.grade])
    sheet.polygon(frame.on_paper(_shape(vertebra)), style="DF")
    if not vertebra.is_evaluable:
        sheet.set_line_width(0.15)
        for start in np.arange(-0.85, 0.85, 0.3):
            (x0, y0), (x1, y1) = frame.on_paper(np.array([(start, -0.9), (start + 0.2, 0.9)]))
            sheet.line(x0, y0, x1, y1)
    elif vertebra.number and vertebra.grade:
        ink = WHITE if vertebra.grade is ReaderGrade.SEVERE else INK
        grade = short_grade(vertebra.grade, texts)
        lost = _LOSSES.get(vertebra.grade, 0.0) if vertebra.deformity is not Deformity.NONE else 0.0
        size = min(_GRADE_PT, frame.height * (1 - 0.8 * lost) / line_mm(1.0))
        sunk = lost if vertebra.deformity in (Deformity.CRUSH, Deformity.WEDGE) else 0.0
        ((x, y),) = frame.on_paper(np.array([(0.0, -sunk)]))
        width = sheet.width(grade, size, bold=True)
        sheet.put(x - width / 2, y - line_mm(size) / 2, grade, size, bold=True, ink=ink)


def _shape(vertebra: ReportedVertebra | None) -> NDArray[np.float64]:
    """Outline (N, 2) of a body, front upper corner first; what is lost is lost from above, as mostly."""
    loss = _LOSSES.get(vertebra.grade, 0.0) if vertebra and vertebra.grade else 0.0
    deformity = vertebra.deformity if vertebra else Deformity.NONE
    front, middle, back = {
        Deformity.WEDGE: (loss, loss / 2, 0.0),
        Deformity.BICONCAVE: (0.1 * loss, loss, 0.1 * loss),
        Deformity.CRUSH: (loss, loss, 0.9 * loss),
        Deformity.NONE: (0.0, 0.04, 0.0),
    }[deformity]
    both = middle / 2 if deformity in (Deformity.BICONCAVE, Deformity.NONE) else 0.0
    upper = _edge((1.0, 1 - 2 * front), (0.0, 1 - 2 * (middle - both)), (-1.0, 1 - 2 * back))
    lower = _edge((-1.0, -1.0), (0.0, -1 + 2 * both), (1.0, -1.0))
    rear = _edge(tuple(upper[-1]), (-1 + 2 * _WAIST, -back), tuple(lower[0]))
    fore = _edge(tuple(lower[-1]), (1 - 2 * _WAIST, -front), tuple(upper[0]))
    return np.concatenate([upper[:-1], rear[:-1], lower[:-1], fore[:-1]])


def _edge(start: Sequence[float], through: Sequence[float], end: Sequence[float]) -> NDArray[np.float64]:
    """A parabola (N, 2) from one corner through a point in the middle to the next corner."""
    a, b, c = (np.asarray(point, dtype=np.float64) for point in (start, through, end))
    part = np.linspace(0.0, 1.0, 9)[:, None]
    return np.asarray(a * (1 - part) * (1 - 2 * part) + b * 4 * part * (1 - part) + c * part * (2 * part - 1))
