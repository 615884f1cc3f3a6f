"""Films in ZIP archives, in which hospitals hand out studies, often as a DICOMDIR and its folders.

Nothing that an archive says is trusted: neither its names nor its sizes, nor that all of it is there.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path, PurePosixPath

from vcf_desktop.errors import FilmReadError
from vcf_desktop.io.checks import DAMAGE, cause
from vcf_desktop.io.films import status_of, why_unreadable

MAX_BYTES = 8 << 30
"""Of an archive, and of its files when they are unpacked. The largest disc that studies come on, a DVD of two
layers, holds 8.5 GB."""
MAX_MEMBERS = 20_000
"""Files and folders in an archive. A disc full of CT slices, half a megabyte each, has some 17 000."""
MAX_NAME_BYTES = 512
"""Of a file's name with its folders, in UTF-8. Three UIDs, of which some servers make names, have 194."""
MAX_PART_BYTES = 255
"""Of the name of one file or folder, in UTF-8: what file systems hold."""
MAX_DEPTH = 16
"""Parts of a file's name. Those on a DICOM disc have 8 at most (PS3.10 8.2), and may lie in a few folders."""

_MAX_READ_BYTES = 8 << 20
"""The list of members is read at once, before they can be counted: 400 bytes for each of MAX_MEMBERS."""
_CHUNK_BYTES = 1 << 20
_SIGNATURES = (b"PK\3\4", b"PK\5\6", b"PK\7\x08")
"""Of the first file in an archive, of the end of an empty one, and of the first of several parts."""
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How members may be compressed. For the others zipfile sets no bound on the memory for one chunk."""
_ENCRYPTED = 1 << 0 | 1 << 6 | 1 << 13
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[0-9¹²³])\s*(\..*)?", re.I)
"""What Windows takes for a device, whatever folder it is in and whatever its ending."""
_MAC_FOLDER = "__MACOSX"
"""Where a Mac puts a file ``._NAME`` for each file, which holds no part of it but is named like a film."""
_DAMAGED = "is a damaged or incomplete ZIP archive"
_TOO_MANY = f"holds more than the limit of {MAX_MEMBERS} files"


def is_archive(path: Path) -> bool:
    """Whether a file starts as a ZIP archive. Its name does not matter, and what cannot be read is none.

    A DICOM file whose preamble makes it an archive as well is a film.
    """
    try:
        if not path.is_file():  # to open a pipe would be to wait for its other end
            return False
        with path.open("rb") as file:
            head = file.read(132)
    except (OSError, ValueError):
        return False
    return head.startswith(_SIGNATURES) and head[128:] != b"DICM"


def unpack(path: Path, into: Path, report: Callable[[float], None] = lambda _: None) -> Path:
    """Unpack a ZIP archive into a folder of its own below ``into``, and return that folder.

    The folder is named by the first 16 hex digits of the archive's sha256. Where it is there already, from
    earlier, it is returned as it is. Else it appears whole, at the end; a failure leaves nothing behind.
    Archives in the archive stay packed, and what a Mac adds to the files is left out.

    Args:
        path: the archive; its name does not matter.
        into: folder for the folders of archives; it is made where it is missing.
        report: is told how much is done, from 0 to 1. What it raises stops the work and is passed on.

    Raises:
        FilmReadError: the file cannot be read; it is no archive, damaged, encrypted or compressed in an
            unusual way; it is larger than :data:`MAX_BYTES` or unpacks to more, or has more than
            :data:`MAX_MEMBERS` members; it holds links, or names that could lead elsewhere or that a file
            cannot have; or ``into`` cannot be written or the disk is full. Nothing else is raised, whatever
            the file holds.
    """
    size = status_of(path).st_size
    if size > MAX_BYTES:
        raise FilmReadError(path, f"is larger than the limit of {MAX_BYTES >> 30} GiB")
    with _reading(path):
        file = _BoundedReader(io.FileIO(path))
    with file:
        digest = hashlib.sha256()
        while True:
            with _reading(path):
                chunk = file.read(_CHUNK_BYTES)
            if not chunk:
                break
            digest.update(chunk)
            report(min(0.5 * file.tell() / size, 0.5))
        folder = into / digest.hexdigest()[:16]
        with _writing(path, into):
            is_there = folder.is_dir()
        if not is_there:
            _unpack_whole(path, file, folder, report)
    report(1.0)
    return folder


class _BoundedReader(io.BufferedReader):
    """An archive that is opened; the list of members of a bomb does not get into memory."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _MAX_READ_BYTES:
            raise FilmReadError(Path(self.name), _TOO_MANY)
        return super().read(size)


