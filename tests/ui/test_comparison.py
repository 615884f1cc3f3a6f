"""Which film comes beside the present one, and that it is shown as its review stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QInputDialog
from pytestqt.qtbot import QtBot

from tests.ui.fakes import FakePipeline, write_dicom, write_picture
from vcf_desktop.ui.comparison import Comparison
from vcf_desktop.ui.film_entries import FilmKey
from vcf_desktop.ui.film_view import FilmView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window

MakeComparison = Callable[..., tuple[Any, Comparison]]


@pytest.fixture
def make_comparison(
    qtbot: QtBot, make_desk: Callable[..., Any], make_view: Callable[..., FilmView], pipeline: FakePipeline
) -> MakeComparison:
    """Makes a desk with these films on its list, the first of them on the screen, and what compares them."""

    def make(*films: Path) -> tuple[Any, Comparison]:
        desk = make_desk(analyse_at_once=False)
        desk.library.add(films)
        qtbot.waitUntil(lambda: desk.is_settled)
        desk.films.choose(FilmKey(films[0]))
        qtbot.waitUntil(lambda: desk.films.current is not None)
        comparison = Comparison(make_view(), desk.films)
        qtbot.addWidget(comparison.view)
        return desk, comparison

    return make


def question(qtbot: QtBot) -> QInputDialog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QInputDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QInputDialog)
    return dialog


def test_that_a_film_beside_shows_its_findings_when_they_come(
    qtbot: QtBot, tmp_path: Path, make_comparison: MakeComparison
) -> None:
    now, prior = write_dicom(tmp_path / "now.dcm"), write_dicom(tmp_path / "prior.dcm")
    desk, comparison = make_comparison(now, prior)
    comparison.begin(desk.library.entries)
    qtbot.waitUntil(lambda: comparison.document is not None)
    drawn = comparison.view.findings_item
    assert drawn.findings.vertebrae == ()
    desk.library.analyse(FilmKey(prior))
    qtbot.waitUntil(lambda: len(drawn.findings.vertebrae) == 5)


def test_that_a_film_that_is_beside_no_more_is_not_drawn_any_more(
    qtbot: QtBot, tmp_path: Path, make_comparison: MakeComparison
) -> None:
    now, prior = write_dicom(tmp_path / "now.dcm"), write_dicom(tmp_path / "prior.dcm")
    desk, comparison = make_comparison(now, prior)
    comparison.begin(desk.library.entries)
    qtbot.waitUntil(lambda: comparison.document is not None)
    comparison.end()
    assert comparison.document is None
    desk.library.analyse(FilmKey(prior))
    qtbot.waitUntil(lambda: desk.is_settled)
    assert comparison.view.findings_item.findings.vertebrae == ()
    comparison.begin(desk.library.entries)
    assert len(comparison.view.findings_item.findings.vertebrae) == 5


@pytest.mark.parametrize("place", [0, 1, 2])
def test_that_films_of_one_name_in_several_folders_can_each_be_chosen(
    qtbot: QtBot, tmp_path: Path, make_comparison: MakeComparison, place: int
) -> None:
    others = []
    for seed, folder in enumerate(("x", "y", "z"), 1):
        (tmp_path / folder).mkdir()
        others.append(write_picture(tmp_path / folder / "film.png", seed))
    desk, comparison = make_comparison(write_picture(tmp_path / "now.png"), *others)
    comparison.begin(desk.library.entries)
    dialog = question(qtbot)
    texts = dialog.comboBoxItems()
    assert len(set(texts)) == 3
    assert [str(other.parent) in text for other, text in zip(others, texts, strict=True)][1:] == [True, True]
    dialog.setTextValue(texts[place])
    dialog.accept()
    qtbot.waitUntil(lambda: comparison.document is not None)
    assert comparison.document is not None
    assert comparison.document.film.key.path == others[place]


def test_that_frames_of_one_film_are_told_apart(
    qtbot: QtBot, tmp_path: Path, make_comparison: MakeComparison
) -> None:
    desk, comparison = make_comparison(write_picture(tmp_path / "now.png"))
    for frame in range(2):
        desk.library.add_frame(FilmKey(tmp_path / "run.png", frame))
    comparison.begin(desk.library.entries)
    dialog = question(qtbot)
    assert ["frame 1" in text for text in dialog.comboBoxItems()] == [True, False]
    dialog.reject()
    qtbot.waitUntil(lambda: desk.is_settled)


def test_that_films_of_another_patient_are_said_to_be_and_come_after_this_patient_s(
    qtbot: QtBot, tmp_path: Path, make_comparison: MakeComparison
) -> None:
    films = [
        write_dicom(tmp_path / "now.dcm", "Doe^Jane", "1"),
        write_dicom(tmp_path / "other.dcm", "Roe^Mary", "2"),
        write_picture(tmp_path / "unknown.png"),
        write_dicom(tmp_path / "prior.dcm", "Doe^Jane", "1"),
        write_dicom(tmp_path / "older.dcm", "Doe^Jane", "1"),
    ]
    desk, comparison = make_comparison(*films)
    comparison.begin(desk.library.entries)
    dialog = question(qtbot)
    items = dialog.comboBoxItems()
    said = {film.name: "(another patient)" in item for item in items for film in films if film.name in item}
    assert said == {"prior.dcm": False, "older.dcm": False, "other.dcm": True, "unknown.png": False}
    assert all("Doe, Jane" in item for item in items[:2])
    (other,) = (item for item in items if "other.dcm" in item)
    assert "Roe, Mary" in other
    dialog.reject()
