"""One person's spine: alignment, sizes, and fractures with their true heights. No pictures here.

Everything is drawn from a generator, so a seed is a spine. Lengths in mm, angles in degrees, x anterior to
posterior (facing left), y down.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.geometry import measure_heights
from vcf_desktop.grading import grade_of_loss
from vcf_desktop.simulation.anatomy import Anatomy, Vertebra
from vcf_desktop.spine import Deformity, Grade, VertebraLevel

TILT_DEG = {
    -1: -26, 0: -28, 1: -30, 2: -28, 3: -24, 4: -20, 5: -15, 6: -10, 7: -2, 8: 3, 9: 6, 10: 8, 11: 9, 12: 12,
    14: 13, 15: 13, 16: 8, 17: -3, 18: -19, 20: -38,
}  # fmt: skip
"""Inclination by level, negative with the anterior edge lower. T4-L2: morphometry.md table A; the others from
a thoracic kyphosis of 40 and a lordosis L1-S1 of about 50 degrees (morphometry.md, alignment)."""

DISC_TO_HEIGHT = {
    -1: 0.35, 0: 0.28, 1: 0.25, 2: 0.22, 3: 0.21, 4: 0.214, 5: 0.197, 6: 0.196, 7: 0.210, 8: 0.223, 9: 0.236,
    10: 0.248, 11: 0.251, 12: 0.293, 14: 0.328, 15: 0.40, 16: 0.43, 17: 0.45, 18: 0.40,
}  # fmt: skip
"""Height of the disc below, relative to the posterior height (morphometry.md table A; L3-L5 from the lumbar
disc ranges given there)."""

WEDGE_RATIO = {
    -1: 0.97, 0: 0.97, 1: 0.96, 2: 0.95, 3: 0.945, 4: 0.94, 5: 0.925, 6: 0.92, 7: 0.92, 8: 0.93, 9: 0.94,
    10: 0.95, 11: 0.95, 12: 0.965, 14: 0.965, 15: 0.99, 16: 1.03, 17: 1.08, 18: 1.17,
}  # fmt: skip
"""Mean Ha/Hp of unfractured vertebrae on real films (morphometry.md: T5-T8, T12, L1, L3, L5; between them
interpolated)."""

FRACTURE_WEIGHT = {7: 2, 8: 2, 9: 1, 10: 1, 11: 2, 12: 4, 14: 5, 15: 3, 16: 2, 17: 2}
"""Fractures cluster at the mid-thoracic kyphosis and the thoracolumbar junction; other levels weigh 0.7."""


@dataclass(frozen=True, eq=False)
class PlacedVertebra:
    """One vertebra in the patient.

    Attributes:
        level: key in :class:`Anatomy`; the sacrum is S1.
        to_patient: (2, 3) affine from the vertebra's own frame to the patient's, mm.
        anchors_mm: (2, 3) displacement of the endplates, caudal positive: rows upper and lower endplate,
            columns at the anterior edge, the middle and the posterior edge of the body.
        pose: index of the rendered pose.
        outline_xy, points_xy: true outline (N, 2) and six points (6, 2) in the patient, mm.
        loss: greatest relative loss of height against its own unfractured shape.
        grade: by that loss. deformity: the kind of the fracture, none without a grade.
        cement: whether it was filled by vertebroplasty.
    """

    level: int
    to_patient: NDArray[np.float64]
    anchors_mm: NDArray[np.float64]
    pose: int
    outline_xy: NDArray[np.float64]
    points_xy: NDArray[np.float64]
    loss: float
    grade: Grade
    deformity: Deformity
    cement: bool = False


@dataclass(frozen=True)
class Fracture:
    """Relative loss of anterior, middle and posterior height."""

    losses: tuple[float, float, float]
    deformity: Deformity


def sample_fracture(rng: np.random.Generator) -> Fracture:
    """A fracture whose severity runs continuously from below the first threshold to near collapse."""
    loss = float(rng.choice([rng.uniform(0.12, 0.30), rng.uniform(0.2, 0.45), rng.uniform(0.38, 0.7)]))
    kinds = (Deformity.WEDGE, Deformity.BICONCAVE, Deformity.CRUSH)
    kind = kinds[int(rng.choice(len(kinds), p=[0.5, 0.25, 0.25]))]
    if kind == Deformity.WEDGE:
        return Fracture((loss, loss * rng.uniform(0.3, 0.85), loss * rng.uniform(0, 0.2)), kind)
    if kind == Deformity.BICONCAVE:
        return Fracture((loss * rng.uniform(0, 0.5), loss, loss * rng.uniform(0, 0.3)), kind)
    return Fracture((loss * rng.uniform(0.85, 1), loss, loss * rng.uniform(0.75, 1)), kind)


def sample_fractures(rng: np.random.Generator, levels: list[int], mean_count: float) -> dict[int, Fracture]:
    """Fractures by level: a Poisson number of them, each drawing the next one nearer."""
    weights = np.array([FRACTURE_WEIGHT.get(level, 0.7) for level in levels])
    fractures: dict[int, Fracture] = {}
    for _ in range(min(int(rng.poisson(mean_count)), len(levels))):
        chosen = int(rng.choice(len(levels), p=weights / weights.sum()))
        fractures[levels[chosen]] = sample_fracture(rng)
        weights[max(0, chosen - 1) : chosen + 2] *= 2.5
        weights[chosen] = 1e-9
    return fractures


@dataclass(frozen=True, eq=False)
class Posture:
    """What the whole person shares.

    Attributes:
        scale: size against the anatomy's person.
        kyphosis, lordosis: factors on the mean inclinations above and below T12.
        lean_deg: inclination of the whole person.
        waver_deg: (levels + 1,) irregular course of the curve, from the sacrum upwards.
        pose: rendered pose that most of the vertebrae share: the obliquity of the exposure.
    """

    scale: float
    kyphosis: float
    lordosis: float
    lean_deg: float
    waver_deg: NDArray[np.float64]
    pose: int

    def tilt_deg(self, level: int, step: int) -> float:
        """Inclination of a level, the ``step``-th from the sacrum."""
        mean = TILT_DEG[level] * (self.kyphosis if level <= VertebraLevel.T12 else self.lordosis)
        return float(mean + self.lean_deg + self.waver_deg[step])


def sample_posture(rng: np.random.Generator, levels: int, poses: int) -> Posture:
    """A posture for so many vertebrae; the straight pose, the first, is the likeliest."""
    weights = np.array([4.0] + [1.0] * (poses - 1))
    return Posture(
        scale=rng.normal(0.96, 0.08),
        kyphosis=rng.normal(1.0, 0.35),
        lordosis=rng.normal(0.95, 0.3),
        lean_deg=rng.normal(0, 6),
        waver_deg=np.cumsum(rng.normal(0, 1.2, levels + 1)),
        pose=int(rng.choice(poses, p=weights / weights.sum())),
    )


def sample_spine(rng: np.random.Generator, anatomy: Anatomy, mean_fractures: float) -> list[PlacedVertebra]:
    """A spine from the sacrum up to the lowest cervical vertebrae, top to bottom, facing left.

    The origin lies at the middle of the sacral endplate. The person as a whole leans by the sampled rotation.
    """
    levels = sorted(anatomy.vertebrae, reverse=True)  # caudal first: the spine is stacked on the sacrum
    fractures = sample_fractures(
        rng, [level for level in levels if level >= VertebraLevel.T3], mean_fractures
    )
    posture = sample_posture(rng, len(levels), len(anatomy.sacrum.poses))
    scale, tilt = posture.scale, posture.tilt_deg(VertebraLevel.S1, 0)
    sacrum = place_vertebra(rng, anatomy.sacrum, VertebraLevel.S1, tilt, (scale, scale), None, 0)
    origin = (sacrum.points_xy[0] + sacrum.points_xy[2]) / 2
    placed = [sacrum]
    joint, joint_tilt = origin, tilt
    hunch = 0.0  # what fractures have tipped forward so far
    for step, level in enumerate(levels, start=1):
        vertebra, fracture = anatomy.vertebrae[level], fractures.get(level)
        sizes = (scale * rng.normal(1, 0.025), scale * rng.normal(1, 0.03))
        wedge = 0.0 if fracture is None else (fracture.losses[0] - fracture.losses[2]) * 25
        hunch += wedge * rng.uniform(0, 0.6)
        tilt = posture.tilt_deg(level, step) - hunch
        pose = posture.pose if rng.random() < 0.7 else int(rng.integers(len(vertebra.poses)))
        loose = place_vertebra(rng, vertebra, level, tilt, sizes, fracture, pose)
        mean_disc = DISC_TO_HEIGHT[level] * measure_heights(vertebra.points_xy).posterior * sizes[1]
        placed.append(_stacked(rng, loose, mean_disc, joint, (tilt + joint_tilt) / 2))
        joint, joint_tilt = _endplate_middle(placed[-1].points_xy[:3]), tilt
    return [_moved(vertebra, -origin) for vertebra in reversed(placed)]


def _stacked(
    rng: np.random.Generator,
    loose: PlacedVertebra,
    mean_disc_mm: float,
    joint: NDArray[np.float64],
    disc_tilt_deg: float,
) -> PlacedVertebra:
    """The vertebra moved to where a disc carries it on the ``joint`` (2,) below, rarely slipped far."""
    disc = mean_disc_mm * rng.normal(1, 0.18)
    if rng.random() < 0.06:
        disc *= rng.uniform(0.1, 0.5)  # a degenerated disc
    slip = rng.normal(0, 0.6) + (rng.normal(0, 4) if rng.random() < 0.03 else 0)
    c, s = np.cos(np.radians(disc_tilt_deg)), np.sin(np.radians(disc_tilt_deg))
    up = np.array([s, -c]) * max(disc, 1.0)
    along = np.array([c, s]) * slip
    return _moved(loose, joint + up + along - _endplate_middle(loose.points_xy[3:]))


def _endplate_middle(points_xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where a disc is held: between an endplate's middle and the line through its corners (3, 2)."""
    corners = (points_xy[0] + points_xy[2]) / 2
    return np.asarray(0.5 * corners + 0.5 * points_xy[1])


