"""What a workbook is built of, for a validator that takes half a second for each: its features, without its texts.

A feature is a kind of part with an element in it: with the order of what stands in it, with one of its attributes and
the kind of value that it has, or with the kind of its text. Of workbooks that are built of the same features a schema
says the same. What compares one value with another (numbers that must differ, relations that must be there) is the
lint's, which looks at every workbook.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from hashlib import blake2b, sha256
from heapq import heapify, heappop, heappush
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

from tests.lint.parts import Parts, Tree

Feature: TypeAlias = tuple[str, ...]
"""Kind of part, element, what of it, and how it is."""

_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[A-Za-z]{1,24}")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?")
_LENGTHS = (0, 32, 255, 8192)


class Structures:
    """What the workbooks looked at so far are built of."""

    def __init__(self) -> None:
        """Begin with none."""
        self._of_books: dict[Path, frozenset[int]] = {}

    def add(self, book: Path, built: frozenset[int]) -> None:
        """Take note of one more workbook and of what it is ``built_of``."""
        self._of_books[book] = built

    def chosen(self) -> Iterator[Path]:
        """Yield workbooks until all features were in one of them, each time the one with the most that are new."""
        seen: set[int] = set()
        waiting = [(-len(found), number, book) for number, (book, found) in enumerate(self._of_books.items())]
        heapify(waiting)
        while waiting:
            promised, number, book = heappop(waiting)
            new = len(self._of_books[book] - seen)
            if new == -promised:
                seen |= self._of_books[book]
                yield book
            elif new:
                heappush(waiting, (-new, number, book))


_of_parts: dict[tuple[str, bytes], frozenset[int]] = {}
"""The features of the parts that this process looked at, by their kind and the hash of their bytes."""


def built_of(parts: Parts) -> frozenset[int]:
    """Return the features of a workbook, each as a number that is the same in every process."""
    found = {_number(("package", name)) for name in map(_kind, parts.names)}
    for name, tree in parts.trees.items():
        part = _kind(name), sha256(parts.raw[name]).digest()
        if part not in _of_parts:
            _of_parts[part] = frozenset(_number((part[0], *feature)) for feature in _features(tree))
        found |= _of_parts[part]
    return frozenset(found)


@cache
def _number(feature: Feature) -> int:
    return int.from_bytes(blake2b(repr(feature).encode(), digest_size=8).digest())


def _kind(name: str) -> str:
    return _DIGITS.sub("0", name)


def _features(tree: Tree) -> set[Feature]:
    """Return the features of a part; each spelling of it is looked at once, however often it stands there."""
    spelled: set[tuple[str, tuple[str, ...], tuple[str, ...]]] = set()
    texts: set[tuple[str, str | None]] = set()
    values: set[tuple[str, str, str]] = set()
    for element in tree.iter():
        spelled.add((element.tag, tuple(child.tag for child in element), tuple(element.attrib)))
        texts.add((element.tag, element.text))
        values.update((element.tag, *pair) for pair in element.attrib.items())
    found: set[Feature] = {(tag, "text", _text(text or "")) for tag, text in texts}
    for tag, children, names in spelled:
        found |= {(tag, "holds", " ".join(name for name, _ in groupby(children))), (tag, "has", " ".join(names))}
    return found | {(tag, f"@{name}", _shape(value)) for tag, name, value in values}


def _text(text: str) -> str:
    return "number" if _NUMBER.fullmatch(text) else "text" if text.strip() else ""


@lru_cache(maxsize=100_000)
def _shape(value: str) -> str:
    """Return of what kind a value is: a word of the format as it is, a number, else which signs and about how many."""
    if _WORD.fullmatch(value):
        return value
    if _NUMBER.fullmatch(value):
        return _DIGITS.sub("0", value)
    length = sum(len(value) > limit for limit in _LENGTHS)
    signs = {"a" if sign.isalpha() else "0" if sign.isdigit() else "." for sign in value.strip()}
    return f"{length} {''.join(sorted(signs))}"
