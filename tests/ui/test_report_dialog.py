"""The report in the window: written, looked at, signed and saved, with films of our own making."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PySide6.QtCore import QLocale, Qt, QTranslator
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.fakes import write_dicom, write_picture
from vcf_desktop.io.sessions import Session, load_session
from vcf_desktop.io.settings_file import load_settings
from vcf_desktop.paths import USER_VARIABLE
from vcf_desktop.report import Format
from vcf_desktop.settings import Language, Settings
from vcf_desktop.statement import Quality, Statement
from vcf_desktop.ui.about import USE_VERSION
from vcf_desktop.ui.document import Document
from vcf_desktop.ui.edition import Edition
from vcf_desktop.ui.language import install_language
from vcf_desktop.ui.main_window import MainWindow
from vcf_desktop.ui.report_dialog import ReportDialog
from vcf_desktop.ui.sign_dialog import SignDialog

pytestmark = [
    pytest.mark.usefixtures("pipeline"),
    pytest.mark.qt_log_ignore("propagateSizeHints"),  # the offscreen platform says so of every window
]

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SITE_TEXT = (
    "Assessment of bone health and of the risk of further fractures is recommended, for example by a "
    "fracture liaison service.\nLevels between T7 and L4 are not evaluable: further imaging where it matters "
    "to the patient."
)


@pytest.fixture(autouse=True)
def _english(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    install_language(qapp, Language.ENGLISH)
    yield
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.setParent(None)
    QLocale.setDefault(before)


@pytest.fixture
def make_window(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., MainWindow]]:
    monkeypatch.setenv(USER_VARIABLE, str(tmp_path / "user"))
    windows = []

    def make(*films: Path, **settings: Any) -> MainWindow:
        chosen = {"reader": "Dr. Roe", "accepted_use": USE_VERSION, **settings}
        window = MainWindow(tmp_path / "user", Settings(**chosen))
        windows.append(window)
        window.show()
        window.add_films(films)
        qtbot.waitUntil(lambda: is_settled(window), timeout=20_000)
        return window

    yield make
    for window in windows:
        window.close()
        window.deleteLater()


@pytest.fixture
def window(make_window: Callable[..., MainWindow], tmp_path: Path) -> MainWindow:
    """A window with one analysed film of a patient with a name."""
    return make_window(write_dicom(tmp_path / "film.dcm", StudyDate="20260304"))


def is_settled(window: MainWindow) -> bool:
    workers = (window.library._reader, window.library._analyst, window.saver._worker)
    busy = window.library.is_busy or window.saver.unsaved or not all(w.is_idle for w in workers)
    return not busy and window.films.current is not None and current(window).review.analysis is not None


def current(window: MainWindow) -> Document:
    assert window.films.current is not None
    return window.films.current


def stated(window: MainWindow) -> Statement:
    return current(window).review.statement


def decide(window: MainWindow) -> None:
    for vertebra in current(window).review.undecided:
        current(window).accept(vertebra, "accept")


def sign(qtbot: QtBot, window: MainWindow) -> None:
    """Sign the film on the screen as the reader does, but without the question."""
    decide(window)
    document = current(window)
    window.reviewing._sign(document, "Dr. Roe")
    qtbot.waitUntil(lambda: document.session.locked)


def report_of(qtbot: QtBot, window: MainWindow) -> ReportDialog:
    """The report, opened by its key, as soon as its pages are there."""
    press(qtbot, window, Qt.Key.Key_P)
    dialog: ReportDialog = modal(qtbot, ReportDialog)
    activate(qtbot, dialog)
    qtbot.waitUntil(lambda: bool(dialog.pdf))
    return dialog


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key) -> None:
    """A key, with Ctrl."""
    activate(qtbot, window)
    qtbot.keyClick(window, key, CONTROL)


def activate(qtbot: QtBot, window: QWidget) -> None:
    """The offscreen platform leaves that to us."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def modal(qtbot: QtBot, kind: type[Any]) -> Any:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    return QApplication.activeModalWidget()


def wait_for_pages(qtbot: QtBot, dialog: ReportDialog, before: bytes) -> None:
    qtbot.waitUntil(lambda: dialog.pdf not in (b"", before))


def field(dialog: ReportDialog, label: str) -> Any:
    """What the label stands for, as its underlined letter finds it."""
    labels = dialog.findChildren(QLabel)
    return next(each.buddy() for each in labels if each.buddy() and each.text().replace("&", "") == label)


