"""How dialogs are shown, and what several of them consist of."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QDialog, QLabel

from vcf_desktop.ui import theme

_Choice = TypeVar("_Choice", bound=StrEnum)


def open_dialog(dialog: QDialog) -> None:
    """Show a dialog over its window without stopping what goes on; it goes when it is closed."""
    dialog.setModal(True)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def size_dialog(dialog: QDialog, width: int, height: int) -> None:
    """Give a dialog a size, or less where the screen is small."""
    dialog.resize(QSize(width, height).boundedTo(dialog.screen().availableSize() * 0.9))


def choice(texts: Mapping[_Choice, str], chosen: _Choice) -> QComboBox:
    """A list to choose from, by the texts of its values."""
    box = QComboBox()
    for value, text in texts.items():
        box.addItem(text, value.value)
    box.setCurrentIndex(list(texts).index(chosen))
    return box


def quiet(text: str) -> QLabel:
    """A line that explains and does not call."""
    label = QLabel(text, wordWrap=True)
    label.setStyleSheet(f"color: {theme.QUIET.name()}")
    return label
