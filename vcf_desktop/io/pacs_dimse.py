"""Archives that speak DICOM's own network protocol (PS3.7): what is asked of them, on pynetdicom."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Final

from pydicom import Dataset, dcmread
from pydicom.uid import (
    JPEG2000,
    UID,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    JPEGExtended12Bit,
    JPEGLossless,
    JPEGLosslessSV1,
    JPEGLSLossless,
    JPEGLSNearLossless,
    RLELossless,
    generate_uid,
)
from pynetdicom import build_context, evt
from pynetdicom.association import Association
from pynetdicom.presentation import PresentationContext

from vcf_desktop.errors import PacsError
from vcf_desktop.io.checks import MAX_FILE_BYTES
from vcf_desktop.io.dicom_header import DICOM_DAMAGE, items, text
from vcf_desktop.io.pacs import Archive, Commitment, FoundStudy, Instance, Progress, Retrieval, StudyQuery
from vcf_desktop.io.pacs_answers import (
    FILM_CLASSES,
    INSTANCE_KEYS,
    MAX_ANSWERS,
    SERIES_KEYS,
    STUDY_KEYS,
    film_series,
    films,
    keys,
    searches,
    sop_uids,
    studies,
)
from vcf_desktop.io.pacs_association import (
    Handler,
    NotOfferedError,
    association,
    receiver,
    require_success,
)
from vcf_desktop.io.pacs_intake import Intake
from vcf_desktop.io.pacs_lines import Pulse

COMMIT_S: Final = 60.0
"""How long is waited for an archive's answer for its objects; one that answers later is asked again."""

_VERIFICATION = UID("1.2.840.10008.1.1")
_FIND_MODEL = UID("1.2.840.10008.5.1.4.1.2.2.1")
_MOVE_MODEL = UID("1.2.840.10008.5.1.4.1.2.2.2")
_GET_MODEL = UID("1.2.840.10008.5.1.4.1.2.2.3")
_COMMITMENT_MODEL = UID("1.2.840.10008.1.20.1")
_COMMITMENT_INSTANCE = UID("1.2.840.10008.1.20.1.1")
"""Verification, study root query/retrieve, and storage commitment push model (PS3.4 A.4, C.6.2, J.3)."""

_FIND = build_context(_FIND_MODEL)
_COMMITMENT = build_context(_COMMITMENT_MODEL)
_UNCOMPRESSED: Final[list[str | UID]] = [ExplicitVRLittleEndian, ImplicitVRLittleEndian]
_COMPRESSED: Final[tuple[str | UID, ...]] = (
    *(JPEGLosslessSV1, JPEGLossless, JPEGLSLossless, JPEG2000Lossless, RLELossless),
    *(JPEGBaseline8Bit, JPEGExtended12Bit, JPEGLSNearLossless, JPEG2000),
)
"""Transfer syntaxes whose pixels we can decode."""
_PENDING = frozenset({0xFF00, 0xFF01})
_INVALID_ARGUMENT, _NOT_AUTHORISED = 0x0115, 0x0124
_ALL_COMMITTED = 1
_FILM_LIMIT = MAX_FILE_BYTES + (1 << 20)
"""Bytes of the messages in which a film comes; the file is measured by itself."""


