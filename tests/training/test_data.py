"""Samples: what the networks are shown, and the truth beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from vcf_desktop.inference.frames import CROP_SIDE_PX
from vcf_desktop.simulation.anatomy import Anatomy
from vcf_desktop.simulation.generate import SimulatedFilm
from vcf_desktop.spine import VertebraLevel
from vcf_desktop.training import data


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch, anatomy: Anatomy) -> None:
    """Coarse films, a small pool and the coarse skeleton, so that a sample costs little."""
    monkeypatch.setattr(data, "POOL_FILMS", 2)
    monkeypatch.setattr(data, "SHUFFLED_FILMS", 2)
    monkeypatch.setattr(data, "SHUFFLED_CROPS", 8)
    monkeypatch.setattr(data, "DETECTOR_SIZE_HW", (320, 160))
    monkeypatch.setattr(data, "DETECTOR_PIXEL_MM", (1.0, 1.5))
    monkeypatch.setattr(data, "CROP_FILM_SIZE_HW", (416, 224))
    monkeypatch.setattr(data, "CROP_FILM_PIXEL_MM", (0.6, 1.2))
    monkeypatch.setattr(data, "parametric_anatomy", lambda: anatomy)


def paint_boxes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Films show nothing but their labels: each box as bright as its place in the list."""

    def film_looks(
        rng: np.random.Generator, compose: Callable[[], SimulatedFilm]
    ) -> Iterator[tuple[SimulatedFilm, NDArray[np.uint16]]]:
        while True:
            film = compose()
            picture = np.zeros(film.view.size_hw, np.uint16)
            for number, vertebra in enumerate(film.vertebrae, start=1):
                left, top, right, bottom = np.round(vertebra.box_xyxy).astype(int)
                picture[top:bottom, left:right] = number * 1000
            yield film, picture

    monkeypatch.setattr(data, "film_looks", film_looks)


def test_that_targets_lie_on_their_vertebrae_after_the_flip(
    monkeypatch: pytest.MonkeyPatch, anatomy: Anatomy
) -> None:
    paint_boxes(monkeypatch)
    seen = 0
    for pixels, targets in islice(data.detector_samples(np.random.default_rng(0), anatomy), 12):
        assert pixels.shape == (1, 320, 160)
        assert pixels.dtype == targets.dtype == np.float32
        painted = np.round((pixels[0] * 0.25 + 0.5) * 65535 / 1000).astype(int)
        for number, (_, x, y, width, height) in enumerate(targets, start=1):
            rows, columns = np.nonzero(painted == number)
            if (painted > number).any() and number < len(targets):
                # The next vertebra's box may cover the lower edge of this one.
                rows = np.array([rows.min(), round(y + height / 2) - 1])
            found = np.array([columns.min(), rows.min(), columns.max() + 1, rows.max() + 1])
            wanted = np.array([x - width / 2, y - height / 2, x + width / 2, y + height / 2])
            np.testing.assert_allclose(found[1:3], wanted[1:3], atol=0.51)
            seen += 1
    assert seen > 60


def test_that_the_sacrum_is_a_class_of_its_own(monkeypatch: pytest.MonkeyPatch, anatomy: Anatomy) -> None:
    films: list[SimulatedFilm] = []
    simulate = data.simulate

    def remember(*args: object, **options: object) -> SimulatedFilm:
        films.append(simulate(*args, **options))  # type: ignore[arg-type]
        return films[-1]

    paint_boxes(monkeypatch)
    monkeypatch.setattr(data, "simulate", remember)
    for _, targets in islice(data.detector_samples(np.random.default_rng(1), anatomy), 12):
        sacral = [v.level == VertebraLevel.S1 for v in films[-1].vertebrae]
        np.testing.assert_array_equal(targets[:, 0], np.array(sacral, np.float32))
    assert any(v.level == VertebraLevel.S1 for film in films for v in film.vertebrae)


