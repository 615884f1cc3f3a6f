"""The words of reports: complete in every language, and a site's own in their place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from vcf_desktop.errors import ReportError
from vcf_desktop.film import SpacingSource
from vcf_desktop.io.report_files import MAX_LOGO_BYTES, load_texts
from vcf_desktop.report import ReportStatus, Trend
from vcf_desktop.report_texts import LANGUAGES, Site
from vcf_desktop.review import Cause, ReaderGrade, Verdict
from vcf_desktop.spine import Deformity
from vcf_desktop.statement import Quality


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\$(\w+)", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_a_language_has_every_text_with_the_same_values(language: str) -> None:
    english, other = load_texts("en").templates, load_texts(language).templates
    assert other.keys() == english.keys()
    assert all(other[name].strip() for name in english)
    assert {name: placeholders(other[name]) for name in english} == {
        name: placeholders(text) for name, text in english.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_value_of_the_field_has_a_word(language: str) -> None:
    texts = load_texts(language)
    for kind in (ReaderGrade, Deformity, Cause, Verdict, Quality, Trend, SpacingSource, ReportStatus):
        for value in kind:
            assert texts.word(value)


def test_that_a_site_s_texts_take_the_place_of_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text('[notice]\nresearch = "Only here."\n', encoding="utf-8")
    texts = load_texts("en", tmp_path)
    assert texts.text("notice.research") == "Only here."
    assert texts.text("title.impression") == "Impression"
    assert load_texts("de", tmp_path).text("notice.research") == load_texts("de").text("notice.research")


def test_that_a_site_s_name_lines_and_logo_are_taken(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text(
        'name = "Klinik Süd"\nlines = ["Weg 1", "Tel. 2"]\n', encoding="utf-8"
    )
    (tmp_path / "logo.png").write_bytes(b"picture")
    assert load_texts("en", tmp_path).site == Site("Klinik Süd", ("Weg 1", "Tel. 2"), b"picture")


def test_that_a_site_need_not_have_anything_of_its_own(tmp_path: Path) -> None:
    assert load_texts("en", tmp_path / "missing") == load_texts("en")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("en.toml", '[notice]\nresearhc = "x"\n', "no text notice.researhc"),
        ("en.toml", "[notice\n", "cannot be read"),
        ("en.toml", "notice = 1\n", "table of texts"),
        ("site.toml", "name = 1\n", "name must be a text"),
        ("site.toml", 'lines = "Weg 1"\n', "lines a list"),
    ],
)
def test_that_an_unusable_file_of_a_site_is_named(tmp_path: Path, name: str, content: str, said: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(ReportError, match=said):
        load_texts("en", tmp_path)


def test_that_too_large_a_logo_is_refused(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(bytes(MAX_LOGO_BYTES + 1))
    with pytest.raises(ReportError, match="shrink it"):
        load_texts("en", tmp_path)


def test_that_a_language_nobody_ships_is_refused() -> None:
    with pytest.raises(ReportError, match="choose one of en, de"):
        load_texts("xx")


def test_that_a_template_reaches_nothing_but_its_values(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text('[line]\nversion = "{version.__class__} $version $secret"\n')
    assert load_texts("en", tmp_path).text("line.version", version=2) == "{version.__class__} 2 $secret"
