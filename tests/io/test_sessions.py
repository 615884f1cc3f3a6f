"""Saved reviews: all of a review comes back, no failure loses one, and a signed version stays as it was."""

from __future__ import annotations

import contextlib
import copy
import errno
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vcf_desktop.errors import OutputError, ReviewIncompleteError, SessionDamagedError, SessionError
from vcf_desktop.film import DisplayPixels, Film, Orientation, SpacingSource, StudyInfo
from vcf_desktop.geometry import Heights
from vcf_desktop.io.sessions import (
    FilmRecord,
    Session,
    SessionStore,
    load_session,
    session_document,
    session_from,
)
from vcf_desktop.review import (
    Cause,
    FirstReading,
    Mark,
    Measure,
    MeasureKind,
    ReaderGrade,
    Review,
    moved_contour,
    moved_point,
)
from vcf_desktop.spine import Analysis, Deformity, Grade, ModelRecord, Ratios, VertebraFinding, VertebraLevel
from vcf_desktop.trail import (
    Signature,
    TrailEntry,
    changes,
)

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
FILM = FilmRecord("a" * 64, Path("/films/film.dcm"), 0, "1.2.840.1", 1.25)


def finding(level: str = "L1", top: float = 100.0, **fields_: Any) -> VertebraFinding:
    turn = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    centre = np.array([230.123456, top + 20])
    corners = np.array([[-30, -20], [0, -20], [30, -20], [-30, 20], [0, 20], [30, 20]])
    made = VertebraFinding(
        level=VertebraLevel[level],
        level_confidence=0.912345678,
        box_xyxy=np.array([200.00004, top, 260.0, top + 40.0]),
        score=0.8,
        contour_xy=centre + 25.0 * np.stack([np.cos(turn), np.sin(turn)], axis=1),
        points_xy=centre + corners,
        heights_px=Heights(40.0004, 39.5, 41.0),
        heights_mm=Heights(6.0, 5.9, 6.1),
        ratios=Ratios(0.97, 0.95, None),
        grade=Grade.MODERATE,
        grade_probabilities=np.array([0.1, 0.2, 0.6, 0.1]),
        morphometric_grade=Grade.MILD,
        deformity=Deformity.WEDGE,
        warnings=("Look at it.",),
    )
    return replace(made, **fields_)


def analysis(*findings: VertebraFinding) -> Analysis:
    models = (
        ModelRecord("detector", "1.2", "c" * 64, "onnx", "cpu"),
        ModelRecord("segmenter", "1.0", "d" * 64, "torch", "cuda"),
    )
    return Analysis(
        "a" * 64, findings, models, NOON, {"detect": 0.25, "total": 0.5}, ("The levels are assumed.",)
    )


def full_session() -> Session:
    """A session in which everything that can be said is said once."""
    machine = analysis(
        finding("T11", 0), finding("T12", 50, heights_mm=None, ratios=Ratios(1.0, 1.0, 0.8)), finding("L1")
    )
    empty = Review(
        first_reading=FirstReading(
            (Mark(12.5, 30.25, ReaderGrade.MILD), Mark(1.0, 2.0, ReaderGrade.SEVERE)),
            "Ada",
            NOON,
            recorded=True,
        )
    )
    review = empty.with_analysis(machine)
    review = review.accepted(1, "Ada", NOON)
    review = review.graded(2, ReaderGrade.EQUIVOCAL, "Bén 李", NOON + timedelta(seconds=1.5))
    review = review.rejected(3, "Ada", NOON.astimezone(timezone(timedelta(hours=5, minutes=30))))
    review = review.with_added(finding("L2", 150, warnings=()))
    review = review.with_drawn([200, 210, 250, 240], VertebraLevel.L6, anterior_is_left=False)
    review = review.with_vertebra(moved_point(review.vertebra(1), 2, (261.98765, 0.5)))
    review = review.with_vertebra(moved_contour(review.vertebra(4), 7, (231.5, 210.123), 1.25))
    review = review.with_vertebra(
        replace(review.vertebra(2), deformity=Deformity.CRUSH, cause=Cause.SCHMORL, note="„alt“\n骨折 ")
    )
    review = review.renamed(2, VertebraLevel.T13)
    review = replace(
        review,
        measures=(
            Measure(MeasureKind.LENGTH, np.array([[1.0, 2.0], [3.5, 4.25]])),
            Measure(MeasureKind.ANGLE, np.array([[1.0, 2.0], [3.5, 4.25], [5.0, 6.0]])),
            Measure(MeasureKind.COBB, np.array([[1.0, 2.0], [3.5, 4.25], [5.0, 6.0], [7.0, 8.0]])),
        ),
    )
    return Session(
        film=FILM,
        review=review,
        trail=(
            TrailEntry(NOON, "Ada", "analysis", changes(Review(), empty.with_analysis(machine))),
            TrailEntry(NOON, "Ada", "edit", changes(empty.with_analysis(machine), review)),
            TrailEntry(NOON, "Ada", "undo edit", ()),
        ),
        signatures=(Signature(1, "Ada", NOON), Signature(2, "Ben", NOON)),
        locked=True,
        shown=frozenset({1, 2, 5}),
        orientation=Orientation(3, True),
    )


