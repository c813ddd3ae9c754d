"""Questions (競合): what people must decide, one group a field, one row a distinct value, as rows of the register.

What was decided stays as it was. A question that nobody has decided and that no longer stands is gone; one to
which a decision was typed keeps its rows, and what came since is a question of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kohyo.definition.fields import register_label
from kohyo.messages import wording
from kohyo.model.answer import FieldAnswer
from kohyo.model.codes import Code
from kohyo.model.finding import Finding
from kohyo.model.item import ItemId
from kohyo.model.plan import Plan
from kohyo.model.raised import WithDepartmentGroupNumberTitle, finding_of
from kohyo.model.register import Conflict, ConflictKind, Register
from kohyo.register.weigh import Rival, Weighed


@dataclass(frozen=True)
class Question:
    """A field of an item about which people must decide; ``whose`` it is where each owner answers for itself."""

    item: ItemId
    field: str
    whose: str
    weighed: Weighed
    asked: tuple[str, ...]
    """The departments that were asked about the item."""


def conflict_rows(register: Register, plan: Plan, questions: Iterable[Question], now: datetime) -> tuple[Conflict, ...]:
    """Return the rows of 競合: those decided, then those that wait."""
    decided = tuple(row for row in register.conflicts if row.decided_at is not None)
    before: dict[tuple[str, str, str], list[Conflict]] = defaultdict(list)
    for row in register.open_conflicts:
        before[row.item, row.field, row.whose].append(row)
    rows = _Rows(plan, decided, now)
    waiting = [
        row
        for question in questions
        for row in rows.of(question, before[question.item, question.field, question.whose])
    ]
    return (*decided, *waiting)


class _Rows:
    """The rows of questions, in the plan's words."""

    def __init__(self, plan: Plan, decided: Sequence[Conflict], now: datetime) -> None:
        self._plan, self._decided, self._now = plan, decided, now
        self._order = {entry.name: place for place, entry in enumerate(plan.departments)}

    def of(self, question: Question, before: Sequence[Conflict]) -> Iterator[Conflict]:
        """Yield the rows of a question; ``before`` are those that it had when the register was last saved."""
        typed = any(row.decision for row in before)
        if typed:
            yield from before
        name = _group(self._plan, question)
        taken = {row.group for row in (*self._decided, *(before if typed else ()))}
        group, number = name, 1
        while group in taken:
            number += 1
            group = f"{name}({number})"
        known = {str(row.theirs): row for row in before}
        rivals = [rival for rival in question.weighed.rivals if not (typed and str(rival.value) in known)]
        for place, rival in enumerate(sorted(rivals, key=self._place), 1):
            row = self._row(question, rival, group, place)
            old = known.get(str(rival.value))
            yield replace(row, raised_at=old.raised_at) if old else row

    def _place(self, rival: Rival) -> tuple[int, str]:
        first = min(self._order.get(answer.department, len(self._order)) for answer in rival.answers)
        return first, str(rival.value)

    def _row(self, question: Question, rival: Rival, group: str, place: int) -> Conflict:
        weighed, source = question.weighed, question.weighed.source
        answers = sorted(
            rival.answers, key=lambda said: (self._order.get(said.department, len(self._order)), said.sha256)
        )
        first = answers[0]
        said = {answer.department for other in weighed.rivals for answer in other.answers}
        silent = [name for name in question.asked if name not in said and name not in weighed.agreed]
        return Conflict(
            id=f"{group}-{place}",
            group=group,
            kind=rival.kind,
            item=question.item,
            field=question.field,
            base=first.base,
            ours=weighed.value,
            ours_from=(source.place.file or source.department) if source else "",
            theirs=rival.value,
            department=self._names(answer.department for answer in answers),
            place=first.place,
            sha256=first.sha256,
            raised_at=self._now,
            whose=question.whose,
            places="\n".join(_where(answer) for answer in answers),
            agreed=self._names(weighed.agreed),
            silent=self._names(silent),
        )

    def _names(self, names: Iterable[str]) -> str:
        ordered = sorted(set(names), key=lambda name: (self._order.get(name, len(self._order)), name))
        return wording("text.list.joiner").join(ordered)


def _group(plan: Plan, question: Question) -> str:
    """Return the name of a question, which is the same whenever and in whatever order it comes up."""
    label = register_label(plan, question.field)
    whose = f"-{question.whose}" if question.whose else ""
    return f"C{question.item.removeprefix('K')}-{label}{whose}"


def _where(answer: FieldAnswer) -> str:
    place = answer.place
    return wording("text.place", file=place.file, sheet=place.sheet, cell=place.cell)


_CODES: Mapping[ConflictKind, WithDepartmentGroupNumberTitle] = {
    ConflictKind.REGISTER: Code.K401,
    ConflictKind.DEPARTMENTS: Code.K402,
    ConflictKind.RETURNS: Code.K403,
    ConflictKind.EMPTIED: Code.K404,
}


def conflict_findings(register: Register, plan: Plan) -> tuple[Finding, ...]:
    """Return one finding per value that waits for a decision."""
    items = {item.id: item for item in register.items}
    findings = []
    for row in register.open_conflicts:
        item = items.get(row.item)
        if item is not None:
            findings.append(
                finding_of(
                    _CODES[row.kind],
                    row.place,
                    register_label(plan, row.field),
                    str(row.theirs or ""),
                    number=str(item.number),
                    title=item.title,
                    group=row.group,
                    department=row.department,
                )
            )
    return tuple(findings)


def orphan_findings(register: Register, plan: Plan, answers: Iterable[FieldAnswer]) -> tuple[Finding, ...]:
    """Return one finding per change that was asked for on an item that the register no longer holds."""
    known = {item.id for item in register.items}
    return tuple(
        finding_of(Code.K405, answer.place, register_label(plan, answer.field), answer.typed)
        for answer in answers
        if answer.item not in known and answer.changes
    )
