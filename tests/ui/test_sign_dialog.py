"""Signing: nothing is signed that is not decided, and nothing without a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from vcf_desktop.geometry import Heights
from vcf_desktop.review import Cause, ReaderGrade, Review, moved_point
from vcf_desktop.spine import (
    REGULAR_LEVELS,
    Analysis,
    Deformity,
    Grade,
    Ratios,
    VertebraFinding,
    VertebraLevel,
)
from vcf_desktop.ui import theme
from vcf_desktop.ui.sign_dialog import SignDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
READER = "Dr. Ada Weiss"
T12, L1, L2, L3 = (VertebraLevel[name] for name in ("T12", "L1", "L2", "L3"))


@pytest.fixture(autouse=True)
def _english_numbers() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English))
    yield
    QLocale.setDefault(before)


def found(level: VertebraLevel, grade: Grade) -> VertebraFinding:
    """A body of 60 by 40 px, front to the left, its place in the spine by its level."""
    top = 50.0 * level
    points = np.array([(x, y) for y in (top, top + 40.0) for x in (100.0, 130.0, 160.0)])
    return VertebraFinding(
        level=level,
        level_confidence=0.9,
        box_xyxy=np.array([100.0, top, 160.0, top + 40.0]),
        score=0.9,
        contour_xy=points[[0, 2, 5, 3]],
        points_xy=points,
        heights_px=Heights(40.0, 40.0, 40.0),
        heights_mm=None,
        ratios=Ratios(1.0, 1.0, 1.0),
        grade=grade,
        grade_probabilities=np.full(4, 0.25),
        morphometric_grade=Grade.NON,
        deformity=Deformity.NONE,
    )


def review_of(*grades: tuple[VertebraLevel, Grade]) -> Review:
    findings = tuple(found(level, grade) for level, grade in grades)
    return Review().with_analysis(Analysis("ab" * 32, findings, (), NOON, {}))


THREE = review_of((T12, Grade.NON), (L1, Grade.MODERATE), (L2, Grade.MILD))
"""Keys 1 to 3, all undecided."""


def decided(review: Review = THREE) -> Review:
    """T12 accepted, L1 overridden as severe, L2 accepted."""
    return (
        review.accepted(1, READER, NOON).graded(2, ReaderGrade.SEVERE, READER, NOON).accepted(3, READER, NOON)
    )


def shown(
    qtbot: QtBot, review: Review, reader: str = READER, version: int = 1, **known: Sequence[str]
) -> SignDialog:
    dialog = SignDialog(review, reader, version, **known)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def field(dialog: SignDialog) -> QLineEdit:
    line = dialog.focusWidget()
    assert isinstance(line, QLineEdit)  # the name can be typed at once
    return line


def button(dialog: SignDialog, text: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text().replace("&", "") == text)


def texts(dialog: SignDialog) -> str:
    return "\n".join(t.text() for t in dialog.findChildren(QLabel)).replace("\N{NO-BREAK SPACE}", " ")


def rows(dialog: SignDialog) -> list[list[str]]:
    table = dialog.findChild(QTableWidget)
    items = [[table.item(row, column) for column in range(5)] for row in range(table.rowCount())]
    return [[item.text() if item else "" for item in row] for row in items]


def test_that_a_decided_review_with_a_name_is_signed_by_a_click(qtbot: QtBot) -> None:
    dialog = shown(qtbot, decided(), version=2)
    assert "2" in dialog.windowTitle()
    qtbot.keyClicks(field(dialog), READER)
    qtbot.mouseClick(button(dialog, "Sign"), Qt.MouseButton.LeftButton)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.reader() == READER
    assert (dialog.go_to, dialog.mark_rest) == (None, False)


@pytest.mark.parametrize("name", ["", "   "])
@pytest.mark.parametrize("last", ["", "   ", READER])
def test_that_nobody_cannot_sign(qtbot: QtBot, last: str, name: str) -> None:
    """Nor is the review signed by whoever has signed the last one."""
    dialog = shown(qtbot, decided(), reader=last)
    assert (field(dialog).text(), dialog.reader()) == ("", "")
    assert not button(dialog, "Sign").isEnabled()
    qtbot.keyClicks(field(dialog), name)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert not button(dialog, "Sign").isEnabled()
    assert "when the name of the reader is given" in texts(dialog)

    qtbot.keyClicks(field(dialog), " Dr. B ")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.reader() == "Dr. B"


def test_that_a_name_taken_away_takes_signing_away(qtbot: QtBot) -> None:
    dialog = shown(qtbot, decided())
    qtbot.keyClicks(field(dialog), "B")
    assert button(dialog, "Sign").isEnabled()
    qtbot.keyClick(field(dialog), Qt.Key.Key_Backspace)
    assert not button(dialog, "Sign").isEnabled()


def test_that_the_last_reader_s_name_is_a_button_and_filled_in_only_by_it(qtbot: QtBot) -> None:
    dialog = shown(qtbot, decided())
    assert dialog.reader() == ""
    qtbot.mouseClick(button(dialog, READER), Qt.MouseButton.LeftButton)
    assert dialog.reader() == READER
    qtbot.mouseClick(button(dialog, "Sign"), Qt.MouseButton.LeftButton)
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_that_another_reader_signs_with_the_name_that_he_types(qtbot: QtBot) -> None:
    dialog = shown(qtbot, decided())
    qtbot.keyClicks(field(dialog), "Dr. Bob")
    assert dialog.reader() == "Dr. Bob"
    qtbot.keyClick(field(dialog), Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.reader() == "Dr. Bob"


# -- What is signed ------------------------------------------------------------------------------------------


def test_that_it_is_said_on_top_whose_film_is_signed_in_plain_text(qtbot: QtBot) -> None:
    lines = ("Muster, <b>Erika</b>", "7 & 8", "film.dcm")
    dialog = shown(qtbot, decided(), film=lines)
    (whose,) = (label for label in dialog.findChildren(QLabel) if label.text() == "\n".join(lines))
    assert whose.textFormat() is Qt.TextFormat.PlainText
    others = [w for w in dialog.findChildren(QWidget) if w.parent() is dialog and w is not whose]
    assert whose.geometry().bottom() < min(widget.geometry().top() for widget in others)


def test_that_what_is_to_be_known_about_the_film_is_warned_of_and_hinders_nobody(qtbot: QtBot) -> None:
    remarks = ("The patient was 12 years old.", "The film is cut off.")
    dialog = shown(qtbot, decided().renamed(1, L1), remarks=remarks)
    warned = [t.text() for t in dialog.findChildren(QLabel) if theme.WARNING.name() in t.styleSheet()]
    assert warned[:2] == list(remarks)
    assert warned[2].startswith("More than one vertebra is named L1.")
    assert len(warned) == 3
    qtbot.keyClicks(field(dialog), "B")
    assert button(dialog, "Sign").isEnabled()
    plain = shown(qtbot, decided())
    assert not [t for t in plain.findChildren(QLabel) if theme.WARNING.name() in t.styleSheet()]


def test_that_what_is_undecided_is_named_with_the_machine_s_grade_and_cannot_be_signed(qtbot: QtBot) -> None:
    dialog = shown(qtbot, THREE.accepted(1, READER, NOON))
    assert "Not decided yet: 2" in texts(dialog)
    assert "<b>L1 (2 moderate)</b>, <b>L2 (1 mild)</b>" in texts(dialog)
    assert "T12 (" not in texts(dialog)
    assert not button(dialog, "Sign").isEnabled()
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.result() != QDialog.DialogCode.Accepted


def test_that_the_reader_can_go_to_the_first_undecided_vertebra(qtbot: QtBot) -> None:
    dialog = shown(qtbot, THREE.accepted(1, READER, NOON))
    qtbot.mouseClick(button(dialog, "Go to the first"), Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    assert dialog.result() == QDialog.DialogCode.Rejected
    assert (dialog.go_to, dialog.mark_rest) == (2, False)


def test_that_the_reader_can_mark_the_rest_as_not_evaluable(qtbot: QtBot) -> None:
    dialog = shown(qtbot, THREE)
    qtbot.mouseClick(button(dialog, "Mark the rest as not evaluable"), Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    assert dialog.result() == QDialog.DialogCode.Rejected
    assert (dialog.go_to, dialog.mark_rest) == (None, True)


def test_that_escape_signs_nothing_and_asks_for_nothing(qtbot: QtBot) -> None:
    dialog = shown(qtbot, THREE)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Escape)
    assert dialog.result() == QDialog.DialogCode.Rejected
    assert (dialog.go_to, dialog.mark_rest) == (None, False)


def test_that_the_summary_shows_both_opinions_of_every_vertebra(qtbot: QtBot) -> None:
    dialog = shown(qtbot, decided())
    assert rows(dialog) == [
        ["T12", "0 no fracture", "0 no fracture", "", ""],
        ["L1", "2 moderate", "3 severe", "", ""],
        ["L2", "1 mild", "1 mild", "", ""],
    ]
    table = dialog.findChild(QTableWidget)
    assert [table.item(row, 2).font().bold() for row in range(3)] == [False, True, False]


def test_that_the_counts_tell_accepted_from_overridden_rejected_and_added(qtbot: QtBot) -> None:
    review = decided().with_drawn((100.0, 850.0, 160.0, 890.0), L3, anterior_is_left=True)
    review = review.graded(4, ReaderGrade.NON, READER, NOON).rejected(1, READER, NOON)
    said = texts(shown(qtbot, review))
    for count in ("Accepted from the machine: 1", "Overridden: 1", "Rejected: 1", "Added by hand: 1"):
        assert count in said


def test_that_a_rejected_and_an_added_vertebra_are_told_from_the_others(qtbot: QtBot) -> None:
    review = decided().rejected(1, READER, NOON)
    review = review.with_drawn((100.0, 850.0, 160.0, 890.0), L3, anterior_is_left=True)
    signed = rows(shown(qtbot, review.graded(4, ReaderGrade.EQUIVOCAL, READER, NOON)))
    assert signed[0] == ["T12", "0 no fracture", "no vertebra", "", ""]
    assert signed[-1] == ["L3", "", "0.5 equivocal", "", ""]


def test_that_type_and_cause_are_those_of_the_reader(qtbot: QtBot) -> None:
    vertebra = replace(decided().vertebra(2), deformity=Deformity.CRUSH, cause=Cause.PATHOLOGICAL)
    signed = rows(shown(qtbot, decided().with_vertebra(vertebra)))
    assert signed[1][3:] == ["crush", "pathological"]


def test_that_the_type_is_the_measured_one_where_the_reader_names_none(qtbot: QtBot) -> None:
    wedged = moved_point(decided().vertebra(2), 0, (100.0, 50.0 * L1 + 15.0))
    assert rows(shown(qtbot, decided().with_vertebra(wedged)))[1][3] == "wedge"


@pytest.mark.parametrize("grade", ReaderGrade)
def test_that_the_measured_type_is_signed_only_with_a_fracture(qtbot: QtBot, grade: ReaderGrade) -> None:
    wedged = moved_point(decided().vertebra(2), 0, (100.0, 50.0 * L1 + 15.0))
    review = decided().with_vertebra(wedged).graded(2, grade, READER, NOON)
    fractured = grade in (ReaderGrade.MILD, ReaderGrade.MODERATE, ReaderGrade.SEVERE)
    assert rows(shown(qtbot, review))[1][3] == ("wedge" if fractured else "")
    # The reader's own type is signed whatever he graded.
    own = review.with_vertebra(replace(review.vertebra(2), deformity=Deformity.CRUSH))
    assert rows(shown(qtbot, own))[1][3] == "crush"


def test_that_a_rejected_vertebra_has_no_measured_type(qtbot: QtBot) -> None:
    wedged = moved_point(decided().vertebra(2), 0, (100.0, 50.0 * L1 + 15.0))
    review = decided().with_vertebra(wedged).rejected(2, READER, NOON)
    assert rows(shown(qtbot, review))[1][2:4] == ["no vertebra", ""]


def test_that_the_type_is_measured_in_square_pixels(qtbot: QtBot) -> None:
    """In a film of flat pixels a front that leans is longer or shorter than its rows alone say."""
    points = decided().vertebra(2).points_xy.copy()
    points[0] = (130.0, 50.0 * L1 + 20.0)
    review = decided().with_vertebra(replace(decided().vertebra(2), points_xy=points))
    for row_to_column in (0.2, 1.0, 5.0):
        dialog = SignDialog(review, READER, 1, row_to_column=row_to_column)
        qtbot.addWidget(dialog)
        deformity = review.measured(row_to_column)[2].morphometry.deformity
        assert rows(dialog)[1][3] == ("" if deformity is Deformity.NONE else deformity.value)


def test_that_a_renamed_vertebra_shows_the_machine_s_name_as_well(qtbot: QtBot) -> None:
    assert rows(shown(qtbot, decided().renamed(1, VertebraLevel.T11)))[0][0] == "T11 (machine: T12)"


def test_that_a_repeated_name_is_a_warning_and_no_obstacle(qtbot: QtBot) -> None:
    dialog = shown(qtbot, decided().renamed(1, L1))
    assert "More than one vertebra is named L1." in texts(dialog)
    qtbot.keyClicks(field(dialog), "B")
    assert button(dialog, "Sign").isEnabled()


def test_that_a_review_without_a_vertebra_says_so(qtbot: QtBot) -> None:
    dialog = shown(qtbot, Review())
    assert "There is no vertebra in this review." in texts(dialog)
    qtbot.keyClicks(field(dialog), "B")
    assert button(dialog, "Sign").isEnabled()


def test_that_a_return_held_down_since_before_does_not_sign(qtbot: QtBot) -> None:
    dialog = shown(qtbot, decided())
    qtbot.keyClicks(field(dialog), "B")
    held = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", autorep=True
    )
    QApplication.sendEvent(dialog.focusWidget(), held)
    assert dialog.isVisible()
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_that_a_whole_spine_fits_into_the_summary(qtbot: QtBot) -> None:
    review = review_of(*((level, Grade.NON) for level in REGULAR_LEVELS))
    for vertebra in review.vertebrae:
        review = review.accepted(vertebra.key, READER, NOON)
    assert [row[0] for row in rows(shown(qtbot, review))] == [level.label for level in REGULAR_LEVELS]
