"""What the overlay and the table look like, against pictures that somebody looked at.

``VCF_DESKTOP_GOLDEN=renew pytest tests/ui/test_golden.py`` writes the pictures anew, to be looked at again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QFont, QFontInfo, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.fakes import FakePipeline, write_picture
from vcf_desktop.io.films import read_film
from vcf_desktop.review import Cause, Measure, MeasureKind, ReaderGrade, Review
from vcf_desktop.ui.document import Document
from vcf_desktop.ui.film_entries import FilmKey
from vcf_desktop.ui.film_pane import FilmPane
from vcf_desktop.ui.film_view import FilmView
from vcf_desktop.ui.findings_item import Layer
from vcf_desktop.ui.findings_table import FindingsTable
from vcf_desktop.ui.grey_picture import picture_of
from vcf_desktop.ui.reading import OpenedFilm, record_of
from vcf_desktop.ui.theme import apply_theme

GOLDEN = Path(__file__).parent / "golden"
RENEWING = os.environ.get("VCF_DESKTOP_GOLDEN") == "renew"
FONT = "DejaVu Sans"
NEAR = 32
"""Grey levels that a pixel may differ by: versions of FreeType smooth letters differently."""
AGREEING = 0.998
"""Part of the pixels that must be as near; one vertebra's outline and label are more than the rest."""


@pytest.fixture
def document(tmp_path: Path) -> Document:
    """A film with one vertebra of each kind: undecided, accepted, overridden, rejected, added."""
    film = read_film(write_picture(tmp_path / "film.png"))
    analysis = FakePipeline().run(film, lambda *_: None)
    at = datetime(2026, 1, 2, tzinfo=UTC)
    review = Review().with_analysis(analysis)
    review = review.accepted(1, "Dr. Roe", at).graded(2, ReaderGrade.EQUIVOCAL, "Dr. Roe", at)
    review = review.rejected(4, "Dr. Roe", at)
    third = review.vertebra(3)
    doubtful = replace(third.machine, warnings=("This vertebra is too few pixels high to be measured well.",))
    review = review.with_vertebra(replace(third, machine=doubtful, cause=Cause.OTHER, note="seen before"))
    measure = Measure(MeasureKind.LENGTH, np.array([(60.0, 80.0), (60.0, 320.0)]))
    opened = OpenedFilm(
        key=FilmKey(film.path),
        record=record_of(film),
        picture=picture_of(film),
        spacing_mm=None,
        spacing_source=film.spacing_source,
        study=None,
        notices=(),
        frame_count=1,
    )
    document = Document(opened, None, lambda: "Dr. Roe")
    document.edit("test", replace(review, measures=(measure,)))
    document.select(3)
    return document


@pytest.fixture
def plain_font(qapp: QApplication) -> Iterator[None]:
    """The window's own look in a font that Linux machines have."""
    font = QFont(FONT)
    font.setPixelSize(13)
    if QFontInfo(font).family() != FONT:
        pytest.skip(f"the pictures were made with {FONT}, which is not installed")
    before = qapp.font(), qapp.palette(), qapp.style().objectName()
    apply_theme(qapp)
    qapp.setFont(font)
    yield
    qapp.setStyleSheet("")
    qapp.setStyle(before[2])
    qapp.setFont(before[0])
    qapp.setPalette(before[1])


def pixels(widget: QWidget) -> NDArray[np.int16]:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.array(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).astype(np.int16)


def agree(widget: QWidget, name: str) -> None:
    path = GOLDEN / f"{name}.png"
    if RENEWING:
        widget.grab().save(str(path))
        return
    golden = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB888)
    rows = np.array(golden.constBits(), np.uint8).reshape(golden.height(), -1)
    expected = rows[:, : golden.width() * 3].reshape(golden.height(), golden.width(), 3).astype(np.int16)
    found = pixels(widget)
    assert found.shape == expected.shape
    near = (np.abs(found - expected) <= NEAR).all(axis=2).mean()
    assert near >= AGREEING, f"{near:.3f} of the pixels agree with {path.name}"


@pytest.fixture
def view(qtbot: QtBot, document: Document, plain_font: None) -> FilmView:
    view = FilmView()
    qtbot.addWidget(view)
    view.resize(500, 640)
    view.show()
    pane = FilmPane(view, view)
    pane.layers = frozenset(Layer)
    pane.show(document)
    return view


def test_that_the_overlay_looks_as_it_did(view: FilmView) -> None:
    agree(view, "overlay")


def test_that_the_table_looks_as_it_did(qtbot: QtBot, document: Document, plain_font: None) -> None:
    table = FindingsTable()
    qtbot.addWidget(table)
    table.resize(640, 200)
    table.show_document(document, hidden=False)
    table.show()
    agree(table, "table")


@pytest.mark.skipif(RENEWING, reason="the pictures are being renewed")
def test_that_a_missing_outline_would_be_noticed(view: FilmView) -> None:
    findings = view.findings_item.findings
    view.set_findings(replace(findings, vertebrae=findings.vertebrae[:-1]))
    with pytest.raises(AssertionError, match="agree with overlay"):
        agree(view, "overlay")
