"""DICOM objects of reports for tests, and films of every kind to make them of."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Collection
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pydicom
import pytest
from pydicom import Dataset
from pydicom.uid import (
    ComputedRadiographyImageStorage,
    ExplicitVRLittleEndian,
    SecondaryCaptureImageStorage,
    XRayRadiofluoroscopicImageStorage,
)

from tests.reports import DEMO_FILM, NOW, SIGNATURE, a_film, a_review
from vcf_desktop.film import Film
from vcf_desktop.io.dicom_instances import ObjectKind
from vcf_desktop.io.dicom_source import read_source
from vcf_desktop.io.films import read_film
from vcf_desktop.io.report_dicom import dicom_objects
from vcf_desktop.io.report_files import load_texts
from vcf_desktop.report import Report
from vcf_desktop.report_building import build_report
from vcf_desktop.review import Cause, ReaderGrade, Review
from vcf_desktop.spine import Deformity, VertebraLevel
from vcf_desktop.statement import PriorReading, PriorVertebra, Quality, Statement

PDF = b"%PDF-1.7\nnot much of a report\n%%EOF\n"
KINDS = tuple(kind for kind in ObjectKind if kind is not ObjectKind.FILM)


def made(
    report: Report,
    film: Film,
    kinds: Collection[ObjectKind] = KINDS,
    language: str = "en",
    earlier: Dataset | None = None,
) -> dict[ObjectKind, pydicom.FileDataset]:
    """The objects of a report, read back from their bytes."""
    picture = np.repeat((film.pixels * 255).astype(np.uint8)[..., None], 3, axis=2)
    objects = dicom_objects(
        report,
        film,
        read_source(film),
        load_texts(language),
        kinds,
        pdf=PDF,
        picture=picture,
        earlier=earlier,
    )
    return {kind: pydicom.dcmread(BytesIO(content)) for kind, content in objects.files.items()}


def errors_of(instance: pydicom.FileDataset, path: Path) -> list[str]:
    """What dciodvfy holds against an object; the test is skipped where it is not installed."""
    if shutil.which("dciodvfy") is None:
        pytest.skip("dciodvfy of dicom3tools is not installed")
    instance.save_as(path)
    done = subprocess.run(
        ["dciodvfy", "-new", path], capture_output=True, text=True, errors="replace", check=False
    )
    assert done.stderr.splitlines(), "dciodvfy names at least the kind of object"
    return [line for line in done.stderr.splitlines() if line.startswith("Error")]


def demo() -> pydicom.FileDataset:
    """The demo film, its pixels not compressed."""
    ds = pydicom.dcmread(DEMO_FILM)
    ds.decompress(generate_instance_uid=False)
    return ds


def write(ds: pydicom.FileDataset, path: Path, **elements: Any) -> Film:
    """A film with other elements; None takes one away."""
    for keyword, value in elements.items():
        if value is None:
            ds.pop(keyword, None)
        else:
            setattr(ds, keyword, value)
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds.file_meta.MediaStorageSOPClassUID = ds.get("SOPClassUID", SecondaryCaptureImageStorage)
    ds.save_as(path)
    return read_film(path)


def a_cr(path: Path) -> Film:
    """A computed radiograph with inverted values, a rescale and a window, as older readers send it."""
    ds = demo()
    ds.PixelData = (4095 - ds.pixel_array).astype("<u2").tobytes()
    for keyword in ("PresentationIntentType", "PresentationLUTShape", "PixelIntensityRelationship"):
        del ds[keyword]
    return write(
        ds,
        path,
        SOPClassUID=ComputedRadiographyImageStorage,
        Modality="CR",
        PhotometricInterpretation="MONOCHROME1",
        RescaleIntercept=-1000,
        RescaleSlope=2,
        WindowCenter=3000,
        WindowWidth=5000,
    )


def a_fluoroscopy(path: Path) -> Film:
    """The second of two frames of a fluoroscopy."""
    ds = demo()
    frame = ds.pixel_array
    ds.NumberOfFrames, ds.PixelData = 2, np.stack([frame // 2, frame]).astype("<u2").tobytes()
    ds.SOPClassUID, ds.Modality = XRayRadiofluoroscopicImageStorage, "RF"
    ds.file_meta.MediaStorageSOPClassUID = ds.SOPClassUID
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds.save_as(path)
    return read_film(path, frame=1)


def a_screenshot(path: Path) -> Film:
    """A Secondary Capture in colour."""
    ds = demo()
    grey = (ds.pixel_array >> 4).astype(np.uint8)
    ds.PixelData = np.stack([grey, grey, grey // 2], axis=-1).tobytes()
    for keyword in ("WindowCenter", "WindowWidth", "RescaleSlope", "RescaleIntercept", "RescaleType"):
        del ds[keyword]
    return write(
        ds,
        path,
        SOPClassUID=SecondaryCaptureImageStorage,
        Modality="OT",
        SamplesPerPixel=3,
        PlanarConfiguration=0,
        PhotometricInterpretation="RGB",
        BitsAllocated=8,
        BitsStored=8,
        HighBit=7,
    )


def a_picture(path: Path) -> Film:
    """The demo film as a picture, in the format of the path's ending."""
    values = demo().pixel_array
    deep = path.suffix == ".png"
    cv2.imwrite(str(path), values * 16 if deep else (values >> 4).astype(np.uint8))
    return read_film(path)


