"""The printed item sheets (個票集): a contents page, then one item a sheet with its fields under their bands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kohyo.definition.fields import FormField, item_fields, item_kind, tick_name
from kohyo.definition.lives import Life, asked_of, lives
from kohyo.messages import wording
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.table import Cell, Column, Mark, Row, Scalar, Table
from kohyo.model.tick import Tick
from kohyo.tables.building_blocks import band, goal_band, head, heading, nothing, of_goal, version
from kohyo.tables.contributions import other_owners, waiting_fields
from kohyo.tables.field_groups import FieldGroup, item_groups, shown_fields, yearly_choices
from kohyo.tables.field_text import choice_width, is_short, labelled_line, record_columns, record_values, show_field
from kohyo.tables.item_list import TICK_MARKS
from kohyo.text.tabs import free_tab

_COLUMNS = 30
_LABEL = 6
_SHORT = (_COLUMNS - 2 * _LABEL) // 2
_WIDE = _COLUMNS - _LABEL


def item_sheet_tables(plan: Plan, register: Register) -> tuple[Table, ...]:
    """Return the contents with all records, then one table per item, in the order of goals and numbers."""
    ordered = [item for goal in plan.bands for item in of_goal(register.current, goal)]
    tabs: dict[str, str] = {}
    taken = [wording("printed.item_sheets.name")]
    for item in ordered:
        tabs[item.id] = free_tab(str(item.number), taken)
        taken.append(tabs[item.id])
    alive = lives(plan, register)
    sheets = (_ItemSheet(plan, register, item, alive[item.id]).table(tabs[item.id]) for item in ordered)
    return (_contents(plan, ordered, tabs), *sheets)


def _contents(plan: Plan, items: Sequence[Item], tabs: Mapping[str, str]) -> Table:
    counted = yearly_choices(plan)
    columns = (
        Column("number", head("number"), 4, "center"),
        Column("title", head("title"), 24),
        Column("owners", head("owners"), 14),
        *(Column(field.name, field.label, choice_width(field), "center") for field in counted),
    )
    body: list[Row] = []
    for goal in plan.bands:
        body += goal_band(plan, goal, len(columns))
        own = of_goal(items, goal)
        body += [_entry(item, counted, tabs[item.id]) for item in own]
        if not own:
            body.append(nothing(wording("printed.item_sheets.none"), len(columns)))
    fields = shown_fields(plan, item_kind(plan))
    return Table(
        name=wording("printed.item_sheets.name"),
        title=wording("printed.item_sheets.contents"),
        columns=columns,
        head=(heading(columns),),
        body=tuple(body),
        record_columns=(Column("id", wording("workbook.items.id"), 6), *record_columns(fields)),
        records=tuple({"id": item.id, **record_values(plan, fields, item.values)} for item in items),
        subtitle=version(plan),
        notes=(wording("printed.item_sheets.note"),),
    )


def _entry(item: Item, counted: Sequence[FormField], tab: str) -> Row:
    choices = (Cell(item.text(field.name)) for field in counted)
    number = Cell(str(item.number), "number", link=f"internal:'{tab}'!A1")
    return Row((number, Cell(item.title, "title"), Cell(item.owners), *choices))


def _row(*cells: tuple[Scalar, Mark, int]) -> Row:
    """Return a row of cells, each with its mark and the columns that it spans."""
    found: list[Cell | None] = []
    for text, mark, across in cells:
        found += [Cell(text, mark, across), *[None] * (across - 1)]
    return Row(tuple(found))


def _in_rows(fields: Sequence[FormField]) -> Iterator[tuple[FormField, ...]]:
    """Yield the fields of a band as they share rows: two short ones that follow each other, any other alone."""
    left: FormField | None = None
    for field in (field for field in fields if field.type != "tick"):
        if left and is_short(field):
            yield left, field
            left = None
            continue
        if left:
            yield (left,)
        left = field if is_short(field) else None
        if left is None:
            yield (field,)
    if left:
        yield (left,)


@dataclass(frozen=True)
class _ItemSheet:
    """One item's sheet: what the item holds, below it what its other owners say; what waits is marked (確認中).

    Years before the item began, or after it ends, are no part of it.
    """

    plan: Plan
    register: Register
    item: Item
    life: Life

    def table(self, tab: str) -> Table:
        """Return the sheet under its tab."""
        columns = tuple(Column(f"c{place}", "", 1) for place in range(_COLUMNS))
        return Table(
            name=tab,
            title=wording("printed.item_sheets.title"),
            columns=columns,
            head=(_row((str(self.item.number), "goal", _LABEL), (self.item.title, "headline", _WIDE)),),
            body=tuple(row for group in item_groups(self.plan) for row in self._group(group)),
            record_columns=(),
            records=(),
            subtitle=version(self.plan),
        )

    def _group(self, group: FieldGroup) -> Iterator[Row]:
        """Yield the rows of a band: perspectives side by side, short values two a row, long ones alone."""
        if any(field.type == "tick" for field in group.fields):
            yield self._ticks()
        if group.is_ticks:
            return
        asked = asked_of(group.fields, self.life)
        rows = list(_in_rows([field for field in asked if self._is_told(field)]))
        others = list(self._others(group))
        if rows or others:
            yield band(group.label, _COLUMNS)
        for row in rows:
            across = _WIDE if len(row) == 1 else _SHORT
            yield _row(*(cell for field in row for cell in self._pair(field, across)))
        yield from others

    def _is_told(self, field: FormField) -> bool:
        """Tell whether a field says anything or waits for a decision; nothing empty is printed under its heading."""
        said = self.item.values.get(field.name) not in (None, "")
        return said or field.name in waiting_fields(self.register, self.item)

    def _others(self, group: FieldGroup) -> Iterator[Row]:
        """Yield what the other owners say of a band, a row each: an item of all departments has many."""
        own = [field for field in group.fields if field.each]
        for row in other_owners(self.plan, self.register, self.item, own):
            yield _row((row.department, "label", _LABEL), (labelled_line(self.plan, own, row.values), "", _WIDE))

    def _pair(self, field: FormField, across: int) -> tuple[tuple[Scalar, Mark, int], ...]:
        shown = show_field(self.plan, field, self.item.values.get(field.name))
        return (self._label(field, field.label), "label", _LABEL), (shown, "", across)

    def _label(self, field: FormField, label: str) -> str:
        waits = field.name in waiting_fields(self.register, self.item)
        return wording("printed.waiting", label=label) if waits else label

    def _ticks(self) -> Row:
        """Return the perspectives side by side, as the list marks them."""
        fields = {field.name: field for field in item_fields(self.plan)}
        shown = [entry for entry in self.plan.perspectives if tick_name(entry) in fields]
        cells: list[tuple[Scalar, Mark, int]] = [(head("perspectives"), "label", _LABEL)]
        for place, entry in enumerate(shown):
            across = _WIDE * (place + 1) // len(shown) - _WIDE * place // len(shown)
            value = self.item.values.get(tick_name(entry))
            mark = TICK_MARKS[value if isinstance(value, Tick) else Tick.UNKNOWN]
            cells.append((self._label(fields[tick_name(entry)], entry.list_label), mark, across))
        return _row(*cells)
