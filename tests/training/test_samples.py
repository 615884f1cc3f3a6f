"""Samples: what the networks are shown, and the truth beside it."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcf_desktop.inference.frames import CROP_SIDE_PX, NetworkFrame
from vcf_desktop.inference.preprocess import detector_input, segmenter_input
from vcf_desktop.spine import Grade
from vcf_desktop.training import samples
from vcf_desktop.training.recipes import AS_IT_IS, PAPER, RECIPES, Augmentation
from vcf_desktop.training.samples import KnownVertebra, Showing, Variation

SIZE_HW = (320, 192)
FLIP = Augmentation(horizontal_flip=True)


def body(x: float, y: float, **known: object) -> KnownVertebra:
    """A square body of 24 px."""
    outline = np.array([[x - 12, y - 12], [x + 12, y - 12], [x + 12, y + 12], [x - 12, y + 12]], float)
    return KnownVertebra(outline, **{"is_outlined": True, "is_sacrum": False, "grade": Grade.NON} | known)


def painted(*vertebrae: KnownVertebra, augmentation: Augmentation = AS_IT_IS) -> Showing:
    """A black film with white bodies, and arches as wide as they are to the left of them."""
    film, arches = np.zeros(SIZE_HW, np.uint8), np.zeros(SIZE_HW, np.uint8)
    for vertebra in vertebrae:
        left, top, right, bottom = vertebra.box_xyxy.astype(int)
        film[top:bottom, left:right] = 255
        arches[top:bottom, left - 24 : left] = 255
    return Showing(
        enhanced=film.astype(np.uint16) * 257,
        frame=NetworkFrame(np.eye(2, 3), SIZE_HW),
        row_to_column=1.0,
        vertebrae=vertebrae,
        anterior_right=True,
        structures=(arches, np.zeros(SIZE_HW, np.uint8)),
        augmentation=augmentation,
    )


COLUMN = [body(96, y) for y in (60, 100, 140, 180, 220)]


@pytest.mark.parametrize(
    "augmentation", [AS_IT_IS, FLIP, PAPER.labelled, RECIPES["shipped"]["detector"].labelled]
)
def test_that_targets_lie_on_their_vertebrae_however_a_film_is_varied(augmentation: Augmentation) -> None:
    showing = painted(body(70, 120), augmentation=augmentation)
    for seed in range(12):
        (sample,) = samples.film_samples(np.random.default_rng(seed), showing)
        assert sample.pixels.dtype == sample.targets.dtype == np.float32
        assert all(side % 32 == 0 for side in sample.pixels.shape[1:])
        rows, columns = np.nonzero(sample.pixels[0] > 0)
        ((kind, x, y, width, height),) = sample.targets
        found = [columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]
        wanted = [x - width / 2, y - height / 2, x + width / 2, y + height / 2]
        assert kind == 0
        np.testing.assert_allclose(found, wanted, atol=1.6)


def test_that_a_film_as_it_is_comes_to_the_detector_as_in_use() -> None:
    showing = painted(*COLUMN)
    (sample,) = samples.film_samples(np.random.default_rng(0), showing)
    np.testing.assert_array_equal(sample.pixels, detector_input(showing.enhanced.astype(np.float32) / 65535))
    np.testing.assert_array_equal(sample.targets[:, 1:], [[96, y, 24, 24] for y in (60, 100, 140, 180, 220)])


def test_that_the_sacrum_is_a_class_of_its_own_and_no_crop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samples, "MISSED_SHARE", 0.0)
    showing = painted(*COLUMN, body(96, 260, is_sacrum=True))
    (sample,) = samples.film_samples(np.random.default_rng(0), showing)
    assert sample.targets[:, 0].tolist() == [0, 0, 0, 0, 0, 1]
    assert len(samples.crop_samples(np.random.default_rng(0), showing, samples.is_outlined)) == 5


def test_that_a_vertebra_turned_off_the_film_is_no_target() -> None:
    showing = painted(body(96, 160), body(96, 302), augmentation=Augmentation(scale=(1.3, 1.3)))
    (sample,) = samples.film_samples(np.random.default_rng(0), showing)
    assert len(sample.targets) == 1


def test_that_a_film_turned_by_a_right_angle_keeps_all_of_itself() -> None:
    showing = painted(*COLUMN, augmentation=Augmentation(rotations_deg=(90.0,)))
    (sample,) = samples.film_samples(np.random.default_rng(0), showing)
    assert sample.pixels.shape == (1, 192, 320)
    assert len(sample.targets) == 5
    assert np.ptp(sample.targets[:, 2]) < 1  # the spine now runs across the film
    np.testing.assert_allclose(np.sort(sample.targets[:, 1]), [320 - y for y in (220, 180, 140, 100, 60)])


def test_that_crops_hold_the_body_in_their_middle_and_know_which_way_it_looks() -> None:
    sides = set()
    for seed in range(20):
        for crop in samples.crop_samples(
            np.random.default_rng(seed), painted(*COLUMN, augmentation=FLIP), samples.is_outlined
        ):
            assert crop.pixels.shape == (1, CROP_SIDE_PX, CROP_SIDE_PX)
            assert crop.pixels.mean() == pytest.approx(0, abs=1e-3)
            columns = np.arange(CROP_SIDE_PX)
            body_x, arch_x = (
                mask.sum(axis=0) @ columns / mask.sum() for mask in crop.masks[:2].astype(float)
            )
            assert (arch_x < body_x) == bool(crop.anterior_right)
            assert crop.known.tolist() == [1, 1, 1]
            # Where the mask is, the film is bright.
            assert crop.pixels[0][crop.masks[0] > 250].min() > crop.pixels[0][crop.masks[0] == 0].mean()
            sides.add(crop.anterior_right)
    assert sides == {0, 1}


def test_that_jittered_boxes_move_a_vertebra_out_of_the_middle(monkeypatch: pytest.MonkeyPatch) -> None:
    def spread() -> float:
        crops = samples.crop_samples(np.random.default_rng(1), painted(*COLUMN), samples.is_outlined)
        columns = np.arange(CROP_SIDE_PX)
        return float(np.std([crop.masks[0].sum(axis=0) @ columns / crop.masks[0].sum() for crop in crops]))

    monkeypatch.setattr(samples, "EDGE_JITTER", 0.0)
    assert spread() < 0.5
    monkeypatch.setattr(samples, "EDGE_JITTER", 0.15)
    assert spread() > 1.2


def test_that_unknown_things_are_said_to_be_unknown() -> None:
    showing = replace(painted(body(96, 160, grade=None)), structures=None, anterior_right=None)
    (crop,) = samples.crop_samples(np.random.default_rng(0), showing, samples.is_outlined)
    assert (crop.grade, crop.anterior_right, crop.known.tolist()) == (-1, -1, [1, 0, 0])
    assert samples.crop_samples(np.random.default_rng(0), showing, samples.is_graded) == []


@given(seed=st.integers(0, 1000), wanted=st.integers(0, 4))
def test_that_a_film_with_one_wanted_vertebra_always_gives_it(seed: int, wanted: int) -> None:
    column = [replace(v, grade=Grade.MILD if i == wanted else None) for i, v in enumerate(COLUMN)]
    (crop,) = samples.crop_samples(np.random.default_rng(seed), painted(*column), samples.is_graded)
    assert crop.grade == Grade.MILD


@given(seed=st.integers(0, 10_000))
def test_that_a_variation_keeps_angles_and_the_middle(seed: int) -> None:
    variation = Variation.draw(np.random.default_rng(seed), PAPER.labelled)
    scaled = variation.linear.T @ variation.linear
    np.testing.assert_allclose(scaled, np.eye(2) * scaled[0, 0], atol=1e-9)
    assert 0.9**2 - 1e-9 <= scaled[0, 0] <= 1.1**2 + 1e-9
    frame = NetworkFrame(np.array([[2.0, 0, -3], [0, 2, 5]]), (64, 96))
    varied = variation.of(frame, variation.turned_size(frame.size_hw))
    middle = frame.to_film(np.array([48.0, 32.0]))
    np.testing.assert_allclose(varied.to_network(middle), np.array(varied.size_hw[::-1]) / 2, atol=1e-9)


def test_that_the_clip_limit_varies_only_where_the_recipe_says() -> None:
    rng = np.random.default_rng(0)
    varied = [samples.draw_clip_limit(rng, PAPER.labelled) for _ in range(100)]
    assert 20 < sum(limit != 2.0 for limit in varied) < 60
    assert all(1 <= limit <= 5 for limit in varied)
    assert {samples.draw_clip_limit(rng, AS_IT_IS) for _ in range(20)} == {2.0}


def test_that_films_of_several_sizes_share_a_batch_whose_rest_is_dark() -> None:
    small = samples.FilmSample(np.ones((1, 32, 64), np.float32), np.ones((2, 5), np.float32))
    tall = samples.FilmSample(np.ones((1, 64, 32), np.float32), np.zeros((0, 5), np.float32))
    batch = samples.film_batch([tall, small])
    assert batch.pixels.shape == (2, 1, 64, 64)
    assert batch.pixels[1, 0, :32].unique().tolist() == [1]
    assert batch.pixels[1, 0, 32:].unique().tolist() == batch.pixels[0, 0, :, 32:].unique().tolist() == [-2]
    assert batch.targets[:, 0].tolist() == [1, 1]


def test_that_a_batch_of_crops_holds_all_that_the_losses_need() -> None:
    crops = samples.crop_samples(np.random.default_rng(0), painted(*COLUMN), samples.is_outlined)
    batch = samples.crop_batch(crops)
    count = len(crops)
    assert batch.pixels.shape == (count, 1, CROP_SIDE_PX, CROP_SIDE_PX)
    assert batch.masks.shape == (count, 3, CROP_SIDE_PX, CROP_SIDE_PX)
    assert batch.known.shape == (count, 3, 1, 1)
    assert batch.grades.tolist() == [0] * count
    assert batch.anterior_right.tolist() == [1] * count


def test_that_a_crop_is_standardised_as_in_use() -> None:
    crops = samples.crop_samples(np.random.default_rng(0), painted(*COLUMN), samples.is_outlined)
    noise = cv2.randu(np.zeros((CROP_SIDE_PX, CROP_SIDE_PX), np.float32), 0, 1)
    np.testing.assert_allclose(segmenter_input(noise).std(), noise.std() / (noise.std() + 0.02), rtol=1e-3)
    assert all(abs(float(crop.pixels.std()) - 1) < 0.1 for crop in crops)
