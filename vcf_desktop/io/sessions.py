"""Reviews on disk, beside the user's data and never beside the film.

One JSON file a film, named by the sha256 of the film's bytes, is replaced whole at every change. A signed
version is a file of its own that is never written again. Patients are not named in either; the film is.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from vcf_desktop.errors import OutputError, ReviewIncompleteError, SessionDamagedError, SessionError
from vcf_desktop.film import Film, Orientation
from vcf_desktop.io.analysis_json import (
    array_from,
    coordinates,
    finding_document,
    finding_from,
    number_from,
    of_type,
    saved_analysis_document,
    saved_analysis_from,
    words_from,
)
from vcf_desktop.io.atomic import create_file, make_folder, naming, patiently, replace_files
from vcf_desktop.io.statement_json import statement_document, statement_from
from vcf_desktop.review import (
    POINTS_OF_MEASURE,
    Cause,
    Decision,
    FirstReading,
    Mark,
    Measure,
    MeasureKind,
    ReaderGrade,
    Review,
    Verdict,
    Vertebra,
)
from vcf_desktop.spine import Analysis, Deformity, VertebraLevel
from vcf_desktop.statement import Statement
from vcf_desktop.trail import Change, Signature, TrailEntry, changes

SCHEMA: Final = "vcf-desktop/session/1"
"""Name of the format."""
_ANY_SCHEMA: Final = r"vcf-desktop/session/\d+"


@dataclass(frozen=True)
class FilmRecord:
    """Which film a review is of.

    Attributes:
        sha256: of the file's bytes.
        path: where it was read from last.
        frame: index from 0.
        sop_uid: SOP Instance UID, empty for pictures.
        row_to_column: height of a pixel divided by its width.
    """

    sha256: str
    path: Path
    frame: int = 0
    sop_uid: str = ""
    row_to_column: float = 1.0


def record_of(film: Film) -> FilmRecord:
    """Which bytes a film has."""
    return FilmRecord(
        sha256=film.sha256,
        path=film.path.absolute(),
        frame=film.frame,
        sop_uid=film.study.sop_uid if film.study else "",
        row_to_column=film.row_to_column,
    )


@dataclass(frozen=True, eq=False)
class Session:
    """A film's review with all that belongs to it.

    Attributes:
        film: which film it is of.
        review: as it stands.
        trail: every change so far, the first one first.
        signatures: of the versions signed so far.
        locked: whether ``review`` is the version signed last.
        shown: keys of the vertebrae the reader has looked at.
        orientation: how the reader turned the film.
    """

    film: FilmRecord
    review: Review
    trail: tuple[TrailEntry, ...] = ()
    signatures: tuple[Signature, ...] = ()
    locked: bool = False
    shown: frozenset[int] = frozenset()
    orientation: Orientation = field(default_factory=Orientation)


class SessionStore:
    """The folder of all reviews of one user."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path_of(self, film: FilmRecord) -> Path:
        """Where the review of a film lies or will lie."""
        return self._folder / f"{film.sha256}-{film.frame}.json"

    def load(self, film: FilmRecord) -> Session | None:
        """The review of a film with these very bytes, now at ``film.path``; None where there is none.

        It is the version signed last where the saved review does not tell of that version: the program may
        have ended between the two, or the saved review been set aside.

        Raises:
            SessionError: there is one that cannot be read; it is left as it is.
        """
        version = self._last_signed(film)
        session = _load_if_there(self.path_of(film))
        if version > (len(session.signatures) if session else 0):
            session = load_session(self.signed_path(film, version))
        return None if session is None else replace(session, film=film)

    def save(self, session: Session) -> None:
        """Write a review in place of the film's last one, whole or not at all.

        Raises:
            OutputError: it cannot be written, or a version was signed that it knows nothing of.
        """
        path = self.path_of(session.film)
        make_folder(self._folder)
        with naming(self._folder):
            unknown = self.signed_path(session.film, len(session.signatures) + 1).exists()
        if unknown:
            raise OutputError(path, "was signed by another program meanwhile; start VCF Desktop again")
        pointers = {
            pointer: session.film.sha256.encode()
            for pointer in self._pointers(session.film)
            if not _says(pointer, session.film.sha256)
        }
        replace_files({**pointers, path: _encoded(session)})

    def add_analysis(self, film: FilmRecord, analysis: Analysis, at: datetime) -> Session:
        """Save the machine's opinion of a film that nobody reads now, beside what was decided by hand.

        A signed review stays as it is.

        Raises:
            OutputError, SessionError: it cannot be written, or what is there cannot be read.
        """
        session = self.load(film) or Session(film, Review())
        if session.locked:
            return session
        review = session.review.with_analysis(analysis)
        entry = TrailEntry(at, "", "analysis", changes(session.review, review))
        session = replace(session, review=review, trail=(*session.trail, entry))
        self.save(session)
        return session

    def sign(self, session: Session, reader: str, at: datetime) -> Session:
        """Lock a review as its next version, in a file of its own; the locked session, saved.

        Raises:
            OutputError: it cannot be written; then nothing is signed.
            ReviewIncompleteError: a vertebra is undecided.
        """
        if session.review.undecided:
            raise ReviewIncompleteError("Vertebrae are undecided; decide about each before you sign.")
        signature = Signature(len(session.signatures) + 1, reader, at)
        entry = TrailEntry(at, reader, f"sign version {signature.version}", ())
        signed = replace(
            session,
            trail=(*session.trail, entry),
            signatures=(*session.signatures, signature),
            locked=True,
        )
        make_folder(self._folder)
        path = self.signed_path(session.film, signature.version)
        create_file(path, _encoded(signed))
        try:
            self.save(signed)
        except OutputError:
            # What was refused to the reader must not be found as signed later.
            with contextlib.suppress(OSError):
                path.chmod(0o644)
                path.unlink()
            raise
        return signed

    def signed_path(self, film: FilmRecord, version: int) -> Path:
        """Where a signed version lies."""
        return self._folder / f"{film.sha256}-{film.frame}.signed-{version}.json"

    def _last_signed(self, film: FilmRecord) -> int:
        """Number of the version signed last, 0 where there is none."""
        name = re.compile(rf"{re.escape(self.path_of(film).stem)}\.signed-([1-9]\d*)\.json")
        try:
            found = [name.fullmatch(path.name) for path in self._folder.iterdir()]
        except (FileNotFoundError, NotADirectoryError):
            return 0
        except OSError as e:
            raise _unreadable_now(self._folder, e) from e
        return max((int(match[1]) for match in found if match), default=0)

    def earlier_film(self, film: FilmRecord) -> FilmRecord | None:
        """A reviewed film that had this path or this SOP Instance UID, and other bytes; None without one."""
        for pointer in self._pointers(film):
            with contextlib.suppress(OSError, ValueError):
                earlier = replace(film, sha256=pointer.read_text(encoding="ascii"))
                if earlier.sha256 != film.sha256 and self.path_of(earlier).exists():
                    return earlier
        return None

    def _pointers(self, film: FilmRecord) -> list[Path]:
        """Files that tell by a film's path and by its UID which bytes it had when it was reviewed."""
        names = [os.fsencode(film.path.absolute()), film.sop_uid.encode()]
        hashes = [hashlib.sha256(b"%d %b" % (film.frame, name)).hexdigest() for name in names if name]
        return [self._folder / f"{digest[:32]}.film" for digest in hashes]


