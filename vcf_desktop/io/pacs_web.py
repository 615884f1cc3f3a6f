"""Archives that speak DICOMweb (PS3.18): what is asked of them, on dicomweb-client."""

from __future__ import annotations

import contextlib
import logging
import ssl
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from http.client import BadStatusLine
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from dicomweb_client import DICOMwebClient
from pydicom import Dataset, dcmread, dcmwrite
from requests.adapters import HTTPAdapter
from requests.auth import HTTPBasicAuth

from vcf_desktop.errors import PacsError
from vcf_desktop.io.checks import MAX_FILE_BYTES
from vcf_desktop.io.dicom_header import DICOM_DAMAGE, items, text, whole_number
from vcf_desktop.io.pacs import Archive, Commitment, FoundStudy, Instance, Progress, StudyQuery
from vcf_desktop.io.pacs_answers import (
    INSTANCE_KEYS,
    MAX_ANSWERS,
    SERIES_KEYS,
    STUDY_KEYS,
    film_series,
    films,
    refused,
    searches,
    sop_uids,
    studies,
)
from vcf_desktop.io.pacs_connection import CONNECT_S, STALL_S, tls_context, unreachable
from vcf_desktop.io.pacs_intake import Intake

# Their log lines quote the address of what is asked, and a patient's name is part of it.
for _name in ("dicomweb_client", "retrying", "urllib3"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

ANSWER_S: Final = 600.0
"""How long one answer may take; a film of 20 MB comes within it at 34 kB/s."""
MAX_JSON_BYTES: Final = 16 << 20
"""Bytes of the longest answer that is no film."""

_PART_BYTES = 1 << 16
_BROKEN = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError)
_CONFLICT = 409
_PROCESSING_FAILURE = 0x0110
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_FAILURES = {
    401: ("does not accept our user and password or token; correct them", False),
    403: ("does not allow us to do this; have its administrator allow it", False),
    404: ("has no DICOMweb at this address; correct it", False),
    408: ("stalls; try again later", True),
    413: ("does not take files of this size; have its administrator allow them", False),
    415: ("does not take files of this kind; have its administrator allow them", False),
    429: ("is too busy; try again later", True),
    507: ("is full; have its administrator make room, or try again later", True),
}
"""Status of HTTP -> what it means and whether it passes."""


