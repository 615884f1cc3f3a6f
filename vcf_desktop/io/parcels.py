"""Parcels: what is on its way to an archive, how far it is, and how a file says so. No patient is named."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from vcf_desktop.errors import VcfError
from vcf_desktop.io.analysis_json import of_type, words_from
from vcf_desktop.io.pacs import Commitment, Instance

FOLDER_NAME: Final = "outbox"
"""In the user's folder."""
SCHEMA: Final = "vcf-desktop/parcel/1"
"""Name of the format."""
FIRST_PAUSE: Final = timedelta(seconds=30)
"""How long after a failure that passes a parcel is tried again; twice as long after each further one."""
LONGEST_PAUSE: Final = timedelta(hours=1)
"""An archive that is back is noticed within this time."""


class OutboxError(VcfError):
    """Nothing was done about the parcel of this name; ``reason`` says why and what to do."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"parcel {name}: {reason}")
        self.name = name
        self.reason = reason


class State(StrEnum):
    """How far an object is."""

    WAITING = "waiting"
    UNSURE = "unsure"
    """The line or the program broke off while it was sent: the archive is asked before it is sent again."""
    SENT = "sent"
    HELD = "held"
    """Refused in a way that no further try mends: it waits for the user."""


@dataclass(frozen=True)
class ParcelObject:
    """A DICOM object of a parcel.

    Attributes:
        error: why it is held.
    """

    instance: Instance
    state: State = State.WAITING
    error: str = ""


@dataclass(frozen=True)
class Parcel:
    """Objects that go to one archive together.

    Attributes:
        name: under which the outbox has it; the second in which it was made comes first.
        archive: name of the archive.
        label: what the maker calls it, as the sha256 of a film; never a patient's name.
        created: with time zone, as all moments here.
        objects: in the order in which they are sent.
        tries: failures that pass since it was made, or the user last wished it to be tried again.
        next_try: when it is tried next; None where only the user's wish brings that about.
        error: why the last try failed as a whole.
        commitment: what the archive said when it was asked to answer for the objects; None before that.
        finished: when all was sent and said.
    """

    name: str
    archive: str
    label: str
    created: datetime
    objects: tuple[ParcelObject, ...]
    tries: int = 0
    next_try: datetime | None = None
    error: str = ""
    commitment: Commitment | None = None
    finished: datetime | None = None

    @property
    def sent_count(self) -> int:
        """How many objects the archive has."""
        return sum(each.state is State.SENT for each in self.objects)

    @property
    def held(self) -> bool:
        """Whether it waits for the user."""
        return self.next_try is None and self.finished is None

    @property
    def reason(self) -> str:
        """Why it is not finished yet, as far as something failed."""
        return self.error or next((each.error for each in self.objects if each.error), "")

    def is_due(self, now: datetime) -> bool:
        """Whether it is to be tried now; a time too far ahead was set by a clock that was wrong."""
        return self.next_try is not None and not now < self.next_try <= now + LONGEST_PAUSE

    def with_state(self, place: int, state: State, error: str = "") -> Parcel:
        """The object at this place, from 0, in another state."""
        changed = replace(self.objects[place], state=state, error=error)
        return replace(self, objects=(*self.objects[:place], changed, *self.objects[place + 1 :]))

    def postponed(self, error: str, now: datetime) -> Parcel:
        """After a failure that passes."""
        pause = min(FIRST_PAUSE * 2 ** min(self.tries, 20), LONGEST_PAUSE)
        return replace(self, error=error, tries=self.tries + 1, next_try=now + pause)

    def stopped(self, error: str = "") -> Parcel:
        """After a failure that does not pass."""
        return replace(self, error=error, next_try=None)

    def disowned(self) -> Parcel:
        """After the archive said that it does not answer for the objects."""
        error = "does not answer for what it was sent; have its administrator look, then try again"
        held = tuple(replace(each, state=State.HELD, error=error) for each in self.objects)
        return replace(self, objects=held, next_try=None, error="", commitment=Commitment.FAILED)

    def released(self, now: datetime) -> Parcel:
        """As the user wishes it to be tried again; the archive is asked first for what it once refused."""
        objects = tuple(
            ParcelObject(each.instance, State.UNSURE) if each.state is State.HELD else each
            for each in self.objects
        )
        return replace(self, objects=objects, tries=0, next_try=now, error="")


def parcel_document(parcel: Parcel) -> dict[str, Any]:
    """The JSON object of a parcel."""
    moments = {name: _written(getattr(parcel, name)) for name in ("created", "next_try", "finished")}
    return {"schema": SCHEMA, **asdict(parcel), **moments}


def parcel_bytes(parcel: Parcel) -> bytes:
    """The file of a parcel, which :func:`parcel_from` reads."""
    return json.dumps(parcel_document(parcel), indent=1, allow_nan=False).encode() + b"\n"


def parcel_from(name: str, content: bytes) -> Parcel:
    """The parcel of this name, from its file.

    Raises:
        OutboxError: it is damaged, or of another version of the program.
    """
    try:
        document = json.loads(content)
        if document["schema"] == SCHEMA:
            return _parcel(name, document)
        reason = "was made by another version of VCF Desktop; send it with that one, or discard it"
    except (AttributeError, KeyError, OverflowError, RecursionError, TypeError, ValueError) as e:
        raise OutboxError(name, "its list is damaged; send its files by hand, then discard it") from e
    raise OutboxError(name, reason)


def _parcel(name: str, document: Mapping[str, Any]) -> Parcel:
    commitment = document["commitment"]
    return Parcel(
        name=name,
        archive=of_type(document["archive"], str),
        label=of_type(document["label"], str),
        created=_moment(document["created"]),
        objects=tuple(map(_object, of_type(document["objects"], list))),
        tries=of_type(document["tries"], int),
        next_try=None if document["next_try"] is None else _moment(document["next_try"]),
        error=of_type(document["error"], str),
        commitment=None if commitment is None else Commitment(commitment),
        finished=None if document["finished"] is None else _moment(document["finished"]),
    )


def _object(document: Mapping[str, Any]) -> ParcelObject:
    instance = Instance(**words_from(Instance, document["instance"]))
    return ParcelObject(instance, State(document["state"]), of_type(document["error"], str))


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat()


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("no time zone")
    return moment
