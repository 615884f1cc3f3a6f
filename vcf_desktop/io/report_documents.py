"""The two objects that any viewer shows: the printed report, and the film with everything drawn into it."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from highdicom import SOPClass
from numpy.typing import NDArray
from pydicom import Dataset
from pydicom.uid import EncapsulatedPDFStorage, ExplicitVRLittleEndian, SecondaryCaptureImageStorage

from vcf_desktop.io.dicom_instances import ObjectKind, arguments
from vcf_desktop.io.dicom_source import DicomSource
from vcf_desktop.io.report_codes import DIAGNOSTIC_REPORT
from vcf_desktop.report import Report
from vcf_desktop.report_texts import ReportTexts

_WORKSTATION: Final = "WSD"


def encapsulated_pdf(report: Report, source: DicomSource, texts: ReportTexts, pdf: bytes) -> SOPClass:
    """The printed report (PS3.3 A.45.1). It shows the patient's name, which counts as burnt in."""
    instance = _instance(report, source, ObjectKind.EPDF, EncapsulatedPDFStorage, "DOC")
    instance.ConversionType = _WORKSTATION
    instance.BurnedInAnnotation = "YES"
    title = texts.text("title.report")
    instance.DocumentTitle = f"UNVERIFIED DRAFT - {title}" if report.is_draft else title
    instance.VerificationFlag = "UNVERIFIED" if report.is_draft else "VERIFIED"
    instance.AcquisitionDateTime = ""
    concept = Dataset()
    concept.CodeValue, concept.CodingSchemeDesignator = (
        DIAGNOSTIC_REPORT.value,
        DIAGNOSTIC_REPORT.scheme_designator,
    )
    concept.CodeMeaning = DIAGNOSTIC_REPORT.meaning
    instance.ConceptNameCodeSequence = [concept]
    instance.SourceInstanceSequence = [_reference(source)]
    instance.MIMETypeOfEncapsulatedDocument = "application/pdf"
    instance.EncapsulatedDocumentLength = len(pdf)
    instance.EncapsulatedDocument = pdf + bytes(len(pdf) % 2)
    return instance


def secondary_capture(report: Report, source: DicomSource, picture: NDArray[np.uint8]) -> SOPClass:
    """The film with outlines, points and grades drawn into it (PS3.3 A.8.1).

    Args:
        picture: (H, W, 3) red, green and blue.
    """
    instance = _instance(report, source, ObjectKind.SC, SecondaryCaptureImageStorage, "OT")
    instance.ConversionType = _WORKSTATION
    instance.ImageType = ["DERIVED", "SECONDARY"]
    instance.BurnedInAnnotation = "YES"
    instance.DerivationDescription = "Outlines, points and grades of VCF Desktop drawn into the film"
    instance.SourceImageSequence = [_reference(source)]
    instance.PatientOrientation = source.header.PatientOrientation
    instance.Laterality = ""
    instance.SamplesPerPixel, instance.PhotometricInterpretation = 3, "RGB"
    instance.PlanarConfiguration, instance.PixelRepresentation = 0, 0
    instance.Rows, instance.Columns = picture.shape[:2]
    instance.BitsAllocated = instance.BitsStored = 8
    instance.HighBit = 7
    data = np.ascontiguousarray(picture, dtype=np.uint8).tobytes()
    instance.add_new("PixelData", "OB", data + bytes(len(data) % 2))
    return instance


def _instance(
    report: Report, source: DicomSource, kind: ObjectKind, sop_class: str, modality: str
) -> SOPClass:
    """A new object with all that is not its own subject."""
    said: dict[str, Any] = arguments(report, kind)
    return SOPClass(
        study_instance_uid=source.header.StudyInstanceUID,
        sop_class_uid=sop_class,
        modality=modality,
        transfer_syntax_uid=ExplicitVRLittleEndian,
        **said,
    )


def _reference(source: DicomSource) -> Dataset:
    item = Dataset()
    item.ReferencedSOPClassUID = source.header.SOPClassUID
    item.ReferencedSOPInstanceUID = source.header.SOPInstanceUID
    if source.frame is not None:
        item.ReferencedFrameNumber = source.frame
    return item
