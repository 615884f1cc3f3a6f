"""What the ``pacs`` commands share: which archive is meant, its password, and lines on the terminal."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from getpass import getpass
from pathlib import Path

from vcf_desktop.errors import PacsError, VcfError
from vcf_desktop.io.pacs import FILE_NAME, Archive, ArchiveClient, ArchiveKind, open_archive
from vcf_desktop.io.terminal import printable
from vcf_desktop.paths import user_folder

DONE, FAILED = 0, 1
"""Exit statuses of a command that did all, or not all, that it was asked."""


def add_archive_options(parser: ArgumentParser) -> None:
    """Let the user say which archive is asked."""
    parser.add_argument(
        "--archive", metavar="NAME", help="which archive; may be left out where only one is set up"
    )
    add_password_option(parser)


def add_password_option(parser: ArgumentParser) -> None:
    """Let the user give the password or token of an archive where no key store keeps it."""
    parser.add_argument(
        "--ask-password",
        action="store_true",
        help="ask for the password or token, or read it from a pipe; default: the one in the key store",
    )


def archives_file() -> Path:
    """Where the user's archives are listed."""
    return user_folder() / FILE_NAME


def archive_called(name: str | None) -> Archive:
    """The archive of this name, or the only one there is; VcfError where that is not clear."""
    from vcf_desktop.io.pacs_settings import load_archives

    archives = {archive.name: archive for archive in load_archives(archives_file())}
    if not archives:
        raise VcfError("no archive is set up; add one with: vcf-desktop pacs add NAME --host HOST")
    if name is None and len(archives) == 1:
        return next(iter(archives.values()))
    if name is None:
        raise VcfError(f"say which archive with --archive; there are {', '.join(archives)}")
    if name not in archives:
        raise VcfError(f"no archive is called {name}; there are {', '.join(archives)}")
    return archives[name]


def client_of(archive: Archive, *, ask: bool) -> ArchiveClient:
    """The client of an archive, with the password of the key store, or the one that the user gives."""
    from vcf_desktop.io.pacs_settings import load_secret

    if ask:
        return open_archive(archive, asked_secret(archive))
    secret = load_secret(archive) if archive.kind is ArchiveKind.WEB else None
    if secret is None and archive.user and sys.stdin.isatty():
        secret = asked_secret(archive)
    return open_archive(archive, secret)


def asked_secret(archive: Archive) -> str:
    """The password or token that is typed unseen, or comes through a pipe as one line.

    Raises:
        PacsError: there is none.
    """
    if sys.stdin.isatty():
        try:
            secret = getpass(f"Password or token of {printable(archive.name)}: ")
        except EOFError:
            secret = ""
    else:
        secret = sys.stdin.readline().rstrip("\r\n")
    if not secret:
        raise PacsError(archive.name, "no password or token was given")
    return secret
