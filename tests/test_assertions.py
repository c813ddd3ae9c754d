"""No test passes without having looked at something.

1. Every test surely makes an assertion that nothing at all would not satisfy.
2. What is found: assertions in loops over what may be empty, and assertions that hold of an empty collection.
3. What is not: loops over literals, exceptions that are expected, helpers that assert.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.assertions import unsure_tests

FILES = sorted(Path(__file__).parent.rglob("test_*.py"))

UNSURE = (
    "for one in found(): assert one",
    "for one in []: assert one",
    "for one in found():\n        with raises(ValueError): one()",
    "while found(): assert 1",
    "for one in (1, 2):\n        for other in found(one): assert other",
    "assert all(one for one in found())",
    "assert not any(one for one in found())",
    "assert not [one for one in found()]",
    "assert [one for one in found() if one] == []",
    "assert set() == {one for one in found()}",
    "for one in found(): helper()",
    "loop()",
    "found()",
)
SURE = (
    "assert found()",
    "for one in (1, 2): assert one",
    "for one in {1: 2}.items(): assert one",
    "for one in range(3): assert one",
    "for at, one in enumerate(WORDS): assert one",
    "words = [1]\n    for one in words: assert one",
    "assert all(one for one in WORDS)",
    "for one in found(): assert one\n    assert found()",
    "with raises(ValueError): found()",
    "helper()",
    "caller()",
    "assert_sound(found())",
)
_MODULE = """
WORDS = ("a", "b")

def caller():
    helper()

def helper():
    assert 1

def loop():
    for one in found():
        assert one

def test_it():
    {body}
"""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(Path(__file__).parent).as_posix())
def test_every_test_looks_at_something(path: Path) -> None:
    """A test that goes through a collection also asserts that something was in it (1)."""
    assert unsure_tests(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("body", UNSURE)
def test_what_may_assert_nothing(body: str) -> None:
    """Each of these passes where there is nothing to look at (2)."""
    assert unsure_tests(_MODULE.format(body=body)) == ["test_it"]


@pytest.mark.parametrize("body", SURE)
def test_what_surely_asserts(body: str) -> None:
    """Each of these fails where something is wrong (3)."""
    assert unsure_tests(_MODULE.format(body=body)) == []
