"""Several files, all or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from vcf_desktop.errors import OutputError
from vcf_desktop.io.atomic import replace_files


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_that_files_are_made_and_replaced(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    replace_files({tmp_path / "a": b"new", tmp_path / "b": b"other"})
    assert contents(tmp_path) == {"a": b"new", "b": b"other"}
    replace_files({})


def test_that_one_refused_file_leaves_all_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").mkdir()
    with pytest.raises(OutputError, match="b: cannot be written: Is a directory"):
        replace_files({tmp_path / "a": b"new", tmp_path / "b": b"other"})
    assert contents(tmp_path) == {"a": b"old"}
    with pytest.raises(OutputError, match="cannot be written: No such file"):
        replace_files({tmp_path / "a": b"new", tmp_path / "nowhere" / "c": b"other"})
    assert contents(tmp_path) == {"a": b"old"}


def test_that_an_interrupted_write_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr("os.fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        replace_files({tmp_path / "a": b"new"})
    assert contents(tmp_path) == {"a": b"old"}
