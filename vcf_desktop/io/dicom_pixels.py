"""The pixels of one frame of a DICOM film: decoded, masked, and with the film's own grey-scale choices.

The grey-scale chain is that of PS3.4 N.2: PS3.3 C.11.1 (modality), C.11.2 (VOI), C.7.6.3.1.2 (inversion).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom import Dataset
from pydicom.encaps import get_frame
from pydicom.pixels.decoders.base import get_decoder
from pydicom.pixels.processing import apply_color_lut
from pydicom.uid import (
    HTJ2K,
    JPEG2000,
    UID,
    HTJ2KLossless,
    HTJ2KLosslessRPCL,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    JPEGExtended12Bit,
    JPEGLossless,
    JPEGLosslessSV1,
    JPEGLSLossless,
    JPEGLSNearLossless,
    RLELossless,
)

from vcf_desktop.errors import FilmReadError
from vcf_desktop.film import VoiLut, VoiWindow
from vcf_desktop.io import jpeg_frames
from vcf_desktop.io.checks import cause, require_pixel_count
from vcf_desktop.io.codestreams import declared_size
from vcf_desktop.io.dicom_header import DICOM_DAMAGE, items, numbers, text, texts, value, whole_number
from vcf_desktop.io.grey_values import COLOUR_NOTICE, has_colour, luminance, map_values

jpeg_frames.register()

WINDOW_LIMIT = 2.0**33
"""No value of 32 bits is larger, so no window has a use beyond it."""
DECODERS = {
    RLELossless: "pydicom",
    JPEGBaseline8Bit: "pillow",
    JPEGExtended12Bit: "pillow",
    JPEGLossless: jpeg_frames.PLUGIN,
    JPEGLosslessSV1: jpeg_frames.PLUGIN,
    JPEGLSLossless: jpeg_frames.PLUGIN,
    JPEGLSNearLossless: jpeg_frames.PLUGIN,
    JPEG2000Lossless: "pylibjpeg",
    JPEG2000: "pylibjpeg",
    HTJ2KLossless: "pylibjpeg",
    HTJ2KLosslessRPCL: "pylibjpeg",
    HTJ2K: "pylibjpeg",
}
"""pydicom's plug-in for each compressed transfer syntax.

