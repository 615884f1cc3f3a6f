"""What every film must pass, whatever its format, and what the readers of damaged files raise."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.errors import FilmReadError, FrameChoiceError

MAX_FILE_BYTES = 2 << 30
"""A file is held in memory as a whole while it is read. A long run of fluoroscopy has some 500 MB."""
MAX_PIXELS = 100_000_000
"""Pixels of one frame. The largest films are stitched whole-body ones of about 4000 x 20000 pixels."""
MAX_SIDE_PX = 32_000
"""OpenCV samples pictures with positions of 16 bits."""

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

They promise no error class of their own. The tuple is caught around calls into those libraries only, so
that a mistake in our own arithmetic is not taken for a damaged file.
"""


def cause(error: BaseException) -> str:
    """The gist of what a library said, for the end of a sentence.

    pydicom lists the reasons of its plug-ins below a general line, and puts its advice behind a dash.
    """
    lines = str(error).strip().splitlines()
    return lines[-1].strip().split(" - ")[0].rstrip(".: ") if lines else type(error).__name__


def require_pixel_count(path: Path, rows: int, columns: int) -> None:
    """Refuse a frame that declares more than :data:`MAX_PIXELS`, before memory is taken for it."""
    if rows * columns > MAX_PIXELS:
        limit = f"{MAX_PIXELS / 1e6:g} megapixels"
        raise FilmReadError(path, f"declares {columns} x {rows} pixels, more than the limit of {limit}")
    if max(rows, columns) > MAX_SIDE_PX:
        raise FilmReadError(
            path, f"declares {columns} x {rows} pixels, more than the limit of {MAX_SIDE_PX} a side"
        )


def chosen_frame(path: Path, frame: int | None, frame_count: int) -> int:
    """The index of the frame to show; frames are never averaged, so of several one must be named."""
    if frame is None and frame_count > 1:
        choice = f"choose one with --frame, counted from 0 (0 to {frame_count - 1})"
        raise FrameChoiceError(path, f"has {frame_count} frames; {choice}", frame_count)
    if frame is not None and not 0 <= frame < frame_count:
        there = "only frame 0" if frame_count == 1 else f"frames 0 to {frame_count - 1}"
        raise FilmReadError(
            path, f"has no frame {frame}; there {'is' if frame_count == 1 else 'are'} {there}"
        )
    return frame or 0


def require_picture(path: Path, values: NDArray[Any], padding: NDArray[np.bool_] | None) -> None:
    """Refuse values (H, W) that are not all finite, or that show nothing.

    Raises:
        FilmReadError: NaN or infinity, nothing but padding, or one and the same value everywhere.
    """
    shown = values if padding is None else values[~padding]
    if shown.size == 0:
        raise FilmReadError(path, "contains no picture: every pixel is padding")
    low, high = float(shown.min()), float(shown.max())
    if not np.isfinite(low) or not np.isfinite(high):
        raise FilmReadError(path, "contains pixels that are not numbers")
    if low == high:
        raise FilmReadError(path, "contains no picture: every pixel has the same value")
