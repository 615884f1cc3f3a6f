"""One open film: its review, undo and redo, and what may be done with it. It knows no widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from enum import Enum

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from vcf_desktop.film import Orientation
from vcf_desktop.io.overlay import is_doubtful
from vcf_desktop.io.sessions import Session
from vcf_desktop.review import (
    Cause,
    FirstReading,
    Mark,
    Measure,
    Measured,
    ReaderGrade,
    Review,
    Vertebra,
)
from vcf_desktop.settings import ReadingOrder
from vcf_desktop.spine import Analysis, Deformity, Grade, VertebraFinding, VertebraLevel
from vcf_desktop.statement import Statement
from vcf_desktop.trail import (
    TrailEntry,
    changes,
)
from vcf_desktop.ui.commands import shown_edit
from vcf_desktop.ui.reading import OpenedFilm


class DocumentState(Enum):
    """What can be done with a film; every enabled action follows from it."""

    LOADED = "loaded"
    ANALYSING = "analysing"
    REVIEWING = "reviewing"
    SIGNED = "signed"


def now() -> datetime:
    """The present moment with the local time zone."""
    return datetime.now(UTC).astimezone()


class Document(QObject):
    """A film and its review.

    Every edit goes through :meth:`edit`: one undo step with a text, one entry of the audit trail, one save.
    Texts are English, as :func:`vcf_desktop.ui.commands.edit_text` gives them, and translated when shown.

    Attributes:
        remark: what is to be known about the review as it was found, for the reader; mostly empty.

    Signals:
        changed: the review, its signature or its state.
        selected: another vertebra is selected, or none.
        to_save(Session): the newest value, to be written.
    """

    changed = Signal()
    selected = Signal()
    to_save = Signal(object)

    def __init__(
        self,
        film: OpenedFilm,
        session: Session | None,
        reader: Callable[[], str],
        *,
        read_first: bool = False,
    ) -> None:
        super().__init__()
        self._read_first = read_first
        self._film = film
        self._session = session or Session(film.record, Review())
        self._reader = reader
        self._selected: int | None = None
        self._analysing = False
        self._is_signing = False
        self._is_closed = False
        self._measured: dict[int, Measured] | None = None
        self.undo_stack = QUndoStack(self)
        self.remark = ""
        # Told after each edit and not by it: only then does the stack say what can be undone.
        self.undo_stack.indexChanged.connect(self.changed)

    # What it is

    @property
    def film(self) -> OpenedFilm:
        """The film."""
        return self._film

    @property
    def session(self) -> Session:
        """All that is saved."""
        return self._session

    @property
    def review(self) -> Review:
        """The review as it stands."""
        return self._session.review

    @property
    def reader(self) -> str:
        """Who reads now."""
        return self._reader()

    @property
    def state(self) -> DocumentState:
        """What may be done."""
        if self._session.locked:
            return DocumentState.SIGNED
        if self._analysing:
            return DocumentState.ANALYSING
        begun = self.review.analysis is not None or self.review.vertebrae
        return DocumentState.REVIEWING if begun else DocumentState.LOADED

    @property
    def is_editable(self) -> bool:
        """Whether the reader may change the review: not what is signed, nor while it is being signed."""
        return not (self._session.locked or self._is_signing or self._is_closed)

    @property
    def measured(self) -> dict[int, Measured]:
        """Heights and measured grades by vertebra; see :meth:`vcf_desktop.review.Review.measured`."""
        if self._measured is None:
            self._measured = self.review.measured(self._film.row_to_column)
        return self._measured

    @property
    def is_hidden(self) -> bool:
        """Whether the machine's results wait for the reader's first reading.

        Who has once seen them, as a decision or signature proves, cannot read the film for the first time any
        more.
        """
        first = self.review.first_reading
        if first is not None:
            return not first.recorded
        seen = self._session.signatures or any(v.decision for v in self.review.vertebrae)
        return self._read_first and self.is_editable and not seen

    # Selection

    @property
    def selection(self) -> Vertebra | None:
        """The selected vertebra."""
        return self.review.vertebra(self._selected) if self._selected is not None else None

    def select(self, key: int | None) -> None:
        """Select a vertebra, which then has been shown to the reader."""
        if self._is_closed:
            return
        if key is not None and key not in self.review:
            key = None
        if key is not None and key not in self._session.shown:
            self._session = replace(self._session, shown=self._session.shown | {key})
            self.changed.emit()
        if key != self._selected:
            self._selected = key
            self.selected.emit()

    def step(self, places: int) -> None:
        """Select the next (+1) or previous (-1) vertebra from top to bottom."""
        keys = [vertebra.key for vertebra in self.review.vertebrae]
        if not keys:
            return
        if self._selected not in keys:
            self.select(keys[0] if places > 0 else keys[-1])
            return
        place = keys.index(self._selected) + places
        self.select(keys[min(max(place, 0), len(keys) - 1)])

    def step_undecided(self, places: int, order: ReadingOrder) -> None:
        """Select the next (+1) or previous (-1) undecided vertebra in an order, round the end."""
        keys = [vertebra.key for vertebra in _ordered(self.review.vertebrae, order)]
        here = keys.index(self._selected) if self._selected in keys else (-1 if places > 0 else 0)
        undecided = {vertebra.key for vertebra in self.review.undecided}
        for distance in range(1, len(keys) + 1):
            key = keys[(here + places * distance) % len(keys)]
            if key in undecided:
                self.select(key)
                return

    # Edits

    def edit(self, text: str, review: Review) -> None:
        """Make ``review`` the present one, as one undo step called ``text``."""
        if not self.is_editable or review is self.review:
            return
        self.undo_stack.push(_Edit(self, text, self.review, review))

    def accept(self, vertebra: Vertebra, text: str) -> None:
        """Take the machine's grade over; nothing where the machine gave none."""
        if vertebra.machine is not None:
            self.edit(text, self.review.accepted(vertebra.key, self.reader, now()))

    def grade(self, vertebra: Vertebra, grade: ReaderGrade, text: str) -> None:
        """Give the reader's own grade."""
        self.edit(text, self.review.graded(vertebra.key, grade, self.reader, now()))

    def reject(self, vertebra: Vertebra, text: str) -> None:
        """Say that this is no vertebra."""
        self.edit(text, self.review.rejected(vertebra.key, self.reader, now()))

    def undecide(self, vertebra: Vertebra, text: str) -> None:
        """Take the decision back."""
        if vertebra.decision is not None:
            self.replace(replace(vertebra, decision=None), text)

    def set_deformity(self, vertebra: Vertebra, deformity: Deformity | None, text: str) -> None:
        """Give the reader's type, or leave the measured one."""
        if deformity != vertebra.deformity:
            self.replace(replace(vertebra, deformity=deformity), text)

    def set_cause(self, vertebra: Vertebra, cause: Cause | None, text: str) -> None:
        """Say what explains the deformity, or that nothing is named."""
        if cause != vertebra.cause:
            self.replace(replace(vertebra, cause=cause), text)

    def set_note(self, vertebra: Vertebra, note: str, text: str) -> None:
        """Write the reader's words down."""
        if note != vertebra.note:
            self.replace(replace(vertebra, note=note), text)

    def set_statement(self, statement: Statement, text: str) -> None:
        """Write down what the reader says of the examination as a whole."""
        if statement != self.review.statement:
            self.edit(text, replace(self.review, statement=statement))

    def replace(self, vertebra: Vertebra, text: str) -> None:
        """Put an edited vertebra in its place; nothing where an analysis has done away with it meanwhile."""
        if vertebra.key in self.review:
            self.edit(text, self.review.with_vertebra(vertebra))

    def rename(
        self, vertebra: Vertebra, level: VertebraLevel, text: str, *, follow_above: bool = False
    ) -> None:
        """Give a vertebra another name; ValueError where one above would run out of names."""
        self.edit(text, self.review.renamed(vertebra.key, level, follow_above=follow_above))

    def shift(self, steps: int, text: str) -> None:
        """Move all names by one level; ValueError at the end of the names."""
        self.edit(text, self.review.shifted(steps))

    def add_examined(self, finding: VertebraFinding, text: str) -> None:
        """Add a vertebra that the reader drew and the pipeline examined, and select it."""
        self.add(self.review.with_added(finding), text)

    def add(self, review: Review, text: str) -> None:
        """Take a review that has one vertebra more, and select that."""
        if self.is_editable:
            key = self.review.next_key
            self.edit(text, review)
            self.select(key)

    def add_measure(self, measure: Measure, text: str) -> None:
        """Add a length or an angle."""
        self.edit(text, replace(self.review, measures=(*self.review.measures, measure)))

    def remove_last_measure(self, text: str) -> None:
        """Remove the length or angle that was drawn last."""
        if self.review.measures:
            self.edit(text, replace(self.review, measures=self.review.measures[:-1]))

    def add_mark(self, mark: Mark, text: str) -> None:
        """Mark a fracture before the machine's results are shown; nothing after that."""
        first = self.review.first_reading
        if first is None or not first.recorded:
            reading = FirstReading((*(first.marks if first else ()), mark), self.reader, now())
            self.edit(text, replace(self.review, first_reading=reading))

    def record_first_reading(self, text: str) -> None:
        """Finish the first reading, so that the machine's results may be shown.

        That cannot be undone: what was seen cannot be unseen.
        """
        first = self.review.first_reading
        if self.is_editable and not (first and first.recorded):
            self.undo_stack.clear()
            reading = FirstReading(first.marks if first else (), self.reader, now(), recorded=True)
            self._take(replace(self.review, first_reading=reading), text)
            self.changed.emit()

    @property
    def remaining_normals(self) -> tuple[Vertebra, ...]:
        """Undecided vertebrae in which network and measurement see no fracture, and the machine is sure."""
        return tuple(
            vertebra
            for vertebra in self.review.undecided
            if vertebra.machine is not None
            and vertebra.machine.grade is Grade.NON
            and not is_doubtful(vertebra.machine)
            and vertebra.key in self.measured
            and self.measured[vertebra.key].morphometry.grade is Grade.NON
        )

    @property
    def all_shown(self) -> bool:
        """Whether every vertebra was selected once: only then may all normals be accepted together."""
        return all(vertebra.key in self._session.shown for vertebra in self.review.vertebrae)

    def accept_normals(self, text: str) -> None:
        """Accept all remaining normals; nothing as long as one vertebra has not been shown."""
        if not self.all_shown:
            return
        review, at = self.review, now()
        for vertebra in self.remaining_normals:
            review = review.accepted(vertebra.key, self.reader, at)
        self.edit(text, review)

    def mark_rest_not_evaluable(self, text: str) -> None:
        """Call every undecided vertebra not evaluable."""
        review, at = self.review, now()
        for vertebra in self.review.undecided:
            review = review.graded(vertebra.key, ReaderGrade.NOT_EVALUABLE, self.reader, at)
        self.edit(text, review)

    # What happens to it

    def set_analysing(self, analysing: bool) -> None:
        """Say that an analysis of this film has begun or ended."""
        if analysing != self._analysing and not self._is_closed:
            self._analysing = analysing
            self.changed.emit()

    def take_analysis(self, analysis: Analysis) -> None:
        """The machine's opinion has come. It is no edit of the reader's: undo does not take it back."""
        if not self.is_editable:
            return
        self.undo_stack.clear()
        self._take(self.review.with_analysis(analysis), "analysis", reader="")
        self.changed.emit()

    def orient(self, orientation: Orientation, text: str) -> None:
        """Record how the reader turned the film, as one undo step; that is how it is shown again."""
        if orientation != self._session.orientation and self.is_editable:
            self.undo_stack.push(_Turn(self, text, self._session.orientation, orientation))

    def _turn(self, orientation: Orientation) -> None:
        self._session = replace(self._session, orientation=orientation)
        self._save()
        self.changed.emit()

    def set_signing(self, signing: bool) -> None:
        """Hold the review as it is until it is signed or that has failed."""
        if signing != self._is_signing and not self._is_closed:
            self._is_signing = signing
            self.changed.emit()

    def take_signed(self, session: Session) -> None:
        """The review was signed as ``session``: it is locked from now on."""
        self._is_signing = False
        if self._is_closed:
            return
        self._session, self._measured = session, None
        self._select_what_is_there()
        self.undo_stack.clear()
        self.undo_stack.setClean()
        self.changed.emit()

    def amend(self) -> None:
        """Open a signed review for a next version; the signed one stays as it is."""
        if self._session.locked and not self._is_closed:
            entry = TrailEntry(now(), self.reader, f"amend version {len(self._session.signatures)}", ())
            self._session = replace(self._session, locked=False, trail=(*self._session.trail, entry))
            self._save()
            self.changed.emit()

    def take_saved(self, session: Session) -> None:
        """A value is on the disk: clean, if it is the present one."""
        mine = self._session
        # What was shown since is not saved by itself.
        if session.trail is mine.trail and session.orientation == mine.orientation:
            self.undo_stack.setClean()

    def close(self) -> None:
        """The film is closed: whatever still comes for it is ignored."""
        self._is_closed = True
        self.deleteLater()

    def _take(self, review: Review, action: str, reader: str | None = None) -> None:
        who = self.reader if reader is None else reader
        entry = TrailEntry(now(), who, action, changes(self.review, review))
        shown = frozenset(key for key in self._session.shown if key in review)
        self._session = replace(
            self._session, review=review, shown=shown, trail=(*self._session.trail, entry)
        )
        self._measured = None
        self._save()
        self._select_what_is_there()

    def _save(self) -> None:
        self.undo_stack.resetClean()
        self.to_save.emit(self._session)

    def _select_changed(self, before: Review, after: Review) -> None:
        """Select what an undo or redo has changed, so that the next key is about what the reader sees."""
        earlier = {vertebra.key: vertebra for vertebra in before.vertebrae}
        different = [v.key for v in after.vertebrae if earlier.get(v.key) is not v]
        if len(different) == 1:
            self.select(different[0])

    def _select_what_is_there(self) -> None:
        if self._selected is not None and self._selected not in self.review:
            self.select(None)


