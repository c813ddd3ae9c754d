"""Reading one returned file (回収票の読取り): the safety pass, the values, and what must be said about it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kohyo.excel.ooxml.file_status import is_temporary_file
from kohyo.excel.ooxml.limits import FILE_SIZE, RefusedError
from kohyo.excel.ooxml.raw_book import read_book
from kohyo.excel.ooxml.read_result import ReadResult
from kohyo.excel.ooxml.safety_check import inspect
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.raised import finding_of


def read_file(path: Path) -> ReadResult:
    """Read one file in this process; a file that kills or hangs the process needs ``worker.Reader``."""
    if is_temporary_file(path.name):
        return ReadResult(path, skipped=True)
    try:
        with path.open("rb") as file:
            data = file.read(FILE_SIZE + 1)
            digest = hashlib.sha256(data)
            while more := file.read(FILE_SIZE):
                digest.update(more)
    except OSError as error:
        return ReadResult(path, finding=_finding(path, RefusedError(Code.K104, error.strerror)))
    try:
        inspected = inspect(data)
        book = read_book(inspected)
    except RefusedError as refused:
        return ReadResult(path, digest.hexdigest(), finding=_finding(path, refused))
    infos = (finding_of(Code.K147, Place(path.name)),) if inspected.has_macros else ()
    return ReadResult(path, digest.hexdigest(), book, infos=infos)


def _finding(path: Path, refused: RefusedError) -> Finding:
    place = Place(path.name, refused.sheet, refused.cell)
    return finding_of(refused.code, place, value=refused.value)
