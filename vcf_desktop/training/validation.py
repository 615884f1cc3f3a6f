"""What a network is worth while it is trained: its loss and one figure of the field, on films kept aside."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from vcf_desktop.geometry import box_iou
from vcf_desktop.inference.detection import Detections, decode, suppress
from vcf_desktop.networks.cbam_resnet50 import grading_loss
from vcf_desktop.networks.dwt_yolov5 import DwtYolov5, detection_loss
from vcf_desktop.networks.psa_unet import segmentation_loss
from vcf_desktop.spine import Grade
from vcf_desktop.training.samples import CropBatch, FilmBatch

MATCHING_IOU = 0.5
LOWEST_SCORE, SUPPRESSION_IOU = 0.05, 0.3


@torch.inference_mode()
def judge_detector(
    network: DwtYolov5, batches: Sequence[FilmBatch], device: torch.device
) -> dict[str, float]:
    """``loss``, and ``f1`` of the boxes at IoU 0.5 and their best score, before the spine's chain."""
    losses, scores, hits, truths = [], [], [], 0
    for films, targets in batches:
        with torch.autocast(device.type, torch.bfloat16):
            heads = network.raw(films.to(device))
        raw = tuple(head.float() for head in heads)
        losses.append(float(detection_loss(raw, targets.to(device), network.config).total))
        truths += len(targets)
        for number, predictions in enumerate(network.decode(raw).cpu().numpy()):
            found = suppress(decode(predictions, LOWEST_SCORE), SUPPRESSION_IOU)
            true = targets[targets[:, 0] == number, 2:].numpy()
            scores.append(found.scores)
            hits.append(
                _hits(found, np.hstack([true[:, :2] - true[:, 2:] / 2, true[:, :2] + true[:, 2:] / 2]))
            )
    f1 = best_f1(np.concatenate(scores), np.concatenate(hits), truths)
    return {"loss": float(np.mean(losses)), "f1": f1}


@torch.inference_mode()
def judge_segmenter(
    network: nn.Module, batches: Sequence[CropBatch], device: torch.device
) -> dict[str, float]:
    """``loss``, and ``dice`` of the vertebral bodies over all crops."""
    losses, overlap, mass = [], 0.0, 0.0
    for batch in batches:
        masks = batch.masks.to(device) / 255
        with torch.autocast(device.type, torch.bfloat16):
            logits = network(batch.pixels.to(device))
        losses.append(float(segmentation_loss(logits.float(), masks, batch.known.to(device))))
        both, either = body_overlap(logits, masks)
        overlap, mass = overlap + both, mass + either
    return {"loss": float(np.mean(losses)), "dice": overlap / max(mass, 1.0)}


@torch.inference_mode()
def judge_classifier(
    network: nn.Module, batches: Sequence[tuple[Tensor, Tensor]], class_weights: Tensor
) -> dict[str, float]:
    """``loss``, ``accuracy`` and quadratic weighted ``kappa`` over batches of grader inputs and grades."""
    losses, counts = [], np.zeros((len(Grade), len(Grade)))
    for inputs, grades in batches:
        with torch.autocast(inputs.device.type, torch.bfloat16):
            logits = network(inputs)
        losses.append(float(grading_loss(logits.float(), grades, class_weights)))
        np.add.at(counts, (grades.cpu().numpy(), logits.argmax(1).cpu().numpy()), 1)
    accuracy = float(np.trace(counts) / counts.sum())
    return {"loss": float(np.mean(losses)), "accuracy": accuracy, "kappa": weighted_kappa(counts)}


def body_overlap(logits: Tensor, masks: Tensor) -> tuple[float, float]:
    """Numerator and denominator of the Dice of the body's channel over a batch, of the decided masks."""
    found, true = logits[:, 0] > 0, masks[:, 0] > 0.5
    return float(2 * (found & true).sum()), float(found.sum() + true.sum())


def _hits(found: Detections, true_xyxy: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Which boxes, best first, are the first to lie on a true box of their own."""
    overlap = box_iou(found.boxes_xyxy, true_xyxy)
    hits = np.zeros(len(found), bool)
    for number in range(len(found) if len(true_xyxy) else 0):
        nearest = int(overlap[number].argmax())
        hits[number] = overlap[number, nearest] >= MATCHING_IOU
        if hits[number]:
            overlap[:, nearest] = 0
    return hits


def best_f1(scores: NDArray[np.float64], hits: NDArray[np.bool_], truths: int) -> float:
    """F1 of the boxes above a score, at the score where it is largest; 0 where nothing is found.

    Args:
        scores: (N,) of boxes of all films. hits: (N,) which of them are right.
        truths: how many there are to find.
    """
    right = np.cumsum(hits[np.argsort(-scores, kind="stable")])
    # 2 P R / (P + R) with P = right / found and R = right / truths.
    return float(np.max(2 * right / (np.arange(1, len(right) + 1) + truths), initial=0.0))


def weighted_kappa(counts: NDArray[np.float64]) -> float:
    """Cohen's kappa with quadratic weights (Cohen, Psychol Bull 1968;70:213) of counts (4, 4).

    0 where truth and answers are all of one class, which leaves nothing to agree about.
    """
    places = np.arange(len(counts))
    weights = (places[:, None] - places) ** 2
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    by_chance = float((weights * expected).sum())
    return 1 - float((weights * counts).sum()) / by_chance if by_chance else 0.0
