"""A report in all its forms at once: whole or not at all, and how long each takes."""

from __future__ import annotations

import shutil
import statistics
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.reports import DEMO_FILM, L1_AND_L3, NOW, SIGNATURE, a_film, an_analysis, signed_report
from vcf_desktop.errors import OutputError, ReportError
from vcf_desktop.io.report_export import export_report, rendered
from vcf_desktop.io.report_files import load_texts
from vcf_desktop.report import Format, Paper
from vcf_desktop.review import Review
from vcf_desktop.spine import REGULAR_LEVELS

TEXTS = load_texts("en")


def test_that_files_are_written_all_or_none(tmp_path: Path) -> None:
    film = a_film(Path(shutil.copy(DEMO_FILM, tmp_path / "film.dcm")))
    out = tmp_path / "out"
    (out / "film.report.csv").mkdir(parents=True)
    with pytest.raises(OutputError):
        export_report(signed_report(film), film, TEXTS, (Format.PDF, Format.SR, Format.CSV), out, "film")
    assert [path.name for path in out.iterdir()] == ["film.report.csv"]


def test_that_a_film_that_changed_meanwhile_gets_no_objects_and_leaves_nothing(tmp_path: Path) -> None:
    film = a_film(Path(shutil.copy(DEMO_FILM, tmp_path / "film.dcm")))
    report = signed_report(film)
    with film.path.open("ab") as file:
        file.write(b"\0\0")
    with pytest.raises(ReportError, match="has changed"):
        export_report(report, film, TEXTS, (Format.PDF, Format.SR), tmp_path / "out", "film")
    assert not (tmp_path / "out").exists()


def test_that_only_what_was_asked_for_is_made() -> None:
    film = a_film()
    made = rendered(signed_report(film), film, TEXTS, [Format.JSON], Paper.LETTER)
    assert list(made.files) == ["report.json"]


@pytest.mark.bench
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_how_long_each_form_of_a_large_film_takes(
    tmp_path: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    grey = cv2.resize((a_film().pixels * 65535).astype(np.uint16), (3000, 3000))
    cv2.imwrite(str(tmp_path / "film.png"), grey)
    film = a_film(tmp_path / "film.png")
    review = Review().with_analysis(an_analysis(film, REGULAR_LEVELS, L1_AND_L3))
    for vertebra in review.vertebrae:
        review = review.accepted(vertebra.key, SIGNATURE.reader, NOW)
    report, texts = signed_report(film, review), load_texts(language)
    for wanted in Format:
        seconds = []
        for _ in range(5):
            began = time.perf_counter()
            made = rendered(report, film, texts, [wanted])
            seconds.append(time.perf_counter() - began)
        size = sum(len(made.files[name]) for name in made.files if name != "film.dcm")
        line = f"first {seconds[0]:.2f} s, then {statistics.median(seconds[1:]):.2f} s, {size / 1000:.0f} kB"
        with capsys.disabled():
            sys.stdout.write(f"\n{language} {wanted}: {line}")
    assert len(report.vertebrae) == len(REGULAR_LEVELS)
