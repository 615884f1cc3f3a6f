"""Figures by which the best weights are kept."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from torch import Tensor, nn

from vcf_desktop.networks.dwt_yolov5 import DetectorConfig, DwtYolov5
from vcf_desktop.training import validation
from vcf_desktop.training.samples import CropBatch, FilmBatch

CPU = torch.device("cpu")


class Says(nn.Module):
    """A network that says the same whatever it sees."""

    def __init__(self, answer: Tensor) -> None:
        super().__init__()
        self.answer = answer

    def forward(self, _images: Tensor) -> Tensor:
        return self.answer


@given(
    scores=hnp.arrays(np.float64, st.integers(0, 12), elements=st.floats(0, 1), unique=True),
    missed=st.integers(1, 4),
    data=st.data(),
)
def test_that_the_best_f1_is_that_of_the_best_threshold(
    scores: np.ndarray, missed: int, data: st.DataObject
) -> None:
    hits = np.array(data.draw(st.lists(st.booleans(), min_size=len(scores), max_size=len(scores))), bool)
    truths = int(hits.sum()) + missed
    best = 0.0
    for threshold in scores:
        kept = hits[scores >= threshold]
        precision, recall = kept.mean(), kept.sum() / truths
        if precision:
            best = max(best, 2 * precision * recall / (precision + recall))
    best_first = hits[np.argsort(-scores)]
    assert validation.best_f1(best_first, truths) == pytest.approx(best)


def test_that_a_classifier_is_judged_on_all_batches() -> None:
    network = Says(torch.tensor([[9.0, 0, 0, 0], [0, 0, 9.0, 0]]))
    inputs = torch.zeros(2, 3, 8, 8)
    batches = [(inputs, torch.tensor([0, 2])), (inputs, torch.tensor([0, 3]))]
    figures = validation.judge_classifier(network, batches, torch.ones(4))
    assert figures["accuracy"] == 0.75
    assert 0 < figures["kappa"] < 1
    assert figures["loss"] > 0


def crop_batch(masks: Tensor) -> CropBatch:
    count = len(masks)
    known = torch.ones(count, 3, 1, 1)
    return CropBatch(torch.zeros(count, 1, 8, 8), masks, known, torch.zeros(count), torch.zeros(count))


def test_that_dice_is_one_for_the_truth_and_nought_beside_it() -> None:
    masks = torch.zeros(2, 3, 8, 8, dtype=torch.uint8)
    masks[:, 0, 2:6, 2:6] = 255
    answers = {0: 1.0, 4: 0.0, 2: 0.5}
    for shift, dice in answers.items():
        network = Says(masks.roll(shift, dims=3).float() / 255 * 8 - 4)
        assert validation.judge_segmenter(network, [crop_batch(masks)], CPU)["dice"] == pytest.approx(dice)


def test_that_a_detector_is_judged_by_the_boxes_it_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    network = DwtYolov5(DetectorConfig(width=0.25)).eval()
    boxes = np.array(
        [[20, 20, 16, 16, 0.9, 0.9, 0], [21, 20, 16, 16, 0.5, 0.9, 0], [50, 50, 10, 10, 0.8, 0.9, 0]]
    )
    monkeypatch.setattr(network, "decode", lambda _raw: torch.tensor(boxes[None]).float())
    targets = torch.tensor([[0, 0, 20.0, 20, 16, 16], [0, 0, 20, 50, 12, 12]])
    figures = validation.judge_detector(network, [FilmBatch(torch.zeros(1, 1, 64, 64), targets)], CPU)
    # One right of one above 0.72, one right of two below: F1 = 2/3 at best; the double is suppressed.
    assert figures["f1"] == pytest.approx(2 / 3)
    assert figures["loss"] > 0
