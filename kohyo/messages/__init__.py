"""Wording (文言): every sentence a user reads lies in ``data/wording`` and is looked up here by key."""

from kohyo.errors import KohyoError
from kohyo.messages.catalogue import section, wording
from kohyo.messages.findings import Explanation, all_codes, describe, explain, located, severity, weighty
from kohyo.messages.problems import describe_problem
from kohyo.model.finding import Finding

__all__ = [
    "Explanation",
    "all_codes",
    "describe",
    "describe_problem",
    "explain",
    "located",
    "section",
    "severity",
    "weighty",
    "wording",
]

KohyoError.in_words = staticmethod(describe_problem)
Finding.in_words = staticmethod(located)
