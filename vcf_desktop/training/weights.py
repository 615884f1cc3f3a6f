"""Trained weights, whether a training run or a released model holds them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from safetensors.torch import load
from torch import Tensor, nn

from vcf_desktop.errors import ModelError, VcfError
from vcf_desktop.inference.backends import build_network
from vcf_desktop.inference.manifest import Runtime, Task, find_manifest
from vcf_desktop.networks import cbam_resnet50, dwt_yolov5, psa_unet
from vcf_desktop.networks.cbam_resnet50 import ClassifierConfig
from vcf_desktop.networks.dwt_yolov5 import DetectorConfig
from vcf_desktop.networks.psa_unet import SegmenterConfig
from vcf_desktop.paths import models_folder
from vcf_desktop.training.checkpoints import BEST, CHECKPOINT, best_checkpoint, network_weights

SHIPPED = "shipped"
"""In place of a folder: the models that the program itself uses."""
Configuration = DetectorConfig | SegmenterConfig | ClassifierConfig
CONFIGURATIONS: Mapping[str, Mapping[Task, Configuration]] = {
    "compact": {
        Task.DETECTOR: dwt_yolov5.COMPACT,
        Task.SEGMENTER: psa_unet.COMPACT,
        Task.CLASSIFIER: cbam_resnet50.COMPACT,
    },
    "paper": {
        Task.DETECTOR: dwt_yolov5.PAPER,
        Task.SEGMENTER: psa_unet.PAPER,
        Task.CLASSIFIER: cbam_resnet50.PAPER,
    },
}


@dataclass(frozen=True, eq=False)
class TrainedWeights:
    """Weights with what their network is built from.

    Attributes:
        size: name among :data:`CONFIGURATIONS`.
        configuration: fields of the network's configuration dataclass.
        values: by the names that the network gives them.
    """

    size: str
    configuration: Mapping[str, Any]
    values: dict[str, Tensor]


def new_network(task: Task, size: str) -> nn.Module:
    """The untrained network of a size."""
    return build_network(task, dataclasses.asdict(CONFIGURATIONS[size][task]))


def load_weights(task: Task, source: str) -> TrainedWeights:
    """The best weights of a training run, or those of a released model, on the CPU.

    Args:
        source: folder of a run or of models, or ``shipped``.

    Raises:
        VcfError: the folder holds neither, or the model is missing or was changed.
    """
    folder = models_folder() if source == SHIPPED else Path(source)
    if (folder / CHECKPOINT).is_file() or (folder / BEST).is_file():
        return _of_run(task, folder)
    if not folder.is_dir() or not any(folder.glob("*.json")):
        raise VcfError(
            f"{folder} holds no {CHECKPOINT} and no model; name a training run or a folder of models."
        )
    manifest = find_manifest(task, folder)
    try:
        values = load(manifest.weights(Runtime.TORCH))
    except SafetensorError as e:
        raise ModelError(manifest.name, "its weights are damaged; reinstall the model") from e
    return TrainedWeights(manifest.name.partition("-")[0], manifest.configuration, values)


def trained_network(task: Task, source: str) -> nn.Module:
    """The network with the weights that :func:`load_weights` finds, ready to evaluate.

    Raises:
        VcfError: as there, or the weights are another network's.
    """
    weights = load_weights(task, source)
    try:
        network = build_network(task, weights.configuration)
        network.load_state_dict(weights.values)
    except (RuntimeError, TypeError) as e:
        raise VcfError(f"{source} holds the weights of another network than a {task}.") from e
    return network.eval()


def start_weights(task: Task, source: str, size: str) -> dict[str, Tensor]:
    """The weights that :func:`load_weights` finds, for the network of a size to begin with.

    Raises:
        VcfError: as there, or the weights are another network's.
    """
    values = load_weights(task, source).values
    try:
        new_network(task, size).load_state_dict(values)
    except RuntimeError as e:
        raise VcfError(
            f"{source} holds the weights of another network than the {size} {task}; name the folder of one, "
            "or its size by --configuration."
        ) from e
    return values


def _of_run(task: Task, folder: Path) -> TrainedWeights:
    checkpoint = best_checkpoint(folder)
    # Runs of the first version did not say what they trained; it was the compact network.
    size = checkpoint.get("size", "compact")
    configuration = checkpoint.get("configuration", dataclasses.asdict(CONFIGURATIONS[size][task]))
    return TrainedWeights(size, configuration, network_weights(checkpoint))
