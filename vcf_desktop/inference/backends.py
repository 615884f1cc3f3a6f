"""What executes a network: torch on a GPU, ONNX Runtime on a CPU, or either where it is asked for.

torch takes 1.7 s and 210 MB to import, so nothing here imports it before it is certain that it will run.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import os
import sys
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.errors import ModelError
from vcf_desktop.inference.manifest import Manifest, Runtime, Task
from vcf_desktop.spine import ModelRecord

if TYPE_CHECKING:
    from torch import nn


class Device(StrEnum):
    """Where a network is executed."""

    CPU = "cpu"
    CUDA = "cuda"


AUTO = "auto"


class GpuMemoryError(Exception):
    """The GPU has no memory left for this batch; :class:`CpuFallback` answers it."""


class Backend(Protocol):
    """One network, ready to run.

    ``run`` takes float32 (N, C, H, W) and returns float32 arrays by output name; the same input gives the
    same output. It never resizes and never thresholds.
    """

    @property
    def manifest(self) -> Manifest:
        """Of the network."""

    @property
    def record(self) -> ModelRecord:
        """What really runs, and where, at this moment."""

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences about the execution that the user should know."""

    def run(self, batch: NDArray[np.float32]) -> dict[str, NDArray[np.float32]]:
        """The outputs for one batch."""


def open_model(manifest: Manifest, runtime: str = AUTO, device: str = AUTO) -> Backend:
    """The network of ``manifest``, its weights checked and loaded.

    ``auto`` is torch on CUDA where there is a GPU that torch can use, else ONNX Runtime on the CPU. A GPU
    that runs out of memory hands over to the CPU, with a notice.

    Args:
        manifest: of the network.
        runtime: ``auto``, ``torch`` or ``onnx``.
        device: ``auto``, ``cpu`` or ``cuda``.

    Raises:
        ModelError: the weights are missing or changed, or the device is not there.
    """
    chosen, place = _choose(manifest, runtime, device)
    open_on = functools.partial(_BACKENDS[chosen], manifest)
    return CpuFallback(open_on) if place is Device.CUDA else open_on(Device.CPU)


def run_in_batches(
    backend: Backend, inputs: NDArray[np.float32], done: Callable[[float], None]
) -> NDArray[np.float32]:
    """The first output for inputs (N, C, H, W), N at least 1, in batches no larger than the network bears.

    ``done`` is told the finished part in [0, 1] after each batch and may raise to stop.
    """
    limit = backend.manifest.network_input.batch_limit
    outputs = []
    for start in range(0, len(inputs), limit):
        outputs.append(backend.run(inputs[start : start + limit])[backend.manifest.outputs[0]])
        done(min(1.0, (start + limit) / len(inputs)))
    return np.concatenate(outputs)


def _choose(manifest: Manifest, runtime: str, device: str) -> tuple[Runtime, Device]:
    on_gpu = Runtime.ONNX if runtime == Runtime.ONNX else Runtime.TORCH
    on_cpu = Runtime.TORCH if runtime == Runtime.TORCH else Runtime.ONNX
    # ONNX Runtime finds out whether its CUDA libraries load only after it was asked: never on its own accord.
    tries_gpu = device == Device.CUDA or (device == AUTO and on_gpu is Runtime.TORCH)
    if tries_gpu and has_nvidia_gpu() and (on_gpu is Runtime.ONNX or _torch_can_use_gpu()):
        return on_gpu, Device.CUDA
    if device == Device.CUDA:
        raise ModelError(manifest.name, f"no GPU that {on_gpu} can use was found; choose the device cpu")
    return on_cpu, Device.CPU


@functools.cache
def has_nvidia_gpu() -> bool:
    """Whether the NVIDIA driver is there and shows a GPU, asked without importing torch."""
    library = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"
    try:
        driver = ctypes.CDLL(library)
    except OSError:
        return False
    count = ctypes.c_int(0)
    return driver.cuInit(0) == 0 and driver.cuDeviceGetCount(ctypes.byref(count)) == 0 and count.value > 0


def _torch_can_use_gpu() -> bool:
    import torch

    return torch.cuda.is_available()


def build_network(task: Task, configuration: Mapping[str, Any]) -> nn.Module:
    """The untrained network for ``task``; TypeError where a field of ``configuration`` is not its own."""
    if task is Task.DETECTOR:
        from vcf_desktop.networks.dwt_yolov5 import DetectorConfig, DwtYolov5

        return DwtYolov5(DetectorConfig(**configuration))
    if task is Task.SEGMENTER:
        from vcf_desktop.networks.psa_unet import PsaUnet, SegmenterConfig

        return PsaUnet(SegmenterConfig(**configuration))
    from vcf_desktop.networks.cbam_resnet50 import CbamResnet50, ClassifierConfig

    return CbamResnet50(ClassifierConfig(**configuration))