def button(dialog: QWidget, text: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text().replace("&", "") == text)


def choose(qtbot: QtBot, box: QComboBox, text: str) -> None:
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Home)
    for _ in range(box.findText(text)):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText() == text


def write(qtbot: QtBot, words: QPlainTextEdit, text: str) -> None:
    """In place of what is there, and on to the next field."""
    words.setFocus()
    words.selectAll()
    qtbot.keyClick(words, Qt.Key.Key_Delete)
    qtbot.keyClicks(words, text)
    qtbot.keyClick(words, Qt.Key.Key_Tab)


def save_into(qtbot: QtBot, dialog: ReportDialog, folder: Path) -> None:
    """Save the files in a folder, which is chosen in Qt's own dialog."""
    button(dialog, "Save the files…").click()
    chooser = modal(qtbot, QFileDialog)
    chooser.setDirectory(str(folder))
    chooser.accept()


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(pdf)).pages)


def lines(dialog: QDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def saved_session(tmp_path: Path) -> Session:
    (path,) = (tmp_path / "user" / "reviews").glob("*-0.json")
    return load_session(path)


# -- What is written -----------------------------------------------------------------------------------------

WORDS = {
    "Indication": ("indication", "Back pain"),
    "What limits it": ("quality_note", "Scapulae overlie T4"),
    "Further findings": ("comment", "Aortic calcification"),
    "Recommendation": ("recommendation", "Densitometry"),
}


@pytest.mark.parametrize("label", WORDS)
def test_that_words_are_one_step_that_is_saved_told_and_undone(
    qtbot: QtBot, tmp_path: Path, window: MainWindow, label: str
) -> None:
    name, text = WORDS[label]
    before, steps = stated(window), current(window).undo_stack.count()
    dialog = report_of(qtbot, window)
    write(qtbot, field(dialog, label), text)
    assert stated(window) == replace(before, **{name: text})
    assert current(window).undo_stack.count() == steps + 1
    dialog.close()
    qtbot.waitUntil(lambda: not window.saver.unsaved)
    session = saved_session(tmp_path)
    assert session.review.statement == stated(window)
    assert session.trail[-1].action == name.replace("_", " ")
    assert [(change.what, change.after) for change in session.trail[-1].changes] == [
        (name.replace("_", " "), text)
    ]
    undo = window.actions_by_name["undo"].text()
    assert undo.startswith("Undo: Report: ")
    press(qtbot, window, Qt.Key.Key_Z)
    assert stated(window) == before


def test_that_a_pause_shows_on_the_pages_what_was_written(qtbot: QtBot, window: MainWindow) -> None:
    dialog = report_of(qtbot, window)
    before = dialog.pdf
    words = field(dialog, "Further findings")
    words.setFocus()
    qtbot.keyClicks(words, "Aortic calcification ")
    assert stated(window).comment == ""
    wait_for_pages(qtbot, dialog, before)
    assert "Aortic calcification" in words_of(dialog.pdf)
    assert words.hasFocus()
    qtbot.keyClicks(words, "and scoliosis")  # on from where it stood, the blank included
    words.clearFocus()
    assert stated(window).comment == "Aortic calcification and scoliosis"
    dialog.close()


def test_that_what_comes_meanwhile_leaves_the_words_that_are_being_written(
    qtbot: QtBot, window: MainWindow
) -> None:
    dialog = report_of(qtbot, window)
    words = field(dialog, "Indication")
    words.setFocus()
    qtbot.keyClicks(words, "Fall")
    decide(window)
    qtbot.keyClicks(words, " at home")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert stated(window).indication == "Fall at home"
    assert not current(window).review.undecided


def test_that_the_films_own_indication_stands_where_none_is_given(
    qtbot: QtBot, tmp_path: Path, make_window: Callable[..., MainWindow]
) -> None:
    film = write_dicom(tmp_path / "film.dcm", ReasonForTheRequestedProcedure="Osteoporosis?")
    window = make_window(film)
    indication = current(window).film.study.indication  # type: ignore[union-attr]
    assert indication == "Osteoporosis?"
    dialog = report_of(qtbot, window)
    assert field(dialog, "Indication").placeholderText() == indication
    assert field(dialog, "Indication").toPlainText() == ""
    assert indication in words_of(dialog.pdf)
    dialog.close()
    assert stated(window).indication == ""


def test_that_the_quality_is_chosen_and_taken_back(qtbot: QtBot, window: MainWindow) -> None:
    dialog = report_of(qtbot, window)
    quality = field(dialog, "Technical quality")
    assert [quality.itemText(place) for place in range(quality.count())] == [
        *("Not said", "diagnostic", "limited", "not diagnostic")
    ]
    choose(qtbot, quality, "not diagnostic")
    assert stated(window).quality is Quality.NON_DIAGNOSTIC
    choose(qtbot, quality, "Not said")
    assert stated(window).quality is None
    dialog.close()


def test_that_the_sites_recommendation_stands_until_the_reader_writes_his_own(
    qtbot: QtBot, window: MainWindow
) -> None:
    dialog = report_of(qtbot, window)
    words, site = field(dialog, "Recommendation"), button(dialog, "Use the site's text")
    assert words.toPlainText() == SITE_TEXT  # as for a signed report, though this is none
    assert not site.isEnabled()
    words.setFocus()
    words.clearFocus()
    assert stated(window).recommendation is None
    before = dialog.pdf
    write(qtbot, words, "Densitometry")
    assert stated(window).recommendation == "Densitometry"
    wait_for_pages(qtbot, dialog, before)
    assert "Densitometry" in words_of(dialog.pdf)
    assert words.toPlainText() == "Densitometry"
    write(qtbot, words, "")
    assert stated(window).recommendation == ""  # none at all
    site.click()
    assert stated(window).recommendation is None
    assert words.toPlainText() == SITE_TEXT
    assert not site.isEnabled()
    dialog.close()


# -- The prior film ------------------------------------------------------------------------------------------


def test_that_only_signed_earlier_films_of_this_patient_are_offered_and_none_is_taken_unasked(
    qtbot: QtBot, tmp_path: Path, make_window: Callable[..., MainWindow]
) -> None:
    signed = {
        "old": write_dicom(tmp_path / "old.dcm", StudyDate="20200102"),
        "newer": write_dicom(tmp_path / "newer.dcm", StudyDate="20240506"),
        "other": write_dicom(tmp_path / "other.dcm", "Roe^Richard", "2", StudyDate="20240506"),
        "namesake": write_dicom(tmp_path / "namesake.dcm", "Doe^Jane", "3", StudyDate="20240506"),
        "nobody": write_dicom(tmp_path / "nobody.dcm", "", "", StudyDate="20240506"),
        "later": write_dicom(tmp_path / "later.dcm", StudyDate="20260305"),
        "same day": write_dicom(tmp_path / "same.dcm", StudyDate="20260304"),
        "undated": write_dicom(tmp_path / "undated.dcm", StudyDate=""),
        "picture": write_picture(tmp_path / "picture.png"),
    }
    unsigned = write_dicom(tmp_path / "unsigned.dcm", StudyDate="20250506")
    film = write_dicom(tmp_path / "film.dcm", StudyDate="20260304")
    window = make_window(*signed.values(), unsigned, film)
    keys = {entry.key.path: entry.key for entry in window.library.entries}
    for path in signed.values():
        window.choose(keys[path])
        qtbot.waitUntil(lambda path=path: current_path(window) == path and is_settled(window))
        sign(qtbot, window)
    window.choose(keys[film])
    qtbot.waitUntil(lambda: current_path(window) == film and is_settled(window))
    dialog = report_of(qtbot, window)
    priors = field(dialog, "Compared with a prior film")
    qtbot.waitUntil(lambda: window.library._reader.is_idle)
    assert [priors.itemText(place) for place in range(priors.count())] == [
        *("None", "5/6/2024, version 1 by Dr. Roe", "1/2/2020, version 1 by Dr. Roe")
    ]
    assert stated(window).prior is None
    assert "A signed prior film of this patient is on the list; choose it to compare." in lines(dialog)
    assert "No earlier film was compared." in words_of(dialog.pdf)
    before = dialog.pdf
    choose(qtbot, priors, "1/2/2020, version 1 by Dr. Roe")
    prior = stated(window).prior
    assert prior is not None
    assert (prior.study_date.isoformat(), prior.reader, prior.version) == ("2020-01-02", "Dr. Roe", 1)
    wait_for_pages(qtbot, dialog, before)
    assert "2020-01-02" in words_of(dialog.pdf)
    choose(qtbot, priors, "None")
    assert stated(window).prior is None
    dialog.close()


def current_path(window: MainWindow) -> Path | None:
    return window.films.current.film.key.path if window.films.current else None


def test_that_a_prior_film_that_is_not_on_the_list_any_more_is_still_shown(
    qtbot: QtBot, tmp_path: Path, make_window: Callable[..., MainWindow]
) -> None:
    old = write_dicom(tmp_path / "old.dcm", StudyDate="20200102")
    film = write_dicom(tmp_path / "film.dcm", StudyDate="20260304")
    window = make_window(old, film)
    sign(qtbot, window)
    keys = {entry.key.path: entry.key for entry in window.library.entries}
    window.choose(keys[film])
    qtbot.waitUntil(lambda: current_path(window) == film and is_settled(window))
    dialog = report_of(qtbot, window)
    priors = field(dialog, "Compared with a prior film")
    qtbot.waitUntil(lambda: priors.count() == 2)
    choose(qtbot, priors, "1/2/2020, version 1 by Dr. Roe")
    dialog.close()
    window.library.remove(keys[old])
    again = report_of(qtbot, window)
    priors = field(again, "Compared with a prior film")
    assert priors.currentText() == "1/2/2020, version 1 by Dr. Roe"
    assert priors.count() == 2
    again.close()


# -- Draft and signed ----------------------------------------------------------------------------------------


def test_that_a_report_is_a_draft_until_it_is_signed_from_there(qtbot: QtBot, window: MainWindow) -> None:
    window.reporting.set_can_send(True)
    dialog = report_of(qtbot, window)
    assert "Unverified draft: 5 vertebrae undecided; decide, then sign." in lines(dialog)
    assert "UNVERIFIED DRAFT" in words_of(dialog.pdf)
    assert not button(dialog, "Sign…").isEnabled()
    assert not button(dialog, "Send to the archive").isEnabled()
    decide(window)
    assert "Unverified draft: the review is not signed yet." in lines(dialog)
    before = dialog.pdf
    button(dialog, "Sign…").click()
    question = modal(qtbot, SignDialog)
    qtbot.keyClicks(question.findChild(QLineEdit), "Dr. Roe")
    question.accept()
    wait_for_pages(qtbot, dialog, before)
    qtbot.waitUntil(lambda: "UNVERIFIED DRAFT" not in words_of(dialog.pdf))
    assert "Version 1, signed by Dr. Roe on " in lines(dialog)
    assert button(dialog, "Sign…").isHidden()
    assert all(field(dialog, label).isReadOnly() for label in WORDS)
    for label in ("Technical quality", "Compared with a prior film"):
        assert not field(dialog, label).isEnabled()
    with qtbot.waitSignal(window.reporting.send_asked) as sent:
        button(dialog, "Send to the archive").click()
    (edition,) = sent.args
    assert isinstance(edition, Edition)
    assert not edition.report.is_draft
    assert edition.report.statement == stated(window)
    dialog.close()


def test_that_nothing_is_sent_where_no_archive_takes_it(qtbot: QtBot, window: MainWindow) -> None:
    sign(qtbot, window)
    dialog = report_of(qtbot, window)
    assert not button(dialog, "Send to the archive").isEnabled()
    dialog.close()


def test_that_an_amended_review_can_be_written_about_again(qtbot: QtBot, window: MainWindow) -> None:
    sign(qtbot, window)
    window.actions_by_name["amend"].trigger()
    dialog = report_of(qtbot, window)
    assert "UNVERIFIED DRAFT" in words_of(dialog.pdf)
    write(qtbot, field(dialog, "Indication"), "Fall")
    assert stated(window).indication == "Fall"
    dialog.close()


def test_that_the_report_is_offered_when_a_review_is_signed(
    qtbot: QtBot, tmp_path: Path, make_window: Callable[..., MainWindow]
) -> None:
    window = make_window(write_picture(tmp_path / "film.png"), keys={"report": ""})
    sign(qtbot, window)
    assert window.status.currentMessage() == "Signed as version 1 by Dr. Roe."
    window.actions_by_name["amend"].trigger()
    window.change_settings(keys={"report": "F7"})
    sign(qtbot, window)
    assert window.status.currentMessage() == "Signed as version 2 by Dr. Roe. F7 opens the report."
    assert QApplication.activeModalWidget() is None


# -- The files -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("signed", [True, False], ids=["signed", "draft"])
def test_that_the_pages_shown_are_the_file_that_is_saved(
    qtbot: QtBot, tmp_path: Path, window: MainWindow, signed: bool
) -> None:
    if signed:
        sign(qtbot, window)
    dialog = report_of(qtbot, window)
    save_into(qtbot, dialog, tmp_path)
    qtbot.waitUntil(lambda: "1 file saved in" in lines(dialog))
    (path,) = tmp_path.glob("*.pdf")
    assert path.name.startswith("film-")
    assert ("-v1." if signed else "-draft.") in path.name
    assert path.read_bytes() == dialog.pdf
    assert ("UNVERIFIED DRAFT" in words_of(dialog.pdf)) is not signed
    dialog.close()


def test_that_words_not_left_yet_are_in_the_file(qtbot: QtBot, tmp_path: Path, window: MainWindow) -> None:
    """Saved by keys alone, while the pages still show what was before."""
    dialog = report_of(qtbot, window)
    words = field(dialog, "Further findings")
    words.setFocus()
    qtbot.keyClicks(words, "Scoliosis")
    qtbot.keyClick(dialog, Qt.Key.Key_A, ALT)
    chooser = modal(qtbot, QFileDialog)
    chooser.setDirectory(str(tmp_path))
    chooser.accept()
    qtbot.waitUntil(lambda: bool(list(tmp_path.glob("*.pdf"))))
    (path,) = tmp_path.glob("*.pdf")
    assert "Scoliosis" in words_of(path.read_bytes())
    qtbot.waitUntil(lambda: dialog.pdf == path.read_bytes())
    dialog.close()


def test_that_films_of_one_name_and_versions_of_one_film_have_files_of_their_own(
    qtbot: QtBot, tmp_path: Path, make_window: Callable[..., MainWindow]
) -> None:
    paths = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        paths.append(write_dicom(tmp_path / folder / "film.dcm", patient=folder))
    window = make_window(*paths)
    keys = {entry.key.path: entry.key for entry in window.library.entries}
    for path, versions in zip(paths, (2, 1), strict=True):
        window.choose(keys[path])
        qtbot.waitUntil(lambda path=path: current_path(window) == path and is_settled(window))
        for _ in range(versions):
            current(window).amend()
            sign(qtbot, window)
            dialog = report_of(qtbot, window)
            save_into(qtbot, dialog, tmp_path)
            qtbot.waitUntil(lambda dialog=dialog: "1 file saved in" in lines(dialog))
            dialog.close()
    assert len(list(tmp_path.glob("*.pdf"))) == 3


def test_that_all_chosen_forms_are_saved_and_remembered(
    qtbot: QtBot, tmp_path: Path, window: MainWindow
) -> None:
    sign(qtbot, window)
    dialog = report_of(qtbot, window)
    for box in dialog.findChildren(QCheckBox):
        if not box.isChecked():
            qtbot.keyClick(box, Qt.Key.Key_Space)
    folder = tmp_path / "files"
    folder.mkdir()
    save_into(qtbot, dialog, folder)
    qtbot.waitUntil(lambda: "9 files saved in" in lines(dialog), timeout=20_000)
    assert len(list(folder.iterdir())) == len(Format)
    settings = load_settings(tmp_path / "user" / "settings.json")
    assert settings.report_formats == tuple(Format)
    for box in dialog.findChildren(QCheckBox):
        box.click()
    assert not button(dialog, "Save the files…").isEnabled()
    dialog.close()


def test_that_language_and_paper_are_those_of_the_pages_and_remembered(
    qtbot: QtBot, tmp_path: Path, window: MainWindow
) -> None:
    dialog = report_of(qtbot, window)
    before = dialog.pdf
    choose(qtbot, field(dialog, "Language of the report"), "Deutsch")
    qtbot.waitUntil(lambda: "UNGEPRÜFTER ENTWURF" in words_of(dialog.pdf))
    assert "Abklärung" in field(dialog, "Recommendation").toPlainText()
    assert stated(window).recommendation is None
    choose(qtbot, field(dialog, "Paper"), "Letter")
    qtbot.waitUntil(lambda: page_width(dialog.pdf) == pytest.approx(612, abs=0.5))
    assert page_width(before) == pytest.approx(595.3, abs=0.5)
    dialog.close()
    settings = load_settings(tmp_path / "user" / "settings.json")
    assert (settings.report_language, settings.report_paper) == (Language.GERMAN, "Letter")


def page_width(pdf: bytes) -> float:
    return float(pypdf.PdfReader(BytesIO(pdf)).pages[0].mediabox.width)


# -- What goes wrong -----------------------------------------------------------------------------------------


def test_that_it_is_told_why_files_are_not_saved(qtbot: QtBot, tmp_path: Path, window: MainWindow) -> None:
    dialog = report_of(qtbot, window)
    (tmp_path / "full").write_text("no folder")
    window.reporting._save(dialog.edition, tmp_path / "full")  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: "The report was not saved: " in lines(dialog))
    assert window.status.currentMessage().startswith("The report was not saved: ")
    dialog.close()


