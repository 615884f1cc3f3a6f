"""What a reader says of an examination as a whole, as JSON within a saved review, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from vcf_desktop.io.analysis_json import heights_document, heights_from, number_from, of_type
from vcf_desktop.spine import VertebraLevel
from vcf_desktop.statement import PriorReading, PriorVertebra, Quality, Statement


def statement_document(statement: Statement) -> dict[str, Any]:
    """The JSON object of a statement."""
    prior = statement.prior
    return {**asdict(statement), "prior": None if prior is None else _prior_document(prior)}


def statement_from(document: Mapping[str, Any]) -> Statement:
    """The statement of a JSON object; KeyError, TypeError or ValueError where it is none."""
    quality, prior, recommendation = document["quality"], document["prior"], document["recommendation"]
    return Statement(
        **{name: of_type(document[name], str) for name in ("indication", "quality_note", "comment")},
        quality=None if quality is None else Quality(quality),
        recommendation=None if recommendation is None else of_type(recommendation, str),
        prior=None if prior is None else _prior_from(prior),
    )


def _prior_document(prior: PriorReading) -> dict[str, Any]:
    return {
        **asdict(prior),
        "study_date": prior.study_date and prior.study_date.isoformat(),
        "vertebrae": [
            {
                "level": vertebra.level.label,
                "grade": vertebra.grade,
                "is_fracture": vertebra.is_fracture,
                "heights_mm": vertebra.heights_mm and heights_document(vertebra.heights_mm),
            }
            for vertebra in prior.vertebrae
        ],
    }


def _prior_from(document: Mapping[str, Any]) -> PriorReading:
    day = document["study_date"]
    return PriorReading(
        film_sha256=of_type(document["film_sha256"], str),
        frame=of_type(document["frame"], int),
        version=of_type(document["version"], int),
        sop_class_uid=of_type(document["sop_class_uid"], str),
        sop_uid=of_type(document["sop_uid"], str),
        study_date=None if day is None else date.fromisoformat(day),
        accession_number=of_type(document["accession_number"], str),
        reader=of_type(document["reader"], str),
        vertebrae=tuple(_prior_vertebra_from(item) for item in of_type(document["vertebrae"], list)),
    )


def _prior_vertebra_from(document: Mapping[str, Any]) -> PriorVertebra:
    grade, heights = document["grade"], document["heights_mm"]
    return PriorVertebra(
        level=VertebraLevel[document["level"]],
        grade=None if grade is None else number_from(grade),
        is_fracture=of_type(document["is_fracture"], bool),
        heights_mm=None if heights is None else heights_from(heights),
    )
