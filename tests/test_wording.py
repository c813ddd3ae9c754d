"""What a user reads is data.

1. No code outside the text layer holds a Japanese character in a string.
2. Every finding code has a severity, a title, a message, a reason and a way to mend it.
3. Every wording is a valid template of plain names; what is never filled in holds none.
4. No code stands twice, and every severity is one that there is.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import kohyo
from kohyo.messages import all_codes, explain, section, severity
from kohyo.model.finding import Severity

PACKAGE = Path(kohyo.__file__).parent
WORDINGS = sorted((PACKAGE / "data" / "wording").rglob("*.toml"))
CODE = sorted(path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).parts[0] != "text")

_JAPANESE = re.compile("[\u3000-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff01-\uffef○●◯]")


def _docstrings(tree: ast.AST) -> set[int]:
    """Return the identities of string constants that stand alone as statements: docstrings."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def _japanese(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = _docstrings(tree)
    return [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and id(node) not in said and _JAPANESE.search(str(node.value))
    ]


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_code_speaks_japanese(path: Path) -> None:
    """Wordings lie in data; only the text layer knows Japanese characters (1)."""
    assert _japanese(path) == []


def _findings() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for path in WORDINGS:
        if path.parent.name == "findings":
            found |= tomllib.loads(path.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("code", sorted(_findings()))
def test_a_finding_is_explained_in_full(code: str) -> None:
    """Nothing of a finding's explanation is missing, nothing is there that nobody reads (2, 4)."""
    entry = _findings()[code]
    assert re.fullmatch("K[1-5][0-9]{2}", code)
    assert set(entry) == {"severity", "title", "message", "why", "mend"}
    assert all(text.strip() for text in entry.values())
    assert severity(code) in set(Severity)
    assert explain(code).mend == entry["mend"]


@pytest.mark.parametrize("code", sorted(_findings()))
def test_a_message_is_one_line_and_explanations_stand_alone(code: str) -> None:
    """A message is one line; why and mend are not filled in, so they hold no templates (3)."""
    entry = _findings()[code]
    assert "\n" not in entry["message"]
    for name in ("title", "why", "mend"):
        assert not [field for _, field, _, _ in Formatter().parse(entry[name]) if field], name


def test_no_code_stands_twice() -> None:
    """A code belongs to one family's file (4)."""
    files = [path for path in WORDINGS if path.parent.name == "findings"]
    codes = [code for path in files for code in tomllib.loads(path.read_text(encoding="utf-8"))]
    assert len(codes) == len(set(codes))
    assert set(all_codes()) == set(codes)


def _texts(value: Any, place: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 - anything that TOML holds
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _texts(inner, f"{place}.{name}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, f"{place}.{number}")


@pytest.mark.parametrize("path", WORDINGS, ids=lambda path: path.name)
def test_wordings_are_valid_templates(path: Path) -> None:
    """Braces are closed, and what stands between them is a plain name (3)."""
    texts = list(_texts(tomllib.loads(path.read_text(encoding="utf-8"))))
    assert texts
    for place, text in texts:
        try:
            fields = [field for _, field, _, _ in Formatter().parse(text) if field is not None]
        except ValueError as error:
            pytest.fail(f"{path.name}{place}: {error}")
        for field in fields:
            assert re.fullmatch("[a-z_0-9]*", field), f"{path.name}{place}"


def test_every_command_that_writes_has_a_name() -> None:
    """What was cut off, and what can be taken back, is called by its name (2)."""
    sources = [path.read_text(encoding="utf-8") for path in (PACKAGE / "usecases").glob("*.py")]
    begun = re.compile(r'(?:session\(\w+, |^_NAME = )"([\w-]+)"', re.MULTILINE)
    named = {name for text in sources for name in begun.findall(text)}
    assert named >= {"define", "import", "import_table", "undo"}
    assert named <= set(section("notices")["commands"])
