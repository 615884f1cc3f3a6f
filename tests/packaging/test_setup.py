"""The set-up scripts do what is missing and nothing else, and the Qt that they bring opens a window.

The scripts run for real in a copy of the checkout, with a `python3` that writes down what it is asked to
install, and an `apt-get` that does the same, in the place of the real ones.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyqtgraph
import pytest
from pytestqt.qtbot import QtBot

ROOT = Path(__file__).parent.parent.parent
SCRIPTS = ("packaging/setup.sh", "packaging/run", "packaging/test", ".ci/run")

FAKE_PYTHON = f"""#!/bin/bash
case "$*" in
    "-m venv --clear "*)
        echo venv >>"$LOG"
        rm -rf "${{@: -1}}" && mkdir -p "${{@: -1}}/bin"
        cp "$0" "${{@: -1}}/bin/python"
        printf '#!/bin/bash\\necho "vcf-desktop $*"\\n' >"${{@: -1}}/bin/vcf-desktop"
        chmod +x "${{@: -1}}/bin/vcf-desktop" ;;
    "-m pip install "*) echo "pip ${{@: -1}}" >>"$LOG"; sleep "$PIP_SECONDS"; exit "$PIP_STATUS" ;;
    "-m pytest"*) shift 2; echo "pytest $* in $PWD" ;;
    *"ctypes.CDLL"*) [[ -z "$MISSING" ]] || echo "$MISSING" ;;
    *) exec "{sys.executable}" "$@" ;;
