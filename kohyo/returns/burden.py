"""What a form costs its department (記入の量), before it goes out: cells to type, cells that are filled in already."""

from __future__ import annotations

from dataclasses import dataclass

from kohyo.definition.fields import item_fields
from kohyo.model.answer import is_nothing
from kohyo.model.issued_form import IssuedForm
from kohyo.model.plan import Plan

_TICKS = ""


@dataclass(frozen=True)
class Burden:
    """Required cells of the item sheets that a department must type, and cells that hold what is known."""

    department: str
    to_type: int
    prefilled: int


def burden_of(plan: Plan, issue: IssuedForm) -> Burden:
    """Return what a form costs: what the cover asks once counts once, and so does the choice for all open ticks."""
    fields = [field for field in item_fields(plan) if not field.readonly]
    once = {
        field.name: _TICKS if field.type == "tick" else field.name
        for field in fields
        if field.once or field.type == "tick"
    }
    own, shared, prefilled = 0, set(), 0
    for sheet in issue.sheets:
        for field in fields if sheet.item else ():
            if not is_nothing(sheet.values.get(field.name)):
                prefilled += 1
            elif field.required and field.name in once:
                shared.add(once[field.name])
            elif field.required:
                own += 1
    return Burden(issue.department, own + len(shared), prefilled)
