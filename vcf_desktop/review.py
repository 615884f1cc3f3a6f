"""A reader's review of one film, beside the machine's analysis, which it never changes.

Everything is a frozen value: each edit returns a new :class:`Review`, so undo is a swap of two values. Grades
are the reader's six choices: Genant's four, "equivocal" and "not evaluable".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vcf_desktop.geometry import Heights, measure_heights, six_points
from vcf_desktop.grading import Morphometry, morphometry
from vcf_desktop.spine import REGULAR_LEVELS, Analysis, Deformity, Grade, VertebraFinding, VertebraLevel
from vcf_desktop.statement import Statement


class ReaderGrade(StrEnum):
    """What a reader may say of a vertebra: Genant's grades, a suspected deformity, or no judgement."""

    NON = "0"
    EQUIVOCAL = "0.5"
    MILD = "1"
    MODERATE = "2"
    SEVERE = "3"
    NOT_EVALUABLE = "not evaluable"

    @classmethod
    def of(cls, grade: Grade) -> ReaderGrade:
        """The reader's word for a network's or a measured grade."""
        return cls(str(int(grade)))


class Verdict(StrEnum):
    """How a reader's decision stands to what the machine said."""

    ACCEPTED = "accepted"
    OVERRIDDEN = "overridden"
    REJECTED = "rejected"
    """The finding is no vertebra; it takes part in nothing any more."""


class Cause(StrEnum):
    """What explains a deformity that is no osteoporotic fracture (field notes of ISCD and ESSR readers)."""

    DEGENERATIVE = "degenerative"
    SCHEUERMANN = "Scheuermann"
    SCHMORL = "Schmorl"
    HARDWARE = "hardware"
    PATHOLOGICAL = "pathological"
    OTHER = "other"


@dataclass(frozen=True)
class Decision:
    """A reader's word on one vertebra.

    Attributes:
        verdict: how it stands to the machine's grade.
        grade: the grade that holds; None where the finding was rejected.
        reader: who decided.
        at: when, with time zone.
    """

    verdict: Verdict
    grade: ReaderGrade | None
    reader: str
    at: datetime


@dataclass(frozen=True, eq=False)
class Vertebra:
    """One vertebra as it stands in the review; coordinates are film pixels.

    Attributes:
        key: its number within the review, for life; from 1.
        level: its name, the machine's until the reader gives another.
        box_xyxy: (4,) left, top, right, bottom.
        contour_xy: (N, 2) outline of the body, first point not repeated.
        points_xy: (6, 2) in the order of :data:`vcf_desktop.geometry.SIX_POINTS`.
        machine: what the pipeline said, never changed; None where only the reader saw a vertebra.
        added: whether the reader drew its box.
        decision: the reader's, None as long as there is none.
        deformity: the reader's type, None where the measured one stands.
        cause: what explains the deformity, None where the reader names nothing.
        note: the reader's words.
    """

    key: int
    level: VertebraLevel
    box_xyxy: NDArray[np.float64]
    contour_xy: NDArray[np.float64]
    points_xy: NDArray[np.float64]
    machine: VertebraFinding | None = None
    added: bool = False
    decision: Decision | None = None
    deformity: Deformity | None = None
    cause: Cause | None = None
    note: str = ""

    @property
    def is_rejected(self) -> bool:
        """Whether the reader said that this is no vertebra."""
        return self.decision is not None and self.decision.verdict is Verdict.REJECTED

    @property
    def grade(self) -> ReaderGrade | None:
        """The grade the reader decided on; None without one."""
        return self.decision.grade if self.decision else None


class MeasureKind(StrEnum):
    """What a reader measures by hand, and so how many points it takes."""

    LENGTH = "length"
    ANGLE = "angle"
    COBB = "Cobb"


POINTS_OF_MEASURE: Final[Mapping[MeasureKind, int]] = MappingProxyType(
    {MeasureKind.LENGTH: 2, MeasureKind.ANGLE: 3, MeasureKind.COBB: 4}
)
"""Length: both ends. Angle: one end, the vertex, the other end. Cobb: the ends of both lines in turn."""


