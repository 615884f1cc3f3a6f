"""What the reader must know about the film as a whole, above its findings."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel, QWidget

from vcf_desktop.ui import theme
from vcf_desktop.ui.document import Document, DocumentState
from vcf_desktop.ui.language import QT_TRANSLATE_NOOP, translate
from vcf_desktop.ui.sentences import sentence
from vcf_desktop.ui.wording import moment

ADULT_YEARS: Final = 18
"""Growth plates look like fractures and are not."""


def film_remarks(document: Document) -> tuple[str, ...]:
    """What is to be known about a film as a whole, in the user's language."""
    analysis, study = document.review.analysis, document.film.study
    remarks = [sentence(remark) for remark in document.film.notices]
    remarks += [sentence(remark) for remark in (analysis.film_warnings if analysis else ())]
    years = study.age_years if study else None
    if years is not None and years < ADULT_YEARS:
        young = translate(
            "RemarksLabel",
            QT_TRANSLATE_NOOP("RemarksLabel", "The patient was %1 years old; adults only can be graded."),
        )
        remarks.append(young.replace("%1", str(years)))
    return (*([document.remark] * bool(document.remark)), *remarks)


class RemarksLabel(QLabel):
    """State of the review, warnings about the film, and what the reader should do next."""

    def __init__(self, reveal: QAction, parent: QWidget | None = None) -> None:
        """``reveal`` is the action that records a first reading: its key is told."""
        super().__init__(parent)
        self._reveal = reveal
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setStyleSheet(f"color: {theme.TEXT.name()}; padding: 6px 8px;")

    def show_document(self, document: Document | None) -> None:
        """Tell about a film."""
        self.setText("\n".join(self._lines(document)) if document else "")
        self.setVisible(document is not None)

    def _lines(self, document: Document) -> list[str]:
        if document.is_hidden:
            return [self._first_reading(document)]
        lines = [self._state(document)]
        lines += [f"⚠ {remark}" for remark in film_remarks(document)]
        repeated = ", ".join(level.label for level in document.review.repeated_levels)
        if repeated:
            lines.append(self.tr("⚠ More than one vertebra is called %1.").replace("%1", repeated))
        return lines

    def _first_reading(self, document: Document) -> str:
        first = document.review.first_reading
        return self.tr(
            "Read first: point at each fracture you see and press 1, 2, 3 or 5 for its grade. "
            "%n marked so far. %1 records your reading and shows the machine's results.",
            "",
            len(first.marks) if first else 0,
        ).replace("%1", self._reveal.shortcut().toString(QKeySequence.SequenceFormat.NativeText))

    def _state(self, document: Document) -> str:
        signatures = document.session.signatures
        if document.state is DocumentState.SIGNED:
            text = self.tr("Signed, version %1, by %2 on %3.")
            last = signatures[-1]
            for place, part in enumerate((str(last.version), last.reader, moment(last.at)), start=1):
                text = text.replace(f"%{place}", part, 1)
            return text
        if document.state is DocumentState.ANALYSING:
            return self.tr("The film is being analysed.")
        if document.state is DocumentState.LOADED:
            return self.tr("Not analysed.")
        undecided = len(document.review.undecided)
        if not document.review.vertebrae:
            return self.tr("No vertebra was found or added.")
        text = (
            self.tr("%n undecided", "", undecided)
            if undecided
            else self.tr("All decided; ready to be signed.")
        )
        if not signatures:
            return text
        amended = self.tr("Amending version %1: %2").replace("%1", str(signatures[-1].version))
        return amended.replace("%2", text)
