"""A grey-scale test pattern for the display, after SMPTE RP 133 and AAPM's TG18-QC and TG270-sQC.

It is drawn in device pixels: a line of one pixel is one pixel of the panel whatever the scale factor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

PATCH_GREYS: Final = tuple(range(0, 256, 15))
"""Eighteen equal steps from black to white."""
CORNER_STEP: Final = 4
"""Grey values by which the corners of a patch differ from it: about what a calibrated display just shows."""
NEAR_BLACK: Final = (0, 13)
NEAR_WHITE: Final = (255, 242)
"""0 and 5 %, 100 and 95 % of 255: a square in a square."""
BACKGROUND_GREY: Final = 128
HATCH_GREY: Final = 176

_TEXT_POINTS: Final = 15
_PADDING: Final = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True)
class Lines:
    """A square of black and white lines, ``width_px`` wide, upright or level."""

    rect: QRect
    width_px: int
    upright: bool


@dataclass(frozen=True)
class PatternLayout:
    """Where everything lies, in device pixels.

    Attributes:
        size: of the whole.
        cell: distance of two patches, and of two lines of the cross-hatch.
        ramp: black to white, left to right.
        patches: grey value and place of each, clockwise round a ring of six by five.
        squares: outer and inner grey value, outer and inner place.
        lines: pairs of lines.
        text: where the text stands.
    """

    size: QSize
    cell: int
    ramp: QRect
    patches: tuple[tuple[int, QRect], ...]
    squares: tuple[tuple[tuple[int, int], tuple[QRect, QRect]], ...]
    lines: tuple[Lines, ...]
    text: QRect

    @property
    def ring(self) -> QRect:
        """All cells of the patches, with the squares and lines among them."""
        return self.patches[0][1].united(self.patches[_COLUMNS + _ROWS - 2][1])


_COLUMNS: Final = 6
_ROWS: Final = 5


def lay_out(size: QSize, text_height: int) -> PatternLayout:
    """The pattern for a window of so many device pixels, with a strip for the text at its foot."""
    margin = max(2, min(size.width(), size.height()) // 40)
    inner = QRect(QPoint(0, 0), size).adjusted(margin, margin, -margin, -margin)
    text = QRect(inner.left(), inner.bottom() + 1 - text_height, inner.width(), text_height)
    ramp = QRect(inner.left(), inner.top(), inner.width(), max(4, inner.height() // 12))
    top, bottom = ramp.bottom() + 1 + margin, text.top() - margin
    cell = max(10, min(inner.width() // _COLUMNS, (bottom - top) // _ROWS))
    left = (size.width() - cell * _COLUMNS) // 2
    origin = QPoint(left, top + max(0, bottom - top - cell * _ROWS) // 2)
    return PatternLayout(
        size=size,
        cell=cell,
        ramp=ramp,
        patches=tuple(
            (grey, _in_cells(origin, cell, column, row))
            for grey, (column, row) in zip(PATCH_GREYS, _ring(), strict=True)
        ),
        squares=tuple(
            (greys, _nested(_in_cells(origin, cell, column, 1, span=2)))
            for greys, column in ((NEAR_BLACK, 1), (NEAR_WHITE, 3))
        ),
        lines=tuple(
            Lines(_in_cells(origin, cell, column, 3), width_px, upright)
            for column, (width_px, upright) in enumerate(((1, True), (1, False), (2, True), (2, False)), 1)
        ),
        text=text,
    )


def _ring() -> list[tuple[int, int]]:
    """Column and row of the outermost cells, clockwise from the upper left."""
    across, down = range(_COLUMNS), range(1, _ROWS - 1)
    return [
        *((column, 0) for column in across),
        *((_COLUMNS - 1, row) for row in down),
        *((column, _ROWS - 1) for column in reversed(across)),
        *((0, row) for row in reversed(down)),
    ]


def _in_cells(origin: QPoint, cell: int, column: int, row: int, span: int = 1) -> QRect:
    gap = cell // 12
    side = cell * span - 2 * gap
    return QRect(origin.x() + column * cell + gap, origin.y() + row * cell + gap, side, side)


def _nested(outer: QRect) -> tuple[QRect, QRect]:
    quarter = outer.width() // 4
    return outer, outer.adjusted(quarter, quarter, -quarter, -quarter)


def corners(patch: QRect) -> tuple[tuple[int, QRect], ...]:
    """The four corners of a patch, each with what is added to its grey value."""
    side, inset = patch.width() // 6, patch.width() // 12
    left, top = patch.left() + inset, patch.top() + inset
    right, bottom = patch.right() + 1 - inset - side, patch.bottom() + 1 - inset - side
    return (
        (CORNER_STEP, QRect(left, top, side, side)),
        (-CORNER_STEP, QRect(right, top, side, side)),
        (CORNER_STEP, QRect(right, bottom, side, side)),
        (-CORNER_STEP, QRect(left, bottom, side, side)),
    )


def draw(layout: PatternLayout, text: str, font: QFont) -> QImage:
    """The pattern, one pixel of the picture for one of the panel, its grey values untouched by any gamma."""
    image = QImage(layout.size, QImage.Format.Format_RGB32)
    image.fill(_grey(BACKGROUND_GREY))
    painter = QPainter(image)
    _draw_hatch(painter, layout)
    _draw_ramp(painter, layout.ramp)
    for grey, patch in layout.patches:
        painter.fillRect(patch, _grey(grey))
        for step, corner in corners(patch):
            painter.fillRect(corner, _grey(grey + step))
    for greys, places in layout.squares:
        for grey, place in zip(greys, places, strict=True):
            painter.fillRect(place, _grey(grey))
    for lines in layout.lines:
        _draw_lines(painter, lines)
    painter.fillRect(layout.text, _grey(0))
    painter.setFont(font)
    painter.setPen(_grey(220))
    painter.drawText(layout.text, _PADDING, text)
    painter.end()
    return image


def _draw_hatch(painter: QPainter, layout: PatternLayout) -> None:
    """Lines of one pixel at the edges of all cells, and the border: white at the very edge, black inside."""
    width, height = layout.size.width(), layout.size.height()
    first = layout.patches[0][1].topLeft() - QPoint(layout.cell // 12, layout.cell // 12)
    for x in range(first.x() % layout.cell, width, layout.cell):
        painter.fillRect(x, 0, 1, height, _grey(HATCH_GREY))
    for y in range(first.y() % layout.cell, height, layout.cell):
        painter.fillRect(0, y, width, 1, _grey(HATCH_GREY))
    for inset, grey in enumerate((255, 0)):
        painter.setPen(_grey(grey))
        painter.drawRect(QRect(inset, inset, width - 1 - 2 * inset, height - 1 - 2 * inset))


def _draw_ramp(painter: QPainter, ramp: QRect) -> None:
    for column in range(ramp.width()):
        grey = round(255 * column / max(1, ramp.width() - 1))
        painter.fillRect(ramp.left() + column, ramp.top(), 1, ramp.height(), _grey(grey))


def _draw_lines(painter: QPainter, lines: Lines) -> None:
    painter.fillRect(lines.rect, _grey(0))
    for offset in range(0, lines.rect.width(), 2 * lines.width_px):
        line = QRect(lines.rect)
        if lines.upright:
            line.setLeft(lines.rect.left() + offset)
            line.setWidth(lines.width_px)
        else:
            line.setTop(lines.rect.top() + offset)
            line.setHeight(lines.width_px)
        painter.fillRect(line & lines.rect, _grey(255))


def _grey(value: int) -> QColor:
    value = min(max(value, 0), 255)
    return QColor(value, value, value)


class GreyPattern(QWidget):
    """The pattern over the whole window, to be shown full screen; Esc or a click closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("Grey-scale test pattern"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def text(self) -> str:
        """What to look for."""
        return self.tr(
            "Look for: the inner square in black and in white; the corners of all 18 squares, of which "
            "black and white have two; an even ramp without bands or tints; sharp lines; the white border "
            "on all four sides. What is missing, the display hides in films too: have it calibrated. "
            "VCF Desktop neither measures nor calibrates the display. Esc or a click closes."
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802
        """A click closes, at its end: its release must not reach the window below."""
        self.close()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw in device pixels."""
        painter = QPainter(self)
        ratio = painter.deviceTransform().m11()
        size = QSize(round(self.width() * ratio), round(self.height() * ratio))
        font = QFont(self.font())
        font.setPixelSize(round(_TEXT_POINTS * ratio))
        font.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
        room = QRect(0, 0, size.width() * 19 // 20, size.height())
        text_height = QFontMetrics(font).boundingRect(room, _PADDING, self.text()).height() + round(8 * ratio)
        painter.scale(1 / ratio, 1 / ratio)
        painter.drawImage(0, 0, draw(lay_out(size, text_height), self.text(), font))
        painter.end()
