"""The films that are open: only the chosen one is shown, and no review is lost, whatever else goes on."""

from __future__ import annotations

import errno
import gc
import os
import shutil
import threading
import weakref
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from tests.ui.fakes import FakePipeline, write_dicom, write_picture
from vcf_desktop.errors import ModelError
from vcf_desktop.film import Orientation
from vcf_desktop.io.films import read_film
from vcf_desktop.io.sessions import Session, record_of
from vcf_desktop.review import ReaderGrade, Review
from vcf_desktop.spine import VertebraLevel
from vcf_desktop.ui import open_films
from vcf_desktop.ui.document import Document, DocumentState
from vcf_desktop.ui.film_entries import FilmKey, FilmState
from vcf_desktop.ui.jobs import Urgency
from vcf_desktop.ui.reading import Films

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
BOX = np.array([155.0, 560.0, 245.0, 620.0])
Desk = Any
MakeDesk = Callable[..., Desk]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three films: a.png, b.png, c.png."""
    path = tmp_path / "films"
    path.mkdir()
    for seed, name in enumerate("abc"):
        write_picture(path / f"{name}.png", seed)
    return path


@pytest.fixture
def a(folder: Path) -> FilmKey:
    return FilmKey(folder / "a.png")


@pytest.fixture
def b(folder: Path) -> FilmKey:
    return FilmKey(folder / "b.png")


@pytest.fixture
def c(folder: Path) -> FilmKey:
    return FilmKey(folder / "c.png")


@pytest.fixture
def desk(qtbot: QtBot, make_desk: MakeDesk, pipeline: FakePipeline, folder: Path) -> Desk:
    """A desk with the three films on its list; nothing is analysed unasked."""
    return listed(qtbot, make_desk(analyse_at_once=False), folder)


@pytest.fixture
def busy(qtbot: QtBot, make_desk: MakeDesk, pipeline: FakePipeline) -> Desk:
    """A desk that analyses every film, the one on the screen first."""
    return make_desk(paints=True)


def settle(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: desk.is_settled)


def listed(qtbot: QtBot, desk: Desk, *paths: Path) -> Desk:
    desk.library.add(paths)
    settle(qtbot, desk)
    return desk


def choose(qtbot: QtBot, desk: Desk, key: FilmKey) -> Document:
    """The film, on the screen."""
    desk.films.choose(key)
    qtbot.waitUntil(lambda: desk.films.current is not None)
    document: Document = desk.films.current
    return document


def draw(document: Document) -> int:
    """The reader draws a vertebra and grades it; its key."""
    key = document.review.next_key
    document.edit("draw", document.review.with_drawn(BOX, VertebraLevel.L4, anterior_is_left=True))
    document.grade(document.review.vertebra(key), ReaderGrade.SEVERE, "grade")
    return key


def saved(desk: Desk, key: FilmKey) -> Session | None:
    session: Session | None = desk.store.load(record_of(read_film(key.path, key.frame)))
    return session


def names(desk: Desk) -> list[str]:
    """What was on the screen, one after another."""
    return [document.film.key.path.stem if document else "" for document in desk.said("shown")]


def open_keys(desk: Desk) -> set[str]:
    return {key.path.stem for key in desk.films._documents}


# -- Only the chosen film ------------------------------------------------------------------------------------


def test_that_a_chosen_film_is_shown_when_it_is_read_and_said_to_be_read_until_then(
    qtbot: QtBot, desk: Desk, a: FilmKey
) -> None:
    assert (desk.films.current, desk.films.key) == (None, None)
    desk.films.choose(a)
    assert desk.films.key == a
    assert desk.said("waiting") == ["Reading a.png…"]
    qtbot.waitUntil(lambda: desk.films.current is not None)
    assert desk.said("waiting") == ["Reading a.png…", ""]
    assert names(desk) == ["", "a"]
    assert desk.films.current.film.key == a
    assert desk.said("told") == []


def test_that_the_film_before_is_off_the_screen_while_the_next_one_is_read(
    qtbot: QtBot, desk: Desk, a: FilmKey, b: FilmKey
) -> None:
    choose(qtbot, desk, a)
    desk.films.choose(b)
    assert desk.films.current is None
    assert names(desk)[-1] == ""
    qtbot.waitUntil(lambda: desk.films.current is not None)
    assert names(desk) == ["", "a", "", "b"]


def test_that_of_films_that_are_leafed_through_only_the_last_is_shown(
    qtbot: QtBot, desk: Desk, a: FilmKey, b: FilmKey, c: FilmKey
) -> None:
    for key in (a, b, c, a, b):
        desk.films.choose(key)
    settle(qtbot, desk)
    assert {name for name in names(desk) if name} == {"b"}
    assert open_keys(desk) == {"b"}


def test_that_a_film_that_is_open_is_shown_at_once(qtbot: QtBot, desk: Desk, a: FilmKey, b: FilmKey) -> None:
    first = choose(qtbot, desk, a)
    choose(qtbot, desk, b)
    desk.films.choose(a)
    assert desk.films.current is first
    assert len(desk.said("opened")) == 2


def test_that_a_film_that_comes_after_another_was_chosen_is_not_shown(
    qtbot: QtBot, desk: Desk, a: FilmKey, b: FilmKey, c: FilmKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(qtbot, desk, a)
    gate, open_ = threading.Event(), Films.open

    def slow(films: Films, key: FilmKey, report: Any) -> Any:
        gate.wait(5)
        return open_(films, key, report)

    monkeypatch.setattr(Films, "open", slow)
    desk.films.choose(b)
    desk.films.choose(a)
    gate.set()
    settle(qtbot, desk)
    assert desk.films.current.film.key == a
    assert "b" not in names(desk)
    desk.films.choose(c)
    desk.films.choose(None)
    settle(qtbot, desk)
    assert (desk.films.current, desk.films.key) == (None, None)
    assert "c" not in names(desk)
    assert desk.said("waiting")[-1] == ""
    assert open_keys(desk) == {"a", "b", "c"}  # ready to be shown


def test_that_nothing_of_another_patient_is_shown_whatever_is_analysed_and_opened_beside(
    qtbot: QtBot, busy: Desk, tmp_path: Path, pipeline: FakePipeline
) -> None:
    keys = []
    for number, name in enumerate(("Doe^Jane", "Roe^Richard", "Poe^Edgar")):
        keys.append(FilmKey(write_dicom(tmp_path / f"{number}.dcm", name, str(number))))
    listed(qtbot, busy, *(key.path for key in keys))
    shown: list[tuple[str, str]] = []

    def look() -> None:
        document = busy.films.current
        if document is not None:
            study = document.film.study
            assert study is not None
            assert document.session.film.sop_uid == study.sop_uid
            shown.append((document.film.key.path.stem, study.patient_name))

    for signal in (busy.films.shown, busy.films.changed, busy.films.selected, busy.films.waiting):
        signal.connect(look)
    pipeline.gate.clear()
    for number in (0, 1, 2, 1, 0, 2):
        busy.films.choose(keys[number])
        qtbot.wait(5)
    busy.films.bring(keys[0])
    pipeline.gate.set()
    settle(qtbot, busy)
    assert set(shown) <= {("0", "Doe^Jane"), ("1", "Roe^Richard"), ("2", "Poe^Edgar")}
    assert shown[-1] == ("2", "Poe^Edgar")


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(["choose", "bring", "remove", "add", "draw", "analyse", "events", "gate"]),
            st.integers(0, 2),
        ),
        max_size=14,
    )
)
def test_that_whatever_is_done_only_the_chosen_film_is_shown_and_every_edit_is_saved(
    qtbot: QtBot,
    make_desk: MakeDesk,
    pipeline: FakePipeline,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    steps: list[tuple[str, int]],
) -> None:
    """The desk itself asserts that only the chosen film is shown; room is for one film beside it."""
    monkeypatch.setattr(open_films, "KEPT_BYTES", 500_000)
    desk = make_desk(paints=True, read_first=False)
    shutil.rmtree(desk.store._folder, ignore_errors=True)
    listed(qtbot, desk, folder)
    keys = [FilmKey(folder / f"{name}.png") for name in "abc"]
    drawn = dict.fromkeys(keys, 0)
    for step, number in steps:
        key = keys[number]
        if step == "choose" and desk.library.entry(key):
            desk.films.choose(key)
        elif step == "bring" and desk.library.entry(key):
            desk.films.bring(key)
        elif step == "remove":
            desk.library.remove(key)
        elif step == "add":
            desk.library.add([key.path])
        elif step == "draw" and desk.films.current:
            draw(desk.films.current)
            drawn[desk.films.current.film.key] += 1
        elif step == "analyse":
            desk.films.analyse()
        elif step == "events":
            qtbot.wait(2)
        elif step == "gate":
            (pipeline.gate.clear if pipeline.gate.is_set() else pipeline.gate.set)()
    pipeline.gate.set()
    settle(qtbot, desk)
    assert desk.films.current is None or desk.films.current.film.key == desk.films.key
    assert not any(d.state is DocumentState.ANALYSING for d in desk.films._documents.values())
    for key in keys:
        session = saved(desk, key)
        added = [] if session is None else [v for v in session.review.vertebrae if v.added]
        assert len(added) == drawn[key]
        assert all(vertebra.grade is ReaderGrade.SEVERE for vertebra in added)
    desk.close()


# -- Refused films -------------------------------------------------------------------------------------------


def test_that_a_film_that_cannot_be_read_says_why_in_its_place_until_it_is_mended(
    qtbot: QtBot, desk: Desk, a: FilmKey, b: FilmKey
) -> None:
    choose(qtbot, desk, b)
    good = a.path.read_bytes()
    a.path.write_bytes(b"damaged")
    desk.films.choose(a)
    settle(qtbot, desk)
    assert desk.said("waiting")[-1] == "a.png: is neither DICOM nor a PNG, JPEG or TIFF picture"
    assert desk.films.current is None
    assert desk.state(a) is FilmState.REFUSED
    a.path.write_bytes(good)
    choose(qtbot, desk, a)
    settle(qtbot, desk)
    assert desk.said("waiting")[-1] == ""
    assert desk.state(a) is FilmState.NEW


# -- Analyses ------------------------------------------------------------------------------------------------


def test_that_the_film_on_the_screen_is_analysed_as_soon_as_it_is_painted(
    qtbot: QtBot, busy: Desk, folder: Path, a: FilmKey, pipeline: FakePipeline
) -> None:
    pipeline.gate.clear()
    busy.library.add([a.path])
    qtbot.waitUntil(lambda: busy.library.entry(a) is not None)
    document = choose(qtbot, busy, a)
    qtbot.waitUntil(lambda: document.state is DocumentState.ANALYSING)
    assert busy.state(a) is FilmState.ANALYSING
    pipeline.gate.set()
    qtbot.waitUntil(lambda: document.state is DocumentState.REVIEWING)
    settle(qtbot, busy)
    assert [v.level.label for v in document.review.vertebrae] == ["T11", "T12", "L1", "L2", "L3"]
    assert busy.state(a) is FilmState.ANALYSED
    assert document.undo_stack.isClean()
    assert saved(busy, a).review.analysis is not None  # type: ignore[union-attr]
    busy.films.painted()
    assert not busy.library.is_busy  # it has its analysis


def test_that_nothing_is_analysed_when_it_is_painted_where_the_settings_say_so(
    qtbot: QtBot, desk: Desk, a: FilmKey, pipeline: FakePipeline
) -> None:
    choose(qtbot, desk, a)
    desk.films.painted()
    settle(qtbot, desk)
    assert pipeline.runs == 0
    desk.films.analyse()
    settle(qtbot, desk)
    assert pipeline.runs == 1


def test_that_a_film_that_is_opened_while_it_is_analysed_shows_it_and_takes_the_result(
    qtbot: QtBot, busy: Desk, a: FilmKey, pipeline: FakePipeline
) -> None:
    pipeline.gate.clear()
    busy.library.add([a.path])
    qtbot.waitUntil(lambda: busy.library.is_analysing(a))
    document = choose(qtbot, busy, a)
    assert document.state is DocumentState.ANALYSING
    pipeline.gate.set()
    settle(qtbot, busy)
    assert document.state is DocumentState.REVIEWING
    assert len(document.review.vertebrae) == 5
    assert pipeline.runs == 1


def test_that_the_film_on_the_screen_comes_before_the_queue(
    qtbot: QtBot, busy: Desk, folder: Path, c: FilmKey, pipeline: FakePipeline
) -> None:
    pipeline.gate.clear()
    busy.library.add([folder])
    qtbot.waitUntil(lambda: busy.library.is_analysing(FilmKey(folder / "a.png")))
    choose(qtbot, busy, c)
    qtbot.waitUntil(lambda: busy.library.is_analysing(c))
    pipeline.gate.set()
    settle(qtbot, busy)
    assert next(key for key, *_ in busy.said("analysed")) == c
    assert {entry.state for entry in busy.library.entries} == {FilmState.ANALYSED}


def test_that_the_analysis_on_the_screen_is_cancelled_and_the_film_stays_to_be_read(
    qtbot: QtBot, busy: Desk, a: FilmKey, pipeline: FakePipeline
) -> None:
    pipeline.gate.clear()
    busy.library.add([a.path])
    document = None
    qtbot.waitUntil(lambda: busy.library.entry(a) is not None)
    document = choose(qtbot, busy, a)
    qtbot.waitUntil(lambda: document.state is DocumentState.ANALYSING)
    with qtbot.waitSignal(busy.library.analysis_cancelled, timeout=5000):
        busy.films.cancel()
    assert document.state is DocumentState.LOADED
    settle(qtbot, busy)
    assert busy.state(a) is FilmState.NEW
    draw(document)
    settle(qtbot, busy)
    assert busy.state(a) is FilmState.IN_REVIEW


def test_that_a_failed_analysis_says_one_sentence_and_leaves_the_film_to_be_read_by_hand(
    qtbot: QtBot, busy: Desk, folder: Path, a: FilmKey, pipeline: FakePipeline
) -> None:
    pipeline.error = ModelError("detector", "there is none in /models; reinstall the models")
    busy.library.add([folder])
    qtbot.waitUntil(lambda: busy.library.entry(a) is not None)
    document = choose(qtbot, busy, a)
    qtbot.waitUntil(lambda: bool(busy.said("told")))
    settle(qtbot, busy)
    told = busy.said("told")
    assert told[0] == (
        "Not analysed: model detector: there is none in /models; reinstall the models. "
        "The film can be reviewed by hand."
    )
    assert len(told) <= 2  # the queue, and the film on the screen
    assert document.state is DocumentState.LOADED
    key = draw(document)
    document.select(key)
    settle(qtbot, busy)
    assert saved(busy, a).review.vertebra(key).grade is ReaderGrade.SEVERE  # type: ignore[union-attr]


def test_that_a_defect_of_the_pipeline_is_told_as_one_and_ends_nothing(
    qtbot: QtBot, desk: Desk, a: FilmKey, b: FilmKey, pipeline: FakePipeline
) -> None:
    pipeline.error = ZeroDivisionError("a defect")
    document = choose(qtbot, desk, a)
    with qtbot.captureExceptions() as raised:
        desk.films.analyse()
        settle(qtbot, desk)
    assert [kind for kind, *_ in raised] == [ZeroDivisionError]
    assert document.state is DocumentState.LOADED
    pipeline.error = None
    desk.films.analyse()
    settle(qtbot, desk)
    assert document.state is DocumentState.REVIEWING


def test_that_a_film_in_the_background_that_cannot_be_read_is_told_in_the_list_only(
    qtbot: QtBot, desk: Desk, a: FilmKey, b: FilmKey, pipeline: FakePipeline
) -> None:
    document = choose(qtbot, desk, a)
    b.path.unlink()
    pipeline.error = MemoryError()
    desk.library.analyse(a)
    desk.library.analyse(b, Urgency.LATER)
    settle(qtbot, desk)
    assert desk.said("told") == [
        "Not analysed: a.png: is too large for the memory of this computer. The film can be reviewed by hand."
    ]
    assert desk.state(b) is FilmState.REFUSED
    assert desk.state(a) is FilmState.NEW
    assert document.state is DocumentState.LOADED


def test_that_the_result_for_a_film_that_is_not_open_is_saved_and_there_when_it_is_opened(
    qtbot: QtBot, busy: Desk, folder: Path, b: FilmKey, pipeline: FakePipeline
) -> None:
    listed(qtbot, busy, folder)
    assert open_keys(busy) == set()
    document = choose(qtbot, busy, b)
    assert document.state is DocumentState.REVIEWING
    assert len(document.review.vertebrae) == 5
    assert [entry.action for entry in document.session.trail] == ["analysis"]
    assert pipeline.runs == 3


def test_that_a_film_is_analysed_again_when_that_is_asked_for(
    qtbot: QtBot, desk: Desk, a: FilmKey, pipeline: FakePipeline
) -> None:
    document = choose(qtbot, desk, a)
    desk.films.analyse()
    settle(qtbot, desk)
    document.accept(document.review.vertebrae[0], "accept")
    own = draw(document)
    first = document.review.analysis
    pipeline.places = (0, 1)
    desk.films.analyse()
    qtbot.waitUntil(lambda: document.state is DocumentState.ANALYSING)
    settle(qtbot, desk)
    assert document.review.analysis is not first
    assert [(v.level.label, v.grade) for v in document.review.vertebrae] == [
        ("T11", None),
        ("T12", None),
        ("L4", ReaderGrade.SEVERE),
    ]
    assert own in document.review
    assert desk.state(a) is FilmState.IN_REVIEW
    assert len(saved(desk, a).review.vertebrae) == 3  # type: ignore[union-attr]


def test_that_what_is_decided_while_a_film_is_analysed_again_is_kept_and_that_is_said(
    qtbot: QtBot, desk: Desk, a: FilmKey, pipeline: FakePipeline
) -> None:
    document = choose(qtbot, desk, a)
    desk.films.analyse()
    settle(qtbot, desk)
    pipeline.gate.clear()
    desk.films.analyse()
    qtbot.waitUntil(lambda: document.state is DocumentState.ANALYSING)
    document.accept(document.review.vertebrae[0], "accept")
    before = document.session
    pipeline.gate.set()
    settle(qtbot, desk)
    assert document.session is before
    assert document.undo_stack.canUndo()
    assert desk.said("told") == ["The review was changed meanwhile; the new analysis is not used."]
    assert saved(desk, a).review.vertebrae[0].decision is not None  # type: ignore[union-attr]
    desk.films.analyse()  # asked for once more, with nothing done since
    settle(qtbot, desk)
    assert document.review.vertebrae[0].decision is None


def test_that_an_analysis_that_nobody_asked_for_takes_the_place_of_none(
    qtbot: QtBot, desk: Desk, a: FilmKey
) -> None:
    document = choose(qtbot, desk, a)
    desk.library.analyse(a)
    settle(qtbot, desk)
    assert len(document.review.vertebrae) == 5
    before = document.session
    desk.library.analyse(a)
    settle(qtbot, desk)
    assert document.session is before
    assert desk.said("told") == []


def test_that_a_signed_film_is_not_analysed(
    qtbot: QtBot, busy: Desk, a: FilmKey, pipeline: FakePipeline
) -> None:
    review = Review().with_drawn(BOX, VertebraLevel.L4, anterior_is_left=True)
    review = review.graded(1, ReaderGrade.MILD, "Ada", NOON)
    busy.store.sign(Session(record_of(read_film(a.path)), review), "Ada", NOON)
    listed(qtbot, busy, a.path)
    document = choose(qtbot, busy, a)
    assert document.state is DocumentState.SIGNED
    busy.films.analyse()
    settle(qtbot, busy)
    assert pipeline.runs == 0
    assert busy.state(a) is FilmState.SIGNED


def test_that_a_review_that_is_signed_while_the_film_is_analysed_stays_as_it_was_signed(
    qtbot: QtBot, desk: Desk, a: FilmKey, pipeline: FakePipeline
) -> None:
    document = choose(qtbot, desk, a)
    draw(document)
    pipeline.gate.clear()
    desk.films.analyse()
    qtbot.waitUntil(lambda: document.state is DocumentState.ANALYSING)
    job = desk.saver.sign(document.session, "Ada", NOON)
    job.finished.connect(document.take_signed)
    desk.saver.submit(job)
    qtbot.waitUntil(lambda: document.state is DocumentState.SIGNED)
    signed = document.session
    pipeline.gate.set()
    settle(qtbot, desk)
    assert document.session is signed
    assert desk.state(a) is FilmState.SIGNED
    session = saved(desk, a)
    assert session is not None
    assert (session.locked, session.review.analysis) == (True, None)


# -- Files that change ---------------------------------------------------------------------------------------


def test_that_a_film_whose_bytes_changed_since_its_review_is_told_of(
    qtbot: QtBot, make_desk: MakeDesk, pipeline: FakePipeline, folder: Path, a: FilmKey
) -> None:
    desk = listed(qtbot, make_desk(analyse_at_once=False), a.path)
    draw(choose(qtbot, desk, a))
    settle(qtbot, desk)
    before = a.path.read_bytes()
    desk.close()
    write_picture(a.path, 99)
    desk = listed(qtbot, make_desk(analyse_at_once=False), a.path)
    document = choose(qtbot, desk, a)
    changed = "The file has changed since it was reviewed; that review is kept and not shown."
    assert desk.said("told") == [changed]
    assert document.remark == changed  # it stays with the film
    assert document.review.vertebrae == ()
    desk.close()
    a.path.write_bytes(before)
    desk = listed(qtbot, make_desk(analyse_at_once=False), a.path)
    document = choose(qtbot, desk, a)
    assert len(document.review.vertebrae) == 1
    assert desk.said("told") == []
    assert document.remark == ""


def test_that_an_analysis_of_other_bytes_than_are_on_the_screen_is_not_shown_with_them(
    qtbot: QtBot, desk: Desk, a: FilmKey
) -> None:
    document = choose(qtbot, desk, a)
    write_picture(a.path, 99)
    desk.films.analyse()
    settle(qtbot, desk)
    assert desk.said("told") == ["The file has changed since it was opened; open it again."]
    assert document.review.analysis is None
    assert document.state is DocumentState.LOADED
    assert desk.state(a) is FilmState.NEW
    assert saved(desk, a) is None
    desk.library.remove(a)
    listed(qtbot, desk, a.path)
    document = choose(qtbot, desk, a)
    desk.films.analyse()
    settle(qtbot, desk)
    assert document.review.analysis is not None


# -- Removing ------------------------------------------------------------------------------------------------


def test_that_the_removed_film_leaves_the_screen_and_its_review_stays_on_the_disk(
    qtbot: QtBot, desk: Desk, a: FilmKey, b: FilmKey
) -> None:
    choose(qtbot, desk, b)
    draw(choose(qtbot, desk, a))
    desk.library.remove(a)
    assert (desk.films.current, desk.films.key) == (None, None)
    assert names(desk)[-1] == ""
    settle(qtbot, desk)
    assert open_keys(desk) == {"b"}
    assert len(saved(desk, a).review.vertebrae) == 1  # type: ignore[union-attr]
    listed(qtbot, desk, a.path)
    assert len(choose(qtbot, desk, a).review.vertebrae) == 1


@pytest.mark.parametrize("had_ended", [False, True])
@pytest.mark.parametrize("opened", [False, True])
def test_that_a_film_that_is_removed_while_it_is_analysed_leaves_no_trace(
    qtbot: QtBot, busy: Desk, a: FilmKey, pipeline: FakePipeline, opened: bool, had_ended: bool
) -> None:
    pipeline.gate.clear()
    busy.library.add([a.path])
    qtbot.waitUntil(lambda: busy.library.is_analysing(a) and pipeline.runs == 1)
    if opened:
        choose(qtbot, busy, a)
    if had_ended:
        pipeline.gate.set()
        busy.library._analyst.drain()
    busy.library.remove(a)
    settle(qtbot, busy)
    assert open_keys(busy) == set()
    assert not list(busy.store._folder.glob("*"))
    assert busy.films.current is None


def test_that_a_film_that_is_removed_while_it_is_read_leaves_no_trace(
    qtbot: QtBot, desk: Desk, a: FilmKey
) -> None:
    desk.films.choose(a)
    desk.library._reader.drain()  # it is read, and the GUI thread has not heard of it
    desk.library.remove(a)
    settle(qtbot, desk)
    assert open_keys(desk) == set()
    assert set(names(desk)) == {""}
    assert desk.films.key is None


def test_that_a_removed_film_gives_its_memory_back(qtbot: QtBot, desk: Desk, a: FilmKey) -> None:
    picture = weakref.ref(choose(qtbot, desk, a).film.picture)
    desk.library.remove(a)
    settle(qtbot, desk)
    desk.events.clear()
    desk.library._films._last = None

    def is_gone() -> bool:
        gc.collect()
        return picture() is None

    qtbot.waitUntil(is_gone)


# -- Reviews come back ---------------------------------------------------------------------------------------


def test_that_a_review_is_as_it_was_when_the_film_is_opened_the_next_day(
    qtbot: QtBot, make_desk: MakeDesk, pipeline: FakePipeline, a: FilmKey
) -> None:
    desk = listed(qtbot, make_desk(), a.path)
    document = choose(qtbot, desk, a)
    document.select(document.review.vertebrae[2].key)
    document.grade(document.review.vertebrae[2], ReaderGrade.MODERATE, "grade")
    draw(document)
    desk.films.orient(Orientation(1, True), "turn")
    assert document.undo_stack.undoText() == "turn"
    settle(qtbot, desk)
    before = document.session
    desk.close()
    desk = listed(qtbot, make_desk(), a.path)
    assert desk.state(a) is FilmState.IN_REVIEW
    document = choose(qtbot, desk, a)
    assert document.state is DocumentState.REVIEWING
    assert [(v.key, v.level, v.decision) for v in document.review.vertebrae] == [
        (v.key, v.level, v.decision) for v in before.review.vertebrae
    ]
    assert document.session.trail == before.trail
    assert document.session.orientation == Orientation(1, True)
    assert document.session.shown == before.shown
    assert document.selection is None
    assert not document.undo_stack.canUndo()
    settle(qtbot, desk)
    assert pipeline.runs == 1


def test_that_a_review_that_is_not_on_the_disk_yet_is_the_one_that_is_opened_again(
    qtbot: QtBot, desk: Desk, a: FilmKey
) -> None:
    desk.store._folder.write_text("in the way")
    draw(choose(qtbot, desk, a))
    qtbot.waitUntil(lambda: bool(desk.said("save_failed")))
    desk.library.remove(a)
    desk.library.add([a.path])
    qtbot.waitUntil(lambda: desk.state(a) is FilmState.IN_REVIEW)
    document = choose(qtbot, desk, a)
    assert len(document.review.vertebrae) == 1
    desk.store._folder.unlink()
    draw(document)
    settle(qtbot, desk)
    assert len(saved(desk, a).review.vertebrae) == 2  # type: ignore[union-attr]


def test_that_a_damaged_review_is_kept_aside_and_said_to_be(qtbot: QtBot, desk: Desk, a: FilmKey) -> None:
    path = desk.store.path_of(record_of(read_film(a.path)))
    path.parent.mkdir(exist_ok=True)
    path.write_text("{")
    document = choose(qtbot, desk, a)
    (told,) = desk.said("told")
    assert told == (
        "The saved review of this film cannot be read and is kept aside: "
        f"{path.name}: is damaged: it is not valid JSON"
    )
    assert document.remark == told
    draw(document)
    settle(qtbot, desk)
    assert len(saved(desk, a).review.vertebrae) == 1  # type: ignore[union-attr]
    (aside,) = path.parent.glob("*unreadable*")
    assert aside.read_text() == "{"


def test_that_of_a_damaged_review_the_version_signed_last_is_shown_and_can_be_amended_and_signed(
    qtbot: QtBot, desk: Desk, a: FilmKey
) -> None:
    record = record_of(read_film(a.path))
    review = Review().with_drawn(BOX, VertebraLevel.L4, anterior_is_left=True)
    desk.store.sign(Session(record, review.graded(1, ReaderGrade.MILD, "Ada", NOON)), "Ada", NOON)
    desk.store.path_of(record).write_text("{")
    document = choose(qtbot, desk, a)
    assert document.state is DocumentState.SIGNED
    assert desk.state(a) is FilmState.SIGNED
    assert "kept aside" in desk.said("told")[0]
    document.amend()
    draw(document)
    settle(qtbot, desk)
    assert desk.said("save_failed") == []
    job = desk.saver.sign(document.session, "Ada", NOON)
    job.finished.connect(document.take_signed)
    desk.saver.submit(job)
    settle(qtbot, desk)
    session = saved(desk, a)
    assert session is not None
    assert ([s.version for s in session.signatures], len(session.review.vertebrae)) == ([1, 2], 2)


@pytest.mark.parametrize("chosen", [True, False])
def test_that_a_review_that_cannot_be_read_now_keeps_its_film_closed_until_it_can(
    qtbot: QtBot, desk: Desk, a: FilmKey, b: FilmKey, monkeypatch: pytest.MonkeyPatch, chosen: bool
) -> None:
    draw(choose(qtbot, desk, a))
    settle(qtbot, desk)
    desk.library.remove(a)
    listed(qtbot, desk, a.path)
    if not chosen:
        choose(qtbot, desk, b)
    path = desk.store.path_of(record_of(read_film(a.path)))
    before, read = path.read_bytes(), Path.read_bytes

    def away(wanted: Path) -> bytes:
        if wanted == path:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return read(wanted)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", away)
        (desk.films.choose if chosen else desk.films.bring)(a)
        settle(qtbot, desk)
    assert desk.said("waiting" if chosen else "told")[-1] == (
        "The film is not opened, as its saved review cannot be: "
        f"{path.name}: cannot be read now: {os.strerror(errno.EIO)}; try again"
    )
    assert a.path.stem not in open_keys(desk)
    assert desk.said("ready") == []
    assert {each.name: each.read_bytes() for each in path.parent.glob("*.json")} == {path.name: before}
    desk.films.choose(a)
    settle(qtbot, desk)
    assert desk.films.current.film.key == a
    assert len(desk.films.current.review.vertebrae) == 1


def test_that_a_review_of_a_newer_version_keeps_its_film_closed(qtbot: QtBot, desk: Desk, a: FilmKey) -> None:
    path = desk.store.path_of(record_of(read_film(a.path)))
    path.parent.mkdir(exist_ok=True)
    path.write_text('{"schema": "vcf-desktop/session/99"}')
    desk.films.choose(a)
    settle(qtbot, desk)
    assert desk.films.current is None
    assert desk.said("waiting")[-1].endswith("by a newer version of VCF Desktop; install that version")
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_that_a_film_whose_damaged_review_cannot_be_renamed_stays_closed(
    qtbot: QtBot, desk: Desk, a: FilmKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path, _target: Path) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    path = desk.store.path_of(record_of(read_film(a.path)))
    path.parent.mkdir(exist_ok=True)
    path.write_text("{")
    monkeypatch.setattr(Path, "rename", refuse)
    desk.films.choose(a)
    settle(qtbot, desk)
    assert desk.films.current is None
    assert desk.said("waiting")[-1].endswith("cannot be written: Read-only file system")


def test_that_a_film_that_is_removed_while_its_review_is_set_aside_leaves_no_trace(
    qtbot: QtBot, desk: Desk, a: FilmKey
) -> None:
    path = desk.store.path_of(record_of(read_film(a.path)))
    path.parent.mkdir(exist_ok=True)
    path.write_text("{")
    desk.library.opened.connect(lambda _: desk.library.remove(a))
    desk.films.choose(a)
    settle(qtbot, desk)
    assert open_keys(desk) == set()
    assert set(names(desk)) == {""}


def test_that_an_unsaved_review_is_shown_whatever_became_of_the_saved_one(
    qtbot: QtBot, desk: Desk, a: FilmKey
) -> None:
    desk.store._folder.write_text("in the way")
    document = choose(qtbot, desk, a)
    draw(document)
    qtbot.waitUntil(lambda: bool(desk.said("save_failed")))
    desk.library.remove(a)
    desk.store._folder.unlink()
    desk.store.path_of(document.film.record).mkdir(parents=True)
    desk.library.add([a.path])
    qtbot.waitUntil(lambda: desk.state(a) is FilmState.IN_REVIEW)
    assert len(choose(qtbot, desk, a).review.vertebrae) == 1
    assert desk.said("told") == []
    desk.store.path_of(document.film.record).rmdir()
    draw(desk.films.current)
    settle(qtbot, desk)
    assert len(saved(desk, a).review.vertebrae) == 2  # type: ignore[union-attr]


def test_that_a_background_analysis_beside_a_damaged_review_is_no_failed_save(
    qtbot: QtBot, make_desk: MakeDesk, pipeline: FakePipeline, a: FilmKey
) -> None:
    desk = make_desk()
    path = desk.store.path_of(record_of(read_film(a.path)))
    path.parent.mkdir(exist_ok=True)
    path.write_text("{")
    listed(qtbot, desk, a.path)
    assert pipeline.runs == 1
    assert desk.said("save_failed") == []
    assert path.read_text() == "{"


# -- Copies --------------------------------------------------------------------------------------------------


@pytest.fixture
def copy(tmp_path: Path, a: FilmKey) -> FilmKey:
    """The same bytes elsewhere, as discs hold them."""
    path = tmp_path / "copies"
    path.mkdir()
    return FilmKey(Path(shutil.copy(a.path, path / "copy.png")))


def test_that_two_copies_of_a_film_are_one_review(
    qtbot: QtBot, desk: Desk, a: FilmKey, copy: FilmKey
) -> None:
    listed(qtbot, desk, copy.path)
    draw(choose(qtbot, desk, a))
    other = choose(qtbot, desk, copy)
    assert len(other.review.vertebrae) == 1
    assert other.session.film.path == copy.path
    draw(other)
    assert len(choose(qtbot, desk, a).review.vertebrae) == 2
    settle(qtbot, desk)
    assert len(saved(desk, a).review.vertebrae) == 2  # type: ignore[union-attr]
    assert len(open_keys(desk)) == 1


def test_that_a_copy_in_the_queue_does_not_undo_what_was_decided(
    qtbot: QtBot, desk: Desk, a: FilmKey, copy: FilmKey, pipeline: FakePipeline
) -> None:
    listed(qtbot, desk, copy.path)
    document = choose(qtbot, desk, a)
    desk.library.analyse(copy)
    settle(qtbot, desk)
    assert len(document.review.vertebrae) == 5  # the film is the same
    document.accept(document.review.vertebrae[0], "accept")
    before = document.session
    desk.library.analyse(copy)
    settle(qtbot, desk)
    assert document.session is before
    assert saved(desk, a).review.vertebrae[0].decision is not None  # type: ignore[union-attr]


def test_that_a_copy_that_is_opened_while_it_is_analysed_keeps_what_was_decided(
    qtbot: QtBot, desk: Desk, a: FilmKey, copy: FilmKey, pipeline: FakePipeline
) -> None:
    listed(qtbot, desk, copy.path)
    document = choose(qtbot, desk, a)
    desk.films.analyse()
    settle(qtbot, desk)
    document.accept(document.review.vertebrae[0], "accept")
    pipeline.gate.clear()
    desk.library.analyse(copy)
    qtbot.waitUntil(lambda: desk.library.is_analysing(copy))
    other = choose(qtbot, desk, copy)
    before = other.session
    assert other.state is DocumentState.ANALYSING
    pipeline.gate.set()
    settle(qtbot, desk)
    assert other.session is before
    assert other.review.vertebrae[0].decision is not None
    assert saved(desk, a).review.vertebrae[0].decision is not None  # type: ignore[union-attr]


def test_that_a_copy_beside_the_film_is_the_film(qtbot: QtBot, desk: Desk, a: FilmKey, copy: FilmKey) -> None:
    listed(qtbot, desk, copy.path)
    document = choose(qtbot, desk, a)
    draw(document)
    desk.films.bring(copy)
    settle(qtbot, desk)
    assert desk.said("ready") == [document]
    assert desk.films.current is document
    draw(document)
    settle(qtbot, desk)
    assert len(saved(desk, copy).review.vertebrae) == 2  # type: ignore[union-attr]


# -- Memory --------------------------------------------------------------------------------------------------


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Room for one film of the fakes, not for two."""
    monkeypatch.setattr(open_films, "KEPT_BYTES", 500_000)


