"""Fetched films: once, as the archive has them now, and no longer than they are looked at."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from tests.archives import RunningArchive, write_film
from vcf_desktop.errors import PacsError
from vcf_desktop.io.fetched import KEPT, FetchedStudies
from vcf_desktop.io.pacs import ArchiveClient, FoundStudy, Progress, StudyQuery, open_archive

STUDY = FoundStudy("1.2.3", "Doe^Jane", "4711", instance_count=2)


class Shelf:
    """An archive of one study: names of films -> their bytes; counts how often it is asked."""

    def __init__(self, films: Mapping[str, bytes]) -> None:
        self.films, self.asked = dict(films), 0
        self.error: Exception | None = None

    def retrieve(self, study: FoundStudy, into: Path, report: Progress) -> tuple[Path, ...]:
        self.asked += 1
        for name, content in self.films.items():
            (into / name).write_bytes(content)
        if self.error is not None:
            raise self.error
        return tuple(into / name for name in self.films)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf({"0001.dcm": b"one", "0002.dcm": b"two"})


@pytest.fixture
def fetched(tmp_path: Path) -> FetchedStudies:
    return FetchedStudies(tmp_path / "fetched")


def fetch(fetched: FetchedStudies, shelf: Shelf, study: FoundStudy = STUDY, archive: str = "A") -> Path:
    return fetched.fetch(archive, cast(ArchiveClient, shelf), study, lambda *_: None)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_that_a_study_is_fetched_once(fetched: FetchedStudies, shelf: Shelf) -> None:
    assert not fetched.holds("A", STUDY)
    folder = fetch(fetched, shelf)
    assert fetched.holds("A", STUDY)
    assert fetch(fetched, shelf) == folder
    assert shelf.asked == 1
    assert contents(folder) == {"0001.dcm": b"one", "0002.dcm": b"two"}


def test_that_no_name_of_a_file_names_a_patient_or_a_study(
    fetched: FetchedStudies, shelf: Shelf, tmp_path: Path
) -> None:
    fetch(fetched, shelf)
    names = " ".join(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*"))
    assert not [word for word in ("Doe", "Jane", "4711", "1.2.3") if word in names]


def test_that_a_study_of_the_same_uid_in_another_archive_is_another(
    fetched: FetchedStudies, shelf: Shelf
) -> None:
    assert fetch(fetched, shelf) != fetch(fetched, shelf, archive="B")
    assert shelf.asked == 2


@pytest.mark.parametrize("count", [3, None])
def test_that_a_study_that_may_have_grown_is_fetched_again(
    fetched: FetchedStudies, shelf: Shelf, count: int | None
) -> None:
    folder = fetch(fetched, shelf)
    # The archive hands them out in another order, one is new, and one was taken back.
    shelf.films = {"0001.dcm": b"three", "0002.dcm": b"one"}
    fetch(fetched, shelf, replace(STUDY, instance_count=count))
    assert contents(folder) == {"0001.dcm": b"one", "0002.dcm": b"three"}


def test_that_a_fetch_that_fails_leaves_what_was_there(
    fetched: FetchedStudies, shelf: Shelf, tmp_path: Path
) -> None:
    folder = fetch(fetched, shelf)
    shelf.films = {"0001.dcm": b"half"}
    shelf.error = PacsError("A", "stalls", passing=True)
    with pytest.raises(PacsError):
        fetch(fetched, shelf, replace(STUDY, instance_count=3))
    assert contents(folder) == {"0001.dcm": b"one", "0002.dcm": b"two"}
    assert fetched.holds("A", STUDY)
    assert sorted(path.suffix for path in (tmp_path / "fetched").iterdir()) == ["", ".json"]


def test_that_a_damaged_record_is_fetched_over(fetched: FetchedStudies, shelf: Shelf, tmp_path: Path) -> None:
    fetch(fetched, shelf)
    (record,) = (tmp_path / "fetched").glob("*.json")
    record.write_bytes(b"\xff{")
    assert not fetched.holds("A", STUDY)
    fetch(fetched, shelf)
    assert fetched.holds("A", STUDY)


def test_that_studies_nobody_opens_are_removed_but_not_those_on_the_list(
    fetched: FetchedStudies, shelf: Shelf, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    ages = {"old": KEPT + timedelta(hours=1), "young": KEPT - timedelta(hours=1), "used": 3 * KEPT}
    folders = {name: fetch(fetched, shelf, archive=name) for name in ages}
    for name, age in ages.items():
        moment = (now - age).timestamp()
        os.utime(folders[name].with_name(f"{folders[name].name}.json"), (moment, moment))
    (tmp_path / "fetched" / ".broken.part").mkdir()
    fetched.sweep(now, [folders["used"] / "0001.dcm"])
    left = {path for path in (tmp_path / "fetched").iterdir() if path.is_dir()}
    assert left == {folders["young"], folders["used"]}


def test_that_opening_a_study_again_keeps_it(fetched: FetchedStudies, shelf: Shelf) -> None:
    folder = fetch(fetched, shelf)
    os.utime(folder.with_name(f"{folder.name}.json"), (0, 0))
    fetch(fetched, shelf)
    fetched.sweep(datetime.now(UTC), [])
    assert len(contents(folder)) == 2


def test_that_nothing_is_swept_where_nothing_was_fetched(fetched: FetchedStudies, tmp_path: Path) -> None:
    fetched.sweep(datetime.now(UTC), [])
    assert list(tmp_path.iterdir()) == []


def test_that_films_of_a_real_archive_are_fetched_once(
    archive: RunningArchive, fetched: FetchedStudies, tmp_path: Path
) -> None:
    client = open_archive(archive.dimse, None)
    film = write_film(tmp_path / "sent.dcm", PatientID="fetched once")
    client.store(tmp_path / "sent.dcm")
    (study,) = client.find(StudyQuery(patient_id="fetched once"))
    told: list[tuple[int, int]] = []
    folder = fetched.fetch("Orthanc", client, study, lambda done, total: told.append((done, total)))
    assert told[-1] == (1, 1)
    (path,) = folder.iterdir()
    assert str(film.SOPInstanceUID).encode() in path.read_bytes()
    nobody = open_archive(replace(archive.dimse, port=1), None)
    assert fetched.fetch("Orthanc", nobody, study, lambda *_: None) == folder
