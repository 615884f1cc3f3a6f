"""Archives of DICOMweb: Orthanc, and web servers that are faulty or hostile."""

from __future__ import annotations

import base64
import contextlib
import gzip
import json
import logging
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from pydicom import Dataset, dcmread
from pydicom.uid import CTImageStorage, generate_uid

from tests.archives import PASSWORD, USER, Certificates, RunningArchive, free_port, write_film
from vcf_desktop.errors import PacsError
from vcf_desktop.io import pacs_web
from vcf_desktop.io.pacs import Archive, ArchiveKind, Commitment, FoundStudy, Instance, StudyQuery
from vcf_desktop.io.pacs_web import WebClient


def ignore(done: int, total: int) -> None:
    """Nobody looks how far it is."""


def instance(ds: Dataset) -> Instance:
    return Instance(ds.SOPClassUID, ds.SOPInstanceUID, ds.StudyInstanceUID, ds.SeriesInstanceUID)


def sent(client: WebClient, folder: Path, **elements: Any) -> Dataset:
    """A film that was just sent to the archive."""
    ds = write_film(folder / "sent.dcm", **elements)
    client.store(folder / "sent.dcm")
    return ds


@pytest.fixture
def client(archive: RunningArchive) -> WebClient:
    return WebClient(archive.web, PASSWORD)


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "into"
    folder.mkdir()
    return folder


@pytest.fixture
def film(tmp_path: Path) -> Dataset:
    return write_film(tmp_path / "film.dcm")


# Orthanc


def test_that_a_sent_film_is_found_fetched_and_held(client: WebClient, tmp_path: Path, into: Path) -> None:
    client.echo()
    study = {
        "StudyInstanceUID": generate_uid(),
        "SpecificCharacterSet": "ISO_IR 192",
        "PatientName": "Müller^Jörg",
        "PatientID": "W17",
        "StudyDate": "20240229",
    }
    ds = sent(client, tmp_path, **study)
    sent(client, tmp_path, **study, Modality="CT", SOPClassUID=CTImageStorage)
    (found,) = client.find(
        StudyQuery(
            patient_id="W1?", since=date(2024, 2, 29), until=date(2024, 2, 29), modalities=("CR", "DX")
        )
    )
    assert (found.study_uid, found.patient_name) == (ds.StudyInstanceUID, "Müller^Jörg")
    assert (found.study_date, found.modalities) == (date(2024, 2, 29), ("CT", "DX"))
    assert (found.instance_count, found.description) == (2, ds.StudyDescription)
    assert client.find(StudyQuery(patient_id="W17", until=date(2024, 2, 28))) == ()

    progress: list[tuple[int, int]] = []
    (path,) = client.retrieve(found, into, lambda done, total: progress.append((done, total)))
    assert path == into / "0001.dcm"
    assert dcmread(path) == ds
    assert path.read_bytes()[:128] == bytes(128)
    assert progress[-1] == (1, 1)

    assert client.holds(instance(ds))
    assert not client.holds(replace(instance(ds), sop_uid=generate_uid()))
    assert client.commit([instance(ds)]) is Commitment.NOT_OFFERED


def test_that_cancelling_ends_a_retrieval_and_removes_what_came(
    client: WebClient, tmp_path: Path, into: Path
) -> None:
    first = sent(client, tmp_path)
    sent(client, tmp_path, StudyInstanceUID=first.StudyInstanceUID, PatientID=first.PatientID)

    class CancelledError(RuntimeError):
        pass

    def cancel(done: int, total: int) -> None:
        if done:
            raise CancelledError

    with pytest.raises(CancelledError):
        client.retrieve(FoundStudy(first.StudyInstanceUID), into, cancel)
    assert list(into.iterdir()) == []


def test_that_a_study_without_films_says_so(client: WebClient, tmp_path: Path, into: Path) -> None:
    ds = sent(client, tmp_path, Modality="CT", SOPClassUID=CTImageStorage)
    with pytest.raises(PacsError, match="has no projection films in this study; choose another"):
        client.retrieve(FoundStudy(ds.StudyInstanceUID), into, ignore)


