"""The register edited by the secretariat in LibreOffice and saved by it, and what the next runs make of it.

R1  a cell typed over is the register's value from then on, and 変更履歴 says where, what was and what is
R2  columns, sheets and comments of the secretariat's own survive the next save, beside the rows that they belong to
R3  rows sorted by hand stay sorted, and are no change of any value; nothing else is lost or changed
R4  a decision typed into 競合 is applied by ``resolve``: the value is in the register, the other in the history
R5  while LibreOffice has the register open, the new one waits beside it and the user is told; what waits is neither
    lost nor overwritten by a later run, and put in its place it is complete
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

import kohyo
from kohyo.model.item import Item
from kohyo.model.register import Change, ChangeKind
from tests.office.office import Office
from tests.office.real import NUMBERS, Real, answer_cells

pytestmark = pytest.mark.office

ITEMS, CONFLICTS = "項目", "競合"
MEMO, OWN = "事務局メモ", "事務局の控え"
SHARED, OTHERS = "3-1", ("DX推進担当部", "政策経営部")


def sheet_of(real: Real, name: str) -> Worksheet:
    """Return a sheet of the register on disk."""
    sheet = openpyxl.load_workbook(real.workspace.register)[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def place(sheet: Worksheet, heading: str, number: str = "") -> str:
    """Return the cell under a heading in the row of an item, in the first row without one."""
    columns = {str(cell.value): cell.column or 0 for cell in sheet[1]}
    numbers = {sheet.cell(row, columns["番号"]).value: row for row in range(2, sheet.max_row + 1)}
    return f"{get_column_letter(columns[heading])}{numbers[number] if number else 2}"


def send(office: Office, real: Real, department: str, tab: str, answers: Mapping[str, str]) -> None:
    """Type answers into a department's form and put it into 回収."""
    form = real.form(department)
    cells = answer_cells(form, tab)
    with office.open(form) as book:
        for name, text in answers.items():
            book.type(tab, cells[name], text)
        book.save(real.workspace.returns / form.name)


def values_of(real: Real) -> dict[str, Item]:
    """Return every item by its number."""
    return {str(item.number): item for item in real.register().items}


@pytest.fixture
def edited(office: Office, real: Real) -> Real:
    """Return the workspace after the secretariat edited the register and a return came."""
    kohyo.matrix(real.root)
    before = sheet_of(real, ITEMS)
    own = get_column_letter(before.max_column + 1)
    rows = before.max_row
    with office.open(real.workspace.register) as book:
        book.type(ITEMS, place(before, "概要", "1-1"), "手で直した概要。\n二行目。")
        book.type(ITEMS, f"{own}1", MEMO)
        for row in range(2, rows + 1):
            book.type(ITEMS, f"{own}{row}", f"覚え {before.cell(row, 2).value}")
        book.comment(ITEMS, place(before, "項目名", "2-1"), "部長に確認する")
        book.sort(ITEMS, f"A1:{own}{rows}", 1, ascending=False)
        book.add_sheet(OWN)
        book.type(OWN, "B2", "事務局だけの表")
        book.save_in_place()
    send(office, real, "総務部", "2-1", {"situation": "回答した現状。"})
    return real


def test_edit_by_hand(edited: Real) -> None:
    """R1: The value typed over stands in register and history, with its place, the old value and the new."""
    old = edited.item("1-1").values["overview"]
    assert old == "手で直した概要。\n二行目。"
    edited.consolidate()
    (change,) = edited.edits()
    assert isinstance(change, Change)
    assert (change.number, change.field, change.new) == ("1-1", "overview", "手で直した概要。\n二行目。")
    assert str(change.old).startswith("区の情報が届き")
    assert (change.place.file, change.place.sheet) == ("台帳.xlsx", ITEMS)
    assert change.place.cell == place(sheet_of(edited, ITEMS), "概要", "1-1")


def test_additions_survive(edited: Real) -> None:
    """R2: The column stands beside its rows, the comment on its item, the sheet as it was."""
    assert edited.consolidate().saved.changed
    sheet = sheet_of(edited, ITEMS)
    assert {sheet[place(sheet, MEMO, number)].value for number in NUMBERS} == {f"覚え {number}" for number in NUMBERS}
    assert all(sheet[place(sheet, MEMO, number)].value == f"覚え {number}" for number in NUMBERS)
    comment = sheet[place(sheet, "項目名", "2-1")].comment
    assert comment is not None
    assert "部長に確認する" in comment.text
    assert sheet_of(edited, OWN)["B2"].value == "事務局だけの表"


