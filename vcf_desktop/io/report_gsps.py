"""A report as a DICOM presentation state: outlines, six points and labels over the film, for plain viewers.

Film coordinates and those of presentation states in PIXEL units are the same: both begin at the outer corner
of the first pixel (PS3.3 C.10.5.1.2), unlike the displayed area, which counts pixels from 1.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from highdicom import ModalityLUTTransformation, PresentationLUTTransformation
from highdicom.color import CIELabColor
from highdicom.pr import (
    ColorSoftcopyPresentationState,
    GraphicAnnotation,
    GraphicLayer,
    GraphicObject,
    GrayscaleSoftcopyPresentationState,
    SoftcopyVOILUTTransformation,
    TextObject,
)
from numpy.typing import NDArray
from PIL import ImageCms
from pydicom import Dataset

from vcf_desktop.film import Film, VoiLut
from vcf_desktop.io.dicom_instances import ObjectKind, arguments, content_label, person_name, tracking_uid
from vcf_desktop.io.dicom_source import DicomSource
from vcf_desktop.report import Report, ReportedVertebra
from vcf_desktop.report_texts import ReportTexts
from vcf_desktop.review import ReaderGrade
from vcf_desktop.spine import Deformity

_LAYERS: Final = {
    "OUTLINES": ("Outlines of the vertebral bodies", CIELabColor(70.0, -40.0, -30.0)),
    "POINTS": ("Six points of each vertebral body", CIELabColor(90.0, -5.0, 80.0)),
    "LABELS": ("Levels, grades and notices", CIELabColor(95.0, 0.0, 0.0)),
}
"""Name -> what it holds and its colour, the lowest first."""
_LABEL_WIDTH, _LABEL_HEIGHT, _LABEL_GAP = 0.16, 0.02, 0.01
"""Parts of the film's larger side."""
_NOTICE_BOX: Final = (0.01, 0.9, 0.99, 0.99)
"""Left, top, right and bottom as parts of what is displayed."""


def presentation_state(
    report: Report, film: Film, source: DicomSource, texts: ReportTexts
) -> GrayscaleSoftcopyPresentationState | ColorSoftcopyPresentationState:
    """The film as it is first shown with all its vertebrae; where it is in colour, by sRGB."""
    layers = {
        name: GraphicLayer(name, order, description=what, display_color=colour)
        for order, (name, (what, colour)) in enumerate(_LAYERS.items(), start=1)
    }
    common: dict[str, Any] = {
        "referenced_images": [source.header],
        "content_label": content_label(report),
        "content_description": "Vertebral outlines, points and grades",
        "content_creator_name": person_name(report.signature.reader) if report.signature else None,
        "graphic_layers": list(layers.values()),
        "graphic_annotations": [
            GraphicAnnotation(
                [source.header],
                layers[name],
                referenced_frame_number=source.frame,
                **{("text_objects" if name == "LABELS" else "graphic_objects"): drawn},
            )
            for name, drawn in _drawn(report, texts).items()
            if drawn
        ],
        **arguments(report, ObjectKind.GSPS),
    }
    if source.is_colour:
        state: GrayscaleSoftcopyPresentationState | ColorSoftcopyPresentationState = (
            ColorSoftcopyPresentationState(icc_profile=_srgb(), **common)
        )
    else:
        state = GrayscaleSoftcopyPresentationState(
            modality_lut_transformation=ModalityLUTTransformation(0.0, 1.0, "US"),
            voi_lut_transformations=[_window(film)],
            # The state alone says what is shown white: the image's MONOCHROME1 no longer counts (C.11.6).
            presentation_lut_transformation=PresentationLUTTransformation(
                "INVERSE" if film.display.inverted else "IDENTITY"
            ),
            **common,
        )
        _take_luts(state, film, source)
    state.Laterality = ""
    if report.film.row_to_column != 1.0:
        area = state.DisplayedAreaSelectionSequence[0]
        area.PresentationPixelAspectRatio = [round(10_000 * report.film.row_to_column), 10_000]
    return state


