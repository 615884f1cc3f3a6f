"""Whole films and their labels."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from vcf_desktop.geometry import measure_heights, polygon_area
from vcf_desktop.grading import grade_of_loss
from vcf_desktop.simulation.anatomy import Anatomy
from vcf_desktop.simulation.generate import FIELDS, SimulatedFilm, sample_field, simulate
from vcf_desktop.simulation.spine_model import PlacedVertebra, sample_spine
from vcf_desktop.spine import Deformity, Grade, VertebraLevel

SIZE_HW = (320, 160)
PIXEL_MM = (0.9, 1.6)


def film(anatomy: Anatomy, seed: int, frontal_share: float = 0.0) -> SimulatedFilm:
    rng = np.random.default_rng(seed)
    return simulate(rng, anatomy, SIZE_HW, PIXEL_MM, mean_fractures=3.0, frontal_share=frontal_share)


def centroid(outline_xy: np.ndarray) -> np.ndarray:
    """Centre of area of a polygon, by the shoelace formula."""
    x, y = outline_xy.T
    next_x, next_y = np.roll(x, -1), np.roll(y, -1)
    cross = x * next_y - next_x * y
    return np.array([((x + next_x) * cross).sum(), ((y + next_y) * cross).sum()]) / (3 * cross.sum())


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
        np.testing.assert_allclose(centre, centroid(vertebra.outline_xy), atol=0.3)


def test_that_arches_lie_behind_the_bodies(films: list[SimulatedFilm]) -> None:
    for simulated in films:
        if not any(VertebraLevel.T6 <= v.level <= VertebraLevel.L4 for v in simulated.vertebrae):
            continue
        arches, foreign = simulated.masks()
        assert set(np.unique(arches)) <= {0, 255}
        assert set(np.unique(foreign)) <= {0, 255}
        bodies = np.max([simulated.body_mask(v) for v in simulated.vertebrae], axis=0)
        assert not arches[bodies > 200].any()
        offsets = []
        for vertebra in simulated.vertebrae:
            # Behind the upper half of a body stands its own arch.
            row = round(float(vertebra.points_xy[[0, 2], 1].mean()))
            if VertebraLevel.T6 <= vertebra.level <= VertebraLevel.L4 and 0 <= row < SIZE_HW[0]:
                beside = np.flatnonzero(arches[row])
                offsets.append(np.median(beside) - vertebra.points_xy[:, 0].mean() if len(beside) else 0.0)
        assert (np.median(offsets) < 0) == simulated.facing_right


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
    assert film(replace(anatomy, frontal=None), 3, frontal_share=1.0).layers.posterior.any()


def test_that_parameters_are_ready_for_json(anatomy: Anatomy, films: list[SimulatedFilm]) -> None:
    for simulated in (*films, film(anatomy, 3, frontal_share=1.0)):
        assert json.loads(json.dumps(simulated.parameters))["pixel_mm"] == simulated.view.pixel_mm
    parameters = json.loads(json.dumps(films[0].parameters))
    assert parameters["person"]["density"] == films[0].density
    by_level = {vertebra["level"]: vertebra for vertebra in parameters["vertebrae"]}
    for vertebra in films[0].vertebrae:
        assert by_level[vertebra.level.label]["loss"] == vertebra.loss


@pytest.fixture(scope="module")
def spines(anatomy: Anatomy) -> list[tuple[PlacedVertebra, ...]]:
    return [sample_spine(np.random.default_rng(seed), anatomy, 0.0).vertebrae for seed in range(40)]


def fields(
    spines: list[tuple[PlacedVertebra, ...]], size_hw: tuple[int, int], pixel_mm: tuple[float, float]
) -> Counter[str]:
    """How often each field of view comes in 200 films, each of which shows what its name says."""
    counts: Counter[str] = Counter()
    rng = np.random.default_rng(0)
    for spine in spines * 5:
        name, centre, drawn_mm = sample_field(rng, spine, size_hw, pixel_mm)
        assert pixel_mm[0] <= drawn_mm <= pixel_mm[1]
        top, bottom = centre[1] + np.array([-0.5, 0.5]) * size_hw[0] * drawn_mm
        shown = {v.level for v in spine if top < v.points_xy[:, 1].mean() < bottom}
        if name == "whole":
            assert shown >= {VertebraLevel.T1, VertebraLevel.S1}
        if name == "lumbar":
            assert shown >= {VertebraLevel.L2, VertebraLevel.L5}
        if name in ("thoracic", "chest"):
            assert shown >= {VertebraLevel.T4, VertebraLevel.T10}
        counts[name] += 1
    return counts


def test_that_films_show_every_field_of_view(spines: list[tuple[PlacedVertebra, ...]]) -> None:
    counts = fields(spines, (640, 320), (0.42, 1.25))
    assert set(counts) == set(FIELDS)
    assert 0.24 < counts["whole"] / 200 < 0.44


def test_that_films_too_small_for_the_whole_spine_show_parts_of_it(
    spines: list[tuple[PlacedVertebra, ...]],
) -> None:
    counts = fields(spines, (640, 320), (0.26, 0.5))
    assert counts["whole"] == 0
    assert counts["any"] > 60


def test_that_a_chest_film_has_its_spine_at_the_back(spines: list[tuple[PlacedVertebra, ...]]) -> None:
    rng = np.random.default_rng(1)
    for spine in spines * 5:
        name, centre, _ = sample_field(rng, spine, (640, 480), (0.42, 1.25))
        if name == "chest":
            thoracic = [v.points_xy[:, 0].mean() for v in spine if 4 <= v.level <= 11]
            assert np.mean(thoracic) > centre[0] + 20


@pytest.mark.parametrize("pixel_mm", [0.5, 1.4])
def test_that_the_pixel_size_is_within_the_range(anatomy: Anatomy, pixel_mm: float) -> None:
    simulated = simulate(np.random.default_rng(1), anatomy, SIZE_HW, (pixel_mm, pixel_mm * 1.01))
    assert pixel_mm <= simulated.view.pixel_mm <= pixel_mm * 1.01
    assert np.sqrt(abs(np.linalg.det(simulated.view.to_film[:, :2]))) == pytest.approx(
        1 / simulated.view.pixel_mm
    )
