"""``vcf-desktop deidentify``: copies of films and results that name no patient."""

from __future__ import annotations

import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from vcf_desktop.errors import FilmReadError, PseudonymError
from vcf_desktop.io.terminal import say


def configure(parser: ArgumentParser) -> Callable[[Namespace], int]:
    """Add the arguments of ``deidentify``; nothing slow is imported for it."""
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="a film, a folder, a DICOMDIR or a ZIP archive"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the copies")
    parser.add_argument(
        "--map",
        type=Path,
        metavar="FILE",
        help="secret file with the key to the pseudonyms, made where it is missing: exports with the same one"
        " agree, and who has it can name the patients; default: nobody can",
    )
    parser.add_argument(
        "--shift-dates",
        action="store_true",
        help="move each patient's dates by a number of days of his own; default: remove them",
    )
    parser.add_argument(
        "--keep-characteristics",
        action="store_true",
        help="keep sex, age up to 90, size and weight; default: remove them",
    )
    return _deidentify


def _deidentify(arguments: Namespace) -> int:
    """Write the copies; 0 when every file has one, else 1.

    Raises:
        VcfError: the map cannot be used, and nothing is exported; or a copy or the map cannot be written.
    """
    from tqdm import tqdm

    from vcf_desktop.io.atomic import make_folder, replace_files
    from vcf_desktop.io.deidentify import Options, deidentified
    from vcf_desktop.io.pseudonyms import open_pseudonyms
    from vcf_desktop.io.results import prepare_folder

    _require_apart(arguments.map, arguments.out)
    prepare_folder(arguments.out)
    pseudonyms = open_pseudonyms(arguments.map)
    options = Options(arguments.shift_dates, arguments.keep_characteristics)
    with tempfile.TemporaryDirectory(prefix="vcf-desktop-", ignore_cleanup_errors=True) as unpacked:
        files, complaints = _find_files(arguments.paths, Path(unpacked))
        try:
            for file in tqdm(files, unit="file", disable=not sys.stderr.isatty()):
                try:
                    for copy in deidentified(file, pseudonyms, options):
                        place = arguments.out / copy.place
                        make_folder(place.parent)
                        replace_files({place: copy.content})
                        for warning in copy.warnings:
                            say(f"{place}: {warning}")
                except FilmReadError as e:
                    complaints.append(e)
        finally:
            pseudonyms.save()
    for complaint in complaints:
        say(f"left out: {complaint}")
    return 1 if complaints else 0


def _require_apart(map_file: Path | None, out: Path) -> None:
    if map_file is not None and map_file.resolve().is_relative_to(out.resolve()):
        raise PseudonymError(map_file, "would be handed on with the copies; put the map into another folder")


def _find_files(paths: Sequence[Path], unpacked: Path) -> tuple[list[Path], list[FilmReadError]]:
    """Every film and DICOM object at ``paths``, and what is wrong with the paths that hold none."""
    from vcf_desktop.io.archives import is_archive, unpack
    from vcf_desktop.io.films import find_films
    from vcf_desktop.io.results import is_overlay

    files: dict[Path, None] = {}
    complaints = []
    for path in paths:
        try:
            place = unpack(path, unpacked) if is_archive(path) else path
            found = find_films(place)
        except FilmReadError as e:
            complaints.append(FilmReadError(path, e.reason))
        else:
            files |= dict.fromkeys(file for file in found if file == path or not is_overlay(file))
    return list(files), complaints
