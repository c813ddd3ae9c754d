"""The small workspace of a plan in which a department may end its items, and the office's decision about that."""

from __future__ import annotations

from pathlib import Path

import kohyo
from kohyo.usecases.new import workspace_for
from tests.usecases.small import LIST, NOW, Small, made_up_plan

LEAD = "企画財政局"
END = {"next_step": "完了", "schedule_2031": None}


def new_ending(root: Path) -> Small:
    """Make it: 企画財政局 has ended 1-1, and 2-1, which 市民局 leads, and plans nothing behind it."""
    plan = made_up_plan()
    choices = [
        entry.model_copy(update={"values": ("継続", "完了")}) if entry.name == "next" else entry
        for entry in plan.choices
    ]
    fields = [rule.model_copy(update={"scope": "shared"}) if rule.name == "next_step" else rule for rule in plan.fields]
    changed = plan.model_copy(update={"choices": tuple(choices), "fields": tuple(fields)})
    small = Small(workspace_for(root, changed))
    kohyo.import_items(small.root, small.write_list(LIST), now=NOW)
    small.distribute()
    small.send(LEAD, {"1-1": END, "2-1": END})
    small.consolidate()
    return small


def decide_ending(small: Small, decision: str) -> None:
    """Decide the first end that is proposed."""
    with small.by_hand() as book:
        sheet = book["廃止・完了・統合"]
        columns = {str(cell.value): int(cell.column or 0) for cell in sheet[1]}
        for heading, value in {"採用": decision, "理由": "話し合った。"}.items():
            sheet.cell(2, columns[heading], value)
    kohyo.resolve(small.root, now=NOW)
