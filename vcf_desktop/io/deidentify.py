"""De-identified copies of films and of the DICOM objects that the program makes of them.

DICOM objects by the Basic Application Level Confidentiality Profile (PS3.15 annex E) with the options Clean
Structured Content and Clean Graphics, so that a report or a presentation state still says what was found; see
:mod:`vcf_desktop.io.deidentify_rules` for the table. Pictures by writing their grey values anew, and nothing
else. **Pixels are never altered**: text that is burnt into them is exported, and the user is warned of it.
"""

from __future__ import annotations

import hashlib
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import numpy as np
from PIL import Image
from pydicom import DataElement, Dataset, FileDataset, Sequence
from pydicom.datadict import dictionary_VR, keyword_for_tag
from pydicom.dataset import FileMetaDataset
from pydicom.filewriter import dcmwrite
from pydicom.sr.codedict import codes
from pydicom.tag import BaseTag
from pydicom.uid import (
    PYDICOM_IMPLEMENTATION_UID,
    BasicTextSRStorage,
    Comprehensive3DSRStorage,
    ComprehensiveSRStorage,
    EncapsulatedPDFStorage,
    EnhancedSRStorage,
    GrayscaleSoftcopyPresentationStateStorage,
    SegmentationStorage,
)

from vcf_desktop import __version__
from vcf_desktop.errors import FilmReadError, FrameChoiceError
from vcf_desktop.film import Film
from vcf_desktop.io.checks import cause
from vcf_desktop.io.deidentify_rules import (
    CHARACTERISTICS,
    NEVER_SHIFTED,
    SUBJECT_CONCEPTS,
    Action,
    action_of,
)
from vcf_desktop.io.dicom_films import parse, require_projection
from vcf_desktop.io.dicom_header import DICOM_DAMAGE, items, study_info, text, texts
from vcf_desktop.io.films import bytes_of, is_picture, read_film
from vcf_desktop.io.pseudonyms import Pseudonyms
from vcf_desktop.spine import VertebraLevel

OLDEST_AGE_YEARS: Final = 90
"""Stands for all higher ages, which few people reach (45 CFR 164.514(b)(2)(i)(C), the rule of HIPAA)."""

_RESULTS: Final = frozenset(
    {
        *(BasicTextSRStorage, EnhancedSRStorage, ComprehensiveSRStorage, Comprehensive3DSRStorage),
        *(GrayscaleSoftcopyPresentationStateStorage, SegmentationStorage),
    }
)
_SCREENSHOT_CLASSES: Final = "1.2.840.10008.5.1.4.1.1.7"
"""Secondary Capture Image Storage and, with a further part, its multi-frame kin."""
_OVERLAY_BITS: Final = [(group, 0x0102) for group in range(0x6000, 0x6020, 2)]
"""Overlay Bit Position: not 0 where an overlay lies in unused bits of the pixels (PS3.5 8.1.2, retired)."""
_STANDARD_UIDS: Final = "1.2.840.10008."
"""Root of the UIDs that the standard gives to classes, syntaxes and templates; they name no patient."""

_WORD, _DAY, _TIME = "ANONYMIZED", "19000101", "000000"
_DUMMIES: Final[dict[str, Any]] = {
    **dict.fromkeys(("AE", "CS", "LO", "LT", "PN", "SH", "ST", "UC", "UT"), _WORD),
    **dict.fromkeys(("DS", "IS"), "0"),
    **dict.fromkeys(("AT", "FD", "FL", "SL", "SS", "SV", "UL", "US", "UV"), 0),
    **dict.fromkeys(("OB", "OD", "OF", "OL", "OV", "OW", "UN"), bytes(8)),
    **{"AS": "000Y", "DA": _DAY, "DT": _DAY + _TIME, "TM": _TIME, "UR": "https://anonymized.invalid"},
}
"""A value of each value representation that says nothing."""
_LEVELS: Final = frozenset(level.label for level in VertebraLevel)
"""Free text that stays: it names nobody, and tells the vertebrae of a report or segmentation apart."""
_TIME_OF_DAY: Final = re.compile(r"\d\d:?(\d\d:?(\d\d(\.\d{1,6})?)?)?")
_DATE_AND_TIME: Final = re.compile(r"(\d{4})\.?(\d\d)\.?(\d\d)(\d{0,6}(?:\.\d{1,6})?(?:[+-]\d{4})?)")


