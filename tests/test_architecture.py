"""ARCHITECTURE.md says what is: the files, functions and layers that it names are there."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`((?:kohyo|tests|workbooks|pyproject)[\w/.:-]*)`", PAGE)))


def test_the_page_names_something() -> None:
    """The pattern finds what the page is about."""
    assert {"kohyo/register/merge.py:merge", "kohyo/data/wording"} <= set(NAMED)


@pytest.mark.parametrize("name", NAMED)
def test_what_is_named_is_there(name: str) -> None:
    """A path is in the repository; behind a colon stands what its module defines."""
    path, _, defined = name.partition(":")
    assert (ROOT / path).exists()
    if defined:
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        named = (ast.FunctionDef, ast.ClassDef)
        assert defined in {node.name for node in ast.walk(tree) if isinstance(node, named)}


def test_the_layers_are_those_that_are_kept() -> None:
    """The page shows the contract as import-linter reads it."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (shown,) = re.findall(r"```layers\n(.*?)```", PAGE, re.DOTALL)
    assert shown.split("\n")[:-1] == contracts[0]["layers"]


def test_one_command_is_one_use_case() -> None:
    """Each command that works on a workspace has a module of its name."""
    told = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = set(re.findall(r"`kohyo ([a-z]+) ", told)) - {"addin", "doctor", "watch", "import"}
    assert commands >= {"consolidate", "distribute", "verify"}
    assert {name for name in commands if not (ROOT / f"kohyo/usecases/{name}.py").exists()} == set()
