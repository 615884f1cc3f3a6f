"""``vcf-desktop train``: from arguments to a plan, its films and its weights."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from vcf_desktop.__main__ import main
from vcf_desktop.inference.manifest import Task
from vcf_desktop.simulation import people
from vcf_desktop.simulation.anatomy import Anatomy
from vcf_desktop.training import batches, train_classifier, train_detector, train_segmenter
from vcf_desktop.training.checkpoints import Run
from vcf_desktop.training.hospital import HospitalFilms
from vcf_desktop.training.recipes import RECIPES, Plan
from vcf_desktop.training.simulated import SimulatedFilms
from vcf_desktop.training.sources import Mixture
from vcf_desktop.training.split import Part, read_split
from vcf_desktop.training.weights import new_network


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What the loops were called with, which do nothing; their data are the two sources."""
    seen: list[tuple[Any, ...]] = []
    for module, name in (
        (train_detector, "train_detector"),
        (train_segmenter, "train_segmenter"),
        (train_classifier, "train_classifier"),
    ):
        monkeypatch.setattr(module, name, lambda *values, name=name: seen.append((name, *values)))
    monkeypatch.setattr(batches, "open_data", lambda _cutter, *values: values)
    return seen


def steps_of(source: SimulatedFilms | HospitalFilms, batch: int, epochs: int) -> int:
    return epochs * source.rounds_per_epoch * max(1, round(source.samples_per_round / batch))


@pytest.mark.parametrize("task", [Task.DETECTOR, Task.SEGMENTER])
def test_that_defaults_are_a_whole_recipe(task: Task, tmp_path: Path, calls: list[tuple[Any, ...]]) -> None:
    assert main(["train", task, "--out", str(tmp_path), "--threads", "1"]) == 0
    ((name, data, folder, plan, start),) = calls
    recipe = RECIPES["shipped"][task]
    assert (name, folder, start) == (f"train_{task}", tmp_path, None)
    expected = Plan("shipped", recipe, "compact", recipe.steps, 250, 0, 1, "built-in skeleton, 0 simulated")  # type: ignore[arg-type]
    assert plan == expected
    assert isinstance(data[0], SimulatedFilms)
    assert data[2:] == (recipe.batch, 0, 1)


