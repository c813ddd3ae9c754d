"""What is wrong in the register after edits by hand: each has its code, and nothing is lost.

1. A sheet or column that is gone stops saving (K501, K502); nothing else does.
2. What cannot be read keeps its last value until it is mended (K505, K507); what is doubtful is told (K504, K506,
   K508, K509).
3. A row without an ID of its own is known from the last state or left aside, and stays as it was typed (K510,
   K511, K525, K526); a deleted one is asked about (K512).
4. References to items that are not there are told (K515, K516), as is a record that was changed (K518).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook

from kohyo.errors import FileError
from kohyo.excel.register_book import LoadedRegister, load_register
from kohyo.model.finding import Finding
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from tests.excel.register_book.register_samples import (
    by_hand,
    change,
    column_of,
    found,
    new_register,
    retitled,
    sample_register,
)


@pytest.fixture
def path(tmp_path: Path, plan: Plan) -> Path:
    """Return a register with something on every sheet."""
    return new_register(tmp_path, plan, sample_register(plan))


def put(book: Workbook, sheet: str, row: int, heading: str, value: Any) -> str:  # noqa: ANN401 - whatever a cell holds
    """Type a value under a heading, and return the cell."""
    cell = book[sheet].cell(row, column_of(book[sheet], heading))
    cell.value = value
    return str(cell.coordinate)


def texts(path: Path) -> set[str]:
    """Return every text that stands anywhere in the register."""
    book = openpyxl.load_workbook(path)
    return {
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    }


def edited(path: Path, plan: Plan, edit: Callable[[Workbook], object]) -> LoadedRegister:
    """Edit the register by hand, load it, save a change if it can be saved, and prove that no text went."""
    with by_hand(path) as book:
        edit(book)
    before = texts(path)
    loaded = load_register(path, plan)
    if not loaded.blocking and loaded.register.items:
        change(path, plan, lambda register: retitled(register, "改めた名前"))
        assert before - texts(path) <= {"=1+1 の見直し"}
    return loaded


def test_a_deleted_sheet_stops_saving(path: Path, plan: Plan) -> None:
    """Without its sheet what stood there would be lost: it is told, and nothing is saved (K501) (1)."""
    loaded = edited(path, plan, lambda book: book.remove(book["競合"]))
    assert found(loaded) == [("K501", "競合", "")]
    before = path.read_bytes()
    with pytest.raises(FileError) as refused:
        change(path, plan, lambda register: retitled(register, "改めた名前"))
    assert (refused.value.key, path.read_bytes()) == ("register_blocked", before)


def test_a_renamed_sheet_stops_saving(path: Path, plan: Plan) -> None:
    """A sheet is found by its name (K501) (1)."""

    def rename(book: Workbook) -> None:
        book["項目"].title = "項目 (2)"

    assert ("K501", "項目", "") in found(edited(path, plan, rename))


def test_a_deleted_sheet_that_was_empty_is_made_again(tmp_path: Path, plan: Plan) -> None:
    """Where nothing stood nothing is lost (1)."""
    path = new_register(tmp_path, plan, replace(sample_register(plan), conflicts=()))
    loaded = edited(path, plan, lambda book: book.remove(book["競合"]))
    assert (loaded.findings, load_register(path, plan).findings) == ((), ())
    assert "競合" in openpyxl.load_workbook(path).sheetnames


def test_a_renamed_heading_stops_saving(path: Path, plan: Plan) -> None:
    """A column is found by its heading (K502) (1)."""
    loaded = edited(path, plan, lambda book: put(book, "項目", 1, "概要", "あらまし"))
    assert [(one.code, one.field) for one in loaded.blocking] == [("K502", "概要")]


def test_a_heading_in_other_letters_is_the_same(path: Path, plan: Plan) -> None:
    """Width and spaces of a heading do not count (1)."""
    assert edited(path, plan, lambda book: put(book, "回収", 1, "SHA-256", "ＳＨＡ－２５６ ")).findings == ()


def test_a_column_of_a_new_definition_is_added(path: Path, plan: Plan) -> None:
    """A field that the definition gained has a column at the next save, to the right of all that stands there (1)."""
    fields = tuple(rule for rule in plan.fields if rule.name != "measures")
    smaller = plan.model_copy(update={"fields": fields})
    folder = path.parent / "前"
    folder.mkdir()
    old = new_register(folder, smaller, replace(sample_register(plan), submissions=()))

    def answered(register: Register) -> Register:
        return replace(register, items=tuple(item.with_value("measures", "新しい欄") for item in register.items))

    loaded, _ = change(old, plan, answered)
    assert (loaded.findings, loaded.edits) == ((), ())
    again = load_register(old, plan)
    assert {item.text("measures") for item in again.register.items} == {"新しい欄"}
    assert (again.findings, again.edits) == ((), ())


def test_a_heading_that_stands_twice(path: Path, plan: Plan) -> None:
    """The left column counts (K504) (2)."""

    def twice(book: Workbook) -> None:
        sheet = book["項目"]
        column = sheet.max_column + 1
        sheet.cell(1, column).value = "項目名"
        sheet.cell(2, column).value = "右の名前"

    loaded = edited(path, plan, twice)
    assert [finding.code for finding in loaded.findings] == ["K504"]
    assert loaded.register.items[0].title == "=1+1 の見直し"


def test_an_error_value_keeps_the_last_value(path: Path, plan: Plan) -> None:
    """#N/A says nothing about what should stand there (K505) (2)."""
    loaded = edited(path, plan, lambda book: put(book, "項目", 3, "項目名", "#N/A"))
    assert [finding.code for finding in loaded.findings] == ["K505"]
    assert (loaded.register.items[1].title, loaded.edits) == ("取組み2", ())


