"""How a film is turned and mirrored, against numpy's own turns of real pixels."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from vcf_desktop.film import Orientation

PIXELS = np.arange(12).reshape(3, 4)
ORIENTATIONS = [Orientation(turns, mirrored) for turns in range(4) for mirrored in (False, True)]


def shown(orientation: Orientation, pixels: NDArray[Any] = PIXELS) -> list[list[int]]:
    """The pixels as the reader sees them: first mirrored left to right, then turned clockwise."""
    picture = np.fliplr(pixels) if orientation.mirrored else pixels
    turned: list[list[int]] = np.rot90(picture, k=-orientation.quarter_turns).tolist()
    return turned


def test_that_the_eight_orientations_are_eight_pictures() -> None:
    assert shown(Orientation()) == PIXELS.tolist()
    assert len({str(shown(orientation)) for orientation in ORIENTATIONS}) == 8


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("turns", [-5, -2, -1, 0, 1, 2, 3, 4, 9])
def test_that_turning_turns_what_the_reader_sees_clockwise(orientation: Orientation, turns: int) -> None:
    turned = orientation.turned(turns)
    assert shown(turned) == np.rot90(np.array(shown(orientation)), k=-turns).tolist()
    assert 0 <= turned.quarter_turns < 4


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_that_flipping_mirrors_what_the_reader_sees_left_to_right(orientation: Orientation) -> None:
    flipped = orientation.flipped()
    assert shown(flipped) == np.fliplr(np.array(shown(orientation))).tolist()
    assert flipped.flipped() == orientation
    assert 0 <= flipped.quarter_turns < 4


@given(st.lists(st.sampled_from(["clockwise", "back", "flip"]), max_size=12))
def test_that_any_row_of_turns_and_flips_shows_what_the_eyes_followed(acts: list[str]) -> None:
    orientation, picture = Orientation(), PIXELS
    for act in acts:
        if act == "flip":
            orientation, picture = orientation.flipped(), np.fliplr(picture)
        else:
            turns = 1 if act == "clockwise" else -1
            orientation, picture = orientation.turned(turns), np.rot90(picture, k=-turns)
    assert shown(orientation) == picture.tolist()
    assert orientation in ORIENTATIONS
