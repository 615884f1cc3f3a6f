"""The structured report: everything in it, read back by its codes alone."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import highdicom
import numpy as np
import pydicom
import pytest
from numpy.testing import assert_allclose
from pydicom import Dataset

from tests.io.dicom_objects import FILMS, a_full_report, a_full_review, made
from tests.reports import NOW, SIGNATURE, a_draft, a_film, signed_report
from vcf_desktop.film import Film
from vcf_desktop.geometry import SIX_POINTS
from vcf_desktop.io.dicom_instances import ObjectKind, file_bytes
from vcf_desktop.io.dicom_source import read_source
from vcf_desktop.io.report_files import load_texts
from vcf_desktop.io.report_sr import structured_report
from vcf_desktop.report import Report, ReportedVertebra, Trend
from vcf_desktop.report_building import build_report
from vcf_desktop.report_texts import Site
from vcf_desktop.review import ReaderGrade
from vcf_desktop.spine import VertebraLevel

FLOAT32_PX = 1e-4
"""Graphic data are single floats: 1e-4 px at 1000 px."""


def sr_of(report: Report, film: Film) -> Dataset:
    return made(report, film, [ObjectKind.SR])[ObjectKind.SR]


@cache
def the_full_report() -> tuple[Report, Dataset]:
    """A report that has of everything, and its SR."""
    film = a_film()
    report = a_full_report(film)
    return report, sr_of(report, film)


def children(item: Dataset, name: str) -> list[Dataset]:
    """Content items right below one, by the code value or the meaning of their name."""
    found = []
    for child in item.get("ContentSequence", []):
        concept = child.ConceptNameCodeSequence[0]
        if name in (concept.CodeValue, concept.CodeMeaning):
            found.append(child)
    return found


def answer(item: Dataset, name: str) -> str | None:
    """The code value that answers a question, None where it is not asked."""
    answers = [child.ConceptCodeSequence[0].CodeValue for child in children(item, name)]
    assert len(answers) <= 1
    return answers[0] if answers else None


def groups(sr: Dataset) -> list[Dataset]:
    (measurements,) = children(sr, "Imaging Measurements")
    return children(measurements, "Measurement Group")


def texts_of(sr: Dataset, name: str) -> list[str]:
    (container,) = children(sr, "Qualitative Evaluations")
    return [child.TextValue for child in children(container, name)]


def coordinates(item: Dataset) -> np.ndarray:
    return np.asarray(item.GraphicData, dtype=np.float64).reshape(-1, 2)


def paired(report: Report, sr: Dataset) -> Iterator[tuple[ReportedVertebra, Dataset]]:
    vertebrae = (*report.vertebrae, *report.rejected)
    found = groups(sr)
    assert len(found) == len(vertebrae) + 1
    yield from zip(vertebrae, found, strict=False)


@pytest.mark.parametrize("kind_of_film", FILMS)
def test_that_a_round_trip_restores_every_grade_point_and_decision(tmp_path: Path, kind_of_film: str) -> None:
    film = FILMS[kind_of_film](tmp_path)
    report = a_full_report(film)
    grades = {f"GENANT-{grade}": grade for grade in ReaderGrade} | {"GENANT-NE": ReaderGrade.NOT_EVALUABLE}
    for vertebra, group in paired(report, sr_of(report, film)):
        said = answer(group, "GENANT")
        assert (said and grades[said]) == vertebra.grade
        assert answer(group, "DEFORMITY") == (
            None if vertebra.deformity == "none" else vertebra.deformity.upper()
        )
        assert answer(group, "CAUSE") == (vertebra.cause and vertebra.cause.upper())
        decision = "ADDED" if vertebra.added else (vertebra.verdict or "").upper()
        assert answer(group, "VERDICT") == decision
        (region,) = children(group, "Image Region")
        assert region.GraphicType == "POLYLINE"
        outline = coordinates(region)
        assert np.array_equal(outline[0], outline[-1])
        assert_allclose(outline[:-1], vertebra.contour_xy, atol=FLOAT32_PX)
        places = [
            coordinates(children(group, name.replace("_", " ").capitalize() + " point")[0])
            for name in SIX_POINTS
        ]
        assert_allclose(np.concatenate(places), vertebra.points_xy, atol=FLOAT32_PX)
        machine = answer(group, "GENANT-MACHINE")
        if vertebra.machine is None:
            assert machine is None
        else:
            assert machine == f"GENANT-{int(vertebra.machine.grade)}"
            (certainty,) = children(children(group, "GENANT-MACHINE")[0], "Certainty of Finding")
            value = float(certainty.MeasuredValueSequence[0].NumericValue)
            assert value == pytest.approx(100 * vertebra.machine.grade_probabilities.max(), abs=0.05)


def test_that_decisions_keep_their_time_and_their_reader() -> None:
    report, sr = the_full_report()
    for vertebra, group in paired(report, sr):
        (verdict,) = children(group, "VERDICT")
        assert pydicom.valuerep.DT(verdict.ObservationDateTime) == vertebra.decided == NOW
        other = [str(item.PersonName) for item in children(group, "Person Observer Name")]
        assert other == (["Dr. Wei^"] if vertebra.level is VertebraLevel.T12 else [])


def test_that_a_vertebra_is_coded_as_what_and_where_it_is() -> None:
    report, sr = the_full_report()
    sites = {}
    for vertebra, group in paired(report, sr):
        sites[vertebra.level.label] = answer(group, "Finding Site")
        expected = "42942008" if vertebra.is_fracture else "51282000"
        assert answer(group, "Finding") == ("NO-VERTEBRA" if vertebra.is_rejected else expected)
        names = [item.TextValue for item in children(group, "LEVEL")]
        assert names == ([vertebra.level.label] if vertebra.level.label in ("T13", "L6") else [])
    # PS3.16 CID 7603; T13 and L6 have no code and bear their upper neighbour's.
    assert sites["T5"] == "56401006"
    assert sites["T12"] == sites["T13"] == "23215003"
    assert sites["L1"] == "66794005"
    assert sites["L6"] == "49668003"
    assert sites["T8"] is None, "nobody may count a rejected vertebra"


def test_that_severity_stands_beside_the_grade_in_standard_words() -> None:
    report, sr = the_full_report()
    words = {vertebra.grade: answer(group, "Severity") for vertebra, group in paired(report, sr)}
    assert words == {
        ReaderGrade.NON: "17621005",
        ReaderGrade.EQUIVOCAL: "371934000",
        ReaderGrade.MILD: "255604002",
        ReaderGrade.MODERATE: "6736007",
        ReaderGrade.SEVERE: "24484000",
        ReaderGrade.NOT_EVALUABLE: None,
        None: None,
    }


def test_that_heights_ratios_and_loss_are_measured_in_their_units() -> None:
    film = a_film()
    report = signed_report(film)
    for vertebra, group in paired(report, sr_of(report, film)):
        if vertebra.is_rejected:
            assert children(group, "Height") == []
            continue
        assert vertebra.heights_mm is not None
        assert vertebra.ratios is not None
        assert vertebra.loss is not None
        heights = {}
        for item in children(group, "Height"):
            (site,) = children(item, "Finding Site")
            (place,) = children(site, "Topographical modifier")
            heights[place.ConceptCodeSequence[0].CodeMeaning.lower()] = number(item, "mm")
            assert answer(item, "Measurement Method") == "MM-ESTIMATE"
        assert heights == pytest.approx(vars(vertebra.heights_mm), abs=0.005)
        ratios = [
            number(children(group, f"RATIO-{n}")[0], "{ratio}") for n in ("WEDGE", "BICONCAVE", "CRUSH")
        ]
        expected = [vertebra.ratios.wedge, vertebra.ratios.biconcave, vertebra.ratios.crush]
        assert ratios == pytest.approx(expected, abs=5e-4)
        assert number(children(group, "LOSS")[0], "%") == pytest.approx(100 * vertebra.loss, abs=0.05)


def number(item: Dataset, unit: str) -> float:
    (value,) = item.MeasuredValueSequence
    assert value.MeasurementUnitsCodeSequence[0].CodeValue == unit
    return float(value.NumericValue)


def test_that_a_film_without_spacing_has_no_mm_and_no_pixels(tmp_path: Path) -> None:
    film = FILMS["png"](tmp_path)
    for _, group in paired(report := signed_report(film), sr_of(report, film)):
        assert children(group, "Height") == []


def test_that_the_whole_film_has_a_group_of_its_own() -> None:
    report, sr = the_full_report()
    whole = groups(sr)[-1]
    assert number(children(whole, "SDI")[0], "1") == report.deformity_index.total > 0
    assert number(children(whole, "SDI-LEVELS")[0], "1") == report.deformity_index.evaluable > 0
    assert answer(whole, "Image Quality") == "RID13"
    parameters = [item.TextValue for item in children(whole, "Algorithm Parameters")]
    assert len(parameters) == len(report.models)
    assert all(m.sha256 in text for m, text in zip(report.models, parameters, strict=True))


def test_that_the_words_of_the_report_are_in_it() -> None:
    (report, sr), texts = the_full_report(), load_texts("en")
    assert texts_of(sr, "NOTICE") == list(texts.notices(report))
    assert any("Research use only" in notice for notice in texts_of(sr, "NOTICE"))
    assert texts_of(sr, "Impression") == list(texts.impression(report))
    assert texts_of(sr, "Recommendation") == ["DXA", "MRI of L1"]
    assert texts_of(sr, "Comment") == ["Aortic calcification"]
    assert texts_of(sr, "Indications for Procedure") == ["Fall"]
    assert texts_of(sr, "Image Quality") == ["T4 to T6 behind the shoulders"]
    assert texts_of(sr, "REMARK") == list(report.remarks)
    (comparison,) = texts_of(sr, "COMPARISON")
    assert comparison.startswith("2026-03-05, A17, Dr. Ruiz\n")
    assert f"L1: 1 \N{RIGHTWARDS ARROW} 3, {texts.word(Trend.WORSE)}" in comparison.splitlines()
    notes = [item.TextValue for group in groups(sr) for item in children(group, "Comment")]
    assert notes == ["Zement, 骨水泥"]


def test_that_changes_since_the_earlier_film_stand_with_their_vertebrae() -> None:
    report, sr = the_full_report()
    trends = {change.level: change.trend for change in report.changes}
    for vertebra, group in paired(report, sr):
        said = answer(group, "CHANGE")
        expected = trends[vertebra.level].name.replace("_", "-") if vertebra.level in trends else None
        assert said == (None if vertebra.is_rejected else expected)


def test_that_a_doubtful_name_is_marked() -> None:
    film = a_film()
    report = signed_report(film)
    doubtful = replace(report.vertebrae[0], level_is_doubtful=True)
    report = replace(report, vertebrae=(doubtful, *report.vertebrae[1:]))
    marks = [answer(group, "LEVEL-CERTAINTY") for group in groups(sr_of(report, film))]
    assert marks == ["DOUBTFUL", *[None] * (len(marks) - 1)]


def test_that_a_signed_report_is_verified_by_its_reader_and_seen_by_a_device() -> None:
    film = a_film()
    sr = sr_of(signed_report(film), film)
    assert (sr.CompletionFlag, sr.VerificationFlag, sr.PreliminaryFlag) == ("COMPLETE", "VERIFIED", "FINAL")
    (verifier,) = sr.VerifyingObserverSequence
    assert str(verifier.VerifyingObserverName) == "Dr. Müller^"
    assert pydicom.valuerep.DT(verifier.VerificationDateTime) == SIGNATURE.at
    kinds = [item.ConceptCodeSequence[0].CodeMeaning for item in children(sr, "Observer Type")]
    assert kinds == ["Person", "Device"]
    assert [str(item.PersonName) for item in children(sr, "Person Observer Name")] == ["Dr. Müller^"]
    assert children(sr, "Device Observer Serial Number")[0].TextValue == "9.9"


@pytest.mark.parametrize(
    ("site", "institution", "organization"),
    [("Praxis", "Clinic", "Praxis"), ("", "Clinic", "Clinic"), ("", "", "Not stated")],
)
def test_that_the_reader_answers_to_the_site(site: str, institution: str, organization: str) -> None:
    film = a_film()
    assert film.study is not None
    report = replace(signed_report(film), study=replace(film.study, institution=institution))
    texts = replace(load_texts("en"), site=Site(site))
    (verifier,) = structured_report(report, read_source(film), texts).VerifyingObserverSequence
    assert verifier.VerifyingOrganization == organization


def test_that_a_draft_has_no_person_and_no_decision() -> None:
    film = a_film()
    report = a_draft(film)
    sr = sr_of(report, film)
    assert [i.ConceptCodeSequence[0].CodeMeaning for i in children(sr, "Observer Type")] == ["Device"]
    for _, group in paired(report, sr):
        assert answer(group, "VERDICT") == "UNDECIDED"
    assert texts_of(sr, "NOTICE") == list(load_texts("en").notices(report))


def test_that_an_amended_report_names_the_one_before() -> None:
    film = a_film()
    source, texts = read_source(film), load_texts("en")
    first = structured_report(a_full_report(film), source, texts)
    second = made(a_full_report(film, 2), film, [ObjectKind.SR], earlier=first)[ObjectKind.SR]
    (study,) = second.PredecessorDocumentsSequence
    (series,) = study.ReferencedSeriesSequence
    (instance,) = series.ReferencedSOPSequence
    assert study.StudyInstanceUID == first.StudyInstanceUID
    assert instance.ReferencedSOPInstanceUID == first.SOPInstanceUID


def test_that_tracking_identifiers_are_those_of_the_segmentation_and_stay_in_later_versions() -> None:
    film = a_film()
    report = a_full_report(film)
    objects = made(report, film, [ObjectKind.SR, ObjectKind.SEG, ObjectKind.GSPS])
    later = sr_of(a_full_report(film, 2), film)
    seen = {
        children(group, "Tracking Unique Identifier")[0].UID: children(group, "Tracking Identifier")[
            0
        ].TextValue
        for group in groups(objects[ObjectKind.SR])[: len(report.vertebrae)]
    }
    assert [g.ContentSequence[1].UID for g in groups(later)[: len(seen)]] == list(seen)
    segments = objects[ObjectKind.SEG].SegmentSequence
    assert {segment.TrackingUID: segment.TrackingID for segment in segments} == seen
    drawn = [
        graphic.TrackingUID
        for layer in objects[ObjectKind.GSPS].GraphicAnnotationSequence
        for graphic in layer.get("GraphicObjectSequence", [])
        if "TrackingUID" in graphic
    ]
    assert drawn == list(seen)


def test_that_highdicom_reads_the_template() -> None:
    film = a_film()
    report = a_full_report(film)
    source = read_source(film)
    data = file_bytes(structured_report(report, source, load_texts("en")), source)
    sr = highdicom.sr.srread(BytesIO(data))
    found = sr.content.get_planar_roi_measurement_groups()
    assert len(found) == len(report.vertebrae) + len(report.rejected)
    assert [group.tracking_identifier for group in found[: len(report.vertebrae)]] == [
        vertebra.level.label for vertebra in report.vertebrae
    ]
    assert len(sr.content.get_image_measurement_groups()) == 1


def test_that_dcmtk_reads_it_as_a_page(tmp_path: Path) -> None:
    if shutil.which("dsr2html") is None:
        pytest.skip("dsr2html of dcmtk is not installed")
    _, sr = the_full_report()
    sr.save_as(tmp_path / "sr.dcm")
    command = ["dsr2html", "+U8", tmp_path / "sr.dcm", tmp_path / "sr.html"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert not [line for line in done.stderr.splitlines() if line.startswith(("E:", "F:"))]
    page = (tmp_path / "sr.html").read_text(encoding="utf-8")
    for words in ("Imaging Measurement Report", "Genant grade 3, severe", "骨水泥", "Dr. Müller", "VERIFIED"):
        assert words in page


def test_that_points_outside_the_film_are_moved_onto_it() -> None:
    film = a_film()
    review = a_full_review(film)
    first = review.vertebrae[1]
    shifted = replace(first, contour_xy=first.contour_xy - 1000.0, points_xy=first.points_xy + 5000.0)
    review = review.with_vertebra(shifted)
    sr = sr_of(build_report(film, review, SIGNATURE, "9.9", NOW), film)
    size = np.array([film.width_px, film.height_px])
    for group in groups(sr):
        for item in group.ContentSequence:
            if item.ValueType == "SCOORD":
                assert (coordinates(item) >= 0).all()
                assert (coordinates(item) <= size).all()
