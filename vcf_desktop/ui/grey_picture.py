"""From a film's values to the grey pixels of the screen, only as many as the screen shows.

The values are kept as codes of 8 or 16 bits with ever smaller copies (averaged, so that nothing aliases);
one look-up table turns codes into grey. A change of window costs one small table, and a frame costs what the
screen has pixels, whatever the size of the film.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from vcf_desktop.film import DisplayPixels, Film, VoiLut, VoiWindow
from vcf_desktop.io.grey_values import apply_voi, computed_window, voi_range

_SMALLEST_SIDE_PX: Final = 32
"""Copies are made down to about this side, smaller than any view of a whole film."""
_SAMPLE_SIDE_PX: Final = 256
"""Windows are computed of the copy of about this side: enough pixels, and soon read."""
_BLACK: Final = 0


@dataclass(frozen=True, eq=False)
class GreyPicture:
    """A film's values, ready to be drawn.

    Attributes:
        copies: (H, W) codes, uint8 or uint16, then the same at 1/2, 1/4, … of both sides.
        values: value by code, float64.
        padding: (H, W) uint8, not 0 where there is no picture, in copies of the same sizes; None without any.
        windows, luts: the film's own choices of contrast, the first one first; never both empty.
        inverted: whether the lowest value is white.
    """

    copies: tuple[NDArray[Any], ...]
    values: NDArray[np.float64]
    padding: tuple[NDArray[np.uint8], ...] | None
    windows: tuple[VoiWindow, ...]
    luts: tuple[VoiLut, ...] = ()
    inverted: bool = False

    @property
    def size_hw(self) -> tuple[int, int]:
        """Rows and columns of the film."""
        rows, columns = self.copies[0].shape
        return int(rows), int(columns)

    @property
    def nbytes(self) -> int:
        """Memory that it takes."""
        return sum(copy.nbytes for copy in (*self.copies, *(self.padding or ())))

    @property
    def choices(self) -> tuple[VoiWindow | VoiLut, ...]:
        """The film's own choices of contrast; LUTs come before windows (DICOM PS3.3 C.11.2.1.1)."""
        return (*self.luts, *self.windows)

    def table(self, voi: VoiWindow | VoiLut, inverted: bool) -> NDArray[np.uint8]:
        """Grey of 0 to 255 by code; ``inverted`` is what the reader asks for on top of the film's own."""
        grey = apply_voi(self.values, voi)
        if inverted != self.inverted:
            grey = 1 - grey
        return np.asarray(np.rint(grey * np.float32(255)), dtype=np.uint8)

    def draw(
        self,
        film_to_screen: NDArray[np.float64],
        size_wh: tuple[int, int],
        table: NDArray[np.uint8],
        smooth: bool = True,
    ) -> NDArray[np.uint8]:
        """The grey pixels (h, w) of a screen.

        Args:
            film_to_screen: (2, 3) map of film pixels to screen pixels, both with their origin at the outer
                corner of the first pixel.
            size_wh: of the screen, in its own pixels.
            table: grey by code.
            smooth: whether enlarged film pixels run into each other.

        Returns:
            Grey; beyond the film's edge the colour of the edge goes on, padding is black.
        """
        scale = math.sqrt(abs(np.linalg.det(film_to_screen[:, :2])))
        place = min(max(0, math.floor(-math.log2(max(scale, 1e-9)) + 1e-6)), len(self.copies) - 1)
        copy = self.copies[place]
        height, width = self.size_hw
        film_to_copy = np.diag([copy.shape[1] / width, copy.shape[0] / height])
        to_screen = film_to_screen.copy()
        to_screen[:, :2] = film_to_screen[:, :2] @ np.linalg.inv(film_to_copy)
        # OpenCV puts the origin at the centre of the first pixel.
        to_screen[:, 2] += to_screen[:, :2] @ np.array([0.5, 0.5]) - 0.5
        from_screen = cv2.invertAffineTransform(to_screen)
        nearest = not smooth and scale > 1
        flags = (cv2.INTER_NEAREST if nearest else cv2.INTER_LINEAR) | cv2.WARP_INVERSE_MAP
        codes = cv2.warpAffine(copy, from_screen, size_wh, flags=flags, borderMode=cv2.BORDER_REPLICATE)
        grey: NDArray[np.uint8] = table[np.asarray(codes)]
        if self.padding is not None:
            flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
            padding = self.padding[place]
            outside = cv2.warpAffine(
                padding, from_screen, size_wh, flags=flags, borderMode=cv2.BORDER_REPLICATE
            )
            grey[outside > 0] = _BLACK
        return np.ascontiguousarray(grey)


def picture_of(film: Film) -> GreyPicture:
    """The film as the reader sees it: its stored values with its own windows and LUTs."""
    display = film.display
    codes, values = _coded(display.values)
    copies, padding = _copies_of(codes, film.padding)
    windows = display.windows
    if not (windows or display.luts):
        windows = (computed_window(display.values, film.padding),)
    return GreyPicture(copies, values, padding, windows, display.luts, display.inverted)


