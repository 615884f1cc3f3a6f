"""A simulated film as a DICOM DX image for presentation (PS3.3 A.26), as a detector would send it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from pydicom import Dataset
from pydicom.dataset import FileMetaDataset
from pydicom.sr.codedict import codes
from pydicom.sr.coding import Code
from pydicom.uid import (
    DigitalXRayImageStorageForPresentation,
    ExplicitVRLittleEndian,
    RLELossless,
    generate_uid,
)

from vcf_desktop import __version__

BITS_STORED = 12
SPINE_TO_DETECTOR_MM = 200.0
"""Half the width of the shoulders and what lies between them and the detector."""


@dataclass(frozen=True)
class Exam:
    """What is said of a film of one region of the spine.

    Attributes:
        body_part: defined term of PS3.16 annex L. anatomy: code of the same region.
        source_to_detector_mm: usual distance; films of the whole spine are taken from farther away.
    """

    body_part: str
    anatomy: Code
    source_to_detector_mm: float

    @property
    def magnification(self) -> float:
        """Size at the detector divided by size in the sagittal plane of the spine."""
        return self.source_to_detector_mm / (self.source_to_detector_mm - SPINE_TO_DETECTOR_MM)


EXAMS: Mapping[str, Exam] = {
    "thoracic": Exam("TSPINE", codes.SCT.ThoracicSpine, 1150.0),
    "thoracolumbar": Exam("TLSPINE", codes.SCT.ThoracoLumbarSpine, 1150.0),
    "lumbar": Exam("LSPINE", codes.SCT.LumbarSpine, 1150.0),
    "whole": Exam("SPINE", codes.SCT.Spine, 1800.0),
}
"""By region of the spine."""


def write_dicom(
    target: Path | BinaryIO,
    grey: NDArray[np.float32],
    pixel_mm: float,
    facing_right: bool,
    patient_id: str,
    made_on: date,
    region: str = "thoracolumbar",
    *,
    bone_dark: bool = False,
    tube_kv: float | None = None,
) -> None:
    """Write ``grey`` (H, W) in [0, 1] as a 12-bit, losslessly compressed lateral spine film.

    The spacing is given at the detector together with the magnification, as PS3.3 10.7.1.3 wants it. Every
    UID follows from ``patient_id`` and the pixels: the same film gives the same file, and no other film has
    its UIDs.

    Args:
        target: a file's path, or a file open for writing bytes.
        pixel_mm: mm in the sagittal plane of the spine that one pixel shows.
        region: key of :data:`EXAMS`.
        bone_dark: ``grey`` is inverted; the file says so, and viewers show bone bright.
        tube_kv: voltage of the tube, None where it is not to be said.
    """
    stored = np.round(np.clip(grey, 0, 1) * (2**BITS_STORED - 1)).astype("<u2")
    image = Dataset()
    image.file_meta = FileMetaDataset()
    image.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    image.file_meta.MediaStorageSOPClassUID = DigitalXRayImageStorageForPresentation
    image.SOPClassUID = DigitalXRayImageStorageForPresentation
    pixels = sha256(stored.tobytes()).hexdigest()
    study, series, instance, frame = (
        generate_uid(entropy_srcs=[patient_id, pixels, part])
        for part in ("study", "series", "instance", "frame")
    )
    image.file_meta.MediaStorageSOPInstanceUID = image.SOPInstanceUID = instance
    image.StudyInstanceUID, image.SeriesInstanceUID, image.FrameOfReferenceUID = study, series, frame
    exam = EXAMS[region]
    _describe(image, patient_id, facing_right, made_on, exam)
    height, width = grey.shape
    image.SamplesPerPixel = 1
    image.PhotometricInterpretation = "MONOCHROME1" if bone_dark else "MONOCHROME2"
    image.Rows, image.Columns = height, width
    image.BitsAllocated, image.BitsStored, image.HighBit = 16, BITS_STORED, BITS_STORED - 1
    image.PixelRepresentation = 0
    image.ImagerPixelSpacing = [round(pixel_mm * exam.magnification, 6)] * 2
    image.EstimatedRadiographicMagnificationFactor = round(exam.magnification, 6)
    if tube_kv is not None:
        image.KVP = round(tube_kv, 1)
    image.DistanceSourceToDetector = exam.source_to_detector_mm
    image.RescaleIntercept, image.RescaleSlope, image.RescaleType = 0, 1, "US"
    image.WindowCenter, image.WindowWidth = 2 ** (BITS_STORED - 1), 2**BITS_STORED
    image.PresentationLUTShape = "INVERSE" if bone_dark else "IDENTITY"
    image.PixelIntensityRelationship = "LOG"
    image.PixelIntensityRelationshipSign = 1 if bone_dark else -1
    image.LossyImageCompression = "00"
    image.PixelData = stored.tobytes()
    image.compress(RLELossless, generate_instance_uid=False)
    image.save_as(target, enforce_file_format=True)


def _describe(image: Dataset, patient_id: str, facing_right: bool, made_on: date, exam: Exam) -> None:
    """Patient, study and acquisition: nobody's, and said to be so."""
    day = f"{made_on:%Y%m%d}"
    image.PatientName, image.PatientID = "Simulated^Film", patient_id
    image.PatientBirthDate, image.PatientSex = "", "O"
    image.PatientIdentityRemoved, image.DeidentificationMethod = "YES", "Simulated film of no person"
    image.BurnedInAnnotation = "NO"
    image.StudyDate = image.SeriesDate = image.AcquisitionDate = image.ContentDate = day
    image.StudyTime = image.SeriesTime = image.AcquisitionTime = image.ContentTime = "120000"
    image.StudyID, image.SeriesNumber, image.InstanceNumber, image.AccessionNumber = "1", 1, 1, ""
    image.ReferringPhysicianName = ""
    image.StudyDescription = "Simulated lateral spine"
    image.Modality, image.PresentationIntentType = "DX", "FOR PRESENTATION"
    image.Manufacturer, image.ManufacturerModelName = "VCF Desktop", "simulator"
    image.SoftwareVersions = __version__
    image.ImageType = ["DERIVED", "PRIMARY", ""]
    image.DerivationDescription = "Simulated radiograph"
    image.BodyPartExamined, image.ViewPosition, image.ImageLaterality = exam.body_part, "LL", "U"
    image.PatientOrientation = ["A" if facing_right else "P", "F"]
    image.PositionerType = "NONE"
    image.AnatomicRegionSequence = [_code(exam.anatomy)]
    image.ViewCodeSequence = [_code(codes.SCT.LeftLateral)]
    image.ViewCodeSequence[0].ViewModifierCodeSequence = []
    image.PositionReferenceIndicator, image.DetectorType, image.AcquisitionContextSequence = "", "", []


def _code(concept: Code) -> Dataset:
    """One item of a code sequence (PS3.3 table 8.8-1)."""
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator = concept.value, concept.scheme_designator
    item.CodeMeaning = concept.meaning
    return item