@dataclass(frozen=True, eq=False)
class Measure:
    """A length or an angle that the reader drew: ``points_xy`` (N, 2) film pixels by its kind."""

    kind: MeasureKind
    points_xy: NDArray[np.float64]

    def length_px(self, row_to_column: float) -> float:
        """Distance between the ends of a length, in columns."""
        return float(np.linalg.norm(np.diff(self.points_xy * (1.0, row_to_column), axis=0)[0]))

    def angle_deg(self, row_to_column: float) -> float:
        """At the vertex of an angle, 0 to 180; between the lines of a Cobb angle, 0 to 90."""
        points = self.points_xy * (1.0, row_to_column)
        if self.kind is MeasureKind.ANGLE:
            return _between_deg(points[0] - points[1], points[2] - points[1])
        between = _between_deg(points[1] - points[0], points[3] - points[2])
        return min(between, 180.0 - between)


@dataclass(frozen=True)
class Mark:
    """A fracture the reader saw before the machine's results were shown: where (film px), how severe."""

    x: float
    y: float
    grade: ReaderGrade


@dataclass(frozen=True)
class FirstReading:
    """What the reader saw on his own.

    Attributes:
        marks: the fractures he marked; none says "no fracture seen" once it is recorded.
        reader: who marked them.
        at: when the last of them was made, or the reading recorded.
        recorded: whether the reader has finished it, so that the machine's results may be shown.
    """

    marks: tuple[Mark, ...]
    reader: str
    at: datetime
    recorded: bool = False


@dataclass(frozen=True)
class Measured:
    """What a vertebra's six points say: heights in film columns, and grade and type by them."""

    heights_px: Heights
    morphometry: Morphometry


