"""One person's spine: shapes, alignment, and fractures with their true heights. No pictures here.

Everything is drawn from a generator, so a seed is a spine. Lengths in mm, angles in degrees, x anterior to
posterior (facing left), y down.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.geometry import measure_heights, vertebral_depth
from vcf_desktop.grading import grade_of_loss, level_norm
from vcf_desktop.simulation.anatomy import POSES_DEG, Anatomy, Vertebra
from vcf_desktop.simulation.deformation import ALONG, KNOTS, endplates_moved
from vcf_desktop.simulation.degeneration import NO_LESIONS, Disc, Lesions, sample_disc, sample_lesions
from vcf_desktop.simulation.fractures import HIGHEST, Fracture, sample_fractures
from vcf_desktop.simulation.person import (
    DEPTH_TO_HEIGHT,
    DISC_TO_HEIGHT,
    Person,
    Posture,
    sample_person,
    sample_posture,
)
from vcf_desktop.simulation.shaping import Shape, lower_deg, shape_vertebra, tipped_deg, upper_deg
from vcf_desktop.spine import REGULAR_LEVELS, Deformity, Grade, VertebraLevel

TEMPLATE = {int(VertebraLevel.T13): int(VertebraLevel.T12), int(VertebraLevel.L6): int(VertebraLevel.L5)}
"""Whose bones stand for the supernumerary levels."""
TRANSITIONAL_SHARE = 0.055
"""Lumbar ribs 5.8 %, lumbarisation 6.2 % (PMC3948909)."""
SACRALISED_SHARE = 0.03
SCHEUERMANN_SHARE = 0.04
PHYSIOLOGICAL_WEDGE_SHARE = 0.06
BRIDGING_SHARE = 0.05
CEMENT_SHARE = 0.2

_WEDGE_SD, _MIDDLE_SD, _SIZE_SD = 0.033, 0.018, 0.03
_LARGEST_DISC_WEDGE = 0.85
"""A disc's height on its closed side falls at most by this part of its mean."""


@dataclass(frozen=True, eq=False)
class PlacedVertebra:
    """One vertebra in the patient.

    Attributes:
        level: key in :class:`Anatomy` (T13 and L6: see :data:`TEMPLATE`); the sacrum is S1.
        to_patient: (2, 3) affine from the vertebra's own frame to the patient's, mm.
        anchors_mm: (2, K) displacement of the endplates that is drawn, see :mod:`.deformation`.
        walls_mm: (2, K) displacement of the walls, None where they keep their shape.
        pose: index of the rendered pose.
        outline_xy, points_xy: true outline (N, 2) and six points (6, 2) in the patient, mm. Schmorl nodes and
            rough endplates are not in them: readers draw the line of the endplate across.
        loss: greatest relative loss of height against its own unfractured shape.
        grade: by that loss. deformity: the kind of the fracture, none without a grade.
        tilt_deg: inclination of its own frame.
        cement: whether it was filled by vertebroplasty.
        fracture: None where it is whole, which a loss below the first threshold is not.
        disc: the disc below. lesions: what else the body bears.
        natural_wedge: Ha/Hp before any fracture.
        scheuermann: it grew into a wedge.
    """

    level: int
    to_patient: NDArray[np.float64]
    anchors_mm: NDArray[np.float64]
    walls_mm: NDArray[np.float64] | None
    pose: int
    outline_xy: NDArray[np.float64]
    points_xy: NDArray[np.float64]
    loss: float
    grade: Grade
    deformity: Deformity
    tilt_deg: float
    cement: bool = False
    fracture: Fracture | None = None
    disc: Disc | None = None
    lesions: Lesions = NO_LESIONS
    natural_wedge: float = 1.0
    scheuermann: bool = False


@dataclass(frozen=True, eq=False)
class Spine:
    """A person's spine, from the lowest cervical vertebrae to the sacrum, top to bottom, facing left.

    The origin lies at the middle of the sacral endplate.
    """

    person: Person
    posture: Posture
    vertebrae: tuple[PlacedVertebra, ...]


