"""The test pattern: exact greys, exact pixels, at every scale."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QImage
from pytestqt.qtbot import QtBot

# The class would look like one of tests.
from vcf_desktop.ui import grey_pattern as pattern

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window

WIDE, HIGH = QSize(1920, 1080), QSize(1200, 1600)


def greys_of(image: QImage) -> NDArray[np.uint8]:
    """(H, W), after a look that nothing has a tint."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.array(image.constBits(), np.uint8).reshape(image.height(), -1)
    colours = rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3)
    assert (colours == colours[..., :1]).all()
    return colours[..., 0]


def cut(greys: NDArray[np.uint8], rect: QRect) -> NDArray[np.uint8]:
    assert QRect(0, 0, greys.shape[1], greys.shape[0]).contains(rect)
    return greys[rect.top() : rect.bottom() + 1, rect.left() : rect.right() + 1]


def drawn(layout: pattern.PatternLayout) -> NDArray[np.uint8]:
    return greys_of(pattern.draw(layout, "", QFont()))


@pytest.fixture(params=[WIDE, HIGH], ids=["wide", "high"])
def layout(request: pytest.FixtureRequest, qapp: object) -> pattern.PatternLayout:
    return pattern.lay_out(request.param, 60)


def test_that_every_patch_has_exactly_its_grey_and_corners_four_steps_off(
    layout: pattern.PatternLayout,
) -> None:
    greys = drawn(layout)
    assert [grey for grey, _ in layout.patches] == [
        0,
        15,
        30,
        45,
        60,
        75,
        90,
        105,
        120,
        135,
        *range(150, 256, 15),
    ]
    for grey, rect in layout.patches:
        expected = np.full((rect.height(), rect.width()), grey)
        for step, corner in pattern.corners(rect):
            assert abs(step) == 4
            expected[
                corner.top() - rect.top() : corner.bottom() + 1 - rect.top(),
                corner.left() - rect.left() : corner.right() + 1 - rect.left(),
            ] = np.clip(grey + step, 0, 255)
        np.testing.assert_array_equal(cut(greys, rect), expected)
        assert len(np.unique(expected)) == (2 if grey in (0, 255) else 3)


def test_that_5_and_95_percent_lie_in_black_and_in_white(layout: pattern.PatternLayout) -> None:
    greys = drawn(layout)
    assert [values for values, _ in layout.squares] == [(0, 13), (255, 242)]
    for (outside, inside), (outer, inner) in layout.squares:
        assert outer.contains(inner, proper=True)
        np.testing.assert_array_equal(cut(greys, inner), inside)
        frame = cut(greys, outer).astype(int)
        assert np.count_nonzero(frame == outside) == frame.size - inner.width() * inner.height()


def test_that_the_ramp_rises_through_every_grey_evenly(layout: pattern.PatternLayout) -> None:
    ramp = cut(drawn(layout), layout.ramp)
    assert (ramp == ramp[0]).all()
    np.testing.assert_array_equal(ramp[0], np.rint(np.linspace(0, 255, ramp.shape[1])))
    assert set(np.diff(ramp[0].astype(int))) == {0, 1}


@pytest.mark.parametrize(
    ("index", "width_px", "upright"), [(0, 1, True), (1, 1, False), (2, 2, True), (3, 2, False)]
)
def test_that_lines_are_one_and_two_pixels_wide_both_ways(
    layout: pattern.PatternLayout, index: int, width_px: int, upright: bool
) -> None:
    lines = layout.lines[index]
    assert (lines.width_px, lines.upright) == (width_px, upright)
    block = cut(drawn(layout), lines.rect)
    along = block if upright else block.T
    assert (along == along[0]).all()
    white = np.arange(along.shape[1]) // width_px % 2 == 0
    np.testing.assert_array_equal(along[0], np.where(white, 255, 0))


def test_that_the_border_is_white_at_the_very_edge_and_black_inside(layout: pattern.PatternLayout) -> None:
    greys = drawn(layout)
    for edge, value in ((0, 255), (1, 0)):
        inner = greys[edge : len(greys) - edge, edge : greys.shape[1] - edge]
        for line in (inner[0], inner[-1], inner[:, 0], inner[:, -1]):
            assert (line == value).all()


