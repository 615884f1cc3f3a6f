"""The commands that are about the window itself: opening, settings, keys, help, screens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMenu, QMenuBar

from vcf_desktop.errors import VcfError
from vcf_desktop.inference.manifest import manifests
from vcf_desktop.settings import Settings
from vcf_desktop.ui.about import USE_VERSION, AboutDialog, IntendedUseDialog
from vcf_desktop.ui.commands import FILE, FILM
from vcf_desktop.ui.desk import Desk
from vcf_desktop.ui.dialogs import open_dialog
from vcf_desktop.ui.film_pane import FilmPane
from vcf_desktop.ui.film_window import FilmWindow
from vcf_desktop.ui.grey_pattern import GreyPattern
from vcf_desktop.ui.keys_dialog import KeysDialog
from vcf_desktop.ui.library import chosen_models
from vcf_desktop.ui.sentences import error_text
from vcf_desktop.ui.settings_dialog import SettingsDialog
from vcf_desktop.ui.window_memory import WindowMemory
from vcf_desktop.ui.wording import contrast_text


class WindowCommands(QObject):
    """Asks what the reader wants of the window.

    Signals:
        paths_chosen(list[Path]): films are to be opened.
        settings_chosen(dict): fields of the settings and their new values.
    """

    paths_chosen = Signal(object)
    settings_chosen = Signal(object)

    def __init__(
        self,
        window: QMainWindow,
        actions: Mapping[str, QAction],
        desk: Desk,
        pane: FilmPane,
        memory: WindowMemory,
        settings: Callable[[], Settings],
    ) -> None:
        super().__init__(window)
        self._window, self._actions = window, actions
        self._desk, self._pane, self._memory, self._settings = desk, pane, memory, settings
        self._film_window: FilmWindow | None = None

    def handlers(self) -> Mapping[str, Callable[[], Any]]:
        """What each command does, by its name."""
        return {
            "open_files": lambda: self._ask_paths(self.tr("Open films"), QFileDialog.FileMode.ExistingFiles),
            "open_folder": lambda: self._ask_paths(self.tr("Open a folder"), QFileDialog.FileMode.Directory),
            "settings": self._ask_settings,
            "keys": self._ask_keys,
            "intended_use": lambda: open_dialog(IntendedUseDialog(must_accept=False, parent=self._window)),
            "about": self._about,
            "detach": self._detach,
            "full_screen": self._full_screen,
            "test_pattern": self._show_pattern,
            "quit": self._window.close,
        }

    def add_menus(self, bar: QMenuBar) -> None:
        """Put the menus that change while the program runs among the others."""
        recent, presets = QMenu(self.tr("Open recent"), bar), QMenu(self.tr("Window presets"), bar)
        recent.aboutToShow.connect(lambda: self._fill_recent(recent))
        presets.aboutToShow.connect(lambda: self._fill_presets(presets))
        for group, menu, before in ((FILE, recent, "retry"), (FILM, presets, "next_window")):
            place = bar.findChild(QMenu, group)
            assert place is not None  # noqa: S101
            place.insertMenu(self._actions[before], menu)

    def close(self) -> None:
        """Close what stands beside the window."""
        if self._film_window is not None:
            self._film_window.hide()

    # Films

    def _ask_paths(self, title: str, mode: QFileDialog.FileMode) -> None:
        dialog = QFileDialog(self._window, title)
        dialog.setFileMode(mode)
        dialog.filesSelected.connect(lambda names: self.paths_chosen.emit([Path(name) for name in names]))
        open_dialog(dialog)

    def _fill_recent(self, menu: QMenu) -> None:
        menu.clear()
        for path in self._memory.recent:
            action = menu.addAction(str(path))
            action.triggered.connect(lambda _=False, path=path: self.paths_chosen.emit([path]))

    def _fill_presets(self, menu: QMenu) -> None:
        menu.clear()
        for voi in self._pane.presets():
            action = menu.addAction(contrast_text(voi))
            action.setCheckable(True)
            action.setChecked(voi == self._pane.view.voi)
            action.triggered.connect(lambda _=False, voi=voi: self._pane.use_preset(voi))

    # Settings and help

    def _ask_settings(self) -> None:
        shown = replace(self._settings(), overlay_opacity=self._pane.opacity)
        dialog = SettingsDialog(shown, self._window)
        dialog.accepted.connect(lambda: self.settings_chosen.emit(vars(dialog.settings())))
        open_dialog(dialog)

    def _ask_keys(self) -> None:
        dialog = KeysDialog(self._settings().keys, self._window)
        dialog.accepted.connect(lambda: self.settings_chosen.emit({"keys": dialog.own_keys()}))
        open_dialog(dialog)

    def ask_intended_use(self) -> None:
        """At the first start: intended use and limits must be read and accepted, else the window closes."""
        if self._settings().accepted_use == USE_VERSION:
            return
        dialog = IntendedUseDialog(must_accept=True, parent=self._window)
        dialog.accepted.connect(lambda: self.settings_chosen.emit({"accepted_use": USE_VERSION}))
        dialog.rejected.connect(self._window.close)
        open_dialog(dialog)

    def _about(self) -> None:
        try:
            models: Any = manifests(chosen_models(self._settings()))
        except VcfError as e:
            models = error_text(e)
        open_dialog(AboutDialog(models, self._window))

    # Screens

    def _show_pattern(self) -> None:
        screen = self._window.screen()
        pattern = GreyPattern(self._window)
        pattern.setWindowFlag(Qt.WindowType.Window)
        pattern.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        pattern.setScreen(screen)
        pattern.setGeometry(screen.geometry())
        pattern.showFullScreen()
        pattern.activateWindow()  # its keys are its own

    def _full_screen(self) -> None:
        full = self._actions["full_screen"].isChecked()
        others = self._window.windowState() & ~Qt.WindowState.WindowFullScreen
        self._window.setWindowState(others | Qt.WindowState.WindowFullScreen if full else others)

    def _detach(self) -> None:
        """Put the films into a window of their own, on the other monitor where there is one."""
        if self._actions["detach"].isChecked():
            self._film_window = FilmWindow(self._desk.films, self._window)
            self._film_window.addActions(list(self._actions.values()))
            self._film_window.closed.connect(self._actions["detach"].trigger)
            self._film_window.show_beside(self._window.screen())
        elif self._film_window is not None:
            self._film_window.closed.disconnect()
            self._desk.put_films_back()
            self._film_window.deleteLater()
            self._film_window = None
