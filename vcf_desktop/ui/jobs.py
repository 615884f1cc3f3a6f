"""Work in the background. Nothing else in the window knows threads.

A job is described first, its signals are connected, then it is submitted. Whatever it tells is handed over to
the GUI thread before a signal is emitted, so that any callable may be connected.
"""

from __future__ import annotations

import itertools
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, Signal, Slot

Report = Callable[[float, str], None]

REPORT_S: Final = 0.02
"""Within a stage, progress is told this often: a job that reports all the time must not keep the GUI busy."""


class Cancelled(Exception):  # noqa: N818  # it is no error
    """Raised inside a job at its next report after it was cancelled."""


class Urgency(IntEnum):
    """Which of several waiting jobs comes first."""

    NOW = 0
    """The reader waits for it."""
    SOON = 1
    LATER = 2


class Job(QObject):
    """One piece of work: ``work(report)`` runs in a worker's thread.

    It gets immutable values, never a widget, and reports the finished fraction in [0, 1] and a stage; that is
    where it is cancelled. Exactly one of ``finished``, ``failed`` and ``cancelled`` is emitted at the end, in
    the GUI thread. ``failed`` carries the exception. After :meth:`cancel` it is ``cancelled``, and nothing
    before it, even where the work had just ended.
    """

    progressed = Signal(float, str)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, work: Callable[[Report], Any], urgency: Urgency = Urgency.NOW) -> None:
        super().__init__()
        self.urgency = urgency
        self._work = work
        self._cancel = threading.Event()

    def cancel(self) -> None:
        """Ask the job to end; a job that has not begun never does."""
        self._cancel.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether it was asked to end."""
        return self._cancel.is_set()

    def _run(self, post: Callable[[_Event], None]) -> None:
        told_stage: str | None = None
        told_s = 0.0

        def report(fraction: float, stage: str) -> None:
            nonlocal told_stage, told_s
            if self._cancel.is_set():
                raise Cancelled
            now_s = time.monotonic()
            if stage != told_stage or now_s >= told_s + REPORT_S:
                told_stage, told_s = stage, now_s
                post(_Event(self, "progressed", (fraction, stage)))

        try:
            if self._cancel.is_set():
                raise Cancelled
            result = self._work(report)
        except Cancelled:
            post(_Event(self, "cancelled"))
        except BaseException as e:  # noqa: BLE001  # a panic in Rust, too; the GUI thread decides what is told
            post(_Event(self, "failed", (e,)))
        else:
            post(_Event(self, "finished", (result,)))


def _done(_report: Report) -> None:
    """In place of work that is done, and of the films that it held."""


@dataclass(frozen=True)
class _Event:
    job: Job
    signal: str
    arguments: tuple[Any, ...] = ()


@dataclass(order=True)
class _Ticket:
    urgency: int
    number: int
    job: Job | None = field(compare=False)


class Worker(QObject):
    """One thread that runs jobs one after another, the most urgent first, equals in the order they came."""

    _posted = Signal()

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: queue.PriorityQueue[_Ticket] = queue.PriorityQueue()
        self._events: queue.SimpleQueue[_Event] = queue.SimpleQueue()
        self._numbers = itertools.count()
        self._open: dict[Job, None] = {}
        self._ended: Job | None = None
        self._closed = False
        self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._loop, name=name, daemon=True)
        self._thread.start()

    def submit(self, job: Job) -> Job:
        """Put a job, its signals connected, into the queue, and return it."""
        self._open[job] = None
        self._waiting.put(_Ticket(job.urgency, next(self._numbers), job))
        return job

    @property
    def is_idle(self) -> bool:
        """Whether every submitted job has ended and told so."""
        return not self._open

    def drain(self) -> None:
        """Wait until all that was submitted has run; its signals come when the event loop goes on."""
        if not self._thread.is_alive():
            return
        done = threading.Event()
        self._waiting.put(_Ticket(max(Urgency) + 1, next(self._numbers), Job(lambda _report: done.set())))
        done.wait()

    def close(self, patience_s: float | None = None) -> None:
        """Cancel all jobs and wait for the thread; no signal is emitted any more. Once is enough.

        Where work cannot be interrupted, as while an archive is silent, it is left to itself after
        ``patience_s``; it ends with the program at the latest.
        """
        for job in self._open:
            job.cancel()
        self._waiting.put(_Ticket(-1, next(self._numbers), None))
        self._thread.join(patience_s)
        self._closed = True
        # Qt still delivers what was posted before: it finds nothing to tell.
        while not self._events.empty():
            self._events.get()
        if not self._thread.is_alive():  # else it would let go of its job last
            self._open.clear()

    def _loop(self) -> None:
        while (job := self._waiting.get().job) is not None:
            job._run(self._post)
            del job  # what it holds is not kept until the next one comes

    def _post(self, event: _Event) -> None:
        if self._closed:
            return
        self._events.put(event)
        self._posted.emit()

    @Slot()
    def _deliver(self) -> None:
        while not self._events.empty():
            event = self._events.get()
            job, signal, arguments = event.job, event.signal, event.arguments
            if signal != "progressed":
                self._open.pop(job, None)
                if job.is_cancelled:
                    signal, arguments = "cancelled", ()
            elif job.is_cancelled:
                continue
            getattr(job, signal).emit(*arguments)
            if signal != "progressed":
                # Whoever lets go of a job last destroys it, and that must not be the thread, which may still
                # be about to. When it has ended another one, it has let go of this.
                job._work = _done
                self._ended = job
