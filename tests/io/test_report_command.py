"""``vcf-desktop report``: from a saved review to files, and one sentence where that cannot be."""

from __future__ import annotations

import json
import shutil
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pydicom
import pytest
from pypdf import PdfReader

from tests.reports import DEMO_FILM, NOW, SIGNATURE, a_film, a_review
from vcf_desktop.__main__ import main
from vcf_desktop.film import Film
from vcf_desktop.io.sessions import Session, SessionStore, record_of
from vcf_desktop.paths import USER_VARIABLE
from vcf_desktop.report import Format

ALL = ",".join(Format)
ENDINGS = {
    *("report.pdf", "sr.dcm", "seg.dcm", "gsps.dcm", "pdf.dcm", "sc.dcm"),
    *("report.json", "report.csv", "fhir.json"),
}


@pytest.fixture(autouse=True)
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(USER_VARIABLE, str(tmp_path / "user"))
    return tmp_path / "user"


@pytest.fixture
def film(tmp_path: Path) -> Film:
    return a_film(Path(shutil.copy(DEMO_FILM, tmp_path / "film.dcm")))


def saved(film: Film, user: Path, *, signed: bool = True) -> Path:
    """The path of the film's saved review."""
    store = SessionStore(user / "reviews")
    session = Session(record_of(film), a_review(film))
    if signed:
        store.sign(session, SIGNATURE.reader, NOW)
    else:
        store.save(session)
    return store.path_of(session.film)


def report(*arguments: object) -> int:
    return main(["report", *map(str, arguments)])


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def text_of(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(path.read_bytes())).pages)


def test_that_a_signed_review_gives_every_format(
    film: Film, user: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert report(saved(film, user), "--format", ALL, "--out", out) == 0
    assert set(capsys.readouterr().out.splitlines()) == {str(path) for path in out.iterdir()}
    assert names(out) == {f"film.{ending}" for ending in ENDINGS}
    study = pydicom.dcmread(DEMO_FILM).StudyInstanceUID
    objects = [pydicom.dcmread(path) for path in out.glob("*.dcm")]
    assert {ds.StudyInstanceUID for ds in objects} == {study}
    assert len({ds.SOPInstanceUID for ds in objects}) == len({ds.SeriesInstanceUID for ds in objects}) == 5


def test_that_the_film_itself_names_its_review(film: Film, user: Path, tmp_path: Path) -> None:
    saved(film, user)
    assert report(film.path, "--out", tmp_path / "out") == 0
    assert "Vertebral fracture of L1" in text_of(tmp_path / "out" / "film.report.pdf")


def test_that_a_signed_version_can_be_reported_in_another_language(
    film: Film, user: Path, tmp_path: Path
) -> None:
    saved(film, user)
    signed = SessionStore(user / "reviews").signed_path(record_of(film), 1)
    assert report(signed, "--language", "de", "--paper", "Letter", "--out", tmp_path / "out") == 0
    assert "Wirbelkörperfraktur" in text_of(tmp_path / "out" / "film.report.pdf")


def test_that_an_unsigned_review_is_refused_and_writes_nothing(
    film: Film, user: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report(saved(film, user, signed=False), "--out", tmp_path / "out") == 1
    assert "not signed" in capsys.readouterr().err
    assert names(tmp_path / "out") == set()


def test_that_a_draft_is_marked_as_unverified_in_every_object(film: Film, user: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert report(saved(film, user, signed=False), "--draft", "--format", ALL, "--out", out) == 0
    assert all("UNVERIFIED DRAFT" in page.extract_text() for page in PdfReader(out / "film.report.pdf").pages)
    assert json.loads((out / "film.report.json").read_text())["status"] == "draft"
    for path in out.glob("*.dcm"):
        assert "UNVERIFIED" in pydicom.dcmread(path).to_json(), path.name
    assert b"draft" in (out / "film.report.csv").read_bytes()
    assert b'"preliminary"' in (out / "film.fhir.json").read_bytes()


def test_that_a_film_that_moved_is_asked_for_and_taken_from_elsewhere(
    film: Film, user: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    session = saved(film, user)
    moved = film.path.rename(tmp_path / "moved.dcm")
    assert report(session, "--out", tmp_path / "out") == 1
    assert "--film" in capsys.readouterr().err
    assert report(session, "--film", moved, "--out", tmp_path / "out") == 0
    assert names(tmp_path / "out") == {"moved.report.pdf"}


def test_that_another_film_in_its_place_is_refused(
    film: Film, user: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    session = saved(film, user)
    cv2.imwrite(str(tmp_path / "other.png"), np.arange(10_000, dtype=np.uint8).reshape(100, 100))
    assert report(session, "--film", tmp_path / "other.png", "--out", tmp_path / "out") == 1
    assert "not the film of this review" in capsys.readouterr().err


def test_that_a_film_nobody_reviewed_is_told_so(
    film: Film, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report(film.path, "--out", tmp_path / "out") == 1
    assert "no review of this film" in capsys.readouterr().err


def test_that_a_picture_gets_a_new_study_and_says_so(
    tmp_path: Path, user: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    grey = (a_film().pixels * 255).astype(np.uint8)
    cv2.imwrite(str(tmp_path / "film.png"), grey)
    film = a_film(tmp_path / "film.png")
    out = tmp_path / "out"
    assert report(saved(film, user), "--format", "sr,seg", "--out", out) == 0
    assert "new study" in capsys.readouterr().err
    assert names(out) == {"film.sr.dcm", "film.seg.dcm", "film.film.dcm"}
    assert len({pydicom.dcmread(path).StudyInstanceUID for path in out.iterdir()}) == 1


def test_that_an_unknown_format_is_wrong_usage(
    film: Film, user: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        report(saved(film, user), "--format", "pdf,docx", "--out", tmp_path / "out")
    assert ended.value.code == 2
    assert "choose of pdf,sr" in capsys.readouterr().err