def test_that_a_broken_file_of_the_site_is_told_in_place_of_the_pages(
    qtbot: QtBot, tmp_path: Path, window: MainWindow
) -> None:
    (tmp_path / "user" / "report").mkdir()
    (tmp_path / "user" / "report" / "site.toml").write_text("name = 5")
    press(qtbot, window, Qt.Key.Key_P)
    dialog = modal(qtbot, ReportDialog)
    qtbot.waitUntil(lambda: "name must be a text and lines a list of texts" in lines(dialog))
    assert dialog.pdf == b""
    dialog.close()


def test_that_a_film_whose_file_has_changed_is_not_reported_on(
    qtbot: QtBot, tmp_path: Path, window: MainWindow
) -> None:
    write_dicom(tmp_path / "film.dcm", "Other^Film", "2")
    press(qtbot, window, Qt.Key.Key_P)
    dialog = modal(qtbot, ReportDialog)
    qtbot.waitUntil(lambda: "The file has changed since it was opened" in lines(dialog))
    assert dialog.edition is None
    assert not button(dialog, "Save the files…").isEnabled()
    dialog.close()


def test_that_a_report_that_is_closed_at_once_leaves_nothing_behind(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Qt.Key.Key_P)
    modal(qtbot, ReportDialog).close()
    qtbot.waitUntil(lambda: window.library._reader.is_idle)
    decide(window)  # nobody listens any more
    assert QApplication.activeModalWidget() is None


