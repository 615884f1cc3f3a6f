"""``vcf-desktop pacs`` as people call it, against Orthanc and a peer that dawdles."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from pydicom import Dataset, dcmread
from pydicom.uid import BasicTextSRStorage
from pynetdicom import evt

from tests.archives import PASSWORD, RunningArchive, free_port, write_film
from tests.io.test_outbox import CHILD_S, CountingArchive, dicom_file
from tests.io.test_pacs_faults import peer
from tests.io.test_pacs_settings import KeyStore
from vcf_desktop import __main__
from vcf_desktop.__main__ import main
from vcf_desktop.io.outbox import Outbox
from vcf_desktop.io.pacs import FILE_NAME, Archive, ArchiveKind
from vcf_desktop.io.pacs_settings import load_archives, save_archives
from vcf_desktop.io.parcels import FOLDER_NAME, State
from vcf_desktop.paths import USER_VARIABLE


@pytest.fixture(autouse=True)
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(USER_VARIABLE, str(tmp_path / "user"))
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    return tmp_path / "user"


@pytest.fixture(autouse=True)
def key_store() -> Iterator[KeyStore]:
    before, store = keyring.get_keyring(), KeyStore()
    keyring.set_keyring(store)
    yield store
    keyring.set_keyring(before)


@pytest.fixture
def orthanc(archive: RunningArchive, user: Path) -> RunningArchive:
    """Orthanc, set up for DICOM's own protocol."""
    save_archives(user / FILE_NAME, [archive.dimse])
    return archive


@pytest.fixture
def box(user: Path) -> Outbox:
    return Outbox(user / FOLDER_NAME)


def pacs(*words: object) -> int:
    return main(["pacs", *map(str, words)])


