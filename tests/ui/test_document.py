"""One open film: every edit is one step back and one line of the trail, and what is locked stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.ui.fakes import GRADES, MODEL, finding
from vcf_desktop.film import Orientation, SpacingSource, VoiWindow
from vcf_desktop.io.sessions import FilmRecord, Session
from vcf_desktop.review import (
    Cause,
    FirstReading,
    Mark,
    Measure,
    MeasureKind,
    ReaderGrade,
    Review,
    Vertebra,
    moved_point,
)
from vcf_desktop.settings import ReadingOrder
from vcf_desktop.spine import Analysis, Deformity, Grade, VertebraLevel
from vcf_desktop.trail import (
    Signature,
    changes,
)
from vcf_desktop.ui.document import Document, DocumentState
from vcf_desktop.ui.film_entries import FilmKey
from vcf_desktop.ui.grey_picture import GreyPicture
from vcf_desktop.ui.reading import OpenedFilm

pytestmark = pytest.mark.usefixtures("qapp")

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
PATH = Path("/films/film.png")
PICTURE = GreyPicture(
    (np.zeros((8, 8), np.uint8),), np.arange(256.0), None, (VoiWindow(127.5, 255.0, "LINEAR_EXACT"),)
)
FILM = OpenedFilm(FilmKey(PATH), FilmRecord("a" * 64, PATH), PICTURE, None, SpacingSource.NONE, None, (), 1)
BOX = np.array([155.0, 560.0, 245.0, 620.0])
"""Below the five vertebrae of the fakes."""
LENGTH = Measure(MeasureKind.LENGTH, np.array([[1.0, 2.0], [3.0, 4.0]]))
FRACTURES = {place for place, grade in enumerate(GRADES) if grade is not Grade.NON}


def analysis(places: int = 5) -> Analysis:
    return Analysis("a" * 64, tuple(map(finding, range(places))), (MODEL,), NOON, {"total": 0.5})


def reviewed(places: int = 5) -> Session:
    return Session(FILM.record, Review().with_analysis(analysis(places)))


def drawn(review: Review) -> Review:
    return review.with_drawn(BOX, VertebraLevel.L4, anterior_is_left=True)


class Desk:
    """A document, and all that it told."""

    def __init__(self, session: Session | None = None, *, read_first: bool = False) -> None:
        self.reader = "Ada"
        self.document = Document(FILM, session, lambda: self.reader, read_first=read_first)
        self.to_save: list[Session] = []
        self.selections: list[int | None] = []
        self.at_changed: list[tuple[Any, ...]] = []
        self.document.to_save.connect(self.to_save.append)
        self.document.selected.connect(lambda: self.selections.append(self.key))
        self.document.changed.connect(lambda: self.at_changed.append(self.seen()))

    @property
    def key(self) -> int | None:
        return self.document.selection.key if self.document.selection else None

    def seen(self) -> tuple[Any, ...]:
        """What a window shows of it."""
        document, stack = self.document, self.document.undo_stack
        return (
            document.state,
            document.is_hidden,
            document.review,
            document.all_shown,
            stack.canUndo(),
            stack.canRedo(),
            document.session.orientation,
        )

    def vertebra(self, key: int) -> Vertebra:
        return self.document.review.vertebra(key)

    def sign(self) -> None:
        session = self.document.session
        signature = Signature(len(session.signatures) + 1, self.reader, NOON)
        self.document.take_signed(replace(session, locked=True, signatures=(*session.signatures, signature)))


@pytest.fixture
def desk() -> Desk:
    """Five vertebrae, keys 1 to 5 from top to bottom: normal, normal, severe, normal, mild."""
    return Desk(reviewed())


Edit = Callable[[Document, Vertebra], None]
EDITS: dict[str, Edit] = {
    "accept": lambda d, v: d.accept(v, "accept"),
    "grade": lambda d, v: d.grade(v, ReaderGrade.MILD, "grade"),
    "reject": lambda d, v: d.reject(v, "reject"),
    "undecide": lambda d, v: d.undecide(v, "undecide"),
    "deformity": lambda d, v: d.set_deformity(v, Deformity.CRUSH, "deformity"),
    "cause": lambda d, v: d.set_cause(v, Cause.SCHMORL, "cause"),
    "note": lambda d, v: d.set_note(v, "a note", "note"),
    "point": lambda d, v: d.replace(moved_point(v, 0, (1.0, 2.0)), "point"),
    "rename": lambda d, v: d.rename(v, VertebraLevel.L4, "rename"),
    "follow": lambda d, v: d.rename(v, VertebraLevel.L6, "follow", follow_above=True),
    "shift": lambda d, _: d.shift(1, "shift"),
    "examined": lambda d, _: d.add_examined(finding(2), "examined"),
    "drawn": lambda d, _: d.edit("drawn", drawn(d.review)),
    "measure": lambda d, _: d.add_measure(LENGTH, "measure"),
    "no measure": lambda d, _: d.remove_last_measure("no measure"),
    "mark": lambda d, _: d.add_mark(Mark(1.0, 2.0, ReaderGrade.MILD), "mark"),
    "recorded": lambda d, _: d.record_first_reading("recorded"),
    "normals": lambda d, _: d.accept_normals("normals"),
    "rest": lambda d, _: d.mark_rest_not_evaluable("rest"),
    "analysis": lambda d, _: d.take_analysis(analysis(3)),
    "orient": lambda d, _: d.orient(Orientation(1, True), "turn"),
}


# -- The machine ---------------------------------------------------------------------------------------------


class DocumentMachine(RuleBasedStateMachine):
    """A document against a list of reviews, each with how the film is turned, and a place in it."""

    @initialize(places=st.integers(0, 5), analysed=st.booleans())
    def open(self, places: int, analysed: bool) -> None:
        self.desk = Desk(reviewed(places) if analysed else None)
        self.document = self.desk.document
        self.history = [self.present()]
        self.place = 0
        self.trail = len(self.document.session.trail)
        self.selected: int | None = None
        self.shown: set[int] = set()
        self.saved: tuple[int, Orientation] | None = (self.trail, Orientation())
        self.locked = False

    # What happened

    def present(self) -> tuple[Review, Orientation]:
        return self.document.review, self.document.session.orientation

    def applied(self, action: str) -> None:
        """One more line in the trail that names all that has changed, and one more value to save."""
        session = self.document.session
        entry = session.trail[-1]
        assert len(session.trail) == self.trail + 1
        assert entry.changes == changes(self.history[self.place][0], session.review)
        assert (entry.action, entry.reader) == (action, "" if action == "analysis" else self.desk.reader)
        self.trail += 1
        self.saved = None

    def saves(self, count: int) -> None:
        assert len(self.desk.to_save) == count
        for session in self.desk.to_save[-1:]:
            assert session.trail is self.document.session.trail
        self.desk.to_save.clear()

    def edit(self, act: Callable[[], None], applies: bool, action: str) -> None:
        before = self.document.session
        act()
        if not applies or self.locked:
            assert self.document.review is before.review
            assert self.document.session.trail is before.trail
            self.saves(0)
            return
        self.applied(action)
        self.saves(1)
        self.goes_on()
        self.drop_what_is_gone()

    def goes_on(self) -> None:
        del self.history[self.place + 1 :]
        self.history.append(self.present())
        self.place += 1

    def drop_what_is_gone(self) -> None:
        keys = {vertebra.key for vertebra in self.document.review.vertebrae}
        self.shown &= keys
        if self.selected not in keys:
            self.selected = None

    def select(self, key: int | None) -> None:
        self.selected = key
        if key is not None:
            self.shown.add(key)

    def has_vertebrae(self) -> bool:
        return hasattr(self, "document") and bool(self.document.review.vertebrae)

    def any_vertebra(self, number: int) -> Vertebra:
        vertebrae = self.document.review.vertebrae
        return vertebrae[number % len(vertebrae)]

    # Selecting

    @rule(key=st.none() | st.integers(0, 12))
    def select_key(self, key: int | None) -> None:
        self.document.select(key)
        self.select(key if key in self.document.review else None)

    @rule(places=st.sampled_from([-1, 1]))
    def step(self, places: int) -> None:
        keys = [vertebra.key for vertebra in self.document.review.vertebrae]
        self.document.step(places)
        if keys and self.selected is None:
            self.select(keys[0] if places == 1 else keys[-1])
        elif keys:
            self.select(keys[max(0, min(len(keys) - 1, keys.index(self.selected) + places))])

    @rule(places=st.sampled_from([-1, 1]), order=st.sampled_from(ReadingOrder))
    def step_undecided(self, places: int, order: ReadingOrder) -> None:
        """By turning the whole circle until the selected one is first."""
        vertebrae = list(self.document.review.vertebrae)
        if order is ReadingOrder.WORST_FIRST:
            vertebrae.sort(key=lambda v: -99 if v.machine is None else -int(v.machine.grade))
        elif order is ReadingOrder.BOTTOM_UP:
            vertebrae.reverse()
        if places < 0:
            vertebrae.reverse()
        if self.selected is not None:
            while vertebrae[-1].key != self.selected:
                vertebrae.append(vertebrae.pop(0))
        self.document.step_undecided(places, order)
        wanted = [vertebra.key for vertebra in vertebrae if vertebra.decision is None]
        if wanted:
            self.select(wanted[0])

    # Edits

    @precondition(has_vertebrae)
    @rule(number=st.integers(0, 9))
    def accept(self, number: int) -> None:
        vertebra = self.any_vertebra(number)
        applies = vertebra.machine is not None
        self.edit(lambda: self.document.accept(vertebra, "accept"), applies, "accept")

    @precondition(has_vertebrae)
    @rule(number=st.integers(0, 9), grade=st.sampled_from(ReaderGrade))
    def grade(self, number: int, grade: ReaderGrade) -> None:
        vertebra = self.any_vertebra(number)
        self.edit(lambda: self.document.grade(vertebra, grade, "grade"), True, "grade")
        assert self.locked or self.document.review.vertebra(vertebra.key).grade is grade

    @precondition(has_vertebrae)
    @rule(number=st.integers(0, 9))
    def reject(self, number: int) -> None:
        vertebra = self.any_vertebra(number)
        self.edit(lambda: self.document.reject(vertebra, "reject"), True, "reject")

    @precondition(has_vertebrae)
    @rule(number=st.integers(0, 9))
    def undecide(self, number: int) -> None:
        vertebra = self.any_vertebra(number)
        applies = vertebra.decision is not None
        self.edit(lambda: self.document.undecide(vertebra, "undecide"), applies, "undecide")

    @precondition(has_vertebrae)
    @rule(
        number=st.integers(0, 9),
        what=st.one_of(
            st.tuples(st.just("deformity"), st.none() | st.sampled_from(Deformity)),
            st.tuples(st.just("cause"), st.none() | st.sampled_from(Cause)),
            st.tuples(st.just("note"), st.sampled_from(["", "one", "two"])),
        ),
    )
    def write(self, number: int, what: tuple[str, Any]) -> None:
        vertebra, (field, value) = self.any_vertebra(number), what
        setter = getattr(self.document, f"set_{field}")
        self.edit(lambda: setter(vertebra, value, field), getattr(vertebra, field) != value, field)

    @precondition(has_vertebrae)
    @rule(number=st.integers(0, 9), spot=st.tuples(st.integers(0, 400), st.integers(0, 600)))
    def move_point(self, number: int, spot: tuple[int, int]) -> None:
        moved = moved_point(self.any_vertebra(number), 4, spot)
        self.edit(lambda: self.document.replace(moved, "point"), True, "point")

    @rule()
    def drop_a_vertebra_that_is_gone(self) -> None:
        gone = replace(drawn(Review()).vertebrae[0], key=999)
        self.edit(lambda: self.document.replace(gone, "gone"), False, "gone")

    @precondition(has_vertebrae)
    @rule(number=st.integers(0, 9), level=st.sampled_from(VertebraLevel), follow=st.booleans())
    def rename(self, number: int, level: VertebraLevel, follow: bool) -> None:
        vertebra = self.any_vertebra(number)

        def act() -> None:
            self.document.rename(vertebra, level, "rename", follow_above=follow)

        try:
            self.document.review.renamed(vertebra.key, level, follow_above=follow)
        except ValueError:
            with pytest.raises(ValueError, match="no name beyond"):
                act()
        else:
            self.edit(act, True, "rename")

    @rule(steps=st.sampled_from([-1, 1]))
    def shift(self, steps: int) -> None:
        try:
            self.document.review.shifted(steps)
        except ValueError:
            with pytest.raises(ValueError, match="no name beyond"):
                self.document.shift(steps, "shift")
        else:
            self.edit(lambda: self.document.shift(steps, "shift"), True, "shift")

    @rule(place=st.integers(0, 4))
    def add_examined(self, place: int) -> None:
        key = self.document.review.next_key
        self.edit(lambda: self.document.add_examined(finding(place), "add"), True, "add")
        if not self.locked:
            self.select(key)

    @rule()
    def add_drawn(self) -> None:
        review = drawn(self.document.review)
        self.edit(lambda: self.document.edit("draw", review), True, "draw")

    @rule()
    def edit_without_change(self) -> None:
        review = self.document.review
        self.edit(lambda: self.document.edit("nothing", review), False, "nothing")

    @rule()
    def measure(self) -> None:
        self.edit(lambda: self.document.add_measure(LENGTH, "measure"), True, "measure")

    @rule()
    def remove_measure(self) -> None:
        applies = bool(self.document.review.measures)
        self.edit(lambda: self.document.remove_last_measure("remove"), applies, "remove")

    @rule()
    def mark(self) -> None:
        first = self.document.review.first_reading
        applies = first is None or not first.recorded
        spot = Mark(1.0, 2.0, ReaderGrade.MILD)
        self.edit(lambda: self.document.add_mark(spot, "mark"), applies, "mark")

    @rule()
    def record(self) -> None:
        """That cannot be undone, nor what was marked before it."""
        first, before = self.document.review.first_reading, self.document.session
        self.document.record_first_reading("record")
        if self.locked or (first is not None and first.recorded):
            assert self.document.session is before
            self.saves(0)
        else:
            self.applied("record")
            self.saves(1)
            self.history, self.place = [self.present()], 0

    @rule()
    def accept_normals(self) -> None:
        """Only after all were shown, and neither fractures nor what the machine has not seen."""
        review, measured = self.document.review, self.document.measured
        taken = {
            v.key
            for v in review.vertebrae
            if v.decision is None
            and v.machine is not None
            and v.machine.grade is Grade.NON
            and v.key in measured
            and measured[v.key].morphometry.grade is Grade.NON
        }
        applies = bool(taken) and self.shown == {v.key for v in review.vertebrae}
        self.edit(lambda: self.document.accept_normals("normals"), applies, "normals")
        if applies and not self.locked:
            after = self.document.review
            decided = {v.key for v in review.undecided} - {v.key for v in after.undecided}
            assert decided == taken
            assert {after.vertebra(key).grade for key in taken} == {ReaderGrade.NON}

    @rule()
    def mark_rest(self) -> None:
        rest = self.document.review.undecided
        self.edit(lambda: self.document.mark_rest_not_evaluable("rest"), bool(rest), "rest")
        if not self.locked:
            assert self.document.review.undecided == ()

    @rule()
    def undo(self) -> None:
        before = self.place
        undone = self.document.undo_stack.undoText()
        self.document.undo_stack.undo()
        if self.place > 0:
            self.place -= 1
        self.went(before, f"undo: {undone}")

    @rule()
    def redo(self) -> None:
        before = self.place
        redone = self.document.undo_stack.redoText()
        self.document.undo_stack.redo()
        if self.place < len(self.history) - 1:
            self.place += 1
        self.went(before, f"redo: {redone}")

    def went(self, before: int, action: str) -> None:
        """A turn of the film is no line of the trail; an edit is, and is shown where it was made."""
        if self.place == before:
            self.saves(0)
            return
        there, earlier, later = self.place, self.history[before][0], self.history[self.place][0]
        if later is earlier:
            self.saved = None
            self.saves(1)
            return
        self.place = before
        self.applied(action)
        self.place = there
        self.saves(1)
        self.drop_what_is_gone()
        same = {id(vertebra) for vertebra in earlier.vertebrae}
        changed = [vertebra.key for vertebra in later.vertebrae if id(vertebra) not in same]
        if len(changed) == 1:
            self.select(changed[0])

    # What happens to it

    @rule(places=st.integers(0, 5))
    def take_analysis(self, places: int) -> None:
        own = [vertebra for vertebra in self.document.review.vertebrae if vertebra.added]
        before = self.document.session
        self.document.take_analysis(analysis(places))
        if self.locked:
            assert self.document.session is before
            return
        self.applied("analysis")
        self.saves(1)
        self.history, self.place = [self.present()], 0
        self.drop_what_is_gone()
        kept = [vertebra for vertebra in self.document.review.vertebrae if vertebra.added]
        assert all(any(one is other for other in kept) for one in own)

    @rule(turns=st.integers(0, 3))
    def orient(self, turns: int) -> None:
        orientation = Orientation(turns)
        applies = orientation != self.document.session.orientation and not self.locked
        self.document.orient(orientation, "turn")
        self.saves(int(applies))
        if applies:
            self.saved = None
            self.goes_on()
            assert self.document.undo_stack.undoText() == "turn"

    @rule(older=st.booleans())
    def save(self, older: bool) -> None:
        session = self.document.session
        if older and session.trail:
            self.document.take_saved(replace(session, trail=session.trail[:-1]))
        else:
            self.document.take_saved(session)
            self.saved = (len(session.trail), session.orientation)

    @precondition(lambda self: not getattr(self, "locked", True))
    @rule()
    def sign(self) -> None:
        self.desk.sign()
        self.locked, self.history, self.place = True, [self.present()], 0
        self.saved = (self.trail, self.document.session.orientation)

    @rule()
    def amend(self) -> None:
        self.document.amend()
        self.saves(int(self.locked))
        if self.locked:
            self.trail += 1
            self.locked, self.saved = False, None
            assert self.document.session.trail[-1].action.startswith("amend version ")

    @rule(reader=st.sampled_from(["Ada", "Ben"]))
    def another_reader(self, reader: str) -> None:
        self.desk.reader = reader

    # What always holds

    @invariant()
    def is_where_the_list_says(self) -> None:
        if not hasattr(self, "document"):
            return
        document, stack = self.document, self.document.undo_stack
        review, orientation = self.history[self.place]
        assert document.review is review
        assert document.session.orientation == orientation
        assert len(document.session.trail) == self.trail
        assert (stack.canUndo(), stack.canRedo()) == (self.place > 0, self.place < len(self.history) - 1)
        assert self.desk.key == self.selected
        assert document.session.shown == self.shown
        assert document.is_editable != self.locked
        assert stack.isClean() == (self.saved == (self.trail, orientation))
        assert self.desk.to_save == []
        if self.desk.at_changed:
            # The window was told last when all was as it is now.
            told, now = self.desk.at_changed[-1], self.desk.seen()
            assert told[2] is now[2]
            assert told == now
        assert document.measured.keys() == document.review.measured(1.0).keys()


DocumentMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=40)
TestDocumentMachine = DocumentMachine.TestCase


# -- The trail -----------------------------------------------------------------------------------------------


def test_that_the_trail_names_what_the_machine_and_what_the_reader_said(desk: Desk) -> None:
    document = desk.document
    document.grade(desk.vertebra(3), ReaderGrade.MODERATE, "L1: Grade 2")
    document.undo_stack.undo()
    desk.reader = "Ben"
    document.undo_stack.redo()
    told = [
        (entry.reader, entry.action, (change.level, change.what, change.machine, change.before, change.after))
        for entry in document.session.trail
        for change in entry.changes
    ]
    graded = "overridden: grade 2"
    assert told == [
        ("Ada", "L1: Grade 2", ("L1", "decision", "grade 3", "", graded)),
        ("Ada", "undo: L1: Grade 2", ("L1", "decision", "grade 3", graded, "")),
        ("Ben", "redo: L1: Grade 2", ("L1", "decision", "grade 3", "", graded)),
    ]
    assert document.review.vertebra(3).decision.reader == "Ada"  # type: ignore[union-attr]


def test_that_an_edit_of_several_vertebrae_is_one_line_and_one_step(desk: Desk) -> None:
    document = desk.document
    document.mark_rest_not_evaluable("rest")
    assert len(document.session.trail) == 1
    assert [change.level for change in document.session.trail[0].changes] == ["T11", "T12", "L1", "L2", "L3"]
    document.undo_stack.undo()
    assert len(document.review.undecided) == 5


def test_that_times_in_the_trail_have_a_time_zone_and_do_not_run_backwards(desk: Desk) -> None:
    for key in range(1, 6):
        desk.document.accept(desk.vertebra(key), "accept")
    times = [entry.at for entry in desk.document.session.trail]
    assert times == sorted(times)
    assert all(time.tzinfo is not None for time in times)


def test_that_the_machine_is_named_as_nobody_in_the_trail() -> None:
    desk = Desk()
    desk.document.take_analysis(analysis())
    (entry,) = desk.document.session.trail
    assert (entry.reader, entry.action) == ("", "analysis")


# -- Signals -------------------------------------------------------------------------------------------------


def test_that_the_window_hears_of_an_edit_when_it_can_be_undone(desk: Desk) -> None:
    """Qt's stack says so only after the edit was made."""
    document = desk.document
    seen = []
    document.changed.connect(
        lambda: seen.append((document.undo_stack.canUndo(), document.undo_stack.canRedo()))
    )
    document.shift(-1, "shift")
    assert seen[-1] == (True, False)
    document.undo_stack.undo()
    assert seen[-1] == (False, True)
    document.undo_stack.redo()
    assert seen[-1] == (True, False)


