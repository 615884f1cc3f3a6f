"""A report for other programs: JSON after a published schema, and a table with one row a vertebra."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from io import StringIO
from typing import Any, Final

from vcf_desktop.film import StudyInfo
from vcf_desktop.geometry import SIX_POINTS
from vcf_desktop.io.analysis_json import coordinates, finding_document, heights_document, rounded
from vcf_desktop.io.statement_json import statement_document
from vcf_desktop.report import LevelChange, Report, ReportedVertebra, Trend
from vcf_desktop.report_texts import ReportTexts
from vcf_desktop.spine import VertebraFinding

SCHEMA: Final = "vcf-desktop/report/1"
"""Name of the format; ``report.schema.json`` in the resources describes it."""

_DIGITS: Final = 6

_BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it Excel takes UTF-8 for the code page of the country."""

_FORMULA: Final = re.compile(r'(^|[;\t\r\n])(?=[\s"]*[=+\-@\uff1d\uff0b\uff0d\uff20])')
"""Where a spreadsheet would begin to calculate: at the start of a cell, and after what separates cells in
countries whose decimal sign is the comma (OWASP, CSV Injection)."""


def report_json(report: Report, texts: ReportTexts) -> bytes:
    """All that a report says, as JSON after ``report.schema.json``.

    Values are words of the schema whatever the language; ``texts`` are for notices, impression and
    recommendation.
    """
    text = json.dumps(report_document(report, texts), indent=1, allow_nan=False) + "\n"
    return text.encode()


def report_csv(report: Report, texts: ReportTexts) -> bytes:
    """A report as a table: a row for each vertebra top to bottom, then one for each rejected finding.

    UTF-8 with byte order mark, RFC 4180. Names of columns and values are English and numbers have a point
    whatever the language; only the notice is in the words of ``texts``. What a spreadsheet would take for a
    formula gets an apostrophe before it.
    """
    about_film = _film_cells(report, texts)
    changes = {change.level: change for change in report.changes}
    rows = [
        *(about_film | _vertebra_cells(v, changes.get(v.level)) for v in report.vertebrae),
        *(about_film | _vertebra_cells(v, None) for v in report.rejected),
    ]
    table = StringIO()
    writer = csv.writer(table)
    writer.writerow(CSV_COLUMNS)
    writer.writerows([_harmless(row[column]) for column in CSV_COLUMNS] for row in rows)
    return (_BYTE_ORDER_MARK + table.getvalue()).encode("utf-8", "replace")


def report_document(report: Report, texts: ReportTexts) -> dict[str, Any]:
    """The JSON object of a report, as the schema describes it."""
    trends = {change.level: change.trend for change in report.changes}
    return {
        "schema": SCHEMA,
        "status": str(report.status),
        "language": texts.language,
        "notices": list(texts.notices(report)),
        "site": {"name": texts.site.name, "lines": list(texts.site.lines)},
        "film": {
            **asdict(report.film),
            "spacing_mm": None if report.film.spacing_mm is None else rounded(report.film.spacing_mm),
        },
        "study": None if report.study is None else _study_document(report.study),
        "signature": None
        if report.signature is None
        else {**asdict(report.signature), "at": report.signature.at.isoformat()},
        "indication": report.indication,
        "statement": statement_document(report.statement),
        "vertebrae": [_vertebra_document(v, trends.get(v.level)) for v in report.vertebrae],
        "rejected": [_vertebra_document(v, None) for v in report.rejected],
        "changes": [{**asdict(change), "level": change.level.label} for change in report.changes],
        "deformity_index": asdict(report.deformity_index),
        "evaluable_levels": [level.label for level in report.evaluable_levels],
        "unevaluable_levels": [level.label for level in report.unevaluable_levels],
        "impression": list(texts.impression(report)),
        "recommendation": list(texts.recommendation(report)),
        "models": [asdict(model) for model in report.models],
        "analysed": _moment(report.analysed),
        "remarks": list(report.remarks),
        "software_version": report.software_version,
        "made": report.made.isoformat(),
    }


def _study_document(study: StudyInfo) -> dict[str, Any]:
    return {
        **asdict(study),
        "birth_date": study.birth_date and study.birth_date.isoformat(),
        "study_date": study.study_date and study.study_date.isoformat(),
        "age_years": study.age_years,
        "patient_orientation": list(study.patient_orientation),
    }


def _vertebra_document(vertebra: ReportedVertebra, trend: Trend | None) -> dict[str, Any]:
    ratios, px, mm = vertebra.ratios, vertebra.heights_px, vertebra.heights_mm
    return {
        "key": vertebra.key,
        "level": vertebra.level.label,
        "level_is_doubtful": vertebra.level_is_doubtful,
        "grade": vertebra.grade,
        "is_fracture": vertebra.is_fracture,
        "deformity": vertebra.deformity,
        "cause": vertebra.cause,
        "change": trend,
        "note": vertebra.note,
        "verdict": vertebra.verdict,
        "reader": vertebra.reader,
        "decided": _moment(vertebra.decided),
        "added": vertebra.added,
        "box_xyxy": coordinates(vertebra.box_xyxy),
        "contour_xy": coordinates(vertebra.contour_xy),
        "points_xy": dict(zip(SIX_POINTS, coordinates(vertebra.points_xy), strict=True)),
        "heights_px": None if px is None else heights_document(px),
        "heights_mm": None if mm is None else heights_document(mm),
        "ratios": None if ratios is None else {name: _rounded(r) for name, r in asdict(ratios).items()},
        "loss": _rounded(vertebra.loss),
        "machine": None if vertebra.machine is None else finding_document(vertebra.machine),
        "differs_from_machine": vertebra.differs_from_machine,
    }


