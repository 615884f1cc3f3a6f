"""Text above a film, on a darkened ground: readable on a white film and on a black one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from vcf_desktop.ui import theme

_GROUND: Final = QColor(0, 0, 0, 140)
_ROUNDING: Final = 3.0


def draw_label(painter: QPainter, text: str, left_middle: QPointF, colour: QColor) -> None:
    """One line that begins at a place."""
    metrics = QFontMetricsF(painter.font())
    top = left_middle.y() - metrics.height() / 2
    _ground(painter, QRectF(left_middle.x() - 4, top, metrics.horizontalAdvance(text) + 8, metrics.height()))
    painter.setPen(colour)
    painter.drawText(QPointF(left_middle.x(), top + metrics.ascent()), text)


def draw_lines(
    painter: QPainter, lines: Sequence[str], top_left: QPointF, colour: QColor, *, bold_first: bool = False
) -> None:
    """Lines below each other from a place on; the first may be bold."""
    metrics = QFontMetricsF(painter.font())
    width = max(metrics.horizontalAdvance(line) for line in lines) * (1.12 if bold_first else 1.0)
    height = metrics.lineSpacing() * len(lines)
    _ground(painter, QRectF(top_left.x() - 4, top_left.y() - 2, width + 10, height + 6))
    painter.setPen(colour)
    plain = painter.font()
    for place, line in enumerate(lines):
        font = painter.font()
        font.setBold(bold_first and place == 0)
        painter.setFont(font)
        baseline = top_left.y() + metrics.ascent() + place * metrics.lineSpacing()
        painter.drawText(QPointF(top_left.x(), baseline), line)
    painter.setFont(plain)


def draw_badge(painter: QPainter, text: str, top_right: QPointF) -> None:
    """A notice that what is shown is not the plain film."""
    width = QFontMetricsF(painter.font()).horizontalAdvance(text) + 18
    box = QRectF(top_right.x() - width, top_right.y(), width, 22)
    _ground(painter, box, theme.WARNING)
    painter.setPen(QColor(0, 0, 0))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def draw_message(painter: QPainter, text: str, area: QRectF) -> None:
    """A sentence in the middle of an area, in as many lines as it needs."""
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    _ground(painter, painter.boundingRect(area, flags, text).adjusted(-14, -10, 14, 10))
    painter.setPen(theme.TEXT)
    painter.drawText(area, flags, text)


def _ground(painter: QPainter, box: QRectF, colour: QColor = _GROUND) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(box, _ROUNDING, _ROUNDING)
