"""A workspace of the shipped plan in which somebody proposed a project team, with too many members and too late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import kohyo
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.excel.form.form_writer import write_form
from kohyo.excel.register_book import load_register
from kohyo.model.plan import OpenForm, Plan
from kohyo.model.register import Register
from kohyo.model.value import FieldValue
from kohyo.usecases.consolidate import Consolidated
from kohyo.usecases.issue_form import open_issue
from kohyo.workspace.folder import Workspace
from tests.usecases.small import opened

LIST = "番号\t項目名\t概要\t所管部\n1-1\t広報の強化\t広く知らせる。\t総務部\n"
NOW = datetime(2024, 4, 17, 9, 0, 0)  # noqa: DTZ001 - the register knows no time zones
LATE = datetime(2024, 6, 20, 9, 0, 0)  # noqa: DTZ001 - as above
MEMBERS = "一郎、二郎、三郎、四郎、五郎、六郎"
PROJECT: Mapping[str, FieldValue] = {
    "title": "窓口の横断案内",
    "proposer_division": "総務部　総務課",
    "proposer_name": "架空　花子",
    "team_viewpoint": "各所管課の既存事業のリニューアルに関するもの",
    "situation": "案内がばらばらである。",
    "measures": "案内を一つにする。",
    "team_members": MEMBERS,
    "contact": "内線0000",
    "filled_on": "令和6年6月1日",
}


@dataclass(frozen=True)
class Proposed:
    """The workspace, and what its consolidation said."""

    workspace: Workspace
    result: Consolidated

    @property
    def plan(self) -> Plan:
        """The definition of the workspace."""
        return read_definition(self.workspace.definition)

    @property
    def register(self) -> Register:
        """What the register holds."""
        return load_register(self.workspace.register, self.plan).register

    def write(self, sheet: str, row: int, **columns: str) -> None:
        """Write into a row of a sheet of the register, by heading."""
        with opened(self.workspace.register) as book:
            places = {cell.value: cell.column or 0 for cell in book[sheet][1]}
            for heading, value in columns.items():
                book[sheet].cell(row, places[heading], value)

    def adopt(self) -> str:
        """Adopt the proposal as the secretariat does, and return its id."""
        self.write("提案", 2, 採用="採用")
        return next(entry.id for entry in self.register.submissions if entry.decision)

    def team(self, **columns: str) -> None:
        """Write a row below those of ＰＴ."""
        with opened(self.workspace.register) as book:
            row = book["ＰＴ"].max_row + 1
        self.write("ＰＴ", row, **columns)


def team_form(plan: Plan) -> OpenForm:
    """Return the form on which teams are proposed."""
    return next(form for form in plan.forms if form.key == "team")


def proposed(folder: Path) -> Proposed:
    """Return a new workspace after the proposal came in."""
    workspace = kohyo.new_workspace(folder / "作業")
    listed = folder / "一覧.tsv"
    listed.write_text(LIST, encoding="utf-8")
    kohyo.import_items(workspace.root, listed, now=NOW)
    kohyo.distribute(workspace.root, now=NOW)
    plan = read_definition(workspace.definition)
    form = team_form(plan)
    blank = open_issue(plan, form)
    sheets = tuple(replace(sheet, values={**sheet.values, **PROJECT}) for sheet in blank.sheets)
    write_form(workspace.returns / "提案.xlsx", plan, replace(blank, sheets=sheets), form.closes)
    return Proposed(workspace, kohyo.consolidate(workspace.root, now=LATE))
