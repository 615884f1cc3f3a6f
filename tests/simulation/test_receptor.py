"""From line integrals to grey values."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from vcf_desktop.simulation.projector import Layers
from vcf_desktop.simulation.receptor import attenuation, develop, overlay

SIZE_HW = (128, 96)
SEEDS = st.integers(0, 2**32 - 1)


def layers(bone_mm: float = 0.0, metal_mm: float = 0.0) -> Layers:
    """Soft tissue growing towards the bottom, air at the left, and an insert in the middle."""
    body = np.zeros(SIZE_HW, bool)
    body[:, 20:] = True
    soft = np.linspace(100, 220, SIZE_HW[0], dtype=np.float32)[:, None] * body
    insert = np.zeros(SIZE_HW, np.float32)
    insert[48:80, 50:70] = 1
    zeros = np.zeros(SIZE_HW, np.float32)
    return Layers(insert * bone_mm, zeros, soft.astype(np.float32), insert * metal_mm, body, zeros)


def middle_and_beside(film: NDArray[np.floating]) -> tuple[float, float]:
    return float(film[54:74, 55:65].mean()), float(film[54:74, 78:90].mean())


@given(seed=SEEDS)
@settings(max_examples=30)
def test_that_more_tissue_attenuates_more_and_air_nothing(seed: int) -> None:
    log_film = attenuation(np.random.default_rng(seed), layers(bone_mm=10.0))
    assert np.isfinite(log_film).all()
    assert abs(float(log_film[:, 2:12].mean())) < 0.05
    rows = log_film[:, 75:].mean(axis=1)
    assert rows[:20].mean() < rows[54:74].mean() < rows[-20:].mean()
    # The same noise thrice.
    soft, bone, metal = (
        attenuation(np.random.default_rng(seed), shown)[54:74, 55:65].mean()
        for shown in (layers(), layers(bone_mm=10.0), layers(metal_mm=10.0))
    )
    assert soft < bone < metal


@given(seed=SEEDS)
@settings(max_examples=30)
def test_that_bone_stays_brighter_than_its_surroundings(seed: int) -> None:
    rng = np.random.default_rng(seed)
    shown = layers(bone_mm=30.0)
    grey = develop(rng, attenuation(rng, shown), shown.body, 0.8)
    assert grey.dtype == np.float32
    assert grey.min() >= 0
    assert grey.max() <= 1
    inside, beside = middle_and_beside(grey)
    assert inside >= beside


def test_that_a_film_of_air_is_developed_too() -> None:
    rng = np.random.default_rng(0)
    empty = np.zeros(SIZE_HW, bool)
    assert np.isfinite(develop(rng, np.zeros(SIZE_HW, np.float32), empty, 0.8)).all()


@pytest.mark.parametrize("seed", range(12))
def test_that_overlays_leave_the_film_as_it_was_given(seed: int) -> None:
    given_film = np.full(SIZE_HW, 0.5, np.float32)
    film = overlay(np.random.default_rng(seed), given_film, 0.8)
    assert (given_film == 0.5).all()
    assert film.shape == SIZE_HW
    assert film.dtype == np.float32
    assert film.min() >= 0
    assert film.max() <= 1


def test_that_overlays_come_and_go() -> None:
    plain = np.full(SIZE_HW, 0.5, np.float32)
    changed = [
        np.abs(overlay(np.random.default_rng(seed), plain, 0.8) - plain).max() > 0.01 for seed in range(60)
    ]
    assert 0.5 < np.mean(changed) < 1.0
