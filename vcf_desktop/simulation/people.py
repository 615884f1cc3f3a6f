"""Whose bones films are simulated from."""

from __future__ import annotations

from pathlib import Path

from vcf_desktop.errors import VcfError
from vcf_desktop.simulation.anatomy import Anatomy, load_anatomy
from vcf_desktop.simulation.labelled_ct import LABELS, with_thorax_of
from vcf_desktop.simulation.parametric import parametric_anatomy
from vcf_desktop.simulation.visible_human import is_lumbar_anatomy, load_lumbar_anatomy


def open_people(folder: Path | None) -> tuple[Anatomy, ...]:
    """The people in a folder of anatomy, or the built-in skeleton where there is no folder.

    Args:
        folder: holds ``bodyparts3d`` and ``ct``, for one person or, with a labelled CT, two; or the surfaces
            of a loin alone, see :func:`.visible_human.load_lumbar_anatomy`.

    Raises:
        VcfError: the folder holds neither, or a file of it cannot be read.
    """
    if folder is None:
        return (parametric_anatomy(),)
    if is_lumbar_anatomy(folder):
        return (load_lumbar_anatomy(folder),)
    if not (folder / "bodyparts3d").is_dir():
        raise VcfError(f"{folder} holds no folder bodyparts3d; name the anatomy's folder or leave it out.")
    first = load_anatomy(folder)
    return (first, with_thorax_of(folder / "ct", first)) if (folder / "ct" / LABELS).is_file() else (first,)
