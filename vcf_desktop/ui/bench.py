"""``bench-window``: how fast the real window is on this machine, and how much memory it takes."""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
import pydicom
from pydicom.uid import generate_uid
from PySide6.QtCore import QPointF, QTimer
from PySide6.QtWidgets import QApplication

from vcf_desktop.paths import resources_folder
from vcf_desktop.settings import Settings
from vcf_desktop.ui.about import USE_VERSION
from vcf_desktop.ui.app import collect_garbage_between_events, keep_what_started
from vcf_desktop.ui.document import Document
from vcf_desktop.ui.film_entries import FilmEntry, FilmKey
from vcf_desktop.ui.main_window import MainWindow
from vcf_desktop.ui.theme import apply_theme

SIDE_PX: Final = 3000
FILMS: Final = 10
VERTEBRAE: Final = 17
"""From T1 to L5; the reader adds what the networks miss."""
_FRAMES: Final = 120
_LISTED: Final = 200
_BEAT_MS: Final = 2
_PATIENCE_S: Final = 60.0


def configure(parser: argparse.ArgumentParser) -> Callable[[argparse.Namespace], int]:
    """The command's arguments, and what runs it."""
    parser.add_argument("--starts", type=int, default=5, metavar="N", help="how often the start is measured")
    return _bench


def _bench(options: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        films = [_write_film(folder / f"film-{number}.dcm", number) for number in range(FILMS)]
        _tell("window visible after the command, ms", [_start(folder) for _ in range(options.starts + 1)][1:])
        application = _application()
        collector = collect_garbage_between_events()
        window = _window(folder)
        try:
            _measure(application, window, films)
        finally:
            window.close()
            collector.timer.stop()
    return 0


def _measure(application: QApplication, window: MainWindow, films: Sequence[Path]) -> None:
    opened, gaps = [], []
    for path in films:
        painted_ms, film_gaps_ms = _open(application, window, path)
        opened.append(painted_ms)
        gaps += film_gaps_ms
    document = _current(window)
    while len(document.review.vertebrae) < VERTEBRAE:
        _add(application, window)
    print(f"{SIDE_PX} x {SIDE_PX} x 16 bit, {len(document.review.vertebrae)} vertebrae, window 1600 x 1000")
    _tell("film painted after it was opened, ms", opened)
    _tell("gaps between beats of the event loop during analyses, ms", gaps)
    document.select(document.review.vertebrae[0].key)
    view = window.view
    moves: dict[str, Callable[[int], Any]] = {
        "pan": lambda n: view.pan(3 if n % 40 < 20 else -3, 2 if n % 20 < 10 else -2),
        "zoom": lambda n: view.zoom_by(1.1 if n % 30 < 15 else 1 / 1.1, QPointF(400, 400)),
        "level": lambda n: view.drag_window(3 if n % 40 < 20 else -3, 2 if n % 20 < 10 else -2),
    }
    for name, move in moves.items():
        view.fit()
        _tell(f"{name}, ms a frame", [_frame(view, move, number) for number in range(_FRAMES)])
    keys = [FilmKey(path) for path in films]
    _tell("switch to an analysed film, ms", [_frame(view, window.choose, key) for key in keys * 3])
    print(f"{'memory with ' + str(len(films)) + ' films open, MB':60} {_resident_mb():7.0f}")
    _tell(f"scroll a list of {_LISTED} films, ms a frame", _scroll(window))


def _open(application: QApplication, window: MainWindow, path: Path) -> tuple[float, list[float]]:
    """Milliseconds until a film is painted, and the gaps between beats of the event loop until analysed."""
    painted: list[float] = []

    def note() -> None:
        painted.append(time.perf_counter())

    window.view.painted.connect(note)
    window.films.choose(None)
    began = time.perf_counter()
    window.add_films([path])
    _until(application, lambda: bool(painted))
    window.view.painted.disconnect(note)
    beats = [time.perf_counter()]
    timer = QTimer(window, interval=_BEAT_MS)
    timer.timeout.connect(lambda: beats.append(time.perf_counter()))
    timer.start()
    _until(application, lambda: not window.library.is_busy and _is_analysed(window))
    timer.stop()
    return 1000 * (painted[0] - began), [1000 * float(gap) for gap in np.diff(beats)]


def _add(application: QApplication, window: MainWindow) -> None:
    review = _current(window).review
    window.reviewing.add_vertebra(review.vertebrae[0].box_xyxy)
    _until(application, lambda: len(_current(window).review.vertebrae) > len(review.vertebrae))


def _frame(view: Any, change: Callable[[Any], Any], value: Any) -> float:
    """Milliseconds of one change and the repainting of the film after it."""
    began = time.perf_counter()
    change(value)
    view.viewport().repaint()
    return 1000 * (time.perf_counter() - began)


def _scroll(window: MainWindow) -> list[float]:
    entry = window.film_list.entry(window.film_list.keys()[0])
    assert entry is not None  # noqa: S101
    for number in range(_LISTED):
        key = FilmKey(Path(f"/listed/film-{number}.dcm"))
        window.film_list.put(FilmEntry(key, entry.state, entry.study, entry.thumbnail))
    bar = window.film_list.verticalScrollBar()
    return [_frame(window.film_list, bar.setValue, 37 * number) for number in range(_FRAMES)]


def _is_analysed(window: MainWindow) -> bool:
    return window.films.current is not None and window.films.current.review.analysis is not None


def _current(window: MainWindow) -> Document:
    assert window.films.current is not None  # noqa: S101
    return window.films.current


def _until(application: QApplication, holds: Callable[[], bool]) -> None:
    end = time.perf_counter() + _PATIENCE_S
    while not holds():
        if time.perf_counter() > end:
            raise TimeoutError
        application.processEvents()
        time.sleep(0.0005)


def _start(folder: Path) -> float:
    """Milliseconds from the command to the first painted window, in a process of its own."""
    script = "from vcf_desktop.ui.bench import show_once; show_once()"
    began = time.time()
    said = subprocess.run(
        [sys.executable, "-c", script, str(folder)], check=True, capture_output=True, text=True
    )
    return 1000 * (float(said.stdout.split()[-1]) - began)


def show_once() -> None:
    """Show the window, print the time at which it was painted, and end."""
    application = _application()
    window = _window(Path(sys.argv[1]))
    QTimer.singleShot(0, lambda: (print(time.time()), window.close()))
    application.exec()


def _application() -> QApplication:
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)  # noqa: S101
    apply_theme(application)
    return application


