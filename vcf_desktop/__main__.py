"""The command line: ``vcf-desktop`` and ``python -m vcf_desktop``.

Each command loads its modules only when it was chosen, so that ``--help`` answers at once.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from vcf_desktop import __version__

if TYPE_CHECKING:
    from vcf_desktop.errors import FilmReadError
    from vcf_desktop.film import Film
    from vcf_desktop.inference.pipeline import Pipeline
    from vcf_desktop.report import Format
    from vcf_desktop.spine import Analysis

EXIT_DONE, EXIT_FAILED, EXIT_USAGE, EXIT_INTERRUPTED = 0, 1, 2, 130

Run = Callable[[argparse.Namespace], int]


@dataclass(frozen=True)
class Command:
    """One word after ``vcf-desktop``.

    Attributes:
        summary: its line in the help.
        configure: adds its arguments to its parser and returns what runs it, which returns the exit status.
    """

    summary: str
    configure: Callable[[argparse.ArgumentParser], Run]


def _from_module(name: str) -> Callable[[argparse.ArgumentParser], Run]:
    """The function ``configure`` of a module, which is imported only when it is needed."""

    def configure(parser: argparse.ArgumentParser) -> Run:
        run: Run = import_module(name).configure(parser)
        return run

    return configure


def _configure_analyze(parser: argparse.ArgumentParser) -> Run:
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="a film, a folder, a DICOMDIR or a ZIP archive"
    )
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for the results")
    parser.add_argument("--runtime", choices=("auto", "torch", "onnx"), default="auto", help="what computes")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto", help="where it computes")
    parser.add_argument(
        "--frame", type=_frame, metavar="N", help="frame of a multi-frame film, counted from 0"
    )
    parser.add_argument(
        "--report",
        type=_formats,
        default=(),
        metavar="FORMATS",
        help="also a report that nobody has verified, marked as such: pdf,sr,seg,gsps,epdf,sc,json,csv,fhir",
    )
    return _analyze


def _formats(text: str) -> tuple[Format, ...]:
    from vcf_desktop.io.report_command import formats

    return formats(text)


def _configure_view(parser: argparse.ArgumentParser) -> Run:
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="a film, a folder, a DICOMDIR or a ZIP archive"
    )
    return _view


COMMANDS = {
    "view": Command("review films in the window; the word may be left out", _configure_view),
    "analyze": Command("find and grade the vertebrae of films; results go to a folder", _configure_analyze),
    "bench": Command("measure size, speed and memory here", _from_module("vcf_desktop.training.bench")),
    "bench-window": Command(
        "measure the speed and memory of the window here", _from_module("vcf_desktop.ui.bench")
    ),
    "deidentify": Command(
        "copy films and results without what names the patient",
        _from_module("vcf_desktop.io.deidentify_command"),
    ),
    "evaluate": Command(
        "hold the results against films whose truth is known", _from_module("vcf_desktop.training.evaluate")
    ),
    "pacs": Command(
        "search, fetch from and send to the hospital's archive", _from_module("vcf_desktop.io.pacs_command")
    ),
    "release": Command("make a model of a training run", _from_module("vcf_desktop.training.release")),
    "report": Command(
        "make PDF, DICOM objects and tables of a review", _from_module("vcf_desktop.io.report_command")
    ),
    "simulate": Command(
        "make films whose truth is known, to look at or to learn from",
        _from_module("vcf_desktop.simulation.command"),
    ),
    "train": Command(
        "train a network on simulated films or your own", _from_module("vcf_desktop.training.command")
    ),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status.

    0 all was done, 1 something could not be done (each thing named with its reason on stderr), 2 wrong usage,
    130 interrupted.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A file's name may hold what the terminal's encoding does not.
        sys.stdout.reconfigure(errors="backslashreplace")
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    parser = argparse.ArgumentParser(
        prog="vcf-desktop",
        description="Finds, outlines and grades vertebrae on lateral spine films. Research use only.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    if not arguments or _names_a_film(arguments[0]):
        arguments = ["view", *arguments]
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, command in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=command.summary, description=command.summary)
        if arguments[:1] == [name]:
            subparser.set_defaults(run=command.configure(subparser))
    options = parser.parse_args(arguments)
    if options.command is None:  # a lone "--"
        parser.error("choose a command, or none for the window")

    from vcf_desktop.errors import VcfError

    try:
        return int(options.run(options))
    except VcfError as e:
        _say(e)
        return EXIT_FAILED
    except KeyboardInterrupt:
        _say("interrupted")
        return EXIT_INTERRUPTED


def _names_a_film(argument: str) -> bool:
    """Whether a first argument is meant as a path and not as a command, a misspelt one perhaps."""
    path = Path(argument)
    looks_like_one = path.exists() or path.suffix or len(path.parts) > 1
    return argument not in COMMANDS and not argument.startswith("-") and bool(looks_like_one)


def _view(options: argparse.Namespace) -> int:
    from vcf_desktop.ui.app import run

    return run(options.paths)


def _frame(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("frames are counted from 0")
    return number


def _analyze(options: argparse.Namespace) -> int:
    with contextlib.ExitStack() as until_done:
        return _analyze_films(options, until_done)


def _analyze_films(options: argparse.Namespace, until_done: contextlib.ExitStack) -> int:
    from tqdm import tqdm

    from vcf_desktop.errors import FilmReadError, OutputError, VcfError
    from vcf_desktop.inference.pipeline import open_pipeline
    from vcf_desktop.io.results import prepare_folder, result_stems
    from vcf_desktop.paths import models_folder

    prepare_folder(options.out)
    films, complaints = _find_films(options.paths, until_done)
    for complaint in complaints:
        _say(complaint)
    if not films:
        return EXIT_FAILED
    pipeline = open_pipeline(models_folder(), options.runtime, options.device)
    failed = bool(complaints)
    stems = result_stems(list(films))
    with tqdm(films.items(), unit="film", disable=len(films) < 2 or not sys.stderr.isatty()) as bar:
        for name, file in bar:
            try:
                line = _analyze_film(
                    name, file, options.frame, pipeline, options.out, stems[name], options.report
                )
            except VcfError as e:
                failed = True
                named = isinstance(e, FilmReadError | OutputError)
                with bar.external_write_mode():
                    _say(e if named else f"{name.name}: {e}")
            else:
                with bar.external_write_mode():
                    _tell(line)
    return EXIT_FAILED if failed else EXIT_DONE


def _find_films(
    paths: Sequence[Path], until_done: contextlib.ExitStack
) -> tuple[dict[Path, Path], list[FilmReadError]]:
    """Every film at ``paths`` once, and what is wrong with the paths that hold none.

    The result maps what a film is called to its file. They differ for films in archives: one is called
    ``ARCHIVE/MEMBER`` and lies in a folder that is there until the stack unwinds.
    """
    from vcf_desktop.errors import FilmReadError
    from vcf_desktop.io.archives import is_archive
    from vcf_desktop.io.films import find_films
    from vcf_desktop.io.results import is_overlay

    films: dict[Path, Path] = {}
    complaints = []
    for path in paths:
        try:
            place = _unpacked(path, until_done) if is_archive(path) else path
            found = find_films(place)
        except FilmReadError as e:
            complaints.append(FilmReadError(path, e.reason))
        else:
            # An earlier run may have left its results in this folder.
            kept = [film for film in found if film == path or not is_overlay(film)]
            if not kept:
                complaints.append(FilmReadError(path, "holds no film but results of an earlier run"))
            films |= {film if place == path else path / film.relative_to(place): film for film in kept}
    return films, complaints


def _unpacked(path: Path, until_done: contextlib.ExitStack) -> Path:
    """The folder into which an archive was unpacked; it is there until the stack unwinds."""
    import tempfile

    from vcf_desktop.errors import FilmReadError
    from vcf_desktop.io.archives import unpack

    try:
        into = tempfile.TemporaryDirectory(prefix="vcf-desktop-", ignore_cleanup_errors=True)
    except OSError as e:
        raise FilmReadError(path, f"cannot be unpacked: {e.strerror or e}") from e
    return unpack(path, Path(until_done.enter_context(into)))


def _analyze_film(
    name: Path,
    file: Path,
    frame: int | None,
    pipeline: Pipeline,
    folder: Path,
    stem: str,
    formats: Sequence[Format],
) -> str:
    """Read, analyse and write one film; the line that says so."""
    import cv2

    from vcf_desktop.errors import FilmReadError
    from vcf_desktop.io.films import read_film
    from vcf_desktop.io.results import write_results

    began = time.perf_counter()
    as_read = read_film(file, frame)
    film = replace(as_read, path=name)
    seconds_read = time.perf_counter() - began
    try:
        analysis = pipeline.run(film)
        result = write_results(film, analysis, seconds_read, folder, stem)
        if formats:
            _write_draft(as_read, analysis, formats, folder, stem)
    except (MemoryError, cv2.error) as e:
        raise FilmReadError(name, "is too large for the memory of this computer") from e
    seconds = seconds_read + analysis.seconds["total"]
    return f"{name.name}: {_summary(film, analysis)}; {1000 * seconds:.0f} ms; {result}"


def _write_draft(film: Film, analysis: Analysis, formats: Sequence[Format], folder: Path, stem: str) -> None:
    from datetime import UTC, datetime

    from vcf_desktop.io.report_export import export_report
    from vcf_desktop.io.report_files import load_texts
    from vcf_desktop.paths import report_folder
    from vcf_desktop.report_building import draft_report
    from vcf_desktop.review import Review

    now = datetime.now(UTC).astimezone()
    report = draft_report(film, Review().with_analysis(analysis), __version__, now)
    export_report(report, film, load_texts("en", report_folder()), formats, folder, stem)


def _summary(film: Film, analysis: Analysis) -> str:
    findings = analysis.findings
    count = len(findings)
    warnings = len(film.notices) + len(analysis.film_warnings) + sum(len(f.warnings) for f in findings)
    parts = [f"{count} {'vertebra' if count == 1 else 'vertebrae'}"]
    if findings:
        parts[0] += f" {findings[0].level.label} to {findings[-1].level.label}"
    parts += [f"{f.level.label} grade {int(f.grade)}" for f in findings if f.grade > 0]
    parts.append(f"{warnings} {'warning' if warnings == 1 else 'warnings'}")
    return "; ".join(parts)


def _tell(line: str) -> None:
    from vcf_desktop.io.terminal import printable

    try:
        print(printable(line), flush=True)
    except OSError:
        # Nobody listens any more, as after ``| head``: the results still go to their folder.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(message: object) -> None:
    from vcf_desktop.io.terminal import printable

    print(f"vcf-desktop: {printable(str(message))}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
