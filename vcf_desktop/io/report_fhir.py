"""A report as a FHIR R4 bundle around a DiagnosticReport (HL7 FHIR 4.0.1).

The bundle is a collection: it is handed over as a file, and the hospital's interface engine, which knows the
identifiers of patients and orders, decides what of it becomes which record. A transaction would make a server
create a second patient for everyone. Its resources refer to each other by ``urn:uuid``; the same version of
the same report always has the same ones.

Codes are those of the DICOM objects, and the observations of vertebrae bear the tracking UIDs that these have
too. Outlines and points are left to the DICOM objects and the JSON: R4 has no place for them.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from html import escape
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from pydicom.sr.codedict import codes
from pydicom.sr.coding import Code

from vcf_desktop.film import StudyInfo
from vcf_desktop.io import report_codes as code
from vcf_desktop.io.dicom_instances import tracking_uid
from vcf_desktop.io.dicom_source import MANUFACTURER
from vcf_desktop.io.fhir_values import DICOM_SYSTEM, OWN_SYSTEM, concept, filled, measured, told
from vcf_desktop.report import Report, ReportedVertebra, ReportStatus, Trend
from vcf_desktop.report_texts import ReportTexts
from vcf_desktop.review import ReaderGrade

_HL7: Final = "http://terminology.hl7.org/CodeSystem"
_UIDS: Final = "urn:dicom:uid"
_URIS: Final = "urn:ietf:rfc:3986"
_NAME_FORM: Final = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation"

_RADIOLOGY: Final = {"coding": [{"system": f"{_HL7}/v2-0074", "code": "RAD", "display": "Radiology"}]}
_IMAGING: Final = {
    "coding": [{"system": f"{_HL7}/observation-category", "code": "imaging", "display": "Imaging"}]
}
_ACCESSION: Final = {
    "coding": [{"system": f"{_HL7}/v2-0203", "code": "ACSN", "display": "Accession ID"}],
}
_NOT_PERFORMED: Final = {
    "coding": [{"system": f"{_HL7}/data-absent-reason", "code": "not-performed", "display": "Not Performed"}]
}
_IMAGING_STUDY: Final = Code("18748-4", "LN", "Diagnostic imaging study")
"""What LOINC calls it; there is no code for a lateral film of whichever part of the spine."""
_RESEARCH: Final = "RESEARCH-USE-ONLY"
_UNVERIFIED: Final = "UNVERIFIED-DRAFT"

_STATUSES: Final = {
    ReportStatus.DRAFT: "preliminary",
    ReportStatus.FINAL: "final",
    ReportStatus.AMENDED: "amended",
}
_GENDERS: Final = {"M": "male", "F": "female", "O": "other"}

_HEIGHTS: Final = {
    place: Code(f"HEIGHT-{place.upper()}", code.SCHEME, f"{place.capitalize()} height")
    for place in code.PLACES
}
"""Places go into the codes, as a component has nothing beside its code."""


def report_fhir(report: Report, texts: ReportTexts, pdf: bytes | None) -> bytes:
    """A report as a FHIR R4 bundle, in JSON.

    Every resource is tagged with the research notice, and in a draft as unverified.

    Args:
        texts: in whose words notices, impression and recommendation are.
        pdf: the printed report, which goes into the DiagnosticReport; None to leave it out.
    """
    tags = _tags(report, texts)
    bundle = {
        "resourceType": "Bundle",
        "meta": {"tag": tags},
        "type": "collection",
        "timestamp": report.made.isoformat(),
        "entry": [
            {"fullUrl": _url(report, name), "resource": _with_tags(resource, tags)}
            for name, resource in _resources(report, texts, pdf)
        ],
    }
    return (json.dumps(filled(bundle), ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _resources(report: Report, texts: ReportTexts, pdf: bytes | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every resource by its name within the bundle, the report first."""
    observations = dict(_observations(report, texts))
    yield "report", _diagnostic_report(report, texts, pdf, list(observations))
    if report.study is not None:
        yield "patient", _patient(report.study)
        yield "study", _imaging_study(report, report.study)
    if texts.site.name:
        yield "site", _organization(texts)
    for reader in _readers(report):
        yield f"reader {reader}", {"resourceType": "Practitioner", "name": [{"text": reader}]}
    yield "software", _device(report)
    yield from observations.items()


