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


def describe_cause(error: OSError) -> str:
    """Return why the system refused a file, in our words: never in those of the system, which may be of any tongue."""
    cause = "gone" if isinstance(error, FileNotFoundError) else cause_of(error)
    if cause:
        return wording(f"errors.because.{cause}")
    return wording("errors.because.unknown", number=getattr(error, "winerror", None) or error.errno or 0)