def test_that_each_edit_asks_to_be_saved_once_with_the_present_value(desk: Desk) -> None:
    document = desk.document
    document.accept(desk.vertebra(1), "accept")
    assert [session.review for session in desk.to_save] == [document.review]
    document.undo_stack.undo()
    document.undo_stack.redo()
    assert [len(session.trail) for session in desk.to_save] == [1, 2, 3]
    assert desk.to_save[-1] is document.session


def test_that_selecting_tells_only_where_something_is_new(desk: Desk) -> None:
    document = desk.document
    document.select(2)
    assert (desk.selections, len(desk.at_changed)) == ([2], 1)
    document.select(2)
    assert (desk.selections, len(desk.at_changed)) == ([2], 1)
    document.select(3)
    document.select(2)
    assert (desk.selections, len(desk.at_changed)) == ([2, 3, 2], 2)
    document.select(None)
    document.select(None)
    assert desk.selections == [2, 3, 2, None]
    assert desk.to_save == []  # to look at something is no edit


def test_that_what_is_selected_can_be_asked_while_an_edit_takes_it_away(desk: Desk) -> None:
    """As the window does that hears of it."""
    document, keys = desk.document, []
    document.to_save.connect(lambda _: keys.append(len(document.review.vertebrae)))
    document.selected.connect(lambda: keys.append(desk.key))
    document.add_examined(finding(2), "add")
    assert desk.key == 6
    document.undo_stack.undo()
    assert desk.key is None
    assert keys == [6, 6, 5, None]


