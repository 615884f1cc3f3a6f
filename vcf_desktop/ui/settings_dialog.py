"""What a user may choose. Keys, and how reports are made, have dialogs of their own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from vcf_desktop.settings import (
    OPACITY_RANGE,
    DeviceChoice,
    Language,
    Layout,
    ReadingOrder,
    RuntimeChoice,
    Settings,
)
from vcf_desktop.ui import theme
from vcf_desktop.ui.dialogs import choice, quiet

LANGUAGE_NAMES: Final = {
    Language.ENGLISH: "English",
    Language.GERMAN: "Deutsch",
    Language.FRENCH: "Français",
    Language.SPANISH: "Español",
    Language.CHINESE: "简体中文",
}
"""Each in its own language, so that everybody finds his way back."""


class SettingsDialog(QDialog):
    """All settings on one page; accepted only with a folder of models that is one."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self._given = settings
        self._reader = QLineEdit(settings.reader)
        self._reader.setPlaceholderText(self.tr("Asked for at signing"))
        self._read_first = QCheckBox(self.tr("Hide the machine's results until I have read the film myself"))
        self._read_first.setChecked(settings.read_first)
        self._order = choice(self._order_texts(), settings.reading_order)
        self._at_once = QCheckBox(self.tr("Analyse each film as soon as it is opened"))
        self._at_once.setChecked(settings.analyse_at_once)
        self._runtime = choice(self._runtime_texts(), settings.runtime)
        self._device = choice(self._device_texts(), settings.device)
        self._folder = QLineEdit(settings.models_folder, clearButtonEnabled=True)
        self._folder.setPlaceholderText(self.tr("The models shipped with the program"))
        self._folder_problem = QLabel(wordWrap=True)
        self._folder_problem.setStyleSheet(f"color: {theme.WARNING.name()}")
        self._layout = choice(self._layout_texts(), settings.layout)
        self._language = choice(self._language_texts(), settings.language)
        self._opacity = QSpinBox(
            minimum=OPACITY_RANGE[0], maximum=OPACITY_RANGE[1], value=settings.overlay_opacity
        )
        self._opacity.setSuffix(self.tr(" %"))
        standard = QDialogButtonBox.StandardButton
        self._buttons = QDialogButtonBox(standard.Ok | standard.Cancel)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._folder.textChanged.connect(self._check_folder)
        self._page = QVBoxLayout(self)
        self._lay_out()
        self.resize(self.minimumSizeHint())
        self._check_folder()

    def settings(self) -> Settings:
        """The given settings with all that was chosen here."""
        return replace(
            self._given,
            reader=self._reader.text().strip(),
            read_first=self._read_first.isChecked(),
            reading_order=ReadingOrder(self._order.currentData()),
            analyse_at_once=self._at_once.isChecked(),
            runtime=RuntimeChoice(self._runtime.currentData()),
            device=DeviceChoice(self._device.currentData()),
            models_folder=self._folder.text().strip(),
            layout=Layout(self._layout.currentData()),
            language=Language(self._language.currentData()),
            overlay_opacity=self._opacity.value(),
        )

    def _lay_out(self) -> None:
        form = QFormLayout()
        self._add_reading(form)
        self._add_analysis(form)
        self._add_window(form)
        self._page.addLayout(form)
        self._page.addStretch(1)
        self._page.addWidget(self._buttons)

    def _add_reading(self, form: QFormLayout) -> None:
        form.addRow(_heading(self.tr("Reading")))
        form.addRow(self.tr("&Name of the reader"), self._reader)
        form.addRow("", self._read_first)
        form.addRow(self.tr("&Order of undecided vertebrae"), self._order)

    def _add_analysis(self, form: QFormLayout) -> None:
        browse = QPushButton(self.tr("&Browse…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        folder = QHBoxLayout()
        folder.addWidget(self._folder, 1)
        folder.addWidget(browse)
        form.addRow(_heading(self.tr("Analysis")))
        form.addRow("", self._at_once)
        form.addRow(self.tr("&Runtime of the networks"), self._runtime)
        form.addRow(self.tr("&Device"), self._device)
        form.addRow(_label(self.tr("Folder of &models"), self._folder), folder)
        form.addRow(self._folder_problem)
        form.addRow(quiet(self.tr("Runtime, device and models take effect with the next analysis.")))

    def _add_window(self, form: QFormLayout) -> None:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(*OPACITY_RANGE)
        slider.setAccessibleName(self.tr("Opacity of what is drawn on the film"))
        slider.setValue(self._opacity.value())
        slider.valueChanged.connect(self._opacity.setValue)
        self._opacity.valueChanged.connect(slider.setValue)
        opacity = QHBoxLayout()
        opacity.addWidget(slider, 1)
        opacity.addWidget(self._opacity)
        form.addRow(_heading(self.tr("Window")))
        form.addRow(self.tr("&Place of the findings"), self._layout)
        form.addRow(_label(self.tr("Op&acity of what is drawn on the film"), self._opacity), opacity)
        form.addRow(self.tr("&Language"), self._language)
        form.addRow(quiet(self.tr("The language changes when the program is started again.")))

    def _fit(self) -> None:
        """Make room for all lines of the texts, which Qt does not count when it finds a first size."""
        width = max(self.width(), self.sizeHint().width())
        self.resize(width, max(self.height(), self._page.totalHeightForWidth(width)))

    # Choices in words

    def _order_texts(self) -> dict[ReadingOrder, str]:
        return {
            ReadingOrder.TOP_DOWN: self.tr("Top to bottom"),
            ReadingOrder.BOTTOM_UP: self.tr("Bottom to top"),
            ReadingOrder.WORST_FIRST: self.tr("The machine's highest grade first"),
        }

    def _runtime_texts(self) -> dict[RuntimeChoice, str]:
        return {
            RuntimeChoice.AUTO: self.tr("Automatic: torch on a GPU, ONNX Runtime on the CPU"),
            RuntimeChoice.TORCH: self.tr("torch"),
            RuntimeChoice.ONNX: self.tr("ONNX Runtime"),
        }

    def _device_texts(self) -> dict[DeviceChoice, str]:
        return {
            DeviceChoice.AUTO: self.tr("Automatic: an NVIDIA GPU where there is one, else the CPU"),
            DeviceChoice.CPU: self.tr("CPU"),
            DeviceChoice.CUDA: self.tr("NVIDIA GPU"),
        }

    def _layout_texts(self) -> dict[Layout, str]:
        return {
            Layout.FINDINGS_RIGHT: self.tr("To the right of the film"),
            Layout.FINDINGS_BELOW: self.tr("Below the film"),
        }

    def _language_texts(self) -> dict[Language, str]:
        return {Language.SYSTEM: self.tr("As the computer"), **LANGUAGE_NAMES}

    # Folder of models

    def _browse(self) -> None:
        title = self.tr("Folder of models")
        folder = QFileDialog.getExistingDirectory(self, title, self._folder.text().strip())
        if folder:
            self._folder.setText(folder)

    def _check_folder(self) -> None:
        problem = self._problem_of(self._folder.text().strip())
        self._folder_problem.setText(problem)
        self._folder_problem.setVisible(bool(problem))
        self._fit()
        # A folder that was right once, on a network drive that is away, must not keep all else from changing.
        kept = self._folder.text().strip() == self._given.models_folder
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(kept or not problem)

    def _problem_of(self, text: str) -> str:
        try:
            folder = Path(text).expanduser()
            if not text or folder.is_dir():
                return ""
            is_file = folder.exists()
        except (OSError, RuntimeError):  # not allowed to look, or the home of nobody
            return self.tr("This folder cannot be opened. Give another, or ask who looks after the computer.")
        if is_file:
            return self.tr("This is a file. Give the folder that holds the models.")
        return self.tr("There is no such folder. Correct its name, or leave it empty for the shipped models.")


def _label(text: str, of: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(of)
    return label


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setStyleSheet(f"color: {theme.ACCENT.name()}; font-weight: bold; padding-top: 6px")
    label.setIndent(0)
    return label
