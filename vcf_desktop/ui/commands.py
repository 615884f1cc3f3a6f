"""Every command of the window with its text and its key, in one table; menus, keys and their sheet follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QKeySequence

from vcf_desktop.spine import VertebraLevel
from vcf_desktop.ui.language import QT_TRANSLATE_NOOP, translate


@dataclass(frozen=True)
class Command:
    """One command.

    Attributes:
        name: of the command in settings and in code.
        group: the menu it belongs to, untranslated.
        text: as the menu shows it, untranslated.
        key: default key as Qt writes it, empty for none.
        checkable: whether it is switched on and off.
    """

    name: str
    group: str
    text: str
    key: str = ""
    checkable: bool = False

    @property
    def label(self) -> str:
        """The text in the user's language."""
        return translate("Commands", self.text)


FILE: Final = QT_TRANSLATE_NOOP("Commands", "&File")
EDIT: Final = QT_TRANSLATE_NOOP("Commands", "&Edit")
FILM: Final = QT_TRANSLATE_NOOP("Commands", "Fil&m")
LAYERS: Final = QT_TRANSLATE_NOOP("Commands", "&Layers")
VERTEBRA: Final = QT_TRANSLATE_NOOP("Commands", "&Vertebra")
REVIEW: Final = QT_TRANSLATE_NOOP("Commands", "&Review")
MEASURE: Final = QT_TRANSLATE_NOOP("Commands", "Mea&sure")
HELP: Final = QT_TRANSLATE_NOOP("Commands", "&Help")

GROUPS: Final = (FILE, EDIT, FILM, LAYERS, VERTEBRA, REVIEW, MEASURE, HELP)

