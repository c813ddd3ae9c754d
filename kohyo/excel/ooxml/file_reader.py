"""Reading one returned file (回収票の読取り): the safety pass, the values, and what must be said about it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kohyo.excel.ooxml.file_status import is_temporary_file
from kohyo.excel.ooxml.limits import FILE_SIZE, RefusedError
from kohyo.excel.ooxml.raw_book import read_book
from kohyo.excel.ooxml.read_result import ReadResult
from kohyo.excel.ooxml.safety_check import Inspected, inspect
from kohyo.messages import describe_cause
from kohyo.model.codes import Code

if TYPE_CHECKING:
    from kohyo.model.finding import Finding
    from kohyo.model.raised import Plain


def read_file(path: Path, passwords: Sequence[str] = ()) -> ReadResult:
    """Read one file in this process, a locked one with the first of ``passwords`` that opens it.

    A file that kills or hangs the process needs ``worker.Reader``.
    """
    if is_temporary_file(path.name):
        return ReadResult(path, skipped=True)
    try:
        with path.open("rb") as file:
            data = _beginning(file)
            digest = hashlib.sha256(data)
            while more := file.read(FILE_SIZE):
                digest.update(more)
    except OSError as error:
        return ReadResult(path, finding=_finding(path, RefusedError(Code.K104, describe_cause(error))))
    try:
        inspected, infos = _inspected(path, data, passwords)
        book = read_book(inspected)
    except RefusedError as refused:
        return ReadResult(path, digest.hexdigest(), finding=_finding(path, refused))
    if inspected.has_macros:
        infos = (*infos, _said(path, Code.K147))
    return ReadResult(path, digest.hexdigest(), book, infos=infos)


def _beginning(file: BinaryIO) -> bytes:
    """Return a file's bytes, one more than a file may have of one that is too large: room is taken for no more."""
    size = min(os.fstat(file.fileno()).st_size, FILE_SIZE)
    data = file.read(size + 1)
    return data if len(data) <= size else data + file.read(FILE_SIZE + 1 - len(data))


def _inspected(path: Path, data: bytes, passwords: Sequence[str]) -> tuple[Inspected, tuple[Finding, ...]]:
    """Return a file that was looked over, opened by a password where it is locked, and what must be said of that."""
    try:
        return inspect(data), ()
    except RefusedError as refused:
        if refused.code is not Code.K123:
            raise
    from kohyo.excel.ooxml.unlock import unlock  # noqa: PLC0415 - few returns are locked, every worker would load it

    opened = unlock(data, passwords)
    if opened is None:
        raise RefusedError(Code.K124, len(passwords)) if passwords else RefusedError(Code.K123)
    said = (_said(path, Code.K149, str(opened.number)),) if opened.number else ()
    return inspect(opened.data), said


def _finding(path: Path, refused: RefusedError) -> Finding:
    return _said(path, refused.code, refused.value, refused.sheet, refused.cell)


def _said(path: Path, code: Plain, value: str = "", sheet: str = "", cell: str = "") -> Finding:
    from kohyo.model.finding import Place  # noqa: PLC0415 - of few returns anything is said, every worker would load it
    from kohyo.model.raised import finding_of  # noqa: PLC0415 - the same

    return finding_of(code, Place(path.name, sheet, cell), value=value)