FULL = full_session()


def decided(review: Review) -> Review:
    """With every vertebra that nobody has decided about graded by Ada."""
    for vertebra in review.undecided:
        review = review.graded(vertebra.key, ReaderGrade.MILD, "Ada", NOON)
    return review


UNSIGNED = replace(FULL, review=decided(FULL.review), signatures=(), locked=False)


def parts(value: Any, place: str = "session") -> Iterator[tuple[str, Any]]:
    """All plain values and arrays of a tree of dataclasses, mappings and tuples, each with its place."""
    if is_dataclass(value):
        yield place, type(value)
        for field in fields(value):
            yield from parts(getattr(value, field.name), f"{place}.{field.name}")
    elif isinstance(value, Mapping):
        yield place, sorted(value)
        for key in value:
            yield from parts(value[key], f"{place}[{key}]")
    elif isinstance(value, tuple):
        yield place, len(value)
        for index, item in enumerate(value):
            yield from parts(item, f"{place}[{index}]")
    else:
        yield place, value


def assert_same(one: Session, other: Session) -> None:
    """Equal in every part, numbers within what is saved of them."""
    parts_of_one, parts_of_other = list(parts(one)), list(parts(other))
    assert [place for place, _ in parts_of_one] == [place for place, _ in parts_of_other]
    for (place, expected), (_, value) in zip(parts_of_one, parts_of_other, strict=True):
        if isinstance(expected, np.ndarray):
            assert value.shape == expected.shape, place
            assert value.dtype == np.float64, place
            np.testing.assert_allclose(value, expected, rtol=0, atol=0.00051, err_msg=place)
        elif isinstance(expected, float):
            assert value == pytest.approx(expected, rel=0, abs=0.00051 if "heights" in place else 6e-7), place
        else:
            assert value == expected, place
            if ".changes" not in place:  # their words may have been names of types or causes
                assert type(value) is type(expected), place


def read_again(session: Session) -> Session:
    return session_from(json.loads(json.dumps(session_document(session), allow_nan=False)))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# -- There and back ------------------------------------------------------------------------------------------


def test_that_every_part_of_a_session_comes_back(tmp_path: Path) -> None:
    store = SessionStore(tmp_path / "made" / "by the first save")
    assert store.load(FILM) is None
    store.save(FULL)
    loaded = store.load(FILM)
    assert loaded is not None
    assert_same(FULL, loaded)


def test_that_a_review_by_hand_comes_back_as_it_was() -> None:
    assert_same(Session(FILM, Review()), read_again(Session(FILM, Review())))
    drawn = Review().with_drawn([1, 2, 3, 4], VertebraLevel.C7, anterior_is_left=True)
    assert_same(Session(FILM, drawn), read_again(Session(FILM, drawn)))


def test_that_loaded_vertebrae_hold_the_findings_of_the_loaded_analysis() -> None:
    review = read_again(FULL).review
    assert review.analysis is not None
    assert [review.vertebra(key).machine for key in (1, 2, 3)] == list(review.analysis.findings)
    examined = review.vertebra(4).machine
    assert examined is not None
    assert examined.level is VertebraLevel.L2
    assert all(examined is not found for found in review.analysis.findings)
    assert review.vertebra(5).machine is None


def test_that_shapes_the_reader_left_alone_are_those_of_the_machine() -> None:
    review = read_again(FULL).review
    moved = {(v.key, name) for v in review.vertebrae if v.machine for name in ("contour_xy", "points_xy")} - {
        (v.key, name)
        for v in review.vertebrae
        for name in ("contour_xy", "points_xy")
        if getattr(v, name) is getattr(v.machine, name, None)
    }
    assert moved == {(1, "points_xy"), (4, "contour_xy"), (4, "points_xy")}
    assert review.vertebra(3).box_xyxy is getattr(review.vertebra(3).machine, "box_xyxy", None)


