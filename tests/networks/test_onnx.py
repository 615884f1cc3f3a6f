"""All three networks together: their size, and what they say in ONNX Runtime."""

import io
import warnings

import numpy as np
import onnxruntime
import pytest
import torch
from torch import nn
from torch.export import Dim

from vcf_desktop.networks import cbam_resnet50, dwt_yolov5, psa_unet
from vcf_desktop.networks.cbam_resnet50 import CbamResnet50, ClassifierConfig
from vcf_desktop.networks.dwt_yolov5 import DetectorConfig, DwtYolov5
from vcf_desktop.networks.psa_unet import PsaUnet, SegmenterConfig


def test_that_the_paper_configuration_has_the_papers_size() -> None:
    with torch.device("meta"):
        networks = (
            DwtYolov5(dwt_yolov5.PAPER),
            PsaUnet(psa_unet.PAPER),
            CbamResnet50(cbam_resnet50.PAPER),
        )
    # The paper's section 4 says 68.4 million, without saying where they are.
    assert 65e6 < sum(p.numel() for net in networks for p in net.parameters()) < 72e6


def as_session(
    net: nn.Module, example: torch.Tensor, dynamic: dict[int, object]
) -> onnxruntime.InferenceSession:
    with warnings.catch_warnings():
        # The exporter warns of its own use of deprecated interfaces; the numbers below are what counts.
        warnings.simplefilter("ignore")
        program = torch.onnx.export(
            net.eval(), (example,), dynamo=True, dynamic_shapes=(dynamic,), verbose=False
        )
    assert program is not None
    file = io.BytesIO()
    program.save(file)
    return onnxruntime.InferenceSession(file.getvalue(), providers=["CPUExecutionProvider"])


BATCH = Dim("batch", min=1, max=64)
HEIGHT, WIDTH = (32 * Dim(name, min=1, max=64) for name in ("rows", "columns"))
CASES = {
    "detector": (
        lambda: DwtYolov5(DetectorConfig(width=0.1)),
        (2, 1, 96, 64),
        {0: BATCH, 2: HEIGHT, 3: WIDTH},
    ),
    "detector with longer wavelet": (
        lambda: DwtYolov5(DetectorConfig(width=0.1, wavelet="db2")),
        (2, 1, 96, 64),
        {0: BATCH, 2: HEIGHT, 3: WIDTH},
    ),
    "segmenter": (lambda: PsaUnet(SegmenterConfig(width=0.1)), (2, 1, 32, 32), {0: BATCH}),
    "classifier": (lambda: CbamResnet50(ClassifierConfig(width=0.1)), (2, 3, 64, 64), {0: BATCH}),
}


@pytest.mark.parametrize("name", CASES)
def test_that_onnx_runtime_and_torch_agree(name: str) -> None:
    torch.manual_seed(0)
    build, shape, dynamic = CASES[name]
    net = build()
    with torch.no_grad():
        for parameter in net.parameters():  # As if trained: nothing stays at a start value that hides a term.
            parameter += 0.1 * torch.randn_like(parameter)
    session = as_session(net, torch.rand(shape), dynamic)
    other = (3, *shape[1:]) if 2 not in dynamic else (3, 1, 64, 160)
    for size in (shape, other):
        images = torch.rand(size)
        with torch.no_grad():
            expected = net(images).numpy()
        (found,) = session.run(None, {session.get_inputs()[0].name: images.numpy()})
        np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-4)
