"""Copies that name no patient: what must be gone, what must agree, and what must be as it was."""

from __future__ import annotations

import io
import itertools
import json
import shutil
import subprocess
import sys
import warnings
from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import highdicom as hd
import numpy as np
import pydicom
import pytest
from dicomanonymizer.dicom_anonymization_databases import dicomfields_2026c as table
from hypothesis import given, reject
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pydicom import DataElement, Dataset, dcmread
from pydicom.datadict import DicomDictionary, dictionary_has_tag, dictionary_VR
from pydicom.sr.codedict import codes
from pydicom.tag import Tag
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    EncapsulatedPDFStorage,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEGLSLossless,
    RLELossless,
    SecondaryCaptureImageStorage,
)

from vcf_desktop.errors import FilmReadError, OutputError, PseudonymError
from vcf_desktop.io.deidentify import Copy, Options, deidentified
from vcf_desktop.io.deidentify_command import configure
from vcf_desktop.io.films import read_film
from vcf_desktop.io.pseudonyms import Pseudonyms, open_pseudonyms
from vcf_desktop.simulation.dicom import write_dicom

TEXT, DAY, TIME, NUMBER, WORD = "MARKERTEXT", "19870605", "040302", "987654321", 0x4B52414D
MARKERS: dict[str, Any] = {
    **dict.fromkeys(("AE", "CS", "LO", "LT", "PN", "SH", "ST", "UC", "UR", "UT"), TEXT),
    **{
        "AS": "077Y",
        "DA": DAY,
        "DT": DAY + TIME,
        "TM": TIME,
        "DS": NUMBER,
        "IS": NUMBER,
        "UI": f"1.2.3.{NUMBER}",
    },
    **dict.fromkeys(("FD", "FL"), 987654321.0),
    **dict.fromkeys(("AT", "SL", "SV", "UL", "UV"), WORD),
    **dict.fromkeys(("SS", "US"), 0x4B52),
    **dict.fromkeys(("OB", "OD", "OF", "OL", "OV", "OW", "UN"), b"MARKERBY" * 2),
}
TEXT_TRACES = [text.encode() for text in (TEXT, "077Y", DAY, TIME, NUMBER, "MARKERBY")]
TRACES = [
    *TEXT_TRACES,
    *(np.array(987654321.0, kind).tobytes() for kind in ("<f4", "<f8")),
    np.array(WORD, "<u4").tobytes(),
]
"""The bytes by which a marker would be found in a file, whatever element it hides in."""

LISTED = sorted({tag for tag in table.ALL_TAGS if len(tag) == 2 and tag[0] > 2})


def marked(tag: tuple[int, int]) -> DataElement:
    """An element that says a marker; one that pydicom does not know yet is a text."""
    vr = dictionary_VR(tag).split(" or ")[0] if dictionary_has_tag(tag) else "LO"
    with pydicom.config.disable_value_validation():
        return DataElement(tag, vr, [saying(PatientComments=TEXT)] if vr == "SQ" else MARKERS[vr])


def saying(**elements: Any) -> Dataset:
    ds = Dataset()
    for keyword, value in elements.items():
        setattr(ds, keyword, value)
    return ds


def a_film(patient: str = "12345678", **elements: Any) -> Dataset:
    """A film of the detector's, 40 x 30 pixels, for presentation."""
    file = io.BytesIO()
    grey = np.linspace(0, 1, 1200, dtype=np.float32).reshape(40, 30)
    write_dicom(file, grey, 0.2, True, patient, date(2020, 2, 28))
    file.seek(0)
    ds = dcmread(file)
    ds.decompress()
    ds.remove_private_tags()
    for keyword, value in elements.items():
        setattr(ds, keyword, value)
    return ds


def written(folder: Path, ds: Dataset, name: str = "Doe_John.dcm") -> Path:
    path = folder / name
    ds.save_as(path, enforce_file_format=True)
    return path


def copy_of(path: Path, pseudonyms: Pseudonyms | None = None, **options: bool) -> Copy:
    (copy,) = deidentified(path, pseudonyms or open_pseudonyms(None), Options(**options))
    return copy


