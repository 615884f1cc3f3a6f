"""Every sentence that the core can say is in the window's table of translations.

The sources are read, not run: reasons of errors are followed through names and functions to their texts, with
``7`` wherever a value is put in. Texts count as translated when a translator that erases every letter of a
table entry leaves none.
"""

from __future__ import annotations

import ast
import errno
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from inspect import signature
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QTranslator

from vcf_desktop import errors
from vcf_desktop.errors import FilmReadError, ModelError, OutputError, PacsError, SessionError, VcfError
from vcf_desktop.inference import remarks
from vcf_desktop.io.pacs_association import NotOfferedError
from vcf_desktop.io.parcels import OutboxError
from vcf_desktop.ui.sentences import PARTS, SENTENCES, error_text, sentence

ROOT = Path(__file__).parent.parent.parent
CORE = sorted(
    {
        *(ROOT / "vcf_desktop/io").glob("*.py"),
        *(ROOT / "vcf_desktop/inference").glob("*.py"),
        ROOT / "vcf_desktop/errors.py",
        ROOT / "vcf_desktop/paths.py",
        ROOT / "vcf_desktop/report_building.py",
    }
    # The window never uses these.
    - {
        *(ROOT / f"vcf_desktop/io/{name}.py" for name in ("labelme", "deidentify", "pseudonyms")),
        *(ROOT / "vcf_desktop/io").glob("*_command.py"),
        ROOT / "vcf_desktop/io/pacs_dialogue.py",
    }
)
WINDOW = sorted((ROOT / "vcf_desktop/ui").glob("*.py"))

REASONS = {"VcfError": 0} | {
    kind.__name__: list(signature(kind).parameters).index("reason")
    for kind in (*vars(errors).values(), NotOfferedError, OutboxError)
    if isinstance(kind, type) and issubclass(kind, VcfError) and kind is not VcfError
}
"""Which argument of an error is for the user."""
WHOLE_SENTENCE = re.compile(r"[A-Z].* .*[.?!]", re.DOTALL)
VALUE = "7"

Scope = tuple[ast.AST, ...]
"""The function and the blocks in it that an expression stands in, from the outside."""
Taken = Mapping[str, bool]
"""Conditions, and which way they went."""


