"""Import of a printed table (表の取込): the wording of a document or a workbook into the sheets of 計画定義."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kohyo.errors import UsageError
from kohyo.excel.list_book.printed_table import read_printed_table
from kohyo.messages import weighty, wording
from kohyo.model.data_table import DataTable
from kohyo.model.finding import Finding
from kohyo.model.plan import Plan
from kohyo.text.normalise import key
from kohyo.workspace.folder import Location, Name
from kohyo.workspace.session import session


@dataclass(frozen=True)
class ImportedTable:
    """The table, how many rows it has now, how many of them are otherwise than before, and what could not be read.

    ``notes`` are the remarks that the table prints and that stay as they were; ``added`` and ``gone`` the names of rows
    that the definition had not, and has no more.
    """

    table: str
    rows: int
    changed: int
    notes: tuple[str, ...]
    findings: tuple[Finding, ...]
    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def needs_person(self) -> bool:
        """Tell whether anything could not be read."""
        return bool(weighty(self.findings))


def import_table(root: Location, file: Name, table: str, now: datetime | None = None) -> ImportedTable:
    """Take a printed table from a document's text or a workbook into the definition, letter by letter.

    ``table`` is its name on the sheet データの表, whose columns say what to look for. Where nothing is found, nothing
    changes. Raises UsageError for a table that the definition does not name, FileError when a file cannot be read or
    the definition is open.
    """
    file = Path(file)
    with session(root, "import_table", now) as current:
        known = _named(current.plan, table)
        rows, findings = read_printed_table(file, known)
        if rows and rows != known.rows:
            read = DataTable.model_validate({**known.model_dump(exclude={"rows"}), "rows": rows})
            tables = tuple(read if entry.name == known.name else entry for entry in current.plan.tables)
            current.change_definition(current.plan.model_copy(update={"tables": tables}))
        changed = sum(row not in known.rows for row in rows)
        old, new = (tuple(map(known.name_of, of)) for of in (known.rows, rows or known.rows))
        added = tuple(name for name in new if name not in old)
        gone = tuple(name for name in old if name not in new)
        return ImportedTable(known.name, len(rows), changed, known.notes, findings, added, gone)


def _named(plan: Plan, name: str) -> DataTable:
    for table in plan.tables:
        if key(table.name) == key(name):
            return table
    if not plan.tables:
        raise UsageError("no_printed_tables", name=name)
    names = wording("text.list.joiner").join(table.name for table in plan.tables)
    raise UsageError("unknown_printed_table", name=name, known=names)
