"""The presentation state: what is drawn where, and how the film below it looks."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.testing import assert_allclose
from numpy.typing import NDArray
from pydicom import Dataset, FileDataset
from pydicom.uid import (
    ColorSoftcopyPresentationStateStorage,
    GrayscaleSoftcopyPresentationStateStorage,
)

from tests.io.dicom_objects import FILMS, a_cr, a_full_report, demo, made, write
from tests.reports import NOW, a_draft, a_film, an_analysis, signed_report
from vcf_desktop.film import Film, VoiWindow
from vcf_desktop.io.dicom_instances import ObjectKind
from vcf_desktop.io.report_files import load_texts
from vcf_desktop.report import Report
from vcf_desktop.report_building import draft_report
from vcf_desktop.review import Review
from vcf_desktop.spine import VertebraLevel


def state_of(report: Report, film: Film, language: str = "en") -> FileDataset:
    return made(report, film, [ObjectKind.GSPS], language)[ObjectKind.GSPS]


def drawn(state: Dataset, layer: str) -> list[Dataset]:
    (annotation,) = [item for item in state.GraphicAnnotationSequence if item.GraphicLayer == layer]
    return [*annotation.get("GraphicObjectSequence", []), *annotation.get("TextObjectSequence", [])]


def coordinates(graphic: Dataset) -> NDArray[np.float64]:
    return np.asarray(graphic.GraphicData, dtype=np.float64).reshape(-1, 2)


@pytest.mark.parametrize("kind_of_film", FILMS)
def test_that_outlines_and_points_lie_where_they_lie_on_the_film(tmp_path: Path, kind_of_film: str) -> None:
    # Film coordinates and PIXEL units both begin at the outer corner of the first pixel (PS3.3 C.10.5.1.2).
    film = FILMS[kind_of_film](tmp_path)
    report = a_full_report(film)
    state = state_of(report, film)
    outlines, points = drawn(state, "OUTLINES"), drawn(state, "POINTS")
    for vertebra, outline in zip(report.vertebrae, outlines, strict=True):
        assert (outline.GraphicType, outline.GraphicAnnotationUnits) == ("POLYLINE", "PIXEL")
        closed = np.vstack([vertebra.contour_xy, vertebra.contour_xy[:1]])
        assert_allclose(coordinates(outline), closed, atol=1e-4)
    expected = np.concatenate([vertebra.points_xy for vertebra in report.vertebrae])
    assert {point.GraphicType for point in points} == {"POINT"}
    assert_allclose(np.concatenate([coordinates(point) for point in points]), expected, atol=1e-4)


def test_that_a_body_drawn_around_pixels_encloses_just_the_pixels_of_its_segment() -> None:
    film = a_film()
    report = signed_report(film)
    objects = made(report, film, [ObjectKind.GSPS, ObjectKind.SEG])
    outlines = drawn(objects[ObjectKind.GSPS], "OUTLINES")
    for outline, mask in zip(outlines, objects[ObjectKind.SEG].pixel_array, strict=True):
        polygon = coordinates(outline).astype(np.float32)
        for row, column in np.argwhere(_rim(mask)):
            centre = (float(column) + 0.5, float(row) + 0.5)
            distance = cv2.pointPolygonTest(polygon, centre, True)
            assert distance >= -1e-3 if mask[row, column] else distance <= 1e-3


def _rim(mask: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Pixels on both sides of a mask's border."""
    kernel = np.ones((3, 3), np.uint8)
    return cv2.dilate(mask, kernel) != cv2.erode(mask, kernel)


def test_that_layers_are_ordered_and_all_are_used() -> None:
    film = a_film()
    state = state_of(a_full_report(film), film)
    layers = {layer.GraphicLayer: layer.GraphicLayerOrder for layer in state.GraphicLayerSequence}
    assert layers == {"OUTLINES": 1, "POINTS": 2, "LABELS": 3}
    assert [item.GraphicLayer for item in state.GraphicAnnotationSequence] == list(layers)


def test_that_labels_say_level_grade_and_type_beside_their_vertebrae() -> None:
    film = a_film()
    report, texts = a_full_report(film), load_texts("en")
    *labels, notice = drawn(state_of(report, film), "LABELS")
    said = {label.UnformattedTextValue for label in labels}
    assert {
        "L1 3 crush",
        "L2 2",
        "T12 0.5",
        "T10 0",
        f"T9 {texts.templates['grade.not_evaluable']}",
    } <= said
    for vertebra, label in zip(report.vertebrae, labels, strict=True):
        left, top = label.BoundingBoxTopLeftHandCorner
        right, bottom = label.BoundingBoxBottomRightHandCorner
        assert 0 <= left < right <= film.width_px
        assert top < vertebra.contour_xy[:, 1].mean() < bottom
        assert left >= vertebra.contour_xy[:, 0].max() or right <= vertebra.contour_xy[:, 0].min()
    assert "Research use only" in notice.UnformattedTextValue
    assert notice.BoundingBoxAnnotationUnits == "DISPLAY"


def test_that_labels_at_the_right_end_of_a_film_go_to_the_left(tmp_path: Path) -> None:
    ds = demo()
    film = write(ds, tmp_path / "narrow.dcm", Columns=300, PixelData=ds.pixel_array[:, :300].tobytes())
    levels = [VertebraLevel.L1, VertebraLevel.L2]
    report = draft_report(film, Review().with_analysis(an_analysis(film, levels)), "9.9", NOW)
    *labels, _ = drawn(state_of(report, film), "LABELS")
    for vertebra, label in zip(report.vertebrae, labels, strict=True):
        assert label.BoundingBoxTopLeftHandCorner[0] >= 0
        assert label.BoundingBoxBottomRightHandCorner[0] <= vertebra.contour_xy[:, 0].min()
        assert label.BoundingBoxTextHorizontalJustification == "RIGHT"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_that_a_draft_says_on_the_film_that_nobody_verified_it(language: str) -> None:
    film = a_film()
    report, texts = a_draft(film), load_texts(language)
    notice = drawn(state_of(report, film, language), "LABELS")[-1].UnformattedTextValue
    assert len(texts.notices(report)) > len(texts.notices(signed_report(film)))
    assert all(sentence in notice for sentence in texts.notices(report))


