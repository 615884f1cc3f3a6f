"""What a network is worth while it is trained: its loss and one figure of the field, on films kept aside."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from vcf_desktop.geometry import box_iou
from vcf_desktop.inference.detection import decode, suppress
from vcf_desktop.networks.cbam_resnet50 import grading_loss
from vcf_desktop.networks.dwt_yolov5 import DwtYolov5, detection_loss
from vcf_desktop.networks.psa_unet import segmentation_loss
from vcf_desktop.spine import Grade
from vcf_desktop.training.judging import MATCHING_IOU, hits
from vcf_desktop.training.metrics import best_point, weighted_kappa
from vcf_desktop.training.samples import CropBatch, FilmBatch

LOWEST_SCORE, SUPPRESSION_IOU = 0.05, 0.3


@torch.inference_mode()
def judge_detector(
    network: DwtYolov5, batches: Sequence[FilmBatch], device: torch.device
) -> dict[str, float]:
    """``loss``, and ``f1`` of the boxes at IoU 0.5 and their best score, before the spine's chain."""
    losses, scores, right, truths = [], [], [], 0
    for films, targets in batches:
        with torch.autocast(device.type, torch.bfloat16):
            heads = network.raw(films.to(device))
        raw = tuple(head.float() for head in heads)
        losses.append(float(detection_loss(raw, targets.to(device), network.config).total))
        truths += len(targets)
        for number, predictions in enumerate(network.decode(raw).cpu().numpy()):
            found = suppress(decode(predictions, LOWEST_SCORE), SUPPRESSION_IOU)
            centre, size = np.split(targets[targets[:, 0] == number, 2:].numpy(), 2, axis=1)
            true = np.hstack([centre - size / 2, centre + size / 2])
            scores.append(found.scores)
            right.append(hits(box_iou(found.boxes_xyxy, true), MATCHING_IOU))
    order = np.argsort(-np.concatenate(scores), kind="stable")
    return {"loss": float(np.mean(losses)), "f1": best_f1(np.concatenate(right)[order], truths)}


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
    losses, counts = [], np.zeros((len(Grade), len(Grade)), np.int64)
    for inputs, grades in batches:
        with torch.autocast(inputs.device.type, torch.bfloat16):
            logits = network(inputs)
        losses.append(float(grading_loss(logits.float(), grades, class_weights)))
        np.add.at(counts, (grades.cpu().numpy(), logits.argmax(1).cpu().numpy()), 1)
    accuracy = float(np.trace(counts) / counts.sum())
    # Where truth and answers are all of one grade, there is nothing to agree about, and nothing is gained.
    kappa = float(np.nan_to_num(weighted_kappa(counts)))
    return {"loss": float(np.mean(losses)), "accuracy": accuracy, "kappa": kappa}


def body_overlap(logits: Tensor, masks: Tensor) -> tuple[float, float]:
    """Numerator and denominator of the Dice of the body's channel over a batch, of the decided masks."""
    found, true = logits[:, 0] > 0, masks[:, 0] > 0.5
    return float(2 * (found & true).sum()), float(found.sum() + true.sum())


def best_f1(right: NDArray[np.bool_], truths: int) -> float:
    """F1 of the boxes above a score, at the score where it is largest; 0 where nothing right is found.

    Args:
        right: (N,) which of the boxes of all films, best first, are right.
        truths: how many there are to find.
    """
    precision, recall = best_point(right, np.ones_like(right), truths)
    return 2 * precision * recall / (precision + recall) if right.any() else 0.0
