"""A report as JSON and as a table: after the schema, complete, and harmless to a spreadsheet."""

from __future__ import annotations

import copy
import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import cv2
import jsonschema
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports import NOW, SIGNATURE, a_draft, a_film, a_review, signed_report
from vcf_desktop.film import Film
from vcf_desktop.geometry import SIX_POINTS
from vcf_desktop.io.analysis_json import finding_from
from vcf_desktop.io.report_files import load_texts
from vcf_desktop.io.report_tables import CSV_COLUMNS, report_csv, report_json
from vcf_desktop.io.statement_json import statement_from
from vcf_desktop.paths import resources_folder
from vcf_desktop.report import Report, ReportedVertebra
from vcf_desktop.report_building import prior_reading
from vcf_desktop.report_texts import LANGUAGES, Site
from vcf_desktop.review import Cause, ReaderGrade, Review, Verdict
from vcf_desktop.spine import Grade, VertebraLevel
from vcf_desktop.statement import Quality, Statement
from vcf_desktop.trail import Signature

TEXTS = load_texts("en")


@pytest.fixture(scope="module")
def film() -> Film:
    return a_film()


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((resources_folder() / "report.schema.json").read_text("utf-8"))
    return schema


def a_full_report(film: Film) -> Report:
    """A later version with all that a reader may say, and an earlier film whose L1 was whole."""
    prior = prior_reading(film, a_review(film, {VertebraLevel.L3: Grade.MILD}), SIGNATURE)
    statement = Statement("Fall", Quality.LIMITED, "dark", "Aorta calcified.", "DXA", prior)
    review = replace(a_review(film), statement=statement)
    keys = {vertebra.level: vertebra.key for vertebra in review.vertebrae}
    l3 = replace(review.vertebra(keys[VertebraLevel.L3]), cause=Cause.SCHMORL, note="old")
    review = review.with_vertebra(l3).with_drawn([150, 1000, 260, 1070], VertebraLevel.S1, True)
    added = review.vertebrae[-1].key
    review = review.graded(added, ReaderGrade.EQUIVOCAL, "Dr. B", NOW)
    report = signed_report(film, review, version=2)
    doubtful = replace(report.vertebrae[0], level_is_doubtful=True)
    return replace(report, vertebrae=(doubtful, *report.vertebrae[1:]))


def a_noted_report(film: Film, note: str) -> Report:
    review = a_review(film)
    return signed_report(film, review.with_vertebra(replace(review.vertebrae[3], note=note)))


def document(report: Report, language: str = "en") -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(report_json(report, load_texts(language)))
    return loaded


def rows(report: Report) -> list[dict[str, str]]:
    content = report_csv(report, TEXTS)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def test_that_the_schema_is_itself_valid_and_describes_every_field(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)

    def objects(part: Any) -> Iterator[dict[str, Any]]:
        if isinstance(part, dict):
            if "properties" in part:
                yield part
            for value in part.values():
                yield from objects(value)
        if isinstance(part, list):
            for value in part:
                yield from objects(value)

    described = list(objects(schema))
    assert len(described) == 21
    for one in described:
        assert one["additionalProperties"] is False
        assert sorted(one["required"]) == sorted(one["properties"])
        for name, field in one["properties"].items():
            assert "description" in field, name


