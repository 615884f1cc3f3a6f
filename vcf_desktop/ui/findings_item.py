"""What is drawn on the film about its vertebrae: boxes, outlines, six points, levels and grades.

Colour is never the only carrier of meaning: grades are written, outlines get thicker with them, a doubtful
one is dotted, and what the machine says is called so until the reader has decided.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from vcf_desktop.geometry import resample_contour
from vcf_desktop.io.overlay import is_doubtful
from vcf_desktop.review import Mark, Measured, ReaderGrade, Verdict, Vertebra
from vcf_desktop.spine import Deformity, Grade
from vcf_desktop.ui import theme
from vcf_desktop.ui.film_text import draw_label
from vcf_desktop.ui.wording import percent, word


class Layer(StrEnum):
    """What can be switched on and off by itself."""

    BOXES = "boxes"
    CONTOURS = "contours"
    POINTS = "points"
    LEVELS = "levels"
    GRADES = "grades"


@dataclass(frozen=True, eq=False)
class Findings:
    """All that is drawn about the vertebrae of a film.

    Attributes:
        vertebrae: as they stand, with what is being dragged.
        measured: heights and measured grades by key.
        selected: key of the selected vertebra.
        marks: what the reader marked before the results were shown.
    """

    vertebrae: tuple[Vertebra, ...] = ()
    measured: dict[int, Measured] = field(default_factory=dict)
    selected: int | None = None
    marks: tuple[Mark, ...] = ()

    @property
    def visible(self) -> tuple[Vertebra, ...]:
        """Those that are drawn, the selected one last: a rejected one only as long as it is selected."""
        shown = (v for v in self.vertebrae if not v.is_rejected or v.key == self.selected)
        return tuple(sorted(shown, key=lambda v: v.key == self.selected))


@dataclass(frozen=True)
class Handle:
    """What lies under the pointer: a vertebra, and which of its six points or outline points, if any."""

    key: int
    point: int | None = None
    contour: int | None = None


_POINT_RADIUS: Final = 3.0
_POINT_PART: Final = 0.05
"""Radius of a point as a part of its vertebra's height on the screen, at most."""
_SELECTED_POINT_RADIUS: Final = 4.5
_LABEL_GAP: Final = 10.0
_HALO: Final = QColor(0, 0, 0, 150)
_FONT_PX: Final = 13
_DOT_EXTRA: Final = 0.8
_DOT_STEP: Final = 2.8
"""Distance of dots in widths of the line."""
_DASH: Final = 8.0
_FINEST_PX: Final = 2.0
"""Points of an outline nearer to each other on the screen cannot be told apart."""
_FEWEST_POINTS: Final = 12


def shown_grade(vertebra: Vertebra) -> ReaderGrade:
    """The grade whose style a vertebra is drawn in: the reader's, else the machine's, else none."""
    if vertebra.grade is not None:
        return vertebra.grade
    return ReaderGrade.of(vertebra.machine.grade) if vertebra.machine else ReaderGrade.NOT_EVALUABLE


def is_uncertain(vertebra: Vertebra) -> bool:
    """Whether it is drawn dotted: undecided, and the machine itself is in doubt or said nothing."""
    if vertebra.decision is not None:
        return vertebra.grade in (ReaderGrade.EQUIVOCAL, ReaderGrade.NOT_EVALUABLE)
    return vertebra.machine is None or is_doubtful(vertebra.machine)


def label_parts(vertebra: Vertebra, measured: Measured | None) -> tuple[str, str]:
    """Level, and what is said of the grade: "AI 2 wedge 83 %" until the reader decided, then "2 wedge ✓".

    A normal of which the machine is sure says no more than "AI 0": seventeen figures would hide the one.
    """
    level = vertebra.level.label
    if vertebra.is_rejected:
        return level, word(Verdict.REJECTED)
    if vertebra.decision is not None:
        shape = vertebra.deformity or (measured.morphometry.deformity if measured else Deformity.NONE)
        grade = vertebra.grade
        fractured = grade in (
            ReaderGrade.EQUIVOCAL,
            ReaderGrade.MILD,
            ReaderGrade.MODERATE,
            ReaderGrade.SEVERE,
        )
        kind = word(shape) if fractured and shape is not Deformity.NONE else ""
        return level, " ".join(filter(None, (word(grade) if grade else "", kind, "✓")))
    if vertebra.machine is None:
        return level, "?"
    machine = vertebra.machine
    said = QCoreApplication.translate("FindingsItem", "AI %1").replace("%1", str(int(machine.grade)))
    doubt = "?" if is_uncertain(vertebra) else ""
    if machine.grade is Grade.NON and not doubt:
        return level, said
    kind = word(machine.deformity) if machine.deformity is not Deformity.NONE else ""
    sure = percent(float(machine.grade_probabilities[machine.grade]))
    return level, " ".join(filter(None, (said, kind, sure, doubt)))


