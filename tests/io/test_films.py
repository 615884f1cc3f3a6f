"""What is a film, where films lie, and what happens where there is none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pydicom
import pytest
from PIL import Image
from pydicom.data.data_manager import DATA_ROOT

from vcf_desktop.errors import FilmReadError
from vcf_desktop.io import films
from vcf_desktop.io.films import find_films, read_film

DISC = Path(DATA_ROOT) / "test_files" / "dicomdirtests"
SECONDARY_CAPTURE = Path(DATA_ROOT) / "test_files" / "image_dfl.dcm"


def picture(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.arange(64, dtype=np.uint8).reshape(8, 8)).save(path, "PNG")
    return path


@pytest.mark.parametrize("read", [read_film, find_films])
def test_that_a_missing_file_is_named(tmp_path: Path, read: Callable[[Path], object]) -> None:
    with pytest.raises(FilmReadError, match=r"^spine\.dcm: does not exist$"):
        read(tmp_path / "spine.dcm")


def test_that_a_folder_an_empty_file_and_a_text_are_no_films(tmp_path: Path) -> None:
    with pytest.raises(FilmReadError, match="is a folder"):
        read_film(tmp_path)
    (tmp_path / "film.dcm").write_bytes(b"")
    with pytest.raises(FilmReadError, match="is empty"):
        read_film(tmp_path / "film.dcm")
    (tmp_path / "film.dcm").write_text("not a film, whatever its name")
    with pytest.raises(FilmReadError, match="neither DICOM nor a PNG, JPEG or TIFF"):
        read_film(tmp_path / "film.dcm")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system here")
@pytest.mark.parametrize("read", [read_film, find_films])
def test_that_a_pipe_is_not_waited_for(tmp_path: Path, read: Callable[[Path], object]) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FilmReadError, match="is not a file"):
        read(tmp_path / "pipe")


@pytest.mark.parametrize("read", [read_film, find_films])
def test_that_a_name_that_no_file_can_have_is_a_reason(read: Callable[[Path], object]) -> None:
    with pytest.raises(FilmReadError):
        read(Path("a\0b"))
    with pytest.raises(FilmReadError, match="cannot be read"):
        read(Path("x" * 5000))


def test_that_a_file_without_permission_is_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    path = picture(tmp_path / "film.png")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(FilmReadError, match=r"film\.png: cannot be read: Permission denied$"):
        read_film(path)


def test_that_a_file_over_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = picture(tmp_path / "film.png")
    monkeypatch.setattr(films, "MAX_FILE_BYTES", path.stat().st_size - 1)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("read"))
    with pytest.raises(FilmReadError, match="is larger than the limit"):
        read_film(path)


def test_that_a_file_that_is_both_tiff_and_dicom_is_dicom(tmp_path: Path) -> None:
    data = bytearray(SECONDARY_CAPTURE.read_bytes())
    data[:4] = b"II*\0"
    (tmp_path / "both").write_bytes(data)
    assert read_film(tmp_path / "both").study is not None


# Finding


def test_that_a_file_is_its_own_film_list(tmp_path: Path) -> None:
    path = picture(tmp_path / "film.png")
    assert find_films(path) == [path]
    (tmp_path / "notes.txt").write_text("no film, but it was asked for")
    assert find_films(tmp_path / "notes.txt") == [tmp_path / "notes.txt"]


def test_that_films_below_a_folder_are_found_by_content_and_sorted(tmp_path: Path) -> None:
    expected = [
        picture(tmp_path / "a" / "2.bin"),
        picture(tmp_path / "a" / "z.png"),
        picture(tmp_path / "b" / "c" / "no_extension"),
    ]
    shutil.copy(SECONDARY_CAPTURE, tmp_path / "b" / "film")
    expected.append(tmp_path / "b" / "film")
    # What should be a film by its name is named with its reason rather than passed over in silence.
    for name in ("report.dcm", "empty.png"):
        (tmp_path / "a" / name).write_text("")
        expected.append(tmp_path / "a" / name)
    (tmp_path / "b" / "notes.txt").write_text("a report")
    (tmp_path / "b" / "archive.zip").write_bytes(b"PK\3\4")
    shutil.copy(DISC / "DICOMDIR", tmp_path / "DICOMDIR")
    assert find_films(tmp_path) == sorted(expected)


def test_that_a_loop_of_links_has_an_end(tmp_path: Path) -> None:
    path = picture(tmp_path / "a" / "film.png")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "nowhere").symlink_to(tmp_path / "missing")
    (tmp_path / "a" / "itself").symlink_to(tmp_path / "a" / "itself")
    assert find_films(tmp_path) == [path]


def test_that_a_folder_without_films_is_a_reason(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing here")
    with pytest.raises(FilmReadError, match="holds no film"):
        find_films(tmp_path)


# DICOM discs


@pytest.mark.parametrize(
    "name",
    [
        "DICOMDIR",
        *(f"DICOMDIR-{kind}" for kind in ("bigEnd", "implicit", "nooffset", "nopatient", "reordered")),
    ],
)
def test_that_a_dicomdir_lists_its_pictures_patient_by_patient(name: str) -> None:
    # In the first of them the records lie in the order of the tree; the others hold the same pictures.
    records = pydicom.dcmread(DISC / "DICOMDIR").DirectoryRecordSequence
    expected = [DISC.joinpath(*record.ReferencedFileID) for record in records if "ReferencedFileID" in record]
    assert len(expected) == 31
    assert find_films(DISC / name) == expected
    assert all(path.is_file() for path in expected)


def test_that_the_films_of_a_disc_are_read_and_its_other_pictures_refused() -> None:
    opened = []
    for path in find_films(DISC / "DICOMDIR"):
        try:
            opened.append(read_film(path).path.parent.name)
        except FilmReadError as e:
            assert "not a projection film" in e.reason  # noqa: PT017
    assert opened == ["CR1", "CR2", "CR3"]


def test_that_a_dicomdir_without_pictures_is_a_reason() -> None:
    with pytest.raises(FilmReadError, match="names no film"):
        find_films(DISC / "DICOMDIR-empty.dcm")


def dicomdir(path: Path, *file_ids: list[str]) -> Path:
    """pydicom's DICOMDIR with other files in its first records of pictures."""
    ds = pydicom.dcmread(DISC / "DICOMDIR")
    images = [record for record in ds.DirectoryRecordSequence if record.DirectoryRecordType == "IMAGE"]
    with pydicom.config.disable_value_validation():
        for record, file_id in zip(images, file_ids, strict=False):
            record.ReferencedFileID = file_id
    for record in images[len(file_ids) :]:
        record.DirectoryRecordType = "PRIVATE"
    ds.save_as(path)
    return path


