"""What stands at the edges of a film: whose it is, and how it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter

from vcf_desktop.film import Orientation, VoiLut, VoiWindow
from vcf_desktop.ui import theme
from vcf_desktop.ui.film_item import ShownFilm
from vcf_desktop.ui.film_text import draw_badge, draw_lines
from vcf_desktop.ui.wording import contrast_text, number, patient_lines, word

_MARGIN_PX: Final = 10
_BAND_PX: Final = 4
_BADGE_STEP_PX: Final = 26


@dataclass(frozen=True, eq=False)
class Legend:
    """What is told about a film and its view.

    Attributes:
        shown: the film.
        zoom: pixels of the screen itself per film column.
        voi: the window or LUT in use.
        enhanced, inverted, orientation: what makes the view another than the plain film.
        levels_assumed: whether the names of the levels are no more than a guess.
    """

    shown: ShownFilm
    zoom: float
    voi: VoiWindow | VoiLut | None
    enhanced: bool
    inverted: bool
    orientation: Orientation
    levels_assumed: bool


def draw_legend(painter: QPainter, legend: Legend, size: QSize) -> None:
    """Patient with his band of colour at the top, state of the view at the foot, badges at the right."""
    shown = legend.shown
    painter.fillRect(QRectF(0, 0, size.width(), _BAND_PX), theme.patient_colour(shown.study))
    who = [*patient_lines(shown.study), *filter(None, (shown.name, shown.remark))]
    draw_lines(painter, who, QPointF(_MARGIN_PX, _MARGIN_PX), theme.TEXT, bold_first=True)
    state = _state_lines(legend)
    height = QFontMetricsF(painter.font()).lineSpacing() * len(state)
    draw_lines(painter, state, QPointF(_MARGIN_PX, size.height() - height - _MARGIN_PX - 6), theme.QUIET)
    for place, text in enumerate(_badges(legend)):
        corner = QPointF(size.width() - _MARGIN_PX, _MARGIN_PX + _BAND_PX + _BADGE_STEP_PX * place)
        draw_badge(painter, text, corner)


def _state_lines(legend: Legend) -> list[str]:
    zoom = QCoreApplication.translate("FilmLegend", "Zoom %1 %")
    spacing = QCoreApplication.translate("FilmLegend", "mm: %1")
    lines = [zoom.replace("%1", number(100 * legend.zoom, 0))]
    if legend.voi is not None and not legend.enhanced:
        lines.append(contrast_text(legend.voi))
    lines.append(spacing.replace("%1", word(legend.shown.spacing_source)))
    return lines


def _badges(legend: Legend) -> list[str]:
    enhanced = QCoreApplication.translate("FilmLegend", "CLAHE: enhanced view, not the original")
    inverted = QCoreApplication.translate("FilmLegend", "Inverted")
    turns = legend.orientation.quarter_turns
    turned = QCoreApplication.translate("FilmLegend", "turned %1°").replace("%1", str(90 * turns))
    mirrored = QCoreApplication.translate("FilmLegend", "mirrored")
    assumed = QCoreApplication.translate("FilmLegend", "Levels assumed")
    said = {
        enhanced: legend.enhanced,
        inverted: legend.inverted,
        mirrored: legend.orientation.mirrored,
        turned: turns != 0,
        assumed: legend.levels_assumed,
    }
    return [text for text, holds in said.items() if holds]