@dataclass(frozen=True, eq=False)
class Review:
    """All that a reader says of one film.

    Attributes:
        analysis: the machine's opinion; None where it failed or has not come, and the film is read by hand.
        vertebrae: top to bottom.
        measures: lengths and angles the reader drew.
        first_reading: what was seen before the machine's results were shown, where that was asked for.
        statement: the reader's words for the report.
        next_key: key of the next vertebra that is added.
    """

    analysis: Analysis | None = None
    vertebrae: tuple[Vertebra, ...] = ()
    measures: tuple[Measure, ...] = ()
    first_reading: FirstReading | None = None
    statement: Statement = field(default_factory=Statement)
    next_key: int = field(default=1)

    def __contains__(self, key: object) -> bool:
        """Whether a vertebra has this key."""
        return any(vertebra.key == key for vertebra in self.vertebrae)

    def vertebra(self, key: int) -> Vertebra:
        """The vertebra with this key.

        Raises:
            KeyError: there is none.
        """
        for vertebra in self.vertebrae:
            if vertebra.key == key:
                return vertebra
        raise KeyError(key)

    @property
    def is_touched(self) -> bool:
        """Whether the reader has done anything to the machine's findings that a new analysis would undo."""
        return any(not _same(v, v.machine) for v in self.vertebrae if v.machine is not None and not v.added)

    @property
    def undecided(self) -> tuple[Vertebra, ...]:
        """The vertebrae without a decision, top to bottom."""
        return tuple(vertebra for vertebra in self.vertebrae if vertebra.decision is None)

    @property
    def present(self) -> tuple[Vertebra, ...]:
        """The vertebrae that were not rejected, top to bottom."""
        return tuple(vertebra for vertebra in self.vertebrae if not vertebra.is_rejected)

    def with_analysis(self, analysis: Analysis) -> Review:
        """With the machine's findings as undecided vertebrae, beside those that the reader has added."""
        own = tuple(vertebra for vertebra in self.vertebrae if vertebra.added)
        found = tuple(
            _of_finding(self.next_key + index, finding) for index, finding in enumerate(analysis.findings)
        )
        return replace(
            self,
            analysis=analysis,
            vertebrae=_top_to_bottom((*own, *found)),
            next_key=self.next_key + len(found),
        )

    def with_vertebra(self, vertebra: Vertebra) -> Review:
        """With this vertebra in place of the one that has its key; KeyError where none has."""
        self.vertebra(vertebra.key)
        return replace(
            self, vertebrae=tuple(vertebra if v.key == vertebra.key else v for v in self.vertebrae)
        )

    def with_added(self, finding: VertebraFinding) -> Review:
        """With a vertebra the reader drew and the pipeline then examined."""
        return self._with_new(replace(_of_finding(self.next_key, finding), added=True))

    def with_drawn(self, box_xyxy: ArrayLike, level: VertebraLevel, anterior_is_left: bool) -> Review:
        """With a vertebra that only the reader saw: its outline and points are those of the box (4,)."""
        box = np.asarray(box_xyxy, dtype=np.float64)
        left, top, right, bottom = box
        outline = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
        front, back = (left, right) if anterior_is_left else (right, left)
        xs = np.array([front, (left + right) / 2.0, back])
        points = np.concatenate([np.column_stack([xs, np.full(3, y)]) for y in (top, bottom)])
        return self._with_new(Vertebra(self.next_key, level, box, outline, points, added=True))

    def _with_new(self, vertebra: Vertebra) -> Review:
        return replace(
            self,
            vertebrae=_top_to_bottom((*self.vertebrae, vertebra)),
            next_key=self.next_key + 1,
        )

    def accepted(self, key: int, reader: str, at: datetime) -> Review:
        """With the machine's grade taken over by the reader.

        Raises:
            ValueError: the machine said nothing about this vertebra.
        """
        vertebra = self.vertebra(key)
        if vertebra.machine is None:
            raise ValueError("there is no grade of the machine to accept")
        grade = ReaderGrade.of(vertebra.machine.grade)
        return self.with_vertebra(replace(vertebra, decision=Decision(Verdict.ACCEPTED, grade, reader, at)))

    def graded(self, key: int, grade: ReaderGrade, reader: str, at: datetime) -> Review:
        """With the reader's own grade, which is an override even where the machine said the same."""
        return self.with_vertebra(
            replace(self.vertebra(key), decision=Decision(Verdict.OVERRIDDEN, grade, reader, at))
        )

    def rejected(self, key: int, reader: str, at: datetime) -> Review:
        """With a finding that is no vertebra."""
        return self.with_vertebra(
            replace(self.vertebra(key), decision=Decision(Verdict.REJECTED, None, reader, at))
        )

    def renamed(self, key: int, level: VertebraLevel, *, follow_above: bool = False) -> Review:
        """With another name for one vertebra and, if asked, for all above it, counted up from there.

        Names below stay, as one counts up from the sacrum. A grade is never changed.

        Raises:
            KeyError: there is no such vertebra.
            ValueError: a name above would leave C7.
        """
        names = {key: level}
        place = self.vertebrae.index(self.vertebra(key))
        if follow_above:
            for vertebra in reversed(self.vertebrae[:place]):
                if not vertebra.is_rejected:
                    level = level_above(level)
                    names[vertebra.key] = level
        return self._with_names(names)

    def shifted(self, steps: int) -> Review:
        """With every name moved by places up the spine (-1) or down (+1); gaps between names stay.

        T13 and L6 are left like any other name, so that a name may then be there twice. Rejected vertebrae
        keep their names.

        Raises:
            ValueError: a name would leave C7 to S1.
        """
        names = {vertebra.key: vertebra.level for vertebra in self.present}
        for _ in range(abs(steps)):
            step = level_above if steps < 0 else level_below
            names = {key: step(level) for key, level in names.items()}
        return self._with_names(names)

    def _with_names(self, names: Mapping[int, VertebraLevel]) -> Review:
        return replace(
            self,
            vertebrae=tuple(replace(v, level=names[v.key]) if v.key in names else v for v in self.vertebrae),
        )

    def measured(self, row_to_column: float) -> dict[int, Measured]:
        """Heights, grade and type of every vertebra that was not rejected, by key.

        Vertebrae whose points leave no height in front or behind are left out.
        """
        heights = {v.key: measure_heights(v.points_xy, row_to_column) for v in self.present}
        sound = [v for v in self.present if min(heights[v.key].anterior, heights[v.key].posterior) > 0]
        shapes = morphometry([v.level for v in sound], [heights[v.key] for v in sound])
        return {v.key: Measured(heights[v.key], shape) for v, shape in zip(sound, shapes, strict=True)}

    @property
    def repeated_levels(self) -> tuple[VertebraLevel, ...]:
        """Names that more than one vertebra bears, top to bottom."""
        names = [vertebra.level for vertebra in self.present]
        return tuple(sorted({name for name in names if names.count(name) > 1}))


_NAMES: Final = (VertebraLevel.C7, *REGULAR_LEVELS, VertebraLevel.S1)


def level_above(level: VertebraLevel) -> VertebraLevel:
    """The next name up; T13 and L6 are left but never entered. ValueError above C7."""
    return _neighbour(level, [name for name in reversed(_NAMES) if name < level])


