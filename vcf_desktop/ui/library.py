"""All films at hand: found, looked at, opened and analysed in the background, the open film first."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from vcf_desktop.errors import FilmReadError, VcfError, expected
from vcf_desktop.io.archives import is_archive, unpack
from vcf_desktop.io.films import find_films
from vcf_desktop.io.results import is_overlay
from vcf_desktop.io.sessions import FilmRecord, Session, SessionStore, record_of
from vcf_desktop.paths import models_folder
from vcf_desktop.review import Review
from vcf_desktop.settings import Settings
from vcf_desktop.spine import Analysis, VertebraLevel
from vcf_desktop.ui import reading
from vcf_desktop.ui.film_entries import FilmEntry, FilmKey, FilmState
from vcf_desktop.ui.jobs import Job, Report, Urgency, Worker
from vcf_desktop.ui.reading import Films, Look, Networks, Opening
from vcf_desktop.ui.saving import Saver
from vcf_desktop.ui.sentences import error_text, sentence


class Library(QObject):
    """The films and what is going on with them.

    Two workers: one reads films, so that a film opens while another is analysed by the second.

    Signals:
        entry_changed(FilmEntry): a film of the list is new or differs; entry_removed(FilmKey).
        found(FilmKey): the first film of what the user asked for.
        refused(str): a path that holds no film, in a sentence.
        opened(Opening), open_failed(FilmKey, Exception).
        analysing(FilmKey), analysis_progressed(FilmKey, float, str), analysis_cancelled(FilmKey),
        analysed(FilmKey, FilmRecord, Analysis), analysis_failed(FilmKey, Exception): how it goes.
    """

    entry_changed = Signal(object)
    entry_removed = Signal(object)
    found = Signal(object)
    refused = Signal(str)
    opened = Signal(object)
    open_failed = Signal(object, object)
    analysing = Signal(object)
    analysis_progressed = Signal(object, float, str)
    analysed = Signal(object, object, object)
    analysis_failed = Signal(object, object)
    analysis_cancelled = Signal(object)

    def __init__(
        self,
        store: SessionStore,
        saver: Saver,
        settings: Callable[[], Settings],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._saver, self._settings = saver, settings
        self._films, self._networks = Films(store), Networks()
        self._reader = Worker("reading", self)
        self._analyst = Worker("analysis", self)
        self._entries: dict[FilmKey, FilmEntry] = {}
        self._looking: dict[FilmKey, Job] = {}
        self._opening: tuple[FilmKey, Job] | None = None
        self._queue: list[FilmKey] = []
        self._running: tuple[FilmKey, Job] | None = None
        self._stopped: set[FilmKey] = set()
        self._networks_failed = False
        self._state_before = FilmState.NEW
        # Virus scanners hold files on Windows for a while.
        self._unpacked = tempfile.TemporaryDirectory(prefix="vcf-desktop-", ignore_cleanup_errors=True)

    def entry(self, key: FilmKey) -> FilmEntry | None:
        """What the list shows of a film."""
        return self._entries.get(key)

    @property
    def entries(self) -> tuple[FilmEntry, ...]:
        """All films of the list."""
        return tuple(self._entries.values())

    @property
    def is_busy(self) -> bool:
        """Whether a film is being analysed or waits for it."""
        return self._running is not None or bool(self._queue)

    def is_analysing(self, key: FilmKey) -> bool:
        """Whether this film is being analysed, and shall be."""
        return self._running is not None and self._running[0] == key and not self._running[1].is_cancelled

    def is_waiting(self, key: FilmKey) -> bool:
        """Whether this film waits for its analysis."""
        return key in self._queue

    # Finding films

    def add(self, paths: Iterable[Path]) -> None:
        """Put the films at these files, folders, DICOMDIRs and ZIP archives on the list."""
        for path in paths:
            job = Job(partial(self._find, path), Urgency.SOON)
            job.finished.connect(self._add_found)
            job.failed.connect(lambda error: self.refused.emit(_told(error)))
            self._reader.submit(job)

    def _find(self, path: Path, report: Report) -> list[Path]:
        """The films at a path; runs in the worker."""
        if is_archive(path):
            folder = unpack(path, Path(self._unpacked.name), lambda fraction: report(fraction, "read"))
            try:
                return self._find(folder, report)
            except FilmReadError as e:
                raise FilmReadError(path, e.reason) from e  # the user knows the archive and not the folder
        report(0.5, "read")
        found = find_films(path)
        return [film for film in found if film == path or not is_overlay(film)]

    def _add_found(self, films: list[Path]) -> None:
        keys = [FilmKey(film) for film in films]
        new = [key for key in keys if key not in self._entries]
        for key in new:
            self._put(FilmEntry(key))
        if keys:
            self.found.emit(keys[0])
        for key in new:
            self._look(key)

    def add_frame(self, key: FilmKey) -> None:
        """Put one frame of a multi-frame film on the list and open it."""
        if key not in self._entries:
            self._put(FilmEntry(key))
            self._look(key)
        self.found.emit(key)

    def remove(self, key: FilmKey | None) -> None:
        """Take a film off the list; its review stays on the disk."""
        if key is None:
            return
        self.cancel_analysis(key)
        if key in self._looking:
            self._looking.pop(key).cancel()
        if self._opening and self._opening[0] == key:
            self._opening[1].cancel()
        self._stopped.discard(key)  # it may be put on the list again
        if self._entries.pop(key, None):
            self.entry_removed.emit(key)

    def retry(self, key: FilmKey) -> None:
        """Read a refused film again."""
        self._update(key, state=FilmState.WAITING, reason="")
        self._look(key)

    def set_review_state(self, key: FilmKey, state: FilmState) -> None:
        """How far the review of a film is; while it is analysed, the list shows that."""
        entry = self._entries.get(key)
        if entry is None:
            return
        if entry.state is FilmState.ANALYSING:
            self._state_before = state
        elif entry.state is not state:
            self._update(key, state=state)

    def _look(self, key: FilmKey) -> None:
        job = Job(lambda report: self._films.look(key, report), Urgency.LATER)
        self._looking[key] = job
        job.finished.connect(self._looked)
        job.failed.connect(lambda error: self._refuse(key, error))
        self._reader.submit(job)

    def _looked(self, look: Look) -> None:
        self._looking.pop(look.key, None)
        session = self._saver.latest(look.record) or look.session
        entry = self._entries.get(look.key)
        if entry is None:
            return
        self._update(look.key, study=look.study, thumbnail=look.thumbnail)
        known = self._state_before if entry.state is FilmState.ANALYSING else entry.state
        if known not in (FilmState.WAITING, FilmState.REFUSED):
            return  # it was opened meanwhile, which tells more
        self.set_review_state(look.key, state_of(session))
        wanted = session is None or not (session.locked or session.review.analysis)
        if wanted:
            self.analyse_unasked(look.key, Urgency.LATER)

    def _refuse(self, key: FilmKey, error: Exception) -> None:
        self._looking.pop(key, None)
        reason = sentence(error.reason) if isinstance(error, FilmReadError) else _told(error)
        self._update(key, state=FilmState.REFUSED, reason=reason)
        expected(error)

    # Opening

    def open(self, key: FilmKey) -> None:
        """Read a film to be shown; the last one asked for wins."""
        if self._opening is not None:
            self._opening[1].cancel()
        job = Job(lambda report: self._films.open(key, report), Urgency.NOW)
        job.finished.connect(lambda opening: self._opened(key, opening))
        job.failed.connect(lambda error: self._open_failed(key, error))
        self._opening = (key, self._reader.submit(job))

    def _opened(self, key: FilmKey, opening: Opening) -> None:
        self._opening = None
        entry = self._entries.get(key)
        if entry is not None and entry.state is FilmState.REFUSED:
            self.retry(key)  # the file was mended
        self.opened.emit(opening)

    def _open_failed(self, key: FilmKey, error: Exception) -> None:
        self._opening = None
        self.open_failed.emit(key, error)
        self._refuse(key, error)

    def enhance(self, key: FilmKey, done: Callable[[Any], None], failed: Callable[[Exception], None]) -> None:
        """Compute the view after CLAHE and hand it over."""
        self._run(self._reader, lambda report: self._films.enhanced(key, report), done, failed)

    # Reports

    def film(self, key: FilmKey) -> Job:
        """The job, not yet submitted, that gives a :class:`vcf_desktop.film.Film`."""
        return Job(lambda _report: self._films.read(key))

    def prior(self, key: FilmKey) -> Job:
        """The job, not yet submitted, that gives a film's signed reading, None where there is none."""
        return Job(lambda _report: self._films.prior(key), Urgency.SOON)

    def submit(self, job: Job) -> None:
        """Run a job on films, or on what was made of them, in its turn."""
        self._reader.submit(job)

    # Analysis

    def analyse_unasked(self, key: FilmKey, urgency: Urgency) -> None:
        """Analyse a film if the settings say so and the reader has not stopped it before.

        While the networks fail, only the film that the reader looks at is tried.
        """
        if not self._settings().analyse_at_once or key in self._stopped:
            return
        if urgency is Urgency.NOW or not self._networks_failed:
            self.analyse(key, urgency)

    def analyse(self, key: FilmKey, urgency: Urgency = Urgency.NOW) -> None:
        """Analyse a film: at once, as the reader looks at it, or in its turn."""
        self._stopped.discard(key)
        if self.is_analysing(key):
            return
        if urgency is Urgency.NOW:
            self._interrupt()
            self._queue = [key, *(other for other in self._queue if other != key)]
        elif key not in self._queue:
            self._queue.append(key)
        self._next()

    def _interrupt(self) -> None:
        """Stop the analysis that is running; it begins again before the others that wait."""
        if self._running is not None and not self._running[1].is_cancelled:
            self._queue.insert(0, self._running[0])
            self._running[1].cancel()

    def cancel_analysis(self, key: FilmKey) -> None:
        """Do not analyse a film, or stop doing so, until it is asked for."""
        self._stopped.add(key)
        if key in self._queue:
            self._queue.remove(key)
        if self._running and self._running[0] == key:
            self._running[1].cancel()

    def cancel_running(self) -> None:
        """Stop the analysis that is running; the queue goes on."""
        if self._running:
            self.cancel_analysis(self._running[0])

    def clear_queue(self) -> None:
        """Analyse no further films but those that are asked for from now on."""
        self._queue.clear()

    def _next(self) -> None:
        if self._running is not None or not self._queue:
            return
        key = self._queue.pop(0)
        settings = self._settings()
        job = Job(lambda report: self._analyse(key, settings, report))
        job.progressed.connect(lambda fraction, stage: self._progressed(key, fraction, stage))
        job.finished.connect(lambda result: self._analysed(key, *result))
        job.failed.connect(lambda error: self._analysis_failed(key, error))
        job.cancelled.connect(lambda: self._analysis_cancelled(key))
        self._running = (key, job)
        entry = self._entries.get(key)
        self._state_before = FilmState.NEW if entry is None else entry.state
        self._update(key, state=FilmState.ANALYSING, fraction=0.0)
        self.analysing.emit(key)
        self._analyst.submit(job)

    def _analyse(self, key: FilmKey, settings: Settings, report: Report) -> tuple[FilmRecord, Analysis]:
        """Runs in the worker."""
        report(0.0, "read")
        film = self._films.read(key)
        report(0.0, "load")
        pipeline = self._networks.pipeline(chosen_models(settings), settings)
        report(0.0, "preprocess")
        return record_of(film), reading.analyse(pipeline, film, report)

    def examine(
        self,
        key: FilmKey,
        box_xyxy: NDArray[Any],
        review: Review,
        level: VertebraLevel,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Run the networks on a box that the reader drew, and hand over the finding or None."""
        if not self.is_analysing(key):
            self._interrupt()
        settings = self._settings()

        def work(report: Report) -> Any:
            pipeline = self._networks.pipeline(chosen_models(settings), settings)
            return reading.examine(pipeline, self._films.read(key), box_xyxy, review, level, report)

        self._run(self._analyst, work, done, failed)

    def _run(
        self,
        worker: Worker,
        work: Callable[[Report], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        job = Job(work)
        job.finished.connect(done)
        job.failed.connect(failed)
        worker.submit(job)

    def _progressed(self, key: FilmKey, fraction: float, stage: str) -> None:
        self._update(key, fraction=fraction)
        self.analysis_progressed.emit(key, fraction, stage)

    def _analysed(self, key: FilmKey, record: FilmRecord, analysis: Analysis) -> None:
        self._networks_failed = False
        if self._state_before not in (FilmState.IN_REVIEW, FilmState.SIGNED):
            self._state_before = FilmState.ANALYSED
        self._end_analysis(key)
        self.analysed.emit(key, record, analysis)
        self._next()

    def _analysis_failed(self, key: FilmKey, error: Exception) -> None:
        self._end_analysis(key)
        if isinstance(error, FilmReadError):
            self._refuse(key, error)
        else:
            # Without networks no other film will fare better: one sentence, not two hundred.
            self._queue.clear()
            self._networks_failed = True
        self.analysis_failed.emit(key, error)
        self._next()

    def _analysis_cancelled(self, key: FilmKey) -> None:
        self._end_analysis(key)
        self.analysis_cancelled.emit(key)
        self._next()

    def _end_analysis(self, key: FilmKey) -> None:
        self._running = None
        entry = self._entries.get(key)
        if entry is not None and entry.state is FilmState.ANALYSING:
            self._update(key, state=self._state_before, fraction=0.0)

    # The list

    def _put(self, entry: FilmEntry) -> None:
        self._entries[entry.key] = entry
        self.entry_changed.emit(entry)

    def _update(self, key: FilmKey, **fields: Any) -> None:
        entry = self._entries.get(key)
        if entry is not None:
            self._put(replace(entry, **fields))

    def close(self) -> None:
        """End all work and remove what archives were unpacked to."""
        self._queue.clear()
        self._analyst.close()
        self._reader.close()
        self._unpacked.cleanup()


def chosen_models(settings: Settings) -> Path:
    """The folder of models that the settings name, else the usual one; VcfError where it is none."""
    if not settings.models_folder:
        return models_folder()
    folder = Path(settings.models_folder).expanduser()
    if not folder.is_dir():
        raise VcfError(f"{folder} is not a folder; choose the folder of models again in the settings.")
    return folder


def state_of(session: Session | None) -> FilmState:
    """How far a review is."""
    if session is None:
        return FilmState.NEW
    if session.locked:
        return FilmState.SIGNED
    review = session.review
    begun = review.is_touched or review.first_reading or any(v.added for v in review.vertebrae)
    if begun or session.signatures:
        return FilmState.IN_REVIEW
    return FilmState.ANALYSED if review.analysis else FilmState.NEW


def _told(error: Exception) -> str:
    if isinstance(error, VcfError):
        return error_text(error)
    return f"{type(error).__name__}: {error}"