class DimseClient:
    """See :class:`vcf_desktop.io.pacs.ArchiveClient`."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def echo(self) -> None:
        """Make sure that the archive answers and takes us for whom we say we are."""
        with association(self._archive, [build_context(_VERIFICATION)]) as assoc:
            require_success(self._archive, assoc, assoc.send_c_echo())

    def find(self, query: StudyQuery) -> tuple[FoundStudy, ...]:
        """The studies that fit, the newest first."""
        with association(self._archive, [_FIND]) as assoc:
            answers = [
                answer
                for search in searches(query)
                for answer in self._matches(assoc, "STUDY", STUDY_KEYS, search)
            ]
        return studies(answers, query)

    def retrieve(self, study: FoundStudy, into: Path, report: Progress) -> tuple[Path, ...]:
        """Fetch the projection films of a study into a folder, all of them or none."""
        wanted = self._films(study, report)
        with Intake(self._archive.name, wanted, into) as intake:
            fetch = self._get if self._archive.retrieval is Retrieval.GET else self._move
            fetch(wanted, intake, lambda: report(intake.done, intake.total))
            report(intake.done, intake.total)
        return intake.paths

    def store(self, file: Path) -> None:
        """Send one DICOM file."""
        try:
            ds = dcmread(BytesIO(file.read_bytes()))
            kind, syntax = UID(text(ds, "SOPClassUID")), ds.file_meta.TransferSyntaxUID
        except DICOM_DAMAGE as e:  # an OSError is one of them
            raise PacsError(
                self._archive.name, f"was not sent {file.name}, which cannot be read as DICOM"
            ) from e
        contexts = [build_context(kind, syntax)]
        if syntax in _UNCOMPRESSED:  # pydicom writes either
            contexts.append(build_context(kind, _UNCOMPRESSED))
        try:
            with association(self._archive, contexts) as assoc:
                require_success(self._archive, assoc, assoc.send_c_store(ds))
        except NotOfferedError as e:
            reason = f"does not take objects of the kind {kind.name}; have its administrator allow them"
            raise PacsError(self._archive.name, reason) from e
        except (AttributeError, ValueError) as e:
            raise PacsError(
                self._archive.name, f"was not sent {file.name}, which breaks the rules of DICOM"
            ) from e

    def holds(self, instance: Instance) -> bool:
        """Whether the archive has an object."""
        uids = {
            "StudyInstanceUID": instance.study_uid,
            "SeriesInstanceUID": instance.series_uid,
            "SOPInstanceUID": instance.sop_uid,
        }
        with association(self._archive, [_FIND]) as assoc:
            answers = self._matches(assoc, "IMAGE", INSTANCE_KEYS, uids)
        return instance.sop_uid in sop_uids(answers)

    def commit(self, instances: Iterable[Instance]) -> Commitment:
        """Ask the archive to answer for objects it was sent (PS3.4 J.3), on this association or another."""
        asked = {instance.sop_uid: instance.sop_class_uid for instance in instances}
        request = Dataset()
        request.TransactionUID = generate_uid()
        request.ReferencedSOPSequence = [_reference(kind, uid) for uid, kind in asked.items()]
        answered: queue.SimpleQueue[bool] = queue.SimpleQueue()

        def hear(event: evt.Event) -> tuple[int, None]:
            answer = event.event_information
            if text(answer, "TransactionUID") != request.TransactionUID:
                return _INVALID_ARGUMENT, None
            held = {text(item, "ReferencedSOPInstanceUID") for item in items(answer, "ReferencedSOPSequence")}
            answered.put(event.event_type == _ALL_COMMITTED and held >= asked.keys())
            return 0, None

        pulse, handlers = Pulse(), [(evt.EVT_N_EVENT_REPORT, hear)]
        try:
            with (
                receiver(self._archive, [_commitment_context()], handlers, pulse=pulse),
                association(self._archive, [_COMMITMENT], handlers=handlers, pulse=pulse) as assoc,
            ):
                status, _ = assoc.send_n_action(request, 1, _COMMITMENT_MODEL, _COMMITMENT_INSTANCE)
                require_success(self._archive, assoc, status)
                return Commitment.COMMITTED if answered.get(timeout=COMMIT_S) else Commitment.FAILED
        except NotOfferedError:
            return Commitment.NOT_OFFERED
        except queue.Empty as e:
            reason = f"did not answer for the objects within {COMMIT_S:g} s; try again later"
            raise PacsError(self._archive.name, reason, passing=True) from e

    def _matches(
        self, assoc: Association, level: str, names: Iterable[str], values: Mapping[str, str]
    ) -> list[Dataset]:
        """What the archive finds at a level of the study root (PS3.4 C.6.2.1)."""
        try:
            identifier = keys(names, values)
            identifier.QueryRetrieveLevel = level
            answers = assoc.send_c_find(identifier, _FIND_MODEL)
        except ValueError as e:
            raise PacsError(self._archive.name, "cannot be asked for this text; correct it") from e
        found: list[Dataset] = []
        for status, answer in answers:
            if status.get("Status") not in _PENDING:
                require_success(self._archive, assoc, status)
            elif answer is None:
                raise PacsError(self._archive.name, "answers what is no DICOM; have its administrator look")
            elif len(found) == MAX_ANSWERS:
                raise PacsError(self._archive.name, f"finds more than {MAX_ANSWERS} studies; ask for fewer")
            else:
                found.append(answer)
        return found

    def _films(self, study: FoundStudy, report: Progress) -> list[Instance]:
        of_study = {"StudyInstanceUID": study.study_uid}
        with association(self._archive, [_FIND], tick=lambda: report(0, 0)) as assoc:
            wanted = [
                film
                for series_uid in film_series(self._matches(assoc, "SERIES", SERIES_KEYS, of_study))
                for film in films(
                    self._matches(
                        assoc, "IMAGE", INSTANCE_KEYS, of_study | {"SeriesInstanceUID": series_uid}
                    ),
                    study.study_uid,
                    series_uid,
                )
            ]
        if not wanted:
            raise PacsError(self._archive.name, "has no projection films in this study; choose another")
        return wanted

    def _get(self, wanted: list[Instance], intake: Intake, tick: Callable[[], None]) -> None:
        """Fetch by C-GET: the films come on the association on which they are asked for (PS3.4 C.4.3)."""
        contexts = [build_context(_GET_MODEL), *_film_contexts()]
        handlers = [_taking(intake)]
        with association(
            self._archive, contexts, receiving=FILM_CLASSES, handlers=handlers, limit=_FILM_LIMIT, tick=tick
        ) as assoc:
            if not any(context.abstract_syntax == _GET_MODEL for context in assoc.accepted_contexts):
                raise PacsError(self._archive.name, "does not offer C-GET; choose C-MOVE in its settings")
            self._fetch(assoc, wanted, intake, tick, lambda ids: assoc.send_c_get(ids, _GET_MODEL))

    def _move(self, wanted: list[Instance], intake: Intake, tick: Callable[[], None]) -> None:
        """Fetch by C-MOVE: the archive sends the films to where we listen meanwhile (PS3.4 C.4.2)."""
        pulse, us = Pulse(), self._archive.calling_ae
        contexts = [build_context(kind, [*_UNCOMPRESSED, *_COMPRESSED]) for kind in FILM_CLASSES]
        with (
            receiver(self._archive, contexts, [_taking(intake)], limit=_FILM_LIMIT, pulse=pulse),
            association(self._archive, [build_context(_MOVE_MODEL)], pulse=pulse, tick=tick) as assoc,
        ):
            self._fetch(assoc, wanted, intake, tick, lambda ids: assoc.send_c_move(ids, us, _MOVE_MODEL))

    def _fetch(
        self,
        assoc: Association,
        wanted: list[Instance],
        intake: Intake,
        tick: Callable[[], None],
        ask: Callable[[Dataset], Iterator[tuple[Dataset, Dataset | None]]],
    ) -> None:
        """One film after the other, so that it is known which one an answer is about."""
        for film in wanted:
            tick()
            identifier = Dataset()
            identifier.QueryRetrieveLevel = "IMAGE"
            identifier.StudyInstanceUID = film.study_uid
            identifier.SeriesInstanceUID = film.series_uid
            identifier.SOPInstanceUID = film.sop_uid
            *_, (status, _) = ask(identifier)
            if intake.failure is not None:
                raise intake.failure
            require_success(self._archive, assoc, status)
            intake.require(film)


def _taking(intake: Intake) -> Handler:
    return evt.EVT_C_STORE, lambda event: 0 if intake.take(event.encoded_dataset()) else _NOT_AUTHORISED


def _film_contexts() -> list[PresentationContext]:
    """Each compressed syntax by itself: of one context an archive chooses one, and films may be in others."""
    choices = [_UNCOMPRESSED, *([syntax] for syntax in _COMPRESSED)]
    return [build_context(kind, choice) for kind in FILM_CLASSES for choice in choices]


def _commitment_context() -> PresentationContext:
    """The archive may come as the one that is asked, which is not the one that calls otherwise."""
    context = build_context(_COMMITMENT_MODEL)
    context.scu_role = context.scp_role = True
    return context


def _reference(sop_class_uid: str, sop_uid: str) -> Dataset:
    item = Dataset()
    item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID = sop_class_uid, sop_uid
    return item
