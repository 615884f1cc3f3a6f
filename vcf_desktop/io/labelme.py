"""Films with vertebrae drawn in Labelme: JSON files of its format 5, one beside each film.

A polygon is the outline of a vertebral body; where none is drawn, a rectangle is its box. The label says in
any order and case, apart by spaces, underscores, hyphens or colons, what is known:

- the level: ``T4``, ``L1``, ``S1`` or ``sacrum``;
- Genant's grade: ``normal``, ``non``, ``mild``, ``moderate``, ``severe``, ``0`` to ``3`` or ``grade0`` to
  ``grade3``;
- the deformity: ``wedge``, ``biconcave``, ``crush`` or ``compression``;
- ``vertebra`` where nothing more is known.

So ``L1``, ``T12 severe wedge`` and ``grade2_crush_T7`` are labels. Shapes of one vertebra share a group id,
which joins to its polygon or rectangle the six points of its heights: point shapes labelled with the names of
:data:`vcf_desktop.geometry.SIX_POINTS`, all six or none.

The patient is the text ``patient`` at the top of the JSON, which Labelme keeps when it saves a file (it keeps
every key that it does not know). Labelme cannot edit it, so a table ``patients.csv`` in the folder, with the
columns ``film`` (the film's file name) and ``patient``, may name patients as well, and wins.

Labelme's coordinates are ours: film pixels from the outer corner of the first pixel.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.errors import VcfError
from vcf_desktop.geometry import SIX_POINTS, polygon_area
from vcf_desktop.io.atomic import replace_files
from vcf_desktop.spine import Deformity, Grade, VertebraLevel

FORMAT_VERSION = "5.5.0"
PATIENTS = "patients.csv"

_LEVELS = {level.label.casefold(): level for level in VertebraLevel} | {"sacrum": VertebraLevel.S1}
_GRADES = {
    word: grade for grade in Grade for word in (grade.name.casefold(), str(int(grade)), f"grade{int(grade)}")
} | {"normal": Grade.NON}
_DEFORMITIES = {
    "wedge": Deformity.WEDGE,
    "biconcave": Deformity.BICONCAVE,
    "crush": Deformity.CRUSH,
    "compression": Deformity.CRUSH,
}
_FILLERS = {"vertebra", "grade"}
_KNOWN_WORDS = _FILLERS.union(_LEVELS, _GRADES, _DEFORMITIES)

_PX_DIGITS = 3
_FAR_PX = 1e6
"""Farther out there is no film: the number is a mistake, as is one that is not finite."""

Meaning = TypeVar("Meaning")


@dataclass(frozen=True, eq=False)
class AnnotatedVertebra:
    """One vertebra as someone drew it; None stands for what was not said.

    Attributes:
        outline_xy: (N, 2) outline of the vertebral body in film pixels; it may leave the film.
        is_outlined: False where only a rectangle was drawn: ``outline_xy`` is then its four corners.
        level: anatomical level. grade: Genant's. deformity: NONE exactly where the grade is NON.
        points_xy: (6, 2) in the order of :data:`vcf_desktop.geometry.SIX_POINTS`, film pixels.
    """

    outline_xy: NDArray[np.float64]
    is_outlined: bool
    level: VertebraLevel | None
    grade: Grade | None
    deformity: Deformity | None
    points_xy: NDArray[np.float64] | None

    @property
    def box_xyxy(self) -> NDArray[np.float64]:
        """(4,) left, top, right, bottom of the outline, film pixels; it may leave the film."""
        return np.concatenate([self.outline_xy.min(axis=0), self.outline_xy.max(axis=0)])


@dataclass(frozen=True, eq=False)
class AnnotatedFilm:
    """One film and what was drawn on it.

    Attributes:
        film_path: the film, which exists.
        patient: whose it is, None where neither the JSON nor the table says so.
        vertebrae: in the order of the file; may be empty.
    """

    film_path: Path
    patient: str | None
    vertebrae: tuple[AnnotatedVertebra, ...]


@dataclass(frozen=True, eq=False)
class _Shape:
    """One shape: ``kind`` polygon, rectangle or point, its label's words, and ``points_xy`` (N, 2)."""

    kind: str
    words: tuple[str, ...]
    points_xy: NDArray[np.float64]
    group: int | None


def labelme_document(
    film_name: str,
    size_hw: tuple[int, int],
    vertebrae: Sequence[AnnotatedVertebra],
    patient: str | None = None,
) -> dict[str, Any]:
    """The JSON object that Labelme reads; see :func:`write_labelme` for the arguments."""
    return {
        "version": FORMAT_VERSION,
        "flags": {},
        "shapes": [
            shape for group, vertebra in enumerate(vertebrae, 1) for shape in _shapes_of(vertebra, group)
        ],
        "imagePath": film_name,
        "imageData": None,
        "imageHeight": size_hw[0],
        "imageWidth": size_hw[1],
    } | ({} if patient is None else {"patient": patient})


