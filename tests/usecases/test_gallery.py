"""Plans of other offices: begun from the gallery, changed in the workbook alone, led through a year.

1. Every plan of the gallery is listed with a line of its own, and makes a workspace.
2. A survey of facilities and a town's programme of three goals, four perspectives and grades S to C go the whole way.
3. Only the tables that the definition names, or that make sense, are made; a printed table comes from its sheet.
4. A definition edited before anything was done leaves nothing of the plan that it was begun from in the register.
5. Tables, twins and papers call number, title and owners of an item as the plan does.
6. No file that is written holds a word that belongs to another office, in any of its parts.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

import kohyo
from kohyo.definition.load import shipped, shipped_names
from kohyo.definition.seed import shipped_practices, shipped_teams
from kohyo.errors import UsageError
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.excel.register_book import load_register
from kohyo.excel.register_book.register_create import create_register
from kohyo.model.outcome import Outcome
from kohyo.model.plan import Plan
from kohyo.workspace.folder import Workspace
from tests.usecases.small import opened, type_into

NOW = datetime(2026, 7, 20, 9, 0, 0)  # noqa: DTZ001 - the register knows no time zones
FACILITIES = (
    ("施設番号", "施設名", "所在地", "所管部"),
    ("1-1", "本町会館", "本町１", "市民部"),
    ("2-1", "第一小学校", "西町１", "教育部"),
    ("3-1", "福祉館", "南町１", "福祉部、財産管理部"),
)
TOWN = (
    ("番号", "項目名", "概要", "所管部"),
    ("1-1", "窓口の一本化", "窓口を一つにする。", "企画部"),
    ("2-1", "会議の削減", "会議を減らす。", "総務部、企画部"),
    ("3-1", "基金の見直し", "基金をまとめる。", "各部"),
)


@dataclass(frozen=True)
class Year:
    """A workspace after its year, and the plan that it holds."""

    workspace: Workspace
    plan: Plan
    made: tuple[str, ...]


def _fill(sheet: Worksheet, *rows: Mapping[str, object]) -> None:
    """Replace what stands under the headings of a definition's sheet."""
    columns = {cell.value: cell.column or 0 for cell in sheet[2]}
    sheet.delete_rows(3, sheet.max_row)
    for number, row in enumerate(rows, start=3):
        for heading, value in row.items():
            sheet.cell(number, columns[heading]).value = value  # type: ignore[assignment]


def _become_a_town(path: Path) -> None:
    """Make the blank definition a town's, as its secretariat does in Excel."""
    with opened(path) as book:
        heading = {cell.value: cell.column or 0 for cell in book["計画"][2]}
        for name, value in (("計画の符号", "town-r8"), ("計画名", "まちの改革プログラム"), ("団体名", "みなと町")):
            book["計画"].cell(3, heading[name]).value = value
        goals = enumerate(("窓口", "しごと", "財政"), start=1)
        _fill(book["到達点"], *({"番号": code, "名前": name, "一覧での名前": name} for code, name in goals))
        views = zip(("people", "money", "digital", "place"), ("ひと", "かね", "デジタル", "場所"), strict=True)
        _fill(
            book["視点"],
            *({"符号": key, "名前": name, "体系表での名前": name, "一覧での名前": name} for key, name in views),
        )
        _fill(book["選択肢"], *({"一覧の符号": "progress", "選択肢": grade} for grade in "SABC"))
        fields = book["欄"]
        columns = {cell.value: cell.column or 0 for cell in fields[2]}
        tick = {"符号": "tick", "欄の名前": "視点：{perspective}", "種類": "該当・非該当", "区分": "basic"}
        for name, value in {**tick, "載せるシート": "item", "繰り返し": "視点ごと"}.items():
            fields.cell(fields.max_row if name != "符号" else fields.max_row + 1, columns[name]).value = value
        _fill(book["データの表"], {"表の名前": "基金の残高", "表題": "基金の残高", "単位": "千円"})
        _fill(
            book["データの表の列"],
            {"表の名前": "基金の残高", "符号": "fund", "見出し": "基金"},
            {"表の名前": "基金の残高", "符号": "amount", "見出し": "残高", "値の種類": "数字"},
        )
        rows = book.create_sheet("表_基金の残高")
        for row in (("基金", "残高"), ("財政調整基金", "▲1,200"), ("まちづくり基金", "300")):
            rows.append(row)


