"""Batches in a fixed order: number b is a pure function of the seed, b and the number of streams.

So a run that was killed goes on with the very batches that it would have seen. Batches come from streams in
turn, one for each process that makes samples; a stream goes through rounds, and the samples of a round are
shuffled, so that a batch holds many patients.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import cv2
import numpy as np
from torch.utils.data import DataLoader, Dataset
from tqdm import tqdm

from vcf_desktop.errors import VcfError
from vcf_desktop.simulation.seeds import Purpose, film_rng
from vcf_desktop.training.samples import (
    Showing,
    crop_batch,
    crop_samples,
    film_batch,
    film_samples,
    is_graded,
    is_outlined,
)
from vcf_desktop.training.sources import Source

PREFETCHED_BATCHES = 8
_SHUFFLE = 20  # beside the sources' own numbers

Sample = TypeVar("Sample")
Batch = TypeVar("Batch")


def batches_per_round(source: Source, batch: int) -> int:
    """Batches that a round gives; it is fixed, so that a batch's number tells its round."""
    return max(1, round(source.samples_per_round / batch))


@dataclass(frozen=True)
class Cutter(Generic[Sample, Batch]):
    """What a network's samples and batches are made by."""

    samples: Callable[[np.random.Generator, Showing], list[Sample]]
    batch: Callable[[Sequence[Sample]], Batch]


FILM_CUTTER = Cutter(film_samples, film_batch)
OUTLINE_CUTTER = Cutter(functools.partial(crop_samples, wanted=is_outlined), crop_batch)
GRADE_CUTTER = Cutter(functools.partial(crop_samples, wanted=is_graded), crop_batch)


class _Round(Generic[Sample]):
    """The samples of one round, made little by little."""

    def __init__(
        self,
        looks: Iterable[Callable[[], tuple[np.random.Generator, Showing]]],
        cut: Callable[[np.random.Generator, Showing], list[Sample]],
    ) -> None:
        self._looks = deque(looks)
        self._count = len(self._looks)
        self._cut = cut
        self.samples: list[Sample] = []

    def prepare(self, part: float) -> None:
        """Make the samples of the first ``part``, in [0, 1], of the looks."""
        while self._looks and self._count - len(self._looks) < math.ceil(part * self._count):
            # A look that is done is dropped, and with it the composed film that it belongs to.
            self.samples += self._cut(*self._looks.popleft()())


class Batches(Generic[Sample, Batch]):
    """Batches by their number, without end."""

    def __init__(
        self, source: Source, cutter: Cutter[Sample, Batch], batch: int, seed: int, streams: int
    ) -> None:
        self._source, self._cutter = source, cutter
        self._batch, self._seed, self._streams = batch, seed, streams
        self._batches_per_round = batches_per_round(source, batch)
        self._rounds: dict[int, _Round[Sample]] = {}

    def __getitem__(self, number: int) -> Batch:
        turn, stream = divmod(number, self._streams)
        turn, place = divmod(turn, self._batches_per_round)
        current = turn * self._streams + stream
        self._rounds.pop(current - self._streams, None)
        self._round(current).prepare(1.0)
        # A part of the next round each time, so that no batch has to wait for a whole round.
        self._round(current + self._streams).prepare((place + 1) / self._batches_per_round)
        return self._cutter.batch(self._drawn(current, place))

    def _round(self, number: int) -> _Round[Sample]:
        if number not in self._rounds:
            self._rounds[number] = _Round(self._source.looks(number), self._cutter.samples)
        return self._rounds[number]

    def _drawn(self, number: int, place: int) -> list[Sample]:
        """Films differ in how many samples they give: some are left over, or the first ones come again."""
        samples = self._rounds[number].samples
        order = film_rng(Purpose.TRAINING, self._seed, number, _SHUFFLE).permutation(len(samples))
        numbers = range(place * self._batch, (place + 1) * self._batch)
        return [samples[index] for index in order.take(numbers, mode="wrap")]

    def load(self, start: int, stop: int, workers: int) -> Iterator[Batch]:
        """Batches ``start`` to ``stop``, made by ``workers`` processes, or by this one where that is 0.

        The batches raise VcfError where a film cannot be read any more.
        """
        loader: DataLoader[Batch | VcfError] = DataLoader(
            _Served(self.__getitem__),
            batch_size=None,
            sampler=range(start, stop),
            num_workers=workers,
            prefetch_factor=PREFETCHED_BATCHES if workers else None,
            worker_init_fn=_use_one_thread,
        )
        threads = cv2.getNumThreads()
        # A process forked while OpenCV's threads are there would wait for them for ever: they end before.
        cv2.setNumThreads(1)
        batches = iter(loader)
        cv2.setNumThreads(threads)
        return map(_batch_or_raise, batches)


class _Served(Dataset[Batch | VcfError], Generic[Batch]):
    """Batches, or why one cannot be made: what a worker raises comes as a text with its traceback."""

    def __init__(self, make: Callable[[int], Batch]) -> None:
        self._make = make

    def __getitem__(self, number: int) -> Batch | VcfError:
        try:
            return self._make(number)
        except VcfError as e:
            return VcfError(str(e))  # its children cannot be sent from process to process


def _batch_or_raise(answer: Batch | VcfError) -> Batch:
    if isinstance(answer, VcfError):
        raise answer
    return answer


def _use_one_thread(_worker: int) -> None:
    """OpenCV's threads would fight with the network's for the cores."""
    cv2.setNumThreads(1)


@dataclass(frozen=True)
class Data(Generic[Sample, Batch]):
    """What a network learns from, and what it is judged on while it learns."""

    training: Batches[Sample, Batch]
    validation: list[Batch]


def open_data(
    cutter: Cutter[Sample, Batch], training: Source, validation: Source, batch: int, seed: int, streams: int
) -> Data[Sample, Batch]:
    """Batches for training, and those of one epoch of the source for validation, which is made now."""
    looks = [look for number in range(validation.rounds_per_epoch) for look in validation.looks(number)]
    shown = tqdm(looks, desc="films for validation", unit="film", mininterval=5)
    samples = itertools.chain.from_iterable(cutter.samples(*look()) for look in shown)
    judged = [cutter.batch(part) for part in _parts(list(samples), batch)]
    return Data(Batches(training, cutter, batch, seed, streams), judged)


def _parts(samples: Sequence[Sample], size: int) -> Iterator[Sequence[Sample]]:
    return (samples[start : start + size] for start in range(0, len(samples), size))
