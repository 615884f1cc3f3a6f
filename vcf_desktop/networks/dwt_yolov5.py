"""DWT-YOLOv5, the detector of vertebrae (the paper's section 2.2), and its loss.

    image ─ DWT ─┬─ high bands ─ HNET ─ stage 2 ─ stage 3 ─ stage 4 ─ stage 5 ─ SPPF ─ PANet ─ three heads
                 └─ low band ─── LNET ───────────────┴─────────┴─────────┘

The paper gives equations 1 and 2 and says that high frequencies join the shallow layers and low frequencies
the deep ones. What it leaves open is chosen here:

- HNET works at stride 2 and is the shallow end of the body. LNET halves its map once more, because only the
  deep stages (strides 8, 16 and 32, those that the neck reads) take its features, by concatenation.
- In equation 2 the bands ``y`` are added to a map with more channels: a 1x1 convolution lifts them. SimAM,
  which the text names but the equation does not, weighs the detail (the second term) before the sum.
- Body, neck and heads are those of YOLOv5 v6 in its small size, with the paper's CBL as convolution.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from vcf_desktop.networks.blocks import Cbam, Cbl, Dwt2d, EfficientChannelAttention, SimpleAttention, channels

STRIDES = (8, 16, 32)
"""Network pixels a cell, level by level."""

Anchors = tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True)
class DetectorConfig:
    """What the detector is built from; ``DetectorConfig(**values)`` also accepts what JSON made of them.

    Attributes:
        width: factor on all channel counts; 1.0 is YOLOv5s.
        depth: factor on the number of bottlenecks in a stage; 0.33 is YOLOv5s.
        dwt: False builds a plain YOLOv5 stem, the paper's baseline.
        wavelet: name of a wavelet as in PyWavelets, of even filter length.
        classes: number of classes.
        anchors_px: (width, height) of the anchors in network pixels, three levels of three.
    """

    width: float = 1.0
    depth: float = 0.33
    dwt: bool = True
    wavelet: str = "haar"
    classes: int = 2
    anchors_px: Anchors = (
        ((16, 14), (22, 18), (28, 24)),
        ((36, 30), (46, 38), (58, 48)),
        ((70, 58), (90, 72), (115, 95)),
    )

    def __post_init__(self) -> None:
        # JSON has lists only; as tuples the anchors stay hashable and comparable.
        levels = tuple(tuple((float(w), float(h)) for w, h in level) for level in self.anchors_px)
        object.__setattr__(self, "anchors_px", levels)


PAPER = DetectorConfig()
COMPACT = DetectorConfig(width=0.25)


class Lnet(nn.Module):
    """LNET, equation 1: global structure from the low band (N, 1, H, W) -> (N, C, H / 2, W / 2)."""

    def __init__(self, outputs: int) -> None:
        super().__init__()
        self.head = nn.Sequential(
            Cbl(1, outputs, stride=2), Cbl(outputs, outputs), EfficientChannelAttention(outputs)
        )
        self.body = nn.Sequential(Cbl(outputs, outputs), Cbl(outputs, outputs))
        self.attention = Cbam(outputs)

    def forward(self, low: Tensor) -> Tensor:
        x1 = self.head(low)  # x1 = ECA(CBL(CBL(x)))
        enhanced: Tensor = self.attention(x1 + self.body(x1))  # X = CBAM(x1 + CBL(CBL(x1))), equation 1
        return enhanced


class Hnet(nn.Module):
    """HNET, equation 2: edges and texture from the high bands (N, 3, H, W) -> (N, C, H, W)."""

    def __init__(self, outputs: int) -> None:
        super().__init__()
        self.lift = nn.Conv2d(3, outputs, 1, bias=False)
        self.head = nn.Sequential(Cbl(3, outputs), EfficientChannelAttention(outputs))
        self.body = nn.Sequential(Cbl(outputs, outputs), Cbl(outputs, outputs), SimpleAttention())
        self.attention = EfficientChannelAttention(outputs)

    def forward(self, high: Tensor) -> Tensor:
        y1 = self.head(high)  # y1 = ECA(CBL(y))
        enhanced: Tensor = self.attention(
            self.lift(high) + self.body(y1)
        )  # Y = ECA(y + CBL(CBL(y1))), equation 2; SimAM weighs the second term (section 2.2)
        return enhanced


class Bottleneck(nn.Module):
    """1x1 then 3x3 convolution, with the input added when ``shortcut``."""

    def __init__(self, width: int, shortcut: bool) -> None:
        super().__init__()
        self.body = nn.Sequential(Cbl(width, width, 1), Cbl(width, width))
        self.shortcut = shortcut

    def forward(self, features: Tensor) -> Tensor:
        change: Tensor = self.body(features)
        return features + change if self.shortcut else change


class CrossStage(nn.Module):
    """C3: half of the channels pass ``blocks`` bottlenecks, half do not (CSPNet, Wang et al. 2020)."""

    def __init__(self, inputs: int, outputs: int, blocks: int, shortcut: bool = True) -> None:
        super().__init__()
        half = outputs // 2
        self.deep = nn.Sequential(Cbl(inputs, half, 1), *(Bottleneck(half, shortcut) for _ in range(blocks)))
        self.direct = Cbl(inputs, half, 1)
        self.merge = Cbl(2 * half, outputs, 1)

    def forward(self, features: Tensor) -> Tensor:
        merged: Tensor = self.merge(torch.cat((self.deep(features), self.direct(features)), dim=1))
        return merged


class PyramidPooling(nn.Module):
    """YOLOv5's SPPF: maxima over 5, 9 and 13 cells beside the features themselves (He et al. 2015)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.squeeze = Cbl(width, width // 2, 1)
        self.pool = nn.MaxPool2d(5, stride=1, padding=2)
        self.merge = Cbl(2 * width, width, 1)

    def forward(self, features: Tensor) -> Tensor:
        scales = [self.squeeze(features)]
        for _ in range(3):
            scales.append(self.pool(scales[-1]))
        merged: Tensor = self.merge(torch.cat(scales, dim=1))
        return merged


