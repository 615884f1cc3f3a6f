"""Codes of the DICOM objects: those of the standard, and our own where it has none.

The standard's are those of PS3.16. Ours stand in the private scheme :data:`SCHEME`; objects in archives hold
them, so a value is never used for another thing and never taken away.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pydicom.sr.codedict import codes
from pydicom.sr.coding import Code

from vcf_desktop.film import SpacingSource
from vcf_desktop.geometry import SIX_POINTS
from vcf_desktop.report import Trend
from vcf_desktop.review import Cause, ReaderGrade, Verdict
from vcf_desktop.spine import Deformity, VertebraLevel
from vcf_desktop.statement import Quality

SCHEME: Final = "99VCFD"
SCHEME_NAME: Final = "VCF Desktop vertebral fracture codes"


def _own(value: str, meaning: str) -> Code:
    return Code(value, SCHEME, meaning)


VERTEBRAE: Final[Mapping[VertebraLevel, Code]] = {
    VertebraLevel.C7: codes.SCT.C7Vertebra,
    **{VertebraLevel[f"T{n}"]: getattr(codes.SCT, f"T{n}Vertebra") for n in range(1, 13)},
    VertebraLevel.T13: codes.SCT.T12Vertebra,
    **{VertebraLevel[f"L{n}"]: getattr(codes.SCT, f"L{n}Vertebra") for n in range(1, 6)},
    VertebraLevel.L6: codes.SCT.L5Vertebra,
    VertebraLevel.S1: codes.SCT.Sacrum,
}
"""CID 7603. It has no T13 and no L6: those get their upper neighbour's code, and their name beside it."""
UNCODED_LEVELS: Final = frozenset({VertebraLevel.T13, VertebraLevel.L6})

VERTEBRA: Final = Code("51282000", "SCT", "Vertebra")
COMPRESSION_FRACTURE: Final = Code("42942008", "SCT", "Compression fracture of vertebral column")
NO_VERTEBRA: Final = _own("NO-VERTEBRA", "Not a vertebra")
ANATOMICAL_STRUCTURE: Final = Code("91723000", "SCT", "Anatomical Structure")
SOURCE: Final = Code("260753009", "SCT", "Source")
PLAIN_RADIOGRAPHY: Final = Code("168537006", "SCT", "Plain radiography")
DIAGNOSTIC_REPORT: Final = codes.LN.DiagnosticImagingReport

SEVERITY: Final = Code("246112005", "SCT", "Severity")
SEVERITIES: Final[Mapping[ReaderGrade, Code]] = {
    ReaderGrade.NON: Code("17621005", "SCT", "Normal"),
    ReaderGrade.EQUIVOCAL: Code("371934000", "SCT", "Normality undetermined"),
    ReaderGrade.MILD: Code("255604002", "SCT", "Mild"),
    ReaderGrade.MODERATE: Code("6736007", "SCT", "Moderate"),
    ReaderGrade.SEVERE: Code("24484000", "SCT", "Severe"),
}
"""Standard words beside Genant's grades; none for what cannot be judged."""

GRADE: Final = _own("GENANT", "Genant semiquantitative grade")
MACHINE_GRADE: Final = _own("GENANT-MACHINE", "Genant semiquantitative grade by software")
GRADES: Final[Mapping[ReaderGrade, Code]] = {
    ReaderGrade.NON: _own("GENANT-0", "Genant grade 0, no fracture"),
    ReaderGrade.EQUIVOCAL: _own("GENANT-0.5", "Genant grade 0.5, equivocal"),
    ReaderGrade.MILD: _own("GENANT-1", "Genant grade 1, mild"),
    ReaderGrade.MODERATE: _own("GENANT-2", "Genant grade 2, moderate"),
    ReaderGrade.SEVERE: _own("GENANT-3", "Genant grade 3, severe"),
    ReaderGrade.NOT_EVALUABLE: _own("GENANT-NE", "Not evaluable"),
}
DEFORMITY: Final = _own("DEFORMITY", "Type of vertebral deformity")
DEFORMITIES: Final[Mapping[Deformity, Code]] = {
    Deformity.WEDGE: _own("WEDGE", "Wedge deformity"),
    Deformity.BICONCAVE: _own("BICONCAVE", "Biconcave deformity"),
    Deformity.CRUSH: _own("CRUSH", "Crush deformity"),
}
VERDICT: Final = _own("VERDICT", "Decision of the reader about the software's finding")
VERDICTS: Final[Mapping[Verdict, Code]] = {
    Verdict.ACCEPTED: _own("ACCEPTED", "Accepted"),
    Verdict.OVERRIDDEN: _own("OVERRIDDEN", "Overridden"),
    Verdict.REJECTED: _own("REJECTED", "Rejected"),
}
ADDED: Final = _own("ADDED", "Added by the reader")
UNDECIDED: Final = _own("UNDECIDED", "Undecided")
CAUSE: Final = _own("CAUSE", "What explains the deformity")
CAUSES: Final[Mapping[Cause, Code]] = {
    Cause.DEGENERATIVE: _own("DEGENERATIVE", "Degenerative"),
    Cause.SCHEUERMANN: _own("SCHEUERMANN", "Scheuermann's disease"),
    Cause.SCHMORL: _own("SCHMORL", "Schmorl's node"),
    Cause.HARDWARE: _own("HARDWARE", "Hardware or cement"),
    Cause.PATHOLOGICAL: _own("PATHOLOGICAL", "Pathological"),
    Cause.OTHER: _own("OTHER", "Other"),
}
CHANGE: Final = _own("CHANGE", "Change since the earlier film")
CHANGES: Final[Mapping[Trend, Code]] = {
    Trend.NEW: _own("NEW", "New"),
    Trend.WORSE: _own("WORSE", "Worse"),
    Trend.UNCHANGED: _own("UNCHANGED", "Unchanged"),
    Trend.LOWER: _own("LOWER", "Graded lower"),
    Trend.NOT_COMPARABLE: _own("NOT-COMPARABLE", "Not comparable"),
}
COMPARISON: Final = _own("COMPARISON", "Comparison with the earlier film")
LEVEL: Final = _own("LEVEL", "Name of the vertebra")
LEVEL_CERTAINTY: Final = _own("LEVEL-CERTAINTY", "Certainty of the vertebra's name")
DOUBTFUL: Final = _own("DOUBTFUL", "Doubtful")

