"""From a review to its report."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from vcf_desktop.errors import ReportError, ReviewIncompleteError
from vcf_desktop.film import Film, StudyInfo
from vcf_desktop.geometry import Heights
from vcf_desktop.report import COMPARABLE_MM, SURE, Report, ReportedFilm, ReportedVertebra, ReportStatus
from vcf_desktop.review import Measured, ReaderGrade, Review, Vertebra
from vcf_desktop.spine import Deformity
from vcf_desktop.statement import PriorReading, PriorVertebra
from vcf_desktop.trail import Signature


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
