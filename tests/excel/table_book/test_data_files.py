"""Machine-readable twins of tables.

1. CSV: UTF-8 with BOM, CRLF, one row of headings, one record a row; line feeds and commas in a text survive.
2. A text that Excel would take for a formula is disarmed by an apostrophe; figures stay figures.
3. JSON: name, title, columns, records with keys; letter by letter, nothing disarmed.
4. A data frame for analysts, and pandas is not imported before it is asked for.
5. One CSV and one JSON per table, under its name.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from dataclasses import replace

import pytest

from kohyo.errors import UsageError
from kohyo.excel.table_book.data_files import csv_bytes, json_bytes, twins
from kohyo.messages import describe_problem
from kohyo.model.table import Column, Scalar, Table

COLUMNS = (Column("number", "番号", 4), Column("title", "項目名", 10))


def _table(*rows: tuple[Scalar, Scalar], name: str = "表") -> Table:
    records = tuple({"number": number, "title": title} for number, title in rows)
    return Table(name, "題名", COLUMNS, (), (), COLUMNS, records, subtitle="素案")


def test_csv_as_excel_opens_it() -> None:
    """The bytes are what Excel on a Japanese Windows reads without asking (1)."""
    assert csv_bytes(_table(("1-1", "広報"))) == b"\xef\xbb\xbf" + "番号,項目名\r\n1‐1,広報\r\n".encode()


def test_csv_keeps_line_feeds_and_commas() -> None:
    """A text with line feeds, commas and quotation marks comes back as it was (1)."""
    text = '一行目\n二行目,"引用"'
    rows = list(csv.reader(io.StringIO(csv_bytes(_table(("1-1", text))).decode("utf-8-sig"), newline="")))
    assert rows[1] == ["1‐1", text]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_disarms_formulas(start: str) -> None:
    """A text that begins like a formula begins with an apostrophe instead (2)."""
    rows = list(csv.reader(io.StringIO(csv_bytes(_table(("1-1", f"{start}1+1"))).decode("utf-8-sig"), newline="")))
    assert rows[1][1] == f"'{start}1+1"


def test_csv_leaves_figures_alone() -> None:
    """A negative figure is a figure, and nothing is nothing (2)."""
    assert csv_bytes(_table((-5, None), (0, 1.5))).decode("utf-8-sig").splitlines()[1:] == ["-5,", "0,1.5"]


def test_json_says_it_letter_by_letter() -> None:
    """The JSON holds title, columns and records with keys, texts as they are (3)."""
    assert json.loads(json_bytes(_table(("1-1", "=1+1"), (2, None)))) == {
        "name": "表",
        "title": "題名",
        "subtitle": "素案",
        "schema": {
            "fields": [
                {"name": "number", "title": "番号", "type": "string", "extDtype": "string"},
                {"name": "title", "title": "項目名", "type": "string", "extDtype": "string"},
            ]
        },
        "data": [{"number": "1-1", "title": "=1+1"}, {"number": 2, "title": None}],
    }


def test_data_frame() -> None:
    """A data frame has a column per key and a row per record, also when there is none (4)."""
    frame = _table(("1-1", "広報"), ("1-2", "広聴")).to_frame()
    assert list(frame.columns) == ["number", "title"]
    assert frame["title"].tolist() == ["広報", "広聴"]
    assert list(_table().to_frame().columns) == ["number", "title"]


def test_without_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where pandas is not installed, one line says how to get it (4)."""
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError) as error:
        _table().to_frame()
    assert "kohyo[analysis]" in describe_problem(error.value)


def test_pandas_is_not_imported_unasked() -> None:
    """Whoever writes twins does not wait for pandas (4)."""
    code = "import sys, kohyo.excel.table_book.data_files; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 - our own line


def test_a_sheet_for_people_alone_has_no_files() -> None:
    """A table without columns for machines leaves no empty files behind (5)."""
    assert twins([replace(_table(), record_columns=())]) == {}


def test_files() -> None:
    """Every table has two files under its name (5)."""
    written = twins([_table(name="体系表（抜粋）"), _table(name="a/b")])
    assert list(written) == ["体系表（抜粋）.csv", "体系表（抜粋）.json", "a／b.csv", "a／b.json"]
