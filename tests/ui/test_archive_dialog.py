"""The archive beside the window: real archives are searched and fetched from by keys and clicks."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from pydicom import Dataset, dcmread
from pydicom.uid import generate_uid
from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtWidgets import QApplication, QDialog, QInputDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.archives import PASSWORD, RunningArchive, free_port, orthanc, write_film
from vcf_desktop.io.pacs import Archive, FoundStudy, open_archive
from vcf_desktop.io.pacs_settings import save_archives
from vcf_desktop.settings import Settings
from vcf_desktop.ui import archive_dialog, fetching
from vcf_desktop.ui.about import USE_VERSION
from vcf_desktop.ui.archive_access import Archives
from vcf_desktop.ui.archive_dialog import ArchiveDialog, Kinds, Period, name_pattern
from vcf_desktop.ui.fetching import earlier_studies
from vcf_desktop.ui.main_window import MainWindow
from vcf_desktop.ui.studies_table import StudiesTable

PATIENCE_MS = 20_000


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningArchive]:
    with orthanc(tmp_path_factory.mktemp("orthanc")) as running:
        yield running


@pytest.fixture
def send(archive: RunningArchive, tmp_path: Path) -> Callable[..., Dataset]:
    """Puts a film of its own into the archive."""

    def act(**elements: Any) -> Dataset:
        ds = write_film(tmp_path / "sent.dcm", **elements)
        open_archive(archive.dimse, None).store(tmp_path / "sent.dcm")
        return ds

    return act


class Panel:
    """The dialog, and all that it told."""

    def __init__(self, dialog: ArchiveDialog, archives: Archives) -> None:
        self.dialog, self.archives = dialog, archives
        self.fetched: list[tuple[Path, bool]] = []
        self.told: list[tuple[str, bool]] = []
        dialog.fetched.connect(lambda folder, shows: self.fetched.append((folder, shows)))
        dialog.told.connect(lambda text, is_warning: self.told.append((text, is_warning)))

    @property
    def message(self) -> str:
        labels = self.dialog.findChildren(QLabel)
        return next(label.text() for label in labels if label.textFormat() is Qt.TextFormat.PlainText)

    def button(self, text: str) -> QPushButton:
        buttons = self.dialog.findChildren(QPushButton)
        return next(each for each in buttons if each.text().replace("&", "") == text)

    def column(self, title: str) -> list[str]:
        table = self.dialog.table
        titles = [table.horizontalHeaderItem(place).text() for place in range(table.columnCount())]
        cells = [table.item(row, titles.index(title)) for row in range(table.rowCount())]
        return [cell.text() for cell in cells if cell is not None]

    def search(self, qtbot: QtBot, patient: str) -> None:
        """By the keys: the id, then Return."""
        self.dialog.patient_id.clear()
        self.type(qtbot, self.dialog.patient_id, patient)

    def type(self, qtbot: QtBot, field: QLineEdit, text: str) -> None:
        field.setFocus()
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        self.wait_for_answer(qtbot)

    def wait_for_answer(self, qtbot: QtBot) -> None:
        qtbot.waitUntil(lambda: self.dialog._searching is None, timeout=PATIENCE_MS)

    def wait_for_films(self, qtbot: QtBot) -> None:
        qtbot.waitUntil(lambda: not self.dialog._fetching.is_busy, timeout=PATIENCE_MS)


@pytest.fixture
def make_panel(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Panel]]:
    panels = []

    def make(*archives: Archive, films: Iterable[Path] = ()) -> Panel:
        user = tmp_path / "user"
        if archives:
            save_archives(user / "archives.json", archives)
        known = Archives(user / "archives.json")
        dialog = ArchiveDialog(known, user / "fetched", lambda: films)
        qtbot.addWidget(dialog)
        dialog.show()
        panels.append(Panel(dialog, known))
        return panels[-1]

    yield make
    for panel in panels:
        panel.dialog.close_work()


@pytest.fixture
def panel(archive: RunningArchive, make_panel: Callable[..., Panel]) -> Panel:
    return make_panel(archive.dimse)


@pytest.fixture
def stalling() -> Iterator[Archive]:
    """An archive that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield Archive("Stalling", host="127.0.0.1", port=server.getsockname()[1])


@pytest.fixture
def _no_key_store() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield
    keyring.set_keyring(before)


def uids(folder: Path) -> set[str]:
    return {str(dcmread(path, stop_before_pixels=True).SOPInstanceUID) for path in folder.iterdir()}


# Searching


