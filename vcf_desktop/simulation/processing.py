"""What vendors and exports make of an exposure: bands, window, tone curve, resizing, JPEG."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Processing:
    """How the log intensities of one film become grey values.

    Attributes:
        wide_mm, fine_mm: SD of the blurs that part the film into three bands.
        keep_base, gain_middle, gain_fine: factors on the bands, widest first. Vendors compress the low
            frequencies hard, else no window shows lung and pelvis together.
        low_percentile, high_percentile: of the body's values, shown black and white.
        air: grey of air as a part of its own value; None where the body is not told from it.
        sigmoid: steepness and middle of an S-shaped curve; None for a straight one.
        gamma: exponent of the grey values.
        inverted: bone is dark.
        shrink: the export's pixels are so many times the film's; 1 keeps them.
        jpeg_quality: of a JPEG export; None where the film never was one.
    """

    wide_mm: float
    fine_mm: float
    keep_base: float
    gain_middle: float
    gain_fine: float
    low_percentile: float
    high_percentile: float
    air: float | None
    sigmoid: tuple[float, float] | None
    gamma: float
    inverted: bool
    shrink: float
    jpeg_quality: int | None


def sample_processing(rng: np.random.Generator) -> Processing:
    """What one of many machines and archives may do, now and then badly."""
    return Processing(
        wide_mm=rng.uniform(12, 40),
        fine_mm=rng.uniform(1, 3),
        keep_base=rng.uniform(0.05, 0.38) if rng.random() < 0.9 else rng.uniform(0.38, 0.8),
        gain_middle=rng.uniform(0.7, 1.6),
        gain_fine=rng.uniform(0.7, 2.6),
        low_percentile=rng.uniform(0.1, 10),
        high_percentile=100 - (rng.uniform(0.02, 3) if rng.random() < 0.8 else rng.uniform(3, 9)),
        air=rng.uniform(0, 0.3) if rng.random() < 0.7 else None,
        sigmoid=(rng.uniform(3, 7), rng.uniform(0.4, 0.6)) if rng.random() < 0.4 else None,
        gamma=float(np.exp(rng.normal(0, 0.35))),
        inverted=bool(rng.random() < 0.01),
        shrink=rng.uniform(1.1, 1.7) if rng.random() < 0.2 else 1.0,
        jpeg_quality=int(rng.integers(35, 96)) if rng.random() < 0.5 else None,
    )


BODY_DARKEST, BODY_SPAN = 0.08, 0.9
"""Grey of the body's black and its range where air is darker still."""
PERCENTILE_STEP = 7
"""Percentiles are those of every seventh pixel of the body, row by row."""
LEAST_SPAN = 1e-3
"""No window is narrower."""


def develop(
    processing: Processing, log_film: NDArray[np.float32], body: NDArray[np.bool_], pixel_mm: float
) -> NDArray[np.float32]:
    """Grey values (H, W) in [0, 1] with bone bright, from log intensities (H, W); ``body`` is not air."""
    film = _multiscale(processing, log_film, pixel_mm)
    inside = film[body] if body.any() else film.reshape(-1)
    low, high = np.percentile(
        inside[::PERCENTILE_STEP], [processing.low_percentile, processing.high_percentile]
    )
    grey = (film - np.float32(low)) / np.float32(max(high - low, LEAST_SPAN))
    if processing.air is not None:
        inner = grey * np.float32(BODY_SPAN) + np.float32(BODY_DARKEST)
        grey = np.where(body, inner, grey * np.float32(processing.air))
    grey = np.clip(grey, 0, 1)
    if processing.sigmoid is not None:
        steep, middle = processing.sigmoid
        grey = 1 / (1 + np.exp(np.float32(-steep) * (grey - np.float32(middle))))
        grey = (grey - grey.min()) / max(float(np.ptp(grey)), LEAST_SPAN)
    return np.asarray(grey ** np.float32(processing.gamma), dtype=np.float32)


@dataclass(frozen=True)
class Bands:
    """How one film of known pixels is parted into bands.

    Attributes:
        shrink: factor on the film's size before the wide blur, which needs no full resolution.
        wide_px, fine_px: SD of the wide blur on the small film and of the fine one on the film itself.
    """

    shrink: float
    wide_px: float
    fine_px: float


def bands(processing: Processing, pixel_mm: float) -> Bands:
    """The bands of a film with pixels of this size."""
    wide = max(4.0, processing.wide_mm / pixel_mm)
    shrink = 8 / wide if wide > 16 else 0.5
    return Bands(shrink, wide * shrink, max(1.0, processing.fine_mm / pixel_mm))


def _multiscale(
    processing: Processing, log_film: NDArray[np.float32], pixel_mm: float
) -> NDArray[np.float32]:
    """Three bands of a film (H, W) with new weights."""
    parted = bands(processing, pixel_mm)
    small = cv2.resize(log_film, None, fx=parted.shrink, fy=parted.shrink, interpolation=cv2.INTER_AREA)
    base = cv2.GaussianBlur(small, (0, 0), parted.wide_px)
    base = cv2.resize(base, log_film.shape[::-1], interpolation=cv2.INTER_LINEAR)
    middle = cv2.GaussianBlur(log_film, (0, 0), parted.fine_px)
    return np.asarray(
        np.float32(processing.keep_base) * base
        + np.float32(processing.gain_middle) * (middle - base)
        + np.float32(processing.gain_fine) * (log_film - middle)
    )


def export(processing: Processing, film: NDArray[np.float32]) -> NDArray[np.float32]:
    """Grey values (H, W) in [0, 1] after inversion, resizing and JPEG."""
    if processing.inverted:
        film = 1 - film
    if processing.shrink > 1:
        height, width = film.shape
        size = (round(width / processing.shrink), round(height / processing.shrink))
        small = cv2.resize(film, size, interpolation=cv2.INTER_AREA)
        film = np.clip(cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC), 0, 1)
    if processing.jpeg_quality is None:
        return film
    quality = [cv2.IMWRITE_JPEG_QUALITY, processing.jpeg_quality]
    _, coded = cv2.imencode(".jpg", np.round(film * 255).astype(np.uint8), quality)
    decoded = cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE)
    return np.asarray(decoded, np.float32) / np.float32(255)
