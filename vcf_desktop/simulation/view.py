"""Where a film lies in the patient, and drawing on it in mm."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

_SUBPIXEL_BITS = 4


@dataclass(frozen=True, eq=False)
class View:
    """Where a film lies in the patient: (2, 3) affine from patient mm to film pixels, and the film's size."""

    to_film: NDArray[np.float64]
    size_hw: tuple[int, int]
    pixel_mm: float

    def points(self, patient_xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Patient points (..., 2) in film pixels."""
        return patient_xy @ self.to_film[:, :2].T + self.to_film[:, 2]

    def matrix(self, to_patient: NDArray[np.float64]) -> NDArray[np.float64]:
        """(2, 3) affine to film pixels of a frame given by its (2, 3) affine to the patient."""
        return np.asarray(self.to_film @ np.vstack([to_patient, [0, 0, 1]]))

    def grid(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Patient x and y in mm (H, W) at every pixel's centre."""
        inverse = np.linalg.inv(self.to_film[:, :2]).astype(np.float32)
        columns = np.arange(self.size_hw[1], dtype=np.float32)[None] + np.float32(0.5 - self.to_film[0, 2])
        rows = np.arange(self.size_hw[0], dtype=np.float32)[:, None] + np.float32(0.5 - self.to_film[1, 2])
        return (
            inverse[0, 0] * columns + inverse[0, 1] * rows,
            inverse[1, 0] * columns + inverse[1, 1] * rows,
        )

    @property
    def height_mm(self) -> float:
        """What the film shows of the patient, from top to bottom."""
        return self.size_hw[0] * self.pixel_mm

    def coarser(self, factor: int) -> View:
        """The same film with pixels ``factor`` times as large."""
        size_hw = (self.size_hw[0] // factor, self.size_hw[1] // factor)
        return View(self.to_film / factor, size_hw, self.pixel_mm * factor)


def make_view(
    centre_mm: NDArray[np.float64],
    pixel_mm: float,
    size_hw: tuple[int, int],
    turn_deg: float,
    facing_right: bool,
) -> View:
    """A film of ``size_hw`` pixels around a point of the patient, turned and possibly mirrored."""
    c, s = np.cos(np.radians(turn_deg)), np.sin(np.radians(turn_deg))
    linear = np.array([[c, -s], [s, c]]) @ np.diag([-1.0 if facing_right else 1.0, 1.0]) / pixel_mm
    middle = np.array([size_hw[1], size_hw[0]]) / 2
    return View(np.column_stack([linear, middle - linear @ centre_mm]), size_hw, pixel_mm)


def fill(target: NDArray[np.float32], view: View, outline_xy: ArrayLike, depth_mm: float) -> None:
    """Add ``depth_mm`` to ``target`` (..., H, W) inside a closed outline (N, 2) in patient mm.

    The edge is drawn as well, so that small things come out half a pixel larger all around.
    """
    points = view.points(np.asarray(outline_xy, np.float64))
    window = _window(points, 1.0, view.size_hw)
    if window is not None:
        low, mask = window
        cv2.fillPoly(mask, [_fixed(points - low)], 255, cv2.LINE_AA, _SUBPIXEL_BITS)
        _add(target, low, mask, depth_mm)


def cover(mask: NDArray[np.uint8], view: View, outline_xy: ArrayLike, margin_mm: float) -> None:
    """Set ``mask`` (H, W) to 255 inside a closed outline (N, 2) in patient mm and within a margin of it."""
    outline = _fixed(view.points(np.asarray(outline_xy, np.float64)))
    cv2.fillPoly(mask, [outline], 255, cv2.LINE_8, _SUBPIXEL_BITS)
    thick = max(1, round(2 * margin_mm / view.pixel_mm))
    cv2.polylines(mask, [outline], True, 255, thick, cv2.LINE_8, _SUBPIXEL_BITS)


def stroke(
    target: NDArray[np.float32], view: View, line_xy: ArrayLike, width_mm: float, depth_mm: float
) -> None:
    """Add ``depth_mm`` to ``target`` (..., H, W) along a line (N, 2), or lines (L, N, 2).

    Lines are in patient mm and do not add up where they cross; one that is narrower than a pixel becomes
    fainter instead.
    """
    lines = view.points(np.asarray(line_xy, np.float64))
    points = lines.reshape(-1, 2)
    width = width_mm / view.pixel_mm
    window = _window(points, width / 2 + 1, view.size_hw)
    if window is not None:
        low, mask = window
        thick = max(1, round(width))
        fixed = _fixed(points - low).reshape(-1, *lines.shape[-2:])
        cv2.polylines(mask, list(fixed), False, 255, thick, cv2.LINE_AA, _SUBPIXEL_BITS)
        _add(target, low, mask, depth_mm * min(1.0, width))


def bulge(
    target: NDArray[np.float32],
    view: View,
    centre_xy: ArrayLike,
    radii: tuple[float, float],
    turn: float,
    depth_mm: float,
) -> None:
    """Add an ellipsoid to ``target`` (..., H, W), ``depth_mm`` thick at its centre.

    ``radii`` are mm along ``turn`` (radians) and across it.
    """
    outline = view.points(ellipse(centre_xy, radii, turn))
    window = _window(outline, 1.0, view.size_hw)
    if window is None:
        return
    low, mask = window
    height, width = mask.shape
    inverse = np.linalg.inv(view.to_film[:, :2])
    c, s = np.cos(turn), np.sin(turn)
    own = np.array([[c, s], [-s, c]]) / np.array(radii)[:, None] @ inverse
    middle = view.points(np.asarray(centre_xy, np.float64))
    columns = np.arange(width, dtype=np.float32)[None] + np.float32(low[0] + 0.5 - middle[0])
    rows = np.arange(height, dtype=np.float32)[:, None] + np.float32(low[1] + 0.5 - middle[1])
    own = own.astype(np.float32)
    square = (own[0, 0] * columns + own[0, 1] * rows) ** 2 + (own[1, 0] * columns + own[1, 1] * rows) ** 2
    part = target[..., low[1] : low[1] + height, low[0] : low[0] + width]
    part += np.float32(depth_mm) * np.sqrt(np.clip(1 - square, 0, None))


def ellipse(
    centre_xy: ArrayLike, radii: tuple[float, float], turn: float = 0.0, points: int = 24
) -> NDArray[np.float64]:
    """Outline (points, 2) of an ellipse whose first radius points along ``turn`` (radians)."""
    angle = np.arange(points) * 2 * np.pi / points
    along, across = radii[0] * np.cos(angle), radii[1] * np.sin(angle)
    c, s = np.cos(turn), np.sin(turn)
    around = np.column_stack([c * along - s * across, s * along + c * across])
    return np.asarray(np.asarray(centre_xy) + around)


def blurred(picture: NDArray[np.float32], sigma_px: float) -> NDArray[np.float32]:
    """``picture`` (H, W) after a Gaussian blur."""
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma_px), np.float32)


