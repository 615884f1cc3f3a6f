"""The audit trail as it is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTableWidget
from pytestqt.qtbot import QtBot

from vcf_desktop.statement import Statement
from vcf_desktop.trail import (
    Change,
    Signature,
    TrailEntry,
)
from vcf_desktop.ui.trail_dialog import TrailDialog, exact_moment

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window

NOON = datetime(2026, 3, 4, 12, 0, 5).astimezone()
TRAIL = (
    TrailEntry(
        NOON, "Dr. Ada Weiss", "analysis", (Change("", "analysis", "", "", "2 findings by detector"),)
    ),
    TrailEntry(
        NOON + timedelta(hours=1),
        "Dr. Ada Weiss",
        "Shift names",
        (Change("T11", "level", "T12", "T12", "T11"), Change("T12", "level", "L1", "L1", "T12")),
    ),
    TrailEntry(
        NOON + timedelta(hours=2),
        "Dr. Bo",
        "Grade 2",
        (Change("T12", "decision", "grade 1", "", "overridden: grade 2"),),
    ),
    TrailEntry(NOON + timedelta(hours=3), "Dr. Bo", "sign version 1", ()),
)
SIGNATURES = (Signature(1, "Dr. Bo", NOON + timedelta(hours=3)),)


@pytest.fixture(autouse=True)
def _german_dates() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.German))
    yield
    QLocale.setDefault(before)


def shown(
    qtbot: QtBot, trail: tuple[TrailEntry, ...] = TRAIL, signatures: tuple[Signature, ...] = SIGNATURES
) -> TrailDialog:
    dialog = TrailDialog(trail, signatures)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def visible_rows(dialog: TrailDialog) -> list[list[str]]:
    table = dialog.findChild(QTableWidget)
    return [
        [table.item(row, column).text() for column in range(table.columnCount())]
        for row in range(table.rowCount())
        if not table.isRowHidden(row)
    ]


def texts(dialog: TrailDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_that_every_change_is_a_line_with_who_when_and_what(qtbot: QtBot) -> None:
    assert visible_rows(shown(qtbot)) == [
        ["04.03.2026 12:00:05", "machine", "Analysis", "", "", "", "2 findings by detector"],
        ["04.03.2026 13:00:05", "Dr. Ada Weiss", "Shift names: level", "T11", "T12", "T12", "T11"],
        ["04.03.2026 13:00:05", "Dr. Ada Weiss", "Shift names: level", "T12", "L1", "L1", "T12"],
        ["04.03.2026 14:00:05", "Dr. Bo", "Grade 2: decision", "T12", "grade 1", "", "overridden: grade 2"],
        ["04.03.2026 15:00:05", "Dr. Bo", "Sign version 1", "", "", "", ""],
    ]


def test_that_a_reader_without_a_name_is_not_taken_for_the_machine(qtbot: QtBot) -> None:
    decided = Change("L1", "decision", "grade 0", "", "overridden: grade 3")
    found = Change("", "analysis", "", "", "2 findings by detector")
    trail = (TrailEntry(NOON, "", "analysis", (found,)), TrailEntry(NOON, "", "Grade 3", (decided,)))
    assert [row[1] for row in visible_rows(shown(qtbot, trail, ()))] == ["machine", "not named"]


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("indication", "Report: indication"),
        ("quality", "Report: technical quality"),
        ("quality_note", "Report: what limits the quality"),
        ("comment", "Report: further findings"),
        ("recommendation", "Report: recommendation"),
        ("prior", "Report: prior film"),
    ],
)
def test_that_words_of_the_report_are_told_once_when_written_and_when_undone(
    qtbot: QtBot, field: str, told: str
) -> None:
    what = field.replace("_", " ")
    assert field in {each.name for each in fields(Statement)}
    trail = tuple(
        TrailEntry(NOON, "Ada", action, (Change("", what, "", before, after),))
        for action, before, after in ((what, "", "old"), (f"undo: {what}", "old", ""))
    )
    assert [row[2:] for row in visible_rows(shown(qtbot, trail, ()))] == [
        [told, "", "", "", "old"],
        [f"Undone: {told}", "", "", "old", ""],
    ]


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en_US", "3/4/2026 12:00:05\N{NARROW NO-BREAK SPACE}PM"),
        ("en_GB", "04/03/2026 12:00:05"),
        ("de_DE", "04.03.2026 12:00:05"),
        ("fr_FR", "04/03/2026 12:00:05"),
        ("es_ES", "4/3/2026 12:00:05"),
        ("zh_CN", "2026/3/4 12:00:05"),
    ],
)
def test_that_a_moment_has_the_whole_year_and_the_seconds_in_every_language(
    qtbot: QtBot, locale: str, text: str
) -> None:
    QLocale.setDefault(QLocale(locale))
    assert exact_moment(NOON) == text


def test_that_signatures_stand_above_the_lines(qtbot: QtBot) -> None:
    assert "Version 1 was signed by Dr. Bo on 04.03.2026 15:00:05." in texts(shown(qtbot))
    assert "No version has been signed." in texts(shown(qtbot, signatures=()))


@pytest.mark.parametrize(
    ("text", "count"), [("T12", 3), ("dr. bo", 2), ("13:00", 2), ("OVERRIDDEN", 1), ("  ", 5), ("nothing", 0)]
)
def test_that_the_filter_looks_into_every_column(qtbot: QtBot, text: str, count: int) -> None:
    dialog = shown(qtbot)
    assert isinstance(dialog.focusWidget(), QLineEdit)
    qtbot.keyClicks(dialog.focusWidget(), text)
    assert len(visible_rows(dialog)) == count
    assert f"Lines shown: {count} of 5" in texts(dialog)


def test_that_the_copy_holds_every_line_also_those_that_the_filter_hides(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    qtbot.keyClicks(dialog.focusWidget(), "nothing")
    copy = next(b for b in dialog.findChildren(QPushButton) if b.text() == "&Copy all as text")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("Version 1 was signed by Dr. Bo")
    cells = [line.split("\t") for line in lines[2:]]
    assert cells[0] == ["When", "Who", "What", "Level", "Machine", "Before", "After"]
    assert [datetime.fromisoformat(row[0]) for row in cells[1:]] == [
        entry.at for entry in TRAIL for _ in entry.changes or (None,)
    ]
    assert cells[4][1:] == ["Dr. Bo", "Grade 2: decision", "T12", "grade 1", "", "overridden: grade 2"]


def test_that_a_note_of_several_lines_stays_one_line_of_the_copy(qtbot: QtBot) -> None:
    note = Change("L1", "note", "", "", "two\nlines\tand a tab")
    dialog = shown(qtbot, (TrailEntry(NOON, "Dr. Bo", "Note", (note,)),), ())
    copy = next(b for b in dialog.findChildren(QPushButton) if b.text() == "&Copy all as text")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().splitlines()[-1].endswith("\ttwo lines and a tab")


def test_that_long_words_break_their_line_instead_of_being_cut(qtbot: QtBot) -> None:
    points = "; ".join(["1234.5, 1234.5"] * 6)
    dialog = shown(
        qtbot, (TrailEntry(NOON, "Dr. Bo", "Move", (Change("L1", "points", points, points, ""),)),)
    )
    table = dialog.findChild(QTableWidget)
    assert table.rowHeight(0) >= 3 * table.fontMetrics().lineSpacing()


def test_that_a_trail_without_entries_is_an_empty_table(qtbot: QtBot) -> None:
    dialog = shown(qtbot, (), ())
    assert visible_rows(dialog) == []
    assert "Lines shown: 0 of 0" in texts(dialog)


def test_that_escape_closes_it(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Escape)
    assert not dialog.isVisible()
