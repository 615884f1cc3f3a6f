"""What all vertebrae of one person share: age, bone density, proportions, alignment.

Lengths in mm, angles in degrees. Sources: morphometry.md (tables A to C and what stands below them).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from vcf_desktop.grading import level_norm
from vcf_desktop.spine import VertebraLevel

TILT_DEG = {
    -1: -26, 0: -28, 1: -30, 2: -28, 3: -24.5, 4: -20, 5: -15, 6: -9, 7: -2.5, 8: 3, 9: 6, 10: 8, 11: 9.5,
    12: 12, 13: 12.5, 14: 13, 15: 13, 16: 8, 17: -3, 18: -19, 20: -38,
}  # fmt: skip
"""Mean inclination by level, negative with the anterior edge lower. T4-L2: table A, by up to half a degree
smoother; the others from a kyphosis of 43 degrees and a lordosis L1-S1 of 51."""

DISC_TO_HEIGHT = {
    -1: 0.35, 0: 0.28, 1: 0.25, 2: 0.22, 3: 0.21, 4: 0.214, 5: 0.197, 6: 0.196, 7: 0.210, 8: 0.223, 9: 0.236,
    10: 0.248, 11: 0.251, 12: 0.293, 13: 0.31, 14: 0.328, 15: 0.40, 16: 0.43, 17: 0.45, 18: 0.40, 19: 0.40,
}  # fmt: skip
"""Height of the disc below, relative to the posterior height (table A; L3-L5 from the lumbar disc ranges)."""

DEPTH_TO_HEIGHT = {
    -1: 1.20, 0: 1.17, 1: 1.18, 2: 1.25, 3: 1.31, 4: 1.36, 5: 1.38, 6: 1.46, 7: 1.45, 8: 1.50, 9: 1.57,
    10: 1.49, 11: 1.45, 12: 1.39, 13: 1.38, 14: 1.36, 15: 1.38, 16: 1.38, 17: 1.39, 18: 1.41, 19: 1.41,
}  # fmt: skip
"""Mean depth of the endplates over the posterior height of an adult: T4-L4 mean of tables B and C, L5 from
the CT study below them; T1-T3 go on."""

KYPHOSIS_DEG, LORDOSIS_DEG = 43.0, 51.0
"""T1-T12 and L1-S1 of :data:`TILT_DEG`."""

_LUMBAR_TILTS_DEG = [TILT_DEG[level] for level in (14, 15, 16, 17, 18, 20)]


@dataclass(frozen=True)
class Person:
    """What a person's bones share.

    Attributes:
        age_years: from 10.
        density: of the bones, 0 in severe osteopenia to 1.
        size: against the mean of Panjabi's specimens.
        taper: how much more the size grows from T8 to L3 than the mean, negative for less.
        slenderness: factor on depth over height: adolescents have tall bodies.
        disc: factor on the height of discs.
        wedging, hollowness: added to the natural Ha/Hp, taken from the natural Hm/Hp.
        rounding_mm: how much the edges of the endplates are rounded off.
    """

    age_years: float
    density: float
    size: float
    taper: float
    slenderness: float
    disc: float
    wedging: float
    hollowness: float
    rounding_mm: float

    def posterior_height_mm(self, level: int) -> float:
        """Mean posterior height that this person's vertebra of a level has."""
        return mean_posterior_height_mm(level) * self.size * (1 + self.taper * (level - 8) / 8)


def mean_posterior_height_mm(level: int) -> float:
    """Mean posterior height of the vertebrae of a level, the lowest cervical ones included."""
    # C6 and C7 are lower than T1, whose norm the latter would take.
    return {-1: 12.5, 0: 13.3}.get(level) or level_norm(VertebraLevel(level)).posterior_height_mm


def sample_person(rng: np.random.Generator, fractures: int) -> Person:
    """A person with so many fractures: they come with age and osteoporosis, though injuries do without."""
    young = rng.random() < (0.35 if fractures == 0 else 0.12)
    age = rng.uniform(10, 30) if young else np.clip(rng.normal(62 + 3 * min(fractures, 4), 14), 25, 97)
    growth = np.clip((age - 10) / 7, 0, 1)
    decline = max(age - 45, 0) / 50
    density = float(np.clip(0.8 - 0.5 * decline - 0.05 * min(fractures, 4) + rng.normal(0, 0.2), 0, 1))
    fish = rng.uniform(0, 0.05) if density < 0.35 and rng.random() < 0.4 else 0.0
    return Person(
        age_years=float(age),
        density=density,
        size=float(rng.normal(0.99, 0.075) * (0.78 + 0.22 * growth)),
        taper=float(rng.normal(0.03, 0.04)),
        slenderness=float(rng.normal(0.84, 0.085) if young else rng.normal(0.98, 0.075)),
        disc=float(rng.normal(0.93, 0.13) if young else rng.normal(0.95, 0.15)),
        wedging=float(rng.normal(0, 0.018)),
        hollowness=float(rng.normal(0, 0.012) + fish),
        rounding_mm=float(rng.uniform(0, 1.0)),
    )


