"""The list of effects (効果額一覧): money and hours by goal, perspective, department and year, with totals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kohyo.definition.departments import lead
from kohyo.definition.fields import item_fields
from kohyo.definition.structure import EFFECT_FINANCE, EFFECT_TIME
from kohyo.errors import TextError
from kohyo.messages import wording
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.table import Cell, Column, Mark, Row, Scalar, Table
from kohyo.tables.building_blocks import band, head, heading, item_unit, nothing, of_goal, ticked, version
from kohyo.tables.plan_words import numbered_goal
from kohyo.text.dates import fiscal_year_label
from kohyo.text.numbers import parse_number

_WIDTHS = {"group": 24.0, "items": 8.0, "finance": 10.0, "timed": 8.0, "hours": 10.0}


@dataclass(frozen=True)
class _Group:
    """The items that one row sums up."""

    name: str
    items: Sequence[Item]
    is_sum: bool = False


def effect_tables(plan: Plan, register: Register) -> tuple[Table, ...]:
    """Return the sums by goal, perspective, leading department and year as one, then the items.

    There are none without such fields.
    """
    if not {EFFECT_FINANCE, EFFECT_TIME} & {field.name for field in item_fields(plan)}:
        return ()
    items = [item for item in register.current if _tells(item)]
    total = _Group(_phrase("total"), items, is_sum=True)
    groups = {
        "goals": [*_goals(plan, items), total],
        "perspectives": list(_perspectives(plan, items)),
        "departments": [*_departments(plan, items), total],
        "years": [_Group(fiscal_year_label(FiscalYear(plan.cycle.year)), items), total],
    }
    return _sums(plan, groups), _list(plan, items)


def _phrase(key: str, **fields: object) -> str:
    return wording(f"printed.effects.{key}", **fields)


def _tells(item: Item) -> bool:
    return bool(item.values.get(EFFECT_FINANCE) or item.text(EFFECT_TIME))


_NOTES = ("finance", "hours", "perspectives", "departments")


def hours_of(text: str) -> float | None:
    """Return the hours that a text names, where it names them once and in figures (120時間); None otherwise."""
    found = re.findall(_phrase("time_of"), unicodedata.normalize("NFKC", text))
    try:
        return parse_number(found[0]) if len(found) == 1 else None
    except TextError:
        return None


def _goals(plan: Plan, items: Sequence[Item]) -> Iterator[_Group]:
    for goal in plan.goals:
        yield _Group(numbered_goal(plan, goal, goal.name), of_goal(items, goal))


def _perspectives(plan: Plan, items: Sequence[Item]) -> Iterator[_Group]:
    """Yield the perspectives, their sum (延べ) and the items once each (実数)."""
    groups = [_Group(entry.name, ticked(items, entry)) for entry in plan.perspectives]
    yield from groups
    yield _Group(_phrase("total_listed"), [item for group in groups for item in group.items], is_sum=True)
    yield _Group(_phrase("total_distinct"), items, is_sum=True)


def _departments(plan: Plan, items: Sequence[Item]) -> Iterator[_Group]:
    """Yield the departments that lead any of the items, in the order of the organisation."""
    owned: dict[str, list[Item]] = {entry.name: [] for entry in plan.departments}
    for item in items:
        leading = lead(plan, item.owners, unknown=wording("tables.departments.unresolved"))
        owned.setdefault(leading, []).append(item)
    yield from (_Group(name, own) for name, own in owned.items() if own)


def _sums(plan: Plan, groups: Mapping[str, Sequence[_Group]]) -> Table:
    """Return the sums, a band for each way of grouping."""
    first, *figures = (Column(key, _phrase(key), width, "right", "amount") for key, width in _WIDTHS.items())
    counts = {"items", "timed"}
    columns = (
        replace(first, align="left", holds="text", names="group"),
        *(replace(column, holds="count", unit=item_unit()) if column.key in counts else column for column in figures),
    )
    body: list[Row] = []
    records: list[Mapping[str, Scalar]] = []
    for name, own in groups.items():
        records += [{"by": _phrase(name), "year": plan.cycle.year, **_record(group)} for group in own]
    shown = tuple(column for column in columns if column.key != "hours" or any(row["hours"] for row in records))
    told = iter(records)
    for name, own in groups.items():
        body.append(band(_phrase(name), len(shown)))
        body += [_row(shown, group, next(told)) for group in own]
    if not any(group.items for own in groups.values() for group in own):
        body = [nothing(wording("printed.none"), len(shown))]
    notes = [name for name in _NOTES if name != "hours" or shown == columns]
    return Table(
        name=_phrase("sums.name"),
        title=_phrase("sums.title"),
        columns=shown,
        head=(heading(shown),),
        body=tuple(body),
        record_columns=(Column("by", _phrase("by"), 8), Column("year", _phrase("year"), 6, holds="count"), *columns),
        records=tuple(records),
        subtitle=version(plan),
        notes=tuple(_phrase(f"note_{name}") for name in notes),
    )


def _record(group: _Group) -> Mapping[str, Scalar]:
    hours = [found for item in group.items if (found := hours_of(item.text(EFFECT_TIME))) is not None]
    return {
        "group": group.name,
        "items": len(group.items),
        "finance": sum(money) if (money := [_money(item) for item in group.items if _told(item)]) else None,
        "timed": sum(bool(item.text(EFFECT_TIME)) for item in group.items),
        "hours": sum(hours) if hours else None,
    }


def _told(item: Item) -> bool:
    return item.values.get(EFFECT_FINANCE) is not None


def _money(item: Item) -> int | float:
    value = item.values.get(EFFECT_FINANCE)
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else 0


def _row(columns: Sequence[Column], group: _Group, record: Mapping[str, Scalar]) -> Row:
    figures = (Cell(record[column.key], "total" if group.is_sum else "count") for column in columns[1:])
    return Row((Cell(group.name, "label"), *figures))


def _list(plan: Plan, items: Sequence[Item]) -> Table:
    """Return the items that tell of effects, with what they say of time."""
    columns = (
        Column("number", head("number"), 5, "center"),
        Column("title", head("title"), 20),
        Column("owners", head("owners"), 11, names="owners"),
        Column("finance", _phrase("finance"), 9, "right", "amount"),
        Column("time", _phrase("time"), 22),
    )
    records = [
        {
            "number": str(item.number),
            "title": item.title,
            "owners": item.owners,
            "finance": _money(item) if _told(item) else None,
            "time": item.text(EFFECT_TIME) or None,
        }
        for item in sorted(items, key=lambda item: item.number)
    ]
    marks: Mapping[str, Mark] = {"number": "number", "title": "title", "finance": "count"}
    rows = (Row(tuple(Cell(record[column.key], marks.get(column.key, "")) for column in columns)) for record in records)
    return Table(
        name=_phrase("list.name"),
        title=_phrase("list.title"),
        columns=columns,
        head=(heading(columns),),
        body=tuple(rows) or (nothing(wording("printed.none"), len(columns)),),
        record_columns=columns,
        records=tuple(records),
        subtitle=version(plan),
    )
