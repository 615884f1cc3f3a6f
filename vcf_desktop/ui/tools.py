"""What the left button does on the film. A tool tells what was done at its end."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPoint, QPointF, Qt, Signal

from vcf_desktop.review import (
    POINTS_OF_MEASURE,
    Measure,
    MeasureKind,
    Vertebra,
    moved_contour,
    moved_point,
)
from vcf_desktop.ui.film_view import FilmView
from vcf_desktop.ui.findings_item import Handle, hit

GRAB_PX = 9.0
"""A point answers within so many logical screen pixels."""
_SMALLEST_BOX_PX = 8.0
"""A box smaller than this, in screen pixels, was a click."""


class Tool(Protocol):
    """Left button and pointer on a view; places are in its viewport."""

    def press(self, view: FilmView, at: QPointF) -> None:
        """The button went down."""

    def drag(self, view: FilmView, at: QPointF, moved: QPoint) -> None:
        """The pointer moved with the button down, by ``moved`` since it was told last."""

    def release(self, view: FilmView, at: QPointF) -> None:
        """The button went up."""

    def hover(self, view: FilmView, at: QPointF) -> None:
        """The pointer moved without the button."""


class SelectTool(QObject):
    """Selects vertebrae, drags their points and outlines, and pans elsewhere.

    Signals:
        clicked(int | None, x, y): on a vertebra by its key, or beside all; film pixels.
        dragged(Vertebra): as it looks while it is dragged.
        dropped(Vertebra, bool): as it is at the end; True where its outline was dragged.
    """

    clicked = Signal(object, float, float)
    dragged = Signal(object)
    dropped = Signal(object, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.may_edit = True
        self._handle: Handle | None = None
        self._start: Vertebra | None = None
        self._dragged: Vertebra | None = None
        self._pressed_at = QPointF()

    def _hit(self, view: FilmView, at: QPointF) -> Handle | None:
        item, radius = view.findings_item, GRAB_PX / view.scale_px
        return hit(item.findings, view.film_xy(at), radius, view.shown.row_to_column, item.drawn_layers)

    def press(self, view: FilmView, at: QPointF) -> None:
        """Take hold of what lies there."""
        self._handle, self._pressed_at = self._hit(view, at), at
        self._start = self._dragged = None
        grabbed = self._handle is not None and (
            self._handle.point is not None or self._handle.contour is not None
        )
        if grabbed and self.may_edit and self._handle is not None:
            self._start = next(v for v in view.findings_item.findings.vertebrae if v.key == self._handle.key)

    def drag(self, view: FilmView, at: QPointF, moved: QPoint) -> None:
        """Move it, or the film."""
        if self._start is None:
            view.pan(moved.x(), moved.y())
            return
        assert self._handle is not None  # noqa: S101
        to_xy = view.film_xy(at)
        if self._handle.point is not None:
            self._dragged = moved_point(self._start, self._handle.point, to_xy)
        elif self._handle.contour is not None:
            self._dragged = moved_contour(self._start, self._handle.contour, to_xy, view.shown.row_to_column)
        self.dragged.emit(self._dragged)

    def release(self, view: FilmView, at: QPointF) -> None:
        """Let go; what was not moved was clicked."""
        if self._dragged is not None and self._handle is not None:
            self.dropped.emit(self._dragged, self._handle.contour is not None)
        elif (at - self._pressed_at).manhattanLength() < GRAB_PX / 2:
            x, y = view.film_xy(at)
            self.clicked.emit(self._handle.key if self._handle else None, float(x), float(y))
        self._handle = self._start = self._dragged = None

    def hover(self, view: FilmView, at: QPointF) -> None:
        """Show by the pointer's shape what a press would take hold of."""
        handle = self._hit(view, at)
        grabs = self.may_edit and handle is not None and (handle.point, handle.contour) != (None, None)
        shape = Qt.CursorShape.PointingHandCursor if handle else Qt.CursorShape.ArrowCursor
        view.viewport().setCursor(Qt.CursorShape.SizeAllCursor if grabs else shape)


class BoxTool(QObject):
    """Draws the box of a vertebra that was missed. Signals ``drawn(box)``: (4,) film pixels."""

    drawn = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._corner: NDArray[np.float64] | None = None

    def press(self, view: FilmView, at: QPointF) -> None:
        """The first corner."""
        self._corner = view.film_xy(at)

    def drag(self, view: FilmView, at: QPointF, _moved: QPoint) -> None:
        """Show the box so far."""
        view.set_draft(self._box(view, at))

    def release(self, view: FilmView, at: QPointF) -> None:
        """The opposite corner."""
        box = self._box(view, at)
        view.set_draft(None)
        self._corner = None
        if box is not None and min(box[2] - box[0], box[3] - box[1]) * view.scale_px >= _SMALLEST_BOX_PX:
            self.drawn.emit(box)

    def hover(self, view: FilmView, _at: QPointF) -> None:
        """A cross."""
        view.viewport().setCursor(Qt.CursorShape.CrossCursor)

    def _box(self, view: FilmView, at: QPointF) -> NDArray[np.float64] | None:
        if self._corner is None:
            return None
        film = view.film_item.boundingRect()
        corners = np.array([self._corner, view.film_xy(at)]).clip(0, (film.width(), film.height()))
        return np.concatenate([corners.min(axis=0), corners.max(axis=0)])


class MeasureTool(QObject):
    """Takes the points of one kind of measure, click by click or by dragging, and begins again.

    Signals ``drawn(Measure)`` when all points are there, and ``drafted(Measure | None)`` before.
    """

    drawn = Signal(object)
    drafted = Signal(object)

    def __init__(self, kind: MeasureKind, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self._points: list[NDArray[np.float64]] = []
        self._pressed_at = QPointF()

    def press(self, view: FilmView, at: QPointF) -> None:
        """A point."""
        self._pressed_at = at
        self._points.append(view.film_xy(at))
        self._finish_or_draft(view, at)

    def drag(self, view: FilmView, at: QPointF, _moved: QPoint) -> None:
        """The next point is on its way."""
        self._draft(view, at)

    def release(self, view: FilmView, at: QPointF) -> None:
        """The end of a dragged line is a point too."""
        if self._points and (at - self._pressed_at).manhattanLength() >= GRAB_PX:
            self._points.append(view.film_xy(at))
            self._finish_or_draft(view, at)

    def hover(self, view: FilmView, at: QPointF) -> None:
        """The line from the last point follows the pointer."""
        view.viewport().setCursor(Qt.CursorShape.CrossCursor)
        if self._points:
            self._draft(view, at)

    def reset(self) -> None:
        """Forget the points of an unfinished measure."""
        self._points = []
        self.drafted.emit(None)

    def _finish_or_draft(self, view: FilmView, at: QPointF) -> None:
        if len(self._points) < POINTS_OF_MEASURE[self.kind]:
            self._draft(view, at)
            return
        measure = Measure(self.kind, np.array(self._points))
        self.reset()
        self.drawn.emit(measure)

    def _draft(self, view: FilmView, at: QPointF) -> None:
        self.drafted.emit(Measure(self.kind, np.array([*self._points, view.film_xy(at)])))