def read(copy: Copy) -> Dataset:
    return dcmread(io.BytesIO(copy.content))


# Nothing is left


@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, ImplicitVRLittleEndian])
@pytest.mark.parametrize("options", [{}, {"shift_dates": True}])
def test_that_no_trace_of_any_element_of_the_table_is_left(
    tmp_path: Path, syntax: str, options: dict[str, bool]
) -> None:
    film, nested, deeper = a_film(), Dataset(), Dataset()
    for tag in LISTED:
        if tag != (0x0008, 0x0005):
            for ds in (film, nested, deeper):
                ds[tag] = marked(tag)
    nested.AnatomicRegionSequence = [deeper]
    film.AnatomicRegionSequence = [nested]
    film.file_meta.TransferSyntaxUID = syntax
    film.preamble = TEXT.encode().ljust(128, b"\0")
    film.file_meta.SourceApplicationEntityTitle = TEXT
    path = written(tmp_path, film)
    assert all(trace in path.read_bytes() for trace in TEXT_TRACES)
    copy = copy_of(path, **options)
    traces = [trace for trace in TRACES if not options or trace != TIME.encode()]  # times of day stay
    assert [trace for trace in traces if trace in copy.content] == []
    assert TEXT not in str(copy.place)
    assert np.array_equal(read(copy).pixel_array, film.pixel_array)


def test_that_private_and_unknown_elements_and_curves_and_overlays_go(tmp_path: Path) -> None:
    film = a_film()
    for ds in (film, film.AnatomicRegionSequence[0]):
        block = ds.private_block(0x0019, TEXT, create=True)
        block.add_new(1, "SQ", [saying(PatientName=TEXT)])
        for tag in (0x00080FFF, 0x50000010, 0x50FE3000, 0x60001500, 0x60004000, 0x601E0022):
            ds[tag] = DataElement(tag, "LO", TEXT)
        ds[0x60003000] = DataElement(0x60003000, "OW", b"MARKERBY")
    copy = copy_of(written(tmp_path, film))
    assert [trace for trace in TRACES if trace in copy.content] == []


@pytest.mark.parametrize("vr", ["AE", "DA", "DT", "LT", "PN", "ST", "TM", "UC", "UR", "UT"])
def test_that_no_person_place_time_or_free_text_stays_though_the_table_does_not_name_it(
    tmp_path: Path, vr: str
) -> None:
    elements = [Tag(tag) for tag, entry in DicomDictionary.items() if entry[0] == vr and tag >> 16 >= 8]
    film = a_film()
    for tag in elements:
        film[tag] = marked((tag.group, tag.element))
    copy = copy_of(written(tmp_path, film))
    assert [trace for trace in TRACES if trace in copy.content] == []


def test_that_an_element_is_judged_by_what_the_file_and_what_the_standard_say_it_is(tmp_path: Path) -> None:
    film = a_film()
    # Explicit VRs that lie: a code as a person's name, a sequence as bytes, a text as a sequence.
    film[0x00181508] = DataElement(0x00181508, "PN", TEXT)
    film[0x00082218] = DataElement(0x00082218, "OB", b"MARKERBY")
    film[0x00181020] = DataElement(0x00181020, "SQ", [saying(PatientName=TEXT)])
    copy = copy_of(written(tmp_path, film))
    assert [trace for trace in TRACES if trace in copy.content] == []


SET_BY_HAND = {0x00080005, 0x00082218}
"""The character set, without which no text can be written, and the sequence that holds the others."""
KNOWN = [
    tag
    for tag, entry in sorted(DicomDictionary.items())
    if 8 <= tag >> 16 < 0x7FE0 and entry[0] != "NONE" and tag not in SET_BY_HAND
]
VRS = sorted({*MARKERS, "SQ"} - {"UN"})  # pydicom writes no known element as UN
ELEMENTS = st.tuples(
    st.integers(0, len(KNOWN) - 1) | st.integers(0x00080001, 0x7FDFFFFF),
    st.none() | st.sampled_from(VRS),
    st.integers(0, 4),
)
"""A known element by its place, or any other tag; the VR it claims, None for its own; its depth."""


