"""``vcf-desktop report``: a signed review as PDF, DICOM objects, tables and FHIR."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from vcf_desktop.errors import ReportError
from vcf_desktop.io.terminal import say, tell
from vcf_desktop.report import Format, Paper
from vcf_desktop.report_texts import LANGUAGES

if TYPE_CHECKING:
    from vcf_desktop.film import Film
    from vcf_desktop.io.sessions import Session


def configure(parser: argparse.ArgumentParser) -> Callable[[argparse.Namespace], int]:
    """Add the arguments of ``report``; nothing slow is imported for it."""
    parser.add_argument(
        "session", type=Path, metavar="SESSION", help="a saved or signed review, or the film it is of"
    )
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for the report")
    parser.add_argument(
        "--format",
        type=formats,
        default=(Format.PDF,),
        metavar="FORMATS",
        help=f"one or several of {','.join(Format)}; default: pdf",
    )
    parser.add_argument(
        "--film", type=Path, metavar="PATH", help="the film, where it lies elsewhere than at its review"
    )
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="of the report; default: en")
    parser.add_argument(
        "--paper", type=Paper, choices=list(Paper), default=Paper.A4, help="size of a page; default: A4"
    )
    parser.add_argument(
        "--draft", action="store_true", help="report a review that is not signed, marked as unverified"
    )
    return _report


def formats(text: str) -> tuple[Format, ...]:
    """Formats of a report, separated by commas; argparse tells which one there is not."""
    try:
        return tuple(dict.fromkeys(Format(word.strip().lower()) for word in text.split(",")))
    except ValueError:
        raise argparse.ArgumentTypeError(f"choose of {','.join(Format)}, separated by commas") from None


def _report(arguments: argparse.Namespace) -> int:
    from vcf_desktop.io.report_export import export_report, report_of
    from vcf_desktop.io.report_files import load_texts
    from vcf_desktop.io.results import result_stems
    from vcf_desktop.paths import report_folder

    texts = load_texts(arguments.language, report_folder())
    session, film = _session_and_film(arguments.session, arguments.film)
    if not (session.locked or arguments.draft):
        raise ReportError(
            "This review is not signed; sign it in the window, or ask for an unverified report with --draft."
        )
    report = report_of(film, session, datetime.now(UTC).astimezone())
    stem = result_stems([film.path])[film.path]
    exported = export_report(report, film, texts, arguments.format, arguments.out, stem, arguments.paper)
    for notice in exported.notices:
        say(notice)
    for path in exported.paths:
        tell(str(path))
    return 0


def _session_and_film(path: Path, film_path: Path | None) -> tuple[Session, Film]:
    """The review at ``path``, or of the film there, and that film.

    Raises:
        FilmReadError, ReportError, SessionError: one of them cannot be read, or they do not belong together.
    """
    from vcf_desktop.io.films import read_film
    from vcf_desktop.io.sessions import SessionStore, load_session, record_of
    from vcf_desktop.paths import user_folder

    if path.suffix != ".json":
        film = read_film(path)
        found = SessionStore(user_folder() / "reviews").load(record_of(film))
        if found is None:
            raise ReportError(f"{path.name}: there is no review of this film yet; review it in the window.")
        return found, film
    session = load_session(path)
    if film_path is None and not session.film.path.exists():
        raise ReportError(
            f"{session.film.path}: the film is not there any more; say with --film where it is."
        )
    film = read_film(film_path or session.film.path, session.film.frame)
    if film.sha256 != session.film.sha256:
        raise ReportError(f"{film.path.name}: is not the film of this review, or was changed since.")
    return session, film
