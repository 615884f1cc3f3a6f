"""What the workers do with films: read, look at, analyse. Plain functions on values; no widget, no thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from vcf_desktop.errors import FilmReadError, SessionError
from vcf_desktop.film import Film, SpacingSource, StudyInfo
from vcf_desktop.geometry import measure_heights
from vcf_desktop.inference.pipeline import Pipeline, Report, open_pipeline
from vcf_desktop.inference.preprocess import content_box, enhance
from vcf_desktop.inference.remarks import INVERTED
from vcf_desktop.io.films import read_film
from vcf_desktop.io.sessions import FilmRecord, Session, SessionStore, record_of
from vcf_desktop.report_building import prior_reading
from vcf_desktop.review import Review
from vcf_desktop.settings import Settings
from vcf_desktop.spine import Analysis, VertebraFinding, VertebraLevel
from vcf_desktop.statement import PriorReading
from vcf_desktop.ui.film_entries import FilmKey
from vcf_desktop.ui.grey_picture import GreyPicture, enhanced_picture, picture_of

THUMBNAIL_PX: Final = 192
"""Twice the side at which a list shows it, for screens with two pixels a point."""


@dataclass(frozen=True, eq=False)
class OpenedFilm:
    """A film as the window holds it: ready to be drawn, without the networks' pixels.

    Attributes:
        key: which file and frame.
        record: which bytes.
        picture: what is drawn.
        spacing_mm, spacing_source, study, notices, frame_count: as :class:`vcf_desktop.film.Film`.
    """

    key: FilmKey
    record: FilmRecord
    picture: GreyPicture
    spacing_mm: tuple[float, float] | None
    spacing_source: SpacingSource
    study: StudyInfo | None
    notices: tuple[str, ...]
    frame_count: int

    @property
    def row_to_column(self) -> float:
        """Height of a pixel divided by its width."""
        return self.record.row_to_column


@dataclass(frozen=True, eq=False)
class Opening:
    """A film and what is known of its review.

    Attributes:
        film: as read.
        session: its saved review, None where there is none.
        session_error: why a saved review cannot be read.
        changed: whether the file had other bytes when it was reviewed before.
    """

    film: OpenedFilm
    session: Session | None
    session_error: SessionError | None = None
    changed: bool = False


@dataclass(frozen=True, eq=False)
class Look:
    """What the list shows of a film, and whether its review is begun; see :class:`Opening`."""

    key: FilmKey
    record: FilmRecord
    study: StudyInfo | None
    thumbnail: QImage
    session: Session | None


class Films:
    """Reads films for the workers, one at a time, and keeps the last one: it is mostly asked for again."""

    def __init__(self, store: SessionStore) -> None:
        self._store = store
        # pydicom's warnings are silenced while a film is read, which only one thread at a time may do.
        self._lock = threading.Lock()
        self._last: tuple[FilmKey, tuple[int, int], Film] | None = None

    def read(self, key: FilmKey) -> Film:
        """The film; the one read last is not read again as long as its file is the same.

        Raises:
            FilmReadError: it cannot be used.
        """
        with self._lock:
            stamp = _stamp(key.path)
            if self._last is not None and stamp is not None and self._last[:2] == (key, stamp):
                return self._last[2]
            with _enough_memory(key.path):
                film = read_film(key.path, key.frame)
            self._last = (key, stamp, film) if stamp is not None else None
            return film

    def open(self, key: FilmKey, report: Report) -> Opening:
        """The film to be shown, and its review."""
        film = self.read(key)
        report(0.7, "read")
        record = record_of(film)
        with _enough_memory(key.path):
            picture = picture_of(film)
        opened = OpenedFilm(
            key=key,
            record=record,
            picture=picture,
            spacing_mm=film.spacing_mm,
            spacing_source=film.spacing_source,
            study=film.study,
            notices=film.notices,
            frame_count=film.frame_count,
        )
        try:
            session = self._store.load(record)
        except SessionError as e:
            return Opening(opened, None, session_error=e)
        changed = session is None and self._store.earlier_film(record) is not None
        return Opening(opened, session, changed=changed)

    def look(self, key: FilmKey, report: Report) -> Look:
        """What the list shows of the film."""
        film = self.read(key)
        report(0.7, "read")
        record = record_of(film)
        try:
            session = self._store.load(record)
        except SessionError:
            session = None  # opening the film tells
        with _enough_memory(key.path):
            thumbnail = _thumbnail(film)
        return Look(key, record, film.study, thumbnail, session)

    def prior(self, key: FilmKey) -> PriorReading | None:
        """The reading of a film to compare a later one with; None where its review is not signed."""
        film = self.read(key)
        session = self._store.load(record_of(film))
        if session is None or not session.locked:
            return None
        return prior_reading(film, session.review, session.signatures[-1])

    def enhanced(self, key: FilmKey, report: Report) -> GreyPicture:
        """The film after CLAHE, as the networks see it."""
        film = self.read(key)
        report(0.5, "preprocess")
        with _enough_memory(key.path):
            content = content_box(film.pixels, film.padding)
            return enhanced_picture(enhance(film.pixels, content, film.padding), film)


class Networks:
    """The pipeline by the settings, opened when it is first needed and again when they change."""

    def __init__(self) -> None:
        self._pipeline: Pipeline | None = None
        self._opened_for: tuple[Path, str, str] | None = None

    def pipeline(self, models: Path, settings: Settings) -> Pipeline:
        """The pipeline; ModelError where it cannot run."""
        wanted = (models, settings.runtime.value, settings.device.value)
        if self._pipeline is None or self._opened_for != wanted:
            self._pipeline = None
            self._pipeline = open_pipeline(*wanted)
            self._opened_for = wanted
        return self._pipeline


def analyse(pipeline: Pipeline, film: Film, report: Report) -> Analysis:
    """The machine's opinion of a film; FilmReadError where the computer lacks the memory for it."""
    with _enough_memory(film.path):
        return pipeline.run(film, report)


def examine(
    pipeline: Pipeline,
    film: Film,
    box_xyxy: NDArray[np.float64],
    review: Review,
    level: VertebraLevel,
    report: Report,
) -> VertebraFinding | None:
    """What the networks say about a box that the reader drew, None where they outline nothing in it."""
    # As the reader has corrected them: that is what a crush is measured against.
    neighbours = [
        replace(
            v.machine,
            level=v.level,
            points_xy=v.points_xy,
            heights_px=measure_heights(v.points_xy, film.row_to_column),
        )
        for v in review.present
        if v.machine is not None
    ]
    inverted = review.analysis is not None and INVERTED in review.analysis.film_warnings
    with _enough_memory(film.path):
        return pipeline.examine(film, box_xyxy, neighbours, level, report, inverted=inverted)


@contextmanager
def _enough_memory(path: Path) -> Iterator[None]:
    """Turn what a film does to a computer that lacks the memory for it into a FilmReadError."""
    try:
        yield
    except (MemoryError, cv2.error) as e:
        raise FilmReadError(path, "is too large for the memory of this computer") from e


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _thumbnail(film: Film) -> QImage:
    """The film as the networks see it, small, with square pixels."""
    rows, columns = film.height_px * film.row_to_column, float(film.width_px)
    factor = THUMBNAIL_PX / max(rows, columns)
    size = (max(1, round(columns * factor)), max(1, round(rows * factor)))
    small = cv2.resize(film.pixels, size, interpolation=cv2.INTER_AREA)
    grey = np.ascontiguousarray(np.rint(small.clip(0, 1) * 255).astype(np.uint8))
    return QImage(grey.data, size[0], size[1], size[0], QImage.Format.Format_Grayscale8).copy()
