"""A form that a person fills in with LibreOffice, saves, renames and drops into a subfolder of 回収.

T1  every answer of a sheet is read as it was typed, letter by letter, with a row inserted above a field
T2  what nobody touched stays as it was, and is no change
T3  the file is found under any name in any subfolder, and read in full: nothing is missing, nothing was guessed
T4  what was read otherwise than typed, and what is still missing, stands in 取込結果
T5  once the defined names are lost, the labels lead to the same answers, and 取込結果 says so
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from kohyo.definition.fields import item_fields
from kohyo.model.item import Item
from kohyo.model.outcome import Outcome
from kohyo.model.register import ChangeKind
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue
from kohyo.usecases.consolidate import Consolidated
from tests.office.office import Book, Office
from tests.office.real import Real, about, answer_cells

pytestmark = pytest.mark.office

DEPARTMENT, FILLED, UNTOUCHED = "財務部", "1-10", "3-3"
NAME = "6月14日　メール分/【財務部】回答（最終）修正2.xlsx"
TEXTS: Mapping[str, str] = {
    "title": "公契約条例を踏まえた入札制度改革（２期）",
    "overview": "一行目：物価の動きを契約に映す。\n二行目：「単品スライド」を使う。\n\n四行目＝①～③、㈱・㌔も残す。",
    "division": "契約課、工事検査課",
    "affiliate": "+1 のように始まる団体名",
    "situation": "=前年と同じ、と書く人がいる。",
    "measures": "　字下げして書き始め、絵文字🙂も𠮷野さんも残す。",
    "plan_2024": "-（ハイフン）で始まる。",
    "plan_2025": "@で始まる。半角ｶﾅと全角カナ。",
    "plan_2026": "令和7年4月1日",
    "plan_2027": "1-24",
    "indicator_name": "ＤⅩ化した手続　の割合",
    "indicator_unit": "％",
    "effect_service": "2024/4/1",
    "effect_time": "００１２",
    "result": "1,000",
    "cycle_issue": "なし",
    "related_team": "TRUE",
    "person": "契約係　髙﨑 はじめ",
    "contact": "内線　２３４５",
}
"""Free text, among it what a spreadsheet might take for a formula, a date, a number or a truth value."""

CHOSEN: Mapping[str, str] = {"theme": "④ 電話等での受付申請、処理業務", "progress": "遅れ", "direction": "修正"}
READ: Mapping[str, tuple[str, FieldValue]] = {
    "indicator_baseline": ("１２．５", 12.5),
    "indicator_target": ("80", 80),
    "indicator_actual": ("０", 0),
    "effect_finance": ("▲１，２００", -1200),
    "filled_on": ("令和６年６月３日", date(2024, 6, 3)),
    "tick_organisation": ("○", Tick.YES),
    "tick_people": ("－", Tick.NO),
    "tick_partnership": ("○", Tick.YES),
    "tick_digital": ("－", Tick.NO),
    "tick_facilities": ("－", Tick.NO),
    "tick_affiliates": ("○", Tick.YES),
}
"""What is typed, and what it means."""

EXPECTED: Mapping[str, FieldValue] = {**TEXTS, **CHOSEN, **{name: value for name, (_, value) in READ.items()}}


@dataclass(frozen=True)
class Taken:
    """The workspace after the form was taken in, what that told, and the items before and after."""

    real: Real
    result: Consolidated
    before: Mapping[str, Item]

    def after(self, number: str) -> Item:
        """Return an item as the register holds it now."""
        return self.real.item(number)


def fill(book: Book, tab: str, cells: Mapping[str, str]) -> None:
    """Type every answer of the sheet, from top to bottom; the item's new title on its own sheet alone."""
    typed = {**TEXTS, **CHOSEN, **{name: text for name, (text, _) in READ.items()}}
    if tab != FILLED:
        typed = {name: text for name, text in typed.items() if name not in ("title", "overview")}
    for name, cell in cells.items():
        if name in typed:
            book.type(tab, cell, typed[name])


