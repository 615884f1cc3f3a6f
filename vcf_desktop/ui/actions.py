"""The commands as actions, and the one place that says which of them may be used now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenuBar, QWidget

from vcf_desktop.review import ReaderGrade
from vcf_desktop.ui.commands import COMMANDS, GROUPS, MEASURE, Command, keys_of
from vcf_desktop.ui.commands import FILM as FILM_GROUP
from vcf_desktop.ui.commands import LAYERS as LAYERS_GROUP
from vcf_desktop.ui.commands import VERTEBRA as VERTEBRA_GROUP
from vcf_desktop.ui.document import Document, DocumentState
from vcf_desktop.ui.language import translate

ALWAYS: Final = frozenset(
    {"open_files", "open_folder", "settings", "quit", "test_pattern", "full_screen", "detach"}
    | {"keys", "intended_use", "about", "next_film", "previous_film"}
    | {"archive", "archives", "outbox"}
)
_FILM: Final = frozenset(
    command.name for command in COMMANDS.values() if command.group in (FILM_GROUP, LAYERS_GROUP, MEASURE)
)
_VERTEBRA: Final = frozenset(
    command.name for command in COMMANDS.values() if command.group == VERTEBRA_GROUP
) - {"shift_up", "shift_down", "add_vertebra"}
_MEASURING: Final = frozenset(command.name for command in COMMANDS.values() if command.group == MEASURE) - {
    "select_tool"
}
_MARKS: Final = frozenset(f"grade_{grade}" for grade in ReaderGrade) - {"grade_0", "grade_not evaluable"}


def make_actions(parent: QWidget, own_keys: Mapping[str, str]) -> dict[str, QAction]:
    """An action for every command, by its name."""
    actions = {name: _action(command, parent) for name, command in COMMANDS.items()}
    apply_keys(actions, own_keys)
    parent.addActions(list(actions.values()))
    return actions


def apply_keys(actions: Mapping[str, QAction], own_keys: Mapping[str, str]) -> None:
    """Give every action its key, the user's where he chose one."""
    for name, key in keys_of(own_keys).items():
        actions[name].setShortcut(QKeySequence(key))


def fill_menus(bar: QMenuBar, actions: Mapping[str, QAction]) -> None:
    """One menu a group, in the order of the table."""
    for group in GROUPS:
        menu = bar.addMenu(translate("Commands", group))
        menu.setObjectName(group)
        for command in COMMANDS.values():
            if command.group == group:
                menu.addAction(actions[command.name])


def enabled_commands(document: Document | None, *, refused: bool = False) -> frozenset[str]:
    """Names of the commands that do something now.

    Args:
        document: the film on the screen, None without any.
        refused: whether the film chosen in the list is one that could not be read.
    """
    names = set(ALWAYS)
    if refused:
        names |= {"retry", "remove_film"}
    if document is None:
        return frozenset(names)
    state, hidden = document.state, document.is_hidden
    names |= _FILM | {"remove_film", "trail"}
    names -= {"remove_measure"} if not document.review.measures else set()
    if state is DocumentState.SIGNED:
        names |= {"next_vertebra", "previous_vertebra", "amend", "report"}
        return frozenset(names - _MEASURING)
    if not document.is_editable:  # as long as it takes to sign it
        return frozenset(names)
    names |= {"cancel"} if state is DocumentState.ANALYSING else {"analyse"}
    if document.undo_stack.canUndo():
        names.add("undo")
    if document.undo_stack.canRedo():
        names.add("redo")
    if hidden:
        # The trail names what the machine found.
        return frozenset((names - {"trail"}) | _MARKS | {"reveal"})
    names |= {"add_vertebra", "next_vertebra", "previous_vertebra"}
    if state is not DocumentState.ANALYSING:  # else findings would come that nobody has seen
        names |= {"sign", "report"}
    if document.review.vertebrae:
        names |= {"shift_up", "shift_down"}
    if document.review.undecided:
        names |= {"next_undecided", "previous_undecided"}
    if document.remaining_normals and document.all_shown:
        names.add("accept_normals")
    names |= _vertebra_commands(document)
    return frozenset(names)


def _vertebra_commands(document: Document) -> frozenset[str]:
    vertebra = document.selection
    if vertebra is None:
        return frozenset()
    without = set()
    if vertebra.machine is None:
        without.add("accept")
    if vertebra.decision is None:
        without.add("undecide")
    if vertebra.is_rejected:  # nothing lies beside what is no vertebra
        without |= {"add_above", "add_below"}
    return _VERTEBRA - without


def _action(command: Command, parent: QWidget) -> QAction:
    action = QAction(command.label, parent)
    action.setObjectName(command.name)
    action.setCheckable(command.checkable)
    # A key held down decides once; it may step, zoom and undo on and on.
    action.setAutoRepeat(command.group != VERTEBRA_GROUP)
    return action
