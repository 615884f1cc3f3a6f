"""Films per second of the simulator on one core and on a GPU, for ``vcf-desktop bench``."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

import cv2
import torch

from vcf_desktop.simulation.anatomy import Anatomy
from vcf_desktop.simulation.generate import simulate
from vcf_desktop.simulation.seeds import Purpose, film_rng
from vcf_desktop.training.device_looks import render_batch

SIZES = {"640 x 320": ((640, 320), (0.42, 1.25)), "1024 x 512": ((1024, 512), (0.28, 0.8))}
"""Rows and columns, and range of mm a pixel: the same regions of the body at two resolutions."""
FILMS_A_ROUND = 4
LOOKS = 4
"""Looks that a training run takes from one composition."""
GPU_BATCH = 64
"""Looks that a GPU makes at once."""


def simulator_speed(
    anatomy: Anatomy, size_hw: tuple[int, int], pixel_mm: tuple[float, float], rounds: int
) -> dict[str, float]:
    """Medians over rounds of four films each, after one round that is not counted, by their rows' names.

    Processor time is counted, on one thread: what else the machine does makes no difference. The bone maps
    of ``anatomy`` are rendered already.
    """
    composing, looking = [], []
    with _one_thread():
        for turn in range(rounds + 1):
            rngs = [film_rng(Purpose.SAMPLES, 0, turn, number) for number in range(FILMS_A_ROUND)]
            began = time.process_time()
            films = [simulate(rng, anatomy, size_hw, pixel_mm) for rng in rngs]
            composed = time.process_time()
            for rng, film in zip(rngs, films, strict=True):
                film.look(rng)
            composing.append((composed - began) / FILMS_A_ROUND)
            looking.append((time.process_time() - composed) / FILMS_A_ROUND)
    compose, look = statistics.median(composing[1:]), statistics.median(looking[1:])
    return {
        "compose, ms": 1000 * compose,
        "look, ms": 1000 * look,
        "films/s, one look each": 1 / (compose + look),
        f"films/s, {LOOKS} looks each": LOOKS / (compose + LOOKS * look),
    }


def gpu_speed(
    anatomy: Anatomy,
    size_hw: tuple[int, int],
    pixel_mm: tuple[float, float],
    rounds: int,
    device: torch.device,
) -> dict[str, float]:
    """Looks at composed films per second, by the name of its row: the median batch after a first one.

    Time on the clock is counted, with markings and JPEG, which one core adds.
    """
    films = [
        simulate(film_rng(Purpose.SAMPLES, 0, n), anatomy, size_hw, pixel_mm) for n in range(FILMS_A_ROUND)
    ]
    shown = films * (GPU_BATCH // FILMS_A_ROUND)
    seconds = []
    with _one_thread():
        for turn in range(rounds + 1):
            rng = film_rng(Purpose.SAMPLES, 1, turn)
            looks = [film.sample_look(rng) for film in shown]
            began = time.perf_counter()
            render_batch(shown, looks, device)
            seconds.append(time.perf_counter() - began)
    return {"looks/s on the GPU": GPU_BATCH / statistics.median(seconds[1:])}


@contextmanager
def _one_thread() -> Iterator[None]:
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        yield
    finally:
        cv2.setNumThreads(threads)