def write_labelme(
    path: Path,
    film_name: str,
    size_hw: tuple[int, int],
    vertebrae: Sequence[AnnotatedVertebra],
    patient: str | None = None,
) -> None:
    """Write what :func:`read_labelme` reads, whole or not at all; coordinates are rounded to 0.001 px.

    Args:
        film_name: the film's path as seen from the JSON's folder. Labelme opens 8-bit pictures only.
        size_hw: of the film, pixels.

    Raises:
        OutputError: the file cannot be written.
    """
    document = labelme_document(film_name, size_hw, vertebrae, patient)
    replace_files({path: json.dumps(document, allow_nan=False).encode()})


def read_labelme(path: Path) -> AnnotatedFilm:
    """Read one Labelme JSON.

    Raises:
        VcfError: the file cannot be read, is not Labelme's, names a film that is missing, or holds a shape
            that is not understood; the text says which and what to do.
    """
    document = _load(path)
    if not _is_labelme(document):
        raise VcfError(f"{path.name}: is not a Labelme file; it should hold an object with shapes.")
    return _annotated_film(path, document)


def read_labelme_folder(folder: Path) -> list[AnnotatedFilm]:
    """Every film that a Labelme JSON right in ``folder`` annotates, in the order of the JSON files' names.

    Other JSON files are passed over. Patients of ``patients.csv`` win over those of the JSON files.

    Raises:
        VcfError: the folder holds no Labelme JSON, two of them annotate one film, or one of them or the table
            cannot be used; see :func:`read_labelme`.
    """
    if not folder.is_dir():
        raise VcfError(f"{folder} is not a folder; name the folder with the films and their Labelme files.")
    documents = {path: _load(path) for path in sorted(folder.glob("[!.]*.json"))}
    films = {
        path: _annotated_film(path, document) for path, document in documents.items() if _is_labelme(document)
    }
    if not films:
        raise VcfError(f"{folder} holds no Labelme file; save the annotations beside the films.")
    sources: dict[Path, Path] = {}
    for path, film in films.items():
        other = sources.setdefault(film.film_path.resolve(), path)
        if other != path:
            raise VcfError(f"{other.name} and {path.name} annotate the same film; remove one of them.")
    patients = _read_patients(folder / PATIENTS)
    return [
        AnnotatedFilm(film.film_path, patients.get(film.film_path.name, film.patient), film.vertebrae)
        for film in films.values()
    ]


def _shapes_of(vertebra: AnnotatedVertebra, group: int) -> list[dict[str, Any]]:
    words = ["vertebra"] if vertebra.level is None else [vertebra.level.label]
    if vertebra.grade is not None:
        words.append(vertebra.grade.name.lower())
    if vertebra.deformity not in (None, Deformity.NONE):
        words.append(str(vertebra.deformity))
    corners = vertebra.outline_xy if vertebra.is_outlined else vertebra.box_xyxy.reshape(2, 2)
    shapes = [(" ".join(words), corners, "polygon" if vertebra.is_outlined else "rectangle")]
    if vertebra.points_xy is not None:
        shapes += [
            (name, point[None], "point") for name, point in zip(SIX_POINTS, vertebra.points_xy, strict=True)
        ]
    return [
        {
            "label": label,
            "points": points.astype(float).round(_PX_DIGITS).tolist(),
            "group_id": group,
            "description": "",
            "shape_type": kind,
            "flags": {},
        }
        for label, points, kind in shapes
    ]


