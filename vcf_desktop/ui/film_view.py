"""The film on the screen: zoom, pan, contrast, turning, and the tools that work on it.

The wheel zooms at the pointer, the middle button pans, the right one changes the window; the left button
belongs to the present tool. Coordinates that leave this module are film pixels.
"""

from __future__ import annotations

from typing import Final, Protocol

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from vcf_desktop.film import Orientation, VoiLut, VoiWindow
from vcf_desktop.review import Measure
from vcf_desktop.ui import theme
from vcf_desktop.ui.film_item import FilmItem, ShownFilm
from vcf_desktop.ui.film_legend import Legend, draw_legend
from vcf_desktop.ui.film_text import draw_message
from vcf_desktop.ui.findings_item import Findings, FindingsItem
from vcf_desktop.ui.grey_picture import GreyPicture, as_window, falls
from vcf_desktop.ui.measures_item import MeasuresItem

_ZOOM_STEP: Final = 1.15
"""Per notch of the wheel."""
_ZOOM_LIMITS: Final = (0.02, 40.0)
"""Screen pixels per film column."""
_WINDOW_PER_PX: Final = 0.003
"""Part of the window's width that dragging by one screen pixel changes."""
_LENS_PX: Final = 260
_LENS_FACTOR: Final = 2.5
_MARGIN_PX: Final = 10


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


