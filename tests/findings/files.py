"""Files that are not read, or only in part (K101 to K148)."""

from __future__ import annotations

import errno
import os
import zipfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest

import kohyo
from kohyo.excel.ooxml.worker import Reader
from tests.excel.faulty import faulty_worker
from tests.excel.ooxml.builders import MAIN, locked, one_cell, packed, parts_of, sheet_xml, workbook_of
from tests.findings.stage import Findings, Ground, checked, of_own_file, provokes
from tests.usecases.small import NOW

_PLAIN = sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _with(name: str, content: bytes) -> bytes:
    return packed({**parts_of(_PLAIN), name: content})


def _without(name: str) -> bytes:
    return packed({part: content for part, content in parts_of(_PLAIN).items() if part != name})


def _as_it_is(name: str, content: bytes) -> bytes:
    """Return a workbook with a part that is not compressed, so that its size alone is remarkable."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for part, inside in {**parts_of(_PLAIN), name: content}.items():
            archive.writestr(part, inside)
    return target.getvalue()


def _compound(stream: str) -> bytes:
    return _OLE + bytes(1016) + stream.encode("utf-16-le").ljust(128, b"\0")


def _twice_the_same_sheet() -> bytes:
    listed = parts_of(_PLAIN)["xl/workbook.xml"]
    return _with("xl/workbook.xml", listed.replace(b"</sheets>", b'<sheet name="S" sheetId="2" r:id="rId1"/></sheets>'))


def _many_strings() -> bytes:
    return f'<sst xmlns="{MAIN}">'.encode() + b"<si><t>x</t></si>" * 250_001 + b"</sst>"


def _many_cells() -> bytes:
    rows = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{column}{row}"><v>1</v></c>' for column in "ABCDEFGHIJ") + "</row>"
        for row in range(1, 50_002)
    )
    return sheet_xml(rows).encode()


FILES: Mapping[str, Callable[[], bytes]] = {
    "K101": lambda: b"",
    "K102": lambda: bytes(5000),
    "K103": lambda: bytes((50 << 20) + 1),
    "K105": lambda: workbook_of(_PLAIN)[:400],
    "K106": lambda: _with("../外.xml", b"<a/>"),
    "K110": lambda: "番号,項目名\n1-1,道路".encode("cp932"),
    "K111": lambda: b"<html><body></body></html>",
    "K112": lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    "K113": lambda: packed({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}),
    "K114": lambda: packed({"readme.txt": b"x"}),
    "K115": lambda: b"\x89PNG\r\n\x1a\n\0\0\0",
    "K120": lambda: _compound("Workbook"),
    "K121": lambda: packed({"[Content_Types].xml": b"<a/>", "xl/workbook.bin": b"x"}),
    "K122": lambda: packed({"mimetype": b"x", "content.xml": b"<a/>"}),
    "K123": lambda: _compound("EncryptedPackage"),
    "K130": lambda: packed({**parts_of(_PLAIN), **{f"xl/x{number}.xml": b"" for number in range(2100)}}),
    "K131": lambda: _with("xl/media/a.bin", bytes(97 << 20)),
    "K132": lambda: _with("xl/media/a.bin", bytes(1 << 20)),
    "K133": lambda: _as_it_is("xl/sharedStrings.xml", _many_strings()),
    "K134": lambda: _as_it_is(
        "xl/worksheets/sheet1.xml", one_cell('t="inlineStr"', f"<is><t>{'文' * 300_000}</t></is>").encode()
    ),
    "K135": lambda: workbook_of(sheet_xml("", after="<a>" * 5000 + "</a>" * 5000)),
    "K136": lambda: _with("customXml/item1.xml", b'<!DOCTYPE a [<!ENTITY x "y">]><a/>'),
    "K137": lambda: workbook_of(one_cell("", "<v>1</v>", "XFE1")),
    "K138": lambda: workbook_of(
        sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    ),
    "K139": lambda: workbook_of(sheet_xml("", after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')),
    "K140": lambda: _as_it_is("xl/worksheets/sheet1.xml", _many_cells()),
    "K141": lambda: _without("xl/worksheets/sheet1.xml"),
    "K142": lambda: workbook_of(f'<?xml version="1.0" encoding="shift_jis"?>{_PLAIN}'.encode("shift_jis")),
    "K143": lambda: workbook_of(_PLAIN.replace("</row></sheetData></worksheet>", "")),
    "K144": _twice_the_same_sheet,
    "K145": lambda: workbook_of(one_cell('t="e"', "<v>#SPILL!</v>")),
    "K147": lambda: _with("xl/vbaProject.bin", b"\0\1"),
}
"""A file for each reason not to read it, or to say something of it."""


@provokes(*FILES)
def files(ground: Ground) -> Findings:
    """Check all of them at once: each is told by what is wrong with it, and stops no other."""
    return of_own_file(checked(ground.files({code: made() for code, made in FILES.items()})))


@provokes("K104")
def a_file_that_went_away(ground: Ground) -> Findings:
    """Read a file that somebody took away meanwhile."""
    with Reader(ground.folder) as reader:
        return [finding for finding in [reader.read(ground.folder / "あった.xlsx").finding] if finding]


@provokes("K146")
def a_file_that_kills_the_worker(ground: Ground) -> Findings:
    """Check a file over which the reading process dies."""
    with pytest.MonkeyPatch.context() as patch:
        faulty_worker(patch, ground.folder, "os.abort()")
        return checked([_bad(ground)])


@provokes("K148")
def a_file_that_takes_too_long(ground: Ground) -> Findings:
    """Read a file over which the reading process hangs."""
    with pytest.MonkeyPatch.context() as patch:
        faulty_worker(patch, ground.folder, "time.sleep(60)")
        with Reader(ground.folder, seconds=1, wall=1) as reader:
            return [finding for finding in [reader.read(_bad(ground)).finding] if finding]


def _bad(ground: Ground) -> Path:
    path = ground.folder / "悪い.xlsx"
    path.write_bytes(workbook_of(_PLAIN))
    return path


@provokes("K124")
def a_locked_file_that_no_password_opens(ground: Ground) -> Findings:
    """Read a locked file with another password than its own."""
    return _unlocked(ground, ("ちがう",))


@provokes("K149")
def a_locked_file_that_a_password_opens(ground: Ground) -> Findings:
    """Read a locked file with two passwords, of which the second is its own."""
    return _unlocked(ground, ("ちがう", "ひみつ"))


def _unlocked(ground: Ground, passwords: tuple[str, ...]) -> Findings:
    path = ground.folder / "鍵.xlsx"
    path.write_bytes(locked(_as_it_is("xl/media/a.bin", bytes(8000)), "ひみつ"))
    with Reader(ground.folder, passwords=passwords) as reader:
        result = reader.read(path)
    return [*result.infos, *([result.finding] if result.finding else [])]


@provokes("K163")
def a_folder_that_cannot_be_opened(ground: Ground) -> Findings:
    """Consolidate while a folder in 回収 is closed to us; the other files are taken in."""
    small = ground.small()
    small.send("市民局")
    closed = small.workspace.returns / "部内限り"
    closed.mkdir()
    scandir = os.scandir

    def refuse(path: Path | str) -> Iterator[os.DirEntry[str]]:
        if Path(path) == closed:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return scandir(path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "scandir", refuse)
        result = small.consolidate()
    assert sum(result.outcomes.values()) == 1
    return [finding for finding in result.findings if finding.place.file == closed.name]


@provokes("K170")
def machines_that_are_lost(ground: Ground) -> Findings:
    """Consolidate with other machines that take nothing any more; all is read here."""
    small = ground.small()
    small.send("市民局")
    closed = ThreadPoolExecutor(1)
    closed.shutdown()
    return kohyo.consolidate(small.root, NOW, executor=closed).findings
