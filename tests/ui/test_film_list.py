"""The list of films: who stands where, what choosing tells, and that nothing is mixed up while films come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAction, QColor, QContextMenuEvent, QImage, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from vcf_desktop.film import StudyInfo
from vcf_desktop.ui import theme
from vcf_desktop.ui.film_entries import THUMBNAIL_SIDE, FilmEntry, FilmKey, FilmState, glyph
from vcf_desktop.ui.film_list import FilmList
from vcf_desktop.ui.film_list_model import FilmListModel
from vcf_desktop.ui.film_list_rows import wrapped
from vcf_desktop.ui.wording import day

# The offscreen platform says so of every window that is shown.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

DOE = StudyInfo(
    patient_name="Doe^Jane",
    patient_id="4711",
    birth_date=date(1941, 4, 3),
    study_date=date(2024, 5, 12),
    study_uid="1.2.1",
    modality="DX",
    accession_number="A77",
    view_position="LL",
    laterality="L",
)
DOE_BEFORE = replace(DOE, study_uid="1.2.2", study_date=date(2021, 11, 2))
ROE = StudyInfo(patient_name="Roe^Richard", patient_id="4712", study_uid="1.3.1", view_position="LL")
NAMELESS = StudyInfo(modality="CR", study_uid="1.4.1")

Tree = dict[str, dict[str, list[str]]]


def key(name: str, frame: int | None = None) -> FilmKey:
    return FilmKey(Path("/films") / name, frame)


def picture(width: int = 40, height: int = 80, grey: int = 200) -> QImage:
    image = QImage(width, height, QImage.Format.Format_Grayscale8)
    image.fill(QColor(grey, grey, grey))
    return image


def entry(name: str, study: StudyInfo | None = DOE, state: FilmState = FilmState.NEW) -> FilmEntry:
    return FilmEntry(key(name), state, study, thumbnail=picture())


def refused(name: str, reason: str = "is damaged") -> FilmEntry:
    return FilmEntry(key(name), FilmState.REFUSED, reason=reason)


def tree(model: FilmListModel) -> Tree:
    """What the model tells Qt: first lines of patients and studies, names of files."""
    text = Qt.ItemDataRole.DisplayRole
    shown: Tree = {}
    for patient_row in range(model.rowCount()):
        patient = model.index(patient_row, 0)
        studies = shown.setdefault(patient.data(text), {})
        for study_row in range(model.rowCount(patient)):
            study = model.index(study_row, 0, patient)
            films = [model.index(row, 0, study) for row in range(model.rowCount(study))]
            keys = [model.key_of(film) for film in films]
            studies[study.data(text)] = [key.path.name for key in keys if key is not None]
    return shown


@pytest.fixture
def model() -> FilmListModel:
    model = FilmListModel()
    # Its complaints are Qt warnings, which fail a test.
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, model)
    return model


@dataclass
class Shown:
    """A list in a window, and what it told."""

    films: FilmList
    window: QWidget
    other: QLineEdit
    chosen: list[FilmKey] = field(default_factory=list)
    retried: list[FilmKey] = field(default_factory=list)

    def put(self, *entries: FilmEntry) -> None:
        for one in entries:
            self.films.put(one)
        QApplication.processEvents()

    def rect(self, name: str) -> QRect:
        model = self.films.model()
        assert isinstance(model, FilmListModel)
        return self.films.visualRect(model.index_of(key(name)))

    def link(self, name: str) -> QPoint:
        """A place on the words "Try again" of a row."""
        rect = self.rect(name)
        return QPoint(rect.right() - 20, rect.top() + 6 + self.films.fontMetrics().height() * 3 // 2)


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    window = QWidget()
    films, other = FilmList(), QLineEdit()
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(films)
    layout.addWidget(other)
    window.resize(300, 700)
    qtbot.addWidget(window)
    shown = Shown(films, window, other)
    films.chosen.connect(shown.chosen.append)
    films.retried.connect(shown.retried.append)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    other.setFocus()
    return shown


# Who stands where


def test_that_films_stand_under_their_patient_and_study_in_the_order_of_their_coming(
    model: FilmListModel,
) -> None:
    for name, study in (("b", DOE), ("r", ROE), ("a", DOE), ("old", DOE_BEFORE)):
        model.put(entry(name, study))
    now, before = (
        f"{day(date(2024, 5, 12))}  ·  DX  ·  Acc. A77",
        f"{day(date(2021, 11, 2))}  ·  DX  ·  Acc. A77",
    )
    assert tree(model) == {
        "Doe, Jane": {now: ["b", "a"], before: ["old"]},
        "Roe, Richard": {"Study without a date": ["r"]},
    }
    assert list(tree(model)) == ["Doe, Jane", "Roe, Richard"]


def test_that_a_film_moves_to_its_patient_when_its_study_becomes_known(model: FilmListModel) -> None:
    for name in ("a", "b", "c"):
        model.put(FilmEntry(key(name)))
    assert tree(model) == {"Not read": {"films": ["a", "b", "c"]}}
    model.put(entry("c", ROE))
    model.put(entry("a", ROE))
    assert tree(model) == {"Roe, Richard": {"Study without a date": ["a", "c"]}, "Not read": {"films": ["b"]}}
    assert list(tree(model)) == ["Roe, Richard", "Not read"]


def test_that_what_is_not_read_stands_last_even_after_patients_who_come_later(model: FilmListModel) -> None:
    model.put(FilmEntry(key("unread")))
    model.put(entry("a", DOE))
    model.put(entry("b", ROE))
    assert model.keys() == (key("a"), key("b"), key("unread"))


def test_that_pictures_without_patient_data_stand_by_folder_and_not_among_the_unread(
    model: FilmListModel,
) -> None:
    for path in ("/scans/one/a.png", "/scans/two/b.png", "/scans/one/c.png"):
        model.put(FilmEntry(FilmKey(Path(path)), FilmState.NEW, None, picture()))
    model.put(entry("nameless.dcm", NAMELESS))
    model.put(refused("broken.png"))
    assert tree(model) == {
        "No patient data": {"one": ["a.png", "c.png"], "two": ["b.png"], "CR": ["nameless.dcm"]},
        "Not read": {"films": ["broken.png"]},
    }


def test_that_an_unread_film_that_is_analysed_already_is_not_said_to_have_no_patient(
    model: FilmListModel,
) -> None:
    model.put(FilmEntry(key("a"), FilmState.ANALYSING))
    assert list(tree(model)) == ["Not read"]


def test_that_groups_vanish_with_their_last_film(model: FilmListModel) -> None:
    model.put(entry("a", DOE))
    model.put(entry("old", DOE_BEFORE))
    model.take(key("a"))
    assert [len(studies) for studies in tree(model).values()] == [1]
    model.take(key("old"))
    assert model.rowCount() == 0
    assert model.keys() == ()
    model.take(key("old"))
    model.put(entry("a", DOE))
    assert model.keys() == (key("a"),)


def test_that_two_patients_of_one_name_stay_apart(model: FilmListModel) -> None:
    model.put(entry("a", DOE))
    model.put(entry("b", replace(DOE, patient_id="4713")))
    model.put(entry("c", replace(DOE, birth_date=date(1951, 4, 3))))
    assert model.rowCount() == 3


def test_that_patient_and_study_say_what_their_newest_film_says(model: FilmListModel) -> None:
    model.put(entry("a", replace(DOE, study_date=None, accession_number="")))
    assert list(tree(model)["Doe, Jane"]) == ["DX"]
    model.put(entry("a", replace(DOE, accession_number="")))
    assert list(tree(model)["Doe, Jane"]) == [f"{day(date(2024, 5, 12))}  ·  DX"]


def test_that_neighbours_are_those_that_are_shown(model: FilmListModel) -> None:
    for name, study in (("a", DOE), ("r", ROE), ("b", DOE)):
        model.put(entry(name, study))
    assert model.keys() == (key("a"), key("b"), key("r"))
    assert model.neighbour(key("b"), 1) == key("r")
    assert model.neighbour(key("b"), -1) == key("a")
    assert model.neighbour(key("a"), 2) == key("r")
    assert model.neighbour(key("r"), 1) is None
    assert model.neighbour(key("a"), -1) is None
    assert model.neighbour(key("unknown"), 1) is None
    assert model.neighbour(None, 1) is None


STUDIES = (None, DOE, DOE_BEFORE, ROE, NAMELESS, replace(NAMELESS, study_uid=""))
NAMES = "abcdef"
PUTS = st.tuples(
    st.sampled_from(NAMES), st.sampled_from(STUDIES), st.booleans(), st.sampled_from(list(FilmState))
)
STEPS = st.lists(st.one_of(PUTS, st.sampled_from(NAMES)), max_size=30)


@dataclass
class Plain:
    """What the list shall show, as dictionaries."""

    arrivals: dict[FilmKey, int] = field(default_factory=dict)
    groups: dict[tuple[str, str], dict[tuple[str, str], set[FilmKey]]] = field(default_factory=dict)
    came: int = 0

    @staticmethod
    def place(entry: FilmEntry) -> tuple[tuple[str, str], tuple[str, str]]:
        study = entry.study
        if study is None:
            return ("unread" if entry.thumbnail is None else "anonymous", ""), ("folder", "")
        patient = ("patient", study.patient_id) if study.patient_id else ("anonymous", "")
        return patient, ("uid", study.study_uid)

    def put(self, entry: FilmEntry) -> None:
        patient, study = self.place(entry)
        self.came += 1
        self.arrivals.setdefault(entry.key, self.came)
        films = self.groups.setdefault(patient, {}).setdefault(study, set())
        if entry.key not in films:
            self._leave(entry.key)
            films.add(entry.key)
            self._clear()

    def take(self, key: FilmKey) -> None:
        self.arrivals.pop(key, None)
        self._leave(key)
        self._clear()

    def _leave(self, key: FilmKey) -> None:
        for studies in self.groups.values():
            for films in studies.values():
                films.discard(key)

    def _clear(self) -> None:
        for patient, studies in list(self.groups.items()):
            for study in [study for study, films in studies.items() if not films]:
                del studies[study]
            if not studies:
                del self.groups[patient]

    def tree(self) -> list[list[list[FilmKey]]]:
        patients = sorted(self.groups, key=lambda patient: patient[0] == "unread")
        return [
            [sorted(films, key=self.arrivals.__getitem__) for films in self.groups[patient].values()]
            for patient in patients
        ]


def rows(model: FilmListModel) -> list[list[list[FilmKey]]]:
    def children(parent: QModelIndex) -> list[QModelIndex]:
        return [model.index(row, 0, parent) for row in range(model.rowCount(parent))]

    return [
        [
            [found for film in children(study) if (found := model.key_of(film)) is not None]
            for study in children(patient)
        ]
        for patient in children(QModelIndex())
    ]


@given(steps=STEPS, selected=st.sampled_from(NAMES))
def test_that_whatever_comes_and_goes_the_list_equals_plain_dictionaries(
    qapp: QApplication, steps: list[tuple[str, StudyInfo | None, bool, FilmState] | str], selected: str
) -> None:
    films, plain, chosen = FilmList(), Plain(), list[FilmKey]()
    model = films.model()
    assert isinstance(model, FilmListModel)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, model)
    films.chosen.connect(chosen.append)
    films.show()
    expected = None
    for number, step in enumerate(steps):
        if isinstance(step, str):
            films.take(key(step))
            plain.take(key(step))
            expected = None if expected == key(step) else expected
        else:
            name, study, is_read, state = step
            made = FilmEntry(key(name), state, study, picture() if is_read else None, reason="is damaged")
            films.put(made)
            plain.put(made)
            assert films.entry(key(name)) is made
        if number == len(steps) // 2 and films.entry(key(selected)):
            films.select(key(selected))
            expected = key(selected)
        assert rows(model) == plain.tree()
        assert films.keys() == tuple(film for patient in plain.tree() for study in patient for film in study)
        assert films.selected == expected
    qapp.processEvents()
    assert films.selected == expected
    in_order = films.keys()
    assert all(films.visualRect(model.index_of(film)).isValid() for film in in_order)
    assert not chosen
    films.deleteLater()


def test_that_two_hundred_films_are_put_one_by_one_and_then_move_to_their_patients(
    shown: Shown, qtbot: QtBot
) -> None:
    model = shown.films.model()
    inserted: list[int] = []
    model.rowsInserted.connect(lambda _, first, last: inserted.append(last - first + 1))
    with qtbot.assertNotEmitted(model.modelReset), qtbot.assertNotEmitted(model.layoutChanged):
        shown.put(*(FilmEntry(key(str(number))) for number in range(200)))
        assert inserted == [1] * 202
        studies = [replace(DOE, patient_id=str(number // 4)) for number in range(200)]
        shown.put(*(entry(str(number), study) for number, study in enumerate(studies)))
    assert shown.films.keys() == tuple(key(str(number)) for number in range(200))
    assert model.rowCount() == 50


# Choosing


def test_that_a_click_chooses_once_and_leaves_the_keyboard_where_it_is(shown: Shown, qtbot: QtBot) -> None:
    shown.put(entry("a"), entry("b"))
    qtbot.mouseClick(shown.films.viewport(), Qt.MouseButton.LeftButton, pos=shown.rect("b").center())
    assert shown.chosen == [key("b")]
    assert shown.films.selected == key("b")
    assert shown.other.hasFocus()
    qtbot.mouseClick(shown.films.viewport(), Qt.MouseButton.LeftButton, pos=shown.rect("b").center())
    assert shown.chosen == [key("b"), key("b")]


def test_that_a_double_click_chooses_once(shown: Shown, qtbot: QtBot) -> None:
    shown.put(entry("a"), entry("b"))
    view, place = shown.films.viewport(), shown.rect("b").center()
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(view, left, pos=place)
    kind, modifiers = QEvent.Type.MouseButtonDblClick, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(view, QMouseEvent(kind, place, view.mapToGlobal(place), left, left, modifiers))
    qtbot.mouseRelease(view, left, pos=place)
    assert shown.chosen == [key("b")]


def test_that_a_press_that_is_released_elsewhere_selects_nothing_but_what_it_told(
    shown: Shown, qtbot: QtBot
) -> None:
    shown.put(entry("a"), entry("b"))
    view = shown.films.viewport()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=shown.rect("a").center())
    qtbot.mouseMove(view, shown.rect("b").center())
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=shown.rect("b").center())
    assert shown.chosen == [key("a")]
    assert shown.films.selected == key("a")


def test_that_other_buttons_and_rows_of_groups_choose_nothing(shown: Shown, qtbot: QtBot) -> None:
    shown.put(entry("a"))
    view = shown.films.viewport()
    qtbot.mouseClick(view, Qt.MouseButton.RightButton, pos=shown.rect("a").center())
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(50, 15))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(50, view.height() - 5))
    assert shown.chosen == []
    assert shown.films.selected is None


def test_that_selecting_tells_nothing(shown: Shown) -> None:
    shown.put(entry("a"), entry("b"))
    shown.films.select(key("b"))
    assert shown.films.selected == key("b")
    shown.films.select(key("unknown"))
    assert shown.films.selected is None
    shown.films.select(key("a"))
    shown.films.select(None)
    assert shown.films.selected is None
    assert shown.chosen == []


def test_that_the_selection_survives_updates_and_moves(shown: Shown) -> None:
    shown.put(*(FilmEntry(key(name)) for name in "abc"))
    shown.films.select(key("b"))
    shown.put(entry("a", DOE), entry("b", ROE), entry("c", DOE))
    shown.put(replace(entry("b", ROE), state=FilmState.ANALYSING, fraction=0.5))
    shown.films.take(key("a"))
    assert shown.films.selected == key("b")
    assert shown.chosen == []


def test_that_nothing_is_told_when_the_selected_film_leaves_its_patient(shown: Shown) -> None:
    shown.put(entry("a", DOE), entry("r", ROE))
    shown.films.select(key("a"))
    for study in (None, DOE, ROE, DOE_BEFORE, DOE):
        shown.put(entry("a", study))
        assert shown.films.selected == key("a")
    assert shown.chosen == []


def test_that_no_other_film_is_selected_when_the_selected_one_is_taken(shown: Shown) -> None:
    shown.put(entry("a"), entry("b"), entry("c"))
    shown.films.select(key("b"))
    shown.films.take(key("b"))
    QApplication.processEvents()
    assert shown.films.selected is None
    assert not shown.films.currentIndex().isValid()
    assert shown.chosen == []


def test_that_assistive_technology_that_selects_a_row_chooses_the_film(shown: Shown) -> None:
    shown.put(entry("a"), entry("b"))
    model = shown.films.model()
    assert isinstance(model, FilmListModel)
    shown.films.setCurrentIndex(model.index_of(key("b")))
    assert shown.chosen == [key("b")]


# Keyboard


def test_that_keys_go_through_the_films_across_patients(shown: Shown, qtbot: QtBot) -> None:
    shown.put(entry("a", DOE), entry("b", DOE), entry("r", ROE))
    shown.films.setFocus()
    assert shown.films.selected is None
    steps = {
        Qt.Key.Key_Down: ["a", "b", "r", None],
        Qt.Key.Key_Up: ["b", "a", None],
        Qt.Key.Key_End: ["r"],
        Qt.Key.Key_Home: ["a"],
        Qt.Key.Key_Return: ["a"],
    }
    for pressed, expected in steps.items():
        for name in expected:
            shown.chosen.clear()
            qtbot.keyClick(shown.films, pressed)
            assert shown.chosen == ([key(name)] if name else [])


def test_that_return_gives_the_keyboard_back(shown: Shown, qtbot: QtBot) -> None:
    shown.put(entry("a"))
    shown.films.setFocus()
    qtbot.keyClick(shown.films, Qt.Key.Key_Return)
    assert not shown.films.hasFocus()
    assert shown.chosen == []


def test_that_keys_in_an_empty_list_do_nothing(shown: Shown, qtbot: QtBot) -> None:
    shown.films.setFocus()
    for pressed in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Home, Qt.Key.Key_X, Qt.Key.Key_Return):
        qtbot.keyClick(shown.films, pressed)
    assert shown.chosen == []


def type_text(films: FilmList, text: str) -> None:
    """Qt's own simulation knows ASCII only."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            modifiers = Qt.KeyboardModifier.NoModifier
            QApplication.sendEvent(films, QKeyEvent(kind, Qt.Key.Key_unknown, modifiers, letter))


