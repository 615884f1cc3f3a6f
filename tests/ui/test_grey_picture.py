"""Grey pixels of the screen by arithmetic pixel by pixel; codes and tables by the VOI functions."""

from __future__ import annotations

import itertools
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


def affine(
    turns: int, mirrored: bool, scale: float, ratio: float, shift: tuple[float, float]
) -> NDArray[np.float64]:
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


def plain(codes: NDArray[Any]) -> GreyPicture:
    """A picture without smaller copies."""
    return GreyPicture((codes,), np.arange(256.0), None, (VoiWindow(127.5, 255, "LINEAR_EXACT"),))


# -- Draw ----------------------------------------------------------------------------------------------------

MAPS = st.builds(
    affine,
    st.integers(0, 3),
    st.booleans(),
    st.floats(math.log(1.5), math.log(20)).map(math.exp),
    st.sampled_from([1.0, 0.5, 2.0, 1.37]),
    st.tuples(st.floats(-60, 120), st.floats(-60, 120)),
)


@given(MAPS, st.integers(0, 99))
@settings(max_examples=60)
def test_that_enlarged_pixels_run_into_each_other_as_bilinear_says(
    to_screen: NDArray[Any], seed: int
) -> None:
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
    drawn = plain(codes).draw(
        affine(0, False, scale, 1.0, (0, 0)), (7 * scale, 9 * scale), SAME, smooth=False
    )
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
    row = plain(codes).draw(affine(0, False, 8, 1.0, (0, 0)), (64, 64), SAME)[32].astype(int)
    assert int(np.flatnonzero(row >= 100)[0]) == 24
    np.testing.assert_allclose(row[12:24] + row[35:23:-1], 200, atol=1)


def test_that_beyond_the_film_its_edge_goes_on() -> None:
    codes = noise(9, 7)
    drawn = plain(codes).draw(affine(0, False, 2, 1.0, (10, 20)), (40, 60), SAME, smooth=False)
    framed = np.pad(np.kron(codes, np.ones((2, 2), np.uint8)), ((20, 22), (10, 16)), mode="edge")
    np.testing.assert_array_equal(drawn, framed)


