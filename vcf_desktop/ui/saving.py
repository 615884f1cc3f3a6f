"""Saving reviews in the background: the newest value of each film, tried again until it is on the disk."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from vcf_desktop.errors import SessionDamagedError, SessionError, VcfError, expected
from vcf_desktop.io.atomic import naming, patiently
from vcf_desktop.io.sessions import FilmRecord, Session, SessionStore
from vcf_desktop.spine import Analysis
from vcf_desktop.ui.document import now
from vcf_desktop.ui.jobs import Job, Report, Worker

RETRY_MS: Final = 3000
"""Pause between tries while the disk is full or a network drive is away."""

_log = logging.getLogger(__name__)

_Which = tuple[str, int]


def which(film: FilmRecord) -> _Which:
    """What a review belongs to: the bytes and the frame. Copies of a film elsewhere share their review."""
    return film.sha256, film.frame


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
        self._unsaved: dict[_Which, Session] = {}
        self._writing: set[_Which] = set()
        self._to_add: list[Callable[[], None]] = []
        self._retry = QTimer(self, interval=RETRY_MS, singleShot=True)
        self._retry.timeout.connect(self._write_all)

    @property
    def unsaved(self) -> tuple[FilmRecord, ...]:
        """Films whose newest review is not on the disk yet."""
        return tuple(session.film for session in self._unsaved.values())

    def latest(self, film: FilmRecord) -> Session | None:
        """The newest value of a film, now at ``film.path``, that is not on the disk yet."""
        session = self._unsaved.get(which(film))
        return None if session is None else replace(session, film=film)

    def save(self, session: Session) -> None:
        """Write this value as soon as possible."""
        self._unsaved[which(session.film)] = session
        self._write(session.film)

    def add_analysis(self, film: FilmRecord, analysis: Analysis) -> None:
        """Save the machine's opinion of a film that is not open, in its turn.

        A review that has one by now keeps it, with all that was decided about it. What cannot be written is
        tried again as a review is, but :meth:`finish` does not wait for it: the film can be analysed again.
        Where the review cannot be read, which opening the film tells, the analysis is dropped.
        """
        self._add_analysis(film, analysis, now())

    def _add_analysis(self, film: FilmRecord, analysis: Analysis, at: datetime) -> None:
        def work(_report: Report) -> Session:
            session = self._store.load(film)
            if session is not None and session.review.analysis is not None:
                return session
            return self._store.add_analysis(film, analysis, at)

        job = Job(work)
        job.finished.connect(lambda session: self.saved.emit(film, session))
        job.failed.connect(
            lambda error: self._not_added(film, error, partial(self._add_analysis, film, analysis, at))
        )
        self._worker.submit(job)

    def _not_added(self, film: FilmRecord, error: Exception, again: Callable[[], None]) -> None:
        if isinstance(error, SessionError):
            _log.info("an analysis is dropped: the saved review cannot be read")
            return
        told = expected(error)
        self._to_add.append(again)
        self._retry.start()
        self.failed.emit(film, told)

    def set_aside(self, film: FilmRecord) -> Job:
        """The job, not yet submitted, that renames the damaged files of a review until the rest can be read.

        It gives what is left: the version signed last, or the review where a signed version was damaged; None
        where nothing is. The next signature gets the number after the last one that is left. The job fails
        with SessionError or OutputError where a file cannot be read now or not be renamed.
        """
        return Job(lambda _report: self._load_what_is_left(film))

    def _load_what_is_left(self, film: FilmRecord) -> Session | None:
        """Runs in the worker."""
        while True:
            try:
                return self._store.load(film)
            except SessionDamagedError as e:
                _rename(e.path)

    def sign(self, session: Session, reader: str, at: datetime) -> Job:
        """The job, not yet submitted, that signs a review after everything before it is written."""
        job = Job(lambda _report: self._store.sign(session, reader, at))
        job.finished.connect(self._signed)
        return job

    def submit(self, job: Job) -> None:
        """Run a job of :meth:`sign` or :meth:`set_aside` in its turn."""
        self._worker.submit(job)

    def _signed(self, signed: Session) -> None:
        film = signed.film
        if which(film) in self._unsaved or which(film) in self._writing:
            self.save(signed)  # whatever was to be written before the signed version must not take its place
        else:
            self.saved.emit(film, signed)

    def _write_all(self) -> None:
        for film in self.unsaved:
            self._write(film)
        to_add, self._to_add = self._to_add, []
        for add in to_add:
            add()

    def _write(self, film: FilmRecord) -> None:
        if which(film) in self._writing:
            return  # what is newest then is written after it
        session = self._unsaved[which(film)]
        self._writing.add(which(film))
        job = Job(lambda _report: self._store.save(session))
        job.finished.connect(lambda _: self._written(session))
        job.failed.connect(lambda error: self._not_written(session, error))
        self._worker.submit(job)

    def _written(self, session: Session) -> None:
        film = session.film
        self._writing.discard(which(film))
        if self._unsaved.get(which(film)) is session:
            del self._unsaved[which(film)]
        elif which(film) in self._unsaved:
            self._write(film)
        self.saved.emit(film, session)

    def _not_written(self, session: Session, error: Exception) -> None:
        film = session.film
        self._writing.discard(which(film))
        newest = self._unsaved.get(which(film))
        if newest is None:
            return  # :meth:`finish` has written it
        if newest is session:
            self._retry.start()
            self.failed.emit(film, expected(error))
        else:
            self._write(film)
            expected(error)

    def finish(self) -> VcfError | None:
        """Write all that is unsaved at once, without the event loop; why not, where that fails."""
        self._retry.stop()
        self._worker.drain()
        first: VcfError | None = None
        for film, session in list(self._unsaved.items()):
            try:
                self._store.save(session)
            except VcfError as e:
                first = first or e
            else:
                del self._unsaved[film]
                self.saved.emit(session.film, session)
        if first is not None:
            self._retry.start()
        return first

    def close(self) -> None:
        """Stop; what :meth:`finish` could not write is lost."""
        self._retry.stop()
        self._worker.close()


def _rename(path: Path) -> None:
    """Give a file a name under which no review is looked for; nothing where there is no such file."""
    number = 1
    while (aside := path.with_suffix(f".unreadable-{number}.json")).exists():
        number += 1
    with naming(path), contextlib.suppress(FileNotFoundError):
        patiently(partial(path.rename, aside))
