"""Associations with an archive (PS3.8) on pynetdicom: asked for, listened for, ended, and why one failed."""

from __future__ import annotations

import contextlib
import errno
import logging
import queue
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from pydicom import Dataset
from pynetdicom import AE, _config, build_role, evt
from pynetdicom.association import Association
from pynetdicom.pdu_primitives import A_ASSOCIATE
from pynetdicom.presentation import PresentationContext
from pynetdicom.transport import AddressInformation

from vcf_desktop.errors import PacsError
from vcf_desktop.io.pacs import Archive
from vcf_desktop.io.pacs_answers import refused
from vcf_desktop.io.pacs_connection import STALL_S, place, tls_context, unreachable
from vcf_desktop.io.pacs_lines import POLL_S, Line, Pulse

# Its log lines quote what is asked and answered, and a patient's name is part of it.
logging.getLogger("pynetdicom").setLevel(logging.CRITICAL)
_config.LOG_HANDLER_LEVEL = "none"
_config.LOG_REQUEST_IDENTIFIERS = _config.LOG_RESPONSE_IDENTIFIERS = False

ACCEPT_S: Final = 15.0
"""How long an archive may think about an association, and about its end."""
MAX_PDU_BYTES: Final = 1 << 16
"""The longest PDU we ask for (PS3.8 D.1)."""
LARGEST_PDU_BYTES: Final = 1 << 20
"""The longest one that is taken in from an archive that does not care."""
MAX_MESSAGE_BYTES: Final = 16 << 20
"""The longest message where no films are expected."""

_REJECTED_FOR_NOW = 2
_CALLED_UNKNOWN, _CALLING_UNKNOWN = (1, 1, 7), (1, 1, 3)


Handler = tuple[evt.EventType, Callable[[evt.Event], Any]]
"""What of pynetdicom's events is answered by what."""


class NotOfferedError(PacsError):
    """The archive offers nothing of what was proposed to it."""


class _Answers(queue.Queue[Any]):
    """The messages of an association; the one who waits may cancel, and does not wait for ever."""

    def __init__(self, assoc: Association, pulse: Pulse, tick: Callable[[], None]) -> None:
        super().__init__()
        self._assoc, self._pulse, self._tick = assoc, pulse, tick

    def get(self, block: bool = True, timeout: float | None = None) -> Any:  # noqa: ARG002
        """The next message; (None, None) where none will come; what ``tick`` raises."""
        if not block:
            return super().get(block=False)
        self._pulse.beat()
        while True:
            with contextlib.suppress(queue.Empty):
                return super().get(timeout=POLL_S)
            self._tick()
            if self._pulse.stalls:
                _line(self._assoc).stall()
                return None, None
            if self.empty() and (not self._assoc.dul.is_alive() or self._assoc.acse.is_aborted()):
                return None, None


class _Entity(AE):
    """We, as an application entity whose connections are lines."""

    def __init__(self, archive: Archive, limit: int, pulse: Pulse) -> None:
        super().__init__(archive.calling_ae)
        self.acse_timeout = ACCEPT_S
        self.dimse_timeout = self.network_timeout = STALL_S
        self._archive, self._limit, self._pulse = archive, limit, pulse

    def _create_socket(
        self, assoc: Association, address: AddressInformation, tls_args: tuple[ssl.SSLContext, str] | None
    ) -> Line:
        line = Line(assoc, self._archive, self._limit, self._pulse, address=address)
        line.tls_args = tls_args
        return line


@contextlib.contextmanager
def association(
    archive: Archive,
    contexts: Sequence[PresentationContext],
    *,
    receiving: Sequence[str] = (),
    handlers: Sequence[Handler] = (),
    limit: int = MAX_MESSAGE_BYTES,
    pulse: Pulse | None = None,
    tick: Callable[[], None] = lambda: None,
) -> Iterator[Association]:
    """An association with an archive, released at the end and aborted where something is raised.

    Args:
        receiving: SOP classes of which we shall be sent objects on it (PS3.7 D.3.3.4).
        limit: bytes of the longest message.
        pulse: shared with the connections by which an answer may come.
        tick: called while an answer is waited for; may raise, which cancels the work.

    Raises:
        NotOfferedError: the archive offers nothing of ``contexts``.
        PacsError: it cannot be reached, or rejects us.
    """
    pulse, asked = pulse or Pulse(), time.monotonic()
    assoc = _requested(archive, contexts, receiving, handlers, limit, pulse)
    try:
        if not assoc.is_established:
            raise _why_not_established(archive, assoc, time.monotonic() - asked)
        assoc.dimse.msg_queue = _Answers(assoc, pulse, tick)
        yield assoc
        assoc.release()
    finally:
        _hang_up(assoc)


def _requested(
    archive: Archive,
    contexts: Sequence[PresentationContext],
    receiving: Sequence[str],
    handlers: Sequence[Handler],
    limit: int,
    pulse: Pulse,
) -> Association:
    try:
        return _Entity(archive, limit, pulse).associate(
            archive.host,
            archive.port,
            list(contexts),
            archive.called_ae,
            MAX_PDU_BYTES,
            ext_neg=[build_role(uid, scp_role=True) for uid in receiving],
            tls_args=(tls_context(archive), archive.host) if archive.tls else None,
            evt_handlers=[*handlers, (evt.EVT_DIMSE_RECV, _begin_next_message)],
        )
    except OSError as e:  # the host has no address
        raise unreachable(archive, place(archive), e) from e
    except (TypeError, ValueError) as e:
        reason = "its settings cannot be used: an AE title has 1 to 16 characters without accents"
        raise PacsError(archive.name, reason) from e