def _moved(vertebra: PlacedVertebra, offset: NDArray[np.float64]) -> PlacedVertebra:
    matrix = vertebra.to_patient.copy()
    matrix[:, 2] += offset
    return replace(
        vertebra,
        to_patient=matrix,
        outline_xy=vertebra.outline_xy + offset,
        points_xy=vertebra.points_xy + offset,
    )


def place_vertebra(
    rng: np.random.Generator,
    vertebra: Vertebra,
    level: int,
    tilt_deg: float,
    scale_xy: tuple[float, float],
    fracture: Fracture | None,
    pose: int,
) -> PlacedVertebra:
    """Give a vertebra its natural shape, break it, and incline it about the patient's origin."""
    is_sacrum = level == VertebraLevel.S1
    intact = np.zeros((2, 3)) if is_sacrum else _natural_shape(rng, vertebra, level)
    heights = _height_vector(endplates_moved(vertebra.points_xy, vertebra, intact))
    anchors = intact if fracture is None else intact + _sunk_endplates(rng, fracture, heights)
    angle = np.radians(tilt_deg)
    # Negative tilt lowers the anterior edge, which lies at negative x.
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    to_patient = turn @ np.diag(scale_xy)
    points = endplates_moved(vertebra.points_xy, vertebra, anchors)
    outline = endplates_moved(vertebra.outline_xy, vertebra, anchors)
    loss = float(np.max(1 - _height_vector(points) / heights))
    grade = grade_of_loss(max(loss, 0.0))
    deformity = fracture.deformity if fracture is not None and grade != Grade.NON else Deformity.NONE
    return PlacedVertebra(
        level,
        np.column_stack([to_patient, np.zeros(2)]),
        anchors,
        pose,
        outline @ to_patient.T,
        points @ to_patient.T,
        loss,
        grade,
        deformity,
        cement=bool(grade >= Grade.MODERATE and rng.random() < 0.12),
    )


