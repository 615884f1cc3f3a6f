"""What the left button does on the film. A tool tells what was done at its end."""

from __future__ import annotations

from dataclasses import replace

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
from vcf_desktop.ui.film_item import ShownFilm
from vcf_desktop.ui.film_view import FilmView
from vcf_desktop.ui.findings_item import Handle, hit

GRAB_PX = 9.0
"""A point answers within so many logical screen pixels."""
_CLICK_PX = GRAB_PX / 2
"""A press that moves by less than this, in logical screen pixels, is a click."""
_SMALLEST_BOX_PX = 8.0
"""A box smaller than this, in screen pixels, was a click."""


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
        self._pressed_at, self._pressed_xy = QPointF(), np.zeros(2)
        self._moves = False

    def _hit(self, view: FilmView, at: QPointF) -> Handle | None:
        item, radius = view.findings_item, GRAB_PX / view.scale_px
        return hit(item.findings, view.film_xy(at), radius, view.shown.row_to_column, item.drawn_layers)

    def press(self, view: FilmView, at: QPointF) -> None:
        """Take hold of what lies there."""
        self._handle, self._pressed_at, self._pressed_xy = self._hit(view, at), at, view.film_xy(at)
        self._start = self._dragged = None
        self._moves = False
        if self.may_edit and _grabs(self._handle):
            self._start = self._standing(view)

    def drag(self, view: FilmView, at: QPointF, moved: QPoint) -> None:
        """Move it, or the film; a hand that shakes moves neither."""
        if not self._moves:
            if (at - self._pressed_at).manhattanLength() < _CLICK_PX:
                return
            self._moves, moved = True, (at - self._pressed_at).toPoint()
        if self._start is None:
            view.pan(moved.x(), moved.y())
            return
        self._dragged = self._pulled(self._start, view, at)
        standing = self._as_dragged(view)
        if standing is not None:
            self.dragged.emit(standing)

    def release(self, view: FilmView, at: QPointF) -> None:
        """Let go; what was not moved was clicked."""
        standing = self._as_dragged(view)
        if standing is not None and self._handle is not None:
            self.dropped.emit(standing, self._handle.contour is not None)
        elif not self._moves and (at - self._pressed_at).manhattanLength() < _CLICK_PX:
            x, y = view.film_xy(at)
            self.clicked.emit(self._handle.key if self._handle else None, float(x), float(y))
        self._handle = self._start = self._dragged = None

    def _pulled(self, start: Vertebra, view: FilmView, at: QPointF) -> Vertebra:
        """What was taken hold of, moved by as much as the pointer."""
        assert self._handle is not None  # noqa: S101
        by_xy = view.film_xy(at) - self._pressed_xy
        point, contour = self._handle.point, self._handle.contour
        if point is not None:
            return moved_point(start, point, start.points_xy[point] + by_xy)
        assert contour is not None  # noqa: S101
        to_xy = start.contour_xy[contour] + by_xy
        return moved_contour(start, contour, to_xy, view.shown.row_to_column)

    def _standing(self, view: FilmView) -> Vertebra | None:
        """The vertebra that was taken hold of as the review has it now; None where it is gone."""
        vertebrae = view.findings_item.findings.vertebrae
        return next((v for v in vertebrae if self._handle and v.key == self._handle.key), None)

    def _as_dragged(self, view: FilmView) -> Vertebra | None:
        """It in the shape it was dragged to: a decision made meanwhile by a key stays."""
        standing, dragged = self._standing(view), self._dragged
        if standing is None or dragged is None:
            return None
        return replace(standing, points_xy=dragged.points_xy, contour_xy=dragged.contour_xy)

    def hover(self, view: FilmView, at: QPointF) -> None:
        """Show by the pointer's shape what a press would take hold of."""
        handle = self._hit(view, at)
        grabs = self.may_edit and _grabs(handle)
        shape = Qt.CursorShape.PointingHandCursor if handle else Qt.CursorShape.ArrowCursor
        view.viewport().setCursor(Qt.CursorShape.SizeAllCursor if grabs else shape)


def _grabs(handle: Handle | None) -> bool:
    """Whether it is a point or a part of an outline."""
    return handle is not None and (handle.point, handle.contour) != (None, None)


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
        self._film: ShownFilm | None = None

    def press(self, view: FilmView, at: QPointF) -> None:
        """A point; the second press of a double click is none."""
        self._pressed_at = at
        if self._film is not view.shown:
            self._points, self._film = [], view.shown
        elif self._points and (at - view.place_of(self._points[-1])).manhattanLength() < _CLICK_PX:
            return
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
        if self._points and self._film is view.shown:
            self.drafted.emit(Measure(self.kind, np.array([*self._points, view.film_xy(at)])))
