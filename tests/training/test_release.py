"""``vcf-desktop release``: from a run to files that the pipeline opens."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from types import SimpleNamespace

import pytest
from torch import nn

from vcf_desktop.__main__ import main
from vcf_desktop.inference.manifest import Manifest, Task, find_manifest
from vcf_desktop.networks.psa_unet import PsaUnet, SegmenterConfig
from vcf_desktop.training import extras, release
from vcf_desktop.training.checkpoints import Run
from vcf_desktop.training.recipes import RECIPES, Plan

CARD = {"training_data": "none", "metrics": {}, "licence": "Apache-2.0", "attribution": ""}


def run(folder: Path, size: str) -> Run:
    """A run of a network that is quick to export, under the name of a size."""
    plan = Plan("shipped", RECIPES["shipped"][Task.SEGMENTER], size, 5, 5, 0, 0, "tests")
    return Run(folder / "run", PsaUnet(SegmenterConfig(width=1 / 16)), plan)


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    run(tmp_path, "compact").save()
    (tmp_path / "card.json").write_text(json.dumps(CARD), encoding="utf-8")
    folders = ["--run", str(tmp_path / "run"), "--out", str(tmp_path / "models")]
    return ["release", "segmenter", *folders, "--version", "1.2", "--card", str(tmp_path / "card.json")]


def test_that_a_released_model_is_found_and_says_what_it_is(
    arguments: list[str], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR, logger="torch.onnx")
    assert main(arguments) == 0
    manifest = find_manifest(Task.SEGMENTER, tmp_path / "models")
    assert (manifest.name, manifest.version, manifest.licence) == ("compact-segmenter", "1.2", "Apache-2.0")
    assert release.runtime_difference(manifest) < 1e-4


def test_that_nothing_is_released_when_the_runtimes_disagree(
    arguments: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def write(manifest: Manifest, network: nn.Module, folder: Path) -> Manifest:
        (folder / "compact-segmenter.onnx").write_bytes(b"other numbers")
        return manifest

    monkeypatch.setattr(release, "write_model", write)
    monkeypatch.setattr(release, "runtime_difference", lambda _manifest: 0.01)
    assert main(arguments) == 1
    assert "differ by 0.01" in capsys.readouterr().err
    assert list((tmp_path / "models").iterdir()) == []


@pytest.mark.parametrize(
    ("card", "sentence"),
    [
        (json.dumps(CARD).replace("licence", "license"), "card.json lacks 'licence'"),
        (json.dumps(CARD | {"metrics": "good"}), "card.json: metrics should be an object"),
        (json.dumps(CARD | {"licence": None}), "card.json: licence should be a text"),
        ("[]", "card.json: is no JSON object with training_data"),
        (None, "card.json: cannot be read: No such file"),
    ],
)
def test_that_a_card_that_does_not_say_all_releases_nothing(
    card: str | None, sentence: str, arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if card is None:
        (tmp_path / "card.json").unlink()
    else:
        (tmp_path / "card.json").write_text(card, encoding="utf-8")
    assert main(arguments) == 1
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "models").exists()


def test_that_a_missing_exporter_is_named_with_its_cure(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    assert main(arguments) == 1
    assert "needs onnxscript, which is missing; run: pip install" in capsys.readouterr().err


def test_that_the_size_that_was_trained_is_the_size_that_is_released(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[Manifest] = []

    def write(manifest: Manifest, network: nn.Module, folder: Path) -> Manifest:
        network.load_state_dict(trained.model.state_dict())
        written.append(manifest)
        return manifest

    trained = run(tmp_path, "paper")
    trained.save()
    monkeypatch.setattr(release, "write_model", write)
    monkeypatch.setattr(release, "runtime_difference", lambda _manifest: 0.0)
    assert main(arguments) == 0
    (manifest,) = written
    assert (manifest.name, manifest.configuration["width"]) == ("paper-segmenter", 1 / 16)
    assert manifest.network_input.batch_limit == 2


def test_that_a_second_model_for_the_same_task_is_refused(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = SimpleNamespace(task=Task.SEGMENTER, name="paper-segmenter")
    monkeypatch.setattr(release, "manifests", lambda _folder: (other,))
    assert main(arguments) == 1
    assert "holds paper-segmenter for the same task" in capsys.readouterr().err
    assert list((tmp_path / "models").iterdir()) == []
