"""Building blocks that the networks share: the convolution, the wavelet transform, four kinds of attention.

Feature maps are ``(N, C, H, W)`` throughout. Every attention block returns a map of the shape it was given.

No block has a 1x1 convolution with a stride: in torch 2.13.0 its backward pass corrupts the heap on the CPU
(2 to 15 input channels, channels_last). Pool first, then convolve.
"""

from __future__ import annotations

import math

import pywt
import torch
from torch import Tensor, nn
from torch.nn import functional


def channels(base: int, width: float) -> int:
    """``base`` channels times ``width`` to the nearest multiple of 8 (a vector register), at least 8."""
    return max(8, 8 * round(base * width / 8))


class Cbl(nn.Sequential):
    """Convolution, batch normalisation, leaky ReLU: the CBL of the paper's section 2.2.

    The slope 0.1 is Darknet's (Redmon & Farhadi 2017). Leaky ReLU rather than SiLU also in the body, because
    ONNX Runtime fuses it into the convolution.

    Args:
        inputs: channels in.
        outputs: channels out.
        kernel: side of the square kernel; the map keeps its size at stride 1.
        stride: 1 or 2.
    """

    def __init__(self, inputs: int, outputs: int, kernel: int = 3, stride: int = 1) -> None:
        super().__init__(
            nn.Conv2d(inputs, outputs, kernel, stride, padding=(kernel - 1) // 2, bias=False),
            nn.BatchNorm2d(outputs),
            nn.LeakyReLU(0.1, inplace=True),
        )


class Dwt2d(nn.Module):
    """One level of the 2-D discrete wavelet transform of (N, 1, H, W), H and W even.

    Equal to ``pywt.dwt2(..., mode="periodization")``: that mode gives exactly H / 2 rows and W / 2 columns,
    and Haar needs no border at all, so that it is one strided convolution in ONNX. ``wavelet`` is a name that
    PyWavelets knows.

    Returns:
        The low band (N, 1, H / 2, W / 2), and the high bands (N, 3, H / 2, W / 2): horizontal, vertical and
        diagonal detail.
    """

    filters: Tensor

    def __init__(self, wavelet: str) -> None:
        super().__init__()
        bank = pywt.Wavelet(wavelet)
        self.border = bank.dec_len // 2 - 1
        # Convolution layers correlate, hence the reversed taps.
        low, high = torch.tensor(bank.dec_lo).flip(0), torch.tensor(bank.dec_hi).flip(0)
        bands = [
            torch.outer(rows, columns)
            for rows, columns in ((low, low), (high, low), (low, high), (high, high))
        ]
        self.register_buffer("filters", torch.stack(bands).unsqueeze(1), persistent=False)

    def forward(self, images: Tensor) -> tuple[Tensor, Tensor]:
        if self.border:
            images = functional.pad(images, [self.border] * 4, mode="circular")
        bands = functional.conv2d(images, self.filters, stride=2)
        return bands[:, :1], bands[:, 1:]


class EfficientChannelAttention(nn.Module):
    """ECA: each channel is weighted by its own mean and those of its neighbours (Wang et al., CVPR 2020).

    The kernel over the channels has the odd size nearest to log2(C) / 2 + 1 / 2 (their equation 12 with
    gamma 2 and b 1).
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        kernel = int(math.log2(channels) / 2 + 0.5) | 1
        self.mix = nn.Conv1d(1, 1, kernel, padding=kernel // 2, bias=False)

    def forward(self, features: Tensor) -> Tensor:
        means = features.mean(dim=(2, 3)).unsqueeze(1)
        weights: Tensor = self.mix(means).sigmoid().squeeze(1)
        return features * weights[:, :, None, None]


class SimpleAttention(nn.Module):
    """SimAM: a value counts the more, the further it lies from its channel's mean (Yang et al., ICML 2021).

    Free of parameters. ``regulariser`` is their lambda, 1e-4.
    """

    def __init__(self, regulariser: float = 1e-4) -> None:
        super().__init__()
        self.regulariser = regulariser

    def forward(self, features: Tensor) -> Tensor:
        deviation = (features - features.mean(dim=(2, 3), keepdim=True)).square()
        pixels = features.shape[2] * features.shape[3]
        variance = deviation.sum(dim=(2, 3), keepdim=True) / (pixels - 1)
        # The inverse of the minimal energy, their equation 5.
        importance = deviation * (0.25 / (variance + self.regulariser)) + 0.5
        return features * importance.sigmoid()


class Cbam(nn.Module):
    """Convolutional block attention: first which channels, then where (Woo et al., ECCV 2018, eq. 1 to 3).

    The bottleneck of the channel perceptron is C / 16 as in their paper, but never below 4, so that narrow
    networks keep one; the spatial kernel is 7x7.
    """

    def __init__(self, channels: int, reduction: int = 16) -> None:
        super().__init__()
        hidden = max(4, channels // reduction)
        self.perceptron = nn.Sequential(
            nn.Linear(channels, hidden, bias=False),
            nn.ReLU(inplace=True),
            nn.Linear(hidden, channels, bias=False),
        )
        self.place = nn.Conv2d(2, 1, 7, padding=3, bias=False)

    def forward(self, features: Tensor) -> Tensor:
        which = self.perceptron(features.mean(dim=(2, 3))) + self.perceptron(features.amax(dim=(2, 3)))
        features = features * which.sigmoid()[:, :, None, None]
        where = torch.cat((features.mean(dim=1, keepdim=True), features.amax(dim=1, keepdim=True)), dim=1)
        weights: Tensor = self.place(where).sigmoid()
        return features * weights


class PolarizedSelfAttention(nn.Module):
    """Polarized self-attention, parallel layout (Liu et al., Neurocomputing 2022, equations 1 to 3).

    Channel-only branch: ``sigmoid(LN(W_z (W_v X . softmax(W_q X))))``, one weight a channel.
    Spatial-only branch: ``sigmoid(softmax(mean(W_q X)) . W_v X)``, one weight a pixel.
    The result is the sum of both weighted maps.

    In the formulas W_q and W_v act on every pixel, and a product or a mean over the pixels or channels
    follows. All of that is linear, so the sums come first here: same numbers and gradients, but a cost that
    grows with C a pixel and not with C squared.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        half = channels // 2
        self.channel_query = nn.Linear(channels, 1, bias=False)
        self.channel_value = nn.Linear(channels, half, bias=False)
        self.channel_restore = nn.Linear(half, channels)
        self.channel_norm = nn.LayerNorm(channels)
        self.spatial_query = nn.Linear(channels, half, bias=False)
        self.spatial_value = nn.Linear(channels, half, bias=False)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Kaiming normal, fan_in, for the layers of the polarised vectors (the paper's section 2.3)."""
        for layer in self.children():
            if isinstance(layer, nn.Linear):
                nn.init.kaiming_normal_(layer.weight, mode="fan_in")
                if layer.bias is not None:
                    nn.init.zeros_(layer.bias)

    def forward(self, features: Tensor) -> Tensor:
        pixels = features.flatten(2)
        attention = torch.softmax(self.channel_query.weight @ pixels, dim=2)
        summary = (pixels @ attention.transpose(1, 2)).squeeze(2)
        which: Tensor = self.channel_norm(self.channel_restore(self.channel_value(summary))).sigmoid()

        query = torch.softmax(self.spatial_query(features.mean(dim=(2, 3))), dim=1)
        direction = query @ self.spatial_value.weight
        where = (direction.unsqueeze(1) @ pixels).sigmoid().view_as(features[:, :1])
        return features * (which[:, :, None, None] + where)
