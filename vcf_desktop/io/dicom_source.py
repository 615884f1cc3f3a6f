"""The film as the DICOM objects of a report refer to it: its identity copied, its pixels left out.

A film that came as a picture has no study. It gets a new one, with the picture as its Secondary Capture
image, so that the objects have something to refer to.
"""

from __future__ import annotations

import contextlib
import hashlib
import warnings
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from pydicom import Dataset, FileDataset
from pydicom.dataset import FileMetaDataset
from pydicom.filewriter import correct_ambiguous_vr
from pydicom.uid import (
    UID,
    ComputedRadiographyImageStorage,
    DigitalXRayImageStorageForPresentation,
    DigitalXRayImageStorageForProcessing,
    EnhancedXAImageStorage,
    EnhancedXRFImageStorage,
    ExplicitVRLittleEndian,
    MultiFrameGrayscaleByteSecondaryCaptureImageStorage,
    MultiFrameGrayscaleWordSecondaryCaptureImageStorage,
    MultiFrameSingleBitSecondaryCaptureImageStorage,
    MultiFrameTrueColorSecondaryCaptureImageStorage,
    SecondaryCaptureImageStorage,
    VLPhotographicImageStorage,
    XRayAngiographicImageStorage,
    XRayRadiofluoroscopicImageStorage,
    generate_uid,
)

from vcf_desktop import __version__
from vcf_desktop.errors import ReportError
from vcf_desktop.film import Film, StudyInfo
from vcf_desktop.io.dicom_films import parse
from vcf_desktop.io.dicom_header import DICOM_DAMAGE, items, numbers, text, whole_number
from vcf_desktop.io.films import bytes_of, is_picture

UNICODE: Final = "ISO_IR 192"
"""Character set of all objects: UTF-8 (PS3.3 C.12.1.1.2)."""
MANUFACTURER: Final = "VCF Desktop"

NEW_STUDY_NOTICE: Final = (
    "The film is a picture and belongs to no study: a new study was made for it, with the picture as its "
    "image."
)

_PATIENT: Final = (
    *("PatientName", "PatientID", "IssuerOfPatientID", "IssuerOfPatientIDQualifiersSequence"),
    *("TypeOfPatientID", "OtherPatientIDs", "OtherPatientIDsSequence", "OtherPatientNames"),
    *("PatientBirthDate", "PatientBirthTime", "PatientSex", "EthnicGroup", "PatientComments"),
    *("QualityControlSubject", "ReferencedPatientSequence", "ResponsiblePerson", "ResponsiblePersonRole"),
    *("ResponsibleOrganization", "PatientIdentityRemoved", "DeidentificationMethod"),
    "DeidentificationMethodCodeSequence",
)
_STUDY: Final = (
    *("StudyInstanceUID", "StudyDate", "StudyTime", "StudyID", "StudyDescription", "AccessionNumber"),
    *("IssuerOfAccessionNumberSequence", "ReferringPhysicianName"),
    *("ReferringPhysicianIdentificationSequence", "ConsultingPhysicianName", "PhysiciansOfRecord"),
    *("PhysiciansOfRecordIdentificationSequence", "NameOfPhysiciansReadingStudy"),
    *("PhysiciansReadingStudyIdentificationSequence", "RequestingService", "ReferencedStudySequence"),
    *("ProcedureCodeSequence", "ReasonForPerformedProcedureCodeSequence"),
    *("AdmittingDiagnosesDescription", "AdmittingDiagnosesCodeSequence", "PatientAge", "PatientSize"),
    *("PatientWeight", "MedicalAlerts", "Allergies", "SmokingStatus", "PregnancyStatus"),
    *("LastMenstrualDate", "PatientState", "Occupation", "AdditionalPatientHistory", "AdmissionID"),
    *("IssuerOfAdmissionIDSequence", "ServiceEpisodeID", "ServiceEpisodeDescription"),
    *("ClinicalTrialSponsorName", "ClinicalTrialProtocolID", "ClinicalTrialProtocolName"),
    *("ClinicalTrialSiteID", "ClinicalTrialSiteName", "ClinicalTrialSubjectID"),
    *("ClinicalTrialSubjectReadingID", "ClinicalTrialTimePointID", "ClinicalTrialTimePointDescription"),
)
"""Elements of the patient and of the study (PS3.3 C.7.1.1, C.7.1.3, C.7.2.1 to C.7.2.3)."""
_EMPTY: Final = (
    *("PatientName", "PatientID", "PatientBirthDate", "PatientSex"),
    *("StudyDate", "StudyTime", "StudyID", "AccessionNumber", "ReferringPhysicianName"),
)
"""Those that must be there, be it empty (type 2)."""