@pytest.mark.usefixtures("small")
def test_that_the_films_shown_longest_ago_are_let_go_and_come_back_with_their_reviews(
    qtbot: QtBot, desk: Desk, a: FilmKey, b: FilmKey, c: FilmKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_films, "KEPT_BYTES", 800_000)  # two
    draw(choose(qtbot, desk, a))
    choose(qtbot, desk, b)
    assert open_keys(desk) == {"a", "b"}
    choose(qtbot, desk, a)
    settle(qtbot, desk)
    choose(qtbot, desk, c)
    assert open_keys(desk) == {"a", "c"}
    choose(qtbot, desk, b)
    assert open_keys(desk) == {"c", "b"}
    assert len(choose(qtbot, desk, a).review.vertebrae) == 1


@pytest.mark.usefixtures("small")
def test_that_a_film_with_unsaved_work_is_never_let_go(
    qtbot: QtBot, desk: Desk, a: FilmKey, b: FilmKey, c: FilmKey
) -> None:
    desk.store._folder.write_text("in the way")
    document = choose(qtbot, desk, a)
    draw(document)
    choose(qtbot, desk, b)
    choose(qtbot, desk, c)
    assert open_keys(desk) == {"a", "c"}
    assert choose(qtbot, desk, a) is document
    assert document.undo_stack.canUndo()
    desk.store._folder.unlink()
    draw(document)
    settle(qtbot, desk)
    choose(qtbot, desk, b)
    assert open_keys(desk) == {"b"}


