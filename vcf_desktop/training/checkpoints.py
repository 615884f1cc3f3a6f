"""What a training run must remember to go on after a kill: weights, their moving mean, optimiser, step."""

from __future__ import annotations

import csv
import dataclasses
import io
import math
import pickle
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import torch
from torch import Tensor, nn
from torch.optim import SGD, AdamW, Optimizer
from torch.optim.lr_scheduler import CosineAnnealingLR, LRScheduler, OneCycleLR
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from tqdm import tqdm

from vcf_desktop.errors import VcfError
from vcf_desktop.io.atomic import replace_files
from vcf_desktop.training.recipes import Plan

EMA_DECAY = 0.998
"""Weights that ship are the moving mean over about the last 500 steps: steadier than the last step's."""
GRADIENT_NORM = 10.0
WARMING_SHARE = 0.08
"""Part of the steps of a one-cycle schedule during which the rate rises."""
LOG_EVERY = 20
SAVE_EVERY = 100
CHECKPOINT = "checkpoint.pt"
BEST = "best.pt"
LOG = "log.csv"

Batch = TypeVar("Batch")


class Run:
    """One training run in a folder: ``checkpoint.pt``, replaced as a whole, ``best.pt`` and ``log.csv``.

    Gradients are clipped, because one film whose bones are nearly invisible can otherwise undo many steps.

    Attributes:
        model: what is trained. mean_model: the moving mean of its weights, which is judged and released.
        step: steps done.
    """

    def __init__(self, folder: Path, model: nn.Module, plan: Plan) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for part in folder.glob(".*.part"):  # of a run that was killed while it wrote
            part.unlink()
        self._folder = folder
        self._plan = plan
        self.model = model
        mean_of = get_ema_multi_avg_fn(EMA_DECAY)  # type: ignore[no-untyped-call]
        self.mean_model = AveragedModel(model, multi_avg_fn=mean_of, use_buffers=True).eval()
        self._optimiser, self._schedule = _optimiser(model, plan)
        self.step = 0
        self._best, self._stale = -math.inf, 0
        self._values: dict[str, float] = {}
        self._judged: dict[str, float] = {}
        self._judged_at = 0

    @property
    def rate(self) -> float:
        """Current learning rate."""
        return float(self._schedule.get_last_lr()[0])

    @property
    def is_finished(self) -> bool:
        """All steps are done, or the last validations brought nothing better."""
        return self.step >= self._plan.steps or self._stale >= self._plan.recipe.patience

    def through(
        self, batches: Iterator[Batch], judge: Callable[[nn.Module], Mapping[str, float]], by: str
    ) -> Iterator[Batch]:
        """The batches until the run is finished; the caller calls :meth:`descend` once for each.

        Around the steps, it shows a bar with loss, rate and time left, judges, logs and saves. A new run is
        judged before its first step as well, so that fine-tuning never keeps what is worse than its start.

        Args:
            batches: from the run's step on.
            judge: figures of a network in evaluation mode; of the moving mean here.
            by: the figure by which the best weights are kept; higher is better.
        """
        plan = self._plan
        if self.step == 0:
            self._note(judge(self.mean_model.module), by)
        with tqdm(total=plan.steps, initial=self.step, unit="step", mininterval=5) as bar:
            while not self.is_finished:
                yield next(batches)
                if self.step % plan.validate_every == 0 or self.step == plan.steps:
                    self._note(judge(self.mean_model.module), by)
                if self._judged_at == self.step or self.step % LOG_EVERY == 0:
                    self._log()
                if self._judged_at == self.step or self.step % SAVE_EVERY == 0:
                    self.save()
                shown = {**self._values, "rate": self.rate, **self._judged}
                bar.set_postfix({name: f"{value:.3g}" for name, value in shown.items()}, refresh=False)
                bar.update()

    def descend(self, loss: Tensor, values: Mapping[str, float]) -> None:
        """One step down the gradient of ``loss``; ``values`` are what is shown and logged of it.

        Raises:
            VcfError: the loss is not finite, and nothing can be learnt from it any more.
        """
        if not math.isfinite(value := float(loss.detach())):
            raise VcfError(
                f"The loss of step {self.step + 1} is {value}: the rate is too high; begin another run with "
                f"a --rate below {self._plan.recipe.rate:g}."
            )
        self._optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.model.parameters(), GRADIENT_NORM)
        self._optimiser.step()
        self._schedule.step()
        self.mean_model.update_parameters(self.model)
        self.step += 1
        self._values = {"loss": value, **values}

    def _note(self, figures: Mapping[str, float], by: str) -> None:
        """Remember a validation, and keep the weights as ``best.pt`` if they never were better."""
        self._judged = {f"validation {name}": value for name, value in figures.items()}
        self._judged_at = self.step
        if figures[by] > self._best:
            self._best, self._stale = figures[by], 0
            # If a kill comes before the next checkpoint, the run comes by here again and writes the same.
            best = {"step": self.step, by: self._best, "mean_model": self.mean_model.state_dict()}
            _write(self._folder / BEST, best | self._identity())
        else:
            self._stale += 1

    def save(self) -> None:
        """Write the checkpoint; a kill in the middle leaves the last one."""
        state = {
            "model": self.model.state_dict(),
            "mean_model": self.mean_model.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "schedule": self._schedule.state_dict(),
            "step": self.step,
            "best": self._best,
            "stale": self._stale,
            "judged": self._judged,
            "judged_at": self._judged_at,
        }
        _write(self._folder / CHECKPOINT, state | self._identity())

    def begin(self, start: Mapping[str, Tensor] | None) -> None:
        """Go on from the folder's checkpoint or else, where it has none, from the weights ``start``.

        Raises:
            VcfError: the checkpoint is of a run with other settings, or cannot be read.
        """
        resumed = self._resume()
        self._forget_later_rows()
        if not resumed and start is not None:
            self.model.load_state_dict(start)
            self.mean_model.module.load_state_dict(start)

    def _resume(self) -> bool:
        """Go on from the folder's checkpoint; False where there is none."""
        path = self._folder / CHECKPOINT
        if not path.exists():
            return False
        state = read_checkpoint(path)
        self._require_same_run(path, state)
        self.model.load_state_dict(state["model"])
        self.mean_model.load_state_dict(state["mean_model"])
        self._optimiser.load_state_dict(state["optimiser"])
        self._schedule.load_state_dict(state["schedule"])
        self.step = state["step"]
        self._best, self._stale = state["best"], state["stale"]
        self._judged, self._judged_at = state["judged"], state["judged_at"]
        return True

    def _require_same_run(self, path: Path, state: Mapping[str, Any]) -> None:
        """Refuse a run with other settings, whose curve this one would not follow."""
        identity, begun = self._identity(), state.get("settings")
        if begun is None:
            raise VcfError(f"{path} does not say how it was trained; begin another run with --start.")
        if state["size"] == identity["size"] and state["configuration"] != identity["configuration"]:
            raise VcfError(f"{self._folder} holds a run of another network; name another folder.")
        for name, value in identity["settings"].items():
            if begun.get(name) != value:
                raise VcfError(
                    f"{self._folder} holds a run with {name} {begun.get(name)} and not {value}; "
                    "go on with that, or name another folder."
                )

    def _identity(self) -> dict[str, Any]:
        """What the network is built from, and how it is trained."""
        return {
            "configuration": dataclasses.asdict(self.model.config),  # type: ignore[call-overload]
            "size": self._plan.configuration,
            "settings": self._plan.settings(),
        }

    def _log(self) -> None:
        """Append one row to ``log.csv``; the columns of validation are empty where there was none."""
        path = self._folder / LOG
        fresh = not path.exists()
        judged = self._judged.values() if self._judged_at == self.step else [None] * len(self._judged)
        values = ["" if value is None else f"{value:.5g}" for value in (*self._values.values(), *judged)]
        with path.open("a", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            if fresh:
                writer.writerow(["step", "rate", *self._values, *self._judged])
            writer.writerow([self.step, f"{self.rate:.3g}", *values])

    def _forget_later_rows(self) -> None:
        """Drop the log's rows after the checkpoint, which will be written again, and one that a kill cut."""
        path = self._folder / LOG
        if not path.exists():
            return
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        kept = [row for row in rows[1:] if len(row) == len(rows[0]) and int(row[0]) <= self.step]
        text = io.StringIO(newline="")
        csv.writer(text).writerows([*rows[:1], *kept])
        if kept:
            replace_files({path: text.getvalue().encode()})
        else:
            path.unlink()


def best_checkpoint(folder: Path) -> dict[str, Any]:
    """What a run kept of its best weights, or else, before its first validation, of its last.

    Raises:
        VcfError: the folder holds neither.
    """
    best = folder / BEST
    return read_checkpoint(best if best.is_file() else folder / CHECKPOINT)


def read_checkpoint(path: Path) -> dict[str, Any]:
    """The content of a checkpoint, on the CPU; VcfError where there is none that can be read."""
    if not path.is_file():
        raise VcfError(f"{path.parent} holds no {path.name}; name the folder of a training run.")
    try:
        state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, EOFError, RuntimeError, pickle.UnpicklingError) as e:
        raise VcfError(f"{path} is damaged; begin the run again in another folder.") from e
    if not isinstance(state, dict) or "mean_model" not in state:
        raise VcfError(f"{path} is no checkpoint of this program; name the folder of a training run.")
    return state