def sample_spine(rng: np.random.Generator, anatomy: Anatomy, mean_fractures: float) -> Spine:
    """A person and his spine, stacked upwards on the sacrum."""
    levels = _sample_levels(rng, anatomy)
    fractures = sample_fractures(rng, [level for level in levels if level >= HIGHEST], mean_fractures)
    person = sample_person(rng, len(fractures))
    posture = sample_posture(rng, person, [*levels, int(VertebraLevel.S1)])
    discs = {level: sample_disc(rng, person, level) for level in levels}
    if rng.random() < SACRALISED_SHARE:
        discs[levels[0]] = Disc(float(rng.uniform(0.05, 0.3)), 0.0, 0.0, vacuum=False)
    grown = _sample_scheuermann(rng)
    bridging = person.age_years > 55 and rng.random() < BRIDGING_SHARE
    placed = [_place_sacrum(rng, anatomy, person, posture, levels[0])]
    hunch = 0.0  # what wedges have tipped forward so far
    for level, next_level in zip(levels, [*levels[1:], levels[-1]], strict=True):
        vertebra = anatomy.vertebrae[TEMPLATE.get(level, level)]
        below, above = discs[level], discs[next_level]
        bridged = bridging and VertebraLevel.T6 <= level <= VertebraLevel.L2
        lesions = sample_lesions(rng, person, above, below, level in grown, bridged)
        wedge, middle = _sample_ratios(rng, person, level, grown.get(level, 0.0))
        shape = shape_vertebra(
            rng, vertebra, wedge, middle, fractures.get(level), lesions, person.rounding_mm
        )
        scale = _sample_scale(rng, person, vertebra, level)
        scale = (scale[0], scale[1] * float(np.cos(np.radians(posture.coronal_deg(level)))))
        lower, upper = tipped_deg(shape, scale)
        # Discs, muscles and neighbours make up for the rest, the more the farther he is tipped.
        keep = rng.uniform(0.3, 1.0) * np.exp(-abs(hunch) / 60)
        upper -= grown.get(level, 0.0)
        tilt = posture.tilts_deg[level] - hunch - keep * lower
        hunch -= keep * (upper - lower)
        vertebra_placed = replace(
            place_vertebra(shape, level, tilt, scale, fractures.get(level), below, lesions),
            cement=_is_cemented(rng, shape.loss),
            scheuermann=level in grown,
        )
        placed.append(_stacked(vertebra_placed, placed[-1], level, person, posture))
    return Spine(person, posture, tuple(reversed(placed)))


def _sample_levels(rng: np.random.Generator, anatomy: Anatomy) -> list[int]:
    """Levels above the sacrum, caudal first; some people have a T13 or an L6."""
    levels = set(anatomy.vertebrae)
    levels |= {
        extra for extra, model in TEMPLATE.items() if model in levels and rng.random() < TRANSITIONAL_SHARE
    }
    return sorted(levels, reverse=True)


def _sample_scheuermann(rng: np.random.Generator) -> dict[int, float]:
    """Degrees by which three to five neighbours grew into wedges beyond the mean of their level."""
    if rng.random() >= SCHEUERMANN_SHARE:
        return {}
    first, count = int(rng.integers(5, 10)), int(rng.integers(3, 6))
    chosen = [int(level) for level in REGULAR_LEVELS if first <= level < first + count]
    return {level: float(rng.uniform(3, 7)) for level in chosen}


def _sample_ratios(
    rng: np.random.Generator, person: Person, level: int, grown_deg: float
) -> tuple[float, float]:
    """Natural Ha/Hp and Hm/Hp of a vertebra that grew into a wedge by ``grown_deg`` more than the mean."""
    norm = level_norm(VertebraLevel(max(level, VertebraLevel.C7)))
    lumbar = max(0.0, (level - 14) / 4)
    wedge = norm.wedge + person.wedging + rng.normal(0, _WEDGE_SD + 0.02 * lumbar)
    if VertebraLevel.T11 <= level <= VertebraLevel.L1 and rng.random() < PHYSIOLOGICAL_WEDGE_SHARE:
        wedge -= rng.uniform(0.03, 0.08)
    wedge -= np.tan(np.radians(grown_deg)) * DEPTH_TO_HEIGHT[level] * person.slenderness
    middle = norm.biconcave + (wedge - norm.wedge) / 2 + rng.normal(0, _MIDDLE_SD) - person.hollowness
    return float(wedge), float(middle)


def _sample_scale(
    rng: np.random.Generator, person: Person, vertebra: Vertebra, level: int
) -> tuple[float, float]:
    """Factors on depth and height that bring the one person's vertebra to this person's size."""
    height = person.posterior_height_mm(level)
    depth = height * DEPTH_TO_HEIGHT[level] * person.slenderness * rng.normal(1, _SIZE_SD)
    height *= rng.normal(1, _SIZE_SD)
    return float(depth / vertebra.depth_mm), float(height / vertebra.posterior_height_mm)


def _is_cemented(rng: np.random.Generator, loss: float) -> bool:
    return bool(loss > 0.15 and rng.random() < (CEMENT_SHARE if loss >= 0.25 else 0.05))


def place_vertebra(
    shape: Shape,
    level: int,
    tilt_deg: float,
    scale_xy: tuple[float, float],
    fracture: Fracture | None = None,
    disc: Disc | None = None,
    lesions: Lesions = NO_LESIONS,
) -> PlacedVertebra:
    """A shaped vertebra, scaled in depth and height, and inclined about the patient's origin."""
    angle = np.radians(tilt_deg)
    # Negative tilt lowers the anterior edge, which lies at negative x.
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    to_patient = turn @ np.diag(scale_xy)
    points = shape.points_xy @ to_patient.T
    natural = measure_heights(shape.natural_xy)
    grade = grade_of_loss(max(shape.loss, 0.0))
    return PlacedVertebra(
        level=level,
        to_patient=np.column_stack([to_patient, np.zeros(2)]),
        anchors_mm=shape.drawn_mm,
        walls_mm=shape.walls_mm,
        pose=0,
        outline_xy=shape.outline_xy @ to_patient.T,
        points_xy=points,
        loss=shape.loss,
        grade=grade,
        deformity=fracture.deformity if fracture is not None and grade != Grade.NON else Deformity.NONE,
        tilt_deg=tilt_deg,
        fracture=fracture,
        disc=disc,
        lesions=lesions,
        natural_wedge=natural.anterior / natural.posterior,
    )