@pytest.mark.usefixtures("small")
def test_that_films_that_are_seen_or_analysed_are_not_let_go(
    qtbot: QtBot, desk: Desk, a: FilmKey, b: FilmKey, c: FilmKey, pipeline: FakePipeline
) -> None:
    pipeline.gate.clear()
    first = choose(qtbot, desk, a)
    desk.films.analyse()
    qtbot.waitUntil(lambda: first.state is DocumentState.ANALYSING)
    choose(qtbot, desk, b)
    desk.films.bring(c)
    qtbot.waitUntil(lambda: bool(desk.said("ready")))
    assert open_keys(desk) == {"a", "b", "c"}
    pipeline.gate.set()
    settle(qtbot, desk)
    assert len(first.review.vertebrae) == 5
    choose(qtbot, desk, a)
    desk.films.choose(b)
    settle(qtbot, desk)
    assert open_keys(desk) >= {"b", "c"}
    desk.library.remove(c)
    assert "c" not in open_keys(desk)


@pytest.mark.usefixtures("small")
def test_that_what_comes_late_for_a_film_that_was_let_go_is_harmless(
    qtbot: QtBot, desk: Desk, a: FilmKey, b: FilmKey
) -> None:
    """As a signature that was being written, or the networks' word on a drawn box."""
    document = choose(qtbot, desk, a)
    draw(document)
    settle(qtbot, desk)
    job = desk.saver.sign(document.session, "Ada", NOON)
    job.finished.connect(document.take_signed)
    choose(qtbot, desk, b)
    assert open_keys(desk) == {"b"}
    desk.saver.submit(job)
    settle(qtbot, desk)
    draw_late = Review().with_drawn(BOX, VertebraLevel.L3, anterior_is_left=True)
    document.edit("late", draw_late)
    document.select(1)
    settle(qtbot, desk)
    assert saved(desk, a).locked  # type: ignore[union-attr]
    assert choose(qtbot, desk, a).state is DocumentState.SIGNED


