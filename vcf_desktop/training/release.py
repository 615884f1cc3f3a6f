"""``vcf-desktop release``: from a training run to a model.

Nothing is released unless torch and ONNX Runtime say the same.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
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
from vcf_desktop.io.atomic import replace_files
from vcf_desktop.io.results import prepare_folder
from vcf_desktop.training.extras import require
from vcf_desktop.training.weights import load_weights, trained_network

AGREEMENT = 1e-4
"""Largest difference between the runtimes' outputs, relative to the largest output: sums in another order
differ by about 1e-6 in float32."""
OUTPUTS = {Task.DETECTOR: "predictions", Task.SEGMENTER: "logits", Task.CLASSIFIER: "logits"}
_INPUTS = {
    Task.DETECTOR: NetworkInput(channels=1, side_px=None, batch_limit=1),
    Task.SEGMENTER: NetworkInput(channels=1, side_px=CROP_SIDE_PX, batch_limit=8),
    Task.CLASSIFIER: NetworkInput(channels=3, side_px=CROP_SIDE_PX, batch_limit=16),
}
BATCH_LIMITS = {"paper": 2}
"""Of networks by their size. ONNX Runtime keeps what its largest batch needed: the paper's U-Net takes 3.6 GB
for ten crops at once."""
THRESHOLDS: Mapping[Task, Mapping[str, float]] = {
    Task.DETECTOR: {"score": 0.08, "iou": 0.3},
    Task.SEGMENTER: {},
    Task.CLASSIFIER: {},
}
"""The detector's score is low because the chain along the spine picks among weak boxes."""
CARD = {"training_data": str, "metrics": dict, "licence": str, "attribution": str}
"""What somebody has to say about a model, and as what."""
INTENDED_USE = (
    "Research on vertebral compression fractures in lateral thoracolumbar films of adults. Not a medical "
    "device; every result must be checked by a reader."
)


def release(
    task: Task,
    run: Path,
    models: Path,
    version: str,
    card: Mapping[str, Any],
) -> None:
    """Write the best weights of a training run and their manifest into ``models``, replacing what is there.

    Args:
        task: the stage it was trained for.
        run: the training run's folder.
        models: an existing folder.
        version: of the weights.
        card: ``training_data``, ``metrics``, ``licence`` and ``attribution`` of the manifest.

    Raises:
        ModelError: torch and ONNX Runtime disagree, or there is a model of another size.
        VcfError: the run holds no weights of such a network, or ``models`` cannot be written. Whatever is
            raised, ``models`` is untouched.
    """
    weights = load_weights(task, str(run))
    name = f"{weights.size}-{task}"
    for other in manifests(models):
        if other.task is task and other.name != name:
            raise ModelError(name, f"{models} holds {other.name} for the same task; name another folder")
    manifest = Manifest(
        task=task,
        name=name,
        version=version,
        configuration=weights.configuration,
        files={},
        network_input=network_input(task, weights.size),
        outputs=(OUTPUTS[task],),
        thresholds=THRESHOLDS[task],
        intended_use=INTENDED_USE,
        **card,
    )
    with tempfile.TemporaryDirectory() as folder:
        written = write_model(manifest, trained_network(task, str(run)), Path(folder))
        difference = runtime_difference(written)
        if difference > AGREEMENT:
            raise ModelError(name, f"torch and ONNX Runtime differ by {difference:.2g} of the output")
        # The manifest last: it vouches for the others.
        files = sorted(Path(folder).iterdir(), key=lambda path: path.suffix == ".json")
        replace_files({models / file.name: file.read_bytes() for file in files})


def network_input(task: Task, size: str) -> NetworkInput:
    """What the network of a size takes at once."""
    largest = _INPUTS[task]
    limit = BATCH_LIMITS.get(size, largest.batch_limit)
    return dataclasses.replace(largest, batch_limit=min(limit, largest.batch_limit))


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
        help=f"JSON object with {', '.join(CARD)}, for the manifest",
    )
    return _run


def _run(options: argparse.Namespace) -> int:
    require("onnxscript", "the export to ONNX")
    card = _read_card(options.card)
    prepare_folder(options.out)
    release(Task(options.network), options.training, options.out, options.version, card)
    return 0


def _read_card(path: Path) -> dict[str, Any]:
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
        card = {key: card[key] for key in CARD}
    except KeyError as e:
        raise VcfError(f"{path.name} lacks {e}; a model is not released without it.") from e
    except OSError as e:
        raise VcfError(f"{path}: cannot be read: {e.strerror or e}.") from e
    except (ValueError, TypeError) as e:
        raise VcfError(f"{path.name}: is no JSON object with {', '.join(CARD)} ({e}).") from e
    for key, value in card.items():
        if not isinstance(value, CARD[key]):
            raise VcfError(f"{path.name}: {key} should be {'an object' if CARD[key] is dict else 'a text'}.")
    return card
