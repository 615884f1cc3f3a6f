"""How the rows of the list of films look: bands in patients' colours, thumbnails, states, fitted texts."""

from __future__ import annotations

import itertools
from typing import Final

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QImage,
    QPainter,
    QPen,
    QPixmap,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from vcf_desktop.film import StudyInfo
from vcf_desktop.ui import theme
from vcf_desktop.ui.film_entries import THUMBNAIL_SIDE, FilmEntry, FilmKey, FilmState, glyph
from vcf_desktop.ui.film_list_model import FilmListModel, FilmNode, GroupNode, Index, Node

PATIENT_GAP: Final = 6
"""What a patient's row leaves free at its top."""

_BAND: Final = 6
_MARGIN: Final = 6
_GLYPH: Final = 11
_BAR: Final = 3
_REASON_LINES: Final = 3

_STATE_COLOURS: Final = {
    FilmState.WAITING: theme.QUIET,
    FilmState.NEW: theme.TEXT,
    FilmState.ANALYSING: theme.ACCENT,
    FilmState.ANALYSED: theme.ACCENT,
    FilmState.IN_REVIEW: theme.WARNING,
    FilmState.SIGNED: theme.DONE,
    FilmState.REFUSED: theme.ALARM,
}


class FilmRows(QStyledItemDelegate):
    """Draws the rows. Thumbnails are scaled once and kept."""

    def __init__(self, view: QAbstractItemView, model: FilmListModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._pixmaps: dict[FilmKey, tuple[int, float, QPixmap]] = {}
        self.measure()

    # Sizes

    def measure(self) -> None:
        """Take over the view's font."""
        self._font = self._view.font()
        self._bold = QFont(self._font)
        self._bold.setBold(True)
        self._link = QFont(self._font)
        self._link.setUnderline(True)
        self._line = max(QFontMetrics(font).height() for font in (self._font, self._bold))
        self._film_height = max(THUMBNAIL_SIDE, 4 * self._line) + 2 * _MARGIN
        self._refused_height = max(THUMBNAIL_SIDE, (2 + _REASON_LINES) * self._line) + 2 * _MARGIN

    def height(self, node: Node) -> int:
        """Height of a row; it depends on the kind of row only, as Qt asks for all of them at every change."""
        if isinstance(node, FilmNode):
            return self._refused_height if node.entry.state is FilmState.REFUSED else self._film_height
        if node.is_patient:
            return PATIENT_GAP + (2 if node.is_known else 1) * self._line + 2 * _MARGIN
        return self._line + _MARGIN

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002, N802
        """Any width, as all rows are as wide as the list."""
        return QSize(0, self.height(self._model.node(index)))

    def link_rect(self, row: QRect) -> QRect:
        """Where the row of a refused film says that it may be tried again."""
        text_px = QFontMetrics(self._link).horizontalAdvance(try_again_text())
        width = min(text_px + 2, row.width() // 2)
        return QRect(row.right() - _MARGIN - width, row.top() + _MARGIN + self._line, width, self._line)

    # Thumbnails

    def thumbnail(self, entry: FilmEntry) -> QPixmap | None:
        """The film's thumbnail, letterboxed, for the screen that the list is on."""
        image, ratio = entry.thumbnail, self._view.devicePixelRatioF()
        if image is None or image.isNull():
            return None
        kept = self._pixmaps.get(entry.key)
        if kept is None or kept[:2] != (image.cacheKey(), ratio):
            kept = image.cacheKey(), ratio, _letterboxed(image, ratio)
            self._pixmaps[entry.key] = kept
        return kept[2]

    def forget(self, key: FilmKey) -> None:
        """Drop what is kept of a film that is no longer in the list."""
        self._pixmaps.pop(key, None)

    # Drawing

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        painter.save()
        painter.setFont(self._font)
        node, rect = self._model.node(index), option.rect
        if isinstance(node, FilmNode):
            self._paint_film(painter, rect, node.entry, option.state)
        elif node.is_patient:
            self._paint_patient(painter, rect, node)
        else:
            self._paint_study(painter, rect, node)
        painter.restore()

    def _paint_patient(self, painter: QPainter, rect: QRect, group: GroupNode) -> None:
        painter.fillRect(rect, theme.BACKGROUND)
        box = rect.adjusted(0, PATIENT_GAP, 0, 0)
        painter.fillRect(box, theme.RAISED)
        _paint_band(painter, box, group.study)
        line = box.adjusted(_BAND + _MARGIN, _MARGIN, -_MARGIN, 0)
        line.setHeight(self._line)
        painter.setPen(theme.TEXT)
        painter.setFont(self._bold)
        for text in group.lines:
            _write(painter, line, text)
            painter.setFont(self._font)
            line.translate(0, self._line)

    def _paint_study(self, painter: QPainter, rect: QRect, group: GroupNode) -> None:
        painter.fillRect(rect, theme.SURFACE)
        _paint_band(painter, rect, group.study)
        painter.setPen(theme.QUIET)
        _write(painter, rect.adjusted(_BAND + _MARGIN, 0, -_MARGIN, 0), group.lines[0])

    def _paint_film(self, painter: QPainter, rect: QRect, entry: FilmEntry, state: QStyle.StateFlag) -> None:
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        plain = theme.SURFACE if hovered else theme.BACKGROUND
        painter.fillRect(rect, self._view.palette().highlight().color() if selected else plain)
        _paint_band(painter, rect, entry.study)
        square = QRect(rect.left() + _BAND + _MARGIN, rect.top() + _MARGIN, THUMBNAIL_SIDE, THUMBNAIL_SIDE)
        self._paint_thumbnail(painter, square, entry)
        line = QRect(square.right() + 1 + _MARGIN, square.top(), 0, self._line)
        line.setRight(rect.right() - _MARGIN)
        if entry.state is FilmState.REFUSED:
            self._paint_refused(painter, line, self.link_rect(rect), entry)
        else:
            self._paint_usable(painter, line, entry, theme.TEXT if selected else theme.QUIET)

    def _paint_thumbnail(self, painter: QPainter, square: QRect, entry: FilmEntry) -> None:
        pixmap = self.thumbnail(entry)
        if pixmap is not None:
            painter.drawPixmap(square.topLeft(), pixmap)
            return
        painter.fillRect(square, Qt.GlobalColor.black)
        painter.setPen(theme.RAISED)
        painter.drawRect(square.adjusted(0, 0, -1, -1))

    def _paint_usable(self, painter: QPainter, line: QRect, entry: FilmEntry, quiet: QColor) -> None:
        *texts, state = entry.lines
        painter.setPen(theme.TEXT)
        for text in texts:
            _write(painter, line, text, Qt.TextElideMode.ElideMiddle)
            painter.setPen(quiet)
            line.translate(0, self._line)
        _paint_state(painter, line, entry.state, state)
        if entry.state is FilmState.ANALYSING:
            bar = QRect(line.left(), line.top() + self._line + _BAR, line.width(), _BAR)
            painter.fillRect(bar, theme.RAISED)
            bar.setWidth(round(entry.finished_part * line.width()))
            painter.fillRect(bar, theme.ACCENT)

    def _paint_refused(self, painter: QPainter, line: QRect, link: QRect, entry: FilmEntry) -> None:
        name, state, *reasons = entry.lines  # one reason, or none
        painter.setPen(theme.TEXT)
        _write(painter, line, name, Qt.TextElideMode.ElideMiddle)
        line.translate(0, self._line)
        beside_link = QRect(line)
        beside_link.setRight(link.left() - _MARGIN)
        _paint_state(painter, beside_link, entry.state, state)
        painter.setPen(theme.TEXT)
        box = QRect(line.left(), line.top() + self._line, line.width(), _REASON_LINES * self._line)
        for text in wrapped("".join(reasons), box.width(), _REASON_LINES, self._font):
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft, text)
            box.setTop(box.top() + self._line)
        painter.setFont(self._link)
        painter.setPen(theme.ACCENT)
        _write(painter, link, try_again_text())


def try_again_text() -> str:
    """What the link says that reads a refused film again."""
    return QCoreApplication.translate("FilmList", "Try again")


def wrapped(text: str, width: int, lines: int, font: QFont) -> tuple[str, ...]:
    """The text in so many lines of that width at most; the last one ends in "…" where it is too long."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    ends = [0]
    while len(ends) < lines and (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        ends.append(line.textStart() + line.textLength())
    layout.endLayout()
    # Qt counts in units of UTF-16, Python in characters.
    units = text.encode("utf-16-le", "surrogatepass")
    pieces = [units[2 * a : 2 * b] for a, b in itertools.pairwise([*ends, len(units) // 2]) if a < b]
    texts = [piece.decode("utf-16-le", "surrogatepass").strip() for piece in pieces]
    metrics = QFontMetrics(font)
    return tuple(metrics.elidedText(piece, Qt.TextElideMode.ElideRight, width) for piece in texts)


def _write(
    painter: QPainter, box: QRect, text: str, elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight
) -> None:
    """Write one line in the middle of the box's height, shortened to its width."""
    fitted = painter.fontMetrics().elidedText(text, elide, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, fitted)


def _paint_band(painter: QPainter, rect: QRect, study: StudyInfo | None) -> None:
    painter.fillRect(QRect(rect.left(), rect.top(), _BAND, rect.height()), theme.patient_colour(study))


def _paint_state(painter: QPainter, line: QRect, state: FilmState, text: str) -> None:
    colour = _STATE_COLOURS[state]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(line.left(), line.top() + (line.height() - _GLYPH) / 2)
    painter.scale(_GLYPH, _GLYPH)
    outline, solid = glyph(state)
    painter.fillPath(solid, colour)
    painter.strokePath(outline, QPen(colour, 1.8 / _GLYPH, c=Qt.PenCapStyle.RoundCap))
    painter.restore()
    painter.setPen(colour)
    _write(painter, line.adjusted(_GLYPH + _MARGIN, 0, 0, 0), text)


def _letterboxed(image: QImage, ratio: float) -> QPixmap:
    side = round(THUMBNAIL_SIDE * ratio)
    small = image.scaled(
        side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.black)
    painter = QPainter(pixmap)
    painter.drawImage((side - small.width()) // 2, (side - small.height()) // 2, small)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
