"""Another name for a vertebra."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from vcf_desktop.spine import VertebraLevel


class LevelDialog(QDialog):
    """Asks for a level, and whether the names above follow it."""

    def __init__(self, level: VertebraLevel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Name of %1").replace("%1", level.label))
        self._levels = QComboBox(self)
        self._levels.addItems([known.label for known in VertebraLevel])
        self._levels.setCurrentText(level.label)
        self._follow = QCheckBox(self.tr("The vertebrae above follow, counted up from here"), self)
        kept = QLabel(
            self.tr("Grades stay as they are; the measured ones follow the norm of the level."), self
        )
        kept.setWordWrap(True)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (self._levels, self._follow, kept, buttons):
            layout.addWidget(widget)

    @property
    def level(self) -> VertebraLevel:
        """The chosen name."""
        return VertebraLevel[self._levels.currentText()]

    @property
    def follow_above(self) -> bool:
        """Whether those above follow."""
        return self._follow.isChecked()
