"""``vcf-desktop train``: train one of the three networks on simulated films, or go on with a run."""

from __future__ import annotations

import os
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from pathlib import Path

from vcf_desktop.errors import VcfError

RECIPES = {"detector": (5500, 8, 2e-3), "segmenter": (2200, 16, 2e-3), "classifier": (2200, 16, 1.5e-3)}
"""Steps, batch and highest learning rate of each network, for the compact ones on two cores."""


def configure(parser: ArgumentParser) -> Callable[[Namespace], int]:
    """Add the arguments of ``train``; nothing slow is imported for it."""
    networks = parser.add_subparsers(dest="network", required=True, metavar="|".join(RECIPES))
    for name, (steps, batch, rate) in RECIPES.items():
        network = networks.add_parser(name, help=f"train the {name}, or go on where a run was stopped")
        network.add_argument(
            "--out", type=Path, required=True, metavar="FOLDER", help="the run: checkpoint and log"
        )
        network.add_argument(
            "--anatomy",
            type=Path,
            metavar="FOLDER",
            help="surfaces of a skeleton and CTs to simulate films from; default: a built-in skeleton",
        )
        if name == "classifier":
            network.add_argument(
                "--segmenter",
                type=Path,
                required=True,
                metavar="FOLDER",
                help="run of the trained segmenter, whose masks the classifier learns from",
            )
        network.add_argument(
            "--steps", type=_at_least(1), default=steps, metavar="N", help=f"default: {steps}"
        )
        network.add_argument(
            "--batch", type=_at_least(1), default=batch, metavar="N", help=f"default: {batch}"
        )
        network.add_argument(
            "--rate",
            type=_positive,
            default=rate,
            metavar="R",
            help=f"highest learning rate; default: {rate:g}",
        )
        network.add_argument(
            "--start", type=Path, metavar="FOLDER", help="run whose weights a new run begins with"
        )
        network.add_argument(
            "--workers",
            type=_at_least(0),
            default=1,
            metavar="N",
            help="processes that simulate films; default: 1",
        )
        network.add_argument("--seed", type=_at_least(0), default=0, metavar="N", help="default: 0")
        network.add_argument(
            "--threads",
            type=_at_least(1),
            metavar="N",
            help="CPU threads of the network; default: the cores that the workers leave",
        )
    return _train


def _train(arguments: Namespace) -> int:
    """Train as the arguments say; 0 when all steps are done.

    Raises:
        VcfError: a folder is not what it should be.
    """
    import torch

    anatomy: Path | None = arguments.anatomy
    if anatomy is not None and not (anatomy / "bodyparts3d").is_dir():
        raise VcfError(f"{anatomy} holds no folder bodyparts3d; name the anatomy's folder or leave it out.")
    # More threads than cores wait for each other: small networks become many times slower.
    torch.set_num_threads(arguments.threads or max(1, (os.cpu_count() or 1) - arguments.workers))
    common = (anatomy, arguments.out)
    numbers = (arguments.steps, arguments.batch, arguments.workers, arguments.seed, arguments.rate)
    if arguments.network == "detector":
        from vcf_desktop.training.train_detector import train_detector

        train_detector(*common, *numbers, arguments.start)
    elif arguments.network == "segmenter":
        from vcf_desktop.training.train_segmenter import train_segmenter

        train_segmenter(*common, *numbers, arguments.start)
    else:
        from vcf_desktop.inference.manifest import Task
        from vcf_desktop.training.release import trained_network
        from vcf_desktop.training.train_classifier import train_classifier

        segmenter = trained_network(Task.SEGMENTER, arguments.segmenter)
        train_classifier(*common, segmenter, *numbers, arguments.start)
    return 0


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value < float("inf"):
        raise ArgumentTypeError("must be above 0")
    return value


def _at_least(least: int) -> Callable[[str], int]:
    """A parser of whole numbers from ``least`` on."""

    def number(text: str) -> int:
        value = int(text)
        if value < least:
            raise ArgumentTypeError(f"must be at least {least}")
        return value

    return number