class Sources:
    """Modules, and what their texts can be."""

    def __init__(self, modules: Mapping[str, ast.Module]) -> None:
        self.modules = modules
        self._constants: dict[str, ast.expr] = {}
        self._functions: dict[str, ast.FunctionDef] = {}
        for module in modules.values():
            self._constants |= dict(assignments(module.body))
            self._functions |= {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}

    def reasons(self) -> Iterator[tuple[str, str]]:
        """Place and text of every reason of an error."""
        for file, module in self.modules.items():
            for scope, node in nodes(module):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REASONS:
                    reason = node.args[REASONS[node.func.id]]
                    yield from ((f"{file}:{node.lineno}", text) for text in self.texts(reason, scope))

    def whole_sentences(self) -> Iterator[tuple[str, str]]:
        """Place and text of everything that begins with a capital and ends with a stop: notices, warnings."""
        for file, module in self.modules.items():
            docstrings = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
            inner = {
                id(part)
                for node in ast.walk(module)
                if isinstance(node, ast.JoinedStr)
                for part in ast.walk(node)
                if part is not node
            }
            for scope, node in nodes(module):
                if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in docstrings | inner:
                    for text in self.texts(node, scope):
                        if WHOLE_SENTENCE.fullmatch(text):
                            yield f"{file}:{node.lineno}", text

    def texts(self, node: ast.expr, scope: Scope) -> set[str]:
        """What an expression can be, each condition that occurs in it taken the same way throughout."""
        return {text for text, _ in self._texts(node, scope, {})}

    def _texts(self, node: ast.expr, scope: Scope, taken: Taken) -> Iterator[tuple[str, Taken]]:
        match node:
            case ast.Constant():
                yield str(node.value), taken
            case ast.FormattedValue():
                yield from self._texts(node.value, scope, taken)
            case ast.JoinedStr(values=parts):
                yield from self._joined(parts, scope, taken)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                yield from self._joined([left, right], scope, taken)
            case ast.IfExp():
                condition = ast.dump(node.test)
                for branch, chosen in ((True, node.body), (False, node.orelse)):
                    if taken.get(condition, branch) is branch:
                        yield from self._texts(chosen, scope, {**taken, condition: branch})
            case ast.Name(id=name):
                for value in self._values(name, scope):
                    yield from self._texts(value, scope, taken)
            case ast.Call():
                for text in self._called(node, scope):
                    yield text, taken
            case _:
                yield VALUE, taken

    def _joined(self, parts: list[ast.expr], scope: Scope, taken: Taken) -> Iterator[tuple[str, Taken]]:
        if not parts:
            yield "", taken
            return
        for head, then_taken in self._texts(parts[0], scope, taken):
            for tail, at_last in self._joined(parts[1:], scope, then_taken):
                yield head + tail, at_last

    def _values(self, name: str, scope: Scope) -> list[ast.expr]:
        """What was assigned to a name in the nearest block where anything was; a value where nothing was."""
        for block in reversed(scope):
            values = [value for own, value in assignments(ast.walk(block)) if own == name]
            for each, place in unpacked(ast.walk(block), name):
                values += self._elements(each, place, scope)
            if values := [value for value in values if name not in names_in(value)]:
                return values
        # Constants are written in capitals; anything else would be a parameter that is called like one.
        return [self._constants.get(name, ast.Constant(VALUE)) if name.isupper() else ast.Constant(VALUE)]

    def _elements(self, node: ast.expr, place: int, scope: Scope) -> list[ast.expr]:
        """What can stand at a place of a tuple."""
        match node:
            case ast.Tuple(elts=elements):
                return [elements[place]]
            case ast.IfExp():
                branches = [node.body, node.orelse]
            case ast.Name(id=name):
                branches = self._values(name, scope)
            case ast.Call():
                branches = self._gotten(node, scope)
            case ast.Starred(value=ast.Name(id=name)):  # a table, row by row
                branches = [row for table in self._values(name, scope) for row in getattr(table, "elts", ())]
            case _:
                return [ast.Constant(VALUE)]
        return [element for branch in branches for element in self._elements(branch, place, scope)]

    def _gotten(self, call: ast.Call, scope: Scope) -> list[ast.expr]:
        """What a look-up in a dictionary can give; nothing where the call is none."""
        match call:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="get"), args=[_, default]):
                tables = [table for table in self._values(name, scope) if isinstance(table, ast.Dict)]
                return [*(value for table in tables for value in table.values), default]
        return []

    def _called(self, call: ast.Call, scope: Scope) -> set[str]:
        match call:
            case ast.Call(func=ast.Name(id=name)) if name in self._functions:
                called = self._functions[name]
                values = [node.value for node in ast.walk(called) if isinstance(node, ast.Return)]
                return {text for value in values if value for text in self.texts(value, (called,))}
        values = self._gotten(call, scope)
        return {text for value in values for text in self.texts(value, scope)} or {VALUE}


def assignments(body: Iterable[ast.AST]) -> Iterator[tuple[str, ast.expr]]:
    for node in body:
        if isinstance(node, ast.Assign):
            yield from ((target.id, node.value) for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            yield node.target.id, node.value


def unpacked(body: Iterable[ast.AST], name: str) -> Iterator[tuple[ast.expr, int]]:
    """The tuples of which a part was assigned to a name, and which part; of a loop's, its table starred."""
    for node in body:
        match node:
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=value):
                pass
            case ast.For(target=ast.Tuple(elts=targets), iter=ast.Name() as table):
                value = ast.Starred(table)
            case _:
                continue
        for place, target in enumerate(targets):
            if isinstance(target, ast.Name) and target.id == name:
                yield value, place


def names_in(expression: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(expression) if isinstance(node, ast.Name)}


def nodes(tree: ast.AST, scope: Scope = ()) -> Iterator[tuple[Scope, ast.AST]]:
    """Every node with the blocks that it stands in."""
    for node in ast.iter_child_nodes(tree):
        yield scope, node
        is_block = isinstance(node, ast.FunctionDef) or (scope and isinstance(node, ast.stmt))
        yield from nodes(node, (*scope, node) if is_block else scope)


def parsed(files: list[Path]) -> Sources:
    return Sources(
        {str(file.relative_to(ROOT)): ast.parse(file.read_text(encoding="utf-8")) for file in files}
    )


@cache
def said() -> frozenset[tuple[str, str]]:
    """Place and text of all that the core says."""
    core, window = parsed(CORE), parsed(WINDOW)
    return frozenset({*core.reasons(), *core.whole_sentences(), *window.reasons()})


