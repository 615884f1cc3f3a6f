"""The archives of the hospital: which there are, how each is spoken to, and whether it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
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
    QListWidget,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from vcf_desktop.errors import expected
from vcf_desktop.io.pacs import Archive, ArchiveClient, ArchiveKind, Retrieval, open_archive
from vcf_desktop.ui import theme
from vcf_desktop.ui.dialogs import choice, open_dialog, quiet, size_dialog
from vcf_desktop.ui.jobs import Job, Worker
from vcf_desktop.ui.sentences import error_text

_PORTS: Final = (1, 65535)
_PORT_NAMES: Final = ("port", "receive_port")
_TEXTS: Final = (
    *("name", "host", "called_ae", "calling_ae", "ca_file"),
    *("client_certificate", "client_key", "url", "user"),
)
_AE_LETTERS: Final = 16
"""An AE title may have no more (PS3.5 6.2)."""
PATIENCE_S: Final = 1.0


class ArchivesDialog(QDialog):
    """A list of archives at the left, the one that is selected at the right.

    Who opens it takes :meth:`archives` and :meth:`secrets` when it was accepted. An archive keeps its name
    once it was set up, as its password and what waits to be sent go by it.
    """

    def __init__(
        self,
        archives: tuple[Archive, ...],
        client: Callable[[Archive], ArchiveClient],
        parent: QWidget | None = None,
    ) -> None:
        """Make it; ``client`` gives, in a worker, what speaks to an archive by the password that is known."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Archives"))
        self._archives, self._client = list(archives), client
        self._set_up_before = {archive.name for archive in archives}
        self._secrets: dict[int, str] = {}
        self._worker = Worker("testing", self)
        self._shows = -1
        self._make_parts()
        self._lay_out()
        self._connect()
        for archive in self._archives:
            self.list.addItem(archive.name)
        self._show(-1)
        self.list.setCurrentRow(0)
        size_dialog(self, 860, 620)

    def archives(self) -> tuple[Archive, ...]:
        """As they are set up now."""
        return tuple(self._archives)

    def secrets(self) -> dict[str, str]:
        """Name of an archive -> the password or token that was typed for it here."""
        return {self._archives[place].name: secret for place, secret in self._secrets.items() if secret}

    def done(self, result: int) -> None:
        """Close; an archive that is silent is not waited for."""
        self._worker.close(PATIENCE_S)
        super().done(result)

    # Parts

    def _make_parts(self) -> None:
        self.list = QListWidget()
        self.list.setAccessibleName(self.windowTitle())
        self.add, self.remove = QPushButton(self.tr("&Add")), QPushButton(self.tr("&Remove"))
        self.test = QPushButton(self.tr("&Test"))
        self.texts = {name: QLineEdit() for name in _TEXTS}
        for name in ("called_ae", "calling_ae"):
            self.texts[name].setMaxLength(_AE_LETTERS)
        self.texts["url"].setPlaceholderText("https://pacs.example/dicom-web")
        kinds = {ArchiveKind.DIMSE: self.tr("DICOM"), ArchiveKind.WEB: self.tr("DICOMweb")}
        self.kind = choice(kinds, ArchiveKind.DIMSE)
        self.retrieval = choice({each: each.value for each in Retrieval}, Retrieval.GET)
        self.ports = {name: QSpinBox(minimum=_PORTS[0], maximum=_PORTS[1]) for name in _PORT_NAMES}
        self.tls = QCheckBox(self.tr("Encrypted (TLS)"))
        self.takes_results = QCheckBox(self.tr("Signed reports are sent to this archive"))
        self.secret = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.secret.setPlaceholderText(self.tr("unchanged"))
        self._said = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )

    def _lay_out(self) -> None:
        beside = QHBoxLayout()
        beside.addWidget(self.add)
        beside.addWidget(self.remove)
        left = QVBoxLayout()
        left.addWidget(self.list)
        left.addLayout(beside)
        right = QVBoxLayout()
        right.addLayout(self._lay_out_form())
        right.addStretch(1)
        right.addWidget(self._said)
        columns = QHBoxLayout()
        columns.addLayout(left, 1)
        columns.addLayout(right, 3)
        layout = QVBoxLayout(self)
        layout.addLayout(columns)
        layout.addWidget(quiet(self.tr("Passwords and tokens are kept in the system's key store only.")))
        self._buttons.addButton(self.test, QDialogButtonBox.ButtonRole.ActionRole)
        layout.addWidget(self._buttons)

    def _lay_out_form(self) -> QFormLayout:
        form = self._form = QFormLayout()
        texts, ports = self.texts, self.ports
        form.addRow(self.tr("&Name"), texts["name"])
        form.addRow(self.tr("&Protocol"), self.kind)
        self._of_kind: dict[ArchiveKind, list[QWidget]] = {kind: [] for kind in ArchiveKind}
        for kind, label, field in (
            (ArchiveKind.DIMSE, self.tr("&Host"), texts["host"]),
            (ArchiveKind.DIMSE, self.tr("P&ort"), ports["port"]),
            (ArchiveKind.DIMSE, self.tr("AE title of the archive"), texts["called_ae"]),
            (ArchiveKind.DIMSE, self.tr("AE title of this computer"), texts["calling_ae"]),
            (ArchiveKind.DIMSE, self.tr("Films are fetched by"), self.retrieval),
            (ArchiveKind.DIMSE, self.tr("Port of this computer"), ports["receive_port"]),
            (ArchiveKind.DIMSE, "", self.tls),
            (ArchiveKind.WEB, self.tr("&Address"), texts["url"]),
            (ArchiveKind.WEB, self.tr("&User; empty for a token"), texts["user"]),
            (ArchiveKind.WEB, self.tr("Pass&word or token"), self.secret),
        ):
            form.addRow(label, field)
            self._of_kind[kind].append(field)
        form.addRow(self.tr("Certificate authority"), self._with_file_button("ca_file"))
        form.addRow(self.tr("Own certificate"), self._with_file_button("client_certificate"))
        form.addRow(self.tr("Key of it"), self._with_file_button("client_key"))
        form.addRow("", self.takes_results)
        return form

    def _with_file_button(self, name: str) -> QWidget:
        button = QToolButton()
        button.setText("…")
        button.clicked.connect(lambda: self._ask_file(name))
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.texts[name])
        row.addWidget(button)
        return widget

    def _ask_file(self, name: str) -> None:
        dialog = QFileDialog(self, self.tr("Choose a PEM file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.texts[name].setText)
        open_dialog(dialog)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._show)
        for text in (*self.texts.values(), self.secret):
            text.textChanged.connect(self._take)
        for port in self.ports.values():
            port.valueChanged.connect(self._take)
        for box in (self.kind, self.retrieval):
            box.currentIndexChanged.connect(self._take)
        for check in (self.tls, self.takes_results):
            check.toggled.connect(self._take)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.test.clicked.connect(self._test)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    # The archive that is selected

    def _show(self, place: int) -> None:
        """Show an archive in the form, which is not told as a change of it."""
        self._shows = -1
        there = 0 <= place < len(self._archives)
        archive = self._archives[place] if there else Archive("")
        for name, field in self.texts.items():
            field.setText(getattr(archive, name))
        self.texts["name"].setReadOnly(archive.name in self._set_up_before)
        for name, port in self.ports.items():
            port.setValue(getattr(archive, name))
        self.kind.setCurrentIndex(self.kind.findData(archive.kind.value))
        self.retrieval.setCurrentIndex(self.retrieval.findData(archive.retrieval.value))
        self.tls.setChecked(archive.tls)
        self.takes_results.setChecked(archive.takes_results)
        self.secret.setText(self._secrets.get(place, ""))
        self._shows = place if there else -1
        self._said.clear()
        self._enable()

    def _take(self) -> None:
        """Take what the form says into the archive it shows."""
        if self._shows < 0:
            return
        self._archives[self._shows] = replace(
            self._archives[self._shows],
            kind=ArchiveKind(self.kind.currentData()),
            retrieval=Retrieval(self.retrieval.currentData()),
            tls=self.tls.isChecked(),
            takes_results=self.takes_results.isChecked(),
            port=self.ports["port"].value(),
            receive_port=self.ports["receive_port"].value(),
            **{name: field.text().strip() for name, field in self.texts.items()},
        )
        self._secrets[self._shows] = self.secret.text()
        self.list.item(self._shows).setText(self._archives[self._shows].name)
        self._said.clear()  # it was about the archive as it was before
        self._enable()

    def _enable(self) -> None:
        there = self._shows >= 0
        kind = ArchiveKind(self.kind.currentData())
        for each, fields in self._of_kind.items():
            for field in fields:
                self._form.setRowVisible(field, each is kind)
        self.ports["receive_port"].setEnabled(there)
        for widget in (self.remove, self.test, self.kind, self.retrieval, self.tls, self.takes_results):
            widget.setEnabled(there)
        for field in (*self.texts.values(), self.secret):
            field.setEnabled(there)
        names = [archive.name for archive in self._archives]
        is_sound = all(names) and len(set(names)) == len(names)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(is_sound)
        if not is_sound:
            self._tell(self.tr("Every archive needs a name of its own."), is_warning=True)

    def _add(self) -> None:
        self._archives.append(Archive(self._free_name()))
        self.list.addItem(self._archives[-1].name)
        self.list.setCurrentRow(len(self._archives) - 1)
        self.texts["name"].setFocus()
        self.texts["name"].selectAll()

    def _free_name(self) -> str:
        names = {archive.name for archive in self._archives}
        candidates = (self.tr("Archive %1").replace("%1", str(n)) for n in range(1, len(names) + 2))
        return next(name for name in candidates if name not in names)

    def _remove(self) -> None:
        place = self._shows
        self._shows = -1
        del self._archives[place]
        self._secrets = {n - (n > place): text for n, text in self._secrets.items() if n != place}
        self.list.takeItem(place)
        self._show(self.list.currentRow())

    # Whether it answers

    def _test(self) -> None:
        archive, typed = self._archives[self._shows], self._secrets.get(self._shows, "")
        self._tell(self.tr("%1 is being asked…").replace("%1", archive.name))
        job = Job(lambda _report: (open_archive(archive, typed) if typed else self._client(archive)).echo())
        job.finished.connect(lambda _: self._tell(self.tr("%1 answers.").replace("%1", archive.name)))
        job.failed.connect(lambda error: self._tell(error_text(expected(error)), is_warning=True))
        self._worker.submit(job)

    def _tell(self, text: str, *, is_warning: bool = False) -> None:
        self._said.setText(text)
        self._said.setStyleSheet(f"color: {(theme.WARNING if is_warning else theme.DONE).name()}")
