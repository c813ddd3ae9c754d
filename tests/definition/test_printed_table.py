"""Printed tables read from a document's own text.

1. A made-up document, laid out as the plan's documents are, gives every row of every shipped table back.
2. The real documents give as many rows as the tables have, and the same figures, names and marks.
3. Texts come letter by letter, without the marks of print; a cell of another kind, or beside the columns, is refused.
4. A document in which the table does not stand gives no row, whatever it says.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from kohyo.definition.load import shipped
from kohyo.definition.printed_table import UnreadLineError, read_printed_table
from kohyo.model.data_table import TOTAL, DataColumn, DataTable, Value

TABLES = {table.name: table for table in shipped("setagaya-r6").tables}
RECORDS = ("重点的取組み項目",)
SUMMARIES = {"重点的取組み項目": ("issue", "direction"), "DX推進方針": ("now", "then")}
"""Columns that the package words itself."""


def _lines(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.split("\n")]


def _printed(table: DataTable) -> str:
    """Return a table as a document's text prints it, between running text and other tables."""
    body = _as_records(table) if table.name in RECORDS else _as_grid(table)
    noise = ["# 作りものの計画", "これは試験の文です。", "", "部\t人数", "総務部\t3", ""]
    return "\n".join([*noise, *body, "", "以上。", "課題\tただの行"])


def _as_grid(table: DataTable) -> Iterator[str]:
    inside = [column for column in table.columns if column.kind != "flag"]
    band = inside.pop(0) if table.name in ("政策の柱と施策", "行政経営改革10の視点") else None
    shared = any(column.under for column in inside)
    before: Mapping[str, Value] = {}
    for place, row in enumerate(table.rows):
        if not place or (band and row[band.key] != before[band.key]):
            yield from ["", f"### {row[band.key]}", ""] if band else [""]
            yield "\t".join(_head(inside))
            if shared:
                yield "\t".join("" if not column.under else column.label for column in inside)
            before = {}
        yield "\t".join(_cells(table, inside, row, before))
        before = row


def _head(columns: Sequence[DataColumn]) -> Iterator[str]:
    said = ""
    for column in columns:
        yield "" if column.under and column.under == said else column.under or column.label
        said = column.under


def _cells(
    table: DataTable, columns: Sequence[DataColumn], row: Mapping[str, Value], before: Mapping[str, Value]
) -> Iterator[str]:
    flags = [column for column in table.columns if column.kind == "flag" and row.get(column.key)]
    for place, column in enumerate(columns):
        value = row.get(column.key, "")
        if row.get(TOTAL) and column.key not in row and place < 2:
            continue
        text = column.shown.format(value=value) if value != "" else ""
        if column.merge and value == before.get(column.key):
            text = ""
        if place == len(columns) - 1:
            text = "".join(f"<b>{flag.shown}</b> " for flag in flags) + text
        text += table.cross_listed if column.again and row.get(column.again) else ""
        yield f"<b>{text}</b>" if row.get(TOTAL) else text


def _as_records(table: DataTable) -> Iterator[str]:
    for row in table.rows:
        yield f"### {row['mark']} {row['theme']}"
        yield ""
        for column in table.columns[2:]:
            value = row[column.key]
            entries = "".join(f" <li>✓ {entry}</li>" for entry in value) if isinstance(value, tuple) else ""
            yield f"{column.label}\t" + (f"<ul>{entries} </ul>" if entries else str(value))
        yield ""


@pytest.mark.parametrize("name", TABLES)
def test_a_made_up_document_gives_the_table_back(name: str) -> None:
    """Band, merged cells, flags, cross-listed marks, totals and lists (1)."""
    table = TABLES[name]
    assert read_printed_table(table, _lines(_printed(table))) == table.rows


@pytest.mark.documents
@pytest.mark.parametrize("name", TABLES)
def test_the_real_documents_hold_the_table(documents: tuple[Path, ...], name: str) -> None:
    """Of all documents one prints it; but for what the package words itself it says the same (2)."""
    table = TABLES[name]
    found = [read_printed_table(table, _lines(path.read_text(encoding="utf-8"))) for path in documents]
    (rows,) = [rows for rows in found if rows]
    assert [_facts(name, row) for row in rows] == [_facts(name, row) for row in table.rows]


def _facts(name: str, row: Mapping[str, Value]) -> str:
    """Return a row without the package's own wording; brackets around a band and a total's letter are the print's."""
    kept = {key: value for key, value in sorted(row.items()) if key not in SUMMARIES.get(name, ())}
    plain = json.dumps(kept, ensure_ascii=False)
    return plain.translate(str.maketrans("】Ｃ", " C", "【"))


@pytest.mark.parametrize("name", TABLES)
def test_another_s_document_gives_no_row(name: str) -> None:
    """The tables of others are none of this one (4)."""
    others = "\n".join(_printed(table) for other, table in TABLES.items() if other != name)
    assert read_printed_table(TABLES[name], _lines(others)) == ()


def test_what_is_no_value_is_refused_with_its_line() -> None:
    """A whole number that is none, and a cell behind the last column (3)."""
    table = TABLES["政策の柱と施策"]
    lines = _lines(_printed(table))
    at = next(place for place, line in enumerate(lines) if line[0] == "施策1")
    for bent in (["施策一つ目", "名前"], ["施策1", "名前", "もう一つ"]):
        with pytest.raises(UnreadLineError) as refused:
            read_printed_table(table, [*lines[:at], bent, *lines[at + 1 :]])
        assert refused.value.line == at


def test_empty_lines_and_cells_at_the_end_change_nothing() -> None:
    """However many stand between text and table, and behind a row (1)."""
    for table in TABLES.values():
        lines = [[*line, *[""] * (place % 3)] for place, line in enumerate(_lines(_printed(table)))]
        assert read_printed_table(table, [[""], *lines, [""], ["", ""]]) == table.rows


def _words(rows: Iterable[Mapping[str, Value]]) -> set[str]:
    return {str(value) for row in rows for value in row.values()}


def test_letters_are_kept() -> None:
    """Full-width signs, brackets and spaces within a text stay as they are (3)."""
    table = TABLES["DX推進方針"]
    rows = table.rows
    odd = table.model_copy(update={"rows": tuple({**row, "now": "「Ａ」 と B・Ｃ（１）"} for row in rows)})
    assert "「Ａ」 と B・Ｃ（１）" in _words(read_printed_table(table, _lines(_printed(odd))))
