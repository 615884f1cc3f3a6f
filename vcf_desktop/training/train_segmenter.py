"""Train PSA-UNet on crops of films."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import torch
from torch import Tensor

from vcf_desktop.inference.manifest import Task
from vcf_desktop.networks.psa_unet import segmentation_loss
from vcf_desktop.training.batches import Data
from vcf_desktop.training.checkpoints import Run
from vcf_desktop.training.recipes import Plan
from vcf_desktop.training.samples import CropBatch, CropSample
from vcf_desktop.training.validation import body_overlap, judge_segmenter
from vcf_desktop.training.weights import new_network


def train_segmenter(
    data: Data[CropSample, CropBatch], folder: Path, plan: Plan, start: Mapping[str, Tensor] | None = None
) -> None:
    """Run or go on with a run; the checkpoints in ``folder`` are what release reads.

    Args:
        start: weights that a new run begins with.
    """
    torch.manual_seed(plan.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    network = new_network(Task.SEGMENTER, plan.configuration).train()
    network.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch's stubs
    run = Run(folder, network, plan)
    run.begin(start)
    batches = data.training.load(run.step, plan.steps, plan.workers)
    judge = partial(judge_segmenter, batches=data.validation, device=device)
    for batch in run.through(batches, judge, by="dice"):
        crops = batch.pixels.to(device, memory_format=torch.channels_last)
        masks = batch.masks.to(device) / 255
        with torch.autocast(device.type, torch.bfloat16):
            logits = network(crops)
        loss = segmentation_loss(logits.float(), masks, batch.known.to(device))
        both, either = body_overlap(logits, masks)
        run.descend(loss, {"dice": both / max(either, 1.0)})
