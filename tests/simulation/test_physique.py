"""People around a spine: skin, neck and arms stand where a body needs them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from vcf_desktop.simulation.anatomy import Anatomy
from vcf_desktop.simulation.physique import NECK, Physique, SpineColumn, sample_physique
from vcf_desktop.simulation.spine_model import PlacedVertebra, sample_spine
from vcf_desktop.spine import VertebraLevel

SEEDS = range(12)


def person(anatomy: Anatomy, seed: int, standing: bool = True) -> tuple[Physique, Sequence[PlacedVertebra]]:
    rng = np.random.default_rng(seed)
    spine = sample_spine(rng, anatomy, 1.0).vertebrae
    return sample_physique(rng, spine, standing), spine


def test_that_a_column_runs_through_its_vertebrae() -> None:
    column = SpineColumn([3, 1, 2], [(5, 60), (0, 0), (2, 30)])
    assert column.y_of(2) == 30
    assert column.y_of(2.5) == 45
    np.testing.assert_allclose(column.x_at([15, 45]), [1, 3.5])
    np.testing.assert_allclose(column.point(3), (5, 60))


@pytest.mark.parametrize("seed", SEEDS)
def test_that_every_vertebra_lies_between_the_skins(anatomy: Anatomy, seed: int) -> None:
    physique, spine = person(anatomy, seed)
    for placed in spine:
        if placed.level < VertebraLevel.T1:
            continue
        x, y = placed.points_xy[[0, 2, 3, 5]].mean(axis=0)
        back, front = physique.skin(float(y))
        assert front + 15 < x < back - 15


@pytest.mark.parametrize("seed", SEEDS)
def test_that_the_skin_of_the_back_stays_near_the_thoracic_spine(anatomy: Anatomy, seed: int) -> None:
    physique, spine = person(anatomy, seed)
    behind = [
        physique.skin(float(y))[0] - x
        for x, y in (v.points_xy[[0, 2, 3, 5]].mean(axis=0) for v in spine if 4 <= v.level <= 12)
    ]
    assert 35 < np.mean(behind) < 140


def test_that_lines_on_a_grid_are_the_skin_at_its_height(anatomy: Anatomy) -> None:
    physique, _ = person(anatomy, 3)
    heights = np.array([[-300.0, -100.0], [0.0, 50.0]], np.float32)
    back, front, breadth = physique.lines_at(heights)
    for index, y in np.ndenumerate(heights):
        assert (back[index], front[index]) == pytest.approx(physique.skin(float(y)), abs=0.5)
    assert (breadth > 150).all()
    beyond = physique.lines_at(np.array([[-5000.0, 5000.0]], np.float32))
    assert np.isfinite(np.stack(beyond)).all()


def test_that_the_neck_goes_on_upwards_with_smaller_vertebrae(anatomy: Anatomy) -> None:
    physique, spine = person(anatomy, 4)
    assert len(physique.neck) == NECK
    heights = [spine[0].to_patient[1, 2], *physique.neck[:, 1, 2]]
    assert (np.diff(heights) < -5).all()
    sizes = [np.sqrt(np.linalg.det(matrix[:, :2])) for matrix in physique.neck]
    assert (np.diff(sizes) < 0).all()


def test_that_a_lumbar_spine_alone_has_a_trunk_above_it_and_no_neck(anatomy: Anatomy) -> None:
    rng = np.random.default_rng(5)
    spine = [v for v in sample_spine(rng, anatomy, 0.0).vertebrae if v.level >= VertebraLevel.L1]
    physique = sample_physique(rng, spine, False)
    assert len(physique.neck) == 0
    top = float(spine[0].points_xy[:, 1].mean())
    assert physique.column.y_of(VertebraLevel.T1) < top - 200
    back, front = physique.skin(top - 120)
    assert back - front > 120


@pytest.mark.parametrize("seed", SEEDS)
def test_that_arms_begin_at_the_upper_chest_and_have_the_length_of_arms(anatomy: Anatomy, seed: int) -> None:
    physique, _ = person(anatomy, seed, standing=bool(seed % 2))
    assert len(physique.arms) == 2
    for arm in physique.arms:
        shoulder, elbow, hand = arm.joints_xy
        assert np.linalg.norm(shoulder - physique.column.point(2.5)) < 130
        assert 180 < np.linalg.norm(elbow - shoulder) < 420
        assert 130 < np.linalg.norm(hand - elbow) < 380
        assert 25 < arm.radius_mm < 90
