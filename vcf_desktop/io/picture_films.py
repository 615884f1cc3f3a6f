"""Films in pictures: PNG, JPEG and TIFF, 8 and 16 bit, grey or colour.

Pillow reads them, not OpenCV, because it tells a picture's size before it takes memory for it, refuses a
truncated file (OpenCV fills the rest with grey and says so to stderr only), checks PNG's sums, and tries no
format but these. What it does badly, it cuts 16-bit colour to 8 bits, is left to OpenCV, after Pillow has
found the file sound.
"""

from __future__ import annotations

import logging
import warnings
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps
from PIL.ImageFile import ImageFile
from PIL.TiffImagePlugin import TiffImageFile

from vcf_desktop.errors import FilmReadError
from vcf_desktop.film import DisplayPixels, Film, SpacingSource
from vcf_desktop.io.checks import (
    DAMAGE,
    MAX_PIXELS,
    cause,
    chosen_frame,
    require_picture,
    require_pixel_count,
)
from vcf_desktop.io.grey_values import (
    COLOUR_NOTICE,
    COMPUTED_NOTICE,
    FULL_RANGE_8_BIT,
    computed_window,
    has_colour,
    luminance,
    network_pixels,
)

# Pillow logs what it stumbles over in a damaged file; the reason goes into the FilmReadError.
logging.getLogger("PIL").setLevel(logging.CRITICAL)

_TIFF_PHOTOMETRIC = 262


def read_picture(path: Path, data: bytes, sha256: str, frame: int | None) -> Film:
    """The film in ``data``, the bytes of the file at ``path``; see :func:`vcf_desktop.io.films.read_film`.

    A picture has no spacing: the dots per inch of a PNG or JPEG are made up by nearly every program. Fully
    transparent pixels are padding. Bone is not made bright, because nothing tells whether it is.
    """
    # Pillow warns about large pictures, which are refused below, and odd metadata, which is not used.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(BytesIO(data), formats=("PNG", "JPEG", "TIFF")) as image:
                frame_count = image.n_frames if isinstance(image, TiffImageFile) else 1
                frame = chosen_frame(path, frame, frame_count)
                if frame_count > 1:
                    image.seek(frame)
                require_pixel_count(path, image.height, image.width)
                values, padding, notices = _decode(image, data, frame)
        except Image.DecompressionBombError as e:
            raise FilmReadError(
                path, f"declares more pixels than the limit of {MAX_PIXELS / 1e6:g} megapixels"
            ) from e
        except (*DAMAGE, cv2.error) as e:
            raise FilmReadError(path, f"cannot be read as a picture: {cause(e)}") from e
    require_picture(path, values, padding)
    grey_levels = values.dtype == np.uint8
    window = FULL_RANGE_8_BIT if grey_levels else computed_window(values, padding)
    display = DisplayPixels(values, (window,))
    return Film(
        pixels=network_pixels(display, padding),
        padding=padding,
        spacing_mm=None,
        spacing_source=SpacingSource.NONE,
        row_to_column=1.0,
        sha256=sha256,
        path=path,
        study=None,
        display=display,
        frame=frame,
        frame_count=frame_count,
        notices=tuple(notices if grey_levels else [*notices, COMPUTED_NOTICE]),
    )


def _decode(
    image: Image.Image, data: bytes, frame: int
) -> tuple[NDArray[Any], NDArray[np.bool_] | None, list[str]]:
    """Values (H, W), padding and notices of the current frame, turned as its EXIF orientation says."""
    deep_colour = image.mode in ("RGB", "RGBA", "LA") and ";16" in str(cast(ImageFile, image).tile)
    white_is_zero = isinstance(image, TiffImageFile) and image.tag_v2.get(_TIFF_PHOTOMETRIC) == 0
    upright = ImageOps.exif_transpose(image)
    transparent = None
    if upright.has_transparency_data and not upright.mode.startswith("I"):
        transparent = np.asarray(upright.convert("RGBA").getchannel("A")) == 0
    padding = transparent if transparent is not None and transparent.any() else None
    if deep_colour:
        colours: NDArray[Any] = _decode_deep_colour(data, frame)
    elif upright.mode in ("1", "L", "LA", "La"):
        return np.asarray(upright.convert("L")), padding, []
    elif upright.mode.startswith("I;16"):
        grey = np.asarray(upright).astype(np.uint16)
        # Pillow turns WhiteIsZero into grey for 8 bits only.
        return (np.iinfo(np.uint16).max - grey if white_is_zero else grey), padding, []
    elif upright.mode in ("I", "F"):
        return np.asarray(upright), padding, []
    else:
        colours = np.asarray(upright.convert("RGB"))
    return luminance(colours), padding, [COLOUR_NOTICE] if has_colour(colours) else []


def _decode_deep_colour(data: bytes, frame: int) -> NDArray[np.uint16]:
    """(H, W, 3) red, green and blue of 16 bits; OpenCV turns it as its EXIF orientation says."""
    flags = cv2.IMREAD_ANYDEPTH | cv2.IMREAD_COLOR
    found, pages = cv2.imdecodemulti(np.frombuffer(data, np.uint8), flags, range=(frame, frame + 1))
    if not found:
        raise ValueError("its 16-bit colours cannot be decoded")
    return np.ascontiguousarray(pages[0][..., ::-1], dtype=np.uint16)