def test_that_a_film_is_found_fetched_and_shown_by_keys_alone(
    qtbot: QtBot, panel: Panel, send: Callable[..., Dataset]
) -> None:
    film = send(PatientID="by keys", PatientName="Doe^Jane", PatientBirthDate="19410203")
    panel.search(qtbot, "by keys")
    assert panel.column("Patient") == ["Doe, Jane"]
    assert "1941" in panel.column("Born")[0]
    assert "1" in panel.message
    table = panel.dialog.focusWidget()
    assert isinstance(table, StudiesTable)  # nobody has to reach for the mouse
    qtbot.keyClick(table, Qt.Key.Key_Return)
    panel.wait_for_films(qtbot)
    ((folder, shows),) = panel.fetched
    assert shows
    assert uids(folder) == {film.SOPInstanceUID}
    assert panel.dialog.isHidden()  # the film is what the reader wants to see now
    panel.dialog.show()
    assert panel.column("Here") == ["✓"]


@pytest.mark.parametrize(
    ("field", "text", "found"),
    [
        ("patient_name", "Searched, Jane", ["Searched, Jane"]),
        ("patient_name", "Searched", ["Searched, Jane", "Searched, Joan"]),
        ("patient_name", "searched^j?an", ["Searched, Joan"]),
        ("accession", "ACC-17", ["Searched, Joan"]),
        ("accession", "ACC-1?", ["Searched, Joan"]),
        ("patient_id", "nobody's", []),
    ],
)
def test_that_studies_are_found_by_what_is_typed(
    qtbot: QtBot, panel: Panel, send: Callable[..., Dataset], field: str, text: str, found: list[str]
) -> None:
    panel.search(qtbot, "searched")
    if not panel.column("Id"):
        send(PatientID="searched", PatientName="Searched^Jane", StudyDate="20220102")
        send(
            PatientID="searched", PatientName="Searched^Joan", StudyDate="20210102", AccessionNumber="ACC-17"
        )
    panel.dialog.patient_id.clear()
    panel.type(qtbot, getattr(panel.dialog, field), text)
    assert panel.column("Patient") == found  # the newest first
    assert panel.button("Fetch").isEnabled() == bool(found)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [("", ""), (" Doe ", "Doe*"), ("Doe, Jane", "Doe^Jane*"), ("Doe^J*", "Doe^J*"), ("D?e, J", "D?e^J")],
)
def test_that_a_name_is_asked_for_as_archives_write_it(typed: str, asked: str) -> None:
    assert name_pattern(typed) == asked


def test_that_days_and_kinds_narrow_the_search(
    qtbot: QtBot, panel: Panel, send: Callable[..., Dataset]
) -> None:
    for day in ("20200101", "20200601"):
        send(PatientID="days", StudyDate=day)
    send(PatientID="days", StudyDate="20200301", Modality="CT")
    panel.search(qtbot, "days")
    assert panel.column("Kinds") == ["DX", "DX"]
    dialog = panel.dialog
    dialog._kinds.setCurrentIndex(list(Kinds).index(Kinds.ALL))
    panel.search(qtbot, "days")
    assert panel.column("Kinds") == ["DX", "CT", "DX"]
    dialog._period.setCurrentIndex(list(Period).index(Period.CHOSEN))
    dialog._period.activated.emit(dialog._period.currentIndex())
    assert dialog._since.isVisible()
    dialog._since.setDate(dialog._since.date().fromString("2020-01-02", Qt.DateFormat.ISODate))
    dialog._until.setDate(dialog._until.date().fromString("2020-03-01", Qt.DateFormat.ISODate))
    panel.search(qtbot, "days")
    assert panel.column("Kinds") == ["CT"]
    dialog._period.setCurrentIndex(list(Period).index(Period.YEAR))
    panel.search(qtbot, "days")
    assert panel.column("Kinds") == []


def test_that_the_table_is_sorted_by_days_and_not_by_their_letters(
    qtbot: QtBot, panel: Panel, send: Callable[..., Dataset]
) -> None:
    for day, name in (("20211231", "b"), ("20220105", "C"), ("20220210", "a")):
        send(PatientID="sorted", StudyDate=day, PatientName=name)
    panel.search(qtbot, "sorted")
    assert panel.column("Patient") == ["a", "C", "b"]
    panel.dialog.table.sortByColumn(3, Qt.SortOrder.AscendingOrder)
    assert panel.column("Patient") == ["b", "C", "a"]
    panel.dialog.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert panel.column("Patient") == ["a", "b", "C"]
    panel.dialog.table.selectRow(2)
    (chosen,) = panel.dialog.table.chosen
    assert chosen.patient_name == "C"  # what is seen is what is fetched


