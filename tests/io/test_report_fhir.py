"""A report as a FHIR bundle: valid by another library's model of R4, whole, and marked for what it is."""

from __future__ import annotations

import copy
import io
import json
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import cv2
import numpy as np
import pydicom
import pytest
from fhir.resources.R4B.bundle import Bundle

from tests.reports import NOW, SIGNATURE, a_draft, a_film, a_review, signed_report
from vcf_desktop.film import Film
from vcf_desktop.io.fhir_values import OWN_SYSTEM
from vcf_desktop.io.report_export import rendered
from vcf_desktop.io.report_fhir import report_fhir
from vcf_desktop.io.report_files import load_texts
from vcf_desktop.report import Format, Report
from vcf_desktop.report_building import prior_reading
from vcf_desktop.report_texts import LANGUAGES, Site
from vcf_desktop.review import Cause, ReaderGrade, Review
from vcf_desktop.spine import Grade, VertebraLevel
from vcf_desktop.statement import Quality, Statement

TEXTS = load_texts("en")
SNOMED = "http://snomed.info/sct"
DICOM = "http://dicom.nema.org/resources/ontology/DCM"
VERTEBRAE = {
    **{"T10": "7610001", "T11": "12989004", "T12": "23215003"},
    **{"L1": "66794005", "L2": "14293000", "L3": "36470004", "L4": "11994002", "L5": "49668003"},
}
"""SNOMED CT codes of the bodies (PS3.16 CID 7603)."""


@pytest.fixture(scope="module")
def film() -> Film:
    return a_film()


def a_full_report(film: Film) -> Report:
    """A later version with all that a reader may say, two readers, and an earlier film whose L1 was whole."""
    prior = prior_reading(film, a_review(film, {VertebraLevel.L3: Grade.MILD}), SIGNATURE)
    statement = Statement("Fall", Quality.LIMITED, "dark", "Aorta calcified.", "DXA\nMRI", prior)
    review = replace(a_review(film), statement=statement)
    keys = {vertebra.level: vertebra.key for vertebra in review.vertebrae}
    l3 = replace(review.vertebra(keys[VertebraLevel.L3]), cause=Cause.SCHMORL, note="old")
    review = review.with_vertebra(l3).with_drawn([150, 1000, 260, 1070], VertebraLevel.L6, True)
    review = review.graded(review.vertebrae[-1].key, ReaderGrade.EQUIVOCAL, "Dr. B", NOW)
    report = signed_report(film, review, version=2)
    doubtful = replace(report.vertebrae[0], level_is_doubtful=True)
    return replace(report, vertebrae=(doubtful, *report.vertebrae[1:]))


def of_patient(report: Report, **identity: Any) -> Report:
    assert report.study is not None
    return replace(report, study=replace(report.study, **identity))


def bundle(report: Report, language: str = "en", pdf: bytes | None = None) -> dict[str, Any]:
    """The bundle, after it was found valid."""
    loaded: dict[str, Any] = json.loads(report_fhir(report, load_texts(language), pdf))
    Bundle.model_validate(loaded)
    return loaded


def resources(report: Report, kind: str, language: str = "en") -> list[dict[str, Any]]:
    entries = [entry["resource"] for entry in bundle(report, language)["entry"]]
    return [resource for resource in entries if resource["resourceType"] == kind]


def vertebrae(report: Report) -> dict[str, dict[str, Any]]:
    """The observations of vertebrae by level."""
    return {o["bodySite"]["text"]: o for o in resources(report, "Observation") if "bodySite" in o}


def code_in(system: str, concept: dict[str, Any]) -> str:
    """The one code of a system in a concept."""
    (code,) = [coding["code"] for coding in concept["coding"] if coding["system"] == system]
    return str(code)


def component(observation: dict[str, Any], code: str) -> dict[str, Any]:
    """The one component whose question has this code, of ours or of DICOM."""
    (found,) = [c for c in observation["component"] if code in {k["code"] for k in c["code"]["coding"]}]
    return dict(found)


def answer(observation: dict[str, Any], question: str) -> str:
    return code_in(OWN_SYSTEM, component(observation, question)["valueCodeableConcept"])


