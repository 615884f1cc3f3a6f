"""What stands beside a network's weights: which files, made from what, for what use, with which thresholds.

A model is a JSON file with its weights in the same folder, safetensors for torch and ONNX for ONNX Runtime.
The JSON holds the fields of :class:`Manifest`, of which ``network_input`` is called ``input`` there.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from vcf_desktop.errors import ModelError


class Task(StrEnum):
    """The three stages of the paper."""

    DETECTOR = "detector"
    SEGMENTER = "segmenter"
    CLASSIFIER = "classifier"


class Runtime(StrEnum):
    """What executes a network."""

    TORCH = "torch"
    ONNX = "onnx"


REQUIRED_THRESHOLDS: Mapping[Task, tuple[str, ...]] = {
    Task.DETECTOR: ("score", "iou"),
    Task.SEGMENTER: (),
    Task.CLASSIFIER: (),
}


@dataclass(frozen=True)
class WeightFile:
    """One file of weights and the sha256 it was released with."""

    path: Path
    sha256: str


@dataclass(frozen=True)
class NetworkInput:
    """What a network takes: float32 (N, ``channels``, H, W).

    Attributes:
        channels: number of planes.
        side_px: H = W = this, or None where any multiple of 32 will do.
        batch_limit: largest N of one call; more are run in turn, which bounds the memory of a large network.
    """

    channels: int
    side_px: int | None
    batch_limit: int


@dataclass(frozen=True)
class Manifest:
    """One released network.

    Attributes:
        task: the stage it serves.
        name: what people call it; also the stem of its files.
        version: of the weights, not of the program.
        configuration: fields of the network's configuration dataclass.
        files: weights by runtime; a runtime that is not there cannot run this model.
        network_input: shape of its input.
        outputs: names of its outputs, in the order the network returns them.
        thresholds: ``score`` and ``iou`` of a detector, in [0, 1].
        training_data, licence, attribution, intended_use: text for people.
        metrics: what was measured, on what.
    """

    task: Task
    name: str
    version: str
    configuration: Mapping[str, Any]
    files: Mapping[Runtime, WeightFile]
    network_input: NetworkInput
    outputs: tuple[str, ...]
    thresholds: Mapping[str, float]
    training_data: str
    metrics: Mapping[str, Any]
    licence: str
    attribution: str
    intended_use: str

    def weights(self, runtime: Runtime) -> bytes:
        """The weights for ``runtime``, after their sha256 was checked: what was checked is what runs.

        Raises:
            ModelError: there are none for this runtime, or they are missing, unreadable or changed.
        """
        if runtime not in self.files:
            raise ModelError(self.name, f"there are no weights for the runtime {runtime}; choose another")
        file = self.files[runtime]
        try:
            content = file.path.read_bytes()
        except OSError as e:
            reason = e.strerror or str(e)
            raise ModelError(
                self.name, f"{file.path.name} cannot be read ({reason}); reinstall the model"
            ) from e
        if hashlib.sha256(content).hexdigest() != file.sha256:
            raise ModelError(
                self.name, f"{file.path.name} was changed since it was released; reinstall the model"
            )
        return content


def load_manifest(path: Path) -> Manifest:
    """The manifest in the JSON file at ``path``; ModelError where it is missing, malformed or incomplete."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as e:
        reason = e.strerror or str(e)
        raise ModelError(path.stem, f"{path.name} cannot be read ({reason}); reinstall the model") from e
    except (ValueError, RecursionError) as e:  # also a UnicodeDecodeError
        raise ModelError(path.stem, f"{path.name} is not valid JSON; reinstall the model") from e
    try:
        return _parse(document, path.parent)
    except ValueError as e:
        raise ModelError(path.stem, f"{path.name} is not a valid manifest: {e}; reinstall the model") from e


def manifest_document(manifest: Manifest) -> dict[str, Any]:
    """The JSON object that :func:`load_manifest` reads back as ``manifest``."""
    document = dataclasses.asdict(manifest)
    document["input"] = document.pop("network_input")
    document["files"] = {
        runtime: {"path": file.path.name, "sha256": file.sha256} for runtime, file in manifest.files.items()
    }
    return document


def manifests(folder: Path) -> tuple[Manifest, ...]:
    """Every model in ``folder``, by file name; ModelError where one of them cannot be read."""
    return tuple(load_manifest(path) for path in sorted(folder.glob("*.json")))


def find_manifest(task: Task, folder: Path) -> Manifest:
    """The one model in ``folder`` that serves ``task``; ModelError where there is none or more than one."""
    found = [manifest for manifest in manifests(folder) if manifest.task is task]
    if not found:
        raise ModelError(task, f"there is none in {folder}; reinstall the models")
    if len(found) > 1:
        names = ", ".join(manifest.name for manifest in found)
        raise ModelError(task, f"{folder} holds more than one ({names}); leave one of them")
    return found[0]


_Value = TypeVar("_Value")


def _field(document: Any, key: str, kind: type[_Value]) -> _Value:
    """``document[key]`` if it is a ``kind``, else ValueError."""
    value = document.get(key) if isinstance(document, dict) else None
    # To Python, true is a whole number.
    if not isinstance(value, kind) or isinstance(value, bool):
        raise ValueError(f'"{key}" is missing or not {_KIND_NAMES[kind]}')
    return value


_KIND_NAMES: Mapping[type, str] = {str: "a text", int: "a whole number", dict: "an object", list: "a list"}


def _parse(document: Any, folder: Path) -> Manifest:
    task = _field(document, "task", str)
    if task not in list(Task):
        raise ValueError(f'"task" must be one of {", ".join(Task)}')
    return Manifest(
        task=Task(task),
        name=_field(document, "name", str),
        version=_field(document, "version", str),
        configuration=_field(document, "configuration", dict),
        files=_parse_files(_field(document, "files", dict), folder),
        network_input=_parse_input(_field(document, "input", dict)),
        outputs=_parse_outputs(_field(document, "outputs", list)),
        thresholds=_parse_thresholds(_field(document, "thresholds", dict), Task(task)),
        training_data=_field(document, "training_data", str),
        metrics=_field(document, "metrics", dict),
        licence=_field(document, "licence", str),
        attribution=_field(document, "attribution", str),
        intended_use=_field(document, "intended_use", str),
    )


def _parse_files(document: dict[str, Any], folder: Path) -> dict[Runtime, WeightFile]:
    if not document or not set(document) <= set(Runtime):
        raise ValueError(f'"files" must name weights for {" or ".join(Runtime)}')
    files = {}
    for runtime, entry in document.items():
        name = _field(entry, "path", str)
        if not name or Path(name).name != name:
            raise ValueError(f'"path" must be a file beside the manifest, not {name}')
        files[Runtime(runtime)] = WeightFile(folder / name, _field(entry, "sha256", str))
    return files


def _parse_input(document: dict[str, Any]) -> NetworkInput:
    side_px = None if document.get("side_px") is None else _field(document, "side_px", int)
    shape = NetworkInput(_field(document, "channels", int), side_px, _field(document, "batch_limit", int))
    if shape.batch_limit < 1:
        raise ValueError('"batch_limit" must be at least 1')
    return shape


def _parse_outputs(document: list[Any]) -> tuple[str, ...]:
    if not document or not all(isinstance(name, str) for name in document):
        raise ValueError('"outputs" must name at least one output')
    return tuple(document)


def _parse_thresholds(document: dict[str, Any], task: Task) -> dict[str, float]:
    for key in REQUIRED_THRESHOLDS[task]:
        value = document.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise ValueError(f'"thresholds" of a {task} need "{key}" between 0 and 1')
    return document
