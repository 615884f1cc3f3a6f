"""Studies on their way from archives, in the background: one after another, those asked for before priors."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from vcf_desktop.errors import VcfError, expected
from vcf_desktop.film import StudyInfo, same_patient
from vcf_desktop.io.fetched import FetchedStudies
from vcf_desktop.io.pacs import Archive, FoundStudy, StudyQuery
from vcf_desktop.ui.archive_access import Archives
from vcf_desktop.ui.jobs import Job, Report, Urgency, Worker

FILM_MODALITIES: Final = ("CR", "DX")
"""What plain films are, as archives file them (PS3.3 C.7.3.1.1.1)."""
MOST_PRIORS: Final = 5
"""Earlier studies that are fetched unasked: a patient may have dozens, most of other parts of the body."""


class Fetching(QObject):
    """Fetches studies into the user's folder; a worker of its own, as an archive may stall.

    Signals:
        progressed(int, int): so many of so many films of the study under way came; 0 where unknown.
        arrived(FoundStudy, Path, bool): its films lie in this folder; whether it is a prior.
        failed(FoundStudy, VcfError): this study was not fetched, or its priors were not found.
        priors_left(int): so many earlier studies are not fetched.
        ended: nothing is under way any more.
    """

    progressed = Signal(int, int)
    arrived = Signal(object, object, bool)
    failed = Signal(object, object)
    priors_left = Signal(int)
    ended = Signal()

    def __init__(self, archives: Archives, folder: Path, parent: QObject | None = None) -> None:
        """Make it; ``folder`` is that of the fetched films."""
        super().__init__(parent)
        self._archives, self._studies = archives, FetchedStudies(folder)
        self._worker = Worker("fetching", self)
        self._jobs: list[Job] = []

    @property
    def is_busy(self) -> bool:
        """Whether something is under way."""
        return bool(self._jobs)

    def fetch(self, archive: Archive, studies: Iterable[FoundStudy], *, with_priors: bool) -> None:
        """Fetch these studies, and the last plain films before them where that is wanted."""
        for study in studies:
            self._fetch(archive, study, is_prior=False)
            if with_priors and study.patient_id:
                self._seek_priors(archive, study)

    def sweep(self, in_use: Iterable[Path]) -> None:
        """Remove what was fetched long ago, but for films on the list."""
        films = tuple(in_use)
        self._worker.submit(Job(lambda _report: self._studies.sweep(datetime.now(UTC), films)))

    def here(self, archive: Archive, studies: Iterable[FoundStudy]) -> frozenset[str]:
        """UIDs of the studies that need not be fetched; runs in a worker."""
        return frozenset(study.study_uid for study in studies if self._studies.holds(archive.name, study))

    def cancel(self) -> None:
        """Fetch nothing more; films of the study under way are given up, those that came stay."""
        for job in self._jobs:
            job.cancel()

    def close(self, patience_s: float) -> None:
        """Stop, and wait no longer than this for an archive that does not answer."""
        self._worker.close(patience_s)

    def _fetch(self, archive: Archive, study: FoundStudy, *, is_prior: bool) -> None:
        def work(report: Report) -> Path:
            def tell(done: int, total: int) -> None:
                report(done / total if total else 0.0, f"{done} {total}")

            tell(0, 0)
            return self._studies.fetch(archive.name, self._archives.client(archive), study, tell)

        job = Job(work, Urgency.LATER if is_prior else Urgency.NOW)
        job.progressed.connect(lambda _, stage: self.progressed.emit(*map(int, stage.split())))
        job.finished.connect(lambda folder: self.arrived.emit(study, folder, is_prior))
        self._submit(job, study)

    def _seek_priors(self, archive: Archive, study: FoundStudy) -> None:
        query = StudyQuery(patient_id=study.patient_id, until=study.study_date, modalities=FILM_MODALITIES)
        job = Job(lambda _report: self._archives.client(archive).find(query), Urgency.SOON)
        job.finished.connect(lambda found: self._fetch_priors(archive, study, found))
        self._submit(job, study)

    def _fetch_priors(self, archive: Archive, study: FoundStudy, found: tuple[FoundStudy, ...]) -> None:
        priors = earlier_studies(study, found)
        for prior in priors[:MOST_PRIORS]:
            self._fetch(archive, prior, is_prior=True)
        if len(priors) > MOST_PRIORS:
            self.priors_left.emit(len(priors) - MOST_PRIORS)

    def _submit(self, job: Job, study: FoundStudy) -> None:
        self._jobs.append(job)
        job.finished.connect(lambda _: self._end(job))
        job.failed.connect(lambda error: self._fail(job, study, error))
        job.cancelled.connect(lambda: self._end(job))
        self._worker.submit(job)

    def _fail(self, job: Job, study: FoundStudy, error: Exception) -> None:
        self._end(job, (study, error))

    def _end(self, job: Job, failure: tuple[FoundStudy, Exception] | None = None) -> None:
        self._jobs.remove(job)
        if failure is not None and isinstance(failure[1], VcfError):
            self.failed.emit(*failure)
        if not self._jobs:
            self.ended.emit()
        if failure is not None:
            expected(failure[1])


def earlier_studies(study: FoundStudy, found: Iterable[FoundStudy]) -> list[FoundStudy]:
    """Studies of certainly the same patient, of an earlier day or the same one; the newest first.

    A patient's id may hold what an archive takes for a wild card, and another's be found by it.
    """
    return [
        each
        for each in found
        if each.study_uid != study.study_uid
        and each.patient_id == study.patient_id
        and same_patient(_patient(each), _patient(study))
        and study.study_date is not None
        and each.study_date is not None
        and each.study_date <= study.study_date
    ]


def _patient(study: FoundStudy) -> StudyInfo:
    return StudyInfo(
        patient_id=study.patient_id, patient_name=study.patient_name, birth_date=study.birth_date
    )
