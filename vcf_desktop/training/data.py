"""Training samples drawn from the simulator on the fly, cut and normalised by the functions of inference.

Composing a film costs five times as much as developing it, so a small pool of composed films is kept and each
is shown in several looks before another takes its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from vcf_desktop.inference.frames import NetworkFrame, vertebra_frames
from vcf_desktop.inference.preprocess import content_box, detector_input, enhance, segmenter_input
from vcf_desktop.simulation.anatomy import Anatomy, load_anatomy
from vcf_desktop.simulation.generate import LabelledVertebra, SimulatedFilm, simulate
from vcf_desktop.simulation.parametric import parametric_anatomy
from vcf_desktop.simulation.projector import outline_mask
from vcf_desktop.spine import VertebraLevel

Sample = TypeVar("Sample")

POOL_FILMS = 24
LOOKS_PER_FILM = 4
DETECTOR_SIZE_HW = (640, 320)
DETECTOR_PIXEL_MM = (0.42, 1.25)
CROP_FILM_SIZE_HW = (832, 448)
CROP_FILM_PIXEL_MM = (0.26, 0.75)
EDGE_JITTER = 0.05
"""SD of each edge of a box as a part of the box's side: how far the detector's boxes lie off, generously."""
SHUFFLED_FILMS = 24
SHUFFLED_CROPS = 400
"""Samples among which the next one is drawn: a film's crops come one after the other."""
PREFETCHED_BATCHES = 4


@dataclass(frozen=True, eq=False)
class CropSample:
    """One vertebra's crop with its truth.

    Attributes:
        pixels: (1, S, S) segmenter input.
        masks: (3, S, S) uint8 0 or 255: body, arches, foreign material.
        grade: 0 to 3.
        anterior_right: the patient's front lies at the right of the crop.
    """

    pixels: NDArray[np.float32]
    masks: NDArray[np.uint8]
    grade: int
    anterior_right: bool


def film_looks(
    rng: np.random.Generator, compose: Callable[[], SimulatedFilm]
) -> Iterator[tuple[SimulatedFilm, NDArray[np.uint16]]]:
    """Endless films, each with one developed and CLAHE-enhanced look (H, W)."""
    pool: list[SimulatedFilm] = []
    while True:
        if len(pool) == POOL_FILMS and rng.random() < 1 / LOOKS_PER_FILM:
            pool.pop(int(rng.integers(POOL_FILMS)))
        if len(pool) < POOL_FILMS:
            pool.append(compose())
            film = pool[-1]
        else:
            film = pool[int(rng.integers(POOL_FILMS))]
        grey = film.look(rng)
        clip_limit = 2.0 if rng.random() < 0.6 else float(rng.uniform(1, 5))
        yield film, enhance(grey, content_box(grey), clip_limit=clip_limit)


def detector_samples(
    rng: np.random.Generator, anatomy: Anatomy
) -> Iterator[tuple[NDArray[np.float32], NDArray[np.float32]]]:
    """Endless (1, H, W) inputs with targets (M, 5): class, centre x, centre y, width, height in pixels."""

    def compose() -> SimulatedFilm:
        mean_fractures = float(rng.choice([0.3, 2.5]))
        return simulate(rng, anatomy, DETECTOR_SIZE_HW, DETECTOR_PIXEL_MM, mean_fractures)

    for film, enhanced in film_looks(rng, compose):
        boxes = np.array([v.box_xyxy for v in film.vertebrae]).reshape(-1, 4)
        classes = np.array([v.level == VertebraLevel.S1 for v in film.vertebrae], dtype=np.float32)
        pixels = detector_input(enhanced.astype(np.float32) / np.float32(65535))
        if rng.random() < 0.5:
            pixels = pixels[:, :, ::-1]
            boxes = boxes[:, [2, 1, 0, 3]] * [-1, 1, -1, 1] + np.array([1, 0, 1, 0]) * DETECTOR_SIZE_HW[1]
        targets = np.column_stack(
            [classes, (boxes[:, :2] + boxes[:, 2:]) / 2, boxes[:, 2:] - boxes[:, :2]]
        ).astype(np.float32)
        yield np.ascontiguousarray(pixels), targets


def crop_samples(rng: np.random.Generator, anatomy: Anatomy) -> Iterator[CropSample]:
    """Endless crops of vertebrae, cut along a chain of boxes as uncertain as a detector's."""

    def compose() -> SimulatedFilm:
        return simulate(
            rng, anatomy, CROP_FILM_SIZE_HW, CROP_FILM_PIXEL_MM, mean_fractures=6, frontal_share=0
        )

    for film, enhanced in film_looks(rng, compose):
        chain = [v for v in film.vertebrae if v.level != VertebraLevel.S1]
        kept = [v for v in chain if rng.random() > 0.04]
        if not kept:
            continue
        boxes = np.array([v.box_xyxy for v in kept])
        sizes = np.tile(boxes[:, 2:] - boxes[:, :2], 2)
        boxes = boxes + rng.normal(0, EDGE_JITTER, boxes.shape) * sizes
        arches, foreign = film.masks()
        for vertebra, frame in zip(kept, vertebra_frames(boxes), strict=True):
            yield _crop_sample(film, enhanced, arches, foreign, vertebra, frame)