def _diagnostic_report(
    report: Report, texts: ReportTexts, pdf: bytes | None, results: list[str]
) -> dict[str, Any]:
    study, signature = report.study or StudyInfo(), report.signature
    reader = [_link(report, f"reader {signature.reader}")] if signature else []
    site = [_link(report, "site")] if texts.site.name else []
    title = texts.text("title.report")
    return {
        "resourceType": "DiagnosticReport",
        "language": code.LANGUAGES[texts.language].value,
        "text": {"status": "additional", "div": _narrative(report, texts)},
        "identifier": [{"system": _URIS, "value": _identity(report).urn}],
        "basedOn": [{"type": "ServiceRequest", "identifier": _accession(study)}]
        if study.accession_number
        else [],
        "status": _STATUSES[report.status],
        "category": [_RADIOLOGY],
        "code": concept(_IMAGING_STUDY, text=title),
        **_subject(report),
        "issued": report.made.isoformat(),
        "performer": [*site, *reader],
        "resultsInterpreter": reader,
        "result": [_link(report, name) for name in results],
        "imagingStudy": [_link(report, "study")] if report.study else [],
        # Programs that show no more than this must show the notices too.
        "conclusion": "\n".join((*texts.impression(report), *texts.notices(report))),
        # A code cannot say "the software suggests".
        "conclusionCode": [concept(code.COMPRESSION_FRACTURE)]
        if report.fractures and not report.is_draft
        else [],
        "presentedForm": [] if pdf is None else [_attachment(report, texts, pdf)],
    }


def _attachment(report: Report, texts: ReportTexts, pdf: bytes) -> dict[str, Any]:
    return {
        "contentType": "application/pdf",
        "language": code.LANGUAGES[texts.language].value,
        "data": b64encode(pdf).decode(),
        "title": texts.text("title.report"),
        "creation": report.made.isoformat(),
    }


def _narrative(report: Report, texts: ReportTexts) -> str:
    """What a person reads, as XHTML."""
    statement = report.statement
    quality = texts.word(statement.quality) if statement.quality else ""
    sections = {
        "title.status": [texts.word(report.status), *texts.notices(report)],
        "title.indication": [report.indication],
        "title.quality": [quality, statement.quality_note],
        "title.impression": texts.impression(report),
        "title.comment": statement.comment.splitlines(),
        "title.comparison": [_comparison(report, texts)],
        "title.recommendation": texts.recommendation(report),
    }
    told = "".join(
        f"<p><b>{escape(texts.text(title))}</b></p>" + "".join(f"<p>{escape(line)}</p>" for line in lines)
        for title, lines in ((title, list(filter(None, lines))) for title, lines in sections.items())
        if lines
    )
    return f'<div xmlns="http://www.w3.org/1999/xhtml">{told}</div>'


def _comparison(report: Report, texts: ReportTexts) -> str:
    prior = report.statement.prior
    if prior is None:
        return ""
    day = texts.day(prior.study_date) if prior.study_date else texts.text("prior.undated")
    accession = prior.accession_number or "-"
    return texts.text("line.prior", day=day, accession=accession, reader=prior.reader, version=prior.version)


def _patient(study: StudyInfo) -> dict[str, Any]:
    return {
        "resourceType": "Patient",
        "identifier": [{"value": study.patient_id}],
        "name": list(_names(study.patient_name)),
        "gender": _GENDERS.get(study.patient_sex, "unknown" if study.patient_sex else ""),
        "birthDate": study.birth_date and study.birth_date.isoformat(),
    }


def _names(name: str) -> Iterator[dict[str, Any]]:
    """The groups of a DICOM name (PS3.5 6.2.1): in letters, in its own script, as it sounds."""
    for form, group in zip(("ABC", "IDE", "SYL"), name.split("="), strict=False):
        family, first, middle, prefix, suffix = (part.strip() for part in [*group.split("^"), *[""] * 5][:5])
        parts = {"family": family, "given": [first, middle], "prefix": [prefix], "suffix": [suffix]}
        if any((family, first, middle, prefix, suffix)):
            yield {"extension": [{"url": _NAME_FORM, "valueCode": form}], **parts}