ONE_VERTEBRA = ("accept", "grade", "reject", "deformity", "cause", "note", "point", "rename")


@pytest.mark.parametrize("name", ONE_VERTEBRA)
def test_that_undo_and_redo_select_the_one_vertebra_that_they_change(desk: Desk, name: str) -> None:
    """So that the next key is about the vertebra that is seen to change."""
    document, stack = desk.document, desk.document.undo_stack
    document.select(2)
    EDITS[name](document, desk.vertebra(4))
    assert desk.key == 2  # the edit itself selects nothing
    stack.undo()
    assert desk.key == 4
    document.select(None)
    stack.redo()
    assert desk.key == 4
    assert document.session.shown == {2, 4}


@pytest.mark.parametrize("name", ["follow", "shift", "rest", "measure", "mark", "orient"])
def test_that_undo_and_redo_of_what_is_not_about_one_vertebra_leave_the_selection(
    desk: Desk, name: str
) -> None:
    document, stack = desk.document, desk.document.undo_stack
    document.select(2)
    EDITS[name](document, desk.vertebra(4))
    assert stack.canUndo()
    stack.undo()
    assert desk.key == 2
    stack.redo()
    assert desk.key == 2
    assert desk.selections == [2]


def test_that_the_redo_of_a_drawn_vertebra_selects_it(desk: Desk) -> None:
    document, stack = desk.document, desk.document.undo_stack
    document.select(2)
    document.edit("draw", drawn(document.review))
    assert desk.key == 2
    stack.undo()
    assert desk.key == 2  # it is gone, and nothing else has changed
    stack.redo()
    assert desk.key == 6


