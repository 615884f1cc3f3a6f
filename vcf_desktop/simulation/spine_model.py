"""One person's spine: alignment, sizes, and fractures with their true heights. No pictures here.

Everything is drawn from a generator, so a seed is a spine. Lengths in mm, angles in degrees, x anterior to
posterior (facing left), y down.
"""

from __future__ import annotations

from dataclasses import dataclass

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
        grade, deformity: by that loss.
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


def sample_spine(rng: np.random.Generator, anatomy: Anatomy, mean_fractures: float) -> list[PlacedVertebra]:
    """A spine from the sacrum up to the lowest cervical vertebrae, top to bottom, facing left.

    The origin lies at the middle of the sacral endplate. The person as a whole leans by the sampled rotation.
    """
    levels = sorted(anatomy.vertebrae, reverse=True)  # caudal first: the spine is stacked on the sacrum
    fractures = sample_fractures(
        rng, [level for level in levels if level >= VertebraLevel.T3], mean_fractures
    )
    scale = rng.normal(0.96, 0.08)
    kyphosis, lordosis = rng.normal(1.0, 0.35), rng.normal(0.95, 0.3)
    lean = rng.normal(0, 6)
    waver = np.cumsum(rng.normal(0, 1.2, len(levels) + 1))
    obliquity = int(rng.choice(len(anatomy.sacrum.poses), p=_pose_weights(len(anatomy.sacrum.poses))))

    def tilt_of(level: int, step: int) -> float:
        mean = TILT_DEG[level] * (kyphosis if level <= VertebraLevel.T12 else lordosis)
        return float(mean + lean + waver[step])

    sacrum = _place(
        anatomy.sacrum, VertebraLevel.S1, np.zeros(2), tilt_of(20, 0), (scale, scale), None, 0, rng
    )
    placed = [sacrum]
    hunch = 0.0  # what fractures have tipped forward so far
    joint, joint_tilt = (sacrum.points_xy[0] + sacrum.points_xy[2]) / 2, tilt_of(20, 0)
    shift = -joint
    for step, level in enumerate(levels, start=1):
        fracture = fractures.get(level)
        vertebra = anatomy.vertebrae[level]
        sizes = (scale * rng.normal(1, 0.025), scale * rng.normal(1, 0.03))
        wedge = 0.0 if fracture is None else (fracture.losses[0] - fracture.losses[2]) * 25
        hunch += wedge * rng.uniform(0, 0.6)
        tilt = tilt_of(level, step) - hunch
        pose = obliquity if rng.random() < 0.7 else int(rng.integers(len(vertebra.poses)))
        loose = _place(vertebra, level, np.zeros(2), tilt, sizes, fracture, pose, rng)
        heights = measure_heights(vertebra.points_xy)
        disc = DISC_TO_HEIGHT[level] * heights.posterior * sizes[1] * rng.normal(1, 0.18)
        if rng.random() < 0.06:
            disc *= rng.uniform(0.1, 0.5)  # a degenerated disc
        along = np.radians((tilt + joint_tilt) / 2)
        up = np.array([np.sin(along), -np.cos(along)]) * max(disc, 1.0)
        lower = (loose.points_xy[3] + loose.points_xy[5]) / 2
        lower = 0.5 * lower + 0.5 * loose.points_xy[4]
        slip = rng.normal(0, 0.6) + (rng.normal(0, 4) if rng.random() < 0.03 else 0)
        forward = np.array([np.cos(along), np.sin(along)]) * slip
        placed.append(_moved(loose, joint + up + forward - lower))
        upper = (placed[-1].points_xy[0] + placed[-1].points_xy[2]) / 2
        joint, joint_tilt = 0.5 * upper + 0.5 * placed[-1].points_xy[1], tilt
    return [_moved(vertebra, shift) for vertebra in reversed(placed)]


def _pose_weights(count: int) -> NDArray[np.float64]:
    weights = np.array([4.0] + [1.0] * (count - 1))
    return weights / weights.sum()


def _moved(vertebra: PlacedVertebra, offset: NDArray[np.float64]) -> PlacedVertebra:
    matrix = vertebra.to_patient.copy()
    matrix[:, 2] += offset
    return PlacedVertebra(
        vertebra.level,
        matrix,
        vertebra.anchors_mm,
        vertebra.pose,
        vertebra.outline_xy + offset,
        vertebra.points_xy + offset,
        vertebra.loss,
        vertebra.grade,
        vertebra.deformity,
        vertebra.cement,
    )


def _place(
    vertebra: Vertebra,
    level: int,
    centre_xy: NDArray[np.float64],
    tilt_deg: float,
    scale_xy: tuple[float, float],
    fracture: Fracture | None,
    pose: int,
    rng: np.random.Generator,
) -> PlacedVertebra:
    """Give a vertebra its natural shape, break it, and put it at a place and inclination."""
    is_sacrum = level == VertebraLevel.S1
    intact = np.zeros((2, 3)) if is_sacrum else _natural_shape(vertebra, level, rng)
    heights = _height_vector(endplates_moved(vertebra.points_xy, vertebra, intact))
    anchors = intact.copy()
    if fracture is not None:
        lost = np.array(fracture.losses) * heights
        # Most compression fractures sink the upper endplate; biconcave ones both.
        low, high = (0.35, 0.65) if fracture.deformity == Deformity.BICONCAVE else (0.5, 0.95)
        share = rng.uniform(low, high)
        anchors += np.stack([lost * share, -lost * (1 - share)])
    angle = np.radians(tilt_deg)
    # Negative tilt lowers the anterior edge, which lies at negative x.
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    matrix = np.column_stack([turn @ np.diag(scale_xy), centre_xy])

    def to_patient(points_xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return points_xy @ matrix[:, :2].T + matrix[:, 2]

    points = endplates_moved(vertebra.points_xy, vertebra, anchors)
    loss = float(np.max(1 - _height_vector(points) / heights))
    grade = grade_of_loss(max(loss, 0.0))
    deformity = fracture.deformity if fracture is not None and grade != Grade.NON else Deformity.NONE
    return PlacedVertebra(
        level,
        matrix,
        anchors,
        pose,
        to_patient(endplates_moved(vertebra.outline_xy, vertebra, anchors)),
        to_patient(points),
        loss,
        grade,
        deformity,
        cement=bool(grade >= Grade.MODERATE and rng.random() < 0.12),
    )


def _height_vector(points_xy: NDArray[np.float64]) -> NDArray[np.float64]:
    heights = measure_heights(points_xy)
    return np.array([heights.anterior, heights.middle, heights.posterior])


def _natural_shape(vertebra: Vertebra, level: int, rng: np.random.Generator) -> NDArray[np.float64]:
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