def test_that_the_tab_key_goes_the_way_that_one_reads(qtbot: QtBot, panel: Panel) -> None:
    dialog = panel.dialog
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    way = [dialog.patient_id, dialog.patient_name, dialog.accession, dialog._period, dialog._kinds]
    way[0].setFocus()
    for field in way:
        assert dialog.focusWidget() is field
        qtbot.keyClick(field, Qt.Key.Key_Tab)


def test_that_nothing_is_asked_without_a_word(qtbot: QtBot, panel: Panel) -> None:
    panel.button("Search").click()
    assert panel.dialog._searching is None
    assert panel.message.startswith("Say whom or what you look for")


def test_that_a_patient_called_like_a_tag_is_shown_as_he_is_called(
    qtbot: QtBot, panel: Panel, send: Callable[..., Dataset]
) -> None:
    send(PatientID="tag", PatientName="<b>Bold</b>")
    panel.search(qtbot, "tag")
    assert panel.column("Patient") == ["<b>Bold</b>"]


# Archives that fail


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"port": 1}, "answers that nobody listens"),
        ({"called_ae": "WRONG"}, "is not called WRONG; correct its AE title"),
        ({"calling_ae": "STRANGER"}, "STRANGER"),
    ],
)
def test_that_an_archive_that_refuses_is_told_in_a_sentence_and_can_be_set_right(
    qtbot: QtBot,
    archive: RunningArchive,
    make_panel: Callable[..., Panel],
    send: Callable[..., Dataset],
    fault: dict[str, Any],
    reason: str,
) -> None:
    panel = make_panel(replace(archive.dimse, **fault))
    panel.search(qtbot, "mended")
    assert reason in panel.message
    send(PatientID="mended")
    panel.archives.save([archive.dimse])
    panel.search(qtbot, "mended")
    assert len(panel.column("Id")) >= 1


def test_that_an_archive_that_goes_away_before_the_fetch_is_told(
    qtbot: QtBot, panel: Panel, send: Callable[..., Dataset], archive: RunningArchive
) -> None:
    send(PatientID="gone")
    panel.search(qtbot, "gone")
    panel.dialog._searched = replace(archive.dimse, port=free_port())
    panel.dialog.fetch()
    panel.wait_for_films(qtbot)
    assert panel.fetched == []
    assert panel.told == [(panel.message, True)]
    assert "answers that nobody listens" in panel.message
    assert not panel.button("Cancel").isVisible()


def test_that_a_stalling_archive_holds_up_neither_the_window_nor_another_search(
    qtbot: QtBot,
    archive: RunningArchive,
    make_panel: Callable[..., Panel],
    send: Callable[..., Dataset],
    stalling: Archive,
) -> None:
    send(PatientID="not held up")
    panel = make_panel(stalling, archive.dimse)
    clock = QElapsedTimer()
    clock.start()
    panel.dialog.patient_id.setText("not held up")
    panel.dialog.search()
    assert panel.message == "Stalling is being asked…"
    qtbot.wait(100)
    assert panel.dialog._searching is not None
    panel.dialog._archive.setCurrentText("Orthanc")
    panel.dialog.search()
    panel.wait_for_answer(qtbot)
    assert len(panel.column("Id")) >= 1
    assert clock.elapsed() < 10_000  # it would be silent for longer


def test_that_the_window_closes_in_time_while_an_archive_stalls(
    qtbot: QtBot, make_panel: Callable[..., Panel], stalling: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_dialog, "CLOSING_S", 0.1)
    panel = make_panel(stalling)
    panel.dialog.patient_id.setText("x")
    panel.dialog.search()
    panel.dialog._fetching.fetch(stalling, [FoundStudy("1.2.3")], with_priors=False)
    qtbot.wait(100)
    clock = QElapsedTimer()
    clock.start()
    panel.dialog.close_work()
    assert clock.elapsed() < 2_000


def test_that_what_one_archive_found_is_not_fetched_from_another(
    qtbot: QtBot, archive: RunningArchive, make_panel: Callable[..., Panel], send: Callable[..., Dataset]
) -> None:
    send(PatientID="of one")
    panel = make_panel(archive.dimse, replace(archive.dimse, name="Other"))
    panel.search(qtbot, "of one")
    assert panel.column("Id") == ["of one"]
    panel.dialog._archive.setCurrentIndex(1)
    panel.dialog._archive.activated.emit(1)
    assert panel.column("Id") == []
    assert not panel.button("Fetch").isEnabled()


