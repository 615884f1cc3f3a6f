"""Which rows the list of films has: patients, their studies, and the films in them.

Rows are put and taken one by one, so that the list fills while the reader works.
"""

from __future__ import annotations

import html
import itertools
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from vcf_desktop.film import StudyInfo
from vcf_desktop.ui.film_entries import FilmEntry, FilmKey, one_line, patient_texts, study_text

Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
_FILM_FLAGS: Final = (
    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
)

_Name = tuple[str, ...]
"""What tells a patient from others, or a study from others of the patient."""
_NOBODY: Final[_Name] = ("", "", "")
_UNREAD: Final[_Name] = ()
"""The name of the patient of all films that were not read, as against films of which nobody is told."""


def _names_of(entry: FilmEntry) -> tuple[_Name, _Name]:
    """Which patient and which of his studies a film belongs to."""
    folder, study = str(entry.key.path.parent), entry.study
    patient = tuple(str(part or "") for part in study.patient) if study else _NOBODY
    if study is None:
        # That nobody knows yet whose film it is, is not the same as that it does not tell. The state says
        # nothing of this: an opened film may be analysed before the list hears of its patient.
        return _UNREAD if entry.thumbnail is None else patient, (folder,)
    when = study.study_date.isoformat() if study.study_date else ""
    uid = study.study_uid
    return patient, (uid,) if uid else (folder, when, study.accession_number)


class FilmNode:
    """A film's row; films stand in the order of their numbers."""

    def __init__(self, number: int, parent: GroupNode, entry: FilmEntry) -> None:
        self.number = number
        self.parent = parent
        self.entry = entry
        self.row = 0

    @property
    def lines(self) -> tuple[str, ...]:
        """The texts of the row from top to bottom; none is empty."""
        return self.entry.lines


class GroupNode:
    """A patient's row, a study's row, or the root that nobody sees."""

    def __init__(self, number: int, parent: GroupNode | None, name: _Name, study: StudyInfo | None) -> None:
        self.number = number
        self.parent = parent
        self.name = name
        self.study = study
        self.row = 0
        self.children: list[Node] = []
        self.groups: dict[_Name, GroupNode] = {}

    @property
    def is_patient(self) -> bool:
        """Whether it is of the upper level."""
        return self.parent is not None and self.parent.parent is None

    @property
    def is_known(self) -> bool:
        """Whether a patient's row tells who he is."""
        return any(self.name)

    @property
    def lines(self) -> tuple[str, ...]:
        """The texts of the row from top to bottom; none is empty."""
        if not self.is_patient:
            return (study_text(self.study) if self.study else self.folder.name or str(self.folder),)
        if self.name == _UNREAD:
            return (QCoreApplication.translate("FilmList", "Not read"),)
        if self.study is None or not self.is_known:
            return (QCoreApplication.translate("FilmList", "No patient data"),)
        return patient_texts(self.study)

    @property
    def folder(self) -> Path:
        """Where the films of a study lie of which nothing else is known."""
        return Path(self.name[0])

    def insert(self, row: int, child: Node) -> None:
        """Make it the child in that row."""
        self.children.insert(row, child)
        if isinstance(child, GroupNode):
            self.groups[child.name] = child
        self._count_from(row)

    def remove(self, child: Node) -> None:
        """Take a child away."""
        del self.children[child.row]
        if isinstance(child, GroupNode):
            del self.groups[child.name]
        self._count_from(child.row)

    def films(self) -> Iterator[FilmNode]:
        """The films below it, as they are shown."""
        for child in self.children:
            if isinstance(child, FilmNode):
                yield child
            else:
                yield from child.films()

    def _count_from(self, row: int) -> None:
        for number in range(row, len(self.children)):
            self.children[number].row = number


Node = GroupNode | FilmNode


