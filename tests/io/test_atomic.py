"""Several files, all or none; and files that are made once."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from vcf_desktop.errors import OutputError
from vcf_desktop.io import atomic
from vcf_desktop.io.atomic import create_file, replace_files


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


@pytest.mark.parametrize("refusals", [1, atomic.TRIES - 1, atomic.TRIES])
def test_that_a_file_that_another_program_reads_is_replaced_a_little_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusals: int
) -> None:
    """Windows replaces no file that is open."""
    (tmp_path / "a").write_bytes(b"old")
    replace, tries = Path.replace, []

    def replace_as_on_windows(path: Path, target: Path) -> Path:
        tries.append(path)
        if len(tries) <= refusals:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", replace_as_on_windows)
    monkeypatch.setattr(atomic, "PAUSE_S", 0.0)
    if refusals < atomic.TRIES:
        replace_files({tmp_path / "a": b"new"})
        assert contents(tmp_path) == {"a": b"new"}
    else:
        with pytest.raises(OutputError, match="a: cannot be written: Permission denied"):
            replace_files({tmp_path / "a": b"new"})
        assert contents(tmp_path) == {"a": b"old"}
        assert len(tries) == atomic.TRIES


def test_that_what_no_waiting_mends_is_refused_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    def fail(path: Path, _target: Path) -> None:
        tries.append(path)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OutputError, match="No space left"):
        replace_files({tmp_path / "a": b"new"})
    assert len(tries) == 1


@pytest.fixture(params=["with links", "without links"])
def _file_system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    if request.param == "without links":
        monkeypatch.setattr(Path, "hardlink_to", no_links)


@pytest.mark.usefixtures("_file_system")
def test_that_a_file_is_made_once_and_for_all(tmp_path: Path) -> None:
    create_file(tmp_path / "a", b"first")
    assert contents(tmp_path) == {"a": b"first"}
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o444
    with pytest.raises(OutputError, match="a: cannot be written: File exists"):
        create_file(tmp_path / "a", b"second")
    assert contents(tmp_path) == {"a": b"first"}


@pytest.mark.usefixtures("_file_system")
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_that_a_file_that_cannot_be_finished_is_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def fail(_: int) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", fail)
        with pytest.raises((OutputError, KeyboardInterrupt)):
            create_file(tmp_path / "a", b"first")
    assert contents(tmp_path) == {}
    create_file(tmp_path / "a", b"second")
    assert contents(tmp_path) == {"a": b"second"}


def test_that_a_file_system_without_modes_is_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_modes(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(Path, "chmod", no_modes)
    create_file(tmp_path / "a", b"first")
    assert contents(tmp_path) == {"a": b"first"}


def test_that_the_part_is_removed_before_nobody_may_write_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows removes no file that is read-only, and a hard link shares that with its other names."""
    unlink = Path.unlink

    def unlink_as_on_windows(path: Path, missing_ok: bool = False) -> None:
        if path.exists() and not path.stat().st_mode & 0o200:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink_as_on_windows)
    create_file(tmp_path / "a", b"first")
    assert contents(tmp_path) == {"a": b"first"}


def test_that_a_file_in_no_folder_is_an_output_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written: No such file"):
        create_file(tmp_path / "nowhere" / "a", b"first")
