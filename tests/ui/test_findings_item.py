"""What is drawn about the vertebrae, and what lies under the pointer: pictures against pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from vcf_desktop.film import Film, Orientation, VoiWindow
from vcf_desktop.review import Mark, ReaderGrade, Verdict, Vertebra
from vcf_desktop.ui import theme
from vcf_desktop.ui.film_item import ShownFilm
from vcf_desktop.ui.film_view import FilmView
from vcf_desktop.ui.findings_item import Findings, Handle, Layer, hit, is_uncertain, label_parts, shown_grade
from vcf_desktop.ui.grey_picture import picture_of

MakeVertebra = Callable[..., Vertebra]
Screen = NDArray[np.int_]
Draw = Callable[..., Screen]

ALL = frozenset(Layer)
LINES = frozenset({Layer.CONTOURS})
ORIENTATIONS = [Orientation(turns, mirrored) for turns in range(4) for mirrored in (False, True)]


@pytest.fixture
def view(make_view: Callable[..., FilmView], make_film: Callable[..., Film]) -> FilmView:
    """A black film of 320 by 240 px at two screen pixels each."""
    view = make_view()
    view.show_film(picture_of(make_film(np.zeros((240, 320), np.uint8))), ShownFilm(None), Orientation())
    view.zoom_to(2.0)
    return view


@pytest.fixture
def draw(view: FilmView, screen_of: Callable[[FilmView], NDArray[np.uint8]]) -> Draw:
    """Draws vertebrae with full strength, unless told otherwise."""

    def picture(
        *vertebrae: Vertebra,
        layers: frozenset[Layer] = ALL,
        opacity: float = 1.0,
        selected: int | None = None,
    ) -> Screen:
        view.set_findings(Findings(vertebrae, selected=selected))
        view.findings_item.set_style(layers, opacity)
        return screen_of(view).astype(int)

    return picture


def differ(one: Screen, other: Screen) -> NDArray[np.bool_]:
    return (one != other).any(axis=-1)


def left_side(screen: Screen, view: FilmView, vertebra: Vertebra) -> Screen:
    """(rows, 13) red along and across the left side of an outline, away from its corners and middle."""
    left, top, _, bottom = vertebra.box_xyxy
    upper, lower = view.place_of(np.array([left, top])), view.place_of(np.array([left, bottom]))
    x, length = round(upper.x()), lower.y() - upper.y()
    return screen[int(upper.y() + 0.15 * length) : int(lower.y() - 0.15 * length), x - 6 : x + 7, 0]


def line_width(screen: Screen, view: FilmView, vertebra: Vertebra) -> float:
    full = theme.GRADE_COLOURS[shown_grade(vertebra)].red()
    return float(left_side(screen, view, vertebra).sum(axis=1).mean()) / full


def gaps(screen: Screen, view: FilmView, vertebra: Vertebra) -> int:
    """How many times the line is broken."""
    ink = left_side(screen, view, vertebra).max(axis=1) > 0.3 * theme.GRADE_COLOURS[ReaderGrade.NON].red()
    return int(np.count_nonzero(np.diff(ink.astype(int)) == -1))


# -- How vertebrae look --------------------------------------------------------------------------------------


@pytest.mark.parametrize("selected", [False, True])
@pytest.mark.parametrize("scale", [1.5, 3.0])
def test_that_lines_get_thicker_with_the_grade(
    view: FilmView, draw: Draw, make_vertebra: MakeVertebra, selected: bool, scale: float
) -> None:
    view.zoom_to(scale)
    widths = []
    for grade in (ReaderGrade.NON, ReaderGrade.MILD, ReaderGrade.MODERATE, ReaderGrade.SEVERE):
        vertebra = make_vertebra(decided=grade)
        screen = draw(vertebra, layers=LINES, selected=1 if selected else None)
        widths.append(line_width(screen, view, vertebra))
        assert widths[-1] == pytest.approx(theme.GRADE_WIDTHS[grade] + selected, abs=0.3)
        assert gaps(screen, view, vertebra) == 0
    assert (np.diff(widths) > 0.15).all()


def test_that_the_machines_grade_looks_like_the_readers(draw: Draw, make_vertebra: MakeVertebra) -> None:
    for number, grade in enumerate(
        (ReaderGrade.NON, ReaderGrade.MILD, ReaderGrade.MODERATE, ReaderGrade.SEVERE)
    ):
        undecided = make_vertebra(grade=number)
        assert shown_grade(undecided) is grade
        decided = make_vertebra(grade=0, decided=grade)
        assert shown_grade(decided) is grade
        assert not differ(draw(undecided, layers=LINES), draw(decided, layers=LINES)).any()


def doubtful(make_vertebra: MakeVertebra) -> Iterable[Vertebra]:
    unsure = make_vertebra(grade=2)
    assert unsure.machine is not None
    yield replace(unsure, machine=replace(unsure.machine, level_confidence=0.3))
    spread = np.array([0.3, 0.2, 0.4, 0.1])
    yield replace(unsure, machine=replace(unsure.machine, grade_probabilities=spread))
    yield replace(unsure, machine=replace(unsure.machine, warnings=("The outline is cut off.",)))
    yield make_vertebra(machine=None, added=True)
    yield make_vertebra(grade=2, decided=ReaderGrade.EQUIVOCAL)
    yield make_vertebra(grade=2, decided=ReaderGrade.NOT_EVALUABLE)


@pytest.mark.parametrize("scale", [1.5, 3.0])
def test_that_an_uncertain_outline_is_dotted_and_a_sure_one_whole(
    view: FilmView, draw: Draw, make_vertebra: MakeVertebra, scale: float
) -> None:
    view.zoom_to(scale)
    for vertebra in doubtful(make_vertebra):
        assert is_uncertain(vertebra)
        screen = draw(vertebra, layers=LINES)
        assert gaps(screen, view, vertebra) >= 4
        assert gaps(draw(vertebra, layers=LINES, selected=1), view, vertebra) >= 4
    sure = make_vertebra(grade=2)
    assert not is_uncertain(sure)
    assert gaps(draw(sure, layers=LINES), view, sure) == 0


def test_that_a_decision_ends_the_doubt(make_vertebra: MakeVertebra) -> None:
    for vertebra in list(doubtful(make_vertebra))[:4]:
        decided = make_vertebra(decided=ReaderGrade.MILD)
        assert not is_uncertain(replace(vertebra, decision=decided.decision))


def test_that_a_rejected_vertebra_vanishes_whole_unless_it_is_selected(
    view: FilmView,
    draw: Draw,
    make_vertebra: MakeVertebra,
    texts_of: Callable[[FilmView], list[str]],
) -> None:
    kept = make_vertebra(key=1, box=(60.0, 40.0, 120.0, 80.0), level="T12")
    rejected = make_vertebra(key=2, box=(60.0, 100.0, 120.0, 140.0), decided=Verdict.REJECTED)
    alone, both = draw(kept), draw(kept, rejected)
    assert not differ(alone, both).any()
    assert not any(text.startswith("L1") for text in texts_of(view))
    selected = draw(kept, rejected, selected=2)
    assert differ(both, selected).any()
    assert any(text.startswith("L1") for text in texts_of(view))
    lines = draw(rejected, layers=LINES, selected=2)
    assert gaps(lines, view, rejected) >= 2
    # Nothing can be dragged, so no points are shown.
    points = draw(rejected, layers=frozenset({Layer.POINTS}), selected=2)
    assert not differ(points, draw(layers=ALL)).any()


@pytest.mark.parametrize("orientation", ORIENTATIONS, ids=str)
@pytest.mark.parametrize("ratio", [1.0, 1.6])
def test_that_outline_points_and_box_lie_on_their_film_pixels(
    view: FilmView, draw: Draw, make_vertebra: MakeVertebra, orientation: Orientation, ratio: float
) -> None:
    picture = view.film_item.picture
    view.show_film(picture, ShownFilm(None, row_to_column=ratio), orientation)
    vertebra = make_vertebra(box=(110.0, 90.0, 190.0, 130.0))
    places = np.array([[p.x(), p.y()] for p in (view.place_of(xy) for xy in vertebra.points_xy)])
    nothing = draw()
    for layers, margin in ((LINES, 2.5), ({Layer.POINTS}, 4.0), ({Layer.BOXES}, 1.5)):
        inked = np.argwhere(differ(draw(vertebra, layers=frozenset(layers)), nothing))
        np.testing.assert_allclose(inked.min(axis=0)[::-1], places.min(axis=0), atol=margin)
        np.testing.assert_allclose(inked.max(axis=0)[::-1], places.max(axis=0), atol=margin)
    dots = draw(vertebra, layers=frozenset({Layer.POINTS}), selected=1)
    for x, y in places:
        assert (dots[int(y) - 1 : int(y) + 2, int(x) - 1 : int(x) + 2] > 200).all()


def test_that_lines_and_points_are_seen_on_a_white_film(
    view: FilmView, draw: Draw, make_vertebra: MakeVertebra
) -> None:
    view.set_inverted(True)
    for vertebra in (make_vertebra(), next(iter(doubtful(make_vertebra)))):
        side = left_side(draw(vertebra, layers=LINES), view, vertebra)
        assert (side.min(axis=1) < 200).mean() > 0.3
    dots = draw(make_vertebra(), layers=frozenset({Layer.POINTS}), selected=1)
    assert (dots[differ(dots, draw())] < 100).any()


def test_that_strength_fades_lines_but_never_hides_labels(draw: Draw, make_vertebra: MakeVertebra) -> None:
    vertebra, nothing = make_vertebra(grade=3), draw()
    strengths = [
        np.abs(draw(vertebra, layers=LINES, opacity=opacity) - nothing).sum() for opacity in (0.1, 0.5, 1.0)
    ]
    assert strengths[0] < 0.2 * strengths[2] < strengths[1] < 0.7 * strengths[2]
    labels = frozenset({Layer.LEVELS, Layer.GRADES})
    faint, strong = (
        np.abs(draw(vertebra, layers=labels, opacity=opacity) - nothing).sum() for opacity in (0.1, 1.0)
    )
    assert faint > 0.4 * strong


# -- Layers --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layer", [Layer.BOXES, Layer.CONTOURS, Layer.POINTS])
@pytest.mark.parametrize("selected", [None, 2])
def test_that_a_layer_switches_off_what_it_names_and_nothing_else(
    view: FilmView, draw: Draw, make_vertebra: MakeVertebra, layer: Layer, selected: int | None
) -> None:
    view.set_voi(VoiWindow(0.0, 4.0, "LINEAR_EXACT"))  # a grey film, on which black and white are seen
    # The box is not the outline's: seen apart.
    vertebrae = [
        replace(
            make_vertebra(key, (80.0, top, 150.0, top + 40)), box_xyxy=np.array([74, top - 6, 156, top + 46])
        )
        for key, top in ((1, 60.0), (2, 130.0))
    ]
    nothing, whole = draw(), draw(*vertebrae, selected=selected)
    own = differ(draw(*vertebrae, layers=frozenset({layer}), selected=selected), nothing)
    gone = differ(draw(*vertebrae, layers=ALL - {layer}, selected=selected), whole)
    assert own.any()
    assert gone.any()
    assert not (gone & ~own).any()
    # All that it drew alone is gone, but where others drew over or under it.
    others = differ(draw(*vertebrae, layers=ALL - {layer}, selected=selected), nothing)
    assert not (own & ~others & ~gone).any()


def test_that_levels_and_grades_are_written_each_by_itself(
    view: FilmView, draw: Draw, make_vertebra: MakeVertebra, texts_of: Callable[[FilmView], list[str]]
) -> None:
    vertebra = make_vertebra(grade=2)
    level, grade = label_parts(vertebra, None)
    draw()
    others = texts_of(view)

    def written(layers: frozenset[Layer]) -> list[str]:
        draw(vertebra, layers=layers)
        return [text for text in texts_of(view) if text not in others]

    assert written(ALL) == [f"{level}  {grade}"]
    assert written(ALL - {Layer.LEVELS}) == [grade]
    assert written(ALL - {Layer.GRADES}) == [level]
    assert written(ALL - {Layer.GRADES, Layer.LEVELS}) == []
    assert not differ(draw(vertebra, layers=frozenset()), draw()).any()


def test_that_no_meaning_is_carried_by_colour_alone(make_vertebra: MakeVertebra) -> None:
    machine = [label_parts(make_vertebra(grade=grade), None)[1] for grade in range(4)]
    for grade, said in enumerate(machine):
        assert said.startswith(f"AI {grade}")
    reader = [label_parts(make_vertebra(decided=grade), None)[1] for grade in ReaderGrade]
    assert len(set(machine + reader)) == 4 + len(ReaderGrade)
    assert [said.split()[0] for said in reader] == ["0", "0.5", "1", "2", "3", "n/e"]
    for vertebra in list(doubtful(make_vertebra))[:4]:
        assert label_parts(vertebra, None)[1].endswith("?")
    assert "wedge" in machine[2]
    assert "85" in machine[2]


def test_that_a_normal_is_told_with_how_sure_the_machine_is_only_where_it_is_not(
    make_vertebra: MakeVertebra,
) -> None:
    sure = make_vertebra(grade=0)
    assert sure.machine is not None
    assert label_parts(sure, None) == ("L1", "AI 0")
    spread = replace(sure.machine, grade_probabilities=np.array([0.4, 0.3, 0.2, 0.1]))
    said = label_parts(replace(sure, machine=spread), None)[1].replace("\N{NO-BREAK SPACE}", " ")
    assert said == "AI 0 40 % ?"


@pytest.mark.parametrize(
    ("left", "width", "side"),
    [
        (20.0, 60.0, "right"),
        (250.0, 60.0, "left"),  # at the right there are 20 px of the screen
        (60.0, 255.0, "over"),  # neither side has the room
    ],
)
def test_that_a_label_is_never_cut_off_by_an_edge_of_the_screen(
    view: FilmView, draw: Draw, make_vertebra: MakeVertebra, left: float, width: float, side: str
) -> None:
    vertebra = make_vertebra(box=(left, 100.0, left + width, 140.0), grade=2)
    labels = frozenset({Layer.LEVELS, Layer.GRADES})
    whole = make_vertebra(box=(20.0, 100.0, 80.0, 140.0), grade=2)
    nothing = draw()

    def columns(shown: Vertebra) -> NDArray[np.int_]:
        return np.flatnonzero(differ(draw(shown, layers=labels), nothing).any(axis=0))

    length = np.ptp(columns(whole))
    inked = columns(vertebra)
    body = [view.place_of(np.array([x, 120.0])).x() for x in (left, left + width)]
    assert np.ptp(inked) == pytest.approx(length, abs=2)  # all of it
    assert inked.min() > 0
    assert inked.max() < view.viewport().width() - 1
    if side == "right":
        assert inked.min() > body[1]
    elif side == "left":
        assert inked.max() < body[0]
    else:
        assert inked.min() < body[0] + 20


def test_that_marks_of_the_first_reading_are_seen_with_their_grade(
    view: FilmView,
    draw: Draw,
    screen_of: Callable[[FilmView], NDArray[np.uint8]],
    texts_of: Callable[[FilmView], list[str]],
) -> None:
    nothing = draw()
    view.set_findings(Findings(marks=(Mark(100.0, 80.0, ReaderGrade.MODERATE),)))
    inked = differ(screen_of(view).astype(int), nothing)
    place = view.place_of(np.array([100.0, 80.0]))
    assert inked[int(place.y()), int(place.x())]
    assert "2" in texts_of(view)


def test_that_findings_go_with_their_film(view: FilmView, draw: Draw, make_vertebra: MakeVertebra) -> None:
    nothing = draw()
    draw(make_vertebra())
    view.set_findings(Findings())
    assert not differ(draw(), nothing).any()
    draw(make_vertebra())
    view.findings_item.setVisible(False)
    assert view.findings_item.drawn_layers == frozenset()
    assert not differ(draw(make_vertebra()), nothing).any()


# -- What lies under the pointer -----------------------------------------------------------------------------


def found(
    vertebrae: Iterable[Vertebra],
    x: float,
    y: float,
    selected: int | None = None,
    radius: float = 5.0,
    ratio: float = 1.0,
    layers: frozenset[Layer] = ALL,
) -> Handle | None:
    return hit(Findings(tuple(vertebrae), selected=selected), np.array([x, y]), radius, ratio, layers)


def test_that_a_body_answers_inside_and_not_beside_it(make_vertebra: MakeVertebra) -> None:
    spine = [make_vertebra(1, (100, 100, 160, 140)), make_vertebra(2, (100, 150, 160, 190))]
    assert found(spine, 130, 120) == Handle(1)
    assert found(spine, 130, 170) == Handle(2)
    assert found(spine, 130, 145) is None
    assert found(spine, 99, 120) is None
    assert found([], 130, 120) is None
    # A point or an outline of another than the selected one is its body, or nothing.
    assert found(spine, 101, 101, selected=2) == Handle(1)
    assert found(spine, 98, 98, selected=2) is None


def test_that_points_of_the_selected_come_before_its_outline_and_that_before_bodies(
    make_vertebra: MakeVertebra,
) -> None:
    vertebra = make_vertebra(1, (100, 100, 160, 140))
    for index, (x, y) in enumerate(vertebra.points_xy.tolist()):
        assert found([vertebra], x + 2, y - 3, selected=1) == Handle(1, point=index)
    for index, (x, y) in enumerate(vertebra.contour_xy.tolist()):
        handle = found([vertebra], x, y, selected=1)
        near = np.linalg.norm(vertebra.points_xy - (x, y), axis=1)
        if near.min() <= 5:
            assert handle == Handle(1, point=int(near.argmin()))
        else:
            assert handle == Handle(1, contour=index)
    assert found([vertebra], 118, 120, selected=1) == Handle(1)


def test_that_the_nearest_of_two_points_answers_within_the_radius_only(make_vertebra: MakeVertebra) -> None:
    vertebra = make_vertebra(1, (100, 100, 160, 104))  # crushed: points above each other 4 px apart
    assert found([vertebra], 100, 101.5, selected=1, radius=9) == Handle(1, point=0)
    assert found([vertebra], 100, 102.5, selected=1, radius=9) == Handle(1, point=3)
    assert found([vertebra], 91.1, 100, selected=1, radius=9) == Handle(1, point=0)
    assert found([vertebra], 90.9, 100, selected=1, radius=9) is None


def test_that_the_radius_is_in_columns_where_pixels_are_not_square(make_vertebra: MakeVertebra) -> None:
    vertebra = make_vertebra(1, (100, 100, 160, 140))
    assert found([vertebra], 130, 96, selected=1, ratio=1.0) == Handle(1, point=1)
    assert found([vertebra], 130, 96, selected=1, ratio=2.0) is None  # 8 columns away
    assert found([vertebra], 130, 98, selected=1, ratio=2.0) == Handle(1, point=1)


def test_that_points_of_a_selected_vertebra_come_before_bodies_that_overlap_it(
    make_vertebra: MakeVertebra,
) -> None:
    lower = make_vertebra(2, (100, 130, 160, 170))
    upper = make_vertebra(1, (100, 100, 160, 140))
    assert found([upper, lower], 130, 138, selected=2, radius=9) == Handle(2, point=1)
    assert found([lower, upper], 130, 138, selected=2, radius=9) == Handle(2, point=1)
    # Where both bodies are, the one that is drawn on top.
    assert found([upper, lower], 118, 135, selected=1, radius=2) == Handle(1)
    assert found([upper, lower], 118, 135, selected=2, radius=2) == Handle(2)


def test_that_a_rejected_vertebra_answers_only_while_it_is_seen_and_is_never_edited(
    make_vertebra: MakeVertebra,
) -> None:
    rejected = make_vertebra(2, (100, 100, 160, 140), decided=Verdict.REJECTED)
    assert found([rejected], 130, 120) is None
    assert found([rejected], 130, 120, selected=2) == Handle(2)
    assert found([rejected], 101, 101, selected=2) == Handle(2)  # a corner: no handle of a point
    below = make_vertebra(1, (90, 90, 170, 150))
    assert found([rejected, below], 130, 120) == Handle(1)


def test_that_nothing_is_edited_that_is_not_seen(make_vertebra: MakeVertebra) -> None:
    vertebra = make_vertebra(1, (100, 100, 160, 140))
    corner, side = (100.5, 100.5), (100.0, 115.0)
    assert found([vertebra], *corner, selected=1, layers=ALL - {Layer.POINTS}) == Handle(1, contour=0)
    assert found([vertebra], *corner, selected=1, layers=frozenset()) == Handle(1)
    handle = found([vertebra], *side, selected=1)
    assert handle is not None
    assert handle.contour is not None
    assert found([vertebra], *side, selected=1, layers=ALL - {Layer.CONTOURS}) in (None, Handle(1))
