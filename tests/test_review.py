"""Reviews: a rule-based machine against a plain dictionary, and every part of a review on its own."""

from __future__ import annotations

import cmath
import copy
import math
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from numpy.typing import NDArray

from vcf_desktop.geometry import Heights, six_points
from vcf_desktop.grading import morphometry
from vcf_desktop.review import (
    Cause,
    FirstReading,
    Mark,
    Measure,
    MeasureKind,
    ReaderGrade,
    Review,
    Vertebra,
    level_above,
    level_below,
    likely_level,
    moved_contour,
    moved_point,
)
from vcf_desktop.spine import (
    Analysis,
    Deformity,
    Grade,
    ModelRecord,
    Ratios,
    VertebraFinding,
    VertebraLevel,
)
from vcf_desktop.trail import (
    Change,
    changes,
)

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
LADDER = [
    *("C7", "T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "T10", "T11", "T12"),
    *("L1", "L2", "L3", "L4", "L5", "S1"),
]
"""What one counts through in most people."""


def box_points(left: float, top: float, right: float, bottom: float) -> NDArray[np.float64]:
    """Six points of a rectangle whose front is on the left."""
    xs = (left, (left + right) / 2, right)
    return np.array([(x, top) for x in xs] + [(x, bottom) for x in xs])


def outline(left: float, top: float, right: float, bottom: float, per_side: int = 24) -> NDArray[np.float64]:
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    parts = np.arange(per_side)[:, None] / per_side
    sides = [a + parts * (b - a) for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True)]
    return np.concatenate(sides)


def finding(level: str = "L1", top: float = 100.0, grade: int = 0, **fields: Any) -> VertebraFinding:
    """A vertebra of 60 by 40 px."""
    box = (200.0, top, 260.0, top + 40.0)
    made = VertebraFinding(
        level=VertebraLevel[level],
        level_confidence=0.9,
        box_xyxy=np.array(box),
        score=0.8,
        contour_xy=outline(*box),
        points_xy=box_points(*box),
        heights_px=Heights(40.0, 40.0, 40.0),
        heights_mm=None,
        ratios=Ratios(1.0, 1.0, None),
        grade=Grade(grade),
        grade_probabilities=np.eye(4)[grade],
        morphometric_grade=Grade.NON,
        deformity=Deformity.NONE,
    )
    return replace(made, **fields)


def analysis(*findings: VertebraFinding) -> Analysis:
    models = (ModelRecord("detector", "1.2", "c" * 64, "onnx", "cpu"),)
    return Analysis("a" * 64, findings, models, NOON, {"total": 0.5})


def spine(*levels: str) -> Review:
    """A review of vertebrae 50 px apart with these names, keys 1, 2, … top to bottom."""
    return Review().with_analysis(
        analysis(*(finding(level, top=50.0 * place) for place, level in enumerate(levels)))
    )


def names(review: Review) -> list[str]:
    return [vertebra.level.label for vertebra in review.vertebrae]


# -- The machine ---------------------------------------------------------------------------------------------


def above(name: str) -> str | None:
    """The name one up, by looking it up in the ladder; None above its end."""
    beside = {"T13": "T12", "L6": "L5"}
    if name in beside:
        return beside[name]
    place = LADDER.index(name)
    return LADDER[place - 1] if place else None


def below(name: str) -> str | None:
    beside = {"T13": "L1", "L6": "S1"}
    if name in beside:
        return beside[name]
    place = LADDER.index(name) + 1
    return LADDER[place] if place < len(LADDER) else None


def plain(review: Review) -> dict[str, Any]:
    """A review in words and numbers only."""
    return {
        "vertebrae": {
            v.key: {
                "y": (v.box_xyxy[1] + v.box_xyxy[3]) / 2,
                "level": v.level.name,
                "machine": None if v.machine is None else int(v.machine.grade),
                "added": v.added,
                "decision": v.decision
                and (
                    v.decision.verdict.value,
                    v.decision.grade and v.decision.grade.value,
                    v.decision.reader,
                    v.decision.at,
                ),
                "type": v.deformity and v.deformity.value,
                "cause": v.cause and v.cause.value,
                "note": v.note,
                "points": v.points_xy.tolist(),
            }
            for v in review.vertebrae
        },
        "order": [v.key for v in review.vertebrae],
        "measures": [(m.kind.value, m.points_xy.tolist()) for m in review.measures],
        "next_key": review.next_key,
    }


levels = st.sampled_from([level.name for level in VertebraLevel])
spots = st.tuples(st.integers(0, 500), st.integers(0, 900))


