"""The audit trail, to be read: who changed what, when, from what to what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from vcf_desktop.trail import (
    Change,
    Signature,
    TrailEntry,
)
from vcf_desktop.ui.commands import shown_edit
from vcf_desktop.ui.dialogs import size_dialog

_NARROW_COLUMNS: Final = (0, 1, 3)
"""When, who and level; the others share the rest and break their lines."""


class TrailDialog(QDialog):
    """One line a change, the first one first."""

    def __init__(
        self, trail: Sequence[TrailEntry], signatures: Sequence[Signature], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Audit trail"))
        self._signatures = signatures
        self._lines = [
            (entry.at, [exact_moment(entry.at), self._who(entry), *self._cells(entry, change)])
            for entry in trail
            for change in entry.changes or (None,)
        ]
        self._filter = QLineEdit(clearButtonEnabled=True)
        self._filter.setPlaceholderText(self.tr("Show only lines that contain…"))
        self._filter.textChanged.connect(self._show_matches)
        self._count = QLabel()
        self._table = self._new_table()
        self._copy = QPushButton(self.tr("&Copy all as text"))
        self._copy.setAutoDefault(False)
        self._copy.clicked.connect(self._copy_text)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self._copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel("\n".join(self._signature_lines()), wordWrap=True))
        layout.addWidget(self._filter)
        layout.addWidget(self._table, 1)
        layout.addWidget(self._count)
        layout.addWidget(buttons)
        self._filter.setFocus()
        self._show_matches("")
        size_dialog(self, 1100, 640)

    def _signature_lines(self) -> list[str]:
        signed = self.tr("Version %1 was signed by %2 on %3.")
        lines = [
            signed.replace("%1", str(each.version))
            .replace("%2", each.reader)
            .replace("%3", exact_moment(each.at))
            for each in self._signatures
        ]
        return lines or [self.tr("No version has been signed.")]

    # The table

    def _titles(self) -> list[str]:
        return [
            self.tr("When"),
            self.tr("Who"),
            self.tr("What"),
            self.tr("Level"),
            self.tr("Machine"),
            self.tr("Before"),
            self.tr("After"),
        ]

    def _who(self, entry: TrailEntry) -> str:
        if entry.action == "analysis":
            return self.tr("machine")
        return entry.reader or self.tr("not named")

    def _cells(self, entry: TrailEntry, change: Change | None) -> list[str]:
        if change is None:
            return [shown_edit(entry.action), "", "", "", ""]
        what = self._subjects().get(change.what, change.what)
        # "analysis: analysis" would say it twice.
        done = shown_edit(entry.action)
        said = done if entry.action.endswith(change.what) else f"{done}: {what}"
        return [said, change.level, change.machine, change.before, change.after]

    def _subjects(self) -> dict[str, str]:
        return {
            "decision": self.tr("decision"),
            "level": self.tr("level"),
            "points": self.tr("six points"),
            "outline": self.tr("outline"),
            "type": self.tr("type"),
            "cause": self.tr("cause"),
            "note": self.tr("note"),
            "vertebra": self.tr("vertebra"),
            "analysis": self.tr("analysis"),
            "measures": self.tr("measurements"),
            "first reading": self.tr("first reading"),
        }

    def _new_table(self) -> QTableWidget:
        titles = self._titles()
        table = QTableWidget(len(self._lines), len(titles))
        table.setAccessibleName(self.windowTitle())
        table.setHorizontalHeaderLabels(titles)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column in _NARROW_COLUMNS:
            table.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        for row, (_, cells) in enumerate(self._lines):
            for column, text in enumerate(cells):
                table.setItem(row, column, QTableWidgetItem(text))
        return table

    def _show_matches(self, text: str) -> None:
        wanted = text.strip().casefold()
        matches = [any(wanted in cell.casefold() for cell in cells) for _, cells in self._lines]
        for row, matching in enumerate(matches):
            self._table.setRowHidden(row, not matching)
        count = self.tr("Lines shown: %1 of %2")
        self._count.setText(count.replace("%1", str(sum(matches))).replace("%2", str(len(matches))))

    def _copy_text(self) -> None:
        """All lines, tabs between their cells, with dates that mean the same everywhere."""
        rows = ([at.isoformat(timespec="seconds"), *cells[1:]] for at, cells in self._lines)
        lines = ["\t".join(" ".join(cell.split()) for cell in row) for row in (self._titles(), *rows)]
        QGuiApplication.clipboard().setText("\n".join([*self._signature_lines(), "", *lines, ""]))
        self._copy.setText(self.tr("Copied"))


def exact_moment(at: datetime) -> str:
    """Date with all of its year and time to the second, as the user's locale writes them, in local time."""
    locale = QLocale()
    date_format = locale.dateFormat(QLocale.FormatType.ShortFormat)
    # The long time is the only one with seconds; it names a zone besides.
    time_format = re.sub(r"\s*\(?t+\)?\s*", "", locale.timeFormat(QLocale.FormatType.LongFormat))
    four_digits = re.sub(r"y+", "yyyy", date_format)
    return locale.toString(QDateTime.fromSecsSinceEpoch(int(at.timestamp())), f"{four_digits} {time_format}")
