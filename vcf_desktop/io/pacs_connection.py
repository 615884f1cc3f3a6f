"""Connections to an archive, whichever protocol runs on them: certificates, time limits, failures."""

from __future__ import annotations

import socket
import ssl
from typing import Final

from vcf_desktop.errors import PacsError
from vcf_desktop.io.pacs import Archive

CONNECT_S: Final = 10.0
"""How long a connection may take to come about; within a hospital it takes milliseconds."""
STALL_S: Final = 60.0
"""How long an archive may be silent; one that has to fetch a film from tape says so meanwhile."""


def tls_context(archive: Archive, *, listening: bool = False) -> ssl.SSLContext:
    """How TLS is spoken with an archive: who vouches for it, and by which certificate we show who we are.

    Where we listen, the archive must show a certificate as well.

    Raises:
        PacsError: a file of certificates cannot be used.
    """
    purpose = ssl.Purpose.CLIENT_AUTH if listening else ssl.Purpose.SERVER_AUTH
    try:
        context = ssl.create_default_context(purpose, cafile=archive.ca_file or None)
    except (OSError, ValueError) as e:  # an SSLError is an OSError
        reason = "the file of its certificate authority cannot be used; choose a PEM file of certificates"
        raise PacsError(archive.name, reason) from e
    if listening and not archive.ca_file:
        context.load_default_certs(purpose)
    context.verify_mode = ssl.CERT_REQUIRED
    if archive.client_certificate:
        try:
            # Without a password here OpenSSL would ask for it at the terminal, and wait.
            context.load_cert_chain(archive.client_certificate, archive.client_key or None, password="")
        except (OSError, ValueError) as e:
            reason = "our certificate or its key cannot be used; choose PEM files, the key without a password"
            raise PacsError(archive.name, reason) from e
    return context


def place(archive: Archive) -> str:
    """Where a DIMSE archive is, for a sentence."""
    return f"{archive.host}:{archive.port}"


def unreachable(archive: Archive, where: str, error: OSError) -> PacsError:
    """What a failed connection to ``where``, as ``host:port``, means and what to do about it."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return PacsError(archive.name, _fault_of_certificate(where, error))
    if isinstance(error, ssl.SSLError) and "ALERT" in (error.reason or ""):
        return PacsError(
            archive.name, f"{where} refuses our certificate, or that there is none; choose another"
        )
    for kind, reason, passing in _MEANINGS:
        if isinstance(error, kind):
            return PacsError(archive.name, f"{where} {reason}", passing=passing)
    why = error.strerror or type(error).__name__
    return PacsError(archive.name, f"{where} cannot be reached: {why}; check the network", passing=True)


_DROPPED: Final = "dropped the line; try again later, or check the use of TLS and its certificates"
_MEANINGS: Final = (
    (ssl.SSLEOFError, _DROPPED, True),
    (ssl.SSLError, "does not speak TLS as we do; check the port and whether it uses TLS", False),
    (socket.gaierror, "is no computer known here; check its name and the network", True),
    (ConnectionRefusedError, "answers that nobody listens; check host and port, or try again later", True),
    (ConnectionError, _DROPPED, True),
    (TimeoutError, "stalls; check host, port and network, or try again later", True),
)
"""Kind of failure -> what it means, and whether it passes; the first that fits."""


def _fault_of_certificate(where: str, error: ssl.SSLCertVerificationError) -> str:
    meanings = {
        9: f"the certificate of {where} is not valid yet; check the date of this computer",
        10: f"the certificate of {where} has expired; have its administrator renew it",
        62: f"the certificate of {where} is for another computer; check the host",
        64: f"the certificate of {where} is for another computer; check the host",
    }  # X509_V_ERR_... of OpenSSL
    untrusted = f"the certificate of {where} is not trusted; choose the file of the authority that issued it"
    return meanings.get(error.verify_code, untrusted)
