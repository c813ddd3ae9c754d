"""A small workspace on the plan that ships: six of its items, four respondents, one item shared by two."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import openpyxl

import kohyo
from kohyo.definition.load import shipped
from kohyo.definition.seed import shipped_list
from kohyo.excel.register_book import load_register
from kohyo.model.finding import Finding
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.register import Change, ChangeKind, Register
from kohyo.usecases.consolidate import Consolidated
from kohyo.usecases.new import DEFAULT_PLAN, new_workspace
from kohyo.workspace.folder import Workspace

NOW = datetime(2024, 6, 17, 9, 0, 0)  # noqa: DTZ001 - the register knows no time zones
NUMBERS = ("1-1", "1-10", "2-1", "3-1", "3-3", "4-2")


def new_real(root: Path) -> Real:
    """Make the workspace and send its forms out."""
    real = Real(new_workspace(root))
    heading, *rows = shipped_list(DEFAULT_PLAN)
    chosen = [heading, *(row for row in rows if row[0] in NUMBERS)]
    path = root / "一覧.tsv"
    path.write_text("".join("\t".join(row) + "\n" for row in chosen), encoding="utf-8")
    kohyo.import_items(root, path, now=NOW)
    kohyo.distribute(root)
    return real


@dataclass(frozen=True)
class Real:
    """The workspace and what people do with it."""

    workspace: Workspace

    @property
    def root(self) -> Path:
        """The folder."""
        return self.workspace.root

    @property
    def plan(self) -> Plan:
        """The plan."""
        return shipped(DEFAULT_PLAN)

    def copied(self, root: Path) -> Real:
        """Return a copy that a test may change."""
        return Real(Workspace(Path(shutil.copytree(self.root, root))))

    def form(self, department: str) -> Path:
        """Return the form that went out to a department."""
        return self.workspace.forms / f"調査票_{department}.xlsx"

    def consolidate(self) -> Consolidated:
        """Take 回収 into the register."""
        return kohyo.consolidate(self.root, now=NOW)

    def register(self) -> Register:
        """Return what the register on disk holds."""
        return load_register(self.workspace.register, self.plan).register

    def item(self, number: str) -> Item:
        """Return the item with this number."""
        return next(item for item in self.register().items if str(item.number) == number)

    def edits(self) -> list[Change]:
        """Return what 変更履歴 says that the secretariat changed by hand."""
        return [change for change in self.register().changes if change.kind is ChangeKind.EDITED]

    def reported(self) -> list[str]:
        """Return every text of 結果/取込結果.xlsx."""
        book = openpyxl.load_workbook(self.workspace.result("import_report"), read_only=True)
        rows = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
        found = [str(value) for row in rows for value in row if value is not None]
        book.close()
        return found


def answer_cells(form: Path, tab: str) -> dict[str, str]:
    """Return the answer cell of every field on a sheet of a form, by the field's name."""
    names = openpyxl.load_workbook(form)[tab].defined_names
    found = {name: str(entry.attr_text).rpartition("!")[2].replace("$", "") for name, entry in names.items()}
    return {name.removeprefix("k_"): cell for name, cell in found.items() if name.startswith("k_")}


def about(findings: tuple[Finding, ...], sheet: str) -> list[tuple[str, str]]:
    """Return code and field of the findings on one sheet."""
    return [(finding.code, finding.field) for finding in findings if finding.place.sheet == sheet]
