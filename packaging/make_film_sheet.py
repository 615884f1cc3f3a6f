"""Make ``models/simulated_films.jpg``: what the networks saw, for the model card.

    python packaging/make_film_sheet.py ANATOMY [SEED]

ANATOMY is a folder of bones for ``vcf-desktop train --anatomy``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from vcf_desktop.simulation.generate import simulate
from vcf_desktop.simulation.people import open_people
from vcf_desktop.simulation.seeds import Purpose, film_rng

COLUMNS, ROWS = 8, 3
SIZE_HW = (480, 240)
PIXEL_MM = (0.55, 2.1)
SHEET = Path(__file__).parents[1] / "models" / "simulated_films.jpg"


def film_sheet(anatomy: Path, seed: int) -> NDArray[np.uint8]:
    """Grey values (H, W) of films beside each other, one look each."""
    people = open_people(anatomy)
    films = []
    for number in range(COLUMNS * ROWS):
        rng = film_rng(Purpose.SAMPLES, seed, number)
        person = people[int(rng.integers(len(people)))]
        film = simulate(rng, person, SIZE_HW, PIXEL_MM, mean_fractures=2.0, frontal_share=0)
        films.append(np.pad(np.round(film.look(rng) * 255).astype(np.uint8), 2))
    rows = [np.hstack(films[start : start + COLUMNS]) for start in range(0, len(films), COLUMNS)]
    return np.vstack(rows)


if __name__ == "__main__":
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 2026
    cv2.imwrite(str(SHEET), film_sheet(Path(sys.argv[1]), seed), [cv2.IMWRITE_JPEG_QUALITY, 85])