def test_that_the_software_s_findings_are_described_as_in_the_schema_of_analyses(
    schema: dict[str, Any],
) -> None:
    analyses = json.loads((resources_folder() / "analysis.schema.json").read_text("utf-8"))
    assert {name: schema["$defs"][name] for name in analyses["$defs"]} == analyses["$defs"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_reports_follow_the_schema_in_every_language(
    schema: dict[str, Any], film: Film, language: str
) -> None:
    validator = jsonschema.Draft202012Validator(schema)
    for report in (a_full_report(film), signed_report(film), signed_report(film, Review()), a_draft(film)):
        validator.validate(document(report, language))


def test_that_a_picture_follows_the_schema_and_names_nobody(
    schema: dict[str, Any], film: Film, tmp_path: Path
) -> None:
    cv2.imwrite(str(tmp_path / "film.png"), (film.pixels * 255).astype(np.uint8))
    report = signed_report(a_film(tmp_path / "film.png"))
    jsonschema.Draft202012Validator(schema).validate(document(report))
    assert document(report)["study"] is None
    assert document(report)["film"]["spacing_mm"] is None
    assert {row["patient_id"] + row["study_uid"] + row["anterior_mm"] for row in rows(report)} == {""}


@pytest.mark.parametrize(
    "path",
    [("status",), ("study", "patient_id"), ("vertebrae", 0, "verdict"), ("statement", "prior", "version")],
)
def test_that_the_schema_refuses_reports_with_a_field_missing_or_too_many(
    schema: dict[str, Any], film: Film, path: tuple[Any, ...]
) -> None:
    validator = jsonschema.Draft202012Validator(schema)
    *way, last = path
    missing, extra = (copy.deepcopy(document(a_full_report(film))) for _ in range(2))
    for changed in (missing, extra):
        part: Any = changed
        for key in way:
            part = part[key]
        if changed is missing:
            del part[last]
        else:
            part["opinion"] = 1
        assert not validator.is_valid(changed)


def assert_restored(told: dict[str, Any], vertebra: ReportedVertebra) -> None:
    assert VertebraLevel[told["level"]] is vertebra.level
    assert (told["grade"] and ReaderGrade(told["grade"])) == vertebra.grade
    assert (told["verdict"] and Verdict(told["verdict"])) == vertebra.verdict
    assert (told["decided"] and datetime.fromisoformat(told["decided"])) == vertebra.decided
    for name in ("key", "is_fracture", "deformity", "cause", "note", "reader", "added", "level_is_doubtful"):
        assert told[name] == getattr(vertebra, name), name
    assert list(told["points_xy"]) == list(SIX_POINTS)
    np.testing.assert_allclose(list(told["points_xy"].values()), vertebra.points_xy, atol=5e-4)
    np.testing.assert_allclose(told["contour_xy"], vertebra.contour_xy, atol=5e-4)
    np.testing.assert_allclose(told["box_xyxy"], vertebra.box_xyxy, atol=5e-4)
    if vertebra.machine is None:
        assert told["machine"] is None
    else:
        machine = finding_from(told["machine"])
        assert (machine.level, machine.grade) == (vertebra.machine.level, vertebra.machine.grade)
        np.testing.assert_allclose(machine.points_xy, vertebra.machine.points_xy, atol=5e-4)


@pytest.mark.parametrize("draft", [False, True])
def test_that_every_grade_point_and_decision_is_restored(film: Film, draft: bool) -> None:
    report = a_draft(film) if draft else a_full_report(film)
    read = document(report)
    assert [len(read["vertebrae"]), len(read["rejected"])] == ([10, 0] if draft else [10, 1])
    for told, vertebra in zip(read["vertebrae"], report.vertebrae, strict=True):
        assert_restored(told, vertebra)
    for told, vertebra in zip(read["rejected"], report.rejected, strict=True):
        assert_restored(told, vertebra)


def test_that_who_where_when_and_why_are_restored(film: Film) -> None:
    report = a_full_report(film)
    read = document(report)
    statement = statement_from(read["statement"])
    prior, original = statement.prior, report.statement.prior
    assert prior is not None
    assert original is not None
    assert replace(statement, prior=None) == replace(report.statement, prior=None)
    assert replace(prior, vertebrae=()) == replace(original, vertebrae=())
    assert [(v.level, v.grade, v.is_fracture) for v in prior.vertebrae] == [
        (v.level, v.grade, v.is_fracture) for v in original.vertebrae
    ]
    assert read["signature"] == {"version": 2, "reader": "Dr. Müller", "at": "2026-03-05T14:07:00+00:00"}
    assert (read["study"]["patient_name"], read["study"]["patient_id"]) == ("Simulated^Film", "VCF-DEMO")
    assert date.fromisoformat(read["study"]["study_date"]) == date(2026, 1, 1)
    assert read["film"]["sha256"] == film.sha256
    assert (read["status"], read["indication"]) == ("amended", "Fall")
    assert (read["software_version"], read["analysed"]) == ("9.9", "2026-03-05T14:07:00+00:00")
    assert read["recommendation"] == ["DXA"]
    assert [model["name"] for model in read["models"]] == ["detector", "grader"]
    assert "The film is dark." in read["remarks"]


def test_that_results_for_the_film_are_told_with_what_they_rest_on(film: Film) -> None:
    read = document(a_full_report(film))
    # L1 severe and L2 moderate; the Schmorl node of L3 is no fracture. T10 to L4 were judged.
    assert read["deformity_index"] == {"total": 5, "evaluable": 7}
    assert read["evaluable_levels"] == ["T10", "T11", "T12", "L1", "L2", "L3", "L4", "L5", "S1"]
    assert read["unevaluable_levels"] == ["T4", "T5", "T6", "T7", "T8", "T9"]
    assert [v["level"] for v in read["vertebrae"] if v["differs_from_machine"]] == ["T9", "L2"]
    trends = {change["level"]: change["trend"] for change in read["changes"]}
    assert (trends["L1"], trends["L2"], trends["T9"]) == ("new", "unchanged", "not comparable")
    assert {v["level"]: v["change"] for v in read["vertebrae"]}["L1"] == "new"


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_words_are_in_the_language_and_values_are_not(film: Film, language: str) -> None:
    texts = load_texts(language)
    report = a_draft(film)
    read, english = document(report, language), document(report)
    assert read["language"] == language
    assert read["notices"] == [texts.text("notice.draft"), texts.text("notice.research")]
    assert read["impression"] == list(texts.impression(report))
    for name in ("language", "notices", "impression", "recommendation"):
        del read[name], english[name]
    assert read == english


def test_that_the_site_is_named(film: Film) -> None:
    texts = replace(TEXTS, site=Site("Klinik", ("Weg 1", "Ort")))
    read = json.loads(report_json(signed_report(film), texts))
    assert read["site"] == {"name": "Klinik", "lines": ["Weg 1", "Ort"]}


def test_that_the_table_has_a_row_a_vertebra_with_what_the_report_says(film: Film) -> None:
    report = a_full_report(film)
    table = rows(report)
    assert tuple(table[0]) == CSV_COLUMNS
    assert [row["level"] for row in table[:9]] == ["T9", "T10", "T11", "T12", "L1", "L2", "L3", "L4", "L5"]
    assert [row["level"] for row in table if row["level_is_doubtful"] == "yes"] == ["T9"]
    assert [(row["level"], row["is_rejected"]) for row in table[9:]] == [("S1", "no"), ("T8", "yes")]
    by_level = {row["level"]: row for row in table}
    l2, l3 = by_level["L2"], by_level["L3"]
    assert (l2["grade"], l2["verdict"], l2["decided_by"]) == ("2", "overridden", "Dr. Müller")
    assert (l2["machine_grade"], l2["machine_grade_probability"]) == ("0", "0.85")
    assert (l3["is_fracture"], l3["cause"], l3["note"]) == ("no", "Schmorl", "old")
    assert (by_level["L1"]["change"], by_level["L1"]["prior_grade"]) == ("new", "0.0")
    assert by_level["S1"]["machine_level"] == ""
    for row, vertebra in zip(table, (*report.vertebrae, *report.rejected), strict=True):
        assert row["grade"] == (vertebra.grade or "")
        points = [[float(row[f"{name}_{axis}"]) for axis in "xy"] for name in SIX_POINTS]
        np.testing.assert_allclose(points, vertebra.points_xy, atol=5e-4)
        assert (row["patient_id"], row["study_uid"]) == ("VCF-DEMO", film.study and film.study.study_uid)
        assert row["signed_at"] == row["decided_at"] == "2026-03-05T14:07:00+00:00"
        assert (row["signed_by"], row["signed_version"], row["status"]) == ("Dr. Müller", "2", "amended")


def test_that_measures_of_the_table_are_those_of_the_film(film: Film) -> None:
    l1 = next(row for row in rows(signed_report(film)) if row["level"] == "L1")
    # A body of 60 px, of which 30 are lost in front; pixels of 0.25 mm.
    assert [float(l1[f"{place}_px"]) for place in ("anterior", "middle", "posterior")] == [30, 45, 60]
    assert float(l1["anterior_mm"]) == pytest.approx(7.5, abs=1e-3)
    assert (float(l1["wedge_ratio"]), float(l1["biconcave_ratio"])) == (0.5, 0.75)
    assert l1["spacing_source"] == "geometry estimate"
    (told,) = (v for v in document(signed_report(film))["vertebrae"] if v["level"] == "L1")
    assert told["heights_px"] == {"anterior": 30.0, "middle": 45.0, "posterior": 60.0}
    assert told["heights_mm"] == {"anterior": 7.5, "middle": 11.25, "posterior": 15.0}
    assert told["ratios"]["wedge"] == 0.5
    # Half of the height is gone; norms of the level take a few per cent off that.
    assert float(l1["loss"]) == told["loss"] == pytest.approx(0.5, abs=0.05)


def test_that_every_row_says_that_it_is_for_research_and_whether_it_is_verified(film: Film) -> None:
    research = "Research use only. Not a medical device."
    assert {row["notice"] for row in rows(signed_report(film))} == {research}
    draft = {(row["status"], row["notice"], row["verdict"]) for row in rows(a_draft(film))}
    assert draft == {("draft", f"{TEXTS.text('notice.draft')} {research}", "")}


def test_that_a_report_without_vertebrae_is_a_table_with_its_head_alone(film: Film) -> None:
    assert rows(signed_report(film, Review())) == []


def may_calculate(cell: str) -> bool:
    """Whether a spreadsheet that parts cells by semicolons, tabs or lines sees a formula."""
    return any(part.lstrip().lstrip('" ')[:1] in tuple("=+-@\uff1d") for part in re.split(r"[;\t\r\n]", cell))


FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "  =1", '"=1"', "=1", "\uff1d1"]


