"""What a cell hides is told of every field, whatever the form asks of it.

1. A comment, an error, a formula, one without a result, a text struck through: whether the field is asked, is about a
   year in which the item does not exist or after its end, whether its base is known, on every kind of sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from kohyo.definition.fields import FormField, form_fields
from kohyo.definition.lives import BEFORE
from kohyo.definition.load import shipped
from kohyo.model.face import Face, Look
from kohyo.model.issued_form import IssuedSheet
from kohyo.model.plan import Plan
from kohyo.returns.validate import trust_sheet
from tests.returns.builders import filled, raw_sheet, sheet_issue

ERASED = Face(Look.ERASED, "")
HIDDEN: dict[str, tuple[dict[str, Any], str]] = {
    "comment": ({"value": None, "comment": "要確認"}, "K211"),
    "error": ({"value": "#REF!", "note": "error"}, "K210"),
    "no result": ({"value": None, "note": "uncalculated"}, "K209"),
    "formula": ({"value": 46000.0, "note": "formula"}, "K208"),
    "struck through, and a comment": ({"value": "文", "comment": "要確認", "face": ERASED}, "K211"),
}
PLANS = {name: shipped(name) for name in ("setagaya-r6", "facilities")}
KINDS = [(name, kind.key) for name, plan in PLANS.items() for kind in plan.sheets if kind.per != "block"]


def _bases(plan: Plan, fields: tuple[FormField, ...]) -> Iterator[IssuedSheet | None]:
    """Yield no base, one that asks everything, one of an item that begins later, one of an item that ends."""
    whole = sheet_issue(plan)
    yield from (None, whole, replace(whole, ends=True))
    yield replace(whole, outside={field.name: BEFORE for field in fields if field.year})


@pytest.mark.parametrize(("name", "kind"), KINDS)
@pytest.mark.parametrize("what", HIDDEN)
def test_what_a_cell_hides_is_told(name: str, kind: str, what: str) -> None:
    """With its place, in every field (1)."""
    plan, (cell, code) = PLANS[name], HIDDEN[what]
    fields = form_fields(plan, kind)
    sheet = replace(raw_sheet(plan, filled(plan, kind)), kind=kind)
    silent = []
    for field in fields:
        said = sheet.answers[field.name]._replace(**cell)
        bent = replace(sheet, answers={**sheet.answers, field.name: said})
        for base in _bases(plan, fields):
            _, findings = trust_sheet(plan, bent, base)
            if code not in [one.code for one in findings if one.place == said.place]:
                silent.append((field.name, base))
    assert silent == []
