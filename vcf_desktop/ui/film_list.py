"""The list of films at the left of the window: patients, their studies, and the films in them.

Rows are put and taken one by one, so that the list fills while the reader works.
"""

from __future__ import annotations

import html
import itertools
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QElapsedTimer,
    QEvent,
    QItemSelection,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from vcf_desktop.film import StudyInfo
from vcf_desktop.ui import theme
from vcf_desktop.ui.language import QT_TRANSLATE_NOOP
from vcf_desktop.ui.wording import day, percent, person

THUMBNAIL_SIDE: Final = 64
"""Side of a thumbnail, letterboxed, in points."""

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
_FILM_FLAGS: Final = (
    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
)


class FilmState(Enum):
    """How far the work on a film is; the values are the texts, untranslated."""

    WAITING = QT_TRANSLATE_NOOP("FilmList", "Waiting")
    """Not read yet."""
    NEW = QT_TRANSLATE_NOOP("FilmList", "New")
    ANALYSING = QT_TRANSLATE_NOOP("FilmList", "Analysing")
    ANALYSED = QT_TRANSLATE_NOOP("FilmList", "To review")
    IN_REVIEW = QT_TRANSLATE_NOOP("FilmList", "In review")
    SIGNED = QT_TRANSLATE_NOOP("FilmList", "Signed")
    REFUSED = QT_TRANSLATE_NOOP("FilmList", "Refused")
    """It cannot be used, for the reason that its entry tells."""

    @property
    def text(self) -> str:
        """The state in the user's language."""
        return QCoreApplication.translate("FilmList", self.value)


@dataclass(frozen=True)
class FilmKey:
    """Which film: a file, and the frame of it where it has several."""

    path: Path
    frame: int | None = None


@dataclass(frozen=True, eq=False)
class FilmEntry:
    """What the list knows of a film.

    Attributes:
        key: which film.
        state: how far the work on it is.
        study: patient and study, None for pictures and for what was not read.
        thumbnail: the film, small, with square pixels, at least twice THUMBNAIL_SIDE for dense screens; None
            means that the film was not read.
        reason: why it was refused, one sentence.
        fraction: finished part of a running analysis, in [0, 1].
    """

    key: FilmKey
    state: FilmState = FilmState.WAITING
    study: StudyInfo | None = None
    thumbnail: QImage | None = None
    reason: str = ""
    fraction: float = 0.0


class _Sort(Enum):
    """What a patient's row stands for."""

    PATIENT = "patient"
    ANONYMOUS = "anonymous"
    UNREAD = "unread"


_PatientName = tuple[_Sort, str, str, str]
_StudyName = tuple[str, ...]
_Names = tuple[_PatientName, _StudyName]


def _names_of(entry: FilmEntry) -> _Names:
    """Which patient and which of his studies a film belongs to."""
    folder, study = str(entry.key.path.parent), entry.study
    if study is None:
        # That nobody knows yet whose film it is, is not the same as that it does not tell. The state says
        # nothing of this: an opened film may be analysed before the list hears of its patient.
        sort = _Sort.UNREAD if entry.thumbnail is None else _Sort.ANONYMOUS
        return (sort, "", "", ""), (folder,)
    patient = theme.patient_key(study)
    sort = _Sort.PATIENT if any(patient) else _Sort.ANONYMOUS
    when = study.study_date.isoformat() if study.study_date else ""
    uid = study.study_uid
    return (sort, *patient), (uid,) if uid else (folder, when, study.accession_number)


class _Film:
    """A film's row; films stand in the order of their numbers."""

    def __init__(self, number: int, parent: _Group, entry: FilmEntry) -> None:
        self.number = number
        self.parent = parent
        self.entry = entry
        self.row = 0


class _Group:
    """A patient's row, a study's row, or the root that nobody sees."""

    def __init__(
        self, number: int, parent: _Group | None, name: _PatientName | _StudyName, entry: FilmEntry | None
    ) -> None:
        self.number = number
        self.parent = parent
        self.name = name
        self.study = entry.study if entry else None
        self.folder = entry.key.path.parent if entry else Path()
        self.row = 0
        self.children: list[_Group | _Film] = []
        self.groups: dict[_PatientName | _StudyName, _Group] = {}

    @property
    def is_patient(self) -> bool:
        """Whether it is of the upper level."""
        return self.parent is not None and self.parent.parent is None

    @property
    def sort(self) -> _Sort | None:
        """What a patient's row stands for, None for other rows."""
        sort = self.name[0] if self.name else None
        return sort if isinstance(sort, _Sort) else None

    def insert(self, row: int, child: _Group | _Film) -> None:
        """Make it the child in that row."""
        self.children.insert(row, child)
        child.parent = self
        if isinstance(child, _Group):
            self.groups[child.name] = child
        self._count_from(row)

    def remove(self, child: _Group | _Film) -> None:
        """Take a child away."""
        del self.children[child.row]
        if isinstance(child, _Group):
            del self.groups[child.name]
        self._count_from(child.row)

    def films(self) -> Iterator[_Film]:
        """The films below it, as they are shown."""
        for child in self.children:
            if isinstance(child, _Film):
                yield child
            else:
                yield from child.films()

    def _count_from(self, row: int) -> None:
        for number in range(row, len(self.children)):
            self.children[number].row = number


