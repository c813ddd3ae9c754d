"""Contradictions of the printed tables (データの表): names that cannot be told apart, columns and rows not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kohyo.definition.data_sheets import RULES, rows_tab
from kohyo.definition.layout import SHEETS
from kohyo.definition.problems import Loc, Problem
from kohyo.model.data_table import DataTable
from kohyo.model.plan import Plan
from kohyo.text.normalise import key
from kohyo.text.tabs import free_tab


def table_contradictions(plan: Plan) -> Iterator[Problem]:
    """Yield what is wrong with the plan's tables: each needs a sheet of its own, each column a heading of its own."""
    taken = {key(spec.tab) for spec in SHEETS}
    for place, table in enumerate(plan.tables):
        loc: Loc = ("tables", place)
        tab = rows_tab(table.name)
        if free_tab(tab, ()) != tab or tab != tab.strip() or "\n" in tab or key(tab) in taken:
            yield Problem((*loc, "name"), "contradiction.tab", {"value": table.name})
        taken.add(key(tab))
        yield from _columns(table, loc)
        yield from _one_line((*loc, "notes"), table.notes)
        yield from _rows(table, loc)
        yield from _checks(table, loc)


def _columns(table: DataTable, loc: Loc) -> Iterator[Problem]:
    if not table.columns:
        yield Problem((*loc, "name"), "contradiction.no_columns", {"value": table.name})
    names: set[str] = set()
    for i, (column, heading) in enumerate(zip(table.columns, table.headings, strict=True)):
        own = {key(heading), column.key}
        if own & names or column.key in table.flags:
            yield Problem((*loc, "columns", i, "key"), "contradiction.repeated", {"value": heading})
        if "\n" in heading or heading != heading.strip():
            yield Problem((*loc, "columns", i, "label"), "contradiction.not_one_line", {"value": heading})
        if column.kind != "flag" and not _spells(column.shown):
            yield Problem((*loc, "columns", i, "shown"), "contradiction.shown", {"value": column.shown})
        names |= own


def _spells(shown: str) -> bool:
    """Tell whether a column's way of showing (見せ方) can be filled with a value."""
    try:
        shown.format(value="")
    except (KeyError, IndexError, ValueError, AttributeError):
        return False
    return True


def _rows(table: DataTable, loc: Loc) -> Iterator[Problem]:
    for i, row in enumerate(table.rows):
        for name, value in row.items():
            if isinstance(value, tuple):
                yield from _one_line((*loc, "rows", i, name), value)


def _one_line(loc: Loc, texts: Iterable[str]) -> Iterator[Problem]:
    for text in texts:
        if not text or text != text.strip() or "\n" in text:
            yield Problem(loc, "contradiction.not_one_line", {"value": text})


def _checks(table: DataTable, loc: Loc) -> Iterator[Problem]:
    """Yield rows and columns that a check names and the table has not; a table that is still empty has no rows."""
    columns = {column.key for column in table.columns if column.kind in ("figure", "percent")}
    rows = {table.name_of(row) for row in table.rows}
    for rule, names in RULES.items():
        for i, entry in enumerate(getattr(table, rule)):
            known = rows if rule == "sums" else columns
            for name in names:
                values = getattr(entry, name)
                for value in values if isinstance(values, tuple) else (values,):
                    if value not in known and (rule != "sums" or rows):
                        where = "parts" if name != names[0] else "target"
                        yield Problem((*loc, rule, i, where), "contradiction.unknown", {"value": value})
