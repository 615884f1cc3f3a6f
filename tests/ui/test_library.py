"""The films at hand: found, refused and mended, and analysed in the order in which the reader needs them."""

from __future__ import annotations

import shutil
import threading
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from tests.ui.fakes import MODEL, FakePipeline, finding, write_dicom, write_picture
from vcf_desktop.errors import FilmReadError, FrameChoiceError, ModelError, VcfError
from vcf_desktop.film import Film
from vcf_desktop.io.films import read_film
from vcf_desktop.io.sessions import Session, SessionStore
from vcf_desktop.paths import models_folder, resources_folder
from vcf_desktop.review import (
    FirstReading,
    ReaderGrade,
    Review,
)
from vcf_desktop.settings import Settings
from vcf_desktop.spine import Analysis, VertebraLevel
from vcf_desktop.trail import (
    Signature,
)
from vcf_desktop.ui.film_entries import FilmKey, FilmState
from vcf_desktop.ui.jobs import Urgency
from vcf_desktop.ui.library import chosen_models, state_of
from vcf_desktop.ui.reading import Films, Networks, record_of

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
BOX = np.array([155.0, 560.0, 245.0, 620.0])
Desk = Any
MakeDesk = Callable[..., Desk]


class WatchedPipeline(FakePipeline):
    """Remembers which films it began and ended with; it can be told what to raise for which."""

    def __init__(self) -> None:
        super().__init__()
        self.begun: list[str] = []
        self.ended: list[str] = []
        self.errors: dict[str, Exception] = {}
        self.examines = 0

    def run(self, film: Film, report: Callable[[float, str], None]) -> Analysis:
        self.begun.append(film.path.name)
        if film.path.name in self.errors:
            raise self.errors[film.path.name]
        analysis = super().run(film, report)
        self.ended.append(film.path.name)
        return analysis

    def examine(self, *arguments: Any, **keywords: Any) -> Any:
        self.examines += 1
        return super().examine(*arguments, **keywords)


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> WatchedPipeline:
    fake = WatchedPipeline()
    monkeypatch.setattr(Networks, "pipeline", lambda *_: fake)
    return fake


@pytest.fixture
def desk(make_desk: MakeDesk, pipeline: WatchedPipeline) -> Desk:
    return make_desk()