class WaveletFront(nn.Module):
    """The image's frequencies: (N, 1, H, W) -> high at stride 2, low at strides 8, 16 and 32."""

    def __init__(self, wavelet: str, shallow: int, deep: Sequence[int]) -> None:
        super().__init__()
        self.dwt = Dwt2d(wavelet)
        self.hnet = Hnet(shallow)
        self.lnet = Lnet(shallow)
        widths = (shallow, *deep)
        self.descent = nn.ModuleList(
            Cbl(inputs, outputs, stride=2) for inputs, outputs in zip(widths, deep, strict=False)
        )

    def forward(self, images: Tensor) -> tuple[Tensor, list[Tensor]]:
        low, high = self.dwt(images)
        features, deep = self.lnet(low), []
        for descend in self.descent:
            features = descend(features)
            deep.append(features)
        return self.hnet(high), deep


class PlainFront(nn.Module):
    """The stem of YOLOv5 v6, one strided 6x6 convolution: the baseline without wavelets."""

    def __init__(self, shallow: int) -> None:
        super().__init__()
        self.stem = Cbl(1, shallow, 6, stride=2)

    def forward(self, images: Tensor) -> tuple[Tensor, list[Tensor]]:
        return self.stem(images), []


class Body(nn.Module):
    """CSP stages over a front: (N, 1, H, W) -> maps at strides 8, 16 and 32."""

    def __init__(self, config: DetectorConfig) -> None:
        super().__init__()
        shallow, first, *deep = (channels(base, config.width) for base in (32, 64, 128, 256, 512))
        blocks = [max(1, round(base * config.depth)) for base in (3, 6, 9, 3)]
        # Half the width of the stage they join: the low frequencies are smooth.
        low = [first, *deep[:-1]] if config.dwt else [0, 0, 0]
        self.front = WaveletFront(config.wavelet, shallow, low) if config.dwt else PlainFront(shallow)
        self.stage2 = nn.Sequential(Cbl(shallow, first, stride=2), CrossStage(first, first, blocks[0]))
        self.descents = nn.ModuleList(
            Cbl(inputs, outputs, stride=2) for inputs, outputs in zip((first, *deep), deep, strict=False)
        )
        self.stages = nn.ModuleList(
            CrossStage(width + extra, width, n) for width, extra, n in zip(deep, low, blocks[1:], strict=True)
        )
        self.pooling = PyramidPooling(deep[-1])

    def forward(self, images: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        shallow, low = self.front(images)
        features, levels = self.stage2(shallow), []
        for i, (descend, stage) in enumerate(zip(self.descents, self.stages, strict=True)):
            features = stage(torch.cat((descend(features), *low[i : i + 1]), dim=1))
            levels.append(features)
        return levels[0], levels[1], self.pooling(levels[2])


class Neck(nn.Module):
    """PANet: semantics down to stride 8, then positions back up to stride 32 (Liu et al., CVPR 2018)."""

    def __init__(self, config: DetectorConfig) -> None:
        super().__init__()
        c3, c4, c5 = (channels(base, config.width) for base in (128, 256, 512))
        blocks = max(1, round(3 * config.depth))
        self.squeeze5, self.squeeze4 = Cbl(c5, c4, 1), Cbl(c4, c3, 1)
        self.down4 = CrossStage(2 * c4, c4, blocks, shortcut=False)
        self.down3 = CrossStage(2 * c3, c3, blocks, shortcut=False)
        self.reduce3, self.reduce4 = Cbl(c3, c3, stride=2), Cbl(c4, c4, stride=2)
        self.up4 = CrossStage(2 * c3, c4, blocks, shortcut=False)
        self.up5 = CrossStage(2 * c4, c5, blocks, shortcut=False)

    def forward(self, p3: Tensor, p4: Tensor, p5: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        lateral5 = self.squeeze5(p5)
        p4 = self.down4(torch.cat((functional.interpolate(lateral5, scale_factor=2.0), p4), dim=1))
        lateral4 = self.squeeze4(p4)
        n3 = self.down3(torch.cat((functional.interpolate(lateral4, scale_factor=2.0), p3), dim=1))
        n4 = self.up4(torch.cat((self.reduce3(n3), lateral4), dim=1))
        n5 = self.up5(torch.cat((self.reduce4(n4), lateral5), dim=1))
        return n3, n4, n5


def build_head(width: int, anchors: int, classes: int) -> nn.Conv2d:
    """1x1 convolution to the logits of a level.

    It starts with one object in a hundred cells, so that the many empty ones do not drown the first steps
    (the prior of Lin et al., ICCV 2017, section 4.1).
    """
    head = nn.Conv2d(width, anchors * (5 + classes), 1)
    bias = torch.zeros(anchors, 5 + classes)
    bias[:, 4] = math.log(0.01 / (1 - 0.01))
    head.bias = nn.Parameter(bias.flatten())
    return head


class DwtYolov5(nn.Module):
    """The detector: (N, 1, H, W) with H and W multiples of 32 -> boxes.

    In training mode the result is that of :meth:`raw`. In evaluation mode it is ``decode(raw(images))``,
    (N, K, 5 + classes): centre x, centre y, width and height in network pixels, probability of an object,
    probabilities of the classes. K is the number of anchors, 3 for every cell of the three levels.
    """

    anchors_px: Tensor

    def __init__(self, config: DetectorConfig = PAPER) -> None:
        super().__init__()
        self.config = config
        self.body = Body(config)
        self.neck = Neck(config)
        self.register_buffer("anchors_px", torch.tensor(config.anchors_px), persistent=False)
        self.heads = nn.ModuleList(
            build_head(channels(base, config.width), len(anchors), config.classes)
            for base, anchors in zip((128, 256, 512), config.anchors_px, strict=True)
        )

    def raw(self, images: Tensor) -> tuple[Tensor, ...]:
        """Logits of the three levels, each (N, A, H / stride, W / stride, 5 + classes)."""
        levels = self.neck(*self.body(images))
        return tuple(
            head(level).unflatten(1, (len(anchors), -1)).permute(0, 1, 3, 4, 2)
            for head, level, anchors in zip(self.heads, levels, self.config.anchors_px, strict=True)
        )

    def decode(self, raw: tuple[Tensor, ...]) -> Tensor:
        """Predictions (N, K, 5 + classes) of the logits of :meth:`raw`."""
        predictions = []
        for logits, anchors, stride in zip(raw, self.anchors_px, STRIDES, strict=True):
            rows = torch.arange(logits.shape[2], device=logits.device, dtype=logits.dtype)
            columns = torch.arange(logits.shape[3], device=logits.device, dtype=logits.dtype)
            cells = torch.stack(torch.meshgrid(columns, rows, indexing="xy"), dim=-1)
            boxes = decode_boxes(logits[..., :4], cells, anchors[:, None, None], stride)
            predictions.append(torch.cat((boxes, logits[..., 4:].sigmoid()), dim=-1).flatten(1, 3))
        return torch.cat(predictions, dim=1)

    def forward(self, images: Tensor) -> tuple[Tensor, ...] | Tensor:
        raw = self.raw(images)
        return raw if self.training else self.decode(raw)


def decode_boxes(logits: Tensor, cells_xy: Tensor, anchors_px: Tensor, stride: int) -> Tensor:
    """Boxes (..., 4) as centre x, y, width, height in network pixels of logits (..., 4), after YOLOv5 v6.

    A centre reaches half a cell beyond its own cell and a side at most four times its anchor, which is what
    :func:`match_anchors` asks of it.
    """
    unit = logits.sigmoid()
    centre = (2 * unit[..., :2] - 0.5 + cells_xy) * stride
    return torch.cat((centre, (2 * unit[..., 2:]).square() * anchors_px), dim=-1)


class DetectionLoss(NamedTuple):
    """The loss and its unweighted parts, scalars."""

    box: Tensor
    objectness: Tensor
    classes: Tensor
    total: Tensor


class Matches(NamedTuple):
    """Which anchors of one level answer for which rows of the targets; integer tensors (K,)."""

    target: Tensor
    anchor: Tensor
    row: Tensor
    column: Tensor


def match_anchors(targets: Tensor, anchors_px: Tensor, stride: int, grid_hw: tuple[int, int]) -> Matches:
    """Pair targets (M, 6) with the anchors (A, 2) of one level, after YOLOv5.

    An anchor fits when neither side differs from the target's by a factor of 4 or more. It answers in the
    cell of the target's centre, the nearest cell beside it and the nearest above or below, if they exist.
    """
    ratio = targets[:, None, 4:6] / anchors_px
    fits = torch.maximum(ratio, 1 / ratio).amax(dim=2) < 4  # (M, A)

    centre = targets[:, 2:4] / stride
    cell = centre.floor()
    side = torch.where(centre - cell < 0.5, -1.0, 1.0)
    steps = targets.new_tensor([[0, 0], [1, 0], [0, 1]])
    cells = (cell[:, None] + side[:, None] * steps).long()  # (M, 3, 2)
    grid_wh = cells.new_tensor([grid_hw[1], grid_hw[0]])
    inside = ((cells >= 0) & (cells < grid_wh)).all(dim=2)  # (M, 3)

    target, anchor, neighbour = (fits[:, :, None] & inside[:, None]).nonzero(as_tuple=True)
    column, row = cells[target, neighbour].unbind(dim=1)
    return Matches(target, anchor, row, column)


def complete_iou(first: Tensor, second: Tensor) -> Tensor:
    """Complete IoU (...) of boxes (..., 4) as centre x, y, width, height, between -2 and 1.

    Overlap less distance of the centres less difference of the aspects (Zheng et al., AAAI 2020, eq. 10).
    """
    first_low, first_high = first[..., :2] - first[..., 2:] / 2, first[..., :2] + first[..., 2:] / 2
    second_low, second_high = second[..., :2] - second[..., 2:] / 2, second[..., :2] + second[..., 2:] / 2

    overlap = (torch.minimum(first_high, second_high) - torch.maximum(first_low, second_low)).clamp(min=0)
    intersection = overlap.prod(dim=-1)
    union = first[..., 2:].prod(dim=-1) + second[..., 2:].prod(dim=-1) - intersection
    iou = intersection / (union + 1e-7)

    hull = torch.maximum(first_high, second_high) - torch.minimum(first_low, second_low)
    distance = (first[..., :2] - second[..., :2]).square().sum(dim=-1)
    distance = distance / (hull.square().sum(dim=-1) + 1e-7)

    angles = torch.atan2(first[..., 2], first[..., 3]) - torch.atan2(second[..., 2], second[..., 3])
    aspect = (2 / math.pi * angles).square()
    with torch.no_grad():  # The trade-off alpha is a constant to the gradient, their equation 11.
        weight = aspect / (1 - iou + aspect + 1e-7)
    return iou - distance - weight * aspect


LEVEL_BALANCE = (4.0, 1.0, 0.4)
"""Weight of the objectness of the levels: the fine one has most cells and so the smallest mean (YOLOv5)."""

BOX_GAIN, OBJECTNESS_GAIN, CLASS_GAIN = 0.05, 1.0, 0.05
"""YOLOv5's for boxes and objectness; its class gain is scaled for 80 classes, ours have the boxes' weight."""


def detection_loss(raw: Sequence[Tensor], targets: Tensor, config: DetectorConfig) -> DetectionLoss:
    """Box, objectness and class loss of a batch.

    Args:
        raw: the three levels of :meth:`DwtYolov5.raw`.
        targets: (M, 6) float32: number of the image in the batch, class, centre x, centre y, width, height in
            network pixels. M may be 0: films without vertebrae teach what is none.
        config: the detector's.

    Returns:
        box: mean 1 - CIoU of the matched anchors. objectness: binary cross entropy of all cells against the
        CIoU of the cell's prediction, or 0. classes: binary cross entropy of the matched anchors. total: the
        weighted sum. A level without a match adds 0 to ``box`` and ``classes``.
    """
    box, objectness, classes = (raw[0].new_zeros((), dtype=torch.float32) for _ in range(3))
    for level, anchors, stride, balance in zip(raw, config.anchors_px, STRIDES, LEVEL_BALANCE, strict=True):
        logits = level.float()  # bfloat16 is too coarse for the sums below
        anchors_px = targets.new_tensor(anchors)
        target, anchor, row, column = match_anchors(
            targets, anchors_px, stride, (logits.shape[2], logits.shape[3])
        )
        image = targets[target, 0].long()
        wanted = logits.new_zeros(logits.shape[:4])
        if len(target):
            matched = logits[image, anchor, row, column]
            cells = torch.stack((column, row), dim=1)
            boxes = decode_boxes(matched[:, :4], cells, anchors_px[anchor], stride)
            ciou = complete_iou(boxes, targets[target, 2:])
            box = box + (1 - ciou).mean()
            kinds = functional.one_hot(targets[target, 1].long(), config.classes).float()
            classes = classes + functional.binary_cross_entropy_with_logits(matched[:, 5:], kinds)
            # Two targets may want the same anchor: the better answer counts, whatever their order.
            place = ((image * wanted.shape[1] + anchor) * wanted.shape[2] + row) * wanted.shape[3] + column
            wanted.view(-1).scatter_reduce_(0, place, ciou.detach().clamp(min=0), "amax")
        objectness = objectness + balance * functional.binary_cross_entropy_with_logits(
            logits[..., 4], wanted
        )
    total = BOX_GAIN * box + OBJECTNESS_GAIN * objectness + CLASS_GAIN * classes
    return DetectionLoss(box, objectness, classes, total)