def _lead_through_a_year(workspace: Workspace, items: Sequence[Sequence[str]], typed: Mapping[str, object]) -> Year:
    root = workspace.root
    listed = root.parent / f"{root.name}.tsv"
    listed.write_text("".join("\t".join(row) + "\n" for row in items), encoding="utf-8")
    kohyo.import_items(root, listed, now=NOW)
    kohyo.distribute(root)
    for form in workspace.forms.glob("*.xlsx"):
        path = workspace.returns / form.name
        shutil.copy(form, path)
        with opened(path) as book:
            for tab in (tab for tab in book.sheetnames if tab[:1].isdigit()):
                type_into(book[tab], typed)
    kohyo.consolidate(root, now=NOW)
    made = kohyo.make_tables(root)
    kohyo.freeze(root, "決定")
    kohyo.diff(root, "決定", "")
    kohyo.status(root, NOW.date())
    return Year(workspace, read_definition(workspace.definition), tuple(path.stem for path in made.books))


@pytest.fixture(scope="module")
def facilities(tmp_path_factory: pytest.TempPathFactory) -> Year:
    """Survey facilities, of which no plan and no perspectives are known."""
    workspace = kohyo.new_workspace(tmp_path_factory.mktemp("facilities") / "施設", "facilities")
    return _lead_through_a_year(workspace, FACILITIES, {"floor_area": "１，２００．５", "condition": "Ａ 良好"})


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Year:
    """Lead a town's programme, made of the blank plan in the workbook alone, through its year."""
    workspace = kohyo.new_workspace(tmp_path_factory.mktemp("town") / "まち", "blank")
    _become_a_town(workspace.definition)
    ticks = {"tick_people": "○", "tick_money": "－", "tick_digital": "－", "tick_place": "－"}
    return _lead_through_a_year(workspace, TOWN, {"progress": "S", "result": "進めた。", **ticks})


def test_the_gallery_says_what_each_plan_is() -> None:
    """Every plan has a line, and none the line of another (1)."""
    listed = kohyo.plans().plans
    assert tuple(plan.name for plan in listed) == shipped_names()
    assert len({plan.about for plan in listed}) == len(listed) >= 3


def test_a_survey_without_perspectives_is_answered(facilities: Year) -> None:
    """Answers come back as what they are, and everybody is accepted (2)."""
    register = load_register(facilities.workspace.register, facilities.plan).register
    assert {row.outcome for row in register.receipts if row.file} == {Outcome.ACCEPTED}
    assert {item.values["floor_area"] for item in register.current} == {1200.5}


def test_a_town_s_grades_and_perspectives_are_its_own(town: Year) -> None:
    """Three goals, four perspectives and the grade S stand in the register (2)."""
    register = load_register(town.workspace.register, town.plan).register
    assert {row.outcome for row in register.receipts if row.file} == {Outcome.ACCEPTED}
    assert (len(town.plan.goals), len(town.plan.perspectives)) == (3, 4)
    assert {row.values["progress"] for row in register.contributions} == {"S"}


def _call_it_otherwise(path: Path) -> None:
    """Give a field of the blank plan another name, another another code: nobody was asked for either yet."""
    with opened(path) as book:
        heading = {cell.value: cell.column or 0 for cell in book["欄"][2]}
        for row in book["欄"].iter_rows(min_row=3):
            if row[0].value == "title":
                book["欄"].cell(row[0].row, heading["欄の名前"]).value = "改革項目"
            if row[0].value == "progress":
                row[0].value = "grade"


def _tables_of(workspace: Workspace) -> dict[str, list[str]]:
    book = openpyxl.load_workbook(workspace.register)
    return {sheet.title: [str(cell.value) for cell in sheet[1]] for sheet in book}


@pytest.mark.parametrize("command", ["define", "import"])
def test_a_new_register_is_that_of_the_edited_definition(command: str, tmp_path: Path) -> None:
    """Whatever is done first, and however often it was edited before (4)."""
    workspace = kohyo.new_workspace(tmp_path / "まち", "blank")
    _become_a_town(workspace.definition)
    if command == "define":
        assert kohyo.define(workspace.root, now=NOW).changes
    _call_it_otherwise(workspace.definition)
    told = kohyo.define(workspace.root, check=True)
    assert {(column.before, column.heading) for column in told.renamed} == {("項目名", "改革項目")}
    assert (told.kept, told.applied) == ((), False)
    assert {column.sheet for column in (*told.renamed, *told.added)} <= set(_tables_of(workspace))
    if command == "define":
        assert kohyo.define(workspace.root, now=NOW).changes == told.changes
    else:
        source = workspace.root / "一覧.tsv"
        source.write_text("番号\t改革項目\t概要\t所管部\n1-1\t窓口\t一つに。\t企画部\n", encoding="utf-8")
        assert kohyo.import_items(workspace.root, source, now=NOW).added == 1
    expected = kohyo.new_workspace(tmp_path / "ほか", "blank")
    _become_a_town(expected.definition)
    _call_it_otherwise(expected.definition)
    create_register(expected.register, read_definition(expected.definition))
    assert _tables_of(workspace) == _tables_of(expected)
    assert kohyo.define(workspace.root, check=True).changes == ()