class WebClient:
    """See :class:`vcf_desktop.io.pacs.ArchiveClient`; ``secret`` as in ``open_archive``."""

    def __init__(self, archive: Archive, secret: str | None) -> None:
        self._archive, self._secret = archive, secret

    def echo(self) -> None:
        """Make sure that the archive answers and takes us for whom we say we are."""
        with self._asking() as client:
            client.search_for_studies(limit=1)

    def find(self, query: StudyQuery) -> tuple[FoundStudy, ...]:
        """The studies that fit, the newest first."""
        with self._asking() as client:
            answers = [
                answer
                for search in searches(query)
                for answer in self._data_sets(
                    client.search_for_studies(fields=STUDY_KEYS, search_filters=search, limit=MAX_ANSWERS + 1)
                )
            ]
        return studies(answers, query)

    def retrieve(self, study: FoundStudy, into: Path, report: Progress) -> tuple[Path, ...]:
        """Fetch the projection films of a study into a folder, all of them or none."""
        with self._asking(lambda: report(0, 0)) as client:
            wanted = self._films(client, study.study_uid)
        if not wanted:
            raise PacsError(self._archive.name, "has no projection films in this study; choose another")
        with Intake(self._archive.name, wanted, into) as intake:
            with self._asking(lambda: report(intake.done, intake.total)) as client:
                for film in wanted:
                    ds = client.retrieve_instance(film.study_uid, film.series_uid, film.sop_uid)
                    intake.take(_encoded(ds))
                    if intake.failure is not None:
                        raise intake.failure
                    intake.require(film)
            report(intake.done, intake.total)
        return intake.paths

    def store(self, file: Path) -> None:
        """Send one DICOM file."""
        try:
            ds = dcmread(BytesIO(file.read_bytes()))
            sop_uid = text(ds, "SOPInstanceUID")
        except DICOM_DAMAGE as e:  # an OSError is one of them
            raise PacsError(self._archive.name, f"was not sent {file.name}, which is no DICOM file") from e
        with self._asking() as client:
            try:
                answer = client.store_instances([ds])
            except requests.HTTPError as e:
                if e.response is None or e.response.status_code != _CONFLICT:
                    raise
                answer = Dataset.from_json(e.response.json())
        for item in items(answer, "FailedSOPSequence"):
            raise refused(self._archive, whole_number(item, "FailureReason") or _PROCESSING_FAILURE)
        stored = {text(item, "ReferencedSOPInstanceUID") for item in items(answer, "ReferencedSOPSequence")}
        if sop_uid not in stored:
            raise self._no_dicomweb()

    def holds(self, instance: Instance) -> bool:
        """Whether the archive has an object."""
        with self._asking() as client:
            answers = client.search_for_instances(
                instance.study_uid,
                instance.series_uid,
                fields=INSTANCE_KEYS,
                search_filters={"SOPInstanceUID": instance.sop_uid},
            )
            return instance.sop_uid in sop_uids(self._data_sets(answers))

    def commit(self, instances: Iterable[Instance]) -> Commitment:  # noqa: ARG002
        """Archives do not answer for objects through DICOMweb as we ask it; see ``holds``."""
        return Commitment.NOT_OFFERED

    def _films(self, client: DICOMwebClient, study_uid: str) -> list[Instance]:
        series = self._data_sets(client.search_for_series(study_uid, fields=SERIES_KEYS))
        return [
            film
            for series_uid in film_series(series)
            for film in films(
                self._data_sets(client.search_for_instances(study_uid, series_uid, fields=INSTANCE_KEYS)),
                study_uid,
                series_uid,
            )
        ]

    def _data_sets(self, answers: list[dict[str, Any]]) -> list[Dataset]:
        if len(answers) > MAX_ANSWERS:
            raise PacsError(self._archive.name, f"finds more than {MAX_ANSWERS} studies; ask for fewer")
        return [Dataset.from_json(answer) for answer in answers]

    @contextlib.contextmanager
    def _asking(self, tick: Callable[[], None] = lambda: None) -> Iterator[DICOMwebClient]:
        """A client whose failures are PacsErrors; ``tick`` is called as bytes come, and may raise."""
        watch = _Watch(tick)
        try:
            with warnings.catch_warnings(), _Session() as session:
                # dicomweb-client and pydicom warn of what bends a rule; what bears on us is looked at here.
                warnings.simplefilter("ignore")
                self._prepare(session)
                client = DICOMwebClient(
                    self._archive.url.rstrip("/"),
                    session,
                    callback=lambda answer, **_: self._bounded(answer, watch),
                    timeout=(CONNECT_S, STALL_S),
                )
                client.set_http_retry_params(retry=False)
                yield client
        except DICOM_DAMAGE as e:  # a RequestException is an OSError
            if watch.raised:
                raise
            raise self._meaning(e) from e

    def _prepare(self, session: requests.Session) -> None:
        """Who we are and whom we trust, by what the user set up alone: no proxy, no .netrc."""
        url = urlsplit(self._archive.url)
        if url.scheme not in {"http", "https"} or not url.hostname or url.username:
            raise PacsError(
                self._archive.name, "its address cannot be used; it is like https://host/dicom-web"
            )
        if self._secret and url.scheme == "http" and url.hostname not in _LOOPBACK:
            raise PacsError(self._archive.name, "would be sent our password in the clear; use https")
        session.trust_env = False
        if url.scheme == "https":
            session.verify = self._archive.ca_file or True
            session.mount("https://", _Adapter(tls_context(self._archive)))
        session.headers["Accept"] = "application/dicom+json"
        if self._archive.user:
            session.auth = HTTPBasicAuth(self._archive.user.encode(), (self._secret or "").encode())
        elif self._secret:
            session.headers["Authorization"] = f"Bearer {self._secret.strip()}"

    def _bounded(self, answer: requests.Response, watch: _Watch) -> requests.Response:
        """Read an answer, as long as it is the archive's own, and neither too long nor too slow."""
        with contextlib.closing(answer):
            if answer.is_redirect:
                where = urlsplit(answer.headers["Location"]).hostname or "another address of its own"
                raise PacsError(
                    self._archive.name, f"sends us on to {where}; enter that address if it is right"
                )
            answer._content = self._content(answer, watch)
        return answer

    def _content(self, answer: requests.Response, watch: _Watch) -> bytes:
        of_film = str(answer.request.headers.get("Accept")).startswith("multipart/")
        limit = MAX_FILE_BYTES + _PART_BYTES if of_film else MAX_JSON_BYTES
        declared = answer.headers.get("Content-Length", "")
        content, deadline = bytearray(), time.monotonic() + ANSWER_S
        if not declared.isdecimal() or int(declared) <= limit:
            for part in answer.iter_content(_PART_BYTES):
                content += part
                if len(content) > limit:
                    break
                if time.monotonic() > deadline:
                    raise requests.ReadTimeout from TimeoutError()
                watch.look()
            else:
                return bytes(content)
        raise PacsError(self._archive.name, "sends more than it should; have its administrator look")

    def _meaning(self, error: Exception) -> PacsError:
        """What a library's failure means."""
        chain = list(_chain(error))
        if isinstance(error, requests.HTTPError) and error.response is not None:
            return self._failure(error.response.status_code)
        if isinstance(error, _BROKEN):
            of_system = [
                e for e in chain if isinstance(e, OSError) and not isinstance(e, requests.RequestException)
            ]
            if of_system or not any(isinstance(e, BadStatusLine) for e in chain):
                root = of_system[-1] if of_system else ConnectionResetError()
                return unreachable(self._archive, urlsplit(self._archive.url).netloc, root)
        return self._no_dicomweb()

    def _failure(self, status: int) -> PacsError:
        later = (f"failed with the status {status}; try again later", True)
        never = (f"refuses with the status {status}; have its administrator look into its log", False)
        reason, passing = _FAILURES.get(status, later if status >= 500 else never)
        return PacsError(self._archive.name, reason, passing=passing)

    def _no_dicomweb(self) -> PacsError:
        return PacsError(self._archive.name, "answers what is no DICOMweb; check its address")


class _Watch:
    """The user's way to cancel, and whether it was taken; what is raised then is nobody else's."""

    def __init__(self, tick: Callable[[], None]) -> None:
        self._tick = tick
        self.raised = False

    def look(self) -> None:
        """Raise what ``tick`` raises."""
        self.raised = True
        self._tick()
        self.raised = False


class _Session(requests.Session):
    """Requests as archives understand them."""

    def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
        """Called by requests."""
        prepared = super().prepare_request(request)
        # Orthanc 1.10 takes an escaped wild card for a plain character; RFC 3986 3.4 wants neither escaped.
        prepared.url = (prepared.url or "").replace("%2A", "*").replace("%3F", "?")
        # dicomweb-client leaves out the port, without which http.client says it right.
        prepared.headers.pop("Host", None)
        return prepared


class _Adapter(HTTPAdapter):
    """HTTPS with our certificates."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Called by requests."""
        super().init_poolmanager(*args, ssl_context=self._context, **kwargs)


def _encoded(ds: Dataset) -> bytes:
    with BytesIO() as file:
        dcmwrite(file, ds, enforce_file_format=True)
        return file.getvalue()


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and those it was made of."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
