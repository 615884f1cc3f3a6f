"""Batches by their number, of simulated films, of a hospital's, and of both."""

from __future__ import annotations

import gc
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import torch

from vcf_desktop.errors import VcfError
from vcf_desktop.inference.frames import CROP_SIDE_PX
from vcf_desktop.inference.manifest import Task
from vcf_desktop.io.labelme import read_labelme_folder
from vcf_desktop.simulation.seeds import Purpose
from vcf_desktop.spine import Grade
from vcf_desktop.training import simulated
from vcf_desktop.training.batches import FILM_CUTTER, OUTLINE_CUTTER, Batches, Cutter
from vcf_desktop.training.hospital import HospitalFilms, grade_counts
from vcf_desktop.training.recipes import AS_IT_IS, RECIPES
from vcf_desktop.training.simulated import FilmKind, SimulatedFilms

RECIPE = RECIPES["shipped"][Task.DETECTOR]


def films(kind: FilmKind, seed: int = 7) -> SimulatedFilms:
    return SimulatedFilms(None, kind, Purpose.TRAINING, seed, RECIPE.simulated, films=2, looks_per_film=2)


@dataclass(frozen=True)
class Numbers:
    """A source whose looks give numbers: sample 100 r + i is the i-th of round r."""

    samples_per_round: int = 12
    rounds_per_epoch: int = 3
    given: int = 12

    def looks(self, number: int) -> list[Callable[[], tuple[int, int]]]:
        return [lambda i=i: (100 * number, i) for i in range(self.given)]  # type: ignore[misc]


PLAIN: Cutter[int, list[int]] = Cutter(lambda base, i: [base + i], list)  # type: ignore[arg-type, operator, list-item]


def numbers(streams: int = 1, batch: int = 4, **source: int) -> Batches[int, list[int]]:
    return Batches(Numbers(**source), PLAIN, batch, seed=1, streams=streams)  # type: ignore[arg-type]


def test_that_a_round_is_shown_once_in_mixed_order() -> None:
    shown = [sample for number in range(6) for sample in numbers()[number]]
    assert sorted(shown[:12]) == list(range(12))
    assert sorted(shown[12:]) == list(range(100, 112))
    assert shown[:12] != sorted(shown[:12])
    assert [s % 100 for s in shown[:12]] != [s % 100 for s in shown[12:]]


@pytest.mark.parametrize("streams", [1, 2, 3])
def test_that_a_batch_is_the_same_whatever_came_before(streams: int) -> None:
    straight = numbers(streams)
    expected = [straight[number] for number in range(20)]
    for start in range(20):
        resumed = numbers(streams)
        assert [resumed[number] for number in range(start, 20)] == expected[start:]
    assert len({tuple(sorted(batch)) for batch in expected}) == 20