def test_that_an_edit_is_clean_when_it_is_saved_and_not_before(desk: Desk) -> None:
    document, stack = desk.document, desk.document.undo_stack
    assert stack.isClean()
    document.accept(desk.vertebra(1), "accept")
    first = desk.to_save[-1]
    document.step_undecided(1, ReadingOrder.TOP_DOWN)  # shows another one, which is no edit
    assert not stack.isClean()
    document.take_saved(first)
    assert stack.isClean()
    document.accept(desk.vertebra(2), "accept")
    document.take_saved(first)  # late
    assert not stack.isClean()
    document.undo_stack.undo()
    assert not stack.isClean()  # the trail has grown
    document.take_saved(desk.to_save[-1])
    assert stack.isClean()


def test_that_an_analysis_is_unsaved_until_it_is_saved() -> None:
    desk = Desk()
    desk.document.take_analysis(analysis())
    assert not desk.document.undo_stack.isClean()
    desk.document.take_saved(desk.to_save[-1])
    assert desk.document.undo_stack.isClean()


# -- States --------------------------------------------------------------------------------------------------


def test_that_the_state_follows_from_what_has_happened() -> None:
    desk = Desk()
    document = desk.document
    assert document.state is DocumentState.LOADED
    document.set_analysing(True)
    assert document.state is DocumentState.ANALYSING
    document.set_analysing(False)
    assert document.state is DocumentState.LOADED
    document.edit("draw", drawn(document.review))
    assert document.state is DocumentState.REVIEWING
    document.undo_stack.undo()
    assert document.state is DocumentState.LOADED
    document.take_analysis(analysis(0))
    assert document.state is DocumentState.REVIEWING  # without any vertebra
    document.set_analysing(True)
    assert document.state is DocumentState.ANALYSING
    desk.sign()
    assert document.state is DocumentState.SIGNED
    assert len(desk.at_changed) >= 7
    assert desk.at_changed[-1][0] is DocumentState.SIGNED


