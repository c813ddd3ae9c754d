"""Problems of a definition (計画定義の誤り): where in the data, what is wrong; the sentence comes last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from pydantic import ValidationError

from kohyo.errors import DefinitionError
from kohyo.messages import section, wording

Loc: TypeAlias = tuple[int | str, ...]
"""A place in the data, as pydantic gives it: ``("fields", 3, "type")``."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: its place, the wording's key below ``definition``, and what it mentions.

    ``year`` is the one of the plan's later years from which on it is wrong, empty for what is wrong today.
    """

    loc: Loc
    key: str
    fields: Mapping[str, object] = field(default_factory=dict)
    year: str = ""


def of_validation(error: ValidationError) -> tuple[Problem, ...]:
    """Return the problems that pydantic found."""
    known = section("definition")["validation"]
    found = []
    for detail in error.errors():
        kind = detail["type"] if detail["type"] in known else "other"
        found.append(Problem(detail["loc"], f"validation.{kind}", {"value": detail.get("input", "")}))
    return tuple(found)


def data_place(loc: Loc) -> str:
    """Return a place of the data in words, counted from 1: ``fields.4.type``."""
    path = ".".join(str(step + 1) if isinstance(step, int) else step for step in loc)
    return wording("definition.place.data", path=path)


def problem_error(where: str, problems: Iterable[Problem], place: Callable[[Loc], str]) -> DefinitionError:
    """Return the one error that lists every problem of the definition ``where``, each at its place."""
    lines = list(dict.fromkeys(_sentence(problem, place) for problem in problems))
    details = wording("errors.bullet").join(lines)
    return DefinitionError("definition", where=where, count=len(lines), details=details)


def _sentence(problem: Problem, place: Callable[[Loc], str]) -> str:
    fields = {"value": "", **problem.fields}
    what = wording(f"definition.{problem.key}", **fields)
    what = wording("definition.place.later", year=problem.year, what=what) if problem.year else what
    return wording("errors.validation_line", place=place(problem.loc), what=what) if problem.loc else what