class Eraser(QTranslator):
    """Leaves nothing of an entry of the table but its varying parts."""

    def translate(self, context: str, text: str, *_: object) -> str:
        return re.sub(r"(%[1-9])|.", lambda found: found[1] or "", text) if context == "Sentences" else text

    def isEmpty(self) -> bool:  # noqa: N802
        return False


class Shouter(Eraser):
    """Writes the entries of the table in capitals."""

    def translate(self, context: str, text: str, *_: object) -> str:
        return text.upper() if context == "Sentences" else text


@pytest.fixture
def eraser(qapp: QCoreApplication) -> Iterator[None]:
    yield from installed(Eraser(), qapp)


@pytest.fixture
def shouter(qapp: QCoreApplication) -> Iterator[None]:
    yield from installed(Shouter(), qapp)


def installed(translator: QTranslator, application: QCoreApplication) -> Iterator[None]:
    application.installTranslator(translator)
    yield
    application.removeTranslator(translator)


def test_that_every_sentence_of_the_core_is_in_the_table(eraser: None) -> None:
    left = {f"{place} {text!r}" for place, text in said() if re.search(r"[a-z]", sentence(text))}
    assert left == set()


def test_that_every_reason_can_be_followed_to_its_text() -> None:
    assert {place for place, text in parsed(CORE).reasons() if text == VALUE} == set()


def test_that_the_table_holds_nothing_that_the_core_does_not_say(qapp: QCoreApplication) -> None:
    used = set()

    class Listener(Eraser):
        def translate(self, context: str, text: str, *_: object) -> str:
            used.add(text)
            return super().translate(context, text)

    for _ in installed(Listener(), qapp):
        for _place, text in said():
            sentence(text)
    assert set(SENTENCES) - used == set()


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("raise FilmReadError(path, 'is blue')", {"is blue"}),
        ("raise ModelError(name, f'is {colour}') from e", {"is 7"}),
        ("A = 'is'\nraise OutputError(path, f'{A} blue')", {"is blue"}),
        ("def f():\n    why = 'a' 'b'\n    raise SessionError(path, why)", {"ab"}),
        ("def f(e):\n    if e:\n        return 'a'\n    return 'b'\nraise VcfError(f(e))", {"a", "b"}),
        ("raise VcfError(f'{1 if a else 2} {3 if a else 4} {5 if b else 6}')", {
            "1 3 5", "1 3 6", "2 4 5", "2 4 6",
        }),
        ("A = {1: 'a', 2: 'b'}\nraise VcfError(A.get(x, f'c {x}'))", {"a", "b", "c 7"}),
        ("raise VcfError('a' + b)", {"a7"}),
        ("def f(x):\n    t = {1: 'a'}\n    raise VcfError(t.get(x, 'b'))", {"a", "b"}),
        ("A = {1: ('a', 2)}\ndef f(x):\n    w, n = A.get(x, ('b', 3))\n    raise VcfError(w)", {"a", "b"}),
        ("def f(x):\n    c = ('c', 1)\n    w, n = c if x else g(x)\n    raise VcfError(w)", {"c"}),
        ("A = ((1, 'a'), (2, 'b'))\ndef f():\n    for n, w in A:\n        raise VcfError(f'{n} {w}')", {
            "1 a", "1 b", "2 a", "2 b",
        }),
        ("def f(e):\n    return cause(e)\nraise VcfError(f(e))", {"7"}),
        ("def f():\n if a:\n  w = 'a'\n else:\n  w = 'b'\n raise VcfError(w)", {"a", "b"}),
        ("def f():\n    w = 'a'\n    w = w + 'b'\n    raise VcfError(w)", {"a"}),
        ("def f():\n    if a:\n        w = 'a'\n        raise VcfError(w)\n    w = 'b'", {"a"}),
        ("why = 'a'\ndef f(why):\n    raise VcfError(why)", {"7"}),
        ("raise ValueError('is blue')", set()),
    ],
)  # fmt: skip
def test_that_reasons_are_found_in_the_sources(source: str, texts: set[str]) -> None:
    found = Sources({"file.py": ast.parse(source)}).reasons()
    assert {text for _, text in found} == texts


