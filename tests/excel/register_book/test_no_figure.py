"""A figure that is missing (年度、回のない行): nobody is shown a 0.

1. A year or a round that nobody told stands nowhere: the row has no value, and the saved cell is empty.
2. What is counted is told though it is none: 誤り 0.
3. Reading gives back what was saved, and a 0 that an older register holds is taken away with the next save.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl

from kohyo.excel.register_book import create_register, load_register, save_register
from kohyo.excel.register_book.record_codec import row_of
from kohyo.model.finding import Place
from kohyo.model.outcome import Outcome
from kohyo.model.plan import Plan
from kohyo.model.register import Receipt, Register, Submission, Team
from tests.excel.register_book.register_samples import NOW, by_hand, column_of

SENT = Submission("P-000001", "new_item", "総務部", {"title": "夜間の窓口"}, Place("a.xlsx"), "ab" * 32, NOW)
UNREAD = Receipt("", Outcome.UNREADABLE, file="a.xlsx", sha256="ab" * 32, received_at=NOW)


def test_no_figure_is_no_value() -> None:
    """Of every record (1, 2)."""
    assert {name: row_of(SENT)[name] for name in ("@year", "@first_year")} == {"@year": None, "@first_year": None}
    assert row_of(Team("防災"))["@year"] is None
    assert row_of(replace(SENT, first_year=2025))["@first_year"] == 2025
    row = row_of(UNREAD)
    assert (row["@round"], row["@errors"], row["@checks"]) == (None, 0, 0)


def test_no_figure_is_an_empty_cell(plan: Plan, tmp_path: Path) -> None:
    """In the workbook too, whoever wrote a 0 there before (1, 2, 3)."""
    kinds = [kind.key for kind in plan.sheets if kind.per == "blank"]
    register = Register(submissions=(replace(SENT, kind=kinds[0]),), receipts=(UNREAD,))
    path = tmp_path / "台帳.xlsx"
    create_register(path, plan)
    backups = tmp_path / "控え"
    save_register(path, plan, load_register(path, plan), register, backups=backups, now=NOW)

    def shown() -> list[object]:
        book = openpyxl.load_workbook(path)
        places = [("提案", "年度"), ("提案", "開始年度"), ("回収", "回"), ("回収", "誤り")]
        return [book[tab].cell(2, column_of(book[tab], heading)).value for tab, heading in places]

    assert shown() == [None, None, None, 0]
    with by_hand(path) as book:
        book["提案"].cell(2, column_of(book["提案"], "開始年度")).value = 0
    loaded = load_register(path, plan, backups=backups)
    assert loaded.register.submissions == register.submissions
    save_register(path, plan, loaded, loaded.register, backups=backups, now=NOW)
    assert shown() == [None, None, None, 0]
