"""A film in, its vertebrae out: the paper's three stages and the measurements between them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.errors import ModelError
from vcf_desktop.film import Film, StudyInfo
from vcf_desktop.geometry import Heights, measure_heights, six_points
from vcf_desktop.grading import morphometry
from vcf_desktop.inference.backends import AUTO, Backend, open_model
from vcf_desktop.inference.classification import classify
from vcf_desktop.inference.detection import Chain, decode, spine_chain, suppress
from vcf_desktop.inference.frames import CROP_SIDE_PX, NetworkFrame, detector_frame, vertebra_frames
from vcf_desktop.inference.levels import LevelNaming, name_levels
from vcf_desktop.inference.manifest import Task, find_manifest
from vcf_desktop.inference.preprocess import content_box, detector_input, enhance
from vcf_desktop.inference.remarks import (
    FEWEST_VERTEBRAE,
    FOREIGN_FRACTION,
    film_warnings,
    not_outlined,
    vertebra_warnings,
)
from vcf_desktop.inference.segmentation import (
    AnteriorSide,
    Structure,
    anterior_side,
    body_outline,
    foreign_fraction,
    segment,
)
from vcf_desktop.spine import Analysis, Grade, VertebraFinding

STAGES = {"preprocess": 0.0, "detect": 0.1, "segment": 0.35, "grade": 0.85}
"""Stages in order, and the part of the work that is done when each begins (compact models on a CPU)."""

_CLEARLY_BETTER = 2
"""An inverted film is believed where it shows at least this many times as many vertebrae."""
_SURE_SIDE = 0.5
"""Confidence in the anterior side below which the file's own word decides, where it has one."""
_EDGE_PX = 1.0
"""An outline that comes this near to the edge of its crop or of the film may go on beyond it."""

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
    """What the detector saw: the film after CLAHE (H, W), the box (4,) of its picture, and its spine."""

    enhanced: NDArray[np.uint16]
    content_xyxy: NDArray[np.float64]
    chain: Chain


@dataclass(frozen=True, eq=False)
class _Body:
    """An outlined vertebral body in film pixels; ``place`` is its place in the chain from the top."""

    place: int
    contour_xy: NDArray[np.float64]
    points_xy: NDArray[np.float64]
    heights_px: Heights
    is_cut: bool


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
        sight, inverted = self._find_spine(film, clock)
        findings, warnings = self._examine(film, sight, inverted, clock)
        return Analysis(
            film_sha256=film.sha256,
            findings=findings,
            models=tuple(backend.record for backend in self.backends),
            started=started,
            seconds=clock.finish(),
            film_warnings=warnings + tuple(notice for backend in self.backends for notice in backend.notices),
        )

    def _find_spine(self, film: Film, clock: _Clock) -> tuple[_Sight, bool]:
        """What the detector saw, and whether it is of the inverted film."""
        sight = self._detect(film, film.pixels, clock)
        found = len(sight.chain.vertebrae)
        if found >= FEWEST_VERTEBRAE:
            return sight, False
        # Exports with dark bone that do not say so in their header exist.
        other = self._detect(film, 1 - film.pixels, clock)
        if len(other.chain.vertebrae) >= max(FEWEST_VERTEBRAE, _CLEARLY_BETTER * found):
            return other, True
        return sight, False

    def _detect(self, film: Film, pixels: NDArray[np.float32], clock: _Clock) -> _Sight:
        with clock.stage("preprocess"):
            content = content_box(pixels, film.padding)
            enhanced = enhance(pixels, content, film.padding)
        with clock.stage("detect"):
            frame = detector_frame(content, film.row_to_column)
            manifest = self._detector.manifest
            outputs = self._detector.run(detector_input(frame.sample(enhanced))[None])
            found = decode(outputs[manifest.outputs[0]][0], manifest.thresholds["score"])
            chain = spine_chain(suppress(found, manifest.thresholds["iou"]))
        return _Sight(enhanced, content, _on_film(chain, frame))

    def _examine(
        self, film: Film, sight: _Sight, inverted: bool, clock: _Clock
    ) -> tuple[tuple[VertebraFinding, ...], tuple[str, ...]]:
        """Findings, and warnings about the film."""
        chain = sight.chain
        vertebrae = chain.vertebrae
        if not len(vertebrae):
            return (), film_warnings((), detected=0, inverted=inverted, frontal=_is_frontal(film.study))
        with clock.stage("segment"):
            frames = vertebra_frames(vertebrae.boxes_xyxy, film.row_to_column)
            seen = segment(self._segmenter, sight.enhanced, frames, clock.part)
            probabilities = seen.probabilities
            side = _anterior_side(probabilities, film.study)
            outlined = (
                _outline(place, frame, logits[Structure.BODY], side.is_left, film.row_to_column)
                for place, (frame, logits) in enumerate(zip(frames, seen.logits, strict=True))
            )
            bodies = [body for body in outlined if body is not None]
            foreign = foreign_fraction(probabilities)
        places = [body.place for body in bodies]
        with clock.stage("grade"):
            grades = classify(
                self._classifier,
                seen.crops[places],
                probabilities[places, Structure.BODY],
                side.is_left,
                clock.part,
            )
            # One counts up from the sacrum: not across a vertebra without an outline.
            counts = chain.sacrum is not None and places[-1:] == [len(vertebrae) - 1]
            naming = name_levels(
                [body.points_xy for body in bodies],
                chain.sacrum[1] if chain.sacrum is not None and counts else None,
                film.row_to_column,
                bottom_row=float(sight.content_xyxy[3]),
            )
            findings = _findings(film, chain, bodies, naming, grades, foreign)
        warnings = film_warnings(
            findings,
            detected=len(vertebrae),
            inverted=inverted,
            levels_assumed=naming.assumed,
            frontal=_is_frontal(film.study),
            side_uncertain=side.confidence < _SURE_SIDE,
            hardware=bool((foreign > FOREIGN_FRACTION).any()),
        )
        lost = sorted(set(range(len(vertebrae))) - set(places))
        return findings, warnings + tuple(not_outlined(vertebrae.boxes_xyxy[place]) for place in lost)


