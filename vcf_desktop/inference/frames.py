"""From film pixels to a network's input and back: the only place where the two spaces meet.

Training cuts its samples with the same functions as inference, so a network never sees another geometry than
the one it was trained on.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

DETECTOR_HEIGHT_PX = 640
WHOLE_SPINE_HEIGHT_PX = 960
WHOLE_SPINE_ASPECT = 1.8
"""Above this height-to-width ratio a film shows most of a spine, and its thoracic vertebrae would be under
20 px in the smaller frame (simulation_notes, advice 5)."""
DETECTOR_WIDTH_LIMIT_PX = 640
DETECTOR_MULTIPLE_PX = 32
"""The deepest stage of the detector has stride 32."""

CROP_SIDE_PX = 128
CROP_SIDE_PITCHES = 2.0
"""Side of a vertebra's crop in distances between neighbouring centres: the whole body, both discs and the
facing halves of the neighbours, which a grader needs to see a crush deformity."""
_USUAL_STEP = 0.83
"""From one vertebra to the next, in square roots of the area of the larger box. On 39 real films 0.6 to 1.15,
over one that was missed 1.25 to 2.15, over two 1.85 to 3.1 (1st and 99th percentile)."""


@dataclass(frozen=True, eq=False)
class NetworkFrame:
    """An affine map from film pixels to a network's input pixels.

    Both spaces have their origin at the outer corner of the first pixel.

    Attributes:
        film_to_network: (2, 3) affine matrix.
        size_hw: height and width of the network's input.
    """

    film_to_network: NDArray[np.float64]
    size_hw: tuple[int, int]

    def to_network(self, points_xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Film points (..., 2) in network pixels."""
        return points_xy @ self.film_to_network[:, :2].T + self.film_to_network[:, 2]

    def to_film(self, points_xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Network points (..., 2) in film pixels."""
        return (points_xy - self.film_to_network[:, 2]) @ np.linalg.inv(self.film_to_network[:, :2]).T

    def sample(self, image: NDArray[np.uint16] | NDArray[np.float32]) -> NDArray[np.float32]:
        """The part of ``image`` (H, W), uint16 or float32, that the network sees, as float32 in [0, 1].

        Outside the image it is 0. Where the film is finer than the network, pixels are averaged first, so
        that nothing aliases.
        """
        height, width = self.size_hw
        corners = np.array([[0, 0], [width, 0], [0, height], [width, height]], dtype=np.float64)
        corners = self.to_film(corners)
        left, top = np.maximum(np.floor(corners.min(axis=0)).astype(int) - 2, 0)
        right, bottom = np.ceil(corners.max(axis=0)).astype(int) + 2
        part = image[top:bottom, left:right]
        if part.size == 0:
            return np.zeros(self.size_hw, np.float32)
        shrink_xy = np.minimum(np.linalg.norm(self.film_to_network[:, :2], axis=0), 1.0)
        small_hw = np.maximum(np.round(np.array(part.shape) * shrink_xy[::-1]), 1).astype(int)
        part_to_film = np.array(
            [[part.shape[1] / small_hw[1], 0, left], [0, part.shape[0] / small_hw[0], top]]
        )
        # A resize to the same size is a plain copy.
        small = cv2.resize(part, (int(small_hw[1]), int(small_hw[0])), interpolation=cv2.INTER_AREA)
        small_to_network = self.film_to_network @ np.vstack([part_to_film, [0, 0, 1]])
        sampled = cv2.warpAffine(
            small, _between_pixel_centres(small_to_network), (width, height), flags=cv2.INTER_LINEAR
        )
        if sampled.dtype == np.uint16:
            return sampled.astype(np.float32) / np.float32(65535)
        return sampled.astype(np.float32)


def _between_pixel_centres(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same map for OpenCV, which puts the origin at the centre of the first pixel."""
    shifted = matrix.copy()
    shifted[:, 2] += matrix[:, :2] @ np.array([0.5, 0.5]) - 0.5
    return shifted


def detector_frame(content_xyxy: NDArray[np.float64], row_to_column: float = 1.0) -> NetworkFrame:
    """The detector's view of a film: its content at 640 rows, or 960 for a tall film, and at most 640 wide.

    Both sides are padded with 0 to a multiple of 32; a square letterbox would waste half of the computation.

    Args:
        content_xyxy: (4,) the part of the film that holds picture.
        row_to_column: height of a film pixel divided by its width.
    """
    left, top, right, bottom = content_xyxy
    content_w, content_h = right - left, (bottom - top) * row_to_column
    tall = content_h > WHOLE_SPINE_ASPECT * content_w
    scale = min(
        (WHOLE_SPINE_HEIGHT_PX if tall else DETECTOR_HEIGHT_PX) / content_h,
        DETECTOR_WIDTH_LIMIT_PX / content_w,
    )
    height, width = (
        DETECTOR_MULTIPLE_PX * max(1, math.ceil(side * scale / DETECTOR_MULTIPLE_PX - 1e-6))
        for side in (content_h, content_w)
    )
    matrix = np.array([[scale, 0, -scale * left], [0, scale * row_to_column, -scale * row_to_column * top]])
    return NetworkFrame(matrix, (height, width))


def vertebra_frames(
    boxes_xyxy: NDArray[np.float64], row_to_column: float = 1.0, mirrored: bool = False
) -> tuple[NetworkFrame, ...]:
    """One square crop a vertebra, turned so that the spine runs down the crop.

    Direction and size come from the chain of centres, not from the box: the box of a tilted vertebra is too
    large, and that of a crushed one too small, which would hide the loss of height from the networks.

    Args:
        boxes_xyxy: (N, 4) boxes in film pixels, top to bottom along the spine.
        row_to_column: height of a film pixel divided by its width.
        mirrored: swap left and right, to bring the anterior side of every crop to the left.
    """
    to_square = np.array([1.0, row_to_column])
    centres = (boxes_xyxy[:, :2] + boxes_xyxy[:, 2:]) / 2 * to_square
    downs, pitches = _spine_course(centres, (boxes_xyxy[:, 2:] - boxes_xyxy[:, :2]) * to_square)
    return tuple(
        vertebra_frame(centre / to_square, down, CROP_SIDE_PITCHES * pitch, row_to_column, mirrored)
        for centre, down, pitch in zip(centres, downs, pitches, strict=True)
    )


def frame_in_chain(
    box_xyxy: NDArray[np.float64], others_xyxy: NDArray[np.float64], row_to_column: float = 1.0
) -> NetworkFrame:
    """The crop that :func:`vertebra_frames` cuts for one vertebra in a chain that may have gaps beside it.

    Args:
        box_xyxy: (4,) its box in film pixels.
        others_xyxy: (N, 4) boxes of the other vertebrae in film pixels, in any order; N may be 0.
        row_to_column: height of a film pixel divided by its width.

    Raises:
        ValueError: the box has no area.
    """
    if not (box_xyxy[:2] < box_xyxy[2:]).all():
        raise ValueError("a box needs its left before its right, and its top above its bottom")
    # However much a spine bends, it leads downwards from each vertebra to the next.
    rows = others_xyxy[:, 1::2].sum(axis=1)
    top_to_bottom = np.argsort(rows, kind="stable")
    place = int((rows < box_xyxy[1::2].sum()).sum())
    above, below = others_xyxy[top_to_bottom[:place]], others_xyxy[top_to_bottom[place:]]
    above = np.vstack([above, *(_passed_over(other, box_xyxy, row_to_column) for other in above[-1:])])
    below = np.vstack([*(_passed_over(box_xyxy, other, row_to_column) for other in below[:1]), below])
    return vertebra_frames(np.vstack([above, box_xyxy, below]), row_to_column)[len(above)]


def _passed_over(
    upper_xyxy: NDArray[np.float64], lower_xyxy: NDArray[np.float64], row_to_column: float
) -> NDArray[np.float64]:
    """Boxes (M, 4) where vertebrae must lie between two that are too far apart to be neighbours."""
    ends = np.stack([upper_xyxy, lower_xyxy]) * np.array([1.0, row_to_column] * 2)
    step = np.diff(ends[:, :2] + ends[:, 2:], axis=0) / 2
    # A crushed body or a box drawn too tight is no measure.
    side = np.sqrt(np.prod(ends[:, 2:] - ends[:, :2], axis=1)).max()
    steps = max(1, round(float(np.linalg.norm(step)) / (_USUAL_STEP * side)))
    return np.linspace(upper_xyxy, lower_xyxy, steps + 1)[1:-1]


def vertebra_frame(
    centre_xy: NDArray[np.float64],
    down_xy: NDArray[np.float64],
    side: float,
    row_to_column: float = 1.0,
    mirrored: bool = False,
) -> NetworkFrame:
    """A square crop around ``centre_xy`` (film pixels) whose vertical axis is the unit vector ``down_xy``.

    ``down_xy`` and ``side`` are in square pixels as wide as a film column.
    """
    right_xy = np.array([down_xy[1], -down_xy[0]]) * (-1.0 if mirrored else 1.0)
    linear = np.stack([right_xy, down_xy]) * (CROP_SIDE_PX / side) * np.array([1.0, row_to_column])
    offset = CROP_SIDE_PX / 2 - linear @ centre_xy
    return NetworkFrame(np.column_stack([linear, offset]), (CROP_SIDE_PX, CROP_SIDE_PX))


def _spine_course(
    centres: NDArray[np.float64], box_sizes: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Unit direction of the spine (N, 2) and distance between neighbours (N,) at each centre (N, 2)."""
    count = len(centres)
    if count < 2:
        return np.tile([0.0, 1.0], (count, 1)), np.sqrt(box_sizes.prod(axis=1))
    steps = np.diff(centres, axis=0)
    lengths = np.linalg.norm(steps, axis=1)
    units = steps / np.maximum(lengths, 1e-9)[:, None]
    before, after = units[:-1], units[1:]
    downs = np.empty_like(centres)
    downs[1:-1] = before + after
    # At the ends the curve goes on bending as it did between the last two steps.
    downs[0] = units[0] if count == 2 else 1.5 * units[0] - 0.5 * units[1]
    downs[-1] = units[-1] if count == 2 else 1.5 * units[-1] - 0.5 * units[-2]
    downs /= np.maximum(np.linalg.norm(downs, axis=1), 1e-9)[:, None]
    # The median of up to four steps is deaf to one missed or one crushed vertebra.
    pitches = np.array([np.median(lengths[max(0, i - 2) : i + 2]) for i in range(count)])
    return downs, pitches
