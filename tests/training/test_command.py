"""``vcf-desktop train``."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from vcf_desktop.__main__ import main
from vcf_desktop.networks.psa_unet import COMPACT, PsaUnet
from vcf_desktop.training import train_classifier, train_detector, train_segmenter
from vcf_desktop.training.checkpoints import Run
from vcf_desktop.training.command import RECIPES


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What the loops were called with, which do nothing."""
    seen: list[tuple[object, ...]] = []
    for module, name in (
        (train_detector, "train_detector"),
        (train_segmenter, "train_segmenter"),
        (train_classifier, "train_classifier"),
    ):
        monkeypatch.setattr(module, name, lambda *values, name=name: seen.append((name, *values)))
    return seen


@pytest.mark.parametrize("network", ["detector", "segmenter"])
def test_that_defaults_are_a_whole_recipe(
    network: str, tmp_path: Path, calls: list[tuple[object, ...]]
) -> None:
    assert main(["train", network, "--out", str(tmp_path)]) == 0
    steps, batch, rate = RECIPES[network]
    assert calls == [(f"train_{network}", None, tmp_path, steps, batch, 1, 0, rate, None)]


def test_that_every_number_reaches_the_loop(tmp_path: Path, calls: list[tuple[object, ...]]) -> None:
    (tmp_path / "bodyparts3d").mkdir()
    numbers = ["--steps", "12", "--batch", "3", "--workers", "0", "--seed", "7", "--rate", "0.01"]
    numbers += ["--threads", "1"]
    folders = ["--out", str(tmp_path / "run"), "--anatomy", str(tmp_path), "--start", "before"]
    assert main(["train", "detector", *folders, *numbers]) == 0
    assert calls == [("train_detector", tmp_path, tmp_path / "run", 12, 3, 0, 7, 0.01, Path("before"))]
    assert torch.get_num_threads() == 1


def test_that_a_classifier_learns_from_the_mean_weights_of_a_segmenter(
    tmp_path: Path, calls: list[tuple[object, ...]]
) -> None:
    trained = PsaUnet(COMPACT)
    Run(tmp_path / "segmenter", trained, 5, 1e-3, 0.0).save()
    folders = ["--out", str(tmp_path / "run"), "--segmenter", str(tmp_path / "segmenter")]
    assert main(["train", "classifier", *folders, "--threads", "1"]) == 0
    ((name, anatomy, folder, segmenter, *numbers),) = calls
    steps, batch, rate = RECIPES["classifier"]
    assert (name, anatomy, folder, numbers) == (
        "train_classifier",
        None,
        tmp_path / "run",
        [steps, batch, 1, 0, rate, None],
    )
    assert isinstance(segmenter, PsaUnet)
    for key, value in trained.state_dict().items():
        torch.testing.assert_close(segmenter.state_dict()[key], value)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["detector", "--anatomy", "nowhere"], "nowhere holds no folder bodyparts3d"),
        (["classifier", "--segmenter", "nowhere"], "nowhere holds no checkpoint.pt"),
    ],
)
def test_that_a_wrong_folder_is_named(
    arguments: list[str],
    sentence: str,
    tmp_path: Path,
    calls: list[tuple[object, ...]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["train", *arguments, "--out", str(tmp_path)]) == 1
    assert sentence in capsys.readouterr().err
    assert calls == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["train"],
        ["train", "detector"],
        ["train", "radiologist", "--out", "run"],
        ["train", "classifier", "--out", "run"],
        ["train", "detector", "--out", "run", "--steps", "0"],
        ["train", "detector", "--out", "run", "--workers", "-1"],
        ["train", "detector", "--out", "run", "--batch", "many"],
        ["train", "detector", "--out", "run", "--rate", "0"],
        ["train", "detector", "--out", "run", "--rate", "nan"],
    ],
)
def test_that_wrong_usage_is_explained(
    arguments: list[str], calls: list[tuple[object, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert "usage: vcf-desktop train" in capsys.readouterr().err
    assert calls == []
