"""From a film's values to grey: luminance, windows, VOI LUTs, and the picture that the networks see.

Nothing here knows a file format. The order of the steps is that of DICOM PS3.4 N.2: modality, VOI, inversion.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from vcf_desktop.film import DisplayPixels, VoiLut, VoiWindow

COLOUR_NOTICE = "The film is in colour; its luminance is used."
COMPUTED_NOTICE = "The film brings no window; one was computed from its pixels."
FULL_RANGE_8_BIT = VoiWindow(128.0, 256.0, "LINEAR", "full range")
"""Eight-bit values without a window are grey levels already."""
WINDOW_PERCENTILES = (0.1, 99.9)
"""Ends of a computed window: a lead marker or a dead pixel does not decide the contrast of the whole film."""
MAX_CLIPPED = 0.1
"""A film's own VOI is not used for the networks where it makes more than this part all black or all white."""
_SAMPLE_SIZE = 500_000
"""Pixels that percentiles are taken of: 0.1 % of them are five hundred still."""


def luminance(rgb: NDArray[Any]) -> NDArray[Any]:
    """Grey (H, W) of colours (H, W, 3) by ITU-R BT.601, in uint8, uint16 or float32; grey stays as it is."""
    if rgb.dtype not in (np.uint8, np.uint16):
        rgb = rgb.astype(np.float32)
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(rgb), cv2.COLOR_RGB2GRAY))


def has_colour(rgb: NDArray[Any]) -> bool:
    """Whether any pixel of (H, W, 3) differs between its channels: many grey films are stored as colour."""
    red, green, blue = rgb[..., 0], rgb[..., 1], rgb[..., 2]
    return not (np.array_equal(red, green) and np.array_equal(green, blue))


def computed_window(values: NDArray[Any], padding: NDArray[np.bool_] | None) -> VoiWindow:
    """A window for values (H, W) whose film brings none, from the percentiles of its unpadded pixels."""
    sample = _sample(values, padding)
    low, high = (float(end) for end in np.percentile(sample, WINDOW_PERCENTILES))
    if low == high:
        shown = values if padding is None else values[~padding]
        low, high = float(shown.min()), float(shown.max())
    return VoiWindow((low + high) / 2, high - low, "LINEAR_EXACT", "computed")


def apply_voi(values: NDArray[Any], voi: VoiWindow | VoiLut) -> NDArray[np.float32]:
    """Grey in [0, 1] of modality values, same shape, before the final inversion.

    LINEAR, LINEAR_EXACT and SIGMOID as in DICOM PS3.3 C.11.2.1.2 and C.11.2.1.3, LUTs as in C.11.2.1.1, each
    with the output range mapped to [0, 1].
    """
    if isinstance(voi, VoiWindow) and voi.function != "SIGMOID":
        return _linear(values, *voi_range(voi))
    return map_values(values, lambda v: _curve(v, voi))


def map_values(values: NDArray[Any], function: Callable[[NDArray[Any]], NDArray[Any]]) -> NDArray[Any]:
    """``function(values)``, for a function that looks at one value at a time.

    Integers of up to 16 bits go through a table of all values they can have: one look-up a pixel is quicker
    than arithmetic in 64 bits, and needs no large temporary array.
    """
    if values.dtype.kind not in "iu" or values.dtype.itemsize > 2:
        return function(values)
    index = values.view(f"u{values.dtype.itemsize}")
    every_value = np.arange(np.iinfo(index.dtype).max + 1, dtype=index.dtype).view(values.dtype)
    return np.take(function(every_value), index)


def voi_range(voi: VoiWindow | VoiLut) -> tuple[float, float]:
    """The values between which a VOI tells one from another; beyond them all is (nearly) black or white."""
    if isinstance(voi, VoiLut):
        changes = np.flatnonzero(np.diff(voi.values.astype(np.int64)))
        if changes.size == 0:
            return float(voi.first), float(voi.first)
        return voi.first + float(changes[0]), voi.first + float(changes[-1]) + 1
    if voi.function == "SIGMOID":
        return voi.centre - voi.width, voi.centre + voi.width
    if voi.function == "LINEAR_EXACT":
        return voi.centre - voi.width / 2, voi.centre + voi.width / 2
    return voi.centre - voi.width / 2, voi.centre + voi.width / 2 - 1


def network_pixels(display: DisplayPixels, padding: NDArray[np.bool_] | None) -> NDArray[np.float32]:
    """(H, W) float32 in [0, 1] as the film's first VOI shows it, padding 0.

    LUTs come before windows. A VOI that clips more than :data:`MAX_CLIPPED` at either end gives way to the
    computed window: a reader may look at one region only, the networks need the whole spine.
    """
    choices: tuple[VoiWindow | VoiLut, ...] = (*display.luts, *display.windows)
    voi = choices[0]
    low, high = voi_range(voi)
    sample = _sample(display.values, padding)
    if max(np.mean(sample < low), np.mean(sample > high)) > MAX_CLIPPED:
        voi = computed_window(display.values, padding)
    pixels = apply_voi(display.values, voi)
    if display.inverted:
        np.subtract(1, pixels, out=pixels)
    if padding is not None:
        pixels[padding] = 0
    return pixels


def _linear(values: NDArray[Any], low: float, high: float) -> NDArray[np.float32]:
    """0 up to ``low``, 1 from ``high`` on, straight between."""
    # Beyond 16 bits float32 cannot hold every value; up to there, subtracting first loses nothing.
    precise = np.float32 if values.dtype.itemsize <= 2 else np.float64
    grey: NDArray[Any] = np.subtract(values, low, dtype=precise)
    # A LINEAR window of width 1 is a step: black up to its edge, white above.
    grey *= 1 / max(high - low, 1e-6)
    return np.clip(grey, 0, 1, out=grey).astype(np.float32, copy=False)


def _curve(values: NDArray[Any], voi: VoiWindow | VoiLut) -> NDArray[np.float32]:
    """SIGMOID windows and LUTs, value by value."""
    exact = values.astype(np.float64)
    if isinstance(voi, VoiWindow):
        # The same as 1 / (1 + exp(-4 (x - c) / w)), without its overflow.
        return ((np.tanh((exact - voi.centre) * (2 / voi.width)) + 1) / 2).astype(np.float32)
    entry = np.clip(np.rint(exact) - voi.first, 0, voi.values.size - 1).astype(np.intp)
    grey: NDArray[np.float32] = voi.values[entry] / np.float32((1 << voi.bits) - 1)
    return grey


def _sample(values: NDArray[Any], padding: NDArray[np.bool_] | None) -> NDArray[Any]:
    """(N,) unpadded values on a grid of some :data:`_SAMPLE_SIZE` pixels; all of them where it meets none."""
    step = max(1, math.isqrt(values.size // _SAMPLE_SIZE))
    if padding is None:
        return values[::step, ::step].ravel()
    sparse = values[::step, ::step][~padding[::step, ::step]]
    return sparse if sparse.size else values[~padding]
