"""The plan of the year that follows (翌年度の計画): what was decided of the old year taken, before that is over."""

from __future__ import annotations

from datetime import datetime

from kohyo.definition.next_year import next_cycle
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.register.adoption import adopt
from kohyo.register.endings import decide_endings, end_items


def closed_year(register: Register, plan: Plan, now: datetime, by: str = "") -> Register:
    """Return the register at the end of its fiscal year: what the office wrote is decided, what ends has left the plan.

    What was proposed for the year itself (年度途中追加) is among the items.
    """
    added = adopt(register, plan, now).register
    return end_items(decide_endings(added, plan, now, by).register, plan.cycle.year, now)


def coming_plan(register: Register, plan: Plan, now: datetime) -> Register:
    """Return the items with which the next fiscal year begins, as far as that is decided now (修正計画).

    What the items hold is as it stands; numbers of new ones are those that they get if nothing else is decided. The
    plan's last year is followed by none: the register as it is.
    """
    following = next_cycle(plan)
    return adopt(closed_year(register, plan, now), following, now).register if following else register
