"""Demo (見本): the ordinary year on the plan's items: everybody answers, with the usual trouble, and it ends calm."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from kohyo.definition.seed import shipped_list
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.messages import wording
from kohyo.model.plan import Plan
from kohyo.model.register import Conflict, Decision
from kohyo.tables.table_books import official_book
from kohyo.usecases.consolidate import Consolidated, consolidate
from kohyo.usecases.distribute import distribute
from kohyo.usecases.import_items import import_items
from kohyo.usecases.new import DEFAULT_PLAN, new_workspace
from kohyo.usecases.resolve import Resolution, resolve
from kohyo.usecases.status import status
from kohyo.usecases.tables import make_tables
from kohyo.workspace.folder import Name, Workspace
from kohyo.workspace.known_status import Status
from kohyo.workspace.made_up_returns import MadeUpReturns
from kohyo.workspace.progress import Progress, silent
from kohyo.workspace.session import session

_MORNING = time(9)
_REVIEW = timedelta(days=3)  # after the deadline what came is taken in
_END = timedelta(days=14)  # by then the corrections and the late returns are there

_SHOWN_BOOKS = ("matrix", "item_list")
"""Of all the tables made, those to open first."""


@dataclass(frozen=True)
class Demonstrated:
    """What the demo made: the workspace, items and forms, the first taking in, what was decided, how it ended."""

    workspace: Workspace
    items: int
    forms: int
    first: Consolidated
    decided: Resolution
    consolidated: Consolidated
    status: Status
    files: tuple[Path, ...]


def demo(root: Name, progress: Progress = silent) -> Demonstrated:
    """Play a year's survey in an empty folder, in the plan's own spring; raise UsageError when it is not empty.

    All departments answer what they own in their own words, all but two in time. What must be mended goes back and
    returns, the secretariat decides what is asked, and in the end everything is accepted and nothing waits.
    """
    workspace = new_workspace(root)
    root = workspace.root
    plan = read_definition(workspace.definition)
    items = import_items(root, _write_list(workspace), now=_on(plan.cycle.issued)).added
    forms = distribute(root, progress=progress, now=_on(plan.cycle.issued)).forms
    with session(root, "show", reading=True) as current:
        returns = MadeUpReturns(workspace, plan, current.register)
    returns.send(progress)
    first = consolidate(root, now=_on(plan.cycle.closes + _REVIEW), progress=progress)
    returns.send_late()
    decided = _decide(root, plan)
    end = plan.cycle.closes + _END
    consolidated = consolidate(root, now=_on(end), progress=progress)
    standing = status(root, today=end)
    books = make_tables(root).books
    shown = {official_book(name).file for name in _SHOWN_BOOKS}
    tables_shown = (path for path in books if path.name in shown)
    files = (consolidated.report, standing.report, workspace.register, *tables_shown, forms[0])
    return Demonstrated(workspace, items, len(forms), first, decided, consolidated, standing, files)


def _on(day: date) -> datetime:
    return datetime.combine(day, _MORNING)


def _write_list(workspace: Workspace) -> Path:
    """Write the shipped list of items as the file that a secretariat would import."""
    path = workspace.root / wording("demo_cycle.list")
    lines = ("\t".join(row) for row in shipped_list(DEFAULT_PLAN))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _decide(root: Path, plan: Plan) -> Resolution:
    """Write decisions into 競合 as the secretariat does, and apply them: the lead's value, once another's."""
    now = _on(plan.cycle.closes + _END)
    with session(root, "decide", now) as current:
        waiting = current.register.open_conflicts
        taken = {waiting[0].id} if waiting else set()
        rows = tuple(_decided(row, taken) for row in current.register.conflicts)
        current.save(replace(current.register, conflicts=rows))
    return resolve(root, now=now)


def _decided(row: Conflict, taken: set[str]) -> Conflict:
    if row.decided_at is not None:
        return row
    decision = Decision.ANSWER if row.id in taken else Decision.REGISTER
    return replace(row, decision=decision, decided_by=wording("demo_cycle.secretariat"))