def parts(value: Any) -> Iterator[Any]:
    """A value with all that it holds."""
    yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(item)


def test_that_the_judge_of_these_tests_finds_what_is_wrong(film: Film) -> None:
    sound = bundle(signed_report(film))
    for kind, field, wrong in (
        ("DiagnosticReport", "status", None),
        ("DiagnosticReport", "issued", "yesterday"),
        ("Observation", "code", None),
        ("ImagingStudy", "subject", None),
        ("Patient", "gender", 1),
        ("Device", "opinion", "x"),
    ):
        broken = copy.deepcopy(sound)
        resource = next(e["resource"] for e in broken["entry"] if e["resource"]["resourceType"] == kind)
        resource.pop(field, None)
        if wrong is not None:
            resource[field] = wrong
        with pytest.raises(ValueError, match=field):
            Bundle.model_validate(broken)


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_reports_are_valid_in_every_language(film: Film, language: str) -> None:
    for report in (a_full_report(film), a_draft(film), signed_report(film, Review())):
        read = bundle(report, language, b"%PDF-1.7")
        assert read["entry"][0]["resource"]["language"] == language.replace("_", "-")


@pytest.mark.parametrize("draft", [False, True])
def test_that_references_stay_within_the_bundle_and_nothing_is_empty(film: Film, draft: bool) -> None:
    read = bundle(a_draft(film) if draft else a_full_report(film))
    urls = [entry["fullUrl"] for entry in read["entry"]]
    assert len(set(urls)) == len(urls)
    wanted = {part["reference"] for part in parts(read) if isinstance(part, dict) and "reference" in part}
    # The report itself is what nobody refers to.
    assert wanted == set(urls[1:])
    assert not any(part in (None, "", [], {}) for part in parts(read))


def test_that_observations_keep_the_rules_of_their_kind(film: Film) -> None:
    for observation in resources(a_full_report(film), "Observation"):
        values = [name for name in observation if name.startswith("value")]
        assert len(values) + ("dataAbsentReason" in observation) == 1  # obs-6
        questions = [coding["code"] for coding in observation["code"]["coding"]]
        for part in observation.get("component", []):
            assert len([name for name in part if name.startswith("value")]) == 1
            assert not {coding["code"] for coding in part["code"]["coding"]} & set(questions)  # obs-7


def test_that_a_picture_is_about_nobody_and_of_no_study(film: Film, tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "film.png"), (film.pixels * 255).astype(np.uint8))
    report = signed_report(a_film(tmp_path / "film.png"))
    assert {entry["resource"]["resourceType"] for entry in bundle(report)["entry"]} == {
        *("DiagnosticReport", "Practitioner", "Device", "Observation")
    }
    l1 = vertebrae(report)["L1"]
    assert "method" not in l1
    assert not any(part["code"]["coding"][0]["code"].startswith("HEIGHT") for part in l1["component"])
    assert component(l1, "RATIO-WEDGE")["valueQuantity"]["value"] == 0.5


def test_that_every_grade_and_decision_is_restored(film: Film) -> None:
    report = a_full_report(film)
    told = vertebrae(report)
    assert len(told) == len(report.vertebrae) + len(report.rejected) == 11
    for vertebra in report.vertebrae:
        observation = told[vertebra.level.label]
        assert vertebra.verdict is not None
        grade = {"not evaluable": "NE"}.get(str(vertebra.grade), str(vertebra.grade))
        assert code_in(OWN_SYSTEM, observation["valueCodeableConcept"]) == f"GENANT-{grade}"
        assert answer(observation, "VERDICT") == vertebra.verdict.upper()
        assert observation["issued"] == NOW.isoformat()
        if vertebra.machine is not None:
            assert answer(observation, "GENANT-MACHINE") == f"GENANT-{int(vertebra.machine.grade)}"
            assert component(observation, "111012")["valueQuantity"]["value"] == 85.0
    rejected = told["T8"]
    assert code_in(DICOM, rejected["code"]) == "121071"
    assert code_in(OWN_SYSTEM, rejected["valueCodeableConcept"]) == "NO-VERTEBRA"
    assert answer(rejected, "VERDICT") == "REJECTED"


