"""Windows, LUTs and luminance against the formulas of the standard, one value at a time."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from vcf_desktop.film import DisplayPixels, VoiLut, VoiWindow
from vcf_desktop.io.grey_values import (
    apply_voi,
    computed_window,
    has_colour,
    luminance,
    network_pixels,
    voi_range,
)

TYPES = [np.uint8, np.int8, np.uint16, np.int16, np.int32, np.uint32, np.float32]


def by_the_standard(x: float, window: VoiWindow) -> float:
    """PS3.3 C.11.2.1.2.1 (LINEAR), C.11.2.1.3.2 (LINEAR_EXACT), C.11.2.1.3.1 (SIGMOID), output 0 to 1."""
    c, w = window.centre, window.width
    if window.function == "SIGMOID":
        exponent = -4 * (x - c) / w
        return 0.0 if exponent > 700 else 1 / (1 + math.exp(exponent))
    offset, span = (0.5, w - 1) if window.function == "LINEAR" else (0.0, w)
    if x <= c - offset - span / 2:
        return 0.0
    if x > c - offset + span / 2:
        return 1.0
    return (x - (c - offset)) / span + 0.5


def values_of(dtype: type) -> NDArray[Any]:
    low, high = (
        (-3000, 70000) if dtype in (np.int32, np.float32) else (np.iinfo(dtype).min, np.iinfo(dtype).max)
    )
    return np.linspace(low, min(high, 70000), 24 * 20).astype(dtype).reshape(24, 20)


@pytest.mark.parametrize("dtype", TYPES)
@given(
    centre=st.integers(-8000, 140000).map(lambda twice: twice / 2),
    width=st.integers(2, 80000).map(lambda twice: twice / 2),
    function=st.sampled_from(["LINEAR", "LINEAR_EXACT", "SIGMOID"]),
)
def test_that_a_window_shows_each_value_as_the_standard_says(
    dtype: type, centre: float, width: float, function: str
) -> None:
    window, values = VoiWindow(centre, width, function), values_of(dtype)
    grey = apply_voi(values, window)
    assert (grey.dtype, grey.shape) == (np.float32, values.shape)
    expected = [by_the_standard(x, window) for x in values.astype(float).ravel().tolist()]
    np.testing.assert_allclose(grey.ravel(), expected, atol=2e-6)


@pytest.mark.parametrize("dtype", TYPES)
@given(first=st.integers(-500, 500), count=st.integers(1, 600), bits=st.integers(8, 16))
def test_that_a_lut_is_clamped_at_both_ends(dtype: type, first: int, count: int, bits: int) -> None:
    entries = np.random.default_rng(count).integers(0, 1 << bits, count).astype(np.uint16)
    values = values_of(dtype)
    grey = apply_voi(values, VoiLut(first, entries, bits))
    places = np.clip([round(x) - first for x in values.astype(float).ravel().tolist()], 0, count - 1)
    np.testing.assert_allclose(grey.ravel(), entries[places] / ((1 << bits) - 1), atol=1e-6)


def test_that_a_window_one_wide_is_a_step() -> None:
    values = np.array([[98, 99, 100, 101]], np.uint16)
    np.testing.assert_array_equal(apply_voi(values, VoiWindow(100, 1)), [[0, 0, 1, 1]])


@pytest.mark.parametrize(
    ("voi", "expected"),
    [
        (VoiWindow(2048, 4096), (0, 4095)),
        (VoiWindow(2048, 4096, "LINEAR_EXACT"), (0, 4096)),
        (VoiWindow(100, 50, "SIGMOID"), (50, 150)),
        (VoiLut(10, np.array([5, 5, 5, 6, 9, 9], np.uint16), 8), (12, 14)),
        (VoiLut(10, np.array([5, 5], np.uint16), 8), (10, 10)),
    ],
)
def test_that_a_voi_tells_values_apart_within_its_range_only(
    voi: VoiWindow | VoiLut, expected: tuple[float, float]
) -> None:
    assert voi_range(voi) == expected
    low, high = expected
    outside = np.array([[low - 1, low - 1000, high + 1, high + 1000]], np.int32)
    dark, darker, bright, brighter = apply_voi(outside, voi)[0]
    assert dark == pytest.approx(darker, abs=0.02)
    assert bright == pytest.approx(brighter, abs=0.02)


def test_that_a_window_is_computed_from_the_picture_and_not_from_its_padding() -> None:
    values = np.full((2000, 1500), -9999, np.int16)
    values[500:1500, 300:1200] = np.random.default_rng(0).normal(1000, 100, (1000, 900))
    padding = values == -9999
    window = computed_window(values, padding)
    low, high = np.percentile(values[~padding], [0.1, 99.9])
    assert window.centre - window.width / 2 == pytest.approx(low, abs=20)
    assert window.centre + window.width / 2 == pytest.approx(high, abs=20)


def test_that_a_window_is_computed_where_only_a_few_pixels_differ() -> None:
    values = np.zeros((3000, 2000), np.uint16)
    values[1, 1] = 40
    window = computed_window(values, None)
    assert (window.centre, window.width) == (20, 40)
    padding = np.ones(values.shape, bool)
    padding[1, 1:3] = False
    assert computed_window(values, padding).width == pytest.approx(40, abs=0.1)


def test_that_a_narrow_window_gives_way_for_the_networks_at_either_end() -> None:
    values = np.arange(10000, dtype=np.uint16).reshape(100, 100)
    for window in (VoiWindow(6000, 8002), VoiWindow(4000, 8002), VoiWindow(5000, 1)):
        pixels = network_pixels(DisplayPixels(values, (window,)), None)
        np.testing.assert_allclose(pixels, values / 9999, atol=0.002)
    kept = network_pixels(DisplayPixels(values, (VoiWindow(5000, 8500),)), None)
    np.testing.assert_array_equal(kept, apply_voi(values, VoiWindow(5000, 8500)))


def test_that_inversion_comes_last_and_padding_stays_black() -> None:
    values = np.arange(256, dtype=np.uint8).reshape(16, 16)
    padding = values < 20
    shown = DisplayPixels(values, (VoiWindow(128, 256),), inverted=True)
    pixels = network_pixels(shown, padding)
    np.testing.assert_allclose(pixels[~padding], 1 - values[~padding] / 255, atol=1e-6)
    assert not pixels[padding].any()


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.uint32])
def test_that_luminance_is_bt_601_and_leaves_grey_alone(dtype: type) -> None:
    top = np.iinfo(dtype).max
    rgb = np.random.default_rng(0).integers(0, top, (40, 30, 3), dtype=dtype, endpoint=True)
    grey = luminance(rgb)
    assert grey.dtype == (np.float32 if dtype is np.uint32 else dtype)
    np.testing.assert_allclose(
        grey, rgb @ [0.299, 0.587, 0.114], atol=max(1.5, top * 1e-6 if dtype is np.uint32 else 0)
    )
    assert has_colour(rgb)
    same = np.dstack([rgb[..., 0]] * 3)
    np.testing.assert_allclose(luminance(same), same[..., 0].astype(np.float32), rtol=1e-6)
    assert not has_colour(same)
