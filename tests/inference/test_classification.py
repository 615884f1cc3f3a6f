"""Grades from crops: probabilities, the side that the network expects, and batches."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from vcf_desktop.inference.classification import classify
from vcf_desktop.inference.manifest import Manifest, NetworkInput, Task
from vcf_desktop.inference.preprocess import classifier_input
from vcf_desktop.spine import ModelRecord

MANIFEST = Manifest(
    task=Task.CLASSIFIER,
    name="fake",
    version="0",
    configuration={},
    files={},
    network_input=NetworkInput(channels=3, side_px=8, batch_limit=2),
    outputs=("logits",),
    thresholds={},
    training_data="",
    metrics={},
    licence="",
    attribution="",
    intended_use="",
)


class Fake:
    """Answers with the logits it was given, in order, and remembers what it saw."""

    manifest = MANIFEST
    record = ModelRecord("fake", "0", "", "none", "none")
    notices: tuple[str, ...] = ()

    def __init__(self, logits: NDArray[np.float32]) -> None:
        self.logits = logits
        self.batches: list[NDArray[np.float32]] = []

    def run(self, batch: NDArray[np.float32]) -> dict[str, NDArray[np.float32]]:
        start = sum(map(len, self.batches))
        self.batches.append(batch)
        return {"logits": self.logits[start : start + len(batch)]}


@pytest.fixture
def crops() -> NDArray[np.float32]:
    return np.random.default_rng(0).random((5, 8, 8)).astype(np.float32)


@pytest.fixture
def bodies() -> NDArray[np.float32]:
    return np.random.default_rng(1).random((5, 8, 8)).astype(np.float32)


def test_that_probabilities_are_the_softmax_of_the_logits(
    crops: NDArray[np.float32], bodies: NDArray[np.float32]
) -> None:
    logits = np.array(
        [[0, 0, 0, 0], [1, 2, 3, 4], [1e4, 0, 0, 0], [-1e4, 0, 0, 0], [0, 0, 0, 700]], np.float32
    )
    grades = classify(Fake(logits), crops, bodies, True, lambda _: None)
    np.testing.assert_allclose(grades.sum(axis=1), 1, rtol=1e-12)
    expected = np.exp([1.0, 2, 3, 4]) / np.exp([1.0, 2, 3, 4]).sum()
    np.testing.assert_allclose(
        grades, [[0.25] * 4, expected, [1, 0, 0, 0], [0, 1 / 3, 1 / 3, 1 / 3], [0, 0, 0, 1]], atol=1e-9
    )


@pytest.mark.parametrize("anterior_is_left", [True, False])
def test_that_the_network_sees_the_anterior_side_on_the_left(
    crops: NDArray[np.float32], bodies: NDArray[np.float32], anterior_is_left: bool
) -> None:
    fake = Fake(np.zeros((5, 4), np.float32))
    classify(fake, crops, bodies, anterior_is_left, lambda _: None)
    seen = np.concatenate(fake.batches)
    for i in range(5):
        planes = classifier_input(crops[i], bodies[i])
        np.testing.assert_allclose(seen[i], planes if anterior_is_left else planes[..., ::-1], atol=1e-6)


def test_that_batches_keep_to_the_limit_and_report_their_progress(
    crops: NDArray[np.float32], bodies: NDArray[np.float32]
) -> None:
    fake, done = Fake(np.zeros((5, 4), np.float32)), []
    classify(fake, crops, bodies, True, done.append)
    assert [len(batch) for batch in fake.batches] == [2, 2, 1]
    assert done == [pytest.approx(0.4), pytest.approx(0.8), 1.0]


def test_that_no_crops_give_no_grades() -> None:
    none = np.empty((0, 8, 8), np.float32)
    assert classify(Fake(np.zeros((0, 4), np.float32)), none, none, True, lambda _: None).shape == (0, 4)
