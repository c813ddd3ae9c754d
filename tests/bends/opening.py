"""From a form to a book that can be bent, by an independent reader (openpyxl), and back to a file."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kohyo.excel.form.form_identifiers import CONTROL_NAME, NAME_PREFIX, REST_NAME
from kohyo.excel.ooxml.cell_reference import Position, a1, row_column
from kohyo.model.issued_form import IssuedForm, IssuedSheet
from kohyo.model.value import RawValue
from tests.bends.bend import MEMO
from tests.bends.book import Book, Cell, Look, Meant, Page
from tests.bends.drawn import drawing
from tests.excel.ooxml.builders import MAIN, OFFICE, packed

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_WORKBOOK_TYPES = {
    False: f"{_SHEET_TYPE}.sheet.main+xml",
    True: "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
}
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VARIANT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="0000000"/>'
    '<numFmt numFmtId="165" formatCode=";;;"/></numFmts>'
    '<fonts count="3"><font/><font><strike/></font><font><color rgb="FFFFFFFF"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="7">'
    '<xf numFmtId="0" xfId="0"/><xf numFmtId="14" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="9" xfId="0"/><xf numFmtId="164" xfId="0"/><xf numFmtId="0" fontId="1" xfId="0"/>'
    '<xf numFmtId="0" fontId="2" xfId="0"/><xf numFmtId="165" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_STYLE_OF = {Look.PERCENT: 2, Look.ZEROS: 3, Look.STRUCK: 4, Look.WHITE: 5, Look.NOTHING: 6}
_EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}


def opened(data: bytes, issue: IssuedForm, file: str = "調査票.xlsx") -> Book:
    """Return a form as it went out; of every cell that may be filled it is known which answer it holds."""
    formulas = openpyxl.load_workbook(io.BytesIO(data))
    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    sheets = {sheet.tab: sheet for sheet in issue.sheets}
    pages = [_page(sheet, values, sheets.get(sheet.title)) for sheet in formulas.worksheets]
    properties = {entry.name: str(entry.value) for entry in _properties(formulas) if entry.name}
    return Book(file, pages, properties)


def _properties(book: Workbook) -> Iterable[Any]:
    found: Iterable[Any] = book.custom_doc_props.props  # type: ignore[attr-defined] # younger than the stubs
    return found


def _page(sheet: Worksheet, values: Workbook, issued: IssuedSheet | None) -> Page:
    page = Page(sheet.title, state=sheet.sheet_state)
    if issued is not None:
        page.control, page.kind = issued.control, issued.kind
    page.names = {
        name: row_column(entry.attr_text.rpartition("!")[2].replace("$", ""))
        for name, entry in sheet.defined_names.items()
        if name.startswith(NAME_PREFIX)
    }
    page.merges = [
        (cells.min_row - 1, cells.min_col - 1, cells.max_row - 1, cells.max_col - 1)
        for cells in sheet.merged_cells.ranges
    ]
    page.cells = dict(_cells(sheet, values[sheet.title]))
    return page


def _cells(sheet: Worksheet, values: Worksheet) -> Iterator[tuple[Position, Cell]]:
    for row in sheet.iter_rows():
        for cell in row:
            value = values[cell.coordinate].value
            if isinstance(value, datetime):
                value = value.date()
            formula = str(cell.value)[1:] if cell.data_type == "f" else ""
            if value is not None or formula:
                yield row_column(cell.coordinate), Cell(value, formula)


def meant_cells(page: Page) -> dict[str, Position]:
    """Return where the form asks for answers, by field name."""
    others = (CONTROL_NAME, REST_NAME)
    return {name.removeprefix(NAME_PREFIX): place for name, place in sorted(page.names.items()) if name not in others}


def mean(page: Page, field: str, place: Position, cell: Cell) -> None:
    """Put an answer into its cell and remember what is meant by it."""
    page.cells[place] = cell
    cell.meant = Meant(page.control, field, cell.meant.value if cell.meant else None)


def settle(book: Book) -> None:
    """Take away what the program loses by which the book is saved at the end."""
    for page in book.pages if book.resaved else ():
        for top, left, bottom, right in page.merges:
            covered = [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)][1:]
            for place in covered:
                page.cells.pop(place, None)
        for cell in page.cells.values():
            if cell.formula and not cell.error:
                cell.value = None
            if cell.struck:
                _unstrike(cell)
        page.boxes.clear()


def _unstrike(cell: Cell) -> None:
    """Let a text be seen as a whole again, as by a program that knows no runs of letters."""
    cell.look, cell.struck = Look.PLAIN, 0
    if cell.meant is not None and cell.meant != MEMO:
        cell.meant = cell.unstruck or replace(cell.meant, value=str(cell.value))


def saved(book: Book) -> bytes:
    """Return the book as a file."""
    parts = {
        "[Content_Types].xml": _content_types(book),
        "_rels/.rels": _links([("officeDocument", "xl/workbook.xml"), ("custom-properties", "docProps/custom.xml")]),
        "xl/workbook.xml": _workbook(book),
        "xl/_rels/workbook.xml.rels": _links(
            [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(book.pages) + 1)]
            + [("styles", "styles.xml")]
        ),
        "xl/styles.xml": _STYLES,
        "docProps/custom.xml": _custom(book),
    }
    for number, page in enumerate(book.pages, start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet(page, book)
        links = []
        if page.comments:
            links.append(("comments", f"../comments{number}.xml"))
            parts[f"xl/comments{number}.xml"] = _comments(page)
        if page.boxes:
            links.append(("drawing", f"../drawings/drawing{number}.xml"))
            parts[f"xl/drawings/drawing{number}.xml"] = drawing(page)
        if links:
            parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = _links(links)
    content = {name: text.encode() for name, text in parts.items()}
    if book.macros:
        content["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"
    data = packed(content)
    return _resaved(data) if book.resaved else data


def _resaved(data: bytes) -> bytes:
    """Return what openpyxl makes of a file: formulas lose their results, comments change their shape."""
    target = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(data)).save(target)
    return target.getvalue()


def _content_types(book: Book) -> str:
    parts = [("/xl/workbook.xml", _WORKBOOK_TYPES[book.macros]), ("/xl/styles.xml", f"{_SHEET_TYPE}.styles+xml")]
    parts.append(("/docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml"))
    for number, page in enumerate(book.pages, start=1):
        parts.append((f"/xl/worksheets/sheet{number}.xml", f"{_SHEET_TYPE}.worksheet+xml"))
        if page.comments:
            parts.append((f"/xl/comments{number}.xml", f"{_SHEET_TYPE}.comments+xml"))
    listed = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts)
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    )
    return f'<Types xmlns="{_PACKAGE}/content-types">{defaults}{listed}</Types>'


def _links(targets: list[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _workbook(book: Book) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(page.name)} sheetId="{number}" state="{page.state}" r:id="rId{number}"/>'
        for number, page in enumerate(book.pages, start=1)
    )
    names = "".join(
        f'<definedName name="{name}" localSheetId="{number}">{escape(_reference(page.name, place))}</definedName>'
        for number, page in enumerate(book.pages)
        for name, place in page.names.items()
    )
    listed = f"<definedNames>{names}</definedNames>" if names else ""
    epoch = '<workbookPr date1904="1"/>' if book.date1904 else "<workbookPr/>"
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{epoch}<sheets>{sheets}</sheets>{listed}</workbook>'


def _reference(tab: str, place: Position) -> str:
    quoted = tab.replace("'", "''")
    cell = a1(*place)
    letters = cell.rstrip("0123456789")
    return f"'{quoted}'!${letters}${cell[len(letters) :]}"


def _custom(book: Book) -> str:
    entries = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name={quoteattr(name)}>'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(book.properties.items(), start=2)
    )
    return f'<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_VARIANT}">{entries}</Properties>'


def _sheet(page: Page, book: Book) -> str:
    rows: dict[int, list[str]] = {}
    for place, cell in sorted(page.cells.items()):
        rows.setdefault(place[0], []).append(_cell(place, cell, date1904=book.date1904))
    body = "".join(
        f'<row r="{row + 1}"{" hidden=" + chr(34) + "1" + chr(34) if row in page.hidden_rows else ""}>'
        f"{''.join(cells)}</row>"
        for row, cells in rows.items()
    )
    columns = "".join(
        f'<col min="{column + 1}" max="{column + 1}" width="9" hidden="1"/>' for column in sorted(page.hidden_columns)
    )
    merges = "".join(f'<mergeCell ref="{a1(*box[:2])}:{a1(*box[2:])}"/>' for box in page.merges)
    return (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        + (f"<cols>{columns}</cols>" if columns else "")
        + f"<sheetData>{body}</sheetData>"
        + ('<sheetProtection sheet="1" objects="1" scenarios="1"/>' if page.protected else "")
        + (f'<mergeCells count="{len(page.merges)}">{merges}</mergeCells>' if merges else "")
        + (_validations(page) if page.validated else "")
        + "</worksheet>"
    )


def _validations(page: Page) -> str:
    cells = " ".join(a1(*place) for name, place in page.names.items() if name.startswith(f"{NAME_PREFIX}tick"))
    rule = f'<dataValidation type="list" allowBlank="1" sqref="{cells}"><formula1>"○,－"</formula1></dataValidation>'
    return f'<dataValidations count="1">{rule}</dataValidations>' if cells else ""


def _cell(place: Position, cell: Cell, *, date1904: bool) -> str:
    formula = f"<f>{escape(cell.formula)}</f>" if cell.formula else ""
    kind, value = _stored(cell, date1904=date1904)
    look = "" if cell.look is Look.PLAIN or cell.struck else f' s="{_STYLE_OF[cell.look]}"'
    if kind == "inlineStr":
        return f'<c r="{a1(*place)}"{look} t="inlineStr"><is>{_letters(cell)}</is></c>'
    style = ' s="1"' if kind == "date" else f'{look} t="{kind}"' if kind else look
    return f'<c r="{a1(*place)}"{style}>{formula}{f"<v>{value}</v>" if value else ""}</c>'


def _stored(cell: Cell, *, date1904: bool) -> tuple[str, str]:
    """Return how a cell is stored: the kind of its value, and the value."""
    value = cell.value
    if cell.error or value is None:
        return ("e", str(value)) if cell.error else ("", "")
    if isinstance(value, bool):
        return "b", str(int(value))
    if isinstance(value, date):
        return "date", str((value - _EPOCHS[date1904]).days)
    if isinstance(value, (int, float)):
        return "", repr(value)
    return ("str" if cell.formula else "inlineStr"), _text(value)


def _letters(cell: Cell) -> str:
    """Return the letters of a text, of which the first may be struck through."""
    text = str(cell.value)
    plain = f'<t xml:space="preserve">{_text(text[cell.struck :])}</t>'
    if not cell.struck:
        return plain
    gone = f'<r><rPr><strike/></rPr><t xml:space="preserve">{_text(text[: cell.struck])}</t></r>'
    return f"{gone}<r>{plain}</r>" if text[cell.struck :] else gone


def _text(value: RawValue) -> str:
    return escape(str(value))


def _comments(page: Page) -> str:
    entries = "".join(
        f'<comment ref="{a1(*place)}" authorId="0"><text><t xml:space="preserve">{escape(comment.text)}</t></text>'
        "</comment>"
        for place, comment in sorted(page.comments.items())
    )
    return f'<comments xmlns="{MAIN}"><authors><author/></authors><commentList>{entries}</commentList></comments>'