def test_a_formula_without_a_result_keeps_the_last_value(path: Path, plan: Plan) -> None:
    """A formula is told; one that was never calculated has no value (K506) (2)."""
    loaded = edited(path, plan, lambda book: put(book, "項目", 3, "項目名", "=B2&C2"))
    assert [finding.code for finding in loaded.findings] == ["K506"]
    assert loaded.register.items[1].title == "取組み2"


@pytest.mark.parametrize(
    ("sheet", "heading", "value"),
    [
        ("項目", "番号", date(2024, 1, 24)),
        ("項目", "番号", "第一の二"),
        ("項目", "到達点", 9),
        ("項目", "効果：財政（千円）", "約100"),
        ("項目", "記入日", "来週"),
        ("項目", "視点：デジタル", "たぶん"),
        ("項目", "根拠：デジタル", "噂"),
        ("体系表掲載", "順", "はじめ"),
        ("体系表掲載", "視点", "気合"),
        ("回収", "結果", "たぶん受理"),
        ("競合", "採用", "どちらも"),
        ("競合", "発生日時", "先月"),
        ("変更履歴", "日時", "いつか"),
        ("課題", "種別", "愚痴"),
    ],
)
def test_what_cannot_be_read_surely(path: Path, plan: Plan, sheet: str, heading: str, value: object) -> None:
    """A number that Excel made a date of, a word that is none of the list: told with its cell (K507, K524) (2)."""
    cells: list[str] = []
    loaded = edited(path, plan, lambda book: cells.append(put(book, sheet, 2, heading, value)))
    words = {"根拠：デジタル", "視点", "結果", "採用", "種別"}
    assert ("K524" if heading in words else "K507", sheet, cells[0]) in found(loaded)
    if sheet == "項目":
        assert (loaded.register.items[0], loaded.edits) == (sample_register(plan).items[0], ())


def test_a_choice_that_is_none_of_the_list(path: Path, plan: Plan) -> None:
    """It stays as it was written (K508) (2)."""
    loaded = edited(path, plan, lambda book: put(book, "項目", 2, "今後の方向性", "様子を見る"))
    assert [finding.code for finding in loaded.findings] == ["K508"]
    assert load_register(path, plan).register.items[0].text("direction") == "様子を見る"


@pytest.mark.parametrize(("sheet", "heading"), [("項目", "所管部"), ("課題", "提出した部")])
def test_a_department_that_nobody_knows(path: Path, plan: Plan, sheet: str, heading: str) -> None:
    """It stays as it was written (K509) (2)."""
    cells: list[str] = []
    loaded = edited(path, plan, lambda book: cells.append(put(book, sheet, 2, heading, "未来部")))
    assert ("K509", sheet, cells[0]) in found(loaded)


def test_a_row_without_an_id(path: Path, plan: Plan) -> None:
    """The row is known from the last state and stays as it was typed; which ID it had is said (K526) (3)."""
    cells: list[str] = []
    loaded = edited(path, plan, lambda book: cells.append(put(book, "項目", 3, "ID", None)))
    assert ("K526", "項目", cells[0], "K0002") in [(*one, said.value) for one, said in told(loaded)]
    assert [item.id for item in loaded.register.items] == ["K0001", "K0002", "K0003"]
    assert loaded.edits == ()


