"""What a DICOM film's elements make of its pixels, its spacing and its names."""

from __future__ import annotations

import hashlib
import logging
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest
from numpy.typing import NDArray
from pydicom import Dataset
from pydicom.dataset import FileMetaDataset
from pydicom.pixels.processing import apply_modality_lut, apply_voi_lut
from pydicom.uid import (
    ComputedRadiographyImageStorage,
    DeflatedExplicitVRLittleEndian,
    DigitalXRayImageStorageForPresentation,
    DigitalXRayImageStorageForProcessing,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
)

from vcf_desktop.errors import FilmReadError
from vcf_desktop.film import SpacingSource, VoiWindow
from vcf_desktop.io import checks, dicom_films, dicom_pixels
from vcf_desktop.io.films import read_film

RAMP = np.linspace(0, 4095, 64 * 48).astype(np.uint16).reshape(64, 48)


def dicom_film(
    path: Path, stored: NDArray[Any] = RAMP, *, syntax: str = ExplicitVRLittleEndian, **elements: Any
) -> Path:
    """A DX film whose stored values are the array's, with 12 bits where it has 16, and these elements."""
    bits = 8 * stored.dtype.itemsize
    defaults: dict[str, Any] = {
        "SOPClassUID": DigitalXRayImageStorageForPresentation,
        "SOPInstanceUID": "1.2.3.4",
        "Modality": "DX",
        "SamplesPerPixel": 3 if stored.ndim == 3 and stored.shape[-1] == 3 else 1,
        "PhotometricInterpretation": "MONOCHROME2",
        "Rows": RAMP.shape[0],
        "Columns": RAMP.shape[1],
        "BitsAllocated": bits,
        "BitsStored": 12 if bits == 16 else bits,
        "PixelRepresentation": int(stored.dtype.kind == "i"),
    }
    film = Dataset()
    film.file_meta = FileMetaDataset()
    film.file_meta.TransferSyntaxUID = syntax
    with pydicom.config.disable_value_validation():
        for keyword, value in {**defaults, **elements}.items():
            setattr(film, keyword, value)
        film.HighBit = elements.get("HighBit", film.BitsStored - 1)
        film.file_meta.MediaStorageSOPClassUID = film.SOPClassUID
        film.file_meta.MediaStorageSOPInstanceUID = film.SOPInstanceUID
        little_endian = syntax != ExplicitVRBigEndian
        film.PixelData = stored.astype(stored.dtype.newbyteorder("<" if little_endian else ">")).tobytes()
        film["PixelData"].VR = "OW" if bits > 8 else "OB"
        film.save_as(path, enforce_file_format=True)
    return path


def lut(first: int, entries: NDArray[np.uint16], bits: int = 16, explanation: str = "") -> Dataset:
    """An item of a LUT sequence with words as its data."""
    item = Dataset()
    item.add_new("LUTDescriptor", "SS" if first < 0 else "US", [entries.size % 65536, first, bits])
    item.add_new("LUTData", "OW", entries.astype("<u2").tobytes())
    item.LUTExplanation = explanation
    return item


def oracle(path: Path, stored: NDArray[Any], top: float) -> NDArray[np.float64]:
    """pydicom's own chain of modality and first VOI, brought to [0, 1] by its output range."""
    ds = pydicom.dcmread(path)
    return np.asarray(apply_voi_lut(apply_modality_lut(stored, ds), ds), np.float64) / top


# Grey values


@pytest.mark.parametrize(
    ("photometric", "shape", "inverted", "contradicts"),
    [
        ("MONOCHROME2", "IDENTITY", False, False),
        ("MONOCHROME2", None, False, False),
        ("MONOCHROME1", None, True, False),
        ("MONOCHROME1", "INVERSE", True, False),
        ("MONOCHROME2", "INVERSE", True, True),
        ("MONOCHROME1", "IDENTITY", True, True),
    ],
)
def test_that_a_film_is_inverted_once_however_often_it_says_so(
    tmp_path: Path, photometric: str, shape: str | None, inverted: bool, contradicts: bool
) -> None:
    said = {"PhotometricInterpretation": photometric} | ({"PresentationLUTShape": shape} if shape else {})
    film = read_film(dicom_film(tmp_path / "f", WindowCenter=2048, WindowWidth=4096, **said))
    expected = RAMP / 4095
    np.testing.assert_allclose(film.pixels, 1 - expected if inverted else expected, atol=1e-6)
    assert film.display.inverted is inverted
    assert any("contradicts itself" in notice for notice in film.notices) is contradicts