class FindingsItem(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types
    """Draws :class:`Findings` in film pixels, lines and text in screen pixels."""

    def __init__(self) -> None:
        super().__init__()
        self._findings = Findings()
        self._layers = frozenset(Layer)
        self._opacity = 0.8
        self._bounds = QRectF()
        self._outlines: dict[Vertebra, _Outline] = {}

    def set_bounds(self, bounds: QRectF) -> None:
        """The film's rectangle, in film pixels."""
        self.prepareGeometryChange()
        self._bounds = bounds

    def set_findings(self, findings: Findings) -> None:
        """Draw these from now on."""
        self._findings = findings
        self._outlines = {v: self._outlines.get(v) or _Outline(v.contour_xy) for v in findings.vertebrae}
        self.update()

    def set_style(self, layers: frozenset[Layer], opacity: float) -> None:
        """Which layers are drawn, and how strongly: 0 to 1."""
        self._layers, self._opacity = layers, opacity
        self.update()

    @property
    def drawn_layers(self) -> frozenset[Layer]:
        """The layers that can be seen now."""
        return self._layers if self.isVisible() else frozenset()

    @property
    def findings(self) -> Findings:
        """What is drawn."""
        return self._findings

    def boundingRect(self) -> QRectF:  # noqa: N802
        """The film."""
        return self._bounds

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw all vertebrae, the selected one last."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(self._opacity)
        to_screen = painter.worldTransform()
        painter.save()
        painter.resetTransform()
        for vertebra in self._findings.visible:
            self._paint_shape(painter, to_screen, vertebra)
        self._paint_points(painter, to_screen)
        # Faint text would be hard to read, and to Qt it costs several times as much.
        painter.setOpacity(1.0)
        self._paint_labels(painter, to_screen, widget)
        self._paint_marks(painter, to_screen)
        painter.restore()

    def _paint_shape(self, painter: QPainter, to_screen: QTransform, vertebra: Vertebra) -> None:
        selected = vertebra.key == self._findings.selected
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if Layer.CONTOURS in self._layers:
            self._paint_outline(painter, to_screen, vertebra, selected)
        if Layer.BOXES in self._layers:
            painter.setPen(QPen(QColor(theme.ACCENT if selected else theme.QUIET), 1.0))
            left, top, right, bottom = vertebra.box_xyxy
            painter.drawPolygon(to_screen.map(QPolygonF(QRectF(left, top, right - left, bottom - top))))

    def _paint_outline(
        self, painter: QPainter, to_screen: QTransform, vertebra: Vertebra, selected: bool
    ) -> None:
        """Solid where the machine or the reader is sure, dotted where in doubt, dashed where rejected."""
        grade, outline = shown_grade(vertebra), self._outlines[vertebra]
        width = theme.GRADE_WIDTHS[grade] + (1.0 if selected else 0.0)
        scale = math.sqrt(abs(to_screen.determinant()))
        dotted = is_uncertain(vertebra)
        step = _DOT_STEP * (width + _DOT_EXTRA)
        shape = to_screen.map(outline.dots(scale / step) if dotted else outline.line(scale))
        # Dark around bright, so that a line is seen on a white film and on a black one.
        for colour, wider in ((_HALO, 1.6), (theme.GRADE_COLOURS[grade], 0.0)):
            pen = QPen(colour, width + wider + (_DOT_EXTRA if dotted else 0.0))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            if vertebra.is_rejected:
                pen.setDashPattern([_DASH / pen.widthF()] * 2)
            painter.setPen(pen)
            if dotted:
                painter.drawPoints(shape)
            else:
                painter.drawPolygon(shape)

    def _paint_points(self, painter: QPainter, to_screen: QTransform) -> None:
        if Layer.POINTS not in self._layers:
            return
        for vertebra in self._findings.visible:
            if vertebra.is_rejected:
                continue
            selected = vertebra.key == self._findings.selected
            # Where bodies are small on the screen, full-size points would hide them.
            height = to_screen.mapRect(self._outlines[vertebra].bounds).height()
            radius = _SELECTED_POINT_RADIUS if selected else min(_POINT_RADIUS, _POINT_PART * height)
            painter.setPen(QPen(QColor(0, 0, 0, 200), 1.0) if radius >= 2.0 else Qt.PenStyle.NoPen)
            painter.setBrush(
                QColor(255, 255, 255) if selected else theme.GRADE_COLOURS[shown_grade(vertebra)]
            )
            for x, y in vertebra.points_xy:
                painter.drawEllipse(to_screen.map(QPointF(x, y)), radius, radius)

    def _paint_labels(self, painter: QPainter, to_screen: QTransform, screen: QWidget | None) -> None:
        if not self._layers & {Layer.LEVELS, Layer.GRADES}:
            return
        font = QFont(painter.font())
        font.setPixelSize(_FONT_PX)
        painter.setFont(font)
        bodies = [(v, to_screen.mapRect(self._outlines[v].bounds)) for v in self._findings.visible]
        lying = _lies([body.center() for _, body in bodies])
        for vertebra, body in bodies:
            level, said = label_parts(vertebra, self._findings.measured.get(vertebra.key))
            parts = [level] * (Layer.LEVELS in self._layers) + [said] * (Layer.GRADES in self._layers)
            painter.save()
            painter.translate(body.center())
            # On a film turned on its side, labels beside the bodies would cover each other.
            painter.rotate(90 if lying else 0)
            text = "  ".join(filter(None, parts))
            away = (body.height() if lying else body.width()) / 2 + _LABEL_GAP
            length = QFontMetricsF(font).horizontalAdvance(text)
            if screen is not None and not lying and body.center().x() + away + length > screen.width():
                # Else its end, which tells of doubt, would be cut off; at the left nor its beginning.
                away = max(-away - length, _LABEL_GAP - body.center().x())
            draw_label(painter, text, QPointF(away, 0), self._label_colour(vertebra))
            painter.restore()

    def _label_colour(self, vertebra: Vertebra) -> QColor:
        if vertebra.key == self._findings.selected:
            return QColor(255, 255, 255)
        return theme.GRADE_COLOURS[shown_grade(vertebra)]

    def _paint_marks(self, painter: QPainter, to_screen: QTransform) -> None:
        for mark in self._findings.marks:
            centre = to_screen.map(QPointF(mark.x, mark.y))
            painter.setPen(QPen(theme.ACCENT, 2.0))
            painter.drawLine(centre - QPointF(9, 0), centre + QPointF(9, 0))
            painter.drawLine(centre - QPointF(0, 9), centre + QPointF(0, 9))
            draw_label(painter, word(mark.grade), centre + QPointF(12, 0), theme.ACCENT)


def hit(
    findings: Findings,
    at_xy: NDArray[np.float64],
    radius: float,
    row_to_column: float,
    layers: frozenset[Layer] = frozenset(Layer),
) -> Handle | None:
    """What lies at ``at_xy`` (2,) film pixels within ``radius`` columns: points, then outlines, then bodies.

    Points and outlines answer for the selected vertebra only, so that a click can choose before it edits, and
    only in ``layers`` that are drawn: nobody moves what he does not see.
    """
    square = np.array([1.0, row_to_column])
    for vertebra in findings.vertebrae:
        if vertebra.key == findings.selected and not vertebra.is_rejected:
            to_points = np.linalg.norm((vertebra.points_xy - at_xy) * square, axis=1)
            if Layer.POINTS in layers and to_points.min() <= radius:
                return Handle(vertebra.key, point=int(to_points.argmin()))
            to_outline = np.linalg.norm((vertebra.contour_xy - at_xy) * square, axis=1)
            if Layer.CONTOURS in layers and to_outline.min() <= radius / 2:
                return Handle(vertebra.key, contour=int(to_outline.argmin()))
    bodies = (
        v
        for v in reversed(findings.visible)
        if _polygon(v.contour_xy).containsPoint(QPointF(*at_xy), Qt.FillRule.OddEvenFill)
    )
    return next((Handle(v.key) for v in bodies), None)


class _Outline:
    """An outline (N, 2) as it is drawn: no finer than the screen, and as equally spaced dots.

    Qt's own dotted pens take several times as long, with seventeen vertebrae half of a frame.
    """

    def __init__(self, contour_xy: NDArray[np.float64]) -> None:
        self._contour = contour_xy
        self._length = float(np.linalg.norm(np.diff(contour_xy, axis=0, append=contour_xy[:1]), axis=1).sum())
        self._drawn: dict[tuple[str, int], QPolygonF] = {}
        self.bounds = _polygon(contour_xy).boundingRect()

    def line(self, scale: float) -> QPolygonF:
        """A closed line for so many screen pixels per film pixel."""
        spacing = max(self._length * scale / len(self._contour), 1e-9)
        step = min(max(1, int(_FINEST_PX / spacing)), max(1, len(self._contour) // _FEWEST_POINTS))
        return self._cached("line", step, lambda: self._contour[::step])

    def dots(self, per_px: float) -> QPolygonF:
        """Dots at equal distances, about so many per film pixel."""
        count = max(_FEWEST_POINTS, round(self._length * per_px))
        return self._cached("dots", count, lambda: resample_contour(self._contour, count))

    def _cached(self, kind: str, number: int, points: Callable[[], NDArray[np.float64]]) -> QPolygonF:
        if (kind, number) not in self._drawn:
            self._drawn = {(kind, number): _polygon(points())}
        return self._drawn[kind, number]


def _lies(centres: list[QPointF]) -> bool:
    """Whether a spine runs across the screen rather than down."""
    around = QPolygonF(centres).boundingRect()
    return around.width() > around.height()


def _polygon(points_xy: NDArray[np.float64]) -> QPolygonF:
    # Not point by point: thousands of objects would call for the garbage collector, which takes 40 ms.
    x, y = np.ascontiguousarray(points_xy.T)
    polygon: QPolygonF = pg.functions.arrayToQPolygonF(x, y)
    return polygon
