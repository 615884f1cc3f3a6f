"""``vcf-desktop evaluate``: the whole pipeline against films whose truth is known; one table of figures."""

from __future__ import annotations

import argparse
import csv
import io
import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from vcf_desktop.arguments import whole_number
from vcf_desktop.errors import VcfError
from vcf_desktop.film import Film
from vcf_desktop.inference.detection import VERTEBRA, Detections, decode, suppress
from vcf_desktop.inference.frames import detector_frame
from vcf_desktop.inference.pipeline import Pipeline, open_pipeline
from vcf_desktop.inference.preprocess import content_box, detector_input, enhance
from vcf_desktop.io.atomic import replace_files
from vcf_desktop.io.results import prepare_folder
from vcf_desktop.paths import models_folder
from vcf_desktop.spine import Grade, VertebraLevel
from vcf_desktop.training.extras import require
from vcf_desktop.training.judging import UNKNOWN, Judgement, judge
from vcf_desktop.training.metrics import OPINIONS, Results, confusion, figures, intervals, point_errors
from vcf_desktop.training.split import Part
from vcf_desktop.training.truth import (
    JUDGED_LEVELS,
    KnownFilm,
    corner_labelled,
    judged_levels,
    labelme_films,
    simulated,
)

LOWEST_SCORE = 0.001
"""Of the candidates that mAP is computed of, as usual for YOLO: the pipeline's threshold would cut the curve
short."""


def configure(parser: argparse.ArgumentParser) -> Callable[[argparse.Namespace], int]:
    """Add the arguments of the command; returns what runs it."""
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--simulate", type=whole_number(1), metavar="N", help="judge N simulated films")
    source.add_argument("--labelme", type=Path, metavar="FOLDER", help="judge films annotated in Labelme")
    source.add_argument(
        "--corners", type=Path, metavar="FILE", help="judge the films beside a JSON file of their corners"
    )
    parser.add_argument(
        "--anatomy",
        type=Path,
        metavar="FOLDER",
        help="of simulated films: as for train, or the Visible Human's lumbar spine, of which L1 to L5 count",
    )
    parser.add_argument(
        "--seed",
        type=whole_number(0),
        default=900,
        metavar="N",
        help="of the simulated films; default: 900",
    )
    parser.add_argument(
        "--split",
        type=Path,
        metavar="FILE",
        help="split.csv of a training run on the Labelme folder; default: judge all its films",
    )
    parser.add_argument(
        "--part", choices=[str(part) for part in Part], default=Part.TEST, help="of the split; default: test"
    )
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="for table, figures, vertebrae and confusion matrices"
    )
    parser.add_argument(
        "--models",
        type=Path,
        default=models_folder(),
        metavar="FOLDER",
        help="default: this program's",
    )
    parser.add_argument("--runtime", choices=("auto", "torch", "onnx"), default="auto", help="what computes")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto", help="where it computes")
    return _run


def _run(options: argparse.Namespace) -> int:
    if options.split and not options.labelme:
        raise VcfError("--split is about a folder of films; name it by --labelme.")
    if options.out is not None:
        # To be known now, and not after the last film.
        require("matplotlib", "a picture of the confusion matrix")
        prepare_folder(options.out)
    pipeline = open_pipeline(options.models, options.runtime, options.device)
    films, count = _films(options)
    levels = judged_levels(options.anatomy) if options.simulate else JUDGED_LEVELS
    names, judgements = judge_films(pipeline, tqdm(films, total=count, unit="film", disable=None), levels)
    if not judgements:
        raise VcfError("There is no film to judge.")
    results = Results.of(judgements)
    values = figures(results)
    bounds = intervals(results) if len(names) > 1 else {}
    table = _table({"judged levels": _named(levels), **_counts(results)}, values, bounds)
    sys.stdout.write(table)
    if options.out is not None:
        _save(options.out, names, results, values, bounds, table)
    return 0


def _films(options: argparse.Namespace) -> tuple[Iterable[KnownFilm], int | None]:
    """The films to judge and, where it is known, how many they are."""
    if options.simulate:
        return simulated(options.anatomy, options.seed, options.simulate), options.simulate
    if options.labelme:
        return labelme_films(options.labelme, options.split, Part(options.part)), None
    return corner_labelled(options.corners), None


def judge_films(
    pipeline: Pipeline, films: Iterable[KnownFilm], levels: range
) -> tuple[list[str], list[Judgement]]:
    """Names of the films, and each film's findings and candidates held against its truth."""
    names: list[str] = []
    judgements: list[Judgement] = []
    for film, truth in films:
        findings = pipeline.run(film).findings
        judgements.append(
            judge(len(names), film, truth, findings, detector_candidates(pipeline, film), levels)
        )
        names.append(film.path.name)
    return names, judgements


def detector_candidates(pipeline: Pipeline, film: Film) -> Detections:
    """What the pipeline's detector alone takes for vertebrae, in film pixels: boxes of a spine or not."""
    detector = pipeline.backends[0]
    content = content_box(film.pixels, film.padding)
    frame = detector_frame(content, film.row_to_column)
    enhanced = enhance(film.pixels, content, film.padding)
    output = detector.run(detector_input(frame.sample(enhanced))[None])[detector.manifest.outputs[0]][0]
    candidates = suppress(decode(output, LOWEST_SCORE), detector.manifest.thresholds["iou"])
    vertebrae = candidates.take(np.flatnonzero(candidates.classes == VERTEBRA))
    boxes = frame.to_film(vertebrae.boxes_xyxy.reshape(-1, 2, 2)).reshape(-1, 4)
    return Detections(boxes, vertebrae.scores, vertebrae.classes)