esac
"""
FAKE_APT = """#!/bin/bash
echo "apt-get ${*: -1}" >>"$LOG"
"""


class Checkout:
    """A copy of the scripts in a folder with a space, and the log of what they did."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "a check out"
        self.log = folder / "log"
        self.programs = folder / "programs"
        (self.folder / "packaging").mkdir(parents=True)
        for name in ("packaging/setup.sh", "packaging/run", "packaging/test", "pyproject.toml"):
            shutil.copy(ROOT / name, self.folder / name)
        self.programs.mkdir()
        self.add_program("python3", FAKE_PYTHON)
        self.add_program("apt-get", FAKE_APT)
        self.add_program("sudo", '#!/bin/bash\nshift\nexec "$@"\n')

    def add_program(self, name: str, text: str) -> None:
        (self.programs / name).write_text(text)
        (self.programs / name).chmod(0o755)

    def start(self, script: str, *arguments: str, **variables: str) -> subprocess.Popen[str]:
        environment = {
            "PATH": f"{self.programs}:/usr/bin:/bin",
            "LOG": str(self.log),
            "MISSING": "",
            "PIP_SECONDS": "0",
            "PIP_STATUS": "0",
        }
        return subprocess.Popen(
            [str(self.folder / "packaging" / script), *arguments],
            env=environment | variables,
            cwd=self.programs.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def call(self, script: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        with self.start(script, *arguments, **variables) as process:
            output, errors = process.communicate()
        return subprocess.CompletedProcess(script, process.returncode, output, errors)

    def steps(self) -> list[str]:
        """What was made or installed since the last call of this."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return lines


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


@pytest.mark.parametrize("script", SCRIPTS)
def test_that_the_scripts_are_sound(script: str) -> None:
    shellcheck = Path(sys.executable).with_name("shellcheck")
    run = subprocess.run([shellcheck, "-x", script], cwd=ROOT, check=False, capture_output=True, text=True)
    assert run.stdout + run.stderr == ""


def test_that_the_first_run_makes_the_environment_and_shows_the_demo_film(checkout: Checkout) -> None:
    run = checkout.call("run")
    assert checkout.steps() == ["venv", "pip ."]
    assert run.stdout == (
        f"vcf-desktop analyze --out {checkout.folder}/out {checkout.folder}/resources/demo_film.dcm\n"
    )
    assert run.returncode == 0


def test_that_a_second_run_installs_nothing(checkout: Checkout) -> None:
    checkout.call("run")
    checkout.steps()
    checkout.call("run")
    assert checkout.steps() == []


def test_that_the_tests_bring_all_that_the_program_needs(checkout: Checkout) -> None:
    run = checkout.call("test", "-k", "grading")
    assert checkout.steps() == ["venv", "pip .[test]"]
    assert run.stdout == f"pytest -k grading in {checkout.folder}\n"
    checkout.call("run")
    assert checkout.steps() == []


def test_that_the_tests_add_their_tools_to_the_program(checkout: Checkout) -> None:
    checkout.call("run")
    checkout.steps()
    checkout.call("test")
    assert checkout.steps() == ["pip .[test]"]


@pytest.mark.parametrize("file", ["pyproject.toml", "packaging/setup.sh"])
def test_that_changed_requirements_are_installed(checkout: Checkout, file: str) -> None:
    checkout.call("run")
    checkout.steps()
    with (checkout.folder / file).open("a") as stream:
        stream.write("# changed\n")
    checkout.call("run")
    assert checkout.steps() == ["pip ."]


def test_that_an_interrupted_set_up_starts_anew(checkout: Checkout) -> None:
    assert checkout.call("run", PIP_STATUS="1").returncode == 1
    checkout.steps()
    checkout.call("run")
    assert checkout.steps() == ["venv", "pip ."]


def test_that_a_moved_checkout_gets_a_new_environment(checkout: Checkout) -> None:
    checkout.call("run")
    checkout.steps()
    checkout.folder = checkout.folder.rename(checkout.folder.with_name("elsewhere"))
    checkout.call("run")
    assert checkout.steps() == ["venv", "pip ."]


def test_that_of_two_runs_at_once_one_waits_for_the_other(checkout: Checkout) -> None:
    both = [checkout.start("run", PIP_SECONDS="0.5") for _ in range(2)]
    for process in both:
        process.communicate()
    assert checkout.steps() == ["venv", "pip ."]
    assert [process.returncode for process in both] == [0, 0]


def test_that_a_library_that_does_not_load_names_its_package() -> None:
    libraries = "libc.so.6 libc6\n\nlibabsent.so.1 libabsent1\nlibabsent-extra.so.1 libabsent1\n"
    script = f'source packaging/setup.sh; python="{sys.executable}"; missing_packages "$1"'
    command = ["bash", "-euo", "pipefail", "-c", script, "bash", libraries]
    run = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    assert run.stdout == "libabsent1\n"


def test_that_missing_libraries_are_installed_before_anything_else(checkout: Checkout) -> None:
    checkout.call("run", MISSING="libgl1")
    assert checkout.steps() == ["apt-get update", "apt-get libgl1", "venv", "pip ."]


def test_that_missing_libraries_are_named_where_they_may_not_be_installed(checkout: Checkout) -> None:
    checkout.add_program("apt-get", "#!/bin/bash\nexit 100\n")
    run = checkout.call("run", MISSING="libgl1")
    assert "sudo apt-get update && sudo apt-get install -y --no-install-recommends libgl1\n" in run.stderr
    assert run.returncode == 1
    assert checkout.steps() == []


def test_that_films_are_analysed_where_they_lie(checkout: Checkout) -> None:
    (checkout.programs.parent / "a film.dcm").touch()
    run = checkout.call("run", "a film.dcm", "--frame", "2")
    assert run.stdout == f"vcf-desktop analyze --out {checkout.folder}/out a film.dcm --frame 2\n"


def test_that_the_exit_status_is_the_program_s(checkout: Checkout) -> None:
    checkout.call("run")
    program = checkout.folder / ".venv/bin/vcf-desktop"
    program.write_text("#!/bin/bash\nexit 3\n")
    run = checkout.call("run")
    assert run.returncode == 3
    assert "results" not in run.stderr


def test_that_commands_go_to_the_program(checkout: Checkout) -> None:
    assert checkout.call("run", "--help").stdout == "vcf-desktop --help\n"


def test_that_a_machine_without_a_new_python_is_told_so(checkout: Checkout) -> None:
    for name in ("python3", "python3.14", "python3.13", "python3.12", "python3.11"):
        checkout.add_program(name, "#!/bin/bash\nexit 1\n")
    run = checkout.call("run")
    assert "Python 3.11 or later is needed" in run.stderr
    assert run.returncode == 1


def test_that_the_window_shows_pixels(qtbot: QtBot) -> None:
    window = pyqtgraph.GraphicsLayoutWidget(size=(200, 200))
    qtbot.addWidget(window)
    view = window.addViewBox(enableMenu=False, defaultPadding=0.0)
    halves = np.zeros((10, 10), np.uint16)
    halves[:, 5:] = 4095  # the right half of a row-major picture
    view.addItem(pyqtgraph.ImageItem(halves, axisOrder="row-major", levels=(0, 4095)))
    with qtbot.waitExposed(window):
        window.show()
    picture = window.grab().toImage()
    assert picture.pixelColor(50, 100).lightness() == 0
    assert picture.pixelColor(150, 100).lightness() == 255
