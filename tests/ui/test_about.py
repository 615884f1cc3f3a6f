"""About, and the intended use."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QPushButton, QTextBrowser
from pytestqt.qtbot import QtBot

from vcf_desktop import __version__
from vcf_desktop.inference.manifest import manifests
from vcf_desktop.paths import models_folder
from vcf_desktop.ui import about
from vcf_desktop.ui.about import USE_VERSION, AboutDialog, IntendedUseDialog, libraries

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window

SHIPPED = manifests(models_folder())


def shown(qtbot: QtBot, dialog: QDialog) -> str:
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog.findChild(QTextBrowser).toPlainText()


def ok(dialog: QDialog) -> QPushButton | None:
    return dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)


def test_that_it_names_the_version_and_that_it_is_no_medical_device(qtbot: QtBot) -> None:
    text = shown(qtbot, AboutDialog(SHIPPED))
    assert f"VCF Desktop {__version__}" in text
    assert "For research use only, not a medical device." in text


@pytest.mark.parametrize("model", SHIPPED, ids=lambda model: model.name)
def test_that_it_tells_of_every_model_what_it_is_and_where_it_comes_from(qtbot: QtBot, model: object) -> None:
    text = shown(qtbot, AboutDialog(SHIPPED))
    manifest = next(each for each in SHIPPED if each is model)
    assert f"{manifest.name} {manifest.version}" in text
    for runtime, file in manifest.files.items():
        assert f"{runtime}: {file.sha256[:12]}" in text
        assert file.sha256[:13] not in text
    for said in (manifest.training_data, manifest.licence, manifest.attribution):
        assert said in text


def test_that_it_says_why_models_cannot_be_read(qtbot: QtBot) -> None:
    text = shown(qtbot, AboutDialog("model <x>: x.json is not valid JSON; reinstall the model"))
    assert "The models cannot be read: model <x>: x.json is not valid JSON; reinstall the model" in text


def test_that_it_says_so_where_there_is_no_model(qtbot: QtBot) -> None:
    assert "There are none." in shown(qtbot, AboutDialog(()))


def test_that_every_installed_library_has_its_version_and_licence(qtbot: QtBot) -> None:
    text = shown(qtbot, AboutDialog(SHIPPED))
    found = {library.name.casefold(): library for library in libraries()}
    assert {"numpy", "pyside6", "torch", "pydicom", "pillow"} <= found.keys()
    assert "pytest" not in found
    for library in found.values():
        assert library.version == version(library.name)
        assert library.licence
        assert f"{library.name} {library.version}: {library.licence}" in text


def test_that_a_library_is_named_where_it_keeps_its_licence_to_itself(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(about, "libraries", lambda: (about.Library("shy", "1.0", ""),))
    assert "shy 1.0: licence not named by the library" in shown(qtbot, AboutDialog(()))


def test_that_a_program_without_metadata_says_that_it_cannot_name_its_libraries(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(name: str) -> list[str]:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(about, "requires", nothing)
    assert "does not say which libraries" in shown(qtbot, AboutDialog(()))


def test_that_the_button_copies_all_of_the_text(qtbot: QtBot) -> None:
    dialog = AboutDialog(SHIPPED)
    text = shown(qtbot, dialog)
    copy = next(b for b in dialog.findChildren(QPushButton) if b.text() == "&Copy")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == text


def test_that_the_text_can_be_selected_with_mouse_and_keyboard(qtbot: QtBot) -> None:
    dialog = AboutDialog(SHIPPED)
    shown(qtbot, dialog)
    browser = dialog.findChild(QTextBrowser)
    browser.setFocus()
    qtbot.keyClick(browser, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert browser.textCursor().selectedText()


def test_that_the_intended_use_names_every_limit(qtbot: QtBot) -> None:
    text = shown(qtbot, IntendedUseDialog(must_accept=False))
    for limit in (
        *("research only", "Adults only", "T1 to L5", "simulated films", "how much height is lost, not why"),
        *("Millimetres are magnified", "never accepted by itself", "test pattern", "never replaces the film"),
    ):
        assert limit in text


def test_that_reading_the_use_again_asks_for_nothing(qtbot: QtBot) -> None:
    dialog = IntendedUseDialog(must_accept=False)
    shown(qtbot, dialog)
    assert dialog.findChild(QCheckBox) is None
    assert ok(dialog) is None
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_that_the_use_is_accepted_only_after_the_box_was_ticked(qtbot: QtBot) -> None:
    dialog = IntendedUseDialog(must_accept=True)
    shown(qtbot, dialog)
    accept, known = ok(dialog), dialog.findChild(QCheckBox)
    assert accept is not None
    qtbot.mouseClick(accept, Qt.MouseButton.LeftButton)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.keyClick(known, Qt.Key.Key_Space)
    qtbot.mouseClick(accept, Qt.MouseButton.LeftButton)
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_that_a_box_unticked_again_is_no_consent(qtbot: QtBot) -> None:
    dialog = IntendedUseDialog(must_accept=True)
    shown(qtbot, dialog)
    for _ in range(2):
        qtbot.keyClick(dialog.findChild(QCheckBox), Qt.Key.Key_Space)
    accept = ok(dialog)
    assert accept is not None
    assert not accept.isEnabled()


def test_that_the_version_of_the_use_is_a_text_that_settings_keep() -> None:
    assert USE_VERSION == "1"
