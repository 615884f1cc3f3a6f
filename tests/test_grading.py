"""Genant grade and type from heights."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from vcf_desktop.geometry import Heights
from vcf_desktop.grading import grade_of_loss, height_ratios, level_norm, morphometry
from vcf_desktop.spine import REGULAR_LEVELS, Deformity, Grade, VertebraLevel

T8, T9, T10, T11, T12 = (VertebraLevel[name] for name in ("T8", "T9", "T10", "T11", "T12"))


def normal_heights(level: VertebraLevel, size: float = 1.0) -> Heights:
    norm = level_norm(level)
    posterior = size * norm.posterior_height_mm
    return Heights(norm.wedge * posterior, norm.biconcave * posterior, posterior)


def spine_with(
    level: VertebraLevel, anterior: float = 1.0, middle: float = 1.0, posterior: float = 1.0
) -> list[Heights]:
    """A normal spine in which one vertebra keeps these parts of its three heights."""
    heights = [normal_heights(each, size=3.7) for each in REGULAR_LEVELS]
    index = REGULAR_LEVELS.index(level)
    own = heights[index]
    heights[index] = Heights(own.anterior * anterior, own.middle * middle, own.posterior * posterior)
    return heights


def measured(level: VertebraLevel, **kept: float) -> tuple[float, Grade, Deformity]:
    result = morphometry(REGULAR_LEVELS, spine_with(level, **kept))[REGULAR_LEVELS.index(level)]
    return result.loss, result.grade, result.deformity


@pytest.mark.parametrize(
    ("loss", "grade"),
    [
        (0.0, Grade.NON),
        (0.199, Grade.NON),
        (0.2, Grade.MILD),
        (1 - 0.8, Grade.MILD),
        (0.249, Grade.MILD),
        (0.25, Grade.MODERATE),
        (0.399, Grade.MODERATE),
        (0.4, Grade.SEVERE),
        (1 - 0.6, Grade.SEVERE),
        (1.0, Grade.SEVERE),
    ],
)
def test_that_every_boundary_belongs_to_the_higher_grade(loss: float, grade: Grade) -> None:
    assert grade_of_loss(loss) is grade


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_that_more_loss_is_never_a_lower_grade(one: float, other: float) -> None:
    assert grade_of_loss(min(one, other)) <= grade_of_loss(max(one, other))


@pytest.mark.parametrize(
    ("level", "wedge"),
    [("T5", 0.925), ("T8", 0.925), ("T12", 0.97), ("L1", 0.96), ("L2", 1.0), ("L3", 1.04), ("L5", 1.16)],
)
def test_that_norms_are_those_read_on_films(level: str, wedge: float) -> None:
    assert level_norm(VertebraLevel[level]).wedge == pytest.approx(wedge, abs=0.006)


def test_that_levels_outside_the_table_take_the_norm_of_the_nearest() -> None:
    for outside, inside in [("C7", "T1"), ("T13", "T12"), ("L6", "L5"), ("S1", "L5")]:
        assert level_norm(VertebraLevel[outside]) == level_norm(VertebraLevel[inside])


def test_that_a_normal_spine_of_any_size_has_no_loss() -> None:
    heights = [normal_heights(level, size=11.3) for level in REGULAR_LEVELS]
    for result in morphometry(REGULAR_LEVELS, heights):
        assert result.loss == pytest.approx(0.0, abs=1e-9)
        assert (result.grade, result.deformity) == (Grade.NON, Deformity.NONE)
        assert result.ratios.crush == pytest.approx(1.0)


@pytest.mark.parametrize("level", REGULAR_LEVELS)
@pytest.mark.parametrize(
    ("kept", "deformity"),
    [
        ({"anterior": 0.7, "middle": 0.85}, Deformity.WEDGE),
        ({"anterior": 0.95, "middle": 0.7}, Deformity.BICONCAVE),
        ({"anterior": 0.7, "middle": 0.7, "posterior": 0.7}, Deformity.CRUSH),
    ],
    ids=["wedge", "biconcave", "crush"],
)
def test_that_30_percent_is_moderate_and_has_its_type(
    level: VertebraLevel, kept: dict[str, float], deformity: Deformity
) -> None:
    loss, grade, found = measured(level, **kept)
    assert loss == pytest.approx(0.3)
    assert (grade, found) == (Grade.MODERATE, deformity)


def test_that_a_wedge_that_lost_height_behind_is_graded_by_what_is_left_in_front() -> None:
    # Front against the own back has lost 31 % only; against what was there, 45 %.
    loss, grade, deformity = measured(T12, anterior=0.55, middle=0.7, posterior=0.8)
    assert loss == pytest.approx(0.45)
    assert (grade, deformity) == (Grade.SEVERE, Deformity.WEDGE)


def test_that_a_posterior_loss_with_little_more_in_front_is_a_crush() -> None:
    loss, grade, deformity = measured(T12, anterior=0.62, middle=0.65, posterior=0.7)
    assert loss == pytest.approx(0.38)
    assert (grade, deformity) == (Grade.MODERATE, Deformity.CRUSH)


def test_that_a_fracture_does_not_make_its_neighbours_fractured() -> None:
    for result, level in zip(
        morphometry(REGULAR_LEVELS, spine_with(T12, 0.4, 0.4, 0.5)), REGULAR_LEVELS, strict=True
    ):
        assert (result.grade is Grade.NON) == (level is not T12)


def test_that_two_crushed_neighbours_do_not_hide_each_other() -> None:
    heights = spine_with(T11, 0.6, 0.6, 0.6)
    heights[REGULAR_LEVELS.index(T12)] = spine_with(T12, 0.6, 0.6, 0.6)[REGULAR_LEVELS.index(T12)]
    grades = {
        level: result.grade
        for level, result in zip(REGULAR_LEVELS, morphometry(REGULAR_LEVELS, heights), strict=True)
    }
    assert grades[T11] >= Grade.MILD
    assert grades[T12] >= Grade.MILD
    assert all(grade is Grade.NON for level, grade in grades.items() if level not in (T11, T12))


def test_that_the_neighbours_ratio_is_none_without_a_vertebra_within_two_levels() -> None:
    alone = height_ratios([T12], [normal_heights(T12)])
    assert alone[0].crush is None
    apart = height_ratios([T8, T11, T12], [normal_heights(level) for level in (T8, T11, T12)])
    assert apart[0].crush is None
    assert apart[1].crush == pytest.approx(1.0)
    assert height_ratios([T10, T12], [normal_heights(T10), normal_heights(T12)])[0].crush is not None


def test_that_neighbours_are_counted_by_level_and_not_by_order() -> None:
    levels = [T12, T9, T10]
    tall = [Heights(1.0, 1.0, 10.0), Heights(1.0, 1.0, 10.0), Heights(1.0, 1.0, 20.0)]
    norms = {level: level_norm(level).posterior_height_mm for level in levels}
    ratios = height_ratios(levels, tall)
    assert ratios[0].crush == pytest.approx(10.0 / (20.0 * norms[T12] / norms[T10]))
    expected = np.median([10.0 * norms[T10] / norms[T12], 10.0 * norms[T10] / norms[T9]])
    assert ratios[2].crush == pytest.approx(20.0 / expected)


def test_that_without_neighbours_the_own_posterior_height_is_the_reference() -> None:
    norm = level_norm(T12)
    (result,) = morphometry([T12], [Heights(0.74 * norm.wedge, 0.9 * norm.biconcave, 1.0)])
    assert result.loss == pytest.approx(0.26)
    assert (result.grade, result.deformity) == (Grade.MODERATE, Deformity.WEDGE)


def test_that_a_vertebra_higher_than_normal_has_no_loss() -> None:
    loss, grade, _ = measured(T12, anterior=1.1, middle=1.1, posterior=1.05)
    assert loss == pytest.approx(0.0, abs=1e-9)
    assert grade is Grade.NON


def noisy_spines(count: int, noise: float, fractured: NDArray[np.float64]) -> NDArray[np.int_]:
    """Grades (count, 17) of spines whose heights keep ``fractured`` (17, 3) and carry relative noise."""
    random = np.random.default_rng(20)
    grades = []
    for factors in fractured * (1.0 + noise * random.normal(size=(count, len(REGULAR_LEVELS), 3))):
        heights = []
        for level, (front, middle, back) in zip(REGULAR_LEVELS, factors, strict=True):
            normal = normal_heights(level, size=4.0)
            heights.append(Heights(normal.anterior * front, normal.middle * middle, normal.posterior * back))
        grades.append([result.grade for result in morphometry(REGULAR_LEVELS, heights)])
    return np.array(grades)


def test_that_five_percent_noise_makes_almost_no_normal_vertebra_fractured() -> None:
    grades = noisy_spines(400, 0.05, np.ones((17, 3)))
    assert (grades >= Grade.MODERATE).mean() < 0.001
    assert (grades >= Grade.MILD).mean() < 0.005


def test_that_five_percent_noise_hides_almost_no_moderate_fracture() -> None:
    kept = np.ones((17, 3))
    wedge, crush = REGULAR_LEVELS.index(T8), REGULAR_LEVELS.index(T12)
    kept[wedge] = (0.66, 0.83, 1.0)
    kept[crush] = (0.66, 0.66, 0.66)
    grades = noisy_spines(200, 0.05, kept)
    assert (grades[:, [wedge, crush]] >= Grade.MILD).mean() > 0.97


def test_that_a_posterior_height_of_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="posterior"):
        morphometry([T12], [Heights(1.0, 1.0, 0.0)])
