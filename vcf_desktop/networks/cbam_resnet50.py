"""CBAM-ResNet50, which grades one vertebra (the paper's section 2.4), and its loss.

ResNet50 (He et al., CVPR 2016) with CBAM in every bottleneck, between its last normalisation and the addition
of the shortcut (the paper's figure 6). Strides lie in the 3x3 convolution; a shortcut that changes resolution
averages 2x2 before its 1x1 convolution, so that no pixel is skipped (He T. et al., CVPR 2019, ResNet-D).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from vcf_desktop.networks.blocks import Cbam, channels

EXPANSION = 4
"""Channels out of a bottleneck over channels inside it."""


@dataclass(frozen=True)
class ClassifierConfig:
    """What the classifier is built from.

    Attributes:
        width: factor on all channel counts; 1.0 is ResNet50.
        cbam: False builds a plain ResNet50, the paper's baseline.
        inputs: channels of the crop.
        classes: number of grades.
    """

    width: float = 1.0
    cbam: bool = True
    inputs: int = 3
    classes: int = 4


PAPER = ClassifierConfig()
COMPACT = ClassifierConfig(width=0.25)


class Bottleneck(nn.Module):
    """Residual block (N, inputs, H, W) -> (N, 4 * width, H / stride, W / stride)."""

    def __init__(self, inputs: int, width: int, stride: int, cbam: bool) -> None:
        super().__init__()
        outputs = EXPANSION * width
        self.body = nn.Sequential(
            nn.Conv2d(inputs, width, 1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(inplace=True),
            nn.Conv2d(width, width, 3, stride, padding=1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(inplace=True),
            nn.Conv2d(width, outputs, 1, bias=False),
        )
        self.last_norm = nn.BatchNorm2d(outputs)
        self.attention = Cbam(outputs) if cbam else nn.Identity()
        self.shortcut = nn.Sequential()
        if stride != 1:
            # Odd maps keep their last row and column, as they do in the padded 3x3 convolution.
            self.shortcut.append(nn.AvgPool2d(stride, ceil_mode=True, count_include_pad=False))
        if inputs != outputs:
            self.shortcut.extend([nn.Conv2d(inputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs)])

    def forward(self, features: Tensor) -> Tensor:
        residual = self.attention(self.last_norm(self.body(features)))
        return functional.relu(self.shortcut(features) + residual)


class CbamResnet50(nn.Module):
    """The classifier: (N, inputs, S, S) -> logits (N, classes)."""

    def __init__(self, config: ClassifierConfig = PAPER) -> None:
        super().__init__()
        self.config = config
        inputs = channels(64, config.width)
        self.stem = nn.Sequential(
            nn.Conv2d(config.inputs, inputs, 7, stride=2, padding=3, bias=False),
            nn.BatchNorm2d(inputs),
            nn.ReLU(inplace=True),
            nn.MaxPool2d(3, stride=2, padding=1),
        )
        self.stages = nn.Sequential()
        for base, blocks, stride in ((64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)):
            width = channels(base, config.width)
            for i in range(blocks):
                self.stages.append(Bottleneck(inputs, width, stride if i == 0 else 1, config.cbam))
                inputs = EXPANSION * width
        self.head = nn.Linear(inputs, config.classes)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Kaiming normal; every block starts as its shortcut (Goyal et al. 2017, section 5.1)."""
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
            if isinstance(module, Bottleneck):
                nn.init.zeros_(module.last_norm.weight)

    def forward(self, crops: Tensor) -> Tensor:
        logits: Tensor = self.head(self.stages(self.stem(crops)).mean(dim=(2, 3)))
        return logits


def grading_loss(
    logits: Tensor,
    labels: Tensor,
    class_weights: Tensor,
    focal_gamma: float = 2.0,
    focal_share: float = 0.5,
) -> Tensor:
    """Class-weighted cross entropy combined with focal loss (Lin et al., ICCV 2017), a scalar.

    The paper combines the two (section 3.2) and leaves the shares open; half and half here.

    Args:
        logits: (N, classes).
        labels: (N,) integers.
        class_weights: (classes,), such as inverse frequencies; the mean over the batch is weighted by them.
        focal_gamma: how much less a well-known example counts, (1 - p) ** gamma.
        focal_share: share of the focal loss in [0, 1]; 0 is plain weighted cross entropy.
    """
    entropy = functional.cross_entropy(logits.float(), labels, reduction="none")
    weights = class_weights[labels]
    # 1 - p, and never 0, where a power below 1 has no gradient.
    focus = (-torch.expm1(-entropy)).clamp(min=1e-6) ** focal_gamma
    share = 1 - focal_share + focal_share * focus
    return (weights * share * entropy).sum() / weights.sum()
