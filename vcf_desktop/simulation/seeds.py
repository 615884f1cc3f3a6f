"""Where the randomness of a simulated film comes from: its purpose, a seed, and its place in a sequence.

Films of different purposes never share a generator, whatever their seeds, so that no network is judged on a
film that it was trained on. Each film has a generator of its own, so that the hundredth is the same whether
or not the first ninety-nine were made.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np


class Purpose(IntEnum):
    """What simulated films are for; the numbers are part of every film and must not change."""

    TRAINING = 1
    VALIDATION = 2
    EVALUATION = 3
    SAMPLES = 4
    """Films that a person asked for, to look at or to use elsewhere."""


def film_rng(purpose: Purpose, seed: int, *place: int) -> np.random.Generator:
    """The generator of what lies at ``place``, numbers from 0 on, of the sequence that ``seed`` begins.

    Purpose and place are the spawn key, which numpy keeps apart from a seed below 2 ** 128.
    """
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(int(purpose), *place)))
