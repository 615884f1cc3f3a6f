"""The pages of a report on the screen, exactly as they are saved."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QBuffer, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QToolButton, QVBoxLayout, QWidget

_STEP: Final = 1.2
_ZOOMS: Final = (0.2, 6.0)
_POINTS_PER_INCH: Final = 72.0


class ReportPreview(QWidget):
    """Shows a PDF file, or why there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pdf = b""
        self._buffer = QBuffer(self)
        self._pages = QPdfDocument(self)
        self._view = _PagesView(self)
        self._view.setDocument(self._pages)
        self._view.setAccessibleName(self.tr("Pages of the report"))
        self._message = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._message)
        self._stack.addWidget(self._view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._stack, 1)
        layout.addLayout(self._zoom_buttons())

    @property
    def pdf(self) -> bytes:
        """The file that is shown, empty where none is."""
        return self._pdf

    def show_pdf(self, pdf: bytes) -> None:
        """Show a file at the place where the one before was looked at."""
        scrolled = self._view.verticalScrollBar().value()
        self._pages.close()
        self._buffer.close()
        self._pdf = pdf
        self._buffer.setData(pdf)
        self._buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        self._pages.load(self._buffer)
        self._stack.setCurrentWidget(self._view)
        self._view.verticalScrollBar().setValue(scrolled)

    def show_message(self, text: str) -> None:
        """Say why there is no file to look at."""
        self._pdf = b""
        self._message.setText(text)
        self._stack.setCurrentWidget(self._message)

    def _zoom_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        zooms = (
            (self.tr("Smaller"), lambda: self._view.zoom(1 / _STEP)),
            (self.tr("Larger"), lambda: self._view.zoom(_STEP)),
            (self.tr("Page width"), lambda: self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)),
            (self.tr("Whole page"), lambda: self._view.setZoomMode(QPdfView.ZoomMode.FitInView)),
        )
        for text, act in zooms:
            button = QToolButton(self)
            button.setText(text)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(act)
            row.addWidget(button)
        return row


class _PagesView(QPdfView):
    """All pages below each other; Ctrl and the wheel zoom."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def zoom(self, factor: float) -> None:
        """Make the pages larger, or smaller by a factor below 1."""
        zoom = self._shown_zoom() * factor
        self.setZoomMode(QPdfView.ZoomMode.Custom)
        self.setZoomFactor(min(max(zoom, _ZOOMS[0]), _ZOOMS[1]))

    def _shown_zoom(self) -> float:
        """Of the first page; Qt does not tell what it made of a zoom mode."""
        page = self.document().pagePointSize(0)
        if self.zoomMode() is QPdfView.ZoomMode.Custom or page.isEmpty():
            return self.zoomFactor()
        margins = self.documentMargins()
        width = self.viewport().width() - margins.left() - margins.right()
        height = self.viewport().height() - margins.top() - margins.bottom()
        points = QPointF(self.logicalDpiX(), self.logicalDpiY()) / _POINTS_PER_INCH
        by_width = width / (page.width() * points.x())
        if self.zoomMode() is QPdfView.ZoomMode.FitToWidth:
            return by_width
        return min(by_width, height / (page.height() * points.y()))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Zoom with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(_STEP if event.angleDelta().y() > 0 else 1 / _STEP)
            event.accept()
        else:
            super().wheelEvent(event)