def test_that_crops_are_centred_and_upright(monkeypatch: pytest.MonkeyPatch, anatomy: Anatomy) -> None:
    monkeypatch.setattr(data, "EDGE_JITTER", 0)
    rows, columns = np.mgrid[:CROP_SIDE_PX, :CROP_SIDE_PX] + 0.5
    grades = set()
    offsets, sides, widths = [], [], []
    for crop in islice(data.crop_samples(np.random.default_rng(2), anatomy), 150):
        assert crop.pixels.shape == (1, CROP_SIDE_PX, CROP_SIDE_PX)
        assert crop.masks.shape == (3, CROP_SIDE_PX, CROP_SIDE_PX)
        assert crop.pixels.mean() == pytest.approx(0.0, abs=1e-3)
        body = crop.masks[0] / 255
        offsets.append(
            np.array([(body * columns).sum(), (body * rows).sum()]) / body.sum() - CROP_SIDE_PX / 2
        )
        arches = crop.masks[1].sum(axis=0)
        if arches.sum() > 255 * 200:
            middle = (arches * columns[0]).sum() / arches.sum()
            sides.append((middle < CROP_SIDE_PX / 2) == crop.anterior_right)
        widths.append(body.max(axis=0).sum())
        grades.add(crop.grade)
    assert np.abs(np.median(offsets, axis=0)).max() < 3
    assert (np.abs(offsets).max(axis=1) < 10).mean() > 0.9
    assert np.mean(sides) > 0.9
    assert 35 < np.median(widths) < 100
    assert grades == {0, 1, 2, 3}


def test_that_jitter_moves_a_vertebra_out_of_the_middle(
    monkeypatch: pytest.MonkeyPatch, anatomy: Anatomy
) -> None:
    monkeypatch.setattr(data, "EDGE_JITTER", 0.15)
    columns = np.arange(CROP_SIDE_PX) + 0.5
    crops = islice(data.crop_samples(np.random.default_rng(2), anatomy), 60)
    profiles = [crop.masks[0].sum(axis=0) for crop in crops]
    offsets = [(p * columns).sum() / p.sum() - CROP_SIDE_PX / 2 for p in profiles if p.any()]
    assert np.std(offsets) > 3


@pytest.mark.parametrize("batches", [data.film_batches, data.crop_batches])
def test_that_a_seed_gives_the_same_batches(batches: Callable[..., object]) -> None:
    first, again, other = (next(iter(batches(None, seed, 3, 0))) for seed in (7, 7, 8))  # type: ignore[call-overload]
    for one, two in zip(first, again, strict=True):
        torch.testing.assert_close(one, two, rtol=0, atol=0)
    assert not torch.equal(first[0], other[0])


def test_that_a_batch_of_films_knows_whose_targets_they_are() -> None:
    films, targets = next(iter(data.film_batches(None, 3, 4, 0)))
    assert films.shape == (4, 1, 320, 160)
    assert targets.shape[1] == 6
    assert set(targets[:, 0].int().tolist()) <= {0, 1, 2, 3}
    assert (targets[:, 2] < 160).all()
    assert (targets[:, 3] < 320).all()


def test_that_films_without_labels_give_empty_targets() -> None:
    pixels = np.zeros((1, 4, 4), np.float32)
    found = data._collate_films(
        [(pixels, np.zeros((0, 5), np.float32)), (pixels, np.ones((2, 5), np.float32))]
    )
    assert found[1][:, 0].tolist() == [1.0, 1.0]


def test_that_a_batch_of_crops_holds_all_that_the_losses_need() -> None:
    crops, masks, grades, anterior_right = next(iter(data.crop_batches(None, 3, 4, 0)))
    assert crops.shape == (4, 1, CROP_SIDE_PX, CROP_SIDE_PX)
    assert masks.shape == (4, 3, CROP_SIDE_PX, CROP_SIDE_PX)
    assert masks.min() >= 0
    assert masks.max() == 1
    assert grades.shape == anterior_right.shape == (4,)
    assert anterior_right.dtype == torch.bool


def test_that_shuffling_loses_and_doubles_nothing_on_the_way() -> None:
    class Numbers(torch.utils.data.IterableDataset[int]):
        def __iter__(self) -> Iterator[int]:
            return iter(range(500))

    drawn = list(data._Shuffled(Numbers(), 50, seed=1))
    assert len(drawn) == len(set(drawn)) == 450
    assert drawn != sorted(drawn)
    assert all(number < place + 51 for place, number in enumerate(drawn))


@pytest.mark.slow
def test_that_workers_draw_different_films(monkeypatch: pytest.MonkeyPatch) -> None:
    batches = iter(data.film_batches(None, 3, 2, 2))
    first, second = next(batches)[0], next(batches)[0]
    assert not torch.equal(first, second)
