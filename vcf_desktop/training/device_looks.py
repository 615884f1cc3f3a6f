"""Looks of simulated films on a GPU, many films at once: what :func:`.looks.render` does, in torch.

Every blur and every change of size treats rows and columns alike, one after the other, and is linear. So each
is a matrix for the rows and one for the columns, which differ from film to film, and a whole batch is two
products of matrices. Markings and JPEG stay on the CPU.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from vcf_desktop.simulation import exposure as x
from vcf_desktop.simulation import processing as p
from vcf_desktop.simulation.generate import SimulatedFilm
from vcf_desktop.simulation.looks import Look, finish


def render_batch(
    films: Sequence[SimulatedFilm], looks: Sequence[Look], device: torch.device
) -> list[NDArray[np.float32]]:
    """Grey values (H, W) in [0, 1] of each film as its look shows it.

    Without noise and mottle they are those of :meth:`SimulatedFilm.render` to within a hundredth; noise and
    mottle have the same strength, but other values, for torch draws other numbers.

    Args:
        films: N films of one size; one that comes several times is sent to the device once.
        looks: N, one for each.
    """
    distinct = list(dict.fromkeys(films))
    places = torch.tensor([distinct.index(film) for film in films], device=device)
    layers = torch.from_numpy(np.stack([_layers(film) for film in distinct])).to(device)[places]
    body = torch.from_numpy(np.stack([film.layers.body for film in distinct])).to(device)[places]
    pixels_mm = [film.view.pixel_mm for film in films]
    log_films = _expose([look.exposure for look in looks], layers, body, pixels_mm)
    greys = _develop([look.processing for look in looks], log_films, body, pixels_mm).cpu().numpy()
    return [
        finish(look, grey, film.view.pixel_mm, film.labelled_xyxy)
        for look, grey, film in zip(looks, greys, films, strict=True)
    ]


def _layers(film: SimulatedFilm) -> NDArray[np.float32]:
    """Line integrals (4, H, W) in the order of :func:`.exposure.beam`."""
    layers = film.layers
    return np.stack([layers.soft, layers.cortex, layers.spongiosa, layers.metal])


def _expose(
    exposures: Sequence[x.Exposure], layers: Tensor, body: Tensor, pixels_mm: Sequence[float]
) -> Tensor:
    """:func:`.exposure.expose` of N films: layers (N, 4, H, W), body (N, H, W)."""
    beams = torch.from_numpy(np.stack([x.beam(exposure) for exposure in exposures])).to(layers)
    weights = torch.tensor([weight for _, weight in x.SPECTRUM]).to(layers)
    intensity = torch.exp(-torch.einsum("nlm,nmhw->nlhw", beams, layers))
    sharp = -torch.log(torch.einsum("l,nlhw->nhw", weights, intensity))
    # Noise of its own for each film, whatever else is in the batch.
    generators = [torch.Generator(layers.device).manual_seed(e.noise_seed) for e in exposures]
    sharp += _mottle(exposures, generators, layers[:, 0], pixels_mm) * body
    primary = _blurred(sharp, [exposure.blur_px for exposure in exposures])
    broad = _blurred_coarsely(primary, [x.SCATTER_SHRINK] * len(exposures), [x.SCATTER_PX] * len(exposures))
    scatter = _each(layers, (exposure.scatter for exposure in exposures))
    detected = -torch.log(torch.exp(-primary) + scatter * torch.exp(-broad) * body)
    gain = torch.exp(0.5 * detected.clamp(min=0)).clamp(max=x.MOST_DEPTH_GAIN)
    noise = _each(layers, (exposure.noise for exposure in exposures))
    return detected + _grain(exposures, generators, detected) * gain * noise


def _mottle(
    exposures: Sequence[x.Exposure],
    generators: Sequence[torch.Generator],
    soft: Tensor,
    pixels_mm: Sequence[float],
) -> Tensor:
    """Log intensity of structures too fine to be drawn one by one, as in a film (N, H, W) without air."""
    height, width = soft.shape[1:]
    cells = [
        x.mottle_cells(exposure, (height, width), pixel_mm)
        for exposure, pixel_mm in zip(exposures, pixels_mm, strict=True)
    ]
    total = torch.zeros_like(soft)
    for size in range(len(x.MOTTLE_MM)):
        rows, columns = np.array([of_film[size] for of_film in cells]).T.tolist()
        coarse = soft.new_zeros(len(cells), max(rows), max(columns))
        for values, h, w, generator in zip(coarse, rows, columns, generators, strict=True):
            values[:h, :w] = torch.randn(h, w, generator=generator, device=soft.device)
        spread = _each(soft, (x.MOTTLE_GAIN * exposure.mottle[size] for exposure in exposures))
        total += spread * (
            _interpolated(soft, rows, height) @ coarse @ _interpolated(soft, columns, width).mT
        )
    lung = ((x.BELLY_MM - soft) / (x.BELLY_MM - x.LUNG_MM)).clamp(0, 1)
    return total * (x.MOTTLE_BELLY + (x.MOTTLE_LUNG - x.MOTTLE_BELLY) * lung)


def _grain(exposures: Sequence[x.Exposure], generators: Sequence[torch.Generator], like: Tensor) -> Tensor:
    """Noise (N, H, W) of unit strength."""
    grain = torch.empty_like(like)
    for values, generator in zip(grain, generators, strict=True):
        values.normal_(generator=generator)
    gain = _each(like, (x.GRAIN_GAIN if exposure.grain_px else 1.0 for exposure in exposures))
    return gain * _blurred(grain, [exposure.grain_px for exposure in exposures])


def _develop(
    processings: Sequence[p.Processing], log_films: Tensor, body: Tensor, pixels_mm: Sequence[float]
) -> Tensor:
    """:func:`.processing.develop` of N films: log intensities and body (N, H, W)."""

    def each(value: Callable[[p.Processing], float]) -> Tensor:
        return _each(log_films, map(value, processings))

    film = _multiscale(processings, log_films, pixels_mm)
    low, high = _windows(processings, film, body)
    grey = (film - low) / (high - low).clamp(min=p.LEAST_SPAN)
    darkest = torch.where(body, grey * p.BODY_SPAN + p.BODY_DARKEST, grey * each(lambda one: one.air or 0.0))
    grey = torch.where(each(lambda one: one.air is not None) > 0, darkest, grey).clamp(0, 1)
    steep, middle = each(lambda one: (one.sigmoid or (0, 0))[0]), each(lambda one: (one.sigmoid or (0, 0))[1])
    curved = torch.sigmoid(steep * (grey - middle))
    least, most = curved.amin((1, 2), keepdim=True), curved.amax((1, 2), keepdim=True)
    curved = (curved - least) / (most - least).clamp(min=p.LEAST_SPAN)
    grey = torch.where(each(lambda one: one.sigmoid is not None) > 0, curved, grey)
    return torch.pow(grey, each(lambda one: one.gamma))


def _multiscale(processings: Sequence[p.Processing], log_films: Tensor, pixels_mm: Sequence[float]) -> Tensor:
    """Three bands of films (N, H, W) with new weights."""
    parted = [p.bands(one, pixel_mm) for one, pixel_mm in zip(processings, pixels_mm, strict=True)]
    base = _blurred_coarsely(log_films, [one.shrink for one in parted], [one.wide_px for one in parted])
    middle = _blurred(log_films, [one.fine_px for one in parted])
    return (
        _each(base, (one.keep_base for one in processings)) * base
        + _each(base, (one.gain_middle for one in processings)) * (middle - base)
        + _each(base, (one.gain_fine for one in processings)) * (log_films - middle)
    )


def _windows(processings: Sequence[p.Processing], films: Tensor, body: Tensor) -> Tensor:
    """Values (2, N, 1, 1) of the body shown black and white."""
    windows = []
    for one, film, inside in zip(processings, films, body, strict=True):
        shares = torch.tensor([one.low_percentile / 100, one.high_percentile / 100]).to(films)
        values = film[inside] if inside.any() else film.reshape(-1)
        windows.append(torch.quantile(values[:: p.PERCENTILE_STEP], shares))
    return torch.stack(windows, dim=1)[:, :, None, None]


def _each(like: Tensor, values: Iterable[float]) -> Tensor:
    """A number for each film, (N, 1, 1)."""
    return torch.tensor([float(value) for value in values], dtype=like.dtype, device=like.device)[
        :, None, None
    ]


def _blurred(films: Tensor, sigmas_px: Sequence[float]) -> Tensor:
    """Films (N, H, W), each after a blur of its own; 0 leaves one as it is."""
    rows, columns = (_blurs(films, sigmas_px, [side] * len(films)) for side in films.shape[1:])
    return rows @ films @ columns.mT


def _blurred_coarsely(films: Tensor, shrinks: Sequence[float], sigmas_px: Sequence[float]) -> Tensor:
    """Films (N, H, W) made smaller, blurred, and enlarged again; ``sigmas_px`` count on the small ones."""
    operators = []
    for side in films.shape[1:]:
        small = [round(side * shrink) for shrink in shrinks]
        blurs = _blurs(films, sigmas_px, small)
        operators.append(_interpolated(films, small, side) @ blurs @ _averaged(films, shrinks, small, side))
    rows, columns = operators
    return rows @ films @ columns.mT


def _blurs(like: Tensor, sigmas_px: Sequence[float], sides: Sequence[int]) -> Tensor:
    """Matrices (N, S, S) of Gaussian blurs of ``sides`` pixels each, S being the longest.

    As in OpenCV, kernels end beyond four SD, and the film goes on as its mirror image.
    """
    device = like.device
    side = torch.tensor(sides, device=device)[:, None, None]
    sigma = torch.tensor(sigmas_px, dtype=torch.float64, device=device).clamp(min=1e-3)[:, None, None]
    reach = torch.div(torch.round(8 * sigma) + 1, 2, rounding_mode="floor")
    offsets = torch.arange(-int(reach.max()), int(reach.max()) + 1, device=device)
    taps = torch.exp(-((offsets / sigma) ** 2) / 2) * (offsets.abs() <= reach)
    taps = taps / taps.sum(dim=-1, keepdim=True)
    places = torch.arange(max(sides), device=device)[:, None] + offsets
    period = (2 * (side - 1)).clamp(min=1)
    mirrored = places.remainder(period)
    mirrored = torch.minimum(mirrored, period - mirrored)
    matrices = torch.zeros(len(sides), max(sides), max(sides), dtype=torch.float64, device=device)
    return matrices.scatter_add_(2, mirrored, taps.expand(mirrored.shape)).to(like)


def _averaged(like: Tensor, shrinks: Sequence[float], small: Sequence[int], side: int) -> Tensor:
    """Matrices (N, S, side) that shrink ``side`` pixels to ``small`` ones, S being the most: each is the mean
    of what it covers (OpenCV's ``INTER_AREA``)."""
    device = like.device
    step = 1 / torch.tensor(shrinks, dtype=torch.float64, device=device)[:, None, None]
    count = torch.tensor(small, device=device)[:, None, None]
    target = torch.arange(max(small), device=device)[:, None]
    source = torch.arange(side, device=device)
    begin = target * step
    end = (begin + step).clamp(max=side)
    covered = (torch.minimum(end, source + 1) - torch.maximum(begin, source)).clamp(min=0)
    return (covered / (end - begin).clamp(min=1e-9) * (target < count)).to(like)


def _interpolated(like: Tensor, small: Sequence[int], side: int) -> Tensor:
    """Matrices (N, side, S) that bring ``small`` pixels to ``side``, S being the most of them: linear between
    the pixels' centres, and constant beyond the outermost (OpenCV's ``INTER_LINEAR``)."""
    device = like.device
    count = torch.tensor(small, device=device)[:, None, None]
    target = torch.arange(side, dtype=torch.float64, device=device)[:, None]
    at = ((target + 0.5) * count / side - 0.5).clamp(min=0)
    at = torch.minimum(at, count - 1)
    return (1 - (at - torch.arange(max(small), device=device)).abs()).clamp(min=0).to(like)
