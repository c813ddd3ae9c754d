"""What the plan's list says of fields besides the structural ones (一覧の欄): read by the rules of the forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from kohyo.definition.fields import item_fields, item_kind
from kohyo.errors import TextError
from kohyo.model.finding import Finding
from kohyo.model.plan import KEPT_PLANS, Plan
from kohyo.model.returned_book import Answers, Found, RawAnswer, RawSheet
from kohyo.model.tick import Tick
from kohyo.register.plan_list.list_row import ListCell, ListRow, ListValue
from kohyo.register.plan_list.readings_of_column import told_by_column
from kohyo.returns.validate import trust_sheet
from kohyo.text.normalise import key
from kohyo.text.ticks import parse_tick


def read_fields(plan: Plan, rows: Sequence[ListRow]) -> tuple[tuple[ListRow, ...], tuple[Finding, ...]]:
    """Return the rows with what their further cells say, and what of these cannot be read (K2), each at its cell.

    What is read otherwise than it is typed all down a column is told once (K320).
    An empty cell says nothing, and nor does a perspective's label. Of the ticks (改善の視点) the rule of the forms
    holds: where a row has a ○, its empty ones are 非該当; one that says 不明 says nothing.
    """
    asked = _as_the_office_reads(plan)
    read: list[ListRow] = []
    findings: list[Finding] = []
    for row in rows:
        cells = dict(_saying(plan, row.others))
        answers, wrong = trust_sheet(asked, _as_sheet(asked, row, cells), None) if cells else ((), [])
        read.append(replace(row, values=dict(_values(answers))))
        findings += wrong
    return tuple(read), tuple(told_by_column(findings))


@lru_cache(maxsize=KEPT_PLANS)
def _as_the_office_reads(plan: Plan) -> Plan:
    """Return the plan in which nothing is locked: what departments only see, the office's list may say."""
    fields = tuple(rule.model_copy(update={"readonly": False}) for rule in plan.fields)
    return plan.model_copy(update={"fields": fields})


def _as_sheet(plan: Plan, row: ListRow, cells: Mapping[str, ListCell]) -> RawSheet:
    days = {field.name for field in item_fields(plan) if field.type == "date"}
    answers = {
        name: RawAnswer(cell.place, cell.as_day() if name in days else cell.value, Found.BY_LABEL, cell.note)
        for name, cell in cells.items()
    }
    return RawSheet(row.place, "", item_kind(plan), answers)


def _values(answers: Sequence[Answers]) -> Iterator[tuple[str, ListValue]]:
    for sheet in answers:
        for name, answer in sheet.values.items():
            yield name, ListValue(answer.value, answer.place)


def _saying(plan: Plan, cells: Mapping[str, ListCell]) -> Iterator[tuple[str, ListCell]]:
    """Yield the cells that say something; of ticks the empty ones as well, where a ○ makes them 非該当."""
    labels = {field.name: _labels(plan, field.perspective) for field in item_fields(plan) if field.type == "tick"}
    said = {name: cell for name, cell in cells.items() if not cell.empty and key(cell.text) not in labels.get(name, ())}
    ticks = {name: _tick(cell) for name, cell in said.items() if name in labels}
    for name, cell in cells.items():
        if name in said:
            if ticks.get(name) is not Tick.UNKNOWN:
                yield name, cell
        elif name in labels and cell.empty and Tick.YES in ticks.values():
            yield name, cell


def _labels(plan: Plan, perspective: str) -> frozenset[str]:
    found = next(entry for entry in plan.perspectives if entry.key == perspective)
    return frozenset(key(word) for word in (found.name, found.label, found.list_label))


def _tick(cell: ListCell) -> Tick | None:
    """Return the tick in a cell, None where it is none: then the forms' rule says so."""
    try:
        return parse_tick(cell.value)
    except TextError:
        return None
