"""Libraries of the extra ``train``, which analysing films does not need."""

from __future__ import annotations

from importlib.util import find_spec

from vcf_desktop.errors import VcfError


def require(library: str, purpose: str) -> None:
    """Make sure that a library is there before work begins whose ``purpose`` needs it.

    Raises:
        VcfError: it is not; the text says how to install it.
    """
    if find_spec(library) is None:
        raise VcfError(f"{purpose} needs {library}, which is missing; run: pip install 'vcf-desktop[train]'")
