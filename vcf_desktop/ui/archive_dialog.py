"""The hospital's archive: studies are searched there, and their films fetched, while the reading goes on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from vcf_desktop.errors import VcfError, expected
from vcf_desktop.io.pacs import Archive, FoundStudy, StudyQuery
from vcf_desktop.ui import theme
from vcf_desktop.ui.archive_access import Archives
from vcf_desktop.ui.dialogs import choice, open_dialog, size_dialog
from vcf_desktop.ui.fetching import FILM_MODALITIES, Fetching
from vcf_desktop.ui.jobs import Job, Worker
from vcf_desktop.ui.sentences import error_text
from vcf_desktop.ui.studies_table import StudiesTable

CLOSING_S: Final = 3.0
"""How long a closing window waits for an archive that does not answer."""

_Found = tuple[tuple[FoundStudy, ...], frozenset[str]]


class Period(StrEnum):
    """Which days studies are of."""

    ANY = "any"
    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    CHOSEN = "chosen"


class Kinds(StrEnum):
    """Which studies are looked for."""

    FILMS = "films"
    ALL = "all"


_DAYS: Final = {Period.TODAY: 0, Period.WEEK: 7, Period.MONTH: 31, Period.YEAR: 366}


class ArchiveDialog(QDialog):
    """Searches and fetches beside the window, which goes on; it is hidden and shown, and never deleted.

    Two workers: one searches, so that this is possible while the other fetches.

    Signals:
        fetched(Path, bool): films lie in this folder; whether they are to be shown at once.
        told(str, bool): a sentence for the user, and whether it is a warning.
        set_up_asked: other archives are wanted.
    """

    fetched = Signal(object, bool)
    told = Signal(str, bool)
    set_up_asked = Signal()

    def __init__(
        self,
        archives: Archives,
        folder: Path,
        films: Callable[[], Iterable[Path]],
        parent: QWidget | None = None,
    ) -> None:
        """Make it.

        Args:
            archives: that are set up.
            folder: of the fetched films.
            films: gives the films that are on the list now.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Archive"))
        self._archives = archives
        self._fetching = Fetching(archives, folder, self)
        self._fetching.sweep(films())
        self._searcher = Worker("searching", self)
        self._searching: Job | None = None
        self._searched: Archive | None = None
        self._shows_next = self._leaves = self._cancels = False
        self._make_parts()
        self._lay_out()
        self._connect()
        self._show_archives()
        self._show_period()
        self.patient_id.setFocus()
        size_dialog(self, 1180, 640)

    def search(self) -> None:
        """Ask the archive for the studies that are described."""
        archive, query = self._archives.named(self._archive.currentText()), self._query()
        if archive is None:
            return
        if query == StudyQuery(modalities=query.modalities):
            self._tell(self.tr("Say whom or what you look for: a patient, an accession number, or days."))
            self.patient_id.setFocus()
            return
        self._drop_search()
        self._leaves = False
        self.table.show_studies((), ())
        self._tell(self.tr("%1 is being asked…").replace("%1", archive.name))
        job = Job(lambda _report: self._find(archive, query))
        job.finished.connect(lambda found: self._take(archive, found))
        job.failed.connect(self._fail)
        self._searching = self._searcher.submit(job)
        self._enable()

    def fetch(self) -> None:
        """Fetch the selected studies, and show the first one that comes."""
        studies = self.table.chosen
        if self._searched is None or not studies:
            return
        self._shows_next = self._leaves = True
        self._cancels = False
        self._tell("")
        self._fetching.fetch(self._searched, studies, with_priors=self._with_priors.isChecked())
        self._show_progress(0, 0)
        self._enable()

    def close_work(self) -> None:
        """Stop all that is under way."""
        self._fetching.close(CLOSING_S)
        self._searcher.close(CLOSING_S)

    # Parts

    def _make_parts(self) -> None:
        self._archive = QComboBox()
        self._set_up = QPushButton(self.tr("Set &up…"))
        self.patient_id, self.patient_name, self.accession = (QLineEdit() for _ in range(3))
        self.patient_id.setPlaceholderText(self.tr("* and ? stand for any letters"))
        self.patient_name.setPlaceholderText(self.tr("Family name, first name"))
        self._period = choice(self._period_texts(), Period.ANY)
        today = QDate.currentDate()
        self._since, self._until = QDateEdit(today.addYears(-1)), QDateEdit(today)
        for edit, name in ((self._since, self.tr("First day")), (self._until, self.tr("Last day"))):
            edit.setCalendarPopup(True)
            edit.setDisplayFormat(re.sub("y+", "yyyy", edit.displayFormat()))
            edit.setAccessibleName(name)
        self._kinds = choice(self._kind_texts(), Kinds.FILMS)
        self._search = QPushButton(self.tr("&Search"))
        self.table = StudiesTable()
        self._message = QLabel(wordWrap=True)
        self._message.setTextFormat(Qt.TextFormat.PlainText)  # what archives say is foreign
        self._with_priors = QCheckBox(self.tr("Fetch earlier films of the pa&tient, too"))
        self._bar = QProgressBar()
        self._bar.setFixedWidth(160)
        self._bar.setFormat("%v / %m")
        self._cancel = QPushButton(self.tr("&Cancel"))
        self._fetch = QPushButton(self.tr("&Fetch"))
        self._close = QPushButton(self.tr("C&lose"))
        for button in (self._set_up, self._search, self._cancel, self._fetch, self._close):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        form = QGridLayout()
        form.setColumnStretch(1, 3)
        form.setColumnStretch(3, 3)
        form.setColumnStretch(5, 2)
        days = QHBoxLayout()
        days.addWidget(self._period, 1)
        days.addWidget(self._since)
        days.addWidget(self._until)
        archive = QHBoxLayout()
        archive.addWidget(self._archive, 1)
        archive.addWidget(self._set_up)
        fields: tuple[tuple[int, int, str, QWidget, QHBoxLayout | None], ...] = (
            (0, 0, self.tr("Patient &id"), self.patient_id, None),
            (0, 2, self.tr("&Name"), self.patient_name, None),
            (0, 4, self.tr("&Archive"), self._archive, archive),
            (1, 0, self.tr("Acc&ession number"), self.accession, None),
            (1, 2, self.tr("&Days"), self._period, days),
            (1, 4, self.tr("&Kinds"), self._kinds, None),
        )
        for row, column, text, widget, layout in fields:
            label = QLabel(text)
            label.setBuddy(widget)
            form.addWidget(label, row, column)
            if layout is None:
                form.addWidget(widget, row, column + 1)
            else:
                form.addLayout(layout, row, column + 1)
        form.addWidget(self._search, 1, 6)
        foot = QHBoxLayout()
        foot.addWidget(self._with_priors)
        foot.addStretch(1)
        for widget in (self._bar, self._cancel, self._fetch, self._close):
            foot.addWidget(widget)
        page = QVBoxLayout(self)
        page.addLayout(form)
        page.addWidget(self.table, 1)
        page.addWidget(self._message)
        page.addLayout(foot)
        order = (
            *(self.patient_id, self.patient_name, self.accession),
            *(self._period, self._since, self._until, self._kinds, self._archive, self._set_up),
            *(self._search, self.table, self._with_priors, self._cancel, self._fetch, self._close),
        )
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    def _connect(self) -> None:
        for field in (self.patient_id, self.patient_name, self.accession):
            field.returnPressed.connect(self.search)
        self._period.activated.connect(self._show_period)
        self._archive.activated.connect(self._drop_results)
        self._archives.changed.connect(self._show_archives)
        self._set_up.clicked.connect(self.set_up_asked)
        self._search.clicked.connect(self.search)
        self._close.clicked.connect(self.hide)
        self._fetch.clicked.connect(self.fetch)
        self._cancel.clicked.connect(self._give_up)
        self.table.wanted.connect(self.fetch)
        self.table.itemSelectionChanged.connect(self._enable)
        self._fetching.progressed.connect(self._show_progress)
        self._fetching.arrived.connect(self._arrived)
        self._fetching.failed.connect(lambda _, error: self._tell_all(error_text(error), is_warning=True))
        self._fetching.priors_left.connect(self._tell_priors_left)
        self._fetching.ended.connect(self._ended)

    def _period_texts(self) -> dict[Period, str]:
        return {
            Period.ANY: self.tr("All"),
            Period.TODAY: self.tr("Today"),
            Period.WEEK: self.tr("Last 7 days"),
            Period.MONTH: self.tr("Last month"),
            Period.YEAR: self.tr("Last year"),
            Period.CHOSEN: self.tr("From … to …"),
        }

    def _kind_texts(self) -> dict[Kinds, str]:
        return {Kinds.FILMS: self.tr("X-ray films (CR, DX)"), Kinds.ALL: self.tr("All studies")}

    # Searching

    def _query(self) -> StudyQuery:
        period = Period(self._period.currentData())
        since = until = None
        if period is Period.CHOSEN:
            since, until = _date(self._since), _date(self._until)
        elif period is not Period.ANY:
            since = date.today() - timedelta(days=_DAYS[period])
        return StudyQuery(
            patient_id=self.patient_id.text().strip(),
            patient_name=name_pattern(self.patient_name.text()),
            accession_number=self.accession.text().strip(),
            since=since,
            until=until,
            modalities=FILM_MODALITIES if Kinds(self._kinds.currentData()) is Kinds.FILMS else (),
        )

    def _find(self, archive: Archive, query: StudyQuery) -> _Found | None:
        """The studies, and UIDs of those that were fetched before; None where a password is needed."""
        if self._archives.needs_secret(archive):
            return None
        studies = self._archives.client(archive).find(query)
        return studies, self._fetching.here(archive, studies)

    def _take(self, archive: Archive, found: _Found | None) -> None:
        self._searching = None
        if found is None:
            self._ask_secret(archive)
        else:
            self._searched = archive
            studies, here = found
            self.table.show_studies(studies, here)
            if studies:
                self._tell(self.tr("%n study(ies) found", "", len(studies)))
                self.table.setFocus()
            else:
                self._tell(self.tr("No study fits. Look for less, or with * for any letters."))
        self._enable()

    def _fail(self, error: Exception) -> None:
        self._searching = None
        self._enable()
        self._tell(error_text(error) if isinstance(error, VcfError) else "", is_warning=True)
        expected(error)

    def _ask_secret(self, archive: Archive) -> None:
        dialog = QInputDialog(self)
        dialog.setWindowTitle(archive.name)
        dialog.setLabelText(self.tr("Password of %1").replace("%1", archive.user))
        dialog.setTextEchoMode(QLineEdit.EchoMode.Password)
        dialog.textValueSelected.connect(lambda secret: self._take_secret(archive, secret))
        self._tell("")
        open_dialog(dialog)

    def _take_secret(self, archive: Archive, secret: str) -> None:
        self._archives.give_secret(archive, secret)
        self.search()

    def _drop_search(self) -> None:
        """Let go of a search that is under way: an archive may take a minute to say nothing."""
        if self._searching is not None:
            self._searcher.close(0.0)
            self._searcher = Worker("searching", self)
            self._searching = None

    def _drop_results(self) -> None:
        """What another archive has found is not fetched from this one."""
        self._drop_search()
        self._searched = None
        self.table.show_studies((), ())
        self._tell("")
        self._enable()

    # Fetching

    def _give_up(self) -> None:
        self._cancels = True
        self._fetching.cancel()
        self._enable()

    def _show_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _arrived(self, study: FoundStudy, folder: Path, is_prior: bool) -> None:
        self.table.mark_here(study)
        shows = self._shows_next and not is_prior
        if shows:
            self._shows_next = False
            if self._leaves:  # the film is what the reader wants to see now
                self.hide()
        self.fetched.emit(folder, shows)

    def _tell_priors_left(self, count: int) -> None:
        self._tell_all(self.tr("%n still earlier study(ies) not fetched", "", count))

    def _ended(self) -> None:
        if self._cancels:
            self._tell(self.tr("Cancelled; films that had come whole stay."))
        self._enable()

    # What is shown

    def _show_archives(self) -> None:
        chosen = self._archive.currentText()
        names = [archive.name for archive in self._archives.all]
        if names != [self._archive.itemText(place) for place in range(self._archive.count())]:
            self._archive.clear()
            self._archive.addItems(names)
            if chosen in names:
                self._archive.setCurrentText(chosen)
        if self._searched is not None and self._searched not in self._archives.all:
            self._drop_results()
        if not names:
            self._tell(self.tr("No archive is set up yet."))
        elif not chosen:
            self._tell("")
        self._enable()

    def _show_period(self) -> None:
        is_chosen = Period(self._period.currentData()) is Period.CHOSEN
        self._since.setVisible(is_chosen)
        self._until.setVisible(is_chosen)

    def _tell(self, text: str, *, is_warning: bool = False) -> None:
        self._message.setText(text)
        self._message.setStyleSheet(f"color: {(theme.WARNING if is_warning else theme.QUIET).name()}")

    def _tell_all(self, text: str, *, is_warning: bool = False) -> None:
        """What the reader has to know whether he looks here or at the window."""
        self._tell(text, is_warning=is_warning)
        self.told.emit(text, is_warning)

    def _enable(self) -> None:
        is_busy = self._fetching.is_busy
        self._search.setEnabled(self._archive.count() > 0)
        self._fetch.setEnabled(self._searched is not None and bool(self.table.selectedIndexes()))
        self._bar.setVisible(is_busy)
        self._cancel.setVisible(is_busy)
        self._cancel.setEnabled(not self._cancels)


def name_pattern(text: str) -> str:
    """What is asked for a name as it is typed: ``Doe, Jane`` for Doe^Jane*; with wild cards as it stands."""
    name = "^".join(part.strip() for part in text.strip().split(","))
    return name if not name or set("*?") & set(name) else f"{name}*"


def _date(edit: QDateEdit) -> date:
    day = edit.date()
    return date(day.year(), day.month(), day.day())
