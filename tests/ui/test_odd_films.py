"""Films that no one would wish for, in the real window with the shipped networks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pydicom
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.fakes import write_dicom
from vcf_desktop.paths import resources_folder
from vcf_desktop.settings import Settings
from vcf_desktop.ui.about import USE_VERSION
from vcf_desktop.ui.film_entries import FilmKey, FilmState
from vcf_desktop.ui.main_window import MainWindow


def cat(path: Path) -> None:
    """A bright picture in colours with round and wavy things in it."""
    y, x = np.mgrid[:300, :400]
    picture = np.stack([np.hypot(x - 200, y - 150) % 255, (x + y) % 255, 127 + 100 * np.sin(x / 9)], axis=-1)
    cv2.imwrite(str(path), picture.astype(np.uint8))


def without_spacing(path: Path) -> None:
    ds = pydicom.dcmread(resources_folder() / "demo_film.dcm")
    for keyword in ("PixelSpacing", "ImagerPixelSpacing", "EstimatedRadiographicMagnificationFactor"):
        if keyword in ds:
            delattr(ds, keyword)
    ds.save_as(path)


USABLE: dict[str, Callable[[Path], object]] = {
    "cat.jpg": cat,
    "tiny.png": lambda path: cv2.imwrite(str(path), np.arange(25, dtype=np.uint8).reshape(5, 5) * 9),
    "row.png": lambda path: cv2.imwrite(str(path), np.arange(6000, dtype=np.uint16).reshape(2, 3000) * 9),
    "without_spacing.dcm": without_spacing,
    "without_patient.dcm": lambda path: write_dicom(path, "", "", PatientBirthDate="", StudyDate=""),
    "empty_orientation.dcm": lambda path: write_dicom(path, PatientOrientation=""),
    "wrong_orientation.dcm": lambda path: write_dicom(path, PatientOrientation=["XX", "F"]),
    "frontal.dcm": lambda path: write_dicom(path, ViewPosition="AP", PatientOrientation=["L", "F"]),
}
REFUSED: dict[str, Callable[[Path], object]] = {
    "black.png": lambda path: cv2.imwrite(str(path), np.zeros((60, 40), np.uint8)),
    "empty.png": lambda path: path.write_bytes(b""),
    "text.dcm": lambda path: path.write_text("Dear colleague"),
    "ct.dcm": lambda path: write_dicom(path, Modality="CT"),
    "cut.dcm": lambda path: path.write_bytes((resources_folder() / "demo_film.dcm").read_bytes()[:100_000]),
}


def shown(window: MainWindow) -> FilmKey | None:
    return window.films.current.film.key if window.films.current else None


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    window = MainWindow(tmp_path / "user", Settings(reader="Dr. Roe", accepted_use=USE_VERSION))
    qtbot.addWidget(window)
    window.show()
    return window


def test_that_each_odd_film_is_shown_analysed_and_answers_every_key(
    qtbot: QtBot, tmp_path: Path, window: MainWindow
) -> None:
    for name, write in USABLE.items():
        write(tmp_path / name)
    window.add_films([tmp_path / name for name in USABLE])
    qtbot.waitUntil(
        lambda: (
            len(window.library.entries) == len(USABLE)
            and not window.library.is_busy
            and all(entry.thumbnail for entry in window.library.entries)
        ),
        timeout=60_000,
    )
    for entry in window.library.entries:
        window.choose(entry.key)
        qtbot.waitUntil(lambda key=entry.key: shown(window) == key)
        for key in (Qt.Key.Key_Space, "a", "1", "p", "r", "i", Qt.Key.Key_Up, Qt.Key.Key_F2, "c"):
            QTest.keyClick(window, key)
        qtbot.waitUntil(lambda: window.view.is_enhanced)
    by_name = {entry.key.path.name: entry for entry in window.library.entries}
    window.choose(by_name["cat.jpg"].key)
    assert "No lateral spine was found" in window.remarks.text()
    window.choose(by_name["frontal.dcm"].key)
    assert "frontal view" in window.remarks.text()
    window.choose(by_name["without_spacing.dcm"].key)
    assert window.table.model().headerData(7, Qt.Orientation.Horizontal) == "Ha\npx"


def test_that_each_unusable_film_is_refused_in_a_sentence_and_can_be_tried_again(
    qtbot: QtBot, tmp_path: Path, window: MainWindow
) -> None:
    for name, write in REFUSED.items():
        write(tmp_path / name)
    window.add_films([tmp_path / name for name in REFUSED])
    qtbot.waitUntil(lambda: [e.state for e in window.library.entries] == [FilmState.REFUSED] * len(REFUSED))
    for entry in window.library.entries:
        window.choose(entry.key)
        qtbot.waitUntil(lambda reason=entry.reason: reason in window.view._message)
        assert len(entry.reason) > 5
        assert window.actions_by_name["retry"].isEnabled()
        assert not window.view.has_film
