"""What changed between two definitions (定義の変更): by code, in the order of the definition's sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import Enum
from typing import Any

from kohyo.definition.layout import SHEETS, TABLE_CHECKS, TABLE_COLUMNS
from kohyo.definition.sheet_spec import SheetSpec
from kohyo.model.plan import Plan


class ChangeKind(Enum):
    """What became of a part of the definition."""

    ADDED = "added"
    GONE = "gone"
    RENAMED = "renamed"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True)
class DefinitionChange:
    """One change: the sheet of the definition (key of ``layout``), the code of the row and what people call it.

    ``before`` is the former name of what was renamed; ``columns`` (by name) are what else is otherwise.
    """

    kind: ChangeKind
    sheet: str
    code: str
    name: str
    before: str = ""
    columns: tuple[str, ...] = ()


_CODES: Mapping[str, tuple[str, str]] = {
    "years": ("year", "year"),
    "surveys": ("key", "name"),
    "milestones": ("what", "what"),
    "goals": ("code", "name"),
    "perspectives": ("key", "list_label"),
    "departments": ("code", "name"),
    "former": ("code", "name"),
    "forms": ("key", "name"),
    "seats": ("post", "post"),
    "hearings": ("day", "day"),
    "sheets": ("key", "title"),
    "groups": ("key", "label"),
    "fields": ("name", "label"),
    "tables": ("name", "title"),
}
"""What identifies a row of a sheet, and what people call it; everywhere else both are its name."""

_CHOICES = "choices"
_PLACE = {"fields": ("group", "sheets")}
"""Columns that say where a row belongs, so that another value moves it."""


def definition_changes(before: Plan, after: Plan) -> tuple[DefinitionChange, ...]:
    """Return what changed, sheet by sheet; a code that was exchanged is one row gone and one added."""
    old, new = before.model_dump(), after.model_dump()
    parts = (spec for spec in SHEETS if spec.key not in (TABLE_COLUMNS, TABLE_CHECKS))
    found = (change for spec in parts for change in _of_sheet(spec, old, new))
    return tuple(_renamed_choices(tuple(found), after))


def _renamed_choices(changes: tuple[DefinitionChange, ...], plan: Plan) -> Iterator[DefinitionChange]:
    """Yield the changes, a choice that another one names as what it was before as that one's former name."""
    becomes = {
        f"{entry.name}:{name}": f"{entry.name}:{known.value}"
        for entry in plan.choices
        for known in entry.former
        for name in known.names
    }
    gone = {change.code: change for change in changes if change.sheet == _CHOICES and change.kind is ChangeKind.GONE}
    before = {becomes[code]: change.name for code, change in gone.items() if code in becomes}
    for change in changes:
        if change.sheet == _CHOICES and change.kind is ChangeKind.GONE and change.code in becomes:
            continue
        renamed = change.sheet == _CHOICES and change.kind is ChangeKind.ADDED and change.code in before
        yield replace(change, kind=ChangeKind.RENAMED, before=before[change.code]) if renamed else change


def reworded_choices(before: Plan, after: Plan) -> Iterator[tuple[str, str, str]]:
    """Yield list, word before and word after where one word alone of a list was exchanged at its place.

    Whether that is the same answer in other words only a person knows; what the definition says of it already, or of
    the word before, is no question.
    """
    old = {entry.name: entry.values for entry in before.choices}
    for entry in after.choices:
        was = old.get(entry.name, ())
        differing = [pair for pair in zip(was, entry.values, strict=False) if pair[0] != pair[1]]
        told = {name for known in entry.former for name in known.names}
        if len(was) == len(entry.values) and len(differing) == 1 and not told & set(differing[0]):
            (word, new) = differing[0]
            if word not in entry.values and new not in was:
                yield entry.name, word, new


def exchanged_codes(changes: tuple[DefinitionChange, ...]) -> Iterator[tuple[DefinitionChange, DefinitionChange]]:
    """Yield rows that are gone beside rows that were added under the same name: perhaps only the code was changed."""
    added = {(change.sheet, change.name): change for change in changes if change.kind is ChangeKind.ADDED}
    for change in changes:
        twin = added.get((change.sheet, change.name))
        if change.kind is ChangeKind.GONE and twin:
            yield change, twin


def _of_sheet(spec: SheetSpec, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[DefinitionChange]:
    was, becomes = _rows(spec, old), _rows(spec, new)
    for code, row in was.items():
        if code not in becomes:
            yield DefinitionChange(ChangeKind.GONE, spec.key, code, _name(spec, row))
    moved = _moved([code for code in was if code in becomes], [code for code in becomes if code in was])
    for code, row in becomes.items():
        if code not in was:
            yield DefinitionChange(ChangeKind.ADDED, spec.key, code, _name(spec, row))
        else:
            yield from _of_row(spec, code, was[code], row, moved=code in moved)


def _of_row(
    spec: SheetSpec, code: str, was: Mapping[str, Any], row: Mapping[str, Any], *, moved: bool
) -> Iterator[DefinitionChange]:
    name, before = _name(spec, row), _name(spec, was)
    if name != before:
        yield DefinitionChange(ChangeKind.RENAMED, spec.key, code, name, before)
    place = _PLACE.get(spec.key, ())
    if moved or any(was[column] != row[column] for column in place):
        yield DefinitionChange(ChangeKind.MOVED, spec.key, code, name)
    named = set() if spec.single else {_CODES.get(spec.key, ("name", "name"))[1], *place}
    columns = tuple(column for column in row if column not in named and was.get(column) != row[column])
    if columns:
        yield DefinitionChange(ChangeKind.CHANGED, spec.key, code, name, columns=columns)


def _rows(spec: SheetSpec, data: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the rows of a sheet by code; a sheet of one row has one code, each choice is a row of its own."""
    if spec.key == "plan":
        return {"": {**data["plan"], **{k: v for k, v in data["cycle"].items() if k != "milestones"}}}
    if spec.single:
        row = _at(data, spec)
        return {} if row is None else {"": row}
    if spec.key == _CHOICES:
        every = ((entry["name"], value) for entry in data["choices"] for value in entry["values"])
        return {f"{name}:{value}": {"name": value} for name, value in every}
    code = _CODES.get(spec.key, ("name", "name"))[0]
    return {str(row[code]): row for row in _at(data, spec)}


def _at(data: Mapping[str, Any], spec: SheetSpec) -> Any:  # noqa: ANN401 - any part of the plan's data
    found: Any = data
    for step in spec.path:
        found = found[step]
    return found


def _name(spec: SheetSpec, row: Mapping[str, Any]) -> str:
    if spec.single:
        return ""
    return str(row[_CODES.get(spec.key, ("name", "name"))[1]])


def _moved(before: list[str], after: list[str]) -> set[str]:
    """Return the codes that stand in another order than before, as few as explain it."""
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    stayed = {code for block in blocks for code in before[block.a : block.a + block.size]}
    return set(before) - stayed