def _place_sacrum(
    rng: np.random.Generator, anatomy: Anatomy, person: Person, posture: Posture, lowest: int
) -> PlacedVertebra:
    """The sacrum, with the middle of its endplate at the origin; its size goes with the lowest vertebra's."""
    template = anatomy.vertebrae[TEMPLATE.get(lowest, lowest)]
    scale = float(np.sqrt(np.prod(_sample_scale(rng, person, template, lowest))))
    own = anatomy.sacrum
    # The middle of its endplate stands a little above the line through the edges.
    dome = np.stack([-rng.uniform(0, 1.8) * 4 * ALONG * (1 - ALONG), np.zeros(KNOTS)])
    points = endplates_moved(own.points_xy, own, dome)
    outline = endplates_moved(own.outline_xy, own, dome)
    shape = Shape(dome, dome, None, outline, points, points, 0.0)
    tilt = posture.tilts_deg[int(VertebraLevel.S1)]
    loose = place_vertebra(shape, int(VertebraLevel.S1), tilt, (scale, scale))
    return _moved(loose, -(loose.points_xy[0] + loose.points_xy[2]) / 2)


def _stacked(
    loose: PlacedVertebra, below: PlacedVertebra, level: int, person: Person, posture: Posture
) -> PlacedVertebra:
    """The vertebra moved to where its disc carries it on the one ``below``."""
    disc = loose.disc
    if disc is None:
        raise ValueError("a vertebra stands on a disc")
    # A fracture takes nothing from the disc.
    height = person.posterior_height_mm(level) * np.cos(np.radians(posture.coronal_deg(level)))
    gap = max(DISC_TO_HEIGHT[level] * height * person.disc * disc.factor, 1.0)
    depth = vertebral_depth(loose.points_xy)
    most = np.degrees(np.arctan(2 * _LARGEST_DISC_WEDGE * gap / depth))
    base = upper_deg(below.points_xy)
    wedge = lower_deg(loose.points_xy) - base
    straightened = _turned(loose, float(np.clip(wedge, -most, most) - wedge))
    angle = np.radians(base + float(np.clip(wedge, -most, most)) / 2)
    up, along = np.array([np.sin(angle), -np.cos(angle)]), np.array([np.cos(angle), np.sin(angle)])
    target = (below.points_xy[0] + below.points_xy[2]) / 2 + up * gap + along * disc.slip_mm
    return _moved(straightened, target - (straightened.points_xy[3] + straightened.points_xy[5]) / 2)


def _moved(vertebra: PlacedVertebra, offset: NDArray[np.float64]) -> PlacedVertebra:
    matrix = vertebra.to_patient.copy()
    matrix[:, 2] += offset
    return replace(
        vertebra,
        to_patient=matrix,
        outline_xy=vertebra.outline_xy + offset,
        points_xy=vertebra.points_xy + offset,
    )


def _turned(vertebra: PlacedVertebra, angle_deg: float) -> PlacedVertebra:
    """The vertebra turned about the patient's origin."""
    if angle_deg == 0.0:
        return vertebra
    c, s = np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))
    turn = np.array([[c, -s], [s, c]])
    return replace(
        vertebra,
        to_patient=turn @ vertebra.to_patient,
        outline_xy=vertebra.outline_xy @ turn.T,
        points_xy=vertebra.points_xy @ turn.T,
        tilt_deg=vertebra.tilt_deg + angle_deg,
    )


def exposed(
    rng: np.random.Generator,
    spine: Spine,
    anatomy: Anatomy,
    beam_y_mm: float,
    source_mm: float,
) -> tuple[PlacedVertebra, ...]:
    """The vertebrae in the pose, of those rendered, nearest to how the beam meets them.

    A beam that diverges from a source ``source_mm`` away meets a vertebra above or below its centre
    ``beam_y_mm`` at an angle, which shows as two contours of each endplate.
    """
    rendered = np.array(POSES_DEG[: len(anatomy.sacrum.poses)])
    placed = []
    for vertebra in spine.vertebrae:
        yaw, roll = spine.posture.turned_deg(vertebra.level)
        distance = vertebra.points_xy[:, 1].mean() - beam_y_mm
        roll += np.degrees(np.arctan2(distance, source_mm))
        met = np.array([yaw, roll]) + rng.normal(0, 1.0, 2)
        placed.append(replace(vertebra, pose=int(np.argmin(np.abs(rendered - met).sum(axis=1)))))
    return tuple(placed)


def with_supernumerary(anatomy: Anatomy) -> Anatomy:
    """The anatomy with bones for T13 and L6: those of the levels above them."""
    bones, attached = anatomy.vertebrae, anatomy.attached
    extra = {level: bones[model] for level, model in TEMPLATE.items() if model in bones}
    ribs = {level: attached[model] for level, model in TEMPLATE.items() if model in attached}
    return replace(anatomy, vertebrae=bones | extra, attached=attached | ribs)