class FilmListModel(QAbstractItemModel):
    """Patients, their studies, and the films in these.

    Groups are made when their first film comes and vanish with their last one. They stand in the order in
    which they were made, films in that in which they were first put. What was not read yet always stands
    last: a long list would otherwise run away from under the reader's eyes while it is being read.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = itertools.count(1)
        self._root = GroupNode(0, None, (), None)
        # Indexes carry numbers and not the nodes themselves, which Qt would not keep alive.
        self._nodes: dict[int, Node] = {}
        self._films: dict[FilmKey, FilmNode] = {}

    # Films

    def put(self, entry: FilmEntry) -> None:
        """Add a film, or say something new about it, upon which it may move to another patient."""
        film = self._films.get(entry.key)
        if film is None:
            self._add(entry)
            return
        old, film.entry = film.entry, entry
        if _names_of(entry) != _names_of(old):
            self._move(film)
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
        if key not in self._films:
            return None
        keys = self.keys()
        place = keys.index(key) + step
        return keys[place] if 0 <= place < len(keys) else None

    def headings(self) -> list[tuple[tuple[str, ...], tuple[FilmKey, ...]]]:
        """What one may look for, folded to small letters: names and ids of patients, files without one."""
        found: list[tuple[tuple[str, ...], tuple[FilmKey, ...]]] = []
        for group in self._root.groups.values():
            keys = tuple(film.entry.key for film in group.films())
            if group.study is not None and group.is_known:
                names = group.lines[0], one_line(group.study.patient_id)
                found.append((tuple(name.casefold() for name in names if name), keys))
            else:
                found += [((key.path.name.casefold(),), (key,)) for key in keys]
        return found

    def index_of(self, key: FilmKey) -> QModelIndex:
        """The row of a film; invalid where there is none."""
        film = self._films.get(key)
        return self._index_of(film) if film else QModelIndex()

    def node(self, index: Index) -> Node:
        """What stands in a row; the root for an invalid index."""
        return self._nodes[index.internalId()] if index.isValid() else self._root

    def key_of(self, index: Index) -> FilmKey | None:
        """The film in a row, None for groups."""
        node = self.node(index)
        return node.entry.key if isinstance(node, FilmNode) else None

    # Changes

    def _add(self, entry: FilmEntry) -> None:
        study = self._study_of(entry)
        self._films[entry.key] = film = FilmNode(next(self._numbers), study, entry)
        self._insert(len(study.children), film)

    def _move(self, film: FilmNode) -> None:
        """Move a film to the study that its entry tells."""
        old, new = film.parent, self._study_of(film.entry)
        row = bisect_left(new.children, film.number, key=lambda other: other.number)
        self.beginMoveRows(self._index_of(old), film.row, film.row, self._index_of(new), row)
        old.remove(film)
        new.insert(row, film)
        film.parent = new
        self.endMoveRows()
        if not old.children:
            self._remove(old)

    def _retell(self, film: FilmNode) -> None:
        """Patient and study say what their newest film says."""
        for group in (film.parent, film.parent.parent or self._root):
            group.study = film.entry.study
            index = self._index_of(group)
            self.dataChanged.emit(index, index)

    def _study_of(self, entry: FilmEntry) -> GroupNode:
        """The study that a film belongs to, made where there is none."""
        group = self._root
        for name in _names_of(entry):
            child = group.groups.get(name)
            if child is None:
                child = GroupNode(next(self._numbers), group, name, entry.study)
                self._insert(len(group.children) - (_UNREAD in group.groups), child)
            group = child
        return group

    def _insert(self, row: int, node: Node) -> None:
        parent = node.parent or self._root
        self.beginInsertRows(self._index_of(parent), row, row)
        self._nodes[node.number] = node
        parent.insert(row, node)
        self.endInsertRows()

    def _remove(self, node: Node) -> None:
        """Remove a row and the groups that it leaves empty."""
        parent = node.parent or self._root
        self.beginRemoveRows(self._index_of(parent), node.row, node.row)
        parent.remove(node)
        del self._nodes[node.number]
        self.endRemoveRows()
        if not parent.children and parent is not self._root:
            self._remove(parent)

    # What Qt asks

    def _index_of(self, node: Node) -> QModelIndex:
        return QModelIndex() if node is self._root else self.createIndex(node.row, 0, node.number)

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        """The index of a child."""
        children = self._children(parent)
        is_there = column == 0 and 0 <= row < len(children)
        return self._index_of(children[row]) if is_there else QModelIndex()

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]  # also QObject.parent()
        """The index of the group."""
        group = self.node(index).parent
        return self._index_of(group) if group else QModelIndex()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """The number of children; films have none."""
        return len(self._children(parent))

    def _children(self, index: Index) -> list[Node]:
        node = self.node(index)
        return node.children if isinstance(node, GroupNode) and index.column() <= 0 else []

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: ARG002, N802
        """Always one."""
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only films can be selected."""
        if isinstance(self.node(index), FilmNode):
            return _FILM_FLAGS
        return Qt.ItemFlag.ItemIsEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row's lines as text: the first one shown, all of them as tooltip and for screen readers."""
        node = self.node(index)
        if node is self._root:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return node.lines[0]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(node.lines)
        return _tooltip(node) if role == Qt.ItemDataRole.ToolTipRole else None


def _tooltip(node: Node) -> str:
    lines = node.lines
    if isinstance(node, FilmNode):
        patient, file = node.parent.parent, node.entry.key.text
        if patient is not None and patient.is_known:
            lines = (*patient.lines, *lines)
        if file not in lines:
            lines = (*lines, file)
    elif node.study is None and not node.is_patient:
        lines = (str(node.folder),)
    # Qt would take a name or file with a "<" for HTML.
    return "<qt>" + "<br>".join(map(html.escape, lines)) + "</qt>"
