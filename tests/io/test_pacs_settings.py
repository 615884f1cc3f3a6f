"""The list of archives on disk, passwords in a key store, and the client that an archive gets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked, PasswordDeleteError

from vcf_desktop.errors import PacsError
from vcf_desktop.io.pacs import Archive, ArchiveKind, Retrieval, open_archive
from vcf_desktop.io.pacs_dimse import DimseClient
from vcf_desktop.io.pacs_settings import load_archives, load_secret, save_archives, save_secret
from vcf_desktop.io.pacs_web import WebClient

CHOSEN = (
    Archive("Röntgen", host="10.0.0.5", port=11113, called_ae="PACS", retrieval=Retrieval.MOVE, tls=True),
    Archive("Web", ArchiveKind.WEB, url="https://pacs.example/web", user="reader", takes_results=True),
)


def test_that_archives_come_back_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "user" / "archives.json"
    assert load_archives(path) == ()
    save_archives(path, CHOSEN)
    assert load_archives(path) == CHOSEN
    save_archives(path, ())
    assert load_archives(path) == ()
    assert [each.name for each in path.parent.iterdir()] == ["archives.json"]


@pytest.mark.expected_log("archive 2 of the list cannot be used and is left out: [A-Za-z]+$")
@pytest.mark.parametrize(
    "entry",
    [
        '"text"',
        "{}",
        '{"name": ""}',
        '{"name": 7}',
        '{"name": "One"}',
        '{"name": "x", "port": 0}',
        '{"name": "x", "port": 65536}',
        '{"name": "x", "port": "104"}',
        '{"name": "x", "port": true}',
        '{"name": "x", "kind": "ftp"}',
        '{"name": "x", "colour": "red"}',
    ],
)
def test_that_an_unusable_archive_is_left_out_and_the_others_hold(tmp_path: Path, entry: str) -> None:
    path = tmp_path / "archives.json"
    path.write_text(f'{{"archives": [{{"name": "One"}}, {entry}, {{"name": "Three"}}]}}')
    assert load_archives(path) == (Archive("One"), Archive("Three"))


@pytest.mark.expected_log("the archives cannot be read and there are none: [A-Za-z]+$")
@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"[]", b"null", b"{}", b'{"archives": 7}', b"1" * 5000],
    ids=["empty", "open", "bytes", "deep", "list", "null", "nothing", "number", "long number"],
)
def test_that_a_damaged_file_gives_none_and_can_be_written_over(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "archives.json"
    path.write_bytes(content)
    assert load_archives(path) == ()
    assert path.read_bytes() == content
    save_archives(path, CHOSEN)
    assert load_archives(path) == CHOSEN
    assert (tmp_path / "archives.unusable.json").read_bytes() == content


def test_that_a_sound_file_is_written_over_without_a_copy(tmp_path: Path) -> None:
    save_archives(tmp_path / "archives.json", CHOSEN)
    save_archives(tmp_path / "archives.json", CHOSEN[:1])
    assert [path.name for path in tmp_path.iterdir()] == ["archives.json"]


class KeyStore(KeyringBackend):
    """A key store in memory, as the system's is another's to test."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def _require_unlocked(self) -> None:
        if self.locked:
            raise KeyringLocked

    def get_password(self, service: str, username: str) -> str | None:
        self._require_unlocked()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._require_unlocked()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._require_unlocked()
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


@pytest.fixture
def key_store() -> Iterator[KeyStore]:
    before, store = keyring.get_keyring(), KeyStore()
    keyring.set_keyring(store)
    yield store
    keyring.set_keyring(before)


def test_that_a_password_is_in_the_key_store_and_in_no_file(key_store: KeyStore, tmp_path: Path) -> None:
    one, other = CHOSEN
    save_secret(other, "open sesame")
    save_archives(tmp_path / "archives.json", CHOSEN)
    assert (load_secret(one), load_secret(other)) == (None, "open sesame")
    assert key_store.kept == {("VCF Desktop", "Web"): "open sesame"}
    assert "sesame" not in (tmp_path / "archives.json").read_text()
    save_secret(other, None)
    save_secret(one, None)
    assert key_store.kept == {}


def test_that_a_locked_key_store_says_so(key_store: KeyStore) -> None:
    key_store.locked = True
    with pytest.raises(
        PacsError, match="archive Web: its password cannot be read from the key store; unlock"
    ):
        load_secret(CHOSEN[1])
    with pytest.raises(
        PacsError, match="archive Web: its password cannot be kept in the key store; unlock it"
    ):
        save_secret(CHOSEN[1], "open sesame")


def test_that_a_computer_without_a_key_store_keeps_no_password(key_store: KeyStore) -> None:
    keyring.set_keyring(NoKeyring())
    assert load_secret(CHOSEN[1]) is None
    save_secret(CHOSEN[1], None)
    with pytest.raises(PacsError, match="this computer has no key store; it will be asked for each time"):
        save_secret(CHOSEN[1], "open sesame")


def test_that_a_key_store_in_a_plain_file_is_none(
    key_store: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(KeyStore, "priority", 0.5)  # as that of keyrings.alt
    with pytest.raises(PacsError, match="this computer has no key store"):
        save_secret(CHOSEN[1], "open sesame")
    assert key_store.kept == {}


def test_that_an_archive_gets_the_client_of_its_protocol() -> None:
    one, other = CHOSEN
    assert isinstance(open_archive(one, None), DimseClient)
    assert isinstance(open_archive(other, "open sesame"), WebClient)


def test_that_the_file_can_be_read_by_people(tmp_path: Path) -> None:
    save_archives(tmp_path / "archives.json", CHOSEN)
    document = json.loads((tmp_path / "archives.json").read_text("utf-8"))
    assert [entry["name"] for entry in document["archives"]] == ["Röntgen", "Web"]
    assert document["archives"][1]["kind"] == "dicomweb"
