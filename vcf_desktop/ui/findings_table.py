"""The findings as a table: what the machine said, what was measured, and what the reader decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from vcf_desktop.grading import level_norm
from vcf_desktop.review import Measured, ReaderGrade, Vertebra
from vcf_desktop.spine import Deformity
from vcf_desktop.ui import theme
from vcf_desktop.ui.document import Document
from vcf_desktop.ui.findings_item import is_uncertain
from vcf_desktop.ui.language import QT_TRANSLATE_NOOP
from vcf_desktop.ui.sentences import sentence
from vcf_desktop.ui.wording import decision_text, number, percent, word

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, eq=False)
class _Row:
    """A vertebra with its measurement."""

    vertebra: Vertebra
    measured: Measured | None
    column_mm: float | None

    def height(self, name: str) -> str:
        """A height in mm where the film has a spacing, else in px."""
        if self.measured is None:
            return ""
        value: float = getattr(self.measured.heights_px, name)
        return number(value, 0) if self.column_mm is None else number(value * self.column_mm, 1)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """What stands in each column; a view asks for it many times over."""
        return tuple(text(self) for _, _, text in _COLUMNS)

    def ratio(self, name: str) -> str:
        """One of the three ratios, empty where it was not measured."""
        value = getattr(self.measured.morphometry.ratios, name) if self.measured else None
        return "" if value is None else number(value, 2)


def _machine(row: _Row) -> str:
    machine = row.vertebra.machine
    if machine is None:
        return ""
    doubt = " ?" if is_uncertain(row.vertebra) and row.vertebra.decision is None else ""
    return f"{int(machine.grade)}  {percent(float(machine.grade_probabilities[machine.grade]))}{doubt}"


def _measured_grade(row: _Row) -> str:
    return str(int(row.measured.morphometry.grade)) if row.measured else ""


def _type(row: _Row) -> str:
    own = row.vertebra.deformity
    if own is not None:
        return f"{word(own)} ✓"
    measured = row.measured.morphometry.deformity if row.measured else Deformity.NONE
    return "" if measured is Deformity.NONE else word(measured)


def _warnings(row: _Row) -> str:
    count = len(row.vertebra.machine.warnings) if row.vertebra.machine else 0
    return str(count) if count else ""


def _decision(row: _Row) -> str:
    vertebra = row.vertebra
    parts = [
        decision_text(vertebra),
        word(vertebra.cause) if vertebra.cause else "",
        "✎" * bool(vertebra.note),
    ]
    return "  ".join(filter(None, parts))


_COLUMNS: Final[tuple[tuple[str, str, Callable[[_Row], str]], ...]] = (
    (
        QT_TRANSLATE_NOOP("FindingsTable", "Level"),
        QT_TRANSLATE_NOOP("FindingsTable", "Name of the vertebra"),
        lambda row: row.vertebra.level.label,
    ),
    (
        QT_TRANSLATE_NOOP("FindingsTable", "Reader"),
        QT_TRANSLATE_NOOP("FindingsTable", "Your decision, cause and note"),
        _decision,
    ),
    (
        QT_TRANSLATE_NOOP("FindingsTable", "Machine"),
        QT_TRANSLATE_NOOP("FindingsTable", "The network's grade and its probability; ? where it is in doubt"),
        _machine,
    ),
    (
        QT_TRANSLATE_NOOP("FindingsTable", "Meas."),
        QT_TRANSLATE_NOOP("FindingsTable", "Grade by the measured loss of height"),
        _measured_grade,
    ),
    (
        QT_TRANSLATE_NOOP("FindingsTable", "Loss"),
        QT_TRANSLATE_NOOP("FindingsTable", "Largest loss of height against the norm of the level"),
        lambda row: percent(max(0.0, row.measured.morphometry.loss)) if row.measured else "",
    ),
    (
        QT_TRANSLATE_NOOP("FindingsTable", "Type"),
        QT_TRANSLATE_NOOP("FindingsTable", "Type by measurement; ✓ where you gave it"),
        _type,
    ),
    ("⚠", QT_TRANSLATE_NOOP("FindingsTable", "Warnings about this vertebra"), _warnings),
    ("Ha", QT_TRANSLATE_NOOP("FindingsTable", "Anterior height"), lambda row: row.height("anterior")),
    ("Hm", QT_TRANSLATE_NOOP("FindingsTable", "Middle height"), lambda row: row.height("middle")),
    ("Hp", QT_TRANSLATE_NOOP("FindingsTable", "Posterior height"), lambda row: row.height("posterior")),
    (
        "Ha/\nHp",
        QT_TRANSLATE_NOOP("FindingsTable", "Wedge: anterior by posterior height"),
        lambda row: row.ratio("wedge"),
    ),
    (
        "Hm/\nHp",
        QT_TRANSLATE_NOOP("FindingsTable", "Biconcave: middle by posterior height"),
        lambda row: row.ratio("biconcave"),
    ),
    (
        "Hp/\nHp'",
        QT_TRANSLATE_NOOP("FindingsTable", "Crush: posterior height by what the neighbours make one expect"),
        lambda row: row.ratio("crush"),
    ),
)
READER_COLUMN: Final = 1
_HEIGHT_COLUMNS: Final = (7, 8, 9)


class FindingsModel(QAbstractTableModel):
    """One row a vertebra, top to bottom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._column_mm: float | None = None
        self._spacing = ""

    def set_vertebrae(
        self,
        vertebrae: tuple[Vertebra, ...],
        measured: dict[int, Measured],
        column_mm: float | None,
        spacing: str = "",
    ) -> None:
        """Show these.

        Args:
            vertebrae, measured: top to bottom, and what was measured of them by key.
            column_mm: width of a film column, None where it is unknown.
            spacing: where the mm come from, for the tip.
        """
        self._spacing = spacing
        rows = [_Row(v, measured.get(v.key), column_mm) for v in vertebrae]
        same = [row.vertebra.key for row in rows] == [row.vertebra.key for row in self._rows]
        if same and column_mm == self._column_mm:
            before, self._rows = self._rows, rows
            changed = [
                place
                for place, (old, new) in enumerate(zip(before, rows, strict=True))
                if old.vertebra is not new.vertebra or old.measured != new.measured
            ]
            if changed:  # told once: a view measures all its columns each time
                last = self.index(changed[-1], len(_COLUMNS) - 1)
                self.dataChanged.emit(self.index(changed[0], 0), last)
            return
        self.beginResetModel()
        self._rows, self._column_mm = rows, column_mm
        self.endResetModel()

    def key_at(self, row: int) -> int:
        """The vertebra of a row."""
        return self._rows[row].vertebra.key

    def row_of(self, key: int | None) -> int | None:
        """The row of a vertebra."""
        return next((i for i, row in enumerate(self._rows) if row.vertebra.key == key), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """Vertebrae."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """What is told of each."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Short heads, explained by their tips; heights tell their unit."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        head, tip, _ = _COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            if section in _HEIGHT_COLUMNS:
                return f"{head}\nmm" if self._column_mm is not None else f"{head}\npx"
            return QCoreApplication.translate("FindingsTable", head)
        if role == Qt.ItemDataRole.ToolTipRole:
            text = QCoreApplication.translate("FindingsTable", tip)
            return f"{text} ({self._spacing})" if section in _HEIGHT_COLUMNS else text
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, colour and weight by grade, and warnings as tips."""
        row = self._rows[index.row()]
        vertebra = row.vertebra
        if role == Qt.ItemDataRole.DisplayRole:
            return row.texts[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole:
            return QBrush(_colour(index.column(), row))
        if role == Qt.ItemDataRole.FontRole:
            font = QFont()
            font.setStrikeOut(vertebra.is_rejected)
            font.setBold(index.column() == READER_COLUMN and vertebra.decision is not None)
            return font
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(row)
        return None


def _colour(column: int, row: _Row) -> Any:
    vertebra = row.vertebra
    if vertebra.is_rejected:
        return theme.QUIET
    if column == READER_COLUMN and vertebra.grade is not None:
        return theme.GRADE_COLOURS[vertebra.grade]
    if column == 2 and vertebra.machine is not None:
        return theme.GRADE_COLOURS[ReaderGrade.of(vertebra.machine.grade)]
    if column in (3, 4, 5) and row.measured is not None:
        return theme.GRADE_COLOURS[ReaderGrade.of(row.measured.morphometry.grade)]
    return theme.TEXT


def _tip(row: _Row) -> str:
    machine = row.vertebra.machine
    lines = []
    if machine is not None:
        lines += [sentence(warning) for warning in machine.warnings]
        chances = [f"{grade}: {percent(float(p))}" for grade, p in enumerate(machine.grade_probabilities)]
        said = QCoreApplication.translate("FindingsTable", "Network by grade: %1")
        lines.append(said.replace("%1", ", ".join(chances)))
    norm = level_norm(row.vertebra.level)
    usual = QCoreApplication.translate("FindingsTable", "Norm of %1: Ha/Hp %2, Hm/Hp %3")
    usual = usual.replace("%1", row.vertebra.level.label).replace("%2", number(norm.wedge, 2))
    lines.append(usual.replace("%3", number(norm.biconcave, 2)))
    if row.vertebra.note:
        lines.append(row.vertebra.note)
    # Qt would take a note such as "<20 %" for the beginning of a tag.
    return "<br>".join(escape(line) for line in lines)


class FindingsTable(QTableView):
    """Shows a document's findings; selecting here selects there, and the other way round."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = FindingsModel(self)
        self.setModel(self._model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(24)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setMinimumSectionSize(24)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.selectionModel().selectionChanged.connect(self._tell)

    def show_document(self, document: Document | None, *, hidden: bool) -> None:
        """Show a document's vertebrae, or none while the machine's results are hidden."""
        if document is None or hidden:
            self._model.set_vertebrae((), {}, None)
            return
        self.show_dragged(document.review.vertebrae, document.measured, document)
        self.show_selection(document)

    def show_dragged(
        self, vertebrae: tuple[Vertebra, ...], measured: dict[int, Measured], document: Document
    ) -> None:
        """Show rows alone, as while a point is dragged."""
        spacing = document.film.spacing_mm
        source = word(document.film.spacing_source)
        self._model.set_vertebrae(vertebrae, measured, spacing[1] if spacing else None, source)

    def show_selection(self, document: Document) -> None:
        """Select the row of the selected vertebra."""
        vertebra = document.selection
        row = self._model.row_of(vertebra.key if vertebra else None)
        if row is None:
            self.clearSelection()
            return
        index = self._model.index(row, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        if not self.selectionModel().isRowSelected(row, QModelIndex()):
            self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Keys belong to the window's commands; Qt's search for typed letters would take them."""
        event.ignore()

    def _tell(self, selected: QItemSelection) -> None:
        for index in selected.indexes()[:1]:
            self.chosen.emit(self._model.key_at(index.row()))
