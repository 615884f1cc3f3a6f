"""What the networks are shown: samples cut from films by the functions of inference, and batches of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from vcf_desktop.inference.frames import DETECTOR_MULTIPLE_PX, NetworkFrame, vertebra_frames
from vcf_desktop.inference.preprocess import CLAHE_CLIP_LIMIT, detector_input, segmenter_input
from vcf_desktop.simulation.projector import outline_mask
from vcf_desktop.spine import Grade
from vcf_desktop.training.recipes import Augmentation

EDGE_JITTER = 0.05
"""SD of each edge of a box as a part of the box's side: how far the detector's boxes lie off, generously."""
MISSED_SHARE = 0.04
"""Share of vertebrae that a detector misses: its neighbours' crops are then cut along a chain with a gap."""
USUAL_CLIP_SHARE = 0.6
SEEN_SHARE = 0.66
"""A box of which less than this lies on the film is no target."""


@dataclass(frozen=True, eq=False)
class KnownVertebra:
    """What is known of one vertebra on a film.

    Attributes:
        outline_xy: (N, 2) film pixels, of the body, or of a box around it.
        is_outlined: the outline is that of the body.
        is_sacrum: it is the first sacral segment.
        grade: None where nobody graded it.
    """

    outline_xy: NDArray[np.float64]
    is_outlined: bool
    is_sacrum: bool
    grade: Grade | None

    @property
    def box_xyxy(self) -> NDArray[np.float64]:
        """(4,) box of the outline."""
        return np.concatenate([self.outline_xy.min(axis=0), self.outline_xy.max(axis=0)])


@dataclass(frozen=True, eq=False)
class Showing:
    """One film as it comes to the networks, with what is known of it.

    Attributes:
        enhanced: (H, W) after CLAHE.
        frame: the detector's view of it.
        row_to_column: height of a pixel divided by its width.
        vertebrae: top to bottom.
        anterior_right: the patient's front is at the right; None where that is unknown.
        structures: masks (H, W) 0 or 255 of arches and of foreign material, None where nobody drew them.
        augmentation: how what is cut from it shall vary.
    """

    enhanced: NDArray[np.uint16]
    frame: NetworkFrame
    row_to_column: float
    vertebrae: tuple[KnownVertebra, ...]
    anterior_right: bool | None
    structures: tuple[NDArray[np.uint8], NDArray[np.uint8]] | None
    augmentation: Augmentation


@dataclass(frozen=True, eq=False)
class FilmSample:
    """One film for the detector.

    Attributes:
        pixels: (1, H, W) detector input.
        targets: (M, 5) class, centre x, centre y, width, height in its pixels; class 1 is the sacrum.
    """

    pixels: NDArray[np.float32]
    targets: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class CropSample:
    """One vertebra's crop with its truth.

    Attributes:
        pixels: (1, S, S) segmenter input.
        masks: (3, S, S) uint8 0 to 255: body, arches, foreign material.
        known: (3,) 1 where the mask is the truth and 0 where nobody drew one.
        grade: 0 to 3, -1 where nobody graded it.
        anterior_right: 1 where the patient's front lies at the right of the crop, 0 left, -1 unknown.
    """

    pixels: NDArray[np.float32]
    masks: NDArray[np.uint8]
    known: NDArray[np.float32]
    grade: int
    anterior_right: int


class FilmBatch(NamedTuple):
    """Inputs (N, 1, H, W), and targets (M, 6) whose first column is the film's place in the batch."""

    pixels: Tensor
    targets: Tensor


class CropBatch(NamedTuple):
    """N crops: the fields of :class:`CropSample`, stacked; ``known`` is (N, 3, 1, 1)."""

    pixels: Tensor
    masks: Tensor
    known: Tensor
    grades: Tensor
    anterior_right: Tensor


Wanted = Callable[[KnownVertebra], bool]


def is_outlined(vertebra: KnownVertebra) -> bool:
    """A segmenter learns from outlines."""
    return vertebra.is_outlined


def is_graded(vertebra: KnownVertebra) -> bool:
    """A classifier learns from grades."""
    return vertebra.grade is not None


def draw_clip_limit(rng: np.random.Generator, augmentation: Augmentation) -> float:
    """CLAHE's clip limit for one look."""
    if augmentation.clip_limits is None or rng.random() < USUAL_CLIP_SHARE:
        return CLAHE_CLIP_LIMIT
    return float(rng.uniform(*augmentation.clip_limits))


