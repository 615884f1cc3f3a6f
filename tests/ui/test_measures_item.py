"""Figures of lengths and angles by hand calculation, and where they are drawn."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from vcf_desktop.film import Film, Orientation, SpacingSource
from vcf_desktop.review import Measure, MeasureKind
from vcf_desktop.ui.film_item import ShownFilm
from vcf_desktop.ui.film_view import FilmView
from vcf_desktop.ui.grey_picture import picture_of
from vcf_desktop.ui.measures_item import figure

Points = list[tuple[float, float]]
TextsOf = Callable[[FilmView], list[str]]
ScreenOf = Callable[[FilmView], NDArray[np.uint8]]

SQUARE = ShownFilm(None)


def measure(kind: MeasureKind, points: Points) -> Measure:
    return Measure(kind, np.array(points, float))


def length(points: Points, shown: ShownFilm) -> str:
    return figure(measure(MeasureKind.LENGTH, points), shown)


def spaced(row: float, column: float, source: SpacingSource = SpacingSource.CALIBRATED) -> ShownFilm:
    return ShownFilm(None, row / column, (row, column), source)


# -- Lengths -------------------------------------------------------------------------------------------------


def test_that_without_spacing_a_length_is_in_pixels_and_says_so() -> None:
    assert length([(10, 10), (40, 50)], SQUARE) == "50 px"
    # Without mm, a row may still be known to be twice as high as a column is wide.
    assert length([(0, 0), (30, 20)], ShownFilm(None, 2.0)) == "50 px"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (SpacingSource.CALIBRATED, "calibrated"),
        (SpacingSource.GEOMETRY_ESTIMATE, "estimated from geometry"),
        (SpacingSource.DETECTOR_PLANE, "detector plane, magnified"),
        (SpacingSource.SCANNER, "scanned film"),
    ],
)
def test_that_millimetres_always_say_where_they_come_from(source: SpacingSource, said: str) -> None:
    assert length([(10, 10), (40, 50)], spaced(0.2, 0.2, source)) == f"10.0 mm ({said})"


@pytest.mark.parametrize(
    ("points", "mm"),
    [
        ([(0, 0), (100, 0)], "10.0"),  # across: 100 columns of 0.1 mm
        ([(0, 0), (0, 100)], "20.0"),  # down: 100 rows of 0.2 mm
        ([(0, 0), (300, 200)], "50.0"),  # 30 mm and 40 mm
        ([(300, 200), (0, 0)], "50.0"),
        ([(5.5, 5.5), (5.5, 5.5)], "0.0"),
    ],
)
def test_that_rows_and_columns_each_have_their_own_spacing(points: Points, mm: str) -> None:
    assert length(points, spaced(0.2, 0.1)) == f"{mm} mm (calibrated)"


@given(
    st.lists(st.tuples(st.floats(-3000, 3000), st.floats(-3000, 3000)), min_size=2, max_size=2),
    st.floats(0.05, 1.0),
    st.floats(0.05, 1.0),
)
def test_that_a_length_is_the_distance_in_the_plane_of_the_film(
    points: Points, row: float, column: float
) -> None:
    (x0, y0), (x1, y1) = points
    mm = math.hypot((x1 - x0) * column, (y1 - y0) * row)
    shown = float(length(points, spaced(row, column)).split()[0])
    assert shown == pytest.approx(mm, abs=0.0501)


# -- Angles --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "degrees"),
    [
        ([(10, 0), (0, 0), (0, 10)], "90.0°"),
        ([(10, 0), (0, 0), (10, 10)], "45.0°"),
        ([(10, 0), (0, 0), (-10, 0)], "180.0°"),
        ([(10, 0), (0, 0), (20, 0)], "0.0°"),
        ([(0, -10), (0, 0), (10, 0)], "90.0°"),
        ([(1, 0), (0, 0), (-1, math.sqrt(3))], "120.0°"),
    ],
)
def test_that_an_angle_is_that_at_its_middle_point(points: Points, degrees: str) -> None:
    assert figure(measure(MeasureKind.ANGLE, points), SQUARE) == degrees


@pytest.mark.parametrize(
    ("points", "degrees"),
    [
        ([(0, 0), (100, 0), (0, 50), (100, 50)], "0.0"),
        ([(0, 0), (100, 0), (100, 50), (0, 50)], "0.0"),  # drawn the other way round
        ([(0, 0), (100, 0), (0, 50), (100, 150)], "45.0"),
        ([(0, 0), (100, 0), (0, 50), (-100, 150)], "45.0"),  # never more than 90
        ([(0, 0), (100, 0), (0, 50), (0, 150)], "90.0"),
        (
            [
                (0, 0),
                (100, 100 * math.tan(math.radians(12))),
                (0, 90),
                (80, 90 - 80 * math.tan(math.radians(20))),
            ],
            "32.0",
        ),
    ],
)
def test_that_a_cobb_angle_is_that_between_two_lines(points: Points, degrees: str) -> None:
    assert figure(measure(MeasureKind.COBB, points), SQUARE) == f"Cobb {degrees}°"


def test_that_angles_are_those_of_the_patient_where_pixels_are_not_square() -> None:
    # One row is as high as two columns: one pixel across and one down goes down steeply.
    steep = measure(MeasureKind.ANGLE, [(10, 0), (0, 0), (10, 10)])
    assert figure(steep, spaced(0.2, 0.1)) == f"{math.degrees(math.atan(2)):.1f}°"
    assert figure(steep, ShownFilm(None, 0.5)) == f"{math.degrees(math.atan(0.5)):.1f}°"
    cobb = measure(MeasureKind.COBB, [(0, 0), (10, 0), (0, 0), (10, 10)])
    assert figure(cobb, spaced(0.2, 0.1)) == f"Cobb {math.degrees(math.atan(2)):.1f}°"


# -- On the screen -------------------------------------------------------------------------------------------


@pytest.fixture
def view(make_view: Callable[..., FilmView], make_film: Callable[..., Film]) -> FilmView:
    view = make_view()
    film = picture_of(make_film(np.zeros((240, 320), np.uint8)))
    view.show_film(film, spaced(0.2, 0.1), Orientation(1, True))
    return view


def test_that_figures_are_written_once_all_points_are_there(view: FilmView, texts_of: TextsOf) -> None:
    line = measure(MeasureKind.LENGTH, [(50, 60), (150, 60)])
    corner = measure(MeasureKind.ANGLE, [(200, 100), (220, 100), (220, 110)])
    view.set_measures((line, corner))
    assert {"10.0 mm (calibrated)", "90.0°"} <= set(texts_of(view))
    view.set_measures((), measure(MeasureKind.COBB, [(50, 60), (150, 60), (50, 90)]))
    assert not any("°" in text and "Cobb" in text for text in texts_of(view))
    view.set_measures((), measure(MeasureKind.COBB, [(50, 60), (150, 60), (50, 90), (150, 90)]))
    assert "Cobb 0.0°" in texts_of(view)
    view.set_measures(())
    assert not any("mm (" in text or "Cobb" in text for text in texts_of(view))


@pytest.mark.parametrize(
    ("kind", "points", "drawn", "empty"),
    [
        (MeasureKind.LENGTH, [(60, 60), (140, 60)], [(100, 60)], []),
        (MeasureKind.ANGLE, [(60, 60), (140, 60), (140, 120)], [(100, 60), (140, 90)], [(100, 90)]),
        (
            MeasureKind.COBB,
            [(60, 60), (140, 60), (60, 120), (140, 120)],
            [(100, 60), (100, 120)],
            [(100, 90)],
        ),
    ],
    ids=["length", "angle", "Cobb"],
)
def test_that_lines_lie_on_their_film_pixels(
    view: FilmView, screen_of: ScreenOf, kind: MeasureKind, points: Points, drawn: Points, empty: Points
) -> None:
    before = screen_of(view)
    view.set_measures((measure(kind, points),))
    changed = (screen_of(view) != before).any(axis=-1)
    for places, inked in ((points + drawn, True), (empty, False)):
        for x, y in places:
            place = view.place_of(np.array([x, y], float))
            assert changed[int(place.y()), int(place.x())] == inked


def test_that_an_unfinished_measure_of_one_point_is_drawn(view: FilmView, screen_of: ScreenOf) -> None:
    before = screen_of(view)
    view.set_measures((), measure(MeasureKind.ANGLE, [(100, 90)]))
    place = view.place_of(np.array([100.0, 90.0]))
    assert (screen_of(view) != before).any(axis=-1)[int(place.y()), int(place.x())]