def enhanced_picture(enhanced: NDArray[np.uint16], film: Film) -> GreyPicture:
    """A view of a film (H, W) after CLAHE, full range; padding stays black."""
    display = DisplayPixels(enhanced, (VoiWindow(32767.5, 65535.0, "LINEAR_EXACT", "CLAHE"),))
    codes, values = _coded(display.values)
    copies, padding = _copies_of(codes, film.padding)
    return GreyPicture(copies, values, padding, display.windows)


def presets(picture: GreyPicture, region_xyxy: NDArray[np.float64] | None) -> tuple[VoiWindow | VoiLut, ...]:
    """The film's own choices, one computed of the whole film, and one of a region, as the spine's.

    ``region_xyxy`` (4,) is in film pixels, None where none is of interest.
    """
    place = sum(min(copy.shape) >= _SAMPLE_SIDE_PX for copy in picture.copies[1:])
    small = picture.copies[place]
    padding = None if picture.padding is None else picture.padding[place] > 0
    found: list[VoiWindow | VoiLut] = list(picture.choices)
    shown = picture.values[small]
    regions = {"whole film": (shown, padding)}
    if region_xyxy is not None:
        factor = np.array([small.shape[1], small.shape[0]] * 2) / np.array([*picture.size_hw[::-1]] * 2)
        left, top, right, bottom = np.round(region_xyxy * factor).astype(int).clip(0, max(small.shape))
        inside = np.s_[top : bottom + 1, left : right + 1]
        regions["spine"] = (shown[inside], None if padding is None else padding[inside])
    for name, (values, outside) in regions.items():
        if values.size and not (outside is not None and outside.all()):
            window = computed_window(values, outside)
            if window.width > 0:
                found.append(VoiWindow(window.centre, window.width, window.function, name))
    return tuple(found)


def as_window(voi: VoiWindow | VoiLut) -> VoiWindow:
    """A window that shows about what a LUT shows: where dragging starts, so that nothing jumps.

    It goes through the LUT's grey at 10 % and 90 % of its rise: the flat ends of a curve tell little. No
    window falls, so that of a LUT that :func:`falls` shows its negative.
    """
    if isinstance(voi, VoiWindow):
        return voi
    low, high = voi_range(voi)
    inputs = np.arange(low, high + 1)
    grey = apply_voi(inputs, voi).astype(np.float64)
    if falls(voi):
        grey = 1 - grey
    rise = grey[-1] - grey[0]
    start, stop = (int(np.argmax(grey >= grey[0] + part * rise)) for part in (0.1, 0.9))
    if start >= stop or grey[start] >= grey[stop]:
        return VoiWindow((low + high) / 2, max(high - low, 1.0), "LINEAR_EXACT")
    width = float(inputs[stop] - inputs[start]) / float(grey[stop] - grey[start])
    middle = float(inputs[start] + inputs[stop]) / 2
    return VoiWindow(middle + width * (0.5 - float(grey[start] + grey[stop]) / 2), width, "LINEAR_EXACT")


def falls(voi: VoiWindow | VoiLut) -> bool:
    """Whether it shows high values dark."""
    return isinstance(voi, VoiLut) and bool(voi.values[0] > voi.values[-1])


def _coded(values: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.float64]]:
    """Values (H, W) as codes, and the value of each code; exact for integers of up to 16 bits."""
    if values.dtype in (np.uint8, np.uint16):
        count = np.iinfo(values.dtype).max + 1
        return np.ascontiguousarray(values), np.arange(count, dtype=np.float64)
    low, high = float(values.min()), float(values.max())
    if values.dtype.kind in "iu" and high - low <= np.iinfo(np.uint16).max:
        codes = (values.astype(np.int64) - int(low)).astype(np.uint16)
        return codes, low + np.arange(1 << 16, dtype=np.float64)
    step = (high - low) / np.iinfo(np.uint16).max or 1.0
    codes = np.rint((values.astype(np.float64) - low) / step).astype(np.uint16)
    return codes, np.asarray(low + step * np.arange(1 << 16), dtype=np.float64)


def _copies_of(
    codes: NDArray[Any], padding: NDArray[np.bool_] | None
) -> tuple[tuple[NDArray[Any], ...], tuple[NDArray[np.uint8], ...] | None]:
    """Ever smaller copies of codes (H, W) and of where they are padding."""
    if padding is None:
        return _copies(codes), None
    mask = padding.view(np.uint8)
    if padding.any() and not padding.all():
        # The picture's nearest code in place of the padding's, whose brightness would run into the picture.
        _, nearest = cv2.distanceTransformWithLabels(
            mask, cv2.DIST_L2, cv2.DIST_MASK_3, labelType=cv2.DIST_LABEL_PIXEL
        )
        code_of = np.zeros(int(nearest.max()) + 1, codes.dtype)
        code_of[nearest[~padding]] = codes[~padding]
        codes = code_of[nearest]
    return _copies(codes), _copies(mask)


def _copies(picture: NDArray[Any]) -> tuple[NDArray[Any], ...]:
    copies = [picture]
    while min(copies[-1].shape) >= 2 * _SMALLEST_SIDE_PX:
        rows, columns = copies[-1].shape
        copies.append(
            np.asarray(cv2.resize(copies[-1], (columns // 2, rows // 2), interpolation=cv2.INTER_AREA))
        )
    return tuple(copies)
