"""What lies on films besides the patient: calibration grids, stitching seams, letters, shutters, frames."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

_MARK_CHARACTERS = "LR0123456789AHP:/"


@dataclass(frozen=True)
class Grid:
    """Bright lines across the film: where they begin and how far apart and wide they are, in mm."""

    start_mm: tuple[float, float]
    pitch_mm: float
    width_mm: float
    strength: float
    unbroken: float


@dataclass(frozen=True)
class Seam:
    """Two exposures joined: at which part of the height, how askew, with what step of grey and what line.

    ``line`` is the grey of the seam, None where only the step shows.
    """

    height: float
    slope: float
    gain: float
    offset: float
    line: float | None
    width_mm: float


@dataclass(frozen=True)
class Text:
    """Letters burnt in: at which part of width and height, how large, how bright."""

    words: str
    at_xy: tuple[float, float]
    size: float
    grey: float
    weight: int


@dataclass(frozen=True)
class Shutter:
    """One edge of the beam, ``left``, ``right``, ``top`` or ``bottom``; the rest in parts of the film."""

    edge: str
    depth: float
    slope: float


@dataclass(frozen=True)
class Markings:
    """Everything that a machine or a hand added to one film; ``shutter_grey`` is the grey behind shutters."""

    grid: Grid | None
    seam: Seam | None
    texts: tuple[Text, ...]
    shutters: tuple[Shutter, ...]
    shutter_grey: float
    frame_grey: float | None
    pattern_seed: int


def sample_markings(rng: np.random.Generator) -> Markings:
    """A grid or a seam on every third film, letters on half, shutters on two in five."""
    shut = rng.random() < 0.4
    return Markings(
        grid=_sample_grid(rng) if rng.random() < 0.35 else None,
        seam=_sample_seam(rng) if rng.random() < 0.3 else None,
        texts=tuple(_sample_text(rng) for _ in range(int(rng.poisson(0.8)))),
        shutters=tuple(
            Shutter(edge, rng.uniform(0, 0.14), rng.normal(0, 0.02))
            for edge in ("left", "right", "top", "bottom")
            if shut and rng.random() < 0.45
        ),
        shutter_grey=0.0 if rng.random() < 0.85 else rng.uniform(0.7, 1),
        frame_grey=rng.uniform(0.6, 1) if rng.random() < 0.15 else None,
        pattern_seed=int(rng.integers(2**32)),
    )


def _sample_grid(rng: np.random.Generator) -> Grid:
    pitch = rng.uniform(25, 110)
    return Grid(
        start_mm=(rng.uniform(0, pitch), rng.uniform(0, pitch)),
        pitch_mm=pitch,
        width_mm=rng.uniform(0.4, 1.8),
        strength=rng.uniform(0.03, 0.5),
        unbroken=1.0 if rng.random() < 0.6 else rng.uniform(0.6, 1.0),
    )


def _sample_seam(rng: np.random.Generator) -> Seam:
    return Seam(
        height=rng.uniform(0.15, 0.85),
        slope=rng.normal(0, 0.006),
        gain=rng.uniform(0.8, 1.1),
        offset=rng.normal(0, 0.05),
        line=rng.uniform(0.5, 1) if rng.random() < 0.65 else None,
        width_mm=rng.uniform(0.4, 2.5),
    )


def _sample_text(rng: np.random.Generator) -> Text:
    return Text(
        words="".join(rng.choice(list(_MARK_CHARACTERS)) for _ in range(int(rng.integers(1, 6)))),
        at_xy=(rng.uniform(0, 0.95), rng.uniform(0.02, 1)),
        size=rng.uniform(0.3, 1.2),
        grey=rng.uniform(0.7, 1),
        weight=int(rng.integers(1, 3)),
    )


def mark(
    markings: Markings,
    film: NDArray[np.float32],
    pixel_mm: float,
    keep_xyxy: NDArray[np.float64] | None = None,
) -> NDArray[np.float32]:
    """A copy of ``film`` (H, W) in [0, 1] with the markings on it.

    Args:
        keep_xyxy: (4,) px, what no shutter may hide: the labelled vertebrae; None where all may go.
    """
    film = film.copy()
    rng = np.random.default_rng(markings.pattern_seed)
    if markings.grid is not None:
        _draw_grid(rng, markings.grid, film, pixel_mm)
    if markings.seam is not None:
        _draw_seam(markings.seam, film, pixel_mm)
    for text in markings.texts:
        _draw_text(text, film)
    for shutter in markings.shutters:
        _close(shutter, markings.shutter_grey, film, keep_xyxy)
    if markings.frame_grey is not None:
        cv2.rectangle(film, (0, 0), (film.shape[1] - 1, film.shape[0] - 1), markings.frame_grey, 2)
    return np.clip(film, 0, 1)


def _draw_grid(rng: np.random.Generator, grid: Grid, film: NDArray[np.float32], pixel_mm: float) -> None:
    """Thin bright lines, broken here and there, as on stitched whole-spine films."""
    width = max(1, round(grid.width_mm / pixel_mm))
    # A line thinner than a pixel fills but a part of it.
    strength = grid.strength * min(1.0, grid.width_mm / pixel_mm)
    for axis in (0, 1):
        first, pitch = grid.start_mm[axis] / pixel_mm, grid.pitch_mm / pixel_mm
        for line in np.arange(first, film.shape[axis], pitch).astype(int):
            pieces = (rng.random(film.shape[1 - axis] // 24 + 1) < grid.unbroken).repeat(24)
            profile = (strength * pieces[: film.shape[1 - axis]]).astype(np.float32)
            if axis == 0:
                film[line : line + width] += profile
            else:
                film[:, line : line + width] += profile[:, None]


def _draw_seam(seam: Seam, film: NDArray[np.float32], pixel_mm: float) -> None:
    """A step in grey, often with a bright line."""
    height, width = film.shape
    rows = np.arange(height, dtype=np.float32)[:, None]
    below = (
        rows - np.float32(seam.height * height) - np.float32(seam.slope) * np.arange(width, dtype=np.float32)
    )
    np.copyto(film, film * np.float32(seam.gain) + np.float32(seam.offset), where=below > 0)
    if seam.line is not None:
        np.copyto(film, np.float32(seam.line), where=np.abs(below) < max(0.5, seam.width_mm / pixel_mm / 2))


def _draw_text(text: Text, film: NDArray[np.float32]) -> None:
    letters = np.zeros(film.shape, np.uint8)
    place = (int(text.at_xy[0] * film.shape[1]), int(text.at_xy[1] * film.shape[0]))
    cv2.putText(letters, text.words, place, 0, text.size, 255, text.weight)
    np.maximum(film, letters * np.float32(text.grey / 255), out=film)


def _close(
    shutter: Shutter, grey: float, film: NDArray[np.float32], keep_xyxy: NDArray[np.float64] | None
) -> None:
    """Cover the film from one edge on, as far as ``keep_xyxy`` (4,) allows."""
    height, width = film.shape
    x = (np.arange(width, dtype=np.float32)[None] + 0.5) / width
    y = (np.arange(height, dtype=np.float32)[:, None] + 0.5) / height
    from_edge = {"left": x, "right": 1 - x, "top": y, "bottom": 1 - y}[shutter.edge]
    along = y if from_edge.shape[0] == 1 else x
    depth = shutter.depth
    if keep_xyxy is not None:
        left, top, right, bottom = keep_xyxy / np.array([width, height, width, height])
        free = {"left": left, "right": 1 - right, "top": top, "bottom": 1 - bottom}[shutter.edge]
        depth = min(depth, free - abs(shutter.slope))
    film[from_edge + np.float32(shutter.slope) * along < depth] = grey
