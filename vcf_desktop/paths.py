"""Where the program's own folders lie. Nothing else looks for files.

The shipped folders lie inside the package in an installed wheel (pyproject's ``force-include`` puts them
there) and in a frozen program (PyInstaller keeps ``__file__`` inside its bundle, and its data follow the same
layout), and beside the package in a checkout.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from vcf_desktop.errors import VcfError

MODELS_VARIABLE = "VCF_DESKTOP_MODELS"
"""Environment variable that names a folder with a hospital's own weights and manifests."""

USER_VARIABLE = "VCF_DESKTOP_USER"
"""Environment variable that names the folder of the user's reviews and settings."""


def user_folder() -> Path:
    """Where the user's reviews, settings and log lie; it need not exist yet.

    The one that ``VCF_DESKTOP_USER`` names, else what the system keeps for programs' own data.
    """
    own = os.environ.get(USER_VARIABLE)
    if own:
        return Path(own).expanduser()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "VCF Desktop"
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support/VCF Desktop"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "vcf-desktop"


def report_folder() -> Path:
    """Where a site puts its name, its logo and its own texts for reports; it need not exist."""
    return user_folder() / "report"


def resources_folder() -> Path:
    """The shipped folder of resources: schema, demo film, icons, texts.

    Raises:
        VcfError: the installation lacks the folder.
    """
    return _shipped_folder("resources")


def models_folder() -> Path:
    """The folder of weights: the one that ``VCF_DESKTOP_MODELS`` names where it is set, else the shipped one.

    Raises:
        VcfError: the variable names no folder, or the installation lacks its own.
    """
    own = os.environ.get(MODELS_VARIABLE)
    if not own:
        return _shipped_folder("models")
    folder = Path(own).expanduser()
    if not folder.is_dir():
        raise VcfError(
            f"{MODELS_VARIABLE} names {own}, which is not a folder; correct the variable or unset it."
        )
    return folder


def _shipped_folder(name: str) -> Path:
    package = Path(__file__).resolve().parent
    checkout = package.parent
    folders = [package / name]
    if (checkout / "pyproject.toml").is_file():
        # Beside an installed package, on the other hand, lie the folders of other projects.
        folders.append(checkout / name)
    for folder in folders:
        if folder.is_dir():
            return folder
    raise VcfError(
        f"The folder {name} is missing from this installation of VCF Desktop; please install it again."
    )
