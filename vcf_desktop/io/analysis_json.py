"""What the machine says, as JSON and back: one form in the result files and in saved reviews.

``analysis.schema.json`` in the resources describes it. Coordinates are rounded to 1/1000 px.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, TypeVar

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

_T = TypeVar("_T")


def finding_document(finding: VertebraFinding) -> dict[str, Any]:
    """The JSON object of one finding."""
    return {
        "level": finding.level.label,
        "level_confidence": round(finding.level_confidence, _DIGITS),
        "box_xyxy": coordinates(finding.box_xyxy),
        "score": round(finding.score, _DIGITS),
        "contour_xy": coordinates(finding.contour_xy),
        "points_xy": dict(zip(SIX_POINTS, coordinates(finding.points_xy), strict=True)),
        "heights_px": heights_document(finding.heights_px),
        "heights_mm": None if finding.heights_mm is None else heights_document(finding.heights_mm),
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
    """The finding of a JSON object; KeyError, OverflowError, TypeError or ValueError where it is none."""
    ratios, mm = document["ratios"], document["heights_mm"]
    return VertebraFinding(
        level=VertebraLevel[document["level"]],
        level_confidence=number_from(document["level_confidence"]),
        box_xyxy=array_from(document["box_xyxy"], (4,)),
        score=number_from(document["score"]),
        contour_xy=array_from(document["contour_xy"], (-1, 2)),
        points_xy=array_from([document["points_xy"][name] for name in SIX_POINTS], (6, 2)),
        heights_px=heights_from(document["heights_px"]),
        heights_mm=None if mm is None else heights_from(mm),
        ratios=Ratios(
            number_from(ratios["wedge"]),
            number_from(ratios["biconcave"]),
            None if ratios["crush"] is None else number_from(ratios["crush"]),
        ),
        grade=Grade(document["grade"]),
        grade_probabilities=array_from(document["grade_probabilities"], (4,)),
        morphometric_grade=Grade(document["morphometric_grade"]),
        deformity=Deformity(document["deformity"]),
        warnings=_sentences(document["warnings"]),
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
    """The analysis of a JSON object; errors as for :func:`finding_from`."""
    seconds = of_type(document["seconds"], dict)
    return Analysis(
        film_sha256=of_type(document["film_sha256"], str),
        findings=tuple(finding_from(finding) for finding in of_type(document["findings"], list)),
        models=tuple(
            ModelRecord(**words_from(ModelRecord, model)) for model in of_type(document["models"], list)
        ),
        started=datetime.fromisoformat(document["started"]),
        seconds={stage: number_from(value) for stage, value in seconds.items()},
        film_warnings=_sentences(document["warnings"]),
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


def number_from(value: Any) -> float:
    """A finite number; OverflowError, TypeError or ValueError where it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("not a number")
    if not math.isfinite(value):
        raise ValueError("not a finite number")
    return float(value)


def of_type(value: Any, kind: type[_T]) -> _T:
    """A value that has this very type, a bool being no int; TypeError where it has another."""
    if type(value) is not kind:
        raise TypeError(f"not {kind.__name__}")
    return value


def words_from(kind: type[Any], document: Mapping[str, Any]) -> dict[str, str]:
    """The fields of a dataclass that are all words; KeyError or TypeError where one is not."""
    return {field.name: of_type(document[field.name], str) for field in fields(kind)}


def rounded(values: Sequence[float] | NDArray[Any]) -> list[float]:
    """Plain numbers to six digits."""
    return [round(float(value), _DIGITS) for value in values]


def heights_document(heights: Heights) -> dict[str, float]:
    """The JSON object of three heights."""
    return {place: round(height, _PX_DIGITS) for place, height in asdict(heights).items()}


def heights_from(document: Mapping[str, Any]) -> Heights:
    """The heights of a JSON object; KeyError or as :func:`number_from` where they are none."""
    return Heights(*(number_from(document[field.name]) for field in fields(Heights)))


def _sentences(values: Any) -> tuple[str, ...]:
    return tuple(of_type(value, str) for value in of_type(values, list))