def load_session(path: Path) -> Session:
    """The saved or signed review at ``path``.

    Raises:
        SessionError: it cannot be read now, or is of a newer version of the program.
        SessionDamagedError: it is damaged.
    """
    try:
        content = patiently(path.read_bytes)
    except OSError as e:
        raise _unreadable_now(path, e) from e
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as e:
        raise SessionDamagedError(path, "is damaged: it is not valid JSON") from e
    schema = document.get("schema") if isinstance(document, dict) else None
    if schema != SCHEMA:
        if isinstance(schema, str) and re.fullmatch(_ANY_SCHEMA, schema):
            raise SessionError(path, "was saved by a newer version of VCF Desktop; install that version")
        raise SessionDamagedError(path, "is no review that this version of the program can read")
    try:
        return session_from(document)
    except (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError) as e:
        raise SessionDamagedError(path, f"is damaged: {type(e).__name__} {e}") from e


def _unreadable_now(path: Path, error: OSError) -> SessionError:
    return SessionError(path, f"cannot be read now: {error.strerror or error}; try again")


def _load_if_there(path: Path) -> Session | None:
    try:
        return load_session(path)
    except SessionError as e:
        if isinstance(e.__cause__, FileNotFoundError | NotADirectoryError):
            return None
        raise


def session_document(session: Session) -> dict[str, Any]:
    """The JSON object of a session."""
    review = session.review
    return {
        "schema": SCHEMA,
        "film": {**asdict(session.film), "path": str(session.film.path)},
        "analysis": None if review.analysis is None else saved_analysis_document(review.analysis),
        "vertebrae": [_vertebra_document(vertebra, review) for vertebra in review.vertebrae],
        "next_key": review.next_key,
        "measures": [
            {"kind": measure.kind, "points_xy": coordinates(measure.points_xy)} for measure in review.measures
        ],
        "first_reading": review.first_reading and _dated(asdict(review.first_reading)),
        "statement": statement_document(review.statement),
        "trail": [_dated(asdict(entry)) for entry in session.trail],
        "signatures": [_dated(asdict(signature)) for signature in session.signatures],
        "locked": session.locked,
        "shown": sorted(session.shown),
        "orientation": asdict(session.orientation),
    }


