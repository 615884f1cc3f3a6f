"""Lossless JPEG and JPEG-LS for pydicom: their decoders, behind a check of what they are given.

GDCM is the only free decoder of lossless JPEG (ITU-T T.81 annex H), and it ends the whole program on some
damaged headers: its asserts are C++ exceptions that nobody catches. It is given a frame only after the header
was read here, and without the parts that no decoder needs. CharLS counts to two thousand million where a
JPEG-LS frame (ITU-T T.87) ends too early, so it is given only those that have an end.
"""

from __future__ import annotations

from pydicom.pixels.decoders import gdcm, pyjpegls
from pydicom.pixels.decoders.base import DecodeRunner, get_decoder
from pydicom.uid import JPEGLossless, JPEGLosslessSV1, JPEGLSLossless, JPEGLSNearLossless

PLUGIN = "checked"
DECODER_DEPENDENCIES = {
    JPEGLossless: gdcm.DECODER_DEPENDENCIES[JPEGLossless],
    JPEGLosslessSV1: gdcm.DECODER_DEPENDENCIES[JPEGLosslessSV1],
    **pyjpegls.DECODER_DEPENDENCIES,
}
_START_OF_IMAGE, _END_OF_IMAGE = b"\xff\xd8", b"\xff\xd9"
_START_OF_FRAME, _HUFFMAN_TABLES, _RESTART_INTERVAL, _START_OF_SCAN = 0xC3, 0xC4, 0xDD, 0xDA
_NEEDLESS = frozenset({*range(0xE0, 0xF0), 0xFE})
"""Application data and comments; a colour space is told by DICOM."""


def is_available(uid: str) -> bool:
    """Whether the decoder for a transfer syntax is installed; pydicom asks this of every plug-in."""
    return pyjpegls.is_available(uid) if uid in pyjpegls.DECODER_DEPENDENCIES else gdcm.is_available(uid)


def register() -> None:
    """Make the decoders known to pydicom as :data:`PLUGIN`, beside those it brings."""
    for decoder in map(get_decoder, DECODER_DEPENDENCIES):
        if PLUGIN not in decoder.available_plugins:
            decoder.add_plugin(PLUGIN, (__name__, decode_frame.__name__))


def decode_frame(frame: bytes, runner: DecodeRunner) -> bytes | bytearray:
    """The values of a frame as pydicom's plug-ins return them.

    Raises:
        ValueError: the frame is cut short, or its header is damaged, contradicts the data set or is of a
            kind that films do not have.
    """
    if runner.transfer_syntax in (JPEGLSLossless, JPEGLSNearLossless):
        if not frame.rstrip(b"\0").endswith(_END_OF_IMAGE):
            raise ValueError("a JPEG-LS frame is cut short")
        return pyjpegls._decode_frame(frame, runner)
    codestream = _plain_codestream(frame, runner)
    try:
        return gdcm._decode_frame(codestream, runner)
    except AttributeError as e:
        # It returns None for a frame that it has given up.
        raise ValueError("a JPEG frame is damaged or cut short") from e


def _plain_codestream(frame: bytes, runner: DecodeRunner) -> bytes:
    """The frame with its needless parts left out."""
    if not frame.startswith(_START_OF_IMAGE):
        raise ValueError("a JPEG frame does not begin as one")
    kept, position, components = [_START_OF_IMAGE], 2, b""
    while True:
        marker, code = frame[position : position + 2], frame[position + 1 : position + 2]
        length = int.from_bytes(frame[position + 2 : position + 4])
        segment = frame[position : position + 2 + length]
        position += 2 + length
        if len(code) != 1 or marker[0] != 0xFF or length < 2 or position >= len(frame):
            raise ValueError("the header of a JPEG frame is cut short")
        if code[0] in _NEEDLESS:
            continue
        kept.append(segment)
        if code[0] == _START_OF_FRAME and not components:
            components = _frame_components(segment, runner)
        elif code[0] == _START_OF_SCAN and components:
            _require_scan(segment, components)
            return b"".join(kept) + frame[position:]
        elif code[0] not in (_HUFFMAN_TABLES, _RESTART_INTERVAL):
            raise ValueError(f"a JPEG frame holds the marker {code[0]:02X}, which has no place in it")


def _frame_components(segment: bytes, runner: DecodeRunner) -> bytes:
    """The identifiers of the frame's components (T.81 B.2.2), which have to be those of the data set."""
    precision, count = segment[4], segment[9]
    height, width = int.from_bytes(segment[5:7]), int.from_bytes(segment[7:9])
    if (height, width, count) != (runner.rows, runner.columns, runner.samples_per_pixel):
        raise ValueError("a JPEG frame is of another size than the film")
    if not 2 <= precision <= runner.bits_allocated or len(segment) != 10 + 3 * count:
        raise ValueError("a JPEG frame has another depth than the film")
    if set(segment[11::3]) != {0x11}:
        raise ValueError("the components of a JPEG frame differ in size")
    return segment[10::3]


def _require_scan(segment: bytes, components: bytes) -> None:
    """The one scan of the frame (T.81 B.2.3, table B.3): all components, a predictor of 1 to 7, no shift."""
    count = len(components)
    predictor, end, shift = segment[5 + 2 * count : 8 + 2 * count]
    if segment[4] != count or segment[5 : 5 + 2 * count : 2] != components:
        raise ValueError("the scan of a JPEG frame does not hold its components")
    if not 1 <= predictor <= 7 or end != 0 or shift != 0:
        raise ValueError("the scan of a JPEG frame is not lossless")
