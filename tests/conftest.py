"""What holds for every test: no screen, no stray threads, no unexpected log lines."""

from __future__ import annotations

import logging
import os
import re
import threading
from collections.abc import Iterator

import cv2  # noqa: F401  # before Qt, for the two variables below
import pytest
import tqdm
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# OpenCV points Qt to plug-ins and fonts of its own when it is imported, and child processes would inherit it.
for variable in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
    os.environ.pop(variable, None)

# Two busy cores make single examples slow; CI must fail for a change and not for a new random example.
settings.register_profile("vcf_desktop", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("vcf_desktop")

# Every progress bar would leave its monitor thread behind.
tqdm.tqdm.monitor_interval = 0

THREAD_GRACE_S = 2.0
"""How long a thread that was told to stop may take; a correct test never waits for it."""


@pytest.fixture(autouse=True)
def _no_thread_is_left_alive() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    # Threads that Python did not start, Qt's for one, appear as dummies that can be neither joined nor ended.
    new = [t for t in threading.enumerate() if t not in before and not isinstance(t, threading._DummyThread)]
    for thread in new:
        thread.join(THREAD_GRACE_S)
    alive = [thread.name for thread in new if thread.is_alive()]
    if alive:
        pytest.fail(f"threads left alive: {', '.join(alive)}")


@pytest.fixture(autouse=True)
def _every_warning_in_the_log_is_expected(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """Log lines at WARNING or above fail a test, unless it says ``@pytest.mark.expected_log("pattern")``.

    A pattern (``re.search``) that no line matches fails the test as well.
    """
    yield
    patterns = [marker.args[0] for marker in request.node.iter_markers("expected_log")]
    records = caplog.get_records("setup") + caplog.get_records("call")
    lines = [f"{r.levelname} {r.name}: {r.getMessage()}" for r in records if r.levelno >= logging.WARNING]
    unexpected = [line for line in lines if not any(re.search(pattern, line) for pattern in patterns)]
    silent = [pattern for pattern in patterns if not any(re.search(pattern, line) for line in lines)]
    if unexpected:
        pytest.fail("unexpected log lines:\n" + "\n".join(unexpected))
    if silent:
        pytest.fail(f"expected log lines that never came: {silent}")
