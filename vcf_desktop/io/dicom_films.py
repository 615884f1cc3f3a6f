"""Films in DICOM: what is accepted, and how a :class:`Film` is made of a data set."""

from __future__ import annotations

import logging
import warnings
import zlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom import Dataset, FileDataset, dcmread
from pydicom.uid import (
    UID,
    DeflatedExplicitVRLittleEndian,
    DigitalXRayImageStorageForProcessing,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
)

from vcf_desktop.errors import FilmReadError
from vcf_desktop.film import DisplayPixels, Film
from vcf_desktop.io import dicom_pixels
from vcf_desktop.io.checks import MAX_FILE_BYTES, cause, chosen_frame, require_picture
from vcf_desktop.io.dicom_header import DICOM_DAMAGE, row_to_column, spacing, study_info, text, whole_number
from vcf_desktop.io.grey_values import (
    COMPUTED_NOTICE,
    FULL_RANGE_8_BIT,
    computed_window,
    network_pixels,
)

# pydicom's log lines quote elements, and a patient's name is one. What a user must know is in Film.notices.
logging.getLogger("pydicom").setLevel(logging.CRITICAL)

FILM_MODALITIES = frozenset({"", "BMD", "CR", "DF", "DR", "DX", "HC", "OT", "RF", "RG", "SC", "XA"})
"""Modalities of projection films, digitised film and screenshots of them (PS3.3 C.7.3.1.1.1)."""
_MODALITY_NAMES = {
    "CT": "a CT image",
    "MG": "a mammogram",
    "MR": "an MR image",
    "NM": "a nuclear medicine image",
    "PT": "a PET image",
    "RTDOSE": "a radiotherapy dose",
    "SEG": "a segmentation",
    "US": "an ultrasound image",
}
_PIXEL_ELEMENTS = ("PixelData", "FloatPixelData", "DoubleFloatPixelData")


def read_dicom(path: Path, data: bytes, sha256: str, frame: int | None) -> Film:
    """The film in ``data``, the bytes of the file at ``path``; see :func:`vcf_desktop.io.films.read_film`."""
    # pydicom warns about every value that bends a rule. What bears on the film is looked at here and becomes
    # a notice; the rest is the spelling of elements nobody reads. (catch_warnings is not made for threads:
    # films are read by one thread at a time.)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ds = parse(path, data)
        require_projection(path, ds)
        return film_of(path, ds, sha256, frame)


def parse(path: Path, data: bytes) -> FileDataset:
    """The data set in a file's bytes, with or without preamble and file meta group.

    Raises:
        FilmReadError: it cannot be parsed, inflates beyond :data:`MAX_FILE_BYTES`, or does not tell how its
            pixels are compressed.
    """
    try:
        _require_bounded_inflation(path, data)
        ds = dcmread(BytesIO(data), force=True)
    except DICOM_DAMAGE as e:
        raise FilmReadError(path, f"cannot be read as DICOM: {cause(e)}") from e
    if not len(ds):
        raise FilmReadError(path, "is cut short or damaged: none of its elements can be read")
    if not text(ds.file_meta, "TransferSyntaxUID"):
        # pydicom has found out how the elements are written. Compressed pixels would have needed to say so.
        implicit, little_endian = ds.original_encoding
        explicit = ExplicitVRLittleEndian if little_endian else ExplicitVRBigEndian
        ds.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian if implicit else explicit
    return ds


def require_projection(path: Path, ds: Dataset) -> None:
    """Refuse what holds no picture, and pictures that are no projection through the patient."""
    if not any(keyword in ds for keyword in _PIXEL_ELEMENTS):
        uid = text(ds, "SOPClassUID")
        kind = f": it is of the kind {UID(uid).name}" if uid else ""
        raise FilmReadError(path, f"holds no picture{kind}")
    modality = text(ds, "Modality").upper()
    if modality not in FILM_MODALITIES:
        kind = _MODALITY_NAMES.get(modality, f"an image of modality {modality}")
        raise FilmReadError(path, f"is {kind}, not a projection film")


