"""Borders, CLAHE and the networks' inputs."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcf_desktop.inference.preprocess import (
    CLAHE_CLIP_LIMIT,
    CLAHE_TILES,
    classifier_input,
    content_box,
    detector_input,
    enhance,
    segmenter_input,
)


def noise(height: int, width: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).uniform(0.2, 0.8, (height, width)).astype(np.float32)


@pytest.mark.parametrize("border", [0.0, 1.0])
@pytest.mark.parametrize("size", [300, 1500])
def test_that_uniform_borders_are_cut_off(border: float, size: int) -> None:
    film = np.full((size, size), border, np.float32)
    film[size // 10 : size * 9 // 10, size // 4 : size // 2] = noise(size * 9 // 10 - size // 10, size // 4)
    expected = np.array([size // 4, size // 10, size // 2, size * 9 // 10])
    np.testing.assert_allclose(content_box(film), expected, atol=size / 256 + 6)


def test_that_padding_is_no_picture_whatever_its_values() -> None:
    film = noise(400, 300)
    padding = np.zeros(film.shape, np.bool_)
    padding[:, 200:] = True
    np.testing.assert_allclose(content_box(film, padding), [0, 0, 200, 400], atol=2)


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_that_a_film_without_a_picture_keeps_its_size(value: float) -> None:
    np.testing.assert_array_equal(content_box(np.full((40, 30), value, np.float32)), [0, 0, 30, 40])


def test_that_a_marker_on_a_black_border_does_not_make_it_picture() -> None:
    film = np.zeros((512, 512), np.float32)
    film[:, 256:] = noise(512, 256)
    film[20:40, 10:30] = 0.9
    np.testing.assert_allclose(content_box(film), [256, 0, 512, 512], atol=4)


@given(st.integers(1, 40), st.integers(1, 40))
def test_that_films_of_any_size_can_be_enhanced(height: int, width: int) -> None:
    film = noise(height, width)
    enhanced = enhance(film, content_box(film))
    assert enhanced.shape == film.shape
    assert enhanced.dtype == np.uint16


def test_that_contrast_is_enhanced_as_opencv_does_it_inside_the_content_only() -> None:
    film = noise(256, 192)
    content = np.array([16.0, 32.0, 176.0, 224.0])
    enhanced = enhance(film, content)
    inside = np.round(film[32:224, 16:176] * 255).astype(np.uint8)
    tiles = cv2.createCLAHE(CLAHE_CLIP_LIMIT, (CLAHE_TILES, CLAHE_TILES))
    np.testing.assert_array_equal(enhanced[32:224, 16:176], tiles.apply(inside) * np.uint16(257))
    enhanced[32:224, 16:176] = 0
    assert not enhanced.any()


def test_that_values_under_the_padding_change_nothing() -> None:
    padding = np.zeros((128, 128), np.bool_)
    padding[:40] = padding[:, 90:] = True
    dark, bright = noise(128, 128), noise(128, 128)
    dark[padding], bright[padding] = 0.0, 1.0
    content = np.array([0.0, 0.0, 128.0, 128.0])
    enhanced = enhance(dark, content, padding)
    np.testing.assert_array_equal(enhanced, enhance(bright, content, padding))
    assert not enhanced[padding].any()
    assert enhanced[~padding].std() > (dark[~padding] * 65535).std()


def test_that_a_film_of_padding_only_comes_out_black() -> None:
    padding = np.ones((32, 32), np.bool_)
    assert not enhance(noise(32, 32), np.array([0.0, 0.0, 32.0, 32.0]), padding).any()


def test_that_mid_grey_is_zero_for_the_detector() -> None:
    sampled = np.array([[0.0, 0.5, 1.0]], np.float32)
    np.testing.assert_array_equal(detector_input(sampled), [[[-2.0, 0.0, 2.0]]])


def test_that_a_segmenter_sees_every_crop_with_mean_0_and_spread_1() -> None:
    given_crop = segmenter_input(noise(128, 128) * np.float32(0.6) + np.float32(0.1))
    assert given_crop.shape == (1, 128, 128)
    assert given_crop.dtype == np.float32
    assert abs(given_crop.mean()) < 1e-5
    assert given_crop.std() == pytest.approx(0.1039 / (0.1039 + 0.02), abs=0.01)


def test_that_an_empty_crop_is_zero_and_not_a_division_by_zero() -> None:
    assert not segmenter_input(np.full((8, 8), 0.25, np.float32)).any()


def test_that_the_grader_sees_the_crop_the_body_and_the_crop_inside_the_body() -> None:
    crop = noise(16, 16)
    body = np.zeros((16, 16), np.float32)
    body[4:12, 4:12] = 1
    planes = classifier_input(crop, body)
    np.testing.assert_array_equal(planes[0], segmenter_input(crop)[0])
    np.testing.assert_array_equal(planes[1], np.where(body > 0, 1, -1))
    np.testing.assert_array_equal(planes[2], np.where(body > 0, planes[0], 0))


def test_that_a_scene_is_enhanced_alike_at_every_size() -> None:
    scene = cv2.GaussianBlur(noise(40, 32), (0, 0), 3)
    scene = (scene - scene.min()) / np.ptp(scene)
    seen = []
    for scale in (8, 20, 45, 70):  # 0.08 to 6.3 megapixels
        film = cv2.resize(scene, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC).clip(0, 1)
        enhanced = enhance(film, np.array([0.0, 0.0, film.shape[1], film.shape[0]]))
        seen.append(cv2.resize(enhanced / np.float32(65535), (32, 40), interpolation=cv2.INTER_AREA))
    for other in seen[1:]:
        assert np.abs(other - seen[0]).mean() < 0.02


def test_that_the_limit_tells_on_small_films_as_well() -> None:
    film = cv2.GaussianBlur(noise(320, 160), (0, 0), 8)
    whole = np.array([0.0, 0.0, 160.0, 320.0])
    assert enhance(film, whole, clip_limit=5.0).std() > 1.1 * enhance(film, whole, clip_limit=1.0).std()


def test_that_padding_inside_the_content_changes_no_histogram() -> None:
    film = noise(256, 256)
    whole = np.array([0.0, 0.0, 256.0, 256.0])
    padding = np.zeros(film.shape, bool)
    padding[:80, :100] = True
    blackened = np.where(padding, np.float32(0), film)
    plain, padded = enhance(film, whole), enhance(blackened, whole, padding)
    assert (padded[padding] == 0).all()
    # The same noise is beneath: only the chance of its draws differs.
    assert np.abs(padded[~padding].astype(float) - plain[~padding]).mean() < 0.01 * 65535
