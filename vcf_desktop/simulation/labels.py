"""What is known of a simulated film, as the JSON that lies beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray

from vcf_desktop import __version__
from vcf_desktop.geometry import SIX_POINTS
from vcf_desktop.simulation.generate import LabelledVertebra, SimulatedFilm
from vcf_desktop.spine import VertebraLevel

SCHEMA = "vcf-desktop/film-labels/1"
"""Name of the format; ``film-labels.schema.json`` in the resources describes it."""

_PX_DIGITS = 3
_DIGITS = 6


def film_labels(
    film: SimulatedFilm,
    *,
    file: Mapping[str, str],
    seed: int,
    number: int,
    anatomy: str,
    parameters: Mapping[str, object],
) -> dict[str, Any]:
    """The JSON object for one film, as the schema describes it.

    Args:
        file: ``name`` and ``sha256`` of the film's file, and ``patient``.
        seed, number: what the film was drawn from.
        anatomy: attribution of the anatomy.
        parameters: what else it was drawn with, ready for JSON.
    """
    height, width = film.view.size_hw
    return {
        "schema": SCHEMA,
        "program": f"vcf-desktop {__version__}",
        "seed": seed,
        "number": number,
        "anatomy": anatomy,
        "film": {
            **file,
            "width_px": width,
            "height_px": height,
            "pixel_mm": round(film.view.pixel_mm, _DIGITS),
            "facing": "right" if film.facing_right else "left",
            "region": region_of(film),
        },
        "parameters": dict(parameters),
        "vertebrae": [_vertebra(vertebra) for vertebra in film.vertebrae],
    }


def region_of(film: SimulatedFilm) -> str:
    """``whole``, or by the vertebra in the middle ``thoracic``, ``thoracolumbar`` or ``lumbar``.

    ``film`` shows at least one labelled vertebra.
    """
    levels = [vertebra.level for vertebra in film.vertebrae]
    if levels[0] <= VertebraLevel.T4 and levels[-1] >= VertebraLevel.L5:
        return "whole"
    middle = min(
        film.vertebrae, key=lambda v: abs(v.outline_xy[:, 1].mean() - film.view.size_hw[0] / 2)
    ).level
    if middle <= VertebraLevel.T8:
        return "thoracic"
    return "thoracolumbar" if middle <= VertebraLevel.L1 else "lumbar"


def _vertebra(vertebra: LabelledVertebra) -> dict[str, Any]:
    return {
        "level": vertebra.level.label,
        "outline_xy": _rounded(vertebra.outline_xy),
        "points_xy": dict(zip(SIX_POINTS, _rounded(vertebra.points_xy), strict=True)),
        "box_xyxy": _rounded(vertebra.box_xyxy),
        "loss": round(float(vertebra.loss), _DIGITS),
        "grade": int(vertebra.grade),
        "deformity": str(vertebra.deformity),
        "cement": vertebra.cement,
    }


def _rounded(values_px: NDArray[Any]) -> Any:
    return values_px.astype(float).round(_PX_DIGITS).tolist()
