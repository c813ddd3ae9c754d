"""User functions for those who build their own sheets.

U1  a field by version and number, as the register writes it; a number without its version means nothing
U2  a count of goal and perspective is the count that the tables print
U3  what there is not is said in the cell; a changed register is read anew
U4  xlwings' free part takes the functions as they are
"""

from __future__ import annotations

import importlib

import pytest

import kohyo
from kohyo.addin import functions
from kohyo.addin.functions import kohyo_count, kohyo_item
from kohyo.definition.fields import item_fields
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.excel.register_book import load_register
from kohyo.tables.building_blocks import of_goal
from kohyo.tables.matrix_grid import figures
from kohyo.workspace.folder import Workspace
from tests.conftest import Demo
from tests.usecases.small import Small, made_up_plan


def label_of(name: str) -> str:
    """Return the register's heading of a field."""
    return next(field.label for field in made_up_plan().fields if field.name == name)


def title_label() -> str:
    """Return the register's heading of the items' names."""
    return label_of("title")


def test_a_field_by_version_and_number(small: Small) -> None:
    """U1: However number and heading are spelled; a version keeps its own value."""
    kohyo.freeze(small.root, "素案")
    with small.by_hand() as book:
        sheet = book["項目"]
        column = next(cell.column for cell in sheet[1] if cell.value == title_label())
        sheet.cell(2, column).value = "改めた名前"
    folder = str(small.root)
    assert kohyo_item(folder, "台帳", "１－１", f" {title_label()} ") == "改めた名前"
    assert kohyo_item(folder, "素案", "1-1", title_label()) == "使用料の見直し"
    assert kohyo_item(folder, "台帳", "1-1", label_of("number")) == "1-1"


def test_what_there_is_not_is_said(small: Small) -> None:
    """U3: One sentence for a folder, a version, a number, a heading, a goal, a perspective that there is not."""
    folder = str(small.root)
    assert "というフォルダはありません" in str(kohyo_item(folder + "x", "台帳", "1-1", title_label()))
    assert "案" in str(kohyo_item(folder, "案", "1-1", title_label()))
    assert "「9-9」という番号の項目は" in str(kohyo_item(folder, "台帳", "9-9", title_label()))
    assert "「ない欄」という欄は" in str(kohyo_item(folder, "台帳", "1-1", "ない欄"))
    assert "「9」という到達点は" in str(kohyo_count(folder, "台帳", 9.0, "x"))
    assert "「x」という視点は" in str(kohyo_count(folder, "台帳", 1.0, "x"))


def test_counts_are_those_of_the_tables(demo: Demo) -> None:
    """U2: For every goal and perspective of the demo; ticks come as the register writes them."""
    workspace = Workspace(demo.folder)
    plan = read_definition(workspace.definition)
    register = load_register(workspace.register, plan).register
    for goal in plan.goals:
        told = figures(plan, of_goal(register.current, goal))
        for perspective in plan.perspectives:
            counted = kohyo_count(str(workspace.root), "台帳", float(goal.code), perspective.label)
            assert counted == told[f"tick_{perspective.key}"]
    label = next(field.register_label for field in item_fields(plan) if field.type == "tick")
    shown = {kohyo_item(str(workspace.root), "台帳", str(item.number), label) for item in register.current}
    assert shown <= {"○", "", "不明"}


def test_xlwings_takes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """U4: Decorated, they are what they were, and no licence is asked for."""
    monkeypatch.delenv("XLWINGS_LICENSE_KEY", raising=False)
    udf = importlib.import_module("kohyo.addin.udf")
    assert udf.kohyo_item.__doc__ == functions.kohyo_item.__doc__
    assert udf.kohyo_count("どこにもない", "台帳", "1", "x") == functions.kohyo_count("どこにもない", "台帳", "1", "x")