def test_that_saying_twice_that_it_is_analysed_tells_once() -> None:
    desk = Desk()
    desk.document.set_analysing(True)
    desk.document.set_analysing(True)
    assert len(desk.at_changed) == 1


@pytest.mark.parametrize("name", EDITS)
def test_that_a_signed_review_ignores_every_edit(desk: Desk, name: str) -> None:
    document = desk.document
    document.grade(desk.vertebra(1), ReaderGrade.MILD, "grade")
    for key in range(1, 6):
        document.select(key)
    desk.sign()
    before, told = document.session, len(desk.to_save)
    EDITS[name](document, desk.vertebra(1))
    document.undo_stack.undo()
    document.undo_stack.redo()
    assert document.session is before
    assert len(desk.to_save) == told
    assert desk.key == 5


@pytest.mark.parametrize("name", sorted(EDITS))
def test_that_a_closed_film_ignores_what_still_comes_for_it(qapp: Any, desk: Desk, name: str) -> None:
    """The networks may answer, or a signature be written, after the film was taken off the list."""
    document = desk.document
    document.close()
    qapp.sendPostedEvents(None, 52)  # QEvent.DeferredDelete: Qt's part of it is gone
    before, vertebra = document.session, document.review.vertebrae[0]
    EDITS[name](document, vertebra)
    document.select(3)
    document.set_analysing(True)
    desk.sign()
    document.amend()
    assert document.session is before
    assert desk.to_save == []
    assert document.measured


