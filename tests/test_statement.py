"""What a reader says of the whole examination: kept with the review, and told in its trail."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.reports import NOW, SIGNATURE, a_film, a_review
from vcf_desktop.errors import SessionDamagedError
from vcf_desktop.io.sessions import Session, SessionStore, load_session, record_of, session_document
from vcf_desktop.io.statement_json import statement_document
from vcf_desktop.report_building import prior_reading
from vcf_desktop.review import Review
from vcf_desktop.statement import Quality, Statement
from vcf_desktop.trail import changes


def stated() -> Review:
    film = a_film()
    assert film.study is not None
    earlier = replace(film, study=replace(film.study, study_date=date(2024, 1, 3), accession_number="A17"))
    prior = prior_reading(earlier, a_review(film), SIGNATURE)
    statement = Statement("Sturz", Quality.LIMITED, "dunkel", "Aorta 钙化", "", prior)
    return replace(a_review(film), statement=statement)


def test_that_every_word_and_the_earlier_reading_are_kept_with_the_review(tmp_path: Path) -> None:
    review, store = stated(), SessionStore(tmp_path)
    signed = store.sign(Session(record_of(a_film()), review), "Dr. B", NOW)
    kept = load_session(store.path_of(signed.film)).review.statement
    assert statement_document(kept) == statement_document(review.statement)  # heights to 1/1000 mm
    assert replace(kept, prior=None) == replace(review.statement, prior=None)


def test_that_a_review_of_a_version_without_statements_has_an_empty_one(tmp_path: Path) -> None:
    document = session_document(Session(record_of(a_film()), stated()))
    del document["statement"]
    path = tmp_path / "old.json"
    path.write_text(json.dumps(document))
    assert load_session(path).review.statement == Statement()


@pytest.mark.parametrize(
    ("name", "value"),
    [("quality", "superb"), ("indication", 7), ("recommendation", []), ("prior", {}), ("comment", None)],
)
def test_that_a_damaged_statement_is_a_damaged_review(tmp_path: Path, name: str, value: object) -> None:
    document = session_document(Session(record_of(a_film()), stated()))
    document["statement"][name] = value
    path = tmp_path / "damaged.json"
    path.write_text(json.dumps(document))
    with pytest.raises(SessionDamagedError):
        load_session(path)


def test_that_the_trail_tells_each_word_that_changed() -> None:
    after = stated()
    before = replace(after, statement=Statement(indication="Schmerz"))
    told = {change.what: (change.before, change.after) for change in changes(before, after)}
    assert told["indication"] == ("Schmerz", "Sturz")
    assert told["quality"] == ("", "limited")
    assert told["prior"][1].startswith("film of 2024-01-03 (")
    assert told.keys() == {"indication", "quality", "quality note", "comment", "recommendation", "prior"}
