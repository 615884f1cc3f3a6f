"""The window as a reader uses it: by keys and by the mouse, with films of our own making."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QInputDialog,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from tests.ui.fakes import FakePipeline, finding, write_dicom, write_picture
from vcf_desktop.errors import FilmReadError
from vcf_desktop.io.sessions import load_session
from vcf_desktop.review import Cause, ReaderGrade, Verdict, moved_point
from vcf_desktop.settings import Layout, Settings
from vcf_desktop.spine import Deformity, VertebraLevel
from vcf_desktop.ui.about import USE_VERSION
from vcf_desktop.ui.document import DocumentState
from vcf_desktop.ui.film_entries import FilmState
from vcf_desktop.ui.grey_pattern import GreyPattern
from vcf_desktop.ui.main_window import MainWindow
from vcf_desktop.ui.reading import Films, Networks

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> FakePipeline:
    fake = FakePipeline()
    monkeypatch.setattr(Networks, "pipeline", lambda *_: fake)
    return fake


@pytest.fixture
def make_window(qtbot: QtBot, tmp_path: Path, pipeline: FakePipeline) -> Iterator[Callable[..., MainWindow]]:
    windows = []

    def make(*films: Path, **settings: Any) -> MainWindow:
        chosen = {"reader": "Dr. Roe", "accepted_use": USE_VERSION, **settings}
        window = MainWindow(tmp_path / "user", Settings(**chosen))
        windows.append(window)
        window.resize(1500, 950)
        window.show()
        window.add_films(films)
        if films:
            qtbot.waitUntil(lambda: window.films.current is not None)
        return window

    yield make
    pipeline.gate.set()
    for window in windows:
        window.saver._retry.stop()
        window.ask_about_unsaved = lambda _: QMessageBox.StandardButton.Discard  # type: ignore[method-assign]
        window.close()
        window.deleteLater()


@pytest.fixture
def reviewing(qtbot: QtBot, tmp_path: Path, make_window: Callable[..., MainWindow]) -> MainWindow:
    """A window with one analysed film."""
    window = make_window(write_picture(tmp_path / "film.png"))
    wait_for_analysis(qtbot, window)
    return window


def wait_for_analysis(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: review(window).analysis is not None and not window.library.is_busy)
    qtbot.waitUntil(lambda: not window.saver.unsaved)


def review(window: MainWindow) -> Any:
    assert window.films.current is not None
    return window.films.current.review


def path_of(window: MainWindow) -> Path | None:
    return window.films.current.film.key.path if window.films.current else None


def press(window: MainWindow, *keys: Qt.Key | str, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(window, key, modifier)


def dialog_of(qtbot: QtBot) -> QDialog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QDialog))
    widget = QApplication.activeModalWidget()
    assert isinstance(widget, QDialog)
    return widget


def session_file(tmp_path: Path) -> Path:
    (path,) = (tmp_path / "user" / "reviews").glob("*-0.json")
    return path


def by_name(dialog: QDialog, text: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text().replace("&", "") == text)


# From open to signed


def test_that_a_review_goes_from_open_to_signed_by_keys_alone(
    qtbot: QtBot, tmp_path: Path, reviewing: MainWindow
) -> None:
    window = reviewing
    press(window, Qt.Key.Key_Space, "a")  # T11: the machine's 0
    press(window, Qt.Key.Key_Space, "5")  # T12: equivocal
    press(window, Qt.Key.Key_Space, "3", "w")  # L1: severe, a wedge
    press(window, Qt.Key.Key_Space)
    press(window, Qt.Key.Key_Delete, modifier=CONTROL)  # L2 is no vertebra
    press(window, Qt.Key.Key_Space, "e")  # L3: not evaluable,
    press(window, "d", modifier=SHIFT)  # degenerative
    assert [v.cause for v in review(window).vertebrae][-1] is Cause.DEGENERATIVE
    assert review(window).vertebrae[2].deformity is Deformity.WEDGE
    assert [v.grade for v in review(window).vertebrae] == [
        ReaderGrade.NON,
        ReaderGrade.EQUIVOCAL,
        ReaderGrade.SEVERE,
        None,
        ReaderGrade.NOT_EVALUABLE,
    ]
    press(window, Qt.Key.Key_Return, modifier=CONTROL)
    dialog = dialog_of(qtbot)
    name = dialog.findChild(QLineEdit)
    assert name is not None
    assert name.text() == ""  # nobody signs with a name that another has left
    QTest.keyClicks(name, "Dr. Jane Roe")
    QTest.keyClick(name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.films.current.state is DocumentState.SIGNED)
    signed = load_session(next((tmp_path / "user" / "reviews").glob("*.signed-1.json")))
    assert signed.signatures[0].reader == "Dr. Jane Roe"
    assert signed.review.vertebrae[3].decision.verdict is Verdict.REJECTED
    changes = [change for entry in signed.trail for change in entry.changes]
    assert ("L1", "decision", "grade 3", "", "overridden: grade 3") in [
        (c.level, c.what, c.machine, c.before, c.after) for c in changes
    ]
    assert signed.review.analysis.models[0].sha256 == "f" * 64


def test_that_a_signed_review_is_locked_until_it_is_amended_as_a_new_version(
    qtbot: QtBot, tmp_path: Path, reviewing: MainWindow
) -> None:
    window = reviewing
    decide_all(window)
    sign(qtbot, window)
    first = next((tmp_path / "user" / "reviews").glob("*.signed-1.json"))
    bytes_of_first = first.read_bytes()
    before = review(window)
    press(window, Qt.Key.Key_Up)
    press(window, "3")
    press(window, "z", modifier=CONTROL)
    assert review(window) is before
    press(window, Qt.Key.Key_Return, modifier=CONTROL | SHIFT)
    press(window, "3")
    sign(qtbot, window)
    assert first.read_bytes() == bytes_of_first
    second = load_session(next((tmp_path / "user" / "reviews").glob("*.signed-2.json")))
    assert [signature.version for signature in second.signatures] == [1, 2]


def decide_all(window: MainWindow) -> None:
    for _ in review(window).vertebrae:
        press(window, Qt.Key.Key_Space, "a")


def sign(qtbot: QtBot, window: MainWindow) -> None:
    press(window, Qt.Key.Key_Return, modifier=CONTROL)
    dialog = dialog_of(qtbot)
    name = dialog.findChild(QLineEdit)
    assert name is not None
    QTest.keyClicks(name, "Dr. Roe")
    by_name(dialog, "Sign").click()
    qtbot.waitUntil(lambda: window.films.current.state is DocumentState.SIGNED)
    window.activateWindow()  # the offscreen platform leaves that to us
    qtbot.waitUntil(window.isActiveWindow)


def test_that_nothing_is_accepted_in_advance_and_undecided_ones_stop_the_signature(
    qtbot: QtBot, reviewing: MainWindow
) -> None:
    assert len(review(reviewing).undecided) == 5
    press(reviewing, Qt.Key.Key_Return, modifier=CONTROL)
    dialog = dialog_of(qtbot)
    assert not by_name(dialog, "Sign").isEnabled()
    by_name(dialog, "Mark the rest as not evaluable").click()
    qtbot.waitUntil(lambda: dialog_of(qtbot) is not dialog)
    assert {v.grade for v in review(reviewing).vertebrae} == {ReaderGrade.NOT_EVALUABLE}
    dialog_of(qtbot).reject()


def test_that_all_remaining_normals_can_be_accepted_only_after_each_vertebra_was_shown(
    reviewing: MainWindow,
) -> None:
    press(reviewing, Qt.Key.Key_Space, "a")
    for _ in range(4):
        assert not reviewing.actions_by_name["accept_normals"].isEnabled()
        press(reviewing, "a", modifier=CONTROL | SHIFT)
        assert sum(v.decision is not None for v in review(reviewing).vertebrae) == 1
        press(reviewing, Qt.Key.Key_Down)
    press(reviewing, "a", modifier=CONTROL | SHIFT)
    decided = [v.level.label for v in review(reviewing).vertebrae if v.decision]
    assert decided == ["T11", "T12", "L2"]  # the fractures wait for the reader


# Every edit


def test_that_a_decision_stays_with_the_vertebra_that_is_seen(reviewing: MainWindow) -> None:
    press(reviewing, Qt.Key.Key_Space, "1", "w")
    first, second = review(reviewing).vertebrae[:2]
    assert (first.grade, first.deformity) == (ReaderGrade.MILD, Deformity.WEDGE)
    assert second.deformity is None
    for _ in range(5):  # a key that is held down
        QTest.simulateEvent(reviewing, True, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a", True)
    assert [v.decision is not None for v in review(reviewing).vertebrae] == [True, *[False] * 4]
    press(reviewing, Qt.Key.Key_Down, "2", Qt.Key.Key_Up)
    press(reviewing, "z", modifier=CONTROL)
    assert reviewing.films.current.selection.key == second.key  # what the undo has changed


def test_that_turning_the_film_is_undone_like_everything(reviewing: MainWindow) -> None:
    press(reviewing, "r", "r")
    press(reviewing, "f", modifier=SHIFT)
    press(reviewing, "z", "z", modifier=CONTROL)
    assert reviewing.view.orientation.quarter_turns == 1
    assert not reviewing.view.orientation.mirrored
    press(reviewing, "z", modifier=CONTROL | SHIFT)
    assert reviewing.view.orientation.quarter_turns == 2


EDITS = [
    "accept",
    "grade_0",
    "grade_0.5",
    "grade_1",
    "grade_2",
    "grade_3",
    "grade_not evaluable",
    "reject",
    "type_wedge",
    "type_biconcave",
    "type_crush",
    "cause_degenerative",
    "cause_Scheuermann",
    "cause_Schmorl",
    "cause_hardware",
    "cause_pathological",
    "cause_other",
    "mark_T13",
    "mark_L6",
    "shift_up",
    "shift_down",
]


@pytest.mark.parametrize("name", EDITS)
def test_that_each_edit_is_undone_redone_and_saved(
    qtbot: QtBot, tmp_path: Path, reviewing: MainWindow, name: str
) -> None:
    window = reviewing
    window.films.current.select(review(window).vertebrae[2].key)
    before = review(window)
    window.actions_by_name[name].trigger()
    after = review(window)
    assert after is not before
    assert window.actions_by_name["undo"].text().startswith("Undo: ")
    press(window, "z", modifier=CONTROL)
    assert review(window) is before
    press(window, "z", modifier=CONTROL | SHIFT)
    assert review(window) is after
    qtbot.waitUntil(lambda: not window.saver.unsaved)
    saved = load_session(session_file(tmp_path))
    assert [v.decision for v in saved.review.vertebrae] == [v.decision for v in after.vertebrae]
    assert [v.level for v in saved.review.vertebrae] == [v.level for v in after.vertebrae]
    assert [entry.action.split(": ")[0] for entry in saved.trail][-2:] == ["undo", "redo"]


def test_that_a_note_is_written_down_and_undone(qtbot: QtBot, reviewing: MainWindow) -> None:
    press(reviewing, Qt.Key.Key_Down, "n")
    dialog = dialog_of(qtbot)
    text = dialog.findChild(QPlainTextEdit)
    assert text is not None
    QTest.keyClicks(text, "old, seen in 2019")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(text, Qt.Key.Key_Return, CONTROL)
    assert review(reviewing).vertebrae[0].note == "old, seen in 2019"
    reviewing.activateWindow()
    qtbot.waitUntil(reviewing.isActiveWindow)
    press(reviewing, "z", modifier=CONTROL)
    assert review(reviewing).vertebrae[0].note == ""


def test_that_a_level_is_renamed_with_those_above_following(qtbot: QtBot, reviewing: MainWindow) -> None:
    reviewing.films.current.select(review(reviewing).vertebrae[2].key)
    press(reviewing, "l")
    dialog = dialog_of(qtbot)
    dialog._levels.setCurrentText("L2")  # type: ignore[attr-defined]
    dialog._follow.setChecked(True)  # type: ignore[attr-defined]
    dialog.accept()
    assert [v.level.label for v in review(reviewing).vertebrae] == ["T12", "L1", "L2", "L2", "L3"]
    assert "L2" in reviewing.remarks.text()  # said twice


def test_that_heights_and_grade_change_while_a_point_is_dragged(reviewing: MainWindow) -> None:
    window = reviewing
    vertebra = review(window).vertebrae[3]  # L2, unfractured
    window.films.current.select(vertebra.key)
    view = window.view
    start = view.place_of(vertebra.points_xy[0]).toPoint()
    end = view.place_of(vertebra.points_xy[0] + (0.0, 24.0)).toPoint()
    row = 3
    cell = window.table.model().index(row, 3)
    assert cell.data() == "0"
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view.viewport(), end)
    assert int(window.table.model().index(row, 3).data()) >= 2
    assert review(window).vertebrae[3] is vertebra  # not yet an edit
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    moved = review(window).vertebrae[3]
    assert moved.points_xy[0][1] == pytest.approx(vertebra.points_xy[0][1] + 24, abs=1.5)
    assert moved.machine is vertebra.machine
    press(window, "z", modifier=CONTROL)
    assert review(window).vertebrae[3] is vertebra
    assert window.table.model().index(row, 3).data() == "0"


def test_that_a_missed_vertebra_is_added_by_drawing_its_box(
    qtbot: QtBot, tmp_path: Path, make_window: Callable[..., MainWindow], pipeline: FakePipeline
) -> None:
    pipeline.places = (0, 1, 3, 4)
    window = make_window(write_picture(tmp_path / "film.png"))
    wait_for_analysis(qtbot, window)
    pipeline.examined = finding(2)
    press(window, Qt.Key.Key_Insert)
    draw(window, (150, 255, 250, 330))
    qtbot.waitUntil(lambda: len(review(window).vertebrae) == 5)
    added = review(window).vertebrae[2]
    assert (added.level, added.added, added.machine is not None) == (VertebraLevel.L1, True, True)
    assert window.films.current.selection is added
    pipeline.examined = None  # nothing that the networks could outline
    press(window, Qt.Key.Key_Insert)
    draw(window, (150, 555, 250, 590))
    qtbot.waitUntil(lambda: len(review(window).vertebrae) == 6)
    assert review(window).vertebrae[-1].machine is None
    assert "drag" in window.status.currentMessage()
    assert not window.actions_by_name["accept"].isEnabled()


def test_that_a_missed_vertebra_is_added_without_the_mouse(
    qtbot: QtBot, tmp_path: Path, make_window: Callable[..., MainWindow], pipeline: FakePipeline
) -> None:
    pipeline.places = (0, 1, 3, 4)
    window = make_window(write_picture(tmp_path / "film.png"))
    wait_for_analysis(qtbot, window)
    pipeline.examined = finding(2)
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Insert, modifier=SHIFT)  # below T11 is T12
    assert "no room" in window.status.currentMessage()
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Insert, modifier=SHIFT)
    qtbot.waitUntil(lambda: len(review(window).vertebrae) == 5)
    added = review(window).vertebrae[2]
    assert added.level is VertebraLevel.L1
    np.testing.assert_allclose((added.box_xyxy[1] + added.box_xyxy[3]) / 2, 290, atol=1)
    press(window, *[Qt.Key.Key_Down] * 2)
    press(window, Qt.Key.Key_Insert, modifier=SHIFT)  # below the lowest, as far as to the one above
    qtbot.waitUntil(lambda: len(review(window).vertebrae) == 6)
    lowest = review(window).vertebrae[-1]
    np.testing.assert_allclose(lowest.box_xyxy[1::2], (555, 600), atol=1)  # down to the film's edge


def draw(window: MainWindow, box: tuple[float, float, float, float]) -> None:
    view = window.view.viewport()
    start, end = (window.view.place_of(np.array(corner)).toPoint() for corner in (box[:2], box[2:]))
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)


@pytest.mark.parametrize(("key", "points"), [("d", 2), ("v", 3), ("o", 4)])
def test_that_a_measurement_is_drawn_again_and_again_and_undone(
    reviewing: MainWindow, key: str, points: int
) -> None:
    press(reviewing, key)
    for _ in range(2):
        for place in range(points):
            at = reviewing.view.place_of(np.array([50.0 + 70 * place, 300.0 + 40 * (place % 2)])).toPoint()
            QTest.mouseClick(reviewing.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert len(review(reviewing).measures) == 2
    press(reviewing, "z", modifier=CONTROL)
    press(reviewing, Qt.Key.Key_Delete)
    assert review(reviewing).measures == ()


# Selecting


def test_that_selecting_in_the_table_selects_on_the_film_and_back(reviewing: MainWindow) -> None:
    window = reviewing
    window.view.zoom_by(4)
    row = window.table.visualRect(window.table.model().index(4, 0)).center()
    QTest.mouseClick(window.table.viewport(), Qt.MouseButton.LeftButton, pos=row)
    selected = window.films.current.selection
    assert selected is review(window).vertebrae[4]
    middle = (selected.box_xyxy[:2] + selected.box_xyxy[2:]) / 2
    assert np.abs(window.view.centre_xy - middle).max() < 1  # centred
    window.view.fit()
    body = window.view.place_of(np.array([200.0, 95.0])).toPoint()
    QTest.mouseClick(window.view.viewport(), Qt.MouseButton.LeftButton, pos=body)
    assert window.table.selectionModel().selectedRows()[0].row() == 0


# Read first


def test_that_in_read_first_nothing_of_the_machine_is_seen_before_the_reader_has_marked_the_film(
    qtbot: QtBot, tmp_path: Path, make_window: Callable[..., MainWindow]
) -> None:
    window = make_window(write_picture(tmp_path / "film.png"), read_first=True)
    wait_for_analysis(qtbot, window)
    assert window.table.model().rowCount() == 0
    assert window.view.findings_item.findings.vertebrae == ()
    press(window, Qt.Key.Key_Space, "a")
    assert all(v.decision is None for v in review(window).vertebrae)
    at = window.view.place_of(np.array([200.0, 290.0])).toPoint()
    QTest.mouseMove(window.view.viewport(), at)
    press(window, "2")
    mark = review(window).first_reading.marks[0]
    assert (round(mark.x), round(mark.y), mark.grade) == (
        pytest.approx(200, abs=2),
        pytest.approx(290, abs=2),
        ReaderGrade.MODERATE,
    )
    press(window, "r", modifier=CONTROL)
    assert window.table.model().rowCount() == 5
    assert len(window.view.findings_item.findings.vertebrae) == 5
    qtbot.waitUntil(lambda: not window.saver.unsaved)
    assert load_session(session_file(tmp_path)).review.first_reading.recorded


# Saving and coming back


def test_that_reopening_a_film_restores_its_review(
    qtbot: QtBot, tmp_path: Path, reviewing: MainWindow, make_window: Callable[..., MainWindow], pipeline: Any
) -> None:
    press(reviewing, Qt.Key.Key_Space, "3", Qt.Key.Key_Space, "a")
    press(reviewing, "r")  # turned
    qtbot.waitUntil(lambda: not reviewing.saver.unsaved)
    reviewing.close()
    again = make_window(tmp_path / "film.png")
    grades = [v.grade for v in review(again).vertebrae]
    assert grades == [ReaderGrade.SEVERE, ReaderGrade.NON, None, None, None]
    assert again.view.orientation.quarter_turns == 1
    assert pipeline.runs == 1


def test_that_a_film_whose_bytes_changed_says_so(
    qtbot: QtBot, tmp_path: Path, reviewing: MainWindow, make_window: Callable[..., MainWindow]
) -> None:
    press(reviewing, Qt.Key.Key_Space, "3")
    reviewing.close()
    write_picture(tmp_path / "film.png", seed=1)
    again = make_window(tmp_path / "film.png")
    assert "has changed since it was reviewed" in again.status.currentMessage()
    assert all(v.decision is None for v in review(again).vertebrae)


def test_that_a_failed_save_is_shown_and_tried_again(
    qtbot: QtBot, tmp_path: Path, reviewing: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "user" / "reviews"
    aside = folder.rename(tmp_path / "aside")
    folder.write_text("a file where the folder was")
    reviewing.saver._retry.setInterval(20)
    press(reviewing, Qt.Key.Key_Space, "3")
    qtbot.waitUntil(lambda: "Not saved" in reviewing.status._save.text())
    folder.unlink()
    aside.rename(folder)
    qtbot.waitUntil(lambda: not reviewing.saver.unsaved)
    assert reviewing.status._save.text() == "Saved"
    assert load_session(session_file(tmp_path)).review.vertebrae[0].grade is ReaderGrade.SEVERE


def test_that_closing_with_work_that_cannot_be_saved_asks_first(
    tmp_path: Path, reviewing: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "user" / "reviews"
    folder.rename(tmp_path / "aside")
    folder.write_text("a file where the folder was")
    press(reviewing, Qt.Key.Key_Space, "3")
    asked = []

    def cancel(reason: str) -> QMessageBox.StandardButton:
        asked.append(reason)
        return QMessageBox.StandardButton.Cancel

    monkeypatch.setattr(reviewing, "ask_about_unsaved", cancel)
    assert not reviewing.close()
    assert "cannot be written" in asked[0]
    assert reviewing.isVisible()
    monkeypatch.undo()


def test_that_closing_during_an_analysis_is_safe(
    qtbot: QtBot, tmp_path: Path, make_window: Callable[..., MainWindow], pipeline: FakePipeline
) -> None:
    pipeline.gate.clear()
    window = make_window(write_picture(tmp_path / "film.png"))
    qtbot.waitUntil(lambda: pipeline.runs == 1)
    assert window.close()
    assert not list((tmp_path / "user").rglob("*.part"))


# Analysis


def test_that_a_film_is_on_the_screen_before_its_analysis_and_a_cancelled_one_is_reviewed_by_hand(
    qtbot: QtBot, tmp_path: Path, make_window: Callable[..., MainWindow], pipeline: FakePipeline
) -> None:
    pipeline.gate.clear()
    window = make_window(write_picture(tmp_path / "film.png"))
    assert window.view.has_film
    qtbot.waitUntil(lambda: window.films.current.state is DocumentState.ANALYSING)
    press(window, Qt.Key.Key_F9, modifier=SHIFT)
    qtbot.waitUntil(lambda: window.films.current.state is DocumentState.LOADED)
    assert not window.status._bar.isVisible()
    press(window, Qt.Key.Key_Insert)
    draw(window, (150, 255, 250, 330))
    qtbot.waitUntil(lambda: len(review(window).vertebrae) == 1)
    press(window, "2")
    assert review(window).vertebrae[0].grade is ReaderGrade.MODERATE


def test_that_a_new_analysis_does_not_drop_decisions_unasked(
    qtbot: QtBot, reviewing: MainWindow, pipeline: FakePipeline
) -> None:
    press(reviewing, Qt.Key.Key_Space, "3", Qt.Key.Key_F9)
    dialog_of(qtbot).reject()
    assert review(reviewing).vertebrae[0].grade is ReaderGrade.SEVERE
    press(reviewing, Qt.Key.Key_F9)
    dialog_of(qtbot).accept()
    qtbot.waitUntil(lambda: pipeline.runs == 2 and not review(reviewing).vertebrae[0].decision)


@pytest.mark.parametrize("said", ["note", "cause", "name", "point"])
def test_that_a_new_analysis_does_not_drop_unasked_what_else_was_said(
    qtbot: QtBot, reviewing: MainWindow, pipeline: FakePipeline, said: str
) -> None:
    vertebra = review(reviewing).vertebrae[0]
    edited = {
        "note": replace(vertebra, note="old"),
        "cause": replace(vertebra, cause=Cause.SCHMORL),
        "name": replace(vertebra, level=VertebraLevel.T10),
        "point": moved_point(vertebra, 0, vertebra.points_xy[0] + 5),
    }[said]
    reviewing.films.current.replace(edited, said)
    press(reviewing, Qt.Key.Key_F9)
    dialog_of(qtbot).reject()
    assert review(reviewing).vertebrae[0] is edited
    assert pipeline.runs == 1


def test_that_a_film_about_which_nothing_was_said_is_analysed_again_unasked(
    qtbot: QtBot, reviewing: MainWindow, pipeline: FakePipeline
) -> None:
    press(reviewing, Qt.Key.Key_Space, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: pipeline.runs == 2)
    wait_for_analysis(qtbot, reviewing)
    assert QApplication.activeModalWidget() is None


def test_that_a_film_is_not_signed_while_it_is_analysed(
    qtbot: QtBot, tmp_path: Path, make_window: Callable[..., MainWindow], pipeline: FakePipeline
) -> None:
    pipeline.gate.clear()
    window = make_window(write_picture(tmp_path / "film.png"))
    qtbot.waitUntil(lambda: window.films.current.state is DocumentState.ANALYSING)
    assert not window.actions_by_name["sign"].isEnabled()
    press(window, Qt.Key.Key_Return, modifier=CONTROL)
    assert QApplication.activeModalWidget() is None
    pipeline.gate.set()
    wait_for_analysis(qtbot, window)
    assert window.actions_by_name["sign"].isEnabled()


def test_that_what_ran_is_told_in_the_status_bar(reviewing: MainWindow) -> None:
    assert reviewing.status._runtime.text() == "onnx / cpu, 12 ms"


# Films


def test_that_films_of_two_patients_are_never_shown_side_by_side(
    qtbot: QtBot, tmp_path: Path, make_window: Callable[..., MainWindow]
) -> None:
    films = [
        write_dicom(tmp_path / "now.dcm", "Doe^Jane", "1"),
        write_dicom(tmp_path / "other.dcm", "Roe^Ann", "2"),
        write_dicom(tmp_path / "prior.dcm", "Doe^Jane", "1", StudyDate="20200101"),
    ]
    window = make_window(*films[:2], analyse_at_once=False)
    qtbot.waitUntil(lambda: all(e.state is FilmState.NEW for e in window.library.entries))
    window.actions_by_name["compare"].trigger()
    dialog_of(qtbot).accept()
    blocked = dialog_of(qtbot)
    assert isinstance(blocked, QMessageBox)
    assert "Doe, Jane" in blocked.text()
    assert "Roe, Ann" in blocked.text()
    blocked.accept()
    assert not window.comparison.view.isVisible()
    assert not window.actions_by_name["compare"].isChecked()
    window.add_films([films[2]])
    qtbot.waitUntil(lambda: len(window.library.entries) == 3)
    qtbot.waitUntil(lambda: all(e.state is FilmState.NEW for e in window.library.entries))
    window.actions_by_name["compare"].trigger()
    qtbot.waitUntil(window.comparison.view.isVisible)
    assert window.comparison.document.film.key.path == films[2]
    key = next(e.key for e in window.library.entries if e.key.path == films[1])
    window.choose(key)
    qtbot.waitUntil(lambda: path_of(window) == films[1])
    assert not window.comparison.view.isVisible()
    dialog_of(qtbot).accept()


def test_that_refused_films_stay_in_the_list_with_their_sentence_and_can_be_tried_again(
    qtbot: QtBot, tmp_path: Path, make_window: Callable[..., MainWindow]
) -> None:
    broken = tmp_path / "broken.dcm"
    broken.write_bytes(b"\x89PNG\r\n\x1a\nnothing more")
    window = make_window(analyse_at_once=False)
    window.add_films([broken])
    qtbot.waitUntil(lambda: [e.state for e in window.library.entries] == [FilmState.REFUSED])
    assert "cannot be read" in window.library.entries[0].reason
    assert window.actions_by_name["retry"].isEnabled()
    write_dicom(broken)
    window.actions_by_name["retry"].trigger()
    qtbot.waitUntil(lambda: window.films.current is not None)
    qtbot.waitUntil(lambda: window.library.entries[0].state is FilmState.NEW)


def test_that_of_a_film_with_several_frames_one_is_asked_for(
    qtbot: QtBot, tmp_path: Path, make_window: Callable[..., MainWindow]
) -> None:
    film = tmp_path / "run.tif"
    pages = [np.full((64, 48), value, np.uint8) + np.arange(48, dtype=np.uint8) for value in (10, 100)]
    cv2.imwritemulti(str(film), pages)
    window = make_window(analyse_at_once=False)
    window.add_films([film])
    dialog = dialog_of(qtbot)
    assert isinstance(dialog, QInputDialog)
    dialog.setIntValue(2)
    dialog.accept()
    qtbot.waitUntil(lambda: window.films.current is not None)
    assert window.films.current.film.key.frame == 1
    assert window.films.current.film.picture.copies[0].min() == 100


def test_that_dropped_files_are_opened_and_the_first_is_shown(
    qtbot: QtBot, tmp_path: Path, reviewing: MainWindow
) -> None:
    new = [write_picture(tmp_path / f"new-{n}.png", seed=n + 5) for n in range(2)]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in new])
    actions = Qt.DropAction.CopyAction
    reviewing.dropEvent(
        QDropEvent(QPointF(5, 5), actions, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    )
    qtbot.waitUntil(lambda: path_of(reviewing) == new[0])
    qtbot.waitUntil(lambda: len(reviewing.library.entries) == 3 and not reviewing.library.is_busy)
    assert reviewing._memory.recent[:2] == tuple(new)


def test_that_dropping_what_holds_no_film_leaves_the_film_on_the_screen(
    qtbot: QtBot, tmp_path: Path, reviewing: MainWindow
) -> None:
    document, empty = reviewing.films.current, tmp_path / "empty"
    empty.mkdir()
    (empty / "readme.txt").write_text("no film")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(empty))])
    actions = Qt.DropAction.CopyAction
    reviewing.dropEvent(
        QDropEvent(QPointF(5, 5), actions, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    )
    qtbot.waitUntil(lambda: "holds no film" in reviewing.status.currentMessage())
    assert reviewing.films.current is document
    assert reviewing.view.has_film


def test_that_the_next_and_the_previous_film_are_a_key_away(
    qtbot: QtBot, tmp_path: Path, make_window: Callable[..., MainWindow]
) -> None:
    films = [write_picture(tmp_path / f"{n}.png", seed=n) for n in range(2)]
    window = make_window(*films)
    qtbot.waitUntil(lambda: not window.library.is_busy and len(window.library.entries) == 2)
    press(window, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: path_of(window) == films[1])
    press(window, Qt.Key.Key_PageUp)
    assert path_of(window) == films[0]


# The view


def test_that_clahe_is_marked_and_gives_the_film_back_as_it_was(qtbot: QtBot, reviewing: MainWindow) -> None:
    view = reviewing.view
    view.drag_window(20, 10)
    voi = view.voi
    press(reviewing, "c")
    qtbot.waitUntil(lambda: view.is_enhanced)
    assert view.film_item.picture is not reviewing.films.current.film.picture
    press(reviewing, "c")
    assert view.film_item.picture is reviewing.films.current.film.picture
    assert view.voi == voi


@pytest.mark.parametrize(
    "error", [FilmReadError(Path("film.png"), "does not exist"), ZeroDivisionError("a defect")]
)
def test_that_clahe_is_off_again_where_it_could_not_be_computed(
    qtbot: QtBot, reviewing: MainWindow, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setattr(Films, "enhanced", fail)
    clahe = reviewing.actions_by_name["clahe"]
    with qtbot.captureExceptions() as raised:
        press(reviewing, "c")
        assert clahe.isChecked()
        qtbot.waitUntil(lambda: not clahe.isChecked())
    assert not reviewing.view.is_enhanced
    told = reviewing.status.currentMessage()
    is_defect = isinstance(error, ZeroDivisionError)
    assert ([kind for kind, *_ in raised], told) == (
        ([ZeroDivisionError], "") if is_defect else ([], "film.png: does not exist")
    )


def test_that_a_tool_is_put_down_where_it_may_not_be_used(
    qtbot: QtBot, tmp_path: Path, make_window: Callable[..., MainWindow], pipeline: FakePipeline
) -> None:
    films = [write_picture(tmp_path / f"{n}.png", seed=n) for n in range(2)]
    window = make_window(*films, read_first=True)
    qtbot.waitUntil(lambda: len(window.library.entries) == 2)
    wait_for_analysis(qtbot, window)
    press(window, "r", modifier=CONTROL)  # what the machine found is shown
    press(window, Qt.Key.Key_Insert)
    assert window.actions_by_name["add_vertebra"].isChecked()
    press(window, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: path_of(window) == films[1])
    wait_for_analysis(qtbot, window)
    assert window.films.current.is_hidden
    assert window.actions_by_name["select_tool"].isChecked()
    pipeline.examined = finding(4)
    draw(window, (150, 255, 250, 330))
    qtbot.waitUntil(lambda: not window.saver.unsaved)
    assert len(review(window).vertebrae) == 5
    assert window.status.currentMessage() == ""


def test_that_nothing_is_measured_on_a_signed_film(qtbot: QtBot, reviewing: MainWindow) -> None:
    decide_all(reviewing)
    press(reviewing, "d")
    assert reviewing.actions_by_name["length"].isChecked()
    sign(qtbot, reviewing)
    assert reviewing.actions_by_name["select_tool"].isChecked()


def test_that_each_layer_has_a_key_and_the_opacity_is_kept(tmp_path: Path, reviewing: MainWindow) -> None:
    shown = reviewing.pane.layers
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F4, Qt.Key.Key_F5, Qt.Key.Key_F6):
        press(reviewing, key)
        assert len(reviewing.pane.layers ^ shown) == 1
        press(reviewing, key)
        assert reviewing.pane.layers == shown
    press(reviewing, "h")
    assert not reviewing.view.findings_item.isVisible()
    press(reviewing, "h", "[", "[")
    assert reviewing.pane.opacity == 60
    reviewing.close()
    assert json.loads((tmp_path / "user" / "settings.json").read_text())["overlay_opacity"] == 60


def test_that_the_films_go_to_a_window_of_their_own_and_come_back(reviewing: MainWindow) -> None:
    reviewing.actions_by_name["detach"].trigger()
    assert reviewing.view.window() is not reviewing
    assert reviewing.view.isVisible()
    press(reviewing, Qt.Key.Key_Space, "a")
    assert review(reviewing).vertebrae[0].decision
    assert reviewing.view.window().close()
    assert reviewing.view.window() is reviewing
    assert reviewing.view.isVisible()


def test_that_quitting_with_the_films_in_a_window_of_their_own_closes_both(reviewing: MainWindow) -> None:
    reviewing.actions_by_name["detach"].trigger()
    films = reviewing.view.window()
    assert films is not reviewing
    QApplication.closeAllWindows()
    assert not films.isVisible()
    assert not reviewing.isVisible()


def test_that_layout_and_keys_follow_the_settings_at_once(tmp_path: Path, reviewing: MainWindow) -> None:
    reviewing.change_settings(layout=Layout.FINDINGS_BELOW, keys={"accept": "Q"})
    assert reviewing.desk.findings_lie_below
    press(reviewing, Qt.Key.Key_Space, "a")
    assert review(reviewing).vertebrae[0].decision is None
    press(reviewing, "q")
    assert review(reviewing).vertebrae[0].decision is not None
    assert json.loads((tmp_path / "user" / "settings.json").read_text())["keys"] == {"accept": "Q"}


def test_that_the_first_start_asks_to_accept_the_intended_use(
    qtbot: QtBot, make_window: Callable[..., MainWindow]
) -> None:
    window = make_window(accepted_use="")
    window.window_commands.ask_intended_use()
    dialog_of(qtbot).reject()
    qtbot.waitUntil(lambda: not window.isVisible())


@pytest.mark.parametrize(
    "name", ["settings", "keys", "about", "intended_use", "trail", "open_files", "open_folder"]
)
def test_that_each_dialog_opens_and_closes(qtbot: QtBot, reviewing: MainWindow, name: str) -> None:
    reviewing.actions_by_name[name].trigger()
    dialog = dialog_of(qtbot)
    assert dialog.windowTitle()
    dialog.reject()


def test_that_the_test_pattern_fills_the_screen_until_a_key_is_pressed(
    qtbot: QtBot, reviewing: MainWindow
) -> None:
    reviewing.actions_by_name["test_pattern"].trigger()
    pattern = reviewing.findChild(GreyPattern)
    assert pattern is not None
    assert pattern.isVisible()
    assert pattern.size() == reviewing.screen().size()
    qtbot.waitUntil(pattern.isActiveWindow)
    QTest.keyClick(pattern, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: reviewing.findChild(GreyPattern) is None)


def test_that_the_pointer_at_nothing_marks_nothing(
    qtbot: QtBot, tmp_path: Path, make_window: Callable[..., MainWindow]
) -> None:
    window = make_window(write_picture(tmp_path / "film.png"), read_first=True)
    QTest.mouseMove(window.view.viewport(), QPoint(2, 2))
    press(window, "3")
    assert review(window).first_reading is None
    assert "Point at the fracture" in window.status.currentMessage()
