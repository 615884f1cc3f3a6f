"""From vertebrae on an enhanced film to findings: outlines, six points, heights and what they tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.film import Film, StudyInfo
from vcf_desktop.geometry import Heights, facing, measure_heights, six_points
from vcf_desktop.grading import morphometry
from vcf_desktop.inference.backends import Backend
from vcf_desktop.inference.classification import classify
from vcf_desktop.inference.detection import Detections
from vcf_desktop.inference.frames import NetworkFrame
from vcf_desktop.inference.levels import LevelNaming
from vcf_desktop.inference.remarks import vertebra_warnings
from vcf_desktop.inference.segmentation import (
    AnteriorSide,
    Structure,
    anterior_side,
    body_outline,
    foreign_fraction,
    segment,
)
from vcf_desktop.spine import Grade, VertebraFinding

_SURE_SIDE = 0.5
"""Confidence in the anterior side below which the file's own word decides, where it has one."""
_EDGE_PX = 1.0
"""An outline that comes this near to the edge of its crop or of the film may go on beyond it."""


@dataclass(frozen=True, eq=False)
class Body:
    """An outlined vertebral body in film pixels; ``place`` is its index among the vertebrae looked at."""

    place: int
    contour_xy: NDArray[np.float64]
    points_xy: NDArray[np.float64]
    heights_px: Heights
    is_cut: bool


@dataclass(frozen=True, eq=False)
class Outlined:
    """What the segmenter made of N vertebrae.

    Attributes:
        vertebrae: the N boxes.
        crops: (N, S, S) in [0, 1].
        body_probabilities: (N, S, S) of the vertebral body.
        foreign: (N,) part in [0, 1] of each body that metal or cement covers.
        side: the anterior one of all of them.
        bodies: of those that could be outlined and measured, in the order of the boxes.
    """

    vertebrae: Detections
    crops: NDArray[np.float32]
    body_probabilities: NDArray[np.float32]
    foreign: NDArray[np.float64]
    side: AnteriorSide
    bodies: list[Body]

    @property
    def places(self) -> list[int]:
        """Which of the N vertebrae the bodies are."""
        return [body.place for body in self.bodies]

    @property
    def side_uncertain(self) -> bool:
        """Whether the user must be told that the anterior side is a guess."""
        return self.side.confidence < _SURE_SIDE


def outline_vertebrae(
    segmenter: Backend,
    film: Film,
    enhanced: NDArray[np.uint16],
    vertebrae: Detections,
    frames: Sequence[NetworkFrame],
    done: Callable[[float], None],
    neighbours: Sequence[VertebraFinding] = (),
) -> Outlined:
    """Outline and measure the bodies of N vertebrae.

    Args:
        segmenter: backend of the segmenter.
        film: as read.
        enhanced: (H, W) the film, or its inverse, after CLAHE.
        vertebrae: N boxes in film pixels, N at least 1.
        frames: the crop of each.
        done: is told the finished part in [0, 1] after each batch and may raise to stop.
        neighbours: further vertebrae of this film, known already; where there are any, they tell the anterior
            side.
    """
    seen = segment(segmenter, enhanced, frames, done)
    probabilities = seen.probabilities
    side = _side_of(neighbours) if neighbours else _anterior_side(probabilities, film.study)
    outlined = (
        _outline(place, frame, logits[Structure.BODY], side.is_left, film.row_to_column)
        for place, (frame, logits) in enumerate(zip(frames, seen.logits, strict=True))
    )
    return Outlined(
        vertebrae=vertebrae,
        crops=seen.crops,
        body_probabilities=probabilities[:, Structure.BODY],
        foreign=foreign_fraction(probabilities),
        side=side,
        bodies=[body for body in outlined if body is not None],
    )


def grade_bodies(
    classifier: Backend, outlined: Outlined, done: Callable[[float], None]
) -> NDArray[np.float64]:
    """(M, 4) probabilities of grades 0 to 3 of the M bodies; ``done`` as for :func:`outline_vertebrae`."""
    places = outlined.places
    return classify(
        classifier, outlined.crops[places], outlined.body_probabilities[places], outlined.side.is_left, done
    )


def make_findings(
    film: Film,
    outlined: Outlined,
    naming: LevelNaming,
    grades: NDArray[np.float64],
    neighbours: Sequence[VertebraFinding] = (),
) -> tuple[VertebraFinding, ...]:
    """One finding for each of M bodies that has a name, in their order.

    Args:
        film: as read.
        outlined: the bodies.
        naming: their names.
        grades: (M, 4) probabilities of their grades.
        neighbours: further vertebrae of this film, known already, whose heights say what to expect of theirs.
    """
    bodies, vertebrae = outlined.bodies, outlined.vertebrae
    shapes = morphometry(
        [*naming.levels, *(neighbour.level for neighbour in neighbours)],
        [body.heights_px for body in bodies] + [neighbour.heights_px for neighbour in neighbours],
    )
    findings = []
    for i, body in enumerate(bodies):
        shape = shapes[i]
        if naming.confidences[i] == 0:
            continue  # above C7: neck or skull, for which there are no names and no grades
        finding = VertebraFinding(
            level=naming.levels[i],
            level_confidence=naming.confidences[i],
            box_xyxy=vertebrae.boxes_xyxy[body.place],
            score=float(vertebrae.scores[body.place]),
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
        warnings = vertebra_warnings(finding, outlined.foreign[body.place], is_cut)
        findings.append(replace(finding, warnings=warnings))
    return tuple(findings)


def _at_edge(contour_xy: NDArray[np.float64], film: Film) -> bool:
    """Whether an outline in film pixels reaches the film's edge, beyond which the body may go on."""
    size = np.array([film.width_px, film.height_px])
    return bool((contour_xy < _EDGE_PX).any() or (contour_xy > size - _EDGE_PX).any())


def _side_of(neighbours: Sequence[VertebraFinding]) -> AnteriorSide:
    """The side on which vertebrae have their anterior points, if they agree.

    All vertebrae of a film face the same way, and one crop alone errs: of 448 vertebrae on real films 40 show
    their posterior elements on the other side than the film as a whole.
    """
    balance = facing([neighbour.points_xy for neighbour in neighbours])
    return AnteriorSide(is_left=balance >= 0, confidence=abs(balance))


def _anterior_side(probabilities: NDArray[np.float32], study: StudyInfo | None) -> AnteriorSide:
    """What the film shows or, where that is not sure, what its header says."""
    side = anterior_side(probabilities)
    told = study.anterior_is_left if study else None
    if side.confidence >= _SURE_SIDE or told is None:
        return side
    return AnteriorSide(is_left=told, confidence=_SURE_SIDE)


def _outline(
    place: int,
    frame: NetworkFrame,
    logits: NDArray[np.float32],
    anterior_is_left: bool,
    row_to_column: float,
) -> Body | None:
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
    return Body(place, contour_xy, points_xy, heights, is_cut)