def _window(folder: Path) -> MainWindow:
    window = MainWindow(folder / "user", Settings(reader="bench", accepted_use=USE_VERSION))
    window.resize(1600, 1000)
    window.show()
    window.view.viewport().repaint()
    keep_what_started()
    return window


def _write_film(path: Path, number: int) -> Path:
    """The demo film as a detector of 3000 x 3000 pixels would send it, each with noise of its own."""
    ds = pydicom.dcmread(resources_folder() / "demo_film.dcm")
    width = round(SIDE_PX * ds.Columns / ds.Rows)
    large = cv2.resize(ds.pixel_array.astype(np.float32), (width, SIDE_PX), interpolation=cv2.INTER_CUBIC)
    left = (SIDE_PX - width) // 2
    film = np.pad(large, ((0, 0), (left, SIDE_PX - width - left)))
    noisy = film + np.random.default_rng(number).normal(0, 12, film.shape)
    ds.PixelData = noisy.clip(0, (1 << ds.BitsStored) - 1).astype(np.uint16).tobytes()
    ds.Rows = ds.Columns = SIDE_PX
    ds.SOPInstanceUID = ds.file_meta.MediaStorageSOPInstanceUID = generate_uid()
    ds.file_meta.TransferSyntaxUID = pydicom.uid.ExplicitVRLittleEndian
    ds.save_as(path, enforce_file_format=True)
    return path


def _resident_mb() -> float:
    """Memory of this process; 0 where the system does not tell in Linux' way."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def _tell(name: str, values: Sequence[float]) -> None:
    worst = float(np.percentile(values, 95))
    print(
        f"{name:60} median {statistics.median(values):7.1f}   95 % {worst:7.1f}   max {max(values):7.1f}",
        flush=True,
    )