# -- Beside the film -----------------------------------------------------------------------------------------


def test_that_a_film_that_is_brought_is_ready_and_not_shown(
    qtbot: QtBot, desk: Desk, a: FilmKey, b: FilmKey
) -> None:
    choose(qtbot, desk, a)
    desk.films.bring(b)
    qtbot.waitUntil(lambda: bool(desk.said("ready")))
    (beside,) = desk.said("ready")
    assert beside.film.key == b
    assert desk.films.current.film.key == a
    assert "b" not in names(desk)
    desk.films.bring(b)
    assert desk.said("ready") == [beside, beside]  # it is open


def test_that_a_film_that_cannot_be_brought_is_told(qtbot: QtBot, desk: Desk, a: FilmKey, b: FilmKey) -> None:
    choose(qtbot, desk, a)
    b.path.unlink()
    desk.films.bring(b)
    settle(qtbot, desk)
    assert desk.said("told") == ["b.png: does not exist"]
    assert desk.films.current.film.key == a
    assert desk.said("ready") == []


@pytest.mark.parametrize("same", [False, True])
def test_that_choosing_a_film_is_stronger_than_bringing_one(
    qtbot: QtBot, desk: Desk, a: FilmKey, b: FilmKey, c: FilmKey, same: bool
) -> None:
    choose(qtbot, desk, a)
    desk.films.bring(b)
    chosen = b if same else c
    desk.films.choose(chosen)
    settle(qtbot, desk)
    assert desk.films.current.film.key == chosen
    assert desk.said("ready") == []


