"""The hospital's archives in the window: set up, searched, and sent to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop, QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from vcf_desktop.errors import VcfError, expected
from vcf_desktop.film import Film
from vcf_desktop.io import fetched, parcels
from vcf_desktop.io.pacs import FILE_NAME, Archive, ArchiveKind
from vcf_desktop.io.sessions import Session
from vcf_desktop.settings import Settings
from vcf_desktop.ui.archive_access import Archives
from vcf_desktop.ui.archive_dialog import CLOSING_S, ArchiveDialog
from vcf_desktop.ui.archives_dialog import ArchivesDialog
from vcf_desktop.ui.dialogs import open_dialog
from vcf_desktop.ui.document import Document, now
from vcf_desktop.ui.edition import edition_of
from vcf_desktop.ui.jobs import Job, Worker
from vcf_desktop.ui.library import Library
from vcf_desktop.ui.outbox_dialog import OutboxDialog
from vcf_desktop.ui.outbox_sender import OutboxSender
from vcf_desktop.ui.sentences import error_text

READING_MS: Final = 10_000
"""How long a closing window waits for the film of a review that was just signed."""


class Archiving(QObject):
    """Finds films in archives, and sends signed reports there.

    Attributes:
        outgoing: what sends them.

    Signals:
        told(str, bool): a sentence for the user, and whether it is a warning.
        fetched(Path, bool): films of an archive lie in this folder; whether they are to be shown at once.
        takers_changed(bool): whether there is an archive that takes results.
    """

    told = Signal(str, bool)
    fetched = Signal(object, bool)
    takers_changed = Signal(bool)

    def __init__(
        self, folder: Path, library: Library, settings: Callable[[], Settings], window: QWidget
    ) -> None:
        """Make it; ``folder`` is the user's own."""
        super().__init__(window)
        self._folder, self._library = folder, library
        self._settings, self._window = settings, window
        self.archives = Archives(folder / FILE_NAME, self)
        self.archives.changed.connect(self._tell_takers)
        self._search: ArchiveDialog | None = None
        self._reading: set[Job] = set()
        self._keeper = Worker("keeping", self)
        self.outgoing = OutboxSender(folder / parcels.FOLDER_NAME, self.archives, self)
        self.outgoing.told.connect(self.told)

    def start(self) -> None:
        """Take up the archives that are set up, and what an earlier run could not send."""
        self._tell_takers()
        self.outgoing.start()

    def handlers(self) -> Mapping[str, Callable[[], Any]]:
        """What each command does, by its name."""
        return {"archive": self._open_search, "archives": self._set_up, "outbox": self._open_outbox}

    def send_signed(self, document: Document) -> None:
        """Send the report of a review that was just signed, where an archive takes it."""
        if not self.archives.takers:
            return
        session = document.session
        job = self._library.film(document.film.key)
        job.finished.connect(lambda film: self._send(film, session))
        job.failed.connect(lambda error: self._tell_not_sent(expected(error)))
        for ended in (job.finished, job.failed, job.cancelled):
            ended.connect(lambda *_: self._reading.discard(job))
        self._reading.add(job)
        self._library.submit(job)

    def close(self) -> None:
        """Let go of all archives; what could not be sent waits in the outbox."""
        waited = QDeadlineTimer(READING_MS)
        while self._reading and not waited.hasExpired():  # what was signed a moment ago is to be sent, too
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents, 50)
        if self._search is not None:
            self._search.close_work()
        self.outgoing.close()
        self._keeper.close(CLOSING_S)

    def _films(self) -> list[Path]:
        return [entry.key.path for entry in self._library.entries]

    def _tell_takers(self) -> None:
        self.takers_changed.emit(bool(self.archives.takers))

    def _send(self, film: Film, session: Session) -> None:
        try:
            self.outgoing.put(edition_of(film, session, self._settings(), now()))
        except VcfError as e:
            self._tell_not_sent(e)

    def _tell_not_sent(self, error: VcfError) -> None:
        self.told.emit(self.tr("The report was not sent: %1").replace("%1", error_text(error)), True)

    # Dialogs

    def _open_search(self) -> None:
        if self._search is None:
            self._search = ArchiveDialog(
                self.archives, self._folder / fetched.FOLDER_NAME, self._films, self._window
            )
            self._search.fetched.connect(self.fetched)
            self._search.told.connect(self.told)
            self._search.set_up_asked.connect(self._set_up)
        self._search.show()
        self._search.raise_()
        self._search.activateWindow()

    def _set_up(self) -> None:
        dialog = ArchivesDialog(self.archives.all, self.archives.client, self._window)
        dialog.finished.connect(lambda result: self._take(dialog, result))
        open_dialog(dialog)

    def _take(self, dialog: ArchivesDialog, result: int) -> None:
        if result != QDialog.DialogCode.Accepted:
            return
        before = self.archives.all
        try:
            self.archives.save(dialog.archives())
        except VcfError as e:
            self.told.emit(error_text(e), True)
            return
        for gone in before:
            if gone.kind is ArchiveKind.WEB and self.archives.named(gone.name) is None:
                self._keep(gone, None)
        for name, secret in dialog.secrets().items():
            archive = self.archives.named(name)
            if archive is not None:
                self.archives.give_secret(archive, secret)
                self._keep(archive, secret)

    def _keep(self, archive: Archive, secret: str | None) -> None:
        """Keep a password in the system's key store, or forget it; in a worker, as the store may wait."""
        from vcf_desktop.io.pacs_settings import save_secret

        job = Job(lambda _report: save_secret(archive, secret))
        job.failed.connect(lambda error: self.told.emit(error_text(expected(error)), True))
        self._keeper.submit(job)

    def _open_outbox(self) -> None:
        dialog = OutboxDialog(self._window)
        self.outgoing.changed.connect(dialog.show_parcels)
        dialog.retry_asked.connect(self.outgoing.retry)
        dialog.discard_asked.connect(self.outgoing.discard)
        self.outgoing.tell_parcels()
        open_dialog(dialog)
