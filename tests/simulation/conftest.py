"""One coarse skeleton for all tests of the simulator."""

from __future__ import annotations

import pytest

from vcf_desktop.simulation.anatomy import Anatomy
from vcf_desktop.simulation.parametric import parametric_anatomy


@pytest.fixture(scope="session")
def anatomy() -> Anatomy:
    return parametric_anatomy(poses_deg=((0.0, 0.0), (8.0, 5.0)), pixel_mm=1.0)
