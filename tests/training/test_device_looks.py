"""Looks rendered as one batch are those that are rendered one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
import pytest
import torch

from vcf_desktop.simulation.anatomy import Anatomy
from vcf_desktop.simulation.exposure import MOTTLE_MM
from vcf_desktop.simulation.generate import SimulatedFilm, simulate
from vcf_desktop.simulation.looks import Look
from vcf_desktop.training import device_looks
from vcf_desktop.training.device_looks import render_batch

CPU = torch.device("cpu")
SIZE_HW = (150, 70)


@pytest.fixture(scope="module")
def films(anatomy: Anatomy) -> list[SimulatedFilm]:
    """A coarse and a fine film of two persons."""
    pixels_mm = (2.5, 0.9)
    return [
        simulate(np.random.default_rng(n), anatomy, SIZE_HW, (pixel_mm, pixel_mm), frontal_share=0)
        for n, pixel_mm in enumerate(pixels_mm)
    ]


def looks_of(films: Sequence[SimulatedFilm], first: int = 0) -> list[Look]:
    """A look for each, never a JPEG: its blocks make steps of the least difference."""
    looks = [film.sample_look(np.random.default_rng(first + n)) for n, film in enumerate(films)]
    return [replace(look, processing=replace(look.processing, jpeg_quality=None)) for look in looks]


def without_noise(look: Look) -> Look:
    return replace(look, exposure=replace(look.exposure, noise=0.0, mottle=(0.0,) * len(MOTTLE_MM)))


@pytest.mark.parametrize("device", ["cpu", pytest.param("cuda", marks=pytest.mark.gpu)])
def test_that_without_noise_a_batch_shows_what_single_films_show(
    films: list[SimulatedFilm], device: str
) -> None:
    shown = films * 12
    looks = [without_noise(look) for look in looks_of(shown)]
    assert {look.processing.air is None for look in looks} == {True, False}
    assert {look.processing.sigmoid is None for look in looks} == {True, False}
    for film, look, grey in zip(shown, looks, render_batch(shown, looks, torch.device(device)), strict=True):
        assert grey.dtype == np.float32
        np.testing.assert_allclose(grey, film.render(look), atol=2 / 255)


def test_that_noise_and_mottle_are_as_strong_as_in_single_films(films: list[SimulatedFilm]) -> None:
    _, film = films
    (look,) = looks_of([film])
    look = replace(look, exposure=replace(look.exposure, mottle=(0.02, 0.015, 0.01, 0.01), noise=0.002))
    variants = [
        replace(look, exposure=replace(look.exposure, noise_seed=seed, grain_px=grain_px))
        for grain_px in (0.0, 0.8)
        for seed in range(24)
    ]
    batch = np.array(render_batch([film] * len(variants), variants, CPU))
    single = np.array([film.render(variant) for variant in variants])
    for part in (slice(0, 24), slice(24, 48)):
        mine, other = (looks[part].std(axis=0).mean() for looks in (batch, single))
        assert mine == pytest.approx(other, rel=0.1)
        # And as coarse: neighbours differ as much.
        mine, other = (np.diff(looks[part], axis=1).std(axis=0).mean() for looks in (batch, single))
        assert mine == pytest.approx(other, rel=0.1)


def test_that_a_film_does_not_depend_on_the_others_of_its_batch(films: list[SimulatedFilm]) -> None:
    shown = films * 2
    looks = looks_of(shown, first=5)
    together = render_batch(shown, looks, CPU)
    for film, look, grey in zip(shown, looks, together, strict=True):
        np.testing.assert_allclose(render_batch([film], [look], CPU)[0], grey, atol=1e-3)


@pytest.mark.parametrize(("side", "sigma_px"), [(30, 0.3), (30, 2.0), (9, 6.0), (1, 1.0)])
def test_that_a_blur_is_the_matrix_of_opencvs(side: int, sigma_px: float) -> None:
    unit = np.eye(side, dtype=np.float64)
    expected = cv2.GaussianBlur(unit, (1, 0), sigmaX=1e-3, sigmaY=sigma_px)
    longest = device_looks._blurs(torch.zeros(0, dtype=torch.float64), [1.0, sigma_px], [40, side])
    np.testing.assert_allclose(longest[1, :side, :side], expected, atol=1e-6)


@pytest.mark.parametrize(("side", "shrink"), [(64, 0.125), (100, 0.125), (101, 0.5), (97, 0.31)])
def test_that_a_change_of_size_is_the_matrix_of_opencvs(side: int, shrink: float) -> None:
    like, unit = torch.zeros(0, dtype=torch.float64), np.eye(side, dtype=np.float64)
    expected = cv2.resize(unit, None, fx=1, fy=shrink, interpolation=cv2.INTER_AREA)
    small = len(expected)
    assert small == round(side * shrink)
    smaller = device_looks._averaged(like, [shrink, 0.9], [small, round(0.9 * side)], side)
    np.testing.assert_allclose(smaller[0, :small], expected, atol=1e-6)
    larger = device_looks._interpolated(like, [small, side], side)
    enlarged = cv2.resize(np.eye(small), (small, side), interpolation=cv2.INTER_LINEAR)
    np.testing.assert_allclose(larger[0, :, :small], enlarged, atol=1e-6)
    np.testing.assert_array_equal(larger[1], unit)
