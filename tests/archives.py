"""Real archives for the tests: Orthanc and DCMTK on free ports of this machine, and certificates for TLS.

Start one in a ``with`` statement or a fixture; it ends with it.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydicom import Dataset, dcmread
from pydicom.uid import generate_uid

from vcf_desktop.io.pacs import Archive, ArchiveKind
from vcf_desktop.paths import resources_folder

ORTHANC = "/usr/sbin/Orthanc"
DICOMWEB_PLUGIN = Path("/usr/share/orthanc/plugins/libOrthancDicomWeb.so")
USER, PASSWORD = "reader", "open sesame"
START_S = 30.0


@dataclass(frozen=True)
class RunningArchive:
    """An archive that runs, as a user would set it up for either protocol."""

    dimse: Archive
    web: Archive


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def required(program: str) -> str:
    """The program's path; the test is skipped where it is not installed."""
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not installed")
    return path


@contextlib.contextmanager
def running(command: Sequence[str | Path], *ports: int, folder: Path) -> Iterator[None]:
    """A program that runs until the end of the block, from when it listens at ``ports``."""
    with (
        (folder / "log.txt").open("wb") as log,
        subprocess.Popen(command, stdout=log, stderr=log, cwd=folder) as process,
    ):
        try:
            deadline = time.monotonic() + START_S
            for port in ports:
                while not _listens(port):
                    if process.poll() is not None or time.monotonic() > deadline:
                        pytest.fail(
                            f"{command[0]} does not start: {(folder / 'log.txt').read_text()[-2000:]}"
                        )
                    time.sleep(0.05)
            yield
        finally:
            process.terminate()


def _listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


@contextlib.contextmanager
def orthanc(folder: Path) -> Iterator[RunningArchive]:
    """Debian's Orthanc, which knows us as VCFDESKTOP with a free port, and as nobody else."""
    program = required(ORTHANC)
    if not DICOMWEB_PLUGIN.exists():
        pytest.skip("Orthanc's plug-in for DICOMweb is not installed")
    dicom, http, ours = free_port(), free_port(), free_port()
    settings = {
        "Name": "Test",
        "StorageDirectory": str(folder / "storage"),
        "IndexDirectory": str(folder / "storage"),
        "Plugins": [str(DICOMWEB_PLUGIN)],
        "DicomAet": "ORTHANC",
        "DicomPort": dicom,
        "DicomCheckCalledAet": True,
        "DicomCheckModalityHost": False,
        "DicomAlwaysAllowEcho": False,
        "DicomAlwaysAllowStore": False,
        "DicomAlwaysAllowFind": False,
        "DicomAlwaysAllowGet": False,
        "DefaultEncoding": "Utf8",
        "HttpPort": http,
        "RemoteAccessAllowed": False,
        "AuthenticationEnabled": True,
        "RegisteredUsers": {USER: PASSWORD},
        "DicomModalities": {
            "us": {"AET": "VCFDESKTOP", "Host": "127.0.0.1", "Port": ours, "AllowStorageCommitment": True}
        },
        "DicomWeb": {"Enable": True, "Root": "/dicom-web/"},
        "StableAge": 1,
    }
    (folder / "orthanc.json").write_text(json.dumps(settings))
    dimse = Archive(
        name="Orthanc",
        host="127.0.0.1",
        port=dicom,
        called_ae="ORTHANC",
        receive_port=ours,
    )
    web = Archive(
        name="Orthanc web",
        kind=ArchiveKind.WEB,
        url=f"http://127.0.0.1:{http}/dicom-web",
        user=USER,
    )
    with running([program, folder / "orthanc.json"], dicom, http, folder=folder):
        yield RunningArchive(dimse, web)


@dataclass(frozen=True)
class Certificates:
    """A folder of PEM files: an authority, and certificates it vouches for, ``NAME.crt`` with ``NAME.key``.

    ``server`` is of 127.0.0.1, ``elsewhere`` of another host, ``expired`` of yesterday, ``client`` of us, and
    ``stranger`` vouches for itself.
    """

    folder: Path

    def crt(self, name: str) -> str:
        """The certificate of this name."""
        return str(self.folder / f"{name}.crt")

    def key(self, name: str) -> str:
        """Its key."""
        return str(self.folder / f"{name}.key")


def certificates(folder: Path) -> Certificates:
    """Certificates for the tests, made by OpenSSL."""
    made = Certificates(folder)
    for name in ("authority", "stranger"):
        openssl(
            *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}"),
            *("-keyout", made.key(name), "-out", made.crt(name), "-addext", "subjectAltName=IP:127.0.0.1"),
        )
    for name, host, days in (
        *(("server", "IP:127.0.0.1", 2), ("elsewhere", "DNS:pacs.example", 2)),
        *(("expired", "IP:127.0.0.1", -1), ("client", "DNS:reader.example", 2)),
    ):
        request, extensions = folder / f"{name}.csr", folder / f"{name}.ext"
        extensions.write_text(f"subjectAltName={host}\n")
        openssl(
            *("req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}"),
            *("-keyout", made.key(name), "-out", str(request)),
        )
        openssl(
            *("x509", "-req", "-in", str(request), "-days", str(days), "-extfile", str(extensions)),
            *("-CA", made.crt("authority"), "-CAkey", made.key("authority"), "-CAcreateserial"),
            *("-out", made.crt(name)),
        )
    return made


def openssl(*arguments: str) -> None:
    """Run OpenSSL."""
    subprocess.run([required("openssl"), *arguments], check=True, capture_output=True)


def write_film(path: Path, **elements: Any) -> Dataset:
    """The demo film with study, series and UID of its own, unless ``elements`` say else."""
    ds = dcmread(resources_folder() / "demo_film.dcm")
    for keyword in ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"):
        setattr(ds, keyword, generate_uid())
    for keyword, value in elements.items():
        setattr(ds, keyword, value)
    ds.file_meta.MediaStorageSOPClassUID = ds.SOPClassUID
    ds.file_meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID
    ds.save_as(path)
    return ds