def test_that_vertebrae_and_severities_have_the_codes_of_snomed(film: Film) -> None:
    told = vertebrae(a_full_report(film))
    assert {level: code_in(SNOMED, told[level]["bodySite"]) for level in VERTEBRAE} == VERTEBRAE
    severities = {"T10": "17621005", "L1": "24484000", "L2": "6736007", "L3": "255604002", "L6": "371934000"}
    for level, severity in severities.items():
        assert code_in(SNOMED, told[level]["valueCodeableConcept"]) == severity
    # SNOMED CT has no sixth lumbar vertebra.
    assert told["L6"]["bodySite"] == {"text": "L6"}


def test_that_deformities_are_told_from_fractures(film: Film) -> None:
    fractured = {
        level
        for level, observation in vertebrae(a_full_report(film)).items()
        for part in observation["component"]
        if part["code"]["coding"][0]["code"] == "121071"
        and code_in(SNOMED, part["valueCodeableConcept"]) == "42942008"
    }
    assert fractured == {"L1", "L2"}  # and not L3, whose deformity is a Schmorl node


def test_that_what_the_reader_adds_is_told(film: Film) -> None:
    told = vertebrae(a_full_report(film))
    assert answer(told["L3"], "CAUSE") == "SCHMORL"
    assert told["L3"]["note"] == [{"text": "old"}]
    assert answer(told["T9"], "LEVEL-CERTAINTY") == "DOUBTFUL"
    assert answer(told["L1"], "DEFORMITY") == "WEDGE"
    assert answer(told["L1"], "CHANGE") == "NEW"
    assert component(told["L6"], "ADDED")["valueBoolean"] is True
    names = {e["fullUrl"]: e["resource"].get("name") for e in bundle(a_full_report(film))["entry"]}
    assert names[told["L6"]["performer"][0]["reference"]] == [{"text": "Dr. B"}]
    assert names[told["L1"]["performer"][0]["reference"]] == [{"text": "Dr. Müller"}]


def test_that_measures_have_units_and_say_where_their_mm_come_from(film: Film) -> None:
    l1 = vertebrae(signed_report(film))["L1"]
    # A body of 60 px, of which 30 are lost in front; pixels of 0.25 mm.
    for place, height in (("ANTERIOR", 7.5), ("MIDDLE", 11.25), ("POSTERIOR", 15.0)):
        assert component(l1, f"HEIGHT-{place}")["valueQuantity"] == {
            "value": height,
            "unit": "mm",
            "system": "http://unitsofmeasure.org",
            "code": "mm",
        }
    assert code_in(OWN_SYSTEM, l1["method"]) == "MM-ESTIMATE"
    assert component(l1, "RATIO-BICONCAVE")["valueQuantity"]["value"] == 0.75
    loss = component(l1, "LOSS")["valueQuantity"]
    assert (40.0 < loss["value"] < 60.0, loss["code"]) == (True, "%")


def test_that_the_deformity_index_tells_how_many_levels_went_into_it(film: Film) -> None:
    (index,) = [o for o in resources(signed_report(film), "Observation") if "valueInteger" in o]
    # L1 severe, L2 moderate, L3 mild; T10 to L4 were judged.
    assert (index["valueInteger"], component(index, "SDI-LEVELS")["valueInteger"]) == (6, 7)


def test_that_quality_comparison_and_the_reader_s_texts_are_told(film: Film) -> None:
    observations = resources(a_full_report(film), "Observation")
    (quality,) = [o for o in observations if o["code"]["coding"][0]["display"] == "Image Quality"]
    assert code_in("http://radlex.org", quality["valueCodeableConcept"]) == "RID13"
    assert quality["note"] == [{"text": "dark"}]
    said = {o["code"]["coding"][0]["code"]: o["valueString"] for o in observations if "valueString" in o}
    assert (said["121075"], said["121106"]) == ("DXA\nMRI", "Aorta calcified.")
    assert "2026-01-01" in said["COMPARISON"]


