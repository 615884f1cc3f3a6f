"""Train PSA-UNet on crops of simulated films."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor

from vcf_desktop.networks.psa_unet import COMPACT, PsaUnet, segmentation_loss
from vcf_desktop.training.checkpoints import Run
from vcf_desktop.training.data import crop_batches

SAVE_EVERY = 200


def train_segmenter(
    anatomy: Path | None,
    folder: Path,
    steps: int,
    batch: int,
    workers: int,
    seed: int,
    rate: float,
    start: Path | None = None,
) -> None:
    """Run or go on with ``steps`` steps; the checkpoint in ``folder`` is what export reads.

    Args:
        anatomy: folder with surfaces, None for the built-in skeleton.
        rate: highest learning rate.
        start: run whose weights a new run begins with.
    """
    torch.manual_seed(seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    network = PsaUnet(COMPACT).train()
    network.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch's stubs
    run = Run(folder, network, steps, rate, weight_decay=1e-4)
    run.begin(start)
    batches = iter(crop_batches(anatomy, seed + run.step, batch, workers))
    with run.progress(SAVE_EVERY) as advance:
        while run.step < steps:
            crops, masks, _, _ = (part.to(device) for part in next(batches))
            with torch.autocast(device.type, torch.bfloat16):
                logits = network(crops.contiguous(memory_format=torch.channels_last))
            loss = segmentation_loss(logits.float(), masks)
            run.descend(loss)
            parts = {"loss": float(loss.detach()), "dice": body_dice(logits, masks)}
            advance(parts)


def body_dice(logits: Tensor, masks: Tensor) -> float:
    """Dice of the vertebral body's channel over a batch, of the decided masks."""
    found, true = logits[:, 0] > 0, masks[:, 0] > 0.5
    return float(2 * (found & true).sum() / (found.sum() + true.sum()).clamp(min=1))