@pytest.mark.parametrize(
    ("change", "secret", "sentence", "passing"),
    [
        ({}, "wrong", "does not accept our user and password or token; correct them", False),
        ({}, None, "does not accept our user and password or token", False),
        ({"user": ""}, "token", "does not accept our user and password or token", False),
        ({"url": "http://127.0.0.1:{port}/nowhere"}, PASSWORD, "has no DICOMweb at this address", False),
        ({"url": "ftp://127.0.0.1/"}, PASSWORD, "its address cannot be used; it is like https://", False),
        ({"url": "http://u:p@127.0.0.1/"}, PASSWORD, "its address cannot be used", False),
        ({"url": ""}, PASSWORD, "its address cannot be used", False),
        ({"url": "http://pacs.example/web"}, PASSWORD, "our password in the clear; use https", False),
        ({"url": f"http://127.0.0.1:{free_port()}"}, PASSWORD, "answers that nobody listens", True),
        ({"url": "https://pacs.invalid/web"}, PASSWORD, "pacs.invalid is no computer known here", True),
        ({"url": "https://127.0.0.1:{port}/web"}, PASSWORD, "does not speak TLS as we do", False),
    ],
)
def test_that_a_wrong_setting_is_explained(
    archive: RunningArchive, change: dict[str, str], secret: str | None, sentence: str, passing: bool
) -> None:
    port = archive.web.url.rpartition(":")[2].partition("/")[0]
    changed = replace(archive.web, **{name: value.replace("{port}", port) for name, value in change.items()})
    with pytest.raises(PacsError, match=sentence) as caught:
        WebClient(changed, secret).echo()
    assert caught.value.passing is passing


