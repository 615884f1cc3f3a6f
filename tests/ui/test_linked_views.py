"""Two films moved together: the same way on the screen, both ways, and only while they are linked."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from vcf_desktop.film import Film, Orientation
from vcf_desktop.ui.comparison import LinkedViews
from vcf_desktop.ui.film_item import ShownFilm
from vcf_desktop.ui.film_view import FilmView
from vcf_desktop.ui.grey_picture import GreyPicture, picture_of

ORIENTATIONS = [Orientation(turns, mirrored) for turns in range(4) for mirrored in (False, True)]
MARK_ONE, MARK_OTHER = np.array([110.0, 90.0]), np.array([420.0, 260.0])
"""The same vertebra on both films, say."""


@pytest.fixture
def make_picture(make_film: Callable[..., Film]) -> Callable[[int, int], GreyPicture]:
    return lambda height, width: picture_of(make_film(np.zeros((height, width), np.uint8)))


@pytest.fixture
def views(
    make_view: Callable[..., FilmView], make_picture: Callable[[int, int], GreyPicture]
) -> tuple[FilmView, FilmView]:
    """A small film and a large one, of which the reader has brought the same place to the middle."""
    one, other = make_view(500, 400), make_view(640, 480)
    one.show_film(make_picture(240, 320), ShownFilm(None), Orientation())
    other.show_film(make_picture(900, 700), ShownFilm(None), Orientation())
    one.zoom_to(2.0)
    other.zoom_to(1.0)
    one.centre_on(MARK_ONE)
    other.centre_on(MARK_OTHER)
    return one, other


def off_middle(view: FilmView, mark_xy: np.ndarray) -> tuple[float, float]:
    """Where a film pixel is seen, from the middle of its view, in screen pixels."""
    place = view.place_of(mark_xy) - QPointF(view.viewport().width() / 2, view.viewport().height() / 2)
    return place.x(), place.y()


def assert_together(views: tuple[FilmView, FilmView], ratio: float = 2.0) -> None:
    one, other = views
    assert one.scale_px / other.scale_px == pytest.approx(ratio)
    assert off_middle(one, MARK_ONE) == pytest.approx(off_middle(other, MARK_OTHER), abs=1e-6)


@pytest.mark.parametrize("leader", [0, 1])
def test_that_zoom_and_place_follow_both_ways(views: tuple[FilmView, FilmView], leader: int) -> None:
    links = LinkedViews(*views)
    links.link(True)
    assert_together(views)
    view = views[leader]
    view.zoom_by(1.7, QPointF(100, 50))
    assert_together(views)
    view.pan(40, -25)
    assert_together(views)
    assert off_middle(view, (MARK_ONE, MARK_OTHER)[leader]) != pytest.approx((0, 0), abs=5)
    QTest.mousePress(view.viewport(), Qt.MouseButton.MiddleButton, pos=QPoint(100, 100))
    QTest.mouseMove(view.viewport(), QPoint(130, 70))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.MiddleButton, pos=QPoint(130, 70))
    assert_together(views)
    view.centre_on(np.array([50.0, 60.0]))
    assert_together(views)
    views[1 - leader].zoom_by(0.4, QPointF(10, 10))
    assert_together(views)


@pytest.mark.parametrize("leader", [0, 1])
@pytest.mark.parametrize("orientation", ORIENTATIONS, ids=str)
@pytest.mark.parametrize("ratio", [1.0, 1.8])
def test_that_a_turned_or_mirrored_film_moves_the_same_way_on_the_screen(
    views: tuple[FilmView, FilmView],
    make_picture: Callable[[int, int], GreyPicture],
    leader: int,
    orientation: Orientation,
    ratio: float,
) -> None:
    one, other = views
    other.show_film(make_picture(900, 700), ShownFilm(None, row_to_column=ratio), orientation)
    other.zoom_to(1.0)
    other.centre_on(MARK_OTHER)
    links = LinkedViews(*views)
    links.link(True)
    views[leader].pan(40, -25)
    views[leader].zoom_by(1.5, QPointF(333, 77))
    assert_together(views)
    assert off_middle(one, MARK_ONE)[0] != pytest.approx(0, abs=5)


def test_that_many_moves_do_not_drift(views: tuple[FilmView, FilmView]) -> None:
    links = LinkedViews(*views)
    links.link(True)
    random = np.random.default_rng(2)
    for place in range(200):
        view = views[place % 2]
        view.pan(*random.uniform(-30, 30, 2))
        view.zoom_by(float(np.exp(random.uniform(-0.2, 0.2))), QPointF(*random.uniform(0, 400, 2)))
    assert_together(views)


def test_that_each_move_is_answered_once_and_without_end(views: tuple[FilmView, FilmView]) -> None:
    links = LinkedViews(*views)
    links.link(True)
    counts = [0, 0]

    def count(which: int) -> None:
        counts[which] += 1

    for which, view in enumerate(views):
        view.view_changed.connect(lambda which=which: count(which))
    views[0].pan(10, 0)
    assert counts[0] == 1  # the leader is not moved by what follows it
    assert 1 <= counts[1] <= 3


@pytest.mark.parametrize("how", ["never linked", "no longer linked", "without a film"])
def test_that_unlinked_views_move_each_by_itself(views: tuple[FilmView, FilmView], how: str) -> None:
    one, other = views
    links = LinkedViews(one, other)
    if how == "without a film":
        other.show_film(None, ShownFilm(None), Orientation())
    if how != "never linked":
        links.link(True)
    if how == "no longer linked":
        links.link(False)
    before = (other.scale_px, other.centre_xy)
    one.zoom_by(2, QPointF(10, 10))
    one.pan(30, 40)
    assert other.scale_px == before[0]
    np.testing.assert_array_equal(other.centre_xy, before[1])
    assert one.scale_px == pytest.approx(4.0)


def test_that_another_film_is_linked_from_where_it_appears(
    views: tuple[FilmView, FilmView], make_picture: Callable[[int, int], GreyPicture]
) -> None:
    one, other = views
    links = LinkedViews(one, other)
    links.link(True)
    before = (other.scale_px, other.centre_xy)
    one.show_film(make_picture(500, 600), ShownFilm(None), Orientation())
    assert other.scale_px == pytest.approx(before[0])
    np.testing.assert_allclose(other.centre_xy, before[1])
    fitted, centre = one.scale_px, one.centre_xy
    one.zoom_by(2.0)
    one.pan(30, 10)
    assert other.scale_px == pytest.approx(2 * before[0])
    assert off_middle(one, centre) == pytest.approx((30, 10))
    assert off_middle(other, before[1]) == pytest.approx((30, 10))
    assert one.scale_px == pytest.approx(2 * fitted)


def test_that_views_linked_before_a_film_came_move_together_once_it_is_there(
    views: tuple[FilmView, FilmView], make_picture: Callable[[int, int], GreyPicture]
) -> None:
    one, other = views
    other.show_film(None, ShownFilm(None), Orientation())
    links = LinkedViews(one, other)
    links.link(True)
    one.pan(5, 5)
    other.show_film(make_picture(500, 600), ShownFilm(None), Orientation())
    before = other.scale_px
    one.zoom_by(1.5)
    assert other.scale_px == pytest.approx(1.5 * before)


def test_that_a_film_at_the_limit_of_zoom_comes_back_in_step(views: tuple[FilmView, FilmView]) -> None:
    one, other = views
    links = LinkedViews(one, other)
    links.link(True)
    other.zoom_by(35.0)  # the other would be at 70, beyond the limit
    assert one.scale_px == pytest.approx(40.0)
    other.zoom_by(1 / 35.0)
    assert_together(views)
