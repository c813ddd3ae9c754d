"""Matrix (体系表): the table that everybody asks for first."""

from __future__ import annotations

from kohyo.tables.table_books import book_named, official_book
from kohyo.usecases.tables import Tabulated, tabulate
from kohyo.workspace.folder import Location


def matrix(root: Location) -> Tabulated:
    """Write 結果/体系表.xlsx; raise UsageError when the register has no items."""
    return tabulate(root, lambda plan: (book_named(plan, official_book("matrix").name),))
