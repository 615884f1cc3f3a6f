"""What a report says in words, in the languages of its readers.

The words themselves lie in ``resources/report``, and a site may put its own in their place; see
:mod:`vcf_desktop.io.report_files`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from string import Template
from typing import Final

from vcf_desktop.film import SpacingSource
from vcf_desktop.report import Report, ReportedVertebra, ReportStatus, Trend, level_ranges
from vcf_desktop.review import Cause, ReaderGrade, Verdict
from vcf_desktop.spine import Deformity, VertebraLevel
from vcf_desktop.statement import Quality

LANGUAGES: Final = ("en", "de", "fr", "es", "zh_CN")

_T7_TO_L4: Final = tuple(level for level in VertebraLevel if VertebraLevel.T7 <= level <= VertebraLevel.L4)

_KINDS: Final = {
    ReaderGrade: "grade",
    Deformity: "type",
    Cause: "cause",
    Verdict: "verdict",
    Quality: "quality",
    Trend: "trend",
    SpacingSource: "spacing",
    ReportStatus: "status",
}

Word = ReaderGrade | Deformity | Cause | Verdict | Quality | Trend | SpacingSource | ReportStatus


@dataclass(frozen=True)
class Site:
    """Whose report it is.

    Attributes:
        name: of the institution, empty where none was given.
        lines: address and the like.
        logo: bytes of a PNG or JPEG picture, None without one.
    """

    name: str = ""
    lines: tuple[str, ...] = ()
    logo: bytes | None = None


@dataclass(frozen=True)
class ReportTexts:
    """The words of a report in one language.

    Attributes:
        language: one of :data:`LANGUAGES`.
        templates: name -> text, in which ``$name`` stands for a value.
        site: whose report it is.
    """

    language: str
    templates: Mapping[str, str]
    site: Site = field(default_factory=Site)

    def text(self, name: str, /, **values: object) -> str:
        """The text of this name with its values put in; what a template of a site misspells, stays as it is.

        Raises:
            KeyError: there is no such text.
        """
        return Template(self.templates[name]).safe_substitute(values)

    def word(self, value: Word) -> str:
        """A value of the field in this language; of a grade the number and its name."""
        return self.templates[f"{_KINDS[type(value)]}.{value.name.lower()}"]

    def number(self, value: float, digits: int) -> str:
        """A number with so many decimals and the language's decimal sign."""
        return f"{value:.{digits}f}".replace(".", self.templates["form.decimal"])

    def day(self, value: date) -> str:
        """A date."""
        return value.strftime(self.templates["form.day"])

    def moment(self, value: datetime) -> str:
        """Date, time to the minute and offset from UTC."""
        offset = value.strftime("%z")
        return value.strftime(f"{self.templates['form.day']} %H:%M") + (
            f" UTC{offset[:3]}:{offset[3:5]}" if offset else ""
        )

    def impression(self, report: Report) -> tuple[str, ...]:
        """What the film shows, one sentence each; every fracture is called a vertebral fracture.

        In a draft it is told as what the software suggests (Royal College of Radiologists, guidance on
        vertebral fragility fractures: the term, its level and grade).
        """
        fracture = "impression.suggested" if report.is_draft else "impression.fracture"
        said = [
            self.text(
                fracture,
                level=vertebra.level.label,
                shape=self._shape(vertebra),
                change=self._change(report, vertebra),
            )
            for vertebra in report.fractures
        ]
        equivocal = [v.level for v in report.vertebrae if v.grade is ReaderGrade.EQUIVOCAL]
        evaluable = report.evaluable_levels
        if evaluable and not said:
            sentence = "impression.none_suggested" if report.is_draft else "impression.none"
            said.append(self.text(sentence, count=len(evaluable), levels=level_ranges(evaluable)))
        if equivocal:
            said.append(self.text("impression.equivocal", levels=level_ranges(equivocal)))
        said += [
            self.text("impression.other_deformity", level=v.level.label, cause=self.word(v.cause))
            for v in report.vertebrae
            if v.is_deformed and not v.is_fracture and v.cause is not None
        ]
        said += self._compared(report)
        if not evaluable:
            said.append(self.text("impression.nothing"))
        elif report.unevaluable_levels:
            said.append(self.text("impression.not_evaluable", levels=level_ranges(report.unevaluable_levels)))
        return tuple(filter(None, said))

    def recommendation(self, report: Report) -> tuple[str, ...]:
        """What should follow: the reader's words, else the site's texts for what was found.

        When further imaging is advised is that of the ISCD's official positions on vertebral fracture
        assessment.
        """
        own = report.statement.recommendation
        if own is not None:
            return tuple(line for line in own.splitlines() if line.strip())
        return tuple(filter(None, (self.text(f"recommend.{reason}") for reason in _reasons(report))))

    def notices(self, report: Report) -> tuple[str, ...]:
        """What stands on every page and in every object."""
        research = self.text("notice.research")
        return (self.text("notice.draft"), research) if report.is_draft else (research,)

    def _shape(self, vertebra: ReportedVertebra) -> str:
        words = [self.word(vertebra.deformity)] if vertebra.deformity is not Deformity.NONE else []
        if vertebra.grade is not None:
            words.append(self.text("impression.grade", grade=self.word(vertebra.grade)))
        if vertebra.cause is not None:
            words.append(self.word(vertebra.cause))
        return ", ".join(words)

    def _change(self, report: Report, vertebra: ReportedVertebra) -> str:
        """That a fracture is new or worse, with the words before it; else nothing."""
        prior = report.statement.prior
        trend = next((c.trend for c in report.changes if c.level is vertebra.level), None)
        if prior is None or trend not in (Trend.NEW, Trend.WORSE):
            return ""
        return self.text(f"impression.{trend.value}", day=self._prior_day(report))

    def _compared(self, report: Report) -> Iterable[str]:
        if report.statement.prior is None:
            return
        trends = {change.trend for change in report.changes}
        if not trends & {Trend.NEW, Trend.WORSE}:
            yield self.text("impression.no_change", day=self._prior_day(report))
        lower = [change.level for change in report.changes if change.trend is Trend.LOWER]
        if lower:
            yield self.text("impression.lower", levels=level_ranges(lower), day=self._prior_day(report))

    def _prior_day(self, report: Report) -> str:
        prior = report.statement.prior
        return self.day(prior.study_date) if prior and prior.study_date else self.text("prior.undated")


def _reasons(report: Report) -> Iterable[str]:
    if report.is_draft:
        yield "draft"
        return
    fractures = report.fractures
    if fractures:
        yield "fracture"
    if len(fractures) > 1 and all(v.grade is ReaderGrade.MILD for v in fractures):
        yield "only_mild"
    if any(v.grade is ReaderGrade.EQUIVOCAL for v in report.vertebrae):
        yield "equivocal"
    if any(v.cause is Cause.PATHOLOGICAL for v in report.vertebrae):
        yield "pathological"
    if any(level in _T7_TO_L4 for level in report.unevaluable_levels):
        yield "not_evaluable"
