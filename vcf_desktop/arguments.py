"""Numbers on the command line that must lie in a range: types of arguments for :mod:`argparse`."""

from __future__ import annotations

import math
from argparse import ArgumentTypeError
from collections.abc import Callable


def whole_number(least: int) -> Callable[[str], int]:
    """Whole numbers from ``least`` on."""

    def number(text: str) -> int:
        value = int(text)
        if value < least:
            raise ArgumentTypeError(f"must be at least {least}")
        return value

    return number


def finite_number(least: float, most: float = math.inf) -> Callable[[str], float]:
    """Finite numbers from ``least`` to ``most``."""
    bounds = f"from {least:g} to {most:g}" if math.isfinite(most) else f"at least {least:g}"

    def number(text: str) -> float:
        value = float(text)
        if not (math.isfinite(value) and least <= value <= most):
            raise ArgumentTypeError(f"must be {bounds}")
        return value

    return number


def positive_number(text: str) -> float:
    """Finite numbers above 0."""
    value = float(text)
    if not 0 < value < math.inf:
        raise ArgumentTypeError("must be above 0")
    return value
