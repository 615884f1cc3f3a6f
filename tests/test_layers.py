"""Who may import whom.

The rules stand in the two tables below: each file is held against them, bad sources prove that they bite, and
fresh interpreters prove that nothing slow comes in by the back door.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from importlib.util import resolve_name
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "vcf_desktop").rglob("*.py"))

BASE = (
    *("arguments", "errors", "geometry", "spine", "film", "grading", "statement", "review", "trail"),
    *("report", "report_building", "report_texts", "settings", "paths"),
)
PACKAGES = ("io", "simulation", "networks", "inference", "training", "ui")
LAYERS = dict.fromkeys(BASE, "base") | {name: name for name in (*PACKAGES, "__main__", "__init__")}

LIBRARIES = {
    "PySide6": "Qt",
    "shiboken6": "Qt",
    "pyqtgraph": "Qt",
    "torch": "torch",
    "torchvision": "torch",
    "safetensors.torch": "torch",
    "onnxruntime": "onnxruntime",
    "numpy": "numpy",
}
"""Libraries with rules of their own, by the longest dotted name that fits; all others are "libraries"."""

ANYWHERE = {
    "base": {"base", "numpy"},
    "io": {"io", "base", "numpy", "libraries"},
    "simulation": {"simulation", "base", "numpy", "libraries"},
    "networks": {"networks", "torch", "numpy", "libraries"},
    "inference": {"inference", "base", "numpy", "libraries"},
    "training": {
        *("training", "simulation", "networks", "inference", "io", "base"),
        *("torch", "onnxruntime", "numpy", "libraries"),
    },
    "ui": {"ui", "inference", "io", "base", "Qt", "numpy", "libraries"},
    "__main__": {"numpy", "libraries"},
    "__init__": set[str](),
}
"""What a layer may import at all; the standard library and the version in ``vcf_desktop`` itself are free."""

INSIDE_FUNCTIONS = {
    "vcf_desktop/inference": {"torch", "onnxruntime"},
    "vcf_desktop/inference/backends.py": {"networks"},
    "vcf_desktop/simulation/command.py": {"io"},
    "vcf_desktop/__main__.py": {*PACKAGES, "base", "torch", "onnxruntime"},
}
"""What the files of a path may also import where it costs nothing before it is needed."""


def layer_of(path: PurePosixPath) -> str | None:
    return LAYERS.get(PurePosixPath(path.parts[1]).stem)


def kind_of(module: str) -> str:
    """The layer or library that a dotted name belongs to; "free" where there is no rule, else the name."""
    parts = module.split(".")
    if parts[0] == "vcf_desktop":
        own = parts[1] if len(parts) > 1 else "__version__"
        return "free" if own == "__version__" else LAYERS.get(own, own)
    if parts[0] in sys.stdlib_module_names:
        return "free"
    names = (".".join(parts[:n]) for n in range(len(parts), 0, -1))
    return next((LIBRARIES[name] for name in names if name in LIBRARIES), "libraries")


def imports_of(tree: ast.AST, package: str, late: bool = False) -> Iterator[tuple[str, int, bool]]:
    """Dotted name, line, and whether it is imported late: in a function, or for a type checker only."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno, late) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = resolve_name("." * node.level + (node.module or ""), package)
            yield from ((f"{module}.{alias.name}", node.lineno, late) for alias in node.names)
        else:
            in_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            for_types = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
            yield from imports_of(node, package, late or in_function or for_types)


def violations(file: str, source: str) -> list[str]:
    path = PurePosixPath(file)
    layer = layer_of(path)
    if layer is None:
        return [f"{file} belongs to no layer: give it a row"]
    allowed = ANYWHERE[layer]
    allowed_late = allowed.union(*(INSIDE_FUNCTIONS[p] for p in INSIDE_FUNCTIONS if path.is_relative_to(p)))
    package = ".".join(path.parent.parts)
    return [
        f"{file}:{line} imports {name}" + ("" if late else " outside a function")
        for name, line, late in imports_of(ast.parse(source), package)
        if (kind := kind_of(name)) != "free"
        if kind not in (allowed_late if late else allowed)
    ]