_Node = _Group | _Film


class FilmListModel(QAbstractItemModel):
    """Patients, their studies, and the films in these.

    Groups are made when their first film comes and vanish with their last one. They stand in the order in
    which they were made, films in that in which they were first put. What was not read yet always stands
    last: a long list would otherwise run away from under the reader's eyes while it is being read.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = itertools.count(1)
        self._root = _Group(0, None, (), None)
        # Indexes carry numbers and not the nodes themselves, which Qt would not keep alive.
        self._nodes: dict[int, _Node] = {}
        self._films: dict[FilmKey, _Film] = {}

    # Films

    def put(self, entry: FilmEntry) -> None:
        """Add a film, or say something new about it, upon which it may move to another patient."""
        film, names = self._films.get(entry.key), _names_of(entry)
        if film is None:
            self._add(entry, names)
            return
        old, film.entry = film.entry, entry
        if names != _names_of(old):
            self._move(film, names)
        elif entry.study != old.study:
            self._retell(film)
        index = self._index_of(film)
        self.dataChanged.emit(index, index)

    def take(self, key: FilmKey) -> None:
        """Remove a film; one that is not there is no error."""
        film = self._films.pop(key, None)
        if film is not None:
            self._remove(film)

    def entry(self, key: FilmKey) -> FilmEntry | None:
        """What is known of a film."""
        film = self._films.get(key)
        return film.entry if film else None

    def keys(self) -> tuple[FilmKey, ...]:
        """All films as they are shown."""
        return tuple(film.entry.key for film in self._root.films())

    def neighbour(self, key: FilmKey | None, step: int) -> FilmKey | None:
        """The film that is shown so many places further; None beyond the ends and for unknown films."""
        keys = self.keys()
        if key not in self._films:
            return None
        place = keys.index(key) + step
        return keys[place] if 0 <= place < len(keys) else None

    def headings(self) -> list[tuple[tuple[str, ...], tuple[FilmKey, ...]]]:
        """What one may look for, folded to small letters: names and ids of patients, files without one."""
        found: list[tuple[tuple[str, ...], tuple[FilmKey, ...]]] = []
        for group in self._root.groups.values():
            keys = tuple(film.entry.key for film in group.films())
            if group.study is not None and group.sort is _Sort.PATIENT:
                names = _patient_lines(group)[0], _one_line(group.study.patient_id)
                found.append((tuple(name.casefold() for name in names if name), keys))
            else:
                found += [((key.path.name.casefold(),), (key,)) for key in keys]
        return found

    def index_of(self, key: FilmKey) -> QModelIndex:
        """The row of a film; invalid where there is none."""
        film = self._films.get(key)
        return self._index_of(film) if film else QModelIndex()

    def node(self, index: _Index) -> _Node:
        """What stands in a row; the root for an invalid index."""
        return self._nodes[index.internalId()] if index.isValid() else self._root

    def key_of(self, index: _Index) -> FilmKey | None:
        """The film in a row, None for groups."""
        node = self.node(index)
        return node.entry.key if isinstance(node, _Film) else None

    # Changes

    def _add(self, entry: FilmEntry, names: _Names) -> None:
        study = self._study(names, entry)
        self._films[entry.key] = film = _Film(next(self._numbers), study, entry)
        self._insert(len(study.children), film)

    def _move(self, film: _Film, names: _Names) -> None:
        old, new = film.parent, self._study(names, film.entry)
        row = bisect_left([other.number for other in new.children], film.number)
        self.beginMoveRows(self._index_of(old), film.row, film.row, self._index_of(new), row)
        old.remove(film)
        new.insert(row, film)
        self.endMoveRows()
        if not old.children:
            self._remove(old)

    def _retell(self, film: _Film) -> None:
        """Patient and study say what their newest film says."""
        for group in (film.parent, film.parent.parent or self._root):
            group.study = film.entry.study
            index = self._index_of(group)
            self.dataChanged.emit(index, index)

    def _study(self, names: _Names, entry: FilmEntry) -> _Group:
        """The study of that name, made where there is none."""
        group = self._root
        for name in names:
            child = group.groups.get(name)
            if child is None:
                child = _Group(next(self._numbers), group, name, entry)
                before_last = any(other.sort is _Sort.UNREAD for other in group.groups.values())
                self._insert(len(group.children) - before_last, child)
            group = child
        return group

    def _insert(self, row: int, node: _Node) -> None:
        parent = node.parent or self._root
        self.beginInsertRows(self._index_of(parent), row, row)
        self._nodes[node.number] = node
        parent.insert(row, node)
        self.endInsertRows()

    def _remove(self, node: _Node) -> None:
        """Remove a row and the groups that it leaves empty."""
        parent = node.parent or self._root
        self.beginRemoveRows(self._index_of(parent), node.row, node.row)
        parent.remove(node)
        del self._nodes[node.number]
        self.endRemoveRows()
        if not parent.children and parent is not self._root:
            self._remove(parent)

    # What Qt asks

    def _index_of(self, node: _Node) -> QModelIndex:
        return QModelIndex() if node is self._root else self.createIndex(node.row, 0, node.number)

    def index(self, row: int, column: int, parent: _Index = _NOWHERE) -> QModelIndex:
        """The index of a child."""
        children = self._children(parent)
        is_there = column == 0 and 0 <= row < len(children)
        return self._index_of(children[row]) if is_there else QModelIndex()

    def parent(self, index: _Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]  # also QObject.parent()
        """The index of the group."""
        group = self.node(index).parent
        return self._index_of(group) if group else QModelIndex()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802
        """The number of children; films have none."""
        return len(self._children(parent))

    def _children(self, index: _Index) -> list[_Node]:
        node = self.node(index)
        return node.children if isinstance(node, _Group) and index.column() <= 0 else []

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: ARG002, N802
        """Always one."""
        return 1

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Only films can be selected."""
        if isinstance(self.node(index), _Film):
            return _FILM_FLAGS
        return Qt.ItemFlag.ItemIsEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row's lines as text: the first one shown, all of them as tooltip and for screen readers."""
        if not index.isValid():
            return None
        lines = _lines(self.node(index))
        if role == Qt.ItemDataRole.DisplayRole:
            return lines[0]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(lines)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tooltip(self.node(index))
        return None


