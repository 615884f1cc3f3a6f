"""How dialogs are shown."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog


def open_dialog(dialog: QDialog) -> None:
    """Show a dialog over its window without stopping what goes on; it goes when it is closed."""
    dialog.setModal(True)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def size_dialog(dialog: QDialog, width: int, height: int) -> None:
    """Give a dialog a size, or less where the screen is small."""
    dialog.resize(QSize(width, height).boundedTo(dialog.screen().availableSize() * 0.9))
