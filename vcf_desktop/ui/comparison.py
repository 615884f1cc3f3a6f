"""A prior film of the same patient beside the present one, zoomed and moved together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QInputDialog

from vcf_desktop.film import StudyInfo, same_patient
from vcf_desktop.ui.dialogs import open_dialog
from vcf_desktop.ui.document import Document
from vcf_desktop.ui.film_entries import FilmEntry, FilmState
from vcf_desktop.ui.film_item import ShownFilm
from vcf_desktop.ui.film_pane import FilmPane
from vcf_desktop.ui.film_view import FilmView
from vcf_desktop.ui.open_films import OpenFilms
from vcf_desktop.ui.tools import SelectTool
from vcf_desktop.ui.wording import day, patient_lines


class Comparison(QObject):
    """Shows another film of the same patient; never one of another patient.

    Signals:
        told(str): why a film is not shown, or what to beware of.
        ended: there is no film beside the present one any more.
    """

    told = Signal(str)
    ended = Signal()

    def __init__(self, present: FilmView, films: OpenFilms, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view = FilmView()
        self.view.hide()
        self.pane = FilmPane(self.view, self)
        self._select = SelectTool(self)
        self._select.may_edit = False
        self.view.tool = self._select
        self._films, self._present = films, present
        self._links = LinkedViews(present, self.view, self)
        films.ready.connect(self._show)
        films.not_ready.connect(self.ended)

    @property
    def document(self) -> Document | None:
        """The film beside the present one."""
        return self.pane.document

    def begin(self, entries: Iterable[FilmEntry]) -> None:
        """Show the one other film of this patient, or let the reader choose."""
        current = self._films.current
        others = [
            entry
            for entry in entries
            if entry.state is not FilmState.REFUSED and current and entry.key != current.film.key
        ]
        if current is None or not others:
            self.ended.emit()
            self.told.emit(self.tr("There is no other film on the list to compare with."))
            return
        study = current.film.study
        same = [entry for entry in others if same_patient(study, entry.study)]
        if len(same) == 1:
            self._films.bring(same[0].key)
        else:
            self._ask(sorted(others, key=lambda entry: _distance(study, entry.study)))

    def end(self) -> None:
        """Take the film away."""
        self._links.link(False)
        self._follow(None)
        self.view.hide()
        self.ended.emit()

    def link(self, linked: bool) -> None:
        """Zoom and move both together from now on, or each by itself."""
        self._links.link(linked)

    def present_changed(self, document: Document | None) -> None:
        """Another film is read now: what is beside it must be of the same patient, or goes."""
        beside = self.document
        if beside is None:
            return
        if document is None or document is beside or not self._belongs(document, beside):
            self.end()

    def _ask(self, entries: list[FilmEntry]) -> None:
        texts = {}
        current = self._films.current
        for entry in entries:
            text = _described(entry)
            if current is not None and same_patient(current.film.study, entry.study) is False:
                text = self.tr("%1 (another patient)").replace("%1", text)
            texts[f"{text}  ({entry.key.path.parent})" if text in texts else text] = entry
        dialog = QInputDialog(self._present.window())
        dialog.setWindowTitle(self.tr("Beside which film?"))
        dialog.setLabelText(self.tr("Films of this patient come first."))
        dialog.setComboBoxItems(list(texts))
        dialog.textValueSelected.connect(lambda text: self._films.bring(texts[text].key))
        dialog.rejected.connect(self.ended)
        open_dialog(dialog)

    def _show(self, document: Document) -> None:
        current = self._films.current
        if current is None or not self._belongs(current, document):
            self.ended.emit()
            return
        certain = same_patient(current.film.study, document.film.study)
        remark = self.tr("For comparison") if certain else self.tr("For comparison; patient not confirmed")
        self.view.show()
        self._follow(document, remark)

    def _follow(self, document: Document | None, remark: str = "") -> None:
        """Show a document, or none, and what becomes of it."""
        if self.document is not None:
            self.document.changed.disconnect(self.pane.refresh)
        self.pane.show(document, remark)
        if document is not None:
            document.changed.connect(self.pane.refresh)

    def _belongs(self, current: Document, other: Document) -> bool:
        """Whether both may stand side by side; says so where not."""
        one, two = current.film.study, other.film.study
        if same_patient(one, two) is None and (one is None) == (two is None):
            return True  # pictures without any name: the reader is told so on the film
        if same_patient(one, two):
            return True
        text = self.tr("These films are not shown side by side: %1 and %2 are not the same patient.")
        names = (" ".join(patient_lines(one)[:2]), " ".join(patient_lines(two)[:2]))
        self.told.emit(text.replace("%1", names[0]).replace("%2", names[1]))
        return False


@dataclass(frozen=True, eq=False)
class _Pose:
    """Where a view looked when it was linked: film, the pixel (2,) of it in the middle, and scale."""

    shown: ShownFilm
    centre_xy: NDArray[np.float64]
    scale_px: float


class LinkedViews(QObject):
    """Keeps two views at the same relative zoom and place, from the moment they are linked.

    Films differ in size and position, so the reader first brings both to the same place.
    """

    def __init__(self, one: FilmView, other: FilmView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._views = (one, other)
        self._linked = False
        self._poses: tuple[_Pose, _Pose] | None = None
        self._following = False
        one.view_changed.connect(lambda: self._follow(0))
        other.view_changed.connect(lambda: self._follow(1))

    def link(self, linked: bool) -> None:
        """Move them together from now on, or each by itself."""
        self._linked = linked
        one, other = self._views
        both_show = one.has_film and other.has_film
        self._poses = (_pose(one), _pose(other)) if linked and both_show else None

    def _follow(self, leader: int) -> None:
        if not self._linked or self._following:
            return
        poses = zip(self._views, self._poses or (), strict=False)
        if self._poses is None or any(view.shown is not pose.shown for view, pose in poses):
            self.link(True)  # another film has come: from here on
            return
        view, follower = self._views[leader], self._views[1 - leader]
        at_link, follower_at_link = self._poses[leader], self._poses[1 - leader]
        zoomed = view.scale_px / at_link.scale_px
        # The same way on the screen, however the films are turned and whatever their pixels are.
        moved = view.place_of(at_link.centre_xy) - view.place_of(view.centre_xy)
        self._following = True
        try:
            follower.zoom_to(follower_at_link.scale_px * zoomed)
            follower.centre_on(follower_at_link.centre_xy)
            follower.pan(moved.x(), moved.y())
        finally:
            self._following = False


def _pose(view: FilmView) -> _Pose:
    return _Pose(view.shown, view.centre_xy, view.scale_px)


def _distance(study: StudyInfo | None, other: StudyInfo | None) -> tuple[bool, int]:
    """Films of the same patient first, then those nearest in time."""
    dates = [s.study_date if s and s.study_date else date.min for s in (study, other)]
    return not same_patient(study, other), abs((dates[0] - dates[1]).days)


def _described(entry: FilmEntry) -> str:
    study = entry.study
    when = day(study.study_date) if study and study.study_date else ""
    return "  ".join(filter(None, (*patient_lines(study)[:2], when, entry.key.text)))
