"""Contradictions in the texts of a definition: what neither a workbook nor a reader could keep apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kohyo.definition.problems import Loc, Problem
from kohyo.messages import section
from kohyo.model.plan import Plan
from kohyo.text.cell_text import CELL_LIMIT, is_unprintable, units
from kohyo.text.normalise import key

HINT_LIMIT = 255
"""What Excel shows beside a cell (入力時メッセージ)."""

FONT_LIMIT = 31
"""What a workbook's schema takes of a font's name (フォント)."""

_NO_FONT = re.compile(r'["&,\n\t]|^\s|\s$')
"""What a footer, which names the font among Excel's codes, would take for its own."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Control characters (Unicode's category Cc) but for tabs and line feeds."""

_YEARS = range(1868, 10_000)
_DIGITS = 15  # what Excel keeps of a number
_NAMES = (
    ("goals", "aliases"),
    ("departments", "aliases"),
    ("former", "aliases"),
    ("former", "successors"),
    ("affiliates", "aliases"),
    ("expansions", "members"),
    ("fields", "aliases"),
)


def text_contradictions(plan: Plan) -> tuple[Problem, ...]:
    """Return the problems of single texts and numbers, and of names that cannot be told apart."""
    data = plan.model_dump()
    return (
        *_unfit(data),
        *_lines(data),
        *_separators(data),
        *_hints(data),
        *_font(plan),
        *_matrix(plan),
        *_wordings(plan),
        *_former_choices(plan),
        *_numbers(data),
    )


def _walk(value: object, loc: Loc = ()) -> Iterator[tuple[Loc, object]]:
    """Give every plain value of the data with its place."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _walk(inner, (*loc, name))
    elif isinstance(value, (list, tuple)):
        for place, inner in enumerate(value):
            yield from _walk(inner, (*loc, place))
    else:
        yield loc, value


def _unfit(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Find texts that no cell can hold: control characters, and more than Excel's limit."""
    for loc, value in _walk(data):
        if not isinstance(value, str):
            continue
        if _CONTROL.search(value) or is_unprintable(value):
            yield Problem(loc, "contradiction.not_printable")
        if units(value) > CELL_LIMIT:
            yield Problem(loc, "contradiction.too_long", {"value": units(value), "limit": CELL_LIMIT})


def _lines(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Find entries of a list that could not stand one a line in a cell, as the workbook writes them."""
    for part, column in _NAMES:
        for place, entry in enumerate(data[part]):
            for name in entry[column]:
                if not name or name != name.strip() or "\n" in name:
                    yield Problem((part, place, column), "contradiction.not_one_line", {"value": name})
    for part in ("departments", "former", "expansions", "affiliates", "forms"):
        for place, entry in enumerate(data[part]):
            name = entry["name"]
            if name != name.strip() or "\n" in name:
                yield Problem((part, place, "name"), "contradiction.not_one_line", {"value": name})


def _separators(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Find names of departments that hold a separator: whoever writes them would be read as two."""
    separators = re.compile(f"[{re.escape(section('text')['list']['owner_separators'])}]")
    both = ("name", "aliases")
    for part, columns in (("departments", both), ("former", both), ("expansions", ("name",))):
        for place, entry in enumerate(data[part]):
            for column in columns:
                for _, name in _walk(entry[column]):
                    if separators.search(str(name)):
                        yield Problem((part, place, column), "contradiction.separator", {"value": name})


def _hints(data: Mapping[str, Any]) -> Iterator[Problem]:
    for place, entry in enumerate(data["fields"]):
        for column in ("hint", "verification_hint"):
            if units(entry[column]) > HINT_LIMIT:
                fields = {"value": units(entry[column]), "limit": HINT_LIMIT}
                yield Problem(("fields", place, column), "contradiction.too_long", fields)


def _font(plan: Plan) -> Iterator[Problem]:
    """Find a name that no font has: Excel would not open a workbook that names it."""
    name = plan.plan.font
    if units(name) > FONT_LIMIT or _NO_FONT.search(name):
        yield Problem(("plan", "font"), "contradiction.font", {"value": name, "limit": FONT_LIMIT})


def _matrix(plan: Plan) -> Iterator[Problem]:
    if plan.matrix is None:
        return
    for name in ("cross_listed", "open", "close"):
        if not getattr(plan.matrix, name).strip():
            yield Problem(("matrix", name), "contradiction.blank_wording")
    if plan.matrix.open == plan.matrix.close:
        yield Problem(("matrix", "close"), "contradiction.same_brackets")


def _wordings(plan: Plan) -> Iterator[Problem]:
    """Find goals and perspectives that a reader could take for one another."""
    goals = [{key(name) for name in (goal.name, goal.list_name, *goal.aliases)} for goal in plan.goals]
    yield from _shared("goals", goals)
    yield from _shared("perspectives", [{key(entry.label)} for entry in plan.perspectives])
    yield from _shared("perspectives", [{key(entry.list_label)} for entry in plan.perspectives])


def _former_choices(plan: Plan) -> Iterator[Problem]:
    """Find words of the past that are a choice today, or that two choices claim: nobody knows what they mean."""
    for place, listed in enumerate(plan.choices):
        seen = {key(value) for value in listed.values}
        for row, known in enumerate(listed.former):
            for name in known.names:
                if key(name) in seen:
                    yield Problem(("choices", place, "former", row), "contradiction.former_choice", {"value": name})
                seen.add(key(name))


def _shared(part: str, names: Iterable[set[Any]]) -> Iterator[Problem]:
    seen: set[Any] = set()
    for place, own in enumerate(names):
        for name in sorted(own & seen):
            yield Problem((part, place), "contradiction.same_wording", {"value": name})
        seen |= own


def _numbers(data: Mapping[str, Any]) -> Iterator[Problem]:
    for place, entry in enumerate(data["fields"]):
        low, high = entry["minimum"], entry["maximum"]
        if low is not None and high is not None and low > high:
            yield Problem(("fields", place, "minimum"), "contradiction.limits", {"value": low})
        for name in ("minimum", "maximum"):
            if entry[name] is not None and entry["type"] == "date" and entry[name] not in _YEARS:
                yield Problem(("fields", place, name), "contradiction.year", {"value": entry[name]})
            if entry[name] is not None and entry[name] != float(f"{entry[name]:.{_DIGITS}g}"):
                yield Problem(("fields", place, name), "contradiction.too_fine", {"value": entry[name]})
