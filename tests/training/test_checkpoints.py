"""Runs that are killed and go on."""

from __future__ import annotations

import csv
import dataclasses
import errno
import math
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from vcf_desktop.errors import OutputError, VcfError
from vcf_desktop.training import checkpoints
from vcf_desktop.training.checkpoints import Run, best_checkpoint, network_weights, read_checkpoint
from vcf_desktop.training.recipes import PAPER, RECIPES, Plan, Recipe

STEPS = 60
RECIPE = dataclasses.replace(RECIPES["shipped"]["segmenter"], rate=1e-2)


@dataclasses.dataclass(frozen=True)
class Configuration:
    width: int = 4


class Network(nn.Sequential):
    def __init__(self, config: Configuration) -> None:
        super().__init__(
            nn.Conv2d(1, config.width, 3),
            nn.BatchNorm2d(config.width),
            nn.ReLU(),
            nn.Conv2d(config.width, 1, 3),
        )
        self.config = config


def network(width: int = 4) -> nn.Module:
    torch.manual_seed(3)
    return Network(Configuration(width))


def plan(**changes: object) -> Plan:
    values = {"recipe_name": "shipped", "recipe": RECIPE, "configuration": "compact", "steps": STEPS}
    values |= {"validate_every": 15, "seed": 0, "workers": 0, "source": "noise"}
    return Plan(**values | changes)  # type: ignore[arg-type]


def start(folder: Path, **changes: object) -> Run:
    return Run(folder, network().train(), plan(**changes))


def noise(step: int) -> Tensor:
    return torch.randn(4, 1, 9, 9, generator=torch.Generator().manual_seed(step))


def judge(model: nn.Module) -> dict[str, float]:
    assert not model.training
    with torch.no_grad():
        loss = (model(noise(999)) - noise(999)[:, :, 2:-2, 2:-2]).square().mean()
    return {"loss": float(loss), "worth": -float(loss)}


def train(run: Run, until: int = STEPS, judge: Callable[[nn.Module], dict[str, float]] = judge) -> None:
    """Steps whose samples depend on their number only; a kill comes after step ``until``."""
    batches = (noise(step) for step in range(run.step, STEPS))
    for images in run.through(batches, judge, by="worth"):
        if run.step == until:
            return
        loss = (run.model(images) - images[:, :, 2:-2, 2:-2]).square().mean()
        run.descend(loss, {"twice": 2 * float(loss.detach())})


def mean_weights(folder: Path) -> dict[str, Tensor]:
    return network_weights(read_checkpoint(folder / "checkpoint.pt"))


def weights(run: Run) -> dict[str, Tensor]:
    return {**run.model.state_dict(), **run.mean_model.state_dict()}


def logged(folder: Path) -> list[list[str]]:
    with (folder / "log.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


@pytest.fixture(autouse=True)
def _save_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "SAVE_EVERY", 25)


@pytest.mark.parametrize(
    ("recipe", "killed_at", "saved_at"),
    [
        (RECIPE, 42, 30),  # after the row of step 40
        (RECIPE, 29, 25),
        (RECIPE, 14, 0),
        (dataclasses.replace(PAPER, rate=0.01), 42, 30),
    ],
)
def test_that_a_killed_run_goes_on_to_the_same_weights_and_curve(
    recipe: Recipe, killed_at: int, saved_at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "LOG_EVERY", 10)
    whole = start(tmp_path / "whole", recipe=recipe)
    train(whole)
    train(start(tmp_path / "killed", recipe=recipe), killed_at)
    resumed = start(tmp_path / "killed", recipe=recipe)
    resumed.begin(None)
    assert resumed.step == saved_at
    train(resumed)
    assert resumed.rate == whole.rate
    for name, value in weights(whole).items():
        torch.testing.assert_close(weights(resumed)[name], value, rtol=0, atol=0)
    assert logged(tmp_path / "killed") == logged(tmp_path / "whole")
    best, again = (best_checkpoint(tmp_path / name) for name in ("whole", "killed"))
    assert best["step"] == again["step"]
    for name, value in best["mean_model"].items():
        torch.testing.assert_close(again["mean_model"][name], value, rtol=0, atol=0)


def test_that_the_log_has_columns_for_training_and_validation(tmp_path: Path) -> None:
    train(start(tmp_path))
    header, *rows = logged(tmp_path)
    assert header == ["step", "rate", "loss", "twice", "validation loss", "validation worth"]
    assert [row[0] for row in rows] == ["15", "20", "30", "40", "45", "60"]
    assert [bool(row[4]) for row in rows] == [True, False, True, False, True, True]
    assert all(float(row[3]) == pytest.approx(2 * float(row[2]), rel=1e-4) for row in rows)


