"""Each of the three loops for a few steps: on simulated films, killed and resumed, and on a hospital's."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from vcf_desktop.inference.manifest import Task
from vcf_desktop.inference.preprocess import classifier_input
from vcf_desktop.io.labelme import read_labelme_folder
from vcf_desktop.simulation.seeds import Purpose
from vcf_desktop.training import (
    batches,
    checkpoints,
    train_classifier,
    train_detector,
    train_segmenter,
    weights,
)
from vcf_desktop.training.batches import (
    FILM_CUTTER,
    GRADE_CUTTER,
    OUTLINE_CUTTER,
    Batches,
    Cutter,
    Data,
)
from vcf_desktop.training.checkpoints import Run, best_checkpoint
from vcf_desktop.training.recipes import RECIPES, Plan
from vcf_desktop.training.simulated import FilmKind, SimulatedFilms
from vcf_desktop.training.sources import Source, hospital_sources
from vcf_desktop.training.split import Part
from vcf_desktop.training.weights import new_network, trained_network

STEPS = 3
Sources = tuple[Source, Source]
CUTTERS: dict[Task, Cutter[Any, Any]] = {
    Task.DETECTOR: FILM_CUTTER,
    Task.SEGMENTER: OUTLINE_CUTTER,
    Task.CLASSIFIER: GRADE_CUTTER,
}
NARROW = {Task.DETECTOR: 1 / 8, Task.SEGMENTER: 1 / 16, Task.CLASSIFIER: 1 / 16}
BEST_BY = {Task.DETECTOR: "f1", Task.SEGMENTER: "dice", Task.CLASSIFIER: "kappa"}


def plan(task: Task, name: str = "shipped") -> Plan:
    recipe = replace(RECIPES[name][task], batch=2, rate=1e-3)
    return Plan(name, recipe, "compact", STEPS, validate_every=2, seed=1, workers=0, source="tests")


def open_data(task: Task, sources: Sources) -> Data[Any, Any]:
    """Two samples are enough to validate on."""
    data: Data[Any, Any] = batches.open_data(CUTTERS[task], *sources, batch=2, seed=1, streams=1)
    return replace(data, validation=data.validation[:1])


def train(task: Task, data: Data[Any, Any], folder: Path, name: str = "shipped") -> None:
    if task is Task.DETECTOR:
        train_detector.train_detector(data, folder, plan(task, name))
    elif task is Task.SEGMENTER:
        train_segmenter.train_segmenter(data, folder, plan(task, name))
    else:
        torch.manual_seed(5)
        outliner = new_network(Task.SEGMENTER, "compact")
        train_classifier.train_classifier(data, folder, plan(task, name), outliner, (1.0, 1.0, 1.0, 1.0))


@pytest.fixture(autouse=True)
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Networks of few channels, which are quick."""
    narrow = {
        task: replace(configuration, width=NARROW[task])
        for task, configuration in weights.CONFIGURATIONS["compact"].items()
    }
    monkeypatch.setattr(weights, "CONFIGURATIONS", {"compact": narrow})


@pytest.fixture
def simulated_films(coarse_films: FilmKind, coarse_crops: FilmKind) -> Callable[[Task], Sources]:
    def sources(task: Task) -> Sources:
        kind = replace(coarse_films if task is Task.DETECTOR else coarse_crops, epoch=0)
        films, looks = RECIPES["shipped"][task].simulated, {"films": 1, "looks_per_film": 2}
        training = SimulatedFilms(None, kind, Purpose.TRAINING, 1, films, **looks)
        return training, replace(training, purpose=Purpose.VALIDATION)

    return sources


