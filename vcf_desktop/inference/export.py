"""Write a network's weights for both runtimes, with the manifest that :mod:`.manifest` reads back."""

from __future__ import annotations

import hashlib
import json
import logging
import warnings
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from vcf_desktop.inference.manifest import Manifest, Runtime, WeightFile, manifest_document

if TYPE_CHECKING:
    from torch import nn

_EXAMPLE_PX = 64
"""Side of the example that the exporter follows where a network takes any multiple of 32."""


def write_model(manifest: Manifest, network: nn.Module, folder: Path) -> Manifest:
    """Write ``<name>.safetensors``, ``<name>.onnx`` and, last, ``<name>.json`` into ``folder``.

    The ONNX network takes any number of inputs at once, and any height and width that are multiples of 32
    where the manifest names no side.

    Args:
        manifest: all but its files, which are ignored.
        network: on the CPU; it is left in evaluation mode.
        folder: an existing folder.

    Returns:
        The manifest with its files.

    Raises:
        ImportError: onnx or onnxscript, the extra ``train``, is not installed.
    """
    from safetensors.torch import save_file

    torch_path, onnx_path = (folder / f"{manifest.name}.{kind}" for kind in ("safetensors", "onnx"))
    save_file({name: value.contiguous() for name, value in network.state_dict().items()}, torch_path)
    _write_onnx(manifest, network.eval(), onnx_path)
    files = {
        runtime: WeightFile(path, hashlib.sha256(path.read_bytes()).hexdigest())
        for runtime, path in ((Runtime.TORCH, torch_path), (Runtime.ONNX, onnx_path))
    }
    released = replace(manifest, files=files)
    document = json.dumps(manifest_document(released), indent=2, ensure_ascii=False) + "\n"
    (folder / f"{manifest.name}.json").write_text(document, encoding="utf-8")
    return released


def _write_onnx(manifest: Manifest, network: nn.Module, path: Path) -> None:
    import torch
    from torch.export import Dim

    # A length of 1 in the example would be taken for a constant.
    side = manifest.network_input.side_px or _EXAMPLE_PX
    example = torch.zeros(2, manifest.network_input.channels, side, side)
    dynamic: dict[int, object] = {0: Dim("batch", min=1, max=1024)}
    if manifest.network_input.side_px is None:
        dynamic |= {2: 32 * Dim("rows", min=1, max=256), 3: 32 * Dim("columns", min=1, max=256)}
    # The exporter says that torchvision's operators, which no network of ours has, are not there.
    logging.getLogger("torch.onnx._internal.exporter._registration").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        # It warns of its own use of deprecated interfaces, by several classes of warnings.
        warnings.simplefilter("ignore")
        program = torch.onnx.export(
            network,
            (example,),
            dynamo=True,
            dynamic_shapes=(dynamic,),
            input_names=["images"],
            output_names=list(manifest.outputs),
            verbose=False,
        )
    if program is None:
        raise RuntimeError("torch exported no program")
    program.save(path)
