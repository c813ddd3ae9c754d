"""Makes returned files for tests: workbooks spelled by hand, hostile ones among them, and small forms."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile

from kohyo.excel.form.form_identifiers import CONTROL_NAME, HIDDEN_SHEET, PROPERTY, answer_name
from kohyo.text.control_number import ControlNumber

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

COVER = ControlNumber("setagaya-r6", 6, "28", "0", 1)
"""The made-up form's control number."""

Rows = Sequence[tuple[str, str, Any]]
"""Field (empty: no name), label, answer."""


def sheet_xml(cells: str, *, after: str = "", main: str = MAIN) -> str:
    """Return a worksheet part around rows."""
    return f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData>{after}</worksheet>'


def one_cell(attributes: str, inside: str, reference: str = "B2") -> str:
    """Return a worksheet part with one cell."""
    row = "".join(filter(str.isdigit, reference))
    return sheet_xml(f'<row r="{row}"><c r="{reference}" {attributes}>{inside}</c></row>')


def parts_of(sheet: str | bytes, *, main: str = MAIN, office: str = OFFICE, workbook: str = "") -> dict[str, bytes]:
    """Return the parts of a smallest workbook; ``workbook`` is put before its list of sheets."""
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{office}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(
            [("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")],
            start=1,
        )
    )
    texts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}">{workbook}'
        '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}"><si><t>共有</t></si></sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>'
        '<xf numFmtId="46"/></cellXfs></styleSheet>',
    }
    content = sheet.encode() if isinstance(sheet, str) else sheet
    return {**{name: text.encode() for name, text in texts.items()}, "xl/worksheets/sheet1.xml": content}


def packed(parts: Mapping[str, bytes], rename: Callable[[str], str] = str) -> bytes:
    """Return the parts as a zip package."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(rename(name), content)
    return target.getvalue()


def workbook_of(sheet: str | bytes, **options: Any) -> bytes:  # noqa: ANN401 - handed on to parts_of
    """Return a smallest workbook around one worksheet part."""
    return packed(parts_of(sheet, **options))


def locked(data: bytes, password: str) -> bytes:
    """Return a workbook as Excel locks it with a password."""
    target = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, target)
    return target.getvalue()


@dataclass(frozen=True)
class FormSheet:
    """A hand-made sheet of a form; ``extra`` are cells put there besides, by reference."""

    tab: str
    control: str
    rows: Rows
    extra: Mapping[str, Any]
    label_column: int = 0


def form_sheet(tab: str, code: str, rows: Rows, **options: Any) -> FormSheet:  # noqa: ANN401 - fields of FormSheet
    """Return a sheet with the control number of the sheet code, empty for none."""
    control = str(COVER.for_sheet(code)) if code else ""
    return FormSheet(tab, control, rows, options.pop("extra", {}), **options)


def write_small_form(
    path: Path, sheets: Sequence[FormSheet], *, named: bool = True, then: Callable[[Any, Any], None] | None = None
) -> Path:
    """Write a form by the conventions; ``then`` may do to book and last sheet what a person did."""
    book = xlsxwriter.Workbook(path)
    page = None
    for sheet in sheets:
        page = book.add_worksheet(sheet.tab)
        _fill(book, page, sheet, named=named)
    if named:
        book.set_custom_property(PROPERTY, str(COVER), "text")
        hidden = book.add_worksheet(HIDDEN_SHEET)
        hidden.write_row(0, 0, ["kohyo", str(COVER)])
        hidden.very_hidden()
    if then is not None:
        then(book, page)
    book.close()
    return path


def _fill(book: Any, page: Any, sheet: FormSheet, *, named: bool) -> None:  # noqa: ANN401 - XlsxWriter is untyped
    if sheet.control:
        page.write_string("C1", sheet.control)
        if named:
            book.define_name(f"'{sheet.tab}'!{CONTROL_NAME}", f"='{sheet.tab}'!$C$1")
    answers = chr(ord("A") + sheet.label_column + 1)
    for row, (field, label, answer) in enumerate(sheet.rows, start=3):
        page.write_string(row - 1, sheet.label_column, label)
        if answer is not None:
            page.write(row - 1, sheet.label_column + 1, answer)
        if field and named:
            book.define_name(f"'{sheet.tab}'!{answer_name(field)}", f"='{sheet.tab}'!${answers}${row}")
    for cell, value in sheet.extra.items():
        page.write(cell, value)
