"""What Excel refuses in a formula: its length, a literal's length, an unknown function, open brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from openpyxl.utils import FORMULAE

_LONGEST, _LONGEST_LITERAL, _DEEPEST, _MOST_ARGUMENTS = 8192, 255, 64, 255
_LITERAL = re.compile(r'"((?:[^"]|"")*)"')
_QUOTED_SHEET = re.compile(r"'(?:[^']|'')*'")
_FUNCTION = re.compile(r"([A-Za-z_][\w.]*)\(")
_CONTROL = re.compile("[\x00-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPE = re.compile("_x[0-9A-Fa-f]{4}_")
_KNOWN = {*FORMULAE, "IFERROR", "COUNTIFS", "SUMIFS", "AVERAGEIF", "AVERAGEIFS"}
_NEWER = re.compile(r"_xlfn\.(?:_xlws\.)?[A-Z.0-9]+")


def units(text: str) -> int:
    """Return a text's length as Excel counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@lru_cache(maxsize=100_000)
def formula_rules(formula: str) -> tuple[str, ...]:
    """Return what is wrong with a formula, written without its ``=``."""
    return tuple(_wrong(formula)) if formula else ()


def _wrong(formula: str) -> Iterator[str]:
    if units(formula) > _LONGEST:
        yield f"a formula of {units(formula)} signs"
    if formula.startswith("="):
        yield "a formula that begins with ="
    if _CONTROL.search(formula):
        yield f"a formula with a control sign: {formula[:60]!a}"
    if _ESCAPE.search(formula):
        yield f"letters that Excel reads as a control sign: {formula[:60]}"
    for literal in _LITERAL.findall(formula):
        if units(literal.replace('""', '"')) > _LONGEST_LITERAL:
            yield f"a text of {units(literal)} signs in a formula"
    bare = _QUOTED_SHEET.sub("S", _LITERAL.sub("0", formula))
    if '"' in bare:
        yield f"a text that stays open: {formula[:60]}"
    yield from _brackets(bare)
    for name in _FUNCTION.findall(bare):
        if name.upper() not in _KNOWN and not _NEWER.fullmatch(name):
            yield f"a function that Excel does not know: {name}"


def _brackets(bare: str) -> Iterator[str]:
    depth, arguments = 0, [0]
    for sign in bare:
        if sign == "(":
            depth += 1
            arguments.append(1)
        elif sign == ")":
            depth -= 1
            arguments.pop()
        elif sign == ",":
            arguments[-1] += 1
        if depth < 0 or depth > _DEEPEST or (arguments and arguments[-1] > _MOST_ARGUMENTS):
            yield f"brackets at depth {depth}: {bare[:60]}"
            return
    if depth:
        yield f"brackets that stay open: {bare[:60]}"
