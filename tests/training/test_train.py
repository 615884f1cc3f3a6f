"""Each of the three loops for a few steps on coarse films, killed and resumed."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
import torch

from vcf_desktop.inference.preprocess import classifier_input
from vcf_desktop.networks import cbam_resnet50, dwt_yolov5, psa_unet
from vcf_desktop.simulation.anatomy import Anatomy
from vcf_desktop.training import data, train_classifier, train_detector, train_segmenter
from vcf_desktop.training.checkpoints import Run, mean_weights

STEPS = 3


def detector(folder: Path) -> None:
    train_detector.train_detector(None, folder, STEPS, batch=2, workers=0, seed=1, rate=1e-3)


def segmenter(folder: Path) -> None:
    train_segmenter.train_segmenter(None, folder, STEPS, batch=2, workers=0, seed=1, rate=1e-3)


def classifier(folder: Path) -> None:
    outliner = psa_unet.PsaUnet(psa_unet.COMPACT)
    train_classifier.train_classifier(None, folder, outliner, STEPS, batch=2, workers=0, seed=1, rate=1e-3)


LOOPS = {
    "detector": (detector, lambda: dwt_yolov5.DwtYolov5(dwt_yolov5.COMPACT)),
    "segmenter": (segmenter, lambda: psa_unet.PsaUnet(psa_unet.COMPACT)),
    "classifier": (classifier, lambda: cbam_resnet50.CbamResnet50(cbam_resnet50.COMPACT)),
}


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch, anatomy: Anatomy) -> None:
    monkeypatch.setattr(data, "POOL_FILMS", 2)
    monkeypatch.setattr(data, "SHUFFLED_FILMS", 2)
    monkeypatch.setattr(data, "SHUFFLED_CROPS", 4)
    monkeypatch.setattr(data, "DETECTOR_SIZE_HW", (128, 64))
    monkeypatch.setattr(data, "DETECTOR_PIXEL_MM", (1.5, 2.0))
    monkeypatch.setattr(data, "CROP_FILM_SIZE_HW", (320, 160))
    monkeypatch.setattr(data, "CROP_FILM_PIXEL_MM", (0.9, 1.3))
    monkeypatch.setattr(data, "parametric_anatomy", lambda: anatomy)


@pytest.mark.parametrize("name", LOOPS)
def test_that_a_loop_is_killed_and_goes_on(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    loop, network = LOOPS[name]
    seen: list[int] = []
    record = Run.record

    def save_each_and_die(run: Run, values: dict[str, float], save_every: int) -> None:
        seen.append(run.step)
        assert all(math.isfinite(value) for value in values.values())
        record(run, values, 1)
        if len(seen) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(Run, "record", save_each_and_die)
    with pytest.raises(KeyboardInterrupt):
        loop(tmp_path)
    before = mean_weights(tmp_path)
    loop(tmp_path)
    assert seen == [1, 2, 3]
    after = mean_weights(tmp_path)
    network().load_state_dict(after)
    assert any(not torch.equal(before[key], after[key]) for key in before)
    # A finished run stays as it is.
    loop(tmp_path)
    assert seen == [1, 2, 3]
    assert "3/3" in capsys.readouterr().err


def test_that_a_batch_reaches_the_grader_as_single_crops_do_in_use() -> None:
    generator = torch.Generator().manual_seed(2)
    pixels = torch.rand(2, 8, 8, generator=generator)
    body = torch.rand(2, 8, 8, generator=generator)
    expected = torch.stack(
        [torch.from_numpy(classifier_input(p.numpy(), b.numpy())) for p, b in zip(pixels, body, strict=True)]
    )
    standard = expected[:, :1]
    found = train_classifier.grader_input(standard, body[:, None], torch.tensor([False, True]))
    torch.testing.assert_close(found[0], expected[0])
    torch.testing.assert_close(found[1], expected[1].flip(2))


def test_that_dice_is_one_for_the_truth_and_nought_beside_it() -> None:
    masks = torch.zeros(2, 3, 8, 8)
    masks[:, 0, 2:6, 2:6] = 1
    assert train_segmenter.body_dice(masks * 8 - 4, masks) == 1.0
    assert train_segmenter.body_dice(masks.roll(4, dims=3) * 8 - 4, masks) == 0.0
    assert train_segmenter.body_dice(masks.roll(2, dims=3) * 8 - 4, masks) == pytest.approx(0.5)
