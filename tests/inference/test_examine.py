"""A vertebra that the detector missed, and a person pointed out, is measured like the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from tests.inference.fakes import (
    FakeClassifier,
    FakeDetector,
    FakeSegmenter,
    Spine,
    analyse,
    size_hw,
)
from vcf_desktop.film import Film, StudyInfo
from vcf_desktop.inference import remarks
from vcf_desktop.inference.frames import NetworkFrame, vertebra_frames
from vcf_desktop.inference.pipeline import STAGES, Pipeline, Report, ignore
from vcf_desktop.spine import Deformity, Grade, VertebraFinding, VertebraLevel

EXAMINED_STAGES = [stage for stage in STAGES if stage != "detect"]


def frames_of(spine: Spine, place: int, known: Sequence[int]) -> dict[int, NetworkFrame]:
    """The crop of the vertebra at ``place`` among those at ``known``."""
    chain = sorted({place, *known})
    frames = vertebra_frames(spine.boxes_xyxy[chain], spine.row_to_column)
    return {place: frames[chain.index(place)]}


def examine(
    spine: Spine,
    place: int,
    neighbours: Sequence[VertebraFinding] = (),
    *,
    known: Sequence[int] = (),
    level: VertebraLevel = VertebraLevel.L2,
    film: Film | None = None,
    segmenter: FakeSegmenter | None = None,
    severe: bool = False,
    report: Report = ignore,
    inverted: bool = False,
) -> VertebraFinding | None:
    """What the pipeline says of a spine's box; ``known`` are the places of ``neighbours``."""
    pipeline = Pipeline(
        FakeDetector(spine),
        segmenter or FakeSegmenter(spine, frames_of(spine, place, known)),
        FakeClassifier(severe=0 if severe else None),
    )
    film = film or spine.film()
    return pipeline.examine(film, spine.boxes_xyxy[place], neighbours, level, report, inverted=inverted)


def assert_is_the_same(one: VertebraFinding | None, other: VertebraFinding) -> None:
    """All but what a person knows better: the box, and how sure that and the level are."""
    assert one is not None
    # The detector's boxes, and so the crops, are rounded to float32.
    np.testing.assert_allclose(one.points_xy, other.points_xy, atol=0.01)
    np.testing.assert_allclose(one.contour_xy, other.contour_xy, atol=0.01)
    np.testing.assert_array_equal(one.grade_probabilities, other.grade_probabilities)
    assert one.ratios.wedge == pytest.approx(other.ratios.wedge, abs=1e-3)
    assert one.ratios.crush == pytest.approx(other.ratios.crush, abs=1e-3)
    assert (one.level, one.grade, one.deformity) == (other.level, other.grade, other.deformity)
    assert one.morphometric_grade == other.morphometric_grade
    assert one.warnings == other.warnings


@pytest.mark.parametrize("facing_left", [True, False])
@pytest.mark.parametrize("place", [0, 3, 6])
def test_that_a_missed_vertebra_is_measured_as_if_it_had_been_found(place: int, facing_left: bool) -> None:
    spine = Spine(facing_left=facing_left, fractured=3)
    found = analyse(spine, classifier=FakeClassifier(severe=3)).findings
    known = [6, 0, 3, 5, 2, 1, 4]  # in any order
    known.remove(place)
    finding = examine(
        spine,
        place,
        [found[i] for i in known],
        known=known,
        level=found[place].level,
        severe=place == 3,
    )
    assert_is_the_same(finding, found[place])
    assert finding is not None
    np.testing.assert_array_equal(finding.box_xyxy, spine.boxes_xyxy[place])
    assert (finding.score, finding.level_confidence) == (1.0, 1.0)
    if place == 3:
        assert (finding.grade, finding.deformity) == (Grade.SEVERE, Deformity.WEDGE)


@pytest.mark.parametrize("facing_left", [True, False])
def test_that_a_vertebra_without_neighbours_is_measured_by_itself(facing_left: bool) -> None:
    spine = Spine(facing_left=facing_left, fractured=2)
    finding = examine(spine, 2)
    assert finding is not None
    np.testing.assert_allclose(finding.points_xy, spine.points_xy[2], atol=1.0)
    assert finding.ratios.wedge == pytest.approx(0.55, abs=0.03)
    assert finding.ratios.crush is None
    assert finding.morphometric_grade is Grade.SEVERE


@pytest.mark.parametrize("neighbour", [2, 4])
def test_that_one_neighbour_gives_the_course_of_the_spine_and_the_height_to_expect(neighbour: int) -> None:
    spine = Spine()
    found = analyse(spine).findings
    finding = examine(spine, 3, [found[neighbour]], known=[neighbour], level=found[3].level)
    assert finding is not None
    np.testing.assert_allclose(finding.points_xy, spine.points_xy[3], atol=0.8)
    assert finding.ratios.crush == pytest.approx(1.0, abs=0.1)


@pytest.mark.parametrize("row_to_column", [0.8, 1.25])
def test_that_oblong_pixels_change_nothing(row_to_column: float) -> None:
    spine = Spine(row_to_column=row_to_column, fractured=3)
    pixels = np.random.default_rng(0).uniform(0.2, 0.8, size_hw(row_to_column)).astype(np.float32)
    film = spine.film(pixels, spacing_mm=(0.2 * row_to_column, 0.2))
    found = analyse(spine, film).findings
    known = [0, 1, 2, 4, 5, 6]
    finding = examine(spine, 3, [found[i] for i in known], known=known, level=found[3].level, film=film)
    assert_is_the_same(finding, found[3])
    assert finding is not None
    assert finding.heights_mm is not None
    assert finding.heights_mm.posterior == pytest.approx(0.2 * finding.heights_px.posterior)