@dataclass(frozen=True, eq=False)
class Variation:
    """A turn, change of size and mirroring of what a network sees.

    Attributes:
        linear: (2, 2) on network pixels, around the middle of the input.
        turn_deg: the turn without its random tilt; the input must grow to hold what is turned.
        flipped: left and right are exchanged.
    """

    linear: NDArray[np.float64]
    turn_deg: float
    flipped: bool

    @staticmethod
    def draw(rng: np.random.Generator, augmentation: Augmentation) -> Variation:
        """One variation."""
        turn_deg = float(rng.choice(augmentation.rotations_deg))
        angle = math.radians(turn_deg + rng.normal(0, augmentation.tilt_deg))
        flips = [
            allowed and bool(rng.random() < 0.5)
            for allowed in (augmentation.horizontal_flip, augmentation.vertical_flip)
        ]
        scale = rng.uniform(*augmentation.scale)
        turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
        return Variation(scale * turn * np.where(flips, -1.0, 1.0), turn_deg, flips[0])

    def of(self, frame: NetworkFrame, size_hw: tuple[int, int] | None = None) -> NetworkFrame:
        """The frame, varied around its middle, on an input of ``size_hw`` or else of its own size."""
        size = size_hw or frame.size_hw
        middle_before, middle_after = np.array(frame.size_hw[::-1]) / 2, np.array(size[::-1]) / 2
        matrix = self.linear @ frame.film_to_network
        matrix[:, 2] += middle_after - self.linear @ middle_before
        return NetworkFrame(matrix, size)

    def turned_size(self, size_hw: tuple[int, int]) -> tuple[int, int]:
        """The size of a detector's input that holds another of ``size_hw`` after the turn."""
        cosine, sine = abs(math.cos(math.radians(self.turn_deg))), abs(math.sin(math.radians(self.turn_deg)))
        height, width = size_hw
        sides = (height * cosine + width * sine, height * sine + width * cosine)
        rows, columns = (
            DETECTOR_MULTIPLE_PX * math.ceil(side / DETECTOR_MULTIPLE_PX - 1e-6) for side in sides
        )
        return rows, columns


def film_samples(rng: np.random.Generator, look: Showing) -> list[FilmSample]:
    """What the detector sees of a film, and the boxes that it should find: one sample."""
    variation = Variation.draw(rng, look.augmentation)
    frame = variation.of(look.frame, variation.turned_size(look.frame.size_hw))
    size_wh = np.array(frame.size_hw[::-1])
    targets = []
    for vertebra in look.vertebrae:
        outline = frame.to_network(vertebra.outline_xy)
        low, high = outline.min(axis=0), outline.max(axis=0)
        seen_low, seen_high = np.clip(low, 0, size_wh), np.clip(high, 0, size_wh)
        if (seen_high - seen_low).prod() >= SEEN_SHARE * (high - low).prod():
            targets.append([vertebra.is_sacrum, *(seen_low + seen_high) / 2, *(seen_high - seen_low)])
    pixels = detector_input(frame.sample(look.enhanced))
    return [FilmSample(pixels, np.array(targets, np.float32).reshape(-1, 5))]


def crop_samples(rng: np.random.Generator, look: Showing, wanted: Wanted) -> list[CropSample]:
    """Crops of a film's vertebrae, cut along a chain of boxes as uncertain as a detector's.

    At least one, if any vertebra above the sacrum is wanted.
    """
    chain = [vertebra for vertebra in look.vertebrae if not vertebra.is_sacrum]
    kept = [vertebra for vertebra in chain if rng.random() > MISSED_SHARE]
    if not any(map(wanted, kept)):
        kept = chain
    if not any(map(wanted, kept)):
        return []
    boxes = np.array([vertebra.box_xyxy for vertebra in kept])
    boxes = boxes + rng.normal(0, EDGE_JITTER, boxes.shape) * np.tile(boxes[:, 2:] - boxes[:, :2], 2)
    frames = vertebra_frames(boxes, look.row_to_column)
    return [
        _crop_sample(look, vertebra, frame, Variation.draw(rng, look.augmentation))
        for vertebra, frame in zip(kept, frames, strict=True)
        if wanted(vertebra)
    ]


def _crop_sample(
    look: Showing, vertebra: KnownVertebra, frame: NetworkFrame, variation: Variation
) -> CropSample:
    frame = variation.of(frame)
    masks = np.zeros((3, *frame.size_hw), np.uint8)
    masks[0] = outline_mask(frame.to_network(vertebra.outline_xy), frame.size_hw)
    if look.structures is not None:
        masks[1:] = [frame.sample(mask.astype(np.float32)) for mask in look.structures]
    drawn = look.structures is not None
    right = look.anterior_right
    return CropSample(
        pixels=segmenter_input(frame.sample(look.enhanced)),
        masks=masks,
        known=np.array([vertebra.is_outlined, drawn, drawn], np.float32),
        grade=-1 if vertebra.grade is None else int(vertebra.grade),
        anterior_right=-1 if right is None else int(right != variation.flipped),
    )


def film_batch(samples: Sequence[FilmSample]) -> FilmBatch:
    """Films of one or several sizes in one batch; what a smaller one lacks is as dark as beside a film."""
    height, width = np.max([sample.pixels.shape[1:] for sample in samples], axis=0)
    dark = float(detector_input(np.zeros((1, 1), np.float32)).item())
    pixels = np.full((len(samples), 1, height, width), dark, np.float32)
    for place, sample in enumerate(samples):
        pixels[place, :, : sample.pixels.shape[1], : sample.pixels.shape[2]] = sample.pixels
    targets = [
        np.column_stack([np.full(len(s.targets), place, np.float32), s.targets])
        for place, s in enumerate(samples)
    ]
    return FilmBatch(torch.from_numpy(pixels), torch.from_numpy(np.concatenate(targets)))


def crop_batch(samples: Sequence[CropSample]) -> CropBatch:
    """Crops in one batch."""
    return CropBatch(
        torch.from_numpy(np.stack([s.pixels for s in samples])),
        torch.from_numpy(np.stack([s.masks for s in samples])),
        torch.from_numpy(np.stack([s.known for s in samples]))[:, :, None, None],
        torch.tensor([s.grade for s in samples]),
        torch.tensor([s.anterior_right for s in samples]),
    )
