"""From raw predictions to the boxes of one spine."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from vcf_desktop.geometry import box_iou
from vcf_desktop.inference.detection import SACRUM, VERTEBRA, Detections, decode, spine_chain, suppress

CURVES = {
    "straight": [0.0] * 17,
    # Degrees from vertical of each step down, T1 to S1.
    "standing": [-25, -25, -21, -16, -10, -2, 3, 8, 12, 15, 20, 22, 22, 19, 11, -3, -28],
    "hyperkyphotic": [-65, -60, -52, -40, -27, -12, 3, 17, 28, 35, 38, 36, 28, 18, 8, -5, -30],
    "gibbus": [-15, -15, -12, -10, -5, 0, 0, -25, 10, 20, 20, 15, 10, 5, 0, -10, -30],
    "hyperlordotic": [-15, -12, -10, -5, 0, 5, 10, 15, 18, 20, 25, 30, 30, 25, 10, -20, -52],
}


def detections(boxes: object, scores: object, classes: object) -> Detections:
    return Detections(
        np.asarray(boxes, dtype=np.float64).reshape(-1, 4),
        np.asarray(scores, dtype=np.float64),
        np.asarray(classes, dtype=np.intp),
    )


def joined(*parts: Detections) -> Detections:
    return Detections(
        np.vstack([each.boxes_xyxy for each in parts]),
        np.concatenate([each.scores for each in parts]),
        np.concatenate([each.classes for each in parts]),
    )


def boxes_at(centres: NDArray[np.float64], widths: object, heights: object) -> NDArray[np.float64]:
    halves = np.column_stack(np.broadcast_arrays(widths, heights)).astype(np.float64) / 2.0
    return np.hstack([centres - halves, centres + halves])


def spine(curve: str, score: float = 0.8) -> Detections:
    """Seventeen vertebrae that grow from 16 to 24 px and the sacrum, as upright boxes of tilted bodies."""
    bearing = np.radians(CURVES[curve])
    height = np.linspace(16.0, 24.0, 18)
    pitch = 1.25 * (height[1:] + height[:-1]) / 2.0
    steps = pitch[:, None] * np.column_stack([np.sin(bearing), np.cos(bearing)])
    centres = np.cumsum(np.vstack([[300.0, 50.0], steps]), axis=0)
    tilt = np.abs(np.interp(np.arange(18), np.arange(17) + 0.5, bearing))
    depth = 1.2 * height
    widths = depth * np.cos(tilt) + height * np.sin(tilt)
    heights = depth * np.sin(tilt) + height * np.cos(tilt)
    classes = [VERTEBRA] * 17 + [SACRUM]
    return detections(boxes_at(centres, widths, heights), np.full(18, score), classes)


def found_in(chain_boxes: NDArray[np.float64], candidates: Detections) -> list[int]:
    """Indices of the chain's boxes among the candidates."""
    return [int(np.flatnonzero((candidates.boxes_xyxy == box).all(axis=1))[0]) for box in chain_boxes]


def assert_whole_spine_is_found(candidates: Detections, missing: tuple[int, ...] = ()) -> None:
    """The spine's own boxes are the first of ``candidates``."""
    chain = spine_chain(candidates)
    expected = [index for index in range(17) if index not in missing]
    present = [index - sum(gone < index for gone in missing) for index in expected]
    assert found_in(chain.vertebrae.boxes_xyxy, candidates) == present
    assert chain.sacrum is not None
    assert found_in(chain.sacrum[0][None], candidates) == [17 - len(missing)]


def test_that_decoding_gives_boxes_scores_and_the_likelier_class() -> None:
    predictions = np.array(
        [
            [50, 40, 20, 10, 0.5, 0.8, 0.1],
            [10, 10, 4, 4, 0.9, 0.2, 0.9],
            [10, 10, 4, 4, 0.1, 0.5, 0.1],
            [10, 10, 4, 4, 0.9, 0.1, 0.1],
        ],
        dtype=np.float32,
    )
    kept = decode(predictions, score_threshold=0.2)
    np.testing.assert_allclose(kept.boxes_xyxy, [[8, 8, 12, 12], [40, 35, 60, 45]])
    np.testing.assert_allclose(kept.scores, [0.81, 0.4], rtol=1e-6)
    assert kept.classes.tolist() == [SACRUM, VERTEBRA]


