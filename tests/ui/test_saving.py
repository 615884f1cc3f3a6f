"""Saving in the background: no value of a review is lost, and none replaces a newer or a signed one."""

from __future__ import annotations

import errno
import logging
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from tests.ui.fakes import MODEL, finding
from vcf_desktop.errors import OutputError, ReviewIncompleteError, SessionError, VcfError
from vcf_desktop.io.sessions import FilmRecord, Session, SessionStore, load_session
from vcf_desktop.review import (
    ReaderGrade,
    Review,
)
from vcf_desktop.spine import Analysis, VertebraLevel
from vcf_desktop.trail import (
    TrailEntry,
)
from vcf_desktop.ui import saving
from vcf_desktop.ui.jobs import Job
from vcf_desktop.ui.saving import Saver

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
FILM, OTHER = FilmRecord("a" * 64, Path("/films/a.png")), FilmRecord("b" * 64, Path("/films/b.png"))
BOX = (155.0, 560.0, 245.0, 620.0)


def analysis(places: int = 2) -> Analysis:
    return Analysis("a" * 64, tuple(map(finding, range(places))), (MODEL,), NOON, {"total": 0.5})


def session(note: str = "", film: FilmRecord = FILM, review: Review | None = None) -> Session:
    """A session that is told from others by the note of its first vertebra and by its trail."""
    review = review or Review().with_analysis(analysis())
    review = review.with_vertebra(replace(review.vertebrae[0], note=note))
    for vertebra in review.undecided:
        review = review.accepted(vertebra.key, "Ada", NOON)
    return Session(film, review, trail=(TrailEntry(NOON, "Ada", note, ()),))


def read_by_hand() -> Review:
    """The reader drew a vertebra and graded it, without any analysis."""
    drawn = Review().with_drawn(BOX, VertebraLevel.L5, anterior_is_left=True)
    return drawn.graded(1, ReaderGrade.SEVERE, "Ada", NOON)


def note_of(saved: Session | None) -> str:
    assert saved is not None
    return saved.review.vertebrae[0].note


