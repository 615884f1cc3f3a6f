"""How networks are trained, by name: optimiser, rate, length and how films are varied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from vcf_desktop.inference.manifest import Task


@dataclass(frozen=True)
class Augmentation:
    """How a film is varied each time it is shown; the default leaves it as it is.

    Attributes:
        rotations_deg: turns, clockwise, of which one is drawn.
        tilt_deg: SD of a further turn.
        scale: range of the factor on lengths.
        horizontal_flip, vertical_flip: mirror one film of two.
        clip_limits: range of CLAHE's clip limit, drawn for two films of five; None leaves it at its default.
        gamma: range of an exponent on the grey values in [0, 1] of a film of a hospital. Simulated films come
            out of a simulated machine each time and need none.
    """

    rotations_deg: tuple[float, ...] = (0.0,)
    tilt_deg: float = 0.0
    scale: tuple[float, float] = (1.0, 1.0)
    horizontal_flip: bool = False
    vertical_flip: bool = False
    clip_limits: tuple[float, float] | None = None
    gamma: tuple[float, float] = (1.0, 1.0)


AS_IT_IS = Augmentation()


@dataclass(frozen=True)
class Recipe:
    """One way of training.

    Attributes:
        optimiser: AdamW, or SGD with momentum.
        schedule: the rate rises for 8 % of the steps and falls along a cosine, or falls from the first step.
        rate: highest learning rate.
        weight_decay: of the optimiser.
        batch: samples a step.
        steps: length of the run; None where ``epochs`` says it.
        epochs: rounds through the training part of a folder.
        patience: validations without improvement after which the run ends.
        simulated, labelled: variation of simulated films and of a hospital's.
        momentum: of SGD.
    """

    optimiser: Literal["adamw", "sgd"]
    schedule: Literal["one-cycle", "cosine"]
    rate: float
    weight_decay: float
    batch: int
    steps: int | None
    epochs: int | None
    patience: int
    simulated: Augmentation
    labelled: Augmentation
    momentum: float = 0.9


CLIP_LIMITS = (1.0, 5.0)
_PAPER_AUGMENTATION = Augmentation(
    rotations_deg=(0.0, 30.0, 60.0, 90.0),
    scale=(0.9, 1.1),
    horizontal_flip=True,
    vertical_flip=True,
    clip_limits=CLIP_LIMITS,
    gamma=(0.8, 1.25),
)
PAPER = Recipe(
    optimiser="sgd",
    schedule="cosine",
    rate=0.1,
    weight_decay=5e-4,
    batch=16,
    steps=None,
    epochs=200,
    patience=50,
    simulated=_PAPER_AUGMENTATION,
    labelled=_PAPER_AUGMENTATION,
)
"""Section 3.1 for all three networks: SGD, momentum, weight decay, base rate with cosine, batch, epochs,
turns, flips and scale. The classifier's class-weighted cross entropy with focal loss is in section 3.2.

What the paper leaves open, and what is done here:

- How often a film is turned or flipped: no turn and the three are drawn alike, clockwise; each flip is drawn
  for every second film. The paper made 1870 films of its 453 once and for all. Here a film is varied anew in
  each epoch, so an epoch of a hospital's folder has its films and no more; one of simulated films has as many
  samples as the paper's training part (:mod:`.simulated`).
- CLAHE's clip limit: that of the pipeline for three films of five, else drawn from ``CLIP_LIMITS``. An
  exponent on the grey values is ours as well.
- Where the cosine ends, and whether the rate rises first: it falls to 0 from the first step.
- Early stopping: after a quarter of the epochs without improvement.
- Class weights, the focal exponent, the losses of detector and segmenter, sizes of inputs, first weights: see
  the networks. All start untrained.
- Clipped gradients, bfloat16 and the moving mean of the weights (:mod:`.checkpoints`) are ours.
"""

_SHIPPED = Recipe(
    optimiser="adamw",
    schedule="one-cycle",
    rate=2e-3,
    weight_decay=5e-4,
    batch=16,
    steps=2200,
    epochs=None,
    patience=12,
    simulated=Augmentation(horizontal_flip=True, clip_limits=CLIP_LIMITS),
    labelled=Augmentation(
        tilt_deg=4.0, scale=(0.9, 1.1), horizontal_flip=True, clip_limits=CLIP_LIMITS, gamma=(0.8, 1.25)
    ),
)
SHIPPED: Mapping[Task, Recipe] = {
    Task.DETECTOR: replace(_SHIPPED, steps=5500, batch=8),
    Task.SEGMENTER: replace(_SHIPPED, weight_decay=1e-4),
    Task.CLASSIFIER: replace(_SHIPPED, rate=1.5e-3),
}
"""What the first shipped weights were trained with, in about forty minutes a network on two cores."""

RECIPES: Mapping[str, Mapping[Task, Recipe]] = {
    "shipped": SHIPPED,
    "fine-tune": {
        task: replace(recipe, rate=recipe.rate / 4, steps=None, epochs=30) for task, recipe in SHIPPED.items()
    },
    "paper": dict.fromkeys(Task, PAPER),
}
"""``fine-tune`` goes on from trained weights: a quarter of the rate that they were trained with, so that a
few hundred films of one hospital do not undo what thousands taught."""


@dataclass(frozen=True)
class Plan:
    """One run, all of its choices made.

    Attributes:
        recipe_name: among :data:`RECIPES`.
        recipe: that one, with the rate, batch and patience that this run really has.
        configuration: name of the networks' size, ``compact`` or ``paper``.
        steps: length of the run.
        validate_every: steps between two validations.
        seed: of everything that is drawn.
        workers: processes that make samples; 0 makes them in this one.
        source: what the samples are made from, in words.
    """

    recipe_name: str
    recipe: Recipe
    configuration: str
    steps: int
    validate_every: int
    seed: int
    workers: int
    source: str

    @property
    def streams(self) -> int:
        """Sequences of samples that the batches are taken from in turn, one a process."""
        return max(1, self.workers)

    def settings(self) -> dict[str, str | int | float]:
        """What must not change when a run goes on, or it would not be the same run, by option."""
        recipe = self.recipe
        return {
            "--recipe": self.recipe_name,
            "--configuration": self.configuration,
            "--steps": self.steps,
            "--batch": recipe.batch,
            "--rate": recipe.rate,
            "--patience": recipe.patience,
            "--validate-every": self.validate_every,
            "--seed": self.seed,
            "--workers": self.streams,
            "films": self.source,
        }