def _crop_sample(
    film: SimulatedFilm,
    enhanced: NDArray[np.uint16],
    arches: NDArray[np.uint8],
    foreign: NDArray[np.uint8],
    vertebra: LabelledVertebra,
    frame: NetworkFrame,
) -> CropSample:
    body = outline_mask(frame.to_network(vertebra.outline_xy), frame.size_hw)
    others = [frame.sample(mask.astype(np.float32)).astype(np.uint8) for mask in (arches, foreign)]
    return CropSample(
        segmenter_input(frame.sample(enhanced)),
        np.stack([body, *others]),
        int(vertebra.grade),
        film.facing_right,
    )


class _Stream(IterableDataset[Sample]):
    """Endless samples; each worker draws its own from a seed of its own."""

    def __init__(
        self,
        samples: Callable[[np.random.Generator, Anatomy], Iterator[Sample]],
        anatomy_folder: Path | None,
        seed: int,
    ) -> None:
        super().__init__()
        self._samples, self._anatomy_folder, self._seed = samples, anatomy_folder, seed

    def __iter__(self) -> Iterator[Sample]:
        worker = get_worker_info()
        if worker is not None:
            cv2.setNumThreads(1)
        rng = np.random.default_rng([self._seed, 0 if worker is None else worker.id])
        # Each worker builds the anatomy itself: that is quicker than to send its maps.
        folder = self._anatomy_folder
        yield from self._samples(rng, parametric_anatomy() if folder is None else load_anatomy(folder))


class _Shuffled(IterableDataset[Sample]):
    """Draws at random from a buffer, so that a batch does not hold one patient's vertebrae only."""

    def __init__(self, source: IterableDataset[Sample], buffer: int, seed: int) -> None:
        super().__init__()
        self._source, self._buffer, self._seed = source, buffer, seed

    def __iter__(self) -> Iterator[Sample]:
        rng = np.random.default_rng(self._seed)
        held: list[Sample] = []
        for sample in self._source:
            if len(held) < self._buffer:
                held.append(sample)
                continue
            place = int(rng.integers(self._buffer))
            drawn, held[place] = held[place], sample
            yield drawn


def _collate_films(
    samples: Sequence[tuple[NDArray[np.float32], NDArray[np.float32]]],
) -> tuple[Tensor, Tensor]:
    """Inputs (N, 1, H, W) and targets (M, 6) whose first column is the film's place in the batch."""
    targets = [np.column_stack([np.full(len(t), i, np.float32), t]) for i, (_, t) in enumerate(samples)]
    return torch.from_numpy(np.stack([p for p, _ in samples])), torch.from_numpy(np.concatenate(targets))


def _collate_crops(samples: Sequence[CropSample]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Inputs (N, 1, S, S), masks (N, 3, S, S) in [0, 1], grades (N,), anterior at the right (N,)."""
    return (
        torch.from_numpy(np.stack([s.pixels for s in samples])),
        torch.from_numpy(np.stack([s.masks for s in samples])).float() / 255,
        torch.tensor([s.grade for s in samples]),
        torch.tensor([s.anterior_right for s in samples]),
    )


def film_batches(
    anatomy_folder: Path | None, seed: int, batch: int, workers: int
) -> DataLoader[tuple[NDArray[np.float32], NDArray[np.float32]]]:
    """Endless detector batches: inputs (N, 1, H, W) and targets (M, 6), see :func:`_collate_films`.

    Args:
        anatomy_folder: what :func:`vcf_desktop.simulation.anatomy.load_anatomy` reads, None for the built-in
            skeleton.
        workers: processes that simulate; 0 simulates in this one.
    """
    stream = _Shuffled(_Stream(detector_samples, anatomy_folder, seed), SHUFFLED_FILMS, seed)
    return DataLoader(
        stream,
        batch,
        num_workers=workers,
        collate_fn=_collate_films,
        prefetch_factor=PREFETCHED_BATCHES if workers else None,
    )


def crop_batches(anatomy_folder: Path | None, seed: int, batch: int, workers: int) -> DataLoader[CropSample]:
    """Endless crop batches, see :func:`_collate_crops`; arguments as for :func:`film_batches`."""
    stream = _Shuffled(_Stream(crop_samples, anatomy_folder, seed), SHUFFLED_CROPS, seed)
    return DataLoader(
        stream,
        batch,
        num_workers=workers,
        collate_fn=_collate_crops,
        prefetch_factor=PREFETCHED_BATCHES if workers else None,
    )
