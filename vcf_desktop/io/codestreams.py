"""The size that a compressed frame declares of itself, read before a decoder takes memory for it."""

from __future__ import annotations

_JPEG_START = b"\xff\xd8"
_JPEG_2000_START = b"\xff\x4f\xff\x51"
_FRAME_HEADERS = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}) | {0xF7}
"""Markers SOF0 to SOF15 of JPEG (ITU-T T.81 table B.1) and SOF55 of JPEG-LS (T.87)."""


def declared_size(frame: bytes) -> tuple[int, int] | None:
    """Rows and columns that a JPEG, JPEG-LS, JPEG 2000 or HTJ2K codestream declares; None where it has none.

    A file that says 200 x 300 in DICOM may hold a codestream of 60000 x 60000, which a decoder believes.
    """
    start = frame.find(_JPEG_2000_START, 0, 1024)  # a few writers keep the boxes of a JP2 file before it
    if start >= 0:
        # SIZ (T.800 A.5.1): marker, length, capabilities, then width, height and their offsets.
        width, height, left, top = (
            int.from_bytes(frame[start + place : start + place + 4]) for place in (8, 12, 16, 20)
        )
        return height - top, width - left
    if not frame.startswith(_JPEG_START):
        return None
    position = 2
    while position + 9 <= len(frame) and frame[position] == 0xFF:
        code, length = frame[position + 1], int.from_bytes(frame[position + 2 : position + 4])
        if code in _FRAME_HEADERS:
            rows = int.from_bytes(frame[position + 5 : position + 7])
            return rows, int.from_bytes(frame[position + 7 : position + 9])
        # Fill bytes before a marker (T.81 B.1.1.2) are skipped one by one.
        position += 1 if code == 0xFF else 2 + length
    return None
