"""A simulated film as a DICOM DX image for presentation (PS3.3 A.26), as a detector would send it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

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

BITS_STORED = 12


def write_dicom(
    path: Path,
    grey: NDArray[np.float32],
    pixel_mm: float,
    facing_right: bool,
    patient_id: str,
    made_on: date,
) -> None:
    """Write ``grey`` (H, W) in [0, 1] as a 12-bit, losslessly compressed lateral spine film.

    The spacing is given at the detector, as on most films. Every UID follows from ``patient_id``, so the
    same film gives the same file.
    """
    image = Dataset()
    image.file_meta = FileMetaDataset()
    image.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    image.file_meta.MediaStorageSOPClassUID = DigitalXRayImageStorageForPresentation
    image.SOPClassUID = DigitalXRayImageStorageForPresentation
    study, series, instance, frame = (
        generate_uid(entropy_srcs=[patient_id, part]) for part in ("study", "series", "instance", "frame")
    )
    image.file_meta.MediaStorageSOPInstanceUID = image.SOPInstanceUID = instance
    image.StudyInstanceUID, image.SeriesInstanceUID, image.FrameOfReferenceUID = study, series, frame
    _describe(image, patient_id, facing_right, made_on)
    height, width = grey.shape
    image.SamplesPerPixel, image.PhotometricInterpretation = 1, "MONOCHROME2"
    image.Rows, image.Columns = height, width
    image.BitsAllocated, image.BitsStored, image.HighBit = 16, BITS_STORED, BITS_STORED - 1
    image.PixelRepresentation = 0
    image.ImagerPixelSpacing = [round(pixel_mm, 4)] * 2
    image.RescaleIntercept, image.RescaleSlope, image.RescaleType = 0, 1, "US"
    image.WindowCenter, image.WindowWidth = 2 ** (BITS_STORED - 1), 2**BITS_STORED
    image.PresentationLUTShape = "IDENTITY"
    image.PixelIntensityRelationship, image.PixelIntensityRelationshipSign = "LOG", -1
    image.LossyImageCompression = "00"
    stored = np.round(np.clip(grey, 0, 1) * (2**BITS_STORED - 1)).astype(np.uint16)
    image.PixelData = stored.tobytes()
    image.compress(RLELossless, generate_instance_uid=False)
    image.save_as(path, enforce_file_format=True)


def _describe(image: Dataset, patient_id: str, facing_right: bool, made_on: date) -> None:
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
    image.ImageType = ["DERIVED", "PRIMARY", ""]
    image.DerivationDescription = "Simulated radiograph"
    image.BodyPartExamined, image.ViewPosition, image.ImageLaterality = "SPINE", "LL", "U"
    image.PatientOrientation = ["A" if facing_right else "P", "F"]
    image.PositionerType = "NONE"
    image.AnatomicRegionSequence = [_code(codes.SCT.ThoracoLumbarSpine)]
    image.ViewCodeSequence = [_code(codes.SCT.LeftLateral)]
    image.ViewCodeSequence[0].ViewModifierCodeSequence = []
    image.PositionReferenceIndicator, image.DetectorType, image.AcquisitionContextSequence = "", "", []


def _code(concept: Code) -> Dataset:
    """One item of a code sequence (PS3.3 table 8.8-1)."""
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator = concept.value, concept.scheme_designator
    item.CodeMeaning = concept.meaning
    return item
