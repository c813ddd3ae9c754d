"""Entries that are alike across departments (1事業多目的): items and proposals about one thing, for the office."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations

from rapidfuzz.fuzz import token_set_ratio

from kohyo.definition.departments import owners
from kohyo.errors import TextError
from kohyo.model.burden import Entry, Similar
from kohyo.model.plan import Plan
from kohyo.model.register import Adoption, Register
from kohyo.model.value import FieldValue
from kohyo.register.similar_names import likeness, telling_names
from kohyo.text.normalise import key

ALIKE = 50.0
"""So many in a hundred of the telling pairs of characters are shared (rapidfuzz)."""

EVERYBODYS = 0.1
"""What so large a part of a plan's entries say is how its people write (の推進, 小学校), and tells no two apart."""

_FEW = 3
"""In a small plan what so many entries share is theirs, be it more than a tenth."""

_SAME = 100.0

_LEAST = 9
"""So many telling pairs at least: a few letters are alike by chance, and names are compared by their words."""

_OVERVIEWS = ("overview", "measures")
"""Fields in which an entry says what it is about: a proposal in all of them, of an item the first that there is.

How an item is carried out many items say alike.
"""


def similar_entries(plan: Plan, register: Register) -> tuple[Similar, ...]:
    """Return the pairs of items and of proposals of the year that are alike, the most alike first.

    What is usual in a plan is measured by its own texts: only what few of them say tells that two are about one
    thing. Two of one name are alike, and so are two whose names differ in a word that says little (``similar_names``).
    Entries of the same departments are theirs to tell apart; a proposal that became an item stands as that.
    """
    telling = _telling({entry: _pairs(text) for entry, text in _entries(plan, register)})
    words = {entry: " ".join(sorted(own)) for entry, own in telling.items()}
    names = telling_names([entry.title for entry in telling])
    found = []
    for one, other in combinations(telling, 2):
        if set(one.departments) & set(other.departments):
            continue
        share = 0.0
        if key(one.title) == key(other.title):
            share = _SAME
        elif len(telling[one] & telling[other]) >= _LEAST:
            share = token_set_ratio(words[one], words[other], score_cutoff=ALIKE)
        if not share:
            share = likeness(names[one.title], names[other.title])
        if share:
            found.append(Similar(round(share), one, other))
    return tuple(sorted(found, key=lambda pair: (-pair.share, pair.one.number, pair.other.number)))


def _telling(pairs: Mapping[Entry, frozenset[str]]) -> dict[Entry, frozenset[str]]:
    """Return of each entry the pairs of characters that few others have."""
    counts = Counter(pair for own in pairs.values() for pair in own)
    usual = {pair for pair, count in counts.items() if count > _FEW and count >= EVERYBODYS * len(pairs)}
    return {entry: own - usual for entry, own in pairs.items()}


def _pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of a text."""
    plain = key(text)
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))


def _entries(plan: Plan, register: Register) -> Iterator[tuple[Entry, str]]:
    """Yield items, then proposals, with what each says of itself."""
    for item in sorted(register.current, key=lambda known: known.number):
        owned = _owners(plan, item.owners)
        yield Entry(str(item.number), item.title, owned), _said(item.title, item.values, 1)
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
            yield Entry(sent.id, title, (sent.department,)), _said(title, sent.values, len(_OVERVIEWS))


def _said(title: str, values: Mapping[str, FieldValue], most: int) -> str:
    """Return what an entry says of itself: its title, and the first texts that there are."""
    texts = [str(text) for name in _OVERVIEWS if (text := values.get(name))]
    return "\n".join((title, *texts[:most]))
