"""Film pixels to network pixels and back: closed forms, round trips, films that say where they were read."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from vcf_desktop.inference.frames import (
    CROP_SIDE_PITCHES,
    CROP_SIDE_PX,
    NetworkFrame,
    detector_frame,
    frame_in_chain,
    vertebra_frame,
    vertebra_frames,
)

Array = NDArray[np.float64]


def film_coordinates(height: int, width: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Two films whose pixels say where their centres are: x and y, in film pixels."""
    y, x = np.mgrid[:height, :width] + 0.5
    return x.astype(np.float32), y.astype(np.float32)


def spine_boxes(
    count: int,
    pitch: float,
    turn_deg: float = 0.0,
    centre: float = 400.0,
    sides: tuple[float, float] = (1.0, 0.7),
) -> Array:
    """Boxes (N, 4) of bodies in a straight line that leans by ``turn_deg`` to the right at its lower end.

    ``sides`` are width and height of a box in pitches.
    """
    down = np.array([math.sin(math.radians(turn_deg)), math.cos(math.radians(turn_deg))])
    centres = centre + (np.arange(count) - (count - 1) / 2)[:, None] * pitch * down
    half = np.array(sides) / 2 * pitch
    return np.hstack([centres - half, centres + half])


@given(
    st.floats(10, 4000),
    st.floats(10, 4000),
    st.floats(0, 500),
    st.floats(0, 500),
    st.floats(0.5, 2),
)
def test_that_a_detector_frame_holds_the_whole_content(
    width: float, height: float, left: float, top: float, row_to_column: float
) -> None:
    content = np.array([left, top, left + width, top + height])
    frame = detector_frame(content, row_to_column)
    corners = frame.to_network(content.reshape(2, 2))
    np.testing.assert_allclose(corners[0], 0, atol=1e-6)
    assert frame.size_hw[0] % 32 == 0
    assert frame.size_hw[1] % 32 == 0
    # Less than one stride of padding, and within the limits.
    assert np.all(corners[1] <= np.array(frame.size_hw[::-1]) + 1e-3)
    assert np.all(corners[1] > np.array(frame.size_hw[::-1]) - 32 - 1e-3)
    assert frame.size_hw[1] <= 640
    assert frame.size_hw[0] <= 960
    np.testing.assert_allclose(frame.to_film(corners), content.reshape(2, 2), atol=1e-6)


@pytest.mark.parametrize(
    ("size_hw", "expected_hw"),
    [
        ((1000, 1000), (640, 640)),
        ((2700, 1100), (960, 416)),
        ((800, 1600), (320, 640)),
        ((1400, 800), (640, 384)),
    ],
)
def test_that_tall_films_get_more_rows_and_wide_ones_are_bounded_in_width(
    size_hw: tuple[int, int], expected_hw: tuple[int, int]
) -> None:
    assert detector_frame(np.array([0, 0, size_hw[1], size_hw[0]], dtype=float)).size_hw == expected_hw


@given(st.floats(-80, 80), st.floats(20, 400), st.floats(0.4, 2.5), st.booleans())
def test_that_crops_lead_back_to_the_film(
    turn_deg: float, pitch: float, row_to_column: float, mirrored: bool
) -> None:
    points = np.random.default_rng(0).uniform(-50, 900, (7, 2))
    for frame in vertebra_frames(spine_boxes(4, pitch, turn_deg), row_to_column, mirrored):
        np.testing.assert_allclose(frame.to_film(frame.to_network(points)), points, atol=1e-6)


@pytest.mark.parametrize("turn_deg", [-40.0, 0.0, 25.0])
def test_that_the_spine_runs_straight_down_through_the_middle_of_every_crop(turn_deg: float) -> None:
    boxes = spine_boxes(5, 60, turn_deg)
    centres = (boxes[:, :2] + boxes[:, 2:]) / 2
    frames = vertebra_frames(boxes)
    for i, frame in enumerate(frames):
        steps = (np.arange(5) - i)[:, None] * [0, CROP_SIDE_PX / CROP_SIDE_PITCHES]
        np.testing.assert_allclose(frame.to_network(centres), CROP_SIDE_PX / 2 + steps, atol=1e-6)


def test_that_mirroring_swaps_left_and_right_of_a_crop_and_nothing_else() -> None:
    film = np.random.default_rng(1).random((800, 800)).astype(np.float32)
    boxes = spine_boxes(3, 50, 20)
    for plain, mirrored in zip(vertebra_frames(boxes), vertebra_frames(boxes, mirrored=True), strict=True):
        np.testing.assert_allclose(mirrored.sample(film), plain.sample(film)[:, ::-1], atol=2e-3)


@pytest.mark.parametrize("turn_deg", [0.0, 33.0])
def test_that_lengths_and_angles_in_a_crop_are_those_of_square_pixels(turn_deg: float) -> None:
    # On film, rows are twice as far apart as columns: what is square there is half as many rows high.
    boxes = spine_boxes(3, 80, turn_deg) / [1, 2, 1, 2]
    frame = vertebra_frames(boxes, row_to_column=2.0)[1]
    turn = np.radians(np.arange(0, 360, 10))
    centre = (boxes[1, :2] + boxes[1, 2:]) / 2
    circle = centre + 30 * np.stack([np.cos(turn), np.sin(turn) / 2], axis=1)
    radius = np.linalg.norm(frame.to_network(circle) - CROP_SIDE_PX / 2, axis=1)
    np.testing.assert_allclose(radius, 30 * CROP_SIDE_PX / (CROP_SIDE_PITCHES * 80), rtol=1e-9)


