"""Edits by hand in 部別回答: what each department answered for itself, as the secretariat writes it down.

1. A cell that was edited keeps what was written, as 手修正 in the history; the file's answer does not undo it.
2. The lead's row and the item are one: what is written into the row stands in 項目 too.
3. A row that was deleted comes back, and that is told.
4. A column that was sorted alone stops the command; the whole sheet may be sorted.
5. `kohyo verify` finds nothing afterwards.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

import kohyo
from kohyo.errors import FileError
from kohyo.model.register import ChangeKind
from kohyo.workspace.folder import Workspace
from tests.findings.stage import put
from tests.usecases.small import Small

SHEET = "部別回答"
LABEL = "進み具合"
FIELD = "state"
AMOUNT = "令和12年度の削減額"
ITEM = "2-1"


@pytest.fixture(scope="module")
def answered_origin(small_origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Make the workspace after both owners of the item answered; never changed afterwards."""
    made = Small(Workspace(small_origin)).copied(tmp_path_factory.mktemp("answered"))
    made.send("市民局", {ITEM: {FIELD: "順調"}})
    made.send("企画財政局", {ITEM: {FIELD: "遅れ"}})
    made.consolidate()
    return made


@pytest.fixture
def answered(answered_origin: Small, tmp_path: Path) -> Small:
    """Return a copy of it that a test may change."""
    return answered_origin.copied(tmp_path)


def _column(sheet: Worksheet, label: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == label)


def _row(sheet: Worksheet, department: str, number: str = ITEM) -> int:
    columns = _column(sheet, "番号"), _column(sheet, "所管部")
    rows = range(2, sheet.max_row + 1)
    return next(row for row in rows if [sheet.cell(row, column).value for column in columns] == [number, department])


def _edit(small: Small, department: str, value: str | None) -> None:
    with small.by_hand() as book:
        sheet = book[SHEET]
        sheet.cell(_row(sheet, department), _column(sheet, LABEL)).value = value


@pytest.mark.parametrize("value", ["前倒し", None])
def test_an_edit_stays(answered: Small, value: str | None) -> None:
    """What the secretariat wrote stands, whatever else comes; the history tells who changed what (1, 5)."""
    _edit(answered, "企画財政局", value)
    for _ in range(2):
        answered.consolidate()
        assert answered.own(ITEM, "企画財政局").get(FIELD) == value
    told = [change for change in answered.register().changes if change.kind is ChangeKind.EDITED]
    assert [(change.field, change.old, change.new) for change in told] == [(f"{LABEL}（企画財政局）", "遅れ", value)]
    assert kohyo.verify(answered.root).findings == ()


def test_an_edit_of_the_leads_row_is_one_of_the_item(answered: Small) -> None:
    """Both sheets say the same afterwards, and the history tells one edit (2, 5)."""
    _edit(answered, "市民局", "前倒し")
    answered.consolidate()
    assert answered.own(ITEM, "市民局")[FIELD] == answered.item(ITEM).values[FIELD] == "前倒し"
    told = [(change.field, change.new) for change in answered.register().changes if change.kind is ChangeKind.EDITED]
    assert told == [(FIELD, "前倒し")]
    assert kohyo.verify(answered.root).findings == ()


def test_an_edit_settles_the_question_to_that_owner_alone(small: Small) -> None:
    """Two returns of one department differ; who writes its value down decides, who edits the item does not (1)."""
    for name, value in (("一.xlsx", "順調"), ("二.xlsx", "遅れ")):
        small.send("企画財政局", {ITEM: {FIELD: value}}, name=name)
    small.send("市民局", {ITEM: {FIELD: "順調"}})
    assert small.consolidate().open_conflicts == 1
    put(small.workspace.register, "項目", 3, **{LABEL: "前倒し"})
    assert small.consolidate().open_conflicts == 1
    with small.by_hand() as book:
        book[SHEET].append(["K0002", ITEM, None, "企画財政局", None, None, None, "遅れ"])
    assert small.consolidate().open_conflicts == 0
    assert small.own(ITEM, "企画財政局")[FIELD] == "遅れ"
    assert kohyo.verify(small.root).findings == ()


def test_two_rows_about_the_same_become_one(answered: Small) -> None:
    """What is filled in below counts, the rest stands; both are told (1, 5)."""
    with answered.by_hand() as book:
        book[SHEET].append(["K0002", ITEM, None, "企画財政局", None, 300])
        book[SHEET].append(["K0002", ITEM, None, "企画財政局", None, None, None, "前倒し"])
    result = answered.consolidate()
    assert sum(found.code == "K549" for found in result.findings) == 2
    assert {name: answered.own(ITEM, "企画財政局")[name] for name in (FIELD, "saving")} == {
        FIELD: "前倒し",
        "saving": 300,
    }
    assert "K549" not in [found.code for found in answered.consolidate().findings]
    assert kohyo.verify(answered.root).findings == ()


def test_a_deleted_row_comes_back(answered: Small) -> None:
    """It is the record that a department answered (3, 5)."""
    before = answered.register().contributions
    with answered.by_hand() as book:
        book[SHEET].delete_rows(_row(book[SHEET], "企画財政局"))
    result = kohyo.resolve(answered.root)
    assert [(found.code, found.value) for found in result.findings if found.code == "K548"] == [("K548", "企画財政局")]
    assert set(map(str, answered.register().contributions)) == set(map(str, before))
    assert kohyo.verify(answered.root).findings == ()


def test_the_whole_sheet_may_be_sorted(answered: Small) -> None:
    """Rows that keep together are the same rows (4)."""
    before = {str(row) for row in answered.register().contributions}
    with answered.by_hand() as book:
        rows = [[cell.value for cell in row] for row in book[SHEET].iter_rows(min_row=2)]
        for row, values in enumerate(reversed(rows), start=2):
            for column, value in enumerate(values, start=1):
                book[SHEET].cell(row, column).value = value
    answered.consolidate()
    assert {str(row) for row in answered.register().contributions} == before


def test_a_column_sorted_alone_stops(answered: Small) -> None:
    """Every row would hold another's answer (4)."""
    for department in ("東区役所", "西区役所", "上下水道局"):
        answered.send(department)
    answered.consolidate()
    with answered.by_hand() as book:
        sheet = book[SHEET]
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, _column(sheet, AMOUNT)).value = row * 7 % 11
    answered.consolidate()
    with answered.by_hand() as book:
        sheet = book[SHEET]
        cells = [sheet.cell(row, _column(sheet, AMOUNT)) for row in range(2, sheet.max_row + 1)]
        for cell, amount in zip(cells, sorted(int(str(cell.value)) for cell in cells), strict=True):
            cell.value = amount
    with pytest.raises(FileError):
        answered.consolidate()