class GatedStore(SessionStore):
    """A store whose writing waits for its gate and can fail; it remembers what it wrote."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder
        self.gate, self.writing = threading.Event(), threading.Event()
        self.gate.set()
        self.error: Exception | None = None
        self.written: list[str] = []

    def save(self, session: Session) -> None:
        self.writing.set()
        assert self.gate.wait(5)
        if self.error is not None:
            raise self.error
        super().save(session)
        self.written.append("signed" if session.locked else note_of(session))

    def hold(self) -> None:
        self.gate.clear()
        self.writing.clear()

    def wait_writing(self) -> None:
        assert self.writing.wait(5)


class Told:
    """What a saver tells."""

    def __init__(self, saver: Saver) -> None:
        self.saved: list[Session] = []
        self.failed: list[VcfError] = []
        saver.saved.connect(self._saved)
        saver.failed.connect(lambda _film, error: self.failed.append(error))

    def _saved(self, film: FilmRecord, session: Session) -> None:
        assert film == session.film
        self.saved.append(session)


@pytest.fixture
def store(tmp_path: Path) -> GatedStore:
    return GatedStore(tmp_path / "reviews")


@pytest.fixture
def make_saver(
    qapp: QCoreApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[SessionStore], Saver]]:
    monkeypatch.setattr(saving, "RETRY_MS", 15)
    made = []

    def make(store: SessionStore) -> Saver:
        made.append(Saver(store))
        return made[-1]

    yield make
    for saver in made:
        saver.close()


@pytest.fixture
def saver(make_saver: Callable[[SessionStore], Saver], store: GatedStore) -> Saver:
    return make_saver(store)


@pytest.fixture
def told(saver: Saver) -> Told:
    return Told(saver)


def all_saved(qtbot: QtBot, saver: Saver) -> None:
    qtbot.waitUntil(lambda: not saver.unsaved)


# -- The newest value of each film ---------------------------------------------------------------------------


def test_that_a_review_is_written_and_told_of(
    qtbot: QtBot, saver: Saver, store: GatedStore, told: Told
) -> None:
    value = session("one")
    saver.save(value)
    assert saver.unsaved == (FILM,)
    assert saver.latest(FILM) is not None
    assert saver.latest(OTHER) is None
    all_saved(qtbot, saver)
    assert saver.latest(FILM) is None
    assert told.saved == [value]
    assert note_of(store.load(FILM)) == "one"


def test_that_of_several_values_only_the_newest_is_written_after_the_one_being_written(
    qtbot: QtBot, saver: Saver, store: GatedStore, told: Told
) -> None:
    store.hold()
    values = [session(note) for note in ("one", "two", "three", "four")]
    saver.save(values[0])
    store.wait_writing()
    for value in values[1:]:
        saver.save(value)
    assert note_of(saver.latest(FILM)) == "four"
    assert saver.unsaved == (FILM,)
    store.gate.set()
    all_saved(qtbot, saver)
    assert store.written == ["one", "four"]
    assert told.saved == [values[0], values[3]]
    assert note_of(store.load(FILM)) == "four"


def test_that_a_value_is_not_called_saved_before_it_is(
    qtbot: QtBot, saver: Saver, store: GatedStore, told: Told
) -> None:
    store.hold()
    saver.save(session("one"))
    store.wait_writing()
    saver.save(session("two"))
    with qtbot.waitSignal(saver.saved):
        store.gate.set()
    assert [note_of(value) for value in told.saved] == ["one"]
    assert saver.unsaved == (FILM,)
    all_saved(qtbot, saver)
    assert [note_of(value) for value in told.saved] == ["one", "two"]


def test_that_two_films_are_written_in_the_order_of_their_edits(
    qtbot: QtBot, saver: Saver, store: GatedStore
) -> None:
    store.hold()
    saver.save(session("a1"))
    store.wait_writing()
    saver.save(session("b1", OTHER))
    saver.save(session("a2"))
    saver.save(session("b2", OTHER))
    assert set(saver.unsaved) == {FILM, OTHER}
    store.gate.set()
    all_saved(qtbot, saver)
    # b1 was on its way when b2 came.
    assert store.written == ["a1", "b1", "a2", "b2"]
    assert note_of(store.load(FILM)) == "a2"
    assert note_of(store.load(OTHER)) == "b2"


def test_that_frames_of_one_file_have_reviews_of_their_own(
    qtbot: QtBot, saver: Saver, store: GatedStore
) -> None:
    frame = replace(FILM, frame=3)
    saver.save(session("first"))
    saver.save(session("fourth", frame))
    assert set(saver.unsaved) == {FILM, frame}
    all_saved(qtbot, saver)
    assert note_of(store.load(FILM)) == "first"
    assert note_of(store.load(frame)) == "fourth"


def test_that_copies_of_a_film_share_their_review(qtbot: QtBot, saver: Saver, store: GatedStore) -> None:
    copy = replace(FILM, path=Path("/elsewhere/copy.png"))
    store.hold()
    saver.save(session("one"))
    store.wait_writing()
    saver.save(session("two", copy))
    for film in (FILM, copy):
        latest = saver.latest(film)
        assert note_of(latest) == "two"
        assert latest is not None
        assert latest.film == film
    saver.save(session("three"))
    store.gate.set()
    all_saved(qtbot, saver)
    assert store.written == ["one", "three"]


# -- Failures ------------------------------------------------------------------------------------------------


def in_the_way(folder: Path) -> None:
    """A folder that cannot be written to, for root as well: it is a file."""
    folder.write_text("")


def test_that_a_failing_folder_is_tried_again_until_the_review_is_saved(
    qtbot: QtBot, saver: Saver, store: GatedStore, told: Told
) -> None:
    in_the_way(store.folder)
    saver.save(session("one"))
    qtbot.waitUntil(lambda: len(told.failed) >= 2)
    assert all(isinstance(error, OutputError) for error in told.failed)
    assert saver.unsaved == (FILM,)
    assert told.saved == []
    saver.save(session("two"))
    store.folder.unlink()
    all_saved(qtbot, saver)
    assert note_of(store.load(FILM)) == "two"
    assert [note_of(value) for value in told.saved] == ["two"]


def test_that_an_edit_is_tried_at_once_and_not_only_after_the_pause(
    qtbot: QtBot, make_saver: Callable[[SessionStore], Saver], store: GatedStore, monkeypatch: Any
) -> None:
    monkeypatch.setattr(saving, "RETRY_MS", 1_000_000)
    saver = make_saver(store)
    in_the_way(store.folder)
    with qtbot.waitSignal(saver.failed):
        saver.save(session("one"))
    store.folder.unlink()
    saver.save(session("two"))
    all_saved(qtbot, saver)
    assert note_of(store.load(FILM)) == "two"


def test_that_a_defect_in_writing_is_no_sentence_for_the_user_and_ends_nothing(
    qtbot: QtBot, saver: Saver, store: GatedStore, told: Told
) -> None:
    store.error = TypeError("a defect")
    with qtbot.captureExceptions() as raised:
        saver.save(session("one"))
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is TypeError
    assert told.failed == []
    assert saver.unsaved == (FILM,)
    with qtbot.captureExceptions():
        store.error = None
        all_saved(qtbot, saver)
    assert note_of(store.load(FILM)) == "one"


@settings(max_examples=25)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("save"), st.sampled_from([FILM, OTHER])),
            st.tuples(st.just("fail"), st.booleans()),
            st.tuples(st.just("events"), st.none()),
        ),
        max_size=12,
    )
)
def test_that_whatever_happens_the_newest_values_are_on_the_disk_in_the_end(
    qapp: QCoreApplication, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, Any]]
) -> None:
    store = GatedStore(tmp_path_factory.mktemp("reviews"))
    saver = Saver(store)
    newest: dict[FilmRecord, str] = {}
    told = Told(saver)
    for number, (step, value) in enumerate(steps):
        if step == "save":
            newest[value] = str(number)
            saver.save(session(str(number), value))
        elif step == "fail":
            store.error = OutputError(store.folder, "cannot be written") if value else None
        else:
            qapp.processEvents()
    error = saver.finish()
    assert (error is None) == (not saver.unsaved)
    store.error = None
    assert saver.finish() is None
    assert {film: note_of(store.load(film)) for film in newest} == newest
    qapp.processEvents()
    assert saver.unsaved == ()
    for film, note in newest.items():
        assert note in [note_of(saved) for saved in told.saved if saved.film == film]
    saver.close()


# -- Finishing -----------------------------------------------------------------------------------------------


def test_that_finishing_writes_everything_without_the_event_loop(
    saver: Saver, store: GatedStore, told: Told
) -> None:
    values = [session("one"), session("two"), session("three", OTHER)]
    for value in values:
        saver.save(value)
    assert saver.finish() is None
    assert saver.unsaved == ()
    assert note_of(store.load(FILM)) == "two"
    assert note_of(store.load(OTHER)) == "three"
    assert told.saved == values[1:]


def test_that_finishing_waits_for_the_write_in_progress_and_writes_the_newest_after_it(
    qtbot: QtBot, saver: Saver, store: GatedStore, told: Told
) -> None:
    store.hold()
    saver.save(session("one"))
    store.wait_writing()
    saver.save(session("two"))
    threading.Timer(0.02, store.gate.set).start()
    assert saver.finish() is None
    assert store.written == ["one", "two"]
    assert note_of(store.load(FILM)) == "two"
    saver.save(session("three"))  # the window stayed open
    all_saved(qtbot, saver)
    assert note_of(store.load(FILM)) == "three"
    assert told.failed == []


def test_that_a_failure_that_finishing_has_mended_is_not_told(
    qtbot: QtBot, saver: Saver, store: GatedStore, told: Told
) -> None:
    store.error = OutputError(store.folder, "cannot be written")
    store.hold()
    saver.save(session("one"))
    store.wait_writing()
    threading.Timer(0.02, store.gate.set).start()
    saver._worker.drain()  # it has failed, and the GUI thread has not heard of it
    store.error = None
    assert saver.finish() is None
    qtbot.wait(40)
    assert told.failed == []
    assert store.written == ["one"]


def test_that_finishing_tells_why_it_cannot_write_and_trying_goes_on_where_the_window_stays(
    qtbot: QtBot, saver: Saver, store: GatedStore, told: Told
) -> None:
    in_the_way(store.folder)
    saver.save(session("one"))
    saver.save(session("two", OTHER))
    error = saver.finish()
    assert isinstance(error, OutputError)
    assert set(saver.unsaved) == {FILM, OTHER}
    store.folder.unlink()
    all_saved(qtbot, saver)  # by itself
    assert note_of(store.load(FILM)) == "one"
    assert note_of(store.load(OTHER)) == "two"
    assert saver.finish() is None


def test_that_trying_goes_on_although_finishing_stopped_the_pause_between_two_tries(
    qtbot: QtBot, make_saver: Callable[[SessionStore], Saver], store: GatedStore, monkeypatch: Any
) -> None:
    monkeypatch.setattr(saving, "RETRY_MS", 60)
    saver = make_saver(store)
    in_the_way(store.folder)
    with qtbot.waitSignal(saver.failed):
        saver.save(session("one"))
    assert isinstance(saver.finish(), OutputError)
    store.folder.unlink()
    all_saved(qtbot, saver)
    assert note_of(store.load(FILM)) == "one"


def test_that_one_film_that_cannot_be_written_does_not_hinder_the_others(
    qtbot: QtBot, saver: Saver, store: GatedStore
) -> None:
    store.path_of(FILM).mkdir(parents=True)
    saver.save(session("one"))
    saver.save(session("two", OTHER))
    error = saver.finish()
    assert isinstance(error, OutputError)
    assert error.path == store.path_of(FILM)
    assert saver.unsaved == (FILM,)
    assert note_of(store.load(OTHER)) == "two"


def test_that_finishing_twice_and_after_closing_is_harmless(
    make_saver: Callable[[SessionStore], Saver], store: GatedStore
) -> None:
    saver = make_saver(store)
    saver.save(session("one"))
    assert saver.finish() is None
    assert saver.finish() is None
    assert store.written.count("one") <= 2
    saver.close()
    saver.close()
    saver.save(session("two"))
    assert saver.finish() is None
    assert note_of(store.load(FILM)) == "two"


def test_that_nothing_is_told_or_tried_again_after_closing(
    qtbot: QtBot, saver: Saver, store: GatedStore, told: Told
) -> None:
    in_the_way(store.folder)
    with qtbot.waitSignal(saver.failed):
        saver.save(session("one"))
    failures = len(told.failed)
    saver.close()
    store.folder.unlink()
    qtbot.wait(40)
    assert len(told.failed) == failures
    assert not store.folder.exists()


# -- Signing -------------------------------------------------------------------------------------------------


class Signing:
    """Signs, and waits for its end."""

    def __init__(self, saver: Saver, value: Session) -> None:
        self.signed: list[Session] = []
        self.errors: list[Exception] = []
        self._job: Job = saver.sign(value, "Ada", NOON)
        self._job.finished.connect(self.signed.append)
        self._job.failed.connect(self.errors.append)
        saver.submit(self._job)

    @property
    def has_ended(self) -> bool:
        return bool(self.signed or self.errors)


def test_that_a_review_is_signed_after_all_that_was_saved_before(
    qtbot: QtBot, saver: Saver, store: GatedStore, told: Told
) -> None:
    store.hold()
    saver.save(session("one"))
    store.wait_writing()
    saver.save(session("b", OTHER))
    last = session("two")
    saver.save(last)  # waits for "one"
    signing = Signing(saver, last)
    store.gate.set()
    qtbot.waitUntil(lambda: signing.has_ended and not saver.unsaved)
    assert signing.errors == []
    assert store.written[:3] == ["one", "b", "signed"]
    assert signing.signed[0].locked
    on_disk = load_session(store.path_of(FILM))
    assert on_disk.locked  # nothing older has taken its place
    assert note_of(on_disk) == "two"
    assert told.saved[-1].locked
    assert load_session(store.signed_path(FILM, 1)).signatures[0].reader == "Ada"


def test_that_a_review_without_unsaved_changes_is_signed_and_told_of(
    qtbot: QtBot, saver: Saver, store: GatedStore, told: Told
) -> None:
    value = session("one")
    saver.save(value)
    all_saved(qtbot, saver)
    signing = Signing(saver, value)
    qtbot.waitUntil(lambda: signing.has_ended)
    assert told.saved == [value, signing.signed[0]]
    assert store.written == ["one", "signed"]


def test_that_an_edit_that_slips_in_while_signing_does_not_replace_the_signed_version(
    qtbot: QtBot, saver: Saver, store: GatedStore, told: Told
) -> None:
    value = session("one")
    store.hold()
    signing = Signing(saver, value)
    store.wait_writing()
    saver.save(session("slipped in"))
    store.gate.set()
    qtbot.waitUntil(lambda: signing.has_ended and not saver.unsaved)
    assert told.failed == []
    on_disk = load_session(store.path_of(FILM))
    assert (on_disk.locked, note_of(on_disk)) == (True, "one")


def test_that_a_signature_that_cannot_be_written_is_told_and_signs_nothing(
    qtbot: QtBot, saver: Saver, store: GatedStore
) -> None:
    in_the_way(store.folder)
    value = session("one")
    signing = Signing(saver, value)
    qtbot.waitUntil(lambda: signing.has_ended)
    assert isinstance(signing.errors[0], OutputError)
    store.folder.unlink()
    saver.save(value)
    all_saved(qtbot, saver)
    loaded = store.load(FILM)
    assert loaded is not None
    assert (loaded.locked, loaded.signatures) == (False, ())


def test_that_an_undecided_review_is_not_signed(qtbot: QtBot, saver: Saver, store: GatedStore) -> None:
    signing = Signing(saver, Session(FILM, Review().with_analysis(analysis())))
    qtbot.waitUntil(lambda: signing.has_ended)
    assert isinstance(signing.errors[0], ReviewIncompleteError)
    assert store.load(FILM) is None


def test_that_a_second_version_is_signed_beside_the_first(
    qtbot: QtBot, saver: Saver, store: GatedStore
) -> None:
    first = Signing(saver, session("one"))
    qtbot.waitUntil(lambda: first.has_ended)
    amended = replace(first.signed[0], locked=False)
    saver.save(amended)
    second = Signing(saver, amended)
    qtbot.waitUntil(lambda: second.has_ended and not saver.unsaved)
    assert [signature.version for signature in second.signed[0].signatures] == [1, 2]
    assert load_session(store.signed_path(FILM, 1)).signatures == first.signed[0].signatures


# -- Analyses of films that are not open ---------------------------------------------------------------------


def add_analysis(qtbot: QtBot, saver: Saver, places: int = 2) -> None:
    with qtbot.waitSignal(saver.saved):
        saver.add_analysis(FILM, analysis(places))


def test_that_the_analysis_of_a_film_that_was_never_opened_is_saved(
    qtbot: QtBot, saver: Saver, store: GatedStore, told: Told
) -> None:
    add_analysis(qtbot, saver)
    loaded = store.load(FILM)
    assert loaded is not None
    assert loaded.review.analysis is not None
    assert [v.level.label for v in loaded.review.undecided] == ["T11", "T12"]
    assert [entry.action for entry in loaded.trail] == ["analysis"]
    assert saver.unsaved == ()
    assert len(told.saved) == 1


def test_that_a_background_analysis_keeps_what_was_decided_by_hand(
    qtbot: QtBot, saver: Saver, store: GatedStore
) -> None:
    saver.save(Session(FILM, read_by_hand(), shown=frozenset({1})))
    add_analysis(qtbot, saver)
    qtbot.waitUntil(lambda: (store.load(FILM) or session()).review.analysis is not None)
    loaded = store.load(FILM)
    assert loaded is not None
    assert [(v.level.label, v.added, v.grade) for v in loaded.review.vertebrae] == [
        ("T11", False, None),
        ("T12", False, None),
        ("L5", True, ReaderGrade.SEVERE),
    ]
    assert loaded.shown == {1}


def test_that_a_background_analysis_never_replaces_another_with_what_was_decided_about_it(
    qtbot: QtBot, saver: Saver, store: GatedStore
) -> None:
    """A copy of the film, found twice on a disc, is analysed after the film was reviewed."""
    review = Review().with_analysis(analysis()).graded(1, ReaderGrade.MILD, "Ada", NOON)
    saver.save(Session(FILM, review))
    all_saved(qtbot, saver)
    before = store.path_of(FILM).read_bytes()
    add_analysis(qtbot, saver, places=5)
    assert store.path_of(FILM).read_bytes() == before


def test_that_a_signed_review_is_never_touched_by_an_analysis(
    qtbot: QtBot, saver: Saver, store: GatedStore, told: Told
) -> None:
    signing = Signing(saver, Session(FILM, read_by_hand()))
    qtbot.waitUntil(lambda: signing.has_ended)
    before = {path: path.read_bytes() for path in store.folder.iterdir()}
    add_analysis(qtbot, saver)
    assert {path: path.read_bytes() for path in store.folder.iterdir()} == before
    assert told.saved[-1].locked
    assert told.saved[-1].review.analysis is None


def test_that_an_analysis_that_cannot_be_written_is_told_and_tried_again(
    qtbot: QtBot, saver: Saver, store: GatedStore, told: Told
) -> None:
    in_the_way(store.folder)
    saver.add_analysis(FILM, analysis())
    saver.add_analysis(OTHER, analysis())
    qtbot.waitUntil(lambda: len(told.failed) >= 4)
    assert all(isinstance(error, OutputError) for error in told.failed)
    store.folder.unlink()
    qtbot.waitUntil(lambda: len(told.saved) == 2)
    qtbot.wait(40)
    assert len(told.saved) == 2  # once each
    for film in (FILM, OTHER):
        loaded = store.load(film)
        assert loaded is not None
        assert len(loaded.review.vertebrae) == 2


def test_that_an_analysis_beside_a_review_that_cannot_be_read_is_no_failed_save(
    qtbot: QtBot, saver: Saver, store: GatedStore, told: Told, caplog: pytest.LogCaptureFixture
) -> None:
    store.folder.mkdir()
    store.path_of(FILM).write_text("not JSON")
    with caplog.at_level(logging.INFO):
        saver.add_analysis(FILM, analysis())
        qtbot.waitUntil(lambda: saver._worker.is_idle)
    qtbot.wait(40)
    assert (told.failed, told.saved) == ([], [])
    assert store.path_of(FILM).read_text() == "not JSON"
    assert caplog.messages == ["an analysis is dropped: the saved review cannot be read"]


def test_that_a_defect_in_adding_an_analysis_is_not_tried_again(
    qtbot: QtBot, saver: Saver, store: GatedStore, told: Told
) -> None:
    store.error = TypeError("a defect")
    with qtbot.captureExceptions() as raised:
        saver.add_analysis(FILM, analysis())
        qtbot.waitUntil(lambda: bool(raised))
        qtbot.wait(40)
    assert [kind for kind, *_ in raised] == [TypeError]
    assert told.failed == []


# -- Reviews that cannot be read -----------------------------------------------------------------------------


class SettingAside:
    """Sets the damaged files of a review aside, and waits for what is left of it."""

    def __init__(self, qtbot: QtBot, saver: Saver, film: FilmRecord = FILM) -> None:
        self.left: list[Session | None] = []
        self.errors: list[Exception] = []
        job = saver.set_aside(film)
        job.finished.connect(self.left.append)
        job.failed.connect(self.errors.append)
        saver.submit(job)
        qtbot.waitUntil(lambda: bool(self.left or self.errors))


def set_aside(store: GatedStore) -> dict[str, str]:
    """Files that were set aside, by what follows the film's hash."""
    return {path.name.split("-", 1)[1]: path.read_text() for path in store.folder.glob("*unreadable*")}


