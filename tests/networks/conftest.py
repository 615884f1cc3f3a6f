"""What holds for every test of the networks."""

from collections.abc import Iterator

import pytest
import torch


@pytest.fixture(autouse=True)
def _repeatable_and_on_one_thread() -> Iterator[None]:
    """Networks this small only wait for each other's threads, and on a busy machine they wait long."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    yield
    torch.set_num_threads(threads)
