"""What the resources of a report's FHIR bundle are made of: codes, quantities, references, texts."""

from __future__ import annotations

import re
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from pydicom.sr.coding import Code

from vcf_desktop.io import report_codes as code
from vcf_desktop.report import Report, ReportStatus

OWN_SYSTEM: Final = "urn:vcf-desktop:codes"
"""Of the codes that stand in the scheme 99VCFD within DICOM."""

DICOM_SYSTEM: Final = "http://dicom.nema.org/resources/ontology/DCM"
UNITS: Final = "http://unitsofmeasure.org"
HL7: Final = "http://terminology.hl7.org/CodeSystem"
UIDS: Final = "urn:dicom:uid"
URIS: Final = "urn:ietf:rfc:3986"

_SYSTEMS: Final = {
    code.SCHEME: OWN_SYSTEM,
    "SCT": "http://snomed.info/sct",
    "DCM": DICOM_SYSTEM,
    "LN": "http://loinc.org",
    "RADLEX": "http://radlex.org",
}
"""By the schemes of DICOM (HL7 Terminology)."""

STATUSES: Final = {
    ReportStatus.DRAFT: "preliminary",
    ReportStatus.FINAL: "final",
    ReportStatus.AMENDED: "amended",
}

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


def subject(report: Report) -> dict[str, Any]:
    """Whom something is about and of which day; nothing for a picture, which names nobody."""
    if report.study is None:
        return {}
    day = report.study.study_date
    return {"subject": link(report, "patient"), "effectiveDateTime": day and day.isoformat()}


def identity(report: Report) -> UUID:
    """What all versions of the report of a film have in common."""
    return uuid5(NAMESPACE_URL, f"urn:vcf-desktop:report:{report.film.sha256}:{report.film.frame}")


def url(report: Report, name: str) -> str:
    """Of the resource of this name within a bundle."""
    version = report.signature.version if report.signature else 0
    return uuid5(identity(report), f"{version}/{name}").urn


def link(report: Report, name: str) -> dict[str, str]:
    """A reference to a resource of this bundle."""
    return {"reference": url(report, name)}


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