def test_an_open_register_gets_its_new_names_all_the_same(tmp_path: Path) -> None:
    """Nothing is put in its place under a person's hands: it waits beside as ever (4)."""
    workspace = kohyo.new_workspace(tmp_path / "まち", "blank")
    _call_it_otherwise(workspace.definition)
    before = workspace.register.read_bytes()
    (workspace.root / "~$台帳.xlsx").write_bytes(b"")
    assert kohyo.define(workspace.root, now=NOW).saved.waiting is not None
    assert workspace.register.read_bytes() == before


def test_headings_speak_of_what_the_survey_asks(facilities: Year) -> None:
    """No heading of a printed table, a twin or a paper says 項目名 where the plan says 施設名 (5)."""
    results = facilities.workspace.results
    heads = {}
    for path in results.rglob("*.csv"):
        heads[path.name] = path.read_text(encoding="utf-8-sig").split("\n")[0].split(",")
    for path in results.glob("*.xlsx"):
        for sheet in openpyxl.load_workbook(path):
            heads[f"{path.name}/{sheet.title}"] = [str(cell.value) for row in sheet["A1:Z4"] for cell in row]
    for path in (results / "文書" / "調査依頼文").glob("*.txt"):
        heads[path.name] = [line for line in path.read_text(encoding="utf-8-sig").split("\n") if "｜" in line][:1]
    findings = [name for name in heads if name.endswith("指摘一覧")]
    usual = {name for name, texts in heads.items() if "番号" in texts or "項目名" in "".join(texts)}
    assert usual == set(findings), "there 番号 is that of a finding"
    assert sum("施設名" in texts or "施設名" in "".join(texts) for texts in heads.values()) > 5


def test_only_the_tables_of_the_definition_are_made(facilities: Year, town: Year) -> None:
    """The survey has the two that it names; the town has a matrix, and its printed table besides (3)."""
    assert facilities.made == ("取組み一覧", "個票集")
    assert {"体系表", "基金の残高"} <= set(town.made)
    sheet = openpyxl.load_workbook(town.workspace.results / "基金の残高.xlsx").active
    assert isinstance(sheet, Worksheet)
    assert {"財政調整基金", "▲1,200", "300"} <= {cell.value for row in sheet.iter_rows() for cell in row}


def test_a_table_that_there_is_not_is_refused_by_name(facilities: Year, town: Year) -> None:
    """Asked for a matrix, a plan without perspectives says what it can make (3)."""
    with pytest.raises(UsageError):
        kohyo.matrix(facilities.workspace.root)
    assert kohyo.matrix(town.workspace.root).books[0].stem == "体系表"


def _foreign_words() -> set[str]:
    """Return words that only the shipped ward's plan may speak."""
    plan = shipped("setagaya-r6")
    practices = (text for row in shipped_practices(plan).rows for text in row.values())
    cells = (text for table in plan.tables for row in table.rows for text in row.values() if isinstance(text, str))
    longer = [*(team.title for team in shipped_teams(plan)), *practices, *cells, *(goal.name for goal in plan.goals)]
    named = [entry.name for entry in plan.departments] + [entry.name for entry in plan.affiliates]
    names = [word for word in named if word.removesuffix("部") not in ("総務", "財務")]
    return {
        "世田谷",
        "せたがや",
        "setagaya",
        plan.plan.name,
        *names,
        *(word for word in longer if len(word) > 5 and not re.fullmatch("[-0-9/]+", word)),
    }


def _texts(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of a file, or of every part of it, packages within packages as well."""
    yield name, name
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as package:
            for part in package.namelist():
                yield from _texts(f"{name}/{part}", package.read(part))
    else:
        yield name, content.decode("utf-16" if content.startswith(b"\xff\xfe") else "utf-8-sig", errors="replace")


def test_no_word_of_another_office_is_written(facilities: Year, town: Year) -> None:
    """Every part of every file of both workspaces is searched (6)."""
    words = _foreign_words()
    searched = 0
    for root in (facilities.workspace.root, town.workspace.root):
        for path in (path for path in root.rglob("*") if path.is_file()):
            for where, text in _texts(path.name, path.read_bytes()):
                searched += 1
                assert [word for word in words if word in text] == [], where
    assert searched > 200


def test_a_copy_of_another_plan_brings_nothing_of_it(tmp_path: Path) -> None:
    """The ward's own definition under another office's name has neither its teams nor its practices (6)."""
    plan = shipped("setagaya-r6")
    other = plan.model_copy(update={"plan": plan.plan.model_copy(update={"organisation": "みなと町"})})
    assert shipped_teams(plan)
    assert (shipped_teams(other), shipped_practices(other).rows) == ((), ())
    workspace = kohyo.new_workspace(tmp_path / "白紙", "blank")
    register = load_register(workspace.register, read_definition(workspace.definition)).register
    assert (register.teams, register.submissions, register.entries) == ((), (), ())