def nested(elements: list[tuple[int, str | None, int]]) -> Dataset:
    """Each element as deep in sequences as it asks to be, sequences of elements that stay."""
    levels = [Dataset() for _ in range(5)]
    for number, claimed, depth in elements:
        tag = KNOWN[number] if number < len(KNOWN) else number
        element = marked((tag >> 16, tag & 0xFFFF))
        if claimed and claimed != element.VR:
            element = DataElement(
                tag, claimed, [saying(PatientComments=TEXT)] if claimed == "SQ" else MARKERS[claimed]
            )
        if tag & 0xFFFF:
            levels[depth][tag] = element
    for outer, inner in itertools.pairwise(levels):
        outer.AnatomicRegionSequence = [inner]
    return levels[0]


@given(extra=st.lists(ELEMENTS, max_size=20).map(nested))
def test_that_whatever_a_data_set_holds_is_copied_without_names_or_refused(
    tmp_path_factory: pytest.TempPathFactory, extra: Dataset
) -> None:
    film = a_film()
    kept = {element.tag for element in film}
    with warnings.catch_warnings(), pydicom.config.disable_value_validation():
        warnings.simplefilter("ignore")
        for element in extra:
            if element.tag not in kept or element.keyword == "AnatomicRegionSequence":
                film[element.tag] = element
        path = written(tmp_path_factory.mktemp("film"), film)
        try:
            copy = copy_of(path)
        except FilmReadError:
            reject()
        for ds in every_data_set(read(copy)):
            for element in ds:
                assert not element.tag.is_private
                listed = (element.tag.group, element.tag.element)
                telling = element.VR in ("PN", "DA", "DT", "TM", "LT", "ST", "UT", "UC", "UR", "AE", "UI")
                if listed in LISTED or telling:
                    assert not says_a_marker(element), element


def every_data_set(ds: Dataset) -> Iterable[Dataset]:
    yield ds
    for element in ds:
        for item in element.value or () if element.VR == "SQ" else ():
            yield from every_data_set(item)


def says_a_marker(element: DataElement) -> bool:
    return element.VR != "SQ" and element.value in (*MARKERS.values(), float(NUMBER), int(NUMBER))


# What refers to a film refers to its copy


def a_report(film: Dataset, **instance: Any) -> Dataset:
    reader = hd.sr.ObserverContext(
        observer_type=codes.DCM.Person,
        observer_identifying_attributes=hd.sr.PersonObserverIdentifyingAttributes(name=TEXT),
    )
    region = hd.sr.ImageRegion(
        graphic_type=hd.sr.GraphicTypeValues.POLYLINE,
        graphic_data=np.array([[1.0, 1], [5, 1], [5, 5], [1, 1]]),
        source_image=hd.sr.SourceImageForRegion(film.SOPClassUID, film.SOPInstanceUID),
    )
    group = hd.sr.PlanarROIMeasurementsAndQualitativeEvaluations(
        tracking_identifier=hd.sr.TrackingIdentifier(uid=hd.UID(), identifier="L1"),
        referenced_region=region,
        measurements=[
            hd.sr.Measurement(name=codes.SCT.Length, value=23.5, unit=codes.UCUM.Millimeter),
        ],
    )
    report = hd.sr.MeasurementReport(
        observation_context=hd.sr.ObservationContext(observer_person_context=reader),
        procedure_reported=codes.SCT.PlainRadiography,
        imaging_measurements=[group],
        title=codes.DCM.ImagingMeasurementReport,
    )
    ds = hd.sr.ComprehensiveSR(
        evidence=[film],
        content=report,
        is_complete=True,
        is_final=True,
        is_verified=True,
        verifying_observer_name=TEXT,
        verifying_organization=TEXT,
        institution_name=TEXT,
        **instance,
    )
    concept = hd.sr.CodedConcept("121031", "DCM", "Subject Birth Date")
    ds.ContentSequence.append(
        hd.sr.DateContentItem(concept, DAY, hd.sr.RelationshipTypeValues.HAS_OBS_CONTEXT)
    )
    note = hd.sr.CodedConcept("121106", "DCM", "Comment")
    ds.ContentSequence.append(hd.sr.TextContentItem(note, TEXT, hd.sr.RelationshipTypeValues.CONTAINS))
    return ds