def test_that_a_bar_shows_loss_rate_and_time_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    train(start(tmp_path))
    shown = capsys.readouterr().err
    assert "60/60" in shown
    assert "step/s" in shown
    for name in ("loss=", "rate=", "validation worth="):
        assert name in shown


def test_that_the_best_weights_are_kept_and_a_start_is_never_made_worse(tmp_path: Path) -> None:
    worth = iter([5.0, 1.0, 7.0, 2.0, 3.0])
    train(start(tmp_path), judge=lambda _model: {"worth": next(worth)})
    best = best_checkpoint(tmp_path)
    assert (best["step"], best["worth"]) == (30, 7.0)
    worth = iter([5.0, 1.0, 2.0, 2.0, 3.0])
    train(start(tmp_path / "tuned"), judge=lambda _model: {"worth": next(worth)})
    assert best_checkpoint(tmp_path / "tuned")["step"] == 0


def test_that_a_run_stops_when_nothing_gets_better_and_stays_stopped(tmp_path: Path) -> None:
    recipe = dataclasses.replace(RECIPE, patience=2)
    worth = iter([1.0, 2.0, 2.0, 1.5])
    run = start(tmp_path, recipe=recipe)
    train(run, judge=lambda _model: {"worth": next(worth)})
    assert run.step == 45
    again = start(tmp_path, recipe=recipe)
    again.begin(None)
    assert again.is_finished
    train(again, judge=pytest.fail)
    assert best_checkpoint(tmp_path)["step"] == 15


def test_that_before_any_validation_the_last_weights_are_the_best(tmp_path: Path) -> None:
    start(tmp_path).save()
    assert best_checkpoint(tmp_path)["settings"] == plan().settings()


def test_that_a_row_cut_off_by_the_kill_is_dropped(tmp_path: Path) -> None:
    train(start(tmp_path), 25)
    with (tmp_path / "log.csv").open("a", encoding="utf-8") as file:
        file.write("2")
    start(tmp_path).begin(None)
    assert [row[0] for row in logged(tmp_path)] == ["step", "15", "20"]


@pytest.mark.parametrize("content", ["", "step,ra", "step,rate\r\n20,0.1\r\n"])
def test_that_a_log_without_a_checkpoint_begins_again(tmp_path: Path, content: str) -> None:
    (tmp_path / "log.csv").write_text(content, encoding="utf-8")
    run = start(tmp_path)
    run.begin(None)
    train(run, 19)
    assert [row[0] for row in logged(tmp_path)] == ["step", "15"]


def test_that_a_new_folder_starts_at_the_beginning(tmp_path: Path) -> None:
    run = start(tmp_path / "a" / "b")
    run.begin(None)
    assert run.step == 0
    assert (tmp_path / "a" / "b").is_dir()


def test_that_a_kill_while_saving_leaves_the_last_checkpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = start(tmp_path)
    train(run, 29)
    saved = {
        name: value.clone() for name, value in read_checkpoint(tmp_path / "checkpoint.pt")["model"].items()
    }

    def half(state: object, file: object) -> None:
        file.write(b"half of a checkpoint")  # type: ignore[attr-defined]
        raise KeyboardInterrupt

    monkeypatch.setattr(torch, "save", half)
    with pytest.raises(KeyboardInterrupt):
        train(run)
    (tmp_path / ".checkpoint.pt.77.part").write_bytes(b"as a SIGKILL leaves it")
    again = start(tmp_path)
    again.begin(None)
    assert again.step == 25
    assert {path.name for path in tmp_path.iterdir()} == {"best.pt", "checkpoint.pt", "log.csv"}
    for name, value in saved.items():
        torch.testing.assert_close(again.model.state_dict()[name], value, rtol=0, atol=0)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"steps": 80}, "run with --steps 60 and not 80; go on with that"),
        ({"seed": 3}, "run with --seed 0 and not 3"),
        ({"workers": 2}, "run with --workers 1 and not 2"),
        ({"source": "others"}, "run with films noise and not others"),
        ({"recipe": dataclasses.replace(RECIPE, batch=3)}, "run with --batch 16 and not 3"),
    ],
)
def test_that_a_run_with_other_settings_is_refused(
    changes: dict[str, object], sentence: str, tmp_path: Path
) -> None:
    start(tmp_path).save()
    with pytest.raises(VcfError, match=sentence):
        start(tmp_path, **changes).begin(None)


