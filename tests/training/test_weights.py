"""Where trained weights come from."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import torch

from vcf_desktop.errors import ModelError, VcfError
from vcf_desktop.inference.manifest import Task
from vcf_desktop.paths import MODELS_VARIABLE, models_folder
from vcf_desktop.training import checkpoints
from vcf_desktop.training.checkpoints import Run
from vcf_desktop.training.recipes import RECIPES, Plan
from vcf_desktop.training.weights import CONFIGURATIONS, load_weights, new_network, trained_network


def run(folder: Path, task: Task, size: str = "compact") -> Run:
    recipe = RECIPES["shipped"][task]
    made = Run(folder, new_network(task, size), Plan("shipped", recipe, size, 5, 5, 0, 0, "tests"))
    made.save()
    return made


@pytest.mark.parametrize("task", Task)
def test_that_a_run_knows_its_network(task: Task, tmp_path: Path) -> None:
    made = run(tmp_path, task)
    weights = load_weights(task, str(tmp_path))
    assert (weights.size, dict(weights.configuration)) == (
        "compact",
        dataclasses.asdict(CONFIGURATIONS["compact"][task]),
    )
    network = trained_network(task, str(tmp_path))
    assert not network.training
    for name, value in made.model.state_dict().items():
        torch.testing.assert_close(network.state_dict()[name], value)


def test_that_the_papers_network_is_told_from_the_compact_one(tmp_path: Path) -> None:
    run(tmp_path, Task.SEGMENTER, "paper")
    weights = load_weights(Task.SEGMENTER, str(tmp_path))
    assert (weights.size, weights.configuration["width"]) == ("paper", 1.0)
    trained_network(Task.SEGMENTER, str(tmp_path))


def test_that_runs_of_the_first_version_are_of_compact_networks(tmp_path: Path) -> None:
    made = run(tmp_path, Task.CLASSIFIER)
    torch.save({"mean_model": made.mean_model.state_dict()}, tmp_path / checkpoints.CHECKPOINT)
    assert load_weights(Task.CLASSIFIER, str(tmp_path)).size == "compact"
    trained_network(Task.CLASSIFIER, str(tmp_path))


@pytest.mark.parametrize("task", Task)
def test_that_shipped_weights_are_those_of_the_models(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(MODELS_VARIABLE, raising=False)
    by_word, by_folder = load_weights(task, "shipped"), load_weights(task, str(models_folder()))
    assert by_word.size == "compact"
    assert dict(by_word.configuration) == dict(by_folder.configuration)
    new_network(task, "compact").load_state_dict(by_word.values)
    for name, value in by_folder.values.items():
        torch.testing.assert_close(by_word.values[name], value)


def test_that_a_folder_without_weights_is_named(tmp_path: Path) -> None:
    with pytest.raises(VcfError, match=r"nowhere holds no checkpoint\.pt and no model"):
        load_weights(Task.DETECTOR, str(tmp_path / "nowhere"))
    (tmp_path / "a.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match="not a valid manifest"):
        load_weights(Task.DETECTOR, str(tmp_path))


def test_that_the_weights_of_another_network_are_refused(tmp_path: Path) -> None:
    run(tmp_path, Task.DETECTOR)
    with pytest.raises(VcfError, match="another network than a segmenter"):
        trained_network(Task.SEGMENTER, str(tmp_path))
