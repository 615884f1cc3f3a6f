"""From measured heights to a Genant grade and type.

Genant's grades are about the worst of the anterior, middle and posterior height (Genant et al., J Bone Miner
Res 1993;8:1137). What a height should be comes from two sources: the vertebra's own posterior height, and the
posterior heights of its neighbours where a crush has taken its own. Unfractured vertebrae are no rectangles,
so both are scaled by the norms of the level: in 100 chest CTs 17 % of all vertebrae had one height 20 % below
another, far more than were fractured ("Anchor-free Genant", neuro-ml).
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vcf_desktop.geometry import Heights
from vcf_desktop.spine import REGULAR_LEVELS, Deformity, Grade, Ratios, VertebraLevel

MILD_LOSS = 0.20
MODERATE_LOSS = 0.25
SEVERE_LOSS = 0.40
"""Loss of height from which a grade begins. Genant et al. give 20-25, 26-40 and over 40 %; what this leaves
open is fixed so that each boundary belongs to the higher grade."""

NEIGHBOUR_PLACES = 2
"""How many levels up and down a vertebra is compared with: four neighbours, so that the median stands when
one of them is fractured itself."""

_ROUNDING = 1e-9
"""1 - 0.8 is a little less than 0.2 in binary."""


@dataclass(frozen=True)
class LevelNorm:
    """What an unfractured vertebra of one level measures on film.

    Attributes:
        wedge: mean Ha/Hp.
        biconcave: mean Hm/Hp.
        posterior_height_mm: mean Hp; only the proportions between levels are used.
    """

    wedge: float
    biconcave: float
    posterior_height_mm: float


@dataclass(frozen=True)
class Morphometry:
    """Grade and type of one vertebra by measurement.

    Attributes:
        ratios: Ha/Hp, Hm/Hp and Hp/neighbours as measured, not divided by norms.
        loss: largest loss of anterior, middle or posterior height in [0, 1].
        grade: Genant grade of ``loss``.
        deformity: predominant type, NONE where the grade is NON.
    """

    ratios: Ratios
    loss: float
    grade: Grade
    deformity: Deformity


# Position along the spine, 0 for T1 and 16 for L5; a supernumerary T13 lies between its neighbours.
_PLACES: dict[VertebraLevel, float] = {
    **{level: float(place) for place, level in enumerate(REGULAR_LEVELS)},
    VertebraLevel.C7: -1.0,
    VertebraLevel.T13: 11.5,
    VertebraLevel.L6: 17.0,
    VertebraLevel.S1: 18.0,
}

# Ha/Hp. T5-T8, T12, L1, L3 and L5: means of corner annotations on lateral films. T4: CT, readers' annotations
# published with "Anchor-free Genant" (film and CT agree at T5). Between them linear; T1-T3 continue the step
# from T4 to T5.
_WEDGE_ANCHORS = {
    VertebraLevel.T1: 0.985,
    VertebraLevel.T4: 0.94,
    VertebraLevel.T5: 0.925,
    VertebraLevel.T8: 0.925,
    VertebraLevel.T12: 0.97,
    VertebraLevel.L1: 0.96,
    VertebraLevel.L3: 1.04,
    VertebraLevel.L5: 1.16,
}

# Hm/Hp on film: 0.937 at L3 (PubMed 10091205), 0.93-0.95 elsewhere.
_BICONCAVE = 0.94

# Mean posterior heights T4-L5, Panjabi et al., Spine 1991;16:888 (thoracic) and 1992;17:299 (lumbar). T1-T3
# continue upwards from T4 by 0.5 mm a level.
_POSTERIOR_HEIGHTS_MM = (
    *(14.7, 15.2, 15.7, 16.2, 16.2, 17.4, 18.2, 18.7, 19.3, 20.2, 21.3, 22.7),
    *(23.8, 24.3, 23.8, 24.1, 22.9),
)


def _norms() -> tuple[LevelNorm, ...]:
    anchors = [_PLACES[level] for level in _WEDGE_ANCHORS]
    wedges = np.interp(range(len(REGULAR_LEVELS)), anchors, list(_WEDGE_ANCHORS.values()))
    # Endplates span from the back to a front that is higher from L3 down, so the middle is higher too: with
    # the norm of the other levels a biconcave L5 would seem half as deep as it is.
    return tuple(
        LevelNorm(float(wedge), float(_BICONCAVE * max(1.0, (1.0 + wedge) / 2.0)), height)
        for wedge, height in zip(wedges, _POSTERIOR_HEIGHTS_MM, strict=True)
    )


_NORMS = _norms()


def level_norm(level: VertebraLevel) -> LevelNorm:
    """Norm of a level; C7 takes T1's, T13 takes T12's, L6 and S1 take L5's."""
    return _NORMS[int(np.clip(_PLACES[level], 0, len(_NORMS) - 1))]


