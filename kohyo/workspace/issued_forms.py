"""What each form held when it went out (配布時の控え): the merge's base, kept in the workspace as JSON."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from kohyo.definition.departments import now_called
from kohyo.errors import FileError
from kohyo.excel.ooxml.atomic_write import save_bytes
from kohyo.model.issued_form import Ask, IssuedForm, IssuedSheet
from kohyo.model.item import ItemId
from kohyo.model.outcome import READABLE
from kohyo.model.plan import Plan
from kohyo.model.register import Receipt
from kohyo.model.value_json import values_from_json, values_to_json

_SUFFIX = ".json"


def save_base(folder: Path, issue: IssuedForm) -> None:
    """Keep what a form holds as it goes out; raise FileError when that cannot be done."""
    text = json.dumps(_encode(issue), ensure_ascii=False, indent=1)
    save_bytes(folder / f"{issue.control}{_SUFFIX}", text.encode("utf-8"))


def load_bases(folder: Path, plan: Plan | None = None) -> dict[str, IssuedForm]:
    """Return every form that went out, by control number; raise FileError when one cannot be read.

    With the ``plan`` as it is today, what went to a department that is no more belongs to its successor.
    """
    issues: dict[str, IssuedForm] = {}
    for path in sorted(folder.glob(f"*{_SUFFIX}")):
        try:
            issue = _decode(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise FileError("broken_base", path=path) from error
        heir = now_called(plan, issue.department) if plan else issue.department
        issues[issue.control] = replace(issue, department=heir)
    return issues


def stop_if_bases_are_gone(folder: Path, known: Collection[str], receipts: Iterable[Receipt]) -> None:
    """Raise FileError when a form that came back has left no base: its number would mean another form."""
    gone = sorted({row.control for row in receipts if row.outcome in READABLE} - set(known))
    if gone:
        raise FileError("bases_gone", path=folder, control=gone[0], count=len(gone))


def _encode(issue: IssuedForm) -> dict[str, Any]:
    fields = {name: getattr(issue, name) for name in ("control", "plan", "form_version", "year", "department")}
    sheets = [
        {
            "control": sheet.control,
            "kind": sheet.kind,
            "tab": sheet.tab,
            "item": sheet.item,
            "values": values_to_json(sheet.values),
            **({"before": values_to_json(sheet.before)} if sheet.before else {}),
            **({"last_year": values_to_json(sheet.last_year)} if sheet.last_year else {}),
        }
        for sheet in issue.sheets
    ]
    deadline = issue.deadline.isoformat() if issue.deadline else None
    flags = {"round": issue.round, "correction": issue.correction, "deadline": deadline}
    flags["issued_after"] = issue.issued_after
    asked = {"answers": issue.answers, "asks": [asdict(ask) for ask in issue.asks]} if issue.correction else {}
    return {**fields, **flags, **asked, "sheets": sheets}


def _decode(data: Mapping[str, Any]) -> IssuedForm:
    sheets = tuple(
        IssuedSheet(
            control=sheet["control"],
            kind=sheet["kind"],
            tab=sheet["tab"],
            item=None if sheet["item"] is None else ItemId(sheet["item"]),
            values=values_from_json(sheet["values"]),
            before=values_from_json(sheet.get("before", {})),
            last_year=values_from_json(sheet.get("last_year", {})),
        )
        for sheet in data["sheets"]
    )
    deadline = date.fromisoformat(data["deadline"]) if data["deadline"] else None
    asks = tuple(Ask(**{**ask, "fields": tuple(ask["fields"])}) for ask in data.get("asks", ()))
    answers = tuple(data.get("answers", ()))
    plain = IssuedForm(**{**data, "sheets": (), "answers": (), "asks": ()})
    return replace(plain, sheets=sheets, deadline=deadline, answers=answers, asks=asks)
