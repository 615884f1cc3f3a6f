"""Both runtimes: what they compute, where, what they refuse, and what happens when a GPU is full."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from vcf_desktop.errors import ModelError
from vcf_desktop.inference import backends
from vcf_desktop.inference.backends import (
    CpuFallback,
    Device,
    GpuMemoryError,
    TorchBackend,
    build_network,
    open_model,
    run_in_batches,
)
from vcf_desktop.inference.export import write_model
from vcf_desktop.inference.manifest import Manifest, NetworkInput, Runtime, Task, load_manifest
from vcf_desktop.networks.psa_unet import SegmenterConfig
from vcf_desktop.spine import ModelRecord

CONFIGURATION = asdict(SegmenterConfig(width=0.1))
SHAPES = [(1, 1, 64, 64), (5, 1, 32, 96)]


def described(task: Task = Task.SEGMENTER) -> Manifest:
    """Of a small segmenter that takes any size, which exercises all that export and backends do."""
    return Manifest(
        task=task,
        name="tiny",
        version="0.0.1",
        configuration=CONFIGURATION,
        files={},
        network_input=NetworkInput(channels=1, side_px=None, batch_limit=2),
        outputs=("logits",),
        thresholds={},
        training_data="none: random weights",
        metrics={},
        licence="Apache-2.0",
        attribution="",
        intended_use="tests",
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one small network of random weights."""
    folder = tmp_path_factory.mktemp("models")
    torch.manual_seed(0)
    network = build_network(Task.SEGMENTER, CONFIGURATION)
    write_model(described(), network, folder)
    return folder


@pytest.fixture
def manifest(folder: Path) -> Manifest:
    return load_manifest(folder / "tiny.json")


@pytest.mark.parametrize("task", Task)
def test_that_every_task_has_its_network(task: Task) -> None:
    with torch.device("meta"):
        assert (
            type(build_network(task, {"width": 0.1})).__name__
            == {
                Task.DETECTOR: "DwtYolov5",
                Task.SEGMENTER: "PsaUnet",
                Task.CLASSIFIER: "CbamResnet50",
            }[task]
        )


def test_that_both_runtimes_say_the_same(manifest: Manifest) -> None:
    on_torch, on_onnx = (open_model(manifest, runtime, "cpu") for runtime in Runtime)
    rng = np.random.default_rng(0)
    for shape in SHAPES:
        batch = rng.normal(size=shape).astype(np.float32)
        (expected,), (found,) = on_torch.run(batch).values(), on_onnx.run(batch).values()
        assert found.dtype == expected.dtype == np.float32
        np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-4)
        np.testing.assert_array_equal(on_onnx.run(batch)[manifest.outputs[0]], found)


def test_that_a_written_manifest_is_read_back(manifest: Manifest, folder: Path) -> None:
    assert replace(manifest, files={}) == described()
    assert {path.name for path in folder.iterdir()} == {"tiny.json", "tiny.onnx", "tiny.safetensors"}


@pytest.mark.parametrize("runtime", Runtime)
def test_that_the_record_says_what_runs(manifest: Manifest, runtime: Runtime) -> None:
    backend = open_model(manifest, runtime, "cpu")
    sha256 = manifest.files[runtime].sha256
    assert backend.record == ModelRecord("tiny", "0.0.1", sha256, runtime, "cpu")
    assert backend.notices == ()


def test_that_larger_inputs_are_run_in_batches(manifest: Manifest) -> None:
    backend = open_model(manifest, "onnx")
    inputs = np.random.default_rng(0).normal(size=(5, 1, 64, 64)).astype(np.float32)
    done: list[float] = []
    outputs = run_in_batches(backend, inputs, done.append)
    np.testing.assert_allclose(outputs, backend.run(inputs)["logits"], atol=1e-5)
    assert done == [pytest.approx(0.4), pytest.approx(0.8), 1.0]


@pytest.mark.parametrize("runtime", Runtime)
@pytest.mark.parametrize("content", [b"", b"rubbish" * 100])
def test_that_weights_that_are_no_weights_are_refused(
    manifest: Manifest, tmp_path: Path, runtime: Runtime, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Manifest, "weights", lambda *_: content)
    with pytest.raises(ModelError, match=r"tiny: its weights do not fit"):
        open_model(manifest, runtime, "cpu")


@pytest.mark.parametrize("configuration", [{"width": 0.3}, {"depth_of_thought": 3}, {"width": "x"}])
def test_that_weights_of_another_network_are_refused(
    manifest: Manifest, configuration: dict[str, Any]
) -> None:
    manifest = replace(manifest, configuration=configuration)
    with pytest.raises(ModelError, match=r"tiny: its weights do not fit"):
        open_model(manifest, "torch", "cpu")


@pytest.mark.parametrize("runtime", Runtime)
def test_that_changed_weights_are_not_loaded(folder: Path, runtime: Runtime, tmp_path: Path) -> None:
    for file in folder.iterdir():
        content = bytearray(file.read_bytes())
        content[-1] ^= file.suffix != ".json"
        (tmp_path / file.name).write_bytes(content)
    with pytest.raises(ModelError, match=r"was changed since it was released; reinstall the model"):
        open_model(load_manifest(tmp_path / "tiny.json"), runtime, "cpu")