def log(folder: Path) -> list[list[str]]:
    with (folder / "log.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("task", Task)
def test_that_a_killed_run_goes_on_to_the_same_curve(
    task: Task,
    simulated_films: Callable[[Task], Sources],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checkpoints, "LOG_EVERY", 1)
    monkeypatch.setattr(checkpoints, "SAVE_EVERY", 2)
    sources = simulated_films(task)
    data = open_data(task, sources)
    train(task, data, tmp_path / "whole")
    descend = Run.descend

    def die_in_step_three(run: Run, *loss: Any) -> None:
        if run.step == 2:
            raise KeyboardInterrupt
        descend(run, *loss)

    with monkeypatch.context() as dying:
        dying.setattr(Run, "descend", die_in_step_three)
        with pytest.raises(KeyboardInterrupt):
            train(task, data, tmp_path / "killed")
    # As in a new process: nothing of the batches that were made is left.
    afresh = replace(data, training=Batches(sources[0], CUTTERS[task], 2, 1, 1))
    train(task, afresh, tmp_path / "killed")
    assert log(tmp_path / "killed") == log(tmp_path / "whole")
    header, *rows = log(tmp_path / "whole")
    assert [row[0] for row in rows] == ["1", "2", "3"]
    assert all(float(value) < 1e3 for row in rows for value in row if value)
    assert f"validation {BEST_BY[task]}" in header
    trained_network(task, str(tmp_path / "killed"))
    # A finished run stays as it is.
    train(task, data, tmp_path / "killed")
    assert log(tmp_path / "killed") == log(tmp_path / "whole")


@pytest.mark.parametrize("task", Task)
@pytest.mark.parametrize("name", ["fine-tune", "paper"])
def test_that_a_hospital_trains_on_its_own_films(
    task: Task, name: str, hospital: Path, tmp_path: Path
) -> None:
    films = read_labelme_folder(hospital)
    parts = {Part.TRAIN: films[:2], Part.VALIDATION: films[2:4], Part.TEST: films[3:]}
    sources = hospital_sources(task, RECIPES[name][task], 1, parts)
    train(task, open_data(task, sources), tmp_path, name)
    assert best_checkpoint(tmp_path)["settings"]["--recipe"] == name
    assert log(tmp_path)[-1][0] == str(STEPS)


def test_that_fine_tuning_begins_with_the_weights_given(
    simulated_films: Callable[[Task], Sources], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = new_network(Task.SEGMENTER, "compact").state_dict()
    training, validation = simulated_films(Task.SEGMENTER)
    data = open_data(Task.SEGMENTER, (training, validation))

    def stop(_run: Run, _batches: Iterator[object], judge: object, by: str) -> Iterator[object]:
        yield from ()

    monkeypatch.setattr(Run, "through", stop)
    begun = []
    monkeypatch.setattr(Run, "begin", lambda _run, given: begun.append(given))
    train_segmenter.train_segmenter(data, tmp_path, plan(Task.SEGMENTER), start)
    assert begun == [start]


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


def test_that_the_arches_tell_where_the_front_is_when_nobody_said() -> None:
    seen = torch.full((2, 3, 32, 32), -9.0)
    seen[:, 0, 10:22, 10:22] = 9.0
    seen[0, 1, 10:22, 24:30] = 9.0  # behind, at the right: the front is at the left
    seen[1, 1, 10:22, 2:8] = 9.0

    class Segmenter(torch.nn.Module):
        def forward(self, _crops: torch.Tensor) -> torch.Tensor:
            return seen

    def inputs(right: list[int]) -> torch.Tensor:
        crops = torch.linspace(-1, 1, 32).expand(2, 1, 32, 32)
        unused = torch.zeros(2)
        batch = batches_of(crops, torch.tensor(right), unused)
        return train_classifier.graded_inputs(batch, Segmenter(), torch.device("cpu"))[0]

    torch.testing.assert_close(inputs([-1, -1]), inputs([0, 1]))
    assert not torch.equal(inputs([1, 0]), inputs([0, 1]))


def batches_of(crops: torch.Tensor, right: torch.Tensor, unused: torch.Tensor) -> train_classifier.CropBatch:
    return train_classifier.CropBatch(crops, unused, unused, torch.zeros(2, dtype=torch.long), right)


def test_that_rare_grades_weigh_more(hospital: Path) -> None:
    films = read_labelme_folder(hospital)
    by_grade = train_classifier.class_weights({Part.TRAIN: films})
    grades = [int(v.grade) for film in films for v in film.vertebrae if v.grade is not None]
    counts = [max(1, grades.count(grade)) for grade in range(4)]
    assert [w * c for w, c in zip(by_grade, counts, strict=True)] == pytest.approx([sum(counts) / 4] * 4)
    assert train_classifier.class_weights(None) == train_classifier.SIMULATED_CLASS_WEIGHTS
