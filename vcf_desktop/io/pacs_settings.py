"""The user's archives on disk, and their passwords, which are in the system's key store and in no file."""

from __future__ import annotations

import contextlib
import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import keyring
from keyring.errors import KeyringError

from vcf_desktop.errors import PacsError
from vcf_desktop.io.atomic import make_folder, replace_files
from vcf_desktop.io.pacs import Archive

SERVICE: Final = "VCF Desktop"
"""What the key store knows the passwords by, together with the archive's name."""

_PORTS = range(1, 1 << 16)
_RECOMMENDED = 1
"""Priority from which keyring recommends a key store; below are those that keep passwords in plain files."""

_log = logging.getLogger(__name__)


def load_archives(path: Path) -> tuple[Archive, ...]:
    """The archives at ``path``, none where there is no file; without those that cannot be used."""
    archives, unusable = _read(path)
    for what in unusable:
        _log.warning("%s", what)
    return archives


def save_archives(path: Path, archives: Iterable[Archive]) -> None:
    """Write the archives, whole or not at all; OutputError where that fails.

    A file of which something cannot be used is kept as ``archives.unusable.json``.
    """
    make_folder(path.parent)
    # ASCII, as a folder's name need not be valid Unicode.
    document = {"archives": [asdict(archive) for archive in archives]}
    contents = {path: (json.dumps(document, indent=1) + "\n").encode()}
    if _read(path)[1]:
        with contextlib.suppress(OSError):
            contents[path.with_name(f"{path.stem}.unusable{path.suffix}")] = path.read_bytes()
    replace_files(contents)


def _read(path: Path) -> tuple[tuple[Archive, ...], tuple[str, ...]]:
    """The archives of a file, and what is wrong with the rest of it."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        entries = document["archives"]
        if not isinstance(entries, list):
            raise TypeError("no list")
    except FileNotFoundError:
        return (), ()
    except (OSError, LookupError, TypeError, ValueError, RecursionError) as e:
        return (), (f"the archives cannot be read and there are none: {type(e).__name__}",)
    archives: dict[str, Archive] = {}
    unusable = []
    for place, entry in enumerate(entries, start=1):
        try:
            archive = _archive_from(entry)
            if archive.name in archives:
                raise ValueError("its name is another's")
            archives[archive.name] = archive
        except (AttributeError, KeyError, TypeError, ValueError) as e:
            unusable.append(f"archive {place} of the list cannot be used and is left out: {type(e).__name__}")
    return tuple(archives.values()), tuple(unusable)


def load_secret(archive: Archive) -> str | None:
    """The password or token of an archive, None where none is kept.

    Raises:
        PacsError: the key store cannot be used.
    """
    if keyring.get_keyring().priority < _RECOMMENDED:
        return None
    try:
        return keyring.get_password(SERVICE, archive.name)
    except (KeyringError, OSError) as e:
        raise PacsError(archive.name, "its password cannot be read from the key store; unlock it") from e


def save_secret(archive: Archive, secret: str | None) -> None:
    """Keep the password or token of an archive in the system's key store, or forget it.

    Raises:
        PacsError: the key store cannot be used.
    """
    if keyring.get_keyring().priority < _RECOMMENDED:
        if secret is None:
            return
        reason = "its password is not kept, as this computer has no key store; it will be asked for each time"
        raise PacsError(archive.name, reason)
    try:
        if secret is not None:
            keyring.set_password(SERVICE, archive.name, secret)
        elif keyring.get_password(SERVICE, archive.name) is not None:
            keyring.delete_password(SERVICE, archive.name)
    except (KeyringError, OSError) as e:
        raise PacsError(archive.name, "its password cannot be kept in the key store; unlock it") from e


def _archive_from(entry: Mapping[str, Any]) -> Archive:
    """The archive of a JSON object.

    Raises:
        AttributeError, KeyError, TypeError, ValueError: it is none.
    """
    archive = Archive(**{name: _parsed(name, value) for name, value in entry.items()})
    if not archive.name or {archive.port, archive.receive_port} - set(_PORTS):
        raise ValueError("it has no name, or no such port")
    return archive


def _parsed(name: str, value: Any) -> Any:
    default = {field.name: field.default for field in fields(Archive)}[name]
    if isinstance(default, StrEnum):
        return type(default)(value)
    if type(value) is not (str if name == "name" else type(default)):
        raise TypeError(name)
    return value
