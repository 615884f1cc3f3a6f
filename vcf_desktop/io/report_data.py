"""A report as JSON after the published schema, and as a table with one row a vertebra."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final

from vcf_desktop.film import StudyInfo
from vcf_desktop.geometry import SIX_POINTS
from vcf_desktop.io.analysis_json import coordinates, finding_document, heights_document, rounded
from vcf_desktop.io.statement_json import statement_document
from vcf_desktop.report import INDEX_LEVELS, Report, ReportedVertebra
from vcf_desktop.report_texts import ReportTexts

SCHEMA: Final = "vcf-desktop/report/1"
"""Name of the format; ``report.schema.json`` in the resources describes it."""

_DIGITS: Final = 6
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""


def report_json(report: Report, texts: ReportTexts) -> bytes:
    """The whole report as one JSON object, in UTF-8."""
    document = report_document(report, texts)
    return (json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode()


def report_document(report: Report, texts: ReportTexts) -> dict[str, Any]:
    """The JSON object of a report, as the schema describes it."""
    signature = report.signature
    return {
        "schema": SCHEMA,
        "status": report.status,
        "notices": list(texts.notices(report)),
        "language": texts.language,
        "made": report.made.isoformat(),
        "software_version": report.software_version,
        "film": {
            **asdict(report.film),
            "spacing_mm": None if report.film.spacing_mm is None else rounded(report.film.spacing_mm),
        },
        "study": None if report.study is None else _study_document(report.study),
        "signature": None if signature is None else {**asdict(signature), "at": signature.at.isoformat()},
        "statement": statement_document(report.statement),
        "indication": report.indication,
        "impression": list(texts.impression(report)),
        "recommendation": list(texts.recommendation(report)),
        "deformity_index": {**asdict(report.deformity_index), "levels": len(INDEX_LEVELS)},
        "evaluable_levels": [level.label for level in report.evaluable_levels],
        "unevaluable_levels": [level.label for level in report.unevaluable_levels],
        "vertebrae": [_vertebra_document(vertebra) for vertebra in report.vertebrae],
        "rejected": [_vertebra_document(vertebra) for vertebra in report.rejected],
        "changes": [
            {
                "level": change.level.label,
                "before": change.before,
                "after": change.after,
                "trend": change.trend,
            }
            for change in report.changes
        ],
        "models": [asdict(model) for model in report.models],
        "analysed": _iso(report.analysed),
        "remarks": list(report.remarks),
    }


def report_csv(report: Report, texts: ReportTexts) -> bytes:
    """One row a vertebra, rejected ones last; UTF-8 with the mark by which Excel knows it.

    Names of columns are English whatever the language of the report; words that a spreadsheet would take for
    a formula begin with an apostrophe.
    """
    file = io.StringIO()
    rows = [_row(report, texts, vertebra) for vertebra in (*report.vertebrae, *report.rejected)]
    writer = csv.DictWriter(file, _columns(), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _columns() -> list[str]:
    return [
        *("status", "patient_id", "patient_name", "birth_date", "study_date", "accession_number"),
        *("study_uid", "sop_uid", "film_sha256", "frame", "level", "level_is_doubtful"),
        *("grade", "is_fracture", "type", "cause", "verdict", "added"),
        *(f"{place}_{unit}" for unit in ("px", "mm") for place in ("anterior", "middle", "posterior")),
        *("ratio_wedge", "ratio_biconcave", "ratio_crush", "loss", "spacing_source"),
        *("machine_level", "machine_grade", "machine_probability", "machine_type"),
        *("prior_date", "prior_grade", "change", "note"),
        *("reader", "signed", "version", "software_version", "notice"),
    ]


def _row(report: Report, texts: ReportTexts, vertebra: ReportedVertebra) -> dict[str, object]:
    study = report.study or StudyInfo()
    machine, prior, signature = vertebra.machine, report.statement.prior, report.signature
    change = next((c for c in report.changes if c.level is vertebra.level), None)
    row: dict[str, object] = {
        "status": report.status,
        "patient_id": study.patient_id,
        "patient_name": study.patient_name,
        "birth_date": _iso(study.birth_date),
        "study_date": _iso(study.study_date),
        "accession_number": study.accession_number,
        "study_uid": study.study_uid,
        "sop_uid": study.sop_uid,
        "film_sha256": report.film.sha256,
        "frame": report.film.frame,
        "level": vertebra.level.label,
        "level_is_doubtful": vertebra.level_is_doubtful,
        "grade": vertebra.grade,
        "is_fracture": vertebra.is_fracture,
        "type": vertebra.deformity,
        "cause": vertebra.cause,
        "verdict": vertebra.verdict,
        "added": vertebra.added,
        "loss": _number(vertebra.loss),
        "spacing_source": report.film.spacing_source,
        "note": vertebra.note,
        "software_version": report.software_version,
        "notice": " ".join(texts.notices(report)),
    }
    for unit, heights in (("px", vertebra.heights_px), ("mm", vertebra.heights_mm)):
        if heights is not None:
            row |= {f"{place}_{unit}": height for place, height in heights_document(heights).items()}
    if vertebra.ratios is not None:
        row |= {f"ratio_{name}": _number(ratio) for name, ratio in asdict(vertebra.ratios).items()}
    if machine is not None:
        row["machine_level"], row["machine_grade"] = machine.level.label, int(machine.grade)
        row["machine_probability"] = _number(float(machine.grade_probabilities[machine.grade]))
        row["machine_type"] = machine.deformity
    if prior is not None and change is not None and not vertebra.is_rejected:
        row["prior_date"], row["prior_grade"] = _iso(prior.study_date), change.before
        row["change"] = change.trend
    if signature is not None:
        row["reader"], row["signed"] = signature.reader, signature.at.isoformat()
        row["version"] = signature.version
    return row


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _vertebra_document(vertebra: ReportedVertebra) -> dict[str, Any]:
    return {
        "key": vertebra.key,
        "level": vertebra.level.label,
        "level_is_doubtful": vertebra.level_is_doubtful,
        "grade": vertebra.grade,
        "is_fracture": vertebra.is_fracture,
        "verdict": vertebra.verdict,
        "type": vertebra.deformity,
        "cause": vertebra.cause,
        "note": vertebra.note,
        "box_xyxy": coordinates(vertebra.box_xyxy),
        "contour_xy": coordinates(vertebra.contour_xy),
        "points_xy": dict(zip(SIX_POINTS, coordinates(vertebra.points_xy), strict=True)),
        "heights_px": vertebra.heights_px and heights_document(vertebra.heights_px),
        "heights_mm": vertebra.heights_mm and heights_document(vertebra.heights_mm),
        "ratios": vertebra.ratios
        and {name: _number(ratio) for name, ratio in asdict(vertebra.ratios).items()},
        "loss": _number(vertebra.loss),
        "machine": None if vertebra.machine is None else finding_document(vertebra.machine),
        "added": vertebra.added,
        "reader": vertebra.reader,
        "decided": _iso(vertebra.decided),
    }


def _study_document(study: StudyInfo) -> dict[str, Any]:
    return {
        **asdict(study),
        "birth_date": _iso(study.birth_date),
        "study_date": _iso(study.study_date),
        "patient_orientation": list(study.patient_orientation),
    }


def _iso(value: date | datetime | None) -> str | None:
    return value.isoformat() if value else None


def _number(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)
