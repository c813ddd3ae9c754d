"""The parts of a workbook as they are, and a workbook with other parts."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path


def parts(path: Path) -> dict[str, bytes]:
    """Return every part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewrite(path: Path, changed: Mapping[str, bytes]) -> None:
    """Put parts into a workbook as they are."""
    kept = parts(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**kept, **changed}.items():
            archive.writestr(name, content)
