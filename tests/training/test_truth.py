"""Films whose vertebrae are known, from their three sources."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from vcf_desktop.errors import VcfError
from vcf_desktop.io.labelme import AnnotatedVertebra, write_labelme
from vcf_desktop.simulation import people
from vcf_desktop.simulation.anatomy import Anatomy
from vcf_desktop.spine import Deformity, Grade, VertebraLevel
from vcf_desktop.training import truth
from vcf_desktop.training.split import Part, Row, write_split
from vcf_desktop.training.truth import CORNERS, corner_labelled, judged_levels, labelme_films, simulated


def write_film(path: Path) -> None:
    cv2.imwrite(str(path), np.random.default_rng(0).integers(0, 255, (50, 40), dtype=np.uint8))


def test_that_corner_labels_are_read_in_their_order(tmp_path: Path) -> None:
    write_film(tmp_path / "a.png")
    labels = {"C7": [[9, 1], [5, 2], [5, 8], [9, 7]], "S1_endplate": [[1, 1], [2, 2]]}
    (tmp_path / "corners.json").write_text(json.dumps({"a.png": {"corners_xy": labels}}), encoding="utf-8")
    ((film, (vertebra,)),) = corner_labelled(tmp_path / "corners.json")
    assert (film.height_px, film.width_px) == (50, 40)
    assert vertebra.level is VertebraLevel.C7
    assert vertebra.points_xy is not None
    np.testing.assert_array_equal(vertebra.points_xy[CORNERS], [[5, 2], [9, 1], [5, 8], [9, 7]])
    assert np.isnan(vertebra.points_xy[[1, 4]]).all()
    np.testing.assert_array_equal(vertebra.box_xyxy, [5, 1, 9, 8])


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"a.png": {}}',
        '{"a.png": {"corners_xy": []}}',
        '{"a.png": {"corners_xy": {"L1": 3}}}',
        '{"a.png": {"corners_xy": {"L1": [[1, 2], [3, 4], [5, 6]]}}}',
        '{"a.png": {"corners_xy": {"L1": [[1, 2], [3, 4], [5, 6], [7, "x"]]}}}',
        '{"a.png": {"corners_xy": {"L1": [[1, 2], [3, 4], [5, 6], [7, NaN]]}}}',
    ],
)
def test_that_a_damaged_label_file_is_named(content: str, tmp_path: Path) -> None:
    (tmp_path / "corners.json").write_text(content, encoding="utf-8")
    with pytest.raises(VcfError, match=r"corners\.json: is not a file of corner labels"):
        list(corner_labelled(tmp_path / "corners.json"))


def test_that_a_label_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(VcfError, match=r"none\.json: cannot be read: No such file"):
        list(corner_labelled(tmp_path / "none.json"))


def test_that_annotated_films_are_those_of_the_wanted_part(tmp_path: Path) -> None:
    outline = np.array([[5.0, 5], [20, 5], [20, 18], [5, 18]])
    drawn = AnnotatedVertebra(outline, True, VertebraLevel.L2, Grade.MILD, Deformity.WEDGE, None)
    boxed = AnnotatedVertebra(np.add(outline, [0, 20]), False, None, None, None, None)
    for name in ("a", "b", "c"):
        write_film(tmp_path / f"{name}.png")
        write_labelme(tmp_path / f"{name}.json", f"{name}.png", (50, 40), [drawn, boxed])
    split = tmp_path / "split.csv"
    write_split(split, [Row(f"{n}.png", n, p) for n, p in zip("abc", Part, strict=True)])
    assert len(list(labelme_films(tmp_path))) == 3
    ((film, vertebrae),) = labelme_films(tmp_path, split, Part.TEST)
    assert film.path.name == "c.png"
    assert [vertebra.level for vertebra in vertebrae] == [VertebraLevel.L2, None]
    assert [vertebra.grade for vertebra in vertebrae] == [Grade.MILD, None]
    assert [vertebra.outline_xy is None for vertebra in vertebrae] == [False, True]
    np.testing.assert_array_equal(vertebrae[1].box_xyxy, [5, 25, 20, 38])


def test_that_a_split_of_other_films_is_refused(tmp_path: Path) -> None:
    outline = np.array([[5.0, 5], [20, 5], [20, 18]])
    write_film(tmp_path / "a.png")
    drawn = AnnotatedVertebra(outline, True, None, None, None, None)
    write_labelme(tmp_path / "a.json", "a.png", (50, 40), [drawn])
    split = tmp_path / "split.csv"
    write_split(split, [Row("other.png", "p", Part.TEST)])
    with pytest.raises(VcfError, match=r"split\.csv names other\.png, which .* does not hold"):
        list(labelme_films(tmp_path, split))


def test_that_simulated_films_depend_on_seed_and_number_alone() -> None:
    (first, vertebrae), (second, _) = simulated(None, 5, 2)
    ((again, _),) = simulated(None, 5, 1)
    np.testing.assert_array_equal(first.pixels, again.pixels)
    assert not np.array_equal(first.pixels, second.pixels)
    assert vertebrae
    assert all(v.outline_xy is not None and v.points_xy is not None for v in vertebrae)


def test_that_films_of_the_lumbar_anatomy_show_and_judge_the_lumbar_spine(
    anatomy: Anatomy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("vertebra_L1.obj", "pelvis.obj"):
        (tmp_path / name).touch()
    monkeypatch.setattr(people, "load_lumbar_anatomy", lambda _: anatomy)
    lumbar = judged_levels(tmp_path)
    assert [VertebraLevel(level).label for level in lumbar] == ["L1", "L2", "L3", "L4", "L5"]
    assert VertebraLevel.T4 in judged_levels(None)
    for _, vertebrae in simulated(tmp_path, 0, 3):
        assert sum(v.level in lumbar for v in vertebrae) >= truth.FEWEST_LUMBAR
