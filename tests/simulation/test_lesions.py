"""Lesions of endplates and discs, and what they leave on a film."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from vcf_desktop.grading import level_norm
from vcf_desktop.simulation.anatomy import Anatomy
from vcf_desktop.simulation.degeneration import Disc, Lesions, sample_disc, sample_lesions
from vcf_desktop.simulation.fractures import Fracture
from vcf_desktop.simulation.lesions import draw_lesions, draw_vacuum
from vcf_desktop.simulation.person import sample_person
from vcf_desktop.simulation.projector import outline_mask
from vcf_desktop.simulation.shaping import shape_vertebra
from vcf_desktop.simulation.spine_model import PlacedVertebra, place_vertebra
from vcf_desktop.simulation.view import View, make_view
from vcf_desktop.spine import Deformity, VertebraLevel

SIZE_HW = (200, 240)
LEVEL = VertebraLevel.L2
WORN, FRESH = Disc(0.4, 0.95, 0.0, vacuum=False), Disc(1.0, 0.0, 0.0, vacuum=False)


@pytest.fixture
def view() -> View:
    return make_view(np.zeros(2), 0.4, SIZE_HW, 0.0, facing_right=False)


def vertebra(
    anatomy: Anatomy, lesions: Lesions, fracture: Fracture | None = None, disc: Disc | None = None
) -> PlacedVertebra:
    norm = level_norm(LEVEL)
    rng = np.random.default_rng(0)
    shape = shape_vertebra(rng, anatomy.vertebrae[LEVEL], norm.wedge, norm.biconcave, fracture, lesions)
    return place_vertebra(shape, LEVEL, 8.0, (1.0, 1.0), fracture, disc, lesions)


def drawn(placed: PlacedVertebra, view: View) -> np.ndarray:
    """What lesions add to a body of 30 mm of bone, of which 2 mm are cortex."""
    bones = np.zeros((2, *SIZE_HW), np.float32)
    body = outline_mask(view.points(placed.outline_xy), SIZE_HW) > 128
    bones[:, body] = np.array([[30.0], [2.0]], np.float32)
    before = bones.copy()
    draw_lesions(bones, [placed], view)
    assert (bones[1] <= bones[0]).all()
    return bones - before


def test_that_a_healthy_vertebra_bears_nothing(anatomy: Anatomy, view: View) -> None:
    assert not drawn(vertebra(anatomy, Lesions()), view).any()


@pytest.mark.parametrize("corner", range(4))
def test_that_a_beak_grows_at_its_corner_outside_the_body(anatomy: Anatomy, view: View, corner: int) -> None:
    reach = [0.0] * 4
    reach[corner] = 7.0
    placed = vertebra(anatomy, Lesions(osteophytes_mm=(reach[0], reach[1], reach[2], reach[3])))
    added = drawn(placed, view)[0]
    outside = outline_mask(view.points(placed.outline_xy), SIZE_HW) == 0
    rows, columns = np.nonzero((added > 3) & outside)
    here = view.points(placed.points_xy)[[0, 2, 3, 5][corner]]
    distance = np.hypot(columns + 0.5 - here[0], rows + 0.5 - here[1]) * view.pixel_mm
    assert len(rows) > 10
    # Along the beak, and along its root on the wall.
    assert distance.max() < 10.5
    assert (columns.mean() < here[0]) == (corner in (0, 2))


def test_that_sclerosis_thickens_the_bone_under_its_endplate_only(anatomy: Anatomy, view: View) -> None:
    placed = vertebra(anatomy, Lesions(sclerosis_mm=(8.0, 0.0)))
    bone, cortex = drawn(placed, view)
    assert not bone.any()
    rows, columns = np.nonzero(cortex > 0.5)
    middle_upper, middle_lower = view.points(placed.points_xy)[[1, 4]]
    near = np.abs(columns + 0.5 - middle_upper[0]) < 4
    depth = (rows[near] + 0.5 - middle_upper[1]) * view.pixel_mm
    # The bands end 4 mm below an endplate that is inclined by 8 degrees.
    assert -0.5 < depth.min() < depth.max() < 5.5
    assert depth.max() < (middle_lower[1] - middle_upper[1]) * view.pixel_mm / 2
    assert cortex.max() == pytest.approx(8.0, abs=0.3)


def test_that_a_fresh_fracture_shows_a_dense_band(anatomy: Anatomy, view: View) -> None:
    healed = Fracture((0.3, 0.25, 0.0), Deformity.WEDGE)
    assert not drawn(vertebra(anatomy, Lesions(), healed), view).any()
    for upper_share, nearer in ((0.9, 1), (0.1, 4)):
        fresh = replace(healed, upper_share=upper_share, impaction_mm=6.0)
        placed = vertebra(anatomy, Lesions(), fresh)
        cortex = drawn(placed, view)[1]
        rows = np.nonzero(cortex.max(axis=1) > 1)[0]
        middles = view.points(placed.points_xy)[[1, 4], 1]
        assert np.argmin(np.abs(middles - rows.mean())) == (0 if nearer == 1 else 1)


def test_that_gas_lies_in_the_disc(anatomy: Anatomy, view: View) -> None:
    upper = vertebra(anatomy, Lesions(), disc=replace(WORN, vacuum=True))
    down = np.array([0.0, upper.points_xy[4, 1] - upper.points_xy[1, 1] + 7.0])
    lower = replace(upper, points_xy=upper.points_xy + down, outline_xy=upper.outline_xy + down)
    soft = np.full(SIZE_HW, 200.0, np.float32)
    draw_vacuum(soft, [upper, lower], view)
    rows, columns = np.nonzero(soft < 195)
    assert len(rows) > 20
    top, bottom = view.points(upper.points_xy[4])[1], view.points(lower.points_xy[1])[1]
    assert top < rows.mean() < bottom
    front, back = view.points(upper.points_xy[[3, 5]])[:, 0]
    assert front < columns.min() < columns.max() < back


def test_that_worn_discs_make_beaks_and_dense_endplates() -> None:
    person = sample_person(np.random.default_rng(0), 0)
    worn, fresh = (
        [sample_lesions(np.random.default_rng(seed), person, disc, disc, False, False) for seed in range(60)]
        for disc in (WORN, FRESH)
    )
    assert np.mean([max(lesions.osteophytes_mm) for lesions in worn]) > 4
    assert np.mean([max(lesions.sclerosis_mm) for lesions in worn]) > 4
    assert not any(any(lesions.osteophytes_mm) or any(lesions.sclerosis_mm) for lesions in fresh)


def test_that_discs_wear_with_age() -> None:
    people = [sample_person(np.random.default_rng(seed), 0) for seed in range(300)]
    rng = np.random.default_rng(1)
    for level in (VertebraLevel.T5, VertebraLevel.L4):
        wear = {
            old: np.mean([sample_disc(rng, p, level).wear for p in people if (p.age_years > 60) == old])
            for old in (False, True)
        }
        assert wear[True] > wear[False] + 0.1


def test_that_a_slipped_vertebra_slips_forwards_above_the_sacrum() -> None:
    people = [sample_person(np.random.default_rng(seed), 0) for seed in range(400)]
    rng = np.random.default_rng(2)
    slips = np.array([sample_disc(rng, person, VertebraLevel.L5).slip_mm for person in people])
    assert 0.005 < np.mean(slips < -4) < 0.06
    assert slips.min() > -20
    high = np.array([sample_disc(rng, person, VertebraLevel.T8).slip_mm for person in people])
    assert np.abs(high).max() < 2.5