def test_that_sentences_are_found_in_the_sources() -> None:
    source = (
        '"""A docstring."""\nA = "It is blue."\n"""Of a constant."""\nnotices.append(f"It is {colour}.")\n'
        'b = "It is" " black?"\nc = "blue."\nd = "Blue"\nf(f"{\'It is in here.\'} no")'
    )
    found = Sources({"file.py": ast.parse(source)}).whole_sentences()
    assert set(found) == {
        ("file.py:2", "It is blue."),
        ("file.py:4", "It is 7."),
        ("file.py:5", "It is black?"),
    }


def test_that_the_most_specific_entry_is_taken(shouter: None) -> None:
    assert sentence("is damaged: it is not valid JSON") == "IS DAMAGED: IT IS NOT VALID JSON"
    assert sentence("is damaged: it is not valid YAML") == "IS DAMAGED: it is not valid YAML"
    assert sentence("m.json is not valid JSON; reinstall the model") == (
        "m.json IS NOT VALID JSON; REINSTALL THE MODEL"
    )


def test_that_a_part_that_is_a_sentence_is_translated_too(shouter: None) -> None:
    assert sentence("is a CT image, not a projection film") == "IS A CT IMAGE, NOT A PROJECTION FILM"
    assert sentence("is an image of modality xc, not a projection film") == (
        "IS AN IMAGE OF MODALITY xc, NOT A PROJECTION FILM"
    )
    denied = f"cannot be written: {os.strerror(errno.EACCES)}"
    assert sentence(denied) == denied.upper()


def test_that_signs_in_a_name_are_left_alone(shouter: None) -> None:
    assert sentence("holds '%1 %2 \\1', a name that no file should have") == (
        "HOLDS '%1 %2 \\1', A NAME THAT NO FILE SHOULD HAVE"
    )


def test_that_what_is_not_in_the_table_stays_as_it_is(shouter: None) -> None:
    assert sentence("bad marker 0xFF42") == "bad marker 0xFF42"


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (FilmReadError(Path("/a/one.dcm"), "is empty"), "one.dcm: IS EMPTY"),
        (FilmReadError(Path("/a/is empty"), "names no film"), "is empty: NAMES NO FILM"),
        (SessionError(Path("/a/b.json"), "is damaged: x"), "b.json: IS DAMAGED: x"),
        (OutputError(Path("/a/b.pdf"), "cannot be written: y"), f"{Path('/a/b.pdf')}: CANNOT BE WRITTEN: y"),
        (ModelError("small", "ONNX Runtime stopped (z)"), "MODEL small: ONNX RUNTIME STOPPED (z)"),
        (ModelError("detector", "there is none in /m; reinstall the models"),
            "MODEL DETECTOR: THERE IS NONE IN /m; REINSTALL THE MODELS"),
        (PacsError("North", "is too busy; try again later"), "ARCHIVE North: IS TOO BUSY; TRY AGAIN LATER"),
        (OutboxError("7-1", "is not in the outbox"), "PARCEL 7-1: IS NOT IN THE OUTBOX"),
        (VcfError("is empty"), "IS EMPTY"),
        (ValueError("what a library said"), "what a library said"),
    ],
)  # fmt: skip
def test_that_an_error_is_one_sentence(shouter: None, error: Exception, text: str) -> None:
    assert error_text(error) == text


def test_that_english_is_what_the_core_wrote(qapp: QCoreApplication) -> None:
    assert [text for _, text in said() if sentence(text) != text] == []
    error = ModelError("small", "its weights do not fit this version of the program; reinstall the model")
    assert error_text(error) == str(error)
    assert sentence(remarks.NO_SPINE) == remarks.NO_SPINE


def test_that_a_part_of_a_part_ends(shouter: None) -> None:
    nested = "is damaged: " * 5000
    assert sentence(nested).startswith("IS DAMAGED: IS DAMAGED: is damaged: ")


ANY_TEXT = st.text(st.characters(exclude_categories=()))


@st.composite
def filled_templates(draw: st.DrawFn) -> str:
    template = draw(st.sampled_from([*SENTENCES, *PARTS]))
    return re.sub(r"%[1-9]", lambda _: draw(ANY_TEXT), template)


@given(text=ANY_TEXT | filled_templates(), path=ANY_TEXT.filter(lambda name: "\0" not in name))
def test_that_no_text_is_refused(text: str, path: str) -> None:
    assert sentence(text) == text  # without a translator, English comes back as it was
    assert text in error_text(OutputError(Path(path), text))
