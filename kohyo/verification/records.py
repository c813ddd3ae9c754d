"""What the workspace keeps of what people said and did (控え), as plain texts: history, forms, answers, last state.

Values are texts here, one for each value that differs: ticks as ○, － and 不明, days as 2024-06-03, nothing as empty.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from kohyo.errors import FileError
from kohyo.messages import section

_RESTORED = "restored"

NOTHING = ("", section("text")["ticks"]["show_unknown"])
"""What says nothing: an empty cell, and a tick of which nobody knows."""


@dataclass(frozen=True)
class Said:
    """An answer of one file: what it says of a field of an item, against what its form showed (``base``)."""

    item: str
    field: str
    department: str
    round: int
    state: str
    value: str
    base: str
    leads: bool
    issued_after: int | None
    control: str
    sha256: str
    cell: str
    from_cover: bool = False


@dataclass(frozen=True)
class Done:
    """A row of the history (変更履歴): ``place`` is its number, counted from 0."""

    place: int
    kind: str
    item: str
    field: str
    old: str
    new: str
    file: str


@dataclass(frozen=True)
class Records:
    """Everything that a cell of the register may rest on.

    ``shown`` is what the first form of an item showed, by department, item and field; ``last`` what the register
    held when it was last saved, by sheet, item (and department) and column. ``since`` is how many rows the history
    had when the first of the forms went out, ``files`` the names of the files whose answers are kept.
    """

    history: tuple[Done, ...]
    answers: tuple[Said, ...]
    shown: Mapping[tuple[str, str, str], str]
    last: Mapping[tuple[str, str, str], str]
    files: frozenset[str]
    since: int


def plain(value: Any) -> str:  # noqa: ANN401 - whatever JSON held
    """Return a kept value as text."""
    if isinstance(value, dict):
        if "tick" in value:
            return str(section("text")["ticks"][f"show_{value['tick']}"])
        return str(value.get("date") or value.get("moment"))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def read_records(history: Path, last: Path, bases: Path, answers: Path) -> Records:
    """Read the records; raise FileError where the history or the last state is missing, or one of them broken."""
    forms = [_record(path) for path in sorted(bases.glob("*.json"))]
    known = {form["control"]: form for form in forms}
    kept = [_record(path, marked=True) for path in sorted(answers.glob("*.json"))]
    files = [file for file in kept if file["control"] in known]
    went_out = [form["issued_after"] for form in forms if form.get("issued_after") is not None]
    state = _lines(last)
    rows = list(_history(_lines(history, _own(state))))
    undone = list(_undone(rows))
    shown = [form for form in forms if not _showed_undone(form, undone)]
    return Records(
        history=tuple(row for row in rows if not any(row.place in span for span in undone)),
        answers=tuple(said for file in files for said in _answers(file, known[file["control"]])),
        shown=_shown(sorted(shown, key=lambda form: (form.get("issued_after") or 0, form["round"]))),
        last=dict(_last(state)),
        files=frozenset(name for file in files for name in file["names"]),
        since=min(went_out, default=0),
    )


def _record(path: Path, *, marked: bool = False) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return a record that is a file of its own; a ``marked`` one has its SHA-256 in a line below, an old one none."""
    try:
        text, _, mark = path.read_bytes().partition(b"\n") if marked else (path.read_bytes(), b"", b"")
        return json.loads(text if not mark or mark.decode("ascii") == sha256(text).hexdigest() else b"")
    except (OSError, ValueError) as error:
        raise FileError("broken_record", path=path) from error


def _own(state: list[Any]) -> int | None:
    """Return how many bytes of the history are the last state's: what a save that came to nothing left is none's."""
    return (state[0].get("history") or None) if state and isinstance(state[0], dict) else None


def _lines(path: Path, length: int | None = None) -> list[Any]:
    try:
        return [json.loads(line) for line in path.read_bytes()[:length].decode("utf-8").splitlines()]
    except (OSError, ValueError) as error:
        raise FileError("no_records", path=path) from error


def _history(rows: Iterable[Mapping[str, Any]]) -> Iterator[Done]:
    for place, row in enumerate(rows):
        yield Done(
            place=place,
            kind=row["@kind"],
            item=plain(row.get("@item")),
            field=plain(row.get("@field")),
            old=plain(row.get("@old")),
            new=plain(row.get("@new")),
            file=plain(row.get("@file")),
        )


def _undone(rows: list[Done]) -> Iterator[range]:
    """Yield the places of rows that count no more: a restoration (復元) says how many rows before it still do."""
    at = len(rows) - 1
    while at >= 0:
        row = rows[at]
        if row.kind == _RESTORED:
            kept = min(at, int(row.new))
            yield range(kept, at + 1)
            at = kept
        at -= 1


def _showed_undone(form: Mapping[str, Any], undone: Iterable[range]) -> bool:
    """Tell whether a form showed the register with changes that were taken back since: it went out all the same."""
    after = form.get("issued_after") or 0
    return any(after - 1 in span[:-1] for span in undone)


def _answers(file: Mapping[str, Any], form: Mapping[str, Any]) -> Iterator[Said]:
    for said in _table(file["answers"]):
        yield Said(
            item=said["item"],
            field=said["field"],
            department=form["department"],
            round=form["round"],
            state=said["state"],
            value=plain(said["value"]),
            base=plain(said["base"]),
            leads=said["leads"],
            issued_after=form.get("issued_after"),
            control=file["control"],
            sha256=file["sha256"],
            cell=said["cell"] if "cell" in said else said["place"][1],
            from_cover=said.get("cover", False),
        )


def _table(said: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - as JSON has it
    """Yield what an older kohyo kept answer by answer, a later one row by row below the names of the columns."""
    if isinstance(said, list):
        yield from said
    else:
        for row in said["rows"]:
            yield dict(zip(said["columns"], row, strict=True))


def _shown(forms: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str, str], str]:
    shown: dict[tuple[str, str, str], str] = {}
    for form in forms:
        for sheet in form["sheets"]:
            for field, value in {**sheet["values"], **sheet.get("before", {})}.items():
                shown.setdefault((form["department"], str(sheet["item"]), field), plain(value))
    return shown


def _last(rows: list[Any]) -> Iterator[tuple[tuple[str, str, str], str]]:
    for sheet, row in (entry for entry in rows[1:] if isinstance(entry, list)):
        key = str(row.get("@id") or f"{row.get('@item')}/{row.get('@department')}")
        for name, value in row.items():
            yield (sheet, key, name), plain(value)