def test_that_rejected_vertebrae_are_not_drawn() -> None:
    film = a_film()
    report = signed_report(film)
    assert [vertebra.level for vertebra in report.rejected] == [VertebraLevel.T8]
    tracked = [graphic.TrackingID for graphic in drawn(state_of(report, film), "OUTLINES")]
    assert tracked == [vertebra.level.label for vertebra in report.vertebrae]


def test_that_films_in_colour_get_a_state_for_colour(tmp_path: Path) -> None:
    grey, colour = a_film(), FILMS["colour"](tmp_path)
    assert state_of(signed_report(grey), grey).SOPClassUID == GrayscaleSoftcopyPresentationStateStorage
    state = state_of(signed_report(colour), colour)
    assert state.SOPClassUID == ColorSoftcopyPresentationStateStorage
    assert state.ICCProfile[36:40] == b"acsp"


def test_that_pixels_that_are_not_square_are_shown_as_they_are(tmp_path: Path) -> None:
    film = write(
        demo(),
        tmp_path / "film.dcm",
        ImagerPixelSpacing=[0.4, 0.2],
        EstimatedRadiographicMagnificationFactor=None,
    )
    assert film.row_to_column == 2.0
    (area,) = state_of(signed_report(film), film).DisplayedAreaSelectionSequence
    vertical, horizontal = area.PresentationPixelAspectRatio
    assert vertical / horizontal == 2.0


@pytest.mark.parametrize("first", [0, -1000])
def test_that_a_lut_of_the_film_comes_before_its_windows(tmp_path: Path, first: int) -> None:
    lut = Dataset()
    lut.add_new("LUTDescriptor", "SS" if first else "US", [4096, first, 12])
    lut.add_new("LUTData", "US", (np.arange(4096) // 2).tolist())
    film = write(demo(), tmp_path / "film.dcm", VOILUTSequence=[lut], RescaleIntercept=first)
    assert film.display.luts[0].first == first
    (voi,) = state_of(signed_report(film), film).SoftcopyVOILUTSequence
    assert "WindowCenter" not in voi
    assert list(voi.VOILUTSequence[0].LUTDescriptor) == [4096, first, 12]
    assert np.array_equal(np.frombuffer(voi.VOILUTSequence[0].LUTData, "<u2"), np.arange(4096) // 2)


def test_that_a_modality_lut_is_taken_over(tmp_path: Path) -> None:
    lut = Dataset()
    lut.add_new("LUTDescriptor", "US", [4096, 0, 16])
    lut.add_new("LUTData", "US", (np.arange(4096) * 3).tolist())
    lut.ModalityLUTType = "US"
    film = write(
        demo(),
        tmp_path / "film.dcm",
        ModalityLUTSequence=[lut],
        RescaleSlope=None,
        RescaleIntercept=None,
        RescaleType=None,
    )
    state = state_of(signed_report(film), film)
    assert "RescaleSlope" not in state
    assert list(state.ModalityLUTSequence[0].LUTDescriptor) == [4096, 0, 16]


@pytest.mark.parametrize("bone_dark", [False, True])
def test_that_dcmtk_shows_the_film_as_the_program_does(tmp_path: Path, bone_dark: bool) -> None:
    if shutil.which("dcmp2pgm") is None:
        pytest.skip("dcmp2pgm of dcmtk is not installed")
    path = tmp_path / "film.dcm"
    film = a_cr(path) if bone_dark else write(demo(), path, WindowCenter=1500, WindowWidth=1800)
    assert film.display.inverted == bone_dark
    state_of(signed_report(film), film).save_as(tmp_path / "state.dcm")
    command = ["dcmp2pgm", "-p", tmp_path / "state.dcm", path, tmp_path / "shown.pgm"]
    subprocess.run(command, capture_output=True, check=True)
    shown = cv2.imread(str(tmp_path / "shown.pgm"), cv2.IMREAD_UNCHANGED).astype(np.float64)
    expected = windowed(film.display.values, film.display.windows[0])
    if bone_dark:
        expected = 255 - expected
    assert shown.shape == expected.shape
    # DCMTK rounds its 8-bit greys by a rule of its own.
    assert np.abs(shown - expected).max() <= 2.0
    assert np.ptp(expected) > 200


def windowed(values: NDArray[np.generic], window: VoiWindow) -> NDArray[np.float64]:
    """LINEAR of PS3.3 C.11.2.1.2.1 to 0 to 255."""
    part = (values.astype(np.float64) - (window.centre - 0.5)) / (window.width - 1) + 0.5
    return np.asarray(np.clip(part, 0, 1) * 255)


def test_that_the_film_is_shown_by_the_window_the_program_computed_where_it_has_none(tmp_path: Path) -> None:
    film = write(demo(), tmp_path / "film.dcm", WindowCenter=None, WindowWidth=None)
    (voi,) = state_of(signed_report(film), film).SoftcopyVOILUTSequence
    window = film.display.windows[0]
    assert float(voi.WindowCenter) == pytest.approx(window.centre, rel=1e-6)
    assert float(voi.WindowWidth) == pytest.approx(window.width, rel=1e-6)
    assert replace(window, explanation="computed") == window
