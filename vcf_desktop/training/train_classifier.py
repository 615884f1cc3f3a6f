"""Train CBAM-ResNet50 on crops of films and the masks that the trained segmenter finds in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import torch
from torch import Tensor, nn

from vcf_desktop.inference.manifest import Task
from vcf_desktop.inference.segmentation import anterior_side
from vcf_desktop.io.labelme import AnnotatedFilm
from vcf_desktop.networks.cbam_resnet50 import grading_loss
from vcf_desktop.training.batches import Data
from vcf_desktop.training.checkpoints import Run
from vcf_desktop.training.hospital import grade_counts
from vcf_desktop.training.recipes import Plan
from vcf_desktop.training.samples import CropBatch, CropSample
from vcf_desktop.training.split import Part
from vcf_desktop.training.validation import judge_classifier
from vcf_desktop.training.weights import new_network

SIMULATED_CLASS_WEIGHTS = (0.7, 1.4, 1.1, 1.0)
"""Simulated crops hold about half intact and few mild vertebrae. The paper weighs classes without numbers."""


def train_classifier(
    data: Data[CropSample, CropBatch],
    folder: Path,
    plan: Plan,
    segmenter: nn.Module,
    grade_weights: Sequence[float],
    start: Mapping[str, Tensor] | None = None,
) -> None:
    """Run or go on with a run; the checkpoints in ``folder`` are what release reads.

    Args:
        segmenter: trained; the grader learns from its masks, with their errors, as it will meet them.
        grade_weights: of grades 0 to 3 in the loss, see :func:`class_weights`.
        start: weights that a new run begins with.
    """
    torch.manual_seed(plan.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    network = new_network(Task.CLASSIFIER, plan.configuration).train()
    for module in (network, segmenter.eval()):
        module.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch's stubs
    weights = torch.tensor(grade_weights, device=device)
    run = Run(folder, network, plan)
    run.begin(start)
    batches = data.training.load(run.step, plan.steps, plan.workers)
    judged = [graded_inputs(batch, segmenter, device) for batch in data.validation]
    judge = partial(judge_classifier, batches=judged, class_weights=weights)
    for batch in run.through(batches, judge, by="kappa"):
        inputs, grades = graded_inputs(batch, segmenter, device)
        with torch.autocast(device.type, torch.bfloat16):
            logits = network(inputs)
        loss = grading_loss(logits.float(), grades, weights)
        run.descend(loss, {"accuracy": float((logits.argmax(1) == grades).float().mean())})


def class_weights(parts: Mapping[Part, Sequence[AnnotatedFilm]] | None) -> tuple[float, ...]:
    """Weights that make all grades of a hospital's training part count alike; fixed ones for simulated films.

    A grade that does not occur counts as if it did once.
    """
    if parts is None:
        return SIMULATED_CLASS_WEIGHTS
    counts = [max(count, 1) for count in grade_counts(parts[Part.TRAIN])]
    return tuple(sum(counts) / (len(counts) * count) for count in counts)


@torch.no_grad()
def graded_inputs(batch: CropBatch, segmenter: nn.Module, device: torch.device) -> tuple[Tensor, Tensor]:
    """Grader inputs (N, 3, S, S) and grades (N,) on ``device``."""
    crops = batch.pixels.to(device, memory_format=torch.channels_last)
    with torch.autocast(device.type, torch.bfloat16):
        seen = segmenter(crops).float().sigmoid()
    right = batch.anterior_right.clone()
    for place in (right < 0).nonzero().flatten().tolist():
        # Nobody said which way this patient looks: the arches tell, as they do in use.
        right[place] = not anterior_side(seen[place : place + 1].cpu().numpy()).is_left
    return grader_input(crops, seen[:, :1], right.bool().to(device)), batch.grades.to(device)


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
