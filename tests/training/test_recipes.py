"""The paper's recipe, number by number."""

from __future__ import annotations

from vcf_desktop.inference.manifest import Task
from vcf_desktop.training.recipes import PAPER, RECIPES


def test_that_the_papers_recipe_is_that_of_the_paper() -> None:
    assert (PAPER.optimiser, PAPER.schedule, PAPER.momentum) == ("sgd", "cosine", 0.9)
    assert (PAPER.rate, PAPER.weight_decay, PAPER.batch, PAPER.epochs) == (0.1, 5e-4, 16, 200)
    for augmentation in (PAPER.simulated, PAPER.labelled):
        assert set(augmentation.rotations_deg) - {0} == {30, 60, 90}
        assert augmentation.scale == (0.9, 1.1)
        assert augmentation.horizontal_flip
        assert augmentation.vertical_flip


def test_that_every_recipe_says_how_long_it_takes() -> None:
    for recipe in (recipe for recipes in RECIPES.values() for recipe in recipes.values()):
        assert (recipe.steps is None) != (recipe.epochs is None)
    assert all(set(recipes) == set(Task) for recipes in RECIPES.values())
