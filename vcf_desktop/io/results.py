"""The machine's result on disk: a JSON file after the published schema, and a picture to look at.

Both are written whole or not at all; see :mod:`vcf_desktop.io.atomic`.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from vcf_desktop.film import Film
from vcf_desktop.io.analysis_json import finding_document, rounded
from vcf_desktop.io.atomic import make_folder, naming, replace_files
from vcf_desktop.io.overlay import overlay_png
from vcf_desktop.spine import Analysis

SCHEMA = "vcf-desktop/analysis/1"
"""Name of the format; ``analysis.schema.json`` in the resources describes it."""

_OVERLAY = ".overlay.png"
_DIGITS = 6


def analysis_document(film: Film, analysis: Analysis, seconds_read: float) -> dict[str, Any]:
    """The JSON object for one film, as the schema describes it.

    Args:
        film: that was analysed.
        analysis: of this film.
        seconds_read: what reading the file took; it is part of the document's total.
    """
    stages = {"read": seconds_read, **analysis.seconds}
    stages["total"] = seconds_read + analysis.seconds["total"]
    return {
        "schema": SCHEMA,
        "film": {
            "path": str(film.path),
            "sha256": film.sha256,
            "width_px": film.width_px,
            "height_px": film.height_px,
            "spacing_mm": None if film.spacing_mm is None else rounded(film.spacing_mm),
            "spacing_source": str(film.spacing_source),
        },
        "models": [asdict(model) for model in analysis.models],
        "seconds": {stage: round(seconds, _DIGITS) for stage, seconds in stages.items()},
        "warnings": [*_which_frame(film), *film.notices, *analysis.film_warnings],
        "findings": [finding_document(finding) for finding in analysis.findings],
    }


def _which_frame(film: Film) -> list[str]:
    if film.frame_count == 1:
        return []
    return [f"Frame {film.frame} of {film.frame_count}, counted from 0, was analysed."]


def write_results(film: Film, analysis: Analysis, seconds_read: float, folder: Path, stem: str) -> Path:
    """Write ``<stem>.analysis.json`` and ``<stem>.overlay.png`` into ``folder`` and return the JSON's path.

    Raises:
        OutputError: one of them cannot be written; both are then as they were before.
    """
    document = analysis_document(film, analysis, seconds_read)
    text = json.dumps(document, indent=1, allow_nan=False) + "\n"
    json_path = folder / f"{stem}.analysis.json"
    replace_files({json_path: text.encode(), folder / f"{stem}{_OVERLAY}": overlay_png(film, analysis)})
    return json_path


def prepare_folder(folder: Path) -> None:
    """Make ``folder`` with its parents where it is missing; OutputError where one cannot write there."""
    make_folder(folder)
    with naming(folder):
        tempfile.TemporaryFile(dir=folder).close()


def is_overlay(path: Path) -> bool:
    """Whether a picture is one of our results and no film."""
    return path.name.endswith(_OVERLAY)


def result_stems(films: Sequence[Path]) -> dict[Path, str]:
    """A stem for the results of each film of one run, different even where file names differ by case only.

    It is the file's name without its ending. Films that would share it (``a/film.png`` and ``b/film.dcm``)
    each get the first eight digits of the sha256 of their absolute path appended, so that the same film keeps
    its name from run to run.
    """
    taken = Counter(_stem(film).casefold() for film in films)
    return {
        film: _stem(film)
        if taken[_stem(film).casefold()] == 1
        else f"{_stem(film)}-{hashlib.sha256(os.fsencode(film.absolute())).hexdigest()[:8]}"
        for film in films
    }


def _stem(film: Path) -> str:
    # DICOM files are often named by their UID, whose last part is not the name of a format.
    return film.name if film.suffix[1:].isdigit() else film.stem
