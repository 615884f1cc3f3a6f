"""The simulator's speed: what is counted, not how fast it is."""

from __future__ import annotations

import itertools
import time

import cv2
import pytest
import torch

from vcf_desktop.simulation.anatomy import Anatomy
from vcf_desktop.training import measure_simulator
from vcf_desktop.training.measure_simulator import FILMS_A_ROUND, LOOKS, gpu_speed, simulator_speed


def test_that_a_film_is_counted_with_one_look_and_with_several(
    anatomy: Anatomy, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The first round takes 1000 s and counts nothing; the others take 8 s and 4 s.
    clock = itertools.chain([0, 1000, 2000], itertools.cycle([0, 8, 12]))
    monkeypatch.setattr(time, "process_time", lambda: next(clock))
    threads = cv2.getNumThreads()
    values = simulator_speed(anatomy, (64, 32), (4.0, 9.0), rounds=2)
    assert cv2.getNumThreads() == threads
    compose, look = 8 / FILMS_A_ROUND, 4 / FILMS_A_ROUND
    assert list(values.values()) == pytest.approx(
        [1000 * compose, 1000 * look, 1 / (compose + look), LOOKS / (compose + LOOKS * look)]
    )


def test_that_whole_batches_of_looks_are_counted(anatomy: Anatomy, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = itertools.chain([0, 1000], itertools.cycle([0, 16]))
    monkeypatch.setattr(time, "perf_counter", lambda: next(clock))
    monkeypatch.setattr(measure_simulator, "GPU_BATCH", 8)
    (looks,) = gpu_speed(anatomy, (64, 32), (4.0, 9.0), 2, torch.device("cpu")).values()
    assert looks == 8 / 16


def test_that_both_sizes_show_the_same_regions() -> None:
    small, large = measure_simulator.SIZES.values()
    for side, mm in ((0, 0), (0, 1)):
        assert small[0][side] * small[1][mm] == pytest.approx(large[0][side] * large[1][mm], rel=0.07)
