"""The record: a film of a real archive is reviewed in the real window, and its report goes back there."""

from __future__ import annotations

import json
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pydicom
import pypdf
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.archives import PASSWORD, USER, RunningArchive, orthanc, write_film
from vcf_desktop.io.pacs import open_archive
from vcf_desktop.io.pacs_settings import save_archives
from vcf_desktop.settings import Settings
from vcf_desktop.ui.about import USE_VERSION
from vcf_desktop.ui.archive_dialog import ArchiveDialog
from vcf_desktop.ui.document import DocumentState
from vcf_desktop.ui.film_entries import FilmState
from vcf_desktop.ui.main_window import MainWindow
from vcf_desktop.ui.sign_dialog import SignDialog

PATIENT = "REC-4711"
KINDS = {"DX", "SR", "SEG", "PR", "DOC"}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[RunningArchive]:
    folder = tmp_path / "orthanc"
    folder.mkdir()
    with orthanc(folder) as running:
        yield running


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, archive: RunningArchive) -> MainWindow:
    user = tmp_path / "user"
    save_archives(user / "archives.json", [replace(archive.dimse, takes_results=True)])
    window = MainWindow(user, Settings(accepted_use=USE_VERSION))
    qtbot.addWidget(window)
    window.show()
    return window


def rest(archive: RunningArchive, path: str) -> Any:
    """What another client, Orthanc's own, is told."""
    root = archive.web.url.removesuffix("/dicom-web")
    request = urllib.request.Request(f"{root}{path}")  # noqa: S310
    request.add_header("Authorization", "Basic " + b64encode(f"{USER}:{PASSWORD}".encode()).decode())
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
        return answer.read()


def in_the_archive(archive: RunningArchive) -> dict[str, pydicom.Dataset]:
    """Modality -> object, of all that the archive holds."""
    names = json.loads(rest(archive, "/instances"))
    found = [pydicom.dcmread(BytesIO(rest(archive, f"/instances/{name}/file"))) for name in names]
    return {ds.Modality: ds for ds in found}


def dialog_of(qtbot: QtBot, kind: type[Any]) -> Any:
    def shown() -> list[Any]:
        return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()), timeout=10_000)
    return shown()[0]


def test_that_a_film_of_the_archive_is_reviewed_signed_and_its_report_is_back_there(
    qtbot: QtBot, tmp_path: Path, archive: RunningArchive, window: MainWindow
) -> None:
    film = write_film(
        tmp_path / "film.dcm", PatientID=PATIENT, PatientName="王^小明", SpecificCharacterSet="GB18030"
    )
    open_archive(archive.dimse, None).store(tmp_path / "film.dcm")
    (tmp_path / "film.dcm").unlink()

    window.actions_by_name["archive"].trigger()
    search: ArchiveDialog = dialog_of(qtbot, ArchiveDialog)
    search.patient_id.setText(PATIENT)
    search.search()
    qtbot.waitUntil(lambda: search.table.rowCount() == 1, timeout=20_000)
    search.fetch()

    qtbot.waitUntil(
        lambda: (
            window.films.current is not None
            and window.films.current.state is DocumentState.REVIEWING
            and bool(window.films.current.review.vertebrae)
        ),
        timeout=60_000,
    )
    document = window.films.current
    assert document is not None
    while document.review.undecided:
        document.select(document.review.undecided[0].key)
        window.actions_by_name["accept"].trigger()
    window.actions_by_name["sign"].trigger()
    dialog: SignDialog = dialog_of(qtbot, SignDialog)
    dialog._reader.setText("Dr. Roe")
    dialog.accept()
    qtbot.waitUntil(lambda: window.films.current.state is DocumentState.SIGNED, timeout=10_000)

    qtbot.waitUntil(lambda: len(json.loads(rest(archive, "/instances"))) == len(KINDS), timeout=60_000)
    objects = in_the_archive(archive)
    assert objects.keys() == KINDS
    assert {ds.StudyInstanceUID for ds in objects.values()} == {film.StudyInstanceUID}
    assert {ds.PatientID for ds in objects.values()} == {PATIENT}
    assert {str(ds.PatientName) for ds in objects.values()} == {"王^小明"}
    assert objects["SR"].VerificationFlag == "VERIFIED"
    assert len(objects["SEG"].SegmentSequence) == len(document.review.present)
    pdf = pypdf.PdfReader(BytesIO(objects["DOC"].EncapsulatedDocument))
    assert "Dr. Roe" in "".join(page.extract_text() for page in pdf.pages)
    entry = window.library.entry(document.film.key)
    assert entry is not None
    assert entry.state is FilmState.SIGNED
    qtbot.waitUntil(lambda: not any((tmp_path / "user" / "outbox").glob("*/parcel.json")), timeout=30_000)
