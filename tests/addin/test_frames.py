"""Data on the screen: a frame on a sheet of its own, brought up to date by a click.

D1  the sheet holds what ``kohyo.Workspace(…).frames(labels=True)`` says, with what was not saved in the register
D2  a second click brings the same sheet up to date; what an analyst put beside it stays
D3  what is no frame is said; without an answer nothing is done

xlwings writes into a real Excel alone; here what it is given is written as plain cells.
"""

from __future__ import annotations

import pandas as pd
import pytest
import xlwings as xw

from kohyo.addin import click
from tests.addin.conftest import OpenRegister
from tests.addin.test_tasks import retitle

BOOK = "データ_項目.xlsx"


@pytest.fixture(autouse=True)
def _plain_view(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let xlwings write a frame as plain cells, after clearing the sheet as it does."""

    def view(found: pd.DataFrame, sheet: xw.Sheet) -> None:
        assert not any(value is pd.NA for value in found.to_numpy().flat)
        page = sheet.impl.content
        page.delete_rows(1, page.max_row)
        page.append([found.index.name, *found.columns])
        for row in found.itertuples():
            page.append([str(value) if value is not None else None for value in row])

    monkeypatch.setattr("xlwings.view", view)


def _column(excel: OpenRegister, heading: str) -> list[object]:
    sheet = excel.app.books(BOOK).content["項目"]
    place = next(cell.column for cell in sheet[1] if cell.value == heading)
    return [sheet.cell(row, place).value for row in range(2, sheet.max_row + 1)]


def test_a_frame_is_shown(excel: OpenRegister) -> None:
    """D1: 項目 is proposed; the edit that was not saved stands in it, and the book is in 結果."""
    retitle(excel, "画面の名前")
    excel.app.typed = True
    assert click("frame") == f"「項目」の4行を {BOOK} に書きました。"
    assert excel.names == ["台帳.xlsx", BOOK]
    assert _column(excel, "取組名") == ["画面の名前", "窓口の予約", "区の窓口", "研修"]
    assert (excel.workspace.results / BOOK).is_file()


@pytest.mark.parametrize("asked", ["回答", "ticks", "　部別回答 "])
def test_every_frame_has_a_sheet(excel: OpenRegister, asked: str) -> None:
    """D1: By its Japanese name, or by that of Python."""
    excel.small.send("市民局")
    click("consolidate")
    excel.app.typed = asked
    assert "行を データ_" in click("frame")
    assert excel.app.books.active.name.startswith("データ_")


def test_it_is_brought_up_to_date(excel: OpenRegister) -> None:
    """D2: From the sheet in front, which is proposed; a sheet of the analyst's and the closed book are no hindrance."""
    excel.app.typed = True
    click("frame")
    book = excel.app.books(BOOK)
    book.content.create_sheet("集計")["A1"].value = "自分の表"
    retitle(excel, "新しい名前")
    click("frame")
    assert excel.app.books(BOOK) is book
    assert _column(excel, "取組名")[0] == "新しい名前"
    assert book.content["集計"]["A1"].value == "自分の表"
    book.close()
    retitle(excel, "もっと新しい名前")
    click("frame")
    assert _column(excel, "取組名")[0] == "もっと新しい名前"
    assert excel.app.books(BOOK).content["集計"]["A1"].value == "自分の表"


def test_what_is_no_frame(excel: OpenRegister) -> None:
    """D3: The names are told; nothing is written."""
    excel.app.typed = "売上"
    assert "という" in click("frame")
    excel.app.typed = False
    assert click("frame") == "何もしませんでした。"
    assert excel.names == ["台帳.xlsx"]
    assert not list(excel.workspace.results.glob("*"))
