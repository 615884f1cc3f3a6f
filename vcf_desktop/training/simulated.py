"""Simulated films as a source of samples.

Composing a film costs five times as much as developing it. So a round has some composed films, each shown in
several looks, and all of it is a pure function of seed and round.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vcf_desktop.inference.frames import NetworkFrame
from vcf_desktop.inference.preprocess import content_box, enhance
from vcf_desktop.simulation.anatomy import Anatomy
from vcf_desktop.simulation.generate import SimulatedFilm, simulate
from vcf_desktop.simulation.people import open_people
from vcf_desktop.simulation.seeds import Purpose, film_rng
from vcf_desktop.spine import VertebraLevel
from vcf_desktop.training.recipes import Augmentation
from vcf_desktop.training.samples import KnownVertebra, Showing, draw_clip_limit


@dataclass(frozen=True)
class FilmKind:
    """Which films are simulated for a network.

    Attributes:
        size_hw: pixels.
        pixel_mm: range of the pixel size.
        mean_fractures: mean number of fractures of a person, drawn from these.
        frontal_share: share of films of the wrong view, on which there is nothing to find.
        samples_per_look: how many samples a film gives, about.
        epoch: samples after which an epoch is over.
    """

    size_hw: tuple[int, int]
    pixel_mm: tuple[float, float]
    mean_fractures: tuple[float, ...]
    frontal_share: float
    samples_per_look: int
    epoch: int


DETECTOR_FILMS = FilmKind((640, 320), (0.42, 1.25), (0.3, 2.5), 0.03, samples_per_look=1, epoch=1122)
CROP_FILMS = FilmKind((832, 448), (0.26, 0.75), (6.0,), 0.0, samples_per_look=14, epoch=2755)
"""An epoch has as many films, or vertebrae, as the training part of the paper's data (section 3.1, table 1):
60 % of 1870 films and of 4591 vertebrae."""

FIRST_SHARE = 0.65
"""Of the films are the first person's: a second one shares his loin, and the slices of a CT are coarse."""

_COMPOSE, _LOOK, _ORDER = range(3)


@functools.cache
def people_of(folder: Path | None) -> tuple[Anatomy, ...]:
    """The people in a folder, None for the built-in skeleton; loaded once in each process.

    Processes that are forked inherit them; others load them, which is quicker than to send their maps.
    """
    return open_people(folder)


@dataclass(frozen=True)
class SimulatedFilms:
    """An endless source of samples; see :class:`vcf_desktop.training.sources.Source`.

    Attributes:
        anatomy_folder: None for the built-in skeleton.
        films, looks_per_film: of one round.
    """

    anatomy_folder: Path | None
    kind: FilmKind
    purpose: Purpose
    seed: int
    augmentation: Augmentation
    films: int = 16
    looks_per_film: int = 4

    @property
    def samples_per_round(self) -> int:
        """About how many samples the looks of a round give."""
        return self.films * self.looks_per_film * self.kind.samples_per_look

    @property
    def rounds_per_epoch(self) -> int:
        """Rounds that have the samples of an epoch."""
        return max(1, round(self.kind.epoch / self.samples_per_round))

    def looks(self, number: int) -> list[Callable[[], tuple[np.random.Generator, Showing]]]:
        """The looks of a round, in the order in which they are made; each with what is drawn from next."""
        # A film is composed when its first look is asked for and forgotten with its last.
        films = [functools.cache(functools.partial(self._compose, number, i)) for i in range(self.films)]
        order = film_rng(self.purpose, self.seed, number, _ORDER).permutation(
            self.films * self.looks_per_film
        )
        return [functools.partial(self._look, number, int(n), films[n % self.films]) for n in order]

    def _compose(self, number: int, place: int) -> SimulatedFilm:
        rng = film_rng(self.purpose, self.seed, number, _COMPOSE, place)
        kind = self.kind
        people = people_of(self.anatomy_folder)
        anatomy = people[0] if rng.random() < FIRST_SHARE else people[-1]
        mean_fractures = float(rng.choice(kind.mean_fractures))
        return simulate(rng, anatomy, kind.size_hw, kind.pixel_mm, mean_fractures, kind.frontal_share)

    def _look(
        self, number: int, place: int, compose: Callable[[], SimulatedFilm]
    ) -> tuple[np.random.Generator, Showing]:
        rng = film_rng(self.purpose, self.seed, number, _LOOK, place)
        film = compose()
        grey = film.look(rng)
        look = Showing(
            enhanced=enhance(grey, content_box(grey), clip_limit=draw_clip_limit(rng, self.augmentation)),
            frame=NetworkFrame(np.eye(2, 3), film.view.size_hw),
            row_to_column=1.0,
            vertebrae=tuple(
                KnownVertebra(v.outline_xy, True, v.level == VertebraLevel.S1, v.grade)
                for v in film.vertebrae
            ),
            anterior_right=film.facing_right,
            structures=film.masks(),
            augmentation=self.augmentation,
        )
        return rng, look