def a_segmentation(film: Dataset, **instance: Any) -> Dataset:
    segment = hd.seg.SegmentDescription(
        segment_number=1,
        segment_label="L1",
        segmented_property_category=codes.SCT.AnatomicalStructure,
        segmented_property_type=codes.SCT.Vertebra,
        algorithm_type=hd.seg.SegmentAlgorithmTypeValues.MANUAL,
    )
    mask = np.zeros((1, film.Rows, film.Columns), np.uint8)
    mask[0, 10:20, 10:20] = 1
    return hd.seg.Segmentation(
        [film],
        mask,
        hd.seg.SegmentationTypeValues.BINARY,
        [segment],
        content_creator_name=TEXT,
        content_description=TEXT,
        **instance,
    )


def a_presentation_state(film: Dataset, **instance: Any) -> Dataset:
    layer = hd.pr.GraphicLayer("LAYER", 1, description=TEXT)
    pixel = hd.pr.AnnotationUnitsValues.PIXEL
    line = hd.pr.GraphicObject(hd.pr.GraphicTypeValues.POLYLINE, np.array([[1.0, 1], [5, 5]]), pixel)
    words = hd.pr.TextObject(TEXT, pixel, anchor_point=(3.0, 3.0))
    return hd.pr.GrayscaleSoftcopyPresentationState(
        [film],
        content_label="VCF",
        content_description=TEXT,
        content_creator_name=TEXT,
        graphic_layers=[layer],
        graphic_annotations=[
            hd.pr.GraphicAnnotation([film], layer, graphic_objects=[line], text_objects=[words])
        ],
        **instance,
    )


RESULTS = {"report": a_report, "segmentation": a_segmentation, "presentation state": a_presentation_state}


def a_result(kind: str, film: Dataset) -> Dataset:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # highdicom's about values it takes over
        return RESULTS[kind](
            film,
            series_instance_uid=hd.UID(),
            series_number=2,
            sop_instance_uid=hd.UID(),
            instance_number=1,
            manufacturer="VCF Desktop",
            manufacturer_model_name="VCF Desktop",
            software_versions="1",
            device_serial_number=TEXT,
        )


@pytest.mark.parametrize("kind", RESULTS)
def test_that_a_result_goes_on_pointing_at_its_film_and_names_nobody(tmp_path: Path, kind: str) -> None:
    film, pseudonyms = a_film(PatientName="Doe^John"), open_pseudonyms(None)
    result = a_result(kind, film)
    film_copy = read(copy_of(written(tmp_path, film), pseudonyms))
    copy = copy_of(written(tmp_path, result, "result.dcm"), pseudonyms)
    new = read(copy)
    uids = {str(element.value) for ds in every_data_set(new) for element in ds if element.VR == "UI"}
    assert film_copy.SOPInstanceUID in uids
    assert (new.StudyInstanceUID, new.PatientID) == (film_copy.StudyInstanceUID, film_copy.PatientID)
    old = [film.SOPInstanceUID, film.StudyInstanceUID, film.SeriesInstanceUID, result.SOPInstanceUID]
    gone = [*TRACES, b"Doe", b"12345678", *(uid.encode() for uid in old)]
    assert [trace for trace in gone if trace in copy.content] == []
    assert copy.warnings == ()


def test_that_what_a_report_found_stays(tmp_path: Path) -> None:
    film = a_film()
    found = [
        element.value
        for ds in every_data_set(read(copy_of(written(tmp_path, a_result("report", film)))))
        for element in ds
        if element.keyword in ("NumericValue", "GraphicData", "TextValue")
    ]
    assert 23.5 in found
    assert "L1" in found
    assert [1, 1, 5, 1, 5, 5, 1, 1] in found