def test_that_saving_again_what_was_loaded_changes_nothing() -> None:
    once = read_again(FULL)
    assert session_document(read_again(once)) == session_document(once)


numbers = st.floats(-1e5, 1e5)
moments = st.datetimes(
    min_value=datetime(1990, 1, 1),
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=-3, minutes=-30))]),
)
people = st.text(max_size=8)
level_names = st.sampled_from([level.name for level in VertebraLevel])


@st.composite
def reviews(draw: st.DrawFn) -> Review:
    """Findings, drawn and examined boxes in any number, edited in any way."""
    levels = draw(st.lists(level_names, max_size=3))
    review = Review()
    if draw(st.booleans()):
        found = [finding(level, 50.0 * i, score=draw(st.floats(0, 1))) for i, level in enumerate(levels)]
        review = review.with_analysis(analysis(*found))
    for level in draw(st.lists(level_names, max_size=2)):
        top = draw(numbers)
        if draw(st.booleans()):
            review = review.with_added(finding(level, top))
        else:
            review = review.with_drawn((0, top, 40, top + 30), VertebraLevel[level], draw(st.booleans()))
    for vertebra in review.vertebrae:
        reader, at = draw(people), draw(moments)
        if draw(st.booleans()):
            review = review.graded(vertebra.key, draw(st.sampled_from(ReaderGrade)), reader, at)
        elif draw(st.booleans()):
            review = review.rejected(vertebra.key, reader, at)
        edited = replace(
            review.vertebra(vertebra.key),
            note=draw(people),
            cause=draw(st.none() | st.sampled_from(Cause)),
            deformity=draw(st.none() | st.sampled_from(Deformity)),
        )
        if draw(st.booleans()):
            edited = moved_point(edited, draw(st.integers(0, 5)), (draw(numbers), draw(numbers)))
        review = review.with_vertebra(edited)
    reading = st.builds(
        FirstReading,
        st.lists(st.builds(Mark, numbers, numbers, st.sampled_from(ReaderGrade)), max_size=2).map(tuple),
        people,
        moments,
        st.booleans(),
    )
    return replace(review, first_reading=draw(st.none() | reading))


@given(
    reviews(),
    st.lists(st.builds(Signature, st.integers(1, 9), people, moments), max_size=2).map(tuple),
    st.builds(FilmRecord, people, people.map(Path), st.integers(0, 99), people, st.sampled_from([1.0, 1.37])),
    st.builds(Orientation, st.integers(0, 3), st.booleans()),
    st.frozensets(st.integers(1, 99), max_size=3),
    people,
)
@settings(max_examples=60)
def test_that_any_session_comes_back(
    review: Review,
    signatures: tuple[Signature, ...],
    film: FilmRecord,
    orientation: Orientation,
    shown: frozenset[int],
    action: str,
) -> None:
    trail = (TrailEntry(NOON, "Ada", action, changes(Review(), review)),)
    session = Session(film, review, trail, signatures, bool(signatures), shown, orientation)
    again = read_again(session)
    # Marks are not rounded, and coordinates are.
    assert again.review.first_reading == review.first_reading
    assert_same(session, again)


