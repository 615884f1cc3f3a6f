"""Where things lie in the window: the list, the films, and their findings beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSplitter, QToolBar, QVBoxLayout, QWidget

from vcf_desktop.settings import Layout
from vcf_desktop.ui.language import QT_TRANSLATE_NOOP, translate

_LIST_PX: Final = 220
_FILMS_AND_FINDINGS_PX: Final = {Layout.FINDINGS_RIGHT: (740, 590), Layout.FINDINGS_BELOW: (700, 260)}
"""Sizes at first; splitters share what there really is in these parts."""
_NARROWEST_FINDINGS_PX: Final = 330

_TOOLBAR: Final[tuple[Mapping[str, str], ...]] = (
    {
        "open_files": QT_TRANSLATE_NOOP("Desk", "Open"),
        "fit": QT_TRANSLATE_NOOP("Desk", "Fit"),
        "one_to_one": "1:1",
        "next_window": QT_TRANSLATE_NOOP("Desk", "Window"),
        "invert": QT_TRANSLATE_NOOP("Desk", "Invert"),
        "clahe": "CLAHE",
        "magnifier": QT_TRANSLATE_NOOP("Desk", "Magnifier"),
    },
    {
        "select_tool": QT_TRANSLATE_NOOP("Desk", "Select"),
        "length": QT_TRANSLATE_NOOP("Desk", "Length"),
        "angle": QT_TRANSLATE_NOOP("Desk", "Angle"),
        "cobb": "Cobb",
        "add_vertebra": QT_TRANSLATE_NOOP("Desk", "Add vertebra"),
    },
    {
        "previous_undecided": QT_TRANSLATE_NOOP("Desk", "◀ Undecided"),
        "next_undecided": QT_TRANSLATE_NOOP("Desk", "Undecided ▶"),
        "sign": QT_TRANSLATE_NOOP("Desk", "Sign"),
        "report": QT_TRANSLATE_NOOP("Desk", "Report"),
    },
)
"""What is used most, group by group: the name of a command and its short text."""


class Desk(QSplitter):
    """Holds the window's parts; the films can be taken away and put back."""

    def __init__(self, film_list: QWidget, views: Sequence[QWidget], findings: Sequence[QWidget]) -> None:
        """Lay the parts out.

        Args:
            film_list: at the left.
            views: the films, side by side.
            findings: below each other; the second takes the room that is left.
        """
        super().__init__(Qt.Orientation.Horizontal)
        self.films = QSplitter(Qt.Orientation.Horizontal)
        for view in views:
            self.films.addWidget(view)
        self._reading = QSplitter()
        self._reading.addWidget(self.films)
        self._reading.addWidget(_column(findings))
        self._reading.setCollapsible(0, False)
        self.addWidget(film_list)
        self.addWidget(self._reading)
        self.setStretchFactor(1, 1)

    def arrange(self, layout: Layout) -> None:
        """Put the findings beside the films or below them."""
        below = layout is Layout.FINDINGS_BELOW
        self._reading.setOrientation(Qt.Orientation.Vertical if below else Qt.Orientation.Horizontal)
        self._reading.setStretchFactor(0, 1)
        sizes = _FILMS_AND_FINDINGS_PX[layout]
        self.setSizes([_LIST_PX, sum(_FILMS_AND_FINDINGS_PX[Layout.FINDINGS_RIGHT])])
        self._reading.setSizes(list(sizes))

    @property
    def findings_lie_below(self) -> bool:
        """Whether the findings are below the films."""
        return self._reading.orientation() is Qt.Orientation.Vertical

    def put_films_back(self) -> None:
        """Take the films back from a window of their own."""
        self._reading.insertWidget(0, self.films)
        self.films.show()


def make_toolbar(actions: Mapping[str, QAction]) -> QToolBar:
    """The commands that are used most, by short texts."""
    bar = QToolBar(translate("Desk", QT_TRANSLATE_NOOP("Desk", "Tools")))
    bar.setObjectName("tools")
    bar.setMovable(False)
    for group in _TOOLBAR:
        for name, text in group.items():
            actions[name].setIconText(translate("Desk", text))
            bar.addAction(actions[name])
        bar.addSeparator()
    return bar


def _column(parts: Sequence[QWidget]) -> QWidget:
    column = QWidget()
    column.setMinimumWidth(_NARROWEST_FINDINGS_PX)
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for place, part in enumerate(parts):
        layout.addWidget(part, 1 if place == 1 else 0)
    return column