def test_that_a_run_of_another_network_is_refused(tmp_path: Path) -> None:
    start(tmp_path).save()
    with pytest.raises(VcfError, match="holds a run of another network"):
        Run(tmp_path, network(width=8), plan()).begin(None)


def test_that_a_run_of_the_first_version_is_not_gone_on_with_but_its_weights_are_used(tmp_path: Path) -> None:
    start(tmp_path).save()
    state = read_checkpoint(tmp_path / "checkpoint.pt")
    torch.save({"mean_model": state["mean_model"], "step": 3}, tmp_path / "checkpoint.pt")
    with pytest.raises(VcfError, match="begin another run with --start"):
        start(tmp_path).begin(None)
    assert set(mean_weights(tmp_path)) == set(network().state_dict())


def test_that_the_mean_weights_fit_the_network(tmp_path: Path) -> None:
    run = start(tmp_path)
    train(run)
    plain = network()
    plain.load_state_dict(mean_weights(tmp_path))
    images = torch.randn(2, 1, 12, 12)
    with torch.no_grad():
        torch.testing.assert_close(plain.eval()(images), run.mean_model.eval()(images))
        assert (plain(images) - run.model.eval()(images)).abs().max() > 1e-4


def test_that_a_folder_without_a_run_or_with_a_damaged_one_is_named(tmp_path: Path) -> None:
    with pytest.raises(VcfError, match=r"no checkpoint\.pt"):
        mean_weights(tmp_path)
    (tmp_path / "checkpoint.pt").write_bytes(b"nothing")
    with pytest.raises(VcfError, match=r"checkpoint\.pt is damaged"):
        mean_weights(tmp_path)
    torch.save([1.0], tmp_path / "checkpoint.pt")
    with pytest.raises(VcfError, match=r"checkpoint\.pt is no checkpoint of this program"):
        mean_weights(tmp_path)


def test_that_a_disk_that_is_full_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    run = start(tmp_path)
    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(OutputError, match=r"checkpoint\.pt: cannot be written: No space left"):
        run.save()


@pytest.mark.parametrize("loss", [math.inf, math.nan])
def test_that_a_rate_that_is_too_high_ends_the_run_and_keeps_its_weights(tmp_path: Path, loss: float) -> None:
    run = start(tmp_path)
    before = [parameter.detach().clone() for parameter in run.model.parameters()]
    with pytest.raises(VcfError, match=rf"step 1 is {loss}: the rate is too high; .* a --rate below 0\.01"):
        run.descend(loss * run.model(noise(0)).sum(), {})
    for kept, parameter in zip(before, run.model.parameters(), strict=True):
        torch.testing.assert_close(parameter.detach(), kept, rtol=0, atol=0)


def test_that_a_wild_gradient_is_clipped(tmp_path: Path) -> None:
    run = start(tmp_path)
    run.descend(1e9 * run.model(torch.ones(1, 1, 9, 9)).square().sum(), {})
    norms = torch.stack([p.grad.norm() for p in run.model.parameters() if p.grad is not None])
    assert norms.norm() <= 10.001


def test_that_a_run_may_start_from_the_mean_weights_of_another(tmp_path: Path) -> None:
    train(start(tmp_path / "first"), 26)
    second = start(tmp_path / "second")
    first = mean_weights(tmp_path / "first")
    second.begin(first)
    for trained in (second.model, second.mean_model.module):
        for name, value in trained.state_dict().items():
            torch.testing.assert_close(value, first[name], rtol=0, atol=0)
    assert second.step == 0


def test_that_the_paper_falls_along_a_cosine_from_its_base_rate(tmp_path: Path) -> None:
    run = start(tmp_path, recipe=PAPER)
    assert run.rate == 0.1
    rates = []
    for images in run.through((noise(0) for _ in range(STEPS)), judge, by="worth"):
        run.descend(run.model(images).square().mean(), {})
        rates.append(run.rate)
    expected = [0.05 * (1 + math.cos(math.pi * step / STEPS)) for step in range(1, STEPS + 1)]
    assert rates == pytest.approx(expected, abs=1e-9)
    (group,) = read_checkpoint(tmp_path / "checkpoint.pt")["optimiser"]["param_groups"]
    assert (group["momentum"], group["weight_decay"]) == (0.9, 5e-4)