@dataclass(frozen=True)
class Options:
    """What is retained beyond the basic profile.

    Attributes:
        shift_dates: dates are not removed but moved by a number of days that is the patient's own, so that
            intervals stay (option Retain Longitudinal Temporal Information with Modified Dates).
        keep_characteristics: sex, age, size and weight stay, without which fractures are hard to judge
            (option Retain Patient Characteristics). A higher age becomes :data:`OLDEST_AGE_YEARS`.
    """

    shift_dates: bool = False
    keep_characteristics: bool = False


@dataclass(frozen=True)
class Copy:
    """A de-identified file.

    Attributes:
        place: its path below the folder of the export, made of pseudonyms: files are often named by patients.
        content: its bytes.
        warnings: sentences on what the user must look at before he hands it on.
    """

    place: Path
    content: bytes
    warnings: tuple[str, ...]


def deidentified(path: Path, pseudonyms: Pseudonyms, options: Options) -> Iterator[Copy]:
    """The copy of a file; of a picture of several pages, one for each.

    Args:
        path: a film of any kind the program reads; a structured report, a segmentation or a greyscale
            presentation state.
        pseudonyms: the same for all files of an export, so that what refers to a film refers to its copy.
        options: what is retained.

    Raises:
        FilmReadError: the file is none of these, cannot be read, or is damaged. Reports as PDF are refused:
            nobody can clean their pages.
    """
    data = bytes_of(path)
    if is_picture(data):
        yield from _pictures(path, hashlib.sha256(data).hexdigest(), pseudonyms)
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of values that bend a rule; see read_dicom
        ds = parse(path, data)
        _require_known_kind(path, ds)
        try:
            copy = _dicom_copy(ds, hashlib.sha256(data).hexdigest(), pseudonyms, options)
        except DICOM_DAMAGE as e:
            raise FilmReadError(path, f"cannot be de-identified, as it is damaged: {cause(e)}") from e
    yield copy


# Pictures


def _pictures(path: Path, sha256: str, pseudonyms: Pseudonyms) -> Iterator[Copy]:
    name = pseudonyms.picture(sha256)
    try:
        pages = [read_film(path)]
    except FrameChoiceError as e:
        pages = [read_film(path, frame) for frame in range(e.frame_count)]
    for page in pages:
        ending, content = _grey_values(page)
        which = f"-{page.frame}" if len(pages) > 1 else ""
        yield Copy(
            Path("pictures", f"{name}{which}{ending}"),
            content,
            (_look("is a picture, which may have text in it"),),
        )


def _grey_values(film: Film) -> tuple[str, bytes]:
    """Ending and bytes of a picture that holds the film's grey values and its padding, and nothing else."""
    values, file = film.display.values, BytesIO()
    if values.dtype not in (np.uint8, np.uint16):  # which a PNG cannot hold
        Image.fromarray(values).save(file, "TIFF", compression="tiff_deflate")
        return ".tiff", file.getvalue()
    if film.padding is not None and values.dtype == np.uint8:
        alpha = np.where(film.padding, 0, 255).astype(np.uint8)
        values = np.dstack((values, alpha))
    Image.fromarray(values).save(file, "PNG")
    return ".png", file.getvalue()


# DICOM objects


def _require_known_kind(path: Path, ds: Dataset) -> None:
    kind = text(ds, "SOPClassUID")
    if kind == EncapsulatedPDFStorage:
        raise FilmReadError(path, "is a report as PDF, whose pages name the patient; it is not exported")
    if kind not in _RESULTS:
        require_projection(path, ds)


