"""``vcf-desktop bench``: size, speed and memory of the compact and of the paper's networks, side by side, and
speed of the simulator.

The film has 3000 by 3000 pixels of 16 bits and ten vertebrae. The networks do their work on it, and then
known answers take the place of theirs, so that all have the same to do whatever their weights.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import ComputedRadiographyImageStorage, ExplicitVRLittleEndian, generate_uid
from torch.utils.flop_counter import FlopCounterMode

from vcf_desktop.arguments import whole_number
from vcf_desktop.errors import ModelError
from vcf_desktop.inference.backends import Device, build_network, has_nvidia_gpu
from vcf_desktop.inference.export import write_model
from vcf_desktop.inference.frames import DETECTOR_HEIGHT_PX
from vcf_desktop.inference.manifest import Manifest, Runtime, Task, find_manifest
from vcf_desktop.paths import models_folder
from vcf_desktop.simulation.people import open_people
from vcf_desktop.training.extras import require
from vcf_desktop.training.measure import VERTEBRAE
from vcf_desktop.training.measure_simulator import LOOKS, SIZES, gpu_speed, simulator_speed
from vcf_desktop.training.release import OUTPUTS, THRESHOLDS, network_input
from vcf_desktop.training.weights import CONFIGURATIONS

FILM_PX = 3000
ROWS = {
    "parameters, millions": ".2f",
    "multiply-adds per film, billions": ".2f",
    "open the models, ms": ".0f",
    "read, ms": ".1f",
    "preprocess, ms": ".1f",
    "detect, ms": ".1f",
    "segment, ms": ".1f",
    "grade, ms": ".1f",
    "total per film, ms": ".1f",
    "peak memory, MB": ".0f",
    "peak GPU memory, MB": ".0f",
}
SIMULATOR_ROWS = {
    "compose, ms": ".1f",
    "look, ms": ".1f",
    "films/s, one look each": ".1f",
    f"films/s, {LOOKS} looks each": ".1f",
    "looks/s on the GPU": ".0f",
}


def configure(parser: argparse.ArgumentParser) -> Callable[[argparse.Namespace], int]:
    """Add the arguments of the command; returns what runs it."""
    parser.add_argument(
        "--films",
        type=whole_number(1),
        default=5,
        metavar="N",
        help="films, or rounds, that a median is taken over; default: 5",
    )
    parser.add_argument("--anatomy", type=Path, metavar="FOLDER", help="of the simulated films, as for train")
    parser.add_argument("--only", choices=("networks", "simulator"), help="measure one of them")
    return _run


def _run(options: argparse.Namespace) -> int:
    if options.only != "simulator":
        _bench_networks(options.films)
    if options.only != "networks":
        _bench_simulator(options.anatomy, options.films)
    return 0


def _bench_simulator(anatomy_folder: Path | None, rounds: int) -> None:
    anatomy = open_people(anatomy_folder)[0]  # all people take the same time
    skeleton = "built-in skeleton" if anatomy_folder is None else "full anatomy"
    columns = []
    for size, (size_hw, pixel_mm) in SIZES.items():
        sys.stderr.write(f"measuring: simulator, {size}\n")
        values = simulator_speed(anatomy, size_hw, pixel_mm, rounds)
        if _has_cuda():
            values |= gpu_speed(anatomy, size_hw, pixel_mm, rounds, torch.device("cuda"))
        columns.append(((size, skeleton), values))
    sys.stdout.write(_table(columns, SIMULATOR_ROWS))


def _bench_networks(films: int) -> None:
    require("onnxscript", "the export of the paper's networks")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        film = folder / "film.dcm"
        _write_film(film)
        columns = []
        for title, models in (_compact_models(folder), _paper_models(folder)):
            sizes = _sizes(models)
            for runtime, device in _places():
                sys.stderr.write(f"measuring: {title}, {runtime} on {device}\n")
                values = sizes | _measured(models, film, runtime, device, films)
                columns.append(((title, runtime, device), values))
    sys.stdout.write(_table(columns, ROWS))


def _has_cuda() -> bool:
    return has_nvidia_gpu() and torch.cuda.is_available()


def _places() -> list[tuple[str, str]]:
    places = [(Runtime.TORCH, Device.CPU), (Runtime.ONNX, Device.CPU)]
    if _has_cuda():
        places.append((Runtime.TORCH, Device.CUDA))
    return [(str(runtime), str(device)) for runtime, device in places]


def _compact_models(folder: Path) -> tuple[str, Path]:
    """The shipped models, or the same networks with random weights where there are none."""
    try:
        for task in Task:
            find_manifest(task, models_folder())
    except ModelError:
        return "compact, random weights", _random_models(folder, "compact")
    return "compact", models_folder()


def _paper_models(folder: Path) -> tuple[str, Path]:
    return "paper, random weights", _random_models(folder, "paper")


def _random_models(parent: Path, size: str) -> Path:
    """A folder of the networks of a size."""
    folder = parent / size
    folder.mkdir()
    for task, configuration in CONFIGURATIONS[size].items():
        sys.stderr.write(f"exporting: {size} {task}\n")
        manifest = Manifest(
            task=task,
            name=f"{size}-{task}",
            version="random",
            configuration=dataclasses.asdict(configuration),
            files={},
            network_input=network_input(task, size),
            outputs=(OUTPUTS[task],),
            thresholds=THRESHOLDS[task],
            training_data="none",
            metrics={},
            licence="Apache-2.0",
            attribution="",
            intended_use="measuring speed",
        )
        write_model(manifest, build_network(task, manifest.configuration), folder)
    return folder


def _sizes(models: Path) -> dict[str, float]:
    """Parameters and multiply-adds of the three networks for one film."""
    parameters = operations = 0
    for task in Task:
        manifest = find_manifest(task, models)
        side = manifest.network_input.side_px or DETECTOR_HEIGHT_PX
        count = 1 if task is Task.DETECTOR else VERTEBRAE
        with torch.device("meta"), FlopCounterMode(display=False) as counter:
            network = build_network(task, manifest.configuration).eval()
            network(torch.empty(count, manifest.network_input.channels, side, side))
        parameters += sum(parameter.numel() for parameter in network.parameters())
        operations += counter.get_total_flops() // 2
    return {"parameters, millions": parameters / 1e6, "multiply-adds per film, billions": operations / 1e9}


def _measured(models: Path, film: Path, runtime: str, device: str, films: int) -> dict[str, float]:
    """What :mod:`.measure` says in a process of its own; nothing where it fails, as for want of memory."""
    arguments = (str(models), str(film), runtime, device, str(films))
    command = [sys.executable, "-m", "vcf_desktop.training.measure", *arguments]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE)  # noqa: S603
    values: dict[str, float] = json.loads(done.stdout) if done.returncode == 0 else {}
    return values


def _write_film(path: Path) -> None:
    """A computed radiograph of noise: only its size counts."""
    dataset = FileDataset(path, {}, file_meta=FileMetaDataset(), preamble=bytes(128))
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.SOPClassUID, dataset.SOPInstanceUID = ComputedRadiographyImageStorage, generate_uid()
    dataset.Modality, dataset.PhotometricInterpretation = "CR", "MONOCHROME2"
    dataset.Rows = dataset.Columns = FILM_PX
    dataset.SamplesPerPixel, dataset.PixelRepresentation = 1, 0
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 16, 12, 11
    pixels = np.random.default_rng(0).integers(400, 3700, (FILM_PX, FILM_PX), dtype=np.uint16)
    dataset.PixelData = pixels.tobytes()
    dataset.save_as(path, enforce_file_format=True)


def _table(
    columns: Sequence[tuple[tuple[str, ...], Mapping[str, float]]], quantities: Mapping[str, str]
) -> str:
    """The columns under their titles, one row for each name and format of a quantity; a dash for no value."""
    rows = [["", *(title[0] for title, _ in columns)], ["", *(", ".join(title[1:]) for title, _ in columns)]]
    for name, form in quantities.items():
        values = [values.get(name, math.nan) for _, values in columns]
        rows.append([name, *("-" if math.isnan(value) else format(value, form) for value in values)])
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = (
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip() for row in rows
    )
    return "\n".join(lines) + "\n"