def session_from(document: Mapping[str, Any]) -> Session:
    """The session of a JSON object.

    Raises:
        AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError: it is none.
    """
    analysis = None if document["analysis"] is None else saved_analysis_from(document["analysis"])
    findings = analysis.findings if analysis else ()
    first = document["first_reading"]
    review = Review(
        analysis=analysis,
        vertebrae=tuple(_vertebra_from(item, findings) for item in of_type(document["vertebrae"], list)),
        measures=tuple(_measure_from(item) for item in of_type(document["measures"], list)),
        first_reading=None if first is None else _first_reading_from(first),
        # Reviews of versions that made no reports have none.
        statement=statement_from(document["statement"]) if "statement" in document else Statement(),
        next_key=of_type(document["next_key"], int),
    )
    keys = {vertebra.key for vertebra in review.vertebrae}
    if len(keys) < len(review.vertebrae) or max(keys, default=0) >= review.next_key:
        raise ValueError("two vertebrae have or would get the same key")
    return Session(
        film=_film_from(document["film"]),
        review=review,
        trail=tuple(_trail_entry_from(item) for item in of_type(document["trail"], list)),
        signatures=tuple(_signature_from(item) for item in of_type(document["signatures"], list)),
        locked=of_type(document["locked"], bool),
        shown=frozenset(of_type(key, int) for key in of_type(document["shown"], list)),
        orientation=Orientation(
            of_type(document["orientation"]["quarter_turns"], int),
            of_type(document["orientation"]["mirrored"], bool),
        ),
    )


def _encoded(session: Session) -> bytes:
    # ASCII, as a film's path need not be valid Unicode.
    return json.dumps(session_document(session), allow_nan=False).encode()


def _says(pointer: Path, sha256: str) -> bool:
    try:
        return pointer.read_text(encoding="ascii") == sha256
    except (OSError, ValueError):
        return False


def _dated(document: dict[str, Any]) -> dict[str, Any]:
    return {**document, "at": document["at"].isoformat()}


