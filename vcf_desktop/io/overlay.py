"""The picture beside an analysis: the film with outlines, six points, levels and grades.

Nothing is said by colour alone: grades are written, outlines get thicker with them, and a doubtful outline is
dotted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from vcf_desktop.film import Film
from vcf_desktop.spine import Analysis, Deformity, Grade, VertebraFinding

SURE = 0.5
"""A level or a grade that is less probable is drawn as doubtful, as is a vertebra with a warning."""


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


def overlay_png(film: Film, analysis: Analysis) -> bytes:
    """The film at its own size with everything that was found, as a PNG file."""
    grey = (film.pixels * np.float32(255)).astype(np.uint8)
    picture = np.repeat(grey[:, :, None], 3, axis=2)
    # One unit is a pixel on a film of 1000 px, so that a film looks alike at every resolution.
    unit = max(film.height_px, film.width_px) / 1000
    for finding in analysis.findings:
        _draw(picture, finding, unit)
    # The picture will travel without its JSON.
    foot = (10 * unit, film.height_px - 20 * unit)
    _write(picture, "Research use only, not for diagnosis", foot, unit)
    _, encoded = cv2.imencode(".png", picture, (cv2.IMWRITE_PNG_COMPRESSION, 1))
    return encoded.tobytes()


def is_doubtful(finding: VertebraFinding) -> bool:
    """Whether level, grade or outline of this vertebra should be looked at before it is believed."""
    least = min(finding.level_confidence, float(finding.grade_probabilities.max()))
    return least < SURE or bool(finding.warnings)


def _draw(picture: NDArray[np.uint8], finding: VertebraFinding, unit: float) -> None:
    style = _STYLES[finding.grade]
    thickness = max(1, round(style.thickness * unit))
    contour = _fixed(finding.contour_xy)
    doubtful = is_doubtful(finding)
    lines = [contour[i : i + _DOT_POINTS] for i in range(0, len(contour), 2 * _DOT_POINTS)]
    cv2.polylines(
        picture,
        lines if doubtful else [contour],
        not doubtful,
        style.colour_bgr,
        thickness,
        cv2.LINE_AA,
        _SHIFT,
    )
    for point in _fixed(finding.points_xy):
        cv2.circle(
            picture, point.tolist(), round(2 * unit) << _SHIFT, style.colour_bgr, -1, cv2.LINE_AA, _SHIFT
        )
    grade = f" grade {int(finding.grade)}" if finding.grade is not Grade.NON else ""
    deformity = f" {finding.deformity}" if finding.deformity is not Deformity.NONE else ""
    text = finding.level.label + grade + deformity + " ?" * doubtful
    right, middle = finding.contour_xy[:, 0].max(), finding.contour_xy[:, 1].mean()
    _write(picture, text, (right + 8 * unit, middle), unit, style.colour_bgr)


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
