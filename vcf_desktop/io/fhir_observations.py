"""What a report found, as observations of FHIR R4: of the film as a whole, and of each vertebra."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pydicom.sr.codedict import codes
from pydicom.sr.coding import Code

from vcf_desktop.io import report_codes as code
from vcf_desktop.io.dicom_instances import tracking_uid
from vcf_desktop.io.fhir_values import HL7, STATUSES, UIDS, concept, link, measured, subject, told
from vcf_desktop.report import Report, ReportedVertebra, Trend
from vcf_desktop.report_texts import ReportTexts
from vcf_desktop.review import ReaderGrade

_IMAGING: Final = {
    "coding": [{"system": f"{HL7}/observation-category", "code": "imaging", "display": "Imaging"}]
}
_NOT_PERFORMED: Final = {
    "coding": [{"system": f"{HL7}/data-absent-reason", "code": "not-performed", "display": "Not Performed"}]
}
_HEIGHTS: Final = {
    place: Code(f"HEIGHT-{place.upper()}", code.SCHEME, f"{place.capitalize()} height")
    for place in code.PLACES
}
"""Places go into the codes, as a component has nothing beside its code."""


def observations(report: Report, texts: ReportTexts) -> Iterator[tuple[str, dict[str, Any]]]:
    """What was found, by name within the bundle: of the film, then of each vertebra."""
    statement, index = report.statement, report.deformity_index
    levels = {"code": concept(code.EVALUABLE_LEVELS), "valueInteger": index.evaluable}
    yield (
        "index",
        {
            **_observation(report, code.DEFORMITY_INDEX),
            "valueInteger": index.total,
            "component": [levels],
        },
    )
    if statement.quality is not None:
        quality = concept(code.QUALITIES[statement.quality], text=texts.word(statement.quality))
        yield (
            "quality",
            {
                **_observation(report, code.QUALITY),
                "valueCodeableConcept": quality,
                "note": [{"text": statement.quality_note}],
            },
        )
    said = {
        codes.DCM.Recommendation: "\n".join(texts.recommendation(report)),
        codes.DCM.Comment: statement.comment,
        code.COMPARISON: comparison(report, texts),
    }
    for question, text in said.items():
        if text:
            yield question.meaning, {**_observation(report, question), "valueString": text}
    trends = {change.level: change.trend for change in report.changes}
    for vertebra in report.vertebrae:
        yield f"vertebra {vertebra.key}", _vertebra(report, vertebra, trends.get(vertebra.level), texts)
    for vertebra in report.rejected:
        yield f"vertebra {vertebra.key}", _vertebra(report, vertebra, None, texts)


def _vertebra(
    report: Report, vertebra: ReportedVertebra, trend: Trend | None, texts: ReportTexts
) -> dict[str, Any]:
    is_uncoded = vertebra.level in code.UNCODED_LEVELS
    site = [] if is_uncoded else [code.VERTEBRAE[vertebra.level]]
    in_mm = vertebra.heights_mm is not None
    return {
        **_observation(report, codes.DCM.Finding if vertebra.is_rejected else code.GRADE),
        **_grade(vertebra, texts),
        "identifier": [{"system": UIDS, "value": f"urn:oid:{tracking_uid(report, vertebra)}"}],
        "issued": vertebra.decided and vertebra.decided.isoformat(),
        "performer": [link(report, f"reader {vertebra.reader}")] if vertebra.reader else [],
        "bodySite": concept(*site, text=vertebra.level.label),
        "method": concept(code.SPACINGS[report.film.spacing_source]) if in_mm else {},
        "note": [{"text": vertebra.note}],
        "component": [*_components(vertebra, trend, texts), *_measures(vertebra)],
    }


def _grade(vertebra: ReportedVertebra, texts: ReportTexts) -> dict[str, Any]:
    if vertebra.is_rejected:
        return {"valueCodeableConcept": concept(code.NO_VERTEBRA)}
    if vertebra.grade is None:
        return {"dataAbsentReason": _NOT_PERFORMED}
    severity = [code.SEVERITIES[vertebra.grade]] if vertebra.grade in code.SEVERITIES else []
    return {
        "valueCodeableConcept": concept(
            code.GRADES[vertebra.grade], *severity, text=texts.word(vertebra.grade)
        )
    }


def _components(
    vertebra: ReportedVertebra, trend: Trend | None, texts: ReportTexts
) -> Iterator[dict[str, Any]]:
    """Fracture, type, cause, change, decision and what the software said."""
    if vertebra.is_fracture:
        yield told(codes.DCM.Finding, code.COMPRESSION_FRACTURE)
    if vertebra.deformity in code.DEFORMITIES:
        yield told(code.DEFORMITY, code.DEFORMITIES[vertebra.deformity], texts.word(vertebra.deformity))
    if vertebra.cause is not None:
        yield told(code.CAUSE, code.CAUSES[vertebra.cause], texts.word(vertebra.cause))
    if trend is not None:
        yield told(code.CHANGE, code.CHANGES[trend], texts.word(trend))
    if vertebra.level_is_doubtful:
        yield told(code.LEVEL_CERTAINTY, code.DOUBTFUL)
    verdict = code.VERDICTS[vertebra.verdict] if vertebra.verdict else code.UNDECIDED
    yield told(code.VERDICT, verdict)
    if vertebra.added:
        yield {"code": concept(code.ADDED), "valueBoolean": True}
    if vertebra.machine is not None:
        grade = ReaderGrade.of(vertebra.machine.grade)
        yield told(code.MACHINE_GRADE, code.GRADES[grade], texts.word(grade))
        certainty = float(vertebra.machine.grade_probabilities[vertebra.machine.grade])
        yield measured(code.CERTAINTY, round(100.0 * certainty, 1), code.PERCENT)


def _measures(vertebra: ReportedVertebra) -> Iterator[dict[str, Any]]:
    """Heights in mm where the film has any, ratios and loss."""
    if vertebra.heights_mm is not None:
        for place, question in _HEIGHTS.items():
            yield measured(question, round(getattr(vertebra.heights_mm, place), 2), code.MILLIMETRE)
    if vertebra.ratios is not None:
        for name, question in code.RATIOS.items():
            ratio = getattr(vertebra.ratios, name)
            if ratio is not None:
                yield measured(question, round(ratio, 3), code.RATIO)
    if vertebra.loss is not None:
        yield measured(code.LOSS, round(100.0 * vertebra.loss, 1), code.PERCENT)


def _observation(report: Report, question: Code) -> dict[str, Any]:
    """What all observations have in common."""
    return {
        "resourceType": "Observation",
        "status": STATUSES[report.status],
        "category": [_IMAGING],
        "code": concept(question),
        **subject(report),
        "device": link(report, "software"),
        "derivedFrom": [link(report, "study")] if report.study else [],
    }


def comparison(report: Report, texts: ReportTexts) -> str:
    """Which earlier film, empty without one."""
    prior = report.statement.prior
    if prior is None:
        return ""
    day = texts.day(prior.study_date) if prior.study_date else texts.text("prior.undated")
    accession = prior.accession_number or "-"
    return texts.text("line.prior", day=day, accession=accession, reader=prior.reader, version=prior.version)