def level_below(level: VertebraLevel) -> VertebraLevel:
    """The next name down; T13 and L6 are left but never entered. ValueError below S1."""
    return _neighbour(level, [name for name in _NAMES if name > level])


def _neighbour(level: VertebraLevel, names: list[VertebraLevel]) -> VertebraLevel:
    if not names:
        raise ValueError(f"there is no name beyond {level.label}")
    return names[0]


def likely_level(box_xyxy: ArrayLike, vertebrae: Iterable[Vertebra]) -> VertebraLevel:
    """A name for a box (4,) by its place among vertebrae, top to bottom: the gap it fills, or the next name.

    Without any vertebra, and where no name is free on that side, it is T12 or the neighbour's own name, for
    the reader to correct.
    """
    centre_y = _centre_y(np.asarray(box_xyxy, dtype=np.float64))
    vertebrae = tuple(vertebrae)
    above = [v for v in vertebrae if _centre_y(v.box_xyxy) <= centre_y]
    below = [v for v in vertebrae if _centre_y(v.box_xyxy) > centre_y]
    for neighbour, step in ((above[-1:], level_below), (below[:1], level_above)):
        if neighbour:
            try:
                return step(neighbour[0].level)
            except ValueError:
                return neighbour[0].level
    return VertebraLevel.T12


def moved_point(vertebra: Vertebra, index: int, to_xy: ArrayLike) -> Vertebra:
    """The vertebra with one of its six points (by index) at ``to_xy`` (2,); its outline stays."""
    points = vertebra.points_xy.copy()
    points[index] = to_xy
    return replace(vertebra, points_xy=points)


def moved_contour(vertebra: Vertebra, index: int, to_xy: ArrayLike, row_to_column: float) -> Vertebra:
    """The vertebra with a point of its outline (by index) pulled to ``to_xy`` (2,), and new six points.

    The outline beside the point follows, less the farther away, over :data:`CONTOUR_REACH` of its length.
    The six points move as those of the outline do, so that one that was placed by hand elsewhere stays. Where
    an outline has no two endplates, all stay.
    """
    contour = vertebra.contour_xy
    count = len(contour)
    steps = np.arange(count) - index
    along = np.minimum(steps % count, -steps % count) / (CONTOUR_REACH * count)
    pull = np.exp(-(along**2) / 2.0)[:, None]
    moved = contour + pull * (np.asarray(to_xy, dtype=np.float64) - contour[index])
    to_square = np.array([1.0, row_to_column])
    points = vertebra.points_xy * to_square
    superior = points[:3].mean(axis=0) - points[3:].mean(axis=0)
    anterior = points[[0, 3]].mean(axis=0) - points[[2, 5]].mean(axis=0)
    try:
        was, now = (six_points(shape * to_square, superior, anterior) for shape in (contour, moved))
    except ValueError:
        was = now = points
    return replace(vertebra, contour_xy=moved, points_xy=vertebra.points_xy + (now - was) / to_square)


CONTOUR_REACH: Final = 0.03
"""SD of the pull along the outline, as a part of its length: some 5 px on a body of 60 by 45 px."""


def _same(vertebra: Vertebra, finding: VertebraFinding) -> bool:
    """Whether a vertebra is still as it was found."""
    said = (vertebra.decision, vertebra.deformity, vertebra.cause, vertebra.note or None)
    return (
        not any(word is not None for word in said)
        and vertebra.level is finding.level
        and np.array_equal(vertebra.points_xy, finding.points_xy)
        and np.array_equal(vertebra.contour_xy, finding.contour_xy)
    )


def _of_finding(key: int, finding: VertebraFinding) -> Vertebra:
    return Vertebra(
        key=key,
        level=finding.level,
        box_xyxy=finding.box_xyxy,
        contour_xy=finding.contour_xy,
        points_xy=finding.points_xy,
        machine=finding,
    )


def _top_to_bottom(vertebrae: Iterable[Vertebra]) -> tuple[Vertebra, ...]:
    return tuple(sorted(vertebrae, key=lambda vertebra: _centre_y(vertebra.box_xyxy)))


def _centre_y(box_xyxy: NDArray[np.float64]) -> float:
    return float(box_xyxy[1] + box_xyxy[3]) / 2.0


def _between_deg(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Angle between two vectors, 0 to 180; exact also for small ones."""
    cross = one[0] * other[1] - one[1] * other[0]
    return float(np.degrees(np.arctan2(abs(cross), np.dot(one, other))))
