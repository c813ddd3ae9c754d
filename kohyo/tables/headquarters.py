"""The report to the plan's headquarters (推進本部報告): where the items stand, as 延べ and 実数, with charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kohyo.definition.departments import owners
from kohyo.definition.fields import FormField, item_kind
from kohyo.errors import TextError
from kohyo.messages import wording
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.table import Cell, Chart, Column, Names, Row, Scalar, Table, Tone
from kohyo.tables.building_blocks import (
    head,
    heading,
    is_open,
    is_ticked,
    item_unit,
    of_goal,
    ticked,
    version,
)
from kohyo.tables.field_groups import kind_title, kinds_by, yearly_choices
from kohyo.tables.headquarters_items import is_late, items_behind

_TONES: tuple[Tone, ...] = ("first", "second", "third", "fourth", "fifth")
_SHORT = 3
_PLAIN = 2
"""Columns before those of the choices, of which the ones that no item holds are not printed."""
_SHAPES: Mapping[str, tuple[float, Names, bool]] = {
    "goals": (15.0, "goal", True),
    "perspectives": (12.0, "perspective", True),
    "departments": (13.0, "department", False),
}
"""How wide the first column is, whose names it holds, and whether a chart says more than the figures: not where there
are many rows."""


@dataclass(frozen=True)
class ItemGroup:
    """The items that one row counts, and whether it sums up rows above."""

    name: str
    items: Sequence[Item]
    is_sum: bool = False


@dataclass(frozen=True)
class CountedChoice:
    """A choice that is counted: its field, and the words that items hold, those of the definition first."""

    field: FormField
    words: tuple[str, ...]

    def key(self, place: int) -> str:
        """Return the column of a word; the one after the last is of the items that say nothing."""
        return f"{self.field.name}_{place}"

    def word(self, item: Item) -> int:
        """Return the place of an item's word, one beyond the last where it says nothing."""
        text = item.text(self.field.name)
        return self.words.index(text) if text else len(self.words)


def headquarters_tables(plan: Plan, register: Register) -> tuple[Table, ...]:
    """Return the outline, then the items with what each year brings anew: by goal, perspective and department.

    A plan without goals or perspectives has no table of them.
    """
    items = register.current
    choices = [_counted_choice(field, items) for field in yearly_choices(plan)]
    groups = {
        "goals": [*_goals(plan, items), ItemGroup(head("total"), items, is_sum=True)] if plan.goals else [],
        "perspectives": list(_perspectives(plan, items)) if plan.perspectives else [],
        "departments": list(_departments(plan, items)),
    }
    tables = (_table(plan, name, own, choices) for name, own in groups.items() if own)
    named = items_behind(plan, items, choices[0].field, choices[0].words) if choices else ()
    return (_outline(plan, register), *tables, *named)


def _counted_choice(field: FormField, items: Sequence[Item]) -> CountedChoice:
    others = [text for item in items if (text := item.text(field.name)) and text not in field.choices]
    return CountedChoice(field, (*field.choices, *dict.fromkeys(others)))


def _goals(plan: Plan, items: Sequence[Item]) -> Iterator[ItemGroup]:
    for goal in plan.goals:
        name = wording("tables.item_list.band", code=goal.code, name=goal.name)
        yield ItemGroup(name, of_goal(items, goal))


def _perspectives(plan: Plan, items: Sequence[Item]) -> Iterator[ItemGroup]:
    """Yield the perspectives, 延べ and 実数, then those of no perspective and all items."""
    groups = [ItemGroup(entry.label, ticked(items, entry)) for entry in plan.perspectives]
    distinct = [item for item in items if is_ticked(plan, item)]
    unknown = [item for item in items if is_open(plan, item)]
    yield from groups
    yield ItemGroup(head("listed"), [item for group in groups for item in group.items], is_sum=True)
    yield ItemGroup(head("distinct"), distinct, is_sum=True)
    yield ItemGroup(head("unknown"), unknown, is_sum=True)
    yield ItemGroup(head("none"), [item for item in items if item not in distinct and item not in unknown], is_sum=True)
    yield ItemGroup(head("items"), items, is_sum=True)


def _departments(plan: Plan, items: Sequence[Item]) -> Iterator[ItemGroup]:
    """Yield the departments that own anything, then 延べ and 実数."""
    owned: dict[str, list[Item]] = {entry.name: [] for entry in plan.departments}
    for item in items:
        try:
            members = owners(plan, item.owners).members
        except TextError:
            members = (wording("tables.departments.unresolved"),)
        for name in members:
            owned.setdefault(name, []).append(item)
    groups = [ItemGroup(name, own) for name, own in owned.items() if own]
    yield from groups
    yield ItemGroup(head("listed"), [item for group in groups for item in group.items], is_sum=True)
    yield ItemGroup(head("distinct"), items, is_sum=True)


