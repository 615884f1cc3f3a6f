"""The films that were opened in this run, with their reviews; one of them is on the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoGroup

from vcf_desktop.errors import FilmReadError, SessionDamagedError, VcfError, expected
from vcf_desktop.film import Orientation
from vcf_desktop.io.sessions import FilmRecord, Session
from vcf_desktop.review import Review
from vcf_desktop.settings import Settings
from vcf_desktop.spine import Analysis
from vcf_desktop.ui.document import Document, DocumentState
from vcf_desktop.ui.film_entries import FilmKey
from vcf_desktop.ui.jobs import Urgency
from vcf_desktop.ui.library import Library, state_of
from vcf_desktop.ui.reading import Opening
from vcf_desktop.ui.saving import Saver, which
from vcf_desktop.ui.sentences import error_text

KEPT_BYTES: Final = 400 << 20
"""Films that were opened stay ready to be shown, with undo, up to this size together: some fifteen."""


class OpenFilms(QObject):
    """Opens, keeps, analyses and saves; it knows no widget.

    Signals:
        shown(Document | None): another film is on the screen, or none.
        waiting(str): why there is no film on the screen, or that it is being read.
        changed: something about the film on the screen.
        selected: another vertebra of it.
        told(str): a sentence for the user.
        ready(Document), not_ready: a film that was asked for with :meth:`bring` is open, or will not be.
        save_failed(str), saved: how saving goes, of any film.
    """

    shown = Signal(object)
    waiting = Signal(str)
    changed = Signal()
    selected = Signal()
    told = Signal(str)
    ready = Signal(object)
    not_ready = Signal()
    save_failed = Signal(str)
    saved = Signal()

    def __init__(
        self,
        library: Library,
        saver: Saver,
        settings: Callable[[], Settings],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library, self._saver, self._settings = library, saver, settings
        self._documents: dict[FilmKey, Document] = {}
        self._current: Document | None = None
        self._key: FilmKey | None = None
        self._asked: dict[Document, Review] = {}
        self._brought: FilmKey | None = None
        self._beside: Document | None = None
        self.undo_group = QUndoGroup(self)
        library.opened.connect(self._opened)
        library.open_failed.connect(self._open_failed)
        library.analysing.connect(lambda key: self._set_analysing(key, True))
        library.analysed.connect(self._analysed)
        library.analysis_failed.connect(self._analysis_failed)
        library.analysis_cancelled.connect(self._analysis_cancelled)
        library.entry_removed.connect(self._removed)
        saver.saved.connect(self._saved)
        saver.failed.connect(self._not_saved)

    @property
    def current(self) -> Document | None:
        """The film on the screen."""
        return self._current

    @property
    def key(self) -> FilmKey | None:
        """The film that was chosen, which may be refused or still be read."""
        return self._key

    def choose(self, key: FilmKey | None) -> None:
        """Bring a film to the screen."""
        self._key = key
        self._give_up_bringing()
        if key is None:
            self._show(None)
            self.waiting.emit("")
        elif key in self._documents:
            self._show(self._documents[key])
        else:
            self._show(None)
            self.waiting.emit(self.tr("Reading %1…").replace("%1", key.path.name))
            self._library.open(key)

    def bring(self, key: FilmKey) -> None:
        """Open a film beside the one on the screen; :attr:`ready` tells."""
        if key in self._documents:
            self._set_beside(self._documents[key])
        elif self._current is not None:  # else it would take the place of the film that is being read
            self._brought = key
            self._library.open(key)
        else:
            self.not_ready.emit()

    def _give_up_bringing(self) -> None:
        if self._brought is not None:
            self._brought = None
            self.not_ready.emit()

    def select(self, key: int) -> None:
        """Select a vertebra of the film on the screen."""
        if self._current is not None:
            self._current.select(key)

    def orient(self, orientation: Orientation, text: str) -> None:
        """Record how the film on the screen was turned."""
        if self._current is not None:
            self._current.orient(orientation, text)

    def painted(self) -> None:
        """The film is on the screen: its analysis may begin."""
        document = self._current
        if document is None or not document.is_editable or document.review.analysis is not None:
            return
        self._library.analyse_unasked(document.film.key, Urgency.NOW)

    def analyse(self) -> None:
        """Analyse the film on the screen; the result takes the place of an earlier one."""
        if self._current is not None and self._current.is_editable:
            self._asked[self._current] = self._current.review
            self._library.analyse(self._current.film.key, Urgency.NOW)

    def cancel(self) -> None:
        """Stop the analysis of the film on the screen."""
        if self._current is not None:
            self._library.cancel_analysis(self._current.film.key)

    # Opening

    def _opened(self, opening: Opening) -> None:
        key, record, unread = opening.film.key, opening.film.record, opening.session_error
        if unread is None or self._of(record) is not None or self._saver.latest(record) is not None:
            self._take_opening(replace(opening, session_error=None))
        elif isinstance(unread, SessionDamagedError):
            job = self._saver.set_aside(record)
            job.finished.connect(lambda session: self._set_aside(replace(opening, session=session)))
            job.failed.connect(lambda error: self._review_failed(key, error))
            self._saver.submit(job)
        else:
            self._review_failed(key, unread)

    def _set_aside(self, opening: Opening) -> None:
        key = opening.film.key
        if self._library.entry(key) is not None:  # else it was removed meanwhile
            self._library.set_review_state(key, state_of(opening.session))
            self._take_opening(opening)

    def _take_opening(self, opening: Opening) -> None:
        key = opening.film.key
        document = self._documents.get(key) or self._current_copy(opening)
        if document is None:
            document = self._documents[key] = self._new_document(opening)
        if key == self._key:
            self._show(document)
            if document.remark:
                self.told.emit(document.remark)
        if key == self._brought:
            self._brought = None
            self._set_beside(document)
        self._let_go()

    def _current_copy(self, opening: Opening) -> Document | None:
        """The film on the screen, if this is a copy of it: two documents would overwrite each other."""
        current = self._current
        same = current is not None and which(current.film.record) == which(opening.film.record)
        return current if same else None

    def _new_document(self, opening: Opening) -> Document:
        film = opening.film
        session = self._saver.latest(film.record) or opening.session
        copy = self._of(film.record)
        if copy is not None:
            session = replace(copy.session, film=film.record)
            self._close(copy.film.key)
        document = Document(
            film, session, lambda: self._settings().reader, read_first=self._settings().read_first
        )
        document.remark = copy.remark if copy is not None else self._remark_on(opening)
        document.setParent(self)
        document.set_analysing(self._library.is_analysing(film.key))
        document.changed.connect(lambda: self._document_changed(document))
        document.selected.connect(lambda: self._document_selected(document))
        document.to_save.connect(self._saver.save)
        self.undo_group.addStack(document.undo_stack)
        return document

    def _of(self, record: FilmRecord) -> Document | None:
        """The open film with these bytes, wherever it was read from."""
        documents = self._documents.values()
        return next((d for d in documents if which(d.film.record) == which(record)), None)

    def _set_beside(self, document: Document) -> None:
        self._beside = document
        self.ready.emit(document)

    def _remark_on(self, opening: Opening) -> str:
        """What the reader must know of the review as it was found."""
        if opening.session_error is not None:
            said = self.tr("The saved review of this film cannot be read and is kept aside: %1")
            return said.replace("%1", error_text(opening.session_error))
        if opening.changed:
            return self.tr("The file has changed since it was reviewed; that review is kept and not shown.")
        return ""

    def _open_failed(self, key: FilmKey, error: Exception) -> None:
        self._tell_not_open(key, error_text(error))

    def _review_failed(self, key: FilmKey, error: Exception) -> None:
        """An empty review must not take the place of one that is there; choosing the film tries again."""
        said = self.tr("The film is not opened, as its saved review cannot be: %1")
        self._tell_not_open(key, said.replace("%1", error_text(error)))
        expected(error)

    def _tell_not_open(self, key: FilmKey, said: str) -> None:
        if key == self._brought:
            self._give_up_bringing()
            self.told.emit(said)
        elif key == self._key:
            self.waiting.emit(said)

    def _show(self, document: Document | None) -> None:
        self._current = document
        if document is not None:
            # The one shown last is the last to be let go.
            self._documents[document.film.key] = self._documents.pop(document.film.key)
            self.waiting.emit("")
        stack = document.undo_stack if document else None
        self.undo_group.setActiveStack(stack)  # type: ignore[arg-type]  # None is Qt's word for no stack
        self.shown.emit(document)

    def _let_go(self) -> None:
        """Close the films that were shown longest ago, their reviews saved, where memory asks for it."""
        for key, document in list(self._documents.items()):
            total = sum(open_film.film.picture.nbytes for open_film in self._documents.values())
            if total <= KEPT_BYTES:
                return
            is_seen = key == self._key or document is self._beside
            is_saved = self._saver.latest(document.film.record) is None
            if is_saved and not is_seen and document.state is not DocumentState.ANALYSING:
                self._close(key)

    def _removed(self, key: FilmKey) -> None:
        if key == self._key:
            self.choose(None)
        if key in self._documents:
            self._close(key)

    def _close(self, key: FilmKey) -> None:
        document = self._documents.pop(key)
        if document is self._beside:
            self._beside = None
        self._asked.pop(document, None)
        self.undo_group.removeStack(document.undo_stack)
        document.close()

    # What happens to them

    def _document_changed(self, document: Document) -> None:
        self._library.set_review_state(document.film.key, state_of(document.session))
        if document is self._current:
            self.changed.emit()

    def _document_selected(self, document: Document) -> None:
        if document is self._current:
            self.selected.emit()

    def _set_analysing(self, key: FilmKey, analysing: bool) -> None:
        if key in self._documents:
            self._documents[key].set_analysing(analysing)

    def _analysed(self, key: FilmKey, record: FilmRecord, analysis: Analysis) -> None:
        self._set_analysing(key, False)
        document = self._documents.get(key)
        if document is None:
            copy = self._of(record)
            if copy is None:
                self._saver.add_analysis(record, analysis)
            elif copy.review.analysis is None:
                copy.take_analysis(analysis)
        elif document.film.record.sha256 != record.sha256:
            self.told.emit(self.tr("The file has changed since it was opened; open it again."))
        else:
            self._take(document, analysis)

    def _take(self, document: Document, analysis: Analysis) -> None:
        """Never in place of another one, unless the reader asked for it and has done nothing since."""
        asked = self._asked.pop(document, None)
        if document.review.analysis is None or asked is document.review:
            document.take_analysis(analysis)
        elif asked is not None:
            self.told.emit(self.tr("The review was changed meanwhile; the new analysis is not used."))

    def _analysis_cancelled(self, key: FilmKey) -> None:
        self._set_analysing(key, False)
        if not self._library.is_waiting(key):  # else it was only interrupted
            self._forget_asking(key)

    def _forget_asking(self, key: FilmKey) -> None:
        if key in self._documents:
            self._asked.pop(self._documents[key], None)

    def _analysis_failed(self, key: FilmKey, error: Exception) -> None:
        self._set_analysing(key, False)
        self._forget_asking(key)
        expected(error)
        if isinstance(error, FilmReadError) and key not in self._documents:
            return  # the list says so, beside the film
        said = self.tr("Not analysed: %1 The film can be reviewed by hand.")
        self.told.emit(said.replace("%1", f"{error_text(error).rstrip('.')}."))

    # Saving

    def _saved(self, record: FilmRecord, session: Session) -> None:
        for document in self._documents.values():
            if which(document.film.record) == which(record):
                document.take_saved(session)
        self.saved.emit()

    def _not_saved(self, _record: FilmRecord, error: VcfError) -> None:
        self.save_failed.emit(error_text(error))