def test_new_items_without_an_id(path: Path, plan: Plan) -> None:
    """Rows that were added by hand stay where they are; which IDs are the next is said, each once (K525) (3)."""

    def add(book: Workbook) -> None:
        for row, number in enumerate(("1-8", "1-9"), start=book["項目"].max_row + 1):
            put(book, "項目", row, "番号", number)
            put(book, "項目", row, "項目名", "手で加えた項目")

    loaded = edited(path, plan, add)
    assert [said.value for (code, _, _), said in told(loaded) if code == "K525"] == ["K0004", "K0005"]
    assert [item.id for item in loaded.register.items] == ["K0001", "K0002", "K0003"]


def test_an_item_without_an_id_that_nobody_knows(path: Path, plan: Plan) -> None:
    """Another title on the row: it is left aside, the item is asked about, and which ID it may be is said (3)."""

    def forget(book: Workbook) -> None:
        put(book, "項目", 3, "ID", None)
        put(book, "項目", 3, "項目名", "ほかの取組み")

    loaded = edited(path, plan, forget)
    assert {("K526", "K0002"), ("K512", "K0002")} <= {(one.code, one.value) for one in loaded.findings}
    assert [item.id for item in loaded.register.items] == ["K0001", "K0003"]


def test_a_submission_without_an_id(path: Path, plan: Plan) -> None:
    """It is known from the last state; one that was never there is left aside (K526, K510) (3)."""
    cells: list[str] = []

    def forget(book: Workbook) -> None:
        cells.append(put(book, "課題", 2, "ID", None))
        put(book, "課題", 3, "課題の内容", "手で書いた課題")

    loaded = edited(path, plan, forget)
    assert ("K526", "課題", cells[0]) in found(loaded)
    assert [one.place.cell[1:] for one in loaded.findings if one.code == "K510"] == ["3"]
    assert [entry.id for entry in loaded.register.submissions] == ["P0001"]


def told(loaded: LoadedRegister) -> list[tuple[tuple[str, str, str], Finding]]:
    """Return every finding with its code, sheet and cell before it."""
    return list(zip(found(loaded), loaded.findings, strict=True))


def test_an_id_that_stands_twice(path: Path, plan: Plan) -> None:
    """The row that is the other's by the last state is taken for it, and stays as it was typed (K511) (3)."""
    cells: list[str] = []
    loaded = edited(path, plan, lambda book: cells.append(put(book, "項目", 4, "ID", "K0001")))
    assert ("K511", "項目", cells[0]) in found(loaded)
    assert [(item.id, item.title) for item in loaded.register.items][2] == ("K0003", "取組み3")


def test_a_deleted_row_is_asked_about(path: Path, plan: Plan) -> None:
    """The finding names the item; the row itself is in 控え and what it held in the history (K512) (3)."""
    loaded = edited(path, plan, lambda book: book["項目"].delete_rows(4))
    assert [(one.code, one.value) for one in loaded.findings if one.place.sheet == "項目"] == [("K512", "K0003")]
    assert ("title", "取組み3", None) in [(one.field, one.old, one.new) for one in loaded.edits]


def test_an_entry_of_an_item_that_is_not_there(path: Path, plan: Plan) -> None:
    """A number that no item bears is told and kept (K515) (4)."""
    cells: list[str] = []
    loaded = edited(path, plan, lambda book: cells.append(put(book, "体系表掲載", 2, "項目番号", "1-1、9-99")))
    assert found(loaded) == [("K515", "体系表掲載", cells[0])]
    assert openpyxl.load_workbook(path)["体系表掲載"][cells[0]].value == "1-1、9-99"


def test_a_conflict_about_an_item_that_is_not_there(path: Path, plan: Plan) -> None:
    """Its decision would have nowhere to go (K516) (4)."""
    cells: list[str] = []
    loaded = edited(path, plan, lambda book: cells.append(put(book, "競合", 2, "項目ID", "K0099")))
    assert ("K516", "競合", cells[0]) in found(loaded)


def test_a_record_that_was_changed(path: Path, plan: Plan) -> None:
    """A row of the history that was deleted is noticed (K518) (4)."""
    loaded = edited(path, plan, lambda book: book["変更履歴"].delete_rows(2))
    assert found(loaded) == [("K518", "変更履歴", "")]
