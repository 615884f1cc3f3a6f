"""The line at the foot of the window: what goes on, on what it runs, and whether the work is saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from vcf_desktop.io.parcels import Parcel
from vcf_desktop.spine import Analysis
from vcf_desktop.ui import theme
from vcf_desktop.ui.language import QT_TRANSLATE_NOOP, translate
from vcf_desktop.ui.sentences import sentence

_STAGES: Final = {
    "read": QT_TRANSLATE_NOOP("StatusBar", "reading"),
    "load": QT_TRANSLATE_NOOP("StatusBar", "loading the networks"),
    "preprocess": QT_TRANSLATE_NOOP("StatusBar", "preparing"),
    "detect": QT_TRANSLATE_NOOP("StatusBar", "finding vertebrae"),
    "segment": QT_TRANSLATE_NOOP("StatusBar", "outlining"),
    "grade": QT_TRANSLATE_NOOP("StatusBar", "grading"),
}


class StatusBar(QStatusBar):
    """Messages at the left; progress, runtime and saving at the right. ``cancelled``: the button was used."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._stage, self._runtime, self._save = QLabel(self), QLabel(self), QLabel(self)
        self._waiting = QLabel(self)
        self._bar = QProgressBar(self, maximum=100)
        self._bar.setFixedWidth(140)
        self._bar.setTextVisible(False)
        self._cancel = QToolButton(self)
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.clicked.connect(self.cancelled)
        for widget in (self._stage, self._bar, self._cancel, self._waiting, self._runtime, self._save):
            self.addPermanentWidget(widget)
        for label in (self._stage, self._waiting, self._runtime):
            label.setStyleSheet(f"color: {theme.QUIET.name()}; padding: 0 6px;")
        self.show_progress(None, "")
        self.show_runtime(None)
        self.show_saved()

    def tell(self, text: str) -> None:
        """A sentence for the user, until the next one."""
        self.showMessage(text)
        self.setToolTip(text)

    def show_progress(self, fraction: float | None, stage: str, name: str = "") -> None:
        """How far an analysis is, in [0, 1], None when none runs; a film not on the screen is named."""
        for widget in (self._stage, self._bar, self._cancel):
            widget.setVisible(fraction is not None)
        if fraction is not None:
            self._bar.setValue(round(100 * fraction))
            text = translate("StatusBar", _STAGES[stage])
            self._stage.setText(f"{name}: {text}" if name else text)

    def show_runtime(self, analysis: Analysis | None) -> None:
        """What really ran for the film on the screen, and how long it took."""
        if analysis is None or not analysis.models:
            self._runtime.setText("")
            return
        ran = " · ".join(dict.fromkeys(f"{model.runtime} / {model.device}" for model in analysis.models))
        total = analysis.seconds.get("total", 0.0)
        text = self.tr("%1, %2 ms").replace("%1", ran).replace("%2", str(round(1000 * total)))
        self._runtime.setText(text)

    def show_waiting(self, parcels: Sequence[Parcel]) -> None:
        """How many results wait to be sent; one that was refused for good is a warning."""
        held = [parcel for parcel in parcels if parcel.held]
        self._waiting.setText(self.tr("%n result(s) not sent", "", len(parcels)) if parcels else "")
        colour = theme.WARNING if held else theme.QUIET
        self._waiting.setStyleSheet(f"color: {colour.name()}; padding: 0 6px;")
        self._waiting.setToolTip("\n".join(dict.fromkeys(sentence(p.reason) for p in parcels if p.reason)))

    def show_saved(self) -> None:
        """Everything is on the disk."""
        self._save.setText(self.tr("Saved"))
        self._save.setToolTip("")
        self._save.setStyleSheet(f"color: {theme.QUIET.name()}; padding: 0 6px;")

    def show_saving(self) -> None:
        """A change is on its way to the disk."""
        self._save.setText(self.tr("Saving…"))

    def show_not_saved(self, reason: str) -> None:
        """It could not be written; it is tried again."""
        self._save.setText(self.tr("Not saved, trying again: %1").replace("%1", reason))
        self._save.setToolTip(reason)
        self._save.setStyleSheet(
            f"color: black; background: {theme.ALARM.name()}; font-weight: bold; padding: 0 6px;"
        )