def test_that_what_is_loaded_belongs_to_the_film_where_it_lies_now(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    store.save(FULL)
    moved = replace(FILM, path=Path("/elsewhere/copy.dcm"))
    loaded = store.load(moved)
    assert loaded is not None
    assert loaded.film == moved
    assert load_session(store.path_of(moved)).film == FILM


def test_that_frames_of_one_file_have_reviews_of_their_own(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    store.save(FULL)
    second = replace(FILM, frame=1)
    assert store.load(second) is None
    store.save(Session(second, Review()))
    loaded = [store.load(film) for film in (FILM, second)]
    assert [session and len(session.review.vertebrae) for session in loaded] == [5, 0]


@pytest.mark.skipif(os.name == "nt", reason="file names are Unicode there")
def test_that_a_path_that_is_no_unicode_is_saved(tmp_path: Path) -> None:
    odd = replace(FILM, path=Path(os.fsdecode(b"/films/\xff.dcm")))
    store = SessionStore(tmp_path)
    store.save(replace(FULL, film=odd))
    assert load_session(store.path_of(odd)).film == odd


def test_that_a_file_names_the_film_and_no_patient(tmp_path: Path) -> None:
    study = StudyInfo(
        patient_name="Muster^Erika", patient_id="PAT-4711", sop_uid="1.2.840.1", accession_number="ACC-1"
    )
    pixels = np.zeros((4, 4), np.float32)
    film = Film(
        *(pixels, None, (0.1, 0.1), SpacingSource.CALIBRATED, 1.25, "a" * 64, Path("/films/film.dcm"), study),
        DisplayPixels(pixels),
    )
    record = FilmRecord(film.sha256, film.path, film.frame, study.sop_uid, film.row_to_column)
    store = SessionStore(tmp_path)
    store.sign(replace(UNSIGNED, film=record), "Ada", NOON)
    written = b"\n".join([*(name.encode() for name in contents(tmp_path)), *contents(tmp_path).values()])
    for secret in ("Muster", "Erika", "4711", "ACC-1"):
        assert secret.encode() not in written
    names = set(session_document(FULL)["film"])
    assert names == {"sha256", "path", "frame", "sop_uid", "row_to_column"}


def test_that_numbers_that_are_none_are_never_written(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    store.save(FULL)
    before = contents(tmp_path)
    bad = FULL.review.with_vertebra(moved_point(FULL.review.vertebra(1), 0, (float("nan"), 0)))
    with pytest.raises(ValueError, match="JSON compliant"):
        store.save(replace(FULL, review=bad))
    assert contents(tmp_path) == before


# -- Failing writes ------------------------------------------------------------------------------------------


def fail_with_full_disk(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace"])
@pytest.mark.parametrize("moved", [False, True])
def test_that_a_failed_save_leaves_the_old_review(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, moved: bool
) -> None:
    store = SessionStore(tmp_path)
    store.save(FULL)
    before = contents(tmp_path)
    film = replace(FILM, path=Path("/elsewhere/copy.dcm")) if moved else FILM
    monkeypatch.setattr(step, fail_with_full_disk)
    with pytest.raises(OutputError, match="cannot be written: No space left on device"):
        store.save(Session(film, Review()))
    assert contents(tmp_path) == before


def test_that_a_save_that_was_killed_leaves_the_old_review(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SessionStore(tmp_path)
    store.save(FULL)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        store.save(Session(FILM, Review()))
    loaded = store.load(FILM)
    assert loaded is not None
    assert_same(FULL, loaded)


def test_that_a_half_written_file_of_a_killed_program_is_not_taken_for_a_review(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    store.save(FULL)
    part = tmp_path / f".{store.path_of(FILM).name}.1.part"
    part.write_bytes(store.path_of(FILM).read_bytes()[:100])
    loaded = store.load(FILM)
    assert loaded is not None
    assert_same(FULL, loaded)


def test_that_a_folder_that_cannot_be_made_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "reviews").write_bytes(b"")
    store = SessionStore(tmp_path / "reviews")
    with pytest.raises(OutputError, match="reviews: cannot be written"):
        store.save(FULL)
    with pytest.raises(OutputError, match="reviews: cannot be written"):
        store.sign(UNSIGNED, "Ada", NOON)


# -- Damaged files -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("damaged") / "review.json"


def containers(part: Any) -> list[Any]:
    """Every object and list of a JSON value that holds something."""
    items = part.values() if isinstance(part, dict) else part if isinstance(part, list) else []
    here = [part] if items else []
    return here + [found for item in items for found in containers(item)]


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 30),
    st.sampled_from([10**400, -(10**6), float("nan"), float("inf"), 1e6, -0.5, "", "L1", "2", "wedge"]),
    st.text(max_size=3),
)
json_values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
PLAIN = json.loads(json.dumps(session_document(FULL)))
SMALL = copy.deepcopy(PLAIN)
for _holder in containers(SMALL):
    # Few coordinates, so that the other parts are hit as well.
    if isinstance(_holder, dict) and "contour_xy" in _holder:
        _holder["contour_xy"] = _holder["contour_xy"][:4]


@given(st.data())
@settings(max_examples=400)
def test_that_a_damaged_value_is_refused_or_makes_another_whole_session(
    damaged: Path, data: st.DataObject
) -> None:
    document = copy.deepcopy(SMALL)
    for _ in range(data.draw(st.integers(1, 2))):
        holder = data.draw(st.sampled_from(containers(document)))
        key = data.draw(st.sampled_from(list(holder) if isinstance(holder, dict) else range(len(holder))))
        if data.draw(st.booleans()):
            holder[key] = data.draw(json_values)
        else:
            del holder[key]
    damaged.write_text(json.dumps(document))
    try:
        session = load_session(damaged)
    except SessionError:
        return
    # Whatever is let in can be saved and used like any other.
    assert_same(session, read_again(session))
    session.review.measured(session.film.row_to_column)
    changes(FULL.review, session.review)
    for measure in session.review.measures:
        if measure.kind is not MeasureKind.LENGTH:
            measure.angle_deg(1.0)


@given(st.data())
@settings(max_examples=150)
def test_that_damaged_bytes_are_refused_or_read(damaged: Path, data: st.DataObject) -> None:
    content = bytearray(json.dumps(SMALL).encode())
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(content)))
        length = data.draw(st.sampled_from([0, 1, 3, 10**6]))
        content[start : start + length] = data.draw(st.binary(max_size=3))
    damaged.write_bytes(content)
    with contextlib.suppress(SessionError):
        load_session(damaged)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"schema": NaN}',
        json.dumps({**PLAIN, "schema": "dicom-desktop/session/2"}).encode(),
        json.dumps({**PLAIN, "schema": ["vcf-desktop/session/1"]}).encode(),
    ],
    ids=["empty", "null", "list", "object", "deep", "bytes", "nan", "foreign", "odd"],
)
def test_that_what_is_no_review_of_this_version_is_refused_and_left(tmp_path: Path, content: bytes) -> None:
    store = SessionStore(tmp_path)
    path = store.path_of(FILM)
    path.write_bytes(content)
    expected = r"valid JSON|no review that this version of the program can read"
    with pytest.raises(SessionDamagedError, match=expected):
        store.load(FILM)
    assert path.read_bytes() == content


