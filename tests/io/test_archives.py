"""Archives as hospitals make them, and as people make them who mean harm."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import shutil
import stat
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.data.data_manager import DATA_ROOT

from vcf_desktop.__main__ import _find_films
from vcf_desktop.errors import FilmReadError
from vcf_desktop.io import archives
from vcf_desktop.io.archives import is_archive, unpack
from vcf_desktop.io.films import find_films, read_film

DISC = Path(DATA_ROOT) / "test_files" / "dicomdirtests"
FILM = (DISC / "77654033" / "CR1" / "6154").read_bytes()
PICTURE_HEAD = b"\x89PNG\r\n\x1a\n"

Member = tuple[str | zipfile.ZipInfo, bytes]


def zip_bytes(*members: Member, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return content.getvalue()


def save(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def archive_of(folder: Path, *members: Member) -> Path:
    return save(folder / "study.zip", zip_bytes(*members))


def files_below(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def refusal(path: Path, into: Path) -> str:
    """Why an archive is refused; that nothing is left of the attempt is checked as well."""
    with pytest.raises(FilmReadError) as refused:
        unpack(path, into)
    assert refused.value.path == path
    assert not into.exists() or list(into.iterdir()) == []
    assert "\n" not in refused.value.reason
    return refused.value.reason


# What an archive is


def test_that_an_archive_is_known_by_its_content(tmp_path: Path) -> None:
    assert is_archive(save(tmp_path / "film.dcm", zip_bytes(("a", b""))))
    assert is_archive(save(tmp_path / "empty", zip_bytes()))


def test_that_films_pictures_folders_and_what_cannot_be_read_are_no_archives(tmp_path: Path) -> None:
    for name, content in {"a.zip": FILM, "b.zip": PICTURE_HEAD, "c.zip": b"", "d.zip": b"PK"}.items():
        assert not is_archive(save(tmp_path / name, content))
    assert not is_archive(save(tmp_path / "both", b"PK\3\4" + FILM[4:]))
    assert not is_archive(tmp_path)
    assert not is_archive(tmp_path / "gone.zip")
    assert not is_archive(Path("a\0b"))
    assert not is_archive(Path("x" * 5000))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system here")
def test_that_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert not is_archive(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe", tmp_path / "into") == "is not a file"


# Unpacking


def test_that_files_and_folders_come_out_as_they_went_in(tmp_path: Path) -> None:
    members = {"IMAGES/CR 1/FILM": FILM, "Übersicht.png": os.urandom(3 << 20), "a/b/empty": b""}
    path = archive_of(tmp_path, ("IMAGES/", b""), ("nothing/", b""), *members.items())
    folder = unpack(path, tmp_path / "deep" / "into")
    assert folder == tmp_path / "deep" / "into" / hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    assert files_below(folder) == members
    assert [entry.name for entry in folder.parent.iterdir()] == [folder.name]


@pytest.mark.skipif(shutil.which("zip") is None, reason="the program zip is not installed")
def test_that_an_archive_of_another_program_is_read(tmp_path: Path) -> None:
    save(tmp_path / "disc" / "IMAGES" / "FILM", FILM)
    subprocess.run(["zip", "-qr", "../study.zip", "."], cwd=tmp_path / "disc", check=True)
    assert files_below(unpack(tmp_path / "study.zip", tmp_path / "into")) == {"IMAGES/FILM": FILM}


def test_that_a_stream_whose_sizes_come_after_its_files_is_read(tmp_path: Path) -> None:
    class Stream(io.RawIOBase):
        content = b""

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.content += bytes(data)
            return len(data)

    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("film", FILM)
    folder = unpack(save(tmp_path / "study.zip", stream.content), tmp_path / "into")
    assert files_below(folder) == {"film": FILM}


def test_that_the_same_archive_is_unpacked_once_whatever_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive_of(tmp_path, ("film", FILM))
    folder = unpack(path, tmp_path / "into")
    copy = Path(shutil.copy(path, tmp_path / "copy.zip"))
    monkeypatch.setattr(zipfile, "ZipFile", lambda *_: pytest.fail("unpacked again"))
    assert unpack(copy, tmp_path / "into") == folder


def test_that_of_two_who_unpack_the_same_archive_at_once_both_get_it(tmp_path: Path) -> None:
    path = archive_of(tmp_path, ("film", FILM))
    folders = set()

    def report(done: float) -> None:
        if 0.5 < done < 1 and not folders:
            folders.add(unpack(path, tmp_path / "into"))

    folders.add(unpack(path, tmp_path / "into", report))
    assert list((tmp_path / "into").iterdir()) == list(folders)


def test_that_an_archive_in_an_archive_stays_packed(tmp_path: Path) -> None:
    inner = zip_bytes(("film", FILM))
    folder = unpack(archive_of(tmp_path, ("more.zip", inner)), tmp_path / "into")
    assert files_below(folder) == {"more.zip": inner}


def test_that_what_a_mac_adds_is_left_out(tmp_path: Path) -> None:
    path = archive_of(tmp_path, ("a/film.dcm", FILM), ("__MACOSX/a/._film.dcm", b"\0\5\x16\7"))
    assert files_below(unpack(path, tmp_path / "into")) == {"a/film.dcm": FILM}


@pytest.mark.parametrize("below", ["", "LWS seitlich"])
def test_that_the_films_of_a_disc_are_found(tmp_path: Path, below: str) -> None:
    shutil.copytree(DISC, tmp_path / "packed" / below, dirs_exist_ok=True)
    path = Path(shutil.make_archive(str(tmp_path / "study"), "zip", tmp_path / "packed"))
    folder = unpack(path, tmp_path / "into")
    expected = [folder / below / film.relative_to(DISC) for film in find_films(DISC / "DICOMDIR")]
    assert find_films(folder / below / "DICOMDIR") == expected
    assert set(find_films(folder)) >= set(expected)
    assert read_film(folder / below / "77654033" / "CR1" / "6154").study is not None


def test_that_an_archive_without_files_gives_a_folder_without_films(tmp_path: Path) -> None:
    folder = unpack(archive_of(tmp_path), tmp_path / "into")
    with pytest.raises(FilmReadError, match="holds no film"):
        find_films(folder)


# Progress and cancelling


def test_that_progress_goes_up_to_one(tmp_path: Path) -> None:
    path = archive_of(tmp_path, *((str(i), os.urandom(1 << 20)) for i in range(4)))
    told: list[float] = []
    unpack(path, tmp_path / "into", told.append)
    assert told == sorted(told)
    assert len(told) >= 8
    assert 0 < told[0] < 0.5 < told[-2] <= told[-1] == 1
    told.clear()
    unpack(path, tmp_path / "into", told.append)
    assert told[-1] == 1


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError, ValueError, RuntimeError, FileExistsError])
@pytest.mark.parametrize("when", [0.0, 0.6, 0.9])
def test_that_what_the_report_raises_stops_the_work_and_leaves_nothing(
    tmp_path: Path, error: type[BaseException], when: float
) -> None:
    path = archive_of(tmp_path, *((str(i), os.urandom(1 << 20)) for i in range(4)))

    def report(done: float) -> None:
        if done > when:
            raise error("enough")

    with pytest.raises(error, match="enough"):
        unpack(path, tmp_path / "into", report)
    assert files_below(tmp_path) == {"study.zip": path.read_bytes()}
    assert not list(tmp_path.glob("into/*"))


# Names


HOSTILE = [
    "../film",
    "a/../../film",
    "..",
    "a/.. /film",
    "a/.../film",
    "/etc/film",
    "//server/film",
    "C:/film",
    "C:film",
    "film:stream",
    "..\\film",
    "a\\film",
    "\\\\server\\film",
    "film\0.dcm",
    "\0",
    "fi\nlm",
    "fi\x1b[31mlm",
    "CON",
    "a/nul.dcm",
    "com1 .txt/film",
    "LPT³",
    "",
    ".",
    "x" * 256,
    "ü" * 128,
    "/".join(["x" * 100] * 6),
    "a/" * 16 + "film",
]


def with_name(name: str) -> bytes:
    """An archive with this very name in it, which ``zipfile`` would have cleaned a little."""
    info = zipfile.ZipInfo("film")
    info.filename = name
    return zip_bytes(("good", FILM), (info, FILM))


@pytest.mark.parametrize("name", HOSTILE)
def test_that_a_name_that_no_file_should_have_is_refused(tmp_path: Path, name: str) -> None:
    reason = refusal(save(tmp_path / "study.zip", with_name(name)), tmp_path / "into")
    assert reason.endswith(", a name that no file should have")
    assert reason.isprintable()
    assert len(reason) < 200
    assert list(files_below(tmp_path)) == ["study.zip"]


@pytest.mark.parametrize(
    "name",
    [
        "./film",
        "a//film",
        "L-Spine lat./film",
        "..film",
        "CONSOLE/com/lpt10",
        "Müller^Hans/1.2.840.10008.1.1",
        "腰椎　側面/フィルム",
        "/".join(["1.2.840." + "0" * 56] * 3) + ".dcm",
        "a/" * 15 + "film",
    ],
)
def test_that_a_name_that_is_odd_but_harmless_is_kept(tmp_path: Path, name: str) -> None:
    folder = unpack(save(tmp_path / "study.zip", with_name(name)), tmp_path / "into")
    assert files_below(folder) == {"good": FILM, os.path.normpath(name): FILM}


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK])
def test_that_a_link_or_a_device_is_refused(tmp_path: Path, kind: int) -> None:
    info = zipfile.ZipInfo("film")
    info.external_attr = (kind | 0o644) << 16
    path = archive_of(tmp_path, ("good", FILM), (info, b"/etc/passwd"))
    assert refusal(path, tmp_path / "into") == "holds 'film', which is a link or a device and no file"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_that_two_files_in_one_place_are_refused(tmp_path: Path) -> None:
    assert (
        refusal(archive_of(tmp_path, ("a/b", b""), ("a/b", FILM)), tmp_path / "into") == "holds 'a/b' twice"
    )
    assert refusal(archive_of(tmp_path, ("a/b", b""), ("a//b", FILM)), tmp_path / "into")
    for names in (("a", "a/b/c"), ("a/b/c", "a")):
        reason = refusal(archive_of(tmp_path, *((name, FILM) for name in names)), tmp_path / "into")
        assert reason == "holds 'a/b/c' in a folder that is a file as well"


# Sizes


def test_that_a_bomb_that_says_so_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_BYTES", 1 << 20)
    monkeypatch.setattr(archives, "_chunks", lambda *_: pytest.fail("unpacked"))
    path = archive_of(tmp_path, ("a", bytes(600_000)), ("b", bytes(600_000)))
    assert refusal(path, tmp_path / "into").startswith("unpacks to more than the limit of")


def declaring(content: bytes, size: int) -> bytes:
    """The archive of one file, with another size of it in both places that have one."""
    local, central = content.index(b"PK\3\4") + 22, content.index(b"PK\1\2") + 24
    changed = bytearray(content)
    changed[local : local + 4] = changed[central : central + 4] = struct.pack("<I", size)
    return bytes(changed)


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits on the size of files")
def test_that_a_bomb_that_denies_it_never_gets_to_write_more_than_it_says(tmp_path: Path) -> None:
    bomb = declaring(zip_bytes(("film", bytes(300 << 20))), 1000)
    path = save(tmp_path / "study.zip", bomb)
    # Within limits on files and memory that what is in it would break.
    script = (
        "import resource, sys; from pathlib import Path; from vcf_desktop.io.archives import unpack\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "try: unpack(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "except Exception as e: print(e)\n"
        "assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000\n"
    )
    command = [sys.executable, "-c", script, str(path), str(tmp_path / "into")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("study.zip: is a damaged or incomplete ZIP archive: Bad CRC-32")
    assert list(files_below(tmp_path)) == ["study.zip"]


def test_that_a_file_that_is_shorter_than_it_says_is_damaged(tmp_path: Path) -> None:
    path = save(tmp_path / "study.zip", declaring(zip_bytes(("film", FILM)), len(FILM) + 1))
    assert refusal(path, tmp_path / "into").endswith("'film' is not whole")


def test_that_files_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    content = zip_bytes(("a", os.urandom(10_000)))
    start, end = content.index(b"PK\1\2"), content.index(b"PK\5\6")
    entry = content[start:end]
    entries = b"".join(entry[:46] + bytes([97 + i]) + entry[47:] for i in range(3))
    tail = bytearray(content[end:])
    tail[8:16] = struct.pack("<HHI", 3, 3, len(entries))
    path = save(tmp_path / "study.zip", content[:start] + entries + tail)
    assert len(zipfile.ZipFile(path).infolist()) == 3
    assert refusal(path, tmp_path / "into").endswith("its files overlap")


def test_that_an_archive_over_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive_of(tmp_path, ("film", FILM))
    monkeypatch.setattr(archives, "MAX_BYTES", path.stat().st_size - 1)
    assert refusal(path, tmp_path / "into").startswith("is larger than the limit")


def test_that_an_archive_of_too_many_files_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive_of(tmp_path, *((str(i), b"") for i in range(11)))
    monkeypatch.setattr(archives, "MAX_MEMBERS", 10)
    assert refusal(path, tmp_path / "into") == "holds more than the limit of 20000 files"


def test_that_a_list_of_files_without_end_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive_of(tmp_path, *((str(i), b"") for i in range(20)))
    monkeypatch.setattr(archives, "_CHUNK_BYTES", 100)
    monkeypatch.setattr(archives, "_MAX_READ_BYTES", 500)
    assert refusal(path, tmp_path / "into") == "holds more than the limit of 20000 files"


# What cannot be unpacked


@pytest.mark.parametrize("bit", [0, 6, 13])
def test_that_an_encrypted_archive_is_refused(tmp_path: Path, bit: int) -> None:
    content = bytearray(zip_bytes(("film", FILM)))
    for flags in (content.index(b"PK\3\4") + 6, content.index(b"PK\1\2") + 8):
        content[flags : flags + 2] = struct.pack("<H", 1 << bit)
    path = save(tmp_path / "study.zip", bytes(content))
    assert refusal(path, tmp_path / "into").startswith("is encrypted")


@pytest.mark.parametrize("method", [1, 9, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, 93, 99])
def test_that_an_unusual_compression_is_refused(tmp_path: Path, method: int) -> None:
    known = method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
    content = bytearray(zip_bytes(("film", FILM), method=method if known else zipfile.ZIP_STORED))
    for place in (content.index(b"PK\3\4") + 8, content.index(b"PK\1\2") + 10):
        content[place : place + 2] = struct.pack("<H", method)
    reason = refusal(save(tmp_path / "study.zip", bytes(content)), tmp_path / "into")
    assert reason.startswith(f"holds 'film' compressed in an unusual way (method {method})")


def test_that_a_file_that_was_changed_is_found_by_its_checksum(tmp_path: Path) -> None:
    content = bytearray(zip_bytes(("good", FILM), ("film", FILM), method=zipfile.ZIP_STORED))
    content[content.rindex(FILM) + 1000] ^= 1
    reason = refusal(save(tmp_path / "study.zip", bytes(content)), tmp_path / "into")
    assert reason == "is a damaged or incomplete ZIP archive: Bad CRC-32 for file 'film'"


def test_that_an_archive_that_was_cut_is_refused_wherever_it_was(tmp_path: Path) -> None:
    content = zip_bytes(("a/film", FILM[:600]), ("b", b"text"))
    for length in range(len(content)):
        reason = refusal(save(tmp_path / "study.zip", content[:length]), tmp_path / "into")
        assert reason.startswith("is a damaged or incomplete ZIP archive: ")


def test_that_a_name_that_differs_between_its_two_places_is_a_short_reason(tmp_path: Path) -> None:
    content = zip_bytes(("film", b""), method=zipfile.ZIP_STORED)
    start = content.index(b"PK\1\2")
    local = content[:26] + struct.pack("<HH", 60_000, 0) + b"x" * 60_000
    tail = content[start:-6] + struct.pack("<IH", len(local), 0)
    # The list of files gets a size, so that the file is opened, and points back to it.
    tail = tail[:20] + struct.pack("<II", 1, 1) + tail[28:]
    reason = refusal(save(tmp_path / "study.zip", local + tail), tmp_path / "into")
    assert "File name in directory 'film' and header" in reason
    assert len(reason) < 300


def test_that_what_is_no_archive_is_a_reason(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.zip", tmp_path / "into") == "does not exist"
    assert refusal(tmp_path, tmp_path / "into").startswith("cannot be read")
    assert refusal(save(tmp_path / "film", FILM), tmp_path / "into").startswith("is a damaged or incomplete")
    assert refusal(Path("a\0b"), tmp_path / "into").startswith("cannot be read")


def test_that_a_disk_that_takes_no_more_is_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open

    def full(path: Path, mode: str = "r") -> object:
        return Path("/dev/full").open("wb") if mode == "xb" else opened(path, mode)

    if not Path("/dev/full").exists():
        pytest.skip("needs a device that is always full")
    path = archive_of(tmp_path, ("film", FILM))
    monkeypatch.setattr(Path, "open", full)
    into = tmp_path / "into"
    assert refusal(path, into) == f"cannot be unpacked into {into}: No space left on device"


def test_that_a_folder_that_cannot_be_made_is_a_reason(tmp_path: Path) -> None:
    path = archive_of(tmp_path, ("film", FILM))
    with pytest.raises(FilmReadError, match=r"study\.zip: cannot be unpacked into .*: "):
        unpack(path, save(tmp_path / "file", b"") / "into")
    folder = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    save(tmp_path / "into" / folder, b"a file in the way")
    with pytest.raises(FilmReadError, match=r"study\.zip: cannot be unpacked into .*: "):
        unpack(path, tmp_path / "into")
    assert [entry.name for entry in (tmp_path / "into").iterdir()] == [folder]


WHOLE = zip_bytes(("a/film", FILM[:300] + bytes(2000)), ("b", b"text"), method=zipfile.ZIP_DEFLATED)
STORED = zip_bytes(("a/film", FILM[:300]), ("b", b"text"), ("c/d/e", b""), method=zipfile.ZIP_STORED)


@given(
    content=st.sampled_from([WHOLE, STORED]),
    changes=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=6),
    cut=st.none() | st.integers(0, 10_000),
    extra=st.binary(max_size=30),
)
def test_that_damage_anywhere_gives_a_folder_or_a_reason(
    tmp_path_factory: pytest.TempPathFactory,
    content: bytes,
    changes: list[tuple[int, int]],
    cut: int | None,
    extra: bytes,
) -> None:
    damaged = bytearray(content)
    # Most of what matters stands in the headers, and the last of them are the ones read first.
    for place, value in changes:
        damaged[-1 - place % len(damaged)] = value
    tmp_path = tmp_path_factory.mktemp("damaged")
    path = save(tmp_path / "study.zip", bytes(damaged[: cut and cut % len(damaged)]) + extra)
    into = tmp_path / "into"
    try:
        folder = unpack(path, into)
    except FilmReadError as e:
        assert e.path == path  # noqa: PT017
        assert not into.exists() or list(into.iterdir()) == []
    else:
        assert list(into.iterdir()) == [folder]
    assert {entry.name for entry in tmp_path.iterdir()} <= {"study.zip", "into"}


# On the command line


def test_that_the_films_of_archives_are_called_by_archive_and_member(tmp_path: Path) -> None:
    one = archive_of(tmp_path / "a", ("IMAGES/FILM", FILM), ("notes.txt", b"no film"))
    other = archive_of(tmp_path / "b", ("FILM.overlay.png", PICTURE_HEAD))
    text = save(tmp_path / "text.zip", b"no archive")
    damaged = save(tmp_path / "damaged.zip", one.read_bytes()[:-30])
    none = archive_of(tmp_path / "c", ("notes.txt", b"no film"))
    temporary: list[Path] = []
    with contextlib.ExitStack() as until_done:
        found, complaints = _find_films([one, other, text, damaged, none, one], until_done)
        assert list(found) == [one / "IMAGES" / "FILM", text]
        assert read_film(found[one / "IMAGES" / "FILM"]).study is not None
        temporary += found.values()
        temporary.remove(text)
    assert temporary
    assert not any(path.exists() for path in temporary)
    assert [e.path for e in complaints] == [other, damaged, none]
    assert [e.reason.split(":")[0] for e in complaints] == [
        "holds no film but results of an earlier run",
        "is a damaged or incomplete ZIP archive",
        "holds no film",
    ]
