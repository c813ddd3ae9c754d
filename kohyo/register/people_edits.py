"""What people put into the register (人の手による値): the list, edits and decisions, read off the history.

The history (変更履歴) tells every act in the order in which they were done. The value that a field has without any
answer is that of its last act; an act was done with the values known that had been answered or refused until then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from kohyo.definition.fields import register_fields
from kohyo.model.answer import FieldAnswer
from kohyo.model.history import standing
from kohyo.model.plan import Plan
from kohyo.model.register import Change, ChangeKind, Register
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue
from kohyo.register.ownership import todays_name
from kohyo.register.reworded import told_today

_SETS = (
    ChangeKind.IMPORTED,
    ChangeKind.DECIDED,
    ChangeKind.EDITED,
    ChangeKind.RENUMBERED,
    ChangeKind.ROLLED,
    ChangeKind.REWORDED,
    ChangeKind.CREATED,
    ChangeKind.ANSWERED,  # from a file whose answers nobody has any more
)


@dataclass
class Act:
    """The last act of people on a field: the value it left, and which values were weighed.

    ``place`` is its place in the history, counted from 0; so are those of the values. An act and a form that went
    out are told apart by it, for clocks may be wrong.
    """

    value: FieldValue = None
    place: int | None = None
    known: list[tuple[FieldValue, int]] = field(default_factory=list)
    _answered: list[FieldValue] = field(default_factory=list)
    _began: bool = False

    def take(self, change: Change, place: int, *, is_answer: bool) -> None:
        """Take the next change of the field."""
        if is_answer:
            if not self._began:
                self.value, self._began = change.old, True
            self._answered.append(change.new)
        elif change.kind is ChangeKind.REFUSED:
            self.known.append((change.new, place))
        elif change.kind in _SETS:
            self.value, self.place, self._began = change.new, place, True
            self.known += [(value, place) for value in (*self._answered, change.new)]
            self._answered.clear()

    def settles(self, answer: FieldAnswer) -> bool:
        """Tell whether an answer was weighed: its value was known, and its form did not go out after that."""
        if not self.known:
            return False
        places = [place for value, place in self.known if value == answer.value]
        return bool(places) and not (answer.issued_after is not None and answer.issued_after > max(places))

    def precedes(self, answer: FieldAnswer) -> bool:
        """Tell whether the form of an answer went out with this act done, so that it speaks of what is in force."""
        if self.place is None or answer.base == self.value:
            return True
        return answer.issued_after is not None and answer.issued_after > self.place


def last_acts(register: Register, plan: Plan, files: Collection[str], since: int = 0) -> Mapping[tuple[str, str], Act]:
    """Return the last act on each field that has a history.

    ``files`` are the names of the files whose answers are known: an answer from a file that nobody has any more
    stands as if a person had written it. So does what the history told before the first of the forms went out that
    are being answered (``since``, the number of its rows then): a file of last year may have had the same name.
    """
    acts: dict[tuple[str, str], Act] = defaultdict(Act)
    ticks = {field.name for field in register_fields(plan) if field.type == "tick"}
    names = {"", *files}
    for place, change in standing(register.changes):
        if change.kind not in (ChangeKind.SUBMITTED, ChangeKind.ISSUED):
            known = place >= since and (change.place.file or "") in names
            is_answer = known and change.kind is ChangeKind.ANSWERED
            told = _with_ticks(change) if change.field in ticks else change
            name = todays_name(plan, change.field)
            acts[change.item, name].take(told_today(plan, name, told), place, is_answer=is_answer)
    return acts


def _with_ticks(change: Change) -> Change:
    """Return a change of a tick with 非該当 where the history shows nothing."""
    old, new = (Tick.NO if value is None else value for value in (change.old, change.new))
    return change._replace(old=old, new=new)
