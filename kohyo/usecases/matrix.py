"""Matrix (体系表): the table that everybody asks for first."""

from __future__ import annotations

from pathlib import Path

from kohyo.tables.table_books import official_book
from kohyo.usecases.tables import Tabulated, tabulate


def matrix(root: Path) -> Tabulated:
    """Write 結果/体系表.xlsx; raise UsageError when the register has no items."""
    return tabulate(root, lambda _plan: (official_book("matrix"),))
