"""What a test lets kohyo write is looked at when the run ends, and a fault fails the run.

1. A bad workbook is told with the test that wrote it and what is wrong, whichever process wrote it; a good one is not.
2. The validator sees what the lint does not, once of all that are built alike.
3. What a person's workbook had already is no fault of ours; what we put into it is.
4. A workbook that differs by its date alone is kept once.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import kohyo
from kohyo.excel.ooxml.package import Package
from kohyo.excel.ooxml.well_formed import well_formed
from tests.excel.ooxml.packages import parts, rewrite
from tests.lint import judgement
from tests.lint.judgement import judged
from tests.lint.test_lint import FAULTS, sound
from tests.lint.written_books import FOLDER, take
from tests.needs import REQUIRED
from tests.usecases.small import new_small

ROOT = Path(__file__).parents[2]
_TESTS = """
from pathlib import Path
import pytest
from kohyo.excel.ooxml.well_formed import well_formed
@pytest.mark.parametrize("name", {names})
def test_writes(name):
    well_formed((Path(__file__).parent / name).read_bytes())
"""
_ALIKE = 5


def _book(path: Path, *faults: str) -> Path:
    """Write a workbook with some of the faults that the lint knows."""
    path.write_bytes(sound())
    for fault in faults:
        part, old, new, _ = FAULTS[fault]
        rewrite(path, {part: parts(path)[part].decode().replace(old, new).encode()})
    return path


def _run(folder: Path, *, workers: int = 0, required: bool = False) -> tuple[int, str]:
    """Let tests write the workbooks of a folder, in a run of their own; return its exit code and what it says."""
    names = [path.name for path in sorted(folder.glob("*.xlsx"))]
    (folder / "test_made_up.py").write_text(_TESTS.format(names=names), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), REQUIRED: str(int(required))}
    options = ["-q", "-p", "tests.conftest", "-p", "no:cacheprovider", "-n", str(workers), "--dist", "load"]
    command = [sys.executable, "-m", "pytest", *options, "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(folder)]
    done = subprocess.run(  # noqa: S603 - our own command
        [*command, str(folder)], capture_output=True, check=False, encoding="utf-8", env=environment, cwd=folder
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("workers", [0, 2])
def test_a_bad_workbook_fails_the_run(tmp_path: Path, workers: int) -> None:
    """The tests pass, the run does not (1)."""
    _book(tmp_path / "bad.xlsx", "a long footer", "a tall row")
    _book(tmp_path / "good.xlsx")
    code, told = _run(tmp_path, workers=workers)
    assert (code, "2 passed" in told) == (1, True)
    assert re.findall(r"^!!! (.*?) \(", told, re.MULTILINE) == [
        "test_made_up.py::test_writes[bad.xlsx]: 表: row 5 is 410 points tall",
        "test_made_up.py::test_writes[bad.xlsx]: 表: a header or footer of 256 signs",
    ]
    assert "試験が書いたブック 2冊（Open XML SDK 0冊）：直すところ 2件" in told


def test_good_workbooks_do_not(tmp_path: Path) -> None:
    """The same workbook twice is one (1, 4)."""
    for name in "ab":
        _book(tmp_path / f"{name}.xlsx")
    code, told = _run(tmp_path)
    assert (code, "試験が書いたブック 1冊（Open XML SDK 0冊）：直すところ 0件" in told) == (0, True)


def test_a_date_makes_no_other_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever its properties say of the day (4)."""
    monkeypatch.setenv(FOLDER, str(tmp_path))
    book = _book(tmp_path / "表.xls")
    take(book.read_bytes())
    core = "docProps/core.xml"
    rewrite(book, {core: re.sub(rb">\d{4}-[^<]*<", b">2030-01-01T00:00:00Z<", parts(book)[core])})
    take(book.read_bytes())
    assert len(list(tmp_path.glob("*.xlsx"))) == 1


@pytest.mark.validator
def test_the_validator_sees_each_way_to_build(tmp_path: Path) -> None:
    """A text alone makes no other; an attribute that no schema has is told (2)."""
    for number in range(_ALIKE):
        path = _book(tmp_path / f"{number}.xlsx")
        texts = "xl/sharedStrings.xml"
        rewrite(path, {texts: parts(path)[texts].decode().replace("甲", "甲" * (number + 1)).encode()})
        table = "xl/tables/table1.xml"
        rewrite(path, {table: parts(path)[table].decode().replace('"甲"', f'"{"甲" * (number + 1)}"').encode()})
    bad = _book(tmp_path / "bad.xlsx")
    sheet = "xl/worksheets/sheet1.xml"
    rewrite(bad, {sheet: parts(bad)[sheet].replace(b"<sheetData>", b'<sheetData unknown="1">')})
    code, told = _run(tmp_path, required=True)
    assert code == 1
    assert "test_writes[bad.xlsx]: /xl/worksheets/sheet1.xml The 'unknown' attribute is not declared" in told
    assert f"試験が書いたブック {_ALIKE + 1}冊（Open XML SDK 2冊）：直すところ 1件" in told


def test_what_was_there_is_not_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clerk's row that is too tall stays; a sheet of ours whose row is too tall is told (3)."""
    folder = tmp_path / "books"
    folder.mkdir()
    monkeypatch.setenv(FOLDER, str(folder))
    clerks = _book(tmp_path / "台帳.xlsx", "a tall row")
    main = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
    Package(clerks).copy(tmp_path / "一.xlsx", {"新": [main % b""]})
    assert judged(folder, validating=False) == judgement.Judgement(books=1)
    Package(clerks).copy(tmp_path / "二.xlsx", {"新": [main % b'<row r="1" ht="500"/>']})
    found = judged(folder, validating=False)
    assert found.books == 2
    assert [line.partition(" (")[0].rpartition(": ")[2] for line in found.lines] == ["row 1 is 500 points tall"]


def test_every_way_to_write_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stamped forms, a register that was written into, its version, a definition, a table (1)."""
    folder = tmp_path / "books"
    folder.mkdir()
    monkeypatch.setenv(FOLDER, str(folder))
    small = new_small(tmp_path / "作業")
    small.distribute()
    kohyo.freeze(small.root, "素案", anyway=True)
    kohyo.make_tables(small.root, only=["取組み一覧"])
    taken = {path.read_bytes() for path in folder.glob("*.xlsx")}
    places = ("台帳.xlsx", "計画定義.xlsx", "配布/*.xlsx", "版/*.xlsx", "結果/*.xlsx")
    books = [path for place in places for path in small.root.glob(place)]
    assert len(books) > 8
    assert [path.name for path in books if path.read_bytes() not in taken] == []


def test_a_paper_is_no_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Word opens is left to Word (1)."""
    monkeypatch.setenv(FOLDER, str(tmp_path))
    paper, book = io.BytesIO(), _book(tmp_path / "表.xls").read_bytes()
    with zipfile.ZipFile(paper, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert [well_formed(paper.getvalue()), well_formed(book)] == [paper.getvalue(), book]
    assert [path.read_bytes() for path in tmp_path.glob("*.xlsx")] == [book]
