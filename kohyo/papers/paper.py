"""A paper (文書) as a value: its name, the template that words it, and the fields that the template may use.

Field names in templates are Japanese, so that whoever edits one in Word reads them: they lie in
``data/wording/papers.toml`` under the names used here. What is empty is left out by the template.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from kohyo.messages import section, wording
from kohyo.model.plan import Plan
from kohyo.model.table import Table
from kohyo.tables.plan_words import in_plan_words
from kohyo.text.dates import show_date, show_weekday

Record: TypeAlias = Mapping[str, "str | Table"]
"""One row of a list of a paper: field to text, or to a table."""

Filling: TypeAlias = "str | Table | Sequence[Record]"
"""What a field of a paper holds: a text, a table, or rows; empty means that there is nothing to tell."""

Schema: TypeAlias = "Mapping[str, Schema | None]"
"""The fields that a template may use, by their Japanese names; of a list the fields of its rows."""

_COMMON = "common"
_LIST = "list"
_TABLE = "table"


@dataclass(frozen=True)
class Paper:
    """A paper: what it is called (調査依頼文), the name of its own file (with the department), template, fields.

    ``template`` is the key of a shipped template; ``title`` stands in the document's properties.
    """

    name: str
    file: str
    template: str
    title: str
    fields: Mapping[str, Filling]
    own_template: str = ""
    """Name of a template of the office that goes before the one called as the paper, if there is such a file."""
    day: date | None = None
    """The day that it bears; None of a paper that bears none, which is always as the register is now."""
    form: str | None = None
    """Control number of the form that it goes out with, empty before that goes out; None of what goes with no form."""
    closes: date | None = None
    """The day after which nobody has any use of it."""

    @property
    def too_late(self) -> tuple[date, date] | None:
        """Return its deadline and the day that it bears, where that is the later one."""
        if self.closes is None or self.day is None or self.day <= self.closes:
            return None
        return self.closes, self.day


def worded_for(plan: Plan, paper: Paper) -> Paper:
    """Return a paper whose tables call an item's fields as the plan does."""
    return replace(paper, fields={name: _worded(plan, value) for name, value in paper.fields.items()})


def _worded(plan: Plan, value: Filling) -> Filling:
    if isinstance(value, Table):
        return in_plan_words(plan, value)
    if isinstance(value, str):
        return value
    return [
        {name: in_plan_words(plan, one) if isinstance(one, Table) else one for name, one in row.items()}
        for row in value
    ]


def paper_name(key: str, **fields: object) -> str:
    """Return what people call the paper with this key."""
    return wording(f"papers.names.{key}", **fields)


def phrase(key: str, **fields: object) -> str:
    """Return a wording of the papers."""
    return wording(f"papers.{key}", **fields)


def again_named(name: str, times: int) -> str:
    """Return the name of what goes out for the second time or more, with the times."""
    return phrase("files.again", name=name, times=times) if times > 1 else name


def named_by_day(paper: Paper, day: date) -> Paper:
    """Return a paper whose file is named after the day that it bears, so that one of another day is another file."""
    return replace(paper, file=phrase("files.of_day", name=paper.file, day=day.isoformat()), day=day)


def show_day(day: date) -> str:
    """Return a day with its weekday (令和6年6月14日（金）)."""
    return phrase("days", day=show_date(day), weekday=show_weekday(day))


def templates() -> tuple[str, ...]:
    """Return the keys of all templates."""
    return tuple(key for key in section("papers")["fields"] if key != _COMMON)


def schema(template: str) -> Schema:
    """Return the fields that a template may use, by their Japanese names."""
    words = section("papers")["fields"]
    found: dict[str, Schema | None] = {}
    for name in (*words[_COMMON].values(), *words[template].values()):
        if isinstance(name, str):
            found[name] = None
        else:
            found[name[_LIST]] = {label: None for key, label in name.items() if key != _LIST}
    return found


def table_names(template: str) -> frozenset[str]:
    """Return the Japanese names of the fields of a template that hold a table."""
    lists = (name for name in section("papers")["fields"][template].values() if not isinstance(name, str))
    return frozenset(label for fields in lists for key, label in fields.items() if key == _TABLE)


def named(template: str, fields: Mapping[str, Filling]) -> dict[str, object]:
    """Return fields under their Japanese names; raise KeyError for a field that the wordings do not know."""
    words = {**section("papers")["fields"][_COMMON], **section("papers")["fields"][template]}
    found: dict[str, object] = {}
    for key, value in fields.items():
        label = words[key]
        if isinstance(label, str):
            found[label] = value
        elif isinstance(value, Sequence) and not isinstance(value, str):
            found[label[_LIST]] = [{label[name]: entry for name, entry in row.items()} for row in value]
    return found
