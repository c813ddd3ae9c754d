"""Files that are there wholly or not at all.

1. A file is open to whom a file of this folder is open, as the system's mask says, and not to its writer alone.
2. What cannot be written leaves the old file and nothing beside it.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from kohyo.errors import FileError
from kohyo.excel.ooxml.atomic_write import save_bytes

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such mask")


@posix
@pytest.mark.parametrize("mask", [0o022, 0o002, 0o077])
def test_colleagues_can_open_it(tmp_path: Path, mask: int) -> None:
    """The mask alone says who may read and write, for a new file and for one written again (1)."""
    path = tmp_path / "表.xlsx"
    before = os.umask(mask)
    try:
        save_bytes(path, b"1")
        save_bytes(path, b"2")
    finally:
        os.umask(before)
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"2", 0o666 & ~mask)
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old one stays and no half is left (2)."""
    path = tmp_path / "表.xlsx"
    save_bytes(path, b"1")

    def held(*_: object) -> None:
        raise PermissionError(13, "held")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(FileError):
        save_bytes(path, b"2")
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"1", [path])
