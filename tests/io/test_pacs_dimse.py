"""Archives of DICOM's own protocol: Orthanc, DCMTK, and peers that are faulty or hostile."""

from __future__ import annotations

import contextlib
import logging
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydicom import Dataset, dcmread
from pydicom.uid import (
    BasicTextSRStorage,
    CTImageStorage,
    generate_uid,
)

from tests.archives import Certificates, RunningArchive, free_port, openssl, required, running, write_film
from vcf_desktop.errors import PacsError
from vcf_desktop.io.pacs import Archive, Commitment, FoundStudy, Instance, Retrieval, StudyQuery
from vcf_desktop.io.pacs_dimse import DimseClient

VERIFICATION = "1.2.840.10008.1.1"
FIND, MOVE, GET = (f"1.2.840.10008.5.1.4.1.2.2.{n}" for n in (1, 2, 3))
COMMITMENT = "1.2.840.10008.1.20.1"


def ignore(done: int, total: int) -> None:
    """Nobody looks how far it is."""


def instance(ds: Dataset) -> Instance:
    return Instance(ds.SOPClassUID, ds.SOPInstanceUID, ds.StudyInstanceUID, ds.SeriesInstanceUID)


def sent(client: DimseClient, folder: Path, **elements: Any) -> Dataset:
    """A film that was just sent to the archive."""
    ds = write_film(folder / "sent.dcm", **elements)
    client.store(folder / "sent.dcm")
    return ds


@pytest.fixture
def client(archive: RunningArchive) -> DimseClient:
    return DimseClient(archive.dimse)


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "into"
    folder.mkdir()
    return folder


# Orthanc


def test_that_a_sent_film_is_found_with_all_that_is_said_of_it(client: DimseClient, tmp_path: Path) -> None:
    client.echo()
    ds = sent(
        client,
        tmp_path,
        SpecificCharacterSet="ISO_IR 192",
        PatientName="Ковалёва^Мария",
        PatientID="K 17",
        PatientBirthDate="19500102",
        StudyDate="20240229",
        AccessionNumber="A17",
        StudyDescription="Wirbelsäule",
    )
    expected = FoundStudy(
        study_uid=ds.StudyInstanceUID,
        patient_name="Ковалёва^Мария",
        patient_id="K 17",
        birth_date=date(1950, 1, 2),
        study_date=date(2024, 2, 29),
        accession_number="A17",
        description="Wirbelsäule",
        modalities=("DX",),
        instance_count=1,
    )
    assert client.find(StudyQuery(patient_name="Ковал*")) == (expected,)
    assert client.find(StudyQuery(accession_number="A17", modalities=("CR", "DX"))) == (expected,)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (StudyQuery(), "BA"),
        (StudyQuery(patient_name="Doe^J?n"), "A"),
        (StudyQuery(since=date(2021, 5, 5)), "BA"),
        (StudyQuery(since=date(2021, 5, 6)), "B"),
        (StudyQuery(until=date(2021, 5, 5)), "A"),
        (StudyQuery(since=date(2021, 5, 6), until=date(2022, 2, 1)), ""),
        (StudyQuery(modalities=("CR", "RF")), "B"),
        (StudyQuery(modalities=("DX", "CR")), "BA"),
        (StudyQuery(accession_number="no such"), ""),
    ],
)
def test_that_studies_are_searched_by_what_is_asked(
    client: DimseClient, tmp_path: Path, query: StudyQuery, found: str
) -> None:
    patient = "searched"
    if not client.find(StudyQuery(patient_id=patient)):
        sent(client, tmp_path, PatientID=patient, PatientName="Doe^Jon", StudyDate="20210505", StudyID="A")
        sent(client, tmp_path, PatientID=patient, PatientName="Roe", StudyDate="20220202", Modality="CR")
    answers = client.find(replace(query, patient_id=patient))
    assert "".join("A" if answer.patient_name == "Doe^Jon" else "B" for answer in answers) == found


@pytest.mark.parametrize("retrieval", Retrieval)
def test_that_the_films_of_a_study_are_fetched_and_nothing_else(
    archive: RunningArchive, client: DimseClient, tmp_path: Path, into: Path, retrieval: Retrieval
) -> None:
    first = sent(client, tmp_path)
    study = {"StudyInstanceUID": first.StudyInstanceUID, "PatientID": first.PatientID}
    second = sent(client, tmp_path, **study)
    sent(client, tmp_path, **study, Modality="CT", SOPClassUID=CTImageStorage)
    sent(client, tmp_path, **study, Modality="OT", SOPClassUID=BasicTextSRStorage)
    (into / "0001.dcm").write_bytes(b"mine")
    progress: list[tuple[int, int]] = []
    fetching = DimseClient(replace(archive.dimse, retrieval=retrieval))
    paths = fetching.retrieve(
        FoundStudy(first.StudyInstanceUID), into, lambda done, total: progress.append((done, total))
    )
    assert {path.name for path in paths} == {"0002.dcm", "0003.dcm"}
    assert (into / "0001.dcm").read_bytes() == b"mine"
    fetched = {ds.SOPInstanceUID: ds for ds in map(dcmread, paths)}
    assert fetched == {ds.SOPInstanceUID: ds for ds in (first, second)}
    assert all(path.read_bytes()[:128] == bytes(128) for path in paths)
    assert progress[-1] == (2, 2)
    assert progress == sorted(progress)


