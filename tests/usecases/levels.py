"""A level above (上の組織) of the small workspace: whose form asks the level below for the items that this one owns."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import kohyo
from kohyo.excel.register_book import load_register
from kohyo.excel.register_book.loaded_register import LoadedRegister
from kohyo.model.plan import Plan
from kohyo.model.value import FieldValue
from kohyo.usecases.consolidate import Consolidated
from kohyo.usecases.new import workspace_for
from kohyo.workspace.folder import Workspace
from tests.usecases.small import LIST, NOW, made_up_plan

CITY = "架空市"
"""Whose plan the small workspace holds."""

BUREAU = "市民局"
"""Its department whose items the level above asks for."""


@dataclass(frozen=True)
class Above:
    """A level above: its workspace, its plan, and the respondent that is the level below."""

    root: Path
    plan: Plan
    below: str

    @property
    def form(self) -> Path:
        """The form that went out to the level below."""
        return Workspace(self.root).forms / f"調査票_{self.below}.xlsx"

    def take(self, sent: Path) -> Consolidated:
        """Put what was sent up into 回収, and consolidate."""
        returns = Workspace(self.root).returns
        returns.mkdir(exist_ok=True)
        shutil.copy(sent, returns / sent.name)
        return kohyo.consolidate(self.root, now=NOW)

    def loaded(self) -> LoadedRegister:
        """Return what the register on disk holds."""
        return load_register(Workspace(self.root).register, self.plan)

    def values(self, number: str) -> dict[str, FieldValue]:
        """Return the values of an item."""
        items = self.loaded().register.items
        return dict(next(item for item in items if str(item.number) == number).values)


def new_above(root: Path, organisation: str, below: str, code: str, *, without: str = "") -> Above:
    """Make a level above whose respondent is the level below, with the items that this one owns; send the forms."""
    data = made_up_plan().model_dump_json().replace(CITY, organisation).replace(BUREAU, below)
    plan = Plan.model_validate_json(data)
    heading = plan.plan.model_copy(update={"code": code})
    rules = tuple(rule for rule in plan.fields if rule.name != without)
    plan = plan.model_copy(update={"plan": heading, "fields": rules})
    workspace = workspace_for(root, plan)
    rows = [[text.replace(BUREAU, below) for text in row] for row in LIST]
    path = root / "一覧.tsv"
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    kohyo.import_items(root, path, now=NOW)
    kohyo.distribute(workspace.root)
    return Above(root, plan, below)
