"""The tables made from the register (台帳から作る表): what each builder needs, taken out of the register."""

from __future__ import annotations

from collections.abc import Iterator

from kohyo.model.plan import Plan, SheetKind
from kohyo.model.register import Register
from kohyo.model.table import Table
from kohyo.tables.headquarters import headquarters_tables
from kohyo.tables.hearing import Open, hearing_tables
from kohyo.tables.item_list import item_list
from kohyo.tables.item_sheets import item_sheets
from kohyo.tables.matrix_sheets import matrix_tables
from kohyo.tables.schedule import schedule
from kohyo.tables.submissions import Sent, proposal_lists, sent_list
from kohyo.tables.teams import TeamRow, team_list
from kohyo.tables.yearly_sheets import yearly_sheets

Tables = tuple[Table, ...]


def matrix(plan: Plan, register: Register) -> Tables:
    """Return 体系表."""
    return matrix_tables(plan, register.current, register.current_entries)


def items(plan: Plan, register: Register) -> Tables:
    """Return 取組み一覧."""
    return (item_list(plan, register.current),)


def sheets(plan: Plan, register: Register) -> Tables:
    """Return 個票集."""
    return item_sheets(plan, register.current)


def years(plan: Plan, register: Register) -> Tables:
    """Return 年度別個票."""
    return yearly_sheets(plan, register.current)


def proposals(plan: Plan, register: Register) -> Tables:
    """Return 提案一覧."""
    return proposal_lists(plan, tuple(_sent(register)))


def blocks(kind: SheetKind, plan: Plan, register: Register) -> Tables:
    """Return the list of one kind of block: 課題一覧, 好事例一覧."""
    return (sent_list(plan, kind, tuple(_sent(register))),)


def hearing(plan: Plan, register: Register) -> Tables:
    """Return ヒアリング資料."""
    return tuple(hearing_tables(plan, register.current, tuple(_sent(register)), tuple(_open(register))))


def teams(plan: Plan, register: Register) -> Tables:
    """Return ＰＴ一覧."""
    rows = (
        TeamRow(team.numbers, team.version, team.title, team.topics, team.secretariat, team.members, team.note)
        for team in register.teams
    )
    return (team_list(plan, tuple(rows)),)


def milestones(plan: Plan, _register: Register) -> Tables:
    """Return スケジュール."""
    return (schedule(plan),)


def headquarters(plan: Plan, register: Register) -> Tables:
    """Return 推進本部報告."""
    waiting = len(tuple(_open(register)))
    return tuple(headquarters_tables(plan, register.current, tuple(_sent(register)), waiting))


def _sent(register: Register) -> Iterator[Sent]:
    for entry in register.submissions:
        yield Sent(entry.id, entry.kind, entry.department, entry.values, entry.received_at, entry.copied_from)


def _open(register: Register) -> Iterator[Open]:
    """Yield the conflicts that nobody has decided yet."""
    for one in register.conflicts:
        if one.decided_at is None:
            yield Open(one.item, one.field, one.ours, one.theirs, one.department)
