"""A person's workbook with new cells in it (ブックの差替え): sheets patched, tables in step, all else as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from kohyo.excel.ooxml.atomic_write import flush
from kohyo.excel.ooxml.package import Package
from kohyo.excel.ooxml.sheet_patch import EMPTY_SHEET, SheetPatch, patched
from kohyo.excel.ooxml.sheet_tables import in_step
from kohyo.excel.ooxml.well_formed import require_well_formed


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
    sheets = {
        title: patched(package.sheet_xml(title) if package.has(title) else new_sheet(title), patch, dates)
        for title, patch in patches.items()
    }
    tables = {
        name: in_step(table, patch)
        for title, patch in patches.items()
        if package.has(title)
        for name, table in package.tables(title).items()
    }
    require_well_formed(saving, package.copy(saving, sheets, tables))
    flush(saving)
