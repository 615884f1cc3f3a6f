"""What waits to be sent to archives, why it waits, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QMessageBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from vcf_desktop.io.parcels import Parcel
from vcf_desktop.ui.dialogs import open_dialog, size_dialog
from vcf_desktop.ui.sentences import sentence
from vcf_desktop.ui.wording import moment

_NAME: Final = Qt.ItemDataRole.UserRole


class OutboxDialog(QDialog):
    """The parcels that wait; :meth:`show_parcels` is told how they stand.

    Signals:
        retry_asked(str): the parcel of this name is to be sent now.
        discard_asked(str): the parcel of this name is given up.
    """

    retry_asked = Signal(str)
    discard_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Outbox"))
        self._hint = QLabel(wordWrap=True)
        titles = [self.tr("Archive"), self.tr("Since"), self.tr("Sent"), self.tr("State")]
        self.table = QTableWidget(0, len(titles))
        self.table.setAccessibleName(self.windowTitle())
        self.table.setHorizontalHeaderLabels(titles)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.retry = buttons.addButton(self.tr("&Send now"), role)
        self.discard = buttons.addButton(self.tr("&Give up…"), role)
        self.retry.clicked.connect(lambda: self.retry_asked.emit(self._chosen()))
        self.discard.clicked.connect(self._ask_discard)
        buttons.rejected.connect(self.reject)
        self.table.itemSelectionChanged.connect(self._enable)
        layout = QVBoxLayout(self)
        layout.addWidget(self._hint)
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)
        self._hint.setText(self.tr("The outbox is being looked at…"))
        self._enable()
        size_dialog(self, 900, 420)

    def show_parcels(self, parcels: Sequence[Parcel]) -> None:
        """Show what waits now, the selected one still selected."""
        chosen = self._chosen()
        self.table.setRowCount(len(parcels))
        for row, parcel in enumerate(parcels):
            for column, text in enumerate(self._cells(parcel)):
                item = QTableWidgetItem(text)
                item.setData(_NAME, parcel.name)
                item.setToolTip(f"<p>{escape(text)}</p>")  # an archive may have said it
                self.table.setItem(row, column, item)
        names = [parcel.name for parcel in parcels]
        if names:
            self.table.selectRow(names.index(chosen) if chosen in names else 0)
            self._hint.setText(self.tr("Results that could not be sent yet. They are sent by themselves."))
        else:
            self._hint.setText(self.tr("All results were sent."))
        self._enable()

    def _cells(self, parcel: Parcel) -> list[str]:
        count = f"{parcel.sent_count} / {len(parcel.objects)}"
        return [parcel.archive, moment(parcel.created), count, self._state(parcel)]

    def _state(self, parcel: Parcel) -> str:
        reason = sentence(parcel.reason)
        if parcel.next_try is None:
            return self.tr("refused: %1").replace("%1", reason)
        if reason:
            text = self.tr("next try at %1; %2").replace("%1", moment(parcel.next_try))
            return text.replace("%2", reason)
        return self.tr("waits")

    def _chosen(self) -> str:
        items = self.table.selectedItems()
        return str(items[0].data(_NAME)) if items else ""

    def _enable(self) -> None:
        for button in (self.retry, self.discard):
            button.setEnabled(bool(self._chosen()))

    def _ask_discard(self) -> None:
        name = self._chosen()
        text = self.tr("These results will not be sent to the archive. The signed review itself stays.")
        box = QMessageBox(QMessageBox.Icon.Question, self.windowTitle(), text, parent=self)
        box.setStandardButtons(QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.accepted.connect(lambda: self.discard_asked.emit(name))
        open_dialog(box)