# Texts


def _lines(node: _Node) -> tuple[str, ...]:
    """The texts of a row from top to bottom; none is empty."""
    if isinstance(node, _Film):
        return _film_lines(node.entry)
    if node.is_patient:
        return _patient_lines(node)
    return (_study_line(node),)


def _patient_lines(group: _Group) -> tuple[str, ...]:
    if group.sort is _Sort.UNREAD:
        return (QCoreApplication.translate("FilmList", "Not read"),)
    study = group.study
    if study is None or group.sort is _Sort.ANONYMOUS:
        return (QCoreApplication.translate("FilmList", "No patient data"),)
    name = _one_line(person(study.patient_name))
    born = QCoreApplication.translate("FilmList", "born %1")
    details = (
        _one_line(study.patient_id),
        born.replace("%1", day(study.birth_date), 1) if study.birth_date else "",
    )
    unnamed = QCoreApplication.translate("FilmList", "Without a name")
    return tuple(filter(None, (name or unnamed, _joined(*details))))


def _study_line(group: _Group) -> str:
    study = group.study
    if study is None:
        return group.folder.name or str(group.folder)
    accession = QCoreApplication.translate("FilmList", "Acc. %1")
    line = _joined(
        day(study.study_date) if study.study_date else "",
        _one_line(study.modality),
        accession.replace("%1", _one_line(study.accession_number), 1) if study.accession_number else "",
    )
    return line or QCoreApplication.translate("FilmList", "Study without a date")


def _film_lines(entry: FilmEntry) -> tuple[str, ...]:
    """Date or file, view, state, reason; what is not known is left out."""
    study, name = entry.study, _file_text(entry.key)
    view = dated = ""
    if entry.state is FilmState.REFUSED:  # whoever wants to do something about it looks for the file
        return tuple(filter(None, (name, entry.state.text, _one_line(entry.reason))))
    if study is not None:
        view = _joined(*map(_one_line, (study.view_position, study.laterality, study.body_part)))
        dated = day(study.study_date) if study.study_date else ""
    if dated and (not view or entry.key.frame is not None):
        # Films of a study have the same date, and frames of a file the same view.
        view = _joined(view, name)
    return tuple(filter(None, (dated or name, view, _state_text(entry))))


def _state_text(entry: FilmEntry) -> str:
    if entry.state is FilmState.ANALYSING:
        return f"{entry.state.text} {percent(_part(entry))}"
    return entry.state.text


def _file_text(key: FilmKey) -> str:
    if key.frame is None:
        return key.path.name
    text = QCoreApplication.translate("FilmList", "%1, frame %2")
    return text.replace("%2", str(key.frame + 1), 1).replace("%1", key.path.name, 1)


