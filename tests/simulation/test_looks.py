"""From line integrals to grey values: exposure, processing, markings."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from vcf_desktop.simulation.exposure import Exposure, expose, sample_exposure
from vcf_desktop.simulation.looks import render, sample_look
from vcf_desktop.simulation.markings import Markings, Shutter, mark, sample_markings
from vcf_desktop.simulation.processing import develop, export, sample_processing
from vcf_desktop.simulation.projector import Layers

SIZE_HW = (128, 96)
SEEDS = st.integers(0, 2**32 - 1)
PLAIN = Exposure(
    tube_kv=80, thickness=1, mineral_mg_cm3=150, cortex=1, blur_px=0.3, scatter=0, mottle=(0, 0, 0, 0),
    mottle_stretch=1, noise=0, grain_px=0, noise_seed=0,
)  # fmt: skip
UNMARKED = Markings(None, None, (), (), 0.0, None, 0)


def layers(
    soft_mm: float = 100.0, bone_mm: float = 0.0, metal_mm: float = 0.0, spongiosa_mm: float = 0.0
) -> Layers:
    """Soft tissue growing towards the bottom, air at the left, and an insert in the middle."""
    body = np.zeros(SIZE_HW, bool)
    body[:, 20:] = True
    soft = np.linspace(soft_mm, 2.2 * soft_mm, SIZE_HW[0], dtype=np.float32)[:, None] * body
    insert = np.zeros(SIZE_HW, np.float32)
    insert[48:80, 50:70] = 1
    zeros = np.zeros(SIZE_HW, np.float32)
    return Layers(
        insert * bone_mm, insert * spongiosa_mm, soft.astype(np.float32), insert * metal_mm, body, zeros
    )


def middle_and_beside(film: NDArray[np.floating]) -> tuple[float, float]:
    return float(film[54:74, 55:65].mean()), float(film[54:74, 78:90].mean())


def test_that_a_slab_of_soft_tissue_follows_the_law_of_beer_and_lambert() -> None:
    slab = layers(soft_mm=100.0)
    flat = replace(slab, soft=np.full(SIZE_HW, 150, np.float32), body=np.ones(SIZE_HW, bool))
    # 52, 60 and 72 keV: attenuation of soft tissue per cm between the entries of morphometry.md's table.
    per_cm = (0.240 - 0.2 * 0.023, 0.217, 0.203 - 0.2 * 0.010)
    intensity = sum(w * np.exp(-15 * mu) for w, mu in zip((0.35, 0.40, 0.25), per_cm, strict=True))
    np.testing.assert_allclose(expose(PLAIN, flat, 0.8), -np.log(intensity), rtol=1e-4)


def test_that_the_beam_hardens() -> None:
    """The second centimetre of bone takes less of the beam than the first."""
    none, one, two = (middle_and_beside(expose(PLAIN, layers(bone_mm=mm), 0.8))[0] for mm in (0, 10, 20))
    assert 0 < two - one < one - none


def test_that_scatter_lowers_contrast_and_never_fills_the_air() -> None:
    clear = expose(PLAIN, layers(bone_mm=10), 0.8)
    hazy = expose(replace(PLAIN, scatter=1.0), layers(bone_mm=10), 0.8)
    assert np.subtract(*middle_and_beside(hazy)) < 0.8 * np.subtract(*middle_and_beside(clear))
    assert np.abs(hazy[:, 2:12]).max() < 0.01


def test_that_mineral_makes_spongiosa_visible() -> None:
    poor, rich = (
        np.subtract(
            *middle_and_beside(expose(replace(PLAIN, mineral_mg_cm3=mineral), layers(spongiosa_mm=30), 0.8))
        )
        for mineral in (50, 250)
    )
    # Severe osteopenia is as dense as the soft tissue around (morphometry.md).
    assert abs(poor - 0.054) < 0.1  # beside lies a little less soft tissue
    assert rich > poor + 0.1


@given(seed=SEEDS, density=st.floats(0, 1))
@settings(max_examples=30)
def test_that_more_tissue_attenuates_more_and_air_nothing(seed: int, density: float) -> None:
    exposure = sample_exposure(np.random.default_rng(seed), density)
    log_film = expose(exposure, layers(bone_mm=10.0), 0.8)
    assert np.isfinite(log_film).all()
    assert log_film.dtype == np.float32
    assert abs(float(log_film[:, 2:12].mean())) < 0.05
    rows = log_film[:, 75:].mean(axis=1)
    assert rows[:20].mean() < rows[54:74].mean() < rows[-20:].mean()
    # The same noise thrice.
    soft, bone, metal = (
        expose(exposure, shown, 0.8)[54:74, 55:65].mean()
        for shown in (layers(), layers(bone_mm=10.0), layers(metal_mm=10.0))
    )
    assert soft < bone < metal


@given(seed=SEEDS)
@settings(max_examples=30)
def test_that_bone_stays_brighter_than_its_surroundings(seed: int) -> None:
    rng = np.random.default_rng(seed)
    shown = layers(bone_mm=30.0)
    exposure = replace(sample_exposure(rng, 0.5), mottle=PLAIN.mottle)
    grey = develop(sample_processing(rng), expose(exposure, shown, 0.8), shown.body, 0.8)
    assert grey.dtype == np.float32
    assert grey.min() >= 0
    assert grey.max() <= 1
    inside, beside = middle_and_beside(grey)
    assert inside >= beside


def test_that_a_film_of_air_is_developed_too() -> None:
    empty = np.zeros(SIZE_HW, bool)
    processing = sample_processing(np.random.default_rng(0))
    assert np.isfinite(develop(processing, np.zeros(SIZE_HW, np.float32), empty, 0.8)).all()


def test_that_an_export_keeps_the_picture() -> None:
    film = cv2.GaussianBlur(np.random.default_rng(1).random(SIZE_HW, np.float32), (0, 0), 4)
    processing = replace(
        sample_processing(np.random.default_rng(0)), inverted=False, shrink=1.5, jpeg_quality=80
    )
    np.testing.assert_allclose(export(processing, film), film, atol=0.06)
    inverted = replace(processing, inverted=True, shrink=1.0, jpeg_quality=None)
    np.testing.assert_array_equal(export(inverted, film), 1 - film)


@pytest.mark.parametrize("seed", range(12))
def test_that_markings_leave_the_film_as_it_was_given(seed: int) -> None:
    given_film = np.full(SIZE_HW, 0.5, np.float32)
    film = mark(sample_markings(np.random.default_rng(seed)), given_film, 0.8)
    assert (given_film == 0.5).all()
    assert film.shape == SIZE_HW
    assert film.dtype == np.float32
    assert film.min() >= 0
    assert film.max() <= 1


def test_that_markings_come_and_go() -> None:
    plain = np.full(SIZE_HW, 0.5, np.float32)
    changed = [
        np.abs(mark(sample_markings(np.random.default_rng(seed)), plain, 0.8) - plain).max() > 0.01
        for seed in range(60)
    ]
    assert 0.5 < np.mean(changed) < 1.0


@given(
    edge=st.sampled_from(["left", "right", "top", "bottom"]),
    depth=st.floats(0, 0.4),
    slope=st.floats(-0.05, 0.05),
    box=st.tuples(st.integers(0, 40), st.integers(0, 60), st.integers(45, 96), st.integers(65, 128)),
)
def test_that_no_shutter_hides_a_labelled_vertebra(
    edge: str, depth: float, slope: float, box: tuple[int, int, int, int]
) -> None:
    film = np.full(SIZE_HW, 0.5, np.float32)
    shut = replace(UNMARKED, shutters=(Shutter(edge, depth, slope),))
    left, top, right, bottom = box
    assert (mark(shut, film, 0.8, np.array(box, float))[top:bottom, left:right] == 0.5).all()


@given(seed=SEEDS, density=st.floats(0, 1))
@settings(max_examples=20)
def test_that_a_look_is_a_film(seed: int, density: float) -> None:
    look = sample_look(np.random.default_rng(seed), density)
    film = render(look, layers(bone_mm=10), 0.8, None)
    assert film.shape == SIZE_HW
    assert film.dtype == np.float32
    assert 0 <= film.min() <= film.max() <= 1
    np.testing.assert_array_equal(film, render(look, layers(bone_mm=10), 0.8, None))
