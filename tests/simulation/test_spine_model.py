"""Spines and their true heights."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from vcf_desktop.geometry import measure_heights, six_points, vertebral_depth
from vcf_desktop.grading import grade_of_loss, level_norm
from vcf_desktop.simulation.anatomy import ANTERIOR, POSES_DEG, SUPERIOR
from vcf_desktop.simulation.deformation import endplates_moved, walls_moved
from vcf_desktop.simulation.degeneration import Lesions
from vcf_desktop.simulation.fractures import Fracture, sample_fracture
from vcf_desktop.simulation.parametric import parametric_anatomy
from vcf_desktop.simulation.person import DEPTH_TO_HEIGHT, DISC_TO_HEIGHT, TILT_DEG
from vcf_desktop.simulation.projector import outline_mask
from vcf_desktop.simulation.shaping import Shape, shape_vertebra
from vcf_desktop.simulation.spine_model import (
    PlacedVertebra,
    Spine,
    exposed,
    place_vertebra,
    sample_spine,
    with_supernumerary,
)
from vcf_desktop.spine import REGULAR_LEVELS, Deformity, Grade, VertebraLevel

ANATOMY = parametric_anatomy(poses_deg=((0.0, 0.0),), pixel_mm=2.0)
"""Not a fixture: hypothesis would print its maps with every failing example."""
SEEDS = st.integers(0, 2**32 - 1)
FRACTURABLE = st.sampled_from([level for level in REGULAR_LEVELS if level >= VertebraLevel.T3])
HEALTHY = 160


def heights_of(points_xy: NDArray[np.float64]) -> NDArray[np.float64]:
    heights = measure_heights(points_xy)
    return np.array([heights.anterior, heights.middle, heights.posterior])


def shaped(level: int, seed: int, fracture: Fracture | None = None) -> Shape:
    """The natural shape is drawn first, so one seed gives one shape, broken or not."""
    norm = level_norm(VertebraLevel(level))
    rng = np.random.default_rng(seed)
    return shape_vertebra(rng, ANATOMY.vertebrae[level], norm.wedge, norm.biconcave, fracture)


@pytest.fixture(scope="module")
def healthy() -> list[Spine]:
    return [sample_spine(np.random.default_rng(seed), ANATOMY, 0.0) for seed in range(HEALTHY)]


@pytest.fixture(scope="module")
def by_level(healthy: list[Spine]) -> dict[int, list[tuple[PlacedVertebra, PlacedVertebra]]]:
    """Each vertebra with the one below it."""
    found = defaultdict(list)
    for spine in healthy:
        for upper, lower in pairwise(spine.vertebrae):
            found[upper.level].append((upper, lower))
    return found


@given(seed=SEEDS, level=FRACTURABLE, tilt_deg=st.floats(-60, 60), scale=st.floats(0.7, 1.3))
def test_that_loss_and_grade_are_those_of_the_heights_on_the_film(
    seed: int, level: VertebraLevel, tilt_deg: float, scale: float
) -> None:
    fracture = sample_fracture(np.random.default_rng([seed, 1]))
    intact = place_vertebra(shaped(level, seed), level, tilt_deg, (scale, scale))
    broken = place_vertebra(shaped(level, seed, fracture), level, tilt_deg, (scale, scale), fracture)
    losses = 1 - heights_of(broken.points_xy) / heights_of(intact.points_xy)
    assert broken.loss == pytest.approx(losses.max(), abs=1e-9)
    assert broken.grade == grade_of_loss(losses.max())
    np.testing.assert_allclose(losses, fracture.losses, atol=0.05)
    assert broken.deformity == (fracture.deformity if broken.grade else Deformity.NONE)
    assert (intact.loss, intact.grade, intact.deformity) == (0.0, Grade.NON, Deformity.NONE)


@given(seed=SEEDS, level=FRACTURABLE, wedge=st.floats(0.8, 1.2), middle=st.floats(0.85, 1.0))
def test_that_a_shape_has_the_ratios_asked_for(seed: int, level: int, wedge: float, middle: float) -> None:
    rng = np.random.default_rng(seed)
    shape = shape_vertebra(rng, ANATOMY.vertebrae[level], wedge, middle, rounding_mm=0.5)
    front, centre, back = heights_of(shape.natural_xy)
    assert front / back == pytest.approx(wedge, abs=0.005)
    assert centre / back == pytest.approx(middle, abs=0.01)


@given(seed=SEEDS, level=FRACTURABLE)
def test_that_points_follow_the_deformed_outline(seed: int, level: VertebraLevel) -> None:
    loss = np.random.default_rng(seed).uniform(0.1, 0.4)
    vertebra = ANATOMY.vertebrae[level]
    shape = shaped(level, seed, Fracture((loss, 0.6 * loss, 0.0), Deformity.WEDGE))
    # Corners sought anew on the deformed outline.
    sought = six_points(shape.outline_xy, SUPERIOR, ANTERIOR)
    depth = np.ptp(vertebra.points_xy[:, 0])
    assert np.abs(shape.points_xy - sought).max() < 0.06 * depth
    placed = place_vertebra(shape, level, 10.0, (1.1, 0.9))
    for own, in_patient in ((shape.outline_xy, placed.outline_xy), (shape.points_xy, placed.points_xy)):
        np.testing.assert_allclose(
            own @ placed.to_patient[:, :2].T + placed.to_patient[:, 2], in_patient, atol=1e-9
        )


def test_that_what_is_labelled_is_what_is_drawn() -> None:
    """Without lesions, the displacements that the projector gets carry the outline to the labelled one."""
    for seed in range(20):
        fracture = sample_fracture(np.random.default_rng(seed))
        shape = shaped(VertebraLevel.L1, seed, fracture)
        own = ANATOMY.vertebrae[VertebraLevel.L1]
        moved = endplates_moved(own.outline_xy, own, shape.drawn_mm)
        if shape.walls_mm is not None:
            moved = walls_moved(moved, own, shape.drawn_mm, shape.walls_mm)
        np.testing.assert_allclose(moved, shape.outline_xy, atol=1e-9)


def test_that_a_schmorl_node_is_drawn_and_not_labelled() -> None:
    own, norm = ANATOMY.vertebrae[VertebraLevel.T11], level_norm(VertebraLevel.T11)
    lesions = Lesions(nodes=((0, 0.5, 4.0, 0.15),))
    plain, dented = (
        shape_vertebra(np.random.default_rng(1), own, norm.wedge, norm.biconcave, None, some)
        for some in (Lesions(), lesions)
    )
    np.testing.assert_array_equal(plain.outline_xy, dented.outline_xy)
    np.testing.assert_array_equal(plain.points_xy, dented.points_xy)
    assert dented.loss == 0
    difference = dented.drawn_mm - plain.drawn_mm
    assert difference[0].max() == pytest.approx(4.0)
    assert not difference[1].any()


@pytest.mark.parametrize("level", REGULAR_LEVELS)
def test_that_unfractured_ratios_follow_the_tables(
    by_level: dict[int, list[tuple[PlacedVertebra, PlacedVertebra]]], level: VertebraLevel
) -> None:
    heights = np.array([heights_of(v.points_xy) for v, _ in by_level[level] if not v.scheuermann])
    wedge, middle = heights[:, 0] / heights[:, 2], heights[:, 1] / heights[:, 2]
    norm = level_norm(level)
    assert wedge.mean() == pytest.approx(norm.wedge, abs=0.015)
    assert 0.03 < wedge.std() < 0.075
    assert middle.mean() == pytest.approx(norm.biconcave, abs=0.015)
    assert 0.02 < middle.std() < 0.05


@pytest.mark.parametrize("level", REGULAR_LEVELS)
def test_that_proportions_and_discs_follow_the_tables(
    by_level: dict[int, list[tuple[PlacedVertebra, PlacedVertebra]]], level: VertebraLevel
) -> None:
    depth, disc = [], []
    for upper, lower in by_level[level]:
        posterior = heights_of(upper.points_xy)[2]
        depth.append(vertebral_depth(upper.points_xy) / posterior)
        gap = upper.points_xy[[3, 5]].mean(axis=0) - lower.points_xy[[0, 2]].mean(axis=0)
        disc.append(np.linalg.norm(gap) / posterior)
    # A third of the people are adolescents, whose bodies are a sixth taller.
    assert np.mean(depth) == pytest.approx(DEPTH_TO_HEIGHT[level], rel=0.08)
    assert np.quantile(depth, 0.05) < 0.85 * DEPTH_TO_HEIGHT[level]
    assert np.quantile(depth, 0.95) > 1.05 * DEPTH_TO_HEIGHT[level]
    # Worn discs are lower than the table's, and older people have more of them, the lowest first.
    assert 0.8 * DISC_TO_HEIGHT[level] < np.mean(disc) < 1.08 * DISC_TO_HEIGHT[level]
    assert np.std(disc) > 0.12 * DISC_TO_HEIGHT[level]


@pytest.mark.parametrize("level", REGULAR_LEVELS)
def test_that_inclinations_follow_the_table(
    by_level: dict[int, list[tuple[PlacedVertebra, PlacedVertebra]]], level: VertebraLevel
) -> None:
    tilts = [v.tilt_deg for v, _ in by_level[level]]
    assert np.mean(tilts) == pytest.approx(TILT_DEG[level], abs=4.0)
    assert 6 < np.std(tilts) < 16


def overlap(first_xy: NDArray[np.float64], second_xy: NDArray[np.float64], pixel_mm: float = 0.5) -> float:
    """Part of the smaller of two outlines in mm that lies inside the other, counted in pixels."""
    low = np.minimum(first_xy.min(axis=0), second_xy.min(axis=0))
    high = np.maximum(first_xy.max(axis=0), second_xy.max(axis=0))
    width, height = np.ceil((high - low) / pixel_mm).astype(int) + 1
    masks = [
        outline_mask((outline - low) / pixel_mm, (int(height), int(width))) > 127
        for outline in (first_xy, second_xy)
    ]
    return float((masks[0] & masks[1]).sum() / min(mask.sum() for mask in masks))


@given(seed=SEEDS)
@settings(max_examples=30)
def test_that_vertebrae_stand_in_order_without_overlap(seed: int) -> None:
    spine = sample_spine(np.random.default_rng(seed), ANATOMY, 3.0).vertebrae
    levels = [v.level for v in spine]
    extra = {int(VertebraLevel.T13), int(VertebraLevel.L6)} & set(levels)
    assert levels == sorted({*ANATOMY.vertebrae, int(VertebraLevel.S1), *extra})
    for upper, lower in pairwise(spine):
        assert overlap(upper.outline_xy, lower.outline_xy) < 0.05
    endplate = spine[-1].points_xy[[0, 2]]
    np.testing.assert_allclose(endplate.mean(axis=0), 0, atol=1e-9)
    assert spine[-1].grade == Grade.NON


def test_that_a_seed_is_a_spine() -> None:
    first, again, other = (sample_spine(np.random.default_rng(seed), ANATOMY, 3.0) for seed in (1, 1, 2))
    assert first.person == again.person
    assert first.posture == again.posture
    for one, two in zip(first.vertebrae, again.vertebrae, strict=True):
        np.testing.assert_array_equal(one.points_xy, two.points_xy)
        assert one.lesions == two.lesions
    assert first.person != other.person


def test_that_wedges_tip_a_person_forward() -> None:
    """Fractures in the middle of the chest carry the head to the front."""
    leans = []
    for mean_fractures in (0.0, 8.0):
        spines = [sample_spine(np.random.default_rng(seed), ANATOMY, mean_fractures) for seed in range(30)]
        leans.append(np.mean([spine.vertebrae[0].points_xy[:, 0].mean() for spine in spines]))
    assert leans[1] < leans[0] - 10


def test_that_some_people_have_one_vertebra_more(healthy: list[Spine]) -> None:
    for extra, above, below in (("T13", "T12", "L1"), ("L6", "L5", "S1")):
        level = VertebraLevel[extra]
        holders = [s for s in healthy if any(v.level == level for v in s.vertebrae)]
        assert 0.02 < len(holders) / len(healthy) < 0.11
        names = [VertebraLevel(v.level).name for v in holders[0].vertebrae if v.level >= 0]
        place = names.index(extra)
        assert (names[place - 1], names[place + 1]) == (above, below)
    whole = with_supernumerary(ANATOMY)
    assert whole.vertebrae[VertebraLevel.T13] is ANATOMY.vertebrae[VertebraLevel.T12]
    assert whole.vertebrae[VertebraLevel.L6] is ANATOMY.vertebrae[VertebraLevel.L5]
    assert len(whole.attached[VertebraLevel.T13]) == 2


def test_that_bodies_grown_into_wedges_are_no_fractures(healthy: list[Spine]) -> None:
    holders = [[v for v in s.vertebrae if v.scheuermann] for s in healthy]
    holders = [vertebrae for vertebrae in holders if vertebrae]
    assert 0.01 < len(holders) / len(healthy) < 0.09
    for vertebrae in holders:
        assert len(vertebrae) >= 3
        for vertebra in vertebrae:
            assert vertebra.grade == Grade.NON
            assert vertebra.natural_wedge < level_norm(VertebraLevel(vertebra.level)).wedge + 0.05
    wedges = [v.natural_wedge for vertebrae in holders for v in vertebrae]
    assert np.mean(wedges) < 0.85


def test_that_cement_fills_fractures_only() -> None:
    filled, grades = 0, []
    for seed in range(50):
        for vertebra in sample_spine(np.random.default_rng(seed), ANATOMY, 4.0).vertebrae:
            if vertebra.cement:
                assert vertebra.fracture is not None
            if vertebra.grade >= Grade.MODERATE:
                filled += vertebra.cement
                grades.append(vertebra.grade)
    assert filled / len(grades) == pytest.approx(0.2, abs=0.1)


def test_that_a_diverging_beam_rolls_vertebrae_far_from_its_centre() -> None:
    anatomy = parametric_anatomy(poses_deg=POSES_DEG, pixel_mm=4.0)
    rolls: dict[bool, list[float]] = {True: [], False: []}
    for seed in range(25):
        rng = np.random.default_rng(seed)
        spine = sample_spine(rng, anatomy, 0.0)
        for vertebra in exposed(rng, spine, anatomy, -200.0, 1000.0):
            height = vertebra.points_xy[:, 1].mean() + 200
            if abs(height) > 120:
                rolls[bool(height > 0)].append(POSES_DEG[vertebra.pose][1])
    assert np.mean(rolls[True]) > np.mean(rolls[False]) + 2


def test_that_poses_that_were_not_rendered_are_not_asked_for() -> None:
    rng = np.random.default_rng(0)
    spine = sample_spine(rng, ANATOMY, 0.0)
    assert {vertebra.pose for vertebra in exposed(rng, spine, ANATOMY, 0.0, 1200.0)} == {0}
