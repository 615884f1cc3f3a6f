"""Outlines against discs and rectangles whose edges are known, and the votes for anterior side and metal."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from vcf_desktop.geometry import polygon_area
from vcf_desktop.inference.segmentation import (
    CONTOUR_POINTS,
    Segmentation,
    Structure,
    anterior_side,
    body_outline,
    foreign_fraction,
)

SIDE = 128
Array = NDArray[np.float64]
Distance = Callable[[Array, Array], Array]
"""Signed distance in px from a shape's edge, positive inside."""


def disc(x0: float, y0: float, radius: float) -> Distance:
    return lambda x, y: radius - np.hypot(x - x0, y - y0)


def rectangle(x0: float, y0: float, width: float, height: float, turn_deg: float) -> Distance:
    cos, sin = math.cos(math.radians(turn_deg)), math.sin(math.radians(turn_deg))

    def distance(x: Array, y: Array) -> Array:
        along = np.abs((x - x0) * cos + (y - y0) * sin)
        across = np.abs((y - y0) * cos - (x - x0) * sin)
        return np.minimum(width / 2 - along, height / 2 - across)

    return distance


def on_pixels(distance: Distance) -> NDArray[np.float32]:
    y, x = np.mgrid[:SIDE, :SIDE] + 0.5
    return distance(x, y).astype(np.float32)


def coverage(distance: Distance, finer: int = 8) -> NDArray[np.float32]:
    """Part of each pixel inside the shape: what a network is trained to answer."""
    y, x = (np.mgrid[: SIDE * finer, : SIDE * finer] + 0.5) / finer
    inside = distance(x, y) > 0
    return inside.reshape(SIDE, finer, SIDE, finer).mean(axis=(1, 3)).astype(np.float32)


def logit(probability: NDArray[np.float32]) -> NDArray[np.float32]:
    clipped = probability.clip(1e-4, 1 - 1e-4)
    return np.log(clipped / (1 - clipped))


DISC = disc(63.7, 65.2, 21.3)


@pytest.mark.parametrize("slope", [0.2, 1.0, 4.0])
def test_that_the_outline_of_a_disc_is_finer_than_a_pixel(slope: float) -> None:
    outline = body_outline(slope * on_pixels(DISC))
    assert outline is not None
    assert outline.shape == (CONTOUR_POINTS, 2)
    assert np.abs(DISC(*outline.T)).max() < 0.05
    assert polygon_area(outline) == pytest.approx(math.pi * 21.3**2, rel=2e-3)


@pytest.mark.parametrize("shape", [DISC, rectangle(64.4, 62.9, 60, 45, 17)])
def test_that_probabilities_that_say_how_much_of_a_pixel_is_bone_give_a_fine_outline(shape: Distance) -> None:
    outline = body_outline(logit(coverage(shape)))
    assert outline is not None
    error = np.abs(shape(*outline.T))
    assert np.quantile(error, 0.95) < 0.1
    assert abs(np.mean(shape(*outline.T))) < 0.02


@pytest.mark.parametrize("turn_deg", [0, 8, 45, 73])
def test_that_the_sides_of_a_turned_rectangle_are_straight(turn_deg: float) -> None:
    shape = rectangle(64.4, 62.9, 60.4, 45.2, turn_deg)
    outline = body_outline(3 * on_pixels(shape))
    assert outline is not None
    # The interpolation between pixels rounds the four corners, by a third of a pixel.
    error = np.abs(shape(*outline.T))
    assert np.quantile(error, 0.9) < 0.02
    assert error.max() < 0.35
    assert polygon_area(outline) == pytest.approx(60.4 * 45.2, rel=3e-3)


def test_that_points_lie_at_equal_distances() -> None:
    outline = body_outline(on_pixels(DISC))
    assert outline is not None
    steps = np.linalg.norm(outline - np.roll(outline, 1, axis=0), axis=1)
    np.testing.assert_allclose(steps, 2 * math.pi * 21.3 / CONTOUR_POINTS, rtol=0.02)


