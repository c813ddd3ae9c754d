"""What a workbook is built of, for a validator that takes half a second for each: its features, without its texts.

A feature is a kind of part with an element in it: with the order of what stands in it, with one of its attributes and
the kind of value that it has, or with the kind of its text. Of workbooks that are built of the same features a schema
says the same. What compares one value with another (numbers that must differ, relations that must be there) is the
lint's, which looks at every workbook.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from heapq import heapify, heappop, heappush
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

from tests.lint.parts import Tree, opened

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
        self._of_parts: dict[tuple[str, bytes], frozenset[int]] = {}
        self._of_books: dict[Path, set[int]] = {}

    def add(self, book: Path) -> None:
        """Look at one more workbook."""
        parts = opened(book)
        found = {hash(("package", name)) for name in map(_kind, parts.names)}
        for name, tree in parts.trees.items():
            part = _kind(name), sha256(parts.bytes_of(name)).digest()
            if part not in self._of_parts:
                self._of_parts[part] = frozenset(hash((part[0], *feature)) for feature in _features(tree))
            found |= self._of_parts[part]
        self._of_books[book] = found

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


def _kind(name: str) -> str:
    return _DIGITS.sub("0", name)


def _features(tree: Tree) -> Iterator[Feature]:
    for element in tree.iter():
        yield element.tag, "holds", " ".join(tag for tag, _ in groupby(child.tag for child in element))
        yield element.tag, "text", _text(element.text or "")
        yield element.tag, "has", " ".join(element.attrib)
        for name, value in element.attrib.items():
            yield element.tag, f"@{name}", _shape(value)


def _text(text: str) -> str:
    return "number" if _NUMBER.fullmatch(text) else "text" if text.strip() else ""


def _shape(value: str) -> str:
    """Return of what kind a value is: a word of the format as it is, a number, else which signs and about how many."""
    if _WORD.fullmatch(value):
        return value
    if _NUMBER.fullmatch(value):
        return _DIGITS.sub("0", value)
    length = sum(len(value) > limit for limit in _LENGTHS)
    signs = {"a" if sign.isalpha() else "0" if sign.isdigit() else "." for sign in value.strip()}
    return f"{length} {''.join(sorted(signs))}"
