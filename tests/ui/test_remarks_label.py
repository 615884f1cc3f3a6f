"""What is told about a film as a whole: warnings, a patient who is too young, and how far the review is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from tests.ui.fakes import MODEL, finding
from vcf_desktop.film import SpacingSource, StudyInfo, VoiWindow
from vcf_desktop.inference.remarks import LEVELS_ASSUMED
from vcf_desktop.io.sessions import FilmRecord, Session
from vcf_desktop.review import Review
from vcf_desktop.spine import Analysis, VertebraLevel
from vcf_desktop.trail import Signature
from vcf_desktop.ui.document import Document
from vcf_desktop.ui.film_entries import FilmKey
from vcf_desktop.ui.grey_picture import GreyPicture
from vcf_desktop.ui.reading import OpenedFilm
from vcf_desktop.ui.remarks_label import RemarksLabel, film_remarks

pytestmark = pytest.mark.usefixtures("qapp")

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
PATH = Path("/films/film.png")
PICTURE = GreyPicture(
    (np.zeros((8, 8), np.uint8),), np.arange(256.0), None, (VoiWindow(127.5, 255.0, "LINEAR_EXACT"),)
)
FILM = OpenedFilm(FilmKey(PATH), FilmRecord("a" * 64, PATH), PICTURE, None, SpacingSource.NONE, None, (), 1)
NONE_FOUND = "No vertebra was found or added."


def analysed(places: int = 5, warnings: tuple[str, ...] = ()) -> Review:
    findings = tuple(map(finding, range(places)))
    return Review().with_analysis(Analysis("a" * 64, findings, (MODEL,), NOON, {}, warnings))


def opened(review: Review | None = None, *, read_first: bool = False, **film: Any) -> Document:
    session = Session(FILM.record, review or Review())
    return Document(replace(FILM, **film), session, lambda: "Ada", read_first=read_first)


def study(born: date | None, taken: date | None = date(2026, 3, 4)) -> StudyInfo:
    return StudyInfo(patient_id="7", birth_date=born, study_date=taken)


@pytest.fixture
def label(qtbot: QtBot) -> RemarksLabel:
    made = RemarksLabel(QAction())
    qtbot.addWidget(made)
    return made


def lines(label: RemarksLabel, document: Document) -> list[str]:
    label.show_document(document)
    return label.text().split("\n")


# -- Remarks -------------------------------------------------------------------------------------------------


def test_that_a_film_of_which_nothing_is_to_be_known_has_no_remark() -> None:
    assert film_remarks(opened()) == ()
    assert film_remarks(opened(analysed(), study=study(date(1951, 3, 9)))) == ()


def test_that_all_that_is_to_be_known_is_told_the_review_first(label: RemarksLabel) -> None:
    document = opened(
        analysed(warnings=(LEVELS_ASSUMED, "The film is odd.")),
        notices=("The file is odd.",),
        study=study(date(2014, 3, 5)),
    )
    document.remark = "The review is kept aside."
    told = (
        "The review is kept aside.",
        "The file is odd.",
        LEVELS_ASSUMED,
        "The film is odd.",
        "The patient was 11 years old; adults only can be graded.",
    )
    assert film_remarks(document) == told
    assert lines(label, document) == ["5 undecided", *(f"⚠ {remark}" for remark in told)]


@pytest.mark.parametrize(
    ("who", "years"),
    [
        (study(date(2008, 3, 4)), None),  # the day on which one comes of age
        (study(date(2008, 3, 5)), 17),
        (study(date(2026, 3, 4)), 0),
        (study(date(1951, 3, 9)), None),
        (study(None), None),
        (study(date(2008, 3, 5), None), None),
        (None, None),
    ],
)
def test_that_a_patient_who_is_no_adult_is_told_of(who: StudyInfo | None, years: int | None) -> None:
    told = () if years is None else (f"The patient was {years} years old; adults only can be graded.",)
    assert film_remarks(opened(study=who)) == told  # as soon as the film is read


def test_that_a_name_given_twice_is_told_last(label: RemarksLabel) -> None:
    document = opened(analysed(warnings=("The film is odd.",)).renamed(1, VertebraLevel.T12))
    assert lines(label, document)[1:] == ["⚠ The film is odd.", "⚠ More than one vertebra is called T12."]


def test_that_nothing_the_machine_found_is_told_before_the_first_reading(label: RemarksLabel) -> None:
    document = opened(analysed(warnings=(LEVELS_ASSUMED,)), read_first=True)
    (only,) = lines(label, document)
    assert only.startswith("Read first: ")
    document.record_first_reading("record")
    assert lines(label, document)[1:] == [f"⚠ {LEVELS_ASSUMED}"]


# -- How far the review is -----------------------------------------------------------------------------------


def test_that_it_is_told_how_far_the_review_is(label: RemarksLabel) -> None:
    document = opened(analysed(2))
    assert lines(label, document) == ["2 undecided"]
    document.accept(document.review.vertebrae[0], "accept")
    assert lines(label, document) == ["1 undecided"]
    document.accept(document.review.vertebrae[1], "accept")
    assert lines(label, document) == ["All decided; ready to be signed."]
    document.set_analysing(True)
    assert lines(label, document) == ["The film is being analysed."]
    label.show_document(None)
    assert label.text() == ""


def test_that_a_film_without_any_vertebra_is_not_called_decided(label: RemarksLabel) -> None:
    assert lines(label, opened()) == ["Not analysed."]
    document = opened(analysed(0))
    assert lines(label, document) == [NONE_FOUND]
    box = (155, 560, 245, 620)
    document.edit("draw", document.review.with_drawn(box, VertebraLevel.L4, anterior_is_left=True))
    assert lines(label, document) == ["1 undecided"]
    document.undo_stack.undo()
    assert lines(label, document) == [NONE_FOUND]


def test_that_a_signed_review_says_by_whom_and_an_amended_one_which(label: RemarksLabel) -> None:
    document = opened(analysed(1))
    signature = Signature(1, "Ada", NOON)
    document.take_signed(replace(document.session, locked=True, signatures=(signature,)))
    assert lines(label, document)[0].startswith("Signed, version 1, by Ada on ")
    document.amend()
    assert lines(label, document) == ["Amending version 1: 1 undecided"]