def _when_and_who(document: Mapping[str, Any]) -> dict[str, Any]:
    return {"at": datetime.fromisoformat(document["at"]), "reader": of_type(document["reader"], str)}


def _vertebra_document(vertebra: Vertebra, review: Review) -> dict[str, Any]:
    """A vertebra; the machine's finding by its place in the analysis, and only what differs from it.

    A finding about a box that the reader drew is not part of the analysis and stands here itself.
    """
    machine = vertebra.machine
    findings = review.analysis.findings if review.analysis else ()
    place = next((i for i, finding in enumerate(findings) if finding is machine), None)
    decision = vertebra.decision
    document: dict[str, Any] = {
        "key": vertebra.key,
        "level": vertebra.level.label,
        "finding": place,
        "own_finding": finding_document(machine) if machine is not None and place is None else None,
        "added": vertebra.added,
        "decision": decision and _dated(asdict(decision)),
        "type": vertebra.deformity,
        "cause": vertebra.cause,
        "note": vertebra.note,
    }
    for name in _SHAPES:
        value = getattr(vertebra, name)
        if machine is None or value is not getattr(machine, name):
            document[name] = coordinates(value)
    return document


_SHAPES: Final = {"box_xyxy": (4,), "contour_xy": (-1, 2), "points_xy": (6, 2)}


def _vertebra_from(document: Mapping[str, Any], findings: tuple[Any, ...]) -> Vertebra:
    place, decision = document["finding"], document["decision"]
    machine = None
    if place is not None:
        if of_type(place, int) < 0:
            raise IndexError("there is no such finding")
        machine = findings[place]
    elif document["own_finding"] is not None:
        machine = finding_from(document["own_finding"])
    return Vertebra(
        key=of_type(document["key"], int),
        level=VertebraLevel[document["level"]],
        **{
            name: array_from(document[name], shape) if name in document else getattr(machine, name)
            for name, shape in _SHAPES.items()
        },
        machine=machine,
        added=of_type(document["added"], bool),
        decision=None if decision is None else _decision_from(decision),
        deformity=None if document["type"] is None else Deformity(document["type"]),
        cause=None if document["cause"] is None else Cause(document["cause"]),
        note=of_type(document["note"], str),
    )


def _film_from(document: Mapping[str, Any]) -> FilmRecord:
    return FilmRecord(
        sha256=of_type(document["sha256"], str),
        path=Path(of_type(document["path"], str)),
        frame=of_type(document["frame"], int),
        sop_uid=of_type(document["sop_uid"], str),
        row_to_column=number_from(document["row_to_column"]),
    )


def _decision_from(document: Mapping[str, Any]) -> Decision:
    grade = None if document["grade"] is None else ReaderGrade(document["grade"])
    return Decision(Verdict(document["verdict"]), grade, **_when_and_who(document))


def _measure_from(document: Mapping[str, Any]) -> Measure:
    kind = MeasureKind(document["kind"])
    return Measure(kind, array_from(document["points_xy"], (POINTS_OF_MEASURE[kind], 2)))


def _first_reading_from(document: Mapping[str, Any]) -> FirstReading:
    marks = tuple(
        Mark(number_from(mark["x"]), number_from(mark["y"]), ReaderGrade(mark["grade"]))
        for mark in of_type(document["marks"], list)
    )
    return FirstReading(marks, recorded=of_type(document["recorded"], bool), **_when_and_who(document))


def _trail_entry_from(document: Mapping[str, Any]) -> TrailEntry:
    return TrailEntry(
        action=of_type(document["action"], str),
        changes=tuple(Change(**words_from(Change, change)) for change in of_type(document["changes"], list)),
        **_when_and_who(document),
    )


def _signature_from(document: Mapping[str, Any]) -> Signature:
    return Signature(of_type(document["version"], int), **_when_and_who(document))
