"""Labelme files: what is written comes back, what people draw is understood or named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from vcf_desktop.errors import OutputError, VcfError
from vcf_desktop.geometry import SIX_POINTS
from vcf_desktop.io.labelme import AnnotatedVertebra, read_labelme, read_labelme_folder, write_labelme
from vcf_desktop.spine import Deformity, Grade, VertebraLevel

SQUARE = [[10.0, 20.0], [40.0, 20.0], [40.0, 45.5], [10.0, 45.5]]
POINTS = [[10.0, 20.0], [25.0, 21.0], [40.0, 20.0], [10.0, 45.0], [25.0, 44.0], [40.0, 45.0]]


def shape(label: str, points: Any = SQUARE, kind: str = "polygon", group: Any = None) -> dict[str, Any]:
    """A shape as Labelme 5 writes it."""
    return {
        "label": label,
        "points": points,
        "group_id": group,
        "description": "",
        "shape_type": kind,
        "flags": {},
        "mask": None,
    }


def six_shapes(group: Any, count: int = 6) -> list[dict[str, Any]]:
    named = zip(SIX_POINTS, POINTS, strict=True)
    return [shape(name, [point], "point", group) for name, point in named][:count]


def save(folder: Path, *shapes: Any, name: str = "film", **changes: Any) -> Path:
    """A film and its Labelme file with these shapes, as Labelme 5 writes it but for ``changes``."""
    (folder / f"{name}.png").touch()
    document = {
        "version": "5.4.1",
        "flags": {},
        "shapes": list(shapes),
        "imagePath": f"{name}.png",
        "imageData": None,
        "imageHeight": 480,
        "imageWidth": 320,
    }
    path = folder / f"{name}.json"
    path.write_text(json.dumps(document | changes), encoding="utf-8")
    return path


# Round trip

numbers = st.floats(-1e4, 1e4)


@st.composite
def outlines(draw: st.DrawFn) -> NDArray[np.float64]:
    """Outlines with area: points around a centre at growing angles."""
    count = draw(st.integers(3, 12))
    radii = np.array(draw(st.lists(st.floats(0.5, 300), min_size=count, max_size=count)))
    angles = 2 * np.pi * np.arange(count) / count
    rays = np.column_stack([np.cos(angles), np.sin(angles)])
    return np.array([draw(numbers), draw(numbers)]) + radii[:, None] * rays


@st.composite
def vertebrae(draw: st.DrawFn) -> AnnotatedVertebra:
    outline = draw(outlines())
    is_outlined = draw(st.booleans())
    if not is_outlined:
        (left, top), (right, bottom) = outline.min(axis=0), outline.max(axis=0)
        outline = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    grade = draw(st.none() | st.sampled_from(Grade))
    fractures = st.none() | st.sampled_from([Deformity.WEDGE, Deformity.BICONCAVE, Deformity.CRUSH])
    deformity = Deformity.NONE if grade is Grade.NON else draw(fractures)
    points = draw(st.none() | st.lists(st.tuples(numbers, numbers), min_size=6, max_size=6))
    return AnnotatedVertebra(
        outline,
        is_outlined,
        draw(st.none() | st.sampled_from(VertebraLevel)),
        grade,
        deformity,
        None if points is None else np.array(points),
    )


@given(
    drawn=st.lists(vertebrae(), max_size=4),
    patient=st.none() | st.text(st.characters(codec="utf-8"), min_size=1),
)
def test_that_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[AnnotatedVertebra], patient: str | None
) -> None:
    folder = tmp_path_factory.mktemp("films")
    (folder / "film.png").touch()
    write_labelme(folder / "film.json", "film.png", (480, 320), drawn, patient)
    film = read_labelme(folder / "film.json")
    assert (film.film_path, film.patient) == (folder / "film.png", patient)
    for one, other in zip(film.vertebrae, drawn, strict=True):
        assert (one.level, one.grade, one.deformity) == (other.level, other.grade, other.deformity)
        assert one.is_outlined == other.is_outlined
        np.testing.assert_allclose(one.outline_xy, other.outline_xy, atol=5.1e-4, rtol=0)
        assert (one.points_xy is None) == (other.points_xy is None)
        if one.points_xy is not None and other.points_xy is not None:
            np.testing.assert_allclose(one.points_xy, other.points_xy, atol=5.1e-4, rtol=0)


def test_that_a_written_file_has_what_labelme_demands(tmp_path: Path) -> None:
    vertebra = AnnotatedVertebra(
        np.array(SQUARE), True, VertebraLevel.L1, Grade.MILD, Deformity.WEDGE, np.array(POINTS)
    )
    write_labelme(tmp_path / "film.json", "film.png", (480, 320), [vertebra], "Müller")
    data = (tmp_path / "film.json").read_bytes()
    # Labelme 5.0 reads with the encoding of the computer.
    document = json.loads(data.decode("ascii"))
    assert document["version"].startswith("5.")
    assert (document["imagePath"], document["imageData"]) == ("film.png", None)
    assert (document["imageHeight"], document["imageWidth"]) == (480, 320)
    assert document["flags"] == {}
    assert [s["label"] for s in document["shapes"]] == ["L1 mild wedge", *SIX_POINTS]
    assert [s["shape_type"] for s in document["shapes"]] == ["polygon", *["point"] * 6]
    for written in document["shapes"]:
        assert written.keys() == shape("").keys() - {"mask"}
        assert (written["group_id"], written["description"], written["flags"]) == (1, "", {})
        assert all(isinstance(x, float) for point in written["points"] for x in point)


def test_that_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "film.json").mkdir()
    with pytest.raises(OutputError, match=r"film\.json: cannot be written"):
        write_labelme(tmp_path / "film.json", "film.png", (480, 320), [])
    assert [path.name for path in tmp_path.iterdir()] == ["film.json"]


# What people draw


@pytest.mark.parametrize(
    ("label", "level", "grade", "deformity"),
    [
        ("vertebra", None, None, None),
        ("L1", VertebraLevel.L1, None, None),
        ("t12", VertebraLevel.T12, None, None),
        ("Sacrum", VertebraLevel.S1, None, None),
        ("L1 normal", VertebraLevel.L1, Grade.NON, Deformity.NONE),
        ("L1_grade0", VertebraLevel.L1, Grade.NON, Deformity.NONE),
        ("non", None, Grade.NON, Deformity.NONE),
        ("mild", None, Grade.MILD, None),
        ("2", None, Grade.MODERATE, None),
        ("T12 severe wedge", VertebraLevel.T12, Grade.SEVERE, Deformity.WEDGE),
        ("grade2_crush_T7", VertebraLevel.T7, Grade.MODERATE, Deformity.CRUSH),
        ("Vertebra: L4 - Grade 3 - Compression", VertebraLevel.L4, Grade.SEVERE, Deformity.CRUSH),
        ("BICONCAVE:mild:grade1:T8", VertebraLevel.T8, Grade.MILD, Deformity.BICONCAVE),
    ],
)
def test_that_labels_say_level_grade_and_deformity_in_any_order(
    tmp_path: Path,
    label: str,
    level: VertebraLevel | None,
    grade: Grade | None,
    deformity: Deformity | None,
) -> None:
    (vertebra,) = read_labelme(save(tmp_path, shape(label))).vertebrae
    assert (vertebra.level, vertebra.grade, vertebra.deformity) == (level, grade, deformity)


@pytest.mark.parametrize("corners", [[[40, 45.5], [10, 20]], [[10, 45.5], [40, 20]], SQUARE[::-1]])
def test_that_a_rectangle_stands_for_the_outline(tmp_path: Path, corners: list[list[float]]) -> None:
    (vertebra,) = read_labelme(save(tmp_path, shape("L2", corners, "rectangle"))).vertebrae
    assert not vertebra.is_outlined
    np.testing.assert_array_equal(vertebra.outline_xy, SQUARE)
    np.testing.assert_array_equal(vertebra.box_xyxy, [10, 20, 40, 45.5])


def test_that_shapes_of_one_group_are_one_vertebra(tmp_path: Path) -> None:
    box = shape("grade 2", [[0, 0], [60, 60]], "rectangle", 7)
    one, two = read_labelme(
        save(tmp_path, *six_shapes(7)[::-1], box, shape("L1"), shape("T11 wedge", SQUARE, "polygon", 7))
    ).vertebrae
    assert (one.level, one.grade, one.deformity) == (VertebraLevel.T11, Grade.MODERATE, Deformity.WEDGE)
    assert one.is_outlined
    np.testing.assert_array_equal(one.outline_xy, SQUARE)
    np.testing.assert_array_equal(one.points_xy, POINTS)
    assert (two.level, two.points_xy) == (VertebraLevel.L1, None)


def test_that_points_may_be_named_with_spaces_and_capitals(tmp_path: Path) -> None:
    points = [s | {"label": s["label"].replace("_", " ").title()} for s in six_shapes(1)]
    (vertebra,) = read_labelme(save(tmp_path, shape("L1", group=1), *points)).vertebrae
    np.testing.assert_array_equal(vertebra.points_xy, POINTS)


def test_that_a_film_may_lie_elsewhere_and_be_named_as_windows_does(tmp_path: Path) -> None:
    for folder in ("films", "labels"):
        (tmp_path / folder).mkdir()
    (tmp_path / "films" / "7.dcm").touch()
    film = read_labelme(save(tmp_path / "labels", imagePath="..\\films\\7.dcm"))
    assert film.film_path.samefile(tmp_path / "films" / "7.dcm")
    assert film.vertebrae == ()


@pytest.mark.parametrize(
    ("shapes", "sentence"),
    [
        ([shape("disc")], r"shape 1 \(disc\) has the unknown word disc; a label is a level such as T12"),
        ([shape("L1"), shape("L7")], r"shape 2 \(L7\) has the unknown word l7"),
        ([shape(" - ")], "shape 1 has no label"),
        ([shape("T12 L1")], "shape 1 is labelled both t12 and l1|shape 1 is labelled both l1 and t12"),
        ([shape("L1 mild 2")], "is labelled both 2 and mild; keep one of them"),
        ([shape("L1 normal wedge")], "is labelled both normal and wedge"),
        ([shape("L1", SQUARE[:2])], r"shape 1 \(L1\) is a polygon of fewer than 3 points"),
        ([shape("L1", SQUARE[:1], "rectangle")], "rectangle of fewer than 2 points"),
        ([shape("L1", [SQUARE[0]] * 3)], "shape 1 has no area"),
        ([shape("L1", [[0, 0], [0, 9]], "rectangle")], "shape 1 has no area"),
        ([shape("L1", [[0, 0], [float("nan"), 9], [9, 9]])], "has points that lie on no film"),
        ([shape("L1", [[0, 0], [1e300, 9], [9, 9]])], "has points that lie on no film"),
        ([shape("L1", [0, 1, 2])], "has points that lie on no film"),
        ([shape("L1", [[0, 1], [2]])], "has points that are not numbers"),
        ([shape("L1", SQUARE, "circle")], "is a circle; draw polygons, rectangles and points only"),
        ([shape("L1", group="one")], "a group id that is no number"),
        ([shape("L1", group=4), shape("L2", group=4)], "group id 4 holds several vertebrae"),
        (six_shapes(4), "group id 4 holds points only"),
        (six_shapes(None, 1), "shape 1 holds points only"),
        ([shape("L1", group=4), *six_shapes(4, 5)], "group id 4 needs each of the points anterior_superior,"),
        ([shape("L1", group=4), *six_shapes(4), *six_shapes(4, 1)], "once, or none"),
        ([shape("L1", group=4), shape("tip", [[1, 1]], "point", 4)], "group id 4 needs each of the points"),
        (["L1"], "shape 1 has no label"),
    ],
)
def test_that_a_shape_that_is_not_understood_is_named(
    tmp_path: Path, shapes: list[Any], sentence: str
) -> None:
    with pytest.raises(VcfError, match=r"^film\.json: .*(" + sentence + ")"):
        read_labelme(save(tmp_path, *shapes))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"imagePath": None}, "imagePath is missing; open the film in Labelme and save it again"),
        ({"imagePath": "gone.png"}, r"the film gone\.png is missing; put it where imagePath says"),
        ({"imagePath": "x" * 5000}, "is missing"),
        ({"imagePath": "a\0b"}, "is missing"),
        ({"imagePath": "."}, "is missing"),
        ({"patient": 12}, "patient is not a text; put it in quotation marks"),
        ({"shapes": None}, "is not a Labelme file"),
    ],
)
def test_that_a_file_that_cannot_be_used_is_named(
    tmp_path: Path, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(VcfError, match=r"^film\.json: .*" + sentence):
        read_labelme(save(tmp_path, **changes))


def test_that_a_file_that_is_missing_or_no_json_is_named(tmp_path: Path) -> None:
    with pytest.raises(VcfError, match=r"^none\.json: cannot be read: No such file"):
        read_labelme(tmp_path / "none.json")
    for content in (b"{", b"\xff\xff", b"[" * 100_000):
        (tmp_path / "film.json").write_bytes(content)
        with pytest.raises(VcfError, match=r"^film\.json: is not valid JSON"):
            read_labelme(tmp_path / "film.json")


anything: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(
    key=st.sampled_from(sorted(shape(""))),
    value=anything,
    top=st.sampled_from(["imagePath", "patient", "shapes", "flags"]),
    top_value=anything,
    whole=st.booleans(),
)
def test_that_a_damaged_file_is_an_error_with_its_name_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, key: str, value: Any, top: str, top_value: Any, whole: bool
) -> None:
    folder = tmp_path_factory.mktemp("films")
    damaged = shape("L1 mild", group=1) | {key: value}
    path = save(folder, damaged, *six_shapes(1), **({top: top_value} if whole else {}))
    try:
        film = read_labelme(path)
    except VcfError as e:
        assert str(e).startswith("film.json: ")  # noqa: PT017
    else:
        assert all(np.isfinite(vertebra.outline_xy).all() for vertebra in film.vertebrae)


# Folders


def test_that_a_folder_gives_its_films_by_name_and_passes_other_files_over(tmp_path: Path) -> None:
    for name in ("b", "a", "c"):
        save(tmp_path, shape("L1"), name=name)
    (tmp_path / "a.analysis.json").write_text('{"schema": "vcf-desktop/analysis/1"}')
    (tmp_path / "list.json").write_text("[]")
    (tmp_path / "._b.json").write_bytes(b"\0\5\x16\7")
    films = read_labelme_folder(tmp_path)
    assert [film.film_path.name for film in films] == ["a.png", "b.png", "c.png"]
    assert all(len(film.vertebrae) == 1 for film in films)


def test_that_a_folder_without_annotations_is_named(tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text("[]")
    with pytest.raises(VcfError, match=f"{tmp_path.name} holds no Labelme file"):
        read_labelme_folder(tmp_path)
    with pytest.raises(VcfError, match=r"list\.json is not a folder"):
        read_labelme_folder(tmp_path / "list.json")


def test_that_two_annotations_of_one_film_are_named(tmp_path: Path) -> None:
    save(tmp_path, name="a")
    save(tmp_path, name="copy", imagePath="./a.png")
    with pytest.raises(VcfError, match=r"^a\.json and copy\.json annotate the same film; remove one"):
        read_labelme_folder(tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_that_the_table_of_patients_wins(tmp_path: Path, encoding: str) -> None:
    for name, patient in (("a", "from JSON"), ("b", "from JSON"), ("c", None)):
        save(tmp_path, name=name, patient=patient)
    table = "patient,film,age\nMüller,a.png,77\nMeyer,not there.png,1\n"
    (tmp_path / "patients.csv").write_text(table, encoding=encoding)
    assert [film.patient for film in read_labelme_folder(tmp_path)] == ["Müller", "from JSON", None]


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (b"", "needs the columns film and patient, apart by commas"),
        (b"film;patient\na.png;1\n", "needs the columns film and patient"),
        (b"film,patient\na.png,1\na.png,2\n", r"names two patients for a\.png"),
        (b"film,patient\na.png\n", "a row lacks its film or its patient"),
        (b"film,patient\n,1\n", "a row lacks its film or its patient"),
        (b"film,patient\na.png,M\xfcller\n", "cannot be read as a UTF-8 table"),
        (b'film,patient\na.png,"1\n', "cannot be read as a UTF-8 table"),
    ],
)
def test_that_a_table_that_cannot_be_used_is_named(tmp_path: Path, table: bytes, sentence: str) -> None:
    save(tmp_path, name="a")
    (tmp_path / "patients.csv").write_bytes(table)
    with pytest.raises(VcfError, match=r"^patients\.csv: " + sentence):
        read_labelme_folder(tmp_path)