def test_that_a_signature_takes_the_place_of_whatever_was_edited_meanwhile(desk: Desk) -> None:
    document = desk.document
    signed = replace(document.session, locked=True, signatures=(Signature(1, "Ada", NOON),))
    document.add_examined(finding(2), "slipped in")
    assert 6 in document.measured
    document.take_signed(signed)
    assert document.session is signed
    assert desk.key is None
    assert 6 not in document.measured
    assert not document.undo_stack.canUndo()


def test_that_amending_opens_the_next_version_and_says_so(desk: Desk) -> None:
    document = desk.document
    document.amend()
    assert desk.to_save == []  # there is nothing to amend
    for version in (1, 2):
        desk.sign()
        desk.to_save.clear()
        document.amend()
        assert document.is_editable
        assert document.state is DocumentState.REVIEWING
        assert document.session.trail[-1].action == f"amend version {version}"
        assert [s.version for s in document.session.signatures] == list(range(1, version + 1))
        assert desk.to_save == [document.session]
        document.grade(desk.vertebra(1), ReaderGrade.SEVERE, "grade")
        assert document.review.vertebra(1).grade is ReaderGrade.SEVERE


# -- Steps ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (ReadingOrder.TOP_DOWN, [1, 2, 3, 4, 5]),
        (ReadingOrder.BOTTOM_UP, [5, 4, 3, 2, 1]),
        (ReadingOrder.WORST_FIRST, [3, 5, 1, 2, 4]),
    ],
)
def test_that_the_undecided_are_stepped_through_round_and_round_in_each_order(
    desk: Desk, order: ReadingOrder, expected: list[int]
) -> None:
    document = desk.document
    visited = []
    for _ in range(7):
        document.step_undecided(1, order)
        visited.append(desk.key)
    assert visited == [*expected, *expected[:2]]
    document.select(None)
    back = []
    for _ in range(7):
        document.step_undecided(-1, order)
        back.append(desk.key)
    assert back == [*expected[::-1], *expected[:-3:-1]]


@pytest.mark.parametrize("order", ReadingOrder)
def test_that_decided_vertebrae_are_passed_over(desk: Desk, order: ReadingOrder) -> None:
    document = desk.document
    for key in (1, 3, 5):
        document.grade(desk.vertebra(key), ReaderGrade.NON, "grade")
    visited = []
    for _ in range(4):
        document.step_undecided(1, order)
        visited.append(desk.key)
    assert set(visited) == {2, 4}
    assert visited[:2] == visited[2:]
    document.reject(desk.vertebra(2), "reject")
    document.step_undecided(1, order)
    document.step_undecided(1, order)
    assert desk.key == 4
    document.reject(desk.vertebra(4), "reject")
    document.step_undecided(1, order)
    assert desk.key == 4  # there is nowhere to go


def test_that_vertebrae_that_only_the_reader_saw_come_first_of_the_worst(desk: Desk) -> None:
    document = desk.document
    document.edit("draw", drawn(document.review))
    visited = []
    for _ in range(3):
        document.step_undecided(1, ReadingOrder.WORST_FIRST)
        visited.append(desk.key)
    assert visited == [6, 3, 5]


