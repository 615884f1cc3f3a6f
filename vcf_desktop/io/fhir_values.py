"""Codes, quantities and texts as the JSON of FHIR R4 has them."""

from __future__ import annotations

import re
from typing import Any, Final

from pydicom.sr.coding import Code

from vcf_desktop.io import report_codes as code

OWN_SYSTEM: Final = "urn:vcf-desktop:codes"
"""Of the codes that stand in the scheme 99VCFD within DICOM."""

DICOM_SYSTEM: Final = "http://dicom.nema.org/resources/ontology/DCM"
UNITS: Final = "http://unitsofmeasure.org"

_SYSTEMS: Final = {
    code.SCHEME: OWN_SYSTEM,
    "SCT": "http://snomed.info/sct",
    "DCM": DICOM_SYSTEM,
    "LN": "http://loinc.org",
    "RADLEX": "http://radlex.org",
}
"""By the schemes of DICOM (HL7 Terminology)."""

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What FHIR's strings and XML may not hold."""


def told(question: Code, answer: Code, text: str = "") -> dict[str, Any]:
    """A component that is a code, with its word in the language of the report."""
    return {"code": concept(question), "valueCodeableConcept": concept(answer, text=text)}


def measured(question: Code, value: float, unit: Code) -> dict[str, Any]:
    """A component that is a number with a unit of UCUM."""
    quantity = {"value": value, "unit": unit.value, "system": UNITS, "code": unit.value}
    return {"code": concept(question), "valueQuantity": quantity}


def concept(*synonyms: Code, text: str = "") -> dict[str, Any]:
    """A CodeableConcept: codes that say the same, and a word for people."""
    coding = [
        {"system": _SYSTEMS[one.scheme_designator], "code": one.value, "display": one.meaning}
        for one in synonyms
    ]
    return {"coding": coding, "text": text}


def filled(value: Any) -> Any:
    """Without what is empty, which FHIR forbids, and without characters that it does not know."""
    if isinstance(value, str):
        return _FORBIDDEN.sub("", value).strip()
    if isinstance(value, list):
        return [item for item in map(filled, value) if not _is_empty(item)]
    if isinstance(value, dict):
        kept = {name: filled(item) for name, item in value.items()}
        return {name: item for name, item in kept.items() if not _is_empty(item)}
    return value


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str | list | dict) and not value)
