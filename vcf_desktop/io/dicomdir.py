"""The directory of a DICOM disc (PS3.3 F, PS3.10 8)."""

from __future__ import annotations

import warnings
from pathlib import Path

from pydicom import Dataset

from vcf_desktop.errors import FilmReadError
from vcf_desktop.io.checks import cause
from vcf_desktop.io.dicom_films import parse
from vcf_desktop.io.dicom_header import items, text, texts, whole_number


def read_dicomdir(path: Path, data: bytes) -> list[Path]:
    """The pictures that a DICOMDIR, its bytes in ``data``, names by patient, study and series.

    Raises:
        FilmReadError: it cannot be read, or names a file outside its own folder.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        records = _in_tree_order(parse(path, data))
        return [
            _file_of(path, record) for record in records if text(record, "DirectoryRecordType") == "IMAGE"
        ]


def _in_tree_order(ds: Dataset) -> list[Dataset]:
    """The records as their offsets chain them, then those that no chain reaches, as they are written.

    Each record names its next sibling and its first child by their positions in the file (PS3.3 F.3.2.2).
    """
    by_position = {record.seq_item_tell: record for record in items(ds, "DirectoryRecordSequence")}
    ordered: list[Dataset] = []
    pending = [whole_number(ds, "OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity")]
    while pending:
        # Popped, so that what a damaged file chains into a circle ends where it began.
        record = by_position.pop(pending.pop(), None)
        if record is not None:
            ordered.append(record)
            pending.append(whole_number(record, "OffsetOfTheNextDirectoryRecord"))
            pending.append(whole_number(record, "OffsetOfReferencedLowerLevelDirectoryEntity"))
    return ordered + list(by_position.values())


def _file_of(path: Path, record: Dataset) -> Path:
    """Where the file of a record lies; on a disc mounted with small letters, there."""
    parts = texts(record, "ReferencedFileID")
    folder = path.parent
    if not parts or any(part in ("", ".", "..") or set(part) & set("/\\:\0") for part in parts):
        raise FilmReadError(path, "names a file outside its own folder")
    file = folder.joinpath(*parts)
    try:
        if not file.exists():
            small = folder.joinpath(*(part.lower() for part in parts))
            file = small if small.exists() else file
        inside = file.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError) as e:  # a name too long, links in a circle
        raise FilmReadError(path, f"names a file that cannot be: {cause(e)}") from e
    if not inside:
        raise FilmReadError(path, "names a file outside its own folder")
    return file