class ReviewMachine(RuleBasedStateMachine):
    """A review with undo and redo as the window has them: a list of values and a place in it."""

    def __init__(self) -> None:
        super().__init__()
        self.history: list[tuple[Review, dict[str, Any]]] = []
        self.place = 0
        self.clock = NOON

    @property
    def review(self) -> Review:
        return self.history[self.place][0]

    @property
    def model(self) -> dict[str, Any]:
        return self.history[self.place][1]

    def has_vertebrae(self) -> bool:
        return bool(self.history and self.model["vertebrae"])

    def now(self) -> datetime:
        self.clock += timedelta(seconds=1)
        return self.clock

    def any_key(self, number: int) -> int:
        keys = sorted(self.model["vertebrae"])
        return int(keys[number % len(keys)])

    def applied(self, review: Review, model: dict[str, Any]) -> None:
        order = sorted(model["vertebrae"], key=lambda key: (model["vertebrae"][key]["y"], key))
        del self.history[self.place + 1 :]
        self.history.append((review, {**model, "order": order}))
        self.place = len(self.history) - 1

    def one_changed(self, review: Review, key: int, **entries: Any) -> None:
        model = copy.deepcopy(self.model)
        model["vertebrae"][key].update(entries)
        self.applied(review, model)

    @initialize(found=st.lists(st.tuples(levels, st.integers(0, 3)), max_size=5))
    def analysed(self, found: list[tuple[str, int]]) -> None:
        findings = [finding(level, 50.0 * i, grade) for i, (level, grade) in enumerate(found)]
        model: dict[str, Any] = {"vertebrae": {}, "measures": [], "next_key": 1}
        for each in findings:
            self.new_vertebra(model, each.level.name, each.box_xyxy.tolist(), machine=int(each.grade))
        self.history = []
        self.place = -1
        self.applied(Review().with_analysis(analysis(*findings)), model)

    def new_vertebra(self, model: dict[str, Any], level: str, box: list[float], **entries: Any) -> None:
        model["vertebrae"][model["next_key"]] = {
            "y": (box[1] + box[3]) / 2,
            "level": level,
            "machine": None,
            "added": False,
            "decision": None,
            "type": None,
            "cause": None,
            "note": "",
            "points": box_points(*box).tolist(),
            **entries,
        }
        model["next_key"] += 1

    @precondition(has_vertebrae)
    @rule(number=st.integers(0, 20), reader=st.sampled_from(["Ada", "Ben"]))
    def accept(self, number: int, reader: str) -> None:
        key, at = self.any_key(number), self.now()
        grade = self.model["vertebrae"][key]["machine"]
        if grade is None:
            with pytest.raises(ValueError, match="no grade of the machine"):
                self.review.accepted(key, reader, at)
        else:
            decision = ("accepted", str(grade), reader, at)
            self.one_changed(self.review.accepted(key, reader, at), key, decision=decision)

    @precondition(has_vertebrae)
    @rule(number=st.integers(0, 20), grade=st.sampled_from(ReaderGrade))
    def grade(self, number: int, grade: ReaderGrade) -> None:
        key, at = self.any_key(number), self.now()
        review = self.review.graded(key, grade, "Ada", at)
        self.one_changed(review, key, decision=("overridden", grade.value, "Ada", at))

    @precondition(has_vertebrae)
    @rule(number=st.integers(0, 20))
    def reject(self, number: int) -> None:
        key, at = self.any_key(number), self.now()
        review = self.review.rejected(key, "Ben", at)
        self.one_changed(review, key, decision=("rejected", None, "Ben", at))

    @precondition(has_vertebrae)
    @rule(number=st.integers(0, 20), level=levels)
    def rename(self, number: int, level: str) -> None:
        key = self.any_key(number)
        self.one_changed(self.review.renamed(key, VertebraLevel[level]), key, level=level)

    @precondition(has_vertebrae)
    @rule(number=st.integers(0, 20), level=levels)
    def follow_above(self, number: int, level: str) -> None:
        key = self.any_key(number)
        model = copy.deepcopy(self.model)
        model["vertebrae"][key]["level"] = level
        name: str | None = level
        place = self.model["order"].index(key)
        for other in self.model["order"][:place][::-1]:
            decision = model["vertebrae"][other]["decision"]
            if name is not None and (decision is None or decision[0] != "rejected"):
                name = model["vertebrae"][other]["level"] = above(name)
        if name is None:
            with pytest.raises(ValueError, match="no name beyond C7"):
                self.review.renamed(key, VertebraLevel[level], follow_above=True)
        else:
            self.applied(self.review.renamed(key, VertebraLevel[level], follow_above=True), model)

    @precondition(has_vertebrae)
    @rule(steps=st.sampled_from([-1, 1]))
    def shift(self, steps: int) -> None:
        model = copy.deepcopy(self.model)
        for entry in model["vertebrae"].values():
            if entry["decision"] is None or entry["decision"][0] != "rejected":
                entry["level"] = above(entry["level"]) if steps < 0 else below(entry["level"])
        if None in [entry["level"] for entry in model["vertebrae"].values()]:
            with pytest.raises(ValueError, match=r"no name beyond (C7|S1)"):
                self.review.shifted(steps)
        else:
            self.applied(self.review.shifted(steps), model)

    @rule(spot=spots, level=levels, left=st.booleans())
    def add_drawn(self, spot: tuple[int, int], level: str, left: bool) -> None:
        box = [spot[0], spot[1], spot[0] + 50.0, spot[1] + 30.0]
        model = copy.deepcopy(self.model)
        points = box_points(*box).tolist()
        if not left:
            points = [*points[2::-1], *points[:2:-1]]
        self.new_vertebra(model, level, box, points=points, added=True)
        self.applied(self.review.with_drawn(box, VertebraLevel[level], anterior_is_left=left), model)

    @rule(top=st.integers(0, 900), level=levels, grade=st.integers(0, 3))
    def add_examined(self, top: int, level: str, grade: int) -> None:
        examined = finding(level, top, grade)
        model = copy.deepcopy(self.model)
        self.new_vertebra(model, level, examined.box_xyxy.tolist(), machine=grade, added=True)
        self.applied(self.review.with_added(examined), model)

    @precondition(has_vertebrae)
    @rule(number=st.integers(0, 20), index=st.integers(0, 5), spot=spots)
    def move_point(self, number: int, index: int, spot: tuple[int, int]) -> None:
        key = self.any_key(number)
        points = copy.deepcopy(self.model["vertebrae"][key]["points"])
        points[index] = list(spot)
        review = self.review.with_vertebra(moved_point(self.review.vertebra(key), index, spot))
        self.one_changed(review, key, points=points)

    @precondition(has_vertebrae)
    @rule(
        number=st.integers(0, 20),
        edit=st.one_of(
            st.tuples(st.just("note"), st.text(max_size=5)),
            st.tuples(st.just("cause"), st.none() | st.sampled_from(Cause)),
            st.tuples(st.just("type"), st.none() | st.sampled_from(Deformity)),
        ),
    )
    def write(self, number: int, edit: tuple[str, Any]) -> None:
        key = self.any_key(number)
        what, value = edit
        field = {"type": "deformity"}.get(what, what)
        review = self.review.with_vertebra(replace(self.review.vertebra(key), **{field: value}))
        self.one_changed(review, key, **{what: value if value is None else str(value)})

    @rule(spot=spots)
    def measure(self, spot: tuple[int, int]) -> None:
        drawn = Measure(MeasureKind.LENGTH, np.array([spot, (3, 4)], np.float64))
        model = copy.deepcopy(self.model)
        model["measures"].append(("length", [[*spot], [3, 4]]))
        self.applied(replace(self.review, measures=(*self.review.measures, drawn)), model)

    @rule()
    def undo(self) -> None:
        self.place = max(self.place - 1, 0)

    @rule()
    def redo(self) -> None:
        self.place = min(self.place + 1, len(self.history) - 1)

    @rule()
    def refuse_unknown_keys(self) -> None:
        unknown: list[Callable[[], object]] = [
            lambda: self.review.vertebra(999),
            lambda: self.review.accepted(999, "Ada", NOON),
            lambda: self.review.graded(999, ReaderGrade.MILD, "Ada", NOON),
            lambda: self.review.rejected(999, "Ada", NOON),
            lambda: self.review.renamed(999, VertebraLevel.L1),
            lambda: self.review.renamed(999, VertebraLevel.L1, follow_above=True),
        ]
        assert 999 not in self.review
        for act in unknown:
            with pytest.raises(KeyError):
                act()

    @invariant()
    def agrees_with_the_dictionary(self) -> None:
        if not self.history:
            return
        assert plain(self.review) == self.model
        entries = [(key, self.model["vertebrae"][key]) for key in self.model["order"]]
        rejected = [key for key, entry in entries if (entry["decision"] or [""])[0] == "rejected"]
        present = [entry["level"] for key, entry in entries if key not in rejected]
        assert all(key in self.review for key, _ in entries)
        assert [v.key for v in self.review.undecided] == [k for k, entry in entries if not entry["decision"]]
        assert [v.key for v in self.review.present] == [key for key, _ in entries if key not in rejected]
        assert {level.name for level in self.review.repeated_levels} == {
            level for level in present if present.count(level) > 1
        }

    def teardown(self) -> None:
        """No edit has changed a value that is still needed for undo."""
        for review, model in self.history:
            assert plain(review) == model


