"""Grey pixels of the screen against a plain loop's arithmetic, and codes and tables against the VOI functions."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from vcf_desktop.film import Film, VoiLut, VoiWindow
from vcf_desktop.io.grey_values import apply_voi, computed_window, voi_range
from vcf_desktop.ui.grey_picture import (
    GreyPicture,
    as_window,
    enhanced_picture,
    falls,
    picture_of,
    presets,
)

MakeFilm = Callable[..., Film]
SAME = np.arange(256, dtype=np.uint8)
"""A table by which codes are their own grey."""
SMOOTH_LUT = VoiLut(
    200, np.rint(4095 / (1 + np.exp(-np.linspace(-6, 6, 1500)))).astype(np.uint16), 12, "curve"
)
STRAIGHT_LUT = VoiLut(-500, np.arange(4096, dtype=np.uint16), 12, "straight")
DIM_LUT = VoiLut(100, np.linspace(13107, 52428, 1000).astype(np.uint16), 16, "20 to 80 % only")
FALLING_LUT = VoiLut(0, np.arange(1023, -1, -1, dtype=np.uint16), 10, "falling")


def noise(height: int, width: int, dtype: Any = np.uint8, seed: int = 0) -> NDArray[Any]:
    random = np.random.default_rng(seed)
    return random.integers(0, np.iinfo(dtype).max, (height, width), dtype, endpoint=True)


def affine(turns: int, mirrored: bool, scale: float, ratio: float, shift: tuple[float, float]) -> NDArray[Any]:
    """Film to screen: rows made ``ratio`` as high, mirrored, turned clockwise, enlarged, moved."""
    upright = np.diag([-1.0 if mirrored else 1.0, ratio])
    quarter = np.array([[0.0, -1.0], [1.0, 0.0]])  # x to the right becomes downwards
    return np.column_stack([scale * np.linalg.matrix_power(quarter, turns) @ upright, shift])


def back(to_screen: NDArray[Any], size_wh: tuple[int, int]) -> NDArray[np.float64]:
    """(h, w, 2) film place of the centre of every screen pixel."""
    width, height = size_wh
    centres = np.stack(np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5), axis=-1)
    return (centres - to_screen[:, 2]) @ np.linalg.inv(to_screen[:, :2]).T


def bilinear(picture: NDArray[Any], at_xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """Between the centres of pixels, (k + 0.5); beyond the edge its colour goes on."""
    rows, columns = picture.shape
    x, y = at_xy[..., 0] - 0.5, at_xy[..., 1] - 0.5
    left, top = np.floor(x).astype(int), np.floor(y).astype(int)
    total = np.zeros(x.shape)
    for down in (0, 1):
        for right in (0, 1):
            weight = np.abs(1 - right - (x - left)) * np.abs(1 - down - (y - top))
            total += weight * picture[(top + down).clip(0, rows - 1), (left + right).clip(0, columns - 1)]
    return total


def plain(codes: NDArray[Any], padding: tuple[NDArray[np.uint8], ...] | None = None) -> GreyPicture:
    return GreyPicture((codes,), np.arange(256.0), padding, (VoiWindow(127.5, 255, "LINEAR_EXACT"),))


def lone(values: NDArray[Any], make_film: MakeFilm) -> GreyPicture:
    return picture_of(make_film(values))


# -- draw ----------------------------------------------------------------------------------------------------

MAPS = st.builds(
    affine,
    st.integers(0, 3),
    st.booleans(),
    st.floats(math.log(1.01), math.log(20)).map(math.exp),
    st.sampled_from([1.0, 0.5, 2.0, 1.37]),
    st.tuples(st.floats(-60, 120), st.floats(-60, 120)),
)


@given(MAPS, st.integers(0, 99))
@settings(max_examples=60)
def test_that_enlarged_pixels_run_into_each_other_as_bilinear_says(to_screen: NDArray[Any], seed: int) -> None:
    codes, size_wh = noise(23, 17, seed=seed), (83, 61)
    drawn = plain(codes).draw(to_screen, size_wh, SAME)
    assert drawn.shape == (61, 83)
    # OpenCV may round places to 1/32 of a pixel, in a film whose neighbours differ by up to 255.
    difference = np.abs(drawn - bilinear(codes, back(to_screen, size_wh)))
    assert difference.max() <= 9
    assert difference.mean() <= 2


@given(MAPS)
@settings(max_examples=60)
def test_that_a_smooth_film_is_exact_to_one_grey_level_wherever_it_lies(to_screen: NDArray[Any]) -> None:
    codes = np.add.outer(3 * np.arange(30), 2 * np.arange(40)).astype(np.uint8)
    drawn = plain(codes).draw(to_screen, (90, 70), SAME)
    assert np.abs(drawn - bilinear(codes, back(to_screen, (90, 70)))).max() <= 1


@given(MAPS, st.integers(0, 99))
@settings(max_examples=60)
def test_that_without_smoothing_a_screen_pixel_is_the_film_pixel_under_its_centre(
    to_screen: NDArray[Any], seed: int
) -> None:
    codes = noise(23, 17, seed=seed)
    at_xy = back(to_screen, (83, 61))
    index = np.floor(at_xy).astype(int)
    expected = codes[index[..., 1].clip(0, 22), index[..., 0].clip(0, 16)]
    sure = (np.abs(at_xy - np.round(at_xy)) > 2e-3).all(axis=-1)
    drawn = plain(codes).draw(to_screen, (83, 61), SAME, smooth=False)
    np.testing.assert_array_equal(drawn[sure], expected[sure])


@pytest.mark.parametrize("scale", [*range(2, 21), 40])
def test_that_a_film_pixel_covers_exactly_its_block_of_the_screen(scale: int) -> None:
    codes = noise(9, 7)
    drawn = plain(codes).draw(affine(0, False, scale, 1.0, (0, 0)), (7 * scale, 9 * scale), SAME, smooth=False)
    np.testing.assert_array_equal(drawn, np.kron(codes, np.ones((scale, scale), np.uint8)))


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize(("scale", "smooth"), [(8, False), (1, True), (1, False)])
def test_that_turned_and_mirrored_pixels_are_those_of_numpy(
    turns: int, mirrored: bool, scale: int, smooth: bool
) -> None:
    codes = noise(9, 7)
    expected = np.rot90(np.fliplr(codes) if mirrored else codes, k=-turns)
    height, width = scale * expected.shape[0], scale * expected.shape[1]
    to_screen = affine(turns, mirrored, scale, 1.0, (0, 0))
    corners = np.array([(0, 0), (7, 9)]) @ to_screen[:, :2].T
    to_screen[:, 2] = -corners.min(axis=0)
    drawn = plain(codes).draw(to_screen, (width, height), SAME, smooth=smooth)
    np.testing.assert_array_equal(drawn, np.kron(expected, np.ones((scale, scale), np.uint8)))


def test_that_pixels_twice_as_high_as_wide_make_blocks_twice_as_high() -> None:
    codes = noise(9, 7)
    drawn = plain(codes).draw(affine(0, False, 4, 2.0, (0, 0)), (28, 72), SAME, smooth=False)
    np.testing.assert_array_equal(drawn, np.kron(codes, np.ones((8, 4), np.uint8)))


def test_that_smoothing_does_not_move_an_edge() -> None:
    codes = np.zeros((8, 8), np.uint8)
    codes[:, 3:] = 200
    drawn = plain(codes).draw(affine(0, False, 8, 1.0, (0, 0)), (64, 64), SAME)[32].astype(float)
    np.testing.assert_allclose(drawn + drawn[::-1][:64][np.arange(64)], drawn + drawn[::-1])
    crossing = np.flatnonzero(drawn >= 100)[0]
    assert crossing == 24
    np.testing.assert_allclose(drawn[16:24] + drawn[31:23:-1], 200, atol=1)


@given(
    st.floats(math.log(0.1), 0).map(math.exp),
    st.integers(0, 3),
    st.booleans(),
    st.sampled_from([1.0, 1.3]),
)
@settings(max_examples=40)
@example(0.5, 0, False, 1.0)
@example(0.25, 3, True, 1.0)
def test_that_a_reduced_film_is_drawn_from_the_copy_that_is_just_larger_than_the_screen(
    scale: float, turns: int, mirrored: bool, ratio: float
) -> None:
    codes = noise(600, 700)
    averaged = codes.reshape(300, 2, 350, 2).mean(axis=(1, 3))
    copies = [codes.astype(float), averaged, averaged.reshape(150, 2, 175, 2).mean(axis=(1, 3))]
    picture = picture_of_codes(codes)
    to_screen = affine(turns, mirrored, scale, ratio, (70.0, 40.0))
    level = math.floor(math.log2(1 / (scale * math.sqrt(ratio))) + 1e-6)
    drawn = picture.draw(to_screen, (90, 70), SAME)
    if level > 2:  # averages of averages of odd sizes are tested by their means
        assert np.abs(drawn.astype(float) - 127.5).max() < 90
        return
    copy = copies[max(level, 0)]
    at_copy = back(to_screen, (90, 70)) * np.array(copy.shape[::-1]) / (700, 600)
    assert np.abs(drawn - bilinear(copy, at_copy)).max() <= 10


def picture_of_codes(codes: NDArray[np.uint8]) -> GreyPicture:
    from vcf_desktop.ui.grey_picture import _copies

    return GreyPicture(_copies(codes), np.arange(256.0), None, (VoiWindow(127.5, 255, "LINEAR_EXACT"),))
