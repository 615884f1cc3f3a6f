"""The window's translations are complete, fit the texts of its sources, and are what Qt finds and shows."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from vcf_desktop.settings import Language
from vcf_desktop.ui import commands
from vcf_desktop.ui.language import install_language, report_language

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "resources/translations"
SOURCES = sorted((ROOT / "vcf_desktop/ui").glob("*.py"))
TRANSLATED = ("de", "fr", "es", "zh_CN")
LANGUAGES = ("en", *TRANSLATED)


@dataclass(frozen=True)
class Entry:
    """One text of the window, with its translation: one form, or as many as the language has for a number."""

    context: str
    source: str
    is_plural: bool
    is_finished: bool
    forms: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str, bool]:
        return self.context, self.source, self.is_plural


def entries(path: Path) -> list[Entry]:
    return [
        Entry(
            context.findtext("name", ""),
            message.findtext("source", ""),
            message.get("numerus") == "yes",
            translation.get("type") is None,
            tuple(form.text or "" for form in translation.findall("numerusform"))
            or (translation.text or "",),
        )
        for context in ET.parse(path).getroot().iter("context")  # noqa: S314  # our own file
        for message in context.iter("message")
        if (translation := message.find("translation")) is not None
    ]


def committed(language: str) -> list[Entry]:
    return entries(FOLDER / f"vcf_desktop_{language}.ts")


def broken(language: str, is_right: Callable[[str, str], bool]) -> list[str]:
    """Translations that are not right; those that are still to be written are no fault here."""
    return [
        f"{entry.context}: {entry.source!r} -> {form!r}"
        for entry in committed(language)
        for form in entry.forms
        if form and not is_right(entry.source, form)
    ]


@pytest.fixture(scope="module")
def updated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the translations as packaging/translate brings them in line with the sources."""
    if not shutil.which("pyside6-lupdate", path=Path(sys.executable).parent):
        pytest.skip("PySide6 was installed without its tools")
    folder = tmp_path_factory.mktemp("translations")
    for path in FOLDER.glob("*.ts"):
        shutil.copy(path, folder)
    subprocess.run([sys.executable, ROOT / "packaging/translate", folder], check=True, capture_output=True)
    return folder


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QApplication]:
    """The application, whose language is English again afterwards."""
    before = QLocale()
    yield qapp
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.setParent(None)
    QLocale.setDefault(before)


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_text_is_translated(language: str) -> None:
    missing = [entry for entry in committed(language) if not entry.is_finished or not all(entry.forms)]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_texts_are_those_of_the_sources(language: str, updated: Path) -> None:
    fresh = entries(updated / f"vcf_desktop_{language}.ts")
    assert {entry.key for entry in committed(language)} == {entry.key for entry in fresh}


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_compiled_files_are_up_to_date(language: str, updated: Path) -> None:
    name = f"vcf_desktop_{language}.qm"
    assert (FOLDER / name).read_bytes() == (updated / name).read_bytes()


def test_that_an_update_keeps_what_is_translated(updated: Path) -> None:
    for language in LANGUAGES:
        kept = {entry.key: entry.forms for entry in entries(updated / f"vcf_desktop_{language}.ts")}
        assert [e for e in committed(language) if e.is_finished and kept.get(e.key, e.forms) != e.forms] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_placeholders_are_kept(language: str) -> None:
    def placeholders(text: str) -> Counter[str]:
        return Counter(re.findall(r"%(?:n|\d)", text))

    assert broken(language, lambda source, form: placeholders(source) == placeholders(form)) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_that_accelerators_are_kept(language: str) -> None:
    # In Chinese the letter stands behind in brackets, or is left out.
    sign = r"\(&\w\)" if language == "zh_CN" else r"&\w"

    def has_accelerator(source: str, form: str) -> bool:
        wanted, found = len(re.findall(r"&\w", source)), form.count("&")
        return found == len(re.findall(sign, form)) and (
            found == wanted or (language == "zh_CN" and not found)
        )

    assert broken(language, has_accelerator) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_that_the_ends_of_texts_are_kept(language: str) -> None:
    def ends(text: str) -> tuple[bool, ...]:
        # Chinese writes no space before a unit.
        spaces = (text[:1].isspace(), text[-1:].isspace()) if language != "zh_CN" else ()
        return *spaces, text.endswith("…")

    assert broken(language, lambda source, form: ends(source) == ends(form)) == []


