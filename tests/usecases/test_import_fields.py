"""Import of any field: a column that names a field fills it; what belongs to none is named.

1. A column is found by label, by the register's heading, by an alias or by the code; other columns are named once.
2. Values are read as the forms read them; what cannot be read is a finding at its cell, and nothing else is lost.
3. The labels of perspectives are never ticks; a ○ makes the empty ones of its row 非該当.
4. What was imported is told in the history with its cell, and verifies; importing again changes nothing.
5. Whatever a cell holds, it is taken, told or empty: never dropped in silence.
6. What is read otherwise than it is typed in many places of a column is told once.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

import kohyo
from kohyo.definition.fields import item_fields
from kohyo.errors import TextError
from kohyo.excel.list_book.list_fields import read_fields
from kohyo.excel.register_book import load_register
from kohyo.model.finding import Finding, Place
from kohyo.model.item import Item
from kohyo.model.register import ChangeKind
from kohyo.model.tick import Evidence, Tick
from kohyo.register.plan_list.list_row import ListRow
from kohyo.register.plan_list.read_list import read_list, text_lines
from kohyo.text.ticks import parse_tick
from kohyo.usecases.new import workspace_for
from kohyo.workspace.folder import Workspace
from tests.usecases.small import LIST, NOW, Small, made_up_plan

HEADING = LIST[0]
FIRST = LIST[1]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace of the made-up plan whose field 進み具合 has an alias; nothing was imported."""
    plan = made_up_plan()
    fields = [rule.model_copy(update={"aliases": ("状況",)}) if rule.name == "state" else rule for rule in plan.fields]
    return workspace_for(
        tmp_path_factory.mktemp("empty") / "作業", plan.model_copy(update={"fields": tuple(fields)})
    ).root


@pytest.fixture
def small(empty: Path, tmp_path: Path) -> Small:
    """Return a copy of it."""
    return Small(Workspace(shutil.copytree(empty, tmp_path / "作業")))


def _read(*rows: Sequence[str]) -> tuple[tuple[ListRow, ...], tuple[Finding, ...]]:
    plan = made_up_plan()
    listed, findings = read_list(plan, text_lines("一覧.tsv", enumerate(rows, 1)))
    read, more = read_fields(plan, listed)
    return read, (*findings, *more)


def _first(small: Small) -> Item:
    return next(item for item in small.register().items if str(item.number) == "1-1")


def test_columns_fill_the_fields_that_they_name(small: Small) -> None:
    """Label, heading of the register, alias and code are understood, and a column of nothing is named (1)."""
    heading = (*HEADING, "令和12年度の削減額", "予定：R12", "状況", "ratio", "天気")
    row = (*FIRST, "１，２００千円", "検討する。", "順調", "85", "晴れ")
    done = kohyo.import_items(small.root, small.write_list([heading, row]), now=NOW)
    values = _first(small).values
    assert (values["saving"], values["schedule_2030"], values["state"]) == (1200, "検討する。", "順調")
    assert values["ratio"] == 85
    (stray,) = [found for found in done.findings if found.code == "K315"]
    assert (stray.value, stray.context["example"], stray.place.cell) == ("天気", "晴れ", "1行目")
    assert done.needs_person


