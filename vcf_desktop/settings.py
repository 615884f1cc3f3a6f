"""What a user may choose, as one frozen value; :mod:`vcf_desktop.io.settings_file` keeps it on disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, Final

from vcf_desktop.report import Format, Paper


class RuntimeChoice(StrEnum):
    """What executes the networks; see :func:`vcf_desktop.inference.backends.open_model`."""

    AUTO = "auto"
    TORCH = "torch"
    ONNX = "onnx"


class DeviceChoice(StrEnum):
    """Where the networks are executed."""

    AUTO = "auto"
    CPU = "cpu"
    CUDA = "cuda"


class ReadingOrder(StrEnum):
    """Which undecided vertebra comes next."""

    TOP_DOWN = "top down"
    BOTTOM_UP = "bottom up"
    WORST_FIRST = "worst first"


class Layout(StrEnum):
    """Where the findings stand."""

    FINDINGS_RIGHT = "findings right"
    FINDINGS_BELOW = "findings below"


class Language(StrEnum):
    """Languages of the window, by their Qt locale names."""

    SYSTEM = "system"
    ENGLISH = "en"
    GERMAN = "de"
    FRENCH = "fr"
    SPANISH = "es"
    CHINESE = "zh_CN"


@dataclass(frozen=True)
class Settings:
    """Every choice, each with the default that a first start has.

    Attributes:
        reader: name that decisions and signatures carry until another is given; empty asks at signing.
        runtime, device: what executes the networks, and where.
        models_folder: a hospital's own weights; empty for the shipped ones.
        analyse_at_once: whether films are analysed by themselves, or only on command.
        read_first: whether the machine's results stay hidden until the reader has marked the film.
        reading_order: which undecided vertebra comes next.
        layout: where the findings stand.
        language: of the window; system follows the computer.
        overlay_opacity: of what is drawn on the film, in percent, 10 to 100.
        keys: command name -> its key as Qt writes it, for commands whose key is not the default.
        report_formats: what a report is saved as.
        report_language: of reports; system is that of the window.
        report_paper: size of their pages.
        accepted_use: version of the intended use that was accepted at the first start, empty before.
    """

    reader: str = ""
    runtime: RuntimeChoice = RuntimeChoice.AUTO
    device: DeviceChoice = DeviceChoice.AUTO
    models_folder: str = ""
    analyse_at_once: bool = True
    read_first: bool = False
    reading_order: ReadingOrder = ReadingOrder.TOP_DOWN
    layout: Layout = Layout.FINDINGS_RIGHT
    language: Language = Language.SYSTEM
    overlay_opacity: int = 80
    keys: Mapping[str, str] = field(default_factory=dict)
    report_formats: tuple[Format, ...] = (Format.PDF,)
    report_language: Language = Language.SYSTEM
    report_paper: Paper = Paper.A4
    accepted_use: str = ""


OPACITY_RANGE: Final = (10, 100)
"""Percent. What is drawn is never quite invisible: for that there are the layers' keys."""


def settings_document(settings: Settings) -> dict[str, Any]:
    """The JSON object of the choices that differ from the defaults."""
    default = Settings()
    document = {f.name: getattr(settings, f.name) for f in fields(Settings)}
    document["keys"] = dict(settings.keys)
    return {name: value for name, value in document.items() if value != getattr(default, name)}


def settings_from(document: Mapping[str, Any]) -> tuple[Settings, tuple[str, ...]]:
    """The settings of a JSON object, and the names of fields that were unusable and keep their default."""
    settings, unusable = Settings(), []
    for name, value in document.items():
        try:
            settings = replace(settings, **{name: _parsed(name, value)})
        except (KeyError, TypeError, ValueError):
            unusable.append(name)
    return settings, tuple(unusable)


def _parsed(name: str, value: Any) -> Any:
    default = {f.name: getattr(Settings(), f.name) for f in fields(Settings)}[name]
    if isinstance(default, StrEnum):
        return type(default)(value)
    if name == "keys":
        if not isinstance(value, dict) or not all(isinstance(key, str) for key in value.values()):
            raise TypeError(name)
        return value
    if name == "report_formats":
        if not isinstance(value, list):
            raise TypeError(name)
        return tuple(dict.fromkeys(map(Format, value)))
    if type(value) is not type(default):
        raise TypeError(name)
    if name == "overlay_opacity" and not OPACITY_RANGE[0] <= value <= OPACITY_RANGE[1]:
        raise ValueError(name)
    return value
