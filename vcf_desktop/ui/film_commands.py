"""The reader's commands on the film: zoom, contrast, turning, layers, measuring, and a prior beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from vcf_desktop.review import MeasureKind
from vcf_desktop.ui.film_pane import FilmPane
from vcf_desktop.ui.film_view import FilmView, Tool
from vcf_desktop.ui.findings_item import Layer
from vcf_desktop.ui.tools import BoxTool, MeasureTool, SelectTool

_ZOOM_KEY_STEP = 1.25


class FilmCommands(QObject):
    """Acts on one pane; actions that are switched on and off show how things stand."""

    def __init__(self, pane: FilmPane, actions: Mapping[str, QAction], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pane, self._actions = pane, actions
        self.select_tool, self.box_tool = SelectTool(self), BoxTool(self)
        self.measure_tools = {kind: MeasureTool(kind, self) for kind in MeasureKind}
        for tool in self.measure_tools.values():
            tool.drafted.connect(pane.set_draft)
        self._tools: dict[str, Tool] = {
            "select_tool": self.select_tool,
            "add_vertebra": self.box_tool,
            "length": self.measure_tools[MeasureKind.LENGTH],
            "angle": self.measure_tools[MeasureKind.ANGLE],
            "cobb": self.measure_tools[MeasureKind.COBB],
        }
        pane.style_changed.connect(self.show_state)
        pane.view.contrast_changed.connect(self.show_state)
        self.use_tool("select_tool")

    @property
    def _view(self) -> FilmView:
        return self._pane.view

    def handlers(self) -> Mapping[str, Callable[[], Any]]:
        """What each command does, by its name."""
        view, pane = self._view, self._pane
        return {
            "fit": view.fit,
            "one_to_one": view.one_to_one,
            "zoom_in": partial(view.zoom_by, _ZOOM_KEY_STEP),
            "zoom_out": partial(view.zoom_by, 1 / _ZOOM_KEY_STEP),
            "next_window": pane.next_preset,
            "reset_window": pane.reset_contrast,
            "invert": lambda: view.set_inverted(self._actions["invert"].isChecked()),
            "smooth": lambda: view.set_smooth(self._actions["smooth"].isChecked()),
            "magnifier": lambda: view.set_lens(self._actions["magnifier"].isChecked()),
            "clahe": lambda: pane.set_enhanced(self._actions["clahe"].isChecked()),
            "rotate_right": partial(pane.turn, 1),
            "rotate_left": partial(pane.turn, -1),
            "flip": pane.flip,
            "show_all": lambda: pane.set_shows_findings(self._actions["show_all"].isChecked()),
            **{f"show_{layer}": partial(pane.toggle, layer) for layer in Layer},
            "fainter": pane.fainter,
            "stronger": pane.stronger,
            **{name: partial(self.use_tool, name) for name in self._tools},
        }

    def use_tool(self, name: str) -> None:
        """Give the left button to a tool, until another one is chosen."""
        for tool in self.measure_tools.values():
            tool.reset()
        self._view.tool = self._tools[name]
        for other in self._tools:
            self._actions[other].setChecked(other == name)

    def drop_disabled_tool(self) -> None:
        """Select again where the present tool may not be used, as on a signed film."""
        names = [name for name, tool in self._tools.items() if tool is self._view.tool]
        if not all(self._actions[name].isEnabled() for name in names):
            self.use_tool("select_tool")

    def show_state(self) -> None:
        """Check the actions that are on."""
        self._actions["invert"].setChecked(self._view.is_inverted)
        self._actions["smooth"].setChecked(self._view.is_smooth)
        self._actions["clahe"].setChecked(self._view.is_enhanced)
        self._actions["show_all"].setChecked(self._pane.shows_findings)
        for layer in Layer:
            self._actions[f"show_{layer}"].setChecked(layer in self._pane.layers)
