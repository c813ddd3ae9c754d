"""All tables of a workspace (作表), on the shipped plan's demo and on the made-up plan.

1. One workbook per table, named after it; the item sheets have a sheet per item, and every link leads somewhere.
2. Figures can be traced: register → table → twin, for at least one row of each.
3. A name that nobody knows is refused with the names that there are.
4. A new workspace of the shipped plan holds its project teams and good practices; another plan's holds none.
5. The ＰＴ sheet is the secretariat's own: what is written into it is printed, and no save changes it.
6. The made-up plan gets all tables, under the names of its own sheets.
7. Twins never overwrite each other, their headings are unique, and a text that begins like a formula is disarmed.
8. Two books are never written under one name.
9. The twins keep the government's rules for machine-readable tables.
"""

from __future__ import annotations

import csv
import json
import shutil
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

import kohyo
from kohyo.definition.load import shipped
from kohyo.errors import UsageError
from kohyo.excel.register_book import load_register
from kohyo.messages import describe_problem, located
from kohyo.model.plan import MadeBook, Plan
from kohyo.model.register import Register
from kohyo.tables.table_books import book_named, table_books
from kohyo.usecases.check import check_rules
from kohyo.usecases.new import new_workspace, workspace_for
from kohyo.workspace.folder import Workspace
from tests.conftest import Demo
from tests.golden import facts
from tests.lint.parts import MAIN
from tests.lint.parts import opened as parts_of
from tests.usecases.small import NOW, Small, made_up_plan, opened

OFFICIAL = {
    "体系表.xlsx",
    "取組み一覧.xlsx",
    "個票集.xlsx",
    "年度別個票.xlsx",
    "ＰＴ一覧.xlsx",
    "提案一覧.xlsx",
    "ヒアリング資料.xlsx",
    "スケジュール.xlsx",
    "推進本部報告.xlsx",
}


@pytest.fixture(scope="module")
def workspace(demo: Demo) -> Workspace:
    """Return the demo's workspace; never changed."""
    return Workspace(demo.folder)


@pytest.fixture(scope="module")
def register(workspace: Workspace, plan: Plan) -> Register:
    """Return the demo's register."""
    return load_register(workspace.register, plan, backups=workspace.backups).register