def test_that_a_box_without_a_body_has_no_finding() -> None:
    spine, told = Spine(), []
    segmenter = FakeSegmenter(spine, frames_of(spine, 3, ()), unseen=frozenset({3}))
    finding = examine(
        spine, 3, segmenter=segmenter, report=lambda fraction, stage: told.append((fraction, stage))
    )
    assert finding is None
    assert told[-1] == (1.0, "segment")


def test_that_a_box_without_area_is_refused() -> None:
    spine = Spine()
    pipeline = Pipeline(FakeDetector(spine), FakeSegmenter(spine), FakeClassifier())
    with pytest.raises(ValueError, match="a box needs its left before its right"):
        pipeline.examine(spine.film(), np.array([9.0, 9.0, 9.0, 9.0]), (), VertebraLevel.L2)


@pytest.mark.parametrize("arches", ["unseen", "in front"])
@pytest.mark.parametrize("facing_left", [True, False])
def test_that_the_neighbours_say_which_side_is_anterior(facing_left: bool, arches: str) -> None:
    spine = Spine(facing_left=facing_left)
    found = analyse(spine).findings
    if arches == "in front":
        spine.back_xy = -spine.back_xy
    segmenter = FakeSegmenter(spine, frames_of(spine, 3, [2, 4]), arches=arches == "in front")
    # It contradicts them, too.
    header = StudyInfo(patient_orientation=("A" if facing_left else "P", "F"))
    finding = examine(spine, 3, [found[2], found[4]], segmenter=segmenter, film=spine.film(study=header))
    assert finding is not None
    np.testing.assert_allclose(finding.points_xy, spine.points_xy[3], atol=0.8)
    assert remarks.SIDE_UNCERTAIN not in finding.warnings


@pytest.mark.parametrize("facing_left", [True, False])
def test_that_without_neighbours_the_header_decides_where_the_crop_does_not(facing_left: bool) -> None:
    spine = Spine(facing_left=facing_left)
    film = spine.film(study=StudyInfo(patient_orientation=("P" if facing_left else "A", "F")))
    segmenter = FakeSegmenter(spine, frames_of(spine, 3, ()), arches=False)
    finding = examine(spine, 3, segmenter=segmenter, film=film)
    assert finding is not None
    np.testing.assert_allclose(finding.points_xy, spine.points_xy[3], atol=1.0)
    assert remarks.SIDE_UNCERTAIN not in finding.warnings


def test_that_an_anterior_side_that_nothing_tells_is_said_of_the_vertebra() -> None:
    spine = Spine()
    segmenter = FakeSegmenter(spine, frames_of(spine, 3, ()), arches=False)
    finding = examine(spine, 3, segmenter=segmenter)
    assert finding is not None
    assert finding.warnings == (remarks.SIDE_UNCERTAIN,)


def test_that_neighbours_that_contradict_each_other_leave_the_anterior_side_uncertain() -> None:
    spine = Spine()
    found = analyse(spine).findings
    turned = replace(found[4], points_xy=found[4].points_xy[[2, 1, 0, 5, 4, 3]])
    finding = examine(spine, 3, [found[2], turned], known=[2, 4])
    assert finding is not None
    assert finding.warnings == (remarks.SIDE_UNCERTAIN,)


@pytest.mark.parametrize("inverted", [False, True])
def test_that_the_segmenter_sees_what_it_saw_when_the_film_was_analysed(inverted: bool) -> None:
    spine = Spine()
    film = spine.film()
    before = film.pixels.copy()
    first, again = FakeSegmenter(spine), FakeSegmenter(spine, frames_of(spine, 3, range(7)))
    detector = FakeDetector(spine, only_inverted=inverted)
    found = Pipeline(detector, first, FakeClassifier()).run(film).findings
    pipeline = Pipeline(detector, again, FakeClassifier())
    looks = len(detector.batches)
    pipeline.examine(film, found[3].box_xyxy, [*found[:3], *found[4:]], found[3].level, inverted=inverted)
    np.testing.assert_array_equal(again.batches[0][0], np.concatenate(first.batches)[3])
    assert len(detector.batches) == looks
    np.testing.assert_array_equal(film.pixels, before)


def test_that_examining_tells_its_stages_in_order() -> None:
    told: list[tuple[float, str]] = []
    examine(Spine(), 3, report=lambda fraction, stage: told.append((fraction, stage)))
    fractions = [fraction for fraction, _ in told]
    assert fractions == sorted(fractions)
    assert (fractions[0], fractions[-1]) == (0.0, 1.0)
    assert list(dict.fromkeys(stage for _, stage in told)) == EXAMINED_STAGES


@pytest.mark.parametrize("stage", EXAMINED_STAGES)
def test_that_what_the_report_raises_cancels_at_any_stage(stage: str) -> None:
    class CancelledError(Exception):
        pass

    def report(_: float, present: str) -> None:
        if present == stage:
            raise CancelledError

    with pytest.raises(CancelledError):
        examine(Spine(), 3, report=report)
