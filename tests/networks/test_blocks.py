"""The blocks against PyWavelets and against their papers' formulas, written out pixel by pixel in numpy."""

import math

import numpy as np
import pytest
import pywt
import torch
from numpy.typing import NDArray

from vcf_desktop.networks.blocks import (
    Cbam,
    Dwt2d,
    EfficientChannelAttention,
    PolarizedSelfAttention,
    SimpleAttention,
    channels,
)

Array = NDArray[np.float64]


def features(channel_count: int = 8, side: int = 5) -> torch.Tensor:
    return torch.randn(2, channel_count, side, side + 1)


def sigmoid(x: Array) -> Array:
    return 1 / (1 + np.exp(-x))


def weight(layer: torch.nn.Module) -> Array:
    assert isinstance(layer.weight, torch.Tensor)
    return layer.weight.detach().double().numpy()


def run(block: torch.nn.Module, x: torch.Tensor) -> Array:
    with torch.no_grad():
        return block(x).double().numpy()


@pytest.mark.parametrize("wavelet", ["haar", "db2", "sym4"])
def test_that_the_wavelet_layer_equals_pywavelets(wavelet: str) -> None:
    images = torch.rand(2, 1, 64, 32)
    low, high = Dwt2d(wavelet)(images)
    approximation, details = pywt.dwt2(images[:, 0].numpy(), wavelet, mode="periodization")
    np.testing.assert_allclose(low[:, 0], approximation, atol=1e-5)
    np.testing.assert_allclose(high.transpose(0, 1), np.stack(details), atol=1e-5)


def test_that_the_wavelet_layer_leaves_nothing_in_a_checkpoint() -> None:
    assert Dwt2d("haar").state_dict() == {}


@pytest.mark.parametrize(
    ("base", "width", "expected"), [(64, 1.0, 64), (64, 0.25, 16), (32, 0.1, 8), (100, 0.5, 48)]
)
def test_that_channel_counts_are_multiples_of_eight(base: int, width: float, expected: int) -> None:
    assert channels(base, width) == expected


@pytest.mark.parametrize(("count", "kernel"), [(8, 3), (64, 3), (256, 5), (512, 5)])
def test_that_efficient_channel_attention_widens_its_kernel_with_the_channels(
    count: int, kernel: int
) -> None:
    assert EfficientChannelAttention(count).mix.kernel_size == (kernel,)


def test_that_efficient_channel_attention_follows_its_formula() -> None:
    x = features(64)
    block = EfficientChannelAttention(64)
    taps = weight(block.mix)[0, 0]
    means = np.pad(x.double().numpy().mean(axis=(2, 3)), ((0, 0), (1, 1)))
    expected = x.double().numpy().copy()
    for image in range(2):
        for channel in range(64):
            expected[image, channel] *= sigmoid(taps @ means[image, channel : channel + 3])
    np.testing.assert_allclose(run(block, x), expected, atol=1e-5)


def test_that_simple_attention_follows_its_formula() -> None:
    x = features()
    expected = x.double().numpy().copy()
    for image in range(2):
        for channel in range(8):
            values = expected[image, channel]
            mean, variance = values.mean(), values.var(ddof=1)
            # Equation 5 of the SimAM paper gives the minimal energy, whose inverse is the importance.
            energy = 4 * (variance + 1e-4) / ((values - mean) ** 2 + 2 * variance + 2e-4)
            expected[image, channel] = values * sigmoid(1 / energy)
    np.testing.assert_allclose(run(SimpleAttention(), x), expected, atol=1e-5)


def test_that_convolutional_block_attention_follows_its_formula() -> None:
    x = features(32)
    block = Cbam(32)
    first, second = weight(block.perceptron[0]), weight(block.perceptron[2])
    kernel = weight(block.place)[0]
    expected = x.double().numpy().copy()
    for image in expected:
        pooled = image.mean(axis=(1, 2)), image.max(axis=(1, 2))
        image[:] *= sigmoid(sum(second @ np.maximum(first @ p, 0) for p in pooled))[:, None, None]
        planes = np.pad(np.stack((image.mean(axis=0), image.max(axis=0))), ((0, 0), (3, 3), (3, 3)))
        where = np.zeros(image.shape[1:])
        for row, column in np.ndindex(where.shape):
            where[row, column] = (planes[:, row : row + 7, column : column + 7] * kernel).sum()
        image[:] *= sigmoid(where)
    np.testing.assert_allclose(run(block, x), expected, atol=1e-5)


def softmax(x: Array) -> Array:
    return np.exp(x) / np.exp(x).sum()


def polarized_self_attention(block: PolarizedSelfAttention, image: Array) -> Array:
    """The formulas in the order in which the paper writes them: first per pixel, then the products."""
    pixels = image.reshape(len(image), -1)
    query, value = weight(block.channel_query) @ pixels, weight(block.channel_value) @ pixels
    restored = weight(block.channel_restore) @ (value @ softmax(query[0]))
    which = sigmoid((restored - restored.mean()) / np.sqrt(restored.var() + block.channel_norm.eps))

    query, value = weight(block.spatial_query) @ pixels, weight(block.spatial_value) @ pixels
    where = sigmoid(softmax(query.mean(axis=1)) @ value)
    return (which[:, None] * pixels + where * pixels).reshape(image.shape)


@pytest.mark.parametrize("memory_format", [torch.contiguous_format, torch.channels_last])
def test_that_polarized_self_attention_follows_its_formula(memory_format: torch.memory_format) -> None:
    x = features(16)
    block = PolarizedSelfAttention(16)
    expected = [polarized_self_attention(block, image) for image in x.double().numpy()]
    np.testing.assert_allclose(run(block, x.contiguous(memory_format=memory_format)), expected, atol=1e-5)


def test_that_polarized_self_attention_starts_kaiming_normal() -> None:
    block = PolarizedSelfAttention(512)
    for layer, fan_in in (
        (block.channel_value, 512),
        (block.channel_restore, 256),
        (block.spatial_query, 512),
    ):
        assert layer.weight.std().item() == pytest.approx(math.sqrt(2 / fan_in), rel=0.02)
    assert not block.channel_restore.bias.any()


def test_that_reset_parameters_draws_anew() -> None:
    block = PolarizedSelfAttention(16)
    before = [parameter.clone() for parameter in block.parameters() if parameter.dim() == 2]
    block.reset_parameters()
    after = [parameter for parameter in block.parameters() if parameter.dim() == 2]
    assert not any(torch.equal(a, b) for a, b in zip(before, after, strict=True))
