"""Archives are set up: one form for both protocols, sound names, passwords apart, and a test that asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from tests.archives import PASSWORD, RunningArchive, free_port, orthanc
from tests.io.test_pacs_settings import KeyStore
from vcf_desktop.io.pacs import Archive, ArchiveKind, Retrieval, open_archive
from vcf_desktop.io.pacs_settings import save_archives
from vcf_desktop.settings import Settings
from vcf_desktop.ui.about import USE_VERSION
from vcf_desktop.ui.archives_dialog import ArchivesDialog
from vcf_desktop.ui.main_window import MainWindow

MAIN = Archive("Main", host="pacs.example", port=11112, called_ae="PACS", retrieval=Retrieval.MOVE, tls=True)
WEB = Archive("Web", ArchiveKind.WEB, url="https://pacs.example/dicom-web", user="reader")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningArchive]:
    with orthanc(tmp_path_factory.mktemp("orthanc")) as running:
        yield running


@pytest.fixture
def key_store() -> Iterator[KeyStore]:
    before, store = keyring.get_keyring(), KeyStore()
    keyring.set_keyring(store)
    yield store
    keyring.set_keyring(before)


def make(qtbot: QtBot, *archives: Archive) -> ArchivesDialog:
    dialog = ArchivesDialog(archives, lambda archive: open_archive(archive, None))
    qtbot.addWidget(dialog, before_close_func=lambda each: each.done(0) if each.isVisible() else None)
    dialog.show()
    return dialog


def can_be_accepted(dialog: ArchivesDialog) -> bool:
    return dialog._buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()


def test_that_looking_at_every_archive_changes_none(qtbot: QtBot) -> None:
    dialog = make(qtbot, MAIN, WEB)
    for row in (1, 0, 1):
        dialog.list.setCurrentRow(row)
    assert dialog.archives() == (MAIN, WEB)
    assert dialog.secrets() == {}


def test_that_what_is_typed_is_the_selected_archive_s(qtbot: QtBot) -> None:
    dialog = make(qtbot, MAIN, WEB)
    dialog.list.setCurrentRow(1)
    dialog.texts["url"].setText(" https://other.example/dicom-web ")
    dialog.takes_results.setChecked(True)
    dialog.secret.setText("geheim")
    dialog.list.setCurrentRow(0)
    assert dialog.archives() == (
        MAIN,
        replace(WEB, url="https://other.example/dicom-web", takes_results=True),
    )
    assert dialog.secrets() == {"Web": "geheim"}


def test_that_only_the_fields_of_the_protocol_are_shown(qtbot: QtBot) -> None:
    dialog = make(qtbot, MAIN, WEB)
    assert dialog.texts["host"].isVisible()
    assert not dialog.secret.isVisible()
    dialog.list.setCurrentRow(1)
    assert not dialog.texts["host"].isVisible()
    assert dialog.secret.isVisible()


def test_that_names_are_there_and_different(qtbot: QtBot) -> None:
    dialog = make(qtbot, MAIN, WEB)
    assert can_be_accepted(dialog)
    dialog.texts["name"].setText("Web")
    assert not can_be_accepted(dialog)
    dialog.texts["name"].setText("  ")
    assert not can_be_accepted(dialog)
    dialog.texts["name"].setText("Third")
    assert can_be_accepted(dialog)


def test_that_an_archive_that_was_set_up_keeps_its_name_and_a_new_one_is_given_any(qtbot: QtBot) -> None:
    dialog = make(qtbot, MAIN)
    assert dialog.texts["name"].isReadOnly()
    dialog.add.click()
    assert not dialog.texts["name"].isReadOnly()
    dialog.list.setCurrentRow(0)
    assert dialog.texts["name"].isReadOnly()


def test_that_without_archives_nothing_is_set_up_unasked(qtbot: QtBot) -> None:
    dialog = make(qtbot)
    assert dialog.archives() == ()
    assert can_be_accepted(dialog)
    assert not dialog.texts["host"].isEnabled()


def test_that_what_was_said_goes_with_what_it_was_about(qtbot: QtBot, archive: RunningArchive) -> None:
    dialog = make(qtbot, archive.dimse, WEB)
    dialog.texts["name"].setText("Web")
    assert "name of its own" in dialog._said.text()
    dialog.texts["name"].setText("Orthanc")
    assert dialog._said.text() == ""
    dialog.test.click()
    qtbot.waitUntil(lambda: dialog._said.text() == "Orthanc answers.", timeout=10_000)
    dialog.texts["host"].setText("pacs.example")
    assert dialog._said.text() == ""


def test_that_archives_are_added_and_removed_with_their_passwords(qtbot: QtBot) -> None:
    dialog = make(qtbot, MAIN, WEB)
    dialog.list.setCurrentRow(1)
    dialog.secret.setText("geheim")
    dialog.list.setCurrentRow(0)
    dialog.remove.click()
    assert dialog.archives() == (WEB,)
    assert dialog.secrets() == {"Web": "geheim"}
    dialog.add.click()
    assert [archive.name for archive in dialog.archives()] == ["Web", "Archive 1"]
    for _ in range(2):
        dialog.remove.click()
    assert dialog.archives() == ()
    assert not dialog.test.isEnabled()


def test_that_a_test_tells_whether_the_archive_answers(qtbot: QtBot, archive: RunningArchive) -> None:
    dialog = make(qtbot, archive.dimse, replace(archive.dimse, name="Away", port=free_port()))
    dialog.test.click()
    qtbot.waitUntil(lambda: dialog._said.text() == "Orthanc answers.", timeout=10_000)
    dialog.list.setCurrentRow(1)
    dialog.test.click()
    qtbot.waitUntil(
        lambda: "Away" in dialog._said.text() and "asked" not in dialog._said.text(), timeout=20_000
    )
    assert "answers." not in dialog._said.text()


def test_that_a_test_takes_the_password_that_was_typed(qtbot: QtBot, archive: RunningArchive) -> None:
    dialog = make(qtbot, archive.web)
    dialog.secret.setText(PASSWORD)
    dialog.test.click()
    qtbot.waitUntil(lambda: dialog._said.text() == "Orthanc web answers.", timeout=10_000)


def test_that_a_password_comes_into_the_key_store_with_its_archive_and_goes_with_it(
    qtbot: QtBot, tmp_path: Path, key_store: KeyStore
) -> None:
    save_archives(tmp_path / "archives.json", [MAIN, WEB])
    window = MainWindow(tmp_path, Settings(accepted_use=USE_VERSION))
    qtbot.addWidget(window)
    window.show()
    dialog = opened(window)
    dialog.list.setCurrentRow(1)
    dialog.secret.setText("geheim")
    dialog.accept()
    qtbot.waitUntil(lambda: key_store.kept == {("VCF Desktop", "Web"): "geheim"})
    assert "geheim" not in (tmp_path / "archives.json").read_text()
    dialog = opened(window)
    dialog.list.setCurrentRow(1)
    dialog.remove.click()
    dialog.accept()
    qtbot.waitUntil(lambda: key_store.kept == {})
    assert window.close()


def opened(window: MainWindow) -> ArchivesDialog:
    window.actions_by_name["archives"].trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ArchivesDialog)
    return dialog
