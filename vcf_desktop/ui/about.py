"""What this program is, with which models and libraries, and what it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from importlib.metadata import PackageNotFoundError, metadata, requires
from typing import Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from vcf_desktop import __version__
from vcf_desktop.inference.manifest import Manifest
from vcf_desktop.ui import theme
from vcf_desktop.ui.dialogs import size_dialog

USE_VERSION: Final = "1"
"""Of the intended use and limits; raised when their meaning changes, so that they are accepted anew."""

SHA_DIGITS: Final = 12
"""Of a sha256: enough to tell two files apart, and few enough to be read out on the telephone."""

_LONGEST_LICENCE: Final = 120
"""Some packages put the whole licence where its name belongs."""


@dataclass(frozen=True)
class Library:
    """A library this program uses; ``licence`` is empty where the library does not name it."""

    name: str
    version: str
    licence: str


def libraries() -> tuple[Library, ...]:
    """Every declared dependency that is installed, by name; none where nothing says what is declared."""
    try:
        declared = requires("vcf-desktop") or []
    except PackageNotFoundError:
        return ()
    found = [library for name in _always_needed(declared) if (library := _library(name)) is not None]
    return tuple(sorted(found, key=lambda library: library.name.casefold()))


def _always_needed(declared: Sequence[str]) -> Iterator[str]:
    for requirement in declared:
        name = re.match(r"[\w.-]+", requirement)
        if name is not None and "extra ==" not in requirement:
            yield name.group()


def _library(name: str) -> Library | None:
    try:
        about = metadata(name)
    except PackageNotFoundError:  # of the two of ONNX Runtime only one is there
        return None
    classifiers = [text for text in about.get_all("Classifier") or [] if text.startswith("License ::")]
    candidates = (
        *(about[field] for field in ("License-Expression", "License") if field in about),
        *(text.rsplit(" :: ", maxsplit=1)[-1] for text in classifiers),
    )
    short = (text for text in candidates if text and len(text) <= _LONGEST_LICENCE and "\n" not in text)
    return Library(about["Name"], about["Version"], next(short, ""))


class AboutDialog(QDialog):
    """Version, models and libraries as text that can be selected and copied.

    ``models`` are those that analyses use now, or the reason why they cannot be read.
    """

    def __init__(self, models: Sequence[Manifest] | str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About VCF Desktop"))
        self._text = QTextBrowser(openLinks=False)
        self._text.setAccessibleName(self.tr("About VCF Desktop"))
        self._text.setHtml("".join((*self._program(), *self._models(models), *self._libraries())))
        self._copy = QPushButton(self.tr("&Copy"))
        self._copy.setToolTip(self.tr("Copy all of this as text"))
        self._copy.setAutoDefault(False)
        self._copy.clicked.connect(self._copy_text)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self._copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self._text)
        layout.addWidget(buttons)
        size_dialog(self, 720, 680)

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())
        self._copy.setText(self.tr("Copied"))

    def _program(self) -> Iterator[str]:
        yield f"<h2>VCF Desktop {escape(__version__)}</h2>"
        research = self.tr("For research use only, not a medical device.")
        yield f'<p style="color: {theme.WARNING.name()}"><b>{escape(research)}</b></p>'
        yield _paragraph(self.tr("Free software under the Apache License 2.0."))

    def _models(self, models: Sequence[Manifest] | str) -> Iterator[str]:
        yield _heading(self.tr("Models"))
        if isinstance(models, str):
            yield _paragraph(self.tr("The models cannot be read: %1").replace("%1", models))
            return
        if not models:
            yield _paragraph(self.tr("There are none."))
        for model in models:
            name = escape(f"{model.name} {model.version}")
            yield f'<h4 style="color: {theme.ACCENT.name()}; margin-top: 18px">{name}</h4>'
            hashes = (f"{runtime}: {file.sha256[:SHA_DIGITS]}" for runtime, file in model.files.items())
            yield _paragraph(", ".join(hashes), self.tr("Weights, first 12 digits of their sha256:"))
            yield _paragraph(model.training_data, self.tr("Trained on:"))
            yield _paragraph(model.licence, self.tr("Licence:"))
            yield _paragraph(model.attribution, self.tr("Attribution:"))

    def _libraries(self) -> Iterator[str]:
        yield _heading(self.tr("Libraries"))
        found = libraries()
        if not found:
            yield _paragraph(self.tr("This installation does not say which libraries it uses."))
        for library in found:
            licence = library.licence or self.tr("licence not named by the library")
            yield f"<div>{escape(f'{library.name} {library.version}: {licence}')}</div>"


class IntendedUseDialog(QDialog):
    """Intended use and limits; with ``must_accept`` the reader has to say that he knows them."""

    def __init__(self, must_accept: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Intended use and limits"))
        text = QTextBrowser(openLinks=False)
        text.setAccessibleName(self.windowTitle())
        text.setHtml("".join((*self._use(), *(_paragraph(limit, title) for title, limit in self._limits()))))
        layout = QVBoxLayout(self)
        layout.addWidget(text)
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Ok | standard.Cancel if must_accept else standard.Close)
        if must_accept:
            known = QCheckBox(self.tr("&I have read this, and use VCF Desktop for research only."))
            accept = buttons.button(standard.Ok)
            accept.setEnabled(False)
            known.toggled.connect(accept.setEnabled)
            layout.addWidget(known)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        size_dialog(self, 720, 540)

    def _use(self) -> Iterator[str]:
        yield _paragraph(
            self.tr(
                "VCF Desktop finds and outlines the vertebrae of a lateral film of the spine, names their "
                "levels, measures their heights and grades them for compression fracture after Genant. It is "
                "meant for radiologists, spine surgeons and researchers, who review every result."
            )
        )

    def _limits(self) -> Iterator[tuple[str, str]]:
        yield (
            self.tr("For research only."),
            self.tr(
                "It is not a medical device, no authority has cleared it, and no diagnosis or treatment may "
                "rest on it. A physician reads the film."
            ),
        )
        yield (
            self.tr("Adults only."),
            self.tr("Growth plates and the wedged bodies of children look like fractures and are not."),
        )
        yield (
            self.tr("Lateral films of the thoracolumbar spine, T1 to L5."),
            self.tr(
                "Other views and regions, metal and cement, and low resolution are out of scope; the program "
                "warns where it notices."
            ),
        )
        yield (
            self.tr("Trained on simulated films."),
            self.tr(
                "They were made from the bones of two people. Test the networks on films of your own "
                "hospital before you rely on a number. Mild fractures are told apart badly."
            ),
        )
        yield (
            self.tr("A grade says how much height is lost, not why."),
            self.tr(
                "Old and new fractures, Scheuermann's disease and tumours may look the same. Where levels "
                "cannot be counted from the sacrum, their names are a guess and marked as one."
            ),
        )
        yield (
            self.tr("Millimetres are magnified."),
            self.tr(
                "A projection film shows everything larger than it is. Millimetres are given only where the "
                "file carries a spacing, with where it comes from. Ratios need none."
            ),
        )
        yield (
            self.tr("The machine's opinion is never accepted by itself."),
            self.tr("Every vertebra needs a decision of the reader before a review can be signed."),
        )
        yield (
            self.tr("The display is not verified."),
            self.tr(
                "The program neither measures nor calibrates it. Look at the grey-scale test pattern in the "
                "menu Film before you read."
            ),
        )
        yield (
            self.tr("Enhancement never replaces the film."),
            self.tr("Enhanced contrast is marked as such, and the film as it was taken is one key away."),
        )


def _heading(text: str) -> str:
    return f"<h3>{escape(text)}</h3>"


def _paragraph(text: str, title: str = "") -> str:
    bold = f"<b>{escape(title)}</b> " if title else ""
    return f"<p>{bold}{escape(text)}</p>"