# -- By keys -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", [one for one in Language if one is not Language.SYSTEM])
def test_that_each_letter_stands_for_one_thing(
    qtbot: QtBot, qapp: QApplication, window: MainWindow, language: Language
) -> None:
    install_language(qapp, language)
    dialog = ReportDialog(current(window), window.library, lambda: window._settings, window)
    qtbot.addWidget(dialog)
    texts = [each.text() for each in (*dialog.findChildren(QLabel), *dialog.findChildren(QPushButton))]
    letters = [text[text.index("&") + 1].casefold() for text in texts if "&" in text]
    dialog.close()
    assert len(letters) >= 11
    assert sorted(letters) == sorted(set(letters))


def test_that_tab_reaches_everything_in_reading_order(qtbot: QtBot, window: MainWindow) -> None:
    dialog = report_of(qtbot, window)
    first = field(dialog, "Indication")
    first.setFocus()
    reached = [first]
    while (widget := after_tab(qtbot, dialog)) is not first:
        reached.append(widget)
        assert len(reached) < 60
    fields = [field(dialog, label) for label in ("Technical quality", *list(WORDS)[1:], "Paper")]
    wanted = [*fields, *dialog.findChildren(QCheckBox), button(dialog, "Save the files…")]
    assert [widget for widget in reached if widget in wanted] == wanted
    dialog.close()


def after_tab(qtbot: QtBot, dialog: ReportDialog) -> QWidget:
    widget = dialog.focusWidget()
    assert widget is not None
    qtbot.keyClick(widget, Qt.Key.Key_Tab)
    reached = dialog.focusWidget()
    assert reached is not None
    return reached


def test_that_return_is_a_line_and_neither_saves_nor_closes(qtbot: QtBot, window: MainWindow) -> None:
    dialog = report_of(qtbot, window)
    words = field(dialog, "Further findings")
    words.setFocus()
    qtbot.keyClicks(words, "one")
    qtbot.keyClick(words, Qt.Key.Key_Return)
    qtbot.keyClicks(words, "two")
    qtbot.keyClick(field(dialog, "Paper"), Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert QApplication.activeModalWidget() is dialog
    dialog.close()
    assert stated(window).comment == "one\ntwo"