def test_that_typing_goes_to_names_ids_and_files(shown: Shown) -> None:
    miller = replace(ROE, patient_name="Miller^Ann", patient_id="M1")
    mueller = replace(ROE, patient_name="Müller^Hans", patient_id="M2")
    scan = FilmEntry(key("knee.png"), FilmState.NEW, None, picture())
    shown.put(entry("a", DOE), entry("b", DOE), entry("m", miller), entry("u", mueller), scan)
    shown.films.setFocus()
    for typed, expected in (("mü", "u"), ("d", "a"), ("kne", "knee.png"), ("m2", "u"), ("4711", "a")):
        shown.films._since_typed.invalidate()
        shown.films._typed = ""
        type_text(shown.films, typed)
        assert shown.films.selected == key(expected)


def test_that_the_same_letter_again_goes_on_to_the_next_patient(shown: Shown, qtbot: QtBot) -> None:
    names = ("Miller^Ann", "Roe^R", "Moore^M", "Munch^E")
    shown.put(*(entry(name, replace(ROE, patient_name=name, patient_id=name)) for name in names))
    shown.films.setFocus()
    for expected in ("Miller^Ann", "Moore^M", "Munch^E", "Miller^Ann"):
        qtbot.keyClick(shown.films, Qt.Key.Key_M)
        assert shown.films.selected == key(expected)


