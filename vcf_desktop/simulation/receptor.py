"""From line integrals to grey values: physics of the beam, then what vendors and exports make of it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from vcf_desktop.simulation.projector import Layers

SOFT_PER_MM = 0.0205
"""Attenuation of soft tissue at about 67 keV (morphometry.md, X-ray physics)."""
CORTEX_OVER_SOFT_PER_MM = 0.031
"""Cortical bone less the soft tissue it displaces, same table."""
TITANIUM_PER_MM = 0.20
"""Titanium (NIST: 0.35 at 60 and 0.18 at 80 keV) less soft tissue, in the beam that it has hardened itself;
cement is poured as a few mm of it."""


def attenuation(rng: np.random.Generator, layers: Layers) -> NDArray[np.float32]:
    """-log of the detected intensity (H, W), scatter, blur and noise included; 0 in air.

    Density runs from severe osteopenia, where only the endplates show, to dense young bone.
    """
    spongiosa_per_mm = rng.uniform(0.0005, 0.0065)
    cortex_per_mm = CORTEX_OVER_SOFT_PER_MM * rng.uniform(0.5, 1.4)
    attenuation_scale = rng.uniform(0.75, 1.15)
    primary = attenuation_scale * (
        SOFT_PER_MM * layers.soft
        + cortex_per_mm * layers.cortex
        + spongiosa_per_mm * layers.spongiosa
        + TITANIUM_PER_MM * layers.metal
    )
    primary = cv2.GaussianBlur(primary, (0, 0), rng.uniform(0.25, 0.9))
    # Scatter follows the primary of the patient around it, not the open air beside him: blurring intensity
    # would flood the body with unattenuated beam.
    small = cv2.resize(primary, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    broad = cv2.resize(
        cv2.GaussianBlur(small, (0, 0), 5), primary.shape[::-1], interpolation=cv2.INTER_LINEAR
    )
    scatter = rng.uniform(0.1, 1.0) * np.exp(-broad)
    detected = -np.log(np.exp(-primary) + scatter * layers.body)
    depth = np.minimum(np.exp(0.5 * np.maximum(detected, 0)), 30)
    grain = rng.normal(0, 1, primary.shape).astype(np.float32)
    if rng.random() < 0.5:
        grain = cv2.GaussianBlur(grain, (0, 0), rng.uniform(0.5, 0.9)) * 2
    noisy: NDArray[np.float32] = detected + grain * depth * rng.uniform(0.0003, 0.0022)
    return noisy


def develop(
    rng: np.random.Generator, log_film: NDArray[np.float32], body: NDArray[np.bool_], pixel_mm: float
) -> NDArray[np.float32]:
    """Grey values (H, W) in [0, 1], bone bright: multiscale compression, windowing, tone curve, export.

    Vendors compress the low frequencies hard, else no window shows lung and pelvis together.
    """
    film = _multiscale(rng, log_film, pixel_mm)
    inside = film[body] if body.any() else film.reshape(-1)
    low = np.percentile(inside, rng.uniform(0.1, 12))
    high = np.percentile(inside, 100 - (rng.uniform(0.02, 3) if rng.random() < 0.8 else rng.uniform(3, 9)))
    grey = (film - low) / max(high - low, 1e-3)
    if rng.random() < 0.7:
        grey = np.where(body, grey * 0.9 + 0.08, grey * rng.uniform(0, 0.3))  # air is black
    grey = np.clip(grey, 0, 1)
    if rng.random() < 0.4:
        steep = rng.uniform(3, 7)
        grey = 1 / (1 + np.exp(-steep * (grey - rng.uniform(0.4, 0.6))))
        grey = (grey - grey.min()) / max(float(np.ptp(grey)), 1e-3)
    grey = grey ** np.exp(rng.normal(0, 0.35))
    return np.asarray(grey, dtype=np.float32)


def _multiscale(
    rng: np.random.Generator, log_film: NDArray[np.float32], pixel_mm: float
) -> NDArray[np.floating]:
    """Three bands of a film with new weights: the widest compressed, the finest mostly raised."""
    wide = max(4.0, rng.uniform(12, 40) / pixel_mm)
    # A wide blur needs no full resolution.
    shrink = 8 / wide if wide > 16 else 0.5
    small = cv2.resize(log_film, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    base = cv2.GaussianBlur(small, (0, 0), wide * shrink)
    base = cv2.resize(base, log_film.shape[::-1], interpolation=cv2.INTER_LINEAR)
    middle = cv2.GaussianBlur(log_film, (0, 0), max(1.0, rng.uniform(1.0, 3.0) / pixel_mm))
    keep = rng.uniform(0.08, 0.5) if rng.random() < 0.9 else rng.uniform(0.5, 1.0)
    return np.asarray(
        keep * base + rng.uniform(0.7, 1.6) * (middle - base) + rng.uniform(0.6, 2.2) * (log_film - middle)
    )


def overlay(rng: np.random.Generator, film: NDArray[np.float32], pixel_mm: float) -> NDArray[np.float32]:
    """What lies on films besides the patient: grids, seams, letters, collimation; at the end often JPEG."""
    film = film.copy()
    if rng.random() < 0.35:
        _calibration_grid(rng, film, pixel_mm)
    if rng.random() < 0.25:
        _stitch(rng, film)
    film = np.maximum(film, _letters(rng, film.shape))
    if rng.random() < 0.4:
        _collimate(rng, film)
    film = np.clip(film, 0, 1)
    return _through_jpeg(rng, film) if rng.random() < 0.5 else film


def _calibration_grid(rng: np.random.Generator, film: NDArray[np.float32], pixel_mm: float) -> None:
    """Thin bright lines, broken here and there, as on stitched whole-spine films."""
    pitch = rng.uniform(25, 110) / pixel_mm
    strength = rng.uniform(0.03, 0.35)
    start = rng.uniform(0, pitch, 2)
    for axis in (0, 1):
        for line in np.arange(start[axis], film.shape[axis], pitch).astype(int):
            profile = strength * (rng.random(film.shape[1 - axis] // 24 + 1) < 0.8).repeat(24)
            profile = profile[: film.shape[1 - axis]].astype(np.float32)
            if axis == 0:
                film[line] += profile
            else:
                film[:, line] += profile


def _collimate(rng: np.random.Generator, film: NDArray[np.float32]) -> None:
    """Black (rarely white) outside one or more edges of the beam, which may stand askew."""
    height, width = film.shape
    x = np.arange(width, dtype=np.float32)[None] / width
    y = np.arange(height, dtype=np.float32)[:, None] / height
    shade = np.float32(0 if rng.random() < 0.85 else rng.uniform(0.7, 1))
    for edge in (x, 1 - x, y, 1 - y):
        if rng.random() < 0.45:
            other = y if edge.shape[0] == 1 else x
            film[edge + rng.normal(0, 0.02) * other < rng.uniform(0, 0.14)] = shade


def _stitch(rng: np.random.Generator, film: NDArray[np.float32]) -> None:
    """Two exposures joined at a row: a step in grey, often a bright seam."""
    row = int(rng.uniform(0.15, 0.85) * len(film))
    film[row:] = film[row:] * rng.uniform(0.8, 1.1) + rng.normal(0, 0.05)
    if rng.random() < 0.6:
        film[row : row + 1] = rng.uniform(0.5, 1)


def _letters(rng: np.random.Generator, size_hw: tuple[int, int]) -> NDArray[np.float32]:
    """Side markers, names and times as burnt into exports (H, W), in [0, 1]."""
    height, width = size_hw
    letters = np.zeros(size_hw, np.uint8)
    for _ in range(int(rng.poisson(0.8))):
        text = "".join(rng.choice(list("LR0123456789AHP:/")) for _ in range(int(rng.integers(1, 6))))
        place = (int(rng.uniform(0, 0.95) * width), int(rng.uniform(0.02, 1) * height))
        weight = int(rng.integers(1, 3))
        cv2.putText(letters, text, place, 0, rng.uniform(0.3, 1.2), int(rng.uniform(180, 256)), weight)
    return letters.astype(np.float32) / np.float32(255)


def _through_jpeg(rng: np.random.Generator, film: NDArray[np.float32]) -> NDArray[np.float32]:
    """The film after an export to JPEG."""
    quality = int(rng.integers(35, 96))
    _, coded = cv2.imencode(
        ".jpg", np.round(film * 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, quality]
    )
    decoded = cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE)
    return np.asarray(decoded, np.float32) / np.float32(255)
