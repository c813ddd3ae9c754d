"""What lies in 回収 (回収したファイル), before anything of it is read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kohyo.errors import FileError
from kohyo.excel.ooxml.file_status import is_temporary_file, sha256_if_any
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.raised import finding_of

if TYPE_CHECKING:
    from kohyo.model.register import Register


def received_files(folder: Path) -> tuple[Path, ...]:
    """Return every file below ``folder``, in a steady order; links are not followed out of it."""
    return _walked(folder)[0]


def unread_files(register: Register, folder: Path) -> list[str]:
    """Return what lies in 回収 and has not been taken in (まだ取り込んでいない): content that no row of 回収 names."""
    known = {row.sha256 for row in register.receipts}
    unopened = {row.file for row in register.receipts if not row.sha256}
    received = [path for path in received_files(folder) if not is_temporary_file(path.name)]
    files = {path.relative_to(folder).as_posix(): path for path in received}
    return [name for name, path in files.items() if name not in unopened and sha256_if_any(path) not in known]


def closed_folders(folder: Path) -> tuple[Finding, ...]:
    """Return a finding for each folder in 回収 that cannot be opened: what lies in it is not taken in, and is told."""
    return tuple(finding_of(Code.K163, Place(path.relative_to(folder).as_posix())) for path in _walked(folder)[1])


def _walked(folder: Path) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Return the files below a folder, and the folders that could not be opened.

    Raises FileError where a file stands in the folder's place.
    """
    if folder.is_file():
        raise FileError("no_folder_there", path=folder)
    closed: list[Path] = []
    walk = os.walk(folder, onerror=lambda error: closed.append(Path(str(error.filename))))
    files = [Path(place) / name for place, _, names in walk for name in names]
    return tuple(sorted(path for path in files if path.is_file())), tuple(sorted(closed))
