"""The report of the film on the screen: asked for, saved, and handed on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QWidget

from vcf_desktop.errors import expected
from vcf_desktop.film import StudyInfo, same_patient
from vcf_desktop.settings import Settings
from vcf_desktop.ui.dialogs import open_dialog
from vcf_desktop.ui.edition import Edition, export
from vcf_desktop.ui.film_entries import FilmEntry, FilmKey, FilmState
from vcf_desktop.ui.jobs import Job
from vcf_desktop.ui.library import Library
from vcf_desktop.ui.open_films import OpenFilms
from vcf_desktop.ui.report_dialog import ReportDialog
from vcf_desktop.ui.sentences import error_text, sentence

if TYPE_CHECKING:
    from vcf_desktop.io.report_export import Exported


class Reporting(QObject):
    """Opens the report and writes its files.

    Signals:
        told(str): a sentence for the status bar.
        settings_chosen(dict): fields of the settings and their new values.
        send_asked(Edition): a signed report is to go to the archive.
    """

    told = Signal(str)
    settings_chosen = Signal(object)
    send_asked = Signal(object)

    def __init__(
        self,
        films: OpenFilms,
        library: Library,
        actions: Mapping[str, QAction],
        settings: Callable[[], Settings],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._can_send = False
        self._films, self._library, self._actions = films, library, actions
        self._settings, self._window = settings, window
        self._dialog: ReportDialog | None = None

    def handlers(self) -> Mapping[str, Callable[[], Any]]:
        """What each command does, by its name."""
        return {"report": self._open}

    def set_can_send(self, can_send: bool) -> None:
        """Take up whether there is an archive that takes results."""
        self._can_send = can_send

    def tell(self, text: str, *, is_warning: bool = False) -> None:
        """A sentence about a report, where the reader looks."""
        self.told.emit(text)
        if self._dialog is not None:
            self._dialog.tell(text, is_warning=is_warning)

    def _open(self) -> None:
        document = self._films.current
        if document is None:
            return
        dialog = ReportDialog(
            document,
            self._library,
            self._settings,
            self._window,
            priors=earlier_films(document.film.study, self._library.entries),
            can_send=self._can_send,
        )
        dialog.settings_chosen.connect(self.settings_chosen)
        dialog.sign_asked.connect(self._actions["sign"].trigger)
        dialog.save_asked.connect(self._ask_folder)
        dialog.send_asked.connect(self.send_asked)
        dialog.finished.connect(self._closed)
        self._dialog = dialog
        open_dialog(dialog)

    def _closed(self) -> None:
        self._dialog = None

    # Saving

    def _ask_folder(self, edition: Edition) -> None:
        dialog = QFileDialog(self._dialog, self.tr("Save the report in this folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda folder: self._save(edition, Path(folder)))
        open_dialog(dialog)

    def _save(self, edition: Edition, folder: Path) -> None:
        formats = self._settings().report_formats
        job = Job(lambda _report: export(edition, formats, folder))
        job.finished.connect(partial(self._saved, folder))
        job.failed.connect(self._not_saved)
        self._library.submit(job)

    def _saved(self, folder: Path, exported: Exported) -> None:
        text = self.tr("%n file(s) saved in %1", "", len(exported.paths)).replace("%1", str(folder))
        self.tell("\n".join([text, *map(sentence, exported.notices)]))

    def _not_saved(self, error: Exception) -> None:
        text = self.tr("The report was not saved: %1").replace("%1", error_text(expected(error)))
        self.tell(text, is_warning=True)


def earlier_films(study: StudyInfo | None, entries: Iterable[FilmEntry]) -> list[FilmKey]:
    """Signed films that are certainly of the same patient and of an earlier day, the newest first."""
    if study is None or study.study_date is None:
        return []
    dated = [
        (entry.study.study_date, entry.key)
        for entry in entries
        if entry.state is FilmState.SIGNED
        and entry.study is not None
        and entry.study.study_date is not None
        and entry.study.study_date < study.study_date
        and same_patient(study, entry.study)
    ]
    return [key for _, key in sorted(dated, key=lambda each: each[0], reverse=True)]
