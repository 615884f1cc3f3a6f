"""Train DWT-YOLOv5 on films."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import cast

import torch
from torch import Tensor

from vcf_desktop.inference.manifest import Task
from vcf_desktop.networks.dwt_yolov5 import DwtYolov5, detection_loss
from vcf_desktop.training.batches import Data
from vcf_desktop.training.checkpoints import Run
from vcf_desktop.training.recipes import Plan
from vcf_desktop.training.samples import FilmBatch, FilmSample
from vcf_desktop.training.validation import judge_detector
from vcf_desktop.training.weights import new_network


def train_detector(
    data: Data[FilmSample, FilmBatch], folder: Path, plan: Plan, start: Mapping[str, Tensor] | None = None
) -> None:
    """Run or go on with a run; the checkpoints in ``folder`` are what release reads.

    Args:
        start: weights that a new run begins with.
    """
    torch.manual_seed(plan.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    network = cast("DwtYolov5", new_network(Task.DETECTOR, plan.configuration)).train()
    network.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch's stubs
    run = Run(folder, network, plan)
    run.begin(start)
    batches = data.training.load(run.step, plan.steps, plan.workers)
    judge = partial(judge_detector, batches=data.validation, device=device)
    for batch in run.through(batches, judge, by="f1"):
        films = batch.pixels.to(device, memory_format=torch.channels_last)
        with torch.autocast(device.type, torch.bfloat16):
            raw = network(films)
        loss = detection_loss([head.float() for head in raw], batch.targets.to(device), network.config)
        parts = {name: float(value.detach()) for name, value in loss._asdict().items() if name != "total"}
        run.descend(loss.total, parts)
