"""Resolve (裁定の反映): what the secretariat decided in the register becomes its value: conflicts and proposals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kohyo.definition.next_year import next_cycle
from kohyo.excel.register_book import SaveResult
from kohyo.messages import weighty
from kohyo.model.finding import Finding
from kohyo.register.adoption import adopt
from kohyo.register.conflict_resolution import decided_by_edits
from kohyo.register.conflict_resolution import resolve as decide
from kohyo.register.endings import decide_endings, with_proposed
from kohyo.register.receipts import settle_receipts
from kohyo.workspace.folder import Location
from kohyo.workspace.person import person_at_work
from kohyo.workspace.session import session, stop_if_broken


@dataclass(frozen=True)
class Resolution:
    """How many conflicts were settled, how many wait, what is half-filled, and where the register was saved.

    ``adopted`` are the numbers of the items that proposals became, ``undecided`` how many proposals nobody decided,
    ``later`` how many of the adopted ones become items in a later year,
    ``endings_decided`` and ``endings_waiting`` how many ends of items were decided now and still wait; in the plan's
    ``last_year`` no rollover follows that would end them.
    """

    settled: int
    waiting: int
    findings: tuple[Finding, ...]
    saved: SaveResult
    adopted: tuple[str, ...] = ()
    undecided: int = 0
    later: int = 0
    endings_decided: int = 0
    endings_waiting: int = 0
    last_year: bool = False

    @property
    def needs_person(self) -> bool:
        """Tell whether conflicts still wait, a decision must be mended, or the new register waits itself."""
        return bool(self.waiting or self.endings_waiting or weighty(self.findings)) or self.saved.waiting is not None


def resolve(root: Location, now: datetime | None = None) -> Resolution:
    """Apply the decisions written in 競合, 提案 and 廃止・完了・統合.

    Raises UsageError or FileError when the register cannot be used.
    """
    with session(root, "resolve", now) as current:
        stop_if_broken(current)
        edited = decided_by_edits(current.register, current.plan, current.loaded.edits)
        resolved = decide(edited, current.plan, current.now, person_at_work(current.plan))
        taken = adopt(resolved.register, current.plan, current.now)
        proposed = with_proposed(taken.register, current.plan)
        ended = decide_endings(
            proposed, current.plan, current.now, person_at_work(current.plan), current.workspace.register.name
        )
        saved = current.save(settle_receipts(ended.register))
        findings = (*current.findings, *resolved.findings, *taken.findings, *ended.findings, *saved.findings)
        numbers = tuple(str(item.number) for item in taken.items)
        return Resolution(
            resolved.settled,
            resolved.waiting,
            findings,
            saved,
            numbers,
            taken.undecided,
            len(taken.later),
            ended.decided,
            len(ended.waiting),
            next_cycle(current.plan) is None,
        )