@pytest.mark.parametrize("retrieval", Retrieval)
def test_that_cancelling_ends_a_retrieval_and_removes_what_came(
    archive: RunningArchive, client: DimseClient, tmp_path: Path, into: Path, retrieval: Retrieval
) -> None:
    first = sent(client, tmp_path)
    sent(client, tmp_path, StudyInstanceUID=first.StudyInstanceUID, PatientID=first.PatientID)

    class CancelledError(RuntimeError):
        pass

    def cancel(done: int, total: int) -> None:
        if done:
            raise CancelledError

    with pytest.raises(CancelledError):
        DimseClient(replace(archive.dimse, retrieval=retrieval)).retrieve(
            FoundStudy(first.StudyInstanceUID), into, cancel
        )
    assert list(into.iterdir()) == []


def test_that_a_study_without_films_says_so(client: DimseClient, tmp_path: Path, into: Path) -> None:
    ds = sent(client, tmp_path, Modality="CT", SOPClassUID=CTImageStorage)
    with pytest.raises(PacsError, match="has no projection films in this study; choose another"):
        client.retrieve(FoundStudy(ds.StudyInstanceUID), into, ignore)


def test_that_the_archive_answers_for_what_it_holds_and_for_nothing_else(
    client: DimseClient, tmp_path: Path
) -> None:
    held = instance(sent(client, tmp_path))
    other = replace(held, sop_uid=generate_uid())
    assert client.holds(held)
    assert not client.holds(other)
    assert client.commit([held]) is Commitment.COMMITTED
    assert client.commit([held, other]) is Commitment.FAILED


@pytest.mark.parametrize(
    ("change", "sentence", "passing"),
    [
        ({"called_ae": "OTHER"}, "is not called OTHER; correct its AE title", False),
        ({"calling_ae": "OTHER"}, "does not know us as OTHER; have its administrator enter this", False),
        ({"calling_ae": "MÜNCHEN"}, "an AE title has 1 to 16 characters without accents", False),
        ({"port": free_port()}, "answers that nobody listens; check host and port", True),
        ({"port": 70000}, "nobody listens", True),
        ({"host": "pacs.invalid"}, "pacs.invalid:[0-9]+ is no computer known here; check its name", True),
        ({"tls": True}, "dropped the line; try again later, or check the use of TLS", True),
        ({"tls": True, "ca_file": "/no/such.pem"}, "certificate authority cannot be used; choose", False),
    ],
)
def test_that_a_wrong_setting_is_explained(
    archive: RunningArchive, change: dict[str, Any], sentence: str, passing: bool
) -> None:
    with pytest.raises(PacsError, match=sentence) as caught:
        DimseClient(replace(archive.dimse, **change)).echo()
    assert caught.value.passing is passing
    assert str(caught.value).startswith("archive Orthanc: ")


def test_that_a_web_server_is_told_from_an_archive(archive: RunningArchive) -> None:
    port = int(archive.web.url.rpartition(":")[2].partition("/")[0])
    with pytest.raises(PacsError, match=f"127.0.0.1:{port} does not speak DICOM; check the port"):
        DimseClient(replace(archive.dimse, port=port)).echo()


