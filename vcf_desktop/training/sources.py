"""Which films a network learns from and is judged on meanwhile: simulated ones, a hospital's, or both."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np

from vcf_desktop.errors import VcfError
from vcf_desktop.inference.manifest import Task
from vcf_desktop.io.labelme import AnnotatedFilm
from vcf_desktop.simulation.seeds import Purpose
from vcf_desktop.training.hospital import FILMS_PER_ROUND, HospitalFilms, with_wanted
from vcf_desktop.training.recipes import AS_IT_IS, Recipe
from vcf_desktop.training.samples import Showing, Wanted, is_graded, is_outlined
from vcf_desktop.training.simulated import CROP_FILMS, DETECTOR_FILMS, SimulatedFilms
from vcf_desktop.training.split import Part

VALIDATION_FILMS = 32
"""Simulated films for validation; they are the same for all seeds, so that runs can be compared."""
MOST_VALIDATION_FILMS = 128
"""Of a hospital: their samples stay in memory for the whole run."""


class Source(Protocol):
    """Looks at films in rounds."""

    @property
    def samples_per_round(self) -> int:
        """About how many samples the looks of a round give."""

    @property
    def rounds_per_epoch(self) -> int:
        """Rounds that show each film once, or as many samples as are called an epoch."""

    def looks(self, number: int) -> list[Callable[[], tuple[np.random.Generator, Showing]]]:
        """The looks of a round, each with the generator that what follows is drawn from."""


@dataclass(frozen=True)
class Mixture:
    """A hospital's films with simulated ones among them; an epoch is the hospital's."""

    hospital: HospitalFilms
    simulated: SimulatedFilms

    @property
    def samples_per_round(self) -> int:
        """Of both together."""
        return self.hospital.samples_per_round + self.simulated.samples_per_round

    @property
    def rounds_per_epoch(self) -> int:
        """Of the hospital's films."""
        return self.hospital.rounds_per_epoch

    def looks(self, number: int) -> list[Callable[[], tuple[np.random.Generator, Showing]]]:
        """Of both."""
        return self.hospital.looks(number) + self.simulated.looks(number)


def simulated_sources(
    task: Task, recipe: Recipe, seed: int, anatomy: Path | None
) -> tuple[SimulatedFilms, SimulatedFilms]:
    """Simulated films for training and, of other seeds and as they are, for validation."""
    kind = DETECTOR_FILMS if task is Task.DETECTOR else CROP_FILMS
    training = SimulatedFilms(anatomy, kind, Purpose.TRAINING, seed, recipe.simulated)
    # An epoch of validation is one round.
    judged = replace(kind, epoch=0)
    validation = SimulatedFilms(
        anatomy, judged, Purpose.VALIDATION, 0, AS_IT_IS, films=VALIDATION_FILMS, looks_per_film=1
    )
    return training, validation


def hospital_sources(
    task: Task, recipe: Recipe, seed: int, parts: dict[Part, list[AnnotatedFilm]]
) -> tuple[HospitalFilms, HospitalFilms]:
    """A hospital's films of the parts for training and, as they are, for validation.

    Raises:
        VcfError: a part holds nothing that the network could learn from.
    """
    training, validation = (_learnable(task, parts[part], part) for part in (Part.TRAIN, Part.VALIDATION))
    every = math.ceil(len(validation[0]) / MOST_VALIDATION_FILMS)
    return (
        HospitalFilms(*training, seed, recipe.labelled),
        HospitalFilms(validation[0][::every], validation[1], 0, AS_IT_IS),
    )


def mixture(hospital: HospitalFilms, simulated: SimulatedFilms, share: float) -> Mixture:
    """Both, with ``share``, in (0, 1), of the looks at simulated films."""
    shown = min(len(hospital.films), FILMS_PER_ROUND)
    films = max(1, round(shown * share / (1 - share) / simulated.looks_per_film))
    return Mixture(hospital, replace(simulated, films=films))


_WANTED: dict[Task, tuple[Wanted, str]] = {
    Task.SEGMENTER: (is_outlined, "outlined as a polygon"),
    Task.CLASSIFIER: (is_graded, "graded"),
}


def _learnable(task: Task, films: list[AnnotatedFilm], part: Part) -> tuple[list[AnnotatedFilm], int]:
    if task is Task.DETECTOR:
        # A film on which nothing was drawn teaches what is no vertebra.
        return films, len(films)
    wanted, how = _WANTED[task]
    useful, count = with_wanted(films, wanted)
    if not useful:
        raise VcfError(
            f"No vertebra of the {len(films)} films for {part} is {how}; the {task} needs some, "
            "so annotate more films."
        )
    return useful, count
