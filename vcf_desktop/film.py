"""A film as it is held in memory: pixels for the networks, stored values for the display, and the study."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


class SpacingSource(StrEnum):
    """Where the mm of a film come from; mm on a projection film are always shown with this.

    The rules are those of DICOM PS3.3 10.7.1.3 (Pixel Spacing Calibration).
    """

    CALIBRATED = "calibrated"
    """PixelSpacing differs from ImagerPixelSpacing, or its calibration type says so."""
    GEOMETRY_ESTIMATE = "geometry estimate"
    """Detector spacing divided by EstimatedRadiographicMagnificationFactor."""
    DETECTOR_PLANE = "detector plane"
    """Spacing at the detector: the patient appears magnified by 1.05 to 1.4."""
    SCANNER = "scanned film"
    """NominalScannedPixelSpacing of a digitised film."""
    NONE = "none"


@dataclass(frozen=True)
class StudyInfo:
    """Identity of patient and study, decoded to Unicode; an empty string where the file says nothing."""

    patient_name: str = ""
    patient_id: str = ""
    patient_sex: str = ""
    birth_date: date | None = None
    study_date: date | None = None
    study_uid: str = ""
    series_uid: str = ""
    sop_class_uid: str = ""
    sop_uid: str = ""
    accession_number: str = ""
    modality: str = ""
    body_part: str = ""
    view_position: str = ""
    laterality: str = ""
    patient_orientation: tuple[str, ...] = ()
    referring_physician: str = ""
    institution: str = ""
    study_description: str = ""
    indication: str = ""

    @property
    def anterior_is_left(self) -> bool | None:
        """Whether the belly lies at the left by PatientOrientation, None where that does not tell.

        Its first value is the direction in which the columns run (PS3.3 C.7.6.1.1.1).
        """
        towards = (self.patient_orientation or ("",))[0][:1]
        return {"A": False, "P": True}.get(towards)

    @property
    def age_years(self) -> int | None:
        """Whole years of the patient at the study, None where the dates do not tell."""
        if self.birth_date is None or self.study_date is None or self.study_date < self.birth_date:
            return None
        had_no_birthday = (self.study_date.month, self.study_date.day) < (
            self.birth_date.month,
            self.birth_date.day,
        )
        return self.study_date.year - self.birth_date.year - had_no_birthday

    @property
    def patient(self) -> tuple[str, str, date | None]:
        """Id, plain name and birth date, by which one tells patients apart."""
        return self.patient_id, _plain_name(self.patient_name), self.birth_date


@dataclass(frozen=True)
class VoiWindow:
    """One window of a film: PS3.3 C.11.2. ``function`` is LINEAR, LINEAR_EXACT or SIGMOID."""

    centre: float
    width: float
    function: str = "LINEAR"
    explanation: str = ""


@dataclass(frozen=True, eq=False)
class VoiLut:
    """A VOI LUT of a film: ``values`` for inputs from ``first`` on, both ends clamped (PS3.3 C.11.2.1.1)."""

    first: int
    values: NDArray[np.uint16]
    bits: int
    explanation: str = ""


@dataclass(frozen=True, eq=False)
class DisplayPixels:
    """What a viewer needs: modality values, the file's own VOI choices and its final inversion.

    Attributes:
        values: (H, W) values after the modality LUT or rescale, integer dtype where that is exact, else
            float32.
        windows: the file's windows, in its order. A file with neither windows nor LUTs gets one that the
            program made, whose explanation is ``computed`` or ``full range``.
        luts: the file's VOI LUTs, in its order; they come before windows where both exist.
        inverted: True where the lowest value is shown white: MONOCHROME1 or PresentationLUTShape INVERSE,
            which say the same thing (PS3.3 C.8.11.3), so that both together are one inversion.
    """

    values: NDArray[np.generic]
    windows: tuple[VoiWindow, ...] = ()
    luts: tuple[VoiLut, ...] = ()
    inverted: bool = False


@dataclass(frozen=True)
class Orientation:
    """How a viewer shows a film: first mirrored left to right, then turned clockwise by quarter turns."""

    quarter_turns: int = 0
    mirrored: bool = False

    def turned(self, quarter_turns: int) -> Orientation:
        """Turned further clockwise as the reader sees it."""
        return Orientation((self.quarter_turns + quarter_turns) % 4, self.mirrored)

    def flipped(self) -> Orientation:
        """Mirrored left to right as the reader sees it, whatever the turn."""
        return Orientation(-self.quarter_turns % 4, not self.mirrored)


@dataclass(frozen=True, eq=False)
class Film:
    """One lateral film.

    Attributes:
        pixels: (H, W) float32 in [0, 1], bone bright, for the networks.
        padding: (H, W) bool, True where the pixel is padding and not picture; None where nothing is.
        spacing_mm: (row, column) mm between pixel centres, None where unknown, as on most scanned films.
        spacing_source: what the spacing is worth.
        row_to_column: height of a pixel divided by its width; 1.0 for square pixels.
        sha256: of the file's bytes.
        path: where it was read from.
        study: identity of patient and study, None for pictures.
        display: stored values and LUT chain for a viewer.
        frame: index of the frame shown, from 0.
        frame_count: number of frames in the file.
        notices: sentences about the reading that the user should know.
    """

    pixels: NDArray[np.float32]
    padding: NDArray[np.bool_] | None
    spacing_mm: tuple[float, float] | None
    spacing_source: SpacingSource
    row_to_column: float
    sha256: str
    path: Path
    study: StudyInfo | None
    display: DisplayPixels
    frame: int = 0
    frame_count: int = 1
    notices: tuple[str, ...] = ()

    @property
    def height_px(self) -> int:
        """Number of rows."""
        return int(self.pixels.shape[0])

    @property
    def width_px(self) -> int:
        """Number of columns."""
        return int(self.pixels.shape[1])


def same_patient(one: StudyInfo | None, other: StudyInfo | None) -> bool | None:
    """Whether two films are of one person: None where either says too little to tell.

    Id, name and birth date must agree where both films give them, and both must give the id, or the name and
    the birth date: many share a name.
    """
    if one is None or other is None:
        return None
    agree = [a == b if a and b else None for a, b in zip(one.patient, other.patient, strict=True)]
    if False in agree:
        return False
    return True if agree[0] or all(agree[1:]) else None


def _plain_name(name: str) -> str:
    """A person's name in letters, without case and the empty parts at its end.

    Of the groups of a DICOM name (PS3.5 6.2.1) the first is in letters, and films often lack the others.
    """
    return (name.partition("=")[0] or name).casefold().rstrip("^= ")
