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

from pydicom.sr.coding import Code

from vcf_desktop.film import StudyInfo
from vcf_desktop.io import report_codes as code
from vcf_desktop.io.dicom_source import MANUFACTURER
from vcf_desktop.io.fhir_observations import comparison, observations
from vcf_desktop.io.fhir_values import (
    DICOM_SYSTEM,
    HL7,
    OWN_SYSTEM,
    STATUSES,
    UIDS,
    URIS,
    concept,
    filled,
    identity,
    link,
    subject,
    url,
)
from vcf_desktop.report import Report
from vcf_desktop.report_texts import ReportTexts

_NAME_FORM: Final = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation"

_RADIOLOGY: Final = {"coding": [{"system": f"{HL7}/v2-0074", "code": "RAD", "display": "Radiology"}]}
_ACCESSION: Final = {
    "coding": [{"system": f"{HL7}/v2-0203", "code": "ACSN", "display": "Accession ID"}],
}
_IMAGING_STUDY: Final = Code("18748-4", "LN", "Diagnostic imaging study")
"""What LOINC calls it; there is no code for a lateral film of whichever part of the spine."""
_RESEARCH: Final = "RESEARCH-USE-ONLY"
_UNVERIFIED: Final = "UNVERIFIED-DRAFT"

_GENDERS: Final = {"M": "male", "F": "female", "O": "other"}


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
            {"fullUrl": url(report, name), "resource": _with_tags(resource, tags)}
            for name, resource in _resources(report, texts, pdf)
        ],
    }
    return (json.dumps(filled(bundle), ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _resources(report: Report, texts: ReportTexts, pdf: bytes | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every resource by its name within the bundle, the report first."""
    found = dict(observations(report, texts))
    yield "report", _diagnostic_report(report, texts, pdf, list(found))
    if report.study is not None:
        yield "patient", _patient(report.study)
        yield "study", _imaging_study(report, report.study)
    if texts.site.name:
        yield "site", _organization(texts)
    for reader in _readers(report):
        yield f"reader {reader}", {"resourceType": "Practitioner", "name": [{"text": reader}]}
    yield "software", _device(report)
    yield from found.items()


def _diagnostic_report(
    report: Report, texts: ReportTexts, pdf: bytes | None, results: list[str]
) -> dict[str, Any]:
    study, signature = report.study or StudyInfo(), report.signature
    reader = [link(report, f"reader {signature.reader}")] if signature else []
    site = [link(report, "site")] if texts.site.name else []
    title = texts.text("title.report")
    return {
        "resourceType": "DiagnosticReport",
        "language": code.LANGUAGES[texts.language].value,
        "text": {"status": "additional", "div": _narrative(report, texts)},
        "identifier": [{"system": URIS, "value": identity(report).urn}],
        "basedOn": [{"type": "ServiceRequest", "identifier": _accession(study)}]
        if study.accession_number
        else [],
        "status": STATUSES[report.status],
        "category": [_RADIOLOGY],
        "code": concept(_IMAGING_STUDY, text=title),
        **subject(report),
        "issued": report.made.isoformat(),
        "performer": [*site, *reader],
        "resultsInterpreter": reader,
        "result": [link(report, name) for name in results],
        "imagingStudy": [link(report, "study")] if report.study else [],
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
        "title.comparison": [comparison(report, texts)],
        "title.recommendation": texts.recommendation(report),
    }
    body = "".join(
        f"<p><b>{escape(texts.text(title))}</b></p>" + "".join(f"<p>{escape(line)}</p>" for line in lines)
        for title, lines in ((title, list(filter(None, lines))) for title, lines in sections.items())
        if lines
    )
    return f'<div xmlns="http://www.w3.org/1999/xhtml">{body}</div>'


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
    film = {"uid": study.sop_uid, "sopClass": {"system": URIS, "code": f"urn:oid:{study.sop_class_uid}"}}
    series = {
        "uid": study.series_uid,
        "modality": modality,
        "instance": [film] if study.sop_uid and study.sop_class_uid else [],
    }
    uid = [{"system": UIDS, "value": f"urn:oid:{study.study_uid}"}] if study.study_uid else []
    accession = [_accession(study)] if study.accession_number else []
    return {
        "resourceType": "ImagingStudy",
        "identifier": [*uid, *accession],
        "status": "available",
        "subject": link(report, "patient"),
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


def _tags(report: Report, texts: ReportTexts) -> list[dict[str, str]]:
    research = {"system": OWN_SYSTEM, "code": _RESEARCH, "display": texts.text("notice.research")}
    draft = {"system": OWN_SYSTEM, "code": _UNVERIFIED, "display": texts.text("notice.draft")}
    return [draft, research] if report.is_draft else [research]


def _with_tags(resource: dict[str, Any], tags: list[dict[str, str]]) -> dict[str, Any]:
    return {"resourceType": resource["resourceType"], "meta": {"tag": tags}, **resource}
