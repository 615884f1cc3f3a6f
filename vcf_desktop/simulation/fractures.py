"""Vertebral fractures: which vertebrae break, what height they lose, and what their walls do.

Severity runs continuously across the thresholds of Genant et al. (J Bone Miner Res 1993;8:1137); most
fractures sink the upper endplate, biconcave ones both, and they cluster (morphometry.md).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.simulation.deformation import ALONG, tent
from vcf_desktop.spine import Deformity, VertebraLevel

FRACTURE_WEIGHT = {7: 2, 8: 2, 9: 1, 10: 1, 11: 2, 12: 4, 13: 4, 14: 5, 15: 3, 16: 2, 17: 2}
"""Fractures cluster at the mid-thoracic kyphosis and the thoracolumbar junction; other levels weigh 0.7."""

HIGHEST = VertebraLevel.T3
"""Fractures above it are rarities and cannot be seen on a lateral film."""

_SEVERITIES = ((0.50, 0.14, 0.30), (0.32, 0.22, 0.45), (0.18, 0.38, 0.70))
"""Share and range of the greatest loss of height. About the thresholds 0.20, 0.25 and 0.40 most is at stake,
so they are well filled: 19 % of fractures stay below the first, and 20, 37 and 24 % are mild to severe."""

_KINDS = ("wedge", "biconcave", "crush", "mixed")
_KIND_SHARES = (0.45, 0.22, 0.18, 0.15)


@dataclass(frozen=True)
class Fracture:
    """One fracture.

    Attributes:
        losses: relative loss of anterior, middle and posterior height.
        deformity: type by the ratio that lost most.
        upper_share: part of the loss that the upper endplate gives.
        steepness: exponent of the central sink's profile: above 1 a narrow pit, below 1 a flat trough.
        skew: part of the loss by which the anterior half sinks more than the posterior one.
        buckle, bulge: how far the anterior and the posterior wall give way, as a part of the lost height.
        buckle_at: height of the anterior wall's angle, from the upper endplate, in [0, 1].
        impaction_mm: extra bone along the ray in the band where trabeculae are driven into one another.
    """

    losses: tuple[float, float, float]
    deformity: Deformity
    upper_share: float = 0.8
    steepness: float = 1.0
    skew: float = 0.0
    buckle: float = 0.0
    bulge: float = 0.0
    buckle_at: float = 0.3
    impaction_mm: float = 0.0

    def endplates_mm(self, heights_mm: NDArray[np.float64]) -> NDArray[np.float64]:
        """Displacements (2, KNOTS) of the endplates that take the losses away from ``heights_mm`` (3,)."""
        front, middle, back = np.array(self.losses) * heights_mm
        sink = (middle - (front + back) / 2) * (4 * ALONG * (1 - ALONG)) ** self.steepness
        lost = front + (back - front) * ALONG + sink
        # Nothing at the edges and in the middle, where heights are measured.
        lost = lost + self.skew * max(front, middle, back) * np.sin(2 * np.pi * ALONG)
        return np.stack([lost * self.upper_share, -lost * (1 - self.upper_share)])

    def walls_mm(self, heights_mm: NDArray[np.float64]) -> NDArray[np.float64]:
        """Displacements (2, KNOTS) of the walls, outwards positive."""
        front, _, back = np.array(self.losses) * heights_mm
        return np.stack(
            [
                self.buckle * front * tent(self.buckle_at, 0.35),
                self.bulge * max(back, 0.4 * front) * tent(0.2, 0.4),
            ]
        )


def predominant(losses: tuple[float, float, float]) -> Deformity:
    """Type by the ratio Ha/Hp, Hm/Hp or Hp/neighbours that lost most, as in :mod:`vcf_desktop.grading`."""
    front, middle, back = (1 - loss for loss in losses)
    kept = {
        Deformity.WEDGE: front / back,
        Deformity.BICONCAVE: middle / back,
        Deformity.CRUSH: back,
    }
    return min(kept, key=lambda deformity: kept[deformity])


def sample_fracture(rng: np.random.Generator) -> Fracture:
    """A fracture whose severity runs from below the first threshold to near collapse."""
    shares, lows, highs = zip(*_SEVERITIES, strict=True)
    severity = int(rng.choice(len(shares), p=shares))
    loss = float(rng.uniform(lows[severity], highs[severity]))
    kind = str(rng.choice(_KINDS, p=_KIND_SHARES))
    losses = _sample_losses(rng, kind, loss)
    upper_share = (
        rng.uniform(0.35, 0.65)
        if kind == "biconcave"
        else rng.choice(
            [rng.uniform(0.9, 1.0), rng.uniform(0.5, 0.9), rng.uniform(0.0, 0.2)], p=[0.45, 0.45, 0.1]
        )
    )
    fresh = rng.random() < 0.4
    return Fracture(
        losses,
        predominant(losses),
        upper_share=float(upper_share),
        steepness=float(rng.uniform(0.6, 1.7)),
        skew=float(rng.normal(0, 0.06)),
        buckle=float(rng.uniform(0.0, 0.6)) if rng.random() < 0.6 else 0.0,
        bulge=float(rng.uniform(0.1, 0.7)) if rng.random() < (0.7 if loss > 0.4 else 0.25) else 0.0,
        buckle_at=float(rng.uniform(0.08, 0.55)),
        impaction_mm=float(rng.uniform(2, 9)) if fresh else 0.0,
    )


def _sample_losses(rng: np.random.Generator, kind: str, loss: float) -> tuple[float, float, float]:
    """Anterior, middle and posterior loss, the greatest of which is ``loss``."""
    if kind == "wedge":
        return loss, float(loss * rng.uniform(0.3, 0.9)), float(loss * rng.uniform(0, 0.25))
    if kind == "biconcave":
        return float(loss * rng.uniform(0, 0.5)), loss, float(loss * rng.uniform(0, 0.3))
    if kind == "crush":
        return float(loss * rng.uniform(0.85, 1)), loss, float(loss * rng.uniform(0.75, 1))
    return loss, float(loss * rng.uniform(0.85, 1)), float(loss * rng.uniform(0.2, 0.6))


def sample_fractures(rng: np.random.Generator, levels: list[int], mean_count: float) -> dict[int, Fracture]:
    """Fractures by level: a Poisson number of them, each drawing the next one nearer.

    ``levels`` are in anatomical order, either way.
    """
    weights = np.array([FRACTURE_WEIGHT.get(level, 0.7) for level in levels])
    fractures: dict[int, Fracture] = {}
    for _ in range(min(int(rng.poisson(mean_count)), len(levels))):
        chosen = int(rng.choice(len(levels), p=weights / weights.sum()))
        fractures[levels[chosen]] = sample_fracture(rng)
        weights[max(0, chosen - 1) : chosen + 2] *= 2.5
        weights[chosen] = 1e-9
    return fractures
