"""A plan of the least parts: no goals, years, perspectives, overview, matrix, proposals; two hundred facilities.

1. Nothing stands in for what it has not: no dummy column in list, form, register, table and paper; no table, sheet or
   band that makes no sense.
2. Numbers are spelled by the pattern of the definition, read in any spelling of it, sorted by value, and made by it.
3. The survey goes the whole way: imported, sent, answered, tabulated, frozen, compared, renumbered, rolled over.
"""

from __future__ import annotations

import csv
import shutil
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

import kohyo
from kohyo.definition.load import plan_from_data
from kohyo.errors import DefinitionError
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.excel.register_book import load_register
from kohyo.model.numbering import ItemNumber, is_pattern
from kohyo.model.outcome import Outcome
from kohyo.model.plan import Plan
from kohyo.workspace.folder import Workspace
from tests.definition.plans import bent
from tests.usecases.small import cell_of, opened, type_into

NOW = datetime(2026, 7, 20, 9, 0, 0)  # noqa: DTZ001 - the register knows no time zones
OFFICES = tuple(f"第{number}管理課" for number in range(1, 11))
FACILITIES = 200


@dataclass(frozen=True)
class Survey:
    """The workspace after its year, its plan, and the books that were made."""

    workspace: Workspace
    plan: Plan
    books: dict[str, Path]


def _without(sheet: Worksheet) -> None:
    sheet.delete_rows(3, sheet.max_row)


def _become_bare(path: Path) -> None:
    """Take what is optional out of the definition in the workbook, and give it offices and a pattern of numbers."""
    with opened(path) as book:
        for tab in ("到達点", "年度", "作る表", "所管部", "体系表の書き方"):
            _without(book[tab])
        for row, name in enumerate(OFFICES, start=3):
            book["所管部"].cell(row, 1).value = f"{row - 2:02}"
            book["所管部"].cell(row, 2).value = name
        fields = book["欄"]
        for name in ("goal", "overview"):
            fields.delete_rows(next(row for row in range(3, fields.max_row) if fields.cell(row, 1).value == name))
        columns = {cell.value: cell.column or 0 for cell in book["計画"][2]}
        book["計画"].cell(3, columns["番号の形"]).value = "A-{serial:03}"


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory) -> Survey:
    """Lead the survey through its year; two of the ten offices answer."""
    workspace = kohyo.new_workspace(tmp_path_factory.mktemp("bare") / "施設", "facilities")
    _become_bare(workspace.definition)
    root = workspace.root
    listed = root / "一覧.csv"
    rows = [("施設番号", "施設名", "所管部", "延床面積", "しゅん工日")]
    for serial in range(FACILITIES, 0, -1):
        spelled = f"Ａ－{serial:03}" if serial % 2 else f"a-{serial:03}"
        rows.append((spelled, f"施設{serial}", OFFICES[serial % 10], "１，２００．５㎡", "平成2年4月1日"))
    with listed.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    imported = kohyo.import_items(root, listed, now=NOW)
    assert (imported.added, {found.code for found in imported.findings} - {"K207", "K320"}) == (FACILITIES, set())
    kohyo.distribute(root, now=NOW)
    for office in OFFICES[:2]:
        path = workspace.returns / f"施設調査票_{office}.xlsx"
        shutil.copy(next(workspace.forms.glob(f"*_{office}.xlsx")), path)
        with opened(path) as book:
            for tab in (tab for tab in book.sheetnames if tab.startswith("A-")):
                type_into(book[tab], {"condition": "Ａ 良好"})
    done = kohyo.consolidate(root, now=NOW)
    assert done.outcomes[Outcome.ACCEPTED] == 2, [found.code for found in done.findings]
    made = kohyo.make_tables(root)
    kohyo.freeze(root, "調査時点", anyway=True)
    kohyo.diff(root, "調査時点", "")
    kohyo.make_papers(root, today=NOW.date())
    return Survey(workspace, read_definition(workspace.definition), {path.stem: path for path in made.books})


def test_nothing_stands_in_for_goals_and_years(survey: Survey) -> None:
    """Definition, register and list have no goal; no table per year or goal is made (1)."""
    assert (survey.plan.goals, survey.plan.years) == ((), ())
    register = openpyxl.load_workbook(survey.workspace.register)
    goals = [column for column in register["項目"].iter_cols(values_only=True) if column[0] == "施設の区分"]
    assert {cell for column in goals for cell in column[1:]} <= {None}
    assert not {"体系表", "年度別個票"} & set(survey.books)
    (sheet, *_) = openpyxl.load_workbook(survey.books["取組み一覧"]).worksheets
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [text for text in texts if "到達点" in text or text == "0"]


def _said(path: Path) -> str:
    """Return all that a workbook, a paper or a twin says, its parts one after the other."""
    if path.suffix not in (".xlsx", ".docx"):
        return path.read_bytes().decode("utf-8-sig", errors="replace")
    with zipfile.ZipFile(path) as package:
        return "".join(package.read(part).decode("utf-8", errors="replace") for part in package.namelist())


