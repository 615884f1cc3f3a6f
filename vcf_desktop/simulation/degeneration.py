"""What age, growth and strain do to discs and endplates. None of it is a fracture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.simulation.deformation import ALONG, tent
from vcf_desktop.simulation.person import Person
from vcf_desktop.spine import VertebraLevel

_STRAIN = {6: 0.05, 7: 0.08, 8: 0.08, 14: 0.05, 15: 0.08, 16: 0.1, 17: 0.2, 18: 0.22, 19: 0.22}
"""How much earlier than others the discs below these levels wear."""


@dataclass(frozen=True)
class Disc:
    """The disc below a vertebra.

    Attributes:
        factor: on its height.
        wear: degeneration, 0 to 1.
        slip_mm: of the vertebra above against the one below, backwards positive.
        vacuum: gas lies in it.
    """

    factor: float
    wear: float
    slip_mm: float
    vacuum: bool


@dataclass(frozen=True)
class Lesions:
    """What a vertebra's endplates and corners bear besides a fracture.

    Attributes:
        osteophytes_mm: reach of the beaks at the anterior upper, posterior upper, anterior lower and
            posterior lower corner.
        hook: how far a beak turns along the disc, as a part of its reach; near 1 it bridges the disc.
        sclerosis_mm: extra bone along the ray under the upper and the lower endplate.
        nodes: Schmorl nodes: endplate (0 upper, 1 lower), place along it, depth mm, half width as part of it.
        irregular_mm: roughness of the endplates, as in Scheuermann's disease.
        limbus_mm: size of a piece that broke off the anterior upper corner in youth, 0 for none.
    """

    osteophytes_mm: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    hook: float = 0.3
    sclerosis_mm: tuple[float, float] = (0.0, 0.0)
    nodes: tuple[tuple[int, float, float, float], ...] = ()
    irregular_mm: float = 0.0
    limbus_mm: float = 0.0

    def relief_mm(self, rng: np.random.Generator) -> NDArray[np.float64] | None:
        """Displacements (2, KNOTS) of the endplates that readers draw their line across; None without any."""
        if not self.nodes and self.irregular_mm == 0 and self.limbus_mm == 0:
            return None
        relief = np.zeros((2, len(ALONG)))
        for endplate, place, depth, half_width in self.nodes:
            relief[endplate] += depth * np.sqrt(tent(place, half_width))
        if self.irregular_mm:
            rough = np.cumsum(rng.normal(0, self.irregular_mm / 3, relief.shape), axis=1)
            relief += np.clip(rough - np.linspace(rough[:, 0], rough[:, -1], relief.shape[1]).T, -0.5, 2.5)
        relief[0] += self.limbus_mm * tent(0.0, 0.25)
        return np.asarray(relief * np.array([[1.0], [-1.0]]))


NO_LESIONS = Lesions()


def sample_disc(rng: np.random.Generator, person: Person, level: int) -> Disc:
    """The disc below ``level``: with age more of them are worn, the lowest first."""
    wear = np.clip((person.age_years - 40) / 80 + rng.normal(0, 0.17) + _STRAIN.get(level, -0.05), 0, 1)
    factor = rng.normal(1, 0.1)
    slip = rng.normal(0, 0.5)
    if wear > 0.5:
        factor *= 1 - min(0.85, 2 * (wear - 0.5) * rng.uniform(0.5, 1.2))
        if level >= VertebraLevel.L2 and rng.random() < 0.2:
            slip += rng.uniform(1, 4)  # retrolisthesis
        elif level == VertebraLevel.L4 and rng.random() < 0.15:
            slip -= rng.uniform(3, 10)  # degenerative spondylolisthesis
    if level in (VertebraLevel.L5, VertebraLevel.L6) and rng.random() < 0.025:
        slip -= rng.uniform(4, 16)  # spondylolysis
    vacuum = wear > 0.6 and level >= VertebraLevel.T10 and rng.random() < 0.3
    return Disc(float(factor), float(wear), float(slip), bool(vacuum))


def sample_lesions(
    rng: np.random.Generator, person: Person, above: Disc, below: Disc, scheuermann: bool, bridging: bool
) -> Lesions:
    """Lesions of a vertebra between two discs.

    Args:
        scheuermann: it belongs to a run of vertebrae that grew into wedges.
        bridging: its person's ligaments turn to bone (diffuse idiopathic skeletal hyperostosis).
    """
    worn = (above.wear, above.wear, below.wear, below.wear)
    back = (1.0, 0.45, 1.0, 0.45)
    beaks = np.array([max(w - 0.3, 0) * 14 * b * rng.uniform(0, 1) for w, b in zip(worn, back, strict=True)])
    if bridging:
        beaks[[0, 2]] = rng.uniform(3, 6)
    sclerosis = [max(disc.wear - 0.45, 0) * rng.uniform(0, 22) for disc in (above, below)]
    nodes = []
    for endplate in (0, 1):
        if rng.random() < (0.45 if scheuermann else 0.03):
            place, depth, half_width = rng.uniform(0.25, 0.8), rng.uniform(1.2, 3.8), rng.uniform(0.07, 0.15)
            nodes.append((endplate, float(place), float(depth), float(half_width)))
    return Lesions(
        (float(beaks[0]), float(beaks[1]), float(beaks[2]), float(beaks[3])),
        hook=float(rng.uniform(0.7, 1.3) if bridging else rng.uniform(0.0, 0.8)),
        sclerosis_mm=(float(sclerosis[0]), float(sclerosis[1])),
        nodes=tuple(nodes),
        irregular_mm=float(rng.uniform(0.4, 1.0) if scheuermann else 0.0),
        limbus_mm=float(rng.uniform(2, 5) if person.age_years > 16 and rng.random() < 0.006 else 0.0),
    )
