"""``vcf-desktop release``: from a training run to a model.

Nothing is released unless torch and ONNX Runtime say the same.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from vcf_desktop.errors import ModelError, VcfError
from vcf_desktop.inference.backends import open_model
from vcf_desktop.inference.export import write_model
from vcf_desktop.inference.frames import CROP_SIDE_PX
from vcf_desktop.inference.manifest import Manifest, NetworkInput, Runtime, Task, manifests
from vcf_desktop.training.weights import CONFIGURATIONS, load_weights, trained_network

AGREEMENT = 1e-4
"""Largest difference between the runtimes' outputs, relative to the largest output: sums in another order
differ by about 1e-6 in float32."""
COMPACT = CONFIGURATIONS["compact"]
OUTPUTS = {Task.DETECTOR: "predictions", Task.SEGMENTER: "logits", Task.CLASSIFIER: "logits"}
INPUTS = {
    Task.DETECTOR: NetworkInput(channels=1, side_px=None, batch_limit=1),
    Task.SEGMENTER: NetworkInput(channels=1, side_px=CROP_SIDE_PX, batch_limit=8),
    Task.CLASSIFIER: NetworkInput(channels=3, side_px=CROP_SIDE_PX, batch_limit=16),
}
PAPER_BATCH = 2
"""ONNX Runtime keeps what its largest batch needed: the paper's U-Net takes 3.6 GB for ten crops at once."""
THRESHOLDS: Mapping[Task, Mapping[str, float]] = {
    Task.DETECTOR: {"score": 0.08, "iou": 0.3},
    Task.SEGMENTER: {},
    Task.CLASSIFIER: {},
}
"""The detector's score is low because the chain along the spine picks among weak boxes."""
CARD = ("training_data", "metrics", "licence", "attribution")
INTENDED_USE = (
    "Research on vertebral compression fractures in lateral thoracolumbar films of adults. Not a medical "
    "device; every result must be checked by a reader."
)


def release(
    task: Task,
    run: Path,
    models: Path,
    version: str,
    thresholds: Mapping[str, float],
    card: Mapping[str, Any],
) -> Manifest:
    """Write the best weights of a training run and their manifest into ``models``, replacing what is there.

    Args:
        task: the stage it was trained for.
        run: the training run's folder.
        models: an existing folder.
        version: of the weights.
        thresholds: ``score`` and ``iou`` of a detector.
        card: ``training_data``, ``metrics``, ``licence`` and ``attribution`` of the manifest.

    Raises:
        ModelError: torch and ONNX Runtime disagree, or there is a model of another size; ``models`` is
            untouched.
    """
    weights = load_weights(task, str(run))
    name, network_input = f"{weights.size}-{task}", INPUTS[task]
    if weights.size == "paper":
        limit = min(PAPER_BATCH, network_input.batch_limit)
        network_input = dataclasses.replace(network_input, batch_limit=limit)
    for other in manifests(models):
        if other.task is task and other.name != name:
            raise ModelError(name, f"{models} holds {other.name} for the same task; name another folder")
    manifest = Manifest(
        task=task,
        name=name,
        version=version,
        configuration=weights.configuration,
        files={},
        network_input=network_input,
        outputs=(OUTPUTS[task],),
        thresholds=dict(thresholds),
        intended_use=INTENDED_USE,
        **card,
    )
    with tempfile.TemporaryDirectory() as folder:
        written = write_model(manifest, trained_network(task, str(run)), Path(folder))
        difference = runtime_difference(written)
        if difference > AGREEMENT:
            raise ModelError(written.name, f"torch and ONNX Runtime differ by {difference:.2g} of the output")
        for file in sorted(Path(folder).iterdir(), key=lambda path: path.suffix == ".json"):
            shutil.copyfile(file, models / file.name)  # safetensors makes files for their owner only
    return written


def runtime_difference(manifest: Manifest) -> float:
    """Largest difference between torch and ONNX Runtime on a random input, relative to the largest output."""
    side = manifest.network_input.side_px or 192
    shape = (2, manifest.network_input.channels, side, side)
    batch = np.random.default_rng(0).normal(size=shape).astype(np.float32)
    outputs = [open_model(manifest, runtime, "cpu").run(batch)[manifest.outputs[0]] for runtime in Runtime]
    return float(np.abs(outputs[0] - outputs[1]).max() / np.abs(outputs[0]).max())


def configure(parser: argparse.ArgumentParser) -> Callable[[argparse.Namespace], int]:
    """Add the arguments of ``vcf-desktop release``; returns what runs it."""
    parser.add_argument("network", choices=[str(task) for task in Task])
    parser.add_argument("--run", dest="training", type=Path, required=True, metavar="FOLDER", help="of train")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="folder of the models")
    parser.add_argument("--version", required=True, metavar="TEXT", help="of the weights")
    parser.add_argument(
        "--card",
        type=Path,
        required=True,
        metavar="FILE",
        help=f"JSON with the texts {', '.join(CARD)} for the manifest",
    )
    return _run


def _run(options: argparse.Namespace) -> int:
    task = Task(options.network)
    try:
        card = json.loads(options.card.read_text(encoding="utf-8"))
        card = {key: card[key] for key in CARD}
        options.out.mkdir(parents=True, exist_ok=True)
    except KeyError as e:
        raise VcfError(f"{options.card.name} lacks {e}; a model is not released without it") from e
    except (OSError, ValueError, TypeError) as e:
        raise VcfError(f"{options.card.name}: cannot be used ({e})") from e
    release(task, options.training, options.out, options.version, THRESHOLDS[task], card)
    return 0
