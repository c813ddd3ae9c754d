"""Putting a finished file in its place: the file on disk is always the old one or the new one."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from kohyo.errors import FileError


def save_bytes(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` through a temporary file in the same folder; raise FileError when it cannot be."""
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix="~", suffix=".tmp", delete=False) as file:
            temporary = Path(file.name)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise FileError("unwritable", path=path) from error
