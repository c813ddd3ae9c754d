"""Wording (文言): every sentence a user reads lies in ``data/wording`` and is looked up here by key.

What words findings is loaded with the first of them: help and a worker need none.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kohyo.errors import KohyoError
from kohyo.messages.catalogue import section, wording

if TYPE_CHECKING:
    from kohyo.messages.findings import Explanation, all_codes, describe, explain, located, severity, weighty
    from kohyo.messages.problems import describe_cause, describe_problem

__all__ = [
    "Explanation",
    "all_codes",
    "describe",
    "describe_cause",
    "describe_problem",
    "explain",
    "located",
    "section",
    "severity",
    "weighty",
    "wording",
]


_OF_PROBLEMS = ("describe_cause", "describe_problem")


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any of the public names
    """Load what words findings and errors when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = "kohyo.messages.problems" if name in _OF_PROBLEMS else "kohyo.messages.findings"
    globals()[name] = found = getattr(import_module(home), name)
    return found


def _in_words(problem: KohyoError) -> str:
    from kohyo.messages.problems import describe_problem  # noqa: PLC0415 - where there is one

    return describe_problem(problem)


KohyoError.in_words = staticmethod(_in_words)
