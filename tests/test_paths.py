"""The shipped folders are found in each layout in which the program is installed, the user's own anywhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from vcf_desktop.errors import VcfError
from vcf_desktop.paths import (
    MODELS_VARIABLE,
    USER_VARIABLE,
    models_folder,
    resources_folder,
    user_folder,
)

ROOT = Path(__file__).parent.parent

PRINT_FOLDERS = """
from vcf_desktop.errors import VcfError
from vcf_desktop.paths import models_folder, resources_folder
for folder in (resources_folder, models_folder):
    try:
        print(folder())
    except VcfError as e:
        print(e)
"""


def folders_seen_from(site: Path) -> list[str]:
    """What a fresh interpreter finds that imports the package from ``site``."""
    environment = {k: v for k, v in os.environ.items() if k != MODELS_VARIABLE} | {"PYTHONPATH": str(site)}
    command = [sys.executable, "-c", PRINT_FOLDERS]
    run = subprocess.run(command, env=environment, cwd=site, check=True, capture_output=True, text=True)
    return run.stdout.splitlines()


def package_in(site: Path, *folders: str) -> None:
    (site / "vcf_desktop").mkdir(parents=True)
    for name in ("__init__.py", "errors.py", "paths.py"):
        shutil.copy(ROOT / "vcf_desktop" / name, site / "vcf_desktop")
    for folder in folders:
        (site / folder).mkdir(parents=True)


@pytest.fixture(autouse=True)
def _shipped_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(MODELS_VARIABLE, raising=False)


def test_that_a_checkout_has_both_folders_beside_the_package() -> None:
    assert resources_folder() == ROOT / "resources"
    assert models_folder() == ROOT / "models"


def test_that_a_built_wheel_carries_all_of_both_folders(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)

    assert folders_seen_from(site) == [str(site / "vcf_desktop/resources"), str(site / "vcf_desktop/models")]
    for folder in ("resources", "models"):
        shipped = {p.relative_to(ROOT) for p in (ROOT / folder).rglob("*") if p.is_file()}
        installed = {p.relative_to(site / "vcf_desktop") for p in (site / "vcf_desktop" / folder).rglob("*")}
        assert shipped <= installed


def test_that_folders_inside_the_package_come_before_those_beside_it(tmp_path: Path) -> None:
    package_in(tmp_path, "vcf_desktop/resources", "vcf_desktop/models", "resources", "models")
    (tmp_path / "pyproject.toml").touch()
    inside = tmp_path / "vcf_desktop"
    assert folders_seen_from(tmp_path) == [str(inside / "resources"), str(inside / "models")]


def test_that_folders_of_other_projects_beside_an_installed_package_are_not_taken(tmp_path: Path) -> None:
    package_in(tmp_path, "resources", "models")
    sentence = "The folder {} is missing from this installation of VCF Desktop; please install it again."
    assert folders_seen_from(tmp_path) == [sentence.format("resources"), sentence.format("models")]


def test_that_a_hospital_can_name_its_own_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MODELS_VARIABLE, str(tmp_path))
    assert models_folder() == tmp_path
    assert resources_folder() == ROOT / "resources"


def test_that_own_models_that_do_not_exist_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MODELS_VARIABLE, str(tmp_path / "absent"))
    with pytest.raises(VcfError, match=r"VCF_DESKTOP_MODELS names .*absent, which is not a folder"):
        models_folder()


@pytest.mark.parametrize(
    ("platform", "variables", "folder"),
    [
        ("linux", {}, "/home/ada/.local/share/vcf-desktop"),
        ("linux", {"XDG_DATA_HOME": ""}, "/home/ada/.local/share/vcf-desktop"),
        ("linux", {"XDG_DATA_HOME": "/data"}, "/data/vcf-desktop"),
        ("darwin", {"XDG_DATA_HOME": "/data"}, "/home/ada/Library/Application Support/VCF Desktop"),
        ("win32", {}, "/home/ada/AppData/Local/VCF Desktop"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/VCF Desktop"),
        ("linux", {"VCF_DESKTOP_USER": "/mine", "XDG_DATA_HOME": "/data"}, "/mine"),
        ("win32", {"VCF_DESKTOP_USER": "~/mine", "LOCALAPPDATA": "/local"}, "/home/ada/mine"),
        ("darwin", {"VCF_DESKTOP_USER": ""}, "/home/ada/Library/Application Support/VCF Desktop"),
    ],
)
def test_that_the_users_folder_lies_where_the_system_keeps_such_data(
    monkeypatch: pytest.MonkeyPatch, platform: str, variables: dict[str, str], folder: str
) -> None:
    for name in (USER_VARIABLE, "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"HOME": "/home/ada", "USERPROFILE": "/home/ada", **variables}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert user_folder() == Path(folder)


def test_that_asking_for_the_users_folder_does_not_make_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(USER_VARIABLE, str(tmp_path / "mine"))
    assert user_folder() == tmp_path / "mine"
    assert list(tmp_path.iterdir()) == []
