"""A person's workbook with new cells in it (ブックの差替え): sheets patched, tables in step, all else as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from kohyo.excel.ooxml.atomic_write import flush
from kohyo.excel.ooxml.package import Package
from kohyo.excel.ooxml.renamed_columns import Renamed, is_place, renamed_between, with_new_names
from kohyo.excel.ooxml.sheet_patch import EMPTY_SHEET, SheetPatch, patched
from kohyo.excel.ooxml.sheet_tables import in_step


def _empty(_: str) -> bytes:
    return EMPTY_SHEET


def write_patched(
    book: Path, saving: Path, patches: Mapping[str, SheetPatch], new_sheet: Callable[[str], bytes] = _empty
) -> None:
    """Write into ``saving`` the workbook at ``book`` with ``patches`` by sheet title, and bring it to the disk.

    A title that the workbook lacks is added with what ``new_sheet`` gives. Raises FileError when the workbook cannot
    be read, UsageError when a part that was written is not well-formed, OSError when the disk does not take it.
    """
    package = Package(book)
    dates = package.dates()
    before = {title: package.tables(title) for title in patches if package.has(title)}
    tables = {name: in_step(table, patches[title]) for title, parts in before.items() for name, table in parts.items()}
    old = {name: table for parts in before.values() for name, table in parts.items()}
    renamed = dict(renamed_between(old, tables))
    sheets = {
        title: patched(_sheet(package, title, renamed) if package.has(title) else new_sheet(title), patch, dates)
        for title, patch in patches.items()
    }
    others = _calling(package, tables, renamed) if renamed else {}
    for title in before:
        others.pop(package.part_of(title), None)
    package.copy(saving, sheets, {**tables, **others})
    flush(saving)


def _sheet(package: Package, title: str, renamed: Renamed) -> bytes:
    """Return a sheet whose formulas call the columns of tables by their new headings."""
    xml = package.sheet_xml(title)
    return with_new_names(xml.decode("utf-8"), renamed).encode() if renamed else xml


def _calling(package: Package, tables: Mapping[str, str], renamed: Renamed) -> dict[str, str]:
    """Return the parts that call a column by its old heading, with the new one in it."""
    found = {**package.read_where(is_place), **tables}
    new = {name: with_new_names(part, renamed) for name, part in found.items()}
    return {name: part for name, part in new.items() if part != found[name]}
