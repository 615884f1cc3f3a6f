"""Runs that are killed and go on."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from vcf_desktop.errors import VcfError
from vcf_desktop.training.checkpoints import LOG_EVERY, Run, mean_weights

STEPS = 60


def network() -> nn.Module:
    torch.manual_seed(3)
    return nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Conv2d(4, 1, 3))


def start(folder: Path, steps: int = STEPS) -> Run:
    return Run(folder, network().train(), steps, rate=1e-2, weight_decay=1e-3)


def train(run: Run, until: int) -> None:
    """Steps whose samples depend on their number only."""
    while run.step < until:
        images = torch.randn(4, 1, 9, 9, generator=torch.Generator().manual_seed(run.step))
        loss = (run.model(images) - images[:, :, 2:-2, 2:-2]).square().mean()
        run.descend(loss)
        run.record({"loss": float(loss.detach())}, save_every=25)


def weights(run: Run) -> dict[str, Tensor]:
    return {**run.model.state_dict(), **run.mean_model.state_dict()}


def logged(folder: Path) -> list[list[str]]:
    with (folder / "log.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_that_a_killed_run_goes_on_to_the_same_weights_and_curve(tmp_path: Path) -> None:
    whole = start(tmp_path / "whole")
    train(whole, STEPS)
    train(start(tmp_path / "killed"), 45)  # its last checkpoint is that of step 25
    resumed = start(tmp_path / "killed")
    assert resumed.resume()
    assert resumed.step == 25
    train(resumed, STEPS)
    assert resumed.rate == whole.rate
    for name, value in weights(whole).items():
        torch.testing.assert_close(weights(resumed)[name], value, rtol=0, atol=0)
    assert logged(tmp_path / "killed") == logged(tmp_path / "whole")
    assert [row[0] for row in logged(tmp_path / "whole")] == ["step", "20", "40", "60"]


def test_that_a_row_cut_off_by_the_kill_is_dropped(tmp_path: Path) -> None:
    train(start(tmp_path), 30)
    with (tmp_path / "log.csv").open("a", encoding="utf-8") as file:
        file.write("2")
    start(tmp_path).resume()
    assert [row[0] for row in logged(tmp_path)] == ["step", str(LOG_EVERY)]


def test_that_a_new_folder_starts_at_the_beginning(tmp_path: Path) -> None:
    run = start(tmp_path / "a" / "b")
    assert not run.resume()
    assert run.step == 0
    assert (tmp_path / "a" / "b").is_dir()


def test_that_a_kill_while_saving_leaves_the_last_checkpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = start(tmp_path)
    train(run, 25)
    saved = {name: value.clone() for name, value in weights(run).items()}

    def half(state: object, file: object) -> None:
        file.write(b"half of a checkpoint")  # type: ignore[attr-defined]
        raise KeyboardInterrupt

    monkeypatch.setattr(torch, "save", half)
    with pytest.raises(KeyboardInterrupt):
        train(run, 50)
    again = start(tmp_path)
    assert again.resume()
    assert again.step == 25
    for name, value in saved.items():
        torch.testing.assert_close(weights(again)[name], value, rtol=0, atol=0)


def test_that_a_run_of_another_length_is_refused(tmp_path: Path) -> None:
    train(start(tmp_path), 25)
    with pytest.raises(VcfError, match="run of 60 steps; go on with --steps 60"):
        start(tmp_path, steps=80).resume()


def test_that_the_mean_weights_fit_the_network(tmp_path: Path) -> None:
    run = start(tmp_path)
    train(run, STEPS)
    plain = network()
    plain.load_state_dict(mean_weights(tmp_path))
    images = torch.randn(2, 1, 12, 12)
    with torch.no_grad():
        torch.testing.assert_close(plain.eval()(images), run.mean_model.eval()(images))
        assert (plain(images) - run.model.eval()(images)).abs().max() > 1e-4


def test_that_a_folder_without_a_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(VcfError, match=r"no checkpoint\.pt"):
        mean_weights(tmp_path)


def test_that_a_wild_gradient_is_clipped(tmp_path: Path) -> None:
    run = start(tmp_path)
    run.descend(1e9 * run.model(torch.ones(1, 1, 9, 9)).square().sum())
    norms = torch.stack([p.grad.norm() for p in run.model.parameters() if p.grad is not None])
    assert norms.norm() <= 10.001


def test_that_a_run_may_start_from_the_mean_weights_of_another(tmp_path: Path) -> None:
    train(start(tmp_path / "first"), 25)
    second = start(tmp_path / "second")
    second.start_from(tmp_path / "first")
    first = mean_weights(tmp_path / "first")
    for trained in (second.model, second.mean_model.module):
        for name, value in trained.state_dict().items():
            torch.testing.assert_close(value, first[name], rtol=0, atol=0)
    assert second.step == 0
