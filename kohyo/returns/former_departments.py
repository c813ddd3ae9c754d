"""Departments that are no more (旧の部) in the register: what they sent counts for their successors."""

from __future__ import annotations

from dataclasses import replace

from kohyo.definition.departments import now_called
from kohyo.model.plan import Plan
from kohyo.model.register import Register


def under_todays_names(register: Register, plan: Plan) -> Register:
    """Return the register whose receipts and undecided conflicts stand under the names of today.

    What was decided, and the history, keep the names of their time.
    """
    receipts = tuple(replace(row, department=now_called(plan, row.department)) for row in register.receipts)
    conflicts = tuple(
        row if row.decided_at else replace(row, department=now_called(plan, row.department))
        for row in register.conflicts
    )
    return replace(register, receipts=receipts, conflicts=conflicts)