def _unpack_whole(path: Path, file: _BoundedReader, folder: Path, report: Callable[[float], None]) -> None:
    into = folder.parent
    with _writing(path, into):
        into.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".part", dir=into))
    try:
        # A generator, so that no clause here that renames errors ever gets to see those of ``report``.
        with contextlib.closing(_unpacking(path, file, part)) as steps:
            for done in steps:
                report(0.5 + 0.5 * done)
        with _writing(path, into):
            try:
                part.rename(folder)
            except OSError:
                if not folder.is_dir():  # else somebody unpacked the same archive meanwhile
                    raise
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _unpacking(path: Path, file: _BoundedReader, part: Path) -> Generator[float, None, None]:
    """Unpack all files into the folder ``part``, and tell chunk by chunk how much is done."""
    with _reading(path):
        archive = zipfile.ZipFile(file)
        archive_bytes = file.seek(0, io.SEEK_END)
    members = _checked_members(path, archive.infolist(), archive_bytes)
    total = sum(info.file_size for info in members.values())
    done = 0
    for place, info in members.items():
        with _writing(path, part.parent):
            (part / place).parent.mkdir(parents=True, exist_ok=True)
            with (part / place).open("xb") as target:
                for chunk in _chunks(path, archive, info):
                    target.write(chunk)
                    done += len(chunk)
                    yield done / total


def _chunks(path: Path, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of a member: as many bytes as it declares, whose sum was checked, or an error."""
    left = info.file_size
    with _reading(path), archive.open(info) as member:
        while left > 0:
            chunk = member.read(min(left, _CHUNK_BYTES))
            if not chunk:
                raise zipfile.BadZipFile(f"{_quoted(info)} is not whole")
            left -= len(chunk)
            yield chunk


def _checked_members(
    path: Path, infos: Sequence[zipfile.ZipInfo], archive_bytes: int
) -> dict[PurePosixPath, zipfile.ZipInfo]:
    """The files to unpack by their place; of folders only those are made that files lie in."""
    if len(infos) > MAX_MEMBERS:
        raise FilmReadError(path, _TOO_MANY)
    members: dict[PurePosixPath, zipfile.ZipInfo] = {}
    for info in infos:
        # ``filename`` is the same up to the first NUL only, which is refused below.
        place = PurePosixPath(info.orig_filename)
        if info.orig_filename.endswith("/") or place.parts[:1] == (_MAC_FOLDER,):
            continue
        if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
            raise FilmReadError(path, f"holds {_quoted(info)}, which is a link or a device and no file")
        if not _is_safe(place):
            raise FilmReadError(path, f"holds {_quoted(info)}, a name that no file should have")
        if info.flag_bits & _ENCRYPTED:
            raise FilmReadError(path, "is encrypted; unpack it with its password and open the folder")
        if info.compress_type not in _METHODS:
            method = f"compressed in an unusual way (method {info.compress_type})"
            raise FilmReadError(path, f"holds {_quoted(info)} {method}; pack it again as an ordinary ZIP")
        if place in members:
            raise FilmReadError(path, f"holds {_quoted(info)} twice")
        members[place] = info
    for place, info in members.items():
        if any(folder in members for folder in place.parents):
            raise FilmReadError(path, f"holds {_quoted(info)} in a folder that is a file as well")
    if sum(info.file_size for info in members.values()) > MAX_BYTES:
        raise FilmReadError(path, f"unpacks to more than the limit of {MAX_BYTES >> 30} GiB")
    # Members that share their bytes are how a small bomb becomes a large one.
    if sum(info.compress_size for info in members.values()) > archive_bytes:
        raise FilmReadError(path, f"{_DAMAGED}: its files overlap")
    return members


def _is_safe(place: PurePosixPath) -> bool:
    """Whether a name stays below its folder and names a file of its own, here and on Windows."""
    return (
        0 < len(place.parts) <= MAX_DEPTH
        and len(str(place).encode()) <= MAX_NAME_BYTES
        and not any(
            not part.strip(". ")  # "..", and what Windows makes one of
            or any(character < " " or character in "/\\:" for character in part)
            or len(part.encode()) > MAX_PART_BYTES
            or _DEVICES.fullmatch(part)
            for part in place.parts
        )
    )


def _quoted(info: zipfile.ZipInfo) -> str:
    name = info.orig_filename
    return repr(name if len(name) <= 80 else f"{name[:77]}...")


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turn what zipfile raises into a FilmReadError."""
    try:
        yield
    except OSError as e:
        raise FilmReadError(path, why_unreadable(e)) from e
    except (zipfile.BadZipFile, *DAMAGE) as e:
        # It may quote names, which may be long.
        raise FilmReadError(path, f"{_DAMAGED}: {cause(e)[:200]}") from e


@contextlib.contextmanager
def _writing(path: Path, into: Path) -> Iterator[None]:
    """Turn what the file system refuses into a FilmReadError, which names the archive and the folder."""
    try:
        yield
    except (OSError, UnicodeError) as e:
        reason = e.strerror if isinstance(e, OSError) and e.strerror else cause(e)
        raise FilmReadError(path, f"cannot be unpacked into {into}: {reason}") from e
