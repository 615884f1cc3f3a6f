"""How a film is turned and mirrored, against numpy's own turns of real pixels, and whose film it is."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from vcf_desktop.film import Orientation, StudyInfo, same_patient

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


BORN, LATER = date(1951, 3, 9), date(1951, 9, 3)


def who(name: str = "", number: str = "", born: date | None = None) -> StudyInfo:
    return StudyInfo(patient_name=name, patient_id=number, birth_date=born)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (who("Doe^Jane", "7", BORN), who("Doe^Jane", "7", BORN)),
        (who("Doe^Jane", "7"), who("", "7", BORN)),
        (who("Doe^Jane"), who("Doe^Jane", "7", BORN)),
        (who("", "7"), who("", "7")),
        (who("DOE^JANE", "7"), who("Doe^Jane^^^", "7")),
        (who("Doe^Jane"), who("doe^jane^")),
        (who("Strau\u00df^Eva"), who("STRAUSS^EVA")),
    ],
)
def test_that_films_whose_every_word_agrees_are_of_one_patient(one: StudyInfo, other: StudyInfo) -> None:
    assert same_patient(one, other) is True


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (who("Doe^Jane", "7", BORN), who("Doe^Jane", "8", BORN)),  # mother and daughter, or a twin
        (who("Doe^Jane", "7", BORN), who("Doe^Jane", "7", LATER)),
        (who("Doe^Jane", "7", BORN), who("Roe^Jane", "7", BORN)),  # ids of two hospitals
        (who("Doe^Jane", "", BORN), who("Doe^Jane", "", LATER)),
        (who("Doe^Jane"), who("Doe^John")),
        (who("", "7", BORN), who("Doe^Jane", "7", LATER)),
        (who("", "", BORN), who("", "", LATER)),
        (who("Doe^Jane"), who("Doe^Jane^Mary")),
    ],
)
def test_that_one_word_that_differs_makes_two_patients(one: StudyInfo, other: StudyInfo) -> None:
    assert same_patient(one, other) is False


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (None, None),
        (None, who("Doe^Jane", "7", BORN)),
        (who(), who()),
        (who("Doe^Jane", "7", BORN), who()),
        (who("Doe^Jane"), who("", "7")),  # nothing that both say
        (who("", "", BORN), who("", "", BORN)),  # many are born on one day
        (who("Doe^Jane", "", BORN), who("", "7", BORN)),
        (who("^^"), who("^")),
    ],
)
def test_that_too_little_said_tells_nothing(one: StudyInfo | None, other: StudyInfo | None) -> None:
    assert same_patient(one, other) is None


WHO = st.builds(
    who,
    st.sampled_from(["", "^", "Doe^Jane", "DOE^JANE^^", "Roe^Jane"]),
    st.sampled_from(["", "7", "8"]),
    st.sampled_from([None, BORN, LATER]),
)


@given(WHO, WHO)
def test_that_two_films_say_the_same_of_each_other_and_never_more_for_saying_less(
    one: StudyInfo, other: StudyInfo
) -> None:
    answer = same_patient(one, other)
    assert same_patient(other, one) is answer
    assert same_patient(one, one) is not False
    if answer is True:  # a film that says less is never taken for another patient's
        for less in (who("", one.patient_id, one.birth_date), who(one.patient_name), who("", one.patient_id)):
            assert same_patient(less, other) is not False
