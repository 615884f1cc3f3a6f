"""The detector: its shapes, its boxes, its matching and its loss."""

import json
import math
from dataclasses import asdict, replace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from vcf_desktop.networks.dwt_yolov5 import (
    COMPACT,
    STRIDES,
    DetectorConfig,
    DwtYolov5,
    complete_iou,
    detection_loss,
    match_anchors,
)

TINY = DetectorConfig(width=0.1, classes=3)


def empty_raw(batch: int = 1, side: int = 64, classes: int = 2) -> list[torch.Tensor]:
    """Logits of a detector that sees nothing anywhere, as leaves."""
    raw = [torch.zeros(batch, 3, side // s, side // s, 5 + classes) for s in STRIDES]
    for level in raw:
        level[..., 4] = -12
    return raw


def test_that_a_configuration_survives_json() -> None:
    config = DetectorConfig(
        width=0.5, wavelet="db2", anchors_px=(((8, 7),) * 3, ((16, 14),) * 3, ((32, 28),) * 3)
    )
    assert DetectorConfig(**json.loads(json.dumps(asdict(config)))) == config


@pytest.mark.parametrize("dwt", [True, False])
@pytest.mark.parametrize("wavelet", ["haar", "db2"])
def test_that_every_configuration_learns(dwt: bool, wavelet: str) -> None:
    config = replace(TINY, dwt=dwt, wavelet=wavelet)
    net = DwtYolov5(config)
    raw = net(torch.rand(2, 1, 96, 64))
    assert [level.shape for level in raw] == [(2, 3, 12, 8, 8), (2, 3, 6, 4, 8), (2, 3, 3, 2, 8)]
    detection_loss(
        raw, torch.tensor([[0, 2, 30, 40, 20, 18], [1, 0, 32, 60, 60, 50]]), config
    ).total.backward()
    for name, parameter in net.named_parameters():
        assert parameter.grad is not None, name
        assert parameter.grad.isfinite().all(), name


def test_that_the_wavelet_front_end_adds_its_parameters() -> None:
    with torch.device("meta"):
        plain, wavelet = (
            sum(p.numel() for p in DwtYolov5(DetectorConfig(classes=80, dwt=dwt)).parameters())
            for dwt in (False, True)
        )
    # YOLOv5s has 7,235,389 parameters on three colours and 80 classes; ours sees one: 2 * 32 * 36 fewer.
    assert plain == 7_235_389 - 2 * 32 * 36
    assert plain < wavelet < 1.1 * plain


def test_that_an_untrained_detector_reports_next_to_nothing() -> None:
    net = DwtYolov5(COMPACT).eval()
    with torch.no_grad():
        predictions = net(torch.rand(1, 1, 64, 64))
    assert predictions.shape == (1, 3 * (64 + 16 + 4), 7)
    assert predictions[..., 4].mean().item() == pytest.approx(0.01, rel=0.5)


def test_that_boxes_are_decoded_cell_by_cell() -> None:
    net = DwtYolov5(TINY).eval()
    raw = tuple(torch.randn(2, 3, 64 // s, 96 // s, 8) for s in STRIDES)
    expected = []
    for level, stride, anchors in zip(raw, STRIDES, TINY.anchors_px, strict=True):
        unit = level.double().sigmoid()
        for anchor, row, column in np.ndindex(level.shape[1:4]):
            x, y, w, h = unit[1, anchor, row, column, :4].tolist()
            box = [(2 * x - 0.5 + column) * stride, (2 * y - 0.5 + row) * stride]
            box += [(2 * w) ** 2 * anchors[anchor][0], (2 * h) ** 2 * anchors[anchor][1]]
            expected.append(box + unit[1, anchor, row, column, 4:].tolist())
    np.testing.assert_allclose(net.decode(raw)[1], expected, rtol=1e-5, atol=1e-4)


def naive_ciou(a: list[float], b: list[float]) -> float:
    corners = [(x - w / 2, y - h / 2, x + w / 2, y + h / 2) for x, y, w, h in (a, b)]
    (al, at, ar, ab), (bl, bt, br, bb) = corners
    overlap = max(0, min(ar, br) - max(al, bl)) * max(0, min(ab, bb) - max(at, bt))
    iou = overlap / (a[2] * a[3] + b[2] * b[3] - overlap)
    diagonal = (max(ar, br) - min(al, bl)) ** 2 + (max(ab, bb) - min(at, bt)) ** 2
    distance = (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2
    v = 4 / math.pi**2 * (math.atan(a[2] / a[3]) - math.atan(b[2] / b[3])) ** 2
    return iou - distance / diagonal - (v * v / (1 - iou + v) if v else 0)


boxes = st.tuples(*[st.floats(-50, 50)] * 2, *[st.floats(1, 100)] * 2).map(list)


@given(boxes, boxes)
def test_that_complete_iou_equals_its_definition(a: list[float], b: list[float]) -> None:
    ciou = complete_iou(torch.tensor(a, dtype=torch.float64), torch.tensor(b, dtype=torch.float64)).item()
    assert ciou == pytest.approx(naive_ciou(a, b), abs=1e-5)


@given(boxes)
def test_that_a_box_is_wholly_like_itself(box: list[float]) -> None:
    own = torch.tensor(box, requires_grad=True)
    ciou = complete_iou(own, torch.tensor(box))
    ciou.backward()
    assert ciou.item() == pytest.approx(1, abs=1e-5)
    assert own.grad is not None
    assert own.grad.isfinite().all()


targets_on_film = st.lists(
    st.tuples(st.floats(0, 63.99), st.floats(0, 95.99), st.floats(4, 90), st.floats(4, 90)), max_size=5
)


@given(targets_on_film)
def test_that_anchors_are_matched_as_by_hand(found: list[tuple[float, float, float, float]]) -> None:
    anchors, stride, rows, columns = ((16.0, 14.0), (22.0, 18.0), (60.0, 24.0)), 8, 12, 8
    targets = torch.tensor([(0, 0, *box) for box in found], dtype=torch.float64).reshape(-1, 6)
    expected = set()
    for number, (x, y, w, h) in enumerate(targets[:, 2:].tolist()):
        column, row = int(x // stride), int(y // stride)
        beside = column - 1 if x / stride - column < 0.5 else column + 1
        above = row - 1 if y / stride - row < 0.5 else row + 1
        for anchor, (aw, ah) in enumerate(anchors):
            if not max(w / aw, aw / w, h / ah, ah / h) < 4:
                continue
            for r, c in ((row, column), (row, beside), (above, column)):
                if 0 <= r < rows and 0 <= c < columns:
                    expected.add((number, anchor, r, c))
    matches = match_anchors(targets, torch.tensor(anchors, dtype=torch.float64), stride, (rows, columns))
    found_matches = list(zip(*(index.tolist() for index in matches), strict=True))
    assert len(found_matches) == len(set(found_matches))
    assert set(found_matches) == expected


def test_that_every_matched_anchor_can_reach_its_target() -> None:
    """The cells next to the centre's and the factor 4 lie within what decoding can express."""
    net, wanted = DwtYolov5(replace(TINY, classes=2)), torch.tensor([0, 1, 27.0, 37.0, 30.0, 25.0])
    raw = empty_raw()
    for level, stride, anchors in zip(raw, STRIDES, net.config.anchors_px, strict=True):
        sizes = torch.tensor(anchors)
        matches = match_anchors(wanted[None], sizes, stride, (level.shape[2], level.shape[3]))
        for anchor, row, column in zip(matches.anchor, matches.row, matches.column, strict=True):
            centre = (wanted[2:4] / stride - torch.stack((column, row)) + 0.5) / 2
            level[0, anchor, row, column, :4] = torch.cat(
                (centre, (wanted[4:] / sizes[anchor]).sqrt() / 2)
            ).logit()
            level[0, anchor, row, column, 4:] = torch.tensor([12.0, -12.0, 12.0])
    loss = detection_loss(raw, wanted[None], net.config)
    assert loss.box.item() == pytest.approx(0, abs=1e-4)
    assert loss.classes.item() == pytest.approx(0, abs=1e-4)
    assert loss.objectness.item() == pytest.approx(0, abs=1e-3)
    confident = net.decode(tuple(raw))[0]
    confident = confident[confident[:, 4] > 0.5]
    assert len(confident) > 0
    np.testing.assert_allclose(confident[:, :4], wanted[2:].expand(len(confident), 4), rtol=1e-4)


def test_that_films_without_vertebrae_teach_that_there_are_none() -> None:
    raw = [level.requires_grad_() for level in empty_raw()]
    loss = detection_loss(raw, torch.empty(0, 6), DetectorConfig())
    loss.total.backward()
    assert (loss.box.item(), loss.classes.item()) == (0, 0)
    for level in raw:
        assert level.grad is not None
        assert (level.grad[..., 4] > 0).all()
        assert not level.grad[..., :4].any()


def test_that_the_order_of_the_targets_does_not_matter() -> None:
    raw = [torch.randn(2, 3, 64 // s, 64 // s, 7) for s in STRIDES]
    targets = torch.tensor([[0, 1, 30, 30, 20, 18], [0, 0, 31, 29, 24, 20], [1, 1, 30, 30, 40, 40.0]])
    forwards, backwards = (detection_loss(raw, rows, DetectorConfig()) for rows in (targets, targets.flip(0)))
    assert [part.item() for part in forwards] == pytest.approx([part.item() for part in backwards], rel=1e-5)


def test_that_the_compact_detector_learns_one_image_by_heart() -> None:
    wanted = torch.tensor([[0, 0, 24, 24, 26, 20], [0, 1, 72, 72, 34, 26.0]])
    image = 0.2 * torch.rand(1, 1, 96, 96)
    for x, y, w, h in wanted[:, 2:].int().tolist():
        image[0, 0, y - h // 2 : y + h // 2, x - w // 2 : x + w // 2] += 0.7
    net = DwtYolov5(COMPACT)
    optimiser = torch.optim.AdamW(net.parameters(), lr=0.003)
    first = detection_loss(net(image), wanted, COMPACT)
    for _ in range(60):
        loss = detection_loss(net(image), wanted, COMPACT)
        optimiser.zero_grad()
        loss.total.backward()
        optimiser.step()
    assert loss.box.item() < first.box.item() / 3
    assert loss.classes.item() < first.classes.item() / 5
    assert loss.total.item() < first.total.item() / 2
    # By the batch's own statistics, as it was learned: sixty steps are too few for the running ones.
    with torch.no_grad():
        predictions = net.decode(net.raw(image))[0]
    for row, rival in zip(wanted, wanted.flip(0), strict=True):
        near = (predictions[:, :2] - row[2:4]).norm(dim=1) < (predictions[:, :2] - rival[2:4]).norm(dim=1)
        best = predictions[torch.argmax(predictions[:, 4] * near)]
        assert complete_iou(best[:4], row[2:]).item() > 0.6
        assert best[5:].argmax().item() == int(row[1])
