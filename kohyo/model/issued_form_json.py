"""Issued forms as JSON and back, and the mark (控えの印) by which a form is known to answer just this base."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from hashlib import sha256
from typing import Any

from kohyo.model.issued_form import Ask, IssuedForm, IssuedSheet
from kohyo.model.item import ItemId
from kohyo.model.value_json import values_from_json, values_to_json

_MARK_LENGTH = 16


def with_mark(issue: IssuedForm) -> IssuedForm:
    """Return the form with the mark of what it holds; when it goes out, and under which deadline, does not matter."""
    plain = encoded(replace(issue, mark="", deadline=None, issued_after=None, definition=""))
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True)
    return replace(issue, mark=sha256(text.encode("utf-8")).hexdigest()[:_MARK_LENGTH])


def encoded(issue: IssuedForm) -> dict[str, Any]:
    """Return an issued form as JSON can hold it."""
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
            **({"outside": dict(sheet.outside)} if sheet.outside else {}),
            **({"ends": True} if sheet.ends else {}),
        }
        for sheet in issue.sheets
    ]
    deadline = issue.deadline.isoformat() if issue.deadline else None
    flags = {"round": issue.round, "correction": issue.correction, "deadline": deadline}
    flags["issued_after"] = issue.issued_after
    flags |= {name: told for name in ("survey", "mark", "definition") if (told := getattr(issue, name))}
    asked = {"answers": issue.answers, "asks": [asdict(ask) for ask in issue.asks]} if issue.correction else {}
    return {**fields, **flags, **asked, "sheets": sheets}


def decoded(data: Mapping[str, Any]) -> IssuedForm:
    """Return the form that ``encoded`` put down; raise KeyError, ValueError or TypeError for anything else."""
    sheets = tuple(
        IssuedSheet(
            control=sheet["control"],
            kind=sheet["kind"],
            tab=sheet["tab"],
            item=None if sheet["item"] is None else ItemId(sheet["item"]),
            values=values_from_json(sheet["values"]),
            before=values_from_json(sheet.get("before", {})),
            last_year=values_from_json(sheet.get("last_year", {})),
            outside=sheet.get("outside", {}),
            ends=sheet.get("ends", False),
        )
        for sheet in data["sheets"]
    )
    deadline = date.fromisoformat(data["deadline"]) if data["deadline"] else None
    asks = tuple(Ask(**{**ask, "fields": tuple(ask["fields"])}) for ask in data.get("asks", ()))
    answers = tuple(data.get("answers", ()))
    plain = IssuedForm(**{**data, "sheets": (), "answers": (), "asks": ()})
    return replace(plain, sheets=sheets, deadline=deadline, answers=answers, asks=asks)
