"""Send up (上申): the return for the level above, out of this register; only what its form asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kohyo.definition.fields import FormField, item_fields
from kohyo.errors import FileError, UsageError
from kohyo.excel.form.form_of_above import AskedSheet, asked_sheets, is_form, place_of, write_answers
from kohyo.excel.form.sheet_content import shown
from kohyo.excel.ooxml.cell_reference import Position
from kohyo.excel.ooxml.worker import Reader
from kohyo.messages import located, wording
from kohyo.model.answer import is_nothing
from kohyo.model.finding import Place
from kohyo.model.item import Item
from kohyo.model.origin import Passed
from kohyo.model.value import RawValue
from kohyo.returns.parse_value import show_value
from kohyo.text.normalise import key
from kohyo.workspace.folder import Location, Name
from kohyo.workspace.passwords import kept_passwords
from kohyo.workspace.provenance import Provenance
from kohyo.workspace.session import Session, row_faults, session, stop_if_broken


@dataclass(frozen=True)
class SentUp:
    """The return that was written: items answered, cells filled in, cells that held the value already.

    ``unknown`` are items of the form that this register does not have, as the form calls them; ``open_conflicts`` the
    questions here that nobody has decided, whose fields went up as they stand.
    """

    path: Path
    items: int
    filled: int
    same: int
    unknown: tuple[str, ...] = ()
    open_conflicts: int = 0

    @property
    def needs_person(self) -> bool:
        """Tell whether somebody must look before it is sent."""
        return bool(self.unknown) or bool(self.open_conflicts)


def send_up(root: Location, form: Name, now: datetime | None = None) -> SentUp:
    """Write into 上申 a copy of ``form``, which the level above sent, answered from the register.

    An item is the form's by its number and its title; a field by its name. What the form does not ask for is not told.
    The form stays as it is, and what the register knows nothing of stays as the form has it. Raises UsageError for
    what is no form, FileError when it or the register cannot be read or the copy cannot be written.
    """
    form = Path(form)
    with session(root, "send-up", now) as current, Reader(passwords=kept_passwords()) as reader:
        stop_if_broken(current, row_faults(current))
        sheets = _sheets(form, reader)
        answers = _Answers(current, Provenance(current, reader))
        known = {sheet.tab: answers.item_of(sheet) for sheet in sheets}
        cells = {sheet.tab: answers.cells(sheet, item) for sheet in sheets if (item := known[sheet.tab])}
        target = current.workspace.root / wording("scale.files.sent_up") / form.name
        if target.resolve() == form.resolve():
            raise UsageError("sent_up_itself", path=form)
        _write(current, form, target, cells, answers.passed)
        unknown = tuple(wording("scale.item", number=s.number, title=s.title) for s in sheets if not known[s.tab])
        return SentUp(target, len(cells), *answers.counts, unknown, len(current.register.open_questions))


def _sheets(form: Path, reader: Reader) -> Sequence[AskedSheet]:
    if not form.is_file():
        raise FileError("unreadable", path=form)
    result = reader.read(form)
    if result.book is None:
        raise FileError("form_unreadable", path=form, why=located(result.finding) if result.finding else "")
    sheets = asked_sheets(form, result.book) if is_form(result.book) else ()
    if not sheets:
        raise UsageError("no_form_of_above", path=form)
    return sheets


def _write(
    current: Session,
    form: Path,
    target: Path,
    cells: Mapping[str, Mapping[Position, RawValue]],
    passed: Sequence[Passed],
) -> None:
    try:
        write_answers(form, current.files.place(target), cells, passed)
    except FileError as error:
        if error.key == "unwritable":
            raise
        raise FileError("form_unreadable", path=form, why="") from error


class _Answers:
    """What the register says to the sheets of the form."""

    def __init__(self, current: Session, provenance: Provenance) -> None:
        self._current = current
        self._provenance = provenance
        self._fields = {field.name: field for field in item_fields(current.plan)}
        self._items = {key(str(item.number)): item for item in current.register.current}
        self.passed: list[Passed] = []
        self._filled = self._same = 0

    @property
    def counts(self) -> tuple[int, int]:
        """How many cells were filled in, and how many held the value already."""
        return self._filled, self._same

    def item_of(self, sheet: AskedSheet) -> Item | None:
        """Return the register's item with the sheet's number and title, None where it has none."""
        item = self._items.get(key(sheet.number))
        return item if item is not None and key(item.title) == key(sheet.title) else None

    def cells(self, sheet: AskedSheet, item: Item) -> dict[Position, RawValue]:
        """Return what is written into which cell of a sheet."""
        found: dict[Position, RawValue] = {}
        for field, cell, value in self._told(sheet, item):
            place = Place("", sheet.tab, place_of(cell))
            text = show_value(item.values.get(field.name))
            origins = self._provenance.of(item, field.name)
            if origins:
                self.passed.append(Passed(place, str(item.number), field.register_label, text, origins))
            if sheet.stands[field.name] == value:
                self._same += 1
            else:
                found[cell] = value
                self._filled += 1
        return found

    def _told(self, sheet: AskedSheet, item: Item) -> Iterator[tuple[FormField, Position, RawValue]]:
        """Yield the fields that the sheet asks for and the register knows, in the order of the sheet."""
        for name, cell in sorted(sheet.cells.items(), key=lambda entry: entry[1]):
            field = self._fields.get(name)
            if field is not None and not is_nothing(item.values.get(name)):
                yield field, cell, shown(self._current.plan, field, item.values[name])