def test_that_the_hatch_makes_equal_squares_over_the_whole(layout: pattern.PatternLayout) -> None:
    """Between the ramp and the patches, and left of everything: nothing but hatch."""
    greys = drawn(layout)
    row = greys[(layout.ramp.bottom() + layout.ring.top()) // 2, 2:-2]
    column = greys[2:-2, 4]
    for line, least in ((row, 6), (column, 6)):
        marks = np.flatnonzero(line == pattern.HATCH_GREY)
        if len(marks) < len(line):  # the row is not itself a line of the hatch
            assert len(marks) >= least
            assert set(np.diff(marks)) == {layout.cell}


@given(st.integers(320, 4000), st.integers(320, 4000), st.integers(20, 60))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_that_nothing_overlaps_and_nothing_leaves_the_window(
    width: int, height: int, text_height: int
) -> None:
    layout = pattern.lay_out(QSize(width, height), text_height)
    places = [
        *(rect for _, rect in layout.patches),
        *(outer for _, (outer, _) in layout.squares),
        *(lines.rect for lines in layout.lines),
        *(layout.ramp, layout.text),
    ]
    window = QRect(2, 2, width - 4, height - 4)
    assert all(window.contains(place) for place in places)
    assert not any(one.intersects(other) for index, one in enumerate(places) for other in places[index + 1 :])


@pytest.mark.parametrize("size", [QSize(1, 1), QSize(40, 30), QSize(200, 2000), QSize(2000, 100)])
def test_that_a_window_too_small_for_it_still_opens(qtbot: QtBot, size: QSize) -> None:
    widget = pattern.GreyPattern()
    qtbot.addWidget(widget)
    widget.resize(size)
    assert not widget.grab().isNull()


def test_that_the_window_shows_the_pattern_pixel_by_pixel_with_its_text(qtbot: QtBot) -> None:
    widget = pattern.GreyPattern()
    qtbot.addWidget(widget)
    widget.resize(WIDE)
    greys = greys_of(widget.grab().toImage())
    assert greys.shape == (1080, 1920)
    assert_is_the_pattern(greys)
    assert "neither measures nor calibrates the display" in widget.text()
    text = pattern.lay_out(WIDE, 60).text
    assert np.count_nonzero(cut(greys, text) > 150) > 1000


def assert_is_the_pattern(greys: NDArray[np.uint8]) -> None:
    """Without knowing its layout: the edge, every patch's grey, and lines of single pixels both ways."""
    assert (greys[0] == 255).all()
    assert (greys[1, 1:-1] == 0).all()
    assert (greys[-1] == 255).all()
    assert (greys[:, -1] == 255).all()
    counts = np.bincount(greys.ravel(), minlength=256)
    side = min(greys.shape) // 30
    assert all(counts[grey] > side * side for grey in pattern.PATCH_GREYS)
    for both in (greys, greys.T):
        alternating = np.abs(np.diff(both.astype(int), axis=1)) == 255
        run = np.lib.stride_tricks.sliding_window_view(alternating, 20, axis=1).all(axis=2)
        assert run.any(axis=1).sum() >= 20


SCRIPT = """
import sys
from PySide6.QtWidgets import QApplication
from vcf_desktop.ui.grey_pattern import GreyPattern
application = QApplication([])
pattern = GreyPattern()
pattern.resize(int(sys.argv[1]), int(sys.argv[2]))
pattern.grab().save(sys.argv[3])
"""


@pytest.mark.parametrize(("factor", "size"), [("1.25", (640, 480)), ("1.5", (400, 500)), ("2", (480, 270))])
def test_that_a_line_of_one_pixel_is_one_pixel_of_the_panel_at_every_scale(
    tmp_path: Path, factor: str, size: tuple[int, int]
) -> None:
    picture = tmp_path / "pattern.png"
    subprocess.run(
        [sys.executable, "-c", SCRIPT, *map(str, size), str(picture)],
        env={**os.environ, "QT_SCALE_FACTOR": factor},
        check=True,
    )
    colours = cv2.imread(str(picture))
    assert colours is not None
    assert colours.shape[1::-1] == (size[0] * float(factor), size[1] * float(factor))
    assert (colours == colours[..., :1]).all()
    assert_is_the_pattern(colours[..., 0])


def test_that_escape_closes_it_and_other_keys_do_not(qtbot: QtBot) -> None:
    widget = pattern.GreyPattern()
    qtbot.addWidget(widget)
    widget.show()
    qtbot.keyClick(widget, Qt.Key.Key_A)
    assert widget.isVisible()
    qtbot.keyClick(widget, Qt.Key.Key_Escape)
    assert not widget.isVisible()


def test_that_a_click_closes_it(qtbot: QtBot) -> None:
    widget = pattern.GreyPattern()
    qtbot.addWidget(widget)
    widget.show()
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
    assert not widget.isVisible()
