"""The tabs of the register's sheets (シートの名前), which titles of the definition become.

1. Whatever the titles, long and alike or full of what Excel forbids, every sheet has a tab of its own that Excel takes;
   whoever is asked for and whoever is not any more, and in whatever order they stand, it is the same one.
2. Sheets that are retired in one edit keep what they held, each its own.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import openpyxl
import pytest

from kohyo.definition.carry_over import carried_over
from kohyo.definition.load import shipped
from kohyo.excel.register_book.register_columns import book_sheets
from kohyo.excel.register_book.register_load import load_register
from kohyo.model.plan import Plan
from kohyo.model.plan_fields import SheetKind
from kohyo.text.normalise import key
from kohyo.text.tabs import is_tab
from tests.excel.register_book.register_samples import NOW, new_register, sample_register, save

LONG = "地域で活動する団体から寄せられた意見と要望"
ALIKE = [
    [f"{LONG}についての報告{end}" for end in ("一覧", "記録", "一覧表")],
    ["地域/の声", "地域:の声", "地域_の声"],
    ["履歴", "項目", "提案", "'声'"],
]


def _kinds(titles: list[str]) -> tuple[SheetKind, ...]:
    like = next(kind for kind in shipped("setagaya-r6").sheets if kind.per == "block")
    return tuple(like.model_copy(update={"key": f"own_{at}", "title": title}) for at, title in enumerate(titles))


@cache
def _with(active: tuple[SheetKind, ...], retired: tuple[SheetKind, ...] = ()) -> Plan:
    plan = shipped("setagaya-r6")
    remembered = plan.remembered.model_copy(update={"kinds": retired})
    return plan.model_copy(update={"sheets": (*plan.sheets, *active), "remembered": remembered})


@pytest.mark.parametrize("titles", ALIKE)
@pytest.mark.parametrize("active", [0, 2])
def test_every_sheet_has_a_tab_of_its_own(titles: list[str], active: int) -> None:
    """In any order the same (1)."""
    kinds = _kinds(titles)
    found, again = (
        {sheet.key: sheet.title for sheet in book_sheets(_with(asked, gone))}
        for asked, gone in ((kinds[:active], kinds[active:]), (kinds[:active][::-1], kinds[active:][::-1]))
    )
    assert found == again
    assert len({key(tab) for tab in found.values()}) == len(found)
    assert all(is_tab(tab) for tab in found.values())


def test_sheets_that_are_retired_at_once(tmp_path: Path) -> None:
    """Their titles are alike for longer than a tab with its mark is (2)."""
    kinds = _kinds([f"{LONG}についての報告{end}" for end in ("一覧", "記録")])
    before = _with(kinds)
    sent = sample_register(before).submissions[0]
    values = {"issue_text": "窓口が遠い。"}
    entries = tuple(
        sent.__class__(f"P-{kind.key}", kind.key, kind.title, values, sent.place, "", NOW, year=2024) for kind in kinds
    )
    path = new_register(tmp_path, before, sample_register(before).__class__(submissions=entries))
    tabs = openpyxl.load_workbook(path).sheetnames
    after = carried_over(_with(()), before)
    save(path, after, load_register(path, after).register)
    renamed = openpyxl.load_workbook(path).sheetnames
    assert len(set(renamed)) == len(renamed) == len(tabs)
    assert sum(tab.endswith("（終了）") for tab in renamed) == len(kinds)
    held = {entry.kind: entry.department for entry in load_register(path, after).register.submissions}
    assert held == {kind.key: kind.title for kind in kinds}
