"""``vcf-desktop train``: train one of the three networks, or go on with a run.

The films are simulated, or a hospital's with Labelme files beside them, or both.
"""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from vcf_desktop.arguments import finite_number, positive_number, whole_number
from vcf_desktop.errors import VcfError
from vcf_desktop.inference.manifest import Task
from vcf_desktop.training.recipes import RECIPES, Plan, Recipe

if TYPE_CHECKING:
    from vcf_desktop.io.labelme import AnnotatedFilm
    from vcf_desktop.training.sources import Source
    from vcf_desktop.training.split import Part

VALIDATE_EVERY = 250
"""Steps between two validations on simulated films: one takes as long as some twenty steps."""
FEWEST_STEPS = 50
"""Between two validations on a hospital's films: an epoch of a small folder is over in no time."""
LARGEST_SHARE = 0.9


def configure(parser: ArgumentParser) -> Callable[[Namespace], int]:
    """Add the arguments of ``train``; nothing slow is imported for it."""
    networks = parser.add_subparsers(dest="network", required=True, metavar="|".join(Task))
    for task in Task:
        summary = f"train the {task}, or go on where a run was stopped"
        network = networks.add_parser(task, help=summary, description=summary)
        network.add_argument(
            "--out",
            type=Path,
            required=True,
            metavar="FOLDER",
            help="the run: checkpoints, log.csv, split.csv",
        )
        if task is Task.CLASSIFIER:
            network.add_argument(
                "--segmenter",
                default="shipped",
                metavar="FOLDER",
                help="run or models of the segmenter that the classifier learns from; default: shipped",
            )
        _add_films(network)
        _add_recipe(network)
        _add_machine(network)
    return _train


def _add_films(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--films", type=Path, metavar="FOLDER", help="films with Labelme files beside them; default: simulate"
    )
    parser.add_argument(
        "--split",
        type=Path,
        metavar="FILE",
        help="split.csv of another run on the same films; default: 6:2:2 by patient, alike for all networks",
    )
    parser.add_argument(
        "--simulated",
        type=finite_number(0, LARGEST_SHARE),
        default=0.0,
        metavar="SHARE",
        help=f"with --films: share of simulated films among them, 0 to {LARGEST_SHARE}; default: 0",
    )
    parser.add_argument(
        "--anatomy",
        type=Path,
        metavar="FOLDER",
        help="surfaces of skeletons and CTs to simulate films from; default: a built-in skeleton",
    )


def _add_recipe(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--recipe",
        choices=list(RECIPES),
        default="shipped",
        help="like the shipped weights, on from trained weights, or as in the paper; default: shipped",
    )
    parser.add_argument(
        "--configuration", choices=("compact", "paper"), default="compact", help="size; default: compact"
    )
    parser.add_argument(
        "--start",
        metavar="FOLDER",
        help="run or models whose weights a new run begins with, or 'shipped' for those of this program",
    )
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--steps", type=whole_number(1), metavar="N", help="default: as the recipe says")
    length.add_argument(
        "--epochs", type=whole_number(1), metavar="N", help="length of the run instead of --steps"
    )
    parser.add_argument("--batch", type=whole_number(1), metavar="N", help="default: as the recipe says")
    parser.add_argument(
        "--rate", type=positive_number, metavar="R", help="highest learning rate; default: as the recipe says"
    )
    parser.add_argument(
        "--validate-every",
        type=whole_number(1),
        metavar="N",
        help=f"steps; default: {VALIDATE_EVERY} on simulated films, else an epoch or {FEWEST_STEPS}",
    )
    parser.add_argument(
        "--patience",
        type=whole_number(1),
        metavar="N",
        help="validations without improvement after which the run ends; default: as the recipe says",
    )
    parser.add_argument("--seed", type=whole_number(0), default=0, metavar="N", help="default: 0")


def _add_machine(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--workers",
        type=whole_number(0),
        default=1,
        metavar="N",
        help="processes that make samples; default: 1",
    )
    parser.add_argument(
        "--threads",
        type=whole_number(1),
        metavar="N",
        help="CPU threads of the network; default: the cores that the workers leave",
    )