@dataclass(frozen=True, eq=False)
class DicomSource:
    """What the objects of a report refer to.

    Attributes:
        header: the film's class, UIDs and size, without pixels; patient and study are empty in it, as
            ``identity`` has them.
        identity: all elements of patient and study as the film has them, in Unicode.
        frame: number of the frame from 1; None where this kind of image has no frames.
        is_colour: whether the stored pixels are in colour.
        image: the image that was made of a picture, to be kept with the objects; None for a film in DICOM.
        notices: sentences that the user should know.
    """

    header: Dataset
    identity: Dataset
    frame: int | None
    is_colour: bool
    image: FileDataset | None = None
    notices: tuple[str, ...] = ()


def read_source(film: Film, patient: StudyInfo | None = None) -> DicomSource:
    """What objects about this film refer to, read again from the film's file.

    Args:
        film: as it was reported on.
        patient: whose film a picture is, None where that is not known. Films in DICOM say it themselves.

    Raises:
        FilmReadError: the file cannot be read any more.
        ReportError: its bytes have changed, or it lacks what a reference needs.
    """
    data = bytes_of(film.path)
    if hashlib.sha256(data).hexdigest() != film.sha256:
        raise ReportError("The film's file has changed since the film was read; open it again.")
    with warnings.catch_warnings():
        # As in reading films: the spelling of elements that were copied as they are is not ours.
        warnings.simplefilter("ignore")
        if is_picture(data):
            return _of_picture(film, patient or StudyInfo(), is_lossy=data.startswith(b"\xff\xd8\xff"))
        return _of_dicom(film.path, data, film)


def _of_dicom(path: Path, data: bytes, film: Film) -> DicomSource:
    ds = parse(path, data)
    header = Dataset()
    for keyword, what in _REFERENCE.items():
        uid = text(ds, keyword)
        if not UID(uid).is_valid:
            raise ReportError(f"DICOM objects cannot refer to this film: its {what} is missing or invalid.")
        setattr(header, keyword, uid)
    if header.SOPClassUID not in _HAS_FRAMES:
        raise ReportError(
            f"DICOM objects cannot refer to this film: it is of the kind {UID(header.SOPClassUID).name}, "
            "which is no film of today's standard."
        )
    frame = film.frame + 1 if _HAS_FRAMES[header.SOPClassUID] else None
    samples = whole_number(ds, "SamplesPerPixel") or 1
    palette = text(ds, "PhotometricInterpretation") == "PALETTE COLOR"
    _complete(header, film, text(ds, "Modality") or "OT", samples)
    frame_of_reference = text(ds, "FrameOfReferenceUID")
    if UID(frame_of_reference).is_valid:
        header.FrameOfReferenceUID = frame_of_reference
    _copy_modality_lut(header, ds)
    return DicomSource(header, _identity(ds), frame, samples > 1 or palette)


_REFERENCE: Final = {
    "SOPClassUID": "SOP Class UID",
    "SOPInstanceUID": "SOP Instance UID",
    "StudyInstanceUID": "Study Instance UID",
    "SeriesInstanceUID": "Series Instance UID",
}


_HAS_FRAMES: Final = dict.fromkeys(
    (
        ComputedRadiographyImageStorage,
        DigitalXRayImageStorageForPresentation,
        DigitalXRayImageStorageForProcessing,
        SecondaryCaptureImageStorage,
        VLPhotographicImageStorage,
    ),
    False,
) | dict.fromkeys(
    (
        MultiFrameGrayscaleByteSecondaryCaptureImageStorage,
        MultiFrameGrayscaleWordSecondaryCaptureImageStorage,
        MultiFrameSingleBitSecondaryCaptureImageStorage,
        MultiFrameTrueColorSecondaryCaptureImageStorage,
        XRayAngiographicImageStorage,
        XRayRadiofluoroscopicImageStorage,
        EnhancedXAImageStorage,
        EnhancedXRFImageStorage,
    ),
    True,
)
"""Images of projection films -> whether one of its frames must be named."""


def _complete(header: Dataset, film: Film, modality: str, samples: int) -> None:
    header.Modality, header.SamplesPerPixel = modality, samples
    header.Rows, header.Columns = film.height_px, film.width_px
    header.NumberOfFrames = film.frame_count
    header.PatientOrientation = list(film.study.patient_orientation) if film.study else []
    for keyword in _EMPTY:
        setattr(header, keyword, "")


def _copy_modality_lut(header: Dataset, ds: Dataset) -> None:
    """What makes modality values of stored ones; see :func:`vcf_desktop.io.dicom_pixels.modality_values`."""
    luts = items(ds, "ModalityLUTSequence")
    if luts:
        header.PixelRepresentation = whole_number(ds, "PixelRepresentation") or 0
        header.ModalityLUTSequence = [deepcopy(luts[0])]
        correct_ambiguous_vr(header, is_little_endian=True)
        return
    slope, intercept = numbers(ds, "RescaleSlope"), numbers(ds, "RescaleIntercept")
    header.RescaleSlope = f"{slope[0] if slope else 1.0:.9g}"
    header.RescaleIntercept = f"{intercept[0] if intercept else 0.0:.9g}"
    header.RescaleType = text(ds, "RescaleType")[:16] or "US"


