"""Whole simulated films: a seed goes in, grey values and exact labels come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.simulation.anatomy import Anatomy
from vcf_desktop.simulation.lesions import draw_vacuum
from vcf_desktop.simulation.looks import Look, render, sample_look
from vcf_desktop.simulation.projector import (
    WHOLE_SPINE_MM,
    Layers,
    outline_mask,
    project,
    project_frontal,
)
from vcf_desktop.simulation.spine_model import (
    PlacedVertebra,
    Spine,
    exposed,
    sample_spine,
    with_supernumerary,
)
from vcf_desktop.simulation.view import View, make_view
from vcf_desktop.spine import Deformity, Grade, VertebraLevel

METAL_MM = 0.8
"""Metal thinner than this along the ray hides nothing."""
ARCH_MM = 2.0
"""Bone thinner than this is no visible part of an arch."""

SOURCE_MM, STANDING_MM = (900.0, 1600.0), (1300.0, 2000.0)
"""From the source to the spine, on films of a part of it and of a whole standing person."""
STITCHED = 4.0
"""Films of the whole spine are stitched or scanned: so many times less the beam diverges along them."""
WHOLE_SHARE = 0.34
FIELDS: dict[
    str, tuple[float, VertebraLevel, VertebraLevel, tuple[tuple[float, float], tuple[float, float]]]
] = {
    "whole": (WHOLE_SHARE, VertebraLevel.C7, VertebraLevel.S1, ((20, 190), (40, 190))),
    "thoracic": (0.08, VertebraLevel.T1, VertebraLevel.L1, ((-40, 60), (-20, 60))),
    "chest": (0.07, VertebraLevel.T1, VertebraLevel.L1, ((0, 80), (-30, 60))),
    "thoracolumbar": (0.11, VertebraLevel.T8, VertebraLevel.L4, ((-30, 80), (-30, 60))),
    "lumbar": (0.16, VertebraLevel.T12, VertebraLevel.S1, ((-20, 80), (10, 130))),
    "any": (0.24, VertebraLevel.C7, VertebraLevel.S1, ((0, 0), (0, 0))),
}
"""Share of the films, uppermost and lowest vertebra, and mm that the film reaches above and below them. "any"
lies anywhere at any scale: parts of films, as one that works through large films in pieces meets them."""


@dataclass(frozen=True, eq=False)
class LabelledVertebra:
    """The truth about one vertebra of a simulated film, from geometry and never from grey values.

    Attributes:
        outline_xy: (N, 2) outline of the body in film pixels; it may leave the film.
        points_xy: (6, 2) in the order of :data:`vcf_desktop.geometry.SIX_POINTS`, film pixels.
        box_xyxy: (4,) box of the outline, cut at the film's edges.
        loss: greatest relative loss of height against its own unfractured shape.
        grade: by that loss. deformity: the kind of the fracture, none without a grade.
        cement: it was filled by vertebroplasty.
    """

    level: VertebraLevel
    outline_xy: NDArray[np.float64]
    points_xy: NDArray[np.float64]
    box_xyxy: NDArray[np.float64]
    loss: float
    grade: Grade
    deformity: Deformity
    cement: bool


@dataclass(frozen=True, eq=False)
class SimulatedFilm:
    """One composed film before development: its layers serve many looks.

    Attributes:
        layers: line integrals.
        vertebrae: T1 to L5 and S1 as far as they lie on the film, top to bottom.
        facing_right: the patient's front is at the right.
        view: where the film lies.
        density: of the person's bones, 0 in severe osteopenia to 1.
        drawn: what was drawn about the view, ready for JSON.
        spine: the person's, in the poses that were exposed; None on films of the wrong view.
    """

    layers: Layers
    vertebrae: tuple[LabelledVertebra, ...]
    facing_right: bool
    view: View
    density: float
    drawn: Mapping[str, object]
    spine: Spine | None

    @property
    def parameters(self) -> dict[str, object]:
        """Everything drawn about the person and the view, ready for JSON."""
        return {**self.drawn, **({} if self.spine is None else spine_parameters(self.spine))}

    def sample_look(self, rng: np.random.Generator) -> Look:
        """One way in which this film may come out of a machine."""
        return sample_look(rng, self.density)

    @property
    def labelled_xyxy(self) -> NDArray[np.float64] | None:
        """Box (4,) px around all labelled vertebrae, None where there is none."""
        if not self.vertebrae:
            return None
        boxes = np.array([v.box_xyxy for v in self.vertebrae])
        return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])

    def render(self, look: Look) -> NDArray[np.float32]:
        """Grey values (H, W) in [0, 1] of this film as ``look`` shows it."""
        return render(look, self.layers, self.view.pixel_mm, self.labelled_xyxy)

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
    """Compose a film of a random person in a random field of view.

    Args:
        size_hw: film size in pixels.
        pixel_mm_range: pixel size of the film; where it allows the whole spine, :data:`WHOLE_SHARE` show it.
        mean_fractures: mean number of fractured vertebrae of the person.
        frontal_share: share of films of the wrong view, which carry no label.
    """
    facing_right = bool(rng.random() < 0.5)
    turn = float(rng.normal(0, 4))
    if anatomy.frontal is not None and rng.random() < frontal_share:
        pixel_mm = _any_pixel(rng, pixel_mm_range)
        view = make_view(np.zeros(2), pixel_mm, size_hw, turn, facing_right)
        layers = project_frontal(rng, anatomy.frontal, view)
        drawn = {"field": "frontal", "pixel_mm": pixel_mm, "turn_deg": turn}
        return SimulatedFilm(layers, (), facing_right, view, rng.random(), drawn, None)
    spine = sample_spine(rng, anatomy, mean_fractures)
    field, centre, pixel_mm = sample_field(rng, spine.vertebrae, size_hw, pixel_mm_range)
    view = make_view(centre, pixel_mm, size_hw, turn, facing_right)
    source_mm = float(rng.uniform(*(STANDING_MM if view.height_mm > WHOLE_SPINE_MM else SOURCE_MM)))
    along_mm = source_mm * (STITCHED if field == "whole" else 1.0)
    placed = exposed(rng, spine, anatomy, float(centre[1]), along_mm)
    layers = project(rng, with_supernumerary(anatomy), placed, view, source_mm)
    draw_vacuum(layers.soft, placed, view)
    drawn = {
        "field": field,
        "pixel_mm": pixel_mm,
        "centre_mm": centre.tolist(),
        "turn_deg": turn,
        "facing": "right" if facing_right else "left",
        "source_mm": source_mm,
    }
    labels = _labels(placed, view)
    seen = replace(spine, vertebrae=placed)
    return SimulatedFilm(layers, labels, facing_right, view, spine.person.density, drawn, seen)


def spine_parameters(spine: Spine) -> dict[str, object]:
    """Everything drawn about a person, ready for JSON."""
    posture = asdict(spine.posture)
    del posture["tilts_deg"]  # those of the vertebrae are what became of them
    return {
        "person": asdict(spine.person),
        "posture": posture,
        "vertebrae": [
            {
                "level": "C6" if v.level < VertebraLevel.C7 else VertebraLevel(v.level).label,
                "tilt_deg": v.tilt_deg,
                "size": np.linalg.norm(v.to_patient[:, :2], axis=0).tolist(),
                "pose": v.pose,
                "natural_wedge": v.natural_wedge,
                "scheuermann": v.scheuermann,
                "fracture": None if v.fracture is None else asdict(v.fracture),
                "loss": v.loss,
                "cement": v.cement,
                "disc": None if v.disc is None else asdict(v.disc),
                "lesions": asdict(v.lesions),
            }
            for v in spine.vertebrae
        ],
    }


def _any_pixel(rng: np.random.Generator, pixel_mm_range: tuple[float, float]) -> float:
    return float(np.exp(rng.uniform(*np.log(pixel_mm_range))))


def sample_field(
    rng: np.random.Generator,
    spine: Sequence[PlacedVertebra],
    size_hw: tuple[int, int],
    pixel_mm_range: tuple[float, float],
) -> tuple[str, NDArray[np.float64], float]:
    """What a film shows: name of the field, patient point (2,) at its middle, and pixel size in mm."""
    level_xy = {v.level: v.points_xy[[0, 2, 3, 5]].mean(axis=0) for v in spine}
    name = str(rng.choice(list(FIELDS), p=[share for share, *_ in FIELDS.values()]))
    _, top, bottom, (above, below) = FIELDS[name]
    if name != "any":
        start = level_xy[top][1] - rng.uniform(*above)
        end = level_xy[bottom][1] + rng.uniform(*below)
        pixel_mm = float((end - start) / size_hw[0])
        if not pixel_mm_range[0] * 0.85 < pixel_mm < pixel_mm_range[1] * 1.15:
            name = "any"
        pixel_mm = float(np.clip(pixel_mm, *pixel_mm_range))
        y = (start + end) / 2
    centres = np.array(list(level_xy.values()))
    if name == "any":
        pixel_mm = _any_pixel(rng, pixel_mm_range)
        half = size_hw[0] * pixel_mm / 2
        low, high = centres[:, 1].min() + 0.55 * half, centres[:, 1].max() - 0.45 * half
        y = rng.uniform(low, high) if low < high else (low + high) / 2 + rng.normal(0, 40)
    half_hw = np.array(size_hw) * pixel_mm / 2
    on_film = np.abs(centres[:, 1] - y) < half_hw[0]
    x = centres[on_film if on_film.any() else slice(None), 0]
    middle = (x.min() + x.max()) / 2
    # What the spine leaves free at its sides; the front is more often on the film than the back.
    free = max(half_hw[1] - np.ptp(x) / 2 - 30, 10.0)
    share = rng.uniform(0.45, 0.9) if name == "chest" else rng.normal(0.2, 0.35)
    return name, np.array([middle - np.clip(share, -0.7, 0.95) * free, y]), pixel_mm


def _labels(spine: Sequence[PlacedVertebra], view: View) -> tuple[LabelledVertebra, ...]:
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
                placed.cement,
            )
        )
    return tuple(labels)
