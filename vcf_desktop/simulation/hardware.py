"""Metal on films: implants of the spine, cement, clips and wires, jewellery and clothes.

Everything is drawn in mm of titanium along the ray.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.simulation.physique import Physique
from vcf_desktop.simulation.spine_model import PlacedVertebra
from vcf_desktop.simulation.view import View, blurred, bulge, ellipse, fill, rounded, stroke, texture
from vcf_desktop.spine import VertebraLevel

IMPLANT_SHARE = 0.12
SMALL_THINGS_SHARE = 0.2
BALLOON_SHARE = 0.35
"""Of cemented bodies: kyphoplasty, whose balloons leave two round, dense cavities full of cement."""

Metal = NDArray[np.float32]
Small = Callable[[np.random.Generator, Metal, Physique, View], None]


def draw_hardware(
    rng: np.random.Generator, metal: Metal, spine: Sequence[PlacedVertebra], physique: Physique, view: View
) -> None:
    """Add what a share of people carries in and on them to ``metal`` (H, W)."""
    for placed in spine:
        if placed.cement:
            _pour_cement(rng, metal, placed, view)
    if rng.random() < IMPLANT_SHARE:
        _implants(rng, metal, spine, view)
    if rng.random() < SMALL_THINGS_SHARE:
        for _ in range(1 + int(rng.poisson(0.7))):
            SMALL_THINGS[int(rng.integers(len(SMALL_THINGS)))](rng, metal, physique, view)


def _pour_cement(rng: np.random.Generator, metal: Metal, placed: PlacedVertebra, view: View) -> None:
    """Cement in a body: ragged clouds, or what filled the cavities of two balloons; now and then a leak."""
    cloud = np.zeros_like(metal)
    if rng.random() < BALLOON_SHARE:
        for _ in range(2):  # one from each side, hardly one beside the other
            centre = rng.dirichlet(np.full(6, 8.0)) @ placed.points_xy
            radii = (rng.uniform(6, 10), rng.uniform(5, 8))
            bulge(cloud, view, centre, radii, rng.normal(0, 0.4), rng.uniform(6, 11))
    else:
        for _ in range(int(rng.integers(3, 9))):
            centre = rng.dirichlet(np.full(6, 1.5)) @ placed.points_xy
            radii = (rng.uniform(2, 7), rng.uniform(2, 6))
            fill(cloud, view, ellipse(centre, radii, rng.uniform(0, 3)), rng.uniform(2, 7))
    if not cloud.any():
        return
    body = np.zeros_like(metal)
    fill(body, view, placed.outline_xy, 1.0)
    if rng.random() < 0.2:  # a leak into the disc or along the wall
        start = placed.points_xy[int(rng.integers(6))]
        stroke(cloud, view, np.stack([start, start + rng.normal(0, 8, 2)]), rng.uniform(1.5, 4), 3)
        body = np.maximum(body, 0.7)
    ragged = np.clip(1 + 0.5 * texture(rng, metal.shape, 1.0), 0.2, 2)
    metal += blurred(cloud, 0.8 / view.pixel_mm + 0.3) * body * ragged


def _implants(rng: np.random.Generator, metal: Metal, spine: Sequence[PlacedVertebra], view: View) -> None:
    """A fusion of two to seven neighbours: screws or hooks on rods, cages, or a plate."""
    candidates = [v for v in spine if v.level >= VertebraLevel.T3]
    count = int(rng.choice([2, 2, 2, 3, 3, 4, 5, 7]))
    lumbar_first = max(0, len(candidates) - count - int(rng.geometric(0.2)) + 1)
    chosen = candidates[lumbar_first : lumbar_first + count]
    kind = rng.choice(["screws", "cages", "hooks", "plate"], p=[0.72, 0.08, 0.1, 0.1])
    if kind in ("screws", "cages"):
        for lower, upper in zip(chosen[1:], chosen[:-1], strict=True):
            if kind == "cages" or rng.random() < 0.3:
                _cage(rng, metal, view, upper, lower)
    if kind == "screws":
        _screws_and_rods(rng, metal, view, chosen)
    elif kind == "hooks":
        _hooks_and_rods(rng, metal, view, chosen)
    elif kind == "plate":
        _plate(rng, metal, view, chosen)


def _screws_and_rods(
    rng: np.random.Generator, metal: Metal, view: View, chosen: Sequence[PlacedVertebra]
) -> None:
    """Pedicle screws of both sides, each side joined by a rod; the sides never lie quite one on the other."""
    width, rod = rng.uniform(4.5, 7.5), rng.uniform(4.5, 6.5)
    reach, depth = rng.uniform(0.6, 0.95), rng.uniform(0.5, 0.9)
    for _ in range(1 if rng.random() < 0.1 else 2):
        shift = rng.normal(0, 2.5, 2)
        heads = []
        for placed in chosen:
            if len(chosen) > 3 and rng.random() < 0.12:
                continue  # a broken level is often left out
            front, back = placed.points_xy[[0, 3]], placed.points_xy[[2, 5]]
            share = rng.uniform(0.22, 0.42)
            entry = back[0] * (1 - share) + back[1] * share
            aim = front[0] * (1 - share) + front[1] * share - entry
            head = entry - aim * reach + shift
            _screw(metal, view, entry + aim * depth * rng.uniform(0.85, 1.05) + shift, head, width)
            _tulip(rng, metal, view, head, aim)
            heads.append(head - aim / np.linalg.norm(aim) * 3)
        if len(heads) > 1:
            ends = np.stack(
                [heads[0] + 0.3 * (heads[0] - heads[1]), *heads, heads[-1] + 0.3 * (heads[-1] - heads[-2])]
            )
            stroke(metal, view, rounded(ends, closed=False), rod, 0.8 * rod)


def _screw(
    metal: Metal, view: View, tip: NDArray[np.float64], head: NDArray[np.float64], width: float
) -> None:
    """A threaded shaft that tapers to its tip."""
    length = float(np.linalg.norm(tip - head))
    along = (tip - head) / max(length, 1e-6)
    across = np.array([-along[1], along[0]])
    stations = np.arange(0, length, 1.3)
    thread = np.where(np.arange(len(stations)) % 2, 1.0, 0.66)
    radius = 0.5 * width * thread * np.clip((length - stations) / (0.14 * length), 0.25, 1)
    core = head + stations[:, None] * along
    sides = [core + side * radius[:, None] * across for side in (1, -1)]
    fill(metal, view, np.concatenate([sides[0], sides[1][::-1]]), 0.8 * width)


def _tulip(
    rng: np.random.Generator, metal: Metal, view: View, head: NDArray[np.float64], aim: NDArray[np.float64]
) -> None:
    """The head of a screw, which holds the rod."""
    angle = np.arctan2(aim[1], aim[0]) + rng.normal(0, 0.15)
    along, across = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
    half, length = rng.uniform(5, 7), rng.uniform(11, 15)
    corners = [(3, -0.7), (3, 0.7), (-2, 1), (-length + 3, 1), (-length + 3, -1), (-2, -1)]
    fill(metal, view, [head + a * along + b * half * across for a, b in corners], rng.uniform(7, 11))


def _cage(
    rng: np.random.Generator, metal: Metal, view: View, upper: PlacedVertebra, lower: PlacedVertebra
) -> None:
    """A box between two bodies: a metal frame around a window, or plastic that only its markers show."""
    top_front, top_back = upper.points_xy[3], upper.points_xy[5]
    low_front, low_back = lower.points_xy[0], lower.points_xy[2]
    start, end = sorted(rng.uniform(0.12, 0.88, 2))
    end = min(0.92, max(end, start + 0.45))
    box = np.array([top_front + (top_back - top_front) * s for s in (start, end)]
                   + [low_front + (low_back - low_front) * s for s in (end, start)])  # fmt: skip
    if rng.random() < 0.5:
        stroke(metal, view, np.concatenate([box, box[:1]]), rng.uniform(1.5, 3), rng.uniform(3, 9))
        fill(metal, view, box, rng.uniform(0, 2.5))
    else:
        for corner in (0, 1) if rng.random() < 0.5 else (0, 1, 2, 3):
            opposite = box[3 - corner]
            stroke(metal, view, np.stack([box[corner], 0.7 * box[corner] + 0.3 * opposite]), 1.0, 4)


def _hooks_and_rods(
    rng: np.random.Generator, metal: Metal, view: View, chosen: Sequence[PlacedVertebra]
) -> None:
    """Hooks under the laminae on a long rod."""
    for _ in range(2):
        heads = []
        for placed in chosen:
            wall = placed.points_xy[5]
            backwards = (placed.points_xy[[2, 5]] - placed.points_xy[[0, 3]]).mean(axis=0)
            backwards /= np.linalg.norm(backwards)
            head = wall + backwards * rng.uniform(24, 32) + rng.normal(0, 2, 2)
            claw = np.array(
                [
                    head,
                    head - backwards * 12,
                    head - backwards * 14 + np.array([0, 6]),
                    head - backwards * 9 + np.array([0, 7]),
                ]
            )
            stroke(metal, view, claw, rng.uniform(2.5, 4), rng.uniform(3, 6))
            fill(metal, view, ellipse(head, (5, 6)), 8)
            heads.append(head)
        stroke(metal, view, np.stack(heads), rng.uniform(5, 6.5), 5)


def _plate(rng: np.random.Generator, metal: Metal, view: View, chosen: Sequence[PlacedVertebra]) -> None:
    """A plate at the side or the front of the bodies, with two screws in each that point along the ray."""
    share = rng.uniform(-0.05, 0.5)
    weights = np.array([1 - share, 0, share, 1 - share, 0, share]) / 2
    course = np.array([weights @ v.points_xy for v in chosen])
    stroke(metal, view, course, rng.uniform(5, 13), rng.uniform(2, 4))
    for centre in course:
        for side in (-1, 1):
            fill(metal, view, ellipse(centre + np.array([0, 4 * side]), (3.5, 3.5)), rng.uniform(5, 12))


def _clips(rng: np.random.Generator, metal: Metal, physique: Physique, view: View) -> None:
    """Clips of an operation in the belly."""
    spine = physique.column.point(rng.uniform(11, 20))
    centre = spine - (rng.uniform(-10, 110), 0)
    for _ in range(int(rng.integers(2, 9))):
        start, turn = centre + rng.normal(0, 14, 2), rng.uniform(0, 3.14)
        end = start + rng.uniform(4, 8) * np.array([np.cos(turn), np.sin(turn)])
        stroke(metal, view, np.stack([start, end]), 1.2, 2.5)


def _filter(rng: np.random.Generator, metal: Metal, physique: Physique, view: View) -> None:
    """A filter in the caval vein before L2 to L3: thin legs that meet at the top."""
    apex = physique.column.point(rng.uniform(14.5, 16)) - (rng.uniform(22, 34), 0)
    for foot in np.linspace(-12, 12, 6):
        knee = apex + np.array([foot * 0.6, 18])
        stroke(metal, view, np.stack([apex, knee, apex + np.array([foot, rng.uniform(36, 46)])]), 0.6, 1.6)


def _electrode(rng: np.random.Generator, metal: Metal, physique: Physique, view: View) -> None:
    """Electrodes of an electrocardiogram and their wires."""
    for _ in range(int(rng.integers(1, 4))):
        spine = physique.column.point(rng.uniform(2, 14))
        centre = spine - (rng.uniform(0, 140), 0)
        fill(metal, view, ellipse(centre, (5, rng.uniform(3, 5))), rng.uniform(1, 3))
        bends = centre + np.cumsum(rng.normal(0, 45, (5, 2)), axis=0)
        stroke(
            metal, view, rounded(np.concatenate([[centre], bends]), closed=False), 1.3, rng.uniform(0.9, 2)
        )


def _necklace(rng: np.random.Generator, metal: Metal, physique: Physique, view: View) -> None:
    """A chain from the nape down to the breastbone."""
    nape = physique.column.point(rng.uniform(-1, 1.5)) + np.array([rng.uniform(35, 60), 0])
    chest_y = physique.column.y_of(rng.uniform(2.5, 7))
    front = np.array([physique.skin(chest_y)[1], chest_y])
    share = np.linspace(0, 1, 60)[:, None]
    line = nape * (1 - share) + front * share + np.array([0, rng.uniform(0, 40)]) * 4 * share * (1 - share)
    for link in line[:: int(rng.integers(1, 3))]:
        fill(metal, view, ellipse(link, (rng.uniform(0.8, 1.6), 1.0), points=8), rng.uniform(1, 2.5))
    if rng.random() < 0.5:
        fill(metal, view, ellipse(front, (3, rng.uniform(4, 9))), 2)


def _brassiere(rng: np.random.Generator, metal: Metal, physique: Physique, view: View) -> None:
    """Hooks behind, a slider of the strap, wires under the breasts."""
    y = physique.column.y_of(rng.uniform(7.5, 10))
    back, front = physique.skin(y)
    for row in range(int(rng.integers(2, 4))):
        hook = np.array([back - 3, y + 8 * row])
        stroke(metal, view, np.array([hook, hook - (rng.uniform(4, 8), 1)]), 1.2, 2)
    for _ in range(2):
        angle = np.linspace(0.2, 2.6, 12) + rng.normal(0, 0.1)
        wire = np.array([front + 10, y - 35]) + np.column_stack(
            [-20 + 45 * np.cos(angle), 40 * np.sin(angle)]
        )
        stroke(metal, view, wire + rng.normal(0, 4, 2), 1.4, rng.uniform(1, 2.5))


def _zipper(rng: np.random.Generator, metal: Metal, physique: Physique, view: View) -> None:
    """Teeth of a zip fastener, or buttons, down the back or the front."""
    start, end = sorted(physique.column.y_of(level) for level in rng.uniform(4, 20, 2))
    behind = rng.random() < 0.4
    buttons = rng.random() < 0.4
    for y in np.arange(start, end, rng.uniform(35, 70) if buttons else rng.uniform(2.0, 3.5)):
        back, front = physique.skin(float(y))
        centre = np.array([back - 2 if behind else front + 4, y])
        fill(metal, view, ellipse(centre, (2, 6) if buttons else (1.6, 0.8), points=10), rng.uniform(1, 2.5))


def _ring(rng: np.random.Generator, metal: Metal, physique: Physique, view: View) -> None:
    """A ring at the navel, at an ear or on a finger."""
    places = [np.array([physique.skin(y)[1], y]) for y in [physique.column.y_of(rng.uniform(16, 18))]]
    places += [arm.joints_xy[2] + rng.normal(0, 15, 2) for arm in physique.arms]
    places.append(physique.column.point(-6.0) + rng.uniform((-25, -15), (5, 25)))
    centre = places[int(rng.integers(len(places)))]
    outline = ellipse(centre, (rng.uniform(3, 9), rng.uniform(4, 13)), rng.uniform(0, 3))
    stroke(metal, view, np.concatenate([outline, outline[:1]]), rng.uniform(1.2, 2.5), rng.uniform(1.5, 4))


def _pacemaker(rng: np.random.Generator, metal: Metal, physique: Physique, view: View) -> None:
    """A pacemaker under the collar bone and its leads to the heart."""
    y = physique.column.y_of(rng.uniform(2.5, 5))
    centre = np.array([physique.skin(y)[1] + rng.uniform(15, 45), y])
    outline = ellipse(centre, (rng.uniform(8, 22), rng.uniform(18, 26)), rng.normal(0, 0.5))
    fill(metal, view, outline, rng.uniform(2, 6))
    heart = physique.column.point(8.5) - (rng.uniform(60, 100), 0)
    for _ in range(int(rng.integers(1, 3))):
        loop = centre + rng.normal(0, 25, 2)
        great_vein = physique.column.point(4) - (rng.uniform(35, 60), 0)
        lead = np.stack(
            [centre, loop, great_vein, great_vein + np.array([0, 45]), heart + rng.normal(0, 12, 2)]
        )
        stroke(metal, view, rounded(lead, closed=False), 1.8, rng.uniform(1, 2.5))


def _hip_prosthesis(rng: np.random.Generator, metal: Metal, physique: Physique, view: View) -> None:
    """A hip joint of metal: socket, head and stem."""
    joint = physique.column.point(VertebraLevel.S1) + np.array([rng.uniform(-75, -45), rng.uniform(70, 95)])
    fill(metal, view, ellipse(joint, (25, 25)), rng.uniform(4, 9))
    stroke(metal, view, np.stack([joint, joint + np.array([12, 40]), joint + np.array([5, 160])]), 15, 10)


SMALL_THINGS: tuple[Small, ...] = (
    _clips,
    _filter,
    _electrode,
    _necklace,
    _brassiere,
    _zipper,
    _ring,
    _pacemaker,
    _hip_prosthesis,
)