def test_that_without_an_archive_one_is_asked_to_set_one_up(
    qtbot: QtBot, make_panel: Callable[..., Panel], archive: RunningArchive
) -> None:
    panel = make_panel()
    assert panel.message == "No archive is set up yet."
    assert not panel.button("Search").isEnabled()
    with qtbot.waitSignal(panel.dialog.set_up_asked):
        panel.button("Set up…").click()
    panel.archives.save([archive.dimse])
    assert panel.message == ""
    assert panel.button("Search").isEnabled()


# In the window


def test_that_a_window_that_closes_while_films_come_leaves_nothing_half(
    qtbot: QtBot, archive: RunningArchive, send: Callable[..., Dataset], tmp_path: Path
) -> None:
    study = generate_uid()
    for _ in range(4):
        send(PatientID="closed", StudyInstanceUID=study)
    user = tmp_path / "user"
    save_archives(user / "archives.json", [archive.dimse])
    window = MainWindow(user, Settings(accepted_use=USE_VERSION))
    qtbot.addWidget(window)
    window.show()
    window.actions_by_name["archive"].trigger()
    panel = window.findChild(ArchiveDialog)
    assert panel is not None
    panel.patient_id.setText("closed")
    panel.search()
    qtbot.waitUntil(lambda: panel.table.rowCount() == 1, timeout=PATIENCE_MS)
    with qtbot.waitSignal(
        panel._fetching.progressed, timeout=PATIENCE_MS, check_params_cb=lambda done, _: done > 0
    ):
        panel.fetch()
    assert window.close()
    left = [path for path in (user / "fetched").rglob("*") if path.is_file()]
    assert left == []
    assert window.library.entries == ()


def test_that_a_fetched_film_is_not_among_those_opened_by_hand(
    qtbot: QtBot, archive: RunningArchive, send: Callable[..., Dataset], tmp_path: Path
) -> None:
    send(PatientID="not recent")
    user = tmp_path / "user"
    save_archives(user / "archives.json", [archive.dimse])
    window = MainWindow(user, Settings(accepted_use=USE_VERSION, analyse_at_once=False))
    qtbot.addWidget(window)
    window.show()
    window.actions_by_name["archive"].trigger()
    panel = window.findChild(ArchiveDialog)
    assert panel is not None
    panel.patient_id.setText("not recent")
    panel.search()
    qtbot.waitUntil(lambda: panel.table.rowCount() == 1, timeout=PATIENCE_MS)
    panel.fetch()
    qtbot.waitUntil(lambda: window.films.current is not None, timeout=PATIENCE_MS)
    assert window.films.current.film.study.patient_id == "not recent"
    assert window._memory.recent == ()
    assert window.close()


# Passwords


@pytest.mark.usefixtures("_no_key_store")
def test_that_a_password_no_key_store_keeps_is_asked_for_once(
    qtbot: QtBot,
    archive: RunningArchive,
    make_panel: Callable[..., Panel],
    send: Callable[..., Dataset],
    tmp_path: Path,
) -> None:
    film = send(PatientID="by-web")
    panel = make_panel(archive.web)
    panel.search(qtbot, "by-web")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QInputDialog)
    assert dialog.textEchoMode() is QLineEdit.EchoMode.Password
    dialog.setTextValue(PASSWORD)
    dialog.accept()
    panel.wait_for_answer(qtbot)
    assert panel.column("Id") == ["by-web"]
    panel.dialog.fetch()
    panel.wait_for_films(qtbot)
    ((folder, _),) = panel.fetched
    assert uids(folder) == {film.SOPInstanceUID}
    files = [path for path in (tmp_path / "user").rglob("*") if path.is_file()]
    assert not [path for path in files if PASSWORD.encode() in path.read_bytes()]


@pytest.mark.usefixtures("_no_key_store")
def test_that_a_password_that_is_not_given_leaves_the_panel_as_it_was(
    qtbot: QtBot, archive: RunningArchive, make_panel: Callable[..., Panel]
) -> None:
    panel = make_panel(archive.web)
    panel.search(qtbot, "x")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    dialog.reject()
    assert panel.dialog._searching is None
    assert panel.button("Search").isEnabled()


# Fetching


def test_that_a_fetch_that_is_cancelled_leaves_nothing_and_can_be_begun_again(
    qtbot: QtBot, panel: Panel, send: Callable[..., Dataset], tmp_path: Path
) -> None:
    study = generate_uid()
    films = {send(PatientID="cancelled", StudyInstanceUID=study).SOPInstanceUID for _ in range(4)}
    panel.search(qtbot, "cancelled")

    def cancel(done: int, _total: int) -> None:
        if done >= 1:
            panel.button("Cancel").click()

    panel.dialog._fetching.progressed.connect(cancel)
    panel.dialog.fetch()
    assert panel.button("Cancel").isVisible()
    panel.wait_for_films(qtbot)
    assert panel.fetched == []
    assert panel.message.startswith("Cancelled")
    assert list((tmp_path / "user").rglob("*.dcm")) == []
    panel.dialog._fetching.progressed.disconnect(cancel)
    panel.dialog.fetch()
    panel.wait_for_films(qtbot)
    ((folder, shows),) = panel.fetched
    assert shows
    assert uids(folder) == films


