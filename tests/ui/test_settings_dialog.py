"""The settings: what is shown is what comes out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from vcf_desktop.settings import (
    OPACITY_RANGE,
    DeviceChoice,
    Language,
    Layout,
    ReadingOrder,
    RuntimeChoice,
    Settings,
)
from vcf_desktop.ui.settings_dialog import SettingsDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every window


def shown(qtbot: QtBot, settings: Settings | None = None) -> SettingsDialog:
    dialog = SettingsDialog(settings or Settings())
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def field(dialog: SettingsDialog, label: str) -> QWidget:
    """What the label stands for, as its underlined letter finds it."""
    return next(t.buddy() for t in dialog.findChildren(QLabel) if t.text().replace("&", "") == label)


def box(dialog: SettingsDialog, text: str) -> QCheckBox:
    return next(b for b in dialog.findChildren(QCheckBox) if text in b.text())


def choose(qtbot: QtBot, choice: QWidget, text: str) -> None:
    """With the arrow keys, as with a mouse in the opened list."""
    assert isinstance(choice, QComboBox)
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_Home)
    while choice.currentText() != text:
        qtbot.keyClick(choice, Qt.Key.Key_Down)


def ok(dialog: SettingsDialog) -> QPushButton:
    return dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)


def texts(dialog: SettingsDialog) -> str:
    return "\n".join(t.text() for t in dialog.findChildren(QLabel) if t.isVisible())


def type_into(qtbot: QtBot, line: QWidget, text: str) -> None:
    assert isinstance(line, QLineEdit)
    line.selectAll()
    qtbot.keyClicks(line, text)


@given(
    st.builds(
        Settings,
        reader=st.sampled_from(["", "Dr. Ada Weiss", "张伟"]),
        runtime=st.sampled_from(RuntimeChoice),
        device=st.sampled_from(DeviceChoice),
        models_folder=st.sampled_from(["", "/no/such/folder"]),
        analyse_at_once=st.booleans(),
        read_first=st.booleans(),
        reading_order=st.sampled_from(ReadingOrder),
        layout=st.sampled_from(Layout),
        language=st.sampled_from(Language),
        overlay_opacity=st.integers(*OPACITY_RANGE),
        keys=st.just({"fit": "Y"}),
        accepted_use=st.sampled_from(["", "1"]),
    )
)
@profile(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_that_an_untouched_dialog_gives_back_what_it_was_given(qtbot: QtBot, settings: Settings) -> None:
    dialog = SettingsDialog(settings)
    assert dialog.settings() == settings
    dialog.deleteLater()


def test_that_every_choice_comes_out_as_it_was_made(qtbot: QtBot) -> None:
    dialog = shown(qtbot, Settings(keys={"fit": "Y"}, accepted_use="1"))
    type_into(qtbot, field(dialog, "Name of the reader"), " Dr. Ada Weiss ")
    qtbot.keyClick(box(dialog, "Hide the machine's results"), Qt.Key.Key_Space)
    qtbot.keyClick(box(dialog, "Analyse each film"), Qt.Key.Key_Space)
    choose(qtbot, field(dialog, "Order of undecided vertebrae"), "The machine's highest grade first")
    choose(qtbot, field(dialog, "Runtime of the networks"), "ONNX Runtime")
    choose(qtbot, field(dialog, "Device"), "CPU")
    choose(qtbot, field(dialog, "Place of the findings"), "Below the film")
    choose(qtbot, field(dialog, "Language"), "Deutsch")
    opacity = field(dialog, "Opacity of what is drawn on the film")
    assert isinstance(opacity, QSpinBox)
    qtbot.keyClick(opacity, Qt.Key.Key_Up)
    qtbot.mouseClick(ok(dialog), Qt.MouseButton.LeftButton)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.settings() == Settings(
        reader="Dr. Ada Weiss",
        runtime=RuntimeChoice.ONNX,
        device=DeviceChoice.CPU,
        analyse_at_once=False,
        read_first=True,
        reading_order=ReadingOrder.WORST_FIRST,
        layout=Layout.FINDINGS_BELOW,
        language=Language.GERMAN,
        overlay_opacity=81,
        keys={"fit": "Y"},
        accepted_use="1",
    )


def test_that_the_slider_and_the_number_of_the_opacity_are_one(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    slider = dialog.findChild(QSlider)
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert dialog.settings().overlay_opacity == OPACITY_RANGE[0]
    type_into(qtbot, field(dialog, "Opacity of what is drawn on the film").findChild(QLineEdit), "55")
    assert slider.value() == 55


def test_that_every_language_stands_in_its_own_words(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    languages = field(dialog, "Language")
    assert isinstance(languages, QComboBox)
    names = [languages.itemText(index) for index in range(languages.count())]
    assert names == ["As the computer", "English", "Deutsch", "Français", "Español", "简体中文"]


def test_that_it_says_what_waits_for_a_restart_or_the_next_analysis(qtbot: QtBot) -> None:
    said = texts(shown(qtbot))
    assert "language changes when the program is started again" in said
    assert "take effect with the next analysis" in said


def test_that_a_folder_of_models_that_does_not_exist_is_told_and_forbids_ok(qtbot: QtBot) -> None:
    dialog = shown(qtbot)
    type_into(qtbot, field(dialog, "Folder of models"), "/no/such/folder")
    assert "There is no such folder." in texts(dialog)
    assert not ok(dialog).isEnabled()
    qtbot.keyClick(field(dialog, "Folder of models"), Qt.Key.Key_Return)
    assert dialog.isVisible()

    type_into(qtbot, field(dialog, "Folder of models"), "x")
    qtbot.keyClick(field(dialog, "Folder of models"), Qt.Key.Key_Backspace)
    assert "There is no such folder." not in texts(dialog)
    assert ok(dialog).isEnabled()


def test_that_a_file_in_place_of_a_folder_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "model.json").touch()
    dialog = shown(qtbot)
    type_into(qtbot, field(dialog, "Folder of models"), str(tmp_path / "model.json"))
    assert "This is a file." in texts(dialog)
    assert not ok(dialog).isEnabled()


@pytest.mark.parametrize("text", ["~nobody-of-this-name/models", "/root/\0", "x" * 5000])
def test_that_any_text_may_be_typed_as_a_folder(qtbot: QtBot, text: str) -> None:
    dialog = shown(qtbot)
    line = field(dialog, "Folder of models")
    assert isinstance(line, QLineEdit)
    line.setText(text)
    assert not ok(dialog).isEnabled()
    assert "folder" in texts(dialog)


def test_that_a_folder_may_not_be_looked_at_is_told(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(_path: Path) -> bool:
        raise PermissionError

    dialog = shown(qtbot)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "is_dir", refuse)
        type_into(qtbot, field(dialog, "Folder of models"), str(tmp_path))
    assert "cannot be opened" in texts(dialog)
    assert not ok(dialog).isEnabled()


def test_that_a_folder_that_is_away_is_told_and_keeps_nothing_else_from_changing(qtbot: QtBot) -> None:
    dialog = shown(qtbot, Settings(models_folder="/network/drive/that/is/away"))
    assert "There is no such folder." in texts(dialog)
    type_into(qtbot, field(dialog, "Name of the reader"), "Dr. Ada Weiss")
    assert ok(dialog).isEnabled()


def test_that_a_folder_is_taken_from_the_browser_and_kept_when_it_is_left(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answers = [str(tmp_path), ""]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: answers.pop(0))
    dialog = shown(qtbot)
    browse = next(b for b in dialog.findChildren(QPushButton) if "rowse" in b.text())
    for _ in range(2):
        qtbot.mouseClick(browse, Qt.MouseButton.LeftButton)
        assert dialog.settings().models_folder == str(tmp_path)
    assert ok(dialog).isEnabled()


@pytest.mark.parametrize("text", ["/no/such/folder", ""], ids=["given", "typed"])
def test_that_every_line_of_a_problem_can_be_read(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """In another language a sentence may take several lines."""
    monkeypatch.setattr(SettingsDialog, "_problem_of", lambda _, text: "word " * 60 if text else "")
    dialog = shown(qtbot, Settings(models_folder=text))
    type_into(qtbot, field(dialog, "Folder of models"), "/no")
    label = next(t for t in dialog.findChildren(QLabel) if "word" in t.text())
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()))
    assert all(t.height() >= t.heightForWidth(t.width()) for t in dialog.findChildren(QLabel) if t.text())