def test_that_the_report_says_who_signed_when_of_which_study(film: Film) -> None:
    report = of_patient(a_full_report(film), accession_number="A77", referring_physician="Roe^R")
    (told,) = resources(report, "DiagnosticReport")
    (study,) = resources(report, "ImagingStudy")
    assert (told["status"], told["effectiveDateTime"], told["issued"]) == (
        *("amended", "2026-01-01"),
        NOW.isoformat(),
    )
    assert told["resultsInterpreter"] == told["performer"]
    assert told["basedOn"][0]["identifier"]["value"] == "A77"
    assert code_in("http://loinc.org", told["code"]) == "18748-4"
    assert report.study is not None
    uid, accession = (identifier["value"] for identifier in study["identifier"])
    assert (uid, accession) == (f"urn:oid:{report.study.study_uid}", "A77")
    assert study["series"][0]["instance"][0]["uid"] == report.study.sop_uid
    assert study["reasonCode"] == [{"text": "Fall"}]


def test_that_observations_are_of_the_study_and_of_imaging(film: Film) -> None:
    read = bundle(signed_report(film))
    (study,) = [e["fullUrl"] for e in read["entry"] if e["resource"]["resourceType"] == "ImagingStudy"]
    for observation in resources(signed_report(film), "Observation"):
        assert observation["derivedFrom"] == [{"reference": study}]
        assert observation["category"][0]["coding"][0]["code"] == "imaging"


def test_that_a_study_that_lacks_what_fhir_wants_is_told_without_its_series(film: Film) -> None:
    (study,) = resources(of_patient(signed_report(film), modality=""), "ImagingStudy")
    assert "series" not in study
    (study,) = resources(of_patient(signed_report(film), sop_class_uid=""), "ImagingStudy")
    assert "instance" not in study["series"][0]


def test_that_vertebrae_are_those_of_the_structured_report(film: Film) -> None:
    report = signed_report(film)
    (document,) = rendered(report, film, TEXTS, [Format.SR]).files.values()
    elements = pydicom.dcmread(io.BytesIO(document)).iterall()
    tracked = {f"urn:oid:{element.value}" for element in elements if element.keyword == "UID"}
    told = {o["identifier"][0]["value"] for o in vertebrae(report).values()}
    assert len(told) == 10
    assert told < tracked


def test_that_the_patient_is_named_in_every_script(film: Film) -> None:
    name = "Wang^XiaoDong^^Dr.=王^小東="
    report = of_patient(signed_report(film), patient_name=name, patient_sex="F", birth_date=date(1950, 2, 3))
    (patient,) = resources(report, "Patient")
    latin, chinese = patient["name"]
    assert (latin["family"], latin["given"], latin["prefix"]) == ("Wang", ["XiaoDong"], ["Dr."])
    assert (chinese["family"], chinese["given"]) == ("王", ["小東"])
    assert [name["extension"][0]["valueCode"] for name in (latin, chinese)] == ["ABC", "IDE"]
    assert (patient["gender"], patient["birthDate"]) == ("female", "1950-02-03")
    assert patient["identifier"] == [{"value": "VCF-DEMO"}]


def test_that_the_software_is_told_with_the_weights_of_its_networks(film: Film) -> None:
    (device,) = resources(signed_report(film), "Device")
    versions = [
        (v["type"]["text"], v.get("component", {}).get("value"), v["value"]) for v in device["version"]
    ]
    assert versions == [("software", None, "9.9"), ("detector", "d" * 64, "1"), ("grader", "e" * 64, "1")]


def test_that_the_conclusion_is_the_impression_with_the_notices(film: Film) -> None:
    report = signed_report(film)
    (told,) = resources(report, "DiagnosticReport", "de")
    german = load_texts("de")
    assert told["conclusion"].split("\n") == [*german.impression(report), german.text("notice.research")]
    assert code_in(SNOMED, told["conclusionCode"][0]) == "42942008"
    (whole,) = resources(signed_report(film, a_review(film, {})), "DiagnosticReport")
    assert "conclusionCode" in whole  # L2, which the reader calls moderate
    (nothing,) = resources(signed_report(film, Review()), "DiagnosticReport")
    assert "conclusionCode" not in nothing


