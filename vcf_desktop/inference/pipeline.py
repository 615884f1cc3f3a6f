"""A film in, its vertebrae out: the paper's three stages and the measurements between them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.errors import ModelError
from vcf_desktop.film import Film, StudyInfo
from vcf_desktop.inference.backends import AUTO, Backend, open_model
from vcf_desktop.inference.detection import VERTEBRA, Chain, Detections, decode, spine_chain, suppress
from vcf_desktop.inference.findings import grade_bodies, make_findings, outline_vertebrae
from vcf_desktop.inference.frames import (
    CROP_SIDE_PX,
    NetworkFrame,
    detector_frame,
    frame_in_chain,
    vertebra_frames,
)
from vcf_desktop.inference.levels import LevelNaming, name_levels
from vcf_desktop.inference.manifest import Task, find_manifest
from vcf_desktop.inference.preprocess import content_box, detector_input, enhance
from vcf_desktop.inference.remarks import (
    FEWEST_VERTEBRAE,
    FOREIGN_FRACTION,
    SIDE_UNCERTAIN,
    film_warnings,
    not_outlined,
)
from vcf_desktop.spine import Analysis, VertebraFinding, VertebraLevel

STAGES = {"preprocess": 0.0, "detect": 0.1, "segment": 0.35, "grade": 0.85}
"""Stages in order, and the part of the work that is done when each begins (compact models on a CPU)."""

_CLEARLY_BETTER = 2
"""An inverted film is believed where it shows at least this many times as many vertebrae."""

Report = Callable[[float, str], None]


def ignore(_fraction: float, _stage: str) -> None:
    """The report of a caller who does not care how far the work is."""


def open_pipeline(folder: Path, runtime: str = AUTO, device: str = AUTO) -> Pipeline:
    """The pipeline of the detector, the segmenter and the classifier in ``folder``.

    Raises:
        ModelError: a model is missing, changed, made for other crops, or cannot run on the wanted device.
    """
    detector, *others = (find_manifest(task, folder) for task in Task)
    for manifest in others:
        if manifest.network_input.side_px not in (None, CROP_SIDE_PX):
            side = manifest.network_input.side_px
            reason = f"it was made for crops of {side} px and not of {CROP_SIDE_PX}; install a fitting model"
            raise ModelError(manifest.name, reason)
    return Pipeline(*(open_model(manifest, runtime, device) for manifest in (detector, *others)))


@dataclass(frozen=True, eq=False)
class _Sight:
    """What the detector saw: the film, or its inverse, after CLAHE (H, W), the box (4,) of its picture, and
    its spine."""

    enhanced: NDArray[np.uint16]
    content_xyxy: NDArray[np.float64]
    chain: Chain
    inverted: bool


class Pipeline:
    """Detector, segmenter and classifier, and everything between a film and its findings."""

    def __init__(self, detector: Backend, segmenter: Backend, classifier: Backend) -> None:
        self._detector = detector
        self._segmenter = segmenter
        self._classifier = classifier

    @property
    def backends(self) -> tuple[Backend, Backend, Backend]:
        """Detector, segmenter and classifier."""
        return self._detector, self._segmenter, self._classifier

    def run(self, film: Film, report: Report = ignore) -> Analysis:
        """Analyse one film.

        Args:
            film: as read; it is not changed.
            report: is told the finished fraction in [0, 1] and the name of the stage. What it raises comes
                out of ``run``: that is how a run is cancelled.

        Raises:
            ModelError: a network stopped.
        """
        started, clock = datetime.now(UTC).astimezone(), _Clock(report)
        sight = self._find_spine(film, clock)
        findings, warnings = self._analyse(film, sight, clock)
        return Analysis(
            film_sha256=film.sha256,
            findings=findings,
            models=tuple(backend.record for backend in self.backends),
            started=started,
            seconds=clock.finish(),
            film_warnings=warnings + tuple(notice for backend in self.backends for notice in backend.notices),
        )

    def examine(
        self,
        film: Film,
        box_xyxy: NDArray[np.float64],
        neighbours: Sequence[VertebraFinding],
        level: VertebraLevel,
        report: Report = ignore,
        *,
        inverted: bool = False,
    ) -> VertebraFinding | None:
        """Outline, measure and grade one vertebra that a person has pointed out.

        Args:
            film: as read; it is not changed.
            box_xyxy: (4,) left, top, right, bottom of the vertebral body in film pixels.
            neighbours: the other vertebrae known on this film, in any order, none of them the one in the box;
                may be empty. They tell how the spine runs, which side is anterior and what height to expect.
            level: its name.
            report: as for :meth:`run`, without the stage ``detect``.
            inverted: whether ``run`` read this film inverted (:data:`.remarks.INVERTED`).

        Returns:
            The finding, its box the drawn one, its score and the confidence in its level 1; None where no
            body could be outlined.

        Raises:
            ModelError: a network stopped.
            ValueError: the box has no area.
        """
        clock = _Clock(report)
        enhanced, _ = _enhance(film, inverted, clock)
        with clock.stage("segment"):
            known_xyxy = np.array([neighbour.box_xyxy for neighbour in neighbours]).reshape(-1, 4)
            frame = frame_in_chain(box_xyxy, known_xyxy, film.row_to_column)
            drawn = Detections(np.array([box_xyxy]), np.ones(1), np.array([VERTEBRA]))
            outlined = outline_vertebrae(
                self._segmenter, film, enhanced, drawn, (frame,), clock.part, neighbours
            )
        if not outlined.bodies:
            clock.finish()
            return None
        with clock.stage("grade"):
            grades = grade_bodies(self._classifier, outlined, clock.part)
            naming = LevelNaming((level,), (1.0,), assumed=False)
            (finding,) = make_findings(film, outlined, naming, grades, neighbours)
        clock.finish()
        # Elsewhere this is said once of the film, but here is only the vertebra to say it of.
        doubt = (SIDE_UNCERTAIN,) if outlined.side_uncertain else ()
        return replace(finding, warnings=finding.warnings + doubt)

    def _find_spine(self, film: Film, clock: _Clock) -> _Sight:
        """What the detector saw of the film or, where it saw too little, of the inverted film."""
        sight = self._detect(film, False, clock)
        found = len(sight.chain.vertebrae)
        if found >= FEWEST_VERTEBRAE:
            return sight
        # Exports with dark bone that do not say so in their header exist.
        other = self._detect(film, True, clock)
        if len(other.chain.vertebrae) >= max(FEWEST_VERTEBRAE, _CLEARLY_BETTER * found):
            return other
        return sight

    def _detect(self, film: Film, inverted: bool, clock: _Clock) -> _Sight:
        enhanced, content = _enhance(film, inverted, clock)
        with clock.stage("detect"):
            frame = detector_frame(content, film.row_to_column)
            manifest = self._detector.manifest
            outputs = self._detector.run(detector_input(frame.sample(enhanced))[None])
            found = decode(outputs[manifest.outputs[0]][0], manifest.thresholds["score"])
            chain = spine_chain(suppress(found, manifest.thresholds["iou"]))
        return _Sight(enhanced, content, _on_film(chain, frame), inverted)

    def _analyse(
        self, film: Film, sight: _Sight, clock: _Clock
    ) -> tuple[tuple[VertebraFinding, ...], tuple[str, ...]]:
        """Findings, and warnings about the film."""
        vertebrae, sacrum = sight.chain.vertebrae, sight.chain.sacrum
        frontal = _is_frontal(film.study)
        if not len(vertebrae):
            return (), film_warnings((), detected=0, inverted=sight.inverted, frontal=frontal)
        with clock.stage("segment"):
            frames = vertebra_frames(vertebrae.boxes_xyxy, film.row_to_column)
            outlined = outline_vertebrae(self._segmenter, film, sight.enhanced, vertebrae, frames, clock.part)
        places = outlined.places
        with clock.stage("grade"):
            grades = grade_bodies(self._classifier, outlined, clock.part)
            # One counts up from the sacrum: not across a vertebra without an outline.
            counts = sacrum is not None and places[-1:] == [len(vertebrae) - 1]
            naming = name_levels(
                [body.points_xy for body in outlined.bodies],
                sacrum[1] if sacrum is not None and counts else None,
                film.row_to_column,
                bottom_row=float(sight.content_xyxy[3]),
            )
            findings = make_findings(film, outlined, naming, grades)
        warnings = film_warnings(
            findings,
            detected=len(vertebrae),
            inverted=sight.inverted,
            levels_assumed=naming.assumed,
            frontal=frontal,
            side_uncertain=outlined.side_uncertain,
            hardware=bool((outlined.foreign > FOREIGN_FRACTION).any()),
        )
        lost = sorted(set(range(len(vertebrae))) - set(places))
        return findings, warnings + tuple(not_outlined(vertebrae.boxes_xyxy[place]) for place in lost)


def _enhance(film: Film, inverted: bool, clock: _Clock) -> tuple[NDArray[np.uint16], NDArray[np.float64]]:
    """The film or its inverse after CLAHE (H, W), and the box (4,) of its picture."""
    with clock.stage("preprocess"):
        pixels = 1 - film.pixels if inverted else film.pixels
        content = content_box(pixels, film.padding)
        return enhance(pixels, content, film.padding), content


def _is_frontal(study: StudyInfo | None) -> bool:
    """Whether the header names a frontal view: ViewPosition, or rows that run to the left or right."""
    if study is None:
        return False
    return study.view_position in ("AP", "PA") or study.patient_orientation[:1] in (("L",), ("R",))


def _on_film(chain: Chain, frame: NetworkFrame) -> Chain:
    """A chain in network pixels, in film pixels."""

    def boxes_on_film(boxes_xyxy: NDArray[np.float64]) -> NDArray[np.float64]:
        return frame.to_film(boxes_xyxy.reshape(-1, 2, 2)).reshape(boxes_xyxy.shape)

    vertebrae = replace(chain.vertebrae, boxes_xyxy=boxes_on_film(chain.vertebrae.boxes_xyxy))
    sacrum = chain.sacrum and (boxes_on_film(chain.sacrum[0]), chain.sacrum[1])
    return Chain(vertebrae, sacrum)


class _Clock:
    """Measures the stages and reports their progress."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._began = time.perf_counter()
        self._seconds = dict.fromkeys(STAGES, 0.0)
        self._stage = next(iter(STAGES))
        self._done = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time spent inside counts for the stage ``name``."""
        self._stage = name
        self.part(0.0)
        began = time.perf_counter()
        yield
        self._seconds[name] += time.perf_counter() - began

    def part(self, fraction: float) -> None:
        """Report that ``fraction`` of the present stage is done."""
        start = STAGES[self._stage]
        end = min((begin for begin in STAGES.values() if begin > start), default=1.0)
        # A second look at the film begins again at the first stage, but progress never goes back.
        self._done = max(self._done, start + fraction * (end - start))
        self._report(self._done, self._stage)

    def finish(self) -> dict[str, float]:
        """Seconds of each stage and in total."""
        self._done = 1.0
        self._report(self._done, self._stage)
        return {**self._seconds, "total": time.perf_counter() - self._began}
