"""Signed reports on their way to a real archive: sent once, kept while it is away, and told of."""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pydicom
import pytest
import requests
from pytestqt.qtbot import QtBot

from tests.archives import PASSWORD, USER, RunningArchive, free_port, orthanc
from tests.reports import DEMO_FILM, a_draft, a_film, signed_report
from vcf_desktop.io.outbox import Outbox
from vcf_desktop.io.pacs import Archive
from vcf_desktop.io.pacs_settings import save_archives
from vcf_desktop.report import Paper, Report
from vcf_desktop.ui import outbox_sender
from vcf_desktop.ui.archive_access import Archives
from vcf_desktop.ui.edition import Edition
from vcf_desktop.ui.outbox_dialog import OutboxDialog
from vcf_desktop.ui.outbox_sender import OutboxSender

Make = Callable[[Archive], OutboxSender]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningArchive]:
    with orthanc(tmp_path_factory.mktemp("orthanc")) as running:
        yield running


@pytest.fixture
def make(qapp: object, tmp_path: Path) -> Iterator[Make]:
    senders = []

    def make_sender(archive: Archive) -> OutboxSender:
        save_archives(tmp_path / "archives.json", [archive])
        sender = OutboxSender(tmp_path / "outbox", Archives(tmp_path / "archives.json"))
        senders.append(sender)
        return sender

    yield make_sender
    for sender in senders:
        sender.close()


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    film = a_film(Path(shutil.copy(DEMO_FILM, tmp_path / "film.dcm")))
    return Edition(signed_report(film), film, "en", Paper.A4)


def taking(archive: Archive) -> Archive:
    return replace(archive, takes_results=True)


def away(archive: Archive) -> Archive:
    """An archive at a port where nobody listens."""
    return replace(taking(archive), port=free_port())


def outbox(folder: Path) -> Outbox:
    return Outbox(folder / "outbox")


def test_that_a_signed_report_arrives_with_all_its_objects_and_once(
    qtbot: QtBot, tmp_path: Path, archive: RunningArchive, make: Make, edition: Edition
) -> None:
    sender = make(taking(archive.dimse))
    told: list[str] = []
    sender.told.connect(lambda text, _: told.append(text))
    sender.put(edition)
    qtbot.waitUntil(lambda: len(outbox(tmp_path).sent()) == 1, timeout=30_000)
    qtbot.waitUntil(lambda: "The report has arrived at Orthanc" in told, timeout=5_000)
    [parcel] = outbox(tmp_path).sent()
    assert len(parcel.objects) == 4
    assert outbox(tmp_path).parcels() == ()
    told.clear()
    sender.put(edition)
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert told == ["This version of the report was sent before, or waits to be sent."]
    assert len(outbox(tmp_path).sent()) == 1


def test_that_the_archive_itself_finds_the_four_kinds_of_results_in_the_study_of_the_film(
    qtbot: QtBot, tmp_path: Path, archive: RunningArchive, make: Make, edition: Edition
) -> None:
    make(taking(archive.dimse)).put(edition)
    qtbot.waitUntil(lambda: len(outbox(tmp_path).sent()) == 1, timeout=30_000)
    study = str(pydicom.dcmread(DEMO_FILM, stop_before_pixels=True).StudyInstanceUID)
    assert kinds_of(archive, study) == {"SR", "SEG", "PR", "DOC"}


def kinds_of(archive: RunningArchive, study_uid: str) -> set[str]:
    """The modalities of a study, as the archive's own REST interface says."""
    query = {"Level": "Series", "Query": {"StudyInstanceUID": study_uid}, "Expand": True}
    address = archive.web.url.removesuffix("/dicom-web") + "/tools/find"
    answer = requests.post(address, json=query, auth=(USER, PASSWORD), timeout=10)
    return {series["MainDicomTags"]["Modality"] for series in answer.json()}


def test_that_a_report_waits_while_the_archive_is_away_and_goes_when_the_program_starts_again(
    qtbot: QtBot, tmp_path: Path, archive: RunningArchive, make: Make, edition: Edition
) -> None:
    first = make(away(archive.dimse))
    with qtbot.waitSignal(first.changed, timeout=20_000, check_params_cb=bool):
        first.put(edition)
    [waiting] = outbox(tmp_path).parcels()
    assert not waiting.held
    assert "listens" in waiting.reason or "refused" in waiting.reason
    first.close()
    outbox(tmp_path).retry(waiting.name, datetime.now(UTC))
    make(taking(archive.dimse)).start()
    qtbot.waitUntil(lambda: bool(outbox(tmp_path).sent()), timeout=30_000)
    assert outbox(tmp_path).parcels() == ()