The quickest one that stands damaged frames. GDCM would decode JPEG 2000 a quarter quicker, but with an older
copy of pylibjpeg's OpenJPEG; it gets what no other decodes. pylibjpeg's run-length decoder is six times as
quick as pydicom's own, but panics on mutated frames, with an exception that is none of Python's.
"""


def frame_values(path: Path, ds: Dataset, frame: int) -> tuple[NDArray[Any], list[str]]:
    """Stored values (H, W) of one frame, colour turned to luminance, and notices.

    Raises:
        FilmReadError: pixels are missing parts of their description, too many, cut short or undecodable.
    """
    rows, columns = whole_number(ds, "Rows"), whole_number(ds, "Columns")
    if not rows or not columns or rows < 0 or columns < 0:
        raise FilmReadError(path, "does not say how many rows and columns it has")
    require_pixel_count(path, rows, columns)
    syntax = UID(text(ds.file_meta, "TransferSyntaxUID"))
    # JPEG's decoders deliver numbers, the others words, whose bits are for _stored_bits to pick.
    plain = syntax not in DECODERS or syntax == RLELossless
    options: dict[str, Any] = {"allow_excess_frames": False}
    if plain:
        options["correct_unused_bits"] = False
    try:
        if not plain and syntax not in (JPEGLossless, JPEGLosslessSV1):  # jpeg_frames reads those in full
            _require_declared_size(ds, frame, (rows, columns))
        decoder, plugin = get_decoder(syntax), DECODERS.get(syntax, "")
        stored, properties = decoder.as_array(ds, index=frame, decoding_plugin=plugin, **options)
        if properties["photometric_interpretation"] == "PALETTE COLOR" and stored.ndim == 2:
            stored = apply_color_lut(stored, ds)[..., :3]
    except DICOM_DAMAGE as e:
        raise FilmReadError(path, f"its pixels ({syntax.name}) cannot be decoded: {cause(e)}") from e
    stored = stored.astype(stored.dtype.newbyteorder("="), copy=False)
    if stored.ndim == 3:
        return luminance(stored), [COLOUR_NOTICE] if has_colour(stored) else []
    if plain:
        stored = _stored_bits(ds, stored)
    if stored.dtype.itemsize == 8:
        with np.errstate(over="ignore"):  # what float32 cannot hold becomes infinite, and is refused
            stored = stored.astype(np.float32)
    return stored, []


def _require_declared_size(ds: Dataset, frame: int, size: tuple[int, int]) -> None:
    """ValueError where the codestream of a frame is larger than the data set says."""
    frame_count = whole_number(ds, "NumberOfFrames") or 1
    declared = declared_size(get_frame(ds.PixelData, frame, number_of_frames=frame_count))
    if declared is not None and (declared[0] > size[0] or declared[1] > size[1]):
        raise ValueError(f"the compressed frame is of another size, {declared[1]} x {declared[0]} pixels")


def padding_mask(ds: Dataset, stored: NDArray[Any]) -> NDArray[np.bool_] | None:
    """(H, W) True where a stored value is padding (PS3.3 C.7.5.1.1.2), None where there is none."""
    first = whole_number(ds, "PixelPaddingValue")
    if first is None or stored.dtype.kind not in "iu":
        return None
    last = whole_number(ds, "PixelPaddingRangeLimit")
    # Writers disagree whether a signed film's padding is written signed: -2000 and 63536 are the same bits.
    ends = [_as_stored(end, stored.dtype) for end in (first, first if last is None else last)]
    mask = (stored >= min(ends)) & (stored <= max(ends)) if ends[0] != ends[1] else stored == ends[0]
    return mask if mask.any() else None


def modality_values(path: Path, ds: Dataset, stored: NDArray[Any]) -> NDArray[Any]:
    """Values (H, W) after the modality LUT or the rescale: integer where that is exact, else float32."""
    if value(ds, "ModalityLUTSequence") is not None:
        lut = next((_lut(ds, item, stored) for item in items(ds, "ModalityLUTSequence")), None)
        if lut is None:
            raise FilmReadError(path, "its modality LUT is damaged, so its pixel values mean nothing")
        last, first, entries = lut.values.size - 1, lut.first, lut.values
        return map_values(stored, lambda v: entries[np.clip(v.astype(np.int64) - first, 0, last)])
    slope, intercept = numbers(ds, "RescaleSlope"), numbers(ds, "RescaleIntercept")
    if slope[:1] == (0,):
        raise FilmReadError(path, "its rescale slope is 0, so its pixel values mean nothing")
    return _rescaled(stored, slope[0] if slope else 1.0, intercept[0] if intercept else 0.0)


def windows(ds: Dataset) -> tuple[tuple[VoiWindow, ...], list[str]]:
    """The film's windows in its order, those that no window can have left out with a notice."""
    centres, widths = numbers(ds, "WindowCenter"), numbers(ds, "WindowWidth")
    explanations = texts(ds, "WindowCenterWidthExplanation")
    function = text(ds, "VOILUTFunction").upper() or "LINEAR"
    if function not in ("LINEAR", "LINEAR_EXACT", "SIGMOID"):
        function = "LINEAR"
    # PS3.3 C.11.2.1.2.1: the width of a LINEAR window is at least 1, of the others more than 0.
    smallest = 1.0 if function == "LINEAR" else 1e-6
    found = tuple(
        VoiWindow(centre, width, function, explanations[i] if i < len(explanations) else "")
        for i, (centre, width) in enumerate(zip(centres, widths, strict=False))
        if width >= smallest and abs(centre) + width < WINDOW_LIMIT
    )
    said = max(len(texts(ds, "WindowCenter")), len(texts(ds, "WindowWidth")))
    broken = len(found) < said
    return found, ["The film names windows that cannot be used; they are left out."] if broken else []


def voi_luts(ds: Dataset, values: NDArray[Any]) -> tuple[tuple[VoiLut, ...], list[str]]:
    """The film's VOI LUTs in its order, damaged ones left out with a notice."""
    found = [_lut(ds, item, values) for item in items(ds, "VOILUTSequence")]
    usable = tuple(lut for lut in found if lut is not None)
    broken = len(usable) < len(found)
    return usable, ["The film holds VOI LUTs that cannot be used; they are left out."] if broken else []


def inversion(ds: Dataset) -> tuple[bool, list[str]]:
    """Whether the lowest value is shown white, and a notice where the film contradicts itself.

    MONOCHROME1 and PresentationLUTShape INVERSE are two ways to say the same thing: PS3.3 C.8.11.3 demands
    INVERSE of every MONOCHROME1 DX image and IDENTITY of every MONOCHROME2 one. So it is one inversion where
    either is said, not two where both are.
    """
    photometric, shape = text(ds, "PhotometricInterpretation"), text(ds, "PresentationLUTShape").upper()
    contradicts = (photometric, shape) in (("MONOCHROME1", "IDENTITY"), ("MONOCHROME2", "INVERSE"))
    notice = "The film contradicts itself about which values are white: check that bone is bright."
    return photometric == "MONOCHROME1" or shape == "INVERSE", [notice] if contradicts else []