def _identity(ds: Dataset) -> Dataset:
    """Patient and study of a data set, decoded; what cannot be read is left out, or empty."""
    identity = Dataset()
    for keyword in _EMPTY:
        setattr(identity, keyword, "")
    character_set = ds.get("SpecificCharacterSet") or "ISO_IR 6"
    for keyword in (*_PATIENT, *_STUDY):
        with contextlib.suppress(*DICOM_DAMAGE):
            if keyword in ds:
                one = Dataset()
                one.SpecificCharacterSet = character_set
                one[keyword] = deepcopy(ds[keyword])
                one.decode()
                identity[keyword] = one[keyword]
    _drop_character_sets(identity)
    return identity


def _drop_character_sets(ds: Dataset) -> None:
    """Items of a sequence would name the film's own character set, which no longer holds."""
    ds.pop("SpecificCharacterSet", None)
    for element in ds:
        for item in element.value if element.VR == "SQ" else ():
            _drop_character_sets(item)


def _of_picture(film: Film, patient: StudyInfo, *, is_lossy: bool) -> DicomSource:
    """A new study with the picture as its image; the same picture of a patient always gets the same."""
    image = FileDataset("", {}, file_meta=FileMetaDataset(), preamble=bytes(128))
    image.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    image.SpecificCharacterSet = UNICODE
    image.SOPClassUID = image.file_meta.MediaStorageSOPClassUID = SecondaryCaptureImageStorage
    whose = (film.sha256, patient.patient_id, patient.patient_name)
    image.StudyInstanceUID = _uid(whose, "study")
    image.SeriesInstanceUID = _uid(whose, "series")
    image.SOPInstanceUID = _uid(whose, f"frame {film.frame}")
    image.file_meta.MediaStorageSOPInstanceUID = image.SOPInstanceUID
    for keyword in _EMPTY:
        setattr(image, keyword, "")
    image.PatientName, image.PatientID, image.PatientSex = (
        patient.patient_name,
        patient.patient_id,
        patient.patient_sex,
    )
    if patient.birth_date is not None:
        image.PatientBirthDate = f"{patient.birth_date:%Y%m%d}"
    image.StudyDescription = "Spine film from a picture"
    image.SeriesNumber, image.InstanceNumber = 1, film.frame + 1
    # OT: the picture does not say how the film was taken; WSD: it was made on a workstation (C.8.6.1).
    image.Modality, image.ConversionType = "OT", "WSD"
    image.SecondaryCaptureDeviceManufacturer = MANUFACTURER
    image.SecondaryCaptureDeviceManufacturerModelName = MANUFACTURER
    image.SecondaryCaptureDeviceSoftwareVersions = __version__
    image.ImageType = ["DERIVED", "SECONDARY"]
    image.DerivationDescription = "Grey values of a picture file"
    image.PatientOrientation, image.Laterality = [], ""
    image.LossyImageCompression = "01" if is_lossy else "00"
    if is_lossy:
        image.LossyImageCompressionMethod = "ISO_10918_1"
    _add_grey_values(image, film)
    header = Dataset()
    for keyword in _REFERENCE:
        setattr(header, keyword, image[keyword].value)
    _complete(header, film, "OT", 1)
    _copy_modality_lut(header, image)
    identity = Dataset()
    for keyword in (*_PATIENT, *_STUDY):
        if keyword in image:
            identity[keyword] = image[keyword]
    return DicomSource(header, identity, None, False, image, (NEW_STUDY_NOTICE,))


def _uid(whose: Iterable[str], part: str) -> str:
    return generate_uid(entropy_srcs=[MANUFACTURER, *whose, part])


def _add_grey_values(image: FileDataset, film: Film) -> None:
    """The picture's own values; what is neither of 8 nor of 16 bits is stored in 16, with a rescale back."""
    display = film.display
    values = np.asarray(display.values)
    if values.dtype not in (np.uint8, np.uint16):
        low, high = float(values.min()), float(values.max())
        slope = (high - low) / np.iinfo(np.uint16).max
        values = np.round((values.astype(np.float64) - low) / slope).astype(np.uint16)
        image.RescaleIntercept, image.RescaleSlope, image.RescaleType = f"{low:.9g}", f"{slope:.9g}", "US"
    bits = 8 * values.dtype.itemsize
    image.SamplesPerPixel, image.PixelRepresentation = 1, 0
    image.PhotometricInterpretation = "MONOCHROME2"
    image.Rows, image.Columns = values.shape
    image.BitsAllocated = image.BitsStored = bits
    image.HighBit = bits - 1
    window = display.windows[0]
    image.WindowCenter, image.WindowWidth = f"{window.centre:.9g}", f"{window.width:.9g}"
    image.VOILUTFunction = window.function
    data = values.astype(values.dtype.newbyteorder("<")).tobytes()
    image.add_new("PixelData", "OB" if bits == 8 else "OW", data + bytes(len(data) % 2))
