"""What to do today.

1. From the empty register to the next year, each state asks for its own step, with the command that takes it; what
   stops the turn of the year is among them.
2. Never more than three steps; what nobody can do today needs nobody.
3. The schedule's next line stands below, what lasts until it ends.
4. Nothing is changed.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import kohyo
from kohyo.tables.schedule import upcoming
from kohyo.usecases.new import workspace_for
from tests.cli.running import run_alone
from tests.usecases.small import NOW, Small, made_up_plan, new_small, opened, type_into

PLAN = made_up_plan()
ISSUED, CLOSES = PLAN.cycle.issued, PLAN.cycle.closes
LATER = date(CLOSES.year, CLOSES.month + 1, 28)


def _keys(small: Small, today: date = CLOSES) -> list[str]:
    return [step.key for step in kohyo.next_steps(small.root, today).steps]


def test_before_anything_went_out(tmp_path: Path) -> None:
    """An empty register asks for its list, then for the day on which the forms go out (1, 2)."""
    empty = workspace_for(tmp_path / "空", PLAN)
    asked = kohyo.next_steps(empty.root, ISSUED)
    assert [(step.key, step.command) for step in asked.steps] == [("import", "import")]
    small = new_small(tmp_path / "作業")
    early = kohyo.next_steps(small.root, date(ISSUED.year, ISSUED.month - 1, 1))
    assert ([step.key for step in early.steps], early.needs_person) == (["distribute_later"], False)
    assert _keys(small, ISSUED) == ["distribute"]


def test_while_returns_come(small: Small) -> None:
    """What came is to be taken in; what has not come is awaited, and reminded of after its deadline (1, 2)."""
    waiting = kohyo.next_steps(small.root, CLOSES)
    assert ([step.key for step in waiting.steps], waiting.needs_person) == (["wait"], False)
    assert _keys(small, LATER) == ["remind"]
    small.send("市民局")
    assert _keys(small)[0] == "consolidate"


def test_conflicts_and_the_end(small: Small) -> None:
    """A question is decided, then applied; when everything is there come tables, the version and the new year (1)."""
    for department in ("企画財政局", "市民局", "東区役所", "西区役所", "上下水道局"):
        small.send(department, {"2-1": {"state": "順調"}})
    small.edit(2, 取組の内容="手で直した。")
    small.consolidate()
    small.send("市民局", {"2-1": {"overview": "部で直した。"}}, name="直し.xlsx")
    small.consolidate()
    assert "decide" in _keys(small)
    small.decide(1, 採用="台帳", 決めた人="係")
    assert "resolve" in _keys(small)
    kohyo.resolve(small.root, now=NOW)
    assert len(_keys(small, LATER)) <= 3


def test_a_proposal_is_decided(small: Small) -> None:
    """What a department proposed waits for the office as a conflict does; what it wrote is then to be applied (1)."""
    form = small.send("市民局")
    with opened(form) as book:
        proposal = {"title": "夜間の窓口", "overview": "夜も開ける。", "tick_online": "○", "tick_staff": "－"}
        type_into(next(book[tab] for tab in book.sheetnames if "新規" in tab), proposal)
    small.consolidate()
    assert _keys(small)[0] == "proposals"
    with small.by_hand() as book:
        sheet = book["提案"]
        columns = {str(cell.value): int(cell.column or 0) for cell in sheet[1]}
        for heading, value in {"採用": "採用", "目標": 3, "開始年度": PLAN.cycle.year}.items():
            sheet.cell(2, columns[heading]).value = value  # type: ignore[assignment]
    assert _keys(small)[0] == "resolve"
    kohyo.resolve(small.root, now=NOW)
    assert _keys(small) == ["sent_back", "wait"]


def test_the_year_ends(small: Small) -> None:
    """Everything accepted: tables and a version, and after March the next year (1)."""
    for department in ("企画財政局", "市民局", "東区役所", "西区役所", "上下水道局"):
        small.send(department)
    small.consolidate()
    done = kohyo.next_steps(small.root, CLOSES)
    assert ([step.key for step in done.steps], done.needs_person) == (["tables", "freeze"], False)
    kohyo.freeze(small.root, "確定")
    assert _keys(small) == ["tables"]
    assert _keys(small, date(CLOSES.year + 1, 4, 1)) == ["rollover"]


def test_the_schedule_goes_on() -> None:
    """A span stands until its last day is over, then what follows; at the end there is nothing (3)."""
    cycle = PLAN.cycle.model_copy(update={"milestones": ()})
    plan = PLAN.model_copy(update={"cycle": cycle, "forms": ()})
    assert upcoming(plan, ISSUED) != upcoming(plan, CLOSES) != ""
    assert upcoming(plan, date(CLOSES.year + 2, 1, 1)) == ""


def test_the_command_line_says_it(small: Small) -> None:
    """The lines name the command and the ribbon's button; nothing in the folder changes (1, 4)."""
    before = {path: path.read_bytes() for path in small.root.rglob("*") if path.is_file() and path.suffix != ".lock"}
    small_name = str(small.root)
    ran = run_alone("next", small_name, "--today", ISSUED.isoformat(), encoding="cp932")
    assert (ran.code, ran.err) == (0, "")
    assert f"［kohyo status {small_name}、個票タブの「回収状況」］" in ran.out
    data = json.loads(run_alone("next", small_name, "--today", ISSUED.isoformat(), "--json").out)
    assert [step["command"] for step in data["steps"]] == [f"kohyo status {small_name}"]
    assert {path: path.read_bytes() for path in before} == before
