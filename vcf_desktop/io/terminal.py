"""What commands print: answers on stdout, what went wrong on stderr, and nothing that steers a terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence


def tell(line: str) -> None:
    """A line of the answer, on stdout."""
    _write(printable(line))


def tell_json(document: object) -> None:
    """The answer for another program, on stdout; dates as ISO 8601."""
    _write(json.dumps(document, indent=1, default=str))


def tell_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """The answer as columns, on stdout."""
    lines = [[printable(cell) for cell in row] for row in (header, *rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for cells in lines:
        columns = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        _write("  ".join(columns).rstrip())


def say(message: object) -> None:
    """What went wrong, on stderr, past any progress bar there."""
    from tqdm import tqdm

    tqdm.write(f"vcf-desktop: {printable(str(message))}", file=sys.stderr)


def printable(text: str) -> str:
    """The text without what could steer a terminal: what archives say and files are called is foreign."""
    return "".join(character if character.isprintable() else "?" for character in text)


def _write(text: str) -> None:
    from tqdm import tqdm

    try:
        tqdm.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # Nobody listens any more, as after ``| head``: what was asked for is still done.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
