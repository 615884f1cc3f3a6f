"""The labels that lie beside a simulated film."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jsonschema
import numpy as np
import pytest

from vcf_desktop import __version__
from vcf_desktop.geometry import SIX_POINTS
from vcf_desktop.paths import resources_folder
from vcf_desktop.simulation.anatomy import Anatomy
from vcf_desktop.simulation.generate import LabelledVertebra, SimulatedFilm, simulate
from vcf_desktop.simulation.labels import film_labels, region_of
from vcf_desktop.spine import VertebraLevel


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    text = (resources_folder() / "film-labels.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


@pytest.fixture(scope="module")
def film(anatomy: Anatomy) -> SimulatedFilm:
    rng = np.random.default_rng(4)
    return simulate(rng, anatomy, (400, 200), (1.4, 1.6), mean_fractures=4.0, frontal_share=0)


@pytest.fixture
def labels(film: SimulatedFilm) -> dict[str, Any]:
    labels = film_labels(
        film,
        file={"name": "film-0003.png", "sha256": "0123456789abcdef" * 4, "patient": "SIM-5-0003"},
        seed=5,
        number=3,
        anatomy="somebody's",
        parameters={"mean_fractures": 4.0},
    )
    parsed: dict[str, Any] = json.loads(json.dumps(labels, allow_nan=False))
    return parsed


def test_that_labels_follow_the_schema(schema: dict[str, Any], labels: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(labels)


@pytest.mark.parametrize("path", [("seed",), ("film", "sha256"), ("vertebrae", 0, "loss")])
def test_that_the_schema_refuses_labels_with_a_field_missing_or_too_many(
    schema: dict[str, Any], labels: dict[str, Any], path: tuple[Any, ...]
) -> None:
    validator = jsonschema.Draft202012Validator(schema)
    part: Any = labels
    for key in path[:-1]:
        part = part[key]
    part["extra"] = 1
    assert not validator.is_valid(labels)
    del part["extra"]
    assert validator.is_valid(labels)
    del part[path[-1]]
    assert not validator.is_valid(labels)


def test_that_labels_say_what_the_film_knows(film: SimulatedFilm, labels: dict[str, Any]) -> None:
    assert (labels["seed"], labels["number"], labels["anatomy"]) == (5, 3, "somebody's")
    assert labels["program"] == f"vcf-desktop {__version__}"
    assert (labels["film"]["height_px"], labels["film"]["width_px"]) == (400, 200)
    assert labels["film"]["pixel_mm"] == pytest.approx(film.view.pixel_mm, abs=1e-6)
    assert (labels["film"]["facing"] == "right") == film.facing_right
    assert max(vertebra.grade for vertebra in film.vertebrae) > 0
    for written, vertebra in zip(labels["vertebrae"], film.vertebrae, strict=True):
        assert VertebraLevel[written["level"]] is vertebra.level
        np.testing.assert_allclose(written["outline_xy"], vertebra.outline_xy, atol=5.1e-4)
        points = [written["points_xy"][name] for name in SIX_POINTS]
        np.testing.assert_allclose(points, vertebra.points_xy, atol=5.1e-4)
        np.testing.assert_allclose(written["box_xyxy"], vertebra.box_xyxy, atol=5.1e-4)
        assert written["loss"] == pytest.approx(vertebra.loss, abs=1e-6)
        assert (written["grade"], written["deformity"]) == (int(vertebra.grade), str(vertebra.deformity))
        assert written["cement"] is vertebra.cement


@pytest.mark.parametrize(
    ("first", "last", "middle", "region"),
    [
        ("T1", "S1", "T10", "whole"),
        ("T4", "L5", "T11", "whole"),
        ("T5", "L5", "T11", "thoracolumbar"),
        ("T1", "L1", "T8", "thoracic"),
        ("T4", "L4", "T9", "thoracolumbar"),
        ("T9", "S1", "L1", "thoracolumbar"),
        ("T9", "S1", "L2", "lumbar"),
    ],
)
def test_that_the_region_is_that_of_the_middle_unless_all_is_shown(
    film: SimulatedFilm, first: str, last: str, middle: str, region: str
) -> None:
    shown = range(VertebraLevel[first], VertebraLevel[last] + 1)
    vertebrae = tuple(
        moved(film.vertebrae[0], VertebraLevel(level), 200 + 30 * (level - VertebraLevel[middle]))
        for level in shown
    )
    assert region_of(replace(film, vertebrae=vertebrae)) == region


def moved(vertebra: LabelledVertebra, level: VertebraLevel, y: float) -> LabelledVertebra:
    offset = np.array([0.0, y - vertebra.outline_xy[:, 1].mean()])
    return replace(vertebra, level=level, outline_xy=vertebra.outline_xy + offset)
