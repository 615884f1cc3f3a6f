"""The list of films at the left of the window: what the reader does in it, and what stays in his sight."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QElapsedTimer,
    QEvent,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QMenu,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from vcf_desktop.ui import theme
from vcf_desktop.ui.film_entries import FilmEntry, FilmKey, FilmState
from vcf_desktop.ui.film_list_model import FilmListModel, FilmNode, Index
from vcf_desktop.ui.film_list_rows import PATIENT_GAP, FilmRows, try_again_text

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
        self._rows = FilmRows(self, self._model)
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

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:  # noqa: N802
        """Groups are open from the beginning; films have nothing to open."""
        super().rowsInserted(parent, start, end)
        for row in range(start, end + 1):
            self.expand(self._model.index(row, 0, parent))

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:  # noqa: N802
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
        key = self._refused_at(index)
        if key is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(try_again_text()).triggered.connect(lambda: self.retried.emit(key))
        corner = self.viewport().mapToGlobal(self.visualRect(index).center())
        menu.popup(corner if by_keyboard else event.globalPos())

    def _refused_at(self, index: QModelIndex) -> FilmKey | None:
        """The film in a row if it was refused."""
        node = self._model.node(index)
        if isinstance(node, FilmNode) and node.entry.state is FilmState.REFUSED:
            return node.entry.key
        return None

    def _link_at(self, position: QPoint) -> FilmKey | None:
        """The refused film whose link is there."""
        index = self.indexAt(position)
        is_link = self._rows.link_rect(self.visualRect(index)).contains(position)
        return self._refused_at(index) if is_link else None

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
        if not index.isValid() or rect.top() >= -PATIENT_GAP:
            return None
        following = index.sibling(index.row() + 1, 0)
        end = self.visualRect(following).top() if following.isValid() else self.viewport().height()
        rect.moveTop(min(-PATIENT_GAP, end - rect.height()))
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
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Scroll until all of a row is seen, with its study where it is the first one."""
        super().scrollTo(index, hint)
        study = index.parent()
        if not study.parent().isValid():
            return
        pinned_px = self._rows.height(self._model.node(study.parent())) - PATIENT_GAP
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
