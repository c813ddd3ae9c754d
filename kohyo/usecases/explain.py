"""Explain (説明): what a finding's code means and how to mend it."""

from __future__ import annotations

from kohyo.errors import UsageError
from kohyo.messages import Explanation, all_codes
from kohyo.messages import explain as look_up
from kohyo.text.normalise import key


def explain(code: str) -> Explanation:
    """Return the explanation of ``code`` (as typed: small or full-width letters will do); raise UsageError."""
    wanted = key(code)
    for known in all_codes():
        if key(known) == wanted:
            return look_up(known)
    raise UsageError("unknown_code", code=code)
