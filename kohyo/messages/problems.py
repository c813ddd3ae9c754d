"""Stopping errors in words (``errors.toml``)."""

from __future__ import annotations

from kohyo.errors import KohyoError
from kohyo.messages.catalogue import wording


def describe_problem(problem: KohyoError) -> str:
    """Return the one line that says where, what, and how to mend."""
    return wording(f"errors.{problem.key}", **problem.fields)
