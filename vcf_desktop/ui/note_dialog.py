"""The reader's words on a vertebra."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget


class NoteDialog(QDialog):
    """Asks for a note; Ctrl+Return keeps it, Tab goes on to the buttons."""

    def __init__(self, level: str, note: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Note on %1").replace("%1", level))
        self._text = QPlainTextEdit(note, self)
        self._text.setTabChangesFocus(True)
        self._text.moveCursor(QTextCursor.MoveOperation.End)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.accept)
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel(self.tr("Your words; they go into the report."), self))
        layout.addWidget(self._text)
        layout.addWidget(buttons)
        self._text.setFocus()

    @property
    def note(self) -> str:
        """What was written, without blank ends."""
        return self._text.toPlainText().strip()
