"""The rules that hold for every test are proved to bite, on a small file of tests of their own."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parent

BAD_TESTS = """
import logging, os, threading, time, warnings
import pytest

def test_thread():
    threading.Thread(target=time.sleep, args=(60,), name="sleeper", daemon=True).start()

def test_log():
    logging.getLogger("vcf_desktop").warning("disk nearly full")

@pytest.mark.expected_log("never said")
def test_silence():
    pass

@pytest.mark.expected_log("disk")
def test_other_log():
    logging.getLogger("vcf_desktop").error("disk full")
    logging.getLogger("vcf_desktop").error("film lost")
"""
GOOD_TESTS = """
import logging, os, threading
import pytest

def test_thread():
    threading.Thread(target=lambda: None).start()

def test_log():
    logging.getLogger("vcf_desktop").info("film read")

@pytest.mark.expected_log("^WARNING vcf_desktop: disk")
def test_expected_log():
    logging.getLogger("vcf_desktop").warning("disk nearly full")

def test_environment():
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    assert not {"QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"} & os.environ.keys()
"""


def outcome_of(tests: str, folder: Path) -> str:
    shutil.copy(TESTS / "conftest.py", folder)
    (folder / "test_sample.py").write_text(tests)
    settings = str(TESTS.parent / "pyproject.toml")
    command = [sys.executable, "-m", "pytest", "-c", settings, "--rootdir", str(folder), "test_sample.py"]
    return subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True).stdout


def test_that_stray_threads_and_unexpected_log_lines_fail_a_test(tmp_path: Path) -> None:
    output = outcome_of(BAD_TESTS, tmp_path)
    assert re.findall(r"^E +Failed: (.*)$", output, re.MULTILINE) == [
        "threads left alive: sleeper",
        "unexpected log lines:",
        "expected log lines that never came: ['never said']",
        "unexpected log lines:",
    ]
    assert re.findall(r"^E +(?:WARNING|ERROR) (.*)$", output, re.MULTILINE) == [
        "vcf_desktop: disk nearly full",
        "vcf_desktop: film lost",
    ]


def test_that_quiet_and_announced_behaviour_passes(tmp_path: Path) -> None:
    assert "4 passed" in outcome_of(GOOD_TESTS, tmp_path)
