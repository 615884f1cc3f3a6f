"""The segmentation, held against the outlines pixel by pixel."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from pydicom import FileDataset

from tests.io.dicom_objects import FILMS, a_full_report, a_full_review, demo, made, write
from tests.reports import NOW, SIGNATURE, a_film, an_analysis, signed_report
from vcf_desktop.film import Film
from vcf_desktop.io.dicom_instances import ObjectKind, quietly
from vcf_desktop.io.dicom_source import read_source
from vcf_desktop.io.report_seg import filled, segmentation
from vcf_desktop.report import Report
from vcf_desktop.report_building import build_report, draft_report
from vcf_desktop.review import Review
from vcf_desktop.spine import REGULAR_LEVELS


def seg_of(report: Report, film: Film) -> FileDataset:
    return made(report, film, [ObjectKind.SEG])[ObjectKind.SEG]


def is_inside(x: float, y: float, outline: NDArray[np.float64]) -> bool:
    """Whether a ray to the left from a point meets the outline an odd number of times."""
    inside = False
    for (x0, y0), (x1, y1) in zip(outline, np.roll(outline, -1, axis=0), strict=True):
        if (y0 > y) != (y1 > y) and x > x0 + (y - y0) / (y1 - y0) * (x1 - x0):
            inside = not inside
    return inside


def brute_force(outline: NDArray[np.float64], size_hw: tuple[int, int]) -> NDArray[np.uint8]:
    height, width = size_hw
    return np.array(
        [[is_inside(column + 0.5, row + 0.5, outline) for column in range(width)] for row in range(height)],
        dtype=np.uint8,
    ).reshape(size_hw)


coordinate = st.floats(-8, 30, allow_nan=False, width=32)


@given(st.lists(st.tuples(coordinate, coordinate), min_size=3, max_size=9))
def test_that_a_pixel_belongs_to_an_outline_where_its_centre_lies_inside(
    corners: list[tuple[float, float]],
) -> None:
    # An irrational step aside keeps centres off the sides, where either answer would do.
    outline = np.add(corners, (np.pi / 1000, np.e / 1000))
    assert np.array_equal(filled(outline, (20, 24)), brute_force(outline, (20, 24)))


def test_that_an_outline_along_the_edges_of_pixels_holds_just_these_pixels() -> None:
    expected = np.zeros((12, 15), dtype=np.uint8)
    expected[2:7, 3:11] = 1
    assert np.array_equal(filled([(3, 2), (11, 2), (11, 7), (3, 7)], (12, 15)), expected)


def test_that_two_bodies_with_a_common_side_share_no_pixel_and_leave_none_out() -> None:
    left = filled([(0, 0), (6.5, 0), (3.5, 10), (0, 10)], (10, 12))
    right = filled([(6.5, 0), (12, 0), (12, 10), (3.5, 10)], (10, 12))
    assert (left + right == 1).all()


@pytest.mark.parametrize("kind_of_film", FILMS)
def test_that_every_segment_is_the_body_of_its_vertebra(tmp_path: Path, kind_of_film: str) -> None:
    film = FILMS[kind_of_film](tmp_path)
    report = a_full_report(film)
    seg = seg_of(report, film)
    assert (seg.Rows, seg.Columns) == film.pixels.shape
    assert [segment.SegmentNumber for segment in seg.SegmentSequence] == list(
        range(1, len(report.vertebrae) + 1)
    )
    frames = seg.pixel_array
    for group, mask in zip(seg.PerFrameFunctionalGroupsSequence, frames, strict=True):
        number = group.SegmentIdentificationSequence[0].ReferencedSegmentNumber
        vertebra = report.vertebrae[number - 1]
        assert seg.SegmentSequence[number - 1].SegmentLabel == vertebra.level.label
        left, top = np.floor(vertebra.contour_xy.min(axis=0)).astype(int) - 2
        right, bottom = np.ceil(vertebra.contour_xy.max(axis=0)).astype(int) + 2
        window = mask[top:bottom, left:right]
        outline = vertebra.contour_xy - (left, top) - 1e-9
        assert np.array_equal(window, brute_force(outline, window.shape))
        assert window.sum() == mask.sum()


def test_that_segments_say_who_drew_them() -> None:
    film = a_film()
    report = a_full_report(film)
    how = {
        vertebra.level.label: segment.SegmentAlgorithmType
        for vertebra, segment in zip(report.vertebrae, seg_of(report, film).SegmentSequence, strict=True)
    }
    assert how.pop("L1") == "SEMIAUTOMATIC"
    assert how.pop("T5") == "MANUAL"
    assert set(how.values()) == {"AUTOMATIC"}


def test_that_segments_are_coded_as_vertebrae_and_rejected_ones_are_left_out() -> None:
    film = a_film()
    report = signed_report(film)
    segments = seg_of(report, film).SegmentSequence
    assert "T8" not in [segment.SegmentLabel for segment in segments]
    for segment in segments:
        assert segment.SegmentedPropertyCategoryCodeSequence[0].CodeValue == "91723000"
        code = segment.SegmentedPropertyTypeCodeSequence[0]
        assert (code.CodingSchemeDesignator, code.CodeMeaning) == ("SCT", f"{segment.SegmentLabel} vertebra")
        algorithm = segment.SegmentationAlgorithmIdentificationSequence[0]
        assert algorithm.AlgorithmVersion == "9.9"


def test_that_a_vertebra_outside_the_film_has_no_segment() -> None:
    film = a_film()
    review = a_full_review(film)
    gone = replace(review.vertebrae[1], contour_xy=review.vertebrae[1].contour_xy - 5000.0)
    report = build_report(film, review.with_vertebra(gone), SIGNATURE, "9.9", NOW)
    segments = seg_of(report, film).SegmentSequence
    assert [s.SegmentNumber for s in segments] == list(range(1, len(report.vertebrae)))
    assert gone.level.label not in [s.SegmentLabel for s in segments]


@pytest.mark.bench
def test_that_seventeen_vertebrae_of_a_large_film_take_less_than_two_seconds(tmp_path: Path) -> None:
    ds = demo()
    values = np.zeros((3000, 3000), dtype="<u2")
    values[::7] = 1000
    film = write(ds, tmp_path / "large.dcm", Rows=3000, Columns=3000, PixelData=values.tobytes())
    analysis = an_analysis(film, REGULAR_LEVELS)
    report = draft_report(film, Review().with_analysis(analysis), "9.9", NOW)
    source = read_source(film)
    begin = time.perf_counter()
    with quietly():
        seg = segmentation(report, source)
    took = time.perf_counter() - begin
    assert seg is not None
    assert len(seg.SegmentSequence) == 17
    assert took < 2.0