def _named(levels: range) -> str:
    return f"{VertebraLevel(levels[0]).label}-{VertebraLevel(levels[-1]).label}"


def _counts(results: Results) -> dict[str, str]:
    """What the figures stand on."""
    rows, found = results.rows, results.found
    missed = rows[rows["state"] == "missed"]
    unnamed = {UNKNOWN: "unknown"}
    by_level = Counter(unnamed.get(level) or VertebraLevel(level).label for level in missed["level"].tolist())
    grades = Counter(found["grade"].tolist())
    return {
        "films": str(len(results.pixels)),
        "vertebrae": str(len(found) + len(missed)),
        "found, missed, invented": f"{len(found)}, {len(missed)}, {(rows['state'] == 'invented').sum()}",
        "missed by level": ", ".join(f"{level} {count}" for level, count in by_level.items()) or "none",
        "found, true grade 0, 1, 2, 3, unknown": ", ".join(
            str(grades[grade]) for grade in (*map(int, Grade), UNKNOWN)
        ),
    }


def _table(
    counts: Mapping[str, str], values: Mapping[str, float], bounds: Mapping[str, tuple[float, float]]
) -> str:
    """Markdown; figures that have nothing to stand on are left out."""
    rows = [("", "value", "95 % by films"), *((name, value, "") for name, value in counts.items())]
    for name, value in values.items():
        if not math.isnan(value):
            low, high = bounds.get(name, (math.nan, math.nan))
            interval = "" if math.isnan(low) else f"{low:.3f} to {high:.3f}"
            rows.append((name, f"{value:.3f}", interval))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines) + "\n"


def _save(
    folder: Path,
    names: Sequence[str],
    results: Results,
    values: Mapping[str, float],
    bounds: Mapping[str, tuple[float, float]],
    table: str,
) -> None:
    """``table.md``, ``figures.json``, ``vertebrae.csv`` and a confusion matrix for each kind of grade.

    All are written, or none.

    Raises:
        OutputError: one of them cannot be.
    """
    counts = {opinion: confusion(results.found, column) for opinion, column in OPINIONS.items()}
    document = {
        "films": len(names),
        "figures": {
            name: {"value": _json(value), "low": _json(low), "high": _json(high)}
            for name, value in values.items()
            for low, high in [bounds.get(name, (math.nan, math.nan))]
        },
        "confusion, rows true 0-3": {opinion: matrix.tolist() for opinion, matrix in counts.items()},
    }
    vertebrae = io.StringIO(newline="")
    csv.writer(vertebrae).writerows(_vertebra_lines(names, results.rows))
    pictures = {
        f"confusion {opinion}.png".replace(" ", "-"): _confusion_png(opinion, matrix)
        for opinion, matrix in counts.items()
        if matrix.any()
    }
    files = {
        "table.md": table.encode(),
        "figures.json": json.dumps(document, indent=1).encode(),
        "vertebrae.csv": vertebrae.getvalue().encode(),
        **pictures,
    }
    replace_files({folder / name: content for name, content in files.items()})


def _json(value: float) -> float | None:
    return None if math.isnan(value) else value


def _vertebra_lines(names: Sequence[str], rows: NDArray[np.void]) -> list[list[Any]]:
    """One line a vertebra, the worst first: invented, missed, then by the error of the points."""
    error = point_errors(rows)
    badness = np.where(rows["state"] == "found", np.nan_to_num(error), np.inf)
    scalars = [name for name in rows.dtype.names or () if not rows.dtype[name].shape and name != "film"]
    lines: list[list[Any]] = [
        ["film", *scalars, "points error, % of depth", *(f"p{grade}" for grade in range(4))]
    ]
    for number in np.argsort(-badness, kind="stable"):
        row = rows[number]
        cells = [_cell(name, row[name].item()) for name in scalars]
        shares = [_cell("probability", float(share)) for share in row["probabilities"]]
        lines.append([names[row["film"]], *cells, _cell("error", float(error[number])), *shares])
    return lines


def _cell(name: str, value: float | int | str) -> str | int:
    """Empty where nothing is known, levels by their names."""
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.4f}"
    if isinstance(value, str):
        return value
    if value == UNKNOWN:
        return ""
    return VertebraLevel(value).label if name in ("level", "named") else value


def _confusion_png(opinion: str, counts: NDArray[np.int64]) -> bytes:
    """Counts, and the same as parts of each true grade."""
    from matplotlib.figure import Figure

    names = [grade.name.lower() for grade in Grade]
    figure = Figure(figsize=(11, 5), layout="constrained")
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    for axes, matrix, form in zip(figure.subplots(1, 2), (counts, shares), ("d", ".2f"), strict=True):
        axes.imshow(matrix / max(matrix.max(), 1), cmap="Blues", vmin=0, vmax=1)
        axes.set(xlabel=opinion, ylabel="true grade")
        axes.set(xticks=range(len(names)), yticks=range(len(names)), xticklabels=names, yticklabels=names)
        for (true, named), value in np.ndenumerate(matrix):
            dark = value > matrix.max() / 2
            axes.text(named, true, format(value, form), ha="center", color="white" if dark else "black")
    file = io.BytesIO()
    figure.savefig(file, dpi=120, format="png")
    return file.getvalue()
