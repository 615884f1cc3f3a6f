"""The outbox against Orthanc, peers that count what they get, killed processes, and a plain model."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from pydicom import Dataset
from pydicom.dataset import FileMetaDataset
from pydicom.uid import (
    UID,
    BasicTextSRStorage,
    DigitalXRayImageStorageForPresentation,
    ExplicitVRLittleEndian,
    generate_uid,
)
from pynetdicom import evt

from tests.archives import RunningArchive, free_port
from tests.io.test_pacs_faults import peer
from vcf_desktop.errors import OutputError, PacsError
from vcf_desktop.io import outbox as outbox_module
from vcf_desktop.io.outbox import Outbox, instance_of
from vcf_desktop.io.pacs import (
    Archive,
    Commitment,
    FoundStudy,
    Instance,
    Progress,
    StudyQuery,
    open_archive,
)
from vcf_desktop.io.parcels import FIRST_PAUSE, LONGEST_PAUSE, OutboxError, Parcel, State

FILM = DigitalXRayImageStorageForPresentation
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
CHILD_S = 60.0


def dicom_file(kind: UID = FILM, **elements: Any) -> bytes:
    """A small object with UIDs of its own, unless ``elements`` say else."""
    ds = Dataset()
    ds.SOPClassUID = kind
    ds.PatientName, ds.PatientID, ds.Modality = "Doe^Jane", "17", "DX"
    for keyword in ("SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID"):
        setattr(ds, keyword, generate_uid())
    for keyword, value in elements.items():
        setattr(ds, keyword, value)
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds.file_meta.MediaStorageSOPClassUID = kind
    ds.file_meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID
    with BytesIO() as file:
        ds.save_as(file, enforce_file_format=True)
        return file.getvalue()


def all_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


class FakeClient:
    """An archive in memory, with what goes wrong at its next stores and otherwise; it counts what it gets."""

    def __init__(self) -> None:
        self.got: Counter[str] = Counter()
        self.asked: Counter[str] = Counter()
        self.trouble: Exception | None = None
        self.troubles_of_store: list[str] = []
        self.commitment = Commitment.NOT_OFFERED
        self.has_search = True

    def _ask(self, what: str) -> None:
        self.asked[what] += 1
        if self.trouble is not None:
            raise self.trouble

    def echo(self) -> None:
        self._ask("echo")

    def find(self, query: StudyQuery) -> tuple[FoundStudy, ...]:
        raise NotImplementedError

    def retrieve(self, study: FoundStudy, into: Path, report: Progress) -> tuple[Path, ...]:
        raise NotImplementedError

    def store(self, file: Path) -> None:
        self._ask("store")
        trouble = self.troubles_of_store.pop(0) if self.troubles_of_store else ""
        if trouble == "refused":
            raise PacsError("Fake", "does not take this")
        if trouble == "dropped":
            raise PacsError("Fake", "dropped the line", passing=True)
        if trouble == "killed":
            raise KeyboardInterrupt
        self.got[instance_of(file.read_bytes()).sop_uid] += 1
        if trouble == "dropped late":
            raise PacsError("Fake", "dropped the line", passing=True)
        if trouble == "killed late":
            raise KeyboardInterrupt

    def holds(self, instance: Instance) -> bool:
        self._ask("holds")
        if not self.has_search:
            raise PacsError("Fake", "does not offer this service to us")
        return instance.sop_uid in self.got

    def commit(self, instances: Iterable[Instance]) -> Commitment:
        self._ask("commit")
        return self.commitment


AWAY = PacsError("Fake", "nobody listens", passing=True)
WRONG_PASSWORD = PacsError("Fake", "does not accept our password")


@pytest.fixture
def box(tmp_path: Path) -> Outbox:
    return Outbox(tmp_path / "user" / "outbox")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "user" / "outbox"


# Putting in


def test_that_a_parcel_waits_with_its_files_and_no_patient_in_its_list(box: Outbox, folder: Path) -> None:
    contents = [dicom_file(), dicom_file(BasicTextSRStorage)]
    parcel = box.put("Röntgen", contents, NOON, label="a" * 64)
    assert [file.read_bytes() for file in box.files(parcel)] == contents
    assert [each.instance for each in parcel.objects] == [instance_of(content) for content in contents]
    assert {each.state for each in parcel.objects} == {State.WAITING}
    assert (parcel.archive, parcel.label, parcel.created) == ("Röntgen", "a" * 64, NOON)
    assert Outbox(folder).parcels() == (parcel,) == box.due(NOON)
    assert box.damaged() == ()
    text = (folder / parcel.name / "parcel.json").read_text("ascii")
    assert "Doe" not in text
    assert parcel.name.startswith("20260304-120000-")


def test_that_an_outbox_that_nobody_used_is_empty(box: Outbox, folder: Path) -> None:
    assert box.parcels() == box.due(NOON) == box.sent() == box.damaged() == ()
    assert not folder.exists()


def twice() -> list[bytes]:
    return [dicom_file()] * 2


@pytest.mark.parametrize(
    ("contents", "message"),
    [
        (lambda: [dicom_file(), b"no DICOM"], "no DICOM file"),
        (lambda: [dicom_file(), dicom_file(StudyInstanceUID="")], "a DICOM object without UIDs"),
        (twice, "it comes twice"),
        (list, "nothing to send"),
    ],
)
def test_that_a_parcel_that_cannot_be_made_leaves_nothing(
    box: Outbox, folder: Path, contents: Callable[[], list[bytes]], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        box.put("Peer", contents(), NOON)
    assert list(folder.iterdir()) == []


def test_that_a_full_disk_leaves_no_parcel(
    box: Outbox, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, fsync = box.put("Peer", [dicom_file()], NOON), os.fsync
    room = [2]

    def fail_with_full_disk(file: int) -> None:
        room[0] -= 1
        if room[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fsync(file)

    monkeypatch.setattr(os, "fsync", fail_with_full_disk)
    with pytest.raises(OutputError, match="cannot be written: No space left"):
        box.put("Peer", (dicom_file() for _ in range(5)), NOON)
    assert box.parcels() == (kept,)
    assert sorted(path.name for path in all_files(folder)) == [
        f".{kept.name}.lock",
        *("1.dcm", "parcel.json"),
    ]


def test_that_an_outbox_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "user").write_bytes(b"a file")
    with pytest.raises(OutputError, match="outbox: cannot be written"):
        Outbox(tmp_path / "user" / "outbox").put("Peer", [dicom_file()], NOON)


# Sending


def test_that_a_sent_parcel_leaves_and_is_remembered(box: Outbox, folder: Path) -> None:
    client, progress = FakeClient(), list[tuple[int, int]]()
    client.commitment = Commitment.COMMITTED
    parcel = box.put("Fake", [dicom_file() for _ in range(3)], NOON)
    later = NOON + timedelta(minutes=1)
    done = box.send(parcel.name, client, later, lambda *done_of: progress.append(done_of))
    assert progress == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert (done.finished, done.commitment, done.sent_count) == (later, Commitment.COMMITTED, 3)
    assert client.got == Counter(each.instance.sop_uid for each in parcel.objects)
    assert client.asked == {"store": 3, "commit": 1}
    assert box.parcels() == ()
    assert box.sent() == (done,)
    assert all_files(folder) == [folder / "sent" / f"{parcel.name}.json"]
    for act in (partial(box.send, client=client, now=NOON), partial(box.retry, now=NOON), box.discard):
        with pytest.raises(OutboxError, match="is not in the outbox"):
            act(parcel.name)


def test_that_an_archive_that_is_away_is_tried_again_less_and_less_often(box: Outbox) -> None:
    client, now, pauses = FakeClient(), NOON, []
    parcel = box.put("Fake", [dicom_file()], NOON)
    client.trouble = AWAY
    for _ in range(10):
        parcel = box.send(parcel.name, client, now)
        assert parcel.next_try is not None
        assert parcel.reason == "nobody listens"
        assert box.due(parcel.next_try - timedelta(seconds=1)) == ()
        assert box.due(parcel.next_try) == (parcel,)
        pauses.append(parcel.next_try - now)
        now = parcel.next_try
    assert pauses[:8] == [FIRST_PAUSE * 2**n for n in range(7)] + [LONGEST_PAUSE]
    assert set(pauses[8:]) == {LONGEST_PAUSE}
    client.trouble = None
    assert box.send(parcel.name, client, now).finished == now


def test_that_what_failed_least_is_due_first(box: Outbox) -> None:
    client = FakeClient()
    first, second = (box.put("Fake", [dicom_file()], NOON + timedelta(seconds=n)) for n in range(2))
    client.trouble = AWAY
    failed = box.send(first.name, client, NOON)
    assert box.due(NOON + LONGEST_PAUSE) == (second, failed)


def test_that_a_clock_that_was_wrong_holds_up_nothing(box: Outbox) -> None:
    parcel = box.put("Fake", [dicom_file()], NOON + timedelta(days=3650))
    assert box.due(NOON) == (parcel,)


def test_that_a_refused_object_waits_for_the_user_and_the_others_go(box: Outbox) -> None:
    client = FakeClient()
    client.troubles_of_store = ["", "refused", ""]
    parcel = box.put("Fake", [dicom_file() for _ in range(3)], NOON)
    parcel = box.send(parcel.name, client, NOON)
    assert [each.state for each in parcel.objects] == [State.SENT, State.HELD, State.SENT]
    assert parcel.held
    assert parcel.reason == "does not take this"
    assert client.asked == {"store": 3, "echo": 1}
    assert box.due(NOON + timedelta(days=365)) == ()
    parcel = box.retry(parcel.name, NOON)
    assert box.due(NOON) == (parcel,)
    assert box.send(parcel.name, client, NOON).finished == NOON
    assert set(client.got.values()) == {1}


def test_that_a_wrong_password_is_not_tried_with_every_object(box: Outbox) -> None:
    client = FakeClient()
    client.trouble = WRONG_PASSWORD
    parcel = box.put("Fake", [dicom_file() for _ in range(5)], NOON)
    parcel = box.send(parcel.name, client, NOON)
    assert parcel.held
    assert parcel.reason == "does not accept our password"
    assert client.asked == {"store": 1, "echo": 1}
    client.trouble = None
    box.retry(parcel.name, NOON)
    assert box.send(parcel.name, client, NOON).finished == NOON
    assert len(client.got) == 5


def test_that_an_archive_that_cannot_be_asked_is_sent_an_unsure_object_again(box: Outbox) -> None:
    client = FakeClient()
    client.has_search = False
    client.troubles_of_store = ["dropped"]
    parcel = box.put("Fake", [dicom_file()], NOON)
    assert box.send(parcel.name, client, NOON).objects[0].state is State.UNSURE
    assert box.send(parcel.name, client, NOON).finished == NOON


def test_that_what_the_archive_does_not_answer_for_is_kept_and_sent_again_where_it_lacks(
    box: Outbox,
) -> None:
    client = FakeClient()
    client.commitment = Commitment.FAILED
    parcel = box.put("Fake", [dicom_file() for _ in range(2)], NOON)
    parcel = box.send(parcel.name, client, NOON)
    assert parcel.held
    assert parcel.commitment is Commitment.FAILED
    assert "does not answer for what it was sent" in parcel.reason
    assert all(file.exists() for file in box.files(parcel))
    lost = parcel.objects[0].instance.sop_uid
    del client.got[lost]
    client.commitment = Commitment.COMMITTED
    box.retry(parcel.name, NOON)
    assert box.send(parcel.name, client, NOON).commitment is Commitment.COMMITTED
    assert client.asked["store"] == 3
    assert set(client.got.values()) == {1}


@pytest.mark.parametrize("passing", [True, False])
def test_that_an_archive_that_does_not_answer_yet_is_asked_again_and_sent_nothing(
    box: Outbox, passing: bool
) -> None:
    class SilentClient(FakeClient):
        def commit(self, instances: Iterable[Instance]) -> Commitment:
            if not self.asked["commit"]:
                self._ask("commit")
                raise PacsError("Fake", "did not answer for the objects", passing=passing)
            return Commitment.COMMITTED

    client = SilentClient()
    parcel = box.put("Fake", [dicom_file()], NOON)
    parcel = box.send(parcel.name, client, NOON)
    assert (parcel.sent_count, parcel.tries, parcel.reason) == (1, 1, "did not answer for the objects")
    assert box.due(NOON + FIRST_PAUSE) == (parcel,)
    assert box.send(parcel.name, client, NOON).commitment is Commitment.COMMITTED
    assert client.asked["store"] == 1


def test_that_a_parcel_whose_program_ended_before_it_was_put_away_is_put_away(
    box: Outbox, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = FakeClient()
    parcel = box.put("Fake", [dicom_file()], NOON)
    with monkeypatch.context() as patch:
        patch.setattr(Outbox, "_file_away", lambda *_: None)
        done = box.send(parcel.name, client, NOON)
    assert box.due(NOON) == (done,)
    client.trouble = AWAY
    assert box.send(parcel.name, client, NOON) == done
    assert box.parcels() == ()
    assert box.sent() == (done,)


def test_that_only_the_last_parcels_are_remembered(box: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox_module, "MAX_SENT", 2)
    for second in range(4):
        now = NOON + timedelta(seconds=second)
        box.send(box.put("Fake", [dicom_file()], now).name, FakeClient(), now)
    assert [each.created.second for each in box.sent()] == [2, 3]


def test_that_a_full_disk_in_mid_send_is_told_and_nothing_is_sent_twice(
    box: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, parcel = FakeClient(), box.put("Fake", [dicom_file() for _ in range(3)], NOON)

    def fail_with_full_disk(_: int) -> None:
        if client.got:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail_with_full_disk)
        with pytest.raises(OutputError, match=r"parcel\.json: cannot be written: No space left"):
            box.send(parcel.name, client, NOON)
    assert len(client.got) == 1
    assert box.send(parcel.name, client, NOON).finished == NOON
    assert sorted(client.got.values()) == [1, 1, 1]


# Parcels that are damaged, or none


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda text: text[:-20],
        lambda _: b"[" * 100_000,
        lambda _: b"[]",
        lambda _: b"\xff",
        lambda text: text.replace(b'"waiting"', b'"lost"'),
        lambda text: text.replace(b'"archive"', b'"archives"'),
        lambda text: text.replace(b'"tries": 0', b'"tries": true'),
        lambda text: text.replace(b"+00:00", b""),
        lambda text: text.replace(b'"label": ""', b'"label": null'),
    ],
)
def test_that_a_damaged_parcel_is_named_and_stops_no_other(
    box: Outbox, folder: Path, damage: Callable[[bytes], bytes]
) -> None:
    bad, good = box.put("Fake", [dicom_file()], NOON), box.put("Fake", [dicom_file()], NOON)
    path = folder / bad.name / "parcel.json"
    path.write_bytes(damage(path.read_bytes()))
    sentence = f"parcel {bad.name}: its list is damaged; send its files by hand, then discard it"
    assert [str(error) for error in box.damaged()] == [sentence]
    assert box.parcels() == box.due(NOON) == (good,)
    with pytest.raises(OutboxError, match="its list is damaged"):
        box.send(bad.name, FakeClient(), NOON)
    assert box.files(bad)[0].exists()
    box.discard(bad.name)
    assert box.damaged() == ()
    assert box.parcels() == (good,)


def test_that_a_parcel_of_another_version_is_left_to_it(box: Outbox, folder: Path) -> None:
    parcel = box.put("Fake", [dicom_file()], NOON)
    path = folder / parcel.name / "parcel.json"
    path.write_text(json.dumps({"schema": "vcf-desktop/parcel/2"}))
    assert "was made by another version of VCF Desktop" in str(box.damaged()[0])


def test_that_a_parcel_without_a_list_is_named(box: Outbox, folder: Path) -> None:
    parcel = box.put("Fake", [dicom_file()], NOON)
    (folder / parcel.name / "parcel.json").unlink()
    assert [str(error) for error in box.damaged()] == [
        f"parcel {parcel.name}: has no list; send its files by hand, then discard it"
    ]


@pytest.mark.parametrize("name", ["", ".", "..", "sent", "../photos", "20260304-120000-0123456789"])
def test_that_nothing_but_parcels_can_be_discarded(
    box: Outbox, folder: Path, tmp_path: Path, name: str
) -> None:
    photos = tmp_path / "user" / "photos"
    photos.mkdir(parents=True)
    parcel = box.put("Fake", [dicom_file()], NOON)
    with pytest.raises(OutboxError, match="is not in the outbox"):
        box.discard(name)
    assert photos.is_dir()
    assert box.parcels() == (parcel,)


# Several programs, and programs that are killed

SENDING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from vcf_desktop.io.outbox import Outbox
from vcf_desktop.io.pacs import Archive, open_archive
folder, name, port = sys.argv[1:]
archive = Archive("Peer", host="127.0.0.1", port=int(port), called_ae="PEER")
Outbox(Path(folder)).send(name, open_archive(archive, None), datetime.now(UTC))
"""

