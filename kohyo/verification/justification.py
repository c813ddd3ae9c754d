"""Why a value stands in the register (根拠): recomputed from what was said and done, by the rules alone.

Of one field of an item, or of what one owner says for itself:

1. People's last act gives the value: the list, a decision, an edit, a new year. Before any act it is what the first
   form showed. What was answered until then has been weighed; it counts no more, unless a later form is answered so.
2. Of one respondent the last round counts. A sheet left as it went out says nothing beside one that was filled in.
   Several different values are its own contradiction, and none of them counts. Covers that differ say nothing of a
   sheet which nobody filled in.
3. The lead's answer is the value, if it was given with the last act known. What it emptied, and a choice that another
   owner stands by, waits for a decision.
4. Where the lead says nothing, an empty field takes what all others who answered agree on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kohyo.verification.records import NOTHING, Done, Said

_ACTS = ("created", "imported", "answered", "decided", "edited", "renumbered", "rolled", "reworded")
_ASKING = ("changed", "emptied")
_BLANK, _CONFIRMED, _EMPTIED, _REFUSED, _ANSWERED = "blank", "confirmed", "emptied", "refused", "answered"


@dataclass
class LastAct:
    """The value that people's last act left, its place in the history, and every value weighed until then."""

    value: str
    place: int | None = None
    weighed: dict[str, int] = field(default_factory=dict)

    def counts(self, said: Said) -> bool:
        """Tell whether an answer still has to be weighed."""
        place = self.weighed.get(said.value)
        return place is None or (said.issued_after is not None and said.issued_after > place)

    def was_known_to(self, said: Said) -> bool:
        """Tell whether the form of an answer showed what the act left."""
        later = said.issued_after is not None and self.place is not None and said.issued_after > self.place
        return self.place is None or said.base == self.value or later


def last_act(rows: Iterable[Done], start: str, files: frozenset[str], since: int) -> LastAct:
    """Return people's last act on a field; ``rows`` are its rows of the history in their order."""
    act = LastAct(start)
    pending: list[str] = []
    for row in rows:
        known = row.place >= since and row.file in {"", *files}
        if row.kind == _REFUSED:
            act.weighed[row.new] = row.place
        elif row.kind == _ANSWERED and known:
            pending.append(row.new)
        elif row.kind in _ACTS:
            act.value, act.place = row.new, row.place
            act.weighed.update(dict.fromkeys((*pending, row.new), row.place))
            pending.clear()
    return act


def voices(answers: Iterable[Said], touched: frozenset[tuple[str, str]]) -> Mapping[str, Sequence[Said]]:
    """Return what each respondent says of one field now; ``touched`` are the file and item of sheets filled in."""
    by_department: dict[str, list[Said]] = defaultdict(list)
    for said in sorted(answers, key=lambda said: (said.control, said.sha256, said.cell)):
        by_department[said.department].append(said)
    return {name: _now(own, touched) for name, own in by_department.items()}


def _now(own: Sequence[Said], touched: frozenset[tuple[str, str]]) -> list[Said]:
    newest = [said for said in own if said.round == max(other.round for other in own)]
    filled = [said for said in newest if (said.sha256, said.item) in touched] or newest
    stated = [said for said in filled if said.state != _BLANK] or filled
    distinct = list({said.value: said for said in reversed(stated)}.values())
    if len(distinct) > 1 and all(said.from_cover for said in distinct):
        as_sent = stated[0]
        return [replace(as_sent, value=as_sent.base, state=_BLANK if as_sent.base in NOTHING else _CONFIRMED)]
    return distinct


def justified(act: LastAct, said: Mapping[str, Sequence[Said]], *, choice: bool) -> str:
    """Return the value that the rules give a field."""
    single = [own[0] for own in said.values() if len(own) == 1]
    live = [answer for answer in single if act.counts(answer) and act.was_known_to(answer)]
    leading = [answer for answer in live if answer.leads and answer.state != _BLANK]
    if not leading:
        return _agreed(act, live, said) or _shown_by_lead(act, said)
    lead = max(leading, key=_issued)
    stood_by = choice and any(answer.state == _CONFIRMED and answer.value != lead.value for answer in live)
    if lead.state == _EMPTIED or (stood_by and lead.state in _ASKING):
        return _shown_by_lead(act, said)
    return lead.value


def _agreed(act: LastAct, live: Sequence[Said], said: Mapping[str, Sequence[Said]]) -> str:
    """Return what fills an empty field: the one value of all who stated any; nothing where somebody contradicts."""
    stated = {answer.value for answer in live if answer.value not in NOTHING}
    contradicted = any(len(own) > 1 for own in said.values())
    return stated.pop() if len(stated) == 1 and not contradicted and act.value in NOTHING else ""


def _shown_by_lead(act: LastAct, said: Mapping[str, Sequence[Said]]) -> str:
    """Return what stays while a question waits: what the lead's form showed, else the last act's value."""
    own = [answer for answers in said.values() for answer in answers if answer.leads and answer.state != _BLANK]
    seen = [answer for answer in own if act.was_known_to(answer) and act.counts(answer)]
    return max(seen, key=_issued).base if seen else act.value


def _issued(said: Said) -> tuple[int, str]:
    return said.issued_after or 0, said.control