def test_that_a_port_in_use_is_named(archive: RunningArchive, client: DimseClient, tmp_path: Path) -> None:
    held = instance(sent(client, tmp_path))
    with socket.create_server(("", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PacsError, match=f"cannot listen at port {port}: Address already in use; close"):
            DimseClient(replace(archive.dimse, receive_port=port)).commit([held])


@pytest.mark.parametrize("content", [None, b"", b"text" * 100, b"\0" * 128 + b"DICM"])
def test_that_a_file_that_cannot_be_sent_is_named(
    client: DimseClient, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "bad.dcm"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PacsError, match=r"was not sent bad\.dcm, which"):
        client.store(path)


def test_that_nobody_reads_a_patient_in_the_log(
    client: DimseClient, tmp_path: Path, into: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ds = sent(client, tmp_path, PatientName="Secret^Name", PatientID="secret id")
    client.find(StudyQuery(patient_name="Secret*", patient_id="secret id"))
    client.retrieve(FoundStudy(ds.StudyInstanceUID), into, ignore)
    assert "secret" not in caplog.text.lower()
    assert ds.StudyInstanceUID not in caplog.text


# DCMTK


@pytest.fixture
def dcmqrscp(tmp_path: Path) -> Iterator[Archive]:
    storage, folder = tmp_path / "dcmqr", tmp_path / "dcmtk"
    storage.mkdir()
    folder.mkdir()
    port, ours = free_port(), free_port()
    (folder / "dcmqrscp.cfg").write_text(
        f"NetworkTCPPort = {port}\nMaxPDUSize = 16384\nMaxAssociations = 16\n"
        f"HostTable BEGIN\nus = (VCFDESKTOP, localhost, {ours})\nHostTable END\n"
        f"VendorTable BEGIN\nVendorTable END\n"
        f"AETable BEGIN\nDCMTK {storage} RW (100, 1024mb) ANY\nAETable END\n"
    )
    command = [required("dcmqrscp"), "--config", folder / "dcmqrscp.cfg"]
    with running(command, port, folder=folder):
        yield Archive("DCMTK", host="127.0.0.1", port=port, called_ae="DCMTK", receive_port=ours)


@pytest.mark.parametrize("retrieval", Retrieval)
def test_that_dcmtk_is_understood_as_well(
    dcmqrscp: Archive, tmp_path: Path, into: Path, retrieval: Retrieval
) -> None:
    client = DimseClient(replace(dcmqrscp, retrieval=retrieval))
    client.echo()
    path = tmp_path / "sent.dcm"
    ds = write_film(path)
    ds.decompress()  # DCMTK as it is set up here hands out nothing compressed
    ds.save_as(path)
    client.store(path)
    assert client.holds(instance(ds))
    (study,) = client.find(StudyQuery(patient_id=ds.PatientID))
    (fetched,) = client.retrieve(study, into, ignore)
    assert dcmread(fetched) == ds
    assert client.commit([instance(ds)]) is Commitment.NOT_OFFERED


@contextlib.contextmanager
def storescp(pem: Certificates, name: str, folder: Path) -> Iterator[Archive]:
    """DCMTK behind TLS, which lets in who has a certificate of our authority."""
    port = free_port()
    folder.mkdir()
    command = [
        *(required("storescp"), "+tls", pem.key(name), pem.crt(name), "+cf", pem.crt("authority"), "+xa"),
        *(str(port),),
    ]
    with running(command, port, folder=folder):
        yield Archive(
            "TLS",
            host="127.0.0.1",
            port=port,
            tls=True,
            ca_file=pem.crt("authority"),
            client_certificate=pem.crt("client"),
            client_key=pem.key("client"),
        )


def test_that_a_film_is_sent_through_tls(pem: Certificates, tmp_path: Path) -> None:
    with storescp(pem, "server", tmp_path / "dcmtk") as archive:
        ds = write_film(tmp_path / "sent.dcm")
        DimseClient(archive).echo()
        DimseClient(archive).store(tmp_path / "sent.dcm")
    (received,) = (tmp_path / "dcmtk").glob(f"*{ds.SOPInstanceUID}")
    assert dcmread(received) == ds


@pytest.mark.parametrize(
    ("server", "change", "sentence"),
    [
        ("expired", {}, "the certificate of 127.0.0.1:[0-9]+ has expired; have its administrator renew it"),
        ("elsewhere", {}, "is for another computer; check the host"),
        ("stranger", {}, "is not trusted; choose the file of the authority that issued it"),
        ("server", {"ca_file": ""}, "is not trusted; choose the file of the authority"),
        ("server", {"client_key": ""}, "our certificate or its key cannot be used; choose PEM files"),
    ],
)
def test_that_nothing_is_said_where_a_certificate_is_wrong(
    pem: Certificates, tmp_path: Path, server: str, change: dict[str, str], sentence: str
) -> None:
    with (
        storescp(pem, server, tmp_path / "dcmtk") as archive,
        pytest.raises(PacsError, match=sentence) as caught,
    ):
        DimseClient(replace(archive, **change)).echo()
    assert not caught.value.passing


def test_that_an_archive_that_asks_for_a_certificate_gets_none_of_ours(
    pem: Certificates, tmp_path: Path
) -> None:
    """By TLS 1.3 we learn it only later, and may find the line dropped before (RFC 8446 4.4.2.4)."""
    with (
        storescp(pem, "server", tmp_path / "dcmtk") as archive,
        pytest.raises(
            PacsError, match=r"refuses our certificate, or its lack|check the use of TLS and its cert"
        ),
    ):
        DimseClient(replace(archive, client_certificate="")).echo()


def test_that_a_key_with_a_password_asks_nobody(pem: Certificates, tmp_path: Path) -> None:
    key = tmp_path / "locked.key"
    openssl("rsa", "-aes256", "-passout", "pass:x", "-in", pem.key("client"), "-out", str(key))
    archive = Archive(
        "TLS", host="127.0.0.1", port=free_port(), tls=True, client_certificate=pem.crt("client")
    )
    with pytest.raises(PacsError, match="the key without a password"):
        DimseClient(replace(archive, client_key=str(key))).echo()