POINTS: Final[Mapping[str, Code]] = {
    name: _own(f"POINT-{place[0]}{end[0]}".upper(), f"{place} {end} point".capitalize())
    for name, (place, end) in ((name, name.split("_")) for name in SIX_POINTS)
}
"""By name, in the order of :data:`vcf_desktop.geometry.SIX_POINTS`."""

HEIGHT: Final = codes.DCM.Height
PLACES: Final[Mapping[str, Code]] = {
    "anterior": Code("255549009", "SCT", "Anterior"),
    "middle": Code("C25569", "NCIt", "Middle"),
    "posterior": Code("255551008", "SCT", "Posterior"),
}
RATIOS: Final[Mapping[str, Code]] = {
    "wedge": _own("RATIO-WEDGE", "Anterior by posterior height"),
    "biconcave": _own("RATIO-BICONCAVE", "Middle by posterior height"),
    "crush": _own("RATIO-CRUSH", "Posterior height by that expected from the neighbours"),
}
LOSS: Final = _own("LOSS", "Loss of height")
SPACINGS: Final[Mapping[SpacingSource, Code]] = {
    SpacingSource.CALIBRATED: _own("MM-CALIBRATED", "mm by calibration"),
    SpacingSource.GEOMETRY_ESTIMATE: _own("MM-ESTIMATE", "mm by estimated magnification"),
    SpacingSource.DETECTOR_PLANE: _own("MM-DETECTOR", "mm at the detector, magnified"),
    SpacingSource.SCANNER: _own("MM-SCANNER", "mm on the scanned film"),
}
"""Where mm come from, as the method of each measurement."""

DEFORMITY_INDEX: Final = _own("SDI", "Spinal deformity index")
EVALUABLE_LEVELS: Final = _own("SDI-LEVELS", "Evaluable levels of T4 to L4")
CERTAINTY: Final = codes.DCM.CertaintyOfFinding
QUALITY: Final = codes.DCM.ImageQuality
QUALITIES: Final[Mapping[Quality, Code]] = {
    Quality.DIAGNOSTIC: Code("RID12", "RADLEX", "Diagnostic quality"),
    Quality.LIMITED: Code("RID13", "RADLEX", "Limited quality"),
    Quality.NON_DIAGNOSTIC: Code("RID14", "RADLEX", "Non-diagnostic quality"),
}
"""CID 7036."""

QUALITATIVE_EVALUATIONS: Final = Code("C0034375", "UMLS", "Qualitative Evaluations")
NOTICE: Final = _own("NOTICE", "Notice")
REMARK: Final = _own("REMARK", "Remark of the software")
"""Beside the standard's Impression, Recommendation, Comment and Indications for Procedure."""

ONE: Final = codes.UCUM.NoUnits
RATIO: Final = codes.UCUM.Ratio
PERCENT: Final = codes.UCUM.Percent
MILLIMETRE: Final = codes.UCUM.Millimeter

LANGUAGES: Final[Mapping[str, Code]] = {
    "en": Code("en", "RFC5646", "English"),
    "de": Code("de", "RFC5646", "German"),
    "fr": Code("fr", "RFC5646", "French"),
    "es": Code("es", "RFC5646", "Spanish"),
    "zh_CN": Code("zh-CN", "RFC5646", "Chinese (Simplified, China)"),
}
"""CID 5000, by the language of the texts."""
