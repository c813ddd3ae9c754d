"""The safety pass over untrusted files (安全点検).

S1   a file is skipped by name only for what systems and Excel leave behind
S2   what a file is, is told by its content, never by its suffix
S3   a broken, lying or locked package is refused
S4   what would exhaust memory or time is refused before a library touches it
S5   no DTD of any kind is let through, in whichever encoding
S6   cells beyond the sheet or far apart, and huge merges, are refused
S7   unusual spellings are read right or refused, never read as empty
S8   what calamine hides is noted: errors, formulas, formulas without a result
S9   both looks, the quick and the slow, note the same
S10  every code of the family has a message, and every refusal has a code
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from kohyo.excel.ooxml.fast_scan import Scan, scan_quickly
from kohyo.excel.ooxml.file_reader import read_file
from kohyo.excel.ooxml.laid_cells import cells_of
from kohyo.excel.ooxml.limits import RefusedError
from kohyo.excel.ooxml.safety_check import inspect
from kohyo.excel.ooxml.slow_scan import scan_slowly
from kohyo.excel.ooxml.stored_cells import Cells, Shared, read_cells
from kohyo.messages import all_codes, located
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from tests.excel.ooxml.builders import (
    MAIN,
    STRICT_MAIN,
    STRICT_OFFICE,
    one_cell,
    packed,
    parts_of,
    sheet_xml,
    workbook_of,
)

_PLAIN = sheet_xml('<row r="2"><c r="B2" t="s"><v>0</v></c><c r="C2"><v>5</v></c></row>')
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _refusal(data: bytes) -> str:
    with pytest.raises(RefusedError) as caught:
        inspect(data)
    return caught.value.code


def _compound(stream: str) -> bytes:
    return _OLE + bytes(504) + bytes(512) + stream.encode("utf-16-le").ljust(128, b"\0")


def _with(name: str, content: bytes) -> bytes:
    return packed({**parts_of(_PLAIN), name: content})


def _patched(data: bytes, change: Callable[[bytearray], None]) -> bytes:
    buffer = bytearray(data)
    change(buffer)
    return bytes(buffer)


@pytest.mark.parametrize(
    "name", ["~$調査票.xlsx", ".~lock.a.xlsx#", "._a.xlsx", ".DS_Store", "Thumbs.db", "desktop.ini"]
)
def test_left_over_files_are_skipped_by_name(tmp_path: Path, name: str) -> None:
    """S1: locks and the system's own files are skipped without a finding."""
    path = tmp_path / name
    path.write_bytes(b"anything")
    result = read_file(path)
    assert result.skipped
    assert result.finding is None


def test_an_ordinary_name_is_never_skipped(tmp_path: Path) -> None:
    """S1: a file whose name merely contains a lock's mark is looked at."""
    path = tmp_path / "調査票~$.xlsx"
    path.write_bytes(b"")
    assert not read_file(path).skipped


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "K101"),
        (bytes(5000), "K102"),
        ("番号,項目名\n1-1,道路".encode("cp932"), "K110"),
        ("番号\t項目名".encode("utf-16"), "K110"),
        (b"\xef\xbb\xbf <HTML><body></body></HTML>", "K111"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "K112"),
        (packed({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}), "K113"),
        (packed({"readme.txt": b"x"}), "K114"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "K115"),
        (_compound("WordDocument"), "K115"),
        (_compound("Workbook"), "K120"),
        (_compound("Book"), "K120"),
        (b"\x09\x08\x10\0\0\0", "K120"),
        (packed({"[Content_Types].xml": b"<a/>", "xl/workbook.bin": b"x"}), "K121"),
        (packed({"mimetype": b"x", "content.xml": b"<a/>"}), "K122"),
        (_compound("EncryptedPackage"), "K123"),
    ],
)
def test_what_is_no_workbook_is_named_by_its_content(data: bytes, code: str) -> None:
    """S2: each kind of file under the suffix .xlsx is refused under its own name."""
    assert _refusal(data) == code


