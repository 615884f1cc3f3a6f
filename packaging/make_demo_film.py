"""Make resources/demo_film.dcm anew: a simulated film with fractures of every type and every grade.

    .venv/bin/python packaging/make_demo_film.py ANATOMY

ANATOMY is the folder that ``vcf-desktop simulate --anatomy`` takes; resources/README.md names its sources.
Where a change of the simulator makes another person of the same seed, the next fitting one is looked for,
which takes minutes: then look at the film, and write the seed that is printed, or a better one, in here.
"""

import itertools
import sys
from datetime import date
from pathlib import Path

import numpy as np

from vcf_desktop.simulation.anatomy import Anatomy, load_anatomy
from vcf_desktop.simulation.dicom import write_dicom
from vcf_desktop.simulation.exposure import Exposure
from vcf_desktop.simulation.generate import SimulatedFilm, simulate
from vcf_desktop.simulation.looks import Look
from vcf_desktop.simulation.markings import Markings
from vcf_desktop.simulation.processing import Processing
from vcf_desktop.spine import Grade, VertebraLevel

SEED = 1487
SIZE_MM = (380.0, 200.0)
PIXEL_MM, PREVIEW_PIXEL_MM = 0.25, 4.0
SHOWN = range(VertebraLevel.T10, VertebraLevel.S1 + 1)
BROKEN = range(VertebraLevel.T11, VertebraLevel.L4 + 1)
MOST_BROKEN = 4

LOOK = Look(
    Exposure(
        tube_kv=80.0,
        thickness=0.95,
        mineral_mg_cm3=190.0,
        cortex=0.7,
        blur_px=0.6,
        scatter=0.35,
        mottle=(0.006, 0.008, 0.008, 0.008),
        mottle_stretch=1.2,
        noise=0.0006,
        grain_px=0.7,
        noise_seed=0,
    ),
    Processing(
        wide_mm=25.0,
        fine_mm=1.5,
        keep_base=0.22,
        gain_middle=1.6,
        gain_fine=1.3,
        low_percentile=1.0,
        high_percentile=99.7,
        air=0.05,
        sigmoid=None,
        gamma=1.0,
        inverted=False,
        shrink=1.0,
        jpeg_quality=None,
    ),
    Markings(None, None, (), (), 0.0, None, 0),
)
"""A well-exposed film that nothing is written on."""


def film_of(seed: int, anatomy: Anatomy, pixel_mm: float) -> SimulatedFilm:
    """The film of a seed; the pixels change neither the person nor the place."""
    height, width = (round(side / pixel_mm) for side in SIZE_MM)
    rng = np.random.default_rng(seed)
    return simulate(rng, anatomy, (height, width), (pixel_mm, pixel_mm), mean_fractures=4.0, frontal_share=0)


def shows_all(film: SimulatedFilm) -> bool:
    """Whether all grades and types are there, on an ordinary spine without metal."""
    levels = {vertebra.level for vertebra in film.vertebrae}
    transitional = {VertebraLevel.T13, VertebraLevel.L6}
    broken = [v for v in film.vertebrae if v.grade and v.level in BROKEN]
    return (
        levels.isdisjoint(transitional)
        and levels | transitional >= {VertebraLevel(level) for level in SHOWN}
        and len(broken) <= MOST_BROKEN
        and {v.grade for v in broken} == set(Grade) - {Grade.NON}
        and len({v.deformity for v in broken}) == 3
        and not film.layers.metal.any()
    )


def main(folder: Path, target: Path) -> None:
    """Write the first film from :data:`SEED` on that shows all to ``target``."""
    anatomy = load_anatomy(folder)
    seed = next(s for s in itertools.count(SEED) if shows_all(film_of(s, anatomy, PREVIEW_PIXEL_MM)))
    film = film_of(seed, anatomy, PIXEL_MM)
    grades = [f"{v.level.label} {v.deformity} {int(v.grade)}" for v in film.vertebrae if v.grade]
    sys.stdout.write(f"seed {seed}: {', '.join(grades)}\n")
    made_on = date(2026, 1, 1)
    write_dicom(target, film.render(LOOK), PIXEL_MM, film.facing_right, "VCF-DEMO", made_on)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parent.parent / "resources" / "demo_film.dcm")