@pytest.mark.parametrize("file", FILES)
def test_that_a_file_imports_only_what_its_layer_may(file: str) -> None:
    assert violations(file, (ROOT / file).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("vcf_desktop/utils.py", ""),
        ("vcf_desktop/__init__.py", "import numpy"),
        ("vcf_desktop/geometry.py", "import cv2"),
        ("vcf_desktop/grading.py", "import PySide6.QtCore"),
        ("vcf_desktop/spine.py", "def f():\n    import torch"),
        ("vcf_desktop/film.py", "from vcf_desktop.io.films import read_film"),
        ("vcf_desktop/film.py", "from vcf_desktop import io"),
        ("vcf_desktop/review.py", "from .inference import pipeline"),
        ("vcf_desktop/io/films.py", "from ..inference.pipeline import Pipeline"),
        ("vcf_desktop/io/films.py", "class A:\n    def f(self):\n        import torch.nn"),
        ("vcf_desktop/io/report_pdf.py", "from PySide6.QtGui import QPdfWriter"),
        ("vcf_desktop/simulation/generate.py", "from vcf_desktop.io import films"),
        ("vcf_desktop/simulation/command.py", "from vcf_desktop.io import labelme"),
        ("vcf_desktop/networks/blocks.py", "from vcf_desktop.geometry import box_iou"),
        ("vcf_desktop/networks/blocks.py", "def f():\n    import vcf_desktop.spine"),
        ("vcf_desktop/inference/pipeline.py", "import onnxruntime"),
        (
            "vcf_desktop/inference/pipeline.py",
            "try:\n    from torch import nn\nexcept ImportError:\n    pass",
        ),
        ("vcf_desktop/inference/pipeline.py", "def f():\n    from vcf_desktop.networks import blocks"),
        ("vcf_desktop/inference/backends.py", "from vcf_desktop.networks import blocks"),
        ("vcf_desktop/inference/backends.py", "from safetensors.torch import load"),
        ("vcf_desktop/inference/backends.py", "def f():\n    import pyqtgraph"),
        ("vcf_desktop/training/data.py", "from vcf_desktop.ui import document"),
        ("vcf_desktop/training/data.py", "import PySide6"),
        ("vcf_desktop/ui/jobs.py", "def f():\n    import torch"),
        ("vcf_desktop/ui/jobs.py", "from vcf_desktop.simulation.generate import simulate"),
        ("vcf_desktop/ui/jobs.py", "async def f():\n    from vcf_desktop.training import data"),
        ("vcf_desktop/ui/jobs.py", "import vcf_desktop.networks.blocks as blocks"),
        ("vcf_desktop/__main__.py", "from vcf_desktop.errors import VcfError"),
        ("vcf_desktop/__main__.py", "if True:\n    from vcf_desktop import ui"),
    ],
)
def test_that_a_forbidden_import_is_found(file: str, source: str) -> None:
    assert len(violations(file, source)) == 1


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("vcf_desktop/grading.py", "import math\nimport numpy.typing\nfrom vcf_desktop.spine import Grade"),
        ("vcf_desktop/io/films.py", "import pydicom\nfrom ..film import Film\nfrom . import sessions"),
        ("vcf_desktop/networks/blocks.py", "import pywt\nfrom torch import nn"),
        ("vcf_desktop/inference/pipeline.py", "from vcf_desktop import __version__\nimport cv2"),
        ("vcf_desktop/inference/backends.py", "def f():\n    from vcf_desktop.networks import blocks"),
        ("vcf_desktop/inference/backends.py", "if TYPE_CHECKING:\n    from torch import nn"),
        ("vcf_desktop/inference/backends.py", "def f():\n    import onnxruntime"),
        (
            "vcf_desktop/simulation/command.py",
            "def f():\n    from vcf_desktop.io.labelme import write_labelme",
        ),
        (
            "vcf_desktop/ui/film_view.py",
            "import pyqtgraph\nfrom vcf_desktop.inference.pipeline import Pipeline",
        ),
        ("vcf_desktop/__main__.py", "import argparse\ndef main():\n    from vcf_desktop.ui.app import run"),
    ],
)
def test_that_a_permitted_import_is_let_through(file: str, source: str) -> None:
    assert violations(file, source) == []


@pytest.mark.parametrize(("folder", "extras"), [("vcf_desktop", ["train"]), ("tests", ["train", "test"])])
def test_that_every_imported_library_is_a_declared_dependency(folder: str, extras: list[str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = [project["dependencies"], *(project["optional-dependencies"][extra] for extra in extras)]
    declared = {re.split(r"[^\w.-]", requirement)[0].lower() for group in groups for requirement in group}
    distributions = packages_distributions()
    undeclared = {
        f"{path.relative_to(ROOT)}: {top}"
        for path in (ROOT / folder).rglob("*.py")
        for name, _, _ in imports_of(ast.parse(path.read_text(encoding="utf-8")), folder)
        if (top := name.split(".")[0]) not in sys.stdlib_module_names | {"vcf_desktop", folder}
        if declared.isdisjoint(name.lower().replace("_", "-") for name in distributions.get(top, []))
    }
    assert undeclared == set()


@pytest.mark.parametrize("layer", ["base", "io", "inference", "__main__"])
def test_that_importing_a_layer_loads_no_window_and_no_runtime(layer: str) -> None:
    files = [PurePosixPath(file) for file in FILES if layer_of(PurePosixPath(file)) == layer]
    modules = ", ".join(".".join(file.with_suffix("").parts) for file in files)
    slow = {"PySide6", "pyqtgraph", "torch", "onnxruntime"}
    if layer == "__main__":  # the help shall appear at once
        slow |= {"numpy", "cv2", "pydicom"}
    script = f"import {modules}, sys; print(sorted({slow} & sys.modules.keys()))"
    run = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert run.stdout == "[]\n"
