"""Manifests: what is read, and one sentence for everything that can be wrong with them."""

from __future__ import annotations

import contextlib
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcf_desktop.errors import ModelError
from vcf_desktop.inference.manifest import (
    Runtime,
    Task,
    find_manifest,
    load_manifest,
    manifest_document,
    manifests,
)

WEIGHTS = b"not really weights"


def document(**changes: Any) -> dict[str, Any]:
    entry = {"path": "tiny.onnx", "sha256": hashlib.sha256(WEIGHTS).hexdigest()}
    return {
        "task": "detector",
        "name": "tiny",
        "version": "1.0.0",
        "configuration": {"width": 0.25},
        "files": {"onnx": entry},
        "input": {"channels": 1, "side_px": None, "batch_limit": 1},
        "outputs": ["boxes"],
        "thresholds": {"score": 0.1, "iou": 0.25},
        "training_data": "simulated films",
        "metrics": {"recall": 0.9},
        "licence": "Apache-2.0",
        "attribution": "",
        "intended_use": "research",
    } | changes


def write(folder: Path, stem: str = "tiny", **changes: Any) -> Path:
    (folder / "tiny.onnx").write_bytes(WEIGHTS)
    path = folder / f"{stem}.json"
    path.write_text(json.dumps(document(**changes)), encoding="utf-8")
    return path


def test_that_a_manifest_says_what_its_json_says(tmp_path: Path) -> None:
    manifest = load_manifest(write(tmp_path))
    assert manifest.task is Task.DETECTOR
    assert (manifest.name, manifest.version) == ("tiny", "1.0.0")
    assert manifest.network_input.side_px is None
    assert manifest.outputs == ("boxes",)
    assert manifest.thresholds == {"score": 0.1, "iou": 0.25}
    assert manifest.weights(Runtime.ONNX) == WEIGHTS
    assert manifest_document(manifest) | {"outputs": ["boxes"]} == document()


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"task": "oracle"}, "task"),
        ({"task": None}, "task"),
        ({"name": 7}, "name"),
        ({"configuration": []}, "configuration"),
        ({"files": {}}, "files"),
        ({"files": {"tensorflow": {"path": "a", "sha256": "b"}}}, "files"),
        ({"files": {"onnx": {"path": "a"}}}, "sha256"),
        ({"files": {"onnx": {"path": "../a", "sha256": "b"}}}, "path"),
        ({"files": {"onnx": {"path": "/etc/passwd", "sha256": "b"}}}, "path"),
        ({"files": {"onnx": {"path": "", "sha256": "b"}}}, "path"),
        ({"input": {"channels": 1, "side_px": "big", "batch_limit": 1}}, "side_px"),
        ({"input": {"channels": 1, "side_px": None, "batch_limit": 0}}, "batch_limit"),
        ({"input": {"channels": True, "side_px": None, "batch_limit": 1}}, "channels"),
        ({"outputs": "boxes"}, "outputs"),
        ({"outputs": []}, "outputs"),
        ({"thresholds": {"score": 0.1}}, "iou"),
        ({"thresholds": {"score": 1.5, "iou": 0.2}}, "score"),
        ({"thresholds": {"score": "low", "iou": 0.2}}, "score"),
        ({"metrics": None}, "metrics"),
        ({"licence": None}, "licence"),
    ],
)
def test_that_a_wrong_field_is_named(tmp_path: Path, changes: dict[str, Any], word: str) -> None:
    with pytest.raises(ModelError, match=f'"{word}".*reinstall'):
        load_manifest(write(tmp_path, **changes))


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b"null", b"[" * 100_000])
def test_that_a_damaged_manifest_is_a_model_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "tiny.json"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"^model tiny: .*reinstall the model$"):
        load_manifest(path)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(document())), _JSON)
def test_that_any_value_in_any_field_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, key: str, value: Any
) -> None:
    path = write(tmp_path_factory.getbasetemp(), **{key: value})
    with contextlib.suppress(ModelError):
        assert load_manifest(path).name


def test_that_a_missing_manifest_is_a_model_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"model tiny: tiny.json cannot be read \(No such file"):
        load_manifest(tmp_path / "tiny.json")


def test_that_one_changed_byte_of_the_weights_is_noticed(tmp_path: Path) -> None:
    manifest = load_manifest(write(tmp_path))
    (tmp_path / "tiny.onnx").write_bytes(WEIGHTS.replace(b"r", b"R", 1))
    with pytest.raises(ModelError, match=r"tiny.onnx was changed since it was released; reinstall the model"):
        manifest.weights(Runtime.ONNX)


def test_that_missing_weights_are_named(tmp_path: Path) -> None:
    manifest = load_manifest(write(tmp_path))
    (tmp_path / "tiny.onnx").unlink()
    with pytest.raises(ModelError, match=r"tiny.onnx cannot be read"):
        manifest.weights(Runtime.ONNX)
    with pytest.raises(ModelError, match=r"no weights for the runtime torch"):
        manifest.weights(Runtime.TORCH)


def test_that_the_model_for_a_task_is_found_among_others(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, "other", task="segmenter", name="other", thresholds={})
    assert [manifest.name for manifest in manifests(tmp_path)] == ["other", "tiny"]
    assert find_manifest(Task.DETECTOR, tmp_path).name == "tiny"
    assert find_manifest(Task.SEGMENTER, tmp_path).name == "other"


def test_that_no_model_and_two_models_for_a_task_are_refused(tmp_path: Path) -> None:
    write(tmp_path)
    with pytest.raises(ModelError, match=r"model classifier: .*reinstall"):
        find_manifest(Task.CLASSIFIER, tmp_path)
    write(tmp_path, "twin", name="twin")
    with pytest.raises(ModelError, match=r"model detector: .*tiny, twin"):
        find_manifest(Task.DETECTOR, tmp_path)