def test_that_typing_on_stays_with_the_film_that_is_found(shown: Shown, qtbot: QtBot) -> None:
    shown.put(entry("r", ROE), entry("a", DOE), entry("b", DOE))
    shown.films.setFocus()
    qtbot.keyClicks(shown.films, "doe")
    assert shown.chosen == [key("a")]
    qtbot.keyClick(shown.films, Qt.Key.Key_Down)
    qtbot.keyClicks(shown.films, ",")
    assert shown.chosen == [key("a"), key("b")]


def test_that_a_pause_begins_a_new_word(shown: Shown, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    shown.put(entry("a", DOE), entry("r", ROE))
    shown.films.setFocus()
    monkeypatch.setattr(QApplication, "keyboardInputInterval", lambda: -1)
    qtbot.keyClicks(shown.films, "rd")
    assert shown.films.selected == key("a")


@pytest.mark.parametrize("plain", ["A", "3", "Del", "Down", "Return", "Space", "?"])
def test_that_no_plain_key_of_the_window_acts_while_the_list_has_the_keyboard(
    shown: Shown, qtbot: QtBot, plain: str
) -> None:
    fired: list[str] = []
    action = QAction(shown.window)
    action.setShortcut(QKeySequence(plain))
    action.triggered.connect(lambda: fired.append(plain))
    shown.window.addAction(action)
    shown.put(entry("a"))
    pressed = QKeySequence(plain)[0].key()
    shown.films.setFocus()
    qtbot.keyClick(shown.films, pressed)
    assert fired == []
    shown.films.clearFocus()
    qtbot.keyClick(shown.window, pressed)
    assert fired == [plain]


@pytest.mark.parametrize("combined", ["Ctrl+Z", "F9", "PgDown", "Ctrl+Return"])
def test_that_keys_which_are_not_the_lists_reach_the_window(
    shown: Shown, qtbot: QtBot, combined: str
) -> None:
    fired: list[str] = []
    action = QAction(shown.window)
    action.setShortcut(QKeySequence(combined))
    action.triggered.connect(lambda: fired.append(combined))
    shown.window.addAction(action)
    shown.films.setFocus()
    pressed = QKeySequence(combined)[0]
    qtbot.keyClick(shown.films, pressed.key(), pressed.keyboardModifiers())
    assert fired == [combined]


def test_that_a_click_on_a_patient_gives_the_list_the_keyboard(shown: Shown, qtbot: QtBot) -> None:
    shown.put(entry("a"))
    qtbot.mouseClick(shown.films.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(50, 15))
    assert shown.films.hasFocus()


# Refused films


def test_that_a_click_on_try_again_retries_and_does_not_choose(shown: Shown, qtbot: QtBot) -> None:
    shown.put(refused("bad"), entry("good"))
    view = shown.films.viewport()
    qtbot.mouseMove(view, shown.link("bad"))
    assert view.cursor().shape() == Qt.CursorShape.PointingHandCursor
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=shown.link("bad"))
    assert shown.retried == [key("bad")]
    assert shown.chosen == []
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=shown.link("good"))
    assert shown.retried == [key("bad")]
    assert shown.chosen == [key("good")]


