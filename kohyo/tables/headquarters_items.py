"""The items behind the figures of the headquarters' report (推進本部報告): what is late and why, then the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kohyo.definition.fields import FormField, item_fields
from kohyo.messages import section, wording
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.table import Cell, Column, Row, Scalar, Table
from kohyo.tables.building_blocks import band, head, heading, nothing, version
from kohyo.tables.field_text import labelled_lines, record_columns, record_values

_Groups = Mapping[str, Sequence[Item]]
"""The items that hold a word, by the word."""

_BESIDE = 2
"""How many items stand on a row of those that no more is told of than number and name."""


def is_late(word: str) -> bool:
    """Tell whether a choice says that an item is late (遅れ)."""
    return any(late in word for late in section("printed")["headquarters"]["late"])


def items_behind(plan: Plan, items: Sequence[Item], field: FormField, words: Sequence[str]) -> tuple[Table, ...]:
    """Return the items by the word that they hold in a choice: those that are late with what they say, then the others.

    What no item says makes no table, but where no item says anything; the first has the twin of them all.
    """
    ordered = sorted(items, key=lambda item: item.number)
    groups = {word: [item for item in ordered if item.text(field.name) == word] for word in words}
    late = {word: own for word, own in groups.items() if own and is_late(word)}
    others = {word: own for word, own in groups.items() if own and not is_late(word)}
    printed = [_late_items(plan, field, late)] if late or not others else []
    printed += [_other_items(plan, field, others, "others" if late else "items")] if others else []
    columns = (Column("choice", field.label, 8), *_named_columns(), *record_columns(_told(plan)))
    records = tuple({"choice": word, **_record(plan, item)} for word, own in (late | others).items() for item in own)
    return (replace(printed[0], record_columns=columns, records=records), *printed[1:])


def _named_columns() -> tuple[Column, ...]:
    return (
        Column("number", head("number"), 5, "center"),
        Column("title", head("title"), 20),
        Column("owners", head("owners"), 11, names="owners"),
    )


def _late_items(plan: Plan, field: FormField, groups: _Groups) -> Table:
    """Return a row for each item, with what it says of its results and issues."""
    columns = (*_named_columns(), Column("said", wording("printed.headquarters.items.said"), 25))
    body = [row for word, own in groups.items() for row in (_band(word, own, columns), *_late_rows(plan, own))]
    return _table(plan, field, "items", columns, body or [nothing(wording("printed.none"), len(columns))])


def _late_rows(plan: Plan, items: Sequence[Item]) -> Iterator[Row]:
    for item in items:
        said = labelled_lines(plan, _told(plan), item.values)
        yield Row((Cell(str(item.number), "number"), Cell(item.title, "title"), Cell(item.owners), Cell(said or None)))


def _other_items(plan: Plan, field: FormField, groups: _Groups, name: str) -> Table:
    """Return numbers and names, several items a row: of what goes well no more is told."""
    columns = tuple(
        replace(column, key=f"{column.key}_{place}") for place in range(_BESIDE) for column in _named_columns()[:2]
    )
    body = [row for word, own in groups.items() for row in (_band(word, own, columns), *_other_rows(own))]
    return _table(plan, field, name, columns, body)


def _other_rows(items: Sequence[Item]) -> Iterator[Row]:
    for place in range(0, len(items), _BESIDE):
        own = items[place : place + _BESIDE]
        cells = [cell for item in own for cell in (Cell(str(item.number), "number"), Cell(item.title))]
        yield Row((*cells, *[Cell(None)] * (2 * _BESIDE - len(cells))))


def _band(word: str, items: Sequence[Item], columns: Sequence[Column]) -> Row:
    return band(wording("printed.headquarters.items.band", word=word, count=len(items)), len(columns))


def _table(plan: Plan, field: FormField, name: str, columns: tuple[Column, ...], body: Sequence[Row]) -> Table:
    return Table(
        name=wording(f"printed.headquarters.{name}.name"),
        title=wording(f"printed.headquarters.{name}.title", measure=field.label),
        columns=columns,
        head=(heading(columns),),
        body=tuple(body),
        record_columns=(),
        records=(),
        subtitle=version(plan),
        joins=name != "items",
    )


def _record(plan: Plan, item: Item) -> Mapping[str, Scalar]:
    own = {"number": str(item.number), "title": item.title, "owners": item.owners}
    return {**own, **record_values(plan, _told(plan), item.values)}


def _told(plan: Plan) -> list[FormField]:
    """Return the fields in which a year's results are told in sentences."""
    return [field for field in item_fields(plan) if field.nature == "year" and field.type == "multiline"]