def test_that_the_body_in_the_middle_is_taken_and_not_a_larger_neighbour() -> None:
    both = np.maximum(on_pixels(disc(64, 60, 15)), on_pixels(rectangle(64, 112, 120, 30, 0)))
    outline = body_outline(both)
    assert outline is not None
    assert np.abs(disc(64, 60, 15)(*outline.T)).max() < 0.1


@pytest.mark.parametrize(
    "logits",
    [
        pytest.param(np.full((SIDE, SIDE), -5.0, np.float32), id="nothing"),
        pytest.param(on_pixels(disc(64, 64, 6)), id="a speck"),
        pytest.param(on_pixels(disc(64, 112, 25)), id="only a neighbour"),
    ],
)
def test_that_a_crop_without_a_body_in_its_middle_has_no_outline(logits: NDArray[np.float32]) -> None:
    assert body_outline(logits) is None


def test_that_a_crop_that_is_all_body_is_outlined_at_its_edge() -> None:
    outline = body_outline(np.full((SIDE, SIDE), 5.0, np.float32))
    assert outline is not None
    assert polygon_area(outline) == pytest.approx(SIDE**2, rel=0.02)


def test_that_probabilities_are_those_of_the_logits_even_for_huge_ones() -> None:
    logits = np.array([-1e4, -2.0, 0.0, 3.0, 1e4], np.float32).reshape(1, 1, 1, 5)
    seen = Segmentation(np.zeros((1, 1, 5), np.float32), logits)
    expected = [0.0, 1 / (1 + math.exp(2)), 0.5, 1 / (1 + math.exp(-3)), 1.0]
    np.testing.assert_allclose(seen.probabilities.ravel(), expected, atol=1e-6)


def vertebra(
    *, arch_at: float | None = 110, body: bool = True, metal: Distance | None = None
) -> NDArray[np.float32]:
    """Probabilities (3, S, S) of one crop; posterior elements are a disc at the column ``arch_at``."""
    planes = np.zeros((3, SIDE, SIDE), np.float32)
    if body:
        planes[Structure.BODY] = on_pixels(rectangle(64, 64, 60, 45, 0)) > 0
    if arch_at is not None:
        planes[Structure.POSTERIOR_ELEMENTS] = on_pixels(disc(arch_at, 70, 12)) > 0
    if metal is not None:
        planes[Structure.FOREIGN_MATERIAL] = on_pixels(metal) > 0
    return planes


@pytest.mark.parametrize(("arch_at", "is_left"), [(110, True), (18, False)])
def test_that_the_anterior_side_is_opposite_to_the_posterior_elements(arch_at: float, is_left: bool) -> None:
    side = anterior_side(np.stack([vertebra(arch_at=arch_at)] * 4))
    assert side.is_left is is_left
    assert side.confidence == pytest.approx(1.0)


def test_that_the_majority_decides_and_dissent_costs_confidence() -> None:
    side = anterior_side(np.stack([vertebra()] * 4 + [vertebra(arch_at=18)]))
    assert side.is_left
    assert side.confidence == pytest.approx(0.6)


def test_that_vertebrae_without_posterior_elements_cost_confidence() -> None:
    side = anterior_side(np.stack([vertebra()] + [vertebra(arch_at=None)] * 3))
    assert side.is_left
    assert side.confidence == pytest.approx(0.25)


@pytest.mark.parametrize("crop", [vertebra(arch_at=None), vertebra(body=False)])
def test_that_nothing_to_go_by_means_no_confidence(crop: NDArray[np.float32]) -> None:
    assert anterior_side(np.stack([crop])).confidence == 0.0


def test_that_metal_counts_inside_and_just_around_the_body_only() -> None:
    crops = [
        vertebra(),
        vertebra(metal=disc(64, 64, 10)),
        vertebra(metal=rectangle(64, 64, 300, 300, 0)),
        vertebra(metal=disc(64, 10, 12)),
        vertebra(body=False, metal=rectangle(64, 64, 300, 300, 0)),
    ]
    fractions = foreign_fraction(np.stack(crops))
    assert fractions[[0, 3]].tolist() == [0, 0]
    assert fractions[1] == pytest.approx(math.pi * 100 / (60 * 45), rel=0.3)
    assert fractions[1] < math.pi * 100 / (60 * 45)
    np.testing.assert_allclose(fractions[[2, 4]], 1)
