"""How long an answer may be and how many entries it may hold: just as many as the definition says, and not one more.

1. A text as long as it may be, in letters as Excel counts them, raises nothing; one letter more is K202.
2. As many entries as there may be raise nothing, one more is K218; a field that sets no number takes any.
"""

from __future__ import annotations

import pytest

from kohyo.model.plan import Plan
from kohyo.model.value import RawValue
from kohyo.returns.validate import trust_sheet
from tests.returns.builders import filled, raw_sheet, sheet_issue

FIELD, LONG, MANY = "measures", 12, 3


def _codes(plan: Plan, text: RawValue, **limits: int) -> set[str]:
    """Return what is said of a field of these limits that holds a text."""
    rules = tuple(rule.model_copy(update=limits) if rule.name == FIELD else rule for rule in plan.fields)
    limited = plan.model_copy(update={"fields": rules})
    sheet = raw_sheet(limited, filled(limited, "item", **{FIELD: text}))
    _, findings = trust_sheet(limited, sheet, sheet_issue(limited))
    return {str(finding.code) for finding in findings} & {"K202", "K218"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("あ" * LONG, set()),
        ("あ" * (LONG + 1), {"K202"}),
        ("𠮷" * (LONG // 2), set()),
        ("𠮷" * (LONG // 2) + "あ", {"K202"}),
        ("一\n二", set()),
    ],
)
def test_as_long_as_it_may_be(plan: Plan, text: str, told: set[str]) -> None:
    """One more is one too many (1)."""
    assert _codes(plan, text, max_length=LONG) == told


@pytest.mark.parametrize(
    ("text", "told"), [("甲、乙、丙", set()), ("甲、乙、丙、丁", {"K218"}), ("甲", set()), ("", set())]
)
def test_as_many_as_there_may_be(plan: Plan, text: str, told: set[str]) -> None:
    """One more is one too many (2)."""
    assert _codes(plan, text, max_entries=MANY) == told
    assert _codes(plan, text) == set()