@pytest.fixture(scope="module")
def second(small_origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Return the made-up plan's workspace with all its tables."""
    copy = shutil.copytree(small_origin, tmp_path_factory.mktemp("tables") / "作業")
    small = Small(Workspace(Path(copy)))
    kohyo.make_tables(small.root)
    return small


def _records(workspace: Workspace, name: str) -> list[dict[str, str]]:
    with (workspace.data / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _json(workspace: Workspace, name: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((workspace.data / f"{name}.json").read_text(encoding="utf-8"))["data"]
    return found


def test_a_workbook_a_table(workspace: Workspace) -> None:
    """The official tables and the lists of what was sent (1)."""
    names = {path.name for path in workspace.results.glob("*.xlsx")}
    assert names >= OFFICIAL | {"課題一覧.xlsx", "好事例一覧.xlsx"}


@pytest.mark.parametrize(("name", "sheets"), [("個票集", 94), ("ヒアリング資料", 40)])
def test_links_lead_to_sheets(workspace: Workspace, name: str, sheets: int) -> None:
    """Every sheet after the contents is linked to from there, once (1)."""
    parts = parts_of(workspace.results / f"{name}.xlsx")
    first, *others = parts.sheets
    links = parts.trees[parts.sheets[first]].iter(f"{MAIN}hyperlink")
    linked = [link.get("location") for link in links]
    tabs = [f"'{tab}'!A1" for tab in others]
    assert Counter(linked) == Counter(tabs)
    assert len(tabs) + 1 >= sheets


def test_an_item_sheet_says_what_the_register_says(workspace: Workspace, register: Register) -> None:
    """項目 1-1 from the register to its sheet, the year's table and both twins (2)."""
    item = next(item for item in register.items if str(item.number) == "1-1")
    book = openpyxl.load_workbook(workspace.results / "個票集.xlsx", read_only=True)
    said = {str(cell) for row in book["1-1"].iter_rows(values_only=True) for cell in row if cell is not None}
    book.close()
    (record,) = (record for record in _json(workspace, "個票集") if record["number"] == "1-1")
    (year,) = (record for record in _json(workspace, "令和6年度個票") if record["number"] == "1-1")
    for name in ("overview", "situation", "plan_2024", "result", "progress"):
        assert {item.text(name)} <= said
        assert record[name] == item.text(name)
    assert (year["plan_2024"], year["result"]) == (item.text("plan_2024"), item.text("result"))
    assert record["effect_finance"] == item.values["effect_finance"]


def test_the_report_counts_what_the_register_holds(workspace: Workspace, register: Register, plan: Plan) -> None:
    """93 items, 63 printed ticks and more as departments answered; each goal's items and progress (2)."""
    goals = _records(workspace, "推進本部報告（到達点別）")
    assert [int(row["項目数（件）"]) for row in goals] == [25, 31, 19, 10, 8, 93]
    progress = Counter(item.text("progress") for item in register.items if item.goal == 1)
    assert {choice: int(goals[0][f"進捗：{choice}（件）"]) for choice in plan.choice_values("progress")} == {
        choice: progress[choice] for choice in plan.choice_values("progress")
    }
    views = {row["改善の視点"]: int(row["項目数（件）"]) for row in _records(workspace, "推進本部報告（視点別）")}
    (counted,) = (row for row in _records(workspace, "件数") if row["到達点の名称"] == "合計")
    assert (views["延べ"], views["実数"]) == (int(counted["延べ（件）"]), int(counted["実数（件）"]))
    assert views["延べ"] > views["実数"]


def test_the_twins_keep_the_governments_rules(workspace: Workspace) -> None:
    """No CSV breaks any of the rules for machine-readable tables (9)."""
    twins = sorted(workspace.data.glob("*.csv"))
    assert len(twins) > 20
    assert [located(finding) for finding in check_rules(twins).findings] == []


def test_charts(workspace: Workspace) -> None:
    """The report has a chart by goal and by perspective, each below its table, with what it says in words (1)."""
    with zipfile.ZipFile(workspace.results / "推進本部報告.xlsx") as package:
        assert sum(name.startswith("xl/charts/chart") for name in package.namelist()) == 2
        drawn = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/drawings/drawing")]
        assert all("descr=" in part and "予定どおり" in part for part in drawn)
    book = openpyxl.load_workbook(workspace.results / "推進本部報告.xlsx")
    assert [len(sheet._charts) for sheet in book.worksheets] == [1, 1, 0, 0, 0]  # type: ignore[attr-defined] # no other way
    book.close()


def test_what_was_sent_is_listed(workspace: Workspace, register: Register, plan: Plan) -> None:
    """Issues and proposals of the demo, each as it stands in the register (2)."""
    issues = {str(entry.values["issue_text"]) for entry in register.submissions if entry.kind == "issue"}
    listed = _json(workspace, "課題一覧")
    assert {record["issue_text"] for record in listed} == issues
    assert listed[0]["department"] == plan.departments[0].name
    kinds = Counter(record["kind"] for record in _json(workspace, "提案一覧"))
    assert kinds == {"個票の写し": 1, "令和6年度追加の提案": 1, "令和7年度新規の提案": 1}


def test_hearing_papers_hold_every_item(workspace: Workspace, register: Register) -> None:
    """No item is missing, and the other owners of shared items speak (2)."""
    records = _json(workspace, "ヒアリング資料")
    assert {record["place"] for record in records if record["section"] == "取組み項目"} == {
        str(item.number) for item in register.current
    }
    assert len({record["name"] for record in records if record["section"] == "ほかの所管部の回答"}) > 20


def test_an_unknown_name(demo_folder: Path) -> None:
    """The refusal names every table there is (3)."""
    with pytest.raises(UsageError) as error:
        kohyo.make_tables(demo_folder, only=["体系図"])
    said = describe_problem(error.value)
    for name in (*OFFICIAL, "課題一覧", "財政見通し"):
        assert Path(name).stem in said


def test_a_new_register_begins_with_what_ships(tmp_path: Path, plan: Plan) -> None:
    """12 teams, 13 practices under ids of their own, nothing in the history (4)."""
    made = new_workspace(tmp_path / "作業")
    loaded = load_register(made.register, plan, backups=made.backups)
    assert (len(loaded.register.teams), len(loaded.register.submissions)) == (12, 13)
    assert [entry.id for entry in loaded.register.submissions] == [f"P{at:04}" for at in range(1, 14)]
    assert {entry.kind for entry in loaded.register.submissions} == {"practice"}
    assert (loaded.findings, loaded.edits, loaded.register.changes) == ((), (), ())
    assert loaded.register.teams[8].numbers == "3-12\n3-13"
    titles = [submission.values["practice_title"] for submission in loaded.register.submissions]
    assert titles == facts("practices")


def test_another_plan_begins_with_nothing(tmp_path: Path) -> None:
    """No team and no practice of the shipped plan (4)."""
    made = workspace_for(tmp_path / "作業", made_up_plan())
    assert load_register(made.register, made_up_plan()).register == Register()


def test_the_team_sheet_is_the_secretariats(small: Small) -> None:
    """A team written by hand is printed; a consolidation leaves it as it was (5)."""
    with small.by_hand() as book:
        headings = [cell.value for cell in book["ＰＴ"][1]]
        row = {"番号": "1-1／2-1", "名称": "窓口改善", "検討内容": "①予約\n②案内", "想定メンバー": "市民局 など"}
        for place, heading in enumerate(headings, 1):
            book["ＰＴ"].cell(2, place, row.get(str(heading)))
    small.send("市民局")
    small.consolidate(NOW)
    kohyo.make_tables(small.root, only=["ＰＴ一覧"])
    records = _records(small.workspace, "ＰＴ一覧")
    assert [record["個票番号"] for record in records] == ["1‐1", "2‐1"]
    assert {(record["主な検討内容"], record["想定メンバー"]) for record in records} == {("予約、案内", "市民局 など")}
    with opened(small.workspace.register) as book:
        kept = dict(zip(headings, (cell.value for cell in book["ＰＴ"][2]), strict=False))
    assert (kept["番号"], kept["名称"]) == ("1-1／2-1", "窓口改善")


def test_the_made_up_plan_gets_all_tables(second: Small) -> None:
    """Its own voices have a list, its own data a table each where it has rows; nothing shipped (6)."""
    names = {path.name for path in second.workspace.results.glob("*.xlsx")}
    others = {"市民の声一覧.xlsx", "改革会議報告.xlsx"} | {
        f"{data.name}.xlsx" for data in made_up_plan().tables if data.rows
    }
    assert names == OFFICIAL - {"推進本部報告.xlsx", "ＰＴ一覧.xlsx"} | others


def test_the_report_is_called_after_the_body_it_goes_to() -> None:
    """The first of the definition's bodies; where there is none, nobody's; its usual name finds it too (6)."""
    plan = made_up_plan()
    alone = plan.model_copy(update={"seats": (), "books": (MadeBook(name="推進本部報告"),)})
    for of, name in ((shipped("setagaya-r6"), "推進本部報告"), (plan, "改革会議報告"), (alone, "状況報告")):
        assert book_named(of, "推進本部報告.xlsx").file == f"{name}.xlsx"
    (made,) = table_books(alone)
    names = {table.name.partition("（")[0] for table in made.build(alone, Register())}
    assert names == {"状況報告", "項目の状況"}


def test_what_has_nothing_to_show_is_told(second: Small) -> None:
    """A list that is asked for by its name and is empty is no silence (6)."""
    made = kohyo.make_tables(second.root, only=["ＰＴ一覧", "スケジュール"])
    assert ([path.stem for path in made.books], made.empty, made.needs_person) == (
        ["スケジュール"],
        ("ＰＴ一覧",),
        True,
    )


def test_twins(workspace: Workspace, plan: Plan, second: Small) -> None:
    """As many twins as tables have one, every heading once (7)."""
    for place, of in ((workspace, plan), (second.workspace, made_up_plan())):
        register = load_register(place.register, of, backups=place.backups).register
        tables = [table for book in table_books(of) for table in book.build(of, register) if table.record_columns]
        assert max(Counter(table.name for table in tables).values()) == 1
        for table in tables:
            labels = [column.label for column in table.record_columns]
            assert len(set(labels)) == len(labels), table.name
            assert (place.data / f"{table.name}.csv").is_file()


def test_a_formula_is_disarmed_and_a_figure_is_not(small: Small) -> None:
    """=1+1 in a text, a negative figure: the one gets an apostrophe, the other stays a number (7)."""
    small.send("企画財政局", {"1-1": {"schedule_2030": "=HYPERLINK(1)"}})
    with small.by_hand() as book:
        headings = [cell.value for cell in book["項目"][1]]
        book["項目"].cell(2, headings.index("取組名") + 1, "=1+1").data_type = "s"
        book["項目"].cell(2, headings.index("達成率") + 1, -12.5)
    kohyo.make_tables(small.root)
    record = _records(small.workspace, "個票集")[0]
    assert (record["取組名"], record["達成率（％）"]) == ("'=1+1", "-12.5")
    assert _json(small.workspace, "個票集")[0]["ratio"] == -12.5


def test_a_sheet_named_like_a_table(plan: Plan) -> None:
    """A kind of sheet that is called 取組み does not take the place of 取組み一覧 (8)."""
    renamed = tuple(
        kind.model_copy(update={"title": "取組み"}) if kind.key == "issue" else kind for kind in plan.sheets
    )
    found = table_books(plan.model_copy(update={"sheets": renamed}))
    files = Counter(book.file for book in found)
    assert max(files.values()) == 1
    assert next(book for book in found if book.name == "取組み一覧").internal is False
