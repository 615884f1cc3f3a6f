"""One coarse skeleton for all tests of training, films of it, and a small hospital's folder of films."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from vcf_desktop.io.labelme import AnnotatedVertebra, write_labelme
from vcf_desktop.simulation import people
from vcf_desktop.simulation.anatomy import Anatomy
from vcf_desktop.simulation.generate import simulate
from vcf_desktop.simulation.parametric import parametric_anatomy
from vcf_desktop.training.simulated import FilmKind

HOSPITAL_FILMS = 6


@pytest.fixture(scope="session")
def anatomy() -> Anatomy:
    return parametric_anatomy(poses_deg=((0.0, 0.0), (8.0, 5.0)), pixel_mm=1.0)


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> Iterator[None]:
    """Threads that wait for each other make tiny networks a hundred times slower on busy cores."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(autouse=True)
def _coarse(monkeypatch: pytest.MonkeyPatch, anatomy: Anatomy) -> None:
    monkeypatch.setattr(people, "parametric_anatomy", lambda: anatomy)


@pytest.fixture
def coarse_films() -> FilmKind:
    """For the detector, and quick to make."""
    return FilmKind((320, 160), (1.4, 1.8), (0.3, 2.5), 0.03, samples_per_look=1, epoch=8)


@pytest.fixture
def coarse_crops() -> FilmKind:
    """For the segmenter and the classifier."""
    return FilmKind((320, 160), (1.0, 1.4), (6.0,), 0.0, samples_per_look=10, epoch=40)


@pytest.fixture(scope="session")
def hospital(tmp_path_factory: pytest.TempPathFactory, anatomy: Anatomy) -> Path:
    """Six films of six patients, outlined and graded, as PNG with Labelme files beside them."""
    folder = tmp_path_factory.mktemp("hospital")
    for number in range(HOSPITAL_FILMS):
        rng = np.random.default_rng(number)
        film = simulate(rng, anatomy, (320, 160), (1.4, 1.8), mean_fractures=4, frontal_share=0)
        name = f"film{number}.png"
        cv2.imwrite(str(folder / name), (film.look(rng) * 255).astype(np.uint8))
        vertebrae = [
            AnnotatedVertebra(v.outline_xy, True, v.level, v.grade, v.deformity, v.points_xy)
            for v in film.vertebrae
        ]
        write_labelme(folder / f"film{number}.json", name, (320, 160), vertebrae, f"patient {number}")
    return folder
