"""The film's grey pixels as an item of the scene."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from vcf_desktop.film import SpacingSource, StudyInfo, VoiLut, VoiWindow
from vcf_desktop.ui.grey_picture import GreyPicture


@dataclass(frozen=True, eq=False)
class ShownFilm:
    """What a view needs to know about a film besides its pixels.

    Attributes:
        study: whose film it is, None for pictures.
        row_to_column: height of a pixel divided by its width.
        spacing_mm: (row, column) mm, None where unknown.
        spacing_source: what the spacing is worth.
        name: of the file.
        remark: a line under the patient, as "Prior".
    """

    study: StudyInfo | None
    row_to_column: float = 1.0
    spacing_mm: tuple[float, float] | None = None
    spacing_source: SpacingSource = SpacingSource.NONE
    name: str = ""
    remark: str = ""


class FilmItem(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types
    """Draws a :class:`GreyPicture` in film pixels, at the resolution of the screen."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: GreyPicture | None = None
        self._table: NDArray[np.uint8] | None = None
        self._smooth = True
        self._drawn: tuple[tuple[Any, ...], QImage] | None = None

    @property
    def picture(self) -> GreyPicture | None:
        """What is drawn."""
        return self._picture

    def set_picture(self, picture: GreyPicture | None) -> None:
        """Draw another film; it shows once its contrast is set."""
        self.prepareGeometryChange()
        self._picture, self._table, self._drawn = picture, None, None
        self.update()

    def set_contrast(self, voi: VoiWindow | VoiLut, inverted: bool, smooth: bool) -> None:
        """Draw with this window; ``inverted`` on top of the film's own inversion."""
        if self._picture is not None:
            self._table = self._picture.table(voi, inverted)
        self._smooth, self._drawn = smooth, None
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802
        """The film's rectangle."""
        rows, columns = self._picture.size_hw if self._picture else (0, 0)
        return QRectF(0, 0, columns, rows)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw what the screen shows of the film."""
        if self._picture is None or self._table is None:
            return
        # The painter's own device may be a whole window's picture, of which the viewport is a part.
        screen = widget or painter.device()
        ratio = screen.devicePixelRatioF()
        size = (math.ceil(screen.width() * ratio), math.ceil(screen.height() * ratio))
        image = self._image(painter.worldTransform() * QTransform.fromScale(ratio, ratio), size)
        image.setDevicePixelRatio(ratio)
        edge = painter.worldTransform().mapRect(self.boundingRect())
        painter.save()
        painter.resetTransform()
        painter.setClipRect(edge)
        painter.drawImage(QPointF(0, 0), image)
        painter.restore()

    def render_part(self, to_screen: QTransform, size_wh: tuple[int, int]) -> QImage:
        """Another view of the film, as a magnifier needs it, in device pixels."""
        assert self._picture is not None  # noqa: S101
        assert self._table is not None  # noqa: S101
        return _grey_image(self._picture.draw(_matrix(to_screen), size_wh, self._table, self._smooth))

    def _image(self, to_screen: QTransform, size_wh: tuple[int, int]) -> QImage:
        """The screen's picture; the last one again where nothing changed but what lies above the film."""
        matrix = _matrix(to_screen)
        key = (matrix.tobytes(), size_wh)
        if self._drawn is None or self._drawn[0] != key:
            self._drawn = (key, self.render_part(to_screen, size_wh))
        return self._drawn[1]


def _matrix(transform: QTransform) -> NDArray[np.float64]:
    """(2, 3) for points as columns; Qt writes them as rows."""
    t = transform
    return np.array([[t.m11(), t.m21(), t.dx()], [t.m12(), t.m22(), t.dy()]])


def _grey_image(grey: NDArray[np.uint8]) -> QImage:
    height, width = grey.shape
    # The copy owns its memory; an image around the array would dangle when numpy frees it.
    return QImage(grey.data, width, height, width, QImage.Format.Format_Grayscale8).copy()
