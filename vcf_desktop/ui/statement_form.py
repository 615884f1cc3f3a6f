"""What a reader writes for the report, field by field."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent, QPalette
from PySide6.QtWidgets import QComboBox, QFormLayout, QPlainTextEdit, QPushButton, QWidget

from vcf_desktop.statement import PriorReading, Quality, Statement
from vcf_desktop.ui.dialogs import quiet
from vcf_desktop.ui.wording import day, word

PAUSE_MS: Final = 700
"""Who pauses for so long while he types wants to see what it looks like."""


class StatementForm(QWidget):
    """The fields of a :class:`vcf_desktop.statement.Statement`.

    Signals:
        stated(str, object): the reader gave this field of the statement this value.
    """

    stated = Signal(str, object)

    def __init__(self, film_indication: str, parent: QWidget | None = None) -> None:
        """Make the form; ``film_indication`` stands where the reader gives none."""
        super().__init__(parent)
        self._statement, self._site_text = Statement(), ""
        self._priors: dict[tuple[str, int, int], PriorReading] = {}
        self._indication = _Words(2)
        self._indication.setPlaceholderText(film_indication or self.tr("The film names none"))
        self._quality = QComboBox()
        self._quality.addItem(self.tr("Not said"), None)
        for quality in Quality:
            self._quality.addItem(word(quality), quality.value)
        self._quality_note = _Words(2)
        self._comment, self._recommendation = _Words(4), _Words(5)
        self._words = (self._indication, self._quality_note, self._comment, self._recommendation)
        self._site = QPushButton(self.tr("Use the site's &text"))
        self._site.setAutoDefault(False)
        self._prior, self._prior_hint = QComboBox(), quiet("")
        self._lay_out()
        self._connect()
        self._show_priors()

    def show_statement(self, statement: Statement, *, editable: bool) -> None:
        """Show what is stated; words that are being written are left alone."""
        self._statement = statement
        self._indication.show_words(statement.indication)
        self._quality.setCurrentIndex(self._quality.findData(statement.quality))
        self._quality_note.show_words(statement.quality_note)
        self._comment.show_words(statement.comment)
        self._show_recommendation()
        self._show_priors()
        for field in self._words:
            field.set_editable(editable)
        self._quality.setEnabled(editable)
        self._prior.setEnabled(editable)
        self._site.setEnabled(editable and statement.recommendation is not None)

    def show_site_recommendation(self, text: str) -> None:
        """Show what the site recommends, where the reader has not written anything else."""
        self._site_text = text
        self._show_recommendation()

    def offer(self, prior: PriorReading) -> None:
        """Let the reader compare with this signed reading."""
        self._priors[_which(prior)] = prior
        self._show_priors()

    def commit(self) -> None:
        """Hand over what was written and not yet told."""
        for field in self._words:
            field.commit()

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(self.tr("&Indication"), self._indication)
        form.addRow(self.tr("Technical &quality"), self._quality)
        form.addRow(self.tr("&What limits it"), self._quality_note)
        form.addRow(self.tr("&Further findings"), self._comment)
        form.addRow(self.tr("&Recommendation"), self._recommendation)
        form.addRow(self._site)
        form.addRow(self.tr("Compared with a pri&or film"), self._prior)
        form.addRow(self._prior_hint)

    def _connect(self) -> None:
        self._indication.written.connect(lambda text: self.stated.emit("indication", text))
        self._quality_note.written.connect(lambda text: self.stated.emit("quality_note", text))
        self._comment.written.connect(lambda text: self.stated.emit("comment", text))
        self._recommendation.written.connect(self._recommend)
        self._quality.activated.connect(self._judge)
        self._prior.activated.connect(self._compare)
        self._site.clicked.connect(self._take_site_text)

    def _judge(self) -> None:
        chosen = self._quality.currentData()
        self.stated.emit("quality", None if chosen is None else Quality(chosen))

    # The recommendation

    def _show_recommendation(self) -> None:
        own = self._statement.recommendation
        self._recommendation.show_words(self._site_text if own is None else own)

    def _recommend(self, text: str) -> None:
        self.stated.emit("recommendation", None if text == self._site_text else text)

    def _take_site_text(self) -> None:
        self._recommendation.commit()
        self.stated.emit("recommendation", None)

    # The prior film

    def _compare(self) -> None:
        self.stated.emit("prior", self._priors.get(self._prior.currentData()))

    def _show_priors(self) -> None:
        """None, and all that may be compared with, the newest first."""
        chosen = self._statement.prior
        if chosen is not None:
            self._priors[_which(chosen)] = chosen
        newest_first = sorted(
            self._priors.values(),
            key=lambda prior: (prior.study_date is not None, prior.study_date, prior.version),
            reverse=True,
        )
        self._prior.clear()
        self._prior.addItem(self.tr("None"), None)
        for prior in newest_first:
            self._prior.addItem(self._prior_text(prior), _which(prior))
        place = newest_first.index(self._priors[_which(chosen)]) + 1 if chosen else 0
        self._prior.setCurrentIndex(place)
        self._prior_hint.setText(self._hint(newest_first))

    def _prior_text(self, prior: PriorReading) -> str:
        text = self.tr("%1, version %2 by %3")
        text = text.replace("%1", day(prior.study_date) if prior.study_date else self.tr("Unknown date"))
        return text.replace("%2", str(prior.version)).replace("%3", prior.reader)

    def _hint(self, newest_first: list[PriorReading]) -> str:
        if self._statement.prior is not None:
            return self.tr("What was signed is compared; look at both films side by side, too.")
        if newest_first:
            return self.tr("A signed prior film of this patient is on the list; choose it to compare.")
        return self.tr("No signed prior film of this patient is on the list.")


def _which(prior: PriorReading) -> tuple[str, int, int]:
    return prior.film_sha256, prior.frame, prior.version


class _Words(QPlainTextEdit):
    """A field for a few lines; Tab leaves it.

    Signals:
        written(str): the reader has left it or paused, and it holds other words than before.
    """

    written = Signal(str)

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._shown = ""
        self.setTabChangesFocus(True)
        margins = 2 * (self.frameWidth() + round(self.document().documentMargin()))
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + margins)
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.commit)
        self.textChanged.connect(self._pause.start)

    def show_words(self, text: str) -> None:
        """Show other words, unless the reader is writing."""
        if self._pause.isActive():
            return
        self._shown = text
        if text != self.toPlainText().strip():
            self.setPlainText(text)
            self._pause.stop()

    def set_editable(self, editable: bool) -> None:
        """Let the reader write, or only read and copy."""
        self.setReadOnly(not editable)
        role = QPalette.ColorRole
        self.viewport().setBackgroundRole(role.Base if editable else role.Window)

    def commit(self) -> None:
        """Tell what was written since it was last told."""
        self._pause.stop()
        text = self.toPlainText().strip()
        if text != self._shown and not self.isReadOnly():
            self._shown = text
            self.written.emit(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Whoever leaves the field has written what he wanted."""
        super().focusOutEvent(event)
        self.commit()
