"""Codes of findings as an enum with typed context.

1. The generated modules are those that the wordings make.
2. Every code is raised somewhere in the package, by its member; no bare literal of a code is left.
3. mypy finds a code without wording, a context value that is missing, and one that no message uses.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from mypy import api

import kohyo
from kohyo.model.codes import Code
from tests.tools.make_codes import MODEL, modules

PACKAGE = Path(kohyo.__file__).parent
ROOT = PACKAGE.parent
_CODE = re.compile(r"K[0-9]{3}")


def _nodes() -> Iterator[tuple[Path, ast.AST]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.parent != MODEL:
            yield from ((path, node) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("name", ["codes.py", "raised.py"])
def test_the_modules_are_up_to_date(name: str) -> None:
    """What is committed is what the wordings make (1)."""
    assert (MODEL / name).read_text(encoding="utf-8") == modules()[name]


def test_every_code_is_raised_by_its_member() -> None:
    """No member is dead, and nobody spells a code as a text (2)."""
    nodes = list(_nodes())
    used = {node.attr for _, node in nodes if isinstance(node, ast.Attribute) and _CODE.fullmatch(node.attr)}
    spelled = [
        (path.name, node.value)
        for path, node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _CODE.fullmatch(node.value)
    ]
    assert (used, spelled) == ({code.value for code in Code}, [])


SNIPPET = """
from kohyo.model.codes import Code
from kohyo.model.raised import finding_of

finding_of(Code.K151, value="R6-01", plan="計画")
finding_of(Code.K999)
finding_of(Code.K151, value="R6-01")
finding_of(Code.K110, value="a", plan="計画")
finding_of("K110")
"""


def test_mypy_knows_codes_and_context(tmp_path: Path) -> None:
    """The first call is right; each of the others is an error (3)."""
    snippet = tmp_path / "snippet.py"
    snippet.write_text(SNIPPET, encoding="utf-8")
    cache = str(tmp_path / "cache")
    said, _, code = api.run(["--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", cache, str(snippet)])
    errors = {int(found[1]) for found in re.finditer(r"snippet\.py:(\d+): error", said)}
    assert (code, errors) == (1, {6, 7, 8, 9})