def test_that_try_again_is_taken_back_by_releasing_elsewhere(shown: Shown, qtbot: QtBot) -> None:
    shown.put(refused("bad"))
    view = shown.films.viewport()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=shown.link("bad"))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=shown.rect("bad").center())
    assert shown.retried == []
    assert shown.chosen == []


def test_that_a_refused_film_can_be_chosen(shown: Shown, qtbot: QtBot) -> None:
    shown.put(refused("bad"))
    place = shown.rect("bad").topLeft() + QPoint(40, 40)
    qtbot.mouseClick(shown.films.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert shown.chosen == [key("bad")]


@pytest.mark.parametrize("reason", [QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard])
def test_that_the_menu_of_a_refused_film_retries_it(
    shown: Shown, qtbot: QtBot, reason: QContextMenuEvent.Reason
) -> None:
    shown.put(refused("bad"), entry("good"))

    def menu_of(name: str) -> QMenu | None:
        shown.films.select(key(name))
        place = shown.rect(name).center()
        QApplication.sendEvent(shown.films.viewport(), QContextMenuEvent(reason, place, place))
        return shown.films.findChild(QMenu)

    assert menu_of("good") is None
    menu = menu_of("bad")
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["Try again"]
    menu.actions()[0].trigger()
    menu.close()
    assert shown.retried == [key("bad")]
    assert shown.chosen == []


# What is seen and read out


def test_that_states_differ_in_text_and_in_shape() -> None:
    assert len({state.text for state in FilmState}) == len(FilmState)
    shapes = [glyph(state) for state in FilmState]
    assert all(not line.isEmpty() or not solid.isEmpty() for line, solid in shapes)
    assert all(a != b for n, a in enumerate(shapes) for b in shapes[:n])


def test_that_a_screen_reader_hears_all_that_is_seen(model: FilmListModel) -> None:
    model.put(replace(entry("a"), state=FilmState.ANALYSING, fraction=0.43))
    film = model.index_of(key("a"))
    role = Qt.ItemDataRole.AccessibleTextRole
    assert film.data(role) == f"{day(date(2024, 5, 12))}, LL  ·  L, Analysing 43 %"
    patient = film.parent().parent()
    assert patient.data(role) == f"Doe, Jane, 4711  ·  born {day(date(1941, 4, 3))}"


def test_that_frames_and_films_without_a_view_are_told_apart_by_their_file(model: FilmListModel) -> None:
    model.put(replace(entry("cine"), key=key("cine", 3)))
    model.put(entry("plain", replace(DOE, view_position="", laterality="")))
    role = Qt.ItemDataRole.AccessibleTextRole
    assert "LL  ·  L  ·  cine, frame 4" in model.index_of(key("cine", 3)).data(role)
    assert ", plain, New" in model.index_of(key("plain")).data(role)


def test_that_the_whole_reason_and_the_patient_are_in_the_tooltip_as_plain_text(model: FilmListModel) -> None:
    reason = "has <b>no</b>\npixels & " + "nothing else " * 30
    model.put(replace(refused("<i>bad</i>", reason), study=DOE))
    tip = model.index_of(FilmKey(Path("/films/<i>bad</i>"))).data(Qt.ItemDataRole.ToolTipRole)
    assert "has &lt;b&gt;no&lt;/b&gt; pixels &amp; " + "nothing else " * 29 + "nothing else" in tip
    assert "Doe, Jane" in tip
    assert "<i>" not in tip


def test_that_a_patient_without_a_name_is_still_one(model: FilmListModel) -> None:
    model.put(entry("a", replace(DOE, patient_name="", birth_date=None)))
    patient = model.index_of(key("a")).parent().parent()
    assert patient.data(Qt.ItemDataRole.AccessibleTextRole) == "Without a name, 4711"


def band(shown: Shown, name: str) -> QColor:
    return shown.films.viewport().grab().toImage().pixelColor(2, shown.rect(name).center().y())


def test_that_every_film_carries_the_colour_of_its_patient(shown: Shown) -> None:
    shown.put(entry("a", DOE), entry("r", ROE), entry("u", None))
    assert band(shown, "a") == theme.patient_colour(DOE)
    assert band(shown, "r") == theme.patient_colour(ROE)
    assert band(shown, "u") == theme.patient_colour(None)


def test_that_a_thumbnail_is_letterboxed_on_black(shown: Shown) -> None:
    shown.put(replace(entry("a"), thumbnail=picture(50, 200, grey=180)))
    rect = shown.rect("a")
    image = shown.films.viewport().grab().toImage()
    left, middle = 12, rect.center().y()
    assert image.pixelColor(left + THUMBNAIL_SIDE // 2, middle).red() == pytest.approx(180, abs=2)
    assert image.pixelColor(left + 4, middle) == QColor(0, 0, 0)
    assert image.pixelColor(left + THUMBNAIL_SIDE - 4, middle) == QColor(0, 0, 0)


def test_that_a_thumbnail_is_scaled_once_and_again_when_it_is_another(shown: Shown) -> None:
    first = entry("a")
    shown.put(first)
    pixmap = shown.films._rows.thumbnail(first)
    shown.window.grab()
    later = replace(first, state=FilmState.SIGNED)
    shown.put(later)
    assert shown.films._rows.thumbnail(later) is pixmap
    other = replace(first, thumbnail=picture(grey=10))
    shown.put(other)
    assert shown.films._rows.thumbnail(other) is not pixmap
    shown.films.take(first.key)
    assert not shown.films._rows._pixmaps


def test_that_the_bar_shows_how_far_an_analysis_is(shown: Shown) -> None:
    def lit_px(fraction: float) -> int:
        shown.put(replace(entry("a"), state=FilmState.ANALYSING, fraction=fraction))
        image, rect = shown.films.viewport().grab().toImage(), shown.rect("a")
        rows_px = range(rect.top() + 6 + 3 * shown.films.fontMetrics().height(), rect.bottom())
        return max(
            sum(image.pixelColor(x, y) == theme.ACCENT for x in range(rect.left(), rect.right()))
            for y in rows_px
        )

    assert lit_px(0.0) == 0
    assert lit_px(0.5) == pytest.approx(lit_px(1.0) / 2, abs=1)
    assert lit_px(7.0) == lit_px(1.0) > 100


def test_that_a_reason_is_wrapped_into_three_lines_without_losing_a_letter(shown: Shown) -> None:
    reason = "has 𠮷𠮷 characters beyond the first plane, and is too long by far for one line of a list"
    width_px = shown.films.fontMetrics().horizontalAdvance(reason)
    lines = wrapped(reason, width_px * 2 // 5, 3, shown.films.font())
    assert len(lines) == 3
    assert " ".join(lines) == reason
    short = wrapped(reason, width_px // 5, 3, shown.films.font())
    assert len(short) == 3
    assert short[2].endswith("…")
    assert reason.startswith(" ".join(short).removesuffix("…"))
    assert wrapped("is empty", width_px, 3, shown.films.font()) == ("is empty",)


def test_that_texts_of_all_lengths_can_be_drawn_in_a_narrow_list(shown: Shown) -> None:
    long = replace(
        DOE, patient_name="X" * 300 + "^" + "Y" * 300, view_position="Z" * 300, patient_id="1" * 99
    )
    shown.put(
        entry("n" * 300 + ".dcm", long),
        FilmEntry(key("w"), FilmState.REFUSED, reason="w" * 1000),
        FilmEntry(key("e"), FilmState.REFUSED),
        FilmEntry(key("not UTF-8 \udcff"), FilmState.REFUSED, reason="𠮷" * 200 + "\udcff"),
    )
    shown.films.setMinimumWidth(1)
    for width in (1, 20, 90, 120, 300):
        shown.films.resize(width, 500)
        shown.films.grab()


# What does not move


def test_that_the_selected_film_stays_where_it_is_while_others_come_and_go_above(shown: Shown) -> None:
    shown.put(*(FilmEntry(key(str(number))) for number in range(60)))
    shown.films.select(key("30"))
    top = shown.rect("30").top()
    for number in range(10):
        shown.put(entry(str(number), replace(DOE, patient_id=str(number))))
        assert shown.rect("30").top() == top
    for number in range(5):
        shown.films.take(key(str(number)))
        QApplication.processEvents()
        assert shown.rect("30").top() == top


def test_that_what_is_scrolled_to_stays_where_it_is_without_a_selection(shown: Shown) -> None:
    shown.put(*(entry(str(number)) for number in range(60)))
    shown.films.verticalScrollBar().setValue(2000)
    top = shown.rect("30").top()
    shown.films.take(key("3"))
    QApplication.processEvents()
    assert shown.rect("30").top() == top


def test_that_a_list_that_nobody_has_scrolled_shows_its_beginning(shown: Shown) -> None:
    shown.put(*(FilmEntry(key(str(number))) for number in range(60)))
    shown.put(*(entry(str(number)) for number in range(20)))
    assert shown.films.verticalScrollBar().value() == 0


def test_that_the_patient_stays_in_sight_above_his_films_and_cannot_be_clicked_through(
    shown: Shown, qtbot: QtBot
) -> None:
    shown.put(*(entry(str(number), DOE) for number in range(20)), *(entry(f"r{n}", ROE) for n in range(20)))
    shown.films.verticalScrollBar().setValue(500)
    index = shown.films.indexAt(QPoint(50, 10))
    assert index.data() == "Doe, Jane"
    header = shown.films.viewport().grab().toImage()
    assert header.pixelColor(shown.films.viewport().width() - 3, 10) == theme.RAISED
    qtbot.mouseClick(shown.films.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(50, 10))
    assert shown.chosen == []
    shown.films.verticalScrollBar().setValue(shown.rect("r5").top() + 500)
    assert shown.films.indexAt(QPoint(50, 10)).data() == "Roe, Richard"


def test_that_a_film_chosen_by_key_is_seen_whole_below_the_patient(shown: Shown, qtbot: QtBot) -> None:
    studies = [replace(DOE, study_uid=str(number // 5)) for number in range(20)]
    shown.put(*(entry(str(number), study) for number, study in enumerate(studies)))
    shown.films.setFocus()
    for pressed in (Qt.Key.Key_End, *[Qt.Key.Key_Up] * 19, *[Qt.Key.Key_Down] * 19):
        qtbot.keyClick(shown.films, pressed)
        selected = shown.films.selected
        assert selected is not None
        name = selected.path.name
        # Qt's own scrolling leaves one pixel out.
        assert shown.films.viewport().rect().adjusted(0, 0, 0, 1).contains(shown.rect(name))
        model = shown.films.model()
        assert isinstance(model, FilmListModel)
        film = model.index_of(selected)
        assert shown.films.indexAt(shown.rect(name).topLeft() + QPoint(50, 1)) == film
        if pressed == Qt.Key.Key_Up and film.row() == 0:
            study = film.parent()
            assert shown.films.indexAt(shown.films.visualRect(study).topLeft() + QPoint(50, 1)) == study


def test_that_a_larger_font_makes_rows_higher(shown: Shown, qtbot: QtBot) -> None:
    shown.put(entry("a"))
    low = shown.rect("a").height()
    font = shown.films.font()
    font.setPointSize(30)
    shown.films.setFont(font)
    QApplication.processEvents()
    assert shown.rect("a").height() > low


@pytest.mark.bench
def test_how_long_two_hundred_films_take(
    shown: Shown, record_property: Callable[[str, object], None]
) -> None:
    from time import perf_counter

    begun = perf_counter()
    shown.put(*(entry(str(n), replace(DOE, patient_id=str(n // 3))) for n in range(200)))
    record_property("put_200_s", perf_counter() - begun)
    begun = perf_counter()
    for _ in range(20):
        shown.films.viewport().repaint()
    record_property("repaint_s", (perf_counter() - begun) / 20)
