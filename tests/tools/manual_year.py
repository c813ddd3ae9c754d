"""The year that the manual (手引き) shows: the week after the deadline, and the demo as it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

import kohyo
from kohyo.definition.seed import shipped_list
from kohyo.workspace.folder import open_workspace
from kohyo.workspace.made_up_returns import MadeUpReturns
from kohyo.workspace.progress import silent

_MORNING = time(9)
_PLAN = "setagaya-r6"


@dataclass(frozen=True)
class Year:
    """Two workspaces: when the returns have come, and when everything was accepted and kept as a version."""

    june: Path
    done: Path


def play(folder: Path) -> Year:
    """Play the year below a folder, as the pages of the manual tell it."""
    year = Year(folder / "六月", folder / "見本")
    after = send_june(year.june, folder / "一覧.tsv")
    june = kohyo.Workspace(year.june)
    june.consolidate(now=after)
    june.status(after.date())
    kohyo.demo(year.done)
    cycle = kohyo.Workspace(year.done).plan.cycle
    kohyo.make_papers(year.done, ("調査依頼文",), today=cycle.issued)
    kohyo.make_papers(year.done, ("ヒアリング資料",), today=cycle.closes + timedelta(weeks=3))
    return year


def send_june(root: Path, listed: Path) -> datetime:
    """Send the forms out and let come what comes in time; return when it may be taken in."""
    workspace = kohyo.Workspace(root).new(_PLAN)
    cycle = workspace.plan.cycle
    listed.write_text("\n".join("\t".join(row) for row in shipped_list(_PLAN)) + "\n", encoding="utf-8")
    issued = datetime.combine(cycle.issued, _MORNING)
    workspace.import_items(listed, now=issued)
    workspace.distribute(now=issued)
    MadeUpReturns(open_workspace(root), workspace.plan, workspace.register).send(silent)
    return datetime.combine(cycle.closes + timedelta(days=3), _MORNING)