@pytest.mark.parametrize("broken", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("column", range(7))
def test_that_broken_predictions_and_empty_boxes_are_dropped(broken: float, column: int) -> None:
    predictions = np.tile(np.array([50, 40, 20, 10, 0.9, 0.9, 0.1], dtype=np.float32), (3, 1))
    predictions[0, column] = broken
    predictions[1, 3] = 0.0
    assert len(decode(predictions, 0.1)) == 1


def test_that_decoding_nothing_gives_nothing() -> None:
    nothing = decode(np.zeros((12_000, 7), dtype=np.float32), 0.1)
    assert (nothing.boxes_xyxy.shape, nothing.scores.shape, nothing.classes.shape) == ((0, 4), (0,), (0,))
    assert len(suppress(nothing, 0.5)) == 0
    assert spine_chain(nothing).sacrum is None
    assert len(spine_chain(nothing).vertebrae) == 0


def test_that_a_flood_of_predictions_keeps_the_best() -> None:
    random = np.random.default_rng(1)
    predictions = random.uniform(0.5, 1.0, size=(12_000, 7))
    kept = decode(predictions, 0.1)
    scores = predictions[:, 4] * predictions[:, 5:].max(axis=1)
    np.testing.assert_allclose(kept.scores, np.sort(scores)[::-1][: len(kept)])


@given(
    st.lists(
        st.tuples(st.integers(0, 8), st.integers(0, 8), st.integers(1, 6), st.integers(1, 6), st.booleans()),
        max_size=9,
    ),
    st.sampled_from([0.0, 0.2, 0.45, 1.0]),
    st.integers(0, 1000),
)
def test_that_suppression_equals_the_definition(
    boxes: list[tuple[int, int, int, int, bool]], threshold: float, seed: int
) -> None:
    table = np.array([[x, y, x + w, y + h] for x, y, w, h, _ in boxes])
    scores = np.random.default_rng(seed).permutation(len(boxes)) / 10.0
    candidates = detections(table, scores, [kind for *_, kind in boxes])
    # A box stays exactly when no better box that stays overlaps it.
    stays: list[int] = []
    for index in sorted(range(len(boxes)), key=lambda i: -scores[i]):
        if all(box_iou(table[[index]], table[[other]])[0, 0] <= threshold for other in stays):
            stays.append(index)
    kept = suppress(candidates, threshold)
    np.testing.assert_array_equal(kept.boxes_xyxy, candidates.boxes_xyxy[stays])
    np.testing.assert_array_equal(kept.scores, candidates.scores[stays])
    np.testing.assert_array_equal(kept.classes, candidates.classes[stays])


@pytest.mark.parametrize(("sacrum_score", "winner"), [(0.7, SACRUM), (0.5, VERTEBRA)])
def test_that_one_bone_is_either_sacrum_or_vertebra(sacrum_score: float, winner: int) -> None:
    both = detections([[0, 0, 20, 20], [1, 1, 21, 21]], [0.6, sacrum_score], [VERTEBRA, SACRUM])
    assert suppress(both, 0.25).classes.tolist() == [winner]


@pytest.mark.parametrize("curve", CURVES)
def test_that_a_spine_of_any_curve_is_found_whole(curve: str) -> None:
    assert_whole_spine_is_found(spine(curve))


@pytest.mark.parametrize("curve", CURVES)
def test_that_the_order_of_candidates_and_the_shape_of_pixels_do_not_matter(curve: str) -> None:
    candidates = spine(curve)
    shuffled = candidates.take(np.random.default_rng(3).permutation(18))
    expected = spine_chain(candidates)
    assert np.array_equal(spine_chain(shuffled).vertebrae.boxes_xyxy, expected.vertebrae.boxes_xyxy)
    flat_rows = detections(candidates.boxes_xyxy / (1, 2, 1, 2), candidates.scores, candidates.classes)
    assert len(spine_chain(flat_rows, row_to_column=2.0).vertebrae) == 17


@pytest.mark.parametrize("curve", CURVES)
def test_that_weak_boxes_between_strong_ones_are_kept(curve: str) -> None:
    candidates = spine(curve)
    candidates.scores[[3, 7, 8, 14]] = 0.09
    assert_whole_spine_is_found(candidates)


def test_that_a_weak_box_at_the_end_is_not_added() -> None:
    candidates = spine("standing")
    candidates.scores[0] = 0.09
    chain = spine_chain(candidates)
    assert found_in(chain.vertebrae.boxes_xyxy, candidates) == list(range(1, 17))


@pytest.mark.parametrize("curve", CURVES)
def test_that_boxes_on_discs_are_left_out(curve: str) -> None:
    candidates = spine(curve, score=0.6)
    halfway = (candidates.boxes_xyxy[:-1] + candidates.boxes_xyxy[1:]) / 2.0
    on_discs = detections(halfway, np.full(17, 0.5), np.full(17, VERTEBRA))
    assert_whole_spine_is_found(joined(candidates, on_discs))


@pytest.mark.parametrize("curve", CURVES)
def test_that_strong_boxes_off_the_column_are_left_out(curve: str) -> None:
    candidates = spine(curve, score=0.5)
    left, top, right, bottom = (
        candidates.boxes_xyxy[:, 0].min(),
        40.0,
        candidates.boxes_xyxy[:, 2].max(),
        560.0,
    )
    places = np.array([[left - 70, top + 40], [right + 60, 250], [left - 90, 400], [right + 90, bottom]])
    off_column = detections(boxes_at(places, 26.0, 22.0), np.full(4, 0.95), [0, 0, 1, 0])
    assert_whole_spine_is_found(joined(candidates, off_column))


@pytest.mark.parametrize("curve", CURVES)
@pytest.mark.parametrize("missing", [(5,), (9,), (15,), (6, 7), (2, 9, 14)])
def test_that_a_missed_vertebra_does_not_break_the_chain(curve: str, missing: tuple[int, ...]) -> None:
    kept = np.array([index for index in range(18) if index not in missing])
    assert_whole_spine_is_found(spine(curve).take(kept), missing)


def test_that_a_sacrum_is_not_taken_over_a_missed_vertebra() -> None:
    chain = spine_chain(spine("standing").take(np.array([*range(16), 17])))
    assert len(chain.vertebrae) == 16
    assert chain.sacrum is None


def test_that_a_vertebra_below_the_sacrum_does_not_hide_it() -> None:
    candidates = spine("standing")
    second_sacral = candidates.boxes_xyxy[17] + np.tile([-20.0, 22.0], 2)
    assert_whole_spine_is_found(joined(candidates, detections(second_sacral, [0.5], [VERTEBRA])))


def test_that_a_sacrum_at_the_head_or_beside_the_spine_is_no_sacrum() -> None:
    vertebrae = spine("standing").take(np.arange(17))
    above, beside = vertebrae.boxes_xyxy[0] - (0, 25, 0, 25), vertebrae.boxes_xyxy[8] + (60, 0, 60, 0)
    chain = spine_chain(joined(vertebrae, detections([above, beside], [0.9, 0.9], [SACRUM, SACRUM])))
    assert len(chain.vertebrae) == 17
    assert chain.sacrum is None


def test_that_a_severely_crushed_vertebra_stays_in_the_chain() -> None:
    candidates = spine("straight")
    shift = np.zeros((18, 4))
    shift[:11] = (0, 6.0, 0, 6.0)
    shift[11] = (0, 6.0, 0, -6.0)
    shift[12:] = (0, -6.0, 0, -6.0)
    assert_whole_spine_is_found(
        detections(candidates.boxes_xyxy + shift, candidates.scores, candidates.classes)
    )


def test_that_a_film_of_weak_scattered_boxes_has_no_spine() -> None:
    random = np.random.default_rng(4)
    boxes = boxes_at(random.uniform(0, 900, size=(25, 2)), 25.0, 20.0)
    assert len(spine_chain(detections(boxes, np.full(25, 0.15), np.zeros(25))).vertebrae) == 0


def test_that_a_lone_sacrum_is_no_spine() -> None:
    chain = spine_chain(detections([[0, 0, 20, 20]], [0.9], [SACRUM]))
    assert len(chain.vertebrae) == 0
    assert chain.sacrum is None


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(CURVES)), st.integers(0, 10_000))
def test_that_chains_of_noisy_spines_with_drop_outs_go_down_and_hold_most_vertebrae(
    curve: str, seed: int
) -> None:
    random = np.random.default_rng(seed)
    true = spine(curve)
    sizes = np.tile(true.boxes_xyxy[:, 2:] - true.boxes_xyxy[:, :2], 2)
    scores = random.uniform(0.25, 0.95, 18)
    noisy = detections(true.boxes_xyxy + 0.05 * sizes * random.normal(size=(18, 4)), scores, true.classes)
    kept = np.flatnonzero(random.random(18) > 0.05)
    clutter = boxes_at(random.uniform((0, 0), (700, 600), size=(6, 2)), 25.0, 22.0)
    candidates = joined(noisy.take(kept), detections(clutter, random.uniform(0.08, 0.5, 6), np.zeros(6)))
    chain = spine_chain(suppress(candidates, 0.25)).vertebrae
    centre_y = chain.boxes_xyxy[:, 1::2].mean(axis=1)
    assert np.all(np.diff(centre_y) > 0)
    assert (
        box_iou(chain.boxes_xyxy, chain.boxes_xyxy)[np.triu_indices(len(chain), 1)].max(initial=0.0) <= 0.25
    )
    right = set(found_in(chain.boxes_xyxy, candidates)) & set(range(np.count_nonzero(kept < 17)))
    assert len(right) >= 0.7 * np.count_nonzero(kept < 17)


def test_that_of_two_equal_columns_the_better_scored_one_is_the_spine() -> None:
    random = np.random.default_rng(8)
    for _ in range(20):
        centres = np.array([[x, 25.0 * row] for x in (100.0, 160.0) for row in range(4)])
        scores = random.uniform(0.3, 0.9, 8)
        chain = spine_chain(detections(boxes_at(centres, 24.0, 20.0), scores, np.zeros(8)))
        better = max(scores[:4], scores[4:], key=np.sum)
        np.testing.assert_array_equal(chain.vertebrae.scores, better)
