"""Three-way merge (三者併合): what the form held when it went out, what came back, what the register holds now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from kohyo.definition.fields import register_label
from kohyo.model.finding import Finding
from kohyo.model.item import Item, ItemId
from kohyo.model.plan import Plan
from kohyo.model.register import Change, ChangeKind, Conflict, ConflictKind, Decision, Register
from kohyo.model.returned_file import Claim
from kohyo.model.tick import Evidence, Tick
from kohyo.model.value import FieldValue
from kohyo.register.identifiers import next_conflict

_CODES = {
    ConflictKind.REGISTER: "K401",
    ConflictKind.DEPARTMENTS: "K402",
    ConflictKind.RETURNS: "K403",
    ConflictKind.EMPTIED: "K404",
}


def merge(
    register: Register, claims: Sequence[Claim], now: datetime, now_called: Callable[[str], str] = str
) -> Register:
    """Apply what is undisputed, turn two truths into conflicts, and write both into the register.

    ``now_called`` tells what a department of the history is called today, as it is in the claims.

    Claims already settled by an earlier merge must not be passed again. A claim for an item that the register
    no longer holds is left to ``orphan_findings``.
    """
    work = _Work(register, now, now_called)
    for (item_id, field), group in _grouped(claims):
        item = work.items.get(item_id)
        if item is not None:
            work.settle(item, field, group)
    return work.done()


def conflict_findings(register: Register, plan: Plan) -> tuple[Finding, ...]:
    """Return one finding per conflict that waits for a decision."""
    items = {item.id: item for item in register.items}
    findings = []
    for row in register.conflicts:
        item = items.get(row.item)
        if row.decided_at is None and item is not None:
            context = {
                "number": str(item.number),
                "title": item.title,
                "group": row.group,
                "department": row.department,
            }
            label = register_label(plan, row.field)
            findings.append(Finding(_CODES[row.kind], row.place, label, str(row.theirs or ""), context))
    return tuple(findings)


def orphan_findings(register: Register, plan: Plan, claims: Sequence[Claim]) -> tuple[Finding, ...]:
    """Return one finding per claim on an item that the register no longer holds."""
    known = {item.id for item in register.items}
    return tuple(
        Finding("K405", claim.place, register_label(plan, claim.field), claim.typed)
        for claim in claims
        if claim.item not in known
    )


def _grouped(claims: Iterable[Claim]) -> Iterable[tuple[tuple[ItemId, str], list[Claim]]]:
    """Group the claims by item and field, in a steady order."""

    def target(claim: Claim) -> tuple[ItemId, str]:
        return claim.item, claim.field

    for found, group in groupby(sorted(claims, key=target), key=target):
        yield found, list(group)


class _Work:
    """A merge under way: the items, history and conflicts as they become."""

    def __init__(self, register: Register, now: datetime, now_called: Callable[[str], str]) -> None:
        self.items: dict[str, Item] = {item.id: item for item in register.items}
        self._register = register
        self._now = now
        self._now_called = now_called
        self._changes: list[Change] = []
        self._conflicts = list(register.conflicts)
        self._history = _last_changes(register)

    def settle(self, item: Item, field: str, claims: list[Claim]) -> None:
        """Settle all claims on one field: nothing to do, take the one value, or let a person decide."""
        ours = item.values.get(field)
        self._withdraw(item, field, claims)
        claims = [claim for claim in _superseded(claims) if claim.value != ours]
        emptied = [claim for claim in claims if claim.value is None]
        stated = [claim for claim in claims if claim.value is not None]
        values = _distinct(stated)
        group = self._open_group(item.id, field)
        if len(values) > 1:
            kind = _between(stated)
            self._dispute(item, stated, kind, group)
        elif values and (group or (stated[0].base != ours and not self._corrects(stated[0]))):
            self._dispute(item, stated[:1], self._against(stated[0]), group)
        elif values:
            self._take(item, stated[0])
        if emptied:
            self._dispute(item, emptied[:1], ConflictKind.EMPTIED, self._open_group(item.id, field))

    def done(self) -> Register:
        """Return the merged register."""
        return replace(
            self._register,
            items=tuple(self.items.values()),
            conflicts=tuple(self._conflicts),
            changes=(*self._register.changes, *self._changes),
        )

    def _take(self, item: Item, claim: Claim) -> None:
        evidence = Evidence.ANSWER if isinstance(claim.value, Tick) else None
        self.items[item.id] = item.with_value(claim.field, claim.value, evidence)
        self._changes.append(
            Change(
                at=self._now,
                kind=ChangeKind.ANSWERED,
                item=item.id,
                number=str(item.number),
                field=claim.field,
                old=item.values.get(claim.field),
                new=claim.value,
                place=claim.place,
                typed=claim.typed,
                by=claim.department,
            )
        )

    def _withdraw(self, item: Item, field: str, claims: Iterable[Claim]) -> None:
        """Close what a department asked for before where its own correction now says something else."""
        corrected = {claim.department: claim.sha256 for claim in claims if claim.correction}
        for place, row in enumerate(self._conflicts):
            same = (row.item, row.field) == (item.id, field) and row.decided_at is None
            if same and corrected.get(row.department, row.sha256) != row.sha256:
                decided = {"decision": Decision.REGISTER, "decided_by": row.department, "decided_at": self._now}
                self._conflicts[place] = replace(row, **decided)  # type: ignore[arg-type]
                self._changes.append(_withdrawn(item, row, self._now))

    def _corrects(self, claim: Claim) -> bool:
        """Tell whether a claim corrects what the register holds from the same department."""
        return claim.correction and self._against(claim) is ConflictKind.RETURNS

    def _against(self, claim: Claim) -> ConflictKind:
        """Tell what a claim stands against: another department's answer, its own earlier one, or the secretariat."""
        last = self._history.get((claim.item, claim.field))
        if last is None or last.kind is not ChangeKind.ANSWERED:
            return ConflictKind.REGISTER
        return ConflictKind.RETURNS if self._now_called(last.by) == claim.department else ConflictKind.DEPARTMENTS

    def _open_group(self, item: str, field: str) -> str:
        """Return the group of the undecided conflict on this field, empty when there is none."""
        return next(
            (row.group for row in self._conflicts if (row.item, row.field) == (item, field) and row.decided_at is None),
            "",
        )

    def _dispute(self, item: Item, claims: list[Claim], kind: ConflictKind, group: str) -> None:
        for claim in claims:
            new_id = next_conflict(self._conflicts)
            group = group or new_id
            self._conflicts.append(self._row(new_id, group, kind, item, claim))

    def _row(self, new_id: str, group: str, kind: ConflictKind, item: Item, claim: Claim) -> Conflict:
        last = self._history.get((item.id, claim.field))
        return Conflict(
            id=new_id,
            group=group,
            kind=kind,
            item=item.id,
            field=claim.field,
            base=claim.base,
            ours=item.values.get(claim.field),
            ours_from=(last.place.file or last.by) if last else "",
            theirs=claim.value,
            department=claim.department,
            place=claim.place,
            sha256=claim.sha256,
            raised_at=self._now,
        )


