"""The words of reports on the disk: the shipped ones, and what a site puts in their place."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from vcf_desktop.errors import ReportError
from vcf_desktop.paths import resources_folder
from vcf_desktop.report_texts import LANGUAGES, ReportTexts, Site

SITE_FILE: Final = "site.toml"
LOGO_FILES: Final = ("logo.png", "logo.jpg")
MAX_LOGO_BYTES: Final = 500_000
"""A report is to stay below 2 MB."""


def load_texts(language: str, folder: Path | None = None) -> ReportTexts:
    """The words of a report.

    Args:
        language: one of :data:`vcf_desktop.report_texts.LANGUAGES`.
        folder: the site's own: ``site.toml`` with ``name`` and ``lines``, ``logo.png`` or ``logo.jpg``, and
            ``<language>.toml`` with the texts that are to stand in place of the shipped ones. Nothing has to
            be there.

    Raises:
        ReportError: a file of the site cannot be used, or there are no texts in this language.
    """
    if language not in LANGUAGES:
        raise ReportError(f"There are no report texts in {language}; choose one of {', '.join(LANGUAGES)}.")
    templates = dict(_texts(_toml(resources_folder() / "report" / f"{language}.toml")))
    if folder is None:
        return ReportTexts(language, templates)
    own = folder / f"{language}.toml"
    for name, text in _texts(_toml(own)):
        if name not in templates:
            raise ReportError(f"{own}: there is no text {name}; correct its name or take it out.")
        templates[name] = text
    return ReportTexts(language, templates, _site(folder))


def _site(folder: Path) -> Site:
    path = folder / SITE_FILE
    document = _toml(path)
    name, lines = document.get("name", ""), document.get("lines", [])
    if not isinstance(name, str) or not isinstance(lines, list) or not all(isinstance(x, str) for x in lines):
        raise ReportError(f"{path}: name must be a text and lines a list of texts.")
    return Site(name, tuple(lines), _logo(folder))


def _logo(folder: Path) -> bytes | None:
    for path in (folder / name for name in LOGO_FILES):
        content = _bytes(path)
        if content is not None:
            if len(content) > MAX_LOGO_BYTES:
                raise ReportError(f"{path}: the logo is larger than {MAX_LOGO_BYTES // 1000} kB; shrink it.")
            return content
    return None


def _toml(path: Path) -> Mapping[str, Any]:
    """The table of a file, empty where there is none."""
    content = _bytes(path)
    try:
        return tomllib.loads((content or b"").decode("utf-8"))
    except ValueError as e:  # bad UTF-8 and bad TOML alike
        raise ReportError(f"{path}: cannot be read: {e}") from e


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as e:
        raise ReportError(f"{path}: cannot be read: {e.strerror or e}") from e


def _texts(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """``section.key`` and text of all that a file holds."""
    for section, texts in document.items():
        if not isinstance(texts, dict):
            raise ReportError(f"report texts: {section} must be a table of texts.")
        for key, text in texts.items():
            if not isinstance(text, str):
                raise ReportError(f"report texts: {section}.{key} must be a text.")
            yield f"{section}.{key}", text