@pytest.fixture(scope="module")
def taken(office: Office, real_origin: Real, tmp_path_factory: pytest.TempPathFactory) -> Taken:
    """Fill in one of the sheets, insert a row above one of its fields, send the form and take it in."""
    real = real_origin.copied(tmp_path_factory.mktemp("typed") / "作業")
    before = {number: real.item(number) for number in (FILLED, UNTOUCHED)}
    form = real.form(DEPARTMENT)
    cells = answer_cells(form, FILLED)
    with office.open(form) as book:
        fill(book, FILLED, cells)
        book.insert_row(FILLED, cells["situation"])
        book.save(real.workspace.returns / NAME)
    return Taken(real, real.consolidate(), before)


def test_every_field_is_typed(real: Real) -> None:
    """T1: The answers above are those of every field that a department fills in on an item's sheet."""
    assert EXPECTED.keys() == {field.name for field in item_fields(real.plan) if not field.readonly}


def test_answers_are_read_letter_by_letter(taken: Taken) -> None:
    """T1: Each answer stands in the register as it was typed."""
    values = taken.after(FILLED).values
    assert {name: values.get(name) for name in EXPECTED} == EXPECTED


def test_history_names_the_cells(taken: Taken) -> None:
    """T1: The history names file, sheet and cell of each; below the inserted row they stand one row lower."""
    sent = answer_cells(taken.real.form(DEPARTMENT), FILLED)
    changes = [change for change in taken.real.register().changes if change.kind is ChangeKind.ANSWERED]
    assert {(change.place.file, change.place.sheet) for change in changes} == {(NAME, FILLED)}
    cells = {change.field: change.place.cell for change in changes}
    inserted = int(sent["situation"][1:])
    assert cells == {
        name: f"B{int(cell[1:]) + (int(cell[1:]) >= inserted)}" for name, cell in sent.items() if name in cells
    }
    assert cells.keys() >= {"overview", "situation", "filled_on"}


def test_untouched_fields_stay(taken: Taken) -> None:
    """T2: Neither the fields that cannot be filled nor the sheet that nobody filled changed."""
    fixed = [field.name for field in item_fields(taken.real.plan) if field.readonly]
    assert taken.after(UNTOUCHED) == taken.before[UNTOUCHED]
    for name in fixed:
        assert taken.after(FILLED).values.get(name) == taken.before[FILLED].values.get(name)


def test_the_file_is_found_and_read_in_full(taken: Taken) -> None:
    """T3: The one file is told as incomplete for its other sheet alone; on the filled one nothing is wrong."""
    (receipt,) = [row for row in taken.real.register().receipts if row.file]
    assert (receipt.file, receipt.department) == (NAME, DEPARTMENT)
    assert receipt.outcome in (Outcome.DEFECTIVE, Outcome.SENT_BACK)
    assert {code for code, _ in about(taken.result.findings, FILLED)} == {"K207", "K219"}  # a number is no verification
    missing = {field for code, field in about(taken.result.findings, UNTOUCHED) if code == "K201"}
    assert "現状・課題" in missing
    assert {finding.place.sheet for finding in taken.result.findings} == {FILLED, UNTOUCHED}


def test_what_was_recovered_is_reported(taken: Taken) -> None:
    """T4: 取込結果 names the file, what it read otherwise than it was typed, and what is missing with its cell."""
    reported = taken.real.reported()
    assert NAME in reported
    assert "「記入日」の「令和６年６月３日」を「2024-06-03」と読みました。" in reported
    assert "「現状・課題」が空です。記入してください。" in reported
    assert answer_cells(taken.real.form(DEPARTMENT), UNTOUCHED)["situation"] in reported


def test_taken_in_once(taken: Taken) -> None:
    """T2: Taking it in again changes nothing."""
    assert taken.real.consolidate().changes == 0


def test_labels_lead_where_names_are_lost(office: Office, real: Real) -> None:
    """T5: A program that drops every defined name costs no answer; the report tells how the sheet was read."""
    form = real.form(DEPARTMENT)
    cells = answer_cells(form, FILLED)
    target = real.workspace.returns / "下" / "名前なし.xlsx"
    with office.open(form) as book:
        fill(book, FILLED, cells)
        book.insert_row(FILLED, cells["overview"])
        book.save(target)
    _drop_names(target)
    result = real.consolidate()
    values = real.item(FILLED).values
    assert {name: values.get(name) for name in EXPECTED} == EXPECTED
    assert "K263" in {code for code, _ in about(result.findings, FILLED)}
    assert any("すべての欄" in text and "見出しの言葉で読み取りました" in text for text in real.reported())


def _drop_names(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        sheet.defined_names.clear()
    book.save(path)
