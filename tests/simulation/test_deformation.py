"""Moved endplates and walls: forwards for points, backwards for pixels."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcf_desktop.simulation.deformation import (
    ALONG,
    FADE_MM,
    KNOTS,
    body_edges,
    columns_before,
    endplate_lines,
    endplates_moved,
    tent,
    through_three,
    walls_moved,
)
from vcf_desktop.simulation.parametric import parametric_anatomy
from vcf_desktop.spine import VertebraLevel

ANATOMY = parametric_anatomy(poses_deg=((0.0, 0.0),), pixel_mm=2.0)
"""Not a fixture: hypothesis would print its maps with every failing example."""
VERTEBRA = ANATOMY.vertebrae[VertebraLevel.T12]
MM = st.floats(-2.5, 2.5)


@given(values=st.tuples(MM, MM, MM))
def test_that_a_parabola_goes_through_its_three_values(values: tuple[float, float, float]) -> None:
    curve = through_three(np.array(values))
    np.testing.assert_allclose(curve[[0, KNOTS // 2, -1]], values, atol=1e-12)
    # The third difference of a parabola is none.
    np.testing.assert_allclose(np.diff(curve, 3), 0, atol=1e-12)


def test_that_a_tent_peaks_at_its_middle() -> None:
    np.testing.assert_allclose(tent(0.5, 0.25), np.maximum(1 - 4 * np.abs(ALONG - 0.5), 0))


@given(anchors=st.lists(MM, min_size=6, max_size=6))
def test_that_points_on_the_endplates_move_by_the_displacements(anchors: list[float]) -> None:
    front, back = body_edges(VERTEBRA)
    x = np.array([front, (front + back) / 2, back])
    upper, lower = endplate_lines(VERTEBRA, np.zeros((2, 3)), x)
    on_lines = np.column_stack([np.tile(x, 2), np.concatenate([upper, lower])])
    moved = endplates_moved(on_lines, VERTEBRA, np.reshape(anchors, (2, 3)))
    np.testing.assert_allclose(moved - on_lines, np.column_stack([np.zeros(6), anchors]), atol=1e-9)


def test_that_bone_beyond_the_endplates_moves_rigidly() -> None:
    anchors = through_three(np.array([[3.0, 4.0, 1.0], [-1.0, 0.0, 0.0]]))
    front, back = body_edges(VERTEBRA)
    x = np.full(4, front + 0.3 * (back - front))
    upper, lower = endplate_lines(VERTEBRA, np.zeros((2, 2)), x)
    new_upper, new_lower = endplate_lines(VERTEBRA, anchors, x)
    beyond = np.array([0.0, 1.0, 2.0, 5.0])
    above, below = np.column_stack([x, upper - beyond]), np.column_stack([x, lower + beyond])
    np.testing.assert_allclose(
        endplates_moved(above, VERTEBRA, anchors)[:, 1] - above[:, 1], new_upper - upper, atol=1e-9
    )
    np.testing.assert_allclose(
        endplates_moved(below, VERTEBRA, anchors)[:, 1] - below[:, 1], new_lower - lower, atol=1e-9
    )


def test_that_the_arch_keeps_its_shape() -> None:
    behind = body_edges(VERTEBRA)[1] + FADE_MM + 0.5
    arch = np.column_stack([np.linspace(behind, behind + 40, 9), np.linspace(-30, 30, 9)])
    anchors = np.array([[8.0, 6.0, 3.0], [-2.0, -2.0, -1.0]])
    walls = np.stack([np.full(KNOTS, 3.0), np.full(KNOTS, 4.0)])
    np.testing.assert_allclose(endplates_moved(arch, VERTEBRA, anchors), arch, atol=1e-9)
    np.testing.assert_allclose(walls_moved(arch, VERTEBRA, anchors, walls), arch, atol=1e-9)


def test_that_walls_move_outwards() -> None:
    front, back = body_edges(VERTEBRA)
    walls = np.stack([np.full(KNOTS, 2.0), np.full(KNOTS, 3.0)])
    points = np.array([[front, 0.0], [back, 0.0], [front - 5.0, 0.0], [(front + back) / 2, 0.0]])
    moved = walls_moved(points, VERTEBRA, np.zeros((2, KNOTS)), walls)
    np.testing.assert_allclose(moved[:, 0] - points[:, 0], [-2.0, 3.0, -2.0, 0.5], atol=1e-9)


@given(
    buckle=st.floats(-2, 4),
    bulge=st.floats(-2, 5),
    at=st.floats(0, 1),
    anchors=st.lists(MM, min_size=6, max_size=6),
)
def test_that_pixels_come_from_where_points_went(
    buckle: float, bulge: float, at: float, anchors: list[float]
) -> None:
    endplates = through_three(np.reshape(anchors, (2, 3)))
    walls = np.stack([buckle * tent(at, 0.4), bulge * tent(at, 0.3)])
    front, back = body_edges(VERTEBRA)
    x = np.linspace(front - 12, back + 25, 60)
    for y in (-8.0, 0.0, 7.5):
        there = walls_moved(np.column_stack([x, np.full_like(x, y)]), VERTEBRA, endplates, walls)
        back_again = columns_before(there[:, 0], np.full_like(x, y), VERTEBRA, endplates, walls)
        np.testing.assert_allclose(back_again, x, atol=1e-6)
        assert (np.diff(there[:, 0]) > 0).all()


def test_that_a_column_of_pixels_may_be_asked_row_by_row() -> None:
    walls = np.stack([2 * tent(0.3, 0.3), tent(0.5, 0.5)])
    x, y = np.linspace(-30, 40, 8), np.linspace(-10, 10, 5)[:, None]
    together = columns_before(x, y, VERTEBRA, np.zeros((2, KNOTS)), walls)
    alone = [
        columns_before(x, np.full_like(x, row), VERTEBRA, np.zeros((2, KNOTS)), walls) for row in y[:, 0]
    ]
    assert together.shape == (5, 8)
    np.testing.assert_allclose(together, alone, atol=1e-9)
    assert together == pytest.approx(np.array(alone))
