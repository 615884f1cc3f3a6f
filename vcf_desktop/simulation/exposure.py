"""What reaches the receptor: a beam of several energies behind the patient, scatter, blur, noise."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from vcf_desktop.simulation.projector import Layers

_ENERGY_KEV = (50.0, 60.0, 65.0, 70.0, 80.0)
_SOFT_PER_MM = (0.0240, 0.0217, 0.0209, 0.0203, 0.0193)
_CORTEX_PER_MM = (0.0815, 0.0605, 0.0541, 0.0494, 0.0428)
_MARROW_PER_MM = (0.0217, 0.0199, 0.0194, 0.0187, 0.0180)
_MINERAL_PER_MM = (5.2e-5, 3.5e-5, 2.9e-5, 2.6e-5, 2.0e-5)
_TITANIUM_PER_MM = (0.546, 0.345, 0.280, 0.235, 0.183)
"""Linear attenuation, per mm: ICRU-44/46 tissues (morphometry.md, X-ray physics); spongiosa is marrow plus so
much for each mg/cm³ of mineral (the same table, trabecular bone); titanium: NIST XCOM, 4.51 g/cm³."""

SPECTRUM = ((0.65, 0.35), (0.75, 0.40), (0.90, 0.25))
"""Share of the tube voltage and weight of three lines that stand for the spectrum behind a patient."""
MOTTLE_MM = (0.8, 1.6, 3.2, 7.0)
"""Sizes of unresolved structure, each about twice the last."""
MOTTLE_GAIN = 1.4
"""Interpolation between independent values lowers their SD by about so much."""
MOTTLE_BELLY, MOTTLE_LUNG = 0.4, 2.6
LUNG_MM, BELLY_MM = 80.0, 200.0
"""Soft tissue along the ray through the chest beside the spine and through the belly."""
SCATTER_SHRINK, SCATTER_PX = 0.125, 5.0
"""Scatter is spread on a film so much smaller, with so many of its pixels as SD."""
GRAIN_GAIN = 2.0
"""Makes up for some of what a blur takes from noise."""
MOST_DEPTH_GAIN = 30.0
"""Noise grows with 1/sqrt(intensity); detectors and their software bound it."""


@dataclass(frozen=True)
class Exposure:
    """How one film was exposed.

    Attributes:
        tube_kv: voltage of the tube.
        thickness: factor on the soft tissue: thin to obese beyond what was drawn.
        mineral_mg_cm3: mineral of the spongiosa, 50 in severe osteopenia to 280 in young bone.
        cortex: factor on the thickness of cortical shells. On films of the young only endplates show a line,
            the walls are mere edges; in osteopenia a frame is all that is seen.
        blur_px: SD of focal and receptor blur.
        scatter: scattered over primary intensity behind the grid.
        mottle: SD of the log intensity by unresolved structure, trabeculae, vessels, fat, in each of
            :data:`MOTTLE_MM`; through lung, which is little else, it is six times that of the belly.
        mottle_stretch: how much longer structures are along the film than across.
        noise: SD of the log intensity where nothing attenuates.
        grain_px: SD of the blur of the noise, 0 for white noise.
        noise_seed: of noise and mottle.
    """

    tube_kv: float
    thickness: float
    mineral_mg_cm3: float
    cortex: float
    blur_px: float
    scatter: float
    mottle: tuple[float, ...]
    mottle_stretch: float
    noise: float
    grain_px: float
    noise_seed: int


def sample_exposure(rng: np.random.Generator, density: float) -> Exposure:
    """An exposure of a person with this bone density, 0 (severe osteopenia, only endplates show) to 1."""
    return Exposure(
        tube_kv=rng.uniform(70, 95),
        thickness=rng.uniform(0.75, 1.15),
        mineral_mg_cm3=50 + 230 * density * rng.uniform(0.85, 1.15),
        cortex=rng.uniform(0.15, 1.05),
        blur_px=rng.uniform(0.25, 0.75),
        scatter=rng.uniform(0.1, 1.0),
        mottle=tuple(float(np.exp(rng.normal(np.log(0.013), 0.7))) for _ in MOTTLE_MM),
        mottle_stretch=float(np.exp(rng.normal(0.15, 0.3))),
        noise=float(np.exp(rng.uniform(*np.log((0.0002, 0.0018))))),
        grain_px=rng.uniform(0.5, 0.9) if rng.random() < 0.5 else 0.0,
        noise_seed=int(rng.integers(2**32)),
    )


def expose(exposure: Exposure, layers: Layers, pixel_mm: float) -> NDArray[np.float32]:
    """-log of the detected over the open beam's intensity (H, W), scatter, blur and noise included."""
    rng = np.random.default_rng(exposure.noise_seed)
    sharp = _primary(exposure, layers) + _mottle(rng, exposure, layers, pixel_mm)
    primary = cv2.GaussianBlur(sharp, (0, 0), exposure.blur_px)
    # Scatter follows the primary of the patient around it, not the open air beside him: blurring intensity
    # would flood the body with unattenuated beam.
    small = cv2.resize(primary, None, fx=SCATTER_SHRINK, fy=SCATTER_SHRINK, interpolation=cv2.INTER_AREA)
    broad = cv2.resize(
        cv2.GaussianBlur(small, (0, 0), SCATTER_PX), primary.shape[::-1], interpolation=cv2.INTER_LINEAR
    )
    scattered = np.float32(exposure.scatter) * np.exp(-broad) * layers.body
    detected = -np.log(np.exp(-primary) + scattered)
    gain = np.minimum(np.exp(0.5 * np.maximum(detected, 0)), MOST_DEPTH_GAIN)
    noisy: NDArray[np.float32] = detected + _grain(rng, exposure, primary.shape) * gain * np.float32(
        exposure.noise
    )
    return noisy


