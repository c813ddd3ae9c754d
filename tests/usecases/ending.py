"""The small workspace of a plan in which a department may end its items, and the office's decision about that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import kohyo
from kohyo.model.plan_years import Survey
from kohyo.usecases.new import workspace_for
from tests.usecases.small import LIST, NOW, Small, made_up_plan

LEAD = "企画財政局"
END = {"next_step": "完了", "schedule_2031": None}


@dataclass(frozen=True)
class InSurvey(Small):
    """The workspace while a survey of the year is under way."""

    survey: str

    def form(self, department: str) -> Path:
        """Return the form of the survey that went out to a department."""
        return self.workspace.forms / f"調査票_{self.survey}_{department}.xlsx"


def new_ending(root: Path, surveys: Sequence[Survey] = ()) -> Small:
    """Make it: 企画財政局 has ended 1-1, and 2-1, which 市民局 leads, and plans nothing behind it.

    The first of the year's ``surveys`` asked that, where there are any.
    """
    plan = made_up_plan()
    choices = [
        entry.model_copy(update={"values": ("継続", "完了")}) if entry.name == "next" else entry
        for entry in plan.choices
    ]
    fields = [rule.model_copy(update={"scope": "shared"}) if rule.name == "next_step" else rule for rule in plan.fields]
    changed = {"choices": tuple(choices), "fields": tuple(fields), "surveys": tuple(surveys)}
    place = workspace_for(root, plan.model_copy(update=changed))
    small = InSurvey(place, surveys[0].name) if surveys else Small(place)
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
