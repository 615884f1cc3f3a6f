"""The whole pipeline on films whose vertebrae are known, with networks that know them too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.inference.fakes import (
    HEIGHT,
    WIDTH,
    FakeClassifier,
    FakeDetector,
    FakeSegmenter,
    Spine,
    analyse,
    fake_manifest,
    size_hw,
)
from vcf_desktop.errors import ModelError
from vcf_desktop.film import StudyInfo
from vcf_desktop.geometry import Heights, measure_heights
from vcf_desktop.inference import pipeline as pipeline_module
from vcf_desktop.inference import remarks
from vcf_desktop.inference.manifest import Manifest, NetworkInput, Task
from vcf_desktop.inference.pipeline import STAGES, Pipeline, open_pipeline
from vcf_desktop.spine import Deformity, Grade, VertebraLevel


@pytest.mark.parametrize("facing_left", [True, False])
def test_that_points_and_heights_are_those_of_the_film(facing_left: bool) -> None:
    spine = Spine(facing_left=facing_left)
    analysis = analyse(spine)
    assert [f.level.label for f in analysis.findings] == ["T11", "T12", "L1", "L2", "L3", "L4", "L5"]
    for finding, points, box in zip(analysis.findings, spine.points_xy, spine.boxes_xyxy, strict=True):
        # Corners are rounded by the interpolation between the pixels of the crop.
        np.testing.assert_allclose(finding.points_xy, points, atol=0.8)
        truth = measure_heights(points)
        assert finding.heights_px.posterior == pytest.approx(truth.posterior, rel=0.02)
        assert finding.ratios.wedge == pytest.approx(1.0, abs=0.02)
        np.testing.assert_allclose(finding.box_xyxy, box, atol=1e-3)
        assert finding.score == pytest.approx(0.9 * 0.98, abs=1e-6)
        assert finding.heights_mm is None
        assert finding.grade is Grade.NON
        assert finding.grade_probabilities.sum() == pytest.approx(1)
    assert analysis.film_warnings == ()
    assert [f.warnings != () for f in analysis.findings] == [False] * 6 + [True]  # L5: outside T4 to L4


def test_that_what_lies_above_the_seventh_neck_vertebra_is_left_out() -> None:
    levels = [f.level for f in analyse(Spine(count=20, shrink=0.4)).findings]
    assert levels == sorted(set(levels))
    assert (levels[0].label, levels[-1].label, len(levels)) == ("C7", "L5", 18)


def test_that_a_level_that_was_passed_over_is_named() -> None:
    spine = Spine()
    analysis = analyse(spine, segmenter=FakeSegmenter(spine, unseen=frozenset({3})))
    assert [f.level.label for f in analysis.findings] == ["T11", "T12", "L1", "L3", "L4", "L5"]
    assert "No vertebra was found where L2 is expected; look at it." in analysis.film_warnings


@pytest.mark.parametrize("row_to_column", [0.8, 1.25])
def test_that_films_with_oblong_pixels_are_measured_in_columns(row_to_column: float) -> None:
    spine = Spine(row_to_column=row_to_column, fractured=2)
    pixels = np.random.default_rng(0).uniform(0.2, 0.8, size_hw(row_to_column)).astype(np.float32)
    analysis = analyse(spine, spine.film(pixels, spacing_mm=(0.2 * row_to_column, 0.2)))
    assert len(analysis.findings) == 7
    for finding, points in zip(analysis.findings, spine.points_xy, strict=True):
        np.testing.assert_allclose(finding.points_xy, points, atol=0.9)
        truth = measure_heights(points, row_to_column)
        assert finding.heights_px.posterior == pytest.approx(truth.posterior, rel=0.02)
        assert finding.heights_mm is not None
        assert finding.heights_mm.posterior == pytest.approx(0.2 * finding.heights_px.posterior)
    assert analysis.findings[2].ratios.wedge == pytest.approx(0.55, abs=0.03)


def test_that_a_fracture_is_graded_and_typed_by_measurement_and_by_the_network() -> None:
    spine = Spine(fractured=3)
    finding = analyse(spine, classifier=FakeClassifier(severe=3)).findings[3]
    assert finding.grade is Grade.SEVERE
    assert finding.morphometric_grade is Grade.SEVERE
    assert finding.deformity is Deformity.WEDGE
    assert finding.warnings == ()


@pytest.mark.parametrize("severe", [None, 1])
def test_that_grades_more_than_one_apart_are_pointed_out(severe: int | None) -> None:
    spine = Spine(fractured=3)
    findings = analyse(spine, classifier=FakeClassifier(severe=severe)).findings
    apart = [i for i, f in enumerate(findings) if any("differ by more than one" in w for w in f.warnings)]
    assert apart == ([3] if severe is None else [1, 3])


def test_that_the_grader_sees_the_anterior_side_on_the_left_whichever_way_the_film_faces() -> None:
    seen = []
    for facing_left in (True, False):
        spine, classifier = Spine(facing_left=facing_left, fractured=3), FakeClassifier()
        pixels = np.random.default_rng(0).uniform(0.2, 0.8, (HEIGHT, WIDTH)).astype(np.float32)
        analyse(spine, spine.film(pixels), classifier=classifier)
        seen.append(np.concatenate(classifier.batches)[:, 1])
    # The two spines are mirror images, so what the grader sees of their bodies is the same.
    np.testing.assert_allclose(seen[0], seen[1], atol=0.05)


def test_that_mm_come_from_the_spacing_of_the_columns() -> None:
    spine = Spine()
    finding = analyse(spine, spine.film(spacing_mm=(0.15, 0.15))).findings[0]
    heights = finding.heights_px
    expected = Heights(*(0.15 * h for h in (heights.anterior, heights.middle, heights.posterior)))
    assert finding.heights_mm is not None
    assert finding.heights_mm.anterior == pytest.approx(expected.anterior)
    assert finding.heights_mm.middle == pytest.approx(expected.middle)


def test_that_levels_without_a_sacrum_are_called_assumed() -> None:
    spine = Spine()
    analysis = analyse(spine, detector=FakeDetector(spine, sacrum=False))
    assert remarks.LEVELS_ASSUMED in analysis.film_warnings
    assert len(analysis.findings) == 7


def test_that_a_vertebra_without_an_outline_is_left_out_and_named_by_its_place() -> None:
    spine = Spine()
    analysis = analyse(spine, segmenter=FakeSegmenter(spine, unseen=frozenset({2})))
    assert len(analysis.findings) == 6
    x, y = np.round((spine.boxes_xyxy[2, :2] + spine.boxes_xyxy[2, 2:]) / 2).astype(int)
    assert any(f"column {x}, row {y}" in warning for warning in analysis.film_warnings)
    # The gap keeps its level: what lies above is counted across it.
    assert VertebraLevel.L1 not in [finding.level for finding in analysis.findings]


def test_that_nothing_is_counted_from_a_sacrum_below_a_vertebra_without_an_outline() -> None:
    spine = Spine()
    analysis = analyse(spine, segmenter=FakeSegmenter(spine, unseen=frozenset({6})))
    assert remarks.LEVELS_ASSUMED in analysis.film_warnings


def test_that_a_film_on_which_nothing_can_be_outlined_has_no_findings() -> None:
    spine = Spine()
    analysis = analyse(spine, segmenter=FakeSegmenter(spine, unseen=frozenset(range(7)), arches=False))
    assert analysis.findings == ()
    assert len(analysis.film_warnings) == 7
    assert set(analysis.seconds) == {*STAGES, "total"}


@pytest.mark.parametrize(("count", "warning"), [(0, remarks.NO_SPINE), (2, remarks.FEW_VERTEBRAE)])
def test_that_films_with_hardly_a_vertebra_are_doubted(count: int, warning: str) -> None:
    spine = Spine(max(count, 1))
    detector = FakeDetector(spine, sacrum=False)
    detector.predictions = detector.predictions[:count]
    analysis = analyse(spine, detector=detector)
    assert warning in analysis.film_warnings
    assert len(analysis.findings) == count
    assert len(detector.batches) == 2  # it was tried inverted as well


def test_that_a_film_with_dark_bone_is_read_inverted() -> None:
    spine = Spine()
    detector = FakeDetector(spine, only_inverted=True)
    analysis = analyse(spine, detector=detector)
    assert len(analysis.findings) == 7
    assert remarks.INVERTED in analysis.film_warnings
    np.testing.assert_allclose(detector.batches[0].mean(), -detector.batches[1].mean(), atol=0.2)


def test_that_a_film_with_enough_vertebrae_is_looked_at_once() -> None:
    spine = Spine()
    detector = FakeDetector(spine)
    analyse(spine, detector=detector)
    assert len(detector.batches) == 1


def test_that_an_unknown_anterior_side_is_said() -> None:
    spine = Spine()
    analysis = analyse(spine, segmenter=FakeSegmenter(spine, arches=False))
    assert remarks.SIDE_UNCERTAIN in analysis.film_warnings


@pytest.mark.parametrize("facing_left", [True, False])
def test_that_the_header_decides_on_the_anterior_side_where_the_film_does_not(facing_left: bool) -> None:
    spine = Spine(facing_left=facing_left)
    study = StudyInfo(patient_orientation=("P" if facing_left else "A", "F"))
    analysis = analyse(spine, spine.film(study=study), segmenter=FakeSegmenter(spine, arches=False))
    assert remarks.SIDE_UNCERTAIN not in analysis.film_warnings
    np.testing.assert_allclose(analysis.findings[0].points_xy, spine.points_xy[0], atol=0.8)


@pytest.mark.parametrize("orientation", [(), ("",), ("L", "F"), ("?",)])
def test_that_a_header_that_says_nothing_about_the_side_is_not_believed(orientation: tuple[str, ...]) -> None:
    spine = Spine()
    film = spine.film(study=StudyInfo(patient_orientation=orientation))
    analysis = analyse(spine, film, segmenter=FakeSegmenter(spine, arches=False))
    assert remarks.SIDE_UNCERTAIN in analysis.film_warnings


def test_that_metal_is_said_of_the_film_and_of_the_vertebrae_under_it() -> None:
    spine = Spine()
    analysis = analyse(spine, segmenter=FakeSegmenter(spine, metal=frozenset({1, 2})))
    assert remarks.HARDWARE in analysis.film_warnings
    covered = [any("Metal" in w for w in f.warnings) for f in analysis.findings]
    assert covered == [False, True, True, False, False, False, False]


def test_that_vertebrae_of_few_pixels_are_said_to_be_too_small() -> None:
    spine = Spine(shrink=0.3)
    analysis = analyse(spine)
    assert remarks.LOW_RESOLUTION in analysis.film_warnings
    assert all(any("too few pixels" in w for w in f.warnings) for f in analysis.findings)


def test_that_progress_only_grows_and_names_the_stages_in_order() -> None:
    spine, told = Spine(), []
    Pipeline(FakeDetector(spine, only_inverted=True), FakeSegmenter(spine), FakeClassifier()).run(
        spine.film(), lambda fraction, stage: told.append((fraction, stage))
    )
    fractions = [fraction for fraction, _ in told]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    assert list(dict.fromkeys(stage for _, stage in told)) == list(STAGES)


@pytest.mark.parametrize("stage", STAGES)
def test_that_what_the_report_raises_cancels_the_run_at_any_stage(stage: str) -> None:
    class CancelledError(Exception):
        pass

    def report(_: float, present: str) -> None:
        if present == stage:
            raise CancelledError

    spine = Spine()
    pipeline = Pipeline(FakeDetector(spine), FakeSegmenter(spine), FakeClassifier())
    with pytest.raises(CancelledError):
        pipeline.run(spine.film(), report)


def test_that_an_analysis_says_what_ran_when_and_for_how_long() -> None:
    spine = Spine()
    analysis = analyse(spine)
    assert [model.name for model in analysis.models] == ["fake-detector", "fake-segmenter", "fake-classifier"]
    assert analysis.started.tzinfo is not None
    assert set(analysis.seconds) == {"preprocess", "detect", "segment", "grade", "total"}
    stages = [seconds for stage, seconds in analysis.seconds.items() if stage != "total"]
    assert all(seconds > 0 for seconds in stages)
    assert sum(stages) <= analysis.seconds["total"]


def test_that_notices_of_the_networks_become_warnings_of_the_film() -> None:
    spine = Spine()
    segmenter = FakeSegmenter(spine)
    segmenter.notices = ("The GPU ran out of memory.",)
    assert "The GPU ran out of memory." in analyse(spine, segmenter=segmenter).film_warnings


def test_that_the_film_is_not_changed() -> None:
    spine = Spine()
    film = spine.film()
    before = film.pixels.copy()
    analyse(spine, film)
    np.testing.assert_array_equal(film.pixels, before)


def test_that_models_for_other_crops_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def manifest_of(task: Task, _: Path) -> Manifest:
        return replace(fake_manifest(task), network_input=NetworkInput(1, 96, 3))

    monkeypatch.setattr(pipeline_module, "find_manifest", manifest_of)
    with pytest.raises(ModelError, match=r"fake-segmenter: it was made for crops of 96 px and not of 128"):
        open_pipeline(tmp_path)


def test_that_an_empty_folder_holds_no_pipeline(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"model detector: there is none"):
        open_pipeline(tmp_path)
