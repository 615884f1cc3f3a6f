"""One way in which a composed film may come out of a machine: exposure, processing, markings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.simulation.exposure import Exposure, expose, sample_exposure
from vcf_desktop.simulation.markings import Markings, mark, sample_markings
from vcf_desktop.simulation.processing import Processing, develop, export, sample_processing
from vcf_desktop.simulation.projector import Layers


@dataclass(frozen=True)
class Look:
    """Everything that turns the layers of a film into its grey values; the same look gives the same film."""

    exposure: Exposure
    processing: Processing
    markings: Markings


def sample_look(rng: np.random.Generator, density: float) -> Look:
    """A look of a person with this bone density in [0, 1]."""
    return Look(sample_exposure(rng, density), sample_processing(rng), sample_markings(rng))


def render(
    look: Look, layers: Layers, pixel_mm: float, keep_xyxy: NDArray[np.float64] | None
) -> NDArray[np.float32]:
    """Grey values (H, W) in [0, 1]; no shutter hides ``keep_xyxy`` (4,) px."""
    grey = develop(look.processing, expose(look.exposure, layers, pixel_mm), layers.body, pixel_mm)
    return finish(look, grey, pixel_mm, keep_xyxy)


def finish(
    look: Look, grey: NDArray[np.float32], pixel_mm: float, keep_xyxy: NDArray[np.float64] | None
) -> NDArray[np.float32]:
    """What happens to developed grey values (H, W) after all: markings and export; see :func:`render`."""
    return export(look.processing, mark(look.markings, grey, pixel_mm, keep_xyxy))
