"""What the user is told about a film and its vertebrae, and when: all limits and sentences in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vcf_desktop.spine import REGULAR_LEVELS, VertebraFinding, VertebraLevel

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST_VERTEBRAE = 3
"""A lateral thoracic or lumbar film shows more; a frontal view or another part of the body shows fewer."""
LOWEST_BODY_PX = 15.0
"""A fifth of this, the loss of the mildest grade, is 3 px: twice what an outline may be off."""
FOREIGN_FRACTION = 0.05
"""Part of a body and its rim under metal or cement from which its edge is not trusted."""
READ_LEVELS = range(VertebraLevel.T4, VertebraLevel.L4 + 1)
"""Range of the semiquantitative method (Genant et al., J Bone Miner Res 1993;8:1137)."""

NO_SPINE = "No lateral spine was found; is it a frontal view or another part of the body?"
FEW_VERTEBRAE = "Fewer than three vertebrae were found; is it a frontal view or another part of the body?"
INVERTED = "The film was read inverted: vertebrae were found only with dark and bright exchanged."
LEVELS_ASSUMED = "The levels are assumed: they could not be counted from a sacrum."
FRONTAL = "The film's header says that it is a frontal view; lateral films only can be measured."
SIDE_UNCERTAIN = "It is uncertain which side is anterior; check the points."
HARDWARE = "Metal or cement was seen; heights of the vertebrae under it may be wrong."
LOW_RESOLUTION = "The resolution is too low: most vertebrae are too few pixels high to be measured well."

_GRADES_DIFFER = "The network's grade and the measured grade differ by more than one; look at it again."
_OUTSIDE_READING = "This level lies outside T4 to L4, for which the grades were defined."
_COVERED = "Metal or cement overlies this vertebra; its heights may be wrong."
_TOO_SMALL = "This vertebra is too few pixels high to be measured well."
_CUT = "The outline reaches the edge of what was looked at; check it."


def not_outlined(box_xyxy: NDArray[np.float64]) -> str:
    """The warning about a vertebra that was detected at ``box_xyxy`` (film px) and had to be left out."""
    x, y = np.round((box_xyxy[:2] + box_xyxy[2:]) / 2).astype(int)
    return f"A vertebra near column {x}, row {y} was detected but could not be outlined; it is left out."


def is_too_small(finding: VertebraFinding) -> bool:
    """Whether the film shows this vertebra in too few pixels."""
    return max(finding.heights_px.anterior, finding.heights_px.posterior) < LOWEST_BODY_PX


def vertebra_warnings(finding: VertebraFinding, foreign_fraction: float, is_cut: bool) -> tuple[str, ...]:
    """Sentences about one vertebra.

    Args:
        finding: all but its warnings.
        foreign_fraction: part in [0, 1] that metal or cement covers.
        is_cut: whether its outline reaches the edge of its crop.
    """
    warnings = {
        _GRADES_DIFFER: abs(finding.grade - finding.morphometric_grade) > 1,
        _OUTSIDE_READING: finding.level not in READ_LEVELS,
        _COVERED: foreign_fraction > FOREIGN_FRACTION,
        _TOO_SMALL: is_too_small(finding),
        _CUT: is_cut,
    }
    return tuple(sentence for sentence, holds in warnings.items() if holds)


def missing_levels(findings: tuple[VertebraFinding, ...]) -> tuple[str, ...]:
    """Sentences about levels passed over between two findings: a collapsed body is easily missed."""
    named = {finding.level for finding in findings}
    inside = [level for level in REGULAR_LEVELS if named and min(named) < level < max(named)]
    return tuple(
        f"No vertebra was found where {level.label} is expected; look at it."
        for level in inside
        if level not in named
    )


def film_warnings(
    findings: tuple[VertebraFinding, ...],
    *,
    detected: int,
    inverted: bool = False,
    levels_assumed: bool = False,
    frontal: bool = False,
    side_uncertain: bool = False,
    hardware: bool = False,
) -> tuple[str, ...]:
    """Sentences about a film on which ``detected`` vertebrae were found and ``findings`` were measured."""
    too_small = sum(is_too_small(finding) for finding in findings)
    warnings = {
        NO_SPINE: detected == 0,
        FEW_VERTEBRAE: 0 < detected < FEWEST_VERTEBRAE,
        INVERTED: inverted,
        LEVELS_ASSUMED: levels_assumed and len(findings) > 0,
        FRONTAL: frontal,
        SIDE_UNCERTAIN: side_uncertain and len(findings) > 0,
        HARDWARE: hardware,
        LOW_RESOLUTION: 2 * too_small > len(findings),
    }
    return tuple(sentence for sentence, holds in warnings.items() if holds) + missing_levels(findings)
