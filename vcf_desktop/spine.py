"""The words of the field: levels, grades, deformities, and what the pipeline says about one film.

Everything here is a frozen value. Dataclasses that hold arrays compare by identity (``eq=False``): numpy has
no single truth value for ``==``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.geometry import Heights


class VertebraLevel(IntEnum):
    """Vertebral levels in anatomical order, top to bottom.

    T13 and L6 exist in people with transitional anatomy (lumbar ribs 5.8 %, lumbarisation 6.2 %; PMC3948909),
    so they can be represented; automatic naming never assigns them.
    """

    C7 = 0
    T1 = 1
    T2 = 2
    T3 = 3
    T4 = 4
    T5 = 5
    T6 = 6
    T7 = 7
    T8 = 8
    T9 = 9
    T10 = 10
    T11 = 11
    T12 = 12
    T13 = 13
    L1 = 14
    L2 = 15
    L3 = 16
    L4 = 17
    L5 = 18
    L6 = 19
    S1 = 20

    @property
    def label(self) -> str:
        """The level as it is written in a report, ``"T12"``."""
        return self.name


REGULAR_LEVELS: tuple[VertebraLevel, ...] = tuple(
    level
    for level in VertebraLevel
    if level not in (VertebraLevel.C7, VertebraLevel.T13, VertebraLevel.L6, VertebraLevel.S1)
)
"""T1 to L5, the seventeen vertebrae that almost everyone has, top to bottom."""


class Grade(IntEnum):
    """Genant semiquantitative grade (Genant et al., J Bone Miner Res 1993;8:1137)."""

    NON = 0
    MILD = 1
    MODERATE = 2
    SEVERE = 3


class Deformity(StrEnum):
    """Predominant shape of a deformed vertebral body (Genant et al. 1993)."""

    NONE = "none"
    WEDGE = "wedge"
    BICONCAVE = "biconcave"
    CRUSH = "crush"


@dataclass(frozen=True)
class Ratios:
    """Height ratios of one vertebra as measured; what is normal depends on the level.

    wedge = Ha/Hp, biconcave = Hm/Hp, crush = Hp / Hp expected from the measured neighbours within two levels
    (:func:`vcf_desktop.grading.height_ratios`), None where there is no such neighbour.
    """

    wedge: float
    biconcave: float
    crush: float | None


@dataclass(frozen=True, eq=False)
class VertebraFinding:
    """What the pipeline says about one vertebra; coordinates are film pixels.

    Attributes:
        level: anatomical level.
        level_confidence: probability in [0, 1] that the level's name is right.
        box_xyxy: (4,) left, top, right, bottom of the detected box.
        score: detector's score in [0, 1].
        contour_xy: (N, 2) closed outline of the vertebral body, first point not repeated.
        points_xy: (6, 2) in the order of :data:`vcf_desktop.geometry.SIX_POINTS`.
        heights_px: heights in film columns (equal to pixels where pixels are square).
        heights_mm: heights in mm by the film's spacing, None where it has none.
        ratios: height ratios.
        grade: the network's grade.
        grade_probabilities: (4,) probabilities of grades 0 to 3, sum 1.
        morphometric_grade: grade by measured height loss against the level's norm.
        deformity: predominant shape by measurement.
        warnings: sentences about this vertebra.
    """

    level: VertebraLevel
    level_confidence: float
    box_xyxy: NDArray[np.float64]
    score: float
    contour_xy: NDArray[np.float64]
    points_xy: NDArray[np.float64]
    heights_px: Heights
    heights_mm: Heights | None
    ratios: Ratios
    grade: Grade
    grade_probabilities: NDArray[np.float64]
    morphometric_grade: Grade
    deformity: Deformity
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class ModelRecord:
    """Which weights really ran, and where."""

    name: str
    version: str
    sha256: str
    runtime: str
    device: str


@dataclass(frozen=True, eq=False)
class Analysis:
    """The machine's opinion of one film. It is never edited; a person's decisions lie beside it.

    Attributes:
        film_sha256: sha256 of the film's bytes.
        findings: one per vertebra, top to bottom.
        models: the models that ran, in order of the stages.
        started: when the analysis began, with time zone.
        seconds: wall time per stage (``preprocess``, ``detect``, ``segment``, ``grade``, ``total``).
        film_warnings: sentences about the film as a whole.
    """

    film_sha256: str
    findings: tuple[VertebraFinding, ...]
    models: tuple[ModelRecord, ...]
    started: datetime
    seconds: dict[str, float]
    film_warnings: tuple[str, ...] = ()