def test_that_steps_without_any_vertebra_do_nothing() -> None:
    desk = Desk()
    for order in ReadingOrder:
        desk.document.step_undecided(1, order)
        desk.document.step_undecided(-1, order)
    desk.document.step(1)
    assert desk.selections == []


# -- All remaining normals -----------------------------------------------------------------------------------


def test_that_normals_are_accepted_together_only_after_every_vertebra_was_shown(desk: Desk) -> None:
    document = desk.document
    document.edit("draw", drawn(document.review))
    for key in range(1, 7):
        assert not document.all_shown
        document.accept_normals("normals")
        assert document.session.trail[1:] == ()
        document.select(key)
    assert document.all_shown
    document.accept_normals("normals")
    decided = {v.key: v.grade for v in document.review.vertebrae if v.decision}
    assert decided == {1: ReaderGrade.NON, 2: ReaderGrade.NON, 4: ReaderGrade.NON}
    assert {v.key - 1 for v in document.review.undecided} == FRACTURES | {5}
    document.accept_normals("normals")
    assert len(document.session.trail) == 2  # the second time there are none


def test_that_a_vertebra_is_no_normal_where_the_measurement_says_otherwise(desk: Desk) -> None:
    document = desk.document
    assert {v.key for v in document.remaining_normals} == {1, 2, 4}
    lower = desk.vertebra(2).points_xy.copy()
    lower[:3, 1] += [30.0, 20.0, 0.0]
    document.replace(replace(desk.vertebra(2), points_xy=lower), "wedged")
    assert {v.key for v in document.remaining_normals} == {1, 4}
    flat = desk.vertebra(4).points_xy.copy()
    flat[3:] = flat[:3]  # there is nothing to measure
    document.replace(replace(desk.vertebra(4), points_xy=flat), "flat")
    assert {v.key for v in document.remaining_normals} == {1}
    document.grade(desk.vertebra(1), ReaderGrade.EQUIVOCAL, "grade")
    assert document.remaining_normals == ()


@pytest.mark.parametrize(
    "doubt",
    [
        {"level_confidence": 0.3},
        {"grade_probabilities": np.array([0.4, 0.3, 0.2, 0.1])},
        {"warnings": ("The outline is cut off.",)},
    ],
    ids=lambda doubt: next(iter(doubt)),
)
def test_that_a_vertebra_of_which_the_machine_is_unsure_is_no_normal(doubt: dict[str, Any]) -> None:
    """Whoever accepts many at once must not take over what is dotted on the film."""
    findings = tuple(map(finding, range(5)))
    findings = (findings[0], replace(findings[1], **doubt), *findings[2:])
    desk = Desk(Session(FILM.record, Review().with_analysis(replace(analysis(), findings=findings))))
    document = desk.document
    assert {v.key for v in document.remaining_normals} == {1, 4}
    for key in range(1, 6):
        document.select(key)
    document.accept_normals("normals")
    assert {v.key for v in document.review.undecided} == {2, 3, 5}


def test_that_a_vertebra_that_comes_later_must_be_shown_as_well(desk: Desk) -> None:
    document = desk.document
    for key in range(1, 6):
        document.select(key)
    document.edit("draw", drawn(document.review))
    assert not document.all_shown
    document.undo_stack.undo()
    assert document.all_shown
    document.take_analysis(analysis())
    assert not document.all_shown


# -- The first reading ---------------------------------------------------------------------------------------


def mark(x: float = 1.0) -> Mark:
    return Mark(x, 2.0, ReaderGrade.MILD)


def test_that_the_machines_results_are_hidden_until_the_first_reading_is_recorded() -> None:
    desk = Desk(read_first=True)
    document = desk.document
    assert document.is_hidden
    document.add_mark(mark(1), "mark")
    document.take_analysis(analysis())
    assert document.is_hidden
    document.add_mark(mark(2), "mark")
    document.add_mark(mark(3), "mark")
    document.undo_stack.undo()
    assert document.is_hidden
    document.record_first_reading("record")
    assert not document.is_hidden
    first = document.review.first_reading
    assert first is not None
    assert ([m.x for m in first.marks], first.recorded, first.reader) == ([1, 2], True, "Ada")
    assert document.session.trail[-1].changes[0].after == "recorded: grade 1 at 1, 2; grade 1 at 2, 2"
    assert desk.at_changed[-1][1] is False


def test_that_what_was_seen_cannot_be_unseen() -> None:
    """Neither by undo nor by marking more: a first reading is what was seen before the machine was."""
    desk = Desk(reviewed(), read_first=True)
    document = desk.document
    document.add_mark(mark(1), "mark")
    document.record_first_reading("record")
    before = document.session
    document.undo_stack.undo()
    document.undo_stack.undo()
    document.add_mark(mark(2), "mark")
    document.record_first_reading("record")
    assert document.session is before
    assert not document.is_hidden


def test_that_no_fracture_seen_is_a_first_reading_too() -> None:
    desk = Desk(reviewed(), read_first=True)
    desk.document.record_first_reading("record")
    assert desk.document.review.first_reading is not None
    assert desk.document.review.first_reading.marks == ()
    assert desk.document.session.trail[-1].changes[0].after == "recorded: no fracture"


