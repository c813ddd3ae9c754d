"""Import a printed table (表の取込み): a table of the definition takes its rows from a document, letter by letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kohyo.definition.printed_table import UnreadLineError, is_table_heading, read_printed_table
from kohyo.errors import FileError, UsageError
from kohyo.excel.list_book.list_file import file_lines
from kohyo.messages import wording
from kohyo.model.data_table import DataTable
from kohyo.model.plan import Plan
from kohyo.text.normalise import key
from kohyo.workspace.folder import Location, Name
from kohyo.workspace.session import session


@dataclass(frozen=True)
class ImportedTable:
    """The table, how many rows it has now and had before, and whether any of them differs."""

    name: str
    rows: int
    before: int
    changed: bool

    @property
    def needs_person(self) -> bool:
        """Tell whether anything must be looked at: what could not be read stopped the import."""
        return False


def import_table(root: Location, file: Name, name: str, now: datetime | None = None) -> ImportedTable:
    """Let the table ``name`` of 計画定義 hold what a document or a workbook prints; the same again changes nothing.

    Read whole or not at all. Raises UsageError for a table that the definition has not, FileError where the file
    cannot be read, the table does not stand in it, or one of its cells is not what its column holds.
    """
    file = Path(file)
    with session(root, "import", now) as current:
        table = _named(current.plan, name)
        rows = _rows(file, table)
        new = table.model_copy(update={"rows": rows})
        changed = new.rows != table.rows
        if changed:
            tables = tuple(new if known is table else known for known in current.plan.tables)
            current.change_definition(current.plan.model_copy(update={"tables": tables}))
        return ImportedTable(table.name, len(rows), len(table.rows), changed)


def _named(plan: Plan, name: str) -> DataTable:
    found = next((table for table in plan.tables if key(table.name) == key(name)), None)
    if found is None:
        known = wording("text.list.joiner").join(table.name for table in plan.tables)
        raise UsageError("unknown_data_table", name=name, known=known or wording("versions.none"))
    return found


def _rows(file: Path, table: DataTable) -> tuple[dict[str, bool | int | str | tuple[str, ...]], ...]:
    lines = file_lines(file, lambda line: is_table_heading(table, [cell.text for cell in line]))
    try:
        rows = read_printed_table(table, ([cell.text for cell in line] for line in lines))
    except UnreadLineError as error:
        place = lines[error.line][0].place
        where = f"{place.sheet}{place.cell}"
        raise FileError("table_unread", path=file, name=table.name, where=where, text=error.text) from error
    if not rows:
        labels = wording("text.list.joiner").join(column.label for column in table.columns if column.label)
        raise FileError("table_absent", path=file, name=table.name, labels=labels)
    return rows