def test_that_every_resource_of_a_draft_is_marked_as_unverified(film: Film) -> None:
    draft = bundle(a_draft(film))
    for part in (draft, *(entry["resource"] for entry in draft["entry"])):
        assert [tag["code"] for tag in part["meta"]["tag"]] == ["UNVERIFIED-DRAFT", "RESEARCH-USE-ONLY"]
        assert part.get("status", "preliminary") in ("preliminary", "available")
    told = draft["entry"][0]["resource"]
    for text in (told["conclusion"], told["text"]["div"]):
        assert TEXTS.text("notice.draft") in text
        assert TEXTS.text("notice.research") in text
    assert not {"conclusionCode", "performer", "resultsInterpreter"} & told.keys()
    assert answer(vertebrae(a_draft(film))["L1"], "VERDICT") == "UNDECIDED"


def test_that_every_resource_of_a_signed_report_is_for_research_only(film: Film) -> None:
    signed = bundle(signed_report(film))
    for part in (signed, *(entry["resource"] for entry in signed["entry"])):
        (tag,) = part["meta"]["tag"]
        assert (tag["code"], tag["display"]) == ("RESEARCH-USE-ONLY", TEXTS.text("notice.research"))


def test_that_a_vertebra_nobody_judged_has_a_reason_in_place_of_a_grade(film: Film) -> None:
    draft = a_draft(film)
    unseen = replace(draft.vertebrae[0], grade=None, machine=None)
    told = vertebrae(replace(draft, vertebrae=(unseen, *draft.vertebrae[1:])))["T8"]
    assert told["dataAbsentReason"]["coding"][0]["code"] == "not-performed"


def test_that_the_printed_report_is_within(film: Film) -> None:
    content = bytes(range(256)) * 9
    (form,) = bundle(signed_report(film), "de", content)["entry"][0]["resource"]["presentedForm"]
    assert b64decode(form["data"]) == content
    assert (form["contentType"], form["language"]) == ("application/pdf", "de")
    assert "presentedForm" not in bundle(signed_report(film))["entry"][0]["resource"]


def test_that_markup_and_control_characters_in_the_reader_s_words_do_no_harm(film: Film) -> None:
    words = "a <script>&\x00\x1b\ufffe\ud800\n]]> 骨折"
    review = a_review(film)
    statement = Statement(indication=words, comment=words)
    review = replace(review, statement=statement).with_vertebra(replace(review.vertebrae[3], note=words))
    (told,) = resources(signed_report(film, review), "DiagnosticReport")
    narrative = ElementTree.fromstring(told["text"]["div"])  # noqa: S314  # our own
    assert {element.tag.rpartition("}")[2] for element in narrative.iter()} == {"div", "p", "b"}
    assert "a <script>&" in "".join(narrative.itertext())
    notes = [
        o["note"][0]["text"] for o in resources(signed_report(film, review), "Observation") if "note" in o
    ]
    assert notes == ["a <script>&\n]]> 骨折"]


def test_that_words_of_spaces_alone_are_left_out(film: Film) -> None:
    report = of_patient(signed_report(film), patient_id="  ", patient_name="^^", referring_physician=" ")
    assert set(resources(report, "Patient")[0]) == {"resourceType", "meta", "gender"}
    assert "referrer" not in resources(report, "ImagingStudy")[0]


def test_that_versions_share_the_report_s_identifier_and_nothing_else(film: Film) -> None:
    first, second = (bundle(signed_report(film, version=version)) for version in (1, 2))
    assert first["entry"][0]["resource"]["identifier"] == second["entry"][0]["resource"]["identifier"]
    assert not {e["fullUrl"] for e in first["entry"]} & {e["fullUrl"] for e in second["entry"]}
    assert bundle(signed_report(film)) == first


def test_that_the_site_issues_the_report(film: Film) -> None:
    texts = replace(TEXTS, site=Site("Klinik", ("Weg 1", "Ort")))
    read = json.loads(report_fhir(signed_report(film), texts, None))
    Bundle.model_validate(read)
    (site,) = [e for e in read["entry"] if e["resource"]["resourceType"] == "Organization"]
    assert (site["resource"]["name"], site["resource"]["address"]) == ("Klinik", [{"text": "Weg 1\nOrt"}])
    assert read["entry"][0]["resource"]["performer"][0] == {"reference": site["fullUrl"]}
