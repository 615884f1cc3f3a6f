"""The program itself, in a process of its own: started, used, killed, and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from vcf_desktop.errors import FilmReadError
from vcf_desktop.io.sessions import Session, load_session
from vcf_desktop.io.settings_file import save_settings
from vcf_desktop.paths import USER_VARIABLE, resources_folder
from vcf_desktop.review import ReaderGrade
from vcf_desktop.settings import Settings
from vcf_desktop.ui.about import USE_VERSION
from vcf_desktop.ui.app import _take, show_defect

DEMO = resources_folder() / "demo_film.dcm"
PATIENCE_S = 60.0

DRIVER = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from vcf_desktop.settings import Settings
from vcf_desktop.ui.main_window import MainWindow

application = QApplication([])
window = MainWindow(Path(sys.argv[1]), Settings(reader="Dr. Roe", accepted_use="1"))
window.show()
window.add_films([Path(sys.argv[2])])
while window.films.current is None or window.films.current.review.analysis is None:
    application.processEvents()
print("analysed", flush=True)
sys.stdin.readline()
for key in ("3", "2", "1", "0"):
    QTest.keyClick(window, Qt.Key.Key_Space)
    QTest.keyClick(window, key)
    application.processEvents()
    print("decided", key, flush=True)
while True:
    application.processEvents()
"""


GARBAGE = """
import gc, sys
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from vcf_desktop.ui.app import run

class Ring(QObject):
    def __init__(self):
        super().__init__()
        self.me = self
        self.destroyed.connect(QApplication.quit)

def litter():
    assert not gc.isenabled()
    for _ in range(gc.get_threshold()[0]):
        ring = Ring()

QTimer.singleShot(0, litter)
sys.exit(run([]))
"""
"""Ends when one of the objects that only hold themselves is destroyed."""


SECOND = """
import sys
from PySide6.QtWidgets import QMessageBox
from vcf_desktop.ui.app import run

QMessageBox.exec = lambda box: print(box.text())
sys.exit(run([]))
"""


def session_in(folder: Path) -> Session | None:
    files = list((folder / "reviews").glob("*-0.json"))
    return load_session(files[0]) if files else None


def wait_for(condition: object) -> None:
    end = time.monotonic() + PATIENCE_S
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.02)


def test_that_the_command_opens_analyses_and_saves_by_itself(tmp_path: Path) -> None:
    save_settings(tmp_path / "settings.json", Settings(accepted_use=USE_VERSION))
    process = subprocess.Popen(
        [sys.executable, "-m", "vcf_desktop", str(DEMO)],
        env={**os.environ, USER_VARIABLE: str(tmp_path)},
        stderr=subprocess.PIPE,
    )
    try:
        wait_for(lambda: process.poll() is not None or session_in(tmp_path) is not None)
        assert process.poll() is None
    finally:
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=PATIENCE_S)
    assert b"Traceback" not in complaints
    session = session_in(tmp_path)
    assert session is not None
    assert session.review.analysis is not None
    assert len(session.review.vertebrae) > 10
    assert "Simulated" not in (tmp_path / "vcf-desktop.log").read_text()  # no patient in the log


def test_that_python_collects_garbage_between_events_and_at_no_other_time(tmp_path: Path) -> None:
    save_settings(tmp_path / "settings.json", Settings(accepted_use=USE_VERSION))
    environment = {**os.environ, USER_VARIABLE: str(tmp_path)}
    process = subprocess.run(
        [sys.executable, "-c", GARBAGE],
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert process.returncode == 0, process.stderr


def test_that_a_second_program_on_the_same_reviews_says_so_and_ends(tmp_path: Path) -> None:
    lock = QLockFile(str(tmp_path / "lock"))
    lock.setStaleLockTime(0)
    assert lock.tryLock(0)
    second = subprocess.run(
        [sys.executable, "-c", SECOND],
        env={**os.environ, USER_VARIABLE: str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert second.returncode == 1
    assert second.stdout.startswith("VCF Desktop is open already, on the computer ")
    assert "Traceback" not in second.stderr
    assert lock.isLocked()


@pytest.mark.parametrize("left_by", ["a kill", "a power failure"])
def test_that_the_lock_of_a_program_that_ended_badly_is_taken_over(tmp_path: Path, left_by: str) -> None:
    path = tmp_path / "lock"
    if left_by == "a kill":
        code = "import sys, os\nfrom PySide6.QtCore import QLockFile\n"
        code += "lock = QLockFile(sys.argv[1])\nassert lock.tryLock(0)\nos._exit(1)"
        subprocess.run([sys.executable, "-c", code, str(path)], check=False)
        assert path.stat().st_size
    else:
        path.touch()
    lock, second = QLockFile(str(path)), QLockFile(str(path))
    assert _take(lock)
    assert not _take(second)


def test_that_a_folder_that_cannot_be_written_to_needs_no_lock(tmp_path: Path) -> None:
    assert _take(QLockFile(str(tmp_path / "nowhere" / "lock")))


def test_that_after_a_kill_at_most_the_last_change_is_lost(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(tmp_path), str(DEMO)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == "analysed\n"
    process.stdin.write("go\n")
    process.stdin.flush()
    while process.stdout.readline() != "decided 0\n":
        pass
    process.kill()
    process.communicate()
    session = session_in(tmp_path)
    assert session is not None
    decided = [v.grade for v in session.review.vertebrae[:4]]
    assert decided[:3] == [ReaderGrade.SEVERE, ReaderGrade.MODERATE, ReaderGrade.MILD]
    assert not list(tmp_path.glob("**/*.signed*"))


@pytest.mark.expected_log("ERROR vcf_desktop: (ZeroDivisionError|FilmReadError)")
def test_that_a_defect_is_shown_with_where_it_happened_and_an_error_as_its_sentence(qtbot: QtBot) -> None:
    for error, expected in (
        (ZeroDivisionError("one by nothing"), "did not foresee"),
        (FilmReadError(Path("film.dcm"), "is empty"), "film.dcm: is empty"),
    ):
        try:
            raise error
        except Exception as raised:  # noqa: BLE001
            show_defect(type(raised), raised, raised.__traceback__)
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        assert expected in box.text()
        show_defect(type(error), error, None)  # again, as at each repaint
        assert QApplication.activeModalWidget() is box
        assert ("ZeroDivisionError" in box.detailedText()) == isinstance(error, ZeroDivisionError)
        box.accept()
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