def _dicom_copy(ds: FileDataset, sha256: str, pseudonyms: Pseudonyms, options: Options) -> Copy:
    study, _ = study_info(ds)
    patient = pseudonyms.patient(study)
    cautions = tuple(_look(caution) for caution in _burnt_in(ds))
    if options.keep_characteristics:
        _say_age(ds, study.age_years)
    _Cleaning(pseudonyms, patient.pseudonym, patient.days_earlier, options).clean(ds)
    ds.PatientName = ds.PatientID = patient.pseudonym
    if not text(ds, "SOPInstanceUID"):  # films of old devices
        ds.SOPInstanceUID = pseudonyms.uid(sha256)
    _say_what_was_done(ds, options)
    return Copy(Path(patient.pseudonym, f"{ds.SOPInstanceUID}.dcm"), _file(ds), cautions)


def _say_age(ds: Dataset, age_years: int | None) -> None:
    """State the age where the birth date, which goes, tells it, and no higher one than allowed."""
    stated = re.fullmatch(r"(\d{3})([DWMY])", text(ds, "PatientAge"))
    years = age_years if stated is None else int(stated[1]) if stated[2] == "Y" else 0
    if years is None:
        ds.PatientAge = None
    elif years > OLDEST_AGE_YEARS or stated is None:
        ds.PatientAge = f"{min(years, OLDEST_AGE_YEARS):03d}Y"


def _say_what_was_done(ds: Dataset, options: Options) -> None:
    """PS3.15 E.1.1, PS3.3 C.12.1.1.7 and C.7.1.1; the codes are of CID 7050."""
    done = [
        codes.DCM.BasicApplicationConfidentialityProfile,
        codes.DCM.CleanGraphicsOption,
        codes.DCM.CleanStructuredContentOption,
    ]
    if options.shift_dates:
        done.append(codes.DCM.RetainLongitudinalTemporalInformationModifiedDatesOption)
    if options.keep_characteristics:
        done.append(codes.DCM.RetainPatientCharacteristicsOption)
    ds.PatientIdentityRemoved = "YES"
    ds.DeidentificationMethod = f"VCF Desktop {__version__}, DICOM PS3.15 annex E"
    ds.DeidentificationMethodCodeSequence = [_code(code) for code in done]
    ds.LongitudinalTemporalInformationModified = "MODIFIED" if options.shift_dates else "REMOVED"


def _code(code: Any) -> Dataset:
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = (
        code.value,
        code.scheme_designator,
        code.meaning,
    )
    return item


def _file(ds: FileDataset) -> bytes:
    """The file of a data set in the transfer syntax it had, with a preamble and a meta group of our own."""
    meta = FileMetaDataset()
    meta.FileMetaInformationGroupLength = 0  # is found out when it is written
    meta.FileMetaInformationVersion = b"\0\1"
    if "SOPClassUID" in ds:
        meta.MediaStorageSOPClassUID = ds.SOPClassUID
    meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID
    meta.TransferSyntaxUID = ds.file_meta.TransferSyntaxUID
    meta.ImplementationClassUID = PYDICOM_IMPLEMENTATION_UID
    ds.file_meta, ds.preamble = meta, bytes(128)
    file = BytesIO()
    dcmwrite(file, ds)
    return file.getvalue()


