"""A person's workbook with new cells in it (ブックの差替え): sheets patched, tables in step, all else as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from kohyo.excel.ooxml.atomic_write import flush
from kohyo.excel.ooxml.package import Package
from kohyo.excel.ooxml.renamed_columns import Renamed, is_place, renamed_between, with_new_names
from kohyo.excel.ooxml.renamed_tabs import Tabs, with_new_tabs
from kohyo.excel.ooxml.renamed_tabs import is_place as may_name_tabs
from kohyo.excel.ooxml.rows_below import RowsBelow, stand_above, with_rows_below
from kohyo.excel.ooxml.sheet_patch import EMPTY_SHEET, SheetPatch, patched
from kohyo.excel.ooxml.sheet_tables import in_step

_NO_ROWS: Mapping[str, RowsBelow] = MappingProxyType({})


def _empty(_: str) -> bytes:
    return EMPTY_SHEET


def write_patched(
    book: Path,
    saving: Path,
    patches: Mapping[str, SheetPatch],
    new_sheet: Callable[[str], bytes] = _empty,
    tabs: Tabs = MappingProxyType({}),
    below: Mapping[str, RowsBelow] = _NO_ROWS,
) -> dict[str, str]:
    """Write into ``saving`` the workbook at ``book`` with ``patches`` by sheet title, and bring it to the disk.

    A title that the workbook lacks is added with what ``new_sheet`` gives; sheets in ``tabs`` get new titles, and all
    that names them follows. ``below`` are rows that come to stand below all others; of the sheets whose old rows kept
    their bytes return the SHA-256 of the part as it was meant. Raises FileError when the workbook cannot be read,
    UsageError when a part that was written is not well-formed, OSError when the disk does not take it.
    """
    package = Package(book)
    dates = package.dates()
    grown = {title: rows for title, rows in below.items() if _is_free_below(package, title, rows.first)}
    patches = {**patches, **{title: rows.as_patch() for title, rows in below.items() if title not in grown}}
    before = {title: package.tables(title) for title in patches if package.has(title)}
    tables = {name: in_step(table, patches[title]) for title, parts in before.items() for name, table in parts.items()}
    old = {name: table for parts in before.values() for name, table in parts.items()}
    renamed = dict(renamed_between(old, tables))
    names = _Names(renamed, tabs)
    sheets = {
        title: patched(_sheet(package, title, names) if package.has(title) else new_sheet(title), patch, dates)
        for title, patch in patches.items()
    }
    told = {
        title: _Told(
            with_rows_below(_sheet(package, title, names) if package.has(title) else new_sheet(title), rows, dates)
        )
        for title, rows in grown.items()
    }
    others = _calling(package, tables, names) if names.any else {}
    for title in filter(package.has, (*before, *grown)):
        others.pop(package.part_of(title), None)
    package.copy(saving, {**sheets, **told}, {**tables, **others}, seen=told.keys())
    flush(saving)
    return {title: pieces.sha256() for title, pieces in told.items()}


def _is_free_below(package: Package, title: str, row: int) -> bool:
    """Tell whether nothing stands on a sheet from a row on, and no table that has to grow with it."""
    if not package.has(title):
        return True
    return not package.tables(title) and stand_above(package.sheet_xml(title), row)


class _Told(Iterable[bytes]):
    """The pieces of a part, and the digest of what was given out."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces
        self._digest = sha256()

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self._digest.update(piece)
            yield piece

    def sha256(self) -> str:
        """Return the SHA-256 of all."""
        return self._digest.hexdigest()


@dataclass(frozen=True)
class _Names:
    """What is called otherwise: columns of tables, and sheets."""

    columns: Renamed
    tabs: Tabs

    @property
    def any(self) -> bool:
        """Whether anything is."""
        return bool(self.columns or self.tabs)

    def within(self, part: str) -> str:
        """Return a part in which all is called by its new name."""
        return with_new_tabs(with_new_names(part, self.columns), self.tabs) if self.any else part

    def may_stand_in(self, name: str) -> bool:
        """Tell whether a part may name one of them."""
        return (bool(self.columns) and is_place(name)) or (bool(self.tabs) and may_name_tabs(name))


def _sheet(package: Package, title: str, names: _Names) -> bytes:
    """Return a sheet whose formulas call columns and sheets by their new names."""
    xml = package.sheet_xml(title)
    return names.within(xml.decode("utf-8")).encode() if names.any else xml


def _calling(package: Package, tables: Mapping[str, str], names: _Names) -> dict[str, str]:
    """Return the parts that call a column or a sheet by its old name, with the new one in it."""
    found = {**package.read_where(names.may_stand_in), **tables}
    new = {name: names.within(part) for name, part in found.items()}
    return {name: part for name, part in new.items() if part != found[name]}
