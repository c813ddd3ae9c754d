"""A file is read whole as it is while it is read, and of one that is too large no more than is needed to say so."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from kohyo.excel.ooxml import file_reader
from kohyo.excel.ooxml.file_reader import read_file
from kohyo.model.codes import Code
from tests.excel.ooxml.builders import sheet_xml, workbook_of


@pytest.mark.parametrize("told", [0, 1, 100, 1 << 20, 1 << 40])
def test_a_file_that_grew_or_shrank_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: int) -> None:
    """Whatever size was told before, what is read and what the digest says are the file's own bytes."""
    path = tmp_path / "票.xlsx"
    path.write_bytes(workbook_of(sheet_xml("")))
    before = read_file(path)
    monkeypatch.setattr(os, "fstat", lambda _: SimpleNamespace(st_size=told))
    now = read_file(path)
    assert now == before
    assert now.book is not None
    assert now.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_one_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One byte more than a file may have is enough to know; the digest is that of all of them."""
    path = tmp_path / "票.xlsx"
    path.write_bytes(workbook_of(sheet_xml("")))
    size = path.stat().st_size
    monkeypatch.setattr(file_reader, "FILE_SIZE", size)
    assert read_file(path).book is not None
    monkeypatch.setattr(file_reader, "FILE_SIZE", size - 10)
    with path.open("rb") as file:
        assert len(file_reader._beginning(file)) == size - 9
    monkeypatch.setattr("kohyo.excel.ooxml.safety_check.FILE_SIZE", size - 10)
    refused = read_file(path)
    assert refused.finding is not None
    assert refused.finding.code is Code.K103
    assert refused.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
