"""The sheets of what departments sent besides: 提案, 課題, 好事例.

1. 提案 takes a copied item sheet, too: its columns are those of the item sheet and of the blank proposals.
2. Every value of every kind comes back, and each kind is told by a word of its own.
3. Receiving the same files again leaves the register byte for byte, whatever kinds they offered.
4. A proposal that was edited or deleted by hand stays so when its file is read again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from kohyo.definition.fields import FormField, form_fields
from kohyo.excel.register_book import load_register
from kohyo.model.finding import Place
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.returned_book import Answer, Answers
from kohyo.model.returned_file import Offer, ReturnedFile
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue
from kohyo.register.receipts import receive
from tests.excel.register_book.register_samples import NOW, by_hand, change, column_of, new_register, sample_register
from tests.register.builders import returned

DEPARTMENT = "総務部"


def value_of(field: FormField, plan: Plan) -> FieldValue:
    """Return a value that shows which field it is."""
    values: dict[str, FieldValue] = {
        "integer": 12345,
        "decimal": -0.5,
        "date": date(2024, 6, 3),
        "tick": Tick.YES,
        "goal": plan.goals[1].code,
        "departments": plan.departments[2].name,
        "select_one": field.choices[0] if field.choices else None,
    }
    return values.get(field.type, f"={field.name}\n二行目")


def offer(plan: Plan, kind: str) -> Offer:
    """Return an offer of a kind with every field filled in."""
    place = Place("総務部.xlsx", f"{kind} (2)", "A1")
    values = {field.name: Answer(value_of(field, plan), place, "") for field in form_fields(plan, kind)}
    return Offer(Answers(kind, None, place, values), "1-24")


def received(plan: Plan) -> ReturnedFile:
    """Return a file with one offer of every kind."""
    return returned(DEPARTMENT, *(offer(plan, kind.key) for kind in plan.sheets), sha256="ab" * 32)


@pytest.fixture
def path(tmp_path: Path, plan: Plan) -> Path:
    """Return a register that has received one offer of every kind."""
    path = new_register(tmp_path, plan, replace(sample_register(plan), submissions=(), receipts=()))
    change(path, plan, lambda register: again(register, plan))
    return path


def again(register: Register, plan: Plan) -> Register:
    """Return the register after the file was read, a day later than everything in it."""
    return receive(register, [DEPARTMENT], [received(plan)], NOW + timedelta(days=1))


def test_the_columns_of_proposals(path: Path, plan: Plan) -> None:
    """They are the fields of the item sheet and of the blank proposals under their labels, each once (1)."""
    headings = [cell.value for cell in openpyxl.load_workbook(path)["提案"][1]]
    kinds = [kind.key for kind in plan.sheets if kind.per != "block"]
    labels = {field.register_label for kind in kinds for field in form_fields(plan, kind)}
    assert labels <= set(headings)
    assert len(headings) == len(set(headings))


def test_every_value_of_every_kind_comes_back(path: Path, plan: Plan) -> None:
    """Kind, values, origin and the sheet it was copied from are those that were received (2)."""
    loaded = load_register(path, plan)
    assert (loaded.findings, loaded.edits) == ((), ())
    entries = {entry.kind: entry for entry in loaded.register.submissions}
    for kind in plan.sheets:
        expected = offer(plan, kind.key)
        entry = entries[kind.key]
        assert (entry.values, entry.place, entry.copied_from) == (
            expected.values,
            expected.answers.place,
            expected.copied_from,
        )


def test_kinds_are_told_apart(path: Path) -> None:
    """Whoever reads 提案 sees what came on a copied sheet, what as an addition, what as a new proposal (2)."""
    sheet = openpyxl.load_workbook(path)["提案"]
    kinds = [sheet.cell(row, column_of(sheet, "種別")).value for row in (2, 3, 4)]
    assert kinds == ["個票の写し", "追加の提案", "新規の提案"]


def test_receiving_again_changes_nothing(path: Path, plan: Plan) -> None:
    """A second and a third time the register stays byte for byte (3)."""
    before = path.read_bytes()
    for _ in range(2):
        loaded, saved = change(path, plan, lambda register: again(register, plan))
        assert (again(loaded.register, plan), saved.changed, path.read_bytes()) == (loaded.register, False, before)


def test_what_was_edited_or_deleted_stays_so(path: Path, plan: Plan) -> None:
    """The file is not asked again for what the secretariat has changed since (4)."""
    with by_hand(path) as book:
        sheet = book["提案"]
        sheet.cell(2, column_of(sheet, "項目名")).value = "手で直した名前"
        sheet.delete_rows(4)
    before = path.read_bytes()
    loaded, saved = change(path, plan, lambda register: again(register, plan))
    assert (saved.changed, path.read_bytes()) == (False, before)
    assert [entry.values.get("title") for entry in loaded.register.submissions[:1]] == ["手で直した名前"]
    assert {entry.kind for entry in loaded.register.submissions} == {kind.key for kind in plan.sheets} - {"proposal"}
