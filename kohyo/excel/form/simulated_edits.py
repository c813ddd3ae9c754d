"""Bends a copy of a form as people do (見本の手直し): a row inserted, a sheet copied, a memo. Only for made-up returns.

Excel moves and copies defined names with their cells; openpyxl does not, so it is done here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path

import openpyxl
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from kohyo.excel.form.form_identifiers import answer_name

_MEMO_COLUMN = 8
_REFERENCE = re.compile(r"^(?P<sheet>.+)!\$(?P<column>[A-Z]+)\$(?P<row>[0-9]+)$")


def insert_row(path: Path, tab: str, field: str) -> None:
    """Insert an empty row above a field of the sheet ``tab``; names below follow, as in Excel."""
    book = openpyxl.load_workbook(path)
    sheet = book[tab]
    above = _row_of(sheet, field)
    heights = {row: size.height for row, size in sheet.row_dimensions.items()}
    sheet.insert_rows(above)
    for row in sorted((row for row in heights if row >= above), reverse=True):
        sheet.row_dimensions[row + 1].height = heights[row]
    sheet.row_dimensions[above].height = None
    for name in list(sheet.defined_names):
        _move(sheet, name, above)
    book.save(path)


def write_beside(path: Path, tab: str, field: str, text: str) -> None:
    """Write a memo some columns to the right of a field, where the form asks for nothing."""
    book = openpyxl.load_workbook(path)
    sheet = book[tab]
    sheet.cell(_row_of(sheet, field), _MEMO_COLUMN).value = text
    book.save(path)


def copy_sheet(path: Path, tab: str, title: str, values: Mapping[str, str]) -> None:
    """Copy the sheet ``tab`` as ``title`` with its names, and write ``values`` by field name into the copy."""
    book = openpyxl.load_workbook(path)
    source = book[tab]
    copy = book.copy_worksheet(source)
    copy.title = title
    _copy_print_setup(source, copy)
    for name, defined in source.defined_names.items():
        found = _REFERENCE.match(defined.attr_text or "")
        if found:
            copy.defined_names[name] = DefinedName(name, attr_text=f"'{title}'!${found['column']}${found['row']}")
    for field, value in values.items():
        cell = copy.cell(_row_of(copy, field), 2)
        cell.value = value
    book.save(path)


def _copy_print_setup(source: Worksheet, copy: Worksheet) -> None:
    """Give the copy what Excel copies along and openpyxl leaves out: footer, headings of every page, printed area."""
    copy.HeaderFooter = deepcopy(source.HeaderFooter)
    copy.print_title_rows = source.print_title_rows
    copy.print_area = source.print_area


def _row_of(sheet: Worksheet, field: str) -> int:
    found = _REFERENCE.match(sheet.defined_names[answer_name(field)].attr_text or "")
    if found is None:
        raise KeyError(field)
    return int(found["row"])


def _move(sheet: Worksheet, name: str, from_row: int) -> None:
    found = _REFERENCE.match(sheet.defined_names[name].attr_text or "")
    if found and int(found["row"]) >= from_row:
        place = f"{found['sheet']}!${found['column']}${int(found['row']) + 1}"
        sheet.defined_names[name] = DefinedName(name, attr_text=place)
