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
        (who("", "7"), who("", "7")),
        (who("DOE^JANE", "7"), who("Doe^Jane^^^", "7")),
        (who("Doe^Jane", "", BORN), who("Doe^Jane", "7", BORN)),
        (who("Doe^Jane", "", BORN), who("doe^jane^", "", BORN)),
        (who("Strau\u00df^Eva", "", BORN), who("STRAUSS^EVA", "", BORN)),
        (who("Yamada^Tarou=山田^太郎=やまだ^たろう", "", BORN), who("YAMADA^TAROU", "", BORN)),
        (who("Yamada^Tarou=山田^太郎", "7"), who("Yamada^Tarou==やまだ^たろう", "7")),
        (who("=山田^太郎", "", BORN), who("=山田^太郎=", "", BORN)),
    ],
)
def test_that_an_id_or_a_name_with_its_birth_date_makes_one_patient_where_nothing_differs(
    one: StudyInfo, other: StudyInfo
) -> None:
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
        (who("Yamada^Tarou=山田^太郎", "7"), who("Yamada^Jirou=山田^太郎", "7")),
        (who("=山田^太郎", "", BORN), who("=山田^次郎", "", BORN)),
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
        (who("Doe^Jane"), who("Doe^Jane")),  # many share a name
        (who("Doe^Jane"), who("Doe^Jane", "7", BORN)),
        (who("Doe^Jane", "7"), who("Doe^Jane", "", BORN)),
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
    if answer is True:
        names = {study.patient_name.casefold().rstrip("^") for study in (one, other)}
        by_id = one.patient_id == other.patient_id != ""
        assert by_id or (
            len(names) == 1 and "" not in names and one.birth_date == other.birth_date is not None
        )
        # A film that says less is never taken for another patient's.
        for less in (who("", one.patient_id, one.birth_date), who(one.patient_name), who("", one.patient_id)):
            assert same_patient(less, other) is not False


def test_that_a_patient_is_told_by_id_plain_name_and_birth_date() -> None:
    assert who("DOE^Jane^^=X", "7", BORN).patient == ("7", "doe^jane", BORN)
    assert who().patient == ("", "", None)


@pytest.mark.parametrize(
    ("directions", "expected"),
    [
        (("A", "F"), False),  # columns run to the front: it lies at the right
        (("P", "F"), True),
        (("AR", "FA"), False),
        (("PL", "F"), True),
        (("L", "F"), None),  # seen from the front
        (("F", "A"), None),  # lying on its side: the rows tell, not the columns
        (("", "F"), None),
        (("",), None),
        ((), None),
    ],
)
def test_that_the_header_tells_at_which_side_the_front_lies(
    directions: tuple[str, ...], expected: bool | None
) -> None:
    assert StudyInfo(patient_orientation=directions).anterior_is_left is expected


@pytest.mark.parametrize(
    ("born", "taken", "years"),
    [
        (date(1951, 3, 9), date(2026, 3, 8), 74),
        (date(1951, 3, 9), date(2026, 3, 9), 75),
        (date(1951, 3, 9), date(2026, 2, 28), 74),
        (date(1951, 3, 9), date(2026, 12, 1), 75),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2026, 1, 2), date(2026, 1, 2), 0),
        (None, date(2026, 1, 2), None),
        (date(1951, 3, 9), None, None),
        (None, None, None),
    ],
)
def test_that_the_age_is_in_whole_years_at_the_study(
    born: date | None, taken: date | None, years: int | None
) -> None:
    assert StudyInfo(birth_date=born, study_date=taken).age_years == years
