"""Rows that most tables need: headings from columns, one wide cell, the row of a table that has nothing to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kohyo.model.table import Cell, Column, Row


def heading(columns: Sequence[Column]) -> Row:
    """Return the heading row of columns that stand alone."""
    return Row(tuple(Cell(column.label, "head") for column in columns))


def spread(cell: Cell, width: int) -> tuple[Cell | None, ...]:
    """Return a cell over ``width`` columns, and what it covers."""
    return (replace(cell, across=width), *[None] * (width - 1))


def band(text: str, width: int, *, keep: bool = True) -> Row:
    """Return a band over the whole table; it stays with the row that follows."""
    return Row(spread(Cell(text, "band"), width), keep_with_next=keep)


def nothing(text: str, width: int) -> Row:
    """Return the one row of a table, or of a part of it, that has nothing to tell."""
    return Row(spread(Cell(text, "muted"), width))
