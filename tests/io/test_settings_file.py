"""The settings' file: there and back, damaged ones, and failing writes."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from vcf_desktop.errors import OutputError
from vcf_desktop.io.settings_file import load_settings, save_settings
from vcf_desktop.settings import Language, Settings

CHOSEN = Settings(reader="Dr. Bén 李", language=Language.GERMAN, overlay_opacity=55, keys={"accept": "A"})


def test_that_settings_come_back_and_their_folder_is_made(tmp_path: Path) -> None:
    path = tmp_path / "user" / "vcf" / "settings.json"
    assert load_settings(path) == Settings()
    save_settings(path, CHOSEN)
    assert load_settings(path) == CHOSEN
    save_settings(path, Settings())
    assert load_settings(path) == Settings()
    assert [each.name for each in path.parent.iterdir()] == ["settings.json"]


def test_that_the_file_can_be_read_by_people(tmp_path: Path) -> None:
    save_settings(tmp_path / "settings.json", CHOSEN)
    text = (tmp_path / "settings.json").read_text("utf-8")
    assert json.loads(text) == {
        "reader": "Dr. Bén 李",
        "language": "de",
        "overlay_opacity": 55,
        "keys": {"accept": "A"},
    }
    assert len(text.splitlines()) > 4
    assert text.endswith("}\n")


@pytest.mark.skipif(os.name == "nt", reason="folder names are Unicode there")
def test_that_a_folder_that_is_no_unicode_is_kept(tmp_path: Path) -> None:
    odd = Settings(models_folder=os.fsdecode(b"/weights/\xff"))
    save_settings(tmp_path / "settings.json", odd)
    assert load_settings(tmp_path / "settings.json") == odd


@pytest.mark.expected_log("these settings cannot be used and keep their defaults: language, font$")
def test_that_unusable_settings_are_named_in_the_log_and_the_others_hold(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"reader": "Ada", "language": "tlh", "font": "Comic Sans"}', "utf-8")
    assert load_settings(path) == Settings(reader="Ada")


@pytest.mark.expected_log("the settings cannot be read and the defaults are used: [A-Za-z]+$")
@pytest.mark.parametrize(
    "content",
    [b"", b"{", b'{"reader": "Ada"', b"\xff\xfe", b"[" * 100_000, b"[]", b"null", b'"reader"', b"1" * 5000],
    ids=["empty", "open", "cut", "bytes", "deep", "list", "null", "word", "long number"],
)
def test_that_a_damaged_file_gives_the_defaults_and_can_be_written_over(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert load_settings(path) == Settings()
    assert path.read_bytes() == content
    save_settings(path, CHOSEN)
    assert load_settings(path) == CHOSEN


@pytest.mark.expected_log("the settings cannot be read and the defaults are used: IsADirectoryError")
@pytest.mark.skipif(os.name == "nt", reason="another error there")
def test_that_a_folder_in_place_of_the_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()


def test_that_a_failed_write_leaves_the_old_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.json"
    save_settings(path, CHOSEN)

    def fail_with_full_disk(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail_with_full_disk)
    with pytest.raises(OutputError, match=r"settings\.json: cannot be written: No space left"):
        save_settings(path, Settings())
    assert load_settings(path) == CHOSEN
    assert [each.name for each in tmp_path.iterdir()] == ["settings.json"]