def test_that_shapes_of_a_presentation_state_and_masks_stay(tmp_path: Path) -> None:
    film = a_film()
    state = a_result("presentation state", film)
    new = read(copy_of(written(tmp_path, state)))
    shape = new.GraphicAnnotationSequence[0].GraphicObjectSequence[0]
    assert list(shape.GraphicData) == [1, 1, 5, 5]
    segmentation = a_result("segmentation", film)
    assert read(copy_of(written(tmp_path, segmentation))).PixelData == segmentation.PixelData


# The map


def test_that_exports_with_the_same_map_agree_and_others_do_not(tmp_path: Path) -> None:
    path, map_file = written(tmp_path, a_film()), tmp_path / "secret" / "map.json"
    first = copy_of(path, open_pseudonyms(map_file), shift_dates=True)
    again = copy_of(path, open_pseudonyms(map_file), shift_dates=True)
    other = copy_of(path, open_pseudonyms(None), shift_dates=True)
    assert first == again
    assert read(other).PatientID != read(first).PatientID
    assert read(other).SOPInstanceUID != read(first).SOPInstanceUID


def test_that_the_map_leads_back_to_the_patient_and_is_for_its_owner_only(tmp_path: Path) -> None:
    map_file = tmp_path / "map.json"
    pseudonyms = open_pseudonyms(map_file)
    copy = read(copy_of(written(tmp_path, a_film()), pseudonyms, shift_dates=True))
    pseudonyms.save()
    open_pseudonyms(map_file).save()  # an export of nothing forgets nobody
    (patient,) = json.loads(map_file.read_bytes())["patients"]
    assert (patient["pseudonym"], patient["identity"]) == (copy.PatientID, "id 12345678")
    moved = date(2020, 2, 28) - date.fromisoformat(copy.StudyDate)
    assert moved.days == patient["days_earlier"]
    if sys.platform != "win32":
        assert map_file.stat().st_mode & 0o077 == 0


def test_that_patients_are_told_apart_by_id_or_else_by_name_and_birth_date(tmp_path: Path) -> None:
    pseudonyms = open_pseudonyms(None)

    def pseudonym(**elements: Any) -> str:
        return str(read(copy_of(written(tmp_path, a_film(**elements)), pseudonyms)).PatientID)

    nameless = [{"patient": "", "StudyInstanceUID": uid} for uid in ("1.2.3", "1.2.4")]
    named = {"patient": "", "PatientName": "Doe^John", "PatientBirthDate": "19500101"}
    told = [pseudonym(**elements) for elements in [{"patient": "1"}, {"patient": "2"}, named, *nameless]]
    assert len(set(told)) == 5
    assert pseudonym(patient="1", PatientName="Spelt^Otherwise") == told[0]
    assert pseudonym(**{**named, "StudyInstanceUID": "1.2.5"}) == told[2]


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "[]",
        "{",
        '{"schema": "other/1"}',
        '{"schema": "vcf-desktop/pseudonyms/1", "key": "00"}',
        "cut short",
    ],
)
def test_that_a_damaged_map_is_named_and_left_as_it_is(tmp_path: Path, damage: str) -> None:
    map_file = tmp_path / "map.json"
    open_pseudonyms(map_file)
    content = map_file.read_text()[:-20] if damage == "cut short" else damage
    map_file.write_text(content)
    with pytest.raises(PseudonymError, match=r"map\.json: is (damaged|no map)"):
        open_pseudonyms(map_file)
    assert map_file.read_text() == content


def run(*arguments: str | Path) -> int:
    parser = ArgumentParser()
    command = configure(parser)
    return command(parser.parse_args([str(argument) for argument in arguments]))


def test_that_nothing_is_exported_where_the_map_cannot_be_used(tmp_path: Path) -> None:
    path, out = written(tmp_path, a_film()), tmp_path / "out"
    (tmp_path / "folder").mkdir()
    (tmp_path / "damaged").write_text("{")
    for map_file in ("folder", "damaged"):
        with pytest.raises(PseudonymError):
            run(path, "--out", out, "--map", tmp_path / map_file)
    with pytest.raises(OutputError):
        run(path, "--out", out, "--map", path / "below a file" / "map.json")
    with pytest.raises(PseudonymError, match="handed on"):
        run(path, "--out", out, "--map", out / "map.json")
    assert [file for file in out.rglob("*") if file.is_file()] == []


