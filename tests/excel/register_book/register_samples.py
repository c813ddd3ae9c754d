"""Registers to save and read back: a small one made by hand, and any one at all (hypothesis)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kohyo.definition.fields import FormField, form_fields, item_fields
from kohyo.excel.register_book import LoadedRegister, SaveResult, create_register, load_register, save_register
from kohyo.model.finding import Place
from kohyo.model.item import Item, ItemId
from kohyo.model.matrix import MatrixEntry, MatrixMember
from kohyo.model.numbering import ItemNumber
from kohyo.model.outcome import Outcome
from kohyo.model.plan import Plan
from kohyo.model.register import (
    Change,
    ChangeKind,
    Conflict,
    ConflictKind,
    Decision,
    Receipt,
    Register,
    Submission,
)
from kohyo.model.tick import Evidence, Tick
from kohyo.model.value import FieldValue

NOW = datetime(2024, 6, 14, 17, 0, 0)  # noqa: DTZ001 - the register knows no time zones
PLACE = Place("総務部/調査票.xlsx", "1-24", "B12")


def sample_item(plan: Plan, number: int, **values: FieldValue) -> Item:
    """Return an item K000n, 1-n, whose ticks are unknown unless ``values`` say more."""
    ticks = [field.name for field in item_fields(plan) if field.type == "tick"]
    own: dict[str, FieldValue] = {
        "number": f"1-{number}",
        "goal": 1,
        "title": f"取組み{number}",
        "overview": "窓口の手続きを減らす。",
        "owners": plan.departments[0].name,
        **dict.fromkeys(ticks, Tick.UNKNOWN),
        **values,
    }
    evidence = {name: Evidence.NONE if own[name] is Tick.UNKNOWN else Evidence.ANSWER for name in ticks}
    return Item(ItemId(f"K{number:04d}"), ItemNumber(1, number), own, evidence)


def sample_change(number: int, new: str = "新しい文") -> Change:
    """Return a row of the history about the overview of K000n."""
    return Change(NOW, ChangeKind.ANSWERED, f"K{number:04d}", f"1-{number}", "overview", "前の文", new, PLACE)


def sample_conflict(field: str = "overview", ours: FieldValue = "台帳", theirs: FieldValue = "回答") -> Conflict:
    """Return an open conflict about K0001."""
    return Conflict(
        id="C0001",
        group="G0001",
        kind=ConflictKind.REGISTER,
        item=ItemId("K0001"),
        field=field,
        base=None,
        ours=ours,
        ours_from="素案",
        theirs=theirs,
        department="総務部",
        place=PLACE,
        sha256="ab" * 32,
        raised_at=NOW,
    )


def sample_register(plan: Plan) -> Register:
    """Return a register with something on every sheet."""
    items = (
        sample_item(plan, 1, title="=1+1 の見直し", effect_finance=-1200, filled_on=date(2024, 6, 3)),
        sample_item(plan, 2, overview="一行目\n二行目 𠮷", tick_digital=Tick.YES, tick_people=Tick.NO),
        sample_item(plan, 3, indicator_target=12.5),
    )
    members = (MatrixMember("窓口", (items[0].id, items[1].id)), MatrixMember("電話", (items[2].id,)))
    values: dict[str, FieldValue] = {"issue_text": "人が足りない"}
    submission = Submission("P0001", "issue", "総務部", values, PLACE, "cd" * 32, NOW)
    return Register(
        items=items,
        entries=(MatrixEntry(1, plan.perspectives[0].key, "見直し", members),),
        submissions=(submission,),
        receipts=(
            Receipt("総務部", Outcome.ACCEPTED, "R6-02-0-1-43", 1, "総務部/調査票.xlsx", "ab" * 32, NOW),
            Receipt("財務部", Outcome.MISSING),
        ),
        conflicts=(sample_conflict(),),
        changes=(sample_change(1), sample_change(2)),
    )


def new_register(folder: Path, plan: Plan, register: Register) -> Path:
    """Make a register in ``folder`` that holds ``register``, and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "台帳.xlsx"
    create_register(path, plan)
    save(path, plan, register)
    return path


def save(path: Path, plan: Plan, register: Register) -> SaveResult:
    """Load the register at ``path`` and save ``register`` over it."""
    loaded = load_register(path, plan)
    return save_register(path, plan, loaded, register, backups=path.parent / "控え", now=NOW)


def change(path: Path, plan: Plan, update: Callable[[Register], Register]) -> tuple[LoadedRegister, SaveResult]:
    """Load, update, save; return what was loaded and what saving said."""
    loaded = load_register(path, plan)
    return loaded, save_register(path, plan, loaded, update(loaded.register), backups=path.parent / "控え", now=NOW)


def retitled(register: Register, title: str) -> Register:
    """Return the register with another title on its first item."""
    first, *rest = register.items
    return replace(register, items=(first.with_value("title", title), *rest))


@contextmanager
def by_hand(path: Path) -> Iterator[Workbook]:
    """Open the register as the secretariat does, and save it."""
    book = openpyxl.load_workbook(path)
    yield book
    book.save(path)
    book.close()


def column_of(sheet: Worksheet, heading: str) -> int:
    """Return the column, from 1, under this heading in the first row."""
    return next(cell.column for cell in sheet[1] if cell.value == heading)


def found(loaded: LoadedRegister) -> list[tuple[str, str, str]]:
    """Return code, sheet and cell of every finding."""
    return [(finding.code, finding.place.sheet, finding.place.cell) for finding in loaded.findings]


_LETTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff") | st.sampled_from(
    "=+-@'\"<>&\t\n_xX０１髙﨑𠮷　ｱ"
)
_TEXT = st.text(_LETTERS, max_size=40) | st.sampled_from(
    ["_x0041_", "_x005F_x0041_", "_x000D_", "=1+1", "00１", " 前後 "]
)
FILLED = _TEXT.filter(lambda text: bool(text.strip()))
"""Texts that say something."""

_MAYBE = st.just("") | FILLED
_MOMENTS = st.datetimes(datetime(1901, 1, 1), datetime(2200, 1, 1)).map(  # noqa: DTZ001 - as above
    lambda moment: moment.replace(microsecond=0)
)
_LARGEST = 10**15 - 1  # a workbook keeps 15 digits; what has more is no number (``text.numbers``)
_INTEGERS = st.integers(-_LARGEST, _LARGEST)
_NUMBERS = _INTEGERS | st.floats(-_LARGEST, _LARGEST)
_PLACES = st.builds(Place, _MAYBE, _MAYBE, _MAYBE)


def values_of(field: FormField, plan: Plan) -> st.SearchStrategy[FieldValue]:
    """Return a strategy for the values that a field may hold."""
    by_type: dict[str, st.SearchStrategy[FieldValue]] = {
        "integer": _INTEGERS,
        "decimal": _NUMBERS,
        "date": st.dates(date(1000, 1, 1), date(2999, 12, 31)),
        "tick": st.sampled_from(Tick),
        "goal": st.sampled_from([goal.code for goal in plan.goals]),
        "departments": st.sampled_from([department.name for department in plan.departments]),
        "select_one": st.sampled_from(field.choices or ("",)),
    }
    return by_type.get(field.type, FILLED)


@st.composite
def _mapping(draw: st.DrawFn, plan: Plan, kind: str) -> dict[str, FieldValue]:
    fields = draw(st.lists(st.sampled_from(form_fields(plan, kind)), unique=True, max_size=8))
    return {field.name: draw(values_of(field, plan)) for field in fields}


@st.composite
def _items(draw: st.DrawFn, plan: Plan) -> tuple[Item, ...]:
    items: list[Item] = []
    for place in range(draw(st.integers(0, 4))):
        number = ItemNumber(draw(st.integers(1, 9)), draw(st.integers(1, 99)))
        ticks = [field.name for field in item_fields(plan) if field.type == "tick"]
        values = {
            **draw(_mapping(plan, "item")),
            **{name: draw(st.sampled_from(Tick)) for name in ticks},
            "number": str(number),
            "goal": draw(st.sampled_from([goal.code for goal in plan.goals])),
        }
        evidence = {name: draw(st.sampled_from(Evidence)) for name in ticks}
        items.append(Item(ItemId(f"K{place + 1:04d}"), number, values, evidence))
    return tuple(items)


@st.composite
def _conflicts(draw: st.DrawFn, plan: Plan, item: ItemId) -> Conflict:
    field = draw(st.sampled_from(item_fields(plan)))
    value = st.none() | values_of(field, plan)
    return replace(
        sample_conflict(field.name, draw(value), draw(value)),
        base=draw(value),
        item=item,
        kind=draw(st.sampled_from(ConflictKind)),
        decision=draw(st.none() | st.sampled_from(Decision)),
        other=draw(value),
        ours_from=draw(_MAYBE),
        decided_by=draw(_MAYBE),
        decided_at=draw(st.none() | _MOMENTS),
        place=draw(_PLACES),
    )


@st.composite
def changes_of(draw: st.DrawFn, plan: Plan) -> Change:
    """Return any change."""
    field = draw(st.sampled_from(item_fields(plan)))
    value = st.none() | values_of(field, plan)
    moment, kind = draw(_MOMENTS), draw(st.sampled_from(ChangeKind))
    return Change(moment, kind, draw(_MAYBE), "1-1", field.name, draw(value), draw(value), draw(_PLACES), draw(_MAYBE))


@st.composite
def registers(draw: st.DrawFn, plan: Plan) -> Register:
    """Return any register, in the form in which a workbook gives it back (see ``canonical``)."""
    items = draw(_items(plan))
    ids = [item.id for item in items]
    kinds = [kind.key for kind in plan.sheets]
    submissions: list[Submission] = []
    for place in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from(kinds))
        values = draw(_mapping(plan, kind))
        submissions.append(Submission(f"P{place}", kind, draw(FILLED), values, draw(_PLACES), "ab", draw(_MOMENTS)))
    receipts = st.builds(Receipt, FILLED, st.sampled_from(Outcome), _MAYBE, st.integers(0, 9), _MAYBE)
    return Register(
        items=items,
        entries=draw(_entries(plan, ids)) if ids else (),
        submissions=tuple(submissions),
        receipts=tuple(draw(st.lists(receipts, max_size=3))),
        conflicts=(draw(_conflicts(plan, ids[0])),) if ids else (),
        changes=tuple(draw(st.lists(changes_of(plan), max_size=4))),
    )


@st.composite
def _entries(draw: st.DrawFn, plan: Plan, ids: list[ItemId]) -> tuple[MatrixEntry, ...]:
    member = st.builds(MatrixMember, FILLED, st.lists(st.sampled_from(ids), max_size=2).map(tuple))
    alone = st.tuples(st.just(""), st.tuples(member))
    headed = st.tuples(FILLED, st.lists(member, min_size=1, max_size=3).map(tuple))
    return tuple(
        MatrixEntry(goal.code, perspective.key, *draw(alone | headed))
        for goal in plan.goals[:2]
        for perspective in plan.perspectives[:2]
        for _ in range(draw(st.integers(0, 2)))
    )