def test_that_a_missing_file_of_a_disc_is_in_the_list_and_named_when_read(tmp_path: Path) -> None:
    (missing,) = find_films(dicomdir(tmp_path / "DICOMDIR", ["IMAGES", "LOST"]))
    assert missing == tmp_path / "IMAGES" / "LOST"
    with pytest.raises(FilmReadError, match="LOST: does not exist"):
        read_film(missing)


def test_that_a_disc_mounted_with_small_letters_is_read(tmp_path: Path) -> None:
    film = picture(tmp_path / "images" / "film01")
    assert find_films(dicomdir(tmp_path / "dicomdir", ["IMAGES", "FILM01"])) == [film]


@pytest.mark.parametrize(
    "file_id",
    [["..", "SECRET"], ["IMAGES", "..", "..", "SECRET"], ["/etc/passwd"], ["A/../../B"], ["C:", "A"], ["."]],
)
def test_that_a_dicomdir_cannot_lead_out_of_its_folder(tmp_path: Path, file_id: list[str]) -> None:
    disc = tmp_path / "disc"
    disc.mkdir()
    with pytest.raises(FilmReadError, match="names a file outside its own folder"):
        find_films(dicomdir(disc / "DICOMDIR", file_id))


def test_that_a_link_on_a_disc_cannot_lead_out_of_it_either(tmp_path: Path) -> None:
    disc = tmp_path / "disc"
    disc.mkdir()
    picture(tmp_path / "elsewhere" / "film")
    (disc / "IMAGES").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    with pytest.raises(FilmReadError, match="names a file outside its own folder"):
        find_films(dicomdir(disc / "DICOMDIR", ["IMAGES", "film"]))


def test_that_a_disc_cannot_name_what_no_file_system_holds(tmp_path: Path) -> None:
    with pytest.raises(FilmReadError, match="names a file that cannot be"):
        find_films(dicomdir(tmp_path / "DICOMDIR", ["A" * 3000]))


def test_that_a_dicomdir_that_chains_its_records_into_a_circle_is_read(tmp_path: Path) -> None:
    ds = pydicom.dcmread(DISC / "DICOMDIR")
    for record in ds.DirectoryRecordSequence:
        record.OffsetOfTheNextDirectoryRecord = 396
        record.OffsetOfReferencedLowerLevelDirectoryEntity = 396
    shutil.copytree(DISC, tmp_path / "disc", ignore=shutil.ignore_patterns("TINY_ALPHA"))
    ds.save_as(tmp_path / "disc" / "DICOMDIR")
    assert len(find_films(tmp_path / "disc" / "DICOMDIR")) == 31


@pytest.mark.parametrize("length", [200, 600, 3000])
def test_that_a_damaged_dicomdir_gives_a_list_or_a_reason(tmp_path: Path, length: int) -> None:
    path = tmp_path / "DICOMDIR"
    path.write_bytes((DISC / "DICOMDIR").read_bytes()[:length])
    try:
        assert find_films(path)
    except FilmReadError as e:
        assert str(e).startswith("DICOMDIR: ")  # noqa: PT017