# -- What the window hears -----------------------------------------------------------------------------------


def test_that_only_the_film_on_the_screen_tells_the_window_and_each_film_tells_the_list(
    qtbot: QtBot, desk: Desk, a: FilmKey, b: FilmKey
) -> None:
    first = choose(qtbot, desk, a)
    choose(qtbot, desk, b)
    heard: list[str] = []
    desk.films.changed.connect(lambda: heard.append("changed"))
    desk.films.selected.connect(lambda: heard.append("selected"))
    first.select(draw(first))
    assert heard == []
    assert desk.state(a) is FilmState.IN_REVIEW
    draw(desk.films.current)
    assert set(heard) == {"changed"}
    desk.films.select(1)
    assert heard[-1] == "selected"
    desk.films.select(99)
    assert desk.films.current.selection is None


def test_that_undo_is_that_of_the_film_on_the_screen(
    qtbot: QtBot, desk: Desk, a: FilmKey, b: FilmKey
) -> None:
    draw(choose(qtbot, desk, a))
    group = desk.films.undo_group
    assert group.canUndo()
    assert group.undoText() == "grade"
    choose(qtbot, desk, b)
    assert not group.canUndo()
    desk.films.choose(a)
    assert group.canUndo()
    desk.films.choose(None)
    assert (group.canUndo(), group.undoText()) == (False, "")


