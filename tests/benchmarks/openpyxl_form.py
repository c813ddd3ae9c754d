"""The counterpart of the form's writer: the same form, written by openpyxl.

It is told every finished cell beforehand (text, formula, style, height, rule) and has nothing left to work out;
kohyo works all of it out while it is measured. What openpyxl cannot say is left out: the stored results of
formulas and Excel's marks that a cell may be ignored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import NamedStyle
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName

_STYLE = ("font", "fill", "border", "alignment", "protection", "number_format")
_SHEET = ("sheet_format", "sheet_properties", "page_margins", "page_setup", "print_options", "protection", "views")
_EMPTY = (None, "")

Told = tuple[int, int, Any, str]
"""A cell: row, column, value or formula, style."""


@dataclass(frozen=True)
class SheetRecipe:
    """One sheet of a finished form, to be written again."""

    title: str
    state: str
    cells: tuple[Told, ...]
    widths: Mapping[str, tuple[int, int, float]]
    heights: Mapping[int, float]
    names: Mapping[str, str]
    rules: tuple[Any, ...]
    colours: tuple[tuple[str, Any], ...]
    set_up: Mapping[str, Any]
    footer: tuple[str, ...]
    freeze: str | None
    print_area: str
    print_rows: str


@dataclass(frozen=True)
class Recipe:
    """A finished form, to be written again; ``styles`` by name, each without its name."""

    sheets: tuple[SheetRecipe, ...]
    styles: Mapping[str, Mapping[str, Any]]
    names: Mapping[str, str]
    properties: Any
    custom: Mapping[str, str]


def recipe_of(path: Path) -> Recipe:
    """Read a finished form as what is to be written."""
    book: Any = openpyxl.load_workbook(path)
    styles: dict[int, str] = {}
    looks: dict[str, Mapping[str, Any]] = {}
    sheets = tuple(_sheet(sheet, styles, looks) for sheet in book)
    names = {name: entry.attr_text for name, entry in book.defined_names.items()}
    custom = {entry.name: entry.value for entry in book.custom_doc_props}
    return Recipe(sheets, looks, names, copy(book.properties), custom)


def write_usual(path: Path, recipe: Recipe) -> None:
    """Write the form as openpyxl's manual shows it: every cell is given its font, fill, border and so on."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for told in recipe.sheets:
        sheet = book.create_sheet(told.title)
        _set_up(sheet, told)
        for row, column, value, style in told.cells:
            cell = sheet.cell(row, column, value)
            for name, look in recipe.styles.get(style, {}).items():
                setattr(cell, name, look)
    _finish(book, recipe, path)


def write_named(path: Path, recipe: Recipe) -> None:
    """Write the form with one named style a cell, the fastest way of the public interface."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _add_styles(book, recipe)
    for told in recipe.sheets:
        sheet = book.create_sheet(told.title)
        _set_up(sheet, told)
        for row, column, value, style in told.cells:
            cell = sheet.cell(row, column, value)
            if style:
                cell.style = style
    _finish(book, recipe, path)


def write_streaming(path: Path, recipe: Recipe) -> None:
    """Write the form in openpyxl's write-only mode with named styles: row by row, nothing kept."""
    book = Workbook(write_only=True)
    _add_styles(book, recipe)
    for told in recipe.sheets:
        sheet = book.create_sheet(told.title)
        _set_up(sheet, told)
        for row in _rows(told.cells):
            sheet.append([_cell(sheet, one) for one in row])
    _finish(book, recipe, path)


def _sheet(sheet: Any, known: dict[int, str], looks: dict[str, Mapping[str, Any]]) -> SheetRecipe:  # noqa: ANN401
    cells = []
    for row in sheet.iter_rows():
        for cell in row:
            if cell.has_style and cell.style_id not in known:
                known[cell.style_id] = f"look {len(known)}"
                looks[known[cell.style_id]] = {name: copy(getattr(cell, name)) for name in _STYLE}
            style = known[cell.style_id] if cell.has_style else ""
            if style or cell.value not in _EMPTY:
                cells.append((cell.row, cell.column, cell.value, style))
    return SheetRecipe(
        title=sheet.title,
        state=sheet.sheet_state,
        cells=tuple(cells),
        widths={name: (one.min, one.max, one.width) for name, one in sheet.column_dimensions.items()},
        heights={row: one.height for row, one in sheet.row_dimensions.items() if one.height},
        names={name: entry.attr_text for name, entry in sheet.defined_names.items()},
        rules=tuple(sheet.data_validations.dataValidation),
        colours=tuple((str(area.sqref), rule) for area in sheet.conditional_formatting for rule in area.rules),
        set_up={name: copy(getattr(sheet, name)) for name in _SHEET},
        footer=tuple(getattr(sheet.oddFooter, side).text or "" for side in ("left", "center", "right")),
        freeze=sheet.freeze_panes,
        print_area=sheet.print_area,
        print_rows=sheet.print_title_rows or "",
    )


def _add_styles(book: Workbook, recipe: Recipe) -> None:
    for name, look in recipe.styles.items():
        book.add_named_style(NamedStyle(name=name, **look))


def _set_up(sheet: Any, told: SheetRecipe) -> None:  # noqa: ANN401 - one of two classes
    """Give a sheet all that is not a cell; in write-only mode this comes first."""
    sheet.sheet_state = told.state
    for name, value in told.set_up.items():
        setattr(sheet, name, value)
    for name, (first, last, width) in told.widths.items():
        column = sheet.column_dimensions[name]
        column.min, column.max, column.width = first, last, width
    for row, height in told.heights.items():
        sheet.row_dimensions[row].height = height
    for name, target in told.names.items():
        sheet.defined_names[name] = DefinedName(name, attr_text=target)
    for rule in told.rules:
        sheet.data_validations.append(rule)
    for area, rule in told.colours:
        sheet.conditional_formatting.add(area, rule)
    for side, text in zip(("left", "center", "right"), told.footer, strict=True):
        getattr(sheet.oddFooter, side).text = text
    sheet.freeze_panes = told.freeze
    if told.print_area:
        sheet.print_area = told.print_area.rpartition("!")[2]
    if told.print_rows:
        sheet.print_title_rows = told.print_rows


def _rows(cells: tuple[Told, ...]) -> Iterator[list[Told | None]]:
    """Yield the cells row by row, with gaps where a row or a column holds nothing."""
    rows: dict[int, dict[int, Told]] = {}
    for one in cells:
        rows.setdefault(one[0], {})[one[1]] = one
    for row in range(1, max(rows, default=0) + 1):
        found = rows.get(row, {})
        yield [found.get(column) for column in range(1, max(found, default=0) + 1)]


def _cell(sheet: Any, one: Told | None) -> Any:  # noqa: ANN401 - a cell or nothing
    if one is None:
        return None
    cell = WriteOnlyCell(sheet, one[2])
    if one[3]:
        cell.style = one[3]
    return cell


def _finish(book: Any, recipe: Recipe, path: Path) -> None:  # noqa: ANN401 - its stubs lack the custom properties
    for name, target in recipe.names.items():
        book.defined_names[name] = DefinedName(name, attr_text=target)
    book.properties = recipe.properties
    for name, value in recipe.custom.items():
        book.custom_doc_props.append(StringProperty(name=name, value=value))
    book.save(path)