def film_of(path: Path, ds: FileDataset, sha256: str, frame: int | None) -> Film:
    """The film that a data set with pixels holds, whatever its modality.

    Raises:
        FilmReadError: as :func:`vcf_desktop.io.films.read_film`.
    """
    frame_count = max(whole_number(ds, "NumberOfFrames") or 1, 1)
    frame = chosen_frame(path, frame, frame_count)
    stored, notices = dicom_pixels.frame_values(path, ds, frame)
    padding = dicom_pixels.padding_mask(ds, stored)
    require_picture(path, stored, padding)
    display, display_notices = _display(path, ds, stored, padding)
    require_picture(path, display.values, padding)
    pixels, pixel_notices = _network_pixels(ds, stored, display, padding)
    spacing_mm, spacing_source, spacing_notices = spacing(ds)
    study, study_notices = study_info(ds)
    return Film(
        pixels=pixels,
        padding=padding,
        spacing_mm=spacing_mm,
        spacing_source=spacing_source,
        row_to_column=row_to_column(ds, spacing_mm),
        sha256=sha256,
        path=path,
        study=study,
        display=display,
        frame=frame,
        frame_count=frame_count,
        notices=(*notices, *display_notices, *pixel_notices, *spacing_notices, *study_notices),
    )


def _display(
    path: Path, ds: Dataset, stored: NDArray[Any], padding: NDArray[np.bool_] | None
) -> tuple[DisplayPixels, list[str]]:
    """What a viewer needs; a film without any VOI gets one computed window."""
    if _is_colour(ds):
        # Windows, LUTs and inversion belong to grey values only (PS3.3 C.7.6.3.1.2).
        return _with_window(DisplayPixels(stored), ds, padding)
    values = dicom_pixels.modality_values(path, ds, stored)
    luts, lut_notices = dicom_pixels.voi_luts(ds, values)
    windows, window_notices = dicom_pixels.windows(ds)
    inverted, inversion_notices = dicom_pixels.inversion(ds)
    display, notices = _with_window(DisplayPixels(values, windows, luts, inverted), ds, padding)
    return display, lut_notices + window_notices + inversion_notices + notices


def _with_window(
    display: DisplayPixels, ds: Dataset, padding: NDArray[np.bool_] | None
) -> tuple[DisplayPixels, list[str]]:
    if display.windows or display.luts:
        return display, []
    if display.values.dtype == np.uint8 and whole_number(ds, "BitsStored") == 8:
        return replace(display, windows=(FULL_RANGE_8_BIT,)), []
    return replace(display, windows=(computed_window(display.values, padding),)), [COMPUTED_NOTICE]


def _network_pixels(
    ds: Dataset, stored: NDArray[Any], display: DisplayPixels, padding: NDArray[np.bool_] | None
) -> tuple[NDArray[np.float32], list[str]]:
    """(H, W) float32 in [0, 1], bone bright; a detector's raw signal is made so by what it says of itself."""
    if text(ds, "SOPClassUID") != DigitalXRayImageStorageForProcessing or _is_colour(ds):
        return network_pixels(display, padding), []
    signal, bone_dark = dicom_pixels.detector_signal(ds, stored)
    raw = DisplayPixels(signal, (computed_window(signal, padding),), inverted=bone_dark)
    notice = "The film is raw detector data (for processing), which is not made for reading."
    return network_pixels(raw, padding), [notice]


def _is_colour(ds: Dataset) -> bool:
    samples = whole_number(ds, "SamplesPerPixel") or 1
    return samples > 1 or text(ds, "PhotometricInterpretation") == "PALETTE COLOR"


def _require_bounded_inflation(path: Path, data: bytes) -> None:
    """Refuse a deflated data set (PS3.5 A.5) that would not fit into the memory we give a file.

    Two megabytes of zeros inflate to two gigabytes, and pydicom inflates all at once.
    """
    meta = data[:1024]
    if DeflatedExplicitVRLittleEndian.encode() not in meta:
        return
    # (0002,0000) FileMetaInformationGroupLength is the first element, and required (PS3.10 7.1).
    if meta[132:140] != b"\x02\x00\x00\x00UL\x04\x00":
        raise FilmReadError(path, "cannot be read as DICOM: its file meta group has no length")
    pending = data[144 + int.from_bytes(meta[140:144], "little") :]
    inflater, size = zlib.decompressobj(-zlib.MAX_WBITS), 0
    while pending and size <= MAX_FILE_BYTES:
        size += len(inflater.decompress(pending, 1 << 24))
        pending = inflater.unconsumed_tail
    if size > MAX_FILE_BYTES:
        raise FilmReadError(path, f"inflates to more than the limit of {MAX_FILE_BYTES >> 30} GiB")
