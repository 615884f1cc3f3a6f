"""One coarse skeleton for all tests of the training loops."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch

from vcf_desktop.simulation.anatomy import Anatomy
from vcf_desktop.simulation.parametric import parametric_anatomy


@pytest.fixture(scope="session")
def anatomy() -> Anatomy:
    return parametric_anatomy(poses_deg=((0.0, 0.0), (8.0, 5.0)), pixel_mm=1.0)


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> Iterator[None]:
    """Threads that wait for each other make tiny networks a hundred times slower on busy cores."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)
