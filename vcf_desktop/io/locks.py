"""Work that one program at a time may do: locks that end with their process, however it ends."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from vcf_desktop.io.atomic import naming

if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[bool]:
    """Hold the lock of this file until the end of the block; whether it was free, as nobody waits for it.

    Raises:
        OutputError: the file cannot be made, or its file system knows no locks.
    """
    with naming(path):
        file = path.open("ab")
    with file:
        with naming(path):
            try:
                _take(file.fileno())
                free = True
            except (BlockingIOError, PermissionError):  # the latter on Windows
                free = False
        yield free
