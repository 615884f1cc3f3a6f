"""Small makers that several tests of the window share: a film, a vertebra, a view and what is seen on it."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from pyqtgraph.util.garbage_collector import GarbageCollector
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.fakes import FakePipeline
from vcf_desktop.film import DisplayPixels, Film, SpacingSource, VoiLut, VoiWindow
from vcf_desktop.geometry import Heights
from vcf_desktop.io.sessions import SessionStore
from vcf_desktop.review import Decision, ReaderGrade, Verdict, Vertebra
from vcf_desktop.settings import Settings
from vcf_desktop.spine import Deformity, Grade, Ratios, VertebraFinding, VertebraLevel
from vcf_desktop.ui.app import collect_garbage_between_events
from vcf_desktop.ui.document import Document
from vcf_desktop.ui.film_entries import FilmKey, FilmState
from vcf_desktop.ui.film_view import FilmView
from vcf_desktop.ui.library import Library
from vcf_desktop.ui.open_films import OpenFilms
from vcf_desktop.ui.reading import Networks
from vcf_desktop.ui.saving import Saver

AS_IT_IS = VoiWindow(127.5, 255.0, "LINEAR_EXACT", "as it is")
"""Values of 0 to 255 are their own grey."""
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def _collector(qapp: QApplication) -> Iterator[GarbageCollector]:
    collector = collect_garbage_between_events()
    yield collector
    collector.timer.stop()
    gc.enable()


@pytest.fixture(autouse=True)
def _garbage_is_collected_between_tests(_collector: GarbageCollector) -> Iterator[None]:
    yield
    _collector.check()


@pytest.fixture(scope="session")
def make_film() -> Callable[..., Film]:
    """Makes a film of values (H, W) that are shown as they are, unless other windows or LUTs are given."""

    def make(
        values: NDArray[Any],
        padding: NDArray[np.bool_] | None = None,
        windows: tuple[VoiWindow, ...] = (AS_IT_IS,),
        luts: tuple[VoiLut, ...] = (),
        inverted: bool = False,
    ) -> Film:
        return Film(
            pixels=np.zeros(values.shape, np.float32),
            padding=padding,
            spacing_mm=None,
            spacing_source=SpacingSource.NONE,
            row_to_column=1.0,
            sha256="a" * 64,
            path=Path("film.dcm"),
            study=None,
            display=DisplayPixels(values, windows, luts, inverted),
        )

    return make


@pytest.fixture(scope="session")
def make_vertebra() -> Callable[..., Vertebra]:
    """Makes a rectangular vertebra, front on the left, of which the machine is sure.

    ``decided`` is the reader's grade, or REJECTED; ``machine=None`` makes one that only the reader saw.
    """

    def make(
        key: int = 1,
        box: tuple[float, float, float, float] = (100.0, 100.0, 160.0, 140.0),
        level: str = "L1",
        grade: int = 0,
        decided: ReaderGrade | Verdict | None = None,
        **fields: Any,
    ) -> Vertebra:
        left, top, right, bottom = box
        corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
        parts = np.arange(16)[:, None] / 16
        outline = np.concatenate(
            [a + parts * (b - a) for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True)]
        )
        xs = (left, (left + right) / 2, right)
        points = np.array([(x, y) for y in (top, bottom) for x in xs])
        finding = VertebraFinding(
            level=VertebraLevel[level],
            level_confidence=0.9,
            box_xyxy=np.array(box),
            score=0.8,
            contour_xy=outline,
            points_xy=points,
            heights_px=Heights(*[bottom - top] * 3),
            heights_mm=None,
            ratios=Ratios(1.0, 1.0, None),
            grade=Grade(grade),
            grade_probabilities=np.where(np.arange(4) == grade, 0.85, 0.05),
            morphometric_grade=Grade(grade),
            deformity=Deformity.WEDGE if grade else Deformity.NONE,
        )
        decision = None
        if isinstance(decided, ReaderGrade):
            decision = Decision(Verdict.OVERRIDDEN, decided, "reader", NOON)
        elif decided is not None:
            decision = Decision(decided, None, "reader", NOON)
        made = Vertebra(key, VertebraLevel[level], np.array(box), outline, points, finding, decision=decision)
        return replace(made, **fields)

    return make


@pytest.fixture
def make_view(qtbot: QtBot) -> Callable[..., FilmView]:
    """Makes a view of so many screen pixels, shown."""

    def make(width: int = 640, height: int = 480) -> FilmView:
        view = FilmView()
        qtbot.addWidget(view)
        view.resize(width, height)
        view.show()
        assert view.viewport().devicePixelRatioF() == 1.0
        return view

    return make


@pytest.fixture(scope="session")
def screen_of() -> Callable[[FilmView], NDArray[np.uint8]]:
    """Gives the pixels (h, w, 3) that a view shows."""

    def look(view: FilmView) -> NDArray[np.uint8]:
        image = view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        rows = np.array(image.constBits(), np.uint8).reshape(image.height(), -1)
        return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3)

    return look


@pytest.fixture(scope="session")
def texts_of() -> Callable[[QWidget], list[str]]:
    """Gives the texts that a view writes, in the order in which it writes them."""

    def read(view: FilmView) -> list[str]:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        drawing = QSvgGenerator()
        drawing.setOutputDevice(buffer)
        drawing.setSize(view.viewport().size())
        painter = QPainter(drawing)
        view.render(painter)
        painter.end()
        svg = bytes(buffer.data().data()).decode()
        return [unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)", svg)]

    return read


class Desk:
    """What a window has without its widgets, on a folder of its own, and all that it told in ``events``.

    ``paints`` says whether a film that is shown is painted at once, so that its analysis may begin.
    """

    def __init__(self, folder: Path, settings: Settings, paints: bool) -> None:
        self.settings, self.paints = settings, paints
        self.store = SessionStore(folder)
        self.saver = Saver(self.store)
        self.library = Library(self.store, self.saver, lambda: self.settings)
        self.films = OpenFilms(self.library, self.saver, lambda: self.settings)
        self.events: list[tuple[Any, ...]] = []
        library = ("found", "refused", "opened", "open_failed", "analysing", "analysed", "entry_removed")
        library += ("analysis_failed", "analysis_cancelled")
        for name in library:
            getattr(self.library, name).connect(partial(self._note, name))
        for name in ("waiting", "told", "ready", "save_failed"):
            getattr(self.films, name).connect(partial(self._note, name))
        self.films.shown.connect(self._shown)

    def _note(self, *event: Any) -> None:
        self.events.append(event)

    def _shown(self, document: Document | None) -> None:
        # Nothing may ever be shown but the film that was chosen.
        assert document is None or document.film.key == self.films.key
        assert document is self.films.current
        self._note("shown", document)
        if self.paints and document is not None:
            self.films.painted()

    def said(self, name: str) -> list[Any]:
        """What came with the signals of this name, one by one."""
        return [event[1] if len(event) == 2 else event[1:] for event in self.events if event[0] == name]

    def state(self, key: FilmKey) -> FilmState | None:
        entry = self.library.entry(key)
        return entry and entry.state

    @property
    def is_settled(self) -> bool:
        """Whether nothing goes on any more."""
        workers = (self.library._reader, self.library._analyst, self.saver._worker)
        return all(w.is_idle for w in workers) and not (self.library.is_busy or self.saver.unsaved)

    def close(self) -> None:
        self.library.close()
        self.saver.close()


@pytest.fixture
def make_desk(qapp: QApplication, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Makes a desk, on the folder ``reviews``; its settings are those of a reader called Ada, or others."""
    made: list[Desk] = []

    def make(*, paints: bool = False, **settings: Any) -> Desk:
        made.append(Desk(tmp_path / "reviews", Settings(**{"reader": "Ada", **settings}), paints))
        return made[-1]

    yield make
    for desk in made:
        desk.close()


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePipeline]:
    """A fake pipeline in place of every other one."""
    fake = FakePipeline()
    monkeypatch.setattr(Networks, "pipeline", lambda *_: fake)
    yield fake
    fake.gate.set()