@pytest.mark.parametrize("language", [one for one in Language if one is not Language.SYSTEM])
def test_that_each_menu_has_a_letter_of_its_own(language: Language, application: QApplication) -> None:
    install_language(application, language)
    titles = [QCoreApplication.translate("Commands", group) for group in commands.GROUPS]
    letters = [letter.lower() for title in titles for letter in re.findall(r"&(\w)", title)]
    assert len(set(letters)) == len(titles)


@pytest.mark.parametrize(
    ("language", "undo", "cancel", "half"),
    [
        (Language.ENGLISH, "Undo", "Cancel", "0.5"),
        (Language.GERMAN, "Rückgängig", "Abbrechen", "0,5"),
        (Language.FRENCH, "Annuler", "Annuler", "0,5"),
        (Language.SPANISH, "Deshacer", "Cancelar", "0,5"),
        (Language.CHINESE, "撤销", "取消", "0.5"),
    ],
)
def test_that_a_language_is_spoken_throughout(
    application: QApplication, language: Language, undo: str, cancel: str, half: str
) -> None:
    install_language(application, language)
    assert QCoreApplication.translate("Commands", "Undo") == undo
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)  # Qt's own text
    assert buttons.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "") == cancel
    assert QLocale().toString(0.5) == half


def test_that_a_language_replaces_the_one_before(application: QApplication) -> None:
    install_language(application, Language.GERMAN)
    install_language(application, Language.ENGLISH)
    assert QCoreApplication.translate("Commands", "Undo") == "Undo"


class Texts(ast.NodeVisitor):
    """The texts of a source as PySide6 will look them up, and calls that lupdate would read differently.

    lupdate reads tokens, not Python. It loses a text that is no plain literal, calls the context of
    ``other.tr`` by the name of the variable, and knows a plural only by the third argument of ``self.tr``.
    """

    def __init__(self, file: str) -> None:
        self.found: set[tuple[str, str, bool]] = set()
        self.mistakes: list[str] = []
        self.plural_classes: set[str] = set()
        self.bases: set[str] = set()
        self._file = file
        self._classes: list[str] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.bases |= {base.id for base in node.bases if isinstance(base, ast.Name)}
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_Call(self, node: ast.Call) -> None:
        name = ast.unparse(node.func)
        if name.split(".")[-1] == "tr":
            self._method(name, node)
        elif name in ("QT_TRANSLATE_NOOP", "translate", "QCoreApplication.translate"):
            self._function(name, node)
        self.generic_visit(node)

    def _method(self, name: str, node: ast.Call) -> None:
        if name != "self.tr" or not self._classes:
            self._complain(node, "only self.tr in a method has a context that lupdate knows")
            return
        text = self._literal(node, 0)
        is_plural = "%n" in text
        if len(node.args) != (3 if is_plural else 1) or node.keywords:
            self._complain(node, 'a plural is written self.tr("… %n …", "", count), all else self.tr("…")')
        if is_plural:
            self.plural_classes.add(self._classes[-1])
        self.found.add((self._classes[-1], text, is_plural))

    def _function(self, name: str, node: ast.Call) -> None:
        if name != "QT_TRANSLATE_NOOP" and not isinstance(node.args[1], ast.Constant | ast.JoinedStr):
            return  # a text that was marked elsewhere
        context, text = self._literal(node, 0), self._literal(node, 1)
        if "%n" in text or len(node.args) != 2 or node.keywords:
            self._complain(node, "lupdate knows no plural but that of self.tr")
        self.found.add((context, text, False))

    def _literal(self, node: ast.Call, place: int) -> str:
        text = node.args[place]
        if isinstance(text, ast.Constant) and isinstance(text.value, str) and text.value:
            return text.value
        self._complain(node, "a text must be a plain literal")
        return ""

    def _complain(self, node: ast.AST, mistake: str) -> None:
        self.mistakes.append(f"{self._file}:{getattr(node, 'lineno', 0)} {mistake}")


