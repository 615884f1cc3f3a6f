"""The benchmark's parts that need no measuring: its film, its forced answers, its sizes and its table."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from vcf_desktop.film import Film
from vcf_desktop.inference.manifest import Manifest, Task
from vcf_desktop.inference.pipeline import Pipeline
from vcf_desktop.io.films import read_film
from vcf_desktop.spine import ModelRecord
from vcf_desktop.training import bench
from vcf_desktop.training.measure import VERTEBRAE, forced_pipeline
from vcf_desktop.training.release import THRESHOLDS, network_input
from vcf_desktop.training.weights import CONFIGURATIONS


def manifest_of(task: Task, configuration: dict[str, object]) -> Manifest:
    taken = network_input(task, "compact")
    return Manifest(task, task, "0", configuration, {}, taken, ("out",), THRESHOLDS[task], "", {}, "", "", "")


class Blind:
    """A network that sees nothing and counts its inputs."""

    notices: tuple[str, ...] = ()

    def __init__(self, task: Task) -> None:
        self.manifest = manifest_of(task, {})
        self.record = ModelRecord(task, "0", "", "none", "none")
        self.inputs = 0

    def run(self, batch: NDArray[np.float32]) -> dict[str, NDArray[np.float32]]:
        self.inputs += len(batch)
        return {"out": np.zeros((len(batch), 4), np.float32)}


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    path = tmp_path_factory.mktemp("bench") / "film.dcm"
    bench._write_film(path)
    return read_film(path)


def test_that_every_network_works_for_ten_vertebrae_on_a_large_film(film: Film) -> None:
    assert film.pixels.shape == (3000, 3000)
    networks = [Blind(task) for task in Task]
    analysis = forced_pipeline(Pipeline(*networks)).run(film)
    assert len(analysis.findings) == VERTEBRAE == 10
    assert [network.inputs for network in networks] == [1, 10, 10]


def test_that_the_sizes_are_those_of_the_papers_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []
    for size in ("paper", "compact"):
        monkeypatch.setattr(
            bench,
            "find_manifest",
            lambda task, _, size=size: manifest_of(task, vars(CONFIGURATIONS[size][task])),
        )
        sizes.append(list(bench._sizes(Path()).values()))
    assert 65 < sizes[0][0] < 72
    # 10.0 for one film, 124.3 and 13.1 for ten crops of 128 px: prototypes of the plain networks.
    assert sizes[0][1] == pytest.approx(10.0 + 124.3 + 13.1, rel=0.05)
    assert sizes[1][0] < sizes[0][0] / 8
    assert sizes[1][1] < sizes[0][1] / 8


def test_that_the_table_has_a_row_for_each_quantity_and_dashes_for_what_was_not_measured() -> None:
    columns = [
        (("compact", "onnx", "cpu"), {"parameters, millions": 4.5, "total per film, ms": 123.456}),
        (("paper", "torch", "cpu"), {"parameters, millions": 65.4}),
    ]
    lines = bench._table(columns, bench.ROWS).splitlines()
    assert lines[0].split() == ["compact", "paper"]
    assert lines[1].split() == ["onnx,", "cpu", "torch,", "cpu"]
    assert lines[2].split() == ["parameters,", "millions", "4.50", "65.40"]
    total = next(line for line in lines if line.startswith("total per film"))
    assert total.split()[-2:] == ["123.5", "-"]
    assert len(lines) == 2 + len(bench.ROWS)