def _film_cells(report: Report, texts: ReportTexts) -> dict[str, Any]:
    study = report.study or StudyInfo()
    film, signature, index = report.film, report.signature, report.deformity_index
    return {
        "status": report.status,
        "notice": " ".join(texts.notices(report)),
        "patient_id": study.patient_id,
        "patient_name": study.patient_name,
        "birth_date": study.birth_date and study.birth_date.isoformat(),
        "sex": study.patient_sex,
        "study_date": study.study_date and study.study_date.isoformat(),
        "accession_number": study.accession_number,
        "study_uid": study.study_uid,
        "sop_uid": study.sop_uid,
        "film_sha256": film.sha256,
        "frame": film.frame,
        "signed_by": signature and signature.reader,
        "signed_at": signature and signature.at.isoformat(),
        "signed_version": signature and signature.version,
        "deformity_index": index.total,
        "deformity_index_levels": index.evaluable,
        "spacing_source": film.spacing_source,
        "software_version": report.software_version,
        "models": "; ".join(f"{model.name} {model.version} {model.sha256}" for model in report.models),
    }


def _vertebra_cells(vertebra: ReportedVertebra, change: LevelChange | None) -> dict[str, Any]:
    return {
        "key": vertebra.key,
        "level": vertebra.level.label,
        "level_is_doubtful": _yes_or_no(vertebra.level_is_doubtful),
        "is_rejected": _yes_or_no(vertebra.is_rejected),
        "grade": vertebra.grade,
        "is_fracture": _yes_or_no(vertebra.is_fracture),
        "deformity": vertebra.deformity,
        "cause": vertebra.cause,
        "prior_grade": change and change.before,
        "change": change and change.trend,
        "note": vertebra.note,
        "verdict": vertebra.verdict,
        "decided_by": vertebra.reader,
        "decided_at": _moment(vertebra.decided),
        "added": _yes_or_no(vertebra.added),
        **_machine_cells(vertebra.machine),
        **dict(_measured_cells(vertebra)),
    }


def _machine_cells(machine: VertebraFinding | None) -> dict[str, Any]:
    return {
        "machine_level": machine and machine.level.label,
        "machine_level_confidence": machine and round(machine.level_confidence, _DIGITS),
        "machine_score": machine and round(machine.score, _DIGITS),
        "machine_grade": machine and int(machine.grade),
        "machine_grade_probability": machine
        and round(float(machine.grade_probabilities[machine.grade]), _DIGITS),
        "machine_morphometric_grade": machine and int(machine.morphometric_grade),
        "machine_deformity": machine and str(machine.deformity),
    }


def _measured_cells(vertebra: ReportedVertebra) -> Iterator[tuple[str, float | None]]:
    for unit, heights in (("px", vertebra.heights_px), ("mm", vertebra.heights_mm)):
        values = {} if heights is None else heights_document(heights)
        yield from ((f"{place}_{unit}", values.get(place)) for place in ("anterior", "middle", "posterior"))
    for name in ("wedge", "biconcave", "crush"):
        yield f"{name}_ratio", _rounded(getattr(vertebra.ratios, name) if vertebra.ratios else None)
    yield "loss", _rounded(vertebra.loss)
    for name, (x, y) in zip(SIX_POINTS, coordinates(vertebra.points_xy), strict=True):
        yield f"{name}_x", x
        yield f"{name}_y", y


CSV_COLUMNS: Final = (
    *("status", "notice", "patient_id", "patient_name", "birth_date", "sex", "study_date"),
    *("accession_number", "study_uid", "sop_uid", "film_sha256", "frame"),
    *("signed_by", "signed_at", "signed_version", "deformity_index", "deformity_index_levels"),
    *("key", "level", "level_is_doubtful", "is_rejected", "grade", "is_fracture", "deformity", "cause"),
    *("prior_grade", "change", "note", "verdict", "decided_by", "decided_at", "added"),
    *("machine_level", "machine_level_confidence", "machine_score", "machine_grade"),
    *("machine_grade_probability", "machine_morphometric_grade", "machine_deformity"),
    *("anterior_px", "middle_px", "posterior_px", "anterior_mm", "middle_mm", "posterior_mm"),
    *("spacing_source", "wedge_ratio", "biconcave_ratio", "crush_ratio", "loss"),
    *(f"{name}_{axis}" for name in SIX_POINTS for axis in "xy"),
    *("software_version", "models"),
)
"""Names of the columns in their order; programs read them, so one is never taken away or renamed."""


def _harmless(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    return _FORMULA.sub(r"\1'", value) if isinstance(value, str) else value


def _yes_or_no(value: bool) -> str:
    return "yes" if value else "no"


def _moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)
