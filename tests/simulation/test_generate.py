"""Whole films and their labels."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from vcf_desktop.geometry import measure_heights, polygon_area
from vcf_desktop.grading import grade_of_loss
from vcf_desktop.simulation.anatomy import Anatomy
from vcf_desktop.simulation.generate import SimulatedFilm, simulate
from vcf_desktop.spine import Deformity, Grade, VertebraLevel

SIZE_HW = (320, 160)
PIXEL_MM = (0.9, 1.6)


def film(anatomy: Anatomy, seed: int, frontal_share: float = 0.0) -> SimulatedFilm:
    rng = np.random.default_rng(seed)
    return simulate(rng, anatomy, SIZE_HW, PIXEL_MM, mean_fractures=3.0, frontal_share=frontal_share)


@pytest.fixture(scope="module")
def films(anatomy: Anatomy) -> list[SimulatedFilm]:
    return [film(anatomy, seed) for seed in range(12)]


def test_that_a_seed_is_a_film(anatomy: Anatomy) -> None:
    first, again, other = (film(anatomy, seed) for seed in (5, 5, 6))
    for one, two in zip(first.vertebrae, again.vertebrae, strict=True):
        np.testing.assert_array_equal(one.outline_xy, two.outline_xy)
        assert (one.level, one.loss, one.grade) == (two.level, two.loss, two.grade)
    np.testing.assert_array_equal(first.layers.cortex, again.layers.cortex)
    np.testing.assert_array_equal(first.layers.soft, again.layers.soft)
    looks = [f.look(np.random.default_rng(1)) for f in (first, again, other)]
    np.testing.assert_array_equal(looks[0], looks[1])
    assert np.abs(looks[0] - looks[2]).mean() > 0.01


def test_that_a_film_has_many_looks(films: list[SimulatedFilm]) -> None:
    rng = np.random.default_rng(2)
    looks = [films[0].look(rng) for _ in range(12)]
    for look in looks:
        assert look.shape == SIZE_HW
        assert look.dtype == np.float32
        assert look.min() >= 0
        assert look.max() <= 1
    assert all(np.abs(one - two).mean() > 0.01 for one, two in pairwise(looks))


def test_that_labels_run_down_the_spine_and_lie_on_the_film(films: list[SimulatedFilm]) -> None:
    height, width = SIZE_HW
    for simulated in films:
        levels = [v.level for v in simulated.vertebrae]
        assert levels == sorted(set(levels))
        assert all(VertebraLevel.T1 <= level <= VertebraLevel.S1 for level in levels)
        for vertebra in simulated.vertebrae:
            left, top, right, bottom = vertebra.box_xyxy
            assert 0 <= left < right <= width
            assert 0 <= top < bottom <= height
            low, high = vertebra.outline_xy.min(axis=0), vertebra.outline_xy.max(axis=0)
            np.testing.assert_allclose([left, top], np.maximum(low, 0))
            np.testing.assert_allclose([right, bottom], np.minimum(high, [width, height]))
            assert (right - left) * (bottom - top) > 0.65 * np.prod(high - low)
        rows = [v.points_xy[:, 1].mean() for v in simulated.vertebrae]
        assert rows == sorted(rows)
    assert sum(len(simulated.vertebrae) for simulated in films) > 5 * len(films)


def test_that_masks_cover_the_outlines(films: list[SimulatedFilm]) -> None:
    vertebrae = [(f, v) for f in films for v in f.vertebrae if (v.outline_xy > 2).all()]
    whole = [(f, v) for f, v in vertebrae if (v.outline_xy < (SIZE_HW[1] - 2, SIZE_HW[0] - 2)).all()]
    assert len(whole) > 40
    for simulated, vertebra in whole:
        mask = simulated.body_mask(vertebra) / 255
        around = np.linalg.norm(vertebra.outline_xy - np.roll(vertebra.outline_xy, 1, axis=0), axis=1).sum()
        assert 0 < mask.sum() - polygon_area(vertebra.outline_xy) < around
        rows, columns = np.mgrid[: SIZE_HW[0], : SIZE_HW[1]] + 0.5
        centre = np.array([(mask * columns).sum(), (mask * rows).sum()]) / mask.sum()
        np.testing.assert_allclose(centre, vertebra.points_xy[[0, 2, 3, 5]].mean(axis=0), atol=2.0)


def test_that_arches_lie_behind_the_bodies(films: list[SimulatedFilm]) -> None:
    for simulated in films:
        if not any(VertebraLevel.T6 <= v.level <= VertebraLevel.L4 for v in simulated.vertebrae):
            continue
        arches, foreign = simulated.masks()
        assert set(np.unique(arches)) <= {0, 255}
        assert set(np.unique(foreign)) <= {0, 255}
        bodies = np.max([simulated.body_mask(v) for v in simulated.vertebrae], axis=0)
        assert not arches[bodies > 200].any()
        columns = np.arange(SIZE_HW[1])
        offset = (arches @ columns).sum() / arches.sum() - (bodies @ columns).sum() / bodies.sum()
        assert (offset < 0) == simulated.facing_right


def test_that_the_front_lies_where_the_film_says(films: list[SimulatedFilm]) -> None:
    assert {simulated.facing_right for simulated in films} == {True, False}
    for simulated in films:
        for vertebra in simulated.vertebrae[3:]:
            anterior, posterior = vertebra.points_xy[[0, 3], 0], vertebra.points_xy[[2, 5], 0]
            assert (anterior.mean() > posterior.mean()) == simulated.facing_right


def test_that_a_grade_is_that_of_the_loss(films: list[SimulatedFilm]) -> None:
    vertebrae = [v for f in films for v in f.vertebrae]
    assert {v.grade for v in vertebrae} == set(Grade)
    for vertebra in vertebrae:
        assert vertebra.grade == grade_of_loss(max(vertebra.loss, 0.0))
        assert (vertebra.deformity == Deformity.NONE) == (vertebra.grade == Grade.NON)
        heights = measure_heights(vertebra.points_xy)
        if vertebra.deformity == Deformity.WEDGE and vertebra.grade == Grade.SEVERE:
            assert heights.anterior < 0.8 * heights.posterior


def test_that_a_frontal_film_carries_no_label(anatomy: Anatomy) -> None:
    simulated = film(anatomy, 3, frontal_share=1.0)
    assert simulated.vertebrae == ()
    assert simulated.layers.cortex.max() > 5
    arches, foreign = simulated.masks()
    assert not arches.any()
    assert not foreign.any()
    assert simulated.look(np.random.default_rng(0)).std() > 0.02


def test_that_an_anatomy_without_a_frontal_map_gives_lateral_films(anatomy: Anatomy) -> None:
    from dataclasses import replace

    assert film(replace(anatomy, frontal=None), 3, frontal_share=1.0).layers.posterior.any()


@pytest.mark.parametrize("pixel_mm", [0.5, 1.4])
def test_that_the_pixel_size_is_within_the_range(anatomy: Anatomy, pixel_mm: float) -> None:
    simulated = simulate(np.random.default_rng(1), anatomy, SIZE_HW, (pixel_mm, pixel_mm * 1.01))
    assert pixel_mm <= simulated.view.pixel_mm <= pixel_mm * 1.01
    assert np.sqrt(abs(np.linalg.det(simulated.view.to_film[:, :2]))) == pytest.approx(
        1 / simulated.view.pixel_mm
    )