class _Edit(QUndoCommand):
    """Swaps two reviews."""

    def __init__(self, document: Document, text: str, before: Review, after: Review) -> None:
        super().__init__(shown_edit(text))
        self._document, self._recorded = document, text
        self._before, self._after = before, after
        self._again = False

    def redo(self) -> None:
        self._document._take(self._after, f"redo: {self._recorded}" if self._again else self._recorded)
        if self._again:
            self._document._select_changed(self._before, self._after)
        self._again = True

    def undo(self) -> None:
        self._document._take(self._before, f"undo: {self._recorded}")
        self._document._select_changed(self._after, self._before)


class _Turn(QUndoCommand):
    """Swaps two orientations of the film; the review and its trail are not concerned."""

    def __init__(self, document: Document, text: str, before: Orientation, after: Orientation) -> None:
        super().__init__(shown_edit(text))
        self._document, self._before, self._after = document, before, after

    def redo(self) -> None:
        self._document._turn(self._after)

    def undo(self) -> None:
        self._document._turn(self._before)


def _ordered(vertebrae: tuple[Vertebra, ...], order: ReadingOrder) -> list[Vertebra]:
    if order is ReadingOrder.BOTTOM_UP:
        return list(reversed(vertebrae))
    if order is ReadingOrder.WORST_FIRST:
        return sorted(vertebrae, key=lambda v: -(v.machine.grade if v.machine else len(Grade)))
    return list(vertebrae)
