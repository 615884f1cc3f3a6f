"""A note on a vertebra: written, kept and left by keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from vcf_desktop.ui.note_dialog import NoteDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window

CONTROL = Qt.KeyboardModifier.ControlModifier


def shown(qtbot: QtBot, note: str = "") -> tuple[NoteDialog, QPlainTextEdit]:
    dialog = NoteDialog("L1", note)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()  # the offscreen platform leaves that to us
    qtbot.waitUntil(dialog.isActiveWindow)
    text = dialog.focusWidget()
    assert isinstance(text, QPlainTextEdit)  # one can write at once
    return dialog, text


def test_that_the_vertebra_is_named(qtbot: QtBot) -> None:
    assert shown(qtbot)[0].windowTitle() == "Note on L1"


def test_that_one_writes_on_where_the_note_ends(qtbot: QtBot) -> None:
    dialog, text = shown(qtbot, "old,\nseen")
    qtbot.keyClicks(text, " in 2019")
    assert dialog.note == "old,\nseen in 2019"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_that_control_and_return_keep_the_note_and_return_alone_is_a_line(qtbot: QtBot, key: Qt.Key) -> None:
    dialog, text = shown(qtbot)
    qtbot.keyClicks(text, "one")
    qtbot.keyClick(text, key)
    assert dialog.isVisible()
    qtbot.keyClicks(text, "two")
    qtbot.keyClick(text, key, CONTROL)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert not dialog.isVisible()
    assert dialog.note == "one\ntwo"


def test_that_tab_leaves_the_field_for_the_buttons(qtbot: QtBot) -> None:
    dialog, text = shown(qtbot, "old")
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    button = dialog.focusWidget()
    assert isinstance(button, QPushButton)
    assert dialog.note == "old"
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_that_escape_keeps_nothing(qtbot: QtBot) -> None:
    dialog, text = shown(qtbot, "old")
    qtbot.keyClick(text, Qt.Key.Key_Escape)
    assert dialog.result() == QDialog.DialogCode.Rejected
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("written", "note"), [("  old \n\n", "old"), (" \n\t", ""), ("a\n\nb", "a\n\nb"), ("", "")]
)
def test_that_blank_ends_are_no_note(qtbot: QtBot, written: str, note: str) -> None:
    assert shown(qtbot, written)[0].note == note