def test_that_a_damaged_review_is_kept_when_a_new_one_is_saved(
    qtbot: QtBot, saver: Saver, store: GatedStore
) -> None:
    store.folder.mkdir()
    for content in ("damaged", "again"):
        store.path_of(FILM).write_text(content)
        assert SettingAside(qtbot, saver).left == [None]
        saver.save(session(content))
        all_saved(qtbot, saver)
        assert note_of(store.load(FILM)) == content
    assert set_aside(store) == {"0.unreadable-1.json": "damaged", "0.unreadable-2.json": "again"}


def test_that_a_damaged_signed_version_leaves_the_review_that_it_hid(
    qtbot: QtBot, saver: Saver, store: GatedStore
) -> None:
    saver.save(session("good"))
    all_saved(qtbot, saver)
    store.signed_path(FILM, 1).write_text("damaged")
    (left,) = SettingAside(qtbot, saver).left
    assert left is not None
    assert note_of(left) == "good"
    assert set_aside(store) == {"0.signed-1.unreadable-1.json": "damaged"}
    saver.save(left)
    all_saved(qtbot, saver)
    signing = Signing(saver, left)
    qtbot.waitUntil(lambda: signing.has_ended)
    assert signing.errors == []


@pytest.mark.parametrize("damaged", ["review", "review and version 2"])
def test_that_the_version_signed_last_is_left_of_a_damaged_review_and_the_next_can_be_signed(
    qtbot: QtBot, saver: Saver, store: GatedStore, damaged: str
) -> None:
    signed = store.sign(session("one"), "Ada", NOON)
    store.sign(replace(signed, locked=False), "Ada", NOON)
    version = 2
    store.path_of(FILM).write_text("damaged")
    if damaged != "review":
        version = 1
        store.signed_path(FILM, 2).unlink()
        store.signed_path(FILM, 2).write_text("damaged")
    (left,) = SettingAside(qtbot, saver).left
    assert left is not None
    assert (left.locked, len(left.signatures)) == (True, version)
    assert len(set_aside(store)) == 3 - version
    saver.save(replace(left, locked=False))
    signing = Signing(saver, replace(left, locked=False))
    qtbot.waitUntil(lambda: signing.has_ended and not saver.unsaved)
    assert signing.errors == []
    assert signing.signed[0].signatures[-1].version == version + 1


def test_that_a_review_that_can_be_read_is_not_set_aside(
    qtbot: QtBot, saver: Saver, store: GatedStore
) -> None:
    assert SettingAside(qtbot, saver).left == [None]
    saver.save(session("one"))  # as another job has mended it meanwhile
    (left,) = SettingAside(qtbot, saver).left
    assert note_of(left) == "one"
    assert set_aside(store) == {}


def test_that_a_review_of_a_newer_version_stays_where_it_is(
    qtbot: QtBot, saver: Saver, store: GatedStore
) -> None:
    store.folder.mkdir()
    store.path_of(FILM).write_text('{"schema": "vcf-desktop/session/2"}')
    (error,) = SettingAside(qtbot, saver).errors
    assert isinstance(error, SessionError)
    assert set_aside(store) == {}


def test_that_a_damaged_file_that_cannot_be_renamed_is_told(
    qtbot: QtBot, saver: Saver, store: GatedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path, _target: Path) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    store.folder.mkdir()
    store.path_of(FILM).write_text("damaged")
    monkeypatch.setattr(Path, "rename", refuse)
    (error,) = SettingAside(qtbot, saver).errors
    assert isinstance(error, OutputError)
    assert store.path_of(FILM).read_text() == "damaged"