def test_sorted_rows(edited: Real, real_origin: Real) -> None:
    """R3: The order is the secretariat's; every item holds what it held but for the edit and the answer."""
    edited.consolidate()
    sheet = sheet_of(edited, ITEMS)
    order = [sheet.cell(row, 2).value for row in range(2, sheet.max_row + 1)]
    assert order == sorted(NUMBERS, reverse=True)
    before, after = values_of(real_origin), values_of(edited)
    assert after.keys() == before.keys()
    changed = {
        (number, name)
        for number, item in after.items()
        for name in item.values.keys() | before[number].values.keys()
        if item.values.get(name) != before[number].values.get(name)
    }
    assert changed == {("1-1", "overview"), ("2-1", "situation")}
    assert len(edited.register().entries) == len(real_origin.register().entries)


def test_the_tables_follow(edited: Real) -> None:
    """R1, R3: Tables are made from the edited register, and making them again finds nothing new."""
    kohyo.make_tables(edited.root)
    book = openpyxl.load_workbook(edited.workspace.result("item_list"))
    texts = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert "手で直した概要。\n二行目。" in texts
    edited.consolidate()
    assert edited.consolidate().changes == 0


def test_decision(office: Office, real: Real) -> None:
    """R4: A proposal is taken against the lead's answer, in the register itself."""
    answers = dict(zip(OTHERS, ("ＤＸ部の答え。", "政策経営部の答え。"), strict=True))
    for department, text in answers.items():
        send(office, real, department, SHARED, {"situation": text})
    assert real.consolidate().open_conflicts == 1
    taken = real.item(SHARED).values["situation"]
    (proposed,) = set(answers.values()) - {taken}
    conflicts = sheet_of(real, CONFLICTS)
    headings = {cell.value: get_column_letter(cell.column) for cell in conflicts[1] if cell.value}
    (row,) = [cell.row for cell in conflicts[headings["回答の値"]] if cell.value == proposed]
    with office.open(real.workspace.register) as book:
        book.type(CONFLICTS, f"{headings['採用']}{row}", "回答")
        book.type(CONFLICTS, f"{headings['決めた人']}{row}", "髙橋")
        book.save_in_place()
    resolved = kohyo.resolve(real.root)
    assert (resolved.settled, resolved.waiting, resolved.findings) == (1, 0, ())
    assert real.item(SHARED).values["situation"] == proposed
    history = {change.kind: change for change in real.register().changes}
    assert (history[ChangeKind.DECIDED].new, history[ChangeKind.DECIDED].by) == (proposed, "髙橋")
    assert kohyo.resolve(real.root).saved.changed is False
    assert real.consolidate().open_conflicts == 0
    assert real.item(SHARED).values["situation"] == proposed


def test_register_open_elsewhere(office: Office, real: Real) -> None:
    """R5: The open register stays as it is; the new one waits, is named, and is whole."""
    send(office, real, "総務部", "2-1", {"situation": "回答した現状。"})
    register = real.workspace.register
    waiting = register.with_name("台帳_更新待ち.xlsx")
    before = register.read_bytes()
    with office.open(register):
        code, said = run("consolidate", real.root)
        assert waiting.exists()
        assert register.read_bytes() == before
    assert code == 1
    assert waiting.name in json.dumps(said, ensure_ascii=False)
    held = waiting.read_bytes()
    assert real.consolidate().changes == 0
    assert (register.read_bytes(), waiting.exists()) == (held, False)
    assert real.item("2-1").values["situation"] == "回答した現状。"
    assert real.consolidate().changes == 0
    assert real.edits() == []


def run(command: str, root: Path) -> tuple[int, object]:
    """Run a command as the user does and return its exit code and what it printed as JSON."""
    line = [sys.executable, "-m", "kohyo", command, str(root), "--json"]
    done = subprocess.run(line, capture_output=True, check=False)  # noqa: S603 - our own command
    return done.returncode, json.loads(done.stdout.decode("utf-8"))
