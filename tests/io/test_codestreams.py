"""The size that compressed frames declare."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from pydicom import dcmread
from pydicom.data import get_testdata_file
from pydicom.encaps import get_frame

from vcf_desktop.io.codestreams import declared_size


@pytest.mark.parametrize("name", ["JPEG2000.dcm", "JPEG-lossy.dcm", "JPEGLSNearLossless_08.dcm"])
def test_that_a_frame_declares_the_size_of_its_film(name: str) -> None:
    path = get_testdata_file(name, download=False)
    assert isinstance(path, str)
    ds = dcmread(path)
    assert declared_size(get_frame(ds.PixelData, 0, number_of_frames=1)) == (ds.Rows, ds.Columns)


def test_that_markers_before_the_frame_header_are_passed_over() -> None:
    _, coded = cv2.imencode(".jpg", np.zeros((37, 53), np.uint8))
    jpeg = coded.tobytes()
    comment = b"\xff\xfe\x00\x06\xff\xc0ab"
    assert declared_size(jpeg[:2] + comment + b"\xff\xff" + jpeg[2:]) == (37, 53)


@pytest.mark.parametrize(
    "frame", [b"", b"\xff\xd8", b"\xff\xd8\xff\xc0\x00", b"RLE", b"\xff\xd8" + bytes(99)]
)
def test_that_a_frame_without_a_header_declares_nothing(frame: bytes) -> None:
    assert declared_size(frame) is None