class TorchBackend:
    """A network in torch, channels last, from safetensors (which cannot hold code)."""

    notices: tuple[str, ...] = ()

    def __init__(self, manifest: Manifest, device: Device) -> None:
        import torch
        from safetensors import SafetensorError
        from safetensors.torch import load

        try:
            network = build_network(manifest.task, manifest.configuration)
            network.load_state_dict(load(manifest.weights(Runtime.TORCH)))
        except (SafetensorError, RuntimeError, TypeError, ValueError) as e:
            raise ModelError(manifest.name, _UNFIT) from e
        network.eval()
        torch.nn.utils.convert_conv2d_weight_memory_format(network, torch.channels_last)
        try:
            self._network = network.to(device)
        except torch.OutOfMemoryError as e:
            raise GpuMemoryError from e
        self.manifest = manifest
        self.record = _record(manifest, Runtime.TORCH, device)
        self._device = device

    def run(self, batch: NDArray[np.float32]) -> dict[str, NDArray[np.float32]]:
        """The outputs for one batch; GpuMemoryError where the GPU is full."""
        import torch

        # Without TF32 and with fixed algorithms a GPU says what a CPU says.
        exact = torch.backends.cudnn.flags(enabled=True, deterministic=True, allow_tf32=False)
        try:
            with torch.inference_mode(), exact if self._device is Device.CUDA else contextlib.nullcontext():
                images = torch.from_numpy(batch).to(self._device, memory_format=torch.channels_last)
                output = self._network(images).float().cpu().numpy()
        except torch.OutOfMemoryError as e:
            torch.cuda.empty_cache()
            raise GpuMemoryError from e
        return {self.manifest.outputs[0]: output}


class OnnxBackend:
    """A network in ONNX Runtime."""

    notices: tuple[str, ...] = ()

    def __init__(self, manifest: Manifest, device: Device) -> None:
        # Its builds by Microsoft would keep and send a record of their use.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = _FATAL
        options.intra_op_num_threads = physical_cores()
        # Three sessions that spin while they wait fight for the cores: 168 ms a film instead of 109.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        wanted = _PROVIDERS[device]
        unfit: tuple[type[Exception], ...] = (*_onnx_errors(), RuntimeError, ValueError)
        try:
            self._session = onnxruntime.InferenceSession(
                manifest.weights(Runtime.ONNX), options, providers=list(wanted), enable_fallback=0
            )
        except unfit as e:
            raise ModelError(manifest.name, _UNFIT) from e
        # The list of available providers names CUDA on machines without a GPU; only this one tells.
        if self._session.get_providers()[0] != wanted[0]:
            raise ModelError(
                manifest.name, "ONNX Runtime could not load its CUDA libraries; choose the device cpu"
            )
        self.manifest = manifest
        self.record = _record(manifest, Runtime.ONNX, device)
        self._input_name = self._session.get_inputs()[0].name

    def run(self, batch: NDArray[np.float32]) -> dict[str, NDArray[np.float32]]:
        """The outputs for one batch; GpuMemoryError where the GPU is full."""
        try:
            outputs = self._session.run(self.manifest.outputs, {self._input_name: batch})
        except _onnx_errors() as e:
            if self.record.device == Device.CUDA and "allocate" in str(e):
                raise GpuMemoryError from e
            raise ModelError(self.manifest.name, f"ONNX Runtime stopped ({str(e).splitlines()[0]})") from e
        return dict(zip(self.manifest.outputs, outputs, strict=True))


class CpuFallback:
    """A backend on the GPU until that runs out of memory, then one on the CPU, for good."""

    def __init__(self, open_on: Callable[[Device], Backend]) -> None:
        self._open_on = open_on
        self._notices: tuple[str, ...] = ()
        try:
            self._backend = open_on(Device.CUDA)
        except GpuMemoryError:
            self._go_to_cpu()

    def _go_to_cpu(self) -> None:
        self._backend = self._open_on(Device.CPU)
        self._notices = (f"The GPU ran out of memory: the {self.manifest.task} runs, slower, on the CPU.",)

    @property
    def manifest(self) -> Manifest:
        """Of the network."""
        return self._backend.manifest

    @property
    def record(self) -> ModelRecord:
        """What really runs at this moment."""
        return self._backend.record

    @property
    def notices(self) -> tuple[str, ...]:
        """Says so after the GPU had to give up."""
        return self._notices

    def run(self, batch: NDArray[np.float32]) -> dict[str, NDArray[np.float32]]:
        """The outputs for one batch, from the GPU or else from the CPU."""
        try:
            return self._backend.run(batch)
        except GpuMemoryError:
            self._go_to_cpu()
            return self._backend.run(batch)


_BACKENDS: Mapping[Runtime, Callable[[Manifest, Device], Backend]] = {
    Runtime.TORCH: TorchBackend,
    Runtime.ONNX: OnnxBackend,
}

_PROVIDERS: Mapping[Device, tuple[str, ...]] = {
    Device.CPU: ("CPUExecutionProvider",),
    Device.CUDA: ("CUDAExecutionProvider", "CPUExecutionProvider"),
}

_UNFIT = "its weights do not fit this version of the program; reinstall the model"

_FATAL = 4
"""ONNX Runtime's severity; what is worth saying arrives as an exception."""


def _record(manifest: Manifest, runtime: Runtime, device: Device) -> ModelRecord:
    return ModelRecord(
        name=manifest.name,
        version=manifest.version,
        sha256=manifest.files[runtime].sha256,
        runtime=runtime,
        device=device,
    )


def _onnx_errors() -> tuple[type[Exception], ...]:
    """The exceptions of ONNX Runtime, which have no common base of their own."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    return tuple(
        kind for kind in vars(state).values() if isinstance(kind, type) and issubclass(kind, Exception)
    )


def physical_cores() -> int:
    """Physical cores that this process may use; 0, which lets ONNX Runtime count, where that is unknown."""
    if sys.platform != "linux":
        return 0
    siblings = set()
    for cpu in os.sched_getaffinity(0):
        topology = Path(f"/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list")
        try:
            siblings.add(topology.read_text(encoding="ascii"))
        except OSError:
            return len(os.sched_getaffinity(0))
    return len(siblings)
