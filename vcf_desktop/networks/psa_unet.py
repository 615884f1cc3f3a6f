"""PSA-UNet, which outlines one vertebra (the paper's section 2.3), and its loss.

A U-Net (Ronneberger et al., MICCAI 2015) of four downsamplings with batch normalisation, padded convolutions
and 2x2 transposed convolutions. The encoder's features reach the decoder through polarized self-attention;
the encoder itself goes on from the features without attention, as equation 3 is the skip connection's.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from vcf_desktop.networks.blocks import PolarizedSelfAttention, channels


@dataclass(frozen=True)
class SegmenterConfig:
    """What the segmenter is built from.

    Attributes:
        width: factor on all channel counts; 1.0 is 64 to 1024.
        psa: False builds a plain U-Net, the paper's baseline.
        outputs: number of maps.
    """

    width: float = 1.0
    psa: bool = True
    outputs: int = 3


PAPER = SegmenterConfig()
COMPACT = SegmenterConfig(width=0.25)


class DoubleConvolution(nn.Sequential):
    """Twice 3x3 convolution, batch normalisation and ReLU."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__(
            nn.Conv2d(inputs, outputs, 3, padding=1, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(inplace=True),
            nn.Conv2d(outputs, outputs, 3, padding=1, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(inplace=True),
        )


class PsaUnet(nn.Module):
    """The segmenter: (N, 1, S, S) with S a multiple of 16 -> logits (N, outputs, S, S)."""

    def __init__(self, config: SegmenterConfig = PAPER) -> None:
        super().__init__()
        self.config = config
        widths = [channels(base, config.width) for base in (64, 128, 256, 512, 1024)]
        self.encoders = nn.ModuleList(
            DoubleConvolution(inputs, outputs) for inputs, outputs in zip((1, *widths), widths, strict=False)
        )
        self.attentions = nn.ModuleList(
            PolarizedSelfAttention(width) if config.psa else nn.Identity() for width in widths[:-1]
        )
        upwards = list(zip(widths[:0:-1], widths[-2::-1], strict=True))
        self.enlarge = nn.ModuleList(
            nn.ConvTranspose2d(deep, shallow, 2, stride=2) for deep, shallow in upwards
        )
        self.decoders = nn.ModuleList(DoubleConvolution(2 * shallow, shallow) for _, shallow in upwards)
        self.head = nn.Conv2d(widths[0], config.outputs, 1)

    def forward(self, images: Tensor) -> Tensor:
        features, skips = self.encoders[0](images), []
        for encode, attend in zip(self.encoders[1:], self.attentions, strict=True):
            skips.append(attend(features))  # F_o = PSA(F_i), equation 3
            features = encode(functional.max_pool2d(features, 2))
        for enlarge, decode, skip in zip(self.enlarge, self.decoders, reversed(skips), strict=True):
            features = decode(torch.cat((skip, enlarge(features)), dim=1))
        logits: Tensor = self.head(features)
        return logits


def segmentation_loss(logits: Tensor, targets: Tensor, valid: Tensor | None = None) -> Tensor:
    """Binary cross entropy plus soft Dice loss, a scalar; the maps are independent of each other.

    The Dice term is 1 - 2 sum(p t) / (sum(p^2) + sum(t^2)) (Milletari et al., 3DV 2016), which is 0 for p = t
    also where targets are soft. Its sums run over the batch, map by map, so that a crop in which a map is
    empty does no harm.

    Args:
        logits: (N, outputs, S, S).
        targets: same shape, in [0, 1].
        valid: weights in [0, 1] that broadcast to that shape; 0 where the target is unknown.
    """
    logits = logits.float()  # bfloat16 is too coarse for the sums below
    weights = torch.ones_like(logits) if valid is None else valid.expand_as(logits).to(logits.dtype)
    entropy = functional.binary_cross_entropy_with_logits(logits, targets, reduction="none")
    probabilities = logits.sigmoid()
    pixels = (0, 2, 3)
    overlap = (weights * probabilities * targets).sum(dim=pixels)
    mass = (weights * (probabilities.square() + targets.square())).sum(dim=pixels)
    # One pixel on both sides: an empty map that is found empty has a loss of 0.
    dice = (2 * overlap + 1) / (mass + 1)
    return (weights * entropy).sum() / weights.sum().clamp(min=1) + (1 - dice).mean()
