"""The reader's commands on vertebrae and on the review, by key, button or pointer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QWidget

from vcf_desktop.errors import expected
from vcf_desktop.film import StudyInfo
from vcf_desktop.geometry import box_beside, facing
from vcf_desktop.io.sessions import Session
from vcf_desktop.review import Cause, Mark, Measure, ReaderGrade, Vertebra, likely_level
from vcf_desktop.settings import Settings
from vcf_desktop.spine import Deformity, VertebraFinding, VertebraLevel
from vcf_desktop.ui import commands
from vcf_desktop.ui.commands import edit_text
from vcf_desktop.ui.dialogs import open_dialog
from vcf_desktop.ui.document import Document, now
from vcf_desktop.ui.film_pane import FilmPane
from vcf_desktop.ui.level_dialog import LevelDialog
from vcf_desktop.ui.library import Library
from vcf_desktop.ui.note_dialog import NoteDialog
from vcf_desktop.ui.remarks_label import film_remarks
from vcf_desktop.ui.saving import Saver
from vcf_desktop.ui.sentences import error_text
from vcf_desktop.ui.sign_dialog import SignDialog
from vcf_desktop.ui.trail_dialog import TrailDialog
from vcf_desktop.ui.wording import patient_lines


class Reviewing(QObject):
    """What the reader does with the film on the screen.

    Signals:
        told(str): a sentence for the status bar.
        reader_named(str): the name the reader signed with.
        signed(Document): its review has just been signed.
    """

    told = Signal(str)
    reader_named = Signal(str)
    signed = Signal(object)

    def __init__(
        self,
        pane: FilmPane,
        library: Library,
        saver: Saver,
        settings: Callable[[], Settings],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._pane, self._library, self._saver = pane, library, saver
        self._settings, self._window = settings, window

    @property
    def document(self) -> Document | None:
        """What is reviewed."""
        return self._pane.document

    def handlers(self) -> Mapping[str, Callable[[], Any]]:
        """What each command does, by its name."""
        return {
            **{f"grade_{grade}": partial(self._grade, grade) for grade in ReaderGrade},
            **{
                f"type_{shape}": partial(self._vertebra, Document.set_deformity, f"type_{shape}", shape)
                for shape in Deformity
                if shape is not Deformity.NONE
            },
            "type_none": partial(self._vertebra, Document.set_deformity, "type_none", None),
            **{
                f"cause_{cause}": partial(self._vertebra, Document.set_cause, f"cause_{cause}", cause)
                for cause in Cause
            },
            "cause_none": partial(self._vertebra, Document.set_cause, "cause_none", None),
            "accept": partial(self._vertebra, Document.accept, "accept"),
            "reject": partial(self._vertebra, Document.reject, "reject"),
            "undecide": partial(self._vertebra, Document.undecide, "undecide"),
            "note": self._ask_note,
            "rename": self._ask_level,
            "mark_T13": partial(self._mark_level, VertebraLevel.T13, "mark_T13"),
            "mark_L6": partial(self._mark_level, VertebraLevel.L6, "mark_L6"),
            "shift_up": partial(self._shift, -1, "shift_up"),
            "shift_down": partial(self._shift, 1, "shift_down"),
            "add_above": partial(self._add_beside, down=False),
            "add_below": partial(self._add_beside, down=True),
            "next_undecided": partial(self._step_undecided, 1),
            "previous_undecided": partial(self._step_undecided, -1),
            "next_vertebra": partial(self._step, 1),
            "previous_vertebra": partial(self._step, -1),
            "accept_normals": lambda: self._do(lambda d: d.accept_normals(edit_text("accept_normals"))),
            "reveal": lambda: self._do(lambda d: d.record_first_reading(commands.RECORD_READING)),
            "undo": lambda: self._do(lambda d: d.undo_stack.undo()),
            "redo": lambda: self._do(lambda d: d.undo_stack.redo()),
            "sign": self._ask_signature,
            "amend": lambda: self._do(Document.amend),
            "trail": self._show_trail,
            "remove_measure": lambda: self._do(lambda d: d.remove_last_measure(edit_text("remove_measure"))),
        }

    # Edits

    def _do(self, edit: Callable[[Document], Any]) -> None:
        if self.document is not None:
            edit(self.document)

    def _vertebra(self, edit: Callable[..., None], command: str, *values: Any) -> None:
        """An edit of the selected vertebra, called by the command's text."""
        document = self.document
        if document is not None and document.selection is not None:
            level = document.selection.level.label
            edit(document, document.selection, *values, f"{level}: {edit_text(command)}")

    def _grade(self, grade: ReaderGrade) -> None:
        document = self.document
        if document is None:
            return
        if document.is_hidden:
            at_xy = self._pane.view.pointer_xy
            if at_xy is None:
                self.told.emit(self.tr("Point at the fracture on the film, then press the key of its grade."))
            else:
                self.mark(float(at_xy[0]), float(at_xy[1]), grade)
        else:
            self._vertebra(Document.grade, f"grade_{grade}", grade)

    def mark(self, x: float, y: float, grade: ReaderGrade) -> None:
        """Mark a fracture that the reader sees before the machine's results are shown."""
        self._do(lambda d: d.add_mark(Mark(x, y, grade), commands.MARK))

    def _shift(self, steps: int, command: str) -> None:
        self._named(lambda d: d.shift(steps, edit_text(command)))

    def _mark_level(self, level: VertebraLevel, command: str) -> None:
        vertebra = self.document.selection if self.document else None
        if vertebra is not None:
            self._named(lambda d: d.rename(vertebra, level, edit_text(command), follow_above=True))

    def _named(self, edit: Callable[[Document], Any]) -> None:
        """An edit of names, which may run out."""
        try:
            self._do(edit)
        except ValueError:
            self.told.emit(self.tr("A name would leave the range C7 to S1; nothing was changed."))

    def _step(self, places: int) -> None:
        self._do(lambda d: d.step(places))

    def _step_undecided(self, places: int) -> None:
        self._do(lambda d: d.step_undecided(places, self._settings().reading_order))

    def drop(self, vertebra: Vertebra, outline: bool) -> None:
        """A point or an outline was dragged to its place."""
        what = commands.MOVE_OUTLINE if outline else commands.MOVE_POINT
        self._do(lambda d: d.replace(vertebra, f"{vertebra.level.label}: {what}"))

    def add_measure(self, measure: Measure) -> None:
        """A length or an angle was drawn."""
        self._do(lambda d: d.add_measure(measure, commands.ADD_MEASURE))

    # A missed vertebra

    def add_vertebra(self, box_xyxy: NDArray[Any]) -> None:
        """The reader drew the box of a vertebra that was missed: the networks look at it."""
        document = self.document
        if document is None or not document.is_editable or document.is_hidden:
            return
        level = likely_level(box_xyxy, document.review.present)
        self.told.emit(self.tr("The networks look at the vertebra you drew…"))
        self._library.examine(
            document.film.key,
            box_xyxy,
            document.review,
            level,
            lambda finding: self._examined(document, box_xyxy, level, finding),
            lambda error: self._not_examined(document, box_xyxy, level, error),
        )

    def _add_beside(self, *, down: bool) -> None:
        """Add a vertebra that was missed above or below the selected one, without the mouse."""
        document = self.document
        if document is None or document.selection is None:
            return
        there = list(document.review.present)
        place = [vertebra.key for vertebra in there].index(document.selection.key)
        boxes = {index: vertebra.box_xyxy for index, vertebra in enumerate(there)}
        after, before = (place + 1, place - 1) if down else (place - 1, place + 1)
        box = box_beside(boxes[place], boxes.get(after), boxes.get(before), down)
        if box is None:
            self.told.emit(self.tr("There is no room for another vertebra there."))
        else:
            rows, columns = document.film.picture.size_hw
            self.add_vertebra(box.clip(0, [columns, rows] * 2))

    def _examined(
        self,
        document: Document,
        box_xyxy: NDArray[Any],
        level: VertebraLevel,
        finding: VertebraFinding | None,
    ) -> None:
        if finding is not None:
            document.add_examined(finding, commands.ADD_VERTEBRA)
            self.told.emit("")
            return
        self.told.emit(self.tr("No outline was found in the box; drag the six points to their places."))
        self._add_drawn(document, box_xyxy, level)

    def _not_examined(
        self, document: Document, box_xyxy: NDArray[Any], level: VertebraLevel, error: Exception
    ) -> None:
        self.told.emit(error_text(expected(error)))
        self._add_drawn(document, box_xyxy, level)

    def _add_drawn(self, document: Document, box_xyxy: NDArray[Any], level: VertebraLevel) -> None:
        left = anterior_is_left(document.review.present, document.film.study)
        document.add(document.review.with_drawn(box_xyxy, level, left), commands.ADD_VERTEBRA)

    # Questions

    def _ask_note(self) -> None:
        document = self.document
        if document is None or document.selection is None:
            return
        vertebra = document.selection
        dialog = NoteDialog(vertebra.level.label, vertebra.note, self._window)
        dialog.accepted.connect(lambda: self._write_note(document, vertebra.key, dialog.note))
        open_dialog(dialog)

    def _write_note(self, document: Document, key: int, note: str) -> None:
        if key in document.review:
            vertebra = document.review.vertebra(key)
            document.set_note(vertebra, note, f"{vertebra.level.label}: {edit_text('note')}")

    def _ask_level(self) -> None:
        document = self.document
        if document is None or document.selection is None:
            return
        vertebra = document.selection
        dialog = LevelDialog(vertebra.level, self._window)

        def rename() -> None:
            if vertebra.key in document.review:
                now_there = document.review.vertebra(vertebra.key)
                text = f"{now_there.level.label}: {edit_text('rename')}"
                self._named(
                    lambda _: document.rename(now_there, dialog.level, text, follow_above=dialog.follow_above)
                )

        dialog.accepted.connect(rename)
        open_dialog(dialog)

    def _ask_signature(self) -> None:
        document = self.document
        if document is None:
            return
        version, review = len(document.session.signatures) + 1, document.review
        dialog = SignDialog(
            review,
            self._settings().reader,
            version,
            self._window,
            row_to_column=document.film.row_to_column,
            film=(*patient_lines(document.film.study), document.film.key.text),
            remarks=film_remarks(document),
        )

        def ended(result: int) -> None:
            if result == QDialog.DialogCode.Accepted and document.review is not review:
                self.told.emit(self.tr("The review has changed meanwhile; look at it again before you sign."))
                self._ask_signature()
            elif result == QDialog.DialogCode.Accepted:
                self._sign(document, dialog.reader())
            elif dialog.mark_rest:
                document.mark_rest_not_evaluable(commands.MARK_REST)
                self._ask_signature()
            elif dialog.go_to is not None:
                document.select(dialog.go_to)

        dialog.finished.connect(ended)
        open_dialog(dialog)

    def _sign(self, document: Document, reader: str) -> None:
        self.reader_named.emit(reader)
        document.set_signing(True)
        job = self._saver.sign(document.session, reader, now())
        job.finished.connect(lambda session: self._signed(document, session))
        job.failed.connect(lambda error: self._not_signed(document, error))
        self._saver.submit(job)

    def _signed(self, document: Document, session: Session) -> None:
        document.take_signed(session)
        signature = session.signatures[-1]
        text = self.tr("Signed as version %1 by %2.").replace("%1", str(signature.version))
        told = [text.replace("%2", signature.reader)]
        if key := commands.keys_of(self._settings().keys)["report"]:
            shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            told.append(self.tr("%1 opens the report.").replace("%1", shown))
        self.told.emit(" ".join(told))
        self.signed.emit(document)

    def _not_signed(self, document: Document, error: Exception) -> None:
        document.set_signing(False)
        self.told.emit(self.tr("Not signed: %1").replace("%1", error_text(expected(error))))

    def _show_trail(self) -> None:
        if self.document is not None:
            session = self.document.session
            open_dialog(TrailDialog(session.trail, session.signatures, self._window))


def anterior_is_left(vertebrae: tuple[Vertebra, ...], study: StudyInfo | None) -> bool:
    """Whether the belly lies at the left of the film, by its vertebrae, else by its header, else by habit."""
    told = study.anterior_is_left if study else None
    looks = facing([vertebra.points_xy for vertebra in vertebrae])
    return looks > 0 if looks else told is not False
