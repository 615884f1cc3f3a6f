"""Signing a film that is on the screen: what was looked at is what is signed, whatever comes meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.fakes import MODEL, FakePipeline, finding, write_picture
from vcf_desktop.errors import OutputError
from vcf_desktop.io.sessions import SessionStore
from vcf_desktop.review import ReaderGrade
from vcf_desktop.spine import Analysis, VertebraLevel
from vcf_desktop.ui.document import Document, DocumentState
from vcf_desktop.ui.film_entries import FilmKey
from vcf_desktop.ui.film_pane import FilmPane
from vcf_desktop.ui.film_view import FilmView
from vcf_desktop.ui.note_dialog import NoteDialog
from vcf_desktop.ui.reviewing import Reviewing
from vcf_desktop.ui.sign_dialog import SignDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window

BOX = np.array([155.0, 560.0, 245.0, 620.0])


class Reader:
    """A reader with a film on the screen, of which one vertebra is drawn and graded."""

    def __init__(self, reviewing: Reviewing, document: Document) -> None:
        self.reviewing, self.document = reviewing, document
        self.told: list[str] = []
        reviewing.told.connect(self.told.append)
        self.do = reviewing.handlers()


@pytest.fixture
def reader(qtbot: QtBot, make_desk: Callable[..., Any], pipeline: FakePipeline, tmp_path: Path) -> Reader:
    desk = make_desk(analyse_at_once=False)
    film = FilmKey(write_picture(tmp_path / "film.png"))
    desk.library.add([film.path])
    qtbot.waitUntil(lambda: desk.is_settled)
    desk.films.choose(film)
    qtbot.waitUntil(lambda: desk.films.current is not None)
    document: Document = desk.films.current
    window = QWidget()
    qtbot.addWidget(window)
    pane = FilmPane(FilmView(window))
    pane.show(document)
    window.show()
    document.edit("draw", document.review.with_drawn(BOX, VertebraLevel.L4, anterior_is_left=True))
    document.grade(document.review.vertebrae[0], ReaderGrade.SEVERE, "grade")
    qtbot.waitUntil(lambda: desk.is_settled)
    return Reader(Reviewing(pane, desk.library, desk.saver, lambda: desk.settings, window), document)


def sign_dialog(qtbot: QtBot) -> SignDialog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), SignDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SignDialog)
    return dialog


def test_that_a_review_that_changed_behind_the_question_is_asked_about_again_and_not_signed(
    qtbot: QtBot, reader: Reader
) -> None:
    """As an analysis does that comes while the reader writes a name."""
    reader.do["sign"]()
    first = sign_dialog(qtbot)
    reader.document.grade(reader.document.review.vertebrae[0], ReaderGrade.MILD, "grade")
    first.accept()
    assert reader.told == ["The review has changed meanwhile; look at it again before you sign."]
    assert reader.document.is_editable
    second = sign_dialog(qtbot)
    assert second is not first
    name = second.findChild(QLineEdit)
    assert name.text() == ""  # whoever signs says so anew
    qtbot.keyClicks(name, "Ada")
    second.accept()
    qtbot.waitUntil(lambda: reader.document.state is DocumentState.SIGNED)
    assert reader.document.review.vertebrae[0].grade is ReaderGrade.MILD
    assert reader.told[-1] == "Signed as version 1 by Ada. Ctrl+P opens the report."


def test_that_it_is_told_whose_film_is_signed_and_what_is_to_be_known_of_it(
    qtbot: QtBot, reader: Reader
) -> None:
    reader.document.remark = "The file has changed."
    reader.do["sign"]()
    dialog = sign_dialog(qtbot)
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert "No patient data\nfilm.png" in texts
    assert "The file has changed." in texts
    dialog.reject()


def test_that_a_review_is_held_as_it_is_while_it_is_signed(qtbot: QtBot, reader: Reader) -> None:
    looked_at = reader.document.review
    reader.do["sign"]()
    sign_dialog(qtbot).accept()
    assert reader.document.state is not DocumentState.SIGNED  # it is being written
    reader.document.grade(looked_at.vertebrae[0], ReaderGrade.MILD, "grade")
    assert reader.document.review is looked_at
    qtbot.waitUntil(lambda: reader.document.state is DocumentState.SIGNED)
    assert reader.document.review.vertebrae[0].grade is ReaderGrade.SEVERE


def test_that_a_review_that_could_not_be_signed_can_be_changed_and_signed_again(
    qtbot: QtBot, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OutputError(Path("review.json"), "the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(SessionStore, "sign", full)
        reader.do["sign"]()
        sign_dialog(qtbot).accept()
        qtbot.waitUntil(lambda: bool(reader.told))
    assert reader.told[0].startswith("Not signed: ")
    reader.document.grade(reader.document.review.vertebrae[0], ReaderGrade.MILD, "grade")
    assert reader.document.review.vertebrae[0].grade is ReaderGrade.MILD
    reader.do["sign"]()
    sign_dialog(qtbot).accept()
    qtbot.waitUntil(lambda: reader.document.state is DocumentState.SIGNED)


# -- Vertebra by vertebra ------------------------------------------------------------------------------------


def analysed(reader: Reader) -> Document:
    """Five vertebrae of the machine, none decided, above the one that was drawn and is graded."""
    document = reader.document
    sha, at = document.film.record.sha256, datetime(2026, 3, 4, 12, tzinfo=UTC)
    findings = tuple(map(finding, range(5)))
    document.take_analysis(Analysis(sha, findings, (MODEL,), at, {"total": 0.5}))
    return document


DECISIONS = ["accept", "reject", *(f"grade_{grade}" for grade in ReaderGrade)]


@pytest.mark.parametrize("command", DECISIONS)
def test_that_a_decision_stays_with_its_vertebra_until_the_next_is_asked_for(
    reader: Reader, command: str
) -> None:
    document = analysed(reader)
    reader.do["next_undecided"]()
    first = document.selection
    assert first is not None
    assert first.decision is None
    reader.do[command]()
    assert document.selection is document.review.vertebra(first.key)
    assert document.selection.decision is not None
    reader.do[command]()  # a second press is about the same vertebra
    assert document.selection.key == first.key
    assert len(document.review.undecided) == 4
    reader.do["next_undecided"]()
    assert document.selection is not None
    assert document.selection is document.review.undecided[0]
    assert document.selection.key != first.key


def note_dialog(qtbot: QtBot) -> tuple[NoteDialog, QPlainTextEdit]:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), NoteDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, NoteDialog)
    dialog.activateWindow()  # the offscreen platform leaves that to us
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog, dialog.findChild(QPlainTextEdit)


def test_that_a_note_is_written_to_its_vertebra_as_it_is_by_then(qtbot: QtBot, reader: Reader) -> None:
    document = analysed(reader)
    document.select(document.review.vertebrae[1].key)
    reader.do["note"]()
    dialog, text = note_dialog(qtbot)
    assert "T12" in dialog.windowTitle()
    document.select(document.review.vertebrae[2].key)
    document.grade(document.review.vertebrae[1], ReaderGrade.MILD, "grade")
    qtbot.keyClicks(text, "old")
    qtbot.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    written = document.review.vertebrae[1]
    assert (written.note, written.grade) == ("old", ReaderGrade.MILD)
    assert [v.note for v in document.review.vertebrae].count("") == 5
    assert document.session.trail[-1].action.startswith("T12: ")


def test_that_a_note_is_dropped_where_its_vertebra_is_gone_or_it_is_not_wanted(
    qtbot: QtBot, reader: Reader
) -> None:
    document = analysed(reader)
    for end in (NoteDialog.accept, NoteDialog.reject):
        document.select(document.review.vertebrae[0].key)
        reader.do["note"]()
        dialog, text = note_dialog(qtbot)
        qtbot.keyClicks(text, "old")
        if end is NoteDialog.accept:
            analysed(reader)  # the machine's vertebrae are others by now
        before = document.session
        end(dialog)
        assert document.session is before