def _tooltip(node: _Node) -> str:
    lines = list(_lines(node))
    if isinstance(node, _Film):
        patient = node.parent.parent
        if patient is not None and patient.sort is _Sort.PATIENT:
            lines = [*_patient_lines(patient), *lines]
        if _file_text(node.entry.key) not in lines:
            lines.append(_file_text(node.entry.key))
    elif node.study is None and not node.is_patient:
        lines = [str(node.folder)]
    # Qt would take a name or file with a "<" for HTML.
    return "<qt>" + "<br>".join(html.escape(line) for line in lines) + "</qt>"


def _joined(*texts: str) -> str:
    return "  ·  ".join(text for text in texts if text)


def _one_line(text: str) -> str:
    """Files may hold line breaks anywhere."""
    return " ".join(text.split())


def _part(entry: FilmEntry) -> float:
    return min(max(entry.fraction, 0.0), 1.0)


# Rows


_BAND: Final = 6
_MARGIN: Final = 6
_GLYPH: Final = 11
_BAR: Final = 3
_REASON_LINES: Final = 3

_STATE_COLOURS: Final = {
    FilmState.WAITING: theme.QUIET,
    FilmState.NEW: theme.TEXT,
    FilmState.ANALYSING: theme.ACCENT,
    FilmState.ANALYSED: theme.ACCENT,
    FilmState.IN_REVIEW: theme.WARNING,
    FilmState.SIGNED: theme.DONE,
    FilmState.REFUSED: theme.ALARM,
}


@cache
def glyph(state: FilmState) -> tuple[QPainterPath, QPainterPath]:
    """The shape of a state in a square of side 1: what is drawn as a line and what is filled."""
    line, solid = QPainterPath(), QPainterPath()
    circle = QRectF(0.04, 0.04, 0.92, 0.92)
    match state:
        case FilmState.WAITING:
            for x in (0.14, 0.5, 0.86):
                solid.addEllipse(QPointF(x, 0.5), 0.13, 0.13)
        case FilmState.NEW:
            line.addEllipse(circle)
        case FilmState.ANALYSING:
            solid.addPolygon([QPointF(0.1, 0.0), QPointF(1.0, 0.5), QPointF(0.1, 1.0)])
        case FilmState.ANALYSED:
            solid.addEllipse(circle)
        case FilmState.IN_REVIEW:
            line.addEllipse(circle)
            solid.moveTo(0.5, 0.5)
            solid.arcTo(circle, 90, 180)
            solid.closeSubpath()
        case FilmState.SIGNED:
            line.addPolygon([QPointF(0.02, 0.55), QPointF(0.36, 0.9), QPointF(0.98, 0.12)])
        case FilmState.REFUSED:
            line.addPolygon([QPointF(0.08, 0.08), QPointF(0.92, 0.92)])
            line.addPolygon([QPointF(0.08, 0.92), QPointF(0.92, 0.08)])
    return line, solid


