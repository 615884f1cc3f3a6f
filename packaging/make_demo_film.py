"""Make resources/demo_film.dcm anew: a simulated film with a wedge, a biconcave and a crush fracture.

    .venv/bin/python packaging/make_demo_film.py ANATOMY

ANATOMY is the folder that ``vcf-desktop train --anatomy`` takes.
"""

import sys
from datetime import date
from pathlib import Path

import numpy as np

from vcf_desktop.simulation.anatomy import load_anatomy
from vcf_desktop.simulation.dicom import write_dicom
from vcf_desktop.simulation.generate import simulate
from vcf_desktop.simulation.receptor import attenuation, develop

PERSON, EXPOSURE = 2013, 20130
"""Seeds of a film whose fractures, T7 crush, T8 wedge, L1 and L4 biconcave, and sacrum are well seen."""


def main(anatomy: Path, target: Path) -> None:
    """Simulate the film and write it to ``target``."""
    film = simulate(
        np.random.default_rng(PERSON),
        load_anatomy(anatomy),
        size_hw=(1300, 640),
        pixel_mm_range=(0.33, 0.36),
        mean_fractures=3.0,
        frontal_share=0,
    )
    exposure = np.random.default_rng(EXPOSURE)
    log_film = attenuation(exposure, film.layers)
    grey = develop(exposure, log_film, film.layers.body, film.view.pixel_mm)
    write_dicom(target, grey, film.view.pixel_mm, film.facing_right, "VCF-DEMO", date(2026, 1, 1))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parent.parent / "resources" / "demo_film.dcm")
