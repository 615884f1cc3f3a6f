"""The models and the demo film that ship."""

from __future__ import annotations

import numpy as np
import pytest

from vcf_desktop.film import Film
from vcf_desktop.inference.manifest import Runtime, Task, find_manifest
from vcf_desktop.inference.pipeline import open_pipeline
from vcf_desktop.io.films import read_film
from vcf_desktop.paths import models_folder, resources_folder
from vcf_desktop.spine import REGULAR_LEVELS, Analysis, Deformity, VertebraLevel


@pytest.fixture(scope="module")
def film() -> Film:
    return read_film(resources_folder() / "demo_film.dcm")


@pytest.fixture(scope="module")
def analyses(film: Film) -> list[Analysis]:
    return [open_pipeline(models_folder(), runtime, "cpu").run(film) for runtime in Runtime]


def test_that_torch_and_onnx_say_the_same(analyses: list[Analysis]) -> None:
    torch_says, onnx_says = (analysis.findings for analysis in analyses)
    assert [f.grade for f in torch_says] == [f.grade for f in onnx_says]
    assert [f.level for f in torch_says] == [f.level for f in onnx_says]
    for one, other in zip(torch_says, onnx_says, strict=True):
        np.testing.assert_allclose(one.points_xy, other.points_xy, atol=0.5)


def test_that_the_demo_film_is_named_from_its_sacrum_and_its_severe_wedge_is_found(
    analyses: list[Analysis],
) -> None:
    # What is broken says resources/README.md: T11, L2 and L3 are near the thresholds, L1 is not.
    findings = {finding.level: finding for finding in analyses[1].findings}
    assert set(findings) >= {level for level in REGULAR_LEVELS if level >= VertebraLevel.T4}
    assert analyses[1].film_warnings == ()
    wedge = findings[VertebraLevel.L1]
    assert (wedge.grade, wedge.morphometric_grade, wedge.deformity) == (3, 3, Deformity.WEDGE)
    intact = (VertebraLevel.T4, VertebraLevel.T6, VertebraLevel.L4, VertebraLevel.L5)
    assert all(findings[level].grade == findings[level].morphometric_grade == 0 for level in intact)


def test_that_every_model_says_what_it_is_and_all_fit_in_sixty_megabytes() -> None:
    for task in Task:
        manifest = find_manifest(task, models_folder())
        assert all(manifest.weights(runtime) for runtime in Runtime)
        for text in (manifest.training_data, manifest.attribution, manifest.licence, manifest.intended_use):
            assert len(text) > 10
        assert manifest.metrics
    assert sum(file.stat().st_size for file in models_folder().iterdir()) < 60e6
