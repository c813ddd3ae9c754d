"""Writing workbooks of tables (表のブックの書出し) as pieces of work that an executor's workers may take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kohyo.excel.table_book.data_files import twins
from kohyo.excel.table_book.table_writer import table_book
from kohyo.model.plan import Plan
from kohyo.model.table import Table
from kohyo.tables.for_machines import for_machines


@dataclass(frozen=True)
class Book:
    """The tables of a workbook; ``own`` is the definition of the workspace, by which machines read the twins."""

    plan: Plan
    own: Plan
    tables: tuple[Table, ...]
    created: datetime


def write_book(book: Book) -> tuple[bytes, dict[str, bytes]]:
    """Return the contents of a workbook of tables, and of its twins by name."""
    content = table_book(book.plan, book.tables, created=book.created)
    return content, twins([for_machines(book.own, table) for table in book.tables])