@pytest.mark.parametrize("how", ["decision", "signature", "recorded", "setting"])
def test_that_who_has_seen_the_results_does_not_read_first_any_more(how: str) -> None:
    session = reviewed()
    review = session.review
    if how == "decision":
        review = review.accepted(1, "Ada", NOON)
    elif how == "recorded":
        review = replace(review, first_reading=FirstReading((), "Ada", NOON, recorded=True))
    signatures = (Signature(1, "Ada", NOON),) if how == "signature" else ()
    opened = replace(session, review=review, signatures=signatures)
    assert not Desk(opened, read_first=how != "setting").document.is_hidden


def test_that_a_first_reading_that_was_begun_is_finished_whatever_the_settings_say() -> None:
    begun = replace(reviewed().review, first_reading=FirstReading((mark(),), "Ada", NOON))
    desk = Desk(Session(FILM.record, begun), read_first=False)
    assert desk.document.is_hidden
    desk.document.record_first_reading("record")
    assert not desk.document.is_hidden


def test_that_a_signed_review_hides_nothing() -> None:
    session = replace(reviewed(), locked=True, signatures=(Signature(1, "Ada", NOON),))
    assert not Desk(session, read_first=True).document.is_hidden


# -- Analyses ------------------------------------------------------------------------------------------------


def test_that_an_analysis_that_comes_while_the_film_is_read_by_hand_keeps_what_was_drawn() -> None:
    desk = Desk()
    document = desk.document
    document.set_analysing(True)
    document.edit("draw", drawn(document.review))
    document.select(1)
    document.grade(desk.vertebra(1), ReaderGrade.SEVERE, "grade")
    document.set_note(desk.vertebra(1), "seen", "note")
    own = desk.vertebra(1)
    document.take_analysis(analysis())
    assert document.review.vertebra(1) is own
    assert desk.key == 1
    assert [v.key for v in document.review.vertebrae] == [2, 3, 4, 5, 6, 1]
    assert not document.undo_stack.canUndo()
    assert desk.to_save[-1] is document.session


def test_that_a_new_analysis_unselects_what_it_does_away_with(desk: Desk) -> None:
    document = desk.document
    document.select(2)
    document.take_analysis(analysis())
    assert desk.key is None
    assert [v.key for v in document.review.vertebrae] == [6, 7, 8, 9, 10]
    assert document.session.shown == frozenset()


def test_that_heights_follow_the_points(desk: Desk) -> None:
    document = desk.document
    before = document.measured
    assert document.measured is before  # measured once for each review
    document.replace(moved_point(desk.vertebra(1), 0, (160.0, 90.0)), "point")
    assert document.measured[1].heights_px.anterior < before[1].heights_px.anterior
    document.undo_stack.undo()
    assert document.measured[1].heights_px == before[1].heights_px


# -- Turning -------------------------------------------------------------------------------------------------


def test_that_turning_the_film_is_saved_and_undone_and_no_edit_of_the_review(desk: Desk) -> None:
    document, stack = desk.document, desk.document.undo_stack
    review = document.review
    document.orient(Orientation(1), "turn")
    document.orient(Orientation(1), "turn")  # it is that already
    document.orient(Orientation(1, True), "mirror")
    assert [session.orientation for session in desk.to_save] == [Orientation(1), Orientation(1, True)]
    assert (stack.count(), stack.undoText()) == (2, "mirror")
    stack.undo()
    assert (stack.undoText(), stack.redoText()) == ("turn", "mirror")
    stack.undo()
    stack.redo()
    turns = [session.orientation for session in desk.to_save[2:]]
    assert turns == [Orientation(1), Orientation(), Orientation(1)]
    assert desk.to_save[-1] is document.session
    assert document.review is review
    assert document.session.trail == ()
    assert desk.selections == []


def test_that_edits_and_turns_are_undone_in_the_order_in_which_they_were_made(desk: Desk) -> None:
    document, stack = desk.document, desk.document.undo_stack
    document.orient(Orientation(1), "turn")
    document.accept(desk.vertebra(1), "accept")
    document.orient(Orientation(2), "turn")
    seen = []
    while stack.canUndo():
        stack.undo()
        seen.append((document.session.orientation.quarter_turns, desk.vertebra(1).decision is not None))
    assert seen == [(1, True), (1, False), (0, False)]
    assert [entry.action for entry in document.session.trail] == ["accept", "undo: accept"]


def test_that_a_turn_is_clean_when_it_is_saved_and_not_before(desk: Desk) -> None:
    document, stack = desk.document, desk.document.undo_stack
    document.orient(Orientation(1), "turn")
    assert not stack.isClean()
    first = document.session
    document.take_saved(first)
    assert stack.isClean()
    stack.undo()
    assert not stack.isClean()
    document.take_saved(first)  # late: the film is turned back by now
    assert not stack.isClean()
    document.take_saved(document.session)
    assert stack.isClean()


def test_that_the_window_hears_of_a_turn_when_it_can_be_undone(desk: Desk) -> None:
    document = desk.document
    for act in (
        lambda: document.orient(Orientation(3), "turn"),
        document.undo_stack.undo,
        document.undo_stack.redo,
    ):
        desk.at_changed.clear()
        act()
        assert desk.at_changed[-1] == desk.seen()


def test_that_an_analysis_leaves_the_film_turned_as_it_is(desk: Desk) -> None:
    desk.document.orient(Orientation(1, True), "turn")
    desk.document.take_analysis(analysis())
    assert desk.document.session.orientation == Orientation(1, True)
    assert not desk.document.undo_stack.canUndo()
