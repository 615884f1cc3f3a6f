"""The last look before a review is signed: who signs, what is signed, and what still stands in the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from vcf_desktop.review import Measured, ReaderGrade, Review, Verdict, Vertebra
from vcf_desktop.spine import Deformity, Grade
from vcf_desktop.ui import theme
from vcf_desktop.ui.dialogs import size_dialog
from vcf_desktop.ui.wording import word

_ROW_PADDING_PX: Final = 8
_RETURN_KEYS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SignDialog(QDialog):
    """Asks for the signature of version ``version``; can be accepted only when nothing is undecided.

    ``row_to_column`` is that of the film: the types that stand as measured follow from it. ``film`` are lines
    that say whose film is signed, ``remarks`` what is to be known about it.

    Attributes:
        go_to: key of the vertebra that the reader wants to decide first; set when he rejects for that.
        mark_rest: whether he wants all that is undecided to be called not evaluable; set likewise.
    """

    def __init__(
        self,
        review: Review,
        reader: str,
        version: int,
        parent: QWidget | None = None,
        *,
        row_to_column: float = 1.0,
        film: Sequence[str] = (),
        remarks: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        self._film, self._remarks = film, remarks
        self.go_to: int | None = None
        self.mark_rest = False
        self._review = review
        self._measured = review.measured(row_to_column)
        self.setWindowTitle(self.tr("Sign version %1").replace("%1", str(version)))
        self._reader = QLineEdit()
        # Offered, but not filled in: nobody signs with a name that another has left.
        self._last = QPushButton(reader.strip())
        if not reader.strip():
            self._last.hide()
        self._last.setAutoDefault(False)
        self._last.clicked.connect(lambda: self._reader.setText(self._last.text()))
        self._reader.textChanged.connect(self._show_whether_it_can_be_signed)
        self._hint = QLabel(wordWrap=True)
        self._hint.setStyleSheet(f"color: {theme.QUIET.name()}")
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._sign = self._buttons.addButton(self.tr("&Sign"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._lay_out()
        self._reader.setFocus()
        self._show_whether_it_can_be_signed()
        size_dialog(self, 680, 720)

    def reader(self) -> str:
        """Who signs."""
        return self._reader.text().strip()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Return signs, but not the Return that was held down since the dialog was asked for."""
        if not (event.isAutoRepeat() and event.key() in _RETURN_KEYS):
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        name = QFormLayout()
        name.addRow(self.tr("&Name of the reader"), self._reader)
        name.addRow("", self._last)
        layout = QVBoxLayout(self)
        whose = QLabel("\n".join(self._film), textFormat=Qt.TextFormat.PlainText)
        whose.setStyleSheet("font-weight: bold")
        layout.addWidget(whose)
        layout.addLayout(name)
        if self._review.undecided:
            layout.addWidget(self._undecided_box())
        for warning in self._warnings():
            layout.addWidget(_warning(warning))
        layout.addWidget(QLabel(self._counts(), wordWrap=True))
        layout.addWidget(self._summary(), 1)
        layout.addWidget(self._hint)
        layout.addWidget(self._buttons)

    def _show_whether_it_can_be_signed(self) -> None:
        can_be_signed = bool(self.reader()) and not self._review.undecided
        self._sign.setEnabled(can_be_signed)
        self._sign.setDefault(can_be_signed)
        if can_be_signed:
            self._hint.setText(
                self.tr("Signing locks the review. What is changed later becomes a new version.")
            )
        elif self._review.undecided:
            self._hint.setText(self.tr("It can be signed when every vertebra has your decision."))
        else:
            self._hint.setText(self.tr("It can be signed when the name of the reader is given."))

    # What stands in the way

    def _undecided_box(self) -> QFrame:
        box = QFrame()
        box.setFrameShape(QFrame.Shape.StyledPanel)
        first = QPushButton(self.tr("&Go to the first"))
        first.clicked.connect(self._go_to_first)
        rest = QPushButton(self.tr("&Mark the rest as not evaluable"))
        rest.clicked.connect(self._mark_rest)
        rest.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addWidget(first)
        buttons.addWidget(rest)
        buttons.addStretch(1)
        layout = QVBoxLayout(box)
        count = len(self._review.undecided)
        layout.addWidget(
            _warning(self.tr("Not decided yet: %n (in brackets the machine's grade)", "", count))
        )
        layout.addWidget(QLabel(", ".join(map(self._undecided_text, self._review.undecided)), wordWrap=True))
        layout.addLayout(buttons)
        return box

    def _undecided_text(self, vertebra: Vertebra) -> str:
        """One vertebra that no line break divides; bold where the machine sees a fracture."""
        text = vertebra.level.label
        if vertebra.machine is not None:
            text = escape(f"{text} ({self._machine_text(vertebra)})".replace(" ", "\N{NO-BREAK SPACE}"))
        fractured = vertebra.machine is not None and vertebra.machine.grade > Grade.NON
        return f"<b>{text}</b>" if fractured else text

    def _go_to_first(self) -> None:
        self.go_to = self._review.undecided[0].key
        self.reject()

    def _mark_rest(self) -> None:
        self.mark_rest = True
        self.reject()

    def _warnings(self) -> list[str]:
        repeated = self.tr("More than one vertebra is named %1. Correct the names, or sign them as they are.")
        warnings = [*self._remarks]
        warnings += [repeated.replace("%1", level.label) for level in self._review.repeated_levels]
        if not self._review.vertebrae:
            warnings.append(self.tr("There is no vertebra in this review."))
        return warnings

    # What is signed

    def _counts(self) -> str:
        verdicts = Counter(v.decision.verdict for v in self._review.vertebrae if v.decision and v.machine)
        added = sum(vertebra.added for vertebra in self._review.vertebrae)
        parts = [
            self.tr("Accepted from the machine: %n", "", verdicts[Verdict.ACCEPTED]),
            self.tr("Overridden: %n", "", verdicts[Verdict.OVERRIDDEN]),
            self.tr("Rejected: %n", "", verdicts[Verdict.REJECTED]),
            self.tr("Added by hand: %n", "", added),
        ]
        return "   ".join(part.replace(" ", "\N{NO-BREAK SPACE}") for part in parts)

    def _summary(self) -> QTableWidget:
        decided = [vertebra for vertebra in self._review.vertebrae if vertebra.decision is not None]
        titles = [self.tr("Level"), self.tr("Machine"), self.tr("Reader"), self.tr("Type"), self.tr("Cause")]
        table = QTableWidget(len(decided), len(titles))
        table.setAccessibleName(self.tr("What will be signed"))
        table.setHorizontalHeaderLabels(titles)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + _ROW_PADDING_PX)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        for row, vertebra in enumerate(decided):
            for column, item in enumerate(self._row(vertebra)):
                table.setItem(row, column, item)
        return table

    def _row(self, vertebra: Vertebra) -> list[QTableWidgetItem]:
        machine, reader = self._machine_text(vertebra), self._reader_text(vertebra)
        items = [QTableWidgetItem(text) for text in (self._level_text(vertebra), machine, reader)]
        if vertebra.grade is not None:
            items[2].setForeground(QBrush(theme.GRADE_COLOURS[vertebra.grade]))
            items.append(QTableWidgetItem(_type_text(vertebra, self._measured)))
            items.append(QTableWidgetItem(word(vertebra.cause) if vertebra.cause else ""))
        if machine != reader:
            font = items[2].font()
            font.setBold(True)
            items[2].setFont(font)
        return items

    def _level_text(self, vertebra: Vertebra) -> str:
        if vertebra.machine is None or vertebra.machine.level is vertebra.level:
            return vertebra.level.label
        renamed = self.tr("%1 (machine: %2)").replace("%1", vertebra.level.label)
        return renamed.replace("%2", vertebra.machine.level.label)

    def _machine_text(self, vertebra: Vertebra) -> str:
        return self._grade_text(ReaderGrade.of(vertebra.machine.grade)) if vertebra.machine else ""

    def _reader_text(self, vertebra: Vertebra) -> str:
        return word(Verdict.REJECTED) if vertebra.grade is None else self._grade_text(vertebra.grade)

    def _grade_text(self, grade: ReaderGrade) -> str:
        names = {
            ReaderGrade.NON: self.tr("no fracture"),
            ReaderGrade.EQUIVOCAL: self.tr("equivocal"),
            ReaderGrade.MILD: self.tr("mild"),
            ReaderGrade.MODERATE: self.tr("moderate"),
            ReaderGrade.SEVERE: self.tr("severe"),
            ReaderGrade.NOT_EVALUABLE: self.tr("not evaluable"),
        }
        return names[grade] if grade is ReaderGrade.NOT_EVALUABLE else f"{word(grade)} {names[grade]}"


def _type_text(vertebra: Vertebra, measured: dict[int, Measured]) -> str:
    """The reader's type, else the measured one where he sees a fracture; nothing where none is signed."""
    deformity = vertebra.deformity
    fractured = vertebra.grade in (ReaderGrade.MILD, ReaderGrade.MODERATE, ReaderGrade.SEVERE)
    if deformity is None and fractured and vertebra.key in measured:
        deformity = measured[vertebra.key].morphometry.deformity
    return "" if deformity in (None, Deformity.NONE) else word(deformity)


def _warning(text: str) -> QLabel:
    label = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    label.setStyleSheet(f"color: {theme.WARNING.name()}")
    return label
