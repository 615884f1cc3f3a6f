"""Saving reviews in the background: the newest value of each film, tried again until it is on the disk."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from vcf_desktop.errors import VcfError
from vcf_desktop.io.sessions import FilmRecord, Session, SessionStore
from vcf_desktop.spine import Analysis
from vcf_desktop.ui.jobs import Job, Worker

RETRY_MS: Final = 3000
"""Pause between tries while the disk is full or a network drive is away."""


class Saver(QObject):
    """Writes sessions one after another; of several values for one film only the newest is written.

    Signals:
        saved(FilmRecord, Session): this value is on the disk.
        failed(FilmRecord, VcfError): it is not, and will be tried again.
    """

    saved = Signal(object, object)
    failed = Signal(object, object)

    def __init__(self, store: SessionStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._worker = Worker("saving", self)
        self._unsaved: dict[FilmRecord, Session] = {}
        self._writing: set[FilmRecord] = set()
        self._retry = QTimer(self, interval=RETRY_MS, singleShot=True)
        self._retry.timeout.connect(self._write_all)

    @property
    def unsaved(self) -> tuple[FilmRecord, ...]:
        """Films whose newest review is not on the disk yet."""
        return tuple(self._unsaved)

    def latest(self, film: FilmRecord) -> Session | None:
        """The newest value of a film that is not on the disk yet."""
        return self._unsaved.get(film)

    def save(self, session: Session) -> None:
        """Write this value as soon as possible."""
        self._unsaved[session.film] = session
        self._write(session.film)

    def add_analysis(self, film: FilmRecord, analysis: Analysis) -> None:
        """Save the machine's opinion of a film that is not open, in its turn."""
        at = datetime.now(UTC).astimezone()
        job = Job(lambda _report: self._store.add_analysis(film, analysis, at))
        job.finished.connect(lambda session: self.saved.emit(film, session))
        job.failed.connect(lambda error: self.failed.emit(film, _expected(error)))
        self._worker.submit(job)

    def sign(self, session: Session, reader: str, at: datetime) -> Job:
        """The job, not yet submitted, that signs a review after everything before it is written."""
        return Job(lambda _report: self._store.sign(session, reader, at))

    def submit(self, job: Job) -> None:
        """Run a job of :meth:`sign` in its turn."""
        self._worker.submit(job)

    def _write_all(self) -> None:
        for film in self.unsaved:
            self._write(film)

    def _write(self, film: FilmRecord) -> None:
        if film in self._writing:
            return  # what is newest then is written after it
        session = self._unsaved[film]
        self._writing.add(film)
        job = Job(lambda _report: self._store.save(session))
        job.finished.connect(lambda _: self._written(session))
        job.failed.connect(lambda error: self._not_written(session, error))
        self._worker.submit(job)

    def _written(self, session: Session) -> None:
        film = session.film
        self._writing.discard(film)
        if self._unsaved.get(film) is session:
            del self._unsaved[film]
        elif film in self._unsaved:
            self._write(film)
        self.saved.emit(film, session)

    def _not_written(self, session: Session, error: Exception) -> None:
        self._writing.discard(session.film)
        self.failed.emit(session.film, _expected(error))
        self._retry.start()

    def finish(self) -> VcfError | None:
        """Write all that is unsaved at once, without the event loop; why not, where that fails."""
        self._retry.stop()
        self._worker.drain()
        for film, session in list(self._unsaved.items()):
            try:
                self._store.save(session)
            except VcfError as e:
                return e
            del self._unsaved[film]
        return None

    def close(self) -> None:
        """Stop; what :meth:`finish` could not write is lost."""
        self._retry.stop()
        self._worker.close()


def _expected(error: Exception) -> VcfError:
    """An error that the user is told; anything else is a defect and goes on."""
    if not isinstance(error, VcfError):
        raise error
    return error
