"""The classifier: its shapes, its size and its loss."""

import math

import pytest
import torch
from torch.nn import functional

from vcf_desktop.networks.cbam_resnet50 import Bottleneck, CbamResnet50, ClassifierConfig, grading_loss


@pytest.mark.parametrize("cbam", [True, False])
@pytest.mark.parametrize(("inputs", "side"), [(3, 64), (1, 56)])
def test_that_every_configuration_learns(cbam: bool, inputs: int, side: int) -> None:
    net = CbamResnet50(ClassifierConfig(width=0.1, cbam=cbam, inputs=inputs))
    logits = net(torch.rand(4, inputs, side, side))
    assert logits.shape == (4, 4)
    grading_loss(logits, torch.arange(4), torch.ones(4)).backward()
    for name, parameter in net.named_parameters():
        assert parameter.grad is not None, name
        assert parameter.grad.isfinite().all(), name


def test_that_attention_adds_its_parameters_to_every_bottleneck() -> None:
    with torch.device("meta"):
        plain, attentive = (
            sum(p.numel() for p in CbamResnet50(ClassifierConfig(cbam=cbam)).parameters())
            for cbam in (False, True)
        )
    # ResNet50 has 25,557,032 parameters with a head of 1000 classes on 2048 channels.
    assert plain == 25_557_032 - 2049 * (1000 - 4)
    stages = ((256, 3), (512, 4), (1024, 6), (2048, 3))
    assert attentive - plain == sum(n * (2 * c * c // 16 + 2 * 7 * 7) for c, n in stages)


@pytest.mark.parametrize("side", [6, 7])
def test_that_a_bottleneck_starts_as_its_shortcut(side: int) -> None:
    block = CbamResnet50(ClassifierConfig(width=0.1)).stages[3]
    assert isinstance(block, Bottleneck)
    crops = torch.rand(2, 32, side, side)
    torch.testing.assert_close(block(crops), functional.relu(block.shortcut(crops)))


def test_that_the_loss_equals_its_definition() -> None:
    logits, labels, weights = (
        torch.randn(6, 4),
        torch.tensor([0, 1, 2, 3, 3, 0]),
        torch.tensor([1.0, 4, 3, 2]),
    )
    total = normaliser = 0.0
    for row, label in zip(logits.tolist(), labels.tolist(), strict=True):
        p = math.exp(row[label]) / sum(math.exp(value) for value in row)
        entropy, weight = -math.log(p), weights[label].item()
        total += weight * (0.7 * entropy + 0.3 * (1 - p) ** 1.5 * entropy)
        normaliser += weight
    loss = grading_loss(logits, labels, weights, focal_gamma=1.5, focal_share=0.3)
    assert loss.item() == pytest.approx(total / normaliser, rel=1e-5)


def test_that_without_a_focal_share_the_loss_is_weighted_cross_entropy() -> None:
    logits, labels, weights = (
        torch.randn(6, 4),
        torch.tensor([0, 1, 2, 3, 3, 0]),
        torch.tensor([1.0, 4, 3, 2]),
    )
    expected = functional.cross_entropy(logits, labels, weights)
    torch.testing.assert_close(grading_loss(logits, labels, weights, focal_share=0), expected)


@pytest.mark.parametrize("gamma", [0.5, 2.0])
def test_that_a_certain_answer_gives_a_finite_gradient(gamma: float) -> None:
    logits = torch.tensor([[200.0, 0, 0, 0], [0, 0, 0, 200.0]], requires_grad=True)
    grading_loss(logits, torch.tensor([0, 0]), torch.ones(4), focal_gamma=gamma).backward()
    assert logits.grad is not None
    assert logits.grad.isfinite().all()
