"""Lines to an archive: connections that end in time, take in no more than they should, and keep why.

pynetdicom waits for the rest of a PDU without a limit of time or size, and only logs why a connection failed.
"""

from __future__ import annotations

import contextlib
import socket
import time
from typing import Any, Final

from pynetdicom.association import Association
from pynetdicom.transport import T_CONNECT, AddressInformation, AssociationSocket

from vcf_desktop.errors import PacsError
from vcf_desktop.io.pacs import Archive
from vcf_desktop.io.pacs_connection import CONNECT_S, STALL_S, place, unreachable

PDU_S: Final = 30.0
"""How long the rest of a PDU may take: 64 KiB through a modem of 33 kbit/s take half of it."""
POLL_S: Final = 0.05
"""How often is looked whether what is under way is still wanted."""
LARGEST_PDU_BYTES: Final = 1 << 20
"""The longest PDU that is taken in, from an archive that does not care how long we asked them to be."""

_HEADER_BYTES = 6
_KINDS_OF_PDU = frozenset(range(1, 8))
"""PS3.8 9.3.1: every PDU begins with its kind and its length, in six bytes."""


class Pulse:
    """When bytes were moved last, on any of the connections that serve one purpose."""

    def __init__(self) -> None:
        self.beat()

    def beat(self) -> None:
        """Bytes are being moved."""
        self._last = time.monotonic()

    @property
    def stalls(self) -> bool:
        """Whether nothing was moved for :data:`STALL_S`."""
        return time.monotonic() - self._last > STALL_S


class Line(AssociationSocket):
    """A connection that waits for no more than a while, and keeps why it failed.

    Attributes:
        failure: why it failed; None while it has not.
        given_up: set where we no longer want what is under way.
        received: bytes of the message that is being received.
    """

    def __init__(
        self,
        assoc: Association,
        archive: Archive,
        limit: int,
        pulse: Pulse,
        client_socket: socket.socket | None = None,
        address: AddressInformation | None = None,
    ) -> None:
        super().__init__(assoc, client_socket, address)
        self._archive, self._limit, self._pulse = archive, limit, pulse
        self.failure: PacsError | None = None
        self.given_up = False
        self.received = 0
        if client_socket is not None:
            client_socket.settimeout(POLL_S)

    def connect(self, primitive: T_CONNECT) -> None:
        """Connect as pynetdicom does, to whichever address of the host answers."""
        archive = self._archive
        try:
            self.socket = socket.create_connection((archive.host, archive.port), CONNECT_S)
            if self.tls_args:
                context, host = self.tls_args
                self.socket = context.wrap_socket(self.socket, server_hostname=host)
            self.socket.settimeout(POLL_S)
        except (OSError, OverflowError) as e:  # the latter of a port beyond 65535
            self._fail(e if isinstance(e, OSError) else OSError(str(e)))
            if self.socket is not None:
                self.socket.close()
                self.socket = None
            primitive.result = "Evt17"
        else:
            self._is_connected = True
            primitive.result = "Evt2"
        self.provider_queue.put(primitive)
        self._ready.set()

    def stall(self) -> None:
        """No answer came in time."""
        reason = f"stalls: no answer within {STALL_S:g} s; try again later"
        self.failure = self.failure or PacsError(self._archive.name, reason, passing=True)

    @property
    def ready(self) -> bool:
        """Whether there is something to read that we still want."""
        return not self.given_up and super().ready

    def recv(self, nr_bytes: int) -> bytearray:
        """Read so many bytes, fewer where the archive dropped the line; OSError where it failed."""
        sock, data, deadline = self.socket, bytearray(), time.monotonic() + PDU_S
        if sock is None:
            return data
        self._require_size(nr_bytes)
        while len(data) < nr_bytes:
            try:
                part = sock.recv(nr_bytes - len(data))
            except TimeoutError as e:
                self._go_on(deadline, e)
                continue
            except OSError as e:
                self._fail(e)
                raise
            if not part:
                break
            data += part
            self._pulse.beat()
        if nr_bytes == _HEADER_BYTES and data:
            self._require_dicom(data[0])
        return data

    def send(self, bytestream: bytes) -> None:
        """Send all of it, however long while it goes on; pynetdicom is told where that fails."""
        rest, deadline = memoryview(bytestream), time.monotonic() + PDU_S
        try:
            while rest and self.socket is not None:
                try:
                    rest = rest[self.socket.send(rest) :]
                except TimeoutError as e:
                    self._go_on(deadline, e)
                else:
                    self._pulse.beat()
                    deadline = time.monotonic() + PDU_S
        except OSError as e:
            self._fail(e)
            self.event_queue.put("Evt17")

    def _create_socket(self, address: AddressInformation) -> Any:
        """Called by pynetdicom at the start; nothing is opened before it is known which address answers."""

    def _shutdown_socket(self) -> None:
        """Called by pynetdicom at the end; its own leaves a socket open that the archive closed first."""
        if self.socket is not None:
            with contextlib.suppress(OSError):
                self.socket.shutdown(socket.SHUT_RDWR)
            self.socket.close()

    def _go_on(self, deadline: float, error: TimeoutError) -> None:
        """Wait on, unless that is no longer wanted or the PDU takes too long."""
        if self.given_up or time.monotonic() > deadline:
            self._fail(error)
            raise error

    def _require_size(self, nr_bytes: int) -> None:
        self.received += nr_bytes
        if nr_bytes > LARGEST_PDU_BYTES or self.received > self._limit:
            reason = "sends more than it should, and was not listened to; have its administrator look"
            self._refuse(PacsError(self._archive.name, reason))

    def _require_dicom(self, kind: int) -> None:
        if kind not in _KINDS_OF_PDU:
            reason = f"{place(self._archive)} does not speak DICOM; check the port, and TLS"
            self._refuse(PacsError(self._archive.name, reason))

    def _refuse(self, failure: PacsError) -> None:
        self.failure = self.failure or failure
        raise OSError(failure.reason)

    def _fail(self, error: OSError) -> None:
        self.failure = self.failure or unreachable(self._archive, place(self._archive), error)
