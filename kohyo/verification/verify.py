"""Verification of a register (検証): every cell of 項目 and 部別回答 against what the records justify."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from kohyo.definition.departments import lead, now_called
from kohyo.definition.fields import FormField, register_fields
from kohyo.excel.register_book.book_sheet import CONTRIBUTIONS, ITEMS, BookColumn, BookSheet
from kohyo.excel.register_book.register_columns import book_sheets
from kohyo.messages import section, wording
from kohyo.model.plan import Plan
from kohyo.text.normalise import key
from kohyo.verification.justification import justified, last_act, voices
from kohyo.verification.plain_sheet import PlainBook
from kohyo.verification.records import NOTHING, Done, Records, Said

_CHOICES = ("tick", "select_one")
_FIGURES = ("integer", "decimal", "goal")
_KEPT = ("number", "goal", "owners")
"""What no answer changes; like what kohyo notes itself, it is as it was last saved."""
_ISO_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})T[\d:.]+Z?")


@dataclass(frozen=True)
class Unjustified:
    """A cell that nothing said or done explains: where it is, what stands there and what would be justified."""

    sheet: str
    cell: str
    field: str
    stands: str
    expected: str


@dataclass(frozen=True)
class Verification:
    """How many items and cells were recomputed, and those that cannot be justified."""

    items: int
    cells: int
    unjustified: tuple[Unjustified, ...]


def verify_register(path: Path, plan: Plan, records: Records) -> Verification:
    """Recompute the register at ``path``; raise FileError when it cannot be read at all."""
    run = _Run(plan, records)
    book = PlainBook(path)
    items = list(run.items(book))
    own = list(run.contributions(book))
    checked = [*items, *own, *run.lost()]
    wrong = tuple(found for found in checked if found.stands != found.expected)
    return Verification(len(run.owners), len(checked), wrong)


class _Run:
    """One verification: the records by what they are about."""

    def __init__(self, plan: Plan, records: Records) -> None:
        self._plan, self._records = plan, records
        self._fields = {field.name: field for field in register_fields(plan)}
        self._reworded = tuple(field for field in self._fields.values() if field.former_choices)
        self._sheets = {sheet.key: sheet for sheet in book_sheets(plan)}
        self._history: dict[tuple[str, str], list[Done]] = defaultdict(list)
        for row in records.history:
            name = self._todays_name(row.field)
            told = replace(row, old=self._today(name, row.old), new=self._today(name, row.new))
            self._history[row.item, name].append(told)
        self._said: dict[tuple[str, str], list[Said]] = defaultdict(list)
        for said in records.answers:
            value, base = (self._today(said.field, text) for text in (said.value, said.base))
            owner = now_called(plan, said.department)
            self._said[said.item, said.field].append(replace(said, department=owner, value=value, base=base))
        self._shown_first: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for (department, item, name), value in records.shown.items():
            self._shown_first[item, name].setdefault(now_called(plan, department), self._today(name, value))
        asking = (said for said in records.answers if said.state in ("changed", "emptied") and not said.from_cover)
        self._touched = frozenset((said.sha256, said.item) for said in asking)
        self.owners: dict[str, str] = {}
        self._seen: set[tuple[str, str, str]] = set()

    def _todays_name(self, field: str) -> str:
        """Return what the history calls an owner's own field, under the label that the field has today."""
        for known in self._fields.values():
            for label in known.former if known.each else ():
                then, now = (_own_start(name) for name in (label, known.register_label))
                if field.startswith(then):
                    return now + field[len(then) :]
        return field

    def _today(self, name: str, text: str) -> str:
        """Return a choice of the past as the definition calls it today."""
        for field in self._reworded:
            own = _own_start(field.register_label)
            if name == field.name or (field.each and name.startswith(own)):
                return dict(field.former_choices).get(key(text), text)
        return text

    def items(self, book: PlainBook) -> Iterator[Unjustified]:
        """Yield every cell of 項目 with what stands there and what is justified."""
        sheet = self._sheets[ITEMS]
        rows = [(number, cells, cells[_label(sheet, "@id")][1]) for number, cells in book.table(*_named(sheet, "@id"))]
        for number, cells, item in rows:
            self.owners[item] = cells.get(_label(sheet, "owners"), ("", ""))[1]
            for column in sheet.columns:
                field = self._fields.get(column.name)
                if column.label not in cells:
                    continue
                letters, text = cells[column.label]
                self._seen.add((ITEMS, item, column.name))
                if field is None or column.name in _KEPT:
                    expected = _plain(column, self._records.last.get((ITEMS, item, column.name), ""))
                else:
                    expected = self._justified(item, field, self._lead(item) if field.each else "")
                place = (sheet.title, f"{letters}{number}", column.label)
                yield Unjustified(*place, _shown(book, column, text), expected)

    def contributions(self, book: PlainBook) -> Iterator[Unjustified]:
        """Yield every answer in 部別回答."""
        sheet = self._sheets[CONTRIBUTIONS]
        for number, cells in book.table(*_named(sheet, "@item")):
            item, department = (cells[_label(sheet, name)][1] for name in ("@item", "@department"))
            for column in sheet.columns:
                if (field := self._fields.get(column.name)) and column.label in cells:
                    letters, text = cells[column.label]
                    self._seen.add((CONTRIBUTIONS, f"{item}/{department}", column.name))
                    unsaid = text in NOTHING and self._never_said(item, field, department)
                    expected = "" if unsaid else self._justified(item, field, department)
                    yield Unjustified(
                        sheet.title, f"{letters}{number}", column.label, _shown(book, column, text), expected
                    )

    def _never_said(self, item: str, field: FormField, department: str) -> bool:
        """Tell whether the lead was never heard on a field: what a list brought stands in the item alone."""
        return department == self._lead(item) and not any(
            said.department == department for said in self._said[item, field.name]
        )

    def lost(self) -> Iterator[Unjustified]:
        """Yield what the register held when it was last saved and of which no row stands any more."""
        for sheet, row, name in self._records.last:
            if sheet in (ITEMS, CONTRIBUTIONS) and name in self._fields and (sheet, row, name) not in self._seen:
                title = self._sheets[sheet].title
                kept = self._records.last[sheet, row, name]
                if kept not in NOTHING:
                    yield Unjustified(title, row, self._fields[name].register_label, "", kept)

    def _lead(self, item: str) -> str:
        return lead(self._plan, self.owners.get(item, ""))

    def _justified(self, item: str, field: FormField, whose: str) -> str:
        """Return the justified value of a field: of all who speak, or of the one whose field it is."""
        name = field.name
        said: Iterable[Said] = self._said[item, field.name]
        if whose or field.each:
            said = [replace(answer, leads=True) for answer in said if answer.department == whose]
            if whose != self._lead(item):
                name = wording("text.own_field", field=field.register_label, department=whose)
        rows = (
            [_ticked(row) for row in self._history[item, name]] if field.type == "tick" else self._history[item, name]
        )
        act = last_act(rows, self._start(item, field, whose), self._records.files, self._records.since)
        return justified(act, voices(said, self._touched), choice=field.type in _CHOICES and not field.each)

    def _start(self, item: str, field: FormField, whose: str) -> str:
        """Return what a field held before anybody did anything to it: what the first form showed, or the last state."""
        shown = self._shown_first[item, field.name]
        for department, value in shown.items():
            if whose in ("", department):
                return value
        return "" if field.each else self._records.last.get((ITEMS, item, field.name), "")


