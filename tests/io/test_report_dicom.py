"""What holds for every DICOM object of a report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.uid import UID

from tests.io.dicom_objects import (
    FILMS,
    KINDS,
    PDF,
    a_cr,
    a_full_report,
    a_picture,
    errors_of,
    made,
)
from tests.reports import a_draft, a_film, signed_report
from vcf_desktop.errors import ReportError
from vcf_desktop.io import report_codes
from vcf_desktop.io.dicom_instances import ObjectKind, person_name
from vcf_desktop.io.dicom_source import read_source
from vcf_desktop.io.report_dicom import dicom_objects
from vcf_desktop.io.report_files import load_texts
from vcf_desktop.io.report_seg import NO_VERTEBRAE
from vcf_desktop.report_texts import LANGUAGES


@pytest.mark.parametrize("kind_of_film", FILMS)
def test_that_dciodvfy_finds_no_error_in_any_object(tmp_path: Path, kind_of_film: str) -> None:
    film = FILMS[kind_of_film](tmp_path)
    for report in (a_full_report(film), a_draft(film)):
        for kind, instance in made(report, film).items():
            assert errors_of(instance, tmp_path / f"made-{kind}.dcm") == [], kind


@pytest.mark.parametrize("kind_of_film", ["dx", "png"])
def test_that_objects_are_new_ones_in_the_study_of_their_film(tmp_path: Path, kind_of_film: str) -> None:
    film = FILMS[kind_of_film](tmp_path)
    objects = made(signed_report(film), film)
    again = made(signed_report(film), film)
    source = read_source(film)
    assert set(objects) == {*KINDS, *([ObjectKind.FILM] if film.study is None else [])}
    uids = [
        instance[keyword].value
        for kind in KINDS
        for instance in (objects[kind], again[kind])
        for keyword in ("SOPInstanceUID", "SeriesInstanceUID")
    ]
    assert len(set(uids)) == len(uids)
    for kind, instance in objects.items():
        assert instance.StudyInstanceUID == source.header.StudyInstanceUID
        assert all(
            UID(instance[keyword].value).is_valid for keyword in ("SOPInstanceUID", "SeriesInstanceUID")
        )
        assert instance.SpecificCharacterSet == "ISO_IR 192"
        assert instance.preamble == bytes(128), kind


def test_that_objects_refer_to_the_film_and_to_the_frame_of_it(tmp_path: Path) -> None:
    film = FILMS["fluoroscopy"](tmp_path)
    assert film.study is not None
    for kind, instance in made(signed_report(film), film).items():
        named = [
            item
            for item in _all_items(instance)
            if item.get("ReferencedSOPInstanceUID") == film.study.sop_uid
        ]
        assert named, kind
        assert all(item.ReferencedSOPClassUID == film.study.sop_class_uid for item in named)
        assert 2 in [item.get("ReferencedFrameNumber") for item in named], kind


def _all_items(ds: pydicom.Dataset) -> list[pydicom.Dataset]:
    found = [item for element in ds if element.VR == "SQ" for item in element.value]
    return found + [inner for item in found for inner in _all_items(item)]


def test_that_every_object_says_who_made_it_and_that_it_is_for_research() -> None:
    film = a_film()
    objects = made(signed_report(film), film)
    assert len({instance.SeriesNumber for instance in objects.values()}) == len(KINDS)
    for instance in objects.values():
        assert instance.Manufacturer == "VCF Desktop"
        assert instance.SoftwareVersions == "9.9"
        assert instance.ContentQualification == "RESEARCH"
        assert instance.InstanceCreationDate
        assert "VCF Desktop" in instance.SeriesDescription
        assert "DRAFT" not in instance.SeriesDescription


def test_that_every_object_of_a_draft_is_flagged_as_unverified() -> None:
    film = a_film()
    objects = made(a_draft(film), film)
    assert all("UNVERIFIED DRAFT" in instance.SeriesDescription for instance in objects.values())
    sr = objects[ObjectKind.SR]
    assert (sr.CompletionFlag, sr.VerificationFlag, sr.PreliminaryFlag) == (
        "PARTIAL",
        "UNVERIFIED",
        "PRELIMINARY",
    )
    assert "VerifyingObserverSequence" not in sr
    assert objects[ObjectKind.SEG].ContentLabel == "UNVERIFIED DRAFT"
    assert objects[ObjectKind.GSPS].ContentLabel == "UNVERIFIED DRAFT"
    assert objects[ObjectKind.EPDF].VerificationFlag == "UNVERIFIED"
    assert "DRAFT" in objects[ObjectKind.EPDF].DocumentTitle


def test_that_the_printed_report_comes_out_as_it_went_in() -> None:
    film = a_film()
    instance = made(signed_report(film), film, [ObjectKind.EPDF])[ObjectKind.EPDF]
    assert instance.EncapsulatedDocument[: instance.EncapsulatedDocumentLength] == PDF
    assert instance.MIMETypeOfEncapsulatedDocument == "application/pdf"
    assert instance.VerificationFlag == "VERIFIED"
    assert instance.BurnedInAnnotation == "YES"


def test_that_the_secondary_capture_is_the_picture() -> None:
    film = a_film()
    instance = made(signed_report(film), film, [ObjectKind.SC])[ObjectKind.SC]
    expected = np.repeat((film.pixels * 255).astype(np.uint8)[..., None], 3, axis=2)
    assert np.array_equal(instance.pixel_array, expected)
    assert list(instance.ImageType) == ["DERIVED", "SECONDARY"]
    assert instance.BurnedInAnnotation == "YES"
    assert list(instance.PatientOrientation) == ["P", "F"]


def test_that_a_report_without_vertebrae_has_all_but_a_segmentation() -> None:
    film = a_film()
    report = replace(a_draft(film), vertebrae=())
    objects = dicom_objects(
        report, film, read_source(film), load_texts("en"), [ObjectKind.SR, ObjectKind.SEG, ObjectKind.GSPS]
    )
    assert set(objects.files) == {ObjectKind.SR, ObjectKind.GSPS}
    assert objects.notices == (NO_VERTEBRAE,)


def test_that_a_report_about_another_film_is_refused(tmp_path: Path) -> None:
    film = a_cr(tmp_path / "cr.dcm")
    with pytest.raises(ReportError, match="another film"):
        dicom_objects(signed_report(), film, read_source(film), load_texts("en"), [ObjectKind.SR])


def test_that_no_object_is_made_without_what_it_shows() -> None:
    film = a_film()
    for kind in (ObjectKind.EPDF, ObjectKind.SC):
        with pytest.raises(ValueError, match="must be given"):
            dicom_objects(signed_report(film), film, read_source(film), load_texts("en"), [kind])


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_all_languages_come_through(tmp_path: Path, language: str) -> None:
    film = a_picture(tmp_path / "film.png")
    report, texts = a_full_report(film), load_texts(language)
    sr = made(report, film, [ObjectKind.SR], language)[ObjectKind.SR]
    said = [item.TextValue for item in _all_items(sr) if "TextValue" in item]
    assert set(texts.impression(report)) | set(texts.notices(report)) <= set(said)


def test_that_private_codes_are_short_and_mean_one_thing_each() -> None:
    codes = [value for value in vars(report_codes).values() if isinstance(value, pydicom.sr.coding.Code)]
    for table in vars(report_codes).values():
        if isinstance(table, dict):
            codes += [code for code in table.values() if isinstance(code, pydicom.sr.coding.Code)]
    assert all(len(code.value) <= 16 and len(code.meaning) <= 64 for code in codes)
    own = [code for code in codes if code.scheme_designator == report_codes.SCHEME]
    assert len({code.value for code in own}) == len({code.meaning for code in own}) == len(own) > 40


def test_that_later_versions_can_be_told_in_a_list_of_series() -> None:
    film = a_film()
    for kind, instance in made(a_full_report(film, 2), film).items():
        assert instance.SeriesDescription.endswith(", version 2"), kind


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Dr. Müller", "Dr. Müller^"),
        (" 王小明 ", "王小明^"),
        (r"a\b=c^d", "a b c d^"),
        ("x" * 100, "x" * 63 + "^"),
    ],
)
def test_that_a_name_as_typed_becomes_a_name_of_dicom(typed: str, written: str) -> None:
    assert person_name(typed) == written


def test_that_dates_of_objects_are_those_of_the_report() -> None:
    film = a_film()
    report = signed_report(film)
    local = report.made.astimezone()
    for kind in (ObjectKind.SR, ObjectKind.SEG, ObjectKind.EPDF):
        instance = made(report, film, [kind])[kind]
        assert instance.ContentDate == f"{local:%Y%m%d}"
        assert instance.ContentTime.startswith(f"{local:%H%M}")
