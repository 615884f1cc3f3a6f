"""Compressed films, pydicom's own test files, and bytes that went wrong on the way."""

from __future__ import annotations

import base64
import io
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image
from pydicom import Dataset
from pydicom.data.data_manager import DATA_ROOT
from pydicom.dataset import FileMetaDataset
from pydicom.encaps import encapsulate, get_frame
from pydicom.uid import (
    ComputedRadiographyImageStorage,
    ExplicitVRLittleEndian,
    HTJ2KLossless,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    JPEGExtended12Bit,
    JPEGLossless,
    JPEGLosslessSV1,
    JPEGLSLossless,
    RLELossless,
)

from vcf_desktop.errors import FilmReadError
from vcf_desktop.film import Film
from vcf_desktop.io import dicom_films
from vcf_desktop.io.films import read_film

BUNDLED = Path(DATA_ROOT) / "test_files"
"""Only what lies in pydicom's wheel: its functions for test files would download others."""

ROWS, COLUMNS = np.mgrid[:24, :32]
SLOPE = (COLUMNS * 2000 + ROWS * 100).astype(np.uint16)
SLOPE_HTJ2K = base64.b85decode(
    b"|4;u>04YEK0000W0000O00000000000000W0000O0000000000009pH0sl|{2mk^A000XAQUDA90ssL31q1{@0smY86Cj9?kdTm&"
    b"kdTm&kdTmwh=~7W02crOPjF>!N>E53R%LP^FfKASE;BCwkN^q*00000%m4xZlfVEbtLg-YbO68r6F>kH0J0qghjaj9{R0Pd0Kfnh5C"
    b"8<g&<<$F1p;&c@%R8DGyuQ=6_5Z0SV#xbfpq+#A~b?_0FFEExZ}V=0lu~XzyKDE00C(LCc|Wy43l9pOvdMmdUOJJ0KkEPfq{X6f%*("
    b"!d-gGb?79HJ04=xx1<-(=_q^vl?|ILA-t(UKyyrdn{t9|}dU|sLdjQ5pqtR$I8jVJy(P%Up|8anX2ftzv9{q?wd-fp#?6U#?*#"
)
"""SLOPE, losslessly by OpenJPH 0.26; OpenJPEG reads High-Throughput JPEG 2000 but does not write it."""