def _withdrawn(item: Item, row: Conflict, now: datetime) -> Change:
    """Return the line of the history that keeps what a correction took back."""
    return Change(
        at=now,
        kind=ChangeKind.REFUSED,
        item=item.id,
        number=str(item.number),
        field=row.field,
        old=item.values.get(row.field),
        new=row.theirs,
        place=row.place,
        by=row.department,
    )


def _last_changes(register: Register) -> dict[tuple[str, str], Change]:
    """Return the change that made each field what it is; a value that was refused made nothing."""
    made = (change for change in register.changes if change.kind is not ChangeKind.REFUSED)
    return {(change.item, change.field): change for change in made}


def _superseded(claims: list[Claim]) -> list[Claim]:
    """Drop what a department's own later correction supersedes."""
    latest: dict[str, int] = {}
    for claim in claims:
        if claim.correction:
            latest[claim.department] = max(claim.round, latest.get(claim.department, 0))
    return [claim for claim in claims if claim.round >= latest.get(claim.department, 0)]


def _distinct(claims: list[Claim]) -> list[FieldValue]:
    values: list[FieldValue] = []
    for claim in claims:
        if claim.value not in values:
            values.append(claim.value)
    return values


def _between(claims: list[Claim]) -> ConflictKind:
    departments = {claim.department for claim in claims}
    return ConflictKind.DEPARTMENTS if len(departments) > 1 else ConflictKind.RETURNS
