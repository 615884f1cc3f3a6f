"""Signed reports on their way to the hospital's archives, in the background."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from vcf_desktop.errors import PacsError, expected
from vcf_desktop.io.pacs import Instance
from vcf_desktop.io.parcels import OutboxError, Parcel
from vcf_desktop.ui.archive_access import Archives
from vcf_desktop.ui.edition import Edition
from vcf_desktop.ui.jobs import Job, Report, Worker
from vcf_desktop.ui.sentences import error_text, sentence

if TYPE_CHECKING:
    from vcf_desktop.io.outbox import Outbox

ROUND_MS: Final = 10_000
"""How often it is looked for parcels that are due; the outbox itself waits 30 s and more between tries."""
_GONE: Final = "is not set up any more; set it up under this name again, or give up what waits for it"
PATIENCE_S: Final = 3.0
"""How long a closing window waits for an archive that is silent."""


@dataclass(frozen=True)
class _Put:
    """To which archives a report is on its way, and what is to be known of its objects."""

    archives: tuple[str, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True)
class _Round:
    """What came of one look at the outbox: parcels that arrived, those that wait, and what was in the way."""

    arrived: tuple[Parcel, ...]
    waiting: tuple[Parcel, ...]
    problem: str


class OutboxSender(QObject):
    """Puts reports into the outbox and sends what is due, now and again, until it is closed.

    All of it runs in workers of its own, as an archive may stall; nothing is read from the disk before the
    first archive is set up.

    Signals:
        told(str, bool): a sentence for the user, and whether it is a warning.
        changed(object): the parcels that wait, as a tuple of :class:`Parcel`, the oldest first.
    """

    told = Signal(str, bool)
    changed = Signal(object)

    def __init__(self, folder: Path, archives: Archives, parent: QObject | None = None) -> None:
        """Make a sender; ``folder`` is that of the outbox."""
        super().__init__(parent)
        self._folder, self._archives = folder, archives
        # Two, so that a report is safe in the outbox, and all that waits is seen, while an archive stalls.
        self._putter, self._worker = Worker("putting", self), Worker("sending", self)
        self._round: Job | None = None
        self._problem = ""
        self._timer = QTimer(self, interval=ROUND_MS)
        self._timer.timeout.connect(self.send_due)
        archives.changed.connect(self.send_due)

    def start(self) -> None:
        """Send what an earlier run of the program left, and go on from time to time."""
        self._timer.start()
        self.send_due()

    def put(self, edition: Edition) -> None:
        """Put a signed report into the outbox for each archive that takes results, and send it.

        Raises:
            ValueError: nobody has signed it.
        """
        if edition.report.is_draft:
            raise ValueError("what nobody has verified is never sent")
        names = tuple(archive.name for archive in self._archives.takers)
        job = Job(lambda _report: self._put(edition, names))
        job.finished.connect(self._was_put)
        job.failed.connect(self._not_put)
        self._putter.submit(job)

    def send_due(self) -> None:
        """Send what is due now, unless that is under way."""
        if self._round is not None or not (self._archives.all or self._folder.exists()):
            return
        self._round = Job(self._send_due)
        self._round.finished.connect(self._sent)
        self._round.failed.connect(self._not_sent)
        self._round.cancelled.connect(self._forget_round)
        self._worker.submit(self._round)

    def tell_parcels(self) -> None:
        """Have ``changed`` emitted with what waits now."""
        job = Job(lambda _report: self._outbox().parcels())
        job.finished.connect(self.changed)
        job.failed.connect(self._tell)
        self._putter.submit(job)

    def retry(self, name: str) -> None:
        """Send a parcel again that was held or waits for its next try."""
        self._change(lambda outbox: outbox.retry(name, datetime.now(UTC)))

    def discard(self, name: str) -> None:
        """Give a parcel up: it is never sent."""
        self._change(lambda outbox: outbox.discard(name))

    def close(self) -> None:
        """Send no more: what was put is in the outbox, and waits there for the next start."""
        self._timer.stop()
        self._putter.drain()
        self._putter.close()
        if self._round is not None:
            self._round.cancel()
        self._worker.close(PATIENCE_S)

    # In the workers

    def _outbox(self) -> Outbox:
        from vcf_desktop.io.outbox import Outbox

        return Outbox(self._folder)

    def _put(self, edition: Edition, names: tuple[str, ...]) -> _Put:
        from vcf_desktop.io.report_export import FOR_THE_ARCHIVE, rendered

        outbox, label = self._outbox(), _label(edition)
        # Another rendering has other UIDs, so that the archive would not know the report for the same.
        parcels = (*outbox.parcels(), *outbox.sent())
        known = {each.archive for each in parcels if each.label == label}
        wanted = tuple(name for name in names if name not in known)
        if not wanted:
            return _Put((), ())
        made = rendered(
            edition.report,
            edition.film,
            edition.texts(),
            FOR_THE_ARCHIVE,
            edition.paper,
            _sr_before(edition, parcels),
        )
        for name in wanted:
            outbox.put(name, made.files.values(), datetime.now(UTC), label)
        return _Put(wanted, made.notices)

    def _send_due(self, report: Report) -> _Round:
        outbox, arrived, away = self._outbox(), [], dict[str, str]()
        for parcel in outbox.due(datetime.now(UTC)):
            archive = self._archives.named(parcel.archive)
            if parcel.archive in away:
                continue
            if archive is None:
                away[parcel.archive] = error_text(PacsError(parcel.archive, _GONE))
                continue
            try:
                client = self._archives.client(archive)
                left = outbox.send(
                    parcel.name, client, datetime.now(UTC), lambda done, count: report(done / count, "send")
                )
            except OutboxError:  # another program has it in hands
                continue
            except PacsError as e:  # its password is not known now
                away[archive.name] = error_text(e)
                continue
            if left.finished is not None:
                arrived.append(left)
            elif not left.held:
                away[archive.name] = ""
        return _Round(tuple(arrived), outbox.parcels(), next(filter(None, away.values()), ""))

    # In the window

    def _change(self, act: Callable[[Outbox], Any]) -> None:
        job = Job(lambda _report: act(self._outbox()))
        job.finished.connect(lambda _: self._go_on())
        job.failed.connect(self._tell)
        self._putter.submit(job)

    def _go_on(self) -> None:
        self.tell_parcels()
        self.send_due()

    def _was_put(self, put: _Put) -> None:
        told = [self.tr("The report is on its way to %1").replace("%1", ", ".join(put.archives))]
        if not put.archives:
            told = [self.tr("This version of the report was sent before, or waits to be sent.")]
        self.told.emit("\n".join([*told, *map(sentence, put.notices)]), False)
        self.send_due()

    def _not_put(self, error: Exception) -> None:
        text = self.tr("The report could not be put into the outbox: %1")
        self.told.emit(text.replace("%1", error_text(expected(error))), True)

    def _sent(self, ended: _Round) -> None:
        self._forget_round()
        if ended.arrived:
            names = ", ".join(dict.fromkeys(parcel.archive for parcel in ended.arrived))
            self.told.emit(self.tr("The report has arrived at %1").replace("%1", names), False)
        if ended.problem and ended.problem != self._problem:  # not again with every round
            self.told.emit(ended.problem, True)
        self._problem = ended.problem
        self.changed.emit(ended.waiting)

    def _not_sent(self, error: Exception) -> None:
        self._forget_round()
        self._tell(error)

    def _tell(self, error: Exception) -> None:
        self.told.emit(error_text(expected(error)), True)

    def _forget_round(self) -> None:
        self._round = None


def _label(edition: Edition, versions_back: int = 0) -> str:
    """What a version of a report is known by in the outbox."""
    signature, film = edition.report.signature, edition.report.film
    return f"{film.sha256}-{film.frame}.v{signature.version - versions_back if signature else 0}"


def _sr_before(edition: Edition, parcels: Iterable[Parcel]) -> Instance | None:
    """The SR of the version before, where it was sent or waits to be."""
    from pydicom.uid import EnhancedSRStorage

    label = _label(edition, 1)
    objects = (each.instance for parcel in parcels if parcel.label == label for each in parcel.objects)
    return next((each for each in objects if each.sop_class_uid == EnhancedSRStorage), None)
