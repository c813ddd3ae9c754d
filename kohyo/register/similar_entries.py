"""Entries that are alike across departments (1事業多目的): items and proposals about one thing, for the office."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from rapidfuzz.fuzz import token_set_ratio

from kohyo.definition.departments import owners
from kohyo.errors import TextError
from kohyo.model.burden import Entry, Similar
from kohyo.model.plan import Plan
from kohyo.model.register import Adoption, Register
from kohyo.text.normalise import key

ALIKE = 50.0
"""So many in a hundred of the pairs of characters are shared (rapidfuzz): of the plan's 93 items, nine pairs are."""

_OVERVIEWS = ("overview", "measures")
"""Fields in which a proposal says what it is about, the first that there is."""


def similar_entries(plan: Plan, register: Register) -> tuple[Similar, ...]:
    """Return the pairs of items and of proposals of the year that are alike, the most alike first.

    Entries of the same departments are theirs to tell apart; a proposal that became an item stands as that.
    """
    pairs = {entry: _pairs(text) for entry, text in _entries(plan, register)}
    found = [
        Similar(round(share), one, other)
        for one, other in combinations(pairs, 2)
        if not set(one.departments) & set(other.departments)
        and (share := token_set_ratio(pairs[one], pairs[other], score_cutoff=ALIKE))
    ]
    return tuple(sorted(found, key=lambda pair: (-pair.share, pair.one.number, pair.other.number)))


def _pairs(text: str) -> str:
    """Return the pairs of neighbouring characters of a text, as words."""
    plain = key(text)
    return " ".join(sorted({plain[at : at + 2] for at in range(len(plain) - 1)}))


def _entries(plan: Plan, register: Register) -> Iterator[tuple[Entry, str]]:
    """Yield items, then proposals, with what each says of itself."""
    for item in sorted(register.current, key=lambda known: known.number):
        owned = _owners(plan, item.owners)
        yield Entry(str(item.number), item.title, owned), f"{item.title}{item.overview}"
    yield from _proposals(plan, register)


def _owners(plan: Plan, named: str) -> tuple[str, ...]:
    try:
        return owners(plan, named).members
    except TextError:
        return (named,)


def _proposals(plan: Plan, register: Register) -> Iterator[tuple[Entry, str]]:
    kinds = {kind.key for kind in plan.sheets if kind.per != "block"}
    for sent in register.sent_in(plan.cycle.year):
        title = str(sent.values.get("title") or "")
        if title and sent.kind in kinds and not sent.item and sent.decision is not Adoption.DECLINED:
            overview = next((str(text) for name in _OVERVIEWS if (text := sent.values.get(name))), "")
            yield Entry(sent.id, title, (sent.department,)), f"{title}{overview}"
