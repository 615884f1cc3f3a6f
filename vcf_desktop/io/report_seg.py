"""The bodies of the vertebrae as a DICOM segmentation, pixel for pixel on the film."""

from __future__ import annotations

from copy import deepcopy
from typing import Final

import numpy as np
from highdicom import AlgorithmIdentificationSequence
from highdicom.seg import SegmentAlgorithmTypeValues, Segmentation, SegmentDescription
from numpy.typing import ArrayLike, NDArray
from pydicom import Dataset
from pydicom.sr.codedict import codes

from vcf_desktop.io.dicom_instances import ObjectKind, arguments, content_label, person_name, tracking_uid
from vcf_desktop.io.dicom_source import MANUFACTURER, DicomSource
from vcf_desktop.io.report_codes import ANATOMICAL_STRUCTURE, VERTEBRAE
from vcf_desktop.report import Report, ReportedVertebra

NO_VERTEBRAE: Final = "No segmentation was made, as the report has no vertebra on the film."


def segmentation(report: Report, source: DicomSource) -> Segmentation | None:
    """One binary segment a vertebra, top to bottom, with the tracking identifiers of the SR.

    None where no vertebra covers a pixel: a segmentation of nothing cannot be written.
    """
    size = report.film.height_px, report.film.width_px
    masks = [(vertebra, filled(vertebra.contour_xy, size)) for vertebra in report.vertebrae]
    masks = [(vertebra, mask) for vertebra, mask in masks if mask.any()]
    if not masks:
        return None
    creator = person_name(report.signature.reader) if report.signature else None
    instance = Segmentation(
        source_images=[_with_groups(source)],
        pixel_array=np.moveaxis(np.stack([mask for _, mask in masks]), 0, -1)[None],
        segmentation_type="BINARY",
        segment_descriptions=[
            _segment(number, vertebra, report) for number, (vertebra, _) in enumerate(masks, start=1)
        ],
        content_label=content_label(report),
        content_description="Vertebral bodies",
        content_creator_name=creator,
        **arguments(report, ObjectKind.SEG),
    )
    instance.PatientOrientation = source.header.PatientOrientation
    if source.frame is not None:
        del instance.SharedFunctionalGroupsSequence[0].PixelMeasuresSequence
        for group in instance.PerFrameFunctionalGroupsSequence:
            group.DerivationImageSequence[0].SourceImageSequence[0].ReferencedFrameNumber = source.frame
    return instance


def _with_groups(source: DicomSource) -> Dataset:
    """The film as an image of one frame.

    highdicom looks for functional groups in every kind of image that has frames, and would place several
    frames in space.
    """
    header = deepcopy(source.header)
    header.NumberOfFrames = 1
    if source.frame is not None:
        groups = Dataset()
        groups.PixelMeasuresSequence = [Dataset()]
        header.SharedFunctionalGroupsSequence = [groups]
    return header


def _segment(number: int, vertebra: ReportedVertebra, report: Report) -> SegmentDescription:
    how, algorithm = SegmentAlgorithmTypeValues.MANUAL, None
    if vertebra.machine is not None:
        untouched = np.array_equal(vertebra.contour_xy, vertebra.machine.contour_xy)
        how = SegmentAlgorithmTypeValues.AUTOMATIC if untouched else SegmentAlgorithmTypeValues.SEMIAUTOMATIC
        algorithm = AlgorithmIdentificationSequence(
            name=MANUFACTURER,
            family=codes.DCM.ArtificialIntelligence,
            version=report.software_version,
            parameters={model.name: f"{model.version} {model.sha256}" for model in report.models} or None,
        )
    return SegmentDescription(
        segment_number=number,
        segment_label=vertebra.level.label,
        segmented_property_category=ANATOMICAL_STRUCTURE,
        segmented_property_type=VERTEBRAE[vertebra.level],
        algorithm_type=how,
        algorithm_identification=algorithm,
        tracking_uid=tracking_uid(report, vertebra),
        tracking_id=vertebra.level.label,
    )


def filled(contour_xy: ArrayLike, size_hw: tuple[int, int]) -> NDArray[np.uint8]:
    """(H, W), 1 where the centre of a pixel lies within a closed outline (N, 2) of film pixels, else 0.

    A centre on a side belongs to the area at its right or below it, so that two areas with a common side
    share no pixel and leave none out. Where an outline crosses itself, the even-odd rule holds.
    """
    height, width = size_hw
    start = np.asarray(contour_xy, dtype=np.float64)
    end = np.roll(start, -1, axis=0)
    mask = np.zeros(size_hw, dtype=np.uint8)
    # Pixels whose centres lie at or to the right of a side, row by row: the row enters or leaves there.
    first, last = np.sort(np.ceil([start[:, 1] - 0.5, end[:, 1] - 0.5]), axis=0).clip(0, height).astype(int)
    for (x0, y0), (x1, y1), begin, stop in zip(start, end, first, last, strict=True):
        rows = np.arange(begin, stop)
        crossings = x0 + (rows + 0.5 - y0) * ((x1 - x0) / (y1 - y0)) if begin < stop else rows
        columns = np.ceil(crossings - 0.5).clip(0, width).astype(int)
        within = columns < width
        mask[rows[within], columns[within]] ^= 1
    occupied = slice(first.min(), last.max())
    np.bitwise_xor.accumulate(mask[occupied], axis=1, out=mask[occupied])
    return mask