def test_that_without_a_film_nothing_is_done(desk: Desk) -> None:
    films = desk.films
    films.select(1)
    films.orient(Orientation(1), "turn")
    films.painted()
    films.analyse()
    films.cancel()
    assert desk.events == [] or {event[0] for event in desk.events} <= {"found"}


def test_that_the_window_hears_how_saving_goes(qtbot: QtBot, desk: Desk, a: FilmKey) -> None:
    document = choose(qtbot, desk, a)
    with qtbot.waitSignal(desk.films.saved):
        draw(document)
    settle(qtbot, desk)
    assert document.undo_stack.isClean()
    shutil.rmtree(desk.store._folder)
    desk.store._folder.write_text("in the way")
    draw(document)
    qtbot.waitUntil(lambda: bool(desk.said("save_failed")))
    assert "cannot be written: " in desk.said("save_failed")[0]
    assert not document.undo_stack.isClean()


def test_that_a_first_reading_is_asked_for_by_the_settings(
    qtbot: QtBot, make_desk: MakeDesk, pipeline: FakePipeline, a: FilmKey
) -> None:
    desk = listed(qtbot, make_desk(read_first=True), a.path)
    document = choose(qtbot, desk, a)
    assert len(document.review.vertebrae) == 5
    assert document.is_hidden
    document.record_first_reading("record")
    assert not document.is_hidden
    settle(qtbot, desk)
    assert desk.state(a) is FilmState.IN_REVIEW
