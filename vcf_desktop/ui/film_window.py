"""The films in a window of their own, for a second monitor."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget


class FilmWindow(QWidget):
    """Holds the films; ``closed``: the user closed it, and the films have to go back."""

    closed = Signal()

    def __init__(self, films: QWidget, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("VCF Desktop: films"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(films)
        films.show()

    def show_beside(self, screen: QScreen) -> None:
        """Fill another screen than this one; without any, stand on it as an ordinary window."""
        others = [other for other in QGuiApplication.screens() if other != screen]
        if others:
            self.setGeometry(others[0].availableGeometry())
            self.showMaximized()
        else:
            self.resize(900, 900)
            self.show()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Closing gives the films back."""
        self.closed.emit()
        event.accept()
