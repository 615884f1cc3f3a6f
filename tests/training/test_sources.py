"""Which films a network learns from, and which it is judged on meanwhile."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from vcf_desktop.errors import VcfError
from vcf_desktop.inference.manifest import Task
from vcf_desktop.io.labelme import read_labelme_folder
from vcf_desktop.simulation.seeds import Purpose
from vcf_desktop.training import batches, sources
from vcf_desktop.training.batches import FILM_CUTTER, Batches
from vcf_desktop.training.hospital import HospitalFilms
from vcf_desktop.training.recipes import RECIPES
from vcf_desktop.training.samples import Showing
from vcf_desktop.training.simulated import FilmKind, SimulatedFilms
from vcf_desktop.training.split import Part

RECIPE = RECIPES["shipped"][Task.DETECTOR]


def films(kind: FilmKind) -> SimulatedFilms:
    return SimulatedFilms(None, kind, Purpose.TRAINING, 7, RECIPE.simulated, films=2, looks_per_film=2)


def test_that_a_mixture_has_the_share_of_simulated_films_that_was_asked_for(
    hospital: Path, coarse_films: FilmKind
) -> None:
    source = HospitalFilms(read_labelme_folder(hospital), 6, 1, RECIPE.labelled)
    both = sources.mixture(source, replace(films(coarse_films), looks_per_film=1), 0.25)
    showings: list[Showing] = [look()[1] for look in both.looks(0)]
    assert len(showings) == 8
    assert sum(showing.structures is not None for showing in showings) == 2
    assert both.samples_per_round == 8
    assert Batches(both, FILM_CUTTER, 8, 1, 1)[0].pixels.shape[0] == 8


def test_that_a_part_without_labels_of_its_kind_is_named(hospital: Path) -> None:
    annotated = read_labelme_folder(hospital)
    drawn = [
        replace(f, vertebrae=tuple(replace(v, grade=None, is_outlined=False) for v in f.vertebrae))
        for f in annotated
    ]
    parts = {Part.TRAIN: annotated[:4], Part.VALIDATION: drawn[4:], Part.TEST: []}
    with pytest.raises(VcfError, match="2 films for validation is graded"):
        sources.hospital_sources(Task.CLASSIFIER, RECIPE, 0, parts)
    with pytest.raises(VcfError, match="2 films for validation is outlined as a polygon"):
        sources.hospital_sources(Task.SEGMENTER, RECIPE, 0, parts)
    _, validation = sources.hospital_sources(Task.DETECTOR, RECIPE, 0, parts)
    assert validation.samples == 2


def test_that_validation_films_are_those_of_no_training_run_and_always_the_same(
    monkeypatch: pytest.MonkeyPatch, coarse_films: FilmKind
) -> None:
    monkeypatch.setattr(sources, "DETECTOR_FILMS", coarse_films)
    monkeypatch.setattr(sources, "VALIDATION_FILMS", 3)
    judged = []
    for seed in (0, 1):
        training, validation = sources.simulated_sources(Task.DETECTOR, RECIPE, seed, None)
        data = batches.open_data(FILM_CUTTER, training, validation, batch=2, seed=seed, streams=1)
        assert [len(batch.pixels) for batch in data.validation] == [2, 1]
        judged.append(torch.cat([batch.pixels for batch in data.validation]))
        assert training.purpose is not validation.purpose
    torch.testing.assert_close(judged[0], judged[1], rtol=0, atol=0)


def test_that_many_validation_films_are_thinned(hospital: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    annotated = read_labelme_folder(hospital)
    monkeypatch.setattr(sources, "MOST_VALIDATION_FILMS", 2)
    parts = {Part.TRAIN: annotated, Part.VALIDATION: annotated[:5], Part.TEST: []}
    _, validation = sources.hospital_sources(Task.DETECTOR, RECIPE, 0, parts)
    assert len(validation.films) == math.ceil(5 / 3)
    assert np.isin([f.film_path.name for f in validation.films], ["film0.png", "film3.png"]).all()