def lossless_jpeg(values: NDArray[Any], precision: int) -> bytes:
    """ITU-T T.81 annex H with predictor 1 and one Huffman code of five bits for each of the 17 categories."""
    height, width = values.shape
    unsigned = values.astype(np.int64) % (1 << precision)
    left = np.empty_like(unsigned)
    left[:, 1:] = unsigned[:, :-1]
    left[1:, 0] = unsigned[:-1, 0]
    left[0, 0] = 1 << (precision - 1)
    bits = []
    for step in ((unsigned - left + 32768) % 65536 - 32768).ravel().tolist():
        category = abs(step).bit_length()
        bits.append(f"{category:05b}")
        if 0 < category < 16:
            bits.append(f"{step if step > 0 else step + (1 << category) - 1:0{category}b}")
    text = "".join(bits)
    text += "1" * (-len(text) % 8)
    scan = int(text, 2).to_bytes(len(text) // 8).replace(b"\xff", b"\xff\0")

    def segment(code: int, content: bytes) -> bytes:
        return bytes([0xFF, code]) + (len(content) + 2).to_bytes(2) + content

    frame = bytes([precision]) + height.to_bytes(2) + width.to_bytes(2) + b"\1\1\x11\0"
    table = bytes([0, 0, 0, 0, 0, 17, *[0] * 11, *range(17)])
    header = segment(0xFE, b"a comment") + segment(0xC3, frame) + segment(0xC4, table)
    return b"\xff\xd8" + header + segment(0xDA, b"\1\1\0\1\0\0") + scan + b"\xff\xd9"


def compressed_film(
    path: Path, frames: list[bytes], like: NDArray[Any], syntax: str, **elements: Any
) -> Path:
    """A CR film of encapsulated frames, each of which holds an array like this."""
    film = Dataset()
    film.file_meta = FileMetaDataset()
    film.file_meta.TransferSyntaxUID = syntax
    film.file_meta.MediaStorageSOPClassUID = film.SOPClassUID = ComputedRadiographyImageStorage
    film.file_meta.MediaStorageSOPInstanceUID = film.SOPInstanceUID = "1.2.3.4"
    film.Modality = "CR"
    film.Rows, film.Columns = like.shape
    film.SamplesPerPixel = 1
    film.PhotometricInterpretation = "MONOCHROME2"
    film.BitsAllocated = film.BitsStored = 8 * like.dtype.itemsize
    film.PixelRepresentation = int(like.dtype.kind == "i")
    film.NumberOfFrames = len(frames)
    for keyword, value in elements.items():
        setattr(film, keyword, value)
    film.HighBit = film.BitsStored - 1
    film.PixelData = encapsulate(frames)
    film["PixelData"].VR = "OB"
    film["PixelData"].is_undefined_length = True
    film.save_as(path, enforce_file_format=True)
    return path


def native_film(path: Path, values: NDArray[Any], bits: int) -> Dataset:
    """A CR film written plain, for pydicom to compress."""
    ds = pydicom.dcmread(compressed_film(path, [b"\0\0"], values, RLELossless, BitsStored=bits))
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds.PixelData = values.tobytes()
    ds["PixelData"].VR = "OW" if values.dtype.itemsize > 1 else "OB"
    ds["PixelData"].is_undefined_length = False
    return ds


def jpeg(values: NDArray[np.uint8]) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(values).save(stream, "JPEG", quality=95)
    return stream.getvalue()


# Transfer syntaxes


PLUGINS = {RLELossless: "pydicom", JPEGLSLossless: "pyjpegls", JPEG2000Lossless: "pylibjpeg"}


@pytest.mark.parametrize("syntax", PLUGINS, ids=lambda syntax: syntax.name)
@pytest.mark.parametrize(
    ("dtype", "bits", "low", "high"),
    [(np.uint8, 8, 0, 255), (np.uint16, 12, 0, 4095), (np.uint16, 16, 0, 65535), (np.int16, 12, -2048, 2047)],
)
def test_that_lossless_compression_changes_no_value(
    tmp_path: Path, syntax: str, dtype: type, bits: int, low: int, high: int
) -> None:
    values = np.linspace(low, high, 64 * 80).astype(dtype).reshape(64, 80)
    ds = native_film(tmp_path / "film", values, bits)
    ds.compress(syntax, encoding_plugin=PLUGINS[syntax])
    ds.save_as(tmp_path / "film")
    found = read_film(tmp_path / "film").display.values
    np.testing.assert_array_equal(found, values)


@pytest.mark.parametrize("syntax", [JPEGLossless, JPEGLosslessSV1])
@pytest.mark.parametrize(
    ("dtype", "bits", "low", "high"),
    [(np.uint8, 8, 0, 255), (np.uint16, 10, 0, 1023), (np.uint16, 12, 0, 4095), (np.uint16, 16, 0, 65535)],
)
def test_that_lossless_jpeg_changes_no_value(
    tmp_path: Path, syntax: str, dtype: type, bits: int, low: int, high: int
) -> None:
    values = np.random.default_rng(0).integers(low, high + 1, (20, 30)).astype(dtype)
    frame = lossless_jpeg(values, bits)
    film = read_film(compressed_film(tmp_path / "film", [frame], values, syntax, BitsStored=bits))
    np.testing.assert_array_equal(film.display.values, values)


def test_that_high_throughput_jpeg_2000_is_read(tmp_path: Path) -> None:
    film = read_film(compressed_film(tmp_path / "film", [SLOPE_HTJ2K], SLOPE, HTJ2KLossless))
    np.testing.assert_array_equal(film.display.values, SLOPE)


def test_that_a_baseline_jpeg_is_read(tmp_path: Path) -> None:
    values = (SLOPE >> 8).astype(np.uint8)
    film = read_film(compressed_film(tmp_path / "film", [jpeg(values)], values, JPEGBaseline8Bit))
    np.testing.assert_allclose(film.display.values, values.astype(int), atol=4)


def test_that_the_chosen_frame_of_a_compressed_run_is_decoded(tmp_path: Path) -> None:
    frames = [lossless_jpeg(np.roll(SLOPE, shift), 16) for shift in range(3)]
    path = compressed_film(tmp_path / "film", frames, SLOPE, JPEGLosslessSV1)
    for index in range(3):
        np.testing.assert_array_equal(read_film(path, index).display.values, np.roll(SLOPE, index))


def test_that_twelve_bit_jpeg_is_refused_with_its_reason(tmp_path: Path) -> None:
    frame = get_frame(pydicom.dcmread(BUNDLED / "JPGExtended.dcm").PixelData, 0, number_of_frames=1)
    like = np.zeros((1024, 256), np.uint16)
    path = compressed_film(tmp_path / "film", [frame], like, JPEGExtended12Bit, BitsStored=12)
    with pytest.raises(FilmReadError, match=r"JPEG Extended .* cannot be decoded: .*12-bit"):
        read_film(path)


@pytest.mark.parametrize("part", [0.98, 0.5, 0.1])
@pytest.mark.parametrize("codec", ["jpeg", "lossless jpeg", "htj2k", *PLUGINS])
def test_that_half_a_frame_is_never_shown_as_a_film(tmp_path: Path, codec: str, part: float) -> None:
    if codec in PLUGINS:
        ds = native_film(tmp_path / "film", np.tile(SLOPE, (4, 4)), 16)
        ds.compress(codec, encoding_plugin=PLUGINS[codec])
        like, syntax = np.tile(SLOPE, (4, 4)), codec
        frame = get_frame(ds.PixelData, 0, number_of_frames=1)
    elif codec == "jpeg":
        like, syntax = (SLOPE >> 8).astype(np.uint8), JPEGBaseline8Bit
        frame = jpeg(like)
    elif codec == "lossless jpeg":
        like, syntax, frame = SLOPE, JPEGLosslessSV1, lossless_jpeg(SLOPE, 16)
    else:
        like, syntax, frame = SLOPE, HTJ2KLossless, SLOPE_HTJ2K
    path = compressed_film(tmp_path / "film", [frame[: int(len(frame) * part)]], like, syntax)
    with pytest.raises(FilmReadError, match="cannot be decoded"):
        read_film(path)


@pytest.mark.parametrize(
    ("position", "value", "reason"),
    [
        (0, 0, "does not begin as one"),
        (2, 0, "is cut short"),
        (3, 0xC0, "has no place in it"),
        (4, 0xFF, "is cut short"),
        (19, 17, "another depth"),
        (21, 99, "another size"),
        (24, 3, "another size"),
        (26, 0x22, "differ in size"),
    ],
)
def test_that_gdcm_never_gets_a_header_it_could_end_the_program_on(
    tmp_path: Path, position: int, value: int, reason: str
) -> None:
    frame = bytearray(lossless_jpeg(SLOPE, 16))
    frame[position] = value
    path = compressed_film(tmp_path / "film", [bytes(frame)], SLOPE, JPEGLosslessSV1)
    with pytest.raises(FilmReadError, match=reason):
        read_film(path)


# pydicom's own files


OPENS = {
    *(f"SC_jpeg_no_color_transform{i}.dcm" for i in ("", "_2")),
    *(f"SC_rgb_dcmtk_+eb+{i}.dcm" for i in ("cr", "cy+n1", "cy+n2", "cy+np", "cy+s2", "cy+s4")),
    *(f"SC_rgb_jls_lossy_{i}.dcm" for i in ("line", "sample")),
    *(f"SC_rgb_jpeg{i}.dcm" for i in ("", "_app14_dcmd", "_dcmd", "_dcmtk", "_gdcm", "_lossy_gdcm")),
    *(f"SC_rgb_rle{i}.dcm" for i in ("", "_16bit", "_32bit")),
    *(f"SC_rgb_small_odd{i}.dcm" for i in ("", "_big_endian", "_jpeg")),
    "SC_rgb_gdcm_KY.dcm",
    "SC_ybr_full_422_uncompressed.dcm",
    "GDCMJ2K_TextGBR.dcm",
    "JPEGLSNearLossless_08.dcm",
    "JPEGLSNearLossless_16.dcm",
    "image_dfl.dcm",
}
REFUSED = {
    r"has 2 frames; choose one": {f"SC_rgb_rle_{i}2frame.dcm" for i in ("", "16bit_", "32bit_")},
    r"is a CT image, not a projection": {"693_J2KI.dcm", "CT_small.dcm", "J2K_pixelrep_mismatch.dcm"},
    r"is an MR image, not a projection": {
        "MR_small.dcm",
        "MR_truncated.dcm",
        "examples_overlay.dcm",
        *(
            f"MR_small_{i}.dcm"
            for i in ("RLE", "bigendian", "expb", "implicit", "jp2klossless", "jpeg_ls_lossless", "padded")
        ),
    },
    r"is an ultrasound image, not": {
        "ExplVR_BigEnd.dcm",
        *(f"examples_{i}.dcm" for i in ("jpeg2k", "palette", "rgb_color", "ybr_color")),
    },
    r"is a nuclear medicine image, not": {
        "JPEG-lossy.dcm",
        "JPGExtended.dcm",
        "JPEG2000.dcm",
        "JPEG2000-embedded-sequence-delimiter.dcm",
    },
    r"is a radiotherapy dose, not": {
        "badVR.dcm",
        *(f"rtdose{i}.dcm" for i in ("", "_1frame", "_expb", "_expb_1frame", "_rle", "_rle_1frame")),
    },
    r"is a segmentation, not": {"liver_1frame.dcm", "liver_expb_1frame.dcm"},
    r"holds no picture: it is of the kind .*SR Storage": {
        "reportsi.dcm",
        "reportsi_with_empty_number_tags.dcm",
        "test-SR.dcm",
    },
    r"holds no picture: it is of the kind RT": {
        "ExplVR_BigEndNoMeta.dcm",
        "ExplVR_LitEndNoMeta.dcm",
        "rtplan.dcm",
        "rtplan_truncated.dcm",
        "rtstruct.dcm",
    },
    r"holds no picture: .* ECG": {"waveform_ecg.dcm"},
    r"holds no picture$": {
        "UN_sequence.dcm",
        "empty_charset_LEI.dcm",
        "no_meta_group_length.dcm",
        "priv_SQ.dcm",
    },
    r"how many rows and columns": {"meta_missing_tsyntax.dcm", "nested_priv_SQ.dcm"},
    r"is neither DICOM nor": {
        "README.txt",
        "crayons.icc",
        "no_meta.dcm",
        "rtplan.dump",
        "rtstruct.dump",
        "test1.json",
        "test_PN.json",
        "zipMR.gz",
    },
}
"""Reason -> the files that are refused for it. no_meta.dcm has lost its first byte."""


def bundled_files() -> list[Path]:
    return sorted(file for file in BUNDLED.iterdir() if file.is_file() and file.suffix != ".py")


@pytest.mark.parametrize("path", bundled_files(), ids=lambda path: path.name)
def test_that_each_of_pydicoms_files_opens_or_names_the_reason(path: Path) -> None:
    if path.name in OPENS:
        film = read_film(path)
        assert film.pixels.dtype == np.float32
        assert 0 <= film.pixels.min() < film.pixels.max() <= 1
        return
    (reason,) = (reason for reason, names in REFUSED.items() if path.name in names)
    with pytest.raises(FilmReadError, match=reason) as caught:
        read_film(path)
    assert str(caught.value).startswith(path.name)


@pytest.mark.parametrize(
    "name",
    [
        *(f"MR_small_{i}.dcm" for i in ("bigendian", "expb", "implicit", "padded")),
        *(f"MR_small_{i}.dcm" for i in ("RLE", "jp2klossless", "jpeg_ls_lossless")),
    ],
)
def test_that_one_picture_is_the_same_in_every_syntax(name: str) -> None:
    def chain(path: Path) -> Film:
        return dicom_films.film_of(path, dicom_films.parse(path, path.read_bytes()), "", None)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as read_dicom does
        plain, other = chain(BUNDLED / "MR_small.dcm"), chain(BUNDLED / name)
    np.testing.assert_array_equal(other.display.values, plain.display.values)
    np.testing.assert_array_equal(other.pixels, plain.pixels)


def test_that_a_codestream_signed_otherwise_than_its_film_is_put_right() -> None:
    path = BUNDLED / "J2K_pixelrep_mismatch.dcm"
    film = dicom_films.film_of(path, dicom_films.parse(path, path.read_bytes()), "", None)
    # pydicom's documentation of the file: 13 bits, the lowest of them -2000, in a codestream without sign.
    assert (film.display.values.dtype, film.display.values.min()) == (np.int16, -2000)


# Mutated bytes


@pytest.fixture(scope="module")
def small_films(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """A few films of about one kilobyte, one of each kind of decoder."""
    folder = tmp_path_factory.mktemp("small")
    values = (SLOPE >> 4).astype(np.uint16)
    plain = native_film(folder / "plain", values, 12)
    plain.WindowCenter, plain.WindowWidth = [2000, 300], [4000, 100]
    plain.RescaleSlope, plain.RescaleIntercept, plain.RescaleType = 1, -10, "US"
    plain.add_new("PixelPaddingValue", "US", 0)
    plain.ImagerPixelSpacing = [0.1, 0.1]
    plain.PatientName, plain.StudyDate = "Doe^Jane", "20240102"
    plain.save_as(folder / "plain")
    # Not JPEG-LS: where a mutation makes it run out of bits, CharLS takes five seconds to notice.
    for name, syntax, picture in (
        ("rle", RLELossless, values),
        ("j2k", JPEG2000Lossless, np.tile(values, (2, 2))),
    ):
        film = native_film(folder / name, picture, 12)
        film.compress(syntax, encoding_plugin=PLUGINS[syntax])
        film.save_as(folder / name)
    compressed_film(folder / "ljpeg", [lossless_jpeg(SLOPE, 16)], SLOPE, JPEGLosslessSV1)
    compressed_film(folder / "htj2k", [SLOPE_HTJ2K], SLOPE, HTJ2KLossless)
    grey = (SLOPE >> 8).astype(np.uint8)
    compressed_film(folder / "jpeg", [jpeg(grey)], grey, JPEGBaseline8Bit)
    for name, pixels in (("g8", grey), ("g16", SLOPE), ("rgb", np.dstack([grey, grey // 2, grey // 3]))):
        Image.fromarray(pixels).save(folder / f"{name}.png")
        Image.fromarray(pixels).save(folder / f"{name}.tif")
    Image.fromarray(grey).save(folder / "g8.jpg")
    return [file.read_bytes() for file in sorted(folder.iterdir())]


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_that_mutated_bytes_give_a_film_or_a_reason(
    small_films: list[bytes], tmp_path: Path, data: st.DataObject
) -> None:
    content = bytearray(data.draw(st.sampled_from(small_films)))
    places = st.integers(0, len(content) - 1)
    for place, byte in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), max_size=12)):
        content[place] = byte
    cut = data.draw(st.one_of(st.none(), places))
    path = tmp_path / "mutated"
    path.write_bytes(content[:cut])
    try:
        film = read_film(path)
    except FilmReadError:
        return
    assert film.pixels.dtype == np.float32
    assert 0 <= film.pixels.min() <= film.pixels.max() <= 1
    assert film.pixels.shape == film.display.values.shape
