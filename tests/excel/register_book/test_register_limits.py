"""What the register cannot hold is told with its code, never cut short, and all else is saved (K521, K522, K523)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kohyo.excel.register_book import load_register
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from tests.excel.register_book.register_samples import NOW, change, new_register, retitled, sample_register


@pytest.fixture
def path(tmp_path: Path, plan: Plan) -> Path:
    """Return a register with something on every sheet."""
    return new_register(tmp_path, plan, sample_register(plan))


@pytest.mark.parametrize(
    "text",
    ["字" * 32768, "𠮷" * 16384, "\n" * 254 + "字", "鈴\x07", "半\ud83d"],
    ids=["long", "long in units of UTF-16", "lines", "control", "half a letter"],
)
def test_a_text_that_no_cell_can_hold(path: Path, plan: Plan, text: str) -> None:
    """It is told, the old text stays, and all else is saved (K521)."""

    def answered(register: Register) -> Register:
        first, *rest = retitled(register, "改めた名前").items
        return replace(register, items=(first.with_value("overview", text), *rest))

    _, saved = change(path, plan, answered)
    assert [(one.code, one.place.sheet, one.field) for one in saved.findings] == [("K521", "項目", "概要")]
    first = load_register(path, plan).register.items[0]
    assert (first.title, first.overview) == ("改めた名前", "窓口の手続きを減らす。")


def test_a_text_that_just_fits(path: Path, plan: Plan) -> None:
    """32,767 letters and 253 line feeds come back, letter by letter."""
    text = "\n" * 253 + "字" * (32767 - 253)

    def answered(register: Register) -> Register:
        return replace(register, items=tuple(item.with_value("overview", text) for item in register.items))

    _, saved = change(path, plan, answered)
    assert saved.findings == ()
    assert {item.overview for item in load_register(path, plan).register.items} == {text}


@pytest.mark.parametrize("number", [10**15, -(10**15), 10**400, float("inf"), float("nan")])
def test_a_number_that_no_cell_can_hold(path: Path, plan: Plan, number: float) -> None:
    """A workbook keeps 15 digits: a number with more is told, never rounded (K521)."""

    def answered(register: Register) -> Register:
        first, *rest = register.items
        return replace(register, items=(first.with_value("effect_finance", number), *rest))

    _, saved = change(path, plan, answered)
    assert [one.code for one in saved.findings] == ["K521"]
    assert load_register(path, plan).register.items[0].values["effect_finance"] == -1200


def test_a_value_without_a_column(path: Path, plan: Plan) -> None:
    """A field that the definition has no more has nowhere to stand (K522)."""
    _, saved = change(
        path,
        plan,
        lambda register: replace(register, items=(register.items[0].with_value("bygone", "値"), *register.items[1:])),
    )
    assert [(one.code, one.field, one.value) for one in saved.findings] == [("K522", "bygone", "値")]


def test_a_submission_without_a_sheet(path: Path, plan: Plan) -> None:
    """A sheet kind that the definition has no more has no sheet (K523)."""

    def offered(register: Register) -> Register:
        strange = replace(register.submissions[0], id="P0002", kind="bygone", received_at=NOW)
        return replace(register, submissions=(*register.submissions, strange))

    _, saved = change(path, plan, offered)
    assert [(one.code, one.field, one.value) for one in saved.findings] == [("K523", "bygone", "P0002")]
