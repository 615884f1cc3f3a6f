"""What a training run must remember to go on after it was killed: weights, their moving mean, optimiser, step."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import torch
from torch import nn
from torch.optim import AdamW
from torch.optim.lr_scheduler import OneCycleLR
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

EMA_DECAY = 0.998
"""Weights that ship are the moving mean over about the last 500 steps: steadier than the last step's."""


class Run:
    """One training run in a folder: ``checkpoint.pt``, replaced as a whole, and ``log.csv``.

    AdamW with a one-cycle cosine rate; gradients are clipped at norm 10, because one film whose bones are
    nearly invisible can otherwise undo many steps.
    """

    def __init__(self, folder: Path, model: nn.Module, steps: int, rate: float, weight_decay: float) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self.model = model
        self.mean_model = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(EMA_DECAY), use_buffers=True)
        self._optimiser = AdamW(model.parameters(), rate, weight_decay=weight_decay)
        self._schedule = OneCycleLR(self._optimiser, rate, total_steps=steps, pct_start=0.08)
        self.steps = steps
        self.step = 0

    @property
    def rate(self) -> float:
        """Current learning rate."""
        return float(self._schedule.get_last_lr()[0])

    def descend(self, loss: torch.Tensor) -> None:
        """One step down the gradient of ``loss``."""
        self._optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.model.parameters(), 10.0)
        self._optimiser.step()
        self._schedule.step()
        self.mean_model.update_parameters(self.model)
        self.step += 1

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
        torch.save(state, partial)
        os.replace(partial, self._folder / "checkpoint.pt")

    def resume(self) -> bool:
        """Go on from the folder's checkpoint; False where there is none."""
        path = self._folder / "checkpoint.pt"
        if not path.exists():
            return False
        state = torch.load(path, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.mean_model.load_state_dict(state["mean_model"])
        self._optimiser.load_state_dict(state["optimiser"])
        self._schedule.load_state_dict(state["schedule"])
        self.step = state["step"]
        return True