def test_a_workbook_passes_whatever_its_suffix(tmp_path: Path) -> None:
    """S2: a workbook called .csv is a workbook."""
    path = tmp_path / "回答.csv"
    path.write_bytes(workbook_of(_PLAIN))
    assert read_file(path).book is not None


def test_a_macro_workbook_is_read_and_said(tmp_path: Path) -> None:
    """S2: an .xlsm is read, with the information that its macros never run."""
    path = tmp_path / "a.xlsm"
    path.write_bytes(_with("xl/vbaProject.bin", b"\0\1"))
    result = read_file(path)
    assert result.book is not None
    assert [info.code for info in result.infos] == ["K147"]


def test_truncated_and_prefixed_packages_are_broken() -> None:
    """S3: a package cut off, or with garbage before it, is broken."""
    data = workbook_of(_PLAIN)
    assert _refusal(data[: len(data) // 2]) == "K105"
    assert _refusal(b"garbage" + data) == "K105"


def test_a_flipped_bit_is_broken() -> None:
    """S3: wherever a bit of a part's data flips, the package is refused."""
    data = workbook_of(_PLAIN)
    start = data.index(b"xl/worksheets/sheet1.xml") + len("xl/worksheets/sheet1.xml") + 10
    assert _refusal(_patched(data, lambda buffer: buffer.__setitem__(start, buffer[start] ^ 4))) == "K105"


def test_a_part_that_inflates_beyond_what_it_declares_is_broken() -> None:
    """S3: a declared size too small cannot smuggle content past the limits."""
    name, content = "xl/extra.xml", b"<a>" + b"x" * 5000 + b"</a>"
    data = _with(name, content)

    def lie(buffer: bytearray) -> None:
        directory = data.rindex(name.encode()) - 46
        struct.pack_into("<I", buffer, directory + 24, 10)

    assert _refusal(_patched(data, lie)) == "K105"


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "C:/evil.xml", "xl/../../evil.xml", "..\\evil.xml"])
def test_entry_names_that_leave_the_package_are_refused(name: str) -> None:
    """S3: absolute names, drive letters and steps upwards are refused."""
    assert _refusal(_with(name, b"<a/>")) == "K106"


def test_duplicate_entries_are_refused() -> None:
    """S3: two entries of one name, also in another case, would be read as one or the other."""
    assert _refusal(_with("XL/Workbook.xml", b"<a/>")) == "K106"


def test_overlapping_entries_are_refused() -> None:
    """S3: entries that share the same bytes are refused."""
    data = workbook_of(_PLAIN)

    def overlap(buffer: bytearray) -> None:
        directory = data.rindex(b"xl/styles.xml") - 46
        struct.pack_into("<I", buffer, directory + 42, struct.unpack_from("<I", buffer, directory + 42)[0] - 20)

    assert _refusal(_patched(data, overlap)) == "K106"


def test_an_entry_locked_by_zip_encryption_is_locked() -> None:
    """S3: zip encryption counts as a password."""
    data = workbook_of(_PLAIN)

    def lock(buffer: bytearray) -> None:
        struct.pack_into("<H", buffer, data.rindex(b"xl/styles.xml") - 46 + 8, 1)

    assert _refusal(_patched(data, lock)) == "K123"


def _many_entries() -> bytes:
    return packed({**parts_of(_PLAIN), **{f"xl/x{number}.xml": b"" for number in range(2100)}})


