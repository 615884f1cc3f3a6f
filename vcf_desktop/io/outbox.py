"""The outbox: results on their way to archives, which neither a crash nor an archive that is away loses.

A folder in the user's own; each parcel is a folder in it, made whole or not at all: the DICOM files ``1.dcm``
and so on, and ``parcel.json``, which is written before and after each object is sent. Where the program ends
in between, the archive is asked whether it has the object. One that cannot be asked is sent it again, and
knows it by its UID.
"""

from __future__ import annotations

import contextlib
import re
import secrets
import shutil
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Final

from pydicom import dcmread

from vcf_desktop.errors import OutputError, PacsError
from vcf_desktop.io.atomic import make_folder, naming, patiently, replace_files
from vcf_desktop.io.dicom_header import DICOM_DAMAGE, text
from vcf_desktop.io.locks import locked
from vcf_desktop.io.pacs import ArchiveClient, Commitment, Instance, Progress
from vcf_desktop.io.pacs_answers import is_uid
from vcf_desktop.io.parcels import OutboxError, Parcel, ParcelObject, State, parcel_bytes, parcel_from

MAX_SENT: Final = 1000
"""Parcels of which it is remembered that they were sent: some months of a reader's work."""

_LIST, _SENT = "parcel.json", "sent"
_NAME = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9a-f]{8}")


