"""One line of the plan's list (取組み一覧): a line of cells becomes an item's row or a finding, never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from kohyo.definition.departments import owners
from kohyo.definition.fields import field_named
from kohyo.definition.structure import STRUCTURAL_FIELDS
from kohyo.errors import TextError
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.numbering import ItemNumber, names_goal
from kohyo.model.plan import Goal, Plan
from kohyo.model.raised import finding_of
from kohyo.model.value import FieldValue, RawValue
from kohyo.text.normalise import key
from kohyo.text.open_data import was_a_number

_NUMBER_LIKE = re.compile(r"[0-9]+[-.][0-9]+")


class ListCell(NamedTuple):
    """One cell of a line: what stood in it, and where; ``note`` is what a workbook's cell hid (see ``RawAnswer``).

    ``days_less`` are the days by which the bare number of a day counts less in its workbook (1904年から計算する).
    """

    value: RawValue
    place: Place
    note: str = ""
    days_less: int = 0

    @property
    def text(self) -> str:
        """The value as text; a workbook keeps every number as a float, so 2.0 reads as 2."""
        if isinstance(self.value, float) and self.value.is_integer():
            return str(int(self.value))
        return "" if self.value is None else str(self.value)

    def as_day(self) -> RawValue:
        """Return what stood in it where a day is asked for: a bare number counts as other workbooks count days."""
        bare = isinstance(self.value, (int, float)) and not isinstance(self.value, bool)
        return self.value + self.days_less if bare else self.value  # type: ignore[operator] # it is a number

    @property
    def empty(self) -> bool:
        """Whether nothing but white space stands here."""
        return not self.text.strip() and not self.note


ListLine: TypeAlias = Sequence[ListCell]
"""One line of a list, its cells from the left; never without a cell."""

Columns: TypeAlias = Mapping[str, int]
"""Which column holds which field of the item sheet, from 0."""


class ListValue(NamedTuple):
    """A value that the list gives a field, and where it stood."""

    value: FieldValue
    place: Place


@dataclass(frozen=True)
class ListRow:
    """One item as the list has it: title and overview letter by letter, owners (所管部) as printed.

    ``others`` are the cells of all other fields that the list has a column for, ``values`` what was read of them.
    """

    number: ItemNumber
    goal: int
    title: str
    overview: str
    owners: str
    place: Place
    others: Mapping[str, ListCell] = field(default_factory=dict)
    values: Mapping[str, ListValue] = field(default_factory=dict)


def looks_like_item(line: ListLine, columns: Columns) -> bool:
    """Tell whether a line means an item: something like a number in its place, or a title with its owners."""
    if _NUMBER_LIKE.match(key(cell_of(line, columns, "number").text)):
        return True
    return not (cell_of(line, columns, "title").empty or cell_of(line, columns, "owners").empty)


def read_row(plan: Plan, line: ListLine, columns: Columns) -> ListRow | Finding:
    """Return the item of a line, or the first reason why it cannot be read (K302, K303, K305, K306, K308, K310)."""
    problem = next(_problems(plan, line, columns), None)
    if problem is not None:
        return problem
    cells = {name: cell_of(line, columns, name) for name in columns}
    number = ItemNumber.parse(key(cells["number"].text), plan.plan.numbering)
    return ListRow(
        number=number,
        goal=number.goal or _goal_said(plan, cells["goal"].text if "goal" in cells else "") or _only_goal(plan),
        title=cells["title"].text,
        overview=cells["overview"].text if "overview" in cells else "",
        owners=cells["owners"].text.strip(),
        place=cells["number"].place,
        others={name: cell for name, cell in cells.items() if name not in STRUCTURAL_FIELDS},
    )


def cell_of(line: ListLine, columns: Columns, name: str) -> ListCell:
    """Return the cell of a field; where the line ends before it, an empty one at the line's beginning."""
    place = columns[name]
    return line[place] if place < len(line) else ListCell(None, line[0].place)


def list_place(plan: Plan, name: str, cell: ListCell) -> tuple[Place, str, str]:
    """Return what every finding about a field at its cell tells: where it is, its name, what stands there."""
    return cell.place, field_named(plan, name).label, cell.text


def goal_words(goal: Goal) -> tuple[str, ...]:
    """Return every name that a list may give a goal (到達点)."""
    return (goal.name, goal.list_name, *goal.aliases)


def _problems(plan: Plan, line: ListLine, columns: Columns) -> Iterator[Finding]:
    number = cell_of(line, columns, "number")
    try:
        parsed = ItemNumber.parse(key(number.text), plan.plan.numbering)
    except ValueError:
        code: Literal[Code.K302, Code.K308] = Code.K308 if _is_day(number) else Code.K302
        yield finding_of(code, *list_place(plan, "number", number), example=_example(plan))
        return
    if len(line) <= max(place for name, place in columns.items() if name in STRUCTURAL_FIELDS):
        yield finding_of(Code.K303, *list_place(plan, "number", number))
    if plan.goals:
        yield from _goal_problems(plan, line, columns, parsed)
    for name in ("title", "owners"):
        if cell_of(line, columns, name).empty:
            yield finding_of(Code.K306, *list_place(plan, name, cell_of(line, columns, name)), number=str(parsed))
    yield from _owner_problems(plan, cell_of(line, columns, "owners"))


def _example(plan: Plan) -> str:
    """Return a number as the plan spells its numbers."""
    pattern = plan.plan.numbering
    return str(ItemNumber(int(names_goal(pattern)), 24, pattern))


def _goal_problems(plan: Plan, line: ListLine, columns: Columns, number: ItemNumber) -> Iterator[Finding]:
    """Compare the number's goal with the plan's goals and with what the goal's own column says."""
    cell = cell_of(line, columns, "goal" if "goal" in columns else "number")
    if not names_goal(plan.plan.numbering):
        if "goal" in columns and not cell.empty and _goal_said(plan, cell.text) is None:
            yield finding_of(Code.K305, *list_place(plan, "goal", cell), number=str(number))
        return
    said = number.goal if "goal" not in columns or cell.empty else _goal_said(plan, cell.text)
    if said != number.goal or number.goal not in {goal.code for goal in plan.goals}:
        yield finding_of(Code.K305, *list_place(plan, "goal", cell), number=str(number))


def _goal_said(plan: Plan, text: str) -> int | None:
    """Read a goal as lists write it: its code, its name, or both."""
    if not plan.goals:
        return None
    plain = key(text).removeprefix(key(field_named(plan, "goal").label))
    for goal in plan.goals:
        names = [key(word) for word in goal_words(goal)]
        if plain in {str(goal.code), *names, *(f"{goal.code}{name}" for name in names)}:
            return goal.code
    return None


def _only_goal(plan: Plan) -> int:
    """Return the goal of a plan that has one alone, 0 where a list must say which."""
    return plan.goals[0].code if len(plan.goals) == 1 else 0


def _owner_problems(plan: Plan, cell: ListCell) -> Iterator[Finding]:
    try:
        owners(plan, cell.text.strip())
    except TextError as error:
        yield finding_of(Code.K310, *list_place(plan, "owners", cell), unknown=str(error.text))


def _is_day(cell: ListCell) -> bool:
    """Tell whether Excel made a day of a number: in a workbook, or in a CSV that it saved (1月24日)."""
    return isinstance(cell.value, date) or was_a_number(cell.text.strip())