PUTTING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from vcf_desktop.io.outbox import Outbox
def contents():
    yield Path(sys.argv[2]).read_bytes()
    print("written", flush=True)
    sys.stdin.read()
Outbox(Path(sys.argv[1])).put("Peer", contents(), datetime.now(UTC))
"""


@contextlib.contextmanager
def child(script: str, *arguments: object) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


class CountingArchive:
    """Handlers of a peer that counts what it keeps, answers what it has, and dawdles over one object.

    Args:
        dawdles_over: number of the object, from 1; 0 for none.
        keeps_it: whether it has that object already while it dawdles, or will never have it.
    """

    def __init__(self, dawdles_over: int = 0, keeps_it: bool = True) -> None:
        self.kept: Counter[str] = Counter()
        self.dawdling, self.go_on = threading.Event(), threading.Event()
        self._number, self._dawdles_over, self._keeps_it = 0, dawdles_over, keeps_it

    def store(self, event: evt.Event) -> int:
        self._number += 1
        dawdles = self._number == self._dawdles_over
        if not dawdles or self._keeps_it:
            self.kept[event.request.AffectedSOPInstanceUID] += 1
        if dawdles:
            self.dawdling.set()
            self.go_on.wait(CHILD_S)
        return 0

    def find(self, event: evt.Event) -> Iterator[tuple[int, Dataset | None]]:
        if event.identifier.SOPInstanceUID in self.kept:
            yield 0xFF00, event.identifier

    @contextlib.contextmanager
    def running(self) -> Iterator[Archive]:
        """The peer, which does not offer storage commitment to those it cannot call back."""
        with peer((evt.EVT_C_STORE, self.store), (evt.EVT_C_FIND, self.find)) as archive:
            try:
                yield archive
            finally:
                self.go_on.set()


class WithoutCommitment:
    """A client that does not ask for storage commitment, of which peers of the tests know nothing."""

    def __init__(self, archive: Archive) -> None:
        self._client = open_archive(archive, None)
        self.echo, self.find, self.retrieve = self._client.echo, self._client.find, self._client.retrieve
        self.store, self.holds = self._client.store, self._client.holds

    def commit(self, instances: Iterable[Instance]) -> Commitment:
        return Commitment.NOT_OFFERED


@pytest.mark.parametrize("number", [1, 3, 5])
@pytest.mark.parametrize("keeps_it", [True, False])
def test_that_a_program_killed_in_mid_send_sends_each_object_exactly_once(
    box: Outbox, folder: Path, number: int, keeps_it: bool
) -> None:
    parcel = box.put("Peer", [dicom_file() for _ in range(5)], NOON)
    archive = CountingArchive(number, keeps_it)
    with archive.running() as address:
        with child(SENDING, folder, parcel.name, address.port) as process:
            assert archive.dawdling.wait(CHILD_S)
            process.kill()
            process.wait()
        archive.go_on.set()
        (left,) = box.parcels()
        expected = [State.SENT] * (number - 1) + [State.UNSURE] + [State.WAITING] * (5 - number)
        assert [each.state for each in left.objects] == expected
        done = box.send(parcel.name, WithoutCommitment(address), NOON)
    assert done.finished == NOON
    assert archive.kept == {each.instance.sop_uid: 1 for each in parcel.objects}


def test_that_two_programs_never_have_the_same_parcel(box: Outbox, folder: Path) -> None:
    parcel, other = (box.put("Peer", [dicom_file() for _ in range(2)], NOON) for _ in range(2))
    archive = CountingArchive(1)
    with archive.running() as address:
        with child(SENDING, folder, parcel.name, address.port) as process:
            assert archive.dawdling.wait(CHILD_S)
            client = WithoutCommitment(address)
            for act in (
                partial(box.send, client=client, now=NOON),
                partial(box.retry, now=NOON),
                box.discard,
            ):
                with pytest.raises(OutboxError, match="another program is sending it; wait until it is done"):
                    act(parcel.name)
            assert box.send(other.name, client, NOON).finished == NOON
            archive.go_on.set()
            process.communicate(timeout=CHILD_S)
        (left,) = box.parcels() or (box.sent()[0],)
    assert left.name == parcel.name
    assert left.sent_count == 2
    assert archive.kept == {each.instance.sop_uid: 1 for p in (parcel, other) for each in p.objects}


def test_that_a_parcel_in_the_making_is_left_alone_and_a_broken_off_one_is_swept_up(
    box: Outbox, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "film.dcm").write_bytes(dicom_file())
    with child(PUTTING, folder, tmp_path / "film.dcm") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"written\n"
        assert box.due(NOON) == ()
        assert [path.name for path in all_files(folder) if path.suffix == ".dcm"] == ["1.dcm"]
        process.kill()
        process.wait()
    assert box.due(NOON) == ()
    assert list(folder.iterdir()) == []


# Real archives


def test_that_results_reach_orthanc_which_answers_for_them(
    archive: RunningArchive, box: Outbox, folder: Path
) -> None:
    client = open_archive(archive.dimse, None)
    parcel = box.put("Orthanc", [dicom_file(BasicTextSRStorage) for _ in range(5)], NOON)
    done = box.send(parcel.name, client, NOON)
    assert (done.sent_count, done.commitment) == (5, Commitment.COMMITTED)
    assert all(client.holds(each.instance) for each in parcel.objects)
    assert [path.name for path in all_files(folder)] == [f"{parcel.name}.json"]


def test_that_dicomweb_takes_results_and_answers_for_nothing(archive: RunningArchive, box: Outbox) -> None:
    client = open_archive(archive.web, "open sesame")
    parcel = box.put("Orthanc web", [dicom_file() for _ in range(2)], NOON)
    assert box.send(parcel.name, client, NOON).commitment is Commitment.NOT_OFFERED
    assert all(client.holds(each.instance) for each in parcel.objects)


def test_that_an_archive_that_comes_back_gets_its_parcel(archive: RunningArchive, box: Outbox) -> None:
    parcel = box.put("Orthanc", [dicom_file()], NOON)
    away = open_archive(replace(archive.dimse, port=free_port()), None)
    parcel = box.send(parcel.name, away, NOON)
    assert "answers that nobody listens" in parcel.reason
    assert parcel.next_try == NOON + FIRST_PAUSE
    assert box.send(parcel.name, open_archive(archive.dimse, None), parcel.next_try).sent_count == 1


def test_that_an_archive_that_does_not_know_us_holds_the_parcel(archive: RunningArchive, box: Outbox) -> None:
    parcel = box.put("Orthanc", [dicom_file() for _ in range(3)], NOON)
    parcel = box.send(parcel.name, open_archive(replace(archive.dimse, called_ae="OTHER"), None), NOON)
    assert parcel.held
    assert "is not called OTHER; correct its AE title" in parcel.reason
    box.retry(parcel.name, NOON)
    assert box.send(parcel.name, open_archive(archive.dimse, None), NOON).finished == NOON


def test_that_a_peer_that_takes_films_only_gets_them_and_the_report_is_held(box: Outbox) -> None:
    counting = CountingArchive()
    parcel = box.put("Peer", [dicom_file(BasicTextSRStorage), dicom_file()], NOON)
    with counting.running() as address:
        parcel = box.send(parcel.name, WithoutCommitment(address), NOON)
    assert [each.state for each in parcel.objects] == [State.HELD, State.SENT]
    assert "does not take objects of the kind Basic Text SR Storage" in parcel.reason
    assert counting.kept == {parcel.objects[1].instance.sop_uid: 1}


# A model

TROUBLES = ("", "refused", "dropped", "dropped late", "killed", "killed late")


class OutboxMachine(RuleBasedStateMachine):
    """An outbox against a dictionary: parcel -> its objects, and whether it waits for the user."""

    @initialize()
    def begin(self) -> None:
        self.at_end = contextlib.ExitStack()
        self.folder = Path(self.at_end.enter_context(tempfile.TemporaryDirectory())) / "outbox"
        self.client: FakeClient = FakeClient()
        self.waiting: dict[str, set[str]] = {}
        self.held: set[str] = set()
        self.finished: dict[str, set[str]] = {}
        self.now = NOON

    def teardown(self) -> None:
        self.at_end.close()

    @property
    def box(self) -> Outbox:
        """Always that of a program that has just started."""
        return Outbox(self.folder)

    @rule(count=st.integers(1, 3))
    def put(self, count: int) -> None:
        self.now += timedelta(seconds=1)
        parcel = self.box.put("Fake", [dicom_file() for _ in range(count)], self.now)
        self.waiting[parcel.name] = {each.instance.sop_uid for each in parcel.objects}

    @rule(troubles=st.lists(st.sampled_from(TROUBLES), max_size=3), away=st.sampled_from([None, None, AWAY]))
    def send_what_is_due(self, troubles: list[str], away: PacsError | None) -> None:
        self.client.trouble, self.client.troubles_of_store = away, list(troubles)
        self.now += LONGEST_PAUSE
        due = {parcel.name for parcel in self.box.due(self.now)}
        assert due == self.waiting.keys() - self.held
        for name in sorted(due):
            try:
                parcel = self.box.send(name, self.client, self.now)
            except KeyboardInterrupt:
                return
            if parcel.finished:
                self.finished[name] = self.waiting.pop(name)
            elif parcel.held:
                self.held.add(name)
            else:
                assert away or {"dropped", "dropped late"}.intersection(troubles)

    @rule()
    def retry_all(self) -> None:
        for name in self.held:
            self.box.retry(name, self.now)
        self.held.clear()

    @rule()
    def discard_the_oldest(self) -> None:
        for name in sorted(self.waiting)[:1]:
            self.box.discard(name)
            del self.waiting[name]
            self.held.discard(name)

    @invariant()
    def nothing_is_lost_and_nothing_is_sent_twice(self) -> None:
        assert {parcel.name: self._uids(parcel) for parcel in self.box.parcels()} == self.waiting
        assert {parcel.name: self._uids(parcel) for parcel in self.box.sent()} == self.finished
        assert {parcel.name for parcel in self.box.parcels() if parcel.held} == self.held
        assert self.box.damaged() == ()
        assert set(self.client.got.values()) <= {1}
        assert self.client.got.keys() >= {uid for uids in self.finished.values() for uid in uids}
        for parcel in self.box.parcels():
            got = {uid for uid in self._uids(parcel) if self.client.got[uid]}
            said = {each.instance.sop_uid for each in parcel.objects if each.state is State.SENT}
            unsure = {each.instance.sop_uid for each in parcel.objects if each.state is State.UNSURE}
            assert said <= got <= said | unsure
            assert all(file.exists() for file in self.box.files(parcel))

    @staticmethod
    def _uids(parcel: Parcel) -> set[str]:
        return {each.instance.sop_uid for each in parcel.objects}


TestOutboxMachine = OutboxMachine.TestCase
TestOutboxMachine.settings = settings(max_examples=25, stateful_step_count=20)