def _table(plan: Plan, name: str, groups: Sequence[ItemGroup], choices: Sequence[CountedChoice]) -> Table:
    words = f"printed.headquarters.{name}"
    width, names, drawn = _SHAPES[name]
    columns = (
        Column("name", wording(f"{words}.column"), width, names=names),
        Column("items", head("items"), 5, "right", "count", unit=item_unit()),
        *(column for choice in choices for column in _columns(choice)),
    )
    records = [_record(group, choices) for group in groups]
    shown = tuple(column for at, column in enumerate(columns) if at < _PLAIN or any(row[column.key] for row in records))
    plain = sum(not group.is_sum for group in groups)
    chart = _chart(wording(f"{words}.title"), wording(f"{words}.chart"), choices[0], plain) if choices else None
    return Table(
        name=wording(f"{words}.name"),
        title=wording(f"{words}.title"),
        columns=shown,
        head=_head(shown, choices) if choices else (heading(shown),),
        body=tuple(_row(shown, group, record) for group, record in zip(groups, records, strict=True)),
        record_columns=_record_columns(columns, choices),
        records=tuple(records),
        subtitle=version(plan),
        one_page=True,
        joins=True,
        notes=(wording(f"{words}.note"),),
        chart=chart if plain and drawn else None,
    )


def _columns(choice: CountedChoice) -> Iterator[Column]:
    for place, word in enumerate((*choice.words, wording("printed.headquarters.silent"))):
        yield Column(choice.key(place), word, 4.8 if len(word) <= _SHORT else 6.6, "right", "count", unit=item_unit())


def _head(columns: Sequence[Column], choices: Sequence[CountedChoice]) -> tuple[Row, Row]:
    """Return two heading rows: each choice over its words."""
    upper: list[Cell | None] = [Cell(column.label, "head", down=2) for column in columns[:_PLAIN]]
    for choice in choices:
        keys = {choice.key(place) for place in range(len(choice.words) + 1)}
        count = sum(column.key in keys for column in columns)
        if not count:
            continue
        upper += [Cell(choice.field.label, "head", across=count), *[None] * (count - 1)]
    return Row(tuple(upper)), Row((None, None, *(Cell(column.label, "subhead") for column in columns[2:])))


def _record_columns(columns: Sequence[Column], choices: Sequence[CountedChoice]) -> tuple[Column, ...]:
    """Return the columns with headings that stand alone: the choice's name before its word."""
    full = [
        Column(
            column.key,
            wording("printed.line", label=choice.field.label, value=column.label),
            8,
            holds="count",
            unit=item_unit(),
        )
        for choice in choices
        for column in _columns(choice)
    ]
    return (*columns[:2], *full)


def _record(group: ItemGroup, choices: Sequence[CountedChoice]) -> Mapping[str, Scalar]:
    found: dict[str, Scalar] = {"name": group.name, "items": len(group.items)}
    for choice in choices:
        counts = Counter(choice.word(item) for item in group.items)
        found |= {choice.key(place): counts[place] for place in range(len(choice.words) + 1)}
    return found


def _row(columns: Sequence[Column], group: ItemGroup, record: Mapping[str, Scalar]) -> Row:
    figures = (Cell(record[column.key], "total" if group.is_sum else "count") for column in columns[1:])
    return Row((Cell(group.name, "label"), *figures))


def _chart(title: str, name: str, choice: CountedChoice, rows: int) -> Chart:
    """Return the chart of the first choice, of the rows that are no sums."""
    silent = len(choice.words)
    calm = iter(_TONES * (1 + silent // len(_TONES)))
    series: list[tuple[str, Tone]] = [
        (choice.key(place), "alarm" if is_late(word) else next(calm)) for place, word in enumerate(choice.words)
    ]
    headline = wording("printed.headquarters.chart_title", title=title, measure=choice.field.label)
    return Chart(name, headline, "name", (*series, (choice.key(silent), "pale")), rows, below=True)


def _outline(plan: Plan, register: Register) -> Table:
    """Return what there is: items, answers, what was sent, what waits for a decision."""
    columns = (
        Column("what", wording("printed.headquarters.outline.what"), 40, ours=True),
        Column("count", wording("printed.headquarters.outline.count"), 10, "right", "count", unit=item_unit()),
    )
    rows: list[tuple[str, int]] = [(head("items"), len(register.current))]
    for field in yearly_choices(plan):
        answered = sum(bool(item.text(field.name)) for item in register.current)
        rows.append((wording("printed.headquarters.outline.answered", field=field.label), answered))
    counts = Counter(submission.kind for submission in register.sent_in(plan.cycle.year))
    rows += [(kind_title(plan, kind), counts[kind.key]) for kind in plan.sheets if kind.per != "item"]
    copied = wording("workbook.kinds.copied", title=kind_title(plan, kinds_by(plan, "item")[0]))
    rows.append((copied, counts[item_kind(plan)]))
    rows.append((wording("printed.headquarters.outline.open"), len(register.open_questions)))
    return Table(
        name=wording("printed.headquarters.outline.name"),
        title=wording("printed.headquarters.outline.title"),
        columns=columns,
        head=(heading(columns),),
        body=tuple(Row((Cell(what, "label"), Cell(count, "count"))) for what, count in rows),
        record_columns=columns,
        records=tuple({"what": what, "count": count} for what, count in rows),
        subtitle=version(plan),
        one_page=True,
    )
