"""Who is at work (作業者): the name that a decision or a restoration bears where nobody gives one."""

from __future__ import annotations

import getpass

from kohyo.model.plan import Plan


def person_at_work(plan: Plan) -> str:
    """Return the person at this PC, else the secretariat."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return plan.plan.secretariat