def test_that_onnx_runtime_says_in_a_sentence_that_an_input_does_not_fit(manifest: Manifest) -> None:
    backend = open_model(manifest, "onnx")
    with pytest.raises(ModelError, match=r"tiny: ONNX Runtime stopped \("):
        backend.run(np.zeros((1, 3, 64, 64), np.float32))


@pytest.mark.parametrize("runtime", ["auto", *Runtime])
def test_that_cuda_without_a_gpu_is_refused(
    manifest: Manifest, runtime: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backends, "has_nvidia_gpu", lambda: False)
    with pytest.raises(
        ModelError, match=r"no GPU that (torch|onnx) can use was found; choose the device cpu"
    ):
        open_model(manifest, runtime, "cuda")


@pytest.mark.parametrize(
    ("runtime", "device", "torch_sees_gpu", "expected"),
    [
        ("auto", "auto", True, ("torch", "cuda")),
        ("auto", "auto", False, ("onnx", "cpu")),
        ("auto", "cpu", True, ("onnx", "cpu")),
        ("auto", "cuda", True, ("torch", "cuda")),
        ("torch", "auto", True, ("torch", "cuda")),
        ("torch", "auto", False, ("torch", "cpu")),
        ("torch", "cpu", True, ("torch", "cpu")),
        ("onnx", "auto", True, ("onnx", "cpu")),
        ("onnx", "cpu", True, ("onnx", "cpu")),
        ("onnx", "cuda", False, ("onnx", "cuda")),
    ],
)
def test_that_runtime_and_device_follow_from_the_machine_and_the_wish(
    manifest: Manifest,
    monkeypatch: pytest.MonkeyPatch,
    runtime: str,
    device: str,
    torch_sees_gpu: bool,
    expected: tuple[str, str],
) -> None:
    def fake(kind: Runtime) -> Any:
        return lambda manifest, place: FakeBackend(manifest, kind, place)

    monkeypatch.setattr(backends, "has_nvidia_gpu", lambda: True)
    monkeypatch.setattr(backends, "_torch_can_use_gpu", lambda: torch_sees_gpu)
    monkeypatch.setattr(backends, "_BACKENDS", {kind: fake(kind) for kind in Runtime})
    record = open_model(manifest, runtime, device).record
    assert (record.runtime, record.device) == expected


class FakeBackend:
    """Says where it runs; on a GPU it has memory for one film."""

    notices: tuple[str, ...] = ()

    def __init__(self, manifest: Manifest, runtime: Runtime, device: Device, films: int = 1) -> None:
        self.manifest = manifest
        self.record = ModelRecord("fake", "0", "", runtime, device)
        self._films = films if device is Device.CUDA else 1_000

    def run(self, batch: NDArray[np.float32]) -> dict[str, NDArray[np.float32]]:
        if self._films == 0:
            raise GpuMemoryError
        self._films -= 1
        return {"out": batch + 1}


def test_that_a_full_gpu_hands_over_to_the_cpu_for_good() -> None:
    manifest = described()
    backend = CpuFallback(lambda device: FakeBackend(manifest, Runtime.TORCH, device))
    batch = np.zeros((1, 1, 4, 4), np.float32)
    backend.run(batch)
    assert (backend.record.device, backend.notices) == ("cuda", ())
    for _ in range(2):
        np.testing.assert_array_equal(backend.run(batch)["out"], batch + 1)
        assert backend.record.device == "cpu"
        assert backend.notices == ("The GPU ran out of memory: the segmenter runs, slower, on the CPU.",)


def test_that_weights_too_large_for_the_gpu_are_loaded_on_the_cpu() -> None:
    def open_on(device: Device) -> FakeBackend:
        if device is Device.CUDA:
            raise GpuMemoryError
        return FakeBackend(described(Task.DETECTOR), Runtime.TORCH, device)

    backend = CpuFallback(open_on)
    assert backend.record.device == "cpu"
    assert len(backend.notices) == 1


def test_that_torch_running_out_of_memory_is_told_apart_from_other_errors(
    manifest: Manifest, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = TorchBackend(manifest, Device.CPU)

    def fail(*_: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(backend, "_network", fail)
    with pytest.raises(GpuMemoryError):
        backend.run(np.zeros((1, 1, 64, 64), np.float32))


def test_that_torch_is_not_imported_on_the_onnx_path_and_nothing_is_printed(folder: Path) -> None:
    script = f"""
import sys
from pathlib import Path
import numpy as np
from vcf_desktop.inference.backends import open_model
from vcf_desktop.inference.manifest import load_manifest
backend = open_model(load_manifest(Path({json.dumps(str(folder))}) / "tiny.json"), "auto", "cpu")
backend.run(np.zeros((1, 1, 64, 64), np.float32))
sys.exit("torch" in sys.modules)
"""
    run = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


@pytest.mark.gpu
def test_that_a_gpu_says_what_the_cpu_says(manifest: Manifest) -> None:
    on_cpu, on_gpu = open_model(manifest, "torch", "cpu"), open_model(manifest, "torch", "cuda")
    assert on_gpu.record.device == "cuda"
    batch = np.random.default_rng(0).normal(size=SHAPES[0]).astype(np.float32)
    (expected,), (found,) = on_cpu.run(batch).values(), on_gpu.run(batch).values()
    np.testing.assert_allclose(found, expected, rtol=1e-3, atol=1e-3)