def test_no_file_speaks_of_what_the_plan_has_not(survey: Survey) -> None:
    """Overview, perspectives, matrix and proposals are in no form, register, table, twin or paper (1)."""
    root = survey.workspace.root
    assert (survey.plan.matrix, [rule for rule in survey.plan.fields if rule.name == "overview"]) == (None, [])
    register = openpyxl.load_workbook(survey.workspace.register)
    assert not {"体系表掲載", "提案"} & set(register.sheetnames)
    assert not {"体系表", "提案一覧"} & set(survey.books)
    written = [
        path
        for folder in ("配布", "結果", "版")
        for path in sorted((root / folder).rglob("*"))
        if path.suffix in (".xlsx", ".docx", ".csv", ".json", ".txt", ".eml", ".md")
    ]
    assert {path.suffix for path in written} >= {".xlsx", ".docx", ".csv", ".json"}
    for path in (*written, survey.workspace.register):
        said = _said(path)
        assert [
            word for word in ("概要", "改善の視点", "体系表", "k_overview", '"overview"', "perspective") if word in said
        ] == [], path


def test_a_copied_sheet_still_proposes(survey: Survey, tmp_path: Path) -> None:
    """A facility of which the office did not know is kept, on a sheet that the register gets for it (1)."""
    root = Path(shutil.copytree(survey.workspace.root, tmp_path / "施設"))
    path = root / "回収" / f"施設調査票_{OFFICES[2]}.xlsx"
    shutil.copy(next((root / "配布").glob(f"*_{OFFICES[2]}.xlsx")), path)
    with opened(path) as book:
        tabs = [tab for tab in book.sheetnames if tab.startswith("A-")]
        for tab in tabs:
            type_into(book[tab], {"condition": "Ａ 良好"})
        copy = book.copy_worksheet(book[tabs[0]])
        copy.title = "新しい施設"
        copy[cell_of(book[tabs[0]], "title")].value = "新しい施設の名"
    kohyo.consolidate(root, now=NOW)
    sheet = openpyxl.load_workbook(root / "台帳.xlsx")["提案"]
    assert "新しい施設の名" in {cell.value for row in sheet.iter_rows() for cell in row}
    assert kohyo.verify(root).findings == ()


def test_the_list_is_in_the_order_of_the_numbers(survey: Survey) -> None:
    """A-001 to A-200, each with its facility, however the import spelled it (2)."""
    with (survey.workspace.data / "取組み一覧.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["施設番号"] for row in rows] == [f"A-{serial:03}" for serial in range(1, FACILITIES + 1)]
    assert rows[41]["施設名"] == "施設42"


def test_the_survey_goes_the_whole_way(survey: Survey, tmp_path: Path) -> None:
    """Values are what they are; the register verifies; numbers stay; the next year has its forms (3)."""
    root = Path(shutil.copytree(survey.workspace.root, tmp_path / "施設"))
    register = load_register(root / "台帳.xlsx", survey.plan, backups=root / "控え").register
    assert {item.values["floor_area"] for item in register.items} == {1200.5}
    assert kohyo.verify(root).findings == ()
    assert not kohyo.renumber(root).applied
    assert {number.why.value for number in kohyo.renumber(root).numbers} == {"kept"}
    kohyo.freeze(root, "第一回", anyway=True)
    assert kohyo.diff(root, "第一回", "").unchanged == FACILITIES
    assert kohyo.rollover(root, anyway=True, now=NOW).new.year == survey.plan.cycle.year + 1


PATTERNS = ("{goal}-{serial}", "R{goal}-{serial}", "A-{serial:03}", "{serial}", "No.{serial:02}", "{goal}.{serial:02}")


@given(st.sampled_from(PATTERNS), st.integers(1, 99), st.integers(1, 1200))
def test_a_number_is_read_as_it_is_spelled(pattern: str, goal: int, serial: int) -> None:
    """What a pattern spells it reads again, in either case; the order is that of the values (2)."""
    number = ItemNumber(goal if "{goal}" in pattern else 0, serial, pattern)
    assert ItemNumber.parse(str(number).lower(), pattern) == number
    assert number < number.at(serial + 1)
    for other in PATTERNS:
        try:
            read = ItemNumber.parse(str(number), other)
        except ValueError:
            continue
        assert str(read) == str(number)


@pytest.mark.parametrize(
    "pattern", ["{goal}", "{goal}{serial}", "1{serial}", "{serial}-{goal}", "{serial}{serial}", "{other}-{serial}",
                "{goal:02}-{serial}", "{serial:3}", "{serial", "第{serial}号", "{goal}-{serial!r}", ""],
)  # fmt: skip
def test_a_pattern_that_could_not_be_read_is_refused(pattern: str) -> None:
    """Digits that run together, the serial missing or before the goal, letters of another script (2)."""
    assert not is_pattern(pattern)
    with pytest.raises(DefinitionError):
        plan_from_data(bent(lambda data: data["plan"].update(numbering=pattern)), "bent")


def test_a_number_that_names_a_goal_needs_goals() -> None:
    """Without goals the serial alone counts, and the definition says so (1, 2)."""

    def bend(data: dict[str, object]) -> None:
        data["goals"] = []

    with pytest.raises(DefinitionError) as caught:
        plan_from_data(bent(bend), "bent")
    assert "{goal}" in str(caught.value.fields["details"])
