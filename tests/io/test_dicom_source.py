"""What objects refer to: the film's own patient and study, or a new study for a picture."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pydicom
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pydicom import Dataset, FileDataset
from pydicom.data import get_charset_files
from pydicom.uid import ExplicitVRLittleEndian, UltrasoundImageStorage

from tests.io.dicom_objects import FILMS, a_picture, demo, errors_of, made, write
from tests.reports import DEMO_FILM, signed_report
from vcf_desktop.errors import FilmReadError, ReportError
from vcf_desktop.film import StudyInfo
from vcf_desktop.io.dicom_instances import ObjectKind
from vcf_desktop.io.dicom_source import NEW_STUDY_NOTICE, read_source
from vcf_desktop.io.films import read_film
from vcf_desktop.io.report_dicom import dicom_objects
from vcf_desktop.io.report_files import load_texts

KINDS = [ObjectKind.SR, ObjectKind.SEG, ObjectKind.GSPS, ObjectKind.EPDF]


def test_that_patient_and_study_are_copied_exactly(tmp_path: Path) -> None:
    code = Dataset()
    code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = "168537006", "SCT", "Plain radiography"
    other = Dataset()
    other.PatientID, other.TypeOfPatientID = "X-9", "TEXT"
    said = {
        "PatientName": "Doe^Jane^^Dr.",
        "PatientID": "42",
        "IssuerOfPatientID": "HOSP",
        "PatientBirthDate": "19480229",
        "PatientSex": "F",
        "PatientAge": "078Y",
        "PatientComments": "two\r\nlines",
        "OtherPatientIDsSequence": [other],
        "AccessionNumber": "A1",
        "StudyID": "S1",
        "StudyTime": "101112.5",
        "StudyDescription": "LWS seitlich",
        "ReferringPhysicianName": "Ruiz^Ana",
        "ProcedureCodeSequence": [code],
    }
    film = write(demo(), tmp_path / "film.dcm", **said)
    original = pydicom.dcmread(film.path)
    for kind, instance in made(signed_report(film), film, KINDS).items():
        for keyword in (*said, "StudyInstanceUID", "StudyDate", "PatientIdentityRemoved"):
            assert instance[keyword].value == original[keyword].value, (kind, keyword)


@pytest.mark.parametrize("path", get_charset_files("*.dcm"), ids=lambda path: Path(path).stem)
@pytest.mark.filterwarnings("ignore")
def test_that_names_in_any_character_set_come_out_as_the_same_text_in_utf_8(
    tmp_path: Path, path: str
) -> None:
    named = pydicom.dcmread(path)
    ds = demo()
    del ds.PatientName
    for element in ds:
        if element.keyword not in named or element.keyword not in ("PatientName", "PatientID"):
            named[element.tag] = element
    named.file_meta = ds.file_meta
    named.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    named.save_as(tmp_path / "film.dcm", enforce_file_format=True)
    film = read_film(tmp_path / "film.dcm")
    expected = str(pydicom.dcmread(tmp_path / "film.dcm").get("PatientName", ""))
    for kind, instance in made(signed_report(film), film, [ObjectKind.GSPS, ObjectKind.EPDF]).items():
        assert instance.SpecificCharacterSet == "ISO_IR 192"
        assert str(instance.PatientName) == expected == (film.study and film.study.patient_name), kind
        assert errors_of(instance, tmp_path / f"made-{kind}.dcm") == []


def test_that_text_in_sequences_changes_its_character_set_too(tmp_path: Path) -> None:
    code = Dataset()
    code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = "1", "99X", "Röntgen"
    film = write(
        demo(), tmp_path / "film.dcm", SpecificCharacterSet="ISO_IR 100", ProcedureCodeSequence=[code]
    )
    sr = made(signed_report(film), film, [ObjectKind.SR])[ObjectKind.SR]
    assert sr.ProcedureCodeSequence[0].CodeMeaning == "Röntgen"
    assert "SpecificCharacterSet" not in sr.ProcedureCodeSequence[0]


@pytest.mark.parametrize(
    "keyword", ["SOPClassUID", "SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID"]
)
def test_that_a_film_without_what_a_reference_needs_is_refused(tmp_path: Path, keyword: str) -> None:
    film = write(demo(), tmp_path / "film.dcm", **{keyword: None})
    with pytest.raises(ReportError, match=r"cannot refer to this film: its .* UID is missing"):
        read_source(film)


def test_that_a_kind_of_image_that_is_no_film_is_refused(tmp_path: Path) -> None:
    film = write(demo(), tmp_path / "film.dcm", SOPClassUID=UltrasoundImageStorage)
    with pytest.raises(ReportError, match="Ultrasound"):
        read_source(film)


def test_that_what_is_missing_of_the_patient_is_empty(tmp_path: Path) -> None:
    missing = ("PatientName", "PatientID", "PatientBirthDate", "PatientSex", "StudyDate", "StudyTime")
    missing += ("StudyID", "AccessionNumber", "ReferringPhysicianName", "FrameOfReferenceUID", "Modality")
    film = write(demo(), tmp_path / "film.dcm", **dict.fromkeys(missing))
    for kind, instance in made(signed_report(film), film, KINDS).items():
        assert [instance[keyword].value or "" for keyword in missing[:9]] == [""] * 9, kind
        assert errors_of(instance, tmp_path / f"made-{kind}.dcm") == []


@pytest.mark.filterwarnings("ignore")
def test_that_odd_values_of_the_patient_are_copied_as_they_are(tmp_path: Path) -> None:
    odd = {"PatientSex": "X", "PatientBirthDate": "1948.02.29", "PatientName": "No Carets At All"}
    film = write(demo(), tmp_path / "film.dcm", **odd)
    sr = made(signed_report(film), film, [ObjectKind.SR])[ObjectKind.SR]
    assert {keyword: str(sr[keyword].value) for keyword in odd} == odd


def test_that_a_film_that_changed_since_it_was_read_is_refused(tmp_path: Path) -> None:
    film = write(demo(), tmp_path / "film.dcm")
    write(demo(), film.path, PatientID="another")
    with pytest.raises(ReportError, match="has changed"):
        read_source(film)
    film.path.unlink()
    with pytest.raises(FilmReadError, match="does not exist"):
        read_source(film)


def test_that_a_picture_gets_the_same_new_study_every_time(tmp_path: Path) -> None:
    film = a_picture(tmp_path / "film.png")
    one, again = read_source(film), read_source(film)
    assert one.notices == (NEW_STUDY_NOTICE,)
    for keyword in ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"):
        assert one.header[keyword].value == again.header[keyword].value
    other = tmp_path / "other.png"
    cv2.imwrite(str(other), np.arange(512 * 512, dtype=np.uint16).reshape(512, 512))
    assert read_source(read_film(other)).header.StudyInstanceUID != one.header.StudyInstanceUID
    known = read_source(film, StudyInfo(patient_id="42"))
    assert known.header.StudyInstanceUID != one.header.StudyInstanceUID


def test_that_the_patient_of_a_picture_is_whom_the_reader_names(tmp_path: Path) -> None:
    film = a_picture(tmp_path / "film.png")
    patient = StudyInfo(patient_name="王^小明", patient_id="42", patient_sex="M")
    source = read_source(film, patient)
    objects = dicom_objects(signed_report(film), film, source, load_texts("zh_CN"), [ObjectKind.SR])
    for content in objects.files.values():
        instance = pydicom.dcmread(BytesIO(content))
        assert (str(instance.PatientName), instance.PatientID, instance.PatientSex) == ("王^小明", "42", "M")
    nobody = made(signed_report(film), film, [ObjectKind.SR])
    assert all(str(instance.PatientName) == instance.PatientID == "" for instance in nobody.values())


@pytest.mark.parametrize("ending", ["png", "jpeg"])
def test_that_the_image_of_a_picture_is_the_picture(tmp_path: Path, ending: str) -> None:
    film = FILMS[ending](tmp_path)
    image = made(signed_report(film), film, [])[ObjectKind.FILM]
    assert np.array_equal(image.pixel_array, film.display.values)
    assert image.ConversionType == "WSD"
    assert "BurnedInAnnotation" not in image, "nobody has looked whether the picture has text in it"
    assert image.LossyImageCompression == ("01" if ending == "jpeg" else "00")
    image.save_as(tmp_path / "image.dcm")
    again = read_film(tmp_path / "image.dcm")
    np.testing.assert_allclose(again.pixels, film.pixels, atol=1e-5)


def test_that_the_image_of_a_picture_of_fractions_has_its_values(tmp_path: Path) -> None:
    values = np.linspace(-3.5, 9.25, 300 * 400, dtype=np.float32).reshape(300, 400)
    Image.fromarray(values).save(tmp_path / "film.tif")
    film = read_film(tmp_path / "film.tif")
    source = read_source(film)
    assert isinstance(source.image, FileDataset)
    slope, intercept = float(source.image.RescaleSlope), float(source.image.RescaleIntercept)
    stored = np.frombuffer(source.image.PixelData, "<u2").reshape(300, 400)
    np.testing.assert_allclose(stored * slope + intercept, values, atol=slope)


DEMO_BYTES = DEMO_FILM.read_bytes()


@settings(max_examples=30)
@given(st.integers(0, 2**32 - 1))
def test_that_damaged_headers_give_objects_or_a_clear_error(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    chance = np.random.default_rng(seed)
    data = bytearray(DEMO_BYTES)
    for place in chance.integers(132, 1700, chance.integers(1, 7)):
        data[place] = chance.integers(256)
    path = tmp_path_factory.mktemp("damaged") / "film.dcm"
    path.write_bytes(data)
    try:
        film = read_film(path)
        report = signed_report(film)
        objects = dicom_objects(
            report, film, read_source(film), load_texts("en"), [ObjectKind.SR, ObjectKind.GSPS]
        )
    except (FilmReadError, ReportError):
        return
    for content in objects.files.values():
        assert pydicom.dcmread(BytesIO(content)).SpecificCharacterSet == "ISO_IR 192"
