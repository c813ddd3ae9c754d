"""Stopping errors in words (``errors.toml``)."""

from __future__ import annotations

from kohyo.errors import KohyoError, cause_of
from kohyo.messages.catalogue import section, wording


def describe_problem(problem: KohyoError) -> str:
    """Return the one line that says where, what, and how to mend; why, where the system refused a file and said so."""
    cause = cause_of(problem.__cause__)
    if cause and problem.key in section("errors")["with_cause"]:
        why = wording(f"errors.because.{cause}")
        return wording(f"errors.with_cause.{problem.key}", **{**problem.fields, "why": why})
    return wording(f"errors.{problem.key}", **problem.fields)