@contextlib.contextmanager
def receiver(
    archive: Archive,
    contexts: Sequence[PresentationContext],
    handlers: Sequence[Handler],
    *,
    limit: int = MAX_MESSAGE_BYTES,
    pulse: Pulse,
) -> Iterator[None]:
    """Listen at the archive's ``receive_port`` for associations that propose ``contexts``.

    Raises:
        PacsError: the port cannot be listened at, or we have no certificate for TLS.
    """
    tls = _receiving_tls(archive)

    def bound(event: evt.Event) -> None:
        dul = event.assoc.dul
        dul.event_queue.get_nowait()  # the connection announces itself again below
        accepted: Any = dul.socket
        sock = accepted.socket
        if tls is not None:  # the handshake is made with the first bytes, so that it holds up nobody else
            sock = tls.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
        dul.socket = Line(event.assoc, archive, limit, pulse, sock)

    entity = _Entity(archive, limit, pulse)
    entity.maximum_pdu_size = MAX_PDU_BYTES
    own: tuple[Handler, ...] = ((evt.EVT_CONN_OPEN, bound), (evt.EVT_DIMSE_RECV, _begin_next_message))
    try:
        server = entity.start_server(
            ("", archive.receive_port), block=False, evt_handlers=[*handlers, *own], contexts=list(contexts)
        )
    except (OSError, OverflowError) as e:
        reason = f"we cannot listen at port {archive.receive_port}: {getattr(e, 'strerror', None) or e}"
        taken = isinstance(e, OSError) and e.errno == errno.EADDRINUSE  # as by another work of ours
        raise PacsError(
            archive.name, f"{reason}; close what uses it, or choose another port", passing=taken
        ) from e
    assert server is not None  # noqa: S101  # it is None only where it blocks
    try:
        yield
    finally:
        active = server.active_associations
        server.shutdown()
        for assoc in {*active, *server.active_associations}:
            _hang_up(assoc)


def _receiving_tls(archive: Archive) -> ssl.SSLContext | None:
    if not archive.tls:
        return None
    if not archive.client_certificate:
        reason = (
            "objects can be received through TLS only with a certificate of our own; choose one, or C-GET"
        )
        raise PacsError(archive.name, reason)
    return tls_context(archive, listening=True)


def require_success(archive: Archive, assoc: Association, status: Dataset) -> None:
    """Raise what an answer's status means, unless it is success or a warning (PS3.7 C)."""
    code = status.get("Status")
    if code is None:
        raise broken(archive, assoc)
    if code != 0 and code >> 12 != 0xB:
        raise refused(archive, code)


def broken(archive: Archive, assoc: Association) -> PacsError:
    """Why no answer came."""
    failure = _line(assoc).failure
    if failure is not None:
        return failure
    return PacsError(archive.name, "broke off while we talked; try again later", passing=True)


def _why_not_established(archive: Archive, assoc: Association, waited_s: float) -> PacsError:
    failure, answer = _line(assoc).failure, assoc.acceptor.primitive
    if failure is not None:
        return failure
    if assoc.is_rejected and isinstance(answer, A_ASSOCIATE):
        return _rejection(archive, answer)
    if assoc.rejected_contexts:
        return NotOfferedError(
            archive.name, "does not offer this service to us; have its administrator allow it"
        )
    if isinstance(answer, A_ASSOCIATE):
        return PacsError(archive.name, f"{place(archive)} does not speak DICOM as we do; check the port")
    if waited_s < ACCEPT_S:
        return PacsError(archive.name, "broke off before it listened; check the AE titles", passing=True)
    reason = f"stalls: {place(archive)} took the connection and said nothing; try again later"
    return PacsError(archive.name, reason, passing=True)


def _rejection(archive: Archive, answer: A_ASSOCIATE) -> PacsError:
    """PS3.8 9.3.4: result, source, and reason."""
    why = (answer.result, answer.result_source, answer.diagnostic)
    if why == _CALLED_UNKNOWN:
        reason = f"is not called {archive.called_ae}; correct its AE title"
    elif why == _CALLING_UNKNOWN:
        reason = f"does not know us as {archive.calling_ae}; have its administrator enter this AE title"
    elif answer.result == _REJECTED_FOR_NOW:
        return PacsError(archive.name, "is too busy to listen; try again later", passing=True)
    else:
        reason = f"rejects {archive.calling_ae}; have its administrator check both AE titles"
    return PacsError(archive.name, reason)


def _line(assoc: Association) -> Line:
    line = assoc.dul.socket
    assert isinstance(line, Line)  # noqa: S101  # they are made above
    return line


def _begin_next_message(event: evt.Event) -> None:
    _line(event.assoc).received = 0


def _hang_up(assoc: Association) -> None:
    """End an association in whatever state it is, and wait until pynetdicom's threads have ended with it."""
    if isinstance(assoc.dul.socket, Line):  # it is not where a caller was gone before we looked
        assoc.dul.socket.given_up = True
    if assoc.is_established:
        assoc.abort()
    else:
        # One who called and has not said what for: the connection is over, and no request will come.
        assoc.dul.event_queue.put("Evt17")
        requests: Any = assoc.dul.to_user_queue
        requests.put(None)
    for thread in (assoc, assoc.dul):
        if thread.is_alive():
            thread.join(ACCEPT_S)
