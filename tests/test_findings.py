"""Every finding's code is raised, explained and provoked by a test.

1. Every code that the package raises is in the catalogue, and every code of the catalogue is raised.
2. ``kohyo explain`` prints severity, title, reason and way to mend of every code, however it is typed.
3. Every code is named in a test other than this one.

That an entry is whole and its templates valid is told in ``test_wording``.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kohyo
from kohyo.cli.present import as_data, as_lines
from kohyo.errors import UsageError
from kohyo.messages import all_codes, wording

PACKAGE = Path(kohyo.__file__).parent
TESTS = Path(__file__).parent
_CODE = re.compile(r"\bK[0-9]{3}\b")


def _named_below(folder: Path) -> set[str]:
    sources = [path for path in folder.rglob("*.py") if path != Path(__file__)]
    return {code for path in sources for code in _CODE.findall(path.read_text(encoding="utf-8"))}


RAISED = _named_below(PACKAGE)
TESTED = _named_below(TESTS)


def test_what_is_raised_is_explained() -> None:
    """No code is raised that the catalogue does not have (1)."""
    assert RAISED - set(all_codes()) == set()


def test_what_is_explained_is_raised() -> None:
    """No code of the catalogue is dead (1)."""
    assert set(all_codes()) - RAISED == set()


@pytest.mark.parametrize("code", all_codes())
def test_explain(code: str) -> None:
    """The explanation stands on the terminal and in ``--json`` (2)."""
    explanation = kohyo.explain(code)
    lines = as_lines(explanation)
    assert code in lines[0]
    assert wording(f"finding.severity.{explanation.severity.value}") in lines[0]
    for text in (explanation.title, explanation.why, explanation.mend):
        assert any(text in line for line in lines)
    assert as_data(explanation) == {
        "code": code,
        "severity": explanation.severity.value,
        "title": explanation.title,
        "why": explanation.why,
        "mend": explanation.mend,
    }


@pytest.mark.parametrize("typed", ["k201", "Ｋ２０１", " K201 "])
def test_explain_as_people_type(typed: str) -> None:
    """Small letters, full width and white space do not matter (2)."""
    assert kohyo.explain(typed).code == "K201"


@pytest.mark.parametrize("typed", ["K999", "", "201", "誤り"])
def test_explain_nothing(typed: str) -> None:
    """What is no code is refused, never guessed (2)."""
    with pytest.raises(UsageError):
        kohyo.explain(typed)


@pytest.mark.parametrize("code", all_codes())
def test_is_provoked(code: str) -> None:
    """Some test names the code (3)."""
    assert code in TESTED
