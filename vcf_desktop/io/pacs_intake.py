"""Films as an archive sends them: only those asked for, all or none of them, under names of our own."""

from __future__ import annotations

import contextlib
import threading
import warnings
from collections.abc import Iterable
from io import BytesIO
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from pydicom import dcmread

from vcf_desktop.errors import PacsError, VcfError
from vcf_desktop.io.atomic import replace_files
from vcf_desktop.io.checks import MAX_FILE_BYTES
from vcf_desktop.io.dicom_header import DICOM_DAMAGE, text
from vcf_desktop.io.pacs import Instance

_PREAMBLE_BYTES = 128


class Intake:
    """Takes films into a folder; where the work ends with an exception, it removes those that came.

    Films may come from another thread than the one that asks.

    Attributes:
        failure: why something was refused; None while nothing was.
    """

    def __init__(self, archive: str, films: Iterable[Instance], into: Path) -> None:
        self._archive, self._into = archive, into
        self._wanted = {film.sop_uid: film for film in films}
        self._paths: dict[str, Path] = {}
        self.failure: VcfError | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            with self._lock:
                self._wanted.clear()  # nothing that comes late is taken
                for path in self._paths.values():
                    with contextlib.suppress(OSError):
                        path.unlink()

    @property
    def done(self) -> int:
        """How many films came."""
        return len(self._paths)

    @property
    def total(self) -> int:
        """How many films are wanted."""
        return len(self._wanted)

    @property
    def paths(self) -> tuple[Path, ...]:
        """Where the films that came lie, in the order in which they were asked for."""
        return tuple(self._paths[uid] for uid in self._wanted if uid in self._paths)

    def take(self, data: bytes) -> bool:
        """Write a film, the bytes of a DICOM file, unless it is not wanted or cannot be written."""
        with self._lock:
            try:
                film = self._wanted_film(data)
                path = self._free_path()
                replace_files({path: bytes(_PREAMBLE_BYTES) + data[_PREAMBLE_BYTES:]})
            except VcfError as e:
                self.failure = self.failure or e
                return False
            self._paths[film.sop_uid] = path
        return True

    def require(self, film: Instance) -> None:
        """Raise where a film did not come."""
        if film.sop_uid not in self._paths:
            reason = "did not send a film that it has; have its administrator look into its log"
            raise PacsError(self._archive, reason)

    def _wanted_film(self, data: bytes) -> Instance:
        if len(data) > MAX_FILE_BYTES:
            raise PacsError(self._archive, f"sends a film beyond the limit of {MAX_FILE_BYTES >> 30} GiB")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # see dicom_films.read_dicom
                ds = dcmread(BytesIO(data), stop_before_pixels=True)
                study_uid, sop_uid = text(ds, "StudyInstanceUID"), text(ds, "SOPInstanceUID")
        except DICOM_DAMAGE as e:
            raise PacsError(self._archive, "sends a film that is damaged; nothing was kept") from e
        film = self._wanted.get(sop_uid)
        if film is None or film.study_uid != study_uid:
            reason = "sends objects that were not asked for; nothing was kept, have its administrator look"
            raise PacsError(self._archive, reason)
        return film

    def _free_path(self) -> Path:
        numbered = (self._into / f"{number:04d}.dcm" for number in count(len(self._paths) + 1))
        return next(path for path in numbered if not path.exists())