def _strings(count: int) -> bytes:
    return (
        f'<sst xmlns="{MAIN}">'.encode()
        + b"".join(b"<si><t>%x</t></si>" % (number * 2654435761 % 2**32) for number in range(count))
        + b"</sst>"
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (lambda: bytes((50 << 20) + 1), "K103"),
        (_many_entries, "K130"),
        (lambda: _with("xl/media/a.bin", bytes(97 << 20)), "K131"),
        (lambda: _with("xl/media/a.bin", bytes(1 << 20)), "K132"),
        (lambda: _with("xl/sharedStrings.xml", _strings(250_001)), "K133"),
        (lambda: workbook_of(one_cell('t="inlineStr"', f"<is><t>{_noise(300_000)}</t></is>")), "K134"),
        (lambda: workbook_of(sheet_xml("", after="<a>" * 5000 + "</a>" * 5000)), "K135"),
        (
            lambda: _with("docProps/custom.xml", b"<Properties>" + b"<a>" * 9000 + b"</a>" * 9000 + b"</Properties>"),
            "K135",
        ),
        (lambda: workbook_of(sheet_xml(_noise_cells(500_001))), "K140"),
    ],
)
def test_bombs_are_refused(data: Callable[[], bytes], code: str) -> None:
    """S4: size, entries, inflation, ratio, strings, one string, nesting and cells have limits of their own."""
    assert _refusal(data()) == code


def _noise(length: int) -> str:
    return "".join(f"{number * 2654435761 % 2**32:08x}" for number in range(length // 8 + 1))


def _noise_cells(count: int) -> str:
    rows = (
        f'<row r="{row}">' + "".join(f'<c r="{chr(65 + n)}{row}"><v>{row * 31 + n}</v></c>' for n in range(26))
        for row in range(1, count // 26 + 2)
    )
    return "".join(f"{row}</row>" for row in rows)


_DTD = '<!DOCTYPE a [<!ENTITY x "y">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "customXml/item1.xml"])
def test_a_dtd_is_refused_in_every_part_and_encoding(part: str, encoding: str) -> None:
    """S5: no part may declare a document type."""
    head = "" if encoding == "utf-8" else f'<?xml version="1.0" encoding="{encoding[:6]}"?>'
    assert _refusal(_with(part, f"{head}{_DTD}<a/>".encode(encoding))) == "K136"


def _many_merges(count: int) -> str:
    return "".join(f'<mergeCell ref="A{row * 7919 % 65536 + 1}:B{row * 7919 % 65536 + 1}"/>' for row in range(count))


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        (one_cell("", "<v>1</v>", "XFE1"), "K137"),
        (one_cell("", "<v>1</v>", "A1048577"), "K137"),
        (sheet_xml('<row r="99999999999"/>'), "K137"),
        (sheet_xml('<row r="0"><c r="A0"><v>1</v></c></row>'), "K137"),
        (
            sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
            "K138",
        ),
        (sheet_xml("", after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), "K139"),
        (sheet_xml("", after=f"<mergeCells>{_many_merges(20_001)}</mergeCells>"), "K139"),
    ],
)
def test_places_that_no_form_has_are_refused(sheet: str, code: str) -> None:
    """S6: beyond the sheet's edges, far apart, or merged without end."""
    assert _refusal(workbook_of(sheet)) == code


def test_empty_cells_far_out_do_not_matter(tmp_path: Path) -> None:
    """S6: a format on the last cell of the sheet is no reason to refuse what is written in the first."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        workbook_of(
            sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>')
        )
    )
    result = read_file(path)
    assert result.book is not None
    assert result.book.grids[0].cells == {(0, 0): 1}


def test_a_stray_value_in_the_last_row_is_still_read(tmp_path: Path) -> None:
    """S6: one value far below a narrow form is read at its place, not refused."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        workbook_of(
            sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="C1048576"><v>2</v></c></row>')
        )
    )
    result = read_file(path)
    assert result.book is not None
    assert result.book.grids[0].cells == {(0, 0): 1, (1_048_575, 2): 2}


_PREFIXED = (
    f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="2"><x:c r="B2" t="s"><x:v>0</x:v></x:c>'
    '<x:c r="C2"><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>'
)
_IMPLIED = sheet_xml('<row/><row><c/><c t="s"><v>0</v></c><c><v>5</v></c></row>')