def network_weights(checkpoint: Mapping[str, Any]) -> dict[str, Tensor]:
    """The moving mean in a checkpoint, as the network itself names its weights."""
    # AveragedModel wraps the network as ``module`` and adds a counter.
    return {
        name.removeprefix("module."): value
        for name, value in checkpoint["mean_model"].items()
        if name.startswith("module.")
    }


def _optimiser(model: nn.Module, plan: Plan) -> tuple[Optimizer, LRScheduler]:
    recipe = plan.recipe
    optimiser: Optimizer
    schedule: LRScheduler
    if recipe.optimiser == "sgd":
        optimiser = SGD(model.parameters(), recipe.rate, recipe.momentum, weight_decay=recipe.weight_decay)
    else:
        optimiser = AdamW(model.parameters(), recipe.rate, weight_decay=recipe.weight_decay)
    if recipe.schedule == "cosine":
        schedule = CosineAnnealingLR(optimiser, plan.steps)
    else:
        schedule = OneCycleLR(optimiser, recipe.rate, total_steps=plan.steps, pct_start=WARMING_SHARE)
    return optimiser, schedule


def _write(path: Path, state: Mapping[str, Any]) -> None:
    """Replace a checkpoint as a whole; OutputError where it cannot be written."""
    file = io.BytesIO()
    torch.save(state, file)
    replace_files({path: file.getvalue()})
