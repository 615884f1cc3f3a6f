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
from vcf_desktop.training import release
from vcf_desktop.training.checkpoints import Run
from vcf_desktop.training.recipes import RECIPES, Plan
from vcf_desktop.training.weights import new_network

CARD = {"training_data": "none", "metrics": {}, "licence": "Apache-2.0", "attribution": ""}


def run(folder: Path, size: str) -> Run:
    plan = Plan("shipped", RECIPES["shipped"][Task.CLASSIFIER], size, 5, 5, 0, 0, "tests")
    return Run(folder / "run", new_network(Task.CLASSIFIER, size), plan)


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    run(tmp_path, "compact").save()
    (tmp_path / "card.json").write_text(json.dumps(CARD), encoding="utf-8")
    folders = ["--run", str(tmp_path / "run"), "--out", str(tmp_path / "models")]
    return ["release", "classifier", *folders, "--version", "1.2", "--card", str(tmp_path / "card.json")]


def test_that_a_released_model_is_found_and_says_what_it_is(
    arguments: list[str], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR, logger="torch.onnx")
    assert main(arguments) == 0
    manifest = find_manifest(Task.CLASSIFIER, tmp_path / "models")
    assert (manifest.name, manifest.version, manifest.licence) == ("compact-classifier", "1.2", "Apache-2.0")
    assert release.runtime_difference(manifest) < 1e-4


def test_that_nothing_is_released_when_the_runtimes_disagree(
    arguments: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def write(manifest: Manifest, network: nn.Module, folder: Path) -> Manifest:
        (folder / "compact-classifier.onnx").write_bytes(b"other numbers")
        return manifest

    monkeypatch.setattr(release, "write_model", write)
    monkeypatch.setattr(release, "runtime_difference", lambda _manifest: 0.01)
    assert main(arguments) == 1
    assert "differ by 0.01" in capsys.readouterr().err
    assert list((tmp_path / "models").iterdir()) == []


def test_that_a_card_without_a_licence_releases_nothing(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "card.json").write_text(json.dumps(CARD).replace("licence", "license"), encoding="utf-8")
    assert main(arguments) == 1
    assert "card.json lacks 'licence'" in capsys.readouterr().err


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
    assert (manifest.name, manifest.configuration["width"]) == ("paper-classifier", 1.0)
    assert manifest.network_input.batch_limit == release.PAPER_BATCH


def test_that_a_second_model_for_the_same_task_is_refused(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = SimpleNamespace(task=Task.CLASSIFIER, name="paper-classifier")
    monkeypatch.setattr(release, "manifests", lambda _folder: (other,))
    assert main(arguments) == 1
    assert "holds paper-classifier for the same task" in capsys.readouterr().err
    assert list((tmp_path / "models").iterdir()) == []
