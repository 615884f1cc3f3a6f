"""The pages of a report on the screen."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter, QWheelEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from vcf_desktop.ui.report_preview import ReportPreview

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window


def a_pdf(*colours: str) -> bytes:
    """A4 pages, each of one colour but for a margin."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    painter = QPainter(writer)
    for place, colour in enumerate(colours):
        if place:
            writer.newPage()
        painter.fillRect(painter.viewport(), QColor(colour))
    painter.end()
    return bytes(buffer.data().data())


@pytest.fixture
def preview(qtbot: QtBot) -> ReportPreview:
    preview = ReportPreview()
    qtbot.addWidget(preview)
    preview.resize(600, 500)
    preview.show()
    qtbot.waitExposed(preview)
    return preview


def view_of(preview: ReportPreview) -> QPdfView:
    return preview.findChild(QPdfView)


def middle(preview: ReportPreview) -> NDArray[np.uint8]:
    """The colour (3,) in the middle of the pages."""
    image = view_of(preview).viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    colour = image.pixelColor(image.width() // 2, image.height() // 2)
    return np.array([colour.red(), colour.green(), colour.blue()], np.uint8)


def shows(qtbot: QtBot, preview: ReportPreview, colour: str) -> None:
    wanted = QColor(colour)
    rgb = [wanted.red(), wanted.green(), wanted.blue()]
    qtbot.waitUntil(lambda: np.abs(middle(preview).astype(int) - rgb).max() <= 3)


def press(preview: ReportPreview, text: str) -> None:
    next(b for b in preview.findChildren(QToolButton) if b.text() == text).click()


def width_px(preview: ReportPreview) -> float:
    """How wide the pages are drawn, scrollable part included."""
    view = view_of(preview)
    return float(view.viewport().width() + view.horizontalScrollBar().maximum())


def height_px(preview: ReportPreview) -> float:
    """How high they are."""
    view = view_of(preview)
    return float(view.viewport().height() + view.verticalScrollBar().maximum())


def test_that_the_file_that_is_given_is_drawn_and_kept(qtbot: QtBot, preview: ReportPreview) -> None:
    red = a_pdf("#c00000")
    preview.show_pdf(red)
    shows(qtbot, preview, "#c00000")
    assert preview.pdf == red
    assert preview.findChild(QPdfDocument).pageCount() == 1


def test_that_another_file_takes_its_place_where_one_looked(qtbot: QtBot, preview: ReportPreview) -> None:
    preview.show_pdf(a_pdf("#c00000", "#00c000"))
    shows(qtbot, preview, "#c00000")
    bar = view_of(preview).verticalScrollBar()
    bar.setValue(bar.maximum())
    shows(qtbot, preview, "#00c000")
    preview.show_pdf(a_pdf("#c0c000", "#0000c0"))
    shows(qtbot, preview, "#0000c0")
    preview.show_pdf(a_pdf("#c000c0"))  # of which there is no second page
    shows(qtbot, preview, "#c000c0")


def test_that_a_message_stands_in_place_of_pages(qtbot: QtBot, preview: ReportPreview) -> None:
    preview.show_pdf(a_pdf("#c00000"))
    preview.show_message("<b>No</b> report")
    assert preview.pdf == b""
    assert not view_of(preview).isVisible()
    label = preview.findChild(QLabel)
    assert label.isVisible()
    assert (label.text(), label.textFormat()) == ("<b>No</b> report", Qt.TextFormat.PlainText)
    preview.show_pdf(a_pdf("#00c000"))
    shows(qtbot, preview, "#00c000")


def test_that_pages_are_made_larger_and_smaller_and_fit_again(qtbot: QtBot, preview: ReportPreview) -> None:
    preview.show_pdf(a_pdf("#c00000"))
    shows(qtbot, preview, "#c00000")
    fitting = width_px(preview)
    assert view_of(preview).horizontalScrollBar().maximum() == 0
    press(preview, "Larger")
    qtbot.waitUntil(lambda: width_px(preview) == pytest.approx(1.2 * fitting, rel=0.03))
    press(preview, "Larger")
    qtbot.waitUntil(lambda: width_px(preview) == pytest.approx(1.44 * fitting, rel=0.03))
    press(preview, "Smaller")
    qtbot.waitUntil(lambda: width_px(preview) == pytest.approx(1.2 * fitting, rel=0.03))
    press(preview, "Whole page")
    margins = 20  # which Qt leaves out
    qtbot.waitUntil(lambda: view_of(preview).verticalScrollBar().maximum() < margins)
    whole = height_px(preview)
    press(preview, "Larger")  # from there
    qtbot.waitUntil(lambda: height_px(preview) == pytest.approx(1.2 * whole, rel=0.05))
    press(preview, "Page width")
    qtbot.waitUntil(lambda: height_px(preview) > 1.7 * whole)
    assert width_px(preview) == fitting


def test_that_ctrl_and_the_wheel_zoom_and_the_wheel_alone_scrolls(
    qtbot: QtBot, preview: ReportPreview
) -> None:
    preview.show_pdf(a_pdf("#c00000"))
    shows(qtbot, preview, "#c00000")
    fitting = width_px(preview)
    wheel(preview, -120)
    assert view_of(preview).verticalScrollBar().value() > 0
    assert width_px(preview) == fitting
    wheel(preview, 120, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: width_px(preview) == pytest.approx(1.2 * fitting, rel=0.03))
    for _ in range(40):
        wheel(preview, 120, Qt.KeyboardModifier.ControlModifier)
    assert view_of(preview).zoomFactor() == 6.0
    for _ in range(40):
        wheel(preview, -120, Qt.KeyboardModifier.ControlModifier)
    assert view_of(preview).zoomFactor() == pytest.approx(0.2)


def wheel(
    preview: ReportPreview,
    turned: int,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    view = view_of(preview)
    centre = QPointF(view.viewport().rect().center())
    event = QWheelEvent(
        centre,
        view.viewport().mapToGlobal(centre),
        QPoint(),
        QPoint(0, turned),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)
