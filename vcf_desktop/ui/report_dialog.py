"""The report of a film: the reader's words at the left, the pages as they are saved at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from vcf_desktop.errors import expected
from vcf_desktop.film import Film
from vcf_desktop.report import Format, Paper
from vcf_desktop.settings import Language, Settings
from vcf_desktop.statement import PriorReading
from vcf_desktop.ui import theme
from vcf_desktop.ui.dialogs import choice, size_dialog
from vcf_desktop.ui.document import Document, now
from vcf_desktop.ui.edition import Edition, Proof, edition_of, proof_of
from vcf_desktop.ui.film_entries import FilmKey
from vcf_desktop.ui.jobs import Job
from vcf_desktop.ui.library import Library
from vcf_desktop.ui.report_preview import ReportPreview
from vcf_desktop.ui.sentences import error_text
from vcf_desktop.ui.settings_dialog import LANGUAGE_NAMES
from vcf_desktop.ui.statement_form import StatementForm
from vcf_desktop.ui.wording import moment, patient_lines

_FORM_PX: Final = 420
_PLAIN: Final = (Format.PDF, Format.CSV, Format.JSON, Format.FHIR)
_DICOM: Final = (Format.SR, Format.SEG, Format.GSPS, Format.EPDF, Format.SC)


class ReportDialog(QDialog):
    """What is written is saved at once, and shown on the pages as soon as the reader pauses.

    Signals:
        settings_chosen(dict): fields of the settings and their new values.
        sign_asked: the reader wants to sign.
        save_asked(Edition), send_asked(Edition): what is to be saved, or sent to the archive; only signed
            reports are sent.
    """

    settings_chosen = Signal(object)
    sign_asked = Signal()
    save_asked = Signal(object)
    send_asked = Signal(object)

    def __init__(
        self,
        document: Document,
        library: Library,
        settings: Callable[[], Settings],
        parent: QWidget | None = None,
        *,
        priors: Sequence[FilmKey] = (),
        can_send: bool = False,
    ) -> None:
        """Make the dialog.

        Args:
            document: the film.
            library: which reads it, and those it may be compared with.
            settings: as they are when they are asked for.
            parent: the window.
            priors: signed films of the same patient that it may be compared with.
            can_send: whether there is an archive that takes results.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Report"))
        self._document, self._library, self._settings = document, library, settings
        self._priors, self._can_send = priors, can_send
        self._begun = False
        self._film: Film | None = None
        self._edition: Edition | None = None
        self._proved: tuple[object, ...] = ()
        self._proofing: Job | None = None
        self._jobs: list[Job] = []
        self._state, self._told = _line(), _line()
        study = document.film.study
        self._form = StatementForm(study.indication if study else "")
        self._language = choice(self._language_texts(), settings().report_language)
        self._paper = choice({paper: paper.value for paper in Paper}, settings().report_paper)
        self._formats = {each: QCheckBox(text) for each, text in self._format_texts().items()}
        self._preview = ReportPreview()
        self._preview.show_message(self.tr("The report is being made…"))
        self._lay_out()
        self._connect()
        self._refresh()
        size_dialog(self, 1360, 980)

    @property
    def edition(self) -> Edition | None:
        """The report with all that is written here; None as long as its film is being read."""
        return self._edition

    @property
    def pdf(self) -> bytes:
        """The file whose pages are shown; empty as long as there is none."""
        return self._preview.pdf

    def tell(self, text: str, *, is_warning: bool = False) -> None:
        """Say how saving or sending went."""
        self._told.setText(text)
        self._told.setStyleSheet(f"color: {(theme.WARNING if is_warning else theme.DONE).name()}")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Begin with the pages when the dialog is on the screen, which would else wait for them."""
        super().paintEvent(event)
        if not self._begun:
            self._begun = True
            QTimer.singleShot(0, self._begin)

    def done(self, result: int) -> None:
        """Close; what was written is kept."""
        self._form.commit()
        self._document.changed.disconnect(self._refresh)
        for job in self._jobs:
            job.cancel()
        super().done(result)

    # Parts

    def _lay_out(self) -> None:
        column = QWidget()
        left = QVBoxLayout(column)
        left.addWidget(self._form)
        left.addWidget(self._files_box())
        left.addStretch(1)
        scrolled = QScrollArea(widgetResizable=True)
        scrolled.setFrameShape(QFrame.Shape.NoFrame)
        scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolled.setWidget(column)
        scrolled.setFixedWidth(_FORM_PX)
        film = self._document.film
        whose = _line()
        whose.setText("   ".join((*patient_lines(film.study), film.key.text)))
        whose.setStyleSheet("font-weight: bold")
        sides = QHBoxLayout()
        sides.addWidget(scrolled)
        sides.addWidget(self._preview, 1)
        layout = QVBoxLayout(self)
        layout.addWidget(whose)
        layout.addWidget(self._state)
        layout.addLayout(sides, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._told, 1)
        foot.addWidget(self._buttons())
        layout.addLayout(foot)

    def _files_box(self) -> QGroupBox:
        box = QGroupBox(self.tr("Files"))
        form = QFormLayout()
        form.addRow(self.tr("&Language of the report"), self._language)
        form.addRow(self.tr("&Paper"), self._paper)
        checks = QGridLayout()
        for column, kinds in enumerate((_PLAIN, _DICOM)):
            for row, each in enumerate(kinds):
                self._formats[each].setChecked(each in self._settings().report_formats)
                checks.addWidget(self._formats[each], row, column)
        layout = QVBoxLayout(box)
        layout.addLayout(form)
        layout.addLayout(checks)
        return box

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._sign, self._save, self._send = (
            QPushButton(text)
            for text in (self.tr("&Sign…"), self.tr("S&ave the files…"), self.tr("Sen&d to the archive"))
        )
        for button in (self._sign, self._save, self._send):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        for each in buttons.findChildren(QPushButton):
            each.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        return buttons

    def _connect(self) -> None:
        self._form.stated.connect(self._write)
        self._document.changed.connect(self._refresh)
        self._language.activated.connect(
            lambda: self._choose(report_language=Language(self._language.currentData()))
        )
        self._paper.activated.connect(lambda: self._choose(report_paper=Paper(self._paper.currentData())))
        for check in self._formats.values():
            check.toggled.connect(lambda: self._choose(report_formats=self._chosen_formats()))
        self._sign.clicked.connect(self._ask_to_sign)
        self._save.clicked.connect(lambda: self._ask(self.save_asked))
        self._send.clicked.connect(lambda: self._ask(self.send_asked))

    def _language_texts(self) -> dict[Language, str]:
        return {Language.SYSTEM: self.tr("As the window"), **LANGUAGE_NAMES}

    def _format_texts(self) -> dict[Format, str]:
        return {
            Format.PDF: "PDF",
            Format.SR: self.tr("DICOM: report (SR)"),
            Format.SEG: self.tr("DICOM: outlines (SEG)"),
            Format.GSPS: self.tr("DICOM: marks (GSPS)"),
            Format.EPDF: self.tr("DICOM: the PDF"),
            Format.SC: self.tr("DICOM: picture (SC)"),
            Format.JSON: "JSON",
            Format.CSV: self.tr("CSV table"),
            Format.FHIR: "FHIR",
        }

    # What is written and chosen

    def _write(self, field: str, value: object) -> None:
        statement = replace(self._document.review.statement, **{field: value})  # type: ignore[arg-type]
        self._document.set_statement(statement, field.replace("_", " "))

    def _chosen_formats(self) -> tuple[Format, ...]:
        return tuple(each for each in Format if self._formats[each].isChecked())

    def _choose(self, **fields: object) -> None:
        self.settings_chosen.emit(fields)
        self._refresh()

    def _ask_to_sign(self) -> None:
        self._form.commit()
        self.sign_asked.emit()

    def _ask(self, asked: SignalInstance) -> None:
        self._form.commit()
        if self._edition is not None:
            asked.emit(self._edition)

    # What is shown

    def _refresh(self) -> None:
        """Show the review as it stands now, and make its report anew where it differs."""
        document, settings = self._document, self._settings()
        session = document.session
        self._form.show_statement(document.review.statement, editable=document.is_editable)
        self._show_state()
        basis = (session.review, session.locked, settings.report_language, settings.report_paper)
        if self._film is not None and basis != self._proved:
            self._proved = basis
            self._edition = edition_of(self._film, session, settings, now())
            self._prove(self._edition)
        self._enable()

    def _prove(self, edition: Edition) -> None:
        if self._proofing is not None:
            self._proofing.cancel()
        self._proofing = Job(lambda _report: proof_of(edition))
        self._submit(self._proofing, self._take_proof)

    def _show_state(self) -> None:
        session = self._document.session
        if session.locked:
            signature = session.signatures[-1]
            text = self.tr("Version %1, signed by %2 on %3; a change needs a next version.")
            text = text.replace("%1", str(signature.version)).replace("%3", moment(signature.at))
            self._state.setText(text.replace("%2", signature.reader))
        elif undecided := len(session.review.undecided):
            text = self.tr("Unverified draft: %n vertebra(e) undecided; decide, then sign.", "", undecided)
            self._state.setText(text)
        else:
            self._state.setText(self.tr("Unverified draft: the review is not signed yet."))
        colour = theme.DONE if session.locked else theme.WARNING
        self._state.setStyleSheet(f"color: {colour.name()}")

    def _enable(self) -> None:
        document = self._document
        signed, has_film = document.session.locked, self._edition is not None
        self._sign.setVisible(not signed)
        self._sign.setEnabled(document.is_editable and not document.review.undecided)
        self._save.setEnabled(has_film and bool(self._chosen_formats()))
        self._send.setEnabled(has_film and signed and self._can_send)

    # What comes from the workers

    def _submit(
        self,
        job: Job,
        done: Callable[..., None],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        job.finished.connect(done)
        job.failed.connect(failed or self._fail)
        self._jobs.append(job)
        self._library.submit(job)

    def _begin(self) -> None:
        self._submit(self._library.film(self._document.film.key), self._take_film)
        for key in self._priors:
            self._submit(self._library.prior(key), self._take_prior, expected)

    def _take_film(self, film: Film) -> None:
        if film.sha256 != self._document.film.record.sha256:
            self._preview.show_message(
                self.tr("The file has changed since it was opened; close the report and open the film again.")
            )
            return
        self._film = film
        self._refresh()

    def _take_proof(self, proof: Proof) -> None:
        self._form.show_site_recommendation(proof.site_recommendation)
        self._preview.show_pdf(proof.pdf)

    def _take_prior(self, prior: PriorReading | None) -> None:
        if prior is not None:
            self._form.offer(prior)

    def _fail(self, error: Exception) -> None:
        self._preview.show_message(error_text(expected(error)))


def _line() -> QLabel:
    label = QLabel(wordWrap=True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
