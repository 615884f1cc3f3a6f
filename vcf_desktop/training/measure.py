"""One measurement of ``vcf-desktop bench``, in a process of its own: its peak of memory is that of the work.

torch is imported only where the runtime needs it, as in the product.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.inference.backends import Backend, Device
from vcf_desktop.inference.frames import CROP_SIDE_PX
from vcf_desktop.inference.pipeline import Pipeline, open_pipeline
from vcf_desktop.io.films import read_film
from vcf_desktop.spine import ModelRecord

VERTEBRAE = 10


class Forced:
    """A network that does its work and then gives a known answer, whatever its weights are worth."""

    def __init__(self, backend: Backend, answer: NDArray[np.float32]) -> None:
        self._backend = backend
        self._answer = answer
        self.manifest = backend.manifest
        self.notices: tuple[str, ...] = ()

    @property
    def record(self) -> ModelRecord:
        """Of the network that does the work."""
        return self._backend.record

    def run(self, batch: NDArray[np.float32]) -> dict[str, NDArray[np.float32]]:
        """The known answer for each input of a batch (N, C, H, W)."""
        self._backend.run(batch)
        return {self.manifest.outputs[0]: np.repeat(self._answer[None], len(batch), axis=0)}


def forced_pipeline(pipeline: Pipeline) -> Pipeline:
    """The same pipeline, finding ten upright vertebrae in the 640 rows of its detector."""
    boxes = np.zeros((VERTEBRAE, 7), np.float32)
    boxes[:, 0], boxes[:, 1] = 320, np.linspace(40, 600, VERTEBRAE)
    boxes[:, 2:4], boxes[:, 4:6] = (64, 48), 0.95
    y, x = np.mgrid[:CROP_SIDE_PX, :CROP_SIDE_PX] + 0.5 - CROP_SIDE_PX / 2
    body, arch = 25 - np.maximum(np.abs(y), 0.8 * np.abs(x)), 10 - np.hypot(x - 48, y)
    logits = np.stack([body, arch, np.full_like(body, -9)]).astype(np.float32)
    detector, segmenter, classifier = pipeline.backends
    return Pipeline(Forced(detector, boxes), Forced(segmenter, logits), classifier)


def measure(models: Path, film_path: Path, runtime: str, device: str, films: int) -> dict[str, float]:
    """Times in ms and peaks of memory in MB, by the names of the rows of the table.

    Times of stages are medians over ``films`` films after a first one.
    """
    began = time.perf_counter()
    pipeline = forced_pipeline(open_pipeline(models, runtime, device))
    opened = time.perf_counter() - began
    rounds = []
    for _ in range(films + 1):
        began = time.perf_counter()
        film = read_film(film_path)
        read = time.perf_counter() - began
        analysis = pipeline.run(film)
        if len(analysis.findings) != VERTEBRAE:
            raise RuntimeError(f"{len(analysis.findings)} vertebrae were measured instead of {VERTEBRAE}")
        total = time.perf_counter() - began
        rounds.append({"read": read, **analysis.seconds, "total": total})
        del film  # or two films would be in memory while the next one is read
    names = {stage: f"{stage}, ms" for stage in rounds[0]} | {"total": "total per film, ms"}
    medians = {names[stage]: 1000 * statistics.median(r[stage] for r in rounds[1:]) for stage in names}
    return {"open the models, ms": 1000 * opened, **medians, **_peaks(device)}


def _peaks(device: str) -> dict[str, float]:
    peaks = {}
    if sys.platform == "linux":
        # The resource usage of a process begins with that of the one that started it; this does not.
        status = Path("/proc/self/status").read_text(encoding="ascii")
        peaks["peak memory, MB"] = int(status.split("VmHWM:")[1].split()[0]) / 1024
    if device == Device.CUDA:
        import torch

        peaks["peak GPU memory, MB"] = torch.cuda.max_memory_allocated() / 2**20
    return peaks


if __name__ == "__main__":
    models, film_path, runtime, device, films = sys.argv[1:]
    sys.stdout.write(json.dumps(measure(Path(models), Path(film_path), runtime, device, int(films))))
