"""Reading a definition from TOML or plain data: the one place where raw data becomes a trusted ``Plan``."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kohyo.definition.checks import contradictions
from kohyo.definition.problems import Loc, Problem, data_place, of_validation, problem_error
from kohyo.errors import DefinitionError, FileError
from kohyo.messages import wording
from kohyo.model.plan import Plan

_PLANS = files("kohyo") / "data" / "plans"
_FILE = "plan.toml"
_TABLES = "tables"


def shipped_names() -> tuple[str, ...]:
    """Return the names of the definitions that come with the package."""
    return tuple(sorted(entry.name for entry in _PLANS.iterdir() if (entry / _FILE).is_file()))


def shipped_text(plan: str, file: str) -> str:
    """Return a data file of a shipped plan; raise DefinitionError when there is no such plan."""
    if plan not in shipped_names():
        raise DefinitionError("unknown_plan", name=plan, known=wording("text.list.joiner").join(shipped_names()))
    return (_PLANS / plan / file).read_text(encoding="utf-8")


def shipped_files(plan: str) -> tuple[str, ...]:
    """Return the names of the data files of a shipped plan."""
    return tuple(sorted(entry.name for entry in (_PLANS / plan).iterdir() if entry.is_file()))


def shipped_entries_of(plan: str, folder: str) -> tuple[str, ...]:
    """Return the texts of all files in a folder of a shipped plan, by name; none when it has no such folder."""
    place = _PLANS / plan / folder
    entries = sorted(place.iterdir(), key=lambda entry: entry.name) if place.is_dir() else []
    return tuple(entry.read_text(encoding="utf-8") for entry in entries)


def shipped_data(plan: Plan, file: str) -> Mapping[str, Any]:
    """Return a TOML file that ships with ``plan``; empty for another plan, and for one that ships without it.

    A plan is the shipped one by its code, its name and whose it is: what belongs to one office never enters the
    workspace of another, though its definition began as a copy.
    """
    code = plan.plan.code
    if code not in shipped_names() or file not in shipped_files(code) or _owner(code) != _owner_of(plan):
        return {}
    return _shipped_data(code, file)


@cache
def _shipped_data(code: str, file: str) -> Mapping[str, Any]:
    return tomllib.loads(shipped_text(code, file))


def _owner(code: str) -> tuple[str, str]:
    heading = _shipped_data(code, _FILE)["plan"]
    return heading["name"], heading["organisation"]


def _owner_of(plan: Plan) -> tuple[str, str]:
    return plan.plan.name, plan.plan.organisation


def shipped(name: str) -> Plan:
    """Return a definition that comes with the package; raise DefinitionError when there is none.

    Its printed tables lie beside it, a file each.
    """
    data = tomllib.loads(shipped_text(name, _FILE))
    data["tables"] = [tomllib.loads(text) for text in shipped_entries_of(name, _TABLES)]
    return plan_from_data(data, where=name)


def load_toml(path: Path) -> Plan:
    """Read a definition from a TOML file; raise FileError or DefinitionError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError("unreadable", path=path) from error
    return plan_from_toml(text, where=path.name)


def plan_from_toml(text: str, where: str) -> Plan:
    """Read a definition from TOML text; ``where`` names it in messages."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError("definition_toml", where=where, detail=error) from error
    return plan_from_data(data, where=where)


def plan_from_data(
    data: Mapping[str, Any],
    where: str,
    *,
    place: Callable[[Loc], str] = data_place,
    known: Iterable[Problem] = (),
) -> Plan:
    """Turn raw data into a checked plan; raise one DefinitionError that lists everything that is wrong.

    ``place`` says where a piece of the data stands; ``known`` are problems that were met while it was read,
    whose places are not complained of twice.
    """
    problems = tuple(known)
    try:
        plan = Plan.model_validate(data)
    except ValidationError as error:
        met = {problem.loc for problem in problems}
        raise problem_error(where, [*problems, *_new(of_validation(error), met)], place) from error
    if problems := problems or contradictions(plan):
        raise problem_error(where, problems, place)
    return _first_of_equals(plan)


@lru_cache(maxsize=16)
def _first_of_equals(plan: Plan) -> Plan:
    """Return the plan read before that says the same: what is worked out from it is found without comparing."""
    return plan


def _new(found: Iterable[Problem], met: set[Loc]) -> list[Problem]:
    """Leave out what lies at or below a place that is already complained of."""
    return [problem for problem in found if not any(problem.loc[: len(loc)] == loc for loc in met)]
