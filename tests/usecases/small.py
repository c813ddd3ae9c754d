"""A small workspace on the made-up plan: five departments, four items, answers typed into the forms."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

import kohyo
from kohyo.definition.load import load_toml
from kohyo.excel.register_book import load_register
from kohyo.model.item import Item
from kohyo.model.outcome import Outcome
from kohyo.model.plan import Plan
from kohyo.model.register import Receipt, Register
from kohyo.register.ownership import contribution
from kohyo.usecases.consolidate import Consolidated
from kohyo.usecases.distribute import Distributed
from kohyo.usecases.new import workspace_for
from kohyo.workspace.folder import Workspace
from kohyo.workspace.second_copies import SecondCopies
from tests.definition.plans import MADEUP

NOW = datetime(2030, 6, 1, 9, 0, 0)  # noqa: DTZ001 - the register knows no time zones
LIST = (
    ("取組番号", "取組名", "取組の内容", "担当局"),
    ("1-1", "使用料の見直し", "使用料を実費に合わせる。", "企画財政局"),
    ("2-1", "窓口の予約", "来庁の予約を始める。", "市民局、企画財政局"),
    ("2-2", "区の窓口", "区の窓口をまとめる。", "各区役所"),
    ("3-1", "研修", "研修を見直す。", "全局"),
)
DEPARTMENTS = ("企画財政局", "市民局", "東区役所", "西区役所", "上下水道局")
COMPLETE: Mapping[str, Any] = {
    "schedule_2030": "検討する。",
    "schedule_2031": "始める。",
    "state": "順調",
    "tick_finance": "○",
    "tick_online": "－",
    "tick_staff": "－",
    "tick_partners": "－",
}
"""What a sheet of the made-up plan must hold to have nothing to mend."""

Typed = Mapping[str, Mapping[str, Any]]
"""What is typed into a form: by item number, then by field."""


def made_up_plan() -> Plan:
    """Return the made-up plan."""
    return load_toml(MADEUP)


def new_small(root: Path) -> Small:
    """Make the workspace with its four items; nothing went out yet."""
    small = Small(workspace_for(root, made_up_plan()))
    kohyo.import_items(root, small.write_list(LIST), now=NOW)
    return small


@dataclass(frozen=True)
class Small:
    """The workspace and what people do with it."""

    workspace: Workspace

    @property
    def root(self) -> Path:
        """The folder."""
        return self.workspace.root

    def copied(self, folder: Path) -> Small:
        """Return a copy of the workspace below ``folder``, for a test that changes it."""
        return Small(Workspace(Path(shutil.copytree(self.root, folder / "作業"))))

    def write_list(self, rows: Sequence[Sequence[str]], name: str = "一覧.tsv") -> Path:
        """Write a list of items as the secretariat has it."""
        path = self.root / name
        path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
        return path

    def distribute(self) -> Distributed:
        """Send the forms out."""
        return kohyo.distribute(self.root, now=NOW)

    def form(self, department: str) -> Path:
        """Return the form that went out to a department."""
        return self.workspace.forms / f"調査票_{department}.xlsx"

    def send(self, department: str, typed: Typed | None = None, *, name: str = "", keep: Sequence[str] = ()) -> Path:
        """Put a department's complete answer into 回収, with ``typed`` besides; ``keep`` are the items it keeps."""
        path = self.workspace.returns / (name or self.form(department).name)
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.form(department), path)
        with opened(path) as book:
            for number in numbers_in(book):
                if keep and number not in keep:
                    book.remove(book[tab_of(number)])
                else:
                    type_into(book[tab_of(number)], {**COMPLETE, **(typed or {}).get(number, {})})
        return path

    def consolidate(self, now: datetime = NOW) -> Consolidated:
        """Take 回収 into the register."""
        return kohyo.consolidate(self.root, now=now)

    def own(self, number: str, department: str) -> Mapping[str, Any]:
        """Return what a department answers for itself on an item."""
        row = contribution(self.register(), self.item(number).id, department)
        return row.values if row else {}

    def register(self) -> Register:
        """Return what the register on disk holds."""
        return load_register(self.workspace.register, made_up_plan()).register

    def item(self, number: str) -> Item:
        """Return the item with this number."""
        return next(item for item in self.register().items if str(item.number) == number)

    def receipt(self, file: str) -> Receipt:
        """Return the row of 回収 about a file."""
        (found,) = (row for row in self.register().receipts if row.file == file)
        return found

    def outcomes(self) -> dict[str, Outcome]:
        """Return every file's outcome as 回収 says it."""
        return {row.file: row.outcome for row in self.register().receipts if row.file}

    @contextmanager
    def by_hand(self) -> Iterator[Workbook]:
        """Open the register as the secretariat does, and save it."""
        with opened(self.workspace.register) as book:
            yield book

    def edit(self, row: int, **columns: object) -> None:
        """Write into columns of 項目, by heading, on the row-th item (from 1), as the secretariat does."""
        with self.by_hand() as book:
            for heading, value in columns.items():
                column = next(cell.column for cell in book["項目"][1] if cell.value == heading)
                book["項目"].cell(row + 1, column).value = value  # type: ignore[assignment]

    def forget_what_went_out(self, department: str = "") -> None:
        """Lose the bases of a department, or of all, with their second copies, as a server that was set back does."""
        for base in list(self.workspace.bases.iterdir()):
            if f'"department": "{department}' in base.read_text(encoding="utf-8"):
                base.unlink()
        left = {path.name: path.read_bytes() for path in self.workspace.bases.iterdir()}
        self.workspace.base_copies.unlink()
        SecondCopies(self.workspace.base_copies).add(left)

    def decide(self, row: int, **columns: str) -> None:
        """Write into columns of 競合, by heading, on the row-th conflict (from 1)."""
        with self.by_hand() as book:
            for heading, value in columns.items():
                column = next(cell.column for cell in book["競合"][1] if cell.value == heading)
                book["競合"].cell(row + 1, column, value)


@contextmanager
def opened(path: Path) -> Iterator[Workbook]:
    """Open a workbook for typing, and save it."""
    book = openpyxl.load_workbook(BytesIO(path.read_bytes()))
    yield book
    book.save(path)
    book.close()


def tab_of(number: str) -> str:
    """Return the tab of an item sheet."""
    return f"カード{number}"


def numbers_in(book: Workbook) -> list[str]:
    """Return the numbers of the items that have a sheet."""
    return [tab.removeprefix("カード") for tab in book.sheetnames if tab.startswith("カード")]


def type_into(sheet: Worksheet, values: Mapping[str, Any]) -> None:
    """Type values into the answer cells of a sheet, found by their names."""
    for field, value in values.items():
        sheet[cell_of(sheet, field)].value = value


def cell_of(sheet: Worksheet, field: str) -> str:
    """Return the answer cell of a field."""
    return (sheet.defined_names[f"k_{field}"].attr_text or "").rpartition("!")[2].replace("$", "")


def codes(result: Any) -> list[str]:  # noqa: ANN401 - whatever has findings
    """Return the codes of a result's findings."""
    return [finding.code for finding in result.findings]