@pytest.mark.parametrize(
    "data",
    [
        workbook_of(_PLAIN),
        workbook_of(
            sheet_xml(_PLAIN.split("sheetData>")[1][:-2], main=STRICT_MAIN), main=STRICT_MAIN, office=STRICT_OFFICE
        ),
        packed(parts_of(_PLAIN), lambda name: name.replace("/", "\\")),
        workbook_of(_PREFIXED),
        workbook_of(_IMPLIED),
        workbook_of(_PLAIN.replace('"', "'")),
        workbook_of(_PLAIN.replace("<row", "<!-- a note --><row")),
        workbook_of(_PLAIN.replace('r="B2"', 'r = "B2"')),
    ],
    ids=["plain", "strict", "backslash", "prefixed", "implied", "quotes", "comment", "spaced"],
)
def test_unusual_spellings_are_read_right(tmp_path: Path, data: bytes) -> None:
    """S7: strict OOXML, backslashes, prefixes, implied places and other spellings say the same."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    result = read_file(path)
    assert result.book is not None
    assert result.book.grids[0].cells == {(1, 1): "共有", (1, 2): 5}


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "shift_jis"])
def test_a_sheet_in_another_encoding_is_refused(encoding: str) -> None:
    """S7: a sheet that calamine would read as empty is refused with its reason."""
    assert _refusal(workbook_of(f'<?xml version="1.0" encoding="{encoding}"?>{_PLAIN}'.encode(encoding))) == "K142"


def test_another_encoding_in_a_part_nobody_reads_does_not_matter() -> None:
    """S7: a document management system's own UTF-16 part is no reason to refuse the book."""
    part = '<?xml version="1.0" encoding="utf-16"?><p:properties xmlns:p="x"><a/></p:properties>'.replace(
        "properties", "p"
    )
    assert inspect(_with("customXml/item1.xml", part.encode("utf-16"))).sheets


def test_a_package_without_worksheets_is_refused() -> None:
    """S7: no sheet is always a reason to refuse, never an empty book."""
    parts = parts_of(_PLAIN)
    del parts["xl/worksheets/sheet1.xml"]
    assert _refusal(packed(parts)) == "K141"


