"""The review workstation: films at the left, the film in the middle, its findings beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QCursor, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QInputDialog,
    QMainWindow,
    QMenu,
    QMessageBox,
)

from vcf_desktop.errors import FrameChoiceError, OutputError, expected
from vcf_desktop.io.sessions import SessionStore
from vcf_desktop.io.settings_file import save_settings
from vcf_desktop.review import ReaderGrade
from vcf_desktop.settings import Settings
from vcf_desktop.ui.actions import apply_keys, enabled_commands, fill_menus, make_actions
from vcf_desktop.ui.archiving import Archiving
from vcf_desktop.ui.comparison import Comparison
from vcf_desktop.ui.desk import Desk, make_toolbar
from vcf_desktop.ui.dialogs import open_dialog
from vcf_desktop.ui.document import Document
from vcf_desktop.ui.film_commands import FilmCommands
from vcf_desktop.ui.film_entries import FilmKey, FilmState
from vcf_desktop.ui.film_list import FilmList
from vcf_desktop.ui.film_pane import FilmPane
from vcf_desktop.ui.film_view import FilmView
from vcf_desktop.ui.findings_table import FindingsTable
from vcf_desktop.ui.library import Library
from vcf_desktop.ui.open_films import OpenFilms
from vcf_desktop.ui.remarks_label import RemarksLabel
from vcf_desktop.ui.reporting import Reporting
from vcf_desktop.ui.reviewing import Reviewing
from vcf_desktop.ui.saving import Saver
from vcf_desktop.ui.sentences import error_text
from vcf_desktop.ui.status import StatusBar
from vcf_desktop.ui.vertebra_panel import VertebraPanel
from vcf_desktop.ui.window_commands import WindowCommands
from vcf_desktop.ui.window_memory import WindowMemory
from vcf_desktop.ui.wording import word


class MainWindow(QMainWindow):
    """Puts the parts together and shows what they tell."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        """Make the window.

        Args:
            folder: of the user's reviews and settings.
            settings: as they were kept there.
        """
        super().__init__()
        self.setWindowTitle("VCF Desktop")
        self.setAcceptDrops(True)
        self._folder, self._settings = folder, settings
        self._memory = WindowMemory(folder / "window.ini")
        store = SessionStore(folder / "reviews")
        self.saver = Saver(store, self)
        self.library = Library(store, self.saver, lambda: self._settings, self)
        self.films = OpenFilms(self.library, self.saver, lambda: self._settings, self)
        self.actions_by_name = make_actions(self, settings.keys)
        self._make_parts()
        self._lay_out()
        self._connect_parts()
        self._connect_commands()
        self._show_document(None)
        self.view.setFocus()

    # Parts

    def _make_parts(self) -> None:
        actions = self.actions_by_name
        self.film_list = FilmList(self)
        self.view = FilmView(self)
        self.pane = FilmPane(self.view, self)
        self.pane.set_opacity(self._settings.overlay_opacity)
        self.film_commands = FilmCommands(self.pane, actions, self)
        self.reviewing = Reviewing(self.pane, self.library, self.saver, lambda: self._settings, self)
        self.reporting = Reporting(self.films, self.library, actions, lambda: self._settings, self)
        self.archiving = Archiving(self._folder, self.library, lambda: self._settings, self)
        self.comparison = Comparison(self.view, self.films, self)
        self.remarks, self.table = RemarksLabel(actions["reveal"], self), FindingsTable(self)
        self.panel = VertebraPanel(actions, self)
        self.status = StatusBar(self)
        views = (self.comparison.view, self.view)
        self.desk = Desk(self.film_list, views, (self.remarks, self.table, self.panel))
        self.window_commands = WindowCommands(
            self, actions, self.desk, self.pane, self._memory, lambda: self._settings
        )
        self._shows_next = False

    def _lay_out(self) -> None:
        fill_menus(self.menuBar(), self.actions_by_name)
        self.window_commands.add_menus(self.menuBar())
        self.addToolBar(make_toolbar(self.actions_by_name))
        self.setCentralWidget(self.desk)
        self.setStatusBar(self.status)
        self.desk.arrange(self._settings.layout)
        self.resize(1500, 950)
        self._memory.restore(self)

    # Connections

    def _connect_parts(self) -> None:
        library, films = self.library, self.films
        library.entry_changed.connect(self._show_entry)
        library.entry_removed.connect(self.film_list.take)
        library.found.connect(self._found)
        library.open_failed.connect(self._ask_frame)
        library.refused.connect(self.status.tell)
        library.analysis_progressed.connect(self._show_progress)
        for ended in (library.analysed, library.analysis_failed, library.analysis_cancelled):
            ended.connect(lambda *_: self.status.show_progress(None, ""))
        films.shown.connect(self._show_document)
        films.waiting.connect(self.view.set_message)
        films.changed.connect(self._refresh)
        films.selected.connect(self._show_selection)
        films.told.connect(self.status.tell)
        films.saved.connect(self._show_saving)
        films.save_failed.connect(self.status.show_not_saved)
        self.film_list.chosen.connect(self.choose)
        self.film_list.retried.connect(self._retry)
        self.table.chosen.connect(films.select)
        self.view.painted.connect(films.painted)
        self.pane.oriented.connect(films.orient)
        self.pane.wants_enhanced.connect(self._enhance)
        self.reviewing.told.connect(self.status.tell)
        self.reviewing.reader_named.connect(lambda name: self.change_settings(reader=name))
        self.reporting.told.connect(self.status.tell)
        self.reporting.settings_chosen.connect(lambda fields: self.change_settings(**fields))
        self.comparison.told.connect(self._tell_plainly)
        self.comparison.ended.connect(lambda: self.actions_by_name["compare"].setChecked(False))
        self.status.cancelled.connect(library.cancel_running)
        self.window_commands.paths_chosen.connect(lambda paths: self.add_films(paths, show=True))
        self.window_commands.settings_chosen.connect(lambda fields: self.change_settings(**fields))
        self._connect_tools()
        self._connect_archives()

    def _connect_archives(self) -> None:
        archiving, reporting = self.archiving, self.reporting
        archiving.told.connect(lambda text, is_warning: reporting.tell(text, is_warning=is_warning))
        archiving.fetched.connect(lambda folder, show: self.add_films([folder], show=show, remember=False))
        archiving.takers_changed.connect(reporting.set_can_send)
        reporting.send_asked.connect(archiving.outgoing.put)
        self.reviewing.signed.connect(archiving.send_signed)
        archiving.outgoing.changed.connect(self.status.show_waiting)
        archiving.start()

    def _connect_tools(self) -> None:
        commands, reviewing = self.film_commands, self.reviewing
        commands.select_tool.clicked.connect(self._clicked)
        commands.select_tool.dragged.connect(self._dragged)
        commands.select_tool.dropped.connect(reviewing.drop)
        commands.box_tool.drawn.connect(reviewing.add_vertebra)
        commands.box_tool.drawn.connect(lambda _: commands.use_tool("select_tool"))
        for tool in commands.measure_tools.values():
            tool.drawn.connect(reviewing.add_measure)

    def _connect_commands(self) -> None:
        handlers = {
            **self.film_commands.handlers(),
            **self.reviewing.handlers(),
            **self.reporting.handlers(),
            **self.archiving.handlers(),
            **self.window_commands.handlers(),
            **self._handlers(),
        }
        assert handlers.keys() == self.actions_by_name.keys()  # noqa: S101
        for name, handler in handlers.items():
            self.actions_by_name[name].triggered.connect(_without_arguments(handler))
        undo = self.films.undo_group
        undo.undoTextChanged.connect(lambda text: self._name_undo("undo", text))
        undo.redoTextChanged.connect(lambda text: self._name_undo("redo", text))

    def _handlers(self) -> dict[str, Callable[[], Any]]:
        """What the commands do that are about films as a whole."""
        films = self.films
        return {
            "retry": lambda: self._retry(films.key),
            "next_film": lambda: self._step_film(1),
            "previous_film": lambda: self._step_film(-1),
            "remove_film": self._remove_film,
            "analyse": self._analyse,
            "cancel": films.cancel,
            "compare": self._compare,
            "link": lambda: self.comparison.link(self.actions_by_name["link"].isChecked()),
        }

    # Films

    def add_films(self, paths: Iterable[Path], *, show: bool = False, remember: bool = True) -> None:
        """Put films, folders, DICOMDIRs and archives on the list.

        The first of them is shown where no film is on the screen, or where that is wanted; ``remember`` tells
        whether the paths are among those opened last.
        """
        self._shows_next = show
        paths = [path.absolute() for path in paths]
        if remember:
            self._memory.remember(paths)
        self.library.add(paths)

    def _found(self, key: FilmKey) -> None:
        if self.films.key is None or self._shows_next:
            self._shows_next = False
            self.choose(key)

    def _show_entry(self, entry: Any) -> None:
        before = self.film_list.entry(entry.key)
        self.film_list.put(entry)
        if entry.key == self.films.key:
            self.film_list.select(entry.key)
            if before is None or before.state is not entry.state:
                self._enable()

    def choose(self, key: FilmKey) -> None:
        """Bring a film of the list to the screen."""
        if key == self.films.key and self.films.current is not None:
            return
        self.film_list.select(key)
        self.films.choose(key)

    def _ask_frame(self, key: FilmKey, error: Exception) -> None:
        """Of a film with several frames, one has to be chosen; nothing to ask of one refused otherwise."""
        if not isinstance(error, FrameChoiceError) or key != self.films.key:
            return
        count = error.frame_count
        dialog = QInputDialog(self)
        dialog.setInputMode(QInputDialog.InputMode.IntInput)
        dialog.setIntRange(1, count)
        dialog.setWindowTitle(self.tr("Several frames"))
        dialog.setLabelText(self.tr("The film has %n frame(s). Which one?", "", count))
        dialog.intValueSelected.connect(lambda frame: self._take_frame(key, frame - 1))
        open_dialog(dialog)

    def _take_frame(self, key: FilmKey, frame: int) -> None:
        self.library.remove(key)
        self.library.add_frame(FilmKey(key.path, frame))

    def _step_film(self, step: int) -> None:
        key = self.film_list.neighbour(self.films.key, step)
        if key is not None:
            self.choose(key)

    def _remove_film(self) -> None:
        """Take the film off the list and show the one that stood beside it."""
        key = self.films.key
        beside = self.film_list.neighbour(key, 1) or self.film_list.neighbour(key, -1)
        self.library.remove(key)
        if beside is not None:
            self.choose(beside)

    def _retry(self, key: FilmKey | None) -> None:
        if key is None:
            return
        self.library.retry(key)
        self.films.choose(key)
        self.film_list.select(key)

    def _analyse(self) -> None:
        """Analyse the film on the screen; what was said of an earlier analysis is not dropped unasked."""
        document = self.films.current
        if document is None or not document.review.is_touched:
            self.films.analyse()
            return
        text = self.tr("A new analysis takes the place of this one, and what you said about it is lost.")
        box = QMessageBox(QMessageBox.Icon.Question, "VCF Desktop", text, parent=self)
        box.setStandardButtons(QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.accepted.connect(self.films.analyse)
        open_dialog(box)

    def _enhance(self) -> None:
        document = self.films.current
        if document is not None:
            self.library.enhance(
                document.film.key,
                lambda picture: self.pane.take_enhanced(document, picture),
                self._not_enhanced,
            )

    def _not_enhanced(self, error: Exception) -> None:
        self.film_commands.show_state()
        self.status.tell(error_text(expected(error)))

    # Showing

    def _show_document(self, document: Document | None) -> None:
        self.status.tell("")  # what was said was about another film
        self.pane.show(document)
        self.comparison.present_changed(document)
        self._refresh()
        name = document.film.key.text if document else ""
        self.setWindowTitle(f"{name} - VCF Desktop" if name else "VCF Desktop")

    def _refresh(self) -> None:
        document = self.films.current
        hidden = document is not None and document.is_hidden
        self.pane.refresh()
        self.remarks.show_document(document)
        self.table.show_document(document, hidden=hidden)
        self.status.show_runtime(document.review.analysis if document and not hidden else None)
        self._show_panel(document)
        self._enable()
        self._show_saving()

    def _show_panel(self, document: Document | None) -> None:
        vertebra = document.selection if document and not document.is_hidden else None
        measured = document.measured.get(vertebra.key) if document and vertebra else None
        self.panel.show_vertebra(vertebra, measured)

    def _show_selection(self) -> None:
        document = self.films.current
        if document is None:
            return
        self.pane.refresh()
        self.table.show_selection(document)
        self._show_panel(document)
        self._enable()
        if document.selection is not None:
            self.view.show_place(document.selection.box_xyxy)

    def _enable(self) -> None:
        document = self.films.current
        entry = self.library.entry(self.films.key) if self.films.key else None
        refused = entry is not None and entry.state is FilmState.REFUSED
        enabled = enabled_commands(document, refused=refused)
        for name, action in self.actions_by_name.items():
            action.setEnabled(name in enabled)
        self.film_commands.select_tool.may_edit = document is not None and document.is_editable
        self.film_commands.drop_disabled_tool()

    def _show_progress(self, key: FilmKey, fraction: float, stage: str) -> None:
        self.status.show_progress(fraction, stage, "" if key == self.films.key else key.path.name)

    def _show_saving(self) -> None:
        if self.saver.unsaved:
            self.status.show_saving()
        else:
            self.status.show_saved()

    def _name_undo(self, command: str, text: str) -> None:
        prefix = {"undo": self.tr("Undo"), "redo": self.tr("Redo")}[command]
        self.actions_by_name[command].setText(f"{prefix}: {text}" if text else prefix)

    # On the film

    def _clicked(self, key: int | None, x: float, y: float) -> None:
        document = self.films.current
        if document is None:
            return
        if not document.is_hidden:
            document.select(key)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for grade in (ReaderGrade.EQUIVOCAL, ReaderGrade.MILD, ReaderGrade.MODERATE, ReaderGrade.SEVERE):
            action = menu.addAction(self.tr("Fracture, grade %1").replace("%1", word(grade)))
            action.triggered.connect(lambda _=False, grade=grade: self.reviewing.mark(x, y, grade))
        menu.popup(QCursor.pos())

    def _dragged(self, vertebra: Any) -> None:
        document = self.films.current
        if document is not None:
            review = document.review.with_vertebra(vertebra)
            measured = review.measured(document.film.row_to_column)
            self.pane.refresh(vertebra)
            self.table.show_dragged(review.vertebrae, measured, document)
            self.panel.show_vertebra(vertebra, measured.get(vertebra.key))

    def _compare(self) -> None:
        if self.actions_by_name["compare"].isChecked():
            self.comparison.begin(self.library.entries)
        else:
            self.comparison.end()

    # The window

    def change_settings(self, **fields: Any) -> None:
        """Change some settings and keep them."""
        before, self._settings = self._settings, replace(self._settings, **fields)
        if self._settings == before:
            return
        apply_keys(self.actions_by_name, self._settings.keys)
        self.pane.set_opacity(self._settings.overlay_opacity)
        if self._settings.layout is not before.layout:
            self.desk.arrange(self._settings.layout)
        if not self._settings.analyse_at_once:
            self.library.clear_queue()
        try:
            save_settings(self._folder / "settings.json", self._settings)
        except OutputError as e:
            self.status.tell(error_text(e))
        self._refresh()

    def _tell_plainly(self, text: str) -> None:
        """A sentence that must not be overlooked."""
        box = QMessageBox(QMessageBox.Icon.Warning, "VCF Desktop", text, parent=self)
        box.setTextFormat(Qt.TextFormat.PlainText)  # patients may be called <b>
        open_dialog(box)

    # Events

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Films may be dropped anywhere."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Put them on the list and show the first."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self.add_films(paths, show=True)
        event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Close when all is saved, or when the reader gives up what cannot be."""
        if not self._saved_or_given_up():
            event.ignore()
            return
        self._memory.keep(self)
        if self.pane.opacity != self._settings.overlay_opacity:
            self.change_settings(overlay_opacity=self.pane.opacity)
        self.window_commands.close()
        self.archiving.close()
        self.library.close()
        self.saver.close()
        event.accept()

    def _saved_or_given_up(self) -> bool:
        while (error := self.saver.finish()) is not None:
            answer = self.ask_about_unsaved(error_text(error))
            if answer is not QMessageBox.StandardButton.Retry:
                return answer is QMessageBox.StandardButton.Discard
        return True

    def ask_about_unsaved(self, reason: str) -> QMessageBox.StandardButton:
        """What to do about work that cannot be saved: Retry, Discard or Cancel."""
        text = self.tr("Your last changes could not be saved: %1").replace("%1", reason)
        buttons = QMessageBox.StandardButton
        return QMessageBox.critical(
            self, "VCF Desktop", text, buttons.Retry | buttons.Discard | buttons.Cancel, buttons.Retry
        )


def _without_arguments(handler: Callable[[], Any]) -> Callable[..., None]:
    """A handler that drops what a signal brings."""

    def handle(*_: Any) -> None:
        handler()

    return handle
