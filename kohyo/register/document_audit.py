"""Contradictions within the plan's documents (文書の点検), line by line: goals, signs, wordings, names of posts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from itertools import combinations

from kohyo.messages import section, wording
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.plan import Plan
from kohyo.model.raised import finding_of
from kohyo.text.normalise import key

Line = tuple[Place, str]

_SIMILAR = 0.6
_SHORTEST_POST = 10


def document_contradictions(plan: Plan, lines: Iterable[Line]) -> tuple[Finding, ...]:
    """Return what the lines of documents say that the definition, or another line, says otherwise."""
    kept = tuple(lines)
    return (
        *(finding for line in kept for finding in _goals(plan, line)),
        *(finding for line in kept for finding in _slips(line)),
        *_posts(kept),
    )


def _goals(plan: Plan, line: Line) -> Iterator[Finding]:
    """Find a goal that a line names otherwise than matrix and list do (K439)."""
    place, text = line
    pattern = section("text")["audit"]["goal"]
    names = {str(goal.code): goal for goal in plan.goals}
    for found in re.finditer(pattern, text):
        goal = names.get(key(found["code"]))
        name = found["name"].strip()
        if goal and key(name) not in {key(goal.name), key(goal.list_name)}:
            yield finding_of(Code.K439, place, value=name, goal=str(goal.code), name=goal.name)


def _slips(line: Line) -> Iterator[Finding]:
    """Find odd hyphens within numbers (K440) and what looks like a slip of the pen (K431)."""
    place, text = line
    for found in re.finditer(section("text")["audit"]["odd_hyphen"], text):
        yield finding_of(Code.K440, place, value=found[0], read=key(found[0]))
    for pattern in section("text")["audit"]["odd"]:
        for found in re.finditer(pattern, text):
            yield finding_of(Code.K431, place, value=found[0], text=_around(text, found.start()))


def _around(text: str, start: int) -> str:
    return text[max(0, start - 15) : start + 15].strip()


def _posts(lines: Iterable[Line]) -> Iterator[Finding]:
    """Find two names of what looks like one post (K441): nearly the same, and never in one line together."""
    first: dict[str, Place] = {}
    together: set[frozenset[str]] = set()
    for place, text in lines:
        posts = _posts_in(text)
        for post in posts:
            first.setdefault(post, place)
        together |= {frozenset(pair) for pair in combinations(sorted(posts), 2)}
    for one, other in combinations(first, 2):
        if frozenset((one, other)) not in together and _alike(one, other):
            yield _post_finding(one, other, first)


def _posts_in(text: str) -> set[str]:
    return {post for post in re.findall(section("text")["audit"]["post"], text) if len(post) >= _SHORTEST_POST}


def _alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= _SIMILAR and matcher.ratio() >= _SIMILAR


def _post_finding(one: str, other: str, first: Mapping[str, Place]) -> Finding:
    elsewhere = first[one]
    where = wording("text.audit.where", file=elsewhere.file, sheet=elsewhere.sheet, cell=elsewhere.cell)
    return finding_of(Code.K441, first[other], value=other, other=one, where=where)
