"""What the left button does, with the mouse on a real view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from vcf_desktop.film import Film, Orientation
from vcf_desktop.review import Measure, MeasureKind, ReaderGrade, Verdict, Vertebra
from vcf_desktop.ui.film_item import ShownFilm
from vcf_desktop.ui.film_view import FilmView
from vcf_desktop.ui.findings_item import Findings, Layer
from vcf_desktop.ui.grey_picture import GreyPicture, picture_of
from vcf_desktop.ui.tools import BoxTool, MeasureTool, SelectTool

MakeVertebra = Callable[..., Vertebra]
Place = tuple[float, float]

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
PLAIN = Qt.KeyboardModifier.NoModifier
ORIENTATIONS = [Orientation(turns, mirrored) for turns in range(4) for mirrored in (False, True)]


@pytest.fixture
def picture(make_film: Callable[..., Film]) -> GreyPicture:
    return picture_of(make_film(np.zeros((240, 320), np.uint8)))


@pytest.fixture(params=[Orientation(), Orientation(1, True)], ids=["upright", "turned"])
def view(
    make_view: Callable[..., FilmView], picture: GreyPicture, request: pytest.FixtureRequest
) -> FilmView:
    """A film of 320 by 240 px, four screen pixels a column, whose middle is in the middle."""
    view = make_view(800, 800)
    view.show_film(picture, ShownFilm(None), request.param)
    view.zoom_to(4.0)
    view.centre_on(np.array([130.0, 120.0]))
    return view


@pytest.fixture
def spine(view: FilmView, make_vertebra: MakeVertebra) -> tuple[Vertebra, Vertebra]:
    """The upper one has key 1, the lower one key 2 and is selected."""
    both = (make_vertebra(1, (100, 60, 160, 100)), make_vertebra(2, (100, 110, 160, 150)))
    view.set_findings(Findings(both, selected=2))
    return both


def pixel(view: FilmView, at_xy: Place) -> QPoint:
    return view.place_of(np.array(at_xy, float)).toPoint()


def press(view: FilmView, at: QPoint, button: Qt.MouseButton = LEFT) -> None:
    QTest.mousePress(view.viewport(), button, PLAIN, at)


def move(view: FilmView, at: QPoint) -> None:
    QTest.mouseMove(view.viewport(), at)


def release(view: FilmView, at: QPoint, button: Qt.MouseButton = LEFT) -> None:
    QTest.mouseRelease(view.viewport(), button, PLAIN, at)


def drag(view: FilmView, *places: QPoint) -> None:
    press(view, places[0])
    for place in places[1:]:
        move(view, place)
    release(view, places[-1])


def click(view: FilmView, at: QPoint) -> None:
    drag(view, at)


# -- Select --------------------------------------------------------------------------------------------------


class Told:
    """All that a select tool says."""

    def __init__(self, view: FilmView) -> None:
        self.tool = SelectTool(view)
        self.clicked: list[tuple[Any, float, float]] = []
        self.dragged: list[Vertebra] = []
        self.dropped: list[tuple[Vertebra, bool]] = []
        self.tool.clicked.connect(lambda key, x, y: self.clicked.append((key, x, y)))
        self.tool.dragged.connect(self.dragged.append)
        self.tool.dropped.connect(lambda vertebra, outline: self.dropped.append((vertebra, outline)))
        view.tool = self.tool


@pytest.fixture
def told(view: FilmView) -> Told:
    return Told(view)


def test_that_a_click_tells_which_vertebra_and_where(
    view: FilmView, spine: tuple[Vertebra, Vertebra], told: Told
) -> None:
    for at_xy, key in (((130, 80), 1), ((130, 130), 2), ((200, 80), None), ((130, 104), None)):
        click(view, pixel(view, at_xy))
        clicked = told.clicked.pop()
        assert clicked[0] == key
        assert clicked[1:] == pytest.approx(at_xy, abs=0.2)
    assert told.clicked == told.dragged == told.dropped == []
    assert spine[0].decision is None


@pytest.mark.parametrize("index", range(6))
def test_that_a_dragged_point_is_dropped_where_the_pointer_took_it(
    view: FilmView, spine: tuple[Vertebra, Vertebra], told: Told, index: int
) -> None:
    lower = spine[1]
    before = lower.points_xy.copy()
    x, y = before[index]
    start = pixel(view, (x, y))
    drag(view, start, pixel(view, (x + 5, y + 1)), pixel(view, (x + 12, y - 7)))
    ((dropped, outline),) = told.dropped
    assert not outline
    assert dropped.key == 2
    moved_by = view.film_xy(QPointF(pixel(view, (x + 12, y - 7)))) - view.film_xy(QPointF(start))
    np.testing.assert_allclose(dropped.points_xy[index], before[index] + moved_by)
    np.testing.assert_allclose(dropped.points_xy[index], (x + 12, y - 7), atol=0.3)
    np.testing.assert_array_equal(np.delete(dropped.points_xy, index, 0), np.delete(before, index, 0))
    np.testing.assert_array_equal(dropped.contour_xy, lower.contour_xy)
    # The review's own vertebra is what it was.
    np.testing.assert_array_equal(lower.points_xy, before)
    assert view.findings_item.findings.vertebrae[1] is lower
    assert len(told.dragged) == 2
    np.testing.assert_array_equal(told.dragged[-1].points_xy, dropped.points_xy)
    assert told.clicked == []


def test_that_a_point_taken_beside_its_middle_does_not_jump(
    view: FilmView, spine: tuple[Vertebra, Vertebra], told: Told
) -> None:
    x, y = spine[1].points_xy[0]
    start = pixel(view, (x, y)) + QPoint(6, 0)
    drag(view, start, start + QPoint(0, 40))
    ((dropped, _),) = told.dropped
    by = view.place_of(dropped.points_xy[0]) - view.place_of(spine[1].points_xy[0])
    assert (by.x(), by.y()) == pytest.approx((0, 40))


def test_that_zooming_while_dragging_keeps_hold_of_the_point(
    view: FilmView, spine: tuple[Vertebra, Vertebra], told: Told
) -> None:
    start = pixel(view, spine[1].points_xy[0])
    press(view, start)
    move(view, start + QPoint(20, 0))
    view.zoom_by(2.0, QPointF(start + QPoint(70, 40)))
    move(view, start + QPoint(24, 0))
    release(view, start + QPoint(24, 0))
    place = view.place_of(told.dropped[0][0].points_xy[0])
    assert (place.x(), place.y()) == pytest.approx((start.x() + 24, start.y()), abs=2.1)


def test_that_a_dragged_outline_takes_its_surroundings_and_the_points_with_it(
    view: FilmView, spine: tuple[Vertebra, Vertebra], told: Told
) -> None:
    lower = spine[1]
    index = int(np.argmin(np.linalg.norm(lower.contour_xy - (115, 110), axis=1)))
    x, y = lower.contour_xy[index]
    drag(view, pixel(view, (x, y)), pixel(view, (x, y - 5)), pixel(view, (x, y - 10)))
    ((dropped, outline),) = told.dropped
    assert outline
    np.testing.assert_allclose(dropped.contour_xy[index], (x, y - 10), atol=0.3)
    far = np.linalg.norm(lower.contour_xy - (x, y), axis=1) > 40
    np.testing.assert_allclose(dropped.contour_xy[far], lower.contour_xy[far], atol=0.1)
    assert lower.contour_xy[index, 1] == y


def test_that_a_decision_made_by_a_key_while_dragging_stays(
    view: FilmView, spine: tuple[Vertebra, Vertebra], told: Told, make_vertebra: MakeVertebra
) -> None:
    start = pixel(view, spine[1].points_xy[0])
    press(view, start)
    move(view, start + QPoint(30, 0))
    decided = replace(spine[1], decision=make_vertebra(decided=ReaderGrade.SEVERE).decision)
    view.set_findings(Findings((spine[0], decided), selected=2))
    release(view, start + QPoint(30, 0))
    ((dropped, _),) = told.dropped
    assert dropped.grade is ReaderGrade.SEVERE
    np.testing.assert_array_equal(dropped.points_xy, told.dragged[-1].points_xy)


def test_that_a_vertebra_that_is_gone_is_not_dropped(
    view: FilmView, spine: tuple[Vertebra, Vertebra], told: Told
) -> None:
    start = pixel(view, spine[1].points_xy[0])
    press(view, start)
    move(view, start + QPoint(30, 0))
    view.set_findings(Findings(spine[:1]))
    move(view, start + QPoint(40, 0))
    release(view, start + QPoint(40, 0))
    assert len(told.dragged) == 1
    assert told.dropped == told.clicked == []


@pytest.mark.parametrize("on", ["a point", "an outline", "a body", "nothing"])
def test_that_a_hand_that_shakes_clicks(
    view: FilmView, spine: tuple[Vertebra, Vertebra], told: Told, on: str
) -> None:
    places = {"a point": (100, 110), "an outline": (115, 110), "a body": (130, 130), "nothing": (190, 104)}
    start, before = pixel(view, places[on]), view.centre_xy
    drag(view, start, start + QPoint(2, 1), start + QPoint(-1, 3))
    assert told.dragged == told.dropped == []
    ((key, _, _),) = told.clicked
    assert key == (None if on == "nothing" else 2)
    np.testing.assert_array_equal(view.centre_xy, before)


def test_that_a_point_brought_back_is_a_drag_and_no_click(
    view: FilmView, spine: tuple[Vertebra, Vertebra], told: Told
) -> None:
    start = pixel(view, spine[1].points_xy[0])
    drag(view, start, start + QPoint(30, 0), start + QPoint(1, 0))
    assert told.clicked == []
    ((dropped, _),) = told.dropped
    np.testing.assert_allclose(dropped.points_xy[0], spine[1].points_xy[0], atol=0.3)


@pytest.mark.parametrize("at_xy", [(130, 130), (190, 104), (130, 80)])
def test_that_dragging_elsewhere_moves_the_film_with_the_pointer(
    view: FilmView, spine: tuple[Vertebra, Vertebra], told: Told, at_xy: Place
) -> None:
    start = pixel(view, at_xy)
    held = view.film_xy(QPointF(start))
    drag(view, start, start + QPoint(2, 0), start + QPoint(9, -4), start + QPoint(50, -20))
    np.testing.assert_allclose(view.film_xy(QPointF(start + QPoint(50, -20))), held, atol=1e-6)
    drag(view, start, start + QPoint(30, 0), start)  # there and back again
    assert told.clicked == told.dragged == told.dropped == []


def test_that_what_may_not_be_edited_is_never_dragged(
    view: FilmView, spine: tuple[Vertebra, Vertebra], told: Told
) -> None:
    told.tool.may_edit = False
    for at_xy in ((100, 110), (115, 110)):
        start = pixel(view, at_xy)
        drag(view, start, start + QPoint(20, 0), start + QPoint(40, 10))
        view.centre_on(np.array([130.0, 120.0]))
        click(view, start)
    assert told.dragged == told.dropped == []
    assert [key for key, _, _ in told.clicked] == [2, 2]
    assert len(spine) == 2


def test_that_only_the_selected_vertebra_is_dragged_and_no_rejected_one(
    view: FilmView, spine: tuple[Vertebra, Vertebra], told: Told, make_vertebra: MakeVertebra
) -> None:
    start = pixel(view, (100, 60))  # a corner of the other one
    drag(view, start, start + QPoint(30, 0))
    view.centre_on(np.array([130.0, 120.0]))
    rejected = make_vertebra(2, (100, 110, 160, 150), decided=Verdict.REJECTED)
    view.set_findings(Findings((spine[0], rejected), selected=2))
    start = pixel(view, (100, 110))
    drag(view, start, start + QPoint(30, 0))
    assert told.dragged == told.dropped == []


def test_that_points_and_outlines_that_are_not_seen_are_not_dragged(
    view: FilmView, spine: tuple[Vertebra, Vertebra], told: Told
) -> None:
    view.findings_item.set_style(frozenset(Layer) - {Layer.POINTS, Layer.CONTOURS}, 1.0)
    for at_xy in ((100, 110), (115, 110)):
        start = pixel(view, at_xy)
        drag(view, start, start + QPoint(30, 0))
        view.centre_on(np.array([130.0, 120.0]))
    view.findings_item.set_style(frozenset(Layer), 1.0)
    view.findings_item.setVisible(False)
    start = pixel(view, (100, 110))
    drag(view, start, start + QPoint(30, 0))
    assert told.dragged == told.dropped == []
    assert spine[1].key == 2


def test_that_another_film_forgets_what_was_held(
    view: FilmView, spine: tuple[Vertebra, Vertebra], told: Told, picture: GreyPicture
) -> None:
    start = pixel(view, (100, 110))
    press(view, start)
    move(view, start + QPoint(30, 0))
    view.show_film(picture, ShownFilm(None), Orientation())
    move(view, start + QPoint(60, 0))
    release(view, start + QPoint(60, 0))
    assert len(told.dragged) == 1
    assert told.dropped == told.clicked == []
    assert spine[1].key == 2


def test_that_the_pointer_shows_what_a_press_would_take_hold_of(
    view: FilmView, spine: tuple[Vertebra, Vertebra], told: Told
) -> None:
    shapes = Qt.CursorShape

    def shape(at_xy: Place) -> Qt.CursorShape:
        move(view, pixel(view, at_xy))
        return view.viewport().cursor().shape()

    assert shape((200, 60)) == shapes.ArrowCursor
    assert shape((100, 110)) == shapes.SizeAllCursor
    assert shape((115, 110)) == shapes.SizeAllCursor
    assert shape((130, 130)) == shapes.PointingHandCursor
    assert shape((130, 80)) == shapes.PointingHandCursor
    told.tool.may_edit = False
    assert shape((100, 110)) == shapes.PointingHandCursor
    assert spine[1].key == 2


# -- Box -----------------------------------------------------------------------------------------------------


@pytest.fixture
def boxes(view: FilmView) -> list[NDArray[np.float64]]:
    tool = BoxTool(view)
    view.tool = tool
    drawn: list[NDArray[np.float64]] = []
    tool.drawn.connect(drawn.append)
    return drawn


@pytest.mark.parametrize("corners", [(0, 1), (1, 0)])
def test_that_a_box_is_drawn_from_any_corner(
    view: FilmView, boxes: list[NDArray[np.float64]], corners: tuple[int, int]
) -> None:
    two = [(100.0, 90.0), (150.0, 125.0)]
    drag(view, pixel(view, two[corners[0]]), pixel(view, (120, 110)), pixel(view, two[corners[1]]))
    drag(view, pixel(view, (150, 90)), pixel(view, (120, 110)), pixel(view, (100, 125)))
    assert len(boxes) == 2
    for box in boxes:
        np.testing.assert_allclose(box, (100, 90, 150, 125), atol=0.2)


def test_that_a_box_ends_at_the_edge_of_the_film(view: FilmView, boxes: list[NDArray[np.float64]]) -> None:
    view.zoom_to(1.0)
    drag(view, pixel(view, (280, 200)), pixel(view, (330, 250)), pixel(view, (400, 290)))
    drag(view, pixel(view, (-30, -50)), pixel(view, (10, 0)), pixel(view, (40, 30)))
    np.testing.assert_allclose(boxes[0], (280, 200, 320, 240), atol=0.6)
    np.testing.assert_allclose(boxes[1], (0, 0, 40, 30), atol=0.6)
    drag(view, pixel(view, (350, 20)), pixel(view, (360, 40)), pixel(view, (400, 100)))  # beside the film
    assert len(boxes) == 2


def test_that_a_click_is_no_box(view: FilmView, boxes: list[NDArray[np.float64]]) -> None:
    start = pixel(view, (130, 120))
    click(view, start)
    drag(view, start, start + QPoint(5, 5))
    drag(view, start, start + QPoint(200, 3))
    assert boxes == []


def test_that_a_box_is_seen_while_it_is_drawn(
    view: FilmView, boxes: list[NDArray[np.float64]], screen_of: Callable[[FilmView], NDArray[np.uint8]]
) -> None:
    before = screen_of(view)
    press(view, pixel(view, (100, 90)))
    move(view, pixel(view, (150, 125)))
    assert (screen_of(view) != before).any()
    release(view, pixel(view, (150, 125)))
    np.testing.assert_array_equal(screen_of(view), before)
    assert len(boxes) == 1


# -- Measures ------------------------------------------------------------------------------------------------


class Drawn:
    """All that a measure tool says."""

    def __init__(self, view: FilmView, kind: MeasureKind) -> None:
        self.tool = MeasureTool(kind, view)
        self.drawn: list[Measure] = []
        self.drafts: list[Measure | None] = []
        self.tool.drawn.connect(self.drawn.append)
        self.tool.drafted.connect(self.drafts.append)
        view.tool = self.tool

    def take(self) -> Measure:
        (measure,) = self.drawn
        self.drawn.clear()
        return measure


POINTS = {
    MeasureKind.LENGTH: [(100, 90), (160, 120)],
    MeasureKind.ANGLE: [(100, 90), (160, 120), (120, 160)],
    MeasureKind.COBB: [(100, 90), (160, 95), (100, 150), (160, 130)],
}


@pytest.mark.parametrize("kind", MeasureKind)
def test_that_a_measure_is_made_click_by_click_and_the_next_begins_anew(
    view: FilmView, kind: MeasureKind
) -> None:
    said = Drawn(view, kind)
    for _ in range(2):
        for place in POINTS[kind]:
            assert said.drawn == []
            move(view, pixel(view, place))
            click(view, pixel(view, place))
        measure = said.take()
        assert measure.kind is kind
        np.testing.assert_allclose(measure.points_xy, POINTS[kind], atol=0.2)
        assert said.drafts[-1] is None


@pytest.mark.parametrize("kind", [MeasureKind.LENGTH, MeasureKind.COBB])
def test_that_lines_can_be_dragged(view: FilmView, kind: MeasureKind) -> None:
    said = Drawn(view, kind)
    places = [pixel(view, place) for place in POINTS[kind]]
    for start, end in zip(places[::2], places[1::2], strict=True):
        middle = (start + end) / 2
        drag(view, start, middle, end)
    np.testing.assert_allclose(said.take().points_xy, POINTS[kind], atol=0.2)


def test_that_an_angle_can_be_dragged_and_clicked(view: FilmView) -> None:
    said = Drawn(view, MeasureKind.ANGLE)
    one, vertex, other = (pixel(view, place) for place in POINTS[MeasureKind.ANGLE])
    drag(view, one, vertex)
    click(view, other)
    np.testing.assert_allclose(said.take().points_xy, POINTS[MeasureKind.ANGLE], atol=0.2)


def test_that_the_line_follows_the_pointer(view: FilmView) -> None:
    said = Drawn(view, MeasureKind.ANGLE)
    move(view, pixel(view, (90, 90)))
    assert said.drafts == []
    click(view, pixel(view, (100, 90)))
    move(view, pixel(view, (140, 100)))
    draft = said.drafts[-1]
    assert draft is not None
    np.testing.assert_allclose(draft.points_xy, [(100, 90), (140, 100)], atol=0.2)
    click(view, pixel(view, (160, 120)))
    move(view, pixel(view, (150, 150)))
    draft = said.drafts[-1]
    assert draft is not None
    np.testing.assert_allclose(draft.points_xy, [(100, 90), (160, 120), (150, 150)], atol=0.2)
    assert said.drawn == []


def test_that_reset_forgets_an_unfinished_measure(view: FilmView) -> None:
    said = Drawn(view, MeasureKind.LENGTH)
    click(view, pixel(view, (90, 150)))
    said.tool.reset()
    assert said.drafts[-1] is None
    drafts = len(said.drafts)
    move(view, pixel(view, (120, 100)))
    assert len(said.drafts) == drafts
    for place in POINTS[MeasureKind.LENGTH]:
        click(view, pixel(view, place))
    np.testing.assert_allclose(said.take().points_xy, POINTS[MeasureKind.LENGTH], atol=0.2)


def test_that_a_double_click_is_one_point(view: FilmView) -> None:
    said = Drawn(view, MeasureKind.LENGTH)
    at = pixel(view, (100, 90))
    click(view, at)
    QTest.mouseDClick(view.viewport(), LEFT, PLAIN, at)
    assert said.drawn == []
    click(view, pixel(view, (160, 120)))
    np.testing.assert_allclose(said.take().points_xy, POINTS[MeasureKind.LENGTH], atol=0.2)


def test_that_nothing_is_left_behind_when_the_pointer_moves_on_after_the_last_point(view: FilmView) -> None:
    said = Drawn(view, MeasureKind.LENGTH)
    click(view, pixel(view, (100, 90)))
    press(view, pixel(view, (160, 120)))
    move(view, pixel(view, (170, 130)))
    release(view, pixel(view, (170, 130)))
    move(view, pixel(view, (180, 130)))
    assert said.drafts[-1] is None
    np.testing.assert_allclose(said.take().points_xy, POINTS[MeasureKind.LENGTH], atol=0.2)


def test_that_points_of_one_film_are_not_joined_with_those_of_another(
    view: FilmView, picture: GreyPicture
) -> None:
    said = Drawn(view, MeasureKind.LENGTH)
    click(view, pixel(view, (100, 90)))
    view.show_film(picture, ShownFilm(None), Orientation())
    drafts = len(said.drafts)
    move(view, pixel(view, (50, 60)))
    assert len(said.drafts) == drafts
    click(view, pixel(view, (60, 70)))
    assert said.drawn == []
    click(view, pixel(view, (200, 170)))
    np.testing.assert_allclose(said.take().points_xy, [(60, 70), (200, 170)], atol=0.5)


def test_that_measuring_goes_on_while_the_film_is_moved_and_zoomed(view: FilmView) -> None:
    said = Drawn(view, MeasureKind.LENGTH)
    click(view, pixel(view, (100, 90)))
    press(view, QPoint(400, 400), MIDDLE)
    move(view, QPoint(440, 380))
    release(view, QPoint(440, 380), MIDDLE)
    view.zoom_by(1.5)
    click(view, pixel(view, (160, 120)))
    np.testing.assert_allclose(said.take().points_xy, POINTS[MeasureKind.LENGTH], atol=0.2)
