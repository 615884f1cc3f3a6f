"""Whole simulated films: a seed goes in, grey values and exact labels come out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.simulation.anatomy import Anatomy
from vcf_desktop.simulation.looks import Look, render, sample_look
from vcf_desktop.simulation.projector import (
    Layers,
    View,
    make_view,
    outline_mask,
    project,
    project_frontal,
)
from vcf_desktop.simulation.spine_model import PlacedVertebra, sample_spine
from vcf_desktop.spine import Deformity, Grade, VertebraLevel

METAL_MM = 0.8
"""Metal thinner than this along the ray hides nothing."""
ARCH_MM = 2.0
"""Bone thinner than this is no visible part of an arch."""


@dataclass(frozen=True, eq=False)
class LabelledVertebra:
    """The truth about one vertebra of a simulated film, from geometry and never from grey values.

    Attributes:
        outline_xy: (N, 2) outline of the body in film pixels; it may leave the film.
        points_xy: (6, 2) in the order of :data:`vcf_desktop.geometry.SIX_POINTS`, film pixels.
        box_xyxy: (4,) box of the outline, cut at the film's edges.
        loss: greatest relative loss of height against its own unfractured shape.
        grade: by that loss. deformity: the kind of the fracture, none without a grade.
    """

    level: VertebraLevel
    outline_xy: NDArray[np.float64]
    points_xy: NDArray[np.float64]
    box_xyxy: NDArray[np.float64]
    loss: float
    grade: Grade
    deformity: Deformity


@dataclass(frozen=True, eq=False)
class SimulatedFilm:
    """One composed film before development: its layers serve many looks.

    Attributes:
        layers: line integrals.
        vertebrae: T1 to L5 and S1 as far as they lie on the film, top to bottom.
        facing_right: the patient's front is at the right.
        view: where the film lies.
        density: of the person's bones, 0 in severe osteopenia to 1.
    """

    layers: Layers
    vertebrae: tuple[LabelledVertebra, ...]
    facing_right: bool
    view: View
    density: float

    def sample_look(self, rng: np.random.Generator) -> Look:
        """One way in which this film may come out of a machine."""
        return sample_look(rng, self.density)

    def render(self, look: Look) -> NDArray[np.float32]:
        """Grey values (H, W) in [0, 1] of this film as ``look`` shows it."""
        boxes = np.array([v.box_xyxy for v in self.vertebrae])
        keep = np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)]) if len(boxes) else None
        return render(look, self.layers, self.view.pixel_mm, keep)

    def look(self, rng: np.random.Generator) -> NDArray[np.float32]:
        """Grey values (H, W) in [0, 1] of one random look."""
        return self.render(self.sample_look(rng))

    def masks(self) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Arches and foreign material, each (H, W) 0 or 255."""
        return (
            (self.layers.posterior > ARCH_MM).astype(np.uint8) * 255,
            (self.layers.metal > METAL_MM).astype(np.uint8) * 255,
        )

    def body_mask(self, vertebra: LabelledVertebra) -> NDArray[np.uint8]:
        """Mask (H, W) 0 to 255 of one vertebral body."""
        return outline_mask(vertebra.outline_xy, self.view.size_hw)


def simulate(
    rng: np.random.Generator,
    anatomy: Anatomy,
    size_hw: tuple[int, int],
    pixel_mm_range: tuple[float, float],
    mean_fractures: float = 1.5,
    frontal_share: float = 0.03,
) -> SimulatedFilm:
    """Compose a film of a random person at a random place of the spine.

    Args:
        size_hw: film size in pixels.
        pixel_mm_range: pixel size is drawn log-uniformly from it; large pixels show the whole spine.
        mean_fractures: mean number of fractured vertebrae of the person.
        frontal_share: share of films of the wrong view, which carry no label.
    """
    pixel_mm = float(np.exp(rng.uniform(*np.log(pixel_mm_range))))
    facing_right = bool(rng.random() < 0.5)
    turn = float(rng.normal(0, 4))
    if anatomy.frontal is not None and rng.random() < frontal_share:
        view = make_view(np.zeros(2), pixel_mm, size_hw, turn, facing_right)
        layers = project_frontal(rng, anatomy.frontal, view)
        return SimulatedFilm(layers, (), facing_right, view, rng.random())
    spine = sample_spine(rng, anatomy, mean_fractures)
    view = _aim(rng, spine, pixel_mm, size_hw, turn, facing_right)
    layers = project(rng, anatomy, spine, view)
    return SimulatedFilm(layers, _labels(spine, view), facing_right, view, rng.random())


def _aim(
    rng: np.random.Generator,
    spine: list[PlacedVertebra],
    pixel_mm: float,
    size_hw: tuple[int, int],
    turn: float,
    facing_right: bool,
) -> View:
    """A film on the spine: a small one shows any region, a large one most of it."""
    centres = np.array([v.points_xy[[0, 2, 3, 5]].mean(axis=0) for v in spine])
    half = size_hw[0] * pixel_mm / 2
    # A tall film hangs around the middle of the spine; a small one may lie anywhere along it.
    low, high = centres[:, 1].min() + 0.55 * half, centres[:, 1].max() - 0.45 * half
    y = rng.uniform(low, high) if low < high else (low + high) / 2 + rng.normal(0, 40)
    on_film = np.abs(centres[:, 1] - y) < half
    middle = np.median(centres[on_film if on_film.any() else slice(None), 0])
    room = size_hw[1] * pixel_mm / 2
    x = middle - rng.uniform(-0.25, 0.6) * max(room - 40, 10)
    return make_view(np.array([x, y]), pixel_mm, size_hw, turn, facing_right)


def _labels(spine: list[PlacedVertebra], view: View) -> tuple[LabelledVertebra, ...]:
    """Vertebrae T1 to L5 and S1 that lie on the film by at least two thirds of their box."""
    labels = []
    height, width = view.size_hw
    for placed in spine:
        if placed.level < VertebraLevel.T1:
            continue
        outline = view.points(placed.outline_xy)
        low, high = outline.min(axis=0), outline.max(axis=0)
        seen = np.clip(np.minimum(high, [width, height]) - np.maximum(low, 0), 0, None)
        if seen.prod() < 0.66 * (high - low).prod():
            continue
        box = np.concatenate([np.maximum(low, 0), np.minimum(high, [width, height])])
        labels.append(
            LabelledVertebra(
                VertebraLevel(placed.level),
                outline,
                view.points(placed.points_xy),
                box,
                placed.loss,
                placed.grade,
                placed.deformity,
            )
        )
    return tuple(labels)
