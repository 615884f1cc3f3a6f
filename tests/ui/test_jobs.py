"""Work in the background: what jobs tell, where and in which order; a closed worker tells nothing."""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QObject, QThread, QTimer
from pytestqt.qtbot import QtBot

from vcf_desktop.ui import jobs
from vcf_desktop.ui.jobs import Cancelled, Job, Report, Urgency, Worker


class Listener:
    """Writes down what jobs tell, as plain callables, and that it is told in the GUI thread."""

    def __init__(self) -> None:
        self.events: list[tuple[Any, ...]] = []
        self.strangers: list[threading.Thread] = []

    def follow(self, job: Job, name: Any = "job") -> Job:
        job.progressed.connect(lambda fraction, stage: self._note(name, "progressed", fraction, stage))
        job.finished.connect(lambda result: self._note(name, "finished", result))
        job.failed.connect(lambda error: self._note(name, "failed", error))
        job.cancelled.connect(lambda: self._note(name, "cancelled"))
        return job

    def _note(self, *event: Any) -> None:
        self.events.append(event)
        application = QCoreApplication.instance()
        assert application is not None
        if QThread.currentThread() is not application.thread():
            self.strangers.append(threading.current_thread())

    def ends(self, name: Any = "job") -> list[tuple[Any, ...]]:
        return [event[1:] for event in self.events if event[0] == name and event[1] != "progressed"]


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    assert made.strangers == []


@pytest.fixture
def worker(qapp: QCoreApplication) -> Iterator[Worker]:
    made = Worker("test")
    yield made
    made.close()


class Gate:
    """Work that waits until it is let through, reporting all the while where it is asked to."""

    def __init__(self, *, reports: bool = False) -> None:
        self.begun, self.opened = threading.Event(), threading.Event()
        self._reports = reports

    def __call__(self, report: Report) -> str:
        self.begun.set()
        while not self.opened.wait(0.001):
            if self._reports:
                report(0.5, "wait")
        return "through"

    def wait_begun(self) -> None:
        assert self.begun.wait(5)


def busy(worker: Worker, *, reports: bool = False) -> tuple[Job, Gate]:
    """A job that runs now, so that others wait behind it."""
    gate = Gate(reports=reports)
    job = worker.submit(Job(gate))
    gate.wait_begun()
    return job, gate


# -- The end -------------------------------------------------------------------------------------------------


def test_that_a_job_ends_with_its_result(qtbot: QtBot, worker: Worker, listener: Listener) -> None:
    ran_in = []

    def work(_report: Report) -> int:
        ran_in.append(threading.current_thread())
        return 42

    worker.submit(listener.follow(Job(work)))
    qtbot.waitUntil(lambda: worker.is_idle)
    assert listener.events == [("job", "finished", 42)]
    assert ran_in[0] is not threading.main_thread()
    assert ran_in[0].name == "test"


class Panic(BaseException):
    """As an extension in Rust raises it."""


@pytest.mark.parametrize("error", [ValueError("no"), MemoryError(), Panic("index out of bounds")])
def test_that_whatever_is_raised_ends_the_job_and_not_the_worker(
    qtbot: QtBot, worker: Worker, listener: Listener, error: BaseException
) -> None:
    def work(_report: Report) -> None:
        raise error

    worker.submit(listener.follow(Job(work), "bad"))
    worker.submit(listener.follow(Job(lambda _: "good"), "next"))
    qtbot.waitUntil(lambda: worker.is_idle)
    assert listener.events == [("bad", "failed", error), ("next", "finished", "good")]


def test_that_a_slot_that_raises_keeps_no_other_job_from_telling(
    qtbot: QtBot, worker: Worker, listener: Listener
) -> None:
    def defect(_result: object) -> None:
        raise ZeroDivisionError

    job = Job(lambda _: 1)
    job.finished.connect(defect)
    with qtbot.captureExceptions() as raised:
        worker.submit(listener.follow(job, "first"))
        worker.submit(listener.follow(Job(lambda _: 2), "second"))
        qtbot.waitUntil(lambda: worker.is_idle)
    assert [kind for kind, *_ in raised] == [ZeroDivisionError]
    assert listener.ends("first") == [("finished", 1)]
    assert listener.ends("second") == [("finished", 2)]


def test_that_a_job_may_be_submitted_where_another_ends(qtbot: QtBot, worker: Worker) -> None:
    results: list[int] = []

    def count(result: int) -> None:
        results.append(result)
        if result < 5:
            following = Job(lambda _: result + 1)
            following.finished.connect(count)
            worker.submit(following)

    first = Job(lambda _: 1)
    first.finished.connect(count)
    worker.submit(first)
    del first
    qtbot.waitUntil(lambda: len(results) == 5)
    assert results == [1, 2, 3, 4, 5]