_TABLE: Final = (
    Command("open_files", FILE, QT_TRANSLATE_NOOP("Commands", "Open films…"), "Ctrl+O"),
    Command("open_folder", FILE, QT_TRANSLATE_NOOP("Commands", "Open a folder…"), "Ctrl+Shift+O"),
    Command("archive", FILE, QT_TRANSLATE_NOOP("Commands", "Search an archive…"), "Ctrl+F"),
    Command("retry", FILE, QT_TRANSLATE_NOOP("Commands", "Read the refused film again"), "Ctrl+Shift+R"),
    Command("next_film", FILE, QT_TRANSLATE_NOOP("Commands", "Next film"), "PgDown"),
    Command("previous_film", FILE, QT_TRANSLATE_NOOP("Commands", "Previous film"), "PgUp"),
    Command("remove_film", FILE, QT_TRANSLATE_NOOP("Commands", "Take the film off the list"), "Ctrl+W"),
    Command("outbox", FILE, QT_TRANSLATE_NOOP("Commands", "Outbox…")),
    Command("archives", FILE, QT_TRANSLATE_NOOP("Commands", "Archives…")),
    Command("settings", FILE, QT_TRANSLATE_NOOP("Commands", "Settings…"), "Ctrl+,"),
    Command("quit", FILE, QT_TRANSLATE_NOOP("Commands", "Quit"), "Ctrl+Q"),
    Command("undo", EDIT, QT_TRANSLATE_NOOP("Commands", "Undo"), "Ctrl+Z"),
    Command("redo", EDIT, QT_TRANSLATE_NOOP("Commands", "Redo"), "Ctrl+Shift+Z"),
    Command("fit", FILM, QT_TRANSLATE_NOOP("Commands", "Fit the film"), "F"),
    Command("one_to_one", FILM, QT_TRANSLATE_NOOP("Commands", "One film pixel per screen pixel"), "Z"),
    Command("zoom_in", FILM, QT_TRANSLATE_NOOP("Commands", "Zoom in"), "+"),
    Command("zoom_out", FILM, QT_TRANSLATE_NOOP("Commands", "Zoom out"), "-"),
    Command("next_window", FILM, QT_TRANSLATE_NOOP("Commands", "Next window preset"), "P"),
    Command("reset_window", FILM, QT_TRANSLATE_NOOP("Commands", "The film's own window"), "Shift+P"),
    Command("invert", FILM, QT_TRANSLATE_NOOP("Commands", "Invert"), "I", checkable=True),
    Command("clahe", FILM, QT_TRANSLATE_NOOP("Commands", "Enhanced contrast (CLAHE)"), "C", checkable=True),
    Command(
        "smooth", FILM, QT_TRANSLATE_NOOP("Commands", "Smooth enlarged pixels"), "Ctrl+E", checkable=True
    ),
    Command("magnifier", FILM, QT_TRANSLATE_NOOP("Commands", "Magnifier"), "M", checkable=True),
    Command("rotate_right", FILM, QT_TRANSLATE_NOOP("Commands", "Turn right"), "R"),
    Command("rotate_left", FILM, QT_TRANSLATE_NOOP("Commands", "Turn left"), "Shift+R"),
    Command("flip", FILM, QT_TRANSLATE_NOOP("Commands", "Mirror left to right"), "Shift+F"),
    Command("compare", FILM, QT_TRANSLATE_NOOP("Commands", "Beside a prior film"), "Ctrl+D", checkable=True),
    Command(
        "link", FILM, QT_TRANSLATE_NOOP("Commands", "Zoom both films together"), "Ctrl+K", checkable=True
    ),
    Command(
        "detach",
        FILM,
        QT_TRANSLATE_NOOP("Commands", "Film on the other monitor"),
        "Shift+F11",
        checkable=True,
    ),
    Command("full_screen", FILM, QT_TRANSLATE_NOOP("Commands", "Full screen"), "F11", checkable=True),
    Command("test_pattern", FILM, QT_TRANSLATE_NOOP("Commands", "Grey-scale test pattern"), "Ctrl+T"),
    Command("show_all", LAYERS, QT_TRANSLATE_NOOP("Commands", "All layers"), "H", checkable=True),
    Command("show_boxes", LAYERS, QT_TRANSLATE_NOOP("Commands", "Boxes"), "F2", checkable=True),
    Command("show_contours", LAYERS, QT_TRANSLATE_NOOP("Commands", "Outlines"), "F3", checkable=True),
    Command("show_points", LAYERS, QT_TRANSLATE_NOOP("Commands", "Six points"), "F4", checkable=True),
    Command("show_levels", LAYERS, QT_TRANSLATE_NOOP("Commands", "Levels"), "F5", checkable=True),
    Command("show_grades", LAYERS, QT_TRANSLATE_NOOP("Commands", "Grades"), "F6", checkable=True),
    Command("fainter", LAYERS, QT_TRANSLATE_NOOP("Commands", "Fainter"), "["),
    Command("stronger", LAYERS, QT_TRANSLATE_NOOP("Commands", "Stronger"), "]"),
    Command("accept", VERTEBRA, QT_TRANSLATE_NOOP("Commands", "Accept the machine's grade"), "A"),
    Command("grade_0", VERTEBRA, QT_TRANSLATE_NOOP("Commands", "Grade 0: no fracture"), "0"),
    Command("grade_0.5", VERTEBRA, QT_TRANSLATE_NOOP("Commands", "Grade 0.5: equivocal"), "5"),
    Command("grade_1", VERTEBRA, QT_TRANSLATE_NOOP("Commands", "Grade 1: mild"), "1"),
    Command("grade_2", VERTEBRA, QT_TRANSLATE_NOOP("Commands", "Grade 2: moderate"), "2"),
    Command("grade_3", VERTEBRA, QT_TRANSLATE_NOOP("Commands", "Grade 3: severe"), "3"),
    Command("grade_not evaluable", VERTEBRA, QT_TRANSLATE_NOOP("Commands", "Not evaluable"), "E"),
    Command("reject", VERTEBRA, QT_TRANSLATE_NOOP("Commands", "Reject: this is no vertebra"), "Ctrl+Del"),
    Command("undecide", VERTEBRA, QT_TRANSLATE_NOOP("Commands", "Take the decision back"), "Backspace"),
    Command("type_wedge", VERTEBRA, QT_TRANSLATE_NOOP("Commands", "Type: wedge"), "W"),
    Command("type_biconcave", VERTEBRA, QT_TRANSLATE_NOOP("Commands", "Type: biconcave"), "B"),
    Command("type_crush", VERTEBRA, QT_TRANSLATE_NOOP("Commands", "Type: crush"), "K"),
    Command("type_none", VERTEBRA, QT_TRANSLATE_NOOP("Commands", "Type: as measured"), "Shift+W"),
    Command("cause_degenerative", VERTEBRA, QT_TRANSLATE_NOOP("Commands", "Cause: degenerative"), "Shift+D"),
    Command("cause_Scheuermann", VERTEBRA, QT_TRANSLATE_NOOP("Commands", "Cause: Scheuermann"), "Shift+S"),
    Command("cause_Schmorl", VERTEBRA, QT_TRANSLATE_NOOP("Commands", "Cause: Schmorl node"), "Shift+N"),
    Command("cause_hardware", VERTEBRA, QT_TRANSLATE_NOOP("Commands", "Cause: hardware"), "Shift+H"),
    Command("cause_pathological", VERTEBRA, QT_TRANSLATE_NOOP("Commands", "Cause: pathological"), "Shift+G"),
    Command("cause_other", VERTEBRA, QT_TRANSLATE_NOOP("Commands", "Cause: other"), "Shift+O"),
    Command("cause_none", VERTEBRA, QT_TRANSLATE_NOOP("Commands", "Cause: none named"), "Shift+Backspace"),
    Command("note", VERTEBRA, QT_TRANSLATE_NOOP("Commands", "Note…"), "N"),
    Command("rename", VERTEBRA, QT_TRANSLATE_NOOP("Commands", "Name of the level…"), "L"),
    Command(
        "mark_T13", VERTEBRA, QT_TRANSLATE_NOOP("Commands", "This is T13, those above follow"), "Shift+T"
    ),
    Command("mark_L6", VERTEBRA, QT_TRANSLATE_NOOP("Commands", "This is L6, those above follow"), "Shift+L"),
    Command("shift_up", VERTEBRA, QT_TRANSLATE_NOOP("Commands", "All names one level up"), "Ctrl+Up"),
    Command("shift_down", VERTEBRA, QT_TRANSLATE_NOOP("Commands", "All names one level down"), "Ctrl+Down"),
    Command(
        "add_above",
        VERTEBRA,
        QT_TRANSLATE_NOOP("Commands", "Add a missed vertebra above this one"),
        "Ctrl+Ins",
    ),
    Command(
        "add_below",
        VERTEBRA,
        QT_TRANSLATE_NOOP("Commands", "Add a missed vertebra below this one"),
        "Shift+Ins",
    ),
    Command(
        "add_vertebra",
        VERTEBRA,
        QT_TRANSLATE_NOOP("Commands", "Add a missed vertebra: draw its box"),
        "Ins",
        checkable=True,
    ),
    Command("next_undecided", REVIEW, QT_TRANSLATE_NOOP("Commands", "Next undecided vertebra"), "Space"),
    Command(
        "previous_undecided",
        REVIEW,
        QT_TRANSLATE_NOOP("Commands", "Previous undecided vertebra"),
        "Shift+Space",
    ),
    Command("next_vertebra", REVIEW, QT_TRANSLATE_NOOP("Commands", "Next vertebra"), "Down"),
    Command("previous_vertebra", REVIEW, QT_TRANSLATE_NOOP("Commands", "Previous vertebra"), "Up"),
    Command(
        "accept_normals",
        REVIEW,
        QT_TRANSLATE_NOOP("Commands", "Accept all remaining normals"),
        "Ctrl+Shift+A",
    ),
    Command(
        "reveal",
        REVIEW,
        QT_TRANSLATE_NOOP("Commands", "Record my first reading, then show the results"),
        "Ctrl+R",
    ),
    Command("analyse", REVIEW, QT_TRANSLATE_NOOP("Commands", "Analyse the film"), "F9"),
    Command("cancel", REVIEW, QT_TRANSLATE_NOOP("Commands", "Cancel the analysis"), "Shift+F9"),
    Command("sign", REVIEW, QT_TRANSLATE_NOOP("Commands", "Sign…"), "Ctrl+Return"),
    Command("amend", REVIEW, QT_TRANSLATE_NOOP("Commands", "Amend the signed review"), "Ctrl+Shift+Return"),
    Command("report", REVIEW, QT_TRANSLATE_NOOP("Commands", "Report…"), "Ctrl+P"),
    Command("trail", REVIEW, QT_TRANSLATE_NOOP("Commands", "Audit trail…"), "Ctrl+Shift+T"),
    Command("select_tool", MEASURE, QT_TRANSLATE_NOOP("Commands", "Select and move"), "Esc", checkable=True),
    Command("length", MEASURE, QT_TRANSLATE_NOOP("Commands", "Length"), "D", checkable=True),
    Command("angle", MEASURE, QT_TRANSLATE_NOOP("Commands", "Angle"), "V", checkable=True),
    Command("cobb", MEASURE, QT_TRANSLATE_NOOP("Commands", "Cobb angle"), "O", checkable=True),
    Command(
        "remove_measure",
        MEASURE,
        QT_TRANSLATE_NOOP("Commands", "Remove the last measurement"),
        "Del",
    ),
    Command("keys", HELP, QT_TRANSLATE_NOOP("Commands", "All keys"), "?"),
    Command("intended_use", HELP, QT_TRANSLATE_NOOP("Commands", "Intended use and limits"), ""),
    Command("about", HELP, QT_TRANSLATE_NOOP("Commands", "About VCF Desktop"), ""),
)

