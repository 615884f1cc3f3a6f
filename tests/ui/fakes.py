"""A pipeline that knows what it will say, and films for it, so that tests of the window are quick."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pydicom
from numpy.typing import NDArray

from vcf_desktop.film import Film
from vcf_desktop.geometry import measure_heights
from vcf_desktop.inference.pipeline import STAGES
from vcf_desktop.paths import resources_folder
from vcf_desktop.spine import (
    Analysis,
    Deformity,
    Grade,
    ModelRecord,
    Ratios,
    VertebraFinding,
    VertebraLevel,
)

LEVELS = tuple(VertebraLevel[name] for name in ("T11", "T12", "L1", "L2", "L3"))
GRADES = (Grade.NON, Grade.NON, Grade.SEVERE, Grade.NON, Grade.MILD)
MODEL = ModelRecord("fake", "1", "f" * 64, "onnx", "cpu")
WIDTH, HEIGHT = 400, 600


def finding(place: int) -> VertebraFinding:
    """The vertebra at a place from the top: a block of 80 x 60 px, wedged by its grade."""
    top, grade = 60.0 + 100.0 * place, GRADES[place]
    lost = (0.0, 13.0, 18.0, 30.0)[grade]
    points = np.array(
        [(160.0, top + lost), (200.0, top + lost / 2), (240.0, top)]
        + [(x, top + 60.0) for x in (160.0, 200.0, 240.0)]
    )
    parts = np.arange(12)[:, None] / 12
    corners = points[[0, 2, 5, 3]]
    contour = np.concatenate(
        [a + parts * (b - a) for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True)]
    )
    heights = measure_heights(points)
    return VertebraFinding(
        level=LEVELS[place],
        level_confidence=0.9,
        box_xyxy=np.array([155.0, top - 5, 245.0, top + 65]),
        score=0.9,
        contour_xy=contour,
        points_xy=points,
        heights_px=heights,
        heights_mm=None,
        ratios=Ratios(heights.anterior / heights.posterior, heights.middle / heights.posterior, 1.0),
        grade=grade,
        grade_probabilities=np.where(np.arange(4) == grade, 0.85, 0.05),
        morphometric_grade=grade,
        deformity=Deformity.WEDGE if grade else Deformity.NONE,
    )


class FakePipeline:
    """Says the same of every film. ``gate`` closed holds it up, reporting all the while."""

    def __init__(self, places: Sequence[int] = range(5)) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.places = places
        self.error: Exception | None = None
        self.examined: VertebraFinding | None = None
        self.runs = 0

    def run(self, film: Film, report: Callable[[float, str], None]) -> Analysis:
        self.runs += 1
        for stage, begin in STAGES.items():
            report(begin, stage)
            while not self.gate.wait(0.002):
                report(begin, stage)
        if self.error is not None:
            raise self.error
        return Analysis(
            film_sha256=film.sha256,
            findings=tuple(finding(place) for place in self.places),
            models=(MODEL,),
            started=datetime.now(UTC),
            seconds={"total": 0.012},
            film_warnings=(),
        )

    def examine(
        self,
        film: Film,
        box_xyxy: NDArray[Any],
        neighbours: Sequence[VertebraFinding],
        level: VertebraLevel,
        report: Callable[[float, str], None],
        *,
        inverted: bool = False,
    ) -> VertebraFinding | None:
        report(0.0, "segment")
        return self.examined and replace(self.examined, level=level, box_xyxy=np.asarray(box_xyxy))


def write_picture(path: Path, seed: int = 0) -> Path:
    """A grey picture of noise, without any patient."""
    values = np.random.default_rng(seed).integers(20, 235, (HEIGHT // 10, WIDTH // 10)).astype(np.uint8)
    cv2.imwrite(str(path), cv2.resize(values, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC))
    return path


def write_dicom(path: Path, name: str = "Doe^Jane", patient: str = "1", **elements: Any) -> Path:
    """The demo film as another patient's, or with other elements."""
    ds = pydicom.dcmread(resources_folder() / "demo_film.dcm")
    ds.PatientName, ds.PatientID = name, patient
    ds.SOPInstanceUID = ds.file_meta.MediaStorageSOPInstanceUID = pydicom.uid.generate_uid()
    for keyword, value in elements.items():
        setattr(ds, keyword, value)
    ds.save_as(path)
    return path