@pytest.mark.parametrize(
    ("slope", "intercept", "dtype"),
    [
        (1, 0, np.uint16),
        (1, -1024, np.int16),
        (-1, 4095, np.uint16),
        (-3, 7, np.int16),
        (100, 0, np.int32),
        (0.5, 3, np.float32),
        (-0.25, 1.5, np.float32),
    ],
)
def test_that_a_rescale_gives_exact_integers_where_it_can(
    tmp_path: Path, slope: float, intercept: float, dtype: type
) -> None:
    path = dicom_film(tmp_path / "f", RescaleSlope=slope, RescaleIntercept=intercept, RescaleType="US")
    values = read_film(path).display.values
    assert values.dtype == dtype
    np.testing.assert_array_equal(values, apply_modality_lut(RAMP, pydicom.dcmread(path)))


def test_that_a_negative_slope_turns_the_grey_scale_round_once(tmp_path: Path) -> None:
    window = {"WindowCenter": 2048, "WindowWidth": 4096}
    film = read_film(dicom_film(tmp_path / "f", RescaleSlope=-1, RescaleIntercept=4095, **window))
    np.testing.assert_allclose(film.pixels, 1 - RAMP / 4095, atol=1e-6)
    assert not film.display.inverted


def test_that_a_modality_lut_maps_and_clamps(tmp_path: Path) -> None:
    table = (np.arange(3000) * 7 % 4096).astype(np.uint16)
    path = dicom_film(tmp_path / "f", ModalityLUTSequence=[lut(500, table)])
    values = read_film(path).display.values
    np.testing.assert_array_equal(values, table[np.clip(RAMP.astype(int) - 500, 0, 2999)])


def test_that_a_voi_lut_comes_before_a_window(tmp_path: Path) -> None:
    s_curve = (65535 / (1 + np.exp(-np.linspace(-4, 4, 4096)))).astype(np.uint16)
    other = lut(0, s_curve[::-1], explanation="inverted")
    choices = {
        "WindowCenter": 1,
        "WindowWidth": 2,
        "VOILUTSequence": [lut(0, s_curve, explanation="bone"), other],
    }
    path = dicom_film(tmp_path / "f", **choices)
    film = read_film(path)
    np.testing.assert_allclose(film.pixels, oracle(path, RAMP, 65535), atol=1e-6)
    assert [lut.explanation for lut in film.display.luts] == ["bone", "inverted"]
    assert len(film.display.windows) == 1


def test_that_a_voi_lut_whose_first_input_was_written_unsigned_starts_below_zero(tmp_path: Path) -> None:
    rescale = {"RescaleSlope": 1, "RescaleIntercept": -1024, "RescaleType": "US"}
    table = np.linspace(0, 65535, 4096).astype(np.uint16)
    film = read_film(dicom_film(tmp_path / "f", VOILUTSequence=[lut(65536 - 1024, table)], **rescale))
    assert film.display.luts[0].first == -1024
    np.testing.assert_allclose(film.pixels, table[RAMP] / 65535, atol=1e-6)


def test_that_bytes_and_too_few_bits_in_a_voi_lut_are_understood(tmp_path: Path) -> None:
    packed = lut(0, np.arange(256, dtype=np.uint16), bits=8)
    packed.LUTData = bytes(range(256))
    wide = lut(0, np.linspace(0, 4095, 4096).astype(np.uint16), bits=8)
    film = read_film(dicom_film(tmp_path / "f", VOILUTSequence=[wide, packed]))
    assert [found.bits for found in film.display.luts] == [12, 8]
    assert film.display.luts[1].values.tolist() == list(range(256))
    assert film.pixels.max() == pytest.approx(1, abs=1e-3)


def test_that_a_damaged_voi_lut_is_left_out_with_a_notice(tmp_path: Path) -> None:
    short = lut(0, np.arange(4096, dtype=np.uint16))
    short.LUTData = b"\1\2"
    film = read_film(dicom_film(tmp_path / "f", VOILUTSequence=[short], WindowCenter=2048, WindowWidth=4096))
    assert film.display.luts == ()
    assert any("VOI LUTs" in notice for notice in film.notices)
    np.testing.assert_allclose(film.pixels, RAMP / 4095, atol=1e-6)


