"""Everything that belongs into 体系表.xlsx, in the order of its sheets."""

from __future__ import annotations

from collections.abc import Sequence

from kohyo.model.item import Item
from kohyo.model.matrix import MatrixEntry
from kohyo.model.plan import Plan
from kohyo.model.table import Table
from kohyo.tables.matrix import excerpt, full
from kohyo.tables.matrix_departments import by_department
from kohyo.tables.matrix_grid import counts, grid


def matrix_tables(plan: Plan, items: Sequence[Item], entries: Sequence[MatrixEntry]) -> tuple[Table, ...]:
    """Return the tables of the matrix (体系表): 抜粋, 全件, 5×6表, 件数, 部別."""
    return (
        excerpt(plan, items, entries),
        full(plan, items, entries),
        grid(plan, items),
        counts(plan, items),
        by_department(plan, items),
    )
