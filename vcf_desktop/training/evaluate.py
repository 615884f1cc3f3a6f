"""``vcf-desktop evaluate``: the whole pipeline against the truth of simulated or corner-labelled films."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.errors import VcfError
from vcf_desktop.film import DisplayPixels, Film, SpacingSource
from vcf_desktop.geometry import box_iou, measure_heights
from vcf_desktop.inference.pipeline import open_pipeline
from vcf_desktop.io.films import read_film
from vcf_desktop.paths import models_folder
from vcf_desktop.spine import Grade, VertebraFinding, VertebraLevel

JUDGED_LEVELS = range(VertebraLevel.T4, VertebraLevel.L5 + 1)
"""Levels that readers judge; what is found at others counts neither for nor against."""
MATCHING_IOU = 0.5
CORNERS = [0, 2, 3, 5]
"""Anterior superior, posterior superior, anterior inferior, posterior inferior among the six points."""
SIMULATED_SIZE_HW = (1100, 560)
SIMULATED_PIXEL_MM = (0.32, 0.85)


@dataclass(frozen=True, eq=False)
class TrueVertebra:
    """What is known of one vertebra: (4, 2) corners in film pixels in the order of :data:`CORNERS`.

    ``grade`` is None where nobody graded it.
    """

    level: VertebraLevel
    corners_xy: NDArray[np.float64]
    grade: Grade | None

    @property
    def box_xyxy(self) -> NDArray[np.float64]:
        """(4,) box of the corners."""
        return np.concatenate([self.corners_xy.min(axis=0), self.corners_xy.max(axis=0)])


@dataclass
class Tally:
    """Sums over films; lists hold one value for each vertebra that was found."""

    missed: int = 0
    invented: int = 0
    missed_levels: list[str] = field(default_factory=list)
    overlaps: list[float] = field(default_factory=list)
    corner_errors: list[float] = field(default_factory=list)
    wedge_errors: list[float] = field(default_factory=list)
    level_right: list[bool] = field(default_factory=list)
    grades: list[tuple[Grade | None, Grade, Grade]] = field(default_factory=list)

    def add(self, findings: Sequence[VertebraFinding], truth: Sequence[TrueVertebra]) -> None:
        """Count one film. Each finding answers for the true vertebra that it overlaps most."""
        overlap = box_iou(
            np.array([f.box_xyxy for f in findings]).reshape(-1, 4),
            np.array([t.box_xyxy for t in truth]).reshape(-1, 4),
        )
        found: dict[int, int] = {}
        for number in range(len(findings)):
            nearest = int(overlap[number].argmax()) if truth else -1
            iou = float(overlap[number, nearest]) if truth else 0.0
            if iou >= MATCHING_IOU and nearest not in found:
                found[nearest] = number
            elif iou == 0 or truth[nearest].level in JUDGED_LEVELS:
                self.invented += 1
        for place, vertebra in enumerate(truth):
            if vertebra.level not in JUDGED_LEVELS:
                continue
            if place in found:
                self.overlaps.append(float(overlap[found[place], place]))
                self._compare(findings[found[place]], vertebra)
            else:
                self.missed += 1
                self.missed_levels.append(vertebra.level.label)

    def _compare(self, finding: VertebraFinding, truth: TrueVertebra) -> None:
        distance = np.linalg.norm(finding.points_xy[CORNERS] - truth.corners_xy, axis=1).mean()
        upper, lower = truth.corners_xy[0] - truth.corners_xy[1], truth.corners_xy[2] - truth.corners_xy[3]
        depth = (np.linalg.norm(upper) + np.linalg.norm(lower)) / 2
        self.corner_errors.append(float(distance / depth))
        anterior, posterior = np.linalg.norm(truth.corners_xy[:2] - truth.corners_xy[2:], axis=1)
        measured = measure_heights(finding.points_xy)
        self.wedge_errors.append(abs(measured.anterior / measured.posterior - float(anterior / posterior)))
        self.level_right.append(finding.level == truth.level)
        self.grades.append((truth.grade, finding.grade, finding.morphometric_grade))

    def table(self) -> str:
        """The figures, one a line."""
        found = len(self.overlaps)
        rows = [
            ("vertebrae T4-L5", f"{found + self.missed}"),
            ("recall at IoU 0.5", f"{found / max(1, found + self.missed):.3f}"),
            ("precision at IoU 0.5", f"{found / max(1, found + self.invented):.3f}"),
            ("missed by level", ", ".join(_counted(self.missed_levels)) or "none"),
        ]
        if found:
            graded = [grades for grades in self.grades if grades[0] is not None]
            intact = [grades for grades in self.grades if not grades[0]]
            rows += [
                ("mean IoU", f"{np.mean(self.overlaps):.3f}"),
                ("corner error, % of depth, mean", f"{100 * np.mean(self.corner_errors):.1f}"),
                ("corner error, % of depth, median", f"{100 * np.median(self.corner_errors):.1f}"),
                ("Ha/Hp absolute error, mean", f"{np.mean(self.wedge_errors):.3f}"),
                ("level exact", f"{np.mean(self.level_right):.3f}"),
                ("unfractured or ungraded, network grade 2-3", _share([g[1] >= 2 for g in intact])),
                ("unfractured or ungraded, measured grade 2-3", _share([g[2] >= 2 for g in intact])),
            ]
            if graded:
                rows += [
                    ("network grade right", _share([true == network for true, network, _ in graded])),
                    ("measured grade right", _share([true == measured for true, _, measured in graded])),
                    ("confusion, rows true 0-3, columns network 0-3", _confusion(graded)),
                ]
        width = max(len(name) for name, _ in rows)
        return "\n".join(f"{name:<{width}}  {value}" for name, value in rows) + "\n"


def corner_labelled(path: Path) -> Iterator[tuple[Film, list[TrueVertebra]]]:
    """Films beside a JSON file ``{film: {"corners_xy": {level: corners}}}``; the corners of a level are its
    top back, top front, bottom front and bottom back.

    Raises:
        VcfError: the file cannot be read; FilmReadError for a film.
    """
    try:
        labels = json.loads(path.read_text(encoding="utf-8"))
        films = {name: entry["corners_xy"] for name, entry in labels.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as e:
        raise VcfError(f"{path.name}: is not a file of corner labels ({e})") from e
    for name, corners in films.items():
        truth = [
            TrueVertebra(VertebraLevel[level], np.array(points, dtype=np.float64)[[1, 0, 2, 3]], None)
            for level, points in corners.items()
            if level in VertebraLevel.__members__ and len(points) == len(CORNERS)
        ]
        yield read_film(path.parent / name), truth


def simulated(
    anatomy_folder: Path | None, seed: int, count: int
) -> Iterator[tuple[Film, list[TrueVertebra]]]:
    """``count`` simulated lateral films that no training run has seen, if ``seed`` is none of theirs."""
    from vcf_desktop.simulation.anatomy import load_anatomy
    from vcf_desktop.simulation.generate import simulate
    from vcf_desktop.simulation.parametric import parametric_anatomy

    anatomy = parametric_anatomy() if anatomy_folder is None else load_anatomy(anatomy_folder)
    for number in range(count):
        rng = np.random.default_rng([seed, number])
        film = simulate(
            rng, anatomy, SIMULATED_SIZE_HW, SIMULATED_PIXEL_MM, mean_fractures=2.0, frontal_share=0
        )
        truth = [TrueVertebra(v.level, v.points_xy[CORNERS], v.grade) for v in film.vertebrae]
        yield _as_read(film.look(rng), number), truth


def _as_read(pixels: NDArray[np.float32], number: int) -> Film:
    return Film(
        pixels=pixels,
        padding=None,
        spacing_mm=None,
        spacing_source=SpacingSource.NONE,
        row_to_column=1.0,
        sha256="",
        path=Path(f"simulated-{number}"),
        study=None,
        display=DisplayPixels(pixels),
    )


def configure(parser: argparse.ArgumentParser) -> Callable[[argparse.Namespace], int]:
    """Add the arguments of the command; returns what runs it."""
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument(
        "--corners", type=Path, metavar="FILE", help="JSON with the corners of films beside it"
    )
    source.add_argument("--simulate", type=int, metavar="N", help="judge N simulated films")
    parser.add_argument("--anatomy", type=Path, metavar="FOLDER", help="as for train")
    parser.add_argument("--seed", type=int, default=900, help="of the simulated films; default: 900")
    parser.add_argument("--runtime", choices=("auto", "torch", "onnx"), default="auto")
    return _run


def _run(options: argparse.Namespace) -> int:
    pipeline = open_pipeline(models_folder(), options.runtime)
    films = (
        corner_labelled(options.corners)
        if options.corners
        else simulated(options.anatomy, options.seed, options.simulate)
    )
    tally = Tally()
    for film, truth in films:
        tally.add(pipeline.run(film).findings, truth)
    sys.stdout.write(tally.table())
    return 0


def _share(right: Sequence[bool]) -> str:
    return f"{np.mean(right):.3f} of {len(right)}" if right else "-"


def _counted(labels: Sequence[str]) -> list[str]:
    return [f"{label} {labels.count(label)}" for label in dict.fromkeys(labels)]


def _confusion(graded: Sequence[tuple[Grade | None, Grade, Grade]]) -> str:
    counts = np.zeros((len(Grade), len(Grade)), int)
    for true, network, _ in graded:
        counts[int(true or 0), int(network)] += 1
    return " / ".join(" ".join(str(count) for count in row) for row in counts)
