"""Where a film lies, and drawing on it, against areas and volumes in closed form."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from vcf_desktop.simulation.view import View, bulge, cover, ellipse, fill, make_view, rounded, stroke, texture

SQUARE = np.array([[-20.0, -20.0], [20.0, -20.0], [20.0, 20.0], [-20.0, 20.0]])


def view_of(pixel_mm: float = 0.5, turn_deg: float = 20.0, centre: tuple[float, float] = (0.0, 0.0)) -> View:
    return make_view(np.array(centre), pixel_mm, (200, 240), turn_deg, facing_right=True)


def empty(view: View) -> NDArray[np.float32]:
    return np.zeros(view.size_hw, np.float32)


def test_that_a_view_centres_turns_and_scales() -> None:
    centre = np.array([12.0, -40.0])
    view = make_view(centre, 0.5, (200, 100), 90.0, facing_right=False)
    np.testing.assert_allclose(view.points(centre), [50.0, 100.0])
    np.testing.assert_allclose(view.points(centre + np.array([10.0, 0.0])), [50.0, 120.0], atol=1e-9)


@given(points=st.lists(st.tuples(st.floats(-200, 200), st.floats(-200, 200)), min_size=1, max_size=5))
def test_that_facing_right_mirrors_the_film(points: list[tuple[float, float]]) -> None:
    left, right = (
        make_view(np.array([5.0, 7.0]), 0.8, (640, 320), 0.0, facing).points(np.array(points))
        for facing in (False, True)
    )
    np.testing.assert_allclose(right[:, 0], 320 - left[:, 0], atol=1e-9)
    np.testing.assert_allclose(right[:, 1], left[:, 1])


def test_that_the_grid_gives_the_patient_point_of_every_pixel_centre() -> None:
    view = view_of(0.7)
    x, y = view.grid()
    back = view.points(np.stack([x, y], axis=-1).astype(np.float64))
    rows, columns = np.mgrid[:200, :240] + 0.5
    np.testing.assert_allclose(back[..., 0], columns, atol=1e-3)
    np.testing.assert_allclose(back[..., 1], rows, atol=1e-3)


def test_that_a_coarser_view_shows_the_same_part_of_the_patient() -> None:
    view = view_of()
    coarse = view.coarser(2)
    point = np.array([3.0, 9.0])
    assert coarse.size_hw == (100, 120)
    np.testing.assert_allclose(coarse.points(point) * 2, view.points(point))


@pytest.mark.parametrize("turn_deg", [0.0, 33.0])
def test_that_a_filled_outline_holds_its_area_times_its_depth(turn_deg: float) -> None:
    view = view_of(turn_deg=turn_deg)
    target = empty(view)
    fill(target, view, SQUARE, 7.0)
    area = target.sum() * 0.5**2 / 7.0
    # OpenCV draws the edge as well: up to about half a pixel more all around.
    assert 40**2 < area < (40 + 1.4 * 0.5) ** 2
    assert target.max() == pytest.approx(7.0)


@pytest.mark.parametrize("width_mm", [0.2, 3.0])
def test_that_a_stroke_holds_its_length_times_its_width(width_mm: float) -> None:
    view = view_of()
    target = empty(view)
    stroke(target, view, [(-40, -5), (40, 5)], width_mm, 2.0)
    length = np.hypot(80, 10)
    # OpenCV rounds the ends and the width to whole pixels and softens the edges outwards.
    assert target.sum() * 0.5**2 == pytest.approx(length * width_mm * 2.0, rel=0.4)


def test_that_one_drawing_serves_several_layers() -> None:
    view = view_of()
    layers, one = np.zeros((2, *view.size_hw), np.float32), empty(view)
    for target in (layers, one):
        fill(target, view, SQUARE, 2.0)
        stroke(target, view, SQUARE, 2.0, 1.0)
        bulge(target, view, (0.0, 0.0), (15.0, 9.0), 0.4, 3.0)
    np.testing.assert_array_equal(layers, np.stack([one, one]))


def test_that_a_cover_reaches_its_margin_beyond_the_outline() -> None:
    view = view_of()
    mask = np.zeros(view.size_hw, np.uint8)
    cover(mask, view, SQUARE, 4.0)
    x, y = view.grid()
    beyond = np.hypot(np.maximum(np.abs(x) - 20, 0), np.maximum(np.abs(y) - 20, 0))
    assert (mask[beyond < 4 - 0.5] == 255).all()
    assert not mask[beyond > 4 + 0.8].any()


def test_that_lines_drawn_together_do_not_add_up_where_they_cross() -> None:
    view = view_of()
    cross = np.array([[(-20, 0), (20, 0)], [(0, -20), (0, 20)]])
    together, apart = empty(view), empty(view)
    stroke(together, view, cross, 2.0, 1.0)
    for line in cross:
        stroke(apart, view, line, 2.0, 1.0)
    assert together.max() == pytest.approx(1.0)
    assert apart.max() == pytest.approx(2.0)
    np.testing.assert_allclose((together > 0).sum(), (apart > 0).sum(), rtol=0.01)


@given(turn=st.floats(0, 3.1), radii=st.tuples(st.floats(5, 25), st.floats(5, 25)))
def test_that_a_bulge_holds_the_volume_of_an_ellipsoid(turn: float, radii: tuple[float, float]) -> None:
    view = view_of()
    target = empty(view)
    bulge(target, view, (4.0, -3.0), radii, turn, 10.0)
    assert target.sum() * 0.5**2 == pytest.approx(2 / 3 * np.pi * radii[0] * radii[1] * 10.0, rel=0.02)
    outline = view.points(ellipse((4.0, -3.0), (radii[0] + 2, radii[1] + 2), turn))
    outside = outline[(outline > 1).all(axis=1) & (outline < (239, 199)).all(axis=1)].astype(int)
    assert not target[outside[:, 1], outside[:, 0]].any()


@pytest.mark.parametrize("centre", [(400.0, 0.0), (0.0, -400.0)])
def test_that_what_lies_beyond_the_film_is_left_out(centre: tuple[float, float]) -> None:
    view = view_of(centre=centre)
    target = empty(view)
    fill(target, view, SQUARE, 1.0)
    stroke(target, view, SQUARE, 2.0, 1.0)
    bulge(target, view, (0.0, 0.0), (20.0, 20.0), 0.0, 1.0)
    assert not target.any()


def test_that_what_reaches_over_the_edge_is_cut_there() -> None:
    whole, cut = view_of(turn_deg=0.0), view_of(turn_deg=0.0, centre=(60.0, 0.0))
    pictures = []
    for view in (whole, cut):
        target = empty(view)
        fill(target, view, SQUARE, 1.0)
        bulge(target, view, (0.0, 0.0), (15.0, 9.0), 0.4, 3.0)
        pictures.append(target)
    # Facing right, 60 mm farther back are 120 pixels farther to the right.
    np.testing.assert_allclose(pictures[1][:, 120:], pictures[0][:, :120], atol=0.02)


def test_that_rounding_keeps_the_ends_of_a_line_and_stays_within_its_hull() -> None:
    corner = np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0]])
    smooth = rounded(corner, closed=False)
    np.testing.assert_allclose(smooth[[0, -1]], corner[[0, -1]])
    assert np.linalg.norm(smooth - corner[1], axis=1).min() > 1
    closed = rounded(SQUARE)
    assert np.abs(closed).max() <= 20
    assert len(closed) == 16


def test_that_texture_has_the_asked_spread_and_no_bias() -> None:
    found = texture(np.random.default_rng(0), (300, 200), 5.0)
    assert found.shape == (300, 200)
    assert 2 < found.std() < 8
    assert abs(found.mean()) < 2.5
