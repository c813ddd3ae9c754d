"""A printed table of the definition takes its rows from a document or a workbook.

1. The definition's sheet then says what the document says, and the table is printed so; the same again changes nothing.
2. What the definition has not, or the document does not print, is refused in one line, and nothing changes.
"""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import kohyo
from kohyo.errors import FileError, UsageError
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.messages import describe_problem
from kohyo.workspace.folder import Workspace

NAME = "政策の柱と施策"
TEXT = """## 政策の柱

区民の健康と生命を守る

No\t施策名
施策1\t地域の備え
施策2\t住まいの支え
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a new workspace of the shipped plan."""
    return kohyo.new_workspace(tmp_path / "作業")


def test_a_table_says_what_the_document_says(workspace: Workspace, tmp_path: Path) -> None:
    """Two rows under their pillar, from text and then from a workbook (1)."""
    document = tmp_path / "計画.txt"
    document.write_text(TEXT, encoding="utf-8")
    done = kohyo.import_table(workspace.root, document, NAME)
    assert (done.rows, done.changed) == (2, True)
    table = next(table for table in read_definition(workspace.definition).tables if table.name == NAME)
    assert [(row["pillar"], row["no"], row["name"]) for row in table.rows] == [
        ("区民の健康と生命を守る", 1, "地域の備え"),
        ("区民の健康と生命を守る", 2, "住まいの支え"),
    ]
    assert not kohyo.import_table(workspace.root, document, NAME).changed
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (("政策の柱", "No", "施策名"), ("柱", 3, "見守り"), (None, 4, "相談")):
        sheet.append(row)
    book.save(tmp_path / "表.xlsx")
    assert kohyo.import_table(workspace.root, tmp_path / "表.xlsx", NAME).rows == 2
    listed = tmp_path / "一覧.tsv"
    listed.write_text("番号\t項目名\t概要\t所管部\n1-1\t広報\t広く知らせる。\t総務部\n", encoding="utf-8")
    kohyo.import_items(workspace.root, listed)
    made = kohyo.make_tables(workspace.root, NAME).books[0]
    printed = openpyxl.load_workbook(made).worksheets[0]
    assert {"柱", "施策3", "相談"} <= {cell.value for row in printed.iter_rows() for cell in row}


def test_what_cannot_be_taken_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    """Another table, a document without it, a cell of another kind: one line each (2)."""
    before = workspace.definition.read_bytes()
    document = tmp_path / "計画.txt"
    document.write_text(TEXT.replace("施策2", "施策二つ目"), encoding="utf-8")
    with pytest.raises(UsageError) as unknown:
        kohyo.import_table(workspace.root, document, "ない表")
    with pytest.raises(FileError) as absent:
        kohyo.import_table(workspace.root, document, "財政見通し")
    with pytest.raises(FileError) as unread:
        kohyo.import_table(workspace.root, document, NAME)
    told = [describe_problem(problem.value) for problem in (unknown, absent, unread)]
    assert [NAME in told[0], "予算額" in told[1], "施策二つ目" in told[2]] == [True, True, True]
    assert workspace.definition.read_bytes() == before
