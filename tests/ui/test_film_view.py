"""The film on the screen: where it lies, what it shows, and what the mouse does, on a real widget."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from vcf_desktop.film import Film, Orientation, SpacingSource, StudyInfo, VoiLut, VoiWindow
from vcf_desktop.io.grey_values import apply_voi
from vcf_desktop.ui import theme
from vcf_desktop.ui.film_item import ShownFilm
from vcf_desktop.ui.film_view import FilmView
from vcf_desktop.ui.grey_picture import enhanced_picture, picture_of
from vcf_desktop.ui.wording import day, patient_lines

MakeFilm = Callable[..., Film]
MakeView = Callable[..., FilmView]
ScreenOf = Callable[[FilmView], NDArray[np.uint8]]
TextsOf = Callable[[FilmView], list[str]]

AS_IT_LIES = Orientation()
ORIENTATIONS = [Orientation(turns, mirrored) for turns in range(4) for mirrored in (False, True)]
LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
NONE = Qt.MouseButton.NoButton
STUDY = StudyInfo(
    patient_name="Muster^Erika^Anna",
    patient_id="PAT-4711",
    birth_date=date(1951, 3, 9),
    study_date=date(2026, 2, 28),
    modality="DX",
    view_position="LL",
    laterality="L",
)
BLOCKS = np.array([[30, 90, 150, 210], [60, 120, 180, 240], [45, 75, 105, 135]], np.uint8)
ONE_FIXTURE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)


def send(
    view: FilmView, kind: QEvent.Type, at: QPointF, button: Qt.MouseButton, held: Qt.MouseButton = NONE
) -> None:
    event = QMouseEvent(
        kind, at, view.viewport().mapToGlobal(at), button, held, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(view.viewport(), event)


def drag(view: FilmView, button: Qt.MouseButton, *places: QPointF) -> None:
    send(view, QEvent.Type.MouseButtonPress, places[0], button, button)
    for place in places[1:]:
        send(view, QEvent.Type.MouseMove, place, NONE, button)
    send(view, QEvent.Type.MouseButtonRelease, places[-1], button)


def turn_wheel(view: FilmView, at: QPointF, notches: float) -> None:
    event = QWheelEvent(
        at,
        view.viewport().mapToGlobal(at),
        QPoint(),
        QPoint(0, round(120 * notches)),
        NONE,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def show(
    view: FilmView,
    film: Film,
    orientation: Orientation = AS_IT_LIES,
    **known: Any,
) -> FilmView:
    view.show_film(picture_of(film), ShownFilm(known.pop("study", None), **known), orientation)
    return view


def corners_on_screen(view: FilmView, width: float, height: float) -> NDArray[np.float64]:
    places = [view.place_of(np.array([x, y], float)) for x in (0, width) for y in (0, height)]
    return np.array([(place.x(), place.y()) for place in places])


def film_map(view: FilmView) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Linear part and offset of the map from the viewport to the film, by three places."""
    zero, right, below = (view.film_xy(QPointF(x, y)) for x, y in ((0, 0), (1, 0), (0, 1)))
    return np.column_stack([right - zero, below - zero]), zero


def places_of(view: FilmView) -> NDArray[np.float64]:
    """(h, w, 2) film place under the centre of each pixel of the viewport."""
    linear, offset = film_map(view)
    width, height = view.viewport().width(), view.viewport().height()
    centres = np.stack(np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5), axis=-1)
    return centres @ linear.T + offset


def noise(height: int, width: int) -> NDArray[np.uint8]:
    return np.random.default_rng(7).integers(0, 256, (height, width), np.uint8)


@pytest.fixture(params=[(300, 200), (160, 500), (900, 220)], ids=["film", "tall", "wide"])
def values(request: pytest.FixtureRequest) -> NDArray[np.uint8]:
    height, width = request.param[1], request.param[0]
    return noise(height, width)


# -- Where it lies -------------------------------------------------------------------------------------------


@given(
    orientation=st.sampled_from(ORIENTATIONS),
    ratio=st.sampled_from([1.0, 0.6, 2.0]),
    zooms=st.lists(st.tuples(st.floats(0.3, 4), st.floats(0, 640), st.floats(0, 480)), max_size=4),
    pan=st.tuples(st.floats(-500, 500), st.floats(-500, 500)),
    at=st.tuples(st.floats(-100, 400), st.floats(-100, 400)),
)
@ONE_FIXTURE
def test_that_places_of_film_and_screen_are_each_others_inverse(
    make_view: MakeView,
    make_film: MakeFilm,
    orientation: Orientation,
    ratio: float,
    zooms: list[tuple[float, float, float]],
    pan: tuple[float, float],
    at: tuple[float, float],
) -> None:
    view = show(make_view(), make_film(noise(200, 300)), orientation, row_to_column=ratio)
    for factor, x, y in zooms:
        view.zoom_by(factor, QPointF(x, y))
    view.pan(*pan)
    place = view.place_of(np.array(at))  # first: it may not depend on what film_xy has brought up to date
    np.testing.assert_allclose(view.film_xy(place), at, atol=1e-6)
    centre = view.place_of(view.centre_xy)
    assert (centre.x(), centre.y()) == pytest.approx((320, 240), abs=1e-6)
    linear, _ = film_map(view)
    assert abs(np.linalg.det(linear)) == pytest.approx(1 / (view.scale_px**2 * ratio))


