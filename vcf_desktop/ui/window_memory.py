"""What the window remembers from one start to the next: where it lay, and which films were opened."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow

_MOST_RECENT: Final = 12


class WindowMemory:
    """An INI file of Qt's own, beside the user's settings."""

    def __init__(self, path: Path) -> None:
        self._file = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def recent(self) -> tuple[Path, ...]:
        """Films and folders that were opened last, the newest first."""
        value = self._file.value("recent", [])
        names = [value] if isinstance(value, str) else value
        return tuple(Path(name) for name in names) if isinstance(names, list) else ()

    def remember(self, paths: Iterable[Path]) -> None:
        """Put these first."""
        newest = dict.fromkeys([*paths, *self.recent])
        self._file.setValue("recent", [str(path) for path in newest][:_MOST_RECENT])

    def keep(self, window: QMainWindow) -> None:
        """Remember where the window lies."""
        self._file.setValue("geometry", window.saveGeometry())

    def restore(self, window: QMainWindow) -> None:
        """Put the window where it lay."""
        geometry = self._file.value("geometry")
        if isinstance(geometry, QByteArray):
            window.restoreGeometry(geometry)
