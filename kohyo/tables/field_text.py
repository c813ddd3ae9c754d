"""Values of fields (欄の値) as tables show them: to people as printed, to machines as one value a cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from kohyo.definition.fields import FormField, goal_choice
from kohyo.messages import wording
from kohyo.model.plan import Plan
from kohyo.model.table import Column, Holds, Names, Scalar
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue
from kohyo.text.dates import show_date
from kohyo.text.numbers import show_number
from kohyo.text.ticks import show_tick

Values = Mapping[str, FieldValue]

_SHORT_TEXT = 20
_SHORT_CHOICE = 14
_LEAST_CHOICE, _MOST_CHOICE = 4.6, 10.0
_HOLDS: Mapping[str, Holds] = {"integer": "count", "decimal": "amount", "goal": "count"}
_NARROW = ("integer", "decimal", "date", "number")


def show_field(plan: Plan, field: FormField, value: FieldValue) -> str:
    """Return a value as a table prints it: ▲1,200, 令和6年6月3日, a goal with its name; nothing as empty."""
    if value is None:
        return ""
    if isinstance(value, Tick):
        return show_tick(value)
    if isinstance(value, date):
        return show_date(value)
    if field.type == "goal" and value in {goal.code for goal in plan.goals}:
        return goal_choice(plan, int(str(value)))
    return value if isinstance(value, str) else show_number(value)


def is_short(field: FormField) -> bool:
    """Tell whether a field's values take little room: figures, dates, few letters."""
    if field.type == "select_one":
        return max(map(len, field.choices), default=0) <= _SHORT_CHOICE
    return field.type in _NARROW or (field.type == "text" and 0 < field.max_length <= _SHORT_TEXT)


def choice_width(field: FormField) -> float:
    """Return how wide a column is that holds any of a field's choices on one line."""
    longest = max(map(len, field.choices), default=0)
    return min(max(longest + 1.8, _LEAST_CHOICE), _MOST_CHOICE)


def _labelled(plan: Plan, field: FormField, value: FieldValue) -> str:
    """Return label and value as one line."""
    return wording("printed.line", label=field.label, value=show_field(plan, field, value))


def labelled_lines(plan: Plan, fields: Sequence[FormField], values: Values) -> str:
    """Return what the fields say, a line each; short ones that follow each other share one, empty ones are left out.

    Of ticks only the perspectives that apply are named.
    """
    shown: list[str] = []
    after_short = False
    for field in fields:
        value = values.get(field.name)
        if value in (None, "") or field.type == "tick":
            continue
        if after_short and is_short(field):
            shown[-1] += wording("printed.beside") + _labelled(plan, field, value)
        else:
            shown.append(_labelled(plan, field, value))
        after_short = is_short(field)
    if ticked := ticked_labels(fields, values):
        shown.append(wording("printed.line", label=wording("tables.heads.perspectives"), value=ticked))
    return "\n".join(shown)


def labelled_line(plan: Plan, fields: Sequence[FormField], values: Values) -> str:
    """Return what ``labelled_lines`` says on one line, for rows of which there may be many."""
    return labelled_lines(plan, fields, values).replace("\n", wording("printed.hearing.apart"))


def labelled_values(plan: Plan, fields: Sequence[FormField], values: Values) -> Iterator[tuple[str, str]]:
    """Yield what ``labelled_lines`` says as label and value, one value each, for machines.

    Figures have no thousands marks there, days are 2024-06-03.
    """
    for field in fields:
        value = values.get(field.name)
        if value not in (None, "") and field.type != "tick":
            plain = isinstance(value, (int, float, date)) and field.type != "goal"
            yield field.label, str(_scalar(value)) if plain else show_field(plan, field, value)
    for field in fields:
        if field.type == "tick" and values.get(field.name) is Tick.YES:
            yield wording("tables.heads.perspectives"), field.label


def ticked_labels(fields: Sequence[FormField], values: Values) -> str:
    """Return the labels of the perspectives that apply, joined."""
    yes = [field.label for field in fields if field.type == "tick" and values.get(field.name) is Tick.YES]
    return wording("text.list.joiner").join(yes)


def record_columns(fields: Sequence[FormField]) -> tuple[Column, ...]:
    """Return the machine-readable columns of fields: a date has two, a goal its code and its name."""
    return tuple(column for field in fields for column in _record_columns(field))


def _record_columns(field: FormField) -> Iterator[Column]:
    names: Names = "owners" if field.type == "departments" else ""
    yield Column(
        field.name, field.register_label, 10, holds=_HOLDS.get(field.type, "text"), unit=field.unit, names=names
    )
    if field.type in ("date", "goal"):
        yield Column(f"{field.name}_shown", wording("printed.shown", label=field.register_label), 10)


def record_values(plan: Plan, fields: Sequence[FormField], values: Values) -> dict[str, Scalar]:
    """Return the values of ``record_columns``: figures as figures, dates as 2024-06-03 and as they are printed."""
    found: dict[str, Scalar] = {}
    for field in fields:
        value = values.get(field.name)
        found[field.name] = _scalar(value)
        if field.type in ("date", "goal"):
            found[f"{field.name}_shown"] = show_field(plan, field, value) or None
    return found


def _scalar(value: FieldValue) -> Scalar:
    if isinstance(value, Tick):
        return show_tick(value)
    return value.isoformat() if isinstance(value, date) else value