def instance_of(content: bytes) -> Instance:
    """The DICOM object in these bytes of a file.

    Raises:
        ValueError: there is none, or it lacks UIDs.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of values that bend a rule
        try:
            ds = dcmread(BytesIO(content), stop_before_pixels=True)
            kind, uid = text(ds, "SOPClassUID"), text(ds, "SOPInstanceUID")
            study, series = text(ds, "StudyInstanceUID"), text(ds, "SeriesInstanceUID")
        except DICOM_DAMAGE as e:
            raise ValueError("no DICOM file") from e
    if not all(map(is_uid, (kind, uid, study, series))):
        raise ValueError("a DICOM object without UIDs")
    return Instance(kind, uid, study, series)


class Outbox:
    """The outbox in a folder, which need not exist yet.

    Several programs may use it at the same time; a parcel is in the hands of one of them at most.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, archive: str, contents: Iterable[bytes], now: datetime, label: str = "") -> Parcel:
        """A new parcel for the archive of this name, due at once.

        Args:
            contents: DICOM files, in the order in which they are to be sent.
            now: with time zone.
            label: see :class:`Parcel`.

        Raises:
            OutputError: it cannot be written; then there is no parcel.
            ValueError: there is no content, or one is no DICOM file with UIDs, or comes twice.
        """
        make_folder(self._folder)
        with contextlib.suppress(OSError):  # patients' results; some file systems know no such mode
            self._folder.chmod(0o700)
        self._sweep()
        name = f"{now.astimezone(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"
        with self._alone(name) as folder:
            part = self._part(name)
            try:
                instances = _write_objects(part, contents)
                objects = tuple(map(ParcelObject, instances))
                parcel = Parcel(name, archive, label, now, objects, next_try=now)
                replace_files({part / _LIST: parcel_bytes(parcel)})
                with naming(folder):
                    patiently(partial(part.rename, folder))
            finally:
                shutil.rmtree(part, ignore_errors=True)
        return parcel

    def parcels(self) -> tuple[Parcel, ...]:
        """All that wait here, the oldest first; without damaged ones."""
        return _by_age(each for each in self._all() if isinstance(each, Parcel))

    def parcel(self, name: str) -> Parcel:
        """The parcel of this name; OutboxError where it is gone or damaged."""
        return self._load(self._folder_of(name))

    def damaged(self) -> tuple[OutboxError, ...]:
        """What is wrong with each parcel that cannot be used."""
        return tuple(each for each in self._all() if isinstance(each, OutboxError))

    def due(self, now: datetime) -> tuple[Parcel, ...]:
        """Those to be sent now, the one that failed least first."""
        self._sweep()
        return tuple(sorted((p for p in self.parcels() if p.is_due(now)), key=lambda p: p.tries))

    def sent(self) -> tuple[Parcel, ...]:
        """The last :data:`MAX_SENT` that were sent, the oldest first; their files are gone."""
        records = []
        for path in self._records():
            with contextlib.suppress(OSError, OutboxError):  # nothing hangs on an old record
                records.append(parcel_from(path.stem, path.read_bytes()))
        return _by_age(records)

    def files(self, parcel: Parcel) -> tuple[Path, ...]:
        """The files of the objects of a parcel that waits."""
        return tuple(self._folder / parcel.name / _file_name(n) for n in range(len(parcel.objects)))

    def send(
        self, name: str, client: ArchiveClient, now: datetime, report: Progress = lambda *_: None
    ) -> Parcel:
        """Send what of a parcel was not sent yet, and ask the archive to answer for all of it.

        A failure of the archive is part of the parcel: it is tried again later, or held. A finished parcel
        leaves the outbox.

        Args:
            report: told how many objects are done; may raise, which ends the work after the present object.

        Returns:
            How the parcel stands now.

        Raises:
            OutboxError: another program sends it, or it is gone or damaged.
            OutputError: how far it is cannot be written; what was sent then is found out at the next try.
        """
        with self._alone(name) as folder:
            try:
                parcel = self._deliver(self._load(folder), client, now, report)
            except PacsError as e:
                reached = self._load(folder)
                later = reached.postponed(e.reason, now) if e.passing else reached.stopped(e.reason)
                return self._save(later)
            if parcel.finished is not None:
                self._file_away(parcel)
        return parcel

    def retry(self, name: str, now: datetime) -> Parcel:
        """Make a parcel due now, with what was refused; OutboxError and OutputError as by :meth:`send`."""
        with self._alone(name) as folder:
            return self._save(self._load(folder).released(now))

    def discard(self, name: str) -> None:
        """Remove a parcel, a damaged one too; OutboxError and OutputError as by :meth:`send`."""
        with self._alone(name) as folder:
            if not folder.is_dir():
                raise _gone(name)
            self._remove(name)

    def _deliver(self, parcel: Parcel, client: ArchiveClient, now: datetime, report: Progress) -> Parcel:
        if parcel.finished is not None:  # the program ended before it was put away
            return parcel
        total = len(parcel.objects)
        for place in range(total):
            report(place, total)
            if parcel.objects[place].state in {State.WAITING, State.UNSURE}:
                parcel = self._send_object(parcel, place, client)
        report(total, total)
        if parcel.sent_count < total:
            return self._save(parcel.stopped())
        try:
            commitment = client.commit(each.instance for each in parcel.objects)
        except PacsError as e:  # all is sent; that another program listens at our port passes as well
            return self._save(parcel.postponed(e.reason, now))
        if commitment is Commitment.FAILED:
            return self._save(parcel.disowned())
        return self._save(replace(parcel, commitment=commitment, finished=now, next_try=now, error=""))

    def _send_object(self, parcel: Parcel, place: int, client: ArchiveClient) -> Parcel:
        sent = parcel.objects[place]
        if sent.state is State.UNSURE and _holds(client, sent.instance):
            return self._save(parcel.with_state(place, State.SENT))
        parcel = self._save(parcel.with_state(place, State.UNSURE))
        try:
            client.store(self._folder / parcel.name / _file_name(place))
        except PacsError as e:
            if e.passing:
                raise
            parcel = self._save(parcel.with_state(place, State.HELD, e.reason))
            client.echo()  # where it refuses us altogether, a wrong password is not tried with every object
            return parcel
        return self._save(parcel.with_state(place, State.SENT))

    def _file_away(self, parcel: Parcel) -> None:
        make_folder(self._folder / _SENT)
        replace_files({self._folder / _SENT / f"{parcel.name}.json": parcel_bytes(parcel)})
        for old in self._records()[:-MAX_SENT]:
            with contextlib.suppress(OSError):
                old.unlink()
        self._remove(parcel.name)

    def _records(self) -> list[Path]:
        return sorted(p for p in (self._folder / _SENT).glob("*.json") if _NAME.fullmatch(p.stem))

    def _all(self) -> Iterator[Parcel | OutboxError]:
        try:
            names = [each.name for each in self._folder.iterdir()]
        except FileNotFoundError:
            return
        except OSError as e:
            raise OutputError(self._folder, f"cannot be read: {e.strerror or e}") from e
        for name in sorted(filter(_NAME.fullmatch, names)):
            folder = self._folder / name
            try:
                yield self._load(folder)
            except OutboxError as e:
                if folder.is_dir():  # else it was sent or discarded meanwhile
                    yield e

    def _load(self, folder: Path) -> Parcel:
        try:
            content = patiently((folder / _LIST).read_bytes)
        except (FileNotFoundError, NotADirectoryError) as e:
            if folder.is_dir():
                raise OutboxError(folder.name, "has no list; send its files by hand, then discard it") from e
            raise _gone(folder.name) from e
        except OSError as e:
            raise OutboxError(folder.name, f"cannot be read now: {e.strerror or e}; try again") from e
        return parcel_from(folder.name, content)

    def _save(self, parcel: Parcel) -> Parcel:
        replace_files({self._folder / parcel.name / _LIST: parcel_bytes(parcel)})
        return parcel

    def _folder_of(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise _gone(name)
        return self._folder / name

    def _part(self, name: str) -> Path:
        """Where a parcel lies while it is made or removed."""
        return self._folder / f".{name}.part"

    def _remove(self, name: str) -> None:
        part, folder = self._part(name), self._folder / name
        with naming(folder):
            patiently(partial(folder.rename, part))
        shutil.rmtree(part, ignore_errors=True)  # what is left now is swept up later

    def _sweep(self) -> None:
        """Remove what is left of parcels whose making or removal was broken off."""
        for part in self._folder.glob(".*.part"):
            with contextlib.suppress(OutboxError), self._alone(part.name[1 : -len(".part")]):
                shutil.rmtree(part, ignore_errors=True)

    @contextlib.contextmanager
    def _alone(self, name: str) -> Iterator[Path]:
        """The folder of a parcel, which nobody else has in his hands until the end of the block.

        Raises:
            OutboxError: somebody else has, or it is no parcel's name.
        """
        folder = self._folder_of(name)
        if not self._folder.is_dir():
            raise _gone(name)
        lock = self._folder / f".{name}.lock"
        mine = False
        try:
            with locked(lock) as mine:
                if not mine:
                    raise OutboxError(name, "another program is sending it; wait until it is done")
                yield folder
        finally:
            if mine and not folder.exists():
                with contextlib.suppress(OSError):
                    lock.unlink()


def _write_objects(folder: Path, contents: Iterable[bytes]) -> list[Instance]:
    """Write the files of a new parcel; which objects they are."""
    make_folder(folder)
    instances: list[Instance] = []
    for place, content in enumerate(contents):
        instance = instance_of(content)
        if any(instance.sop_uid == other.sop_uid for other in instances):
            raise ValueError("it comes twice")
        replace_files({folder / _file_name(place): content})
        instances.append(instance)
    if not instances:
        raise ValueError("nothing to send")
    return instances


def _by_age(parcels: Iterable[Parcel]) -> tuple[Parcel, ...]:
    return tuple(sorted(parcels, key=lambda parcel: parcel.created))


def _file_name(place: int) -> str:
    return f"{place + 1}.dcm"


def _holds(client: ArchiveClient, instance: Instance) -> bool:
    try:
        return client.holds(instance)
    except PacsError as e:
        if e.passing:
            raise
        return False  # it cannot be asked


def _gone(name: str) -> OutboxError:
    return OutboxError(name, "is not in the outbox")