@pytest.fixture
def quiet(make_desk: MakeDesk, pipeline: WatchedPipeline) -> Desk:
    """A desk that analyses only what is asked for."""
    return make_desk(analyse_at_once=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three good films: a.png, b.png, c.png."""
    path = tmp_path / "films"
    path.mkdir()
    for seed, name in enumerate("abc"):
        write_picture(path / f"{name}.png", seed)
    return path


def keys_in(folder: Path) -> list[FilmKey]:
    return [FilmKey(path) for path in sorted(folder.iterdir())]


def write_frames(path: Path, count: int) -> Path:
    frames = np.random.default_rng(0).integers(0, 255, (count, 60, 40)).astype(np.uint8)
    assert cv2.imwritemulti(str(path), list(frames))
    return path


def settle(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: desk.is_settled)


def listed(qtbot: QtBot, desk: Desk, *paths: Path) -> None:
    desk.library.add(paths)
    settle(qtbot, desk)


def wait_running(qtbot: QtBot, desk: Desk, pipeline: WatchedPipeline, name: str) -> None:
    qtbot.waitUntil(lambda: pipeline.begun[-1:] == [name])


# -- Finding films -------------------------------------------------------------------------------------------


def test_that_the_list_fills_from_a_folder_with_good_refused_and_many_framed_films(
    qtbot: QtBot, quiet: Desk, folder: Path
) -> None:
    (folder / "damaged.png").write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    (folder / "readme.txt").write_text("no film")
    write_dicom(folder / "roe.dcm", "Roe^Richard", "7")
    write_frames(folder / "frames.tif", 2)
    listed(qtbot, quiet, folder)
    entries = {entry.key.path.name: entry for entry in quiet.library.entries}
    assert list(entries) == ["a.png", "b.png", "c.png", "damaged.png", "frames.tif", "roe.dcm"]
    for name in ("a.png", "b.png", "c.png", "roe.dcm"):
        assert entries[name].state is FilmState.NEW
        assert entries[name].thumbnail is not None
        assert entries[name].reason == ""
    assert entries["a.png"].study is None
    assert entries["roe.dcm"].study.patient_name == "Roe^Richard"
    for name in ("damaged.png", "frames.tif"):
        assert entries[name].state is FilmState.REFUSED
        assert entries[name].thumbnail is None
    assert entries["damaged.png"].reason.startswith("cannot be read as a picture")
    assert entries["frames.tif"].reason.startswith("has 2 frames")
    assert quiet.said("found") == [FilmKey(folder / "a.png")]
    assert quiet.said("refused") == []


def test_that_a_frame_of_a_film_is_a_film_of_its_own(qtbot: QtBot, quiet: Desk, tmp_path: Path) -> None:
    path = write_frames(tmp_path / "frames.tif", 3)
    listed(qtbot, quiet, path)
    quiet.library.open(FilmKey(path))
    settle(qtbot, quiet)
    ((key, error),) = quiet.said("open_failed")
    assert key == FilmKey(path)
    assert isinstance(error, FrameChoiceError)
    frame = FilmKey(path, 1)
    quiet.library.remove(FilmKey(path))
    quiet.library.add_frame(frame)
    quiet.library.add_frame(frame)
    settle(qtbot, quiet)
    assert [entry.key for entry in quiet.library.entries] == [frame]
    assert quiet.state(frame) is FilmState.NEW
    assert quiet.said("found")[1:] == [frame, frame]


def test_that_what_holds_no_film_is_told_in_a_sentence(
    qtbot: QtBot, quiet: Desk, tmp_path: Path, folder: Path
) -> None:
    (tmp_path / "empty").mkdir()
    listed(qtbot, quiet, tmp_path / "missing", tmp_path / "empty", folder / "a.png")
    assert quiet.said("refused") == [
        "missing: does not exist",
        "empty: holds no film: nothing in it is DICOM or a PNG, JPEG or TIFF picture",
    ]
    assert [entry.key for entry in quiet.library.entries] == [FilmKey(folder / "a.png")]


def test_that_a_film_that_is_added_again_stays_one_and_is_found_again(
    qtbot: QtBot, quiet: Desk, folder: Path
) -> None:
    listed(qtbot, quiet, folder)
    thumbnails = [entry.thumbnail for entry in quiet.library.entries]
    listed(qtbot, quiet, folder / "b.png", folder)
    assert [entry.thumbnail for entry in quiet.library.entries] == thumbnails
    assert [key.path.name for key in quiet.said("found")] == ["a.png", "b.png", "a.png"]


def test_that_our_own_overlays_are_no_films_unless_one_is_named(
    qtbot: QtBot, quiet: Desk, folder: Path
) -> None:
    overlay = folder / "a.overlay.png"
    (folder / "a.png").rename(overlay)
    listed(qtbot, quiet, folder)
    assert [entry.key.path.name for entry in quiet.library.entries] == ["b.png", "c.png"]
    listed(qtbot, quiet, overlay)
    assert quiet.library.entry(FilmKey(overlay)) is not None


def test_that_films_in_an_archive_are_found_and_leave_nothing_behind(
    qtbot: QtBot, make_desk: MakeDesk, pipeline: WatchedPipeline, tmp_path: Path, folder: Path
) -> None:
    desk, archive = make_desk(), tmp_path / "study.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in folder.iterdir():
            file.write(path, f"disc/{path.name}")
    listed(qtbot, desk, archive)
    names = [entry.key.path.name for entry in desk.library.entries]
    assert names == ["a.png", "b.png", "c.png"]
    assert sorted(pipeline.ended) == names
    unpacked = desk.library.entries[0].key.path.parents[2]
    assert unpacked.name.startswith("vcf-desktop-")
    assert {entry.state for entry in desk.library.entries} == {FilmState.ANALYSED}
    # The review belongs to the bytes, in the archive or out of it.
    listed(qtbot, desk, folder / "b.png")
    assert desk.state(FilmKey(folder / "b.png")) is FilmState.ANALYSED
    assert pipeline.runs == 3
    desk.close()
    assert not unpacked.exists()


@pytest.mark.parametrize(
    ("content", "reason"), [(b"no film", "holds no film"), (None, "is a damaged or incomplete ZIP archive")]
)
def test_that_an_archive_without_films_is_named_and_not_where_it_was_unpacked(
    qtbot: QtBot, quiet: Desk, tmp_path: Path, content: bytes | None, reason: str
) -> None:
    archive = tmp_path / "study.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("readme.txt", content or b"x" * 1000)
    if content is None:
        archive.write_bytes(archive.read_bytes()[:-30])
    listed(qtbot, quiet, archive)
    (said,) = quiet.said("refused")
    assert said.startswith(f"study.zip: {reason}")


# -- Refused and mended --------------------------------------------------------------------------------------


def test_that_a_refused_film_is_read_again_after_it_was_mended(
    qtbot: QtBot, desk: Desk, folder: Path, pipeline: WatchedPipeline
) -> None:
    key = FilmKey(folder / "a.png")
    good = key.path.read_bytes()
    key.path.write_bytes(b"damaged")
    listed(qtbot, desk, key.path)
    assert desk.state(key) is FilmState.REFUSED
    assert desk.library.entry(key).reason == "is neither DICOM nor a PNG, JPEG or TIFF picture"
    assert pipeline.begun == []
    desk.library.retry(key)
    assert desk.state(key) is FilmState.WAITING
    settle(qtbot, desk)
    assert desk.state(key) is FilmState.REFUSED
    key.path.write_bytes(good)
    desk.library.retry(key)
    settle(qtbot, desk)
    entry = desk.library.entry(key)
    assert (entry.state, entry.reason) == (FilmState.ANALYSED, "")
    assert entry.thumbnail is not None
    assert pipeline.ended == ["a.png"]


def test_that_a_film_that_is_opened_after_it_was_mended_is_refused_no_more(
    qtbot: QtBot, quiet: Desk, folder: Path
) -> None:
    key = FilmKey(folder / "a.png")
    good = key.path.read_bytes()
    key.path.write_bytes(b"damaged")
    listed(qtbot, quiet, key.path)
    key.path.write_bytes(good)
    quiet.library.open(key)
    settle(qtbot, quiet)
    entry = quiet.library.entry(key)
    assert (entry.state, entry.reason) == (FilmState.NEW, "")
    assert entry.thumbnail is not None


def test_that_a_film_that_went_bad_is_refused_when_it_is_opened(
    qtbot: QtBot, quiet: Desk, folder: Path
) -> None:
    key = FilmKey(folder / "a.png")
    listed(qtbot, quiet, key.path)
    key.path.unlink()
    quiet.library.open(key)
    settle(qtbot, quiet)
    assert quiet.state(key) is FilmState.REFUSED
    ((failed, error),) = quiet.said("open_failed")
    assert failed == key
    assert isinstance(error, FilmReadError)


def test_that_a_defect_in_reading_is_told_as_one_and_the_film_refused(
    qtbot: QtBot, quiet: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise ZeroDivisionError("a defect")

    monkeypatch.setattr(Films, "look", fail)
    monkeypatch.setattr(Films, "open", fail)
    key = FilmKey(folder / "a.png")
    with qtbot.captureExceptions() as raised:
        listed(qtbot, quiet, key.path)
        quiet.library.open(key)
        settle(qtbot, quiet)
    assert [kind for kind, *_ in raised] == [ZeroDivisionError] * 2
    assert quiet.library.entry(key).reason == "ZeroDivisionError: a defect"
    assert [failed for failed, _ in quiet.said("open_failed")] == [key]  # nobody waits for it


# -- Opening -------------------------------------------------------------------------------------------------


def test_that_only_the_film_asked_for_last_is_opened(qtbot: QtBot, quiet: Desk, folder: Path) -> None:
    listed(qtbot, quiet, folder)
    for key in keys_in(folder):
        quiet.library.open(key)
    settle(qtbot, quiet)
    assert [opening.film.key.path.name for opening in quiet.said("opened")] == ["c.png"]


def test_that_a_film_is_opened_before_the_rest_of_the_list_is_looked_at(
    qtbot: QtBot, quiet: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, gate = [], threading.Event()
    look, open_ = Films.look, Films.open

    def slow_look(films: Films, key: FilmKey, report: Any) -> Any:
        gate.wait(5)
        order.append(f"look {key.path.name}")
        return look(films, key, report)

    def watched_open(films: Films, key: FilmKey, report: Any) -> Any:
        order.append(f"open {key.path.name}")
        return open_(films, key, report)

    monkeypatch.setattr(Films, "look", slow_look)
    monkeypatch.setattr(Films, "open", watched_open)
    quiet.library.add([folder])
    qtbot.waitUntil(lambda: len(quiet.library.entries) == 3)
    quiet.library.open(FilmKey(folder / "c.png"))
    gate.set()
    settle(qtbot, quiet)
    assert order == ["look a.png", "open c.png", "look b.png", "look c.png"]


def test_that_a_film_opens_while_another_is_analysed(
    qtbot: QtBot, desk: Desk, folder: Path, pipeline: WatchedPipeline
) -> None:
    pipeline.gate.clear()
    desk.library.add([folder])
    wait_running(qtbot, desk, pipeline, "a.png")
    with qtbot.waitSignal(desk.library.opened):
        desk.library.open(FilmKey(folder / "b.png"))
    assert pipeline.ended == []
    assert desk.library.is_analysing(FilmKey(folder / "a.png"))


def test_that_the_view_after_clahe_is_handed_over(qtbot: QtBot, quiet: Desk, folder: Path) -> None:
    done: list[Any] = []
    failed: list[Exception] = []
    quiet.library.enhance(FilmKey(folder / "a.png"), done.append, failed.append)
    quiet.library.enhance(FilmKey(folder / "missing.png"), done.append, failed.append)
    settle(qtbot, quiet)
    assert [picture.size_hw for picture in done] == [(600, 400)]
    assert isinstance(failed[0], FilmReadError)


# -- The queue -----------------------------------------------------------------------------------------------


def test_that_all_films_are_analysed_in_the_order_of_the_list(
    qtbot: QtBot, desk: Desk, folder: Path, pipeline: WatchedPipeline
) -> None:
    listed(qtbot, desk, folder)
    assert pipeline.ended == ["a.png", "b.png", "c.png"]
    assert {entry.state for entry in desk.library.entries} == {FilmState.ANALYSED}
    assert {entry.fraction for entry in desk.library.entries} == {0.0}
    assert [key.path.name for key in desk.said("analysing")] == pipeline.ended
    analysed = desk.said("analysed")
    assert [(key.path.name, record.path.name) for key, record, _ in analysed] == [
        (name, name) for name in pipeline.ended
    ]
    assert [analysis.film_sha256 for *_, analysis in analysed] == [record.sha256 for _, record, _ in analysed]
    assert not desk.library.is_busy


def test_that_nothing_is_analysed_unasked_where_the_settings_say_so(
    qtbot: QtBot, quiet: Desk, folder: Path, pipeline: WatchedPipeline
) -> None:
    listed(qtbot, quiet, folder)
    assert pipeline.begun == []
    quiet.library.analyse(FilmKey(folder / "b.png"))
    settle(qtbot, quiet)
    assert pipeline.ended == ["b.png"]


def test_that_the_list_tells_how_far_an_analysis_is(
    qtbot: QtBot, desk: Desk, folder: Path, pipeline: WatchedPipeline
) -> None:
    told = []
    desk.library.entry_changed.connect(lambda entry: told.append((entry.state, entry.fraction)))
    stages = []
    desk.library.analysis_progressed.connect(lambda *told: stages.append(told[2]))
    listed(qtbot, desk, folder / "a.png")
    analysing = [fraction for state, fraction in told if state is FilmState.ANALYSING]
    assert analysing == sorted(analysing)
    assert analysing[-1] == 0.85
    assert told[-1] == (FilmState.ANALYSED, 0.0)
    assert stages[:4] == ["read", "load", "preprocess", "detect"]


def test_that_the_film_the_reader_looks_at_interrupts_another_which_comes_next(
    qtbot: QtBot, desk: Desk, folder: Path, pipeline: WatchedPipeline
) -> None:
    pipeline.gate.clear()
    desk.library.add([folder])
    wait_running(qtbot, desk, pipeline, "a.png")
    qtbot.waitUntil(lambda: desk.library._reader.is_idle)
    desk.library.analyse(FilmKey(folder / "c.png"))
    wait_running(qtbot, desk, pipeline, "c.png")
    assert desk.said("analysis_cancelled") == [FilmKey(folder / "a.png")]
    pipeline.gate.set()
    settle(qtbot, desk)
    assert pipeline.ended == ["c.png", "a.png", "b.png"]
    assert {entry.state for entry in desk.library.entries} == {FilmState.ANALYSED}


def test_that_of_films_that_were_leafed_through_the_last_one_is_analysed_first(
    qtbot: QtBot, quiet: Desk, folder: Path, pipeline: WatchedPipeline
) -> None:
    write_picture(folder / "d.png", 9)
    listed(qtbot, quiet, folder)
    pipeline.gate.clear()
    for name in "abcd":
        quiet.library.analyse(FilmKey(folder / f"{name}.png"))
    wait_running(qtbot, quiet, pipeline, "d.png")
    pipeline.gate.set()
    settle(qtbot, quiet)
    assert pipeline.ended == ["d.png", "c.png", "b.png", "a.png"]


def test_that_the_film_that_is_being_analysed_is_not_begun_again_when_it_is_opened(
    qtbot: QtBot, desk: Desk, folder: Path, pipeline: WatchedPipeline
) -> None:
    pipeline.gate.clear()
    desk.library.add([folder])
    wait_running(qtbot, desk, pipeline, "a.png")
    desk.library.analyse(FilmKey(folder / "a.png"))
    pipeline.gate.set()
    settle(qtbot, desk)
    assert pipeline.begun == ["a.png", "b.png", "c.png"]


def test_that_a_film_whose_analysis_was_interrupted_at_its_very_end_is_told_once(
    qtbot: QtBot, quiet: Desk, folder: Path, pipeline: WatchedPipeline
) -> None:
    """It had ended and nobody had heard of it: to tell of both would drop what was decided in between."""
    a, b = FilmKey(folder / "a.png"), FilmKey(folder / "b.png")
    listed(qtbot, quiet, folder)
    quiet.library.analyse(a)
    quiet.library._analyst.drain()
    quiet.library.analyse(b)
    settle(qtbot, quiet)
    assert pipeline.ended == ["a.png", "b.png", "a.png"]
    assert [key for key, *_ in quiet.said("analysed")] == [b, a]


def test_that_cancelling_answers_and_the_queue_goes_on(
    qtbot: QtBot, desk: Desk, folder: Path, pipeline: WatchedPipeline
) -> None:
    pipeline.gate.clear()
    desk.library.add([folder])
    wait_running(qtbot, desk, pipeline, "a.png")
    qtbot.waitUntil(lambda: desk.library._reader.is_idle)
    with qtbot.waitSignal(desk.library.analysis_cancelled, timeout=5000):
        desk.library.cancel_running()
    assert desk.state(FilmKey(folder / "a.png")) is FilmState.NEW
    wait_running(qtbot, desk, pipeline, "b.png")
    desk.library.cancel_analysis(FilmKey(folder / "c.png"))  # waits
    pipeline.gate.set()
    settle(qtbot, desk)
    assert pipeline.ended == ["b.png"]
    desk.library.cancel_running()
    desk.library.cancel_analysis(FilmKey(folder / "b.png"))
    assert desk.state(FilmKey(folder / "b.png")) is FilmState.ANALYSED


def test_that_a_stopped_film_is_analysed_again_only_when_it_is_asked_for(
    qtbot: QtBot, desk: Desk, folder: Path, pipeline: WatchedPipeline
) -> None:
    key = FilmKey(folder / "a.png")
    pipeline.gate.clear()
    desk.library.add([key.path])
    wait_running(qtbot, desk, pipeline, "a.png")
    desk.library.cancel_analysis(key)
    desk.library.analyse_unasked(key, Urgency.NOW)
    settle(qtbot, desk)
    assert pipeline.begun == ["a.png"]
    desk.library.remove(key)
    desk.library.add([key.path])  # as if for the first time
    qtbot.waitUntil(lambda: len(pipeline.begun) == 2)
    desk.library.cancel_analysis(key)
    desk.library.analyse(key)
    pipeline.gate.set()
    settle(qtbot, desk)
    assert pipeline.ended == ["a.png"]
    assert desk.state(key) is FilmState.ANALYSED


def test_that_a_cleared_queue_ends_with_the_film_that_is_running(
    qtbot: QtBot, desk: Desk, folder: Path, pipeline: WatchedPipeline
) -> None:
    pipeline.gate.clear()
    desk.library.add([folder])
    wait_running(qtbot, desk, pipeline, "a.png")
    qtbot.waitUntil(lambda: desk.library._reader.is_idle)
    desk.library.clear_queue()
    pipeline.gate.set()
    settle(qtbot, desk)
    assert pipeline.ended == ["a.png"]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(["now", "later", "cancel", "running", "events", "gate"]), st.integers(0, 2)
        ),
        max_size=12,
    )
)
def test_that_the_queue_comes_to_its_end_whatever_is_asked(
    qtbot: QtBot, make_desk: MakeDesk, pipeline: WatchedPipeline, folder: Path, steps: list[tuple[str, int]]
) -> None:
    """What was asked for last and not cancelled is analysed; no film shows that it is being analysed then."""
    desk = make_desk(analyse_at_once=False)
    shutil.rmtree(desk.store._folder, ignore_errors=True)
    listed(qtbot, desk, folder)
    keys, wanted = keys_in(folder), set()
    for step, number in steps:
        key = keys[number]
        if step in ("now", "later"):
            desk.library.analyse(key, Urgency.NOW if step == "now" else Urgency.LATER)
            wanted.add(key)
        elif step == "cancel":
            desk.library.cancel_analysis(key)
            wanted.discard(key)
        elif step == "running" and desk.library._running:
            wanted.discard(desk.library._running[0])
            desk.library.cancel_running()
        elif step == "events":
            qtbot.wait(1)
        elif step == "gate":
            (pipeline.gate.clear if pipeline.gate.is_set() else pipeline.gate.set)()
    pipeline.gate.set()
    settle(qtbot, desk)
    analysed = {key for key, *_ in desk.said("analysed")}
    assert analysed >= wanted
    states = [FilmState.ANALYSED if key in analysed else FilmState.NEW for key in keys]
    assert [desk.state(key) for key in keys] == states
    ends = sum(len(desk.said(name)) for name in ("analysed", "analysis_cancelled", "analysis_failed"))
    assert len(desk.said("analysing")) == ends
    desk.close()


# -- Failures ------------------------------------------------------------------------------------------------


def test_that_a_queue_stops_with_one_failure_of_the_networks(
    qtbot: QtBot, desk: Desk, folder: Path, pipeline: WatchedPipeline
) -> None:
    pipeline.gate.clear()
    desk.library.add([folder])
    wait_running(qtbot, desk, pipeline, "a.png")
    qtbot.waitUntil(lambda: desk.library._reader.is_idle)
    pipeline.error = ModelError("detector", "there is none")
    pipeline.gate.set()
    settle(qtbot, desk)
    assert pipeline.begun == ["a.png"]
    assert [key.path.name for key, _ in desk.said("analysis_failed")] == ["a.png"]
    assert {entry.state for entry in desk.library.entries} == {FilmState.NEW}
    pipeline.error = None
    desk.library.analyse(FilmKey(folder / "b.png"))
    settle(qtbot, desk)
    assert desk.state(FilmKey(folder / "b.png")) is FilmState.ANALYSED


def test_that_without_networks_a_folder_of_films_is_told_of_once_and_is_analysed_when_they_are_back(
    qtbot: QtBot, desk: Desk, folder: Path, pipeline: WatchedPipeline
) -> None:
    pipeline.error = ModelError("detector", "there is none")
    for path in sorted(folder.iterdir()):
        listed(qtbot, desk, path)  # one by one, as the list fills
    assert [key.path.name for key, _ in desk.said("analysis_failed")] == ["a.png"]
    key = FilmKey(folder / "b.png")
    desk.library.analyse_unasked(key, Urgency.NOW)  # the reader looks at it
    settle(qtbot, desk)
    assert len(desk.said("analysis_failed")) == 2
    pipeline.error = None
    desk.library.analyse_unasked(key, Urgency.NOW)
    settle(qtbot, desk)
    listed(qtbot, desk, write_picture(folder / "d.png", 9))
    assert pipeline.ended == ["b.png", "d.png"]


def test_that_one_film_that_cannot_be_read_or_is_too_large_does_not_stop_the_others(
    qtbot: QtBot, desk: Desk, folder: Path, pipeline: WatchedPipeline
) -> None:
    pipeline.errors["b.png"] = MemoryError()
    listed(qtbot, desk, folder)
    assert pipeline.ended == ["a.png", "c.png"]
    entry = desk.library.entry(FilmKey(folder / "b.png"))
    assert (entry.state, entry.reason) == (
        FilmState.REFUSED,
        "is too large for the memory of this computer",
    )
    assert len(desk.said("analysis_failed")) == 1


def test_that_missing_models_are_told_and_looked_for_again(
    qtbot: QtBot, make_desk: MakeDesk, pipeline: WatchedPipeline, folder: Path, tmp_path: Path
) -> None:
    desk = make_desk(analyse_at_once=False, models_folder=str(tmp_path / "none"))
    key = FilmKey(folder / "a.png")
    listed(qtbot, desk, key.path)
    desk.library.analyse(key)
    settle(qtbot, desk)
    ((_, error),) = desk.said("analysis_failed")
    assert isinstance(error, VcfError)
    assert "choose the folder of models again" in str(error)
    assert desk.state(key) is FilmState.NEW
    desk.settings = replace(desk.settings, models_folder="")
    desk.library.analyse(key)
    settle(qtbot, desk)
    assert desk.state(key) is FilmState.ANALYSED


# -- What the list says of a review --------------------------------------------------------------------------


def saved(store: SessionStore, path: Path, review: Review, *, signed: bool = False) -> None:
    signatures = (Signature(1, "Ada", NOON),) if signed else ()
    store.save(Session(record_of(read_film(path)), review, signatures=signatures, locked=signed))


def by_hand() -> Review:
    review = Review().with_drawn(BOX, VertebraLevel.L4, anterior_is_left=True)
    return review.graded(1, ReaderGrade.MILD, "Ada", NOON)


def by_machine() -> Review:
    return Review().with_analysis(
        Analysis("a" * 64, tuple(map(finding, range(5))), (MODEL,), NOON, {"total": 0.5})
    )


def test_that_saved_reviews_are_shown_and_only_what_needs_it_is_analysed(
    qtbot: QtBot, desk: Desk, folder: Path, pipeline: WatchedPipeline
) -> None:
    for number, name in enumerate(("d", "e")):
        write_picture(folder / f"{name}.png", 10 + number)
    saved(desk.store, folder / "a.png", by_hand())
    saved(desk.store, folder / "b.png", by_hand(), signed=True)
    saved(desk.store, folder / "c.png", by_machine())
    saved(desk.store, folder / "d.png", by_machine().accepted(1, "Ada", NOON))
    listed(qtbot, desk, folder)
    states = {entry.key.path.stem: entry.state for entry in desk.library.entries}
    assert states == {
        "a": FilmState.IN_REVIEW,
        "b": FilmState.SIGNED,
        "c": FilmState.ANALYSED,
        "d": FilmState.IN_REVIEW,
        "e": FilmState.ANALYSED,
    }
    assert pipeline.ended == ["a.png", "e.png"]
    session = desk.store.load(record_of(read_film(folder / "a.png")))
    assert [v.added for v in session.review.vertebrae] == [False] * 5 + [True]


def test_that_a_review_that_was_begun_is_so_still_after_its_analysis_was_cancelled_or_failed(
    qtbot: QtBot, quiet: Desk, folder: Path, pipeline: WatchedPipeline
) -> None:
    key = FilmKey(folder / "a.png")
    saved(quiet.store, key.path, by_hand())
    listed(qtbot, quiet, key.path)
    pipeline.gate.clear()
    quiet.library.analyse(key)
    wait_running(qtbot, quiet, pipeline, "a.png")
    assert quiet.state(key) is FilmState.ANALYSING
    quiet.library.cancel_running()
    settle(qtbot, quiet)
    assert quiet.state(key) is FilmState.IN_REVIEW
    pipeline.error = ModelError("detector", "there is none")
    pipeline.gate.set()
    quiet.library.analyse(key)
    settle(qtbot, quiet)
    assert quiet.state(key) is FilmState.IN_REVIEW


def test_that_what_becomes_of_a_review_during_the_analysis_is_shown_after_it(
    qtbot: QtBot, quiet: Desk, folder: Path, pipeline: WatchedPipeline
) -> None:
    key = FilmKey(folder / "a.png")
    listed(qtbot, quiet, key.path)
    pipeline.gate.clear()
    quiet.library.analyse(key)
    wait_running(qtbot, quiet, pipeline, "a.png")
    quiet.library.set_review_state(key, FilmState.IN_REVIEW)
    assert quiet.state(key) is FilmState.ANALYSING
    pipeline.gate.set()
    settle(qtbot, quiet)
    assert quiet.state(key) is FilmState.IN_REVIEW
    quiet.library.set_review_state(FilmKey(folder / "unknown.png"), FilmState.SIGNED)
    assert quiet.library.entry(FilmKey(folder / "unknown.png")) is None


def test_that_a_film_that_is_looked_at_while_it_is_analysed_is_not_analysed_twice(
    qtbot: QtBot, desk: Desk, folder: Path, pipeline: WatchedPipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader chose it at once; the list comes to it later, and has read its review before that was."""
    key, gate, look = FilmKey(folder / "a.png"), threading.Event(), Films.look

    def slow(films: Films, key: FilmKey, report: Any) -> Any:
        looked = look(films, key, report)
        gate.wait(5)
        return looked

    monkeypatch.setattr(Films, "look", slow)
    desk.library.add([key.path])
    qtbot.waitUntil(lambda: desk.library.entry(key) is not None)
    desk.library.analyse(key)
    qtbot.waitUntil(lambda: pipeline.ended == ["a.png"] and not desk.library.is_busy)
    gate.set()
    settle(qtbot, desk)
    assert pipeline.ended == ["a.png"]
    entry = desk.library.entry(key)
    assert entry.state is FilmState.ANALYSED
    assert entry.thumbnail is not None


def test_that_the_state_of_a_film_follows_from_its_review() -> None:
    record = record_of(read_film(resources_folder() / "demo_film.dcm"))
    machine, hand = by_machine(), by_hand()
    noted = machine.with_vertebra(replace(machine.vertebra(2), note="look"))
    first = replace(machine, first_reading=FirstReading((), "Ada", NOON))
    table = [
        (None, FilmState.NEW),
        (Session(record, Review()), FilmState.NEW),
        (Session(record, machine), FilmState.ANALYSED),
        (Session(record, hand), FilmState.IN_REVIEW),
        (Session(record, noted), FilmState.IN_REVIEW),
        (Session(record, first), FilmState.IN_REVIEW),
        (Session(record, machine.rejected(1, "Ada", NOON)), FilmState.IN_REVIEW),
        (Session(record, machine, signatures=(Signature(1, "Ada", NOON),)), FilmState.IN_REVIEW),
        (Session(record, machine, locked=True), FilmState.SIGNED),
    ]
    for session, state in table:
        assert state_of(session) is state


# -- Removing ------------------------------------------------------------------------------------------------


def no_trace(desk: Desk, key: FilmKey) -> None:
    assert desk.library.entry(key) is None
    assert not list(desk.store._folder.glob("*"))
    assert not desk.library.is_busy
    assert desk.said("analysed") == []
    assert desk.said("opened") == []


def test_that_a_film_that_is_removed_while_it_is_read_leaves_no_trace(
    qtbot: QtBot, desk: Desk, folder: Path, pipeline: WatchedPipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, gate, begun = FilmKey(folder / "a.png"), threading.Event(), threading.Event()
    read = Films.read

    def slow(films: Films, key: FilmKey) -> Film:
        begun.set()
        gate.wait(5)
        return read(films, key)

    monkeypatch.setattr(Films, "read", slow)
    desk.library.add([key.path])
    qtbot.waitUntil(lambda: desk.library.entry(key) is not None and begun.is_set())
    desk.library.open(key)
    desk.library.remove(key)
    gate.set()
    settle(qtbot, desk)
    assert pipeline.begun == []
    assert desk.said("entry_removed") == [key]
    no_trace(desk, key)


@pytest.mark.parametrize("had_ended", [False, True])
def test_that_a_film_that_is_removed_while_it_is_analysed_leaves_no_trace(
    qtbot: QtBot, desk: Desk, folder: Path, pipeline: WatchedPipeline, had_ended: bool
) -> None:
    key = FilmKey(folder / "a.png")
    pipeline.gate.clear()
    desk.library.add([key.path])
    wait_running(qtbot, desk, pipeline, "a.png")
    if had_ended:
        pipeline.gate.set()
        desk.library._analyst.drain()
        assert pipeline.ended == ["a.png"]
    desk.library.remove(key)
    settle(qtbot, desk)
    no_trace(desk, key)


def test_that_a_film_that_is_removed_waits_no_more(
    qtbot: QtBot, desk: Desk, folder: Path, pipeline: WatchedPipeline
) -> None:
    pipeline.gate.clear()
    desk.library.add([folder])
    wait_running(qtbot, desk, pipeline, "a.png")
    qtbot.waitUntil(lambda: desk.library._reader.is_idle)
    desk.library.remove(FilmKey(folder / "b.png"))
    desk.library.remove(FilmKey(folder / "b.png"))
    desk.library.remove(None)
    pipeline.gate.set()
    settle(qtbot, desk)
    assert pipeline.ended == ["a.png", "c.png"]
    assert desk.said("entry_removed") == [FilmKey(folder / "b.png")]


def test_that_a_removed_film_can_be_added_again(
    qtbot: QtBot, desk: Desk, folder: Path, pipeline: WatchedPipeline
) -> None:
    key = FilmKey(folder / "a.png")
    pipeline.gate.clear()
    desk.library.add([key.path])
    wait_running(qtbot, desk, pipeline, "a.png")
    desk.library.remove(key)
    desk.library.add([key.path])
    pipeline.gate.set()
    settle(qtbot, desk)
    assert desk.state(key) is FilmState.ANALYSED
    assert len(desk.said("analysed")) == 1


# -- A vertebra that the reader drew -------------------------------------------------------------------------


class Answers:
    """What the networks said of a drawn box."""

    def __init__(self) -> None:
        self.done: list[Any] = []
        self.failed: list[Exception] = []

    def ask(self, desk: Desk, key: FilmKey) -> None:
        desk.library.examine(key, BOX, Review(), VertebraLevel.L4, self.done.append, self.failed.append)


def test_that_a_drawn_box_is_examined(
    qtbot: QtBot, quiet: Desk, folder: Path, pipeline: WatchedPipeline
) -> None:
    answers, key = Answers(), FilmKey(folder / "a.png")
    answers.ask(quiet, key)
    settle(qtbot, quiet)
    pipeline.examined = finding(4)
    answers.ask(quiet, key)
    answers.ask(quiet, FilmKey(folder / "missing.png"))
    settle(qtbot, quiet)
    assert answers.done[0] is None
    assert answers.done[1].level is VertebraLevel.L4
    assert [type(error) for error in answers.failed] == [FilmReadError]


def test_that_the_reader_does_not_wait_for_the_analysis_of_another_film(
    qtbot: QtBot, desk: Desk, folder: Path, pipeline: WatchedPipeline
) -> None:
    pipeline.gate.clear()
    desk.library.add([folder])
    wait_running(qtbot, desk, pipeline, "a.png")
    qtbot.waitUntil(lambda: desk.library._reader.is_idle)
    answers = Answers()
    answers.ask(desk, FilmKey(folder / "c.png"))
    qtbot.waitUntil(lambda: answers.done == [None])
    assert pipeline.ended == []
    pipeline.gate.set()
    settle(qtbot, desk)
    assert pipeline.ended == ["a.png", "b.png", "c.png"]


def test_that_the_analysis_of_the_same_film_is_not_begun_again_for_a_drawn_box(
    qtbot: QtBot, desk: Desk, folder: Path, pipeline: WatchedPipeline
) -> None:
    pipeline.gate.clear()
    desk.library.add([folder / "a.png"])
    wait_running(qtbot, desk, pipeline, "a.png")
    answers = Answers()
    answers.ask(desk, FilmKey(folder / "a.png"))
    pipeline.gate.set()
    settle(qtbot, desk)
    assert (pipeline.begun, answers.done) == (["a.png"], [None])


# -- Settings and closing ------------------------------------------------------------------------------------


def test_that_the_models_are_the_chosen_ones_or_the_shipped_ones(tmp_path: Path) -> None:
    assert chosen_models(Settings()) == models_folder()
    assert chosen_models(Settings(models_folder=str(tmp_path))) == tmp_path
    with pytest.raises(VcfError, match="is not a folder; choose the folder of models again"):
        chosen_models(Settings(models_folder=str(tmp_path / "none")))


def test_that_closing_in_the_midst_of_all_ends_everything(
    qtbot: QtBot, desk: Desk, folder: Path, pipeline: WatchedPipeline
) -> None:
    pipeline.gate.clear()
    desk.library.add([folder])
    wait_running(qtbot, desk, pipeline, "a.png")
    desk.library.open(FilmKey(folder / "b.png"))
    desk.library.add([folder])
    before = list(desk.events)
    desk.library.close()
    desk.library.close()
    qtbot.wait(20)
    assert desk.events == before
    assert not {"reading", "analysis"} & {thread.name for thread in threading.enumerate()}
