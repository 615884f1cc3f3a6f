"""The user's settings on disk: a JSON file that holds what differs from the defaults."""

from __future__ import annotations

import json
import logging
from pathlib import Path

from vcf_desktop.io.atomic import make_folder, replace_files
from vcf_desktop.settings import Settings, settings_document, settings_from

_log = logging.getLogger(__name__)


def load_settings(path: Path) -> Settings:
    """The settings at ``path``; defaults where there is no file, or in place of what cannot be used."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(document, dict):
            raise ValueError("no JSON object")
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, RecursionError) as e:
        _log.warning("the settings cannot be read and the defaults are used: %s", type(e).__name__)
        return Settings()
    settings, unusable = settings_from(document)
    if unusable:
        _log.warning("these settings cannot be used and keep their defaults: %s", ", ".join(unusable))
    return settings


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings, whole or not at all; OutputError where that fails."""
    make_folder(path.parent)
    # ASCII, as a folder's name need not be valid Unicode.
    text = json.dumps(settings_document(settings), indent=1) + "\n"
    replace_files({path: text.encode()})
