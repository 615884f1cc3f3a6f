"""``vcf-desktop simulate``: films whose truth is known, with labels for Labelme and our own."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from vcf_desktop.arguments import finite_number, whole_number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from vcf_desktop.simulation.anatomy import Anatomy
    from vcf_desktop.simulation.generate import SimulatedFilm
    from vcf_desktop.simulation.looks import Look

FILM_DATE = date(2026, 1, 1)
"""Stands in every DICOM film, so that the same film is always the same file."""


@dataclass(frozen=True)
class Format:
    """Ranges that the size of a film is drawn from: its sides in mm of the patient, and its pixels."""

    height_mm: tuple[float, float]
    width_mm: tuple[float, float]
    pixel_mm: tuple[float, float]


REGIONAL = Format(height_mm=(290, 420), width_mm=(150, 300), pixel_mm=(0.16, 0.38))
"""Cassettes and detectors of up to 35 by 43 cm, mostly shuttered at the sides."""
WHOLE = Format(height_mm=(640, 900), width_mm=(300, 420), pixel_mm=(0.32, 0.45))
"""Stitched exposures."""
WHOLE_SHARE = 0.25
"""Films of the whole spine among those of a random view."""

PREVIEW_PIXEL_MM = 3.0

VIEWS = ("random", "thoracic", "thoracolumbar", "lumbar", "whole")


def configure(parser: ArgumentParser) -> Callable[[Namespace], int]:
    """Add the arguments of ``simulate``; nothing slow is imported for it."""
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the films")
    parser.add_argument("--seed", type=whole_number(0), default=0, metavar="N", help="default: 0")
    parser.add_argument("--count", type=whole_number(1), default=1, metavar="K", help="films; default: 1")
    parser.add_argument(
        "--anatomy",
        type=Path,
        metavar="FOLDER",
        help="surfaces of skeletons and CTs to simulate films from; default: a built-in skeleton",
    )
    parser.add_argument(
        "--format", choices=("png", "dicom"), default="png", help="Labelme opens png only; default: png"
    )
    parser.add_argument("--view", choices=VIEWS, default="random", help="part of the spine; default: random")
    parser.add_argument(
        "--fractures",
        type=finite_number(0),
        default=1.5,
        metavar="MEAN",
        help="mean number of fractured vertebrae of a person; default: 1.5",
    )
    parser.add_argument("--overwrite", action="store_true", help="replace files that are different")
    return _simulate


def _simulate(arguments: Namespace) -> int:
    """Write the films and their labels; 0 when all are there.

    Film n depends on its number and not on the count: the same arguments give the same bytes.

    Raises:
        VcfError: the anatomy cannot be read, or a file cannot be written or is there with another content.
    """
    from tqdm import tqdm

    from vcf_desktop.io.results import prepare_folder
    from vcf_desktop.simulation.people import open_people

    prepare_folder(arguments.out)
    people = open_people(arguments.anatomy)
    for number in tqdm(range(1, arguments.count + 1), unit="film", disable=not sys.stderr.isatty()):
        _write(_film_files(arguments, people, number), arguments.overwrite)
    return 0


def _film_files(arguments: Namespace, people: Sequence[Anatomy], number: int) -> dict[Path, bytes]:
    """The film with this number, its Labelme JSON and our own, by path."""
    from vcf_desktop.io.labelme import AnnotatedVertebra, labelme_document
    from vcf_desktop.simulation.labels import film_labels, region_of
    from vcf_desktop.simulation.seeds import Purpose, film_rng

    rng = film_rng(Purpose.SAMPLES, arguments.seed, number)
    anatomy = people[int(rng.integers(len(people)))]
    film = _compose(rng, anatomy, arguments.view, arguments.fractures)
    look = film.sample_look(rng)
    grey = film.render(look)
    patient = f"SIM-{arguments.seed}-{number:04d}"
    if arguments.format == "png":
        name, content = f"film-{number:04d}.png", _png(grey)
    else:
        name, content = f"film-{number:04d}.dcm", _dicom(film, look, grey, patient, region_of(film))
    drawn = [
        AnnotatedVertebra(v.outline_xy, True, v.level, v.grade, v.deformity, v.points_xy)
        for v in film.vertebrae
    ]
    labels = film_labels(
        film,
        file={"name": name, "sha256": sha256(content).hexdigest(), "patient": patient},
        seed=arguments.seed,
        number=number,
        anatomy=anatomy.attribution,
        parameters={**film.parameters, "mean_fractures": arguments.fractures, "look": asdict(look)},
    )
    path: Path = arguments.out / name
    return {
        path: content,
        path.with_suffix(".json"): _json(labelme_document(name, grey.shape, drawn, patient)),
        path.with_suffix(".labels.json"): _json(labels),
    }


def _compose(rng: np.random.Generator, anatomy: Anatomy, view: str, mean_fractures: float) -> SimulatedFilm:
    """Draw lateral films until one shows the region that ``view`` names, and any vertebra at all."""
    import numpy as np

    from vcf_desktop.simulation.generate import simulate
    from vcf_desktop.simulation.labels import region_of

    def film(seed: int, pixel_mm: float) -> SimulatedFilm:
        size_hw = round(height_mm / pixel_mm), round(width_mm / pixel_mm)
        person = np.random.default_rng(seed)
        return simulate(person, anatomy, size_hw, (pixel_mm, pixel_mm), mean_fractures, frontal_share=0)

    def fits(film: SimulatedFilm) -> bool:
        return bool(film.vertebrae) and view in ("random", region_of(film))

    while True:
        whole = rng.random() < WHOLE_SHARE if view == "random" else view == "whole"
        film_format = WHOLE if whole else REGIONAL
        height_mm, width_mm = rng.uniform(*film_format.height_mm), rng.uniform(*film_format.width_mm)
        pixel_mm = float(np.exp(rng.uniform(*np.log(film_format.pixel_mm))))
        seed = int(rng.integers(2**63))
        # The same person at the same place in large pixels tells the region in a tenth of the time.
        if fits(film(seed, PREVIEW_PIXEL_MM)) and fits(composed := film(seed, pixel_mm)):
            return composed


def _png(grey: NDArray[np.float32]) -> bytes:
    """Eight bits a pixel: Labelme opens no deeper greys."""
    import cv2
    import numpy as np

    return cv2.imencode(".png", np.round(grey * 255).astype(np.uint8))[1].tobytes()


def _dicom(film: SimulatedFilm, look: Look, grey: NDArray[np.float32], patient: str, region: str) -> bytes:
    from vcf_desktop.simulation.dicom import write_dicom

    file = BytesIO()
    write_dicom(
        file,
        grey,
        film.view.pixel_mm,
        film.facing_right,
        patient,
        FILM_DATE,
        region,
        bone_dark=look.processing.inverted,
        tube_kv=look.exposure.tube_kv,
    )
    return file.getvalue()


def _json(document: Mapping[str, object]) -> bytes:
    return json.dumps(document, indent=1, allow_nan=False).encode() + b"\n"


def _write(files: Mapping[Path, bytes], overwrite: bool) -> None:
    """Write what is not there yet, each file whole or not at all.

    Raises:
        OutputError: a file is there with another content and may not be replaced, or cannot be written.
    """
    from vcf_desktop.errors import OutputError
    from vcf_desktop.io.atomic import naming, replace_files

    missing = {}
    for path, content in files.items():
        with naming(path):
            there = path.read_bytes() if path.exists() else None
        if there is not None and there != content and not overwrite:
            raise OutputError(path, "is there already and is different; choose another folder or --overwrite")
        if there != content:
            missing[path] = content
    replace_files(missing)
