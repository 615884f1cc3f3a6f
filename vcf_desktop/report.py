"""The report of one film: what is printed, sent and exported, and nothing else.

PDF, DICOM objects, tables and FHIR are renderings of one :class:`Report`, so that they cannot differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.film import SpacingSource, StudyInfo
from vcf_desktop.geometry import Heights
from vcf_desktop.review import Cause, ReaderGrade, Verdict
from vcf_desktop.spine import (
    REGULAR_LEVELS,
    Deformity,
    ModelRecord,
    Ratios,
    VertebraFinding,
    VertebraLevel,
)
from vcf_desktop.statement import PriorVertebra, Statement
from vcf_desktop.trail import Signature

READ_LEVELS: Final = REGULAR_LEVELS[REGULAR_LEVELS.index(VertebraLevel.T4) :]
"""T4 to L5, what a report speaks of and its diagram shows."""

INDEX_LEVELS: Final = READ_LEVELS[:-1]
"""T4 to L4, the thirteen levels of the spinal deformity index; L5 lies outside the classic range."""

NO_FRACTURE_CAUSES: Final = frozenset({Cause.DEGENERATIVE, Cause.SCHEUERMANN, Cause.SCHMORL, Cause.OTHER})
"""What makes a deformity no fracture. A pathological vertebra and one with cement or metal are fractured."""

NEW_FRACTURE_GRADES: Final = 1.0
NEW_FRACTURE_LOSS: Final = 0.20
NEW_FRACTURE_LOSS_MM: Final = 4.0
"""A fracture is new or worse where its grade rose by one or more, or one of its heights fell by 20 % and
4 mm or more."""

COMPARABLE_MM: Final = frozenset({SpacingSource.CALIBRATED, SpacingSource.GEOMETRY_ESTIMATE})
"""Whose mm hold in the patient, so that heights of two films can be compared."""

SURE: Final = 0.5
"""A level or grade that the machine holds less probable is told as doubtful."""


class ReportStatus(StrEnum):
    """What a report is worth."""

    DRAFT = "draft"
    """Nobody has verified it."""
    FINAL = "final"
    AMENDED = "amended"
    """A later signed version of the same review."""


class Format(StrEnum):
    """What a report can be made into."""

    PDF = "pdf"
    SR = "sr"
    """DICOM structured report."""
    SEG = "seg"
    """DICOM segmentation."""
    GSPS = "gsps"
    """DICOM presentation state: outlines and labels over the film."""
    EPDF = "epdf"
    """The PDF as a DICOM object."""
    SC = "sc"
    """DICOM secondary capture: a picture of the film with outlines and labels."""
    JSON = "json"
    CSV = "csv"
    FHIR = "fhir"


class Paper(StrEnum):
    """Size of a page."""

    A4 = "A4"
    LETTER = "Letter"


class Trend(StrEnum):
    """How a vertebra stands against an earlier film."""

    NEW = "new"
    WORSE = "worse"
    UNCHANGED = "unchanged"
    LOWER = "lower"
    """Graded lower by one or more than before, which bone does not do: one of the two readings is wrong."""
    NOT_COMPARABLE = "not comparable"
    """Not there, or not evaluable, on one of the films."""


@dataclass(frozen=True)
class LevelChange:
    """One level on both films; a grade is None where it is not evaluable or not there."""

    level: VertebraLevel
    before: float | None
    after: float | None
    trend: Trend


@dataclass(frozen=True)
class DeformityIndex:
    """Spinal deformity index: the sum of the grades of fractures over T4 to L4, 0 to 39.

    A level that is missing lowers the sum, so ``evaluable``, how many of the thirteen levels went into it, is
    always told with it. Equivocal vertebrae, and deformities that are no fracture, count 0.
    """

    total: int
    evaluable: int


@dataclass(frozen=True, eq=False)
class ReportedVertebra:
    """One vertebra of a report; coordinates are film pixels.

    Attributes:
        key: its number within the review.
        level: its name.
        level_is_doubtful: whether the machine was unsure of the name, and the reader has not given another.
        grade: the reader's; the machine's as long as the reader has not decided (drafts only); None for what
            the reader said is no vertebra, and where nobody said anything.
        verdict: how the reader's decision stands to the machine; None where nobody decided.
        deformity: the type, NONE where there is no deformity.
        cause: what explains a deformity, None where nothing was named.
        note: the reader's words.
        box_xyxy: (4,) left, top, right, bottom.
        contour_xy: (N, 2) outline.
        points_xy: (6, 2) in the order of :data:`vcf_desktop.geometry.SIX_POINTS`.
        heights_px: in film columns.
        heights_mm: by the film's spacing; None where it has none.
        ratios, loss: as measured; None where the points leave no height.
        machine: what the pipeline said; None where only the reader saw a vertebra.
        added: whether the reader drew it.
        reader: who decided; empty where nobody did.
        decided: when.
    """

    key: int
    level: VertebraLevel
    level_is_doubtful: bool
    grade: ReaderGrade | None
    verdict: Verdict | None
    deformity: Deformity
    cause: Cause | None
    note: str
    box_xyxy: NDArray[np.float64]
    contour_xy: NDArray[np.float64]
    points_xy: NDArray[np.float64]
    heights_px: Heights | None
    heights_mm: Heights | None
    ratios: Ratios | None
    loss: float | None
    machine: VertebraFinding | None
    added: bool
    reader: str
    decided: datetime | None

    @property
    def is_rejected(self) -> bool:
        """Whether the reader said that this is no vertebra."""
        return self.verdict is Verdict.REJECTED

    @property
    def is_deformed(self) -> bool:
        """Whether it has one of Genant's grades 1 to 3, whatever the cause."""
        return self.grade in (ReaderGrade.MILD, ReaderGrade.MODERATE, ReaderGrade.SEVERE)

    @property
    def is_fracture(self) -> bool:
        """Whether it counts as a vertebral fracture."""
        return self.is_deformed and self.cause not in NO_FRACTURE_CAUSES

    @property
    def is_evaluable(self) -> bool:
        """Whether it could be graded."""
        return self.grade not in (None, ReaderGrade.NOT_EVALUABLE)

    @property
    def number(self) -> float | None:
        """The grade as a number, 0 to 3; None where it is not evaluable."""
        return float(self.grade) if self.grade is not None and self.is_evaluable else None

    @property
    def differs_from_machine(self) -> bool:
        """Whether the machine said another grade than the one that stands."""
        return self.machine is not None and self.grade is not ReaderGrade.of(self.machine.grade)


