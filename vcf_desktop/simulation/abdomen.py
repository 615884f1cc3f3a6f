"""Bowel, stomach and rectum: gas and stool before and over the lumbar spine and the sacrum."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from vcf_desktop.simulation.physique import Physique
from vcf_desktop.simulation.view import View, blurred, ellipse, fill, rounded, texture


def draw_bowel(rng: np.random.Generator, physique: Physique, view: View) -> NDArray[np.float32]:
    """mm (H, W) of soft tissue that gas replaces: chains of haustra, mottled stool, single loops."""
    gas = np.zeros(view.size_hw, np.float32)
    for _ in range(int(rng.poisson(1.6))):
        gas += _chain(rng, view, _place(rng, physique))
    for _ in range(int(rng.poisson(1.2))):
        gas += _stool(rng, view, _place(rng, physique))
    if rng.random() < 0.5:
        gas += _rectum(rng, physique, view)
    if rng.random() < 0.4:
        gas += _stomach(rng, physique, view)
    return np.minimum(gas, 60)


def _place(rng: np.random.Generator, physique: Physique) -> NDArray[np.float64]:
    """A point (2,) in the belly, mostly before the spine, now and then over it."""
    spine = physique.column.point(rng.uniform(12.5, 20.0))
    _, front = physique.skin(float(spine[1]))
    share = rng.uniform(0.12, 0.95) if rng.random() < 0.85 else rng.uniform(0.9, 1.15)
    return np.array([front + share * (spine[0] - front), spine[1] + rng.uniform(-20, 60)])


def _chain(rng: np.random.Generator, view: View, start: NDArray[np.float64]) -> NDArray[np.float32]:
    """mm (H, W) of gas in a gut loop: bubbles that melt together, half parted by folds."""
    gas = np.zeros(view.size_hw, np.float32)
    centre, direction = start, rng.uniform(0, 2 * np.pi)
    radius, depth = rng.uniform(4, 14), rng.uniform(6, 30)
    for _ in range(int(rng.geometric(0.3))):
        radii = (radius * rng.uniform(0.6, 1.2), radius * rng.uniform(0.6, 1.3))
        outline = ellipse(centre, radii, direction + rng.normal(0, 0.4), 12)
        fill(gas, view, rounded(outline + rng.normal(0, 0.12 * radius, outline.shape)), 1.0)
        direction += rng.normal(0, 0.5)
        step = radius * rng.uniform(0.9, 1.7)
        centre = centre + step * np.array([np.cos(direction), np.sin(direction)])
    if not gas.any():
        return gas
    merged = blurred(np.minimum(gas, 1), rng.uniform(0.8, 2.5) / view.pixel_mm)
    return np.asarray(depth * merged * np.clip(1 + 0.3 * texture(rng, view.size_hw, 1.0), 0.2, 1.6))


def _stool(rng: np.random.Generator, view: View, centre: NDArray[np.float64]) -> NDArray[np.float32]:
    """Gas mottled through stool: small dark bubbles within a soft region."""
    region = np.zeros(view.size_hw, np.float32)
    radii = (rng.uniform(15, 38), rng.uniform(25, 70))
    fill(region, view, ellipse(centre, radii, rng.normal(0, 0.5)), 1.0)
    if not region.any():
        return region
    region = blurred(region, 8 / view.pixel_mm)
    noise = np.zeros_like(region)
    for cell_mm, weight in ((rng.uniform(2.0, 3.5), 0.6), (rng.uniform(4.5, 8.0), 0.8)):
        cell = max(1.0, cell_mm / view.pixel_mm)
        shape = (max(2, int(view.size_hw[0] / cell)), max(2, int(view.size_hw[1] / cell)))
        coarse = rng.standard_normal(shape, np.float32)
        noise += np.float32(weight) * cv2.resize(coarse, view.size_hw[::-1], interpolation=cv2.INTER_CUBIC)
    return np.asarray(region * np.clip(noise - rng.uniform(-0.6, 0.3), 0, 1.5) * rng.uniform(3, 13))


def _rectum(rng: np.random.Generator, physique: Physique, view: View) -> NDArray[np.float32]:
    """Gas before the sacrum."""
    gas = np.zeros(view.size_hw, np.float32)
    centre = physique.column.point(20) + np.array([rng.uniform(-10, 45), rng.uniform(45, 120)])
    for _ in range(int(rng.integers(1, 4))):
        radii = (rng.uniform(8, 22), rng.uniform(10, 30))
        fill(
            gas,
            view,
            ellipse(centre + rng.normal(0, 9, 2), radii, rng.uniform(-0.8, 0.8)),
            rng.uniform(8, 25),
        )
    gas = blurred(gas, rng.uniform(1, 3) / view.pixel_mm)
    return np.asarray(gas * (1 + 0.25 * texture(rng, view.size_hw, 1.0)))


def _stomach(rng: np.random.Generator, physique: Physique, view: View) -> NDArray[np.float32]:
    """The bubble under the left dome; standing, it ends in a level."""
    gas = np.zeros(view.size_hw, np.float32)
    spine = physique.column.point(rng.uniform(10.3, 12.5))
    centre = spine - np.array([rng.uniform(30, 90), 0])
    outline = ellipse(centre, (rng.uniform(15, 42), rng.uniform(9, 24)), rng.normal(0, 0.4), 14)
    outline = rounded(outline + rng.normal(0, 2.0, outline.shape))
    if rng.random() < 0.5:
        outline[:, 1] = np.minimum(outline[:, 1], centre[1] + rng.uniform(-2, 9))
    fill(gas, view, outline, rng.uniform(15, 45))
    return np.asarray(blurred(gas, 1.5 / view.pixel_mm))
