"""Numbers, versions, adopted proposals and the past (K532 to K544)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook

import kohyo
from tests.findings.stage import Findings, Ground, provokes, put
from tests.usecases.small import NOW, Small, opened, type_into


def _crosswalk(small: Small, *rows: tuple[str, ...]) -> Path:
    path = small.root / "対照.csv"
    path.write_text("\n".join(",".join(row) for row in (("旧番号", "新番号"), *rows)), encoding="utf-8")
    return path


@provokes("K532", "K533", "K534")
def a_crosswalk_that_contradicts_the_register(ground: Ground) -> Findings:
    """Renumber by a crosswalk with an unknown number, one number twice, and an unknown goal."""
    small = ground.small()
    rows = (("8-8", "1-3"), ("1-1", "1-5"), ("2-1", "1-5"), ("2-2", "9-1"))
    return kohyo.renumber(small.root, _crosswalk(small, *rows), now=NOW).findings


@provokes("K535")
def a_crosswalk_with_a_date(ground: Ground) -> Findings:
    """Renumber by a workbook in which Excel made a day of a number."""
    small = ground.small()
    book = Workbook()
    for row in (("旧番号", "新番号"), ("2-1", NOW)):
        book.worksheets[0].append(row)
    book.save(small.root / "対照.xlsx")
    return kohyo.renumber(small.root, small.root / "対照.xlsx", now=NOW).findings


@provokes("K536", "K537", "K538")
def a_crosswalk_that_moves_items(ground: Ground) -> Findings:
    """Renumber where an item must make room, one leaves the goal of its entry, and one gets no number."""
    small = ground.small()
    with small.by_hand() as book:
        book["体系表掲載"].append((2, "オンライン", 1, None, "窓口の予約", "2-1"))
    rows = (("2-1", "3-1"), ("2-2", ""))
    return kohyo.renumber(small.root, _crosswalk(small, *rows), apply=True, now=NOW).findings


@provokes("K541", "K542")
def a_proposal_of_which_too_little_is_known(ground: Ground) -> Findings:
    """Adopt a proposal without a goal, and one with a department that nobody knows."""
    small = ground.small()
    with opened(small.send("市民局")) as book:
        for tab in ("R13新規", "R13新規-2"):
            type_into(book[tab], {"title": tab, "overview": "夜も開ける。", "tick_online": "○"})
    small.consolidate()
    put(small.workspace.register, "提案", 2, 採用="採用")
    put(small.workspace.register, "提案", 3, 採用="採用", 目標=3, 担当局="どこかの局")
    return kohyo.resolve(small.root, now=NOW).findings


@provokes("K543")
def a_history_that_was_changed(ground: Ground) -> Findings:
    """Show a past day after somebody wrote over the history, the copies gone."""
    small = ground.small()
    small.send("企画財政局", {"1-1": {"overview": "回答の文"}})
    small.consolidate(NOW + timedelta(days=1))
    backups = small.workspace.backups
    for path in (*backups.glob("台帳_*.xlsx"), backups / "台帳_変更履歴.jsonl"):
        path.unlink()
    last = next(row for row, change in enumerate(small.register().changes, 2) if change.new == "回答の文")
    put(small.workspace.register, "変更履歴", last, 変更後="書き換えた文")
    return kohyo.show(small.root, NOW.date(), now=NOW + timedelta(days=2)).findings


@provokes("K544")
def an_item_in_no_form(ground: Ground) -> Findings:
    """Distribute after a crosswalk added an item of which no department is known."""
    small = ground.small()
    kohyo.renumber(small.root, _crosswalk(small, ("", "1-9")), apply=True, now=NOW)
    return kohyo.distribute(small.root).findings


@provokes("K551", "K552")
def a_deadline_that_nobody_keeps(ground: Ground) -> Findings:
    """Distribute with a Sunday, and after the definition's day."""
    small = ground.small()
    sunday, after = date(2030, 6, 30), NOW + timedelta(days=400)
    return (*kohyo.distribute(small.root, sunday, now=NOW).findings, *kohyo.distribute(small.root, now=after).findings)
