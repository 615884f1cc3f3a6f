"""Who is who in de-identified exports: the map that a hospital keeps to itself.

Everything is derived from a random key by HMAC-SHA-256, so that nobody without the key can guess a pseudonym
from an id or a UID, and so that exports with the same map agree, in whatever order and however many runs they
are made. The map on the disk holds the key, and for the way back it lists patients and pictures by pseudonym.
**It is the hospital's secret**: who has it can name every patient of every export made with it.
"""

from __future__ import annotations

import base64
import contextlib
import hmac
import json
import secrets
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from vcf_desktop.errors import PseudonymError
from vcf_desktop.film import StudyInfo
from vcf_desktop.io.analysis_json import of_type
from vcf_desktop.io.atomic import make_folder, replace_files

SCHEMA: Final = "vcf-desktop/pseudonyms/1"
"""Name of the format."""

_KEY_BYTES: Final = 32
_DAYS: Final = (365, 3650)
"""All dates of a patient are moved to the past by a number of days from this range."""


@dataclass(frozen=True)
class Patient:
    """A patient as an export knows him.

    Attributes:
        pseudonym: his new id and name.
        identity: by which he was told from others: id, or name and birth date, or study where he has neither.
        days_earlier: by how many days his dates are moved to the past where they are shifted.
    """

    pseudonym: str
    identity: str
    days_earlier: int


class Pseudonyms:
    """New UIDs, patients and names of pictures, always the same for the same key."""

    def __init__(self, key: bytes, path: Path | None) -> None:
        self._key = key
        self._path = path
        self._patients: dict[str, Patient] = {}
        self._pictures: dict[str, str] = {}

    def uid(self, uid: str) -> str:
        """The UID in place of ``uid``, made of a UUID (PS3.5 B.2)."""
        return f"2.25.{uuid.UUID(bytes=self._derived('uid', uid)[:16], version=4).int}"

    def patient(self, study: StudyInfo) -> Patient:
        """The patient of a study, whose id wins over his name: names are spelt in many ways."""
        identity = _identity(study)
        derived = self._derived("patient", identity)
        low, high = _DAYS
        patient = Patient(
            pseudonym=f"ANON-{_letters(derived)}",
            identity=identity,
            days_earlier=low + int.from_bytes(derived[16:]) % (high - low + 1),
        )
        self._patients[patient.pseudonym] = patient
        return patient

    def picture(self, sha256: str) -> str:
        """The name, without ending, of the picture whose bytes have this hash."""
        name = f"picture-{_letters(self._derived('picture', sha256))}"
        self._pictures[name] = sha256
        return name

    def save(self) -> None:
        """Write the map, whole or not at all, for its owner's eyes only; nothing where it has no file.

        Raises:
            OutputError: it cannot be written; the map that was there is untouched.
        """
        if self._path is None:
            return
        document = {
            "schema": SCHEMA,
            "secret": "Who has this file can name every patient of its exports: never hand it on.",
            "key": self._key.hex(),
            "patients": [asdict(patient) for patient in self._patients.values()],
            "pictures": self._pictures,
        }
        make_folder(self._path.parent)
        replace_files({self._path: json.dumps(document, indent=1).encode() + b"\n"})
        # Some file systems know no such mode.
        with contextlib.suppress(OSError):
            self._path.chmod(0o600)

    def _listing(self, document: dict[str, Any]) -> Pseudonyms:
        """These pseudonyms, with the patients and pictures that a map lists."""
        for item in of_type(document["patients"], list):
            patient = Patient(
                pseudonym=of_type(item["pseudonym"], str),
                identity=of_type(item["identity"], str),
                days_earlier=of_type(item["days_earlier"], int),
            )
            self._patients[patient.pseudonym] = patient
        for name, sha256 in of_type(document["pictures"], dict).items():
            self._pictures[name] = of_type(sha256, str)
        return self

    def _derived(self, purpose: str, text: str) -> bytes:
        return hmac.digest(self._key, f"{purpose}\0{text}".encode("utf-8", "surrogatepass"), "sha256")


def open_pseudonyms(path: Path | None) -> Pseudonyms:
    """The map at ``path``; a new one, written at once, where there is none.

    Without a path the key is known to this process only: nobody will ever find the way back.

    Raises:
        PseudonymError: there is a file that cannot be read, or is damaged; it is left as it is.
        OutputError: the new map cannot be written.
    """
    content = None if path is None else _content(path)
    if path is None or content is None:
        pseudonyms = Pseudonyms(secrets.token_bytes(_KEY_BYTES), path)
        pseudonyms.save()
        return pseudonyms
    try:
        document = json.loads(content)
        if document["schema"] != SCHEMA:
            raise PseudonymError(path, "is no map of pseudonyms that this version of the program can read")
        key = bytes.fromhex(document["key"])
        if len(key) != _KEY_BYTES:
            raise ValueError("its key has another length")
        return Pseudonyms(key, path)._listing(document)
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as e:
        raise PseudonymError(path, "is damaged; restore it from a copy, or choose another file") from e


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as e:
        raise PseudonymError(path, f"cannot be read: {e.strerror or e}") from e


def _identity(study: StudyInfo) -> str:
    number, name, born = study.patient
    if number:
        return f"id {number}"
    return f"name {name}, born {born}" if name and born else f"study {study.study_uid}"


def _letters(derived: bytes) -> str:
    """Ten letters and digits: of a million patients hardly two share them (50 bits)."""
    return base64.b32encode(derived[:10])[:10].decode()