_EDITS: Final = (
    QT_TRANSLATE_NOOP("Commands", "Move a point"),
    QT_TRANSLATE_NOOP("Commands", "Move the outline"),
    QT_TRANSLATE_NOOP("Commands", "Add a measurement"),
    QT_TRANSLATE_NOOP("Commands", "Add a vertebra"),
    QT_TRANSLATE_NOOP("Commands", "Mark a fracture"),
    QT_TRANSLATE_NOOP("Commands", "Record the first reading"),
    QT_TRANSLATE_NOOP("Commands", "Mark the rest as not evaluable"),
    QT_TRANSLATE_NOOP("Commands", "Analysis"),
)
"""Edits that no command of the table names; they are called so in the trail and in the edit menu."""

MOVE_POINT, MOVE_OUTLINE, ADD_MEASURE, ADD_VERTEBRA, MARK, RECORD_READING, MARK_REST, ANALYSIS = _EDITS

_OF_THE_FILM: Final = {
    "analysis": ANALYSIS,
    "indication": QT_TRANSLATE_NOOP("Commands", "Report: indication"),
    "quality": QT_TRANSLATE_NOOP("Commands", "Report: technical quality"),
    "quality note": QT_TRANSLATE_NOOP("Commands", "Report: what limits the quality"),
    "comment": QT_TRANSLATE_NOOP("Commands", "Report: further findings"),
    "recommendation": QT_TRANSLATE_NOOP("Commands", "Report: recommendation"),
    "prior": QT_TRANSLATE_NOOP("Commands", "Report: prior film"),
}
"""Edits about the film as a whole, by what the trail says has changed: they are recorded as that."""

