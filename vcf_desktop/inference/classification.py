"""From a vertebra's crop and its segmented body to the probabilities of the four grades."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.inference.backends import Backend, run_in_batches
from vcf_desktop.inference.preprocess import classifier_input
from vcf_desktop.spine import Grade


def classify(
    backend: Backend,
    crops: NDArray[np.float32],
    body_probabilities: NDArray[np.float32],
    anterior_is_left: bool,
    done: Callable[[float], None],
) -> NDArray[np.float64]:
    """(N, 4) probabilities of grades 0 to 3 for N crops, which may be none; each row has the sum 1.

    Args:
        backend: of the classifier.
        crops: (N, S, S) in [0, 1].
        body_probabilities: (N, S, S) of the vertebral body.
        anterior_is_left: False turns the crops round: the network learnt bodies that look to the left.
        done: is told the finished part in [0, 1] after each batch and may raise to stop.
    """
    if not len(crops):
        return np.empty((0, len(Grade)))
    towards = slice(None, None, 1 if anterior_is_left else -1)
    inputs = np.stack(
        [
            classifier_input(crop[:, towards], body[:, towards])
            for crop, body in zip(crops, body_probabilities, strict=True)
        ]
    )
    return _softmax(run_in_batches(backend, inputs, done).astype(np.float64))


def _softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: NDArray[np.float64] = weights / weights.sum(axis=1, keepdims=True)
    return shares
