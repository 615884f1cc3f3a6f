"""Spines and their true heights."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcf_desktop.geometry import measure_heights, six_points
from vcf_desktop.grading import grade_of_loss
from vcf_desktop.simulation.anatomy import ANTERIOR, SUPERIOR
from vcf_desktop.simulation.parametric import parametric_anatomy
from vcf_desktop.simulation.spine_model import (
    WEDGE_RATIO,
    Fracture,
    PlacedVertebra,
    endplates_moved,
    place_vertebra,
    sample_fracture,
    sample_fractures,
    sample_spine,
)
from vcf_desktop.spine import REGULAR_LEVELS, Deformity, Grade, VertebraLevel

ANATOMY = parametric_anatomy(poses_deg=((0.0, 0.0),), pixel_mm=2.0)
"""Not a fixture: hypothesis would print its maps with every failing example."""
SEEDS = st.integers(0, 2**32 - 1)
FRACTURABLE = st.sampled_from([level for level in REGULAR_LEVELS if level >= VertebraLevel.T3])


def heights_of(placed: PlacedVertebra) -> np.ndarray:
    heights = measure_heights(placed.points_xy)
    return np.array([heights.anterior, heights.middle, heights.posterior])


def placed(level: int, seed: int, fracture: Fracture | None, tilt_deg: float, scale: float) -> PlacedVertebra:
    """The natural shape is drawn first, so one seed gives one shape, broken or not."""
    rng = np.random.default_rng(seed)
    return place_vertebra(rng, ANATOMY.vertebrae[level], level, tilt_deg, (scale, scale), fracture, 0)


@given(seed=SEEDS, level=FRACTURABLE, tilt_deg=st.floats(-60, 60), scale=st.floats(0.7, 1.3))
def test_that_loss_and_grade_are_those_of_the_heights_on_the_film(
    seed: int, level: VertebraLevel, tilt_deg: float, scale: float
) -> None:
    fracture = sample_fracture(np.random.default_rng([seed, 1]))
    intact = placed(level, seed, None, tilt_deg, scale)
    broken = placed(level, seed, fracture, tilt_deg, scale)
    losses = 1 - heights_of(broken) / heights_of(intact)
    assert broken.loss == pytest.approx(losses.max(), abs=1e-9)
    assert broken.grade == grade_of_loss(losses.max())
    np.testing.assert_allclose(losses, fracture.losses, atol=0.04)
    assert broken.deformity == (fracture.deformity if broken.grade else Deformity.NONE)
    assert (intact.loss, intact.grade, intact.deformity) == (0.0, Grade.NON, Deformity.NONE)
    assert not intact.cement


@given(seed=SEEDS, level=FRACTURABLE)
def test_that_points_follow_the_deformed_outline(seed: int, level: VertebraLevel) -> None:
    rng = np.random.default_rng(seed)
    loss = rng.uniform(0.1, 0.4)
    vertebra = ANATOMY.vertebrae[level]
    broken = placed(level, seed, Fracture((loss, 0.6 * loss, 0.0), Deformity.WEDGE), 10.0, 1.1)
    outline = endplates_moved(vertebra.outline_xy, vertebra, broken.anchors_mm)
    points = endplates_moved(vertebra.points_xy, vertebra, broken.anchors_mm)
    # Corners sought anew on the deformed outline.
    sought = six_points(outline, SUPERIOR, ANTERIOR)
    depth = np.ptp(vertebra.points_xy[:, 0])
    assert np.abs(points - sought).max() < 0.06 * depth
    for own, in_patient in ((outline, broken.outline_xy), (points, broken.points_xy)):
        np.testing.assert_allclose(
            own @ broken.to_patient[:, :2].T + broken.to_patient[:, 2], in_patient, atol=1e-9
        )


@given(level=FRACTURABLE, anchors=st.lists(st.floats(-3, 3), min_size=6, max_size=6))
def test_that_points_on_the_endplates_move_by_the_anchors(level: VertebraLevel, anchors: list[float]) -> None:
    vertebra = ANATOMY.vertebrae[level]
    front, back = (vertebra.points_xy[[i, i + 3], 0].mean() for i in (0, 2))
    corners = vertebra.points_xy[[0, 2, 3, 5]]
    x = np.array([front, (front + back) / 2, back])
    straight = np.concatenate(
        [np.interp(x, corners[row, 0], corners[row, 1]) for row in (slice(0, 2), slice(2, 4))]
    )
    moved = endplates_moved(np.column_stack([np.tile(x, 2), straight]), vertebra, np.reshape(anchors, (2, 3)))
    np.testing.assert_allclose(moved[:, 0], np.tile(x, 2))
    # Each anchor displaces its own point; the corners lie a little before or behind their mean.
    np.testing.assert_allclose(moved[:, 1] - straight, anchors, atol=0.15)


def test_that_the_arch_keeps_its_shape() -> None:
    vertebra = ANATOMY.vertebrae[VertebraLevel.T12]
    behind = vertebra.points_xy[[2, 5], 0].mean() + 12.5
    arch = np.column_stack([np.linspace(behind, behind + 40, 9), np.linspace(-30, 30, 9)])
    anchors = np.array([[8.0, 6.0, 3.0], [-2.0, -2.0, -1.0]])
    np.testing.assert_allclose(endplates_moved(arch, vertebra, anchors), arch, atol=1e-9)


@pytest.mark.parametrize("level", [VertebraLevel.T5, VertebraLevel.T12, VertebraLevel.L5])
def test_that_unfractured_ratios_follow_the_table(level: VertebraLevel) -> None:
    heights = np.array([heights_of(placed(level, seed, None, 0.0, 1.0)) for seed in range(400)])
    wedge = heights[:, 0] / heights[:, 2]
    assert wedge.mean() == pytest.approx(WEDGE_RATIO[level], abs=0.01)
    assert 0.03 < wedge.std() < 0.07


def test_that_fractures_keep_apart_and_cluster() -> None:
    rng = np.random.default_rng(3)
    levels = [int(level) for level in REGULAR_LEVELS[2:]]
    counts = dict.fromkeys(levels, 0)
    for _ in range(300):
        fractures = sample_fractures(rng, levels, 2.0)
        assert set(fractures) <= set(levels)
        for level in fractures:
            counts[level] += 1
    assert counts[VertebraLevel.L1] > 2 * counts[VertebraLevel.L5]
    assert len(sample_fractures(rng, levels, 500.0)) == len(levels)
    assert sample_fractures(rng, levels, 0.0) == {}


def test_that_severity_runs_across_every_threshold() -> None:
    rng = np.random.default_rng(4)
    worst = np.array([max(sample_fracture(rng).losses) for _ in range(600)])
    share, _ = np.histogram(worst, [0.0, 0.2, 0.25, 0.4, 1.0])
    assert (share > 60).all()
    assert worst.max() <= 0.7


@given(seed=SEEDS)
def test_that_vertebrae_stand_in_order_without_overlap(seed: int) -> None:
    spine = sample_spine(np.random.default_rng(seed), ANATOMY, 3.0)
    assert [v.level for v in spine] == [*sorted(ANATOMY.vertebrae), VertebraLevel.S1]
    for upper, lower in pairwise(spine):
        down = lower.points_xy[:3].mean(axis=0) - upper.points_xy[3:].mean(axis=0)
        axis = upper.points_xy[3:].mean(axis=0) - upper.points_xy[:3].mean(axis=0)
        # A degenerated disc may let the rims of two hollow endplates touch.
        assert down @ axis / np.linalg.norm(axis) > -1.0
    endplate = spine[-1].points_xy[[0, 2]]
    np.testing.assert_allclose(endplate.mean(axis=0), 0, atol=1e-9)
    assert spine[-1].grade == Grade.NON
    # Anterior is to the left.
    assert all((v.points_xy[[0, 3], 0] < v.points_xy[[2, 5], 0]).all() for v in spine[8:])


def test_that_a_seed_is_a_spine() -> None:
    first, again, other = (sample_spine(np.random.default_rng(seed), ANATOMY, 3.0) for seed in (1, 1, 2))
    for one, two in zip(first, again, strict=True):
        np.testing.assert_array_equal(one.points_xy, two.points_xy)
    assert any(not np.allclose(one.points_xy, two.points_xy) for one, two in zip(first, other, strict=True))


def test_that_wedges_tip_a_person_forward() -> None:
    """Fractures in the middle of the chest carry the head to the front."""
    leans = []
    for mean_fractures in (0.0, 8.0):
        heads = [
            sample_spine(np.random.default_rng(seed), ANATOMY, mean_fractures)[0].points_xy[:, 0].mean()
            for seed in range(60)
        ]
        leans.append(np.mean(heads))
    assert leans[1] < leans[0] - 10
