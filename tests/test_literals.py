"""The plan is data: nothing that only this plan says is a literal of the code.

1. No name of a department, expansion or affiliate, no wording of a goal or perspective, no title, label, choice
   or tab of the shipped plan stands in a string of the package, docstrings apart.
2. No name of a field does, those apart that ``definition.structure`` declares as what the package rests on, and
   those that the wordings list as a column of a table.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import kohyo
from kohyo.definition.checks import STRUCTURAL_FIELDS
from kohyo.definition.fields import all_fields
from kohyo.model.plan import Plan

PACKAGE = Path(kohyo.__file__).parent
CODE = sorted(PACKAGE.rglob("*.py"))
STRUCTURE = PACKAGE / "definition" / "structure.py"


def _strings(path: Path) -> Iterator[tuple[int, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.lineno, node.value


def _words(plan: Plan) -> set[str]:
    """Return what only the plan says, where it is long enough to be its own."""
    words = [expansion.name for expansion in plan.expansions]
    words += [text for entry in plan.departments for text in (entry.name, *entry.aliases)]
    words += [text for body in plan.affiliates for text in (body.name, *body.aliases)]
    words += [text for goal in plan.goals for text in (goal.name, goal.list_name, *goal.aliases)]
    words += [text for entry in plan.perspectives for text in (entry.name, entry.label, entry.list_label)]
    words += [text for kind in plan.sheets for text in (kind.title, kind.tab, kind.guide)]
    words += [text for field in all_fields(plan) for text in (field.label, field.register_label, *field.choices)]
    words += [text for field in all_fields(plan) for text in (field.hint, field.unit)]
    words += [plan.plan.name, plan.plan.organisation, plan.plan.version, plan.plan.contact]
    return {word for word in words if len(word) > 1 and not word.isascii()}


@cache
def _columns() -> frozenset[str]:
    """Return the names under which the wordings list something: keys of columns among them."""
    texts = [path.read_text(encoding="utf-8") for path in (PACKAGE / "data" / "wording").glob("*.toml")]
    tables = [table for text in texts for table in tomllib.loads(text).values() if isinstance(table, dict)]
    inner = [column for table in tables for column in table.values() if isinstance(column, dict)]
    return frozenset(name for table in (*tables, *inner) for name in table)


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_word_of_the_plan(path: Path, plan: Plan) -> None:
    """What the plan says is read from its definition (1)."""
    words = _words(plan)
    assert len(words) > 100
    assert [(line, text) for line, text in _strings(path) if any(word in text for word in words)] == []


@pytest.mark.parametrize(
    "path", [path for path in CODE if path != STRUCTURE], ids=lambda path: path.relative_to(PACKAGE).as_posix()
)
def test_no_field_of_the_plan(path: Path, plan: Plan) -> None:
    """A field that another plan may lack is never named (2)."""
    own = {field.name for field in all_fields(plan)} - set(STRUCTURAL_FIELDS)
    own = {name for name in own if "_" in name} - _columns()
    assert own
    assert [(line, text) for line, text in _strings(path) if text in own] == []
