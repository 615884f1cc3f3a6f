"""Reports for tests: the demo film, or a picture, with findings whose grades are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from vcf_desktop.film import Film
from vcf_desktop.geometry import measure_heights
from vcf_desktop.io.films import read_film
from vcf_desktop.paths import resources_folder
from vcf_desktop.report import Report
from vcf_desktop.report_building import build_report, draft_report
from vcf_desktop.review import ReaderGrade, Review
from vcf_desktop.spine import (
    Analysis,
    Deformity,
    Grade,
    ModelRecord,
    Ratios,
    VertebraFinding,
    VertebraLevel,
)
from vcf_desktop.trail import Signature

DEMO_FILM = resources_folder() / "demo_film.dcm"
NOW = datetime(2026, 3, 5, 14, 7, tzinfo=UTC)
SIGNATURE = Signature(1, "Dr. Müller", NOW)
VERSION = "9.9"
MODELS = tuple(
    ModelRecord(name, "1", digit * 64, "onnx", "cpu") for name, digit in (("detector", "d"), ("grader", "e"))
)
LOST_PX = {Grade.NON: 0.0, Grade.MILD: 13.0, Grade.MODERATE: 18.0, Grade.SEVERE: 30.0}


def finding(level: VertebraLevel, place: int, grade: Grade = Grade.NON) -> VertebraFinding:
    """A body of 80 x 60 px at a place from the top, 75 px apart, wedged by its grade; belly at the left."""
    top = 20.0 + 75.0 * place
    front, back = 160.0 + 3 * place, 240.0 + 3 * place
    lost = LOST_PX[grade]
    xs = np.linspace(front, back, 3)
    points = np.column_stack([np.tile(xs, 2), [top + lost, top + lost / 2, top, *[top + 60.0] * 3]])
    heights = measure_heights(points)
    return VertebraFinding(
        level=level,
        level_confidence=0.9,
        box_xyxy=np.array([front - 5, top - 5, back + 5, top + 65]),
        score=0.9,
        contour_xy=points[[0, 1, 2, 5, 4, 3]],
        points_xy=points,
        heights_px=heights,
        heights_mm=None,
        ratios=Ratios(heights.anterior / heights.posterior, heights.middle / heights.posterior, 1.0),
        grade=grade,
        grade_probabilities=np.where(np.arange(4) == grade, 0.85, 0.05),
        morphometric_grade=grade,
        deformity=Deformity.WEDGE if grade else Deformity.NONE,
    )


def an_analysis(
    film: Film, levels: Sequence[VertebraLevel], grades: dict[VertebraLevel, Grade] | None = None
) -> Analysis:
    """An analysis that found these levels, unfractured where no grade is given."""
    findings = (
        finding(level, place, (grades or {}).get(level, Grade.NON)) for place, level in enumerate(levels)
    )
    return Analysis(film.sha256, tuple(findings), MODELS, NOW, {"total": 0.5}, ("The film is dark.",))


L1_AND_L3 = {VertebraLevel.L1: Grade.SEVERE, VertebraLevel.L3: Grade.MILD}
LEVELS = tuple(
    level for level in VertebraLevel if VertebraLevel.T8 <= level <= VertebraLevel.L5 and level.label != "T13"
)
"""T8 to L5 without T13."""


def a_film(path: Path = DEMO_FILM) -> Film:
    """A film to report on."""
    return read_film(path)


def a_review(film: Film, grades: dict[VertebraLevel, Grade] | None = None) -> Review:
    """A decided review of T8 to L5: all is accepted, but L2, which the reader calls moderate, T9, which he
    cannot judge, and T8, which he says is no vertebra."""
    review = Review().with_analysis(an_analysis(film, LEVELS, L1_AND_L3 if grades is None else grades))
    for vertebra in review.vertebrae:
        review = review.accepted(vertebra.key, SIGNATURE.reader, NOW)
    keys = {vertebra.level: vertebra.key for vertebra in review.vertebrae}
    review = review.graded(keys[VertebraLevel.L2], ReaderGrade.MODERATE, SIGNATURE.reader, NOW)
    review = review.graded(keys[VertebraLevel.T9], ReaderGrade.NOT_EVALUABLE, SIGNATURE.reader, NOW)
    return review.rejected(keys[VertebraLevel.T8], SIGNATURE.reader, NOW)


def signed_report(film: Film | None = None, review: Review | None = None, version: int = 1) -> Report:
    """The report of a signed review."""
    film = film or a_film()
    signature = replace(SIGNATURE, version=version)
    return build_report(film, review or a_review(film), signature, VERSION, NOW)


def a_draft(film: Film | None = None) -> Report:
    """A report of the demo film that nobody has verified."""
    film = film or a_film()
    return draft_report(film, Review().with_analysis(an_analysis(film, LEVELS, L1_AND_L3)), VERSION, NOW)
