"""What the list of films knows of each film, and how that is told: in words, and a state also by a glyph."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QImage, QPainterPath

from vcf_desktop.film import StudyInfo
from vcf_desktop.ui.language import QT_TRANSLATE_NOOP, translate
from vcf_desktop.ui.wording import day, percent, person

THUMBNAIL_SIDE: Final = 64
"""Side of a thumbnail, letterboxed, in points."""


class FilmState(Enum):
    """How far the work on a film is; the values are the texts, untranslated."""

    WAITING = QT_TRANSLATE_NOOP("FilmList", "Waiting")
    """Not read yet."""
    NEW = QT_TRANSLATE_NOOP("FilmList", "New")
    ANALYSING = QT_TRANSLATE_NOOP("FilmList", "Analysing")
    ANALYSED = QT_TRANSLATE_NOOP("FilmList", "To review")
    IN_REVIEW = QT_TRANSLATE_NOOP("FilmList", "In review")
    SIGNED = QT_TRANSLATE_NOOP("FilmList", "Signed")
    REFUSED = QT_TRANSLATE_NOOP("FilmList", "Refused")
    """It cannot be used, for the reason that its entry tells."""

    @property
    def text(self) -> str:
        """The state in the user's language."""
        return translate("FilmList", self.value)


@cache
def glyph(state: FilmState) -> tuple[QPainterPath, QPainterPath]:
    """The shape of a state in a square of side 1: what is drawn as a line and what is filled."""
    line, solid = QPainterPath(), QPainterPath()
    circle = QRectF(0.04, 0.04, 0.92, 0.92)
    match state:
        case FilmState.WAITING:
            for x in (0.14, 0.5, 0.86):
                solid.addEllipse(QPointF(x, 0.5), 0.13, 0.13)
        case FilmState.NEW:
            line.addEllipse(circle)
        case FilmState.ANALYSING:
            solid.addPolygon([QPointF(0.1, 0.0), QPointF(1.0, 0.5), QPointF(0.1, 1.0)])
        case FilmState.ANALYSED:
            solid.addEllipse(circle)
        case FilmState.IN_REVIEW:
            line.addEllipse(circle)
            solid.moveTo(0.5, 0.5)
            solid.arcTo(circle, 90, 180)
            solid.closeSubpath()
        case FilmState.SIGNED:
            line.addPolygon([QPointF(0.02, 0.55), QPointF(0.36, 0.9), QPointF(0.98, 0.12)])
        case FilmState.REFUSED:
            line.addPolygon([QPointF(0.08, 0.08), QPointF(0.92, 0.92)])
            line.addPolygon([QPointF(0.08, 0.92), QPointF(0.92, 0.08)])
    return line, solid


@dataclass(frozen=True)
class FilmKey:
    """Which film: a file, and the frame of it where it has several."""

    path: Path
    frame: int | None = None

    @property
    def text(self) -> str:
        """The file's name, and the frame as people count."""
        if self.frame is None:
            return self.path.name
        text = QCoreApplication.translate("FilmList", "%1, frame %2")
        return text.replace("%2", str(self.frame + 1), 1).replace("%1", self.path.name, 1)


@dataclass(frozen=True, eq=False)
class FilmEntry:
    """What the list knows of a film.

    Attributes:
        key: which film.
        state: how far the work on it is.
        study: patient and study, None for pictures and for what was not read.
        thumbnail: the film, small, with square pixels, at least twice THUMBNAIL_SIDE for dense screens; None
            means that the film was not read.
        reason: why it was refused, one sentence.
        fraction: finished part of a running analysis, in [0, 1].
    """

    key: FilmKey
    state: FilmState = FilmState.WAITING
    study: StudyInfo | None = None
    thumbnail: QImage | None = None
    reason: str = ""
    fraction: float = 0.0

    @property
    def finished_part(self) -> float:
        """The fraction, never beyond its bounds."""
        return min(max(self.fraction, 0.0), 1.0)

    @property
    def lines(self) -> tuple[str, ...]:
        """Date or file, view, state, reason; what is not known is left out."""
        name = self.key.text
        if self.state is FilmState.REFUSED:  # whoever wants to do something about it looks for the file
            return tuple(filter(None, (name, self.state.text, one_line(self.reason))))
        study = self.study or StudyInfo()
        view = _joined(
            *map(one_line, (study.view_position, study.laterality.removesuffix("U"), study.body_part))
        )
        dated = day(study.study_date) if study.study_date else ""
        if dated and (not view or self.key.frame is not None):
            # Films of a study have the same date, and frames of a file the same view.
            view = _joined(view, name)
        state = self.state.text
        if self.state is FilmState.ANALYSING:
            state = f"{state} {percent(self.finished_part)}"
        return tuple(filter(None, (dated or name, view, state)))


def patient_texts(study: StudyInfo) -> tuple[str, ...]:
    """Name, id and birth date of a patient of whom at least one is known, in one line or two."""
    name = one_line(person(study.patient_name)) or QCoreApplication.translate("FilmList", "Without a name")
    born = QCoreApplication.translate("FilmList", "born %1")
    details = _joined(
        one_line(study.patient_id),
        born.replace("%1", day(study.birth_date), 1) if study.birth_date else "",
    )
    return (name, details) if details else (name,)


def study_text(study: StudyInfo) -> str:
    """Date, modality and accession number of a study."""
    accession = QCoreApplication.translate("FilmList", "Acc. %1")
    line = _joined(
        day(study.study_date) if study.study_date else "",
        one_line(study.modality),
        accession.replace("%1", one_line(study.accession_number), 1) if study.accession_number else "",
    )
    return line or QCoreApplication.translate("FilmList", "Study without a date")


def one_line(text: str) -> str:
    """The text without the line breaks that files may hold anywhere."""
    return " ".join(text.split())


def _joined(*texts: str) -> str:
    return "  ·  ".join(text for text in texts if text)