def _is_frontal(study: StudyInfo | None) -> bool:
    """Whether the header names a frontal view: ViewPosition, or rows that run to the left or right."""
    if study is None:
        return False
    return study.view_position in ("AP", "PA") or study.patient_orientation[:1] in (("L",), ("R",))


def _anterior_side(probabilities: NDArray[np.float32], study: StudyInfo | None) -> AnteriorSide:
    """What the film shows or, where that is not sure, what its header says."""
    side = anterior_side(probabilities)
    # PatientOrientation: first the direction in which the columns run, A or P (PS3.3 C.7.6.1.1.1).
    towards = (study.patient_orientation if study else ())[:1]
    if side.confidence >= _SURE_SIDE or not towards or towards[0][:1] not in ("A", "P"):
        return side
    return AnteriorSide(is_left=towards[0].startswith("P"), confidence=_SURE_SIDE)


def _outline(
    place: int,
    frame: NetworkFrame,
    logits: NDArray[np.float32],
    anterior_is_left: bool,
    row_to_column: float,
) -> _Body | None:
    """The body in one crop, measured on the film; None where there is none that can be measured."""
    contour = body_outline(logits)
    if contour is None:
        return None
    # Angles and lengths are those of square pixels.
    to_square = np.array([1.0, row_to_column])
    contour_xy = frame.to_film(contour)
    origin, up, left = frame.to_film(np.array([[0.0, 0.0], [0.0, -1.0], [-1.0, 0.0]])) * to_square
    anterior = (left - origin) * (1.0 if anterior_is_left else -1.0)
    try:
        points_xy = six_points(contour_xy * to_square, up - origin, anterior) / to_square
    except ValueError:
        return None
    heights = measure_heights(points_xy, row_to_column)
    if min(heights.anterior, heights.middle, heights.posterior) <= 0:
        return None
    is_cut = bool(contour.min() < _EDGE_PX or contour.max() > logits.shape[0] - _EDGE_PX)
    return _Body(place, contour_xy, points_xy, heights, is_cut)


def _findings(
    film: Film,
    chain: Chain,
    bodies: list[_Body],
    naming: LevelNaming,
    grades: NDArray[np.float64],
    foreign: NDArray[np.float64],
) -> tuple[VertebraFinding, ...]:
    """One finding a body, top to bottom: ``grades`` (N, 4) of the bodies, ``foreign`` (M,) of the chain."""
    shapes = morphometry(naming.levels, [body.heights_px for body in bodies])
    findings = []
    for i, (body, shape) in enumerate(zip(bodies, shapes, strict=True)):
        if naming.confidences[i] == 0:
            continue  # above C7: neck or skull, for which there are no names and no grades
        finding = VertebraFinding(
            level=naming.levels[i],
            level_confidence=naming.confidences[i],
            box_xyxy=chain.vertebrae.boxes_xyxy[body.place],
            score=float(chain.vertebrae.scores[body.place]),
            contour_xy=body.contour_xy,
            points_xy=body.points_xy,
            heights_px=body.heights_px,
            heights_mm=None
            if film.spacing_mm is None
            else measure_heights(body.points_xy, film.row_to_column, column_mm=film.spacing_mm[1]),
            ratios=shape.ratios,
            grade=Grade(int(np.argmax(grades[i]))),
            grade_probabilities=grades[i],
            morphometric_grade=shape.grade,
            deformity=shape.deformity,
        )
        is_cut = body.is_cut or _at_edge(body.contour_xy, film)
        warnings = vertebra_warnings(finding, foreign[body.place], is_cut)
        findings.append(replace(finding, warnings=warnings))
    return tuple(findings)


def _at_edge(contour_xy: NDArray[np.float64], film: Film) -> bool:
    """Whether an outline in film pixels reaches the film's edge, beyond which the body may go on."""
    size = np.array([film.width_px, film.height_px])
    return bool((contour_xy < _EDGE_PX).any() or (contour_xy > size - _EDGE_PX).any())


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
