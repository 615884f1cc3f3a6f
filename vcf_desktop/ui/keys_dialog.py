"""All keys: a sheet to read and, by a double-click or a button, the place to change them."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QKeyCombination, QObject, QSize, Qt
from PySide6.QtGui import QBrush, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from vcf_desktop.ui import theme
from vcf_desktop.ui.commands import COMMANDS, GROUPS, Command, conflicts, keys_of
from vcf_desktop.ui.dialogs import size_dialog

COMMAND_COLUMN: Final = 0
KEY_COLUMN: Final = 1
REMARK_COLUMN: Final = 2

_INDENT: Final = "\N{EM SPACE}"
_ROW_PADDING_PX: Final = 5
_NAME_ROLE: Final = Qt.ItemDataRole.UserRole
_SCROLL_KEYS: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class KeysDialog(QDialog):
    """Every command with its key, menu by menu; accepted only when no two commands share a key."""

    def __init__(self, own: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self._keys = {name: _portable(key) for name, key in keys_of(own).items()}
        self._filter = QLineEdit(clearButtonEnabled=True)
        self._filter.setPlaceholderText(self.tr("Find a command or a key"))
        self._filter.textChanged.connect(self._show_matches)
        self._filter.installEventFilter(self)
        self._table = self._new_table()
        self._titles: dict[str, QTreeWidgetItem] = {}
        self._items: dict[str, QTreeWidgetItem] = {}
        for group in GROUPS:
            self._titles[group] = self._new_title(group)
            commands = (command for command in COMMANDS.values() if command.group == group)
            self._items |= {command.name: self._new_item(command) for command in commands}
        self._editor = QKeySequenceEdit()
        self._editor.setMaximumSequenceLength(1)
        self._editor.editingFinished.connect(self._take_key)
        self._of = QLabel()
        self._of.setBuddy(self._editor)
        self._change = QPushButton(self.tr("&Change"))
        self._remove = QPushButton(self.tr("&No key"))
        self._reset = QPushButton(self.tr("&Default"))
        self._reset_all = QPushButton(self.tr("&All defaults"))
        self._conflicts = QLabel(wordWrap=True)
        self._conflicts.setStyleSheet(f"color: {theme.WARNING.name()}")
        standard = QDialogButtonBox.StandardButton
        self._buttons = QDialogButtonBox(standard.Ok | standard.Cancel)
        self._connect()
        self._lay_out()
        self._show_keys()
        self._show_matches("")
        # Return changes the key of the selected command; the table would otherwise close the dialog with it.
        self._change.setDefault(True)
        self._filter.setFocus()
        size_dialog(self, 680, 760)

    def own_keys(self) -> dict[str, str]:
        """The keys that differ from the defaults, by command name; empty for a command without a key."""
        return {name: key for name, key in self._keys.items() if key != _portable(COMMANDS[name].key)}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Let the keys that scroll a table do so from the filter line, too."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() in _SCROLL_KEYS
        ):
            return QApplication.sendEvent(self._table, event)
        return super().eventFilter(watched, event)

    # What is shown

    def _new_table(self) -> QTreeWidget:
        table = QTreeWidget()
        table.setRootIsDecorated(False)
        table.setItemsExpandable(False)
        table.setIndentation(0)
        table.setUniformRowHeights(True)
        table.setHeaderLabels([self.tr("Command"), self.tr("Key"), ""])
        table.setAccessibleName(self.tr("Commands and their keys"))
        header = table.header()
        header.setStretchLastSection(True)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(COMMAND_COLUMN, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(KEY_COLUMN, QHeaderView.ResizeMode.ResizeToContents)
        return table

    def _new_title(self, group: str) -> QTreeWidgetItem:
        text = _without_mnemonic(QCoreApplication.translate("Commands", group))
        title = QTreeWidgetItem(self._table, [text])
        title.setFlags(Qt.ItemFlag.NoItemFlags)  # so that the arrow keys pass over it
        title.setForeground(COMMAND_COLUMN, QBrush(theme.ACCENT))
        title.setSizeHint(COMMAND_COLUMN, QSize(0, self.fontMetrics().height() + _ROW_PADDING_PX))
        title.setFirstColumnSpanned(True)
        return title

    def _new_item(self, command: Command) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self._table, [f"{_INDENT}{command.label}"])
        item.setData(COMMAND_COLUMN, _NAME_ROLE, command.name)
        return item

    def _connect(self) -> None:
        self._table.currentItemChanged.connect(self._show_current)
        self._table.itemDoubleClicked.connect(self._edit)
        self._change.clicked.connect(self._edit)
        self._remove.clicked.connect(lambda: self._set_key(""))
        self._reset.clicked.connect(lambda: self._set_key(COMMANDS[self._current or ""].key))
        self._reset_all.clicked.connect(self._set_defaults)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        change = QHBoxLayout()
        change.addWidget(self._of, 1)
        for widget in (self._editor, self._change, self._remove, self._reset):
            change.addWidget(widget)
        hint = QLabel(self.tr("Press the new key in its field. Tab leaves the field and changes nothing."))
        hint.setStyleSheet(f"color: {theme.QUIET.name()}")
        hint.setWordWrap(True)
        bottom = QHBoxLayout()
        bottom.addWidget(self._reset_all)
        bottom.addWidget(self._buttons, 1)
        layout = QVBoxLayout(self)
        layout.addWidget(self._filter)
        layout.addWidget(self._table, 1)
        layout.addLayout(change)
        layout.addWidget(hint)
        layout.addWidget(self._conflicts)
        layout.addLayout(bottom)

    def _show_keys(self) -> None:
        own, shared = self.own_keys(), conflicts(self._keys)
        rivals = {name: [other for other in names if other != name] for names in shared for name in names}
        for name, item in self._items.items():
            item.setText(KEY_COLUMN, _native(self._keys[name]))
            item.setText(REMARK_COLUMN, self._remark(name, rivals.get(name, []), name in own))
            item.setForeground(REMARK_COLUMN, QBrush(theme.WARNING if name in rivals else theme.QUIET))
            font = item.font(KEY_COLUMN)
            font.setBold(name in own)
            item.setFont(KEY_COLUMN, font)
        self._conflicts.setText("\n".join(self._conflict_sentence(names) for names in shared))
        self._conflicts.setVisible(bool(shared))
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setDisabled(bool(shared))
        self._reset_all.setEnabled(bool(own))
        self._show_current()

    def _remark(self, name: str, rivals: list[str], is_own: bool) -> str:
        if rivals:
            return self.tr("also: %1").replace("%1", ", ".join(COMMANDS[rival].label for rival in rivals))
        if not is_own:
            return ""
        default = COMMANDS[name].key
        return self.tr("default: %1").replace("%1", _native(default)) if default else self.tr("default: none")

    def _conflict_sentence(self, names: tuple[str, ...]) -> str:
        sentence = self.tr(
            "%1 is the key of more than one command: %2. Give all but one of them another key."
        )
        labels = ", ".join(f"“{COMMANDS[name].label}”" for name in names)
        return sentence.replace("%1", _native(self._keys[names[0]])).replace("%2", labels)

    def _show_matches(self, text: str) -> None:
        wanted = text.strip().casefold()
        for item in self._items.values():
            shown = (item.text(column).casefold() for column in (COMMAND_COLUMN, KEY_COLUMN, REMARK_COLUMN))
            item.setHidden(not any(wanted in each for each in shown))
        for group, title in self._titles.items():
            title.setHidden(
                all(item.isHidden() for name, item in self._items.items() if COMMANDS[name].group == group)
            )
        current = self._items.get(self._current or "")
        if current is None or current.isHidden():
            visible = (item for item in self._items.values() if not item.isHidden())
            self._table.setCurrentItem(next(visible, None))  # type: ignore[arg-type]  # none selects nothing

    def _show_current(self) -> None:
        name = self._current
        for widget in (self._editor, self._change, self._remove, self._reset):
            widget.setEnabled(name is not None)
        if name is None:
            self._of.clear()
            self._editor.clear()
            return
        self._of.setText(self.tr("Key of “%1”").replace("%1", COMMANDS[name].label))
        self._editor.setKeySequence(QKeySequence(self._keys[name]))
        self._remove.setEnabled(bool(self._keys[name]))
        self._reset.setEnabled(name in self.own_keys())

    # What the user does

    @property
    def _current(self) -> str | None:
        item = self._table.currentItem()
        return item.data(COMMAND_COLUMN, _NAME_ROLE) if item is not None else None

    def _edit(self) -> None:
        if self._current is not None:
            self._editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _take_key(self) -> None:
        key = _portable(self._editor.keySequence())
        pressed = self.focusWidget() is self._editor  # else it was left with Tab or the mouse
        if self._current is not None and key:
            self._set_key(key)
        if pressed:
            self._table.setFocus()

    def _set_key(self, key: str) -> None:
        if self._current is not None:
            self._keys[self._current] = _portable(key)
            self._show_keys()

    def _set_defaults(self) -> None:
        self._keys = {name: _portable(command.key) for name, command in COMMANDS.items()}
        self._show_keys()


def _portable(key: str | QKeySequence) -> str:
    """One spelling for each key: ``Del`` and ``delete`` are the same, and so are ``?`` and ``Shift+?``.

    A sign that one reaches with Shift is recorded with Shift, which would hide that it is a default.
    """
    sequence = QKeySequence(key)
    if sequence.count() == 1:
        combination = sequence[0]  # type: ignore[index]  # it is, whatever its stub says
        shift, modifiers = Qt.KeyboardModifier.ShiftModifier, combination.keyboardModifiers()
        if modifiers & shift and _is_sign(combination.key()):
            sequence = QKeySequence(QKeyCombination(modifiers & ~shift, combination.key()))
    return sequence.toString(QKeySequence.SequenceFormat.PortableText)


def _is_sign(key: Qt.Key) -> bool:
    """Whether a key writes something that is neither a letter nor a digit nor a space."""
    return ord("!") <= key.value <= sys.maxunicode and not chr(key.value).isalnum()


def _native(key: str) -> str:
    """The key as the user's language and system write it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def _without_mnemonic(text: str) -> str:
    """The text of a menu without its underlined letter, also where that stands behind in brackets."""
    return re.sub(r"\(&.\)|&", "", text)
