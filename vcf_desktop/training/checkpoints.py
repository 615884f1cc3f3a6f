"""What a training run must remember to go on after a kill: weights, their moving mean, optimiser, step."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.optim import AdamW
from torch.optim.lr_scheduler import OneCycleLR
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from tqdm import tqdm

from vcf_desktop.errors import VcfError

EMA_DECAY = 0.998
"""Weights that ship are the moving mean over about the last 500 steps: steadier than the last step's."""
GRADIENT_NORM = 10.0
LOG_EVERY = 20
_CHECKPOINT = "checkpoint.pt"


class Run:
    """One training run in a folder: ``checkpoint.pt``, replaced as a whole, and ``log.csv``.

    AdamW with a one-cycle cosine rate; gradients are clipped, because one film whose bones are nearly
    invisible can otherwise undo many steps.
    """

    def __init__(self, folder: Path, model: nn.Module, steps: int, rate: float, weight_decay: float) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self.model = model
        mean_of = get_ema_multi_avg_fn(EMA_DECAY)  # type: ignore[no-untyped-call]
        self.mean_model = AveragedModel(model, multi_avg_fn=mean_of, use_buffers=True)
        self._optimiser = AdamW(model.parameters(), rate, weight_decay=weight_decay)
        self._schedule = OneCycleLR(self._optimiser, rate, total_steps=steps, pct_start=0.08)
        self.steps = steps
        self.step = 0

    @property
    def rate(self) -> float:
        """Current learning rate."""
        return float(self._schedule.get_last_lr()[0])

    def descend(self, loss: Tensor) -> None:
        """One step down the gradient of ``loss``."""
        self._optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.model.parameters(), GRADIENT_NORM)
        self._optimiser.step()
        self._schedule.step()
        self.mean_model.update_parameters(self.model)
        self.step += 1

    @contextmanager
    def progress(self, save_every: int) -> Iterator[Callable[[dict[str, float]], None]]:
        """A bar over the steps that are left; what it yields shows and records the values of one step."""
        with tqdm(total=self.steps, initial=self.step, unit="step", mininterval=5) as bar:

            def advance(values: dict[str, float]) -> None:
                bar.update()
                bar.set_postfix({name: f"{value:.3f}" for name, value in values.items()}, refresh=False)
                self.record(values, save_every)

            yield advance

    def record(self, values: dict[str, float], save_every: int) -> None:
        """Log now and then, save every so many steps and after the last one."""
        if self.step % LOG_EVERY == 0:
            self.log(values)
        if self.step % save_every == 0 or self.step == self.steps:
            self.save()

    def log(self, values: dict[str, float]) -> None:
        """Append one row to ``log.csv``."""
        path = self._folder / "log.csv"
        fresh = not path.exists()
        with path.open("a", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            if fresh:
                writer.writerow(["step", "rate", *values])
            writer.writerow([self.step, f"{self.rate:.3g}", *(f"{value:.5g}" for value in values.values())])

    def save(self) -> None:
        """Write the checkpoint; a kill in the middle leaves the last one."""
        state = {
            "model": self.model.state_dict(),
            "mean_model": self.mean_model.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "schedule": self._schedule.state_dict(),
            "step": self.step,
        }
        partial = self._folder / "checkpoint.partial"
        with partial.open("wb") as file:
            torch.save(state, file)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(self._folder / _CHECKPOINT)

    def resume(self) -> bool:
        """Go on from the folder's checkpoint; False where there is none.

        Raises:
            VcfError: the checkpoint is of a run of another length, whose rate would follow another course.
        """
        path = self._folder / _CHECKPOINT
        if not path.exists():
            return False
        state = torch.load(path, map_location="cpu", weights_only=True)
        steps = state["schedule"]["total_steps"]
        if steps != self.steps:
            raise VcfError(
                f"{self._folder} holds a run of {steps} steps; "
                f"go on with --steps {steps} or name another folder."
            )
        self.model.load_state_dict(state["model"])
        self.mean_model.load_state_dict(state["mean_model"])
        self._optimiser.load_state_dict(state["optimiser"])
        self._schedule.load_state_dict(state["schedule"])
        self.step = state["step"]
        self._forget_later_rows()
        return True

    def begin(self, start: Path | None) -> None:
        """Go on from the folder's checkpoint or else, where it has none, from the weights of ``start``."""
        if not self.resume() and start is not None:
            self.start_from(start)

    def start_from(self, folder: Path) -> None:
        """Begin with the moving-mean weights of another run, to train them further on other samples.

        Raises:
            VcfError: the folder holds no checkpoint.
        """
        weights = mean_weights(folder)
        self.model.load_state_dict(weights)
        self.mean_model.module.load_state_dict(weights)

    def _forget_later_rows(self) -> None:
        """Drop the log's rows after the checkpoint, which will be written again, and one that a kill cut."""
        path = self._folder / "log.csv"
        if not path.exists():
            return
        with path.open(newline="", encoding="utf-8") as file:
            header, *rows = csv.reader(file)
        kept = [row for row in rows if len(row) == len(header) and int(row[0]) <= self.step]
        partial = self._folder / "log.partial"
        with partial.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([header, *kept])
        partial.replace(path)


def mean_weights(folder: Path) -> dict[str, Tensor]:
    """Moving mean of a run's weights, as the network itself names them, on the CPU.

    Raises:
        VcfError: the folder holds no checkpoint.
    """
    path = folder / _CHECKPOINT
    if not path.is_file():
        raise VcfError(f"{folder} holds no {_CHECKPOINT}; name the folder of a training run.")
    state = torch.load(path, map_location="cpu", weights_only=True)["mean_model"]
    # AveragedModel wraps the network as ``module`` and adds a counter.
    return {
        name.removeprefix("module."): value for name, value in state.items() if name.startswith("module.")
    }