ReviewMachine.TestCase.settings = settings(max_examples=100, stateful_step_count=40)
TestReviewMachine = ReviewMachine.TestCase


# -- Names ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", [level.name for level in VertebraLevel])
def test_that_the_next_names_are_those_of_the_ladder(level: str) -> None:
    for step, expected in ((level_above, above(level)), (level_below, below(level))):
        if expected is None:
            with pytest.raises(ValueError, match=f"no name beyond {level}"):
                step(VertebraLevel[level])
        else:
            assert step(VertebraLevel[level]).label == expected


def test_that_names_above_a_renamed_vertebra_follow_and_those_below_stay() -> None:
    review = spine("T11", "T12", "L1", "L2", "L3").renamed(4, VertebraLevel.L3, follow_above=True)
    assert names(review) == ["T12", "L1", "L2", "L3", "L3"]
    assert review.repeated_levels == (VertebraLevel.L3,)


def test_that_names_that_follow_close_the_gaps_above() -> None:
    review = spine("T3", "T12", "L4").renamed(3, VertebraLevel.L1, follow_above=True)
    assert names(review) == ["T11", "T12", "L1"]


def test_that_a_thirteenth_thoracic_vertebra_is_counted_through() -> None:
    review = spine("T10", "T11", "T12", "L1").renamed(3, VertebraLevel.T13, follow_above=True)
    assert names(review) == ["T11", "T12", "T13", "L1"]
    review = spine("L3", "L4", "L5", "S1").renamed(3, VertebraLevel.L6, follow_above=True)
    assert names(review) == ["L4", "L5", "L6", "S1"]


def test_that_rejected_vertebrae_are_passed_over_when_names_follow() -> None:
    review = spine("T11", "T12", "L1", "L2").rejected(3, "Ada", NOON)
    assert names(review.renamed(4, VertebraLevel.L1, follow_above=True)) == ["T11", "T12", "L1", "L1"]
    assert review.renamed(4, VertebraLevel.L1, follow_above=True).repeated_levels == ()


def test_that_shifting_moves_every_name_by_one_place_and_keeps_the_gaps() -> None:
    review = spine("T9", "T12", "L1", "L4")
    assert names(review.shifted(1)) == ["T10", "L1", "L2", "L5"]
    assert names(review.shifted(-1)) == ["T8", "T11", "T12", "L3"]
    assert names(review.shifted(1).shifted(-1)) == names(review)


def test_that_shifting_by_more_places_is_shifting_often_and_by_none_changes_nothing() -> None:
    review = spine("T9", "T12", "L1")
    assert names(review.shifted(0)) == names(review)
    assert names(review.shifted(3)) == names(review.shifted(1).shifted(1).shifted(1))
    assert names(review.shifted(-2)) == names(review.shifted(-1).shifted(-1))


