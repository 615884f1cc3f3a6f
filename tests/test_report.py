"""What a report says of a review, against rules written out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from tests.reports import (
    L1_AND_L3,
    LEVELS,
    NOW,
    SIGNATURE,
    VERSION,
    a_draft,
    a_film,
    a_review,
    an_analysis,
    signed_report,
)
from vcf_desktop.errors import ReportError, ReviewIncompleteError
from vcf_desktop.film import Film, SpacingSource
from vcf_desktop.io.report_files import load_texts
from vcf_desktop.report import (
    INDEX_LEVELS,
    Report,
    ReportedVertebra,
    ReportStatus,
    Trend,
    level_ranges,
)
from vcf_desktop.report_building import build_report, draft_report, prior_reading
from vcf_desktop.report_texts import LANGUAGES
from vcf_desktop.review import Cause, ReaderGrade, Review, Verdict
from vcf_desktop.spine import Deformity, Grade, VertebraLevel
from vcf_desktop.statement import Statement

L1, L2, L3, T9 = (VertebraLevel[name] for name in ("L1", "L2", "L3", "T9"))
TERMS = {
    "en": "ertebral fracture",
    "de": "Wirbelkörperfraktur",
    "fr": "racture vertébrale",
    "es": "ractura vertebral",
    "zh_CN": "椎体骨折",
}


@pytest.fixture(scope="module")
def film() -> Film:
    return a_film()


def at(report: Report, level: VertebraLevel) -> ReportedVertebra:
    return next(vertebra for vertebra in report.vertebrae if vertebra.level is level)


def with_cause(review: Review, level: VertebraLevel, cause: Cause) -> Review:
    vertebra = next(v for v in review.vertebrae if v.level is level)
    return review.with_vertebra(replace(vertebra, cause=cause))


def graded(review: Review, level: VertebraLevel, grade: ReaderGrade) -> Review:
    key = next(v.key for v in review.vertebrae if v.level is level)
    return review.graded(key, grade, SIGNATURE.reader, NOW)


def test_that_an_undecided_review_makes_no_report(film: Film) -> None:
    review = Review().with_analysis(an_analysis(film, LEVELS))
    with pytest.raises(ReviewIncompleteError):
        build_report(film, review, SIGNATURE, VERSION, NOW)


def test_that_a_review_of_another_film_makes_no_report(film: Film) -> None:
    with pytest.raises(ReportError, match="another film"):
        build_report(replace(film, sha256="0" * 64), a_review(film), SIGNATURE, VERSION, NOW)


def test_that_the_reader_s_grade_stands_and_the_machine_s_beside_it(film: Film) -> None:
    l2 = at(signed_report(film), L2)
    assert (l2.grade, l2.verdict) == (ReaderGrade.MODERATE, Verdict.OVERRIDDEN)
    assert l2.machine is not None
    assert l2.machine.grade is Grade.NON
    assert l2.differs_from_machine
    assert not at(signed_report(film), L1).differs_from_machine


def test_that_what_the_reader_rejected_is_told_apart(film: Film) -> None:
    report = signed_report(film)
    assert [vertebra.level.label for vertebra in report.rejected] == ["T8"]
    assert VertebraLevel.T8 not in {vertebra.level for vertebra in report.vertebrae}


def test_that_mm_are_columns_times_the_spacing(film: Film) -> None:
    assert film.spacing_mm is not None
    l1 = at(signed_report(film), L1)
    assert l1.heights_px is not None
    assert l1.heights_mm is not None
    assert l1.heights_px.anterior == pytest.approx(30.0)
    assert l1.heights_mm.anterior == pytest.approx(30.0 * film.spacing_mm[1])


def test_that_a_film_without_spacing_has_no_mm(film: Film) -> None:
    bare = replace(film, spacing_mm=None, spacing_source=SpacingSource.NONE)
    assert all(v.heights_mm is None and v.heights_px is not None for v in signed_report(bare).vertebrae)


def test_that_the_deformity_index_sums_the_fractures_of_t4_to_l4_and_counts_what_was_evaluable(
    film: Film,
) -> None:
    index = signed_report(film).deformity_index
    # L1 3, L2 2, L3 1; T10, T11, T12, L4 without fracture; T8 rejected, T9 not evaluable, L5 outside.
    assert (index.total, index.evaluable) == (6, 7)


@pytest.mark.parametrize("cause", list(Cause))
def test_that_only_a_fracture_counts_in_the_index(film: Film, cause: Cause) -> None:
    report = signed_report(film, with_cause(a_review(film), L1, cause))
    is_fracture = cause in (Cause.HARDWARE, Cause.PATHOLOGICAL)
    assert at(report, L1).is_fracture is is_fracture
    assert report.deformity_index.total == (6 if is_fracture else 3)


def test_that_equivocal_counts_as_evaluable_and_as_no_fracture(film: Film) -> None:
    report = signed_report(film, graded(a_review(film), L1, ReaderGrade.EQUIVOCAL))
    assert (report.deformity_index.total, report.deformity_index.evaluable) == (3, 7)
    assert not at(report, L1).is_fracture
    assert at(report, L1).deformity is Deformity.WEDGE


def test_that_levels_not_seen_and_not_judged_are_both_not_evaluable(film: Film) -> None:
    labels = [level.label for level in signed_report(film).unevaluable_levels]
    assert labels == ["T4", "T5", "T6", "T7", "T8", "T9"]


def test_that_a_later_signed_version_is_an_amended_report(film: Film) -> None:
    assert signed_report(film).status is ReportStatus.FINAL
    assert signed_report(film, version=2).status is ReportStatus.AMENDED


def test_that_a_draft_tells_the_machine_s_grades_and_nobody_s_decision() -> None:
    draft = a_draft()
    assert draft.is_draft
    assert draft.signature is None
    assert {v.level: v.grade for v in draft.fractures} == {L1: ReaderGrade.SEVERE, L3: ReaderGrade.MILD}
    assert all(v.verdict is None and not v.reader for v in draft.vertebrae)


def earlier(film: Film, review: Review | None = None) -> Statement:
    assert film.study is not None
    before = replace(film, study=replace(film.study, study_date=date(2024, 1, 3), sop_uid="1.2.3"))
    return Statement(prior=prior_reading(before, review or a_review(film, {L3: Grade.MODERATE}), SIGNATURE))


def compared(film: Film, review: Review, statement: Statement) -> dict[VertebraLevel, Trend]:
    report = signed_report(film, replace(review, statement=statement))
    return {change.level: change.trend for change in report.changes}


def test_that_a_fracture_is_new_or_worse_from_one_grade_up(film: Film) -> None:
    now = graded(a_review(film), L2, ReaderGrade.SEVERE)  # was moderate on the earlier film
    trends = compared(film, now, earlier(film))
    assert trends[L1] is Trend.NEW
    assert trends[L2] is Trend.WORSE
    assert trends[L3] is Trend.LOWER
    assert trends[VertebraLevel.T12] is Trend.UNCHANGED
    assert trends[T9] is Trend.NOT_COMPARABLE


def test_that_a_rise_from_equivocal_to_mild_alone_makes_no_worse_fracture_but_a_new_one(film: Film) -> None:
    before = graded(a_review(film), L3, ReaderGrade.EQUIVOCAL)
    assert compared(film, a_review(film), earlier(film, before))[L3] is Trend.NEW


@pytest.mark.parametrize(
    ("source", "spacing_mm", "trend"),
    [
        (SpacingSource.CALIBRATED, 0.4, Trend.WORSE),  # 15 of 47 columns are 6 mm
        (SpacingSource.CALIBRATED, 0.2, Trend.UNCHANGED),  # 3 mm
        (SpacingSource.DETECTOR_PLANE, 0.4, Trend.UNCHANGED),  # such mm are not the patient's
    ],
)
def test_that_height_lost_makes_a_fracture_worse_by_20_percent_and_4_mm_of_the_patient(
    film: Film, source: SpacingSource, spacing_mm: float, trend: Trend
) -> None:
    film = replace(film, spacing_mm=(spacing_mm, spacing_mm), spacing_source=source)
    before = a_review(film)
    l3 = next(v for v in before.vertebrae if v.level is L3)
    lower = l3.points_xy + np.where(np.arange(6)[:, None] < 3, [0.0, 15.0], 0.0)
    now = before.with_vertebra(replace(l3, points_xy=lower))
    assert compared(film, now, earlier(film, before))[L3] is trend


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_fracture_is_called_a_vertebral_fracture_of_its_level(film: Film, language: str) -> None:
    texts = load_texts(language)
    for report in (signed_report(film), a_draft(film)):
        said = texts.impression(report)
        for vertebra in report.fractures:
            assert any(TERMS[language] in line and vertebra.level.label in line for line in said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_nothing_is_said_of_osteoporosis_or_age_of_a_fracture(film: Film, language: str) -> None:
    texts = load_texts(language)
    words = ("osteopor", "ostéopor", "骨质疏松", "acute", "akut", "aigu", "aguda", "急性", "old fracture")
    said = " ".join(texts.templates.values()).casefold()
    assert not [word for word in words if word in said]


def test_that_the_impression_tells_no_fracture_and_what_it_does_not_exclude(film: Film) -> None:
    review = graded(a_review(film, {}), L2, ReaderGrade.NON)
    assert load_texts("en").impression(signed_report(film, review)) == (
        "No vertebral fracture among the 8 evaluable levels (T10-L5).",
        "Not evaluable: T4-T9. A vertebral fracture there is not excluded.",
    )


def test_that_the_impression_tells_what_is_new_since_which_film(film: Film) -> None:
    report = signed_report(film, replace(a_review(film), statement=earlier(film)))
    said = load_texts("en").impression(report)
    assert said[0] == "Vertebral fracture of L1: wedge, grade 3 (severe); new since 2024-01-03."
    assert "Graded lower than on 2024-01-03: L3; one of the two readings should be checked." in said


def test_that_a_degenerative_deformity_is_told_as_no_fracture(film: Film) -> None:
    report = signed_report(film, with_cause(a_review(film), L3, Cause.DEGENERATIVE))
    assert "Deformity of L3, not a vertebral fracture: degenerative." in load_texts("en").impression(report)


def test_that_a_film_without_any_vertebra_excludes_nothing(film: Film) -> None:
    empty = build_report(film, Review(), SIGNATURE, VERSION, NOW)
    expected = "No vertebra could be evaluated. A vertebral fracture is not excluded."
    assert load_texts("en").impression(empty) == (expected,)


def test_that_further_imaging_is_advised_where_only_mild_fractures_were_found(film: Film) -> None:
    review = a_review(film, {L1: Grade.MILD, L3: Grade.MILD})
    mild = graded(review, L2, ReaderGrade.NON)
    texts = load_texts("en")
    only_mild = texts.text("recommend.only_mild")
    assert only_mild in texts.recommendation(signed_report(film, mild))
    assert only_mild not in texts.recommendation(signed_report(film, a_review(film, L1_AND_L3)))


def test_that_the_reader_s_recommendation_takes_the_place_of_the_site_s(film: Film) -> None:
    own = replace(a_review(film), statement=Statement(recommendation="DXA.\nFollow-up."))
    none = replace(a_review(film), statement=Statement(recommendation=""))
    assert load_texts("en").recommendation(signed_report(film, own)) == ("DXA.", "Follow-up.")
    assert load_texts("en").recommendation(signed_report(film, none)) == ()


def test_that_levels_are_written_as_ranges_and_t13_breaks_none_and_stands_alone() -> None:
    names = ("T4", "T5", "T6", "T9", "T12", "L1")
    assert level_ranges([VertebraLevel[name] for name in names]) == "T4-T6, T9, T12-L1"
    assert level_ranges([VertebraLevel.T12, VertebraLevel.T13, L1]) == "T12, T13, L1"
    assert level_ranges(INDEX_LEVELS) == "T4-L4"
    assert level_ranges([]) == ""


def test_that_a_partly_reviewed_draft_keeps_what_the_reader_decided(film: Film) -> None:
    review = Review().with_analysis(an_analysis(film, LEVELS, L1_AND_L3))
    review = graded(review, L1, ReaderGrade.NON)
    report = draft_report(film, review, VERSION, NOW)
    assert [v.level for v in report.fractures] == [L3]
    assert report.is_draft
