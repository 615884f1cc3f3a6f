"""A report as data: valid after its schema, complete, and harmless to a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import jsonschema
import numpy as np
import pytest

from tests.reports import a_draft, a_film, a_review, signed_report
from vcf_desktop.film import Film
from vcf_desktop.io.report_data import report_csv, report_json
from vcf_desktop.io.report_files import load_texts
from vcf_desktop.paths import resources_folder
from vcf_desktop.report import Report, prior_reading
from vcf_desktop.report_texts import LANGUAGES
from vcf_desktop.review import ReaderGrade, Verdict
from vcf_desktop.statement import Quality, Statement
from vcf_desktop.trail import Signature

TEXTS = load_texts("en")


@pytest.fixture(scope="module")
def film() -> Film:
    return a_film()


def full(film: Film) -> Report:
    """A report with everything in it."""
    review = a_review(film)
    prior = prior_reading(film, review, Signature(2, "Dr. B", signed_report(film).made))
    statement = Statement("fall", Quality.LIMITED, "dark", "aorta", "DXA", prior)
    return signed_report(film, replace(review, statement=statement), version=3)


def document(report: Report, language: str = "en") -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(report_json(report, load_texts(language)))
    return loaded


def rows(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(report_csv(report, TEXTS).decode("utf-8-sig"))))


def validate(document: dict[str, Any]) -> None:
    schema = json.loads((resources_folder() / "report.schema.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(document)


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_a_signed_report_is_valid_after_the_schema(film: Film, language: str) -> None:
    validate(document(full(film), language))


def test_that_a_draft_is_valid_and_names_no_reader(film: Film) -> None:
    draft = document(a_draft(film))
    validate(draft)
    assert (draft["status"], draft["signature"]) == ("draft", None)
    assert draft["notices"][0].startswith("UNVERIFIED DRAFT")


def test_that_a_picture_is_valid_and_has_no_study(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "film.png"), (a_film().pixels * 255).astype(np.uint8))
    picture = document(signed_report(a_film(tmp_path / "film.png")))
    validate(picture)
    assert picture["study"] is None


def test_that_every_grade_point_and_decision_is_restored(film: Film) -> None:
    report = full(film)
    read = document(report)
    told = [*read["vertebrae"], *read["rejected"]]
    vertebrae = [*report.vertebrae, *report.rejected]
    assert len(told) == len(vertebrae) == 10
    for one, vertebra in zip(told, vertebrae, strict=True):
        assert one["level"] == vertebra.level.label
        assert (one["grade"] and ReaderGrade(one["grade"])) == vertebra.grade
        assert Verdict(one["verdict"]) is vertebra.verdict
        assert one["decided"] == vertebra.decided.isoformat() if vertebra.decided else one["decided"] is None
        np.testing.assert_allclose(list(one["points_xy"].values()), vertebra.points_xy, atol=1e-3)
        np.testing.assert_allclose(one["contour_xy"], vertebra.contour_xy, atol=1e-3)


def test_that_the_table_has_a_row_a_vertebra_with_what_the_report_says(film: Film) -> None:
    table = {row["level"]: row for row in rows(full(film))}
    assert len(table) == 10
    l2 = table["L2"]
    assert (l2["grade"], l2["verdict"], l2["machine_grade"]) == ("2", "overridden", "0")
    assert (l2["is_fracture"], l2["change"], l2["prior_grade"]) == ("1", "unchanged", "2.0")
    assert table["T8"]["verdict"] == "rejected"
    assert float(table["L1"]["anterior_px"]) == pytest.approx(30.0)
    assert {row["notice"] for row in table.values()} == {"Research use only. Not a medical device."}


@pytest.mark.parametrize("note", ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_that_words_are_no_formulas_to_a_spreadsheet(film: Film, note: str) -> None:
    review = a_review(film)
    noted = review.with_vertebra(replace(review.vertebrae[3], note=note))
    table = {row["level"]: row for row in rows(signed_report(film, noted))}
    assert table[review.vertebrae[3].level.label]["note"].startswith("'")


def test_that_quotes_and_line_breaks_survive_the_table(film: Film) -> None:
    note = 'He said "old", then\nleft; 王'
    review = a_review(film)
    noted = review.with_vertebra(replace(review.vertebrae[3], note=note))
    assert note in {row["note"] for row in rows(signed_report(film, noted))}


def test_that_a_report_without_vertebrae_is_a_table_with_its_head_alone(film: Film) -> None:
    from vcf_desktop.review import Review

    assert rows(signed_report(film, Review())) == []
    validate(document(signed_report(film, Review())))