@pytest.mark.parametrize("orientation", ORIENTATIONS, ids=str)
def test_that_the_corners_lie_where_the_eye_expects_them(
    make_view: MakeView, make_film: MakeFilm, orientation: Orientation
) -> None:
    view = show(make_view(), make_film(noise(200, 300)), orientation)
    numbered = np.array([[0, 1], [2, 3]])  # corners in reading order
    seen = np.rot90(np.fliplr(numbered) if orientation.mirrored else numbered, k=-orientation.quarter_turns)
    for number, (x, y) in enumerate([(0, 0), (300, 0), (0, 200), (300, 200)]):
        place = view.place_of(np.array([x, y], float))
        row, column = np.argwhere(seen == number)[0]
        assert (place.x() > 320, place.y() > 240) == (column == 1, row == 1)


@pytest.mark.parametrize("orientation", ORIENTATIONS, ids=str)
@pytest.mark.parametrize("ratio", [1.0, 1.7])
def test_that_fit_shows_the_whole_film_and_no_more(
    make_view: MakeView,
    make_film: MakeFilm,
    values: NDArray[np.uint8],
    orientation: Orientation,
    ratio: float,
) -> None:
    view = show(make_view(), make_film(values), orientation, row_to_column=ratio)

    def assert_fits() -> None:
        places = corners_on_screen(view, values.shape[1], values.shape[0])
        size = np.array([view.viewport().width(), view.viewport().height()])
        margins = np.concatenate([places.min(axis=0), size - places.max(axis=0)]).round(6)
        assert margins.min() >= 0
        assert min(margins[[0, 2]].max() / size[0], margins[[1, 3]].max() / size[1]) < 0.02
        np.testing.assert_allclose(margins[:2], margins[2:], atol=1e-3)

    assert_fits()
    view.resize(500, 700)
    assert_fits()
    view.orient(view.orientation.turned(1))
    assert_fits()
    view.zoom_by(3, QPointF(10, 10))
    view.fit()
    assert_fits()
    view.resize(900, 300)
    assert_fits()


def test_that_a_zoomed_film_keeps_its_scale_and_its_middle_when_the_window_changes(
    make_view: MakeView, make_film: MakeFilm
) -> None:
    view = show(make_view(), make_film(noise(200, 300)))
    view.zoom_to(3.0, QPointF(100, 50))
    before = view.centre_xy
    for size in ((900, 500), (300, 700), (640, 480)):
        view.resize(*size)
        assert view.scale_px == pytest.approx(3.0)
        np.testing.assert_allclose(view.centre_xy, before, atol=1e-6)


@pytest.mark.parametrize("orientation", ORIENTATIONS, ids=str)
def test_that_turning_a_zoomed_film_keeps_its_scale(
    make_view: MakeView, make_film: MakeFilm, orientation: Orientation
) -> None:
    view = show(make_view(), make_film(noise(200, 300)))
    view.zoom_to(3.0, QPointF(100, 50))
    before = view.centre_xy
    view.orient(orientation)
    assert view.scale_px == pytest.approx(3.0)
    np.testing.assert_allclose(view.centre_xy, before, atol=1e-6)
    assert view.orientation == orientation


def test_that_one_to_one_is_one_film_column_for_one_pixel_of_the_screen(
    make_view: MakeView, make_film: MakeFilm, screen_of: ScreenOf
) -> None:
    values = noise(900, 1200)
    view = show(make_view(), make_film(values))
    view.one_to_one()
    assert view.scale_px == pytest.approx(1.0)
    view.centre_on(np.array([600.0, 450.0]))
    np.testing.assert_array_equal(middle(screen_of(view)), middle(values[210:690, 280:920]))
    view.set_smooth(False)
    np.testing.assert_array_equal(middle(screen_of(view)), middle(values[210:690, 280:920]))


