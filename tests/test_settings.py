"""Settings as JSON and back; what cannot be used keeps its default."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcf_desktop.report import Format, Paper
from vcf_desktop.settings import (
    OPACITY_RANGE,
    DeviceChoice,
    Language,
    Layout,
    ReadingOrder,
    RuntimeChoice,
    Settings,
    settings_document,
    settings_from,
)

CHANGED: dict[str, Any] = {
    "reader": "Dr. Bén 李",
    "runtime": RuntimeChoice.ONNX,
    "device": DeviceChoice.CPU,
    "models_folder": "/weights of ours",
    "analyse_at_once": False,
    "read_first": True,
    "reading_order": ReadingOrder.WORST_FIRST,
    "layout": Layout.FINDINGS_BELOW,
    "language": Language.CHINESE,
    "overlay_opacity": 10,
    "keys": {"accept": "Ctrl+Return", "next": ""},
    "report_formats": (Format.SR, Format.PDF),
    "report_language": Language.FRENCH,
    "report_paper": Paper.LETTER,
    "accepted_use": "2",
}


def read_again(settings: Settings) -> tuple[Settings, tuple[str, ...]]:
    return settings_from(json.loads(json.dumps(settings_document(settings))))


def test_that_the_table_of_this_test_knows_every_setting() -> None:
    assert list(CHANGED) == [field.name for field in fields(Settings)]
    for name, value in CHANGED.items():
        assert value != getattr(Settings(), name)


def test_that_defaults_are_not_written_at_all() -> None:
    assert settings_document(Settings()) == {}
    assert settings_from({}) == (Settings(), ())


@pytest.mark.parametrize("name", CHANGED)
def test_that_one_changed_setting_is_written_alone_and_comes_back(name: str) -> None:
    settings = replace(Settings(), **{name: CHANGED[name]})
    assert list(settings_document(settings)) == [name]
    assert read_again(settings) == (settings, ())


@given(
    st.builds(
        Settings,
        reader=st.text(),
        runtime=st.sampled_from(RuntimeChoice),
        device=st.sampled_from(DeviceChoice),
        models_folder=st.text(),
        analyse_at_once=st.booleans(),
        read_first=st.booleans(),
        reading_order=st.sampled_from(ReadingOrder),
        layout=st.sampled_from(Layout),
        language=st.sampled_from(Language),
        overlay_opacity=st.integers(*OPACITY_RANGE),
        keys=st.dictionaries(st.text(), st.text(), max_size=3),
        report_formats=st.lists(st.sampled_from(Format), unique=True).map(tuple),
        report_language=st.sampled_from(Language),
        report_paper=st.sampled_from(Paper),
        accepted_use=st.text(),
    )
)
def test_that_any_settings_come_back(settings: Settings) -> None:
    again, unusable = read_again(settings)
    assert again == settings
    assert unusable == ()
    for field in fields(Settings):
        assert type(getattr(again, field.name)) is type(getattr(settings, field.name))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("reader", 5),
        ("reader", None),
        ("runtime", "cuda"),
        ("runtime", []),
        ("device", {}),
        ("models_folder", True),
        ("analyse_at_once", 1),
        ("read_first", "yes"),
        ("reading_order", "TOP_DOWN"),
        ("layout", None),
        ("language", "tlh"),
        ("overlay_opacity", 9),
        ("overlay_opacity", 101),
        ("overlay_opacity", 50.0),
        ("overlay_opacity", True),
        ("keys", []),
        ("keys", {"accept": 5}),
        ("keys", {"accept": None}),
        ("report_formats", "pdf"),
        ("report_formats", ["pdf", "docx"]),
        ("report_formats", ["pdf", []]),
        ("report_language", "tlh"),
        ("report_paper", "A5"),
        ("accepted_use", 2),
        ("font", "Comic Sans"),
    ],
)
def test_that_what_cannot_be_used_keeps_its_default_and_hinders_nothing_else(name: str, value: Any) -> None:
    others = {"reader": "Ada", "overlay_opacity": 30, "read_first": True, "runtime": "torch"}
    kept = replace(
        Settings(),
        **{
            other: RuntimeChoice(given_) if other == "runtime" else given_
            for other, given_ in others.items()
            if other != name
        },
    )
    assert settings_from({**others, name: value}) == (kept, (name,))


@given(
    st.dictionaries(
        st.sampled_from([*CHANGED, "font", ""]),
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text()
        | st.lists(st.text(), max_size=2)
        | st.dictionaries(st.text(), st.text() | st.integers(), max_size=2),
    )
)
def test_that_any_object_gives_settings_that_can_be_written(document: dict[str, Any]) -> None:
    settings, unusable = settings_from(document)
    assert set(unusable) <= set(document)
    assert OPACITY_RANGE[0] <= settings.overlay_opacity <= OPACITY_RANGE[1]
    for name in unusable:
        if name in CHANGED:
            assert getattr(settings, name) == getattr(Settings(), name)
    assert read_again(settings) == (settings, ())
