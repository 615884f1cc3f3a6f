"""What the machine says, as JSON and back: one form in the result files and in saved reviews.

``analysis.schema.json`` in the resources describes it. Coordinates are rounded to 1/1000 px.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vcf_desktop.geometry import SIX_POINTS, Heights
from vcf_desktop.spine import (
    Analysis,
    Deformity,
    Grade,
    ModelRecord,
    Ratios,
    VertebraFinding,
    VertebraLevel,
)

_PX_DIGITS = 3
_DIGITS = 6


def finding_document(finding: VertebraFinding) -> dict[str, Any]:
    """The JSON object of one finding."""
    return {
        "level": finding.level.label,
        "level_confidence": round(finding.level_confidence, _DIGITS),
        "box_xyxy": coordinates(finding.box_xyxy),
        "score": round(finding.score, _DIGITS),
        "contour_xy": coordinates(finding.contour_xy),
        "points_xy": dict(zip(SIX_POINTS, coordinates(finding.points_xy), strict=True)),
        "heights_px": _heights(finding.heights_px),
        "heights_mm": None if finding.heights_mm is None else _heights(finding.heights_mm),
        "ratios": {
            name: None if ratio is None else round(ratio, _DIGITS)
            for name, ratio in asdict(finding.ratios).items()
        },
        "grade": int(finding.grade),
        "grade_probabilities": rounded(finding.grade_probabilities),
        "morphometric_grade": int(finding.morphometric_grade),
        "deformity": str(finding.deformity),
        "warnings": list(finding.warnings),
    }


def finding_from(document: Mapping[str, Any]) -> VertebraFinding:
    """The finding of a JSON object; KeyError, TypeError or ValueError where it is none."""
    mm = document["heights_mm"]
    return VertebraFinding(
        level=VertebraLevel[document["level"]],
        level_confidence=float(document["level_confidence"]),
        box_xyxy=array_from(document["box_xyxy"], (4,)),
        score=float(document["score"]),
        contour_xy=array_from(document["contour_xy"], (-1, 2)),
        points_xy=array_from([document["points_xy"][name] for name in SIX_POINTS], (6, 2)),
        heights_px=Heights(**document["heights_px"]),
        heights_mm=None if mm is None else Heights(**mm),
        ratios=Ratios(**document["ratios"]),
        grade=Grade(document["grade"]),
        grade_probabilities=array_from(document["grade_probabilities"], (4,)),
        morphometric_grade=Grade(document["morphometric_grade"]),
        deformity=Deformity(document["deformity"]),
        warnings=tuple(document["warnings"]),
    )


def saved_analysis_document(analysis: Analysis) -> dict[str, Any]:
    """The JSON object that holds an analysis within a saved review."""
    return {
        "film_sha256": analysis.film_sha256,
        "models": [asdict(model) for model in analysis.models],
        "started": analysis.started.isoformat(),
        "seconds": {stage: round(seconds, _DIGITS) for stage, seconds in analysis.seconds.items()},
        "warnings": list(analysis.film_warnings),
        "findings": [finding_document(finding) for finding in analysis.findings],
    }


def saved_analysis_from(document: Mapping[str, Any]) -> Analysis:
    """The analysis of a JSON object; KeyError, TypeError or ValueError where it is none."""
    return Analysis(
        film_sha256=document["film_sha256"],
        findings=tuple(finding_from(finding) for finding in document["findings"]),
        models=tuple(ModelRecord(**model) for model in document["models"]),
        started=datetime.fromisoformat(document["started"]),
        seconds=dict(document["seconds"]),
        film_warnings=tuple(document["warnings"]),
    )


def coordinates(values: NDArray[Any]) -> Any:
    """Film coordinates of any shape as nested lists, to 1/1000 px."""
    return values.astype(float).round(_PX_DIGITS).tolist()


def array_from(values: ArrayLike, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Finite numbers of a shape, of which one side may be -1; ValueError where they are not."""
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != len(shape) or not np.isfinite(array).all():
        raise ValueError("not the expected numbers")
    if any(wanted not in (side, -1) for side, wanted in zip(array.shape, shape, strict=True)):
        raise ValueError("not the expected number of numbers")
    return array


def rounded(values: Sequence[float] | NDArray[Any]) -> list[float]:
    """Plain numbers to six digits."""
    return [round(float(value), _DIGITS) for value in values]


def _heights(heights: Heights) -> dict[str, float]:
    return {place: round(height, _PX_DIGITS) for place, height in asdict(heights).items()}
