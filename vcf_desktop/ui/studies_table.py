"""The studies that an archive has found, as a table."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from vcf_desktop.io.pacs import FoundStudy
from vcf_desktop.ui.wording import day, person

_PLACE: Final = Qt.ItemDataRole.UserRole
_SORTS_BY: Final = Qt.ItemDataRole.UserRole + 1
_DATE, _DESCRIPTION, _HERE = 3, 5, 8
_MARK: Final = "✓"


class StudiesTable(QTableWidget):
    """A line for each study, sorted by any column, the newest first at the beginning.

    Signals:
        wanted: Return was pressed, or a line was double-clicked.
    """

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studies: tuple[FoundStudy, ...] = ()
        titles = self._titles()
        self.setColumnCount(len(titles))
        self.setHorizontalHeaderLabels(titles)
        self.setAccessibleName(self.tr("Studies found"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setStyleSheet("QTableView::item { padding: 0 6px; } QHeaderView::section { padding: 3px 9px; }")
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_DESCRIPTION, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        self.setSortingEnabled(True)
        self.doubleClicked.connect(self.wanted)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self.wanted)

    @property
    def chosen(self) -> tuple[FoundStudy, ...]:
        """The selected studies, from top to bottom."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        return tuple(self._studies[self._place(row)] for row in rows)

    def show_studies(self, studies: Sequence[FoundStudy], here: Collection[str]) -> None:
        """Show these, the newest first, and select the first one; ``here``: UIDs of those fetched before."""
        self._studies = tuple(studies)
        self.setSortingEnabled(False)
        self.setRowCount(0)
        self.setRowCount(len(studies))
        for row, study in enumerate(studies):
            for column, (text, sorts_by) in enumerate(_cells(study)):
                self.setItem(row, column, _Cell(text, sorts_by, row))
            mark = _MARK if study.study_uid in here else ""
            self.setItem(row, _HERE, _Cell(mark, mark, row))
        self.setSortingEnabled(True)
        self.sortByColumn(_DATE, Qt.SortOrder.DescendingOrder)
        if studies:
            self.selectRow(0)

    def mark_here(self, study: FoundStudy) -> None:
        """A study was fetched."""
        for row in range(self.rowCount()):
            item = self.item(row, _HERE)
            if item is not None and self._studies[self._place(row)] == study:
                item.setText(_MARK)
                item.setData(_SORTS_BY, _MARK)
                return

    def _place(self, row: int) -> int:
        item = self.item(row, 0)
        return int(item.data(_PLACE)) if item is not None else row

    def _titles(self) -> list[str]:
        return [
            self.tr("Patient"),
            self.tr("Id"),
            self.tr("Born"),
            self.tr("Date"),
            self.tr("Accession"),
            self.tr("Description"),
            self.tr("Kinds"),
            self.tr("Objects"),
            self.tr("Here"),
        ]


class _Cell(QTableWidgetItem):
    """A cell that knows its study and what it is sorted by."""

    def __init__(self, text: str, sorts_by: str | int, place: int) -> None:
        super().__init__(text)
        self.setData(_PLACE, place)
        self.setData(_SORTS_BY, sorts_by)

    def __lt__(self, other: QTableWidgetItem) -> bool:
        return bool(self.data(_SORTS_BY) < other.data(_SORTS_BY))


def _cells(study: FoundStudy) -> list[tuple[str, str | int]]:
    """Text and what it is sorted by, column by column."""
    count = study.instance_count
    patient = person(study.patient_name)
    return [
        (patient, patient.casefold()),
        (study.patient_id, study.patient_id.casefold()),
        (_day(study.birth_date), _ordinal(study.birth_date)),
        (_day(study.study_date), _ordinal(study.study_date)),
        (study.accession_number, study.accession_number.casefold()),
        (study.description, study.description.casefold()),
        (", ".join(study.modalities), ", ".join(study.modalities)),
        ("" if count is None else str(count), count or 0),
    ]


def _day(value: date | None) -> str:
    return day(value) if value else ""


def _ordinal(value: date | None) -> int:
    return value.toordinal() if value else 0