@given(
    st.floats(math.log(0.1), 0).map(math.exp), st.integers(0, 3), st.booleans(), st.sampled_from([1.0, 1.3])
)
@settings(max_examples=40)
@example(0.5, 0, False, 1.0)
@example(0.25, 3, True, 1.0)
def test_that_a_reduced_film_is_drawn_from_the_copy_just_larger(
    make_film: MakeFilm, scale: float, turns: int, mirrored: bool, ratio: float
) -> None:
    values = noise(640, 720)
    copies = [values.astype(float)]
    while copies[-1].shape[0] > 80:
        rows, columns = copies[-1].shape
        copies.append(copies[-1].reshape(rows // 2, 2, columns // 2, 2).mean(axis=(1, 3)))
    to_screen = affine(turns, mirrored, scale, ratio, (70.0, 40.0))
    drawn = picture_of(make_film(values)).draw(to_screen, (90, 70), SAME)
    copy = copies[max(0, math.floor(-math.log2(scale * math.sqrt(ratio)) + 1e-6))]
    at_copy = back(to_screen, (90, 70)) * np.array(copy.shape[::-1]) / (720, 640)
    # Each copy is rounded to whole codes.
    assert np.abs(drawn - bilinear(copy, at_copy)).max() <= 10


@pytest.mark.parametrize(
    ("shape", "scale"),
    [((400, 400), 0.1), ((511, 511), 0.1), ((3000, 1000), 0.05), ((300, 1200), 0.15), ((2100, 2100), 0.02)],
)
def test_that_a_reduced_film_does_not_alias(
    make_film: MakeFilm, shape: tuple[int, int], scale: float
) -> None:
    random = np.where(np.random.default_rng(1).random(shape) < 0.5, 0, 255).astype(np.uint8)
    size_wh = (max(1, int(shape[1] * scale)), max(1, int(shape[0] * scale)))
    drawn = picture_of(make_film(random)).draw(affine(0, False, scale, 1.0, (0, 0)), size_wh, SAME)
    # Of black and white in equal parts, the mean over (0.5 / scale)^2 pixels or more is grey.
    assert np.abs(drawn.astype(float) - 127.5).max() < 5.5 * 127.5 * 2 * scale + 2


@pytest.mark.parametrize("shape", [(600, 700), (601, 333), (1024, 1024), (97, 2001), (40, 30)])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_that_smaller_copies_keep_the_mean(make_film: MakeFilm, shape: tuple[int, int], dtype: Any) -> None:
    values = noise(*shape, dtype=dtype, seed=3) // 2 + 20
    picture = picture_of(make_film(values))
    assert picture.size_hw == shape
    sizes = [copy.shape for copy in picture.copies]
    assert all(small == (large[0] // 2, large[1] // 2) for large, small in itertools.pairwise(sizes))
    assert min(sizes[-1]) < 2 * 32
    for copy in picture.copies:
        assert copy.dtype == dtype
        assert copy.mean() == pytest.approx(values.mean(), abs=1.0 + 0.01 * values.std())
    assert picture.nbytes == sum(copy.size for copy in picture.copies) * np.dtype(dtype).itemsize


# -- Codes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values",
    [
        noise(30, 20, np.uint8),
        noise(30, 20, np.uint16),
        noise(30, 20, np.int16),
        noise(30, 20, np.int8),
        noise(30, 20, np.int16).astype(np.int32) - 1_000_000,
        noise(30, 20, np.uint16).astype(np.int64) + 2**31,
        np.full((30, 20), -7, np.int32),
        np.asfortranarray(noise(30, 20, np.uint16)),
        noise(60, 40, np.uint16)[::2, ::2],
    ],
    ids=["uint8", "uint16", "int16", "int8", "int32", "int64", "one value", "columns first", "every second"],
)
def test_that_integers_within_16_bits_are_kept_exactly(make_film: MakeFilm, values: NDArray[Any]) -> None:
    picture = picture_of(make_film(values))
    assert picture.copies[0].dtype in (np.uint8, np.uint16)
    np.testing.assert_array_equal(picture.values[picture.copies[0]], values)


@pytest.mark.parametrize(
    "values",
    [
        np.random.default_rng(0).normal(0.3, 0.2, (30, 20)).astype(np.float32),
        np.random.default_rng(0).normal(-5e6, 3e5, (30, 20)).astype(np.float32),
        np.random.default_rng(0).integers(-(2**31), 2**31 - 1, (30, 20)).astype(np.int32),
        np.random.default_rng(0).integers(0, 2**32 - 1, (30, 20)).astype(np.uint32),
        np.full((30, 20), 0.125, np.float32),
    ],
    ids=["parts", "large", "int32", "uint32", "one value"],
)
def test_that_all_other_values_are_kept_to_a_65535th_of_their_range(
    make_film: MakeFilm, values: NDArray[Any]
) -> None:
    picture = picture_of(make_film(values))
    step = (float(values.max()) - float(values.min())) / 65535
    shown = picture.values[picture.copies[0]]
    assert np.abs(shown - values.astype(float)).max() <= 0.5000001 * step
    assert shown.min() == values.min()
    assert shown.max() == pytest.approx(float(values.max()), abs=1e-9 * step)


# -- Contrast ------------------------------------------------------------------------------------------------

VOIS = [
    VoiWindow(1000, 800),
    VoiWindow(40.5, 1),
    VoiWindow(-200, 3000.5, "LINEAR_EXACT"),
    VoiWindow(700, 400, "SIGMOID"),
    SMOOTH_LUT,
    STRAIGHT_LUT,
    DIM_LUT,
    FALLING_LUT,
]


@pytest.mark.parametrize("voi", VOIS, ids=str)
@pytest.mark.parametrize("dtype", [np.int16, np.uint16, np.int32, np.uint8])
@pytest.mark.parametrize("own", [False, True])
def test_that_the_table_shows_each_value_as_its_window_says(
    make_film: MakeFilm, voi: VoiWindow | VoiLut, dtype: Any, own: bool
) -> None:
    values = np.arange(-1024, 3072).clip(np.iinfo(dtype).min, np.iinfo(dtype).max).reshape(64, 64)
    values = (values & 255 if dtype is np.uint8 else values).astype(dtype)
    picture = picture_of(make_film(values, inverted=own))
    grey = apply_voi(values, voi)
    for asked in (False, True):
        shown = picture.table(voi, asked)[picture.copies[0]]
        assert shown.dtype == np.uint8
        expected = (1 - grey if own != asked else grey) * 255
        assert np.abs(shown - expected).max() <= 0.5001


def test_that_two_inversions_cancel(make_film: MakeFilm) -> None:
    values = noise(30, 20)
    plain_table = picture_of(make_film(values)).table(VOIS[0], False)
    twice = picture_of(make_film(values, inverted=True)).table(VOIS[0], True)
    np.testing.assert_array_equal(twice, plain_table)
    once = picture_of(make_film(values, inverted=True)).table(VOIS[0], False)
    np.testing.assert_array_equal(255 - once, plain_table)


@pytest.mark.parametrize(
    "lut",
    [
        SMOOTH_LUT,
        STRAIGHT_LUT,
        DIM_LUT,
        VoiLut(7, np.array([0, 65535], np.uint16), 16),
        VoiLut(7, np.repeat(np.array([0, 1000], np.uint16), 50), 10),
    ],
    ids=lambda lut: lut.explanation or str(len(lut.values)),
)
def test_that_dragging_a_lut_begins_without_a_jump(lut: VoiLut) -> None:
    window = as_window(lut)
    low, high = voi_range(lut)
    inputs = np.arange(low, high + 1)
    jump = np.abs(apply_voi(inputs, window) - apply_voi(inputs, lut))
    assert jump[[0, -1]].max() < 0.03
    assert jump.mean() < 0.04
    assert not falls(lut)


def test_that_straight_luts_become_their_own_window() -> None:
    window = as_window(STRAIGHT_LUT)
    assert (window.centre, window.width) == pytest.approx((-500 + 2047.5, 4095))
    dim = as_window(DIM_LUT)  # from 20 % at 100 to 80 % at 1099: 0 and 100 % are 333 further out
    assert (dim.centre, dim.width) == pytest.approx((599.5, 1665), rel=1e-3)


def test_that_a_falling_lut_becomes_the_negative_of_a_window() -> None:
    assert falls(FALLING_LUT)
    inputs = np.linspace(-100, 1200, 500)
    # LUTs round their input.
    np.testing.assert_allclose(
        1 - apply_voi(inputs, as_window(FALLING_LUT)), apply_voi(inputs, FALLING_LUT), atol=0.002
    )


def test_that_windows_are_their_own_window_and_a_flat_lut_still_gives_one() -> None:
    for voi in VOIS[:4]:
        assert as_window(voi) is voi
        assert not falls(voi)
    flat = as_window(VoiLut(9, np.full(5, 1000, np.uint16), 12))
    assert (flat.centre, flat.width) == (9.0, 1.0)


# -- Padding -------------------------------------------------------------------------------------------------


def padded(make_film: MakeFilm, value: int, inverted: bool = False) -> GreyPicture:
    """A film of 100, 400 px wide, with padding of another value left of column 101 and below row 300."""
    values = np.full((400, 400), 100, np.uint8)
    padding = np.zeros((400, 400), bool)
    padding[:, :101] = padding[301:] = True
    values[padding] = value
    return picture_of(make_film(values, padding, inverted=inverted))


@pytest.mark.parametrize("inverted", [False, True])
@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.parametrize("value", [0, 255])
@pytest.mark.parametrize("scale", [0.11, 0.25, 0.5, 0.7, 1.0, 1.6, 6.0])
@pytest.mark.parametrize("smooth", [False, True])
def test_that_padding_is_black_and_does_not_bleed_into_the_picture(
    make_film: MakeFilm, inverted: bool, asked: bool, value: int, scale: float, smooth: bool
) -> None:
    picture = padded(make_film, value, inverted)
    table = picture.table(picture.choices[0], asked)
    to_screen = affine(0, False, scale, 1.0, (60 - 101 * scale, 60 - 301 * scale))
    drawn = picture.draw(to_screen, (120, 120), table, smooth=smooth)
    inside = 155 if inverted != asked else 100
    assert set(np.unique(drawn)) == {0, inside}
    at_xy = back(to_screen, (120, 120))
    outside = (at_xy[..., 0] < 101) | (at_xy[..., 1] > 301)  # padding at the film's edge goes on beyond it
    near = (np.abs(at_xy[..., 0] - 101) < 1 / scale) | (np.abs(at_xy[..., 1] - 301) < 1 / scale)
    np.testing.assert_array_equal(drawn[~near] == 0, outside[~near])


def test_that_a_film_of_padding_only_is_black(make_film: MakeFilm) -> None:
    picture = picture_of(make_film(noise(80, 90), np.ones((80, 90), bool)))
    table = picture.table(picture.choices[0], True)
    assert not picture.draw(affine(0, False, 1, 1.0, (0, 0)), (90, 80), table).any()


def test_that_the_enhanced_view_uses_all_greys_and_keeps_its_padding_black(make_film: MakeFilm) -> None:
    ramp = np.tile(np.linspace(0, 65535, 90).astype(np.uint16), (80, 1))
    padding = np.zeros((80, 90), bool)
    padding[:10] = True
    film = make_film(noise(80, 90), padding, inverted=True)
    picture = enhanced_picture(ramp, film)
    drawn = picture.draw(
        affine(0, False, 1, 1.0, (0, 0)), (90, 80), picture.table(picture.choices[0], False), smooth=False
    )
    assert not drawn[:10].any()
    np.testing.assert_allclose(drawn[10:], np.tile(np.linspace(0, 255, 90), (70, 1)), atol=0.51)


# -- Presets -------------------------------------------------------------------------------------------------


def test_that_presets_are_the_films_own_then_the_whole_film_then_the_spine(make_film: MakeFilm) -> None:
    values = noise(600, 500, np.uint16, seed=5) // 64
    values[200:400, 300:450] += 3000
    own = (VoiWindow(9, 99, "LINEAR", "one"), VoiWindow(8, 88, "LINEAR", "two"))
    picture = picture_of(make_film(values, windows=own, luts=(SMOOTH_LUT,)))
    assert picture.choices == (SMOOTH_LUT, *own)
    *first, whole, spine = presets(picture, np.array([310.0, 210.0, 440.0, 390.0]))
    assert tuple(first) == picture.choices
    assert (whole.explanation, spine.explanation) == ("whole film", "spine")
    assert isinstance(spine, VoiWindow)
    assert isinstance(whole, VoiWindow)
    low, high = voi_range(spine)
    assert 3000 <= low < 3350  # of averages of 2 x 2: less than the pixels' own range of 3000 to 4023
    assert 3650 < high <= 4023
    assert whole.width > 1.5 * spine.width
    assert len(presets(picture, None)) == 4


def test_that_the_whole_films_preset_is_computed_of_its_unpadded_pixels(
    make_film: MakeFilm,
) -> None:
    values = noise(200, 150, np.int16, seed=5) // 40
    padding = np.zeros((200, 150), bool)
    padding[:50] = True
    values[padding] = -30000
    picture = picture_of(make_film(values, padding, windows=()))
    expected = computed_window(values, padding)
    assert picture.windows == (expected,)
    (own, whole) = presets(picture, None)
    assert own == expected
    assert isinstance(whole, VoiWindow)
    assert (whole.centre, whole.width) == (expected.centre, expected.width)


@pytest.mark.parametrize(
    "region",
    [
        (-90.0, -80.0, -10.0, -5.0),
        (140.0, 190.0, 900.0, 800.0),
        (20.0, 20.0, 20.0, 20.0),
        (0.0, 0.0, 150.0, 30.0),
    ],
    ids=["outside", "over the edge", "a point", "padding only"],
)
def test_that_an_odd_region_is_used_as_far_as_it_is_film(
    make_film: MakeFilm, region: tuple[float, float, float, float]
) -> None:
    values = noise(200, 150)
    padding = np.zeros((200, 150), bool)
    padding[:40] = True
    found = presets(picture_of(make_film(values, padding)), np.array(region))
    assert [voi.explanation for voi in found][:2] == ["as it is", "whole film"]
    assert all(isinstance(voi, VoiLut) or voi.width > 0 for voi in found)


def test_that_a_film_of_one_value_has_no_computed_preset(make_film: MakeFilm) -> None:
    picture = picture_of(make_film(np.full((50, 60), 77, np.uint8)))
    assert presets(picture, np.array([10.0, 10.0, 20.0, 20.0])) == picture.choices
