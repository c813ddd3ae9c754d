"""The end of items (廃止・完了・統合): proposed by what departments answer, decided by the office, done at rollover."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kohyo.definition.departments import split_names
from kohyo.definition.ends import names_end
from kohyo.definition.fields import item_fields
from kohyo.definition.lives import decided_ends
from kohyo.messages import section, wording
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.item import Item, ItemId, Standing
from kohyo.model.plan import Plan
from kohyo.model.raised import finding_of
from kohyo.model.register import Adoption, Change, ChangeKind, Ending, Register
from kohyo.register.ownership import lead_of
from kohyo.text.normalise import key


@dataclass(frozen=True)
class Ended:
    """The register with the decisions taken; how many, the rows that wait, and what is half-filled."""

    register: Register
    decided: int
    waiting: tuple[Ending, ...]
    findings: tuple[Finding, ...]


def with_proposed(register: Register, plan: Plan) -> Register:
    """Return the register whose 廃止・完了・統合 holds a row for every item that a department wants to end this year.

    The rows are what the answers say now, and what the office wrote: one that nobody wants any more is taken out only
    where the office wrote nothing into it, so that it may end an item of its own accord too. Answers that contradict
    each other (競合) say nothing as long as that is open. What was decided stays; another end than the one that was
    decided is a new question; one that was decided in an earlier year already, and is still to come, is none.
    """
    year = plan.cycle.year
    asked = {(row.item, row.field) for row in register.open_conflicts}
    wanted = {item.id: standing for item in register.current if (standing := proposed_end(plan, item, asked))}
    known = {row.item: row for row in register.endings if row.year == year}
    ends = {row.item: row.standing for row in decided_ends(register) if row.year != year}
    earlier = tuple(row for row in register.endings if row.year != year)
    rows: list[Ending] = []
    for item in register.items:
        row, standing = known.get(item.id), wanted.get(item.id)
        if row is None and standing is ends.get(item.id):
            continue
        if standing and (row is None or (row.decided_at and row.standing is not standing)):
            row = Ending(_id(item, year), item.id, year, standing, lead_of(plan, item))
        elif standing and row:
            row = replace(row, standing=standing)
        if row and (standing or _is_written(row)):
            rows.append(row)
    return replace(register, endings=(*earlier, *rows))


def proposed_end(plan: Plan, item: Item, asked: Collection[tuple[ItemId, str]] = ()) -> Standing | None:
    """Return the end that a yearly choice of the item (今後の方向性) names by its word, None where it names none.

    What the choice is to be is open where it is ``asked`` about.
    """
    return names_end(item_fields(plan), lambda name: None if (item.id, name) in asked else item.values.get(name))


def _is_written(row: Ending) -> bool:
    """Tell whether the office wrote anything into a row, or decided it."""
    return bool(row.decision or row.reason or row.successors or row.last_year or row.decided_by or row.decided_at)


def _id(item: Item, year: int) -> str:
    return f"{item.id}-{year}"


def undecided_ends(register: Register) -> tuple[Ending, ...]:
    """Return the rows that wait for a decision: of whatever year, of an item of the plan its last one.

    What ends as it is asked for, by another row, waits for nothing.
    """
    current = {item.id for item in register.current}
    last = {row.item: row for row in sorted(register.endings, key=lambda row: row.year)}
    ends = {row.item: row.standing for row in decided_ends(register)}
    waiting = (row for row in register.endings if _waits(row) and row.item in current and last[row.item] is row)
    return tuple(row for row in waiting if ends.get(row.item) is not row.standing)


def _waits(row: Ending) -> bool:
    return row.decided_at is None


def decide_endings(register: Register, plan: Plan, now: datetime, by: str = "", file: str = "") -> Ended:
    """Take the decisions that the office wrote into 廃止・完了・統合 of ``file``; the history tells each.

    An item ends with the year in which that is decided, unless the office wrote another. What is to end needs a
    reason, what is to be merged an item that it becomes part of and that stays: findings K550, K553 and K554 say what
    is missing, and the row waits.
    """
    rows: list[Ending] = []
    findings: list[Finding] = []
    changes: list[Change] = []
    ends = _ends(register, plan)
    heirs = _heirs(register)
    for row in register.endings:
        written = row.decided_at is None and row.decision is not None
        adopted = written and row.decision is Adoption.ADOPTED
        place = Place(file, wording("workbook.sheets.endings"))
        if adopted and (lacking := tuple(_lacking(register, row, place, ends, heirs))):
            findings += lacking
            rows.append(row)
        elif written:
            last = _last_year(row, plan) if adopted else row.last_year
            rows.append(replace(row, decided_by=row.decided_by or by, decided_at=now, last_year=last))
            changes.append(_told(register, rows[-1], now))
        else:
            findings += _astray(register, row, place)
            rows.append(row)
    decided = replace(register, endings=tuple(rows), changes=(*register.changes, *changes))
    return Ended(decided, len(changes), undecided_ends(decided), tuple(findings))


def _astray(register: Register, row: Ending, place: Place) -> Iterator[Finding]:
    """Yield that a decided row names no item any more into which its own is to be merged."""
    item = register.item(row.item)
    to_come = row.is_adopted and row.standing is Standing.MERGED and item and item.standing is Standing.CURRENT
    if to_come and not successors(register, row):
        yield finding_of(Code.K550, place, section("workbook")["endings"]["successors"], row.id)


def _last_year(row: Ending, plan: Plan) -> int:
    """Return the last year in which an item is carried out: that of the decision, which may be later than proposed."""
    return row.last_year or max(row.year, plan.cycle.year)


def _ends(register: Register, plan: Plan) -> dict[ItemId, int]:
    """Return the last year of every item that has left the plan, or is to leave it by what was decided or written."""
    gone = {item.id: 0 for item in register.items if item.standing is not Standing.CURRENT}
    written = (row for row in register.endings if _waits(row) and row.decision is Adoption.ADOPTED)
    return (
        gone
        | {row.item: _last_year(row, plan) for row in written}
        | {row.item: row.last for row in decided_ends(register)}
    )


def _heirs(register: Register) -> dict[ItemId, list[Ending]]:
    """Return by item the decided rows of those that are merged into it, while they are still items of their own."""
    current = {item.id for item in register.current}
    found: dict[ItemId, list[Ending]] = {}
    for row in decided_ends(register):
        for heir in successors(register, row) if row.standing is Standing.MERGED and row.item in current else ():
            found.setdefault(heir, []).append(row)
    return found


def _lacking(
    register: Register,
    row: Ending,
    place: Place,
    ends: Mapping[ItemId, int],
    heirs: Mapping[ItemId, Collection[Ending]],
) -> Iterator[Finding]:
    labels = section("workbook")["endings"]
    if not row.reason:
        yield finding_of(Code.K550, place, labels["reason"], row.id)
    if row.standing is Standing.MERGED:
        named = successors(register, row)
        if not named:
            yield finding_of(Code.K550, place, labels["successors"], row.id)
        for name in named:
            if name in ends and ends[name] <= ends[row.item]:
                yield finding_of(Code.K553, place, labels["successors"], _number(register, name))
    merged = [_number(register, one.item) for one in heirs.get(row.item, ()) if ends[row.item] <= one.last]
    if merged:
        yield finding_of(Code.K554, place, labels["successors"], wording("text.list.joiner").join(merged))


def _number(register: Register, name: ItemId) -> str:
    item = register.item(name)
    return str(item.number) if item else name


def successors(register: Register, row: Ending) -> tuple[ItemId, ...]:
    """Return the ids of the items in which a merged one lives on; empty where any of them is none that ever was.

    A number is that of an item of the plan, before it is one's that left it.
    """
    ordered = sorted(register.items, key=lambda item: item.standing is Standing.CURRENT)
    known = {key(item.number): item.id for item in ordered} | {key(item.id): item.id for item in ordered}
    found = [known.get(key(name)) for name in split_names(row.successors)]
    named = tuple(item for item in found if item and item != row.item)
    return named if len(named) == len(found) else ()


def _told(register: Register, row: Ending, now: datetime) -> Change:
    item = register.item(row.item)
    decision = section("workbook")["adoption"][row.decision.value] if row.decision else ""
    word = section("workbook")["standing"][row.standing.value]
    said = wording("workbook.told.ending", word=word, decision=decision, reason=row.reason).strip()
    number = str(item.number) if item else ""
    field = wording("workbook.sheets.endings")
    return Change(now, ChangeKind.DECIDED, row.item, number, field, None, said, by=row.decided_by)


def due_ends(register: Register, year: int) -> tuple[Ending, ...]:
    """Return the decisions that end an item of the plan with ``year``."""
    current = {item.id for item in register.current}
    return tuple(row for row in decided_ends(register) if row.item in current and row.last <= year)


def end_items(register: Register, year: int, now: datetime) -> Register:
    """Return the register in which the items leave the plan whose end with ``year`` was decided.

    They keep what they were, what the year brought included; those they were merged into name them as their origin.
    """
    ended = {row.item: row for row in due_ends(register, year)}
    label = section("workbook")["items"]["standing"]
    words = section("workbook")["standing"]
    merged: dict[ItemId, tuple[str, ...]] = {}
    changes: list[Change] = []
    for item in register.current:
        if row := ended.get(item.id):
            place, word = Place(sheet=wording("workbook.sheets.endings")), words[row.standing.value]
            told = Change(now, ChangeKind.DECIDED, item.id, str(item.number), label, None, word, place)
            changes.append(told._replace(by=row.decided_by))
            for successor in successors(register, row) if row.standing is Standing.MERGED else ():
                merged[successor] = (*merged.get(successor, ()), item.id)
    items = []
    for item in register.items:
        origins = (*item.origins, *(name for name in merged.get(item.id, ()) if name not in item.origins))
        standing = ended[item.id].standing if item.id in ended else item.standing
        items.append(replace(item, standing=standing, origins=origins))
    return replace(register, items=tuple(items), changes=(*register.changes, *changes))
