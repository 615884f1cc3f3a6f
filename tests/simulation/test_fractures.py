"""Fractures: severity, type, place, and the heights they take."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcf_desktop.geometry import Heights
from vcf_desktop.grading import grade_of_loss, level_norm, morphometry
from vcf_desktop.simulation.deformation import KNOTS
from vcf_desktop.simulation.fractures import Fracture, predominant, sample_fracture, sample_fractures
from vcf_desktop.spine import REGULAR_LEVELS, Deformity, Grade, VertebraLevel

SEEDS = st.integers(0, 2**32 - 1)
MIDDLE = KNOTS // 2


@given(seed=SEEDS)
def test_that_the_endplates_take_the_losses_between_them(seed: int) -> None:
    fracture = sample_fracture(np.random.default_rng(seed))
    heights = np.array([22.0, 21.0, 24.0])
    upper, lower = fracture.endplates_mm(heights)
    lost = (upper - lower)[[0, MIDDLE, -1]]
    np.testing.assert_allclose(lost, fracture.losses * heights, atol=1e-9)
    assert (upper - lower <= 0.9 * heights.max()).all()


@given(seed=SEEDS)
def test_that_a_type_is_that_of_the_measured_grade(seed: int) -> None:
    """Measured among healthy neighbours, from ideal heights."""
    fracture = sample_fracture(np.random.default_rng(seed))
    levels = [VertebraLevel.T10, VertebraLevel.T11, VertebraLevel.T12]
    heights = []
    for level in levels:
        norm = level_norm(level)
        ideal = norm.posterior_height_mm * np.array([norm.wedge, norm.biconcave, 1.0])
        heights.append(ideal * (1 - np.array(fracture.losses)) if level == VertebraLevel.T11 else ideal)
    measured = morphometry(levels, [Heights(*height) for height in heights])[1]
    assert measured.loss == pytest.approx(max(fracture.losses))
    assert measured.deformity == (fracture.deformity if measured.grade else Deformity.NONE)


@pytest.mark.parametrize(
    ("losses", "deformity"),
    [
        ((0.3, 0.2, 0.0), Deformity.WEDGE),
        ((0.1, 0.3, 0.05), Deformity.BICONCAVE),
        ((0.3, 0.3, 0.3), Deformity.CRUSH),
    ],
)
def test_that_the_ratio_that_lost_most_names_the_type(
    losses: tuple[float, float, float], deformity: Deformity
) -> None:
    assert predominant(losses) == deformity


def test_that_severity_runs_across_every_threshold() -> None:
    rng = np.random.default_rng(4)
    worst = np.array([max(sample_fracture(rng).losses) for _ in range(2000)])
    grades = np.bincount([grade_of_loss(loss) for loss in worst], minlength=4) / len(worst)
    np.testing.assert_allclose(grades, [0.19, 0.20, 0.37, 0.24], atol=0.03)
    assert 0.13 < worst.min() < worst.max() < 0.71
    # Every stretch of 3 % of height about the thresholds has its fractures.
    counts, _ = np.histogram(worst, np.arange(0.14, 0.44, 0.03))
    assert (counts > 60).all()


def test_that_every_type_has_every_grade() -> None:
    rng = np.random.default_rng(5)
    seen = {(f.deformity, grade_of_loss(max(f.losses))) for f in (sample_fracture(rng) for _ in range(600))}
    assert seen >= {(deformity, grade) for deformity in list(Deformity)[1:] for grade in list(Grade)[1:]}


def test_that_walls_give_way_where_height_is_lost() -> None:
    heights = np.array([20.0, 20.0, 20.0])
    front, back = Fracture((0.5, 0.3, 0.0), Deformity.WEDGE, buckle=0.4, bulge=0.5).walls_mm(heights)
    # 10 mm lost in front; behind, a burst wall follows a part of it.
    assert front.max() == pytest.approx(4.0, rel=0.05)
    assert back.max() == pytest.approx(2.0, rel=0.05)
    assert not Fracture((0.5, 0.3, 0.0), Deformity.WEDGE).walls_mm(heights).any()


def test_that_fractures_keep_apart_and_cluster() -> None:
    rng = np.random.default_rng(3)
    levels = [int(level) for level in REGULAR_LEVELS[2:]]
    counts = dict.fromkeys(levels, 0)
    neighbours = pairs = 0
    for _ in range(400):
        fractures = sample_fractures(rng, levels, 2.0)
        assert set(fractures) <= set(levels)
        for level in fractures:
            counts[level] += 1
        places = sorted(levels.index(level) for level in fractures)
        pairs += max(len(places) - 1, 0)
        neighbours += int((np.diff(places) == 1).sum())
    assert counts[VertebraLevel.L1] > 2 * counts[VertebraLevel.L5]
    assert neighbours > 0.25 * pairs
    assert len(sample_fractures(rng, levels, 500.0)) == len(levels)
    assert sample_fractures(rng, levels, 0.0) == {}