def test_broken_xml_is_refused(tmp_path: Path) -> None:
    """S7: a sheet whose XML ends early is refused, not read up to there."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook_of(_PLAIN.replace("</row></sheetData></worksheet>", "")))
    finding = read_file(path).finding
    assert finding is not None
    assert finding.code == "K143"


_HIDDEN = sheet_xml(
    '<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    '<c r="C1" t="str"><f>A1&amp;B1</f><v>x</v></c><c r="D1"><f>A1</f></c><c r="E1" t="str"><f>""</f><v></v></c>'
    '<c r="F1"><f t="shared" si="0"/><v>3</v></c><c r="G1"><v>1</v></c><c r="H1"><f>A1</f><v></v></c></row>'
)


@pytest.mark.parametrize("spelling", ["quick", "slow"])
def test_errors_and_formulas_are_noted(spelling: str) -> None:
    """S8, S9: both looks note which cells hold errors, and formulas with and without a stored result."""
    scan = scan_quickly(_HIDDEN.encode()) if spelling == "quick" else scan_slowly([_HIDDEN.encode()], "sheet")
    assert scan is not None
    cells = cells_of(scan.spelled, Shared(), "S")
    assert [cells.held[0, 0], cells.held[0, 1]] == ["#N/A", "#DIV/0!"]
    assert cells.notes == {
        (0, 0): "error", (0, 1): "error", (0, 2): "formula", (0, 3): "uncalculated", (0, 4): "formula",
        (0, 5): "formula", (0, 7): "uncalculated",
    }  # fmt: skip


@pytest.mark.parametrize("sheet", [_PLAIN, _HIDDEN, sheet_xml(""), sheet_xml('<row r="3"><c r="A3" s="1"/></row>')])
def test_both_looks_agree(sheet: str) -> None:
    """S9: what the quick look is sure of, the slow look finds as well."""
    quick = scan_quickly(sheet.encode())
    slow = scan_slowly([sheet.encode()[:40], sheet.encode()[40:]], "sheet")
    assert quick is not None
    assert _noted(quick) == _noted(slow)
    assert cells_of(quick.spelled, _TEXTS, "S") == read_cells(slow.spelled, _TEXTS, "S")


def _noted(scan: Scan) -> dict[str, object]:
    """Return what a look noted, but for the spelling."""
    return {name: value for name, value in vars(scan).items() if name not in ("spelled", "content")}


_TEXTS = Shared(("共有",))
_RULES = '<conditionalFormatting sqref="A1"><cfRule type="expression"><formula>A1=1</formula></cfRule>'


@pytest.mark.parametrize(
    ("sheet", "cells"),
    [
        (_HIDDEN.replace("</sheetData>", f"</sheetData>{_RULES}</conditionalFormatting>"), 8),
        (_HIDDEN.replace("</sheetData>", "</sheetData><!-- <c r='A1'/> -->"), 8),
        (_HIDDEN.replace("</sheetData>", "</sheetData><!-- </sheetData> -->"), 8),
        (_HIDDEN.replace("<sheetData>", "<!-- <sheetData></sheetData> --><sheetData>"), 8),
        (_HIDDEN.replace("<v>1</v>", "<v><![CDATA[1]]></v>"), 8),
        (_PLAIN.replace("</sheetData>", "</sheetData><sheetData/>"), 2),
        (_PLAIN.replace("<sheetData>", "<sheetData/><sheetData>"), 2),
        (sheet_xml("").replace("</sheetData>", "").replace("<sheetData>", "<sheetData/>"), 0),
    ],
)
def test_what_stands_around_the_cells_changes_nothing(sheet: str, cells: int) -> None:
    """S9: rules, comments and empty parts before and after the cells; the whole pass agrees with the slow look."""
    found = inspect(workbook_of(sheet)).sheets["xl/worksheets/sheet1.xml"]
    assert _noted(found) == _noted(scan_slowly([sheet.encode()], "sheet"))
    assert found.cells == cells


def test_text_that_looks_like_a_cell_does_not_mislead_the_quick_look() -> None:
    """S9: a text that spells an attribute or a tag is a text."""
    for spelled in ('t="e"', '&lt;c r="B2" t="e"&gt;', 'r="B3" t="e"/'):
        sheet = one_cell('t="inlineStr"', f"<is><t>{spelled}</t></is>")
        for scan in (scan_quickly(sheet.encode()), scan_slowly([sheet.encode()], "sheet")):
            assert scan is not None
            assert cells_of(scan.spelled, Shared(), "S") == Cells({(1, 1): unescape(spelled)}, {}, {}, {}, [], [])


def test_a_large_sheet_is_streamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """S4: a part above the limit of the quick look is read event by event, to the same values."""
    monkeypatch.setattr("kohyo.excel.ooxml.safety_check.FAST_SIZE", 50_000)
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook_of(sheet_xml(_noise_cells(26_000))))
    result = read_file(path)
    assert result.book is not None
    assert len(result.book.grids[0].cells) == 26_026


def test_every_code_has_words() -> None:
    """S10: every code of the family says something with file, sheet, cell and value filled in."""
    codes = [code for code in all_codes() if "K100" < code < "K150"]
    assert len(codes) >= 30
    for code in codes:
        assert "a.xlsx" in located(Finding(Code(code), Place("a.xlsx", "S", "B2"), value="値"))


def test_zip_made_by_streaming_writers_is_read() -> None:
    """S3: sizes that follow the data, as streaming writers put them, are no reason to refuse."""
    target = io.BytesIO()

    class _Stream(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            return target.write(bytes(data))  # type: ignore[call-overload]

    with zipfile.ZipFile(_Stream(), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts_of(_PLAIN).items():
            archive.writestr(name, content)
    assert isinstance(inspect(target.getvalue()).sheets["xl/worksheets/sheet1.xml"], Scan)
