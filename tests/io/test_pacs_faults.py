"""Peers that are faulty or hostile, in place of an archive of DICOM's own protocol."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydicom import Dataset, dcmread
from pydicom.uid import DigitalXRayImageStorageForPresentation, generate_uid
from pynetdicom import AE, build_context, evt
from pynetdicom.association import Association

from tests.archives import Certificates, free_port, write_film
from vcf_desktop.errors import PacsError
from vcf_desktop.io import pacs_association, pacs_dimse, pacs_lines
from vcf_desktop.io.pacs import Archive, Commitment, FoundStudy, Instance, Retrieval, StudyQuery
from vcf_desktop.io.pacs_dimse import DimseClient

VERIFICATION = "1.2.840.10008.1.1"
FIND, MOVE, GET = (f"1.2.840.10008.5.1.4.1.2.2.{n}" for n in (1, 2, 3))
COMMITMENT = "1.2.840.10008.1.20.1"
SYNTAXES = ["1.2.840.10008.1.2.1", "1.2.840.10008.1.2.5", "1.2.840.10008.1.2"]
FILM = DigitalXRayImageStorageForPresentation
Handlers = list[tuple[evt.EventType, Callable[[evt.Event], Any]]]


@contextlib.contextmanager
def peer(
    *handlers: tuple[Any, Callable[[evt.Event], Any]], offers: str = "", tls: ssl.SSLContext | None = None
) -> Iterator[Archive]:
    """An archive that answers by ``handlers``, and offers one service or all."""
    ours = free_port()
    entity = AE("PEER")
    entity.maximum_pdu_size = 0
    for uid in [offers] if offers else [VERIFICATION, FIND, MOVE, GET, COMMITMENT]:
        entity.add_supported_context(uid)
    if not offers:
        entity.add_supported_context(FILM, SYNTAXES, scu_role=True, scp_role=True)
    lines = contextlib.ExitStack()  # pynetdicom leaves those open that we close first

    def keep(event: evt.Event) -> None:
        lines.enter_context(event.assoc.dul.socket.socket)

    handling = [*handlers, (evt.EVT_CONN_OPEN, keep)]
    server = entity.start_server(("127.0.0.1", 0), block=False, evt_handlers=handling, ssl_context=tls)
    assert server is not None
    try:
        port = server.server_address[1]
        yield Archive("Peer", host="127.0.0.1", port=port, called_ae="PEER", receive_port=ours)
    finally:
        active = server.active_associations
        server.shutdown()
        for assoc in active:
            assoc.abort()
            assoc.join()
        lines.close()


@contextlib.contextmanager
def socket_peer(talk: Callable[[socket.socket], None]) -> Iterator[Archive]:
    """One that talks as ``talk`` does on the one connection that it takes."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with contextlib.suppress(OSError):
                connection, _ = server.accept()
                with connection:
                    talk(connection)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield Archive("Peer", host="127.0.0.1", port=server.getsockname()[1])
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time limits that a test can wait for."""
    monkeypatch.setattr(pacs_lines, "STALL_S", 0.4)
    monkeypatch.setattr(pacs_lines, "PDU_S", 0.4)
    monkeypatch.setattr(pacs_association, "ACCEPT_S", 0.4)
    monkeypatch.setattr(pacs_dimse, "COMMIT_S", 0.4)


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "into"
    folder.mkdir()
    return folder


@pytest.fixture
def film(tmp_path: Path) -> Dataset:
    return write_film(tmp_path / "film.dcm")


def ignore(done: int, total: int) -> None:
    """Nobody looks how far it is."""


def until_closed(connection: socket.socket) -> None:
    while connection.recv(1 << 16):
        pass


# Lines that break, stall and flood


def drop(connection: socket.socket) -> None:
    connection.recv(1 << 16)


def say_nothing(connection: socket.socket) -> None:
    until_closed(connection)


def begin_a_pdu(connection: socket.socket) -> None:
    connection.recv(1 << 16)
    connection.sendall(b"\x02\x00\x00\x00\x01\x00abc")
    until_closed(connection)


def announce_four_gigabytes(connection: socket.socket) -> None:
    connection.recv(1 << 16)
    connection.sendall(b"\x02\x00\xff\xff\xff\xff" + bytes(1 << 16))
    until_closed(connection)


def speak_http(connection: socket.socket) -> None:
    connection.recv(1 << 16)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def accept_with_rubbish(connection: socket.socket) -> None:
    connection.recv(1 << 16)
    connection.sendall(b"\x02\x00\x00\x00\x00\x08rubbish!")
    until_closed(connection)


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(
    ("talk", "sentence", "passing"),
    [
        (drop, "broke off before it listened", True),
        (say_nothing, "took the connection and said nothing", True),
        (begin_a_pdu, "127.0.0.1:[0-9]+ stalls", True),
        (announce_four_gigabytes, "sends more than it should, and was not listened to", False),
        (speak_http, "does not speak DICOM", False),
        (accept_with_rubbish, "does not offer this service to us", False),
    ],
)
def test_that_a_line_that_fails_is_explained_in_time(
    talk: Callable[[socket.socket], None], sentence: str, passing: bool
) -> None:
    started = time.monotonic()
    with socket_peer(talk) as archive, pytest.raises(PacsError, match=sentence) as caught:
        DimseClient(archive).echo()
    assert caught.value.passing is passing
    assert time.monotonic() - started < 3


def test_that_a_line_nobody_takes_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacs_lines, "CONNECT_S", 0.2)
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        address = full.getsockname()
        with contextlib.ExitStack() as waiting:
            for _ in range(4):  # more than the queue holds, so that the next one waits
                other = waiting.enter_context(socket.socket())
                other.setblocking(False)
                with contextlib.suppress(BlockingIOError):
                    other.connect(address)
            with pytest.raises(PacsError, match="stalls; check host, port and network") as caught:
                DimseClient(Archive("Full", host="127.0.0.1", port=address[1])).echo()
    assert caught.value.passing


@pytest.mark.usefixtures("hasty")
def test_that_an_archive_that_takes_long_is_given_up() -> None:
    released = threading.Event()

    def wait(event: evt.Event) -> int:
        released.wait(1)
        return 0

    with peer((evt.EVT_C_ECHO, wait)) as archive:
        with pytest.raises(PacsError, match=r"stalls: no answer within 0\.4 s; try again later") as caught:
            DimseClient(archive).echo()
        released.set()
    assert caught.value.passing


def test_that_a_dropped_line_is_told_from_a_refusal() -> None:
    def drop_line(event: evt.Event) -> int:
        event.assoc.dul.socket.close()
        return 0

    with (
        peer((evt.EVT_C_ECHO, drop_line)) as archive,
        pytest.raises(PacsError, match="broke off while we talked; try again later") as caught,
    ):
        DimseClient(archive).echo()
    assert caught.value.passing


def test_that_an_archive_that_is_too_busy_may_be_asked_later() -> None:
    def reject(event: evt.Event) -> None:
        event.assoc.acse.send_reject(2, 3, 2)
        event.assoc.is_rejected = True
        event.assoc.kill()

    with (
        peer((evt.EVT_REQUESTED, reject)) as archive,
        pytest.raises(PacsError, match="is too busy to listen; try again later") as caught,
    ):
        DimseClient(archive).echo()
    assert caught.value.passing


# Refusals


@pytest.mark.parametrize(
    ("status", "sentence", "passing"),
    [
        (0xA700, "is full or out of resources; have its administrator make room", True),
        (0x0110, "failed while it worked on this; try again later", True),
        (0x0122, "does not take objects of this kind", False),
        (0x0124, "does not allow us to do this", False),
        (0xA900, "says that the request does not fit", False),
        (0xC123, "refuses with the status C123", False),
    ],
)
def test_that_a_refused_film_says_why_and_whether_that_passes(
    tmp_path: Path, film: Dataset, status: int, sentence: str, passing: bool
) -> None:
    with (
        peer((evt.EVT_C_STORE, lambda _: status)) as archive,
        pytest.raises(PacsError, match=sentence) as caught,
    ):
        DimseClient(archive).store(tmp_path / "film.dcm")
    assert caught.value.passing is passing


def test_that_a_film_stored_with_a_warning_is_stored(tmp_path: Path, film: Dataset) -> None:
    with peer((evt.EVT_C_STORE, lambda _: 0xB007)) as archive:
        DimseClient(archive).store(tmp_path / "film.dcm")


def test_that_an_archive_that_takes_no_films_is_named(tmp_path: Path, film: Dataset) -> None:
    with (
        peer(offers=VERIFICATION) as archive,
        pytest.raises(PacsError, match="does not take objects of the kind Digital X-Ray Image") as caught,
    ):
        DimseClient(archive).store(tmp_path / "film.dcm")
    assert not caught.value.passing


def test_that_a_service_that_is_not_offered_is_told() -> None:
    with (
        peer(offers=VERIFICATION) as archive,
        pytest.raises(PacsError, match="does not offer this service to us"),
    ):
        DimseClient(archive).find(StudyQuery())


# Answers of a search


def answering(*answers: Dataset, times: int = 1) -> tuple[Any, Callable[[evt.Event], Iterator[Any]]]:
    def find(event: evt.Event) -> Iterator[tuple[int, Dataset | None]]:
        for _ in range(times):
            for answer in answers:
                yield 0xFF00, answer
        yield 0x0000, None

    return evt.EVT_C_FIND, find


def study_answer(**elements: Any) -> Dataset:
    ds = Dataset()
    ds.StudyInstanceUID = generate_uid()
    for keyword, value in elements.items():
        setattr(ds, keyword, value)
    return ds


@pytest.mark.parametrize(
    ("charset", "name"),
    [
        ("ISO_IR 100", "Müller^Jörg"),
        ("ISO_IR 144", "Мария"),
        ("ISO_IR 126", "Διονυσιος"),
        ("GB18030", "Wang^XiaoDong=王^小东"),
        (["", "ISO 2022 IR 87"], "Yamada^Tarou=山田^太郎=やまだ^たろう"),
        ("ISO_IR 192", "Ковалёва^Мария"),
    ],
)
def test_that_names_of_any_character_set_are_read(charset: str | list[str], name: str) -> None:
    with peer(answering(study_answer(SpecificCharacterSet=charset, PatientName=name))) as archive:
        (study,) = DimseClient(archive).find(StudyQuery())
    assert study.patient_name == name


def test_that_answers_that_break_rules_are_read_as_far_as_they_go() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        odd = study_answer(StudyDate="19991399", PatientName="Odd^Name")
        wrong = [study_answer(StudyInstanceUID=uid) for uid in ("", "../../etc", "1.2/3")]
    twin = study_answer(StudyInstanceUID=odd.StudyInstanceUID, PatientName="Odd^Name")
    with peer(answering(*wrong, odd, twin)) as archive:
        assert DimseClient(archive).find(StudyQuery()) == (
            FoundStudy(odd.StudyInstanceUID, patient_name="Odd^Name"),
        )


def test_that_studies_without_the_modality_are_left_out_and_the_newest_come_first() -> None:
    days = ("20200101", "20240101", "20220101")
    answers = [study_answer(StudyDate=day, ModalitiesInStudy=["DX", "SR"]) for day in days]
    with peer(answering(*answers, study_answer(ModalitiesInStudy="MR"))) as archive:
        found = DimseClient(archive).find(StudyQuery(modalities=("DX",)))
    assert [f"{study.study_date:%Y%m%d}" for study in found] == sorted(days, reverse=True)


def test_that_a_search_without_end_is_ended() -> None:
    with (
        peer(answering(study_answer(), times=1001)) as archive,
        pytest.raises(PacsError, match="finds more than 1000 studies; ask for fewer"),
    ):
        DimseClient(archive).find(StudyQuery())


def test_that_an_endless_answer_is_not_listened_to() -> None:
    flood = study_answer(StudyDescription="x")
    flood.add_new(0x00091001, "UN", bytes(20 << 20))
    with (
        peer(answering(flood)) as archive,
        pytest.raises(PacsError, match="sends more than it should, and was not listened to"),
    ):
        DimseClient(archive).find(StudyQuery())


# Retrievals


def finding(ds: Dataset) -> tuple[Any, Callable[[evt.Event], Iterator[Any]]]:
    """Finds the one series of the one film of a study."""
    answer = Dataset()
    for keyword in ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID", "SOPClassUID", "Modality"):
        answer[keyword] = ds[keyword]
    return answering(answer)


def giving(*films: Dataset) -> Callable[[evt.Event], Iterator[Any]]:
    def get(event: evt.Event) -> Iterator[Any]:
        yield len(films)
        for ds in films:
            yield 0xFF00, ds

    return get


def moving(port: Callable[[], int], *films: Dataset) -> Callable[[evt.Event], Iterator[Any]]:
    def move(event: evt.Event) -> Iterator[Any]:
        yield "127.0.0.1", port(), {"contexts": [build_context(FILM, syntax) for syntax in SYNTAXES]}
        yield from giving(*films)(event)

    return move


def another_study(tmp_path: Path, film: Dataset) -> Dataset:
    return write_film(tmp_path / "other.dcm", SOPInstanceUID=film.SOPInstanceUID)


def not_asked_for(tmp_path: Path, film: Dataset) -> Dataset:
    return write_film(tmp_path / "other.dcm", StudyInstanceUID=film.StudyInstanceUID)


@pytest.mark.parametrize("retrieval", Retrieval)
@pytest.mark.parametrize("other", [another_study, not_asked_for])
def test_that_what_was_not_asked_for_is_refused_and_nothing_kept(
    tmp_path: Path,
    into: Path,
    film: Dataset,
    retrieval: Retrieval,
    other: Callable[[Path, Dataset], Dataset],
) -> None:
    ports: list[int] = []
    sends = (film, other(tmp_path, film))
    get, move = (evt.EVT_C_GET, giving(*sends)), (evt.EVT_C_MOVE, moving(lambda: ports[0], *sends))
    with peer(finding(film), get, move) as archive:
        ports.append(archive.receive_port)
        with pytest.raises(PacsError, match="sends objects that were not asked for; nothing was kept"):
            DimseClient(replace(archive, retrieval=retrieval)).retrieve(
                FoundStudy(film.StudyInstanceUID), into, ignore
            )
    assert list(into.iterdir()) == []


def test_that_a_film_that_never_comes_is_told(into: Path, film: Dataset) -> None:
    with (
        peer(finding(film), (evt.EVT_C_GET, giving())) as archive,
        pytest.raises(PacsError, match="did not send a film that it has"),
    ):
        DimseClient(archive).retrieve(FoundStudy(film.StudyInstanceUID), into, ignore)


def test_that_a_line_dropped_between_films_leaves_nothing(tmp_path: Path, into: Path, film: Dataset) -> None:
    second = write_film(tmp_path / "second.dcm", StudyInstanceUID=film.StudyInstanceUID)
    here = {film.SOPInstanceUID: film}

    def find(event: evt.Event) -> Iterator[Any]:
        films = [film] if event.identifier.QueryRetrieveLevel == "SERIES" else [film, second]
        for ds in films:
            yield from ((status, answer) for status, answer in finding(ds)[1](event) if status)
        yield 0x0000, None

    def get(event: evt.Event) -> Iterator[Any]:
        if event.identifier.SOPInstanceUID not in here:
            event.assoc.dul.socket.close()
        yield 1
        yield 0xFF00, film

    most: list[int] = []

    def report(done: int, total: int) -> None:
        most.append(done)

    with (
        peer((evt.EVT_C_FIND, find), (evt.EVT_C_GET, get)) as archive,
        pytest.raises(PacsError, match="broke off while we talked") as caught,
    ):
        DimseClient(archive).retrieve(FoundStudy(film.StudyInstanceUID), into, report)
    assert caught.value.passing
    assert max(most) == 1
    assert list(into.iterdir()) == []


def test_that_waiting_for_a_film_can_be_cancelled(into: Path, film: Dataset) -> None:
    released, calls = threading.Event(), iter(range(6))

    class CancelledError(Exception):
        pass

    def get(event: evt.Event) -> Iterator[Any]:
        released.wait(5)
        yield 0

    def cancel(done: int, total: int) -> None:
        if total and next(calls) == 5:
            released.set()
            raise CancelledError

    started = time.monotonic()
    with peer(finding(film), (evt.EVT_C_GET, get)) as archive, pytest.raises(CancelledError):
        DimseClient(archive).retrieve(FoundStudy(film.StudyInstanceUID), into, cancel)
    assert time.monotonic() - started < 3


def test_that_names_of_an_archive_name_no_file(tmp_path: Path, into: Path, film: Dataset) -> None:
    wild = Dataset()
    wild.update(film)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        wild.SOPInstanceUID = "../../../evil"
    with (
        peer(finding(wild), (evt.EVT_C_GET, giving(wild))) as archive,
        pytest.raises(PacsError, match="has no projection films in this study"),
    ):
        DimseClient(archive).retrieve(FoundStudy(film.StudyInstanceUID), into, ignore)
    assert list(tmp_path.rglob("*evil*")) == []


def test_that_an_archive_that_does_not_know_where_to_send_says_so(into: Path, film: Dataset) -> None:
    def move(event: evt.Event) -> Iterator[Any]:
        yield None, None

    with (
        peer(finding(film), (evt.EVT_C_MOVE, move)) as archive,
        pytest.raises(PacsError, match=r"enter VCFDESKTOP, this computer and port [0-9]+$"),
    ):
        DimseClient(replace(archive, retrieval=Retrieval.MOVE)).retrieve(
            FoundStudy(film.StudyInstanceUID), into, ignore
        )


def test_that_an_archive_without_c_get_is_told_to_be_asked_by_c_move(into: Path, film: Dataset) -> None:
    entity_offers = FIND
    with (
        peer(finding(film), offers=entity_offers) as archive,
        pytest.raises(PacsError, match="does not offer"),
    ):
        DimseClient(archive).retrieve(FoundStudy(film.StudyInstanceUID), into, ignore)


def test_that_films_through_tls_need_a_certificate_of_ours(into: Path, film: Dataset) -> None:
    with peer(finding(film)) as archive:
        client = DimseClient(archive)
        wanted = client._films(FoundStudy(film.StudyInstanceUID), ignore)
        with (
            pytest.raises(PacsError, match="certificate of our own; choose one, or C-GET"),
            pacs_association.receiver(replace(archive, tls=True), [], [], pulse=pacs_lines.Pulse()),
        ):
            pass
    assert len(wanted) == 1


# Storage commitment


def committing(
    respond: Callable[[Dataset, Association], None], status: int = 0
) -> tuple[Any, Callable[[evt.Event], Any]]:
    """Answers on the same association, a moment later."""

    def act(event: evt.Event) -> tuple[int, None]:
        request, assoc = event.action_information, event.assoc
        threading.Timer(0.05, respond, (request, assoc)).start()
        return status, None

    return evt.EVT_N_ACTION, act


def report(request: Dataset, assoc: Association, event_type: int = 1, **elements: Any) -> None:
    answer = Dataset()
    answer.TransactionUID = request.TransactionUID
    answer.ReferencedSOPSequence = request.ReferencedSOPSequence
    for keyword, value in elements.items():
        setattr(answer, keyword, value)
    assoc.send_n_event_report(answer, event_type, COMMITMENT, "1.2.840.10008.1.20.1.1")


ASKED = [Instance(FILM, f"1.2.{n}", "1", "1") for n in (3, 4)]


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(
    ("respond", "commitment"),
    [
        (report, Commitment.COMMITTED),
        (lambda request, assoc: report(request, assoc, 2), Commitment.FAILED),
        (
            lambda request, assoc: report(
                request, assoc, ReferencedSOPSequence=request.ReferencedSOPSequence[:1]
            ),
            Commitment.FAILED,
        ),
    ],
    ids=["all", "failed", "too few"],
)
def test_that_an_answer_on_the_same_association_counts(
    respond: Callable[[Dataset, Association], None], commitment: Commitment
) -> None:
    with peer(committing(respond)) as archive:
        assert DimseClient(archive).commit(ASKED) is commitment


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(
    "respond",
    [
        lambda *_: None,
        lambda request, assoc: report(request, assoc, TransactionUID=generate_uid()),
    ],
    ids=["none", "another's"],
)
def test_that_no_answer_is_not_taken_for_one(respond: Callable[[Dataset, Association], None]) -> None:
    with (
        peer(committing(respond)) as archive,
        pytest.raises(PacsError, match=r"did not answer for the objects within 0\.4 s") as caught,
    ):
        DimseClient(archive).commit(ASKED)
    assert caught.value.passing


def test_that_a_commitment_that_is_not_offered_is_no_failure() -> None:
    with peer(offers=VERIFICATION) as archive:
        assert DimseClient(archive).commit(ASKED) is Commitment.NOT_OFFERED


# Where we listen


@contextlib.contextmanager
def callers(port: int, *first_words: bytes) -> Iterator[None]:
    """Strangers who call us, say something, and stay."""
    with contextlib.ExitStack() as lines:
        for words in first_words:
            line = lines.enter_context(socket.create_connection(("127.0.0.1", port)))
            line.sendall(words)
        yield


@pytest.mark.parametrize("tls", [False, True])
def test_that_strangers_who_call_hold_up_nothing(
    tmp_path: Path, into: Path, film: Dataset, pem: Certificates, tls: bool
) -> None:
    ours: list[int] = []
    as_peer: dict[str, Any] = {}

    def move(event: evt.Event) -> Iterator[Any]:
        contexts = [build_context(FILM, syntax) for syntax in SYNTAXES]
        yield "127.0.0.1", ours[0], {"contexts": contexts, **as_peer}
        with callers(ours[0], b"", b"GET / HTTP/1.0\r\n\r\n", b"\x01\x00\xff\xff\xff\xff", b"\x16\x03\x01"):
            yield from giving(film)(event)

    serving = None
    if tls:
        serving = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=pem.crt("authority"))
        calling = ssl.create_default_context(cafile=pem.crt("authority"))
        for context in (serving, calling):
            context.load_cert_chain(pem.crt("server"), pem.key("server"))
        as_peer["tls_args"] = calling, "reader.example"
    with peer(finding(film), (evt.EVT_C_MOVE, move), tls=serving) as archive:
        ours.append(archive.receive_port)
        secured = replace(
            archive,
            tls=tls,
            ca_file=pem.crt("authority"),
            client_certificate=pem.crt("client"),
            client_key=pem.key("client"),
        )
        started = time.monotonic()
        (path,) = DimseClient(replace(secured, retrieval=Retrieval.MOVE)).retrieve(
            FoundStudy(film.StudyInstanceUID), into, ignore
        )
    assert dcmread(path) == film
    assert time.monotonic() - started < 8