def grade_of_loss(loss: float) -> Grade:
    """Genant grade of a loss of height in [0, 1]: from 0.20 mild, from 0.25 moderate, from 0.40 severe."""
    starts = (MILD_LOSS, MODERATE_LOSS, SEVERE_LOSS)
    return Grade(sum(loss >= start - _ROUNDING for start in starts))


def height_ratios(levels: Sequence[VertebraLevel], heights: Sequence[Heights]) -> tuple[Ratios, ...]:
    """The three ratios of every vertebra.

    ``crush`` is Hp over the Hp expected from the neighbours. Neighbours are the measured vertebrae at most
    two levels away by name, so a missed vertebra leaves a gap and brings none nearer. Each neighbour's Hp is
    scaled by the norms of the two levels, and the median of these is what is expected. It is None where no
    vertebra within two levels was measured.

    Args:
        levels: level of each vertebra, in any order.
        heights: its heights, all in the same unit.

    Raises:
        ValueError: a posterior height is not positive, or the lengths differ.
    """
    if any(measured.posterior <= 0.0 for measured in heights):
        raise ValueError("a posterior height must be positive")
    vertebrae = list(zip(levels, heights, strict=True))
    ratios = []
    for index, (level, own) in enumerate(vertebrae):
        norm = level_norm(level)
        expected = [
            other.posterior * norm.posterior_height_mm / level_norm(other_level).posterior_height_mm
            for other_index, (other_level, other) in enumerate(vertebrae)
            if other_index != index and abs(_PLACES[other_level] - _PLACES[level]) <= NEIGHBOUR_PLACES
        ]
        crush = own.posterior / statistics.median(expected) if expected else None
        ratios.append(Ratios(own.anterior / own.posterior, own.middle / own.posterior, crush))
    return tuple(ratios)


def morphometry(levels: Sequence[VertebraLevel], heights: Sequence[Heights]) -> tuple[Morphometry, ...]:
    """Grade and type of every vertebra; arguments and errors as for :func:`height_ratios`.

    The reference is the vertebra's own posterior height, or what its neighbours make one expect where that is
    more. Anterior and middle height, each divided by its norm, and the posterior height are compared with it,
    and the worst of the three gives the loss. So a vertebra that lost height all over is graded by its
    neighbours, and one that lost a fifth behind and more in front is graded by what really is left in front.

    The type is that of the ratio which lost most: wedge by Ha/Hp, biconcave by Hm/Hp, crush by Hp against the
    neighbours. A wedge that lost height behind as well stays a wedge while front against back is the
    greater loss.
    """
    return tuple(
        _morphometry(level_norm(level), ratios)
        for level, ratios in zip(levels, height_ratios(levels, heights), strict=True)
    )


def _morphometry(norm: LevelNorm, ratios: Ratios) -> Morphometry:
    crush = 1.0 if ratios.crush is None else ratios.crush
    kept = {
        Deformity.WEDGE: ratios.wedge / norm.wedge,
        Deformity.BICONCAVE: ratios.biconcave / norm.biconcave,
        Deformity.CRUSH: crush,
    }
    # In units of the own posterior height, the reference is 1 or, after a crush, 1 / crush.
    lowest = min(kept[Deformity.WEDGE], kept[Deformity.BICONCAVE], 1.0)
    loss = 1.0 - lowest * min(crush, 1.0)
    grade = grade_of_loss(loss)
    deformity = Deformity.NONE if grade is Grade.NON else min(kept, key=lambda shape: kept[shape])
    return Morphometry(ratios, loss, grade, deformity)