# Dates and characteristics


def test_that_dates_go_unless_they_are_shifted_and_intervals_stay(tmp_path: Path) -> None:
    pseudonyms = open_pseudonyms(None)
    film = a_film(AcquisitionDateTime="20200228235959.5+0100", PatientBirthDate="19500101")
    later = a_film(StudyDate="20210301")
    plain = read(copy_of(written(tmp_path, film), pseudonyms))
    assert (plain.StudyDate, plain.LongitudinalTemporalInformationModified) == ("", "REMOVED")
    one = read(copy_of(written(tmp_path, film), pseudonyms, shift_dates=True))
    two = read(copy_of(written(tmp_path, later), pseudonyms, shift_dates=True))
    assert one.LongitudinalTemporalInformationModified == "MODIFIED"
    assert date.fromisoformat(two.StudyDate) - date.fromisoformat(one.StudyDate) == date(2021, 3, 1) - date(
        2020, 2, 28
    )
    assert one.AcquisitionDateTime == one.StudyDate + "235959.5+0100"
    assert not one.PatientBirthDate
    assert one.StudyDate < "20190301"


@pytest.mark.parametrize("no_date", [TEXT, "20201399", "00010101", "2020"])
def test_that_what_is_no_date_is_not_taken_for_one(tmp_path: Path, no_date: str) -> None:
    with warnings.catch_warnings(), pydicom.config.disable_value_validation():
        warnings.simplefilter("ignore")
        film = a_film(StudyDate=no_date, ContentTime=TEXT)
        new = read(copy_of(written(tmp_path, film), shift_dates=True))
    assert not new.StudyDate
    assert new.ContentTime == "000000"