@pytest.mark.parametrize(("level", "steps"), [("C7", -1), ("S1", 1)])
def test_that_nothing_is_shifted_beyond_the_last_name(level: str, steps: int) -> None:
    with pytest.raises(ValueError, match=f"no name beyond {level}"):
        spine("C7", "L2", "S1").shifted(steps)


def test_that_a_rejected_vertebra_hinders_no_shift() -> None:
    review = spine("C7", "T2", "T3").rejected(1, "Ada", NOON)
    assert names(review.shifted(-1)) == ["C7", "T1", "T2"]


@given(st.data())
def test_that_renaming_and_shifting_never_change_a_decision(data: st.DataObject) -> None:
    review = spine(*data.draw(st.lists(levels, min_size=1, max_size=6)))
    for vertebra in review.vertebrae:
        grade = data.draw(st.none() | st.sampled_from(ReaderGrade))
        if grade is not None:
            review = review.graded(vertebra.key, grade, "Ada", NOON)
        elif data.draw(st.booleans()):
            review = review.rejected(vertebra.key, "Ada", NOON)
    level = VertebraLevel[data.draw(levels)]
    key = data.draw(st.sampled_from([vertebra.key for vertebra in review.vertebrae]))
    edits: list[Callable[[], Review]] = [
        lambda: review.renamed(key, level),
        lambda: review.renamed(key, level, follow_above=True),
        lambda: review.shifted(1),
        lambda: review.shifted(-1),
    ]
    for edit in edits:
        try:
            edited = edit()
        except ValueError:
            continue
        for old, new in zip(review.vertebrae, edited.vertebrae, strict=True):
            assert new.decision is old.decision
            assert new.machine is old.machine
            assert new.points_xy is old.points_xy


@pytest.mark.parametrize(
    ("present", "top", "expected"),
    [
        ([], 100, "T12"),
        (["T12", "L1", "L2"], 400, "L3"),
        (["T12", "L1", "L2"], -100, "T11"),
        (["T12", "L3"], 20, "L1"),
        (["T12", "L1"], 20, "L1"),
        (["T13", "L2"], 20, "L1"),
        (["L5", "S1"], 400, "S1"),
        (["C7", "T1"], -100, "C7"),
    ],
)
def test_that_a_new_box_gets_the_likely_name(present: list[str], top: int, expected: str) -> None:
    box = (200, top, 260, top + 40)
    assert likely_level(box, spine(*present).vertebrae).label == expected
    assert likely_level(box, iter(spine(*present).vertebrae)).label == expected


# -- Vertebrae that come and go ------------------------------------------------------------------------------


def test_that_an_analysis_keeps_the_vertebrae_that_the_reader_drew_before_it() -> None:
    drawn = Review().with_drawn((200, 130, 260, 170), VertebraLevel.L2, anterior_is_left=True)
    drawn = drawn.graded(1, ReaderGrade.SEVERE, "Ada", NOON)
    review = drawn.with_analysis(analysis(finding("L1", 80), finding("L3", 190)))
    assert [(v.key, v.level.label, v.added) for v in review.vertebrae] == [
        (2, "L1", False),
        (1, "L2", True),
        (3, "L3", False),
    ]
    assert review.vertebra(1) is drawn.vertebra(1)
    assert [v.key for v in review.undecided] == [2, 3]


def test_that_a_repeated_analysis_takes_the_place_of_the_first_one() -> None:
    first = analysis(finding("L1", 80), finding("L2", 130))
    second = analysis(finding("L1", 81), finding("L2", 131), finding("L3", 181))
    review = Review().with_analysis(first).with_added(finding("T12", 30))
    review = review.graded(1, ReaderGrade.MILD, "Ada", NOON).graded(3, ReaderGrade.MILD, "Ada", NOON)
    again = review.with_analysis(second)
    assert again.analysis is second
    assert names(again) == ["T12", "L1", "L2", "L3"]
    assert again.vertebra(3) is review.vertebra(3)
    assert [v.machine for v in again.vertebrae[1:]] == list(second.findings)
    assert all(v.decision is None for v in again.vertebrae[1:])
    # Keys are for life: those of the first analysis are never given to another vertebra.
    assert [v.key for v in again.vertebrae] == [3, 4, 5, 6]


def test_that_the_machine_is_never_edited() -> None:
    found = finding("L1", 100, grade=2)
    given_points, given_contour = found.points_xy.copy(), found.contour_xy.copy()
    review = Review().with_analysis(analysis(found))
    vertebra = moved_contour(moved_point(review.vertebra(1), 0, (0, 0)), 3, (210, 90), 1.0)
    review = review.with_vertebra(vertebra).renamed(1, VertebraLevel.T5)
    assert review.vertebra(1).machine is found
    np.testing.assert_array_equal(found.points_xy, given_points)
    np.testing.assert_array_equal(found.contour_xy, given_contour)


@pytest.mark.parametrize("left", [True, False])
def test_that_a_drawn_box_becomes_outline_and_points(left: bool) -> None:
    review = Review().with_drawn([10, 20, 50, 40], VertebraLevel.T7, anterior_is_left=left)
    (vertebra,) = review.vertebrae
    front, back = (10, 50) if left else (50, 10)
    assert vertebra.points_xy.tolist() == [
        *([front, 20], [30, 20], [back, 20]),
        *([front, 40], [30, 40], [back, 40]),
    ]
    assert sorted(vertebra.contour_xy.tolist()) == [[10, 20], [10, 40], [50, 20], [50, 40]]
    assert (vertebra.machine, vertebra.added, vertebra.grade) == (None, True, None)
    assert review.measured(1.0)[1].heights_px == Heights(20.0, 20.0, 20.0)


