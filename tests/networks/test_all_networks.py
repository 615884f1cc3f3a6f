"""What all three networks share: the paper's size, a trap to avoid, and the same answers in ONNX Runtime."""

import io
import logging
import warnings
from collections.abc import Callable

import numpy as np
import onnxruntime
import pytest
import torch
from torch import nn
from torch.export import Dim

from vcf_desktop.networks import cbam_resnet50, dwt_yolov5, psa_unet
from vcf_desktop.networks.blocks import Dwt2d
from vcf_desktop.networks.cbam_resnet50 import Bottleneck, CbamResnet50, ClassifierConfig
from vcf_desktop.networks.dwt_yolov5 import DetectorConfig, DwtYolov5
from vcf_desktop.networks.psa_unet import PsaUnet, SegmenterConfig


def paper_networks() -> list[nn.Module]:
    with torch.device("meta"):
        return [
            DwtYolov5(dwt_yolov5.PAPER),
            PsaUnet(psa_unet.PAPER),
            CbamResnet50(cbam_resnet50.PAPER),
        ]


def test_that_the_paper_configuration_has_the_papers_size() -> None:
    # The paper's section 3.2 says 68.4 million, without saying where they are.
    assert 65e6 < sum(p.numel() for net in paper_networks() for p in net.parameters()) < 72e6


def test_that_no_convolution_skips_pixels() -> None:
    """In torch 2.13.0 the backward pass of a strided 1x1 convolution corrupts the heap on the CPU."""
    convolutions = [m for net in paper_networks() for m in net.modules() if isinstance(m, nn.Conv2d)]
    assert len(convolutions) > 100
    assert all(m.stride <= m.kernel_size for m in convolutions)


def as_session(
    net: nn.Module, example: torch.Tensor, dynamic: dict[int, object]
) -> onnxruntime.InferenceSession:
    with warnings.catch_warnings():
        # The exporter uses interfaces of torch and onnxscript that are deprecated; none of it is ours.
        warnings.simplefilter("ignore")
        program = torch.onnx.export(
            net.eval(), (example,), dynamo=True, dynamic_shapes=(dynamic,), verbose=False
        )
    assert program is not None
    file = io.BytesIO()
    program.save(file)
    return onnxruntime.InferenceSession(file.getvalue(), providers=["CPUExecutionProvider"])


Shape = tuple[int, int, int, int]
BATCH = Dim("batch", min=1, max=64)
HEIGHT, WIDTH = (32 * Dim(name, min=1, max=64) for name in ("rows", "columns"))


@pytest.mark.parametrize(
    ("build", "shape", "other"),
    [
        pytest.param(
            lambda: DwtYolov5(DetectorConfig(width=0.1)), (2, 1, 96, 64), (3, 1, 64, 160), id="detector"
        ),
        pytest.param(lambda: Dwt2d("db2"), (2, 1, 96, 64), (3, 1, 64, 160), id="wavelet with a border"),
        pytest.param(
            lambda: PsaUnet(SegmenterConfig(width=0.1)), (2, 1, 32, 32), (3, 1, 32, 32), id="segmenter"
        ),
        pytest.param(lambda: Bottleneck(16, 8, 2, cbam=True), (2, 16, 9, 9), (3, 16, 9, 9), id="bottleneck"),
        pytest.param(
            lambda: CbamResnet50(ClassifierConfig(width=0.1)),
            (2, 3, 64, 64),
            (3, 3, 64, 64),
            id="classifier",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_that_onnx_runtime_and_torch_agree(
    build: Callable[[], nn.Module], shape: Shape, other: Shape, caplog: pytest.LogCaptureFixture
) -> None:
    # The exporter tells that torchvision is not there; nothing here needs it.
    caplog.set_level(logging.ERROR, logger="torch.onnx")
    net = build()
    with torch.no_grad():
        for parameter in net.parameters():  # As if trained: no start value of 0 or 1 hides a term.
            parameter.add_(torch.randn_like(parameter), alpha=0.1)
    dynamic = {0: BATCH} if shape[2:] == other[2:] else {0: BATCH, 2: HEIGHT, 3: WIDTH}
    session = as_session(net, torch.rand(shape), dynamic)
    for size in (shape, other):
        images = torch.rand(size)
        with torch.no_grad():
            answer = net(images)
        expected = answer if isinstance(answer, tuple) else (answer,)
        found = session.run(None, {session.get_inputs()[0].name: images.numpy()})
        for ours, theirs in zip(expected, found, strict=True):
            np.testing.assert_allclose(theirs, ours, rtol=1e-4, atol=1e-4)
