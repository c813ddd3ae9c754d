"""Edits by hand (手修正): what the secretariat changed in the register since it was last saved."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from kohyo.definition.departments import lead
from kohyo.excel.register_book.book_sheet import CONTRIBUTIONS, ENTRIES, ITEMS, BookColumn, BookSheet
from kohyo.excel.register_book.cell_codec import encode
from kohyo.excel.register_book.last_state import LastState, row_key
from kohyo.excel.register_book.placed import PlacedTable
from kohyo.excel.register_book.register_columns import read_sheets
from kohyo.excel.register_book.register_rows import united
from kohyo.excel.register_book.row_columns import Column, Row
from kohyo.messages import wording
from kohyo.model.finding import Place
from kohyo.model.plan import Plan
from kohyo.model.register import Change, ChangeKind
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue
from kohyo.register.ownership import own_name

_ENTRY = (Column.GOAL, Column.PERSPECTIVE, Column.ORDER)


class EditFinder:
    """Compares the register as it stands with its last state; every difference is a change of its own."""

    def __init__(self, plan: Plan, last: LastState, file: str, at: datetime) -> None:
        """``at`` is when the register's file was last written, ``file`` its name."""
        self._plan = plan
        self._last = last
        self._file = file
        self._at = at

    def edits(self, tables: Mapping[str, PlacedTable], rows: Mapping[str, Sequence[Row]]) -> Iterator[Change]:
        """Yield the edits of items, submissions and entries; ``rows`` are canonical, by the sheet's key."""
        for sheet in read_sheets(self._plan):
            table = tables.get(sheet.key)
            if sheet.key == ENTRIES:
                yield from self._by_row(sheet, rows[sheet.key])
            elif table is not None and (sheet.key == ITEMS or sheet.kinds):
                yield from self._by_id(sheet, table)
            elif table is not None and sheet.key == CONTRIBUTIONS:
                yield from self._of_owners(sheet, (table, tables.get(ITEMS)))

    def _by_id(self, sheet: BookSheet, table: PlacedTable) -> Iterator[Change]:
        before = self._last.by_id(sheet)
        for row in table.rows:
            old = before.pop(row.text(sheet.identity), {})
            yield from self._differences(sheet, (old, row.values), row.place)
        for gone in before.values():
            yield from self._differences(sheet, (gone, {}), lambda _name: Place(sheet=table.title))

    def _of_owners(self, sheet: BookSheet, tables: tuple[PlacedTable, PlacedTable | None]) -> Iterator[Change]:
        """Yield the edits of what each owner answers for itself; the lead's are edits of the item."""
        table, items = tables
        leads = {row.text(Column.ID): lead(self._plan, row.text("owners")) for row in (items.rows if items else ())}
        before, seen = self._last.by_id(sheet), set[str]()
        for row in table.rows:
            item, department = row.text(Column.ITEM), row.text(Column.DEPARTMENT)
            key = row_key(sheet, row.values)
            old = before.get(key, {})
            named = {Column.ID: item, "number": row.values.get(Column.NUMBER) or old.get(Column.NUMBER)}
            for column in sheet.columns:
                pair = (old.get(column.name), row.values.get(column.name))
                same = pair[0] == pair[1] or (pair[1] is None and key in seen)
                if column.field and not same and column.name in self._last.columns.get(sheet.key, ()):
                    own = own_name(self._plan, column.name, department)
                    field = column.name if leads.get(item) == department else own
                    yield self._change(row.place(column.name), named, field, pair)
            before[key] = united(old, row.values) if key in seen else row.values
            seen.add(key)

    def _differences(self, sheet: BookSheet, rows: tuple[Row, Row], place: Callable[[str], Place]) -> Iterator[Change]:
        """Yield what differs between a row and what it was; of a new or deleted row all that it says."""
        old, new = rows
        known = self._last.columns.get(sheet.key, ()) if old else [column.name for column in sheet.columns]
        for column in sheet.columns:
            nothing = Tick.NO if column.kind == "tick" else column.blank
            pair = (old.get(column.name), new.get(column.name))
            told = pair[0] != pair[1] if old and new else pair not in ((None, nothing), (nothing, None), (None, None))
            if told and column.name in known:
                field = column.label if column.name.startswith("@") else column.name
                shown = (_word(column, pair[0]), _word(column, pair[1]))
                yield self._change(place(column.name), new or old, field, shown)

    def _by_row(self, sheet: BookSheet, rows: Iterable[Row]) -> Iterator[Change]:
        """Yield entries that came or went, told as one line of text each, and those whose members changed places."""
        old, new = self._entries(sheet, self._last.rows.get(sheet.key, ())), self._entries(sheet, rows)
        before = Counter(line for lines in old.values() for line in lines)
        now = Counter(line for lines in new.values() for line in lines)
        place = Place(sheet=sheet.title)
        yield from (self._change(place, {}, sheet.title, (line, None)) for line in (before - now).elements())
        yield from (self._change(place, {}, sheet.title, (None, line)) for line in (now - before).elements())
        for entry, lines in new.items():
            known = old.get(entry, [])
            if known != lines and Counter(known) == Counter(lines):
                yield self._change(place, {}, sheet.title, ("\n".join(known), "\n".join(lines)))

    def _entries(self, sheet: BookSheet, rows: Iterable[Row]) -> dict[tuple[FieldValue, ...], list[str]]:
        """Return the lines of each entry, in the order of its members."""
        found: dict[tuple[FieldValue, ...], list[str]] = defaultdict(list)
        for row in rows:
            found[tuple(row.get(name) for name in _ENTRY)].append(self._line(sheet, row))
        return found

    def _line(self, sheet: BookSheet, row: Row) -> str:
        shown = (encode(self._plan, column, row.get(column.name)) for column in sheet.columns)
        return wording("workbook.edits.separator").join(str(text) for text in shown if text is not None)

    def _change(self, place: Place, row: Row, field: str, values: tuple[FieldValue, FieldValue]) -> Change:
        return Change(
            at=self._at,
            kind=ChangeKind.EDITED,
            item=str(row.get(Column.ID) or ""),
            number=str(row.get("number") or ""),
            field=field,
            old=values[0],
            new=values[1],
            place=place._replace(file=self._file),
        )


def _word(column: BookColumn, value: FieldValue) -> FieldValue:
    """Return what the cell shows for a value of our own words."""
    return dict(column.words).get(str(value), value) or None if column.words else value
