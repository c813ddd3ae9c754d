"""Reading the plan's own list (取組み一覧) out of lines of cells, wherever they came from.

One rule for a table with one heading and for the running text of the plan document: nothing counts before a
heading; the heading, repeated on every page, says which column is what; a band sets the goal (到達点) of what
follows; labels of perspectives are never ticks. A line that looks like an item and cannot be read is a finding, and
so is a column that says something and belongs to no field.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import NamedTuple

from kohyo.definition.fields import field_named, item_fields
from kohyo.definition.structure import OVERVIEW, structural_fields
from kohyo.messages import wording
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.numbering import ItemNumber
from kohyo.model.plan import KEPT_PLANS, Plan
from kohyo.model.raised import finding_of
from kohyo.register.plan_list.list_row import (
    Columns,
    ListCell,
    ListLine,
    ListRow,
    cell_of,
    goal_words,
    list_place,
    looks_like_item,
    read_row,
)
from kohyo.text.normalise import Key, key

_OPTIONAL = "goal"  # a list without this column says the goal in its bands and numbers


class ListReading(NamedTuple):
    """What was read: the items in the list's order, and what could not be read."""

    rows: tuple[ListRow, ...]
    findings: tuple[Finding, ...]


def read_list(plan: Plan, lines: Iterable[ListLine], source: Place = Place()) -> ListReading:
    """Read the items of a list; findings are K301 to K310 and K315.

    ``lines`` come in the file's order, those of one sheet together. Without a heading there are no rows and
    one finding (K301) about ``source``, the list as a whole.
    """
    reader = _Reader(plan)
    for line in lines:
        reader.take(line)
    if not reader.headed:
        reader.findings.append(finding_of(Code.K301, source, labels=_labels(plan)))
    return ListReading(tuple(reader.rows), (*reader.findings, *reader.strays.values()))


def heading_columns(plan: Plan, line: ListLine) -> Columns:
    """Return the column of each field that ``line`` names when it is a heading, else nothing.

    A column carries a field's label, that of the register, an alias or its code, in any order; all structural fields
    but the goal must be there.
    """
    names = _heading_names(plan)
    columns: dict[str, int] = {}
    for place, cell in enumerate(line):
        name = names.get(key(cell.text))
        if name is not None:
            columns.setdefault(name, place)
    return columns if set(_needed(plan)) <= columns.keys() else {}


def _needed(plan: Plan) -> tuple[str, ...]:
    """Return the fields without which a line is no heading."""
    return tuple(name for name in structural_fields(plan) if name != _OPTIONAL)