def test_that_the_readers_six_choices_include_genants_four() -> None:
    assert [ReaderGrade.of(grade).value for grade in Grade] == ["0", "1", "2", "3"]
    assert {"0.5", "not evaluable"} == set(ReaderGrade) - {ReaderGrade.of(grade) for grade in Grade}


# -- Heights by the reader's points -------------------------------------------------------------------------


@given(
    st.lists(
        st.tuples(levels, st.lists(st.integers(1, 60), min_size=3, max_size=3), st.booleans()), max_size=8
    ),
    st.sampled_from([1.0, 0.5, 1.37]),
)
def test_that_measured_grades_are_those_of_the_present_vertebrae(
    vertebrae: list[tuple[str, list[int], bool]], row_to_column: float
) -> None:
    review = Review()
    for key, (level, heights, rejected) in enumerate(vertebrae, start=1):
        top = 100 * key
        review = review.with_drawn((0, top, 50, top + 50), VertebraLevel[level], anterior_is_left=True)
        points = np.array([(x, top) for x in (0, 25, 50)] + [(x, top) for x in (3, 25, 47)], np.float64)
        points[3:, 1] += heights
        review = review.with_vertebra(replace(review.vertebra(key), points_xy=points))
        if rejected:
            review = review.rejected(key, "Ada", NOON)
    kept = [(key, v) for key, v in enumerate(vertebrae, start=1) if not v[2]]
    expected_heights = [
        Heights(*(math.hypot(dx, h * row_to_column) for dx, h in zip((3, 0, 3), heights, strict=True)))
        for _, (_, heights, _) in kept
    ]
    expected = morphometry([VertebraLevel[level] for _, (level, _, _) in kept], expected_heights)

    measured = review.measured(row_to_column)
    assert list(measured) == [key for key, _ in kept]
    for result, heights_px, shape in zip(measured.values(), expected_heights, expected, strict=True):
        assert result.heights_px.anterior == pytest.approx(heights_px.anterior)
        assert result.heights_px.middle == pytest.approx(heights_px.middle)
        assert result.heights_px.posterior == pytest.approx(heights_px.posterior)
        assert result.morphometry.loss == pytest.approx(shape.loss)
        assert result.morphometry.ratios.crush == pytest.approx(shape.ratios.crush)
        assert (result.morphometry.grade, result.morphometry.deformity) == (shape.grade, shape.deformity)


def test_that_a_rejected_vertebra_is_no_neighbour_any_more() -> None:
    review = spine("T11", "T12", "L1")
    flat = box_points(200, 50, 260, 60)
    review = review.with_vertebra(replace(review.vertebra(2), points_xy=flat))
    # Mean posterior heights of T11, T12 and L1 (Panjabi et al.) are 21.3, 22.7 and 23.8 mm.
    expected = (10 * 21.3 / 22.7 + 40 * 21.3 / 23.8) / 2
    assert review.measured(1.0)[1].morphometry.ratios.crush == pytest.approx(40 / expected)
    without = review.rejected(2, "Ada", NOON).measured(1.0)
    assert list(without) == [1, 3]
    assert without[1].morphometry.ratios.crush == pytest.approx(23.8 / 21.3)


def test_that_another_name_is_measured_against_another_norm() -> None:
    review = spine("T8")
    # The front keeps 76 %: little at T8, and very little at L5.
    review = review.with_vertebra(moved_point(review.vertebra(1), 0, (200.0, 9.5)))
    losses = {
        level: review.renamed(1, VertebraLevel[level]).measured(1.0)[1].morphometry.loss
        for level in ("T8", "L5")
    }
    assert losses["T8"] == pytest.approx(1 - 0.7625 / 0.925)
    assert losses["L5"] == pytest.approx(1 - 0.7625 / 1.16)


@pytest.mark.parametrize("column", [0, 2])
def test_that_points_that_leave_no_height_are_left_out_and_hinder_nobody(column: int) -> None:
    review = spine("T12", "L1", "L2")
    vertebra = review.vertebra(2)
    review = review.with_vertebra(moved_point(vertebra, column, vertebra.points_xy[column + 3]))
    assert list(review.measured(1.0)) == [1, 3]


def test_that_a_middle_without_height_is_a_total_loss() -> None:
    review = spine("L1")
    vertebra = review.vertebra(1)
    review = review.with_vertebra(moved_point(vertebra, 1, vertebra.points_xy[4]))
    result = review.measured(1.0)[1].morphometry
    assert (result.loss, result.grade, result.deformity) == (1.0, Grade.SEVERE, Deformity.BICONCAVE)


# -- Outlines ------------------------------------------------------------------------------------------------


POINTS_ATOL = 1e-6


def vertebra_of(contour_xy: NDArray[np.float64], points_xy: NDArray[np.float64]) -> Vertebra:
    return replace(spine("L1").vertebra(1), contour_xy=contour_xy, points_xy=points_xy)