def test_that_a_review_of_a_newer_version_is_not_called_damaged(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    store.path_of(FILM).write_text(json.dumps({"schema": "vcf-desktop/session/12"}))
    with pytest.raises(SessionError, match="was saved by a newer version of VCF Desktop") as refused:
        store.load(FILM)
    assert not isinstance(refused.value, SessionDamagedError)


def damage(*way: Any, value: Any) -> dict[str, Any]:
    document = copy.deepcopy(PLAIN)
    part = document
    for key in way[:-1]:
        part = part[key]
    part[way[-1]] = value
    return dict(document)


@pytest.mark.parametrize(
    "document",
    [
        damage("vertebrae", value={}),
        damage("vertebrae", 0, "finding", value=-1),
        damage("vertebrae", 0, "finding", value=True),
        damage("vertebrae", 0, "finding", value=3),
        damage("vertebrae", 0, "key", value=2),
        damage("vertebrae", 0, "key", value="1"),
        damage("vertebrae", 0, "decision", value={}),
        damage("vertebrae", 0, "level", value="L7"),
        damage("vertebrae", 0, "points_xy", 0, value=[1.0]),
        damage("vertebrae", 0, "points_xy", 0, 0, value=float("nan")),
        damage("vertebrae", 0, "points_xy", 0, 0, value=10**400),
        damage("next_key", value=5),
        damage("next_key", value=float("inf")),
        damage("analysis", value=[]),
        damage("analysis", "findings", 0, "score", value=float("inf")),
        damage("analysis", "findings", 0, "heights_px", "middle", value="40"),
        damage("analysis", "warnings", value="none"),
        damage("first_reading", value={}),
        damage("first_reading", "recorded", value="yes"),
        damage("first_reading", "marks", 0, "x", value=None),
        damage("measures", 1, "points_xy", value=[[1.0, 2.0], [3.0, 4.0]]),
        damage("shown", value=["1"]),
        damage("locked", value=1),
        damage("orientation", "quarter_turns", value="1"),
        damage("signatures", 0, "at", value="yesterday"),
    ],
)
def test_that_a_value_that_cannot_be_is_refused(damaged: Path, document: dict[str, Any]) -> None:
    damaged.write_text(json.dumps(document))
    with pytest.raises(SessionDamagedError, match=r"review\.json: is damaged"):
        load_session(damaged)


def test_that_a_review_that_may_not_be_read_is_not_taken_for_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SessionStore(tmp_path)
    store.save(FULL)

    def refuse(_: Path) -> bytes:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(SessionError, match="cannot be read now: Permission denied; try again") as refused:
        store.load(FILM)
    assert not isinstance(refused.value, SessionDamagedError)


def test_that_a_folder_that_cannot_be_listed_is_not_taken_for_one_without_signed_versions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SessionStore(tmp_path)
    store.sign(UNSIGNED, "Ada", NOON)
    monkeypatch.setattr(Path, "iterdir", fail_with_full_disk)
    with pytest.raises(SessionError, match="cannot be read now: No space left on device; try again"):
        store.load(FILM)


def test_that_a_review_that_another_program_reads_at_the_moment_is_read_a_little_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SessionStore(tmp_path)
    store.save(FULL)
    read, refused = Path.read_bytes, []

    def refuse_once(path: Path) -> bytes:
        if not refused:
            refused.append(path)
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse_once)
    loaded = store.load(FILM)
    assert loaded is not None
    assert_same(FULL, loaded)
    assert refused == [store.path_of(FILM)]