class _Rows(QStyledItemDelegate):
    """Draws rows. What costs time, scaling and fitting texts, is done once and kept."""

    def __init__(self, view: QAbstractItemView, model: FilmListModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._pixmaps: dict[FilmKey, tuple[int, float, QPixmap]] = {}
        self._fitted: dict[tuple[str, int, int, bool, Qt.TextElideMode], tuple[str, ...]] = {}
        self.measure()

    def measure(self) -> None:
        """Take over the view's font."""
        self._font = self._view.font()
        self._bold = QFont(self._font)
        self._bold.setBold(True)
        self._link = QFont(self._font)
        self._link.setUnderline(True)
        self._metrics = QFontMetrics(self._font)
        self._line = max(self._metrics.height(), QFontMetrics(self._bold).height())
        self._film_height = max(THUMBNAIL_SIDE, 4 * self._line) + 2 * _MARGIN
        self._refused_height = max(THUMBNAIL_SIDE, (2 + _REASON_LINES) * self._line) + 2 * _MARGIN
        self._fitted.clear()

    # Sizes

    def height(self, node: _Node) -> int:
        """Height of a row; it depends on the kind of row only, as Qt asks for all of them at every change."""
        if isinstance(node, _Film):
            return self._refused_height if node.entry.state is FilmState.REFUSED else self._film_height
        if node.is_patient:
            return (2 if node.sort is _Sort.PATIENT else 1) * self._line + 3 * _MARGIN
        return self._line + _MARGIN

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002, N802
        """Any width, as all rows are as wide as the list."""
        return QSize(0, self.height(self._model.node(index)))

    def link_rect(self, row: QRect) -> QRect:
        """Where the row of a refused film says that it may be tried again."""
        width = min(self._metrics.horizontalAdvance(_try_again()) + 2, row.width() // 2)
        return QRect(row.right() - _MARGIN - width, row.top() + _MARGIN + self._line, width, self._line)

    # Things kept

    def forget(self, key: FilmKey) -> None:
        """Drop what is kept of a film that is no longer in the list."""
        self._pixmaps.pop(key, None)

    def thumbnail(self, entry: FilmEntry) -> QPixmap | None:
        """The film's thumbnail, letterboxed, for the screen that the list is on."""
        image, ratio = entry.thumbnail, self._view.devicePixelRatioF()
        if image is None or image.isNull():
            return None
        kept = self._pixmaps.get(entry.key)
        if kept is None or kept[:2] != (image.cacheKey(), ratio):
            kept = image.cacheKey(), ratio, _letterboxed(image, ratio)
            self._pixmaps[entry.key] = kept
        return kept[2]

    def _fit(
        self,
        text: str,
        width: int,
        lines: int = 1,
        bold: bool = False,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> tuple[str, ...]:
        """The text in so many lines of that width at most; the last one ends in "…" where it is too long."""
        wanted = (text, width, lines, bold, elide)
        fitted = self._fitted.get(wanted)
        if fitted is None:
            if len(self._fitted) > 5000:  # widths go by the hundred while the list is being resized
                self._fitted.clear()
            fitted = _wrapped(text, width, lines, self._bold if bold else self._font, elide)
            self._fitted[wanted] = fitted
        return fitted

    # Drawing

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        painter.save()
        node, rect = self._model.node(index), option.rect
        if isinstance(node, _Film):
            self._paint_film(painter, rect, node, option.state)
        elif node.is_patient:
            self._paint_patient(painter, rect, node)
        else:
            self._paint_study(painter, rect, node)
        painter.restore()

    def _paint_patient(self, painter: QPainter, rect: QRect, group: _Group) -> None:
        painter.fillRect(rect, theme.BACKGROUND)
        box = rect.adjusted(0, _MARGIN, 0, 0)
        painter.fillRect(box, theme.RAISED)
        self._paint_band(painter, box, group)
        left, width = box.left() + _BAND + _MARGIN, box.width() - _BAND - 2 * _MARGIN
        top = box.top() + _MARGIN
        for number, text in enumerate(_lines(group)):
            painter.setFont(self._font if number else self._bold)
            painter.setPen(theme.TEXT)
            line = QRect(left, top + number * self._line, width, self._line)
            _write(painter, line, self._fit(text, width, bold=not number))

    def _paint_study(self, painter: QPainter, rect: QRect, group: _Group) -> None:
        painter.fillRect(rect, theme.SURFACE)
        self._paint_band(painter, rect, group)
        box = rect.adjusted(_BAND + _MARGIN, 0, -_MARGIN, 0)
        painter.setFont(self._font)
        painter.setPen(theme.QUIET)
        _write(painter, box, self._fit(_study_line(group), box.width()))

    def _paint_band(self, painter: QPainter, rect: QRect, node: _Node) -> None:
        study = node.entry.study if isinstance(node, _Film) else node.study
        band = QRect(rect.left(), rect.top(), _BAND, rect.height())
        painter.fillRect(band, theme.patient_colour(study))

    def _paint_film(self, painter: QPainter, rect: QRect, film: _Film, state: QStyle.StateFlag) -> None:
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        palette = self._view.palette()
        plain = theme.SURFACE if hovered else theme.BACKGROUND
        painter.fillRect(rect, palette.highlight().color() if selected else plain)
        self._paint_band(painter, rect, film)
        square = QRect(rect.left() + _BAND + _MARGIN, rect.top() + _MARGIN, THUMBNAIL_SIDE, THUMBNAIL_SIDE)
        self._paint_thumbnail(painter, square, film.entry)
        text = QRect(square.right() + 1 + _MARGIN, rect.top() + _MARGIN, 0, rect.height() - 2 * _MARGIN)
        text.setRight(rect.right() - _MARGIN)
        quiet = theme.TEXT if selected else theme.QUIET
        if film.entry.state is FilmState.REFUSED:
            self._paint_refused(painter, rect, text, film.entry)
        else:
            self._paint_usable(painter, text, film.entry, quiet)

    def _paint_thumbnail(self, painter: QPainter, square: QRect, entry: FilmEntry) -> None:
        pixmap = self.thumbnail(entry)
        if pixmap is not None:
            painter.drawPixmap(square.topLeft(), pixmap)
            return
        painter.fillRect(square, Qt.GlobalColor.black)
        painter.setPen(theme.RAISED)
        painter.drawRect(square.adjusted(0, 0, -1, -1))

    def _paint_usable(self, painter: QPainter, text: QRect, entry: FilmEntry, quiet: QColor) -> None:
        lines = _film_lines(entry)
        painter.setFont(self._font)
        for number, content in enumerate(lines):
            line = QRect(text.left(), text.top() + number * self._line, text.width(), self._line)
            if number == len(lines) - 1:
                self._paint_state(painter, line, entry)
                continue
            painter.setPen(quiet if number else theme.TEXT)
            _write(painter, line, self._fit(content, line.width(), elide=Qt.TextElideMode.ElideMiddle))
        if entry.state is FilmState.ANALYSING:
            bar = QRect(text.left(), text.top() + len(lines) * self._line + _BAR, text.width(), _BAR)
            painter.fillRect(bar, theme.RAISED)
            bar.setWidth(round(_part(entry) * text.width()))
            painter.fillRect(bar, theme.ACCENT)

    def _paint_refused(self, painter: QPainter, row: QRect, text: QRect, entry: FilmEntry) -> None:
        painter.setFont(self._font)
        painter.setPen(theme.TEXT)
        line = QRect(text.left(), text.top(), text.width(), self._line)
        name = _film_lines(entry)[0]
        _write(painter, line, self._fit(name, line.width(), elide=Qt.TextElideMode.ElideMiddle))
        link = self.link_rect(row)
        line.translate(0, self._line)
        line.setRight(link.left() - _MARGIN)
        self._paint_state(painter, line, entry)
        painter.setPen(theme.TEXT)
        box = text.adjusted(0, 2 * self._line, 0, 0)
        _write(painter, box, self._fit(_one_line(entry.reason), box.width(), _REASON_LINES), self._line)
        painter.setFont(self._link)
        painter.setPen(theme.ACCENT)
        _write(painter, link, self._fit(_try_again(), link.width()))

    def _paint_state(self, painter: QPainter, line: QRect, entry: FilmEntry) -> None:
        colour = _STATE_COLOURS[entry.state]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(line.left(), line.top() + (line.height() - _GLYPH) / 2)
        painter.scale(_GLYPH, _GLYPH)
        outline, solid = glyph(entry.state)
        painter.fillPath(solid, colour)
        painter.strokePath(outline, QPen(colour, 1.8 / _GLYPH, c=Qt.PenCapStyle.RoundCap))
        painter.restore()
        painter.setPen(colour)
        box = line.adjusted(_GLYPH + _MARGIN, 0, 0, 0)
        _write(painter, box, self._fit(_state_text(entry), box.width()))


def _try_again() -> str:
    return QCoreApplication.translate("FilmList", "Try again")


def _write(painter: QPainter, box: QRect, lines: tuple[str, ...], step: int = 0) -> None:
    """Write fitted lines: one in the middle of the box's height, or several from its top."""
    if not step:
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, "".join(lines))
        return
    for number, line in enumerate(lines):
        painter.drawText(box.adjusted(0, number * step, 0, 0), Qt.AlignmentFlag.AlignLeft, line)


def _wrapped(text: str, width: int, lines: int, font: QFont, elide: Qt.TextElideMode) -> tuple[str, ...]:
    metrics = QFontMetrics(font)
    if lines == 1:
        return (metrics.elidedText(text, elide, width),)
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    ends = [0]
    while len(ends) < lines and (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        ends.append(line.textStart() + line.textLength())
    layout.endLayout()
    # Qt counts in units of UTF-16, Python in characters.
    units = text.encode("utf-16-le", "surrogatepass")
    pieces = [units[2 * a : 2 * b] for a, b in itertools.pairwise([*ends, len(units) // 2]) if a < b]
    texts = [piece.decode("utf-16-le", "surrogatepass").strip() for piece in pieces]
    return tuple(metrics.elidedText(piece, elide, width) for piece in texts)


def _letterboxed(image: QImage, ratio: float) -> QPixmap:
    side = round(THUMBNAIL_SIDE * ratio)
    small = image.scaled(
        side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.black)
    painter = QPainter(pixmap)
    painter.drawImage((side - small.width()) // 2, (side - small.height()) // 2, small)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


# The view


_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_KEPT_KEYS: Final = frozenset(
    {
        *_STEPS,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Delete,
        Qt.Key.Key_Backspace,
        Qt.Key.Key_Insert,
    }
)


class FilmList(QTreeView):
    """Shows the films; what is selected is what was chosen.

    A click chooses a film and leaves the keyboard where it is, so that the next key acts on the film. The
    list has the keyboard after Tab or a click on a patient, which a frame around it shows, and gives it back
    on Return. As long as it has it, none of the window's plain keys does anything to a review.

    Signals:
        chosen(FilmKey): by click, Return or selection by keyboard.
        retried(FilmKey): a refused film shall be read again.
    """

    chosen = Signal(object)
    retried = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = FilmListModel(self)
        self._rows = _Rows(self, self._model)
        self._is_quiet = False
        self._is_held = False
        self._held: tuple[QPersistentModelIndex, int] | None = None
        self._pressed: FilmKey | None = None
        self._typed = ""
        self._since_typed = QElapsedTimer()
        # Before the view itself hears of it, as long as all still lies where it was.
        self._model.rowsAboutToBeInserted.connect(self._hold)
        self._model.rowsAboutToBeMoved.connect(self._hold)
        self._model.rowsAboutToBeRemoved.connect(self._hold)
        self.setModel(self._model)
        self.setItemDelegate(self._rows)
        self.selectionModel().selectionChanged.connect(self._tell)
        self._set_up()

    def _set_up(self) -> None:
        self.setHeaderHidden(True)
        self.setIndentation(0)
        # A closed group could hide a refused or forgotten film.
        self.setItemsExpandable(False)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setMinimumWidth(240)
        self.setAccessibleName(self.tr("Films"))
        frame = "QTreeView {{ border: 1px solid {0}; }} QTreeView:focus {{ border: 1px solid {1}; }}"
        self.setStyleSheet(frame.format(theme.BACKGROUND.name(), theme.ACCENT.name()))

    # Films

    def put(self, entry: FilmEntry) -> None:
        """Add a film, or say something new about it."""
        self._model.put(entry)
        self._rows.thumbnail(entry)

    def take(self, key: FilmKey) -> None:
        """Remove a film; if it is the selected one, none is selected then."""
        self._model.take(key)
        self._rows.forget(key)

    def entry(self, key: FilmKey) -> FilmEntry | None:
        """What is known of a film."""
        return self._model.entry(key)

    def keys(self) -> tuple[FilmKey, ...]:
        """All films as they are shown."""
        return self._model.keys()

    def neighbour(self, key: FilmKey | None, step: int) -> FilmKey | None:
        """The film that is shown so many places further; None beyond the ends and for unknown films."""
        return self._model.neighbour(key, step)

    # Selection

    @property
    def selected(self) -> FilmKey | None:
        """The selected film."""
        indexes = self.selectionModel().selectedIndexes()
        return self._model.key_of(indexes[0]) if indexes else None

    def select(self, key: FilmKey | None) -> None:
        """Select a film, or none, without telling so."""
        index = self._model.index_of(key) if key is not None else QModelIndex()
        self._is_quiet = True
        try:
            if index.isValid():
                self.setCurrentIndex(index)
            else:
                self.selectionModel().clear()
        finally:
            self._is_quiet = False

    def _choose(self, key: FilmKey | None) -> None:
        if key is None:
            return
        if key == self.selected:
            self.chosen.emit(key)
        else:
            self.setCurrentIndex(self._model.index_of(key))

    def _tell(self, selected: QItemSelection) -> None:
        # Here and not where films are chosen: assistive technology selects without asking there. Qt also
        # comes here when groups are removed, with nothing that would be selected now.
        if not self._is_quiet and not selected.isEmpty() and (key := self.selected) is not None:
            self.chosen.emit(key)

    # Rows come and go

    def rowsInserted(self, parent: _Index, start: int, end: int) -> None:  # noqa: N802
        """Groups are open from the beginning."""
        super().rowsInserted(parent, start, end)
        for row in range(start, end + 1):
            index = self._model.index(row, 0, parent)
            if self._model.key_of(index) is None:
                self.expand(index)

    def rowsAboutToBeRemoved(self, parent: _Index, start: int, end: int) -> None:  # noqa: N802
        """Qt would select another film, which nobody has chosen."""
        current = self.currentIndex()
        if current.parent() == parent and start <= current.row() <= end:
            self.select(None)
        super().rowsAboutToBeRemoved(parent, start, end)

    def _hold(self) -> None:
        """Remember where the film lies that the reader looks at: it stays there when others come and go."""
        if self._is_held or not self.isVisible():
            return  # once before each layout: to ask where something lies brings the next layout about
        self._is_held = True
        view, index = self.viewport().rect(), self.currentIndex()
        if not self.visualRect(index).intersects(view):
            # At the very top he shall see what comes.
            index = self.indexAt(view.center()) if self.verticalScrollBar().value() else QModelIndex()
        if index.isValid():
            self._held = QPersistentModelIndex(index), self.visualRect(index).top()

    def doItemsLayout(self) -> None:  # noqa: N802
        """Lay the rows out, and keep what the reader looks at in its place."""
        super().doItemsLayout()
        held, self._held, self._is_held = self._held, None, False
        if held is not None and held[0].isValid():
            moved_px = self.visualRect(held[0]).top() - held[1]
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + moved_px)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Choose on the press: Qt itself selects on the press and tells on the release, maybe elsewhere."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        position = event.position().toPoint()
        self._pressed = self._link_at(position)
        if self._pressed is not None:
            return
        key = self._model.key_of(self.indexAt(position))
        if key is None:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._choose(key)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Try again where the link was pressed and released."""
        pressed, self._pressed = self._pressed, None
        if pressed is not None and pressed == self._link_at(event.position().toPoint()):
            self.retried.emit(pressed)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Its first click has done all."""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A hand over links; no selecting by dragging."""
        hand = self._link_at(event.position().toPoint()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Offer to try a refused film again."""
        by_keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_keyboard else self.indexAt(event.pos())
        entry = self._entry_at(index)
        if entry is None or entry.state is not FilmState.REFUSED:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_try_again()).triggered.connect(lambda: self.retried.emit(entry.key))
        corner = self.viewport().mapToGlobal(self.visualRect(index).center())
        menu.popup(corner if by_keyboard else event.globalPos())

    def _entry_at(self, index: QModelIndex) -> FilmEntry | None:
        key = self._model.key_of(index)
        return None if key is None else self._model.entry(key)

    def _link_at(self, position: QPoint) -> FilmKey | None:
        """The refused film whose link is there."""
        index = self.indexAt(position)
        entry = self._entry_at(index)
        if entry is None or entry.state is not FilmState.REFUSED:
            return None
        return entry.key if self._rows.link_rect(self.visualRect(index)).contains(position) else None

    # Keyboard

    def event(self, event: QEvent) -> bool:
        """Take keys that the window has other uses for, and follow font and language."""
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_kept(event):
            event.accept()
            return True
        if kind in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._rows.measure()
        if kind == QEvent.Type.LanguageChange:
            self.setAccessibleName(self.tr("Films"))
            self.viewport().update()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go through the films, or to a name."""
        key, keys = event.key(), self.keys()
        if not _is_kept(event):
            event.ignore()
        elif key in _STEPS:
            self._choose(self._further(_STEPS[Qt.Key(key)]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._choose(keys[0 if key == Qt.Key.Key_Home else -1] if keys else None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.selected)
            self.clearFocus()
        elif event.text().isprintable() and event.text():
            self.keyboardSearch(event.text())

    def _further(self, step: int) -> FilmKey | None:
        selected, keys = self.selected, self.keys()
        if selected is not None:
            return self.neighbour(selected, step)
        return keys[0 if step > 0 else -1] if keys else None

    def keyboardSearch(self, search: str) -> None:  # noqa: N802
        """Go to the patient whose name or id begins with what was typed, or to the file without a patient."""
        if self._since_typed.isValid() and self._since_typed.elapsed() > QApplication.keyboardInputInterval():
            self._typed = ""
        self._since_typed.start()
        self._typed += search.casefold()
        # The same letter again goes on to the next one, as everywhere.
        again = len(set(self._typed)) == 1
        wanted = self._typed[0] if again else self._typed
        selected, places = self.selected, self._model.headings()
        here = next((n for n, (_, keys) in enumerate(places) if selected in keys), -1)
        start = here + 1 if again else max(here, 0)
        for names, keys in places[start:] + places[:start]:
            if any(name.startswith(wanted) for name in names):
                if selected not in keys:
                    self._choose(keys[0])
                return

    # The name of the patient stays in sight

    def _pinned(self) -> tuple[QModelIndex, QRect] | None:
        """The patient whose films are at the top while his own row is scrolled out, and where it is shown."""
        index = super().indexAt(QPoint(0, 0))
        while index.parent().isValid():
            index = index.parent()
        rect = self.visualRect(index)
        if not index.isValid() or rect.top() >= -_MARGIN:
            return None
        following = index.sibling(index.row() + 1, 0)
        end = self.visualRect(following).top() if following.isValid() else self.viewport().height()
        rect.moveTop(min(-_MARGIN, end - rect.height()))
        return index, rect

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the rows and the pinned one above them."""
        super().paintEvent(event)
        if (pinned := self._pinned()) is not None:
            index, option = pinned[0], QStyleOptionViewItem()
            option.rect = pinned[1]
            painter = QPainter(self.viewport())
            self._rows.paint(painter, option, index)
            painter.end()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802
        """Qt moves the pixels, and the pinned row's with them."""
        super().scrollContentsBy(dx, dy)
        self.viewport().update()

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: N802
        """What is seen there: a film below the pinned row is not."""
        pinned = self._pinned()
        if pinned is not None and pinned[1].contains(point):
            return pinned[0]
        return super().indexAt(point)

    def scrollTo(  # noqa: N802
        self,
        index: _Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Scroll until all of a row is seen, with its study where it is the first one."""
        super().scrollTo(index, hint)
        study = index.parent()
        if not study.parent().isValid():
            return
        pinned_px = self._rows.height(self._model.node(study.parent())) - _MARGIN
        hidden_px = pinned_px - self.visualRect(index if index.row() else study).top()
        if hidden_px > 0:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - hidden_px)


def _is_kept(event: QKeyEvent) -> bool:
    """Whether a key is the list's own as long as it has the keyboard."""
    modifier = Qt.KeyboardModifier
    free = modifier.ShiftModifier | modifier.KeypadModifier | modifier.GroupSwitchModifier
    if event.modifiers() & ~free:
        return False
    return event.key() in _KEPT_KEYS or (bool(event.text()) and event.text().isprintable())
