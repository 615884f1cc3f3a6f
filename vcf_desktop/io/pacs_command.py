"""``vcf-desktop pacs``: a hospital's archives, what they hold, and the way of films from them."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path

from vcf_desktop.errors import PacsError
from vcf_desktop.io import outbox_command
from vcf_desktop.io.pacs import Archive, ArchiveKind, FoundStudy, Retrieval, StudyQuery
from vcf_desktop.io.pacs_dialogue import (
    DONE,
    FAILED,
    add_archive_options,
    archive_called,
    archives_file,
    asked_secret,
    client_of,
)
from vcf_desktop.io.terminal import say, tell, tell_json, tell_table

Run = Callable[[Namespace], int]


def configure(parser: ArgumentParser) -> Run:
    """Add the arguments of ``pacs``; nothing slow is imported for it."""
    words = parser.add_subparsers(metavar="WHAT", required=True)
    for name, (summary, configure_word) in _WORDS.items():
        word = words.add_parser(name, help=summary, description=summary)
        word.set_defaults(run_word=configure_word(word))
    return lambda arguments: int(arguments.run_word(arguments))


# Which archives there are


def _configure_add(parser: ArgumentParser) -> Run:
    default = Archive("")
    parser.add_argument("name", type=_name, metavar="NAME", help="what you call it")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--host", help="computer of an archive that speaks DICOM's own protocol")
    where.add_argument("--url", help="root of a DICOMweb archive, as https://pacs.example/dicom-web")
    parser.add_argument("--port", type=_port, default=default.port, help="default: %(default)s")
    parser.add_argument("--called-ae", default=default.called_ae, metavar="AE", help="its AE title")
    parser.add_argument(
        "--calling-ae", default=default.calling_ae, metavar="AE", help="ours; default: %(default)s"
    )
    parser.add_argument(
        "--retrieval",
        type=Retrieval,
        choices=tuple(Retrieval),
        default=default.retrieval,
        help="how films come",
    )
    parser.add_argument(
        "--receive-port",
        type=_port,
        default=default.receive_port,
        metavar="PORT",
        help="where we listen for C-MOVE and storage commitment; default: %(default)s",
    )
    parser.add_argument("--tls", action="store_true", help="encrypt DICOM's own protocol")
    for option, text in (
        ("--ca-file", "authorities that may vouch for it; default: the system's"),
        ("--client-certificate", "by which we show who we are"),
        ("--client-key", "its key"),
    ):
        parser.add_argument(option, default="", metavar="PEM", help=text)
    parser.add_argument("--user", default="", help="for a password; without it the secret is a bearer token")
    parser.add_argument(
        "--takes-results", action="store_true", help="reports are sent here when a review is signed"
    )
    return _add


def _add(arguments: Namespace) -> int:
    from vcf_desktop.io.pacs_settings import load_archives, save_archives

    archives = load_archives(archives_file())
    if any(archive.name == arguments.name for archive in archives):
        raise PacsError(arguments.name, "is set up already; remove it first, or choose another name")
    chosen = {name: value for name, value in vars(arguments).items() if name in asdict(Archive(""))}
    files = {
        name: str(Path(chosen[name]).resolve())
        for name in ("ca_file", "client_certificate", "client_key")
        if chosen[name]
    }
    kind = ArchiveKind.DIMSE if arguments.url is None else ArchiveKind.WEB
    archive = Archive(
        kind=kind, **{**chosen, **files, "host": arguments.host or "", "url": arguments.url or ""}
    )
    save_archives(archives_file(), (*archives, archive))
    return DONE


def _configure_list(parser: ArgumentParser) -> Run:
    parser.add_argument("--json", action="store_true", help="for another program")
    return _list


def _list(arguments: Namespace) -> int:
    from vcf_desktop.io.pacs_settings import load_archives

    archives = load_archives(archives_file())
    if arguments.json:
        tell_json([asdict(archive) for archive in archives])
    elif archives:
        rows = [(each.name, each.kind, _where(each), "yes" * each.takes_results) for each in archives]
        tell_table(("name", "protocol", "where", "takes results"), rows)
    return DONE


def _where(archive: Archive) -> str:
    return archive.url or f"{archive.called_ae}@{archive.host}:{archive.port}{' TLS' * archive.tls}"


def _configure_remove(parser: ArgumentParser) -> Run:
    parser.add_argument("name", metavar="NAME")
    return _remove


def _remove(arguments: Namespace) -> int:
    from vcf_desktop.io.pacs_settings import load_archives, save_archives, save_secret

    archive = archive_called(arguments.name)
    save_secret(archive, None)
    save_archives(archives_file(), (each for each in load_archives(archives_file()) if each != archive))
    return DONE


def _configure_password(parser: ArgumentParser) -> Run:
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("--forget", action="store_true", help="remove it from the key store")
    return _password


def _password(arguments: Namespace) -> int:
    from vcf_desktop.io.pacs_settings import save_secret

    archive = archive_called(arguments.name)
    save_secret(archive, None if arguments.forget else asked_secret(archive))
    return DONE


# What they hold


def _configure_echo(parser: ArgumentParser) -> Run:
    add_archive_options(parser)
    return _echo


def _echo(arguments: Namespace) -> int:
    archive = archive_called(arguments.archive)
    client_of(archive, ask=arguments.ask_password).echo()
    tell(f"archive {archive.name} answers")
    return DONE


def _add_query_options(parser: ArgumentParser) -> None:
    add_archive_options(parser)
    parser.add_argument("--patient", default="", metavar="ID", help="patient's id; * and ? are wild cards")
    parser.add_argument("--name", default="", help="patient's name, as Doe^J*")
    parser.add_argument("--accession", default="", metavar="NUMBER", help="accession number")
    parser.add_argument(
        "--date",
        type=_period,
        default=(None, None),
        metavar="A..B",
        help="study dates, both included, as 2026-01-31..2026-02-28; A.. or ..B or a single day will do",
    )
    parser.add_argument(
        "--modality",
        type=str.upper,
        action="append",
        default=[],
        metavar="CODE",
        help="as DX; may be given several times",
    )


def _query(arguments: Namespace) -> StudyQuery:
    since, until = arguments.date
    modalities = tuple(arguments.modality)
    return StudyQuery(arguments.patient, arguments.name, arguments.accession, since, until, modalities)


def _configure_find(parser: ArgumentParser) -> Run:
    _add_query_options(parser)
    parser.add_argument("--json", action="store_true", help="for another program")
    return _find


def _find(arguments: Namespace) -> int:
    client = client_of(archive_called(arguments.archive), ask=arguments.ask_password)
    studies = client.find(_query(arguments))
    if arguments.json:
        tell_json([asdict(study) for study in studies])
    elif studies:
        _tell_studies(studies)
    else:
        say("no study fits")
    return DONE


def _tell_studies(studies: tuple[FoundStudy, ...]) -> None:
    header = ("date", "modality", "patient", "name", "born", "accession", "description", "objects", "study")
    rows = [
        (
            *(_shown(each.study_date), ",".join(each.modalities), each.patient_id, each.patient_name),
            *(_shown(each.birth_date), each.accession_number, each.description),
            *(_shown(each.instance_count), each.study_uid),
        )
        for each in studies
    ]
    tell_table(header, rows)


def _shown(value: date | int | None) -> str:
    return "" if value is None else str(value)


def _configure_get(parser: ArgumentParser) -> Run:
    _add_query_options(parser)
    parser.add_argument("--study", metavar="UID", help="which study; or describe it so that one alone fits")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the films")
    return _get


def _get(arguments: Namespace) -> int:
    from tqdm import tqdm

    from vcf_desktop.io.results import prepare_folder

    client = client_of(archive_called(arguments.archive), ask=arguments.ask_password)
    prepare_folder(arguments.out)
    studies = (FoundStudy(arguments.study),) if arguments.study else client.find(_query(arguments))
    if len(studies) != 1:
        _tell_studies(studies)
        say(
            f"{len(studies) or 'no'} studies fit; describe one so that it alone fits, or name it with --study"
        )
        return FAILED
    with tqdm(unit="film", disable=not sys.stderr.isatty()) as bar:

        def report(done: int, total: int) -> None:
            bar.total = total or None
            bar.update(done - bar.n)

        paths = client.retrieve(studies[0], arguments.out, report)
    for path in paths:
        tell(str(path))
    return DONE


# Types of arguments


def _name(text: str) -> str:
    if not text.strip():
        raise ArgumentTypeError("an archive has a name")
    return text


def _port(text: str) -> int:
    port = int(text)
    if port not in range(1, 1 << 16):
        raise ArgumentTypeError("ports go from 1 to 65535")
    return port


def _period(text: str) -> tuple[date | None, date | None]:
    since, dots, until = text.partition("..")
    try:
        days = [date.fromisoformat(day) if day else None for day in (since, until if dots else since)]
    except ValueError as e:
        raise ArgumentTypeError("days are written as 2026-01-31") from e
    return days[0], days[1]


_WORDS: dict[str, tuple[str, Callable[[ArgumentParser], Run]]] = {
    "add": ("set up an archive", _configure_add),
    "list": ("list the archives that are set up", _configure_list),
    "remove": ("forget an archive and its password", _configure_remove),
    "password": ("keep an archive's password or token in the system's key store", _configure_password),
    "echo": ("ask whether an archive answers and knows us", _configure_echo),
    "find": ("list the studies that fit", _configure_find),
    "get": ("fetch the projection films of a study", _configure_get),
    "send": ("send DICOM files", outbox_command.configure_send),
    "outbox": ("what could not be sent yet", outbox_command.configure),
}
