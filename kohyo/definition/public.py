"""What of a plan is for the public (公表): the definition without its internal fields."""

from __future__ import annotations

from kohyo.model.plan import Plan


def public_plan(plan: Plan) -> Plan:
    """Return the plan without the fields that are not published (公表しない): tables built from it cannot show them."""
    return plan.model_copy(update={"fields": tuple(rule for rule in plan.fields if not rule.internal)})
