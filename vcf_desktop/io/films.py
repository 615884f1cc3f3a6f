"""Reading films: DICOM and pictures into a :class:`Film`, and finding them in folders and on DICOM discs.

What a file is, its content decides, never its name.
"""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from vcf_desktop.errors import FilmReadError
from vcf_desktop.film import Film
from vcf_desktop.io.checks import MAX_FILE_BYTES, cause

_PICTURE_SIGNATURES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"II*\x00",
    b"MM\x00*",
    b"II+\x00",  # BigTIFF
    b"MM\x00+",
)
_MEDIA_DIRECTORY = b"1.2.840.10008.1.3.10"
"""SOP class of a DICOMDIR, which stands in its file meta group."""
_FILM_ENDINGS = frozenset({".dcm", ".dicom", ".jpeg", ".jpg", ".png", ".tif", ".tiff"})
_HEAD_BYTES = 1024


def read_film(path: Path, frame: int | None = None) -> Film:
    """Read a film: DICOM (CR, DX, secondary capture, RF, XA, digitised film), PNG, JPEG or TIFF.

    Args:
        path: the file; its name and extension do not matter.
        frame: index from 0 of the frame of a multi-frame file, which frames of one are not asked for.

    Returns:
        The film; ``pixels`` bone bright as far as the file tells what is bright, ``display.windows`` never
        empty unless there is a LUT: a file without either gets a window, whose explanation is ``computed`` or
        ``full range``.

    Raises:
        FilmReadError: the file cannot be read, is no film, is damaged or larger than
            :data:`vcf_desktop.io.checks.MAX_FILE_BYTES` or :data:`vcf_desktop.io.checks.MAX_PIXELS`, shows
            nothing, or has several frames and none or a wrong one was chosen. Nothing else is raised,
            whatever the file holds.
    """
    data = bytes_of(path)
    sha256 = hashlib.sha256(data).hexdigest()
    # Each reader loads its libraries, pydicom for a third of a second: only when such a film comes.
    if is_picture(data):
        from vcf_desktop.io.picture_films import read_picture

        return read_picture(path, data, sha256, frame)
    if _is_dicom(data):
        from vcf_desktop.io.dicom_films import read_dicom

        return read_dicom(path, data, sha256, frame)
    raise FilmReadError(path, "is neither DICOM nor a PNG, JPEG or TIFF picture")


def find_films(path: Path) -> list[Path]:
    """The films at a path: the file itself, all below a folder, or those that a DICOMDIR names.

    Below a folder, a file is passed over that is neither DICOM nor a picture, nor by its name should be one,
    and so are DICOMDIRs and what links to other folders lead to. What cannot be read, and what a DICOMDIR
    names and is missing, is in the list, so that reading it tells its name. The order is that of the paths; a
    DICOMDIR's that of its patients, studies and series.

    Raises:
        FilmReadError: the path does not exist or cannot be read, holds no film, or is a DICOMDIR that is
            damaged or leads out of its own folder.
    """
    if stat.S_ISDIR(status_of(path).st_mode):
        films = [file for file in _files_below(path) if _is_film(file)]
        if not films:
            raise FilmReadError(path, "holds no film: nothing in it is DICOM or a PNG, JPEG or TIFF picture")
        return films
    if _MEDIA_DIRECTORY not in _head_of(path):
        return [path]
    from vcf_desktop.io.dicomdir import read_dicomdir

    films = read_dicomdir(path, bytes_of(path))
    if not films:
        raise FilmReadError(path, "names no film")
    return films


def bytes_of(path: Path) -> bytes:
    """All bytes of a film's file; FilmReadError where it cannot be read, is empty or too large."""
    status = status_of(path)
    if stat.S_ISDIR(status.st_mode):
        raise FilmReadError(path, "is a folder, not a film")
    if status.st_size > MAX_FILE_BYTES:
        raise FilmReadError(path, f"is larger than the limit of {MAX_FILE_BYTES >> 30} GiB")
    try:
        data = path.read_bytes()
    except (OSError, ValueError, MemoryError) as e:
        raise FilmReadError(path, why_unreadable(e)) from e
    if not data:
        raise FilmReadError(path, "is empty")
    return data


def _head_of(path: Path) -> bytes:
    status_of(path)
    try:
        with path.open("rb") as file:
            return file.read(_HEAD_BYTES)
    except (OSError, ValueError) as e:
        raise FilmReadError(path, why_unreadable(e)) from e


def status_of(path: Path) -> os.stat_result:
    """What the file system says of a file or folder; anything else, a pipe or device, may have no end."""
    try:
        status = path.stat()
    except (OSError, ValueError) as e:
        raise FilmReadError(path, why_unreadable(e)) from e
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
        raise FilmReadError(path, "is not a file")
    return status


def why_unreadable(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "does not exist"
    said = error.strerror if isinstance(error, OSError) and error.strerror else cause(error)
    return f"cannot be read: {said}"


def _files_below(folder: Path) -> list[Path]:
    unreadable = []

    def refuse(error: OSError) -> None:
        if error.filename == os.fspath(folder):
            raise FilmReadError(folder, why_unreadable(error)) from error
        unreadable.append(Path(error.filename))

    # os.walk does not follow links to folders, so that no loop of them can be endless.
    walk = os.walk(folder, onerror=refuse)
    files = [Path(parent, name) for parent, _, names in walk for name in names]
    return sorted(files + unreadable)


def _is_film(path: Path) -> bool:
    """Whether a file below a folder is a film, or should be one: reading it then tells what is wrong."""
    if path.suffix.casefold() in _FILM_ENDINGS or path.is_dir():
        return True
    try:
        head = _head_of(path) if path.is_file() else b""
    except FilmReadError:
        return True
    return (is_picture(head) or _is_dicom(head)) and _MEDIA_DIRECTORY not in head


def is_picture(data: bytes) -> bool:
    """Whether a file starts as a PNG, JPEG or TIFF picture."""
    # A DICOM file may carry a TIFF in its preamble to be both (PS3.10 7.1); to us it is DICOM.
    return data.startswith(_PICTURE_SIGNATURES) and not _has_dicom_prefix(data)


def _is_dicom(data: bytes) -> bool:
    """Whether a file starts as DICOM: with its prefix, or, as old files do, at once with group 2 or 8."""
    group, vr = data[:2], data[4:6]
    little_endian = group in (b"\x02\x00", b"\x08\x00") and data[3:4] == b"\x00"
    big_endian = group in (b"\x00\x02", b"\x00\x08") and data[2:3] == b"\x00"
    # After the tag comes a VR, two capital letters, or the length of a first element, which is short.
    starts_element = (vr.isalpha() and vr.isupper()) or data[5:8] == b"\x00\x00\x00"
    return _has_dicom_prefix(data) or ((little_endian or big_endian) and len(data) > 8 and starts_element)


def _has_dicom_prefix(data: bytes) -> bool:
    return data[128:132] == b"DICM"
