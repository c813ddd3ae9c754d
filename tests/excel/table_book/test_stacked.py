"""Tables that share a sheet.

S1  a table that joins stands below the one before it, with its title and headings, where a page holds both
S2  one that does not fit, lies the other way, or does not join has a sheet of its own
S3  what every cell says, how wide it is and to which side it keeps stays
S4  a chart of the lower table draws the lower table's rows
S5  what has nothing to tell fills no page: it joins what stands before it, and what follows joins it, if need be over
    several pages with the same headings
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from kohyo.excel.table_book.stacked import stacked
from kohyo.excel.table_book.table_layout import column_widths, page
from kohyo.model.table import Cell, Chart, Column, Row, Table

COLUMNS = (Column("a", "甲", 10), Column("b", "乙", 20, "right", "count"))
OTHERS = (Column("c", "丙", 7), Column("d", "丁", 3, "center"), Column("e", "戊", 4, "right", "count"))


def _table(columns: tuple[Column, ...], rows: int, *, joins: bool = False) -> Table:
    head = (Row(tuple(Cell(column.label, "head") for column in columns)),)
    body = tuple(Row(tuple(Cell(f"{column.label}{at}") for column in columns)) for at in range(rows))
    records = tuple({column.key: at for column in columns} for at in range(rows))
    return Table(f"表{columns[0].key}", f"題{columns[0].key}", columns, head, body, columns, records, joins=joins)


def _said(rows: tuple[Row, ...]) -> list[list[str]]:
    return [[str(cell.text) for cell in row.cells if cell is not None] for row in rows]


def test_one_below_the_other() -> None:
    """S1: Title and headings stand between; nothing of either is lost."""
    upper, lower = replace(_table(COLUMNS, 2), notes=("注",)), _table(OTHERS, 3, joins=True)
    ((both, layout),) = stacked([upper, lower])
    assert both.name == upper.name
    assert _said(both.body) == [*_said(upper.body), ["注"], ["題c"], *_said(lower.head), *_said(lower.body)]
    assert layout.breaks == ()


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (_table(COLUMNS, 30), _table(OTHERS, 30, joins=True)),
        (_table(COLUMNS, 2), _table(OTHERS, 2)),
        (_table(COLUMNS, 2), replace(_table(OTHERS, 2, joins=True), landscape=True)),
        (replace(_table(COLUMNS, 30), one_page=True), replace(_table(OTHERS, 30, joins=True), one_page=True)),
    ],
)
def test_a_sheet_each(upper: Table, lower: Table) -> None:
    """S2: Too long, not to be joined, lying the other way, or meant for one page."""
    assert [table for table, _ in stacked([upper, lower])] == [upper, lower]


def test_it_may_follow_on_the_last_page() -> None:
    """S1: What does not fit the first page stands on the second, with the end of the upper table."""
    ((both, layout),) = stacked([_table(COLUMNS, 52), _table(OTHERS, 3, joins=True)])
    (cut,) = layout.breaks
    assert cut < 52 < len(both.body)


def test_cells_stay_as_wide() -> None:
    """S3: The pixels that a cell takes, and its side."""
    upper, lower = _table(COLUMNS, 1), _table(OTHERS, 1, joins=True)
    ((both, layout),) = stacked([upper, lower])
    for table, row in ((upper, both.body[0]), (lower, both.body[-1])):
        wide = [
            (sum(layout.widths[at : at + cell.across]), cell.align)
            for at, cell in enumerate(row.cells)
            if cell is not None
        ]
        own = column_widths(table.columns, page(landscape=False).width)
        assert wide == list(zip(own, [column.align for column in table.columns], strict=True))


def test_the_lower_chart() -> None:
    """S4: It finds its columns by their keys, and its rows behind those of the upper table."""
    chart = Chart("図", "図題", "c", (("d", "first"), ("e", "second")), rows=2, below=True)
    lower = replace(_table(OTHERS, 3, joins=True), chart=chart, one_page=True)
    ((both, _),) = stacked([replace(_table(COLUMNS, 4), one_page=True), lower])
    assert both.chart is not None
    first = both.body[both.chart.skipped]
    places = {column.key: at for at, column in enumerate(both.columns)}
    drawn = [first.cells[places[key]] for key in ("c", "d", "e")]
    assert [cell.text for cell in drawn if cell is not None] == ["丙0", "丁0", "戊0"]
    assert both.records == lower.records


def _empty() -> Table:
    return replace(_table(COLUMNS, 0), body=(Row((Cell("ありません。", "muted", across=2), None)),))


def test_nothing_to_tell_fills_no_page() -> None:
    """S5: The empty table and a long one of the same headings share a sheet; other headings have theirs."""
    assert len(stacked([_empty(), _table(COLUMNS, 2)])) == 1
    assert len(stacked([_table(COLUMNS, 2), _empty()])) == 1
    ((both, layout),) = stacked([_empty(), _table(COLUMNS, 90)])
    assert len(layout.breaks) > 1
    assert _said(both.body)[:2] == [["ありません。"], ["題a"]]
    assert len(stacked([_empty(), _table(OTHERS, 90)])) == 2
