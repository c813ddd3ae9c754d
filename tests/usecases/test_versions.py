"""Versions: the register frozen under a name.

1. A version holds what the register held, by its own definition, whatever becomes of the register afterwards.
2. A version is not to be written: the file is read-only, Excel recommends it, and no name is given twice.
3. It says what it is: name, fiscal year, day, plan, and the version that its numbers belong to.
4. What the secretariat added to the register is in the version too.
5. A name that no file can bear is refused in one line; nothing is left behind.
6. A register that was put into 版 by hand is a version as well.
"""

from __future__ import annotations

import json
import shutil
import stat
import zipfile
from datetime import date

import openpyxl
import pytest
from typer.testing import CliRunner

import kohyo
from kohyo.cli.app import app
from kohyo.errors import UsageError
from kohyo.excel.register_book import load_register
from kohyo.model.item import Standing
from kohyo.model.plan_fields import FieldRule
from kohyo.usecases.tables import make_tables
from kohyo.workspace.versions import load_version
from tests.usecases.small import DEPARTMENTS, NOW, Small, made_up_plan, numbers_in, opened


def _write(small: Small, row: int, **columns: str) -> None:
    """Write into the row-th item (from 1) of the register, by heading."""
    with small.by_hand() as book:
        for heading, value in columns.items():
            column = next(cell.column for cell in book["項目"][1] if cell.value == heading)
            book["項目"].cell(row + 1, column, value)


def test_a_version_holds_what_the_register_held(small: Small) -> None:
    """What is written into the register later does not reach the version (1)."""
    before = small.register()
    frozen = kohyo.freeze(small.root, "素案", now=NOW)
    _write(small, 1, 取組名="あとで変えた名前")
    loaded = load_version(small.workspace, made_up_plan(), "素案")
    assert loaded.register.items == before.items
    assert loaded.register.changes == before.changes
    assert frozen.items == len(before.items) == 4


def test_a_version_is_read_by_the_definition_of_its_time(small: Small) -> None:
    """A heading that the plan words otherwise today is still found in the version (1)."""
    kohyo.freeze(small.root, "素案", now=NOW)
    plan = made_up_plan()
    fields = tuple(_renamed(rule) for rule in plan.fields)
    loaded = load_version(small.workspace, plan.model_copy(update={"fields": fields}), "素案")
    assert loaded.register.items[0].overview == "使用料を実費に合わせる。"
    assert loaded.plan == plan


def _renamed(rule: FieldRule) -> FieldRule:
    """Return a field's rule with another label."""
    return rule.model_copy(update={"label": f"新しい{rule.label}", "register_label": ""})


def test_a_version_is_read_only(small: Small) -> None:
    """The file's attribute and the workbook itself say so; the register stays writable (2)."""
    path = kohyo.freeze(small.root, "素案", now=NOW).path
    assert not path.stat().st_mode & stat.S_IWRITE
    assert small.workspace.register.stat().st_mode & stat.S_IWRITE
    with zipfile.ZipFile(path) as archive:
        assert b'<fileSharing readOnlyRecommended="1"/>' in archive.read("xl/workbook.xml")


@pytest.mark.parametrize("again", ["素案", "素案.xlsx", " 素案 ", "素 案"])
def test_no_name_is_given_twice(small: Small, again: str) -> None:
    """A version never changes, however its name is spelled (2)."""
    path = kohyo.freeze(small.root, "素案", now=NOW).path
    content = path.read_bytes()
    with pytest.raises(UsageError) as refused:
        kohyo.freeze(small.root, again, now=NOW)
    assert refused.value.key == "version_exists"
    assert path.read_bytes() == content


def test_a_version_says_what_it_is(small: Small) -> None:
    """A person reads it on a sheet of its own, kohyo reads the same (3)."""
    path = kohyo.freeze(small.root, "令和12年度", now=NOW).path
    book = openpyxl.load_workbook(path)
    said = {row[0].value: row[1].value for row in book["版の情報"].iter_rows()}
    assert (said["版"], said["年度"], said["保存した日"]) == ("令和12年度", "令和12年度", "2030-06-01")
    told = load_version(small.workspace, made_up_plan(), "令和12年度").version
    assert (told.name, told.year, told.frozen_on) == ("令和12年度", 2030, date(2030, 6, 1))
    assert said["番号の版"] == told.plan_version == made_up_plan().plan.version