def texts_of(file: str, source: str) -> Texts:
    texts = Texts(file)
    texts.visit(ast.parse(source))
    return texts


@pytest.fixture(scope="module")
def window() -> list[Texts]:
    return [texts_of(path.name, path.read_text(encoding="utf-8")) for path in SOURCES]


def test_that_texts_are_written_so_that_lupdate_finds_them(window: list[Texts]) -> None:
    assert [mistake for texts in window for mistake in texts.mistakes] == []


def test_that_lupdate_found_the_texts_that_are_looked_up(window: list[Texts], updated: Path) -> None:
    looked_up = set[tuple[str, str, bool]]().union(*(texts.found for texts in window))
    assert {entry.key for entry in entries(updated / "vcf_desktop_de.ts")} == looked_up


def test_that_no_plural_is_inherited(window: list[Texts]) -> None:
    """PySide6 looks in the class that runs first, and takes a plural to be translated as soon as it has put
    the number in: the entry of the class that defines the method is not asked any more."""
    inherited = set[str]().union(*(texts.bases for texts in window))
    assert inherited & set[str]().union(*(texts.plural_classes for texts in window)) == set()


@pytest.mark.parametrize(
    "call",
    [
        'self.tr(f"{n} films")',
        'self.tr("a" + "b")',
        "self.tr(TEXT)",
        'self.tr("")',
        'self.tr("%n films")',
        'self.tr("%n films", n=n)',
        'self.tr("films", "a comment")',
        'self.tr("films", "", n)',
        'other.tr("films")',
        'self.view.tr("films")',
        'super().tr("films")',
        'translate("Films", f"{n} films")',
        'QCoreApplication.translate("Films", "%n films", "", n)',
        'QT_TRANSLATE_NOOP("Films", TEXT)',
    ],
)
def test_that_a_text_that_lupdate_misreads_is_found(call: str) -> None:
    source = f"class A:\n    def f(self):\n        return {call}"
    assert len(texts_of("a.py", source).mistakes) >= 1


@pytest.mark.parametrize(
    ("call", "key"),
    [
        ('self.tr("films")', ("A", "films", False)),
        ('self.tr("many " "films")', ("A", "many films", False)),
        ('self.tr("%n film(s)", "", n)', ("A", "%n film(s)", True)),
        ('translate("B", "films")', ("B", "films", False)),
        ('QCoreApplication.translate("B", "films")', ("B", "films", False)),
        ('QT_TRANSLATE_NOOP("B", "films")', ("B", "films", False)),
    ],
)
def test_that_a_text_is_found_where_it_is_looked_up(call: str, key: tuple[str, str, bool]) -> None:
    texts = texts_of("a.py", f"class A:\n    def f(self):\n        return {call}")
    assert texts.found == {key}
    assert texts.mistakes == []


def test_that_marked_texts_and_painters_are_let_through() -> None:
    source = "class A:\n    def f(self):\n        painter.translate(1, 2)\n        translate('B', self.text)"
    texts = texts_of("a.py", source)
    assert (texts.found, texts.mistakes) == (set(), [])


@pytest.mark.parametrize(
    ("window", "chosen", "report"),
    [
        (Language.GERMAN, Language.SYSTEM, "de"),
        (Language.CHINESE, Language.SYSTEM, "zh_CN"),
        (Language.ENGLISH, Language.SYSTEM, "en"),
        (Language.GERMAN, Language.FRENCH, "fr"),
        (Language.FRENCH, Language.CHINESE, "zh_CN"),
    ],
)
def test_that_reports_speak_as_the_window_or_as_chosen(
    application: QApplication, window: Language, chosen: Language, report: str
) -> None:
    install_language(application, window)
    assert report_language(chosen) == report


@pytest.mark.parametrize(
    ("locale", "report"),
    [("de_AT", "de"), ("es_MX", "es"), ("zh_SG", "zh_CN"), ("zh_TW", "en"), ("nl_NL", "en"), ("C", "en")],
)
def test_that_reports_speak_as_the_computer_where_they_can(
    application: QApplication, locale: str, report: str
) -> None:
    QLocale.setDefault(QLocale(locale))
    assert report_language(Language.SYSTEM) == report