def test_that_streams_share_no_round() -> None:
    shown = numbers(streams=2)
    rounds = [{sample // 100 for sample in shown[number]} for number in range(8)]
    assert rounds == [{0}, {1}, {0}, {1}, {0}, {1}, {2}, {3}]


def test_that_a_round_with_too_few_samples_begins_again() -> None:
    shown = numbers(given=5)
    times = Counter(sample for number in range(3) for sample in shown[number])
    assert sorted(times) == [0, 1, 2, 3, 4]
    assert sorted(times.values()) == [2, 2, 2, 3, 3]


def test_that_the_next_round_is_made_little_by_little() -> None:
    shown = numbers()
    for number, ready in enumerate((4, 8, 12)):
        shown[number]
        assert len(shown._rounds[1].samples) == ready
    shown[3]
    assert set(shown._rounds) == {1, 2}


@pytest.mark.parametrize("cutter", [FILM_CUTTER, OUTLINE_CUTTER])
def test_that_a_seed_gives_the_same_batches(
    cutter: Cutter[object, tuple[torch.Tensor, ...]], coarse_films: FilmKind
) -> None:
    first, again, other = (Batches(films(coarse_films, seed), cutter, 3, seed, 1)[1] for seed in (7, 7, 8))
    for one, two in zip(first, again, strict=True):
        torch.testing.assert_close(one, two, rtol=0, atol=0)
    assert first[0].shape != other[0].shape or not torch.equal(first[0], other[0])


def test_that_simulated_batches_fit_the_networks(coarse_films: FilmKind, coarse_crops: FilmKind) -> None:
    seen = Batches(films(coarse_films), FILM_CUTTER, 4, 7, 1)[0]
    assert seen.pixels.shape == (4, 1, 320, 160)
    assert seen.targets.shape[1] == 6
    assert set(seen.targets[:, 0].int().tolist()) <= {0, 1, 2, 3}
    crops = Batches(films(coarse_crops), OUTLINE_CUTTER, 8, 7, 1)[0]
    assert crops.pixels.shape == (8, 1, CROP_SIDE_PX, CROP_SIDE_PX)
    assert crops.masks.max() == 255
    assert crops.grades.min() >= 0


def test_that_a_film_is_composed_once_and_shown_in_different_looks(
    coarse_films: FilmKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    composed = []
    simulate = simulated.simulate
    monkeypatch.setattr(simulated, "simulate", lambda *a, **k: composed.append(1) or simulate(*a, **k))  # type: ignore[func-returns-value]
    shown = [look()[1].enhanced for look in films(coarse_films).looks(0)]
    assert (len(composed), len(shown)) == (2, 4)
    assert len({film.tobytes() for film in shown}) == 4


def test_that_worker_processes_make_the_same_batches(coarse_films: FilmKind) -> None:
    data = Batches(films(coarse_films), FILM_CUTTER, 2, 7, 2)
    # Here first: OpenCV's threads, which a forked process would wait for, are then running.
    alone = [batch.pixels for batch in data.load(1, 5, 0)]
    helped = [batch.pixels for batch in data.load(1, 5, 2)]
    for one, two in zip(alone, helped, strict=True):
        torch.testing.assert_close(one, two, rtol=0, atol=0)


@pytest.mark.parametrize("workers", [0, 1])
def test_that_a_film_that_goes_away_ends_the_batches_with_its_name(
    hospital: Path, tmp_path: Path, workers: int
) -> None:
    folder = shutil.copytree(hospital, tmp_path / "films")
    source = HospitalFilms(read_labelme_folder(folder), 6, 1, AS_IT_IS)
    loaded = Batches(source, FILM_CUTTER, 2, 1, 1).load(0, 9, workers)
    for film in folder.glob("*.png"):
        film.unlink()
    with pytest.raises(VcfError, match=r"^film\d\.png: "):
        list(loaded)
    del loaded
    gc.collect()  # the error's traceback holds the worker


def test_that_an_epoch_shows_each_film_of_a_hospital_once(
    hospital: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    annotated = read_labelme_folder(hospital)
    read = []
    monkeypatch.setattr(HospitalFilms, "_look", lambda _films, epoch, place: read.append((epoch, place)))
    monkeypatch.setattr("vcf_desktop.training.hospital.FILMS_PER_ROUND", 4)
    source = HospitalFilms(annotated, 60, 1, AS_IT_IS)
    assert (source.rounds_per_epoch, source.samples_per_round) == (2, 30)
    for number in range(6):
        for look in source.looks(number):
            look()
    assert Counter(read) == {(epoch, place): 1 for epoch in range(3) for place in range(len(annotated))}
    assert [place for epoch, place in read if epoch == 0] != [place for epoch, place in read if epoch == 1]


def test_that_grades_are_counted(hospital: Path) -> None:
    annotated = read_labelme_folder(hospital)
    counts = grade_counts(annotated)
    assert sum(counts) == sum(len(film.vertebrae) for film in annotated)
    assert counts[Grade.NON] == sum(v.grade == 0 for film in annotated for v in film.vertebrae)