def rounded(points: NDArray[np.float64], closed: bool = True) -> NDArray[np.float64]:
    """Points of a smooth line through a coarse one: corners are cut twice (Chaikin)."""
    for _ in range(2):
        following = np.roll(points, -1, axis=0) if closed else points[1:]
        here = points if closed else points[:-1]
        cut = np.stack([0.75 * here + 0.25 * following, 0.25 * here + 0.75 * following], axis=1)
        inner = cut.reshape(-1, 2)
        points = inner if closed else np.concatenate([points[:1], inner, points[-1:]])
    return points


def texture(rng: np.random.Generator, size_hw: tuple[int, int], spread: float) -> NDArray[np.float32]:
    """Cloudy texture with detail at every size: fat, muscle, bowel, vessels."""
    height, width = size_hw
    total = np.zeros((max(2, height // 2), max(2, width // 2)), np.float32)
    for cells, weight in ((6, 1.0), (14, 0.7), (34, 0.45), (80, 0.25)):
        shape = (max(2, cells * height // max(size_hw)), max(2, cells * width // max(size_hw)))
        coarse = rng.standard_normal(shape, np.float32)
        total += np.float32(weight) * cv2.resize(coarse, total.shape[::-1], interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.resize(total, (width, height)) * np.float32(spread), np.float32)


def _fixed(points: NDArray[np.float64]) -> NDArray[np.int32]:
    """OpenCV's fixed-point coordinates, which count from pixel centres."""
    return np.asarray(np.round((points - 0.5) * 2**_SUBPIXEL_BITS), np.int32)


def _window(
    points: NDArray[np.float64], margin: float, size_hw: tuple[int, int]
) -> tuple[NDArray[np.int64], NDArray[np.uint8]] | None:
    """Corner (x, y) and empty mask of the part of a film that ``points`` reach; None beyond the film."""
    # Plain numbers: this runs 150 times a film, and numpy takes microseconds for each handful of them.
    (left, top), (right, bottom) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    first_x, first_y = max(0, floor(left - margin)), max(0, floor(top - margin))
    width = min(size_hw[1], ceil(right + margin)) - first_x
    height = min(size_hw[0], ceil(bottom + margin)) - first_y
    if width <= 0 or height <= 0:
        return None
    return np.array([first_x, first_y]), np.zeros((height, width), np.uint8)


def _add(
    target: NDArray[np.float32], low: NDArray[np.int64], mask: NDArray[np.uint8], depth_mm: float
) -> None:
    height, width = mask.shape
    target[..., low[1] : low[1] + height, low[0] : low[0] + width] += mask * np.float32(depth_mm / 255)
