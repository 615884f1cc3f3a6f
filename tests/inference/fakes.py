"""Films whose vertebrae are known, and networks that know them too, for tests of the whole pipeline.

The films have the size that the detector sees unchanged, so that the fake detector may speak in film pixels.
The fake segmenter draws each body into its crop from the film's truth.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.film import DisplayPixels, Film, SpacingSource
from vcf_desktop.inference.frames import CROP_SIDE_PX, NetworkFrame, vertebra_frames
from vcf_desktop.inference.manifest import Manifest, NetworkInput, Task
from vcf_desktop.inference.pipeline import Pipeline
from vcf_desktop.spine import Analysis, ModelRecord

Array = NDArray[np.float64]
Float32 = NDArray[np.float32]
HEIGHT, WIDTH = 640, 448


class Spine:
    """Truth: six points of a gently curved lumbar and lower thoracic spine, S1 below it.

    Args:
        facing_left: the anterior side is at the left.
        fractured: place from the top of a wedge fracture with 45 % loss in front, None for none.
        row_to_column: height of a film pixel divided by its width; the body keeps its shape in mm.
        shrink: factor on all lengths.
    """

    def __init__(
        self,
        count: int = 7,
        *,
        facing_left: bool = True,
        fractured: int | None = None,
        row_to_column: float = 1.0,
        shrink: float = 1.0,
    ) -> None:
        self.row_to_column = row_to_column
        side = -1.0 if facing_left else 1.0
        points, y = [], 70.0
        for i in range(count):
            lean = math.radians(side * (6 - 2 * i))
            front = np.array([side * math.cos(lean), side * math.sin(lean)])
            up = np.array([math.sin(lean), -math.cos(lean)])
            depth, height = 62.0 + i, 42.0 + i
            anterior = height * (0.55 if i == fractured else 1.0)
            centre = np.array([220.0 + side * 12 * math.sin(i / 2), y])
            bottom = centre - up * height / 2
            back, mid, fore = -front * depth / 2, 0.0, front * depth / 2
            heights = (anterior, (anterior + height) / 2, height)
            lower = [bottom + place for place in (fore, mid, back)]
            upper = [p + up * h for p, h in zip(lower, heights, strict=True)]
            points.append(upper + lower)
            y += height * 1.42
        square = np.array(points)
        self.points_xy = (square * shrink) / [1.0, row_to_column]
        low, high = self.points_xy.min(axis=1), self.points_xy.max(axis=1)
        self.boxes_xyxy = np.hstack([low, high])
        last = self.boxes_xyxy[-1]
        step = np.array([0, 1.3, 0, 1.3]) * (last[3] - last[1])
        self.sacrum_xyxy = last + step
        self.back_xy = (self.points_xy[:, [2, 5]].mean(axis=1) - self.points_xy[:, [0, 3]].mean(axis=1)) * 0.8

    def film(self, pixels: Float32 | None = None, **fields: object) -> Film:
        if pixels is None:
            pixels = np.random.default_rng(0).uniform(0.2, 0.8, (HEIGHT, WIDTH)).astype(np.float32)
        film = Film(
            pixels=pixels,
            padding=None,
            spacing_mm=None,
            spacing_source=SpacingSource.NONE,
            row_to_column=self.row_to_column,
            sha256="0" * 64,
            path=Path("film.png"),
            study=None,
            display=DisplayPixels(pixels),
        )
        return replace(film, **fields)  # type: ignore[arg-type]


def fake_manifest(task: Task) -> Manifest:
    return Manifest(
        task=task,
        name=f"fake-{task}",
        version="1",
        configuration={},
        files={},
        network_input=NetworkInput(1, None, 3),
        outputs=("out",),
        thresholds={"score": 0.05, "iou": 0.25},
        training_data="",
        metrics={},
        licence="",
        attribution="",
        intended_use="",
    )


class Fake:
    """What all fake networks share."""

    notices: tuple[str, ...] = ()

    def __init__(self, task: Task) -> None:
        self.manifest = fake_manifest(task)
        self.record = ModelRecord(self.manifest.name, "1", "f" * 64, "none", "none")
        self.batches: list[Float32] = []

    def run(self, batch: Float32) -> dict[str, Float32]:
        self.batches.append(batch)
        return {"out": self.answer(batch)}

    def answer(self, batch: Float32) -> Float32:
        raise NotImplementedError


class FakeDetector(Fake):
    """Finds the boxes it was told, and the sacrum; with ``only_inverted``, on a mostly dark film only."""

    def __init__(self, spine: Spine, *, sacrum: bool = True, only_inverted: bool = False) -> None:
        super().__init__(Task.DETECTOR)
        boxes = [*spine.boxes_xyxy, *([spine.sacrum_xyxy] if sacrum else [])]
        self.predictions = np.zeros((len(boxes), 7), np.float32)
        for row, box in zip(self.predictions, boxes, strict=True):
            square = box * np.array([1, spine.row_to_column] * 2)
            row[:2], row[2:4] = (square[:2] + square[2:]) / 2, square[2:] - square[:2]
            row[4:] = 0.9, 0.98, 0.01
        if sacrum:
            self.predictions[-1, 5:] = 0.01, 0.98
        self.only_inverted = only_inverted

    def answer(self, batch: Float32) -> Float32:
        assert batch.shape[:2] == (1, 1)
        blind = self.only_inverted and len(self.batches) == 1
        return self.predictions[None, : 0 if blind else None]


class FakeSegmenter(Fake):
    """Draws the bodies of the truth into their crops, and their arches behind them.

    Args:
        spine: the truth.
        frames: the crops that will be asked for, by the places of their vertebrae; None for those that a
            detector's boxes of the whole spine lead to.
        unseen: places without a body.
        arches: whether posterior elements are seen.
        metal: places where all is metal.
    """

    def __init__(
        self,
        spine: Spine,
        frames: Mapping[int, NetworkFrame] | None = None,
        *,
        unseen: frozenset[int] = frozenset(),
        arches: bool = True,
        metal: frozenset[int] = frozenset(),
    ) -> None:
        super().__init__(Task.SEGMENTER)
        if frames is None:
            frames = dict(enumerate(vertebra_frames(spine.boxes_xyxy, spine.row_to_column)))
        self.logits = np.full((len(frames), 3, CROP_SIDE_PX, CROP_SIDE_PX), -6, np.float32)
        for logits, (i, frame) in zip(self.logits, frames.items(), strict=True):
            if i not in unseen:
                logits[0] = 3 * inside(frame, spine.points_xy[i][[0, 2, 5, 3]])
            if arches:
                corners = spine.points_xy[i][[0, 2, 5, 3]] + spine.back_xy[i]
                logits[1] = 3 * inside(frame, corners)
            if i in metal:
                logits[2] = 6

    def answer(self, batch: Float32) -> Float32:
        assert batch.shape[1:] == (1, CROP_SIDE_PX, CROP_SIDE_PX)
        done = sum(map(len, self.batches)) - len(batch)
        return self.logits[done : done + len(batch)]


def inside(frame: NetworkFrame, corners_xy: Array) -> Float32:
    """Signed distance (S, S) in crop pixels from the edges of a convex quadrilateral, positive inside."""
    corners = frame.to_network(corners_xy)
    rows, columns = np.mgrid[:CROP_SIDE_PX, :CROP_SIDE_PX] + 0.5
    distances = []
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = (end - start) / np.linalg.norm(end - start)
        distances.append((columns - start[0]) * -along[1] + (rows - start[1]) * along[0])
    edges = np.array(distances)
    return (edges.min(axis=0) if edges.mean() > 0 else (-edges).min(axis=0)).astype(np.float32)


class FakeClassifier(Fake):
    """Gives every vertebra the same grade but the fractured one."""

    def __init__(self, severe: int | None = None) -> None:
        super().__init__(Task.CLASSIFIER)
        self.severe = severe

    def answer(self, batch: Float32) -> Float32:
        assert batch.shape[1] == 3
        done = sum(map(len, self.batches)) - len(batch)
        logits = np.tile(np.array([4, 1, 0, 0], np.float32), (len(batch), 1))
        if self.severe is not None and done <= self.severe < done + len(batch):
            logits[self.severe - done] = [0, 0, 1, 4]
        return logits


def analyse(
    spine: Spine,
    film: Film | None = None,
    detector: Fake | None = None,
    segmenter: Fake | None = None,
    classifier: Fake | None = None,
) -> Analysis:
    return Pipeline(
        detector or FakeDetector(spine), segmenter or FakeSegmenter(spine), classifier or FakeClassifier()
    ).run(film or spine.film())


def size_hw(row_to_column: float) -> tuple[int, int]:
    return round(HEIGHT / row_to_column), WIDTH
