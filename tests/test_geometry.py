"""Boxes, outlines, the six points and the heights."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from vcf_desktop.geometry import (
    SIX_POINTS,
    box_beside,
    box_iou,
    facing,
    measure_heights,
    polygon_area,
    resample_contour,
    six_points,
    vertebral_depth,
)

HEAD = np.array([0.0, -1.0])
BELLY = np.array([-1.0, 0.0])

SHAPES = {
    "normal": {"front": 32.0, "back": 34.0},
    "wedge": {"front": 15.0, "back": 34.0},
    "severe wedge": {"front": 10.0, "back": 34.0, "radius": 2.0},
    "biconcave": {"front": 32.0, "back": 34.0, "concavity": 8.0},
    "crush": {"front": 14.0, "back": 15.0},
    "flat crush": {"front": 9.0, "back": 9.0, "radius": 2.0, "concavity": 1.0, "waist": 0.5},
    "lower lumbar": {"front": 36.0, "back": 30.0},
    "tall": {"front": 34.0, "back": 34.0, "depth": 28.0},
    "very round": {"front": 32.0, "back": 34.0, "radius": 8.0},
}


def quadrilateral(front: float, back: float, depth: float = 46.0) -> NDArray[np.float64]:
    """Front top, back top, back bottom, front bottom; all the wedging is in the upper endplate."""
    return np.array([[-depth, back - 2 * front], [depth, -back], [depth, back], [-depth, back]]) / 2.0


def body_outline(
    front: float,
    back: float,
    *,
    depth: float = 46.0,
    radius: float = 3.0,
    concavity: float = 2.0,
    waist: float = 2.0,
) -> NDArray[np.float64]:
    """A body that faces left: a quadrilateral with rounded corners, hollow endplates and a waist."""
    corners = quadrilateral(front, back, depth)
    outline = []
    for corner, before, after in zip(
        corners, np.roll(corners, 1, axis=0), np.roll(corners, -1, axis=0), strict=True
    ):
        to_before = (before - corner) / np.linalg.norm(before - corner)
        to_after = (after - corner) / np.linalg.norm(after - corner)
        half_angle = np.arccos(to_before @ to_after) / 2.0
        inward = (to_before + to_after) / np.linalg.norm(to_before + to_after)
        centre = corner + inward * radius / np.sin(half_angle)
        turns = np.linspace(-1.0, 1.0, 40) * (np.pi / 2.0 - half_angle)
        # The corners go clockwise on screen, so the normals of a rounding turn by the screen's angle.
        bearing = np.arctan2(-inward[1], -inward[0]) + turns
        outline.append(centre + radius * np.column_stack([np.cos(bearing), np.sin(bearing)]))
    x, y = resample_contour(np.vstack(outline), 400).T
    across = np.clip(1.0 - (2.0 * x / depth) ** 2, 0.0, None)
    along = np.clip(1.0 - (2.0 * y / min(front, back)) ** 2, 0.0, None)
    middle = np.interp(x, [-depth / 2, depth / 2], [(back - front) / 2.0, 0.0])
    hollow = np.where(y < middle, concavity, -concavity) * across
    return np.column_stack([x * (1.0 - 2.0 * waist / depth * along), y + hollow])


def rotation(angle_deg: float) -> NDArray[np.float64]:
    angle = np.radians(angle_deg)
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def brute_force_iou(a: NDArray[np.int_], b: NDArray[np.int_]) -> float:
    """Count the unit cells of two boxes with whole coordinates."""
    cells = [{(x, y) for x in range(box[0], box[2]) for y in range(box[1], box[3])} for box in (a, b)]
    union = len(cells[0] | cells[1])
    return len(cells[0] & cells[1]) / union if union else 0.0


@given(st.lists(st.tuples(*[st.integers(0, 6)] * 4), min_size=2, max_size=6))
def test_that_iou_equals_counting_cells(boxes: list[tuple[int, int, int, int]]) -> None:
    overlaps = box_iou(boxes, boxes[1:])
    expected = [[brute_force_iou(np.array(a), np.array(b)) for b in boxes[1:]] for a in boxes]
    np.testing.assert_allclose(overlaps, expected, atol=1e-12)


def test_that_iou_of_no_boxes_is_an_empty_table() -> None:
    assert box_iou(np.empty((0, 4)), [[0, 0, 1, 1]]).shape == (0, 1)


def test_that_the_area_of_a_disc_far_from_the_origin_is_exact() -> None:
    angles = np.linspace(0.0, 2.0 * np.pi, 2000, endpoint=False)
    disc = 1e6 + 5.0 * np.column_stack([np.cos(angles), np.sin(angles)])
    inscribed = 0.5 * 2000 * 25.0 * np.sin(2.0 * np.pi / 2000)
    assert polygon_area(disc) == pytest.approx(inscribed, rel=1e-6)
    assert polygon_area(disc[::-1]) == pytest.approx(inscribed, rel=1e-6)


def test_that_a_resampled_square_has_its_points_at_equal_distances() -> None:
    square = [[0, 0], [4, 0], [4, 4], [0, 4]]
    expected = [[0, 0], [2, 0], [4, 0], [4, 2], [4, 4], [2, 4], [0, 4], [0, 2]]
    np.testing.assert_allclose(resample_contour(square, 8), expected, atol=1e-12)


@pytest.mark.parametrize("front", [34.0, 22.0, 12.0])
def test_that_the_corners_of_a_sharp_body_are_found(front: float) -> None:
    corners = quadrilateral(front, 34.0)
    points = six_points(corners, HEAD, BELLY)
    np.testing.assert_allclose(points[[0, 2, 5, 3]], corners, atol=0.5)
    # Against the closed form of the intersection: halfway along straight endplates.
    np.testing.assert_allclose(points[1], corners[:2].mean(axis=0), atol=0.3)
    np.testing.assert_allclose(points[4], corners[2:].mean(axis=0), atol=0.3)


def test_that_a_rounded_corner_is_the_middle_of_its_rounding() -> None:
    radius = 5.0
    outline = body_outline(34.0, 34.0, radius=radius, concavity=0.0, waist=0.0)
    expected = quadrilateral(34.0, 34.0) * (1 - radius * (1 - np.sqrt(0.5)) / np.array([23.0, 17.0]))
    np.testing.assert_allclose(six_points(outline, HEAD, BELLY)[[0, 2, 5, 3]], expected, atol=0.1)


@pytest.mark.parametrize("shape", SHAPES)
def test_that_heights_are_those_the_body_was_made_with(shape: str) -> None:
    made = {"radius": 3.0, "concavity": 2.0} | SHAPES[shape]
    heights = measure_heights(six_points(body_outline(**SHAPES[shape]), HEAD, BELLY))
    lost_to_rounding = 2.0 * made["radius"] + 1.0
    assert made["front"] - lost_to_rounding < heights.anterior <= made["front"] + 0.1
    assert made["back"] - lost_to_rounding < heights.posterior <= made["back"] + 0.1
    middle = (made["front"] + made["back"]) / 2.0 - 2.0 * made["concavity"]
    assert heights.middle == pytest.approx(middle, abs=1.0)


@settings(max_examples=60, deadline=None)
@given(
    shape=st.sampled_from(sorted(SHAPES)),
    turn_deg=st.floats(-180.0, 180.0),
    head_error_deg=st.floats(-25.0, 25.0),
    belly_error_deg=st.floats(-25.0, 25.0),
    mirrored=st.booleans(),
    scale=st.floats(0.3, 8.0),
    shift=st.tuples(st.floats(-2000.0, 4000.0), st.floats(-2000.0, 4000.0)),
)
def test_that_the_six_points_move_with_the_body_and_not_with_the_given_directions(
    *,
    shape: str,
    turn_deg: float,
    head_error_deg: float,
    belly_error_deg: float,
    mirrored: bool,
    scale: float,
    shift: tuple[float, float],
) -> None:
    outline = body_outline(**SHAPES[shape])
    moved = scale * rotation(turn_deg) @ np.diag([-1.0 if mirrored else 1.0, 1.0])
    points = six_points(
        outline @ moved.T + shift,
        rotation(head_error_deg) @ moved @ HEAD,
        rotation(belly_error_deg) @ moved @ BELLY,
    )
    expected = six_points(outline, HEAD, BELLY) @ moved.T + shift
    # 0.4 px on a body of 46 px where the directions lead to another start on a very round corner.
    np.testing.assert_allclose(points, expected, atol=0.4 * scale)


@pytest.mark.parametrize("shape", SHAPES)
def test_that_the_start_and_the_sense_of_an_outline_do_not_matter(shape: str) -> None:
    outline = body_outline(**SHAPES[shape])
    expected = six_points(outline, HEAD, BELLY)
    np.testing.assert_allclose(six_points(np.roll(outline, 137, axis=0), HEAD, BELLY), expected, atol=0.2)
    np.testing.assert_allclose(six_points(outline[::-1], HEAD, BELLY), expected, atol=0.2)


@pytest.mark.parametrize("shape", SHAPES)
def test_that_all_six_points_lie_on_the_outline(shape: str) -> None:
    outline = body_outline(**SHAPES[shape])
    dense = resample_contour(outline, 20_000)
    for name, point in zip(SIX_POINTS, six_points(outline, HEAD, BELLY), strict=True):
        assert np.linalg.norm(dense - point, axis=1).min() < 0.1, name


@pytest.mark.parametrize("shape", SHAPES)
def test_that_heights_bear_the_noise_of_an_outline(shape: str) -> None:
    outline = body_outline(**SHAPES[shape])
    edges = np.roll(outline, -1, axis=0) - np.roll(outline, 1, axis=0)
    normals = np.column_stack([edges[:, 1], -edges[:, 0]]) / np.linalg.norm(edges, axis=1, keepdims=True)
    random = np.random.default_rng(5)
    measured = []
    for _ in range(30):
        waves = np.fft.irfft(random.normal(size=(2, 40)).T @ [1, 1j] * np.exp(-np.arange(40) / 15.0), 400)
        noisy = outline + normals * (0.4 * waves / waves.std())[:, None]
        heights = measure_heights(six_points(noisy, HEAD, BELLY))
        measured.append([heights.anterior, heights.middle, heights.posterior])
    # Two independent ends of a height have 0.57 px together; rounded corners add a little.
    assert np.std(measured, axis=0).max() < 1.0


def test_that_an_osteophyte_in_front_changes_the_anterior_height_little() -> None:
    outline = body_outline(32.0, 34.0)
    plain = measure_heights(six_points(outline, HEAD, BELLY))
    from_rim = np.linalg.norm(outline - [-22.0, -13.0], axis=1)
    beaked = outline + np.outer(4.0 * np.exp(-((from_rim / 3.0) ** 2)), BELLY)
    beak = measure_heights(six_points(beaked, HEAD, BELLY))
    assert beak.anterior == pytest.approx(plain.anterior, rel=0.12)
    assert beak.posterior == pytest.approx(plain.posterior, rel=0.02)


@pytest.mark.parametrize(
    "outline",
    [
        np.empty((0, 2)),
        [[0, 0], [1, 1]],
        [[3, 3]] * 8,
        [[0, 0], [1, 1], [2, 2], [5, 5]],
        [[0, 0], [1, 0], [np.nan, 1]],
    ],
    ids=["nothing", "two points", "one spot", "a line", "not a number"],
)
def test_that_an_outline_without_area_is_refused(outline: NDArray[np.float64]) -> None:
    with pytest.raises(ValueError, match="outline"):
        six_points(outline, HEAD, BELLY)


def test_that_parallel_directions_are_refused() -> None:
    with pytest.raises(ValueError, match="parallel"):
        six_points(body_outline(32.0, 34.0), HEAD, -HEAD)


def test_that_heights_and_depth_allow_for_pixels_that_are_not_square() -> None:
    # Rows twice as far apart as columns: 3 columns and 2 rows make a distance of 5.
    top = np.array([[0.0, 0.0], [20.0, 0.0], [40.0, 0.0]])
    points = np.vstack([top, top + np.array([[3.0, 2.0], [0.0, 5.0], [0.0, 10.0]])])
    heights = measure_heights(points, row_to_column=2.0)
    assert (heights.anterior, heights.middle, heights.posterior) == pytest.approx((5.0, 10.0, 20.0))
    assert measure_heights(points, 2.0, column_mm=0.25).posterior == pytest.approx(5.0)
    lower = np.hypot(37.0, 2.0 * 8.0)
    assert vertebral_depth(points, row_to_column=2.0) == pytest.approx((40.0 + lower) / 2.0)


def facing_body(anterior_x: float, posterior_x: float, top: float = 0.0) -> NDArray[np.float64]:
    xs = np.linspace(anterior_x, posterior_x, 3)
    return np.array([(x, y) for y in (top, top + 40.0) for x in xs])


LEFT, RIGHT = facing_body(0, 60), facing_body(60, 0)


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        ([], 0.0),
        ([LEFT], 1.0),
        ([RIGHT], -1.0),
        ([LEFT, LEFT, RIGHT], 1 / 3),
        ([LEFT, RIGHT], 0.0),
        ([facing_body(30, 30)], 0.0),
        ([facing_body(0, 200), RIGHT, RIGHT], -1 / 3),  # each counts once, however deep it is
    ],
)
def test_that_a_spine_looks_where_most_of_its_vertebrae_do(
    bodies: list[NDArray[np.float64]], expected: float
) -> None:
    assert facing(np.array(bodies).reshape(-1, 6, 2)) == pytest.approx(expected)


Box = tuple[float, float, float, float]


@pytest.mark.parametrize(
    ("after", "before", "down", "middle"),
    [
        (None, None, True, (50, 200)),  # a body and its disc further down
        (None, None, False, (50, 0)),
        (None, (60, -40, 100, 40), True, (20, 200)),  # as the spine runs
        ((0, 260, 80, 340), None, True, (45, 200)),  # half-way across a gap
        ((0, 370, 80, 450), None, True, (46 + 2 / 3, 203 + 1 / 3)),  # the first of two places
        ((0, 160, 80, 240), None, True, None),  # the neighbour is there
    ],
)
def test_that_a_missed_vertebra_is_looked_for_in_the_first_empty_place(
    after: tuple[float, ...] | None,
    before: tuple[float, ...] | None,
    down: bool,
    middle: tuple[float, ...] | None,
) -> None:
    box = box_beside((10, 60, 90, 140), after, before, down)
    if middle is None:
        assert box is None
    else:
        assert box is not None
        assert (box[:2] + box[2:]) / 2 == pytest.approx(middle)
        assert box[2:] - box[:2] == pytest.approx((80, 80))