def test_that_a_report_put_just_before_closing_is_in_the_outbox(
    tmp_path: Path, archive: RunningArchive, make: Make, edition: Edition
) -> None:
    sender = make(away(archive.dimse))
    sender.put(edition)
    sender.close()
    assert len(outbox(tmp_path).parcels()) == 1


def test_that_what_nobody_signed_is_never_sent(
    tmp_path: Path, archive: RunningArchive, make: Make, edition: Edition
) -> None:
    draft: Report = a_draft(edition.film)
    with pytest.raises(ValueError, match="never sent"):
        make(taking(archive.dimse)).put(replace(edition, report=draft))
    assert not (tmp_path / "outbox").exists()


def test_that_the_outbox_shows_why_a_report_waits_and_gives_it_up_only_when_asked(
    qtbot: QtBot, tmp_path: Path, archive: RunningArchive, make: Make, edition: Edition
) -> None:
    sender = make(replace(taking(archive.dimse), called_ae="NOBODY"))
    dialog = OutboxDialog()
    qtbot.addWidget(dialog)
    sender.changed.connect(dialog.show_parcels)
    dialog.discard_asked.connect(sender.discard)
    sender.put(edition)
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 1, timeout=20_000)
    state = dialog.table.item(0, 3)
    assert state is not None
    assert state.text().startswith("refused: ")
    dialog.discard.click()
    assert len(outbox(tmp_path).parcels()) == 1
    dialog.discard_asked.emit(dialog._chosen())
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 0, timeout=10_000)
    assert outbox(tmp_path).parcels() == ()


def test_that_what_waits_is_seen_while_an_archive_stalls(
    qtbot: QtBot, tmp_path: Path, make: Make, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox_sender, "PATIENCE_S", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as server:
        sender = make(Archive("Stalling", host="127.0.0.1", port=server.getsockname()[1], takes_results=True))
        sender.put(edition)
        qtbot.waitUntil(lambda: sender._round is not None, timeout=20_000)
        connection, _ = server.accept()
        with connection:
            dialog = OutboxDialog()
            qtbot.addWidget(dialog)
            assert "sent" not in dialog._hint.text()  # nothing is claimed before it is known
            sender.changed.connect(dialog.show_parcels)
            sender.tell_parcels()
            qtbot.waitUntil(lambda: dialog.table.rowCount() == 1, timeout=5_000)
            assert sender._round is not None
            sender.close()
    (parcel,) = outbox(tmp_path).parcels()
    assert parcel.sent_count == 0


def test_that_no_patient_is_named_in_the_list_of_what_waits(
    qtbot: QtBot, tmp_path: Path, archive: RunningArchive, make: Make, edition: Edition
) -> None:
    sender = make(away(archive.dimse))
    sender.put(edition)
    qtbot.waitUntil(lambda: bool(outbox(tmp_path).parcels()), timeout=20_000)
    [parcel] = outbox(tmp_path).parcels()
    assert edition.report.study is not None
    words = json.dumps(parcel.label) + parcel.name
    assert edition.report.study.patient_id not in words
    assert edition.film.sha256 in words


def test_that_an_amended_report_names_the_one_before_as_its_predecessor(
    qtbot: QtBot, tmp_path: Path, archive: RunningArchive, make: Make, edition: Edition
) -> None:
    sender = make(away(archive.dimse))
    for version in (1, 2):
        sender.put(replace(edition, report=signed_report(edition.film, version=version)))
        qtbot.waitUntil(lambda n=version: len(outbox(tmp_path).parcels()) == n, timeout=30_000)
    found = [pydicom.dcmread(path) for path in sorted((tmp_path / "outbox").glob("*/*.dcm"))]
    reports = {ds.SOPInstanceUID: ds for ds in found if ds.Modality == "SR"}
    assert len(reports) == 2
    [amended] = [ds for ds in reports.values() if "PredecessorDocumentsSequence" in ds]
    [first] = [uid for uid in reports if uid != amended.SOPInstanceUID]
    series = amended.PredecessorDocumentsSequence[0].ReferencedSeriesSequence[0]
    assert series.ReferencedSOPSequence[0].ReferencedSOPInstanceUID == first


def test_that_what_waits_for_an_archive_that_was_removed_is_told(
    qtbot: QtBot, tmp_path: Path, archive: RunningArchive, make: Make, edition: Edition
) -> None:
    first = make(away(archive.dimse))
    first.put(edition)
    first.close()
    sender = make(replace(archive.dimse, name="Another"))
    with qtbot.waitSignal(sender.told, timeout=20_000) as told:
        sender.send_due()
    text, is_warning = told.args
    assert text.startswith("archive Orthanc: is not set up any more; set it up under this name again")
    assert is_warning
    assert len(outbox(tmp_path).parcels()) == 1