def middle(screen: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """What lies beside the texts; grey."""
    grey = screen if screen.ndim == 2 else screen[..., 0]
    return grey[90:-90, 240:-20]


@given(
    at=st.tuples(st.floats(0, 639), st.floats(0, 479)),
    notches=st.lists(st.sampled_from([1, -1, 3, -2.5, 0.25]), min_size=1, max_size=6),
    orientation=st.sampled_from(ORIENTATIONS),
)
@ONE_FIXTURE
def test_that_the_wheel_keeps_the_film_under_the_pointer(
    make_view: MakeView,
    make_film: MakeFilm,
    at: tuple[float, float],
    notches: list[float],
    orientation: Orientation,
) -> None:
    view = show(make_view(), make_film(noise(200, 300)), orientation)
    before, scale = view.film_xy(QPointF(*at)), view.scale_px
    for each in notches:
        turn_wheel(view, QPointF(*at), each)
    np.testing.assert_allclose(view.film_xy(QPointF(*at)), before, atol=1e-6)
    assert view.scale_px == pytest.approx(scale * 1.15 ** sum(notches))


def test_that_zooming_ends_at_its_limits_and_comes_back(make_view: MakeView, make_film: MakeFilm) -> None:
    view = show(make_view(), make_film(noise(200, 300)))
    view.zoom_by(1e6)
    assert view.scale_px == pytest.approx(40.0)
    view.zoom_by(1e-9)
    assert view.scale_px == pytest.approx(0.02)
    view.fit()
    assert view.scale_px == pytest.approx(640 / 300, rel=0.03)


@pytest.mark.parametrize("orientation", ORIENTATIONS, ids=str)
def test_that_the_middle_button_moves_the_film_with_the_pointer(
    make_view: MakeView, make_film: MakeFilm, orientation: Orientation
) -> None:
    view = show(make_view(), make_film(noise(200, 300)), orientation, row_to_column=1.3)
    view.zoom_to(2.7)
    held = view.film_xy(QPointF(200, 150))
    drag(view, MIDDLE, QPointF(200, 150), QPointF(230, 140), QPointF(310, 95))
    np.testing.assert_allclose(view.film_xy(QPointF(310, 95)), held, atol=1e-6)
    assert view.scale_px == pytest.approx(2.7)
    send(view, QEvent.Type.MouseMove, QPointF(400, 300), NONE)  # the button is up
    np.testing.assert_allclose(view.film_xy(QPointF(310, 95)), held, atol=1e-6)


@pytest.mark.parametrize("orientation", ORIENTATIONS, ids=str)
def test_that_a_place_is_brought_to_the_middle(
    make_view: MakeView, make_film: MakeFilm, orientation: Orientation
) -> None:
    view = show(make_view(), make_film(noise(200, 300)), orientation)
    box = np.array([10.0, 20.0, 50.0, 60.0])
    fitted = view.centre_xy
    view.show_place(box)  # seen whole: nothing to do
    np.testing.assert_allclose(view.centre_xy, fitted)
    view.zoom_to(5)
    view.show_place(box)
    np.testing.assert_allclose(view.centre_xy, (30, 40), atol=1e-6)
    assert view.scale_px == pytest.approx(5)


# -- What it shows -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("orientation", ORIENTATIONS, ids=str)
def test_that_blocks_are_seen_turned_clockwise_and_mirrored_left_to_right(
    make_view: MakeView, make_film: MakeFilm, screen_of: ScreenOf, orientation: Orientation
) -> None:
    view = show(make_view(900, 900), make_film(np.kron(BLOCKS, np.ones((50, 50), np.uint8))))
    view.orient(orientation)
    screen = screen_of(view)
    expected = np.rot90(np.fliplr(BLOCKS) if orientation.mirrored else BLOCKS, k=-orientation.quarter_turns)
    rows, columns = expected.shape
    places = corners_on_screen(view, 200, 150)
    (left, top), (right, bottom) = places.min(axis=0), places.max(axis=0)
    for row in range(rows):
        for column in range(columns):
            x = left + (column + 0.5) / columns * (right - left)
            y = top + (row + 0.5) / rows * (bottom - top)
            patch = screen[int(y) - 20 : int(y) + 20, int(x) - 20 : int(x) + 20]
            assert (patch == expected[row, column]).all()


@given(
    orientation=st.sampled_from(ORIENTATIONS),
    ratio=st.sampled_from([1.0, 0.6, 2.0]),
    scale=st.floats(2.0, 20.0),
    pan=st.tuples(st.floats(-200, 200), st.floats(-200, 200)),
)
@ONE_FIXTURE
def test_that_what_is_seen_lies_where_film_xy_says(
    make_view: MakeView,
    make_film: MakeFilm,
    screen_of: ScreenOf,
    orientation: Orientation,
    ratio: float,
    scale: float,
    pan: tuple[float, float],
) -> None:
    values = noise(50, 60)
    view = show(make_view(), make_film(values), orientation, row_to_column=ratio)
    view.set_smooth(False)
    view.zoom_to(scale)
    view.pan(*pan)
    at_xy = places_of(view)
    inside = ((at_xy > 0) & (at_xy < (60, 50))).all(axis=-1)
    # Not at the edges of film pixels, nor at the film's own edge, which a screen pixel may share.
    sure = (np.abs(at_xy - np.round(at_xy)) > 2e-3).all(axis=-1)
    sure &= inside == ((at_xy > -1 / scale) & (at_xy < (60 + 1 / scale, 50 + 1 / scale))).all(axis=-1)
    index = np.floor(at_xy).astype(int).clip(0, (59, 49))
    expected = np.where(inside, values[index[..., 1], index[..., 0]], theme.BACKGROUND.red())
    expected_blue = np.where(inside, expected, theme.BACKGROUND.blue())
    screen = screen_of(view)
    seen = np.zeros(sure.shape, bool)
    seen[90:-90, 240:-20] = True
    seen &= sure
    assert seen.sum() > 10_000
    np.testing.assert_array_equal(screen[seen, 0], expected[seen])
    np.testing.assert_array_equal(screen[seen, 2], expected_blue[seen])


def test_that_a_film_pixel_covers_its_block_of_the_screen_exactly(
    make_view: MakeView, make_film: MakeFilm, screen_of: ScreenOf
) -> None:
    values = noise(60, 80)
    view = show(make_view(), make_film(values))
    view.set_smooth(False)
    view.zoom_to(8.0)
    view.centre_on(np.array([40.0, 30.0]))
    np.testing.assert_array_equal(middle(screen_of(view)), middle(np.kron(values, np.ones((8, 8), np.uint8))))


@pytest.mark.parametrize("ratio", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("turns", [0, 1])
def test_that_a_circle_is_round_whatever_the_shape_of_the_pixels(
    make_view: MakeView, make_film: MakeFilm, screen_of: ScreenOf, ratio: float, turns: int
) -> None:
    """A disc of 120 columns: it is 120 / ratio rows high in the file."""
    x, y = np.meshgrid(np.arange(300) + 0.5, np.arange(round(300 / ratio)) + 0.5)
    disc = np.hypot(x - 150, (y - 150 / ratio) * ratio) < 60
    view = show(
        make_view(),
        make_film(np.where(disc, 250, 80).astype(np.uint8)),
        Orientation(turns),
        row_to_column=ratio,
    )
    bright = screen_of(view)[90:-90, :, 0] > 165
    width, height = np.ptp(np.flatnonzero(bright.any(axis=0))), np.ptp(np.flatnonzero(bright.any(axis=1)))
    assert width == pytest.approx(height, abs=3)
    assert width == pytest.approx(120 * view.scale_px, abs=4)


def test_that_a_view_beside_other_widgets_shows_the_same_on_the_real_screen(
    qtbot: QtBot, make_film: MakeFilm, screen_of: ScreenOf
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    view = FilmView()
    row.addWidget(QLabel("a list of films, which moves the view to the right"))
    row.addWidget(view, 1)
    window.resize(1000, 500)
    with qtbot.waitExposed(window):
        window.show()
    show(view, make_film(noise(400, 400)))
    view.zoom_to(2)
    view.viewport().repaint()
    alone = screen_of(view)
    corner = view.viewport().mapTo(window, QPoint(0, 0))
    assert corner.x() > 100
    for image in (window.grab().toImage(), window.screen().grabWindow(window.winId()).toImage()):
        part = image.copy(corner.x(), corner.y(), alone.shape[1], alone.shape[0])
        assert part.devicePixelRatio() == 1.0
        part = part.convertToFormat(QImage.Format.Format_RGB888)
        rows = np.array(part.constBits(), np.uint8).reshape(part.height(), -1)
        pixels = rows[:, : part.width() * 3].reshape(alone.shape)
        np.testing.assert_array_equal(pixels, alone)


SCRIPT = """
import sys
import numpy as np
from PySide6.QtWidgets import QApplication
from vcf_desktop.film import Orientation, VoiWindow
from vcf_desktop.ui.film_item import ShownFilm
from vcf_desktop.ui.film_view import FilmView
from vcf_desktop.ui.grey_picture import GreyPicture
application = QApplication([])
view = FilmView()
view.resize(600, 400)
values = np.random.default_rng(7).integers(0, 256, (900, 1200), np.uint8)
picture = GreyPicture((values,), np.arange(256.0), None, (VoiWindow(127.5, 255.0, "LINEAR_EXACT"),))
view.show_film(picture, ShownFilm(None), Orientation())
view.one_to_one()
view.centre_on(np.array([600.0, 450.0]))
view.viewport().grab().save(sys.argv[1])
"""


@pytest.mark.parametrize("factor", ["1.25", "1.5", "2"])
def test_that_one_to_one_is_one_pixel_of_the_panel_at_every_scale_of_the_desktop(
    tmp_path: Path, factor: str
) -> None:
    picture = tmp_path / "view.png"
    subprocess.run(
        [sys.executable, "-c", SCRIPT, str(picture)],
        check=True,
        env={**os.environ, "QT_SCALE_FACTOR": factor},
        timeout=60,
    )
    seen = cv2.imread(str(picture))
    width, height = round(600 * float(factor)), round(400 * float(factor))
    assert seen.shape == (height, width, 3)
    left, top = 600 - width // 2, 450 - height // 2
    expected = noise(900, 1200)[top : top + height, left : left + width]
    margin = np.s_[150:-150, 400:-20]  # beside the texts
    np.testing.assert_array_equal(seen[..., 0][margin], expected[margin])


def test_that_painted_is_told_once_for_each_film(
    qapp: QApplication, make_view: MakeView, make_film: MakeFilm, screen_of: ScreenOf
) -> None:
    view, told = make_view(), []
    view.painted.connect(lambda: told.append(view.shown.name))
    screen_of(view)
    assert told == []
    show(view, make_film(noise(60, 80)), name="one")
    screen_of(view)
    assert told == []  # not while it is being painted
    qapp.processEvents()
    screen_of(view)
    view.zoom_by(2)
    view.set_inverted(True)
    screen_of(view)
    qapp.processEvents()
    assert told == ["one"]
    show(view, make_film(noise(60, 80)), name="two")
    view.replace_picture(picture_of(make_film(noise(60, 80))), enhanced=True)
    screen_of(view)
    qapp.processEvents()
    view.show_film(None, ShownFilm(None), Orientation())
    screen_of(view)
    qapp.processEvents()
    assert told == ["one", "two"]


def test_that_no_film_leaves_nothing_on_the_screen(
    make_view: MakeView, make_film: MakeFilm, screen_of: ScreenOf, texts_of: TextsOf
) -> None:
    view = show(make_view(), make_film(noise(60, 80)), study=STUDY, name="film.dcm")
    view.set_lens(True)
    assert view.has_film
    assert len(np.unique(screen_of(view))) > 100
    view.show_film(None, ShownFilm(None), Orientation())
    assert not view.has_film
    assert view.voi is None
    background = [theme.BACKGROUND.red(), theme.BACKGROUND.green(), theme.BACKGROUND.blue()]
    assert (screen_of(view) == background).all()
    assert texts_of(view) == []
    for button in (LEFT, MIDDLE, RIGHT):  # nothing to work on, and no harm
        drag(view, button, QPointF(50, 50), QPointF(90, 90))
    turn_wheel(view, QPointF(30, 30), 1)
    view.set_message("No film could be read.")
    assert texts_of(view) == ["No film could be read."]


def test_that_a_new_film_comes_fitted_in_its_own_window(make_view: MakeView, make_film: MakeFilm) -> None:
    view = show(make_view(), make_film(noise(60, 80)))
    view.zoom_by(4)
    view.set_inverted(True)
    view.set_voi(VoiWindow(1, 2))
    view.replace_picture(view.film_item.picture, enhanced=True)
    own = VoiWindow(90, 50, "LINEAR", "own")
    show(view, make_film(noise(300, 200), windows=(own,)), Orientation(1, True))
    assert view.voi is own
    assert (view.is_inverted, view.is_enhanced) == (False, False)
    assert view.orientation == Orientation(1, True)
    # Turned, it is 300 wide.
    assert view.scale_px == pytest.approx(min(640 / 300, 480 / 200), rel=0.03)


def test_that_the_enhanced_view_comes_in_place_of_the_film(
    make_view: MakeView, make_film: MakeFilm, screen_of: ScreenOf
) -> None:
    film = make_film(np.full((300, 400), 100, np.uint8))
    view = show(make_view(), film, Orientation(1))
    view.zoom_to(3.3)
    view.centre_on(np.array([180.0, 160.0]))
    before = film_map(view)
    view.replace_picture(enhanced_picture(np.full((300, 400), 51400, np.uint16), film), enhanced=True)
    np.testing.assert_allclose(film_map(view)[0], before[0])
    np.testing.assert_allclose(film_map(view)[1], before[1])
    assert (middle(screen_of(view)) == 200).all()
    assert view.is_enhanced


# -- Contrast ------------------------------------------------------------------------------------------------


def ramp_view(make_view: MakeView, film: Film) -> FilmView:
    view = show(make_view(), film)
    view.set_smooth(False)
    return view


def seen_grey(view: FilmView, screen_of: ScreenOf, x: float, y: float = 150.0) -> int:
    place = view.place_of(np.array([x, y]))
    return int(screen_of(view)[int(place.y()), int(place.x()), 0])


def test_that_the_right_button_changes_width_and_centre(make_view: MakeView, make_film: MakeFilm) -> None:
    values = np.tile(np.arange(400, dtype=np.uint16) * 10, (300, 1))
    start = VoiWindow(2000, 1000, "LINEAR", "soft")
    view = ramp_view(make_view, make_film(values, windows=(start,)))
    told = []
    view.contrast_changed.connect(lambda: told.append(view.voi))
    drag(view, RIGHT, QPointF(100, 100), QPointF(150, 100))
    assert isinstance(view.voi, VoiWindow)
    assert view.voi.width > 1050
    assert view.voi.centre == 2000
    assert told == [view.voi]
    wide = view.voi
    drag(view, RIGHT, QPointF(150, 100), QPointF(100, 100))
    assert view.voi.width == pytest.approx(1000)
    drag(view, RIGHT, QPointF(100, 100), QPointF(100, 130))
    assert view.voi.width == pytest.approx(1000)
    assert view.voi.centre != 2000
    assert view.voi.function == "LINEAR"
    assert wide.explanation == ""


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("asked", [False, True])
def test_that_dragging_down_brightens_also_an_inverted_film(
    make_view: MakeView, make_film: MakeFilm, screen_of: ScreenOf, own: bool, asked: bool
) -> None:
    values = np.tile(np.arange(400, dtype=np.uint16) * 10, (300, 1))
    film = make_film(values, windows=(VoiWindow(2000, 3000),), inverted=own)
    view = ramp_view(make_view, film)
    view.set_inverted(asked)
    before = seen_grey(view, screen_of, 200.5)
    drag(view, RIGHT, QPointF(100, 100), QPointF(100, 140))
    assert seen_grey(view, screen_of, 200.5) > before + 5


@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.parametrize(
    "lut",
    [
        VoiLut(500, np.rint(4095 / (1 + np.exp(-np.linspace(-6, 6, 3000)))).astype(np.uint16), 12, "curve"),
        VoiLut(0, np.linspace(800, 3200, 4000).astype(np.uint16), 12, "dim"),
        VoiLut(0, np.arange(4095, -1, -1, dtype=np.uint16), 12, "falling"),
    ],
    ids=lambda lut: lut.explanation,
)
def test_that_dragging_away_from_a_lut_does_not_jump(
    make_view: MakeView, make_film: MakeFilm, screen_of: ScreenOf, lut: VoiLut, asked: bool
) -> None:
    values = np.tile(np.arange(400, dtype=np.uint16) * 10, (300, 1))
    view = ramp_view(make_view, make_film(values, luts=(lut,)))
    view.set_inverted(asked)
    before = middle(screen_of(view)).astype(int)
    expected = apply_voi(values, lut) if not asked else 1 - apply_voi(values, lut)
    assert seen_grey(view, screen_of, 200.5) == pytest.approx(255 * expected[0, 200], abs=1)
    drag(view, RIGHT, QPointF(100, 100), QPointF(101, 100))
    assert isinstance(view.voi, VoiWindow)
    after = middle(screen_of(view)).astype(int)
    assert np.abs(after - before).max() <= 26
    assert np.abs(after - before).mean() <= 8


def test_that_a_narrow_window_of_fractions_can_be_dragged(make_view: MakeView, make_film: MakeFilm) -> None:
    values = np.linspace(0, 1, 120_000, dtype=np.float32).reshape(300, 400)
    start = VoiWindow(0.5, 0.4, "LINEAR_EXACT")
    view = ramp_view(make_view, make_film(values, windows=(start,)))
    drag(view, RIGHT, QPointF(100, 100), QPointF(110, 100))
    assert isinstance(view.voi, VoiWindow)
    assert 0.4 < view.voi.width < 0.5
    drag(view, RIGHT, QPointF(600, 100), QPointF(0, 100), QPointF(-9000, 100), QPointF(-90000, 100))
    assert 0 < view.voi.width < 0.001


def test_that_a_linear_window_stays_one_value_wide(make_view: MakeView, make_film: MakeFilm) -> None:
    view = ramp_view(make_view, make_film(noise(300, 400), windows=(VoiWindow(100, 50),)))
    drag(view, RIGHT, QPointF(600, 100), QPointF(-90000, 100))
    assert isinstance(view.voi, VoiWindow)
    assert view.voi.width == 1.0


def test_that_inverting_exchanges_black_and_white_on_the_screen(
    make_view: MakeView, make_film: MakeFilm, screen_of: ScreenOf
) -> None:
    view = ramp_view(make_view, make_film(noise(300, 400)))
    before = middle(screen_of(view))
    view.set_inverted(True)
    np.testing.assert_array_equal(255 - middle(screen_of(view)), before)
    view.set_inverted(False)
    np.testing.assert_array_equal(middle(screen_of(view)), before)


def test_that_smoothing_can_be_switched_off(
    make_view: MakeView, make_film: MakeFilm, screen_of: ScreenOf
) -> None:
    values = np.where(np.indices((60, 80)).sum(axis=0) % 2, 200, 50).astype(np.uint8)
    view = show(make_view(), make_film(values))
    view.zoom_to(8)
    assert view.is_smooth
    assert len(np.unique(middle(screen_of(view)))) > 10
    view.set_smooth(False)
    assert np.unique(middle(screen_of(view))).tolist() == [50, 200]


def test_that_the_magnifier_shows_the_film_under_the_pointer_larger(
    make_view: MakeView, make_film: MakeFilm, screen_of: ScreenOf
) -> None:
    values = noise(240, 320)
    view = show(make_view(), make_film(values))
    view.set_smooth(False)
    view.zoom_to(4)
    view.centre_on(np.array([160.0, 120.0]))
    before = screen_of(view)
    send(view, QEvent.Type.MouseMove, QPointF(402, 242), NONE)
    np.testing.assert_array_equal(screen_of(view), before)
    view.set_lens(True)
    lens = screen_of(view)[242 - 120 : 242 + 120, 402 - 120 : 402 + 120, 0]
    at_xy = view.film_xy(QPointF(402, 242))  # in the middle of a film pixel
    np.testing.assert_allclose(at_xy, (180.5, 120.5), atol=1e-6)
    block = values[108:133, 168:193]
    enlarged = np.kron(block, np.ones((10, 10), np.uint8))[5:-5, 5:-5]
    np.testing.assert_array_equal(lens, enlarged)
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    np.testing.assert_array_equal(screen_of(view), before)


# -- The mouse -----------------------------------------------------------------------------------------------


class Recorder:
    """A tool that writes down what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def press(self, _view: FilmView, at: QPointF) -> None:
        self.told.append(f"press {at.x():.0f}")

    def drag(self, _view: FilmView, at: QPointF, moved: QPoint) -> None:
        self.told.append(f"drag {at.x():.0f} by {moved.x()}")

    def release(self, _view: FilmView, at: QPointF) -> None:
        self.told.append(f"release {at.x():.0f}")

    def hover(self, _view: FilmView, at: QPointF) -> None:
        self.told.append(f"hover {at.x():.0f}")


@pytest.fixture
def recorder(make_view: MakeView, make_film: MakeFilm) -> tuple[FilmView, Recorder]:
    view, tool = show(make_view(), make_film(noise(200, 300))), Recorder()
    view.tool = tool
    return view, tool


def test_that_a_tool_is_told_of_press_drag_release_and_of_hovering(
    recorder: tuple[FilmView, Recorder],
) -> None:
    view, tool = recorder
    send(view, QEvent.Type.MouseMove, QPointF(5, 5), NONE)
    drag(view, LEFT, QPointF(10, 10), QPointF(15, 10), QPointF(17, 10))
    assert tool.told == ["hover 5", "press 10", "drag 15 by 5", "drag 17 by 2", "release 17"]


def test_that_other_buttons_are_not_the_tools(recorder: tuple[FilmView, Recorder]) -> None:
    view, tool = recorder
    drag(view, MIDDLE, QPointF(10, 10), QPointF(15, 10))
    drag(view, RIGHT, QPointF(10, 10), QPointF(15, 10))
    assert tool.told == []


def test_that_a_second_button_does_not_break_into_a_drag(recorder: tuple[FilmView, Recorder]) -> None:
    view, tool = recorder
    before, voi = view.centre_xy, view.voi
    send(view, QEvent.Type.MouseButtonPress, QPointF(10, 10), LEFT, LEFT)
    for other in (MIDDLE, RIGHT):
        send(view, QEvent.Type.MouseButtonPress, QPointF(10, 10), other, LEFT | other)
        send(view, QEvent.Type.MouseMove, QPointF(30, 10), NONE, LEFT | other)
        send(view, QEvent.Type.MouseButtonRelease, QPointF(30, 10), other, LEFT)
    send(view, QEvent.Type.MouseButtonRelease, QPointF(40, 10), LEFT)
    assert tool.told == ["press 10", "drag 30 by 20", "drag 30 by 0", "release 40"]
    np.testing.assert_allclose(view.centre_xy, before)
    assert view.voi is voi


def test_that_a_release_that_nobody_told_ends_the_drag(recorder: tuple[FilmView, Recorder]) -> None:
    view, tool = recorder
    send(view, QEvent.Type.MouseButtonPress, QPointF(10, 10), LEFT, LEFT)
    send(view, QEvent.Type.MouseMove, QPointF(30, 10), NONE)
    assert tool.told == ["press 10", "release 30", "hover 30"]
    send(view, QEvent.Type.MouseButtonPress, QPointF(10, 10), LEFT, LEFT)
    drag(view, MIDDLE, QPointF(50, 10), QPointF(60, 10))
    assert tool.told[3:] == ["press 10", "release 50"]


def test_that_another_film_ends_the_drag_without_a_word(
    recorder: tuple[FilmView, Recorder], make_film: MakeFilm
) -> None:
    view, tool = recorder
    send(view, QEvent.Type.MouseButtonPress, QPointF(10, 10), LEFT, LEFT)
    show(view, make_film(noise(200, 300)))
    send(view, QEvent.Type.MouseMove, QPointF(30, 10), NONE, LEFT)
    send(view, QEvent.Type.MouseButtonRelease, QPointF(30, 10), LEFT)
    assert tool.told == ["press 10", "hover 30"]


def test_that_the_second_press_of_a_double_click_is_a_press(recorder: tuple[FilmView, Recorder]) -> None:
    view, tool = recorder
    drag(view, LEFT, QPointF(10, 10))
    send(view, QEvent.Type.MouseButtonDblClick, QPointF(10, 10), LEFT, LEFT)
    send(view, QEvent.Type.MouseButtonRelease, QPointF(10, 10), LEFT)
    assert tool.told == ["press 10", "release 10"] * 2


def test_that_the_pointers_place_is_known_only_where_it_is_on_the_film(
    recorder: tuple[FilmView, Recorder],
) -> None:
    view, _ = recorder
    assert view.pointer_xy is None
    send(view, QEvent.Type.MouseMove, QPointF(300, 200), NONE)
    assert view.pointer_xy is not None
    np.testing.assert_allclose(view.pointer_xy, view.film_xy(QPointF(300, 200)))
    send(view, QEvent.Type.MouseMove, QPointF(300, 2), NONE)  # above a fitted film
    assert view.pointer_xy is None
    send(view, QEvent.Type.MouseMove, QPointF(300, 200), NONE)
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert view.pointer_xy is None


# -- Whose film it is ----------------------------------------------------------------------------------------


def test_that_patient_and_study_are_written_on_the_film(
    make_view: MakeView, make_film: MakeFilm, texts_of: TextsOf
) -> None:
    view = show(make_view(), make_film(noise(200, 300)), study=STUDY, name="7.dcm", remark="For comparison")
    texts = texts_of(view)
    assert texts[:3] == list(patient_lines(STUDY))
    written = "\n".join(texts)
    for said in (
        *("Muster, Erika Anna", "PAT-4711", day(date(1951, 3, 9)), day(date(2026, 2, 28))),
        *("view LL", "side L", "7.dcm", "For comparison"),
    ):
        assert said in written
    assert texts_of(show(view, make_film(noise(200, 300))))[0] == "No patient data"


def test_that_patient_lines_leave_out_what_the_film_does_not_say() -> None:
    assert patient_lines(STUDY) == (
        "Muster, Erika Anna",
        f"PAT-4711  born {day(date(1951, 3, 9))}",
        f"{day(date(2026, 2, 28))}  DX  view LL  side L",
    )
    assert patient_lines(None) == ("No patient data",)
    assert patient_lines(StudyInfo()) == ("No patient data",)
    assert patient_lines(StudyInfo(patient_id="7")) == ("7",)
    assert patient_lines(StudyInfo(patient_name="^", laterality="R")) == ("No patient data", "side R")
    assert patient_lines(StudyInfo(patient_name="Doe^^", view_position="RL")) == ("Doe", "view RL")
    ideographic = StudyInfo(patient_name="Yamada^Tarou=山田^太郎=やまだ^たろう")
    assert patient_lines(ideographic) == ("Yamada, Tarou",)


def test_that_the_band_at_the_top_has_the_patients_colour(
    make_view: MakeView, make_film: MakeFilm, screen_of: ScreenOf
) -> None:
    seen = set()
    for study in (STUDY, StudyInfo(patient_id="8"), StudyInfo(patient_id="9"), None):
        view = show(make_view(), make_film(noise(200, 300)), study=study)
        colour = theme.patient_colour(study)
        band = screen_of(view)[0]
        assert (band == [colour.red(), colour.green(), colour.blue()]).all()
        view.zoom_by(9)
        assert (screen_of(view)[0] == band).all()
        seen.add(colour.name())
    assert len(seen) == 4


@pytest.mark.parametrize(
    ("source", "text"),
    [(SpacingSource.NONE, "mm: no spacing"), (SpacingSource.DETECTOR_PLANE, "mm: detector plane, magnified")],
)
def test_that_the_film_says_how_it_is_shown(
    make_view: MakeView, make_film: MakeFilm, texts_of: TextsOf, source: SpacingSource, text: str
) -> None:
    own = VoiWindow(40, 400, "LINEAR", "bone")
    view = show(make_view(), make_film(noise(200, 300), windows=(own,)), spacing_source=source)
    view.zoom_to(1.5)
    assert texts_of(view)[1:] == ["Zoom 150 %", "W 400  C 40  bone", text]
    view.orient(Orientation(3, True))
    # What makes it another view than the plain film stands by itself, at the right.
    assert texts_of(view)[1:] == ["Zoom 150 %", "W 400  C 40  bone", text, "mirrored", "turned 270°"]
    view.set_voi(VoiLut(0, np.arange(9, dtype=np.uint16), 8, "film curve"))
    assert "LUT film curve" in texts_of(view)


def test_that_the_enhanced_and_the_inverted_film_say_so(
    make_view: MakeView, make_film: MakeFilm, texts_of: TextsOf, screen_of: ScreenOf
) -> None:
    film = make_film(noise(200, 300))
    view = show(make_view(), film)
    clahe, inverted = "CLAHE: enhanced view, not the original", "Inverted"
    colour = QColor(theme.WARNING)

    def badges() -> int:
        corner = screen_of(view)[8:70, 400:]
        return int((corner == [colour.red(), colour.green(), colour.blue()]).all(axis=-1).sum())

    assert not {clahe, inverted} & set(texts_of(view))
    assert badges() == 0
    view.replace_picture(enhanced_picture(np.zeros((200, 300), np.uint16), film), enhanced=True)
    assert clahe in texts_of(view)
    one = badges()
    assert one > 1000
    view.set_inverted(True)
    assert {clahe, inverted} < set(texts_of(view))
    assert badges() > one + 500
    view.replace_picture(picture_of(film), enhanced=False)
    assert clahe not in texts_of(view)
    assert inverted in texts_of(view)


Change = Callable[[FilmView], None]


@pytest.mark.parametrize(
    ("change", "undo", "said"),
    [
        (lambda v: v.set_inverted(True), lambda v: v.set_inverted(False), ["Inverted"]),
        (lambda v: v.orient(Orientation(2)), lambda v: v.orient(Orientation()), ["turned 180°"]),
        (lambda v: v.orient(Orientation(0, True)), lambda v: v.orient(Orientation()), ["mirrored"]),
        (
            lambda v: v.orient(Orientation(1, True)),
            lambda v: v.orient(Orientation()),
            ["mirrored", "turned 90°"],
        ),
        (
            lambda v: v.set_levels_assumed(True),
            lambda v: v.set_levels_assumed(False),
            ["Levels assumed"],
        ),
    ],
    ids=["inverted", "turned", "mirrored", "both", "levels"],
)
def test_that_each_departure_from_the_plain_film_is_a_badge_at_the_upper_right(
    make_view: MakeView,
    make_film: MakeFilm,
    texts_of: TextsOf,
    screen_of: ScreenOf,
    change: Change,
    undo: Change,
    said: list[str],
) -> None:
    view = show(make_view(), make_film(noise(200, 300)))
    colour = QColor(theme.WARNING)

    def texts() -> list[str]:
        return [text for text in texts_of(view) if not text.startswith("Zoom")]  # a lying film is smaller

    plain = texts()

    def rows() -> int:
        """How many badges stand below each other at the right edge; none anywhere else."""
        badge = (screen_of(view) == [colour.red(), colour.green(), colour.blue()]).all(axis=-1)
        assert not badge[100:].any()
        assert not badge[:, :320].any()
        edge = badge[:, 620:].any(axis=1).astype(int)
        return int(np.count_nonzero(np.diff(edge, prepend=0) == 1))

    assert rows() == 0
    change(view)
    assert texts() == [*plain, *said]
    assert rows() == len(said)
    undo(view)
    assert texts() == plain
    assert rows() == 0


def test_that_a_box_being_drawn_is_seen_and_goes(
    make_view: MakeView, make_film: MakeFilm, screen_of: ScreenOf
) -> None:
    view = show(make_view(), make_film(np.full((200, 300), 30, np.uint8)), Orientation(1))
    before = screen_of(view)
    view.set_draft(np.array([150.0, 60.0, 200.0, 120.0]))
    changed = np.argwhere((screen_of(view) != before).any(axis=-1))
    places = np.array(
        [[p.x(), p.y()] for p in (view.place_of(np.array(c, float)) for c in [(150, 60), (200, 120)])]
    )
    (top, left), (bottom, right) = changed.min(axis=0), changed.max(axis=0)
    np.testing.assert_allclose([left, top], places.min(axis=0), atol=2)
    np.testing.assert_allclose([right, bottom], places.max(axis=0), atol=2)
    view.set_draft(None)
    np.testing.assert_array_equal(screen_of(view), before)
