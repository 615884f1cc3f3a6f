"""The segmenter: its shapes, its size and its loss."""

import math

import numpy as np
import pytest
import torch

from vcf_desktop.networks.psa_unet import PsaUnet, SegmenterConfig, segmentation_loss


@pytest.mark.parametrize("psa", [True, False])
@pytest.mark.parametrize("outputs", [1, 3])
def test_that_every_configuration_learns(psa: bool, outputs: int) -> None:
    net = PsaUnet(SegmenterConfig(width=0.1, psa=psa, outputs=outputs))
    logits = net(torch.rand(2, 1, 48, 48))
    assert logits.shape == (2, outputs, 48, 48)
    segmentation_loss(logits, torch.rand(2, outputs, 48, 48)).backward()
    for name, parameter in net.named_parameters():
        assert parameter.grad is not None, name
        assert parameter.grad.isfinite().all(), name


def test_that_attention_adds_its_parameters_to_every_skip() -> None:
    with torch.device("meta"):
        plain, attentive = (
            sum(p.numel() for p in PsaUnet(SegmenterConfig(psa=psa)).parameters()) for psa in (False, True)
        )
    # Four maps of C x C / 2; W_q to one channel, W_z's bias, scale and shift of the normalisation: C each.
    assert attentive - plain == sum(2 * width**2 + 4 * width for width in (64, 128, 256, 512))


def test_that_the_loss_equals_its_definition() -> None:
    logits, targets = torch.randn(2, 3, 4, 4), torch.rand(2, 3, 4, 4)
    valid = (torch.rand(2, 1, 4, 4) > 0.3).float()
    entropy, count, dice = 0.0, 0, []
    for output in range(3):
        overlap = mass = 0.0
        for image, row, column in np.ndindex(2, 4, 4):
            if not valid[image, 0, row, column]:
                continue
            t = targets[image, output, row, column].item()
            p = 1 / (1 + math.exp(-logits[image, output, row, column].item()))
            entropy -= t * math.log(p) + (1 - t) * math.log(1 - p)
            count += 1
            overlap += p * t
            mass += p * p + t * t
        dice.append(1 - (2 * overlap + 1) / (mass + 1))
    expected = entropy / count + sum(dice) / 3
    assert segmentation_loss(logits, targets, valid).item() == pytest.approx(expected, rel=1e-5)


def test_that_a_perfect_outline_costs_nothing() -> None:
    targets = (torch.rand(2, 3, 16, 16) > 0.5).float()
    assert segmentation_loss(40 * (targets - 0.5), targets).item() == pytest.approx(0, abs=1e-5)


def test_that_an_empty_map_found_empty_costs_nothing() -> None:
    targets = torch.zeros(2, 3, 16, 16)
    assert segmentation_loss(targets - 30, targets).item() == pytest.approx(0, abs=1e-5)


def test_that_unknown_pixels_teach_nothing() -> None:
    logits = torch.randn(1, 3, 8, 8, requires_grad=True)
    valid = torch.ones(1, 1, 8, 8)
    valid[..., :4] = 0
    segmentation_loss(logits, torch.rand(1, 3, 8, 8), valid).backward()
    assert logits.grad is not None
    assert not logits.grad[..., :4].any()
    assert logits.grad[..., 4:].all()


def test_that_a_batch_without_a_known_pixel_costs_nothing() -> None:
    assert (
        segmentation_loss(torch.randn(1, 3, 8, 8), torch.rand(1, 3, 8, 8), torch.zeros(1, 1, 8, 8)).item()
        == 0
    )
