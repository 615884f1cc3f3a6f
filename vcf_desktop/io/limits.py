"""What a foreign file may cost, and what its readers raise when it is damaged."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from vcf_desktop.errors import FilmReadError

MAX_FILE_BYTES = 2 << 30
"""A file is held in memory as a whole while it is read. A long run of fluoroscopy has some 500 MB."""
MAX_PIXELS = 100_000_000
"""Pixels of one frame. The largest films are stitched whole-body ones of about 4000 x 20000 pixels."""

DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What pydicom, Pillow and the decoders were seen to raise on damaged bytes.

They promise no error class of their own. This tuple is caught around calls into those libraries only, so that
a mistake in our own arithmetic is not taken for a damaged file.
"""


def require_pixel_count(path: Path, rows: int, columns: int) -> None:
    """Refuse a frame that declares more than :data:`MAX_PIXELS`, before memory is taken for it."""
    if rows * columns > MAX_PIXELS:
        limit = f"{MAX_PIXELS / 1e6:g} megapixels"
        raise FilmReadError(path, f"declares {columns} x {rows} pixels, more than the limit of {limit}")


def cause(error: BaseException) -> str:
    """The first line of what a library said, for the end of a sentence."""
    text = str(error).strip()
    return text.splitlines()[0].rstrip(".: ") if text else type(error).__name__