def test_that_a_sequence_that_is_a_number_is_no_sequence(tmp_path: Path) -> None:
    ds = pydicom.dcmread(dicom_film(tmp_path / "f"))
    ds.add_new("VOILUTSequence", "US", 5)
    ds.save_as(tmp_path / "voi")
    assert read_film(tmp_path / "voi").display.luts == ()
    ds.add_new("ModalityLUTSequence", "US", 5)
    ds.save_as(tmp_path / "modality")
    with pytest.raises(FilmReadError, match="modality LUT is damaged"):
        read_film(tmp_path / "modality")


@pytest.mark.parametrize("function", ["LINEAR", "LINEAR_EXACT", "SIGMOID"])
def test_that_the_first_of_several_windows_is_shown(tmp_path: Path, function: str) -> None:
    choices = {
        "WindowCenter": [1900.5, 600],
        "WindowWidth": [3900, 80],
        "WindowCenterWidthExplanation": ["NORMAL", "SOFT"],
    }
    path = dicom_film(tmp_path / "f", VOILUTFunction=function, **choices)
    film = read_film(path)
    first, second = film.display.windows
    assert first == VoiWindow(1900.5, 3900, function, "NORMAL")
    assert second == VoiWindow(600, 80, function, "SOFT")
    np.testing.assert_allclose(film.pixels, oracle(path, RAMP, 4095), atol=1e-6)


def test_that_impossible_windows_are_left_out_with_a_notice(tmp_path: Path) -> None:
    film = read_film(dicom_film(tmp_path / "f", WindowCenter=[10, 2048, 5], WindowWidth=[0, 4096, -3]))
    assert film.display.windows == (VoiWindow(2048, 4096),)
    assert any("windows" in notice for notice in film.notices)


def test_that_a_window_that_hides_much_of_the_film_is_for_the_reader_only(tmp_path: Path) -> None:
    film = read_film(dicom_film(tmp_path / "f", WindowCenter=2048, WindowWidth=1000))
    assert film.display.windows == (VoiWindow(2048, 1000),)
    np.testing.assert_allclose(film.pixels, RAMP / 4095, atol=0.01)


def test_that_a_film_without_a_window_gets_one_that_a_few_pixels_do_not_stretch(tmp_path: Path) -> None:
    stored = np.tile(np.linspace(1000, 1999, 400).astype(np.uint16), (400, 1))
    stored[:8, :8] = 4095
    film = read_film(dicom_film(tmp_path / "f", stored, Rows=400, Columns=400))
    (window,) = film.display.windows
    assert window.explanation == "computed"
    assert window.centre + window.width / 2 == pytest.approx(1999, abs=5)
    assert any("computed" in notice for notice in film.notices)


