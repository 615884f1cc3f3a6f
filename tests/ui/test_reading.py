"""What the workers do with films: read them once, open them with their reviews, and say what is wrong."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PySide6.QtGui import QImage

from tests.ui.fakes import MODEL, FakePipeline, finding, write_dicom, write_picture
from vcf_desktop.errors import FilmReadError, FrameChoiceError, ModelError, SessionError
from vcf_desktop.film import Film, SpacingSource
from vcf_desktop.geometry import measure_heights
from vcf_desktop.inference.remarks import INVERTED
from vcf_desktop.io.films import read_film
from vcf_desktop.io.sessions import Session, SessionStore
from vcf_desktop.paths import resources_folder
from vcf_desktop.review import ReaderGrade, Review, moved_point
from vcf_desktop.settings import DeviceChoice, RuntimeChoice, Settings
from vcf_desktop.spine import Analysis, VertebraLevel
from vcf_desktop.ui import reading
from vcf_desktop.ui.film_entries import FilmKey
from vcf_desktop.ui.grey_picture import picture_of
from vcf_desktop.ui.reading import THUMBNAIL_PX, Films, Networks, record_of

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
DEMO = resources_folder() / "demo_film.dcm"


class Reports:
    """Writes down what is reported."""

    def __init__(self) -> None:
        self.told: list[tuple[float, str]] = []

    def __call__(self, fraction: float, stage: str) -> None:
        self.told.append((fraction, stage))


@pytest.fixture
def report() -> Reports:
    return Reports()


@pytest.fixture
def store(tmp_path: Path) -> SessionStore:
    return SessionStore(tmp_path / "reviews")


@pytest.fixture
def films(store: SessionStore) -> Films:
    return Films(store)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    return write_picture(tmp_path / "film.png")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Files that are really read."""
    made: list[Path] = []

    def read(path: Path, frame: int | None = None) -> Film:
        made.append(path)
        return read_film(path, frame)

    monkeypatch.setattr(reading, "read_film", read)
    return made


# -- Reading once --------------------------------------------------------------------------------------------


def test_that_a_film_that_is_asked_for_again_is_not_read_again(
    films: Films, picture: Path, reads: list[Path], report: Reports
) -> None:
    key = FilmKey(picture)
    film = films.read(key)
    assert films.read(key) is film
    films.look(key, report)
    films.open(key, report)
    films.enhanced(key, report)
    assert reads == [picture]


def test_that_only_the_film_read_last_is_kept(
    films: Films, picture: Path, reads: list[Path], tmp_path: Path
) -> None:
    other = write_picture(tmp_path / "other.png", 1)
    for path in (picture, other, picture):
        films.read(FilmKey(path))
    assert reads == [picture, other, picture]


def test_that_a_film_whose_file_has_changed_is_read_again(
    films: Films, picture: Path, reads: list[Path]
) -> None:
    before = films.read(FilmKey(picture))
    write_picture(picture, 1)
    after = films.read(FilmKey(picture))
    assert before.sha256 != after.sha256
    assert len(reads) == 2


def test_that_frames_of_one_file_are_different_films(films: Films, tmp_path: Path) -> None:
    frames = np.random.default_rng(0).integers(0, 255, (2, 60, 40)).astype(np.uint8)
    path = tmp_path / "frames.tif"
    assert cv2.imwritemulti(str(path), list(frames))
    with pytest.raises(FrameChoiceError) as refused:
        films.read(FilmKey(path))
    assert refused.value.frame_count == 2
    for frame in (0, 1, 0):
        film = films.read(FilmKey(path, frame))
        assert film.frame == frame
        np.testing.assert_array_equal(film.display.values, frames[frame])
    with pytest.raises(FilmReadError):
        films.read(FilmKey(path, 2))


def test_that_a_refused_film_is_not_kept_and_can_be_read_when_it_is_mended(
    films: Films, picture: Path
) -> None:
    good = picture.read_bytes()
    films.read(FilmKey(picture))
    picture.write_bytes(b"damaged")
    for _ in range(2):
        with pytest.raises(FilmReadError, match=r"film\.png"):
            films.read(FilmKey(picture))
    picture.write_bytes(good)
    assert films.read(FilmKey(picture)).sha256
    picture.unlink()
    with pytest.raises(FilmReadError, match="does not exist"):
        films.read(FilmKey(picture))