@dataclass(frozen=True)
class _Cleaning:
    """How the data sets of one patient are cleaned, in place and down to the last item."""

    pseudonyms: Pseudonyms
    pseudonym: str
    days_earlier: int
    options: Options

    def clean(self, ds: Dataset) -> None:
        for tag in list(ds.keys()):
            vr = ds.get_item(tag).VR
            action = action_of(tag, vr)
            retained = None if vr == "SQ" else self._retained(ds, tag)
            if retained is not None:
                ds[tag] = DataElement(tag, _vr(tag), retained)
            elif action is Action.REMOVE:
                del ds[tag]
            elif action is Action.EMPTY:
                ds[tag] = DataElement(tag, _vr(tag), [] if _vr(tag) == "SQ" else None)
            elif action is Action.REPLACE:
                ds[tag] = self._dummy(ds, tag)
            elif action is Action.PSEUDONYM:
                ds[tag] = DataElement(tag, "UI", self._uids(ds, tag))
            elif "SQ" in (vr, _vr(tag)):
                self._clean_items(ds, tag)

    def _clean_items(self, ds: Dataset, tag: BaseTag) -> None:
        element = ds[tag]
        if not isinstance(element.value, Sequence):  # bytes that nobody can look into
            del ds[tag]
            return
        element.value = [item for item in element.value if not _describes_the_patient(item)]
        for item in element.value:
            self.clean(item)

    def _dummy(self, ds: Dataset, tag: BaseTag) -> DataElement:
        vr = _vr(tag)
        if vr == "UI":
            return DataElement(tag, vr, self._uids(ds, tag))
        if vr != "SQ":
            said = text(ds, keyword_for_tag(tag))
            return DataElement(tag, vr, said if said in _LEVELS and vr in ("ST", "UT") else _DUMMIES[vr])
        found = items(ds, keyword_for_tag(tag))
        for item in found:
            for inner in list(item.keys()):
                if action_of(inner, item.get_item(inner).VR) is Action.REMOVE:
                    del item[inner]
                else:
                    item[inner] = self._dummy(item, inner)
        return DataElement(tag, vr, found)

    def _uids(self, ds: Dataset, tag: BaseTag) -> list[str]:
        found = texts(ds, keyword_for_tag(tag))
        return [uid if not uid or _is_standard(uid) else self.pseudonyms.uid(uid) for uid in found]

    def _retained(self, ds: Dataset, tag: BaseTag) -> Any:
        """What an element becomes by the options or as part of the pseudonym, None where they do not say."""
        keyword = keyword_for_tag(tag)
        if keyword in ("PatientName", "PatientID"):
            return self.pseudonym
        if self.options.keep_characteristics and keyword in CHARACTERISTICS:
            return ds[tag].value
        if not (self.options.shift_dates and keyword) or keyword in NEVER_SHIFTED:
            return None
        if (vr := _vr(tag)) in ("DA", "DT", "TM"):
            shifted = [self._shifted(vr, value) for value in texts(ds, keyword)]
            return None if None in shifted else shifted
        return None

    def _shifted(self, vr: str, value: str) -> str | None:
        """A date or time some days earlier, None where it is none."""
        if vr == "TM":
            return value if _TIME_OF_DAY.fullmatch(value) else None
        match = _DATE_AND_TIME.fullmatch(value)
        if not match or (vr == "DA" and match[4]):
            return None
        try:
            day = date(int(match[1]), int(match[2]), int(match[3])) - timedelta(days=self.days_earlier)
        except (ValueError, OverflowError):
            return None
        return f"{day:%Y%m%d}{match[4]}"


def _vr(tag: BaseTag) -> str:
    """The value representation of a known element; of several, the first."""
    return dictionary_VR(tag).split(" or ")[0]


def _is_standard(uid: str) -> bool:
    return uid.startswith(_STANDARD_UIDS) and set(uid) <= set("0123456789.")


def _describes_the_patient(item: Dataset) -> bool:
    names = items(item, "ConceptNameCodeSequence")
    return any(text(name, "CodeValue") in SUBJECT_CONCEPTS for name in names)


# Warnings


def _burnt_in(ds: Dataset) -> Iterator[str]:
    """What may be read in the pixels, or is not known of them."""
    if text(ds, "SOPClassUID") in _RESULTS:
        return
    said = text(ds, "BurnedInAnnotation").upper()
    if said == "YES":
        yield "says that text is burnt into it"
    elif text(ds, "SOPClassUID").startswith(_SCREENSHOT_CLASSES) or text(ds, "ConversionType"):
        yield "is a screenshot or a scanned film, on which names often stand"
    elif said != "NO":
        yield "does not say whether text is burnt into it"
    if any(tag in ds and ds[tag].value for tag in _OVERLAY_BITS):
        yield "has an overlay among the bits of its pixels, which may be text"


def _look(why: str) -> str:
    return f"{why}: look at it before you hand it on, as its pixels are exported unaltered"