def _sunk_endplates(
    rng: np.random.Generator, fracture: Fracture, heights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Endplate displacements (2, 3) that take the fracture's part of ``heights`` (3,) away.

    Most compression fractures sink the upper endplate; biconcave ones both.
    """
    lost = np.array(fracture.losses) * heights
    low, high = (0.35, 0.65) if fracture.deformity == Deformity.BICONCAVE else (0.5, 0.95)
    share = rng.uniform(low, high)
    return np.stack([lost * share, -lost * (1 - share)])


def _height_vector(points_xy: NDArray[np.float64]) -> NDArray[np.float64]:
    heights = measure_heights(points_xy)
    return np.array([heights.anterior, heights.middle, heights.posterior])


def _natural_shape(rng: np.random.Generator, vertebra: Vertebra, level: int) -> NDArray[np.float64]:
    """Endplate displacements that bring the one person's vertebra to a sampled unfractured shape.

    The spread of Ha/Hp is that of real films, 0.03 to 0.07 (morphometry.md); Hm/Hp on film is about 0.94.
    """
    own = _height_vector(vertebra.points_xy)
    wanted_anterior = own[2] * (WEDGE_RATIO[level] + rng.normal(0, 0.04))
    wanted_middle = own[2] * np.clip(rng.normal(0.945, 0.03), 0.85, 1.02) * (0.5 + 0.5 * WEDGE_RATIO[level])
    gain = np.array([wanted_anterior, wanted_middle, own[2]]) - own
    return np.stack([-gain / 2, gain / 2])


def endplates_moved(
    points_xy: NDArray[np.float64], vertebra: Vertebra, anchors_mm: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Own-frame points (N, 2) after the endplates moved by ``anchors_mm``; between them linear, see
    :func:`endplate_lines`."""
    intact_upper, intact_lower = endplate_lines(vertebra, np.zeros((2, 3)), points_xy[:, 0])
    upper, lower = endplate_lines(vertebra, anchors_mm, points_xy[:, 0])
    share = (points_xy[:, 1] - intact_upper) / (intact_lower - intact_upper)
    return np.column_stack([points_xy[:, 0], upper + share * (lower - upper)])


def endplate_lines(
    vertebra: Vertebra, anchors_mm: NDArray[np.float64], x: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Height (own frame, mm) of the two lines that carry a deformation, at positions ``x``.

    Straight between the corners, plus parabolas through the three displacements of each endplate. Behind the
    body the displacement fades out over 12 mm: the arch keeps its shape.
    """
    points = vertebra.points_xy
    front = (points[0, 0] + points[3, 0]) / 2
    back = (points[2, 0] + points[5, 0]) / 2
    along = np.clip((x - front) / (back - front), -0.1, 1.0)
    fade = np.clip(1 - (x - back) / 12.0, 0.0, 1.0)
    basis = np.stack(
        [(1 - along) * (1 - 2 * along), 4 * along * (1 - along), along * (2 * along - 1)]
    )  # quadratic through 0, 1/2, 1
    upper = points[0, 1] + along * (points[2, 1] - points[0, 1]) + fade * (anchors_mm[0] @ basis)
    lower = points[3, 1] + along * (points[5, 1] - points[3, 1]) + fade * (anchors_mm[1] @ basis)
    return upper, lower
