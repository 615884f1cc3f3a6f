"""``vcf-desktop`` as people call it: results, exit statuses, and one clear sentence for all that goes wrong.

The models are ONNX graphs made by hand that always answer the same: five vertebrae and the sacrum on films of
640 by 448 pixels, which the detector sees unchanged.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import cv2
import jsonschema
import numpy as np
import onnx
import pypdf
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from vcf_desktop import __version__
from vcf_desktop.__main__ import main
from vcf_desktop.inference import backends, pipeline, remarks
from vcf_desktop.paths import MODELS_VARIABLE, resources_folder
from vcf_desktop.ui import app

CROP = 128
BOXES = np.array([[220.0, 100 + 90 * i, 70, 60] for i in range(6)], np.float32)


def constant_graph(answer: NDArray[np.float32], input_shape: list[Any], *, per_input: bool) -> bytes:
    """A network whose output is ``answer`` (1, ...), repeated for every input if ``per_input``."""
    nodes = [helper.make_node("Identity", ["answer"], ["out"])]
    constants = [numpy_helper.from_array(answer, "answer")]
    if per_input:
        nodes = [
            helper.make_node("Shape", ["images"], ["count"], start=0, end=1),
            helper.make_node("Concat", ["count", "rest"], ["shape"], axis=0),
            helper.make_node("Expand", ["answer", "shape"], ["out"]),
        ]
        constants.append(numpy_helper.from_array(np.array(answer.shape[1:], np.int64), "rest"))
    graph = helper.make_graph(
        nodes,
        "constant",
        [helper.make_tensor_value_info("images", TensorProto.FLOAT, input_shape)],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, ["n", *answer.shape[1:]])],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    onnx.checker.check_model(model)
    content: bytes = model.SerializeToString()
    return content


def write_model(folder: Path, task: str, content: bytes, channels: int, side_px: int | None) -> None:
    (folder / f"{task}.onnx").write_bytes(content)
    manifest = {
        "task": task,
        "name": f"constant-{task}",
        "version": "1.0.0",
        "configuration": {},
        "files": {"onnx": {"path": f"{task}.onnx", "sha256": hashlib.sha256(content).hexdigest()}},
        "input": {"channels": channels, "side_px": side_px, "batch_limit": 4},
        "outputs": ["out"],
        "thresholds": {"score": 0.05, "iou": 0.25},
        "training_data": "none",
        "metrics": {},
        "licence": "Apache-2.0",
        "attribution": "",
        "intended_use": "tests",
    }
    (folder / f"{task}.json").write_text(json.dumps(manifest), encoding="utf-8")


def write_models(folder: Path, objectness: float) -> Path:
    folder.mkdir()
    predictions = np.zeros((1, len(BOXES), 7), np.float32)
    predictions[0, :, :4], predictions[0, :, 4] = BOXES, objectness
    predictions[0, :, 5] = predictions[0, -1, 6] = 0.95
    predictions[0, -1, 5] = 0.01
    write_model(folder, "detector", constant_graph(predictions, [1, 1, "h", "w"], per_input=False), 1, None)
    y, x = np.mgrid[:CROP, :CROP] + 0.5 - CROP / 2
    logits = np.full((1, 3, CROP, CROP), -6, np.float32)
    logits[0, 0] = 26 - np.maximum(np.abs(y), np.abs(x) * 0.8)
    logits[0, 1] = 12 - np.hypot(x - 48, y)
    write_model(folder, "segmenter", constant_graph(logits, ["n", 1, CROP, CROP], per_input=True), 1, CROP)
    grades = np.array([[0, 0, 3, 0]], np.float32)
    write_model(folder, "classifier", constant_graph(grades, ["n", 3, CROP, CROP], per_input=True), 3, CROP)
    return folder


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_models(tmp_path_factory.mktemp("seeing") / "models", objectness=0.95)


@pytest.fixture(scope="module")
def blind_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_models(tmp_path_factory.mktemp("blind") / "models", objectness=0.0)


@pytest.fixture(autouse=True)
def _use_models(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MODELS_VARIABLE, str(models))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def write_film(path: Path, seed: int = 0) -> Path:
    pixels = np.random.default_rng(seed).integers(50, 200, (640, 448), dtype=np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())
    return path


def analyze(out: Path, *arguments: Path | str) -> int:
    return main(["analyze", *map(str, arguments), "--out", str(out)])


def results(out: Path) -> list[str]:
    return sorted(path.name for path in out.iterdir())


def test_that_a_film_gives_a_document_a_picture_and_a_line(
    tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    film = write_film(tmp_path / "film.png")
    assert analyze(out, film) == 0
    assert results(out) == ["film.analysis.json", "film.overlay.png"]
    document = json.loads((out / "film.analysis.json").read_bytes())
    schema = json.loads((resources_folder() / "analysis.schema.json").read_bytes())
    jsonschema.Draft202012Validator(schema).validate(document)
    assert document["film"]["path"] == str(film)
    assert document["film"]["sha256"] == hashlib.sha256(film.read_bytes()).hexdigest()
    assert [finding["level"] for finding in document["findings"]] == ["L1", "L2", "L3", "L4", "L5"]
    assert [(m["name"], m["runtime"], m["device"]) for m in document["models"]] == [
        (f"constant-{task}", "onnx", "cpu") for task in ("detector", "segmenter", "classifier")
    ]
    said = capsys.readouterr()
    assert said.err == ""
    line = r"film\.png: 5 vertebrae L1 to L5; L1 grade 2; .*L5 grade 2; \d+ warnings?; \d+ ms; .*\.json\n"
    assert re.fullmatch(line, said.out)


def test_that_a_report_beside_an_analysis_is_marked_as_verified_by_nobody(tmp_path: Path, out: Path) -> None:
    assert analyze(out, write_film(tmp_path / "film.png"), "--report", "pdf,json,sr") == 0
    made = {"film.report.pdf", "film.report.json", "film.sr.dcm", "film.film.dcm"}
    assert made < set(results(out))
    document = json.loads((out / "film.report.json").read_bytes())
    assert (document["status"], document["signature"]) == ("draft", None)
    pages = pypdf.PdfReader(out / "film.report.pdf").pages
    assert all("UNVERIFIED DRAFT" in page.extract_text() for page in pages)


def test_that_what_was_noticed_when_reading_is_among_the_warnings(tmp_path: Path, out: Path) -> None:
    colour = np.random.default_rng(0).integers(50, 200, (640, 448, 3), dtype=np.uint8)
    (tmp_path / "colour.png").write_bytes(cv2.imencode(".png", colour)[1].tobytes())
    assert analyze(out, tmp_path / "colour.png") == 0
    document = json.loads((out / "colour.analysis.json").read_bytes())
    assert any("colour" in warning for warning in document["warnings"])


def test_that_a_folder_is_analysed_film_by_film_and_our_own_pictures_are_passed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.png", "deeper/b.png"):
        write_film(tmp_path / name)
    (tmp_path / "notes.txt").write_text("no film")
    for _ in range(2):  # the second time, the first time's results lie there
        assert analyze(tmp_path, tmp_path) == 0
        assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == ["a.png", "b.png"]


def test_that_films_of_the_same_name_do_not_overwrite_one_another(tmp_path: Path, out: Path) -> None:
    films = [write_film(tmp_path / name, seed) for seed, name in enumerate(("a/film.png", "b/film.png"))]
    assert analyze(out, *films, films[0]) == 0
    assert len(results(out)) == 4
    documents = [json.loads(path.read_bytes()) for path in out.glob("film-*.analysis.json")]
    assert {document["film"]["path"] for document in documents} == {str(film) for film in films}


def test_that_one_bad_film_does_not_stop_the_others(
    tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = [write_film(tmp_path / f"{name}.png") for name in ("a", "c")]
    (tmp_path / "b.png").write_bytes(b"")
    assert analyze(out, good[0], tmp_path / "b.png", tmp_path / "gone.png", good[1]) == 1
    said = capsys.readouterr()
    assert said.err.splitlines() == ["vcf-desktop: gone.png: does not exist", "vcf-desktop: b.png: is empty"]
    assert [line.split(":")[0] for line in said.out.splitlines()] == ["a.png", "c.png"]


def png(width: int, height: int, rows: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def dicom(pixels: bytes, rows: int, columns: int) -> bytes:
    """A computed radiograph in explicit little endian, built by hand."""

    def element(tag: int, vr: bytes, value: bytes) -> bytes:
        value += b"\0" * (len(value) % 2) if vr in (b"UI", b"OW") else b" " * (len(value) % 2)
        length = struct.pack("<HI", 0, len(value)) if vr == b"OW" else struct.pack("<H", len(value))
        return struct.pack("<HH", tag >> 16, tag & 0xFFFF) + vr + length + value

    def short(tag: int, number: int) -> bytes:
        return element(tag, b"US", struct.pack("<H", number))

    meta = element(0x00020002, b"UI", b"1.2.840.10008.5.1.4.1.1.1")
    meta += element(0x00020003, b"UI", b"1.2.3") + element(0x00020010, b"UI", b"1.2.840.10008.1.2.1")
    body = element(0x00080016, b"UI", b"1.2.840.10008.5.1.4.1.1.1") + element(0x00080018, b"UI", b"1.2.3")
    body += element(0x00080060, b"CS", b"CR") + short(0x00280002, 1)
    body += element(0x00280004, b"CS", b"MONOCHROME2") + short(0x00280010, rows) + short(0x00280011, columns)
    body += short(0x00280100, 16) + short(0x00280101, 12) + short(0x00280102, 11) + short(0x00280103, 0)
    body += element(0x7FE00010, b"OW", pixels)
    length = element(0x00020000, b"UL", struct.pack("<I", len(meta)))
    return b"\0" * 128 + b"DICM" + length + meta + body


NOISE = np.random.default_rng(1).integers(0, 4096, (64, 64), dtype=np.uint16)
FILM = dicom(NOISE.tobytes(), 64, 64)
BAD = {
    "zero.dcm": b"",
    "words.dcm": b"This is a letter and no film. " * 20,
    "script.png": b"#!/bin/sh\necho hello\n",
    "cut.png": png(64, 64, b"\0".join([b"\x40" * 64] * 65))[:-70],
    "cut.dcm": FILM[: len(FILM) // 2],
    "head.dcm": FILM[:140],
    "huge.png": png(60_000, 60_000, b""),
    "huge.dcm": dicom(b"\0" * 64, 65_000, 65_000),
    "black.png": png(64, 64, bytes(64 * 65)),
    "black.dcm": dicom(bytes(2 * 64 * 64), 64, 64),
    "nan.tif": cv2.imencode(".tif", np.full((64, 64), np.nan, np.float32))[1].tobytes(),
    "archive.zip": b"PK\x03\x04" + bytes(200),
}


@pytest.mark.parametrize("name", BAD)
def test_that_a_bad_file_gives_one_sentence_with_its_name(
    tmp_path: Path, out: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(BAD[name])
    assert analyze(out, tmp_path / name) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert re.fullmatch(rf"vcf-desktop: {re.escape(name)}: [^\n]{{8,}}\n", said.err)
    assert results(out) == []


def test_that_damage_anywhere_in_a_film_gives_a_result_or_a_sentence(
    tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    # What pydicom logs about values that break the standard reaches no user.
    caplog.set_level(logging.ERROR, logger="pydicom")
    rng = np.random.default_rng(7)
    for i in range(40):
        content = bytearray(FILM)
        for place in rng.integers(0, 700, rng.integers(1, 6)):
            content[place] = rng.integers(256)
        (tmp_path / f"{i}.dcm").write_bytes(content)
    status = analyze(out, *sorted(tmp_path.glob("*.dcm")))
    said = capsys.readouterr()
    failed, done = said.err.splitlines(), said.out.splitlines()
    assert len(failed) + len(done) == 40
    assert all(re.match(r"vcf-desktop: \d+\.dcm: ", line) and line.isprintable() for line in failed)
    assert status == (1 if failed else 0)
    assert len(results(out)) == 2 * len(done)


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(np.tile(np.linspace(20, 230, 400, dtype=np.uint8), (300, 1)), id="a gradient"),
        pytest.param(
            np.random.default_rng(0).integers(0, 256, (300, 500, 3), dtype=np.uint8), id="a coloured picture"
        ),
        pytest.param(np.eye(200, dtype=np.uint8) * 255, id="a drawing"),
        pytest.param(np.array([[0, 255]], np.uint8), id="two pixels"),
    ],
)
def test_that_a_picture_without_a_spine_is_said_to_be_one(
    tmp_path: Path,
    out: Path,
    blind_models: Path,
    picture: NDArray[np.uint8],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(MODELS_VARIABLE, str(blind_models))
    (tmp_path / "cat.png").write_bytes(cv2.imencode(".png", picture)[1].tobytes())
    assert analyze(out, tmp_path / "cat.png") == 0
    document = json.loads((out / "cat.analysis.json").read_bytes())
    assert document["findings"] == []
    assert remarks.NO_SPINE in document["warnings"]


@pytest.mark.parametrize("name", ["film.dcm", "film", "film.JPG.exe"])
def test_that_the_ending_of_a_films_name_does_not_matter(tmp_path: Path, out: Path, name: str) -> None:
    write_film(tmp_path / name)
    assert analyze(out, tmp_path / name) == 0


def test_that_a_name_cannot_write_lines_or_colours_to_the_terminal(
    tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    film = write_film(tmp_path / "a\x1b[31m\nb.png")
    assert analyze(out, film) == 0
    assert capsys.readouterr().out.startswith("a?[31m?b.png: 5 vertebrae")


def copy_models(models: Path, folder: Path) -> Path:
    folder.mkdir()
    for file in models.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        ("lose manifest", r"model segmenter: there is none in .*; reinstall the models"),
        (
            "lose weights",
            r"model constant-segmenter: segmenter.onnx cannot be read \(.*\); reinstall the model",
        ),
        (
            "change weights",
            r"model constant-segmenter: segmenter.onnx was changed since .*; reinstall the model",
        ),
        ("cut manifest", r"model segmenter: segmenter.json is not valid JSON; reinstall the model"),
    ],
)
def test_that_missing_and_changed_models_are_one_sentence(
    tmp_path: Path,
    out: Path,
    models: Path,
    harm: str,
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = copy_models(models, tmp_path / "models")
    what, which = harm.split()
    file = folder / f"segmenter.{'json' if which == 'manifest' else 'onnx'}"
    if what == "lose":
        file.unlink()
    elif what == "change":
        file.write_bytes(file.read_bytes() + b"\0")
    else:
        file.write_bytes(file.read_bytes()[:-2])
    monkeypatch.setenv(MODELS_VARIABLE, str(folder))
    assert analyze(out, write_film(tmp_path / "film.png")) == 1
    said = capsys.readouterr()
    assert re.fullmatch(f"vcf-desktop: {sentence}\n", said.err)
    assert results(out) == []


def test_that_a_gpu_that_is_not_there_is_one_sentence(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(backends, "has_nvidia_gpu", lambda: False)
    assert analyze(out, write_film(tmp_path / "film.png"), "--device", "cuda") == 1
    assert re.fullmatch(r"vcf-desktop: model constant-detector: no GPU [^\n]*\n", capsys.readouterr().err)


def test_that_weights_missing_for_the_chosen_runtime_are_one_sentence(
    tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert analyze(out, write_film(tmp_path / "film.png"), "--runtime", "torch", "--device", "cpu") == 1
    assert "there are no weights for the runtime torch" in capsys.readouterr().err


def test_that_results_that_cannot_be_written_are_named_film_by_film(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    films = [write_film(tmp_path / f"{name}.png") for name in "ab"]

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert analyze(out, *films) == 1
    lines = capsys.readouterr().err.splitlines()
    expected = [f"vcf-desktop: {out / name}.analysis.json: cannot be written: No space left" for name in "ab"]
    assert all(line.startswith(start) for line, start in zip(lines, expected, strict=True))
    assert results(out) == []


def test_that_a_file_in_place_of_the_folder_is_one_sentence(
    tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out.write_bytes(b"")
    assert analyze(out, write_film(tmp_path / "film.png")) == 1
    assert re.fullmatch(r"vcf-desktop: .*out: cannot be written: [^\n]*\n", capsys.readouterr().err)


@pytest.mark.parametrize("error", [MemoryError, KeyboardInterrupt])
def test_that_a_run_that_is_broken_off_leaves_nothing_behind(
    tmp_path: Path,
    out: Path,
    error: type[BaseException],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def stop(*_: object) -> None:
        raise error

    monkeypatch.setattr(pipeline.Pipeline, "run", stop)
    status = analyze(out, write_film(tmp_path / "film.png"))
    said = capsys.readouterr().err
    if error is MemoryError:
        assert (status, said) == (
            1,
            "vcf-desktop: film.png: is too large for the memory of this computer\n",
        )
    else:
        assert (status, said) == (130, "vcf-desktop: interrupted\n")
    assert results(out) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["analyze"],
        ["analyze", "film.png"],
        ["analyze", "--out", "out"],
        ["analyze", "film.png", "--out", "out", "--runtime", "abacus"],
        ["analyze", "film.png", "--out", "out", "--frame", "-1"],
        ["analyze", "film.png", "--out", "out", "--frame", "first"],
        ["frobnicate"],
        ["--frobnicate"],
    ],
)
def test_that_wrong_usage_is_told_apart_from_failure(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage: vcf-desktop" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["film.dcm"], ["view", "film.dcm", "other"], ["folder/film"]])
def test_that_without_a_command_the_window_opens(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[list[Path]] = []
    monkeypatch.setattr(app, "run", lambda paths: shown.append(paths) or 0)
    assert main(arguments) == 0
    assert shown == [[Path(path) for path in arguments if path != "view"]]


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_that_help_and_version_are_answered(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([option])
    assert stopped.value.code == 0
    assert ("analyze" if option == "--help" else __version__) in capsys.readouterr().out


@pytest.mark.parametrize("is_terminal", [True, False])
def test_that_progress_over_many_films_is_shown_on_a_terminal_only(
    tmp_path: Path,
    out: Path,
    is_terminal: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal)
    assert analyze(out, *(write_film(tmp_path / f"{name}.png") for name in "ab")) == 0
    assert ("2/2" in capsys.readouterr().err) is is_terminal


def run(*arguments: str | bytes, script: str | None = None) -> subprocess.CompletedProcess[bytes]:
    start = ["-m", "vcf_desktop"] if script is None else ["-c", script]
    return subprocess.run([sys.executable, *start, *arguments], check=False, capture_output=True)


def test_that_the_program_runs_as_a_module_and_ends_with_its_status(tmp_path: Path, out: Path) -> None:
    film = write_film(tmp_path / "film.png")
    done = run("analyze", str(film), "--out", str(out))
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"film.png: 5 vertebrae")
    failed = run("analyze", str(tmp_path / "gone.png"), "--out", str(out))
    assert (failed.returncode, failed.stdout) == (1, b"")
    assert failed.stderr == b"vcf-desktop: gone.png: does not exist\n"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no file names that are no text")
def test_that_a_name_that_is_no_text_can_be_printed(tmp_path: Path, out: Path) -> None:
    film = write_film(tmp_path / os.fsdecode(b"odd\xff.png"))
    done = run("analyze", os.fsencode(film), "--out", str(out))
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(results(out)) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits on the size of files")
def test_that_a_disk_that_takes_no_more_leaves_nothing_half_written(tmp_path: Path, out: Path) -> None:
    film = write_film(tmp_path / "film.png")
    script = (
        "import resource, sys; from vcf_desktop.__main__ import main;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)); sys.exit(main())"
    )
    done = run("analyze", str(film), "--out", str(out), script=script)
    # The document fits, the picture does not.
    assert done.returncode == 1
    assert re.fullmatch(rb"vcf-desktop: .*film.overlay.png: cannot be written: File too large\n", done.stderr)
    assert results(out) == []


def test_that_a_reader_who_goes_away_stops_nothing(tmp_path: Path) -> None:
    program = [
        sys.executable,
        "-c",
        "import sys; from vcf_desktop.__main__ import _tell; _tell('a'); _tell('b')",
    ]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(program, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
