"""Persons and postures."""

from __future__ import annotations

import numpy as np
import pytest

from vcf_desktop.simulation.person import KYPHOSIS_DEG, TILT_DEG, Posture, sample_person, sample_posture
from vcf_desktop.spine import REGULAR_LEVELS, VertebraLevel

LEVELS = [-1, 0, *REGULAR_LEVELS, VertebraLevel.S1]


def postures(count: int, levels: list[int] = LEVELS) -> list[Posture]:
    drawn = []
    for seed in range(count):
        rng = np.random.default_rng(seed)
        drawn.append(sample_posture(rng, sample_person(rng, 0), levels))
    return drawn


def test_that_fractures_come_with_age_and_thin_bones() -> None:
    rng = np.random.default_rng(0)
    without, with_three = (
        np.array([[p.age_years, p.density] for p in (sample_person(rng, n) for _ in range(400))])
        for n in (0, 3)
    )
    assert with_three[:, 0].mean() > without[:, 0].mean() + 10
    assert with_three[:, 1].mean() < without[:, 1].mean() - 0.1
    for persons in (without, with_three):
        assert persons[:, 0].min() >= 10
        assert 0 <= persons[:, 1].min() < 0.2
        assert 0.8 < persons[:, 1].max() <= 1


def test_that_the_young_have_tall_bodies() -> None:
    persons = [sample_person(np.random.default_rng(seed), 0) for seed in range(400)]
    young = np.mean([p.slenderness for p in persons if p.age_years < 25])
    old = np.mean([p.slenderness for p in persons if p.age_years > 40])
    assert young == pytest.approx(0.84, abs=0.025)
    assert old == pytest.approx(0.98, abs=0.02)


def test_that_mean_inclinations_are_those_of_the_table() -> None:
    drawn = postures(500)
    for level in REGULAR_LEVELS:
        tilts = np.array([posture.tilts_deg[level] for posture in drawn])
        # Stooping and flat backs move the means a little; the table was measured on people lying down.
        assert tilts.mean() == pytest.approx(TILT_DEG[level], abs=3.0)
        assert 6 < tilts.std() < 15


def test_that_alignment_covers_flat_and_round_backs() -> None:
    drawn = postures(500)
    kyphosis = np.array([posture.kyphosis_deg for posture in drawn])
    slope = np.array([posture.sacral_slope_deg for posture in drawn])
    assert kyphosis.mean() == pytest.approx(KYPHOSIS_DEG, abs=4)
    assert (kyphosis < 20).any()
    assert (kyphosis > 65).any()
    assert slope.min() < 18
    assert slope.max() > 58
    assert np.mean([abs(posture.cobb_deg) > 20 for posture in drawn]) == pytest.approx(0.13, abs=0.05)


def test_that_angles_add_up() -> None:
    for posture in postures(20):
        irregular = 12  # what the irregular course may add
        tilts = posture.tilts_deg
        assert tilts[VertebraLevel.S1] == pytest.approx(posture.lean_deg - posture.sacral_slope_deg)
        lordosis = tilts[VertebraLevel.L1] - tilts[VertebraLevel.S1]
        assert lordosis == pytest.approx(posture.lordosis_deg, abs=irregular)
        # The table's kyphosis is taken to L1; from T12 it is a degree less.
        kyphosis = tilts[VertebraLevel.T12] - tilts[VertebraLevel.T1]
        assert kyphosis == pytest.approx(posture.kyphosis_deg, abs=irregular + 4)


def test_that_a_sixth_lumbar_vertebra_shares_the_lordosis() -> None:
    [posture] = postures(1, [*LEVELS[:-1], VertebraLevel.L6, VertebraLevel.S1])
    tilts = posture.tilts_deg
    assert tilts[VertebraLevel.S1] < tilts[VertebraLevel.L6] < tilts[VertebraLevel.L4]


def test_that_a_scoliosis_turns_at_its_apex_and_inclines_at_its_ends() -> None:
    posture = Posture(38, 51, 43, 0, 40.0, 8.0, 4.0, 0.0, 0.0, {})
    assert posture.coronal_deg(8) == pytest.approx(0)
    assert posture.coronal_deg(12) == pytest.approx(20)
    assert posture.coronal_deg(4) == pytest.approx(-20)
    assert posture.turned_deg(8) == pytest.approx((16, 0))
    assert posture.turned_deg(12) == pytest.approx((0, 20))