def test_what_cannot_be_read_is_told_and_the_rest_is_taken(small: Small) -> None:
    """A choice that there is not and a figure that is none are findings at their cells (2)."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in ((*HEADING, "進み具合", "令和12年度の削減額", "達成率"), (*FIRST, "絶好調", "たくさん", 12.5)):
        sheet.append(row)
    path = small.root / "一覧.xlsx"
    book.save(path)
    done = kohyo.import_items(small.root, path, now=NOW)
    assert {(found.code, found.place.cell) for found in done.findings} == {("K203", "E2"), ("K204", "F2")}
    assert (_first(small).values["ratio"], _first(small).values.get("state")) == (12.5, None)


def _column(*figures: str) -> list[tuple[str, str, str, dict[str, str]]]:
    """Return what is told of a column of figures, one in each line from the second on."""
    lines = ((f"1-{place}", f"取組{place}", "文", "市民局", figure) for place, figure in enumerate(figures, 1))
    rows, findings = _read((*HEADING, "令和12年度の削減額"), *lines)
    assert len([row for row in rows if "saving" in row.values]) == len(figures) - figures.count("")
    return [(str(one.code), one.place.cell, one.value, dict(one.context)) for one in findings]


_FEW = ((2, "１", "1"), (4, "３", "3"), (5, "４", "4"))


def test_what_is_read_otherwise_is_told_once_for_a_column() -> None:
    """With how often, where, and the first readings; a few are told each by itself (6)."""
    few = _column("１", "2", "３", "４")
    assert few == [("K207", f"{line}行目", typed, {"read": read}) for line, typed, read in _FEW]
    many = _column("１", "２", "3", "４", "", "６", "７", "８")
    shown = "「１」は「1」、「２」は「2」、「４」は「4」"
    assert many == [("K320", "2行目", shown, {"count": "6", "cells": "2行目～3行目、5行目、7行目～9行目"})]


def test_ticks_follow_the_rule_of_the_forms() -> None:
    """A ○ settles its row; a label, a 不明 and a row of nothing say nothing (3)."""
    plan = made_up_plan()
    ticks = [field for field in item_fields(plan) if field.type == "tick"]
    heading = (*HEADING, *(field.register_label for field in ticks))
    labels = [entry.list_label for entry in plan.perspectives]
    rows, findings = _read(
        heading,
        ("1-1", "甲", "文", "市民局", "○", "", "", ""),
        ("1-2", "乙", "文", "市民局", *labels),
        ("1-3", "丙", "文", "市民局", "", "", "", ""),
        ("1-4", "丁", "文", "市民局", "不明", "－", "", ""),
    )
    assert findings == ()
    read = [[found.value for found in row.values.values()] for row in rows]
    assert read == [[Tick.YES, Tick.NO, Tick.NO, Tick.NO], [], [], [Tick.NO]]


def test_what_was_imported_is_told_and_verifies(small: Small) -> None:
    """The history names the list's cell; verification finds no fault; the second time nothing changes (4)."""
    heading = (*HEADING, "視点「オンライン」", "進み具合")
    path = small.write_list([heading, (*FIRST, "○", "順調")])
    kohyo.import_items(small.root, path, now=NOW)
    register = small.register()
    told = {row.field: row for row in register.changes if row.kind is ChangeKind.IMPORTED}
    assert set(told) == {"state", "tick_online"}
    assert told["state"].place == Place("一覧.tsv", "", "2行目")
    assert _first(small).evidence["tick_online"] is Evidence.LIST
    small.distribute()
    assert kohyo.verify(small.root).findings == ()
    again = kohyo.import_items(small.root, path, now=NOW)
    assert (again.changed, again.saved.changed) == (0, False)


def test_an_answer_is_not_overwritten_by_a_list(small: Small) -> None:
    """What a department answered stays, and the difference is told (4)."""
    path = small.write_list([(*HEADING, "進み具合"), (*FIRST, "順調")])
    kohyo.import_items(small.root, path, now=NOW)
    plan = made_up_plan()
    small.edit(1, 進み具合=plan.choice_values("state")[1])
    done = kohyo.import_items(small.root, path, now=NOW)
    assert [found.code for found in done.findings] == ["K312"]
    assert load_register(small.workspace.register, plan).register.items[0].values["state"] != "順調"


CELLS = st.one_of(
    st.sampled_from(["", " ", "○", "不明", "順調", "令和6年4月1日", "１，０００", "▲5", "85%", "=1+1", "財源", "#N/A"]),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=6),
)
COLUMNS = ("令和12年度の削減額", "達成率", "進み具合", "予定：R12", "視点「財源」", "天気", "")


@given(st.lists(CELLS, min_size=len(COLUMNS), max_size=len(COLUMNS)))
def test_no_cell_is_dropped_in_silence(cells: list[str]) -> None:
    """Of every cell that holds something there is a value or a finding (5)."""
    rows, findings = _read((*HEADING, *COLUMNS), (*FIRST, *cells))
    labels = {word for entry in made_up_plan().perspectives for word in (entry.name, entry.label, entry.list_label)}
    taken = {name for row in rows for name in row.values}
    told = {found.field for found in findings} | {found.value for found in findings if found.code == "K315"}
    names = {field.register_label: field.name for field in item_fields(made_up_plan())}
    for heading, text in zip(COLUMNS, cells, strict=True):
        silent = not text.strip() or text in labels or (heading.startswith("視点") and _is_unknown(text))
        known = names.get(heading) in taken or (heading or "見出しのない列") in told
        assert silent or known, (heading, text, findings)


def _is_unknown(text: str) -> bool:
    try:
        return parse_tick(text) is Tick.UNKNOWN
    except TextError:
        return False
