"""The audit trail of a review: what changed from one value to the next, by whom, and what was signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from vcf_desktop.review import Decision, FirstReading, Measure, Review, Vertebra
from vcf_desktop.spine import Analysis
from vcf_desktop.statement import PriorReading, Statement


@dataclass(frozen=True)
class Change:
    """One thing that differs between two reviews, in words of the trail.

    Attributes:
        level: name of the vertebra, empty where the change is about the film.
        what: ``decision``, ``level``, ``points``, ``outline``, ``type``, ``cause``, ``note``, ``vertebra``,
            ``analysis``, ``measures``, ``first reading`` or a field of the :class:`Statement`.
        machine: what the machine said of it, empty where it said nothing.
        before, after: the reader's words, empty where there were none.
    """

    level: str
    what: str
    machine: str
    before: str
    after: str


@dataclass(frozen=True)
class TrailEntry:
    """A line of the audit trail: who did what, when. ``action`` is the text of the edit, or undo of it."""

    at: datetime
    reader: str
    action: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Signature:
    """Who signed which version of a review, when; versions count from 1."""

    version: int
    reader: str
    at: datetime


def changes(before: Review, after: Review) -> tuple[Change, ...]:
    """What differs from one review to the next, vertebra by vertebra, then about the film."""
    old = {vertebra.key: vertebra for vertebra in before.vertebrae}
    new = {vertebra.key: vertebra for vertebra in after.vertebrae}
    found = [
        change
        for key in dict.fromkeys((*old, *new))
        if old.get(key) is not new.get(key)
        for change in _vertebra_changes(old.get(key), new.get(key))
    ]
    for what in ("analysis", "measures", "first_reading"):
        earlier, later = (_film_words(getattr(review, what)) for review in (before, after))
        # Another analysis may be told in the same words.
        if earlier != later or (what == "analysis" and before.analysis is not after.analysis):
            found.append(Change("", what.replace("_", " "), "", earlier, later))
    for stated in fields(Statement):
        earlier, later = (getattr(review.statement, stated.name) for review in (before, after))
        if earlier != later:
            what = stated.name.replace("_", " ")
            found.append(Change("", what, "", _stated_words(earlier), _stated_words(later)))
    return tuple(found)


def _vertebra_changes(before: Vertebra | None, after: Vertebra | None) -> Iterator[Change]:
    existing = after or before
    assert existing is not None  # noqa: S101  # a key comes from one of the two
    level, machine = existing.level.label, existing.machine
    grade = f"grade {int(machine.grade)}" if machine else ""
    if before is None or after is None:
        there = ("", "added") if before is None else ("there", "removed")
        yield Change(level, "vertebra", grade, *there)
        return
    said = {
        "decision": (grade, _decision_words(before.decision), _decision_words(after.decision)),
        "level": (machine.level.label if machine else "", before.level.label, level),
        "type": (machine.deformity if machine else "", before.deformity or "", after.deformity or ""),
        "cause": ("", before.cause or "", after.cause or ""),
        "note": ("", before.note, after.note),
        "points": (
            _coordinates(machine.points_xy if machine else None),
            _coordinates(before.points_xy),
            _coordinates(after.points_xy),
        ),
        "outline": (
            "",
            "",
            "redrawn" if not np.array_equal(before.contour_xy, after.contour_xy) else "",
        ),
    }
    for what, (said_by_machine, earlier, later) in said.items():
        if earlier != later:
            yield Change(level, what, said_by_machine, earlier, later)


def _decision_words(decision: Decision | None) -> str:
    if decision is None:
        return ""
    return decision.verdict if decision.grade is None else f"{decision.verdict}: grade {decision.grade}"


def _coordinates(points_xy: NDArray[np.float64] | None) -> str:
    # To 1/1000 px, as they are saved: no change that stays may go untold.
    return "" if points_xy is None else "; ".join(f"{x}, {y}" for x, y in points_xy.round(3).tolist())


def _stated_words(value: str | PriorReading | None) -> str:
    if isinstance(value, PriorReading):
        day = value.study_date.isoformat() if value.study_date else "unknown date"
        return f"film of {day} ({value.film_sha256[:12]}, version {value.version})"
    return value or ""


def _film_words(value: Analysis | FirstReading | tuple[Measure, ...] | None) -> str:
    if value is None:
        return ""
    if isinstance(value, Analysis):
        return f"{len(value.findings)} findings by " + ", ".join(
            f"{model.name} {model.version} ({model.sha256[:12]})" for model in value.models
        )
    if isinstance(value, FirstReading):
        marks = "; ".join(f"grade {m.grade} at {m.x:.0f}, {m.y:.0f}" for m in value.marks) or "no fracture"
        return f"recorded: {marks}" if value.recorded else marks
    return "; ".join(f"{measure.kind} {_coordinates(measure.points_xy)}" for measure in value)
