"""Metal lies where it belongs and is as rare as it should be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from vcf_desktop.simulation import hardware
from vcf_desktop.simulation.anatomy import Anatomy
from vcf_desktop.simulation.hardware import IMPLANT_SHARE, SMALL_THINGS_SHARE, draw_hardware
from vcf_desktop.simulation.physique import sample_physique
from vcf_desktop.simulation.projector import outline_mask
from vcf_desktop.simulation.spine_model import sample_spine
from vcf_desktop.simulation.view import make_view
from vcf_desktop.spine import VertebraLevel


@pytest.fixture
def no_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hardware, "IMPLANT_SHARE", 0.0)
    monkeypatch.setattr(hardware, "SMALL_THINGS_SHARE", 0.0)


def metal_of(anatomy: Anatomy, seed: int) -> NDArray[np.float32]:
    rng = np.random.default_rng(seed)
    spine = [replace(v, cement=False) for v in sample_spine(rng, anatomy, 0.0).vertebrae]
    physique = sample_physique(rng, spine, True)
    view = make_view(physique.column.point(11), 2.0, (450, 260), 0.0, facing_right=False)
    metal = np.zeros(view.size_hw, np.float32)
    draw_hardware(rng, metal, spine, physique, view)
    return metal


def test_that_most_people_carry_no_metal(anatomy: Anatomy) -> None:
    shown = [metal_of(anatomy, seed).max() > 0.8 for seed in range(60)]
    expected = 1 - (1 - IMPLANT_SHARE) * (1 - SMALL_THINGS_SHARE)
    # Three standard deviations of a share among 60; some small things lie beyond the film.
    assert expected - 0.2 < np.mean(shown) < expected + 0.18


@pytest.mark.usefixtures("no_chance")
def test_that_nobody_carries_metal_by_accident(anatomy: Anatomy) -> None:
    assert not any(metal_of(anatomy, seed).any() for seed in range(5))


@pytest.mark.usefixtures("no_chance")
def test_that_cement_lies_in_its_vertebra(anatomy: Anatomy) -> None:
    rng = np.random.default_rng(2)
    spine = [
        replace(v, cement=v.level == VertebraLevel.L1) for v in sample_spine(rng, anatomy, 0.0).vertebrae
    ]
    (filled,) = (v for v in spine if v.cement)
    physique = sample_physique(rng, spine, False)
    view = make_view(filled.points_xy.mean(axis=0), 0.5, (240, 240), 0.0, facing_right=False)
    for seed in range(12):
        metal = np.zeros(view.size_hw, np.float32)
        draw_hardware(np.random.default_rng(seed), metal, spine, physique, view)
        inside = outline_mask(view.points(filled.outline_xy), view.size_hw) > 0
        assert metal.max() > 1
        assert metal[inside].sum() > 0.6 * metal.sum()


@pytest.mark.usefixtures("no_chance")
def test_that_balloons_leave_denser_cement_than_a_needle(
    anatomy: Anatomy, monkeypatch: pytest.MonkeyPatch
) -> None:
    spine = [
        replace(v, cement=v.level == VertebraLevel.L1)
        for v in sample_spine(np.random.default_rng(2), anatomy, 0.0).vertebrae
    ]
    (filled,) = (v for v in spine if v.cement)
    physique = sample_physique(np.random.default_rng(3), spine, False)
    view = make_view(filled.points_xy.mean(axis=0), 0.5, (240, 240), 0.0, facing_right=False)
    densest = []
    for share in (0.0, 1.0):
        monkeypatch.setattr(hardware, "BALLOON_SHARE", share)
        poured = []
        for seed in range(20):
            metal = np.zeros(view.size_hw, np.float32)
            draw_hardware(np.random.default_rng(seed), metal, spine, physique, view)
            poured.append(metal.max())
        densest.append(np.median(poured))
    assert densest[1] > 1.2 * densest[0]


@pytest.mark.parametrize("kind", ["screws", "cages", "hooks", "plate"])
def test_that_every_implant_lies_on_the_spine(
    anatomy: Anatomy, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    class Chosen(np.random.Generator):
        def choice(self, a, *args, **kwargs):  # type: ignore[no-untyped-def]
            return kind if "plate" in list(a) else super().choice(a, *args, **kwargs)

    monkeypatch.setattr(hardware, "IMPLANT_SHARE", 1.0)
    monkeypatch.setattr(hardware, "SMALL_THINGS_SHARE", 0.0)
    for seed in range(5):
        rng = Chosen(np.random.PCG64(seed))
        spine = [replace(v, cement=False) for v in sample_spine(rng, anatomy, 0.0).vertebrae]
        physique = sample_physique(rng, spine, True)
        view = make_view(physique.column.point(11), 1.5, (520, 320), 0.0, facing_right=False)
        metal = np.zeros(view.size_hw, np.float32)
        draw_hardware(rng, metal, spine, physique, view)
        assert metal.max() > 1.5
        x, y = view.grid()
        away = np.abs(x - physique.column.x_at(y))
        assert away[metal > 0.5].max() < 110


@pytest.mark.parametrize("draw", hardware.SMALL_THINGS, ids=lambda draw: draw.__name__)
def test_that_every_small_thing_can_be_seen(anatomy: Anatomy, draw: hardware.Small) -> None:
    seen = 0.0
    for seed in range(4):
        rng = np.random.default_rng(seed)
        physique = sample_physique(rng, sample_spine(rng, anatomy, 0.0).vertebrae, True)
        view = make_view(physique.column.point(10) - np.array([60.0, 0.0]), 1.0, (1100, 700), 0.0, False)
        metal = np.zeros(view.size_hw, np.float32)
        draw(rng, metal, physique, view)
        assert metal.min() >= 0
        assert metal.max() < 40
        seen = max(seen, float(metal.max()))
    assert seen > 0.8
