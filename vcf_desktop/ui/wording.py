"""The field's words in the user's language, wherever they are shown."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale

from vcf_desktop.film import SpacingSource, StudyInfo, VoiLut, VoiWindow
from vcf_desktop.review import Cause, ReaderGrade, Verdict, Vertebra
from vcf_desktop.spine import Deformity
from vcf_desktop.statement import Quality
from vcf_desktop.ui.language import QT_TRANSLATE_NOOP

_WORDS: Final = (
    (ReaderGrade.NON, "0"),
    (ReaderGrade.EQUIVOCAL, "0.5"),
    (ReaderGrade.MILD, "1"),
    (ReaderGrade.MODERATE, "2"),
    (ReaderGrade.SEVERE, "3"),
    (ReaderGrade.NOT_EVALUABLE, QT_TRANSLATE_NOOP("Words", "n/e")),
    (Deformity.NONE, "-"),
    (Deformity.WEDGE, QT_TRANSLATE_NOOP("Words", "wedge")),
    (Deformity.BICONCAVE, QT_TRANSLATE_NOOP("Words", "biconcave")),
    (Deformity.CRUSH, QT_TRANSLATE_NOOP("Words", "crush")),
    (Cause.DEGENERATIVE, QT_TRANSLATE_NOOP("Words", "degenerative")),
    (Cause.SCHEUERMANN, QT_TRANSLATE_NOOP("Words", "Scheuermann")),
    (Cause.SCHMORL, QT_TRANSLATE_NOOP("Words", "Schmorl node")),
    (Cause.HARDWARE, QT_TRANSLATE_NOOP("Words", "hardware")),
    (Cause.PATHOLOGICAL, QT_TRANSLATE_NOOP("Words", "pathological")),
    (Cause.OTHER, QT_TRANSLATE_NOOP("Words", "other cause")),
    (Verdict.ACCEPTED, QT_TRANSLATE_NOOP("Words", "accepted")),
    (Verdict.OVERRIDDEN, QT_TRANSLATE_NOOP("Words", "own grade")),
    (Verdict.REJECTED, QT_TRANSLATE_NOOP("Words", "no vertebra")),
    (Quality.DIAGNOSTIC, QT_TRANSLATE_NOOP("Words", "diagnostic")),
    (Quality.LIMITED, QT_TRANSLATE_NOOP("Words", "limited")),
    (Quality.NON_DIAGNOSTIC, QT_TRANSLATE_NOOP("Words", "not diagnostic")),
    (SpacingSource.CALIBRATED, QT_TRANSLATE_NOOP("Words", "calibrated")),
    (SpacingSource.GEOMETRY_ESTIMATE, QT_TRANSLATE_NOOP("Words", "estimated from geometry")),
    (SpacingSource.DETECTOR_PLANE, QT_TRANSLATE_NOOP("Words", "detector plane, magnified")),
    (SpacingSource.SCANNER, QT_TRANSLATE_NOOP("Words", "scanned film")),
    (SpacingSource.NONE, QT_TRANSLATE_NOOP("Words", "no spacing")),
)

# By class and value: to Python, texts of two classes are equal when their letters are.
_WORD_OF: Final = {(type(value), value): text for value, text in _WORDS}


def word(value: ReaderGrade | Deformity | Cause | Verdict | Quality | SpacingSource) -> str:
    """The value in the user's language; a grade with the decimal sign of his locale."""
    if value is ReaderGrade.EQUIVOCAL:
        return number(0.5, 1)
    return QCoreApplication.translate("Words", _WORD_OF[type(value), value])


def number(value: float, digits: int) -> str:
    """A number with so many decimals, as the user's locale writes it."""
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    return locale.toString(float(value), "f", digits)


def percent(part: float) -> str:
    """A part in [0, 1] as whole percent."""
    return QCoreApplication.translate("Words", "%1 %").replace("%1", number(100 * part, 0), 1)


def day(value: date) -> str:
    """A date, short, as the user's locale writes it, but with all of its year."""
    locale = QLocale()
    form = locale.dateFormat(QLocale.FormatType.ShortFormat)
    if "yyyy" not in form:  # 24 may be the year of birth of a child or of a patient of hundred
        form = form.replace("yy", "yyyy")
    return locale.toString(QDate(value.year, value.month, value.day), form)


def moment(value: datetime) -> str:
    """Date and time, short, in the local time zone."""
    local = QDateTime.fromSecsSinceEpoch(int(value.timestamp()))
    return QLocale().toString(local, QLocale.FormatType.ShortFormat)


def person(name: str) -> str:
    """A DICOM person name as one reads it: family name, given names; the alphabetic group only."""
    parts = name.split("=", maxsplit=1)[0].split("^")
    given = " ".join(part for part in parts[1:3] if part)
    return f"{parts[0]}, {given}" if given else parts[0]


def patient_lines(study: StudyInfo | None) -> tuple[str, ...]:
    """Who the film is of, and which film: name, then id and birth date, then study date, view and side.

    What a film does not say is left out; where it names nobody, the first line says that.
    """
    study = study or StudyInfo()
    name = person(study.patient_name)
    if not (name or study.patient_id):
        name = QCoreApplication.translate("Words", "No patient data")
    born = day(study.birth_date) if study.birth_date else ""
    who = [study.patient_id, study.patient_sex, _within(QCoreApplication.translate("Words", "born %1"), born)]
    which = [
        day(study.study_date) if study.study_date else "",
        study.modality,
        _within(QCoreApplication.translate("Words", "view %1"), study.view_position),
        _within(QCoreApplication.translate("Words", "side %1"), study.laterality.removesuffix("U")),
    ]
    return tuple(filter(None, (name, "  ".join(filter(None, who)), "  ".join(filter(None, which)))))


def _within(text: str, value: str) -> str:
    return text.replace("%1", value) if value else ""


def decision_text(vertebra: Vertebra) -> str:
    """The reader's decision, short: ✓ where he took the machine's grade, empty as long as there is none."""
    decision = vertebra.decision
    if decision is None:
        return ""
    if decision.grade is None:
        return word(decision.verdict)
    how = "✓" if decision.verdict is Verdict.ACCEPTED else QCoreApplication.translate("Words", "own")
    return f"{word(decision.grade)} {how}"


_PRESET_NAMES: Final = {
    "whole film": QT_TRANSLATE_NOOP("Words", "whole film"),
    "spine": QT_TRANSLATE_NOOP("Words", "spine"),
    "computed": QT_TRANSLATE_NOOP("Words", "computed"),
    "full range": QT_TRANSLATE_NOOP("Words", "full range"),
}


def contrast_text(voi: VoiWindow | VoiLut) -> str:
    """What a window or LUT is called: the film's own name for it, or ours, with its figures."""
    name = _PRESET_NAMES.get(voi.explanation)
    text = QCoreApplication.translate("Words", name) if name else voi.explanation
    if isinstance(voi, VoiLut):
        return f"LUT {text}".rstrip()
    figures = QCoreApplication.translate("Words", "W %1  C %2")
    figures = figures.replace("%1", number(voi.width, 0)).replace("%2", number(voi.centre, 0))
    return f"{figures}  {text}".rstrip()