def detector_signal(ds: Dataset, stored: NDArray[Any]) -> tuple[NDArray[Any], bool]:
    """Values of a "for processing" film that rise evenly with attenuation or fall with it, and which.

    PS3.3 C.8.11.3.1.2: PixelIntensityRelationship LIN is proportional to the beam, so its logarithm is taken;
    PixelIntensityRelationshipSign -1 means that higher values have had less beam, as bone has.

    Returns:
        (H, W) values, and True where bone is dark in them.
    """
    signal = stored
    if text(ds, "PixelIntensityRelationship").upper() == "LIN":
        signal = np.log1p((stored - stored.min().astype(np.float64)).astype(np.float32))
    sign = whole_number(ds, "PixelIntensityRelationshipSign")
    return signal, inversion(ds)[0] if sign is None else sign > 0


def _stored_bits(ds: Dataset, stored: NDArray[Any]) -> NDArray[Any]:
    """BitsStored bits from HighBit down (PS3.5 8.1.1); old films keep overlays in the others."""
    if stored.dtype.kind not in "iu":
        return stored
    allocated = 8 * stored.dtype.itemsize
    bits = whole_number(ds, "BitsStored") or allocated
    high = whole_number(ds, "HighBit")
    above = allocated - 1 - (bits - 1 if high is None else high)
    below = allocated - bits - above
    if bits >= allocated or above < 0 or below < 0:
        return stored
    smallest = -(1 << (bits - 1)) if stored.dtype.kind == "i" else 0
    if below == 0 and smallest <= stored.min() and stored.max() < smallest + (1 << bits):
        return stored  # as nearly always: nothing lies in the other bits
    shifted = stored << above
    # To the right, the sign of a signed film is carried along.
    shifted >>= above + below
    return shifted


def _rescaled(stored: NDArray[Any], slope: float, intercept: float) -> NDArray[Any]:
    if (slope, intercept) == (1.0, 0.0):
        return stored
    exact = stored.dtype.kind in "iu" and slope.is_integer() and intercept.is_integer()
    if exact and max(abs(slope), abs(intercept)) < 2**31:
        a, b = int(slope), int(intercept)
        low, high = sorted(int(end) * a + b for end in (stored.min(), stored.max()))
        types = (np.uint8, np.uint16, np.int16, np.int32)
        fitting = (t for t in types if np.iinfo(t).min <= low and high <= np.iinfo(t).max)
        if (dtype := next(fitting, None)) is not None:
            return map_values(stored, lambda v: (v.astype(np.int64) * a + b).astype(dtype))
    with np.errstate(over="ignore"):
        return map_values(stored, lambda v: (v.astype(np.float64) * slope + intercept).astype(np.float32))


def _lut(ds: Dataset, item: Dataset, inputs: NDArray[Any]) -> VoiLut | None:
    """A modality or VOI LUT (PS3.3 C.11.1.1, C.11.2.1.1), None where it holds no usable table."""
    descriptor, data = numbers(item, "LUTDescriptor"), value(item, "LUTData")
    if len(descriptor) != 3 or data is None:
        return None
    count, first, bits = (int(part) for part in descriptor)
    count = count % 65536 or 65536  # written as 0, or signed by mistake
    entries = _lut_entries(ds, data, count, bits)
    if entries is None:
        return None
    # The first input is as signed as the inputs, but its VR follows the stored pixels, not the rescaled ones.
    if first > 32767 and inputs.min() < 0:
        first -= 65536
    # Some writers say 8 bits of 16-bit entries: the brightest entry shows how many there are.
    bits = max(1, min(bits, 16), int(entries.max()).bit_length())
    return VoiLut(first, entries, bits, text(item, "LUTExplanation"))


def _lut_entries(ds: Dataset, data: Any, count: int, bits: int) -> NDArray[np.uint16] | None:
    """The ``count`` entries of LUTData, numbers (US) or bytes (OW), of which up to 8 bits need but one."""
    if not isinstance(data, bytes):
        words = np.atleast_1d(np.asarray(data, dtype=np.int64)).astype(np.uint16)
    elif bits <= 8 and len(data) in (count, count + 1):
        words = np.frombuffer(data, np.uint8).astype(np.uint16)
    else:
        words = np.frombuffer(data[: len(data) // 2 * 2], "<u2" if ds.original_encoding[1] else ">u2")
    return words[:count].astype(np.uint16) if words.size >= count else None


def _as_stored(number: int, dtype: np.dtype[Any]) -> int:
    """``number`` as the integer type would hold its bits."""
    info = np.iinfo(dtype)
    return (number - int(info.min)) % (1 << info.bits) + int(info.min)