@dataclass(frozen=True)
class ReportedFilm:
    """The film as a report speaks of it; attributes as in :class:`vcf_desktop.film.Film`."""

    sha256: str
    frame: int
    frame_count: int
    width_px: int
    height_px: int
    spacing_mm: tuple[float, float] | None
    spacing_source: SpacingSource
    row_to_column: float


@dataclass(frozen=True, eq=False)
class Report:
    """All that a report says.

    Attributes:
        status: what it is worth.
        film: which film it is about.
        study: patient and study; None for pictures, which name nobody.
        signature: whose it is; None for a draft.
        statement: the reader's words for the examination.
        vertebrae: those that are there, top to bottom.
        rejected: what the machine took for a vertebra and the reader did not.
        models: which networks ran, none where the film was read by hand.
        analysed: when they ran.
        remarks: sentences of the software about the film, in English.
        software_version: of VCF Desktop.
        made: when this report was put together, with time zone.
    """

    status: ReportStatus
    film: ReportedFilm
    study: StudyInfo | None
    signature: Signature | None
    statement: Statement
    vertebrae: tuple[ReportedVertebra, ...]
    rejected: tuple[ReportedVertebra, ...]
    models: tuple[ModelRecord, ...]
    analysed: datetime | None
    remarks: tuple[str, ...]
    software_version: str
    made: datetime

    @property
    def is_draft(self) -> bool:
        """Whether nobody has verified it."""
        return self.status is ReportStatus.DRAFT

    @property
    def indication(self) -> str:
        """Why the film was taken: the reader's words, else those of the film's file."""
        return self.statement.indication or (self.study.indication if self.study else "")

    @property
    def fractures(self) -> tuple[ReportedVertebra, ...]:
        """The vertebral fractures, top to bottom."""
        return tuple(vertebra for vertebra in self.vertebrae if vertebra.is_fracture)

    @property
    def evaluable_levels(self) -> tuple[VertebraLevel, ...]:
        """Levels that could be graded, top to bottom."""
        return tuple(sorted({v.level for v in self.vertebrae if v.is_evaluable}))

    @property
    def unevaluable_levels(self) -> tuple[VertebraLevel, ...]:
        """Those of T4 to L4 that were not seen or could not be graded, top to bottom."""
        return tuple(level for level in INDEX_LEVELS if level not in self.evaluable_levels)

    @property
    def deformity_index(self) -> DeformityIndex:
        """Spinal deformity index, by the worse where two vertebrae bear one name."""
        grades: dict[VertebraLevel, int] = {}
        for vertebra in self.vertebrae:
            if vertebra.level in INDEX_LEVELS and vertebra.is_evaluable:
                counted = int(vertebra.number or 0) if vertebra.is_fracture else 0
                grades[vertebra.level] = max(counted, grades.get(vertebra.level, 0))
        return DeformityIndex(sum(grades.values()), len(grades))

    @property
    def changes(self) -> tuple[LevelChange, ...]:
        """Every level of this and the earlier reading against each other, top to bottom; none without one."""
        prior = self.statement.prior
        if prior is None:
            return ()
        before = {vertebra.level: vertebra for vertebra in prior.vertebrae}
        # Where two bear one name, the worse counts, as in the deformity index.
        after = {v.level: v for v in sorted(self.vertebrae, key=lambda each: each.number or 0.0)}
        return tuple(
            self._change(level, before.get(level), after.get(level))
            for level in sorted(before.keys() | after.keys())
        )

    def _change(
        self, level: VertebraLevel, before: PriorVertebra | None, after: ReportedVertebra | None
    ) -> LevelChange:
        earlier = before.grade if before else None
        later = after.number if after else None
        if before is None or after is None or earlier is None or later is None:
            return LevelChange(level, earlier, later, Trend.NOT_COMPARABLE)
        rose = later - earlier >= NEW_FRACTURE_GRADES
        sank = self.film.spacing_source in COMPARABLE_MM and _sank(before.heights_mm, after.heights_mm)
        if after.is_fracture and (rose or sank):
            trend = Trend.WORSE if before.is_fracture else Trend.NEW
        elif after.is_fracture and not before.is_fracture:
            trend = Trend.NEW  # such as a deformity that was taken for a degenerative one
        elif earlier - later >= NEW_FRACTURE_GRADES:
            trend = Trend.LOWER
        else:
            trend = Trend.UNCHANGED
        return LevelChange(level, earlier, later, trend)


def _sank(before: Heights | None, after: Heights | None) -> bool:
    """Whether one of the three heights fell by as much as a new fracture takes."""
    if before is None or after is None:
        return False
    pairs = zip(
        (before.anterior, before.middle, before.posterior),
        (after.anterior, after.middle, after.posterior),
        strict=True,
    )
    return any(old - new >= max(NEW_FRACTURE_LOSS_MM, NEW_FRACTURE_LOSS * old) for old, new in pairs)


def level_ranges(levels: Sequence[VertebraLevel]) -> str:
    """Levels top to bottom as one writes them: ``"T4-T6, T9, L1-L2"``."""
    places = {level: place for place, level in enumerate(VertebraLevel)}
    regular = [level for level in VertebraLevel if level not in (VertebraLevel.T13, VertebraLevel.L6)]
    places |= {level: place for place, level in enumerate(regular)}
    runs: list[list[VertebraLevel]] = []
    for level in levels:
        if runs and level in regular and places[level] == places[runs[-1][-1]] + 1:
            runs[-1].append(level)
        else:
            runs.append([level])
    return ", ".join(run[0].label if len(run) == 1 else f"{run[0].label}-{run[-1].label}" for run in runs)