class FilmView(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """One film with what is drawn on it.

    Signals:
        view_changed: zoom or pan.
        contrast_changed: window, inversion or smoothing.
        painted: once after each new film, when it is on the screen.
    """

    view_changed = Signal()
    contrast_changed = Signal()
    painted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=theme.BACKGROUND)
        self.setViewportUpdateMode(self.ViewportUpdateMode.FullViewportUpdate)
        self.setMinimumSize(200, 200)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._box = pg.ViewBox(enableMenu=False, invertY=True, lockAspect=True, enableMouse=False)
        self.setCentralItem(self._box)
        self._group = pg.ItemGroup()
        self.film_item, self.findings_item = FilmItem(), FindingsItem()
        self.measures_item = MeasuresItem()
        for item in (self.film_item, self.findings_item, self.measures_item):
            item.setParentItem(self._group)
        self._box.addItem(self._group, ignoreBounds=True)
        self._shown = ShownFilm(None)
        self._orientation = Orientation()
        self._voi: VoiWindow | VoiLut | None = None
        self._inverted, self._smooth, self._lens = False, True, False
        self._enhanced = self._levels_assumed = False
        self._fitted = True
        self._awaits_paint = False
        # What waits for the paint shall not begin within it.
        self._after_paint = QTimer(self, singleShot=True, interval=0)
        self._after_paint.timeout.connect(self.painted)
        self._drag: tuple[Qt.MouseButton, QPoint] | None = None
        self._pointer: QPointF | None = None
        self.tool: Tool | None = None
        self._message = ""
        self._draft: NDArray[np.float64] | None = None
        self._box.sigRangeChanged.connect(lambda *_: self.view_changed.emit())

    # The film

    def show_film(self, picture: GreyPicture | None, shown: ShownFilm, orientation: Orientation) -> None:
        """Show another film, fitted, in its own first window; nothing for None."""
        self.film_item.set_picture(picture)
        self.findings_item.set_bounds(self.film_item.boundingRect())
        self.measures_item.set_film(self.film_item.boundingRect(), shown)
        self._shown, self._enhanced, self._inverted = shown, False, False
        self._voi = picture.choices[0] if picture else None
        self._awaits_paint = picture is not None
        self._drag = self._draft = None  # they were about the film before
        self._apply_contrast()
        self._fitted = True
        self.orient(orientation)

    def replace_picture(self, picture: GreyPicture, *, enhanced: bool) -> None:
        """Show the same film in other values, as after CLAHE, without moving it."""
        self.film_item.set_picture(picture)
        self._enhanced = enhanced
        self._voi = picture.choices[0]
        self._apply_contrast()

    @property
    def has_film(self) -> bool:
        """Whether a film is shown."""
        return self.film_item.picture is not None

    @property
    def is_enhanced(self) -> bool:
        """Whether what is shown is the view after CLAHE."""
        return self._enhanced

    @property
    def shown(self) -> ShownFilm:
        """What is known about the film."""
        return self._shown

    def set_findings(self, findings: Findings) -> None:
        """Draw these vertebrae."""
        self.findings_item.set_findings(findings)

    def set_levels_assumed(self, assumed: bool) -> None:
        """Whether to say that the levels are no more than a guess."""
        self._levels_assumed = assumed
        self.viewport().update()

    def set_measures(self, measures: tuple[Measure, ...], unfinished: Measure | None = None) -> None:
        """Draw these lengths and angles, and one that is being drawn."""
        self.measures_item.set_measures(measures, unfinished)

    def set_draft(self, box_xyxy: NDArray[np.float64] | None) -> None:
        """Draw a box (4,) that is being drawn, or none."""
        self._draft = box_xyxy
        self.viewport().update()

    def set_message(self, message: str) -> None:
        """Say something in the middle of the view, as why there is no film; empty for nothing."""
        self._message = message
        self.viewport().update()

    # Contrast

    @property
    def voi(self) -> VoiWindow | VoiLut | None:
        """The window or LUT in use."""
        return self._voi

    def set_voi(self, voi: VoiWindow | VoiLut) -> None:
        """Use this window or LUT."""
        self._voi = voi
        self._apply_contrast()

    @property
    def is_inverted(self) -> bool:
        """Whether the reader exchanged black and white."""
        return self._inverted

    @property
    def is_smooth(self) -> bool:
        """Whether enlarged pixels run into each other."""
        return self._smooth

    def set_inverted(self, inverted: bool) -> None:
        """Exchange black and white, on top of what the film itself says."""
        self._inverted = inverted
        self._apply_contrast()

    def set_smooth(self, smooth: bool) -> None:
        """Whether enlarged pixels run into each other."""
        self._smooth = smooth
        self._apply_contrast()

    def set_lens(self, lens: bool) -> None:
        """Show a magnifier at the pointer."""
        self._lens = lens
        self.viewport().update()

    def _apply_contrast(self) -> None:
        if self._voi is not None:
            self.film_item.set_contrast(self._voi, self._inverted, self._smooth)
        self.viewport().update()
        self.contrast_changed.emit()

    def drag_window(self, dx: float, dy: float) -> None:
        """Widen the window by ``dx`` and brighten the film by ``dy`` screen pixels."""
        if self._voi is None or self.film_item.picture is None:
            return
        picture, window = self.film_item.picture, as_window(self._voi)
        if falls(self._voi):  # what looks the same as a window is its negative
            self._inverted = not self._inverted
        least = 1.0 if window.function == "LINEAR" else float(picture.values[1] - picture.values[0])
        width = max(window.width * (1 + _WINDOW_PER_PX) ** dx, least)
        brighter = -1.0 if self._inverted == picture.inverted else 1.0
        centre = window.centre + brighter * dy * _WINDOW_PER_PX * window.width
        self.set_voi(VoiWindow(centre, width, window.function))

    # Geometry

    @property
    def orientation(self) -> Orientation:
        """How the film is turned."""
        return self._orientation

    def orient(self, orientation: Orientation) -> None:
        """Turn and mirror the film; what is in the middle stays there."""
        middle = self.centre_xy
        self._orientation = orientation
        self._group.setTransform(self._film_to_plane())
        if self._fitted:
            self.fit()
        else:
            self.centre_on(middle)
        self.viewport().update()

    def _film_to_plane(self) -> QTransform:
        """Film pixels to the view's plane, whose unit is a film column, mirrored and turned."""
        upright = QTransform.fromScale(-1.0 if self._orientation.mirrored else 1.0, self._shown.row_to_column)
        return upright * QTransform().rotate(90.0 * self._orientation.quarter_turns)

    def fit(self) -> None:
        """Show the whole film; it stays whole when the window's size changes."""
        if self.has_film:
            plane = self._film_to_plane().mapRect(self.film_item.boundingRect())
            self._box.setRange(rect=plane, padding=0.01, disableAutoRange=True)
        self._fitted = True

    @property
    def scale_px(self) -> float:
        """Screen pixels (logical) per film column."""
        pixel, _ = self._box.viewPixelSize()
        return 1.0 / float(pixel) if pixel else 1.0

    def zoom_to(self, scale_px: float, at: QPointF | None = None) -> None:
        """Show a film column as so many logical screen pixels, keeping the place under ``at`` (viewport)."""
        low, high = _ZOOM_LIMITS
        factor = min(max(scale_px, low), high) / self.scale_px
        centre = self._plane_of(at) if at is not None else self._box.viewRect().center()
        self._fitted = False
        self._box.scaleBy((1 / factor, 1 / factor), center=pg.Point(centre))

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Enlarge by a factor, keeping the place under ``at``."""
        self.zoom_to(self.scale_px * factor, at)

    def one_to_one(self) -> None:
        """One film column as one pixel of the screen itself."""
        self.zoom_to(1.0 / self.devicePixelRatioF())

    def pan(self, dx: float, dy: float) -> None:
        """Move the film by logical screen pixels."""
        self._fitted = False
        self._box.translateBy(x=-dx / self.scale_px, y=-dy / self.scale_px)

    @property
    def centre_xy(self) -> NDArray[np.float64]:
        """(2,) film pixel in the middle of the view."""
        middle = self._film_to_plane().inverted()[0].map(self._box.viewRect().center())
        return np.array([middle.x(), middle.y()])

    def centre_on(self, at_xy: NDArray[np.float64]) -> None:
        """Bring a film pixel (2,) to the middle without zooming."""
        wanted = self._film_to_plane().map(QPointF(float(at_xy[0]), float(at_xy[1])))
        here = self._box.viewRect().center()
        self._fitted = False
        self._box.translateBy(x=wanted.x() - here.x(), y=wanted.y() - here.y())

    def show_place(self, box_xyxy: NDArray[np.float64]) -> None:
        """Bring a box (4,) to the middle where it is near the edge or outside; a film seen whole stays."""
        place = self._to_viewport(QRectF(QPointF(*box_xyxy[:2]), QPointF(*box_xyxy[2:])))
        inner = QRectF(self.viewport().rect())
        if self._fitted and inner.contains(place):
            return
        self.centre_on((box_xyxy[:2] + box_xyxy[2:]) / 2)

    def film_xy(self, at: QPointF) -> NDArray[np.float64]:
        """(2,) film pixel under a place of the viewport."""
        place = self._film_to_plane().inverted()[0].map(self._plane_of(at))
        return np.array([place.x(), place.y()])

    def place_of(self, at_xy: NDArray[np.float64]) -> QPointF:
        """Where a film pixel (2,) lies in the viewport."""
        return self._to_viewport(QRectF(float(at_xy[0]), float(at_xy[1]), 0, 0)).topLeft()

    @property
    def pointer_xy(self) -> NDArray[np.float64] | None:
        """(2,) film pixel under the pointer, None where it is not on the film."""
        if self._pointer is None:
            return None
        at = self.film_xy(self._pointer)
        return at if self.film_item.boundingRect().contains(QPointF(*at)) else None

    def _to_viewport(self, rect: QRectF) -> QRectF:
        self._box.updateMatrix()  # pyqtgraph puts it off until it paints
        scene = self._group.mapRectToScene(rect)
        return QRectF(self.viewportTransform().mapRect(scene))

    def _plane_of(self, at: QPointF) -> QPointF:
        scene = self.viewportTransform().inverted()[0].map(at)
        return QPointF(self._box.mapSceneToView(scene))

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """A film that was seen whole is seen whole again; another keeps its scale and its middle."""
        # Qt sends sizes while the view is made, and pyqtgraph's close once more when its items are gone.
        lives = hasattr(self, "_fitted") and not self.closed
        scale = self.scale_px if lives and not self._fitted else None
        super().resizeEvent(event)
        if scale is not None:
            self.zoom_to(scale)
        elif lives:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Zoom at the pointer."""
        self.zoom_by(_ZOOM_STEP ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin to pan, to change the window, or what the tool does."""
        self.setFocus()
        event.accept()
        self._end_lost_drag(event)
        if self._drag is not None:
            return  # what one button has begun, another does not end
        self._drag = (event.button(), event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and self.tool and self.has_film:
            self.tool.press(self, event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Go on with what was begun."""
        self._pointer = event.position()
        if self._lens:
            self.viewport().update()
        self._end_lost_drag(event)
        if self._drag is None:
            if self.tool and self.has_film:
                self.tool.hover(self, event.position())
            return
        button, before = self._drag
        moved = event.position().toPoint() - before
        self._drag = (button, event.position().toPoint())
        if button is Qt.MouseButton.MiddleButton:
            self.pan(moved.x(), moved.y())
        elif button is Qt.MouseButton.RightButton:
            self.drag_window(moved.x(), moved.y())
        elif self.tool and self.has_film:
            self.tool.drag(self, event.position(), moved)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """End it."""
        event.accept()
        if self._drag is not None and self._drag[0] is event.button():
            self._end_drag(event)

    def _end_lost_drag(self, event: QMouseEvent) -> None:
        """The button went up where nobody told the view, as over a dialog."""
        if self._drag is not None and not event.buttons() & self._drag[0]:
            self._end_drag(event)

    def _end_drag(self, event: QMouseEvent) -> None:
        assert self._drag is not None  # noqa: S101
        button, self._drag = self._drag[0], None
        if button is Qt.MouseButton.LeftButton and self.tool and self.has_film:
            self.tool.release(self, event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The second press of two is a press."""
        self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Keys belong to the window's commands; a scene would scroll."""
        event.ignore()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """The magnifier goes with the pointer."""
        super().leaveEvent(event)
        self._pointer = None
        self.viewport().update()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        """Follow the pointer without a pressed button too, for the magnifier and for tools."""
        super().enterEvent(event)
        self.viewport().setMouseTracking(True)

    # What lies above the film

    def drawForeground(self, painter: QPainter, _rect: QRectF) -> None:  # noqa: N802
        """Whose film it is, how it is shown, and the magnifier, in screen pixels."""
        painter.save()
        painter.resetTransform()
        if self.has_film:
            draw_legend(painter, self._legend(), self.viewport().size())
            if self._lens and self._pointer is not None:
                self._draw_lens(painter, self._pointer)
        if self._draft is not None:
            painter.setPen(QPen(theme.ACCENT, 1.5, Qt.PenStyle.DashLine))
            left_top, right_bottom = QPointF(*self._draft[:2]), QPointF(*self._draft[2:])
            painter.drawRect(self._to_viewport(QRectF(left_top, right_bottom)))
        if self._message:
            draw_message(painter, self._message, QRectF(self.viewport().rect()).adjusted(40, 40, -40, -40))
        painter.restore()
        if self._awaits_paint:
            self._awaits_paint = False
            self._after_paint.start()

    def _legend(self) -> Legend:
        return Legend(
            shown=self._shown,
            zoom=self.scale_px * self.devicePixelRatioF(),
            voi=self._voi,
            enhanced=self._enhanced,
            inverted=self._inverted,
            orientation=self._orientation,
            levels_assumed=self._levels_assumed,
        )

    def _draw_lens(self, painter: QPainter, at: QPointF) -> None:
        ratio = self.devicePixelRatioF()
        side = round(_LENS_PX * ratio)
        to_view = self._group.sceneTransform() * self.viewportTransform()
        enlarge = QTransform.fromTranslate(-at.x(), -at.y()) * QTransform.fromScale(
            _LENS_FACTOR, _LENS_FACTOR
        )
        centre = QTransform.fromTranslate(_LENS_PX / 2, _LENS_PX / 2) * QTransform.fromScale(ratio, ratio)
        image = self.film_item.render_part(to_view * enlarge * centre, (side, side))
        image.setDevicePixelRatio(ratio)
        corner = at - QPointF(_LENS_PX / 2, _LENS_PX / 2)
        painter.drawImage(corner, image)
        painter.setPen(QPen(theme.ACCENT, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(corner.x(), corner.y(), _LENS_PX, _LENS_PX))