def pipe(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def in_orthanc(archive: RunningArchive, folder: Path, **elements: Any) -> Any:
    """A film that was just sent to it."""
    ds = write_film(folder / "film.dcm", **elements)
    assert pacs("send", "--archive", archive.dimse.name, folder / "film.dcm") == 0
    return ds


# Which archives there are


def test_that_archives_are_added_listed_and_removed(
    user: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert pacs("list") == 0
    assert pacs("add", "Röntgen", "--host", "10.0.0.5", "--port", 11112, "--called-ae", "PACS", "--tls") == 0
    web = ("--url", "https://pacs.example/web", "--user", "me", "--ca-file", "ca.pem", "--takes-results")
    assert pacs("add", "Web", *web) == 0
    expected = (
        Archive("Röntgen", host="10.0.0.5", port=11112, called_ae="PACS", tls=True),
        Archive(
            "Web",
            ArchiveKind.WEB,
            url="https://pacs.example/web",
            user="me",
            ca_file=str(tmp_path / "ca.pem"),
            takes_results=True,
        ),
    )
    assert load_archives(user / FILE_NAME) == expected
    assert pacs("list") == 0
    header, *lines = capsys.readouterr().out.splitlines()
    assert header.split() == ["name", "protocol", "where", "takes", "results"]
    assert [line.split() for line in lines] == [
        ["Röntgen", "dicom", "PACS@10.0.0.5:11112", "TLS"],
        ["Web", "dicomweb", "https://pacs.example/web", "yes"],
    ]
    assert pacs("list", "--json") == 0
    assert [Archive(**each) for each in json.loads(capsys.readouterr().out)] == list(expected)
    assert pacs("remove", "Röntgen") == 0
    assert load_archives(user / FILE_NAME) == expected[1:]


def test_that_an_archive_is_never_written_over(user: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pacs("add", "One", "--host", "10.0.0.5") == 0
    assert pacs("add", "One", "--host", "10.0.0.6") == 1
    assert "archive One: is set up already; remove it first" in capsys.readouterr().err
    assert [each.host for each in load_archives(user / FILE_NAME)] == ["10.0.0.5"]


@pytest.mark.parametrize(
    "words",
    [
        "",
        "add One",
        "add One --host a --url b",
        "add One --host a --port 0",
        "add One --host a --port 65536",
        "add One --host a --retrieval C-STEAL",
        "find --date 2026-02-30",
        "find --date yesterday..",
        "get --study 1.2",
        "send",
        "outbox",
        "outbox discard",
    ],
)
def test_that_wrong_usage_is_explained_and_does_nothing(
    user: Path, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        pacs(*words.split())
    assert caught.value.code == 2
    assert "usage: vcf-desktop pacs" in capsys.readouterr().err
    assert not user.exists()


def test_that_it_must_be_clear_which_archive_is_meant(user: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def refusal(*words: str) -> str:
        assert pacs(*words) == 1
        return capsys.readouterr().err

    assert refusal("echo") == (
        "vcf-desktop: no archive is set up; add one with: vcf-desktop pacs add NAME --host HOST\n"
    )
    save_archives(user / FILE_NAME, [Archive("One", host="a"), Archive("Two", host="b")])
    assert refusal("echo") == "vcf-desktop: say which archive with --archive; there are One, Two\n"
    assert (
        refusal("echo", "--archive", "Six") == "vcf-desktop: no archive is called Six; there are One, Two\n"
    )
    assert refusal("remove", "Six") == "vcf-desktop: no archive is called Six; there are One, Two\n"


# Passwords


def test_that_a_piped_password_goes_to_the_key_store_and_can_be_forgotten(
    user: Path, key_store: KeyStore, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pacs("add", "Web", "--url", "https://pacs.example", "--user", "me") == 0
    pipe(monkeypatch, "open sesame\r\nmore\n")
    assert pacs("password", "Web") == 0
    assert key_store.kept == {("VCF Desktop", "Web"): "open sesame"}
    assert "sesame" not in (user / FILE_NAME).read_text()
    pipe(monkeypatch, "\n")
    assert pacs("password", "Web") == 1
    assert "archive Web: no password or token was given" in capsys.readouterr().err
    assert pacs("password", "Web", "--forget") == 0
    assert key_store.kept == {}


def test_that_a_removed_archive_takes_its_password_with_it(
    key_store: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pacs("add", "Web", "--url", "https://pacs.example") == 0
    pipe(monkeypatch, "token\n")
    assert pacs("password", "Web") == 0
    assert pacs("remove", "Web") == 0
    assert key_store.kept == {}


def test_that_dicomweb_gets_the_password_from_the_key_store_or_from_the_user(
    archive: RunningArchive,
    user: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    save_archives(user / FILE_NAME, [archive.web])
    assert pacs("echo") == 1
    assert "does not accept our user and password or token; correct them" in capsys.readouterr().err
    pipe(monkeypatch, f"{PASSWORD}\n")
    assert pacs("echo", "--ask-password") == 0
    assert capsys.readouterr().out == "archive Orthanc web answers\n"
    pipe(monkeypatch, f"{PASSWORD}\n")
    assert pacs("password", archive.web.name) == 0
    assert pacs("echo") == 0


@pytest.mark.skipif(os.name == "nt", reason="has no such terminals")
def test_that_a_password_is_typed_unseen_where_no_key_store_keeps_it(
    archive: RunningArchive, user: Path
) -> None:
    save_archives(user / FILE_NAME, [archive.web])
    ours, theirs = os.openpty()
    environment = {**os.environ, "PYTHON_KEYRING_BACKEND": f"{NoKeyring.__module__}.{NoKeyring.__name__}"}
    command = [sys.executable, "-m", "vcf_desktop", "pacs", "echo"]
    with subprocess.Popen(
        command, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, env=environment, start_new_session=True
    ) as process:
        os.close(theirs)
        seen = b""
        while b": " not in seen:
            seen += os.read(ours, 1000)
        os.write(ours, PASSWORD.encode() + b"\n")
        out, _ = process.communicate(timeout=CHILD_S)
        seen += os.read(ours, 1000)
        os.close(ours)
    assert out == b"archive Orthanc web answers\n"
    assert process.returncode == 0
    assert seen.startswith(b"Password or token of Orthanc web: ")
    assert PASSWORD.encode() not in seen


# What they hold


def test_that_an_archive_that_does_not_know_us_says_so(
    archive: RunningArchive, user: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_archives(user / FILE_NAME, [replace(archive.dimse, calling_ae="NOBODY")])
    assert pacs("echo") == 1
    assert capsys.readouterr().err.startswith("vcf-desktop: archive Orthanc: ")


def test_that_studies_are_found_by_what_is_asked(
    orthanc: RunningArchive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    patient = {"PatientID": "pacs find", "PatientName": "Doe^Jane", "AccessionNumber": "A 17"}
    first = in_orthanc(orthanc, tmp_path, **patient, StudyDate="20260131")
    second = in_orthanc(orthanc, tmp_path, **patient, StudyDate="20260301", Modality="CR")
    capsys.readouterr()

    def found(*words: str) -> list[str]:
        assert pacs("find", "--patient", "pacs find", "--json", *words) == 0
        return [study["study_uid"] for study in json.loads(capsys.readouterr().out)]

    early, late = first.StudyInstanceUID, second.StudyInstanceUID
    assert found() == [late, early]
    assert found("--date", "2026-01-31..2026-02-28") == [early]
    assert found("--date", "2026-02-01..") == [late]
    assert found("--date", "..2026-02-01") == [early]
    assert found("--date", "2026-03-01") == [late]
    assert found("--modality", "cr") == [late]
    assert found("--modality", "CR", "--modality", "DX") == [late, early]
    assert found("--name", "doe*", "--accession", "A 17") == [late, early]
    assert found("--name", "Roe") == []
    assert pacs("find", "--patient", "pacs find", "--date", "2026-01-31") == 0
    header, line = capsys.readouterr().out.splitlines()
    start = header.index("accession")
    assert line[start : start + 4] == "A 17"
    assert line.startswith("2026-01-31  DX")
    assert line.endswith(early)
    assert pacs("find", "--patient", "nobody at all") == 0
    assert capsys.readouterr() == ("", "vcf-desktop: no study fits\n")


def test_that_the_films_of_a_study_are_fetched_by_its_uid_or_what_it_alone_is(
    orthanc: RunningArchive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = in_orthanc(orthanc, tmp_path, PatientID="pacs get", StudyDate="20260131")
    second = in_orthanc(orthanc, tmp_path, PatientID="pacs get", StudyDate="20260301")
    capsys.readouterr()
    out = tmp_path / "out"
    assert pacs("get", "--study", first.StudyInstanceUID, "--out", out) == 0
    assert capsys.readouterr().out == f"{out / '0001.dcm'}\n"
    assert pacs("get", "--patient", "pacs get", "--date", "2026-03-01", "--out", out) == 0
    uids = [dcmread(out / f"000{n}.dcm").SOPInstanceUID for n in (1, 2)]
    assert uids == [first.SOPInstanceUID, second.SOPInstanceUID]
    capsys.readouterr()
    assert pacs("get", "--patient", "pacs get", "--out", out) == 1
    said = capsys.readouterr()
    assert said.err == (
        "vcf-desktop: 2 studies fit; describe one so that it alone fits, or name it with --study\n"
    )
    assert len(said.out.splitlines()) == 3
    assert pacs("get", "--patient", "nobody at all", "--out", out) == 1
    assert "no studies fit" in capsys.readouterr().err
    assert len(list(out.iterdir())) == 2


# Sending


def test_that_files_are_sent_and_remembered(
    orthanc: RunningArchive, box: Outbox, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(2):
        (tmp_path / f"{number}.dcm").write_bytes(dicom_file(BasicTextSRStorage))
    files = [tmp_path / "0.dcm", tmp_path / "1.dcm", tmp_path / "0.dcm"]
    assert pacs("send", *files) == 0
    assert capsys.readouterr() == ("2 objects sent to Orthanc, which answers for them\n", "")
    assert box.parcels() == ()
    assert pacs("outbox", "list") == 0
    assert capsys.readouterr().out == ""
    assert pacs("outbox", "sent") == 0
    header, line = capsys.readouterr().out.splitlines()
    assert header.split() == ["parcel", "archive", "label", "sent", "state", "why"]
    assert "  Orthanc  " in line
    assert "  2 of 2  sent 20" in line


def test_that_a_file_that_cannot_be_sent_is_named_and_stops_no_other(
    orthanc: RunningArchive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "good.dcm").write_bytes(dicom_file())
    (tmp_path / "bad.dcm").write_bytes(b"no DICOM")
    (tmp_path / "empty.dcm").touch()
    names = ("bad.dcm", "empty.dcm", "nowhere.dcm", "good.dcm")
    assert pacs("send", *(tmp_path / name for name in names), tmp_path) == 1
    out, err = capsys.readouterr()
    assert out == "1 object sent to Orthanc, which answers for them\n"
    assert err.splitlines() == [
        "vcf-desktop: not sent: bad.dcm: is no DICOM file; choose a DICOM file",
        "vcf-desktop: not sent: empty.dcm: is empty",
        "vcf-desktop: not sent: nowhere.dcm: does not exist",
        f"vcf-desktop: not sent: {tmp_path.name}: is a folder, not a film",
    ]
    assert pacs("send", tmp_path / "bad.dcm") == 1


def test_that_what_cannot_be_sent_now_stays_and_is_sent_later(
    orthanc: RunningArchive, user: Path, box: Outbox, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_archives(user / FILE_NAME, [replace(orthanc.dimse, port=free_port())])
    (tmp_path / "report.dcm").write_bytes(dicom_file(BasicTextSRStorage))
    for _ in range(2):
        assert pacs("send", tmp_path / "report.dcm") == 1
    err = capsys.readouterr().err.splitlines()[0]
    first, second = box.parcels()
    assert "answers that nobody listens" in err
    assert err.endswith(
        "; 0 of 1 object sent, all stay in the outbox; send them again with:"
        f" vcf-desktop pacs outbox send {first.name}"
    )
    assert pacs("outbox", "send") == 1
    assert (
        len(capsys.readouterr().err.splitlines()) == 1
    )  # the second is not tried at an archive that is away
    assert pacs("outbox", "list", "--json") == 0
    listed = json.loads(capsys.readouterr().out)
    assert [(each["name"], each["tries"]) for each in listed] == [(first.name, 2), (second.name, 1)]
    save_archives(user / FILE_NAME, [orthanc.dimse])
    assert pacs("outbox", "send", first.name) == 0
    assert pacs("outbox", "send") == 0
    assert capsys.readouterr().out == "1 object sent to Orthanc, which answers for them\n" * 2
    assert box.parcels() == ()


def test_that_what_was_refused_waits_for_the_user(
    orthanc: RunningArchive, user: Path, box: Outbox, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_archives(user / FILE_NAME, [replace(orthanc.dimse, called_ae="OTHER")])
    (tmp_path / "report.dcm").write_bytes(dicom_file(BasicTextSRStorage))
    assert pacs("send", tmp_path / "report.dcm") == 1
    (parcel,) = box.parcels()
    assert f"send them again with: vcf-desktop pacs outbox retry {parcel.name}" in capsys.readouterr().err
    save_archives(user / FILE_NAME, [orthanc.dimse])
    assert pacs("outbox", "send") == 0
    assert box.parcels() == (parcel,)
    assert pacs("outbox", "list") == 0
    line = capsys.readouterr().out.splitlines()[1]
    assert line.endswith("  0 of 1  held   is not called OTHER; correct its AE title")
    assert pacs("outbox", "retry") == 0
    assert box.parcels() == ()


def test_that_a_parcel_of_an_archive_that_is_set_up_no_more_stays(
    orthanc: RunningArchive, user: Path, box: Outbox, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parcel = box.put("Old", [dicom_file()], datetime.now(UTC))
    assert pacs("outbox", "send") == 1
    assert capsys.readouterr().err == (
        f"vcf-desktop: parcel {parcel.name} stays in the outbox:"
        " no archive is called Old; there are Orthanc\n"
    )
    assert pacs("outbox", "discard", parcel.name) == 0
    assert box.parcels() == ()
    assert pacs("outbox", "discard", parcel.name) == 1
    assert capsys.readouterr().err == f"vcf-desktop: parcel {parcel.name}: is not in the outbox\n"


def test_that_a_damaged_parcel_is_listed_and_can_be_discarded(
    orthanc: RunningArchive, user: Path, box: Outbox, capsys: pytest.CaptureFixture[str]
) -> None:
    parcel = box.put("Orthanc", [dicom_file()], datetime.now(UTC))
    (user / FOLDER_NAME / parcel.name / "parcel.json").write_bytes(b"{")
    assert pacs("outbox", "list") == 1
    assert capsys.readouterr().err.startswith(f"vcf-desktop: parcel {parcel.name}: its list is damaged; ")
    assert pacs("outbox", "discard", parcel.name) == 0
    assert pacs("outbox", "list") == 0


@pytest.mark.skipif(os.name == "nt", reason="has no such signals")
def test_that_an_interrupted_send_goes_on_where_it_was(
    user: Path, box: Outbox, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(3):
        (tmp_path / f"{number}.dcm").write_bytes(dicom_file())
    counting = CountingArchive(2)
    with counting.running() as address:
        save_archives(user / FILE_NAME, [address])
        command = [sys.executable, "-m", "vcf_desktop", "pacs", "send", *tmp_path.glob("?.dcm")]
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
            assert counting.dawdling.wait(CHILD_S)
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=CHILD_S)
        assert process.returncode == __main__.EXIT_INTERRUPTED
        assert err == b"vcf-desktop: interrupted\n"
        (parcel,) = box.parcels()
        assert [each.state for each in parcel.objects] == [State.SENT, State.UNSURE, State.WAITING]
        counting.go_on.set()
        pacs("outbox", "send")
    assert counting.kept == {each.instance.sop_uid: 1 for each in parcel.objects}


@pytest.mark.skipif(os.name == "nt", reason="has no such signals")
def test_that_an_interrupted_get_leaves_no_film(user: Path, tmp_path: Path) -> None:
    uids = {"StudyInstanceUID": "1.2", "SeriesInstanceUID": "1.3"}
    films = [write_film(tmp_path / "film.dcm", **uids) for _ in range(2)]
    dawdling, go_on = threading.Event(), threading.Event()

    def find(event: evt.Event) -> Iterator[tuple[int, Dataset | None]]:
        wanted = event.identifier
        for film in films[: 1 if wanted.QueryRetrieveLevel == "SERIES" else 2]:
            answer = Dataset()
            for element in wanted:
                answer[element.tag] = film.get(element.tag, element)
            yield 0xFF00, answer

    def get(event: evt.Event) -> Iterator[Any]:
        if event.identifier.SOPInstanceUID == films[1].SOPInstanceUID:
            dawdling.set()
            go_on.wait(CHILD_S)
        yield 1
        yield 0xFF00, next(film for film in films if film.SOPInstanceUID == event.identifier.SOPInstanceUID)

    with peer((evt.EVT_C_FIND, find), (evt.EVT_C_GET, get)) as address:
        save_archives(user / FILE_NAME, [address])
        out = tmp_path / "out"
        command = [sys.executable, "-m", "vcf_desktop", "pacs", "get", "--study", "1.2", "--out", out]
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
            assert dawdling.wait(CHILD_S)
            assert [path.name for path in out.iterdir()] == ["0001.dcm"]
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=CHILD_S)
        go_on.set()
    assert err == b"vcf-desktop: interrupted\n"
    assert process.returncode == __main__.EXIT_INTERRUPTED
    assert list(out.iterdir()) == []


def test_that_the_command_is_configured_before_anything_slow_is_loaded() -> None:
    slow = {"pydicom", "pynetdicom", "requests", "keyring", "numpy"}
    script = f"import vcf_desktop.io.pacs_command, sys; print(sorted({slow} & sys.modules.keys()))"
    run = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert run.stdout == "[]\n"