def test_that_what_was_fetched_is_opened_without_the_archive(
    qtbot: QtBot, panel: Panel, send: Callable[..., Dataset], archive: RunningArchive
) -> None:
    send(PatientID="once")
    panel.search(qtbot, "once")
    panel.dialog.fetch()
    panel.wait_for_films(qtbot)
    panel.dialog.show()
    panel.search(qtbot, "once")
    assert panel.column("Here") == ["✓"]
    panel.dialog._searched = replace(archive.dimse, port=1)
    panel.dialog.fetch()
    panel.wait_for_films(qtbot)
    assert [shows for _, shows in panel.fetched] == [True, True]
    assert len({folder for folder, _ in panel.fetched}) == 1


def test_that_of_several_studies_only_the_first_one_is_shown_at_once(
    qtbot: QtBot, panel: Panel, send: Callable[..., Dataset]
) -> None:
    for _ in range(3):
        send(PatientID="several")
    panel.search(qtbot, "several")
    panel.dialog.table.selectAll()
    panel.dialog.fetch()
    panel.wait_for_films(qtbot)
    assert [shows for _, shows in panel.fetched] == [True, False, False]


def test_that_earlier_films_of_the_patient_come_after_the_one_that_is_wanted(
    qtbot: QtBot, panel: Panel, send: Callable[..., Dataset], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "MOST_PRIORS", 2)
    her = {"PatientID": "priors*", "PatientName": "Doe^Jane", "PatientBirthDate": "19410203"}
    days = ("20210101", "20220101", "20230101", "20240101", "20250101")
    films = [send(**her, StudyDate=day) for day in days]
    send(**her, StudyDate="20230601", Modality="CT")
    send(**{**her, "PatientID": "priors of another"}, StudyDate="20230601")
    panel.search(qtbot, "priors?")
    panel.dialog.table.selectRow(1)  # of 2024
    panel.button("Fetch").click()
    panel.wait_for_films(qtbot)
    assert len(panel.fetched) == 1
    panel.dialog._with_priors.setChecked(True)
    panel.dialog.show()
    panel.dialog.fetch()
    panel.wait_for_films(qtbot)
    shown, *priors = panel.fetched[1:]
    assert (uids(shown[0]), shown[1]) == ({films[3].SOPInstanceUID}, True)
    assert [(uids(folder), shows) for folder, shows in priors] == [
        ({films[2].SOPInstanceUID}, False),
        ({films[1].SOPInstanceUID}, False),
    ]
    assert [text[:1] for text, _ in panel.told] == ["1"]  # that of 2021 is not fetched


@pytest.mark.parametrize(
    ("other", "is_earlier"),
    [
        ({"study_uid": "1.2"}, True),
        ({}, False),
        ({"study_uid": "1.2", "patient_id": "47111"}, False),
        ({"study_uid": "1.2", "patient_name": "Doe^John"}, False),
        ({"study_uid": "1.2", "patient_name": "DOE^JANE^"}, True),
        ({"study_uid": "1.2", "patient_name": ""}, True),
        ({"study_uid": "1.2", "study_date": date(2023, 12, 31)}, True),
        ({"study_uid": "1.2", "study_date": date(2024, 1, 2)}, False),
        ({"study_uid": "1.2", "study_date": None}, False),
    ],
)
def test_that_only_earlier_studies_of_the_same_patient_are_priors(
    other: dict[str, Any], is_earlier: bool
) -> None:
    study = FoundStudy("1.1", "Doe^Jane", "4711", study_date=date(2024, 1, 1))
    assert bool(earlier_studies(study, [replace(study, **other)])) is is_earlier


def test_that_a_study_without_films_says_so(qtbot: QtBot, panel: Panel, send: Callable[..., Dataset]) -> None:
    send(PatientID="no film", Modality="CT", SOPClassUID="1.2.840.10008.5.1.4.1.1.2")
    panel.dialog._kinds.setCurrentIndex(list(Kinds).index(Kinds.ALL))
    panel.search(qtbot, "no film")
    panel.dialog.fetch()
    panel.wait_for_films(qtbot)
    assert "has no projection films in this study" in panel.message
    assert panel.fetched == []
    assert panel.dialog.isVisible()