@dataclass(frozen=True)
class Posture:
    """How the spine stands, and how it turns towards the beam.

    Attributes:
        sacral_slope_deg: inclination of the endplate of S1.
        lordosis_deg: between the upper endplates of L1 and S1.
        kyphosis_deg: between T1 and T12.
        lean_deg: inclination of the whole person, negative forwards.
        cobb_deg: greatest angle of a scoliosis, signed.
        apex, wave: level of its apex, and levels from there to where it turns.
        yaw_deg, roll_deg: obliquity of the whole person towards the beam.
        tilts_deg: inclination by level, all of the above and an irregular course together.
    """

    sacral_slope_deg: float
    lordosis_deg: float
    kyphosis_deg: float
    lean_deg: float
    cobb_deg: float
    apex: float
    wave: float
    yaw_deg: float
    roll_deg: float
    tilts_deg: Mapping[int, float]

    def coronal_deg(self, level: int) -> float:
        """Sideways inclination of a level: greatest at the ends of a scoliotic curve, none at its apex."""
        return float(self.cobb_deg / 2 * np.sin(np.pi * (level - self.apex) / (2 * self.wave)))

    def turned_deg(self, level: int) -> tuple[float, float]:
        """(yaw, roll) of a level towards a parallel beam: scoliotic vertebrae turn most at the apex."""
        at_apex = np.cos(np.pi * (level - self.apex) / (2 * self.wave))
        return (
            float(self.yaw_deg + 0.4 * self.cobb_deg * at_apex),
            float(self.roll_deg + self.coronal_deg(level)),
        )


def sample_posture(rng: np.random.Generator, person: Person, levels: Sequence[int]) -> Posture:
    """A posture for vertebrae of these ``levels``, sacrum and all.

    Pelvis and lumbar spine go together, and a steep thoracolumbar junction comes with more kyphosis: people
    hold their head above their hips.
    """
    slope = rng.normal(38, 9) if rng.random() < 0.85 else rng.uniform(12, 66)
    slope = float(np.clip(slope, 10, 68))
    junction = rng.normal(13, 7)
    stoop = max(person.age_years - 60, 0) * 0.3
    kyphosis = KYPHOSIS_DEG + 0.5 * (junction - 13) + rng.normal(0, 11) + stoop
    if rng.random() < 0.07:  # a flat back
        kyphosis, slope, junction = rng.uniform(8, 22), float(rng.uniform(12, 30)), rng.normal(4, 4)
    kyphosis = float(np.clip(kyphosis, 5, 85))
    lordosis = float(junction + slope)
    lean = float(rng.normal(0, 5) - stoop / 4)
    cobb = rng.choice([rng.uniform(0, 9), rng.uniform(9, 25), rng.uniform(25, 55)], p=[0.72, 0.21, 0.07])
    irregular = np.cumsum(rng.normal(0, 1.1, len(levels)))
    lumbar = sum(VertebraLevel.L1 <= level <= VertebraLevel.L6 for level in levels)
    tilts = {}
    for level, waver in zip(sorted(levels, reverse=True), irregular, strict=True):
        if level >= VertebraLevel.L1:
            place = 1.0 if level == VertebraLevel.S1 else (level - VertebraLevel.L1) / lumbar
            mean = float(np.interp(place, np.linspace(0, 1, 6), _LUMBAR_TILTS_DEG))
            course = (mean - TILT_DEG[VertebraLevel.L1]) * lordosis / LORDOSIS_DEG
        else:
            course = (TILT_DEG[level] - TILT_DEG[VertebraLevel.L1]) * kyphosis / KYPHOSIS_DEG
        tilts[level] = float(junction + course + lean + (waver if level != VertebraLevel.S1 else 0.0))
    return Posture(
        sacral_slope_deg=slope,
        lordosis_deg=lordosis,
        kyphosis_deg=kyphosis,
        lean_deg=lean,
        cobb_deg=float(cobb * rng.choice([-1, 1])),
        apex=float(rng.choice([rng.uniform(7, 10), rng.uniform(14, 16)])),
        wave=float(rng.uniform(3.5, 6.0)),
        yaw_deg=float(rng.normal(0, 4)),
        roll_deg=float(rng.normal(0, 2.2)),
        tilts_deg=tilts,
    )
