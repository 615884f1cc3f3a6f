"""The archives that are set up, with their passwords: for the window, and for its workers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from vcf_desktop.errors import PacsError
from vcf_desktop.io.pacs import Archive, ArchiveClient, ArchiveKind, open_archive


class Archives(QObject):
    """The user's archives.

    Signals:
        changed: there are others, or a password was given.
    """

    changed = Signal()

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        """Read the archives at ``path``, where there are any."""
        super().__init__(parent)
        self._path = path
        self._all: tuple[Archive, ...] = ()
        self._given: dict[str, str] = {}
        if path.exists():  # what reads them is slow to import
            from vcf_desktop.io.pacs_settings import load_archives

            self._all = load_archives(path)

    @property
    def all(self) -> tuple[Archive, ...]:
        """All of them, in the user's order."""
        return self._all

    def named(self, name: str) -> Archive | None:
        """The archive of this name."""
        return next((archive for archive in self._all if archive.name == name), None)

    @property
    def takers(self) -> tuple[Archive, ...]:
        """Those to which signed reports are sent."""
        return tuple(archive for archive in self._all if archive.takes_results)

    def save(self, archives: Iterable[Archive]) -> None:
        """Make these the user's archives; OutputError where they cannot be written."""
        from vcf_desktop.io.pacs_settings import save_archives

        archives = tuple(archives)
        save_archives(self._path, archives)
        self._all = archives
        self._given = {name: secret for name, secret in self._given.items() if self.named(name)}
        self.changed.emit()

    def give_secret(self, archive: Archive, secret: str) -> None:
        """Use this password or token as long as the program runs; the key store is written to elsewhere."""
        self._given[archive.name] = secret
        self.changed.emit()

    def needs_secret(self, archive: Archive) -> bool:
        """Whether the user has to be asked for a password; runs in a worker, as the key store may wait.

        Raises:
            PacsError: the key store cannot be used.
        """
        return bool(archive.user) and self._secret(archive) is None

    def client(self, archive: Archive) -> ArchiveClient:
        """What speaks to an archive; runs in a worker.

        Raises:
            PacsError: its password is not known, or the key store cannot be used.
        """
        secret = self._secret(archive)
        if archive.user and secret is None:
            reason = "its password is not known; enter it where the archives are set up"
            raise PacsError(archive.name, reason, passing=True)
        return open_archive(archive, secret)

    def _secret(self, archive: Archive) -> str | None:
        if archive.kind is not ArchiveKind.WEB:
            return None
        if archive.name in self._given:
            return self._given[archive.name]
        from vcf_desktop.io.pacs_settings import load_secret

        return load_secret(archive)