COMMANDS: Final[Mapping[str, Command]] = {command.name: command for command in _TABLE}


def edit_text(name: str) -> str:
    """What a command is called in the audit trail: English, as trails are read in any language."""
    return COMMANDS[name].text.rstrip("…").replace("&", "")


def shown_edit(recorded: str) -> str:
    """A line of the trail, as ``undo: L1: Reject: …``, in the user's language."""
    for prefix, shown in _PREFIXES.items():
        if recorded.startswith(prefix):
            return translate("Commands", shown).replace("%1", shown_edit(recorded.removeprefix(prefix)))
    level, colon, rest = recorded.partition(": ")
    if colon and level in VertebraLevel.__members__:
        return f"{level}: {shown_edit(rest)}"
    if recorded in _OF_THE_FILM:
        return translate("Commands", _OF_THE_FILM[recorded])
    text = next((command.text for name, command in COMMANDS.items() if edit_text(name) == recorded), recorded)
    return translate("Commands", text).rstrip("…").replace("&", "")


_PREFIXES: Final = {
    "undo: ": QT_TRANSLATE_NOOP("Commands", "Undone: %1"),
    "redo: ": QT_TRANSLATE_NOOP("Commands", "Redone: %1"),
    "sign version ": QT_TRANSLATE_NOOP("Commands", "Sign version %1"),
    "amend version ": QT_TRANSLATE_NOOP("Commands", "Amend version %1"),
}


def keys_of(own: Mapping[str, str]) -> dict[str, str]:
    """The key of every command: the user's where he chose one, empty for none, else the default."""
    return {name: own.get(name, command.key) for name, command in COMMANDS.items()}


def conflicts(keys: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Names of commands that share a key, group by group; of two only one would answer."""
    by_key: dict[str, list[str]] = {}
    for name, key in keys.items():
        sequence = QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
        if sequence:
            by_key.setdefault(sequence, []).append(name)
    return [tuple(names) for names in by_key.values() if len(names) > 1]