def _train(arguments: Namespace) -> int:
    """Train as the arguments say; 0 when the run is finished.

    Raises:
        VcfError: a folder is not what it should be.
    """
    import torch

    from vcf_desktop.io.results import prepare_folder
    from vcf_desktop.training import batches, weights

    task = Task(arguments.network)
    # More threads than cores wait for each other: small networks become many times slower.
    torch.set_num_threads(arguments.threads or max(1, (os.cpu_count() or 1) - arguments.workers))
    # What is wrong with folders and weights shall be known before all films are read.
    prepare_folder(arguments.out)
    start = None
    if arguments.start is not None:
        start = weights.start_weights(task, arguments.start, arguments.configuration)
    if task is Task.CLASSIFIER:
        segmenter = weights.trained_network(Task.SEGMENTER, arguments.segmenter)
    recipe = _recipe(arguments, task)
    parts = _parts(arguments)
    training, validation = _sources(arguments, task, recipe, parts)
    plan = _plan(arguments, recipe, training)
    common = (training, validation, recipe.batch, plan.seed, plan.streams)
    if task is Task.DETECTOR:
        from vcf_desktop.training.train_detector import train_detector

        train_detector(batches.open_data(batches.FILM_CUTTER, *common), arguments.out, plan, start)
    elif task is Task.SEGMENTER:
        from vcf_desktop.training.train_segmenter import train_segmenter

        train_segmenter(batches.open_data(batches.OUTLINE_CUTTER, *common), arguments.out, plan, start)
    else:
        from vcf_desktop.training.train_classifier import class_weights, train_classifier

        data = batches.open_data(batches.GRADE_CUTTER, *common)
        train_classifier(data, arguments.out, plan, segmenter, class_weights(parts), start)
    return 0


def _recipe(arguments: Namespace, task: Task) -> Recipe:
    """The named recipe with what the arguments change of it."""
    recipe = RECIPES[arguments.recipe][task]
    own = {name: getattr(arguments, name) for name in ("batch", "rate", "patience", "steps", "epochs")}
    if own["steps"] or own["epochs"]:
        recipe = replace(recipe, steps=None, epochs=None)
    return replace(recipe, **{name: value for name, value in own.items() if value is not None})


def _parts(arguments: Namespace) -> dict[Part, list[AnnotatedFilm]] | None:
    """The hospital's films by their part; None where films are simulated."""
    if arguments.films is None:
        if arguments.split or arguments.simulated:
            raise VcfError("--split and --simulated are about a folder of films; name it by --films.")
        return None
    from vcf_desktop.training.split import split_folder

    return split_folder(arguments.films, arguments.out, arguments.split)


def _sources(
    arguments: Namespace, task: Task, recipe: Recipe, parts: dict[Part, list[AnnotatedFilm]] | None
) -> tuple[Source, Source]:
    """What to learn from, and what to validate on."""
    from vcf_desktop.simulation.visible_human import is_lumbar_anatomy
    from vcf_desktop.training.simulated import people_of
    from vcf_desktop.training.sources import hospital_sources, mixture, simulated_sources

    hospital = None if parts is None else hospital_sources(task, recipe, arguments.seed, parts)
    if hospital is not None and not arguments.simulated:
        return hospital
    anatomy: Path | None = arguments.anatomy
    if anatomy is not None and is_lumbar_anatomy(anatomy):
        raise VcfError(f"{anatomy} is for judging networks only; name another anatomy's folder.")
    people_of(anatomy)  # a wrong folder shall be known now, and the workers inherit what was loaded
    simulated = simulated_sources(task, recipe, arguments.seed, anatomy)
    if hospital is None:
        return simulated
    return mixture(hospital[0], simulated[0], arguments.simulated), hospital[1]


def _plan(arguments: Namespace, recipe: Recipe, training: Source) -> Plan:
    """The run, all choices made: an epoch's length depends on the films."""
    from vcf_desktop.training.batches import batches_per_round

    names = [folder.resolve().name for folder in (arguments.films, arguments.anatomy) if folder is not None]
    epoch = batches_per_round(training, recipe.batch) * training.rounds_per_epoch
    return Plan(
        recipe_name=arguments.recipe,
        recipe=recipe,
        configuration=arguments.configuration,
        steps=recipe.steps or (recipe.epochs or 1) * epoch,
        validate_every=arguments.validate_every
        or (VALIDATE_EVERY if arguments.films is None else max(epoch, FEWEST_STEPS)),
        seed=arguments.seed,
        workers=arguments.workers,
        source=f"{', '.join(names) or 'built-in skeleton'}, {arguments.simulated:g} simulated",
    )