def test_that_one_lost_vertebra_changes_no_other_crops_scale() -> None:
    boxes = spine_boxes(8, 50)
    whole = [frame.film_to_network for frame in vertebra_frames(boxes)]
    gapped = [frame.film_to_network for frame in vertebra_frames(np.delete(boxes, 3, axis=0))]
    for i, j in zip((0, 1, 4, 5, 6, 7), (0, 1, 3, 4, 5, 6), strict=True):
        np.testing.assert_allclose(gapped[j], whole[i], atol=1e-9)


def test_that_a_single_vertebra_is_cut_upright_by_the_size_of_its_box() -> None:
    (frame,) = vertebra_frames(np.array([[100.0, 200.0, 164.0, 236.0]]))
    side = CROP_SIDE_PX / (CROP_SIDE_PITCHES * math.sqrt(64 * 36))
    np.testing.assert_allclose(frame.film_to_network[:, :2], side * np.eye(2), atol=1e-9)


@given(st.integers(1, 8), st.data(), st.floats(0.5, 2.0))
def test_that_a_vertebra_is_cut_as_if_it_had_always_been_in_its_chain(
    count: int, data: st.DataObject, row_to_column: float
) -> None:
    boxes = spine_boxes(count, 60, 15, sides=(1.4, 1.0)) / [1, row_to_column, 1, row_to_column]
    boxes += np.random.default_rng(0).uniform(-4, 4, (count, 1))
    place = data.draw(st.integers(0, count - 1))
    others = np.delete(boxes, place, axis=0)[data.draw(st.permutations(range(count - 1)))]
    frame = frame_in_chain(boxes[place], others.reshape(-1, 4), row_to_column)
    expected = vertebra_frames(boxes, row_to_column)[place]
    np.testing.assert_allclose(frame.film_to_network, expected.film_to_network, atol=1e-9)


@pytest.mark.parametrize("kept", [[2, 4], [0, 1, 2], [2, 5], [1, 2, 6, 7], [2, 7], [0, 2]])
@pytest.mark.parametrize("row_to_column", [1.0, 1.6])
def test_that_vertebrae_missing_beside_it_do_not_change_a_crop(kept: list[int], row_to_column: float) -> None:
    # As wide and high beside their spacing as a detector's boxes are in the median.
    boxes = spine_boxes(8, 50, 20, sides=(1.4, 1.0)) / [1, row_to_column, 1, row_to_column]
    others = boxes[[i for i in kept if i != 2]]
    frame = frame_in_chain(boxes[2], others, row_to_column)
    expected = vertebra_frames(boxes, row_to_column)[2]
    np.testing.assert_allclose(frame.film_to_network, expected.film_to_network, atol=1e-9)


@pytest.mark.parametrize("box", [[5, 5, 5, 9], [5, 9, 8, 9], [8, 5, 5, 9], [5, 9, 8, 5], [5, 5, np.nan, 9]])
def test_that_a_box_without_area_is_not_cut(box: list[float]) -> None:
    with pytest.raises(ValueError, match="a box needs its left before its right"):
        frame_in_chain(np.array(box, dtype=float), np.empty((0, 4)))


FRAMES = {
    "detector, finer": detector_frame(np.array([20.0, 30.0, 320.0, 460.0])),
    "detector, oblong pixels": detector_frame(np.array([0.0, 0.0, 400.0, 500.0]), 1.4),
    "crop, same scale": vertebra_frame(np.array([200.3, 251.7]), np.array([0.6, 0.8]), 128),
    "crop, finer": vertebra_frame(np.array([200.3, 251.7]), np.array([-0.28, 0.96]), 50),
    "crop, coarser": vertebra_frame(np.array([200.0, 250.0]), np.array([0.0, 1.0]), 300),
    "crop, mirrored, oblong": vertebra_frame(np.array([200.0, 250.0]), np.array([0.6, 0.8]), 90, 1.3, True),
}


@pytest.mark.parametrize("name", FRAMES)
def test_that_each_network_pixel_shows_the_film_where_the_map_says(name: str) -> None:
    frame = FRAMES[name]
    rows, columns = np.mgrid[: frame.size_hw[0], : frame.size_hw[1]] + 0.5
    expected = frame.to_film(np.stack([columns, rows], axis=-1))
    inside = np.all((expected > 8) & (expected < np.array([400, 500]) - 8), axis=-1)
    assert inside.any()
    for axis, film in enumerate(film_coordinates(500, 400)):
        # OpenCV rounds positions to 1/32 px of the shrunk film.
        np.testing.assert_allclose(frame.sample(film)[inside], expected[inside][:, axis], atol=0.12)


def test_that_there_is_nothing_outside_the_film() -> None:
    film = np.ones((300, 200), np.float32)
    crop = vertebra_frame(np.array([0.0, 150.0]), np.array([0.0, 1.0]), 128).sample(film)
    assert np.all(crop[:, :60] == 0)
    assert np.all(crop[:, 68:] == 1)
    far = vertebra_frame(np.array([2000.0, 150.0]), np.array([0.0, 1.0]), 128).sample(film)
    assert np.all(far == 0)


def test_that_a_fine_pattern_becomes_grey_and_does_not_alias() -> None:
    film = (np.indices((1920, 1920)).sum(axis=0) % 2).astype(np.float32)
    sampled = detector_frame(np.array([0.0, 0.0, 1920.0, 1920.0])).sample(film)
    np.testing.assert_allclose(sampled, 0.5, atol=0.06)


def test_that_sixteen_bit_films_come_out_between_0_and_1() -> None:
    film = np.full((100, 100), 65535, np.uint16)
    frame = NetworkFrame(np.array([[1.0, 0, 0], [0, 1.0, 0]]), (32, 32))
    sampled = frame.sample(film)
    assert sampled.dtype == np.float32
    assert np.all(sampled == 1)