@pytest.mark.parametrize(
    ("said", "born", "age"),
    [
        ("067Y", "", "067Y"),
        ("", "19500301", "069Y"),
        ("", "19200101", "090Y"),
        ("101Y", "", "090Y"),
        ("x", "", ""),
    ],
)
def test_that_an_age_is_kept_or_told_by_the_birth_date_up_to_ninety(
    tmp_path: Path, said: str, born: str, age: str
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        film = a_film(PatientAge=said, PatientBirthDate=born, PatientSex="F", PatientWeight="61")
        path = written(tmp_path, film)
    kept, removed = read(copy_of(path, keep_characteristics=True)), read(copy_of(path))
    assert (kept.get("PatientAge") or "", kept.PatientSex, kept.PatientWeight) == (age, "F", 61)
    assert not kept.PatientBirthDate
    assert not removed.PatientSex
    assert "PatientAge" not in removed
    assert "PatientWeight" not in removed


def test_that_a_copy_says_by_which_profile_and_options_it_was_made(tmp_path: Path) -> None:
    path = written(tmp_path, a_film())
    for shift, keep in itertools.product((False, True), repeat=2):
        new = read(copy_of(path, shift_dates=shift, keep_characteristics=keep))
        said = {item.CodeValue for item in new.DeidentificationMethodCodeSequence}
        optional = ({"113107"} if shift else set()) | ({"113108"} if keep else set())
        assert said == {"113100", "113103", "113104"} | optional
        assert new.PatientIdentityRemoved == "YES"
        assert "annex E" in new.DeidentificationMethod


# Pixels and files


RAW_SYNTAXES = [
    *(ExplicitVRLittleEndian, ImplicitVRLittleEndian),
    *(ExplicitVRBigEndian, DeflatedExplicitVRLittleEndian),
]


def in_memory(film: Dataset) -> Dataset:
    """The same elements in a data set that was read from no file, and may be written in any byte order."""
    ds = Dataset()
    ds.update(film)
    ds.file_meta = film.file_meta
    return ds


@pytest.mark.parametrize("syntax", [*RAW_SYNTAXES, RLELossless, JPEGLSLossless])
def test_that_the_pixels_are_the_very_bytes_in_the_same_transfer_syntax(tmp_path: Path, syntax: Any) -> None:
    film = a_film()
    if syntax in RAW_SYNTAXES:
        grey = film.pixel_array
        film = in_memory(film)
        film.file_meta.TransferSyntaxUID = syntax
        film.PixelData = (grey if syntax.is_little_endian else grey.byteswap()).tobytes()
    else:
        film.compress(syntax, generate_instance_uid=False)
    new = read(copy_of(written(tmp_path, film)))
    assert new.file_meta.TransferSyntaxUID == syntax
    assert new.PixelData == film.PixelData
    assert new.file_meta.MediaStorageSOPInstanceUID == new.SOPInstanceUID != film.SOPInstanceUID
    assert new.preamble == bytes(128)


def test_that_a_film_of_an_old_device_without_uids_is_copied(tmp_path: Path) -> None:
    film = a_film()
    for keyword in ("SOPInstanceUID", "SOPClassUID", "StudyInstanceUID"):
        delattr(film, keyword)
    path = tmp_path / "old.dcm"
    film.save_as(path, enforce_file_format=False)
    copy = copy_of(path)
    (tmp_path / copy.place.name).write_bytes(copy.content)
    assert read_film(tmp_path / copy.place.name).pixels.shape == (40, 30)


@pytest.mark.parametrize("kind", ["film", *RESULTS])
def test_that_a_copy_keeps_to_the_standard_where_the_original_did(tmp_path: Path, kind: str) -> None:
    if shutil.which("dciodvfy") is None:
        pytest.skip("dciodvfy, of Debian's package dicom3tools, is not installed")

    def errors(path: Path) -> set[str]:
        said = subprocess.run(
            ["dciodvfy", path], capture_output=True, text=True, errors="replace", check=False
        )
        return {line for line in said.stderr.splitlines() if line.startswith("Error")}

    film = a_film(BurnedInAnnotation="NO", ProtocolName="x", StationName="x", OperatorsName="x")
    original = written(tmp_path, film if kind == "film" else a_result(kind, film))
    for shift in (False, True):
        copy = tmp_path / f"copy-{shift}.dcm"
        copy.write_bytes(copy_of(original, shift_dates=shift).content)
        assert errors(copy) - errors(original) == set()


@pytest.mark.parametrize(
    ("elements", "warning"),
    [
        ({"BurnedInAnnotation": "NO"}, None),
        ({"BurnedInAnnotation": "YES"}, "says that text is burnt into it"),
        ({"BurnedInAnnotation": ""}, "does not say whether"),
        (
            {"SOPClassUID": SecondaryCaptureImageStorage, "ConversionType": "WSD"},
            "screenshot or a scanned film",
        ),
        ({"ConversionType": "DF"}, "screenshot or a scanned film"),
    ],
)
def test_that_the_user_is_warned_of_text_in_the_pixels(
    tmp_path: Path, elements: dict[str, str], warning: str | None
) -> None:
    copy = copy_of(written(tmp_path, a_film(**elements)))
    assert [w for w in copy.warnings if warning is None or warning not in w or "look at it" not in w] == []
    assert bool(copy.warnings) == (warning is not None)


def test_that_an_overlay_in_the_bits_of_the_pixels_is_told_of(tmp_path: Path) -> None:
    film = a_film(BurnedInAnnotation="NO")
    film[0x60000102] = DataElement(0x60000102, "US", 15)
    assert ["overlay" in warning for warning in copy_of(written(tmp_path, film)).warnings] == [True]


def test_that_reports_as_pdf_and_other_images_are_refused(tmp_path: Path) -> None:
    pdf = a_film(SOPClassUID=EncapsulatedPDFStorage, EncapsulatedDocument=b"%PDF")
    with pytest.raises(FilmReadError, match="PDF, whose pages name the patient"):
        copy_of(written(tmp_path, pdf))
    with pytest.raises(FilmReadError, match="CT image"):
        copy_of(written(tmp_path, a_film(Modality="CT")))


# Pictures


def test_that_a_picture_keeps_its_grey_values_and_nothing_else(tmp_path: Path) -> None:
    grey = np.arange(1200, dtype=np.uint8).reshape(40, 30)
    said = PngInfo()
    said.add_text("Patient", TEXT)
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = TEXT, 6  # a description; lying on its side
    Image.fromarray(grey).save(tmp_path / "Doe.png", pnginfo=said, exif=exif)
    Image.fromarray(grey).save(tmp_path / "Doe.jpg", exif=exif, comment=TEXT, quality=90)
    Image.fromarray(grey.astype(np.uint16) * 257).save(tmp_path / "Doe.tif", exif=exif)
    Image.fromarray(grey.astype(np.float32)).save(tmp_path / "Deep.tif", exif=exif)
    with (tmp_path / "Doe.png").open("ab") as file:
        file.write(TEXT.encode())
    for original in sorted(tmp_path.iterdir()):
        copy = copy_of(original)
        assert TEXT.encode() in original.read_bytes()
        assert TEXT.encode() not in copy.content
        assert all(TEXT not in str(value) for value in Image.open(io.BytesIO(copy.content)).info.values())
        path = tmp_path / copy.place.name
        path.write_bytes(copy.content)
        shown, wanted = read_film(path).display.values, read_film(original).display.values
        assert shown.dtype == wanted.dtype
        assert np.array_equal(shown, wanted)
        assert "a picture" in copy.warnings[0]
        assert "Do" not in str(copy.place)


def test_that_every_page_is_copied_and_padding_stays(tmp_path: Path) -> None:
    pages = [Image.fromarray(np.arange(n, n + 100, dtype=np.uint8).reshape(10, 10)) for n in (0, 50)]
    pages[0].save(tmp_path / "pages.tif", save_all=True, append_images=pages[1:])
    copies = list(deidentified(tmp_path / "pages.tif", open_pseudonyms(None), Options()))
    assert [np.asarray(Image.open(io.BytesIO(copy.content)))[0, 0] for copy in copies] == [0, 50]
    assert len({copy.place for copy in copies}) == 2
    alpha = Image.fromarray(np.where(np.eye(10) > 0, 0, 255).astype(np.uint8))
    Image.merge("LA", (pages[0], alpha)).save(tmp_path / "padded.png")
    (tmp_path / "copy.png").write_bytes(copy_of(tmp_path / "padded.png").content)
    film = read_film(tmp_path / "copy.png")
    assert film.padding is not None
    assert np.array_equal(film.padding, np.eye(10) > 0)


# The command


def test_that_a_folder_is_exported_and_what_cannot_be_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    films, out = tmp_path / "films", tmp_path / "out"
    films.mkdir()
    film = a_film()
    written(films, film)
    written(films, a_result("report", film), "report.dcm")
    written(films, a_film(SOPClassUID=EncapsulatedPDFStorage), "report as pdf.dcm")
    assert run(films, "--out", out, "--map", tmp_path / "map.json") == 1
    copies = sorted(out.rglob("*.dcm"))
    assert len(copies) == 2
    assert len({copy.parent for copy in copies}) == 1
    assert not any(part in str(copies) for part in ("Doe", "report"))
    said = capsys.readouterr().err
    assert "left out: report as pdf.dcm: is a report as PDF" in said
    (films / "report as pdf.dcm").unlink()
    before = {copy: copy.read_bytes() for copy in copies}
    assert run(films, "--out", out, "--map", tmp_path / "map.json") == 0
    assert {copy: copy.read_bytes() for copy in sorted(out.rglob("*.dcm"))} == before


def test_that_an_archive_is_exported(tmp_path: Path) -> None:
    written(tmp_path, a_film())
    shutil.make_archive(str(tmp_path / "study"), "zip", tmp_path, "Doe_John.dcm")
    assert run(tmp_path / "study.zip", "--out", tmp_path / "out") == 0
    assert len(list((tmp_path / "out").rglob("*.dcm"))) == 1