def _imaging_study(report: Report, study: StudyInfo) -> dict[str, Any]:
    """The study with the one film that was read."""
    modality = {"system": DICOM_SYSTEM, "code": study.modality}
    film = {"uid": study.sop_uid, "sopClass": {"system": _URIS, "code": f"urn:oid:{study.sop_class_uid}"}}
    series = {
        "uid": study.series_uid,
        "modality": modality,
        "instance": [film] if study.sop_uid and study.sop_class_uid else [],
    }
    uid = [{"system": _UIDS, "value": f"urn:oid:{study.study_uid}"}] if study.study_uid else []
    accession = [_accession(study)] if study.accession_number else []
    return {
        "resourceType": "ImagingStudy",
        "identifier": [*uid, *accession],
        "status": "available",
        "subject": _link(report, "patient"),
        "started": study.study_date and study.study_date.isoformat(),
        "referrer": {"display": study.referring_physician},
        "reasonCode": [{"text": report.indication}],
        "description": study.study_description,
        "series": [series] if study.series_uid and study.modality else [],
    }


def _accession(study: StudyInfo) -> dict[str, Any]:
    return {"type": _ACCESSION, "value": study.accession_number}


def _organization(texts: ReportTexts) -> dict[str, Any]:
    return {
        "resourceType": "Organization",
        "name": texts.site.name,
        "address": [{"text": "\n".join(texts.site.lines)}],
    }


def _readers(report: Report) -> tuple[str, ...]:
    """Who signed and who decided, each once."""
    signer = report.signature.reader if report.signature else ""
    names = (signer, *(vertebra.reader for vertebra in (*report.vertebrae, *report.rejected)))
    return tuple(dict.fromkeys(filter(None, names)))


def _device(report: Report) -> dict[str, Any]:
    """The program, and as its parts the networks, each by the sha256 of its weights."""
    networks = [
        {
            "type": {"text": model.name},
            "component": {"system": f"{OWN_SYSTEM}:sha256", "value": model.sha256},
            "value": model.version,
        }
        for model in report.models
    ]
    return {
        "resourceType": "Device",
        "manufacturer": MANUFACTURER,
        "deviceName": [{"name": MANUFACTURER, "type": "manufacturer-name"}],
        "version": [{"type": {"text": "software"}, "value": report.software_version}, *networks],
    }


def _observations(report: Report, texts: ReportTexts) -> Iterator[tuple[str, dict[str, Any]]]:
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
        code.COMPARISON: _comparison(report, texts),
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
        "identifier": [{"system": _UIDS, "value": f"urn:oid:{tracking_uid(report, vertebra)}"}],
        "issued": vertebra.decided and vertebra.decided.isoformat(),
        "performer": [_link(report, f"reader {vertebra.reader}")] if vertebra.reader else [],
        "bodySite": concept(*site, text=vertebra.level.label),
        "method": concept(code.SPACINGS[report.film.spacing_source]) if in_mm else {},
        "note": [{"text": vertebra.note}],
        "component": list(_components(vertebra, trend, texts)),
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
    """Fracture, type, cause, change, decision and what the software said, then what was measured."""
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
        "status": _STATUSES[report.status],
        "category": [_IMAGING],
        "code": concept(question),
        **_subject(report),
        "device": _link(report, "software"),
        "derivedFrom": [_link(report, "study")] if report.study else [],
    }


def _subject(report: Report) -> dict[str, Any]:
    """Whom something is about and of which day; nothing for a picture, which names nobody."""
    if report.study is None:
        return {}
    day = report.study.study_date
    return {"subject": _link(report, "patient"), "effectiveDateTime": day and day.isoformat()}


def _tags(report: Report, texts: ReportTexts) -> list[dict[str, str]]:
    research = {"system": OWN_SYSTEM, "code": _RESEARCH, "display": texts.text("notice.research")}
    draft = {"system": OWN_SYSTEM, "code": _UNVERIFIED, "display": texts.text("notice.draft")}
    return [draft, research] if report.is_draft else [research]


def _with_tags(resource: dict[str, Any], tags: list[dict[str, str]]) -> dict[str, Any]:
    return {"resourceType": resource["resourceType"], "meta": {"tag": tags}, **resource}


def _identity(report: Report) -> UUID:
    """What all versions of the report of a film have in common."""
    return uuid5(NAMESPACE_URL, f"urn:vcf-desktop:report:{report.film.sha256}:{report.film.frame}")


def _url(report: Report, name: str) -> str:
    version = report.signature.version if report.signature else 0
    return uuid5(_identity(report), f"{version}/{name}").urn


def _link(report: Report, name: str) -> dict[str, str]:
    """A reference to a resource of this bundle."""
    return {"reference": _url(report, name)}
