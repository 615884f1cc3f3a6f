"""Films in PNG, JPEG and TIFF."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageFile

from vcf_desktop.errors import FilmReadError
from vcf_desktop.film import SpacingSource
from vcf_desktop.io import checks
from vcf_desktop.io.films import read_film

GREY = np.linspace(0, 255, 30 * 20).astype(np.uint8).reshape(30, 20)
DEEP = np.linspace(0, 65535, 30 * 20).astype(np.uint16).reshape(30, 20)
COLOUR = np.dstack([GREY, 255 - GREY, GREY // 2])
DEEP_COLOUR = np.dstack([DEEP, 65535 - DEEP, DEEP // 2])
BT_601 = np.array([0.299, 0.587, 0.114])
EXIF_ORIENTATION = 0x0112
ORIENTED = {
    1: GREY,
    2: GREY[:, ::-1],
    3: GREY[::-1, ::-1],
    4: GREY[::-1],
    5: GREY.T,
    6: np.rot90(GREY, -1),
    7: np.rot90(GREY, 2).T,
    8: np.rot90(GREY, 1),
}
"""EXIF orientation -> the picture as it is to be seen, by the definition of the tag."""


def saved(path: Path, pixels: NDArray[Any], **options: Any) -> Path:
    Image.fromarray(pixels).save(path, **options)
    return path


@pytest.mark.parametrize("suffix", [".png", ".tif"])
@pytest.mark.parametrize("pixels", [GREY, DEEP], ids=["8 bit", "16 bit"])
def test_that_grey_pictures_keep_every_value(tmp_path: Path, suffix: str, pixels: NDArray[Any]) -> None:
    film = read_film(saved(tmp_path / f"film{suffix}", pixels))
    assert film.display.values.dtype == pixels.dtype
    np.testing.assert_array_equal(film.display.values, pixels)
    np.testing.assert_allclose(film.pixels, pixels / np.iinfo(pixels.dtype).max, atol=0.003)
    assert (film.spacing_mm, film.spacing_source) == (None, SpacingSource.NONE)
    assert (film.study, film.padding, film.row_to_column) == (None, None, 1)


def test_that_eight_bits_are_grey_levels_and_sixteen_get_a_window(tmp_path: Path) -> None:
    eight = read_film(saved(tmp_path / "8.png", GREY // 2))
    np.testing.assert_allclose(eight.pixels, (GREY // 2) / 255, atol=1e-6)
    assert [window.explanation for window in eight.display.windows] == ["full range"]
    assert eight.notices == ()
    sixteen = read_film(saved(tmp_path / "16.png", DEEP // 16))
    assert sixteen.pixels.max() == 1
    assert [window.explanation for window in sixteen.display.windows] == ["computed"]
    assert any("computed" in notice for notice in sixteen.notices)


def test_that_a_jpeg_is_read(tmp_path: Path) -> None:
    film = read_film(saved(tmp_path / "film.jpg", GREY, quality=98))
    np.testing.assert_allclose(film.display.values, GREY.astype(int), atol=4)


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_that_colour_becomes_luminance_with_a_notice(tmp_path: Path, suffix: str) -> None:
    film = read_film(saved(tmp_path / f"film{suffix}", COLOUR))
    np.testing.assert_allclose(film.display.values, COLOUR @ BT_601, atol=0.51)
    assert any("luminance" in notice for notice in film.notices)


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_that_sixteen_bit_colour_keeps_its_depth(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"film{suffix}"
    cv2.imwrite(str(path), np.ascontiguousarray(DEEP_COLOUR[..., ::-1]))
    film = read_film(path)
    assert film.display.values.dtype == np.uint16
    np.testing.assert_allclose(film.display.values, DEEP_COLOUR @ BT_601, atol=1)


def test_that_grey_stored_as_colour_stays_as_it_is(tmp_path: Path) -> None:
    film = read_film(saved(tmp_path / "film.png", np.dstack([GREY] * 3)))
    np.testing.assert_array_equal(film.display.values, GREY)
    assert film.notices == ()


def test_that_palettes_and_bilevel_pictures_are_read(tmp_path: Path) -> None:
    palette = Image.fromarray(GREY).convert("P")
    palette.save(tmp_path / "palette.png")
    np.testing.assert_array_equal(read_film(tmp_path / "palette.png").display.values, GREY)
    Image.fromarray(GREY > 100).save(tmp_path / "two.tif")
    np.testing.assert_array_equal(
        read_film(tmp_path / "two.tif").display.values, np.where(GREY > 100, 255, 0)
    )


@pytest.mark.parametrize("colour", [False, True])
def test_that_transparent_pixels_are_padding(tmp_path: Path, colour: bool) -> None:
    alpha = np.full_like(GREY, 255)
    alpha[:5] = 0
    alpha[5:8] = 100
    film = read_film(
        saved(tmp_path / "film.png", np.dstack([GREY, GREY, GREY, alpha] if colour else [GREY, alpha]))
    )
    np.testing.assert_array_equal(film.padding, alpha == 0)
    assert not film.pixels[:5].any()
    np.testing.assert_array_equal(film.display.values[5:], GREY[5:])
    opaque = np.dstack([GREY, GREY, GREY, np.full_like(GREY, 255)])
    assert read_film(saved(tmp_path / "opaque.png", opaque)).padding is None


@pytest.mark.parametrize("orientation", ORIENTED)
@pytest.mark.parametrize("suffix", [".png", ".tif", ".jpg"])
def test_that_a_picture_is_turned_as_its_exif_says(tmp_path: Path, suffix: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = orientation
    film = read_film(
        saved(tmp_path / f"film{suffix}", GREY, exif=exif, **({"quality": 98} if suffix == ".jpg" else {}))
    )
    expected = ORIENTED[orientation].astype(int)
    np.testing.assert_allclose(film.display.values, expected, atol=4 if suffix == ".jpg" else 0)


@pytest.mark.parametrize("orientation", ORIENTED)
def test_that_sixteen_bit_colour_is_turned_as_its_exif_says(tmp_path: Path, orientation: int) -> None:
    deep = np.dstack([GREY.astype(np.uint16) * 257] * 3)
    encoded = cv2.imencode(".png", deep)[1].tobytes()
    exif = struct.pack(
        ">4sHHHHHIHxxI", b"MM\0*\0\0\0\x08"[:4], 0, 8, 1, EXIF_ORIENTATION, 3, 1, orientation, 0
    )
    (tmp_path / "film.png").write_bytes(with_chunk(encoded, b"eXIf", exif))
    film = read_film(tmp_path / "film.png")
    np.testing.assert_array_equal(film.display.values, ORIENTED[orientation].astype(np.uint16) * 257)


def with_chunk(png: bytes, kind: bytes, content: bytes) -> bytes:
    """A PNG with one more chunk behind its header."""
    chunk = struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    return png[:33] + chunk + png[33:]


@pytest.mark.parametrize("pixels", [GREY, DEEP], ids=["8 bit", "16 bit"])
def test_that_a_tiff_whose_zero_is_white_is_turned_round(tmp_path: Path, pixels: NDArray[Any]) -> None:
    path = saved(tmp_path / "film.tif", pixels)
    data = path.read_bytes()
    black_is_zero = struct.pack("<HHIH", 262, 3, 1, 1)
    assert data.count(black_is_zero) == 1
    path.write_bytes(data.replace(black_is_zero, struct.pack("<HHIH", 262, 3, 1, 0)))
    np.testing.assert_array_equal(read_film(path).display.values, np.iinfo(pixels.dtype).max - pixels)


def test_that_numbers_in_a_tiff_have_to_be_finite(tmp_path: Path) -> None:
    values = GREY.astype(np.float32) / 7
    np.testing.assert_array_equal(read_film(saved(tmp_path / "film.tif", values)).display.values, values)
    values[3, 4] = np.nan
    with pytest.raises(FilmReadError, match="not numbers"):
        read_film(saved(tmp_path / "nan.tif", values))


def test_that_one_of_several_pages_has_to_be_chosen(tmp_path: Path) -> None:
    pages = [GREY, GREY.T, 255 - GREY]
    path = tmp_path / "pages.tif"
    Image.fromarray(pages[0]).save(path, save_all=True, append_images=[Image.fromarray(p) for p in pages[1:]])
    with pytest.raises(FilmReadError, match=r"has 3 frames; choose one with --frame"):
        read_film(path)
    for index, page in enumerate(pages):
        film = read_film(path, index)
        np.testing.assert_array_equal(film.display.values, page)
        assert (film.frame, film.frame_count) == (index, 3)
    with pytest.raises(FilmReadError, match="has no frame 3"):
        read_film(path, 3)


def test_that_pages_of_sixteen_bit_colour_can_be_chosen(tmp_path: Path) -> None:
    pages = [np.ascontiguousarray(page[..., ::-1]) for page in (DEEP_COLOUR, 65535 - DEEP_COLOUR)]
    cv2.imwritemulti(str(tmp_path / "pages.tif"), pages)
    film = read_film(tmp_path / "pages.tif", 1)
    np.testing.assert_allclose(film.display.values, (65535 - DEEP_COLOUR.astype(int)) @ BT_601, atol=1)


@pytest.mark.parametrize("suffix", [".png", ".tif", ".jpg"])
def test_that_the_content_decides_and_not_the_name(tmp_path: Path, suffix: str) -> None:
    saved(tmp_path / f"film{suffix}", GREY)
    renamed = (tmp_path / f"film{suffix}").rename(tmp_path / "film.dcm")
    assert read_film(renamed).pixels.shape == GREY.shape


def test_that_a_size_over_the_limit_is_refused_before_memory_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = io.BytesIO()
    Image.fromarray(GREY).save(small, "PNG")
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda _: pytest.fail("decoded"))
    for width, height in ((20000, 6000), (60000, 60000)):
        header = struct.pack(">II", width, height) + small.getvalue()[24:29]
        (tmp_path / "film.png").write_bytes(with_header(small.getvalue(), header))
        with pytest.raises(FilmReadError, match=r"more .*than the limit of 100 megapixels"):
            read_film(tmp_path / "film.png")


def with_header(png: bytes, header: bytes) -> bytes:
    """A PNG that declares another size."""
    return png[:16] + header + struct.pack(">I", zlib.crc32(b"IHDR" + header)) + png[33:]


def test_that_the_limit_counts_pixels_and_not_colours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path / "film.png", COLOUR)
    monkeypatch.setattr(checks, "MAX_PIXELS", GREY.size)
    assert read_film(path).pixels.shape == GREY.shape
    monkeypatch.setattr(checks, "MAX_PIXELS", GREY.size - 1)
    with pytest.raises(FilmReadError, match="declares 20 x 30 pixels"):
        read_film(path)


@pytest.mark.parametrize("suffix", [".png", ".tif", ".jpg"])
@pytest.mark.parametrize("part", [0.2, 0.6, 0.95])
def test_that_part_of_a_picture_is_never_shown_as_a_film(tmp_path: Path, suffix: str, part: float) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (60, 50), dtype=np.uint8)
    path = saved(tmp_path / f"film{suffix}", noise)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * part)])
    with pytest.raises(FilmReadError, match="cannot be read as a picture"):
        read_film(path)


def test_that_a_picture_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FilmReadError, match="every pixel has the same value"):
        read_film(saved(tmp_path / "black.png", np.zeros_like(GREY)))
    with pytest.raises(FilmReadError, match="every pixel is padding"):
        read_film(saved(tmp_path / "clear.png", np.dstack([GREY, np.zeros_like(GREY)])))
