"""``vcf-desktop pacs send`` and ``pacs outbox``: results to archives, and what could not be sent yet."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from vcf_desktop.errors import FilmReadError, VcfError
from vcf_desktop.io.pacs import Commitment
from vcf_desktop.io.pacs_dialogue import (
    DONE,
    FAILED,
    add_archive_options,
    add_password_option,
    archive_called,
    client_of,
)
from vcf_desktop.io.terminal import say, tell, tell_json, tell_table
from vcf_desktop.paths import user_folder

if TYPE_CHECKING:
    from vcf_desktop.io.outbox import Outbox
    from vcf_desktop.io.parcels import Parcel

Run = Callable[[Namespace], int]

_ANSWERS = {
    Commitment.COMMITTED: "which answers for them",
    Commitment.NOT_OFFERED: "which does not say that it answers for them",
}


def configure_send(parser: ArgumentParser) -> Run:
    """Add the arguments of ``send``."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a DICOM file")
    add_archive_options(parser)
    return _send


def configure(parser: ArgumentParser) -> Run:
    """Add the words after ``outbox``."""
    words = parser.add_subparsers(metavar="WHAT", required=True)
    for name, summary, run, names in (
        ("list", "list what waits, and why", _list, None),
        ("sent", "list what was sent lately", _list_sent, None),
        ("send", "send what waits; default: all that was not refused for good", _send_again, "*"),
        ("retry", "send what was refused, after its cause was mended; default: all", _retry, "*"),
        ("discard", "remove what shall never be sent", _discard, "+"),
    ):
        word = words.add_parser(name, help=summary, description=summary)
        if names is None:
            word.add_argument("--json", action="store_true", help="for another program")
        else:
            word.add_argument("parcels", nargs=names, metavar="PARCEL", help="as it stands in the list")
        if run in {_send_again, _retry}:
            add_password_option(word)
        word.set_defaults(run_outbox=run)
    return lambda arguments: int(arguments.run_outbox(arguments))


def _outbox() -> Outbox:
    from vcf_desktop.io.outbox import Outbox
    from vcf_desktop.io.parcels import FOLDER_NAME

    return Outbox(user_folder() / FOLDER_NAME)


def _send(arguments: Namespace) -> int:
    archive = archive_called(arguments.archive)
    contents, complaints = _contents(arguments.files)
    for complaint in complaints:
        say(f"not sent: {complaint}")
    if not contents:
        return FAILED
    outbox = _outbox()
    parcel = outbox.put(archive.name, contents, datetime.now(UTC))
    sent = _send_parcels(outbox, [parcel], arguments.ask_password)
    return FAILED if complaints or not sent else DONE


def _contents(paths: Iterable[Path]) -> tuple[Sequence[bytes], list[FilmReadError]]:
    """The DICOM files at ``paths``, each object once, and what is wrong with the others."""
    from vcf_desktop.io.films import bytes_of
    from vcf_desktop.io.outbox import instance_of

    contents: dict[str, bytes] = {}
    complaints = []
    for path in paths:
        try:
            content = bytes_of(path)
            contents.setdefault(instance_of(content).sop_uid, content)
        except FilmReadError as e:
            complaints.append(e)
        except ValueError as e:
            complaints.append(FilmReadError(path, f"is {e}; choose a DICOM file"))
    return list(contents.values()), complaints


def _send_parcels(outbox: Outbox, parcels: Iterable[Parcel], ask_password: bool) -> bool:
    """Send parcels, with a line about each; whether all were sent.

    Those of an archive that turns out to be away are left for another time.
    """
    from vcf_desktop.io.parcels import OutboxError

    away: set[str] = set()
    all_sent = True
    for parcel in parcels:
        if parcel.archive not in away:
            try:
                left = _send_parcel(outbox, parcel, ask_password)
            except OutboxError as e:
                say(e)
            except VcfError as e:
                say(f"parcel {parcel.name} stays in the outbox: {e}")
            else:
                if left.finished is not None:
                    continue
                if not left.held:
                    away.add(left.archive)
        all_sent = False
    return all_sent


def _send_parcel(outbox: Outbox, parcel: Parcel, ask_password: bool) -> Parcel:
    """Send a parcel and say how far it is."""
    from tqdm import tqdm

    client = client_of(archive_called(parcel.archive), ask=ask_password)
    with tqdm(total=len(parcel.objects), unit="object", disable=not sys.stderr.isatty()) as bar:
        left = outbox.send(
            parcel.name, client, datetime.now(UTC), lambda done, _total: bar.update(done - bar.n)
        )
    if left.finished is not None and left.commitment is not None:
        tell(f"{_how_many(left.sent_count)} sent to {left.archive}, {_ANSWERS[left.commitment]}")
    else:
        how_far = f"{left.sent_count} of {_how_many(len(left.objects))} sent, all stay in the outbox"
        again = f"vcf-desktop pacs outbox {'retry' if left.held else 'send'} {left.name}"
        say(f"archive {left.archive}: {left.reason}; {how_far}; send them again with: {again}")
    return left


def _how_many(objects: int) -> str:
    return f"{objects} {'object' if objects == 1 else 'objects'}"


def _list(arguments: Namespace) -> int:
    outbox = _outbox()
    damaged = outbox.damaged()
    _tell_parcels(outbox.parcels(), arguments.json)
    for error in damaged:
        say(error)
    return FAILED if damaged else DONE


def _list_sent(arguments: Namespace) -> int:
    _tell_parcels(_outbox().sent(), arguments.json)
    return DONE


def _tell_parcels(parcels: Sequence[Parcel], as_json: bool) -> None:
    from vcf_desktop.io.parcels import parcel_document

    if as_json:
        tell_json([parcel_document(parcel) for parcel in parcels])
    elif parcels:
        rows = [
            (
                *(each.name, each.archive, each.label, f"{each.sent_count} of {len(each.objects)}"),
                *(_state(each), each.reason),
            )
            for each in parcels
        ]
        tell_table(("parcel", "archive", "label", "sent", "state", "why"), rows)


def _state(parcel: Parcel) -> str:
    if parcel.finished is not None:
        return f"sent {_local(parcel.finished)}"
    return f"next try {_local(parcel.next_try)}" if parcel.next_try is not None else "held"


def _local(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _send_again(arguments: Namespace) -> int:
    outbox = _outbox()
    parcels = _named(outbox, arguments.parcels) or [each for each in outbox.parcels() if not each.held]
    return DONE if _send_parcels(outbox, parcels, arguments.ask_password) else FAILED


def _retry(arguments: Namespace) -> int:
    outbox = _outbox()
    parcels = _named(outbox, arguments.parcels) or outbox.parcels()
    released = [outbox.retry(each.name, datetime.now(UTC)) for each in parcels if each.held]
    waiting = [each for each in parcels if not each.held]
    return DONE if _send_parcels(outbox, [*released, *waiting], arguments.ask_password) else FAILED


def _named(outbox: Outbox, names: Sequence[str]) -> list[Parcel]:
    return [outbox.parcel(name) for name in names]


def _discard(arguments: Namespace) -> int:
    outbox = _outbox()
    for name in arguments.parcels:
        outbox.discard(name)
    return DONE
