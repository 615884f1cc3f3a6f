"""Names for the vertebrae of a chain, with how sure they are.

On a lateral film one counts up from the sacrum, or says "level assumed". Where the sacrum is not seen, the
shape of the spine still tells something: thin discs, wedged bodies and kyphosis in the chest; thick discs,
bodies higher in front and lordosis in the loin. Both enter one posterior over the one unknown, which level
the lowest vertebra is. With exact points of healthy spines the shape alone is right to one level for four in
five chains of seven and for all of seventeen; with a sacrum below, the lowest is nearly always named L5.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vcf_desktop.grading import level_norm
from vcf_desktop.spine import REGULAR_LEVELS, VertebraLevel

_LEVELS = (VertebraLevel.C7, *REGULAR_LEVELS)
_L5 = len(_LEVELS) - 1

_WEDGE = np.array([level_norm(level).wedge for level in _LEVELS])
_LOG_HEIGHT = np.log([level_norm(level).posterior_height_mm for level in _LEVELS])

_DISC_TO_HEIGHT = np.array(
    [
        *(0.28, 0.24, 0.22, 0.21),
        *(0.214, 0.197, 0.196, 0.210, 0.223, 0.236, 0.248, 0.251, 0.293),
        *(0.30, 0.33, 0.375, 0.405),
    ]
)
"""Disc below each level from C7 to L4 over Hp, rim to rim. T4-T12: 100 chest CTs ("Anchor-free Genant").
L1-L4: middle of the ranges of 10.1186/s13018-018-0737-x over Hp of Panjabi et al. 1992, less 0.06 for the
hollows of the endplates. C7-T3: estimated."""

_KYPHOSIS_DEG = np.array([-3, 2, 2, 3, 5, 5, 7, 5, 3, 2, 2, 3, 1, -1, -4, -9, -19], dtype=np.float64)
"""Turn from each level C7 to L4 to the next, kyphosis positive. T4-L2: tilts of the same CTs; T1-T12 40 deg
and T12-S1 60 deg, of which L4-L5 20 and L5-S1 28, standing (AO Surgery Reference); the rest lies between."""

_WEDGE_SPREAD = 0.07
_DISC_SPREAD = 0.07
_HEIGHT_SPREAD = 0.08
_KYPHOSIS_SPREAD_DEG = 7.0
"""SDs, widened from the .05, .055, .06 and 4 of healthy people by the error of the points."""

_MAX_DEVIATION = 3.0
"""A fracture, a worn disc or a bad outline says "unusual", not "any level but this one"."""

_SHARED_DEVIATION = 0.5
"""Part of the log likelihood that counts: deviations within one person go together (a flat back, thin
discs), so the vertebrae are not independent witnesses."""

_UNUSUAL = 0.1
_USUAL_LOWEST = _LEVELS.index(VertebraLevel.T9)
"""Prior weight, against 1, of a chain that ends above T9, as films of chest or loin rarely do, and of one
that begins with C7, which the detector is not taught."""

_ROOM_PITCHES = 2.0
_UNSEEN_BELOW = np.array([0.04] * (_L5 - 1) + [0.15, 1.0])
"""Prior weight of each lowest level where the film goes on for so many spacings below it and shows no further
vertebra: mostly the spine ends there; now and then one or two more were missed under a dense abdomen."""

_PITCH_TO_HEIGHT = 1.27
_PITCH_SPREAD = 0.15
_MAX_STEP = 3
"""Distance of neighbouring centres over Hp (1.2 in the chest, 1.35 in the loin), its log SD, and the longest
step: two vertebrae missed in a row."""


@dataclass(frozen=True)
class LevelNaming:
    """Names of the vertebrae of one chain, top to bottom.

    Attributes:
        levels: strictly downwards but for vertebrae above C7, which there are no names for: they repeat C7.
        confidences: probability in [0, 1] that each name is right; 0 for a repeated C7.
        assumed: True where the names do not rest on a sacrum, so that the reader must be told.
    """

    levels: tuple[VertebraLevel, ...]
    confidences: tuple[float, ...]
    assumed: bool


def name_levels(
    points_xy: ArrayLike,
    sacrum_score: float | None,
    row_to_column: float = 1.0,
    bottom_row: float = 0.0,
) -> LevelNaming:
    """Name the vertebrae of a chain; T13 and L6 are never named.

    Where two neighbouring centres are about twice as far apart as they should be, a name is left out. With
    more than eighteen places, C7 to L5, the lowest is L5.

    Args:
        points_xy: (N, 6, 2) px, top to bottom, in the order of :data:`vcf_desktop.geometry.SIX_POINTS`.
        sacrum_score: score in [0, 1] of a first sacral segment found right below the lowest, None without.
        row_to_column: height of a pixel divided by its width.
        bottom_row: lower edge of the film's picture in px; 0 where it is not known.
    """
    points = np.asarray(points_xy, dtype=np.float64).reshape(-1, 6, 2) * (1.0, row_to_column)
    if len(points) == 0:
        return LevelNaming((), (), assumed=sacrum_score is None)
    above_lowest, certainty = _places(points)
    height = float(_posterior_heights(points)[-1])
    room = bottom_row * row_to_column - float(points[-1, :, 1].mean())
    open_below = room > _ROOM_PITCHES * _PITCH_TO_HEIGHT * height
    posterior = _posterior(points, above_lowest, sacrum_score, open_below)
    lowest = int(np.argmax(posterior))
    places = lowest - above_lowest
    return LevelNaming(
        tuple(_LEVELS[max(place, 0)] for place in places),
        tuple(float(posterior[lowest] * sure) for sure in np.where(places >= 0, certainty, 0.0)),
        assumed=sacrum_score is None or lowest != _L5,
    )


def _places(points: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """How many places above the lowest each vertebra lies, and the probability of that, both (N,)."""
    centres = points[:, [0, 2, 3, 5]].mean(axis=1)
    heights = _posterior_heights(points)
    pitch = _PITCH_TO_HEIGHT * (heights[1:] + heights[:-1]) / 2.0
    spacing = np.linalg.norm(np.diff(centres, axis=0), axis=1) / pitch
    deviation = np.log(spacing[:, None] / np.arange(1, _MAX_STEP + 1)) / _PITCH_SPREAD
    # Relative to the best, so that a far outlier does not leave only zeros.
    likelihood = np.exp(-(deviation**2 - (deviation**2).min(axis=1, keepdims=True)) / 2.0)
    steps = 1 + np.argmax(likelihood, axis=1)
    certainty = likelihood.max(axis=1) / likelihood.sum(axis=1)
    return (
        np.append(np.cumsum(steps[::-1])[::-1], 0),
        np.append(np.cumprod(certainty[::-1])[::-1], 1.0),
    )


def _posterior(
    points: NDArray[np.float64],
    above_lowest: NDArray[np.intp],
    sacrum_score: float | None,
    open_below: bool,
) -> NDArray[np.float64]:
    """Probability (18,) that the lowest vertebra is each of C7 to L5."""
    prior = np.where(np.arange(len(_LEVELS)) < _USUAL_LOWEST, _UNUSUAL, 1.0)
    if open_below:
        prior *= _UNSEEN_BELOW
    # A chain longer than the names can only end at L5.
    under_c7 = min(int(above_lowest[0]), _L5)
    prior[:under_c7] = 0.0
    prior[under_c7] *= _UNUSUAL
    prior /= prior.sum()
    if sacrum_score is not None:
        # The chain has already tested that it lies where a sacrum can be: it is false only by two errors.
        false = (1.0 - sacrum_score) ** 2
        prior *= false
        prior[_L5] += 1.0 - false
    log_likelihood = _log_likelihood(points, above_lowest)
    posterior = prior * np.exp(log_likelihood - log_likelihood[prior > 0.0].max())
    return np.asarray(posterior / posterior.sum())


def _log_likelihood(points: NDArray[np.float64], above_lowest: NDArray[np.intp]) -> NDArray[np.float64]:
    """Of the shape of a spine, for each level (18,) that its lowest vertebra may be."""
    places = np.maximum(np.arange(len(_LEVELS))[:, None] - above_lowest, 0)
    posterior = _posterior_heights(points)
    anterior = np.linalg.norm(points[:, 0] - points[:, 3], axis=1)
    wedge = anterior / posterior - _WEDGE[places]
    # Heights are compared up to one scale for the whole spine.
    height = np.log(posterior) - _LOG_HEIGHT[places]
    height -= np.median(height, axis=1, keepdims=True)

    upper = np.flatnonzero(np.diff(above_lowest) == -1)
    below, above = points[:, [3, 5]].mean(axis=1), points[:, [0, 2]].mean(axis=1)
    gap = np.linalg.norm(above[upper + 1] - below[upper], axis=1) / posterior[upper]
    at = places[:, upper]
    disc = gap - _DISC_TO_HEIGHT[at]
    turn = _kyphosis_deg(points)[upper] - _KYPHOSIS_DEG[at]

    deviations = np.hstack(
        [
            wedge / _WEDGE_SPREAD,
            height / _HEIGHT_SPREAD,
            disc / _DISC_SPREAD,
            turn / _KYPHOSIS_SPREAD_DEG,
        ]
    )
    bounded = np.minimum(np.abs(deviations), _MAX_DEVIATION)
    return np.asarray(-_SHARED_DEVIATION / 2.0 * (bounded**2).sum(axis=1))


def _posterior_heights(points: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.linalg.norm(points[:, 2] - points[:, 5], axis=1))


def _kyphosis_deg(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn (N - 1,) from each vertebra to the next, positive in kyphosis, whichever way the film faces."""
    anterior = points[:, [0, 3]].sum(axis=1) - points[:, [2, 5]].sum(axis=1)
    superior = points[:, [0, 2]].sum(axis=1) - points[:, [3, 5]].sum(axis=1)
    facing = np.sign(np.sum(anterior[:, 0] * superior[:, 1] - anterior[:, 1] * superior[:, 0]))
    upper, lower = anterior[:-1], anterior[1:]
    cross = upper[:, 0] * lower[:, 1] - upper[:, 1] * lower[:, 0]
    return np.asarray(facing * np.degrees(np.arctan2(cross, (upper * lower).sum(axis=1))))
