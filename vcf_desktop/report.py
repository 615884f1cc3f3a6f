"""The report of one film: what is printed, sent and exported, and nothing else.

PDF, DICOM objects, tables and FHIR are renderings of one :class:`Report`, so that they cannot differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.errors import ReportError, ReviewIncompleteError
from vcf_desktop.film import Film, SpacingSource, StudyInfo
from vcf_desktop.geometry import Heights
from vcf_desktop.review import Cause, Measured, ReaderGrade, Review, Verdict, Vertebra
from vcf_desktop.spine import (
    REGULAR_LEVELS,
    Deformity,
    ModelRecord,
    Ratios,
    VertebraFinding,
    VertebraLevel,
)
from vcf_desktop.statement import PriorReading, PriorVertebra, Statement
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
        after = {vertebra.level: vertebra for vertebra in self.vertebrae}
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


def build_report(film: Film, review: Review, signature: Signature, version: str, made: datetime) -> Report:
    """The report of a signed review.

    Args:
        film: that was reviewed.
        review: as it was signed.
        signature: of the review.
        version: of the program.
        made: the present moment.

    Raises:
        ReviewIncompleteError: a vertebra is undecided.
        ReportError: the review is about another film.
    """
    if review.undecided:
        raise ReviewIncompleteError("Vertebrae are undecided; decide about each and sign before you report.")
    status = ReportStatus.FINAL if signature.version == 1 else ReportStatus.AMENDED
    return _report(film, review, signature, status, version, made)


def draft_report(film: Film, review: Review, version: str, made: datetime) -> Report:
    """A report that nobody has verified; arguments and errors as for :func:`build_report`.

    What is undecided is told as the machine sees it.
    """
    return _report(film, review, None, ReportStatus.DRAFT, version, made)


def prior_reading(film: Film, review: Review, signature: Signature) -> PriorReading:
    """A signed review as the earlier one that a later report is compared with."""
    report = build_report(film, review, signature, "", signature.at)
    study = film.study or StudyInfo()
    comparable = film.spacing_source in COMPARABLE_MM
    vertebrae = tuple(
        PriorVertebra(v.level, v.number, v.is_fracture, v.heights_mm if comparable else None)
        for v in report.vertebrae
    )
    return PriorReading(
        film.sha256,
        film.frame,
        signature.version,
        study.sop_class_uid,
        study.sop_uid,
        study.study_date,
        study.accession_number,
        signature.reader,
        vertebrae,
    )


def _report(
    film: Film,
    review: Review,
    signature: Signature | None,
    status: ReportStatus,
    version: str,
    made: datetime,
) -> Report:
    analysis = review.analysis
    if analysis is not None and analysis.film_sha256 != film.sha256:
        raise ReportError("This review is about another film than the one that is there now.")
    measured = review.measured(film.row_to_column)
    vertebrae = [_reported(v, measured.get(v.key), film) for v in review.vertebrae]
    return Report(
        status=status,
        film=ReportedFilm(
            film.sha256,
            film.frame,
            film.frame_count,
            film.width_px,
            film.height_px,
            film.spacing_mm,
            film.spacing_source,
            film.row_to_column,
        ),
        study=film.study,
        signature=signature,
        statement=review.statement,
        vertebrae=tuple(vertebra for vertebra in vertebrae if not vertebra.is_rejected),
        rejected=tuple(vertebra for vertebra in vertebrae if vertebra.is_rejected),
        models=analysis.models if analysis else (),
        analysed=analysis.started if analysis else None,
        remarks=(*film.notices, *(analysis.film_warnings if analysis else ())),
        software_version=version,
        made=made,
    )


def _reported(vertebra: Vertebra, measured: Measured | None, film: Film) -> ReportedVertebra:
    machine, decision = vertebra.machine, vertebra.decision
    grade = vertebra.grade
    if decision is None and machine is not None:
        grade = ReaderGrade.of(machine.grade)
    heights = measured.heights_px if measured else None
    shape = measured.morphometry if measured else None
    named_by_machine = machine is not None and machine.level is vertebra.level
    reported = ReportedVertebra(
        key=vertebra.key,
        level=vertebra.level,
        level_is_doubtful=named_by_machine and machine is not None and machine.level_confidence < SURE,
        grade=grade,
        verdict=decision.verdict if decision else None,
        deformity=Deformity.NONE,
        cause=vertebra.cause,
        note=vertebra.note,
        box_xyxy=vertebra.box_xyxy,
        contour_xy=vertebra.contour_xy,
        points_xy=vertebra.points_xy,
        heights_px=heights,
        heights_mm=_in_mm(heights, film.spacing_mm),
        ratios=shape.ratios if shape else None,
        loss=shape.loss if shape else None,
        machine=machine,
        added=vertebra.added,
        reader=decision.reader if decision else "",
        decided=decision.at if decision else None,
    )
    if not (reported.is_deformed or grade is ReaderGrade.EQUIVOCAL):
        return reported
    types = (vertebra.deformity, shape and shape.deformity, machine and machine.deformity)
    named = (name for name in types if name not in (None, Deformity.NONE))
    return replace(reported, deformity=next(named, None) or Deformity.NONE)


def _in_mm(heights: Heights | None, spacing_mm: tuple[float, float] | None) -> Heights | None:
    if heights is None or spacing_mm is None:
        return None
    column_mm = spacing_mm[1]
    return Heights(heights.anterior * column_mm, heights.middle * column_mm, heights.posterior * column_mm)


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