def beam(exposure: Exposure) -> NDArray[np.float32]:
    """Attenuation per mm (3, 4) at the lines of :data:`SPECTRUM` by soft tissue, cortex, spongiosa and metal.

    Bone and metal displace the soft tissue that was drawn in their place.
    """
    lines = []
    for share, _ in SPECTRUM:
        soft, cortex, marrow, mineral, titanium = (
            float(np.interp(share * exposure.tube_kv, _ENERGY_KEV, per_mm))
            for per_mm in (_SOFT_PER_MM, _CORTEX_PER_MM, _MARROW_PER_MM, _MINERAL_PER_MM, _TITANIUM_PER_MM)
        )
        spongiosa = marrow + mineral * exposure.mineral_mg_cm3
        lines.append(
            (
                soft * exposure.thickness,
                (cortex - soft) * exposure.cortex,
                spongiosa - soft,
                titanium - soft,
            )
        )
    return np.array(lines, np.float32)


def _primary(exposure: Exposure, layers: Layers) -> NDArray[np.float32]:
    """-log of the intensity (H, W) that comes straight through, all energies together."""
    intensity: NDArray[np.float32] = np.zeros(layers.soft.shape, np.float32)
    for (_, weight), (soft, cortex, spongiosa, metal) in zip(SPECTRUM, beam(exposure), strict=True):
        line = soft * layers.soft
        line += cortex * layers.cortex
        line += spongiosa * layers.spongiosa
        line += metal * layers.metal
        intensity += np.float32(weight) * np.exp(-line)
    return -np.log(intensity)


def mottle_cells(exposure: Exposure, size_hw: tuple[int, int], pixel_mm: float) -> list[tuple[int, int]]:
    """Rows and columns of independent values on a film, for each of :data:`MOTTLE_MM`."""
    height, width = size_hw
    stretch = exposure.mottle_stretch
    across = [max(1.0, size_mm / pixel_mm) for size_mm in MOTTLE_MM]
    return [(max(4, round(height / (px * stretch))), max(4, round(width * stretch / px))) for px in across]


def _mottle(
    rng: np.random.Generator, exposure: Exposure, layers: Layers, pixel_mm: float
) -> NDArray[np.float32]:
    """Log intensity (H, W) of structures too fine to be drawn one by one; none in air."""
    height, width = layers.soft.shape
    total: NDArray[np.float32] = np.zeros((height, width), np.float32)
    cells = mottle_cells(exposure, (height, width), pixel_mm)
    for size, spread in zip(cells, exposure.mottle, strict=True):
        coarse = rng.standard_normal(size, np.float32) * np.float32(MOTTLE_GAIN * spread)
        total += cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    lung = np.clip((BELLY_MM - layers.soft) / np.float32(BELLY_MM - LUNG_MM), 0, 1)
    return np.asarray(
        total * (np.float32(MOTTLE_BELLY) + np.float32(MOTTLE_LUNG - MOTTLE_BELLY) * lung) * layers.body
    )


def _grain(rng: np.random.Generator, exposure: Exposure, size_hw: tuple[int, ...]) -> NDArray[np.float32]:
    """Noise (H, W) of unit strength."""
    grain = rng.standard_normal(size_hw, np.float32)
    if not exposure.grain_px:
        return grain
    return np.asarray(cv2.GaussianBlur(grain, (0, 0), exposure.grain_px) * np.float32(GRAIN_GAIN))