def test_that_objects_that_live_in_the_gui_thread_are_called_there(qtbot: QtBot, worker: Worker) -> None:
    class Widget(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.called_in: list[threading.Thread] = []

        def take(self, _result: object) -> None:
            self.called_in.append(threading.current_thread())

    widget, job = Widget(), Job(lambda _: None)
    job.finished.connect(widget.take)
    worker.submit(job)
    qtbot.waitUntil(lambda: widget.called_in == [threading.main_thread()])


# -- The order -----------------------------------------------------------------------------------------------


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(Urgency), st.booleans(), st.sampled_from(["result", "error", "report and error"])
        ),
        max_size=12,
    )
)
def test_that_waiting_jobs_run_by_urgency_and_equals_as_they_came(
    qapp: QCoreApplication, asked: list[tuple[Urgency, bool, str]]
) -> None:
    """Some are cancelled before they begin: those never run. Each tells its end once."""
    worker, listener, ran = Worker("order"), Listener(), []
    _, gate = busy(worker)

    def work(number: int, kind: str) -> Callable[[Report], int]:
        def run(report: Report) -> int:
            ran.append(number)
            if kind != "result":
                if "report" in kind:
                    report(0.5, "half")
                raise ValueError(kind)
            return number

        return run

    made = [
        worker.submit(listener.follow(Job(work(number, kind), urgency), number))
        for number, (urgency, _, kind) in enumerate(asked)
    ]
    for job, (_, cancelled, _) in zip(made, asked, strict=True):
        if cancelled:
            job.cancel()
    gate.opened.set()
    worker.drain()
    qapp.processEvents()
    assert worker.is_idle
    worker.close()
    by_urgency = sorted(range(len(asked)), key=lambda number: asked[number][0])
    assert ran == [number for number in by_urgency if not asked[number][1]]
    for number, (_, cancelled, kind) in enumerate(asked):
        ((end, *_),) = listener.ends(number)
        assert end == ("cancelled" if cancelled else "finished" if kind == "result" else "failed")
    assert listener.strangers == []


def test_that_progress_is_told_in_order_and_before_the_end(
    qtbot: QtBot, worker: Worker, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "REPORT_S", 0.0)

    def work(report: Report) -> str:
        for step in range(50):
            report(step / 50, "load" if step < 25 else "detect")
        return "done"

    worker.submit(listener.follow(Job(work)))
    qtbot.waitUntil(lambda: worker.is_idle)
    assert listener.events == [
        *(("job", "progressed", step / 50, "load" if step < 25 else "detect") for step in range(50)),
        ("job", "finished", "done"),
    ]


def test_that_each_stage_is_told_however_short_it_is(
    qtbot: QtBot, worker: Worker, listener: Listener
) -> None:
    stages = ["read", "load", "preprocess", "detect", "segment", "grade"]

    def work(report: Report) -> None:
        for number, stage in enumerate(stages):
            report(number / 6, stage)
            report(number / 6 + 0.01, stage)

    worker.submit(listener.follow(Job(work)))
    qtbot.waitUntil(lambda: worker.is_idle)
    assert [event[3] for event in listener.events[:-1]] == stages


def test_that_thousands_of_reports_do_not_keep_the_window_busy(
    qtbot: QtBot, worker: Worker, listener: Listener
) -> None:
    other, ticks = Worker("other"), []
    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))

    def work(report: Report) -> str:
        for step in range(5000):
            report(step / 5000, "detect")
            if step % 500 == 0:
                time.sleep(0.02)
        return "done"

    job = listener.follow(Job(work))
    job.progressed.connect(lambda *_: time.sleep(0.001))  # as a window that draws
    timer.start()
    worker.submit(job)
    other.submit(listener.follow(Job(lambda _: "other"), "other"))
    qtbot.waitUntil(lambda: worker.is_idle and other.is_idle)
    timer.stop()
    other.close()
    assert listener.ends() == [("finished", "done")]
    fractions = [event[2] for event in listener.events if event[1] == "progressed"]
    assert fractions == sorted(fractions)
    assert 5 <= len(fractions) < 500
    assert len(ticks) >= 20


# -- Cancelling ----------------------------------------------------------------------------------------------


def test_that_a_job_that_is_cancelled_answers_at_its_next_report(
    qtbot: QtBot, worker: Worker, listener: Listener
) -> None:
    gate = Gate(reports=True)
    job = worker.submit(listener.follow(Job(gate)))
    gate.wait_begun()
    assert not job.is_cancelled
    job.cancel()
    assert job.is_cancelled
    qtbot.waitUntil(lambda: worker.is_idle)
    assert listener.ends() == [("cancelled",)]
    assert not gate.opened.is_set()


def test_that_nothing_but_cancelled_is_told_after_cancelling_even_where_all_was_done(
    qtbot: QtBot, worker: Worker, listener: Listener
) -> None:
    def fail(_report: Report) -> None:
        raise ValueError

    def work(report: Report) -> str:
        report(0.5, "half")
        return "done"

    made = [worker.submit(listener.follow(Job(run), run.__name__)) for run in (work, fail)]
    worker.drain()  # both have ended, and the GUI thread has not heard of it
    for job in made:
        job.cancel()
    qtbot.waitUntil(lambda: worker.is_idle)
    assert listener.events == [("work", "cancelled"), ("fail", "cancelled")]


