"""Which commands may be used when, and that no key does harm by a slip of the finger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu
from pytestqt.qtbot import QtBot

from tests.ui.fakes import MODEL, finding
from vcf_desktop.film import Orientation, SpacingSource, VoiWindow
from vcf_desktop.io.sessions import FilmRecord, Session
from vcf_desktop.review import Mark, Measure, MeasureKind, ReaderGrade, Review
from vcf_desktop.spine import Analysis, VertebraLevel
from vcf_desktop.trail import Signature
from vcf_desktop.ui.actions import apply_keys, enabled_commands, fill_menus, make_actions
from vcf_desktop.ui.commands import COMMANDS, GROUPS, VERTEBRA, conflicts, keys_of
from vcf_desktop.ui.document import Document, DocumentState
from vcf_desktop.ui.film_entries import FilmKey
from vcf_desktop.ui.grey_picture import GreyPicture
from vcf_desktop.ui.reading import OpenedFilm

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.qt_log_ignore("propagateSizeHints"),  # the offscreen platform says so of every window
]

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
PATH = Path("/films/film.png")
FILM = OpenedFilm(
    FilmKey(PATH),
    FilmRecord("a" * 64, PATH),
    GreyPicture(
        (np.zeros((8, 8), np.uint8),), np.arange(256.0), None, (VoiWindow(127.5, 255.0, "LINEAR_EXACT"),)
    ),
    None,
    SpacingSource.NONE,
    None,
    (),
    1,
)

ALWAYS = {
    *(
        "archive",
        "archives",
        "outbox",
        "open_files",
        "open_folder",
        "settings",
        "quit",
        "next_film",
        "previous_film",
    ),
    *("test_pattern", "full_screen", "detach", "keys", "intended_use", "about"),
}
ON_A_FILM = ALWAYS | {
    *("fit", "one_to_one", "zoom_in", "zoom_out", "next_window", "reset_window", "invert", "clahe"),
    *("smooth", "magnifier", "rotate_right", "rotate_left", "flip", "compare", "link", "remove_film"),
    *("show_all", "show_boxes", "show_contours", "show_points", "show_levels", "show_grades"),
    *("fainter", "stronger", "select_tool"),
}
MEASURING = {"length", "angle", "cobb"}
MARKING = {"grade_0.5", "grade_1", "grade_2", "grade_3"}
REVIEWING = (
    ON_A_FILM | MEASURING | {"trail", "add_vertebra", "next_vertebra", "previous_vertebra", "sign", "report"}
)
STEPS = {"next_undecided", "previous_undecided"}
SHIFTS = {"shift_up", "shift_down"}
OF_A_VERTEBRA = {
    *("grade_0", "grade_0.5", "grade_1", "grade_2", "grade_3", "grade_not evaluable", "reject"),
    *("type_wedge", "type_biconcave", "type_crush", "type_none", "note", "rename", "mark_T13", "mark_L6"),
    *("cause_degenerative", "cause_Scheuermann", "cause_Schmorl", "cause_hardware"),
    *("cause_pathological", "cause_other", "cause_none", "add_above", "add_below"),
}


def analysed(places: int = 5) -> Review:
    findings = tuple(map(finding, range(places)))
    return Review().with_analysis(Analysis("a" * 64, findings, (MODEL,), NOON, {"total": 0.5}))


def drawn(review: Review) -> Review:
    return review.with_drawn((155, 560, 245, 620), VertebraLevel.L4, anterior_is_left=True)


def measured(review: Review) -> Review:
    return replace(review, measures=(Measure(MeasureKind.LENGTH, np.array([[1.0, 2.0], [3.0, 4.0]])),))


def opened(review: Review | None = None, *, read_first: bool = False, signed: bool = False) -> Document:
    signatures = (Signature(1, "Ada", NOON),) if signed else ()
    session = Session(FILM.record, review or Review(), signatures=signatures, locked=signed)
    return Document(FILM, session, lambda: "Ada", read_first=read_first)


def selected(document: Document, key: int) -> Document:
    document.select(key)
    return document


def after(document: Document, *edits: Callable[[Document], object]) -> Document:
    for edit in edits:
        edit(document)
    return document


def all_decided() -> Review:
    review = analysed()
    for vertebra in review.vertebrae:
        review = review.accepted(vertebra.key, "Ada", NOON)
    return review


def show_all(document: Document) -> None:
    for vertebra in document.review.vertebrae:
        document.select(vertebra.key)
    document.select(None)


TABLE: dict[str, tuple[Callable[[], Document], DocumentState, set[str]]] = {
    "just opened": (opened, DocumentState.LOADED, REVIEWING | {"analyse"}),
    "turned": (
        lambda: after(opened(), lambda d: d.orient(Orientation(1), "turn")),
        DocumentState.LOADED,
        REVIEWING | {"analyse", "undo"},
    ),
    "turned and turned back": (
        lambda: after(opened(), lambda d: d.orient(Orientation(1), "turn"), lambda d: d.undo_stack.undo()),
        DocumentState.LOADED,
        REVIEWING | {"analyse", "redo"},
    ),
    "being analysed": (
        lambda: after(opened(), lambda d: d.set_analysing(True)),
        DocumentState.ANALYSING,
        (REVIEWING - {"sign", "report"}) | {"cancel"},
    ),
    "no vertebra found": (lambda: opened(analysed(0)), DocumentState.REVIEWING, REVIEWING | {"analyse"}),
    "nothing selected": (
        lambda: opened(analysed()),
        DocumentState.REVIEWING,
        REVIEWING | {"analyse"} | SHIFTS | STEPS,
    ),
    "analysed again": (
        lambda: after(selected(opened(analysed()), 1), lambda d: d.set_analysing(True)),
        DocumentState.ANALYSING,
        (REVIEWING - {"sign", "report"}) | {"cancel", "accept"} | SHIFTS | STEPS | OF_A_VERTEBRA,
    ),
    "an undecided one selected": (
        lambda: selected(opened(analysed()), 1),
        DocumentState.REVIEWING,
        REVIEWING | {"analyse", "accept"} | SHIFTS | STEPS | OF_A_VERTEBRA,
    ),
    "a decided one selected": (
        lambda: selected(opened(analysed().accepted(1, "Ada", NOON)), 1),
        DocumentState.REVIEWING,
        REVIEWING | {"analyse", "accept", "undecide"} | SHIFTS | STEPS | OF_A_VERTEBRA,
    ),
    "a rejected one selected": (
        lambda: selected(opened(analysed().rejected(1, "Ada", NOON)), 1),
        DocumentState.REVIEWING,
        (REVIEWING | {"analyse", "accept", "undecide"} | SHIFTS | STEPS | OF_A_VERTEBRA)
        - {"add_above", "add_below"},
    ),
    "one selected that only the reader saw": (
        lambda: selected(opened(drawn(Review())), 1),
        DocumentState.REVIEWING,
        REVIEWING | {"analyse"} | SHIFTS | STEPS | OF_A_VERTEBRA,
    ),
    "all shown": (
        lambda: after(opened(analysed()), show_all),
        DocumentState.REVIEWING,
        REVIEWING | {"analyse", "accept_normals"} | SHIFTS | STEPS,
    ),
    "all shown and no normal left": (
        lambda: after(opened(analysed()), show_all, lambda d: d.accept_normals("normals")),
        DocumentState.REVIEWING,
        REVIEWING | {"analyse", "undo"} | SHIFTS | STEPS,
    ),
    "all decided": (
        lambda: opened(all_decided()),
        DocumentState.REVIEWING,
        REVIEWING | {"analyse"} | SHIFTS,
    ),
    "measured": (
        lambda: opened(measured(analysed())),
        DocumentState.REVIEWING,
        REVIEWING | {"analyse", "remove_measure"} | SHIFTS | STEPS,
    ),
    "edited": (
        lambda: after(opened(analysed()), lambda d: d.shift(1, "shift")),
        DocumentState.REVIEWING,
        REVIEWING | {"analyse", "undo"} | SHIFTS | STEPS,
    ),
    "undone": (
        lambda: after(opened(analysed()), lambda d: d.shift(1, "shift"), lambda d: d.undo_stack.undo()),
        DocumentState.REVIEWING,
        REVIEWING | {"analyse", "redo"} | SHIFTS | STEPS,
    ),
    "read first, not analysed": (
        lambda: opened(read_first=True),
        DocumentState.LOADED,
        ON_A_FILM | MEASURING | MARKING | {"analyse", "reveal"},
    ),
    "read first, being analysed": (
        lambda: after(opened(read_first=True), lambda d: d.set_analysing(True)),
        DocumentState.ANALYSING,
        ON_A_FILM | MEASURING | MARKING | {"cancel", "reveal"},
    ),
    "read first, analysed": (
        lambda: opened(measured(analysed()), read_first=True),
        DocumentState.REVIEWING,
        ON_A_FILM | MEASURING | MARKING | {"analyse", "reveal", "remove_measure"},
    ),
    "read first, marked": (
        lambda: after(
            opened(analysed(), read_first=True), lambda d: d.add_mark(Mark(1, 2, ReaderGrade.MILD), "mark")
        ),
        DocumentState.REVIEWING,
        ON_A_FILM | MEASURING | MARKING | {"analyse", "reveal", "undo"},
    ),
    "read first, recorded": (
        lambda: after(
            opened(analysed(), read_first=True),
            lambda d: d.add_mark(Mark(1, 2, ReaderGrade.MILD), "mark"),
            lambda d: d.record_first_reading("record"),
        ),
        DocumentState.REVIEWING,
        REVIEWING | {"analyse"} | SHIFTS | STEPS,
    ),
    "signed": (
        lambda: selected(opened(measured(all_decided()), signed=True), 1),
        DocumentState.SIGNED,
        ON_A_FILM | {"trail", "amend", "report", "next_vertebra", "previous_vertebra"},
    ),
    "signed, being analysed": (
        lambda: after(opened(all_decided(), signed=True), lambda d: d.set_analysing(True)),
        DocumentState.SIGNED,
        ON_A_FILM | {"trail", "amend", "report", "next_vertebra", "previous_vertebra"},
    ),
    "amended": (
        lambda: after(opened(all_decided(), signed=True), lambda d: d.amend()),
        DocumentState.REVIEWING,
        REVIEWING | {"analyse"} | SHIFTS,
    ),
}


# -- Which commands may be used ------------------------------------------------------------------------------


@pytest.mark.parametrize("case", TABLE)
def test_that_exactly_those_commands_are_enabled_that_do_something(case: str) -> None:
    make, state, expected = TABLE[case]
    document = make()
    assert document.state is state
    assert enabled_commands(document) == expected


def test_that_without_a_film_one_can_open_set_and_ask() -> None:
    assert enabled_commands(None) == ALWAYS
    assert enabled_commands(None, refused=True) == ALWAYS | {"retry", "remove_film"}


def test_that_each_command_is_enabled_somewhere_and_all_enabled_ones_exist() -> None:
    somewhere = set().union(*(enabled_commands(make()) for make, *_ in TABLE.values()))
    somewhere |= enabled_commands(None, refused=True)
    assert somewhere == set(COMMANDS)


def test_that_no_command_that_is_enabled_for_a_vertebra_is_so_without_one() -> None:
    for case, (make, *_) in TABLE.items():
        document = make()
        if document.selection is None or document.is_hidden:
            assert not enabled_commands(document) & (OF_A_VERTEBRA - MARKING), case


# -- Keys ----------------------------------------------------------------------------------------------------


def test_that_no_two_commands_share_a_default_key() -> None:
    assert conflicts(keys_of({})) == []


def test_that_every_default_key_is_one_that_qt_knows() -> None:
    for name, command in COMMANDS.items():
        sequence = QKeySequence(command.key)
        assert sequence.count() == (1 if command.key else 0), name
        assert sequence.toString(QKeySequence.SequenceFormat.PortableText) == command.key, name


@pytest.mark.parametrize(
    "name", ["reject", "remove_film", "undecide", "remove_measure", "quit", "analyse", "sign", "amend"]
)
def test_that_nothing_is_taken_away_or_signed_by_a_plain_letter_or_digit(name: str) -> None:
    key = COMMANDS[name].key
    assert key
    assert len(key.removeprefix("Shift+")) > 1, key


def test_that_a_shared_key_is_found_however_it_is_written() -> None:
    assert conflicts(keys_of({"accept": "ctrl+w"})) == [("remove_film", "accept")]
    assert conflicts(keys_of({"accept": "Ctrl+W", "remove_film": ""})) == []
    assert conflicts({"a": "X", "b": "x", "c": "", "d": ""}) == [("a", "b")]


# -- Actions and menus ---------------------------------------------------------------------------------------


def test_that_every_command_has_an_action_with_its_text_and_key(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = make_actions(window, {"accept": "F7", "reject": ""})
    assert list(actions) == list(COMMANDS)
    assert set(actions.values()) <= set(window.actions())  # so that keys work in the whole window
    for name, action in actions.items():
        command = COMMANDS[name]
        own = {"accept": "F7", "reject": ""}.get(name, command.key)
        assert action.objectName() == name
        assert action.text() == command.label
        assert action.isCheckable() == command.checkable
        assert action.shortcut() == QKeySequence(own)


def test_that_a_key_held_down_decides_about_one_vertebra_once(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = make_actions(window, {})
    for name, command in COMMANDS.items():
        assert actions[name].autoRepeat() == (command.group != VERTEBRA), name
    deciding = {"accept", "undecide", "shift_up", "shift_down"} | OF_A_VERTEBRA
    assert not any(actions[name].autoRepeat() for name in deciding)
    going_on = ("next_undecided", "next_vertebra", "zoom_in", "undo", "redo", "rotate_right", "fainter")
    assert all(actions[name].autoRepeat() for name in going_on)


def test_that_keys_can_be_given_back(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = make_actions(window, {"accept": "F7"})
    apply_keys(actions, {})
    assert actions["accept"].shortcut() == QKeySequence("A")
    apply_keys(actions, {"accept": ""})
    assert actions["accept"].shortcut().isEmpty()


def test_that_every_command_stands_in_the_menu_of_its_group_once(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = make_actions(window, {})
    fill_menus(window.menuBar(), actions)
    menus = [action.menu() for action in window.menuBar().actions()]
    assert [menu.objectName() for menu in menus if isinstance(menu, QMenu)] == list(GROUPS)
    listed = [action.objectName() for menu in menus if isinstance(menu, QMenu) for action in menu.actions()]
    assert sorted(listed) == sorted(COMMANDS)
    letters = [group[group.index("&") + 1].casefold() for group in GROUPS]
    assert len(set(letters)) == len(letters)
