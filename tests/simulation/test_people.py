"""Whose bones a folder holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from vcf_desktop.errors import VcfError
from vcf_desktop.simulation import people
from vcf_desktop.simulation.labelled_ct import LABELS
from vcf_desktop.simulation.people import open_people


@pytest.fixture(autouse=True)
def _names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loaders that give the name of what they would load: that they load it is tested elsewhere."""
    monkeypatch.setattr(people, "parametric_anatomy", lambda: "built-in")
    monkeypatch.setattr(people, "load_anatomy", lambda folder: folder.name)
    monkeypatch.setattr(people, "load_lumbar_anatomy", lambda folder: f"loin in {folder.name}")
    monkeypatch.setattr(people, "with_thorax_of", lambda ct, first: f"{first} with {ct.name}")


def touch(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def test_that_without_a_folder_there_is_the_built_in_skeleton() -> None:
    assert open_people(None) == ("built-in",)


def test_that_a_labelled_tomogram_adds_a_second_person(tmp_path: Path) -> None:
    folder = tmp_path / "bones"
    touch(folder / "bodyparts3d" / "sacrum.obj")
    assert open_people(folder) == ("bones",)
    touch(folder / "ct" / LABELS)
    assert open_people(folder) == ("bones", "bones with ct")


def test_that_a_loin_alone_is_one_person(tmp_path: Path) -> None:
    folder = tmp_path / "lumbar"
    touch(folder / "vertebra_L1.obj", folder / "pelvis.obj")
    assert open_people(folder) == ("loin in lumbar",)


def test_that_a_folder_without_bones_is_named(tmp_path: Path) -> None:
    with pytest.raises(VcfError, match=f"{tmp_path.name} holds no folder bodyparts3d"):
        open_people(tmp_path)