def test_that_cancelling_after_the_end_and_twice_does_nothing(
    qtbot: QtBot, worker: Worker, listener: Listener
) -> None:
    job = worker.submit(listener.follow(Job(lambda _: 1)))
    qtbot.waitUntil(lambda: worker.is_idle)
    job.cancel()
    job.cancel()
    worker.submit(listener.follow(Job(lambda _: 2), "next"))
    qtbot.waitUntil(lambda: worker.is_idle)
    assert listener.events == [("job", "finished", 1), ("next", "finished", 2)]


def test_that_work_can_tidy_up_when_it_is_cancelled(qtbot: QtBot, worker: Worker, listener: Listener) -> None:
    tidied = []

    def work(report: Report) -> None:
        try:
            gate(report)
        except Cancelled:
            tidied.append("up")
            raise

    gate = Gate(reports=True)
    job = worker.submit(listener.follow(Job(work)))
    gate.wait_begun()
    job.cancel()
    qtbot.waitUntil(lambda: worker.is_idle)
    assert (tidied, listener.ends()) == (["up"], [("cancelled",)])


# -- Waiting and closing -------------------------------------------------------------------------------------


def test_that_draining_waits_for_all_that_was_submitted_and_tells_it_later(
    qtbot: QtBot, worker: Worker, listener: Listener
) -> None:
    ran: list[int] = []
    for number in range(5):
        urgency = Urgency.LATER if number % 2 else Urgency.NOW
        job = Job(lambda _, number=number: ran.append(number), urgency)
        worker.submit(listener.follow(job, number))
    worker.drain()
    assert sorted(ran) == [0, 1, 2, 3, 4]
    assert listener.events == []
    assert not worker.is_idle
    qtbot.waitUntil(lambda: worker.is_idle)
    assert [event[0] for event in listener.events] == ran


def test_that_draining_an_idle_worker_returns_at_once(worker: Worker) -> None:
    worker.drain()
    worker.drain()
    assert worker.is_idle


def test_that_closing_ends_running_and_waiting_jobs_and_nothing_is_told_afterwards(
    qtbot: QtBot, listener: Listener
) -> None:
    worker, ran = Worker("closing"), []

    def quick(report: Report) -> str:
        report(0.5, "half")
        return "done"

    worker.submit(listener.follow(Job(quick), "done"))
    worker.drain()  # its signals are on their way
    gate = Gate(reports=True)
    worker.submit(listener.follow(Job(gate), "running"))
    gate.wait_begun()
    for number in range(3):
        worker.submit(listener.follow(Job(lambda _: ran.append("ran")), number))
    worker.close()
    assert "closing" not in [thread.name for thread in threading.enumerate()]
    qtbot.wait(20)
    assert (listener.events, ran) == ([], [])
    assert worker.is_idle


def test_that_a_closed_worker_can_be_closed_and_drained_again(qtbot: QtBot, listener: Listener) -> None:
    """A window may be closed twice, by the user and by the system."""
    worker = Worker("closed")
    worker.close()
    worker.close()
    worker.drain()
    worker.submit(listener.follow(Job(lambda _: 1)))
    worker.drain()
    qtbot.wait(10)
    assert listener.events == []


def test_that_what_a_job_holds_is_let_go_with_its_end(qtbot: QtBot, worker: Worker) -> None:
    class Pixels:
        """Stands for a film of a hundred megabytes."""

    pixels = Pixels()
    held = weakref.ref(pixels)
    worker.submit(Job(lambda _, pixels=pixels: id(pixels)))
    del pixels
    qtbot.waitUntil(lambda: worker.is_idle and held() is None)


def test_that_jobs_are_destroyed_in_the_gui_thread(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the worker lets go of them last; Qt does not bear their end in another thread."""
    post = Worker._post

    def dawdle(worker: Worker, event: Any) -> None:
        post(worker, event)
        time.sleep(0.02)

    monkeypatch.setattr(Worker, "_post", dawdle)
    worker, told, destroyed_in = Worker("destroying"), [], []
    for number in range(4):
        job = Job(lambda _, number=number: number)
        job.finished.connect(told.append)
        weakref.finalize(job, lambda: destroyed_in.append(threading.current_thread()))
        worker.submit(job)
        del job
        qtbot.waitUntil(lambda number=number: len(told) == number + 1)
    worker.close()
    assert len(destroyed_in) >= 3  # the last one goes with its worker
    assert set(destroyed_in) == {threading.main_thread()}


def test_that_many_jobs_of_several_workers_all_tell_once(qtbot: QtBot, listener: Listener) -> None:
    workers = [Worker(f"many {number}") for number in range(3)]
    for number in range(600):
        job = Job(lambda report, number=number: report(0.1, "a") or number, Urgency(number % 3))
        workers[number % 3].submit(listener.follow(job, number))
        if number % 7 == 0:
            job.cancel()
    qtbot.waitUntil(lambda: all(worker.is_idle for worker in workers))
    for worker in workers:
        worker.close()
    for number in range(600):
        end = ("cancelled",) if number % 7 == 0 else ("finished", number)
        assert listener.ends(number) == [end]
    assert listener.strangers == []
