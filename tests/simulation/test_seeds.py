"""Generators of simulated films."""

from __future__ import annotations

import itertools

from vcf_desktop.simulation.seeds import Purpose, film_rng


def test_that_a_place_always_draws_the_same() -> None:
    first, again = (film_rng(Purpose.TRAINING, 7, 3, 0, 5).integers(0, 1 << 62, 4) for _ in range(2))
    assert first.tolist() == again.tolist()


def test_that_no_two_purposes_seeds_or_places_draw_the_same() -> None:
    # Zeros at the end and seeds as large as several words must tell places apart as well.
    places = [(), (0,), (0, 0), (1,), (0, 1), (1, 0), (0, 0, 1)]
    seeds = [0, 1, 900, 1 << 32, (1 << 32) + 1, (1 << 128) - 1]
    drawn = [
        int(film_rng(purpose, seed, *place).integers(0, 1 << 62))
        for purpose, seed, place in itertools.product(Purpose, seeds, places)
    ]
    assert len(set(drawn)) == len(drawn)
