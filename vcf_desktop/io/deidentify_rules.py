"""What becomes of each element of a DICOM object that leaves the hospital.

The table is that of the Basic Application Level Confidentiality Profile (PS3.15 E.1, table E.1-1). It comes
from the library dicom-anonymizer, which follows the standard. Of that library the table alone is used, as its
own walk does not look into most sequences.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from dicomanonymizer.dicom_anonymization_databases import (  # type: ignore[import-untyped]
    dicomfields_2026c as table,
)
from pydicom.datadict import dictionary_has_tag, dictionary_VR, tag_for_keyword
from pydicom.tag import BaseTag


class Action(Enum):
    """What is done with an element, by the letters of table E.1-1a.

    Where the letters leave a choice that depends on the kind of object (X/Z, X/D, X/Z/D, Z/D), the last one
    is taken, which every kind of object allows.
    """

    REMOVE = auto()
    """X."""
    EMPTY = auto()
    """Z, X/Z: a value of no length."""
    REPLACE = auto()
    """D, X/D, Z/D, X/Z/D: a value that says nothing."""
    PSEUDONYM = auto()
    """U: each UID by another one, always the same."""
    CLEAN = auto()
    """K, X/Z/U*, and C where the content is the point: kept, and the items of a sequence gone through."""


_OF_LETTERS: Final = {
    Action.REMOVE: (table.X_TAGS,),
    Action.EMPTY: (table.Z_TAGS, table.X_Z_TAGS),
    Action.REPLACE: (table.D_TAGS, table.X_D_TAGS, table.Z_D_TAGS, table.X_Z_D_TAGS),
    Action.PSEUDONYM: (table.U_TAGS,),
    Action.CLEAN: (table.X_Z_U_STAR_TAGS,),
}
_OWN: Final = {
    # The options Clean Structured Content and Clean Graphics (PS3.15 E.3.4, E.3.3): without these two a
    # report or a presentation state would be empty.
    "ContentSequence": Action.CLEAN,
    "GraphicAnnotationSequence": Action.CLEAN,
    # X in the table, but a presentation state must have them (PS3.3 C.11.10).
    "PresentationCreationDate": Action.REPLACE,
    "PresentationCreationTime": Action.REPLACE,
    # Typed by people, and not in the table.
    "CompletionFlagDescription": Action.EMPTY,
    "ContentDescription": Action.EMPTY,
    "GraphicLayerDescription": Action.EMPTY,
}
"""What the table does not say, or what an option or the kinds of object that are exported ask for."""

_TELLING: Final = frozenset({"AE", "DA", "DT", "LT", "PN", "ST", "TM", "UC", "UR", "UT"})
"""Value representations of people, places, times and free text: such an element is never kept as it is, even
where the table does not name it."""

NEVER_SHIFTED: Final = frozenset({"PatientBirthDate", "PatientBirthTime", "GPSTimeStamp"})
"""Dates and times that the option of modified dates does not retain; all other ones it does."""
CHARACTERISTICS: Final = frozenset(
    {
        *("EthnicGroup", "PatientAge", "PatientSex", "PatientSexNeutered", "PatientSize", "PatientWeight"),
        *("PregnancyStatus", "SmokingStatus"),
    }
)
"""What the option Retain Patient Characteristics keeps (K in its column)."""
SUBJECT_CONCEPTS: Final = frozenset({"121029", "121030", "121031", "121032", "121033", "121034", "121035"})
"""Content items of a report that describe the patient: name, id, birth date, sex, age (PS3.16 TID 1007)."""

_ACTIONS: Final = {
    tag: action for action, lists in _OF_LETTERS.items() for tags in lists for tag in tags if len(tag) == 2
}
_OWN_ACTIONS: Final = {tag_for_keyword(keyword): action for keyword, action in _OWN.items()}


def action_of(tag: BaseTag, vr: str | None) -> Action:
    """What is done with an element.

    Private elements and those that the standard does not know are removed: nobody can say what they hold. So
    are the groups of curves and overlays (50xx, 60xx) as a whole, which mean nothing without their data.

    Args:
        tag: of the element.
        vr: value representation that its file gives it, None where the file gives none.
    """
    if tag.is_private or tag.group < 0x0008 or not dictionary_has_tag(tag):
        return Action.REMOVE
    listed = _OWN_ACTIONS.get(int(tag)) or _ACTIONS.get((tag.group, tag.element))
    if listed is not None:
        return listed
    vrs = {vr, dictionary_VR(tag)}
    if vrs & _TELLING:
        return Action.REPLACE
    return Action.PSEUDONYM if "UI" in vrs else Action.CLEAN