def test_that_a_missing_file_is_a_session_error(tmp_path: Path) -> None:
    with pytest.raises(SessionError, match=r"absent\.json: cannot be read now: No such file"):
        load_session(tmp_path / "absent.json")


def test_that_a_folder_that_is_a_file_holds_no_review(tmp_path: Path) -> None:
    (tmp_path / "reviews").write_bytes(b"")
    assert SessionStore(tmp_path / "reviews").load(FILM) is None


# -- Signing -------------------------------------------------------------------------------------------------


def test_that_signing_locks_a_version_that_is_never_written_again(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    store.save(UNSIGNED)
    first = store.sign(UNSIGNED, "Ada", NOON)
    assert first.locked
    assert first.signatures == (Signature(1, "Ada", NOON),)
    assert first.trail == (*UNSIGNED.trail, TrailEntry(NOON, "Ada", "sign version 1", ()))
    path = store.signed_path(FILM, 1)
    signed = path.read_bytes()
    assert path.stat().st_mode & 0o222 == 0
    loaded = store.load(FILM)
    assert loaded is not None
    for session in (loaded, load_session(path)):
        assert_same(first, session)

    reopened = replace(
        first, locked=False, review=first.review.graded(5, ReaderGrade.MILD, "Ben", NOON + timedelta(1))
    )
    store.save(reopened)
    second = store.sign(reopened, "Ben", NOON + timedelta(2))
    assert [signature.version for signature in second.signatures] == [1, 2]
    assert path.read_bytes() == signed
    assert_same(second, load_session(store.signed_path(FILM, 2)))
    assert sorted(name for name in contents(tmp_path) if ".signed" in name) == [
        f"{FILM.sha256}-0.signed-{version}.json" for version in (1, 2)
    ]


def test_that_a_signed_version_is_not_signed_over(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    store.sign(UNSIGNED, "Ada", NOON)
    before = contents(tmp_path)
    with pytest.raises(OutputError, match=r"signed-1\.json: cannot be written: File exists"):
        store.sign(replace(UNSIGNED, review=Review()), "Ben", NOON)
    assert contents(tmp_path) == before


def test_that_a_review_with_an_undecided_vertebra_is_never_signed(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    with pytest.raises(ReviewIncompleteError, match=r"^Vertebrae are undecided; decide about each"):
        store.sign(replace(FULL, signatures=(), locked=False), "Ada", NOON)
    assert contents(tmp_path) == {}


def test_that_a_review_that_was_signed_elsewhere_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    store.save(UNSIGNED)
    signed = store.sign(UNSIGNED, "Ada", NOON)
    before = contents(tmp_path)
    with pytest.raises(OutputError, match="was signed by another program meanwhile"):
        store.save(replace(UNSIGNED, review=Review()))
    assert contents(tmp_path) == before
    store.save(replace(signed, locked=False))


def signed_twice(store: SessionStore) -> tuple[Session, Session]:
    """A review's two signed versions, of which the second has a measure less."""
    first = store.sign(UNSIGNED, "Ada", NOON)
    amended = replace(first, locked=False, review=replace(first.review, measures=first.review.measures[:2]))
    return first, store.sign(amended, "Ben", NOON)


@pytest.mark.parametrize("kept", ["nothing", "unsigned review", "first version"])
def test_that_the_version_signed_last_is_found_whatever_became_of_the_saved_review(
    tmp_path: Path, kept: str
) -> None:
    store = SessionStore(tmp_path)
    first, second = signed_twice(store)
    path = store.path_of(FILM)
    path.unlink()
    if kept != "nothing":
        value = UNSIGNED if kept == "unsigned review" else first
        path.write_text(json.dumps(session_document(value)))
    loaded = store.load(FILM)
    assert loaded is not None
    assert_same(second, loaded)
    third = store.sign(replace(loaded, locked=False), "Ada", NOON)
    assert [signature.version for signature in third.signatures] == [1, 2, 3]


def test_that_a_damaged_review_is_told_of_although_there_are_signed_versions(tmp_path: Path) -> None:
    """There may have been more in it than was signed."""
    store = SessionStore(tmp_path)
    signed_twice(store)
    store.path_of(FILM).write_bytes(b"{")
    with pytest.raises(SessionDamagedError) as refused:
        store.load(FILM)
    assert refused.value.path == store.path_of(FILM)


def test_that_signed_versions_of_other_films_and_frames_are_not_looked_at(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    for film in (replace(FILM, frame=1), replace(FILM, frame=10), replace(FILM, sha256="b" * 64)):
        store.sign(replace(UNSIGNED, film=film), "Ada", NOON)
    store.signed_path(FILM, 1).with_suffix(".unreadable-1.json").write_bytes(b"{")
    assert store.load(FILM) is None


@pytest.mark.parametrize("saved_before", [True, False])
def test_that_a_crash_between_the_signed_version_and_the_review_is_healed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, saved_before: bool
) -> None:
    store = SessionStore(tmp_path)
    if saved_before:
        store.save(UNSIGNED)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(SessionStore, "save", killed)
        with pytest.raises(KeyboardInterrupt):
            store.sign(UNSIGNED, "Ada", NOON)
    signed = store.signed_path(FILM, 1).read_bytes()
    healed = store.load(FILM)
    assert healed is not None
    assert healed.locked
    assert healed.signatures == (Signature(1, "Ada", NOON),)
    assert_same(load_session(store.signed_path(FILM, 1)), healed)
    store.save(healed)
    assert [signature.version for signature in store.sign(healed, "Ben", NOON).signatures] == [1, 2]
    assert store.signed_path(FILM, 1).read_bytes() == signed


@pytest.mark.parametrize("failing", ["create_file", "replace_files"])
def test_that_nothing_is_signed_when_signing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    store = SessionStore(tmp_path)
    store.save(UNSIGNED)
    before = contents(tmp_path)

    def refuse(*_: object) -> None:
        raise OutputError(tmp_path, "cannot be written: No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(f"vcf_desktop.io.sessions.{failing}", refuse)
        with pytest.raises(OutputError, match="No space left"):
            store.sign(UNSIGNED, "Ada", NOON)
    assert contents(tmp_path) == before
    # Later edits must not be hidden by a version that was never signed.
    edited = replace(UNSIGNED, review=UNSIGNED.review.graded(5, ReaderGrade.NON, "Ada", NOON))
    store.save(edited)
    loaded = store.load(FILM)
    assert loaded is not None
    assert_same(edited, loaded)
    store.sign(edited, "Ada", NOON)


# -- An analysis of a film that nobody reads -----------------------------------------------------------------


def test_that_an_analysis_is_saved_beside_what_was_drawn_by_hand(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    by_hand = Review().with_drawn([200, 0, 250, 40], VertebraLevel.T11, anterior_is_left=True)
    by_hand = by_hand.graded(1, ReaderGrade.MILD, "Ada", NOON)
    store.save(Session(FILM, by_hand, orientation=Orientation(1)))
    arrived = analysis(finding("T12", 50), finding("L1", 100))
    session = store.add_analysis(FILM, arrived, NOON)
    loaded = store.load(FILM)
    assert loaded is not None
    assert_same(session, loaded)
    assert [(v.level.label, v.grade) for v in loaded.review.vertebrae] == [
        ("T11", ReaderGrade.MILD),
        ("T12", None),
        ("L1", None),
    ]
    assert loaded.orientation == Orientation(1)
    (entry,) = loaded.trail
    assert (entry.at, entry.reader, entry.action) == (NOON, "", "analysis")
    assert [change.what for change in entry.changes] == ["vertebra", "vertebra", "analysis"]


def test_that_an_analysis_of_a_film_without_review_begins_one(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    session = store.add_analysis(FILM, analysis(finding()), NOON)
    loaded = store.load(FILM)
    assert loaded is not None
    assert_same(session, loaded)
    assert [vertebra.key for vertebra in loaded.review.undecided] == [1]


def test_that_an_analysis_changes_no_signed_review(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    signed = store.sign(UNSIGNED, "Ada", NOON)
    before = contents(tmp_path)
    assert_same(signed, store.add_analysis(FILM, analysis(), NOON))
    assert contents(tmp_path) == before


def test_that_an_analysis_leaves_a_damaged_review_as_it_is(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    store.path_of(FILM).write_bytes(b"{")
    with pytest.raises(SessionError, match="not valid JSON"):
        store.add_analysis(FILM, analysis(), NOON)
    assert contents(tmp_path) == {store.path_of(FILM).name: b"{"}


# -- Films that changed --------------------------------------------------------------------------------------

OTHER = "b" * 64


@pytest.mark.parametrize(
    ("film", "found"),
    [
        (FILM, False),
        (replace(FILM, sha256=OTHER), True),
        (replace(FILM, sha256=OTHER, path=Path("/elsewhere")), True),
        (replace(FILM, sha256=OTHER, sop_uid=""), True),
        (replace(FILM, sha256=OTHER, sop_uid="1.2.840.2"), True),
        (replace(FILM, sha256=OTHER, path=Path("/elsewhere"), sop_uid=""), False),
        (replace(FILM, sha256=OTHER, path=Path("/elsewhere"), sop_uid="1.2.840.2"), False),
        (replace(FILM, sha256=OTHER, frame=1), False),
    ],
    ids=["same", "bytes", "uid", "path", "path, other uid", "nothing", "other film", "other frame"],
)
def test_that_other_bytes_at_the_same_path_or_uid_are_told(
    tmp_path: Path, film: FilmRecord, found: bool
) -> None:
    store = SessionStore(tmp_path)
    assert store.earlier_film(film) is None
    store.save(FULL)
    earlier = store.earlier_film(film)
    assert (earlier is not None) is found
    if earlier is not None:
        assert earlier.sha256 == FILM.sha256
        session = store.load(earlier)
        assert session is not None
        assert_same(replace(FULL, film=earlier), session)


def test_that_pictures_without_uid_are_no_films_of_one_another(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    store.save(replace(FULL, film=replace(FILM, sop_uid="")))
    assert store.earlier_film(FilmRecord(OTHER, Path("/films/other.png"))) is None


def test_that_a_film_reviewed_anew_is_the_one_to_compare_with(tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    store.save(FULL)
    changed = replace(FILM, sha256=OTHER)
    store.save(Session(changed, Review()))
    assert store.earlier_film(changed) is None
    assert store.earlier_film(replace(FILM, sha256="c" * 64)) == changed
    assert store.earlier_film(FILM) == changed


def test_that_a_relative_path_is_the_same_film_as_its_absolute_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = SessionStore(tmp_path / "reviews")
    store.save(replace(FULL, film=FilmRecord("a" * 64, Path("film.png"))))
    assert store.earlier_film(FilmRecord(OTHER, tmp_path / "film.png")) is not None


@pytest.mark.parametrize("content", [b"", b"\xff", b"\0", b"a" * 10_000, b"../../x", b"c" * 64])
def test_that_a_damaged_pointer_tells_nothing_and_is_mended_by_the_next_save(
    tmp_path: Path, content: bytes
) -> None:
    store = SessionStore(tmp_path)
    store.save(FULL)
    pointers = list(tmp_path.glob("*.film"))
    assert len(pointers) == 2
    for pointer in pointers:
        pointer.write_bytes(content)
    assert store.earlier_film(replace(FILM, sha256=OTHER)) is None
    store.save(FULL)
    assert store.earlier_film(replace(FILM, sha256=OTHER)) is not None


def test_that_names_of_files_tell_the_bytes_of_the_film_only(tmp_path: Path) -> None:
    SessionStore(tmp_path).sign(UNSIGNED, "Ada", NOON)
    hashes = [hashlib.sha256(b"0 " + name).hexdigest() for name in (b"/films/film.dcm", b"1.2.840.1")]
    assert sorted(contents(tmp_path)) == sorted(
        [f"{'a' * 64}-0.json", f"{'a' * 64}-0.signed-1.json", *(f"{each[:32]}.film" for each in hashes)]
    )
