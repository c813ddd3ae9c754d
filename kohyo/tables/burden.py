"""What the forms cost (記入の量) as tables for the secretariat: by department, by question, and what is said twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kohyo.definition.fields import field_named
from kohyo.messages import wording
from kohyo.model.burden import Burden, Entry, KnownAnswers, Repeated, Similar
from kohyo.model.plan import Plan
from kohyo.model.table import Cell, Mark, Row, Scalar, Table
from kohyo.tables.field_text import show_field
from kohyo.tables.reports import report_columns, report_table
from kohyo.text.cell_text import cut

_LONGEST = 60
"""Characters of an answer that are shown; the form holds the whole."""

_MOST = 3
"""How many different answers to a question are shown."""

_MARKS: Mapping[str, Mark] = {"department": "title", "field": "title", "share": "count", "number": "number"}

Record = Mapping[str, Scalar]


def burden_tables(
    plan: Plan,
    burdens: Sequence[Burden],
    known: Sequence[KnownAnswers],
    repeated: Sequence[Repeated],
    similar: Sequence[Similar],
) -> tuple[Table, ...]:
    """Return the tables of 記入の量; ``plan`` is the view of the survey whose forms they tell of."""
    form = plan.plan.survey_form_name
    return (
        _table("burden", [_burden(entry) for entry in burdens], form),
        _table("known", [_known(plan, entry) for entry in known], form),
        _table("repeated", list(_repeated(plan, repeated)), form),
        _table("similar", [_similar(pair) for pair in similar], form),
    )


def _table(name: str, records: Sequence[Record], said: str) -> Table:
    columns = report_columns(name)
    counts = {column.key for column in columns if column.holds == "count"}
    rows = [
        Row(
            tuple(
                Cell(record[column.key], _MARKS.get(column.key, "count" if column.key in counts else ""))
                for column in columns
            )
        )
        for record in records
    ]
    return report_table(name, rows, records, said=said, landscape=name != "burden")


def _burden(entry: Burden) -> Record:
    return {
        "department": entry.department,
        "to_type": entry.to_type,
        "prefilled": entry.prefilled,
        "share": entry.share,
    }


def _known(plan: Plan, entry: KnownAnswers) -> Record:
    field = field_named(plan, entry.field)
    shown = [cut(show_field(plan, field, value), _LONGEST) for value in entry.values[:_MOST]]
    more = [wording("report.known.more", count=len(entry.values) - _MOST)] if len(entry.values) > _MOST else []
    return {
        "department": entry.department,
        "field": field.register_label,
        "sheets": entry.sheets,
        "filled": entry.filled,
        "beside": entry.beside,
        "values": wording("report.known.joiner").join((*shown, *more)),
    }


def _repeated(plan: Plan, repeated: Sequence[Repeated]) -> Iterator[Record]:
    for entry in repeated:
        yield {
            "department": entry.department,
            "number": entry.number,
            "title": entry.title,
            "field": field_named(plan, entry.field).register_label,
            "text": entry.text,
        }


def _similar(pair: Similar) -> Record:
    joiner = wording("text.list.joiner")

    def said(entry: Entry, place: str) -> Record:
        departments = joiner.join(entry.departments)
        return {f"number_{place}": entry.number, f"title_{place}": entry.title, f"departments_{place}": departments}

    return {"share": pair.share, **said(pair.one, "one"), **said(pair.other, "other")}