def test_that_every_number_reaches_the_loop(
    tmp_path: Path, calls: list[tuple[Any, ...]], anatomy: Anatomy, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bodyparts3d").mkdir()
    monkeypatch.setattr(people, "load_anatomy", lambda _: anatomy)
    numbers = ["--steps", "12", "--batch", "3", "--workers", "0", "--seed", "7", "--rate", "0.01"]
    numbers += ["--patience", "4", "--validate-every", "6", "--threads", "1", "--configuration", "paper"]
    folders = ["--out", str(tmp_path / "run"), "--anatomy", str(tmp_path)]
    assert main(["train", "detector", *folders, *numbers]) == 0
    ((_, data, folder, plan, _),) = calls
    assert folder == tmp_path / "run"
    assert (plan.steps, plan.recipe.batch, plan.workers, plan.seed, plan.recipe.rate) == (12, 3, 0, 7, 0.01)
    assert (plan.recipe.patience, plan.validate_every, plan.configuration) == (4, 6, "paper")
    assert (data[0].anatomy_folder, data[0].seed) == (tmp_path, 7)
    assert torch.get_num_threads() == 1


def test_that_the_papers_recipe_counts_epochs(tmp_path: Path, calls: list[tuple[Any, ...]]) -> None:
    for length, epochs in (([], 200), (["--epochs", "3"], 3)):
        assert main(["train", "detector", "--recipe", "paper", "--out", str(tmp_path), *length]) == 0
        _, data, _, plan, _ = calls.pop()
        assert plan.steps == steps_of(data[0], 16, epochs)
    assert plan.recipe.optimiser == "sgd"


def test_that_a_hospitals_films_are_split_and_counted(
    hospital: Path, tmp_path: Path, calls: list[tuple[Any, ...]]
) -> None:
    common = ["--films", str(hospital), "--out", str(tmp_path / "run"), "--recipe", "fine-tune"]
    assert main(["train", "segmenter", *common]) == 0
    ((_, data, folder, plan, _),) = calls
    training, validation = data[:2]
    rows = read_split(folder / "split.csv")
    assert {film.film_path.name for film in training.films} == {r.film for r in rows if r.part is Part.TRAIN}
    assert {film.film_path.name for film in validation.films}.isdisjoint(
        f.film_path.name for f in training.films
    )
    assert plan.steps == steps_of(training, 16, 30)
    assert plan.source == f"{hospital.name}, 0 simulated"
    assert main(["train", "segmenter", *common, "--simulated", "0.5"]) == 0
    assert isinstance(calls[-1][1][0], Mixture)
    other = ["--films", str(hospital), "--out", str(tmp_path / "other")]
    assert main(["train", "segmenter", *other, "--split", str(folder / "split.csv")]) == 0
    assert read_split(tmp_path / "other" / "split.csv") == rows


def test_that_a_classifier_learns_from_a_segmenters_masks_and_weighs_grades(
    hospital: Path, tmp_path: Path, calls: list[tuple[Any, ...]]
) -> None:
    plan = Plan("shipped", RECIPES["shipped"][Task.SEGMENTER], "compact", 5, 5, 0, 0, "tests")
    trained = new_network(Task.SEGMENTER, "compact")
    Run(tmp_path / "segmenter", trained, plan).save()
    common = ["--out", str(tmp_path / "run"), "--segmenter", str(tmp_path / "segmenter"), "--threads", "1"]
    assert main(["train", "classifier", *common]) == 0
    _, _, _, _, segmenter, weights, start = calls.pop()
    assert start is None
    assert weights == train_classifier.SIMULATED_CLASS_WEIGHTS
    for key, value in trained.state_dict().items():
        torch.testing.assert_close(segmenter.state_dict()[key], value)
    assert main(["train", "classifier", *common, "--films", str(hospital)]) == 0
    assert calls.pop()[5] != train_classifier.SIMULATED_CLASS_WEIGHTS


def test_that_a_run_starts_from_shipped_weights(tmp_path: Path, calls: list[tuple[Any, ...]]) -> None:
    assert main(["train", "detector", "--out", str(tmp_path), "--start", "shipped"]) == 0
    new_network(Task.DETECTOR, "compact").load_state_dict(calls[0][-1])


def test_that_nothing_is_trained_on_the_person_that_networks_are_judged_on(
    tmp_path: Path, calls: list[tuple[Any, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("vertebra_L1.obj", "pelvis.obj"):
        (tmp_path / name).touch()
    folders = ["--out", str(tmp_path / "run"), "--anatomy", str(tmp_path)]
    assert main(["train", "detector", *folders]) == 1
    assert "is for judging networks only" in capsys.readouterr().err
    assert calls == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["detector", "--anatomy", "nowhere"], "nowhere holds no folder bodyparts3d"),
        (["classifier", "--segmenter", "nowhere"], "nowhere holds no checkpoint.pt"),
        (["detector", "--start", "nowhere"], "nowhere holds no checkpoint.pt and no model"),
        (["detector", "--start", "shipped", "--configuration", "paper"], "than the paper detector"),
        (["detector", "--films", "nowhere"], "nowhere is not a folder"),
        (["detector", "--simulated", "0.5"], "name it by --films"),
    ],
)
def test_that_a_wrong_folder_is_named(
    arguments: list[str],
    sentence: str,
    tmp_path: Path,
    calls: list[tuple[Any, ...]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["train", *arguments, "--out", str(tmp_path)]) == 1
    assert sentence in capsys.readouterr().err
    assert calls == []


def test_that_a_run_that_cannot_be_written_is_named_before_anything_is_read(
    tmp_path: Path, calls: list[tuple[Any, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "run").touch()
    assert main(["train", "detector", "--films", "nowhere", "--out", str(tmp_path / "run")]) == 1
    assert "run: cannot be written" in capsys.readouterr().err
    assert calls == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["train"],
        ["train", "detector"],
        ["train", "radiologist", "--out", "run"],
        ["train", "detector", "--out", "run", "--steps", "0"],
        ["train", "detector", "--out", "run", "--steps", "5", "--epochs", "5"],
        ["train", "detector", "--out", "run", "--recipe", "soup"],
        ["train", "detector", "--out", "run", "--workers", "-1"],
        ["train", "detector", "--out", "run", "--batch", "many"],
        ["train", "detector", "--out", "run", "--rate", "0"],
        ["train", "detector", "--out", "run", "--rate", "nan"],
        ["train", "detector", "--out", "run", "--simulated", "1"],
    ],
)
def test_that_wrong_usage_is_explained(
    arguments: list[str], calls: list[tuple[Any, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert "usage: vcf-desktop train" in capsys.readouterr().err
    assert calls == []
