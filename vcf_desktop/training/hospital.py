"""A hospital's annotated films as a source of samples."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from vcf_desktop.film import Film
from vcf_desktop.inference.frames import detector_frame
from vcf_desktop.inference.preprocess import content_box, enhance
from vcf_desktop.io.films import read_film
from vcf_desktop.io.labelme import AnnotatedFilm
from vcf_desktop.simulation.seeds import Purpose, film_rng
from vcf_desktop.spine import Grade, VertebraLevel
from vcf_desktop.training.recipes import Augmentation
from vcf_desktop.training.samples import KnownVertebra, Showing, Wanted, draw_clip_limit

FILMS_PER_ROUND = 32
"""Films among whose samples a batch is drawn; more would take more memory, fewer hold fewer patients."""
_ORDER, _LOOK = 10, 11  # beside those of simulated films, with which they may be mixed


@dataclass(frozen=True)
class HospitalFilms:
    """The films of one part; an epoch shows each once. See :class:`vcf_desktop.training.sources.Source`.

    Attributes:
        films: at least one.
        samples: how many an epoch has.
    """

    films: Sequence[AnnotatedFilm]
    samples: int
    seed: int
    augmentation: Augmentation

    @property
    def rounds_per_epoch(self) -> int:
        """Rounds that an epoch is cut into."""
        return math.ceil(len(self.films) / FILMS_PER_ROUND)

    @property
    def samples_per_round(self) -> int:
        """Samples that the looks of a round give, on average."""
        return math.ceil(self.samples / self.rounds_per_epoch)

    def looks(self, number: int) -> list[Callable[[], tuple[np.random.Generator, Showing]]]:
        """The looks of a round, each with the generator that what follows is drawn from."""
        epoch, turn = divmod(number, self.rounds_per_epoch)
        order = film_rng(Purpose.TRAINING, self.seed, epoch, _ORDER).permutation(len(self.films))
        places = np.array_split(order, self.rounds_per_epoch)[turn]
        return [functools.partial(self._look, epoch, int(place)) for place in places]

    def _look(self, epoch: int, place: int) -> tuple[np.random.Generator, Showing]:
        rng = film_rng(Purpose.TRAINING, self.seed, epoch, _LOOK, place)
        film = self.films[place]
        return rng, film_look(rng, read_film(film.film_path), film, self.augmentation)


def film_look(
    rng: np.random.Generator, film: Film, annotated: AnnotatedFilm, augmentation: Augmentation
) -> Showing:
    """An annotated film, brought to the networks by the steps of the pipeline."""
    gamma = float(rng.uniform(*augmentation.gamma))
    pixels = film.pixels if gamma == 1.0 else film.pixels ** np.float32(gamma)
    content = content_box(pixels, film.padding)
    return Showing(
        enhanced=enhance(pixels, content, film.padding, draw_clip_limit(rng, augmentation)),
        frame=detector_frame(content, film.row_to_column),
        row_to_column=film.row_to_column,
        vertebrae=known_vertebrae(annotated),
        anterior_right=_anterior_right(film, annotated),
        structures=None,
        augmentation=augmentation,
    )


def known_vertebrae(annotated: AnnotatedFilm) -> tuple[KnownVertebra, ...]:
    """What someone drew on a film, top to bottom."""
    vertebrae = [
        KnownVertebra(v.outline_xy, v.is_outlined, v.level is VertebraLevel.S1, v.grade)
        for v in annotated.vertebrae
    ]
    return tuple(sorted(vertebrae, key=lambda vertebra: float(vertebra.box_xyxy[1::2].sum())))


def with_wanted(films: Sequence[AnnotatedFilm], wanted: Wanted) -> tuple[list[AnnotatedFilm], int]:
    """The films with a vertebra above the sacrum that a network learns from, and the number of these."""
    counts = [
        sum(wanted(vertebra) for vertebra in known_vertebrae(film) if not vertebra.is_sacrum)
        for film in films
    ]
    return [film for film, count in zip(films, counts, strict=True) if count], sum(counts)


def grade_counts(films: Sequence[AnnotatedFilm]) -> tuple[int, ...]:
    """How many vertebrae have each grade, 0 to 3."""
    grades = [vertebra.grade for film in films for vertebra in film.vertebrae]
    return tuple(grades.count(grade) for grade in Grade)


def _anterior_right(film: Film, annotated: AnnotatedFilm) -> bool | None:
    """Which way the patient looks, by the drawn points or else by the film's header."""
    offsets = [
        float((v.points_xy[[0, 3], 0] - v.points_xy[[2, 5], 0]).sum())
        for v in annotated.vertebrae
        if v.points_xy is not None
    ]
    if offsets:
        return float(np.median(offsets)) > 0
    # PatientOrientation begins with where the right end of a row points, A or P (PS3.3 C.7.6.1.1.1).
    towards = film.study.patient_orientation[:1] if film.study else ()
    if towards and towards[0][:1] in ("A", "P"):
        return towards[0].startswith("A")
    return None