def test_that_eight_bits_without_a_window_are_grey_levels(tmp_path: Path) -> None:
    stored = (RAMP // 20).astype(np.uint8)
    film = read_film(dicom_film(tmp_path / "f", stored))
    np.testing.assert_allclose(film.pixels, stored / 255, atol=1e-6)


# Bits and padding


@pytest.mark.parametrize("high", [11, 13, 15])
def test_that_overlays_in_unused_bits_do_not_reach_the_film(tmp_path: Path, high: int) -> None:
    shift = high - 11
    rubbish = np.random.default_rng(1).integers(0, 65536, RAMP.shape, dtype=np.uint16)
    unused = np.uint16(0xFFFF ^ (0xFFF << shift))
    film = read_film(dicom_film(tmp_path / "f", (RAMP << shift) | (rubbish & unused), HighBit=high))
    np.testing.assert_array_equal(film.display.values, RAMP)


@pytest.mark.parametrize("sign_extended", [True, False])
def test_that_signed_values_keep_their_sign(tmp_path: Path, sign_extended: bool) -> None:
    signed = RAMP.astype(np.int16) - 2048
    stored = signed if sign_extended else (signed & 0xFFF).astype(np.int16)
    np.testing.assert_array_equal(read_film(dicom_film(tmp_path / "f", stored)).display.values, signed)


@pytest.mark.parametrize("value", [-2000, 63536])
def test_that_padding_is_found_however_its_sign_is_written(tmp_path: Path, value: int) -> None:
    stored = RAMP.astype(np.int16) - 1000
    stored[:10] = -2000
    film = read_film(dicom_film(tmp_path / "plain", stored, BitsStored=16))
    assert film.padding is None
    path = dicom_film(tmp_path / "f", stored, BitsStored=16)
    ds = pydicom.dcmread(path)
    ds.add_new("PixelPaddingValue", "SS" if value < 0 else "US", value)
    ds.save_as(path)
    film = read_film(path)
    assert film.padding is not None
    np.testing.assert_array_equal(film.padding, stored == -2000)
    assert not film.pixels[:10].any()


def test_that_a_range_of_padding_is_left_out_of_the_computed_window(tmp_path: Path) -> None:
    stored = (RAMP // 4 + 2000).astype(np.uint16)
    stored[:20] = 10
    stored[20:30] = 12
    padding = {
        "PixelPaddingValue": 12,
        "PixelPaddingRangeLimit": 9,
        "PhotometricInterpretation": "MONOCHROME1",
    }
    film = read_film(dicom_film(tmp_path / "f", stored, **padding))
    np.testing.assert_array_equal(film.padding, stored < 2000)
    assert not film.pixels[:30].any()
    (window,) = film.display.windows
    assert window.centre - window.width / 2 > 2000


# Raw detector data


@pytest.mark.parametrize(("sign", "bone_bright_is_high"), [(-1, True), (1, False)])
@pytest.mark.parametrize("relationship", ["LOG", "LIN"])
def test_that_raw_detector_data_become_bone_bright(
    tmp_path: Path, sign: int, bone_bright_is_high: bool, relationship: str
) -> None:
    raw = {
        "SOPClassUID": DigitalXRayImageStorageForProcessing,
        "PixelIntensityRelationship": relationship,
        "PixelIntensityRelationshipSign": sign,
    }
    film = read_film(dicom_film(tmp_path / "f", RAMP, **raw))
    rises = film.pixels.ravel()[-1] > film.pixels.ravel()[0]
    assert bool(rises) is bone_bright_is_high
    middle = film.pixels[32].mean()
    expected = np.log1p(2048) / np.log1p(4095) if relationship == "LIN" else 0.5
    assert middle == pytest.approx(expected if bone_bright_is_high else 1 - expected, abs=0.02)
    assert any("for processing" in notice for notice in film.notices)


# Frames


def test_that_one_of_several_frames_has_to_be_chosen(tmp_path: Path) -> None:
    frames = np.stack([RAMP, RAMP[::-1], RAMP[:, ::-1]])
    path = dicom_film(tmp_path / "run.dcm", frames, NumberOfFrames=3, Modality="XA")
    with pytest.raises(FilmReadError, match=r"run.dcm: has 3 frames; choose one with --frame, .* \(0 to 2\)"):
        read_film(path)
    for index in range(3):
        film = read_film(path, index)
        np.testing.assert_array_equal(film.display.values, frames[index])
        assert (film.frame, film.frame_count) == (index, 3)
    for wrong in (3, -1):
        with pytest.raises(FilmReadError, match=f"has no frame {wrong}; there are frames 0 to 2"):
            read_film(path, wrong)


def test_that_a_single_film_is_its_frame_0_only(tmp_path: Path) -> None:
    path = dicom_film(tmp_path / "f")
    assert read_film(path, 0).frame_count == 1
    with pytest.raises(FilmReadError, match="there is only frame 0"):
        read_film(path, 1)


# What the film says of itself (the rules are tested in test_dicom_header.py)


def test_that_a_film_carries_its_spacing_and_its_study(tmp_path: Path) -> None:
    elements = {"ImagerPixelSpacing": [0.2, 0.1], "PatientName": "Doe^Jane", "StudyDate": "20241105"}
    film = read_film(dicom_film(tmp_path / "f", **elements))
    assert (film.spacing_mm, film.spacing_source) == ((0.2, 0.1), SpacingSource.DETECTOR_PLANE)
    assert film.row_to_column == 2
    assert film.study is not None
    assert (film.study.patient_name, film.study.study_date) == ("Doe^Jane", date(2024, 11, 5))
    assert film.sha256 == hashlib.sha256((tmp_path / "f").read_bytes()).hexdigest()
    assert film.path == tmp_path / "f"


def test_that_a_name_in_the_wrong_character_set_is_announced(tmp_path: Path) -> None:
    path = dicom_film(tmp_path / "f", SpecificCharacterSet="ISO_IR 100", PatientName="Müller")
    path.write_bytes(path.read_bytes().replace(b"ISO_IR 100", b"ISO_IR 192"))
    film = read_film(path)
    assert any("check the patient" in notice for notice in film.notices)


# Forms of the file


@pytest.mark.parametrize(
    "syntax",
    [ImplicitVRLittleEndian, ExplicitVRLittleEndian, ExplicitVRBigEndian, DeflatedExplicitVRLittleEndian],
)
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.int16])
def test_that_every_way_of_writing_plain_pixels_is_read(tmp_path: Path, syntax: str, dtype: type) -> None:
    stored = (RAMP // 17).astype(dtype)
    film = read_film(dicom_film(tmp_path / "f", stored, syntax=syntax, PatientID="42"))
    np.testing.assert_array_equal(film.display.values, stored)
    assert film.display.values.dtype == np.dtype(dtype)
    assert film.study is not None
    assert film.study.patient_id == "42"


@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, ExplicitVRLittleEndian, ExplicitVRBigEndian])
def test_that_a_film_without_preamble_and_file_meta_group_is_read(tmp_path: Path, syntax: str) -> None:
    data = dicom_film(tmp_path / "f", syntax=syntax).read_bytes()
    meta_end = 144 + int.from_bytes(data[140:144], "little")
    (tmp_path / "bare").write_bytes(data[meta_end:])
    np.testing.assert_array_equal(read_film(tmp_path / "bare").display.values, RAMP)
    (tmp_path / "no_preamble").write_bytes(data[132:])
    np.testing.assert_array_equal(read_film(tmp_path / "no_preamble").display.values, RAMP)


