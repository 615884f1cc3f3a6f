"""What every network is given: contrast by CLAHE (paper, section 2.1) and values of a fixed spread."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

CLAHE_CLIP_LIMIT = 2.0
CLAHE_TILES = 8
"""The paper gives no parameters; these are OpenCV's usual ones, and training varies the clip limit."""
CLAHE_LEVELS = 255
"""Histograms count 256 levels. OpenCV's 16-bit form counts 65536, of which a tile fills so few that the limit
rounds to one pixel, and what is clipped then turns a film of 2 to 4 megapixels white."""
EMPTY_BORDER_RANGE = 0.03
"""A border row or column of which 95 % lie this close to black or to white holds no picture."""
_THUMBNAIL_PX = 256


def content_box(pixels: NDArray[np.float32], padding: NDArray[np.bool_] | None = None) -> NDArray[np.float64]:
    """(4,) left, top, right, bottom of the part of a film (H, W) in [0, 1] that holds picture.

    Padding and uniform black or white borders, as exports and collimators leave them, are cut off; a film
    without any picture keeps its full size.
    """
    height, width = pixels.shape
    # Four pixels a cell and direction are enough to tell picture from an empty border, and quick.
    step = max(1, min(height, width) // (4 * _THUMBNAIL_PX))
    sparse = np.ascontiguousarray(pixels[::step, ::step])
    size = (min(_THUMBNAIL_PX, sparse.shape[1]), min(_THUMBNAIL_PX, sparse.shape[0]))
    small = cv2.resize(sparse, size, interpolation=cv2.INTER_AREA)
    picture = (small > EMPTY_BORDER_RANGE) & (small < 1 - EMPTY_BORDER_RANGE)
    if padding is not None:
        rows, columns = picture.shape
        picture &= cv2.resize(padding.view(np.uint8), (columns, rows), interpolation=cv2.INTER_NEAREST) == 0
    # A few speckles of compression noise or a marker do not make a border into picture.
    filled_rows = np.flatnonzero(picture.mean(axis=1) > 0.05)
    filled_columns = np.flatnonzero(picture.mean(axis=0) > 0.05)
    if filled_rows.size == 0 or filled_columns.size == 0:
        return np.array([0, 0, width, height], dtype=np.float64)
    return np.array(
        [
            filled_columns[0] * width / picture.shape[1],
            filled_rows[0] * height / picture.shape[0],
            (filled_columns[-1] + 1) * width / picture.shape[1],
            (filled_rows[-1] + 1) * height / picture.shape[0],
        ]
    )


def enhance(
    pixels: NDArray[np.float32],
    content_xyxy: NDArray[np.float64],
    padding: NDArray[np.bool_] | None = None,
    clip_limit: float = CLAHE_CLIP_LIMIT,
) -> NDArray[np.uint16]:
    """CLAHE of a film (H, W) in [0, 1]; padding takes no part in any histogram and becomes 0.

    The result has 16 bits, so that averaging it to the size of a network loses nothing.
    """
    left, top = np.floor(content_xyxy[:2]).astype(int)
    right, bottom = np.ceil(content_xyxy[2:]).astype(int)
    levels = np.asarray(cv2.convertScaleAbs(pixels[top:bottom, left:right], alpha=CLAHE_LEVELS), np.uint8)
    outside = None if padding is None else padding[top:bottom, left:right]
    if outside is not None and outside.any():
        _fill_padding(levels, outside)
    tiles = cv2.createCLAHE(clip_limit, (CLAHE_TILES, CLAHE_TILES))
    enhanced = np.zeros(pixels.shape, np.uint16)
    np.multiply(
        tiles.apply(levels), 65535 // CLAHE_LEVELS, out=enhanced[top:bottom, left:right], dtype=np.uint16
    )
    if outside is not None:
        enhanced[top:bottom, left:right][outside] = 0
    return enhanced


def _fill_padding(levels: NDArray[np.uint8], outside: NDArray[np.bool_]) -> None:
    """Put picture in place of padding: repeated pixels of a tile leave the shape of its histogram."""
    height, width = (-(-side // CLAHE_TILES) for side in levels.shape)
    anywhere = levels[~outside][:1]
    for row in range(0, levels.shape[0], height):
        for column in range(0, levels.shape[1], width):
            place = np.s_[row : row + height, column : column + width]
            padded = outside[place]
            picture = levels[place][~padded] if not padded.all() else anywhere
            levels[place][padded] = np.resize(picture, int(padded.sum()))


def detector_input(sampled: NDArray[np.float32]) -> NDArray[np.float32]:
    """(1, H, W) input of the detector from a sampled film (H, W) in [0, 1]."""
    return ((sampled - np.float32(0.5)) / np.float32(0.25))[None]


def segmenter_input(crop: NDArray[np.float32]) -> NDArray[np.float32]:
    """(1, S, S) input of the segmenter from a crop (S, S) in [0, 1]: mean 0, spread 1.

    A crop is judged by its own contrast: the same vertebra may lie under lung or under liver.
    """
    standard: NDArray[np.float32] = (crop - crop.mean()) / (crop.std() + np.float32(0.02))
    return standard[None].astype(np.float32)


def classifier_input(crop: NDArray[np.float32], body_probability: NDArray[np.float32]) -> NDArray[np.float32]:
    """(3, S, S) input of the grader: the crop, the segmented body, and the crop inside the body.

    The paper hands "the fine segmentation images" to the grader; the neighbours stay visible because a crush
    deformity is only seen beside them. The anterior side must be on the left.
    """
    standard = segmenter_input(crop)[0]
    return np.stack([standard, body_probability * 2 - 1, standard * body_probability]).astype(np.float32)