FILMS = {
    "dx": lambda _: a_film(),
    "cr": lambda folder: a_cr(folder / "cr.dcm"),
    "fluoroscopy": lambda folder: a_fluoroscopy(folder / "rf.dcm"),
    "colour": lambda folder: a_screenshot(folder / "sc.dcm"),
    "png": lambda folder: a_picture(folder / "film.png"),
    "jpeg": lambda folder: a_picture(folder / "film.jpg"),
}
"""Name -> what makes such a film in a folder."""


def a_full_review(film: Film) -> Review:
    """A review that has of everything: T13 and L6, causes, types, notes, moved points, an added vertebra."""
    review = a_review(film)
    keys = {vertebra.level: vertebra.key for vertebra in review.vertebrae}
    l1 = review.vertebra(keys[VertebraLevel.L1])
    review = review.with_vertebra(
        replace(
            l1,
            points_xy=l1.points_xy + 0.372,
            contour_xy=l1.contour_xy + 0.372,
            deformity=Deformity.CRUSH,
            cause=Cause.HARDWARE,
            note="Zement, 骨水泥",
        )
    )
    l3 = review.vertebra(keys[VertebraLevel.L3])
    review = review.with_vertebra(replace(l3, cause=Cause.SCHEUERMANN))
    review = review.renamed(keys[VertebraLevel.L5], VertebraLevel.L6)
    review = review.graded(keys[VertebraLevel.T12], ReaderGrade.EQUIVOCAL, "Dr. Wei", NOW)
    review = review.renamed(keys[VertebraLevel.T11], VertebraLevel.T13)
    review = review.with_drawn((500.0, 900.25, 560.5, 950.0), VertebraLevel.T5, True)
    review = review.graded(review.next_key - 1, ReaderGrade.MILD, SIGNATURE.reader, NOW)
    prior = PriorReading(
        *("0" * 64, 0, 1, "", "1.2.3", NOW.date(), "A17", "Dr. Ruiz"),
        (
            PriorVertebra(VertebraLevel.L1, 1.0, True, None),
            PriorVertebra(VertebraLevel.T10, 0.5, False, None),
        ),
    )
    statement = Statement(
        indication="Fall",
        quality=Quality.LIMITED,
        quality_note="T4 to T6 behind the shoulders",
        comment="Aortic calcification",
        recommendation="DXA\nMRI of L1",
        prior=prior,
    )
    return replace(review, statement=statement)


def a_full_report(film: Film, version: int = 1) -> Report:
    """The report of :func:`a_full_review`."""
    return build_report(film, a_full_review(film), replace(SIGNATURE, version=version), "9.9", NOW)