def _srgb() -> bytes:
    """sRGB as the profile of an input device, which presentation states ask for (PS3.3 C.11.15)."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile[:12] + b"scnr" + profile[16:]


def _drawn(report: Report, texts: ReportTexts) -> dict[str, list[Any]]:
    """What stands on each layer."""
    size = np.array([report.film.width_px, report.film.height_px], dtype=np.float64)
    drawn: dict[str, list[Any]] = {name: [] for name in _LAYERS}
    for vertebra in report.vertebrae:
        outline = np.vstack([vertebra.contour_xy, vertebra.contour_xy[:1]]).clip(0.0, size)
        drawn["OUTLINES"].append(
            GraphicObject(
                "POLYLINE",
                outline,
                "PIXEL",
                tracking_id=vertebra.level.label,
                tracking_uid=tracking_uid(report, vertebra),
            )
        )
        drawn["POINTS"] += [
            GraphicObject("POINT", point[None].clip(0.0, size), "PIXEL") for point in vertebra.points_xy
        ]
        drawn["LABELS"].append(_label(label_text(vertebra, texts), outline, size))
    notices = " ".join(texts.notices(report))
    drawn["LABELS"].append(
        TextObject(notices, "DISPLAY", bounding_box=_NOTICE_BOX, text_justification="LEFT")
    )
    return drawn


def label_text(vertebra: ReportedVertebra, texts: ReportTexts) -> str:
    """Level, grade and type in short, ``"T12 2 wedge"``."""
    grade = vertebra.grade or ""
    if vertebra.grade is ReaderGrade.NOT_EVALUABLE:
        grade = texts.word(vertebra.grade)
    deformity = "" if vertebra.deformity is Deformity.NONE else texts.word(vertebra.deformity)
    return " ".join(filter(None, (vertebra.level.label, grade, deformity)))


def _label(text: str, outline: NDArray[np.float64], size: NDArray[np.float64]) -> TextObject:
    """Text in a box beside an outline: at its right, or at its left where there is more room."""
    unit = size.max()
    width, half, gap = _LABEL_WIDTH * unit, _LABEL_HEIGHT * unit / 2.0, _LABEL_GAP * unit
    (left, top), (right, bottom) = outline.min(axis=0), outline.max(axis=0)
    begin, end, justified = right + gap, right + gap + width, "LEFT"
    if size[0] - begin < min(width, left - gap):
        begin, end, justified = left - gap - width, left - gap, "RIGHT"
    middle = (top + bottom) / 2.0
    corners = np.clip([[begin, middle - half], [end, middle + half]], 0.0, size)
    if not (corners[0] < corners[1]).all():  # the vertebra fills the film
        corners = np.array([[0.0, 0.0], size])
    box = tuple(corners.ravel().tolist())
    return TextObject(text, "PIXEL", bounding_box=box, text_justification=justified)


def _window(film: Film) -> SoftcopyVOILUTTransformation:
    """The window that the film is first shown with."""
    window = film.display.windows[0] if film.display.windows else None
    if window is None:
        return SoftcopyVOILUTTransformation(window_center=0.0, window_width=1.0)
    return SoftcopyVOILUTTransformation(
        window_center=float(f"{window.centre:.9g}"),
        window_width=float(f"{window.width:.9g}"),
        voi_lut_function=window.function,
    )


def _take_luts(state: Dataset, film: Film, source: DicomSource) -> None:
    """The film's own modality transformation, and its VOI LUT, which comes before windows (C.11.2)."""
    header = source.header
    if "ModalityLUTSequence" in header:
        del state.RescaleSlope, state.RescaleIntercept, state.RescaleType
        state.ModalityLUTSequence = header.ModalityLUTSequence
    else:
        for keyword in ("RescaleSlope", "RescaleIntercept", "RescaleType"):
            state[keyword] = header[keyword]
    if film.display.luts:
        item = Dataset()
        item.VOILUTSequence = [_lut_item(film.display.luts[0])]
        state.SoftcopyVOILUTSequence = [item]


def _lut_item(lut: VoiLut) -> Dataset:
    """One item of a VOI LUT sequence; 65536 entries are written as 0 (PS3.3 C.11.1.1)."""
    item = Dataset()
    numbers = np.array([len(lut.values), lut.first, lut.bits]).astype(
        np.int16 if lut.first < 0 else np.uint16
    )
    item.add_new("LUTDescriptor", "SS" if lut.first < 0 else "US", numbers.tolist())
    item.add_new("LUTData", "OW", lut.values.astype("<u2").tobytes())
    return item