def _load(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except OSError as e:
        raise VcfError(f"{path.name}: cannot be read: {e.strerror or e}.") from e
    except (ValueError, RecursionError) as e:
        raise VcfError(f"{path.name}: is not valid JSON ({e}); save it again or remove it.") from e


def _is_labelme(document: Any) -> bool:
    return isinstance(document, dict) and isinstance(document.get("shapes"), list)


def _annotated_film(path: Path, document: Mapping[str, Any]) -> AnnotatedFilm:
    try:
        name, patient = document.get("imagePath"), document.get("patient")
        if not isinstance(name, str) or not name:
            raise ValueError("imagePath is missing; open the film in Labelme and save it again")
        if patient is not None and not isinstance(patient, str):
            raise ValueError("patient is not a text; put it in quotation marks")
        # Labelme on Windows writes backslashes.
        film_path = path.parent / PureWindowsPath(name).as_posix()
        if not _exists(film_path):
            raise ValueError(f"the film {name} is missing; put it where imagePath says")
        return AnnotatedFilm(film_path, patient or None, _vertebrae(document["shapes"]))
    except ValueError as e:
        raise VcfError(f"{path.name}: {e}.") from e


def _exists(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that no file can have
        return False


def _vertebrae(shapes: Sequence[Any]) -> tuple[AnnotatedVertebra, ...]:
    """The vertebrae of all shapes; ValueError says what is wrong with which shape, counted from 1."""
    groups: dict[tuple[str, int], list[_Shape]] = {}
    for number, raw in enumerate(shapes, 1):
        try:
            shape = _shape(raw)
        except ValueError as e:
            raise ValueError(f"shape {number} {e}") from e
        key = ("alone", number) if shape.group is None else ("group", shape.group)
        groups.setdefault(key, []).append(shape)
    vertebrae = []
    for (kind, number), members in groups.items():
        try:
            vertebrae.append(_vertebra(members))
        except ValueError as e:
            raise ValueError(f"{'shape' if kind == 'alone' else 'group id'} {number} {e}") from e
    return tuple(vertebrae)


def _shape(raw: Any) -> _Shape:
    fields = raw if isinstance(raw, dict) else {}
    label, kind, group = fields.get("label"), fields.get("shape_type", "polygon"), fields.get("group_id")
    words = tuple(re.findall(r"[^\s_:-]+", label.casefold())) if isinstance(label, str) else ()
    if not words or not (group is None or isinstance(group, int)):
        raise ValueError("has no label or a group id that is no number; draw it again")
    try:
        points = np.asarray(fields.get("points"), dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as e:
        raise ValueError(f"({label}) has points that are not numbers; draw it again") from e
    if points.ndim != 2 or points.shape[1] != 2 or not (abs(points) < _FAR_PX).all():
        raise ValueError(f"({label}) has points that lie on no film; draw it again")
    least = {"polygon": 3, "rectangle": 2, "point": 1}.get(kind) if isinstance(kind, str) else None
    if least is None:
        raise ValueError(f"({label}) is a {kind}; draw polygons, rectangles and points only")
    if len(points) < least:
        raise ValueError(f"({label}) is a {kind} of fewer than {least} points; draw it again")
    unknown = set() if kind == "point" else set(words) - _KNOWN_WORDS
    if unknown:
        raise ValueError(
            f"({label}) has the unknown word {min(unknown)}; a label is a level such as T12, a grade such as "
            "mild or grade1, a deformity such as wedge, or vertebra"
        )
    return _Shape(kind, words, points, group)


def _vertebra(shapes: Sequence[_Shape]) -> AnnotatedVertebra:
    """The vertebra that one or more shapes of one group show."""
    polygons = [shape.points_xy for shape in shapes if shape.kind == "polygon"]
    boxes = [shape.points_xy for shape in shapes if shape.kind == "rectangle"]
    if len(polygons) > 1 or len(boxes) > 1:
        raise ValueError("holds several vertebrae; give each vertebra a group id of its own")
    if not polygons and not boxes:
        raise ValueError("holds points only; draw the outline of their vertebra and give all one group id")
    outline = polygons[0] if polygons else _corners(boxes[0])
    if polygon_area(outline) == 0.0:
        raise ValueError("has no area; draw it again")
    words = {word for shape in shapes if shape.kind != "point" for word in shape.words}
    grade, deformity = _meaning(words, _GRADES), _meaning(words, _DEFORMITIES)
    if grade is Grade.NON:
        if deformity is not None:
            raise ValueError(f"is labelled both normal and {deformity}; keep one of them")
        deformity = Deformity.NONE
    points = {"_".join(shape.words): shape.points_xy[0] for shape in shapes if shape.kind == "point"}
    count = sum(shape.kind == "point" for shape in shapes)
    if count and (count != len(SIX_POINTS) or points.keys() != set(SIX_POINTS)):
        raise ValueError(f"needs each of the points {', '.join(SIX_POINTS)} once, or none")
    return AnnotatedVertebra(
        outline,
        bool(polygons),
        _meaning(words, _LEVELS),
        grade,
        deformity,
        np.array([points[name] for name in SIX_POINTS]) if points else None,
    )


def _corners(points_xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """Corners (4, 2) of the rectangle that opposite corners, or all four, span."""
    (left, top), (right, bottom) = points_xy.min(axis=0), points_xy.max(axis=0)
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]])


def _meaning(words: set[str], names: Mapping[str, Meaning]) -> Meaning | None:
    """What the words say of one thing, None where they are silent."""
    said = {names[word]: word for word in sorted(words) if word in names}
    if len(said) > 1:
        raise ValueError(f"is labelled both {' and '.join(said.values())}; keep one of them")
    return next(iter(said), None)


def _read_patients(path: Path) -> dict[str, str]:
    """Patients by film name; empty where there is no such table."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if not {"film", "patient"} <= set(reader.fieldnames or ()):
                raise VcfError(f"{path.name}: needs the columns film and patient, apart by commas.")
            rows = [(row["film"], row["patient"]) for row in reader]
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, csv.Error) as e:
        raise VcfError(f"{path.name}: cannot be read as a UTF-8 table with commas ({e}).") from e
    patients: dict[str, str] = {}
    for film, patient in rows:
        if not film or not patient:
            raise VcfError(f"{path.name}: a row lacks its film or its patient; complete or remove it.")
        if patients.setdefault(film, patient) != patient:
            raise VcfError(f"{path.name}: names two patients for {film}; keep the right one.")
    return patients
