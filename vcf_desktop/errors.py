"""Errors that a person is meant to read.

The tree::

    VcfError
    ├── FilmReadError(path, reason)    a film cannot be opened
    │   └── FrameChoiceError(path, reason, frame_count)    it has several frames and none was chosen
    ├── ModelError(name, reason)       weights are missing, tampered with or cannot run
    ├── OutputError(path, reason)      a result cannot be written
    ├── PacsError(archive, reason, passing)    an archive cannot be reached, or refuses
    ├── PseudonymError(path, reason)   the map of an export's pseudonyms cannot be used
    ├── ReportError(reason)            a report cannot be made
    ├── ReviewIncompleteError(reason)  a review cannot be signed yet
    └── SessionError(path, reason)     a saved review cannot be read
        └── SessionDamagedError(path, reason)    nor will it ever be

Each is one sentence that says what happened and, where there is something, what to do. Anything else that
is raised is a defect of the program.
"""

from __future__ import annotations

from pathlib import Path


class VcfError(Exception):
    """Base of every error whose text is meant for the user."""


class FilmReadError(VcfError):
    """The file at ``path`` cannot be used as a film; ``reason`` says why, without the file's name."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path.name}: {reason}")
        self.path = path
        self.reason = reason


class FrameChoiceError(FilmReadError):
    """The film at ``path`` has ``frame_count`` frames, of which one must be chosen."""

    def __init__(self, path: Path, reason: str, frame_count: int) -> None:
        super().__init__(path, reason)
        self.frame_count = frame_count


class ModelError(VcfError):
    """The model called ``name`` cannot be used; ``reason`` says why and what to do."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"model {name}: {reason}")
        self.name = name
        self.reason = reason


class OutputError(VcfError):
    """The result at ``path`` could not be written; whatever was there before is untouched."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class PacsError(VcfError):
    """The archive of this name did not do what was asked; ``reason`` says why and what to do.

    ``passing`` tells what may well succeed later by itself (nobody listens, the line dropped, no room) from
    what never will until somebody changes something (a certificate, an AE title, a password).
    """

    def __init__(self, archive: str, reason: str, *, passing: bool = False) -> None:
        super().__init__(f"archive {archive}: {reason}")
        self.archive = archive
        self.reason = reason
        self.passing = passing


class PseudonymError(VcfError):
    """The map of pseudonyms at ``path`` cannot be used; it is left as it is, and nothing is exported."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class ReportError(VcfError):
    """A report cannot be made; ``reason`` says why and what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ReviewIncompleteError(VcfError):
    """A review is not decided throughout, and thus not to be signed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SessionError(VcfError):
    """The saved review at ``path`` cannot be read, now at least; the file is left as it is."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path.name}: {reason}")
        self.path = path
        self.reason = reason


class SessionDamagedError(SessionError):
    """The saved review at ``path`` is damaged: it may be set aside, as no later try will read it."""


def expected(error: Exception) -> VcfError:
    """An error that the user is told; anything else is a defect and goes on."""
    if not isinstance(error, VcfError):
        raise error
    return error
