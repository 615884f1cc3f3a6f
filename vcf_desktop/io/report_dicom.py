"""From a report to DICOM files: one function for all of its objects."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pydicom import Dataset

from vcf_desktop.errors import ReportError
from vcf_desktop.film import Film
from vcf_desktop.io.dicom_instances import ObjectKind, file_bytes, quietly
from vcf_desktop.io.dicom_source import DicomSource
from vcf_desktop.io.report_documents import encapsulated_pdf, secondary_capture
from vcf_desktop.io.report_gsps import presentation_state
from vcf_desktop.io.report_seg import NO_VERTEBRAE, segmentation
from vcf_desktop.io.report_sr import structured_report
from vcf_desktop.report import Report
from vcf_desktop.report_texts import ReportTexts


@dataclass(frozen=True, eq=False)
class DicomObjects:
    """The files of a report's objects by kind, and sentences that the user should know."""

    files: dict[ObjectKind, bytes]
    notices: tuple[str, ...]


def dicom_objects(
    report: Report,
    film: Film,
    source: DicomSource,
    texts: ReportTexts,
    kinds: Collection[ObjectKind],
    *,
    pdf: bytes | None = None,
    picture: NDArray[np.uint8] | None = None,
    earlier: Dataset | None = None,
) -> DicomObjects:
    """The objects that were asked for, each new and in a series of its own, in the film's study.

    Args:
        film: the report's.
        source: what :func:`vcf_desktop.io.dicom_source.read_source` read of it. The image that was made of a
            picture is among the files, as the others refer to it.
        texts: of the language and the site.
        pdf: the printed report, for an EPDF.
        picture: (H, W, 3) red, green and blue, the film with everything drawn in, for an SC.
        earlier: the SR of the version before, for an amended report, where it is known.

    Raises:
        ReportError: the report is about another film, or the film's patient or study cannot be copied.
        ValueError: the PDF or the picture is missing.
    """
    if (report.film.sha256, report.film.frame) != (film.sha256, film.frame):
        raise ReportError("This report is about another film than the one that is there now.")

    if (pdf is None and ObjectKind.EPDF in kinds) or (picture is None and ObjectKind.SC in kinds):
        raise ValueError("the printed report and the picture must be given to be made into objects")
    make: dict[ObjectKind, Callable[[], Dataset | None]] = {
        ObjectKind.FILM: lambda: source.image,
        ObjectKind.SR: lambda: structured_report(report, source, texts, earlier),
        ObjectKind.SEG: lambda: segmentation(report, source),
        ObjectKind.GSPS: lambda: presentation_state(report, film, source, texts),
        ObjectKind.EPDF: lambda: encapsulated_pdf(report, source, texts, pdf or b""),
        ObjectKind.SC: lambda: secondary_capture(report, source, np.asarray(picture)),
    }
    files = {}
    with quietly():
        for kind in (ObjectKind.FILM, *kinds):
            instance = make[kind]()
            if instance is not None:
                files[kind] = file_bytes(instance, source)
    left_out = (NO_VERTEBRAE,) if ObjectKind.SEG in kinds and ObjectKind.SEG not in files else ()
    return DicomObjects(files, (*source.notices, *left_out))