@pytest.mark.parametrize("note", [*FORMULAS, *(f"x;{note}" for note in FORMULAS), "x\n=1"])
def test_that_words_are_no_formulas_wherever_a_spreadsheet_parts_cells(film: Film, note: str) -> None:
    (written,) = {row["note"] for row in rows(a_noted_report(film, note))} - {""}
    assert written.replace("'", "") == note.replace("'", "")
    assert may_calculate(note)
    assert not may_calculate(written)


def test_that_identity_is_no_formula_either_and_numbers_stay_numbers(film: Film) -> None:
    report = a_noted_report(film, "")
    assert report.study is not None
    named = replace(report.study, patient_name="=cmd()", patient_id="-1+1")
    vertebrae = (replace(report.vertebrae[0], loss=-0.125), *report.vertebrae[1:])
    first = rows(replace(report, study=named, vertebrae=vertebrae))[0]
    assert (first["patient_name"], first["patient_id"]) == ("'=cmd()", "'-1+1")
    assert float(first["loss"]) == -0.125


@given(words=st.text(st.characters(exclude_categories=["Cs"])) | st.text("=+-@;\t\r\n\" '1"))
def test_that_any_words_keep_the_shape_of_the_table(film: Film, words: str) -> None:
    report = a_noted_report(film, words)
    table = rows(report)
    assert len(table) == len(report.vertebrae) + len(report.rejected)
    assert words.replace("'", "") in {row["note"].replace("'", "") for row in table}
    assert not any(may_calculate(row["note"]) for row in table)


def test_that_words_of_all_scripts_survive(film: Film) -> None:
    note = 'Sie sagte "alt", dann\nlinks, 骨折 é'
    assert note in {row["note"] for row in rows(a_noted_report(film, note))}


def test_that_broken_characters_do_not_stop_the_table(film: Film) -> None:
    assert "a?b" in {row["note"] for row in rows(a_noted_report(film, "a\ud800b"))}


def test_that_the_age_is_that_at_the_study(film: Film) -> None:
    report = signed_report(film)
    assert report.study is not None
    born = replace(report.study, birth_date=date(1950, 1, 2))  # the film is of the first of January 2026
    told = document(replace(report, study=born))["study"]
    assert (told["birth_date"], told["age_years"]) == ("1950-01-02", 75)


def test_that_two_versions_differ_in_what_was_signed_alone(film: Film) -> None:
    first, second = (document(signed_report(film, version=version)) for version in (1, 2))
    assert (first["status"], second["status"]) == ("final", "amended")
    differing = {name for name in first if first[name] != second[name]}
    assert differing == {"status", "signature"}
    assert Signature(**second["signature"] | {"at": NOW}) == replace(SIGNATURE, version=2)
