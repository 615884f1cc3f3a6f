"""Films that were fetched from archives: copies in the user's folder, a folder for each study.

They are the archive's, and can be fetched again: a study that nobody has opened for a month is removed, with
its reviews untouched, as those lie elsewhere and belong to the bytes of a film.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final

from vcf_desktop.io.atomic import make_folder, naming, patiently, replace_files
from vcf_desktop.io.pacs import ArchiveClient, FoundStudy, Progress

FOLDER_NAME: Final = "fetched"
"""In the user's folder."""
KEPT: Final = timedelta(days=30)
"""How long a study stays after it was opened last."""


class FetchedStudies:
    """The folder of all fetched studies of one user, which need not exist yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def folder_of(self, archive: str, study: FoundStudy) -> Path:
        """Where the films of a study lie or will lie; no patient, archive or study is named by it."""
        digest = hashlib.sha256(f"{archive}\0{study.study_uid}".encode()).hexdigest()
        return self._folder / digest[:32]

    def holds(self, archive: str, study: FoundStudy) -> bool:
        """Whether a study was fetched, and the archive has as many objects of it as it had then.

        One that does not say how many it has may have got others.
        """
        try:
            document = json.loads(_record_of(self.folder_of(archive, study)).read_bytes())
        except (OSError, ValueError):
            return False
        return study.instance_count is not None and document == {"objects": study.instance_count}

    def fetch(self, archive: str, client: ArchiveClient, study: FoundStudy, report: Progress) -> Path:
        """The folder with the films of a study as the archive has them now; fetched unless they are here.

        Films that are here already keep their files.

        Raises:
            OutputError: they cannot be written.
            PacsError: they cannot be fetched; what was here before is untouched.
        """
        folder = self.folder_of(archive, study)
        if not self.holds(archive, study):
            with self._part_of(folder) as part:
                films = client.retrieve(study, part, report)
                _replace_films(folder, films)
            replace_files({_record_of(folder): json.dumps({"objects": study.instance_count}).encode()})
        with contextlib.suppress(OSError):
            _record_of(folder).touch()
        return folder

    def sweep(self, now: datetime, in_use: Collection[Path]) -> None:
        """Remove studies that nobody has opened for :data:`KEPT`, and what broken fetches left; best effort.

        Args:
            now: with time zone.
            in_use: films that are on the list; their studies stay.
        """
        used = {film.parent for film in in_use}
        for record in self._folder.glob("*.json"):
            folder = record.with_suffix("")
            with contextlib.suppress(OSError):
                if folder not in used and record.stat().st_mtime < (now - KEPT).timestamp():
                    record.unlink()
        for folder in self._folder.glob("*"):
            if folder.is_dir() and folder not in used and not _record_of(folder).exists():
                shutil.rmtree(folder, ignore_errors=True)

    @contextlib.contextmanager
    def _part_of(self, folder: Path) -> Iterator[Path]:
        """Where films lie until all of them came."""
        make_folder(self._folder)
        with contextlib.suppress(OSError):  # patients' films; some file systems know no such mode
            self._folder.chmod(0o700)
        part = folder.with_name(f".{folder.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        make_folder(part)
        try:
            yield part
        finally:
            shutil.rmtree(part, ignore_errors=True)


def _record_of(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.json")


def _replace_films(folder: Path, films: Collection[Path]) -> None:
    """Make these the films of a folder; those that are there already, byte for byte, stay where they are."""
    make_folder(folder)
    with naming(folder):
        there = {_digest(path): path for path in folder.iterdir()}
        fetched = {_digest(path): path for path in films}
        for digest in there.keys() - fetched.keys():
            there[digest].unlink()
        free = (path for n in count(1) if not (path := folder / f"{n:04d}.dcm").exists())
        for digest, path in fetched.items():
            if digest not in there:
                patiently(partial(path.rename, next(free)))


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
