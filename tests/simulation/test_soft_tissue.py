"""Soft tissue: where air, trunk and limbs lie, whatever the dice say."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from vcf_desktop.simulation.abdomen import draw_bowel
from vcf_desktop.simulation.anatomy import Anatomy
from vcf_desktop.simulation.chest import draw_airway, draw_heart_and_vessels, draw_lungs
from vcf_desktop.simulation.head_and_arms import draw_arm_tissue, draw_forearms, draw_head_tissue, draw_skull
from vcf_desktop.simulation.physique import Physique, sample_physique
from vcf_desktop.simulation.soft_tissue import draw_soft_tissue
from vcf_desktop.simulation.spine_model import sample_spine
from vcf_desktop.simulation.tomograms import SoftTissueMap
from vcf_desktop.simulation.view import View, make_view

SEEDS = range(8)


def person(anatomy: Anatomy, seed: int) -> Physique:
    rng = np.random.default_rng(seed)
    return sample_physique(rng, sample_spine(rng, anatomy, 0.5).vertebrae, True)


def whole_view(physique: Physique) -> View:
    centre = physique.column.point(10) - np.array([40.0, 0.0])
    return make_view(centre, 2.5, (460, 260), 0.0, facing_right=False)


def pixel(view: View, point: NDArray[np.float64]) -> tuple[int, int]:
    column, row = view.points(point).astype(int)
    return int(row), int(column)


@pytest.mark.parametrize("seed", SEEDS)
def test_that_people_are_soft_inside_and_nothing_outside(anatomy: Anatomy, seed: int) -> None:
    physique = person(anatomy, seed)
    view = whole_view(physique)
    soft, body = draw_soft_tissue(np.random.default_rng(seed), (), physique, view)
    assert soft.dtype == np.float32
    assert soft.shape == body.shape == view.size_hw
    assert np.isfinite(soft).all()
    assert soft.min() >= 0
    assert soft.max() < 900
    assert not soft[~body].any()
    for level in range(1, 19):
        assert body[pixel(view, physique.column.point(level))]
    # The shoulders, in the middle of the belly and the hips are thick; behind the back is air.
    assert soft[pixel(view, physique.column.point(17))] > 120
    back, _ = physique.skin(physique.column.y_of(10))
    behind = pixel(view, np.array([back + 20, physique.column.y_of(10)]))
    assert not body[behind]


@pytest.mark.parametrize("seed", SEEDS)
def test_that_lungs_lie_around_the_thoracic_spine_and_above_the_diaphragm(
    anatomy: Anatomy, seed: int
) -> None:
    physique = person(anatomy, seed)
    view = whole_view(physique)
    grid = view.grid()
    back, front, _ = physique.lines_at(grid[1])
    air = draw_lungs(np.random.default_rng(seed), physique, view, grid, (back, front))
    assert air[pixel(view, physique.column.point(7.0))] > 20
    behind = physique.column.point(7.0) + np.array([18.0, 0.0])
    assert air[pixel(view, behind)] > 20
    before = physique.column.point(8.0) - np.array([45.0, 0.0])
    assert air[pixel(view, before)] > 40
    assert air[grid[1] > physique.column.y_of(15.0) + 10].max() < 1
    assert not air[(grid[0] > back) | (grid[0] < front)].any()


def test_that_heart_and_airway_lie_before_the_spine(anatomy: Anatomy) -> None:
    for seed in SEEDS:
        physique = person(anatomy, seed)
        view = whole_view(physique)
        x, y = view.grid()
        spine = physique.column.x_at(y)
        heart = draw_heart_and_vessels(np.random.default_rng(seed), physique, view)
        air = draw_airway(np.random.default_rng(seed), physique, view)
        for depth in (heart, air):
            assert (depth * (x - spine)).sum() < 0
            assert depth.min() >= 0


def test_that_gas_lies_in_the_belly_and_never_empties_it(anatomy: Anatomy) -> None:
    for seed in SEEDS:
        physique = person(anatomy, seed)
        view = whole_view(physique)
        gas = draw_bowel(np.random.default_rng(seed), physique, view)
        assert gas.min() >= 0
        assert gas.max() <= 60
        assert not gas[view.grid()[1] < physique.column.y_of(8.0)].any()


@pytest.mark.parametrize("seed", SEEDS)
def test_that_arms_lie_along_their_joints(anatomy: Anatomy, seed: int) -> None:
    physique = person(anatomy, seed)
    view = whole_view(physique)
    soft = draw_arm_tissue(np.random.default_rng(seed), physique, view)
    bones = np.zeros((2, *view.size_hw), np.float32)
    draw_forearms(np.random.default_rng(seed), bones, physique.arms, view)
    for arm in physique.arms:
        for start, end in ((0, 1), (1, 2)):
            row, column = pixel(view, (arm.joints_xy[start] + arm.joints_xy[end]) / 2)
            if 0 <= row < view.size_hw[0] and 0 <= column < view.size_hw[1]:
                assert soft[row, column] > 30
    assert not bones[:, soft == 0].sum() > 0.5 * bones.sum()


def test_that_a_head_sits_on_the_neck_and_a_film_below_shows_none(anatomy: Anatomy) -> None:
    physique = person(anatomy, 1)
    top = physique.neck[-1][:, 2]
    view = make_view(top - np.array([0, 80.0]), 2.0, (200, 200), 0.0, facing_right=False)
    rng = np.random.default_rng(0)
    bones = np.zeros((2, *view.size_hw), np.float32)
    draw_skull(rng, bones, physique, view)
    soft = draw_head_tissue(physique, view)
    x, y = view.grid()
    assert (soft * (y - top[1])).sum() / soft.sum() < -30
    assert bones[0].max() > 10
    assert (bones[0] >= bones[1] - 1e-4).all()
    low = make_view(physique.column.point(16), 0.5, (300, 200), 0.0, facing_right=False)
    bones = np.zeros((2, *low.size_hw), np.float32)
    assert not draw_skull(rng, bones, physique, low).any()
    assert not bones.any()
    assert not draw_head_tissue(physique, low).any()
    assert x.shape == soft.shape


def test_that_a_ct_fills_the_inside_of_the_trunk_and_leaves_its_outline(anatomy: Anatomy) -> None:
    """A CT of an even 999 mm would show wherever it was used."""
    shape = (400, 300)
    steps = np.minimum(np.arange(300), np.arange(300)[::-1]).astype(np.float32) * 2
    source = SoftTissueMap(
        np.full(shape, 999, np.float32),
        np.tile(steps, (400, 1)),
        2.0,
        np.full(400, 200, np.float32),
        level=8.0,
        level_row=200.0,
    )
    physique = person(anatomy, 2)
    view = whole_view(physique)
    used = 0
    for seed in range(16):
        mixed, mixed_body = draw_soft_tissue(np.random.default_rng(seed), (source,), physique, view)
        if mixed.max() < 500:
            continue
        used += 1
        _, body = draw_soft_tissue(np.random.default_rng(seed), (), physique, view)
        x, y = view.grid()
        back, front, _ = physique.lines_at(y)
        rim = (x < front + 2) | (x > back - 2)
        assert mixed[rim].max() < 500
        assert mixed[y > physique.column.y_of(18)].max() < 500
        # What is drawn after the CT differs with the dice; the skin of the back does not.
        behind = x > physique.column.x_at(y)
        np.testing.assert_array_equal(mixed_body & behind, body & behind)
    assert 1 <= used <= 12