def test_that_nobody_reads_a_patient_in_the_log(
    client: WebClient, tmp_path: Path, into: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ds = sent(client, tmp_path, PatientName="Secret^Name", PatientID="secret")
    (found,) = client.find(StudyQuery(patient_id="secret"))
    client.retrieve(found, into, ignore)
    assert "secret" not in caplog.text.lower()
    assert ds.StudyInstanceUID not in caplog.text


# Other web servers

Answer = Callable[[BaseHTTPRequestHandler], None]


@contextlib.contextmanager
def server(answer: Answer, tls: ssl.SSLContext | None = None) -> Iterator[Archive]:
    """A web server that answers every request by ``answer``."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with contextlib.suppress(OSError):
                answer(self)

        def do_POST(self) -> None:
            if self.headers["Transfer-Encoding"] == "chunked":
                while size := int(self.rfile.readline(), 16):
                    self.rfile.read(size + 2)
                self.rfile.readline()
            else:
                self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = False

        def handle_error(self, *_: Any) -> None:
            """A peer that goes away is no error here."""

    with Quiet(("127.0.0.1", 0), Handler) as http:
        if tls is not None:
            http.socket = tls.wrap_socket(http.socket, server_side=True, do_handshake_on_connect=False)
        thread = threading.Thread(target=http.serve_forever, args=(0.02,))
        thread.start()
        try:
            scheme = "http" if tls is None else "https"
            url = f"{scheme}://127.0.0.1:{http.server_address[1]}/web"
            yield Archive("Peer", kind=ArchiveKind.WEB, url=url)
        finally:
            http.shutdown()
            thread.join()


def saying(status: int, content: bytes = b"", kind: str = "application/dicom+json", **headers: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        fields = {"Content-Type": kind, "Content-Length": str(len(content))}
        for name, value in (
            fields | {name.replace("_", "-"): text for name, text in headers.items()}
        ).items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(content)

    return answer


def flooding(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    while True:
        request.wfile.write(bytes(1 << 20))


def inflating(request: BaseHTTPRequestHandler) -> None:
    saying(200, gzip.compress(bytes(100 << 20)), Content_Encoding="gzip")(request)


def dropping(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    request.wfile.write(b"[")


def hanging_up(request: BaseHTTPRequestHandler) -> None:
    request.close_connection = True


def no_http(request: BaseHTTPRequestHandler) -> None:
    request.wfile.write(b"\x03\x00\x00\x00\x00\x04\x00\x01\x01\x03\r\n\r\n")


@pytest.mark.parametrize(
    ("answer", "sentence", "passing"),
    [
        (saying(401), "does not accept our user and password or token", False),
        (saying(403), "does not allow us to do this", False),
        (saying(404), "has no DICOMweb at this address", False),
        (saying(400), "refuses with the status 400", False),
        (saying(429), "is too busy; try again later", True),
        (saying(500), "failed with the status 500; try again later", True),
        (saying(503), "failed with the status 503; try again later", True),
        (saying(507), "is full; have its administrator make room", True),
        (saying(302, Location="https://evil.example/x"), "sends us on to evil.example; enter that", False),
        (saying(307, Location="/login"), "sends us on to another address of its own", False),
        (saying(200, b"<html>Welcome</html>", "text/html"), "answers what is no DICOMweb", False),
        (saying(200, b'[{"00100010": 7}]'), "answers what is no DICOMweb", False),
        (saying(200, b'["text", 7]'), "answers what is no DICOMweb", False),
        (saying(200, b"[" * 100_000), "answers what is no DICOMweb", False),
        (saying(200, b"[]", Content_Length=str(1 << 40)), "sends more than it should", False),
        (flooding, "sends more than it should", False),
        (inflating, "sends more than it should", False),
        (dropping, "dropped the line; try again later", True),
        (hanging_up, "dropped the line; try again later", True),
        (no_http, "answers what is no DICOMweb", False),
    ],
)
def test_that_a_failure_is_explained(answer: Answer, sentence: str, passing: bool) -> None:
    with server(answer) as archive, pytest.raises(PacsError, match=sentence) as caught:
        WebClient(archive, None).find(StudyQuery())
    assert caught.value.passing is passing


@pytest.mark.parametrize("begun", [False, True])
def test_that_a_server_that_stalls_is_given_up(monkeypatch: pytest.MonkeyPatch, begun: bool) -> None:
    monkeypatch.setattr(pacs_web, "STALL_S", 0.2)
    released = threading.Event()

    def stall(request: BaseHTTPRequestHandler) -> None:
        if begun:
            request.send_response(200)
            request.send_header("Content-Length", "1000")
            request.end_headers()
        released.wait(5)

    with server(stall) as archive:
        with pytest.raises(PacsError, match="stalls; check host, port and network") as caught:
            WebClient(archive, None).echo()
        released.set()
    assert caught.value.passing


def test_that_a_server_that_trickles_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacs_web, "ANSWER_S", 0.2)
    enough = threading.Event()

    def trickle(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        while not enough.wait(0.01):
            request.wfile.write(b" " * (1 << 12))

    with server(trickle) as archive:
        with pytest.raises(PacsError, match="stalls") as caught:
            WebClient(archive, None).echo()
        enough.set()
    assert caught.value.passing


@pytest.mark.parametrize(
    ("user", "secret", "expected"),
    [
        (USER, PASSWORD, "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()),
        ("Jörg", "密码", "Basic " + base64.b64encode("Jörg:密码".encode()).decode()),
        ("", "a.b.c\n", "Bearer a.b.c"),
        ("", None, None),
    ],
)
def test_that_we_say_who_we_are_and_nothing_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: str, secret: str | None, expected: str | None
) -> None:
    (tmp_path / "netrc").write_text("default login other password other\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    seen: list[tuple[str | None, str | None]] = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        seen.append((request.headers["Authorization"], request.headers["Host"]))
        saying(200, b"[]")(request)

    with server(answer) as archive:
        WebClient(replace(archive, user=user), secret).echo()
    assert seen == [(expected, archive.url.split("/")[2])]


# Films


def study_of(film: Dataset, retrieved: Answer) -> Answer:
    """A server with one film, which is handed out by ``retrieved``."""
    answer = Dataset()
    for keyword in ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID", "SOPClassUID", "Modality"):
        answer[keyword] = film[keyword]
    found = saying(200, json.dumps([answer.to_json_dict()]).encode())

    def route(request: BaseHTTPRequestHandler) -> None:
        (retrieved if film.SOPInstanceUID in request.path else found)(request)

    return route


def part(path: Path, headers: str = "Content-Type: application/dicom") -> Answer:
    content = f"--x\r\n{headers}\r\n\r\n".encode() + path.read_bytes() + b"\r\n--x--\r\n"
    return saying(200, content, 'multipart/related; type="application/dicom"; boundary=x')


def test_that_names_in_headers_name_no_file(tmp_path: Path, into: Path, film: Dataset) -> None:
    evil = "Content-Type: application/dicom\r\nContent-Disposition: attachment; filename=../../evil.dcm"
    with server(study_of(film, part(tmp_path / "film.dcm", evil))) as archive:
        paths = WebClient(archive, None).retrieve(FoundStudy(film.StudyInstanceUID), into, ignore)
    assert paths == (into / "0001.dcm",)
    assert list(tmp_path.rglob("*evil*")) == []


def test_that_a_film_by_itself_is_taken_as_well(tmp_path: Path, into: Path, film: Dataset) -> None:
    """Some servers do not wrap it."""
    single = saying(200, (tmp_path / "film.dcm").read_bytes(), "application/dicom")
    with server(study_of(film, single)) as archive:
        (path,) = WebClient(archive, None).retrieve(FoundStudy(film.StudyInstanceUID), into, ignore)
    assert dcmread(path) == film


@pytest.mark.parametrize("kept", ["StudyInstanceUID", "SOPInstanceUID"])
def test_that_another_object_than_was_asked_for_is_refused(
    tmp_path: Path, into: Path, film: Dataset, kept: str
) -> None:
    write_film(tmp_path / "other.dcm", **{kept: film[kept].value})
    with (
        server(study_of(film, part(tmp_path / "other.dcm"))) as archive,
        pytest.raises(PacsError, match="sends objects that were not asked for; nothing was kept"),
    ):
        WebClient(archive, None).retrieve(FoundStudy(film.StudyInstanceUID), into, ignore)
    assert list(into.iterdir()) == []


@pytest.mark.parametrize(
    "retrieved",
    [
        saying(200, b"[]"),
        saying(200, b"", 'multipart/related; type="application/dicom"; boundary=x'),
        saying(200, b"--x\r\nContent", 'multipart/related; type="application/dicom"; boundary=x'),
        saying(200, b"not DICOM", "application/dicom"),
        saying(200, b"<html/>", "text/html"),
    ],
    ids=["JSON", "nothing", "cut", "text", "HTML"],
)
def test_that_what_is_no_film_leaves_nothing(into: Path, film: Dataset, retrieved: Answer) -> None:
    with (
        server(study_of(film, retrieved)) as archive,
        pytest.raises(PacsError, match="answers what is no DICOMweb; check its address"),
    ):
        WebClient(archive, None).retrieve(FoundStudy(film.StudyInstanceUID), into, ignore)
    assert list(into.iterdir()) == []


def test_that_uids_of_an_archive_lead_nowhere_else(into: Path, film: Dataset) -> None:
    paths: list[str] = []
    wild = json.dumps(
        [
            {
                "0020000E": {"vr": "UI", "Value": ["1.2/../../../admin"]},
                "00080060": {"vr": "CS", "Value": ["DX"]},
            }
        ]
    ).encode()

    def answer(request: BaseHTTPRequestHandler) -> None:
        paths.append(request.path)
        saying(200, wild)(request)

    with server(answer) as archive, pytest.raises(PacsError, match="has no projection films"):
        WebClient(archive, None).retrieve(FoundStudy(film.StudyInstanceUID), into, ignore)
    assert len(paths) == 1


# Sending


def stored(sequence: str, **elements: Any) -> bytes:
    item = Dataset()
    for keyword, value in elements.items():
        setattr(item, keyword, value)
    ds = Dataset()
    setattr(ds, sequence, [item])
    return json.dumps(ds.to_json_dict()).encode()


@pytest.mark.parametrize(
    ("status", "reason", "sentence", "passing"),
    [
        (409, 0xA700, "is full or out of resources", True),
        (409, 0x0122, "does not take objects of this kind", False),
        (202, 0xC000, "refuses with the status C000", False),
        (200, 0x0110, "failed while it worked on this", True),
    ],
)
def test_that_a_refused_film_says_why_and_whether_that_passes(
    tmp_path: Path, film: Dataset, status: int, reason: int, sentence: str, passing: bool
) -> None:
    content = stored("FailedSOPSequence", ReferencedSOPInstanceUID=film.SOPInstanceUID, FailureReason=reason)
    with server(saying(status, content)) as archive, pytest.raises(PacsError, match=sentence) as caught:
        WebClient(archive, None).store(tmp_path / "film.dcm")
    assert caught.value.passing is passing


@pytest.mark.parametrize(
    "answer",
    [
        saying(200),
        saying(200, b"<html/>", "text/html"),
        saying(200, stored("ReferencedSOPSequence", ReferencedSOPInstanceUID="1.2.3")),
        saying(409, b"conflict", "text/plain"),
    ],
    ids=["nothing", "HTML", "another", "no JSON"],
)
def test_that_only_an_answer_about_the_film_is_taken_for_stored(
    tmp_path: Path, film: Dataset, answer: Answer
) -> None:
    with server(answer) as archive, pytest.raises(PacsError, match="answers what is no DICOMweb"):
        WebClient(archive, None).store(tmp_path / "film.dcm")


# TLS


@pytest.mark.parametrize(
    ("name", "change", "sentence"),
    [
        ("server", {}, ""),
        ("expired", {}, "the certificate of 127.0.0.1:[0-9]+ has expired"),
        ("elsewhere", {}, "is for another computer; check the host"),
        ("stranger", {}, "is not trusted; choose the file of the authority"),
        ("server", {"ca_file": ""}, "is not trusted; choose the file of the authority"),
        ("server", {"client_certificate": ""}, "refuses our certificate, or its lack|dropped the line"),
    ],
)
def test_that_certificates_are_looked_at(
    pem: Certificates, name: str, change: dict[str, str], sentence: str
) -> None:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=pem.crt("authority"))
    tls.verify_mode = ssl.CERT_REQUIRED
    tls.load_cert_chain(pem.crt(name), pem.key(name))
    trusting = {
        "ca_file": pem.crt("authority"),
        "client_certificate": pem.crt("client"),
        "client_key": pem.key("client"),
    }
    with server(saying(200, b"[]"), tls) as archive:
        client = WebClient(replace(archive, **(trusting | change)), None)
        if not sentence:
            client.echo()
        else:
            with pytest.raises(PacsError, match=sentence):
                client.echo()
