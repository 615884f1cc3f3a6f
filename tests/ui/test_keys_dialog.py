"""The sheet of keys, which is their editor as well."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
)
from pytestqt.qtbot import QtBot

from vcf_desktop.ui.commands import COMMANDS, GROUPS
from vcf_desktop.ui.keys_dialog import KeysDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window

NO_MODIFIER = Qt.KeyboardModifier.NoModifier


def shown(qtbot: QtBot, own: Mapping[str, str] | None = None) -> KeysDialog:
    dialog = KeysDialog(own or {})
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def table(dialog: KeysDialog) -> QTreeWidget:
    return dialog.findChild(QTreeWidget)


def rows(dialog: KeysDialog) -> list[QTreeWidgetItem]:
    tree = table(dialog)
    return [tree.topLevelItem(index) for index in range(tree.topLevelItemCount())]


def visible_texts(dialog: KeysDialog) -> list[str]:
    return [row.text(0).strip() for row in rows(dialog) if not row.isHidden()]


def row_of(dialog: KeysDialog, name: str) -> QTreeWidgetItem:
    return next(row for row in rows(dialog) if row.text(0).strip() == COMMANDS[name].label)


def select(qtbot: QtBot, dialog: KeysDialog, name: str, *, twice: bool = False) -> None:
    tree = table(dialog)
    tree.scrollToItem(row_of(dialog, name))
    place = tree.visualItemRect(row_of(dialog, name)).center()
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    if twice:
        qtbot.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)


def button(dialog: KeysDialog, text: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text().replace("&", "") == text)


def press(
    qtbot: QtBot, dialog: KeysDialog, key: Qt.Key | str, modifier: Qt.KeyboardModifier = NO_MODIFIER
) -> None:
    """As the keyboard does: to the widget that has the focus."""
    qtbot.keyClick(dialog.focusWidget(), key, modifier)


def sentence(dialog: KeysDialog) -> str:
    return next((t.text() for t in dialog.findChildren(QLabel) if "more than one command" in t.text()), "")


def ok(dialog: KeysDialog) -> QPushButton:
    return dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)


def test_that_every_command_stands_below_its_menu_with_its_key(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    titles = [QCoreApplication.translate("Commands", group).replace("&", "") for group in GROUPS]
    expected = [
        text
        for title, group in zip(titles, GROUPS, strict=True)
        for text in (title, *(c.label for c in COMMANDS.values() if c.group == group))
    ]
    assert visible_texts(dialog) == expected
    assert row_of(dialog, "fit").text(1) == "F"
    assert row_of(dialog, "about").text(1) == ""
    assert ok(dialog).isEnabled()


def test_that_a_double_click_and_a_key_change_a_command_s_key(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    select(qtbot, dialog, "invert", twice=True)
    press(qtbot, dialog, Qt.Key.Key_X)
    assert dialog.own_keys() == {"invert": "X"}
    assert row_of(dialog, "invert").text(1) == "X"
    assert row_of(dialog, "invert").text(2) == "default: I"
    assert dialog.focusWidget() is table(dialog)


def test_that_a_key_is_changed_without_the_mouse(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    assert isinstance(dialog.focusWidget(), QLineEdit)
    qtbot.keyClicks(dialog.focusWidget(), "cobb")
    press(qtbot, dialog, Qt.Key.Key_Return)
    press(qtbot, dialog, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert dialog.own_keys() == {"cobb": "Ctrl+J"}
    assert dialog.isVisible()


@pytest.mark.parametrize(
    ("key", "modifier", "text"),
    [
        (Qt.Key.Key_Escape, NO_MODIFIER, "Esc"),
        (Qt.Key.Key_Return, NO_MODIFIER, "Return"),
        (Qt.Key.Key_Delete, NO_MODIFIER, "Del"),
        (Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier, "Shift+Space"),
        ("!", Qt.KeyboardModifier.ShiftModifier, "!"),
        (Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier, "Shift+F1"),
        (Qt.Key.Key_F12, NO_MODIFIER, "F12"),
    ],
)
def test_that_keys_which_mean_something_to_a_dialog_can_be_given_to_a_command(
    qtbot: QtBot, key: Qt.Key | str, modifier: Qt.KeyboardModifier, text: str
) -> None:
    dialog = shown(qtbot)
    select(qtbot, dialog, "magnifier")
    qtbot.mouseClick(button(dialog, "Change"), Qt.MouseButton.LeftButton)
    press(qtbot, dialog, key, modifier)
    assert dialog.own_keys() == {"magnifier": text}
    assert dialog.isVisible()


def test_that_tab_leaves_the_field_and_changes_nothing(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    select(qtbot, dialog, "magnifier", twice=True)
    press(qtbot, dialog, Qt.Key.Key_Tab)
    assert dialog.own_keys() == {}
    assert not isinstance(dialog.focusWidget(), QKeySequenceEdit)


def test_that_a_conflict_names_both_commands_and_forbids_ok(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    select(qtbot, dialog, "zoom_in", twice=True)
    press(qtbot, dialog, Qt.Key.Key_F)
    assert COMMANDS["fit"].label in sentence(dialog)
    assert COMMANDS["zoom_in"].label in sentence(dialog)
    assert COMMANDS["fit"].label in row_of(dialog, "zoom_in").text(2)
    assert not ok(dialog).isEnabled()

    select(qtbot, dialog, "fit", twice=True)
    press(qtbot, dialog, Qt.Key.Key_Y)
    assert sentence(dialog) == ""
    assert ok(dialog).isEnabled()
    qtbot.mouseClick(ok(dialog), Qt.MouseButton.LeftButton)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.own_keys() == {"zoom_in": "F", "fit": "Y"}


def test_that_a_sign_reached_with_shift_conflicts_with_itself(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    select(qtbot, dialog, "magnifier", twice=True)
    press(qtbot, dialog, "?", Qt.KeyboardModifier.ShiftModifier)
    assert COMMANDS["keys"].label in sentence(dialog)


def test_that_a_command_can_be_left_without_a_key(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    select(qtbot, dialog, "quit")
    qtbot.mouseClick(button(dialog, "No key"), Qt.MouseButton.LeftButton)
    assert dialog.own_keys() == {"quit": ""}
    assert row_of(dialog, "quit").text(1) == ""


def test_that_one_key_goes_back_to_its_default(qtbot: QtBot) -> None:
    dialog = shown(qtbot, {"invert": "X", "fit": "Y"})
    select(qtbot, dialog, "invert")
    qtbot.mouseClick(button(dialog, "Default"), Qt.MouseButton.LeftButton)
    assert dialog.own_keys() == {"fit": "Y"}


def test_that_all_keys_go_back_to_their_defaults(qtbot: QtBot) -> None:
    dialog = shown(qtbot, {"invert": "F", "fit": "F"})
    qtbot.mouseClick(button(dialog, "All defaults"), Qt.MouseButton.LeftButton)
    assert dialog.own_keys() == {}
    assert ok(dialog).isEnabled()


def test_that_a_key_given_back_by_hand_is_no_own_key(qtbot: QtBot) -> None:
    dialog = shown(qtbot, {"invert": "X"})
    select(qtbot, dialog, "invert", twice=True)
    press(qtbot, dialog, Qt.Key.Key_I)
    assert dialog.own_keys() == {}


def test_that_a_default_in_another_spelling_and_an_unknown_command_are_no_own_keys(qtbot: QtBot) -> None:
    assert shown(qtbot, {"invert": "i", "of_another_version": "X"}).own_keys() == {}


@pytest.mark.parametrize(
    ("text", "name"), [("CLAHE", "clahe"), ("f11", "full_screen"), ("  turn r", "rotate_right")]
)
def test_that_the_filter_finds_commands_and_keys(qtbot: QtBot, text: str, name: str) -> None:
    dialog = shown(qtbot)
    qtbot.keyClicks(dialog.focusWidget(), text)
    assert COMMANDS[name].label in visible_texts(dialog)
    assert "Measure" not in visible_texts(dialog)
    assert table(dialog).currentItem().text(0).strip() in visible_texts(dialog)


def test_that_a_filter_without_a_match_leaves_nothing_to_change(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    qtbot.keyClicks(dialog.focusWidget(), "no such thing")
    assert visible_texts(dialog) == []
    assert not button(dialog, "Change").isEnabled()
    press(qtbot, dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()


def test_that_the_arrows_walk_over_commands_only_from_the_filter_line(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    labels = []
    for _ in COMMANDS:
        labels.append(table(dialog).currentItem().text(0).strip())
        press(qtbot, dialog, Qt.Key.Key_Down)
    assert labels == [c.label for group in GROUPS for c in COMMANDS.values() if c.group == group]


def test_that_escape_leaves_the_sheet(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    press(qtbot, dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.result() == QDialog.DialogCode.Rejected