def test_that_bytes_behind_the_picture_do_not_matter(tmp_path: Path) -> None:
    path = dicom_film(tmp_path / "f")
    path.write_bytes(path.read_bytes() + bytes(777))
    np.testing.assert_array_equal(read_film(path).display.values, RAMP)


# Colour


def test_that_colour_becomes_luminance_with_a_notice(tmp_path: Path) -> None:
    rgb = np.random.default_rng(2).integers(0, 256, (*RAMP.shape, 3), dtype=np.uint8)
    film = read_film(dicom_film(tmp_path / "f", rgb, PhotometricInterpretation="RGB", PlanarConfiguration=0))
    np.testing.assert_allclose(film.display.values, rgb @ [0.299, 0.587, 0.114], atol=0.51)
    np.testing.assert_allclose(film.pixels, film.display.values / 255, atol=1e-6)
    assert any("luminance" in notice for notice in film.notices)


def test_that_grey_stored_as_colour_stays_as_it_is(tmp_path: Path) -> None:
    grey = (RAMP // 17).astype(np.uint8)
    rgb = {"PhotometricInterpretation": "RGB", "PlanarConfiguration": 0}
    film = read_film(dicom_film(tmp_path / "f", np.dstack([grey] * 3), **rgb))
    np.testing.assert_array_equal(film.display.values, grey)
    assert film.notices == ()


def test_that_a_palette_is_looked_up(tmp_path: Path) -> None:
    palette = {"PhotometricInterpretation": "PALETTE COLOR"}
    for colour, values in (("Red", range(256)), ("Green", range(255, -1, -1)), ("Blue", [7] * 256)):
        palette[f"{colour}PaletteColorLookupTableDescriptor"] = [256, 0, 8]
        palette[f"{colour}PaletteColorLookupTableData"] = bytes(values)
    stored = (RAMP // 17).astype(np.uint8)
    film = read_film(dicom_film(tmp_path / "f", stored, **palette))
    expected = 0.299 * stored + 0.587 * (255.0 - stored) + 0.114 * 7
    np.testing.assert_allclose(film.display.values, expected, atol=0.51)


# Refusals


@pytest.mark.parametrize(
    ("modality", "kind"),
    [("CT", "a CT image"), ("MR", "an MR image"), ("MG", "a mammogram"), ("IVUS", "IVUS")],
)
def test_that_other_modalities_are_refused_by_name(tmp_path: Path, modality: str, kind: str) -> None:
    with pytest.raises(FilmReadError, match=f"{kind}, not a projection film"):
        read_film(dicom_film(tmp_path / "f", Modality=modality))


@pytest.mark.parametrize("modality", ["CR", "DX", "RF", "XA", "RG", "OT", ""])
def test_that_all_kinds_of_projection_films_are_read(tmp_path: Path, modality: str) -> None:
    film = read_film(
        dicom_film(tmp_path / "f", Modality=modality, SOPClassUID=ComputedRadiographyImageStorage)
    )
    assert film.pixels.shape == RAMP.shape


def test_that_a_declared_size_over_the_limit_is_refused_before_anything_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dicom_pixels, "get_decoder", lambda _: pytest.fail("decoded"))
    with pytest.raises(
        FilmReadError, match="declares 60000 x 50000 pixels, more than the limit of 100 megapixels"
    ):
        read_film(dicom_film(tmp_path / "f", Rows=50000, Columns=60000))


def test_that_a_deflated_file_is_inflated_up_to_the_limit_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = dicom_film(tmp_path / "f", np.zeros_like(RAMP), syntax=DeflatedExplicitVRLittleEndian)
    assert path.stat().st_size < 1000
    monkeypatch.setattr(dicom_films, "MAX_FILE_BYTES", 5000)
    with pytest.raises(FilmReadError, match="inflates to more than the limit"):
        read_film(path)


def test_that_a_film_without_a_picture_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FilmReadError, match="every pixel has the same value"):
        read_film(dicom_film(tmp_path / "f", np.full_like(RAMP, 7)))
    with pytest.raises(FilmReadError, match="every pixel is padding"):
        read_film(dicom_film(tmp_path / "f", np.full_like(RAMP, 7), PixelPaddingValue=7))
    half = np.where(np.arange(RAMP.size).reshape(RAMP.shape) % 2, 7, 9).astype(np.uint16)
    with pytest.raises(FilmReadError, match="every pixel has the same value"):
        read_film(dicom_film(tmp_path / "f", half, PixelPaddingValue=9))


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_that_pixels_that_are_not_numbers_are_refused(tmp_path: Path, bad: float) -> None:
    path = dicom_film(tmp_path / "f")
    ds = pydicom.dcmread(path)
    values = RAMP.astype("<f4")
    del ds.PixelData
    ds.FloatPixelData = values.tobytes()
    ds.BitsAllocated = 32
    ds.save_as(path)
    np.testing.assert_array_equal(read_film(path).display.values, values)
    values[3, 4] = bad
    ds.FloatPixelData = values.tobytes()
    ds.save_as(path)
    with pytest.raises(FilmReadError, match="not numbers"):
        read_film(path)