def test_what_the_secretariat_added_is_in_the_version(small: Small) -> None:
    """Their own sheets are copied with the rest (4)."""
    with small.by_hand() as book:
        book.create_sheet("覚え書き")["A1"] = "部長と相談"
    path = kohyo.freeze(small.root, "素案", now=NOW).path
    assert openpyxl.load_workbook(path)["覚え書き"]["A1"].value == "部長と相談"


@pytest.mark.parametrize("name", ["", " ", "a/b", "..\\x", "案?", "CON", "あ" * 61, ".案", "~案"])
def test_a_name_that_no_file_can_bear_is_refused(small: Small, name: str) -> None:
    """Nothing is written under it (5)."""
    with pytest.raises(UsageError) as refused:
        kohyo.freeze(small.root, name, now=NOW)
    assert refused.value.key == "version_name"
    assert list(small.workspace.versions.iterdir()) == []


def test_an_unknown_version_names_those_there_are(small: Small) -> None:
    """The line helps to choose (5)."""
    kohyo.freeze(small.root, "素案", now=NOW)
    with pytest.raises(UsageError) as refused:
        load_version(small.workspace, made_up_plan(), "案")
    assert (refused.value.key, refused.value.fields["known"]) == ("unknown_version", "素案")


def test_a_register_put_there_by_hand_is_a_version(small: Small) -> None:
    """Its name is the file's (6)."""
    shutil.copy(small.workspace.register, small.workspace.versions / "昔の台帳.xlsx")
    loaded = load_version(small.workspace, made_up_plan(), "昔の台帳")
    assert loaded.version.name == "昔の台帳"
    assert loaded.register.items == small.register().items


def test_standing_and_lineage_are_the_secretariat_s_to_write(small: Small) -> None:
    """What was merged names its origin, by number or by id (1); what nobody knows is told (K531)."""
    _write(small, 2, 扱い="統合")
    _write(small, 3, 元の項目="2-1、K0001、9-9")
    assert kohyo.freeze(small.root, "案", now=NOW).items == 3
    first, merged, into, _ = load_version(small.workspace, made_up_plan(), "案").register.items
    assert (merged.standing, into.origins) == (Standing.MERGED, (merged.id, first.id, "9-9"))
    (told,) = load_register(small.workspace.register, made_up_plan()).findings
    assert (told.code, told.field, told.value) == ("K531", "2-2", "9-9")


def test_what_left_the_plan_is_in_no_table_and_no_form(small: Small) -> None:
    """An item with another standing stays in the register, and nowhere else (1)."""
    _write(small, 2, 扱い="廃止")
    twins = make_tables(small.root, only=["取組み一覧"]).twins
    listed = json.loads(next(path for path in twins if path.suffix == ".json").read_text(encoding="utf-8"))
    assert [record["number"] for record in listed["data"]] == ["1-1", "2-2", "3-1"]
    assert "市民局" in kohyo.distribute(small.root).departments
    with opened(small.form("市民局")) as book:
        assert "2-1" not in numbers_in(book)


def test_what_is_not_there_is_told(small: Small) -> None:
    """A version is kept with returns missing; one line says of whom (2)."""
    told = CliRunner().invoke(app, ["freeze", str(small.root), "素案"]).stdout.splitlines()
    (line,) = (line for line in told if "戻っていない" in line)
    assert [name for name in DEPARTMENTS if name in line] == list(DEPARTMENTS)


def test_the_command_line_freezes(small: Small) -> None:
    """One line says what was made; a second try is wrong use (2)."""
    runner = CliRunner()
    first = runner.invoke(app, ["freeze", str(small.root), "素案"])
    assert (first.exit_code, "素案.xlsx" in first.stdout) == (0, True)
    again = runner.invoke(app, ["freeze", str(small.root), "素案", "--json"])
    assert again.exit_code == 2
    assert '"key": "version_exists"' in again.stdout
