"""``vcf-desktop evaluate`` from the films to its files, with networks that know the truth."""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from vcf_desktop.errors import OutputError, VcfError
from vcf_desktop.film import Film
from vcf_desktop.geometry import measure_heights
from vcf_desktop.inference.frames import detector_frame
from vcf_desktop.inference.preprocess import content_box
from vcf_desktop.io.labelme import AnnotatedVertebra, write_labelme
from vcf_desktop.spine import Deformity, Grade, Ratios, VertebraFinding, VertebraLevel
from vcf_desktop.training import evaluate, extras

LEVELS = (VertebraLevel.L1, VertebraLevel.L2, VertebraLevel.L3)
SIZE_HW = (320, 200)


def corners(number: int) -> NDArray[np.float64]:
    top = 40.0 + 70 * number
    return np.array([[60, top], [120, top], [60, top + 45], [120, top + 45]])


@dataclass
class Knowing:
    """A pipeline that finds all but the last vertebra, grades all alike, and shifts the second by 3 px."""

    grade: Grade
    films: list[Film] = field(default_factory=list)

    @property
    def backends(self) -> tuple[object, ...]:
        manifest = SimpleNamespace(outputs=("boxes",), thresholds={"score": 0.3, "iou": 0.5})
        return (SimpleNamespace(manifest=manifest, run=self._detect),)

    def _detect(self, batch: NDArray[np.float32]) -> dict[str, NDArray[np.float32]]:
        film = self.films[-1]
        frame = detector_frame(content_box(film.pixels, film.padding), film.row_to_column)
        assert batch.shape[2:] == frame.size_hw
        boxes = np.array([frame.to_network(corners(n)[[0, 3]]) for n in range(3)])
        rows = np.zeros((4, 7), np.float32)
        rows[:3, :4] = np.hstack([boxes.mean(axis=1), boxes[:, 1] - boxes[:, 0]])
        rows[3, :4] = [40, 40, 20, 20]  # a weak guess on nothing, as a sacrum
        rows[:, 4], rows[:3, 5], rows[3, 6] = [0.9, 0.8, 0.02, 0.5], 1, 1
        return {"boxes": rows[None]}

    def run(self, film: Film) -> SimpleNamespace:
        self.films.append(film)
        findings = []
        for number, level in enumerate(LEVELS[:-1]):
            shape = corners(number) + 3 * number
            points = shape[[0, 0, 1, 2, 2, 3]] + [[0, 0], [30, 0], [0, 0]] * 2
            findings.append(
                VertebraFinding(
                    level=level,
                    level_confidence=1.0,
                    box_xyxy=shape[[0, 3]].reshape(4),
                    score=0.9,
                    contour_xy=shape[[0, 1, 3, 2]],
                    points_xy=points,
                    heights_px=measure_heights(points),
                    heights_mm=None,
                    ratios=Ratios(1.0, 1.0, None),
                    grade=self.grade,
                    grade_probabilities=np.eye(4)[self.grade],
                    morphometric_grade=Grade.NON,
                    deformity=Deformity.NONE,
                )
            )
        return SimpleNamespace(findings=tuple(findings))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two annotated films of three lumbar vertebrae, the second graded severe."""
    for name in ("a", "b"):
        pixels = np.random.default_rng(0).integers(60, 200, SIZE_HW, dtype=np.uint8)
        cv2.imwrite(str(tmp_path / f"{name}.png"), pixels)
        vertebrae = []
        for number, level in enumerate(LEVELS):
            shape = corners(number)
            points = shape[[0, 0, 1, 2, 2, 3]] + [[0, 0], [30, 0], [0, 0]] * 2
            grade = Grade.SEVERE if number == 1 else Grade.NON
            deformity = Deformity.CRUSH if number == 1 else Deformity.NONE
            vertebrae.append(AnnotatedVertebra(shape[[0, 1, 3, 2]], True, level, grade, deformity, points))
        write_labelme(tmp_path / f"{name}.json", f"{name}.png", SIZE_HW, vertebrae)
    return tmp_path


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> Knowing:
    knowing = Knowing(Grade.SEVERE)
    monkeypatch.setattr(evaluate, "open_pipeline", lambda *_: knowing)
    return knowing


def run(*arguments: str | Path) -> int:
    parser = argparse.ArgumentParser()
    command = evaluate.configure(parser)
    return command(parser.parse_args([str(argument) for argument in arguments]))


@pytest.mark.usefixtures("pipeline")
def test_that_an_evaluation_prints_and_saves_its_figures(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "judged" / "today"
    assert run("--labelme", folder, "--out", out) == 0
    table = capsys.readouterr().out
    assert (out / "table.md").read_text(encoding="utf-8") == table
    lines = {line.split("|")[1].strip(): line.split("|")[2].strip() for line in table.splitlines()}
    assert lines["judged levels"] == "T4-L5"
    assert lines["found, missed, invented"] == "4, 2, 0"
    assert lines["missed by level"] == "L3 2"
    assert lines["found, true grade 0, 1, 2, 3, unknown"] == "2, 0, 0, 2, 0"
    assert lines["findings: recall"] == "0.667"
    assert lines["detector alone: mAP50"] == "1.000"  # the third box is weak, but it is there

    saved = json.loads((out / "figures.json").read_text(encoding="utf-8"))
    assert saved["films"] == 2
    assert saved["figures"]["findings: recall"] == {"value": 2 / 3, "low": 2 / 3, "high": 2 / 3}
    assert saved["figures"]["network grade: accuracy"]["value"] == 0.5
    assert saved["figures"]["network grade: mild recall"] == {"value": None, "low": None, "high": None}
    assert saved["confusion, rows true 0-3"]["network grade"] == [
        [0, 0, 0, 2],
        [0] * 4,
        [0] * 4,
        [0, 0, 0, 2],
    ]

    with (out / "vertebrae.csv").open(encoding="utf-8", newline="") as file:
        worst = list(csv.DictReader(file))
    assert [row["state"] for row in worst] == ["missed", "missed", "found", "found", "found", "found"]
    assert [row["level"] for row in worst] == ["L3", "L3", "L2", "L2", "L1", "L1"]
    assert {row["film"] for row in worst} == {"a.png", "b.png"}
    assert float(worst[2]["points error, % of depth"]) == pytest.approx(100 * 3 * 2**0.5 / 60, abs=1e-3)
    assert worst[0]["score"] == worst[0]["points error, % of depth"] == worst[0]["p3"] == ""
    for name in ("network", "measured"):
        picture = cv2.imread(str(out / f"confusion-{name}-grade.png"))
        assert picture is not None
        assert np.ptp(picture) > 200


@pytest.mark.usefixtures("pipeline")
def test_that_one_film_has_no_interval(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "b.json").unlink()
    run("--labelme", folder)
    line = next(line for line in capsys.readouterr().out.splitlines() if "findings: recall" in line)
    assert line.split("|")[3].strip() == ""


def test_that_candidates_are_the_detectors_vertebrae_in_film_pixels(folder: Path, pipeline: Knowing) -> None:
    from vcf_desktop.io.films import read_film

    film = read_film(folder / "a.png")
    pipeline.films.append(film)
    candidates = evaluate.detector_candidates(pipeline, film)
    np.testing.assert_allclose(candidates.scores, [0.9, 0.8, 0.02], rtol=1e-6)
    expected = np.array([corners(n)[[0, 3]].reshape(4) for n in range(3)])
    np.testing.assert_allclose(candidates.boxes_xyxy, expected, atol=1e-3)


@pytest.mark.usefixtures("pipeline")
def test_that_a_folder_that_cannot_be_written_is_named(folder: Path) -> None:
    (folder / "taken").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="taken: cannot be written"):
        run("--labelme", folder, "--out", folder / "taken")


def test_that_a_split_needs_a_folder_of_films(tmp_path: Path) -> None:
    with pytest.raises(VcfError, match="name it by --labelme"):
        run("--simulate", "1", "--split", tmp_path / "split.csv")


@pytest.mark.parametrize(
    "wrong", [("--simulate", "0"), ("--simulate", "1", "--seed", "-1"), ("--labelme", "a", "--part", "b")]
)
def test_that_wrong_numbers_and_words_are_wrong_usage(wrong: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(*wrong)


def test_that_a_missing_library_is_named_with_its_cure(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    with pytest.raises(VcfError, match=r"pip install 'vcf-desktop\[train\]'"):
        run("--simulate", "1", "--out", tmp_path)


def test_that_the_library_of_pictures_is_loaded_only_when_they_are_drawn() -> None:
    script = "import sys, vcf_desktop.training.evaluate; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout == "False\n"
