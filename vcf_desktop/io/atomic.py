"""Files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from vcf_desktop.errors import OutputError

TRIES: Final = 5
PAUSE_S: Final = 0.02

_T = TypeVar("_T")


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """Write all files or none: temporary files beside them, forced to the disk, take their place at the end.

    Raises:
        OutputError: names the first file that cannot be written; all are then as they were before.
    """
    parts = {path: _part_of(path) for path in contents}
    try:
        for path, content in contents.items():
            with naming(path):
                if path.is_dir():  # else it would be found out after another file was replaced
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
                _write(parts[path], content)
        for path, part in parts.items():
            with naming(path):
                patiently(partial(part.replace, path))
    finally:
        for part in parts.values():
            with contextlib.suppress(OSError):
                part.unlink()


def create_file(path: Path, content: bytes) -> None:
    """Write a file that must not be there yet, whole or not at all, and let nobody write to it again.

    Raises:
        OutputError: the file is there already, or cannot be written.
    """
    part = _part_of(path)
    with naming(path):
        try:
            _write(part, content)
            _move_where_nothing_is(part, path)
        finally:
            with contextlib.suppress(OSError):
                part.unlink()
    # Last, as Windows removes no part that nobody may write to; and some file systems know no such mode.
    with contextlib.suppress(OSError):
        path.chmod(0o444)


def make_folder(folder: Path) -> None:
    """Make ``folder`` with its parents where it is missing; OutputError where that fails."""
    with naming(folder):
        folder.mkdir(parents=True, exist_ok=True)


def patiently(act: Callable[[], _T]) -> _T:
    """What ``act`` gives, tried again for a moment: Windows refuses while another reads or replaces the file.

    Raises:
        OSError: what it raised in the end, or at once where it is no PermissionError.
    """
    for _ in range(TRIES - 1):
        with contextlib.suppress(PermissionError):
            return act()
        time.sleep(PAUSE_S)
    return act()


def _part_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.part")


def _write(part: Path, content: bytes) -> None:
    """Write a file, down to the disk."""
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _move_where_nothing_is(part: Path, path: Path) -> None:
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:  # no links on this file system, as on a memory stick
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        part.rename(path)


@contextlib.contextmanager
def naming(path: Path) -> Iterator[None]:
    """Turn what the file system refuses into an OutputError about ``path``."""
    try:
        yield
    except OSError as e:
        raise OutputError(path, f"cannot be written: {e.strerror or e}") from e