def points_of(contour_xy: NDArray[np.float64], points_xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """The six points of an outline of a body that lies as these points say."""
    superior = points_xy[:3].mean(axis=0) - points_xy[3:].mean(axis=0)
    anterior = points_xy[[0, 3]].mean(axis=0) - points_xy[[2, 5]].mean(axis=0)
    return six_points(contour_xy, superior, anterior)


def test_that_a_moved_point_moves_alone() -> None:
    before = spine("L1").vertebra(1)
    after = moved_point(before, 4, (7.0, 8.0))
    assert after.points_xy[4].tolist() == [7.0, 8.0]
    others = [0, 1, 2, 3, 5]
    np.testing.assert_array_equal(after.points_xy[others], before.points_xy[others])
    assert after.contour_xy is before.contour_xy
    assert before.points_xy[4].tolist() != [7.0, 8.0]


@given(st.integers(0, 95), st.floats(-15, 15), st.floats(-15, 15))
def test_that_a_pulled_outline_follows_near_the_point_and_stays_far_from_it(
    index: int, dx: float, dy: float
) -> None:
    before = spine("L1").vertebra(1)
    target = before.contour_xy[index] + (dx, dy)
    after = moved_contour(before, index, target, 1.0)
    np.testing.assert_allclose(after.contour_xy[index], target, atol=1e-9)
    distances = np.array([min((i - index) % 96, (index - i) % 96) for i in range(96)])
    moved = np.linalg.norm(after.contour_xy - before.contour_xy, axis=1)
    np.testing.assert_allclose(
        after.contour_xy[distances > 30], before.contour_xy[distances > 30], atol=1e-20
    )
    assert moved[distances > 12].max() <= 0.001 * math.hypot(dx, dy)
    # Nearer points follow more.
    order = np.argsort(distances, kind="stable")
    assert np.all(np.diff(moved[order]) <= 1e-9)


def test_that_pulling_an_endplate_in_lowers_the_middle_and_leaves_the_corners() -> None:
    box = (0.0, 0.0, 60.0, 40.0)
    before = vertebra_of(outline(*box), box_points(*box))
    after = moved_contour(before, 12, (30.0, 12.0), 1.0)
    assert before.contour_xy[12].tolist() == [30.0, 0.0]
    np.testing.assert_allclose(after.points_xy[1], [30.0, 12.0], atol=0.5)
    others = [0, 2, 3, 4, 5]
    np.testing.assert_allclose(after.points_xy[others], before.points_xy[others], atol=1.0)


@pytest.mark.parametrize("anterior_is_left", [True, False])
def test_that_a_corner_pulled_out_is_found(anterior_is_left: bool) -> None:
    points = box_points(0.0, 0.0, 60.0, 40.0)
    front_top, back_top = (0, 2) if anterior_is_left else (2, 0)
    if not anterior_is_left:
        points = points[[2, 1, 0, 5, 4, 3]]
    before = vertebra_of(outline(0.0, 0.0, 60.0, 40.0), points)
    after = moved_contour(before, 0, (-6.0, -6.0), 1.0)
    # A corner is averaged over a small part of the outline, so a sharp one lies a little inside.
    assert math.dist(after.points_xy[front_top], (-6.0, -6.0)) < 2.5
    np.testing.assert_allclose(after.points_xy[back_top], (60.0, 0.0), atol=1.0)


def test_that_a_corner_of_a_drawn_box_moves_alone() -> None:
    (drawn,) = Review().with_drawn((0, 0, 60, 40), VertebraLevel.L1, anterior_is_left=True).vertebrae
    after = moved_contour(drawn, 0, (0.0, 12.0), 1.0)
    np.testing.assert_allclose(after.contour_xy, [(0, 12), (60, 0), (60, 40), (0, 40)], atol=1e-9)
    np.testing.assert_allclose(after.points_xy[[0, 2, 3, 5]], after.contour_xy[[0, 1, 3, 2]], atol=1.5)
    np.testing.assert_allclose(after.points_xy[[1, 4]], [(30, 6), (30, 40)], atol=1.0)


@given(st.integers(0, 95), st.floats(-10, 10), st.floats(-10, 10), st.sampled_from([0.5, 0.8, 1.6]))
def test_that_the_outline_of_pixels_that_are_no_squares_gives_the_same_points(
    index: int, dx: float, dy: float, row_to_column: float
) -> None:
    squeeze = np.array([1.0, 1.0 / row_to_column])
    square = spine("L1").vertebra(1)
    squeezed = vertebra_of(square.contour_xy * squeeze, square.points_xy * squeeze)
    target = square.contour_xy[index] + (dx, dy)
    one = moved_contour(square, index, target, 1.0)
    other = moved_contour(squeezed, index, target * squeeze, row_to_column)
    np.testing.assert_allclose(other.contour_xy, one.contour_xy * squeeze, atol=1e-9)
    np.testing.assert_allclose(other.points_xy, one.points_xy * squeeze, atol=1e-3)


@given(st.integers(0, 95), st.floats(-50, 50), st.floats(-50, 50))
def test_that_no_pull_within_reach_of_the_body_is_refused(index: int, dx: float, dy: float) -> None:
    contour = outline(200.0, 0.0, 260.0, 40.0)
    before = vertebra_of(contour, points_of(contour, box_points(200.0, 0.0, 260.0, 40.0)))
    after = moved_contour(before, index, contour[index] + (dx, dy), 1.0)
    # Points that were those of the outline are those of the new one.
    np.testing.assert_allclose(
        after.points_xy, points_of(after.contour_xy, before.points_xy), atol=POINTS_ATOL
    )
    left, top = after.contour_xy.min(axis=0) - POINTS_ATOL
    right, bottom = after.contour_xy.max(axis=0) + POINTS_ATOL
    assert np.all((after.points_xy >= (left, top)) & (after.points_xy <= (right, bottom)))


@given(
    st.integers(0, 95),
    st.tuples(st.floats(-15, 15), st.floats(-15, 15)),
    arrays(np.float64, (6, 2), elements=st.floats(-6, 6)),
)
def test_that_points_placed_by_hand_move_as_those_of_the_outline_do(
    index: int, pull: tuple[float, float], by_hand: NDArray[np.float64]
) -> None:
    contour = outline(200.0, 0.0, 260.0, 40.0)
    placed = box_points(200.0, 0.0, 260.0, 40.0) + by_hand
    after = moved_contour(vertebra_of(contour, placed), index, contour[index] + pull, 1.0)
    way = points_of(after.contour_xy, placed) - points_of(contour, placed)
    np.testing.assert_allclose(after.points_xy, placed + way, atol=1e-9)


def test_that_a_point_placed_by_hand_stays_when_the_outline_is_pulled_elsewhere() -> None:
    box = (0.0, 0.0, 60.0, 40.0)
    for point, place in ((4, (33.0, 34.0)), (5, (56.0, 36.0))):
        before = moved_point(vertebra_of(outline(*box), box_points(*box)), point, place)
        after = moved_contour(before, 12, (30.0, 12.0), 1.0)
        np.testing.assert_allclose(after.points_xy[point], place, atol=0.1)
        np.testing.assert_allclose(after.points_xy[1] - before.points_xy[1], (0.0, 12.0), atol=0.5)
    # Pulled where it is, it goes along.
    before = moved_point(vertebra_of(outline(*box), box_points(*box)), 4, (33.0, 34.0))
    after = moved_contour(before, 60, (30.0, 30.0), 1.0)
    np.testing.assert_allclose(after.points_xy[4], (33.0, 24.0), atol=0.5)


def test_that_an_outline_without_endplates_leaves_the_points() -> None:
    line = np.column_stack([np.linspace(0, 60, 20), np.zeros(20)])
    before = vertebra_of(line, box_points(0, 0, 60, 40))
    after = moved_contour(before, 19, (80.0, 0.0), 1.0)
    assert after.contour_xy[19].tolist() == [80.0, 0.0]
    np.testing.assert_array_equal(after.points_xy, before.points_xy)
    one_spot = np.zeros((6, 2))
    after = moved_contour(vertebra_of(outline(0, 0, 60, 40), one_spot), 0, (-3.0, 0.0), 1.0)
    np.testing.assert_array_equal(after.points_xy, one_spot)


# -- Measures ------------------------------------------------------------------------------------------------

degrees = st.floats(-180, 180)
lengths = st.floats(1, 1000)
row_to_columns = st.sampled_from([1.0, 0.5, 1.25, 3.0])


def on_film(points: list[complex], row_to_column: float) -> NDArray[np.float64]:
    """Points of a plane as pixels that are ``row_to_column`` times as high as wide."""
    return np.array([(point.real, point.imag / row_to_column) for point in points])


@given(degrees, degrees, lengths, lengths, row_to_columns)
def test_that_an_angle_is_the_one_it_was_drawn_with(
    one: float, other: float, length: float, width: float, row_to_column: float
) -> None:
    vertex = 120 + 80j
    ends = [vertex + cmath.rect(length, math.radians(one)), vertex + cmath.rect(width, math.radians(other))]
    drawn = Measure(MeasureKind.ANGLE, on_film([ends[0], vertex, ends[1]], row_to_column))
    turn = abs(one - other)
    assert drawn.angle_deg(row_to_column) == pytest.approx(min(turn, 360 - turn), abs=1e-6)


@given(degrees, degrees, lengths, lengths, row_to_columns)
def test_that_a_cobb_angle_is_the_acute_one_whichever_way_the_lines_were_drawn(
    one: float, other: float, length: float, width: float, row_to_column: float
) -> None:
    starts = [10 + 20j, 300 + 700j]
    ends = [
        starts[0] + cmath.rect(length, math.radians(one)),
        starts[1] + cmath.rect(width, math.radians(other)),
    ]
    drawn = [starts[0], ends[0], starts[1], ends[1]]
    turn = abs(one - other) % 180
    for points in (drawn, [ends[0], starts[0], *drawn[2:]], [*drawn[:2], ends[1], starts[1]]):
        measure = Measure(MeasureKind.COBB, on_film(points, row_to_column))
        assert measure.angle_deg(row_to_column) == pytest.approx(min(turn, 180 - turn), abs=1e-6)


@given(degrees, lengths, row_to_columns)
def test_that_a_length_is_in_columns(angle: float, length: float, row_to_column: float) -> None:
    ends = [50 + 60j, 50 + 60j + cmath.rect(length, math.radians(angle))]
    drawn = Measure(MeasureKind.LENGTH, on_film(ends, row_to_column))
    assert drawn.length_px(row_to_column) == pytest.approx(length)


def test_that_lines_without_length_have_no_angle() -> None:
    assert Measure(MeasureKind.ANGLE, np.zeros((3, 2))).angle_deg(1.0) == 0.0
    assert Measure(MeasureKind.COBB, np.zeros((4, 2))).angle_deg(1.0) == 0.0
    assert Measure(MeasureKind.LENGTH, np.zeros((2, 2))).length_px(1.0) == 0.0


# -- What changed --------------------------------------------------------------------------------------------

FULL = (
    spine("T12", "L1", "L2")
    .with_drawn((0, 300, 60, 340), VertebraLevel.L3, anterior_is_left=True)
    .accepted(1, "Ada", NOON)
)
BOX_WORDS = "200.0, 50.0; 230.0, 50.0; 260.0, 50.0; 200.0, 90.0; 230.0, 90.0; 260.0, 90.0"
MODEL_WORDS = "by detector 1.2 (cccccccccccc)"


def with_fields(key: int, **fields: Any) -> Review:
    return FULL.with_vertebra(replace(FULL.vertebra(key), **fields))


LENGTH = Measure(MeasureKind.LENGTH, np.array([[1.0, 2.0], [3.25, 4.0]]))
READING = FirstReading((Mark(10.4, 20.6, ReaderGrade.MILD),), "Ada", NOON)


@pytest.mark.parametrize(
    ("after", "change"),
    [
        (FULL.accepted(2, "Ada", NOON), Change("L1", "decision", "grade 0", "", "accepted: grade 0")),
        (
            FULL.graded(1, ReaderGrade.EQUIVOCAL, "Ada", NOON),
            Change("T12", "decision", "grade 0", "accepted: grade 0", "overridden: grade 0.5"),
        ),
        (
            FULL.graded(4, ReaderGrade.NOT_EVALUABLE, "Ada", NOON),
            Change("L3", "decision", "", "", "overridden: grade not evaluable"),
        ),
        (
            FULL.rejected(1, "Ada", NOON),
            Change("T12", "decision", "grade 0", "accepted: grade 0", "rejected"),
        ),
        (FULL.renamed(2, VertebraLevel.T13), Change("T13", "level", "L1", "L1", "T13")),
        (FULL.renamed(4, VertebraLevel.L6), Change("L6", "level", "", "L3", "L6")),
        (with_fields(2, deformity=Deformity.WEDGE), Change("L1", "type", "none", "", "wedge")),
        (with_fields(4, deformity=Deformity.CRUSH), Change("L3", "type", "", "", "crush")),
        (with_fields(2, cause=Cause.SCHEUERMANN), Change("L1", "cause", "", "", "Scheuermann")),
        (with_fields(2, note="old"), Change("L1", "note", "", "", "old")),
        (
            FULL.with_vertebra(moved_point(FULL.vertebra(2), 5, (262.25, 91))),
            Change("L1", "points", BOX_WORDS, BOX_WORDS, BOX_WORDS.replace("260.0, 90.0", "262.25, 91.0")),
        ),
        (
            with_fields(2, contour_xy=FULL.vertebra(2).contour_xy + 1),
            Change("L1", "outline", "", "", "redrawn"),
        ),
        (
            FULL.with_drawn((0, 400, 9, 409), VertebraLevel.L4, anterior_is_left=True),
            Change("L4", "vertebra", "", "", "added"),
        ),
        (FULL.with_added(finding("L4", 400, 2)), Change("L4", "vertebra", "grade 2", "", "added")),
        (
            replace(FULL, vertebrae=FULL.vertebrae[1:]),
            Change("T12", "vertebra", "grade 0", "there", "removed"),
        ),
        (replace(FULL, measures=(LENGTH,)), Change("", "measures", "", "", "length 1.0, 2.0; 3.25, 4.0")),
        (replace(FULL, first_reading=READING), Change("", "first reading", "", "", "grade 1 at 10, 21")),
        (
            replace(FULL, first_reading=replace(READING, recorded=True)),
            Change("", "first reading", "", "", "recorded: grade 1 at 10, 21"),
        ),
        (
            replace(FULL, first_reading=FirstReading((), "Ada", NOON)),
            Change("", "first reading", "", "", "no fracture"),
        ),
        (
            replace(FULL, analysis=analysis(*FULL.analysis.findings)) if FULL.analysis else FULL,
            Change("", "analysis", "", f"3 findings {MODEL_WORDS}", f"3 findings {MODEL_WORDS}"),
        ),
    ],
    ids=lambda value: value.what if isinstance(value, Change) else "",
)
def test_that_each_edit_is_reported_once_with_what_the_machine_said(after: Review, change: Change) -> None:
    assert changes(FULL, after) == (change,)
    (undone,) = changes(after, FULL)
    assert undone.what == change.what
    if change.what not in ("vertebra", "outline"):
        assert (undone.before, undone.after) == (change.after, change.before)


def test_that_an_arriving_analysis_is_reported_with_its_vertebrae() -> None:
    after = Review().with_analysis(analysis(finding("L1", 80, 1)))
    assert changes(Review(), after) == (
        Change("L1", "vertebra", "grade 1", "", "added"),
        Change("", "analysis", "", "", f"1 findings {MODEL_WORDS}"),
    )


def test_that_names_that_follow_are_each_reported() -> None:
    after = FULL.renamed(3, VertebraLevel.L3, follow_above=True)
    assert [(change.level, change.what, change.before) for change in changes(FULL, after)] == [
        ("L1", "level", "T12"),
        ("L2", "level", "L1"),
        ("L3", "level", "L2"),
    ]


def test_that_equal_reviews_differ_in_nothing() -> None:
    full = replace(FULL, measures=(LENGTH,), first_reading=READING)
    assert changes(full, full) == ()
    rebuilt = replace(
        full,
        vertebrae=tuple(
            replace(v, contour_xy=v.contour_xy.copy(), points_xy=v.points_xy.copy()) for v in full.vertebrae
        ),
        measures=(Measure(LENGTH.kind, LENGTH.points_xy.copy()),),
        first_reading=replace(READING),
    )
    assert changes(full, rebuilt) == ()


def test_that_the_smallest_move_that_is_saved_is_reported() -> None:
    vertebra = FULL.vertebra(2)
    after = FULL.with_vertebra(moved_point(vertebra, 0, vertebra.points_xy[0] + (0.001, 0)))
    (change,) = changes(FULL, after)
    assert change.after.startswith("200.001, 50.0; ")