def text_lines(file: str, rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[ListLine]:
    """Give rows of plain text, each with its line counted from 1, their places in ``file``."""
    for number, cells in rows:
        place = Place(file, "", wording("text.list.line", line=number))
        yield tuple(ListCell(cell, place) for cell in cells) or (ListCell(None, place),)


class _Reader:
    """Walks down the lines and keeps what it is in the midst of: the sheet, its columns, the band."""

    def __init__(self, plan: Plan) -> None:
        self.rows: list[ListRow] = []
        self.findings: list[Finding] = []
        self.headed = False
        self._plan = plan
        self.strays: dict[Key, Finding] = {}
        self._sheet = ""
        self._columns: Columns = {}
        self._heading: ListLine = ()
        self._band: int | None = None
        self._seen: dict[ItemNumber, Place] = {}

    def take(self, line: ListLine) -> None:
        """Read the next line."""
        self._enter(line[0].place.sheet)
        columns = heading_columns(self._plan, line)
        if columns:
            self._columns, self._heading, self.headed = columns, line, True
        elif self._columns and not self._take_band(line) and looks_like_item(line, self._columns):
            self._take_item(line)

    def _enter(self, sheet: str) -> None:
        """Forget columns and band when another sheet begins."""
        if sheet != self._sheet:
            self._sheet, self._columns, self._band = sheet, {}, None

    def _take_band(self, line: ListLine) -> bool:
        filled = [cell for cell in line if not cell.empty]
        band = _band(self._plan, filled[0].text) if len(filled) == 1 else None
        if band is None:
            return False
        self._band = band[0]
        if not _known_band(self._plan, *band):
            self.findings.append(finding_of(Code.K309, *list_place(self._plan, "goal", filled[0])))
        return True

    def _take_item(self, line: ListLine) -> None:
        found = read_row(self._plan, line, self._columns)
        if isinstance(found, ListRow):
            found = self._under_its_goal(found)
            found = self._contradiction(found) or found
        if isinstance(found, Finding):
            self.findings.append(found)
        else:
            self._keep(found, line)
            self._note_strays(line)

    def _under_its_goal(self, row: ListRow) -> ListRow:
        """Return a row with the goal of its band, where neither its number nor a column names one."""
        if row.goal or not self._plan.goals:
            return row
        return replace(row, goal=self._band or 0)

    def _note_strays(self, line: ListLine) -> None:
        """Remember the columns that are no field's and say something; a perspective's label says nothing."""
        known = set(self._columns.values())
        labels = _silent_words(self._plan)
        for place, cell in enumerate(line):
            if place in known or cell.empty or key(cell.text) in labels:
                continue
            heading = self._heading[place] if place < len(self._heading) else ListCell(None, cell.place)
            title = heading.text.strip() or wording("text.list.no_heading")
            at = cell.place if heading.empty else heading.place
            self.strays.setdefault(key(title), finding_of(Code.K315, at, value=title, example=cell.text))

    def _contradiction(self, row: ListRow) -> Finding | None:
        """Return what speaks against the row among the lines before it: the same number, another goal's band."""
        number = ListCell(str(row.number), row.place)
        if row.number in self._seen:
            first = self._seen[row.number]
            return finding_of(
                Code.K304, *list_place(self._plan, "number", number), first=f"{first.sheet} {first.cell}".strip()
            )
        if row.goal == 0 and self._plan.goals:
            place, label, text = list_place(self._plan, "goal", ListCell("", row.place))
            return finding_of(Code.K306, place, label, text, number=str(row.number))
        if self._band not in (None, row.goal):
            band = ListCell(str(self._band), row.place)
            return finding_of(Code.K305, *list_place(self._plan, "goal", band), number=str(row.number))
        return None

    def _keep(self, row: ListRow, line: ListLine) -> None:
        self._seen[row.number] = row.place
        self.rows.append(row)
        if OVERVIEW in self._columns and (overview := cell_of(line, self._columns, OVERVIEW)).empty:
            self.findings.append(
                finding_of(Code.K307, *list_place(self._plan, OVERVIEW, overview), number=str(row.number))
            )


@lru_cache(maxsize=KEPT_PLANS)
def _heading_names(plan: Plan) -> dict[Key, str]:
    """Return the field that each heading means; a label goes before an alias, an alias before a code."""
    fields = item_fields(plan)
    words = (
        *((field.register_label, field.name) for field in fields),
        *((field.label, field.name) for field in fields),
        *((alias, field.name) for field in fields for alias in field.aliases),
        *((field.name, field.name) for field in fields),
    )
    found: dict[Key, str] = {}
    for word, name in words:
        found.setdefault(key(word), name)
    return found


@lru_cache(maxsize=KEPT_PLANS)
def _silent_words(plan: Plan) -> frozenset[Key]:
    """Return what the printed list repeats in every row: the perspectives' labels."""
    return frozenset(key(word) for entry in plan.perspectives for word in (entry.name, entry.label, entry.list_label))


def _labels(plan: Plan) -> str:
    labels = [field_named(plan, name).label for name in _needed(plan)]
    return wording("text.list.joiner").join(labels)


def _band(plan: Plan, text: str) -> tuple[int, str] | None:
    """Return code and name when ``text`` is a goal's band: the field's label, the code, and perhaps a name."""
    if not plan.goals:
        return None
    label = re.escape(unicodedata.normalize("NFKC", field_named(plan, "goal").label))
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix(_going_on())
    found = re.fullmatch(rf"{label}\s*([0-9]+)(.*)", plain, re.DOTALL)
    return (int(found[1]), found[2]) if found else None


@cache
def _going_on() -> str:
    """Return what our own tables add to a band that they say again on a later page (続き)."""
    return unicodedata.normalize("NFKC", wording("tables.page.continued", band=""))


def _known_band(plan: Plan, code: int, name: str) -> bool:
    """Tell whether a band names a goal of the plan by its code and, where it has one, its name."""
    for goal in plan.goals:
        if goal.code == code:
            return not name.strip() or key(name) in {key(word) for word in goal_words(goal)}
    return False
