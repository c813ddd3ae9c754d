"""What a table says, read as people and as machines read it."""

from __future__ import annotations

from kohyo.model.table import Cell, Row, Table


def cells(row: Row) -> list[Cell]:
    """Return the cells of a row without those that another covers."""
    return [cell for cell in row.cells if cell is not None]


def texts(row: Row) -> list[str]:
    """Return what the cells of a row say."""
    return ["" if cell.text is None else str(cell.text) for cell in cells(row)]


def body(table: Table) -> list[list[str]]:
    """Return what the body says, row by row."""
    return [texts(row) for row in table.body]


def column(table: Table, key: str) -> list[str]:
    """Return what one column of a body says, without the rows of bands over it."""
    place = [one.key for one in table.columns].index(key)
    found = (row.cells[place] for row in table.body if row.cells[place] is not None)
    return ["" if cell is None or cell.text is None else str(cell.text) for cell in found]


def assert_sound(table: Table) -> None:
    """Fail unless every row fills the columns exactly and every record has a heading of its own for each value."""
    for row in (*table.head, *table.body):
        assert len(row.cells) == len(table.columns)
        reached = 0
        for place, cell in enumerate(row.cells):
            if cell is not None:
                assert place >= reached
                reached = place + cell.across
        assert reached <= len(table.columns)
    labels = [one.label for one in table.record_columns]
    assert len(set(labels)) == len(labels)
    keys = {one.key for one in table.record_columns}
    assert all(set(record) <= keys for record in table.records)
