"""Train CBAM-ResNet50 on crops of simulated films and the masks that the trained segmenter finds in them."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from vcf_desktop.networks.cbam_resnet50 import COMPACT, CbamResnet50, grading_loss
from vcf_desktop.training.checkpoints import Run
from vcf_desktop.training.data import crop_batches

SAVE_EVERY = 200
CLASS_WEIGHTS = (0.7, 1.4, 1.1, 1.0)
"""Simulated crops hold about half intact and few mild vertebrae. The paper weighs classes without numbers."""


def train_classifier(
    anatomy: Path | None,
    folder: Path,
    segmenter: nn.Module,
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
        segmenter: trained; the grader learns from its masks, with their errors, as it will meet them.
    """
    torch.manual_seed(seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    network = CbamResnet50(COMPACT).train()
    for module in (network, segmenter.eval()):
        module.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch's stubs
    class_weights = torch.tensor(CLASS_WEIGHTS, device=device)
    run = Run(folder, network, steps, rate, weight_decay=5e-4)
    run.begin(start)
    batches = iter(crop_batches(anatomy, seed + run.step, batch, workers))
    with run.progress(SAVE_EVERY) as advance:
        while run.step < steps:
            crops, _, grades, anterior_right = (part.to(device) for part in next(batches))
            crops = crops.contiguous(memory_format=torch.channels_last)
            with torch.autocast(device.type, torch.bfloat16):
                with torch.inference_mode():
                    body = segmenter(crops)[:, :1].float().sigmoid()
                # A tensor of inference mode takes no part in a backward pass; its copy does.
                logits = network(grader_input(crops, body.clone(), anterior_right))
            loss = grading_loss(logits.float(), grades, class_weights)
            run.descend(loss)
            parts = {
                "loss": float(loss.detach()),
                "accuracy": float((logits.argmax(1) == grades).float().mean()),
            }
            advance(parts)


def grader_input(crops: Tensor, body: Tensor, anterior_right: Tensor) -> Tensor:
    """Batch form of :func:`vcf_desktop.inference.preprocess.classifier_input`, front turned to the left.

    Args:
        crops: (N, 1, S, S) segmenter inputs.
        body: (N, 1, S, S) probability of the vertebral body.
        anterior_right: (N,) bool.
    """
    stacked = torch.cat([crops, body * 2 - 1, crops * body], dim=1)
    turned = torch.where(anterior_right[:, None, None, None], stacked.flip(3), stacked)
    return turned.contiguous(memory_format=torch.channels_last)
