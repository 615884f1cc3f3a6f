"""Train DWT-YOLOv5 on simulated films."""

from __future__ import annotations

from pathlib import Path

import torch

from vcf_desktop.networks.dwt_yolov5 import COMPACT, DwtYolov5, detection_loss
from vcf_desktop.training.checkpoints import Run
from vcf_desktop.training.data import film_batches

SAVE_EVERY = 100


def train_detector(
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
    network = DwtYolov5(COMPACT).train()
    network.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch's stubs
    run = Run(folder, network, steps, rate, weight_decay=5e-4)
    run.begin(start)
    # A resumed run draws new films rather than those of its first minutes again.
    batches = iter(film_batches(anatomy, seed + run.step, batch, workers))
    with run.progress(SAVE_EVERY) as advance:
        while run.step < steps:
            films, targets = next(batches)
            films = films.to(device, memory_format=torch.channels_last)
            with torch.autocast(device.type, torch.bfloat16):
                raw = network(films)
            loss = detection_loss([head.float() for head in raw], targets.to(device), COMPACT)
            run.descend(loss.total)
            parts = {name: float(value.detach()) for name, value in loss._asdict().items()}
            advance(parts)
