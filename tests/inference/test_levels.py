"""Names of the vertebrae of a chain."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from vcf_desktop.grading import level_norm
from vcf_desktop.inference.levels import name_levels
from vcf_desktop.spine import REGULAR_LEVELS, VertebraLevel

C7_TO_L5 = (VertebraLevel.C7, *REGULAR_LEVELS)

# A standing adult as on films: tilt of each body (anterior edge lower is positive) and disc below over Hp.
TILT_DEG = [22, 26, 26, 23, 18, 12, 6, 0, -6, -10, -12, -16, -19, -20, -17, -12, 0, 18]
DISC = [
    0.3,
    0.24,
    0.21,
    0.2,
    0.21,
    0.2,
    0.21,
    0.22,
    0.24,
    0.24,
    0.23,
    0.25,
    0.26,
    0.27,
    0.29,
    0.33,
    0.34,
    0.39,
]


def whole_spine(mirrored: bool = False, scale: float = 3.0) -> NDArray[np.float64]:
    """Points (18, 6, 2) of C7 to L5 on a film where the patient faces left, or right when mirrored."""
    spine = []
    centre = np.zeros(2)
    for level, tilt, disc in zip(C7_TO_L5, np.radians(TILT_DEG), DISC, strict=True):
        norm = level_norm(level)
        posterior = norm.posterior_height_mm
        anterior, depth = norm.wedge * posterior, 1.2 * posterior
        forward = np.array([-np.cos(tilt), np.sin(tilt)])
        down = np.array([np.sin(tilt), np.cos(tilt)])
        across = np.array([depth / 2, 0.0, -depth / 2])[:, None] * forward
        half = np.array([anterior, norm.biconcave * posterior, posterior])[:, None] / 2.0 * down
        centre = centre + down * (0.5 + disc / 2.0) * posterior
        spine.append(np.vstack([across - half, across + half]) + centre)
        centre = centre + down * (0.5 + disc / 2.0) * posterior
    return np.array(spine) * (-scale if mirrored else scale, scale)


def part(top: str, bottom: str) -> slice:
    return slice(C7_TO_L5.index(VertebraLevel[top]), C7_TO_L5.index(VertebraLevel[bottom]) + 1)


def labels(levels: tuple[VertebraLevel, ...]) -> list[str]:
    return [level.label for level in levels]


@pytest.mark.parametrize("top", ["T1", "T4", "T10", "L1", "L4", "L5"])
@pytest.mark.parametrize("score", [0.4, 0.95])
def test_that_the_vertebra_above_a_sacrum_is_l5(top: str, score: float) -> None:
    named = name_levels(whole_spine()[part(top, "L5")], score)
    assert named.levels == C7_TO_L5[part(top, "L5")]
    assert not named.assumed
    assert min(named.confidences) > 0.8


def test_that_a_strong_sacrum_makes_the_names_surer_than_a_weak_one() -> None:
    chain = whole_spine()[part("T9", "L5")]
    strong, weak, none = (name_levels(chain, score).confidences[-1] for score in (0.9, 0.2, None))
    assert strong > weak > none


def test_that_without_a_sacrum_the_shape_of_a_long_spine_names_it_and_says_so() -> None:
    for mirrored in (False, True):
        named = name_levels(whole_spine(mirrored)[part("T1", "L5")], None)
        assert named.levels == REGULAR_LEVELS
        assert named.assumed


@pytest.mark.parametrize(
    ("top", "bottom"), [("T4", "T12"), ("T6", "L2"), ("T4", "L3"), ("T10", "L5"), ("T12", "L5")]
)
def test_that_without_a_sacrum_part_of_a_spine_is_named_to_one_level(top: str, bottom: str) -> None:
    named = name_levels(whole_spine()[part(top, bottom)], None)
    error = C7_TO_L5.index(named.levels[-1]) - C7_TO_L5.index(VertebraLevel[bottom])
    assert abs(error) <= 1
    assert named.assumed
    assert max(named.confidences) < 0.95


def test_that_a_false_sacrum_under_a_thoracic_film_is_overruled_and_the_names_are_called_assumed() -> None:
    named = name_levels(whole_spine()[part("T3", "T12")], 0.1)
    assert VertebraLevel.L5 not in named.levels
    assert named.assumed


@pytest.mark.parametrize("missed", ["T8", "T12", "L3", "L4"])
def test_that_a_missed_vertebra_leaves_its_name_out(missed: str) -> None:
    kept = [level for level in REGULAR_LEVELS if level is not VertebraLevel[missed]]
    chain = whole_spine()[[C7_TO_L5.index(level) for level in kept]]
    named = name_levels(chain, 0.9)
    assert named.levels == tuple(kept)


def test_that_two_missed_vertebrae_leave_two_names_out() -> None:
    chain = whole_spine()[[C7_TO_L5.index(VertebraLevel[name]) for name in ("T8", "T9", "T12", "L1")]]
    named = name_levels(chain, None)
    gaps = [C7_TO_L5.index(lower) - C7_TO_L5.index(upper) for upper, lower in pairwise(named.levels)]
    assert gaps == [1, 3, 1]


def test_that_a_crushed_vertebra_is_no_gap() -> None:
    spine = whole_spine()
    crushed = C7_TO_L5.index(VertebraLevel.L1)
    middle = (spine[crushed, :3] + spine[crushed, 3:]) / 2.0
    lost = 0.6 * (spine[crushed, 3:] - middle)
    spine[crushed] -= np.vstack([-lost, lost])
    spine[:crushed] += lost[1]
    spine[crushed + 1 :] -= lost[1]
    assert name_levels(spine[1:], 0.9).levels == REGULAR_LEVELS


def test_that_fractures_do_not_move_the_names_of_a_long_spine() -> None:
    spine = whole_spine()
    for name, kept in (("T8", 0.6), ("T12", 0.5), ("L2", 0.7)):
        body = spine[C7_TO_L5.index(VertebraLevel[name])]
        body[0] = body[3] + kept * (body[0] - body[3])
    assert name_levels(spine[1:], None).levels == REGULAR_LEVELS


def test_that_an_eighteenth_vertebra_above_the_sacrum_is_c7() -> None:
    assert name_levels(whole_spine(), 0.9).levels == C7_TO_L5


@pytest.mark.parametrize("sacrum_score", [None, 0.9])
def test_that_vertebrae_beyond_the_names_repeat_c7_without_confidence(sacrum_score: float | None) -> None:
    spine = whole_spine()
    pitch = spine[1] - spine[0]
    named = name_levels(np.concatenate([[spine[0] - 2 * pitch, spine[0] - pitch], spine]), sacrum_score)
    assert labels(named.levels)[:4] == ["C7", "C7", "C7", "T1"]
    assert named.confidences[:2] == (0.0, 0.0)
    assert named.confidences[2] > 0.0


@given(
    first=st.integers(0, 17),
    count=st.integers(1, 18),
    sacrum_score=st.none() | st.floats(0.0, 1.0),
    mirrored=st.booleans(),
    scale=st.floats(0.3, 20.0),
    seed=st.integers(0, 1000),
)
def test_that_names_go_strictly_down_and_never_are_t13_or_l6(
    *, first: int, count: int, sacrum_score: float | None, mirrored: bool, scale: float, seed: int
) -> None:
    chain = whole_spine(mirrored, scale)[first : first + count]
    chain = chain + np.random.default_rng(seed).normal(scale=scale, size=chain.shape)
    named = name_levels(chain, sacrum_score)
    assert len(named.levels) == len(named.confidences) == len(chain)
    assert all(upper < lower for upper, lower in pairwise(named.levels))
    assert not {VertebraLevel.T13, VertebraLevel.L6, VertebraLevel.S1} & set(named.levels)
    assert all(0.0 <= confidence <= 1.0 for confidence in named.confidences)
    assert sorted(named.confidences) == list(named.confidences), (
        "doubt grows with the distance from the anchor"
    )


@pytest.mark.parametrize("sacrum_score", [None, 0.7])
def test_that_size_side_and_pixel_shape_do_not_matter(sacrum_score: float | None) -> None:
    chain = whole_spine()[part("T5", "L4")]
    expected = name_levels(chain, sacrum_score)
    flat_rows = chain / (1.0, 1.7)
    for same in (
        name_levels(chain * 7.0 + 900.0, sacrum_score),
        name_levels(chain * (-1.0, 1.0), sacrum_score),
        name_levels(flat_rows, sacrum_score, row_to_column=1.7),
    ):
        assert same.levels == expected.levels
        assert same.confidences == pytest.approx(expected.confidences)


def test_that_an_empty_chain_has_no_names() -> None:
    named = name_levels(np.empty((0, 6, 2)), None)
    assert (named.levels, named.confidences, named.assumed) == ((), (), True)


def test_that_a_film_that_goes_on_below_the_lowest_vertebra_speaks_for_l5() -> None:
    for top, bottom, likelier in (("L2", "L5", True), ("T9", "L2", False)):
        chain = whole_spine()[part(top, bottom)]
        lowest = float(chain[-1, :, 1].max())
        cut, open_below = (name_levels(chain, None, bottom_row=lowest + room) for room in (10, 400))
        assert cut.levels == open_below.levels == C7_TO_L5[part(top, bottom)]
        assert (open_below.confidences[-1] > cut.confidences[-1]) == likelier
        assert open_below.assumed
