"""A document in a view: what is drawn of it, and presets, layers, the enhanced view and the orientation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from vcf_desktop.film import Film, Orientation, SpacingSource, StudyInfo, VoiLut, VoiWindow
from vcf_desktop.inference.remarks import LEVELS_ASSUMED
from vcf_desktop.io.grey_values import voi_range
from vcf_desktop.io.sessions import FilmRecord, Session
from vcf_desktop.review import FirstReading, Mark, Measure, MeasureKind, ReaderGrade, Review, Vertebra
from vcf_desktop.spine import Analysis, VertebraLevel
from vcf_desktop.trail import Signature
from vcf_desktop.ui.commands import edit_text
from vcf_desktop.ui.document import Document
from vcf_desktop.ui.film_entries import FilmKey
from vcf_desktop.ui.film_item import ShownFilm
from vcf_desktop.ui.film_pane import FilmPane
from vcf_desktop.ui.film_view import FilmView
from vcf_desktop.ui.findings_item import Layer
from vcf_desktop.ui.grey_picture import enhanced_picture, picture_of
from vcf_desktop.ui.reading import OpenedFilm

MakeFilm = Callable[..., Film]
MakeVertebra = Callable[..., Vertebra]
MakeDocument = Callable[..., Document]
ScreenOf = Callable[[FilmView], NDArray[np.uint8]]
TextsOf = Callable[[FilmView], list[str]]

SOFT, HARD = VoiWindow(120, 200, "LINEAR", "soft"), VoiWindow(90, 60, "LINEAR", "hard")
CURVE = VoiLut(0, np.linspace(0, 4095, 256).astype(np.uint16), 12, "curve")
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def make_document(make_film: MakeFilm, make_vertebra: MakeVertebra) -> MakeDocument:
    """Makes a film with two vertebrae, T12 selected by nobody, with two windows of its own."""

    def make(
        name: str = "film.dcm",
        review: Review | None = None,
        orientation: Orientation | None = None,
        read_first: bool = False,
        luts: tuple[VoiLut, ...] = (),
    ) -> Document:
        values = np.random.default_rng(3).integers(0, 100, (240, 320), np.uint8)
        values[40:160, 90:170] += 120
        film = make_film(values, windows=(SOFT, HARD), luts=luts)
        record = FilmRecord("a" * 64, Path(name))
        if review is None:
            spine = (
                make_vertebra(1, (100, 50, 160, 90), "T12", grade=2),
                make_vertebra(2, (100, 100, 160, 140), "L1"),
            )
            review = Review(vertebrae=spine, next_key=3)
        opened = OpenedFilm(
            key=FilmKey(Path(name)),
            record=record,
            picture=picture_of(film),
            spacing_mm=(0.2, 0.2),
            spacing_source=SpacingSource.CALIBRATED,
            study=StudyInfo(patient_name="Muster^Erika", patient_id="7"),
            notices=(),
            frame_count=1,
        )
        session = Session(record, review, orientation=orientation or Orientation())
        return Document(opened, session, lambda: "reader", read_first=read_first)

    return make


@pytest.fixture
def pane(make_view: Callable[..., FilmView]) -> FilmPane:
    return FilmPane(make_view())


def test_that_a_document_is_shown_with_patient_name_of_file_and_remark(
    pane: FilmPane, make_document: MakeDocument, texts_of: TextsOf
) -> None:
    pane.show(make_document("prior.dcm", orientation=Orientation(1, True)), "For comparison")
    texts = texts_of(pane.view)
    assert {"Muster, Erika", "7", "prior.dcm", "For comparison", "mm: calibrated"} <= set(texts)
    assert any(text.startswith("T12") and "AI 2" in text for text in texts)
    assert pane.view.orientation == Orientation(1, True)
    assert pane.view.voi is SOFT
    assert pane.view.shown.spacing_mm == (0.2, 0.2)


def test_that_no_document_empties_the_view(
    pane: FilmPane, make_document: MakeDocument, texts_of: TextsOf
) -> None:
    line = Measure(MeasureKind.LENGTH, np.array([(10.0, 10.0), (60.0, 10.0)]))
    document = make_document()
    document.add_measure(line, "measure")
    pane.show(document)
    pane.show(None)
    assert pane.document is None
    assert texts_of(pane.view) == []
    assert pane.view.findings_item.findings.vertebrae == ()
    # None of the commands does any harm.
    pane.refresh()
    pane.next_preset()
    pane.reset_contrast()
    pane.set_enhanced(True)
    pane.set_draft(line)
    pane.use_preset(SOFT)
    pane.turn(1)
    pane.flip()
    pane.toggle(Layer.BOXES)
    assert pane.presets() == ()
    assert texts_of(pane.view) == []


def test_that_the_review_is_drawn_as_it_stands_with_the_selected_and_the_dragged_vertebra(
    pane: FilmPane, make_document: MakeDocument, texts_of: TextsOf
) -> None:
    document = make_document()
    pane.show(document)
    document.select(2)
    pane.refresh()
    findings = pane.view.findings_item.findings
    assert [v.key for v in findings.vertebrae] == [1, 2]
    assert findings.selected == 2
    assert set(findings.measured) == {1, 2}
    moved = replace(document.review.vertebra(1), points_xy=document.review.vertebra(1).points_xy + 3)
    pane.refresh(moved)
    assert pane.view.findings_item.findings.vertebrae[0] is moved
    assert document.review.vertebra(1) is not moved
    pane.refresh(replace(moved, key=99))  # one that is gone meanwhile
    assert [v.key for v in pane.view.findings_item.findings.vertebrae] == [1, 2]
    document.add_measure(Measure(MeasureKind.LENGTH, np.array([(10.0, 10.0), (60.0, 10.0)])), "measure")
    pane.refresh()
    assert "10.0 mm (calibrated)" in texts_of(pane.view)
    pane.set_draft(Measure(MeasureKind.ANGLE, np.array([(50.0, 0.0), (0.0, 0.0), (0.0, 50.0)])))
    assert {"10.0 mm (calibrated)", "90.0°"} <= set(texts_of(pane.view))
    pane.set_draft(None)
    assert "90.0°" not in texts_of(pane.view)


def test_that_a_first_reading_shows_the_readers_marks_and_nothing_of_the_machine(
    pane: FilmPane, make_document: MakeDocument, make_vertebra: MakeVertebra, texts_of: TextsOf
) -> None:
    spine = (make_vertebra(1, (100, 50, 160, 90), "T12", grade=3),)
    marks = (Mark(120.0, 70.0, ReaderGrade.MILD),)
    begun = Review(vertebrae=spine, next_key=2, first_reading=FirstReading(marks, "reader", NOON))
    document = make_document(review=begun, read_first=True)
    pane.show(document)
    assert pane.view.findings_item.findings.vertebrae == ()
    assert "1" in texts_of(pane.view)
    assert not any("AI" in text or "T12" in text for text in texts_of(pane.view))
    assert [voi.explanation for voi in pane.presets()] == ["soft", "hard", "whole film"]  # no spine's either
    document.record_first_reading("done")
    pane.refresh()
    assert any(text.startswith("T12") for text in texts_of(pane.view))
    assert pane.presets()[-1].explanation == "spine"


# -- Layers --------------------------------------------------------------------------------------------------


def test_that_each_layer_can_be_switched_and_all_be_hidden_for_a_moment(
    pane: FilmPane, make_document: MakeDocument, screen_of: ScreenOf
) -> None:
    told = []
    pane.style_changed.connect(lambda: told.append((pane.layers, pane.opacity)))
    pane.show(make_document())
    assert pane.layers == frozenset(Layer) - {Layer.BOXES}
    first = screen_of(pane.view)
    for layer in Layer:
        before = len(told)
        pane.toggle(layer)
        assert (screen_of(pane.view) != first).any()
        assert len(told) == before + 1
        pane.toggle(layer)
        np.testing.assert_array_equal(screen_of(pane.view), first)
    for layer in pane.layers:
        pane.toggle(layer)
    nothing = screen_of(pane.view)
    pane.layers = frozenset(Layer)
    pane.set_shows_findings(False)
    np.testing.assert_array_equal(screen_of(pane.view), nothing)
    pane.toggle(Layer.BOXES)
    pane.set_shows_findings(True)
    np.testing.assert_array_equal(screen_of(pane.view), first)


def test_that_strength_stays_between_10_and_100_percent(pane: FilmPane, make_document: MakeDocument) -> None:
    pane.show(make_document())
    for _ in range(5):
        pane.stronger()
    assert pane.opacity == 100
    for _ in range(20):
        pane.fainter()
    assert pane.opacity == 10
    pane.set_opacity(45)
    pane.stronger()
    assert pane.opacity == 55


# -- Contrast ------------------------------------------------------------------------------------------------


def test_that_the_presets_are_gone_through_in_order_and_round(
    pane: FilmPane, make_document: MakeDocument
) -> None:
    pane.show(make_document(luts=(CURVE,)))
    assert pane.view.voi is CURVE
    names = []
    for _ in range(6):
        pane.next_preset()
        assert pane.view.voi is not None
        names.append(pane.view.voi.explanation)
    assert names == ["soft", "hard", "whole film", "spine", "curve", "soft"]
    pane.view.set_voi(VoiWindow(1, 2))
    pane.reset_contrast()
    assert pane.view.voi is CURVE
    pane.next_preset()
    assert pane.view.voi is SOFT


def test_that_the_preset_of_the_spine_is_that_of_its_boxes(
    pane: FilmPane, make_document: MakeDocument
) -> None:
    pane.show(make_document())
    whole, spine = pane.presets()[-2:]
    assert voi_range(whole)[0] < 60  # the film's soft parts are 0 to 99, its spine 120 to 219
    assert voi_range(spine)[0] >= 115


def test_that_the_enhanced_view_is_asked_for_once_and_comes_and_goes(
    pane: FilmPane, make_document: MakeDocument, make_film: MakeFilm
) -> None:
    asked = []
    pane.wants_enhanced.connect(lambda: asked.append(pane.document))
    document = make_document()
    pane.show(document)
    pane.view.set_voi(HARD)
    pane.set_enhanced(True)
    assert asked == [document]
    assert not pane.view.is_enhanced
    enhanced = enhanced_picture(
        np.full((240, 320), 30000, np.uint16), make_film(np.zeros((240, 320), np.uint8))
    )
    pane.take_enhanced(document, enhanced)
    assert pane.view.is_enhanced
    assert pane.view.film_item.picture is enhanced
    pane.use_preset(SOFT)
    pane.next_preset()
    assert pane.view.voi is enhanced.choices[0]
    pane.view.drag_window(30, 30)
    pane.reset_contrast()
    assert pane.view.voi is enhanced.choices[0]
    pane.set_enhanced(False)
    assert pane.view.film_item.picture is document.film.picture
    assert pane.view.voi is HARD
    pane.set_enhanced(True)
    assert pane.view.is_enhanced
    assert asked == [document]


def test_that_an_enhanced_view_that_is_not_wanted_any_more_is_not_shown_when_it_comes(
    pane: FilmPane, make_document: MakeDocument, make_film: MakeFilm
) -> None:
    document = make_document()
    asked: list[bool] = []
    pane.wants_enhanced.connect(lambda: asked.append(True))
    pane.show(document)
    pane.set_enhanced(True)
    pane.set_enhanced(False)
    film = make_film(np.zeros((240, 320), np.uint8))
    pane.take_enhanced(document, enhanced_picture(np.zeros((240, 320), np.uint16), film))
    assert not pane.view.is_enhanced
    assert pane.view.film_item.picture is document.film.picture
    pane.set_enhanced(True)
    assert pane.view.is_enhanced
    assert asked == [True]  # it was kept


def test_that_an_enhanced_view_that_comes_too_late_is_dropped(
    pane: FilmPane, make_document: MakeDocument, make_film: MakeFilm
) -> None:
    first, second = make_document("1.dcm"), make_document("2.dcm")
    pane.show(first)
    pane.set_enhanced(True)
    pane.show(second)
    film = make_film(np.zeros((240, 320), np.uint8))
    pane.take_enhanced(first, enhanced_picture(np.zeros((240, 320), np.uint16), film))
    assert not pane.view.is_enhanced
    assert pane.view.film_item.picture is second.film.picture


def test_that_another_film_is_not_enhanced_and_starts_at_its_first_preset(
    pane: FilmPane, make_document: MakeDocument, make_film: MakeFilm
) -> None:
    first, second = make_document("1.dcm"), make_document("2.dcm")
    pane.show(first)
    pane.next_preset()
    film = make_film(np.zeros((240, 320), np.uint8))
    pane.take_enhanced(first, enhanced_picture(np.zeros((240, 320), np.uint16), film))
    pane.show(second)
    assert not pane.view.is_enhanced
    assert pane.view.voi is SOFT
    asked = []
    pane.wants_enhanced.connect(lambda: asked.append(True))
    pane.set_enhanced(True)
    assert asked == [True]


# -- Orientation ---------------------------------------------------------------------------------------------


def test_that_turning_and_mirroring_are_seen_and_told(pane: FilmPane, make_document: MakeDocument) -> None:
    told: list[tuple[Orientation, str]] = []
    pane.oriented.connect(lambda *said: told.append(said))
    pane.show(make_document())
    assert told == []
    expected = Orientation()
    corner = np.array([0.0, 0.0])
    sides = []
    for step in (lambda: pane.turn(1), lambda: pane.turn(1), pane.flip, lambda: pane.turn(-1)):
        step()
        place = pane.view.place_of(corner)
        sides.append(("left" if place.x() < 320 else "right", "top" if place.y() < 240 else "bottom"))
    # The film's first corner, as one follows it with a finger.
    assert sides == [("right", "top"), ("right", "bottom"), ("left", "bottom"), ("right", "bottom")]
    expected = Orientation().turned(1).turned(1).flipped().turned(-1)
    assert told[-1][0] == expected
    assert pane.view.orientation == expected
    clockwise, mirrored, back = (edit_text(name) for name in ("rotate_right", "flip", "rotate_left"))
    assert [text for _, text in told] == [clockwise, clockwise, mirrored, back]
    assert len({clockwise, mirrored, back}) == 3


def test_that_the_view_is_turned_as_its_document_is(pane: FilmPane, make_document: MakeDocument) -> None:
    document = make_document()
    pane.oriented.connect(document.orient)
    document.changed.connect(pane.refresh)
    pane.show(document)
    pane.turn(1)
    pane.flip()
    seen = []
    for step in (document.undo_stack.undo, document.undo_stack.undo, document.undo_stack.redo):
        step()
        seen.append(pane.view.orientation)
    assert seen == [Orientation(1), Orientation(), Orientation(1)]
    pane.turn(1)  # on from where it is seen
    assert document.session.orientation == pane.view.orientation == Orientation(2)


def test_that_a_signed_film_is_turned_only_to_look_at_it(pane: FilmPane, make_document: MakeDocument) -> None:
    document = make_document()
    locked = replace(document.session, locked=True, signatures=(Signature(1, "Ada", NOON),))
    document.take_signed(locked)
    pane.oriented.connect(document.orient)
    document.changed.connect(pane.refresh)
    pane.show(document)
    pane.turn(1)
    document.select(1)
    pane.refresh()
    assert pane.view.orientation == Orientation(1)
    assert document.session.orientation == Orientation()
    document.amend()
    assert pane.view.orientation == Orientation()  # from here on it is as it is recorded


# -- Assumed levels ------------------------------------------------------------------------------------------

ASSUMED = "Levels assumed"


@pytest.fixture
def assumed(make_vertebra: MakeVertebra) -> Review:
    """T12 and L1 as the machine named them without a sacrum to count from."""
    spine = (make_vertebra(1, (100, 50, 160, 90), "T12"), make_vertebra(2, (100, 100, 160, 140), "L1"))
    findings = tuple(v.machine for v in spine if v.machine is not None)
    return Review().with_analysis(Analysis("a" * 64, findings, (), NOON, {}, (LEVELS_ASSUMED,)))


def test_that_assumed_levels_are_said_to_be_until_the_reader_names_one(
    pane: FilmPane, make_document: MakeDocument, assumed: Review, texts_of: TextsOf
) -> None:
    document = make_document(review=assumed)
    document.changed.connect(pane.refresh)
    pane.show(document)
    assert texts_of(pane.view).count(ASSUMED) == 1
    document.edit("draw", assumed.with_drawn((100, 150, 160, 190), VertebraLevel.L2, anterior_is_left=True))
    document.grade(document.review.vertebra(1), ReaderGrade.MILD, "grade")
    assert ASSUMED in texts_of(pane.view)  # neither says anything about the names
    document.rename(document.review.vertebra(2), VertebraLevel.L2, "rename")
    assert ASSUMED not in texts_of(pane.view)
    document.undo_stack.undo()
    assert ASSUMED in texts_of(pane.view)
    document.shift(1, "shift")
    assert ASSUMED not in texts_of(pane.view)


def test_that_levels_are_not_said_to_be_assumed_where_they_were_counted_or_are_not_shown(
    pane: FilmPane, make_document: MakeDocument, assumed: Review, texts_of: TextsOf
) -> None:
    assert assumed.analysis is not None
    counted = replace(assumed, analysis=replace(assumed.analysis, film_warnings=("The film is cut off.",)))
    for document in (
        make_document(),  # not analysed at all
        make_document(review=counted),
        make_document(review=assumed, read_first=True),
    ):
        pane.show(make_document(review=assumed))
        assert ASSUMED in texts_of(pane.view)
        pane.show(document)
        assert ASSUMED not in texts_of(pane.view)
    document.record_first_reading("record")
    pane.refresh()
    assert ASSUMED in texts_of(pane.view)
    pane.show(None)
    pane.view.show_film(document.film.picture, ShownFilm(None), Orientation())
    assert ASSUMED not in texts_of(pane.view)
