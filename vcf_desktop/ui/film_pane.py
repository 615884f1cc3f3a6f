"""A film view with what belongs to one film: presets, the enhanced view, layers and orientation."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, Signal

from vcf_desktop.film import Orientation, VoiLut, VoiWindow
from vcf_desktop.inference.remarks import LEVELS_ASSUMED
from vcf_desktop.review import Measure, Review, Vertebra
from vcf_desktop.settings import OPACITY_RANGE
from vcf_desktop.ui.commands import edit_text
from vcf_desktop.ui.document import Document
from vcf_desktop.ui.film_item import ShownFilm
from vcf_desktop.ui.film_view import FilmView
from vcf_desktop.ui.findings_item import Findings, Layer
from vcf_desktop.ui.grey_picture import GreyPicture, presets

_OPACITY_STEP = 10


def _are_assumed(review: Review) -> bool:
    """Whether the names rest on a guess of the machine that the reader has left as it is."""
    if review.analysis is None or LEVELS_ASSUMED not in review.analysis.film_warnings:
        return False
    return all(v.machine is None or v.level is v.machine.level for v in review.present)


class FilmPane(QObject):
    """Shows a document in a view.

    Signals:
        oriented(Orientation, str): the reader turned the film, and what that is called in English.
        wants_enhanced: the view after CLAHE is wanted and has to be computed; see :meth:`take_enhanced`.
        style_changed: layers or opacity.
    """

    oriented = Signal(object, str)
    wants_enhanced = Signal()
    style_changed = Signal()

    def __init__(self, view: FilmView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self.layers = frozenset(Layer) - {Layer.BOXES}
        self.shows_findings = True
        self.opacity = 80
        self._document: Document | None = None
        self._wants_enhanced = False
        self._preset = 0
        self._plain_voi: VoiWindow | VoiLut | None = None
        self._enhanced: GreyPicture | None = None

    @property
    def document(self) -> Document | None:
        """What is shown."""
        return self._document

    def show(self, document: Document | None, remark: str = "") -> None:
        """Show a film from its beginning: fitted, in its first window."""
        self._document, self._preset, self._enhanced, self._plain_voi = document, 0, None, None
        if document is None:
            self.view.show_film(None, ShownFilm(None), Orientation())
        else:
            film = document.film
            shown = ShownFilm(
                film.study,
                film.row_to_column,
                film.spacing_mm,
                film.spacing_source,
                film.key.text,
                remark,
            )
            self.view.show_film(film.picture, shown, document.session.orientation)
        self.refresh()
        self._apply_style()

    def refresh(self, dragged: Vertebra | None = None) -> None:
        """Draw the findings and measures as they stand, one vertebra as it is dragged."""
        document = self._document
        if document is None:
            self.view.set_findings(Findings())
            self.view.set_measures(())
            self.view.set_levels_assumed(False)
            return
        orientation = document.session.orientation
        # A signed film may be turned to look at it, and nothing is recorded.
        if document.is_editable and self.view.orientation != orientation:
            self.view.orient(orientation)
        review = document.review
        if dragged is not None and dragged.key in review:
            review = review.with_vertebra(dragged)
        selected = document.selection.key if document.selection else None
        marks = review.first_reading.marks if review.first_reading else ()
        vertebrae = () if document.is_hidden else review.vertebrae
        self.view.set_findings(Findings(vertebrae, document.measured, selected, marks))
        self.view.set_measures(review.measures)
        self.view.set_levels_assumed(not document.is_hidden and _are_assumed(review))

    def set_draft(self, measure: Measure | None) -> None:
        """Draw a measure that is being drawn."""
        if self._document is not None:
            self.view.set_measures(self._document.review.measures, measure)

    # Layers

    def toggle(self, layer: Layer) -> None:
        """Switch a layer on or off."""
        self.layers = self.layers ^ {layer}
        self._apply_style()

    def set_shows_findings(self, shows: bool) -> None:
        """Show all chosen layers, or for a moment none."""
        self.shows_findings = shows
        self._apply_style()

    def set_opacity(self, percent: int) -> None:
        """How strongly the findings are drawn."""
        low, high = OPACITY_RANGE
        self.opacity = min(max(percent, low), high)
        self._apply_style()

    def fainter(self) -> None:
        """Draw the findings less strongly."""
        self.set_opacity(self.opacity - _OPACITY_STEP)

    def stronger(self) -> None:
        """Draw the findings more strongly."""
        self.set_opacity(self.opacity + _OPACITY_STEP)

    def _apply_style(self) -> None:
        self.view.findings_item.set_style(self.layers, self.opacity / 100)
        self.view.findings_item.setVisible(self.shows_findings)
        self.style_changed.emit()

    # Contrast

    def presets(self) -> tuple[VoiWindow | VoiLut, ...]:
        """The film's own windows and LUTs, one of the whole film, one of the spine."""
        if self._document is None:
            return ()
        boxes = [] if self._document.is_hidden else [v.box_xyxy for v in self._document.review.present]
        region = None
        if boxes:
            stack = np.array(boxes)
            region = np.concatenate([stack[:, :2].min(axis=0), stack[:, 2:].max(axis=0)])
        return presets(self._document.film.picture, region)

    def use_preset(self, voi: VoiWindow | VoiLut) -> None:
        """Use one of the presets; the enhanced view has none."""
        if not self.view.is_enhanced:
            self.view.set_voi(voi)

    def next_preset(self) -> None:
        """Use the next of the presets."""
        choices = self.presets()
        if choices and not self.view.is_enhanced:
            self._preset = (self._preset + 1) % len(choices)
            self.use_preset(choices[self._preset])

    def reset_contrast(self) -> None:
        """The first window of what is shown: the film's own, or that of the enhanced view."""
        self._preset = 0
        picture = self.view.film_item.picture
        if picture is not None:
            self.view.set_voi(picture.choices[0])

    def set_enhanced(self, enhanced: bool) -> None:
        """Show the view after CLAHE, or the film itself again in the window it had."""
        self._wants_enhanced = enhanced
        if self._document is None or enhanced == self.view.is_enhanced:
            return
        if not enhanced:
            self.view.replace_picture(self._document.film.picture, enhanced=False)
            if self._plain_voi is not None:
                self.view.set_voi(self._plain_voi)
        elif self._enhanced is not None:
            self._plain_voi = self.view.voi
            self.view.replace_picture(self._enhanced, enhanced=True)
        else:
            self.wants_enhanced.emit()

    def take_enhanced(self, document: Document, picture: GreyPicture) -> None:
        """The enhanced view has been computed; dropped when another film is shown by now."""
        if document is self._document:
            self._enhanced = picture
            self.set_enhanced(self._wants_enhanced)

    # Orientation

    def turn(self, quarter_turns: int) -> None:
        """Turn the film clockwise."""
        text = edit_text("rotate_right" if quarter_turns > 0 else "rotate_left")
        self._orient(lambda orientation: orientation.turned(quarter_turns), text)

    def flip(self) -> None:
        """Mirror the film left to right."""
        self._orient(Orientation.flipped, edit_text("flip"))

    def _orient(self, change: Callable[[Orientation], Orientation], text: str) -> None:
        self.view.orient(change(self.view.orientation))
        self.oriented.emit(self.view.orientation, text)