def test_that_films_are_read_by_one_thread_at_a_time(
    films: Films, picture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What pydicom warns of is silenced for all threads while a film is read."""
    reading_now, most = [], []

    def read(path: Path, frame: int | None = None) -> Film:
        reading_now.append(path)
        most.append(len(reading_now))
        film = read_film(path, frame)
        reading_now.remove(path)
        return film

    monkeypatch.setattr(reading, "read_film", read)
    paths = [picture, *(write_picture(tmp_path / f"{number}.png", number) for number in range(4))]
    threads = [threading.Thread(target=films.read, args=(FilmKey(path),)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * len(paths)


# -- Opening -------------------------------------------------------------------------------------------------


def test_that_a_film_is_opened_as_its_file_says(films: Films, report: Reports) -> None:
    opening = films.open(FilmKey(DEMO), report)
    opened, film = opening.film, read_film(DEMO)
    assert opened.key == FilmKey(DEMO)
    assert opened.record == record_of(film)
    assert (opened.spacing_mm, opened.spacing_source) == (film.spacing_mm, film.spacing_source)
    assert (opened.study, opened.notices, opened.frame_count) == (film.study, film.notices, 1)
    assert opened.row_to_column == film.row_to_column
    assert opened.picture.size_hw == (film.height_px, film.width_px)
    np.testing.assert_array_equal(
        opened.picture.values[opened.picture.copies[0]], film.display.values.astype(float)
    )
    assert (opening.session, opening.session_error, opening.changed) == (None, None, False)
    assert report.told == [(0.7, "read")]


def test_that_a_picture_is_opened_without_patient_and_millimetres(
    films: Films, picture: Path, report: Reports
) -> None:
    opened = films.open(FilmKey(picture), report).film
    assert (opened.study, opened.spacing_mm, opened.spacing_source) == (None, None, SpacingSource.NONE)
    assert opened.record.sop_uid == ""


def test_that_the_record_of_a_film_names_its_bytes_wherever_it_lies(
    picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(picture.parent)
    record = record_of(read_film(Path(picture.name)))
    assert record.path == picture
    assert record == record_of(read_film(picture))
    assert record_of(read_film(DEMO)).sop_uid.startswith("1.2.826.0.1")


def test_that_a_saved_review_comes_with_its_film(
    films: Films, store: SessionStore, picture: Path, report: Reports
) -> None:
    record = record_of(films.read(FilmKey(picture)))
    review = Review().with_drawn((10, 10, 50, 40), VertebraLevel.L1, True)
    store.save(Session(record, review.graded(1, ReaderGrade.MILD, "Ada", NOON)))
    opening = films.open(FilmKey(picture), report)
    assert opening.session is not None
    assert opening.session.review.vertebra(1).grade is ReaderGrade.MILD
    assert not opening.changed
    look = films.look(FilmKey(picture), report)
    assert look.session is not None


def test_that_a_review_that_cannot_be_read_is_told_and_the_film_opened(
    films: Films, store: SessionStore, picture: Path, report: Reports
) -> None:
    path = store.path_of(record_of(films.read(FilmKey(picture))))
    path.parent.mkdir()
    path.write_text("{")
    opening = films.open(FilmKey(picture), report)
    assert isinstance(opening.session_error, SessionError)
    assert opening.session is None
    assert films.look(FilmKey(picture), report).session is None
    assert path.read_text() == "{"


def test_that_a_film_with_other_bytes_than_were_reviewed_is_told_of(
    films: Films, store: SessionStore, picture: Path, report: Reports
) -> None:
    store.save(Session(record_of(films.read(FilmKey(picture))), Review()))
    assert not films.open(FilmKey(picture), report).changed
    write_picture(picture, 1)
    opening = films.open(FilmKey(picture), report)
    assert (opening.session, opening.changed) == (None, True)
    store.save(Session(opening.film.record, Review()))
    assert not films.open(FilmKey(picture), report).changed


# -- The list's picture --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shape", "row_to_column", "expected"),
    [
        ((600, 400), 1.0, (128, 192)),
        ((400, 600), 1.0, (192, 128)),
        ((300, 400), 2.0, (128, 192)),
        ((600, 400), 0.5, (192, 144)),
        ((2000, 1), 1.0, (1, 192)),
        ((8, 4), 1.0, (96, 192)),
    ],
)
def test_that_a_thumbnail_has_square_pixels_and_fits(
    shape: tuple[int, int],
    row_to_column: float,
    expected: tuple[int, int],
    make_film: Callable[..., Film],
) -> None:
    film = replace(
        make_film(np.zeros(shape, np.uint8)),
        pixels=np.full(shape, 0.6, np.float32),
        row_to_column=row_to_column,
    )
    thumbnail = reading._thumbnail(film)
    assert (thumbnail.width(), thumbnail.height()) == expected
    assert max(expected) == THUMBNAIL_PX
    assert thumbnail.format() is QImage.Format.Format_Grayscale8
    corners = [thumbnail.pixelColor(0, 0), thumbnail.pixelColor(expected[0] - 1, expected[1] - 1)]
    assert {corner.red() for corner in corners} == {153}


def test_that_a_look_tells_whose_film_it_is(films: Films, tmp_path: Path, report: Reports) -> None:
    path = write_dicom(tmp_path / "film.dcm", "Roe^Richard", "77")
    look = films.look(FilmKey(path), report)
    assert look.study is not None
    assert (look.study.patient_name, look.study.patient_id) == ("Roe^Richard", "77")
    assert not look.thumbnail.isNull()


def test_that_the_enhanced_view_is_as_large_as_the_film(films: Films, picture: Path, report: Reports) -> None:
    enhanced = films.enhanced(FilmKey(picture), report)
    film = films.read(FilmKey(picture))
    assert enhanced.size_hw == (film.height_px, film.width_px)
    assert enhanced.copies[0].dtype == np.uint16
    assert [choice.explanation for choice in enhanced.choices] == ["CLAHE"]
    assert report.told == [(0.5, "preprocess")]


# -- Memory --------------------------------------------------------------------------------------------------


def test_that_a_large_film_on_the_screen_takes_at_most_25_mb(make_film: Callable[..., Film]) -> None:
    film = make_film(np.random.default_rng(0).integers(0, 65536, (3000, 3000), dtype=np.uint16))
    picture = picture_of(film)
    assert picture.copies[0] is film.display.values
    assert picture.nbytes + picture.values.nbytes <= 25_000_000


@pytest.mark.parametrize("error", [MemoryError(), cv2.error("Insufficient memory")])
@pytest.mark.parametrize("where", ["read_film", "picture_of", "_thumbnail", "enhance", "run", "examine"])
def test_that_a_film_that_is_too_large_for_the_computer_is_refused_in_a_sentence(
    films: Films,
    picture: Path,
    report: Reports,
    monkeypatch: pytest.MonkeyPatch,
    where: str,
    error: Exception,
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    pipeline: Any = FakePipeline()
    monkeypatch.setattr(pipeline if where in ("run", "examine") else reading, where, fail)
    key, box = FilmKey(picture), np.array([10.0, 10.0, 50.0, 40.0])
    asked: dict[str, Callable[[], Any]] = {
        "read_film": lambda: films.read(key),
        "picture_of": lambda: films.open(key, report),
        "_thumbnail": lambda: films.look(key, report),
        "enhance": lambda: films.enhanced(key, report),
        "run": lambda: reading.analyse(pipeline, films.read(key), report),
        "examine": lambda: reading.examine(
            pipeline, films.read(key), box, Review(), VertebraLevel.L1, report
        ),
    }
    with pytest.raises(FilmReadError, match=r"film\.png: is too large for the memory of this computer"):
        asked[where]()


# -- The networks --------------------------------------------------------------------------------------------


def test_that_the_networks_are_opened_once_and_again_when_the_settings_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[tuple[Any, ...]] = []

    def open_pipeline(*wanted: Any) -> FakePipeline:
        opened.append(wanted)
        return FakePipeline()

    monkeypatch.setattr(reading, "open_pipeline", open_pipeline)
    networks, settings = Networks(), Settings()
    first = networks.pipeline(Path("models"), settings)
    assert networks.pipeline(Path("models"), replace(settings, reader="Ben")) is first
    assert opened == [(Path("models"), "auto", "auto")]
    networks.pipeline(Path("models"), replace(settings, device=DeviceChoice.CPU))
    networks.pipeline(Path("models"), replace(settings, runtime=RuntimeChoice.ONNX))
    assert networks.pipeline(Path("own"), settings) is not first
    assert opened[1:] == [
        (Path("models"), "auto", "cpu"),
        (Path("models"), "onnx", "auto"),
        (Path("own"), "auto", "auto"),
    ]


def test_that_networks_that_could_not_be_opened_are_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[Any] = [FakePipeline(), ModelError("detector", "is missing"), FakePipeline()]

    def open_pipeline(*_: Any) -> FakePipeline:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(reading, "open_pipeline", open_pipeline)
    networks = Networks()
    networks.pipeline(Path("good"), Settings())
    with pytest.raises(ModelError):
        networks.pipeline(Path("bad"), Settings())
    # Neither the old ones nor none: what is asked for is opened.
    assert networks.pipeline(Path("good"), Settings()) is not None
    assert answers == []


def test_that_an_analysis_is_what_the_pipeline_says(films: Films, picture: Path, report: Reports) -> None:
    film = films.read(FilmKey(picture))
    analysis = reading.analyse(FakePipeline((0, 1)), film, report)  # type: ignore[arg-type]
    assert analysis.film_sha256 == film.sha256
    assert len(analysis.findings) == 2
    assert [stage for _, stage in report.told] == ["preprocess", "detect", "segment", "grade"]


@pytest.mark.parametrize("inverted", [False, True])
def test_that_a_drawn_box_is_examined_beside_the_vertebrae_as_the_reader_corrected_them(
    films: Films, picture: Path, report: Reports, inverted: bool
) -> None:
    given: list[Any] = []

    class Watched(FakePipeline):
        def examine(self, *arguments: Any, **keywords: Any) -> Any:
            given.append((*arguments, keywords))
            return super().examine(*arguments, **keywords)

    warnings = (INVERTED,) if inverted else ()
    machine = Analysis("a" * 64, tuple(map(finding, range(3))), (MODEL,), NOON, {"total": 1.0}, warnings)
    review = Review().with_analysis(machine).with_drawn((155, 400, 245, 460), VertebraLevel.L2, True)
    review = review.rejected(1, "Ada", NOON).renamed(2, VertebraLevel.T13)
    review = review.with_vertebra(moved_point(review.vertebra(3), 0, (150.0, 250.0)))
    film, box = films.read(FilmKey(picture)), np.array([155.0, 500.0, 245.0, 560.0])
    pipeline = Watched()
    found = reading.examine(pipeline, film, box, review, VertebraLevel.L3, report)  # type: ignore[arg-type]
    assert found is None
    ((given_film, given_box, neighbours, level, _, keywords),) = given
    assert given_film is film
    np.testing.assert_array_equal(given_box, box)
    assert level is VertebraLevel.L3
    assert keywords == {"inverted": inverted}
    # Neither the rejected one nor the one that no network saw.
    assert [neighbour.level.label for neighbour in neighbours] == ["T13", "L1"]
    assert neighbours[1].points_xy[0].tolist() == [150.0, 250.0]
    pipeline.examined = finding(4)
    found = reading.examine(pipeline, film, box, Review(), VertebraLevel.L3, report)  # type: ignore[arg-type]
    assert found is not None
    assert given[1][2] == []
    assert given[1][-1] == {"inverted": False}


def test_that_a_drawn_box_is_measured_against_heights_as_the_reader_corrected_them(
    films: Films, picture: Path, report: Reports
) -> None:
    given: list[Any] = []

    class Watched(FakePipeline):
        def examine(self, *arguments: Any, **keywords: Any) -> Any:
            given.extend(arguments[2])

    machine = Analysis("a" * 64, (finding(0),), (MODEL,), NOON, {"total": 1.0}, ())
    review = Review().with_analysis(machine)
    points_xy = review.vertebrae[0].points_xy + np.array([[0.0, 30.0]] * 3 + [[0.0, 0.0]] * 3)
    review = review.with_vertebra(replace(review.vertebrae[0], points_xy=points_xy))
    film = replace(films.read(FilmKey(picture)), row_to_column=1.5)
    box = np.array([155.0, 500.0, 245.0, 560.0])
    reading.examine(Watched(), film, box, review, VertebraLevel.L3, report)  # type: ignore[arg-type]
    (neighbour,) = given
    assert neighbour.heights_px == measure_heights(points_xy, 1.5)
    assert neighbour.heights_px.posterior == 1.5 * (finding(0).heights_px.posterior - 30.0)