def _shown(book: PlainBook, column: BookColumn, text: str) -> str:
    """Return the text of a cell as the value that it shows."""
    kind = column.field.type if column.field else ""
    if column.kind == "tick":
        words = {word: name for name, word in section("workbook")["tick"].items()}
        name = words.get(text)
        return str(section("text")["ticks"][f"show_{name}"]) if name else text
    if kind == "date":
        return _day(book, text)
    return _figure(text) if kind in _FIGURES else text


def _day(book: PlainBook, text: str) -> str:
    """Return a day that the workbook counts, or spells as Strict Open XML does, as it is kept."""
    if text.replace(".", "", 1).isdigit():
        return (book.day_0 + timedelta(days=int(float(text)))).isoformat()
    spelled = _ISO_DAY.fullmatch(text)
    return spelled[1] if spelled else text


def _plain(column: BookColumn, value: str) -> str:
    """Return a kept value as the cell shows it: by its word, a tick that nobody knows of as such."""
    if column.words:
        return dict(column.words).get(value or str(column.blank or ""), value)
    return value


def _own_start(label: str) -> str:
    return wording("text.own_field", field=label, department="\0").partition("\0")[0]


def _figure(text: str) -> str:
    try:
        number = float(text)
    except ValueError:
        return text
    return str(int(number)) if number.is_integer() else str(number)


def _ticked(row: Done) -> Done:
    """Return a row about a tick with － where the history shows nothing."""
    no = section("text")["ticks"]["show_no"]
    return replace(row, old=row.old or no, new=row.new or no)


def _label(sheet: BookSheet, name: str) -> str:
    return sheet.column(name).label


def _named(sheet: BookSheet, name: str) -> tuple[str, str]:
    return sheet.title, _label(sheet, name)
