"""Pictures of a film with outlines, six points, levels and grades: of an analysis, or of a report.

Nothing is said by colour alone: grades are written, outlines get thicker with them, and a doubtful outline is
dotted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from vcf_desktop.film import Film
from vcf_desktop.report import SURE, Report, ReportedVertebra
from vcf_desktop.review import ReaderGrade
from vcf_desktop.spine import Analysis, Deformity, Grade, VertebraFinding


@dataclass(frozen=True)
class _Style:
    colour_bgr: tuple[int, int, int]
    thickness: float


# The palette of Okabe and Ito, whose colours people with any colour blindness can tell apart, quiet to loud.
_STYLES = {
    Grade.NON: _Style((233, 180, 86), 1.0),
    Grade.MILD: _Style((66, 228, 240), 1.2),
    Grade.MODERATE: _Style((0, 159, 230), 1.7),
    Grade.SEVERE: _Style((0, 94, 213), 2.6),
}
_SHIFT = 4
_DOT_POINTS = 2
_FONT = cv2.FONT_HERSHEY_SIMPLEX


@dataclass(frozen=True, eq=False)
class _Outline:
    """One vertebra as it is drawn."""

    text: str
    grade: Grade
    contour_xy: NDArray[np.float64]
    points_xy: NDArray[np.float64]
    is_doubtful: bool


def overlay_png(film: Film, analysis: Analysis) -> bytes:
    """The film at its own size with everything that was found, as a PNG file."""
    # The picture will travel without its JSON.
    notices = ["Research use only, not for diagnosis"]
    picture = _picture(film, map(_of_finding, analysis.findings), notices)
    _, encoded = cv2.imencode(".png", picture, (cv2.IMWRITE_PNG_COMPRESSION, 1))
    return encoded.tobytes()


def report_picture(film: Film, report: Report) -> NDArray[np.uint8]:
    """(H, W, 3) uint8 RGB: the film at its own size with the vertebrae of a report.

    It is in English, as OpenCV writes no other letters than those of ASCII.
    """
    notices = ["UNVERIFIED DRAFT"] if report.is_draft else []
    notices.append("Research use only, not a medical device")
    return cv2.cvtColor(_picture(film, map(_of_report, report.vertebrae), notices), cv2.COLOR_BGR2RGB).astype(
        np.uint8, copy=False
    )


def _picture(film: Film, outlines: Iterable[_Outline], notices: Sequence[str]) -> NDArray[np.uint8]:
    """(H, W, 3) uint8 BGR, the notices at its foot."""
    grey = (film.pixels * np.float32(255)).astype(np.uint8)
    picture = np.repeat(grey[:, :, None], 3, axis=2)
    # One unit is a pixel on a film of 1000 px, so that a film looks alike at every resolution.
    unit = max(film.height_px, film.width_px) / 1000
    for outline in outlines:
        _draw(picture, outline, unit)
    for line, notice in enumerate(reversed(notices)):
        _write(picture, notice, (10 * unit, film.height_px - (20 + 25 * line) * unit), unit)
    return picture


def is_doubtful(finding: VertebraFinding) -> bool:
    """Whether level, grade or outline of this vertebra should be looked at before it is believed."""
    least = min(finding.level_confidence, float(finding.grade_probabilities.max()))
    return least < SURE or bool(finding.warnings)


def _of_finding(finding: VertebraFinding) -> _Outline:
    doubtful = is_doubtful(finding)
    grade = f" grade {int(finding.grade)}" if finding.grade is not Grade.NON else ""
    text = finding.level.label + grade + _type_text(finding.deformity) + " ?" * doubtful
    return _Outline(text, finding.grade, finding.contour_xy, finding.points_xy, doubtful)


def _of_report(vertebra: ReportedVertebra) -> _Outline:
    unsure = vertebra.grade in (None, ReaderGrade.EQUIVOCAL, ReaderGrade.NOT_EVALUABLE)
    unverified = vertebra.verdict is None and vertebra.machine is not None and is_doubtful(vertebra.machine)
    text = vertebra.level.label + {
        None: " not graded",
        ReaderGrade.NON: "",
        ReaderGrade.NOT_EVALUABLE: " not evaluable",
    }.get(vertebra.grade, f" grade {vertebra.grade}")
    # What is equivocal is drawn as a mild deformity would be, but dotted.
    grade = Grade(int(np.ceil(vertebra.number or 0.0)))
    text += _type_text(vertebra.deformity) + " ?" * (unverified or vertebra.level_is_doubtful)
    return _Outline(text, grade, vertebra.contour_xy, vertebra.points_xy, unsure or unverified)


def _type_text(deformity: Deformity) -> str:
    return f" {deformity}" if deformity is not Deformity.NONE else ""


def _draw(picture: NDArray[np.uint8], outline: _Outline, unit: float) -> None:
    style = _STYLES[outline.grade]
    thickness = max(1, round(style.thickness * unit))
    contour = _fixed(outline.contour_xy)
    lines = [contour[i : i + _DOT_POINTS] for i in range(0, len(contour), 2 * _DOT_POINTS)]
    cv2.polylines(
        picture,
        lines if outline.is_doubtful else [contour],
        not outline.is_doubtful,
        style.colour_bgr,
        thickness,
        cv2.LINE_AA,
        _SHIFT,
    )
    for point in _fixed(outline.points_xy):
        cv2.circle(
            picture, point.tolist(), round(2 * unit) << _SHIFT, style.colour_bgr, -1, cv2.LINE_AA, _SHIFT
        )
    right, middle = outline.contour_xy[:, 0].max(), outline.contour_xy[:, 1].mean()
    _write(picture, outline.text, (right + 8 * unit, middle), unit, style.colour_bgr)


def _fixed(points_xy: NDArray[np.float64]) -> NDArray[np.int32]:
    """Film points for OpenCV: its origin is the centre of the first pixel, its fractions are 1/16 px."""
    return np.round((points_xy - 0.5) * (1 << _SHIFT)).astype(np.int32)


def _write(
    picture: NDArray[np.uint8],
    text: str,
    left_middle_xy: Sequence[float],
    unit: float,
    colour_bgr: tuple[int, int, int] = (255, 255, 255),
) -> None:
    """Text on a darkened strip, moved to the left where it would leave the picture."""
    scale, thickness = max(0.5 * unit, 0.4), max(1, round(unit))
    (width, height), below = cv2.getTextSize(text, _FONT, scale, thickness)
    left = max(0, min(round(left_middle_xy[0]), picture.shape[1] - width))
    bottom = round(left_middle_xy[1]) + height // 2
    picture[max(0, bottom - height - below) : max(0, bottom + below), left : left + width] //= 4
    cv2.putText(picture, text, (left, bottom), _FONT, scale, colour_bgr, thickness, cv2.LINE_AA)
