"""Lengths and angles on the film, each with its figure; millimetres always with where they come from."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from vcf_desktop.review import POINTS_OF_MEASURE, Measure, MeasureKind
from vcf_desktop.ui import theme
from vcf_desktop.ui.film_item import ShownFilm
from vcf_desktop.ui.film_text import draw_label
from vcf_desktop.ui.wording import number, word


def figure(measure: Measure, shown: ShownFilm) -> str:
    """A length in mm with the source of its spacing, or in px without one; an angle in degrees."""
    if measure.kind is MeasureKind.LENGTH:
        length = measure.length_px(shown.row_to_column)
        if shown.spacing_mm is None:
            return QCoreApplication.translate("Measures", "%1 px").replace("%1", number(length, 0))
        mm = QCoreApplication.translate("Measures", "%1 mm (%2)")
        in_mm = number(length * shown.spacing_mm[1], 1)
        return mm.replace("%1", in_mm).replace("%2", word(shown.spacing_source))
    degrees = number(measure.angle_deg(shown.row_to_column), 1)
    if measure.kind is MeasureKind.COBB:
        return QCoreApplication.translate("Measures", "Cobb %1°").replace("%1", degrees)
    return QCoreApplication.translate("Measures", "%1°").replace("%1", degrees)


class MeasuresItem(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types
    """Draws measures in film pixels, lines and text in screen pixels."""

    def __init__(self) -> None:
        super().__init__()
        self._bounds = QRectF()
        self._shown: ShownFilm | None = None
        self._measures: tuple[Measure, ...] = ()
        self._unfinished: Measure | None = None

    def set_film(self, bounds: QRectF, shown: ShownFilm) -> None:
        """The film that is measured."""
        self.prepareGeometryChange()
        self._bounds, self._shown = bounds, shown

    def set_measures(self, measures: tuple[Measure, ...], unfinished: Measure | None) -> None:
        """Draw these, and one that has not all its points yet."""
        self._measures, self._unfinished = measures, unfinished
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802
        """The film."""
        return self._bounds

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Draw all measures."""
        if self._shown is None:
            return
        to_screen = painter.worldTransform()
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for measure in (*self._measures, *filter(None, [self._unfinished])):
            points = [to_screen.map(QPointF(x, y)) for x, y in measure.points_xy.tolist()]
            self._paint_lines(painter, measure.kind, points)
            if len(points) == POINTS_OF_MEASURE[measure.kind]:
                self._paint_figure(painter, figure(measure, self._shown), points)
        painter.restore()

    def _paint_lines(self, painter: QPainter, kind: MeasureKind, points: list[QPointF]) -> None:
        pairs = [(0, 1), (2, 3)] if kind is MeasureKind.COBB else [(0, 1), (1, 2)]
        for pen in (QPen(QColor(0, 0, 0, 160), 4.0), QPen(theme.ACCENT, 1.8)):
            painter.setPen(pen)
            for start, end in pairs:
                if end < len(points):
                    painter.drawLine(points[start], points[end])
        painter.setBrush(theme.ACCENT)
        for point in points:
            painter.drawEllipse(point, 2.5, 2.5)

    def _paint_figure(self, painter: QPainter, text: str, points: list[QPointF]) -> None:
        rightmost = points[int(np.argmax([point.x() for point in points]))]
        draw_label(painter, text, rightmost + QPointF(12, 0), theme.ACCENT)