def test_that_pixels_that_mean_nothing_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FilmReadError, match="rescale slope is 0"):
        read_film(dicom_film(tmp_path / "f", RescaleSlope=0, RescaleIntercept=1, RescaleType="US"))
    broken = lut(0, np.arange(100, dtype=np.uint16))
    broken.LUTData = b"\0\0"
    with pytest.raises(FilmReadError, match="modality LUT is damaged"):
        read_film(dicom_film(tmp_path / "f", ModalityLUTSequence=[broken]))


def test_that_missing_pixels_and_missing_sizes_are_named(tmp_path: Path) -> None:
    ds = pydicom.dcmread(dicom_film(tmp_path / "f"))
    del ds.Rows
    ds.save_as(tmp_path / "no_rows")
    with pytest.raises(FilmReadError, match="does not say how many rows and columns"):
        read_film(tmp_path / "no_rows")
    del ds.PixelData
    ds.save_as(tmp_path / "no_pixels")
    with pytest.raises(
        FilmReadError, match="holds no picture: it is of the kind Digital X-Ray Image Storage"
    ):
        read_film(tmp_path / "no_pixels")


def test_that_nothing_about_the_patient_reaches_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    path = dicom_film(
        tmp_path / "f", SpecificCharacterSet="ISO_IR 100", PatientName="Secret^Müller", StudyDate="never"
    )
    path.write_bytes(path.read_bytes().replace(b"ISO_IR 100", b"ISO_IR 192")[:-100])
    with pytest.raises(FilmReadError, match="cannot be decoded: The number of bytes of pixel data is less"):
        read_film(path)
    assert not [record for record in caplog.records if record.name.startswith("pydicom")]
    assert "Secret" not in caplog.text


def test_that_the_limits_are_as_documented() -> None:
    assert checks.MAX_PIXELS == 100_000_000
    assert checks.MAX_FILE_BYTES == 2**31
